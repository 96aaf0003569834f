"""The XML of a sheet, looked through once for what would harm its reader."""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import NamedTuple

from kcharts.sources.limits import Limits
from kcharts.sources.part_xml import (
    LETTERS,
    TOKEN,
    BrokenError,
    Scan,
    beyond,
    corners,
    letters,
    local,
    place,
    ref,
)

_CELLS_A_NOTE = 8
"""How many plain cells take as much memory as the note of one that is odd."""
_SHOWN = 40
"""How much of a formula is kept, to be shown."""
_WIDEST = LETTERS + LETTERS**2
"""The number of columns whose names have one letter or two."""
_NUMBER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_INDEX = re.compile(r"\s*([0-9]{1,9})\s*", re.ASCII)


class Merge(NamedTuple):
    """Cells that are shown as one; of all counted from 1, the last included."""

    ref: str
    top: int
    left: int
    bottom: int
    right: int


class SheetScan(Scan):
    """A sheet, looked through: how far it reaches, and the cells that hold no plain value.

    Rows as spreadsheet programs write them are matched by one regular expression; all other
    content goes through expat. Where a row was matched expat gets a blank, so that nothing that
    stood apart comes together.

    Attributes:
        rows: The number of the last row, counted from 1.
        columns: That of the last column.
        cells: How many cells there are at most.
        odd: What stands in cells that hold an error (e), a truth value (b) or a formula without a
            result (f), by row and column.
        merges: The merged cells.
    """

    def __init__(self, limits: Limits, cells: int, lengths: array[int]) -> None:
        super().__init__(self._start, self._said, self._end)
        self.limits, self.most_cells, self.lengths = limits, cells, lengths
        self.rows: int = 0
        self.columns: int = 0
        self.cells = self.characters = 0
        self.odd: dict[tuple[int, int], tuple[str, str]] = {}
        self.merges: list[Merge] = []
        self._row = self._column = 0
        self._at = (1, 1)
        self._width = min(LETTERS, limits.workbook_columns)
        self._kind = self._text = ""
        self._is_in_value = self._is_in_formula = self._has_result = False
        self._formula: str | None = None
        self._held = b""
        self._pattern: re.Pattern[bytes] | None = None
        self._longest = max(lengths, default=0)
        self.parser.CommentHandler = self._refuse_inside
        self.parser.StartCdataSectionHandler = self._refuse_inside
        self.parser.ProcessingInstructionHandler = self._refuse_inside

    # -- rows as they are usually written ---------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Look through the next bytes of the sheet."""
        data = self._held + data
        at = 0
        while (start := data.find(b"<row ", at)) >= 0:
            if start > at:
                super().feed(data[at:start])
            at = self._matched(data, start)
            after = data.find(b"<row ", at + 1)
            if after < 0:
                break
            if at == start:  # not as usual: up to the next row
                super().feed(data[at:after])
                at = after
        self._held = data[at:]
        if at == 0 and len(data) > TOKEN // 2:
            super().feed(data)
            self._held = b""
        self._check()

    def close(self) -> None:
        """Say that the sheet ends."""
        super().feed(self._held)
        super().close()
        self._check()
        self.lengths = array("I")

    def _matched(self, data: bytes, at: int) -> int:
        """Where the rows end that begin at a position and are written as usual."""
        if self._pattern is None:
            self._pattern = usual_row(self._width, len(self.lengths))
        match, start, number, last, count = self._pattern.match, at, self._row, self.rows, 0
        while found := match(data, at):
            at = found.end()
            number = int(found[1])
            if found[2] is None:  # there may be cells in it
                last = max(last, number)
            count += 1
        if count:
            self._row, self._column, self.rows = number, 0, last
            self.columns = max(self.columns, self._width)
            self.cells += count * self._width
            texts = data.count(b't="s"', start, at)
            if texts * self._longest < self.limits.workbook_bytes - self.characters:
                self.characters += texts * self._longest
            else:
                indexes = re.findall(rb't="s"><v>([0-9]+)', data[start:at])
                self.characters += sum(self.lengths[int(index)] for index in indexes)
            super().parse(b"\n")
        return at

    # -- all other content ------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._is_in_value:
            self._refuse_inside()
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            said = attributes.get("r")
            self._row = self._row + 1 if said is None else _whole(said)
            self._column = 0
            self._check_edges(self._row, 1)
        elif name in ("v", "is"):
            self._has_result, self._is_in_value = True, name == "v"
        elif name == "f":
            self._formula, self._is_in_formula = "=", True
        elif name == "dimension":
            _, _, bottom, right = corners(attributes.get("ref", ""))
            self._check_edges(bottom, right)
            if self._pattern is None:
                self._width = min(right, _WIDEST)
        elif name == "mergeCell":
            said = attributes.get("ref", "")
            self.merges.append(Merge(said, *corners(said)))

    def _cell(self, attributes: dict[str, str]) -> None:
        """A cell: without a name it is to the right of the one before, in the row that it is in."""
        said = attributes.get("r")
        row, column = (max(self._row, 1), self._column + 1) if said is None else place(said)
        self._at, self._column = (row, column), column
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.cells += 1
        self._kind, self._text = attributes.get("t", "n"), ""
        self._formula, self._has_result = None, False
        self._check_edges(row, column)

    def _said(self, text: str) -> None:
        if self._is_in_value and len(self._text) < self.limits.field_characters:
            self._text += text
        elif self._is_in_formula and self._formula and len(self._formula) < _SHOWN:
            self._formula += text[:_SHOWN]

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "v":
            self._end_value()
        elif name == "f":
            self._is_in_formula = False
        elif name == "c" and self._formula and not (self._text or self._is_empty_text()):
            self.odd[self._at] = "f", self._formula

    def _is_empty_text(self) -> bool:
        """Whether a result is the empty text, as programs write it: not one that is left out."""
        return self._has_result and self._kind in ("str", "inlineStr")

    def _end_value(self) -> None:
        self._is_in_value = False
        if self._kind == "s":
            found = _INDEX.fullmatch(self._text)
            if found is None or int(found[1]) >= len(self.lengths):
                at = ref(*self._at)
                message = (
                    f"the cell {at} has the shared text {self._text[:20]!r}, which is not there"
                )
                raise BrokenError("corrupt-file", message)
            self.characters += self.lengths[int(found[1])]
        elif self._kind in ("e", "b"):
            self.odd[self._at] = self._kind, self._text

    def _refuse_inside(self, *_: object) -> None:
        """Refuse what divides a value, so that two readers could see two values."""
        if self._is_in_value:
            at = ref(*self._at)
            raise BrokenError("corrupt-file", f"the value of the cell {at} is no plain text")

    def _check_edges(self, row: int, column: int) -> None:
        limits = self.limits
        if row > limits.workbook_rows or column > limits.workbook_columns:
            at = ref(row, column)
            message = (
                f"a cell at {at}, beyond {limits.workbook_rows:,} rows "
                f"and {limits.workbook_columns:,} columns"
            )
            too_low = row > limits.workbook_rows
            raise beyond(message, "workbook_rows" if too_low else "workbook_columns")

    @property
    def filled(self) -> int:
        """How many plain cells would take as much memory as the sheet, once it is opened."""
        noted = _CELLS_A_NOTE * (len(self.odd) + len(self.merges))
        return max(self.cells, self.rows * self.columns) + noted

    def _check(self) -> None:
        self._check_edges(max(self.rows, self._row), 1)
        filled = self.filled
        if filled > self.most_cells or self.characters > self.limits.workbook_bytes:
            what = f"{filled:,} cells of {self.characters:,} characters"
            message = f"would unfold to {what}, more than {self.limits.workbook_bytes:,} bytes"
            raise beyond(message, "workbook_bytes")


def _whole(said: str) -> int:
    if not _NUMBER.fullmatch(said):
        raise BrokenError("corrupt-file", f"expected the number of a row, found {said[:20]!r}")
    return int(said)


@cache
def usual_row(width: int, strings: int) -> re.Pattern[bytes]:
    """What matches a row of plain cells as spreadsheet programs write it.

    Args:
        width: How many columns it may have.
        strings: How many shared texts there are.

    >>> bool(usual_row(8, 1).match(b'<row r="7"><c r="A7" t="s"><v>0</v></c></row>'))
    True
    """
    texts = rf' t="s"><v>{_below(strings)}</v>|' if strings else ""
    cell = (
        rf'<c r="{_columns(width)}\1"(?: s="[0-9]{{1,5}}")?'
        rf'(?:/>|(?>{texts}(?: t="n")?>(?:<v>[-+.0-9E]{{1,40}}</v>)?|'
        r' t="str">(?:<v>[^<>]*</v>)?| t="inlineStr"><is><t>[^<>]*</t></is>)</c>)'
    )
    attributes = r'(?: [A-Za-z0-9:]{1,40}="[0-9A-Za-z.:]{0,40}")*+'
    row = rf'<row r="([1-9][0-9]{{0,6}})"{attributes}(?:(/>)|>(?:{cell}){{0,{width}}}+</row>)'
    return re.compile(row.encode(), re.ASCII)


def _below(most: int) -> str:
    """A pattern of the whole numbers below another, without needless zeros."""
    digits = str(most)
    found = [f"[0-9]{{1,{len(digits) - 1}}}"] if len(digits) > 1 else []
    for at, digit in enumerate(digits):
        least = 1 if at == 0 and len(digits) > 1 else 0
        if int(digit) > least:
            rest = len(digits) - at - 1
            found.append(
                f"{digits[:at]}[{least}-{int(digit) - 1}]" + f"[0-9]{{{rest}}}" * (rest > 0)
            )
    return f"(?>(?:{'|'.join(reversed(found))})(?![0-9]))"


def _columns(width: int) -> str:
    """A pattern of the letters of the first columns."""
    if width <= LETTERS:
        return f"[A-{letters(width)}]"
    whole, part = divmod(width - LETTERS, LETTERS)
    found = [f"[A-{letters(whole)}][A-Z]"] if whole else []
    found += [f"{letters(whole + 1)}[A-{letters(part)}]"] if part else []
    return f"(?:{'|'.join(found)}|[A-Z])"
