"""Hypothesis strategies for kcharts' values: titles, charts, calendars, snapshots, histories.

They are for tests of code that uses kcharts, and need the extra `testing`. Where both are
installed, `st.from_type(ChartHistory)` and the like resolve to them by themselves.

>>> from hypothesis import given
>>> from kcharts import ChartHistory
>>> from kcharts.testing import histories
>>> @given(histories())
... def test_a_history_is_summed_up_in_words(history: ChartHistory) -> None:
...     assert "issue" in str(history)
>>> test_a_history_is_summed_up_in_words()
"""

from __future__ import annotations

from typing import Any

from kcharts.model import calendar, chart, country, history, snapshot, title

_NAMES: dict[type, str] = {
    calendar.Calendar: "calendars",
    chart.Chart: "charts",
    chart.ChartSeries: "chart_series",
    country.Country: "countries",
    history.ChartHistory: "histories",
    snapshot.Issue: "issues",
    snapshot.Metrics: "metrics",
    snapshot.RankSnapshot: "snapshots",
    snapshot.Reported: "reported",
    snapshot.SourceRef: "sources",
    title.Title: "titles",
}


def _strategy(asked: type) -> Any:
    """The strategy for just that type: who asks for any `Sequence` does not mean a history."""
    return globals()[_NAMES[asked]]() if asked in _NAMES else NotImplemented


def _hypothesis_setup_hook() -> None:  # pyright: ignore[reportUnusedFunction]  # an entry point
    """Register the strategies for `st.from_type`; Hypothesis calls it when it is imported.

    A type must be imported to be registered, which costs every import of Hypothesis some 80 ms,
    a third of them for attrs (HYPOTHESIS_NO_PLUGINS=1 turns it off); the strategies wait until
    they are asked for.
    """
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  (see below)

    for kind in _NAMES:
        register_type_strategy(kind, _strategy)


# Below the hook: whoever imports this before Hypothesis has the hook called by these lines.
from kcharts.testing._formats import check_format  # noqa: E402
from kcharts.testing._histories import (  # noqa: E402
    arrivals,
    completions,
    histories,
    issues,
)
from kcharts.testing._values import (  # noqa: E402
    calendars,
    chart_series,
    charts,
    countries,
    metrics,
    reported,
    snapshots,
    sources,
    titles,
)

__all__ = [
    "arrivals",
    "calendars",
    "chart_series",
    "charts",
    "check_format",
    "completions",
    "countries",
    "histories",
    "issues",
    "metrics",
    "reported",
    "snapshots",
    "sources",
    "titles",
]
