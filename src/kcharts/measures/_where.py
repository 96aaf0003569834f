"""The keywords that narrow a call to some lists and titles, declared once for all measures."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps
from inspect import Parameter, cleandoc, signature
from typing import Any, TypedDict, TypeVar, cast, get_type_hints

from kcharts.model.chart import ChartSeries
from kcharts.model.country import Country, World
from kcharts.model.title import Title

Place = Country | World | str
Among = Iterable[Title | str]
Belongs = Callable[[Title], bool | None]
"""Whether a title belongs to a class; None where nothing says."""


class InSeries(TypedDict, total=False):
    """On which lists: the keywords of a measure that looks at all places of a series."""

    series: ChartSeries | str | None
    category: str | None
    as_of: dt.date | str | None


class Where(InSeries, total=False):
    """On which lists: the keywords of a measure that may look at one place."""

    country: Place | None


class _OfClass(TypedDict, total=False):
    origin: Country | str | None
    among: Among | None
    where: Belongs | None


class OfClassInSeries(InSeries, _OfClass, total=False):
    """Among whom, and on which lists, in all places of a series."""


class OfClass(Where, _OfClass, total=False):
    """Among whom, and on which lists."""


_MEANING = {
    "origin": "The country the titles come from, by `Title.origin`.",
    "among": "The titles that make the class, by value or name.",
    "where": "A test that answers True, False, or None where nothing says whether a title belongs.",
    "country": 'A country by value, code or name, or "world"; left out, all places.',
    "series": "A series, by value or name, where the history has several.",
    "category": 'A category as printed, such as "TV".',
    "as_of": "Nothing dated later is looked at.",
}
"""What each keyword means, in the order in which help() shows them."""

_Call = TypeVar("_Call", bound=Callable[..., Any])


def narrowed_by(keywords: type) -> Callable[[_Call], _Call]:
    """Let a measure that takes `**where: Unpack[keywords]` show each of the keywords.

    Type checkers read the keywords from `Unpack`. At run time Python would show `**where` alone,
    and take any name: `contry="KR"` would be no filter, and the figure a wrong one.

    Args:
        keywords: The TypedDict of the keywords.
    """
    hints = get_type_hints(keywords)
    narrowing = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=hints[name])
        for name in _MEANING
        if name in hints
    ]

    def decorate(measure: _Call) -> _Call:
        own = signature(measure)
        given = [each for each in own.parameters.values() if each.kind is not each.VAR_KEYWORD]
        options = [each for each in given if each.kind is each.KEYWORD_ONLY]
        shown = [each for each in given if each not in options] + narrowing + options
        known = frozenset(each.name for each in (*narrowing, *options))

        @wraps(measure)
        def call(*subjects: Any, **named: Any) -> Any:
            if not named.keys() <= known:
                raise _unknown(measure.__name__, next(n for n in named if n not in known), known)
            return measure(*subjects, **named)

        vars(call)["__signature__"] = own.replace(parameters=shown)
        call.__annotations__ = {each.name: each.annotation for each in shown}
        call.__annotations__["return"] = own.return_annotation
        call.__doc__ = _with_meanings(cleandoc(measure.__doc__ or ""), narrowing)
        return cast("_Call", call)

    return decorate


def _unknown(measure: str, name: str, known: Iterable[str]) -> TypeError:
    """The error for a keyword that a measure does not have."""
    from difflib import get_close_matches  # noqa: PLC0415  (costs 2 ms, needed on failure only)

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}=?" if near else f"it has {', '.join(sorted(known))}"
    return TypeError(f"{measure} has no keyword {name!r}: {hint}")


def _with_meanings(doc: str, narrowing: Iterable[Parameter]) -> str:
    """A docstring whose arguments end with the keywords, if it lists arguments."""
    head, mark, rest = doc.partition("\nArgs:\n")
    entries, gap, tail = rest.partition("\n\n")
    lines = [f"\n    {each.name}: {_MEANING[each.name]}" for each in narrowing] if mark else []
    return "".join([head, mark, entries, *lines, gap, tail])
