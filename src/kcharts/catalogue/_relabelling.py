"""Giving a history's titles the identity of works, row by row."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kcharts.catalogue._entries import Found
from kcharts.errors import AmbiguousTitleError, ConflictError
from kcharts.model._retitling import lists_of, retitled
from kcharts.model._rows import EXTRA
from kcharts.model._store import Column, Store, encoded
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

if TYPE_CHECKING:
    from kcharts.catalogue._catalogue import Catalogue

T = TypeVar("T")
Resolver = Callable[[int, int], Found | None]

# What of a title a row keeps in its extras, where the work is called otherwise.
_PRINTED = {
    "name": "title as printed",
    "by": "by as printed",
    "season": "season as printed",
    "kind": "kind as printed",
    "year": "year as printed",
}


def _resolver(catalogue: Catalogue, store: Store) -> Resolver:
    """What the title of a code is on the date of an ordinal; each question is asked once."""
    candidates = [catalogue.candidates(title) for title in store.titles]
    dated = [any(not each.holds(None) for each in those) for those in candidates]
    known: dict[tuple[int, int], Found | None] = {}

    def resolve(code: int, ordinal: int) -> Found | None:
        if not candidates[code]:
            return None
        key = (code, ordinal if dated[code] else 0)
        if key not in known:
            date = dt.date.fromordinal(ordinal) if dated[code] else None
            known[key] = catalogue.decide(store.titles[code], candidates[code], date)
        return known[key]

    return resolve


def unclaimed(catalogue: Catalogue, history: ChartHistory) -> list[Title]:
    """The titles of which some row is of no work."""
    store = history.store
    resolve = _resolver(catalogue, store)
    codes = dict.fromkeys(
        store.title_codes[row]
        for _, ordinal, rows in lists_of(store)
        for row in rows
        if resolve(store.title_codes[row], ordinal) is None
    )
    return [store.titles[code] for code in sorted(codes)]


class _Relabelling:
    """The new titles of a store, by key, with what each is made of."""

    def __init__(
        self, store: Store, resolve: Resolver, on_repeat: Literal["raise", "keep"]
    ) -> None:
        self.store, self.resolve, self.on_repeat = store, resolve, on_repeat
        self.index: dict[str, int] = {}
        self.works: dict[str, Found] = {}
        self.olds: dict[str, dict[int, Title]] = {}

    def codes(self) -> array[int]:
        """The new title of each row."""
        found = array("i")
        for chart, ordinal, rows in lists_of(self.store):
            held: dict[int, int] = {}
            for row in rows:
                old = self.store.title_codes[row]
                new = self.code(old, ordinal)
                other = held.setdefault(new, old)
                if other != old and self.on_repeat == "raise":
                    raise self.conflict(chart, ordinal, other, old)
                found.append(new)
        return found

    def code(self, old: int, ordinal: int) -> int:
        """The code of what a title is on a date."""
        title = self.store.titles[old]
        work = self.resolve(old, ordinal)
        key = title.key if work is None else work.key
        if work is not None:
            self.works.setdefault(key, work)
        self.olds.setdefault(key, {}).setdefault(old, title)
        return self.index.setdefault(key, len(self.index))

    def conflict(self, chart: int, ordinal: int, first: int, second: int) -> ConflictError:
        one, two = (self.store.titles[code] for code in (first, second))
        where = f"{self.store.charts[chart]}, {dt.date.fromordinal(ordinal)}"
        found = self.resolve(first, ordinal) or self.resolve(second, ordinal)
        name = "one work" if found is None else f"{found.entry.name} [{found.key}]"
        hints = ["are they two works? give each an entry, or take the alias of one out"]
        hints.append('on_repeat="keep" keeps both rows; measures then take the better one')
        return ConflictError(f"{where}: {one!r} and {two!r} are both {name}", hints=hints)

    def titles(self) -> tuple[Title, ...]:
        """The new titles, in the order of their codes."""
        return tuple(
            self.made(key) if key in self.works else next(iter(self.olds[key].values()))
            for key in self.index
        )

    def made(self, key: str) -> Title:
        """The title of a work, or of a season of it."""
        found, olds = self.works[key], list(self.olds[key].values())
        entry, season = found.entry, found.season
        known = None if season is None else entry.season(season)
        released = entry.released if season is None else known and known.released
        own = {old.key for old in olds if old.has_own_key and old.key != key}
        ids = {
            *entry.ids,
            *(known.ids if known else ()),
            *own,
            *(i for old in olds for i in old.ids),
        }
        kind = next(iter(entry.kinds), None)
        kind = kind or _agreed(key, found, "kinds", (old.kind for old in olds))
        return Title(
            entry.name,
            by=entry.by,
            season=None if season is None else f"{entry.name}: {season}",
            kind=kind,
            year=entry.year or _agreed(key, found, "year", (old.year for old in olds)),
            key=key,
            origin=entry.origin or _told(found, "origin", (old.origin for old in olds)),
            released=released or _told(found, "released", (old.released for old in olds)),
            ids=tuple(sorted(ids)),
        )


def _agreed(key: str, found: Found, name: str, values: Iterable[T | None]) -> T | None:
    """What all titles of a work say that its entry does not: two would be a guess."""
    said = list(dict.fromkeys(value for value in values if value is not None))
    if len(said) > 1:
        words = ", ".join(map(str, said))
        asked = f"{name}={tuple(said)!r}" if name == "kinds" else f"{name}="
        raise AmbiguousTitleError(
            f"the entry {found.entry} [{key}] takes in titles of different {name}: {words}",
            hints=[
                f"one work? give the entry {asked}",
                f"several? make an entry of each, with its own key= and {name}=",
            ],
        )
    return said[0] if said else None


def _told(found: Found, name: str, values: Iterable[T | None]) -> T | None:
    """What the titles of a work say of it, where its entry says nothing."""
    said = list(dict.fromkeys(value for value in values if value is not None))
    if len(said) > 1:
        told = f"{said[0]} against {said[1]}"
        hint = f"give the entry, or the entry's season, its {name}="
        message = f"the {name} of {found.entry} differs: {told}"
        raise ConflictError(message, hints=[hint])
    return said[0] if said else None


def _columns(store: Store, codes: array[int], titles: tuple[Title, ...]) -> Mapping[str, Column]:
    """The columns, with what was printed in place of what the works are called."""
    columns = dict(store.columns)
    pairs = dict.fromkeys(zip(store.title_codes, codes, strict=True))
    for name, extra in _PRINTED.items():
        printed: dict[tuple[int, int], str] = {}
        for old, new in pairs:
            was, now = getattr(store.titles[old], name), getattr(titles[new], name)
            if was is not None and was != now:
                printed[old, new] = str(was)
        if not printed:
            continue
        held: Column | None = columns.get(f"{EXTRA}{extra}")
        before: Iterable[Any] = held.decoded() if held else [None] * len(codes)
        columns[f"{EXTRA}{extra}"] = encoded(
            printed.get(pair) if text is None else text
            for text, pair in zip(before, zip(store.title_codes, codes, strict=True), strict=True)
        )
    return columns


def relabelled(
    catalogue: Catalogue, history: ChartHistory, on_repeat: Literal["raise", "keep"]
) -> ChartHistory:
    """The history whose titles are the works of the catalogue."""
    store = history.store
    work = _Relabelling(store, _resolver(catalogue, store), on_repeat)
    codes = work.codes()
    if not work.works:
        return history
    titles = work.titles()
    return ChartHistory(retitled(store, titles, codes, columns=_columns(store, codes, titles)))
