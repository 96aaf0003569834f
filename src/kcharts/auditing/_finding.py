"""Findings: one fault of the lists or of their counters each, with the rows that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any, final

from attrs import frozen

from kcharts.measures._evidence import Basis
from kcharts.model.chart import Chart
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title


@final
class FindingKind(Enum):
    """What is the matter where a printed counter is not what the lists give.

    >>> FindingKind("homonym").name
    'HOMONYM'
    """

    MISSING_ISSUE = "missing issue"
    """Between two issues in hand the counters rise by more issues than the calendar has."""
    STALE_ISSUE = "stale issue"
    """A list that repeats the one before, its counters standing still."""
    DEFECTIVE_ISSUE = "defective issue"
    """A list that lacks titles which belong on it: those of a category, or several at once."""
    HOLE_IN_LIST = "hole in a list"
    """A list that lacks one row; often the rows below it are closed up."""
    HOMONYM = "homonym"
    """A counter that falls back: two works bear one name."""
    DUPLICATE_TITLE = "duplicate title"
    """A title at several ranks of one list."""
    RENAME = "rename"
    """A title that goes on under another name."""
    PUBLISHER_REVISION = "publisher revision"
    """One figure of one title that its own lists contradict: a correction, or a slip."""
    UNEXPLAINED = "unexplained"
    """Differences that fit nothing else."""
    COUNTED_BELOW = "counted below"
    """The publisher counts on a longer list than the one in hand."""
    LEFT_CENSORED = "left-censored"
    """Counters that began before the first list in hand."""

    def __repr__(self) -> str:
        return f"FindingKind.{self.name}"


_STATUSES = {
    FindingKind.MISSING_ISSUE: IssueStatus.MISSING,
    FindingKind.STALE_ISSUE: IssueStatus.STALE,
    FindingKind.DEFECTIVE_ISSUE: IssueStatus.DEFECTIVE,
    FindingKind.HOLE_IN_LIST: IssueStatus.DEFECTIVE,
}
_REMEDIES = {
    FindingKind.MISSING_ISSUE: "applied: the calendar gets the issue, and its list is MISSING",
    FindingKind.STALE_ISSUE: "applied: the list becomes STALE",
    FindingKind.DEFECTIVE_ISSUE: "applied: the list becomes DEFECTIVE",
    FindingKind.HOLE_IN_LIST: "applied: the list becomes DEFECTIVE",
    FindingKind.DUPLICATE_TITLE: "left alone: measures take the better rank, and count once; "
    "rows that are two works need a key of their own each",
    FindingKind.PUBLISHER_REVISION: "left alone: counters stay as they were printed",
    FindingKind.UNEXPLAINED: "left alone: look at the rows",
    FindingKind.COUNTED_BELOW: "left alone: measures count the list in hand",
    FindingKind.LEFT_CENSORED: "left alone: earlier lists would tell",
}


@final
@frozen
class Finding:
    """One fault that explains why printed counters are not what the lists give.

    Attributes:
        kind: What is the matter.
        chart: The chart.
        dates: The issues concerned; of a missing issue, the two in hand beside it.
        rows: The rows that show it, in the order of dates and ranks.
        explanation: What is seen, in a sentence without the chart's name.
        titles: The titles concerned, where it is about titles: of a rename, the old name and the
            new one.
        rank: The rank of a hole: the best that it can have; None where nothing tells.
        between: How many issues the publisher counted between the two dates of a missing issue; 0
            for any other kind.
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
        return _STATUSES.get(self.kind)

    @property
    def remedy(self) -> str:
        """What `apply_findings` does about it, or what you can do."""
        if self.kind is FindingKind.RENAME:
            old, new = self.titles
            return (
                f"left alone: a catalogue joins the two, by an entry {new.full_name!r} "
                f"with the alias {old.full_name!r}"
            )
        if self.kind is FindingKind.HOMONYM:
            return (
                f"left alone: a catalogue parts the works, by two entries with the alias "
                f"{self.titles[0].full_name!r} each, one up to the day before {self.dates[0]}, "
                "the other from then on"
            )
        return _REMEDIES[self.kind]

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
