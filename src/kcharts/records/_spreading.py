"""The record of places: in how many countries a title was at a rank or better."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, overload

from kcharts.errors import UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._coverage import CoverageEver, PeakCoverage, Places, ever_of, peak_of
from kcharts.measures._milestones import Belongs
from kcharts.measures._scope import Scope
from kcharts.measures._totals import counts
from kcharts.model import _checks as checks
from kcharts.model.chart import ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.records._field import Among, Asked, Field, field_of, lacking, on
from kcharts.records._ranking import Doubt, Kind, check_limit, ranked
from kcharts.records._record import Record

Held = Literal["at once", "ever"]


@overload
def most_countries(
    history: ChartHistory,
    /,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
    held: Literal["at once"] = "at once",
    limit: int | None = 10,
) -> Record[PeakCoverage]: ...
@overload
def most_countries(
    history: ChartHistory,
    /,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
    held: Literal["ever"],
    limit: int | None = 10,
) -> Record[CoverageEver]: ...
def most_countries(
    history: ChartHistory,
    /,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
    held: Held = "at once",
    limit: int | None = 10,
) -> Record[PeakCoverage] | Record[CoverageEver]:
    """The most countries in which one title was at `top` or better.

    "At once" is on one date, what FlixPatrol prints as the number of countries: each title is
    there with its peak, and with all dates of it. "Ever" counts the places where it was at some
    time, which is never less and can be more than there ever were at once. The world chart is no
    place.

    Challengers are the other titles that can have been in as many, counting every list that is
    not usable. The arguments and errors are those of `longest_streaks`, but for `country`.

    Args:
        history: The lists, whole.
        origin: The country the titles come from, by `Title.origin`.
        among: The titles among which the record is sought, by value or name.
        where: A test that answers True, False, or None where nothing says whether a title belongs.
        series: A series, where the history has several.
        category: A category as printed, such as "TV".
        top: The worst rank that counts; None is any place on the list.
        as_of: Nothing dated later is looked at.
        held: "at once", on one date, or "ever".
        limit: How many runners-up; those that tie with the last one come too. None for all.

    Returns:
        The record, in countries.

    >>> from kcharts import records, sample
    >>> found = records.most_countries(sample())
    >>> found.value, found.holders[0].title.name, str(found.holders[0].at[0].date)
    (46, 'All of Us Are Dead', '2022-01-31')
    """
    if held not in ("at once", "ever"):
        raise checks.refuse("held", '"at once" or "ever"', held)
    check_limit(limit)
    asked = Asked(origin, among, where, None, series, category, as_of)
    field = _of_countries(field_of(history, "most_countries", asked, top))
    what = f"largest number of countries {held} {words.at(top)}{field.of_class}"
    if held == "at once":
        return _record(field, what, top, limit, peak_of)
    return _record(field, what, top, limit, ever_of)


def _of_countries(field: Field) -> Field:
    """The field without the world charts."""
    charts = [chart for chart in field.charts if field.store.charts[chart].country is not None]
    if not charts:
        raise UnknownChartError("no chart of a country is in hand: most_countries is about places")
    return field._replace(charts=charts)


class _Counts(NamedTuple):
    """The places of the titles of one series, as numbers."""

    proved: dict[int, int]
    first: dict[int, int]
    """The ordinal of the first peak."""
    reach: dict[int, int]
    """With the places that are not known."""
    unseen: int


def _record(field: Field, what: str, top: int | None, limit: int | None, make: Any) -> Record[Any]:
    store = field.store
    found: list[tuple[int, int, int, str, int]] = []
    doubts: list[Doubt] = []
    unseen = 0
    start, end = field.since.toordinal(), field.until.toordinal()
    for charts in _by_series(field):
        counted = (_at_once if make is peak_of else _ever)(field, charts, top)
        unseen = max(unseen, counted.unseen)
        for code, count in counted.proved.items():
            if not field.has(code):
                continue
            sure, key, reach = code not in field.unsure, field.key(code), counted.reach[code]
            if sure:
                found.append((-count, counted.first[code], charts[0], key, code))
            if reach > count or not sure:
                one = store.titles[code], store.charts[charts[0]].series
                doubts.append(Doubt(-reach, (charts[0], key), *one, count, start, end, sure))

    def made(raw: tuple[int, int, int, str, int]) -> Any:
        series = store.charts[raw[2]].series
        codes = [code for code, chart in enumerate(store.charts) if chart.series == series]
        return make(Places(Scope(store, codes, [raw[4]]), top))

    kind = Kind(what, "country")
    return ranked(kind, field, found, made, doubts=doubts, unseen=unseen, limit=limit)


def _by_series(field: Field) -> Iterator[list[int]]:
    """The charts of each series."""
    groups: dict[ChartSeries, list[int]] = {}
    for chart in field.charts:
        groups.setdefault(field.store.charts[chart].series, []).append(chart)
    yield from groups.values()


def _at_once(field: Field, charts: list[int], top: int | None) -> _Counts:
    """The most places on one date."""
    store = field.store
    held: dict[int, Counter[int]] = {}
    unknown: Counter[int] = Counter()
    for chart in charts:
        times, lists = field.times[chart], store.published(chart, top=top)
        for ordinal, (low, high) in zip(times.ordinals, lists, strict=True):
            count = held.setdefault(ordinal, Counter())
            count.update(set(store.title_codes[low:high]))
        for each in lacking(times):
            unknown.update(on(times, number) for number in range(each.low, each.high + 1))
    most = max(unknown.values(), default=0)
    proved: dict[int, int] = {}
    first: dict[int, int] = {}
    reach: dict[int, int] = {}
    for ordinal, count in sorted(held.items()):
        more = unknown[ordinal]
        for code, places in count.items():
            if places > proved.get(code, 0):
                proved[code], first[code] = places, ordinal
            if places + more > reach.get(code, most):
                reach[code] = places + more
    return _Counts(proved, first, {code: reach.get(code, most) for code in proved}, most)


def _ever(field: Field, charts: list[int], top: int | None) -> _Counts:
    """The places at some time."""
    proved: Counter[int] = Counter()
    settled: Counter[int] = Counter()
    open_ = 0
    for chart in charts:
        at = set(counts(field.store, chart, top))
        proved.update(at)
        if field.times[chart].unknown:
            open_ += 1
            settled.update(at)
    reach = {code: count + open_ - settled[code] for code, count in proved.items()}
    return _Counts(proved, dict.fromkeys(proved, 0), reach, open_)
