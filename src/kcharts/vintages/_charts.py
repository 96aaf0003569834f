"""Which chart of the new vintage each chart of the old one is, and what became of their lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from operator import eq
from typing import NamedTuple

from kcharts.errors import AmbiguousChartError, UnknownChartError
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.columns.summary import statuses
from kcharts.model.country import Country, World
from kcharts.model.snapshot import IssueStatus
from kcharts.vintages._revisions import ListRevision, RevisionKind, SeriesRevision

Codes = tuple[int, int]
"""A chart's codes in the old vintage and in the new one."""
ChartPair = tuple[int | None, int | None]
"""The same, with None for a chart that a vintage does not have."""
SeriesPair = tuple[ChartSeries, ChartSeries]
"""A series as the old vintage has it, and as the new one has it."""


class Match(NamedTuple):
    """Charts of two series that are or can be one: they differ in category or depth."""

    charts: list[Codes]
    rows: int
    """How many ranks of lists both vintages have of them, all added up."""
    same: int
    """At how many of those the title's text is the same."""

    @property
    def is_proof(self) -> bool:
        # Netflix took "(English)" out of its categories before 2021-12-01 and revised ranks by
        # 2021-12-08: 97 of 100 places still agree. Few places in common can be hits of any chart.
        return 2 * self.same > self.rows


class JoinedCharts(NamedTuple):
    """The charts of two vintages, by their codes in each."""

    pairs: list[Codes]
    """In the order of the new ones."""
    lost: list[int]
    added: list[int]
    relabelled: dict[SeriesPair, Match]
    unproved: dict[SeriesPair, Match]

    def labelled(self, old: Store, new: Store) -> list[tuple[Chart, ChartPair]]:
        """Each chart with its codes, as the new vintage calls it if it has it."""
        return [
            *((new.charts[pair[1]], pair) for pair in self.pairs),
            *((old.charts[code], (code, None)) for code in self.lost),
            *((new.charts[code], (None, code)) for code in self.added),
        ]


class CommonList(NamedTuple):
    """A list that both vintages have: its date, and its rows in each."""

    ordinal: int
    old: range
    new: range


def common_lists(old: Store, new: Store, pair: Codes) -> Iterator[CommonList]:
    ordinals, starts = new.lists[pair[1]]
    there = dict(zip(ordinals, pairwise(starts), strict=True))
    ordinals, starts = old.lists[pair[0]]
    for ordinal, ends in zip(ordinals, pairwise(starts), strict=True):
        if ordinal in there:
            yield CommonList(ordinal, range(*ends), range(*there[ordinal]))


def join_charts(old: Store, new: Store, categories: Mapping[str, str]) -> JoinedCharts:
    """Join charts by `categories`, else by their label, else by what most of their places hold.

    What cannot be decided so is refused, as `compare` says.
    """
    new_by_old = _join_categories(old, new, categories)
    labels = {chart: code for code, chart in enumerate(new.charts)}
    for code, chart in enumerate(old.charts):
        if chart.series.category not in categories and chart in labels:
            new_by_old[code] = labels[chart]
    _check_single(old, new, new_by_old)
    # Whatever has no partner yet is compared with whatever it can have been: a renamed category
    # would otherwise look like lists lost and lists added, with no place to compare.
    left = [code for code in range(len(old.charts)) if code not in new_by_old]
    free = sorted(set(range(len(new.charts))).difference(new_by_old.values()))
    likely = _may_be_one(old, new, left, free)
    matches = {series: _match(old, new, pairs) for series, pairs in likely.items()}
    proved = {series: match for series, match in matches.items() if match.is_proof}
    _check_one_to_one(proved)
    for match in proved.values():
        new_by_old.update(match.charts)
    taken = set(new_by_old.values())
    relabelled = _by_series(old, new, new_by_old.items())
    return JoinedCharts(
        pairs=sorted(new_by_old.items(), key=lambda pair: pair[1]),
        lost=[code for code in left if code not in new_by_old],
        added=[code for code in free if code not in taken],
        relabelled={
            s: matches.get(s) or _match(old, new, pairs) for s, pairs in relabelled.items()
        },
        unproved={s: match for s, match in matches.items() if match.same and not match.is_proof},
    )


def _family(chart: Chart) -> tuple[object, ...]:
    """What a relabelled chart keeps: all but its category and its depth."""
    series = chart.series
    return series.publisher, series.platform, series.frequency, series.dated, chart.place


def _join_categories(old: Store, new: Store, categories: Mapping[str, str]) -> dict[int, int]:
    """The charts that the caller says are one."""
    for number, store in enumerate((old, new)):
        held = {chart.series.category for chart in store.charts}
        for pair in categories.items():
            if pair[number] not in held:
                which = ("old", "new")[number]
                raise UnknownChartError(
                    f"categories: the {which} vintage has no category {pair[number]!r}",
                    hints=[f"it has {category!r}" for category in sorted(held)],
                )
    codes = {(_family(c), c.series.category, c.series.depth): n for n, c in enumerate(new.charts)}
    new_by_old: dict[int, int] = {}
    for code, chart in enumerate(old.charts):
        wanted = categories.get(chart.series.category, "")
        there = codes.get((_family(chart), wanted, chart.series.depth))
        if there is not None:
            new_by_old[code] = there
    return new_by_old


def _check_single(old: Store, new: Store, new_by_old: Mapping[int, int]) -> None:
    """Raise where two charts of the old vintage are one of the new."""
    first: dict[int, int] = {}
    for code, there in new_by_old.items():
        other = first.setdefault(there, code)
        if other != code:
            both = f"{old.charts[other]} and {old.charts[code]}"
            raise checks.refuse(
                "categories", f"one chart for {new.charts[there]}", both, kind=ValueError
            )


def _by_series(old: Store, new: Store, pairs: Iterable[Codes]) -> dict[SeriesPair, list[Codes]]:
    """The pairs of charts whose series differ, by the two series."""
    by_series: dict[SeriesPair, list[Codes]] = {}
    for pair in sorted(pairs, key=lambda pair: pair[1]):
        series = old.charts[pair[0]].series, new.charts[pair[1]].series
        if series[0] != series[1]:
            by_series.setdefault(series, []).append(pair)
    return by_series


def _may_be_one(
    old: Store, new: Store, left: list[int], free: list[int]
) -> dict[SeriesPair, list[Codes]]:
    """The charts that can be one: all alike but the category, or the depth."""
    families: dict[tuple[object, ...], list[int]] = {}
    for code in free:
        families.setdefault(_family(new.charts[code]), []).append(code)
    pairs = (
        (code, there) for code in left for there in families.get(_family(old.charts[code]), ())
    )
    return _by_series(old, new, pairs)


def _check_one_to_one(proved: Mapping[SeriesPair, Match]) -> None:
    """Raise where a chart could be either of two."""
    for side in (0, 1):
        first: dict[int, SeriesPair] = {}
        for series, match in proved.items():
            for pair in match.charts:
                other = first.setdefault(pair[side], series)
                if other is not series:
                    pairs = (other, series)
                    raise AmbiguousChartError(
                        f"{other[side]} holds the same titles as {other[1 - side]} "
                        f"and as {series[1 - side]}: say which it is",
                        hints=[f"categories={{{a.category!r}: {b.category!r}}}" for a, b in pairs],
                    )


def _match(old: Store, new: Store, pairs: list[Codes]) -> Match:
    """What both vintages hold of some charts, by the texts of titles.

    Without an id, a key is made from the kind too, which can change with the category.
    """
    texts: dict[tuple[str | None, ...], int] = {}
    sides = [
        [texts.setdefault((t.name, t.by, t.season), len(texts)) for t in store.titles]
        for store in (old, new)
    ]
    rows = same = 0
    for pair in pairs:
        for _, before, after in common_lists(old, new, pair):
            ranks = old.ranks[before.start : before.stop], new.ranks[after.start : after.stop]
            codes = [
                [side[store.title_codes[row]] for row in each]
                for side, store, each in zip(sides, (old, new), (before, after), strict=True)
            ]
            # Nearly all lists have each rank once, and the same ones: no rows need be counted.
            if ranks[0] == ranks[1] and len(set(ranks[0])) == len(ranks[0]):
                rows += len(ranks[0])
                same += sum(map(eq, *codes))
                continue
            rows += (Counter(ranks[0]) & Counter(ranks[1])).total()
            held = [Counter(zip(*each, strict=True)) for each in zip(ranks, codes, strict=True)]
            same += (held[0] & held[1]).total()
    return Match(pairs, rows, same)


# -- what is known of their lists -----------------------------------------------------------------


class ListChange(NamedTuple):
    """What a `ListRevision` is made from, when somebody looks at it."""

    kind: RevisionKind
    pair: ChartPair
    chart: Chart
    ordinal: int
    old: IssueStatus
    new: IssueStatus
    rows: int = 0

    def revision(self) -> ListRevision:
        return ListRevision(
            kind=self.kind,
            chart=self.chart,
            date=dt.date.fromordinal(self.ordinal),
            old=self.old,
            new=self.new,
            rows=self.rows,
        )


class _Vintage(NamedTuple):
    """One vintage, and how many issues its series should have between two dates."""

    store: Store
    issues: dict[tuple[ChartSeries, int, int], int]
    # The 188 charts of Netflix's countries file are of two series: each is counted once.

    def has_all(self, chart: int) -> bool:
        """Whether every list of a chart's span is there, and no status was set."""
        store = self.store
        low, high = store.spans[chart]
        if store.marks[chart] or low > high:
            return False
        series = store.charts[chart].series
        span = (series, low, high)
        if span not in self.issues:
            ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
            self.issues[span] = store.calendar(series).count(*ends)
        return self.issues[span] == len(store.lists[chart].ordinals)

    def statuses(self, chart: int | None) -> dict[int, IssueStatus]:
        """The status of each issue of a chart that is not OUTSIDE."""
        if chart is None:
            return {}
        if self.has_all(chart):
            return dict.fromkeys(self.store.lists[chart].ordinals, IssueStatus.PUBLISHED)
        return statuses(self.store, chart)

    def rows(self, chart: int | None, ordinal: int) -> int | None:
        """The number of rows of a list; None if this vintage does not have it."""
        if chart is None or self.store.index(chart, ordinal) is None:
            return None
        return len(self.store.rows(chart, ordinal))

    def closing(self, chart: int | None) -> int | None:
        return None if chart is None else self.store.closings[chart]


def list_changes(old: Store, new: Store, charts: JoinedCharts) -> list[ListChange]:
    """The lists about which two vintages disagree, by chart and date."""
    before, after = _Vintage(old, {}), _Vintage(new, {})
    labelled = charts.labelled(old, new)
    changes = chain.from_iterable(_changes_of(before, after, *each) for each in labelled)
    return sorted(changes, key=lambda each: (each.chart.sort_key, each.ordinal, each.kind.value))


def _changes_of(
    old: _Vintage, new: _Vintage, chart: Chart, pair: ChartPair
) -> Iterator[ListChange]:
    there, here = pair
    before, after = old.statuses(there), new.statuses(here)
    reopened, closed = old.closing(there), new.closing(here)
    if before == after and reopened == closed:
        return

    def change(kind: RevisionKind, ordinal: int, rows: int = 0) -> ListChange:
        was = before.get(ordinal, IssueStatus.OUTSIDE)
        now = after.get(ordinal, IssueStatus.OUTSIDE)
        return ListChange(kind, pair, chart, ordinal, was, now, rows)

    for ordinal in dict(before.items() ^ after.items()):
        lost, added = old.rows(there, ordinal), new.rows(here, ordinal)
        if lost is not None and added is None:
            yield change(RevisionKind.LIST_LOST, ordinal, lost)
        elif lost is None and added is not None:
            yield change(RevisionKind.LIST_ADDED, ordinal, added)
        else:
            yield change(RevisionKind.STATUS_CHANGED, ordinal)
    if reopened != closed:
        for kind, ending in ((RevisionKind.REOPENED, reopened), (RevisionKind.CLOSED, closed)):
            if ending is not None:
                yield change(kind, ending)


def series_changes(old: Store, new: Store, charts: JoinedCharts) -> Iterator[SeriesRevision]:
    """The series about which two vintages disagree."""
    for series, match in charts.relabelled.items():
        kind = RevisionKind.CATEGORY_RELABELLED
        if series[0].category == series[1].category:
            kind = RevisionKind.DEPTH_CHANGED
        yield _matched(new, kind, series, match)
    for series, match in charts.unproved.items():
        yield _matched(new, RevisionKind.UNPROVED, series, match)
    joined = [(old.charts[one].series, new.charts[other]) for one, other in charts.pairs]
    for one, other in dict.fromkeys((one, chart.series) for one, chart in joined):
        calendars = old.calendar(one), new.calendar(other)
        if calendars[0] != calendars[1]:
            kind = RevisionKind.CALENDAR_CHANGED
            places = tuple(c.place for s, c in joined if (s, c.series) == (one, other))
            yield SeriesRevision(kind, one, other, places, calendars=calendars)
    for lost, places in _places_by_series(old.charts[code] for code in charts.lost).items():
        yield SeriesRevision(RevisionKind.CHARTS_LOST, lost, None, places)
    for added, places in _places_by_series(new.charts[code] for code in charts.added).items():
        yield SeriesRevision(RevisionKind.CHARTS_ADDED, None, added, places)


def _matched(new: Store, kind: RevisionKind, series: SeriesPair, match: Match) -> SeriesRevision:
    return SeriesRevision(
        kind=kind,
        old=series[0],
        new=series[1],
        places=tuple(new.charts[code].place for _, code in match.charts),
        rows=match.rows,
        same=match.same,
    )


def _places_by_series(
    charts: Iterable[Chart],
) -> dict[ChartSeries, tuple[Country | World, ...]]:
    places: dict[ChartSeries, tuple[Country | World, ...]] = {}
    for chart in charts:
        places[chart.series] = (*places.get(chart.series, ()), chart.place)
    return places
