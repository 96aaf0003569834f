"""The ways in which dates are written that are not YYYY-MM-DD."""

from __future__ import annotations

import re

from kcharts.model import _checks as checks

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{4}", re.ASCII)
_DIGITS = {"%Y", "%m", "%d"}
_DIRECTIVES: dict[str, str] = {
    "%Y": "(?P<Y>[0-9]{4})",
    "%m": "(?P<m>0?[1-9]|1[0-2])",
    "%d": "(?P<d>0?[1-9]|[12][0-9]|3[01])",
    "%b": f"(?P<b>{'|'.join(month[:3] for month in MONTHS)})",
    "%B": f"(?P<B>{'|'.join(MONTHS)})",
    "%%": "%",
}


def ways_to_read(text: str) -> str:
    """What would read a date such as 07.01.2022, of which only the publisher knows the order."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return 'dates are written 2022-01-30; date_format="%m/%d/%Y" reads 1/30/2022'
    first, mark, second = found.groups()
    ways = [
        f'"%{one}{mark}%{other}{mark}%Y" reads the {word} first'
        for one, other, word, month in (("d", "m", "day", second), ("m", "d", "month", first))
        if int(month) <= len(MONTHS)
    ]
    return f"date_format={', '.join(ways)}" if ways else "there is no such month"


def pattern_of(date_format: str) -> re.Pattern[str]:
    """What finds dates of a format, in groups that are called as its directives.

    Raises:
        ValueError: The format leaves out year, month or day, or has one twice.
    """
    parts: list[str] = re.findall(r"%.|[^%]+|%$", date_format)
    used = "".join(sorted(part[1:].lower() for part in parts if part in _DIRECTIVES)).strip("%")
    odd = [part for part in parts if part[0] == "%" and part not in _DIRECTIVES]
    if odd or used not in ("dmy", "bdy"):
        expected = 'a year, a month and a day of %Y, %m, %b, %B and %d, as in "%m/%d/%Y"'
        raise checks.refuse("date_format", expected, date_format)
    return re.compile("".join(_finds(parts)), re.ASCII | re.IGNORECASE)


def _finds(parts: list[str]) -> list[str]:
    """What finds each part; next to other digits a month or a day has two: 2022111 is no date."""
    found = [_DIRECTIVES.get(part) or re.escape(part) for part in parts]
    for at, part in enumerate(parts):
        beside = {*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]}
        if part in _DIGITS and beside & _DIGITS:
            found[at] = found[at].replace("0?", "0")
    return found
