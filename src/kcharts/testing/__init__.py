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

from enum import Enum
from typing import Any, get_origin

from kcharts import auditing, catalogue, measures, records, similarity, sources as files, vintages
from kcharts.errors import Problem
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
    kind = get_origin(asked) or asked
    if kind in _NAMES:
        return globals()[_NAMES[kind]]()
    if kind not in _other_kinds():
        return NotImplemented
    from kcharts.testing._figures import FIGURES  # noqa: PLC0415  (see below)

    return FIGURES[kind]()


def _other_kinds() -> set[type]:
    """The public classes of what is computed, read, compared and catalogued."""
    faces = auditing, catalogue, measures, records, similarity, files, vintages
    public = (getattr(face, name) for face in faces for name in face.__all__)
    return {
        Problem,
        *(each for each in public if isinstance(each, type) and not issubclass(each, Enum)),
    }


def _hypothesis_setup_hook() -> None:  # pyright: ignore[reportUnusedFunction]  # an entry point
    """Register the strategies for `st.from_type`; Hypothesis calls it when it is imported.

    A type must be imported to be registered, which costs every import of Hypothesis some 200 ms
    (HYPOTHESIS_NO_PLUGINS=1 turns it off); the strategies wait until they are asked for.
    """
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  (see below)

    for kind in {*_NAMES, *_other_kinds()}:
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
