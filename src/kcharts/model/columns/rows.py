"""Rows as values and back: snapshots from a store's columns, and columns from snapshots."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, Literal

import attrs

from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import Builder
from kcharts.model.columns.grouping import keep_printed, of_each_key
from kcharts.model.columns.marks import add_marks
from kcharts.model.columns.store import EXTRA, Store, encode
from kcharts.model.snapshot import (
    Issue,
    IssueStatus,
    Metrics,
    RankSnapshot,
    Reported,
    SourceRef,
)
from kcharts.model.title import Title

Clashing = Literal["refuse", "keep"]

METRICS = ("hours_viewed", "views", "runtime_hours", "points", "streams")
REPORTED = ("last_rank", "peak", "periods_on_chart", "periods_at_peak")
_LARGEST = 2**31 - 1  # what a column of ranks or lines holds
_BLOCK = 1000  # rows made at a time, so that whoever stops early has not paid for all


def snapshot(store: Store, row: int) -> RankSnapshot:
    """One row of a store as a value."""
    return next(snapshots(store, range(row, row + 1)))


def snapshots(store: Store, rows: range) -> Iterator[RankSnapshot]:
    """Rows of a store, one after the other, as values that share what is equal."""
    metrics = _Shared(store, METRICS, lambda cells: Metrics(**cells))
    reported = _Shared(store, (*REPORTED, "as_of"), lambda cells: Reported(**cells))
    extras = _Shared(store, (name for name in store.columns if name.startswith(EXTRA)), _pairs)
    for low in range(rows.start, rows.stop, _BLOCK):
        block = slice(low, min(low + _BLOCK, rows.stop))
        charts, days = _charts_and_days(store, block)
        yield from _unchecked(
            block.stop - low,
            map(store.titles.__getitem__, store.title_codes[block]),
            charts,
            days,
            store.ranks[block],
            metrics.of(block),
            reported.of(block),
            extras.of(block),
            _sources(store, block),
        )


# A snapshot is frozen: only the slots themselves can be filled.
_SETTERS: list[Callable[[Any, Any], None]] = [
    vars(RankSnapshot)[each.name].__set__ for each in attrs.fields(RankSnapshot)
]


def _unchecked(size: int, *columns: Iterable[Any]) -> Iterator[RankSnapshot]:
    """Snapshots of fields that are known to be right, given a column each.

    Slots are filled column by column. `__init__` would run eight validators a row, of values
    that a store holds only because they passed them: on the Hot 100 a third of all the time.
    """
    blank = list(map(RankSnapshot.__new__, repeat(RankSnapshot, size)))
    for fill, column in zip(_SETTERS, columns, strict=True):
        deque(map(fill, blank, column), maxlen=0)
    return iter(blank)


def _charts_and_days(store: Store, rows: slice) -> tuple[list[Chart], list[dt.date]]:
    """The chart and the date of each row, looked up once a list."""
    charts: list[Chart] = []
    days: list[dt.date] = []
    row = rows.start
    while row < rows.stop:
        chart, ordinal = store.locate(row)
        end = min(store.rows(chart, ordinal).stop, rows.stop)
        charts += repeat(store.charts[chart], end - row)
        days += repeat(dt.date.fromordinal(ordinal), end - row)
        row = end
    return charts, days


class _Shared(dict[tuple[int, ...], Any]):
    """What some columns say of a row, by their codes, made once of all that are equal.

    The Hot 100's 354,887 rows print 72,000 different sets of counters.
    """

    def __init__(
        self, store: Store, names: Iterable[str], make: Callable[[dict[str, Any]], Any]
    ) -> None:
        self.columns = {name: store.columns[name] for name in names if name in store.columns}
        self.make = make

    def __missing__(self, codes: tuple[int, ...]) -> Any:
        pairs = zip(self.columns.items(), codes, strict=True)
        cells = {name: column.value(code) for (name, column), code in pairs if code >= 0}
        return self.setdefault(codes, self.make(cells))

    def of(self, rows: slice) -> Iterator[Any]:
        """What the columns say of each of the rows."""
        if not self.columns:
            return repeat(self[()])
        codes = (column.codes[rows] for column in self.columns.values())
        return map(self.__getitem__, zip(*codes, strict=True))


def _pairs(cells: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name.removeprefix(EXTRA), text) for name, text in cells.items())


def _sources(store: Store, rows: slice) -> list[SourceRef | None]:
    names = map(store.sources.__getitem__, store.source_codes[rows])
    places = zip(names, store.lines[rows], strict=True)
    return [SourceRef(name, line or None) if name else None for name, line in places]


def store_of(
    rows: Iterable[RankSnapshot],
    calendars: Mapping[ChartSeries, Calendar],
    statuses: Mapping[tuple[Chart, dt.date], IssueStatus],
    *,
    ties: Clashing,
    repeats: Clashing,
) -> Store:
    """The store of rows in any order."""
    for name, choice in (("ties", ties), ("repeats", repeats)):
        checks.check_choice(name, choice, "refuse", "keep")
    builder = Builder(ties=ties == "keep", repeats=repeats == "keep")
    checks.check_kind("calendars", calendars, Mapping, "calendars by their ChartSeries")
    for series, calendar in calendars.items():
        checks.check_kind("calendars", series, ChartSeries, "calendars by their ChartSeries")
        checks.check_kind("calendars", calendar, Calendar, "calendars by their ChartSeries")
    builder.calendars.update(calendars)
    # In this order: a mark is checked against the calendars and the lists.
    add_rows(builder, rows)
    add_marks(builder, statuses)
    return builder.build()


def store_of_issue(issue: Issue) -> Store:
    """The store of one list, just as the history has it that gave it."""
    builder = Builder(as_given=True)
    add_rows(builder, issue.rows)
    add_marks(builder, {(issue.chart, issue.date): issue.status})
    return builder.build()


def add_rows(builder: Builder, rows: Iterable[RankSnapshot]) -> None:
    """Give snapshots to a builder, with all that was printed beside their ranks."""
    listed = checks.as_list("rows", rows, RankSnapshot, "RankSnapshots")
    titles = of_each_key(row.title for row in listed)
    for row in listed:
        _add(builder, row, titles.get(row.title.key, row.title) if titles else row.title)
    cells: dict[str, list[Any]] = {}
    for name in METRICS:
        cells[name] = [getattr(row.metrics, name) for row in listed]
    for name in REPORTED:
        cells[name] = [getattr(row.reported, name) for row in listed]
    # Only the data of Netflix's pages has counters as of another day; no other history needs it.
    cells["as_of"] = ["scrape" if row.reported.as_of == "scrape" else None for row in listed]
    extras = [
        keep_printed(dict(row.extras), row.title, titles[row.title.key])
        if row.title.key in titles
        else dict(row.extras)
        for row in listed
    ]
    for name in dict.fromkeys(name for each in extras for name in each):
        cells[f"{EXTRA}{name}"] = [each.get(name) for each in extras]
    for name, column in cells.items():
        if any(cell is not None for cell in column):
            builder.columns[name] = encode(column)


def _add(builder: Builder, row: RankSnapshot, title: Title) -> None:
    source = row.source
    line = (source and source.line) or 0
    for name, number in (("rank", row.rank), ("line", line)):
        if number > _LARGEST:
            where = f"{row.title} on {row.date}, {row.chart.name}: {name}"
            raise checks.refuse(where, f"a whole number up to {_LARGEST:,}", number)
    builder.issue_codes.append(builder.issue(row.chart, row.date))
    builder.title_codes.append(builder.title(title))
    builder.ranks.append(row.rank)
    builder.lines.append(line)
    builder.source_codes.append(builder.source(source.name if source else ""))
