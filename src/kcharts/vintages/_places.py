"""The places where two vintages of one list differ: joined by rank, never by name."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, compress, groupby
from operator import attrgetter, ne, sub
from typing import Any, NamedTuple, TypeAlias

from kcharts.model.columns.rows import EXTRA, METRICS
from kcharts.model.columns.store import Column, Store
from kcharts.model.title import Title, fold
from kcharts.vintages._charts import Pairs, common_lists
from kcharts.vintages._records import COLUMNS, RevisionKind

Codes: TypeAlias = "array[int]"
Printed = tuple[str, str | None, str | None, int | None]
NO_ROW = -1


class Place(NamedTuple):
    """A rank of a list, as the rows that the two vintages have there; NO_ROW for none."""

    old: int
    new: int


class Changed(NamedTuple):
    """The places of one list that differ."""

    chart: int
    """The chart's code in the new vintage."""
    ordinal: int
    old: range
    new: range
    """All its rows in either vintage."""
    places: list[Place]


class Cells(NamedTuple):
    """A column of both vintages, in values that can be compared."""

    name: str
    kind: RevisionKind
    """What it is called if they differ."""
    old: Sequence[Any]
    new: Sequence[Any]


def printed(title: Title) -> Printed:
    """What is printed of a title."""
    return title.name, title.by, title.season, title.year


def folded(title: Title) -> Printed:
    """What is printed of a title, as look-ups compare it."""
    return fold(title.name), fold(title.by or ""), fold(title.season or ""), title.year


class Both:
    """Two vintages, with their rows made comparable."""

    def __init__(self, old: Store, new: Store) -> None:
        self.old, self.new = old, new
        there = {title.key: code for code, title in enumerate(new.titles)}
        alike = [_alike(new, title, there.get(title.key, NO_ROW)) for title in old.titles]
        self.titles = array("i", map(alike.__getitem__, old.title_codes))
        """Per old row, the code of its title in the new vintage, if it is printed the same."""
        self.cells = [self._cells(name) for name in dict.fromkeys((*old.columns, *new.columns))]
        self.rows = 0
        """How many places both vintages have, of the charts that `changed` was asked for."""
        self.lists = 0
        """How many lists."""
        self._columns: list[tuple[Sequence[Any], Sequence[Any]]] = [
            (self.titles, new.title_codes),
            *((each.old, each.new) for each in self.cells),
        ]

    def _cells(self, name: str) -> Cells:
        columns = self.old.columns.get(name), self.new.columns.get(name)
        plain = all(column is None or column.values is None for column in columns)
        make = _plain if plain else _decoded
        old = make(columns[0], len(self.old.ranks))
        return Cells(name, _kind(name, columns), old, make(columns[1], len(self.new.ranks)))

    def one_sided(self, kind: RevisionKind) -> tuple[str, ...]:
        """The names of the columns that one vintage alone has."""
        return tuple(each.name.removeprefix(EXTRA) for each in self.cells if each.kind is kind)

    def changed(self, pairs: Pairs) -> Iterator[Changed]:
        """The places that differ, list by list; what the vintages share is counted."""
        for pair in pairs:
            aligned = self._aligned(pair)
            found = self._by_list(pair) if aligned is None else self._at_once(pair, *aligned)
            yield from found

    def _by_list(self, pair: tuple[int, int]) -> Iterator[Changed]:
        """The places of a chart that differ, each list looked at by itself."""
        for ordinal, old, new in common_lists(self.old, self.new, pair):
            places = list(self.joined(old, new))
            self.lists += 1
            self.rows += sum(NO_ROW not in place for place in places)
            differing = list(filter(self.differs, places))
            if differing:
                yield Changed(pair[1], ordinal, old, new, differing)

    def _aligned(self, pair: tuple[int, int]) -> tuple[int, int] | None:
        """Where the lists of a chart that both have begin in the new vintage, and their number.

        None unless they follow one another in both, with the same ranks.
        """
        (ordinals, starts), (there, ends) = self.old.lists[pair[0]], self.new.lists[pair[1]]
        first = self.new.index(pair[1], ordinals[0]) if ordinals else None
        if first is None:
            return None
        size = min(len(ordinals), len(there) - first)
        shifts = set(map(sub, ends[first : first + size + 1], starts[: size + 1]))
        if ordinals[:size] != there[first : first + size] or len(shifts) > 1:
            return None
        ranks = self.old.ranks[starts[0] : starts[size]]
        same = ranks == self.new.ranks[ends[first] : ends[first + size]]
        return (first, size) if same else None

    def _at_once(self, pair: tuple[int, int], first: int, size: int) -> Iterator[Changed]:
        """The places of a chart that differ, where its lists have the same ranks in both."""
        (ordinals, starts), ends = self.old.lists[pair[0]], self.new.lists[pair[1]].starts
        low, rows, shift = starts[0], starts[size] - starts[0], ends[first] - starts[0]
        self.lists += size
        self.rows += rows
        offsets: set[int] = set()
        for one, other in self._columns:
            pieces = one[low : low + rows], other[low + shift : low + shift + rows]
            if pieces[0] != pieces[1]:
                offsets.update(compress(range(rows), map(ne, *pieces)))
        found = sorted(low + offset for offset in offsets)
        for index, group in groupby(found, lambda row: bisect_right(starts, row) - 1):
            old = range(starts[index], starts[index + 1])
            new = range(old.start + shift, old.stop + shift)
            places = [Place(row, row + shift) for row in group]
            if len(set(self.old.ranks[old.start : old.stop])) < len(old):
                places = list(filter(self.differs, self.joined(old, new)))
            yield Changed(pair[1], ordinals[index], old, new, places)

    def measured_alike(self, place: Place) -> bool:
        """Whether something is measured at a place, and printed the same in both vintages."""
        for each in self.cells:
            if each.kind is RevisionKind.METRIC_CORRECTED:
                value = each.old[place.old]
                if value is not None and value != NO_ROW and value == each.new[place.new]:
                    return True
        return False

    def is_titled_alike(self, place: Place) -> bool:
        """Whether the titles of a place's two rows are one, and printed the same."""
        return self.titles[place.old] == self.new.title_codes[place.new]

    def corrected(self, place: Place) -> tuple[RevisionKind, ...]:
        """What differs beside the title of a place's two rows."""
        differing = [e.kind for e in self.cells if e.old[place.old] != e.new[place.new]]
        return tuple(kind for kind in _CORRECTED if kind in differing)

    def differs(self, place: Place) -> bool:
        """Whether the two rows of a place differ, or one is lacking."""
        if NO_ROW in place or not self.is_titled_alike(place):
            return True
        return any(each.old[place.old] != each.new[place.new] for each in self.cells)

    def joined(self, old: range, new: range) -> Iterator[Place]:
        """The places of a list: its ranks, those that are tied told apart by their titles."""
        sides = _by_rank(self.old, old), _by_rank(self.new, new)
        for rank in sorted({*sides[0], *sides[1]}):
            olds, news = (side.get(rank, []) for side in sides)
            if len(olds) <= 1 and len(news) <= 1:
                yield Place(*(rows[0] if rows else NO_ROW for rows in (olds, news)))
            else:
                yield from self._tied(olds, news)

    def _tied(self, olds: list[int], news: list[int]) -> Iterator[Place]:
        """The rows of one rank: of one title first, then of one but for spelling, then in order.

        The order is that of keys, so that which vintage is the old one makes no difference.
        """
        for measure in _MEASURES:
            there: dict[object, list[int]] = {}
            for row in news:
                there.setdefault(measure(title_of(self.new, row)), []).append(row)
            left: list[int] = []
            for row in olds:
                found = there.get(measure(title_of(self.old, row)))
                if found:
                    yield Place(row, found.pop(0))
                else:
                    left.append(row)
            olds, news = left, sorted(chain(*there.values()))
        yield from (Place(row, NO_ROW) for row in olds)
        yield from (Place(NO_ROW, row) for row in news)


_CORRECTED = (
    RevisionKind.COUNTER_CORRECTED,
    RevisionKind.METRIC_CORRECTED,
    RevisionKind.OTHER_CORRECTED,
    *COLUMNS,
)
_MEASURES: tuple[Callable[[Title], object], ...] = (attrgetter("key"), folded, lambda _: None)


def title_of(store: Store, row: int) -> Title:
    """The title of a row."""
    return store.titles[store.title_codes[row]]


def _by_rank(store: Store, rows: range) -> dict[int, list[int]]:
    """The rows of a list at each rank."""
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(store.ranks[row], []).append(row)
    return found


def _alike(new: Store, title: Title, code: int) -> int:
    """The code of a title in the new vintage, if it is printed there as it is here."""
    if code == NO_ROW:
        return NO_ROW
    there = new.titles[code]
    same = printed(title) == printed(there) and title.kind == there.kind
    return code if same else NO_ROW


def _kind(name: str, columns: tuple[Column | None, Column | None]) -> RevisionKind:
    """What it is called if a column differs."""
    empty = [column is None or max(column.codes, default=NO_ROW) < 0 for column in columns]
    if any(empty):
        return RevisionKind.COLUMN_ADDED if empty[0] else RevisionKind.COLUMN_LOST
    if name in METRICS:
        return RevisionKind.METRIC_CORRECTED
    is_extra = name.startswith(EXTRA)
    return RevisionKind.OTHER_CORRECTED if is_extra else RevisionKind.COUNTER_CORRECTED


def _plain(column: Column | None, rows: int) -> Codes:
    """A column of whole numbers, -1 where nothing is printed."""
    return array("b", [-1]) * rows if column is None else column.codes


def _decoded(column: Column | None, rows: int) -> list[Any]:
    """The values of a column, None where nothing is printed."""
    if column is None:
        return [None] * rows
    if column.values is None:
        return [None if code < 0 else code for code in column.codes]
    values = (*column.values, None)  # the code -1 finds the last
    return list(map(values.__getitem__, column.codes))
