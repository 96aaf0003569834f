"""Cells of a table as their source holds them, their text, and the error of a bad one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal, TypeAlias

from kcharts.model.chart import Chart
from kcharts.sources.limits import LIMITS, raising


class CellError(Exception):
    """What is wrong with a cell, a row or a record: it costs that row and no other.

    Users never see it: the loop over the rows turns it into a `Problem`, which reports hold and
    `RowError` carries. `UnreadableError` is its counterpart for a source as a whole. Code that
    raises it knows the content, not always the place: whoever knows more adds it with `at`.

    Attributes:
        code: The stable name of the kind of problem.
        message: What was expected and what was found.
        hint: What to do about it.
        column: The column, or the path in a document; None if not known yet, empty for the whole
            row.
        value: The cell as it was written.
        chart: The chart that the row belongs to all the same.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str | None = None,
        *,
        column: str | None = None,
        value: str | None = None,
        chart: Chart | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.column, self.value, self.chart = column, value, chart

    def at(self, column: str | None, value: str | None = None) -> CellError:
        """The same error, of a column and its cell: a new one, without a traceback."""
        value = self.value if value is None else value
        return CellError(
            self.code, self.message, self.hint, column=column, value=value, chart=self.chart
        )

    def hinting(self, hint: str) -> CellError:
        """The same error with another hint."""
        return CellError(
            self.code, self.message, hint, column=self.column, value=self.value, chart=self.chart
        )

    def again(self) -> CellError:
        """The same error, to raise once more: the old traceback keeps whole tables alive."""
        return self.at(self.column)


Role: TypeAlias = Literal["chart", "date", "name", "id", "rank", "value", "extra"]
"""What a column is for: a title's names have to be texts, its ids may be numbers."""

Kind: TypeAlias = Literal["number", "date", "date and time", "truth value", "object", "error"]


class Typed(str):
    """A cell that is not text in its source, as it would be written."""

    __slots__ = ("kind",)

    def __new__(cls, text: str, kind: Kind) -> Typed:
        """A cell of a kind."""
        cell = super().__new__(cls, text)
        cell.kind = kind
        return cell

    kind: Kind


class Serial(str):
    """A spreadsheet date serial: a number of days, which only a calendar can check."""

    __slots__ = ("day",)

    def __new__(cls, text: str, day: dt.date) -> Serial:
        """A number, with the day that it would be."""
        cell = super().__new__(cls, text)
        cell.day = day
        return cell

    day: dt.date


def cell_text(role: Role, cell: Any, limit: int = LIMITS.field_characters) -> str:
    """The text of a cell, which is bytes, a `Typed` text or a bare one, in a column of some role.

    Raises:
        CellError: It is not text, is too long, or is of a kind that the column cannot hold.
    """
    if isinstance(cell, bytes):
        return decoded(cell, limit)
    if not isinstance(cell, Typed):
        # A page's parser has decoded its cells; a surrogate in one would fail when it is written.
        if not cell.isascii() and _SURROGATE.search(cell):
            raise _surrogates()
        return _no_longer(cell, limit)
    kind = cell.kind
    if kind == "error":
        raise CellError("error-cell", "the cell holds an error in place of a value", _SAVE_AGAIN)
    if role == "name" and kind != "object":
        raise CellError("title-not-text", f"expected a text, found a {kind}", _NOT_TEXT)
    # A date in another column is what a spreadsheet made of "3-2", and True would be rank 1.
    takes_any = role == "extra" or kind == "number" or (kind == "date" and role == "date")
    if not takes_any:
        code = "bad-date" if role == "date" else "bad-type"
        expected = "a date without a time" if role == "date" else "a text or a number"
        raise CellError(code, f"expected {expected}, found {_article(kind)}")
    return cell if kind == "date" else str(cell)


_SAVE_AGAIN = "fix it in the program that wrote the file"
_NOT_TEXT = "a program took the title for something else, and 007 is not 7: put the text back"


def _article(kind: Kind) -> str:
    return f"an {kind}" if kind == "object" else f"a {kind}"


def decoded(cell: bytes, limit: int = LIMITS.field_characters) -> str:
    """The text of a cell in UTF-8, no longer than a field may be."""
    # Strictly: a replacement character in a title would make it another title.
    try:
        text = cell.decode("utf-8")
    except UnicodeDecodeError as fault:
        if _has_surrogates(cell):
            raise _surrogates() from None
        raise not_utf_8(fault, "cell") from None
    return _no_longer(text, limit)


def not_utf_8(fault: UnicodeDecodeError, part: str) -> CellError:
    """The error of a cell or a line that is in another encoding."""
    at = fault.start
    message = f"byte 0x{fault.object[at]:02x} at offset {at} of the {part} is not UTF-8"
    if fault.reason == "unexpected end of data":
        message += ", or truncated"
    hint = 'encoding="cp1252", or the encoding that the file is in, reads it'
    return CellError("bad-encoding", message, hint)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _surrogates() -> CellError:
    return CellError("bad-text", "expected text without lone surrogates")


def _no_longer(text: str, limit: int) -> str:
    if len(text) > limit:
        message = f"{len(text):,} characters, {limit:,} at most"
        raise CellError("field-too-long", message, raising("field_characters"))
    return text


def _has_surrogates(cell: bytes) -> bool:
    """Whether it would be UTF-8 but for lone surrogates, from JSON or from a text handle."""
    try:
        cell.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def utf8(text: str) -> bytes:
    """A text as bytes; those that were not UTF-8, and lone surrogates, are given back as found."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


class Seen(dict[tuple[str, str], str]):
    """What is noted once of a source: messages by code and by what they are about."""

    __slots__ = ()

    def note(self, code: str, about: str, message: str) -> None:
        """Keep a message, unless there is one already."""
        self.setdefault((code, about), message)
