"""Faults put into histories whose counters are right: each is found for what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from kcharts.auditing import Finding, FindingKind, apply_findings, audit
from kcharts.errors import IncompleteListsWarning
from kcharts.measures import streaks, totals
from kcharts.model.calendar import Calendar
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title
from tests.auditing.counters import (
    COUNTERS,
    NAMES,
    changed,
    rebuilt,
    replaced,
    truths,
    with_counters,
)
from tests.laws.tools import TOPS

Top = int | None
CENSORED = FindingKind.LEFT_CENSORED
COUNTED = st.sets(st.sampled_from(COUNTERS)).map(lambda names: {*names, "periods_on_chart"})
RANKED = COUNTED.map(lambda names: {*names, "last_rank"})
MIXED = tuple(evolve(t, kind="Film", key=f"{t.key}, film") for t in NAMES[:3]) + NAMES[3:]


def found(history: ChartHistory, kind: FindingKind) -> list[Finding]:
    """The findings of a kind, of which alone there are any, but for those begun before."""
    everything = audit(history)
    assert {each.kind for each in everything} <= {kind, CENSORED}
    return [each for each in everything if each.kind is kind]


def listed(history: ChartHistory, day: dt.date) -> dict[Title, RankSnapshot]:
    [chart] = history.charts
    return {row.title: row for row in history.issue(chart, day).rows}


def inner_day(data: st.DataObject, history: ChartHistory) -> tuple[dt.date, dt.date, dt.date]:
    """A date that is neither the first nor the last, between the two beside it."""
    at = data.draw(st.integers(1, len(history.dates) - 2))
    before, day, after = history.dates[at - 1 : at + 2]
    return before, day, after


def assert_bounds_hold(measured: ChartHistory, truth: ChartHistory, top: Top) -> None:
    """Totals and streaks of what is known contain those of what was published."""
    true_totals = {each.title: each.observed for each in totals(truth, top=top)}
    for total in totals(measured, top=top):
        assert total.observed <= true_totals[total.title] <= total.upper
    true_streaks = list(streaks(truth, top=top))
    for run in streaks(measured, top=top):
        [true] = [
            each
            for each in true_streaks
            if each.title == run.title and each.start <= run.start <= each.end
        ]
        assert run.end <= true.end
        assert run.length <= true.length
        assert run.upper is None or true.length <= run.upper


# -- a list that is missing from the calendar -----------------------------------------------


def without(history: ChartHistory, day: dt.date) -> ChartHistory:
    """The history without a list, on a calendar that does not know of it."""
    days = [each for each in history.dates if each != day]
    [series] = history.series
    first = history.calendar(series).first
    calendars = {series: Calendar.from_dates(days, first=first)}
    rows = [row for row in history if row.date != day]
    return rebuilt(history, rows, calendars=calendars)


@given(st.data(), truths(), COUNTED, TOPS)
def test_a_missing_issue_is_found_and_its_list_is_unknown(
    data: st.DataObject, truth: ChartHistory, names: Collection[str], top: Top
) -> None:
    """Where two titles on both sides were on it, and three of four of those on both sides."""
    before, day, after = inner_day(data, truth)
    carried = listed(truth, before).keys() & listed(truth, after).keys()
    proving = carried & listed(truth, day).keys()
    assume(len(proving) > 1 and 4 * len(proving) >= 3 * len(carried))
    faulty = without(with_counters(truth, names), day)
    [finding] = found(faulty, FindingKind.MISSING_ISSUE)
    assert (finding.dates, finding.between) == ((before, after), 1)
    corrected = apply_findings(faulty, [finding])
    [chart] = truth.charts
    [added] = list(corrected.calendar(chart.series).between(before, after))[1:-1]
    assert corrected.status(chart, added) is IssueStatus.MISSING
    assert_bounds_hold(corrected, truth, top)


# -- a list that repeats the one before -------------------------------------------------------


def repeated(history: ChartHistory, before: dt.date, day: dt.date) -> ChartHistory:
    """The history whose list of a day is that of the day before."""
    rows = [row for row in history if row.date != day]
    return rebuilt(history, rows + [evolve(r, date=day) for r in rows if r.date == before])


@given(st.data(), truths(), COUNTED, TOPS)
def test_a_stale_list_is_found_and_counts_nowhere(
    data: st.DataObject, truth: ChartHistory, names: Collection[str], top: Top
) -> None:
    at = data.draw(st.integers(1, len(truth.dates) - 1))
    before, day = truth.dates[at - 1 : at + 1]
    faulty = repeated(with_counters(truth, names), before, day)
    [finding] = found(faulty, FindingKind.STALE_ISSUE)
    assert finding.dates == (day,)
    assert_bounds_hold(apply_findings(faulty, [finding]), truth, top)


# -- a list that lacks a row ----------------------------------------------------------------


def closed_up(history: ChartHistory, day: dt.date, gone: Collection[Title]) -> ChartHistory:
    """The history in which a list lacks titles, and the rows below them are closed up."""
    lost = [row.rank for row in history if row.date == day and row.title in gone]

    def change(row: RankSnapshot) -> list[RankSnapshot]:
        if row.date != day:
            return [row]
        if row.title in gone:
            return []
        return [evolve(row, rank=row.rank - sum(rank < row.rank for rank in lost))]

    return replaced(history, change)


@given(st.data(), truths(), RANKED, TOPS)
def test_a_hole_that_was_closed_up_is_found_by_the_list_after_it(
    data: st.DataObject, truth: ChartHistory, names: Collection[str], top: Top
) -> None:
    """Where a title below the hole is on that list, or the one that was lost."""
    _, day, after = inner_day(data, truth)
    gone = data.draw(st.sampled_from(list(listed(truth, day).values())))
    below = [
        row.rank
        for row in listed(truth, day).values()
        if row.rank > gone.rank and row.title in listed(truth, after)
    ]
    assume(below or gone.title in listed(truth, after))
    faulty = closed_up(with_counters(truth, names), day, [gone.title])
    [finding] = found(faulty, FindingKind.HOLE_IN_LIST)
    assert finding.dates == (day,)
    assert finding.rank is not None
    if gone.title in listed(truth, after):
        assert finding.rank == gone.rank
    else:
        assert gone.rank <= finding.rank < min(below)
    assert_bounds_hold(apply_findings(faulty, [finding]), truth, top)


@given(st.data(), truths(), COUNTED)
def test_a_rank_that_a_list_lacks_is_a_hole(
    data: st.DataObject, truth: ChartHistory, names: Collection[str]
) -> None:
    row = data.draw(st.sampled_from(truth))
    assume(row.rank < truth.series[0].depth)
    history = with_counters(truth, names)
    rows = [each for each in history if (each.date, each.rank) != (row.date, row.rank)]
    with pytest.warns(IncompleteListsWarning):
        faulty = rebuilt(history, rows)
    with pytest.warns(IncompleteListsWarning):
        [finding] = found(rebuilt(history, rows), FindingKind.HOLE_IN_LIST)
    assert (finding.dates, finding.rank) == ((row.date,), row.rank)
    assert_bounds_hold(apply_findings(faulty, [finding]), truth, None)


# -- a category that is gone for a day ------------------------------------------------------


@given(st.data(), truths(titles=MIXED), COUNTED, TOPS)
def test_a_category_that_is_gone_from_a_list_makes_it_defective(
    data: st.DataObject, truth: ChartHistory, names: Collection[str], top: Top
) -> None:
    """Where two of its titles were on the lists beside it, and their counters ran on."""
    before, day, after = inner_day(data, truth)
    kind = data.draw(st.sampled_from(["TV", "Film"]))
    gone = {title for title in listed(truth, day) if title.kind == kind}
    back = gone & listed(truth, before).keys() & listed(truth, after).keys()
    assume(len(back) > 1)
    faulty = closed_up(with_counters(truth, names), day, gone)
    [finding] = found(faulty, FindingKind.DEFECTIVE_ISSUE)
    assert finding.dates == (day,)
    assert_bounds_hold(apply_findings(faulty, [finding]), truth, top)


# -- titles -----------------------------------------------------------------------------------


@given(st.data(), truths(), COUNTED)
def test_two_works_of_one_name_are_homonyms(
    data: st.DataObject, truth: ChartHistory, names: Collection[str]
) -> None:
    title = data.draw(st.sampled_from(truth.titles))
    days = [row.date for row in truth if row.title == title]
    assume(len(days) > 1)
    start = data.draw(st.sampled_from(days[1:]))
    other = Title("Another Work", kind="TV")

    def parted(row: RankSnapshot) -> list[RankSnapshot]:
        second = row.title == title and row.date >= start
        return [evolve(row, title=other) if second else row]

    def merged(row: RankSnapshot) -> list[RankSnapshot]:
        return [evolve(row, title=title) if row.title == other else row]

    faulty = replaced(with_counters(replaced(truth, parted), names), merged)
    [finding] = found(faulty, FindingKind.HOMONYM)
    assert finding.titles == (title,)
    assert [row.date for row in finding.rows] == [day for day in days if day >= start]
    assert apply_findings(faulty, [finding]) == faulty


@given(st.data(), truths(), RANKED)
def test_a_renamed_title_goes_on_under_its_new_name(
    data: st.DataObject, truth: ChartHistory, names: Collection[str]
) -> None:
    before, day, _ = inner_day(data, truth)
    carried = sorted(listed(truth, before).keys() & listed(truth, day).keys(), key=str)
    assume(carried)
    title = data.draw(st.sampled_from(carried))
    new = Title("Another Name", kind="TV")

    def renamed(row: RankSnapshot) -> list[RankSnapshot]:
        return [evolve(row, title=new) if row.title == title and row.date >= day else row]

    faulty = replaced(with_counters(truth, names), renamed)
    [finding] = found(faulty, FindingKind.RENAME)
    assert (finding.titles, finding.dates) == ((title, new), (day,))
    assert apply_findings(faulty, [finding]) == faulty


@given(st.data(), truths(), COUNTED)
def test_one_figure_that_its_neighbours_contradict_is_a_revision(
    data: st.DataObject, truth: ChartHistory, names: Collection[str]
) -> None:
    before, day, after = inner_day(data, truth)
    thrice = listed(truth, before).keys() & listed(truth, day).keys() & listed(truth, after).keys()
    assume(thrice)
    title = data.draw(st.sampled_from(sorted(thrice, key=str)))
    history = with_counters(truth, names)
    row = listed(history, day)[title]
    name = data.draw(st.sampled_from(sorted(set(names) - {"periods_at_peak"})))
    right = getattr(row.reported, name)
    if name == "periods_on_chart":
        wrong = right + data.draw(st.integers(2, 5))
    else:
        wrong = data.draw(st.sampled_from([rank for rank in range(1, 9) if rank != right]))
    faulty = replaced(
        history, lambda each: [changed(each, **{name: wrong}) if each == row else each]
    )
    [finding] = found(faulty, FindingKind.PUBLISHER_REVISION)
    assert title in finding.titles
    assert day in {each.date for each in finding.rows}
    assert apply_findings(faulty, [finding]) == faulty
