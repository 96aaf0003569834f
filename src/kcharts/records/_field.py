"""Where a record is sought, and who holds it, comes next, or could beat it."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, Unpack

from kcharts.errors import UnknownChartError
from kcharts.measures._milestones import class_of
from kcharts.measures._results import Results
from kcharts.measures._scope import Scope, check_top, scoped
from kcharts.measures._timeline import Timeline, timeline
from kcharts.measures._where import Among, Belongs, Where
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import ambiguous_series
from kcharts.model.title import Title
from kcharts.records._record import Challenger, Record, Recorded


class Field(NamedTuple):
    """The lists and titles among which a record is sought."""

    store: Store
    charts: list[int]
    """The charts that had an issue due."""
    times: dict[int, Timeline]
    titles: frozenset[int] | None
    """The codes of the titles that belong or may belong; None for all."""
    unsure: frozenset[int]
    """Those that may belong: nothing says whether they do."""
    what: str
    """The class in words."""

    @property
    def since(self) -> dt.date:
        """The first issue that the data cover."""
        return min(self.times[chart].due()[0] for chart in self.charts)

    @property
    def all_since(self) -> dt.date:
        """The first issue from which on they cover all charts."""
        return max(self.times[chart].due()[0] for chart in self.charts)

    @property
    def until(self) -> dt.date:
        """The last one."""
        return max(self.times[chart].due()[1] for chart in self.charts)

    @property
    def unknown(self) -> int:
        """How many lists of the window are not usable."""
        return sum(self.times[chart].unknown for chart in self.charts)

    @property
    def unit(self) -> str:
        """The period of one issue: "day" or "week"."""
        return self.store.charts[self.charts[0]].series.frequency.unit

    @property
    def of_class(self) -> str:
        """The class after the words for a record; nothing where it is all titles."""
        return "" if self.titles is None else f" of titles {self.what}"

    def has(self, code: int) -> bool:
        """Whether a title belongs, or may."""
        return self.titles is None or code in self.titles

    def key(self, code: int) -> str:
        """What titles are ordered by where all else is equal."""
        return self.store.titles[code].key

    def is_sure(self, code: int) -> bool:
        """Whether a title that belongs or may is known to belong."""
        return code not in self.unsure

    def entry(self, chart: int, code: int, *details: Any, score: int, date: int = 0) -> Raw:
        """What is proved of a title on a chart, as the fields of an `Entry`."""
        return -score, date, chart, self.key(code), code, *details

    def doubt(
        self, chart: int, code: int, *, reach: float, proved: int | None, start: int, end: int
    ) -> Doubt:
        """What is open of a title on a chart."""
        return Doubt(
            reach=reach,
            order=(chart, self.key(code)),
            subject=self.store.titles[code],
            chart=self.store.charts[chart],
            proved=proved,
            start=start,
            end=end,
            classified=self.is_sure(code),
        )


def field_of(
    history: ChartHistory,
    caller: str,
    top: int | None,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    **lists: Unpack[Where],
) -> Field:
    """The field that a call names.

    Raises:
        ValueError: The history is narrowed to titles: nothing tells what others did.
        UnknownChartError: No chart fits, or none of them ever had an issue due.
        AmbiguousChartError: Days and weeks cannot be compared.
    """
    scope = scoped(history, None, **lists)
    if not history.is_whole:
        expected = "a history of whole lists; among= says which titles are asked about"
        raise checks.refuse(caller, expected, str(history))
    check_top(top, scope)
    store = scope.store
    times = {chart: timeline(store, chart) for chart in scope.charts}
    charts = [chart for chart in scope.charts if times[chart].first <= times[chart].last]
    if not charts:
        raise UnknownChartError(f"{caller}: there is no list, and none was due")
    _one_frequency(Scope(store, charts, None))
    what, belongs = class_of(caller, history.store, origin, among, where)
    if origin is None and among is None and where is None:
        return Field(store, charts, times, None, frozenset(), what)
    # Each title is asked for once: `where` may be as slow as whoever wrote it likes.
    members = {code: belongs(title) for code, title in enumerate(store.titles)}
    wanted = frozenset(code for code, member in members.items() if member is not False)
    unsure = frozenset(code for code, member in members.items() if member is None)
    return Field(store, charts, times, wanted, unsure, what)


def _one_frequency(scope: Scope) -> None:
    """Raise where daily and weekly charts fit: 46 days and 46 weeks are not one record."""
    series = list(dict.fromkeys(scope.store.charts[chart].series for chart in scope.charts))
    if len({each.frequency for each in series}) > 1:
        raise ambiguous_series("daily and weekly charts fit: say which", series)


class Stretch(NamedTuple):
    """Issues in a row that are due and not known."""

    low: int
    high: int
    open_before: bool
    """Whether the issue before is not covered, nor known not to exist."""
    open_after: bool
    """Whether the issue after is not covered, though the data go on."""


def launched(times: Timeline) -> bool:
    """Whether the first issue due is known to be the chart's first ever."""
    # As of the Hot 100 of 4 August 1958: who is on it made a debut, and is no open question.
    return times.calendar.first == times.calendar.date(times.first)


def lacking(times: Timeline) -> Iterator[Stretch]:
    """The stretches of issues that are due and not known, in order."""
    if not times.unknown:  # as of nearly all charts
        return
    gone = {*times.numbers, *times.outside}
    covered = set(times.numbers)
    number = times.first
    while number <= times.last:
        if number in gone:
            number += 1
            continue
        low = number
        while number <= times.last and number not in gone:
            number += 1
        before = not launched(times) if low == times.first else low - 1 not in covered
        yield Stretch(low, number - 1, before, number <= times.last and number not in covered)


def ordinal_of(times: Timeline, number: int) -> int:
    """The ordinal of the issue of a number."""
    return times.calendar.date(number).toordinal()


def depth_of(store: Store, chart: int) -> int:
    """The last rank that a list of the chart has, by its series or by a list that we have."""
    # Where two titles share the last rank, a list can be deeper than its series says.
    starts = store.lists[chart].starts
    longest = max(store.ranks[starts[0] : starts[-1]], default=1)
    return max(longest, store.charts[chart].series.depth)


def ranks_at(top: int) -> str:
    """The ranks that a record leads to or from: "No. 1", "the top 10"."""
    return "No. 1" if top == 1 else f"the top {top:,}"


T = TypeVar("T", bound=Recorded)

NO_BOUND = math.inf


Raw = tuple[Any, ...]
"""The fields of an `Entry` and its details, one after another: most are only ever sorted."""


class Entry(NamedTuple):
    """A proved figure, in the order of the record."""

    minus_score: int
    date: int
    """The ordinal that orders ties: the earliest comes first."""
    chart: int
    key: str
    title: int
    details: tuple[Any, ...]
    """What the figure says besides."""

    @classmethod
    def of(cls, raw: Raw) -> Entry:
        """The entry of plain fields: made for the few figures that somebody asks for."""
        minus_score, date, chart, key, title, *details = raw
        return cls(minus_score, date, chart, key, title, tuple(details))


class Doubt(NamedTuple):
    """How good somebody can have been, by what the missing lists leave open."""

    reach: float
    """The best that it can be; infinity without a bound."""
    order: tuple[int, str]
    """The code of the chart and the key: the order of those with one bound."""
    subject: Title | str
    chart: Chart | ChartSeries
    proved: int | None
    """The score of the figure that may be better; None where there is no figure."""
    start: int
    """The first and the last ordinal that it is about."""
    end: int
    classified: bool


class Kind(NamedTuple):
    """Which record it is."""

    what: str
    unit: str
    sign: int = 1
    """-1 where the smallest value is the best, so that the score is the value below 0."""

    def value(self, score: float | None) -> int | None:
        """The value of a score; None where there is none or no bound."""
        return None if score is None or math.isinf(score) else self.sign * int(score)

    def challenger(self, doubt: Doubt) -> Challenger:
        """Who could equal or beat the record."""
        return Challenger(
            subject=doubt.subject,
            chart=doubt.chart,
            proved=self.value(doubt.proved),
            upper=self.value(doubt.reach),
            unit=self.unit,
            start=dt.date.fromordinal(doubt.start),
            end=dt.date.fromordinal(doubt.end),
            classified=doubt.classified,
        )


def check_limit(limit: int | None) -> None:
    """Raise unless it is a number of runners-up, or None for all."""
    if limit is not None:
        checks.check_count("limit", limit)


def record_of(
    kind: Kind,
    field: Field,
    judged: Iterable[Raw | Doubt],
    make: Callable[[Raw], T],
    *,
    unseen: float | None,
    limit: int | None,
) -> Record[T]:
    """The record of what is proved and what is open.

    Args:
        kind: Which record it is.
        field: Among whom, and on which lists.
        judged: The proved figures, and what is open of those who are on some list.
        make: Makes a figure of the fields of its entry, once somebody asks for it.
        unseen: The best score of somebody who is on no list; None where there is no room for one.
        limit: How many runners-up.
    """
    check_limit(limit)
    proved: list[Raw] = []
    doubts: list[Doubt] = []
    for each in judged:
        if isinstance(each, Doubt):
            doubts.append(each)
        else:
            proved.append(each)
    entries = _first(proved, limit)
    best = -entries[0][0] if entries else None
    held = _ties([entry[0] for entry in entries], 0)
    rivals = [
        doubt
        for doubt in doubts
        if best is None or (doubt.reach >= best and not (doubt.proved == best and doubt.classified))
    ]
    rivals.sort(key=lambda doubt: (-doubt.reach, doubt.order, doubt.start))
    scores = [doubt.reach for doubt in doubts] + [s for s in (best, unseen) if s is not None]
    return Record(
        what=kind.what,
        unit=kind.unit,
        value=kind.value(best),
        upper=kind.value(max(scores, default=None)),
        holders=Results(entries[:held], make),
        runners_up=Results(entries[held:], make),
        positions=_positions(entries),
        challengers=Results(rivals, kind.challenger),
        unseen=0 if unseen is None else kind.value(unseen),
        since=field.since,
        all_since=field.all_since,
        until=field.until,
        charts=len(field.charts),
        unknown=field.unknown,
    )


def _first(proved: list[Raw], limit: int | None) -> list[Raw]:
    """The holders and so many runners-up, with all that tie with the last one, in order."""
    if limit is not None:
        # Most are never asked for: sort their scores, and only those in full that are.
        scores = sorted([raw[0] for raw in proved])
        end = held = _ties(scores, 0)
        if limit:
            end = _ties(scores, held + limit - 1)
        if end < len(scores):
            worst = scores[end]
            proved = [raw for raw in proved if raw[0] < worst]
    return sorted(proved)


def _ties(scores: Sequence[float], index: int) -> int:
    """Where those end that have the score at an index."""
    return bisect_right(scores, scores[index]) if index < len(scores) else len(scores)


def _positions(entries: Sequence[Raw]) -> tuple[int, ...]:
    """1 for the first; entries of one score share the position of the first of them."""
    positions: list[int] = []
    for index, entry in enumerate(entries):
        is_tied = index > 0 and entry[0] == entries[index - 1][0]
        positions.append(positions[-1] if is_tied else index + 1)
    return tuple(positions)
