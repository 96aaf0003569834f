"""The comparison of two vintages, in rows and codes: values are made of it when asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, groupby
from operator import attrgetter, ne, sub
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from attrs import frozen

from kcharts.model.columns.rows import METRICS
from kcharts.model.columns.store import EXTRA, Column, Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title, fold
from kcharts.vintages._charts import (
    Codes,
    JoinedCharts,
    ListChange,
    common_lists,
    join_charts,
    list_changes,
    series_changes,
)
from kcharts.vintages._revisions import COLUMNS, RETITLED, RevisionKind, SeriesRevision

NO_ROW = -1


class RowPair(NamedTuple):
    """The rows of two vintages at a rank of a list; NO_ROW where one has none."""

    old: int
    new: int


class DifferingList(NamedTuple):
    """A list that both vintages have, with the places where they differ."""

    chart: int
    """The chart's code in the new vintage."""
    ordinal: int
    old: range
    new: range
    """All its rows in either vintage."""
    places: list[RowPair]


class PlaceChange(NamedTuple):
    """What a `Revision` is made from, when somebody looks at it."""

    chart: int
    """The chart's code in the new vintage."""
    ordinal: int
    place: RowPair
    kinds: tuple[RevisionKind, ...]
    now_at: int | None = None
    was_at: int | None = None


@frozen(eq=False)
class Comparison:
    """Two vintages, and what they differ in.

    Attributes:
        categories: The new names of categories, as the caller gave them.
        rows: How many places are in both vintages.
        lists: How many lists are.
        places: The places that differ, by chart, date and rank.
        columns: The places that differ in nothing but a column that only one vintage has.
        one_sided: The names of the columns that only one vintage has.
    """

    old: ChartHistory
    new: ChartHistory
    categories: Mapping[str, str]
    charts: JoinedCharts
    rows: int
    lists: int
    places: tuple[PlaceChange, ...]
    columns: tuple[PlaceChange, ...]
    one_sided: Mapping[RevisionKind, tuple[str, ...]]
    issues: tuple[ListChange, ...]
    series: tuple[SeriesRevision, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.places or self.columns or self.issues or self.series)

    @property
    def retitled(self) -> tuple[PlaceChange, ...]:
        return tuple(
            change
            for change in self.places
            if NO_ROW not in change.place and change.kinds[0] in RETITLED
        )


def lists_of(changes: Iterable[PlaceChange]) -> list[tuple[int, int]]:
    """The lists of places: the code of the chart in the new vintage, and the ordinal."""
    return list(dict.fromkeys((change.chart, change.ordinal) for change in changes))


def compare_vintages(
    old: ChartHistory, new: ChartHistory, categories: Mapping[str, str]
) -> Comparison:
    charts = join_charts(old.store, new.store, categories)
    rows = JoinedRows(old.store, new.store)
    differing = list(rows.differing_lists(charts.pairs))
    titles = _Titles(rows, differing)
    places = [change for each in differing for change in titles.changes_on(each)]
    return Comparison(
        old=old,
        new=new,
        categories=MappingProxyType(dict(categories)),
        charts=charts,
        rows=rows.rows,
        lists=rows.lists,
        places=tuple(change for change in places if not _is_of_columns(change)),
        columns=tuple(filter(_is_of_columns, places)),
        one_sided={kind: rows.one_sided(kind) for kind in COLUMNS},
        issues=tuple(list_changes(old.store, new.store, charts)),
        series=tuple(series_changes(old.store, new.store, charts)),
    )


def _is_of_columns(change: PlaceChange) -> bool:
    return all(kind in COLUMNS for kind in change.kinds)


class _ColumnPair(NamedTuple):
    """A column of both vintages, in values that can be compared."""

    name: str
    kind: RevisionKind
    """The kind of place where they differ."""
    old: Sequence[Any]
    new: Sequence[Any]


class JoinedRows:
    """Two vintages with their rows joined by rank, and their columns made comparable.

    A name cannot join rows: it is what changes.
    """

    def __init__(self, old: Store, new: Store) -> None:
        self.old, self.new = old, new
        there = {title.key: code for code, title in enumerate(new.titles)}
        same = [_same_title(new, title, there.get(title.key, NO_ROW)) for title in old.titles]
        self.titles = array("i", map(same.__getitem__, old.title_codes))
        """Per old row, the code of its title in the new vintage, if that has the same texts."""
        names = dict.fromkeys((*old.columns, *new.columns))
        self.columns = [_column_pair(old, new, name) for name in names]
        self.rows = 0
        self.lists = 0
        """How many places and lists both vintages have, as `differing_lists` counts them."""

    def one_sided(self, kind: RevisionKind) -> tuple[str, ...]:
        """The names of the columns that only one vintage has."""
        return tuple(each.name.removeprefix(EXTRA) for each in self.columns if each.kind is kind)

    def differing_lists(self, pairs: Iterable[Codes]) -> Iterator[DifferingList]:
        """The lists that differ, each with its places; counts what the vintages share."""
        for pair in pairs:
            aligned = self._aligned(pair)
            if aligned is None:
                yield from self._by_list(pair)
            else:
                yield from self._at_once(pair, *aligned)

    def _by_list(self, pair: Codes) -> Iterator[DifferingList]:
        for ordinal, old, new in common_lists(self.old, self.new, pair):
            places = list(self.pair_rows(old, new))
            self.lists += 1
            self.rows += sum(NO_ROW not in place for place in places)
            differing = list(filter(self.differs, places))
            if differing:
                yield DifferingList(pair[1], ordinal, old, new, differing)

    def _aligned(self, pair: Codes) -> tuple[int, int] | None:
        """Where the common lists of a chart begin in the new vintage, and how many there are.

        None unless they follow one another in both vintages, with the same ranks.
        """
        (ordinals, starts), (there, ends) = self.old.lists[pair[0]], self.new.lists[pair[1]]
        # A new file of Netflix's adds weeks at the end, so the old ones are in one block.
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

    def _at_once(self, pair: Codes, first: int, size: int) -> Iterator[DifferingList]:
        """The lists of a chart that differ, when they have the same ranks in both vintages.

        Each column is compared as a whole, and gone through only if it differs: in most charts
        nothing does. This keeps `compare` ahead of pandas (benchmarks/compare.py).
        """
        (ordinals, starts), ends = self.old.lists[pair[0]], self.new.lists[pair[1]].starts
        low, rows, shift = starts[0], starts[size] - starts[0], ends[first] - starts[0]
        self.lists += size
        self.rows += rows
        offsets: set[int] = set()
        columns = ((each.old, each.new) for each in self.columns)
        for one, other in ((self.titles, self.new.title_codes), *columns):
            pieces = one[low : low + rows], other[low + shift : low + shift + rows]
            if pieces[0] != pieces[1]:
                offsets.update(compress(range(rows), map(ne, *pieces)))
        differing = sorted(low + offset for offset in offsets)
        for index, group in groupby(differing, lambda row: bisect_right(starts, row) - 1):
            old = range(starts[index], starts[index + 1])
            new = range(old.start + shift, old.stop + shift)
            places = [RowPair(row, row + shift) for row in group]
            # Tied rows are in the order of their keys, which a new name can change.
            if len(set(self.old.ranks[old.start : old.stop])) < len(old):
                places = list(filter(self.differs, self.pair_rows(old, new)))
            yield DifferingList(pair[1], ordinals[index], old, new, places)

    def has_equal_metric(self, place: RowPair) -> bool:
        """Whether both vintages print the same hours, views or streams at a place."""
        for each in self.columns:
            if each.kind is RevisionKind.METRIC_CORRECTED:
                value = each.old[place.old]
                if value is not None and value != NO_ROW and value == each.new[place.new]:
                    return True
        return False

    def has_equal_title(self, place: RowPair) -> bool:
        """Whether a place's two rows have one title with the same texts."""
        return self.titles[place.old] == self.new.title_codes[place.new]

    def corrections(self, place: RowPair) -> tuple[RevisionKind, ...]:
        """What differs between a place's two rows, apart from the title."""
        old, new = place
        differing = [each.kind for each in self.columns if each.old[old] != each.new[new]]
        return tuple(kind for kind in _CORRECTIONS if kind in differing)

    def differs(self, place: RowPair) -> bool:
        """Whether the two rows of a place differ, or only one is there."""
        if NO_ROW in place or not self.has_equal_title(place):
            return True
        return any(each.old[place.old] != each.new[place.new] for each in self.columns)

    def pair_rows(self, old: range, new: range) -> Iterator[RowPair]:
        """The places of a list, one a rank; tied rows are paired by their titles."""
        sides = _by_rank(self.old, old), _by_rank(self.new, new)
        for rank in sorted({*sides[0], *sides[1]}):
            olds, news = (side.get(rank, []) for side in sides)
            if len(olds) <= 1 and len(news) <= 1:
                yield RowPair(*(rows[0] if rows else NO_ROW for rows in (olds, news)))
            else:
                yield from self._pair_tied(olds, news)

    def _pair_tied(self, olds: list[int], news: list[int]) -> Iterator[RowPair]:
        """Pair the rows of one rank by title, then by title folded, then in the order of keys.

        So it makes no difference which vintage is the old one.
        """
        for measure in _LIKENESSES:
            there: dict[object, list[int]] = {}
            for row in news:
                there.setdefault(measure(title_of(self.new, row)), []).append(row)
            left: list[int] = []
            for row in olds:
                alike = there.get(measure(title_of(self.old, row)))
                if alike:
                    yield RowPair(row, alike.pop(0))
                else:
                    left.append(row)
            olds, news = left, sorted(chain(*there.values()))
        yield from (RowPair(row, NO_ROW) for row in olds)
        yield from (RowPair(NO_ROW, row) for row in news)


# The order in which a place's kinds are printed.
_CORRECTIONS = (
    RevisionKind.COUNTER_CORRECTED,
    RevisionKind.METRIC_CORRECTED,
    RevisionKind.OTHER_CORRECTED,
    *COLUMNS,
)


def title_of(store: Store, row: int) -> Title:
    return store.titles[store.title_codes[row]]


def _by_rank(store: Store, rows: range) -> dict[int, list[int]]:
    by_rank: dict[int, list[int]] = {}
    for row in rows:
        by_rank.setdefault(store.ranks[row], []).append(row)
    return by_rank


def _same_title(new: Store, title: Title, code: int) -> int:
    """The code of a title in the new vintage, if that has the same texts."""
    if code == NO_ROW:
        return NO_ROW
    there = new.titles[code]
    same = _printed_texts(title) == _printed_texts(there) and title.kind == there.kind
    return code if same else NO_ROW


def _column_pair(old: Store, new: Store, name: str) -> _ColumnPair:
    columns = old.columns.get(name), new.columns.get(name)
    # Codes into values mean nothing in another store; numbers are compared as they are.
    plain = all(column is None or column.values is None for column in columns)
    values_of = _plain if plain else _decoded
    return _ColumnPair(
        name=name,
        kind=_kind_of_column(name, columns),
        old=values_of(columns[0], len(old.ranks)),
        new=values_of(columns[1], len(new.ranks)),
    )


def _kind_of_column(name: str, columns: tuple[Column | None, Column | None]) -> RevisionKind:
    # Some writers leave an unused column out, others write it blank: both are no column.
    empty = [column is None or max(column.codes, default=NO_ROW) < 0 for column in columns]
    if any(empty):
        return RevisionKind.COLUMN_ADDED if empty[0] else RevisionKind.COLUMN_LOST
    if name in METRICS:
        return RevisionKind.METRIC_CORRECTED
    is_extra = name.startswith(EXTRA)
    return RevisionKind.OTHER_CORRECTED if is_extra else RevisionKind.COUNTER_CORRECTED


def _plain(column: Column | None, rows: int) -> Sequence[int]:
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


_Texts: TypeAlias = tuple[str, str | None, str | None, int | None]


def _printed_texts(title: Title) -> _Texts:
    return title.name, title.by, title.season, title.year


def _folded_texts(title: Title) -> _Texts:
    """What is printed of a title, as look-ups compare it."""
    return fold(title.name), fold(title.by or ""), fold(title.season or ""), title.year


_LIKENESSES: tuple[Callable[[Title], object], ...] = (
    attrgetter("key"),
    _folded_texts,
    lambda _: None,
)
"""How the tied rows of one rank are paired, the surest first; the last pairs them in order."""


class _Titles:
    """What became of the titles of two vintages at the places that differ."""

    def __init__(self, rows: JoinedRows, differing: Sequence[DifferingList]) -> None:
        self.rows = rows
        self._kinds_by_text: dict[Codes, RevisionKind | None] = {}
        self._proved = dict(self._proofs(differing))

    def changes_on(self, differing: DifferingList) -> Iterator[PlaceChange]:
        was = _Listed(self.rows.old, differing.old)
        now = _Listed(self.rows.new, differing.new)
        chart, ordinal = differing.chart, differing.ordinal
        for place in differing.places:
            kinds = self._kinds_of_kept(place)
            if kinds is None:
                yield self._change_of_titles(chart, ordinal, place, was, now)
            else:
                yield PlaceChange(chart, ordinal, place, kinds)

    def _kinds_of_kept(self, place: RowPair) -> tuple[RevisionKind, ...] | None:
        """What happened at a place that keeps its work, the title first; None for another."""
        if NO_ROW in place:
            return None
        if self.rows.has_equal_title(place):
            return self.rows.corrections(place)
        titles = self._titles_of(place)
        kind = self._kind_by_text(titles) or self._proved.get(titles)
        return None if kind is None else (kind, *self.rows.corrections(place))

    def _change_of_titles(
        self, chart: int, ordinal: int, place: RowPair, was: _Listed, now: _Listed
    ) -> PlaceChange:
        """What happened at a place that does not keep its work."""
        kinds: list[RevisionKind] = []
        now_at = was_at = None
        if place.old != NO_ROW:
            title = title_of(self.rows.old, place.old)
            now_at = now.rank_of(title, was)
            if title.key in now.ranks:
                kinds.append(RevisionKind.MOVED)
            elif place.new != NO_ROW:
                kinds.append(RevisionKind.REPLACED)
        if place.new != NO_ROW:
            was_at = was.rank_of(title_of(self.rows.new, place.new), now)
        if NO_ROW in place:
            lost = place.new == NO_ROW
            kinds.insert(0, RevisionKind.ROW_LOST if lost else RevisionKind.ROW_ADDED)
        else:
            # Figures beside another title correct nothing of the old one's.
            kinds += [kind for kind in self.rows.corrections(place) if kind in COLUMNS]
        return PlaceChange(chart, ordinal, place, tuple(kinds), now_at, was_at)

    def _titles_of(self, place: RowPair) -> Codes:
        """The codes of a place's titles in each vintage; NO_ROW where one has no row."""
        old, new = self.rows.old.title_codes, self.rows.new.title_codes
        return (
            NO_ROW if place.old == NO_ROW else old[place.old],
            NO_ROW if place.new == NO_ROW else new[place.new],
        )

    def _kind_by_text(self, titles: Codes) -> RevisionKind | None:
        """Why two titles with different texts are one work, by these texts and keys alone."""
        if titles not in self._kinds_by_text:
            old, new = self.rows.old.titles[titles[0]], self.rows.new.titles[titles[1]]
            self._kinds_by_text[titles] = _kind_by_text(old, new)
        return self._kinds_by_text[titles]

    def _proofs(self, differing: Sequence[DifferingList]) -> Iterator[tuple[Codes, RevisionKind]]:
        """The pairs of titles that are one work, by all the places that they hold.

        The old title is nowhere in the new vintage nor the new one in the old, and on the lists
        that both have, they hold the very same places.
        """
        old, new = self.rows.old, self.rows.new
        keys = {title.key for title in old.titles}, {title.key for title in new.titles}
        held: tuple[Counter[int], Counter[int]] = Counter(), Counter()
        shared: dict[Codes, list[tuple[DifferingList, RowPair]]] = {}
        for each in differing:
            for place in each.places:
                titles = self._titles_of(place)
                held[0][titles[0]] += 1
                held[1][titles[1]] += 1
                if NO_ROW in titles or self._kind_by_text(titles):
                    continue
                was, now = old.titles[titles[0]], new.titles[titles[1]]
                if was.key not in keys[1] and now.key not in keys[0]:
                    shared.setdefault(titles, []).append((each, place))
        for titles, places in shared.items():
            if len(places) == held[0][titles[0]] == held[1][titles[1]]:
                kind = _kind_by_name(old.titles[titles[0]], new.titles[titles[1]])
                if self._is_proof(places, 2 if kind is RevisionKind.RENAMED else 1):
                    yield titles, kind

    def _is_proof(self, places: Sequence[tuple[DifferingList, RowPair]], least: int) -> bool:
        """Whether the places that a title holds in both vintages show that it is one work."""
        # The last place proves little: a title that is taken out makes room there for one that
        # was not listed. So "Dog Gone Trouble", No. 10 in the United States on 2021-07-04 alone,
        # was replaced by "Terminator 2: Judgment Day", whose counter happens to be the same.
        if any(self.rows.has_equal_metric(place) for _, place in places):
            return True
        above_last = any(
            place.old < each.old[-1] and place.new < each.new[-1] for each, place in places
        )
        return above_last and len(places) >= least


def _kind_by_text(old: Title, new: Title) -> RevisionKind | None:
    if _printed_texts(old) == _printed_texts(new):
        return RevisionKind.REIDENTIFIED
    if _folded_texts(old) == _folded_texts(new):
        return RevisionKind.RESPELT
    return _kind_by_name(old, new) if old.key == new.key else None


def _kind_by_name(old: Title, new: Title) -> RevisionKind:
    """The kind of change that gives one work another name, or another season."""
    names = [(name, by, year) for name, by, _, year in (_folded_texts(old), _folded_texts(new))]
    is_season = names[0] == names[1]
    return RevisionKind.SEASON_RELABELLED if is_season else RevisionKind.RENAMED


class _Listed:
    """The titles of a list of one vintage, with their best ranks."""

    def __init__(self, store: Store, rows: range) -> None:
        codes = store.title_codes[rows.start : rows.stop]
        titles = map(store.titles.__getitem__, reversed(codes))
        # From the last rank up, so that of a title that is there twice the better one stays.
        ranks = reversed(store.ranks[rows.start : rows.stop])
        self.ranks = {title.key: (rank, title) for rank, title in zip(ranks, titles, strict=True)}
        """By key."""
        self._spellings: dict[object, int] | None = None

    def rank_of(self, title: Title, here: _Listed) -> int | None:
        """The rank on this list of a title of the other, or of one spelt differently."""
        if title.key in self.ranks:
            return self.ranks[title.key][0]
        if self._spellings is None:  # folding takes long, and on most lists no title is gone
            fresh = (held for key, held in self.ranks.items() if key not in here.ranks)
            worst_first = sorted(fresh, key=lambda held: -held[0])
            self._spellings = {_folded_texts(each): rank for rank, each in worst_first}
        return self._spellings.get(_folded_texts(title))
