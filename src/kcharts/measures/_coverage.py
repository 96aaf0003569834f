"""Coverage: in which places a title is at a rank or better, on one date and over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, final

from attrs import field, frozen

from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.measures._places import Coverage, Places
from kcharts.measures._results import Results
from kcharts.measures._scope import scoped
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
@frozen
class PeakCoverage:
    """The most places in which a title was at a rank or better on one date.

    Attributes:
        title: The work.
        series: The series of the lists.
        top: The rank that counts, or a better one.
        count: The proved number of places.
        at: The coverage of every date with that number, in order: ties are listed.
        upper: The most that it can have been on any date, unknown lists counted.
        challengers: The dates on which unknown lists could make it more than `count`.
    """

    title: Title
    series: ChartSeries
    top: int | None
    count: int
    at: tuple[Coverage, ...]
    upper: int
    challengers: tuple[dt.date, ...] = field(repr=False)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for coverage in self.at:
            yield from coverage.basis()

    def as_row(self) -> dict[str, Any]:
        """The peak as named cells; the date is the first of those with that number."""
        return {
            "title": self.title.name,
            "season": self.title.season,
            "category": self.series.category,
            "date": self.at[0].date,
            "top": self.top,
            "count": self.count,
            "upper": self.upper,
        }

    def __str__(self) -> str:
        dates = words.listed([self.series.when(each.date) for each in self.at])
        place = words.at(self.top).removeprefix("at ")
        bound = f" ({self.upper} at most)" if self.upper > self.count else ""
        return (
            f"{self.title}: {place} in {words.counted(self.count, 'country')} at the peak{bound}, "
            f"{dates}, {self.series.name}"
        )


@final
@frozen
class CoverageEver:
    """The places in which a title was at a rank or better at some time.

    That is not the number of places on one date: every country may have had it at No. 1 once,
    never all of them in one week.

    Attributes:
        title: The work.
        series: The series of the lists.
        top: The rank that counts, or a better one.
        places: The proved places, by code.
        panel: The places whose chart had an issue at some time.
        unknown: Those of the panel that are not proved and have lists that are not known.
        since: The first issue that the data cover.
        until: The last one.
    """

    title: Title
    series: ChartSeries
    top: int | None
    places: tuple[Country, ...]
    panel: tuple[Country, ...]
    unknown: tuple[Country, ...]
    since: dt.date
    until: dt.date

    @property
    def count(self) -> int:
        """The proved number of places."""
        return len(self.places)

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most places that it can be."""
        return self.count, self.count + len(self.unknown)

    @property
    def everywhere(self) -> bool:
        """Whether it was at `top` in every place of the panel at some time."""
        return bool(self.panel) and self.count == len(self.panel)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for country in self.places:
            yield Basis(self.title, Chart(self.series, country), self.since, self.until, self.top)

    def as_row(self) -> dict[str, Any]:
        """The places as named cells."""
        low, high = self.bounds
        return {
            "title": self.title.name,
            "season": self.title.season,
            "category": self.series.category,
            "top": self.top,
            "count": low,
            "upper": high,
            "panel": len(self.panel),
            "since": self.since,
            "until": self.until,
        }

    def __str__(self) -> str:
        low, high = self.bounds
        bound = f" ({high} at most)" if high > low else ""
        place = words.at(self.top).removeprefix("at ")
        dates = self.series.when(self.since, self.until)
        return (
            f"{self.title}: {place} in {low} of {words.counted(len(self.panel), 'country')}{bound} "
            f"at some time, {dates}, {self.series.name}"
        )


def coverage(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    date: dt.date | str | None = None,
) -> Coverage:
    """In which places a title is at `top` or better on one date.

    Args:
        history: The lists.
        title: A title, or its name.
        series: A series, where the title is on several.
        category: A category as printed.
        top: The worst rank that counts; None is any place on the list.
        date: The issue's date; the last one that the data cover where it is left out.

    Returns:
        The places with their ranks, the panel, and what is unknown.

    Raises:
        UnknownTitleError: The history does not hold the title.
        AmbiguousChartError: The title is on several series.
        NotAnIssueError: The series has no issue on that date, or the data do not cover it.

    >>> from kcharts import coverage, sample
    >>> found = coverage(sample(), "All of Us Are Dead", date="2022-01-31")
    >>> found.count, found.rank("US"), len(found.by_rank[2])
    (46, 2, 29)
    """
    places = Places(scoped(history, title, series=series, category=category), top)
    return places.on(places.dated(date))


def coverage_over_time(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
) -> Results[Coverage]:
    """The coverage of every issue that the data cover, in the order of dates.

    >>> from kcharts import coverage_over_time, sample
    >>> [each.count for each in coverage_over_time(sample(), "All of Us Are Dead")]
    [0, 25, 44, 46]
    """
    places = Places(scoped(history, title, series=series, category=category, as_of=as_of), top)
    return Results(places.days(), places.on)


def peak_coverage(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
) -> PeakCoverage:
    """The most places in which a title was at `top` or better on one date; ties are listed.

    >>> from kcharts import peak_coverage, sample
    >>> peak = peak_coverage(sample(), "All of Us Are Dead", top=2)
    >>> peak.count, peak.at[0].date
    (75, datetime.date(2022, 1, 31))
    """
    return peak_of(
        Places(scoped(history, title, series=series, category=category, as_of=as_of), top)
    )


def peak_of(places: Places) -> PeakCoverage:
    """The most places on one date."""
    listed = [places.on(day) for day in places.covered()]
    count = max(each.count for each in listed)
    return PeakCoverage(
        places.title,
        places.series,
        places.top,
        count,
        tuple(each for each in listed if each.count == count),
        max(each.bounds[1] for each in listed),
        tuple(each.date for each in listed if each.bounds[1] > count and each.count < count),
    )


def coverage_ever(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
) -> CoverageEver:
    """The places in which a title was at `top` or better at some time.

    >>> from kcharts import coverage_ever, sample
    >>> coverage_ever(sample(), "All of Us Are Dead").bounds
    (46, 46)
    """
    return ever_of(
        Places(scoped(history, title, series=series, category=category, as_of=as_of), top)
    )


def ever_of(places: Places) -> CoverageEver:
    """The places at some time."""
    listed = [places.on(day) for day in places.covered()]
    at = {country for each in listed for country in each.at}
    panel = {country for each in listed for country in each.panel}
    unknown = {country for each in listed for country in each.unknown} - at
    return CoverageEver(
        places.title,
        places.series,
        places.top,
        _by_code(at),
        _by_code(panel),
        _by_code(unknown),
        listed[0].date,
        listed[-1].date,
    )


def _by_code(countries: Iterable[Country]) -> tuple[Country, ...]:
    return tuple(sorted(countries, key=lambda country: country.alpha2))
