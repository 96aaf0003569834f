"""Charts and series: their names, and their order."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.testing import charts

OWN = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY)
FOREIGN = ChartSeries("FlixPatrol", "Netflix", "Films", Frequency.DAILY)


def test_a_series_is_named_by_platform_and_category() -> None:
    assert (OWN.name, str(OWN)) == ("Netflix TV", "Netflix TV, weekly")
    assert (FOREIGN.name, str(FOREIGN)) == (
        "Netflix Films by FlixPatrol",
        "Netflix Films by FlixPatrol, daily",
    )


def test_a_chart_is_named_with_its_place() -> None:
    assert str(Chart(OWN, WORLD)) == "Netflix TV in the world, weekly"
    assert Chart(FOREIGN, Country("US")).name == (
        "Netflix Films in the United States (by FlixPatrol)"
    )


def test_the_world_is_the_place_of_a_chart_and_no_country() -> None:
    world, korea = Chart(OWN, WORLD), Chart(OWN, Country("KR"))
    assert (world.country, world.code) == (None, "WORLD")
    assert (korea.country, korea.code) == (Country("KR"), "KR")


def test_a_frequency_says_what_an_issue_stands_for() -> None:
    assert [each.unit for each in Frequency] == ["day", "week"]


@given(st.lists(charts(), unique=True))
def test_charts_have_one_order(some: list[Chart]) -> None:
    """No two charts have the same place in it, so that equal histories are stored alike."""
    assert len({chart.sort_key for chart in some}) == len(some)


@given(charts())
def test_the_world_comes_before_the_countries_of_its_series(chart: Chart) -> None:
    assert Chart(chart.series, WORLD).sort_key < Chart(chart.series, Country("AD")).sort_key


def test_dates_are_those_of_periods_or_of_issues() -> None:
    first, second = dt.date(2018, 1, 6), dt.date(2018, 1, 13)
    hot_100 = evolve(OWN, dated="issue")
    assert [each.when(first) for each in (FOREIGN, OWN, hot_100)] == [
        "on 2018-01-06",
        "in the week ending 2018-01-06",
        "on the chart dated 2018-01-06",
    ]
    assert [each.when(first, second) for each in (FOREIGN, OWN, hot_100)] == [
        "2018-01-06 to 2018-01-13",
        "weeks ending 2018-01-06 to 2018-01-13",
        "charts dated 2018-01-06 to 2018-01-13",
    ]
    assert hot_100.when(first, first) == hot_100.when(first)
    assert hot_100 != OWN


def test_how_issues_are_dated_is_one_of_two_ways() -> None:
    with pytest.raises(ValueError, match=r'ChartSeries\.dated: expected "period" or "issue"'):
        ChartSeries("A", "A", "A", Frequency.WEEKLY, dated="end")  # type: ignore[arg-type]  # the point
