"""JSON values as cells: texts as they are, numbers as they are written, the rest by its kind."""

from __future__ import annotations

import json
from typing import Any, cast

from kcharts.formats._cells import CellError, Typed


def _number(text: str) -> Typed:
    return Typed(text, "number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=_number, parse_float=_number, parse_constant=_number
)


def json_value(text: str, at: int = 0) -> tuple[Any, int]:
    """The JSON value that begins at a position of a text, and where it ends.

    Numbers are `Typed` texts as they are written, objects tuples of (key, value) pairs.

    Raises:
        CellError: There is none.
    """
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as fault:
        raise CellError("bad-json", f"{fault.msg} at character {fault.pos - at + 1:,}") from None
    except RecursionError:
        raise CellError("bad-json", "the object is nested too deeply") from None


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
    if len(dict(pairs)) < len(pairs):
        raise CellError("duplicate-column", "a key stands twice in the object")
    return dict(pairs)


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
    return Typed(json.dumps(_plain(value), ensure_ascii=False), "object")


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
