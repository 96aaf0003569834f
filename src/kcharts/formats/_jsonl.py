"""JSON lines as a table: one object a line, whose keys are the columns."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, cast

from kcharts.formats._cells import CellError
from kcharts.formats._source import UnreadableError
from kcharts.formats._text import Table, Text

_NOTE = "note"


def json_table(text: Text, number: int, comments: tuple[str, ...]) -> Table:
    """The table of JSON lines; a first object with nothing but a note is a comment.

    Where there is no other object, its one column is the note.
    """
    first = _keys(text.lines[number])
    if first == [_NOTE]:
        note = _object(text.lines[number])[_NOTE]
        comments = (*comments, *str(note or "").split("\n"))
        number += 1
    lines = text.lines[number:]
    header = list(dict.fromkeys(key for line in lines for key in _keys(line)))
    if not header and first == [_NOTE]:
        header = first
    if not header:
        hint = "JSON over several lines, or one list of all rows, is not read"
        raise UnreadableError("wrong-format", "expected one JSON object a line", text.name, hint)
    return Table(
        name=text.name,
        header=header,
        lines=lines,
        first=number + 1,
        delimiter=b",",
        quote=b"",
        split=partial(_split, header),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
    )


def _keys(line: bytes) -> list[str]:
    try:
        return list(_object(line))
    except CellError:
        return []  # the row is rejected when its turn comes


def _object(line: bytes) -> dict[str, Any]:
    """The object of a line: numbers as the texts they are written as, objects as tuples."""
    try:
        text = line.decode("utf-8")
        found = json.loads(
            text,
            object_pairs_hook=tuple,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_Number,
        )
    except UnicodeDecodeError as fault:
        hint = 'encoding="cp1252", or what the file is in, reads it'
        message = f"byte 0x{line[fault.start]:02x} at offset {fault.start} of the line is no UTF-8"
        raise CellError("bad-encoding", message, hint) from None
    except json.JSONDecodeError as fault:
        raise CellError("bad-json", f"{fault.msg} at character {fault.pos + 1:,}") from None
    except RecursionError:
        raise CellError("bad-json", "the object is nested too deeply") from None
    if not isinstance(found, tuple):
        raise CellError("bad-json", "expected a JSON object")
    pairs = cast("tuple[tuple[str, Any], ...]", found)
    if len(dict(pairs)) < len(pairs):
        raise CellError("duplicate-column", "a key stands twice in the object")
    return dict(pairs)


class _Number(str):
    """A number, as it is written."""

    __slots__ = ()


def _split(header: list[str], line: bytes) -> list[bytes]:
    if not line.strip():
        return []
    held = _object(line)
    return [_cell(column, held.get(column)) for column in header]


def _cell(column: str, value: Any) -> bytes:
    if value is None:
        return b""
    fault = None
    if not isinstance(value, str):
        fault = CellError("bad-type", "expected a text, a number or null")
    elif isinstance(value, _Number) and column.strip().casefold().endswith("title"):
        hint = f'a title is a text: "{value}"'
        fault = CellError("title-not-text", "expected a text, found a number", hint)
    if fault is not None:
        fault.column, fault.value = column, str(value)
        raise fault
    return str(value).encode("utf-8", "surrogatepass")
