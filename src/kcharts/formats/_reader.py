"""What every reader has in common: its sources, its two ways with errors, its signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, Protocol, TypeVar, cast, overload

from attrs import evolve

from kcharts.errors import Problem
from kcharts.formats import _report
from kcharts.formats._reading import nothing_read
from kcharts.formats._report import ReadReport
from kcharts.formats._source import MAX_BYTES, Payload, Source, UnreadableError, load
from kcharts.model import _checks as checks
from kcharts.model._builder import Builder
from kcharts.model.history import ChartHistory

OnError = Literal["raise", "collect"]


R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Reader(Protocol[R_co]):
    """A reader: bytes in; a history out, or the records of a list that is no chart.

    Its source is a path, an object with `open` or `read`, or bytes; gzip and zip are unpacked.
    `on_error="raise"` raises `ParseErrors` once the whole source is read, "collect" returns what
    could be read with a `ReadReport`. `encoding` is the text's where it is not UTF-8;
    `max_bytes` are the most that are read or unpacked.
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
        max_bytes: int = MAX_BYTES,
    ) -> R_co: ...
    @overload
    def __call__(
        self,
        source: Source,
        /,
        *,
        on_error: Literal["collect"],
        encoding: str | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> tuple[R_co, ReadReport]: ...


Parse = Callable[[Payload, str | None], tuple[R, ReadReport]]


def check_on_error(on_error: str) -> None:
    """Raise unless it is one of the two ways with errors."""
    if on_error not in ("raise", "collect"):
        raise checks.refuse("on_error", '"raise" or "collect"', on_error)


def empty() -> ChartHistory:
    """A history that holds nothing."""
    return ChartHistory(Builder().build())


def reader(
    *, nothing: Callable[[], R], odd: Callable[[R], Iterable[Problem]] | None = None
) -> Callable[[Parse[R]], Reader[R]]:
    """Make a reader of a function from a payload and an encoding to a result and a report.

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
            max_bytes: int = MAX_BYTES,
        ) -> R | tuple[R, ReadReport]:
            check_on_error(on_error)
            cause: BaseException | None = None
            try:
                result, report = parse(load(source, max_bytes=max_bytes), encoding)
            except UnreadableError as fault:
                result, report, cause = nothing(), nothing_read(fault), fault.__cause__
            if on_error == "collect":
                notes = (*report.notes, *(odd(result) if odd else ()))
                return result, evolve(report, notes=notes[: _report.KEPT])
            if not report.is_clean:
                raise _report.parse_errors(report) from cause
            return result

        read.__name__ = read.__qualname__ = parse.__name__
        read.__module__, read.__doc__ = parse.__module__, parse.__doc__
        return cast("Reader[R]", read)

    return made
