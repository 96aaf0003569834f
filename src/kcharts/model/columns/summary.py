"""What a history holds: in words, as columns for libraries, and what equal ones share."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from importlib import import_module
from typing import Any

from kcharts.errors import UnsupportedBackendError
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.rows import METRICS, REPORTED
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
    known = {day: store.status(chart, day) for day in sorted(days)}
    return {day: status for day, status in known.items() if status is not IssueStatus.OUTSIDE}


def count_statuses(store: Store, chart: int) -> Counter[IssueStatus]:
    """How many of a chart's issues have each status, without listing those that are missing."""
    low, high = store.spans[chart]
    # Not by days: a few lists far apart leave tens of thousands of days without one.
    known = {*store.marks[chart], *store.lists[chart].ordinals}
    counts = Counter(store.status(chart, day) for day in known)
    if low <= high:
        calendar = store.calendar(store.charts[chart].series)
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        inside = (dt.date.fromordinal(day) for day in known if low <= day <= high)
        counts[IssueStatus.MISSING] += calendar.count(*ends) - sum(map(calendar.has, inside))
    return counts


def summary(store: Store) -> str:
    """What a history holds, in words: the first thing a user sees."""
    lines = [store.note] if store.note else []
    families: dict[tuple[Any, ...], list[ChartSeries]] = {}
    for series in dict.fromkeys(chart.series for chart in store.charts):
        # Netflix's four categories are four series that differ in nothing else: one line says it.
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
    where += [_quantity(countries, "country", "countries")] if countries else []
    publisher = "" if first.publisher == first.platform else f" by {first.publisher}"
    dates = sorted({o for code in codes for o in store.lists[code].ordinals})
    rows = sum(store.lists[code].starts[-1] - store.lists[code].starts[0] for code in codes)
    days = [dt.date.fromordinal(o) for o in (dates[0], dates[-1])] if dates else []
    span = f"{_quantity(len(dates), 'issue', 'issues')}"
    span += f" {days[0]} to {days[1]}" if days else ""
    head = f"{first.platform} {first.frequency.value}{publisher}"
    head += f", {' and '.join(dict.fromkeys(series.category for series in group))}"
    parts = [head, " and ".join(where), span, _quantity(rows, "row", "rows")]
    narrowed = "" if store.whole else "; narrowed to titles, so not whole"
    return f"{', '.join(parts)}; {_lacking(store, codes)}{narrowed}"


def _lacking(store: Store, codes: list[int]) -> str:
    counts = sum((count_statuses(store, code) for code in codes), Counter[IssueStatus]())
    faults = [
        f"{_quantity(counts[status], 'list', 'lists')} {status.value}"
        for status in (IssueStatus.MISSING, IssueStatus.DEFECTIVE, IssueStatus.STALE)
        if counts[status]
    ]
    return ", ".join(faults) or "no list missing"


def _quantity(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def columns(store: Store) -> dict[str, list[Any]]:
    """The rows as columns, under the names of the kcharts table."""
    at = [store.locate(row) for row in range(len(store.ranks))]
    charts = [store.charts[chart] for chart, _ in at]
    titles = [store.titles[code] for code in store.title_codes]
    cells: dict[str, list[Any]] = {
        "publisher": [chart.series.publisher for chart in charts],
        "platform": [chart.series.platform for chart in charts],
        "category": [chart.series.category for chart in charts],
        "frequency": [chart.series.frequency.value for chart in charts],
        "country": [chart.code for chart in charts],
        "date": [dt.date.fromordinal(ordinal) for _, ordinal in at],
        "status": [store.status(chart, ordinal).value for chart, ordinal in at],
        "rank": list(store.ranks),
        "title": [title.name for title in titles],
    }
    for name in ("by", "season", "kind", "key"):
        cells[name] = [getattr(title, name) for title in titles]
    for prefix, names in (("", METRICS), ("reported_", (*REPORTED, "as_of"))):
        for name in names:
            if name in store.columns:
                cells[f"{prefix}{name}"] = list(store.columns[name].decode())
    return cells


def arrow_stream(store: Store, requested_schema: object) -> object:
    """The rows as an Arrow stream, made by whichever library is installed."""
    cells = {name: _one_kind(column) for name, column in columns(store).items()}
    for library, make in (("polars", "DataFrame"), ("pyarrow", "table")):
        try:
            table: Any = getattr(import_module(library), make)(cells)
        except ImportError:
            continue
        return table.__arrow_c_stream__(requested_schema)
    message = "an Arrow stream is made by polars or pyarrow, and neither is installed"
    raise UnsupportedBackendError(message)


def _one_kind(cells: list[Any]) -> list[Any]:
    """The cells with whole numbers as decimals, where some are decimals."""
    if not any(isinstance(cell, Decimal) for cell in cells):
        return cells
    return [None if cell is None else Decimal(cell) for cell in cells]


def content(store: Store) -> list[Any]:
    """What two equal histories have in common."""
    # Sources are left out: the same lists from another file are the same history.
    names = [n for n, column in store.columns.items() if any(c >= 0 for c in column.codes)]
    series = dict.fromkeys(chart.series for chart in store.charts)
    return [
        store.charts,
        store.lists,
        store.ranks,
        [store.titles[code].key for code in store.title_codes],
        {name: list(store.columns[name].decode()) for name in names},
        [store.calendar(each) for each in series],
        [statuses(store, chart) for chart in range(len(store.charts))],
        store.closings,
        store.whole,
    ]
