"""Giving a history's titles the identity of works, row by row."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from kcharts.catalogue._entries import Found
from kcharts.errors import AmbiguousTitleError, ConflictError
from kcharts.model.columns.retitling import lists_of, printed_columns, retitled
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

if TYPE_CHECKING:
    from kcharts.catalogue._catalogue import Catalogue

T = TypeVar("T")
Resolver = Callable[[int, int], Found | None]


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
        self.known: dict[tuple[int, int], int] = {}
        self.strays: dict[str, Title] = {}
        """The titles of no work."""

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
        work = self.resolve(old, ordinal)
        asked = old, id(work)  # the resolver gives one object for one answer, and keeps it
        if asked not in self.known:
            self.known[asked] = self.taken(old, work)
        return self.known[asked]

    def taken(self, old: int, work: Found | None) -> int:
        """The code of a work, or of a title of none, after noting what it is made of."""
        title = self.store.titles[old]
        key = title.key if work is None else work.key
        if work is not None:
            self.works.setdefault(key, work)
        else:
            self.strays[key] = title
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
        self.check_strays()
        return tuple(
            self.made(key) if key in self.works else next(iter(self.olds[key].values()))
            for key in self.index
        )

    def check_strays(self) -> None:
        """Refuse a title of no work that has the key of one."""
        for key, stray in self.strays.items():
            if key in self.works:
                found = self.works[key]
                message = f"{stray!r} is no work of the catalogue, and has the key of"
                hints = [
                    "give the entry another key=",
                    f"are they one work? list the key in the ids of the entry: {key!r}",
                ]
                raise ConflictError(f"{message} {found.entry} [{key}]", hints=hints)

    def check_keys(self, key: str) -> None:
        """Refuse titles that their publisher tells apart, unless the entry lists their keys."""
        found, olds = self.works[key], self.olds[key]
        own = {code for code, old in olds.items() if old.has_own_key and old.key != key}
        loose = {code for code in own if olds[code].key not in found.entry.listed}
        if len(own) == 1 or not loose:
            return
        for publisher, codes in self.printed_by.items():
            here = sorted(own & codes)
            if len(here) > 1 and loose & codes:
                keys = ", ".join(repr(olds[code].key) for code in here)
                raise AmbiguousTitleError(
                    f"{found.entry} [{key}] takes in titles that {publisher} tells apart: {keys}",
                    hints=[
                        "one work? list the keys in the ids of the entry, or of its season",
                        "several? make an entry of each, with its own key= and its ids=",
                    ],
                )

    @cached_property
    def printed_by(self) -> dict[str, set[int]]:
        """The titles of each publisher."""
        found: dict[str, set[int]] = {}
        for chart, _, rows in lists_of(self.store):
            codes = self.store.title_codes[rows.start : rows.stop]
            found.setdefault(self.store.charts[chart].series.publisher, set()).update(codes)
        return found

    def made(self, key: str) -> Title:
        """The title of a work, or of a season of it."""
        self.check_keys(key)
        found, olds = self.works[key], list(self.olds[key].values())
        entry, season = found.entry, found.season
        known = None if season is None else entry.season(season)
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
            released=found.released or _told(found, "released", (old.released for old in olds)),
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
        hints = [
            f"one work? list the keys of its titles in ids=, and give the entry its {name}=",
            f"two works? make an entry of each, with its own key= and {name}=",
        ]
        message = f"the {name} of {found.entry} differs: {told}"
        raise ConflictError(message, hints=hints)
    return said[0] if said else None


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
    return ChartHistory(
        retitled(store, titles, codes, columns=printed_columns(store, titles, codes))
    )
