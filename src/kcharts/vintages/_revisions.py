"""What two vintages of one file differ in: at a place, in a list, in a series."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, final

from attrs import frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import EXTRA
from kcharts.model.country import Country, World
from kcharts.model.history import METRICS, REPORTED
from kcharts.model.snapshot import IssueStatus, RankSnapshot


@final
@public
class RevisionKind(Enum):
    """What became of a place, a list or a series from one vintage to the next.

    A place whose title differs has one of the first six: four if the work is the same, and two
    for what became of the old title.
    """

    RESPELT = "respelt"
    """The same title in another spelling: equal once folded as look-ups fold."""
    SEASON_RELABELLED = "season relabelled"
    """The same name, proved to be the same work, with another title of the season."""
    RENAMED = "renamed"
    """Another name, proved to be the same work: by its id, or by all the places it holds."""
    REIDENTIFIED = "identified otherwise"
    """The same text, but another kind, id or day of release, so that it is another title."""
    MOVED = "moved"
    """Another title is here now; this one is at another rank of the same list."""
    REPLACED = "replaced"
    """Another title is here now; this one is gone from its list."""
    COUNTER_CORRECTED = "counter corrected"
    """The title stays, a counter of the publisher's differs."""
    METRIC_CORRECTED = "metric corrected"
    """The title stays, what was measured differs."""
    OTHER_CORRECTED = "other column corrected"
    """The title stays, a column differs that has no field."""
    COLUMN_LOST = "column lost"
    """A column is printed here that the new vintage does not have at all."""
    COLUMN_ADDED = "column added"
    """A column is printed here that the old vintage did not have at all."""
    ROW_LOST = "row lost"
    """Both vintages have the list, only the old one has the row."""
    ROW_ADDED = "row added"
    """Both vintages have the list, only the new one has the row."""
    LIST_LOST = "list lost"
    """Only the old vintage has the list."""
    LIST_ADDED = "list added"
    """Only the new vintage has the list: a new issue, or one that came late."""
    STATUS_CHANGED = "status changed"
    """Both or neither have the list, and what is known of it differs."""
    CLOSED = "closed"
    """The chart is known to have ended with this issue, as it was not before."""
    REOPENED = "reopened"
    """The chart is no longer known to have ended with this issue."""
    CATEGORY_RELABELLED = "category relabelled"
    """The same lists under another category, as the titles on them show."""
    DEPTH_CHANGED = "depth changed"
    """The same lists, said to have another number of ranks."""
    CALENDAR_CHANGED = "calendar changed"
    """The series should have other issues."""
    CHARTS_LOST = "charts lost"
    """The new vintage does not know of these charts."""
    CHARTS_ADDED = "charts added"
    """The old vintage does not know of these charts."""
    UNPROVED = "perhaps relabelled"
    """A lost and an added series have some titles at the same places: too few to join them."""

    def __repr__(self) -> str:
        return f"RevisionKind.{self.name}"


RETITLED = (
    RevisionKind.RESPELT,
    RevisionKind.SEASON_RELABELLED,
    RevisionKind.RENAMED,
    RevisionKind.MOVED,
    RevisionKind.REPLACED,
)
"""The kinds of a place where another text of a title is printed."""
COLUMNS = RevisionKind.COLUMN_LOST, RevisionKind.COLUMN_ADDED
"""The kinds that are about the file: a place with no other kind was not revised."""
_KEPT = (*RETITLED[:3], RevisionKind.REIDENTIFIED)
_TITLE_CELLS = {"title": "name", "by": "by", "season": "season", "kind": "kind", "year": "year"}
_OF_TITLES = (*_TITLE_CELLS, "key")
# The texts of an extra column can be whole paragraphs; a page of revisions has lines.
_LONG = 40


@final
@public
@frozen
class Revision:
    """One place, a rank of one list, where two vintages differ.

    Attributes:
        chart: The chart, as the new vintage calls it.
        date: The date of the list.
        rank: The rank.
        kinds: What happened, the title first.
        old: The row of the old vintage; None where it has none.
        new: The row of the new vintage; None where it has none.
        now_at: The rank of the old row's title on the new list, if it is another one: the very
            title or, where it is not MOVED, the title in another spelling.
        was_at: The rank of the new row's title on the old list, likewise.
    """

    chart: Chart
    date: dt.date
    rank: int
    kinds: tuple[RevisionKind, ...]
    old: RankSnapshot | None
    new: RankSnapshot | None
    now_at: int | None = None
    was_at: int | None = None

    @property
    def issue(self) -> tuple[Chart, dt.date]:
        """The list: its chart, as the new vintage calls it, and its date."""
        return self.chart, self.date

    @property
    def cells(self) -> dict[str, tuple[Any, Any]]:
        """The cells that differ, old and new, under the names of the kcharts table.

        Empty where a vintage has no such row. The key of a title is among them only where
        nothing else of the title differs.
        """
        if self.old is None or self.new is None:
            return {}
        return dict(_cells(self.old, self.new))

    def as_row(self) -> dict[str, Any]:
        """The revision as named cells."""
        other = [f"{name}: {was} -> {now}" for name, was, now in self._other_cells()]
        return {
            "kinds": ", ".join(kind.value for kind in self.kinds),
            "country": self.chart.code,
            "category": self.chart.series.category,
            "date": self.date,
            "rank": self.rank,
            "old": None if self.old is None else self.old.title.full_name,
            "new": None if self.new is None else self.new.title.full_name,
            "now_at": self.now_at,
            "was_at": self.was_at,
            "cells": "; ".join(other) or None,
        }

    def _other_cells(self) -> Iterator[tuple[str, object, object]]:
        """The cells beside the title's."""
        for name, (was, now) in self.cells.items():
            if name not in _OF_TITLES:
                yield name, was, now

    def _names(self) -> tuple[str, str]:
        """The two titles; if they read the same, with the cells in which they differ."""
        old, new = (str(row.title) if row else "" for row in (self.old, self.new))
        if old != new:
            return old, new
        apart = [
            tuple(f"{name} {'not printed' if value is None else value}" for value in pair)
            for name, pair in self.cells.items()
            if name in _OF_TITLES
        ]
        was, now = (", ".join(cells[side] for cells in apart) for side in (0, 1))
        return (f"{old} ({was})", f"{new} ({now})") if apart else (old, new)

    def __str__(self) -> str:
        when = self.chart.series.when(self.date)
        return f"{self.chart.name}, {when}, No. {self.rank}: {self._sentence()}"

    def _sentence(self) -> str:
        old, new = self._names()
        if self.new is None:
            return f"{old} is lost" + ("" if self.now_at is None else f", now No. {self.now_at}")
        if self.old is None:
            return f"{new} is added" + ("" if self.was_at is None else f", was No. {self.was_at}")
        if self.kinds[0] in RETITLED[3:]:
            # A title that is spelt differently has another key, so it is not MOVED: three of the
            # 212 that left their list between two files of Netflix's are still there like this.
            spelling = "" if RevisionKind.MOVED in self.kinds else " in another spelling"
            fate = "gone from the list"
            if self.now_at is not None:
                fate = f"now No. {self.now_at}{spelling}"
            return f"{new} in place of {old}, {fate}"
        kept = [kind.value for kind in self.kinds if kind in _KEPT]
        head = f"{old} is now {new} ({kept[0]})" if kept else new
        return "; ".join([head, *self._corrections()])

    def _corrections(self) -> Iterator[str]:
        """What differs beside the title, columns left out that only one vintage has."""
        # A column that is new in the file says nothing about this place.
        new_columns = not {*COLUMNS}.isdisjoint(self.kinds)
        for name, was, now in self._other_cells():
            if not (new_columns and None in (was, now)):
                yield f"{_in_words(name)} {_shown(was)}, now {_shown(now)}"


def _in_words(column: str) -> str:
    """A column's name as words: "reported_last_rank" is "last rank"."""
    name = column.removeprefix("reported_").removeprefix(EXTRA)
    return name if column.startswith(EXTRA) else name.replace("_", " ")


def _shown(value: object) -> str:
    """A cell in a sentence: numbers with commas, long texts cut."""
    if value is None:
        return "not printed"
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    text = str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}..."


def _cells(old: RankSnapshot, new: RankSnapshot) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The cells that differ between two rows."""
    before = {name: getattr(old.title, field) for name, field in _TITLE_CELLS.items()}
    after = {name: getattr(new.title, field) for name, field in _TITLE_CELLS.items()}
    # A key that is made from the texts changes with them, and would say everything twice.
    if before == after:
        before["key"], after["key"] = old.title.key, new.title.key
    for row, cells in ((old, before), (new, after)):
        cells.update((name, getattr(row.metrics, name)) for name in METRICS)
        cells.update((f"reported_{n}", getattr(row.reported, n)) for n in (*REPORTED, "as_of"))
        cells.update((f"{EXTRA}{name}", text) for name, text in row.extras)
    for name in dict.fromkeys((*before, *after)):
        pair = before.get(name), after.get(name)
        if pair[0] != pair[1]:
            yield name, pair


@final
@public
@frozen
class ListRevision:
    """One list about which two vintages disagree.

    Attributes:
        kind: What happened: a kind of lists or of statuses, CLOSED or REOPENED.
        chart: The chart, as the new vintage calls it.
        date: The date of the list.
        old: What the old vintage knows of it.
        new: What the new vintage knows of it.
        rows: How many rows it has, if only one vintage has it; else 0.
    """

    kind: RevisionKind
    chart: Chart
    date: dt.date
    old: IssueStatus
    new: IssueStatus
    rows: int = 0

    def as_row(self) -> dict[str, Any]:
        """The revision as named cells."""
        return {
            "kind": self.kind.value,
            "country": self.chart.code,
            "category": self.chart.series.category,
            "date": self.date,
            "old": self.old.value,
            "new": self.new.value,
            "rows": self.rows,
        }

    def __str__(self) -> str:
        when = self.chart.series.when(self.date)
        what = f"{self.kind.value} ({words.quantity(self.rows, 'row')})"
        if self.kind is RevisionKind.STATUS_CHANGED:
            what = f"{self.old.value}, now {self.new.value}"
        elif not self.rows:
            what = self.kind.value
        return f"{self.chart.name}, {when}: {what}"


@final
@public
@frozen
class SeriesRevision:
    """One series about which two vintages disagree.

    Attributes:
        kind: What happened: CATEGORY_RELABELLED, DEPTH_CHANGED, UNPROVED, CALENDAR_CHANGED or a
            kind of charts.
        old: The series as the old vintage has it; None where charts are added.
        new: The series as the new vintage has it; None where charts are lost.
        places: The places of the charts concerned.
        rows: How many ranks of lists both vintages have of these charts, all added up.
        same: At how many of them the title's text is the same.
        calendars: The calendars, old and new, where they changed.
    """

    kind: RevisionKind
    old: ChartSeries | None
    new: ChartSeries | None
    places: tuple[Country | World, ...]
    rows: int = 0
    same: int = 0
    calendars: tuple[Calendar, Calendar] | None = None

    def as_row(self) -> dict[str, Any]:
        """The revision as named cells."""
        return {
            "kind": self.kind.value,
            "old": None if self.old is None else str(self.old),
            "new": None if self.new is None else str(self.new),
            "places": len(self.places),
            "rows": self.rows,
            "same": self.same,
            "calendars": self.calendars and " -> ".join(map(str, self.calendars)),
        }

    def __str__(self) -> str:
        charts = words.quantity(len(self.places), "chart")
        what = f"{self.kind.value}: {self.old or self.new}"
        if self.old is None or self.new is None:
            return f"{what}, {charts}"
        if self.calendars is not None:
            return f"{what}, {charts}: {self.calendars[0]}, now {self.calendars[1]}"
        now = f"{self.new}" if self.old.category != self.new.category else f"{self.new.depth} ranks"
        same = f"the same title at {self.same:,} of {self.rows:,} places"
        return f"{what}, now {now}: {charts}, {same}"
