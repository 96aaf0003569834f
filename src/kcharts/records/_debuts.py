"""Records of beginnings: the highest debut, and the longest climb from a debut to the top."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any, Literal, NamedTuple, Self, Unpack, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import whose
from kcharts.measures._timeline import Timeline
from kcharts.measures._where import OfClass, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.records._field import (
    NO_BOUND,
    Doubt,
    Entry,
    Field,
    Kind,
    Raw,
    field_of,
    launched,
    ordinal_of,
    ranks_at,
    record_of,
)
from kcharts.records._record import Record

Debuts = Literal["proved", "likely"]
"""Which debuts count as known: all lists before are usable, or just the one before."""


@final
@public
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


def _gaps_of(times: Timeline) -> list[int]:
    """The numbers of the issues, from the first to the last due, without a usable list.

    Also those that are OUTSIDE between issues that are due: a title can have been there.
    """
    if times.last - times.first + 1 == len(times.numbers):
        return []
    held = set(times.numbers)
    return [number for number in range(times.first, times.last + 1) if number not in held]


def _debut_known(times: Timeline, position: int, debuts: Debuts) -> bool:
    """Whether the first usable list that has a title is known to be its debut."""
    here = times.numbers[position]
    if position == 0:
        return here == times.first and launched(times)
    if debuts == "likely":
        return times.numbers[position - 1] == here - 1
    return here - times.first == position


def _check_debuts(debuts: str) -> None:
    if debuts not in ("proved", "likely"):
        raise checks.refuse("debuts", '"proved" or "likely"', debuts)


@public
@narrowed_by(OfClass)
def highest_debut(
    history: ChartHistory,
    /,
    *,
    debuts: Debuts = "proved",
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Debut]:
    """The best rank at which a title first appeared on a chart.

    A debut is the first appearance in the data (Billboard: "debuts at No. 1"). A title can have
    been on the chart before the data begin; the publisher's own counter tells, see `evidence`.

    Challengers are titles whose debut is not known: those on the first usable list, unless the
    chart began with it, and those that can have been on a list before that is not usable. The
    other arguments and the errors are those of `longest_streaks`.

    `debuts="proved"` knows a debut where every list before is usable. "likely" asks only for the
    list just before: one list that is not usable does not put all later debuts in doubt, since
    few titles are on it alone.

    Returns:
        The record, the smallest rank.

    >>> from kcharts import records, sample
    >>> print(records.highest_debut(sample(), country="world", limit=0).holders[0])
    All of Us Are Dead: debut at No. 1 on 2022-01-29, Netflix TV in the world \
(by reconstruction of FlixPatrol)
    """
    _check_debuts(debuts)
    field = field_of(history, "highest_debut", None, **sought)
    store = field.store

    def make(raw: Raw) -> Debut:
        entry = Entry.of(raw)
        return Debut(
            title=store.titles[entry.title],
            chart=store.charts[entry.chart],
            date=dt.date.fromordinal(entry.date),
            rank=entry.minus_score,
        )

    return record_of(
        Kind(f"highest debut{field.of_class}", "rank", -1),
        field,
        chain.from_iterable(_judge_debuts(field, chart, debuts) for chart in field.charts),
        make,
        unseen=-1 if field.unknown else None,
        limit=limit,
    )


def _judge_debuts(field: Field, chart: int, debuts: Debuts) -> Iterator[Raw | Doubt]:
    """The debuts of a chart that are known, and those that can have been; scores are below 0."""
    times = field.times[chart]
    gaps = _gaps_of(times)
    for code, (position, rank) in _first_ranks(field.store, chart).items():
        if not field.has(code):
            continue
        day = times.ordinals[position]
        is_known = _debut_known(times, position, debuts)
        if is_known and field.is_sure(code):
            yield field.entry(chart, code, score=-rank, date=day)
        elif is_known or not gaps or gaps[0] > times.numbers[position]:
            proved = -rank if is_known else None
            yield field.doubt(chart, code, reach=-rank, proved=proved, start=day, end=day)
        else:  # it can have been on a list before, at No. 1
            first = ordinal_of(times, gaps[0])
            yield field.doubt(chart, code, reach=-1, proved=None, start=first, end=day)


def _first_ranks(store: Store, chart: int) -> dict[int, tuple[int, int]]:
    """The position of each title's first published list, and its best rank there."""
    codes, ranks = store.title_codes, store.ranks
    first: dict[int, tuple[int, int]] = {}
    for position, (low, high) in enumerate(store.published(chart)):
        for row, code in enumerate(codes[low:high], low):
            if code not in first:
                first[code] = position, ranks[row]
    return first


Counting = Literal["listed", "issues"]
"""What a climb to the top counts: the lists that hold the title, or all issues."""


@final
@public
@frozen
class ClimbToTop:
    """How long a title took from its debut to the first time at a rank or better.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that it reached, or a better one.
        counting: "listed", the lists that hold it; "issues", all issues.
        debut: Its first list in the data.
        reached: The first list that has it at `top`.
        length: How many there are from the one to the other, both counted.
    """

    title: Title
    chart: Chart
    top: int
    counting: Counting
    debut: dt.date
    reached: dt.date
    length: int = field(validator=checks.count(1))

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "debut", "reached")

    @property
    def unit(self) -> str:
        """The period of one issue: "day" or "week"."""
        return self.chart.series.frequency.unit

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.debut, self.reached, None)

    def as_row(self) -> dict[str, Any]:
        """The climb as named cells."""
        return {
            **whose(self.title, self.chart),
            "top": self.top,
            "counting": self.counting,
            "debut": self.debut,
            "reached": self.reached,
            "length": self.length,
        }

    def __str__(self) -> str:
        nth = f"{words.ordinal(self.length)} {self.unit}"
        counted = "on the list" if self.counting == "listed" else "from its debut"
        when = self.chart.series.when(self.debut, self.reached)
        head = f"{self.title}: first {words.at(self.top)} in its {nth} {counted}"
        return f"{head}, {when}, {self.chart.name}"


class _Way(NamedTuple):
    """A title's way to the top of one chart, as positions of published lists."""

    first: int
    """Its first list."""
    reached: int | None
    """The first one that has it at `top`."""
    listed: int
    """How many lists have it up to there; or up to the last issue that is not known."""


class _Ladder(NamedTuple):
    """One chart, and how climbs on it are counted."""

    times: Timeline
    gaps: list[int]
    """The numbers of the issues, from the first to the last due, without a usable list."""
    counting: Counting
    debuts: Debuts

    @classmethod
    def of(cls, times: Timeline, counting: Counting, debuts: Debuts) -> Self:
        """The ladder of a chart, with the issues that it lacks."""
        return cls(times=times, gaps=_gaps_of(times), counting=counting, debuts=debuts)

    @property
    def open_at_first(self) -> bool:
        """Whether the first issue due has no usable list, and need not be the chart's first."""
        return self.gaps[:1] == [self.times.first] and not launched(self.times)

    def length(self, way: _Way) -> int | None:
        """How long a title took by the usable lists; None where none has it at the top."""
        if way.reached is None:
            return None
        if self.counting == "listed":
            return way.listed
        return self.times.numbers[way.reached] - self.times.numbers[way.first] + 1

    def known(self, way: _Way) -> bool:
        """Whether debut and arrival are known as such."""
        last, numbers = way.reached or 0, self.times.numbers
        whole = numbers[last] - numbers[way.first] == last - way.first
        return whole and _debut_known(self.times, way.first, self.debuts)

    def reach(self, way: _Way) -> float:
        """How long it can have taken at the most; 0 where it cannot have got there."""
        numbers, gaps = self.times.numbers, self.gaps
        if way.reached is None and (not gaps or gaps[-1] < numbers[way.first]):
            return 0
        if self.open_at_first or not (way.first or launched(self.times)):
            return NO_BOUND
        end = gaps[-1] if way.reached is None else numbers[way.reached]
        if self.counting == "listed":
            return way.listed + bisect_right(gaps, end)
        return end - min([numbers[way.first], *gaps[:1]]) + 1

    def unseen(self) -> float:
        """How long a title can have taken that is on missing lists only up to the top."""
        if not self.times.unknown:
            return 0
        if self.open_at_first:
            return NO_BOUND
        if self.counting == "listed":
            return len(self.gaps)
        return self.gaps[-1] - self.gaps[0] + 1

    def span(self, way: _Way) -> tuple[int, int]:
        """The ordinals of the first and the last issue that a climb can have been about."""
        numbers = self.times.numbers
        first = min([numbers[way.first], *self.gaps[:1]])
        last = self.gaps[-1] if way.reached is None else numbers[way.reached]
        return ordinal_of(self.times, first), ordinal_of(self.times, last)


def _ways(store: Store, chart: int, ladder: _Ladder, top: int) -> dict[int, _Way]:
    """The ways of the titles of a chart that reached the top or can have done so."""
    until = bisect_left(ladder.times.numbers, ladder.gaps[-1]) if ladder.gaps else -1
    codes, lists = store.title_codes, store.published(chart)
    first: dict[int, int] = {}
    reached: dict[int, tuple[int, int]] = {}
    listed: Counter[int] = Counter()
    by_then = listed
    for position, (low, high) in enumerate(lists):
        if position == until:  # past the last gap nobody can have been at the top unseen
            by_then = listed.copy()
        held = set(codes[low:high])
        listed.update(held)
        for code in held.difference(first):  # `held - first.keys()` copies all titles so far
            first[code] = position
        for code in codes[low : bisect_right(store.ranks, top, low, high)]:
            if code not in reached:
                reached[code] = position, listed[code]
    ways: dict[int, _Way] = {}
    for code in first if ladder.gaps else reached:
        arrival, count = reached.get(code, (None, by_then[code]))
        ways[code] = _Way(first=first[code], reached=arrival, listed=count)
    return ways


def _judge_climbs(field: Field, chart: int, ladder: _Ladder, top: int) -> Iterator[Raw | Doubt]:
    """The climbs of a chart that are proved, and those that can have been."""
    days = ladder.times.ordinals
    for code, way in _ways(field.store, chart, ladder, top).items():
        if not field.has(code):
            continue
        length = ladder.length(way)
        proved = length if length is not None and ladder.known(way) else None
        if proved is not None and field.is_sure(code):
            arrival, debut = days[way.reached or 0], days[way.first]
            yield field.entry(chart, code, debut, score=proved, date=arrival)
        elif reach := ladder.reach(way) if proved is None else proved:
            start, end = ladder.span(way)
            yield field.doubt(chart, code, reach=reach, proved=proved, start=start, end=end)


@public
@narrowed_by(OfClass)
def longest_climb_to_top(
    history: ChartHistory,
    /,
    *,
    top: int = 1,
    counting: Counting = "listed",
    debuts: Debuts = "proved",
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[ClimbToTop]:
    """The longest way from a title's debut to its first time at `top` or better.

    The debut counts as 1, and so does a debut at `top`. Billboard's longest climb to No. 1 counts
    the weeks on the chart ("in its 59th week"), not those of an absence in between: that is
    `counting="listed"`.

    Challengers are titles whose debut or whose first time at `top` is not known: those on the
    first usable list (without a bound, unless the chart began with it), and those that can have
    been on a list that is not usable. The other arguments and the errors are those of
    `longest_streaks`.

    `counting="issues"` counts all issues from the debut. `debuts` is that of `highest_debut`;
    "likely" asks that the list before the debut and all from there to the top are usable.

    Returns:
        The record, in days or weeks.

    >>> from kcharts import records, sample
    >>> found = records.longest_climb_to_top(sample(), among=["Squid Game"], country="world")
    >>> print(found.holders[0])
    Squid Game: first at No. 1 in its 6th day on the list, 2021-09-18 to 2021-09-23, \
Netflix TV in the world (by reconstruction of FlixPatrol)
    """
    _check_debuts(debuts)
    checks.check_count("top", top, 1)
    if counting not in ("listed", "issues"):
        raise checks.refuse("counting", '"listed" or "issues"', counting)
    field = field_of(history, "longest_climb_to_top", top, **sought)
    store = field.store
    ladders = {chart: _Ladder.of(field.times[chart], counting, debuts) for chart in field.charts}

    def make(raw: Raw) -> ClimbToTop:
        entry = Entry.of(raw)
        return ClimbToTop(
            title=store.titles[entry.title],
            chart=store.charts[entry.chart],
            top=top,
            counting=counting,
            debut=dt.date.fromordinal(entry.details[0]),
            reached=dt.date.fromordinal(entry.date),
            length=-entry.minus_score,
        )

    judged = (_judge_climbs(field, chart, ladder, top) for chart, ladder in ladders.items())
    return record_of(
        Kind(f"longest climb to {ranks_at(top)}{field.of_class}", field.unit),
        field,
        chain.from_iterable(judged),
        make,
        unseen=max(ladder.unseen() for ladder in ladders.values()),
        limit=limit,
    )
