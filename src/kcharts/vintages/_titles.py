"""What became of titles: which only their texts changed, which moved, which are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kcharts.model.columns.store import Store
from kcharts.model.title import Title
from kcharts.vintages._places import (
    NO_ROW,
    Both,
    Changed,
    Place,
    folded,
    printed,
    title_of,
)
from kcharts.vintages._records import COLUMNS, RevisionKind

Codes = tuple[int, int]
"""A title of the old vintage, and one of the new."""


class PlaceChange(NamedTuple):
    """What a `Revision` is made from."""

    chart: int
    """The chart's code in the new vintage."""
    ordinal: int
    place: Place
    kinds: tuple[RevisionKind, ...]
    now_at: int | None
    was_at: int | None


class Titles:
    """The titles of two vintages at the places that differ."""

    def __init__(self, both: Both, changed: list[Changed]) -> None:
        self.both = both
        self._texts: dict[Codes, RevisionKind | None] = {}
        self._proved = dict(self._proofs(changed))

    def _codes(self, place: Place) -> Codes:
        """The titles of a place; NO_ROW where a vintage has none."""
        old, new = place
        return (
            NO_ROW if old == NO_ROW else self.both.old.title_codes[old],
            NO_ROW if new == NO_ROW else self.both.new.title_codes[new],
        )

    def _by_text(self, codes: Codes) -> RevisionKind | None:
        """How two titles that are not printed the same are one work, by themselves."""
        if codes not in self._texts:
            old, new = self.both.old.titles[codes[0]], self.both.new.titles[codes[1]]
            self._texts[codes] = _by_text(old, new)
        return self._texts[codes]

    def _proofs(self, changed: list[Changed]) -> Iterator[tuple[Codes, RevisionKind]]:
        """The pairs of titles that are one work, by all the places that they hold.

        The old title is nowhere in the new vintage nor the new one in the old, and of the lists
        that both have, they hold the very same places. The last place of a list proves little:
        there a title that falls out makes room for one that was not on the list. So what was
        measured has to be the same, or some place to be higher up; and of two names, two places.
        """
        old, new = self.both.old, self.both.new
        keys = {title.key for title in old.titles}, {title.key for title in new.titles}
        held: tuple[Counter[int], Counter[int]] = Counter(), Counter()
        pairs: dict[Codes, list[tuple[Changed, Place]]] = {}
        for each in changed:
            for place in each.places:
                codes = self._codes(place)
                held[0][codes[0]] += 1
                held[1][codes[1]] += 1
                if NO_ROW in codes or self._by_text(codes):
                    continue
                titles = old.titles[codes[0]], new.titles[codes[1]]
                if titles[0].key not in keys[1] and titles[1].key not in keys[0]:
                    pairs.setdefault(codes, []).append((each, place))
        for codes, found in pairs.items():
            if len(found) == held[0][codes[0]] == held[1][codes[1]]:
                kind = _by_name(old.titles[codes[0]], new.titles[codes[1]])
                if self._is_proof(found, 2 if kind is RevisionKind.RENAMED else 1):
                    yield codes, kind

    def _is_proof(self, found: list[tuple[Changed, Place]], least: int) -> bool:
        """Whether the places that a title holds in both vintages show that it is one work."""
        if any(self.both.measured_alike(place) for _, place in found):
            return True
        higher = any(place.old < each.old[-1] and place.new < each.new[-1] for each, place in found)
        return higher and len(found) >= least

    def of_list(self, changed: Changed) -> Iterator[PlaceChange]:
        """What became of the places of a list."""
        was = Standing(self.both.old, changed.old)
        now = Standing(self.both.new, changed.new)
        for place in changed.places:
            kinds = self._kinds(place)
            fate = _fate(self.both, place, was, now) if kinds is None else (kinds, None, None)
            yield PlaceChange(changed.chart, changed.ordinal, place, *fate)

    def _kinds(self, place: Place) -> tuple[RevisionKind, ...] | None:
        """What happened at a place that keeps its work, the title first; else None."""
        if NO_ROW in place:
            return None
        if self.both.is_titled_alike(place):
            return self.both.corrected(place)
        codes = self._codes(place)
        kind = self._by_text(codes) or self._proved.get(codes)
        return None if kind is None else (kind, *self.both.corrected(place))


def _by_text(old: Title, new: Title) -> RevisionKind | None:
    if printed(old) == printed(new):
        return RevisionKind.REIDENTIFIED
    if folded(old) == folded(new):
        return RevisionKind.RESPELT
    return _by_name(old, new) if old.key == new.key else None


def _by_name(old: Title, new: Title) -> RevisionKind:
    """What it is called that one work is printed otherwise."""
    names = [(name, by, year) for name, by, _, year in (folded(old), folded(new))]
    is_season = names[0] == names[1]
    return RevisionKind.SEASON_RELABELLED if is_season else RevisionKind.RENAMED


class Standing:
    """Where titles stand on a list of one vintage."""

    def __init__(self, store: Store, rows: range) -> None:
        codes = store.title_codes[rows.start : rows.stop]
        titles = map(store.titles.__getitem__, reversed(codes))
        ranks = reversed(store.ranks[rows.start : rows.stop])
        self.ranks = {title.key: (rank, title) for rank, title in zip(ranks, titles, strict=True)}
        """The best rank of each title, by its key."""
        self._spellings: dict[object, int] | None = None

    def rank(self, title: Title, here: Standing) -> int | None:
        """Where a title of the list here stands on this one, or the title otherwise spelt."""
        if title.key in self.ranks:
            return self.ranks[title.key][0]
        if self._spellings is None:
            fresh = (held for key, held in self.ranks.items() if key not in here.ranks)
            worst_first = sorted(fresh, key=lambda held: -held[0])
            self._spellings = {folded(each): rank for rank, each in worst_first}
        return self._spellings.get(folded(title))


def _fate(
    both: Both, place: Place, was: Standing, now: Standing
) -> tuple[tuple[RevisionKind, ...], int | None, int | None]:
    """What happened at a place that does not keep its work: the kinds, `now_at`, `was_at`."""
    kinds: list[RevisionKind] = []
    now_at = was_at = None
    if place.old != NO_ROW:
        title = title_of(both.old, place.old)
        now_at = now.rank(title, was)
        if title.key in now.ranks:
            kinds.append(RevisionKind.MOVED)
        elif place.new != NO_ROW:
            kinds.append(RevisionKind.REPLACED)
    if place.new != NO_ROW:
        was_at = was.rank(title_of(both.new, place.new), now)
    if NO_ROW in place:
        kinds.insert(0, RevisionKind.ROW_LOST if place.new == NO_ROW else RevisionKind.ROW_ADDED)
    else:
        kinds += [kind for kind in both.corrected(place) if kind in COLUMNS]
    return tuple(kinds), now_at, was_at
