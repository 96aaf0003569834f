"""Histories of one chart that has many issues in a row, of every status."""

from __future__ import annotations

from hypothesis import strategies as st

from kcharts.model.calendar import Calendar
from kcharts.model.history import ChartHistory
from tests.lists import chart, day, lists

_LISTS = ["ABC", "BAC", "CDA", "DBA", "BCD"]
_OTHERS = ["x", "?", "!ABC", "~BAD", ""]


@st.composite
def dense_histories(draw: st.DrawFn) -> ChartHistory:
    """One chart of four to nine issues; its first and last issue may be known."""
    drawn = st.sampled_from(_LISTS) | st.sampled_from(_OTHERS)
    issues = draw(st.lists(drawn, min_size=4, max_size=9).filter(set(_LISTS).intersection))
    last = day(len(issues) - 1)
    calendar = Calendar.daily(
        first=draw(st.sampled_from([day(0), None])), last=draw(st.sampled_from([None, last]))
    )
    history = lists({"US": issues}, calendar=calendar)
    if issues[-1] in _LISTS and draw(st.booleans()):
        return history.closing(chart("US"), last)
    return history
