"""What the laws have in common: the questions asked, and other forms of one history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial, reduce

from hypothesis import strategies as st

from kcharts import testing
from kcharts.errors import KchartsError
from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title
from tests import brute

TOPS = st.sampled_from([1, 2, None])
histories = partial(testing.histories, min_depth=2)  # no list has fewer ranks than a `top` asks for
GAPS: st.SearchStrategy[brute.Gaps] = st.sampled_from(["break", "bridge"])
FILLERS = tuple(Title(f"Filler {number}") for number in range(10))


def outcome(ask: Callable[[], object]) -> object:
    """The answer to a question, or the kind of error that it is refused with."""
    try:
        return ask()
    except KchartsError as refused:
        return type(refused)


def dates_of(part: ChartHistory) -> list[dt.date]:
    """The dates of which a history knows anything, though no list may be in hand."""
    marked = (day for marks in part.store.marks for day in marks)
    return sorted({*part.dates, *map(dt.date.fromordinal, marked)})


def together(parts: Iterable[ChartHistory]) -> ChartHistory:
    """All parts merged, one after the other."""
    return reduce(ChartHistory.merge, parts, ChartHistory.from_snapshots([]))


def completed(history: ChartHistory, title: Title | None) -> ChartHistory:
    """The history with every unknown list put in: with the title at No. 1, or without it."""
    rows: list[RankSnapshot] = []
    statuses: dict[tuple[Chart, dt.date], IssueStatus] = {}
    for line in brute.lines(history):
        for day, status in zip(line.dates, line.statuses, strict=True):
            if status.is_unknown:
                names = ([title] if title else []) + list(FILLERS)
                ranked = enumerate(names[: line.chart.series.depth], start=1)
                rows += [RankSnapshot(name, line.chart, day, rank) for rank, name in ranked]
                statuses[line.chart, day] = IssueStatus.PUBLISHED
    filled = ChartHistory.from_snapshots(rows, statuses=statuses)
    return history.merge(filled, on_conflict="theirs")
