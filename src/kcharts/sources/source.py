"""Sources: the bytes and the name of a file, a handle or whatever else a user gives."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any, Literal, Protocol, TypeAlias, final, overload

from attrs import field, frozen

from kcharts.errors import Problem
from kcharts.model._checks import show
from kcharts.sources.limits import LIMITS, raising


class Openable(Protocol):
    """Anything with an `open` method: an `importlib.resources` file, say."""

    @overload
    def open(self, mode: Literal["r"] = "r", /) -> IO[str]: ...
    @overload
    def open(self, mode: Literal["rb"], /) -> IO[bytes]: ...


@final
@frozen
class Payload:
    """A source that is loaded: its bytes, unpacked from gzip or zip, and its name.

    The text and the table made of the bytes are kept, so that format detection and the reader do
    not both decode them: see `text_of` and `workbook_table`.

    Attributes:
        name: The file's name, or a word in brackets such as <bytes>.
        data: The bytes.
        modified: The day on which the file was last written, in the time zone furthest ahead.
        is_decoded: Whether it was read as text, so that no encoding applies any more.
        kept: Results computed from it, by their kind and options.
    """

    name: str
    data: bytes = field(repr=False)
    modified: dt.date | None = None
    is_decoded: bool = False
    kept: dict[object, Any] = field(factory=dict[object, Any], init=False, eq=False, repr=False)

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX workbook: the one kind of zip archive that is not unpacked."""
        return self.data.startswith(b"PK\x03\x04")


Source: TypeAlias = str | os.PathLike[str] | bytes | IO[str] | IO[bytes] | Openable | Payload


class UnreadableError(Exception):
    """A source that cannot be read at all; carries the problem.

    It stays inside kcharts, as `CellError` does, which costs one row only. Code deep inside a
    source may leave out its name; `of` adds it.
    """

    def __init__(self, code: str, message: str, source: str = "", hint: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, source, hint=hint)

    def of(self, source: str, part: str = "") -> UnreadableError:
        """The same error, of a source by its name and of a part of it, such as `"sheet 'A': "`."""
        found = self.problem
        return UnreadableError(found.code, part + found.message, source, found.hint)


def over_limit(message: str, limit: str, source: str = "") -> UnreadableError:
    """The error of a source that goes beyond a limit, by its name."""
    return UnreadableError("limit-exceeded", message, source, raising(limit))


_MAGIC = {
    b"\x1f\x8b": "a gzip archive inside another archive",
    b"PK\x03\x04": "a zip archive inside another archive",
    b"PK\x05\x06": "an empty zip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a zstandard archive",
    b"Rar!": "a RAR archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls) or an encrypted one",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x89PNG": "a PNG image",
    b"bplist00": "a web page saved whole (.webarchive)",
    b"From: <Saved by ": "a web page saved whole (MHTML)",
}
_WORKBOOK = re.compile(r"xl/workbook[0-9]*\.xml")
_DOCUMENTS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "[Content_Types].xml": "an Office document that is not a workbook",
    "content.xml": "an OpenDocument file such as an .ods spreadsheet",
}
_FURTHEST = dt.timezone(dt.timedelta(hours=14))  # where each day begins first
_CONTENT = "<text>"


def load(source: Source, *, max_bytes: int = LIMITS.file_bytes) -> Payload:
    """The bytes of a source, unpacked if they begin as gzip or zip does, but for workbooks.

    Raises:
        UnreadableError: It cannot be opened, is larger than `max_bytes`, or is plainly not a chart.
        TypeError: Nothing can be read from it.
    """
    if isinstance(source, Payload):
        return source
    name = _name(source)
    try:
        data, is_decoded, modified = _open(source, name, max_bytes + 1)
        _check_size(data, max_bytes)
        if data.startswith(b"\x1f\x8b"):
            data = _unpack(_gunzip, data, max_bytes)
        elif data.startswith(b"PK\x03\x04"):
            member, content = _unzip(data, max_bytes)
            if member is None:
                return Payload(name, data, modified)
            name, data = f"{name}/{member}", content
        _refuse_kinds(data)
    except UnreadableError as fault:
        raise fault.of(name) from fault.__cause__
    return Payload(name, data, modified, is_decoded)


def _refuse_kinds(data: bytes) -> None:
    """Raise for files whose first bytes show that they are not charts."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            hint = "unpack or export it as text first" if "archive" in what else None
            hint = "save the page as HTML only" if "web page" in what else hint
            message = f"expected a chart file, found {what}"
            raise UnreadableError("wrong-format", message, hint=hint)
    if data[257:262] == b"ustar":
        message = "expected a chart file, found a tar archive"
        raise UnreadableError("wrong-format", message, hint="give the files in it one by one")


# -- opening --------------------------------------------------------------------------------


def _open(source: Source, name: str, limit: int) -> tuple[bytes, bool, dt.date | None]:
    """The bytes of a source, whether they are UTF-8 because it gave text, and their day."""
    try:
        return *_content(source, limit), _modified(source)
    except OSError as fault:
        hint = "content is given as bytes: text.encode()" if name == _CONTENT else None
        message = f"cannot be opened: {fault.strerror or fault}"
        raise UnreadableError("unreadable-source", message, hint=hint) from fault
    except UnicodeDecodeError as fault:
        hint = 'open it in mode "rb", or give the path'
        message = f"the text handle cannot be read: {fault}"
        raise UnreadableError("bad-encoding", message, hint=hint) from fault


def _modified(source: Source) -> dt.date | None:
    """When a file was last written, where the source is the path of one."""
    if not isinstance(source, str | os.PathLike):
        return None
    seconds = os.stat(source).st_mtime  # noqa: PTH116  (a PathLike need not be a Path)
    return dt.datetime.fromtimestamp(seconds, _FURTHEST).date()


def _name(source: object) -> str:
    """The name of a source in messages; nothing in it can move the cursor of a terminal."""
    if isinstance(source, bytes):
        return "<bytes>"
    is_path = isinstance(source, str) or hasattr(source, "__fspath__")
    named: Any = source if is_path else getattr(source, "name", None)
    try:
        path = os.fsdecode(named)
    except TypeError:  # no name, or the number of a descriptor, as pipes have
        return "<stream>"
    if "\n" in path:  # the text of a table in place of its path
        return _CONTENT
    if not path:
        return "<empty path>"
    name = PurePath(path).name or path
    return name if name.isprintable() else ascii(name)


def _content(source: Any, limit: int) -> tuple[bytes, bool]:
    if isinstance(source, bytes):
        return source[:limit], False
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        with _opened(source) as stream:
            return _read(stream, limit)
    if hasattr(source, "read"):
        return _read(source, limit)
    if hasattr(source, "open"):
        with source.open("rb") as stream:
            return _read(stream, limit)
    message = "source: expected a path, an object with open or read, or bytes"
    message += f", found {show(source)}"
    if isinstance(source, list | tuple):
        message += ": kcharts.read(*sources) takes several"
    raise TypeError(message)


def _opened(path: str | os.PathLike[str]) -> IO[bytes]:
    try:
        return open(path, "rb")  # noqa: PTH123  (a PathLike need not be a Path; closed by the caller)
    except ValueError as fault:  # a path that holds NUL
        raise OSError(str(fault)) from fault


def _read(stream: IO[Any], limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes; a raw stream gives them in parts."""
    parts: list[bytes] = []
    is_text = False
    while limit > 0 and (content := stream.read(limit)) not in (b"", ""):
        if content is None:  # a raw stream that does not block
            raise BlockingIOError("it has no data yet, and may have more: let it block")
        is_text = isinstance(content, str)
        part = content.encode("utf-8", "surrogatepass") if is_text else content
        parts.append(part)
        limit -= len(part)
    return b"".join(parts), is_text


# -- unpacking ------------------------------------------------------------------------------


def _check_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise over_limit(f"is larger than {max_bytes:,} bytes", "file_bytes")


def _unpack(unpack: Callable[[bytes, int], bytes], data: bytes, max_bytes: int) -> bytes:
    import lzma  # noqa: PLC0415  (these are only for compressed sources)
    import struct  # noqa: PLC0415
    import zlib  # noqa: PLC0415
    from zipfile import BadZipFile  # noqa: PLC0415

    broken = (OSError, EOFError, RuntimeError, ValueError, OverflowError, BadZipFile)
    try:
        content = unpack(data, max_bytes + 1)
    except (*broken, lzma.LZMAError, struct.error, zlib.error) as fault:
        raise UnreadableError("corrupt-file", f"cannot be unpacked: {fault}") from fault
    _check_size(content, max_bytes)
    return content


def _gunzip(data: bytes, limit: int) -> bytes:
    import gzip  # noqa: PLC0415
    import io  # noqa: PLC0415

    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        return stream.read(limit)


def _unzip(data: bytes, max_bytes: int) -> tuple[str | None, bytes]:
    """The name and the content of an archive's one file; no name where it is a workbook."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    members: list[str] = []

    def member(data: bytes, limit: int) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = (name for name in archive.namelist() if not name.endswith("/"))
            members.extend(name for name in files if not name.startswith("__MACOSX/"))
            if len(members) != 1 or _WORKBOOK.fullmatch(members[0]):
                return b""
            with archive.open(members[0]) as stream:
                return stream.read(limit)

    content = _unpack(member, data, max_bytes)
    if any(map(_WORKBOOK.fullmatch, members)):
        return None, b""
    for sign, what in _DOCUMENTS.items():
        if sign in members:
            message = f"expected a chart file, found {what}"
            raise UnreadableError("wrong-format", message, hint="save it as .xlsx or as CSV")
    if len(members) != 1:
        some = ", ".join(members[:5]) or "none"
        message = f"expected a zip archive of one file, found {len(members)}: {some}"
        raise UnreadableError("wrong-format", message, hint="give the files one by one")
    return members[0], content
