"""Rank-biased overlap of many lists: of places, of dates, of publishers."""

import datetime as dt
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Unpack

from kcharts._faces import public
from kcharts.errors import NotAnIssueError
from kcharts.measures._coverage import Panel
from kcharts.measures._results import Results
from kcharts.measures._scope import cut, one_chart, scoped
from kcharts.measures._where import Place, Where, narrowed_by
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.similarity._ranking import Ranking, numbered
from kcharts.similarity._two_lists import RankBiasedOverlap, check_persistence, rank_biased_overlap


class _List(NamedTuple):
    """A list of a store: the code of its chart, and the ordinal of its date."""

    chart: int
    ordinal: int


class _Lists:
    """The lists of a store, compared two by two."""

    def __init__(self, store: Store, p: float) -> None:
        check_persistence(p)
        if not store.whole:
            raise checks.refuse(
                "history", "whole lists, not ones narrowed to titles", ChartHistory(store)
            )
        self.store, self.p = store, p
        # Each list of a chart is compared twice, with the one before and the one after it, and
        # that of a place with all others.
        self.ranking = lru_cache(maxsize=2)(self._ranking)

    def _ranking(self, each: _List) -> Ranking:
        """The order of a list, without making its rows (benchmarks/whole_hot_100.py)."""
        store, (chart, ordinal) = self.store, each
        best: dict[int, int] = {}
        if store.status(chart, ordinal) is IssueStatus.PUBLISHED:
            for row in store.rows(chart, ordinal):
                best.setdefault(store.title_codes[row], store.ranks[row])
        order = numbered((store.titles[code], rank) for code, rank in best.items())
        return Ranking(order, store.charts[chart], dt.date.fromordinal(ordinal))

    def compare(self, pair: tuple[_List, _List]) -> RankBiasedOverlap:
        """The rank-biased overlap of two lists; unknown where one is not usable."""
        left, right = map(self.ranking, pair)
        return rank_biased_overlap(left, right, p=self.p)


@public
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

    >>> from kcharts import sample
    >>> from kcharts.similarity import similar_places
    >>> found = similar_places(sample(), "KR", date="2022-01-31")
    >>> len(found)
    87
    """
    scope = scoped(history, None, series=series, category=category)
    lists = _Lists(scope.store, p)
    panel = Panel(scope)
    day = panel.find_date(date)
    chart = history.chart(country, series=panel.series)
    if history.status(chart, day) is IssueStatus.OUTSIDE:
        raise NotAnIssueError(f"{day}: the data have no issue of {chart}")
    own = _List(lookup.chart_code(scope.store, chart), day.toordinal())
    others = [_List(panel.codes[each.country], own.ordinal) for each in panel.lists(day)]
    figures = [lists.compare((own, other)) for other in others if other != own]
    return Results.of(sorted(figures, key=_unlikeness))


def _unlikeness(figure: RankBiasedOverlap) -> float:
    return 1.0 if figure.extrapolated is None else -figure.extrapolated


@public
@narrowed_by(Where)
def similarity_over_time(
    history: ChartHistory,
    /,
    *,
    p: float = 0.9,
    **where: Unpack[Where],
) -> Results[RankBiasedOverlap]:
    """How like each list of a chart is to the one before.

    Args:
        history: The lists, whole.
        p: The persistence of rank-biased overlap.

    Returns:
        Each two consecutive issues that the data cover, in the order of dates; with the bounds 0
        and 1 where one is not known.

    Raises:
        AmbiguousChartError: Several charts fit.
        UnknownChartError: None does.

    >>> from kcharts import sample
    >>> from kcharts.similarity import similarity_over_time
    >>> print(similarity_over_time(sample(), country="world")[0])
    Netflix TV in the world (by reconstruction of FlixPatrol), on 2021-09-17 and on 2021-09-18: \
rank-biased overlap 0.86 (0.73 to 0.90), p = 0.9
    """
    scope = scoped(history, None, **where)
    store = scope.store
    lists = _Lists(store, p)
    code = one_chart(scope)
    number = store.calendar(store.charts[code].series).number
    pairs = [
        (_List(code, one.toordinal()), _List(code, other.toordinal()))
        for one, other in pairwise(_days(store, code))
        if number(other) == number(one) + 1  # an issue between them may be OUTSIDE
    ]
    return Results(pairs, lists.compare)


def _days(store: Store, code: int) -> list[dt.date]:
    """The dates of a chart's issues that are not OUTSIDE."""
    low, high = store.spans[code]
    if low > high:
        return []
    ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
    days = store.calendar(store.charts[code].series).between(*ends)
    return [d for d in days if store.status(code, d.toordinal()) is not IssueStatus.OUTSIDE]


@public
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
    lists = _Lists(store, p)
    one = _by_place(store, first, "first", country)
    other = _by_place(store, second, "second", country)
    pairs = [
        (_List(code, day), _List(other[place], day))
        for place, code in one.items()
        if place in other
        for day in _shared_ordinals(store, code, other[place])
    ]
    return Results(pairs, lists.compare)


def _by_place(
    store: Store, series: ChartSeries | str, where: str, country: Place | None
) -> dict[str, int]:
    """The charts of a series by the code of their place."""
    named = lookup.one_series(store, series, country=country, where=where)
    codes = lookup.charts(store, series=named, country=country)
    return {store.charts[code].code: code for code in codes}


def _shared_ordinals(store: Store, code: int, other: int) -> list[int]:
    """The dates on which two charts both have an issue."""
    days = set(_days(store, other))
    return [day.toordinal() for day in _days(store, code) if day in days]
