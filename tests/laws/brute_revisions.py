"""What two vintages differ in, from the definitions: place by place, and no code of `compare`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.history import METRICS, REPORTED, ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title, fold
from kcharts.vintages import RevisionKind as Kind
from tests import brute
from tests.laws.revising import IN_HAND, issues_of

List = dict[int, RankSnapshot]
Lists = dict[tuple[Chart, dt.date], List]


class BrutePlace(NamedTuple):
    """A place that differs."""

    chart: Chart
    date: dt.date
    rank: int
    kinds: frozenset[Kind]
    now_at: int | None
    was_at: int | None


class BruteList(NamedTuple):
    """A list of which the vintages know otherwise."""

    kind: Kind
    chart: Chart
    date: dt.date
    old: IssueStatus
    new: IssueStatus
    rows: int


def text(title: Title) -> tuple[Any, ...]:
    """What is printed of a title."""
    return title.name, title.by, title.season, title.year


def folded(title: Title) -> tuple[Any, ...]:
    """What is printed of a title, as look-ups take it."""
    return tuple(part if isinstance(part, int) else fold(part or "") for part in text(title))


def cells(row: RankSnapshot) -> dict[str, Any]:
    """What is printed beside a title, but for what is not."""
    found = {name: getattr(row.metrics, name) for name in METRICS}
    found |= {name: getattr(row.reported, name) for name in REPORTED}
    found |= {f"extra {name}": value for name, value in row.extras}
    found["as_of"] = None if row.reported.as_of == "issue" else row.reported.as_of
    return {name: value for name, value in found.items() if value is not None}


def labels(old: ChartHistory, new: ChartHistory) -> dict[Chart, Chart]:
    """What the charts of the old vintage are called in the new one, of those that it has."""
    found = {chart: chart for chart in old.charts if chart in new.charts}
    names = [{(r.chart, r.date, r.rank): text(r.title)[:3] for r in h} for h in (old, new)]
    votes: dict[tuple[ChartSeries, ChartSeries], list[bool]] = {}
    pairs: dict[tuple[ChartSeries, ChartSeries], dict[Chart, Chart]] = {}
    for one in set(old.charts) - set(new.charts):
        for other in set(new.charts) - set(old.charts):
            mine, theirs = one.series, other.series
            kept = [(s.publisher, s.platform, s.frequency, s.dated) for s in (mine, theirs)]
            if one.place == other.place and kept[0] == kept[1]:
                pairs.setdefault((mine, theirs), {})[one] = other
                votes.setdefault((mine, theirs), []).extend(
                    name == names[1][other, day, rank]
                    for (chart, day, rank), name in names[0].items()
                    if chart == one and (other, day, rank) in names[1]
                )
    for series, asked in votes.items():
        if asked.count(True) > asked.count(False):
            found.update(pairs[series])
    return found


class Two:
    """Two vintages without ties: their lists by the labels of the new one."""

    def __init__(self, old: ChartHistory, new: ChartHistory) -> None:
        called = labels(old, new)
        self.histories = old, new
        self.old: Lists = {
            (called.get(chart, chart), day): {row.rank: row for row in rows}
            for (chart, day), rows in issues_of(old).items()
        }
        self.new: Lists = {
            issue: {row.rank: row for row in rows} for issue, rows in issues_of(new).items()
        }
        self.both = [issue for issue in self.old if issue in self.new]
        self.columns = [{name for row in history for name in cells(row)} for history in (old, new)]
        self.called = called

    def places(self) -> Iterator[BrutePlace]:
        """All that differ."""
        for issue in self.both:
            was, now = self.old[issue], self.new[issue]
            for rank in {*was, *now}:
                old, new = was.get(rank), now.get(rank)
                kinds, kept = self._kinds(issue, old, new)
                if kinds:
                    fates: tuple[int | None, int | None] = (None, None)
                    if not kept:
                        fates = _standing(old, was, now), _standing(new, now, was)
                    yield BrutePlace(*issue, rank, frozenset(kinds), *fates)

    def _kinds(
        self, issue: tuple[Chart, dt.date], old: RankSnapshot | None, new: RankSnapshot | None
    ) -> tuple[set[Kind], bool]:
        """What happened at a place, and whether its work is the same."""
        if old is None:
            return {Kind.ROW_ADDED}, False
        stays = old.title in [row.title for row in self.new[issue].values()]
        if new is None:
            return {Kind.ROW_LOST, *([Kind.MOVED] if stays else [])}, False
        corrected = set(self._corrected(old, new))
        title = self._title(old.title, new.title)
        if title is Kind.REPLACED:
            columns = corrected & {Kind.COLUMN_ADDED, Kind.COLUMN_LOST}
            return {Kind.MOVED if stays else Kind.REPLACED, *columns}, False
        return corrected | ({title} if title else set()), True

    def _corrected(self, old: RankSnapshot, new: RankSnapshot) -> Iterator[Kind]:
        was, now = cells(old), cells(new)
        for name in {*was, *now}:
            if was.get(name) == now.get(name):
                continue
            if name not in self.columns[0]:
                yield Kind.COLUMN_ADDED
            elif name not in self.columns[1]:
                yield Kind.COLUMN_LOST
            elif name in METRICS:
                yield Kind.METRIC_CORRECTED
            else:
                is_extra = name.startswith("extra ")
                yield Kind.OTHER_CORRECTED if is_extra else Kind.COUNTER_CORRECTED

    def _title(self, old: Title, new: Title) -> Kind | None:
        """What became of the title of a place: None if nothing did, REPLACED if it is another."""
        if text(old) == text(new):
            return None if (old, old.kind) == (new, new.kind) else Kind.REIDENTIFIED
        if folded(old) == folded(new):
            return Kind.RESPELT
        season = [part for n, part in enumerate(folded(old)) if n != 2] == [
            part for n, part in enumerate(folded(new)) if n != 2
        ]
        if old == new or self._proved(old, new, 1 if season else 2):
            return Kind.SEASON_RELABELLED if season else Kind.RENAMED
        return Kind.REPLACED

    def _proved(self, old: Title, new: Title, least: int) -> bool:
        """Whether one title holds all the places that another one did."""
        if any(row.title == old for row in self.histories[1]):
            return False
        if any(row.title == new for row in self.histories[0]):
            return False
        places = [
            {(i, r) for i in self.both for r, row in lists[i].items() if row.title == title}
            for lists, title in ((self.old, old), (self.new, new))
        ]
        if places[0] != places[1]:
            return False
        higher = any(r < min(max(self.old[i]), max(self.new[i])) for i, r in places[0])
        measured = any(
            cells(self.old[i][r]).get(name) == cells(self.new[i][r]).get(name, "-")
            for i, r in places[0]
            for name in METRICS
        )
        return measured or (higher and len(places[0]) >= least)

    def lists(self) -> Iterator[BruteList]:
        """The lists of which the vintages know otherwise."""
        old, new = self.histories
        before = {(self.called.get(c, c), d): s for (c, d), s in _known(old).items()}
        after = _known(new)
        outside = IssueStatus.OUTSIDE
        for issue in {*before, *after}:
            was, now = before.get(issue, outside), after.get(issue, outside)
            rows = len(self.old.get(issue, ())), len(self.new.get(issue, ()))
            held = was in IN_HAND, now in IN_HAND
            if held == (True, False):
                yield BruteList(Kind.LIST_LOST, *issue, was, now, rows[0])
            elif held == (False, True):
                yield BruteList(Kind.LIST_ADDED, *issue, was, now, rows[1])
            elif was is not now:
                yield BruteList(Kind.STATUS_CHANGED, *issue, was, now, 0)
        ends = [{(self.called.get(c, c), old.closed(c)) for c in old.charts}]
        ends.append({(c, new.closed(c)) for c in new.charts})
        for kind, some in ((Kind.REOPENED, ends[0] - ends[1]), (Kind.CLOSED, ends[1] - ends[0])):
            for chart, day in some:
                if day is not None:
                    was, now = (s.get((chart, day), outside) for s in (before, after))
                    yield BruteList(kind, chart, day, was, now, 0)


def _known(history: ChartHistory) -> Mapping[tuple[Chart, dt.date], IssueStatus]:
    """All issues that are not OUTSIDE."""
    return {
        (line.chart, day): status
        for line in brute.lines(history)
        for day, status in zip(line.dates, line.statuses, strict=True)
        if status is not IssueStatus.OUTSIDE
    }


def _standing(row: RankSnapshot | None, here: List, there: List) -> int | None:
    """Where the title of a row of a list stands on the other vintage's, maybe otherwise spelt."""
    if row is None:
        return None
    ranks = [rank for rank, other in there.items() if other.title == row.title]
    if not ranks:
        mine = [other.title for other in here.values()]
        ranks = [
            rank
            for rank, other in there.items()
            if other.title not in mine and folded(other.title) == folded(row.title)
        ]
    return min(ranks, default=None)
