"""What cells say: each parser takes a cell's text and answers the value, or raises `CellError`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from kcharts.errors import NotAnIssueError, UnknownCountryError
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.country import NO_COUNTRY, WORLD, Country, World, country_key, names_world
from kcharts.sources.cell import CellError, Serial, Typed

T = TypeVar("T")


class Noted(NamedTuple):
    """A value, and why it is worth a note; only the first such cell of a column is noted."""

    value: Any
    code: str
    about: str
    message: str


# Patterns come before int() and fromisoformat: int() takes "1_0", "+1" and Arabic digits, and
# dateutil, which no cell ever sees, reads "10" as a day of this month.
_RANK = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_NO_RANK = re.compile(r"0|-[1-9][0-9]{0,17}|[1-9][0-9]{9,17}", re.ASCII)
_COUNT = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,23})(\.[0-9]{1,18})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Never asked of countries or titles: NA is Namibia, and None and NaN are names.
_NOTHING = {"", "n/a", "na", "nan", "-", "\u2013", "\u2014", "null", "none", "#n/a"}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}", re.ASCII)
_NUMERIC = {"%Y", "%m", "%d"}
_DIRECTIVES: dict[str, str] = {
    "%Y": "(?P<Y>[0-9]{4})",
    "%m": "(?P<m>0?[1-9]|1[0-2])",
    "%d": "(?P<d>0?[1-9]|[12][0-9]|3[01])",
    "%b": f"(?P<b>{'|'.join(month[:3] for month in _MONTHS)})",
    "%B": f"(?P<B>{'|'.join(_MONTHS)})",
    "%%": "%",
}


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or has a word for no value, such as N/A."""
    return text.strip().casefold() in _NOTHING


def parsed(column: str, parse: Callable[[str], T], text: str) -> T:
    """The value of a cell's text by a parser; an error names the column."""
    try:
        return parse(text)
    except CellError as fault:
        fault.column = fault.column or column
        fault.value = text
        raise


def rank(depth: int | None = None) -> Callable[[str], int]:
    """A parser of ranks, from 1 to `depth` where it is known."""
    expected = (
        "expected a rank from 1 on" if depth is None else f"expected a rank from 1 to {depth}"
    )

    def parse(text: str) -> int:
        if not _RANK.fullmatch(text):
            if text.strip().casefold() in _NOTHING:
                raise CellError("missing-value", expected)
            if _NO_RANK.fullmatch(text):
                raise CellError("rank-out-of-range", expected)
            raise CellError("bad-integer", f"{expected}, in plain digits")
        if depth is not None and int(text) > depth:
            raise CellError("rank-out-of-range", expected)
        return int(text)

    return parse


def count(text: str) -> int | None:
    """A whole number of 0 or more; None if the cell is blank."""
    if _COUNT.fullmatch(text):
        return int(text)
    if text.strip().casefold() in _NOTHING:
        return None
    if re.fullmatch(r"-?[1-9][0-9]{0,4000}", text, re.ASCII):
        raise CellError("out-of-range", "expected a whole number from 0 to 999,999,999,999,999,999")
    raise CellError("bad-integer", "expected a whole number in plain digits")


def positive(text: str) -> int | None:
    """A whole number of 1 or more; None if the cell is blank."""
    value = count(text)
    if value == 0:
        raise CellError("out-of-range", "expected a whole number of 1 or more")
    return value


def earlier_rank(text: str) -> int | None:
    """The rank on the list before; None if the title was not on it: blank, 0 or -1."""
    # Read as a number, Spotify's -1 (29 of 200 rows of one list) would be the best rank of all.
    return None if text in ("0", "-1") else positive(text)


def amount(text: str) -> int | Decimal | None:
    """A whole number, or a decimal just as printed; None if the cell is blank."""
    if _DECIMAL.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    if text.strip().casefold() in _NOTHING:
        return None
    if re.fullmatch(r"-?[1-9][0-9]{0,4000}(\.[0-9]+)?", text, re.ASCII):
        raise CellError("out-of-range", "expected a number from 0 on, of 24 digits at most")
    raise CellError("bad-number", "expected a number such as 1.7833, in plain digits")


def day(text: str) -> dt.date:
    """A date as YYYY-MM-DD."""
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    if text.strip().casefold() in _NOTHING:
        raise CellError("missing-value", "expected a date as YYYY-MM-DD")
    hint = _ways_to_read(text)
    if isinstance(text, Serial):
        hint = f"it would be {text.day}: show the column as dates in the spreadsheet program"
    raise CellError("bad-date", "expected a date as YYYY-MM-DD", hint)


def day_as(date_format: str | None) -> Callable[[str], dt.date]:
    """A parser of dates written as a format says, or as YYYY-MM-DD.

    Args:
        date_format: As of `datetime.strptime`, of %Y, %m, %d, %b and %B, the months' names
            being English; None for YYYY-MM-DD alone.

    Raises:
        ValueError: The format leaves out year, month or day, or has one twice.
    """
    if date_format is None:
        return day
    pattern = _pattern_of(date_format)

    def parse(text: str) -> dt.date:
        if isinstance(text, Typed):  # a date, which is written in one way
            return day(text)
        found = pattern.fullmatch(text)
        if found is None:
            return _day_otherwise(text, date_format)
        said: dict[str, str] = found.groupdict("")
        month = int(said.get("m") or 0)
        if not month:
            name = (said.get("b") or said.get("B", "")).lower()
            month = next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name))
        try:
            return dt.date(int(said["Y"]), month, int(said["d"]))
        except ValueError as fault:
            raise CellError("bad-date", f"expected a date as {date_format}: {fault}") from None

    return parse


def _day_otherwise(text: str, date_format: str) -> dt.date:
    """A date as YYYY-MM-DD among those of a format; of %Y-%d-%m it would be another day."""
    if date_format == "%Y-%d-%m":
        raise CellError("bad-date", f"expected a date as {date_format}")
    try:
        return day(text)
    except CellError as fault:
        fault.message = f"expected a date as {date_format}, or as YYYY-MM-DD"
        raise


def _ways_to_read(text: str) -> str:
    """The hint to a date such as 07.01.2022, whose order only the publisher knows."""
    found = _NUMERIC_DATE.fullmatch(text)
    if found is None:
        return 'dates are written 2022-01-30; date_format="%m/%d/%Y" reads 1/30/2022'
    first, mark, second = found.groups()
    ways = [
        f'"%{one}{mark}%{other}{mark}%Y" reads the {word} first'
        for one, other, word, month in (("d", "m", "day", second), ("m", "d", "month", first))
        if int(month) <= len(_MONTHS)
    ]
    return f"date_format={', '.join(ways)}" if ways else "there is no such month"


def _pattern_of(date_format: str) -> re.Pattern[str]:
    """A pattern of the dates of a format, with groups named after its directives.

    Raises:
        ValueError: The format leaves out year, month or day, or has one twice.
    """
    parts: list[str] = re.findall(r"%.|[^%]+|%$", date_format)
    used = "".join(sorted(part[1:].lower() for part in parts if part in _DIRECTIVES)).strip("%")
    odd = [part for part in parts if part[0] == "%" and part not in _DIRECTIVES]
    if odd or used not in ("dmy", "bdy"):
        expected = 'a year, a month and a day of %Y, %m, %b, %B and %d, as in "%m/%d/%Y"'
        raise checks.refuse("date_format", expected, date_format)
    return re.compile("".join(_patterns_of(parts)), re.ASCII | re.IGNORECASE)


def _patterns_of(parts: list[str]) -> list[str]:
    """A pattern of each part; next to other digits a month or a day has two: not 2022111."""
    found = [_DIRECTIVES.get(part) or re.escape(part) for part in parts]
    for at, part in enumerate(parts):
        beside = {*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]}
        if part in _NUMERIC and beside & _NUMERIC:
            found[at] = found[at].replace("0?", "0")
    return found


def issued(calendar: Calendar, ordinal: int) -> int:
    """The ordinal, if the calendar has an issue on it."""
    try:
        calendar.number(dt.date.fromordinal(ordinal))
    except NotAnIssueError as fault:
        raise CellError("not-an-issue", fault.message) from None
    return ordinal


def issue_ordinal(calendar: Calendar, date_format: str | None = None) -> Callable[[str], int]:
    """A parser of dates that are issues of a calendar, to their ordinals.

    It takes a workbook's bare numbers too, unless there is an issue every day: if one were no
    date, the calendar would hardly have an issue on it.
    """
    parse = day_as(date_format)
    takes_serials = calendar.kind != "daily"

    def ordinal(text: str) -> int:
        found = text.day if takes_serials and isinstance(text, Serial) else parse(text)
        return issued(calendar, found.toordinal())

    return ordinal


def name(text: str) -> str:
    """A title: text that shows something, without control characters."""
    fault = checks.text_fault(text)
    if fault == "empty-title":
        raise CellError("empty-title", "expected a title")
    if fault is not None:
        raise _unprintable(fault, text)
    return text


def _unprintable(code: str, text: str) -> CellError:
    hint = "remove the line breaks from the cell" if re.search(r"[\n\r]", text) else None
    return CellError(code, "expected text without control characters or lone surrogates", hint)


_ERRORS = {"#NAME?", "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NULL!"}


def clean_name(text: str) -> str:
    """A name; refused if it is a spreadsheet error, such as #NAME? for a title =x."""
    if name(text).strip().upper() in _ERRORS:
        message = "a spreadsheet program replaced the name by an error"
        raise CellError("error-cell", message, "fix it in the program that wrote the file")
    return text


def whole_name(text: str) -> str:
    """A name; refused if it is only question marks, which could be any other name.

    >>> whole_name("Who?")
    'Who?'
    """
    if not clean_name(text).replace("?", "").strip():
        message = "expected a name, found only question marks: its letters were lost"
        raise CellError("lost-characters", message, "use a copy that was saved as UTF-8")
    return text


def maybe_whole(text: str) -> str | None:
    """A name that may be absent."""
    return None if checks.is_blank(text) else whole_name(text)


def season(text: str) -> str | Noted | None:
    """The name of a season; None if the cell is blank, or says that there is none."""
    # Netflix's N/A for no season becomes NaN, None, null or a dash in other programs' copies.
    if checks.is_blank(text) or text == "N/A":
        return None
    return _absent("season", text) if says_nothing(text) else clean_name(text)


def key(text: str) -> str | Noted | None:
    """A work's id; None if the cell is blank or has a word for no id."""
    if checks.is_blank(text):
        return None
    return _absent("key", text) if says_nothing(text) or text.strip() == "0" else name(text)


def _absent(what: str, text: str) -> Noted:
    return Noted(None, "absent-word", what, f"a {what} {text!r} is taken for none")


def maybe(text: str) -> str | None:
    """Text that may be absent, in files that leave out what is absent: N/A is a text."""
    return None if checks.is_blank(text) else name(text)


def plain(text: str) -> str | None:
    """Any text, kept as it is; None if the cell is empty."""
    fault = checks.text_fault(text)
    if fault in ("bad-text", "control-character"):
        raise _unprintable(fault, text)
    return text or None


def country(text: str, locale: str | None = None) -> Country:
    """A country by code or name, in English or in the language of a locale as well."""
    try:
        return Country.parse(text, locale=locale)
    except UnknownCountryError as fault:
        raise CellError(_no_country(country_key(text)), fault.message, _meant(fault)) from None


def place_or_world(text: str, locale: str | None = None) -> Country | World:
    """A country as `country` reads it, or the world by any of its names."""
    return WORLD if names_world(text) else country(text, locale)


def _meant(fault: UnknownCountryError) -> str | None:
    """The places that a text may mean; most readers have no locale= for other languages."""
    return "; ".join(hint for hint in fault.hints if "locale=" not in hint) or None


def _no_country(key: str) -> str:
    """The code of the problem with a folded text that is not one country: "korea" could be two."""
    if not key:
        return "missing-value"
    if key in NO_COUNTRY:
        return "not-a-country"
    words = set(key.split())
    named = [words <= set(country_key(each.name).split()) for each in Country.all()]
    return "ambiguous-country" if sum(named) > 1 else "unknown-country"


def place(text: str) -> Country | World:
    """A country by its upper-case ISO 3166-1 alpha-2 code, or the world by WORLD."""
    if text == WORLD.value:
        return WORLD
    try:
        return Country(text)
    except UnknownCountryError:
        hint = _code_hint(text)
        code = "unknown-country" if text.strip() else "missing-value"
        message = "expected an ISO 3166-1 code such as KR, or WORLD"
        raise CellError(code, message, hint) from None


def _code_hint(text: str) -> str | None:
    key = country_key(text)
    if key in NO_COUNTRY:
        return "the world chart is written WORLD"
    try:
        found = Country.parse(text)
    except UnknownCountryError as fault:
        return _meant(fault)
    return f"{found.name} is written {found.alpha2}"
