"""Records of moving: the biggest climb and the biggest fall from one issue to the next."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple, Unpack, final

from attrs import frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import whose
from kcharts.measures._where import OfClass, narrowed_by
from kcharts.model.chart import Chart
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
    ranks_at,
    record_of,
)
from kcharts.records._record import Record


@final
@public
@frozen
class Move:
    """A title's way from its rank in one issue to its rank in the next one.

    Attributes:
        title: The work.
        chart: The chart.
        start: The issue that it moved from.
        end: The next issue.
        from_rank: The rank in the one, the better one where it is there twice.
        to_rank: The rank in the other, likewise.
    """

    title: Title
    chart: Chart
    start: dt.date
    end: dt.date
    from_rank: int
    to_rank: int

    @property
    def places(self) -> int:
        """The places that it went up; below 0 where it fell."""
        return self.from_rank - self.to_rank

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.start, self.end, None)

    def as_row(self) -> dict[str, Any]:
        """The move as named cells."""
        return {
            **whose(self.title, self.chart),
            "start": self.start,
            "end": self.end,
            "from_rank": self.from_rank,
            "to_rank": self.to_rank,
            "places": self.places,
        }

    def __str__(self) -> str:
        way = "up" if self.places > 0 else "down"
        went = f"{way} {words.quantity(abs(self.places), 'place')}"
        when = self.chart.series.when(self.start, self.end)
        return (
            f"{self.title}: {went} from No. {self.from_rank} to No. {self.to_rank}, "
            f"{when}, {self.chart.name}"
        )


@public
@narrowed_by(OfClass)
def biggest_climb(
    history: ChartHistory,
    /,
    *,
    top: int | None = None,
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Move]:
    """The most places that a title went up from one issue to the next.

    Billboard's biggest jump. `top` is the worst rank that the climb may lead to: `top=1` asks for
    the biggest jump to No. 1. The title is on both lists, and the two are consecutive by the
    calendar and both usable: a debut or a re-entry is not a climb, however high, and neither is the
    way across a list that is not usable.

    Challengers are titles beside a list that is not usable, or on the first usable list, that
    can have climbed as far: from the last rank of the chart, or to No. 1. The other
    arguments and the errors are those of `longest_streaks`.

    Returns:
        The record, in places.

    >>> from kcharts import records, sample
    >>> print(records.biggest_climb(sample(), country="world", limit=0).holders[0])
    Hellbound: up 6 places from No. 7 to No. 1, 2021-11-19 to 2021-11-20, \
Netflix TV in the world (by reconstruction of FlixPatrol)
    """
    field = field_of(history, "biggest_climb", top, **sought)
    goal = "" if top is None else f" to {ranks_at(top)}"
    return _record(field, f"biggest climb{goal}{field.of_class}", _Direction(1, top), limit)


@public
@narrowed_by(OfClass)
def biggest_fall(
    history: ChartHistory,
    /,
    *,
    top: int | None = None,
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Move]:
    """The most places that a title went down from one issue to the next.

    Billboard's biggest drop; `top=1` asks for the biggest drop from No. 1. As with
    `biggest_climb` the title is on both lists: one that falls off the list leaves no rank
    that could be counted to.

    Challengers are titles beside a list that is not usable, or on the first usable list, that
    can have fallen as far: to the last rank of the chart, or from No. 1. The arguments and
    errors are those of `biggest_climb`, but that `top` is the worst rank that it may fall from.

    Returns:
        The record, in places, whose figures have `places` below 0.

    >>> from kcharts import records, sample
    >>> found = records.biggest_fall(sample(), country="world")
    >>> found.value, found.unit, [move.to_rank for move in found.holders]
    (3, 'place', [6, 8, 10, 7])
    """
    field = field_of(history, "biggest_fall", top, **sought)
    goal = "" if top is None else f" from {ranks_at(top)}"
    return _record(field, f"biggest fall{goal}{field.of_class}", _Direction(-1, top), limit)


class _Direction(NamedTuple):
    """Which moves count."""

    sign: int
    """1 for climbs, -1 for falls."""
    top: int | None
    """The worst rank that a climb may lead to, or a fall start from."""


def _record(field: Field, what: str, direction: _Direction, limit: int | None) -> Record[Move]:
    """The record of the moves that count."""
    store = field.store

    def make(raw: Raw) -> Move:
        entry = Entry.of(raw)
        start, from_rank, to_rank = entry.details
        return Move(
            title=store.titles[entry.title],
            chart=store.charts[entry.chart],
            start=dt.date.fromordinal(start),
            end=dt.date.fromordinal(entry.date),
            from_rank=from_rank,
            to_rank=to_rank,
        )

    return record_of(
        Kind(what, "place"),
        field,
        chain.from_iterable(_judge_moves(field, chart, direction) for chart in field.charts),
        make,
        unseen=max(_unseen(field, chart) for chart in field.charts),
        limit=limit,
    )


def _judge_moves(field: Field, chart: int, direction: _Direction) -> Iterator[Raw | Doubt]:
    """The moves of a chart that are proved, and those that can have been larger."""
    lists = _ranks_of(field.store, chart)
    moves = _moves(field, chart, lists, direction)
    if not field.unsure:
        yield from moves
    for raw in moves if field.unsure else ():
        move = Entry.of(raw)
        if field.is_sure(move.title):
            yield raw
        else:
            start, score = move.details[0], -move.minus_score
            yield field.doubt(
                chart, move.title, reach=score, proved=score, start=start, end=move.date
            )
    yield from _possible(field, chart, lists, direction)


def _ranks_of(store: Store, chart: int) -> list[dict[int, int]]:
    """The best rank of each title on each published list."""
    codes, ranks = store.title_codes, store.ranks
    # From the last rank up, so that a title that is on a list twice keeps its better rank.
    return [
        dict(zip(codes[low:high][::-1], ranks[low:high][::-1], strict=True))
        for low, high in store.published(chart)
    ]


def _moves(
    field: Field, chart: int, lists: list[dict[int, int]], direction: _Direction
) -> Iterator[Raw]:
    """The moves of a chart from one published list to the next issue."""
    times, titles, worst = field.times[chart], field.store.titles, direction.top
    numbers, days = times.numbers, times.ordinals
    for position in range(1, len(lists)):
        if numbers[position] != numbers[position - 1] + 1:
            continue
        before, here = lists[position - 1].get, lists[position]
        # A title that was not there before gets the rank that it has now: no move.
        if direction.sign > 0:
            moved = [(was, rank, c) for c, rank in here.items() if (was := before(c, rank)) > rank]
        else:
            moved = [(was, rank, c) for c, rank in here.items() if (was := before(c, rank)) < rank]
        start, end = days[position - 1], days[position]
        for was, rank, code in moved:
            if field.has(code) and (worst is None or min(was, rank) <= worst):
                yield -abs(was - rank), end, chart, titles[code].key, code, start, was, rank


def _possible(
    field: Field, chart: int, lists: list[dict[int, int]], direction: _Direction
) -> Iterator[Doubt]:
    """What each title beside an issue that is not known can have done at the most."""
    times, depth = field.times[chart], depth_of(field.store, chart)
    most: dict[int, tuple[int, int, int]] = {}
    ends = {0, len(lists) - 1, *times.holes, *(hole - 1 for hole in times.holes)}
    for position in sorted(ends) if lists else ():
        before, after = _beside(field, chart, position)
        day = times.ordinals[position]
        for code, rank in lists[position].items() if before or after else ():
            # Up from the last rank or up to No. 1; down from No. 1 or down to the last rank.
            up, down = (depth - rank, rank - 1) if direction.sign > 0 else (rank - 1, depth - rank)
            if direction.top is not None and rank > direction.top:
                up, down = (0, down) if direction.sign > 0 else (up, 0)
            places = max(up if before else 0, down if after else 0)
            if places and field.has(code) and places > most.get(code, (0,))[0]:
                most[code] = places, before or day, after or day
    for code, (places, start, end) in most.items():
        yield field.doubt(chart, code, reach=places, proved=None, start=start, end=end)


def _beside(field: Field, chart: int, position: int) -> tuple[int, int]:
    """The ordinals of the issues beside a published one that are not known; 0 for none.

    An issue that the data do not cover has the ordinal of the published one.
    """
    times = field.times[chart]
    here, day = times.numbers[position], times.ordinals[position]
    before, after = times.before(position), times.after(position)
    earlier = ordinal_of(times, here - 1) if before.unknown else 0 if before.known else day
    if after.unknown:
        return earlier, ordinal_of(times, here + 1)
    return earlier, 0 if after.known or here == times.last else day


def _unseen(field: Field, chart: int) -> int:
    """The most places that two issues in a row without a usable list have room for."""
    most = depth_of(field.store, chart) - 1
    for each in lacking(field.times[chart]):
        if each.high > each.low or each.open_before or each.open_after:
            return most
    return 0
