"""What stands in and above headers of copies: marks of columns, separators, columns of no name."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kcharts import ChartHistory, ParseErrors, ReadReport, read, read_table
from kcharts.errors import Problem
from kcharts.formats import kcharts_table, netflix, spotify
from kcharts.sources.text import is_json

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")


def collected(text: str, **said: Any) -> tuple[ChartHistory, ReadReport]:
    said = {"publisher": "A Site", "frequency": "daily", "country": "KR", **said}
    found: Any = cast("Any", read_table)(text.encode(), on_error="collect", **said)
    return cast("tuple[ChartHistory, ReadReport]", found)


def refused(data: bytes) -> Problem:
    with pytest.raises(ParseErrors) as caught:
        read(data)
    [error] = caught.value.problems
    return error.problem


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_column_may_be_called_by_a_number_sign(mark: str) -> None:
    rows = [["#", "title", "date"], ["1", "A Song", "2022-01-07"], ["2", "B", "2022-01-07"]]
    text = "".join(mark.join(row) + "\n" for row in rows)
    history, report = collected(text, columns={"rank": "#"})
    assert [(row.rank, row.title.name) for row in history] == [(1, "A Song"), (2, "B")]
    assert report.is_clean


def test_a_line_that_begins_with_a_number_sign_is_a_comment_else() -> None:
    history, _ = collected("#title,date\n# a, b\ntitle,date,rank\nA,2022-01-07,1\n")
    assert len(history) == 1


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"'])
def test_a_line_that_tells_spreadsheet_programs_the_separator_is_taken_at_its_word(
    line: str,
) -> None:
    text = f"{line}\r\ntitle;date;rank\r\nA, B, C, D;2022-01-07;1\r\n"
    history, report = collected(text)
    assert [title.name for title in history.titles] == ["A, B, C, D"]
    assert (report.is_clean, report.notes) == (True, ())
    [row] = history
    assert row.source is not None
    assert row.source.line == 3


def test_a_separator_that_is_told_goes_before_what_is_likely() -> None:
    history, _ = collected("sep=|\ntitle|date|rank\nA;B,C|2022-01-07|1\n")
    assert [title.name for title in history.titles] == ["A;B,C"]


def test_a_header_in_brackets_is_no_json() -> None:
    text = "[title],[date],[rank]\nA,2022-01-07,1\n"
    columns = {"title": "[title]", "date": "[date]", "rank": "[rank]"}
    history, _ = collected(text, columns=columns)
    assert len(history) == 1
    [found] = collected(text)[1].problems[:1]
    assert found.code == "missing-column"
    for json in (b"{", b"[", b"[]", b'[{"a": 1}]', b"[ [", b'["a"'):
        assert is_json(json)


def test_columns_without_name_and_values_are_left_out_with_a_note() -> None:
    text = 'title,date,rank,,\n"A, B",2022-01-07,1,,\nB,2022-01-07,2,,\n,,,,\n'
    history, report = collected(text)
    assert [row.title.name for row in history] == ["A, B", "B"]
    assert [dict(row.extras) for row in history] == [{}, {}]
    assert [note.message for note in report.notes] == [
        "2 columns have no name and no values, and are left out",
        "a blank line, skipped",
    ]


def test_a_value_under_no_name_is_not_lost() -> None:
    text = "title,date,rank,,\nA,2022-01-07,1,,\nB,2022-01-07,2,,x\nC,2022-01-07,3\n"
    history, report = collected(text)
    assert len(history) == 2
    assert [(p.code, p.line) for p in report.problems] == [("too-many-fields", 3)]


def test_one_column_without_a_name_is_a_column_like_others() -> None:
    history, _ = collected("title,date,rank,\nA,2022-01-07,1,x\n")
    assert dict(history[0].extras) == {"": "x"}


def test_a_table_with_a_column_of_notes_is_no_table_without_rows() -> None:
    found = refused(b"note,song,pos\nx,A,1\n")
    assert found.code == "unknown-format"
    assert len(read(kcharts_table.EMPTY.sample.encode())) == 0
    assert len(read(b"note\n")) == 0


def test_a_file_with_weeks_is_not_said_to_have_no_date() -> None:
    data = b"week,category,rank,show_title,season_title\n2022-01-30,TV,1,A,N/A\n"
    found = refused(data)
    assert found.code == "unknown-format"
    records = netflix.SPEC.layouts[2].sample.encode()
    assert refused(records).code == "not-a-chart"


def test_columns_that_a_reader_adds_are_not_said_to_be_found() -> None:
    text = spotify.SPEC.sample.replace("peak_rank", "peak")
    with pytest.raises(ParseErrors, match="the column peak_rank is missing") as caught:
        spotify.read_spotify(text.encode(), place="KR", date="2022-12-08")
    assert "(chart)" not in str(caught.value)


def test_a_path_that_is_empty_is_named() -> None:
    with pytest.raises(ParseErrors, match=r"^<empty path>: 1 problem \(unreadable-source 1\)"):
        read("")
