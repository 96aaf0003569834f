"""What readers answer to bad text: a case for each way in which files were seen to be wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st

from kcharts import coverage
from kcharts.errors import ParseErrors
from kcharts.formats._detect import read
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.formats.netflix import read_countries, read_global
from kcharts.model.calendar import Calendar
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading.reader import Reader
from kcharts.sources.cell import CellError, cell_text
from tests.formats.made import (
    COUNTRIES,
    TABLE,
    Rows,
    conserves,
    country_rows,
    csv,
    joined,
    table_rows,
    the_problem,
    tsv,
)

# -- whole sources ------------------------------------------------------------------------

GOOD = tsv(country_rows())


class Whole(NamedTuple):
    """A source that cannot be read at all."""

    data: bytes
    code: str
    said: str


WHOLE = {
    "1 empty": Whole(b"", "empty-file", "the file is empty"),
    "1 white space": Whole(b" \n\n ", "empty-file", "white space only"),
    "1 white space, much": Whole(b" " * 5_000, "empty-file", "white space only"),
    "3 no header": Whole(GOOD.split(b"\n", 1)[1], "bad-header", "country_name.*; found 'South"),
    "3 comments only": Whole(b"# a\n# b\n", "bad-header", "found comments only"),
    "5 column lacks": Whole(
        tsv([row[:4] + row[5:] for row in country_rows()], header=COUNTRIES[:4] + COUNTRIES[5:]),
        "missing-column",
        "the column weekly_rank is missing",
    ),
    "6 column twice": Whole(
        tsv([[*row, ""] for row in country_rows()], header=(*COUNTRIES, "Week ")),
        "duplicate-column",
        "'week' occurs twice",
    ),
    "6 extra twice": Whole(
        tsv([[*row, "", ""] for row in country_rows()], header=(*COUNTRIES, "x", "extra:x")),
        "duplicate-column",
        "'extra:x' and 'x' have the same name",
    ),
    "10 UTF-16": Whole(joined(country_rows()).encode("utf-16"), "bad-encoding", "UTF-16"),
    "10 UTF-16, the other way round": Whole(
        joined(country_rows()).encode("utf-16-be"), "bad-encoding", 'encoding="utf-16-be"'
    ),
    "13 no text": Whole(b"\x7fELF" + b"\0" * 12, "wrong-format", "bytes that are not text"),
    "11 a header in another encoding": Whole(
        tsv(country_rows()).replace(b"country_name", b"pa\xefs"), "bad-encoding", "encoding="
    ),
    "10 UTF-16, unmarked": Whole(
        joined(country_rows()).encode("utf-16-le"), "bad-encoding", 'encoding="utf-16-le"'
    ),
    "10 UTF-32": Whole("a".encode("utf-32"), "bad-encoding", "UTF-32"),
    "11 Latin-1 header": Whole(b"R\xe9union\tx\n", "bad-encoding", "in the header: byte 0xe9"),
    "14 HTML": Whole(
        b"\n <!DOCTYPE html><title>Page Not Found</title>", "wrong-format", "says 'Page Not Found'"
    ),
    "14 redirect": Whole(b'<a href="x">Moved</a>.', "wrong-format", "says 'Moved'"),
    "14 XML": Whole(b"<?xml version='1.0'?><rss/>", "wrong-format", "HTML or XML page"),
    "14 null": Whole(b"null", "wrong-format", "the payload null"),
    "14 a list": Whole(b"[1, 2]", "bad-json", "line 1: expected a JSON object"),
    "14 a log": Whole(b"[2022-01-31 10:00:00] INFO\n" * 9, "bad-json", "line 1: expected a JSON"),
    "14 a list of other records": Whole(
        b'[{"week": "2022-01-30"}]', "missing-column", "country_name, .* is missing"
    ),
    "14 JSON over lines": Whole(b'{\n "a": 1\n}', "wrong-format", "object a line, or a list"),
    "14 Python in place of JSON": Whole(b"{'week': 1}", "wrong-format", "double quotes"),
    "17 NUL in the header": Whole(
        tsv([[*row, ""] for row in country_rows()], header=(*COUNTRIES, "x\0y")),
        "control-character",
        "in the header",
    ),
    "21 quotes in the header": Whole(b'"a,b\n', "unbalanced-quote", "in the header"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_source_that_is_no_chart_file_is_named_for_what_it_is(name: str) -> None:
    data, code, said = WHOLE[name]
    with pytest.raises(ParseErrors, match=f"(?s){code} 1.*{said}"):
        read_countries(data)
    history, report = read_countries(data, on_error="collect")
    assert (len(history), dict(report.counts)) == (0, {code: 1})
    assert the_problem(report).code == code


@pytest.mark.parametrize("name", ["1 empty", "10 UTF-16", "14 HTML", "14 null", "14 a list"])
def test_read_answers_a_broken_payload_as_the_reader_does(name: str) -> None:
    data, code, said = WHOLE[name]
    with pytest.raises(ParseErrors, match=f"(?s){code} 1.*{said}"):
        read(data)


def test_an_encoding_that_does_not_fit_is_no_traceback() -> None:
    for encoding in ("utf-16", "no-such-encoding", "base64"):
        with pytest.raises(ParseErrors, match=f"bad-encoding.*\n.*cannot be read as {encoding}"):
            read_countries(b"R\xe9union", encoding=encoding)


# -- single cells -------------------------------------------------------------------------

NAME, ISO, WEEK, CATEGORY, RANK, SHOW, SEASON, COUNT = range(8)


class Cell(NamedTuple):
    """A cell of the first row (line 2) that cannot be read."""

    column: int
    text: str
    code: str


CELLS = {
    "17 NUL": Cell(SHOW, "a\0b", "control-character"),
    "22 long": Cell(SHOW, "x" * 140_000, "field-too-long"),
    "24 rank 0": Cell(RANK, "0", "rank-out-of-range"),
    "25 rank -1": Cell(RANK, "-1", "rank-out-of-range"),
    "26 rank 11": Cell(RANK, "11", "rank-out-of-range"),
    "26 rank of ten digits": Cell(RANK, "1234567890", "rank-out-of-range"),
    **{
        f"28 rank {text}": Cell(RANK, text, "bad-integer")
        for text in ("1.0", "1.5", "1e1", "１", "١", "1_0", "+1", " 1", "01", "²", "1.", "#1", "=3")
    },
    **{
        f"30 rank {text!r}": Cell(RANK, text, "missing-value")
        for text in ("", "N/A", "NaN", "-", "—", "null", " ")
    },
    "30 rank word": Cell(RANK, "New", "bad-integer"),
    "31 rank of 5,000 digits": Cell(RANK, "1" * 5_000, "bad-integer"),
    **{
        f"40 date {text}": Cell(WEEK, text, "bad-date")
        for text in (
            "2022-02-30",
            "2022-13-01",
            "0000-00-00",
            "02/03/2022",
            "Feb 27, 2022",
            "20220227",
            "2022-2-7",
            "2022W08",
            "2022-02-27T00:00:00Z",
            "٢٠٢٢-٠٢-٢٧",
            "44619",
        )
    },
    "40 no date": Cell(WEEK, "", "missing-value"),
    "44 no Sunday": Cell(WEEK, "2022-01-29", "not-an-issue"),
    "45 before the first": Cell(WEEK, "0001-01-07", "not-an-issue"),
    "45 the last day": Cell(WEEK, "9999-12-31", "not-an-issue"),
    "48 mismatch": Cell(ISO, "TW", "country-mismatch"),
    "49 unknown": Cell(NAME, "Atlantis", "unknown-country"),
    "49 typo": Cell(NAME, "Nigera", "unknown-country"),
    "50 world": Cell(NAME, "Worldwide", "not-a-country"),
    "51 ambiguous": Cell(NAME, "Korea", "ambiguous-country"),
    "51 Congo": Cell(NAME, "Congo", "ambiguous-country"),
    "52 no country": Cell(NAME, "", "missing-value"),
    "53 obsolete": Cell(NAME, "SU", "unknown-country"),
    "53 union": Cell(NAME, "EU", "unknown-country"),
    "54 category": Cell(CATEGORY, "Films (Non English)", "unknown-category"),
    **{
        f"55 title {text!r}": Cell(SHOW, text, "empty-title")
        for text in ("", "  ", "\u00a0", "\u200b")
    },
    "57 bidi": Cell(SHOW, "a\u202egnp.exe", "control-character"),
    "57 bidi in season": Cell(SEASON, "a\u202egnp.exe", "control-character"),
    "57 escape": Cell(SHOW, "a\x1b[31m", "control-character"),
    "62 count 1.5": Cell(COUNT, "1.5", "bad-integer"),
    "62 count 1,000": Cell(COUNT, "1,000", "bad-integer"),
    "62 count inf": Cell(COUNT, "inf", "bad-integer"),
    "62 count -5": Cell(COUNT, "-5", "out-of-range"),
    "62 count 10**30": Cell(COUNT, f"1{'0' * 30}", "out-of-range"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_named_with_line_column_and_value_and_costs_one_row(name: str) -> None:
    column, text, code = CELLS[name]
    rows = country_rows()
    rows[0][column] = text
    history, report = read = read_countries(tsv(rows), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.line) == (code, 2)
    assert (problem.column, problem.value) == (COUNTRIES[column], text)
    assert problem.row == "\t".join(rows[0])
    assert len(history) == 59
    assert conserves(read)
    with pytest.raises(ParseErrors, match=code):
        read_countries(tsv(rows))


@pytest.mark.parametrize("name", ["24 rank 0", "49 typo"])
def test_the_list_of_a_rejected_row_is_defective_so_that_nothing_is_absent(name: str) -> None:
    column, text, _ = CELLS[name]
    rows = country_rows()
    rows[0][column] = text
    history, report = read_countries(tsv(rows), on_error="collect")
    statuses = [history.status(chart, "2022-01-30") for chart in history.charts]
    # The row of the misspelt country is placed by its code.
    assert statuses == [IssueStatus.DEFECTIVE, IssueStatus.PUBLISHED, IssueStatus.PUBLISHED]
    assert (report.rows_unplaced, report.lists_defective) == (0, 1)
    assert history.note is None


def test_a_row_of_no_list_makes_every_short_list_defective_and_is_told() -> None:
    rows = country_rows()
    rows[0][NAME], rows[0][ISO] = "Atlantis", "XX"
    history, report = read_countries(tsv(rows), on_error="collect")
    statuses = [history.status(chart, "2022-01-30") for chart in history.charts]
    assert statuses == [IssueStatus.DEFECTIVE, IssueStatus.PUBLISHED, IssueStatus.PUBLISHED]
    assert (report.rows_unplaced, report.lists_defective) == (1, 1)
    assert history.note == "1 row is on no list, because place or date could not be read"
    rows[1][NAME], rows[1][ISO] = rows[0][NAME], rows[0][ISO]
    history, _ = read_countries(b"# Fetched today\n" + tsv(rows), on_error="collect")
    assert str(history).startswith("Fetched today 2 rows are on no list")


def test_a_country_whose_name_was_spoilt_everywhere_stays_in_the_panel() -> None:
    """As in a workbook saved again: the name's UTF-8 was encoded once more, its code was not."""
    rows = country_rows()
    [gone] = {row[NAME] for row in rows if row[ISO] == "KR"}
    for row in rows:
        row[NAME] = row[NAME].replace(gone, "RÃ©union")
    history, report = read_countries(tsv(rows), on_error="collect")
    assert report.rows_unplaced == 0
    show = next(row.title for row in history if row.rank == 1 and str(row.date) == "2022-01-30")
    found = coverage(history, show, date="2022-01-30")
    assert (len(found.panel), [place.alpha2 for place in found.unknown]) == (3, ["KR"])
    assert found.bounds == (found.count, found.count + 1)


def test_a_list_of_which_every_row_was_rejected_is_defective_not_missing() -> None:
    rows = country_rows()
    for row in rows[:10]:
        row[RANK] = "x"
    history, _ = read_countries(tsv(rows), on_error="collect")
    assert history.status(history.chart("KR"), "2022-01-30") is IssueStatus.DEFECTIVE
    assert len(history) == 50


def test_a_bad_cell_where_values_are_measured_is_named() -> None:
    """Amounts, too, are read exactly or not at all."""
    header = [
        "week",
        "category",
        "weekly_rank",
        "show_title",
        "season_title",
        "weekly_hours_viewed",
        "cumulative_weeks_in_top_10",
        "runtime",
    ]
    row = ["2022-01-30", "TV (English)", "1", "A", "N/A", "5", "1", ""]
    codes = {"12 M": "bad-number", "-5": "out-of-range", "1,5": "bad-number", "1e5": "bad-number"}
    for text, code in codes.items():
        _, report = read_global(tsv([[*row[:7], text]], header=header), on_error="collect")
        assert (the_problem(report).code, the_problem(report).column) == (code, "runtime")
    with pytest.warns(match="single row"):
        assert read_global(tsv([row], header=header))[0].metrics.runtime_hours is None


# -- rows and lines -----------------------------------------------------------------------


class Lines(NamedTuple):
    """A change to the lines of a file, and what is found in which line."""

    change: Callable[[list[bytes]], list[bytes]]
    code: str
    line: int
    accepted: int


def at(line: int, change: Callable[[bytes], bytes]) -> Callable[[list[bytes]], list[bytes]]:
    def changed(lines: list[bytes]) -> list[bytes]:
        return [*lines[: line - 1], change(lines[line - 1]), *lines[line:]]

    return changed


LINES = {
    "11 Latin-1": Lines(
        at(42, lambda line: line.replace("é".encode(), b"\xe9")), "bad-encoding", 42, 59
    ),
    "12 truncated character": Lines(
        at(61, lambda line: line[:-1] + "é".encode()[:1]), "bad-encoding", 61, 59
    ),
    "19 field lacks": Lines(at(5, lambda line: line.rpartition(b"\t")[0]), "too-few-fields", 5, 59),
    "20 tab in title": Lines(
        at(5, lambda line: line.replace(b"Show", b"Sh\tow")), "too-many-fields", 5, 59
    ),
    "23 cut off": Lines(at(61, lambda line: line[:30]), "truncated-row", 61, 59),
}


@pytest.mark.parametrize("name", LINES)
def test_a_bad_line_is_named_and_costs_one_row(name: str) -> None:
    change, code, line, accepted = LINES[name]
    history, report = read = read_countries(
        b"\n".join(change(GOOD.split(b"\n"))), on_error="collect"
    )
    assert (the_problem(report).code, the_problem(report).line) == (code, line)
    assert len(history) == accepted
    assert conserves(read)


def test_the_offset_of_a_byte_that_is_no_utf_8_is_told_with_a_way_out() -> None:
    _, report = read_countries(GOOD.replace("é".encode(), b"\xe9"), on_error="collect")
    assert "byte 0xe9 at offset 1" in report.problems[0].message
    assert "encoding=" in str(report.problems[0].hint)
    assert report.problems[0].value == "R\\xe9union"
    assert len(read_countries(GOOD.replace("é".encode(), b"\xe9"), encoding="latin-1")) == 60


class Clash(NamedTuple):
    """Rows added to a full list, and what is answered."""

    rows: Rows
    codes: list[tuple[str, int | None]]
    accepted: int


FIRST = country_rows()[0]
CLASHES = {
    "33 rank held twice": Clash(
        [[*FIRST[:SHOW], "Other", "N/A", "1"]], [("duplicate-rank", 2), ("duplicate-rank", 62)], 59
    ),
    "34 title at two ranks": Clash(
        [[*country_rows()[9][:SHOW], *FIRST[SHOW:]]],
        [("duplicate-rank", 11), ("duplicate-rank", 62), ("duplicate-title", 2)],
        58,
    ),
    "38 other counter": Clash(
        [[*FIRST[:COUNT], "7"]], [("conflicting-rows", 2), ("conflicting-rows", 62)], 59
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_of_rows_that_cannot_stand_together_none_is_chosen(name: str) -> None:
    added, codes, accepted = CLASHES[name]
    history, report = read = read_countries(tsv([*country_rows(), *added]), on_error="collect")
    assert sorted((p.code, p.line) for p in report.problems) == codes
    assert len(history) == accepted
    assert conserves(read)
    assert history.status(history.chart("KR"), "2022-01-30") is IssueStatus.DEFECTIVE


def test_rows_in_conflict_cite_each_other() -> None:
    _, report = read_countries(
        tsv([*country_rows(), *CLASHES["33 rank held twice"].rows]), on_error="collect"
    )
    message = "lines 2 and 62 both have rank 1 on the list of Netflix TV in South Korea, weekly"
    assert {p.line: p.message for p in report.problems} == {
        2: f"{message}, 2022-01-30",
        62: f"{message}, 2022-01-30",
    }


def test_a_row_that_stands_twice_is_kept_once_and_breaks_nothing() -> None:
    history, report = read = read_countries(tsv([*country_rows(), FIRST]), on_error="collect")
    assert history == read_countries(GOOD)
    assert report.is_clean
    assert [(note.code, note.line) for note in report.notes] == [("duplicate-row", 62)]
    assert (report.rows_read, report.rows_rejected) == (61, 1)
    assert conserves(read)
    assert read_countries(tsv([*country_rows(), FIRST])) == history


# -- what is accepted ---------------------------------------------------------------------


def with_title(title: str) -> bytes:
    rows = country_rows()
    rows[10][SHOW:COUNT] = [title, "N/A"]
    return tsv(rows)


TITLES = ["1917", "007", "NaN", "None", "TRUE", "1e5", "3-2", "=1+1", "@x", "-x", 'The "Best']
TITLES.extend(["a\u200bb", "a\u00a0b", "a\u2028b", "a\u0085b", "a\x0bb", "\u0645\u062f"])


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_kept_as_printed(title: str) -> None:
    assert read_countries(with_title(title))[0].title.name == title


def test_two_normal_forms_of_a_name_are_one_title_and_two_spellings_are_two() -> None:
    assert Title("Poke\u0301mon") == Title("Pok\u00e9mon")
    rows = country_rows()
    rows[10][SHOW], rows[0][SHOW] = "It\u2019s", "It's"
    assert len({t.key for t in read_countries(tsv(rows)).titles if t.name.startswith("It")}) == 2


NOTED: dict[str, tuple[bytes, list[tuple[str, int | None]]]] = {
    "9 byte order mark": (b"\xef\xbb\xbf" + GOOD, []),
    "15 CRLF": (GOOD.replace(b"\n", b"\r\n"), []),
    "15 CR": (GOOD.replace(b"\n", b"\r"), []),
    "15 mixed": (GOOD.replace(b"\n", b"\r\n", 20).replace(b"\r\n", b"\r", 9), []),
    "18 blank lines": (GOOD.replace(b"\n", b"\n\n", 2) + b"\n\n", [("blank-line", 2)] * 3),
    "18 delimiters only": (GOOD + b"\n\t\t\t\t\t\t\t", [("blank-line", 62)]),
    "39 order": (tsv(country_rows()[::-1]), []),
    "52 lower-case code": (GOOD.replace(b"\tKR\t", b"\tkr\t"), []),
    "7 header": (
        GOOD.replace(b"weekly_rank", b" Weekly_Rank ", 1),
        [("folded-column", None)],
    ),
    "23 final newline": (GOOD + b"\n", []),
}


@pytest.mark.parametrize("name", NOTED)
def test_what_changes_nothing_is_accepted_and_noted(name: str) -> None:
    data, codes = NOTED[name]
    history, report = read_countries(data, on_error="collect")
    assert history == read_countries(GOOD)
    assert [note.code for note in report.notes] == [code for code, _ in codes]
    if codes:
        assert report.notes[0].line == codes[0][1]
        assert f"note: {codes[0][0]} {len(codes)}" in str(report)


def test_a_thousand_notes_are_kept() -> None:
    _, report = read_countries(GOOD + b"\n" * 1_200, on_error="collect")
    assert (len(report.notes), report.is_clean) == (1_000, True)


@pytest.mark.parametrize(("text", "code"), [("A\ud800", "bad-text"), ("Été" * 4, "field-too-long")])
def test_a_cell_that_its_source_gives_as_text_is_checked_as_bytes_are(text: str, code: str) -> None:
    assert cell_text("name", "Été", limit=10) == "Été"
    for cell in (text, text.encode("utf-8", "surrogatepass")):
        with pytest.raises(CellError) as caught:
            cell_text("name", cell, limit=10)
        assert caught.value.code == code


def test_line_numbers_are_physical_whatever_ends_the_lines() -> None:
    rows = country_rows()
    rows[3][RANK] = "x"
    data = tsv(rows)
    for text in (data, data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r")):
        assert the_problem(read_countries(text, on_error="collect")[1]).line == 5
    blanks = data.replace(b"\n", b"\n\n", 3)
    assert the_problem(read_countries(blanks, on_error="collect")[1]).line == 8


def test_a_header_alone_is_a_valid_empty_history() -> None:
    history, report = read_countries(tsv([]), on_error="collect")
    assert (len(history), report.is_clean) == (0, True)
    assert [note.code for note in report.notes] == ["no-rows"]


def test_an_unknown_column_is_kept_and_noted() -> None:
    rows = [[*row, "yes"] for row in country_rows()]
    history, report = read_countries(tsv(rows, header=(*COUNTRIES, "is_new ")), on_error="collect")
    assert history[0].extras == (("is_new", "yes"),)
    assert [note.code for note in report.notes] == ["unknown-column"]


def test_a_list_without_one_of_its_ranks_is_noted_and_warned_of() -> None:
    rows = [row for row in country_rows() if row[:5] != [*FIRST[:4], "4"]]
    with pytest.warns(match="1 of 6 lists lack ranks") as caught:
        _, report = read_countries(tsv(rows), on_error="collect")
    assert caught[0].filename == __file__
    assert [note.code for note in report.notes] == ["gap-in-chart"]
    assert "South Korea" in report.notes[0].message
    assert "no rank 4" in report.notes[0].message


def test_a_comment_above_the_header_is_the_histories_note() -> None:
    assert read_countries(b"# made\n#  up \n" + GOOD).note == "made up"


# -- commas and JSON lines ----------------------------------------------------------------


def test_a_quote_that_does_not_close_is_named_where_it_opens() -> None:
    rows = table_rows()
    rows[3][9] = '"Missy "Misdemeanor" Elliott"'
    _, report = read = read_kcharts(csv(rows), on_error="collect")
    assert (the_problem(report).code, the_problem(report).line) == ("unbalanced-quote", 5)
    assert report.rows_accepted == 17
    assert conserves(read)


def test_a_field_that_runs_over_lines_is_two_bad_lines() -> None:
    rows = table_rows()
    rows[3][9] = '"two\nlines"'
    _, report = read_kcharts(csv(rows), on_error="collect")
    assert [(p.code, p.line) for p in report.problems] == [
        ("unbalanced-quote", 5),
        ("too-few-fields", 6),
    ]


def test_a_last_line_cut_in_quotes_is_cut_off() -> None:
    rows = table_rows()
    rows[-1][9] = '"A, B'
    _, report = read_kcharts(csv(rows).removesuffix(b",7\n"), on_error="collect")
    assert the_problem(report).code == "truncated-row"


def test_a_long_field_in_quotes_is_named_too() -> None:
    for size in (40_000, 140_000):
        rows = table_rows()
        rows[0][9] = f'"{"x" * size}"'
        _, report = read_kcharts(csv(rows), on_error="collect")
        assert the_problem(report).code == "field-too-long"


def objects() -> list[dict[str, object]]:
    held = [dict(zip(TABLE, row, strict=True)) for row in table_rows()]
    return [{**row, "rank": int(row["rank"]), "depth": 3, "status": None} for row in held]


def jsonl(rows: list[dict[str, object]]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


JSON = {
    "29 true": ("rank", True, "bad-type"),
    "27 1.0": ("rank", 1.0, "bad-integer"),
    "28 text": ("rank", "01", "bad-integer"),
    "30 null": ("rank", None, "missing-value"),
    "58 lone surrogate": ("title", "\ud83d", "bad-text"),
    "60 a number": ("title", 1917, "title-not-text"),
    "71 a list": ("title", ["A"], "bad-type"),
    "71 an object": ("title", {"a": 1}, "bad-type"),
    "62 NaN": ("rank", float("nan"), "missing-value"),
    "62 Infinity": ("hours_viewed", float("inf"), "bad-number"),
}


@pytest.mark.parametrize("name", JSON)
def test_a_bad_value_in_json_is_named_with_line_and_key(name: str) -> None:
    column, value, code = JSON[name]
    rows = objects()
    rows[4][column] = value
    _, report = read = read_kcharts(jsonl(rows), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.column) == (code, 5, column)
    assert report.rows_accepted == 17
    assert conserves(read)


JSON_LINES = {
    "no JSON": (b'{"rank": 1,}', "bad-json"),
    "no object": (b"7", "bad-json"),
    "a list": (b"[1]", "bad-json"),
    "nested": (b'{"title": ' + b"[" * 100_000, "bad-json"),
    "a key twice": (b'{"rank": 1, "rank": 2}', "duplicate-column"),
    "no UTF-8": (b'{"title": "R\xe9union"}', "bad-encoding"),
    "nothing": (b"{}", "empty-title"),
}


@pytest.mark.parametrize("name", JSON_LINES)
def test_a_bad_line_of_json_costs_one_row(name: str) -> None:
    line, code = JSON_LINES[name]
    data = jsonl(objects())
    _, report = read = read_kcharts(b"\n" + data + line + b"\n\n", on_error="collect")
    assert (the_problem(report).code, the_problem(report).line) == (code, 20)
    assert report.rows_accepted == 18
    assert conserves(read)


def test_json_that_is_cut_off_is_named_so() -> None:
    _, report = read_kcharts(jsonl(objects())[:-20], on_error="collect")
    assert the_problem(report).code == "truncated-row"


def test_json_lines_and_commas_say_the_same() -> None:
    assert read_kcharts(jsonl(objects())) == read_kcharts(csv(table_rows()))


# -- laws ---------------------------------------------------------------------------------

SPOILS: dict[str, Callable[[list[list[bytes]], int, int, bytes], None]] = {}


def spoil(change: Callable[[list[list[bytes]], int, int, bytes], None]) -> None:
    SPOILS[change.__name__] = change


@spoil
def put(cells: list[list[bytes]], row: int, column: int, text: bytes) -> None:
    cells[row][column % len(cells[row])] = text


@spoil
def cut(cells: list[list[bytes]], row: int, column: int, _: bytes) -> None:
    del cells[row][column % len(cells[row]) :]
    cells[row].append(b"")


@spoil
def swap(cells: list[list[bytes]], row: int, column: int, _: bytes) -> None:
    other = cells[(row + column) % len(cells)]
    at, there = column % len(cells[row]), column % len(other)
    cells[row][at], other[there] = other[there], cells[row][at]


@spoil
def repeat(cells: list[list[bytes]], row: int, column: int, _: bytes) -> None:
    cells.insert(column % len(cells), list(cells[row]))


@spoil
def recode(cells: list[list[bytes]], row: int, _: int, __: bytes) -> None:
    cells[row] = [cell.decode("latin-1").encode("utf-16") for cell in cells[row]]


@spoil
def blank(cells: list[list[bytes]], row: int, _: int, __: bytes) -> None:
    cells[row] = [b""]


CUTS = st.integers(0, 10_000)
BYTES = st.sampled_from([b"", b"\t", b",", b'"', b"\r", b"\n", b"\0", b"\xff", b"missing", b"{"])
CHANGES = st.lists(
    st.tuples(st.sampled_from(sorted(SPOILS)), CUTS, CUTS, BYTES | st.binary(max_size=5)),
    max_size=6,
)
FILES: dict[str, tuple[Reader[ChartHistory], bytes, bytes]] = {
    "tabs": (read_countries, GOOD, b"\t"),
    "commas": (read_kcharts, csv(table_rows()), b","),
    "objects": (read_kcharts, jsonl(objects()), b", "),
}


@pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")
@given(st.sampled_from(sorted(FILES)), CHANGES)
def test_whatever_happened_to_a_file_every_row_is_accounted_for(
    name: str, changes: list[tuple[str, int, int, bytes]]
) -> None:
    """A history or `ParseErrors`, nothing else; and rows read = accepted + rejected."""
    reader, data, delimiter = FILES[name]
    cells = [line.split(delimiter) for line in data.split(b"\n")]
    for change, row, column, text in changes:
        SPOILS[change](cells, row % len(cells), column, text)
    spoilt = b"\n".join(map(delimiter.join, cells))
    history, report = read = reader(spoilt, on_error="collect")
    assert conserves(read)
    assert len(history) <= report.rows_accepted
    if report.is_clean:
        assert reader(spoilt) == history
    else:
        with pytest.raises(ParseErrors) as caught:
            reader(spoilt)
        assert caught.value.problems[0].problem == report.problems[0]


def test_calendars_of_rows_are_left_alone_by_the_reader() -> None:
    history = read_kcharts(csv(table_rows()))
    assert history.calendar(history.series[0]) == Calendar.daily()
