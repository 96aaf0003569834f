"""Points of real lists: FlixPatrol's world tables and panel, and Netflix's countries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import fmean

import pytest
from attrs import frozen

from kcharts import ChartHistory, IssueStatus, least_panel, points_chart
from kcharts.formats import flixpatrol, netflix
from kcharts.similarity import Ranking, kendall_distance, overlap, rank_biased_overlap


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    return data_dir / "flixpatrol"


@pytest.fixture(scope="module")
def world(folder: Path) -> ChartHistory:
    return flixpatrol.read_world(folder / "world_2020-08-28_to_31.csv")


@pytest.fixture(scope="module")
def panel(folder: Path) -> ChartHistory:
    name = "daily_panel_2023-10-19_to_2024-01-16.csv.gz"
    history, _ = flixpatrol.read_panel(folder / name, on_error="collect")
    return history


# -- the world tables of August 2020 --------------------------------------------------------------


def printed(history: ChartHistory, category: str, day: str) -> list[tuple[int, int]]:
    """The points and the number of countries of every row of a world list."""
    rows = history.issue(history.chart("world", category=category), day).rows
    return [(int(row.metrics.points or 0), int(dict(row.extras)["Countries"])) for row in rows]


def test_the_panel_of_august_2020_had_79_countries_at_least(world: ChartHistory) -> None:
    """The series of 2020-08-28 have 4,304 points, and one list gives 55."""
    found = {
        (chart.series.category, str(day)): least_panel(
            [points for points, _ in printed(world, chart.series.category, str(day))],
            places=[places for _, places in printed(world, chart.series.category, str(day))],
        )
        for chart in world.charts
        for day in world.dates
    }
    most = max(found.values(), key=lambda each: each.count)
    assert found["TV Shows", "2020-08-28"] == most
    assert (most.count, most.reason, most.total, most.a_list) == (79, "points", 4_304, 55)
    assert 78 * 55 < 4_304 <= 79 * 55
    assert {key: each.count for key, each in found.items()} == {
        ("Movies", "2020-08-28"): 77,
        ("Movies", "2020-08-29"): 76,
        ("Movies", "2020-08-30"): 76,
        ("Movies", "2020-08-31"): 77,
        ("TV Shows", "2020-08-28"): 79,
        ("TV Shows", "2020-08-29"): 78,
        ("TV Shows", "2020-08-30"): 79,
        ("TV Shows", "2020-08-31"): 79,
    }


def test_the_first_titles_alone_need_fewer_countries(world: ChartHistory) -> None:
    """The 721 points of the first need 73; the 780 places of all of them need 78."""
    rows = printed(world, "TV Shows", "2020-08-28")
    assert least_panel([points for points, _ in rows[:1]]).count == 73
    assert least_panel([], places=[places for _, places in rows]).count == 78
    assert sum(places for _, places in rows) == 780


def test_no_title_has_points_that_its_countries_cannot_give(world: ChartHistory) -> None:
    """798 of 798: at least one point a country, at most ten."""
    rows = [
        row
        for chart in world.charts
        for day in world.dates
        for row in printed(world, chart.series.category, str(day))
    ]
    assert sum(places <= points <= 10 * places for points, places in rows) == len(rows) == 798


def test_points_of_the_united_states_go_into_those_of_the_world(
    folder: Path, world: ChartHistory
) -> None:
    """67 of 67: what is left without the American points, the other countries can give.

    Of the other 13 rows of the American lists 12 are of films with fewer points than the last of
    the hundred on the world list, and one is of a series that it does not have.
    """
    states = flixpatrol.read_countries(folder / "us_2020-08-28_to_31.csv")
    compared = agreeing = 0
    below, lacking = 0, list[str]()
    for category in ("Movies", "TV Shows"):
        for day in states.dates:
            rows = world.issue(world.chart("world", category=category), day).rows
            summed = {row.title: row for row in rows}
            for each in points_chart(states, category=category, date=day):
                if each.title in summed:
                    row = summed[each.title]
                    others = int(dict(row.extras)["Countries"]) - 1
                    rest = int(row.metrics.points or 0) - each.points
                    compared += 1
                    agreeing += others <= rest <= 10 * others
                elif each.points < (rows[-1].metrics.points or 0):
                    below += 1
                else:
                    lacking.append(f"{each.title}, {day}")
    assert (agreeing, compared) == (67, 67)
    assert (below, lacking) == (12, ["I AM A KILLER: RELEASED, 2020-08-29"])


# -- the daily panel of 93 countries --------------------------------------------------------------


@frozen
class Agreement:
    """How the sum over the countries agrees with the world list of the same day."""

    lists: int
    same_first: int
    first_possible: int
    """Lists whose first is one that the unknown lists allow to be the first of the sum."""
    certain: int
    """Sums whose first no unknown list can change."""
    certain_and_same: int
    overlap: float
    """Mean share in common of the first ten."""
    rbo: float
    """Mean rank-biased overlap, p = 0.9."""
    kendall: float
    """Mean Kendall's distance by the largest, penalty 1/2, down to the world list's length."""


def agreement(history: ChartHistory, category: str) -> Agreement:
    """The sum against the world list, over all days."""
    chart = history.chart("world", category=category)
    [series] = {each.series for each in history.charts if each.series.category == category} - {
        chart.series
    }
    first, certain = Counter[str](), Counter[bool]()
    likeness: list[tuple[float, float, float]] = []
    for day in history.dates:
        listed = Ranking.of(
            {row.title: row.rank for row in reversed(history.issue(chart, day).rows)}
        )
        summed = points_chart(history, series=series, date=day)
        by_title = {each.title: each for each in summed}
        leader, _ = listed.order[0]
        found = next(each for each in summed if each.title == leader)
        first.update(same=found.rank == 1, possible=found.best == 1)
        if summed[0].worst == 1:
            certain[summed[0].title == leader] += 1
        order = Ranking.of({title: each.rank or 0 for title, each in by_title.items()})
        value = rank_biased_overlap(listed, order).extrapolated
        assert value is not None
        likeness.append(
            (
                overlap(listed, order, k=min(10, len(listed))).share,
                value,
                kendall_distance(listed, Ranking(tuple(order.upto(len(listed)).items()))).share,
            )
        )
    means = [round(fmean(column), 3) for column in zip(*likeness, strict=True)]
    return Agreement(
        len(likeness), first["same"], first["possible"], certain.total(), certain[True], *means
    )


def test_the_sum_over_usable_lists_allows_every_first_of_the_world_list(
    panel: ChartHistory,
) -> None:
    """168 of 180 firsts are those of the sum, 180 are within its bounds, and 99 are certain.

    3,261 lists of countries lack rows and 70 are not there: they may give anything.
    """
    films, series = agreement(panel, "Movies"), agreement(panel, "TV Shows")
    assert films == Agreement(90, 88, 90, 59, 59, 0.899, 0.910, 0.052)
    assert series == Agreement(90, 80, 90, 40, 40, 0.876, 0.884, 0.072)


def as_printed(history: ChartHistory) -> ChartHistory:
    """The panel with its short lists taken as they stand, ranks moved up and all."""
    from attrs import evolve

    marks = tuple(
        {day: status for day, status in of_chart.items() if status is not IssueStatus.DEFECTIVE}
        for of_chart in history.store.marks
    )
    return ChartHistory(evolve(history.store, marks=marks))


def test_the_sum_over_all_lists_as_printed_has_the_first_of_all_but_one_world_list(
    panel: ChartHistory,
) -> None:
    """179 of 180: on 2023-12-03 the sum has the first two series the other way round."""
    history = as_printed(panel)
    films, series = agreement(history, "Movies"), agreement(history, "TV Shows")
    assert films == Agreement(90, 90, 90, 89, 89, 0.934, 0.939, 0.031)
    assert series == Agreement(90, 89, 89, 89, 88, 0.937, 0.959, 0.026)
    day = "2023-12-03"
    world = history.issue(history.chart("world", category="TV Shows"), day).rows
    assert [row.title.name for row in world[:2]] == ["TMDb 204082", "TMDb 94244"]
    [of_countries] = {c.series for c in history.charts if c.series.category == "TV Shows"} - {
        world[0].chart.series
    }
    summed = points_chart(history, series=of_countries, date=day)[:2]
    assert [(each.title.name, each.bounds) for each in summed] == [
        ("TMDb 94244", (782, 782)),
        ("TMDb 204082", (742, 742)),
    ]


# -- Netflix's countries --------------------------------------------------------------------------


def test_points_of_every_week_are_what_a_plain_sum_of_the_rows_gives(data_dir: Path) -> None:
    """70 lists of the world, made of 65,800 rows."""
    path = data_dir / "netflix" / "vintages" / "2022-03-02_all-weeks-countries.tsv.gz"
    history = netflix.read_countries(path)
    plain: dict[tuple[str, str], Counter[str]] = {}
    for row in history:
        lists = plain.setdefault((row.chart.series.category, str(row.date)), Counter())
        lists[row.title.key] += 11 - row.rank
    assert len(plain) == 70
    for (category, day), counted in plain.items():
        found = points_chart(history, category=category, date=day)
        assert {each.title.key: each.points for each in found} == counted
        assert least_panel(each.points for each in found).count == 94
    first = points_chart(history, category="TV", date="2022-01-30")[0]
    assert str(first) == (
        "All of Us Are Dead: Season 1: 673 points, 1st, from 91 of 94 countries, "
        "in the week ending 2022-01-30, Netflix TV"
    )
