"""How a history holds its lists: columns of codes, grouped by chart, date and rank."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, pairwise, repeat, starmap
from typing import Any, NamedTuple, TypeAlias

from attrs import define, evolve, field, fields

from kcharts.errors import NotAnIssueError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title

Codes: TypeAlias = "array[int]"

EXTRA = "extra:"  # begins the names of columns of a file that no field is for


class Column(NamedTuple):
    """One optional column: whole numbers as they are, or codes into values; below 0 is None."""

    codes: Codes
    values: tuple[Any, ...] | None = None

    def get(self, row: int) -> Any:
        """The value of a row."""
        return self.value(self.codes[row])

    def value(self, code: int) -> Any:
        """The value of a code."""
        return None if code < 0 else code if self.values is None else self.values[code]

    def decode(self) -> Iterator[Any]:
        """The values of all rows."""
        return map(self.value, self.codes)


def encode(values: Iterable[Any]) -> Column:
    """The smallest column that holds the values."""
    listed = list(values)
    # Hours viewed seldom repeat: codes into a table would take more room than the numbers.
    if all(v is None or (type(v) is int and 0 <= v < 2**63) for v in listed):
        return Column(array("q", (-1 if v is None else v for v in listed)))
    codes: dict[Any, int] = {}
    column = array("i", (-1 if v is None else codes.setdefault(v, len(codes)) for v in listed))
    return Column(column, tuple(codes))


class Lists(NamedTuple):
    """The lists of one chart: their dates as ordinals, and where their rows start."""

    ordinals: Codes
    starts: Codes
    """One more than there are lists: list i has the rows starts[i] to starts[i + 1]."""


@define(eq=False)
class Store:
    """Everything that a `ChartHistory` holds. Never changed once a history has it.

    Charts are in the order of `Chart.sort_key`, their lists in the order of dates, rows in the
    order of ranks, titles in the order in which rows first name them: equal histories are stored
    alike, whatever order their rows came in.
    """

    titles: tuple[Title, ...]
    charts: tuple[Chart, ...]
    lists: tuple[Lists, ...]
    title_codes: Codes
    ranks: Codes
    lines: Codes
    source_codes: Codes
    sources: tuple[str, ...]
    columns: Mapping[str, Column]
    calendars: Mapping[ChartSeries, Calendar]
    """The calendars that were given; the others are inferred."""
    marks: tuple[Mapping[int, IssueStatus], ...]
    """Per chart, the statuses that were set, by ordinal."""
    closings: tuple[int | None, ...]
    """Per chart, the ordinal of its last issue, where it is known to have ended."""
    floors: tuple[int | None, ...]
    """Per chart, an ordinal from which issues were known to be due before a cut."""
    due: Mapping[ChartSeries, tuple[int, ...]] = field(factory=dict[ChartSeries, tuple[int, ...]])
    """Per series, the ordinals on which some place is known to have had an issue."""
    cut_off: Mapping[ChartSeries, tuple[int, ...]] = field(
        factory=dict[ChartSeries, tuple[int, ...]]
    )
    """Per series, ordinals that an inferred calendar has to have though a cut left them out."""
    whole: bool = True
    note: str | None = None
    # Kept, because every status that is not marked asks for them.
    spans: tuple[tuple[int, int], ...] = field(init=False)
    """Per chart, the first and the last ordinal that are not OUTSIDE."""
    # A history never changes, so that what was derived once stays true.
    cache: dict[Any, Any] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        due: dict[ChartSeries, set[int]] = {chart.series: set() for chart in self.charts}
        for series, days in due.items():
            days.update(self.due.get(series, ()))
        for code, chart in enumerate(self.charts):
            due[chart.series].update(self.known_days(code))
        self.due = {series: tuple(sorted(days)) for series, days in due.items()}
        self.calendars = {s: c for s, c in self.calendars.items() if s in due}
        self.cut_off = {s: days for s, days in self.cut_off.items() if s in due}
        self.spans = tuple(self._spans())
        for series, calendar in self.calendars.items():
            for ordinal in self.due[series]:
                check_issue(calendar, series, dt.date.fromordinal(ordinal))

    def to_state(self) -> dict[str, Any]:
        """All that it holds, by names and without a class of this room.

        Pickles of histories hold this, so that they can be read after the room was rebuilt.
        """
        state = {each.name: getattr(self, each.name) for each in fields(Store) if each.init}
        columns = {name: tuple(column) for name, column in self.columns.items()}
        return {**state, "lists": tuple(map(tuple, self.lists)), "columns": columns}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Store:
        """The store of what `to_state` gave."""
        columns = {name: Column(*column) for name, column in state["columns"].items()}
        lists = tuple(starmap(Lists, state["lists"]))
        arguments: dict[str, Any] = {**state, "lists": lists, "columns": columns}
        return cls(**arguments)

    def memo(self, key: Any, make: Callable[[], Any]) -> Any:
        """A value derived from the store, made once."""
        try:
            return self.cache[key]
        except KeyError:
            # Two threads may both make it; `setdefault` gives both the same one.
            return self.cache.setdefault(key, make())

    def known_days(self, chart: int) -> Iterator[int]:
        """The ordinals on which a chart has a list or a mark other than OUTSIDE."""
        marks = self.marks[chart]
        due = (o for o, status in marks.items() if status is not IssueStatus.OUTSIDE)
        return chain(self.lists[chart].ordinals, due)

    def _spans(self) -> Iterator[tuple[int, int]]:
        for code, chart in enumerate(self.charts):
            due, floor, closing = self.due[chart.series], self.floors[code], self.closings[code]
            # A chart begins with its own first list, but ends with its series: a list lacking at
            # the end of the data is MISSING.
            high = due[-1] if due else 0
            low = min(self.known_days(code), default=high + 1)
            yield (
                low if floor is None else min(low, floor),
                high if closing is None else min(high, closing),
            )

    def calendar(self, series: ChartSeries) -> Calendar:
        """The calendar of a series: the one given, else one that fits all its dates."""
        given = self.calendars.get(series)
        return given or self.memo(("calendar", series), lambda: self._fitting(series))

    def _fitting(self, series: ChartSeries) -> Calendar:
        # Where nothing was due, a mark that says so is all there is to go by.
        days = {*self.due[series], *self.cut_off.get(series, ())} or {
            day
            for chart, marks in zip(self.charts, self.marks, strict=True)
            if chart.series == series
            for day in marks
        }
        return _fitting(series, days)

    def status(self, chart: int, ordinal: int) -> IssueStatus:
        """What is known of the issue of a chart on a day that the calendar has."""
        # A mark comes before the list: it says that the list cannot be trusted.
        mark = self.marks[chart].get(ordinal)
        if mark is not None:
            return mark
        if self.index(chart, ordinal) is not None:
            return IssueStatus.PUBLISHED
        low, high = self.spans[chart]
        return IssueStatus.MISSING if low <= ordinal <= high else IssueStatus.OUTSIDE

    def index(self, chart: int, ordinal: int) -> int | None:
        """The position of a list among the chart's lists; None where the history lacks it."""
        ordinals = self.lists[chart].ordinals
        at = bisect_left(ordinals, ordinal)
        return at if at < len(ordinals) and ordinals[at] == ordinal else None

    def rows(self, chart: int, ordinal: int) -> range:
        """The rows of a list; empty where the history lacks it."""
        index = self.index(chart, ordinal)
        if index is None:
            return range(0)
        starts = self.lists[chart].starts
        return range(starts[index], starts[index + 1])

    def published(self, chart: int, *, top: int | None = None) -> Iterator[tuple[int, int]]:
        """The rows of each PUBLISHED list of a chart, in the order of dates.

        Returns:
            The first row of each list and the one after its last; with `top`, the one after the
            last row of that rank or better.
        """
        ordinals, starts = self.lists[chart]
        first: Sequence[int] = starts[:-1]
        end: Iterable[int] = starts[1:]
        if marks := self.marks[chart]:
            usable = [
                marks.get(ordinal, IssueStatus.PUBLISHED) is IssueStatus.PUBLISHED
                for ordinal in ordinals
            ]
            first, end = list(compress(first, usable)), list(compress(end, usable))
        if top is not None:  # without a loop in Python: benchmarks/main_job.py
            end = map(bisect_right, repeat(self.ranks), repeat(top), first, end)
        return zip(first, end, strict=True)

    def locate(self, row: int) -> tuple[int, int]:
        """The chart and the ordinal of a row."""
        # Charts, and the lists of each, lie one after another: two searches find a row.
        bounds = self.memo("bounds", lambda: [lists.starts[0] for lists in self.lists])
        chart = bisect_right(bounds, row) - 1
        lists = self.lists[chart]
        return chart, lists.ordinals[bisect_right(lists.starts, row) - 1]

    def take(self, parts: Iterable[tuple[int, int, int]], **changes: Any) -> Store:
        """The store of some lists: (chart, first list, end list) in the order of charts."""
        parts = list(parts)
        slices: list[tuple[int, int]] = []
        lists: list[Lists] = []
        total = 0
        for chart, low, high in parts:
            ordinals, starts = self.lists[chart]
            slices.append((starts[low], starts[high]))
            shift = total - starts[low]
            total += starts[high] - starts[low]
            lists.append(
                Lists(ordinals[low:high], array("i", (s + shift for s in starts[low : high + 1])))
            )
        chosen = [chart for chart, _, _ in parts]
        kept = {name: [getattr(self, name)[c] for c in chosen] for name in _PER_CHART}
        return self.with_rows(slices, tuple(lists), **{**kept, **changes})

    def with_rows(
        self, slices: Iterable[tuple[int, int]], lists: tuple[Lists, ...], **changes: Any
    ) -> Store:
        """The store with just the rows of the slices, under the lists given."""
        slices = list(slices)

        def cut(codes: Codes) -> Codes:
            result: Codes = array(codes.typecode)
            for low, high in slices:
                result.extend(codes[low:high])
            return result

        codes = cut(self.title_codes)
        # Numbered anew in the order of the rows, so that equal histories have equal arrays.
        used = {code: new for new, code in enumerate(dict.fromkeys(codes))}
        for name in _PER_CHART:
            if name in changes:
                changes[name] = tuple(changes[name])
        return evolve(
            self,
            titles=tuple(map(self.titles.__getitem__, used)),
            lists=lists,
            title_codes=array("i", map(used.__getitem__, codes)),
            ranks=cut(self.ranks),
            lines=cut(self.lines),
            source_codes=cut(self.source_codes),
            columns={name: Column(cut(c.codes), c.values) for name, c in self.columns.items()},
            **changes,
        )

    def cut(self, low: int, high: int) -> Store:
        """The store of the issues dated from `low` to `high`; the rest becomes OUTSIDE.

        It reaches to `high`: what was MISSING there stays MISSING, and an inferred calendar
        stays the one that all dates gave, so that no figure depends on what other places published.
        """
        parts: list[tuple[int, int, int]] = []
        marks: list[dict[int, IssueStatus]] = []
        floors: list[int | None] = []
        due = {series: self._due_within(series, low, high) for series in self.due}
        for chart, (ordinals, _) in enumerate(self.lists):
            series = self.charts[chart].series
            floor, end = max(low, self.spans[chart][0]), min(high, self.spans[chart][1])
            # A chart can lack every list within the cut, and still have been due there.
            known = floor <= end and self.calendar(series).count(*_days(floor, end)) > 0
            inside = {day: s for day, s in self.marks[chart].items() if low <= day <= high}
            if known or inside:
                parts.append((chart, bisect_left(ordinals, low), bisect_right(ordinals, high)))
                marks.append(inside)
                floors.append(floor if known else None)
        closings = [
            # As of the cut, nobody knows that the chart will end.
            c if c is not None and c <= high else None
            for c in (self.closings[chart] for chart, _, _ in parts)
        ]
        return self.take(
            parts,
            marks=marks,
            floors=floors,
            closings=closings,
            due=due,
            cut_off={series: self._cut_off(series, days) for series, days in due.items()},
        )

    def _due_within(self, series: ChartSeries, low: int, high: int) -> tuple[int, ...]:
        """The days due within a cut, and the last issue there if it is not one of them."""
        days = self.due[series]
        kept = tuple(day for day in days if low <= day <= high)
        if kept == days:
            return days
        start, end = max(low, days[0], *kept[-1:]), min(high, days[-1])
        # Without it, a list missing at the end of the cut would be OUTSIDE.
        last = self.calendar(series).between(*_days(start, end))[-1:] if start <= end else ()
        return (*kept, *(day.toordinal() for day in last))

    def _cut_off(self, series: ChartSeries, due: tuple[int, ...]) -> tuple[int, ...]:
        """The days that an inferred calendar would no longer have, of all that it was made of."""
        calendar, gone = self.calendar(series), self.cut_off.get(series, ())
        if series in self.calendars or (due and calendar == _fitting(series, due)):
            return ()
        return tuple(sorted({*self.due[series], *gone} - {*due}))

    def narrow(self, wanted: Callable[[int], bool]) -> Store:
        """The store with the rows of some titles only; what is known of every list stays."""
        codes = self.title_codes
        return self.pick(
            lambda rows: [(row, row + 1) for row in rows if wanted(codes[row])], whole=False
        )

    def pick(self, choose: Callable[[range], Iterable[tuple[int, int]]], **changes: Any) -> Store:
        """The store with the slices of rows that `choose` picks from the rows of each list."""
        slices: list[tuple[int, int]] = []
        lists: list[Lists] = []
        total = 0
        for ordinals, starts in self.lists:
            fresh = array("i", [total])
            for low, high in pairwise(starts):
                for start, end in choose(range(low, high)):
                    slices.append((start, end))
                    total += end - start
                fresh.append(total)
            lists.append(Lists(ordinals, fresh))
        return self.with_rows(slices, tuple(lists), **changes)


def check_issue(calendar: Calendar, series: ChartSeries, date: dt.date) -> None:
    """Raise unless the calendar has an issue on the date; the error names the series."""
    try:
        calendar.number(date)
    except NotAnIssueError as fault:
        raise NotAnIssueError(f"{series}: {fault.message}") from None


def _days(low: int, high: int) -> tuple[dt.date, dt.date]:
    return dt.date.fromordinal(low), dt.date.fromordinal(high)


def _fitting(series: ChartSeries, days: Iterable[int]) -> Calendar:
    daily = series.frequency is Frequency.DAILY
    return Calendar.fitting(map(dt.date.fromordinal, days), daily=daily)


_PER_CHART = ("charts", "marks", "closings", "floors")
