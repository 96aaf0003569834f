"""Rows of a publisher beside the entries of the chart tables of their issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kcharts import Chart, ChartHistory, RankSnapshot, Title, chart_tables
from kcharts.measures import ChartEntry


class Compared(NamedTuple):
    """A row, its title's entry in the table of its issue, and the title's first row."""

    row: RankSnapshot
    entry: ChartEntry
    first: RankSnapshot
    best_since: int
    """The best of the peak that is printed there and of the ranks after it."""

    @property
    def name(self) -> str:
        return self.row.title.name

    @property
    def periods_agree(self) -> bool:
        start = self.first.reported.periods_on_chart or 0
        return self.row.reported.periods_on_chart == start - 1 + self.entry.periods

    @property
    def peak_agrees(self) -> bool:
        start = self.first.reported.peak or self.entry.peak
        return self.row.reported.peak == min(start, self.entry.peak)

    @property
    def last_agrees(self) -> bool:
        return self.row.reported.last_rank == self.entry.last


def by_date(history: ChartHistory) -> list[RankSnapshot]:
    return sorted(history, key=lambda row: (row.date, row.rank))


def first_rows(history: ChartHistory) -> dict[tuple[Chart, Title], RankSnapshot]:
    """The first row of each title on each chart."""
    found: dict[tuple[Chart, Title], RankSnapshot] = {}
    for row in by_date(history):
        found.setdefault((row.chart, row.title), row)
    return found


def compared(history: ChartHistory) -> list[Compared]:
    """Every row beside the entry of its title in the chart table of its issue."""
    entries = {(e.chart, e.date, e.title): e for e in chart_tables(history).entries}
    firsts = first_rows(history)
    best: dict[tuple[Chart, Title], int] = {}
    found: list[Compared] = []
    for row in by_date(history):
        one = row.chart, row.title
        entry, first = entries[row.chart, row.date, row.title], firsts[one]
        if first.date == row.date:
            best[one] = first.reported.peak or entry.rank
        best[one] = min(best[one], entry.rank) if first.date < row.date else best[one]
        found.append(Compared(row, entry, first, best[one]))
    return found


def later(rows: Iterable[Compared]) -> list[Compared]:
    """The rows of all issues but the first, which has none before it to compare with."""
    listed = list(rows)
    start = min(each.row.date for each in listed)
    return [each for each in listed if each.row.date > start]


def agreeing(rows: list[Compared]) -> tuple[int, int, int]:
    """How many rows agree in weeks, in the peak, and in the last rank."""
    return (
        sum(each.periods_agree for each in rows),
        sum(each.peak_agrees for each in rows),
        sum(each.last_agrees for each in later(rows)),
    )
