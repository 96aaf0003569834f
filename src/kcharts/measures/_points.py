"""Points charts: what a title's ranks in the places of a panel add up to."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, final

from attrs import frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._coverage import Panel, PlaceRanks
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results
from kcharts.measures._scope import scoped
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

TEN_POINTS = tuple(range(10, 0, -1))
"""FlixPatrol's points: 10 for a No. 1 down to 1 for a No. 10."""


def check_scheme(scheme: Sequence[int]) -> tuple[int, ...]:
    """The points of each rank, from No. 1 on.

    Raises:
        TypeError: They are not whole numbers.
        ValueError: There are none, one is below 1, or a worse rank gives more than a better one.
    """
    points = tuple(checks.as_list("scheme", scheme, None, "points of No. 1, No. 2 and so on"))
    for rank, each in enumerate(points, start=1):
        checks.check_count(f"scheme, No. {rank}", each, 1)
    if not points or list(points) != sorted(points, reverse=True):
        raise checks.refuse("scheme", "points of No. 1, No. 2 and so on, none rising", scheme)
    return points


@final
@public
@frozen
class PointsBounds:
    """The least and the most points that counts of places allow.

    Attributes:
        counts: The number of places at a rank, as (rank, number) pairs in the order of ranks.
        places: The number of places in all; None where it is not known.
        scheme: The points of each rank, from No. 1 on.
        least: The points of the places counted.
        most: Those, and what the other places can give; None where their number is not known.
    """

    counts: tuple[tuple[int, int], ...]
    places: int | None
    scheme: tuple[int, ...]
    least: int
    most: int | None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The least and the most points."""
        return self.least, self.most

    def __str__(self) -> str:
        given = [f"{count:,} at No. {rank}" for rank, count in self.counts]
        reason = words.enumeration(given, most=len(given)) if given else "no place counted"
        least = words.quantity(self.least, "point")
        if self.places is None:
            return f"{least} at least: {reason}"
        others = self.places - sum(count for _, count in self.counts)
        more = (self.most or 0) - self.least
        rest = f", {more:,} at most from the other {others:,} of {self.places:,}" if others else ""
        return f"{f'{self.least:,} to {self.most:,} points' if more else least}: {reason}{rest}"


@public
def points_bounds(
    counts: Mapping[int, int],
    /,
    *,
    places: int | None = None,
    scheme: Sequence[int] = TEN_POINTS,
) -> PointsBounds:
    """The least and the most points of a title, from the number of places at some ranks alone.

    The counts are taken as exact: if it is No. 1 in 46 places and No. 2 in 29, it is neither in
    any other place. The other places give nothing at least, and at most the points of the best
    rank that is not counted.

    Args:
        counts: The number of places by rank, such as {1: 46, 2: 29}.
        places: The number of places of the panel. Without it there is no upper bound.
        scheme: The points of No. 1, No. 2 and so on; other ranks give none. FlixPatrol gives 10
            for a No. 1 down to 1 for a No. 10 (https://flixpatrol.com/top10/).

    Returns:
        The bounds, with what they rest on.

    Raises:
        ValueError: A rank below 1, a number below 0, or more places counted than there are.

    >>> from kcharts import points_bounds
    >>> print(points_bounds({1: 46, 2: 29}, places=88))
    721 to 825 points: 46 at No. 1 and 29 at No. 2, 104 at most from the other 13 of 88
    >>> points_bounds({1: 46, 2: 29}).bounds
    (721, None)
    """
    points = check_scheme(scheme)
    checks.check_kind("counts", counts, Mapping, "numbers of places by rank, such as {1: 46}")
    for rank, count in counts.items():
        checks.check_count("counts, a rank", rank, 1)
        checks.check_count(f"counts, No. {rank}", count)
    counted = sum(counts.values())
    if places is not None:
        checks.check_count("places", places)
        if places < counted:
            raise checks.refuse("places", f"{counted} or more, as many as are counted", places)
    gives = dict(enumerate(points, start=1))
    least = sum(gives.get(rank, 0) * count for rank, count in counts.items())
    best = max((each for rank, each in gives.items() if rank not in counts), default=0)
    most = None if places is None else least + (places - counted) * best
    return PointsBounds(tuple(sorted(counts.items())), places, points, least, most)


@final
@public
@frozen
class LeastPanel:
    """The fewest lists that published points can come from, and why.

    Attributes:
        count: The panel has this many places at least.
        reason: "points", where sums of points ask for most; "places", where the numbers of
            places do.
        titles: How many titles ask for it together: those with the most points or places.
        total: Their points, or places, in all.
        a_list: What one list gives so many titles at most.
    """

    count: int
    reason: Literal["points", "places"]
    titles: int
    total: int
    a_list: int

    def __str__(self) -> str:
        have = f"{words.quantity(self.titles, 'title')} {'has' if self.titles == 1 else 'have'}"
        what = words.quantity(self.total, "point" if self.reason == "points" else "place")
        what += "" if self.reason == "points" else " on lists"
        return (
            f"at least {words.quantity(self.count, 'list')}: {have} {what} in all, "
            f"of which one list gives {self.a_list:,} at most"
        )


@public
def least_panel(
    points: Iterable[int],
    /,
    *,
    places: Iterable[int] = (),
    scheme: Sequence[int] = TEN_POINTS,
) -> LeastPanel:
    """How many places the panel of a points chart has at least, by arithmetic alone.

    One list gives one title 10 points at most, two titles 19, and all its titles 55. So the
    points of the titles with the most, divided by what one list gives as many, cannot be more
    than the lists that there are. It is a proof that there are as many, not that they suffice.

    Args:
        points: The points of titles on one points chart: of one, of some, or of all.
        places: The numbers of places beside them, where they are printed.
        scheme: The points of No. 1, No. 2 and so on.

    Returns:
        The number of places, and the sum that asks for it.

    Raises:
        ValueError: Points or places below 0.

    >>> from kcharts import least_panel
    >>> print(least_panel([721]))
    at least 73 lists: 1 title has 721 points in all, of which one list gives 10 at most
    >>> least_panel([721, 700, 690]).count
    79
    """
    gives = check_scheme(scheme)
    panels = list(_least_panels("points", points, gives)) + list(
        _least_panels("places", places, (1,) * len(gives))
    )
    return max(
        panels, key=lambda least: least.count, default=LeastPanel(0, "points", 0, 0, gives[0])
    )


def _least_panels(
    reason: Literal["points", "places"], amounts: Iterable[int], gives: Sequence[int]
) -> Iterable[LeastPanel]:
    """What the first title, the first two and so on ask for, and all together."""
    listed = checks.as_list(reason, amounts, None, f"{reason} of titles in a row, such as [721]")
    for each in listed:
        checks.check_count(reason, each)
    ordered = sorted(listed, reverse=True)
    most = list(accumulate(gives))
    for titles, total in enumerate(accumulate(ordered), start=1):
        if titles < len(most) or titles == len(ordered):
            a_list = most[min(titles, len(most)) - 1]
            yield LeastPanel(-(-total // a_list), reason, titles, total, a_list)


@final
@public
@frozen
class Points:
    """The points of a title over the places of a panel on one date.

    Attributes:
        title: The work.
        series: The series of the lists.
        date: The issue's date.
        scheme: The points of No. 1, No. 2 and so on.
        ranks: The rank in every place that gives points.
        panel: The places whose list should have an issue on that date.
        unknown: Those of the panel whose list is missing, defective or stale.
        rank: The rank by proved points, equal points sharing one (1, 2, 2, 4); None without any.
        tied: How many other titles have the same points.
        best: The best rank that unknown lists allow; None where no list can give it points.
        worst: No worse rank is possible, whatever the unknown lists are, if none of them has two
            titles at one rank; None without proved points.
    """

    title: Title
    series: ChartSeries
    date: dt.date
    scheme: tuple[int, ...]
    ranks: PlaceRanks
    panel: tuple[Country, ...]
    unknown: tuple[Country, ...]
    rank: int | None
    tied: int
    best: int | None
    worst: int | None

    @property
    def points(self) -> int:
        """The proved points."""
        return sum(self.scheme[rank - 1] for rank in self.ranks.values())

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most points: it may lead every unknown list, or be on none."""
        return self.points, self.points + self.scheme[0] * len(self.unknown)

    @property
    def places(self) -> int:
        """The number of places that give points."""
        return len(self.ranks)

    @property
    def per_place(self) -> float:
        """The proved points by the places that give them, 0 without any."""
        return self.points / self.places if self.places else 0.0

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for country, rank in self.ranks.items():
            yield Basis(self.title, Chart(self.series, country), self.date, self.date, rank)

    def as_row(self) -> dict[str, Any]:
        """The points as named cells."""
        low, high = self.bounds
        return {
            "rank": self.rank,
            "title": self.title.name,
            "season": self.title.season,
            "by": self.title.by,
            "category": self.series.category,
            "date": self.date,
            "points": low,
            "upper": high,
            "places": self.places,
            "panel": len(self.panel),
        }

    def __str__(self) -> str:
        low, high = self.bounds
        points, why = words.quantity(low, "point"), ""
        if high > low:
            points = f"{low:,} to {high:,} points"
            unknown = words.enumeration([country.name for country in self.unknown])
            why = f" (no usable list of {unknown})"
        points += why + self._rank_in_words()
        places = f"from {self.places} of {words.quantity(len(self.panel), 'country')}"
        when = self.series.when(self.date)
        return f"{self.title}: {points}, {places}, {when}, {self.series.name}"

    def _rank_in_words(self) -> str:
        """The rank in words, as far as it is known."""
        if self.rank is None:
            return ""
        shared = f", tied with {words.quantity(self.tied, 'other')}" if self.tied else ""
        if self.best == self.worst:
            return f", {words.ordinal(self.rank)}{shared}"
        low, high = words.ordinal(self.best or self.rank), words.ordinal(self.worst or self.rank)
        return f", {words.ordinal(self.rank)}{shared} ({low} to {high} possible)"


@public
def points_chart(
    history: ChartHistory,
    title: Title | str | None = None,
    /,
    *,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    date: dt.date | str | None = None,
    scheme: Sequence[int] = TEN_POINTS,
) -> Results[Points]:
    """The titles of one date by points: 10 for a No. 1 in a country down to 1 for a No. 10.

    That is how FlixPatrol computes its charts of the world (https://flixpatrol.com/top10/). The
    points are summed over the places of the panel, the world chart not being one. Only PUBLISHED
    lists give points. A list that is not known may have the title at No. 1, or not at all.

    Args:
        history: The lists, whole.
        title: A title, or its name; all titles that have points where it is left out.
        series: A series, where the history has several.
        category: A category as printed.
        date: The issue's date; the last one that the data cover where it is left out.
        scheme: The points of No. 1, No. 2 and so on; worse ranks give none.

    Returns:
        The points, most first, then in the order of keys. Equal points share a rank.

    Raises:
        UnknownTitleError: The history does not hold the title.
        AmbiguousChartError: Several series fit.
        NotAnIssueError: The series has no issue on that date, or the data do not cover it.
        ValueError: The history was narrowed to titles.

    >>> from kcharts import points_chart, sample
    >>> first = points_chart(sample(), date="2022-01-31")[0]
    >>> first.title.name, first.rank, len(first.panel)
    ('All of Us Are Dead', 1, 88)
    """
    gives = check_scheme(scheme)
    scope = scoped(history, title, series=series, category=category)
    if not history.is_whole:
        raise checks.refuse("history", "whole lists, not ones narrowed to titles", history)
    panel = Panel(scope)
    tally = _Tally(panel, panel.find_date(date), gives)
    return Results(scope.titles or tally.order, tally.figure)


class _Tally:
    """The points of all titles of one date."""

    def __init__(self, panel: Panel, day: dt.date, scheme: tuple[int, ...]) -> None:
        self.titles, self.series = panel.store.titles, panel.series
        self.day, self.scheme = day, scheme
        lists = list(panel.lists(day))
        self.panel = tuple(country for country, _ in lists)
        self.unknown = tuple(country for country, rows in lists if rows is None)
        self.ranks: dict[int, dict[Country, int]] = {}
        for country, rows in lists:
            for row in rows or ():
                rank = panel.store.ranks[row]
                if rank <= len(scheme):
                    # In the order of ranks: of a title that a list has twice the better counts.
                    held = self.ranks.setdefault(panel.store.title_codes[row], {})
                    held.setdefault(country, rank)
        self.points = {code: self._sum(ranks) for code, ranks in self.ranks.items()}
        self.order = sorted(
            self.points, key=lambda code: (-self.points[code], self.titles[code].key)
        )
        self.sums = [self.points[code] for code in self.order]
        self.rising = self.sums[::-1]

    def _sum(self, ranks: Mapping[Country, int]) -> int:
        return sum(self.scheme[rank - 1] for rank in ranks.values())

    def figure(self, code: int) -> Points:
        """The points of one title."""
        own = self.points.get(code)
        ahead = 0 if own is None else self._above(own)
        return Points(
            self.titles[code],
            self.series,
            self.day,
            self.scheme,
            PlaceRanks(self.ranks.get(code, {})),
            self.panel,
            self.unknown,
            None if own is None else ahead + 1,
            0 if own is None else self._above(own - 1) - ahead - 1,
            self._best(own),
            None if own is None else ahead + self._overtaking(own, ahead) + 1,
        )

    def _above(self, points: int) -> int:
        """How many titles have more points for certain."""
        return len(self.rising) - bisect_right(self.rising, points)

    def _best(self, own: int | None) -> int | None:
        """The rank of a title that leads every unknown list, on which the others are not."""
        if own is None and not self.unknown:
            return None
        return 1 + self._above((own or 0) + self.scheme[0] * len(self.unknown))

    def _overtaking(self, own: int, ahead: int) -> int:
        """How many more titles may pass one that is on no unknown list, at most.

        Those that lack least come first. None lacks more than the unknown lists give their No. 1,
        nor do all together lack more than they give so many; titles that are on no known list
        may stand there too.
        """
        lists, ranks = len(self.unknown), len(self.scheme) * len(self.unknown)
        lacking = [own + 1 - each for each in self.sums[ahead:]]
        lacking.remove(1)  # its own
        lacking = [*lacking, *([own + 1] * ranks)][:ranks]
        most = list(accumulate(self.scheme))
        for titles, need in enumerate(accumulate(lacking), start=1):
            given = lists * most[min(titles, len(most)) - 1]
            if need > given or lacking[titles - 1] > lists * most[0]:
                return titles - 1
        return len(lacking)
