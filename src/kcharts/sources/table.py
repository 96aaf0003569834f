"""Tables: rows of cells under a header, from any kind of source.

They are all that readers see. A text, a document, a workbook and the caller's own mappings differ
only in how a row is split, how a cell is decoded and how its place is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, final

from attrs import Factory, evolve, field, frozen

from kcharts.model._checks import show, text_fault
from kcharts.model.title import fold
from kcharts.sources.cell import CellError, Role, Seen, cell_text
from kcharts.sources.limits import LIMITS
from kcharts.sources.source import UnreadableError

EXTRA = "extra:"


def folded_header(names: Iterable[str]) -> list[str]:
    """Column names as they are compared: without white space around, whatever their case."""
    # The names of extras (`extra:isNew`) are other people's: each comes back as it was.
    return [name if name.startswith(EXTRA) else fold(name) for name in names]


def _as_it_stood(row: Any) -> str:
    return row.decode("utf-8", "backslashreplace") if isinstance(row, bytes) else str(row)


def _positions(table: Table) -> dict[str, int]:
    names = folded_header(table.header)
    return {name: at for at, name in reversed(list(enumerate(names)))}  # of two the first


@final
@frozen
class Table:
    """Rows of cells with a header.

    A cell is bytes where the source has a text, else a `Typed` text: readers keep codes by cells,
    and the text 1917 must not be equal to the number.

    Attributes:
        name: The source's name.
        header: The names of the columns, those of `given` last.
        lines: The rows below the header, as the source has them.
        split: The cells of any row; raises `CellError`.
        split_requiring: In JSON, where a record may leave out a column, makes a `split` that
            rejects records without some columns.
        first: The number of the first row; the physical one, unless there are `numbers`.
        numbers: The physical numbers of the rows by their numbers from 0 on, where these differ.
        delimiter: What separates the cells of a row of bytes.
        quote: What marks a row of bytes that cannot be split at the delimiters alone; None if all
            can, empty if none can.
        ends_in_newline: Whether the last line is ended.
        comments: The lines above the header.
        sheet: The sheet, in a workbook.
        decode: The text of a cell by the role of its column; raises `CellError`.
        where: The name of a column in messages, by its name and the number of the row.
        path: The place of a row, by its number, in a source whose lines do not say it.
        stood: A row as text, just as the source has it.
        notes: Oddities of the whole table that changed nothing: codes and messages.
        given: Cells that every row has beside its own: a date in the file's name, say.
        most_odd: How many rows may be blank or rejected before the table is refused.
        seen: Notes made once each while cells are decoded: messages by code and column.
    """

    name: str
    header: list[str]
    lines: Sequence[Any]
    split: Callable[[Any], list[Any]]
    split_requiring: Callable[[list[str]], Callable[[Any], list[Any]]] | None = None
    first: int = 1
    numbers: Sequence[int] | None = None
    delimiter: bytes = b","
    quote: bytes | None = b""
    ends_in_newline: bool = True
    comments: tuple[str, ...] = ()
    sheet: str | None = None
    decode: Callable[[Role, Any], str] = cell_text
    where: Callable[[str, int], str] | None = None
    path: Callable[[int], str] | None = None
    stood: Callable[[Any], str] = _as_it_stood
    notes: tuple[tuple[str, str], ...] = ()
    given: tuple[bytes, ...] = ()
    seen: Seen = field(factory=Seen, eq=False, repr=False)
    most_odd: int = LIMITS.lines // 5
    _columns: dict[str, int] = field(
        init=False, eq=False, repr=False, default=Factory(_positions, takes_self=True)
    )

    @property
    def width(self) -> int:
        """How many cells a row has in the source."""
        return len(self.header) - len(self.given)

    def at(self, column: str) -> int:
        """The position of a column."""
        return self._columns[folded_header([column])[0]]

    def has(self, column: str) -> bool:
        """Whether the header has a column."""
        return folded_header([column])[0] in self._columns

    def line(self, number: int) -> Any:
        """The row of a number."""
        return self.lines[number - self.first]

    def physical(self, number: int) -> int:
        """The physical number of a row."""
        return number if self.numbers is None else self.numbers[number]

    def called(self, number: int) -> str:
        """What a row is called in messages."""
        line = f"line {self.physical(number):,}"
        return line if self.path is None else f"{self.path(number)}, {line}"

    def is_cut_off(self, number: int) -> bool:
        """Whether a row is the last and lacks its end, as in a file that is cut off."""
        return number == self.first + len(self.lines) - 1 and not self.ends_in_newline

    def is_blank(self, row: Any) -> bool:
        """Whether a row has nothing in it, or delimiters only, as spreadsheets leave below."""
        if isinstance(row, bytes):
            return not row.strip(b" \t" + self.delimiter)
        return all(cell in ("", b"") for cell in row)  # a number 0 is something

    def requiring(self, columns: Iterable[str]) -> Table:
        """The table, with records rejected that leave out one of some columns."""
        if self.split_requiring is None:
            return self
        # Publishers write null for a value that they do not have; without its key one is broken.
        required = set(folded_header(columns))
        keys = zip(self.header, folded_header(self.header), strict=True)
        split = self.split_requiring([name for name, key in keys if key in required])
        return evolve(self, split=split)


def check_header(table: Table, required: Iterable[str], what: str) -> None:
    """Raise `UnreadableError` where a header lacks a column, or has one twice."""
    names = folded_header(table.header)
    own = table.header[: table.width]
    wanted = list(required)
    lacking = [c for c in wanted if folded_header([c])[0] not in names]
    if wanted and len(lacking) == len(wanted):
        message = (
            f"expected the columns of {what}: {', '.join(wanted)}; found {show(' '.join(own))}"
        )
        raise UnreadableError("bad-header", message, table.name)
    if lacking:
        message = f"{what}: the column {', '.join(lacking)} is missing"
        hint = f"found: {show(', '.join(own))}"
        raise UnreadableError("missing-column", message, table.name, hint)
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        message = f"the column {', '.join(map(show, twice))} occurs twice in the header"
        raise UnreadableError("duplicate-column", message, table.name)
    for name in table.header:  # names are printed too: an escape sequence would move the cursor
        fault = text_fault(name)
        if fault in ("bad-text", "control-character"):
            raise UnreadableError(fault, f"in the header: {show(name)}", table.name)


def is_header(table: Table, cells: Sequence[Any], number: int) -> bool:
    """Whether a row repeats the header, as in files joined with `cat`.

    Raises:
        UnreadableError: It is a header of other columns, or of other order.
    """
    if _plain(_name(cells[0])) not in map(_plain, table.header):  # nearly all rejected rows
        return False
    own = folded_header(table.header[: table.width])
    names = folded_header(map(_name, cells[: table.width]))
    if names == own:
        return True
    if 2 * len(set(names) & set(own)) <= len(own):  # a title may be called "Rank"
        return False
    message = f"line {table.physical(number):,} is a second header, which differs from the first"
    raise UnreadableError("second-header", message, table.name, "split the file there")


def _plain(name: str) -> str:
    return name.strip().casefold()


def _name(cell: Any) -> str:
    return cell.decode("utf-8-sig", "replace") if isinstance(cell, bytes) else str(cell)


_CUT_OFF = "the file is cut off; fetch it again"


def split_row(table: Table, row: Any, number: int) -> list[Any]:
    """The cells of a row, as many as the header has.

    Raises:
        CellError: It cannot be split, or has another number of cells.
    """
    try:
        cells = table.split(row)
    except CellError as fault:
        if fault.code in ("unbalanced-quote", "bad-json") and table.is_cut_off(number):
            raise CellError("truncated-row", fault.message, _CUT_OFF) from None
        raise
    if len(cells) != table.width:
        raise width_fault(table, len(cells), number)
    return [*cells, *table.given]


def width_fault(table: Table, width: int, number: int) -> CellError:
    """The error of a row that has more or fewer cells than the header."""
    message = f"expected {table.width} fields, found {width}"
    if width < table.width and table.is_cut_off(number):
        return CellError("truncated-row", f"{message} at the end of the file", _CUT_OFF)
    return CellError("too-few-fields" if width < table.width else "too-many-fields", message)
