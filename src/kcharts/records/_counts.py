"""Records of numbers: the most countries of a title, and the most titles on one list."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeVar, Unpack, final, overload

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._coverage import CoverageEver, PeakCoverage, TitlePanel, ever_of, peak_of
from kcharts.measures._evidence import Basis
from kcharts.measures._scope import Scope
from kcharts.measures._totals import counts
from kcharts.measures._where import OfClass, OfClassInSeries, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.grouping import show_key
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.records._field import (
    Doubt,
    Entry,
    Field,
    Kind,
    Raw,
    depth_of,
    field_of,
    lacking,
    ordinal_of,
    record_of,
)
from kcharts.records._record import Record, Recorded

T = TypeVar("T", bound=Recorded)
Held = Literal["at once", "ever"]


@overload
def most_countries(
    history: ChartHistory,
    /,
    *,
    top: int | None = 1,
    held: Literal["at once"] = "at once",
    limit: int | None = 10,
    **sought: Unpack[OfClassInSeries],
) -> Record[PeakCoverage]: ...
@overload
def most_countries(
    history: ChartHistory,
    /,
    *,
    top: int | None = 1,
    held: Literal["ever"],
    limit: int | None = 10,
    **sought: Unpack[OfClassInSeries],
) -> Record[CoverageEver]: ...
@public
@narrowed_by(OfClassInSeries)
def most_countries(
    history: ChartHistory,
    /,
    *,
    top: int | None = 1,
    held: Held = "at once",
    limit: int | None = 10,
    **sought: Unpack[OfClassInSeries],
) -> Record[PeakCoverage] | Record[CoverageEver]:
    """The most countries in which one title was at `top` or better.

    `held="at once"` is on one date, what FlixPatrol prints as the number of countries: each title
    is there with its peak, and with all dates of it. "ever" counts the places where it was at
    some time, which is never less and can be more than there ever were at once. The world chart
    is no place.

    Challengers are the other titles that can have been in as many, counting every list that is
    not usable. The arguments and errors are those of `longest_streaks`, but for `country`.

    Returns:
        The record, in countries.

    >>> from kcharts import records, sample
    >>> found = records.most_countries(sample())
    >>> found.value, found.holders[0].title.name, str(found.holders[0].at[0].date)
    (46, 'All of Us Are Dead', '2022-01-31')
    """
    if held not in ("at once", "ever"):
        raise checks.refuse("held", '"at once" or "ever"', held)
    field = _of_countries(field_of(history, "most_countries", top, **sought))
    what = f"largest number of countries {held} {words.at(top)}{field.of_class}"
    kind = Kind(what, "country")
    if held == "at once":
        return _record_of_places(field, kind, _at_once, peak_of, top=top, limit=limit)
    return _record_of_places(field, kind, _ever, ever_of, top=top, limit=limit)


def _of_countries(field: Field) -> Field:
    """The field without the world charts."""
    charts = [chart for chart in field.charts if field.store.charts[chart].country is not None]
    if not charts:
        raise UnknownChartError("there is no chart of a country: most_countries is about places")
    return field._replace(charts=charts)


class _Counts(NamedTuple):
    """The places of the titles of one series, as numbers."""

    proved: dict[int, int]
    first: dict[int, int]
    """The ordinal of the first peak."""
    reach: dict[int, int]
    """With the places that are not known."""
    unseen: int


def _record_of_places(
    field: Field,
    kind: Kind,
    count: Callable[[Field, list[int], int | None], _Counts],
    figure_of: Callable[[TitlePanel], T],
    *,
    top: int | None,
    limit: int | None,
) -> Record[T]:
    """The record of places: as numbers first, since a figure costs a look at every place."""
    store = field.store
    counted = [(charts[0], count(field, charts, top)) for charts in _by_series(field)]

    def make(raw: Raw) -> T:
        entry = Entry.of(raw)
        series = store.charts[entry.chart].series
        # With the world's chart, which `TitlePanel` leaves out itself.
        codes = [code for code, chart in enumerate(store.charts) if chart.series == series]
        return figure_of(TitlePanel(Scope(store, codes, [entry.title]), top))

    return record_of(
        kind,
        field,
        chain.from_iterable(_judge_places(field, chart, counts) for chart, counts in counted),
        make,
        unseen=max(counts.unseen for _, counts in counted),
        limit=limit,
    )


def _judge_places(field: Field, chart: int, counted: _Counts) -> Iterator[Raw | Doubt]:
    """The numbers of places of a series that are proved, and those that can have been larger."""
    start, end = field.since.toordinal(), field.until.toordinal()
    series = field.store.charts[chart].series
    for code, count in counted.proved.items():
        if not field.has(code):
            continue
        reach, is_sure = counted.reach[code], field.is_sure(code)
        if is_sure:
            yield field.entry(chart, code, score=count, date=counted.first[code])
        if reach > count or not is_sure:
            doubt = field.doubt(chart, code, reach=reach, proved=count, start=start, end=end)
            yield doubt._replace(chart=series)


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
            unknown.update(ordinal_of(times, number) for number in range(each.low, each.high + 1))
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
    reach = {code: reach.get(code, most) for code in proved}
    return _Counts(proved=proved, first=first, reach=reach, unseen=most)


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
    return _Counts(proved=proved, first=dict.fromkeys(proved, 0), reach=reach, unseen=open_)


Of = Literal["by", "show", "class"]
"""Which titles are counted together."""


@public
class TitlesOn(NamedTuple):
    """The titles of one performer, show or class that are on one list, by rank."""

    date: dt.date
    titles: tuple[Title, ...]


@final
@public
@frozen
class Simultaneous:
    """The most titles of one performer, show or class on one list of a chart.

    Attributes:
        name: The performer as printed, the show, or the class in words.
        of: Which titles are counted together: "by", "show" or "class".
        chart: The chart.
        top: The rank that counts, or a better one; None is any place on the list.
        count: How many titles there are.
        lists: Every list with that number, in order, with its titles.
    """

    name: str
    of: Of
    chart: Chart
    top: int | None
    count: int
    lists: tuple[TitlesOn, ...]

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for date, titles in self.lists:
            for title in titles:
                yield Basis(title, self.chart, date, date, self.top)

    def as_row(self) -> dict[str, Any]:
        """The figure as named cells; the date is the first of those with that number."""
        return {
            "name": self.name,
            "of": self.of,
            "country": self.chart.code,
            "category": self.chart.series.category,
            "top": self.top,
            "count": self.count,
            "date": self.lists[0].date,
            "lists": len(self.lists),
        }

    def __str__(self) -> str:
        when = words.enumeration([self.chart.series.when(each.date) for each in self.lists])
        counted = words.quantity(self.count, "title")
        return f"{self.name}: {counted} {words.at(self.top)} at once, {when}, {self.chart.name}"


@public
@narrowed_by(OfClass)
def most_simultaneous(
    history: ChartHistory,
    /,
    *,
    of: Of = "by",
    top: int | None = None,
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Simultaneous]:
    """The most titles of one performer, show or class at `top` or better on one list.

    Billboard's most simultaneous entries. `of="by"` counts titles of one performer, who is a text
    as printed: "A" and "A featuring B" are two. "show" counts seasons of one show, as
    `ChartHistory.by_show` joins them; titles without performer, or without season, are not counted
    there. "class" counts all titles that `origin`, `among` or `where` ask for. Each performer, show
    or class is there with its peak on each chart.

    Challengers are those that could have as many, with titles that may or may not belong. On a list
    that is not usable anybody can have filled all ranks: `unseen` says so, and nobody is singled
    out by it. The other arguments and the errors are those of `longest_streaks`.

    Returns:
        The record, in titles.

    >>> from kcharts import records, sample
    >>> found = records.most_simultaneous(sample(), of="class", origin="KR", country="world")
    >>> found.value, found.holders[0].name
    (2, 'titles from South Korea')
    """
    if of not in ("by", "show", "class"):
        raise checks.refuse("of", '"by", "show" or "class"', of)
    field = field_of(history, "most_simultaneous", top, **sought)
    groups = _groups_of(field, of)

    def make(raw: Raw) -> Simultaneous:
        entry = Entry.of(raw)
        members = {code for code, group in groups.of_title.items() if group == entry.key}
        members -= field.unsure
        (days,) = entry.details
        return Simultaneous(
            name=groups.names[entry.key],
            of=of,
            chart=field.store.charts[entry.chart],
            top=top,
            count=-entry.minus_score,
            lists=tuple(_titles_on(field.store, entry.chart, day, top, members) for day in days),
        )

    return record_of(
        Kind(f"largest number of titles {_whose(field, of)} {words.at(top)} at once", "title"),
        field,
        chain.from_iterable(_judge_groups(field, chart, groups, top) for chart in field.charts),
        make,
        unseen=max(_room(field, chart, top) for chart in field.charts),
        limit=limit,
    )


def _whose(field: Field, of: Of) -> str:
    if of == "class":
        return field.what
    one = "by one performer" if of == "by" else "of one show"
    return one if field.titles is None else f"{field.what} {one}"


_NO_TITLE = -1
"""The code in place of a title's where a group of titles holds the record."""


class _Groups(NamedTuple):
    """Which titles are counted together, by keys."""

    of_title: dict[int, str]
    names: dict[str, str]


def _groups_of(field: Field, of: Of) -> _Groups:
    """The groups of all titles that belong, or may."""
    of_title, names = dict[int, str](), dict[str, str]()
    for code, title in enumerate(field.store.titles):
        if not field.has(code):
            continue
        if of == "class":
            key, name = "", f"titles {field.what}"
        elif of == "by":
            key = name = title.by or ""
        else:
            key, name = ("", "") if title.season is None else (show_key(title), title.name)
        if name:
            of_title[code] = key
            names[key] = min(name, names.get(key, name))
    return _Groups(of_title, names)


class _Peak:
    """The most titles of a group on one list of a chart, as numbers."""

    __slots__ = ("count", "first", "last", "ordinals", "reach")

    def __init__(self, ordinal: int) -> None:
        self.count = self.reach = 0
        self.ordinals: list[int] = []
        self.first = self.last = ordinal

    def take(self, ordinal: int, sure: int, more: int) -> None:
        """Take the next list: its titles that belong, and those that may."""
        self.last = ordinal
        self.reach = max(self.reach, sure + more)
        if sure > self.count:
            self.count, self.ordinals = sure, []
        if sure and sure == self.count:
            self.ordinals.append(ordinal)


def _judge_groups(
    field: Field, chart: int, groups: _Groups, top: int | None
) -> Iterator[Raw | Doubt]:
    """The peaks of the groups of a chart that are proved, and those that can have been higher."""
    for group, peak in _peaks(field, chart, groups, top).items():
        if peak.count:
            yield -peak.count, peak.ordinals[0], chart, group, _NO_TITLE, peak.ordinals
        if peak.reach > peak.count:
            yield Doubt(
                reach=peak.reach,
                order=(chart, group),
                subject=groups.names[group],
                chart=field.store.charts[chart],
                proved=peak.count or None,
                start=peak.first,
                end=peak.last,
                classified=peak.count > 0,
            )


def _peaks(field: Field, chart: int, groups: _Groups, top: int | None) -> dict[str, _Peak]:
    """The peak of each group on a chart."""
    store, unsure, group_of = field.store, field.unsure, groups.of_title.get
    days, lists = field.times[chart].ordinals, store.published(chart, top=top)
    peaks: dict[str, _Peak] = {}
    for day, (low, high) in zip(days, lists, strict=True):
        sure: dict[str, int] = {}
        more: dict[str, int] = {}
        for code in set(store.title_codes[low:high]):  # a title can be on a list twice
            group = group_of(code)
            if group is not None:
                counted = more if code in unsure else sure
                counted[group] = counted.get(group, 0) + 1
        for group in sure.keys() | more.keys():
            peak = peaks.get(group)
            if peak is None:
                peak = peaks[group] = _Peak(day)
            peak.take(day, sure.get(group, 0), more.get(group, 0))
    return peaks


def _titles_on(
    store: Store, chart: int, ordinal: int, top: int | None, members: set[int]
) -> TitlesOn:
    """The members of a group that are on one list, by rank."""
    codes = dict.fromkeys(
        store.title_codes[row]
        for row in store.rows(chart, ordinal)
        if top is None or store.ranks[row] <= top
    )
    titles = tuple(store.titles[code] for code in codes if code in members)
    return TitlesOn(dt.date.fromordinal(ordinal), titles)


def _room(field: Field, chart: int, top: int | None) -> int:
    """How many titles a list that is not usable has room for."""
    if not field.times[chart].unknown:
        return 0
    depth = depth_of(field.store, chart)
    return depth if top is None else min(top, depth)
