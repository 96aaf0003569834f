"""The record of company: the most titles of one performer, show or class on one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, final

from attrs import frozen

from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._milestones import Belongs
from kcharts.measures._scope import Place
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.grouping import show_key
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.records._field import Among, Asked, Field, depth_of, field_of
from kcharts.records._ranking import Doubt, Kind, check_limit, ranked
from kcharts.records._record import Record

Of = Literal["by", "show", "class"]
"""Which titles are counted together."""


class TitlesOn(NamedTuple):
    """The titles that stand on one list together, by rank."""

    date: dt.date
    titles: tuple[Title, ...]


@final
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
        when = words.listed([self.chart.series.when(each.date) for each in self.lists])
        counted = words.counted(self.count, "title")
        return f"{self.name}: {counted} {words.at(self.top)} at once, {when}, {self.chart.name}"


def most_simultaneous(
    history: ChartHistory,
    /,
    *,
    of: Of = "by",
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = None,
    as_of: dt.date | str | None = None,
    limit: int | None = 10,
) -> Record[Simultaneous]:
    """The most titles of one performer, show or class at `top` or better on one list.

    Billboard's most simultaneous entries. A performer is a text as printed: "A" and "A featuring B"
    are two, unless `among` or `where` with `of="class"` takes their titles together. A show is what
    `ChartHistory.by_show` joins; titles without performer, or without season, are not counted
    there. Each performer, show or class is there with its peak on each chart.

    Challengers are those that titles of which nothing says whether they belong could make as
    many. On a list that is not usable anybody can have filled all ranks: `unseen` says so, and
    nobody is singled out by it. The arguments and errors are those of `longest_streaks`.

    Args:
        history: The lists, whole.
        of: "by", titles of one performer; "show", seasons of one show; "class", all titles that
            `origin`, `among` or `where` ask for.
        origin: The country the titles come from, by `Title.origin`.
        among: The titles among which the record is sought, by value or name.
        where: A test that answers True, False, or None where nothing says whether a title belongs.
        country: A country by value, code or name, or "world"; all places where it is left out.
        series: A series, where the history has several.
        category: A category as printed, such as "TV".
        top: The worst rank that counts; None is any place on the list.
        as_of: Nothing dated later is looked at.
        limit: How many runners-up; those that tie with the last one come too. None for all.

    Returns:
        The record, in titles.

    >>> from kcharts import records, sample
    >>> found = records.most_simultaneous(sample(), of="class", origin="KR", country="world")
    >>> found.value, found.holders[0].name
    (2, 'titles from South Korea')
    """
    if of not in ("by", "show", "class"):
        raise checks.refuse("of", '"by", "show" or "class"', of)
    check_limit(limit)
    asked = Asked(origin, among, where, country, series, category, as_of)
    field = field_of(history, "most_simultaneous", asked, top)
    groups = _grouped(field, of)
    found: list[_Raw] = []
    doubts: list[Doubt] = []
    for chart in field.charts:
        for group, peak in _peaks(field, chart, groups, top).items():
            name = groups.names[group]
            if peak.count:
                found.append((-peak.count, peak.ordinals[0], chart, group, peak))
            if peak.reach > peak.count:
                one, days = (name, field.store.charts[chart]), (peak.first, peak.last)
                proved = peak.count or None
                order = chart, group
                doubts.append(Doubt(-peak.reach, order, *one, proved, *days, bool(peak.count)))

    def made(raw: _Raw) -> Simultaneous:
        minus, _, chart, group, peak = raw
        lists = tuple(_on_list(field, chart, day, groups, (group, top)) for day in peak.ordinals)
        place = field.store.charts[chart]
        return Simultaneous(groups.names[group], of, place, top, -minus, lists)

    kind = Kind(f"largest number of titles {_whose(field, of)} {words.at(top)} at once", "title")
    unseen = max((_room(field, chart, top) for chart in field.charts), default=0)
    return ranked(kind, field, found, made, doubts=doubts, unseen=unseen, limit=limit)


def _whose(field: Field, of: Of) -> str:
    if of == "class":
        return field.what
    one = "by one performer" if of == "by" else "of one show"
    return one if field.titles is None else f"{field.what} {one}"


class _Groups(NamedTuple):
    """Which titles are counted together, by keys."""

    of_title: dict[int, str]
    names: dict[str, str]


def _grouped(field: Field, of: Of) -> _Groups:
    found, names = dict[int, str](), dict[str, str]()
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
            found[code] = key
            names[key] = min(name, names.get(key, name))
    return _Groups(found, names)


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


_Raw = tuple[int, int, int, str, _Peak]
"""(minus count, first date, chart, key of the group, peak)."""


def _peaks(field: Field, chart: int, groups: _Groups, top: int | None) -> dict[str, _Peak]:
    store, unsure, group_of = field.store, field.unsure, groups.of_title.get
    days, lists = field.times[chart].ordinals, store.published(chart, top=top)
    found: dict[str, _Peak] = {}
    for day, (low, high) in zip(days, lists, strict=True):
        sure: dict[str, int] = {}
        more: dict[str, int] = {}
        for code in set(store.title_codes[low:high]):
            group = group_of(code)
            if group is not None:
                counted = more if code in unsure else sure
                counted[group] = counted.get(group, 0) + 1
        for group in sure.keys() | more.keys():
            peak = found.get(group)
            if peak is None:
                peak = found[group] = _Peak(day)
            peak.take(day, sure.get(group, 0), more.get(group, 0))
    return found


def _on_list(
    field: Field, chart: int, ordinal: int, groups: _Groups, wanted: tuple[str, int | None]
) -> TitlesOn:
    """The titles of a group on one list."""
    store, (group, top) = field.store, wanted
    codes = dict.fromkeys(
        store.title_codes[row]
        for row in store.rows(chart, ordinal)
        if top is None or store.ranks[row] <= top
    )
    titles = tuple(
        store.titles[code]
        for code in codes
        if groups.of_title.get(code) == group and code not in field.unsure
    )
    return TitlesOn(dt.date.fromordinal(ordinal), titles)


def _room(field: Field, chart: int, top: int | None) -> int:
    """How many titles a list that is not usable has room for."""
    if not field.times[chart].unknown:
        return 0
    depth = depth_of(field.store, chart)
    return depth if top is None else min(top, depth)
