"""The published issues of one chart in a row, and what lies between and around them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kcharts.model.calendar import Calendar
from kcharts.model.columns.store import Store
from kcharts.model.snapshot import IssueStatus


class Edge(NamedTuple):
    """What lies beyond the first or the last published issue."""

    unknown: int
    """Issues due there that are not PUBLISHED."""
    known: bool
    """Whether nothing can lie beyond them: the chart's true launch or end."""


class Timeline(NamedTuple):
    """The PUBLISHED issues of one chart: positions in it are what streaks are made of."""

    calendar: Calendar
    ordinals: Sequence[int]
    """The dates of the published issues."""
    numbers: Sequence[int]
    """Their numbers by the calendar."""
    holes: Sequence[int]
    """The positions before which issues are not PUBLISHED."""
    outside: Sequence[int]
    """Numbers of issues between the first and the last one due that are set OUTSIDE."""
    left: Edge
    right: Edge
    first: int
    last: int
    """The numbers of the first and the last issue due."""

    def parted(self, position: int) -> bool:
        """Whether an OUTSIDE issue lies just before a position: no streak crosses it."""
        if not self.outside or position == 0:
            return False
        before, here = self.numbers[position - 1], self.numbers[position]
        return bisect_left(self.outside, before) < bisect_left(self.outside, here)

    def before(self, position: int) -> Edge:
        """The unknown issues just before a position, up to a published one or an edge."""
        if position == 0:
            return self.left
        return _before(self.numbers[position], self.outside, self.numbers[position - 1])

    def after(self, position: int) -> Edge:
        """The unknown issues just after a position, up to a published one or an edge."""
        if position == len(self.numbers) - 1:
            return self.right
        return _after(self.numbers[position], self.outside, self.numbers[position + 1])

    def due(self) -> tuple[dt.date, dt.date]:
        """The dates of the first and the last issue due."""
        return self.calendar.date(self.first), self.calendar.date(self.last)

    @property
    def unknown(self) -> int:
        """How many issues due are not PUBLISHED."""
        return self.last - self.first + 1 - len(self.numbers) - len(self.outside)


def _before(number: int, outside: Sequence[int], floor: int, *, known: bool = True) -> Edge:
    """The unknown issues from a floor to an issue, neither counted, or from an OUTSIDE one."""
    at = bisect_left(outside, number)
    if at and outside[at - 1] > floor:
        return Edge(number - outside[at - 1] - 1, known=False)
    return Edge(number - floor - 1, known)


def _after(number: int, outside: Sequence[int], ceiling: int, *, known: bool = True) -> Edge:
    """The unknown issues from an issue to a ceiling, neither counted, or to an OUTSIDE one."""
    at = bisect_right(outside, number)
    if at < len(outside) and outside[at] < ceiling:
        return Edge(outside[at] - number - 1, known=False)
    return Edge(ceiling - number - 1, known)


class Extent(NamedTuple):
    """Which issues of a chart are due, whether or not their lists are available."""

    calendar: Calendar
    low: int
    high: int
    """The ordinals of the first and the last day that are not OUTSIDE."""
    outside: Sequence[int]
    """The ordinals that are set OUTSIDE, in order."""
    closing: int | None
    """The ordinal of the chart's last issue, where it is known to have ended."""

    @property
    def launched(self) -> bool:
        """Whether the chart is known to have begun within it."""
        first = self.calendar.first
        return first is not None and first.toordinal() >= self.low

    @property
    def ended(self) -> bool:
        """Whether the chart is known to have ended by its last day."""
        last = self.calendar.last
        return self.high == self.closing or (last is not None and last.toordinal() <= self.high)

    def numbers(self) -> tuple[range, list[int]]:
        """The numbers of its issues, and those of them that are set OUTSIDE after all."""
        if self.low > self.high:  # nothing was ever due, and the days need not be dates
            return range(0), []
        numbers = self.calendar.numbers(*map(dt.date.fromordinal, (self.low, self.high)))
        days = [dt.date.fromordinal(o) for o in self.outside if self.low <= o <= self.high]
        return numbers, [self.calendar.number(day) for day in days if self.calendar.has(day)]


def timeline(store: Store, chart: int) -> Timeline:
    """The timeline of a chart of a store."""
    times: Timeline = store.memo(("timeline", chart), lambda: _of_store(store, chart))
    return times


def _of_store(store: Store, chart: int) -> Timeline:
    series = store.charts[chart].series
    calendar = store.calendar(series)
    number_of: dict[int, int] = store.memo(
        ("numbers", series),
        lambda: {o: calendar.number(dt.date.fromordinal(o)) for o in store.due[series]},
    )
    marks = store.marks[chart]
    ordinals = list(store.lists[chart].ordinals)
    if marks:
        published = IssueStatus.PUBLISHED
        ordinals = [o for o in ordinals if marks.get(o, published) is published]
    outside = sorted(o for o, status in marks.items() if status is IssueStatus.OUTSIDE)
    extent = Extent(calendar, *store.spans[chart], outside, store.closings[chart])
    numbers = [number_of[ordinal] for ordinal in ordinals]
    return timeline_of(extent, ordinals, numbers, _holes(numbers))


def _holes(numbers: Sequence[int]) -> Sequence[int]:
    if not numbers or numbers[-1] - numbers[0] + 1 == len(numbers):
        return ()
    return [at for at in range(1, len(numbers)) if numbers[at] != numbers[at - 1] + 1]


def timeline_of(
    extent: Extent, ordinals: Sequence[int], numbers: Sequence[int], holes: Sequence[int]
) -> Timeline:
    """The timeline of published issues; all that are due count as unknown where none is."""
    numbered, outside = extent.numbers()
    head, tail = (numbers[0], numbers[-1]) if numbers else (numbered.stop, numbered.stop - 1)
    due: Sequence[int] = numbered
    if outside:
        due = sorted({*numbered} - {*outside})
    first, last = (due[0], due[-1]) if due else (0, -1)
    return Timeline(
        extent.calendar,
        ordinals,
        numbers,
        holes,
        [number for number in outside if first < number < last],
        _before(head, outside, numbered.start - 1, known=extent.launched),
        _after(tail, outside, numbered.stop, known=extent.ended),
        first,
        last,
    )
