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
        previous, here = self.numbers[position - 1], self.numbers[position]
        if not self.parted(position):
            return Edge(here - previous - 1, known=True)
        last_outside = self.outside[bisect_left(self.outside, here) - 1]
        return Edge(here - last_outside - 1, known=False)

    def after(self, position: int) -> Edge:
        """The unknown issues just after a position, up to a published one or an edge."""
        if position == len(self.numbers) - 1:
            return self.right
        here, following = self.numbers[position], self.numbers[position + 1]
        if not self.parted(position + 1):
            return Edge(following - here - 1, known=True)
        first_outside = self.outside[bisect_right(self.outside, here)]
        return Edge(first_outside - here - 1, known=False)

    def due(self) -> tuple[dt.date, dt.date]:
        """The dates of the first and the last issue due."""
        return self.calendar.date(self.first), self.calendar.date(self.last)

    @property
    def unknown(self) -> int:
        """How many issues due are not PUBLISHED."""
        return self.last - self.first + 1 - len(self.numbers) - len(self.outside)


def timeline(store: Store, chart: int) -> Timeline:
    """The timeline of a chart of a store."""
    made: Timeline = store.memo(("timeline", chart), lambda: _of_store(store, chart))
    return made


def _of_store(store: Store, chart: int) -> Timeline:
    series = store.charts[chart].series
    calendar = store.calendar(series)
    numbers: dict[int, int] = store.memo(
        ("numbers", series),
        lambda: {o: calendar.number(dt.date.fromordinal(o)) for o in store.due[series]},
    )
    marks = store.marks[chart]
    ordinals = list(store.lists[chart].ordinals)
    if marks:
        published = IssueStatus.PUBLISHED
        ordinals = [o for o in ordinals if marks.get(o, published) is published]
    outside = [o for o, s in marks.items() if s is IssueStatus.OUTSIDE]
    return made(
        calendar,
        ordinals,
        [numbers[ordinal] for ordinal in ordinals],
        outside=sorted(outside),
        span=store.spans[chart],
        closing=store.closings[chart],
    )


def made(
    calendar: Calendar,
    ordinals: Sequence[int],
    numbers: Sequence[int],
    *,
    outside: Sequence[int],
    span: tuple[int, int],
    closing: int | None,
    holes: Sequence[int] | None = None,
) -> Timeline:
    """A timeline of plain parts: the published issues, those OUTSIDE, what is due, the end."""
    low, high = span
    launched = calendar.first is not None and calendar.first.toordinal() >= low
    ended = high == closing or (calendar.last is not None and calendar.last.toordinal() <= high)
    days = [dt.date.fromordinal(ordinal) for ordinal in outside if low <= ordinal <= high]
    banned = [calendar.number(day) for day in days if calendar.has(day)]
    head = _numbers(calendar, low, min(high, ordinals[0] - 1) if ordinals else high)
    tail = _numbers(calendar, ordinals[-1] + 1, high) if ordinals else []
    if holes is None and (not numbers or numbers[-1] - numbers[0] + 1 == len(numbers)):
        holes = ()
    elif holes is None:
        holes = [
            position
            for position in range(1, len(numbers))
            if numbers[position] != numbers[position - 1] + 1
        ]
    due = [number for number in (*head, *numbers[:1], *numbers[-1:], *tail) if number not in banned]
    first, last = (due[0], due[-1]) if due else (0, -1)
    return Timeline(
        calendar,
        ordinals,
        numbers,
        holes,
        [number for number in banned if first < number < last],
        _edge(head[::-1], banned, known=launched),
        _edge(tail, banned, known=ended),
        first,
        last,
    )


def _numbers(calendar: Calendar, low: int, high: int) -> list[int]:
    if low > high:
        return []
    days = calendar.between(dt.date.fromordinal(low), dt.date.fromordinal(high))
    return [calendar.number(day) for day in days]


def _edge(outward: Sequence[int], banned: Sequence[int], *, known: bool) -> Edge:
    """The unknown issues from a published one outward, up to one that is set OUTSIDE."""
    for count, number in enumerate(outward):
        if number in banned:
            return Edge(count, known=False)
    return Edge(len(outward), known)
