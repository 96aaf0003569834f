"""How long after its release a title first was at a rank or better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import final

from attrs import field, frozen

from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.measures._milestones import first_positions, first_time
from kcharts.measures._scope import Place, Scope, check_top, one_chart, scoped
from kcharts.measures._timeline import timeline
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
@frozen
class DaysFromRelease:
    """How many days after its release a title first was at a rank or better.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one.
        released: The day of the release.
        date: The first published list that proves it.
        days: The fewest and the most days: apart on weekly charts, since an issue measures seven
            days, and where an earlier list is not known.
    """

    title: Title
    chart: Chart
    top: int | None
    released: dt.date
    date: dt.date
    days: tuple[int, int]
    censored: bool = field(default=False, repr=False)

    def basis(self) -> Iterator[Basis]:
        """The row that it rests on."""
        yield Basis(self.title, self.chart, self.date, self.date, self.top)

    def __str__(self) -> str:
        low, high = self.days
        before = high < 0
        low, high = (-high, -low) if before else (low, high)
        number = words.counted(high, "day") if low == high else f"{low} to {high} days"
        number += " before" if before else " after"
        when = self.chart.series.when(self.date)
        place = words.at(self.top).removeprefix("at ")
        return (
            f"{self.title}: {place} {when}, {number} its release on {self.released}, "
            f"{self.chart.name}"
        )


def days_from_release(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    released: dt.date | str | None = None,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
) -> DaysFromRelease | None:
    """How many days after its release a title first was at `top` or better on one chart.

    Args:
        history: The lists.
        title: A title, or its name.
        released: The day of the release, where `Title.released` does not say it.
        country: The chart's country, or "world".
        series: A series, where the title is on several.
        category: A category as printed.
        top: The worst rank that counts; None is any place on the list.
        as_of: Nothing dated later is looked at.

    Returns:
        The days as an interval, or None where no list in hand proves that it got there.

    Raises:
        ValueError: Nothing says when it was released.
        UnknownPeriodError: The chart's calendar is irregular, so that the days which an issue
            measures are not known.
        AmbiguousChartError: The title is on several charts.

    >>> from kcharts import days_from_release, sample
    >>> days_from_release(sample(), "All of Us Are Dead", country="world").days
    (1, 1)
    """
    scope = scoped(history, title, country=country, series=series, category=category, as_of=as_of)
    store, chart = scope.store, one_chart(scope)
    check_top(top, Scope(store, [chart], scope.titles))
    [code] = scope.titles or [-1]
    work = store.titles[code]
    day = work.released if released is None else checks.as_day(released, "released")
    if day is None:
        raise ValueError(f"{work}: nothing says when it was released; say it with released=")
    times = timeline(store, chart)
    first = first_time(times, first_positions(store, chart, top).get(code))
    if first.date is None:
        return None
    days = (
        times.calendar.days_since(day, first.earliest)[0],
        times.calendar.days_since(day, first.date)[1],
    )
    return DaysFromRelease(work, store.charts[chart], top, day, first.date, days, first.censored)
