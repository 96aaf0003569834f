"""JSON values as cells: texts as they are, numbers as they are written, the rest by its kind."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, cast

from kcharts.model._checks import shown
from kcharts.sources.cell import CellError, Typed


def _number(text: str) -> Typed:
    return Typed(text, "number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=_number, parse_float=_number, parse_constant=_number
)


_FIRST, _MORE = 1 << 10, 8
_IN_DOUBT = 16
"""How near to the end of a part of a text a number or a word may go on beyond it."""


def json_value(text: str, at: int = 0) -> tuple[Any, int]:
    """The JSON value that begins at a position of a text, and where it ends.

    Numbers are `Typed` texts as they are written, objects tuples of (key, value) pairs.

    Raises:
        CellError: There is none.
    """
    size = _FIRST
    while True:  # of a part, since an error of json's counts lines from the beginning of its text
        part = text[at : at + size]
        is_whole = at + size >= len(text)
        try:
            value, end = _DECODER.raw_decode(part)
        except json.JSONDecodeError as fault:
            is_sure = fault.pos < size - _IN_DOUBT and not fault.msg.startswith("Unterminated")
            if is_whole or is_sure:
                raise _bad_json(part, fault) from None
        except RecursionError:
            raise _too_deep() from None
        else:
            if is_whole or end < size - _IN_DOUBT:
                return value, at + end
        size *= _MORE


def _bad_json(part: str, fault: json.JSONDecodeError) -> CellError:
    hint = None
    if part[fault.pos : fault.pos + 1] == "'":
        hint = "JSON has double quotes: json.dumps of Python writes it, str does not"
    return CellError("bad-json", f"{fault.msg} at character {fault.pos + 1:,}", hint)


def _too_deep() -> CellError:
    return CellError("bad-json", "the object is nested too deeply")


def json_object(text: str) -> dict[str, Any]:
    """The object that a text is.

    Raises:
        CellError: It is none, or has a key twice.
    """
    start = len(text) - len(text.lstrip(" \t\r\n"))
    found, end = json_value(text, start)
    if text[end:].strip(" \t\r\n"):
        raise CellError("bad-json", f"Extra data at character {end + 1:,}")
    return as_object(found)


def as_object(value: Any) -> dict[str, Any]:
    """A value as an object of its keys.

    Raises:
        CellError: It is none, or has a key twice.
    """
    if not isinstance(value, tuple):
        raise CellError("bad-json", "expected a JSON object")
    pairs = cast("tuple[tuple[str, Any], ...]", value)
    found = dict(pairs)
    if len(found) < len(pairs):
        key = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise CellError("duplicate-column", f"the key {shown(key)} stands twice in the object")
    return found


def json_cell(value: Any) -> Any:
    """A value as a cell: bytes for a text and for null, else a `Typed` text."""
    if value is None:
        return b""
    if isinstance(value, Typed):
        return value
    if isinstance(value, bool):
        return Typed("true" if value else "false", "truth value")
    if isinstance(value, str):
        return utf8(value)
    try:
        return Typed(json.dumps(_plain(value), ensure_ascii=False), "object")
    except RecursionError:
        raise _too_deep() from None


def utf8(text: str) -> bytes:
    """A text as bytes: what was no UTF-8 as it stood, and lone surrogates as they are."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[object]", value)]
    if isinstance(value, tuple):
        return {str(k): _plain(v) for k, v in cast("tuple[tuple[str, Any], ...]", value)}
    return str(value) if isinstance(value, str) else value
