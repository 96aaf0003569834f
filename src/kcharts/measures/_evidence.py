"""Which rows a figure rests on."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from kcharts._faces import public
from kcharts.measures._timeline import timeline
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory, store_in
from kcharts.model.snapshot import RankSnapshot
from kcharts.model.title import Title


@public
class Basis(NamedTuple):
    """The rows of a title on a chart between two dates, at a rank or better."""

    title: Title
    chart: Chart
    start: dt.date
    end: dt.date
    top: int | None

    def basis(self) -> "Iterator[Basis]":
        """Itself: it is a figure that says no more than its rows."""
        yield self


class Evidenced(Protocol):
    """A figure that says which rows it rests on."""

    def basis(self) -> Iterable[Basis]:
        """The rows that it rests on."""
        ...


@public
def evidence(history: ChartHistory, figure: Evidenced, /) -> list[RankSnapshot]:
    """The rows that a figure rests on, each with its source and line.

    Only rows of PUBLISHED lists are evidence.

    Args:
        history: The history that the figure was computed from.
        figure: A streak, total, coverage or any other figure of kcharts.

    Returns:
        The rows in the order of chart and date.

    Raises:
        UnknownTitleError: The history does not hold the figure's title.
        UnknownChartError: It does not hold the figure's chart.

    >>> from kcharts import current_streak, evidence, sample
    >>> history = sample()
    >>> streak = current_streak(history, "All of Us Are Dead", country="world")
    >>> [(row.date.day, row.rank) for row in evidence(history, streak)]
    [(29, 1), (30, 1), (31, 1)]
    """
    store = store_in(history)
    if isinstance(figure, type) or not callable(getattr(figure, "basis", None)):
        expected = "one figure, such as a Streak or a Coverage"
        raise checks.refuse("figure", expected, figure, kind=TypeError)
    rows: list[int] = []
    for title, chart, start, end, top in figure.basis():
        [code] = lookup.codes_of(store, title)
        place = lookup.chart_code(store, chart)
        days = timeline(store, place).ordinals
        first = bisect_left(days, start.toordinal())
        after = bisect_right(days, end.toordinal())
        for low, high in islice(store.published(place, top=top), first, after):
            rows += [row for row in range(low, high) if store.title_codes[row] == code]
    return [history[row] for row in sorted(set(rows))]
