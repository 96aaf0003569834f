"""What an audit looks at: the published lists of one chart, and the counters printed on them."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kcharts.measures._timeline import Timeline, timeline
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.store import Store

Codes: TypeAlias = "array[int]"

PERIODS, PEAK, AT_PEAK, LAST = "periods_on_chart", "peak", "periods_at_peak", "last_rank"
NONE = -1
"""The value of a counter that is not printed, and the row where there is no row."""
# Files can print any whole number; a column of 64 bits must take it, and one more.
_LARGEST = 2**62
# kworb's Korean Top 50 counts days on Spotify's longer chart, as most titles show that come back.
# Fewer than this many prove nothing: each could have been on a list that we lack.
_RE_ENTRIES = 10


class PrintedCounters(NamedTuple):
    """The counters as of their issues, by row; None for a counter that is printed nowhere."""

    periods: Codes | None
    peak: Codes | None
    at_peak: Codes | None
    last: Codes | None


def printed_counters(store: Store) -> PrintedCounters:
    """The counters of a store that are as of their issues."""
    as_of = store.columns.get("as_of")

    def column_of(name: str) -> Codes | None:
        column = store.columns.get(name)
        if column is None:
            return None
        values = column.codes
        if column.values is not None:
            values = array("q", (NONE if v is None else min(v, _LARGEST) for v in column.decode()))
        if as_of is not None:
            # Netflix's page data print totals of the day they were fetched beside every week.
            when = as_of.decode()
            values = array(
                "q", (NONE if w == "scrape" else v for v, w in zip(values, when, strict=True))
            )
        return values if any(value != NONE for value in values) else None

    return PrintedCounters(*map(column_of, (PERIODS, PEAK, AT_PEAK, LAST)))


class PublishedLists(NamedTuple):
    """The published lists of one chart, by position; rows are those of the store."""

    store: Store
    chart: int
    times: Timeline
    bounds: Sequence[tuple[int, int]]
    """The first row of each list, and the one after its last."""
    counters: PrintedCounters
    full: int
    """How many rows a full list has."""

    @property
    def series(self) -> ChartSeries:
        return self.store.charts[self.chart].series

    @property
    def unit(self) -> str:
        """What an issue covers: a day or a week."""
        return self.series.frequency.unit

    @property
    def kinds(self) -> list[str | None]:
        """The category of each title, as printed beside it."""
        kinds: list[str | None]
        kinds = self.store.memo("kinds", lambda: [title.kind for title in self.store.titles])
        return kinds

    def day(self, position: int) -> dt.date:
        return dt.date.fromordinal(self.times.ordinals[position])

    def rows(self, position: int) -> range:
        return range(*self.bounds[position])

    def titles(self, position: int) -> Codes:
        low, high = self.bounds[position]
        return self.store.title_codes[low:high]

    def ranks(self, position: int) -> dict[int, int]:
        """The rank of each title of a list, the better one of a title that is there twice."""
        ranks: dict[int, int] = {}
        for row in self.rows(position):
            ranks.setdefault(self.store.title_codes[row], self.store.ranks[row])
        return ranks

    def categories(self, position: int) -> set[str | None]:
        kinds = self.kinds
        return {kinds[title] for title in self.titles(position)}

    def next_row(self, title: int, position: int) -> int:
        """The row of a title on the next list that has it; NONE where there is none."""
        for after in range(position + 1, len(self.bounds)):
            low, high = self.bounds[after]
            codes = self.store.title_codes[low:high]
            if title in codes:
                return low + codes.index(title)
        return NONE

    def follows(self, position: int) -> bool:
        """Whether the issue before a list is the list before it."""
        numbers = self.times.numbers
        return position > 0 and numbers[position] == numbers[position - 1] + 1

    def elapsed(self, before: int, position: int) -> int:
        """How many issues later the second of two lists is."""
        return self.times.numbers[position] - self.times.numbers[before]

    def unknown(self, before: int, position: int) -> int:
        """How many issues between two lists are not published."""
        return self.elapsed(before, position) - (position - before)

    def unknown_first(self, position: int) -> int | None:
        """How many issues before a list are not published; None where nobody knows."""
        if not self.times.left.known:
            return None
        return self.times.numbers[position] - self.times.first - position

    def short(self, position: int) -> int:
        """How many rows a list has less than a full one."""
        low, high = self.bounds[position]
        return max(0, self.full - (high - low))

    @property
    def is_counted_below(self) -> bool:
        """Whether most titles that come back gained issues while they were below the list."""
        return bool(self.store.memo(("counted below", self.chart), self._is_counted_below))

    def _is_counted_below(self) -> bool:
        periods = self.counters.periods
        if periods is None:
            return False
        held: dict[int, tuple[int, int]] = {}
        once = more = 0
        for position in range(len(self.bounds)):
            for row in self.rows(position):
                title, count = self.store.title_codes[row], periods[row]
                seen, counted = held.get(title, (position, NONE))
                # A gain above the issues between comes from missing ones, and proves nothing here.
                if position - seen > 1 and NONE not in (count, counted):
                    once += count - counted == 1
                    more += 1 < count - counted <= self.elapsed(seen, position)
                held[title] = position, count
        return more >= _RE_ENTRIES and more > once


def lists_of(store: Store, chart: int, counters: PrintedCounters) -> PublishedLists:
    bounds = list(store.published(chart))
    # Of a copy that was cut to fewer ranks, no list is short: the longest is the measure.
    longest = max((high - low for low, high in bounds), default=0)
    full = min(longest, store.charts[chart].series.depth)
    return PublishedLists(store, chart, timeline(store, chart), bounds, counters, full)


def is_in_order(store: Store, chart: int, counters: PrintedCounters) -> bool:
    """Whether the lists of a chart are whole, and their only counter is one more in every row.

    Then no list can be stale or missing or lack a title, and no title have two names. Most charts
    of Netflix's countries file are like this: looking for it first spares the walk from list to
    list (benchmarks/audit.py). Other counters, or categories, need that walk.
    """
    periods, peak, at_peak, last = counters
    if periods is None or not peak is at_peak is last is None:
        return False
    starts = store.lists[chart].starts
    kinds = {store.titles[code].kind for code in set(store.title_codes[starts[0] : starts[-1]])}
    bounds = list(store.published(chart))
    if len(kinds) > 1 or not bounds:
        return False
    size = bounds[0][1] - bounds[0][0]
    whole = array("i", range(1, size + 1))
    held: dict[int, int] = {}
    for low, high in bounds:
        codes = store.title_codes[low:high]
        if store.ranks[low:high] != whole or len(set(codes)) < size:
            return False
        if not _count_on(codes, periods[low:high], held):
            return False
    return True


def _count_on(codes: Codes, counts: Codes, held: dict[int, int]) -> bool:
    """Whether each count is one more than the title's last, which it then replaces."""
    get = held.get
    for code, count in zip(codes, counts, strict=True):
        if count != get(code, 0) + 1:
            return False
        held[code] = count
    return True
