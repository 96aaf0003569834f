"""What an audit looks at: the published lists of one chart, and the counters printed on them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from attrs import define, field

from kcharts.auditing._finding import FindingKind
from kcharts.measures._timeline import Timeline, timeline
from kcharts.model.columns.store import Column, Store

Codes: TypeAlias = "array[int]"

PERIODS, PEAK, AT_PEAK, LAST = "periods_on_chart", "peak", "periods_at_peak", "last_rank"
NONE = -1
"""What stands for a counter that is not printed."""
_LARGEST = 2**62
SEVERAL = 2
"""How many titles prove what one alone does not: a publisher may slip once."""


class Printed(NamedTuple):
    """The counters as of their issues, by row; None for a counter that is printed nowhere."""

    periods: Codes | None
    peak: Codes | None
    at_peak: Codes | None
    last: Codes | None


def printed(store: Store) -> Printed:
    """The counters of a store that are as of their issues."""
    as_of = store.columns.get("as_of")

    def of(name: str) -> Codes | None:
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

    return Printed(of(PERIODS), of(PEAK), of(AT_PEAK), of(LAST))


def _numbers(column: Column) -> Codes:
    if column.values is None:
        return column.codes
    return array("q", (NONE if v is None else min(v, _LARGEST) for v in column.decoded()))


class Lists(NamedTuple):
    """The published lists of one chart, by position; rows are those of the store."""

    store: Store
    chart: int
    times: Timeline
    bounds: Sequence[tuple[int, int]]
    """The first row of each list, and the one after its last."""
    counters: Printed
    full: int
    """How many rows a full list has."""

    @property
    def numbers(self) -> Sequence[int]:
        """The issues' numbers by the calendar."""
        return self.times.numbers

    @property
    def extent(self) -> tuple[int, int]:
        """The first row of all lists of the chart, and the one after the last."""
        starts = self.store.lists[self.chart].starts
        return starts[0], starts[-1]

    def titles(self, position: int) -> Codes:
        """The titles of a list, in the order of ranks."""
        low, high = self.bounds[position]
        return self.store.title_codes[low:high]

    def ranks(self, position: int) -> dict[int, int]:
        """The rank of each title of a list: of one that stands there twice, the better one."""
        low, high = self.bounds[position]
        found: dict[int, int] = {}
        for row in range(low, high):
            found.setdefault(self.store.title_codes[row], self.store.ranks[row])
        return found

    def follows(self, position: int) -> bool:
        """Whether the issue before a list is the list before it."""
        return position > 0 and self.numbers[position] == self.numbers[position - 1] + 1

    def unknown(self, before: int, position: int) -> int:
        """How many issues between two lists are not published."""
        return self.numbers[position] - self.numbers[before] - (position - before)

    def unknown_first(self, position: int) -> int | None:
        """How many issues before a list are not published; None where nobody knows."""
        if not self.times.left.known:
            return None
        return self.numbers[position] - self.times.first - position

    def short(self, position: int) -> int:
        """How many rows a list has less than a full one."""
        low, high = self.bounds[position]
        return max(0, self.full - (high - low))


def lists_of(store: Store, chart: int, counters: Printed) -> Lists:
    """The published lists of a chart of a store."""
    bounds = list(store.published(chart))
    longest = max((high - low for low, high in bounds), default=0)
    full = min(longest, store.charts[chart].series.depth)
    return Lists(store, chart, timeline(store, chart), bounds, counters, full)


class Difference(NamedTuple):
    """A printed counter that is not what the lists give."""

    row: int
    counter: str
    position: int
    title: int
    printed: int
    low: int
    high: int
    """The least and the most that it can be, by the lists; `NONE` is no figure."""
    seen: int | None
    """The position of the title's row before."""


@define(eq=False)
class Draft:
    """A finding in the making, in codes."""

    kind: FindingKind
    chart: int
    positions: list[int]
    rows: set[int] = field(factory=set[int])
    titles: list[int] = field(factory=list[int])
    rank: int | None = None
    between: int = 0
    facts: dict[str, int] = field(factory=dict[str, int])
    differences: list[Difference] = field(factory=list[Difference])

    def take(self, difference: Difference) -> None:
        """Explain a difference by this."""
        self.differences.append(difference)
        self.rows.add(difference.row)


class Event(NamedTuple):
    """Something found out about the issues between two lists, by which later counters differ."""

    at: float
    """A position; a half one is between two lists."""
    issues: int
    """By how many issues counters may rise more than the lists show."""
    draft: Draft
    blind: bool
    """Whether the ranks of the list there say nothing at all."""
