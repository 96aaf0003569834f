"""The streak: a longest stretch of consecutive issues at a rank or better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, final

from attrs import field, frozen

from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.measures._results import whose
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.title import Title

Gaps = Literal["break", "bridge", "raise"]
"""What an issue that is not in hand does to a streak."""


def check_gaps(gaps: str) -> None:
    """Raise unless it is one of the three policies."""
    if gaps not in ("break", "bridge", "raise"):
        raise checks.refuse("gaps", '"break", "bridge" or "raise"', gaps)


@final
@frozen
class Streak:
    """A longest stretch of consecutive issues in which a title is at a rank or better.

    What the lists cannot tell stays open: the true length lies between `length` and `upper`.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one; None is any place on the list.
        gaps: What an issue that is not in hand does to a streak.
        start: The date of its first issue, a published list that holds the title.
        end: The date of its last issue, likewise.
        length: The number of issues from start to end.
        observed: How many of them are published lists that hold the title; fewer than `length`
            only where unknown issues were bridged.
        upper: The most that it can have been: extended both ways over qualifying and unknown
            issues to the first one known not to qualify. None where the data end before.
        start_known: Whether the issue before it is in hand and the title does not qualify there,
            or there is none, since the chart begins with it.
        end_known: The same of the issue after it.
        ongoing: Whether it reaches the chart's last published issue, and its end is not known.
        unknown: The dates of the unknown issues that `upper` counts.
        so_far: (length, the most it can have been within what the data cover).
    """

    title: Title
    chart: Chart
    top: int | None
    gaps: Gaps
    start: dt.date
    end: dt.date
    length: int
    observed: int
    upper: int | None
    start_known: bool
    end_known: bool
    ongoing: bool
    unknown: tuple[dt.date, ...] = field(repr=False)
    so_far: tuple[int, int] = field(repr=False)
    covered: tuple[dt.date | None, dt.date | None] = field(repr=False)
    """Where the data begin and end before anything is known of the start and the end."""

    @property
    def unit(self) -> str:
        """What one issue stands for: "day" or "week"."""
        return self.chart.series.frequency.unit

    @property
    def issues(self) -> str:
        """The length in words: "15 days"."""
        return words.counted(self.length, self.unit)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.start, self.end, self.top)

    def as_row(self) -> dict[str, Any]:
        """The streak as named cells."""
        return {
            **whose(self.title, self.chart),
            "top": self.top,
            "start": self.start,
            "end": self.end,
            "length": self.length,
            "observed": self.observed,
            "upper": self.upper,
            "start_known": self.start_known,
            "end_known": self.end_known,
            "ongoing": self.ongoing,
        }

    def __str__(self) -> str:
        doubts = "; ".join(self._doubts())
        head = f"{self.title}: {self.issues} {words.at(self.top)}"
        head += f" ({doubts})" if doubts else ""
        dates = self.chart.series.when(self.start, self.end)
        return f"{head}, {dates}, {self.chart.name}"

    def _doubts(self) -> Iterator[str]:
        gone = f"no usable list {self._unusable()}" if self.unknown else ""
        if self.observed < self.length:
            yield f"{self.observed} seen: {gone}"
            gone = ""
        if self.upper is not None and self.upper > self.length:
            yield f"{self.upper} at most: {gone}" if gone else f"{self.upper} at most"
        elif self.upper is None:
            if self.so_far[1] > self.length:
                within = f"{self.so_far[1]} at most within the data"
                yield f"{within}: {gone}" if gone else within
            begin, end = self.covered
            if begin is not None:
                yield f"perhaps longer: not covered before {begin}"
            if end is not None:
                lead = "still counting" if self.ongoing else "perhaps longer"
                yield f"{lead}: not covered after {end}"

    def _unusable(self) -> str:
        series = self.chart.series
        if len(self.unknown) == 1:
            return series.when(self.unknown[0])
        return f"{series.date_words.several} {words.listed(self.unknown)}"
