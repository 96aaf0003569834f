"""Which lists two vintages have, what they know of the others, and of whole series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.columns.summary import statuses
from kcharts.model.country import Country, World
from kcharts.model.snapshot import IssueStatus
from kcharts.vintages._charts import Alike, Charts, Series
from kcharts.vintages._records import ListRevision, RevisionKind, SeriesRevision

Known = dict[int, IssueStatus]
Pair = tuple[int | None, int | None]
"""A chart's code in the old vintage and in the new one; None where it has no such chart."""


class Side(NamedTuple):
    """One vintage, and what was asked of it before."""

    store: Store
    issues: dict[tuple[ChartSeries, int, int], int]
    """How many issues a series should have between two dates."""

    def has_all(self, chart: int) -> bool:
        """Whether every issue of a chart's span is in hand, and nothing else is known of it."""
        store = self.store
        low, high = store.spans[chart]
        if store.marks[chart] or low > high:
            return False
        series = store.charts[chart].series
        span = (series, low, high)
        if span not in self.issues:
            ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
            self.issues[span] = len(store.calendar(series).between(*ends))
        return self.issues[span] == len(store.lists[chart].ordinals)

    def known(self, chart: int | None) -> Known:
        """The status of each issue of a chart, but for those OUTSIDE."""
        if chart is None:
            return {}
        if self.has_all(chart):
            return dict.fromkeys(self.store.lists[chart].ordinals, IssueStatus.PUBLISHED)
        return statuses(self.store, chart)

    def rows(self, chart: int | None, ordinal: int) -> int | None:
        """The number of rows of a list; None where it is not in hand."""
        if chart is None or self.store.index(chart, ordinal) is None:
            return None
        return len(self.store.rows(chart, ordinal))

    def closing(self, chart: int | None) -> int | None:
        """The last issue of a chart, where it is known to have ended."""
        return None if chart is None else self.store.closings[chart]


class ListChange(NamedTuple):
    """What a `ListRevision` is made from."""

    kind: RevisionKind
    pair: Pair
    chart: Chart
    ordinal: int
    old: IssueStatus
    new: IssueStatus
    rows: int = 0

    def made(self) -> ListRevision:
        """The value."""
        return ListRevision(
            self.kind,
            self.chart,
            dt.date.fromordinal(self.ordinal),
            self.old,
            self.new,
            self.rows,
        )


def list_changes(old: Store, new: Store, charts: Charts) -> list[ListChange]:
    """What two vintages know otherwise of single lists, by chart and date."""
    sides = Side(old, {}), Side(new, {})
    joined: list[Pair] = [*charts.pairs]
    joined += [(code, None) for code in charts.lost] + [(None, code) for code in charts.added]
    found: list[ListChange] = []
    for pair in joined:
        found += _of_chart(sides, pair)
    return sorted(found, key=lambda each: (each.chart.sort_key, each.ordinal, each.kind.value))


def _of_chart(sides: tuple[Side, Side], pair: Pair) -> Iterator[ListChange]:
    """What the two vintages know otherwise of one chart."""
    before, after = (side.known(code) for side, code in zip(sides, pair, strict=True))
    closings = [side.closing(code) for side, code in zip(sides, pair, strict=True)]
    if before == after and closings[0] == closings[1]:
        return
    chart = _chart(sides, pair)

    def change(kind: RevisionKind, ordinal: int, size: int = 0) -> ListChange:
        outside = IssueStatus.OUTSIDE
        was, now = before.get(ordinal, outside), after.get(ordinal, outside)
        return ListChange(kind, pair, chart, ordinal, was, now, size)

    for ordinal in dict(before.items() ^ after.items()):
        old, new = (side.rows(code, ordinal) for side, code in zip(sides, pair, strict=True))
        if old is not None and new is None:
            yield change(RevisionKind.LIST_LOST, ordinal, old)
        elif old is None and new is not None:
            yield change(RevisionKind.LIST_ADDED, ordinal, new)
        else:
            yield change(RevisionKind.STATUS_CHANGED, ordinal)
    if closings[0] != closings[1]:
        for kind, closing in zip(_CLOSINGS, closings, strict=True):
            if closing is not None:
                yield change(kind, closing)


_CLOSINGS = RevisionKind.REOPENED, RevisionKind.CLOSED


def _chart(sides: tuple[Side, Side], pair: Pair) -> Chart:
    """The chart, as the new vintage calls it if it knows it."""
    [*_, (side, code)] = [
        (side, code) for side, code in zip(sides, pair, strict=True) if code is not None
    ]
    return side.store.charts[code]


def series_changes(old: Store, new: Store, charts: Charts) -> Iterator[SeriesRevision]:
    """What two vintages know otherwise of whole series."""
    for series, alike in charts.relabelled.items():
        kind = RevisionKind.CATEGORY_RELABELLED
        if series[0].category == series[1].category:
            kind = RevisionKind.DEPTH_CHANGED
        yield _alike(new, kind, series, alike)
    for series, alike in charts.unproved.items():
        yield _alike(new, RevisionKind.UNPROVED, series, alike)
    joined = [(old.charts[one].series, new.charts[other]) for one, other in charts.pairs]
    for one, other in dict.fromkeys((one, chart.series) for one, chart in joined):
        calendars = old.calendar(one), new.calendar(other)
        if calendars[0] != calendars[1]:
            kind = RevisionKind.CALENDAR_CHANGED
            places = tuple(c.place for s, c in joined if (s, c.series) == (one, other))
            yield SeriesRevision(kind, one, other, places, calendars=calendars)
    for lost, places in _grouped(old.charts[code] for code in charts.lost).items():
        yield SeriesRevision(RevisionKind.CHARTS_LOST, lost, None, places)
    for added, places in _grouped(new.charts[code] for code in charts.added).items():
        yield SeriesRevision(RevisionKind.CHARTS_ADDED, None, added, places)


def _alike(new: Store, kind: RevisionKind, series: Series, alike: Alike) -> SeriesRevision:
    places = tuple(new.charts[code].place for _, code in alike.pairs)
    return SeriesRevision(kind, *series, places, alike.rows, alike.same)


def _grouped(charts: Iterable[Chart]) -> dict[ChartSeries, tuple[Country | World, ...]]:
    """The places of charts, by their series."""
    found: dict[ChartSeries, tuple[Country | World, ...]] = {}
    for chart in charts:
        found[chart.series] = (*found.get(chart.series, ()), chart.place)
    return found
