"""A catalogue as text: a table with a line for each name, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kcharts.catalogue._entries import Alias, CatalogueEntry, Season

COLUMNS = (
    "key",
    "name",
    "by",
    "year",
    "kinds",
    "origin",
    "released",
    "ids",
    "season",
    "alias",
    "language",
    "start",
    "end",
)
VERSION = 1


def _plain(value: Any) -> Any:
    """A field as JSON has it."""
    if isinstance(value, tuple):
        parts: tuple[Any, ...] = value  # pyright: ignore[reportUnknownVariableType]  # of texts
        return list(parts)
    if value is None or isinstance(value, str | int):
        return value
    return getattr(value, "alpha2", None) or value.isoformat()


def _fields(value: CatalogueEntry | Alias | Season, names: Iterable[str]) -> dict[str, Any]:
    """The fields that say something."""
    held = {name: _plain(getattr(value, name)) for name in names}
    return {name: each for name, each in held.items() if each not in (None, [])}


ENTRY = ("key", "name", "by", "year", "kinds", "origin", "released", "ids")
ALIAS = ("text", "language", "start", "end", "season")
SEASON = ("name", "released", "ids")


def _as_object(entry: CatalogueEntry) -> dict[str, Any]:
    found = _fields(entry, ENTRY)
    if entry.seasons:
        found["seasons"] = [_fields(season, SEASON) for season in entry.seasons]
    if entry.aliases:
        found["aliases"] = [_fields(alias, ALIAS) for alias in entry.aliases]
    return found


def as_json(entries: Iterable[CatalogueEntry]) -> str:
    """The entries as JSON, one after the other."""
    content = {"version": VERSION, "entries": [_as_object(entry) for entry in entries]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _cell(value: Any) -> str:
    if isinstance(value, list):
        texts: list[str] = value  # pyright: ignore[reportUnknownVariableType]  # kinds and ids
        return _quoted("|".join(map(_escaped, texts)))
    return _quoted(str(value))


def _escaped(text: str) -> str:
    """A text of several: what ends one, and blanks at its edges, with a backslash before it."""
    plain = text.replace("\\", "\\\\").replace("|", "\\|")
    plain = f"{plain[:-1]}\\{plain[-1]}" if plain[-1].isspace() else plain
    return f"\\{plain}" if plain[0].isspace() else plain


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if cell.startswith('"') else cell


def _lines(entry: CatalogueEntry) -> Iterator[dict[str, Any]]:
    yield _fields(entry, ENTRY)
    for season in entry.seasons:
        held = _fields(season, SEASON)
        yield {"key": entry.key, "season": held.pop("name"), **held}
    for alias in entry.aliases:
        held = _fields(alias, ALIAS)
        yield {"key": entry.key, "alias": held.pop("text"), **held}


def as_tsv(entries: Iterable[CatalogueEntry]) -> str:
    """The entries as a table: a line for each, one for each season, and one for each alias."""
    table = ["\t".join(COLUMNS)]
    for entry in entries:
        for line in _lines(entry):
            cells = [_cell(line[name]) if name in line else "" for name in COLUMNS]
            table.append("\t".join(cells).rstrip("\t"))
    return "\n".join(table) + "\n"
