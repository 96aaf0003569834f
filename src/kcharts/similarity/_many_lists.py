"""Rank-biased overlap of many lists: of places, of dates, of publishers."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from kcharts.errors import AmbiguousChartError, NotAnIssueError
from kcharts.measures._panel import Panel
from kcharts.measures._results import Results
from kcharts.measures._scope import Place, cut, one_chart, scoped
from kcharts.model import _checks as checks
from kcharts.model import lookup as finding
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.similarity._ranking import Ranking
from kcharts.similarity._two_lists import RankBiasedOverlap, check_persistence, rank_biased_overlap


class _Pair(NamedTuple):
    """Two lists: (chart, date) of each."""

    left: tuple[Chart, dt.date]
    right: tuple[Chart, dt.date]


class _Lists:
    """The lists of a history, compared."""

    def __init__(self, history: ChartHistory, p: float) -> None:
        check_persistence(p)
        if not history.is_whole:
            raise checks.refuse("history", "whole lists, not ones narrowed to titles", history)
        self.history, self.p = history, p

    def compared(self, both: _Pair) -> RankBiasedOverlap:
        """The rank-biased overlap of two lists; unknown where one is not usable."""
        left, right = (Ranking.of(self.history.issue(*each)) for each in both)
        return rank_biased_overlap(left, right, p=self.p)


def similar_places(
    history: ChartHistory,
    country: Place,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    date: dt.date | str | None = None,
    p: float = 0.9,
) -> Results[RankBiasedOverlap]:
    """Which places have the list most like that of one place, on one date.

    Args:
        history: The lists, whole.
        country: The place, or "world".
        series: A series, where the history has several.
        category: A category as printed.
        date: The issue's date; the last one that the data cover where it is left out.
        p: The persistence of rank-biased overlap.

    Returns:
        The other places of the panel, the most alike first, equal ones by code. Those whose list
        is not known, or all if that of the place itself is not, come last, with the bounds 0
        and 1.

    Raises:
        AmbiguousChartError: Several series fit.
        NotAnIssueError: The place has no issue on that date, or the data do not cover it.
        UnknownChartError: The place has no chart.

    >>> from kcharts import sample, similar_places
    >>> found = similar_places(sample(), "KR", date="2022-01-31")
    >>> len(found)
    87
    """
    lists = _Lists(history, p)
    panel = Panel(scoped(history, None, series=series, category=category))
    day = panel.dated(date)
    chart = history.chart(country, series=panel.series)
    if history.status(chart, day) is IssueStatus.OUTSIDE:
        raise NotAnIssueError(f"{day}: the data have no issue of {chart}")
    others = [Chart(panel.series, each.country) for each in panel.lists(day)]
    found = [lists.compared(_Pair((chart, day), (o, day))) for o in others if o != chart]
    return Results.of(sorted(found, key=_likeness))


def _likeness(found: RankBiasedOverlap) -> float:
    return 1.0 if found.extrapolated is None else -found.extrapolated


def similarity_over_time(
    history: ChartHistory,
    /,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    as_of: dt.date | str | None = None,
    p: float = 0.9,
) -> Results[RankBiasedOverlap]:
    """How like each list of a chart is to the one before.

    Args:
        history: The lists, whole.
        country: A country by value, code or name, or "world".
        series: A series, where the history has several.
        category: A category as printed.
        as_of: Nothing dated later is looked at.
        p: The persistence of rank-biased overlap.

    Returns:
        Each two consecutive issues that the data cover, in the order of dates; with the bounds 0
        and 1 where one is not known.

    Raises:
        AmbiguousChartError: Several charts fit.
        UnknownChartError: None does.

    >>> from kcharts import sample, similarity_over_time
    >>> print(similarity_over_time(sample(), country="world")[0])
    Netflix TV in the world (by reconstruction of FlixPatrol), on 2021-09-17 and on 2021-09-18: \
rank-biased overlap 0.86 (0.73 to 0.90), p = 0.9
    """
    scope = scoped(history, None, country=country, series=series, category=category, as_of=as_of)
    lists = _Lists(ChartHistory(scope.store), p)
    code = one_chart(scope)
    chart = scope.store.charts[code]
    numbers = _due(scope.store, code)
    date = scope.store.calendar(chart.series).date
    found = [
        _Pair((chart, date(one)), (chart, date(other)))
        for one, other in pairwise(numbers)
        if other == one + 1
    ]
    return Results(found, lists.compared)


def _due(store: Store, code: int) -> list[int]:
    """The numbers of a chart's issues that are not OUTSIDE."""
    calendar = store.calendar(store.charts[code].series)
    return [calendar.number(day) for day in _days(store, code)]


def _days(store: Store, code: int) -> list[dt.date]:
    """The dates of a chart's issues that are not OUTSIDE."""
    low, high = store.spans[code]
    if low > high:
        return []
    ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
    days = store.calendar(store.charts[code].series).between(*ends)
    return [d for d in days if store.status(code, d.toordinal()) is not IssueStatus.OUTSIDE]


def similarity_between(
    history: ChartHistory,
    first: ChartSeries | str,
    second: ChartSeries | str,
    /,
    *,
    country: Place | None = None,
    as_of: dt.date | str | None = None,
    p: float = 0.9,
) -> Results[RankBiasedOverlap]:
    """How like the lists of two series are, for every place and date that both have.

    Titles are compared by key, and two publishers hardly ever have the same: give a history
    that a catalogue has relabelled, or one `by_show()` where one of them does not tell seasons
    apart.

    Args:
        history: The lists of both series, whole.
        first: A series, or a text that names just one.
        second: The other.
        country: A country by value, code or name, or "world"; all places where it is left out.
        as_of: Nothing dated later is looked at.
        p: The persistence of rank-biased overlap.

    Returns:
        One figure an issue, in the order of places and dates.

    Raises:
        AmbiguousChartError: A text names several series.
        UnknownChartError: No chart fits.
    """
    store = cut(history, as_of)
    lists = _Lists(ChartHistory(store), p)
    one, other = (_by_place(store, series, country) for series in (first, second))
    found = [
        _Pair((store.charts[code], day), (store.charts[other[place]], day))
        for place, code in one.items()
        if place in other
        for day in _shared_days(store, code, other[place])
    ]
    return Results(found, lists.compared)


def _by_place(store: Store, series: ChartSeries | str, country: Place | None) -> dict[str, int]:
    codes = finding.charts(store, series=series, country=country)
    named = list(dict.fromkeys(store.charts[code].series for code in codes))
    if len(named) > 1:
        hints = [repr(str(each)) for each in named]
        raise AmbiguousChartError(f"{series!r} names {len(named)} series: say which", hints=hints)
    return {store.charts[code].code: code for code in codes}


def _shared_days(store: Store, code: int, other: int) -> list[dt.date]:
    days = set(_days(store, other))
    return [day for day in _days(store, code) if day in days]
