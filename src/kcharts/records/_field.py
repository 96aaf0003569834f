"""Where a record is sought, and who holds it, comes next, or could beat it."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from kcharts.errors import UnknownChartError
from kcharts.measures._milestones import Belongs, class_of
from kcharts.measures._results import Results
from kcharts.measures._scope import Place, Scope, check_top, scoped
from kcharts.measures._timeline import Timeline, timeline
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import ambiguous_series
from kcharts.model.title import Title
from kcharts.records._record import Challenger, Record, Recorded

Among = Iterable[Title | str]


class Asked(NamedTuple):
    """The keywords that all records have."""

    origin: Country | str | None = None
    among: Among | None = None
    where: Belongs | None = None
    country: Place | None = None
    series: ChartSeries | str | None = None
    category: str | None = None
    as_of: dt.date | str | None = None


class Field(NamedTuple):
    """The lists and titles among which a record is sought."""

    store: Store
    charts: list[int]
    """The charts of which some issue was due."""
    times: dict[int, Timeline]
    titles: frozenset[int] | None
    """The codes of the titles that belong or may belong; None for all."""
    unsure: frozenset[int]
    """Those of them of which nothing says whether they belong."""
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
        """What one issue stands for: "day" or "week"."""
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


def field_of(history: ChartHistory, caller: str, asked: Asked, top: int | None) -> Field:
    """The field that a call names.

    Raises:
        ValueError: The history is narrowed to titles: nothing tells what others did.
        UnknownChartError: No chart fits, or none of them ever had an issue due.
        AmbiguousChartError: Days and weeks cannot be compared.
    """
    scope = scoped(
        history,
        None,
        country=asked.country,
        series=asked.series,
        category=asked.category,
        as_of=asked.as_of,
    )
    if not history.is_whole:
        expected = "a history of whole lists; among= says which titles are asked about"
        raise checks.refuse(caller, expected, str(history))
    check_top(top, scope)
    store = scope.store
    times = {chart: timeline(store, chart) for chart in scope.charts}
    charts = [chart for chart in scope.charts if times[chart].first <= times[chart].last]
    if not charts:
        raise UnknownChartError(f"{caller}: nothing is in hand, and nothing was due")
    _one_frequency(Scope(store, charts, None))
    titles, unsure, what = _members(history, store, caller, asked)
    return Field(store, charts, times, titles, unsure, what)


def _one_frequency(scope: Scope) -> None:
    series = list(dict.fromkeys(scope.store.charts[chart].series for chart in scope.charts))
    if len({each.frequency for each in series}) > 1:
        raise ambiguous_series("daily and weekly charts fit: say which", series)


def _members(
    history: ChartHistory, store: Store, caller: str, asked: Asked
) -> tuple[frozenset[int] | None, frozenset[int], str]:
    """The titles of the class, those that may belong to it, and the class in words."""
    what, belongs = class_of(caller, history.store, asked.origin, asked.among, asked.where)
    if asked.origin is None and asked.among is None and asked.where is None:
        return None, frozenset(), what
    members = {code: belongs(title) for code, title in enumerate(store.titles)}
    wanted = frozenset(code for code, member in members.items() if member is not False)
    unsure = frozenset(code for code, member in members.items() if member is None)
    return wanted, unsure, what


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
    return times.calendar.first == times.calendar.date(times.first)


def lacking(times: Timeline) -> Iterator[Stretch]:
    """The stretches of issues that are due and not known, in order."""
    if not times.unknown:
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


def on(times: Timeline, number: int) -> int:
    """The ordinal of the issue of a number."""
    return times.calendar.date(number).toordinal()


def depth_of(store: Store, chart: int) -> int:
    """The last rank that a list of the chart has, by its series or by a list in hand."""
    starts = store.lists[chart].starts
    longest = max(store.ranks[starts[0] : starts[-1]], default=1)
    return max(longest, store.charts[chart].series.depth)


def ranks_at(top: int) -> str:
    """The ranks that a record leads to or from: "No. 1", "the top 10"."""
    return "No. 1" if top == 1 else f"the top {top:,}"


T = TypeVar("T", bound=Recorded)

Entry = tuple[Any, ...]
"""A proved figure as it is sorted: its score below 0, then what orders ties, then the rest."""

NO_BOUND = math.inf


class Doubt(NamedTuple):
    """What the lists in hand leave open of somebody, as a score."""

    minus_reach: float
    """The best that it can be, below 0; minus infinity without a bound."""
    order: tuple[int, str]
    """The code of the chart and the key: the order of those with one bound."""
    subject: Title | str
    chart: Chart | ChartSeries
    proved: int | None
    """The score of the figure that may be better; None where there is no figure."""
    start: int
    """The first and the last ordinal that it is about."""
    end: int
    classified: bool = True


class Kind(NamedTuple):
    """Which record it is."""

    what: str
    unit: str
    sign: int = 1
    """-1 where the smallest value is the best, so that the score is the value below 0."""

    def value(self, score: float | None) -> int | None:
        """The value of a score; None where there is none or no bound."""
        return None if score is None or math.isinf(score) else self.sign * int(score)


def check_limit(limit: int | None) -> None:
    """Raise unless it is a number of runners-up, or None for all."""
    if limit is not None:
        checks.check_count("limit", limit)


def ranked(
    kind: Kind,
    field: Field,
    found: Iterable[Entry],
    make: Callable[[Any], T],
    *,
    doubts: Sequence[Doubt],
    unseen: float | None,
    limit: int | None,
) -> Record[T]:
    """The record of proved figures and of what is open; `unseen` is a score too."""
    entries = _first(list(found), limit)
    best = -entries[0][0] if entries else None
    held = _ties([entry[0] for entry in entries], 0)
    rivals = [
        doubt
        for doubt in doubts
        if best is None
        or (-doubt.minus_reach >= best and not (doubt.proved == best and doubt.classified))
    ]
    rivals.sort(key=lambda doubt: (doubt.minus_reach, doubt.order, doubt.start))
    open_ = [-doubt.minus_reach for doubt in doubts] + [e for e in (best, unseen) if e is not None]
    return Record(
        what=kind.what,
        unit=kind.unit,
        value=kind.value(best),
        upper=kind.value(max(open_, default=None)),
        holders=Results(entries[:held], make),
        runners_up=Results(entries[held:], make),
        positions=_positions(entries),
        challengers=Results(rivals, _challenger(kind)),
        unseen=0 if unseen is None else kind.value(unseen),
        since=field.since,
        all_since=field.all_since,
        until=field.until,
        charts=len(field.charts),
        unknown=field.unknown,
    )


def _first(found: list[Entry], limit: int | None) -> list[Entry]:
    """The holders and so many runners-up, with all that tie with the last one, in order."""
    if limit is not None:
        # Most are never asked for: sort their scores, and only those in full that are.
        scores = sorted([entry[0] for entry in found])
        end = held = _ties(scores, 0)
        if limit:
            end = _ties(scores, held + limit - 1)
        if end < len(scores):
            worst = scores[end]
            found = [entry for entry in found if entry[0] < worst]
    return sorted(found)


def _ties(scores: Sequence[float], index: int) -> int:
    """Where those end that have the score at an index."""
    return bisect_right(scores, scores[index]) if index < len(scores) else len(scores)


def _positions(entries: Sequence[Entry]) -> tuple[int, ...]:
    """1 for the first; entries of one score share the position of the first of them."""
    found: list[int] = []
    for index, entry in enumerate(entries):
        tied = index > 0 and entry[0] == entries[index - 1][0]
        found.append(found[-1] if tied else index + 1)
    return tuple(found)


def _challenger(kind: Kind) -> Callable[[Doubt], Challenger]:
    def made(doubt: Doubt) -> Challenger:
        return Challenger(
            doubt.subject,
            doubt.chart,
            kind.value(doubt.proved),
            kind.value(-doubt.minus_reach),
            kind.unit,
            dt.date.fromordinal(doubt.start),
            dt.date.fromordinal(doubt.end),
            doubt.classified,
        )

    return made
