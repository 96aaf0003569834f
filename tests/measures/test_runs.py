"""Chart runs: their figures, their notation, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kcharts import Calendar, Chart, Title, chart_runs, evidence
from kcharts.errors import NotAnIssueError, UnknownTitleError
from kcharts.measures import Absence, ChartRun, Run
from tests.lists import WEEKLY, chart, day, lists

OPEN = Calendar.daily(first=day(0), last=day(9))
NOT, UNKNOWN, OUTSIDE = Absence.NOT_ON_LIST, Absence.UNKNOWN, Absence.OUTSIDE


def parse(text: str, where: Chart | None = None, **given: Any) -> ChartRun:
    return ChartRun.parse(text, title=Title("A"), chart=where or chart("US"), start=day(0), **given)


def test_a_run_of_every_kind_of_issue() -> None:
    history = lists(
        {"US": ["BCD", "BAC", "ABC", "!ABC", "CBA", "x", "BCD", "BCD", "ABC", "BAC"]},
        calendar=OPEN,
    )
    [run] = chart_runs(history, "A")
    assert run.ranks == (NOT, 2, 1, UNKNOWN, 3, OUTSIDE, NOT, NOT, 1, 2)
    assert run.to_notation() == "|-x-2-[1]-?-3-/-x2-[1]-2-|"
    assert run.runs == (
        Run(day(1), day(2), (2, 1)),
        Run(day(4), day(4), (3,)),
        Run(day(8), day(9), (1, 2)),
    )
    assert [each.length for each in run.runs] == [2, 1, 2]
    assert run.reentries == (day(8),)
    assert (run.debut, run.debut_known) == (day(1), True)
    assert (run.peak, run.peak_dates, run.periods_at_peak) == (1, (day(2), day(8)), 2)
    assert (run.periods, run.unknown, run.covered, run.periods_upper) == (5, 1, False, None)
    assert (run.start, run.end, run.unit) == (day(0), day(9), "day")


def test_what_came_before_the_data_is_not_known() -> None:
    [run] = chart_runs(lists({"US": ["BAC", "BAC"]}), "A")
    assert run.to_notation() == "...-[2]-[2]-..."
    assert (run.opens, run.closes, run.debut_known, run.peak_known) == (False, False, False, False)
    assert (run.periods_upper, run.periods_at_peak_upper) == (None, None)


def test_an_unknown_list_bounds_what_is_counted() -> None:
    [run] = chart_runs(lists({"US": ["?", "BAC", "BAC"]}, calendar=OPEN), "A")
    assert run.to_notation() == "|-?-[2]-[2]-..."
    assert (run.periods, run.periods_upper, run.periods_at_peak_upper) == (2, 3, 3)
    assert (run.debut_known, run.peak_known) == (False, False)


def test_a_run_is_a_sentence() -> None:
    [run] = chart_runs(lists({"US": ["BAC", "?", "BCD"]}, calendar=OPEN), "A")
    assert str(run) == (
        "A: |-[2]-?-x-..., peak No. 2 (1 day), 1 day on the list (2 at most: 1 list not usable), "
        "2022-01-01 to 2022-01-03, Stream TV in the United States (by Press)"
    )


def test_runs_are_rows_of_a_table() -> None:
    found = chart_runs(lists({"US": ["BAC", "BCD", "ABC"]}, calendar=OPEN))
    assert [run.title.name for run in found] == ["B", "A", "C", "D"]
    assert found.to_dicts()[1] == {
        "title": "A",
        "season": None,
        "by": None,
        "country": "US",
        "category": "TV",
        "since": day(0),
        "until": day(2),
        "debut": day(0),
        "peak": 1,
        "periods": 2,
        "periods_upper": 2,
        "periods_at_peak": 1,
        "runs": 2,
        "notation": "|-2-x-[1]-...",
    }


def test_evidence_of_a_run_are_its_rows() -> None:
    history = lists({"US": ["BAC", "!ABC", "BCD", "ABC"], "KR": ["ABC"]})
    [run] = chart_runs(history, "A", country="US")
    assert [(row.date, row.rank) for row in evidence(history, run)] == [(day(0), 2), (day(3), 1)]


def test_a_title_that_is_on_no_published_list_has_no_run() -> None:
    history = lists({"US": ["ABC", "!DBC"]})
    assert list(chart_runs(history, "D")) == []
    with pytest.raises(UnknownTitleError):
        chart_runs(history, "Z")


def test_a_title_can_be_a_value() -> None:
    [run] = chart_runs(lists({"US": ["ABC"]}), Title("A"))
    assert run.title == Title("A")


# -- the notation -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("74-41-28-18-11-11-11-17", "...-74-41-28-18-[11]-[11]-[11]-17-..."),
        ("12\u20137\u2013[3]\u20133\u2013X\u201320", "...-12-7-[3]-[3]-x-20-..."),
        ("| - 1 - x - x - 2 - |", "|-[1]-x2-2-|"),
        ("1-?1-x1-/2", "...-[1]-?-x-/2-..."),
        ("\u2026-5-\u2026", "...-[5]-..."),
        ("5", "...-[5]-..."),
    ],
)
def test_what_followers_write_is_read(text: str, written: str) -> None:
    assert parse(text).to_notation() == written


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "issue 1 of the notation: expected a rank such as 12"),
        ("1-2-y", "issue 3 of the notation: .* found 'y'"),
        ("1--2", "issue 2 of the notation"),
        ("0", "issue 1"),
        ("01", "issue 1"),
        ("[1", "issue 1"),
        ("1]", "issue 1"),
        ("x0-1", "issue 1"),
        ("x99999999-1", "issue 1"),
        ("5-[x]", "issue 2"),
        ("5-...-3", "issue 2"),
        ("1-|-1", "issue 2"),
        ("1\u0661", "issue 1"),
        ("1-2 3", "issue 2 of the notation"),
        ("1" + "-x3000000" * 2, "issue 3 of the notation: expected 3,652,059 issues in all"),
        ("...", "at least one rank"),
        ("x3-?", "at least one rank"),
        ("...-[5]-3-...", r"brackets at the best rank, 3, found '\[5\]'"),
    ],
)
def test_what_is_no_notation_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(text)


@pytest.mark.parametrize("text", [None, b"1-2", 5])
def test_a_notation_is_a_text(text: Any) -> None:
    with pytest.raises(TypeError, match="text: expected a notation"):
        parse(text)


def test_the_chart_of_a_notation_is_a_chart() -> None:
    named: Any = "world"
    with pytest.raises(TypeError, match="chart: expected a Chart"):
        parse("1", named)


def test_a_hole_in_a_run_that_begins_with_its_chart_is_told_as_one() -> None:
    history = lists({"US": ["ABC", "x", "ABC"], "KR": ["ABC"] * 3}, calendar=OPEN)
    assert "2 days on the list (perhaps more: not every issue is covered)" in str(
        chart_runs(history, "A", country="US")[0]
    )


def test_the_calendar_is_daily_or_weekly_where_it_is_left_out() -> None:
    assert parse("1-2").end == day(1)
    assert parse("1-2", chart("US", WEEKLY)).end == day(7)
    both = Calendar.from_dates([day(0), day(5), day(6)])
    assert parse("1-x-2", calendar=both).issues == ((day(0), 1), (day(5), NOT), (day(6), 2))


def test_a_start_is_a_date_or_its_text() -> None:
    found = ChartRun.parse("1", title=Title("A"), chart=chart("US"), start="2022-01-01")
    assert found == parse("1")


@pytest.mark.parametrize("text", ["1-2-3-4", "1-x3600000"])
def test_a_calendar_without_these_issues_refuses_them(text: str) -> None:
    with pytest.raises(NotAnIssueError):
        parse(text, calendar=Calendar.daily(last=day(2)))
    with pytest.raises(NotAnIssueError):
        ChartRun(Title("A"), chart("US"), Calendar.weekly("monday"), day(0), (1,))


@pytest.mark.parametrize(
    ("ranks", "kind", "message"),
    [
        ([1, 2], TypeError, "a tuple of ranks and absences"),
        (("1",), TypeError, "a whole number"),
        ((1, 0), ValueError, "a whole number of 1 or more"),
        ((True,), TypeError, "a whole number"),
        ((), ValueError, "at least one rank"),
        ((NOT, UNKNOWN), ValueError, "at least one rank"),
    ],
)
def test_what_are_no_ranks_is_refused(ranks: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        ChartRun(Title("A"), chart("US"), Calendar.daily(), day(0), ranks)


def test_a_datetime_is_no_start() -> None:
    moment = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(TypeError, match="without a time of day"):
        ChartRun(Title("A"), chart("US"), Calendar.daily(), moment, (1,))
