"""Coverage: in which places a title is at a rank or better, on one date and over time."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Unpack, final

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import NotAnIssueError, UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results
from kcharts.measures._scope import Scope, check_top, one_series, scoped_title
from kcharts.measures._where import InSeries, narrowed_by
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title


class PlaceList(NamedTuple):
    """The list of one place of a panel on one date."""

    country: Country
    rows: range | None
    """Its rows in the store; None where it is not PUBLISHED."""


class Panel:
    """The country charts of the one series that a call is about."""

    def __init__(self, scope: Scope) -> None:
        self.store: Store = scope.store
        self.series = one_series(scope)
        self.codes: dict[Country, int] = {}
        for code, chart in enumerate(self.store.charts):
            if chart.series == self.series and isinstance(chart.place, Country):
                self.codes[chart.place] = code

    def days(self) -> list[dt.date]:
        """The dates on which some place has an issue."""
        spans = [self.store.spans[code] for code in self.codes.values()]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        if low > high:
            return []
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        days = self.store.calendar(self.series).between(*ends)
        return [day for day in days if self._covers(day)]

    def covered_days(self) -> list[dt.date]:
        """The dates on which some place has an issue, at least one.

        Raises:
            UnknownChartError: There is none.
        """
        days = self.days()
        if not days:
            raise UnknownChartError(f"there is no list of a country for {self.series}")
        return days

    def find_date(self, date: dt.date | str | None) -> dt.date:
        """The date that a call names, or the last one covered.

        Raises:
            UnknownChartError: No list of a country is available.
            NotAnIssueError: The series has no issue on that date, or the data do not cover it.
        """
        days = self.covered_days()
        if date is None:
            return days[-1]
        day = checks.as_day(date)
        self.store.calendar(self.series).number(day)
        if not self._covers(day):
            raise NotAnIssueError(
                f"{day}: no list of a country covers it, the data of {self.series} "
                f"go from {days[0]} to {days[-1]}"
            )
        return day

    def _covers(self, day: dt.date) -> bool:
        ordinal, status = day.toordinal(), self.store.status
        return any(status(code, ordinal) is not IssueStatus.OUTSIDE for code in self.codes.values())

    def lists(self, day: dt.date) -> Iterator[PlaceList]:
        """The list of every place of the panel of a date that the calendar has."""
        ordinal = day.toordinal()
        for country, code in self.codes.items():
            status = self.store.status(code, ordinal)
            # A chart that has ended is in no panel: Netflix in Russia after 2022-02-27.
            if status is not IssueStatus.OUTSIDE:
                rows = None if status.is_unknown else self.store.rows(code, ordinal)
                yield PlaceList(country, rows)


@final
@public
class PlaceRanks(Mapping[Country, int]):
    """The best rank in each place, in the order of ranks, then of codes; immutable."""

    __slots__ = ("_ranks",)

    def __init__(self, ranks: Mapping[Country, int]) -> None:
        self._ranks = dict(sorted(ranks.items(), key=lambda item: (item[1], item[0].alpha2)))

    def __getitem__(self, country: Country) -> int:
        return self._ranks[country]

    def __iter__(self) -> Iterator[Country]:
        return iter(self._ranks)

    def __len__(self) -> int:
        return len(self._ranks)

    def __hash__(self) -> int:
        return hash(tuple(self._ranks.items()))

    def __repr__(self) -> str:
        return f"PlaceRanks({self._ranks!r})"


@final
@public
@frozen
class Coverage:
    """In which places a title is at a rank or better on one date.

    The worldwide chart is not a place. What the lists cannot tell stays open: the true number of
    places lies within `bounds`.

    Attributes:
        title: The work.
        series: The series of the lists.
        date: The issue's date.
        top: The rank that counts, or a better one; None is any place on the list.
        ranks: The best rank in every place whose list holds the title, whatever the rank.
        panel: The places whose list should have an issue on that date.
        unknown: Those of the panel whose list is missing, defective or stale.
    """

    title: Title
    series: ChartSeries
    date: dt.date
    top: int | None
    ranks: PlaceRanks
    panel: tuple[Country, ...]
    unknown: tuple[Country, ...]

    @property
    def at(self) -> tuple[Country, ...]:
        """The places where the title is at `top` or better, by rank, then by code."""
        return tuple(c for c, rank in self.ranks.items() if self.top is None or rank <= self.top)

    @property
    def count(self) -> int:
        """The number of places where the title is at `top` or better."""
        return len(self.at)

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most places that it can be: the unknown ones may count or not."""
        return self.count, self.count + len(self.unknown)

    @property
    def by_rank(self) -> dict[int, tuple[Country, ...]]:
        """The places at each rank: {1: 46 places, 2: 29 places, ...}."""
        ranks = sorted(set(self.ranks.values()))
        return {rank: tuple(c for c, r in self.ranks.items() if r == rank) for rank in ranks}

    @property
    def missing(self) -> tuple[Country, ...]:
        """The places whose list is available and where the title is not at `top`."""
        out = {*self.at, *self.unknown}
        return tuple(country for country in self.panel if country not in out)

    @property
    def everywhere(self) -> bool:
        """Whether it is at `top` in every place of the panel, none of them unknown."""
        return bool(self.panel) and self.count == len(self.panel)

    @property
    def share(self) -> float:
        """The proved part of the panel, from 0 to 1."""
        return self.count / len(self.panel) if self.panel else 0.0

    def rank(self, country: Country | str, /) -> int | None:
        """The rank in a place; None where its list is available and the title is not on it.

        Raises:
            UnknownChartError: The place is not in the panel, or its list is not known.
        """
        place = lookup.find_country(country)
        if place not in self.panel:
            raise UnknownChartError(f"{place} is not in the panel of {self.series} on {self.date}")
        if place in self.unknown:
            raise UnknownChartError(
                f"no usable list of {place} on {self.date}: its rank is unknown"
            )
        return self.ranks.get(place)

    def by_region(self) -> dict[str, tuple[int, int]]:
        """Per region of UN M49: the number of places at `top`, and of places in the panel."""
        at = set(self.at)
        regions: dict[str, tuple[int, int]] = {}
        for country in self.panel:
            region = country.region or "no region"
            count, size = regions.get(region, (0, 0))
            regions[region] = count + (country in at), size + 1
        return dict(sorted(regions.items()))

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for country in self.ranks:
            chart = Chart(self.series, country)
            yield Basis(self.title, chart, self.date, self.date, None)

    def as_row(self) -> dict[str, Any]:
        """The coverage as named cells."""
        low, high = self.bounds
        return {
            "title": self.title.name,
            "season": self.title.season,
            "category": self.series.category,
            "date": self.date,
            "top": self.top,
            "count": low,
            "upper": high,
            "panel": len(self.panel),
        }

    def __str__(self) -> str:
        low, high = self.bounds
        bound = ""
        if high > low:
            unknown = words.enumeration([country.name for country in self.unknown])
            bound = f" ({high} at most: no usable list of {unknown})"
        places = f"{low} of {words.quantity(len(self.panel), 'country')}"
        when = self.series.when(self.date)
        standing = words.standing(self.top)
        return f"{self.title}: {standing} in {places}{bound}, {when}, {self.series.name}"


class TitlePanel(Panel):
    """The country charts of one series, and one title."""

    def __init__(self, scope: Scope, top: int | None) -> None:
        check_top(top, scope)
        super().__init__(scope)
        self.top = top
        self.title_code = scope.title
        self.title = self.store.titles[self.title_code]

    def on(self, day: dt.date) -> Coverage:
        """The coverage on a date that the calendar has."""
        lists = list(self.lists(day))
        ranks: dict[Country, int] = {}
        for country, rows in lists:
            rank = None if rows is None else self._rank(rows)
            if rank is not None:
                ranks[country] = rank
        return Coverage(
            self.title,
            self.series,
            day,
            self.top,
            PlaceRanks(ranks),
            tuple(country for country, _ in lists),
            tuple(country for country, rows in lists if rows is None),
        )

    def _rank(self, rows: range) -> int | None:
        # Searched by the array itself, in C: a title is in few of some 90 lists a day.
        held = self.store.title_codes[rows.start : rows.stop]
        if self.title_code not in held:
            return None
        return self.store.ranks[rows.start + held.index(self.title_code)]


@final
@public
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
    challengers: tuple[dt.date, ...]

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
        dates = words.enumeration([self.series.when(each.date) for each in self.at])
        place = words.standing(self.top)
        bound = f" ({self.upper} at most)" if self.upper > self.count else ""
        return (
            f"{self.title}: {place} in {words.quantity(self.count, 'country')} at the peak{bound}, "
            f"{dates}, {self.series.name}"
        )


@final
@public
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

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "since", "until")

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
        places = f"{low} of {words.quantity(len(self.panel), 'country')}"
        dates = self.series.when(self.since, self.until)
        return (
            f"{self.title}: {words.standing(self.top)} in {places}{bound} "
            f"at some time, {dates}, {self.series.name}"
        )


@public
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
    >>> there = coverage(sample(), "All of Us Are Dead", date="2022-01-31")
    >>> there.count, there.rank("US"), len(there.by_rank[2])
    (46, 2, 29)
    """
    places = TitlePanel(scoped_title(history, title, series=series, category=category), top)
    return places.on(places.find_date(date))


@public
@narrowed_by(InSeries)
def coverage_over_time(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    top: int | None = 1,
    **where: Unpack[InSeries],
) -> Results[Coverage]:
    """The coverage of every issue that the data cover, in the order of dates.

    >>> from kcharts import coverage_over_time, sample
    >>> [each.count for each in coverage_over_time(sample(), "All of Us Are Dead")]
    [0, 25, 44, 46]
    """
    places = TitlePanel(scoped_title(history, title, **where), top)
    return Results(places.days(), places.on)


@public
@narrowed_by(InSeries)
def peak_coverage(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    top: int | None = 1,
    **where: Unpack[InSeries],
) -> PeakCoverage:
    """The most places in which a title was at `top` or better on one date; ties are listed.

    >>> from kcharts import peak_coverage, sample
    >>> peak = peak_coverage(sample(), "All of Us Are Dead", top=2)
    >>> peak.count, peak.at[0].date
    (75, datetime.date(2022, 1, 31))
    """
    return peak_of(TitlePanel(scoped_title(history, title, **where), top))


def peak_of(places: TitlePanel) -> PeakCoverage:
    """The most places on one date."""
    listed = [places.on(day) for day in places.covered_days()]
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


@public
@narrowed_by(InSeries)
def coverage_ever(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    top: int | None = 1,
    **where: Unpack[InSeries],
) -> CoverageEver:
    """The places in which a title was at `top` or better at some time.

    >>> from kcharts import coverage_ever, sample
    >>> coverage_ever(sample(), "All of Us Are Dead").bounds
    (46, 46)
    """
    return ever_of(TitlePanel(scoped_title(history, title, **where), top))


def ever_of(places: TitlePanel) -> CoverageEver:
    """The places at some time."""
    listed = [places.on(day) for day in places.covered_days()]
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
