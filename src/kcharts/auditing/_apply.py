"""Applying findings: the statuses that they give to issues, and the issues that were missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import evolve

from kcharts.auditing._finding import Finding
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus

_EARLIEST = dt.date(1900, 1, 1)


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
    days = list(_lacking(calendar, finding))
    if not days:
        return history
    calendars = {**history.store.calendars, series: _including(history, series, days)}
    return ChartHistory(evolve(history.store, calendars=calendars))


def _lacking(calendar: Calendar, finding: Finding) -> Iterator[dt.date]:
    """The dates to add between the two of a finding: evenly spread, on days that are free."""
    start, end = finding.dates
    known = set(calendar.between(start, end))
    free = [
        day
        for ordinal in range(start.toordinal() + 1, end.toordinal())
        if (day := dt.date.fromordinal(ordinal)) not in known
    ]
    lacking = finding.between - (len(known) - 2)
    apart = (end - start).days / (lacking + 1)
    for number in range(1, lacking + 1):
        aim = start.toordinal() + round(number * apart)
        day = min(free, key=lambda each: abs(each.toordinal() - aim))
        free.remove(day)
        yield day


def _digits(day: dt.date) -> str:
    return str(day).replace("-", "")  # strftime leaves the zeros of early years out


def _including(history: ChartHistory, series: ChartSeries, days: list[dt.date]) -> Calendar:
    """A series' calendar with some more issues."""
    calendar = history.calendar(series)
    first, last = calendar.first, calendar.last
    if calendar.kind == "dates":
        return Calendar.from_dates([*calendar.dates, *days], first=first, last=last)
    text = calendar.rule
    if text is None:
        earliest = min(_EARLIEST, dt.date.fromordinal(history.store.due[series][0]))
        until = earliest + dt.timedelta(6)
        [start] = evolve(calendar, first=None, last=None).between(earliest, until)
        text = f"DTSTART:{_digits(start)}\nRRULE:FREQ=WEEKLY"
    extra = "".join(f"\nRDATE:{_digits(day)}" for day in days)
    return Calendar.from_rule(text + extra, first=first, last=last)
