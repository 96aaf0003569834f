"""Whether lists that are said to be weekly are weeks apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from kcharts.model.chart import ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.sources.source import UnreadableError

_WEEK = 7


class _Gap(NamedTuple):
    """Two lists of one chart, one after the other."""

    first: int
    second: int

    @property
    def days(self) -> int:
        return self.second - self.first


def check_weeks(builder: Builder, source: str) -> None:
    """Raise where most lists of a weekly series are no whole weeks after the one before.

    Raises:
        UnreadableError: They are not: the lists are daily, or days were read for months.
    """
    for series, gaps in _gaps(builder).items():
        odd = [gap for gap in gaps if gap.days % _WEEK]
        if 2 * len(odd) <= len(gaps):
            continue
        usual, _ = Counter(gap.days for gap in odd).most_common(1)[0]
        shown = next(gap for gap in odd if gap.days == usual)
        one, other = (dt.date.fromordinal(day) for day in shown)
        days = "1 day" if usual == 1 else f"{usual:,} days"
        message = (
            f"{series}: expected lists that are weeks apart, found {len(odd):,} of {len(gaps):,} "
            f"that are not: those of {one} and {other} are {days} apart"
        )
        hint = (
            'frequency="daily", if they are; date_format=..., if days were read for months; '
            "else calendar=Calendar.from_dates(...) says which issues there are"
        )
        raise UnreadableError("odd-dates", message, source, hint)


def _gaps(builder: Builder) -> dict[ChartSeries, list[_Gap]]:
    """What lies between the lists of each chart, by the weekly series."""
    days: dict[int, list[int]] = {}
    for code, ordinal in builder.issues:
        days.setdefault(code, []).append(ordinal)
    found: dict[ChartSeries, list[_Gap]] = {}
    for chart, code in builder.charts.items():
        if chart.series.frequency is Frequency.WEEKLY:
            dates = sorted(days.get(code, ()))
            gaps = found.setdefault(chart.series, [])
            gaps += [_Gap(one, other) for one, other in pairwise(dates)]
    return found
