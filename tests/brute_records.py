"""Records from their definitions: every way in which open issues can have been is tried.

One title on one chart is a row of cells, one for each issue from the first to the last due. What
is open is filled in all ways, and the figure is read off each; what is the same in all of them is
proved, the best of them is the bound.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import Any, Literal

from attrs import frozen

from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from tests import brute

Top = int | None
Cell = int | None
"""A rank; None where the title is not on the list."""


@frozen
class Proved:
    """A figure that holds whatever the open issues were."""

    who: tuple[Any, ...]
    """The subject, where, and what else tells it from others."""
    score: int


@frozen
class Open:
    """What somebody can have been: the score that is proved, if any, and the best one."""

    subject: object
    where: Chart | ChartSeries
    proved: int | None
    reach: float


@frozen
class Answer:
    """What a record is made of; `unseen` is None where nothing can be unseen."""

    proved: list[Proved]
    open: list[Open]
    """One for each proved figure, and for what is only possible."""
    unseen: float | None


@frozen
class Row:
    """One title on one chart."""

    title: Title | None
    """None for a title that no list in hand holds."""
    chart: Chart
    dates: Sequence[dt.date]
    cells: Sequence[Cell]
    state: Sequence[Literal["known", "unknown", "outside"]]
    launched: bool
    depth: int

    @property
    def is_open(self) -> list[int]:
        """The issues that are not in hand."""
        return [at for at, state in enumerate(self.state) if state != "known"]

    def filled(self, values: Sequence[Cell]) -> Iterator[list[Cell]]:
        """The row with its open cells filled in all ways."""
        for some in product(values, repeat=len(self.is_open)):
            cells = list(self.cells)
            for at, value in zip(self.is_open, some, strict=True):
                cells[at] = value
            yield cells


def rows(history: ChartHistory) -> Iterator[Row]:
    """All titles on all charts of which an issue was due, and on each one that nobody saw."""
    for line in brute.lines(history):
        due = line.due
        if not due:
            continue
        span = range(due[0], due[-1] + 1)
        states: list[Literal["known", "unknown", "outside"]] = [
            "known"
            if line.statuses[at] is IssueStatus.PUBLISHED
            else "outside"
            if line.statuses[at] is IssueStatus.OUTSIDE
            else "unknown"
            for at in span
        ]
        ranks = [row.rank for each in line.rows for row in each]
        depth = max([line.chart.series.depth, *ranks])
        for title in (*history.titles, None):
            cells = [
                min((row.rank for row in line.rows[at] if row.title == title), default=None)
                if state == "known"
                else None
                for at, state in zip(span, states, strict=True)
            ]
            dates = [line.dates[at] for at in span]
            launched = line.nothing_before(due[0])
            yield Row(title, line.chart, dates, cells, states, launched, depth)


# -- streaks ------------------------------------------------------------------------------------


def _stretch(row: Row, cells: Sequence[Cell], at: int, top: Top) -> tuple[int, int, float]:
    """First, last and length of the streak around an issue; without bound at an open edge."""

    def qualifies(index: int) -> bool:
        held = cells[index]
        return row.state[index] != "outside" and held is not None and (top is None or held <= top)

    low = high = at
    while low > 0 and qualifies(low - 1):
        low -= 1
    while high < len(cells) - 1 and qualifies(high + 1):
        high += 1
    edge = row.state[low - 1] == "outside" if low else not row.launched
    edge = edge or (high < len(cells) - 1 and row.state[high + 1] == "outside")
    return low, high, math.inf if edge else high - low + 1


def longest_streaks(history: ChartHistory, top: Top) -> Answer:
    """Streaks by what is seen, and by all that they can have been."""
    found = Answer([], [], 0)
    for row in rows(history):
        seen = [at for at, rank in enumerate(row.cells) if rank and (top is None or rank <= top)]
        ways = list(row.filled([1, None]))
        pieces = {_stretch(row, row.cells, at, top)[:2] for at in seen}
        for low, high in sorted(pieces):
            length = high - low + 1
            found.proved.append(Proved((row.title, row.chart, row.dates[low]), length))
            reach = max(_stretch(row, cells, low, top)[2] for cells in ways)
            found.open.append(Open(row.title, row.chart, length, reach))
        if row.title is None:
            blank = [at for at in row.is_open if row.state[at] == "unknown"]
            reaches = [
                _stretch(row, cells, at, top)[2] for cells in ways for at in blank if cells[at]
            ]
            found = Answer(found.proved, found.open, max([found.unseen or 0, *reaches]))
    return found


# -- totals -------------------------------------------------------------------------------------


def most_periods(history: ChartHistory, top: Top) -> Answer:
    """Totals, issue by issue."""
    totals = brute.totals(history, top=top)
    lacking = [row.state.count("unknown") for row in rows(history) if row.title is None]
    return Answer(
        [Proved((each.title, each.chart), each.observed) for each in totals],
        [Open(each.title, each.chart, each.observed, each.upper) for each in totals],
        max(lacking, default=0),
    )


# -- countries ----------------------------------------------------------------------------------


def most_countries(history: ChartHistory, top: Top, held: Literal["at once", "ever"]) -> Answer:
    """Places, date by date."""
    found = Answer([], [], 0)
    unseen = 0
    for series in history.series:
        days = sorted(
            {
                day
                for line in brute.lines(history)
                if line.chart.series == series and line.chart.country
                for day in line.due_dates
            }
        )
        for title in history.titles:
            each = [brute.coverage(history, title, series, day, top=top) for day in days]
            unknown = {place for one in each for place in one.unknown}
            at = {place for one in each for place in one.at}
            if held == "at once":
                count = max((len(one.at) for one in each), default=0)
                reach = max((len(one.at | one.unknown) for one in each), default=0)
                unseen = max([unseen, *(len(one.unknown) for one in each)])
            else:
                count, reach = len(at), len(at | unknown)
                unseen = max(unseen, len(unknown))
            if count:
                found.proved.append(Proved((title, series), count))
                found.open.append(Open(title, series, count, reach))
    return Answer(found.proved, found.open, unseen)


# -- moves --------------------------------------------------------------------------------------


def biggest_move(history: ChartHistory, top: Top, sign: Literal[1, -1]) -> Answer:
    """Moves, from one issue to the next: an open issue has any rank."""
    proved: list[Proved] = []
    most: dict[tuple[Title, Chart], int] = {}
    unseen = 0
    for row in rows(history):
        every = range(1, row.depth + 1)
        edge = [] if row.launched else [("outside", None, None)]
        cells = [*edge, *zip(row.state, row.cells, row.dates, strict=True)]
        for (before, left, _), (after, right, day) in pairwise(cells):
            states = {before, after}
            starts = [left] if before == "known" else every
            ends = [right] if after == "known" else every
            places = [
                sign * (one - other)
                for one in starts
                for other in ends
                if one and other and (top is None or (other if sign > 0 else one) <= top)
            ]
            best = max(places, default=0)
            if best <= 0:
                continue
            if states == {"known"}:
                proved.append(Proved((row.title, row.chart, day), best))
            elif "known" in states and row.title is not None:
                most[row.title, row.chart] = max(best, most.get((row.title, row.chart), 0))
            elif "unknown" in states and row.title is None:
                unseen = max(unseen, best)
    open_ = [Open(title, chart, None, best) for (title, chart), best in most.items()]
    open_ += [Open(each.who[0], each.who[1], each.score, each.score) for each in proved]
    return Answer(proved, open_, unseen)


# -- debuts and ways to the top -----------------------------------------------------------------


def _first(row: Row) -> int | None:
    return next((at for at, rank in enumerate(row.cells) if rank), None)


def _at_edge(row: Row) -> bool:
    """Whether the title stands on the first issue due, which need not be the chart's first."""
    return not row.launched and row.cells[0] is not None


def highest_debut(history: ChartHistory) -> Answer:
    """Debuts in all ways in which open issues can have been; scores are ranks below 0."""
    found = Answer([], [], None)
    for row in rows(history):
        first = _first(row)
        if first is None:
            continue
        ways = [
            next(rank for rank in cells if rank)
            for cells in row.filled([None, *range(1, row.depth + 1)])
        ]
        if len(set(ways)) == 1 and not _at_edge(row):
            found.proved.append(Proved((row.title, row.chart), -ways[0]))
            found.open.append(Open(row.title, row.chart, -ways[0], -ways[0]))
        else:
            found.open.append(Open(row.title, row.chart, None, -min(ways)))
    unknown = any("unknown" in row.state for row in rows(history))
    return Answer(found.proved, found.open, -1 if unknown else None)


def _way(cells: Sequence[Cell], top: int, counting: str) -> int:
    """How long it took to the top; 0 where it never got there."""
    there = [at for at, rank in enumerate(cells) if rank]
    tops = [at for at in there if (cells[at] or 0) <= top]
    if not tops:
        return 0
    counted = [at for at in there if at <= tops[0]]
    return len(counted) if counting == "listed" else tops[0] - there[0] + 1


def longest_climb_to_top(
    history: ChartHistory, top: int, counting: Literal["listed", "issues"]
) -> Answer:
    """Ways to the top, in all ways in which open issues can have been."""
    found = Answer([], [], 0)
    unseen: float = 0
    for row in rows(history):
        first = _first(row)
        ways: list[tuple[float, int]] = []
        for cells in row.filled([None, 1, row.depth]):
            length = _way(cells, top, counting)
            edge = length and not row.launched and cells[0] is not None
            ways.append((math.inf if edge else length, length))
        most = max(each for each, _ in ways)
        if row.title is None:
            if "unknown" in row.state:
                unseen = max(unseen, most)
        elif first is not None and most and (_seen_before(row, first, top)):
            if len(set(ways)) == 1 and not math.isinf(most):
                found.proved.append(Proved((row.title, row.chart), ways[0][1]))
                found.open.append(Open(row.title, row.chart, ways[0][1], most))
            else:
                found.open.append(Open(row.title, row.chart, None, most))
    return Answer(found.proved, found.open, unseen)


def _seen_before(row: Row, first: int, top: int) -> bool:
    """Whether a list in hand has it before the last issue on which it can have got there."""
    tops = any(rank and rank <= top for rank in row.cells)
    return tops or any(at > first for at in row.is_open)


# -- company ------------------------------------------------------------------------------------


def most_simultaneous(
    history: ChartHistory,
    top: Top,
    group_of: Callable[[Title], object],
    belongs: Callable[[Title], bool | None],
) -> Answer:
    """Titles of one group on one list, list by list."""
    count: dict[tuple[object, Chart], int] = {}
    reach: dict[tuple[object, Chart], int] = {}
    room = 0
    for line in brute.lines(history):
        for status, listed in zip(line.statuses, line.rows, strict=True):
            if status.is_unknown:
                ranks = [row.rank for each in line.rows for row in each]
                depth = max([line.chart.series.depth, *ranks])
                room = max(room, depth if top is None else min(top, depth))
            if status is not IssueStatus.PUBLISHED:
                continue
            there = {row.title for row in listed if top is None or row.rank <= top}
            for group in {group_of(title) for title in there} - {None}:
                of_group = [title for title in there if group_of(title) == group]
                sure = sum(belongs(title) is True for title in of_group)
                more = sum(belongs(title) is None for title in of_group)
                at = group, line.chart
                count[at] = max(count.get(at, 0), sure)
                reach[at] = max(reach.get(at, 0), sure + more)
    return Answer(
        [Proved(at, number) for at, number in count.items() if number],
        [Open(*at, count[at] or None, most) for at, most in reach.items() if most],
        room,
    )
