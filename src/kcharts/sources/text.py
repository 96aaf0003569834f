"""Delimited text: from bytes to a header and physical lines, or an error that names the fault."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cached_property, partial
from itertools import takewhile
from typing import Any, NamedTuple, final

from attrs import evolve, field, frozen

from kcharts.model._checks import show
from kcharts.sources.cell import CellError, Role, Seen, cell_text, decoded
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload, UnreadableError, over_limit
from kcharts.sources.table import Table

_HEAD = 1 << 16


@final
@frozen
class Text:
    """A source as UTF-8 text, without byte order mark, with line feeds between lines.

    Attributes:
        name: The source's name.
        data: The text.
        kept: Results computed from it, by their kind and options.
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
        """All of it, without the last line's end; bytes that are not UTF-8 as lone surrogates."""
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
    """The text of a payload, decoded once; raises `UnreadableError` where it cannot be a chart."""
    encoding = None if payload.is_decoded else encoding
    text: Text | None = payload.kept.get(("text", encoding))
    if text is None:
        refuse_workbook(payload)
        try:
            data = _plain_data(payload.data, encoding)
        except UnreadableError as fault:
            raise fault.of(payload.name) from None
        text = payload.kept["text", encoding] = Text(payload.name, data)
    # Before any line is made: 512 MB of line feeds would be as many objects.
    if limits is not None and text.data.count(b"\n") > limits.lines:
        raise over_limit(f"has more than {limits.lines:,} lines", "lines", payload.name)
    return text


def refuse_workbook(payload: Payload) -> None:
    """Raise `UnreadableError` for a workbook, where text is expected."""
    if payload.is_workbook:
        message = "expected text, found a workbook"
        hint = "this format never comes as a workbook"
        raise UnreadableError("wrong-format", message, payload.name, hint)


def head_text(payload: Payload, encoding: str | None, size: int = _HEAD) -> str:
    """The beginning of a payload, without a byte order mark and white space.

    Unlike `text_of` it refuses nothing, so that saved pages can be told from error pages.
    """
    given = None if payload.is_decoded else encoding
    try:
        text = payload.data[:size].decode(given or "utf-8", "replace")
    except LookupError:  # no such encoding, which is refused when the text is read
        return ""
    return text.lstrip("\ufeff \t\r\n")


# -- encodings ------------------------------------------------------------------------------

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CONTROL = re.compile("[\x80-\x9f]")
"""Bytes that no text has, and that are letters, quotes and dashes in cp1252."""


def _plain_data(data: bytes, encoding: str | None) -> bytes:
    """The bytes of a text in UTF-8, with line feeds; refused if they show a failed fetch."""
    if not data:
        raise UnreadableError("empty-file", "the file is empty", hint="fetch it again")
    if encoding is None:
        _refuse_encoding(data)
    else:
        data = _recoded(data, encoding)
    data = data.removeprefix(b"\xef\xbb\xbf")  # Spotify's files have it, spreadsheets write it
    _refuse_failed_fetch(data)
    if b"\r" in data:  # Spotify's lines end in CR LF; old programs on Macs wrote CR alone
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _refuse_encoding(data: bytes) -> None:
    """Raise for text that is plainly in UTF-16 or UTF-32, as Excel saves "Unicode Text"."""
    for bom, code in _BOMS.items():
        if data.startswith(bom):
            message = f"expected UTF-8, found a byte order mark of {code}"
            hint = f'encoding="{code.lower()}" reads it'
            raise UnreadableError("bad-encoding", message, hint=hint)
    head = data[:1024]
    if head.count(0) * 4 <= len(head):  # a NUL or two is a fault of a cell, told there
        return
    for first, code in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 0 not in head[1 - first :: 2]:  # other scripts have other bytes beside the zeros
            message = "expected UTF-8, found text in which every other byte is 0: UTF-16?"
            hint = f'encoding="{code}" may read it'
            raise UnreadableError("bad-encoding", message, hint=hint)
    raise UnreadableError("wrong-format", "expected a chart file, found bytes that are not text")


def _recoded(data: bytes, encoding: str) -> bytes:
    """The text in UTF-8, unless it is plainly in another encoding than the one given."""
    try:
        text = data.decode(encoding)
    except (ValueError, LookupError) as fault:
        message = f"cannot be read as {encoding}: {fault}"
        raise UnreadableError("bad-encoding", message) from None
    codec = codecs.lookup(encoding).name
    # Of a folder of copies some are in cp1252 and some are not, and it decodes whatever it is
    # given: "Réunion" would become "RÃ©union", another place.
    if _is_utf_8(data) and not codec.startswith("utf"):
        message = f"expected {encoding}, found UTF-8"
        hint = "leave out encoding=; read files of several encodings one by one, and merge them"
        raise UnreadableError("bad-encoding", message, hint=hint)
    control = _CONTROL.search(text) if codec.startswith("iso8859") else None
    if control:  # "latin-1" is what people say, and cp1252 what spreadsheets on Windows write
        message = f"read as {encoding} it has control characters such as {show(control[0])}"
        raise UnreadableError("bad-encoding", message, hint='encoding="cp1252" may be meant')
    return text.encode("utf-8", "surrogatepass")


def _is_utf_8(data: bytes) -> bool:
    """Whether characters beyond ASCII are UTF-8, as they can hardly be by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def _refuse_failed_fetch(data: bytes) -> None:
    """Raise for the things that archives really stored as charts: nothing, null, a redirect."""
    head = data[:4096].strip()
    if not head and not data.strip():
        raise UnreadableError("empty-file", "the file holds white space only")
    if head in (b"null", b"[]", b"{}", b"None"):
        message = f"expected a chart file, found the payload {head.decode()}"
        raise UnreadableError("wrong-format", message, hint="the fetch failed; fetch it again")
    if head.startswith(b"<"):
        # A page says in its title what it is, and a bare redirect in its link: <a>Found</a>.
        text = head.decode("utf-8", "replace")
        pattern = r"<title[^>]*>(.*?)</title>|>([^<>]+)</a>"
        match = re.search(pattern, text, re.IGNORECASE | re.DOTALL)
        title = next((each.strip() for each in match.groups() if each), "") if match else ""
        message = "expected delimited text, found an HTML or XML page"
        message += f" that says {show(title)}" if title else ""
        raise UnreadableError("wrong-format", message, hint="it is a redirect or an error page")


# -- headers --------------------------------------------------------------------------------

_SEPARATOR = re.compile(rb'"?sep=([,;|\t])"?')
"""A line that tells spreadsheet programs what separates the cells below."""
_JSON = re.compile(rb"\{|\[\s*(?:[\[{\"\]0-9-]|$)")
_COLUMNS_NOT_NAMED = 2
"""From how many unnamed columns at the end a spreadsheet made them: one may be a real column."""


def is_json(text: bytes) -> bool:
    """Whether a text that begins like this is JSON: [title],[rank] is a header."""
    return _JSON.match(text) is not None


def _note(line: bytes) -> str | None:
    """The comment in a line above the header; None if it may be the header.

    A note of one cell is a comment too, such as that of Spotify's files until 2022:
    `,,,"Note that these figures are generated using a formula ..."`.
    """
    if line.startswith(b"#") and line[1:2] not in (b",", b";", b"\t"):  # a column may be called #
        return line[1:].decode("utf-8", "replace").strip()
    note = re.fullmatch(rb',{2,}"((?:[^"]++|"")*+)",*', line)
    return note and note[1].replace(b'""', b'"').decode("utf-8", "replace").strip()


class Start(NamedTuple):
    """Where the rows of a text begin, and the comments above them."""

    number: int
    """The position of the first line that is neither blank nor a comment."""
    comments: tuple[str, ...] = ()
    delimiter: bytes | None = None
    """What separates the cells, if a line says so."""


def _start_of(text: Text) -> Start:
    """Where the rows of a text begin.

    Raises:
        UnreadableError: It has comments and blank lines only.
    """
    comments: list[str] = []
    delimiter: bytes | None = None
    for number, line in enumerate(text.lines):
        note = _note(line)
        if note is not None:
            comments.append(note)
        elif separator := _SEPARATOR.fullmatch(line):
            delimiter = separator[1]
        elif line.strip():
            return Start(number, tuple(comments), delimiter)
    raise UnreadableError("bad-header", "expected a header, found comments only", text.name)


def header_table(text: Text, limits: Limits = LIMITS) -> Table | Start:
    """The table of a text under its header; or where its rows begin, if the first one is JSON.

    Raises:
        UnreadableError: It has comments and blank lines only, or a header that cannot be split.
    """
    start = _start_of(text)
    number, comments, delimiter = start
    line = text.lines[number]
    first = line.lstrip()
    if is_json(first) and (first.startswith(b"{") or not comments):
        return start
    if delimiter is None:  # a column's name may have a comma in it, hardly a tab
        delimiter = b"\t" if b"\t" in line else max((b",", b";"), key=line.count)
    try:
        header = [decoded(unquoted(cell)) for cell in split(delimiter, line)]
    except CellError as fault:
        message = f"in the header: {fault.message}"
        raise UnreadableError(fault.code, message, text.name, fault.hint) from None
    table = delimited(
        text, header, delimiter=delimiter, start=number + 1, limits=limits, comments=comments
    )
    return _without_unnamed(table)


def _without_unnamed(table: Table) -> Table:
    """The table without the columns that a spreadsheet program adds: no name, and no values.

    It saves all columns that once held something: `title,date,rank,,,,`.
    """
    unnamed = sum(1 for _ in takewhile(lambda name: not name.strip(), reversed(table.header)))
    if unnamed < _COLUMNS_NOT_NAMED:
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
    delimiter: bytes = b",",
    start: int = 0,
    limits: Limits = LIMITS,
    comments: tuple[str, ...] = (),
) -> Table:
    """The table of the lines of a text from a position on, under a header."""
    seen = Seen()
    decode = partial(cell_text, limit=limits.field_characters)
    is_tabbed = delimiter == b"\t"
    return Table(
        name=text.name,
        header=header,
        lines=text.lines[start:],
        first=start + 1,
        delimiter=delimiter,
        quote=None if is_tabbed else b'"',
        split=partial(split, delimiter),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
        decode=_unquoting(decode, seen) if is_tabbed else decode,
        seen=seen,
        most_odd=limits.lines // 5,
    )


# -- cells ----------------------------------------------------------------------------------

_QUOTED = re.compile(rb'"((?:[^"]++|"")*+)"')


def split(delimiter: bytes, line: bytes) -> list[bytes]:
    """The cells of a line; commas may be inside quotes, tabs may not."""
    # No tab is in a cell of Netflix's files, so a quote protects nothing: one in a title stays.
    if delimiter == b"\t" or b'"' not in line:
        return line.split(delimiter)
    import csv  # noqa: PLC0415  (only for lines with quotes)

    try:
        # Strict: the Hot 100's `"Missy "Misdemeanor" Elliott"` is an error, and not a guess.
        text = line.decode("utf-8", "surrogateescape")
        cells = next(csv.reader([text], delimiter=delimiter.decode(), strict=True))
    except csv.Error as fault:
        if "limit" in str(fault):
            raise CellError("field-too-long", str(fault)) from None
        hint = 'a quote inside quotes is written ""; a field does not run over several lines'
        message = f"the quotes of the line do not close: {fault}"
        raise CellError("unbalanced-quote", message, hint) from None
    return [cell.encode("utf-8", "surrogateescape") for cell in cells]


def unquoted(cell: bytes) -> bytes:
    """A cell of a text with tabs, without the quotes of RFC 4180 around it.

    Netflix has them around the cells that hold JSON. A quote at one end only, or one that is not
    doubled inside, is part of the text.

    >>> unquoted(b'"The ""Best"" Song"'), unquoted(b'"A" and "B"')
    (b'The "Best" Song', b'"A" and "B"')
    """
    match = _QUOTED.fullmatch(cell)
    return match[1].replace(b'""', b'"') if match else cell


def _unquoting(decode: Callable[[Role, Any], str], seen: Seen) -> Callable[[Role, Any], str]:
    """A decoder of cells that may be in quotes; it notes the first title that is."""

    def text(role: Role, cell: bytes) -> str:
        bare = unquoted(cell)
        if role == "name" and bare is not cell:
            quoted = cell.decode("utf-8", "backslashreplace")
            message = f"cells are in quotes, which were removed; the first is {show(quoted)}"
            seen.note("quoted-cells", "title", message)
        return decode(role, bare)

    return text
