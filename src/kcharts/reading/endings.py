"""Files that were cut off at the end of a row, so that no row shows it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from kcharts.model.chart import Chart
from kcharts.model.columns.builder import Builder


class ShortEnd(NamedTuple):
    """The last list of a file, which is shorter than all others of its series."""

    issue: int
    chart: Chart
    date: dt.date
    size: int
    usual: int

    def __str__(self) -> str:
        rows = "1 row" if self.size == 1 else f"{self.size:,} rows"
        return (
            f"the last list of the file ({self.chart}, {self.date}) has {rows}, and the others "
            f"have {self.usual:,}: was the file cut off? The list is marked defective"
        )


def short_end(builder: Builder, last: int, broken: set[int]) -> ShortEnd | None:
    """What shows that rows are cut off, if anything does.

    Args:
        builder: What all rows have gone to.
        last: The issue of the last row of the file.
        broken: The issues that are not whole for other reasons.
    """
    keys, charts = list(builder.issues), list(builder.charts)
    chart, ordinal = keys[last]
    series = charts[chart].series
    size = builder.issue_codes.count(last)
    if not 0 < size < series.depth or last in broken:
        return None
    others = [
        rows
        for issue, rows in Counter(builder.issue_codes).items()
        if issue != last and issue not in broken and charts[keys[issue][0]].series == series
    ]
    full = sum(rows >= series.depth for rows in others)
    if 2 * full <= len(others) or size >= min(others):
        return None
    return ShortEnd(last, charts[chart], dt.date.fromordinal(ordinal), size, series.depth)
