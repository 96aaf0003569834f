"""Which lists and titles a call is about; every measure looks them up the same way."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, Unpack

from kcharts.errors import UnknownChartError, UnknownTitleError
from kcharts.measures._where import Place, Where
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory, store_in
from kcharts.model.lookup import codes_of
from kcharts.model.title import Title


class Scope(NamedTuple):
    """The part of a history that a call is about."""

    store: Store
    charts: list[int]
    titles: list[int] | None
    """The code of the title asked for, alone; None for all titles."""

    @property
    def title(self) -> int:
        """The code of the one title that a call is about."""
        [code] = self.titles or list[int]()
        return code


def cut(history: ChartHistory, as_of: dt.date | str | None) -> Store:
    """The store without what is dated after `as_of`."""
    store = store_in(history)
    if as_of is None:
        return store
    last = checks.as_day(as_of, "as_of").toordinal()
    if all(high <= last for _, high in store.spans):
        return store
    return store.cut(dt.date.min.toordinal(), last)


def scoped(
    history: ChartHistory,
    title: Title | str | None,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    as_of: dt.date | str | None = None,
) -> Scope:
    """The lists and titles that a call names.

    Raises:
        UnknownTitleError: The history holds no such title, up to `as_of`.
        AmbiguousTitleError: Several titles bear the name on the charts asked for.
        UnknownChartError: No chart fits.
    """
    store = cut(history, as_of)
    if title is None and not store.charts:
        return Scope(store, [], None)
    titles = None if title is None else _titles(history, store, title, as_of)
    charts = lookup.charts(store, series=series, country=country, category=category)
    if titles is not None and len(titles) > 1:
        titles = _on_charts(store, titles, charts) or titles
        titles = [lookup.one_title(store, str(title), titles)]
    return Scope(store, charts, titles)


def scoped_title(history: ChartHistory, title: Title | str, **where: Unpack[Where]) -> Scope:
    """The lists and the one title that a call names: None is all titles, and refused here.

    Raises:
        TypeError: No title is given.
    """
    lookup.check_title(title)
    return scoped(history, title, **where)


def _titles(
    history: ChartHistory, store: Store, title: Title | str, as_of: dt.date | str | None
) -> list[int]:
    """The codes of a title; an error says so where it is only on later lists."""
    try:
        return codes_of(store, title)
    except UnknownTitleError as fault:
        if store is history.store:
            raise
        codes_of(history.store, title)
        raise UnknownTitleError(
            f"{str(title)!r} is on no list up to {as_of}", hints=["later lists hold it"]
        ) from fault


def _on_charts(store: Store, titles: list[int], charts: list[int]) -> list[int]:
    """Those of the titles that stand on some list of the charts."""
    seen: set[int] = set()
    for chart in charts:
        starts = store.lists[chart].starts
        seen.update(store.title_codes[starts[0] : starts[-1]])
    return [code for code in titles if code in seen]


def with_title(scope: Scope) -> list[int]:
    """The charts on whose lists a title of the scope stands at all."""
    if scope.titles is None:
        return scope.charts
    store = scope.store
    found: list[int] = []
    for chart in scope.charts:
        starts = store.lists[chart].starts
        if not set(scope.titles).isdisjoint(store.title_codes[starts[0] : starts[-1]]):
            found.append(chart)
    return found


def one_chart(scope: Scope) -> int:
    """The one chart in question.

    Raises:
        AmbiguousChartError: Several are; they are listed.
    """
    charts = scope.charts if len(scope.charts) == 1 else with_title(scope) or scope.charts
    if len(charts) == 1:
        return charts[0]
    if not charts:
        raise UnknownChartError("the history holds no charts")
    named = [scope.store.charts[chart] for chart in charts]
    raise lookup.ambiguous_charts(f"{len(named)} charts fit: say which", named)


def one_series(scope: Scope) -> ChartSeries:
    """The one series in question: that of the country charts on which the title stands.

    Raises:
        AmbiguousChartError: Several are; they are listed.
        UnknownChartError: There is no chart of a country.
    """
    store = scope.store
    places = [chart for chart in scope.charts if store.charts[chart].country is not None]
    if not places:
        raise UnknownChartError("there is no chart of a country: coverage is about places")
    held = [chart for chart in with_title(scope) if chart in set(places)] or places
    return lookup.sole_series(store.charts[chart] for chart in held)


def _longest(store: Store, chart: int) -> int:
    """The last rank that a chart's lists have."""
    starts = store.lists[chart].starts
    return max(store.ranks[starts[0] : starts[-1]], default=0)


def check_top(top: int | None, scope: Scope) -> None:
    """Raise unless all lists asked for are that deep; None is any place on the list."""
    if top is None:
        return
    checks.check_count("top", top, 1)
    for chart in scope.charts:
        series = scope.store.charts[chart].series
        if top > series.depth and top > _longest(scope.store, chart):
            expected = f"1 to {series.depth}, the ranks of a list of {series.name}, or None"
            raise checks.refuse("top", expected, top)
