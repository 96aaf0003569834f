"""One pass over the lists of a chart, which counts for every row what held as of its issue."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kcharts.measures._timeline import timeline
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store


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
