"""What random histories and publishers' files seldom reach, case by case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kcharts import (
    Catalogue,
    Chart,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    IssueStatus,
    RankSnapshot,
    StreakTracker,
    Title,
    records,
    sample,
    streaks,
)
from kcharts.catalogue import CatalogueEntry
from kcharts.reading import Layout, Recipe, recipe_reader
from kcharts.similarity import overlap, similarity_over_time
from kcharts.testing import _figures, _strategy

SERIES = ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 3)
KOREA, JAPAN = Chart(SERIES, Country("KR")), Chart(SERIES, Country("JP"))
FIRST = dt.date(2022, 1, 1)


def listed(chart: Chart, day: int, *names: str) -> list[RankSnapshot]:
    date = FIRST + dt.timedelta(days=day)
    return [RankSnapshot(Title(name), chart, date, rank) for rank, name in enumerate(names, 1)]


def test_a_catalogue_that_knows_no_title_leaves_the_history_alone() -> None:
    history = sample()
    works = Catalogue([CatalogueEntry("Another Work", key="another")])
    assert works.relabel(history) is history


def test_a_tracker_follows_the_whole_list_too() -> None:
    history = sample().select(country="world")
    tracker = StreakTracker(history.select(end="2022-01-30"), top=None)
    tracker.update(history.select(start="2022-01-31"))
    assert tracker.streaks() == streaks(history, top=None)


def test_statuses_are_given_by_chart_and_date() -> None:
    wrong: Any = {KOREA: IssueStatus.MISSING}
    with pytest.raises(TypeError, match=r"statuses: expected statuses by \(Chart, date\)"):
        ChartHistory.from_snapshots(listed(KOREA, 0, "A"), statuses=wrong)


def test_a_recipe_names_the_columns_of_place_season_and_key() -> None:
    layout = Layout("Shows", "read_shows", ("date", "rank", "title", "season", "id", "land"))
    recipe = Recipe(layout, series=SERIES, place="land", season="season", key="id")
    read = recipe_reader(recipe, doc="Read shows.")
    text = b"date,rank,title,season,id,land\n"
    text += b"".join(
        b"2022-01-01,%d,A,A: Season %d,k%d,South Korea\n" % (n, n, n) for n in (1, 2, 3)
    )
    first = read(text)[0]
    assert (first.chart, first.title.season, first.title.key) == (KOREA, "A: Season 1", "k1")


def test_a_missing_list_leaves_open_in_how_many_countries_a_title_ever_led() -> None:
    rows = [*listed(KOREA, 0, "A", "B", "C"), *listed(JAPAN, 0, "A", "B", "C")]
    history = ChartHistory.from_snapshots([*rows, *listed(KOREA, 1, "B", "A", "C")])
    record = records.most_countries(history, held="ever")
    assert (record.value, record.holders[0].title) == (2, Title("A"))
    assert [str(each.subject) for each in record.challengers] == ["B"]


def test_only_three_of_many_challengers_are_named() -> None:
    rows = [
        row
        for chart in (KOREA, JAPAN)
        for day, names in ((0, "ABC"), (1, "ABC"), (3, "DEF"))
        for row in listed(chart, day, *names)
    ]
    history = ChartHistory.from_snapshots(rows)
    record = records.longest_streaks(history, top=3)
    assert len(record.challengers) > 3
    assert f"and {len(record.challengers) - 3} more" in str(record)


def test_a_chart_without_a_list_is_like_nothing() -> None:
    statuses = {(JAPAN, FIRST): IssueStatus.OUTSIDE}
    history = ChartHistory.from_snapshots(listed(KOREA, 0, "A", "B", "C"), statuses=statuses)
    assert len(similarity_over_time(history, country="JP")) == 0


def test_two_lists_are_compared_as_far_as_both_go() -> None:
    with pytest.raises(ValueError, match="k: expected 1 to 2, as far as both go, found 3"):
        overlap(["A", "B"], ["B", "C", "D"], k=3)


def test_a_type_that_is_not_of_kcharts_has_no_strategy_of_its_own() -> None:
    assert _strategy(int) is NotImplemented


def test_entries_that_share_a_key_make_no_catalogue() -> None:
    entry = CatalogueEntry("A Work", key="a-work")
    assert _figures._catalogue_of([entry, CatalogueEntry("B Work", key="a-work")]) is None
