"""Printed counters computed anew from the ranks of a history of one chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from typing import NamedTuple

from kcharts import ChartHistory, RankSnapshot, Title

Key = Callable[[Title], Hashable]
Ranks = dict[dt.date, dict[Hashable, int]]


class Recount(NamedTuple):
    """A row, and what its counters should be by the lists in hand.

    The first printed value of each title is taken over: what was before the first list in hand
    is not known. `last_rank` is None in the first issue too.
    """

    row: RankSnapshot
    periods: int
    peak: int | None
    last_rank: int | None

    @property
    def name(self) -> str:
        return self.row.title.name

    @property
    def day(self) -> str:
        return str(self.row.date)


def ranks_of(history: ChartHistory, key: Key = lambda title: title) -> Ranks:
    """The ranks of every issue by title: of a title that stands there twice, the better one."""
    [chart] = history.charts
    found: Ranks = {}
    for day in history.dates:
        held = found[day] = {}
        for row in history.issue(chart, day):
            held.setdefault(key(row.title), row.rank)
    return found


def recounted(
    history: ChartHistory,
    *,
    key: Key = lambda title: title,
    ranks: Ranks | None = None,
) -> Iterator[Recount]:
    """Every row with its counters recounted, from its ranks or from others."""
    [chart] = history.charts
    ranks = ranks or ranks_of(history, key)
    periods: dict[Hashable, int] = {}
    peaks: dict[Hashable, int] = {}
    before: dict[Hashable, int] = {}
    for day in history.dates:
        held, rows = ranks[day], history.issue(chart, day).rows
        for one, rank in held.items():
            if one in periods:
                periods[one] += 1
                peaks[one] = min(peaks[one], rank)
        for row in rows:
            one = key(row.title)
            periods.setdefault(one, row.reported.periods_on_chart or 0)
            peaks.setdefault(one, row.reported.peak or held[one])
        for row in rows:
            one = key(row.title)
            yield Recount(row, periods[one], peaks[one], before.get(one))
        before = held
