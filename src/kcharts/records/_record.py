"""The record: the best figure of a window, who shares it, who comes next, who could beat it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis, Evidenced
from kcharts.measures._results import Figure, Results, written_out
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.title import Title


class Recorded(Figure, Evidenced, Protocol):
    """A figure that can hold a record: it has a row in tables and says what it rests on."""


T = TypeVar("T", bound=Recorded)


def amount(value: int, unit: str) -> str:
    """A value of a record in words: "19 weeks", "No. 1"."""
    return f"No. {value:,}" if unit == "rank" else words.quantity(value, unit)


@final
@public
@frozen
class Challenger:
    """Who could equal or beat a record, by what the missing lists leave open.

    Attributes:
        subject: The title; the performer, show or class where titles are counted together.
        chart: The chart, or the series where places are counted.
        proved: What the lists prove of it; None where they prove nothing.
        upper: The best that it can have been; None where it may reach back before the data, or
            into issues that they do not cover, so that there is no bound.
        unit: What is counted: "day", "week", "country", "place", "title", or "rank", the
            smallest being the best.
        start: The first issue that it can have been about, within the data.
        end: The last one.
        classified: Whether it is known to be of the class asked for.
    """

    subject: Title | str
    chart: Chart | ChartSeries
    proved: int | None
    upper: int | None
    unit: str
    start: dt.date
    end: dt.date
    classified: bool

    def as_row(self) -> dict[str, Any]:
        """The challenger as named cells."""
        one, where = self.subject, self.chart
        series = where.series if isinstance(where, Chart) else where
        return {
            "subject": str(one),
            "country": where.code if isinstance(where, Chart) else None,
            "category": series.category,
            "proved": self.proved,
            "upper": self.upper,
            "unit": self.unit,
            "start": self.start,
            "end": self.end,
            "classified": self.classified,
        }

    @property
    def bound(self) -> str:
        """The best that it can have been, in words: "24 days at most", "no bound"."""
        if self.upper is None:
            return "no bound"
        best = "at best" if self.unit == "rank" else "at most"
        return f"{amount(self.upper, self.unit)} {best}"

    def __str__(self) -> str:
        where = self.chart
        series = where.series if isinstance(where, Chart) else where
        proved = "" if self.proved is None else f", {amount(self.proved, self.unit)} proved"
        unknown = "" if self.classified else ", not known whether it belongs"
        when = series.when(self.start, self.end)
        return f"{self.subject}: {self.bound}{proved}{unknown}, {when}, {where.name}"


@final
@public
@frozen
class Standing(Generic[T]):
    """A figure with its position: figures of one value share it, and the next one counts them.

    Attributes:
        position: 1 for the record; after two that share it comes 3.
        figure: The figure.
    """

    position: int
    figure: T

    def as_row(self) -> dict[str, Any]:
        """The figure as named cells, after its position."""
        return {"position": self.position, **self.figure.as_row()}

    def __str__(self) -> str:
        return f"{words.ordinal(self.position)}: {self.figure}"


@final
@public
@frozen
class Record(Generic[T]):
    """The best proved figure of a window, with its ties, its runners-up and its challengers.

    What is proved holds whatever was on the missing lists. It is a record of the
    window: what lies wholly before `since` is not looked at.

    Attributes:
        what: The record in words, such as "longest streak at No. 1".
        unit: What is counted: "day", "week", "country", "place", "title" or "rank".
        value: The proved value; None where no figure is proved.
        upper: The best that the record can be, with all that is left open; None without a bound.
        holders: All figures of that value: a tie is shared. The earliest comes first; of totals,
            which have no one date, that of the first chart and key.
        runners_up: The figures that come next; with those that tie with the last one.
        positions: The positions of the holders and the runners-up, one after the other.
        challengers: Who could equal or beat the record, the one with the highest bound first.
        unseen: The best that somebody can have been on missing lists alone; 0 where no list is
            missing, None where there is no bound.
        since: The first issue that the data cover, on any of the charts.
        all_since: The first issue of the chart that they cover last: from there on it is a
            record of all charts.
        until: The last issue that they cover.
        charts: How many charts there are.
        unknown: How many lists of the window are not usable.
    """

    what: str
    unit: str
    value: int | None
    upper: int | None
    holders: Results[T] = field(hash=False, repr=written_out)
    runners_up: Results[T] = field(hash=False, repr=written_out)
    positions: tuple[int, ...]
    challengers: Results[Challenger] = field(hash=False, repr=written_out)
    unseen: int | None
    since: dt.date
    all_since: dt.date
    until: dt.date
    charts: int
    unknown: int

    @property
    def standings(self) -> Results[Standing[T]]:
        """The holders and the runners-up with their positions."""
        held = len(self.holders)

        def standing(index: int) -> Standing[T]:
            figure = self.holders[index] if index < held else self.runners_up[index - held]
            return Standing(self.positions[index], figure)

        return Results(range(len(self.positions)), standing)

    @property
    def is_certain(self) -> bool:
        """Whether nobody else can have equalled or beaten it, nor the holders made it more.

        Totals and places are counted within the data, so issues that these do not cover are no
        part of them. Streaks, climbs, falls and debuts may reach into such issues.
        """
        return (
            self.value is not None
            and not self.challengers
            and self.upper == self.value
            and not self._unseen_reaches
        )

    @property
    def _unseen_reaches(self) -> bool:
        """Whether the missing lists have room for a record that no list shows."""
        if self.unseen is None or self.value is None:
            return self.unseen != 0
        if self.unit == "rank":
            return 0 < self.unseen <= self.value
        return self.unseen >= self.value

    def basis(self) -> Iterator[Basis]:
        """The rows that the holders' figures rest on."""
        for holder in self.holders:
            yield from holder.basis()

    def as_row(self) -> dict[str, Any]:
        """The record as named cells."""
        return {
            "record": self.what,
            "value": self.value,
            "upper": self.upper,
            "unit": self.unit,
            "holders": len(self.holders),
            "challengers": len(self.challengers),
            "unseen": self.unseen,
            "since": self.since,
            "all_since": self.all_since,
            "until": self.until,
            "charts": self.charts,
            "unknown": self.unknown,
        }

    def __str__(self) -> str:
        window = f"since {self.since}"
        if self.all_since > self.since:
            window += f", on all {self.charts:,} charts since {self.all_since}"
        window += f" (as of {self.until})"
        number = len(self.holders)
        if not number:
            return f"Nothing is proved of the {self.what} {window}{self._doubts()}"
        shown = [str(holder) for holder in self.holders[:3]]
        if number == 1:
            return f"{shown[0]}: the {self.what} {window}{self._doubts()}"
        more = f"; and {number - 3:,} more" if number > 3 else ""  # noqa: PLR2004  (as `listed`)
        return (
            f"{'; '.join(shown)}{more}: {number:,} share the {self.what} {window}{self._doubts()}"
        )

    def _doubts(self) -> str:
        """Who could equal or beat it, as the end of a sentence; nothing where nobody could."""
        number, rivals = len(self.challengers), self.challengers[:3]
        where = self.charts > 1
        names = [
            f"{each.subject} ({each.bound}{f', {each.chart.name}' if where else ''})"
            for each in rivals
        ]
        if number > len(names):
            names.append(f"{number - len(names):,} more")
        if self._unseen_reaches:
            lists = words.quantity(self.unknown, "list")
            names.append(f"anybody on the {lists} not usable ({self._unseen()})")
        if not names:
            return ""
        lead = "could be equalled or beaten by" if self.holders else "possible:"
        return f"; {lead} {words.enumeration(names, len(names))}"

    def _unseen(self) -> str:
        if self.unseen is None:
            return "no bound"
        best = "at best" if self.unit == "rank" else "at most"
        return f"{amount(self.unseen, self.unit)} {best}"
