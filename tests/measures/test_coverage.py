"""Coverage: places on one date, what is unknown of them, and all dates together."""

from __future__ import annotations

import copy
import pickle

import pytest

from kcharts import (
    ChartHistory,
    Country,
    coverage,
    coverage_ever,
    coverage_over_time,
    evidence,
    first_reached,
    peak_coverage,
)
from kcharts.errors import NotAnIssueError, UnknownChartError
from kcharts.measures import PlaceRanks
from tests.lists import chart, day, lists

US, KR, FR, DE, JP = map(Country, ("US", "KR", "FR", "DE", "JP"))


def five_places() -> ChartHistory:
    """On the second day: US and KR at No. 1, FR at No. 2, DE broken, JP not there."""
    return lists(
        {
            "world": ["SAB", "SAB"],
            "US": ["ABC", "SAB"],
            "KR": ["SAB", "SAB"],
            "FR": ["ABC", "ASB"],
            "DE": ["ABC", "!SAB"],
            "JP": ["ABC", ""],
        }
    )


def test_coverage_counts_places_and_never_the_world() -> None:
    found = coverage(five_places(), "S")
    assert found.date == day(1)
    assert found.at == (KR, US)
    assert (found.count, found.bounds, found.share) == (2, (2, 4), 2 / 5)
    assert found.panel == (DE, FR, JP, KR, US)
    assert found.unknown == (DE, JP)
    assert found.by_rank == {1: (KR, US), 2: (FR,)}
    assert found.missing == (FR,)
    assert not found.everywhere


def test_a_rank_is_known_absent_or_unknown() -> None:
    found = coverage(five_places(), "S")
    assert (found.rank("South Korea"), found.rank(FR)) == (1, 2)
    assert coverage(five_places(), "B").rank("FR") == 3
    assert coverage(five_places(), "C", date=day(1), top=3).rank("US") is None
    with pytest.raises(UnknownChartError, match="no usable list of Germany"):
        found.rank("DE")
    with pytest.raises(UnknownChartError, match="Brazil is not in the panel"):
        found.rank("BR")


def test_the_sentence_says_panel_bound_and_date() -> None:
    assert str(coverage(five_places(), "S")) == (
        "S: No. 1 in 2 of 5 countries (4 at most: no usable list of Germany and Japan), "
        "on 2022-01-02, Stream TV by Press"
    )
    assert str(coverage(five_places(), "S", date="2022-01-01", top=None)) == (
        "S: on the list in 1 of 5 countries, on 2022-01-01, Stream TV by Press"
    )


def test_top_widens_what_counts() -> None:
    history = five_places()
    counts = [coverage(history, "S", top=top).count for top in (1, 2, None)]
    assert counts == [2, 3, 3]


def test_regions_are_those_of_m49() -> None:
    found = coverage(five_places(), "S").by_region()
    assert found == {"Americas": (1, 1), "Asia": (1, 2), "Europe": (0, 2)}


def test_everywhere_needs_every_list() -> None:
    known = coverage(lists({"US": ["SAB"], "KR": ["SAB"]}), "S")
    assert (known.everywhere, known.share) == (True, 1.0)
    doubted = coverage(lists({"US": ["SAB"], "KR": ["?"]}), "S")
    assert (doubted.everywhere, doubted.bounds) == (False, (1, 2))


def test_a_place_that_starts_later_is_not_in_the_panel_before() -> None:
    history = lists({"US": ["SAB", "SAB"], "KR": ["", "SAB"]})
    assert coverage(history, "S", date=day(0)).panel == (US,)
    assert coverage(history, "S", date=day(1)).panel == (KR, US)


def test_a_place_whose_chart_ended_leaves_the_panel() -> None:
    history = lists({"US": ["SAB", "SAB"], "KR": ["SAB", ""]})
    assert coverage(history, "S").unknown == (KR,)
    assert coverage(history.closing(chart("KR"), day(0)), "S").panel == (US,)


def test_a_date_that_the_data_do_not_cover_is_an_error() -> None:
    with pytest.raises(NotAnIssueError, match="go from 2022-01-01 to 2022-01-02"):
        coverage(five_places(), "S", date="2023-01-01")


def test_a_date_that_is_no_issue_is_an_error() -> None:
    from tests.lists import WEEKLY

    history = lists({"US": ["SAB"]}, series=WEEKLY, every="week")
    with pytest.raises(NotAnIssueError, match="the nearest are 2022-01-01 and 2022-01-08"):
        coverage(history, "S", date="2022-01-02")


def test_coverage_over_time_has_every_issue_in_order() -> None:
    history = lists({"US": ["ABC", "SAB", "?"], "KR": ["SAB", "SAB", "ABC"]})
    found = coverage_over_time(history, "S")
    assert [each.date for each in found] == [day(0), day(1), day(2)]
    assert [each.bounds for each in found] == [(1, 1), (2, 2), (0, 1)]
    assert found.to_columns()["upper"] == [1, 2, 1]


def test_the_peak_lists_ties_and_challengers() -> None:
    """A day with unknown lists may have been better: the bound says so."""
    history = lists({"US": ["SAB", "ABC", "?"], "KR": ["ABC", "SAB", "SAB"], "FR": 3 * ["?"]})
    peak = peak_coverage(history, "S")
    assert (peak.count, peak.upper) == (1, 3)
    assert [each.date for each in peak.at] == [day(0), day(1), day(2)]
    history = lists({"US": ["SAB", "?"], "KR": ["SAB", "?"], "FR": ["ABC", "?"]})
    peak = peak_coverage(history, "S")
    assert (peak.count, peak.upper, peak.challengers) == (2, 3, (day(1),))
    assert str(peak) == (
        "S: No. 1 in 2 countries at the peak (3 at most), on 2022-01-01, Stream TV by Press"
    )


def test_ever_is_not_at_once() -> None:
    history = lists({"US": ["SAB", "ABC"], "KR": ["ABC", "SAB"], "FR": ["ABC", "?"]})
    ever = coverage_ever(history, "S")
    assert (ever.places, ever.unknown, ever.bounds) == ((KR, US), (FR,), (2, 3))
    assert not ever.everywhere
    assert peak_coverage(history, "S").count == 1
    assert str(ever) == (
        "S: No. 1 in 2 of 3 countries (3 at most) at some time, 2022-01-01 to 2022-01-02, "
        "Stream TV by Press"
    )
    assert coverage_ever(lists({"US": ["SAB", "ABC"], "KR": ["ABC", "SAB"]}), "S").everywhere


def test_first_reached_is_proved_and_at_the_earliest() -> None:
    history = lists(
        {
            "US": ["ABC", "?", "?", "SAB"],
            "KR": ["SAB", "SAB", "SAB", "SAB"],
            "FR": ["ABC", "ABC", "ABC", "?"],
            "DE": 4 * ["ABC"],
        }
    )
    found = {each.chart.code: each for each in first_reached(history, "S")}
    assert list(found) == ["KR", "US", "FR"]
    assert (found["US"].date, found["US"].earliest, found["US"].censored) == (day(3), day(1), False)
    assert (found["KR"].date, found["KR"].earliest, found["KR"].censored) == (day(0), day(0), True)
    assert (found["FR"].date, found["FR"].earliest) == (None, day(3))
    assert str(found["US"]) == (
        "S: first at No. 1 on 2022-01-04 (perhaps as early as 2022-01-02: no usable list), "
        "Stream TV in the United States (by Press)"
    )
    assert str(found["FR"]).startswith("S: never proved at No. 1 (perhaps as early as 2022-01-04")
    assert str(found["KR"]) == (
        "S: first at No. 1 on 2022-01-01 (perhaps before the data begin), "
        "Stream TV in South Korea (by Press)"
    )
    assert first_reached(history, "S").to_columns()["date"] == [day(0), day(3), None]


def test_evidence_of_every_figure_is_its_published_rows() -> None:
    history = five_places()
    rows = evidence(history, coverage(history, "S"))
    assert [(row.chart.code, row.rank) for row in rows] == [("FR", 2), ("KR", 1), ("US", 1)]
    assert evidence(history, peak_coverage(history, "S")) == rows
    places = [row.chart.code for row in evidence(history, coverage_ever(history, "S"))]
    assert places == ["KR", "KR", "US"]
    firsts = first_reached(history, "S")
    assert [len(evidence(history, each)) for each in firsts] == [1, 1, 0, 0]


def test_place_ranks_are_an_immutable_mapping() -> None:
    ranks = PlaceRanks({US: 2, KR: 1})
    assert list(ranks) == [KR, US]
    assert ranks == {KR: 1, US: 2} == copy.deepcopy(ranks)
    assert hash(ranks) == hash(pickle.loads(pickle.dumps(ranks)))
    assert repr(ranks) == 'PlaceRanks({Country("KR"): 1, Country("US"): 2})'
    with pytest.raises(TypeError):
        ranks[US] = 1  # type: ignore[index]
