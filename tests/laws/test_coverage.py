"""The laws of coverage: places counted one by one, bounded by those that are not known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, strategies as st

from kcharts.errors import AmbiguousChartError, UnknownTitleError
from kcharts.measures import (
    Coverage,
    Results,
    coverage,
    coverage_ever,
    coverage_over_time,
    first_reached,
    peak_coverage,
)
from kcharts.model.chart import ChartSeries
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.testing import arrivals, completions
from tests import brute
from tests.laws.tools import TOPS, completed, histories, outcome, together

HISTORIES = histories(cuts="sometimes", max_charts=5, max_issues=4)
Top = int | None


def plainly(found: Coverage) -> brute.BruteCoverage:
    """A coverage in the words of the brute force."""
    return brute.BruteCoverage(
        dict(found.ranks.items()),
        frozenset(found.panel),
        frozenset(found.unknown),
        frozenset(found.at),
        frozenset(found.missing),
        found.everywhere,
    )


@st.composite
def questions(
    draw: st.DrawFn, strategy: st.SearchStrategy[ChartHistory] = HISTORIES
) -> tuple[ChartHistory, Title, ChartSeries, dt.date]:
    """A history, one of its titles, and an issue of one of its series that some place has."""
    history = draw(strategy)
    title = draw(st.sampled_from(history.titles))
    asked = [
        (line.chart.series, day)
        for line in brute.lines(history)
        if line.chart.country
        for day in line.due_dates
    ]
    assume(asked)
    series, day = draw(st.sampled_from(asked))
    return history, title, series, day


@given(questions() | questions(histories(rows="loose")), TOPS)
def test_coverage_is_what_one_finds_place_by_place(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, day = question
    found = coverage(history, title, series=series, date=day, top=top)
    assert plainly(found) == brute.coverage(history, title, series, day, top=top)
    assert (found.title, found.series, found.date, found.top) == (title, series, day, top)
    assert found.panel == history.panel(series, day)


@given(questions(), TOPS)
def test_the_parts_of_a_coverage_agree(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, day = question
    found = coverage(history, title, series=series, date=day, top=top)
    assert found.count == len(found.at)
    assert found.bounds == (found.count, found.count + len(found.unknown))
    assert {*found.at, *found.missing, *found.unknown} == set(found.panel)
    assert len(found.at) + len(found.missing) + len(found.unknown) == len(found.panel)
    assert found.everywhere == (found.count == len(found.panel))
    ranked = {place: rank for rank, places in found.by_rank.items() for place in places}
    assert ranked == dict(found.ranks.items())
    assert list(found.by_rank) == sorted(found.by_rank)


@given(questions(), TOPS)
def test_a_rank_is_given_only_where_the_list_is_in_hand(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, day = question
    found = coverage(history, title, series=series, date=day, top=top)
    for place in (*found.panel, Country("AQ")):
        if place in found.unknown or place not in found.panel:
            with pytest.raises(LookupError):
                found.rank(place)
        else:
            assert found.rank(place) == found.ranks.get(place)


@given(st.data(), questions(), TOPS)
def test_bounds_hold_whatever_the_unknown_lists_were(
    data: st.DataObject,
    question: tuple[ChartHistory, Title, ChartSeries, dt.date],
    top: Top,
) -> None:
    history, title, series, day = question
    least, most = coverage(history, title, series=series, date=day, top=top).bounds
    truth = data.draw(completions(history))
    assume(title in truth.titles)
    true = coverage(truth, title, series=series, date=day, top=top)
    assert least <= true.count <= most
    assert true.bounds == (true.count, true.count)
    assert true.panel == history.panel(series, day)


@given(questions(), TOPS)
def test_bounds_are_reached(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, day = question
    found = coverage(history, title, series=series, date=day, top=top)
    for filler, bound in zip((None, title), found.bounds, strict=True):
        truth = completed(history, filler)
        if title in truth.titles:
            assert coverage(truth, title, series=series, date=day, top=top).count == bound


@given(st.data(), questions(histories(max_charts=5, max_issues=4)), TOPS)
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject,
    question: tuple[ChartHistory, Title, ChartSeries, dt.date],
    top: Top,
) -> None:
    history, title, series, _ = question
    merged = together(data.draw(arrivals(history)))
    for measure in (coverage_over_time, peak_coverage, coverage_ever, first_reached):
        asked = [
            _plain(outcome(lambda h=h, m=measure: m(h, title, series=series, top=top)))  # type: ignore[misc]  # bound in the loop
            for h in (history, merged)
        ]
        assert asked[0] == asked[1]


@given(st.data(), questions(), TOPS)
def test_as_of_a_date_is_the_answer_of_a_history_that_ends_there(
    data: st.DataObject,
    question: tuple[ChartHistory, Title, ChartSeries, dt.date],
    top: Top,
) -> None:
    history, title, series, _ = question
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    assume(title in cut.titles)
    for measure in (coverage_over_time, peak_coverage, coverage_ever, first_reached):
        asked = [
            _plain(outcome(lambda m=measure: m(history, title, series=series, top=top, as_of=day))),  # type: ignore[misc]  # bound in the loop
            _plain(outcome(lambda m=measure: m(cut, title, series=series, top=top))),  # type: ignore[misc]  # bound in the loop
        ]
        assert asked[0] == asked[1]


def _plain(answer: object) -> object:
    return tuple(answer.to_dicts()) if isinstance(answer, Results) else answer


@given(questions(), TOPS)
def test_coverage_over_time_has_every_date_on_which_a_place_has_an_issue(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, _ = question
    found = list(coverage_over_time(history, title, series=series, top=top))
    lines = [line for line in brute.lines(history) if line.chart.series == series]
    due = sorted({day for line in lines if line.chart.country for day in line.due_dates})
    assert [each.date for each in found] == due
    for each in found:
        assert each == coverage(history, title, series=series, date=each.date, top=top)


@given(questions(), TOPS)
def test_the_peak_is_the_most_places_on_one_date(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, _ = question
    every = list(coverage_over_time(history, title, series=series, top=top))
    peak = peak_coverage(history, title, series=series, top=top)
    assert peak.count == max(each.count for each in every)
    assert list(peak.at) == [each for each in every if each.count == peak.count]
    assert peak.upper == max(each.bounds[1] for each in every)
    assert list(peak.challengers) == [
        each.date for each in every if each.count < peak.count < each.bounds[1]
    ]


@given(questions(), TOPS)
def test_coverage_ever_is_every_place_of_any_date(
    question: tuple[ChartHistory, Title, ChartSeries, dt.date], top: Top
) -> None:
    history, title, series, _ = question
    every = list(coverage_over_time(history, title, series=series, top=top))
    ever = coverage_ever(history, title, series=series, top=top)
    assert set(ever.places) == {place for each in every for place in each.at}
    assert set(ever.panel) == {place for each in every for place in each.panel}
    doubtful = {place for each in every for place in each.unknown}
    assert set(ever.unknown) == doubtful - set(ever.places)
    assert ever.bounds == (len(ever.places), len(ever.places) + len(ever.unknown))
    assert max(each.count for each in every) <= ever.count


@given(st.data(), questions(), TOPS)
def test_a_title_was_nowhere_before_it_was_first_there(
    data: st.DataObject,
    question: tuple[ChartHistory, Title, ChartSeries, dt.date],
    top: Top,
) -> None:
    history, title, series, _ = question
    truth = data.draw(completions(history))
    for first in first_reached(history, title, series=series, top=top):
        proved = [
            row.date
            for row in history
            if (row.title, row.chart) == (title, first.chart)
            and (top is None or row.rank <= top)
            and history.status(row.chart, row.date) is IssueStatus.PUBLISHED
        ]
        assert first.date == min(proved, default=None)
        assert first.date is None or first.earliest <= first.date
        true = [
            row.date
            for row in truth
            if (row.title, row.chart) == (title, first.chart) and (top is None or row.rank <= top)
        ]
        assert not true or first.earliest <= min(true)


@given(HISTORIES)
def test_coverage_is_about_one_series(history: ChartHistory) -> None:
    for title in history.titles:
        places = [row.chart for row in history if row.title == title and row.country]
        if len({chart.series for chart in places}) > 1:
            with pytest.raises(AmbiguousChartError):
                coverage(history, title)


@given(HISTORIES)
def test_a_title_that_is_not_held_raises(history: ChartHistory) -> None:
    for measure in (coverage, coverage_over_time, peak_coverage, coverage_ever, first_reached):
        with pytest.raises(UnknownTitleError):
            measure(history, "No such title")
