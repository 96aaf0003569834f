"""JSON documents as tables: the records of a list inside, each with its line and its path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from kcharts.formats._cells import CellError, Typed, cell_text
from kcharts.formats._jsonvalues import as_object, json_cell, json_value
from kcharts.formats._options import LIMITS, Limits, Options
from kcharts.formats._source import Payload, UnreadableError
from kcharts.formats._tabular import Table
from kcharts.formats._text import Text, text_of

_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT = re.compile(r"\n(?=[\[{])")


class Record(NamedTuple):
    """One record of a document.

    Attributes:
        stood: Its text as it stood.
        at: Where it begins in the whole text.
        path: Its place in the document, such as `$.data[3]`.
        fields: Its values by key, those of objects inside by `outer.inner`; or what is wrong.
    """

    stood: str
    at: int
    path: str
    fields: dict[str, Any] | CellError


def json_records(text: str, path: tuple[str, ...] = ()) -> Iterator[Record]:
    """The records of all documents of a text, one after another.

    Args:
        text: One JSON document, or several.
        path: The keys that lead from a document to its list of records; without them the
            document is the list, or one record. What stands beside the list belongs to each.
    """
    at = _skip(text, 0)
    while at < len(text):
        walk = _Walk(text, path)
        yield from walk.document(at)
        at = _skip(text, walk.end)


class _Walk:
    """The way through one document; `end` is where it ends, or where the next may begin."""

    def __init__(self, text: str, path: tuple[str, ...]) -> None:
        self.text, self.path, self.end = text, path, 0
        self.beside: dict[str, Any] = {}

    def document(self, at: int) -> list[Record]:
        found: list[Record] = []
        try:
            self.end = self._inside(at, self.path, "$", found)
        except CellError as fault:
            start = found[-1].at + len(found[-1].stood) if found else at
            start = _skip(self.text, start)
            after = _NEXT.search(self.text, start + 1)
            self.end = after.end() if after else len(self.text)
            stood = self.text[start : self.end].rstrip("\r\n")
            path = fault.column or (f"$[{len(found)}]" if found else "$")
            found.append(Record(stood, start, path, fault))
        return [self._whole(record) for record in found]

    def _whole(self, record: Record) -> Record:
        """The record with what stands beside its list."""
        if isinstance(record.fields, CellError):
            return record
        return record._replace(fields={**self.beside, **record.fields})

    def _inside(self, at: int, path: tuple[str, ...], where: str, found: list[Record]) -> int:
        if not path:
            return self._list(at, where, found)
        at = self._mark(at, "{", where)
        seen: set[str] = set()
        while self.text[at : at + 1] != "}":
            key, at = self._key(at)
            if key in seen:
                raise CellError("duplicate-column", f"the key {key!r} stands twice in {where}")
            seen.add(key)
            if key == path[0]:
                at = self._inside(at, path[1:], f"{where}.{key}", found)
            else:
                value, at = json_value(self.text, at)
                self.beside.update(_flat(f"{where}.{key}".removeprefix("$."), value))
            at = self._next(at, "}", where)
        if path[0] not in seen:
            raise CellError("bad-json", f"expected the key {path[0]!r} in {where}")
        return at + 1

    def _list(self, at: int, where: str, found: list[Record]) -> int:
        if where == "$" and self.text[at] == "{":
            return self._record(at, where, found)
        at = self._mark(at, "[", where)
        while self.text[at : at + 1] != "]":
            at = self._next(self._record(at, f"{where}[{len(found)}]", found), "]", where)
        return at + 1

    def _record(self, at: int, where: str, found: list[Record]) -> int:
        value, end = json_value(self.text, at)
        fields: dict[str, Any] | CellError
        try:
            fields = {
                name: held
                for key, part in as_object(value).items()
                for name, held in _flat(key, part).items()
            }
        except CellError as fault:
            fields = fault
        found.append(Record(self.text[at:end], at, where, fields))
        return end

    def _mark(self, at: int, mark: str, where: str) -> int:
        """Past an opening bracket, or an error that says what is there instead."""
        if self.text[at : at + 1] != mark:
            kind = "a list" if mark == "[" else "an object"
            fault = CellError("bad-json", f"expected {kind} at {where}")
            fault.column, fault.value = where, self.text[at : at + 40]
            raise fault
        return _skip(self.text, at + 1)

    def _key(self, at: int) -> tuple[str, int]:
        key, at = json_value(self.text, at)
        at = _skip(self.text, at)
        if not isinstance(key, str) or isinstance(key, Typed) or self.text[at : at + 1] != ":":
            message = f"expected a key in quotes and ':' before character {at + 1:,} of the text"
            raise CellError("bad-json", message)
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
            raise CellError("bad-json", f"{message}, in {where}")
        return after


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _flat(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, tuple) or not value:
        return {key: value}
    inner: dict[str, Any] = {}
    for name, part in as_object(value).items():
        inner.update(_flat(f"{key}.{name}", part))
    return inner


def whole_text(text: Text) -> str:
    """A text in one piece; bytes that are no UTF-8 as lone surrogates."""
    return b"\n".join(text.lines).decode("utf-8", "surrogateescape")


def first_fields(payload: Payload, options: Options, path: tuple[str, ...]) -> list[str]:
    """The keys of the first record of JSON documents; none where there is no record."""
    records = json_records(whole_text(text_of(payload, options.encoding)), path)
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
        limits: How long a cell may be.

    Raises:
        UnreadableError: There is no record.
    """
    content = whole_text(text)
    records = list(json_records(content, path))
    good = [record.fields for record in records if isinstance(record.fields, dict)]
    if not good:
        fault = next((r.fields for r in records if isinstance(r.fields, CellError)), None)
        message = "the list of records is empty" if fault is None else fault.message
        code = "no-records" if fault is None else fault.code
        raise UnreadableError(code, message, text.name)
    header = list(dict.fromkeys(key for fields in good for key in fields))
    return Table(
        name=text.name,
        header=header,
        lines=records,
        first=0,
        numbers=_numbers(content, records),
        split=partial(_split, header, required),
        decode=partial(cell_text, limit=limits.field_characters),
        where=lambda column, number: f"{records[number].path}.{column}",
        stood=lambda record: record.stood,
    )


def _numbers(content: str, records: list[Record]) -> list[int]:
    """The physical line on which each record begins."""
    numbers: list[int] = []
    line, seen = 1, 0
    for record in records:
        line += content.count("\n", seen, record.at)
        seen = record.at
        numbers.append(line)
    return numbers


def _split(header: list[str], required: tuple[str, ...], record: Record) -> list[Any]:
    if isinstance(record.fields, CellError):
        raise record.fields
    for key in required:
        if key in header and key not in record.fields:
            fault = CellError("missing-value", "the record lacks the key")
            fault.column = key
            raise fault
    return [json_cell(record.fields.get(column)) for column in header]
