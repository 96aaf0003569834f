"""What every reader has in common: its sources, its two ways with errors, its signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Literal, Protocol, TypeVar, cast, overload

from attrs import evolve

from kcharts.errors import Problem
from kcharts.model import _checks as checks
from kcharts.model.columns.builder import Builder
from kcharts.model.country import Country, World
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import find_place
from kcharts.reading.parsers import day_as
from kcharts.reading.rows import nothing_read
from kcharts.reading.spec import Options, check_options
from kcharts.sources import report as _report
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload, Source, UnreadableError, load

OnError = Literal["raise", "collect"]


R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Reader(Protocol[R_co]):
    """A reader: bytes in; a history out, or the records of a list that is no chart.

    Its source is a path, an object with `open` or `read`, or bytes; gzip and zip are unpacked.
    `on_error="raise"` raises `ParseErrors` once the whole source is read, "collect" returns what
    could be read with a `ReadReport`. `encoding` is the text's where it is not UTF-8,
    `date_format` how dates are written where they are not YYYY-MM-DD, such as "%m/%d/%Y";
    `limits` is how much is taken before a source is refused.
    """

    __name__: str

    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        on_error: Literal["raise"] = "raise",
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> R_co: ...
    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        on_error: Literal["collect"],
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> tuple[R_co, ReadReport]: ...


class PlacedReader(Protocol[R_co]):
    """A reader of files that do not say their place or date: `place` and `date` do.

    Where they are left out, the file's name says them, as it does when it is downloaded. The
    other arguments are those of every `Reader`.
    """

    __name__: str

    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        place: Country | World | str | None = None,
        date: dt.date | str | None = None,
        on_error: Literal["raise"] = "raise",
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> R_co: ...
    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        place: Country | World | str | None = None,
        date: dt.date | str | None = None,
        on_error: Literal["collect"],
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> tuple[R_co, ReadReport]: ...


Parse = Callable[[Payload, Options], tuple[R, ReadReport]]


def check_on_error(on_error: str) -> None:
    """Raise unless it is one of the two ways with errors."""
    if on_error not in ("raise", "collect"):
        raise checks.refuse("on_error", '"raise" or "collect"', on_error)


def empty() -> ChartHistory:
    """A history that holds nothing."""
    return ChartHistory(Builder().build())


def finish(
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
    check_options(options)
    day_as(options.date_format)
    cause: BaseException | None = None
    payload: Payload | None = None
    try:
        payload = load(source, max_bytes=options.limits.file_bytes)
        if payload.is_decoded:
            options = options._replace(encoding=None)
        result, report = parse(payload, options)
    except UnreadableError as fault:
        result, report, cause = nothing(), nothing_read(fault), fault.__cause__
    if on_error == "collect":
        found = *(odd(result) if odd else ()), *_far(result), *_in_future(result, payload)
        notes = (*report.notes, *found)
        return result, evolve(report, notes=notes[: _report.KEPT])
    if not report.is_clean:
        raise _report.parse_errors(report) from cause
    return result


_FAR = dt.timedelta(3_653)
"""Ten years, in which a chart has an issue."""


def _far(result: object) -> Iterator[Problem]:
    """A note where the lists of a history lie so far apart that a year may be wrong."""
    if not isinstance(result, ChartHistory):
        return
    for before, after in pairwise(result.dates):
        if after - before > _FAR:
            message = f"nothing is dated between {before} and {after}: is one of the years wrong?"
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


def reader(
    *, nothing: Callable[[], R], odd: Callable[[R], Iterable[Problem]] | None = None
) -> Callable[[Parse[R]], Reader[R]]:
    """Make a reader of a function from a payload and options to a result and a report.

    Args:
        nothing: What is read from a source that cannot be read at all.
        odd: Finds what is worth a note in a result; it is asked only where notes are seen.
    """

    def made(parse: Parse[R]) -> Reader[R]:
        def read(
            source: Source,
            /,
            *,
            on_error: OnError = "raise",
            encoding: str | None = None,
            date_format: str | None = None,
            limits: Limits = LIMITS,
        ) -> R | tuple[R, ReadReport]:
            options = Options(encoding, date_format, limits=limits)
            return finish(source, parse, options, nothing=nothing, odd=odd, on_error=on_error)

        return cast("Reader[R]", _named(read, parse))

    return made


def placed_reader(
    *, nothing: Callable[[], R], odd: Callable[[R], Iterable[Problem]] | None = None
) -> Callable[[Parse[R]], PlacedReader[R]]:
    """Make a reader, as `reader` does, of files that do not say their place or date."""

    def made(parse: Parse[R]) -> PlacedReader[R]:
        def read(
            source: Source,
            /,
            *,
            place: Country | World | str | None = None,
            date: dt.date | str | None = None,
            on_error: OnError = "raise",
            encoding: str | None = None,
            date_format: str | None = None,
            limits: Limits = LIMITS,
        ) -> R | tuple[R, ReadReport]:
            where = None if place is None else find_place(place, "place")
            when = None if date is None else checks.as_day(date)
            options = Options(encoding, date_format, where, when, limits)
            return finish(source, parse, options, nothing=nothing, odd=odd, on_error=on_error)

        return cast("PlacedReader[R]", _named(read, parse))

    return made


def _named(read: Callable[..., object], parse: Callable[..., object]) -> object:
    """The function under the name, module and docstring of what it was made of."""
    read.__name__ = read.__qualname__ = parse.__name__
    read.__module__, read.__doc__ = parse.__module__, parse.__doc__
    return read
