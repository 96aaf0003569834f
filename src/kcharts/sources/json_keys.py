"""The keys of JSON records as columns: how many there are, how long, which cannot be left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kcharts.sources.cell import CellError
from kcharts.sources.json_values import as_object
from kcharts.sources.limits import Limits
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import folded_header


def needed(header: list[str], required: Iterable[str]) -> list[str]:
    """The required columns, as the header writes them."""
    keys = set(folded_header(required))
    return [name for name, key in zip(header, folded_header(header), strict=True) if key in keys]


def check_keys(fields: Mapping[str, Any], required: Iterable[str]) -> None:
    """Raise `CellError` where a record lacks a key."""
    for key in required:
        if key not in fields:
            fault = CellError("missing-value", "the record lacks the key")
            fault.column = key
            raise fault


def too_many_columns(source: str, limits: Limits) -> UnreadableError:
    """The error of records whose keys are hardly columns."""
    message = f"the records have more than {limits.json_columns:,} keys: is an id among them?"
    hint = "limits=Limits(json_columns=...) raises the limit"
    return UnreadableError("limit-exceeded", message, source, hint)


class Keys:
    """The keys of the records of one source, those of objects inside as `outer.inner`."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.known: dict[str, str] = {}

    def flatten(self, pairs: dict[str, Any], into: dict[str, Any], outer: str = "") -> None:
        """Put the values of an object, and of objects inside, under one key each.

        Raises:
            CellError: A key is too long, or stands twice.
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
            if len(start) + len(key) > self.limits.field_characters:
                raise self._too_long(len(start) + len(key))
            name = start + key
            if isinstance(value, tuple) and value:
                inner = as_object(value)
                waiting += [(f"{name}.", key, inner[key]) for key in reversed(inner)]
                continue
            name = self.known[name] if name in self.known else self._new(name)
            if name in into:
                raise CellError("duplicate-column", f"the key {name!r} stands twice")
            into[name] = value

    def _new(self, name: str) -> str:
        if len(self.known) >= self.limits.json_columns:
            raise too_many_columns(self.source, self.limits)
        return self.known.setdefault(name, name)

    def _too_long(self, size: int) -> CellError:
        most = self.limits.field_characters
        hint = "limits=Limits(field_characters=...) raises the limit"
        return CellError("field-too-long", f"a key of {size:,} characters, {most:,} at most", hint)
