"""One chart's lists as the tracker keeps them, and what it derives from them as they come in."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from attrs import define, field

from kcharts.measures._streaks import Scan
from kcharts.measures._timeline import Timeline, made
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart
from kcharts.model.snapshot import IssueStatus


@define
class Line:
    """What the tracker keeps of one chart."""

    chart: Chart
    ordinals: list[int] = field(factory=list)
    """The dates of the published lists."""
    held: list[list[int]] = field(factory=list)
    """The codes of the qualifying titles of each."""
    marks: dict[int, str] = field(factory=dict)
    digests: dict[int, str] = field(factory=dict)
    """Of lists in hand that are marked: what they hold."""
    closing: int | None = None
    floor: int | None = None


class Track:
    """One chart's line, with what is derived from it: numbers, holes, the scan."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.calendar: Calendar | None = None
        self.numbers: list[int] = []
        self.holes: list[int] = []
        self.scan = Scan()

    @property
    def size(self) -> int:
        """How many published lists there are."""
        return len(self.line.ordinals)

    def outside(self) -> list[int]:
        """The ordinals that are set OUTSIDE."""
        return sorted(o for o, s in self.line.marks.items() if s == IssueStatus.OUTSIDE.value)

    def hold(self, ordinal: int, held: list[int]) -> None:
        """Take a published list; one that is dated before others needs a new scan."""
        at = bisect_left(self.line.ordinals, ordinal)
        self.line.ordinals.insert(at, ordinal)
        self.line.held.insert(at, held)

    def rescan(self) -> None:
        """Let the next timeline scan all lists: something in the past has changed."""
        self.scan, self.numbers, self.holes = Scan(), [], []

    def _follow(self, calendar: Calendar) -> None:
        """Scan the lists that are new, or all under a new calendar."""
        if calendar != self.calendar:
            self.calendar = calendar
            self.rescan()
        outside = [o for o in self.outside() if calendar.has(dt.date.fromordinal(o))]
        line = self.line
        for position in range(len(self.numbers), self.size):
            ordinal = line.ordinals[position]
            number = calendar.number(dt.date.fromordinal(ordinal))
            if self.numbers and number != self.numbers[-1] + 1:
                self.holes.append(position)
                last = line.ordinals[position - 1]
                if bisect_left(outside, last) < bisect_left(outside, ordinal):
                    self.scan.part()
            self.numbers.append(number)
            self.scan.advance(line.held[position])

    def timeline(self, calendar: Calendar, last_due: int) -> Timeline:
        """The chart's timeline under the series' calendar and last date."""
        self._follow(calendar)
        line = self.line
        due = [o for o, s in line.marks.items() if s != IssueStatus.OUTSIDE.value]
        due += line.ordinals[:1]
        due += [line.floor] if line.floor is not None else []
        high = last_due if line.closing is None else min(last_due, line.closing)
        return made(
            calendar,
            line.ordinals,
            self.numbers,
            outside=self.outside(),
            span=(min(due, default=last_due + 1), high),
            closing=line.closing,
            holes=self.holes,
        )
