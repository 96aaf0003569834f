"""The measures, issue by issue, from their definitions: slow, plain, and no code of kcharts' own.

A history is first laid out as what is known of each issue of each chart; every figure is then
counted by looking at one issue at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Literal

from attrs import field, frozen

from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title

# Further from the lists in hand than any issue that a test marks.
REACH = dt.timedelta(75)

Gaps = Literal["break", "bridge"]


class State(Enum):
    """What an issue says of a title."""

    YES = "it qualifies"
    NO = "it does not"
    UNKNOWN = "nobody knows"
    NOTHING = "the data do not cover it"


@frozen
class Line:
    """All issues of one chart from long before the first to long after the last, in order."""

    chart: Chart
    dates: Sequence[dt.date]
    statuses: Sequence[IssueStatus]
    rows: Sequence[Sequence[RankSnapshot]]
    opens: dt.date | None
    """The calendar's first issue, where it is known."""
    closes: frozenset[dt.date]
    """The issues that are known to be the last one: the calendar's, or the chart's own."""

    def states(self, title: Title, top: int | None) -> list[State]:
        """What each issue says of a title being at `top`."""
        return [
            _state(status, rows, title, top)
            for status, rows in zip(self.statuses, self.rows, strict=True)
        ]

    @property
    def published(self) -> list[int]:
        """The positions of the issues that are PUBLISHED."""
        return [at for at, s in enumerate(self.statuses) if s is IssueStatus.PUBLISHED]

    @property
    def due(self) -> list[int]:
        """The positions of the issues that should exist."""
        return [at for at, s in enumerate(self.statuses) if s is not IssueStatus.OUTSIDE]

    @property
    def due_dates(self) -> list[dt.date]:
        """The dates of the issues that should exist."""
        return [self.dates[at] for at in self.due]

    def nothing_before(self, at: int) -> bool:
        """Whether an issue is known to be the first ever."""
        return self.dates[at] == self.opens

    def nothing_after(self, at: int) -> bool:
        """Whether an issue is known to be the last ever."""
        return self.dates[at] in self.closes


def _state(
    status: IssueStatus, rows: Sequence[RankSnapshot], title: Title, top: int | None
) -> State:
    if status is IssueStatus.OUTSIDE:
        return State.NOTHING
    if status is not IssueStatus.PUBLISHED:
        return State.UNKNOWN
    for row in rows:
        if row.title == title and (top is None or row.rank <= top):
            return State.YES
    return State.NO


def lines(history: ChartHistory) -> list[Line]:
    """Every chart of a history, laid out."""
    return [_line(history, chart, code) for code, chart in enumerate(history.charts)]


def _line(history: ChartHistory, chart: Chart, code: int) -> Line:
    calendar = history.calendar(chart.series)
    near = [row.date for row in history] or [dt.date.min + REACH]
    dates = calendar.between(min(near) - REACH, max(near) + REACH)
    # The one thing of a history that has no public name yet: where a chart is known to end.
    closing = history.store.closings[code]
    ends = {calendar.last} if calendar.last else set[dt.date]()
    statuses = [history.status(chart, day) for day in dates]
    return Line(
        chart,
        dates,
        statuses,
        [
            () if status is IssueStatus.OUTSIDE else history.issue(chart, day).rows
            for day, status in zip(dates, statuses, strict=True)
        ],
        calendar.first,
        frozenset(ends | ({dt.date.fromordinal(closing)} if closing is not None else set())),
    )


# -- streaks ------------------------------------------------------------------------------------


@frozen(order=False)
class BruteStreak:
    """A streak, as the definitions give it."""

    title: Title
    chart: Chart
    start: dt.date
    end: dt.date
    length: int
    observed: int
    upper: int | None
    start_known: bool
    end_known: bool
    ongoing: bool
    so_far: tuple[int, int]
    touched: bool = field(eq=False)
    """Whether an unknown issue stands right before or after it."""


def streaks(history: ChartHistory, *, top: int | None, gaps: Gaps = "break") -> list[BruteStreak]:
    """The streaks of all titles on all charts, in the order of the answer."""
    found = [
        streak
        for line in lines(history)
        for title in history.titles
        for streak in streaks_on(line, title, top=top, gaps=gaps)
    ]
    return sorted(found, key=lambda streak: place(history, streak))


def place(history: ChartHistory, streak: BruteStreak) -> tuple[int, dt.date, int, str]:
    """Where a streak stands in an answer: the longest first, then the earliest."""
    order = history.charts.index(streak.chart)
    return -streak.length, streak.start, order, streak.title.key


def streaks_on(line: Line, title: Title, *, top: int | None, gaps: Gaps) -> list[BruteStreak]:
    """The streaks of one title on one chart, in order."""
    states = line.states(title, top)
    return [_streak(line, title, states, start, end) for start, end in _stretches(states, gaps)]


def _stretches(states: Sequence[State], gaps: Gaps) -> Iterator[tuple[int, int]]:
    """(first, last) position of each streak."""
    at = 0
    while at < len(states):
        if states[at] is not State.YES:
            at += 1
            continue
        start = end = at
        while (after := _goes_on(states, end, gaps)) is not None:
            end = after
        yield start, end
        at = end + 1


def _goes_on(states: Sequence[State], at: int, gaps: Gaps) -> int | None:
    """The position of the next issue of a streak that has come to `at`."""
    after = at + 1
    while gaps == "bridge" and after < len(states) and states[after] is State.UNKNOWN:
        after += 1
    return after if after < len(states) and states[after] is State.YES else None


def _says(states: Sequence[State], at: int) -> State:
    """What an issue says; nothing, where the calendar lists none that far."""
    return states[at] if 0 <= at < len(states) else State.NOTHING


def _streak(line: Line, title: Title, states: Sequence[State], start: int, end: int) -> BruteStreak:
    before, bounded_before = _reach(line, states, start, -1)
    after, bounded_after = _reach(line, states, end, +1)
    widest = 1 + after - before
    length = 1 + end - start
    first, last = line.nothing_before(start), line.nothing_after(end)
    end_known = last or _says(states, end + 1) is State.NO
    return BruteStreak(
        title=title,
        chart=line.chart,
        start=line.dates[start],
        end=line.dates[end],
        length=length,
        observed=sum(state is State.YES for state in states[start : end + 1]),
        upper=widest if bounded_before and bounded_after else None,
        start_known=first or _says(states, start - 1) is State.NO,
        end_known=end_known,
        ongoing=end == line.published[-1] and not end_known,
        so_far=(length, widest),
        touched=(not first and _says(states, start - 1) is State.UNKNOWN)
        or (not last and _says(states, end + 1) is State.UNKNOWN),
    )


def _reach(line: Line, states: Sequence[State], at: int, step: int) -> tuple[int, bool]:
    """How far a streak may reach at most, and whether it is known not to reach any further."""
    stops = line.nothing_before if step < 0 else line.nothing_after
    while not stops(at):
        beside = _says(states, at + step)
        if beside is State.NO:
            return at, True
        if beside is State.NOTHING:
            return at, False
        at += step
    return at, True


def current(line: Line, title: Title, *, top: int | None, gaps: Gaps) -> BruteStreak | None:
    """The streak that reaches the last list in hand of a chart."""
    if not line.published:
        return None
    last = line.dates[line.published[-1]]
    for streak in streaks_on(line, title, top=top, gaps=gaps):
        if streak.end == last:
            return streak
    return None


# -- totals -------------------------------------------------------------------------------------


@frozen
class BruteTotal:
    """A total, as the definitions give it."""

    title: Title
    chart: Chart
    observed: int
    upper: int
    since: dt.date
    until: dt.date


def totals(history: ChartHistory, *, top: int | None) -> list[BruteTotal]:
    """The totals of all titles on all charts, in no particular order."""
    found: list[BruteTotal] = []
    for line in lines(history):
        due = line.due
        for title in history.titles:
            states = line.states(title, top)
            observed = states.count(State.YES)
            if observed:
                upper = observed + states.count(State.UNKNOWN)
                since, until = line.dates[due[0]], line.dates[due[-1]]
                found.append(BruteTotal(title, line.chart, observed, upper, since, until))
    return found


# -- coverage -----------------------------------------------------------------------------------


@frozen
class BruteCoverage:
    """A coverage, as the definitions give it."""

    ranks: Mapping[Country, int]
    panel: frozenset[Country]
    unknown: frozenset[Country]
    at: frozenset[Country]
    missing: frozenset[Country]
    everywhere: bool


def coverage(
    history: ChartHistory, title: Title, series: ChartSeries, date: dt.date, *, top: int | None
) -> BruteCoverage:
    """In which places a title was on one date."""
    ranks: dict[Country, int] = {}
    panel: set[Country] = set()
    unknown: set[Country] = set()
    for chart in history.charts:
        if chart.series != series or chart.country is None:
            continue
        status = history.status(chart, date)
        if status is IssueStatus.OUTSIDE:
            continue
        panel.add(chart.country)
        if status is not IssueStatus.PUBLISHED:
            unknown.add(chart.country)
            continue
        held = [row.rank for row in history.issue(chart, date) if row.title == title]
        if held:
            ranks[chart.country] = min(held)
    at = {place for place, rank in ranks.items() if top is None or rank <= top}
    return BruteCoverage(
        ranks,
        frozenset(panel),
        frozenset(unknown),
        frozenset(at),
        frozenset(panel - unknown - at),
        bool(panel) and not unknown and at == panel,
    )
