"""Points charts: what a title's ranks in the places of a panel add up to."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, final

from attrs import frozen

from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.measures._panel import Panel
from kcharts.measures._places import PlaceRanks
from kcharts.measures._points_arithmetic import TEN_POINTS, check_scheme
from kcharts.measures._results import Results
from kcharts.measures._scope import scoped
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
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
        points, why = words.counted(low, "point"), ""
        if high > low:
            points = f"{low:,} to {high:,} points"
            unknown = words.listed([country.name for country in self.unknown])
            why = f" (no usable list of {unknown})"
        places = f"from {self.places} of {words.counted(len(self.panel), 'country')}"
        when = self.series.when(self.date)
        return f"{self.title}: {points}{why}{self._placed()}, {places}, {when}, {self.series.name}"

    def _placed(self) -> str:
        """The rank in words, as far as it is known."""
        if self.rank is None:
            return ""
        shared = f", tied with {words.counted(self.tied, 'other')}" if self.tied else ""
        if self.best == self.worst:
            return f", {words.ordinal(self.rank)}{shared}"
        low, high = words.ordinal(self.best or self.rank), words.ordinal(self.worst or self.rank)
        return f", {words.ordinal(self.rank)}{shared} ({low} to {high} possible)"


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
    tally = _Tally(panel, panel.dated(date), gives)
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
                if rank <= len(scheme):  # rows stand by rank: of a title held twice, the better
                    held = self.ranks.setdefault(panel.store.title_codes[row], {})
                    held.setdefault(country, rank)
        self.points = {code: self._summed(ranks) for code, ranks in self.ranks.items()}
        self.order = sorted(
            self.points, key=lambda code: (-self.points[code], self.titles[code].key)
        )
        self.sums = [self.points[code] for code in self.order]
        self.rising = self.sums[::-1]

    def _summed(self, ranks: Mapping[Country, int]) -> int:
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
