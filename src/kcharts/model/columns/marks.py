"""Marks: what is known of issues beyond their rows, and what such a mark must not contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from kcharts.errors import NotAnIssueError
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import IN_HAND, Builder
from kcharts.model.columns.store import Store
from kcharts.model.snapshot import IssueStatus

_BROKEN = "DEFECTIVE, STALE or PUBLISHED, since the history has the list"
_ABSENT = "MISSING or OUTSIDE, since the history does not have the list"
_ENDED = "OUTSIDE, since the chart ended before"


def check_status(where: str, status: object) -> None:
    """Raise unless it is a status."""
    if not isinstance(status, IssueStatus):
        raise checks.refuse(
            where, "an IssueStatus, such as IssueStatus.MISSING", status, kind=TypeError
        )


def check_issue(calendar: Calendar, series: ChartSeries, date: dt.date) -> None:
    """Raise unless the calendar has an issue on the date; the error names the series."""
    try:
        calendar.number(date)
    except NotAnIssueError as fault:
        raise NotAnIssueError(f"{series}: {fault.message}") from None


def add_marks(builder: Builder, statuses: Mapping[tuple[Chart, dt.date], IssueStatus]) -> None:
    """Hand marks to a builder that has all rows and calendars."""
    expected = "statuses by (Chart, date)"
    checks.check_kind("statuses", statuses, Mapping, expected)
    given: Mapping[Any, IssueStatus] = statuses
    for key, status in given.items():
        match key:
            case (Chart() as chart, day):
                pass
            case _:
                raise checks.refuse("statuses", expected, key, kind=TypeError)
        checks.check_day("statuses", day)
        check_status("statuses", status)
        if chart.series in builder.calendars:
            check_issue(builder.calendars[chart.series], chart.series, day)
        if status not in IN_HAND and (builder.chart(chart), day.toordinal()) in builder.issues:
            raise checks.refuse(f"{chart}, {day}", _BROKEN, status)
        builder.mark(chart, day, status)


def marked(store: Store, codes: Iterable[int], date: dt.date, status: IssueStatus) -> Store:
    """The store with the status of an issue set, on each of the charts."""
    check_status("status", status)
    marks = [dict(held) for held in store.marks]
    ordinal = date.toordinal()
    for code in codes:
        chart = store.charts[code]
        check_issue(store.calendar(chart.series), chart.series, date)
        if status not in IN_HAND and store.index(code, ordinal) is not None:
            raise checks.refuse(f"{chart}, {date}", _BROKEN, status)
        if status in IN_HAND and store.index(code, ordinal) is None:
            raise checks.refuse(f"{chart}, {date}", _ABSENT, status)
        closing = store.closings[code]
        if closing is not None and ordinal > closing and status is not IssueStatus.OUTSIDE:
            raise checks.refuse(f"{chart}, {date}", _ENDED, status)
        marks[code][ordinal] = status
    return evolve(store, marks=tuple(marks))


def closed(store: Store, codes: Iterable[int], date: dt.date) -> Store:
    """The store in which each of the charts ended with an issue."""
    closings = list(store.closings)
    ordinal = date.toordinal()
    for code in codes:
        chart = store.charts[code]
        check_issue(store.calendar(chart.series), chart.series, date)
        last = max(store.dated(code), default=ordinal)
        if last > ordinal:
            raise checks.refuse(
                f"the last issue of {chart}",
                f"a date from {dt.date.fromordinal(last)} on, since the history knows of that issue",
                str(date),
            )
        closings[code] = ordinal
    return evolve(store, closings=tuple(closings))
