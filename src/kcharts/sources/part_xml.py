"""The XML of a workbook's parts, looked through for what would harm its reader."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Literal
from xml.parsers import expat

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
