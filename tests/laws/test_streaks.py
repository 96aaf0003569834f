"""The laws of streaks: what they are, what they may have been, and what changes nothing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, strategies as st

from kcharts.errors import AmbiguousChartError, GapError, UnknownTitleError
from kcharts.measures import Streak, current_streak, streaks
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title
from kcharts.testing import arrivals, completions
from tests import brute
from tests.laws.tools import GAPS, TOPS, completed, dates_of, histories, outcome, together

HISTORIES = histories(cuts="sometimes")
ON_CALENDARS = histories(cuts="sometimes", calendars="given")
"""A calendar that is inferred can be another one after a cut; one that is given stays."""
Top = int | None


def plainly(streak: Streak) -> brute.BruteStreak:
    """A streak in the words of the brute force."""
    return brute.BruteStreak(
        streak.title,
        streak.chart,
        streak.start,
        streak.end,
        streak.length,
        streak.observed,
        streak.upper,
        streak.start_known,
        streak.end_known,
        streak.ongoing,
        streak.so_far,
        touched=False,
    )


def days_of(history: ChartHistory, streak: Streak) -> tuple[dt.date, ...]:
    return history.calendar(streak.chart.series).between(streak.start, streak.end)


@given(HISTORIES | histories(rows="loose"), TOPS, GAPS)
def test_streaks_are_those_that_one_finds_issue_by_issue(
    history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    found = streaks(history, top=top, gaps=gaps)
    assert list(map(plainly, found)) == brute.streaks(history, top=top, gaps=gaps)


@given(HISTORIES, TOPS)
def test_streaks_partition_the_qualifying_issues(history: ChartHistory, top: Top) -> None:
    qualifying = sorted(
        (str(row.chart), row.date, row.title.key)
        for row in history
        if history.status(row.chart, row.date) is IssueStatus.PUBLISHED
        and (top is None or row.rank <= top)
    )
    covered = sorted(
        (str(streak.chart), day, streak.title.key)
        for streak in streaks(history, top=top)
        for day in days_of(history, streak)
    )
    assert covered == qualifying


@given(HISTORIES, TOPS)
def test_streaks_are_maximal(history: ChartHistory, top: Top) -> None:
    """Between two streaks of one title on one chart lies an issue at least."""
    by_chart = sorted(streaks(history, top=top), key=lambda s: (s.title.key, str(s.chart), s.start))
    for one, two in pairwise(by_chart):
        if (one.title, one.chart) == (two.title, two.chart):
            calendar = history.calendar(one.chart.series)
            assert calendar.number(two.start) - calendar.number(one.end) > 1


@given(HISTORIES, TOPS, GAPS)
def test_bounds_enclose_what_is_seen(history: ChartHistory, top: Top, gaps: brute.Gaps) -> None:
    for streak in streaks(history, top=top, gaps=gaps):
        least, most = streak.so_far
        assert 1 <= streak.observed <= streak.length == least <= most
        assert streak.upper in (None, most)
        assert (streak.observed < streak.length) <= (gaps == "bridge")


@given(HISTORIES, TOPS)
def test_bridging_never_shortens(history: ChartHistory, top: Top) -> None:
    bridged = streaks(history, top=top, gaps="bridge")
    broken = streaks(history, top=top)
    assert len(bridged) <= len(broken)
    for streak in broken:
        [around] = [
            other
            for other in bridged
            if (other.title, other.chart) == (streak.title, streak.chart)
            and other.start <= streak.start
            and streak.end <= other.end
        ]
        assert around.length >= streak.length
        assert (around.upper, around.so_far[1]) == (streak.upper, streak.so_far[1])


@given(st.data(), histories(rows="plain"), TOPS, GAPS)
def test_the_order_of_rows_changes_nothing(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    statuses = {
        (line.chart, day): status
        for line in brute.lines(history)
        for day, status in zip(line.dates, line.statuses, strict=True)
        if status is not IssueStatus.OUTSIDE
    }
    calendars = {series: history.calendar(series) for series in history.series}
    one, other = (
        ChartHistory.from_snapshots(rows, calendars=calendars, statuses=statuses)
        for rows in (list(history), data.draw(st.permutations(list(history))))
    )
    assert one == other
    assert list(streaks(one, top=top, gaps=gaps)) == list(streaks(other, top=top, gaps=gaps))


@given(st.data(), histories(), TOPS, GAPS)
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    parts = data.draw(arrivals(history))
    merged = together(parts)
    expected = list(streaks(history, top=top, gaps=gaps))
    assert list(streaks(merged, top=top, gaps=gaps)) == expected
    assert list(streaks(together(reversed(parts)), top=top, gaps=gaps)) == expected
    assert list(streaks(merged.merge(history), top=top, gaps=gaps)) == expected


@given(st.data(), HISTORIES, TOPS, GAPS)
def test_as_of_a_date_is_the_answer_of_a_history_that_ends_there(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    assert list(streaks(history, top=top, gaps=gaps, as_of=day)) == list(
        streaks(cut, top=top, gaps=gaps)
    )


@given(st.data(), histories(calendars="given"), TOPS, GAPS)
def test_what_comes_later_changes_nothing_as_of_a_date(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    asked = [list(streaks(each, top=top, gaps=gaps, as_of=day)) for each in (early, history)]
    assert asked[0] == asked[1]


@given(st.data(), ON_CALENDARS, TOPS)
def test_cutting_ends_a_streak_and_leaves_its_end_open(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    whole = [streak for streak in streaks(history, top=top) if streak.start <= day]
    cut = {(s.title, s.chart, s.start): s for s in streaks(history.select(end=day), top=top)}
    assert len(cut) == len(whole)
    for streak in whole:
        short = cut[streak.title, streak.chart, streak.start]
        assert short.end == max(d for d in days_of(history, streak) if d <= day)
        assert short.start_known == streak.start_known
        if short.end < streak.end:
            assert not short.end_known
            assert short.upper is None
            assert short.ongoing


@given(st.data(), ON_CALENDARS, TOPS)
def test_cutting_off_what_was_before_leaves_the_start_open(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    whole = [streak for streak in streaks(history, top=top) if streak.end >= day]
    cut = {(s.title, s.chart, s.end): s for s in streaks(history.select(start=day), top=top)}
    assert len(cut) == len(whole)
    for streak in whole:
        short = cut[streak.title, streak.chart, streak.end]
        assert short.start == min(d for d in days_of(history, streak) if d >= day)
        assert (short.end_known, short.ongoing) == (streak.end_known, streak.ongoing)
        if short.start > streak.start:
            assert not short.start_known
            assert short.upper is None


@given(st.data(), HISTORIES, TOPS)
def test_bounds_hold_whatever_the_unknown_lists_were(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    truth = streaks(data.draw(completions(history)), top=top)
    for streak in streaks(history, top=top):
        [covering] = [
            true
            for true in truth
            if (true.title, true.chart) == (streak.title, streak.chart)
            and true.start <= streak.start
            and streak.end <= true.end
        ]
        assert streak.length <= covering.length <= streak.so_far[1]
        assert covering.upper == covering.length or streak.upper is None


@given(st.data(), HISTORIES, TOPS)
def test_bounds_are_reached(data: st.DataObject, history: ChartHistory, top: Top) -> None:
    """No tighter bound would be true: lists can be thought of that give just these lengths."""
    streak = data.draw(st.sampled_from(list(streaks(history, None, top=None)[:3])))
    for title, length in ((None, 0), (streak.title, 1)):
        truth = streaks(completed(history, title), streak.title, top=top)
        for found in streaks(history, streak.title, top=top):
            [covering] = [
                true
                for true in truth
                if true.chart == found.chart and true.start <= found.start <= true.end
            ]
            assert covering.length == found.so_far[length]


@given(st.data(), HISTORIES, TOPS)
def test_gaps_raise_refuses_just_the_answers_that_an_unknown_list_touches(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    title = data.draw(st.sampled_from(history.titles))
    touched = any(
        streak.touched for streak in brute.streaks(history, top=top) if streak.title == title
    )
    if touched:
        with pytest.raises(GapError):
            streaks(history, title, top=top, gaps="raise")
    else:
        raising = streaks(history, title, top=top, gaps="raise")
        assert [plainly(each) for each in raising] == [
            plainly(each) for each in streaks(history, title, top=top)
        ]


@given(HISTORIES, TOPS, GAPS)
def test_what_is_asked_of_one_title_or_chart_is_part_of_what_is_asked_of_all(
    history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    everything = list(streaks(history, top=top, gaps=gaps))
    for title in history.titles:
        alone = list(streaks(history, title, top=top, gaps=gaps))
        assert alone == [streak for streak in everything if streak.title == title]
    for chart in history.charts:
        alone = list(streaks(history, country=chart.place, series=chart.series, top=top, gaps=gaps))
        assert alone == [streak for streak in everything if streak.chart == chart]
        narrowed = history.select(country=chart.place, series=chart.series)
        assert [plainly(s) for s in streaks(narrowed, top=top, gaps=gaps)] == [
            plainly(s) for s in alone
        ]


@given(HISTORIES, TOPS, GAPS)
def test_the_current_streak_reaches_the_last_list_in_hand(
    history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    for line in brute.lines(history):
        for title in history.titles:
            expected = brute.current(line, title, top=top, gaps=gaps)
            chart = line.chart
            found = outcome(
                lambda title=title, chart=chart: current_streak(  # type: ignore[misc]  # bound in the loop
                    history, title, country=chart.place, series=chart.series, top=top, gaps=gaps
                )
            )
            assert (plainly(found) if isinstance(found, Streak) else found) == expected


@given(st.data(), HISTORIES, TOPS, GAPS)
def test_the_current_streak_as_of_a_date_is_that_of_a_history_that_ends_there(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    title = data.draw(st.sampled_from(cut.titles or history.titles))
    chart = data.draw(st.sampled_from(cut.charts))

    def ask(which: ChartHistory, as_of: dt.date | None) -> object:
        return outcome(
            lambda: current_streak(
                which,
                title,
                country=chart.place,
                series=chart.series,
                top=top,
                gaps=gaps,
                as_of=as_of,
            )
        )

    assert ask(history, day) == ask(cut, None)


@given(HISTORIES)
def test_the_current_streak_is_about_one_chart(history: ChartHistory) -> None:
    for title in history.titles:
        charts = {row.chart for row in history if row.title == title}
        if len(charts) > 1:
            with pytest.raises(AmbiguousChartError):
                current_streak(history, title)


@given(HISTORIES)
def test_a_title_that_is_not_held_raises(history: ChartHistory) -> None:
    with pytest.raises(UnknownTitleError):
        streaks(history, Title("No such title"))
    with pytest.raises(UnknownTitleError):
        current_streak(history, "No such title")


US_DAILY = Chart(ChartSeries("Netflix", "Netflix", "Top 10", Frequency.DAILY, 1), Country("US"))


def test_squid_game_was_at_the_top_for_15_to_24_days() -> None:
    """The list of 2021-09-30 holds only films, so that nobody knows who led the series."""
    days = [("Sex Education", dt.date(2021, 9, 21)), ("The Guilty", dt.date(2021, 9, 30))]
    days += [("Squid Game", dt.date(2021, 9, day)) for day in range(22, 30)]
    days += [("Squid Game", dt.date(2021, 10, day)) for day in range(1, 16)]
    days += [("You", dt.date(2021, 10, 16))]
    history = ChartHistory.from_snapshots(
        [RankSnapshot(Title(name), US_DAILY, day, 1) for name, day in days],
        statuses={(US_DAILY, dt.date(2021, 9, 30)): IssueStatus.DEFECTIVE},
    )
    longest, earlier = streaks(history, "Squid Game")
    assert (longest.length, longest.upper, longest.start) == (15, 24, dt.date(2021, 10, 1))
    assert (earlier.length, earlier.upper, earlier.end_known) == (8, 24, False)
    [bridged] = streaks(history, "Squid Game", gaps="bridge")
    assert (bridged.length, bridged.observed, bridged.upper) == (24, 23, 24)


def test_a_title_at_two_ranks_holds_no_place_for_one_that_has_left() -> None:
    """Two rows of one title are as many as there were titles, and are one title all the same."""
    chart = attrs.evolve(US_DAILY, series=attrs.evolve(US_DAILY.series, depth=2))
    builder = Builder(repeats=True)
    for day, name, rank in [(1, "A", 1), (1, "B", 2), (2, "A", 1), (2, "A", 2)]:
        builder.issue_codes.append(builder.issue(chart, dt.date(2022, 1, day)))
        builder.title_codes.append(builder.title(Title(name)))
        builder.ranks.append(rank)
        builder.lines.append(0)
        builder.source_codes.append(builder.source(""))
    found = streaks(ChartHistory(builder.build()), top=2)
    assert [(each.title.name, each.length) for each in found] == [("A", 2), ("B", 1)]
