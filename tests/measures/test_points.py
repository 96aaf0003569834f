"""Points: charts over a panel, what counts alone say, and the least panel."""

from __future__ import annotations

import copy
import pickle

import pytest

from kcharts import (
    Chart,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    RankSnapshot,
    Title,
    evidence,
    least_panel,
    points_bounds,
    points_chart,
)
from kcharts.errors import AmbiguousChartError, NotAnIssueError, UnknownChartError
from tests.lists import WEEKLY, chart, day, lists

US, KR, FR, DE, JP = map(Country, ("US", "KR", "FR", "DE", "JP"))


def five_places() -> ChartHistory:
    """On the second day: US and KR have S at No. 1, FR at No. 2, DE is broken, JP not there."""
    return lists(
        {
            "world": ["CAB", "CAB"],
            "US": ["ABC", "SAB"],
            "KR": ["SAB", "SAB"],
            "FR": ["ABC", "ASB"],
            "DE": ["ABC", "!SAB"],
            "JP": ["ABC", ""],
        }
    )


def test_points_are_summed_over_countries_and_never_over_the_world() -> None:
    found = points_chart(five_places())
    assert [(each.title.name, each.points, each.rank) for each in found] == [
        ("S", 29, 1),
        ("A", 28, 2),
        ("B", 24, 3),
    ]
    first = found[0]
    assert (first.series, first.date) == (chart("US").series, day(1))
    assert dict(first.ranks) == {KR: 1, US: 1, FR: 2}
    assert (first.panel, first.unknown) == ((DE, FR, JP, KR, US), (DE, JP))
    assert (first.places, first.per_place) == (3, 29 / 3)


def test_a_list_that_is_not_known_may_give_most_or_nothing() -> None:
    found = {each.title.name: each for each in points_chart(five_places())}
    assert [found[name].bounds for name in "SAB"] == [(29, 49), (28, 48), (24, 44)]
    assert [(found[name].best, found[name].worst) for name in "SAB"] == [(1, 3), (1, 3), (1, 3)]


def test_titles_of_unknown_lists_can_pass_one_that_has_few_points() -> None:
    """Two unknown lists give their No. 1 20 points in all; nobody knows who that is."""
    found = {
        each.title.name: each
        for each in points_chart(lists({"US": ["SAB"], "KR": ["?"], "FR": ["?"]}))
    }
    assert (found["S"].rank, found["S"].best) == (1, 1)
    # Of the 110 points that two lists give A needs 2, B 3 and nine others 11 each.
    assert found["S"].worst == 12
    assert (found["B"].rank, found["B"].best) == (3, 1)


def test_a_title_can_be_passed_by_just_as_many_points_as_a_list_gives() -> None:
    """S has 1 point, and whoever leads the unknown list has 2."""
    found = points_chart(lists({"US": ["ASB"], "KR": ["?"]}), "S", scheme=(2, 1))[0]
    assert (found.points, found.rank, found.best, found.worst) == (1, 2, 1, 3)


def test_equal_points_share_a_rank() -> None:
    found = points_chart(lists({"US": ["ABC"], "KR": ["BAD"]}))
    assert [(each.title.name, each.points, each.rank, each.tied) for each in found] == [
        ("A", 19, 1, 1),
        ("B", 19, 1, 1),
        ("C", 8, 3, 1),
        ("D", 8, 3, 1),
    ]


def test_the_scheme_says_what_a_rank_gives() -> None:
    history = lists({"US": ["ABC"], "KR": ["ACB"]})
    found = points_chart(history, scheme=(5, 1))
    assert [(each.title.name, each.points) for each in found] == [("A", 10), ("B", 1), ("C", 1)]
    with pytest.raises(ValueError, match="none rising"):
        points_chart(history, scheme=(1, 2))
    with pytest.raises(ValueError, match="none rising"):
        points_chart(history, scheme=())
    with pytest.raises(ValueError, match=r"scheme, No\. 2: expected a whole number of 1 or more"):
        points_chart(history, scheme=(1, 0))
    with pytest.raises(TypeError, match=r"scheme, No\. 1: expected a whole number"):
        points_chart(history, scheme=(1.5,))  # type: ignore[arg-type]


def test_the_sentence_says_bounds_rank_panel_and_date() -> None:
    history = five_places()
    found = points_chart(history)
    assert str(found[0]) == (
        "S: 29 to 49 points (no usable list of Germany and Japan), 1st (1st to 3rd possible), "
        "from 3 of 5 countries, on 2022-01-02, Stream TV by Press"
    )
    [none] = points_chart(history, "C")
    assert str(none) == (
        "C: 0 to 20 points (no usable list of Germany and Japan), from 0 of 5 countries, "
        "on 2022-01-02, Stream TV by Press"
    )
    assert (none.rank, none.best, none.worst, none.per_place) == (None, 4, None, 0.0)
    tied = points_chart(lists({"US": ["ABC"], "KR": ["BAC"]}, series=WEEKLY))
    assert str(tied[0]) == (
        "A: 19 points, 1st, tied with 1 other, from 2 of 2 countries, "
        "in the week ending 2022-01-01, Stream TV by Press"
    )
    assert str(points_chart(history, "S", date=day(0))[0]) == (
        "S: 10 points, 4th, from 1 of 5 countries, on 2022-01-01, Stream TV by Press"
    )


def test_a_title_without_points_has_no_rank() -> None:
    [found] = points_chart(lists({"US": ["ABC", "ABS"], "KR": ["ABC", "ABS"]}), "C")
    assert (found.points, found.rank, found.best, found.worst, found.tied) == (
        0,
        None,
        None,
        None,
        0,
    )
    assert str(found) == "C: 0 points, from 0 of 2 countries, on 2022-01-02, Stream TV by Press"


def test_a_title_that_stands_twice_on_a_list_counts_once() -> None:
    """The panel by TMDb id has seasons of one id: the better rank counts."""
    from kcharts.formats import flixpatrol

    ids = [1, 2, 1, *range(4, 11)]
    rows = "".join(f"south-korea,2022-01-31,shows,{n},{id_}\n" for n, id_ in enumerate(ids, 1))
    history = flixpatrol.read_panel(f"country,date,kind,pos,tmdb\n{rows}".encode())
    found = points_chart(history)
    assert [each.points for each in found] == [10, 9, *range(7, 0, -1)]


def test_ranks_below_the_scheme_give_no_points() -> None:
    series = ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 12)
    found = points_chart(lists({"US": ["ABCDEFGHIJKL"]}, series=series))
    assert [each.points for each in found] == list(range(10, 0, -1))


def test_seasons_of_a_show_give_points_once_by_show() -> None:
    seasons = {n: Title("Show", season=f"Show: Season {n}") for n in "12"}
    history = lists({"US": ["1A2"], "KR": ["B2A"]}, titles=seasons)
    assert [each.points for each in points_chart(history.by_show(), "Show")] == [19]


def test_a_narrowed_history_is_refused() -> None:
    with pytest.raises(ValueError, match="whole lists, not ones narrowed to titles"):
        points_chart(five_places().select(title="S"))


def test_dates_and_charts_that_are_not_there_are_errors() -> None:
    with pytest.raises(NotAnIssueError, match="go from 2022-01-01 to 2022-01-02"):
        points_chart(five_places(), date="2023-01-01")
    with pytest.raises(UnknownChartError, match="is about places"):
        points_chart(lists({"world": ["ABC"]}))
    films = ChartSeries("Press", "Stream", "Films", Frequency.DAILY, 3)
    both = five_places().merge(lists({"US": ["XYZ"]}, series=films))
    with pytest.raises(AmbiguousChartError, match="2 series fit"):
        points_chart(both)
    assert points_chart(both, category="films")[0].title == Title("X")


def test_evidence_is_the_rows_that_give_points() -> None:
    history = five_places()
    rows = evidence(history, points_chart(history, "S")[0])
    assert [(row.chart.code, row.rank) for row in rows] == [("FR", 2), ("KR", 1), ("US", 1)]


def test_points_are_a_table() -> None:
    found = points_chart(five_places())
    assert found.to_dicts()[0] == {
        "rank": 1,
        "title": "S",
        "season": None,
        "by": None,
        "category": "TV",
        "date": day(1),
        "points": 29,
        "upper": 49,
        "places": 3,
        "panel": 5,
    }
    assert pickle.loads(pickle.dumps(found)) == found
    assert copy.deepcopy(found[0]) == found[0]
    assert hash(found[0]) == hash(copy.deepcopy(found[0]))


def test_the_calendar_of_later_lists_makes_no_date_up() -> None:
    """What a later list says of the calendar is of no account for the lists before it."""
    rows = [
        RankSnapshot(Title(name), Chart(WEEKLY, US), day(number), rank)
        for number in (0, 14, 17)
        for rank, name in enumerate("ABC", start=1)
    ]
    history = ChartHistory.from_snapshots(rows)
    cut = history.select(end=day(14))
    assert points_chart(history, date=day(14)) == points_chart(cut)


# -- arithmetic -----------------------------------------------------------------------------------


def test_46_and_29_of_88_countries_are_721_to_825_points() -> None:
    """13 countries are left, and none of them has it at No. 1 or 2: 8 points each at most."""
    found = points_bounds({1: 46, 2: 29}, places=88)
    assert found.bounds == (721, 825)
    assert 46 * 10 + 29 * 9 == 721
    assert 721 + (88 - 46 - 29) * 8 == 825
    assert str(found) == (
        "721 to 825 points: 46 at No. 1 and 29 at No. 2, 104 at most from the other 13 of 88"
    )


def test_without_the_number_of_places_there_is_no_upper_bound() -> None:
    found = points_bounds({2: 29, 1: 46})
    assert found.bounds == (721, None)
    assert str(found) == "721 points at least: 46 at No. 1 and 29 at No. 2"
    assert str(points_bounds({10: 1})) == "1 point at least: 1 at No. 10"


def test_counts_of_all_places_leave_nothing_open() -> None:
    found = points_bounds({1: 2, 2: 1}, places=3)
    assert found.bounds == (29, 29)
    assert str(found) == "29 points: 2 at No. 1 and 1 at No. 2"
    assert str(points_bounds({}, places=2)) == (
        "0 to 20 points: no place counted, 20 at most from the other 2 of 2"
    )
    assert str(points_bounds({1: 1, 2: 0}, places=2, scheme=(3, 1))) == (
        "3 points: 1 at No. 1 and 0 at No. 2, 0 at most from the other 1 of 2"
    )


def test_a_rank_counted_in_no_place_is_in_no_other_place() -> None:
    assert points_bounds({1: 0}, places=1).bounds == (0, 9)
    assert points_bounds({12: 3}, places=4).bounds == (0, 10)


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="places: expected 75 or more, as many as are counted"):
        points_bounds({1: 46, 2: 29}, places=74)
    with pytest.raises(ValueError, match="counts, a rank: expected a whole number of 1 or more"):
        points_bounds({0: 1})
    with pytest.raises(ValueError, match=r"counts, No\. 1: expected a whole number of 0 or more"):
        points_bounds({1: -1})
    with pytest.raises(ValueError, match="places: expected a whole number"):
        points_bounds({}, places=-1)


def test_a_title_of_721_points_needs_73_lists() -> None:
    assert [least_panel([points]).count for points in (0, 1, 10, 11, 720, 721)] == [
        *(0, 1, 1, 2, 72, 73)
    ]
    assert str(least_panel([721])) == (
        "at least 73 lists: 1 title has 721 points in all, of which one list gives 10 at most"
    )


def test_all_titles_together_can_need_more_lists_than_the_first() -> None:
    found = least_panel([30] * 12)
    assert (found.count, found.titles, found.total, found.a_list) == (7, 12, 360, 55)
    assert str(found) == (
        "at least 7 lists: 12 titles have 360 points in all, of which one list gives 55 at most"
    )


def test_numbers_of_places_can_need_more_lists_than_points() -> None:
    found = least_panel([20, 20], places=[11, 12])
    assert (found.count, found.reason) == (12, "places")
    assert str(found) == (
        "at least 12 lists: 1 title has 12 places on lists in all, "
        "of which one list gives 1 at most"
    )


def test_no_points_need_no_list() -> None:
    assert least_panel([]).count == 0
    assert str(least_panel([])) == (
        "at least 0 lists: 0 titles have 0 points in all, of which one list gives 10 at most"
    )
    with pytest.raises(ValueError, match="points: expected a whole number of 0 or more"):
        least_panel([-1])
    with pytest.raises(ValueError, match="places: expected"):
        least_panel([1], places=[-1])


def test_bounds_and_panels_are_values() -> None:
    for found in (points_bounds({1: 46, 2: 29}, places=88), least_panel([721])):
        assert pickle.loads(pickle.dumps(found)) == found
        assert hash(copy.deepcopy(found)) == hash(found)
    assert repr(points_bounds({1: 1})).startswith("PointsBounds(counts=((1, 1),), places=None")


def test_one_point_is_no_points() -> None:
    assert str(least_panel([1])).startswith("at least 1 list: 1 title has 1 point in all")
    assert "1 title has 1 place on lists" in str(least_panel([], places=[1]))
