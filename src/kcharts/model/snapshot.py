"""Snapshots: one title's place on one chart in one issue, with what was printed beside it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, final

import attrs
from attrs import field, frozen

from kcharts._faces import public
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.country import Country
from kcharts.model.title import Title


@final
@public
class IssueStatus(Enum):
    """What is known of one issue of one chart.

    Only a PUBLISHED list says that a title was not on it.
    """

    PUBLISHED = "published"
    """We have the list, whole and new."""
    MISSING = "missing"
    """It should exist, and we do not have it."""
    DEFECTIVE = "defective"
    """We have it, but broken: a category is gone, say, or a row could not be read."""
    STALE = "stale"
    """We have it, but it is the issue before it once more."""
    OUTSIDE = "outside"
    """Before the chart's first issue, after its last, or not covered by the data."""

    @property
    def is_unknown(self) -> bool:
        """Whether an issue was due whose ranks are not known: MISSING, DEFECTIVE or STALE.

        >>> IssueStatus.DEFECTIVE.is_unknown, IssueStatus.OUTSIDE.is_unknown
        (True, False)
        """
        return self not in (IssueStatus.PUBLISHED, IssueStatus.OUTSIDE)

    def __repr__(self) -> str:
        return f"IssueStatus.{self.name}"


def _amount(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    # Runtimes have decimals, and a float would not print as the file did.
    if isinstance(value, Decimal):
        where = f"{type(instance).__name__}.{attribute.name}"
        if not value.is_finite() or value < 0:
            raise checks.refuse(where, "a finite amount of 0 or more", value)
    else:
        checks.count(0)(instance, attribute, value)


def _amount_field() -> Any:
    return field(default=None, kw_only=True, validator=checks.optional(_amount))


def _count_field(least: int) -> Any:
    return field(default=None, kw_only=True, validator=checks.optional(checks.count(least)))


@final
@public
@frozen
class Metrics:
    """What the publisher measured, as printed; None where it was not printed.

    Attributes:
        hours_viewed: Hours viewed in the issue's period.
        views: Views (Netflix: hours viewed divided by runtime, since 2023-06-18).
        runtime_hours: The runtime in hours.
        points: Points of a points chart.
        streams: Streams in the issue's period.

    >>> Metrics(hours_viewed=124_790_000).hours_viewed
    124790000
    """

    hours_viewed: int | Decimal | None = _amount_field()
    views: int | Decimal | None = _amount_field()
    runtime_hours: int | Decimal | None = _amount_field()
    points: int | Decimal | None = _amount_field()
    streams: int | Decimal | None = _amount_field()


@final
@public
@frozen
class Reported:
    """The counters that the publisher printed beside the rank; None where it printed none.

    Attributes:
        last_rank: The rank in the previous issue.
        peak: The best rank so far.
        periods_on_chart: The number of issues on the list so far, by the publisher's count.
        periods_at_peak: The number of issues at the peak so far.
        as_of: "issue" where the counters are as of the issue, "scrape" where they are as of the
            day on which the page was fetched.
    """

    last_rank: int | None = _count_field(1)
    peak: int | None = _count_field(1)
    periods_on_chart: int | None = _count_field(0)
    periods_at_peak: int | None = _count_field(0)
    as_of: Literal["issue", "scrape"] = field(
        default="issue", kw_only=True, validator=checks.choice("issue", "scrape")
    )


# Shared by all rows that print nothing beside the rank.
NO_METRICS = Metrics()
NO_REPORTED = Reported()


@final
@public
@frozen
class SourceRef:
    """Where a row was read: the source's name and the physical line, counted from 1.

    >>> print(SourceRef("all-weeks-countries.tsv", 2))
    all-weeks-countries.tsv, line 2
    """

    name: str = field(validator=checks.a(str, "text"))
    line: int | None = field(default=None, validator=checks.optional(checks.count(1)))

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}, line {self.line}"


@final
@public
@frozen
class RankSnapshot:
    """One title's place on one chart in one issue.

    Attributes:
        title: The work.
        chart: The chart, with its place.
        date: The date that the publisher gives the issue.
        rank: The rank as printed, 1 being the top.
        metrics: What was measured.
        reported: The publisher's own counters.
        extras: Columns of the file that have no field here, as (name, text) pairs; their order
            makes no difference.
        source: Where it was read.

    Raises:
        TypeError: A field has a value of the wrong type; a datetime is not a date.
        ValueError: The rank is below 1.

    >>> from datetime import date
    >>> from kcharts import WORLD, Chart, ChartSeries, Frequency, RankSnapshot, Title
    >>> world = Chart(ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY), WORLD)
    >>> print(RankSnapshot(Title("Hellbound"), world, date(2021, 11, 21), 1))
    Hellbound: No. 1 in the week ending 2021-11-21, Netflix TV in the world
    """

    title: Title = field(validator=checks.a(Title, "a Title"))
    chart: Chart = field(validator=checks.a(Chart, "a Chart"))
    date: dt.date = field(validator=checks.day)
    rank: int = field(validator=checks.count(1))
    metrics: Metrics = field(default=NO_METRICS, validator=checks.a(Metrics, "Metrics"))
    reported: Reported = field(default=NO_REPORTED, validator=checks.a(Reported, "Reported"))
    # Files of one publisher have their columns in different orders, hence `eq`.
    extras: tuple[tuple[str, str], ...] = field(
        default=(), eq=frozenset, validator=checks.a(tuple, "a tuple of (name, text) pairs")
    )
    source: SourceRef | None = field(
        default=None, validator=checks.optional(checks.a(SourceRef, "a SourceRef"))
    )

    @property
    def country(self) -> Country | None:
        """The chart's country; None on the world-wide chart."""
        return self.chart.country

    def __str__(self) -> str:
        when = self.chart.series.when(self.date)
        return f"{self.title}: No. {self.rank} {when}, {self.chart.name}"


@final
@public
@frozen
class Issue:
    """One list: one issue of one chart, ordered by rank.

    Attributes:
        chart: The chart.
        date: The issue's date.
        status: What is known of it.
        rows: Its rows in the order of their ranks; none where we do not have it.
    """

    chart: Chart
    date: dt.date
    status: IssueStatus
    rows: tuple[RankSnapshot, ...] = ()

    def __iter__(self) -> Iterator[RankSnapshot]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        lines = [f"{self.chart.name}, {self.date}, {self.status.value}"]
        return "\n".join(lines + [f"{row.rank:>4}  {row.title}" for row in self.rows])
