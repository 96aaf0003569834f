"""Reading whatever comes: the format of each source is known by its content.

The module has a leading underscore because its function has the name that users import.
"""

from __future__ import annotations

from functools import cache, reduce
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from kcharts import formats
from kcharts.errors import ParseErrors
from kcharts.formats._source import MAX_BYTES, Payload, Source, UnreadableError, load
from kcharts.formats._spec import FormatSpec, Layout
from kcharts.model._checks import shown

if TYPE_CHECKING:
    from kcharts.formats._reader import OnError, Reader
    from kcharts.formats._report import ReadReport
    from kcharts.model.history import ChartHistory

_HEAD = 1 << 16


class _Known(NamedTuple):
    """One layout of one format module."""

    module: str
    layout: Layout

    def __str__(self) -> str:
        return f"{self.layout.name} ({self.module}.{self.layout.reader})"


@overload
def read(
    *sources: Source,
    on_error: Literal["raise"] = "raise",
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> ChartHistory: ...
@overload
def read(
    *sources: Source,
    on_error: Literal["collect"],
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> tuple[ChartHistory, ReadReport]: ...
def read(
    *sources: Source,
    on_error: OnError = "raise",
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> ChartHistory | tuple[ChartHistory, ReadReport]:
    """Read chart files of any format that kcharts knows, and merge them.

    The format is known by the columns of each source, never by its name. Every source is read
    before anything is raised.

    Args:
        *sources: Paths, objects with `open` or `read`, or bytes; gzip and zip are unpacked.
        on_error: "raise" raises `ParseErrors`; "collect" returns what could be read with a
            `ReadReport` on all sources.
        encoding: The texts' encoding where it is not UTF-8.
        max_bytes: The most bytes that are read or unpacked of one source.

    Raises:
        ParseErrors: A source is of no known format, cannot be read, or has rows that cannot.
        ConflictError: Two sources differ in an issue.
        TypeError: No source is given, or something that is none.

    >>> import kcharts
    >>> from kcharts.formats import netflix
    >>> print(kcharts.read(netflix.SPEC.sample.encode()))
    Netflix weekly, TV, 1 country, 1 issue 2022-01-30 to 2022-01-30, 2 rows; no list missing
    """
    from kcharts.formats._reader import check_on_error  # noqa: PLC0415  (importing stays cheap)

    check_on_error(on_error)
    if not sources:
        raise TypeError("read: expected at least one source: a path, an open file, or bytes")
    if on_error == "collect":
        return _collected(sources, encoding, max_bytes)
    histories: list[ChartHistory] = []
    faults: list[ParseErrors] = []
    for source in sources:
        try:
            reader, payload = _opened(source, encoding, max_bytes)
            histories.append(reader(payload, encoding=encoding))
        except ParseErrors as fault:
            faults.append(fault)
    if faults:
        raise _joined(faults)
    return _merged(histories)


def _collected(
    sources: tuple[Source, ...], encoding: str | None, max_bytes: int
) -> tuple[ChartHistory, ReadReport]:
    from kcharts.formats._report import joined  # noqa: PLC0415

    histories: list[ChartHistory] = []
    reports: list[ReadReport] = []
    for source in sources:
        reader, payload = _opened(source, encoding, max_bytes)
        history, report = reader(payload, on_error="collect", encoding=encoding)
        histories.append(history)
        reports.append(report)
    return _merged(histories), joined(reports)


def _merged(histories: list[ChartHistory]) -> ChartHistory:
    return reduce(lambda one, other: one.merge(other), histories)


def _joined(faults: list[ParseErrors]) -> ParseErrors:
    if len(faults) == 1:
        return faults[0]
    errors = [error for fault in faults for error in fault.problems]
    return ParseErrors("\n".join(map(str, faults)), errors)


def _opened(
    source: Source, encoding: str | None, max_bytes: int
) -> tuple[Reader[ChartHistory], Payload]:
    """The reader of a source, and its bytes: loaded once, whoever reads them."""
    try:
        payload = load(source, max_bytes=max_bytes)
        return _fitting(payload, encoding), payload
    except UnreadableError as fault:
        return _failing(fault), Payload(fault.problem.source, b"")


def _failing(fault: UnreadableError) -> Reader[ChartHistory]:
    from kcharts.formats._reader import empty, reader  # noqa: PLC0415

    @reader(nothing=empty)
    def unreadable(
        payload: Payload,  # noqa: ARG001  (the signature of every reader)
        encoding: str | None,  # noqa: ARG001
    ) -> tuple[ChartHistory, ReadReport]:
        raise fault

    return unreadable


def _fitting(payload: Payload, encoding: str | None) -> Reader[ChartHistory]:
    """The reader of the layout whose columns the payload has; of several, of the fullest."""
    from kcharts.formats._text import header_of, text_of  # noqa: PLC0415

    header = header_of(text_of(_head(payload, encoding), encoding)).header
    fits = [known for known in _known() if not known.layout.lacking(header)]
    if not fits:
        raise _unknown(payload.name, header)
    known = max(fits, key=lambda each: len(each.layout.columns))
    if not known.layout.is_chart:
        message = f"{known.layout.name} is no chart: its rows have no date"
        hint = f"{known.module}.{known.layout.reader} reads it"
        raise UnreadableError("not-a-chart", message, payload.name, hint)
    found: Reader[ChartHistory] = getattr(import_module(known.module), known.layout.reader)
    return found


def _head(payload: Payload, encoding: str | None) -> Payload:
    """The first lines, enough to see the columns; all of a text that is to be recoded."""
    end = -1 if encoding is not None else payload.data.find(b"\n", _HEAD)
    return payload if end < 0 else Payload(payload.name, payload.data[: end + 1])


@cache
def _known() -> tuple[_Known, ...]:
    """The layouts of all format modules, found by walking the package."""
    from pkgutil import iter_modules  # noqa: PLC0415

    found: list[_Known] = []
    for each in iter_modules(formats.__path__, f"{formats.__name__}."):
        if not each.name.rpartition(".")[2].startswith("_"):
            spec = getattr(import_module(each.name), "SPEC", None)
            layouts = spec.layouts if isinstance(spec, FormatSpec) else ()
            found += [_Known(each.name, layout) for layout in layouts if layout.columns]
    return tuple(found)


def _unknown(name: str, header: list[str]) -> UnreadableError:
    def lacks(known: _Known) -> int:
        return len(known.layout.lacking(header)) - len(known.layout.columns)

    near = min(_known(), key=lacks)
    lacking = near.layout.lacking(header)
    readers = {(each.module, each.layout.reader): each for each in reversed(_known())}
    hint = f"known: {', '.join(map(str, reversed(readers.values())))}"
    if 2 * len(lacking) <= len(near.layout.columns):
        hint = f"{near.layout.name} would also have {', '.join(lacking)}; {hint}"
    message = f"no format that kcharts knows has the columns found: {shown(', '.join(header))}"
    return UnreadableError("unknown-format", message, name, hint)
