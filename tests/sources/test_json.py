"""JSON as it is found: keys that lack or clash, documents put together, bombs."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts.errors import ParseErrors
from kcharts.formats import billboard, flixpatrol, netflix
from kcharts.formats._anything import read_table
from kcharts.formats._detect import read
from kcharts.model.history import ChartHistory
from kcharts.sources.cell import CellError
from kcharts.sources.json import Keys, json_records, json_value
from kcharts.sources.limits import Limits
from kcharts.sources.report import ReadReport
from tests.formats.made import COUNTRIES, conserves, country_rows, the_problem, tsv

Record = dict[str, Any]


def records() -> list[Record]:
    return [dict(zip(COUNTRIES, row, strict=True)) for row in country_rows()]


def lines(found: list[Record]) -> bytes:
    return "".join(f"{json.dumps(each)}\n" for each in found).encode()


def songs(size: int = 3) -> list[Record]:
    keys = ("song", "artist", "this_week", "last_week", "peak_position", "weeks_on_chart")
    return [
        dict(zip(keys, (f"Song {n}", f"Singer {n}", n, n, n, 3), strict=True))
        for n in range(1, size + 1)
    ]


def issue(date: str = "2022-01-29", **more: object) -> Record:
    return {"date": date, "data": songs(), **more}


def archived(*issues: Record, mark: str = "") -> tuple[ChartHistory, ReadReport]:
    data = "\n".join(mark + json.dumps(each) for each in issues).encode()
    found = billboard.read_archive(data, on_error="collect")
    assert conserves(found)
    return found


EXPECTED = netflix.read_countries(tsv(country_rows()))

# -- keys ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["season_title", "weekly_rank", "cumulative_weeks_in_top_10"])
def test_a_line_that_lacks_a_key_is_rejected_and_not_blank(key: str) -> None:
    found = records()
    del found[3][key]
    history, report = read_result = netflix.read_countries(lines(found), on_error="collect")
    assert conserves(read_result)
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.column) == ("missing-value", 4, key)
    assert (len(history), report.lists_defective) == (59, 1)


def test_a_key_written_in_another_way_is_needed_all_the_same() -> None:
    found = [{key.upper(): value for key, value in each.items()} for each in records()]
    del found[3]["SEASON_TITLE"]
    _, report = netflix.read_countries(lines(found), on_error="collect")
    assert (the_problem(report).code, the_problem(report).column) == (
        "missing-value",
        "SEASON_TITLE",
    )


def test_a_record_may_lack_keys_that_its_format_does_not_need() -> None:
    found: list[Record] = [
        {"title": "A", "country": "KR", "date": "2022-01-30", "rank": 1, "label": "X"},
        {"title": "B", "country": "KR", "date": "2022-01-30", "rank": 2},
    ]
    for data in (lines(found), json.dumps(found).encode()):
        history = read_table(data, publisher="P", frequency="daily", depth=2)
        assert [dict(row.extras) for row in history] == [{"label": "X"}, {}]


def test_what_stands_beside_a_list_is_not_overruled_by_a_record() -> None:
    found = issue()
    found["data"][1]["date"] = "2022-01-22"
    history, report = archived(found)
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("duplicate-column", "$.data[1].date")
    assert [str(row.date) for row in history] == ["2022-01-29"] * 2


def test_what_a_record_says_once_more_is_no_contradiction() -> None:
    found = issue()
    found["data"][1]["date"] = "2022-01-29"
    assert archived(found)[1].is_clean


def test_a_key_that_is_two_in_one_is_refused() -> None:
    """{"data": {"ranking": 1}} and {"data.ranking": 5} would be one column."""
    answer = json.loads(flixpatrol.API.sample)
    answer["data"][0]["data.ranking"] = 5
    history, report = flixpatrol.read_api(
        json.dumps(answer).encode(), place="KR", on_error="collect"
    )
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("duplicate-column", "$.data[0]")
    assert problem.message == "the key 'data.ranking' occurs twice"
    assert len(history) == 1


def test_a_key_that_stands_twice_is_named() -> None:
    data = json.dumps(songs()).replace('"artist"', '"song": "Other", "artist"', 1)
    _, report = billboard.read_archive(
        f'{{"date": "2022-01-29", "data": {data}}}'.encode(), on_error="collect"
    )
    problem = the_problem(report)
    assert (problem.column, problem.message) == (
        "$.data[0]",
        "the key 'song' occurs twice in the object",
    )


def test_what_stands_beside_a_list_further_inside_has_the_keys_that_lead_there() -> None:
    text = '{"a": {"x": 1, "list": [{"y": 2}]}, "z": 3}'
    for known in ("", '[{"x": 0}]'):
        keys = Keys("-", Limits())
        list(json_records(known, (), keys))
        [record] = json_records(text, ("a", "list"), keys)
        assert record.path == "$.a.list[0]"
        assert record.fields == {"a.x": "1", "z": "3", "y": "2"}


# -- documents ----------------------------------------------------------------------------


def test_a_list_of_table_records_is_a_table() -> None:
    for indent in (None, 2):
        data = json.dumps(records(), indent=indent).encode()
        assert read(data) == EXPECTED
        assert netflix.read_countries(data) == EXPECTED
    found = records()
    del found[3]["season_title"]
    _, report = read(json.dumps(found).encode(), on_error="collect")
    assert the_problem(report).column == "$[3].season_title"


def test_a_list_below_a_comment_is_no_table() -> None:
    data = b"# a note\n" + json.dumps(records()).encode()
    with pytest.raises(ParseErrors, match="bad-header"):
        netflix.read_countries(data)


def test_a_list_of_issues_is_read_as_issues() -> None:
    issues = [issue("2022-01-22"), issue("2022-01-29")]
    found = billboard.read_archive(json.dumps(issues).encode())
    assert found == archived(*issues)[0]
    assert read(json.dumps(issues).encode()) == found
    issues[1]["data"][2]["song"] = ""
    _, report = billboard.read_archive(json.dumps(issues).encode(), on_error="collect")
    assert the_problem(report).column == "$[1].data[2].song"


def test_an_issue_that_is_broken_leaves_those_before_it_in_a_list() -> None:
    data = json.dumps([issue("2022-01-22"), {"date": "2022-01-29", "data": 7}]).encode()
    history, report = billboard.read_archive(data, on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("bad-json", "$[1].data")
    assert [str(day) for day in history.dates] == ["2022-01-22"]


def test_an_issue_without_rows_is_noted() -> None:
    history, report = archived(issue("2022-01-22"), {"date": "2022-01-29", "data": []})
    assert len(history) == 3
    assert [(note.code, note.message) for note in report.notes] == [
        ("empty-list", "$.data, line 2: the list of records is empty")
    ]


def test_files_put_one_after_another_keep_their_byte_order_marks() -> None:
    issues = [issue("2022-01-22"), issue("2022-01-29"), issue("2022-02-05")]
    assert archived(*issues, mark="\ufeff")[0] == archived(*issues)[0]
    broken = archived(issue("2022-01-22"), {"error": 1}, issue("2022-02-05"), mark="\ufeff")
    assert [str(day) for day in broken[0].dates] == ["2022-01-22", "2022-02-05"]
    one, *others = lines(records()).splitlines(keepends=True)
    data = b"\xef\xbb\xbf" + one + b"\xef\xbb\xbf" + b"".join(others)
    assert netflix.read_countries(data) == EXPECTED


# -- messages -----------------------------------------------------------------------------


def test_rows_of_one_line_that_clash_are_told_by_their_paths() -> None:
    found = issue()
    found["data"][2]["this_week"] = 2
    _, report = archived(found)
    both = "$.data[1], line 1 and $.data[2], line 1 both have rank 2"
    where = "on the list of Billboard Hot 100 in the United States, weekly, 2022-01-29"
    assert [(each.column, each.message) for each in report.problems] == [
        ("$.data[1]", f"{both} {where}"),
        ("$.data[2]", f"{both} {where}"),
    ]


def test_what_is_no_list_is_told_by_its_path_alone() -> None:
    _, report = archived(issue(), {"date": "2022-02-05", "data": None}, {"error": "no"})
    assert [each.column for each in report.problems] == ["$.data", "$"]


def test_python_in_place_of_json_is_told_so() -> None:
    for data in (b"{'date': 1}\n", b"[{'date': 1}]"):
        for reader in (read, billboard.read_archive):
            with pytest.raises(ParseErrors, match=r"(?s)line 1: .*double quotes: json\.dumps"):
                reader(data)


def test_bytes_that_are_no_text_are_told_without_a_guess_and_kept() -> None:
    data = json.dumps(issue()).encode().replace(b"Song 2", b"Caf\xe9")
    _, report = billboard.read_archive(data, on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("bad-encoding", "$.data[1].song")
    assert "byte 0xe9 at offset 3 of the cell is not UTF-8, or truncated" in problem.message
    assert "cp1252" in str(problem.hint)
    assert problem.row is not None
    assert b'"Caf\\xe9"' in problem.row.encode()


# -- what would starve a reader -----------------------------------------------------------


@pytest.mark.parametrize("depth", [600, 900, 100_000])
@pytest.mark.parametrize("shape", ["[{}]", '{{"a": {}}}'])
def test_values_nested_deeply_are_read_or_rejected(depth: int, shape: str) -> None:
    first, last = shape.split("{}") if shape[0] == "[" else ('{"a":', "}")
    value = f"{first * depth}1{last * depth}"
    row = '{"title": "A", "country": "KR", "date": "2022-01-30", "rank": 1, "x": '
    for data in (f"{row}{value}}}\n", f"[{row}{value}}}]"):
        history, report = read_table(
            data.encode(), publisher="P", frequency="daily", depth=1, on_error="collect"
        )
        told = {problem.code for problem in report.problems}
        assert told == set() if len(history) else told == {"bad-json"}
    text = json.dumps(records()[0])[:-1] + f', "x": {value}}}\n'
    history, report = read(lines(records()[1:10]) + text.encode(), on_error="collect")
    assert len(history) + report.rows_rejected == 10


def test_broken_lines_take_time_by_their_number_and_no_more() -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        with pytest.raises(ParseErrors, match="bad-json"):
            billboard.read_archive(b"{date: '2022-01-29', song: 'A Song'}\n" * size)
        return time.process_time() - start

    seconds(100)
    assert seconds(8_000) < 40 * seconds(1_000)


def test_keys_have_a_length_that_keys_can_have() -> None:
    small = ", ".join(f'"{n}": 1' for n in range(100))
    data = json.dumps(issue()).replace('"song"', f'"{"a" * 1_000}": {{{small}}}, "song"', 1)
    _, report = billboard.read_archive(
        data.encode(), on_error="collect", limits=Limits(field_characters=1_000)
    )
    assert (the_problem(report).code, the_problem(report).column) == ("field-too-long", "$.data[0]")
    assert "a key of 1,002 characters, 1,000 at most" in the_problem(report).message


def test_records_have_no_more_keys_than_a_table_has_columns() -> None:
    found = [{**record, f"id {n}": 1} for n, record in enumerate(records())]
    for data in (lines(found), json.dumps(found).encode()):
        for reader in (netflix.read_countries, read):
            with pytest.raises(ParseErrors, match=r"limit-exceeded.*\n.*more than 50 keys"):
                reader(data, limits=Limits(json_columns=50))
        assert len(netflix.read_countries(data)) == 60


def test_a_key_may_be_empty() -> None:
    found = [{**record, "": {"": 1}} for record in records()]
    history = netflix.read_countries(json.dumps(found).encode())
    assert dict(history[0].extras) == {".": "1"}


# -- values -------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES, st.integers(1, 40))
def test_a_value_is_the_same_in_whatever_parts_it_is_looked_at(value: Any, size: int) -> None:
    text = json.dumps(value)
    expected = json_value(f"  {text} 7", 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kcharts.sources.json._FIRST", size)
        assert json_value(f"  {text} 7", 2) == expected
        assert expected[1] == len(text) + 2
        broken = f"{text[:-1]}!" if len(text) > 1 and text[-1] in "]}" else "!"
        with pytest.raises(CellError) as caught:
            json_value(broken)
    with pytest.raises(CellError) as again:
        json_value(broken)
    assert caught.value.message == again.value.message


@pytest.mark.parametrize("size", range(1_000, 1_030))
def test_a_number_may_end_where_the_first_part_of_a_text_does(size: int) -> None:
    text = "1" * size
    assert json_value(f"{text}, {'2' * 2_000}") == (text, size)


@pytest.mark.parametrize("data", [b"\r\r[][]", b"[]\n[]", b"[ ] []"])
def test_lists_of_no_documents_have_no_records(data: bytes) -> None:
    """Found by fuzzing: nothing was read, and nothing was there to be told."""
    found = billboard.read_archive(data, on_error="collect")
    assert the_problem(found[1]).code == "no-records"
    assert conserves(found)


def test_an_empty_list_beside_documents_is_noted() -> None:
    document = json.dumps({"date": "2022-01-01", "data": songs()}).encode()
    _, report = billboard.read_archive(b"[]" + document, on_error="collect")
    assert report.is_clean
    notes = [(note.code, note.message) for note in report.notes]
    assert ("empty-list", "$, line 1: the list of records is empty") in notes
