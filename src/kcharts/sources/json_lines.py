"""JSON lines as a table: one object a line, whose keys are the columns."""

from __future__ import annotations

from functools import partial
from typing import Any

from kcharts.sources.cell import CellError, cell_text
from kcharts.sources.json_keys import check_keys, needed, too_many_columns
from kcharts.sources.json_values import json_cell, json_object
from kcharts.sources.limits import Limits
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import Needs, Table
from kcharts.sources.text import Text

_NOTE = "note"


def json_table(
    text: Text, number: int, comments: tuple[str, ...], limits: Limits, needs: Needs
) -> Table:
    """The table of JSON lines; a first object with nothing but a note is a comment.

    Where there is no other object, its one column is the note.

    Args:
        text: The whole text.
        number: The position of the first line that is no comment.
        comments: What stands above it.
        limits: How long a cell may be, and how many columns there may be.
        needs: The keys that no object can do without, by all keys.
    """
    first = _keys(text.lines[number])
    if first == [_NOTE]:
        note = _object(text.lines[number])[_NOTE]
        comments = (*comments, *str(note or "").split("\n"))
        number += 1
    lines = text.lines[number:]
    header = _header(text, lines, limits)
    if not header and first == [_NOTE]:
        header = first
    if not header:
        raise _no_object(text, number)
    return Table(
        name=text.name,
        header=header,
        lines=lines,
        first=number + 1,
        split=partial(_split, header, needed(header, needs(header))),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
        decode=partial(cell_text, limit=limits.field_characters),
    )


def _header(text: Text, lines: list[bytes], limits: Limits) -> list[str]:
    """All keys, in the order in which they come first."""
    found: dict[str, None] = {}
    for line in lines:
        found.update(dict.fromkeys(_keys(line)))
        if len(found) > limits.json_columns:
            raise too_many_columns(text.name, limits)
    return list(found)


def _no_object(text: Text, number: int) -> UnreadableError:
    message, hint = "expected one JSON object a line, or a list of them", None
    try:
        _object(text.lines[number])
    except CellError as fault:
        message, hint = f"{message}; line {number + 1:,}: {fault.message}", fault.hint
    return UnreadableError("wrong-format", message, text.name, hint)


def _keys(line: bytes) -> list[str]:
    try:
        return list(_object(line))
    except CellError:
        return []  # the row is rejected when its turn comes


def _object(line: bytes) -> dict[str, Any]:
    try:
        return json_object(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        hint = 'encoding="cp1252", or what the file is in, reads it'
        message = f"byte 0x{line[fault.start]:02x} at offset {fault.start} of the line is no UTF-8"
        raise CellError("bad-encoding", message, hint) from None


def _split(header: list[str], required: list[str], line: bytes) -> list[Any]:
    if not line.strip():
        return []
    held = _object(line)
    check_keys(held, required)
    return [json_cell(held.get(column)) for column in header]
