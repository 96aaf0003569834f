"""Copies of the daily Top 10 of the United States, made up and as they are found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kcharts import ChartHistory, totals
from kcharts.errors import AmbiguousTitleError
from kcharts.formats import us_daily
from kcharts.model.calendar import Calendar
from kcharts.sources.report import ReadReport
from tests.formats.made import conserves, csv, the_problem

HEADER = (
    "As of",
    "Rank",
    "Year to Date Rank",
    "Last Week Rank",
    "Title",
    "Type",
    "Netflix Exclusive",
    "Netflix Release Date",
    "Days In Top 10",
    "Viewership Score",
)
RELEASE = '"Jan 5, 2022"'


def day(date: str = "2022-01-30", count: str = "1") -> list[list[str]]:
    """A full list of ten series."""
    return [
        [date, str(rank), "-", "-", f"Show {rank}", "TV Show", "Yes", RELEASE, count, "1"]
        for rank in range(1, 11)
    ]


def read(rows: list[list[str]]) -> ChartHistory:
    return us_daily.read_us_daily(csv(rows, header=HEADER))


def collected(rows: list[list[str]]) -> tuple[ChartHistory, ReadReport]:
    found = us_daily.read_us_daily(csv(rows, header=HEADER), on_error="collect")
    assert conserves(found)
    return found


def changed(rank: int, column: str, text: str) -> list[list[str]]:
    rows = day()
    rows[rank - 1][HEADER.index(column)] = text
    return rows


def test_the_list_is_the_united_states_combined_list() -> None:
    history = read(day())
    assert str(history.charts[0]) == "Netflix Overall in the United States, daily"
    assert history.calendar(history.series[0]) == Calendar.daily()
    assert (history[0].title.kind, history[0].title.released) == ("TV Show", dt.date(2022, 1, 5))


def test_the_mislabelled_rank_is_the_rank_of_the_day_before() -> None:
    rows = changed(1, "Year to Date Rank", "7")
    rows[0][HEADER.index("Last Week Rank")] = "9"
    rows[0][HEADER.index("Days In Top 10")] = "23"
    row = read(rows)[0]
    assert (row.reported.last_rank, row.reported.periods_on_chart) == (7, 23)
    assert dict(row.extras) == {
        "Last Week Rank": "9",
        "Netflix Exclusive": "Yes",
        "Viewership Score": "1",
    }


def test_a_dash_is_none() -> None:
    row = read(changed(1, "Netflix Release Date", "-"))[0]
    assert (row.reported.last_rank, row.title.released) == (None, None)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Rank", "11", "rank-out-of-range"),
        ("Rank", "-", "missing-value"),
        ("Year to Date Rank", "11", "rank-out-of-range"),
        ("Year to Date Rank", "0", "out-of-range"),
        ("Days In Top 10", "0", "out-of-range"),
        ("As of", '"Jan 30, 2022"', "bad-date"),
        ("Netflix Release Date", '"30 Jan 2022"', "bad-date"),
        ("Netflix Release Date", '"Feb 30, 2022"', "bad-date"),
        ("Title", "", "empty-title"),
        ("Type", "", "empty-title"),
    ],
)
def test_a_cell_that_does_not_say_what_its_column_should_is_located(
    column: str, text: str, code: str
) -> None:
    _, report = collected(changed(3, column, text))
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.column) == (code, 4, column)
    assert problem.value == text.strip('"')


def test_two_works_of_one_name_are_told_apart_by_their_release() -> None:
    rows = changed(1, "Title", "Show 2")
    rows[0][HEADER.index("Netflix Release Date")] = '"Jan 6, 2020"'
    history = read(rows)
    with pytest.raises(AmbiguousTitleError):
        history.title("Show 2")
    assert len({row.title for row in history}) == 10


def test_two_works_that_nothing_tells_apart_both_stay_with_a_note() -> None:
    history, report = collected([*day("2022-01-29"), *changed(5, "Title", "Show 2")])
    assert report.is_clean
    assert [row.rank for row in history if row.title.name == "Show 2"] == [2, 2, 5]
    [note] = [note for note in report.notes if note.code == "duplicate-title"]
    assert note.line == 16
    assert note.message == "Show 2 is on the same list at line 13 too; its best rank counts"
    [total] = totals(history, "Show 2", top=None)
    assert total.observed == 2


def test_names_that_are_cut_short_stay_as_printed_with_one_note() -> None:
    rows = day()
    for rank in (4, 6):
        rows[rank - 1][HEADER.index("Title")] = f"A Rather Long Name, Number {rank}…".join('""')
    history, report = collected(rows)
    assert history[3].title.name == "A Rather Long Name, Number 4…"
    [note] = report.notes
    assert (note.code, note.line) == ("cut-title", 5)
    assert note.message == ("2 names in 2 rows, such as 'A Rather Long Name, Number 4…': cut short")


def test_names_that_were_encoded_twice_stay_as_printed_with_one_note() -> None:
    twice = "Show’s".encode().decode("latin-1")
    rows = changed(2, "Title", twice)
    rows[8][HEADER.index("Title")] = "Élite"
    history, report = collected(rows)
    assert history[1].title.name == twice
    assert [(note.code, note.line) for note in report.notes] == [("double-encoded", 3)]


def test_a_name_that_was_encoded_twice_and_cut_short_is_noted_for_both() -> None:
    _, report = collected(
        changed(2, "Title", "Show’s Long Na…".encode().decode("cp1252")[:-3] + "…")
    )
    assert {note.code for note in report.notes} == {"double-encoded", "cut-title"}


def test_a_counter_that_does_not_rise_by_one_is_noted() -> None:
    _, report = collected([*day("2022-01-29"), *day("2022-01-30", "3")])
    assert {note.code for note in report.notes} == {"inconsistent-run"}


def test_a_list_is_due_every_day() -> None:
    history = read([*day("2022-01-28"), *day("2022-01-30", "2")])
    assert str(history).endswith("1 list missing")


# -- the copy that is found ---------------------------------------------------------------


def test_the_copy_is_read_in_full(data_dir: Path) -> None:
    file = data_dir / "netflix-us-daily/netflix_daily_top10.csv.gz"
    history, report = us_daily.read_us_daily(file, on_error="collect")
    assert report.is_clean
    assert str(history) == (
        "Netflix daily, Overall, 1 country, 710 issues 2020-04-01 to 2022-03-11, 7,100 rows; "
        "no list missing"
    )
    told = {note.code: note.message for note in report.notes}
    assert told["cut-title"].startswith("60 names in 505 rows, such as")
    assert told["double-encoded"].startswith("23 names in 276 rows, such as")
    assert sum(note.code == "duplicate-title" for note in report.notes) == 5
