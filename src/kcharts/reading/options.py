"""The options of readers, and how `help` shows them."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypedDict

from kcharts.model import _checks as checks
from kcharts.model.country import Country, World
from kcharts.model.lookup import find_place
from kcharts.reading.parsers import day_as
from kcharts.sources.limits import LIMITS, Limits

OnError = Literal["raise", "collect"]


class ReadOptions(TypedDict, total=False):
    """The options of every reader.

    Attributes:
        encoding: The text's encoding if it is not UTF-8.
        date_format: How dates are written if not as YYYY-MM-DD, such as "%m/%d/%Y".
        limits: How large a source may be before it is refused.
    """

    encoding: str | None
    date_format: str | None
    limits: Limits


class PlacedOptions(ReadOptions, total=False):
    """The options of readers whose files may not say their place or date.

    Attributes:
        place: The place of all lists; by default the one in the file's original name.
        date: The date of the list; by default the one in the file or its name.
    """

    place: Country | World | str | None
    date: dt.date | str | None


class Options(NamedTuple):
    """The options that the caller of a reader gave."""

    encoding: str | None = None
    date_format: str | None = None
    place: Country | World | None = None
    date: dt.date | None = None
    limits: Limits = LIMITS


DEFAULTS: Mapping[str, Any] = Options._field_defaults


def options_of(given: Mapping[str, Any]) -> Options:
    """The options that a caller's keywords give: a place may be given by name, a date as text.

    Raises:
        TypeError: One is of a wrong type.
        UnknownCountryError: The place is not a place.
        ValueError: The date is not a date, or `date_format` cannot write one.
    """
    place, date = given.get("place"), given.get("date")
    options = Options(**given)
    _check(options)
    day_as(options.date_format)  # refused before a file is read
    return options._replace(
        place=None if place is None else find_place(place, "place"),
        date=None if date is None else checks.as_day(date),
    )


def _check(options: Options) -> None:
    """Raise where what the caller of a reader has said is of a wrong type."""
    for name in ("encoding", "date_format"):
        value = getattr(options, name)
        if value is not None:
            checks.check_text(name, value)
    checks.check_kind("limits", options.limits, Limits, "Limits, such as kcharts.Limits(lines=100)")


def check_on_error(on_error: str) -> None:
    """Raise unless it is one of the two ways with errors."""
    if on_error not in ("raise", "collect"):
        raise checks.refuse("on_error", '"raise" or "collect"', on_error)


def set_signature(
    function: Callable[..., Any], taken: type[Any], defaults: Mapping[str, Any], returns: str
) -> None:
    """Let `help` show each of the options that a function takes by `**`.

    Args:
        function: The function, whose own parameters come first.
        taken: The typed dictionary of the options.
        defaults: The default of each option.
        returns: The type of what is returned, as text.
    """
    own = inspect.signature(function, follow_wrapped=False)
    parameters = [each for each in own.parameters.values() if each.kind is not each.VAR_KEYWORD]
    kinds = taken.__annotations__
    for name in sorted(kinds, key=ReadOptions.__annotations__.__contains__):
        kind = getattr(kinds[name], "__forward_arg__", kinds[name])  # a text, as all others are
        each = inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=kind
        )
        parameters.append(each)
    signature = own.replace(parameters=parameters, return_annotation=returns)
    vars(function)["__signature__"] = signature


def check_names(function: Callable[..., Any], given: Iterable[str]) -> None:
    """Refuse options that a function does not take, as Python does where it knows them."""
    for name in given:
        if name not in inspect.signature(function).parameters:
            message = f"{function.__name__}() got an unexpected keyword argument {name!r}"
            raise TypeError(message)
