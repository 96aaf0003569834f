"""FlixPatrol's own figures, recomputed from its archived lists, and what a panel of ids shows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from kcharts import WORLD, ChartHistory, IssueStatus, ParseErrors, read
from kcharts.formats import flixpatrol
from kcharts.sources.report import ReadReport


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    return data_dir / "flixpatrol"


@pytest.fixture(scope="module")
def world(folder: Path) -> ChartHistory:
    return flixpatrol.read_world(folder / "world_2020-08-28_to_31.csv")


@pytest.fixture(scope="module")
def panel(folder: Path) -> tuple[ChartHistory, ReadReport]:
    name = "daily_panel_2023-10-19_to_2024-01-16.csv.gz"
    return flixpatrol.read_panel(folder / name, on_error="collect")


def points(history: ChartHistory) -> list[int]:
    """The points of every row, all of which have some."""
    found = [row.metrics.points for row in history]
    assert all(isinstance(each, int) for each in found)
    return [int(each or 0) for each in found]


def test_points_a_country_are_points_by_countries(world: ChartHistory) -> None:
    """PiCountry = Points / Countries, rounded, a half to the even number: 798 of 798."""
    agreeing = 0
    for row, total in zip(world, points(world), strict=True):
        extras = dict(row.extras)
        agreeing += round(total / int(extras["Countries"])) == int(extras["PiCountry"])
    assert (agreeing, len(world)) == (798, 798)


def test_the_total_is_that_of_the_day_before_and_the_points(world: ChartHistory) -> None:
    """Total = yesterday's total + today's points: 538 of 538 rows with a yesterday."""
    totals = {
        (row.chart, row.title, row.date.toordinal()): int(dict(row.extras)["Total"])
        for row in world
    }
    compared = agreeing = 0
    for row, gained in zip(world, points(world), strict=True):
        day = row.date.toordinal()
        before = totals.get((row.chart, row.title, day - 1))
        if before is not None:
            compared += 1
            agreeing += before + gained == totals[row.chart, row.title, day]
    assert (agreeing, compared) == (538, 538)


def test_ranks_are_counted_from_points_and_ties_share_one(world: ChartHistory) -> None:
    lists = [world.issue(chart, day) for chart in world.charts for day in world.dates]
    assert Counter(len(each.rows) for each in lists) == {100: 6, 99: 2}
    for each in lists:
        given = [row.metrics.points or 0 for row in each.rows]
        assert [row.rank for row in each.rows] == [
            1 + sum(other > own for other in given) for own in given
        ]


def slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("'", ""))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def test_links_of_series_stand_one_row_too_high(world: ChartHistory) -> None:
    """No link of 398 rows of series is that of its own title; 101 titles have several links."""
    links: dict[str, set[str]] = {}
    own = Counter[tuple[str, bool]]()
    for row in world:
        link = dict(row.extras)["MovieLink"].rpartition("/")[2]
        links.setdefault(row.title.name, set()).add(link)
        own[row.chart.series.category, slug(row.title.name) == link] += 1
    assert own["TV Shows", True] == 0
    assert own["TV Shows", False] == 398
    assert own["Movies", True] > 300
    assert sum(len(each) > 1 for each in links.values()) == 101


def test_lists_of_the_united_states(folder: Path) -> None:
    history = flixpatrol.read_countries(folder / "us_2020-08-28_to_31.csv")
    assert str(history) == (
        "Netflix daily by FlixPatrol, Movies and TV Shows, 1 country, "
        "4 issues 2020-08-28 to 2020-08-31, 80 rows; no list missing"
    )


def test_lists_of_both_files_are_about_the_same_titles(folder: Path, world: ChartHistory) -> None:
    """A name finds one title in both."""
    both = world.merge(flixpatrol.read_countries(folder / "us_2020-08-28_to_31.csv"))
    found = both.find("Project Power")
    assert [title.kind for title in found] == ["Movie"]


def test_the_panel_is_read_whole(panel: tuple[ChartHistory, ReadReport]) -> None:
    history, report = panel
    assert report.is_clean
    assert (report.rows_read, report.rows_accepted) == (164_666, 164_666)
    countries = {chart.place for chart in history.charts} - {WORLD}
    assert (len(countries), len(history.dates)) == (93, 90)


def test_one_id_holds_several_ranks_1163_times(panel: tuple[ChartHistory, ReadReport]) -> None:
    """Seasons share an id: 1,163 times in 504 lists, four ranks at most."""
    history, _ = panel
    held = Counter((row.chart, row.date, row.title) for row in history)
    several = {key: count for key, count in held.items() if count > 1}
    assert len(several) == 1_163
    assert len({(chart, day) for chart, day, _ in several}) == 504
    assert max(several.values()) == 4


def test_short_lists_of_the_panel_are_defective(panel: tuple[ChartHistory, ReadReport]) -> None:
    """3,261 of the countries' lists lack rows; lists of the world have 8 to 20."""
    history, report = panel
    assert report.lists_defective == 3_261
    [note] = [each for each in report.notes if each.code == "short-list"]
    assert note.message.startswith("3,261 country lists are short")
    sizes = Counter[int]()
    defective = 0
    for chart in history.charts:
        for day in history.dates:
            status = history.status(chart, day)
            if chart.place is WORLD:
                sizes[len(history.issue(chart, day).rows)] += 1
                assert status is IssueStatus.PUBLISHED
            else:
                defective += status is IssueStatus.DEFECTIVE
    assert defective == 3_261
    assert (min(sizes), max(sizes), sum(sizes.values())) == (8, 20, 180)


def test_numbers_of_films_and_series_are_told_apart(
    panel: tuple[ChartHistory, ReadReport],
) -> None:
    """Twelve numbers of the panel are of a film and of a series."""
    history, _ = panel
    numbers = Counter(title.name for title in history.titles)
    assert (len(history.titles), len(numbers)) == (1_530, 1_518)


def test_a_minimised_page_needs_a_date(folder: Path) -> None:
    page = folder / "minimised_top10_page.html"
    _, report = flixpatrol.read_page(page, on_error="collect")
    assert report.counts == {"missing-date": 1}
    with pytest.warns(match="a single row"):
        history = flixpatrol.read_page(page, date="2025-09-01")
    assert [chart.name for chart in history.charts] == [
        "HBO Max Movies in the Netherlands (by FlixPatrol)",
        "Netflix Movies in the Netherlands (by FlixPatrol)",
        "Netflix TV Shows in the Netherlands (by FlixPatrol)",
    ]
    assert [row.rank for row in history] == [1, 1, 2, 1, 2]


def test_a_list_of_titles_is_no_chart(folder: Path) -> None:
    _, report = flixpatrol.read_api(folder / "api_v2_titles.json", on_error="collect")
    assert not report.is_clean
    assert report.rows_read == 0
    with pytest.raises(ParseErrors):
        read(folder / "api_v2_titles.json")
