"""Rank charts as typed, exact, checkable statements.

How many days in a row a title was No. 1, in how many countries, since when: computed from
published lists, with bounds where the lists cannot tell.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcharts.errors import (
        AmbiguousChartError as AmbiguousChartError,
    )

_HOMES = {
    "kcharts.model.country": ("WORLD", "Country", "World"),
    "kcharts.model.title": ("Title",),
    "kcharts.model.chart": ("Chart", "ChartSeries", "Frequency"),
    "kcharts.model.calendar": ("Calendar",),
    "kcharts.model.snapshot": (
        "Issue",
        "IssueStatus",
        "Metrics",
        "RankSnapshot",
        "Reported",
        "SourceRef",
    ),
    "kcharts.model.history": ("ChartHistory",),
    "kcharts.measures._results": ("Results",),
    "kcharts.measures._streaks": ("Streak", "current_streak", "streaks"),
    "kcharts.measures._totals": ("Total", "totals"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    try:
        module = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(module), name)
    globals()[name] = value
    return value
