"""What an audit looks at: the published lists of one chart, and the counters printed on them."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kcharts.measures._timeline import Timeline, timeline
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.store import Column, Store
from kcharts.model.title import Title

Codes: TypeAlias = "array[int]"

PERIODS, PEAK, AT_PEAK, LAST = "periods_on_chart", "peak", "periods_at_peak", "last_rank"
NONE = -1
"""The value of a counter that is not printed, and the row where there is no row."""
_LARGEST = 2**62
_RE_ENTRIES = 10
"""The fewest re-entries by which a chart shows that it is counted below its last rank."""


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
        values = _numbers(column)
        if as_of is not None:
            when = as_of.decoded()
            values = array(
                "q", (NONE if w == "scrape" else v for v, w in zip(values, when, strict=True))
            )
        return values if any(value != NONE for value in values) else None

    return PrintedCounters(*map(column_of, (PERIODS, PEAK, AT_PEAK, LAST)))


def _numbers(column: Column) -> Codes:
    if column.values is None:
        return column.codes
    return array("q", (NONE if v is None else min(v, _LARGEST) for v in column.decoded()))


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
        """The series of the chart."""
        return self.store.charts[self.chart].series

    @property
    def unit(self) -> str:
        """What an issue covers: a day or a week."""
        return self.series.frequency.unit

    @property
    def numbers(self) -> Sequence[int]:
        """The issues' numbers by the calendar."""
        return self.times.numbers

    @property
    def kinds(self) -> list[str | None]:
        """The category of each title, as printed beside it."""
        kinds: list[str | None]
        kinds = self.store.memo("kinds", lambda: [title.kind for title in self.store.titles])
        return kinds

    def day(self, position: int) -> dt.date:
        """The date of a list."""
        return dt.date.fromordinal(self.times.ordinals[position])

    def rows(self, position: int) -> range:
        """The rows of a list."""
        return range(*self.bounds[position])

    def title(self, row: int) -> Title:
        """The title of a row."""
        return self.store.titles[self.store.title_codes[row]]

    def titles(self, position: int) -> Codes:
        """The titles of a list, in the order of ranks."""
        low, high = self.bounds[position]
        return self.store.title_codes[low:high]

    def ranks(self, position: int) -> dict[int, int]:
        """The rank of each title of a list: of a title that is there twice, the better one."""
        ranks: dict[int, int] = {}
        for row in self.rows(position):
            ranks.setdefault(self.store.title_codes[row], self.store.ranks[row])
        return ranks

    def categories(self, position: int) -> set[str | None]:
        """The categories of the titles of a list."""
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
        return position > 0 and self.numbers[position] == self.numbers[position - 1] + 1

    def elapsed(self, before: int, position: int) -> int:
        """How many issues later the second of two lists is."""
        numbers = self.times.numbers
        return numbers[position] - numbers[before]

    def unknown(self, before: int, position: int) -> int:
        """How many issues between two lists are not published."""
        return self.elapsed(before, position) - (position - before)

    def unknown_first(self, position: int) -> int | None:
        """How many issues before a list are not published; None where nobody knows."""
        if not self.times.left.known:
            return None
        return self.numbers[position] - self.times.first - position

    def short(self, position: int) -> int:
        """How many rows a list has less than a full one."""
        low, high = self.bounds[position]
        return max(0, self.full - (high - low))

    @property
    def is_counted_below(self) -> bool:
        """Whether issues are counted while a title is below the last rank of the list.

        Most titles that come back have then gained several issues.
        """
        key = ("counted below", self.chart)
        below: bool = self.store.memo(key, self._is_counted_below)
        return below

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
                if position - seen > 1 and NONE not in (count, counted):
                    once += count - counted == 1
                    more += 1 < count - counted <= self.elapsed(seen, position)
                held[title] = position, count
        return more >= _RE_ENTRIES and more > once


def lists_of(store: Store, chart: int, counters: PrintedCounters) -> PublishedLists:
    """The published lists of a chart of a store."""
    bounds = list(store.published(chart))
    longest = max((high - low for low, high in bounds), default=0)
    full = min(longest, store.charts[chart].series.depth)
    return PublishedLists(store, chart, timeline(store, chart), bounds, counters, full)


# -- charts in which nothing can be wrong ---------------------------------------------------------


def is_in_order(store: Store, chart: int, counters: PrintedCounters) -> bool:
    """Whether the lists of a chart are whole, and their only counter is one more in every row.

    Then no list can be stale, none missing between two, none lack a title that it had, and no
    title have two names: most charts are like this, and need not be looked at list by list
    (benchmarks/audit.py). Where other counters are printed, or categories, they have to be.
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
