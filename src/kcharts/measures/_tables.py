"""Chart tables: every list with last rank, peak, periods and movement, as of its issue."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate
from typing import Any, final, overload

from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import AmbiguousTitleError, NotAnIssueError, UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.measures._scope import Place, one_chart, scoped
from kcharts.measures._table_columns import Context, Tally, tallied
from kcharts.measures._timeline import timeline
from kcharts.model import _checks as checks
from kcharts.model import lookup
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title, fold


@final
@public
class MovementKind(Enum):
    """The kinds of movement, by the marks that chart tables print."""

    NEW = "NEW"
    """On no list in hand before, and the list before is in hand; or the chart's first issue."""
    RE = "RE"
    """On an earlier list in hand, and not on the one before, which is in hand."""
    UP = "+"
    """At a better rank than on the issue before."""
    DOWN = "-"
    """At a worse rank than on the issue before."""
    SAME = "="
    """At the rank that it had on the issue before."""
    UNKNOWN = "UNKNOWN"
    """The list before is not in hand."""

    def __repr__(self) -> str:
        return f"MovementKind.{self.name}"


_STEPS = (MovementKind.UP, MovementKind.DOWN)


@final
@public
@frozen
class Movement:
    """How a title moved from one issue to the next, as a chart table prints it.

    Attributes:
        kind: New, back, up, down, the same, or not known.
        places: By how many ranks it went up or down; 0 otherwise.

    Raises:
        TypeError: A field has a value of the wrong type.
        ValueError: A rise or fall by no rank, or ranks without a rise or fall.

    >>> print(Movement.between(5, 2), Movement.between(2, 5), Movement.between(2, 2))
    +3 -3 =
    """

    kind: MovementKind = field(validator=checks.a(MovementKind, "a MovementKind"))
    places: int = field(default=0, validator=checks.count(0))

    def __attrs_post_init__(self) -> None:
        moves = self.kind in _STEPS
        if moves != (self.places > 0):
            expected = "1 or more" if moves else f"0 for {self.kind.value}"
            raise checks.refuse("Movement.places", expected, self.places)

    @classmethod
    def between(cls, last: int, rank: int) -> "Movement":
        """The movement from the rank on the issue before to the one on this."""
        checks.check_count("last", last, 1)
        checks.check_count("rank", rank, 1)
        if last == rank:
            return cls(MovementKind.SAME)
        return cls(MovementKind.UP if last > rank else MovementKind.DOWN, abs(last - rank))

    @property
    def change(self) -> int | None:
        """The ranks gained, below 0 for ranks lost; None where there is no rank to compare.

        >>> Movement.between(2, 5).change, Movement(MovementKind.NEW).change
        (-3, None)
        """
        if self.kind is MovementKind.SAME:
            return 0
        if self.kind not in _STEPS:
            return None
        return self.places if self.kind is MovementKind.UP else -self.places

    def __str__(self) -> str:
        return f"{self.kind.value}{self.places}" if self.places else self.kind.value


@final
@public
@frozen
class ChartEntry:
    """One title of a chart table, with its counters as of the issue.

    Only lists in hand are counted, up to this one; nothing later enters. What the lists cannot
    tell stays open: `periods` is proved, and the true number is `periods_upper` at most.

    Attributes:
        title: The work.
        chart: The chart.
        date: The issue.
        rank: The rank as printed; the better one where the title stands on the list twice.
        last: The rank on the issue before; None where that list is in hand and the title is not
            on it, and where it is not in hand (then `movement` is UNKNOWN).
        movement: How it stands to the issue before.
        peak: The best rank so far.
        periods: How many lists so far hold it, over all absences, this one included.
        periods_at_peak: How many of them have it at `peak`.
        unknown: How many issues so far were due whose lists are missing, defective or stale.
        covered: Whether the data cover every issue since the chart's first. Where they do not,
            what was before is not known, and no counter has an upper bound.
        since: The first issue that the data cover.
    """

    title: Title
    chart: Chart
    date: dt.date
    rank: int
    last: int | None
    movement: Movement
    peak: int
    periods: int
    periods_at_peak: int
    unknown: int = field(repr=False)
    covered: bool = field(repr=False)
    since: dt.date = field(repr=False)

    @property
    def unit(self) -> str:
        """What one issue stands for: "day" or "week"."""
        return self.chart.series.frequency.unit

    @property
    def periods_upper(self) -> int | None:
        """The most issues that it can have been on; None where the data do not cover them all."""
        return self.periods + self.unknown if self.covered else None

    @property
    def periods_at_peak_upper(self) -> int | None:
        """The most issues that it can have been at that rank; None like `periods_upper`."""
        return self.periods_at_peak + self.unknown if self.covered else None

    @property
    def peak_known(self) -> bool:
        """Whether it cannot have been at a better rank on an issue that is not in hand."""
        return self.peak == 1 or self.periods_upper == self.periods

    @property
    def debut_known(self) -> bool:
        """Whether this is its first issue ever: NEW, and no issue before that is not in hand."""
        return self.movement.kind is MovementKind.NEW and self.periods_upper == 1

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.since, self.date, None)

    def as_row(self) -> dict[str, Any]:
        """The entry as named cells."""
        return {
            **whose(self.title, self.chart),
            "date": self.date,
            "rank": self.rank,
            "last": self.last,
            "movement": str(self.movement),
            "peak": self.peak,
            "periods": self.periods,
            "periods_upper": self.periods_upper,
            "periods_at_peak": self.periods_at_peak,
        }

    def __str__(self) -> str:
        since = self.chart.series.when(self.since)
        doubt = words.doubt(self.periods, self.unknown, since, covered=self.covered)
        return (
            f"{self.title}: No. {self.rank} ({self.movement}) {self.chart.series.when(self.date)}, "
            f"peak No. {self.peak} ({words.quantity(self.periods_at_peak, self.unit)}), "
            f"{words.quantity(self.periods, self.unit)} on the list{doubt}, {self.chart.name}"
        )


@final
@public
@frozen
class Departure:
    """A title that was on the issue before and is not on this one.

    Attributes:
        title: The work.
        chart: The chart.
        date: The first issue without it.
        last: Its rank on the issue before.
        peak: Its best rank so far.
        periods: How many lists in hand hold it.
        periods_upper: The most issues that it can have been on; None where the data do not
            cover every issue since the chart's first.
        since: The first issue that the data cover.
    """

    title: Title
    chart: Chart
    date: dt.date
    last: int
    peak: int
    periods: int
    periods_upper: int | None
    since: dt.date = field(repr=False)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.since, self.date, None)

    def __str__(self) -> str:
        frequency = self.chart.series.frequency
        return (
            f"{self.title}: out {self.chart.series.when(self.date)}, No. {self.last} before, "
            f"peak No. {self.peak}, {words.quantity(self.periods, frequency.unit)} on the list, "
            f"{self.chart.name}"
        )


_HEADS = ("rank", "", "title", "last", "peak", "{}s", "at peak")


@final
@public
@frozen(repr=False)
class ChartTable:
    """One issue of a chart as newspapers print it: last rank, peak, periods, movement, who left.

    Attributes:
        chart: The chart.
        date: The issue.
        entries: The titles on the list, by rank.
        out: The titles that left, by their rank on the issue before; None where that list is not
            in hand, so that nobody knows who left.
    """

    chart: Chart
    date: dt.date
    entries: tuple[ChartEntry, ...]
    out: tuple[Departure, ...] | None

    def __iter__(self) -> Iterator[ChartEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def entry(self, title: Title | str, /) -> ChartEntry | None:
        """The entry of a title; None where it is not on the list.

        Raises:
            AmbiguousTitleError: Several titles on the list bear the name.
        """
        lookup.check_title(title)
        if isinstance(title, Title):
            found = [each for each in self.entries if each.title == title]
        else:
            name = fold(title)
            found = [
                each
                for each in self.entries
                if name in (fold(each.title.name), fold(each.title.full_name))
            ]
        if len(found) > 1:
            hints = [repr(each.title) for each in found]
            raise AmbiguousTitleError(
                f"{title!r} names {len(found)} titles of this list: say which", hints=hints
            )
        return found[0] if found else None

    def results(self) -> Results[ChartEntry]:
        """The entries as results: with `to_csv`, `to_columns`, `to_pandas` and so on."""
        return Results.of(self.entries)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on: those of its entries and of who left."""
        for entry in self.entries:
            yield from entry.basis()
        for gone in self.out or ():
            yield from gone.basis()

    def __repr__(self) -> str:
        return f"<ChartTable: {self._head()}, {len(self.entries):,} entries>"

    def _head(self) -> str:
        return f"{self.chart.name}, {self.chart.series.when(self.date)}"

    def __str__(self) -> str:
        unit = self.chart.series.frequency.unit
        rows = [[head.format(unit) for head in _HEADS]]
        for each in self.entries:
            last = "-" if each.last is None else each.last
            cells = (each.rank, each.movement, each.title, last, each.peak, each.periods)
            rows.append([*map(str, cells), str(each.periods_at_peak)])
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([self._head(), *lines, f"out: {self._left()}"])

    def _left(self) -> str:
        if self.out is None:
            return "not known, the list before is not in hand"
        return ", ".join(f"{gone.title} ({gone.last})" for gone in self.out) or "none"


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
