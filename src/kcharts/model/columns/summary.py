"""What a history holds, in words: the first thing a user sees."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from kcharts.model.chart import ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import WORLD
from kcharts.model.snapshot import IssueStatus


def statuses(store: Store, chart: int) -> dict[int, IssueStatus]:
    """The statuses of a chart's issues, but for those outside."""
    low, high = store.spans[chart]
    days = {*store.marks[chart], *store.lists[chart].ordinals}
    if low <= high:
        calendar = store.calendar(store.charts[chart].series)
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        days.update(day.toordinal() for day in calendar.between(*ends))
    found = {day: store.status(chart, day) for day in sorted(days)}
    return {day: status for day, status in found.items() if status is not IssueStatus.OUTSIDE}


def counted(store: Store, chart: int) -> Counter[IssueStatus]:
    """How many of a chart's issues have each status, without listing those that are missing."""
    low, high = store.spans[chart]
    known = {*store.marks[chart], *store.lists[chart].ordinals}
    found = Counter(store.status(chart, day) for day in known)
    if low <= high:
        calendar = store.calendar(store.charts[chart].series)
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        inside = (dt.date.fromordinal(day) for day in known if low <= day <= high)
        found[IssueStatus.MISSING] += calendar.count(*ends) - sum(map(calendar.has, inside))
    return found


def summary(store: Store) -> str:
    """What a history holds, in words: the first thing a user sees."""
    lines = [store.note] if store.note else []
    families: dict[tuple[Any, ...], list[ChartSeries]] = {}
    for series in dict.fromkeys(chart.series for chart in store.charts):
        family = (series.publisher, series.platform, series.frequency, store.calendar(series))
        families.setdefault(family, []).append(series)
    lines += [_family(store, group) for group in families.values()]
    return "\n".join(lines) or "an empty history"


def _family(store: Store, group: list[ChartSeries]) -> str:
    first = group[0]
    codes = [code for code, chart in enumerate(store.charts) if chart.series in group]
    places = {store.charts[code].place for code in codes}
    countries = len(places - {WORLD})
    where = ["the world"] if WORLD in places else []
    where += [_counted(countries, "country", "countries")] if countries else []
    publisher = "" if first.publisher == first.platform else f" by {first.publisher}"
    dates = sorted({o for code in codes for o in store.lists[code].ordinals})
    rows = sum(store.lists[code].starts[-1] - store.lists[code].starts[0] for code in codes)
    days = [dt.date.fromordinal(o) for o in (dates[0], dates[-1])] if dates else []
    span = f"{_counted(len(dates), 'issue', 'issues')}"
    span += f" {days[0]} to {days[1]}" if days else ""
    head = f"{first.platform} {first.frequency.value}{publisher}"
    head += f", {' and '.join(dict.fromkeys(series.category for series in group))}"
    parts = [head, " and ".join(where), span, _counted(rows, "row", "rows")]
    narrowed = "" if store.whole else "; narrowed to titles, so not whole"
    return f"{', '.join(parts)}; {_lacking(store, codes)}{narrowed}"


def _lacking(store: Store, codes: list[int]) -> str:
    counts = sum((counted(store, code) for code in codes), Counter[IssueStatus]())
    faults = [
        f"{_counted(counts[status], 'list', 'lists')} {status.value}"
        for status in (IssueStatus.MISSING, IssueStatus.DEFECTIVE, IssueStatus.STALE)
        if counts[status]
    ]
    return ", ".join(faults) or "no list missing"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
