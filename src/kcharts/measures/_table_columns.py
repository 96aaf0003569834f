"""All tables of a chart, as columns: one pass counts for every row what held as of its issue."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, final, overload

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import NotAnIssueError, UnknownChartError
from kcharts.measures._results import Results
from kcharts.measures._scope import Place, one_chart, scoped
from kcharts.measures._tables import ChartEntry, ChartTable, Departure, Movement, MovementKind
from kcharts.measures._timeline import timeline
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title


class Context(NamedTuple):
    """What is known of the issues before a published one."""

    follows: bool
    """Whether the issue right before it is in hand."""
    opens: bool
    """Whether it is the chart's first issue ever."""
    unknown: int
    """How many issues due before it are not PUBLISHED."""
    covered: bool
    """Whether the data cover every issue back to the chart's first."""
    since: dt.date
    """The first issue that they cover."""


def contexts(store: Store, chart: int) -> list[Context]:
    """The contexts of a chart's published issues, each as of its issue."""
    times = timeline(store, chart)
    found: list[Context] = []
    before: int | None = None
    since = times.due()[0] if times.numbers else dt.date.min
    for position, number in enumerate(times.numbers):
        outside = bisect_left(times.outside, number)
        unknown = number - times.first - position - outside
        covered = times.left.known and not outside
        opens = covered and number == times.first
        follows = before is not None and number == before + 1
        found.append(Context(follows, opens, unknown, covered, since))
        before = number
    return found


class Tally(NamedTuple):
    """The counters of every title of every published list of a chart, as of that list."""

    chart: Chart
    contexts: list[Context]
    days: Sequence[int]
    """The dates of the lists, as ordinals."""
    starts: list[int]
    """Where the lists' entries start; one more than there are lists."""
    codes: list[int]
    ranks: list[int]
    lasts: list[int | None]
    peaks: list[int]
    periods: list[int]
    at_peak: list[int]


def tallied(store: Store, chart: int) -> Tally:
    """The counters of a chart, in one pass."""
    known = contexts(store, chart)
    starts, codes, ranks = _rows(store, chart)
    days = timeline(store, chart).ordinals
    tally = Tally(store.charts[chart], known, days, starts, codes, ranks, [], [], [], [])
    _count(tally, len(store.titles))
    return tally


def _rows(store: Store, chart: int) -> tuple[list[int], list[int], list[int]]:
    """Where each published list starts, and the titles and ranks of all of them in a row."""
    lists = store.lists[chart].starts
    offset, end = lists[0], lists[-1]
    held, stood = store.title_codes[offset:end].tolist(), store.ranks[offset:end].tolist()
    starts, codes, ranks = [0], list[int](), list[int]()
    for first, after in store.published(chart):
        low, high = first - offset, after - offset
        listed = held[low:high]
        if len(set(listed)) < len(listed):
            # From the last rank up, so that the best of several is what stays.
            best = dict(zip(reversed(listed), reversed(stood[low:high]), strict=True))
            listed = list(dict.fromkeys(listed))
            ranks += map(best.__getitem__, listed)
        else:
            ranks += stood[low:high]
        codes += listed
        starts.append(len(codes))
    return starts, codes, ranks


def _count(tally: Tally, titles: int) -> None:
    """Fill in the ranks before, peaks, periods and periods at the peak."""
    peak, count, times = [_WORST] * titles, [0] * titles, [0] * titles
    stood, seen = [0] * titles, [_NEVER] * titles
    _, known, _, starts, codes, ranks, lasts, peaks, periods, at_peak = tally
    for position, context in enumerate(known):
        before = position - 1 if context.follows else _NOT_IN_HAND
        low, high = starts[position : position + 2]
        for code, rank in zip(codes[low:high], ranks[low:high], strict=True):
            lasts.append(stood[code] if seen[code] == before else None)
            stood[code], seen[code] = rank, position
            held = count[code] = count[code] + 1
            best = peak[code]
            if rank < best:
                peak[code] = best = rank
                top = times[code] = 1
            elif rank == best:
                top = times[code] = times[code] + 1
            else:
                top = times[code]
            peaks.append(best)
            periods.append(held)
            at_peak.append(top)


# Positions that no list has, and a rank below all that a store can hold.
_NEVER, _NOT_IN_HAND = -1, -2
_WORST = 2**31


_NEW, _RE, _UNKNOWN = (
    Movement(kind) for kind in (MovementKind.NEW, MovementKind.RE, MovementKind.UNKNOWN)
)


@lru_cache(maxsize=1024)
def _step(gained: int) -> Movement:
    """The movement by a number of ranks gained, below 0 lost."""
    return Movement.between(max(1, 1 + gained), max(1, 1 - gained))


def _movement(context: Context, rank: int, last: int | None, periods: int) -> Movement:
    if last is not None:
        return _step(last - rank)
    if context.opens or context.follows:
        return _NEW if periods == 1 else _RE
    return _UNKNOWN


def _entry(titles: Sequence[Title], tally: Tally, position: int, row: int) -> ChartEntry:
    context, rank, last = tally.contexts[position], tally.ranks[row], tally.lasts[row]
    periods = tally.periods[row]
    return ChartEntry(
        titles[tally.codes[row]],
        tally.chart,
        dt.date.fromordinal(tally.days[position]),
        rank,
        last,
        _movement(context, rank, last, periods),
        tally.peaks[row],
        periods,
        tally.at_peak[row],
        context.unknown,
        context.covered,
        context.since,
    )


def _out(titles: Sequence[Title], tally: Tally, position: int) -> tuple[Departure, ...] | None:
    """Who left, by the rank on the list before; None where that list is not in hand."""
    context = tally.contexts[position]
    if context.opens:
        return ()
    if not context.follows:
        return None
    low, high, end = tally.starts[position - 1 : position + 2]
    stayed = set(tally.codes[high:end])
    day = dt.date.fromordinal(tally.days[position])
    return tuple(
        Departure(
            titles[tally.codes[row]],
            tally.chart,
            day,
            tally.ranks[row],
            tally.peaks[row],
            tally.periods[row],
            tally.periods[row] + context.unknown if context.covered else None,
            context.since,
        )
        for row in range(low, high)
        if tally.codes[row] not in stayed
    )


def _table(titles: Sequence[Title], tally: Tally, position: int) -> ChartTable:
    day = dt.date.fromordinal(tally.days[position])
    low, high = tally.starts[position : position + 2]
    entries = tuple(_entry(titles, tally, position, row) for row in range(low, high))
    return ChartTable(tally.chart, day, entries, _out(titles, tally, position))


# -- all tables -------------------------------------------------------------------------------


class _Marks(dict[int, str]):
    """The marks of movements, by the ranks gained."""

    def __missing__(self, gained: int) -> str:
        mark = self[gained] = str(_step(gained))
        return mark


def _movements(tally: Tally, marks: _Marks) -> list[str]:
    """The marks of a chart's entries."""
    new, back, unknown = str(_NEW), str(_RE), str(_UNKNOWN)
    found = [
        (new if count == 1 else back) if last is None else marks[last - rank]
        for last, rank, count in zip(tally.lasts, tally.ranks, tally.periods, strict=True)
    ]
    for position, context in enumerate(tally.contexts):
        if not (context.follows or context.opens):
            low, high = tally.starts[position : position + 2]
            found[low:high] = [unknown] * (high - low)
    return found


def _uppers(tally: Tally) -> Sequence[int | None]:
    """The upper bounds of the periods of a chart's entries."""
    if all(context.covered and not context.unknown for context in tally.contexts):
        return tally.periods
    found: list[int | None] = []
    for position, context in enumerate(tally.contexts):
        low, high = tally.starts[position : position + 2]
        if context.covered:
            found += [count + context.unknown for count in tally.periods[low:high]]
        else:
            found += [None] * (high - low)
    return found


def _columns(titles: Sequence[Title], tallies: Sequence[Tally]) -> dict[str, list[Any]]:
    """The cells of all entries by column, without an object for each."""
    names = {name: [getattr(t, name) for t in titles] for name in ("name", "season", "by")}
    marks = _Marks()
    columns: dict[str, list[Any]] = {name: [] for name in _NAMES}
    for tally in tallies:
        size = len(tally.codes)
        columns["title"] += map(names["name"].__getitem__, tally.codes)
        columns["season"] += map(names["season"].__getitem__, tally.codes)
        columns["by"] += map(names["by"].__getitem__, tally.codes)
        columns["country"] += [tally.chart.code] * size
        columns["category"] += [tally.chart.series.category] * size
        for position, day in enumerate(tally.days):
            width = tally.starts[position + 1] - tally.starts[position]
            columns["date"] += [dt.date.fromordinal(day)] * width
        columns["rank"] += tally.ranks
        columns["last"] += tally.lasts
        columns["movement"] += _movements(tally, marks)
        columns["peak"] += tally.peaks
        columns["periods"] += tally.periods
        columns["periods_upper"] += _uppers(tally)
        columns["periods_at_peak"] += tally.at_peak
    return columns


_NAMES = (
    *("title", "season", "by", "country", "category", "date", "rank", "last", "movement"),
    *("peak", "periods", "periods_upper", "periods_at_peak"),
)


@final
@public
@frozen(repr=False, eq=False)
class ChartTables(Sequence[ChartTable]):
    """The chart tables of many issues: by chart, then by date; each is made when asked for.

    >>> from kcharts import chart_tables, sample
    >>> tables = chart_tables(sample(), country="world")
    >>> len(tables), len(tables.entries)
    (137, 1370)
    >>> [str(entry.movement) for entry in tables[-1]][:3]
    ['=', '=', '=']
    """

    _titles: Sequence[Title]
    _tallies: Sequence[Tally]

    def __len__(self) -> int:
        return sum(len(tally.days) for tally in self._tallies)

    @overload
    def __getitem__(self, index: int) -> ChartTable: ...
    @overload
    def __getitem__(self, index: slice) -> list[ChartTable]: ...
    def __getitem__(self, index: int | slice) -> ChartTable | list[ChartTable]:
        """One table, or the tables of a slice."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        found, position = _at(_ends(len(tally.days) for tally in self._tallies), at)
        return _table(self._titles, self._tallies[found], position)

    def __iter__(self) -> Iterator[ChartTable]:
        for tally in self._tallies:
            for position in range(len(tally.days)):
                yield _table(self._titles, tally, position)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, ChartTables) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # many tables are no key

    @property
    def entries(self) -> Results[ChartEntry]:
        """The entries of all tables in a row; as columns they cost no object each."""
        titles, tallies = self._titles, self._tallies
        ends = _ends(len(tally.codes) for tally in tallies)
        rows = range(ends[-1])

        def made(at: int) -> ChartEntry:
            found, row = _at(ends, at)
            tally = tallies[found]
            return _entry(titles, tally, bisect_right(tally.starts, row) - 1, row)

        return Results(rows, made, lambda: _columns(titles, tallies) if rows else {})

    def __repr__(self) -> str:
        charts = len(self._tallies)
        return f"<ChartTables: {len(self):,} issues of {charts:,} charts>"


def _ends(sizes: Iterable[int]) -> list[int]:
    """Where each of several sequences in a row ends, after a 0."""
    return list(accumulate(sizes, initial=0))


def _at(ends: Sequence[int], index: int) -> tuple[int, int]:
    """Which of the sequences holds an index of all, and the index in it."""
    found = bisect_right(ends, index) - 1
    return found, index - ends[found]


@public
def chart_tables(
    history: ChartHistory,
    /,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    as_of: dt.date | str | None = None,
) -> ChartTables:
    """The chart tables of all issues in hand, counted in one pass.

    Each is what `chart_table` gives of its issue: nothing later enters.

    Args:
        history: The lists.
        country: A country by value, code or name, or "world"; all places where it is left out.
        series: A series, where the history has several.
        category: A category as printed.
        as_of: Nothing dated later is looked at.

    Returns:
        A table for each PUBLISHED list, by chart, then by date.

    Raises:
        UnknownChartError: The history holds no chart that fits.

    >>> from kcharts import chart_tables, sample
    >>> found = chart_tables(sample(), country="world").entries.to_columns()
    >>> found["title"].count("Squid Game"), found["movement"].count("RE")
    (103, 3)
    """
    scope = scoped(history, None, country=country, series=series, category=category, as_of=as_of)
    return ChartTables(scope.store.titles, [tallied(scope.store, each) for each in scope.charts])


@public
def chart_table(
    history: ChartHistory,
    /,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    date: dt.date | str | None = None,
) -> ChartTable:
    """One issue of a chart with last rank, peak, periods and movement, and who left.

    The columns are those of printed charts, such as the Hot 100's "last week", "peak" and
    "weeks on chart", counted on the lists in hand up to the issue. NEW, RE, +n, -n and = are
    said only where the list before is in hand; otherwise the movement is UNKNOWN.

    Args:
        history: The lists.
        country: A country by value, code or name, or "world".
        series: A series, where the history has several.
        category: A category as printed.
        date: The issue; the chart's last list in hand where it is left out.

    Returns:
        The table as of that issue; lists dated later change nothing in it.

    Raises:
        UnknownChartError: No chart fits, or the list is not in hand, or not whole and new.
        AmbiguousChartError: Several charts fit; they are listed.
        NotAnIssueError: The chart has no issue on that date, or the data do not cover it.

    >>> from kcharts import chart_table, sample
    >>> table = chart_table(sample(), country="world", date="2021-11-10")
    >>> for entry in table.entries[:2]:
    ...     print(entry.rank, entry.movement, entry.title, entry.last, entry.peak, entry.periods)
    1 +1 Squid Game 2 1 54
    2 +3 Show 32 5 2 2
    """
    scope = scoped(history, None, country=country, series=series, category=category)
    store, code = scope.store, one_chart(scope)
    day = _issue(store, code, date)
    tally = tallied(store, code)
    return _table(store.titles, tally, bisect_left(tally.days, day.toordinal()))


def _issue(store: Store, code: int, date: dt.date | str | None) -> dt.date:
    """The issue asked for, of which the list must be in hand."""
    chart: Chart = store.charts[code]
    if date is None:
        days = timeline(store, code).ordinals
        if not days:
            raise UnknownChartError(f"no usable list of {chart} is in hand")
        return dt.date.fromordinal(days[-1])
    day = checks.as_day(date)
    store.calendar(chart.series).number(day)
    status = store.status(code, day.toordinal())
    if status is IssueStatus.OUTSIDE:
        raise NotAnIssueError(f"{day}: the data of {chart} do not cover it")
    if status.is_unknown:
        raise UnknownChartError(
            f"no usable list of {chart} on {day}: it is {status.value}",
            hints=["chart_tables(history) has every list that is in hand"],
        )
    return day
