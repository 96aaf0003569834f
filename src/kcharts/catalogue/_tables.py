"""A catalogue from a table: every mistake with its line and column, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from kcharts.catalogue._entries import Alias, CatalogueEntry, Season
from kcharts.catalogue._reading import (
    LISTS,
    Place,
    Reading,
    Source,
    built,
    check_keys,
    said,
    text_of,
)
from kcharts.catalogue._writing import ALIAS, COLUMNS, ENTRY, SEASON

_SIGNS = re.compile(r"\\.|.", re.DOTALL)  # a backslash makes the next character a plain one
_YEAR = re.compile("[0-9]{1,4000}", re.ASCII)
_QUOTED = re.compile('"(?:[^"]|"")*"')


def _parts(text: str) -> Iterator[str]:
    """The texts of a cell, without the blanks around the bars."""
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


def _cell(name: str, text: str) -> Any:
    if name in LISTS:
        return list(_parts(text))
    return int(text) if name == "year" and _YEAR.fullmatch(text) else text


def _unquoted(reading: Reading, place: Place, name: str, cell: str) -> str:
    """A cell as spreadsheets write it: in quotes, with those inside it doubled."""
    if not cell.startswith('"'):
        return cell
    if not _QUOTED.fullmatch(cell):
        hint = 'a text that begins with a quote stands in quotes, with its own doubled: """A"" B"'
        message = "the quotes do not close"
        reading.note("unbalanced-quote", message, place, column=name, value=cell, hint=hint)
    return cell[1:-1].replace('""', '"')


def _header(reading: Reading, line: str) -> list[str]:
    names = line.split("\t")
    columns = f"the columns are {', '.join(COLUMNS)}"
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            reading.note("unknown-column", f"no column {name!r}", Place(1), hint=columns)
        elif names.count(name) > 1:
            reading.note("duplicate-column", f"column {name!r} stands twice", Place(1))
    for name in ("key", "name"):
        if name not in names:
            reading.note("missing-column", f"there is no column {name!r}", Place(1), hint=columns)
    reading.finish()
    return names


def _rows(reading: Reading, text: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The cells of each line that are not empty, by column."""
    head, *lines = text.replace("\r\n", "\n").split("\n")
    names = _header(reading, head)
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        if len(cells) > len(names):
            expected = f"expected {len(names)} cells, found {len(cells)}"
            reading.note("wrong-cell-count", expected, Place(number))
        elif any(cells):
            place, before = Place(number), len(reading.problems)
            held = {
                name: _unquoted(reading, place, name, cell)
                for name, cell in zip(names, cells, strict=False)
                if cell
            }
            if len(reading.problems) == before:
                yield place, {name: _cell(name, cell) for name, cell in held.items() if cell}


_KINDS = (
    # what marks a line, what is made of it, the field that the mark is, the other columns
    ("name", CatalogueEntry, "name", ENTRY),
    ("alias", Alias, "text", ("alias", *ALIAS)),
    ("season", Season, "name", ("season", *SEASON)),
)


def _line(reading: Reading, place: Place, cells: dict[str, Any]) -> tuple[str, Any] | None:
    """What a line says, and the column that marks it; None where something is wrong."""
    for mark, kind, named, columns in _KINDS:
        if mark not in cells:
            continue
        odd = [name for name in cells if name not in ("key", *columns)]
        if odd:
            message = f"a line with {_articled(mark)} has no {odd[0]}"
            hint = "give it a line of its own with the same key"
            reading.note("odd-cell", message, place, column=odd[0], value=cells[odd[0]], hint=hint)
            return None
        if "key" not in cells:
            hint = "give each work a key, and all of its lines the same"
            reading.note("missing-key", "there is no key", place, column="key", hint=hint)
            return None
        fields = {named if name == mark else name: value for name, value in cells.items()}
        if mark != "name":
            fields.pop("key", None)
        return mark, built(reading, place, kind, fields)
    reading.note("no-name", "expected a name, an alias or a season", place)
    return None


def _articled(word: str) -> str:
    return f"an {word}" if word == "alias" else f"a {word}"


def read_tsv(source: Source) -> list[CatalogueEntry]:
    """The entries of a table."""
    reading, text = text_of(source)
    found: list[tuple[Place, CatalogueEntry]] = []
    parts: list[tuple[Place, Any, str]] = []
    for place, cells in _rows(reading, text):
        said = _line(reading, place, cells)
        if said is not None and said[1] is not None:
            if said[0] == "name":
                found.append((place, said[1]))
            else:
                parts.append((place, said[1], cells["key"]))
    entries = {entry.key: entry for _, entry in found}
    broken = bool(reading.problems)
    for place, part, key in parts:
        entry = entries.get(key)
        if entry is not None:
            entries[key] = _joined(reading, place, entry, part)
        elif not broken:  # else the line of the entry is one of those that cannot be read
            hint = "an entry with that key needs a line with a name"
            message = f"no entry has the key {key!r}"
            reading.note("unknown-key", message, place, column="key", value=key, hint=hint)
    check_keys(reading, [(place, entries[entry.key]) for place, entry in found])
    reading.finish()
    return list(entries.values())


def _joined(
    reading: Reading, place: Place, entry: CatalogueEntry, part: Alias | Season
) -> CatalogueEntry:
    """The entry with an alias or a season more."""
    if isinstance(part, Alias):
        return evolve(entry, aliases=(*entry.aliases, part))
    try:
        return evolve(entry, seasons=(*entry.seasons, part))
    except ValueError as fault:
        reading.note("bad-value", said(fault), place, column="season")
        return entry
