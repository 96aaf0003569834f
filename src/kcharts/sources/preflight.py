"""Workbooks before they are opened: what would crash, exhaust or mislead the reader is refused.

python-calamine lays a sheet out in full: one cell at XFD1048576 makes it ask for 512 GB, and the
process ends. It also returns an empty text for #DIV/0! and compares no check sums. So the archive
is checked first, and the parts that passed go into an archive of our own: python-calamine never
sees the original.

This pays: for Netflix's 65,800 rows openpyxl took 32.9 s where python-calamine with these checks
takes 3.6. Most of that is the quick way of `SheetScan` through rows as programs write them; expat
alone is 7 to 11 times slower. `benchmarks/workbook.py` measures both.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, final
from xml.parsers import expat

from attrs import field, frozen

from kcharts.sources.limits import Limits
from kcharts.sources.source import Payload, UnreadableError, over_limit

CHUNK = 1 << 20
TOKEN = 1 << 22
"""The longest tag: far more than any program writes."""
BYTES_A_CELL = 64
"""What a cell takes in memory at least: 32 bytes in python-calamine, as much again as an object."""
_CELLS_A_NOTE = 8
"""How many plain cells take as much memory as the note of one that is odd."""
_SHOWN = 40
"""How much of a formula is kept, to be shown."""
_LETTERS = 26
_WIDEST = _LETTERS + _LETTERS**2
"""The number of columns whose names have one letter or two, which the quick way knows."""
_NUMBER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_CELL_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_SIZE = re.compile(r"[0-9]{1,18}", re.ASCII)
_INDEX = re.compile(r"\s*([0-9]{1,9})\s*", re.ASCII)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError, OverflowError),
)
"""What zipfile raises for an archive that it cannot read: NotImplementedError, for one, where a
member is compressed in a way that it does not know, and RuntimeError where one is encrypted."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


# -- XML ------------------------------------------------------------------------------------


def _corrupt(message: str) -> UnreadableError:
    return UnreadableError("corrupt-file", message)


def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute, whatever its prefix; empty where there is none."""
    return next((value for key, value in attributes.items() if _local(key) == name), "")


class Scan:
    """A parser of one part of a workbook, in chunks: well-formed, in UTF-8, without a DTD."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None] | None = None,
        text: Callable[[str], None] | None = None,
        end: Callable[[str], None] | None = None,
    ) -> None:
        self.parser = parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.XmlDeclHandler = _check_encoding
        parser.StartElementHandler = start
        parser.CharacterDataHandler = text
        parser.EndElementHandler = end
        self.fed = 0

    def feed(self, data: bytes) -> None:
        """Look through the next bytes."""
        # Expat reads UTF-16 by its mark; python-calamine might not, and see another sheet.
        if not self.fed and (data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]):
            raise _not_utf_8("UTF-16")
        self.parse(data)

    def parse(self, data: bytes, *, ends: Literal["here", "later"] = "later") -> None:
        """Give bytes to the parser.

        Raises:
            UnreadableError: They are not XML, or none that a workbook has.
        """
        self.fed += len(data)
        try:
            self.parser.Parse(data, ends == "here")
        except expat.ExpatError as fault:
            raise _corrupt(f"its XML is broken: {fault}") from None
        if self.fed - self.parser.CurrentByteIndex > TOKEN:  # expat starts a tag anew each time
            message = f"its XML has a tag of more than {TOKEN:,} bytes"
            raise UnreadableError("limit-exceeded", message)

    def finish(self) -> None:
        """Say that there are no more bytes."""
        self.parse(b"", ends="here")


def _refuse_dtd(*_: object) -> None:
    message = "its XML declares a document type: no workbook does, but attacks do"
    raise UnreadableError("limit-exceeded", message)


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in ("utf-8", "us-ascii"):
        raise _not_utf_8(encoding)


def _not_utf_8(encoding: str) -> UnreadableError:
    return UnreadableError("bad-encoding", f"expected XML in UTF-8, found {encoding}")


class StringsScan(Scan):
    """The lengths of the texts that cells share."""

    def __init__(self, most: int) -> None:
        super().__init__(self._start, self._text, self._end)
        self.lengths: array[int] = array("I")
        self.most = most
        self._tag = ""
        self._is_inside = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sst":
            self._check_size(_attribute(attributes, "uniqueCount") or "0")
        if _local(tag) != "si":
            return
        # One inside another, or under two prefixes: two readers could number them differently.
        self._tag = self._tag or tag
        if self._is_inside or tag != self._tag:
            raise _corrupt("the shared texts cannot be told apart")
        self._is_inside = True
        self.lengths.append(0)
        if len(self.lengths) > self.most:
            self._check_size(str(len(self.lengths)))

    def _check_size(self, size: str) -> None:
        """Check the number of texts, as counted and as announced.

        The only declared size that has to be believed: python-calamine makes room for as many as
        are announced, and the process ends where there is no such room.
        """
        if not _SIZE.fullmatch(size) or int(size) > self.most:
            message = f"the workbook has {size[:20]} shared texts, {self.most:,} at most"
            raise over_limit(message, "workbook_bytes")

    def _text(self, text: str) -> None:
        if self._is_inside:
            self.lengths[-1] += len(text)

    def _end(self, tag: str) -> None:
        if tag == self._tag:
            self._is_inside = False


# -- names of cells -------------------------------------------------------------------------


def column_letters(column: int) -> str:
    """The letters of a column, counted from 1.

    >>> column_letters(6), column_letters(27), column_letters(256)
    ('F', 'AA', 'IV')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        text = chr(65 + rest) + text
    return text


def cell_name(row: int, column: int) -> str:
    """The name of a cell.

    >>> cell_name(1204, 6)
    'F1204'
    """
    return f"{column_letters(column)}{row}"


def row_and_column(name: str) -> tuple[int, int]:
    """Row and column of a cell by its name.

    >>> row_and_column("F1204")
    (1204, 6)
    """
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        raise _corrupt(f"expected the name of a cell, found {name[:20]!r}")
    column = 0
    for letter in match[1]:
        column = _LETTERS * column + ord(letter) - 64
    return int(match[2]), column


def _check_corners(name: str) -> None:
    """Check a range of cells, such as A1:H65801, for the order of its corners."""
    first, _, last = name.partition(":")
    top, left = row_and_column(first)
    bottom, right = row_and_column(last or first)
    if bottom < top or right < left:
        raise _corrupt(f"expected a range of cells such as A1:B2, found {name[:40]!r}")


# -- sheets ---------------------------------------------------------------------------------


class SheetScan(Scan):
    """A look at a sheet before it is opened: how far it reaches, and its odd cells.

    Rows as spreadsheet programs write them are matched by one regular expression; all other
    content goes through expat. For a matched row expat gets a blank, so that nothing that was
    apart comes together.

    The size that the sheet declares is ignored: `<dimension>` is often left out, and some programs
    write A1 or XFD1048576 whatever the sheet holds. The expression takes rows up to the last
    column seen so far; a wider row goes through expat, and widens it.

    Attributes:
        rows: The number of the last row, counted from 1.
        columns: The number of the last column.
        cells: How many cells there are.
        odd: The cells that hold an error (e), a truth value (b) or a formula without a result (f),
            as kind and text by row and column.
        merges: How many ranges of cells are merged.
    """

    def __init__(self, limits: Limits, cells: int, lengths: array[int]) -> None:
        super().__init__(self._start, self._text_inside, self._end)
        self.limits, self.most_cells, self.lengths = limits, cells, lengths
        self.rows: int = 0
        self.columns: int = 0
        self.cells = self.characters = self.merges = 0
        self.odd: dict[tuple[int, int], tuple[str, str]] = {}
        self._row = self._column = 0
        self._at = (1, 1)
        self._kind = self._text = ""
        self._is_in_value = self._is_in_formula = self._has_result = False
        self._formula: str | None = None
        self._held = b""
        self._longest = max(lengths, default=0)
        self.parser.CommentHandler = self._refuse_inside
        self.parser.StartCdataSectionHandler = self._refuse_inside
        self.parser.ProcessingInstructionHandler = self._refuse_inside

    def feed(self, data: bytes) -> None:
        """Look through the next bytes of the sheet."""
        data = self._held + data
        at = 0
        while (start := data.find(b"<row ", at)) >= 0:
            if start > at:
                super().feed(data[at:start])
            at = self._match_rows(data, start)
            after = data.find(b"<row ", at + 1)
            if after < 0:  # the last row may go on in the next chunk
                break
            if at == start:  # not as usual: up to the next row
                super().feed(data[at:after])
                at = after
        self._held = data[at:]
        if at == 0 and len(data) > TOKEN // 2:
            super().feed(data)
            self._held = b""
        self._check()

    def finish(self) -> None:
        """Say that the sheet ends."""
        super().feed(self._held)
        super().finish()
        self._check()
        self.lengths = array("I")

    def _match_rows(self, data: bytes, at: int) -> int:
        """Where the rows end that begin at a position and are written as usual."""
        if not self.columns:
            return at
        match = usual_row(min(self.columns, _WIDEST), len(self.lengths)).match
        start, number, last = at, self._row, self.rows
        while found := match(data, at):
            at = found.end()
            number = int(found[1])
            if number > last and found[2] is None:  # there may be cells in it
                last = number
        if at > start:
            self._row, self._column, self.rows = number, 0, last
            self.cells += data.count(b"<c ", start, at)
            texts = data.count(b't="s"', start, at)
            if texts * self._longest < self.limits.workbook_bytes - self.characters:
                self.characters += texts * self._longest
            else:
                indexes = re.findall(rb't="s"><v>([0-9]+)', data[start:at])
                self.characters += sum(self.lengths[int(index)] for index in indexes)
            super().parse(b"\n")
        return at

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._is_in_value:
            self._refuse_inside()
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else _whole(number)
            self._column = 0
            self._check_edges(self._row, 1)
        elif name in ("v", "is"):
            self._has_result, self._is_in_value = True, name == "v"
        elif name == "f":
            self._formula, self._is_in_formula = "=", True
        elif name == "mergeCell":
            _check_corners(attributes.get("ref", ""))
            self.merges += 1

    def _cell(self, attributes: dict[str, str]) -> None:
        """A cell: without a name it is to the right of the one before, in the row that it is in."""
        name = attributes.get("r")
        if name is None:
            row, column = max(self._row, 1), self._column + 1
        else:
            row, column = row_and_column(name)
        self._check_edges(row, column)
        self._at, self._column = (row, column), column
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.cells += 1
        self._kind, self._text = attributes.get("t", "n"), ""
        self._formula, self._has_result = None, False

    def _text_inside(self, text: str) -> None:
        if self._is_in_value and len(self._text) < self.limits.field_characters:
            self._text += text
        elif self._is_in_formula and self._formula and len(self._formula) < _SHOWN:
            self._formula += text[:_SHOWN]

    def _end(self, tag: str) -> None:
        name = _local(tag)
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
            index = _INDEX.fullmatch(self._text)
            if index is None or int(index[1]) >= len(self.lengths):
                text = f"the shared text {self._text[:20]!r}, which does not exist"
                raise _corrupt(f"the cell {cell_name(*self._at)} has {text}")
            self.characters += self.lengths[int(index[1])]
        elif self._kind in ("e", "b"):
            self.odd[self._at] = self._kind, self._text

    def _refuse_inside(self, *_: object) -> None:
        """Refuse what divides a value, so that two readers could see two values."""
        if self._is_in_value:
            raise _corrupt(f"the value of the cell {cell_name(*self._at)} is not plain text")

    def _check_edges(self, row: int, column: int) -> None:
        rows, columns = self.limits.workbook_rows, self.limits.workbook_columns
        if row > rows or column > columns:
            message = (
                f"a cell at {cell_name(row, column)}, beyond {rows:,} rows and {columns:,} columns"
            )
            raise over_limit(message, "workbook_rows" if row > rows else "workbook_columns")

    @property
    def filled(self) -> int:
        """How many plain cells would take as much memory as the sheet, once it is opened."""
        noted = _CELLS_A_NOTE * (len(self.odd) + self.merges)
        return max(self.cells, self.rows * self.columns) + noted

    def _check(self) -> None:
        self._check_edges(max(self.rows, self._row), 1)
        filled = self.filled
        if filled > self.most_cells or self.characters > self.limits.workbook_bytes:
            what = f"{filled:,} cells of {self.characters:,} characters"
            message = f"would unpack to {what}, more than {self.limits.workbook_bytes:,} bytes"
            raise over_limit(message, "workbook_bytes")


def _whole(number: str) -> int:
    if not _NUMBER.fullmatch(number):
        raise _corrupt(f"expected the number of a row, found {number[:20]!r}")
    return int(number)


@lru_cache(maxsize=128)
def usual_row(width: int, strings: int) -> re.Pattern[bytes]:
    """What matches a row of up to `width` plain cells, as spreadsheet programs write it.

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
    parts = [f"[0-9]{{1,{len(digits) - 1}}}"] if len(digits) > 1 else []
    for at, digit in enumerate(digits):
        least = 1 if at == 0 and len(digits) > 1 else 0
        if int(digit) > least:
            rest = len(digits) - at - 1
            parts.append(
                f"{digits[:at]}[{least}-{int(digit) - 1}]" + f"[0-9]{{{rest}}}" * (rest > 0)
            )
    return f"(?>(?:{'|'.join(reversed(parts))})(?![0-9]))"


def _columns(width: int) -> str:
    """A pattern of the letters of the first columns."""
    if width <= _LETTERS:
        return f"[A-{column_letters(width)}]"
    whole, part = divmod(width - _LETTERS, _LETTERS)
    parts = [f"[A-{column_letters(whole)}][A-Z]"] if whole else []
    parts += [f"{column_letters(whole + 1)}[A-{column_letters(part)}]"] if part else []
    return f"(?:{'|'.join(parts)}|[A-Z])"


# -- archives -------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """A sheet of a workbook, and what its scan found."""

    name: str
    is_visible: bool
    id: str
    """Its name in the checked archive."""
    scan: SheetScan


@final
@frozen
class Book:
    """A workbook that was checked.

    Attributes:
        stream: An archive of its checked parts; python-calamine takes a copy.
        sheets: The sheets that can be opened, in their order.
        faults: What is wrong with the others.
        is_1904: Whether its days are counted from 1904-01-01.
    """

    stream: io.BytesIO = field(repr=False)
    sheets: list[Sheet]
    faults: list[UnreadableError]
    is_1904: bool


def preflight(payload: Payload, limits: Limits) -> Book:
    """Check a workbook.

    Raises:
        UnreadableError: It is broken, encrypted, or beyond the limits.
    """
    stream = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(payload.data)) as archive,
            zipfile.ZipFile(stream, "w") as checked,
        ):
            checks = _Preflight(payload.name, archive, checked, limits)
            is_1904 = checks.check_all(len(payload.data))
    except UnreadableError as fault:
        raise fault.of(payload.name) from None
    except _BROKEN as fault:
        message = f"the workbook cannot be unpacked: {fault}"
        raise UnreadableError("corrupt-file", message, payload.name) from fault
    stream.seek(0)
    return Book(stream, checks.sheets, checks.faults, is_1904)


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    is_visible: bool


class _Preflight:
    """The checks of one archive, which copy the parts that pass into another."""

    def __init__(
        self, name: str, archive: zipfile.ZipFile, checked: zipfile.ZipFile, limits: Limits
    ) -> None:
        self.name, self.archive, self.checked, self.limits = name, archive, checked, limits
        self.cells = limits.workbook_bytes // BYTES_A_CELL
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.read: set[str] = set()
        self.sheets: list[Sheet] = []
        self.faults: list[UnreadableError] = []

    def check_all(self, size: int) -> bool:
        """Check everything and copy what passed; whether days are counted from 1904."""
        self._check_directory(size)
        workbook = self._main_part()
        folder, name = posixpath.split(workbook)
        related = self._related(f"{folder}/_rels/{name}.rels", folder)
        listed, is_1904 = self._workbook(workbook)
        strings = StringsScan(self.cells)
        self._copy(related.get("sharedStrings"), strings, "xl/sharedStrings.xml")
        self._copy(related.get("styles"), Scan(), "xl/styles.xml")
        for each in listed:
            path = related.get("worksheet", {}).get(each.relation)
            if path is not None:  # a sheet that is a chart or a dialog has no cells
                self._sheet(each, path, strings.lengths)
        for path, text in _frame([sheet.id for sheet in self.sheets], is_1904).items():
            self.checked.writestr(path, text)
        for path in self.parts.keys() - self.read:  # for their check sums
            for _ in self._chunks(path):
                pass
        return is_1904

    def _check_directory(self, size: int) -> None:
        """Check what the archive says of its parts; nothing more than that is ever unpacked."""
        entries = self.archive.infolist()
        limits = self.limits
        _check(len(entries), limits.workbook_entries, "files", "workbook_entries")
        declared = sum(entry.file_size for entry in entries)
        _check(declared, limits.workbook_bytes, "bytes unpacked", "workbook_bytes")
        _check(declared // size, limits.workbook_ratio, "times its size", "workbook_ratio")
        for entry in entries:
            path = entry.filename.replace("\\", "/").casefold()
            if path in self.parts:
                raise _corrupt(f"the workbook holds {entry.filename!r} twice")
            if entry.flag_bits & 1:
                hint = "save it without a password"
                raise UnreadableError("wrong-format", "the workbook is encrypted", hint=hint)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # bzip2 and LZMA members are unpacked whole, however little is asked for: 1.6 kB
                # become 2 GB.
                raise _corrupt("the workbook is compressed as no spreadsheet program does it")
            self.parts[path] = entry

    def _chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a part; its check sum is compared at its end."""
        part = self.parts.get(path.casefold())
        if part is None:
            raise _corrupt(f"the part {path} is missing")
        self.read.add(path.casefold())
        with self.archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def _sheet(self, listed: _Listed, path: str, lengths: array[int]) -> None:
        """Check one sheet; if it is bad, the others can still be read."""
        if path.casefold() in self.read:
            raise _corrupt(f"the workbook lists the part {path} twice")
        scan = SheetScan(self.limits, self.cells, lengths)
        name = f"sheet{len(self.sheets) + len(self.faults) + 1}"
        try:
            self._hand_on(path, scan, f"xl/worksheets/{name}.xml")
        except UnreadableError as fault:
            self.faults.append(fault.of(self.name, f"sheet {listed.name!r}: "))
        else:
            self.sheets.append(Sheet(listed.name, listed.is_visible, name, scan))
            self.cells -= scan.filled  # all sheets may have to be opened

    def _copy(self, paths: dict[str, str] | None, scan: Scan, target: str) -> None:
        """Check and copy an optional part."""
        path = next(iter((paths or {}).values()), target)
        if path.casefold() in self.parts:
            self._hand_on(path, scan, target)

    def _hand_on(self, path: str, scan: Scan, target: str) -> None:
        with self.checked.open(target, "w", force_zip64=True) as copy:
            for chunk in self._chunks(path):
                scan.feed(chunk)
                copy.write(chunk)
            scan.finish()

    def _main_part(self) -> str:
        """The path of the part that lists the sheets."""
        path = "_rels/.rels"
        related = self._related(path, "") if path in self.parts else {}
        return next(iter(related.get("officeDocument", {}).values()), "xl/workbook.xml")

    def _related(self, path: str, folder: str) -> dict[str, dict[str, str]]:
        """The paths of parts, seen from a folder, by the ids of their relations, by their kinds."""
        related: dict[str, dict[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = posixpath.join(f"/{folder}", attributes.get("Target", ""))
                paths = related.setdefault(kind, {})
                paths[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        self._look_through(path, start)
        return related

    def _workbook(self, path: str) -> tuple[list[_Listed], bool]:
        """The sheets that the workbook lists, and whether it counts days from 1904."""
        listed: list[_Listed] = []
        epochs: list[bool] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "sheet":
                name, relation = attributes.get("name", ""), _attribute(attributes, "id")
                is_visible = attributes.get("state", "visible") == "visible"
                listed.append(_Listed(name, relation, is_visible))
            elif _local(tag) == "workbookPr":
                epochs.append(attributes.get("date1904") in ("1", "true"))

        self._look_through(path, start)
        return listed, any(epochs)

    def _look_through(self, path: str, start: Callable[[str, dict[str, str]], None]) -> None:
        scan = Scan(start)
        for chunk in self._chunks(path):
            scan.feed(chunk)
        scan.finish()


def _check(number: int, most: int, what: str, limit: str) -> None:
    if number > most:
        raise over_limit(f"the workbook has {number:,} {what}, {most:,} at most", limit)


def _frame(ids: list[str], is_1904: bool) -> dict[str, str]:  # noqa: FBT001  (said by the file)
    """The parts of a workbook that say what it holds."""
    listed = "".join(
        f'<sheet name="{each}" sheetId="{n}" r:id="rId{n}"/>' for n, each in enumerate(ids, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/{each}.xml"/>'
        for n, each in enumerate(ids, 1)
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904='
        f'"{int(is_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}'
        "</Relationships>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
