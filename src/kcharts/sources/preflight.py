"""Workbooks before they are opened: what would crash, starve or mislead is refused here.

python-calamine lays a sheet out in full: one cell at XFD1048576 makes it ask for 512 GB, and the
process ends. So the archive is checked first, and what was checked is handed on in an archive of
our own: python-calamine never sees the one that was given.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple, final

from attrs import field, frozen

from kcharts.sources.limits import Limits
from kcharts.sources.sheets import (
    BrokenError,
    Scan,
    SheetScan,
    StringsScan,
    attribute,
    beyond,
    local,
)
from kcharts.sources.source import Payload, UnreadableError

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
