"""Putting revisions on a history: what differs between the vintages is made so, nothing else."""

from __future__ import annotations

import datetime as dt
from array import array
from itertools import pairwise
from typing import Any

from attrs import define, evolve, field

from kcharts.errors import ConflictError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.combining import PRINTED
from kcharts.model.columns.merging import pooled
from kcharts.model.columns.store import Lists, Store
from kcharts.model.columns.summary import statuses
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.vintages._comparison import Comparison
from kcharts.vintages._lists import ListChange, Pair
from kcharts.vintages._places import NO_ROW, Place
from kcharts.vintages._records import RevisionKind

Marks = dict[int, IssueStatus]


@define(eq=False)
class _Slot:
    """A chart of the history to be made."""

    label: Chart
    """What it is called there."""
    pair: Pair
    here: int | None
    """Its code in the history that is revised."""
    lists: dict[int, list[int]]
    """Its rows by date; those of the new vintage are counted on after all rows here."""
    closing: int | None
    known: Marks
    """What is known of its lists here, but for those OUTSIDE."""
    changed: Marks = field(factory=dict[int, IssueStatus])
    """What the new vintage knows of the lists of which it knows otherwise."""

    @property
    def is_lost(self) -> bool:
        """Whether the new vintage does not know of the chart, and nothing of it is left here."""
        return self.pair[1] is None and self.pair[0] is not None and not self.lists


class Patch:
    """The revisions of two vintages, and the store of a history that they are made in."""

    def __init__(self, found: Comparison, here: Store) -> None:
        self.found, self.here = found, here
        self.old, self.new = found.old.store, found.new.store
        self.slots = self._slots()
        self.by_new = {slot.pair[1]: slot for slot in self.slots if slot.pair[1] is not None}

    def applied(self) -> Store:
        """The store with the revisions made.

        Raises:
            ConflictError: It does not hold what the old vintage holds where the new one differs.
        """
        by_pair = {slot.pair: slot for slot in self.slots}
        for change in self.found.issues:
            self._revise_issue(by_pair[change.pair], change)
        for each in (*self.found.places, *self.found.columns):
            self._revise_place(self.by_new[each.chart], each.ordinal, each.place)
        self.slots = [slot for slot in self.slots if not slot.is_lost]
        self.slots.sort(key=lambda slot: slot.label.sort_key)
        for one, other in pairwise(self.slots):
            if one.label == other.label:
                raise ConflictError(f"{one.label} is there already")
        return self._marked(self._assembled())

    # -- charts ---------------------------------------------------------------------------

    def _slots(self) -> list[_Slot]:
        """The charts of both vintages, and those that are only here."""
        codes = {chart: code for code, chart in enumerate(self.here.charts)}
        charts = self.found.charts
        slots: list[_Slot] = []
        for old, new in charts.pairs:
            here = codes.pop(self.old.charts[old], None)
            slots.append(self._slot(self.new.charts[new], (old, new), here))
        for old in charts.lost:
            label = self.old.charts[old]
            slots.append(self._slot(label, (old, None), codes.pop(label, None)))
        for new in charts.added:
            label = self.new.charts[new]
            slots.append(self._slot(label, (None, new), codes.pop(label, None)))
        slots += [self._slot(label, (None, None), here) for label, here in codes.items()]
        return slots

    def _slot(self, label: Chart, pair: Pair, here: int | None) -> _Slot:
        if here is None:
            return _Slot(label, pair, None, {}, None, {})
        ordinals, starts = self.here.lists[here]
        rows = [list(range(*ends)) for ends in pairwise(starts)]
        lists = dict(zip(ordinals, rows, strict=True))
        known = statuses(self.here, here)
        return _Slot(label, pair, here, lists, self.here.closings[here], known)

    # -- lists and places -----------------------------------------------------------------

    def _revise_issue(self, slot: _Slot, change: ListChange) -> None:
        """Make the lists, the status or the last issue of a chart what the new vintage has."""
        kind, (old, new), ordinal = change.kind, slot.pair, change.ordinal
        if kind in (RevisionKind.CLOSED, RevisionKind.REOPENED):
            slot.closing = None if new is None else self.new.closings[new]
            return
        known = slot.known.get(ordinal, IssueStatus.OUTSIDE)
        if known is not change.old:
            raise self._conflict(slot, ordinal, f"is {known.value}, not {change.old.value}")
        slot.changed[ordinal] = change.new
        if kind is RevisionKind.LIST_LOST and old is not None:
            rows = slot.lists.pop(ordinal)
            there = self.old.rows(old, ordinal)
            if [_content(self.here, row) for row in rows] != [_content(self.old, r) for r in there]:
                raise self._conflict(slot, ordinal, "has other rows")
        if kind is RevisionKind.LIST_ADDED and new is not None:
            slot.lists[ordinal] = [self._added(row) for row in self.new.rows(new, ordinal)]

    def _revise_place(self, slot: _Slot, ordinal: int, place: Place) -> None:
        """Put the row of the new vintage in the place of that of the old one."""
        rows = slot.lists.get(ordinal)
        if rows is None:
            raise self._conflict(slot, ordinal, "is not in hand")
        if place.old != NO_ROW:
            wanted = _content(self.old, place.old)
            mine = (row for row in rows if row < len(self.here.ranks))
            found = next((row for row in mine if _content(self.here, row) == wanted), None)
            if found is None:
                raise self._conflict(slot, ordinal, f"has another row No. {wanted[0]}")
            rows.remove(found)
        if place.new != NO_ROW:
            rows.append(self._added(place.new))

    def _added(self, row: int) -> int:
        return row + len(self.here.ranks)

    def _conflict(self, slot: _Slot, ordinal: int, what: str) -> ConflictError:
        day = dt.date.fromordinal(ordinal)
        hint = "revisions apply to the old vintage, or to a history that holds the same there"
        return ConflictError(f"{slot.label}, {day}: the list {what}", hints=[hint])

    def _assembled(self) -> Store:
        """The rows of all charts, without marks."""
        rows = [(0, 0, len(self.here.ranks)), (1, 0, len(self.new.ranks))]
        pool = pooled(rows, self.here, self.new, self._titles())
        slices: list[tuple[int, int]] = []
        lists: list[Lists] = []
        total = 0
        for slot in self.slots:
            starts = array("i", [total])
            for ordinal in sorted(slot.lists):
                held = sorted(slot.lists[ordinal], key=lambda row: _order(pool, row))
                slices += [(row, row + 1) for row in held]
                total += len(held)
                starts.append(total)
            lists.append(Lists(array("i", sorted(slot.lists)), starts))
        return pool.with_rows(
            slices,
            tuple(lists),
            charts=[slot.label for slot in self.slots],
            marks=[dict[int, IssueStatus]() for _ in self.slots],
            closings=[slot.closing for slot in self.slots],
            floors=[None for _ in self.slots],
            calendars=self._calendars(),
            due={},
            note=self.here.note if self.old.note == self.new.note else self.new.note,
        )

    def _titles(self) -> dict[str, Title]:
        """The titles by key: as they are here, but for what the new vintage says otherwise."""
        before = {title.key: title for title in self.old.titles}
        found = {title.key: title for title in self.here.titles}
        for title in self.new.titles:
            here = found.get(title.key)
            found[title.key] = (
                title if here is None else _retold(here, before.get(title.key), title)
            )
        return found

    # -- what is known of lists -----------------------------------------------------------

    def _calendars(self) -> dict[ChartSeries, Calendar]:
        """The calendar of each series: of the new vintage, if it differs there, else as here."""
        found: dict[ChartSeries, Calendar] = {}
        revised: dict[ChartSeries, Calendar] = {}
        for slot in self.slots:
            old, new = slot.pair
            series = slot.label.series
            if slot.here is not None:
                found[series] = self.here.calendar(self.here.charts[slot.here].series)
            if new is not None:
                calendar = self.new.calendar(series)
                if old is None or self.old.calendar(self.old.charts[old].series) != calendar:
                    revised[series] = calendar
        return {**found, **revised}

    def _marked(self, made: Store) -> Store:
        """The store with the status of each list as it is here, or in the new vintage."""
        wanted = [self._wanted(slot) for slot in self.slots]
        marks = [self._marks(slot) for slot in self.slots]
        for code, known in enumerate(wanted):
            for day, status in known.items():
                if made.status(code, day) is not status:
                    marks[code][day] = status
        # What is marked now may have others inferred to be MISSING that are not due, as the new
        # vintage knows; of charts that it does not know, no more is known than what is inferred.
        made = evolve(made, marks=tuple(marks))
        for code, known in enumerate(wanted):
            if self.slots[code].pair != (None, None):
                for day in statuses(made, code).keys() - known.keys():
                    marks[code][day] = IssueStatus.OUTSIDE
        return self._inferring(evolve(made, marks=tuple(marks)))

    def _wanted(self, slot: _Slot) -> Marks:
        """The status that each list of a chart should have, but for those OUTSIDE."""
        known = {**slot.known, **slot.changed}
        return {day: s for day, s in known.items() if s is not IssueStatus.OUTSIDE}

    def _marks(self, slot: _Slot) -> Marks:
        """The marks that were set, here or, where it knows otherwise, in the new vintage."""
        old, new = slot.pair
        mine = Marks() if slot.here is None else self.here.marks[slot.here]
        theirs = Marks() if new is None else self.new.marks[new]
        kept = {day: status for day, status in mine.items() if day not in slot.changed}
        fresh = {day: s for day, s in theirs.items() if day in slot.changed or old is None}
        return {**kept, **fresh}

    def _inferring(self, made: Store) -> Store:
        """The store with just those calendars given that were, or that do not infer themselves."""
        given = {*self.here.calendars, *self.new.calendars}
        some = {series: c for series, c in made.calendars.items() if series in given}
        inferring = evolve(made, calendars=some)
        lacking = {
            series: calendar
            for series, calendar in made.calendars.items()
            if inferring.calendar(series) != calendar
        }
        return evolve(made, calendars={**some, **lacking})


def _retold(here: Title, old: Title | None, new: Title) -> Title:
    """A title as it is here, but for what two vintages say otherwise, or first."""
    values = {name: getattr(new, name) for name in (*PRINTED, "ids")}
    if old is None:
        return evolve(here, **{name: value for name, value in values.items() if value})
    return evolve(here, **{n: value for n, value in values.items() if value != getattr(old, n)})


def _content(store: Store, row: int) -> tuple[int, str, dict[str, Any]]:
    """What two equal rows have in common."""
    held = {name: column.get(row) for name, column in store.columns.items()}
    key = store.titles[store.title_codes[row]].key
    return store.ranks[row], key, {name: v for name, v in held.items() if v is not None}


def _order(store: Store, row: int) -> tuple[int, str, int]:
    """The order of rows in a list."""
    return store.ranks[row], store.titles[store.title_codes[row]].key, store.lines[row]
