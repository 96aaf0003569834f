"""Counting again: what each printed counter can be, by the lists before it, and what differs."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kcharts.auditing._lists import (
    AT_PEAK,
    LAST,
    NONE,
    PEAK,
    PERIODS,
    Codes,
    PublishedLists,
)


class Difference(NamedTuple):
    """A printed counter that is not what the lists give."""

    row: int
    counter: str
    position: int
    title: int
    printed: int
    low: int
    high: int
    """The least and the most that the lists allow; `NONE` where there is no figure."""
    opens: bool
    """Whether unknown issues before it allow more, or a better peak."""
    seen: int | None
    """The position of the title's row before."""

    def fits(self, unknown: int) -> bool:
        """Whether it is right if so many issues more before it are unknown."""
        if not self.opens:
            return False
        if self.counter == PEAK:
            return 1 <= self.printed <= self.high
        return self.low <= self.printed <= self.high + unknown


class Span(NamedTuple):
    """What a counter can be: three fields of a `Difference`."""

    low: int
    high: int
    opens: bool


class Recount:
    """The counters of every title of a chart as of one of its lists, taken over as printed.

    Each counter is compared with the one that was printed at the title's row before, so a fault
    shows where it happens, and not in all rows after it.
    """

    def __init__(self, lists: PublishedLists) -> None:
        self.lists = lists
        self.periods: dict[int, int] = {}
        self.peaks: dict[int, int] = {}
        self.at_peaks: dict[int, int] = {}
        self.seen: dict[int, int] = {}
        self.before: dict[int, int] = {}
        """The ranks of the list before, where last ranks are printed."""
        self.previous: int | None = None
        """The position of the list before that was taken over."""

    def is_in_order(self, position: int, codes: Codes) -> bool:
        """Whether every counter of a list is one more, the better one, the rank before.

        Compares columns, without a step per row: nearly all lists are in order, and this is
        where the time of an audit goes (benchmarks/audit.py).
        """
        low, high = self.lists.bounds[position]
        periods, peak, at_peak, last = self.lists.counters
        ranks = self.lists.store.ranks[low:high]
        if at_peak is not None and _is_printed(at_peak, low, high):
            return False
        if periods is not None:
            get = self.periods.get
            if [get(code, 0) + 1 for code in codes] != periods[low:high].tolist():
                return False
        if peak is not None:
            # Arrays of one type are compared as they lie in memory, without a number made.
            known = map(self.peaks.get, codes, ranks)
            if array("q", map(min, known, ranks)) != array("q", peak[low:high]):
                return False
        if last is None or not _is_printed(last, low, high):
            return True
        if not self.lists.follows(position):
            return position > 0
        return array("q", (self.before.get(code, NONE) for code in codes)) == array(
            "q", last[low:high]
        )

    def take_over(self, position: int, codes: Codes) -> None:
        """Take over what is printed on a list, of a repeated title at its better rank."""
        low, high = self.lists.bounds[position]
        rows = slice(low, high)
        if len(set(codes)) < len(codes):
            # From the last rank up: what is noted last, stays.
            codes, rows = codes[::-1], slice(high - 1, low - 1 if low else None, -1)
        self.seen.update(dict.fromkeys(codes, position))
        periods, peak, at_peak, last = self.lists.counters
        for held, column in (
            (self.periods, periods),
            (self.peaks, peak),
            (self.at_peaks, at_peak),
        ):
            if column is not None:
                _note(held, codes, column[rows])
        if last is not None:
            self.before = self.lists.ranks(position)
        self.previous = position

    def differences(self, position: int) -> Iterator[Difference]:
        """The counters of a list that are not what the lists give."""
        low, high = self.lists.bounds[position]
        periods, peak, at_peak, last = self.lists.counters
        if last is not None and not _is_printed(last, low, high):
            last = None  # no figure in a whole list is a column left out, not a list of new titles
        for row in range(low, high):
            title = self.lists.store.title_codes[row]
            seen = self.seen.get(title)
            for name, column in ((PERIODS, periods), (PEAK, peak), (AT_PEAK, at_peak)):
                if column is None or column[row] == NONE:
                    continue
                span = self._span(name, row, position)
                if span is not None and not span.low <= column[row] <= span.high:
                    yield Difference(row, name, position, title, column[row], *span, seen)
            if last is not None:
                rank = self._last_rank(title, position)
                if rank is not None and last[row] != rank:
                    span = Span(rank, rank, opens=False)
                    yield Difference(row, LAST, position, title, last[row], *span, seen)

    def _span(self, name: str, row: int, position: int) -> Span | None:
        """What a counter of a row can be; None where nothing can be said."""
        title = self.lists.store.title_codes[row]
        seen = self.seen.get(title)
        if seen is None:
            return self._first_span(name, row, position)
        slack = self.lists.unknown(seen, position)
        if name == PERIODS:
            held = self.periods.get(title)
            return None if held is None else Span(held + 1, held + 1 + slack, opens=True)
        if name == AT_PEAK:
            return self._span_at_peak(row, title, slack)
        rank = self.lists.store.ranks[row]
        best = min(self.peaks.get(title, rank), rank)
        return Span(1 if slack or title not in self.peaks else best, best, opens=True)

    def _first_span(self, name: str, row: int, position: int) -> Span | None:
        """What a counter can be in a title's first row, if it began there or in unknown issues."""
        unknown = self.lists.unknown_first(position)
        slack, opens = unknown or 0, unknown is not None
        if name == PERIODS:
            return Span(1, 1 + slack, opens)
        rank = self.lists.store.ranks[row]
        periods, peak, _, _ = self.lists.counters
        if periods is not None and periods[row] == 1:
            slack, opens = 0, False  # by its own count the title was on no list before
        if name == PEAK:
            return Span(1 if slack else rank, rank, opens)
        if peak is None or peak[row] == NONE:
            return None
        hit = int(peak[row] == rank)
        return Span(hit, hit + slack, opens)

    def _span_at_peak(self, row: int, title: int, slack: int) -> Span | None:
        peak = self.lists.counters.peak
        if peak is None or peak[row] == NONE or title not in self.peaks:
            return None
        hit = int(peak[row] == self.lists.store.ranks[row])
        held = self.at_peaks.get(title)
        if peak[row] < self.peaks[title]:
            return Span(1, hit + slack, opens=True) if hit + slack else None
        if held is None or peak[row] > self.peaks[title]:
            return None  # a peak that got worse is wrong itself, and says nothing of its count
        return Span(held + hit, held + hit + slack, opens=True)

    def _last_rank(self, title: int, position: int) -> int | None:
        """The rank on the issue before; None without the list of that issue."""
        if position == 0:
            # Nobody knows what was before: any last rank is more than the lists give.
            return NONE if not self.lists.unknown_first(0) else None
        return self.before.get(title, NONE) if self.lists.follows(position) else None

    def gains(self, position: int, leave: Collection[int]) -> list[int]:
        """By how much the issues counted rise, for each title carried from the list before."""
        periods = self.lists.counters.periods
        if periods is None:
            return []
        titles = self.lists.store.title_codes
        return [
            periods[row] - self.periods[title]
            for row in self.lists.rows(position)
            if (title := titles[row]) in self.periods
            and title not in leave
            and self.seen[title] == self.previous
            and periods[row] != NONE
        ]


def _is_printed(column: Codes, low: int, high: int) -> bool:
    return max(column[low:high], default=NONE) != NONE


def _note(held: dict[int, int], codes: Codes, values: Codes) -> None:
    """Note the figures of titles; what is not printed is not known."""
    held.update(zip(codes, values, strict=True))
    if NONE in values:
        for code in set(codes):
            if held[code] == NONE:
                del held[code]
