"""Calendars as short texts, in the kcharts table: "weekly sunday from 2021-07-04"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from kcharts.model.calendar import WEEKDAYS, Calendar
from kcharts.reading import parsers as cells
from kcharts.sources.cell import CellError

_EDGES = re.compile(
    r"(?P<head>.*?)( from (?P<first>[0-9-]{10}))?( to (?P<last>[0-9-]{10}))?", re.DOTALL
)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_PLAIN = {written: character for character, written in _ESCAPES.items()}
_RULE = re.compile(
    r"DTSTART:[0-9]{8}(T[0-9]{6})?"
    r"(\n((RRULE|EXRULE):[A-Z0-9=;,+-]+|(RDATE|EXDATE):[0-9T,]+)){1,16}",
    re.ASCII | re.IGNORECASE,
)
_DAY = "[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)"
# Charts are not issued by the minute, and dateutil would list every moment of such a rule.
_PART = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9][0-9]{0,2}|COUNT=[1-9][0-9]{0,4}"
    r"|UNTIL=[0-9]{8}(T[0-9]{6})?|WKST=[A-Z]{2}"
    rf"|BYDAY={_DAY}(,{_DAY})*"
    r"|BYMONTHDAY=-?([1-9]|[12][0-9]|3[01])(,-?([1-9]|[12][0-9]|3[01]))*"
    r"|BYMONTH=([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    re.ASCII | re.IGNORECASE,
)
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def calendar_text(calendar: Calendar) -> str:
    """A calendar as the table writes it.

    >>> calendar_text(Calendar.weekly("sunday", first=dt.date(2021, 7, 4)))
    'weekly sunday from 2021-07-04'

    Raises:
        ValueError: if the calendar has a rule that could not be read back.
    """
    if calendar.rule is not None and not _is_plain(calendar.rule):
        fault = "a kcharts table holds no rule with other parts than FREQ, INTERVAL, COUNT, UNTIL,"
        fault += " WKST, BYDAY, BYMONTHDAY and BYMONTH, nor one without dates; list the dates:"
        fault += " Calendar.from_dates(calendar.between(start, end))"
        raise ValueError(f"{fault}, found {calendar.rule!r}")
    words: dict[Literal["daily", "weekly", "dates", "rule"], str] = {
        "daily": "daily",
        "weekly": f"weekly {calendar.weekday}",
        "dates": " ".join(["dates", *map(str, calendar.dates)]),
        "rule": f"rule {_escaped(calendar.rule or '')}",
    }
    text = words[calendar.kind]
    text += f" from {calendar.first}" if calendar.first else ""
    return text + (f" to {calendar.last}" if calendar.last else "")


def parse_calendar(text: str) -> Calendar | None:
    """The calendar of a text; None where the cell is blank."""
    if not text.strip():
        return None
    found = _EDGES.fullmatch(text)
    parts = found.groupdict() if found else {}
    edges = {name: cells.day(parts[name]) for name in ("first", "last") if parts.get(name)}
    try:
        return _calendar(str(parts.get("head", "")), edges)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as fault:
        # dateutil answers a rule that it cannot read with any of these.
        hint = 'such as "daily", "weekly sunday from 2021-07-04", "dates 2022-01-01 2022-01-08"'
        raise CellError("bad-calendar", f"expected a calendar: {fault}", hint) from None


def _calendar(text: str, edges: dict[str, dt.date]) -> Calendar:
    kind, _, rest = text.partition(" ")
    if kind == "daily" and not rest:
        return Calendar.daily(**edges)
    if kind == "weekly":
        for weekday in WEEKDAYS:
            if rest == weekday:
                return Calendar.weekly(weekday, **edges)
    if kind == "dates":
        return Calendar.from_dates(map(cells.day, rest.split(" ")), **edges)
    if kind == "rule":
        rule = re.sub(r"\\[\\nr]", lambda match: _PLAIN[match.group()], rest)
        if _is_plain(rule):
            return Calendar.from_rule(rule, **edges)
    raise ValueError(f"{text[:40]!r} is not one")


def _is_plain(rule: str) -> bool:
    """Whether a recurrence has only what calendars need, and has dates without a long search."""
    if not _RULE.fullmatch(rule):
        return False
    lines = re.findall("RULE:(.*)", rule.upper())
    if not all(_PART.fullmatch(part) for line in lines for part in line.split(";")):
        return False
    if not all(_may_match(dict(re.findall("([A-Z]+)=([^;]+)", line))) for line in lines):
        return False
    # What is left is empty only where it leaves out all of its own dates.
    start = cells.day(f"{rule[8:12]}-{rule[12:14]}-{rule[14:16]}")
    end = dt.date(min(start.year + 64, dt.MAXYEAR), 12, 31)
    return Calendar.from_rule(rule).count(start, end) > 0


def _may_match(parts: dict[str, str]) -> bool:
    """Whether a rule has dates; else dateutil would follow it to the year 9999."""
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    if min(days) > max(_MOST_DAYS[month - 1] for month in months):  # the 31st of February
        return False
    if "BYMONTHDAY" in parts and re.search("[0-9]", parts.get("BYDAY", "")):  # a second Monday
        return False
    in_weeks = parts.get("FREQ") in ("DAILY", "WEEKLY")
    if in_weeks and "BYMONTHDAY" in parts:
        return False
    return not ("BYDAY" in parts and "INTERVAL" in parts and parts.get("FREQ") == "DAILY")


def _escaped(rule: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in rule)
