"""Giving a history's titles the identity of works, row by row."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal, TypeVar

from kcharts.catalogue._entries import Candidate, Identity
from kcharts.errors import AmbiguousTitleError, ConflictError
from kcharts.model.columns.grouping import lists_of, printed_columns, retitle
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

T = TypeVar("T")
Resolver = Callable[[int, int], Identity | None]
"""What a title is on a date, by the title's code and the date's ordinal."""


def resolver(
    history: ChartHistory,
    candidates: Callable[[Title], list[Candidate]],
    decide: Callable[[Title, Iterable[Candidate], dt.date | None], Identity | None],
) -> Resolver:
    """A look-up that asks each question once: what a title can be, and what it is on a date."""
    titles = history.store.titles
    claims = [candidates(title) for title in titles]
    dated = [any(not each.holds(None) for each in those) for those in claims]
    known: dict[tuple[int, int], Identity | None] = {}

    # A history has far fewer titles than rows, and hardly a name that depends on the date.
    def resolve(code: int, ordinal: int) -> Identity | None:
        if not claims[code]:
            return None
        key = (code, ordinal if dated[code] else 0)
        if key not in known:
            date = dt.date.fromordinal(ordinal) if dated[code] else None
            known[key] = decide(titles[code], claims[code], date)
        return known[key]

    return resolve


def unknown_titles(history: ChartHistory, resolve: Resolver) -> list[Title]:
    store = history.store
    codes = dict.fromkeys(
        store.title_codes[row]
        for _, ordinal, rows in lists_of(store)
        for row in rows
        if resolve(store.title_codes[row], ordinal) is None
    )
    return [store.titles[code] for code in sorted(codes)]


class _Relabelling:
    """The new titles of a store by key, with the old ones that each is made from."""

    def __init__(
        self, store: Store, resolve: Resolver, on_repeat: Literal["raise", "keep"]
    ) -> None:
        self.store, self.resolve, self.on_repeat = store, resolve, on_repeat
        self.index: dict[str, int] = {}
        self.works: dict[str, Identity] = {}
        self.olds: dict[str, dict[int, Title]] = {}
        self.known: dict[tuple[int, int], int] = {}
        self.strays: dict[str, Title] = {}
        """The titles that are no work of the catalogue."""

    def codes(self) -> array[int]:
        codes = array("i")
        for chart, ordinal, rows in lists_of(self.store):
            held: dict[int, int] = {}
            for row in rows:
                old = self.store.title_codes[row]
                new = self.code(old, ordinal)
                other = held.setdefault(new, old)
                # One title at two ranks is the publisher's doing, and no concern of a catalogue.
                if other != old and self.on_repeat == "raise":
                    raise self.conflict(chart, ordinal, other, old)
                codes.append(new)
        return codes

    def code(self, old: int, ordinal: int) -> int:
        """The new code of a title on a date."""
        work = self.resolve(old, ordinal)
        asked = old, id(work)  # the resolver gives one object for one answer, and keeps it
        if asked not in self.known:
            self.known[asked] = self.take(old, work)
        return self.known[asked]

    def take(self, old: int, work: Identity | None) -> int:
        """The code of a work or of a stray title, after noting the old title it is made from."""
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
        work = self.resolve(first, ordinal) or self.resolve(second, ordinal)
        name = "one work" if work is None else f"{work.entry.name} [{work.key}]"
        hints = ["are they two works? give each an entry, or take the alias of one out"]
        hints.append('on_repeat="keep" keeps both rows; measures then take the better one')
        return ConflictError(f"{where}: {one!r} and {two!r} are both {name}", hints=hints)

    def titles(self) -> tuple[Title, ...]:
        """The new titles, in the order of their codes."""
        self.check_strays()
        return tuple(
            self.title(key) if key in self.works else next(iter(self.olds[key].values()))
            for key in self.index
        )

    def check_strays(self) -> None:
        """Refuse a title that has the key of a work without being it."""
        for key, stray in self.strays.items():
            if key in self.works:
                message = f"{stray!r} is no work of the catalogue, and has the key of"
                hints = [
                    "give the entry another key=",
                    f"are they one work? list the key in the ids of the entry: {key!r}",
                ]
                raise ConflictError(f"{message} {self.works[key].entry} [{key}]", hints=hints)

    def check_keys(self, key: str) -> None:
        """Refuse titles with different ids of one publisher, unless the entry lists them."""
        entry, olds = self.works[key].entry, self.olds[key]
        own = {code for code, old in olds.items() if old.has_own_key and old.key != key}
        loose = {code for code in own if olds[code].key not in entry.all_keys}
        if len(own) == 1 or not loose:
            return
        # Two publishers can each have an id for one work. Two ids of one publisher are two works,
        # unless the entry says otherwise.
        for publisher, codes in self.printed_by.items():
            here = sorted(own & codes)
            if len(here) > 1 and loose & codes:
                keys = ", ".join(repr(olds[code].key) for code in here)
                raise AmbiguousTitleError(
                    f"{entry} [{key}] takes in titles that {publisher} tells apart: {keys}",
                    hints=[
                        "one work? list the keys in the ids of the entry, or of its season",
                        "several? make an entry of each, with its own key= and its ids=",
                    ],
                )

    @cached_property
    def printed_by(self) -> dict[str, set[int]]:
        printed: dict[str, set[int]] = {}
        for chart, _, rows in lists_of(self.store):
            codes = self.store.title_codes[rows.start : rows.stop]
            printed.setdefault(self.store.charts[chart].series.publisher, set()).update(codes)
        return printed

    def title(self, key: str) -> Title:
        """The title of a work, or of a season of it."""
        self.check_keys(key)
        work, olds = self.works[key], list(self.olds[key].values())
        entry, season = work.entry, work.season
        known = None if season is None else entry.season(season)
        ids = {*entry.ids, *(known.ids if known else ())}
        for old in olds:
            ids.update(old.ids, [old.key] if old.has_own_key and old.key != key else [])
        kind = next(iter(entry.kinds), None) or _agreed(work, "kinds", [old.kind for old in olds])
        return Title(
            entry.name,
            by=entry.by,
            season=None if season is None else f"{entry.name}: {season}",
            kind=kind,
            year=entry.year or _agreed(work, "year", [old.year for old in olds]),
            key=key,
            origin=entry.origin or _undisputed(work, "origin", [old.origin for old in olds]),
            released=work.released or _undisputed(work, "released", [o.released for o in olds]),
            ids=tuple(sorted(ids)),
        )


def _agreed(work: Identity, name: str, values: Iterable[T | None]) -> T | None:
    """The value that all titles of a work share, if the entry has none."""
    printed = _printed(values)
    if len(printed) > 1:
        listed = ", ".join(map(str, printed))
        asked = f"{name}={tuple(printed)!r}" if name == "kinds" else f"{name}="
        raise AmbiguousTitleError(
            f"the entry {work.entry} [{work.key}] takes in titles of different {name}: {listed}",
            hints=[
                f"one work? give the entry {asked}",
                f"several? make an entry of each, with its own key= and {name}=",
            ],
        )
    return printed[0] if printed else None


def _undisputed(work: Identity, name: str, values: Iterable[T | None]) -> T | None:
    """The origin or release on which the titles of a work agree, if the entry has none."""
    printed = _printed(values)
    if len(printed) > 1:
        hints = [
            f"one work? list the keys of its titles in ids=, and give the entry its {name}=",
            f"two works? make an entry of each, with its own key= and {name}=",
        ]
        message = f"the {name} of {work.entry} differs: {printed[0]} against {printed[1]}"
        raise ConflictError(message, hints=hints)
    return printed[0] if printed else None


def _printed(values: Iterable[T | None]) -> list[T]:
    return list(dict.fromkeys(value for value in values if value is not None))


def relabel(
    history: ChartHistory, resolve: Resolver, on_repeat: Literal["raise", "keep"]
) -> ChartHistory:
    store = history.store
    work = _Relabelling(store, resolve, on_repeat)
    codes = work.codes()
    if not work.works:
        return history  # the very same: nothing is stored again
    titles = work.titles()
    columns = printed_columns(store, titles, codes)
    return ChartHistory(retitle(store, titles, codes, columns=columns))
