"""Where a title stands on one date: its rank in every place, and the places not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, final

from attrs import frozen

from kcharts.errors import UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.measures._panel import Panel
from kcharts.measures._scope import Scope, check_top
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country
from kcharts.model.title import Title


@final
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
@frozen
class Coverage:
    """In which places a title is at a rank or better on one date.

    The world-wide chart is no place. What the lists cannot tell stays open: the true number of
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
        """The places whose list is in hand and where the title is not at `top`."""
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
        """The rank in a place; None where its list is in hand and the title is not on it.

        Raises:
            UnknownChartError: The place is not in the panel, or its list is not known.
        """
        place = Country.parse(country) if isinstance(country, str) else country
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
        unknown = [country.name for country in self.unknown]
        bound = (
            f" ({high} at most: no usable list of {words.listed(unknown)})" if high > low else ""
        )
        places = f"{low} of {words.counted(len(self.panel), 'country')}"
        when = self.series.when(self.date)
        place = words.at(self.top).removeprefix("at ")
        return f"{self.title}: {place} in {places}{bound}, {when}, {self.series.name}"


class Places(Panel):
    """The country charts of one series, and one title."""

    def __init__(self, scope: Scope, top: int | None) -> None:
        check_top(top, scope)
        super().__init__(scope)
        self.top = top
        [self.title_code] = scope.titles or [-1]
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
        held = self.store.title_codes[rows.start : rows.stop]
        if self.title_code not in held:
            return None
        return self.store.ranks[rows.start + held.index(self.title_code)]
