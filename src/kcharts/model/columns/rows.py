"""Rows as values and back: snapshots made of a store's columns, and columns of snapshots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import Builder, optional_columns
from kcharts.model.columns.combining import kept, of_each_key
from kcharts.model.columns.marks import add_marks
from kcharts.model.columns.store import Store, encoded
from kcharts.model.snapshot import (
    NO_METRICS,
    NO_REPORTED,
    Issue,
    IssueStatus,
    Metrics,
    RankSnapshot,
    Reported,
    SourceRef,
)
from kcharts.model.title import Title

Clashing = Literal["refuse", "keep"]

METRICS = ("hours_viewed", "views", "runtime_hours", "points", "streams")
REPORTED = ("last_rank", "peak", "periods_on_chart", "periods_at_peak")
EXTRA = "extra:"
_LARGEST = 2**31 - 1  # what a column of ranks or lines holds


def snapshot(store: Store, row: int) -> RankSnapshot:
    """One row of a store as a value."""
    chart, ordinal = store.located(row)
    name, line = store.sources[store.source_codes[row]], store.lines[row]
    metrics = {n: store.columns[n].get(row) for n in METRICS if n in store.columns}
    reported = {n: store.columns[n].get(row) for n in REPORTED if n in store.columns}
    as_of = store.columns.get("as_of")
    if as_of and (value := as_of.get(row)):
        reported["as_of"] = value
    extras = (
        (column.removeprefix(EXTRA), text)
        for column, held in store.columns.items()
        if column.startswith(EXTRA) and (text := held.get(row)) is not None
    )
    return RankSnapshot(
        store.titles[store.title_codes[row]],
        store.charts[chart],
        dt.date.fromordinal(ordinal),
        store.ranks[row],
        Metrics(**metrics) if metrics else NO_METRICS,
        Reported(**reported) if reported else NO_REPORTED,
        tuple(extras),
        SourceRef(name, line or None) if name else None,
    )


def store_of(
    rows: Iterable[RankSnapshot],
    calendars: Mapping[ChartSeries, Calendar],
    statuses: Mapping[tuple[Chart, dt.date], IssueStatus],
    *,
    ties: Clashing,
    repeats: Clashing,
) -> Store:
    """The store of rows in any order."""
    for name, choice in (("ties", ties), ("repeats", repeats)):
        if choice not in ("refuse", "keep"):
            raise checks.refuse(name, '"refuse" or "keep"', choice)
    builder = Builder(ties=ties == "keep", repeats=repeats == "keep")
    builder.calendars.update(calendars)
    add_rows(builder, rows)
    add_marks(builder, statuses)
    return builder.build()


def store_of_issue(issue: Issue) -> Store:
    """The store of one list, just as the history has it that gave it."""
    builder = Builder(as_given=True)
    add_rows(builder, issue.rows)
    add_marks(builder, {(issue.chart, issue.date): issue.status})
    return builder.build()


def add_rows(builder: Builder, rows: Iterable[RankSnapshot]) -> None:
    """Hand snapshots to a builder, with all that was printed beside their ranks."""
    listed = list(rows)
    for row in listed:
        if not isinstance(row, RankSnapshot):
            raise checks.refuse("rows", "RankSnapshots", row, kind=TypeError)
    titles = of_each_key(row.title for row in listed)
    for row in listed:
        _add(builder, row, titles.get(row.title.key, row.title) if titles else row.title)
    builder.columns.update(optional_columns((row.metrics for row in listed), METRICS))
    builder.columns.update(optional_columns((row.reported for row in listed), REPORTED))
    if any(row.reported.as_of != "issue" for row in listed):
        builder.columns["as_of"] = encoded(
            "scrape" if row.reported.as_of == "scrape" else None for row in listed
        )
    extras = [
        kept(dict(row.extras), row.title, titles[row.title.key])
        if row.title.key in titles
        else dict(row.extras)
        for row in listed
    ]
    for name in dict.fromkeys(name for each in extras for name in each):
        builder.columns[f"{EXTRA}{name}"] = encoded(each.get(name) for each in extras)


def _add(builder: Builder, row: RankSnapshot, title: Title) -> None:
    source = row.source
    line = (source and source.line) or 0
    for name, number in (("rank", row.rank), ("line", line)):
        if number > _LARGEST:
            where = f"{row.title} on {row.date}, {row.chart.name}: {name}"
            raise checks.refuse(where, f"a whole number up to {_LARGEST:,}", number)
    builder.issue_codes.append(builder.issue(row.chart, row.date))
    builder.title_codes.append(builder.title(title))
    builder.ranks.append(row.rank)
    builder.lines.append(line)
    builder.source_codes.append(builder.source(source.name if source else ""))
