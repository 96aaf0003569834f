"""Chart tables: what each mark claims, who left, and what is refused."""

from __future__ import annotations

import copy
import pickle

import pytest

from kcharts import (
    Calendar,
    ChartHistory,
    Results,
    Title,
    chart_runs,
    chart_table,
    chart_tables,
    evidence,
)
from kcharts.errors import (
    AmbiguousChartError,
    AmbiguousTitleError,
    NotAnIssueError,
    UnknownChartError,
)
from kcharts.measures import ChartTable, MovementKind
from kcharts.model.columns.builder import Builder
from tests.lists import SERIES, WEEKLY, chart, day, lists

OPEN = Calendar.daily(first=day(0))


def marks(table: ChartTable) -> dict[str, str]:
    """The movements of a table by title."""
    return {entry.title.name: str(entry.movement) for entry in table}


def at(history: ChartHistory, number: int) -> ChartTable:
    return chart_table(history, country="US", date=day(number))


def left(table: ChartTable) -> dict[str, int] | None:
    return None if table.out is None else {gone.title.name: gone.last for gone in table.out}


# -- what the marks claim -----------------------------------------------------------------


def test_movements_of_lists_in_hand() -> None:
    history = lists({"US": ["ABC", "BAD", "BDC"]}, calendar=OPEN)
    assert marks(at(history, 1)) == {"B": "+1", "A": "-1", "D": "NEW"}
    assert marks(at(history, 2)) == {"B": "=", "D": "+1", "C": "RE"}
    assert left(at(history, 1)) == {"C": 3}
    assert left(at(history, 2)) == {"A": 2}


def test_on_the_charts_first_issue_everything_is_new_and_nobody_left() -> None:
    table = at(lists({"US": ["ABC"]}, calendar=OPEN), 0)
    assert set(marks(table).values()) == {"NEW"}
    assert all(entry.debut_known for entry in table)
    assert table.out == ()


def test_on_the_first_list_in_hand_nothing_is_known_to_be_new() -> None:
    table = at(lists({"US": ["ABC", "ABC"]}), 0)
    assert set(marks(table).values()) == {"UNKNOWN"}
    assert table.out is None
    assert not any(entry.debut_known for entry in table)


def test_a_debut_in_a_window_may_be_a_return() -> None:
    """NEW in the data; whether it is the first time ever hangs on what was before the data."""
    [entry] = [e for e in at(lists({"US": ["ABC", "ABD"]}), 1) if e.title == Title("D")]
    assert entry.movement.kind is MovementKind.NEW
    assert (entry.debut_known, entry.periods, entry.periods_upper) == (False, 1, None)


@pytest.mark.parametrize("text", ["?", "!ABD", "~ABC", ""])
def test_after_a_list_that_is_not_in_hand_no_movement_is_said(text: str) -> None:
    history = lists({"US": ["ABC", text, "ABD", "ADC"], "KR": 4 * ["ABC"]}, calendar=OPEN)
    table = at(history, 2)
    assert set(marks(table).values()) == {"UNKNOWN"}
    assert {entry.last for entry in table} == {None}
    assert table.out is None
    assert marks(at(history, 3)) == {"A": "=", "D": "+1", "C": "RE"}


def test_counters_after_an_unknown_list_have_bounds() -> None:
    history = lists({"US": ["BAC", "?", "BAD", "ABD"], "KR": 4 * ["ABC"]}, calendar=OPEN)
    entry = at(history, 2).entry("A")
    assert entry is not None
    assert (entry.peak, entry.periods, entry.periods_upper) == (2, 2, 3)
    assert (entry.periods_at_peak, entry.periods_at_peak_upper) == (2, 3)
    assert not entry.peak_known
    later = at(history, 3).entry("A")
    assert later is not None
    assert (later.peak, later.peak_known, later.periods_at_peak_upper) == (1, True, 2)
    new = at(history, 2).entry("D")
    assert new is not None
    assert (new.periods, new.periods_upper, new.debut_known) == (1, 2, False)


def test_an_issue_that_is_not_covered_hides_what_was_before() -> None:
    history = lists({"US": ["ABC", "x", "ABC"], "KR": 3 * ["ABC"]}, calendar=OPEN)
    entry = at(history, 2).entry("A")
    assert entry is not None
    assert str(entry.movement) == "UNKNOWN"
    assert (entry.periods, entry.unknown, entry.periods_upper) == (2, 0, None)
    assert at(history, 2).out is None


def test_a_calendar_that_was_inferred_is_the_same_as_of_every_issue() -> None:
    """Two Saturday lists four weeks apart, and a Tuesday list: no week between them was due."""
    history = lists({"US": ["ABC", "", "", "", "ABC"]}, series=WEEKLY, every="week")
    other = lists({"US": 31 * [""] + ["ABC"]}, series=WEEKLY)
    both = history.merge(other)
    assert both.calendar(WEEKLY).kind == "dates"
    _, later, tuesday = chart_tables(both)
    assert later == chart_table(both, date=day(28))
    assert later == chart_table(both.select(end=day(28)))
    assert [entry.unknown for entry in chart_table(history)] == [3, 3, 3]
    assert [entry.unknown for entry in (*later, *tuesday)] == [0, 0, 0, 0, 0, 0]
    assert set(marks(later).values()) == set(marks(tuesday).values()) == {"="}


# -- the table as a value -----------------------------------------------------------------


@pytest.fixture(scope="module")
def history() -> ChartHistory:
    return lists({"US": ["ABC", "!ABC", "BAC", "BAD"], "KR": ["ABC", "BCA", "BCA", "BCA"]})


def test_a_table_prints_as_lists_are_printed(history: ChartHistory) -> None:
    assert str(at(history, 3)).splitlines() == [
        "Stream TV in the United States (by Press), on 2022-01-04",
        "rank       title  last  peak  days  at peak",
        "1     =    B      1     1     3     2",
        "2     =    A      2     1     3     1",
        "3     NEW  D      -     3     1     1",
        "out: C (3)",
    ]
    assert str(at(history, 2)).endswith("\nout: not known, the list before is not in hand")
    same = chart_table(history, country="KR")
    assert str(same).endswith("\nout: none")
    assert repr(same).startswith(f"ChartTable(chart={same.chart!r}, date=datetime.date(2022, 1, 4)")


def test_entries_and_departures_are_sentences(history: ChartHistory) -> None:
    table = at(history, 3)
    assert str(table.entries[1]) == (
        "A: No. 2 (=) on 2022-01-04, peak No. 1 (1 day), 3 days on the list (1 list not usable; "
        "perhaps more: the data begin on 2022-01-01), Stream TV in the United States (by Press)"
    )
    assert table.out is not None
    assert str(table.out[0]) == (
        "C: out on 2022-01-04, No. 3 before, peak No. 3, 2 days on the list, "
        "Stream TV in the United States (by Press)"
    )
    known = lists({"US": ["ABC", "?", "BAC"], "KR": 3 * ["ABC"]}, calendar=OPEN)
    assert str(at(known, 2).entries[0]) == (
        "B: No. 1 (UNKNOWN) on 2022-01-03, peak No. 1 (1 day), 2 days on the list "
        "(3 at most: 1 list not usable), Stream TV in the United States (by Press)"
    )
    weekly = lists(
        {"US": ["ABC"]},
        series=WEEKLY,
        every="week",
        calendar=Calendar.weekly("saturday", first=day(0)),
    )
    assert str(chart_table(weekly).entries[0]) == (
        "A: No. 1 (NEW) in the week ending 2022-01-01, peak No. 1 (1 week), 1 week on the list, "
        "Stream TV in the United States (by Press)"
    )


def test_a_table_can_be_copied_and_be_a_key(history: ChartHistory) -> None:
    table = at(history, 3)
    assert {table, copy.copy(table), pickle.loads(pickle.dumps(table))} == {table}


def test_an_entry_is_found_by_title_or_name(history: ChartHistory) -> None:
    table = at(history, 3)
    assert table.entry("d") == table.entry(Title("D")) == table.entries[2]
    assert table.entry("C") is None
    assert table.entry(Title("C")) is None


def test_a_name_of_two_titles_on_one_list_is_ambiguous() -> None:
    seasons = {name: Title("Show", season=f"Season {name}") for name in "AB"}
    table = chart_table(lists({"US": ["ABC"]}, titles=seasons))
    assert table.entry("Show: Season B") == table.entries[1]
    with pytest.raises(AmbiguousTitleError, match="'Show' names 2 titles of this list") as caught:
        table.entry("Show")
    assert len(caught.value.hints) == 2


def test_the_results_of_a_table_are_its_entries(history: ChartHistory) -> None:
    table = at(history, 3)
    assert isinstance(table.results(), Results)
    assert list(table.results()) == list(table) == list(table.entries)
    assert table.results().to_dicts()[2] == {
        "title": "D",
        "season": None,
        "by": None,
        "country": "US",
        "category": "TV",
        "date": day(3),
        "rank": 3,
        "last": None,
        "movement": "NEW",
        "peak": 3,
        "periods": 1,
        "periods_upper": None,
        "periods_at_peak": 1,
    }


def test_evidence_of_a_table_are_the_rows_up_to_it(history: ChartHistory) -> None:
    table = at(history, 3)
    rows = evidence(history, table)
    assert len(rows) == 9
    assert {row.chart for row in rows} == {chart("US")}
    assert table.out is not None
    entry, departure = table.entries[1], table.out[0]
    assert [(row.date, row.rank) for row in evidence(history, entry)] == [
        (day(0), 1),
        (day(2), 2),
        (day(3), 2),
    ]
    assert [row.date for row in evidence(history, departure)] == [day(0), day(2)]
    assert evidence(history, at(history, 2))[-1].date == day(2)


# -- which issue --------------------------------------------------------------------------


def test_the_last_list_in_hand_is_taken(history: ChartHistory) -> None:
    ended = history.merge(lists({"KR": ["ABC"] + 3 * ["BCA"] + ["CAB"]}), on_conflict="ours")
    assert chart_table(ended, country="US").date == day(3)
    assert chart_table(ended, country="KR").date == day(4)


def test_a_call_that_leaves_the_chart_open_is_refused(history: ChartHistory) -> None:
    with pytest.raises(AmbiguousChartError, match="2 charts fit"):
        chart_table(history)


def test_an_issue_that_is_not_in_hand_has_no_table(history: ChartHistory) -> None:
    with pytest.raises(UnknownChartError, match=r"no usable list of .* on 2022-01-02: it is def"):
        at(history, 1)
    with pytest.raises(NotAnIssueError, match=r"2022-01-05: the data of .* do not cover it"):
        at(history, 4)
    weekly = lists({"US": ["ABC", "ABC"]}, series=WEEKLY, every="week")
    with pytest.raises(NotAnIssueError, match="there is no list dated 2022-01-02"):
        chart_table(weekly, date=day(1))
    broken = lists({"US": ["!ABC"]})
    with pytest.raises(UnknownChartError, match="there is no usable list of"):
        chart_table(broken)
    assert list(chart_tables(broken)) == []
    assert chart_tables(broken).entries.to_columns() == {}


def test_a_history_without_lists_has_no_tables() -> None:
    empty = ChartHistory.from_snapshots([])
    assert list(chart_tables(empty)) == []
    assert len(chart_tables(empty).entries) == 0


def test_an_irregular_mark_before_any_list_is_in_hand_changes_nothing() -> None:
    """No list of the series is in hand: its calendar is made of marks alone."""
    history = lists({"US": ["x", "x"]}, series=WEEKLY).merge(lists({"US": ["ABC"]}))
    assert len(chart_tables(history)) == 1


def test_many_tables_are_compared_as_values(history: ChartHistory) -> None:
    found = chart_tables(history)
    assert repr(found) == "<ChartTables: 7 issues of 2 charts>"
    assert found == chart_tables(copy.copy(history))
    assert found != chart_tables(history, country="US")
    assert found != list(found)
    assert [found[1], found[2]] == found[1:3]
    assert found[-1] == chart_table(history, country="US")
    with pytest.raises(TypeError, match="unhashable"):
        hash(found)
    with pytest.raises(IndexError):
        found[7]


def test_the_entries_of_many_tables_are_shown_ten_at_a_time(history: ChartHistory) -> None:
    lines = repr(chart_tables(history, country="KR").entries).splitlines()
    assert lines[0].split() == [
        *("title", "country", "category", "date", "rank", "last", "movement"),
        *("peak", "periods", "periods_at_peak"),
    ]
    assert lines[-1] == "... and 2 more"


def test_columns_hold_what_the_entries_say() -> None:
    """Of lists that follow one in hand, of one that does not, and of one that is not covered."""
    history = lists(
        {"US": ["ABC", "BAD", "?", "BAC"], "KR": ["ABC", "x", "CBA", "ABD"]}, calendar=OPEN
    )
    columns = chart_tables(history).entries.to_columns()
    assert columns == chart_tables(history).entries[:].to_columns()
    assert columns["movement"] == [
        *("NEW", "NEW", "NEW", "UNKNOWN", "UNKNOWN", "UNKNOWN", "+2", "=", "NEW"),
        *("NEW", "NEW", "NEW", "+1", "-1", "NEW", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ]
    assert columns["last"] == [None] * 6 + [3, 2] + [None] * 4 + [2, 1] + [None] * 4
    assert columns["periods_upper"] == [1, 1, 1] + [None] * 6 + [1, 1, 1, 2, 2, 1, 4, 4, 3]


def test_where_every_list_is_in_hand_the_upper_bound_is_the_count() -> None:
    known = chart_tables(lists({"US": ["ABC", "ABD"]}, calendar=OPEN)).entries.to_columns()
    assert known["periods_upper"] == known["periods"] == [1, 1, 1, 2, 2, 1]


def test_a_title_that_stands_on_a_list_twice_is_one_entry_at_the_better_rank() -> None:
    builder = Builder(repeats=True)
    for number, text in enumerate(["ABAC", "BAAC", "CBAB"]):
        for rank, name in enumerate(text, 1):
            builder.issue_codes.append(builder.issue(chart("US"), day(number)))
            builder.title_codes.append(builder.title(Title(name)))
            builder.ranks.append(rank)
            builder.lines.append(0)
            builder.source_codes.append(builder.source(""))
    history = ChartHistory(builder.build())
    found = [[(e.title.name, e.rank, e.periods) for e in table] for table in chart_tables(history)]
    assert found == [
        [("A", 1, 1), ("B", 2, 1), ("C", 4, 1)],
        [("B", 1, 2), ("A", 2, 2), ("C", 4, 2)],
        [("C", 1, 3), ("B", 2, 3), ("A", 3, 3)],
    ]
    assert marks(at(history, 2)) == {"C": "+3", "B": "-1", "A": "-1"}
    [run] = chart_runs(history, "A")
    assert run.ranks == (1, 2, 3)


def test_titles_of_which_some_lists_were_narrowed_keep_their_figures(history: ChartHistory) -> None:
    whole = at(history, 3).entry("A")
    assert at(history.select(title="A"), 3).entries == (whole,)


def test_a_series_says_which_chart(history: ChartHistory) -> None:
    both = history.merge(lists({"US": ["XYZ"]}, series=WEEKLY))
    assert marks(chart_table(both, country="US", series=SERIES)).keys() == {"B", "A", "D"}
