"""A history as columns: for tables, for data-frame libraries, and to be compared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib import import_module
from typing import Any

from kcharts.errors import UnsupportedBackendError
from kcharts.model.columns.rows import METRICS, REPORTED
from kcharts.model.columns.store import Store
from kcharts.model.columns.summary import statuses


def columns(store: Store) -> dict[str, list[Any]]:
    """The rows as columns, under the names of the kcharts table."""
    at = [store.located(row) for row in range(len(store.ranks))]
    charts = [store.charts[chart] for chart, _ in at]
    titles = [store.titles[code] for code in store.title_codes]
    found: dict[str, list[Any]] = {
        "publisher": [chart.series.publisher for chart in charts],
        "platform": [chart.series.platform for chart in charts],
        "category": [chart.series.category for chart in charts],
        "frequency": [chart.series.frequency.value for chart in charts],
        "country": [chart.code for chart in charts],
        "date": [dt.date.fromordinal(ordinal) for _, ordinal in at],
        "status": [store.status(chart, ordinal).value for chart, ordinal in at],
        "rank": list(store.ranks),
        "title": [title.name for title in titles],
        "by": [title.by for title in titles],
        "season": [title.season for title in titles],
        "kind": [title.kind for title in titles],
        "key": [title.key for title in titles],
    }
    for name in METRICS:
        if name in store.columns:
            found[name] = list(store.columns[name].decoded())
    for name in (*REPORTED, "as_of"):
        if name in store.columns:
            found[f"reported_{name}"] = list(store.columns[name].decoded())
    return found


def arrow_stream(store: Store, requested_schema: object) -> object:
    """The rows as an Arrow stream, made by whichever library is installed."""
    found = {name: _one_kind(cells) for name, cells in columns(store).items()}
    for library, make in (("polars", "DataFrame"), ("pyarrow", "table")):
        try:
            table: Any = getattr(import_module(library), make)(found)
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
    names = [n for n, column in store.columns.items() if any(c >= 0 for c in column.codes)]
    series = dict.fromkeys(chart.series for chart in store.charts)
    return [
        store.charts,
        store.lists,
        store.ranks,
        [store.titles[code].key for code in store.title_codes],
        {name: list(store.columns[name].decoded()) for name in names},
        [store.calendar(each) for each in series],
        [statuses(store, chart) for chart in range(len(store.charts))],
        store.closings,
        store.whole,
    ]
