"""All tables of a chart, as columns: one pass counts for every row what held as of its issue."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Unpack, final, overload

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import NotAnIssueError, UnknownChartError
from kcharts.measures._results import Results
from kcharts.measures._scope import one_chart, scoped
from kcharts.measures._tables import ChartEntry, ChartTable, Departure, Movement, MovementKind
from kcharts.measures._timeline import timeline
from kcharts.measures._where import Place, Where, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title


class Context(NamedTuple):
    """What is known of the issues before a published one."""

    follows: bool
    """Whether the issue right before it is available."""
    opens: bool
    """Whether it is the chart's first issue ever."""
    unknown: int
    """How many issues due before it are not PUBLISHED."""
    covered: bool
    """Whether the data cover every issue back to the chart's first."""
    since: dt.date
    """The first issue that they cover."""


def find_contexts(store: Store, chart: int) -> list[Context]:
    """The contexts of a chart's published issues, each as of its issue."""
    times = timeline(store, chart)
    contexts: list[Context] = []
    before: int | None = None
    since = times.due()[0] if times.numbers else dt.date.min
    for position, number in enumerate(times.numbers):
        outside = bisect_left(times.outside, number)
        unknown = number - times.first - position - outside
        covered = times.left.known and not outside
        opens = covered and number == times.first
        follows = before is not None and number == before + 1
        contexts.append(Context(follows, opens, unknown, covered, since))
        before = number
    return contexts


_NEW, _RE, _UNKNOWN = (
    Movement(kind) for kind in (MovementKind.NEW, MovementKind.RE, MovementKind.UNKNOWN)
)


@lru_cache(maxsize=1024)
def _step(gained: int) -> Movement:
    """The movement by a number of ranks gained, below 0 lost."""
    return Movement.between(max(1, 1 + gained), max(1, 1 - gained))


class _Marks(dict[int, str]):
    """The marks of movements, by the ranks gained."""

    def __missing__(self, gained: int) -> str:
        mark = self[gained] = str(_step(gained))
        return mark


class TableColumns(NamedTuple):
    """The entries of all tables of a chart, in the order of dates and ranks, as columns."""

    titles: Sequence[Title]
    """What the codes mean."""
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

    def table(self, position: int) -> ChartTable:
        """The table of one list."""
        low, high = self.starts[position : position + 2]
        entries = tuple(self._entry(position, row) for row in range(low, high))
        return ChartTable(self.chart, self._date(position), entries, self._departures(position))

    def entry(self, row: int) -> ChartEntry:
        """One entry of all."""
        return self._entry(bisect_right(self.starts, row) - 1, row)

    def _date(self, position: int) -> dt.date:
        return dt.date.fromordinal(self.days[position])

    def _entry(self, position: int, row: int) -> ChartEntry:
        context, last = self.contexts[position], self.lasts[row]
        if last is not None:
            movement = _step(last - self.ranks[row])
        elif context.opens or context.follows:
            movement = _NEW if self.periods[row] == 1 else _RE
        else:
            movement = _UNKNOWN
        return ChartEntry(
            title=self.titles[self.codes[row]],
            chart=self.chart,
            date=self._date(position),
            rank=self.ranks[row],
            last=last,
            movement=movement,
            peak=self.peaks[row],
            periods=self.periods[row],
            periods_at_peak=self.at_peak[row],
            unknown=context.unknown,
            covered=context.covered,
            since=context.since,
        )

    def _departures(self, position: int) -> tuple[Departure, ...] | None:
        """Who left, by the rank on the list before; None where that list is not available."""
        context = self.contexts[position]
        if context.opens:
            return ()
        if not context.follows:
            return None
        low, high, end = self.starts[position - 1 : position + 2]
        stayed, date = set(self.codes[high:end]), self._date(position)
        return tuple(
            Departure(
                title=self.titles[self.codes[row]],
                chart=self.chart,
                date=date,
                last=self.ranks[row],
                peak=self.peaks[row],
                periods=self.periods[row],
                periods_upper=self.periods[row] + context.unknown if context.covered else None,
                since=context.since,
            )
            for row in range(low, high)
            if self.codes[row] not in stayed
        )

    def movements(self, marks: dict[int, str]) -> list[str]:
        """The marks of the movements of all entries, given those of steps."""
        new, back, unknown = str(_NEW), str(_RE), str(_UNKNOWN)
        movements = [
            (new if count == 1 else back) if last is None else marks[last - rank]
            for last, rank, count in zip(self.lasts, self.ranks, self.periods, strict=True)
        ]
        for position, context in enumerate(self.contexts):
            if not (context.follows or context.opens):
                low, high = self.starts[position : position + 2]
                movements[low:high] = [unknown] * (high - low)
        return movements

    def periods_upper(self) -> Sequence[int | None]:
        """The upper bounds of the periods of all entries."""
        if all(context.covered and not context.unknown for context in self.contexts):
            return self.periods
        bounds: list[int | None] = []
        for position, context in enumerate(self.contexts):
            low, high = self.starts[position : position + 2]
            if context.covered:
                bounds += [count + context.unknown for count in self.periods[low:high]]
            else:
                bounds += [None] * (high - low)
        return bounds

    def dates(self) -> list[dt.date]:
        """The dates of all entries."""
        dates: list[dt.date] = []
        for position, (low, high) in enumerate(pairwise(self.starts)):
            dates += [self._date(position)] * (high - low)
        return dates


def table_columns(store: Store, chart: int) -> TableColumns:
    """The columns of a chart, in one pass."""
    contexts, days = find_contexts(store, chart), timeline(store, chart).ordinals
    starts, codes, ranks = _rows(store, chart)
    columns = TableColumns(
        store.titles, store.charts[chart], contexts, days, starts, codes, ranks, [], [], [], []
    )
    _count(columns)
    return columns


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


def _count(columns: TableColumns) -> None:
    """Fill in the ranks before, peaks, periods and periods at the peak."""
    # Lists by title code and local names, since every row of a history comes by here:
    # benchmarks/chart_table.py compares it with what pandas does in C.
    titles = len(columns.titles)
    peak, count, times = [_WORST] * titles, [0] * titles, [0] * titles
    stood, seen = [0] * titles, [_NEVER] * titles
    starts, codes, ranks = columns.starts, columns.codes, columns.ranks
    lasts, peaks, periods, at_peak = (
        columns.lasts,
        columns.peaks,
        columns.periods,
        columns.at_peak,
    )
    for position, context in enumerate(columns.contexts):
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


def _cells(charts: Sequence[TableColumns]) -> dict[str, list[Any]]:
    """The cells of all entries by column, without an object for each."""
    titles = charts[0].titles
    names, seasons, performers = (
        [getattr(title, name) for title in titles].__getitem__ for name in ("name", "season", "by")
    )
    marks, cells = _Marks(), {name: list[Any]() for name in _NAMES}
    for each in charts:
        size = len(each.codes)
        cells["title"] += map(names, each.codes)
        cells["season"] += map(seasons, each.codes)
        cells["by"] += map(performers, each.codes)
        cells["country"] += [each.chart.code] * size
        cells["category"] += [each.chart.series.category] * size
        cells["date"] += each.dates()
        cells["rank"] += each.ranks
        cells["last"] += each.lasts
        cells["movement"] += each.movements(marks)
        cells["peak"] += each.peaks
        cells["periods"] += each.periods
        cells["periods_upper"] += each.periods_upper()
        cells["periods_at_peak"] += each.at_peak
    return cells


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

    _charts: Sequence[TableColumns]

    def __len__(self) -> int:
        return sum(len(each.days) for each in self._charts)

    @overload
    def __getitem__(self, index: int) -> ChartTable: ...
    @overload
    def __getitem__(self, index: slice) -> list[ChartTable]: ...
    def __getitem__(self, index: int | slice) -> ChartTable | list[ChartTable]:
        """One table, or the tables of a slice."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        chart, position = _locate(_ends(len(each.days) for each in self._charts), at)
        return self._charts[chart].table(position)

    def __iter__(self) -> Iterator[ChartTable]:
        for each in self._charts:
            yield from map(each.table, range(len(each.days)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, ChartTables) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # many tables are no key

    def __getstate__(self) -> list[tuple[Any, ...]]:
        # Without the classes inside, so that a pickle can be read after they were rebuilt.
        return [
            (titles, chart, [tuple(context) for context in contexts], *columns)
            for titles, chart, contexts, *columns in self._charts
        ]

    def __setstate__(self, state: list[tuple[Any, ...]]) -> None:
        charts = [TableColumns(*columns) for columns in state]
        known = [each._replace(contexts=[Context(*c) for c in each.contexts]) for each in charts]
        object.__setattr__(self, "_charts", known)

    @property
    def entries(self) -> Results[ChartEntry]:
        """The entries of all tables in a row; as columns they cost no object each."""
        charts = self._charts
        ends = _ends(len(each.codes) for each in charts)
        rows = range(ends[-1])

        def entry_at(at: int) -> ChartEntry:
            chart, row = _locate(ends, at)
            return charts[chart].entry(row)

        return Results(rows, entry_at, lambda: _cells(charts) if rows else {})

    def __repr__(self) -> str:
        return f"<ChartTables: {len(self):,} issues of {len(self._charts):,} charts>"


def _ends(sizes: Iterable[int]) -> list[int]:
    """Where each of several sequences in a row ends, after a 0."""
    return list(accumulate(sizes, initial=0))


def _locate(ends: Sequence[int], index: int) -> tuple[int, int]:
    """Which of the sequences holds an index of all, and the index in it."""
    which = bisect_right(ends, index) - 1
    return which, index - ends[which]


@public
@narrowed_by(Where)
def chart_tables(
    history: ChartHistory,
    /,
    **where: Unpack[Where],
) -> ChartTables:
    """The chart tables of all issues available, counted in one pass.

    Each is what `chart_table` gives of its issue: nothing later enters.

    Args:
        history: The lists.

    Returns:
        A table for each PUBLISHED list, by chart, then by date.

    Raises:
        UnknownChartError: The history holds no chart that fits.

    >>> from kcharts import chart_tables, sample
    >>> columns = chart_tables(sample(), country="world").entries.to_columns()
    >>> columns["title"].count("Squid Game"), columns["movement"].count("RE")
    (103, 3)
    """
    scope = scoped(history, None, **where)
    return ChartTables([table_columns(scope.store, chart) for chart in scope.charts])


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
    "weeks on chart", counted on the available lists up to the issue. NEW, RE, +n, -n and = are
    said only where the list before is available; otherwise the movement is UNKNOWN.

    Args:
        history: The lists.
        country: A country by value, code or name, or "world".
        series: A series, where the history has several.
        category: A category as printed.
        date: The issue; the chart's last available list where it is left out.

    Returns:
        The table as of that issue; lists dated later change nothing in it.

    Raises:
        UnknownChartError: No chart fits, or the list is not available, or not whole and new.
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
    columns = table_columns(store, code)
    return columns.table(bisect_left(columns.days, day.toordinal()))


def _issue(store: Store, code: int, date: dt.date | str | None) -> dt.date:
    """The issue asked for, of which the list must be available."""
    chart: Chart = store.charts[code]
    if date is None:
        days = timeline(store, code).ordinals
        if not days:
            raise UnknownChartError(f"there is no usable list of {chart}")
        return dt.date.fromordinal(days[-1])
    day = checks.as_day(date)
    store.calendar(chart.series).number(day)
    status = store.status(code, day.toordinal())
    if status is IssueStatus.OUTSIDE:
        raise NotAnIssueError(f"{day}: the data of {chart} do not cover it")
    if status.is_unknown:
        raise UnknownChartError(
            f"no usable list of {chart} on {day}: it is {status.value}",
            hints=["chart_tables(history) has every list there is"],
        )
    return day
