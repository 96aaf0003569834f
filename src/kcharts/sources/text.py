"""Delimited text: bytes to a header and physical lines, and what is no such text named."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cached_property, partial
from itertools import takewhile
from typing import Any, NamedTuple, final

from attrs import evolve, field, frozen

from kcharts.model._checks import shown
from kcharts.sources.cell import CellError, Role, Seen, cell_text, decoded
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import Table

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


_HEAD = 1 << 16


@final
@frozen
class Text:
    """A source as UTF-8 text, without byte order mark, of which every line ends in a line feed.

    Attributes:
        name: The source's name.
        data: The text.
        kept: What was made of it, by what it is and what it depends on.
    """

    name: str
    data: bytes = field(repr=False)
    kept: dict[object, Any] = field(factory=dict[object, Any], init=False, eq=False, repr=False)

    @cached_property
    def lines(self) -> list[bytes]:
        """Its physical lines without their ends."""
        lines = self.data.split(b"\n")
        return lines[:-1] if self.ends_in_newline else lines

    @cached_property
    def content(self) -> str:
        """All of it, without the last line's end; bytes that are no UTF-8 as lone surrogates."""
        return self.data.removesuffix(b"\n").decode("utf-8", "surrogateescape")

    @property
    def ends_in_newline(self) -> bool:
        """Whether the last line is ended."""
        return self.data.endswith(b"\n")

    def head(self) -> Text:
        """Its first lines, enough to see the columns."""
        end = self.data.find(b"\n", _HEAD)
        return self if end < 0 else Text(self.name, self.data[: end + 1])


def text_of(payload: Payload, encoding: str | None = None, limits: Limits | None = None) -> Text:
    """The text of a payload, decoded once; raises `UnreadableError` for what is no chart's."""
    encoding = None if payload.is_decoded else encoding
    text: Text | None = payload.kept.get(("text", encoding))
    if text is None:
        text = payload.kept["text", encoding] = Text(payload.name, _plain_data(payload, encoding))
    if limits is not None and text.data.count(b"\n") > limits.lines:
        message = f"has more than {limits.lines:,} lines"
        hint = "limits=Limits(lines=...) raises the limit"
        raise UnreadableError("limit-exceeded", message, payload.name, hint)
    return text


def _plain_data(payload: Payload, encoding: str | None) -> bytes:
    """The bytes of a text: in UTF-8, with line feeds, and not what stands for a failed fetch."""
    name, data = payload.name, payload.data
    refuse_workbook(payload)
    if not data:
        raise UnreadableError("empty-file", "the file is empty", name, "fetch it again")
    if encoding is None:
        _refuse_encoding(name, data)
    else:
        data = _recoded(name, data, encoding)
    data = data.removeprefix(b"\xef\xbb\xbf")
    _refuse_payload(name, data)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def refuse_workbook(payload: Payload) -> None:
    """Raise `UnreadableError` for a workbook, where text is expected."""
    if payload.is_workbook:
        message = "expected text, found a workbook"
        hint = "this format is no workbook's"
        raise UnreadableError("wrong-format", message, payload.name, hint)


def head_text(payload: Payload, encoding: str | None, size: int = _HEAD) -> str:
    """How a payload begins, without the byte order mark and white space before the rest."""
    told = None if payload.is_decoded else encoding
    try:
        text = payload.data[:size].decode(told or "utf-8", "replace")
    except LookupError:  # no such encoding, which is told when the text is read
        return ""
    return text.lstrip("\ufeff \t\r\n")


def _refuse_encoding(name: str, data: bytes) -> None:
    for bom, code in _BOMS.items():
        if data.startswith(bom):
            message = f"expected UTF-8, found a byte order mark of {code}"
            raise UnreadableError(
                "bad-encoding", message, name, f'encoding="{code.lower()}" reads it'
            )
    head = data[:1024]
    if head.count(0) * 4 <= len(head):
        return
    for first, code in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 0 not in head[1 - first :: 2]:  # other scripts have other bytes beside the zeros
            message = "expected UTF-8, found text in which every other byte is 0: UTF-16?"
            raise UnreadableError("bad-encoding", message, name, f'encoding="{code}" may read it')
    message = "expected a chart file, found bytes that are no text"
    raise UnreadableError("wrong-format", message, name)


def _recoded(name: str, data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding)
    except (ValueError, LookupError) as fault:
        raise UnreadableError(
            "bad-encoding", f"cannot be read as {encoding}: {fault}", name
        ) from None
    if _is_utf_8(data) and not codecs.lookup(encoding).name.startswith("utf"):
        message = f"expected {encoding}, found UTF-8"
        hint = "leave out encoding=; files of several encodings are read one by one, and merged"
        raise UnreadableError("bad-encoding", message, name, hint)
    control = _CONTROL.search(text) if codecs.lookup(encoding).name.startswith("iso8859") else None
    if control:
        message = f"read as {encoding} it has control characters such as {shown(control[0])}"
        raise UnreadableError("bad-encoding", message, name, 'encoding="cp1252" may be meant')
    return text.encode("utf-8", "surrogatepass")


_CONTROL = re.compile("[\x80-\x9f]")
"""What no text has, but cp1252 has letters, quotes and dashes for."""


def _is_utf_8(data: bytes) -> bool:
    """Whether characters beyond ASCII are UTF-8, as they can hardly be by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def _refuse_payload(name: str, data: bytes) -> None:
    """Raise for what archives really stored in place of a chart."""
    head = data[:4096].strip()
    if not head and not data.strip():
        raise UnreadableError("empty-file", "the file holds white space only", name)
    if head in (b"null", b"[]", b"{}", b"None"):
        message = f"expected a chart file, found the payload {head.decode()}"
        raise UnreadableError("wrong-format", message, name, "the fetch failed; fetch it again")
    if head.startswith(b"<"):
        text = head.decode("utf-8", "replace")
        pattern = r"<title[^>]*>(.*?)</title>|>([^<>]+)</a>"
        title = re.search(pattern, text, re.IGNORECASE | re.DOTALL)
        said = next((g.strip() for g in title.groups() if g), "") if title else ""
        message = "expected delimited text, found an HTML or XML page"
        message += f" that says {shown(said)}" if said else ""
        raise UnreadableError("wrong-format", message, name, "it is a redirect or an error page")


def split(delimiter: bytes, line: bytes) -> list[bytes]:
    """The cells of a line; commas may stand inside quotes, tabs may not."""
    if delimiter == b"\t" or b'"' not in line:
        return line.split(delimiter)
    import csv  # noqa: PLC0415  (only for lines with quotes)

    try:
        text = line.decode("utf-8", "surrogateescape")
        cells = next(csv.reader([text], delimiter=delimiter.decode(), strict=True))
    except csv.Error as fault:
        if "limit" in str(fault):
            raise CellError("field-too-long", str(fault)) from None
        hint = 'a quote inside quotes is written ""; a field does not run over several lines'
        message = f"the quotes of the line do not close: {fault}"
        raise CellError("unbalanced-quote", message, hint) from None
    return [cell.encode("utf-8", "surrogateescape") for cell in cells]


_SEPARATOR = re.compile(rb'"?sep=([,;|\t])"?')
"""A line for spreadsheet programs alone, which say in it what parts the cells below."""
_JSON = re.compile(rb"\{|\[\s*(?:[\[{\"\]0-9-]|$)")


def is_json(text: bytes) -> bool:
    """Whether a text that begins like this is JSON: [title],[rank] is a header."""
    return _JSON.match(text) is not None


def _note(line: bytes) -> str | None:
    """What a line above the header says that is no header.

    That is a comment, or the one cell of a note such as Spotify's: `,,,"Note that these ..."`.
    """
    if line.startswith(b"#") and line[1:2] not in (b",", b";", b"\t"):  # a column may be called #
        return line[1:].decode("utf-8", "replace").strip()
    note = re.fullmatch(rb',{2,}"((?:[^"]|"")*)",*', line)
    return note and note[1].replace(b'""', b'"').decode("utf-8", "replace").strip()


class Start(NamedTuple):
    """Where the rows of a text begin, and what stands above them."""

    number: int
    """The position of the first line that is neither blank nor a comment."""
    comments: tuple[str, ...] = ()
    mark: bytes | None = None
    """What parts the cells, where a line says so."""


def start_of(text: Text) -> Start:
    """Where the rows of a text begin.

    Raises:
        UnreadableError: It has comments and blank lines only.
    """
    comments: list[str] = []
    mark: bytes | None = None
    for number, line in enumerate(text.lines):
        note = _note(line)
        if note is not None:
            comments.append(note)
        elif said := _SEPARATOR.fullmatch(line):
            mark = said[1]
        elif line.strip():
            return Start(number, tuple(comments), mark)
    raise UnreadableError("bad-header", "expected a header, found comments only", text.name)


def headed(text: Text, start: Start, limits: Limits = LIMITS) -> Table:
    """The table of a text whose rows begin with a header."""
    number, comments, mark = start
    line = text.lines[number]
    if mark is None:
        marks = (b"\t", b";", b",")
        mark = marks[0] if marks[0] in line else max(reversed(marks[1:]), key=line.count)
    try:
        header = [decoded(unquoted(cell)) for cell in split(mark, line)]
    except CellError as fault:
        message = f"in the header: {fault.message}"
        raise UnreadableError(fault.code, message, text.name, fault.hint) from None
    table = delimited(text, header, mark=mark, start=number + 1, limits=limits, comments=comments)
    return _without_unnamed(table)


def _without_unnamed(table: Table) -> Table:
    """The table without the columns that a spreadsheet program adds: no name, and no values."""
    unnamed = sum(1 for _ in takewhile(lambda name: not name.strip(), reversed(table.header)))
    if unnamed < 2:  # noqa: PLR2004  (one is a column like others)
        return table

    def split_named(row: Any) -> list[Any]:
        cells = table.split(row)
        is_wide = len(cells) == len(table.header) and not any(cells[-unnamed:])
        return cells[:-unnamed] if is_wide else cells

    note = ("unknown-column", f"{unnamed} columns have no name and no values, and are left out")
    return evolve(
        table,
        header=table.header[:-unnamed],
        split=split_named,
        quote=b"",
        notes=(*table.notes, note),
    )


def delimited(
    text: Text,
    header: list[str],
    *,
    mark: bytes = b",",
    start: int = 0,
    limits: Limits = LIMITS,
    comments: tuple[str, ...] = (),
) -> Table:
    """The table of the lines of a text from a position on, under a header."""
    seen = Seen()
    decode = partial(cell_text, limit=limits.field_characters)
    return Table(
        name=text.name,
        header=header,
        lines=text.lines[start:],
        first=start + 1,
        delimiter=mark,
        quote=None if mark == b"\t" else b'"',
        split=partial(split, mark),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
        decode=_unquoting(decode, seen) if mark == b"\t" else decode,
        seen=seen,
        most_odd=limits.lines // 5,
    )


_QUOTED = re.compile(rb'"((?:[^"]|"")*)"')


def unquoted(cell: bytes) -> bytes:
    """A cell of a text with tabs out of the quotes of RFC 4180, where it stands in them.

    A quote at one end only, or one that is not doubled inside, is part of the text.

    >>> unquoted(b'"The ""Best"" Song"'), unquoted(b'"A" and "B"')
    (b'The "Best" Song', b'"A" and "B"')
    """
    found = _QUOTED.fullmatch(cell)
    return found[1].replace(b'""', b'"') if found else cell


def _unquoting(decode: Callable[[Role, Any], str], seen: Seen) -> Callable[[Role, Any], str]:
    """What decodes cells that may stand in quotes, and notes the first title that does."""

    def text(role: Role, cell: bytes) -> str:
        bare = unquoted(cell)
        if role == "name" and bare is not cell:
            stood = cell.decode("utf-8", "backslashreplace")
            message = f"cells stand in quotes, which were taken off: {shown(stood)} is the first"
            seen.note("quoted-cells", "title", message)
        return decode(role, bare)

    return text
