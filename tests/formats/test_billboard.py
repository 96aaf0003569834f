"""The Hot 100 in all layouts of its archives, made up and as they are found."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kcharts import ChartHistory, IssueStatus, ParseErrors, Title, streaks, totals
from kcharts.errors import NotAnIssueError
from kcharts.formats import billboard
from kcharts.sources.report import ReadReport
from tests.formats.made import conserves, csv, the_problem
from tests.sources.workbooks import workbook

Record = dict[str, Any]


def records(size: int = 100, weeks: int = 3) -> list[Record]:
    """A full list of a hundred songs."""
    return [
        {
            "song": f"Song {rank}",
            "artist": f"Singer {rank}",
            "this_week": rank,
            "last_week": rank,
            "peak_position": rank,
            "weeks_on_chart": weeks,
        }
        for rank in range(1, size + 1)
    ]


def issue(date: str = "2022-01-29", data: list[Record] | None = None) -> str:
    return json.dumps({"date": date, "data": records() if data is None else data})


def collected(*issues: str) -> tuple[ChartHistory, ReadReport]:
    found = billboard.read_archive("\n".join(issues).encode(), on_error="collect")
    assert conserves(found)
    return found


# -- the calendar -------------------------------------------------------------------------


def test_the_calendar_has_mondays_then_saturdays_and_one_wednesday() -> None:
    calendar = billboard.hot_100_calendar()
    edge = calendar.between("1961-12-18", "1962-01-13")
    assert [str(day) for day in edge] == ["1961-12-18", "1961-12-25", "1962-01-06", "1962-01-13"]
    extra = calendar.between("2017-12-30", "2018-01-13")
    assert [str(day) for day in extra] == ["2017-12-30", "2018-01-03", "2018-01-06", "2018-01-13"]
    assert calendar.number("1958-08-04") == 0
    assert calendar.first == dt.date(1958, 8, 4)


def test_the_calendar_counts_the_issues_of_every_year() -> None:
    calendar = billboard.hot_100_calendar()
    issues = calendar.between("1958-08-04", "2025-12-27")
    assert list(map(calendar.number, issues)) == list(range(len(issues)))
    # 177 Mondays, the Saturdays since, and the extra issue.
    saturdays = (dt.date(2025, 12, 27) - dt.date(1962, 1, 6)).days // 7 + 1
    assert len(issues) == 178 + saturdays + 1


@pytest.mark.parametrize("day", ["1958-07-28", "1961-12-30", "1962-01-01", "2018-01-10"])
def test_the_calendar_has_no_issue_on_other_days(day: str) -> None:
    with pytest.raises(NotAnIssueError):
        billboard.hot_100_calendar().number(day)


def test_the_last_year_there_is_has_issues_too() -> None:
    calendar = billboard.hot_100_calendar()
    with pytest.raises(NotAnIssueError, match="the nearest is 9999-12-25"):
        calendar.number("9999-12-31")
    assert calendar.date(calendar.number("9999-12-25")) == dt.date(9999, 12, 25)


def test_importing_the_module_does_not_import_dateutil() -> None:
    code = "import sys, kcharts.formats.billboard; print('dateutil' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


# -- the archive as JSON ------------------------------------------------------------------


def test_an_issue_a_file_and_an_issue_a_line_are_read_alike() -> None:
    one, other = issue("2022-01-22"), issue("2022-01-29", records(weeks=4))
    together = billboard.read_archive(f"{one}\n{other}\n".encode())
    apart = billboard.read_archive(one.encode()).merge(billboard.read_archive(other.encode()))
    assert together == apart
    assert str(together) == (
        "Billboard weekly, Hot 100, 1 country, 2 issues 2022-01-22 to 2022-01-29, 200 rows; "
        "no list missing"
    )


def test_a_song_is_known_by_its_name_and_its_artists() -> None:
    row = billboard.read_archive(issue().encode())[4]
    assert row.title == Title("Song 5", by="Singer 5", kind="Song")
    assert (row.reported.last_rank, row.reported.peak, row.reported.periods_on_chart) == (5, 5, 3)
    assert str(row.chart) == "Billboard Hot 100 in the United States, weekly"


@pytest.mark.parametrize("value", [None, "", 0])
def test_a_song_without_a_last_rank_was_not_on_the_issue_before(value: object) -> None:
    data = records()
    data[3]["last_week"] = value
    assert billboard.read_archive(issue(data=data).encode())[3].reported.last_rank is None


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("last_week", 101, "rank-out-of-range"),
        ("last_week", 2.5, "bad-integer"),
        ("last_week", True, "bad-type"),
        ("last_week", [1], "bad-type"),
        ("peak_position", 0, "out-of-range"),
        ("weeks_on_chart", 0, "out-of-range"),
        ("weeks_on_chart", "many", "bad-integer"),
        ("this_week", None, "missing-value"),
        ("song", 1999, "title-not-text"),
        ("song", "", "empty-title"),
        ("artist", "", "empty-title"),
    ],
)
def test_a_value_that_does_not_say_what_its_key_should_is_found_by_its_path(
    key: str, value: object, code: str
) -> None:
    data = records()
    data[3][key] = value
    history, report = collected(issue(data=data))
    problem = the_problem(report)
    assert (problem.code, problem.column) == (code, f"$.data[3].{key}")
    assert (len(history), report.lists_defective) == (99, 1)


def test_a_key_that_is_missing_is_found_by_its_path() -> None:
    data = records()
    del data[3]["last_week"]
    _, report = collected(issue(data=data))
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("missing-value", "$.data[3].last_week")


def test_a_key_more_stays_in_the_extras() -> None:
    data = records()
    data[0]["isrc"] = "XX0000000001"
    history, report = collected(issue(data=data))
    assert dict(history[0].extras) == {"isrc": "XX0000000001"}
    assert [note.code for note in report.notes] == ["unknown-column"]


def test_a_date_that_is_no_issue_is_answered_with_the_nearest() -> None:
    with pytest.raises(ParseErrors, match="the nearest are 2022-01-22 and 2022-01-29"):
        billboard.read_archive(issue("2022-01-28").encode())


def test_two_recordings_of_one_name_both_stay_with_a_note() -> None:
    data = records()
    data[44] |= {"song": "Song 19", "artist": "Singer 19", "last_week": None}
    history, report = collected(issue("2022-01-22"), issue("2022-01-29", data))
    assert report.is_clean
    assert [row.rank for row in history if row.title.name == "Song 19"] == [19, 19, 45]
    [note] = [note for note in report.notes if note.code == "duplicate-title"]
    assert "Song 19 by Singer 19 is on the same list" in note.message
    [total] = totals(history, "Song 19", top=None)
    assert total.observed == 2


def test_a_whole_row_twice_is_no_second_recording() -> None:
    data = records()
    _, report = collected(issue(data=[*data, data[6]]))
    assert report.is_clean
    assert [note.code for note in report.notes] == ["duplicate-row"]


def test_the_extra_issue_is_missing_where_it_is_not_in_hand() -> None:
    lists = [issue("2017-12-30"), issue("2018-01-06", records(weeks=5))]
    history, _ = collected(*lists)
    assert history.status(history.charts[0], "2018-01-03") is IssueStatus.MISSING
    assert [(each.length, each.upper) for each in streaks(history, "Song 1")] == [
        (1, None),
        (1, None),
    ]
    whole, _ = collected(*lists, issue("2018-01-03", records(weeks=4)))
    assert streaks(whole, "Song 1")[0].length == 3


def test_neither_monday_nor_saturday_breaks_a_run() -> None:
    history, _ = collected(issue("1961-12-25"), issue("1962-01-06"))
    assert streaks(history, "Song 1")[0].length == 2


# -- tables -------------------------------------------------------------------------------

LAYOUTS = {
    billboard.CURRENT.name: "date,title,artist,current,previous,peak,weeks",
    billboard.BY_WEEK.name: (
        "chart_week,current_week,title,performer,last_week,peak_pos,wks_on_chart"
    ),
    billboard.BY_DATE.name: (
        "chart_date,current_position,title,performer,previous_position,peak_position,weeks_on_chart"
    ),
}
KINDS = {"artist": "artist", "performer": "artist", "title": "song"}


def row_of(record: Record, header: list[str]) -> list[str]:
    date, title, artist = "2022-01-29", f'"{record["song"]}"', f'"{record["artist"]}"'
    numbers = [str(record[key]) for key in ("this_week", "last_week", "peak_position")]
    current, last, peak, weeks = (*numbers, str(record["weeks_on_chart"]))
    if header[1] == "title":
        return [date, title, artist, current, last, peak, weeks]
    return [date, current, title, artist, last, peak, weeks]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_table_gives_the_list_of_the_archive(name: str) -> None:
    header = LAYOUTS[name].split(",")
    table = csv([row_of(record, header) for record in records()], header=header)
    assert billboard.read_hot_100(table) == billboard.read_archive(issue().encode())


def test_a_previous_rank_of_0_is_none() -> None:
    history = billboard.read_hot_100(billboard.CURRENT.sample.encode())
    assert [row.reported.last_rank for row in history] == [2, None]


def test_a_workbook_is_read_like_the_text() -> None:
    header = LAYOUTS[billboard.BY_WEEK.name].split(",")
    rows = [[cell.strip('"') for cell in row_of(record, header)] for record in records()]
    book = workbook([header, *rows], sheet="Hot 100")
    assert billboard.read_hot_100(book) == billboard.read_archive(issue().encode())


# Unescaped quotes, in all places where they can stand: none of these rows can be split without
# a guess, though readers that are not strict make one.
@pytest.mark.parametrize(
    "cells",
    [
        '"Song","A "Nick" Singer, B & C",7,7,7,3',
        '"Song","A "Nick" Singer",7,7,7,3',
        '""Nick" Song","Singer",7,7,7,3',
        '"Song "Nick"","Singer",7,7,7,3',
        '"Song","The "Nick", the Singer",7,7,7,3',
        '"Song","Singer "Nick",7,7,7,3',
    ],
)
def test_quotes_inside_quotes_are_an_error_and_no_guess(cells: str) -> None:
    header = LAYOUTS[billboard.CURRENT.name]
    rows = [",".join(row_of(record, header.split(","))) for record in records()]
    rows[6] = f"2022-01-29,{cells}"
    text = "\n".join([header, *rows, ""])
    history, report = found = billboard.read_hot_100(text.encode(), on_error="collect")
    assert conserves(found)
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.row) == ("unbalanced-quote", 8, rows[6])
    assert len(history) == 99
    assert history.status(history.charts[0], "2022-01-29") is IssueStatus.DEFECTIVE


def test_a_table_of_another_kind_is_answered_with_the_nearest_layout() -> None:
    with pytest.raises(ParseErrors, match="the column previous is missing"):
        billboard.read_hot_100(b"date,title,artist,current,peak,weeks\n")
    with pytest.raises(ParseErrors, match="bad-header"):
        billboard.read_hot_100(b"a,b\n1,2\n")


# -- the archives that are found ----------------------------------------------------------

WINDOWS = {
    "hot100_1961-09_to_1962-04.jsonl.gz": "34 issues 1961-09-04 to 1962-04-28, 3,400 rows",
    "hot100_1976-10_to_1977-05.jsonl.gz": "35 issues 1976-10-02 to 1977-05-28, 3,487 rows",
    "hot100_1990.jsonl.gz": "52 issues 1990-01-06 to 1990-12-29, 5,200 rows",
    "hot100_2015_to_2021.jsonl.gz": "365 issues 2015-01-03 to 2021-12-25, 36,500 rows",
    "one-issue_2018-01-06.json": "1 issue 2018-01-06 to 2018-01-06, 100 rows",
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_archives_are_read_in_full(data_dir: Path, name: str) -> None:
    history = billboard.read_archive(data_dir / "billboard" / name)
    missing = "1 list missing" if "2021" in name else "no list missing"
    assert str(history) == f"Billboard weekly, Hot 100, 1 country, {WINDOWS[name]}; {missing}"


def test_one_issue_and_the_window_that_holds_it_are_equal(data_dir: Path) -> None:
    folder = data_dir / "billboard"
    window = billboard.read_archive(folder / "hot100_2015_to_2021.jsonl.gz")
    assert window.merge(billboard.read_archive(folder / "one-issue_2018-01-06.json")) == window


def test_a_scraped_table_is_read_in_full(data_dir: Path) -> None:
    history = billboard.read_hot_100(data_dir / "billboard/scraped-layout.csv")
    assert (len(history), str(history.dates[0])) == (100, "2024-01-06")


def test_every_row_with_quotes_inside_quotes_is_refused(data_dir: Path) -> None:
    """25 rows of 1999; all others are split so that quoting them again gives the same line."""
    file = data_dir / "billboard/hot-100-1999_unescaped-quotes.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    history, report = found = billboard.read_hot_100(file, on_error="collect")
    assert conserves(found)
    assert dict(report.counts) == {"unbalanced-quote": 25}
    assert (len(history), report.lists_defective) == (5_175, 25)
    quoted = {number for number, line in enumerate(lines, 1) if line.count('"') > 4}
    assert {problem.line for problem in report.problems} == quoted
    for row in history:
        assert row.source is not None
        assert row.source.line is not None
        line = lines[row.source.line - 1]
        assert line.startswith(f'{row.date},"{row.title.name}","{row.title.by}",{row.rank},')
