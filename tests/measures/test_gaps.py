"""What a list that is missing, broken or stale does to a streak."""

from __future__ import annotations

import datetime as dt

import pytest

from kcharts import Calendar, IssueStatus, current_streak, streaks, totals
from kcharts.errors import GapError, UnknownTitleError
from tests.lists import SERIES, chart, day, lists

# The US daily list of Netflix in September 2021, with invented companions: nine days at the end
# of the month, then a list that holds films alone, then fifteen more days, then another title.
BROKEN_DAY = {"US": ["ZSA"] + 8 * ["SAB"] + ["!ABC"] + 15 * ["SAB"] + ["ASB"]}


def test_a_broken_list_breaks_the_streak_and_its_bound_counts_it() -> None:
    """15 days proved, 24 at most: the list of one day held only films."""
    found = streaks(lists(BROKEN_DAY), "S")
    assert [streak.length for streak in found] == [15, 8]
    longest = found[0]
    assert (longest.observed, longest.upper, longest.so_far) == (15, 24, (15, 24))
    assert (longest.start_known, longest.end_known, longest.ongoing) == (False, True, False)
    assert longest.unknown == (day(9),)
    assert str(longest) == (
        "S: 15 days at No. 1 (24 at most: no usable list on 2022-01-10), "
        "2022-01-11 to 2022-01-25, Stream TV in the United States (by Press)"
    )


def test_a_bridged_streak_says_how_many_days_were_seen() -> None:
    """24 days of which 23 are seen."""
    [streak] = streaks(lists(BROKEN_DAY), "S", gaps="bridge")
    assert (streak.length, streak.observed, streak.upper) == (24, 23, 24)
    assert (streak.start_known, streak.end_known) == (True, True)
    assert str(streak) == (
        "S: 24 days at No. 1 (23 seen: no usable list on 2022-01-10), "
        "2022-01-02 to 2022-01-25, Stream TV in the United States (by Press)"
    )


def test_raise_refuses_an_answer_that_an_unknown_list_touches() -> None:
    with pytest.raises(GapError, match=r"S, .*: no usable list on 2022-01-10") as caught:
        streaks(lists(BROKEN_DAY), "S", gaps="raise")
    assert "bridge" in caught.value.hints[0]


def test_raise_answers_where_no_unknown_list_touches() -> None:
    history = lists(BROKEN_DAY)
    assert [each.length for each in streaks(history, "Z", gaps="raise")] == [1]
    tail = current_streak(history, "A", gaps="raise")
    assert tail is not None
    assert tail.length == 1


@pytest.mark.parametrize("mark", ["?", "!SAB", "~SAB"])
def test_no_measure_counts_a_list_that_is_not_published(mark: str) -> None:
    """Even a broken or stale list that shows the title at No. 1 proves nothing."""
    history = lists({"US": ["SAB", mark, "SAB"]})
    assert [streak.length for streak in streaks(history, "S")] == [1, 1]
    [total] = totals(history, "S")
    assert (total.observed, total.upper) == (2, 3)


def test_bridging_needs_both_sides() -> None:
    history = lists({"US": ["SAB", "?", "ASB", "?", "SAB"]})
    assert [(s.length, s.upper) for s in streaks(history, "S", gaps="bridge")] == [
        (1, None),
        (1, None),
    ]


def test_no_streak_crosses_an_issue_that_is_outside() -> None:
    """A chart that paused: what lies there is an edge, not a gap."""
    history = lists({"US": ["SAB", "x", "SAB"], "KR": ["SAB", "SAB", "SAB"]})
    found = streaks(history, "S", country="US", gaps="bridge")
    assert [(streak.length, streak.upper) for streak in found] == [(1, None), (1, None)]
    assert [streak.start_known for streak in found] == [False, False]


def test_unknown_lists_beyond_an_outside_issue_are_counted_by_totals_alone() -> None:
    history = lists({"US": ["?", "x", "SAB", "x", "?"], "KR": 5 * ["SAB"]})
    [streak] = streaks(history, "S", country="US")
    assert (streak.upper, streak.so_far) == (None, (1, 1))
    [total] = totals(history, "S", country="US")
    assert (total.observed, total.upper) == (1, 3)


def test_unknown_lists_between_an_outside_issue_and_the_streak_are_within_so_far() -> None:
    history = lists({"US": ["SAB", "x", "?", "SAB", "?", "x", "SAB"], "KR": 7 * ["SAB"]})
    middle = next(s for s in streaks(history, "S", country="US") if s.start == day(3))
    assert (middle.upper, middle.so_far) == (None, (1, 3))


def test_an_outage_is_not_a_fall() -> None:
    """The last list due is not in hand: the streak up to the last one that is."""
    history = lists({"US": ["SAB", "SAB", "", ""], "KR": ["SAB", "SAB", "ASB", "ASB"]})
    streak = current_streak(history, "S", country="US")
    assert streak is not None
    assert (streak.length, streak.end_known, streak.ongoing) == (2, False, True)
    assert streak.so_far == (2, 4)
    assert current_streak(history, "S", country="KR") is None


def test_current_streak_is_none_where_the_last_list_in_hand_has_another_title() -> None:
    history = lists({"US": ["SAB", "ASB", ""], "KR": ["SAB", "SAB", "SAB"]})
    assert current_streak(history, "S", country="US") is None


def test_the_launch_of_a_chart_is_a_known_start() -> None:
    launched = Calendar.daily(first=day(0))
    [streak] = streaks(lists({"US": ["SAB", "SAB", "ASB"]}, calendar=launched), "S")
    assert (streak.start_known, streak.upper) == (True, 2)
    [open_start] = streaks(lists({"US": ["SAB", "SAB", "ASB"]}), "S")
    assert (open_start.start_known, open_start.upper) == (False, None)
    assert "perhaps longer: not covered before 2022-01-01" in str(open_start)


def test_the_end_of_a_chart_is_a_known_end() -> None:
    """Netflix's lists of Russia ended: the streak ended with them, and is not ongoing."""
    history = lists({"US": ["ASB", "SAB"], "KR": ["ASB", "SAB", "SAB"]})
    closed = history.closing(chart("US"), day(1))
    [streak] = streaks(closed, "S", country="US")
    assert (streak.length, streak.upper, streak.end_known, streak.ongoing) == (1, 1, True, False)
    [before] = streaks(history, "S", country="US")
    assert (before.upper, before.end_known, before.ongoing) == (None, False, True)
    assert current_streak(closed, "S", country="US") == streak


def test_the_last_issue_of_a_calendar_is_a_known_end() -> None:
    ended = Calendar.daily(last=day(1))
    [streak] = streaks(lists({"US": ["ASB", "SAB"]}, calendar=ended), "S")
    assert (streak.end_known, streak.upper) == (True, 1)


def test_a_streak_under_an_unknown_first_list_says_both() -> None:
    history = lists({"US": ["?", "SAB", "ASB"]})
    [streak] = streaks(history, "S")
    assert (streak.upper, streak.so_far) == (None, (1, 2))
    assert str(streak) == (
        "S: 1 day at No. 1 (2 at most within the data: no usable list on 2022-01-01; perhaps "
        "longer: not covered before 2022-01-01), on 2022-01-02, Stream TV in the United "
        "States (by Press)"
    )


def test_many_unknown_lists_are_counted_in_the_sentence() -> None:
    history = lists({"US": ["ASB", "SAB", "?", "?", "?", "?", "?", "SAB", "ASB"]})
    assert str(streaks(history, "S")[0]) == (
        "S: 1 day at No. 1 (7 at most: no usable list on 2022-01-03, 2022-01-04, 2022-01-05 and "
        "2 more), on 2022-01-02, Stream TV in the United States (by Press)"
    )


def test_a_title_that_the_history_does_not_hold_is_an_error_never_zero() -> None:
    history = lists(BROKEN_DAY)
    for measure in (streaks, totals, current_streak):
        with pytest.raises(UnknownTitleError):
            measure(history, "Squid")


def test_a_wrong_policy_or_rank_is_refused() -> None:
    history = lists(BROKEN_DAY)
    with pytest.raises(ValueError, match="gaps: expected"):
        streaks(history, "S", gaps="ignore")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="top: expected"):
        streaks(history, "S", top=0)


def test_weeks_are_named_by_the_day_that_ends_them() -> None:
    from tests.lists import WEEKLY

    history = lists({"US": ["ASB", "SAB", "?", "SAB", "ASB"]}, series=WEEKLY, every="week")
    assert str(streaks(history, "S")[0]) == (
        "S: 1 week at No. 1 (3 at most: no usable list in the week ending 2022-01-15), "
        "in the week ending 2022-01-08, Stream TV in the United States (by Press)"
    )
    [bridged] = streaks(history, "S", gaps="bridge")
    assert (bridged.unit, bridged.issues) == ("week", "3 weeks")
    assert "weeks ending 2022-01-08 to 2022-01-22" in str(bridged)


def test_dates_of_the_hot_100_before_1962_are_consecutive_issues() -> None:
    """From Monday 1961-12-25 to Saturday 1962-01-06 are twelve days and one issue."""
    from kcharts import ChartHistory, RankSnapshot, Title
    from tests.lists import WEEKLY

    dates = [dt.date(1961, 12, 18), dt.date(1961, 12, 25), dt.date(1962, 1, 6)]
    rows = [
        RankSnapshot(Title(name), chart("US", WEEKLY), date, rank)
        for date in dates
        for rank, name in enumerate("SAB", 1)
    ]
    [streak] = streaks(ChartHistory.from_snapshots(rows), "S")
    assert (streak.length, streak.observed) == (3, 3)


def test_a_status_set_by_hand_counts_like_one_that_was_read() -> None:
    history = lists({"US": ["ASB", "SAB", "SAB", "SAB", "ASB"]})
    marked = history.with_status(chart("US"), day(2), IssueStatus.DEFECTIVE)
    assert [s.length for s in streaks(marked, "S")] == [1, 1]
    assert marked.status(chart("US"), day(2)) is IssueStatus.DEFECTIVE
    assert marked.series == (SERIES,)


def test_the_edges_named_are_those_of_the_data_not_of_the_streak() -> None:
    """After a broken day the title leads on: the data end later than the streak."""
    history = lists({"US": ["ABS", "SAB", "!ABC", "SAB"]})
    first = min(streaks(history, "S"), key=lambda streak: streak.start)
    assert "perhaps longer: not covered after 2022-01-04" in str(first)
    last = max(streaks(history, "S"), key=lambda streak: streak.start)
    assert "still counting: not covered after 2022-01-04" in str(last)


def test_a_status_is_an_issue_status() -> None:
    history = lists({"US": ["SAB"]})
    with pytest.raises(TypeError, match="status: expected an IssueStatus"):
        history.with_status("US", day(0), "stale")  # type: ignore[arg-type]


def test_evidence_and_tables_of_totals_leave_out_broken_lists() -> None:
    from kcharts import evidence

    history = lists({"US": ["SAB", "!SAB", "SAB"]})
    found = totals(history, "S")
    assert [row.date for row in evidence(history, found[0])] == [day(0), day(2)]
    assert found.to_dicts()[0]["observed"] == 2
    assert str(found[0]) == (
        "S: 2 days at No. 1 in all (3 at most: 1 list not usable), counted 2022-01-01 to "
        "2022-01-03, Stream TV in the United States (by Press)"
    )
