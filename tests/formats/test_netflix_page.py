"""The data of Netflix's Top 10 page, made up."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from kcharts import totals
from kcharts.errors import ParseErrors
from kcharts.formats import netflix
from kcharts.formats._detect import read
from kcharts.model.country import WORLD
from tests.formats.made import the_problem, tsv

SAME = [
    ("ENGLISH_MOVIES", "Films (English)"),
    ("NONENGLISH_MOVIES", "Films (Non-English)"),
    ("ENGLISH_SERIES", "TV (English)"),
    ("NONENGLISH_SERIES", "TV (Non-English)"),
]
Record = dict[str, Any]


def records(week: str = "2022-12-25", category: str = "ENGLISH_SERIES") -> list[Record]:
    """One list of ten, in the keys that the page has."""
    return [
        {
            "weeklyRank": rank,
            "cumulativeWeeksInTop10": 20,
            "maturityRating": "TV-14",
            "weeklyHoursViewed": 1_000_000 * (11 - rank),
            "weeklyViews": 0,
            "runtime": "0",
            "weekEndDate": week,
            "videoId": str(80_000_000 + rank),
            "category": category,
            "title": f"Show {rank}: Season 1",
            "releaseYear": "2022",
        }
        for rank in range(1, 11)
    ]


def page(*lists: list[Record]) -> bytes:
    return json.dumps([record for each in lists for record in each]).encode()


def test_a_place_on_the_page_has_the_works_id_and_what_was_measured() -> None:
    [row, *_] = netflix.read_page(page(records()))
    assert row.title.key == "netflix:80000001"
    assert (row.title.name, row.title.kind, row.title.year) == ("Show 1: Season 1", "TV", 2022)
    assert (row.rank, row.metrics.hours_viewed) == (1, 10_000_000)
    assert dict(row.extras) == {"maturityRating": "TV-14", "title": "Show 1: Season 1"}


def test_the_counter_is_as_of_the_day_of_fetching() -> None:
    reported = netflix.read_page(page(records()))[0].reported
    assert (reported.periods_on_chart, reported.as_of) == (20, "scrape")


def test_a_figure_of_0_was_not_printed() -> None:
    found = records()
    found[1].update(weeklyViews=2_700_000, runtime="9.966666")
    history = netflix.read_page(page(found))
    assert (history[0].metrics.views, history[0].metrics.runtime_hours) == (None, None)
    metrics = history[1].metrics
    assert (metrics.views, metrics.runtime_hours) == (2_700_000, Decimal("9.966666"))


@pytest.mark.parametrize(("category", "same"), SAME)
def test_the_charts_are_those_of_the_global_file(category: str, same: str) -> None:
    history = netflix.read_page(page(records(category=category)))
    header = ["week", "category", "weekly_rank", "show_title", "season_title"]
    header += ["weekly_hours_viewed", "cumulative_weeks_in_top_10"]
    rows = [["2022-12-25", same, str(n), f"Show {n}", "N/A", "1", "1"] for n in range(1, 11)]
    assert history.charts == netflix.read_global(tsv(rows, header=header)).charts
    assert history.charts[0].place is WORLD


def test_two_works_of_one_name_are_two_and_a_renamed_one_is_one() -> None:
    later = records("2023-01-01")
    earlier = records()
    later[0]["title"] = "Show 1: Season 1 and the Rest"
    earlier[1]["title"] = earlier[0]["title"]
    history = netflix.read_page(page(later, earlier))
    assert len(history.titles) == 10
    counted = {total.title.key: total.observed for total in totals(history, top=None)}
    assert set(counted.values()) == {2}
    printed = {dict(row.extras)["title"] for row in history if row.rank == 1}
    assert printed == {"Show 1: Season 1", "Show 1: Season 1 and the Rest"}


def test_weeks_are_merged_and_known_by_their_content() -> None:
    weeks = [page(records(week)) for week in ("2022-12-25", "2023-01-01")]
    assert len(read(*weeks)) == 20
    assert read(*weeks) == netflix.read_page(page(records("2023-01-01"), records()))


def test_the_year_is_unknown_where_it_is_0_or_absent() -> None:
    found = records()
    found[0]["releaseYear"] = "0"
    found[1]["releaseYear"] = 2021
    assert [title.year for title in netflix.read_page(page(found)).titles[:2]] == [None, 2021]
    for record in found:
        del record["releaseYear"]
    assert netflix.read_page(page(found)).titles[0].year is None


BAD = {
    "rank": ("weeklyRank", 11, "rank-out-of-range"),
    "rank 1.0": ("weeklyRank", 1.5, "bad-integer"),
    "rank true": ("weeklyRank", True, "bad-type"),
    "no Sunday": ("weekEndDate", "2022-12-24", "not-an-issue"),
    "date": ("weekEndDate", "12/25/2022", "bad-date"),
    "category": ("category", "KIDS", "unknown-category"),
    "id": ("videoId", "x1", "bad-integer"),
    "no id": ("videoId", "", "missing-value"),
    "title": ("title", "", "empty-title"),
    "number for a title": ("title", 1917, "title-not-text"),
    "hours": ("weeklyHoursViewed", "12 M", "bad-integer"),
    "year": ("releaseYear", "MMXX", "bad-integer"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_named_by_its_path(name: str) -> None:
    key, value, code = BAD[name]
    found = records()
    found[3][key] = value
    history, report = netflix.read_page(page(found), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.column) == (code, f"$[3].{key}")
    assert len(history) == 9


def test_a_key_that_lacks_is_named_by_its_path() -> None:
    found = records()
    del found[3]["videoId"]
    _, report = netflix.read_page(page(found), on_error="collect")
    assert [(p.code, p.column) for p in report.problems] == [("missing-value", "$[3].videoId")]


def test_a_page_that_answered_with_something_else_is_refused() -> None:
    for data in (b"null", b"[]", b"<html><title>Sorry</title></html>", b"[{}"):
        with pytest.raises(ParseErrors):
            netflix.read_page(data)
