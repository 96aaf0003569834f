"""Findings, each one fault of lists or counters with the rows that show it; applying them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple, final

from attrs import evolve, frozen

from kcharts._faces import public
from kcharts.measures._evidence import Basis
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory, store_in
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title


@final
@public
class FindingKind(Enum):
    """What is the matter where a printed counter is not what the lists give.

    >>> FindingKind("homonym").name
    'HOMONYM'
    """

    MISSING_ISSUE = "missing issue"
    """Between two lists the counters rise by more issues than the calendar has."""
    STALE_ISSUE = "stale issue"
    """A list that repeats the one before, counters and all."""
    DEFECTIVE_ISSUE = "defective issue"
    """A list that lacks a whole category, or several titles at once."""
    HOLE_IN_LIST = "hole in a list"
    """A list that lacks one row; often the rows below it are closed up."""
    HOMONYM = "homonym"
    """A counter that falls back: two works share one name."""
    DUPLICATE_TITLE = "duplicate title"
    """A title at several ranks of one list."""
    RENAME = "rename"
    """A title that goes on under another name."""
    PUBLISHER_REVISION = "publisher revision"
    """One figure of one title that its own lists contradict: a correction, or a slip."""
    UNEXPLAINED = "unexplained"
    """Differences that fit nothing else."""
    COUNTED_BELOW = "counted below"
    """The publisher counts on a longer list than the one we have."""
    LEFT_CENSORED = "left-censored"
    """Counters that began before the first list that we have."""

    def __repr__(self) -> str:
        return f"FindingKind.{self.name}"


class _Remedy(NamedTuple):
    """What `apply_findings` does about a kind of finding, in words and in statuses."""

    text: str
    """With room for the titles and the first date."""
    status: IssueStatus | None = None


# One row that is lacking spoils a list: it can be that of any title that is not there.
_BROKEN = _Remedy("applied: the list becomes DEFECTIVE", IssueStatus.DEFECTIVE)
_REMEDIES = {
    FindingKind.MISSING_ISSUE: _Remedy(
        "applied: the calendar gets the issue, and its list is MISSING", IssueStatus.MISSING
    ),
    FindingKind.STALE_ISSUE: _Remedy("applied: the list becomes STALE", IssueStatus.STALE),
    FindingKind.DEFECTIVE_ISSUE: _BROKEN,
    FindingKind.HOLE_IN_LIST: _BROKEN,
    FindingKind.HOMONYM: _Remedy(
        "left alone: a catalogue parts the works, by two entries with the alias {titles[0]!r} "
        "each, one up to the day before {date}, the other from then on"
    ),
    FindingKind.DUPLICATE_TITLE: _Remedy(
        "left alone: measures take the better rank, and count once; "
        "rows that are two works need a key of their own each"
    ),
    FindingKind.RENAME: _Remedy(
        "left alone: a catalogue joins the two, by an entry {titles[1]!r} "
        "with the alias {titles[0]!r}"
    ),
    FindingKind.PUBLISHER_REVISION: _Remedy("left alone: counters stay as they were printed"),
    FindingKind.UNEXPLAINED: _Remedy("left alone: look at the rows"),
    FindingKind.COUNTED_BELOW: _Remedy("left alone: measures count the lists you have"),
    FindingKind.LEFT_CENSORED: _Remedy("left alone: earlier lists would show it"),
}


@final
@public
@frozen
class Finding:
    """One fault that explains why printed counters are not what the lists give.

    Attributes:
        kind: What is the matter.
        chart: The chart.
        dates: The issues concerned; of a missing issue, the lists before and after it.
        rows: The rows that show it, in the order of dates and ranks.
        explanation: What is seen, in a sentence without the chart's name.
        titles: The titles it is about, if any: of a rename, the old name and the new one.
        rank: The best rank that a hole can have; None where nothing shows it.
        between: How many issues the publisher counted between the dates of a missing issue, or 0.
    """

    kind: FindingKind
    chart: Chart
    dates: tuple[dt.date, ...]
    rows: tuple[RankSnapshot, ...]
    explanation: str
    titles: tuple[Title, ...] = ()
    rank: int | None = None
    between: int = 0

    @property
    def status(self) -> IssueStatus | None:
        """The status that `apply_findings` gives to the issue; None where it gives none."""
        return _REMEDIES[self.kind].status

    @property
    def remedy(self) -> str:
        """What `apply_findings` does about it, or what you can do."""
        names = [title.full_name for title in self.titles]
        return _REMEDIES[self.kind].text.format(titles=names, date=self.dates[0])

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for row in self.rows:
            yield Basis(row.title, row.chart, row.date, row.date, row.rank)

    def as_row(self) -> dict[str, Any]:
        """The finding as named cells."""
        return {
            "kind": self.kind.value,
            "country": self.chart.code,
            "category": self.chart.series.category,
            "start": self.dates[0],
            "end": self.dates[-1],
            "title": self.titles[0].full_name if self.titles else None,
            "rank": self.rank,
            "rows": len(self.rows),
            "explanation": self.explanation,
        }

    def __str__(self) -> str:
        return f"{self.explanation}, {self.chart.name}"


@public
def apply_findings(history: ChartHistory, findings: Iterable[Finding], /) -> ChartHistory:
    """Mark the lists that findings show to be missing, stale or broken.

    A missing issue is added to its series' calendar, so that its list is MISSING in every place.
    Its date is unknown: it gets one about half-way between the lists beside it. A stale list
    becomes STALE; a defective one, or one with a hole, DEFECTIVE. Rows stay as they are, and
    findings of any other kind change nothing: `Finding.remedy` says what you can do. Applying
    findings a second time changes nothing.

    Args:
        history: The history that was audited, or one with the same lists.
        findings: All that `audit` found, or those that you accept.

    Raises:
        UnknownChartError: The history does not hold a finding's chart.
        ValueError: It does not hold a finding's list.

    >>> from kcharts import apply_findings, audit, sample
    >>> history = sample()
    >>> apply_findings(history, audit(history)) == history
    True
    """
    store_in(history)  # refuses what is not a history, whatever the findings
    accepted = checks.as_list("findings", findings, Finding, "Findings, as audit gives")
    for finding in accepted:
        if finding.status is IssueStatus.MISSING:
            history = _with_missing_issues(history, finding)
    for finding in accepted:
        if finding.status not in (None, IssueStatus.MISSING):
            for day in finding.dates:
                history = history.with_status(finding.chart, day, finding.status)
    return history


def _with_missing_issues(history: ChartHistory, finding: Finding) -> ChartHistory:
    history.status(finding.chart, finding.dates[0])  # raises where it lacks the chart or list
    series = finding.chart.series
    calendar = history.calendar(series)
    start, end = finding.dates
    # The calendar counts both ends. It can have the issue: findings are applied twice, or charts
    # of two countries show the same one.
    lacking = finding.between - (calendar.count(start, end) - 2)
    if lacking <= 0:
        return history
    more = calendar.with_issues(
        calendar.spread(start, end, issues=lacking),
        since=dt.date.fromordinal(history.store.due[series][0]),
    )
    # All places share the calendar: what one chart shows is missing in each.
    calendars = {**history.store.calendars, series: more}
    return ChartHistory(evolve(history.store, calendars=calendars))
