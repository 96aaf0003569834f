"""The chart table: one list with last rank, peak, periods and movement, and who left."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import UnknownTitleError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import Chart
from kcharts.model.title import Title


@final
@public
class MovementKind(Enum):
    """The kinds of movement, by the marks that chart tables print."""

    NEW = "NEW"
    """On no available list before, and the list before is available; or the chart's first issue."""
    RE = "RE"
    """On an earlier available list, and not on the one before, which is available."""
    UP = "+"
    """At a better rank than on the issue before."""
    DOWN = "-"
    """At a worse rank than on the issue before."""
    SAME = "="
    """At the rank that it had on the issue before."""
    UNKNOWN = "UNKNOWN"
    """The list before is not usable: missing, defective or stale."""

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

    Only available lists are counted, up to this one; nothing later enters. What the lists cannot
    tell stays open: `periods` is proved, and the true number is `periods_upper` at most.

    Attributes:
        title: The work.
        chart: The chart.
        date: The issue.
        rank: The rank as printed; the better one where the title is on the list twice.
        last: The rank on the issue before; None where that list is available and the title is not
            on it, and where it is not available (then `movement` is UNKNOWN).
        movement: How it compares with the issue before.
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
    peak: int = field(validator=checks.count(1))
    periods: int = field(validator=checks.count(1))
    periods_at_peak: int
    unknown: int
    covered: bool
    since: dt.date

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "peak", "rank")
        checks.check_order(self, "periods_at_peak", "periods")

    @property
    def unit(self) -> str:
        """The unit that issues are counted in: "day" or "week"."""
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
        """Whether it cannot have been at a better rank on an issue whose list is not usable."""
        return self.peak == 1 or self.periods_upper == self.periods

    @property
    def debut_known(self) -> bool:
        """Whether this is its first issue ever: NEW, and no issue before that is not available."""
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
        periods: How many available lists hold it.
        periods_upper: The most issues that it can have been on; None where the data do not
            cover every issue since the chart's first.
        since: The first issue that the data cover.
    """

    title: Title
    chart: Chart
    date: dt.date
    last: int
    peak: int = field(validator=checks.count(1))
    periods: int = field(validator=checks.count(1))
    periods_upper: int | None
    since: dt.date

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "peak", "last")
        checks.check_order(self, "periods", "periods_upper")

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
@frozen
class ChartTable:
    """One issue of a chart as newspapers print it: last rank, peak, periods, movement, who left.

    Attributes:
        chart: The chart.
        date: The issue.
        entries: The titles on the list, by rank.
        out: The titles that left, by their rank on the issue before; None where that list is not
            available, so that nobody knows who left.
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
            AmbiguousTitleError: Several titles on the list have the name.
        """
        entries = {each.title: each for each in self.entries}
        try:
            return entries[lookup.title_among(list(entries), title, "of this list")]
        except UnknownTitleError:
            return None

    def results(self) -> Results[ChartEntry]:
        """The entries as results: with `to_csv`, `to_columns`, `to_pandas` and so on."""
        return Results.of(self.entries)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on: those of its entries and of who left."""
        for entry in self.entries:
            yield from entry.basis()
        for gone in self.out or ():
            yield from gone.basis()

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
