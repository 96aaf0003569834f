"""Counting again: what each printed counter can be, by the lists before it."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator

from kcharts.auditing._lists import (
    AT_PEAK,
    LAST,
    NONE,
    PEAK,
    PERIODS,
    Codes,
    Difference,
    Lists,
)

Span = tuple[int, int] | None
"""The least and the most that a counter can be; None where nothing can be said."""


class Recount:
    """The counters of every title of a chart as of one of its lists, taken over as printed.

    Each counter is compared with the one that was printed at the title's row before, so a fault
    shows where it happens, and not in all rows after it.
    """

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.periods: dict[int, int] = {}
        self.peaks: dict[int, int] = {}
        self.at_peaks: dict[int, int] = {}
        self.seen: dict[int, int] = {}
        self.before: dict[int, int] = {}
        """The ranks of the list before, where last ranks are printed."""
        self.previous: int | None = None
        """The position of the list before that was taken over."""

    # -- a whole list at once -----------------------------------------------------------------

    def in_order(self, position: int, codes: Codes) -> bool:
        """Whether every counter of a list is one more, the better one, the rank before."""
        low, high = self.lists.bounds[position]
        _, peak, at_peak, last = self.lists.counters
        ranks = self.lists.store.ranks[low:high]
        if at_peak is not None and max(at_peak[low:high], default=NONE) != NONE:
            return False
        if not self.counted(position, codes):
            return False
        if peak is not None:
            known = map(self.peaks.get, codes, ranks)
            if array("q", map(min, known, ranks)) != array("q", peak[low:high]):
                return False
        if last is None or not self._says(last, low, high):
            return True
        if not self.lists.follows(position):
            return position > 0
        return array("q", (self.before.get(code, NONE) for code in codes)) == array(
            "q", last[low:high]
        )

    def counted(self, position: int, codes: Codes) -> bool:
        """Whether the issues counted are one more for every title of a list."""
        periods = self.lists.counters.periods
        if periods is None:
            return True
        low, high = self.lists.bounds[position]
        get = self.periods.get
        return [get(code, 0) + 1 for code in codes] == periods[low:high].tolist()

    @staticmethod
    def _says(last: Codes, low: int, high: int) -> bool:
        """Whether last ranks are printed on a list at all."""
        return max(last[low:high], default=NONE) != NONE

    def take(self, position: int, codes: Codes) -> None:
        """Take over what is printed on a list, of a repeated title at its better rank."""
        low, high = self.lists.bounds[position]
        rows = slice(low, high)
        if len(set(codes)) < len(codes):
            codes, rows = codes[::-1], slice(high - 1, low - 1 if low else None, -1)
        self.seen.update(dict.fromkeys(codes, position))
        periods, peak, at_peak, last = self.lists.counters
        if periods is not None:
            self._hold(self.periods, codes, periods[rows])
        if peak is not None:
            self._hold(self.peaks, codes, peak[rows])
        if at_peak is not None:
            self._hold(self.at_peaks, codes, at_peak[rows])
        if last is not None:
            self.before = self.lists.ranks(position)
        self.previous = position

    @staticmethod
    def _hold(held: dict[int, int], codes: Codes, values: Codes) -> None:
        """Note the figures of titles; what is not printed is not known."""
        held.update(zip(codes, values, strict=True))
        if NONE in values:
            for code in set(codes):
                if held[code] == NONE:
                    del held[code]

    # -- one row ------------------------------------------------------------------------------

    def differences(self, position: int) -> Iterator[Difference]:
        """The counters of a list that are not what the lists give."""
        low, high = self.lists.bounds[position]
        periods, peak, at_peak, last = self.lists.counters
        if last is not None and not self._says(last, low, high):
            last = None
        for row in range(low, high):
            title = self.lists.store.title_codes[row]
            seen = self.seen.get(title)
            for name, column in ((PERIODS, periods), (PEAK, peak), (AT_PEAK, at_peak)):
                if column is None or column[row] == NONE:
                    continue
                span = self.span(name, row, position, 0)
                if span is not None and not span[0] <= column[row] <= span[1]:
                    yield Difference(row, name, position, title, column[row], *span, seen)
            if last is not None:
                span = self.last_span(title, position)
                if span is not None and last[row] != span[0]:
                    yield Difference(row, LAST, position, title, last[row], *span, seen)

    def span(self, name: str, row: int, position: int, more: int) -> Span:
        """What a counter of a row can be, if `more` issues before it are not known either."""
        title = self.lists.store.title_codes[row]
        seen = self.seen.get(title)
        if seen is None:
            return self._first(name, row, position, more)
        slack = self.lists.unknown(seen, position) + more
        if name == PERIODS:
            held = self.periods.get(title)
            return None if held is None else (held + 1, held + 1 + slack)
        if name == PEAK:
            rank = self.lists.store.ranks[row]
            if title not in self.peaks:
                return (1, rank)
            best = min(self.peaks[title], rank)
            return (1 if slack else best, best)
        return self._at_peak(row, title, slack)

    def _first(self, name: str, row: int, position: int, more: int) -> Span:
        """What a counter can be in a title's first row: as if it began there, where it may not."""
        unknown = self.lists.unknown_first(position)
        slack = 0 if unknown is None else unknown + more
        if name == PERIODS:
            return (1, 1 + slack)
        rank = self.lists.store.ranks[row]
        periods, peak, _, _ = self.lists.counters
        if periods is not None and periods[row] == 1:
            slack = 0
        if name == PEAK:
            return (1 if slack else rank, rank)
        if peak is None or peak[row] == NONE:
            return None
        hit = int(peak[row] == rank)
        return (hit, hit + slack)

    def _at_peak(self, row: int, title: int, slack: int) -> Span:
        peak = self.lists.counters.peak
        if peak is None or peak[row] == NONE or title not in self.peaks:
            return None
        hit = int(peak[row] == self.lists.store.ranks[row])
        held = self.at_peaks.get(title)
        if peak[row] < self.peaks[title]:
            return (1, hit + slack) if hit + slack else None
        if held is None or peak[row] > self.peaks[title]:
            return None
        return (held + hit, held + hit + slack)

    def last_span(self, title: int, position: int) -> Span:
        """The rank on the issue before; None where its list is not in hand."""
        if position == 0:
            # Nobody knows what was before: any last rank is more than the lists give.
            known = self.lists.unknown_first(0)
            return (NONE, NONE) if not known else None
        if not self.lists.follows(position):
            return None
        rank = self.before.get(title, NONE)
        return (rank, rank)

    def gains(self, position: int, leave: Collection[int]) -> list[int]:
        """By how much the issues counted rise, for each title carried from the list before."""
        periods = self.lists.counters.periods
        if periods is None:
            return []
        low, high = self.lists.bounds[position]
        titles = self.lists.store.title_codes
        return [
            periods[row] - self.periods[title]
            for row in range(low, high)
            if (title := titles[row]) in self.periods
            and title not in leave
            and self.seen[title] == self.previous
            and periods[row] != NONE
        ]
