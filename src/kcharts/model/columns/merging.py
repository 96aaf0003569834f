"""Merging two stores: the issue is the unit, and rows of two versions never mix."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from typing import Any, Literal, TypeAlias

from attrs import evolve

from kcharts.errors import ConflictError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.grouping import alike, combine, printed_columns
from kcharts.model.columns.store import Column, Lists, Store, encode
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title, to_nfc

Codes: TypeAlias = "array[int]"

OnConflict = Literal["raise", "ours", "theirs"]


class _Side:
    """One store, and where it has each chart."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.charts = {chart: code for code, chart in enumerate(store.charts)}

    def mark(self, chart: Chart, ordinal: int) -> IssueStatus | None:
        code = self.charts.get(chart)
        return None if code is None else self.store.marks[code].get(ordinal)

    def days(self, chart: Chart) -> Iterable[int]:
        code = self.charts.get(chart)
        return () if code is None else {*self.store.lists[code].ordinals, *self.store.marks[code]}

    def rows(self, chart: Chart, ordinal: int) -> range | None:
        code = self.charts.get(chart)
        if code is None or self.store.index(code, ordinal) is None:
            return None
        return self.store.rows(code, ordinal)

    def content(self, rows: range) -> list[Any]:
        store = self.store
        names = sorted(store.columns)
        return [
            (
                store.titles[store.title_codes[row]].key,
                store.ranks[row],
                [(n, v) for n in names if (v := store.columns[n].get(row)) is not None],
            )
            for row in rows
        ]

    def describe(self, rows: range | None, status: IssueStatus | None, at: int) -> str:
        if not rows:
            return status.value if status else "no rows"
        row = rows[min(at, len(rows) - 1)]
        line = self.store.lines[row]
        name = self.store.sources[self.store.source_codes[row]] or "rows given in code"
        where = f"{name}, line {line}" if line else name
        return f"{where}: {status.value}" if status else where


def resolve_issue(
    present: tuple[bool, bool],
    marks: tuple[IssueStatus | None, IssueStatus | None],
    same: Callable[[], bool],
    clash: Callable[[], int],
) -> tuple[int, IssueStatus | None]:
    """Which of two sides an issue is taken from, and the mark that then holds.

    A mark that was set beats what is inferred, and a list beats a missing one. `same`
    says whether the rows are; `clash` decides, or raises, where the sides contradict each other.
    """
    differ = None not in marks and marks[0] is not marks[1]
    if present[0] == present[1]:
        if differ or (present[0] and not same()):
            side = clash()
            return side, marks[side]
        return 0, marks[0] or marks[1]
    side = 0 if present[0] else 1
    # To lack a list contradicts nothing; to know that there was none does.
    if marks[1 - side] is IssueStatus.OUTSIDE:
        side = clash()
    return side, marks[side]


class _Merge:
    def __init__(self, ours: Store, theirs: Store, on_conflict: OnConflict) -> None:
        self.on_conflict = on_conflict
        self.titles = self._titles(ours, theirs)
        self.sides = (_Side(self._with_extras(ours)), _Side(self._with_extras(theirs)))
        self.segments: list[tuple[int, int, int]] = []
        self.total = 0

    def conflict(self, what: str, ours: str, theirs: str) -> int:
        """Which side wins; raises where neither can."""
        if self.on_conflict == "raise":
            hint = 'one.merge(other, on_conflict="ours"), or "theirs", keeps one of them'
            raise ConflictError(f"{what} differs: {ours} against {theirs}", hints=[hint])
        return 0 if self.on_conflict == "ours" else 1

    def lists(self, chart: Chart) -> tuple[Lists, dict[int, IssueStatus]]:
        """The chart's lists of both sides, and the marks that were set."""
        marks: dict[int, IssueStatus] = {}
        ordinals, starts = array("i"), array("i", [self.total])
        left, right = self.sides
        for ordinal in sorted({*left.days(chart), *right.days(chart)}):
            side, mark = self.issue(chart, ordinal)
            rows = self.sides[side].rows(chart, ordinal)
            if mark is not None:
                marks[ordinal] = mark
            if rows is not None:
                self.take(side, rows)
                ordinals.append(ordinal)
                starts.append(self.total)
        return Lists(ordinals, starts), marks

    def take(self, side: int, rows: range) -> None:
        self.total += len(rows)
        # Neighbouring lists of one side become one slice: two halves of a history are two copies.
        if self.segments and self.segments[-1][0] == side and self.segments[-1][2] == rows.start:
            self.segments[-1] = (side, self.segments[-1][1], rows.stop)
        else:
            self.segments.append((side, rows.start, rows.stop))

    def issue(self, chart: Chart, ordinal: int) -> tuple[int, IssueStatus | None]:
        """Which side an issue is taken from, and the mark that holds."""
        left, right = self.sides
        marks = left.mark(chart, ordinal), right.mark(chart, ordinal)
        rows = left.rows(chart, ordinal), right.rows(chart, ordinal)

        def same() -> bool:
            return left.content(rows[0] or range(0)) == right.content(rows[1] or range(0))

        def clash() -> int:
            return self.clash(chart, ordinal, rows, marks)

        return resolve_issue((rows[0] is not None, rows[1] is not None), marks, same, clash)

    def clash(
        self,
        chart: Chart,
        ordinal: int,
        rows: tuple[range | None, range | None],
        marks: tuple[IssueStatus | None, IssueStatus | None],
    ) -> int:
        contents = [self.sides[i].content(rows[i] or range(0)) for i in (0, 1)]
        pairs = enumerate(zip_longest(*contents))
        # The message names the line of the first row that differs.
        at = next((at for at, (one, other) in pairs if one != other), 0)
        ours, theirs = (self.sides[i].describe(rows[i], marks[i], at) for i in (0, 1))
        # Two vintages of a file often have one name, and then one place.
        theirs = f"another {theirs}" if ours == theirs and ", line" in ours else theirs
        return self.conflict(f"{chart}, {_iso(ordinal)}", ours, theirs)

    def closing(self, chart: Chart) -> int | None:
        what, closings = f"the last issue of {chart}", self._known("closings", chart)
        closing = closings[0] if closings else None
        if len(set(closings)) > 1:
            closing = closings[self.conflict(what, *map(_iso, closings))]
        sides = (side for side in self.sides if chart in side.charts)
        last = max((o for s in sides for o in s.store.known_days(s.charts[chart])), default=0)
        if closing is None or last <= closing:
            return closing
        # Whichever side wins: an issue that is known to be due shows that there was one more.
        self.conflict(what, _iso(closing), _iso(last))
        return None

    def floor(self, chart: Chart) -> int | None:
        # Of two cuts the earlier: what either side knows to be due was due.
        return min(self._known("floors", chart), default=None)

    def _known(self, name: Literal["closings", "floors"], chart: Chart) -> list[int]:
        """What the sides say of a chart, without those that say nothing."""
        sides = (side for side in self.sides if chart in side.charts)
        held = (getattr(side.store, name)[side.charts[chart]] for side in sides)
        return [ordinal for ordinal in held if ordinal is not None]

    def calendars(self) -> dict[ChartSeries, Calendar]:
        left, right = (side.store.calendars for side in self.sides)
        calendars = {**right, **left}
        for series in left.keys() & right.keys():
            if left[series] != right[series]:
                sides = repr(left[series]), repr(right[series])
                side = self.conflict(f"the calendar of {series}", *sides)
                calendars[series] = (left, right)[side][series]
        return calendars

    def _titles(self, ours: Store, theirs: Store) -> dict[str, Title]:
        """The titles of both by their keys: what either knows of them."""

        def clash(what: str, one: object, two: object) -> object:
            return (one, two)[self.conflict(what, str(one), str(two))]

        titles = {title.key: title for title in ours.titles}
        for title in theirs.titles:
            known = titles.setdefault(title.key, title)
            if not alike(known, title):
                titles[title.key] = combine(known, title, clash)
        return titles

    def _with_extras(self, store: Store) -> Store:
        """A side whose extras say what it printed, where the merged title says otherwise."""
        new = [self.titles[title.key] for title in store.titles]
        if all(map(alike, store.titles, new)):
            return store
        columns = printed_columns(store, new, store.title_codes, to_nfc)
        return evolve(store, columns=columns)


def _iso(ordinal: int) -> str:
    return str(dt.date.fromordinal(ordinal))


def _concatenate(segments: Iterable[tuple[int, int, int]], codes: tuple[Codes, Codes]) -> Codes:
    # A column that one side lacks has a byte a row, the other side's perhaps eight.
    wide = max((c.typecode for c in codes), key=lambda code: array(code).itemsize)
    result: Codes = array(wide)
    for side, low, high in segments:
        result.extend(array(wide, codes[side][low:high]))
    return result


def _columns(
    segments: list[tuple[int, int, int]], left: Store, right: Store
) -> Mapping[str, Column]:
    columns: dict[str, Column] = {}
    for name in {**left.columns, **right.columns}:
        ours, theirs = (
            store.columns.get(name) or Column(array("b", [-1]) * len(store.ranks))
            for store in (left, right)
        )
        # Numbers mean the same on both sides; codes mean other values on each, and are made anew.
        if ours.values is None and theirs.values is None:
            columns[name] = Column(_concatenate(segments, (ours.codes, theirs.codes)))
        else:
            values = [list(ours.decode()), list(theirs.decode())]
            columns[name] = encode(
                value for side, low, high in segments for value in values[side][low:high]
            )
    return columns


def _all_days(
    ours: Mapping[ChartSeries, tuple[int, ...]], theirs: Mapping[ChartSeries, tuple[int, ...]]
) -> dict[ChartSeries, tuple[int, ...]]:
    """Per series, the days of both."""
    return {
        series: tuple(sorted({*ours.get(series, ()), *theirs.get(series, ())}))
        for series in {**ours, **theirs}
    }


def merge_stores(ours: Store, theirs: Store, on_conflict: OnConflict) -> Store:
    """One store of two: equal issues are one, and what was set beats what was inferred."""
    merge = _Merge(ours, theirs, on_conflict)
    ours, theirs = (side.store for side in merge.sides)
    charts = sorted({*ours.charts, *theirs.charts}, key=lambda chart: chart.sort_key)
    lists, marks = zip(*map(merge.lists, charts), strict=True) if charts else ((), ())
    # Sorted, so that it makes no difference which history is asked to merge.
    notes = sorted({note for note in (ours.note, theirs.note) if note})
    return pool_rows(merge.segments, ours, theirs, merge.titles).with_rows(
        [(0, merge.total)],
        tuple(lists),
        charts=tuple(charts),
        marks=tuple(marks),
        closings=tuple(map(merge.closing, charts)),
        floors=tuple(map(merge.floor, charts)),
        calendars=merge.calendars(),
        due=_all_days(ours.due, theirs.due),
        cut_off=_all_days(ours.cut_off, theirs.cut_off),
        whole=ours.whole and theirs.whole,
        note="; ".join(notes) or None,
    )


def pool_rows(
    segments: list[tuple[int, int, int]],
    ours: Store,
    theirs: Store,
    titles: Mapping[str, Title],
) -> Store:
    """A store of rows of both, under no lists yet.

    The segments are (side, first row, end row), with ours as side 0; the titles are those of
    both, by key.
    """

    def translate(values: Iterable[str], index: dict[str, int], codes: Codes) -> Codes:
        new = [index.setdefault(value, len(index)) for value in values]
        return array("i", map(new.__getitem__, codes))

    keys: dict[str, int] = {}
    names: dict[str, int] = {}
    left, right = (
        translate((t.key for t in s.titles), keys, s.title_codes) for s in (ours, theirs)
    )
    here, there = (translate(s.sources, names, s.source_codes) for s in (ours, theirs))
    return evolve(
        ours,
        titles=tuple(map(titles.__getitem__, keys)),
        title_codes=_concatenate(segments, (left, right)),
        ranks=_concatenate(segments, (ours.ranks, theirs.ranks)),
        lines=_concatenate(segments, (ours.lines, theirs.lines)),
        source_codes=_concatenate(segments, (here, there)),
        sources=tuple(names),
        columns=_columns(segments, ours, theirs),
        calendars={},
        due={},
        cut_off={},
    )
