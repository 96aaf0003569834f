"""JSON documents as tables: the records of a list inside, each with its line and its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import partial
from typing import Any, NamedTuple

from kcharts.model._checks import shown
from kcharts.sources.cell import CellError, Typed, cell_text
from kcharts.sources.json_keys import Keys, check_keys, needed
from kcharts.sources.json_values import as_object, json_cell, json_value, utf8
from kcharts.sources.limits import LIMITS, Limits, Options
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import Needs, Table
from kcharts.sources.text import Text, text_of

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")  # files put one after another keep their marks
_NEXT = re.compile(r"\n(?=\ufeff?[\[{])")


_NONE: Set[str] = frozenset()


class Record(NamedTuple):
    """One record of a document.

    Attributes:
        stood: Its text as it stood.
        at: Where it begins in the whole text.
        path: Its place in the document, such as `$.data[3]`.
        fields: Its values by key, those of objects inside by `outer.inner`; or what is wrong.
        twice: The keys that have another value beside the list of records.
    """

    stood: str
    at: int
    path: str
    fields: dict[str, Any] | CellError
    twice: Set[str] = _NONE


def json_records(text: str, path: tuple[str, ...], keys: Keys) -> Iterator[Record]:
    """The records of all documents of a text, one after another; and lists that have none.

    Args:
        text: One JSON document, or several, also as a list of documents.
        path: The keys that lead from a document to its list of records; without them the
            document is the list, or one record. What stands beside the list belongs to each.
        keys: What keeps the keys.
    """
    at = _skip(text, 0)
    while at < len(text):
        walk = _Walk(text, path, keys)
        yield from walk.document(at)
        at = _skip(text, walk.end)


class _Walk:
    """The way through one document; `end` is where it ends, or where the next may begin."""

    def __init__(self, text: str, path: tuple[str, ...], keys: Keys) -> None:
        self.text, self.path, self.keys, self.end = text, path, keys, 0
        self.beside: dict[str, Any] = {}

    def document(self, at: int) -> list[Record]:
        found: list[Record] = []
        try:
            self.end = self._documents(at, found)
        except CellError as fault:
            start = found[-1].at + len(found[-1].stood) if found else at
            start = _skip(self.text, start)
            after = _NEXT.search(self.text, start + 1)
            self.end = after.end() if after else len(self.text)
            stood = self.text[start : self.end].rstrip("\r\n")
            found.append(_broken(stood, start, fault.column or "$", fault))
        return found

    def _documents(self, at: int, found: list[Record]) -> int:
        """A document, or a list of such as are objects with a list of records inside."""
        if not self.path or self.text[at] != "[":
            return self._document(at, "$", found)
        start, at, count = at, self._mark(at, "[", "$"), 0
        while self.text[at : at + 1] != "]":
            at = self._next(self._document(at, f"$[{count}]", found), "]", "$")
            count += 1
        return self._told_if_empty(start, at + 1, "$", found)

    def _document(self, at: int, where: str, found: list[Record]) -> int:
        self.beside, own = {}, list[Record]()
        try:
            return self._inside(at, self.path, where, own)
        finally:
            found.extend(map(self._whole, own))

    def _whole(self, record: Record) -> Record:
        """The record with what stands beside its list."""
        fields, beside = record.fields, self.beside
        if isinstance(fields, CellError) or not beside:
            return record
        twice = {key for key in fields.keys() & beside.keys() if fields[key] != beside[key]}
        return Record(record.stood, record.at, record.path, {**beside, **fields}, twice or _NONE)

    def _inside(self, at: int, path: tuple[str, ...], where: str, found: list[Record]) -> int:
        if not path:
            return self._list(at, where, found)
        at = self._mark(at, "{", where)
        seen: set[str] = set()
        while self.text[at : at + 1] != "}":
            key, at = self._key(at, where)
            if key in seen:
                raise _at(
                    where, "duplicate-column", f"the key {shown(key)} stands twice in {where}"
                )
            seen.add(key)
            if key == path[0]:
                at = self._inside(at, path[1:], f"{where}.{key}", found)
            else:
                value, at = self._value(at, f"{where}.{key}")
                self.keys.flatten({key: value}, self.beside, where.partition(".")[2])
            at = self._next(at, "}", where)
        if path[0] not in seen:
            raise _at(where, "bad-json", f"expected the key {path[0]!r} in {where}")
        return at + 1

    def _list(self, start: int, where: str, found: list[Record]) -> int:
        if where == "$" and self.text[start] == "{":
            return self._record(start, where, found)
        at = self._mark(start, "[", where)
        while self.text[at : at + 1] != "]":
            at = self._next(self._record(at, f"{where}[{len(found)}]", found), "]", where)
        return self._told_if_empty(start, at + 1, where, found)

    def _told_if_empty(self, start: int, end: int, where: str, found: list[Record]) -> int:
        if not found:
            fault = CellError("no-records", "the list of records is empty")
            found.append(_broken(self.text[start:end], start, where, fault))
        return end

    def _record(self, at: int, where: str, found: list[Record]) -> int:
        value, end = self._value(at, where)
        stood = self.text[at:end]
        fields: dict[str, Any] = {}
        try:
            self.keys.flatten(as_object(value), fields)
        except CellError as fault:
            found.append(_broken(stood, at, where, fault))
        else:
            found.append(Record(stood, at, where, fields))
        return end

    def _value(self, at: int, where: str) -> tuple[Any, int]:
        try:
            return json_value(self.text, at)
        except CellError as fault:
            fault.column = where
            raise

    def _mark(self, at: int, mark: str, where: str) -> int:
        """Past an opening bracket, or an error that says what is there instead."""
        if self.text[at : at + 1] != mark:
            kind = "a list" if mark == "[" else "an object"
            fault = _at(where, "bad-json", f"expected {kind} at {where}")
            fault.value = self.text[at : at + 40]
            raise fault
        return _skip(self.text, at + 1)

    def _key(self, at: int, where: str) -> tuple[str, int]:
        key, at = self._value(at, where)
        at = _skip(self.text, at)
        if not isinstance(key, str) or isinstance(key, Typed) or self.text[at : at + 1] != ":":
            message = f"expected a key in quotes and ':' before character {at + 1:,} of the text"
            raise _at(where, "bad-json", message)
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
            raise _at(where, "bad-json", f"{message}, in {where}")
        return after


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _at(where: str, code: str, message: str) -> CellError:
    fault = CellError(code, message)
    fault.column = where
    return fault


def _broken(stood: str, at: int, path: str, fault: CellError) -> Record:
    """A record as a whole of which something is wrong: its path says where."""
    bare = fault.again()  # an error that was raised holds on to all that was at hand
    bare.column = ""
    return Record(stood, at, path, bare)


def whole_text(text: Text) -> str:
    """A text in one piece; bytes that are no UTF-8 as lone surrogates."""
    return b"\n".join(text.lines).decode("utf-8", "surrogateescape")


def first_fields(payload: Payload, options: Options, path: tuple[str, ...]) -> list[str]:
    """The keys of the first record of JSON documents; none where there is no record."""
    text = whole_text(text_of(payload, options.encoding))
    records = json_records(text, path, Keys(payload.name, options.limits))
    good = (record.fields for record in records if isinstance(record.fields, dict))
    return list(next(good, dict[str, Any]()))


def document_table(
    text: Text,
    path: tuple[str, ...],
    required: tuple[str, ...],
    limits: Limits = LIMITS,
) -> Table:
    """The table of the records of JSON documents.

    Args:
        text: One document, or several.
        path: The keys that lead to the list of records.
        required: The keys that no record can do without.
        limits: How long a cell may be, and how many columns there may be.

    Raises:
        UnreadableError: There is no record.
    """
    return records_table(text, path, lambda _: required, limits)


def records_table(text: Text, path: tuple[str, ...], needs: Needs, limits: Limits) -> Table:
    """The table of JSON documents whose required keys hang on all keys that there are.

    Raises:
        UnreadableError: There is no record.
    """
    content = whole_text(text)
    found = list(json_records(content, path, Keys(text.name, limits)))
    lines = _numbers(content, found)
    good = [record.fields for record in found if isinstance(record.fields, dict)]
    if not good:
        raise _no_record(text.name, found, lines)
    header = list(dict.fromkeys(key for fields in good for key in fields))
    is_empty = [isinstance(r.fields, CellError) and r.fields.code == "no-records" for r in found]
    records = [record for record, empty in zip(found, is_empty, strict=True) if not empty]
    return Table(
        name=text.name,
        header=header,
        lines=records,
        first=0,
        numbers=[line for line, empty in zip(lines, is_empty, strict=True) if not empty],
        split=partial(_split, header, needed(header, needs(header))),
        decode=partial(cell_text, limit=limits.field_characters),
        where=lambda column, number: ".".join(filter(None, (records[number].path, column))),
        path=lambda number: records[number].path,
        stood=lambda record: utf8(record.stood).decode("utf-8", "backslashreplace"),
        notes=tuple(
            ("empty-list", f"{record.path}, line {line:,}: the list of records is empty")
            for record, line, empty in zip(found, lines, is_empty, strict=True)
            if empty
        ),
    )


def _no_record(name: str, found: list[Record], lines: list[int]) -> UnreadableError:
    """What is wrong with documents that have no record: the first thing that is not just empty."""
    faults = [(r.fields, line) for r, line in zip(found, lines, strict=True)]
    told = [(fault, line) for fault, line in faults if isinstance(fault, CellError)]
    fault, line = min(told, key=lambda each: each[0].code == "no-records")
    return UnreadableError(fault.code, f"line {line:,}: {fault.message}", name, fault.hint)


def _numbers(content: str, records: list[Record]) -> list[int]:
    """The physical line on which each record begins."""
    numbers: list[int] = []
    line, seen = 1, 0
    for record in records:
        line += content.count("\n", seen, record.at)
        seen = record.at
        numbers.append(line)
    return numbers


def _split(header: list[str], required: list[str], record: Record) -> list[Any]:
    if isinstance(record.fields, CellError):
        raise record.fields
    check_keys(record.fields, required)
    for key in record.twice & set(required) if record.twice else ():
        message = "the record says something else than what stands beside the list"
        raise _at(key, "duplicate-column", message)
    return [json_cell(record.fields.get(column)) for column in header]
