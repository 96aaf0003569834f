"""A catalogue from JSON: every mistake with the path to it, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kcharts.catalogue._entries import Alias, CatalogueEntry, Season
from kcharts.catalogue._reading import Place, Reading, Source, built, check_keys, text_of
from kcharts.catalogue._writing import ALIAS, ENTRY, SEASON, VERSION
from kcharts.model import _checks as checks


def _parsed(reading: Reading, text: str) -> list[Any]:
    """The entries of a JSON text, as they stand."""
    content: Any = None
    try:
        content = json.loads(text, object_pairs_hook=_fields_once)
    except json.JSONDecodeError as fault:
        message = f"no JSON: {fault.msg}, at character {fault.colno}"
        reading.note("bad-json", message, Place(fault.lineno))
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits; deep nesting
        reading.note("bad-json", f"no JSON that can be read: {fault}", Place(None))
    reading.finish()
    held: dict[str, Any] = {}
    if isinstance(content, dict):
        held.update(content)  # pyright: ignore[reportUnknownArgumentType]  # JSON's keys are texts
    if held.keys() != {"version", "entries"} or not isinstance(held["entries"], list):
        expected = 'expected an object of "version" and "entries", a list'
        reading.note("bad-value", expected, Place(None), hint="Catalogue.to_json writes one")
    elif type(held["version"]) is not int or held["version"] != VERSION:
        message = f"expected version {VERSION}, found {checks.shown(held['version'])}"
        reading.note(
            "bad-version", message, Place(None, "version"), hint="a newer kcharts wrote it"
        )
    reading.finish()
    return held["entries"]  # type: ignore[no-any-return]  # a list, as has been seen


def _fields_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which no field stands twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            of = f" of the object with the key {found['key']!r}" if "key" in found else ""
            message = f"the field {name!r}{of} stands twice"
            raise ValueError(message)
        found[name] = value
    return found


def _object(reading: Reading, place: Place, value: object, kind: Callable[..., Any]) -> Any:
    """The value of one JSON object, or None where something is wrong."""
    if not isinstance(value, dict):
        reading.note("bad-value", f"expected an object, found {checks.shown(value)}", place)
        return None
    fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType]  # JSON's keys are texts
    before = len(reading.problems)
    allowed, needed = _FIELDS[kind]
    for name in fields:
        if name not in allowed:
            hint = f"the fields are {', '.join(allowed)}"
            reading.note("unknown-field", f"no field {name!r}", place, column=name, hint=hint)
    for name in needed:
        if name not in fields:
            reading.note("missing-field", f"there is no {name!r}", place)
    plain = {
        name: _parts(reading, place, name, each) if name in _PARTS else each
        for name, each in fields.items()
    }
    return built(reading, place, kind, plain) if len(reading.problems) == before else None


def _parts(reading: Reading, place: Place, name: str, value: object) -> tuple[Any, ...]:
    """The seasons or the aliases of an entry."""
    if not isinstance(value, list):
        reading.note("bad-value", "expected a list", place, column=name, value=value)
        return ()
    listed: list[object] = value  # pyright: ignore[reportUnknownVariableType]  # whatever it holds
    return tuple(
        _object(reading, Place(None, f"{place.path}.{name}[{number}]"), each, _PARTS[name])
        for number, each in enumerate(listed)
    )


_PARTS: Mapping[str, Callable[..., Any]] = {"seasons": Season, "aliases": Alias}
_FIELDS: Mapping[Callable[..., Any], tuple[tuple[str, ...], tuple[str, ...]]] = {
    # all fields, and those that must be there
    CatalogueEntry: ((*ENTRY, *_PARTS), ("key", "name")),
    Season: (SEASON, ("name",)),
    Alias: (ALIAS, ("text",)),
}


def read_json(source: Source) -> list[CatalogueEntry]:
    """The entries of a JSON text."""
    reading, text = text_of(source)
    found: list[tuple[Place, CatalogueEntry]] = []
    for number, value in enumerate(_parsed(reading, text)):
        place = Place(None, f"entries[{number}]")
        entry = _object(reading, place, value, CatalogueEntry)
        if entry is not None:
            found.append((place, entry))
    check_keys(reading, found)
    reading.finish()
    return [entry for _, entry in found]
