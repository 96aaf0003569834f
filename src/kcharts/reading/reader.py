"""The parts that all readers share: sources, the two ways to handle errors, signatures."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import update_wrapper
from itertools import pairwise
from typing import Any, Literal, Protocol, TypeVar, Unpack, overload

from attrs import evolve

from kcharts.errors import ParseErrors, Problem
from kcharts.model.columns.builder import Builder
from kcharts.model.history import ChartHistory
from kcharts.reading.oddities import oddities
from kcharts.reading.options import (
    DEFAULTS,
    OnError,
    Options,
    PlacedOptions,
    ReadOptions,
    check_names,
    check_on_error,
    options_of,
    set_signature,
)
from kcharts.reading.recipe import Recipe
from kcharts.reading.rows import nothing_read, read_rows
from kcharts.reading.spec import table_of
from kcharts.sources import report as _report
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload, Source, UnreadableError, load

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Reader(Protocol[R_co]):
    """A reader: bytes in; a history out, or the records of a list that is not a chart.

    Its source is a path, an object with `open` or `read`, or bytes; gzip and zip are unpacked.
    `on_error="raise"` raises `ParseErrors` once the whole source is read, "collect" returns what
    could be read with a `ReadReport`.
    """

    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        on_error: Literal["raise"] = "raise",
        **options: Unpack[ReadOptions],
    ) -> R_co: ...
    @overload
    def __call__(
        self, source: Source, /, *, on_error: Literal["collect"], **options: Unpack[ReadOptions]
    ) -> tuple[R_co, ReadReport]: ...


class PlacedReader(Protocol[R_co]):
    """A reader of files that may not say their place or date."""

    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        on_error: Literal["raise"] = "raise",
        **options: Unpack[PlacedOptions],
    ) -> R_co: ...
    @overload
    def __call__(
        self, source: Source, /, *, on_error: Literal["collect"], **options: Unpack[PlacedOptions]
    ) -> tuple[R_co, ReadReport]: ...


Parse = Callable[[Payload, Options], tuple[R, ReadReport]]


def empty() -> ChartHistory:
    """A history that holds nothing."""
    return ChartHistory(Builder().build())


def answer(
    source: Source,
    parse: Parse[R],
    options: Options,
    *,
    nothing: Callable[[], R],
    odd: Callable[[R], Iterable[Problem]] | None,
    on_error: OnError,
) -> R | tuple[R, ReadReport]:
    """Read a source, and answer as the caller wants errors to be answered."""
    check_on_error(on_error)
    payload: Payload | None = None
    try:
        payload = load(source, max_bytes=options.limits.file_bytes)
        if payload.is_decoded:
            options = options._replace(encoding=None)
        result, report = parse(payload, options)
    except UnreadableError as fault:
        if on_error == "raise":
            raise unreadable(fault) from fault.__cause__
        result, report = nothing(), nothing_read(fault)
    if on_error == "collect":
        found = *(odd(result) if odd else ()), *_far(result), *_in_future(result, payload)
        notes = (*report.notes, *found)
        return result, evolve(report, notes=notes[: _report.KEPT])
    if not report.is_clean:
        raise _report.parse_errors(report)
    return result


def unreadable(fault: UnreadableError) -> ParseErrors:
    """The error that a reader raises for a source that cannot be read at all."""
    return _report.parse_errors(nothing_read(fault))


_FAR = dt.timedelta(3_653)
"""Ten years, in which a chart has an issue."""


def _far(result: object) -> Iterator[Problem]:
    """A note where the lists of a history lie so far apart that a year may be wrong."""
    if not isinstance(result, ChartHistory):
        return
    for before, after in pairwise(result.dates):
        if after - before > _FAR:
            message = f"no list is dated between {before} and {after}: is one of the years wrong?"
            source, *_ = result.store.sources
            yield Problem("far-date", message, source)


def _in_future(result: object, payload: Payload | None) -> Iterator[Problem]:
    """A note where a list is dated after the day on which its file was last written."""
    if payload is None or payload.modified is None or not isinstance(result, ChartHistory):
        return
    late = [day for day in result.dates if day > payload.modified]
    if late:
        message = f"{late[0]} is after the day on which the file was written, {payload.modified}"
        yield Problem("future-date", message, payload.name)


def public_reader(
    *, nothing: Callable[[], R], odd: Callable[[R], Iterable[Problem]] | None = None
) -> Callable[[Parse[R]], Reader[R]]:
    """Turn a parsing function into a public reader.

    Args:
        nothing: Makes the result for a source that cannot be read at all.
        odd: Finds what is worth a note in a result; called only if the caller sees the notes.
    """
    return lambda parse: _public(parse, ReadOptions, nothing, odd)


def placed_reader(
    *, nothing: Callable[[], R], odd: Callable[[R], Iterable[Problem]] | None = None
) -> Callable[[Parse[R]], PlacedReader[R]]:
    """Turn a parsing function into a public reader that takes a place and a date besides."""
    return lambda parse: _public(parse, PlacedOptions, nothing, odd)


def recipe_reader(
    *recipes: Recipe,
    doc: str,
    odd: Callable[[ChartHistory], Iterable[Problem]] | None = oddities,
) -> Reader[ChartHistory]:
    """Make the public reader of files that a recipe explains.

    It has the name that the layout gives it, and belongs to the module that calls this.

    Args:
        *recipes: The recipe; or several, for layouts of one medium and one reader.
        doc: The reader's docstring.
        odd: Finds what is worth a note in a history; it is asked only where notes are seen.
    """
    layouts = [recipe.layout for recipe in recipes]

    def parse(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
        table = table_of(payload, options, *layouts)
        recipe = min(recipes, key=lambda each: len(each.layout.lacking(table.header)))
        return read_rows(table, recipe, options).answer()

    caller = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]  # as namedtuple does
    parse.__module__ = caller.f_globals["__name__"]
    parse.__name__ = parse.__qualname__ = layouts[0].reader
    parse.__doc__ = doc
    return public_reader(nothing=empty, odd=odd)(parse)


def _public(
    parse: Parse[R],
    taken: type[Any],
    nothing: Callable[[], R],
    odd: Callable[[R], Iterable[Problem]] | None,
) -> Any:
    """The function that users call, with the name and the docstring of the one that parses."""

    def read(source: Source, /, *, on_error: OnError = "raise", **given: Any) -> Any:
        check_names(read, given)
        return answer(source, parse, options_of(given), nothing=nothing, odd=odd, on_error=on_error)

    update_wrapper(read, parse, ("__module__", "__name__", "__qualname__", "__doc__"), ())
    whole = inspect.formatannotation(parse.__annotations__["return"]).strip("'")
    result = whole.removeprefix("tuple[").removesuffix(", ReadReport]")
    set_signature(read, taken, DEFAULTS, f"{result} | {whole}")
    return read
