"""JSON as tables: the records of a list inside a document, or one object a line.

Python's decoder alone would not do: it keeps the last of two equal keys, makes 1.1 of 1.10 and
infinity of 1e400, and does not say on which line a record begins. So numbers are kept as written,
and a walk over the document notes where each record is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import compress
from typing import Any, NamedTuple, cast

from kcharts.model._checks import show
from kcharts.sources.cell import CellError, Typed, cell_text, not_utf_8, utf8
from kcharts.sources.limits import LIMITS, Limits, raising
from kcharts.sources.source import UnreadableError, over_limit
from kcharts.sources.table import Table
from kcharts.sources.text import Start, Text

# -- values ------------------------------------------------------------------------------------


def _number(text: str) -> Typed:
    return Typed(text, "number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=_number, parse_float=_number, parse_constant=_number
)
_FIRST, _MORE = 1 << 10, 8
_IN_DOUBT = 16
"""How near to the end of a part of a text a number or a word may continue beyond it."""


def json_value(text: str, at: int = 0) -> tuple[Any, int]:
    """The JSON value that begins at a position of a text, and where it ends.

    Numbers are `Typed` texts as they are written, objects tuples of (key, value) pairs.

    Raises:
        CellError: There is none.
    """
    size = _FIRST
    # In parts that grow: json's errors count lines from the beginning of the text they are given,
    # which for the records of a long document would take time in the square of its length.
    while True:
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
        hint = "JSON needs double quotes: json.dumps of Python writes them, str does not"
    return CellError("bad-json", f"{fault.msg} at character {fault.pos + 1:,}", hint)


def _too_deep() -> CellError:
    return CellError("bad-json", "the object is nested too deeply")


def json_object(text: str) -> dict[str, Any]:
    """The JSON object that makes up a text.

    Raises:
        CellError: The text is not an object, or has a key twice.
    """
    start = len(text) - len(text.lstrip(" \t\r\n"))
    value, end = json_value(text, start)
    if text[end:].strip(" \t\r\n"):
        raise CellError("bad-json", f"Extra data at character {end + 1:,}")
    return as_object(value)


def as_object(value: Any) -> dict[str, Any]:
    """A value as an object of its keys.

    Raises:
        CellError: It is not an object, or has a key twice.
    """
    if not isinstance(value, tuple):
        raise CellError("bad-json", "expected a JSON object")
    pairs = cast("tuple[tuple[str, Any], ...]", value)
    fields = dict(pairs)
    if len(fields) < len(pairs):
        key = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise CellError("duplicate-column", f"the key {show(key)} occurs twice in the object")
    return fields


def _cell(value: Any) -> Any:
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


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[object]", value)]
    if isinstance(value, tuple):
        return {str(k): _plain(v) for k, v in cast("tuple[tuple[str, Any], ...]", value)}
    return str(value) if isinstance(value, str) else value


# -- keys --------------------------------------------------------------------------------------


def _check_keys(fields: Mapping[str, Any], required: Iterable[str]) -> None:
    """Raise `CellError` where a record lacks a key."""
    for key in required:
        if key not in fields:
            raise CellError("missing-value", "the record lacks the key", column=key)


def _too_many_columns(source: str, limits: Limits) -> UnreadableError:
    """The error of records with so many keys that these can hardly be columns."""
    message = f"the records have more than {limits.json_columns:,} keys: is an id among them?"
    return over_limit(message, "json_columns", source)


class Keys:
    """The keys of the records of one source, those of objects inside as `outer.inner`."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.known: dict[str, str] = {}

    def flatten(self, pairs: dict[str, Any], into: dict[str, Any], outer: str = "") -> None:
        """Put the values of an object, and of objects inside, under one key each.

        Raises:
            CellError: A key is too long, or occurs twice.
            UnreadableError: There are too many.
        """
        if (
            not (outer or into)
            and pairs.keys() <= self.known.keys()
            and tuple not in map(type, pairs.values())
        ):
            into.update(pairs)  # as nearly all records are: flat, with the keys of those before
            return
        start = f"{outer}." if outer else ""
        waiting = [(start, key, pairs[key]) for key in reversed(pairs)]
        while waiting:  # no recursion: objects are nested as deeply as their writer likes
            start, key, value = waiting.pop()
            size, most = len(start) + len(key), self.limits.field_characters
            if size > most:  # keys of nested objects add up to the square of the document's size
                message = f"a key of {size:,} characters, {most:,} at most"
                raise CellError("field-too-long", message, raising("field_characters"))
            name = start + key
            if isinstance(value, tuple) and value:
                inner = as_object(value)
                waiting += [(f"{name}.", key, inner[key]) for key in reversed(inner)]
                continue
            if name not in self.known and len(self.known) >= self.limits.json_columns:
                raise _too_many_columns(self.source, self.limits)
            name = self.known.setdefault(name, name)  # one text for all records
            if name in into:
                raise CellError("duplicate-column", f"the key {name!r} occurs twice")
            into[name] = value


# -- documents ---------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")  # files put one after another keep their marks
_NEXT = re.compile(r"\n(?=\ufeff?[\[{])")
_NONE: Set[str] = frozenset()


class Record(NamedTuple):
    """One record of a document.

    Attributes:
        at: Where it begins in the whole text.
        end: Where it ends.
        path: Its place in the document, such as `$.data[3]`.
        fields: Its values by key, those of nested objects by `outer.inner`; or what is wrong.
        twice: The keys with another value beside the list of records.
    """

    at: int
    end: int
    path: str
    fields: dict[str, Any] | CellError
    twice: Set[str] = _NONE


def json_records(text: str, path: tuple[str, ...], keys: Keys) -> Iterator[Record]:
    """The records of all documents of a text, and the lists without records.

    The path leads from a document to its list of records, and the keys beside that list belong to
    each record. Without a path the document is the list, or one record.
    """
    at = _skip(text, 0)
    while at < len(text):
        walk = _Walk(text, path, keys)
        yield from walk.document(at)
        at = _skip(text, walk.end)


class _Walk:
    """The way through one document; `end` is where it ends, or where the next may begin.

    Its methods take a position and return the one after what they read. `where` is the path of the
    value at that position, and `records` the list that they add to.
    """

    def __init__(self, text: str, path: tuple[str, ...], keys: Keys) -> None:
        self.text, self.path, self.keys, self.end = text, path, keys, 0
        self.beside: dict[str, Any] = {}

    def document(self, at: int) -> list[Record]:
        records: list[Record] = []
        try:
            self.end = self._documents(at, records)
        except CellError as fault:
            # The records before it are good; so may be the next document, on a line of its own.
            start = _skip(self.text, records[-1].end if records else at)
            after = _NEXT.search(self.text, start + 1)
            self.end = after.end() if after else len(self.text)
            end = start + len(self.text[start : self.end].rstrip("\r\n"))
            records.append(_broken(start, end, fault.column or "$", fault))
        return records

    def _documents(self, at: int, records: list[Record]) -> int:
        """A document, or a list of such as are objects with a list of records inside."""
        if not self.path or self.text[at] != "[":
            return self._document(at, "$", records)
        start, at, count = at, self._open(at, "[", "$"), 0
        while self.text[at : at + 1] != "]":
            at = self._next(self._document(at, f"$[{count}]", records), "]", "$")
            count += 1
        return self._close(start, at + 1, "$", records)

    def _document(self, at: int, where: str, records: list[Record]) -> int:
        self.beside, own = {}, list[Record]()
        try:
            return self._inside(at, self.path, where, own)
        finally:
            records.extend(map(self._whole, own))

    def _whole(self, record: Record) -> Record:
        """The record with the keys beside its list."""
        fields, beside = record.fields, self.beside
        if isinstance(fields, CellError) or not beside:
            return record
        twice = {key for key in fields.keys() & beside.keys() if fields[key] != beside[key]}
        whole = {**beside, **fields}
        return Record(record.at, record.end, record.path, whole, twice or _NONE)

    def _inside(self, at: int, path: tuple[str, ...], where: str, records: list[Record]) -> int:
        """An object on the path to the list of records."""
        if not path:
            return self._list(at, where, records)
        at = self._open(at, "{", where)
        seen: set[str] = set()
        while self.text[at : at + 1] != "}":
            key, at = self._key(at, where)
            if key in seen:
                message = f"the key {show(key)} occurs twice in {where}"
                raise CellError("duplicate-column", message, column=where)
            seen.add(key)
            if key == path[0]:
                at = self._inside(at, path[1:], f"{where}.{key}", records)
            else:
                value, at = self._value(at, f"{where}.{key}")
                self.keys.flatten({key: value}, self.beside, where.partition(".")[2])
            at = self._next(at, "}", where)
        if path[0] not in seen:
            message = f"expected the key {path[0]!r} in {where}"
            raise CellError("bad-json", message, column=where)
        return at + 1

    def _list(self, start: int, where: str, records: list[Record]) -> int:
        if where == "$" and self.text[start] == "{":
            return self._record(start, where, records)
        at = self._open(start, "[", where)
        while self.text[at : at + 1] != "]":
            at = self._next(self._record(at, f"{where}[{len(records)}]", records), "]", where)
        return self._close(start, at + 1, where, records)

    def _close(self, start: int, end: int, where: str, records: list[Record]) -> int:
        """The end of a list; an empty one is kept in place of records, so that it is noted."""
        if not records:
            fault = CellError("no-records", "the list of records is empty")
            records.append(_broken(start, end, where, fault))
        return end

    def _record(self, at: int, where: str, records: list[Record]) -> int:
        value, end = self._value(at, where)
        fields: dict[str, Any] = {}
        try:
            self.keys.flatten(as_object(value), fields)
        except CellError as fault:
            records.append(_broken(at, end, where, fault))
        else:
            records.append(Record(at, end, where, fields))
        return end

    def _value(self, at: int, where: str) -> tuple[Any, int]:
        try:
            return json_value(self.text, at)
        except CellError as fault:
            raise fault.at(where) from None

    def _open(self, at: int, mark: str, where: str) -> int:
        """Past an opening bracket, or an error that says what is there instead."""
        if self.text[at : at + 1] != mark:
            kind = "a list" if mark == "[" else "an object"
            message = f"expected {kind} at {where}"
            raise CellError("bad-json", message, column=where, value=self.text[at : at + 40])
        return _skip(self.text, at + 1)

    def _key(self, at: int, where: str) -> tuple[str, int]:
        key, at = self._value(at, where)
        at = _skip(self.text, at)
        if not isinstance(key, str) or isinstance(key, Typed) or self.text[at : at + 1] != ":":
            message = f"expected a key in quotes and ':' before character {at + 1:,} of the text"
            raise CellError("bad-json", message, column=where)
        return key, _skip(self.text, at + 1)

    def _next(self, at: int, closing: str, where: str) -> int:
        """Past a comma, or up to the closing bracket."""
        at = _skip(self.text, at)
        mark = self.text[at : at + 1]
        if mark == closing:
            return at
        after = _skip(self.text, at + 1)
        if mark != "," or self.text[after : after + 1] == closing:
            message = f"expected ',' or '{closing}' at character {at + 1:,} of the text"
            raise CellError("bad-json", f"{message}, in {where}", column=where)
        return after


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _broken(at: int, end: int, path: str, fault: CellError) -> Record:
    """A record that is wrong as a whole: its path says where."""
    # A new error: one that was raised keeps the whole text alive by its traceback.
    return Record(at, end, path, fault.at(""))


def first_keys(text: Text, path: tuple[str, ...], limits: Limits) -> list[str]:
    """The keys of the first record of JSON documents; none where there is no record."""
    fields = (record.fields for record in _records(text, path, limits))
    return list(next((each for each in fields if isinstance(each, dict)), dict[str, Any]()))


def _records(text: Text, path: tuple[str, ...], limits: Limits) -> Iterator[Record]:
    """The records of a text, each decoded once for format detection and for the reader."""
    key = "records", path, limits
    if key not in text.kept:
        text.kept[key] = [], json_records(text.content, path, Keys(text.name, limits))
    known, rest = cast("tuple[list[Record], Iterator[Record]]", text.kept[key])
    yield from known
    try:
        for record in rest:
            known.append(record)
            yield record
    except UnreadableError:
        del text.kept[key]  # so that it is raised again, whoever asks
        raise


def document_table(
    text: Text,
    path: tuple[str, ...],
    required: tuple[str, ...] = (),
    limits: Limits = LIMITS,
) -> Table:
    """The table of the records that `json_records` finds, each of which needs some keys.

    Raises:
        UnreadableError: There is no record.
    """
    content = text.content
    listed = list(_records(text, path, limits))
    placed = list(zip(listed, line_numbers(content, listed), strict=True))
    good = [record.fields for record in listed if isinstance(record.fields, dict)]
    if not good:
        raise _no_record(text.name, placed)
    header = list(dict.fromkeys(key for fields in good for key in fields))
    is_empty = [isinstance(r.fields, CellError) and r.fields.code == "no-records" for r in listed]
    records = [record for record, empty in zip(listed, is_empty, strict=True) if not empty]
    table = Table(
        name=text.name,
        header=header,
        lines=records,
        first=0,
        numbers=[line for (_, line), empty in zip(placed, is_empty, strict=True) if not empty],
        split=partial(_split_record, header, ()),
        split_requiring=partial(partial, _split_record, header),
        decode=partial(cell_text, limit=limits.field_characters),
        where=lambda column, number: ".".join(filter(None, (records[number].path, column))),
        path=lambda number: records[number].path,
        stood=lambda each: utf8(content[each.at : each.end]).decode("utf-8", "backslashreplace"),
        notes=tuple(
            ("empty-list", f"{record.path}, line {line:,}: the list of records is empty")
            for record, line in compress(placed, is_empty)
        ),
    )
    return table.requiring(required)


def _no_record(name: str, placed: list[tuple[Record, int]]) -> UnreadableError:
    """What is wrong with documents that have no record: the first thing that is not just empty."""
    faults = [(each.fields, line) for each, line in placed if isinstance(each.fields, CellError)]
    fault, line = min(faults, key=lambda each: each[0].code == "no-records")
    return UnreadableError(fault.code, f"line {line:,}: {fault.message}", name, fault.hint)


def line_numbers(content: str, records: list[Record]) -> list[int]:
    """The physical line on which each record begins."""
    numbers: list[int] = []
    line, seen = 1, 0
    for record in records:
        line += content.count("\n", seen, record.at)
        seen = record.at
        numbers.append(line)
    return numbers


def _split_record(header: list[str], required: Sequence[str], record: Record) -> list[Any]:
    if isinstance(record.fields, CellError):
        raise record.fields
    _check_keys(record.fields, required)
    for key in record.twice & set(required) if record.twice else ():
        message = "the record contradicts the key of that name beside the list"
        raise CellError("duplicate-column", message, column=key)
    return [_cell(record.fields.get(column)) for column in header]


# -- one object a line -------------------------------------------------------------------------

_NOTE = "note"


def lines_table(text: Text, start: Start, limits: Limits) -> Table:
    """The table of JSON lines; a first object with nothing but a note is a comment.

    If there is no other object, its one column is the note.
    """
    number, comments = start.number, start.comments
    first = _keys(text.lines[number])
    if first == [_NOTE]:
        note = _object(text.lines[number])[_NOTE]
        comments = (*comments, *str(note or "").split("\n"))
        number += 1
    lines = text.lines[number:]
    # Every line is decoded here and once more when it is split: as objects they take several
    # times the memory of the text.
    keys: dict[str, None] = {}
    for line in lines:
        keys.update(dict.fromkeys(_keys(line)))
        if len(keys) > limits.json_columns:
            raise _too_many_columns(text.name, limits)
    header = list(keys) or (first if first == [_NOTE] else [])
    if not header:
        raise _no_object(text, number)
    return Table(
        name=text.name,
        header=header,
        lines=lines,
        first=number + 1,
        split=partial(_split_line, header, ()),
        split_requiring=partial(partial, _split_line, header),
        ends_in_newline=text.ends_in_newline,
        comments=comments,
        decode=partial(cell_text, limit=limits.field_characters),
    )


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
        return []  # split rejects the row, with its number


def _object(line: bytes) -> dict[str, Any]:
    try:
        return json_object(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise not_utf_8(fault, "line") from None


def _split_line(header: list[str], required: Sequence[str], line: bytes) -> list[Any]:
    if not line.strip():
        return []
    fields = _object(line)
    _check_keys(fields, required)
    return [_cell(fields.get(column)) for column in header]
