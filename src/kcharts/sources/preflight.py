"""Workbooks before they are opened: what would crash, starve or mislead is refused here.

python-calamine lays a sheet out in full: one cell at XFD1048576 makes it ask for 512 GB, and the
process ends. So the archive is checked first, and what was checked is handed on in an archive of
our own: python-calamine never sees the one that was given.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple, final
from xml.parsers import expat

from attrs import field, frozen

from kcharts.sources.limits import Limits
from kcharts.sources.source import Payload, UnreadableError

LETTERS = 26
TOKEN = 1 << 22
"""The longest tag: far more than any program writes."""
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_SIZE = re.compile(r"[0-9]{1,18}", re.ASCII)


class BrokenError(Exception):
    """A workbook that must not be opened; `code` is among the readers' codes."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def beyond(message: str, limit: str) -> BrokenError:
    """The error of what is beyond a limit."""
    hint = f"limits=Limits({limit}=...) raises the limit"
    return BrokenError("limit-exceeded", message, hint)


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute, whatever its prefix; empty where there is none."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


Start = Callable[[str, dict[str, str]], None]


class Scan:
    """A part of a workbook, looked through in chunks: well-formed, in UTF-8, without a DTD."""

    def __init__(
        self,
        start: Start | None = None,
        said: Callable[[str], None] | None = None,
        end: Callable[[str], None] | None = None,
    ) -> None:
        self.parser = parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.XmlDeclHandler = _check_encoding
        if start is not None:
            parser.StartElementHandler = start
        if said is not None:
            parser.CharacterDataHandler = said
        if end is not None:
            parser.EndElementHandler = end
        self.fed = 0

    def feed(self, data: bytes) -> None:
        """Look through the next bytes."""
        if not self.fed and (data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]):
            raise _not_utf_8("UTF-16")
        self.parse(data)

    def parse(self, data: bytes, *, ends: Literal["here", "later"] = "later") -> None:
        """Give bytes to the parser.

        Raises:
            BrokenError: They are no XML, or none that a workbook has.
        """
        self.fed += len(data)
        try:
            self.parser.Parse(data, ends == "here")
        except expat.ExpatError as fault:
            raise BrokenError("corrupt-file", f"its XML is broken: {fault}") from None
        if self.fed - self.parser.CurrentByteIndex > TOKEN:
            message = f"its XML has a tag of more than {TOKEN:,} bytes"
            raise BrokenError("limit-exceeded", message)

    def close(self) -> None:
        """Say that there are no more bytes."""
        self.parse(b"", ends="here")


def _refuse_dtd(*_: object) -> None:
    message = "its XML declares a document type: no workbook does, but attacks do"
    raise BrokenError("limit-exceeded", message)


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in ("utf-8", "us-ascii"):
        raise _not_utf_8(encoding)


def _not_utf_8(encoding: str) -> BrokenError:
    return BrokenError("bad-encoding", f"expected XML in UTF-8, found {encoding}")


class StringsScan(Scan):
    """The texts that cells share, looked through for their lengths."""

    def __init__(self, most: int) -> None:
        super().__init__(self._start, self._said, self._end)
        self.lengths: array[int] = array("I")
        self.most = most
        self._tag = ""
        self._is_inside = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sst":
            self._check_size(attribute(attributes, "uniqueCount") or "0")
        if local(tag) != "si":
            return
        self._tag = self._tag or tag
        if self._is_inside or tag != self._tag:
            raise BrokenError("corrupt-file", "the shared texts cannot be told apart")
        self._is_inside = True
        self.lengths.append(0)
        if len(self.lengths) > self.most:
            self._check_size(str(len(self.lengths)))

    def _check_size(self, said: str) -> None:
        """Check the number of texts: python-calamine makes room for as many as are announced."""
        if not _SIZE.fullmatch(said) or int(said) > self.most:
            message = f"the workbook has {said[:20]} shared texts, {self.most:,} at most"
            raise beyond(message, "workbook_bytes")

    def _said(self, text: str) -> None:
        if self._is_inside:
            self.lengths[-1] += len(text)

    def _end(self, tag: str) -> None:
        if tag == self._tag:
            self._is_inside = False


def letters(column: int) -> str:
    """The letters of a column, counted from 1.

    >>> letters(6), letters(27), letters(256)
    ('F', 'AA', 'IV')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        text = chr(65 + rest) + text
    return text


def ref(row: int, column: int) -> str:
    """The name of a cell.

    >>> ref(1204, 6)
    'F1204'
    """
    return f"{letters(column)}{row}"


def place(said: str) -> tuple[int, int]:
    """Row and column of a cell by its name.

    >>> place("F1204")
    (1204, 6)
    """
    found = _REF.fullmatch(said)
    if found is None:
        raise BrokenError("corrupt-file", f"expected the name of a cell, found {said[:20]!r}")
    column = 0
    for letter in found[1]:
        column = LETTERS * column + ord(letter) - 64
    return int(found[2]), column


def corners(said: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of some cells by their name.

    >>> corners("A1:H65801")
    (1, 1, 65801, 8)
    """
    first, _, last = said.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    if bottom < top or right < left:
        raise BrokenError("corrupt-file", f"expected the name of some cells, found {said[:40]!r}")
    return top, left, bottom, right


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


# -- archives -------------------------------------------------------------------------------

CHUNK = 1 << 20
BYTES_A_CELL = 64
"""What a cell takes in memory at least: 32 bytes in python-calamine, as much again as an object."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError, OverflowError),
)
"""What zipfile raises for an archive that it cannot read: NotImplementedError, for one, where a
member is compressed in a way that it does not know, and RuntimeError where one is encrypted."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Sheet(NamedTuple):
    """A sheet of a workbook, and what was seen of it."""

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
        sheets: Those of its sheets that can be opened, as they stand.
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
    try:
        with zipfile.ZipFile(io.BytesIO(payload.data)) as archive:
            return _Preflight(payload.name, archive, limits).book(len(payload.data))
    except BrokenError as fault:
        raise UnreadableError(fault.code, fault.message, payload.name, fault.hint) from None
    except _BROKEN as fault:
        message = f"the workbook cannot be unpacked: {fault}"
        raise UnreadableError("corrupt-file", message, payload.name) from fault


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    is_visible: bool


class _Preflight:
    """The checks of one archive."""

    def __init__(self, name: str, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.name, self.archive, self.limits = name, archive, limits
        self.cells = limits.workbook_bytes // BYTES_A_CELL
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.read: set[str] = set()

    def book(self, size: int) -> Book:
        """All checks, and the archive of what passed them."""
        self._check_directory(size)
        workbook = self._main()
        folder, name = posixpath.split(workbook)
        related = self._related(f"{folder}/_rels/{name}.rels", folder)
        targets = related.get("worksheet", {})
        listed, is_1904 = self._workbook(workbook)
        stream = io.BytesIO()
        sheets: list[Sheet] = []
        faults: list[UnreadableError] = []
        with zipfile.ZipFile(stream, "w") as checked:
            strings = StringsScan(self.cells)
            self._copy(related.get("sharedStrings"), strings, checked, "xl/sharedStrings.xml")
            lengths = strings.lengths
            self._copy(related.get("styles"), Scan(), checked, "xl/styles.xml")
            for each in listed:
                path = targets.get(each.relation)
                if path is None:  # a sheet that is a drawing
                    continue
                if path.casefold() in self.read:
                    raise BrokenError("corrupt-file", f"the workbook lists the part {path} twice")
                scan = SheetScan(self.limits, self.cells, lengths)
                made = f"sheet{len(sheets) + len(faults) + 1}"
                try:
                    self._hand_on(path, scan, checked, f"xl/worksheets/{made}.xml")
                except BrokenError as fault:
                    faults.append(_in_sheet(fault, self.name, each.name))
                else:
                    sheets.append(Sheet(each.name, each.is_visible, made, scan))
                    self.cells -= scan.filled  # all sheets may have to be opened
            for path, text in _frame([sheet.id for sheet in sheets], is_1904).items():
                checked.writestr(path, text)
        for path in self.parts.keys() - self.read:
            for _ in self._chunks(path):
                pass
        stream.seek(0)
        return Book(stream, sheets, faults, is_1904)

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
                raise BrokenError("corrupt-file", f"the workbook holds {entry.filename!r} twice")
            if entry.flag_bits & 1:
                hint = "save it without a password"
                raise BrokenError("wrong-format", "the workbook is encrypted", hint)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                message = "the workbook is packed in a way that no workbook is"
                raise BrokenError("corrupt-file", message)
            self.parts[path] = entry

    def _chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a part; its check sum is compared at its end."""
        found = self.parts.get(path.casefold())
        if found is None:
            raise BrokenError("corrupt-file", f"the part {path} is missing")
        self.read.add(path.casefold())
        with self.archive.open(found) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def _copy(
        self, paths: dict[str, str] | None, scan: Scan, checked: zipfile.ZipFile, target: str
    ) -> None:
        """Check a part that need not be there, and hand it on."""
        path = next(iter((paths or {}).values()), target)
        if path.casefold() in self.parts:
            self._hand_on(path, scan, checked, target)

    def _hand_on(self, path: str, scan: Scan, checked: zipfile.ZipFile, target: str) -> None:
        with checked.open(target, "w", force_zip64=True) as copy:
            for chunk in self._chunks(path):
                scan.feed(chunk)
                copy.write(chunk)
            scan.close()

    def _main(self) -> str:
        """The path of the part that lists the sheets."""
        path = "_rels/.rels"
        related = self._related(path, "") if path in self.parts else {}
        return next(iter(related.get("officeDocument", {}).values()), "xl/workbook.xml")

    def _related(self, path: str, folder: str) -> dict[str, dict[str, str]]:
        """The paths of parts by the ids of their relations, by the kinds of these.

        Args:
            path: The part that says them.
            folder: The folder from which their paths are told.
        """
        found: dict[str, dict[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = posixpath.join(f"/{folder}", attributes.get("Target", ""))
                paths = found.setdefault(kind, {})
                paths[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        self._scan(path, Scan(start))
        return found

    def _workbook(self, path: str) -> tuple[list[_Listed], bool]:
        """The sheets that the workbook lists, and whether it counts days from 1904."""
        listed: list[_Listed] = []
        epochs: list[bool] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "sheet":
                name, relation = attributes.get("name", ""), attribute(attributes, "id")
                is_visible = attributes.get("state", "visible") == "visible"
                listed.append(_Listed(name, relation, is_visible))
            elif local(tag) == "workbookPr":
                epochs.append(attributes.get("date1904") in ("1", "true"))

        self._scan(path, Scan(start))
        return listed, any(epochs)

    def _scan(self, path: str, scan: Scan) -> None:
        for chunk in self._chunks(path):
            scan.feed(chunk)
        scan.close()


def _check(found: int, most: int, what: str, limit: str) -> None:
    if found > most:
        raise beyond(f"the workbook has {found:,} {what}, {most:,} at most", limit)


def _in_sheet(fault: BrokenError, source: str, sheet: str) -> UnreadableError:
    return UnreadableError(fault.code, f"sheet {sheet!r}: {fault.message}", source, fault.hint)


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
