"""Applying findings: the statuses that they give to issues, and the issues that were missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve

from kcharts.auditing._finding import Finding
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus


def apply_findings(history: ChartHistory, findings: Iterable[Finding], /) -> ChartHistory:
    """The history with what findings say of its issues: which are missing, stale or broken.

    A missing issue is added to its series' calendar, so that its list is MISSING in every place.
    Its date is not known: it is given one half-way between the two issues in hand, or near that.
    A stale list becomes STALE; a defective one, or one with a hole, DEFECTIVE. Rows stay as they
    are, and findings of any other kind change nothing: `Finding.remedy` says what you can do.
    Applying findings twice is applying them once.

    Args:
        history: The history that was audited, or one with the same lists.
        findings: All that `audit` found, or those of them that you accept.

    Raises:
        UnknownChartError: The history does not hold a finding's chart.
        ValueError: It does not hold a finding's list.

    >>> from kcharts import apply_findings, audit, sample
    >>> history = sample()
    >>> apply_findings(history, audit(history)) == history
    True
    """
    found = list(findings)
    for finding in found:
        if finding.status is IssueStatus.MISSING:
            history = _extended(history, finding)
    for finding in found:
        if finding.status not in (None, IssueStatus.MISSING):
            for day in finding.dates:
                history = history.with_status(finding.chart, day, finding.status)
    return history


def _extended(history: ChartHistory, finding: Finding) -> ChartHistory:
    """The history whose calendar has all issues that the publisher counted."""
    history.status(finding.chart, finding.dates[0])
    series = finding.chart.series
    calendar = history.calendar(series)
    start, end = finding.dates
    lacking = finding.between - (calendar.count(start, end) - 2)
    if lacking <= 0:
        return history
    more = calendar.with_issues(
        calendar.spread(start, end, issues=lacking),
        since=dt.date.fromordinal(history.store.due[series][0]),
    )
    calendars = {**history.store.calendars, series: more}
    return ChartHistory(evolve(history.store, calendars=calendars))
