"""The laws of chart runs: every issue says one thing, and the notation says all of it."""

from __future__ import annotations

import datetime as dt
import pickle

from hypothesis import given, strategies as st

from kcharts import Calendar, Title, chart_runs, measures, model, streaks, totals
from kcharts.measures import Absence, ChartRun
from kcharts.model.history import ChartHistory
from kcharts.testing import arrivals, calendars, charts, titles
from tests import brute_tables
from tests.brute_tables import BruteRun
from tests.laws.dense import dense_histories
from tests.laws.tools import dates_of, histories, together
from tests.lists import chart

HISTORIES = dense_histories() | histories(cuts="sometimes") | histories(rows="loose")
RANKS = st.integers(1, 12) | st.sampled_from(Absence)


def plainly(run: ChartRun) -> BruteRun:
    """A run in the words of the brute force."""
    issues = tuple(
        (day, rank.value if isinstance(rank, Absence) else rank) for day, rank in run.issues
    )
    return BruteRun(run.title, run.chart, issues, run.opens, run.closes)


@st.composite
def any_runs(draw: st.DrawFn) -> ChartRun:
    """Chart runs of any shape, on calendars that go on for long enough."""
    calendar = draw(calendars(kinds=("daily", "weekly")).filter(lambda c: c.last is None))
    start = calendar.first or calendar.date(draw(st.integers(1_000, 100_000)))
    listed = st.lists(RANKS, min_size=1, max_size=20).filter(
        lambda found: any(isinstance(each, int) for each in found)
    )
    ends = {"opens": draw(st.booleans()), "closes": draw(st.booleans())}
    return ChartRun(draw(titles()), draw(charts()), calendar, start, tuple(draw(listed)), **ends)


def read_back(run: ChartRun, text: str) -> ChartRun:
    return ChartRun.parse(
        text, title=run.title, chart=run.chart, start=run.start, calendar=run.calendar
    )


@given(dense_histories())
def test_a_run_of_many_issues_says_what_each_says(history: ChartHistory) -> None:
    found = sorted(map(plainly, chart_runs(history)), key=repr)
    assert found == sorted(brute_tables.chart_runs(history), key=repr)


@given(HISTORIES)
def test_a_run_says_what_each_issue_says(history: ChartHistory) -> None:
    found = sorted(map(plainly, chart_runs(history)), key=repr)
    assert found == sorted(brute_tables.chart_runs(history), key=repr)


@given(any_runs() | HISTORIES.flatmap(lambda history: st.sampled_from(list(chart_runs(history)))))
def test_a_notation_is_read_back_to_an_equal_run(run: ChartRun) -> None:
    text = run.to_notation()
    assert read_back(run, text) == run
    assert read_back(run, text).to_notation() == text


@given(st.data(), any_runs())
def test_a_notation_is_read_as_followers_write_it(data: st.DataObject, run: ChartRun) -> None:
    """With other dashes, blanks and capitals, without brackets, and without dots at the ends."""
    text = run.to_notation()
    if data.draw(st.booleans()):
        text = text.replace("[", "").replace("]", "")
    if data.draw(st.booleans()):
        text = text.removeprefix("...-").removesuffix("-...")
    dash = data.draw(st.sampled_from(["-", " - ", "\u2013", "\u2014", "\u2212"]))
    text = text.replace("-", dash).replace("x", data.draw(st.sampled_from("xX")))
    text = text.replace("...", data.draw(st.sampled_from(["...", "\u2026"])))
    assert read_back(run, text) == run


@given(st.text(alphabet="0123456789x?/[]|.-, ", max_size=12))
def test_a_text_is_read_or_refused(text: str) -> None:
    run = ChartRun(Title("A"), chart("US"), Calendar.daily(), Calendar.daily().date(738_000), (1,))
    try:
        found = read_back(run, text)
    except ValueError:
        return
    assert read_back(run, found.to_notation()) == found


@given(HISTORIES)
def test_runs_are_streaks_of_being_on_the_list(history: ChartHistory) -> None:
    found = {
        (each.title, each.chart, run.start, run.end, run.length)
        for each in chart_runs(history)
        for run in each.runs
    }
    expected = [(s.title, s.chart, s.start, s.end, s.length) for s in streaks(history, top=None)]
    assert found == set(expected)
    assert sum(len(each.runs) for each in chart_runs(history)) == len(expected)


@given(HISTORIES)
def test_the_parts_of_a_run_agree(history: ChartHistory) -> None:
    observed = {(t.title, t.chart): t for t in totals(history, top=None)}
    for run in chart_runs(history):
        ranks = [rank for _, rank in run.issues if isinstance(rank, int)]
        total = observed[run.title, run.chart]
        assert run.periods == len(ranks) == sum(each.length for each in run.runs)
        assert (run.periods, run.start, run.end) == (total.observed, total.since, total.until)
        assert run.periods_upper in (None, total.upper)
        assert run.peak == min(ranks)
        assert run.periods_at_peak == ranks.count(run.peak) == len(run.peak_dates)
        assert run.debut == run.runs[0].start
        assert set(run.reentries) <= {each.start for each in run.runs[1:]}
        assert run.covered == (run.periods_upper is not None)
        assert run.peak_known == (run.peak == 1 or run.periods_upper == run.periods)
        assert (run.periods_at_peak_upper is None) == (run.periods_upper is None)


@given(HISTORIES)
def test_runs_are_ordered_best_first(history: ChartHistory) -> None:
    found = [(run.peak, -run.periods_at_peak, -run.periods) for run in chart_runs(history)]
    assert found == sorted(found)


@given(st.data(), HISTORIES)
def test_as_of_a_date_is_the_answer_of_a_history_that_ends_there(
    data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    assert chart_runs(history, as_of=day) == chart_runs(cut)


@given(st.data(), histories(calendars="given"))
def test_what_comes_later_changes_nothing_as_of_a_date(
    data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    assert chart_runs(early, as_of=day) == chart_runs(history, as_of=day)


@given(st.data(), histories())
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, history: ChartHistory
) -> None:
    assert chart_runs(together(data.draw(arrivals(history)))) == chart_runs(history)


@given(HISTORIES)
def test_what_is_asked_of_one_title_or_chart_is_part_of_what_is_asked_of_all(
    history: ChartHistory,
) -> None:
    everything = list(chart_runs(history))
    for title in history.titles:
        alone = list(chart_runs(history, title))
        assert alone == [run for run in everything if run.title == title]
    for each in history.charts:
        alone = list(chart_runs(history, country=each.place, series=each.series))
        assert alone == [run for run in everything if run.chart == each]


@given(any_runs())
def test_a_run_is_a_value(run: ChartRun) -> None:
    names = {**vars(model), **vars(measures), "datetime": dt}
    copies = [pickle.loads(pickle.dumps(run)), eval(repr(run), names)]
    assert all(each == run and hash(each) == hash(run) for each in copies)
