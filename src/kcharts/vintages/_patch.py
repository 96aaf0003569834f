"""Making revisions in a history: it changes where the vintages differ, and nowhere else."""

from __future__ import annotations

import datetime as dt
from array import array
from itertools import pairwise
from typing import Any

from attrs import define, evolve, field

from kcharts.errors import ConflictError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.grouping import PRINTED
from kcharts.model.columns.merging import pool_rows
from kcharts.model.columns.store import Lists, Store
from kcharts.model.columns.summary import statuses
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.vintages._charts import ChartPair, ListChange
from kcharts.vintages._comparison import NO_ROW, Comparison, PlaceChange
from kcharts.vintages._revisions import RevisionKind

Marks = dict[int, IssueStatus]


@define(eq=False)
class _PatchedChart:
    """A chart of the history that the patch makes."""

    label: Chart
    pair: ChartPair
    here: int | None
    """Its code in the history that is revised."""
    lists: dict[int, list[int]]
    """Its rows by date; those of the new vintage are numbered on after all rows here."""
    closing: int | None
    known: Marks
    """The statuses of its lists here, OUTSIDE left out."""
    changed: Marks = field(factory=dict[int, IssueStatus])
    """The new statuses of lists about which the vintages disagree."""

    @property
    def is_lost(self) -> bool:
        """Whether the new vintage dropped the chart, and nothing of it is left here."""
        return self.pair[1] is None and self.pair[0] is not None and not self.lists


class Patch:
    """The revisions of two vintages, and the store in which they are made."""

    def __init__(self, comparison: Comparison, here: Store) -> None:
        self.comparison, self.here = comparison, here
        self.old, self.new = comparison.old.store, comparison.new.store
        self.charts = self._charts()
        self.by_new = {chart.pair[1]: chart for chart in self.charts if chart.pair[1] is not None}

    def apply(self) -> Store:
        """Make the revisions; ConflictError if the store is not the old vintage where it counts."""
        by_pair = {chart.pair: chart for chart in self.charts}
        for change in self.comparison.issues:
            self._revise_issue(by_pair[change.pair], change)
        for each in (*self.comparison.places, *self.comparison.columns):
            self._revise_place(self.by_new[each.chart], each)
        self.charts = [chart for chart in self.charts if not chart.is_lost]
        self.charts.sort(key=lambda chart: chart.label.sort_key)
        for one, other in pairwise(self.charts):
            # A relabelled chart, where the history has one with the new label as well.
            if one.label == other.label:
                raise ConflictError(f"{one.label} is there already")
        return self._with_marks(self._assemble())

    def _charts(self) -> list[_PatchedChart]:
        codes = {chart: code for code, chart in enumerate(self.here.charts)}
        charts: list[_PatchedChart] = []
        for label, pair in self.comparison.charts.labelled(self.old, self.new):
            # A chart that was relabelled is found here under its old label.
            label_here = label if pair[0] is None else self.old.charts[pair[0]]
            charts.append(self._chart(label, pair, codes.pop(label_here, None)))
        charts += [self._chart(label, (None, None), here) for label, here in codes.items()]
        return charts

    def _chart(self, label: Chart, pair: ChartPair, here: int | None) -> _PatchedChart:
        if here is None:
            return _PatchedChart(label, pair, here=None, lists={}, closing=None, known={})
        ordinals, starts = self.here.lists[here]
        rows = [list(range(*ends)) for ends in pairwise(starts)]
        return _PatchedChart(
            label,
            pair,
            here=here,
            lists=dict(zip(ordinals, rows, strict=True)),
            closing=self.here.closings[here],
            known=statuses(self.here, here),
        )

    def _revise_issue(self, chart: _PatchedChart, change: ListChange) -> None:
        """Take over a list, a status or the last issue of a chart from the new vintage."""
        kind, (old, new), ordinal = change.kind, chart.pair, change.ordinal
        if kind in (RevisionKind.CLOSED, RevisionKind.REOPENED):
            chart.closing = None if new is None else self.new.closings[new]
            return
        known = chart.known.get(ordinal, IssueStatus.OUTSIDE)
        if known is not change.old:
            raise self._conflict(chart, ordinal, f"is {known.value}, not {change.old.value}")
        chart.changed[ordinal] = change.new
        if kind is RevisionKind.LIST_LOST and old is not None:
            rows = chart.lists.pop(ordinal)
            there = self.old.rows(old, ordinal)
            if [_content(self.here, row) for row in rows] != [_content(self.old, r) for r in there]:
                raise self._conflict(chart, ordinal, "has other rows")
        if kind is RevisionKind.LIST_ADDED and new is not None:
            chart.lists[ordinal] = [self._added(row) for row in self.new.rows(new, ordinal)]

    def _revise_place(self, chart: _PatchedChart, change: PlaceChange) -> None:
        """Replace the row of the old vintage by that of the new one."""
        place, ordinal = change.place, change.ordinal
        rows = chart.lists.get(ordinal)
        if rows is None:
            raise self._conflict(chart, ordinal, "is not in this history")
        if place.old != NO_ROW:
            wanted = _content(self.old, place.old)
            # Rows that were added before are the new vintage's: none of them is the old one.
            mine = (row for row in rows if row < len(self.here.ranks))
            same = next((row for row in mine if _content(self.here, row) == wanted), None)
            if same is None:
                raise self._conflict(chart, ordinal, f"has another row No. {wanted[0]}")
            rows.remove(same)
        if place.new != NO_ROW:
            rows.append(self._added(place.new))

    def _added(self, row: int) -> int:
        return row + len(self.here.ranks)

    def _conflict(self, chart: _PatchedChart, ordinal: int, what: str) -> ConflictError:
        day = dt.date.fromordinal(ordinal)
        hint = "revisions apply to the old vintage, or to a history that holds the same there"
        return ConflictError(f"{chart.label}, {day}: the list {what}", hints=[hint])

    def _assemble(self) -> Store:
        """The rows of all charts, without marks."""
        rows = [(0, 0, len(self.here.ranks)), (1, 0, len(self.new.ranks))]
        pool = pool_rows(rows, self.here, self.new, self._titles())
        slices: list[tuple[int, int]] = []
        lists: list[Lists] = []
        total = 0
        for chart in self.charts:
            starts = array("i", [total])
            for ordinal in sorted(chart.lists):
                held = sorted(chart.lists[ordinal], key=lambda row: _order(pool, row))
                slices += [(row, row + 1) for row in held]
                total += len(held)
                starts.append(total)
            lists.append(Lists(array("i", sorted(chart.lists)), starts))
        return pool.with_rows(
            slices,
            tuple(lists),
            charts=[chart.label for chart in self.charts],
            marks=[dict[int, IssueStatus]() for _ in self.charts],
            closings=[chart.closing for chart in self.charts],
            floors=[None for _ in self.charts],
            calendars=self._calendars(),
            due={},
            note=self.here.note if self.old.note == self.new.note else self.new.note,
        )

    def _titles(self) -> dict[str, Title]:
        """The titles by key: those here, with what the new vintage changed."""
        before = {title.key: title for title in self.old.titles}
        titles = {title.key: title for title in self.here.titles}
        for title in self.new.titles:
            here = titles.get(title.key)
            titles[title.key] = (
                title if here is None else _updated(here, before.get(title.key), title)
            )
        return titles

    def _calendars(self) -> dict[ChartSeries, Calendar]:
        """The calendar of each series: the new vintage's if it changed, else the one here."""
        held: dict[ChartSeries, Calendar] = {}
        revised: dict[ChartSeries, Calendar] = {}
        for chart in self.charts:
            old, new = chart.pair
            series = chart.label.series
            if chart.here is not None:
                held[series] = self.here.calendar(self.here.charts[chart.here].series)
            if new is not None:
                calendar = self.new.calendar(series)
                if old is None or self.old.calendar(self.old.charts[old].series) != calendar:
                    revised[series] = calendar
        return {**held, **revised}

    def _with_marks(self, made: Store) -> Store:
        """Mark the lists whose status would otherwise be inferred wrongly."""
        wanted = [self._wanted(chart) for chart in self.charts]
        marks = [self._marks(chart) for chart in self.charts]
        for code, known in enumerate(wanted):
            for day, status in known.items():
                if made.status(code, day) is not status:
                    marks[code][day] = status
        # These marks can make others be inferred as MISSING that are not due, as the new vintage
        # knows. Charts that it does not have keep what is inferred.
        made = evolve(made, marks=tuple(marks))
        for code, known in enumerate(wanted):
            if self.charts[code].pair != (None, None):
                for day in statuses(made, code).keys() - known.keys():
                    marks[code][day] = IssueStatus.OUTSIDE
        return self._with_calendars_given(evolve(made, marks=tuple(marks)))

    def _wanted(self, chart: _PatchedChart) -> Marks:
        """The status that each list of a chart should have, OUTSIDE left out."""
        known = {**chart.known, **chart.changed}
        return {day: s for day, s in known.items() if s is not IssueStatus.OUTSIDE}

    def _marks(self, chart: _PatchedChart) -> Marks:
        """The marks that were set here, with those of the new vintage where it differs."""
        old, new = chart.pair
        mine = Marks() if chart.here is None else self.here.marks[chart.here]
        theirs = Marks() if new is None else self.new.marks[new]
        kept = {day: status for day, status in mine.items() if day not in chart.changed}
        fresh = {day: s for day, s in theirs.items() if day in chart.changed or old is None}
        return {**kept, **fresh}

    def _with_calendars_given(self, made: Store) -> Store:
        """Keep the calendars that were given, and those that could not be inferred again."""
        given = {*self.here.calendars, *self.new.calendars}
        some = {series: c for series, c in made.calendars.items() if series in given}
        inferring = evolve(made, calendars=some)
        lacking = {
            series: calendar
            for series, calendar in made.calendars.items()
            if inferring.calendar(series) != calendar
        }
        return evolve(made, calendars={**some, **lacking})


def _updated(here: Title, old: Title | None, new: Title) -> Title:
    """A title as it is here, with what the new vintage changed, or says first."""
    values = {name: getattr(new, name) for name in (*PRINTED, "ids")}
    if old is None:
        return evolve(here, **{name: value for name, value in values.items() if value})
    return evolve(here, **{n: value for n, value in values.items() if value != getattr(old, n)})


def _content(store: Store, row: int) -> tuple[int, str, dict[str, Any]]:
    held = {name: column.get(row) for name, column in store.columns.items()}
    key = store.titles[store.title_codes[row]].key
    return store.ranks[row], key, {name: v for name, v in held.items() if v is not None}


def _order(store: Store, row: int) -> tuple[int, str, int]:
    return store.ranks[row], store.titles[store.title_codes[row]].key, store.lines[row]
