"""Workbooks: checked before they are opened, then read as tables."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kcharts.sources.cell import CellError, Kind, Role, Serial, Typed, cell_text, utf8
from kcharts.sources.limits import Limits
from kcharts.sources.preflight import BYTES_A_CELL, Book, Sheet, cell_name, preflight
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_HEADER_WITHIN = 20
"""Within how many rows the header has to be."""
_FULLER_THAN_A_BANNER = 3
_SERIAL = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30).toordinal(), dt.date(1904, 1, 1).toordinal()
_SERIALS_AGREE = 61
"""The number of 1900-03-01: before it programs count differently, as 1900 was no leap year."""
_LAST_SERIAL = dt.date(2199, 12, 31).toordinal() - _EPOCH
"""A number beyond it is not a serial: 220131 is rather a day of 2022 than one of 2502."""
BYTES_A_VALUE = 192
"""Memory of a value beyond its cells: a number, its text, and its place in a table."""
_TRUE = {"1": "true", "true": "true", "0": "false", "false": "false"}

Row: TypeAlias = tuple[Any, ...]
Fits: TypeAlias = Callable[[list[str]], bool]


def workbook_table(payload: Payload, fits: Fits, limits: Limits) -> Table:
    """The sheet of a workbook with a row that `fits` takes for the header.

    Visible sheets come before hidden ones. If none fits it is the first sheet that is not empty,
    so that an error can name the missing columns.

    Raises:
        UnreadableError: The workbook is broken, beyond the limits, or empty, or several of its
            sheets fit; or python-calamine is not installed.
    """
    table: Table | None = payload.kept.get(("table", limits))
    if table is None or not fits(table.header):
        table = payload.kept["table", limits] = _fitting_table(payload, fits, limits)
    return table


def _fitting_table(payload: Payload, fits: Fits, limits: Limits) -> Table:
    calamine = _calamine(payload.name)
    book = preflight(payload, limits)
    if book.faults and not book.sheets:
        raise book.faults[0]
    opened = _answer(payload.name, partial(calamine, book.stream))
    book.stream.close()
    fallback: _Headed | None = None
    for is_visible in (True, False):
        sheets = [sheet for sheet in book.sheets if sheet.is_visible == is_visible]
        headed = [each for sheet in sheets if (each := _open(payload.name, opened, sheet, fits))]
        fitting = [each for each in headed if each.fits]
        if fitting:
            return _table(payload.name, limits, book, _only(payload.name, fitting))
        fallback = fallback or next(iter(headed), None)
    if book.faults:
        raise book.faults[0]
    if fallback is None:
        raise UnreadableError("empty-file", "the workbook holds nothing", payload.name)
    return _table(payload.name, limits, book, _naming_merges(fallback))


def _only(name: str, fitting: list[_Headed]) -> _Headed:
    """The one sheet that fits; which of several is meant only the caller knows."""
    if len(fitting) == 1:
        return fitting[0]
    sheets = ", ".join(repr(each.sheet.name) for each in fitting)
    message = f"{len(fitting)} sheets of the workbook have the columns: {sheets}"
    hint = "save each as a file of its own and merge what is read, or hide all but one"
    raise UnreadableError("several-sheets", message, name, hint)


def _calamine(name: str) -> Callable[[io.BytesIO], CalamineWorkbook]:
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "workbooks are read with python-calamine, which is not installed"
        hint = 'pip install "kcharts[xlsx]", or save the sheet as CSV'
        raise UnreadableError("missing-extra", message, name, hint) from None
    return CalamineWorkbook.from_filelike


def _answer(name: str, ask: Callable[[], Any], what: str = "the workbook") -> Any:
    """What python-calamine answers."""
    from python_calamine import CalamineError  # noqa: PLC0415  (an extra)

    try:
        return ask()
    except (CalamineError, ValueError, OverflowError) as fault:
        message = f"{what} cannot be read: {fault}"
        raise UnreadableError("corrupt-file", message, name) from fault


# -- headers --------------------------------------------------------------------------------


class _Merge(NamedTuple):
    """Merged cells, whose first holds the value; all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


class _Headed(NamedTuple):
    """A sheet with the row that is, or could be, its header."""

    sheet: Sheet
    content: CalamineSheet
    merges: list[_Merge]
    row: int
    """The number of the header's row, counted from 0 at the first that holds anything."""
    names: list[str]
    left: int
    """The number of its first cell, counted from 0 at the first column that holds anything."""
    fits: bool


def _open(name: str, book: CalamineWorkbook, sheet: Sheet, fits: Fits) -> _Headed | None:
    """The header of a sheet, or the first of its fullest rows near the top."""
    ask = partial(book.get_sheet_by_name, sheet.id)
    content: CalamineSheet = _answer(name, ask, f"sheet {sheet.name!r}")
    merges = [
        _Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in content.merged_cell_ranges or ()
    ]
    if len(merges) != sheet.scan.merges:  # of a second list of them python-calamine sees none
        message = f"sheet {sheet.name!r}: its merged cells are not listed in one place"
        raise UnreadableError("corrupt-file", message, name)
    best: _Headed | None = None
    for at, row in enumerate(content.to_python(nrows=_HEADER_WITHIN)):
        names = [_text(_cell(value)) for value in row]
        filled = [n for n, column in enumerate(names) if column.strip()]
        if not filled:
            continue
        names = names[filled[0] : filled[-1] + 1]
        headed = _Headed(sheet, content, merges, at, names, filled[0], fits(names))
        if headed.fits:
            return headed
        if best is None or len(names) > len(best.names):
            best = headed
    return best


def _naming_merges(headed: _Headed) -> _Headed:
    """A header that does not fit, with its covered cells named after the merge."""
    top, left = headed.content.start or (0, 0)
    names, first = list(headed.names), left + headed.left + 1
    for merge in headed.merges:
        if merge.top <= top + headed.row + 1 <= merge.bottom:
            for at in range(max(merge.left - first, 0), min(merge.right - first + 1, len(names))):
                names[at] = names[at] or f"(merged {merge})"
    return headed._replace(names=names)


# -- tables ---------------------------------------------------------------------------------


def _table(name: str, limits: Limits, book: Book, headed: _Headed) -> Table:
    top, left = headed.content.start or (0, 0)
    cell = _Cells(name, headed.sheet, limits).__getitem__
    # Made cells as they come: many rows of cells that are not shared keep the collector busy.
    rows = [tuple(map(cell, row)) for row in islice(headed.content.iter_rows(), top, None)]
    for at, cells in _not_plain(name, headed, len(rows), len(rows[0])).items():
        rows[at] = tuple(cells.get(n, held) for n, held in enumerate(rows[at]))
    first_column = left + 1 + headed.left
    columns = {column: n for n, column in reversed(list(enumerate(headed.names, first_column)))}
    split = _splitter(headed.left, headed.left + len(headed.names), len(rows[0]))
    strays = {top + 1 + at: _Stray(rows[at]) for at in _above(rows, headed)}
    first, after = top + headed.row + 2, top + len(rows) + 1
    return Table(
        name=name,
        header=headed.names,
        lines=[*rows[headed.row + 1 :], *strays.values()],
        first=first,
        numbers=[*range(after), *strays] if strays else None,
        split=_refusing(split) if strays else split,
        sheet=headed.sheet.name,
        decode=partial(_decoded, limits.field_characters, book.is_1904),
        where=partial(_where, columns),
        stood=lambda row: "\t".join(map(_text, row)),
        notes=tuple(_notes(book, headed)),
    )


class _Stray(tuple[Any, ...]):
    """A row above the header that looks like those below it."""

    __slots__ = ()


def _above(rows: list[Row], headed: _Headed) -> Iterator[int]:
    """Which rows above the header are as full as a row below: a banner has a cell or two."""
    least = max(_FULLER_THAN_A_BANNER, len(headed.names) / 2)
    for at, row in enumerate(rows[: headed.row]):
        if sum(bool(_text(cell).strip()) for cell in row) >= least:
            yield at


def _refusing(split: Callable[[Row], list[Any]]) -> Callable[[Row], list[Any]]:
    """A `split` that refuses the rows above the header."""

    def cut(row: Row) -> list[Any]:
        if isinstance(row, _Stray):
            message = "the row is above the header, but looks like those below it"
            raise CellError("above-header", message, "put the header above all rows")
        return split(row)

    return cut


def _splitter(left: int, right: int, width: int) -> Callable[[Row], list[Any]]:
    """A `split` that takes the cells below the header, unless there are others too."""

    def cut(row: Row) -> list[Any]:
        beside = any(row[:left]) or any(row[right:])
        return list(row if beside else row[left:right])

    return list if (left, right) == (0, width) else cut


def _where(columns: dict[str, int], column: str, number: int) -> str:
    """A column with the name of the cell: "F1204, show_title"."""
    at = columns.get(column)
    if at is None:  # not a column of the sheet, or written in another way
        folded = {name.strip().casefold(): n for name, n in columns.items()}
        at = folded.get(column)
    return column if at is None else f"{cell_name(number, at)}, {column}"


def _notes(book: Book, headed: _Headed) -> Iterator[tuple[str, str]]:
    """The sheets of a workbook that are not read, and the hidden one that is."""
    if not headed.sheet.is_visible:
        message = f"the sheet {headed.sheet.name!r} is hidden; no other has the columns"
        yield "hidden-sheet", message
    for sheet in book.sheets:
        if sheet is not headed.sheet and sheet.scan.cells:
            yield "sheet-not-read", f"the sheet {sheet.name!r} is not read"
    for fault in book.faults:
        yield "sheet-not-read", fault.problem.message


# -- cells ----------------------------------------------------------------------------------


class _Covered(Typed):
    """One of several merged cells, but not the one that holds the value."""

    __slots__ = ()


class _Unworked(Typed):
    """A formula whose result is not in the file."""

    __slots__ = ()


def _cell(value: Any) -> Any:
    """A value as a cell: bytes for a text, else a `Typed` text."""
    if isinstance(value, str):
        return utf8(value)
    if isinstance(value, bool):
        return Typed(str(value).lower(), "truth value")
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer()
        return Typed(str(int(value) if whole else value), "number")
    kind: Kind = "date" if isinstance(value, dt.date) else "object"
    return Typed(str(value), "date and time" if isinstance(value, dt.datetime) else kind)


class _Cells(dict[Any, Any]):
    """Cells by values, each made once; but for truth values, which are equal to 0 and 1."""

    def __init__(self, name: str, sheet: Sheet, limits: Limits) -> None:
        super().__init__()
        self.name, self.sheet = name, sheet.name
        room = limits.workbook_bytes - BYTES_A_CELL * sheet.scan.filled
        self.most = room // BYTES_A_VALUE

    def __missing__(self, value: Any) -> Any:
        if len(self) >= self.most:
            what = f"sheet {self.sheet!r}: more than {self.most:,} values that differ"
            hint = "save it as CSV, or limits=Limits(workbook_bytes=...) raises the limit"
            raise UnreadableError("limit-exceeded", what, self.name, hint)
        cell = _cell(value)
        if not isinstance(value, bool):
            self[value] = cell
        return cell


def _text(cell: Any) -> str:
    return cell.decode("utf-8", "surrogatepass") if isinstance(cell, bytes) else str(cell)


def _decoded(limit: int, is_1904: bool, role: Role, cell: Any) -> str:  # noqa: FBT001  (of the file)
    """The text of a cell by the role of its column."""
    if isinstance(cell, _Covered):
        hint = "unmerge the cells in the spreadsheet program, and fill each of them"
        raise CellError("merged-cells", f"one of the merged cells {cell}", hint)
    if isinstance(cell, _Unworked):
        hint = "open the file in a spreadsheet program, which calculates it, and save it"
        raise CellError("error-cell", "the cell holds a formula without a result", hint)
    text = cell_text(role, cell, limit)
    if role == "date" and isinstance(cell, Typed) and cell.kind == "number":
        return _serial(text, _EPOCH_1904 if is_1904 else _EPOCH)
    return text


def _serial(text: str, epoch: int) -> str:
    """A number of days as a date that it could be."""
    days = int(text) if _SERIAL.fullmatch(text) else 0
    if _SERIALS_AGREE <= days <= _LAST_SERIAL:
        return Serial(text, dt.date.fromordinal(epoch + days))
    return text


def _not_plain(name: str, headed: _Headed, height: int, width: int) -> dict[int, dict[int, Typed]]:
    """The cells that python-calamine returns as if they were empty, by row and column from 0."""
    top, left = headed.content.start or (0, 0)
    cells: dict[int, dict[int, Typed]] = {}
    for (row, column), (kind, text) in headed.sheet.scan.odd.items():
        cells.setdefault(row - top - 1, {})[column - left - 1] = _odd(kind, text)
    room = height * width
    for merge in headed.merges:
        first_row, first_column = merge.top - top - 1, merge.left - left - 1
        rows = range(max(first_row, headed.row + 1), min(merge.bottom - top, height))
        columns = range(max(first_column, 0), min(merge.right - left, width))
        room -= len(rows) * len(columns)
        if room < 0:
            raise UnreadableError("corrupt-file", "merged cells overlap", name)
        cover = _Covered(str(merge), "error")
        for row, column in product(rows, columns):
            if (row, column) != (first_row, first_column):  # which holds the value
                cells.setdefault(row, {})[column] = cover
    below = range(headed.row + 1, height)
    return {row: found for row, found in cells.items() if row in below}


def _odd(kind: str, text: str) -> Typed:
    """A cell without a plain value, by its kind in the file."""
    if kind == "b":
        return Typed(_TRUE.get(text, text), "truth value")
    return _Unworked(text, "error") if kind == "f" else Typed(text, "error")
