"""Delimited text: bytes to a header and physical lines, and what is no such text named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, final

from attrs import frozen

from kcharts.formats._cells import CellError, decoded
from kcharts.formats._source import Payload, UnreadableError
from kcharts.formats._spec import folded_header
from kcharts.model._checks import shown, text_fault

_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


class Text(NamedTuple):
    """A source as physical lines of UTF-8, without byte order mark or line ends."""

    name: str
    lines: list[bytes]
    ends_in_newline: bool


@final
@frozen
class Table:
    """Lines of cells with a header.

    Attributes:
        name: The source's name.
        header: The names of the columns.
        lines: The physical lines below the header.
        first: The physical number of the first of `lines`.
        delimiter: What stands between the cells of a line.
        quote: What a line has in it that cannot be split at the delimiters alone.
        split: The cells of any line; raises `CellError`.
        ends_in_newline: Whether the last line is ended.
        comments: What stood above the header.
    """

    name: str
    header: list[str]
    lines: list[bytes]
    first: int
    delimiter: bytes
    quote: bytes | None
    split: Callable[[bytes], list[bytes]]
    ends_in_newline: bool
    comments: tuple[str, ...] = ()

    def at(self, column: str) -> int:
        """Where a column stands."""
        return folded_header(self.header).index(folded_header([column])[0])

    def has(self, column: str) -> bool:
        """Whether the header has a column."""
        return folded_header([column])[0] in folded_header(self.header)

    def line(self, number: int) -> bytes:
        """The line of a physical number."""
        return self.lines[number - self.first]

    def is_cut_off(self, number: int) -> bool:
        """Whether a line is the last and lacks its end, as in a file that is cut off."""
        return number == self.first + len(self.lines) - 1 and not self.ends_in_newline


def text_of(payload: Payload, encoding: str | None = None) -> Text:
    """The lines of a payload; raises `UnreadableError` for what is no text of a chart."""
    name, data = payload
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
    lines = data.split(b"\n")
    ends_in_newline = not lines[-1]
    if ends_in_newline:
        lines.pop()
    return Text(name, lines, ends_in_newline)


def _refuse_encoding(name: str, data: bytes) -> None:
    for bom, code in _BOMS.items():
        if data.startswith(bom):
            message = f"expected UTF-8, found a byte order mark of {code}"
            raise UnreadableError(
                "bad-encoding", message, name, f'encoding="{code.lower()}" reads it'
            )
    head = data[:1024]
    if head.count(0) * 4 > len(head):
        message = "expected UTF-8, found text in which every other byte is 0: UTF-16?"
        raise UnreadableError("bad-encoding", message, name, 'encoding="utf-16-le" may read it')


def _recoded(name: str, data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8", "surrogatepass")
    except (ValueError, LookupError) as fault:
        raise UnreadableError(
            "bad-encoding", f"cannot be read as {encoding}: {fault}", name
        ) from None


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


def header_of(text: Text) -> Table:
    """The table of a text: the first line that is neither blank nor a comment is its header.

    Where that line is a JSON object, the text is read as JSON lines.
    """
    comments: list[str] = []
    for number, line in enumerate(text.lines):
        if line.startswith(b"#"):
            comments.append(line[1:].decode("utf-8", "replace").strip())
        elif line.lstrip().startswith((b"{", b"[")):
            from kcharts.formats._jsonl import json_table  # noqa: PLC0415  (only for JSON)

            return json_table(text, number, tuple(comments))
        elif line.strip():
            return _delimited(text, number, tuple(comments))
    raise UnreadableError("bad-header", "expected a header, found comments only", text.name)


def _delimited(text: Text, number: int, comments: tuple[str, ...]) -> Table:
    line = text.lines[number]
    mark = b"\t" if b"\t" in line else b","
    try:
        header = [decoded(cell) for cell in split(mark, line)]
    except CellError as fault:
        raise UnreadableError(fault.code, f"in the header: {fault.message}", text.name) from None
    return Table(
        name=text.name,
        header=header,
        lines=text.lines[number + 1 :],
        first=number + 2,
        delimiter=mark,
        quote=None if mark == b"\t" else b'"',
        split=partial(split, mark),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
    )


def check_header(table: Table, required: Iterable[str], what: str) -> None:
    """Raise `UnreadableError` where a header cannot serve: columns that lack or stand twice."""
    names = folded_header(table.header)
    wanted = list(required)
    lacking = [c for c in wanted if folded_header([c])[0] not in names]
    if len(lacking) == len(wanted):
        found = shown(" ".join(table.header))
        message = f"expected the columns of {what}: {', '.join(wanted)}; found {found}"
        raise UnreadableError("bad-header", message, table.name)
    if lacking:
        message = f"{what}: the column {', '.join(lacking)} is missing"
        hint = f"found: {shown(', '.join(table.header))}"
        raise UnreadableError("missing-column", message, table.name, hint)
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        message = f"the column {', '.join(map(shown, twice))} stands twice in the header"
        raise UnreadableError("duplicate-column", message, table.name)
    for name in table.header:
        fault = text_fault(name)
        if fault in ("bad-text", "control-character"):
            raise UnreadableError(fault, f"in the header: {shown(name)}", table.name)
