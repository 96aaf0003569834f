"""Records: what they say, what they refuse, and the cases that one has to think of."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

import kcharts
from kcharts import (
    Calendar,
    ChartSeries,
    Country,
    Frequency,
    RankSnapshot,
    Title,
    evidence,
    records,
    sample,
)
from kcharts.errors import AmbiguousChartError, UnknownChartError, UnknownTitleError
from kcharts.model.history import ChartHistory
from tests.lists import SERIES, START, WEEKLY, chart, day, lists

KR = Country("KR")
TITLES = {
    "S": Title("Squid", origin=KR),
    "D": Title("Dead", origin=KR),
    "A": Title("Arc", origin=Country("GB")),
}
LAUNCHED = Calendar.daily(first=day(0))


def leaders(places: Mapping[str, Sequence[str]], calendar: Calendar | None = None) -> ChartHistory:
    """A history of lists with the title of each letter at No. 1, and always the same two below."""
    whole = {
        place: [text + "YZ" if text and text not in "?x" else text for text in texts]
        for place, texts in places.items()
    }
    return lists(whole, calendar=calendar)


def names(figures: Any) -> list[str]:
    return [str(each.title) for each in figures]


# -- ties, runners-up, window ---------------------------------------------------------------


def test_a_tie_is_shared_and_counts_in_the_positions_after_it() -> None:
    history = lists({"KR": ["ABC", "ABC", "BAC", "BCA", "CAB"]}, calendar=LAUNCHED)
    found = records.longest_streaks(history)
    assert (found.value, found.unit) == (2, "day")
    assert names(found.holders) == ["A", "B"]
    assert names(found.runners_up) == ["C"]
    assert [(each.position, str(each.figure.title)) for each in found.standings] == [
        (1, "A"),
        (1, "B"),
        (3, "C"),
    ]
    assert found.is_certain
    assert str(found) == (
        "A: 2 days at No. 1, 2022-01-01 to 2022-01-02, Stream TV in South Korea (by Press); "
        "B: 2 days at No. 1, 2022-01-03 to 2022-01-04, Stream TV in South Korea (by Press): "
        "2 share the longest streak at No. 1 since 2022-01-01 (as of 2022-01-05)"
    )
    assert str(found.standings[2]).startswith("3rd: C: 1 day at No. 1 (still counting")


def test_of_many_that_share_it_three_are_named() -> None:
    found = records.longest_streaks(leaders({"KR": list("ABCDE")}, calendar=LAUNCHED))
    assert "and 2 more: 5 share the longest streak" in str(found)


def test_a_limit_never_cuts_a_tie() -> None:
    history = lists({"KR": ["AB", "AC", "BA", "CA", "BC", "AB"]}, calendar=LAUNCHED)
    for limit, number in ((0, 0), (1, 4), (9, 4), (None, 4)):
        found = records.longest_streaks(history, limit=limit)
        assert (len(found.holders), len(found.runners_up)) == (1, number)


def test_charts_that_begin_later_are_said_to() -> None:
    found = records.most_periods(leaders({"KR": ["A", "A", "A"], "US": ["", "B", "B"]}))
    assert (found.since, found.all_since, found.until) == (day(0), day(1), day(2))
    assert str(found).endswith(
        ": the largest number of days at No. 1 in all since 2022-01-01, "
        "on all 2 charts since 2022-01-02 (as of 2022-01-03)"
    )


def test_a_record_is_a_value_with_rows_and_evidence() -> None:
    history = lists({"KR": ["ABC", "?", "ABC", "BAC"]}, calendar=LAUNCHED)
    found = records.longest_streaks(history)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert hash(again) == hash(found)
    assert found != records.longest_streaks(history, top=2)
    assert repr(found).startswith(f"Record(what={found.what!r}, unit={found.unit!r}")
    assert found.as_row() == {
        "record": "longest streak at No. 1",
        "value": 1,
        "upper": 3,
        "unit": "day",
        "holders": 3,
        "challengers": 0,
        "unseen": 1,
        "since": day(0),
        "all_since": day(0),
        "until": day(3),
        "charts": 1,
        "unknown": 1,
    }
    assert [(row.date, row.title.name) for row in evidence(history, found)] == [
        (day(0), "A"),
        (day(2), "A"),
        (day(3), "B"),
    ]
    assert found.standings.to_columns()["position"] == [1, 1, 1]


# -- subsets ----------------------------------------------------------------------------------


def test_a_class_is_asked_for_by_origin_by_name_or_by_a_test() -> None:
    history = lists({"KR": ["ASD", "ASD", "SAD", "DSA"]}, titles=TITLES, calendar=LAUNCHED)
    assert names(records.longest_streaks(history).holders) == ["Arc"]
    for found in (
        records.longest_streaks(history, origin="KR"),
        records.longest_streaks(history, among=["squid", TITLES["D"]]),
        records.longest_streaks(history, where=lambda title: title.name != "Arc"),
    ):
        assert names(found.holders) == ["Squid", "Dead"]
    korean = records.longest_streaks(history, origin="KR")
    assert korean.what == "longest streak at No. 1 of titles from South Korea"


def test_a_title_that_may_belong_challenges_and_never_holds() -> None:
    history = lists({"KR": ["XSA", "XSA", "SXA"]}, titles=TITLES, calendar=LAUNCHED)
    for measure in (records.longest_streaks, records.most_periods, records.most_countries):
        found = measure(history, origin="KR")
        assert found.value == 1
        [rival] = found.challengers
        assert (str(rival.subject), rival.proved, rival.classified) == ("X", rival.upper, False)
        assert "not known whether it belongs" in str(rival)
        assert not found.is_certain


def test_moves_debuts_and_climbs_of_titles_that_may_belong_challenge() -> None:
    history = lists({"KR": ["A", "ASX", "AXS", "XAS"]}, titles=TITLES, calendar=LAUNCHED)
    falls = records.biggest_fall(history, origin="KR")
    assert (falls.value, names(falls.holders), len(falls.challengers)) == (1, ["Squid"], 0)
    climbs = records.biggest_climb(history, origin="KR")
    assert (climbs.value, climbs.upper) == (None, 1)
    assert str(climbs) == (
        "Nothing is proved of the biggest climb of titles from South Korea since 2022-01-01 "
        "(as of 2022-01-04); possible: X (1 place at most) and X (1 place at most)"
    )
    debuts = records.highest_debut(history, origin="KR")
    assert (debuts.value, len(debuts.challengers)) == (2, 0)
    way = records.longest_climb_to_top(history, origin="KR")
    assert [(str(c.subject), c.proved, c.upper) for c in way.challengers] == [("X", 3, 3)]


def test_the_three_classes_are_not_asked_for_together() -> None:
    with pytest.raises(TypeError, match="biggest_fall: expected one of origin=, among= and where="):
        records.biggest_fall(leaders({"KR": ["A"]}), origin="KR", among=["A"])


def test_a_history_narrowed_to_titles_is_refused() -> None:
    """It does not say what the others did: not even that they were absent."""
    narrowed = sample().select(title="Squid Game")
    with pytest.raises(ValueError, match="most_periods: expected a history of whole lists; among="):
        records.most_periods(narrowed)


def test_days_and_weeks_are_not_compared() -> None:
    rows = [
        RankSnapshot(Title(name), chart("KR", series), START, rank)
        for series in (SERIES, WEEKLY)
        for rank, name in enumerate("AB", 1)
    ]
    both = ChartHistory.from_snapshots(rows)
    with pytest.raises(AmbiguousChartError, match="daily and weekly charts fit: say which"):
        records.longest_streaks(both)
    assert records.longest_streaks(both, series=WEEKLY).unit == "week"


def test_nothing_in_hand_and_nothing_due_holds_no_record() -> None:
    for history in (leaders({}), leaders({"KR": ["x"]})):
        with pytest.raises(UnknownChartError, match="highest_debut: there is no list"):
            records.highest_debut(history)
    with pytest.raises(UnknownChartError, match="there is no chart of a country"):
        records.most_countries(leaders({"world": ["A"]}))
    with pytest.raises(UnknownTitleError):
        records.most_periods(leaders({"KR": ["A"]}), among=["Q"])


@pytest.mark.parametrize(
    ("measure", "asked", "message"),
    [
        (records.longest_streaks, {"gaps": "raise"}, 'gaps: expected "break" or "bridge"'),
        (records.longest_streaks, {"limit": -1}, "limit: expected a whole number of 0 or more"),
        (records.longest_streaks, {"top": 11}, "top: expected 1 to 3"),
        (records.most_countries, {"held": "now"}, 'held: expected "at once" or "ever"'),
        (records.highest_debut, {"debuts": "sure"}, 'debuts: expected "proved" or "likely"'),
        (records.longest_climb_to_top, {"counting": "all"}, 'counting: expected "listed" or'),
        (records.longest_climb_to_top, {"top": 0}, "top: expected a whole number of 1 or more"),
        (records.most_simultaneous, {"of": "all"}, 'of: expected "by", "show" or "class"'),
        (records.biggest_climb, {"limit": -2}, "limit: expected a whole number of 0 or more"),
    ],
)
def test_options_that_do_not_exist_are_refused(measure: Any, asked: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        measure(lists({"KR": ["ABC"]}), **asked)


def test_one_name_is_not_taken_for_titles_letter_by_letter() -> None:
    history = leaders({"KR": ["S", "S", "D"]})
    with pytest.raises(TypeError, match=r"among: expected titles, such as .* found 'Squid'"):
        records.longest_streaks(history, among="Squid")
    with pytest.raises(TypeError, match="among: expected titles"):
        kcharts.first_to_reach(history, among="Squid")


@pytest.mark.parametrize("no", [0, "", False])
def test_any_answer_that_is_false_is_a_no(no: Any) -> None:
    history = leaders({"KR": ["S", "S", "D"]})
    found = records.longest_streaks(history, where=lambda title: title.name == "D" or no)
    assert [streak.title.name for streak in found.holders] == ["D"]


def test_challengers_on_several_charts_are_told_apart() -> None:
    history = leaders({"KR": ["A", "B", "B"], "US": ["A", "B", "B"]})
    assert "no bound, Stream TV in South Korea (by Press))" in str(records.longest_streaks(history))


# -- what is open -----------------------------------------------------------------------------


def test_streaks_beside_unusable_lists_and_over_the_edge_challenge() -> None:
    history = leaders({"KR": ["A", "B", "B", "B", "C", "?", "C", "D"]})
    found = records.longest_streaks(history)
    assert (found.value, found.upper, found.unseen) == (3, None, 1)
    assert [(str(c.subject), c.proved, c.upper) for c in found.challengers] == [
        ("A", 1, None),
        ("C", 1, 3),
        ("C", 1, 3),
    ]
    assert str(found.challengers[0]) == (
        "A: no bound, 1 day proved, on 2022-01-01, Stream TV in South Korea (by Press)"
    )
    assert str(found).endswith(
        "; could be equalled or beaten by A (no bound), C (3 days at most) and C (3 days at most)"
    )


def test_what_comes_after_the_last_issue_challenges_nothing() -> None:
    history = leaders({"KR": ["A", "B", "B", "C"]}, calendar=LAUNCHED)
    assert records.longest_streaks(history).is_certain
    late = leaders({"KR": ["A", "B", "B", "C", "?"], "US": 5 * ["D"]}, calendar=LAUNCHED)
    korean = records.longest_streaks(late, country="KR")
    assert [(str(c.subject), c.upper) for c in korean.challengers] == [("C", 2)]


def test_bridged_the_record_counts_the_lists_that_are_not_in_hand() -> None:
    history = leaders({"KR": ["C", "A", "?", "A", "B", "B", "C"]})
    assert records.longest_streaks(history).value == 2
    bridged = records.longest_streaks(history, gaps="bridge")
    assert (bridged.value, names(bridged.holders), bridged.holders[0].observed) == (3, ["A"], 2)


def test_lists_that_are_not_covered_leave_a_streak_without_bound() -> None:
    found = records.longest_streaks(
        leaders({"KR": ["B", "A", "A", "x", "C", "B"]}, calendar=LAUNCHED)
    )
    assert (found.value, found.upper) == (2, None)
    assert [str(c.subject) for c in found.challengers] == ["C"]


def test_a_streak_that_ends_before_what_is_not_covered_has_no_bound_either() -> None:
    found = records.longest_streaks(leaders({"KR": ["C", "C", "A", "x", "B", "D"]}, LAUNCHED))
    assert (found.value, names(found.holders)) == (2, ["C"])
    assert [(str(c.subject), c.upper) for c in found.challengers] == [("A", None), ("B", None)]


def test_anybody_can_be_on_lists_that_are_not_in_hand() -> None:
    history = leaders({"KR": ["A", "?", "?", "B"]}, calendar=LAUNCHED)
    found = records.most_periods(history)
    assert (found.value, found.upper, found.unseen) == (1, 3, 2)
    assert "anybody on the 2 lists not usable (2 days at most)" in str(found)
    edge = records.longest_streaks(leaders({"KR": ["?", "A", "B"]}))
    assert edge.unseen is None
    assert "anybody on the 1 list not usable (no bound)" in str(edge)
    assert not edge.is_certain
    nobody = records.longest_streaks(leaders({"KR": ["?"]}, calendar=LAUNCHED))
    assert (nobody.value, nobody.upper, len(nobody.holders)) == (None, 1, 0)
    assert str(nobody).endswith("possible: anybody on the 1 list not usable (1 day at most)")


# -- places -----------------------------------------------------------------------------------


def test_at_once_and_ever_are_two_records() -> None:
    history = lists({"KR": ["AB", "BA"], "US": ["BA", "AB"], "GB": ["AB", "AB"]})
    once = records.most_countries(history)
    assert (once.value, names(once.holders), len(once.holders[0].at)) == (2, ["A"], 2)
    assert once.holders[0].as_row() == {
        "title": "A",
        "season": None,
        "category": "TV",
        "date": day(0),
        "top": 1,
        "count": 2,
        "upper": 2,
    }
    ever = records.most_countries(history, held="ever")
    assert (ever.value, names(ever.holders), names(ever.runners_up)) == (3, ["A"], ["B"])
    assert ever.holders[0].as_row()["panel"] == 3
    assert ever.what == "largest number of countries ever at No. 1"


def test_places_that_are_not_known_may_count() -> None:
    history = leaders({"KR": ["A", "B"], "US": ["A", "?"], "GB": ["B", "B"]})
    found = records.most_countries(history)
    assert (found.value, found.upper, found.unseen) == (2, 3, 1)
    assert names(found.holders) == ["B", "A"] or names(found.holders) == ["A", "B"]
    row = records.most_countries(history, top=None, among=["A"]).challengers
    assert len(row) == 0


def test_a_place_that_is_not_known_makes_a_challenger() -> None:
    history = leaders({"KR": ["A", "B"], "US": ["A", "?"], "GB": ["C", "C"]})
    found = records.most_countries(history)
    assert (found.value, names(found.holders)) == (2, ["A"])
    rivals = {str(c.subject): (c.proved, c.upper) for c in found.challengers}
    assert rivals == {"B": (1, 2), "C": (1, 2)}
    assert found.challengers[0].as_row() == {
        "subject": "B",
        "country": None,
        "category": "TV",
        "proved": 1,
        "upper": 2,
        "unit": "country",
        "start": day(0),
        "end": day(1),
        "classified": True,
    }
    assert str(found.challengers[0]).endswith("2022-01-01 to 2022-01-02, Stream TV by Press")


# -- moves ------------------------------------------------------------------------------------


def test_a_debut_a_reentry_and_a_way_across_a_gap_are_no_climb() -> None:
    history = lists({"KR": ["ABC", "DAB", "CDA", "?", "ADC", "BAD"]}, calendar=LAUNCHED)
    found = records.biggest_climb(history)
    assert (found.value, len(found.holders)) == (None, 0)
    falls = records.biggest_fall(history)
    assert falls.value == 1
    assert str(falls.holders[0]) == (
        "A: down 1 place from No. 1 to No. 2, 2022-01-01 to 2022-01-02, "
        "Stream TV in South Korea (by Press)"
    )
    assert falls.holders[0].places == -1


def test_beside_a_gap_a_title_can_have_moved_as_far_as_the_list_is_deep() -> None:
    history = lists({"KR": ["ABC", "?", "CAB", "CBA"]}, calendar=LAUNCHED)
    found = records.biggest_climb(history)
    assert (found.value, found.upper, found.unseen) == (1, 2, 0)
    assert {str(c.subject): c.upper for c in found.challengers} == {"A": 1, "B": 1, "C": 2}
    assert {(c.start, c.end) for c in found.challengers if str(c.subject) == "C"} == {
        (day(0), day(1))
    }
    falls = records.biggest_fall(history)
    assert {str(c.subject): c.upper for c in falls.challengers} == {"A": 2, "B": 2}


def test_on_two_lists_in_a_row_that_are_not_in_hand_anybody_can_have_moved() -> None:
    two = lists({"KR": ["ABC", "?", "?", "BAC"]}, calendar=LAUNCHED)
    apart = lists({"KR": ["ABC", "?", "BAC", "?", "ABC"]}, calendar=LAUNCHED)
    assert [records.biggest_climb(each).unseen for each in (two, apart)] == [2, 0]


def test_moves_to_or_from_no_1_are_asked_for_by_top() -> None:
    history = lists({"KR": ["ABCDE", "AEBCD", "BEACD", "ABCDE"]}, calendar=LAUNCHED)
    assert names(records.biggest_climb(history).holders) == ["E"]
    jump = records.biggest_climb(history, top=1)
    assert (jump.what, jump.value, names(jump.holders)) == ("biggest climb to No. 1", 2, ["B", "A"])
    drop = records.biggest_fall(history, top=1)
    assert (drop.what, drop.value) == ("biggest fall from No. 1", 2)
    assert names(drop.holders) == ["A"]
    assert records.biggest_fall(history, top=2).what == "biggest fall from the top 2"
    assert drop.holders[0].as_row()["to_rank"] == 3
    assert [row.rank for row in evidence(history, drop)] == [1, 3]


# -- debuts and climbs to the top ---------------------------------------------------------------


def test_on_the_first_list_in_hand_no_debut_is_known() -> None:
    history = lists({"KR": ["ABC", "BAD"]})
    found = records.highest_debut(history)
    assert (found.value, names(found.holders)) == (3, ["D"])
    assert {str(c.subject): c.upper for c in found.challengers} == {"A": 1, "B": 2, "C": 3}
    assert found.challengers[0].bound == "No. 1 at best"
    begun = records.highest_debut(lists({"KR": ["ABC", "BAD"]}, calendar=LAUNCHED))
    assert (begun.value, names(begun.holders), begun.unseen) == (1, ["A"], 0)
    assert begun.is_certain
    assert begun.holders[0].as_row()["rank"] == 1
    assert [row.rank for row in evidence(lists({"KR": ["ABC", "BAD"]}), begun)] == [1]


def test_one_gap_puts_all_later_debuts_in_doubt_unless_likely_ones_will_do() -> None:
    history = lists({"KR": ["ABC", "?", "DAB", "EDA", "EFA"]}, calendar=LAUNCHED)
    proved = records.highest_debut(history)
    assert names(proved.holders) == ["A"]
    assert {str(c.subject) for c in proved.challengers} == {"D", "E", "F"}
    assert {c.upper for c in proved.challengers} == {1}
    assert "anybody on the 1 list not usable (No. 1 at best)" in str(proved)
    likely = records.highest_debut(history, debuts="likely")
    assert names(likely.holders) == ["A", "E"]
    assert [str(c.subject) for c in likely.challengers] == ["D"]


def test_a_climb_to_the_top_counts_the_lists_that_hold_it_or_all_issues() -> None:
    history = lists({"KR": ["AB", "BAC", "AB", "AC", "CA", "CAB"]}, calendar=LAUNCHED)
    listed = records.longest_climb_to_top(history)
    assert (listed.value, names(listed.holders)) == (3, ["C"])
    assert str(listed.holders[0]) == (
        "C: first at No. 1 in its 3rd day on the list, 2022-01-02 to 2022-01-05, "
        "Stream TV in South Korea (by Press)"
    )
    issues = records.longest_climb_to_top(history, counting="issues")
    assert (issues.value, issues.unit) == (4, "day")
    assert "in its 4th day from its debut" in str(issues.holders[0])
    assert issues.holders[0].as_row()["counting"] == "issues"
    assert [row.rank for row in evidence(history, issues)] == [3, 2, 1]


def test_a_climb_whose_debut_is_not_known_challenges_without_bound() -> None:
    history = lists({"KR": ["ABC", "CAB", "BDC", "DBA"]})
    found = records.longest_climb_to_top(history)
    assert (found.value, names(found.holders)) == (2, ["D"])
    assert {str(c.subject): c.upper for c in found.challengers} == {"A": None, "B": None, "C": None}


def test_a_gap_can_have_been_where_a_title_debuted_or_got_to_the_top() -> None:
    history = lists({"KR": ["ABC", "ADB", "AED", "?", "FAD", "AGF"]}, calendar=LAUNCHED)
    for counting, uppers in (
        ("listed", {"B": 3, "C": 2, "D": 3, "E": 2, "F": 2}),
        ("issues", {"B": 4, "C": 4, "D": 3, "E": 2, "F": 2}),
    ):
        found = records.longest_climb_to_top(history, counting=counting)  # type: ignore[arg-type]  # in the loop
        assert {str(c.subject): c.upper for c in found.challengers} == uppers
    lost = lists({"KR": ["?", "ABC", "BAC"]})
    assert records.longest_climb_to_top(lost).unseen is None
    last = lists({"KR": ["AB", "AB", "?"], "US": 3 * ["C"]}, calendar=LAUNCHED)
    late = records.longest_climb_to_top(last, country="KR")
    assert [(str(c.subject), c.upper, c.end) for c in late.challengers] == [("B", 3, day(2))]


# -- together ---------------------------------------------------------------------------------


def test_titles_of_one_performer_are_counted_on_each_list() -> None:
    bands = {name: Title(name, by="One" if name in "ABC" else "Two") for name in "ABCDE"}
    bands["F"] = Title("F")
    history = lists({"KR": ["ADEF", "ABDE", "ABFD", "ABDC"]}, titles=bands, calendar=LAUNCHED)
    found = records.most_simultaneous(history)
    assert (found.value, found.unit) == (3, "title")
    assert str(found) == (
        "One: 3 titles on the list at once, on 2022-01-04, Stream TV in South Korea (by Press): "
        "the largest number of titles by one performer on the list at once since 2022-01-01 "
        "(as of 2022-01-04)"
    )
    assert [each.name for each in found.runners_up] == ["Two"]
    assert [each.date for each in found.runners_up[0].lists] == [day(0), day(1)]
    assert [row.title.name for row in evidence(history, found)] == ["A", "B", "C"]
    top = records.most_simultaneous(history, top=2)
    assert (top.value, top.holders[0].as_row()["lists"]) == (2, 3)


def test_seasons_of_one_show_are_counted_on_each_list() -> None:
    seasons = {n: Title("Show", season=f"Show: Season {n}") for n in "123"}
    seasons |= {"x": Title("Other", season="Other: Season 1"), "y": Title("A film")}
    history = lists({"KR": ["12x", "1y2"]}, titles=seasons, calendar=LAUNCHED)
    found = records.most_simultaneous(history, of="show")
    assert (found.value, found.holders[0].name) == (2, "Show")
    assert [each.name for each in found.runners_up] == ["Other"]
    joined = records.most_simultaneous(history.by_show(), of="show")
    assert joined.value == 1


def test_titles_that_may_belong_make_a_group_challenge() -> None:
    history = lists({"KR": ["SAX", "SDA"], "US": ["XYA", "XAS"]}, titles=TITLES, calendar=LAUNCHED)
    found = records.most_simultaneous(history, of="class", origin="KR")
    assert (found.value, found.upper) == (2, 2)
    assert found.what == "largest number of titles from South Korea on the list at once"
    assert [(c.subject, c.proved, c.upper) for c in found.challengers] == [
        ("titles from South Korea", 1, 2)
    ]
    performers = records.most_simultaneous(history, origin="KR")
    assert performers.value is None
    assert len(performers.challengers) == 0
    bands = {name: Title(name, by="One", origin=KR if name == "S" else None) for name in "STU"}
    open_ = lists({"KR": ["TU", "TU"], "US": ["ST", "ST"]}, titles=bands, calendar=LAUNCHED)
    one = records.most_simultaneous(open_, origin="KR")
    assert (one.value, [each.chart.code for each in one.holders]) == (1, ["US"])
    assert [(c.proved, c.upper, c.classified) for c in one.challengers] == [(None, 2, False)]
    assert performers.what.startswith("largest number of titles from South Korea by one performer")


def test_a_list_that_is_not_in_hand_has_room_for_as_many_as_it_is_deep() -> None:
    history = lists({"KR": ["AB", "?"]}, titles={"A": Title("A", by="One")})
    assert records.most_simultaneous(history).unseen == 3
    assert records.most_simultaneous(history, top=2).unseen == 2


# -- the module -------------------------------------------------------------------------------


def test_records_are_a_module_of_the_package() -> None:
    assert kcharts.records is records
    names = vars(records)["__all__"]
    assert names == sorted(names)
    assert set(names) <= set(dir(records))
    assert all(getattr(records, name).__doc__ for name in names)


def test_weekly_records_count_weeks() -> None:
    history = lists({"KR": ["AB", "AB"]}, series=WEEKLY, every="week")
    found = records.longest_streaks(history)
    assert found.unit == "week"
    assert isinstance(found.holders[0].chart.series, ChartSeries)
    assert found.holders[0].chart.series.frequency is Frequency.WEEKLY
