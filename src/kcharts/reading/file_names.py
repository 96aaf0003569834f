"""What only a file's name says: the place, the date; an argument says it instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, TypeVar

from kcharts.errors import NotAnIssueError, UnknownCountryError
from kcharts.model.calendar import Calendar
from kcharts.model.country import WORLD, Country, World, names_world
from kcharts.reading.options import Options
from kcharts.reading.parsers import day
from kcharts.sources.cell import CellError
from kcharts.sources.source import Payload, UnreadableError

T = TypeVar("T")


def file_name(payload: Payload) -> str:
    """A payload's name without folders and without the archive that it was in."""
    return payload.name.replace("\\", "/").rpartition("/")[2]


def not_said(
    payload: Payload, what: Literal["place", "date", "frequency"], hint: str
) -> UnreadableError:
    """The error of a file whose place, date or frequency is unknown."""
    code = {
        "place": "missing-place",
        "date": "missing-date",
        "frequency": "missing-frequency",
    }[what]
    message = f"the {what} is unknown: neither the file's name nor an argument gives it"
    return UnreadableError(code, message, payload.name, hint)


def one_said(payload: Payload, found: Iterable[T]) -> T | None:
    """The one thing that a file's name says, however often; None if it says nothing.

    Raises:
        UnreadableError: It says several.
    """
    said = list(dict.fromkeys(found))
    if len(said) > 1:
        message = "the file's name gives several places, dates or kinds of lists"
        raise UnreadableError("ambiguous-name", message, payload.name, "name the file for one list")
    return next(iter(said), None)


def _way(argument: str, example: str) -> str:
    return f"name it like {example}, or give {argument} to the format's own reader"


def place_said(
    payload: Payload, options: Options, said: str | None, example: str
) -> Country | World:
    """The place that the caller gives, else that of the file's name: a code, or the world.

    Raises:
        UnreadableError: Neither says it, or the name has something that is not a country's code.
    """
    if options.place is not None:
        return options.place
    if said is None:
        raise not_said(payload, "place", _way('place="KR" or "world"', example))
    if names_world(said):
        return WORLD
    try:
        return Country(said.upper())
    except UnknownCountryError as fault:
        message = f"in the file's name: {fault.message}"
        hint = f'{_meant(said)}the format\'s own reader takes place="KR" or "world"'
        raise UnreadableError("unknown-country", message, payload.name, hint) from None


def _meant(said: str) -> str:
    """What a name such as UK, which is not a country's code, may mean."""
    try:
        found = Country.parse(said.upper())
    except UnknownCountryError:
        return ""
    return f"{found.name} is {found.alpha2.lower()}; "


def date_said(
    payload: Payload, options: Options, said: str | None, calendar: Calendar | None, example: str
) -> dt.date:
    """The issue that the caller gives, else that of the file's name.

    Raises:
        UnreadableError: Neither says it, or the calendar has no issue on that date.
    """
    found = options.date
    if found is None and said is None:
        raise not_said(payload, "date", _way('date="2022-12-08"', example))
    try:
        found = found or day(said or "")
        (calendar or Calendar.daily()).number(found)
    except CellError as fault:
        message = f"in the file's name, {said!r}: {fault.message}"
        hint = 'the format\'s own reader takes date="2022-12-08"'
        raise UnreadableError(fault.code, message, payload.name, hint) from None
    except NotAnIssueError as fault:
        raise UnreadableError("not-an-issue", fault.message, payload.name) from None
    return found
