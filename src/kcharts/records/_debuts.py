"""The record of debuts: the best rank of a first appearance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, final

from attrs import frozen

from kcharts.measures._evidence import Basis
from kcharts.measures._milestones import Belongs
from kcharts.measures._results import whose
from kcharts.measures._scope import Place
from kcharts.measures._timeline import Timeline
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.records._field import Among, Asked, Field, field_of, launched, on
from kcharts.records._ranking import Doubt, Kind, check_limit, ranked
from kcharts.records._record import Record

Debuts = Literal["proved", "likely"]
"""Which debuts are known: no list before is unknown; or the list just before is in hand."""


@final
@frozen
class Debut:
    """A title's first appearance in the data, known as such.

    Attributes:
        title: The work.
        chart: The chart.
        date: The first list that holds it.
        rank: Its rank there.
    """

    title: Title
    chart: Chart
    date: dt.date
    rank: int

    def basis(self) -> Iterator[Basis]:
        """The row that it rests on."""
        yield Basis(self.title, self.chart, self.date, self.date, self.rank)

    def as_row(self) -> dict[str, Any]:
        """The debut as named cells."""
        return {
            **whose(self.title, self.chart),
            "date": self.date,
            "rank": self.rank,
        }

    def __str__(self) -> str:
        when = self.chart.series.when(self.date)
        return f"{self.title}: debut at No. {self.rank} {when}, {self.chart.name}"


def gaps_of(times: Timeline) -> list[int]:
    """Also those that are OUTSIDE between issues that are due: a title can have been there."""
    if times.last - times.first + 1 == len(times.numbers):
        return []
    held = set(times.numbers)
    return [number for number in range(times.first, times.last + 1) if number not in held]


def debut_known(times: Timeline, position: int, debuts: Debuts) -> bool:
    """Whether a first list in hand that holds a title is known to be its debut."""
    here = times.numbers[position]
    if position == 0:
        return here == times.first and launched(times)
    if debuts == "likely":
        return times.numbers[position - 1] == here - 1
    return here - times.first == position


def check_debuts(debuts: str, limit: int | None) -> None:
    if debuts not in ("proved", "likely"):
        raise checks.refuse("debuts", '"proved" or "likely"', debuts)
    check_limit(limit)


def highest_debut(
    history: ChartHistory,
    /,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    as_of: dt.date | str | None = None,
    debuts: Debuts = "proved",
    limit: int | None = 10,
) -> Record[Debut]:
    """The best rank at which a title first appeared on a chart.

    A debut is the first appearance in the data (Billboard: "debuts at No. 1"). A title can have
    been on the chart before the data begin; the publisher's own counter tells, see `evidence`.

    Challengers are titles whose debut is not known: those on the first list in hand, unless the
    chart began with it, and those that can have been on a list before that is not usable. The
    arguments and errors are those of `longest_streaks`.

    Args:
        history: The lists, whole.
        origin: The country the titles come from, by `Title.origin`.
        among: The titles among which the record is sought, by value or name.
        where: A test that answers True, False, or None where nothing says whether a title belongs.
        country: A country by value, code or name, or "world"; all places where it is left out.
        series: A series, where the history has several.
        category: A category as printed, such as "TV".
        as_of: Nothing dated later is looked at.
        debuts: "proved" knows a debut where every issue before is in hand. "likely" asks only
            for the issue just before: one list that is not usable does not put all later debuts
            in doubt, since few titles are on it alone.
        limit: How many runners-up; those that tie with the last one come too. None for all.

    Returns:
        The record, the smallest rank.

    >>> from kcharts import records, sample
    >>> print(records.highest_debut(sample(), country="world", limit=0).holders[0])
    All of Us Are Dead: debut at No. 1 on 2022-01-29, Netflix TV in the world \
(by reconstruction of FlixPatrol)
    """
    check_debuts(debuts, limit)
    asked = Asked(origin, among, where, country, series, category, as_of)
    field = field_of(history, "highest_debut", asked, None)
    store = field.store
    found: list[_Raw] = []
    doubts: list[Doubt] = []
    for chart in field.charts:
        for each in _judged(field, chart, debuts):
            if isinstance(each, Doubt):
                doubts.append(each)
            else:
                found.append(each)

    def made(raw: _Raw) -> Debut:
        rank, day, chart, _, code = raw
        return Debut(store.titles[code], store.charts[chart], dt.date.fromordinal(day), rank)

    unseen = -1 if field.unknown else None
    kind = Kind(f"highest debut{field.of_class}", "rank", -1)
    return ranked(kind, field, found, made, doubts=doubts, unseen=unseen, limit=limit)


_Raw = tuple[int, int, int, str, int]
"""(rank, date, chart, key, title)."""


def _judged(field: Field, chart: int, debuts: Debuts) -> Iterator[_Raw | Doubt]:
    """The debuts of a chart that are known, and those that can have been."""
    store, times = field.store, field.times[chart]
    gaps = gaps_of(times)
    for code, (position, rank) in _first_ranks(store, chart).items():
        if not field.has(code):
            continue
        sure, day, key = code not in field.unsure, times.ordinals[position], field.key(code)
        known = debut_known(times, position, debuts)
        if sure and known:
            yield rank, day, chart, key, code
            continue
        one, proved = (store.titles[code], store.charts[chart]), -rank if known else None
        if gaps and gaps[0] < times.numbers[position] and not known:
            yield Doubt(1, (chart, key), *one, proved, on(times, gaps[0]), day, sure)
        else:
            yield Doubt(rank, (chart, key), *one, proved, day, day, sure)


def _first_ranks(store: Store, chart: int) -> dict[int, tuple[int, int]]:
    """The position of each title's first published list, and its best rank there."""
    codes, ranks = store.title_codes, store.ranks
    first: dict[int, tuple[int, int]] = {}
    for position, (low, high) in enumerate(store.published(chart)):
        for row, code in enumerate(codes[low:high], low):
            if code not in first:
                first[code] = position, ranks[row]
    return first
