"""Reading whatever comes: the format of each source is known by its content.

The module has a leading underscore because its function has the name that users import.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, Unpack, overload

from kcharts import formats
from kcharts._faces import public
from kcharts.errors import KchartsWarning, ParseErrors
from kcharts.model._checks import show
from kcharts.reading.options import (
    DEFAULTS,
    OnError,
    Options,
    ReadOptions,
    check_names,
    check_on_error,
    options_of,
    set_signature,
)
from kcharts.reading.spec import FormatSpec, Layout
from kcharts.sources.source import Payload, Source, UnreadableError, load

if TYPE_CHECKING:
    from types import ModuleType

    from kcharts.model.history import ChartHistory
    from kcharts.reading.reader import Reader
    from kcharts.sources.report import ReadReport


class _Known(NamedTuple):
    """One layout of one format module."""

    module: str
    layout: Layout


@overload
def read(
    *sources: Source, on_error: Literal["raise"] = "raise", **options: Unpack[ReadOptions]
) -> ChartHistory: ...
@overload
def read(
    *sources: Source, on_error: Literal["collect"], **options: Unpack[ReadOptions]
) -> tuple[ChartHistory, ReadReport]: ...
@public
def read(
    *sources: Source, on_error: OnError = "raise", **options: Unpack[ReadOptions]
) -> ChartHistory | tuple[ChartHistory, ReadReport]:
    """Read chart files of any format that kcharts knows, and merge them.

    The format is known by the content of each source, never by its name; only where a file does
    not say its date or place, the name does. Every source is read before anything is raised.

    Args:
        *sources: Paths, objects with `open` or `read`, or bytes; gzip and zip are unpacked.
        on_error: "raise" raises `ParseErrors`; "collect" returns what could be read with a
            `ReadReport` on all sources.
        encoding: The texts' encoding where it is not UTF-8.
        date_format: How dates are written where they are not YYYY-MM-DD: "%m/%d/%Y", say.
        limits: How much is taken before a source is refused.

    Raises:
        ParseErrors: A source is of no known format, cannot be read, or has rows that cannot.
        ConflictError: Two sources differ in an issue.
        TypeError: No source is given, or something that is none.

    >>> import kcharts
    >>> from kcharts.formats import netflix
    >>> print(kcharts.read(netflix.SPEC.sample.encode()))
    Netflix weekly, TV, 1 country, 1 issue 2022-01-30 to 2022-01-30, 2 rows; no list missing
    """
    check_names(read, options)
    check_on_error(on_error)
    if not sources:
        raise TypeError("read: expected at least one source: a path, an open file, or bytes")
    known = options_of(options)
    if on_error == "collect":
        return _collected(sources, known, options)
    histories: list[ChartHistory] = []
    faults: list[ParseErrors] = []
    for source in sources:
        try:
            histories.append(_read_one(source, known, options))
        except ParseErrors as fault:
            faults.append(fault)
    if faults:
        raise _joined(faults)
    return _merged(histories)


set_signature(read, ReadOptions, DEFAULTS, "ChartHistory | tuple[ChartHistory, ReadReport]")


def _read_one(source: Source, known: Options, options: ReadOptions) -> ChartHistory:
    from kcharts.reading.reader import unreadable  # noqa: PLC0415

    try:
        reader, payload = _opened(source, known)
    except UnreadableError as fault:
        raise unreadable(fault) from fault.__cause__
    return reader(payload, **options)


def _collected(
    sources: tuple[Source, ...], known: Options, options: ReadOptions
) -> tuple[ChartHistory, ReadReport]:
    from kcharts.reading.reader import empty  # noqa: PLC0415
    from kcharts.reading.rows import nothing_read  # noqa: PLC0415
    from kcharts.sources.report import join_reports  # noqa: PLC0415

    histories: list[ChartHistory] = []
    reports: list[ReadReport] = []
    for source in sources:
        try:
            reader, payload = _opened(source, known)
            history, report = reader(payload, on_error="collect", **options)
        except UnreadableError as fault:
            history, report = empty(), nothing_read(fault)
        histories.append(history)
        reports.append(report)
    return _merged(histories), join_reports(reports)


def _merged(histories: list[ChartHistory]) -> ChartHistory:
    """One history of all, merged two by two, so that no row is copied more than a few times."""
    while len(histories) > 1:
        last = histories[-1:] if len(histories) % 2 else []
        pairs = zip(histories[::2], histories[1::2], strict=False)
        histories = [one.merge(other) for one, other in pairs] + last
    return histories[0]


def _joined(faults: list[ParseErrors]) -> ParseErrors:
    if len(faults) == 1:
        return faults[0]
    errors = [error for fault in faults for error in fault.problems]
    return ParseErrors("\n".join(map(str, faults)), errors)


def _opened(source: Source, options: Options) -> tuple[Reader[ChartHistory], Payload]:
    """The reader of a source, and its bytes: loaded once, whoever reads them."""
    payload = load(source, max_bytes=options.limits.file_bytes)
    return _fitting(payload, options), payload


def _fitting(payload: Payload, options: Options) -> Reader[ChartHistory]:
    """The reader of the layout that a payload fits: of several, of the fullest."""
    known = max(_candidates(payload, options), key=lambda each: len(each.layout.columns))
    if not known.layout.is_chart:
        message = f"{known.layout.name} is not a chart: its rows have no date"
        hint = f"{known.module}.{known.layout.reader} reads it"
        raise UnreadableError("not-a-chart", message, payload.name, hint)
    found: Reader[ChartHistory] = getattr(import_module(known.module), known.layout.reader)
    return found


def _candidates(payload: Payload, options: Options) -> list[_Known]:
    """The layouts that a payload fits: built-in ones, or else those of other packages."""
    refusal: UnreadableError | None = None
    fits: list[_Known] = []
    header: list[str] = []
    try:
        fits, header = _fits(payload, options, _built_in())
    except UnreadableError as fault:  # perhaps a page that only another package's format knows
        refusal = fault
    if not fits and (others := registered()):
        with suppress(UnreadableError):
            fits, _ = _fits(payload, options, others)
    if not fits:
        raise refusal or _unknown(payload.name, header)
    return fits


def _fits(
    payload: Payload, options: Options, layouts: tuple[_Known, ...]
) -> tuple[list[_Known], list[str]]:
    """Those of the layouts that a payload fits; without any, the columns that were found in it."""
    from kcharts.sources.opening import Glimpse, glimpses  # noqa: PLC0415

    def fits(header: list[str]) -> bool:
        return any(known.layout.fits(Glimpse("table", header)) for known in layouts)

    paths = dict.fromkeys(k.layout.path for k in layouts if k.layout.medium == "json")
    header: list[str] = []
    for seen in glimpses(payload, fits, paths, encoding=options.encoding, limits=options.limits):
        if fitting := [known for known in layouts if known.layout.fits(seen)]:
            return fitting, []
        header = seen.columns or []
    return [], header


@cache
def _built_in() -> tuple[_Known, ...]:
    """The layouts of the format modules of kcharts, found by walking the package."""
    from pkgutil import iter_modules  # noqa: PLC0415

    names = (each.name for each in iter_modules(formats.__path__) if not each.name.startswith("_"))
    modules = (import_module(f"{formats.__name__}.{name}") for name in names)
    return tuple(known for module in modules for known in _layouts(module))


@cache
def registered() -> tuple[_Known, ...]:
    """The layouts of formats that other packages register.

    They are asked only about what no built-in format fits: to find the entry points of an
    environment takes 27 to 54 ms, which is more than to import kcharts.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415

    found: list[_Known] = []
    for entry in entry_points(group="kcharts.formats"):
        try:
            found += _layouts(entry.load())
        except Exception as fault:  # noqa: BLE001  (another package's mistake is not the file's)
            message = f"the format {entry.name} ({entry.value}) cannot be used: {fault}"
            warnings.warn(message, KchartsWarning, stacklevel=2)
    return tuple(found)


def _layouts(module: ModuleType) -> list[_Known]:
    """The layouts of a format module."""
    spec = getattr(module, "SPEC", None)
    if not isinstance(spec, FormatSpec):
        message = f"{module.__name__}: expected a constant SPEC, a FormatSpec, found {spec!r}"
        raise TypeError(message)
    return [_Known(module.__name__, layout) for layout in spec.layouts]


def _unknown(name: str, header: list[str]) -> UnreadableError:
    def lacks(known: _Known) -> int:
        return len(known.layout.lacking(header)) - len(known.layout.columns)

    layouts = (*_built_in(), *registered())
    near = min((each for each in layouts if each.layout.medium == "table"), key=lacks)
    lacking = near.layout.lacking(header)
    modules = dict.fromkeys(each.module.removeprefix(f"{formats.__name__}.") for each in layouts)
    hint = "kcharts.read_table reads any other table; "
    if 2 * len(lacking) <= len(near.layout.columns):
        hint = f"{near.layout.name} is closest, and also has {', '.join(lacking)}; {hint}"
    hint += f"kcharts knows the formats of {', '.join(modules)}"
    message = f"no format that kcharts knows has the columns found: {show(', '.join(header))}"
    return UnreadableError("unknown-format", message, name, hint)
