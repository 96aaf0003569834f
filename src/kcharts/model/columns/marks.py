"""Marks: what is known of issues beyond their rows, and what such a mark must not contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.builder import LISTED, Builder
from kcharts.model.columns.store import Store, check_issue
from kcharts.model.snapshot import IssueStatus

_BROKEN = "DEFECTIVE, STALE or PUBLISHED, since the history has the list"
_ABSENT = "MISSING or OUTSIDE, since the history does not have the list"
_ENDED = "OUTSIDE, since the chart ended before"


def _check_status(where: str, status: object) -> None:
    expected = "an IssueStatus, such as IssueStatus.MISSING"
    checks.check_kind(where, status, IssueStatus, expected)


def add_marks(builder: Builder, statuses: Mapping[tuple[Chart, dt.date], IssueStatus]) -> None:
    """Give marks to a builder that has all rows and calendars: it checks them against these."""
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
        _check_status("statuses", status)
        # Any other calendar is inferred, from the marks as well as from the lists.
        if chart.series in builder.calendars:
            check_issue(builder.calendars[chart.series], chart.series, day)
        if status not in LISTED and (builder.chart(chart), day.toordinal()) in builder.issues:
            raise checks.refuse(f"{chart}, {day}", _BROKEN, status)
        builder.mark(chart, day, status)


def mark_issue(store: Store, codes: Iterable[int], date: dt.date, status: IssueStatus) -> Store:
    """The store with the status of an issue set, on each of some charts."""
    _check_status("status", status)
    marks = [dict(held) for held in store.marks]
    ordinal = date.toordinal()
    for code in codes:
        chart = store.charts[code]
        check_issue(store.calendar(chart.series), chart.series, date)
        if status not in LISTED and store.index(code, ordinal) is not None:
            raise checks.refuse(f"{chart}, {date}", _BROKEN, status)
        if status in LISTED and store.index(code, ordinal) is None:
            raise checks.refuse(f"{chart}, {date}", _ABSENT, status)
        closing = store.closings[code]
        if closing is not None and ordinal > closing and status is not IssueStatus.OUTSIDE:
            raise checks.refuse(f"{chart}, {date}", _ENDED, status)
        marks[code][ordinal] = status
    return evolve(store, marks=tuple(marks))


def close_charts(store: Store, codes: Iterable[int], date: dt.date) -> Store:
    """The store in which some charts ended with the issue of a date."""
    closings = list(store.closings)
    ordinal = date.toordinal()
    for code in codes:
        chart = store.charts[code]
        check_issue(store.calendar(chart.series), chart.series, date)
        # A mark counts as a list does: an issue that is MISSING was due, so the chart went on.
        last = max(store.known_days(code), default=ordinal)
        if last > ordinal:
            expected = f"a date from {dt.date.fromordinal(last)} on, the last issue that is known"
            raise checks.refuse(f"the last issue of {chart}", expected, str(date))
        closings[code] = ordinal
    return evolve(store, closings=tuple(closings))
