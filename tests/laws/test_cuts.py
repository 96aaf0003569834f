"""The law of every date of a figure: `as_of=` asks the history that is cut off there."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import kcharts
from kcharts import ChartHistory, records
from kcharts.errors import KchartsError
from kcharts.model.snapshot import IssueStatus
from kcharts.testing import histories

Ask = Callable[..., object]


def dated(keyword: str) -> list[Any]:
    """The public functions of a history that take a date by that keyword."""
    found = {
        name: getattr(module, name) for module in (kcharts, records) for name in module.__all__
    }
    return [
        pytest.param(each, id=name)
        for name, each in found.items()
        if inspect.isfunction(each) and keyword in inspect.signature(each).parameters
    ]


def subjects(ask: Ask, history: ChartHistory) -> list[tuple[Any, ...]]:
    """What a function may be asked about beside the history: titles, series, places, or nothing."""
    parameters = inspect.signature(ask).parameters.values()
    _, second, *_ = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY] + [""]
    if second == "title":
        return [(title,) for title in history.titles]
    if second == "country":
        return [(chart.place,) for chart in history.charts]
    if second == "first":
        return [(one, other) for one in history.series for other in history.series]
    return [()]


def settings(ask: Ask, history: ChartHistory) -> list[dict[str, Any]]:
    """The charts that a function may be asked about, each as keywords."""
    known = inspect.signature(ask).parameters
    return [
        {
            name: value
            for name, value in (("country", chart.place), ("series", chart.series))
            if name in known and known[name].kind is inspect.Parameter.KEYWORD_ONLY
        }
        for chart in history.charts
    ]


def answer(ask: Callable[[], Any]) -> object:
    """The answer, laid out; or the kind of error that the question is refused with."""
    try:
        found = ask()
    except (KchartsError, ValueError) as refused:
        return type(refused)
    return list[object](found) if hasattr(found, "__iter__") else found


@st.composite
def questions(draw: st.DrawFn, ask: Ask) -> tuple[ChartHistory, dt.date, Callable[..., object]]:
    """A history, a date up to which something of it is known, and a question."""
    history = draw(histories(cuts="sometimes", min_depth=2))
    last = max(history.dates) - min(history.dates)
    day = min(history.dates) + dt.timedelta(draw(st.integers(0, last.days)))
    cut = history.select(end=day)
    asked = subjects(ask, cut)
    assume(asked)
    keywords = draw(st.sampled_from(settings(ask, cut) or [{}]))
    if "released" in inspect.signature(ask).parameters:
        keywords["released"] = min(history.dates)
    return history, day, partial(_put, ask, draw(st.sampled_from(asked)), keywords)


def _put(
    ask: Ask,
    subject: tuple[Any, ...],
    keywords: dict[str, Any],
    history: ChartHistory,
    **dates: dt.date,
) -> object:
    return answer(lambda: ask(history, *subject, **keywords, **dates))


@pytest.mark.parametrize("ask", dated("as_of"))
@given(st.data())
def test_a_figure_as_of_a_date_is_that_of_the_history_cut_off_there(
    ask: Ask, data: st.DataObject
) -> None:
    history, day, put = data.draw(questions(ask))
    assert put(history, as_of=day) == put(history.select(end=day))


@pytest.mark.parametrize("ask", dated("date"))
@given(st.data())
def test_a_figure_of_a_date_is_that_of_the_history_cut_off_there(
    ask: Ask, data: st.DataObject
) -> None:
    """No figure of one list looks at later ones; a chart that begins later is not in the cut."""
    history, day, put = data.draw(questions(ask))
    whole, cut = put(history, date=day), put(history.select(end=day), date=day)
    assert whole == cut or (isinstance(whole, type) and isinstance(cut, type))


@given(histories(cuts="sometimes"), st.data())
def test_a_cut_changes_no_status_up_to_its_date(history: ChartHistory, data: st.DataObject) -> None:
    days = (max(history.dates) - min(history.dates)).days
    day = min(history.dates) + dt.timedelta(data.draw(st.integers(0, days)))
    cut = history.select(end=day)
    for chart in history.charts:
        for issue in history.calendar(chart.series).between(min(history.dates), day):
            status = history.status(chart, issue)
            if chart in cut.charts:
                assert cut.status(chart, issue) is status
            else:
                assert status is IssueStatus.OUTSIDE
