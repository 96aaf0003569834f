"""Saved answers of FlixPatrol's API."""

from __future__ import annotations

import json
from typing import Any

import pytest

import kcharts
from kcharts import WORLD, Country, IssueStatus, ParseErrors
from kcharts.formats import flixpatrol
from tests.formats.made import the_problem

pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # lists of one or two rows say enough here
)
NETFLIX = "cmp_IA6TdMqwf6kuyQvxo9bJ4nKX"


def top10(rank: int, **changed: Any) -> dict[str, Any]:
    """A top10s object; keys of `changed` are those of its data."""
    title = {"id": f"ttl_{rank}", "title": f"Title {rank}", "tmdbId": rank, "imdbId": rank}
    data: dict[str, Any] = {
        "id": f"tpt_{rank}",
        "movie": {"type": "titles", "data": title},
        "company": {"type": "companies", "data": {"id": NETFLIX}},
        "country": {"type": "countries", "data": {"id": "cnt_1"}},
        "type": 3,
        "date": {"type": 1, "from": "2022-01-31", "to": "2022-01-31"},
        "ranking": rank,
        "rankingLast": 0,
        "value": 11 - rank,
        "daysTotal": None,
        "note": None,
    }
    return {"type": "top10s", "data": data | changed}


def answer(*objects: dict[str, Any]) -> bytes:
    links = {"self": "https://api.flixpatrol.com/v2/top10s"}
    return json.dumps({"links": links, "type": "list", "data": objects}, indent=1).encode()


def collected(*objects: dict[str, Any]) -> Any:
    return flixpatrol.read_api(answer(*objects), place="KR", on_error="collect")


def test_an_answer_is_read() -> None:
    one = top10(1, rankingLast=2, daysTotal=12)
    history = flixpatrol.read_api(answer(one, top10(2)), place="South Korea")
    assert str(history) == (
        "Netflix daily by FlixPatrol, TV Shows, 1 country, 1 issue 2022-01-31 to 2022-01-31, "
        "2 rows; no list missing"
    )
    first, second = history
    assert (first.rank, first.metrics.points, first.title.key) == (1, 10, "flixpatrol:ttl_1")
    assert first.title.ids == ("tmdb:tv:1", "imdb:tt0000001")
    assert first.title.kind == "TV Show"
    assert (first.reported.last_rank, first.reported.periods_on_chart) == (2, 12)
    assert (second.reported.last_rank, second.reported.periods_on_chart) == (None, None)


def test_the_three_lists_have_the_names_of_the_pages() -> None:
    history, report = collected(top10(1, type=1), top10(1, type=2), top10(1, type=3))
    assert report.is_clean
    categories = [chart.series.category for chart in history.charts]
    assert categories == ["Movies", "Overall", "TV Shows"]
    [film], _ = collected(top10(1, type=2))
    assert (film.title.kind, film.title.ids[0]) == ("Movie", "tmdb:movie:1")


def test_a_work_on_two_lists_is_one_title() -> None:
    history, _ = collected(top10(1, type=1), top10(1, type=3))
    assert len(history.titles) == 1


def test_ids_of_the_overall_list_do_not_say_whether_they_are_of_a_film() -> None:
    history, _ = collected(top10(1, type=1))
    assert history[0].title.ids == ("imdb:tt0000001",)
    assert history[0].title.kind is None


def test_a_title_may_have_no_ids_or_whole_ones() -> None:
    bare = top10(1, movie={"data": {"id": "ttl_1", "title": "A", "tmdbId": None}})
    whole = top10(2, movie={"data": {"id": "ttl_2", "title": "B", "imdbId": "tt0000002"}})
    text = top10(3, movie={"data": {"id": "ttl_3", "title": "C", "imdbId": "8629748"}})
    history, report = collected(bare, whole, text)
    assert report.is_clean
    assert [row.title.ids for row in history] == [(), ("imdb:tt0000002",), ("imdb:tt8629748",)]


def test_a_title_without_an_id_is_known_by_its_name() -> None:
    history, _ = collected(top10(1, movie={"data": {"title": "A"}}))
    assert not history[0].title.has_own_key


def test_a_title_that_flixpatrol_does_not_know_stands_in_the_note() -> None:
    history, report = collected(top10(1), top10(2, movie=None, note="Another Series"))
    assert report.is_clean
    assert [row.title.name for row in history] == ["Title 1", "Another Series"]
    assert not history[1].title.has_own_key
    history, report = collected(top10(1, movie=None, note="Another Series"))
    assert report.is_clean
    assert len(history) == 1


def test_an_object_without_a_title_is_rejected() -> None:
    _, report = collected(top10(1), top10(2, movie=None))
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("empty-title", "$.data[1].data.movie.data.title")
    one = top10(1, movie=None)
    del one["data"]["note"]
    _, report = collected(one)
    assert the_problem(report).code == "missing-column"
    one = top10(1, movie={"data": {"id": "ttl_1", "title": None}})
    del one["data"]["note"]
    _, report = collected(one)
    assert (the_problem(report).code, the_problem(report).column) == (
        "empty-title",
        "$.data[0].data.movie.data.title",
    )


@pytest.mark.parametrize(
    ("period", "word"), [(3, "week"), (4, "month"), (5, "year"), (9, "no period")]
)
def test_sums_of_longer_periods_are_no_issues(period: int, word: str) -> None:
    date = {"type": period, "from": "2022-01-31", "to": "2022-02-06"}
    _, report = collected(top10(1), top10(2, date=date))
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("unknown-frequency", "$.data[1].data.date.type")
    assert word in problem.message


def test_what_is_wrong_in_an_object_is_told_with_its_path() -> None:
    wrong: dict[str, tuple[Any, str]] = {
        "type": (7, "unknown-category"),
        "ranking": (0, "rank-out-of-range"),
        "value": (-1, "out-of-range"),
        "rankingLast": ("first", "bad-integer"),
        "daysTotal": (True, "bad-type"),
    }
    for key, (value, code) in wrong.items():
        _, report = collected(top10(1), top10(2, **{key: value}))
        problem = the_problem(report)
        assert (problem.code, problem.column) == (code, f"$.data[1].data.{key}")
        assert problem.line is not None
        assert problem.line > 20


def test_a_platform_is_named_by_the_answer_by_kcharts_or_by_its_id() -> None:
    named = top10(1, company={"data": {"id": "cmp_1", "name": "Hulu"}})
    other = top10(1, company={"data": {"id": "cmp_2", "name": None}})
    history, report = collected(named, other, top10(1))
    assert report.is_clean
    platforms = {chart.series.platform for chart in history.charts}
    assert platforms == {"Hulu", "cmp_2", "Netflix"}


def test_a_country_is_named_by_the_answer_where_it_does() -> None:
    def of(rank: int, name: str | None) -> dict[str, Any]:
        return top10(rank, country={"data": {"id": "cnt_1", "name": name}})

    history = flixpatrol.read_api(answer(of(1, "United States"), of(1, "World")))
    assert {chart.place for chart in history.charts} == {Country("US"), WORLD}
    _, report = flixpatrol.read_api(answer(of(1, "Atlantis")), on_error="collect")
    assert (the_problem(report).code, the_problem(report).value) == ("unknown-country", "Atlantis")


def test_a_country_that_only_an_id_names_has_to_be_given() -> None:
    with pytest.raises(ParseErrors, match="missing-place") as caught:
        flixpatrol.read_api(answer(top10(1)))
    assert 'place="KR"' in str(caught.value)
    world = flixpatrol.read_api(answer(top10(1)), place="world")
    assert (world.charts[0].place, world.charts[0].series.depth) == (WORLD, 100)


def test_one_file_is_of_one_country() -> None:
    other = top10(2, country={"data": {"id": "cnt_2"}})
    _, report = collected(top10(1), other)
    problem = the_problem(report)
    assert (problem.code, problem.value) == ("several-places", "cnt_2")
    assert problem.column == "$.data[1].data.country.data.id"


def test_a_list_of_a_country_is_ten_ranks_deep() -> None:
    _, report = collected(top10(1), top10(11, value=0))
    problem = the_problem(report)
    assert (problem.code, problem.value) == ("rank-out-of-range", "11")


def one_page(*ranks: int, own: str = "", following: str | None = None) -> bytes:
    """One page of an answer in several."""
    address = "https://api.flixpatrol.com/v2/top10s"
    links = {"self": address + own, "first": address, "next": following and address + following}
    objects = [top10(rank) for rank in ranks]
    return json.dumps({"links": links, "type": "list", "data": objects}).encode()


def test_a_list_that_may_go_on_in_the_next_page_is_no_list_in_hand() -> None:
    data = one_page(*range(1, 8), following="?page=2")
    history, report = flixpatrol.read_api(data, place="KR", on_error="collect")
    problem = the_problem(report)
    assert problem.code == "more-pages"
    assert "1 of its lists may lack rows, the first: Netflix TV Shows" in problem.message
    assert "put all into one file" in (problem.hint or "")
    assert report.lists_defective == 1
    assert len(history) == 7
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE
    with pytest.raises(ParseErrors, match="more-pages"):
        flixpatrol.read_api(data, place="KR")


def test_a_list_that_began_on_the_page_before_is_no_list_in_hand() -> None:
    history, report = flixpatrol.read_api(
        one_page(8, 9, 10, own="?page=2"), place="KR", on_error="collect"
    )
    assert the_problem(report).code == "more-pages"
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE
    _, report = flixpatrol.read_api(one_page(1, 2, own="?page=2"), place="KR", on_error="collect")
    assert report.is_clean


def test_all_pages_in_one_file_make_whole_lists() -> None:
    both = one_page(*range(1, 8), following="?page=2") + b"\n" + one_page(8, 9, 10, own="?page=2")
    history, report = flixpatrol.read_api(both, place="KR", on_error="collect")
    assert report.is_clean
    assert report.notes == ()
    assert [row.rank for row in history] == list(range(1, 11))


def test_whole_lists_stay_whole_where_the_answer_goes_on() -> None:
    data = one_page(*range(1, 11), following="?page=2")
    history, report = flixpatrol.read_api(data, place="KR", on_error="collect")
    assert report.is_clean
    [note] = report.notes
    assert note.code == "more-pages"
    assert "it continues at 'https://api.flixpatrol.com/v2/top10s?page=2'" in note.message
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.PUBLISHED


def test_an_error_is_quoted() -> None:
    error = {"error": {"action": "list", "code": 401, "message": "No such key"}}
    with pytest.raises(ParseErrors, match="code 401, message No such key") as caught:
        flixpatrol.read_api(json.dumps(error).encode(), place="KR")
    assert caught.value.problems[0].problem.code == "api-error"
    with pytest.raises(ParseErrors, match="api-error"):
        kcharts.read(json.dumps(error).encode())


@pytest.mark.parametrize("data", [b'{"error": "no"}', b'{"data": []}', b"[1]", b"{", b"nothing"])
def test_what_is_no_answer_is_told(data: bytes) -> None:
    _, report = flixpatrol.read_api(data, place="KR", on_error="collect")
    assert not report.is_clean


def test_a_row_of_a_week_does_not_say_whose_lists_a_file_has() -> None:
    week = top10(1, country={"data": {"id": "cnt_2"}}, date={"type": 3, "from": "2022-01-31"})
    history, report = collected(week, top10(2))
    assert the_problem(report).code == "unknown-frequency"
    assert [row.rank for row in history] == [2]
