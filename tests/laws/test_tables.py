"""The laws of chart tables: counted issue by issue, as of each, bounded by what is unknown."""

from __future__ import annotations

import datetime as dt
import pickle

from hypothesis import assume, given, strategies as st

from kcharts.measures import (
    ChartEntry,
    ChartTable,
    Results,
    chart_runs,
    chart_table,
    chart_tables,
    streaks,
    totals,
)
from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.testing import arrivals, completions
from tests.brute_tables import BruteEntry, BruteTable, tables
from tests.laws.dense import dense_histories
from tests.laws.tools import completed, dates_of, histories, together

DENSE = dense_histories()
HISTORIES = DENSE | histories(cuts="sometimes")
LOOSE = histories(rows="loose", calendars="given")
ANY = HISTORIES | LOOSE
STAYS = {"+", "-", "=", "RE"}


def entry_plainly(entry: ChartEntry) -> BruteEntry:
    """An entry in the words of the brute force."""
    return BruteEntry(
        entry.title,
        entry.rank,
        entry.last,
        str(entry.movement),
        entry.peak,
        entry.periods,
        entry.periods_upper,
        entry.periods_at_peak,
        entry.periods_at_peak_upper,
        entry.peak_known,
        entry.debut_known,
        entry.since,
    )


def plainly(table: ChartTable) -> BruteTable:
    """A table in the words of the brute force."""
    out = None
    if table.out is not None:
        out = frozenset((g.title, g.last, g.peak, g.periods, g.periods_upper) for g in table.out)
    entries = frozenset(map(entry_plainly, table))
    assert len(entries) == len(table)
    return BruteTable(table.chart, table.date, entries, out)


def one(history: ChartHistory, table: ChartTable) -> ChartTable:
    """The table of the same issue, asked for by itself."""
    series, place = table.chart.series, table.chart.place
    return chart_table(history, series=series, country=place, date=table.date)


@given(DENSE)
def test_every_table_of_one_chart_is_counted_issue_by_issue(history: ChartHistory) -> None:
    assert [plainly(table) for table in chart_tables(history)] == tables(history)


@given(histories(cuts="sometimes", calendars="given") | LOOSE)
def test_every_table_of_many_charts_is_counted_issue_by_issue(history: ChartHistory) -> None:
    assert [plainly(table) for table in chart_tables(history)] == tables(history)


@given(ANY)
def test_a_table_counts_as_if_the_history_ended_with_it(history: ChartHistory) -> None:
    for table in chart_tables(history):
        cut = history.select(end=table.date)
        [last] = [each for each in tables(cut) if (each.chart, each.date) == _issue(table)]
        assert plainly(table) == last
        assert one(cut, table) == table


def _issue(table: ChartTable) -> tuple[Chart, dt.date]:
    return table.chart, table.date


@given(ANY)
def test_a_table_asked_for_by_itself_is_the_one_among_all(history: ChartHistory) -> None:
    found = chart_tables(history)
    assert [one(history, table) for table in found] == list(found)


@given(st.data(), DENSE | histories(calendars="given"))
def test_what_comes_later_changes_no_table(data: st.DataObject, history: ChartHistory) -> None:
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    before = list(chart_tables(early))
    assert before == [table for table in chart_tables(history) if table.date <= day]
    assert before == list(chart_tables(history, as_of=day))
    assert before == [one(history, table) for table in before]


@given(st.data(), histories())
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, history: ChartHistory
) -> None:
    assert chart_tables(together(data.draw(arrivals(history)))) == chart_tables(history)


@given(ANY)
def test_the_columns_of_all_entries_are_those_of_each(history: ChartHistory) -> None:
    found = chart_tables(history)
    each = [entry for table in found for entry in table]
    assert list(found.entries) == each
    assert found.entries.to_columns() == Results.of(each).to_columns()


@given(ANY)
def test_tables_are_a_sequence(history: ChartHistory) -> None:
    found = chart_tables(history)
    listed = list(found)
    assert [found[at] for at in range(len(found))] == listed == found[:]
    assert [found[at] for at in range(-len(found), 0)] == listed
    assert pickle.loads(pickle.dumps(found)) == found


@given(HISTORIES)
def test_entries_stand_by_rank_as_printed(history: ChartHistory) -> None:
    for table in chart_tables(history):
        printed = [(row.title, row.rank) for row in history.issue(table.chart, table.date)]
        assert [(entry.title, entry.rank) for entry in table] == printed


@given(ANY)
def test_who_left_and_who_stayed_are_those_of_the_list_before(history: ChartHistory) -> None:
    found = list(chart_tables(history))
    for before, table in zip([None, *found], found, strict=False):
        if table.out is None or before is None or before.chart != table.chart:
            assert not table.out
            continue
        stayed = {entry.title: entry.last for entry in table if entry.last is not None}
        left = {gone.title: gone.last for gone in table.out}
        assert not stayed.keys() & left.keys()
        assert stayed | left == {entry.title: entry.rank for entry in before}
        assert list(left.values()) == sorted(left.values())


@given(ANY)
def test_a_list_after_one_that_is_not_in_hand_tells_no_movement(history: ChartHistory) -> None:
    for table in chart_tables(history):
        kinds = {str(entry.movement) == "UNKNOWN" for entry in table}
        assert kinds <= {table.out is None}
        assert all(entry.last is None for entry in table if table.out is None)


@given(st.data(), HISTORIES)
def test_bounds_hold_whatever_the_unknown_lists_were(
    data: st.DataObject, history: ChartHistory
) -> None:
    truth = data.draw(completions(history))
    for table in chart_tables(history):
        true = {entry.title: entry for entry in one(truth, table)}
        for entry in table:
            real = true[entry.title]
            assert entry.periods <= real.periods
            assert entry.peak >= real.peak
            if entry.periods_upper is not None:
                assert real.periods == real.periods_upper
                assert real.periods <= entry.periods_upper
            if entry.peak_known:
                assert entry.peak == real.peak
            if entry.peak == real.peak and entry.periods_at_peak_upper is not None:
                assert entry.periods_at_peak <= real.periods_at_peak
                assert real.periods_at_peak <= entry.periods_at_peak_upper


@given(st.data(), HISTORIES)
def test_a_movement_that_is_said_is_true_whatever_the_unknown_lists_were(
    data: st.DataObject, history: ChartHistory
) -> None:
    """Only a debut may turn out to be a re-entry, and none that is known to be one."""
    truth = data.draw(completions(history))
    for table in chart_tables(history):
        real = one(truth, table)
        for entry in table:
            said, true = str(entry.movement), real.entry(entry.title)
            assert true is not None
            if said[0] in STAYS or said in STAYS or entry.debut_known:
                assert str(true.movement) == said
                assert true.last == entry.last
            elif said == "NEW":
                assert str(true.movement) in ("NEW", "RE")
        if table.out is not None:
            assert real.out is not None
            assert [gone.title for gone in real.out] == [gone.title for gone in table.out]


@given(st.data(), HISTORIES)
def test_bounds_are_reached(data: st.DataObject, history: ChartHistory) -> None:
    title = data.draw(st.sampled_from(history.titles))
    least, most = completed(history, None), completed(history, title)
    for table in chart_tables(history):
        entry = table.entry(title)
        if entry is not None:
            fewest, highest = one(least, table).entry(title), one(most, table).entry(title)
            assert fewest is not None
            assert highest is not None
            assert fewest.periods == entry.periods
            assert fewest.periods_at_peak == entry.periods_at_peak
            assert highest.periods == entry.periods + entry.unknown
            if entry.peak == 1:
                assert highest.periods_at_peak == entry.periods_at_peak + entry.unknown
            assert entry.peak_known == (highest.peak == entry.peak and entry.covered) or (
                entry.peak == 1
            )


@given(ANY)
def test_the_last_table_agrees_with_totals(history: ChartHistory) -> None:
    last = {table.chart: table for table in chart_tables(history)}
    for total in totals(history, top=None):
        held = last[total.chart].entry(total.title)
        if held is not None:
            assert held.periods == total.observed
            assert held.since == total.since


@given(ANY)
def test_the_movement_agrees_with_the_runs(history: ChartHistory) -> None:
    """NEW and RE begin a run, what has a rank before goes on with one."""
    starts = {(run.title, run.chart, run.start) for run in streaks(history, top=None)}
    found: set[tuple[Title, Chart, dt.date]] = set()
    for table in chart_tables(history):
        for entry in table:
            if entry.last is None:
                found.add((entry.title, entry.chart, entry.date))
    # A calendar that was inferred from fewer dates may see a gap where there is none.
    assume(all(history.calendar(series).kind != "dates" for series in history.series))
    assert found == starts


@given(HISTORIES)
def test_the_last_entry_of_a_title_agrees_with_its_chart_run(history: ChartHistory) -> None:
    assume(all(history.calendar(series).kind != "dates" for series in history.series))
    entries: dict[tuple[Title, Chart], list[ChartEntry]] = {}
    for table in chart_tables(history):
        for entry in table:
            entries.setdefault((entry.title, entry.chart), []).append(entry)
    runs = list(chart_runs(history))
    assert {(run.title, run.chart) for run in runs} == set(entries)
    for run in runs:
        held = entries[run.title, run.chart]
        last = held[-1]
        assert (run.peak, run.periods, run.periods_at_peak) == (
            last.peak,
            last.periods,
            last.periods_at_peak,
        )
        assert run.debut == held[0].date
        assert run.debut_known == held[0].debut_known
        assert run.start == last.since
        assert {day: rank for day, rank in run.issues if isinstance(rank, int)} == {
            each.date: each.rank for each in held
        }
        back = [each.date for each in held if str(each.movement) == "RE"]
        assert list(run.reentries) == back
