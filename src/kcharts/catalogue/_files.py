"""Catalogues as tables, with a line for each name, and as JSON: read and written."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import compress
from typing import Any, NamedTuple, cast

from attrs import evolve

from kcharts.catalogue._entries import Alias, CatalogueEntry, Season, key_faults
from kcharts.errors import KchartsError, Problem
from kcharts.reading import parsers
from kcharts.reading.options import Options
from kcharts.reading.reader import public_reader
from kcharts.sources.cell import CellError, Role, Typed
from kcharts.sources.json import (
    Keys,
    Record,
    as_object,
    json_object,
    json_records,
    line_numbers,
)
from kcharts.sources.opening import any_table
from kcharts.sources.report import KEPT, ReadReport
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import Table, check_header, folded_header, width_fault
from kcharts.sources.text import head_text, is_json, text_of, unquoted

# For a field that changes its meaning; a reader refuses new fields whatever the version.
VERSION = 1
ENTRY = ("key", "name", "by", "year", "kinds", "origin", "released", "ids")
ALIAS = ("text", "language", "start", "end", "season")
SEASON = ("name", "released", "ids")
COLUMNS = (*ENTRY, "season", "alias", "language", "start", "end")
LISTS = ("kinds", "ids")
_DATES = ("released", "start", "end")
_YEAR = re.compile("[0-9]{1,4000}", re.ASCII)  # a longer one is more than int() takes

Entries = tuple[list[CatalogueEntry], ReadReport]


class _Spot(NamedTuple):
    """Where something is in a source."""

    line: int | None
    path: str = ""
    """The path to it, in JSON."""
    sheet: str | None = None
    row: str | None = None
    """The whole row as it is written, in a table."""
    where: Callable[[str], str] | None = None
    """Gives a column the name that messages use, such as a cell of a sheet."""

    def column(self, name: str | None) -> str | None:
        """The column in messages; in JSON, the path to the value."""
        if self.where is not None and name is not None:
            return self.where(name)
        return ".".join(filter(None, (self.path, name))) or None

    def __str__(self) -> str:
        return f"at {self.path}" if self.path else f"on line {self.line:,}"


class _Reading:
    """One source: the parsers of its fields, and all that is wrong with it."""

    def __init__(self, source: str, options: Options) -> None:
        self.source, self.problems = source, list[Problem]()
        self.parsers: Mapping[str, Callable[[str], Any]] = {
            **dict.fromkeys(_DATES, parsers.day_as(options.date_format)),
            "origin": parsers.country,
            "year": _year,
        }

    def note(
        self, spot: _Spot, fault: Exception, column: str | None = None, value: object = None
    ) -> None:
        """Note what is wrong with a cell, or what a value's own checks say about it."""
        if isinstance(value, bytes):
            value = value.decode("utf-8", "backslashreplace")
        if not isinstance(fault, CellError):
            message = fault.message if isinstance(fault, KchartsError) else str(fault)
            fault = CellError("bad-value", message)
        self.problems.append(
            Problem(
                code=fault.code,
                message=fault.message,
                source=self.source,
                line=spot.line,
                column=spot.column(column or fault.column),
                value=value if isinstance(value, str) else fault.value,
                hint=fault.hint,
                row=spot.row,
                sheet=spot.sheet,
            )
        )

    def build(
        self,
        spot: _Spot,
        kind: Callable[..., Any],
        cells: Mapping[str, Any],
        parse: Callable[[str, Any], Any],
    ) -> Any:
        """The value that cells make, or None if something is wrong with them."""
        before = len(self.problems)
        fields: dict[str, Any] = {}
        for name, cell in cells.items():
            try:
                fields[name] = parse(name, cell)
            except CellError as fault:
                self.note(spot, fault, name, cell)
        try:
            return kind(**fields) if len(self.problems) == before else None
        except (TypeError, ValueError) as fault:
            self.note(spot, fault)
            return None

    def check_keys(self, placed: list[tuple[_Spot, CatalogueEntry]]) -> None:
        """Note the keys by which works could be confused."""
        for fault in key_faults([entry for _, entry in placed]):
            (spot, entry), (other, _) = placed[fault.entry], placed[fault.other]
            column = "key" if fault.text == entry.key else "ids"
            message = fault.message(str(other))
            self.note(spot, CellError(fault.code, message, fault.hint), column, fault.text)

    def answer(self, entries: Iterable[CatalogueEntry]) -> Entries:
        """The entries and the report, without counts of rows: a catalogue is read whole or not."""
        counts = Counter(problem.code for problem in self.problems)
        kept = tuple(self.problems[:KEPT])
        return [*entries], ReadReport((self.source,), problems=kept, counts=counts)


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise CellError("bad-integer", "expected a whole number in plain digits")
    return int(text)


# -- tables -------------------------------------------------------------------------------------

# How a workbook's cell becomes text: of any column that is not here, as a name.
_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("key", "ids"), "id"),
    **dict.fromkeys(_DATES, "date"),
    "year": "value",
}
_SIGNS = re.compile(r"\\.|.", re.DOTALL)  # a backslash makes the next character a plain one
_MARKS: Mapping[str, tuple[Callable[..., Any], str, tuple[str, ...]]] = {
    # what marks a line: what is made of it, the field that the mark is, all columns
    "name": (CatalogueEntry, "name", ENTRY),
    "alias": (Alias, "text", ("key", "alias", *ALIAS)),
    "season": (Season, "name", ("key", "season", *SEASON)),
}


@public_reader(nothing=list[CatalogueEntry])
def read_tsv(payload: Payload, options: Options) -> Entries:
    """The entries of a table."""
    if is_json(head_text(payload, options.encoding, 1024).encode()):
        message, hint = "expected a table, found JSON", "Catalogue.from_json reads it"
        raise UnreadableError("wrong-format", message, payload.name, hint)
    table = any_table(
        payload,
        lambda header: {"key", "name"} <= set(folded_header(header)),
        encoding=options.encoding,
        limits=options.limits,
    )
    check_header(table, ("key", "name"), "a catalogue")
    reading = _Reading(payload.name, options)
    # A season's line can come before the line of its entry, as in a sheet that was sorted.
    placed: list[tuple[_Spot, CatalogueEntry]] = []
    parts: list[tuple[_Spot, str, Alias | Season]] = []
    for spot, texts in _lines(reading, table):
        try:
            made = _line(reading, spot, texts)
        except CellError as fault:
            reading.note(spot, fault)
            continue
        if isinstance(made, CatalogueEntry):
            placed.append((spot, made))
        elif made is not None:
            parts.append((spot, texts["key"], made))
    entries = {entry.key: entry for _, entry in placed}
    is_broken = bool(reading.problems)  # before the loop: one unknown key must not hide the next
    for spot, key, part in parts:
        if key in entries:
            entries[key] = _joined(reading, spot, entries[key], part)
        elif not is_broken:  # else the line of the entry may be one of those that cannot be read
            hint = "an entry with that key needs a line with a name"
            message = f"no entry has the key {key!r}"
            reading.note(spot, CellError("unknown-key", message, hint, column="key", value=key))
    reading.check_keys([(spot, entries[entry.key]) for spot, entry in placed])
    return reading.answer(entries.values())


def _lines(reading: _Reading, table: Table) -> Iterator[tuple[_Spot, dict[str, str]]]:
    """The filled cells of each line, by column."""
    columns = folded_header(table.header)
    for name in columns:
        # A misspelt "relased" would otherwise lose every date without a word.
        if name not in COLUMNS:
            hint = f"the columns are {', '.join(COLUMNS)}"
            reading.note(_Spot(None), CellError("unknown-column", f"no column {name!r}", hint))
    for number, row in enumerate(table.lines, table.first):
        if table.is_blank(row):
            continue
        where = table.where and partial(_where, table.where, number)
        spot = _Spot(table.physical(number), "", table.sheet, table.stood(row), where)
        before = len(reading.problems)
        try:
            cells = table.split(row)
            if len(cells) > len(columns):  # fewer are a line without the tabs at its end
                raise width_fault(table, len(cells), number)
        except CellError as fault:
            reading.note(spot, fault)
            continue
        texts: dict[str, str] = {}
        for name, cell in zip(columns, cells, strict=False):
            if not cell:  # as most are: a line has the cells of a name, an alias or a season
                continue
            try:
                texts[name] = _text(table, name, cell)
            except CellError as fault:
                reading.note(spot, fault, name, cell)
        if len(reading.problems) == before:
            yield spot, {name: text for name, text in texts.items() if text}


def _where(where: Callable[[str, int], str], number: int, column: str) -> str:
    return where(column, number)


def _text(table: Table, name: str, cell: Any) -> str:
    """The text of a cell; in a tab-separated text, quotes are those that spreadsheets write."""
    is_open = table.delimiter == b"\t" and isinstance(cell, bytes) and cell.startswith(b'"')
    if is_open and unquoted(cell) is cell:
        hint = 'put a text that begins with a quote in quotes, and double its own: """A"" B"'
        raise CellError("unbalanced-quote", "the quotes do not close", hint)
    return table.decode(_ROLES.get(name, "name"), cell)


def _line(
    reading: _Reading, spot: _Spot, texts: dict[str, str]
) -> CatalogueEntry | Alias | Season | None:
    """The entry, alias or season of a line; None if a cell is wrong.

    CellError if it lacks a cell, or has one that belongs on another line.
    """
    mark = next((name for name in _MARKS if name in texts), None)
    if mark is None:
        raise CellError("no-name", "expected a name, an alias or a season")
    kind, field, columns = _MARKS[mark]
    odd = next((name for name in texts if name not in columns), None)
    if odd is not None:
        message = f"a line with {'an alias' if mark == 'alias' else f'a {mark}'} has no {odd}"
        hint = "give it a line of its own with the same key"
        raise CellError("odd-cell", message, hint, column=odd, value=texts[odd])
    if "key" not in texts:
        hint = "give each work a key, and all of its lines the same"
        raise CellError("missing-key", "there is no key", hint, column="key")
    cells = {field if name == mark else name: text for name, text in texts.items()}
    if mark != "name":
        del cells["key"]  # it is the entry's, not a field of an alias or a season

    def parse(name: str, text: str) -> Any:
        return tuple(_parts(text)) if name in LISTS else reading.parsers.get(name, str)(text)

    return reading.build(spot, kind, cells, parse)  # type: ignore[no-any-return]  # of the kind


def _parts(text: str) -> Iterator[str]:
    """The texts of a cell, without the blanks around the bars between them."""
    held: list[str] = []
    for sign in (*_SIGNS.findall(text), "|"):
        if sign != "|":
            held += [sign] if held or not sign.isspace() else []
            continue
        while held and held[-1].isspace():
            held.pop()
        if held:
            yield "".join(each[1:] or each for each in held)
        held = []


def _joined(
    reading: _Reading, spot: _Spot, entry: CatalogueEntry, part: Alias | Season
) -> CatalogueEntry:
    if isinstance(part, Alias):
        return evolve(entry, aliases=(*entry.aliases, part))
    try:
        return evolve(entry, seasons=(*entry.seasons, part))
    except ValueError as fault:
        reading.note(spot, fault, "season")
        return entry


def as_tsv(entries: Iterable[CatalogueEntry]) -> str:
    """The entries as a table, with a line for each entry, each season and each alias."""
    table = ["\t".join(COLUMNS)]
    for entry in entries:
        for line in _written(entry):
            cells = [_cell(line[name]) if name in line else "" for name in COLUMNS]
            table.append("\t".join(cells).rstrip("\t"))
    return "\n".join(table) + "\n"


def _written(entry: CatalogueEntry) -> Iterator[dict[str, Any]]:
    yield _fields(entry, ENTRY)
    for season in entry.seasons:
        held = _fields(season, SEASON)
        yield {"key": entry.key, "season": held.pop("name"), **held}
    for alias in entry.aliases:
        held = _fields(alias, ALIAS)
        yield {"key": entry.key, "alias": held.pop("text"), **held}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        texts: list[str] = value  # pyright: ignore[reportUnknownVariableType]  # kinds and ids
        return _quoted("|".join(map(_escaped, texts)))
    return _quoted(str(value))


def _escaped(text: str) -> str:
    """A text of several, with a backslash before bars, and before blanks at its edges."""
    plain = text.replace("\\", "\\\\").replace("|", "\\|")
    plain = f"{plain[:-1]}\\{plain[-1]}" if plain[-1].isspace() else plain
    return f"\\{plain}" if plain[0].isspace() else plain


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if cell.startswith('"') else cell


# -- JSON ---------------------------------------------------------------------------------------

_PARTS: Mapping[str, Callable[..., Any]] = {"seasons": Season, "aliases": Alias}
_KEYS: Mapping[Callable[..., Any], tuple[tuple[str, ...], tuple[str, ...]]] = {
    # all fields, and the necessary ones
    CatalogueEntry: ((*ENTRY, *_PARTS), ("key", "name")),
    Season: (SEASON, ("name",)),
    Alias: (ALIAS, ("text",)),
}


@public_reader(nothing=list[CatalogueEntry])
def read_json(payload: Payload, options: Options) -> Entries:
    """The entries of a JSON text."""
    content = text_of(payload, options.encoding, options.limits).content
    answer = _of_document(_Reading(payload.name, options), content, [])
    if answer[1].is_clean:
        return answer
    # The walk that knows on which line each entry is costs as much as all the rest.
    records = list(json_records(content, ("entries",), Keys(payload.name, options.limits)))
    return _of_document(_Reading(payload.name, options), content, records)


def _of_document(reading: _Reading, content: str, records: list[Record]) -> Entries:
    """The entries of a document; their faults get lines if its records are given."""
    lines = line_numbers(content, records)
    try:
        document = json_object(content)
    except CellError as fault:
        broken = (isinstance(record.fields, CellError) for record in records)
        spots = (_Spot(line, record.path) for line, record in zip(lines, records, strict=True))
        reading.note(next(compress(spots, broken), _Spot(None)), fault)
        return reading.answer([])
    placed: list[tuple[_Spot, CatalogueEntry]] = []
    for number, value in enumerate(_entries(reading, document)):
        spot = _Spot(lines[number] if lines else None, f"$.entries[{number}]")
        entry = _object(reading, spot, CatalogueEntry, value)
        if entry is not None:
            placed.append((spot, entry))
    reading.check_keys(placed)
    return reading.answer(entry for _, entry in placed)


def _entries(reading: _Reading, document: dict[str, Any]) -> list[Any]:
    entries, version, spot = document.get("entries"), document.get("version"), _Spot(None, "$")
    if document.keys() != {"version", "entries"} or not isinstance(entries, list):
        expected = 'expected an object of "version" and "entries", a list'
        reading.note(spot, CellError("bad-value", expected, "Catalogue.to_json writes one"))
        return []
    if not isinstance(version, Typed) or version != str(VERSION):
        expected, hint = f"expected version {VERSION}", "a newer kcharts wrote it"
        reading.note(spot, CellError("bad-version", expected, hint), "version", version)
        return []
    return entries  # pyright: ignore[reportUnknownVariableType]  # whatever JSON holds


def _object(reading: _Reading, spot: _Spot, kind: Callable[..., Any], value: object) -> Any:
    """The value of one JSON object, or None if something is wrong with it."""
    try:
        fields = as_object(value)
    except CellError as fault:
        reading.note(spot, fault)
        return None
    allowed, needed = _KEYS[kind]
    lacking = [name for name in needed if name not in fields]
    for name in lacking:
        reading.note(spot, CellError("missing-field", f"there is no {name!r}"))
    if lacking:
        return None

    def parse(name: str, value: Any) -> Any:
        if name not in allowed:
            hint = f"the fields are {', '.join(allowed)}"
            raise CellError("unknown-field", f"no field {name!r}", hint)
        if name not in _PARTS:
            return _value(reading, name, value)
        if not isinstance(value, list):
            raise CellError("bad-value", "expected a list")
        return tuple(
            _object(reading, spot._replace(path=f"{spot.path}.{name}[{at}]"), _PARTS[name], each)
            for at, each in enumerate(cast("list[object]", value))
        )

    return reading.build(spot, kind, fields, parse)


def _value(reading: _Reading, name: str, value: Any) -> Any:
    if name in LISTS:
        texts = cast("list[object]", value) if isinstance(value, list) else [None]
        if not all(map(_is_text, texts)):
            raise CellError("bad-value", "expected a list of texts")
        return tuple(texts)
    if value is None:
        return None
    if name == "year" and not isinstance(value, Typed):
        raise CellError("bad-value", "expected a number")
    if name != "year" and not _is_text(value):
        raise CellError("bad-value", "expected text")
    return reading.parsers.get(name, str)(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Typed)


def as_json(entries: Iterable[CatalogueEntry]) -> str:
    content = {"version": VERSION, "entries": [_as_object(entry) for entry in entries]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _as_object(entry: CatalogueEntry) -> dict[str, Any]:
    fields = _fields(entry, ENTRY)
    if entry.seasons:
        fields["seasons"] = [_fields(season, SEASON) for season in entry.seasons]
    if entry.aliases:
        fields["aliases"] = [_fields(alias, ALIAS) for alias in entry.aliases]
    return fields


def _fields(value: CatalogueEntry | Alias | Season, names: Iterable[str]) -> dict[str, Any]:
    """The filled fields, as JSON has them."""
    held = {name: _plain(getattr(value, name)) for name in names}
    return {name: each for name, each in held.items() if each not in (None, [])}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        parts: tuple[Any, ...] = value  # pyright: ignore[reportUnknownVariableType]  # of texts
        return list(parts)
    if value is None or isinstance(value, str | int):
        return value
    return getattr(value, "alpha2", None) or value.isoformat()
