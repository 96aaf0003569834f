"""Calendars as short texts, in the kcharts table: "weekly sunday from 2021-07-04"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from kcharts.formats import _cells as cells
from kcharts.formats._cells import CellError
from kcharts.model.calendar import WEEKDAYS, Calendar

_EDGES = re.compile(
    r"(?P<head>.*?)( from (?P<first>[0-9-]{10}))?( to (?P<last>[0-9-]{10}))?", re.DOTALL
)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_PLAIN = {written: character for character, written in _ESCAPES.items()}
# Charts are not issued by the minute, and dateutil would list every moment of such a rule.
_ENDLESS = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|INTERVAL=0*(;|$)", re.I | re.M)  # noqa: FURB167  (short)


def calendar_text(calendar: Calendar) -> str:
    """A calendar as the table writes it.

    >>> calendar_text(Calendar.weekly("sunday", first=dt.date(2021, 7, 4)))
    'weekly sunday from 2021-07-04'
    """
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
        if not _ENDLESS.search(rule):
            return Calendar.from_rule(rule, **edges)
    raise ValueError(f"{text[:40]!r} is none")


def _escaped(rule: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in rule)
