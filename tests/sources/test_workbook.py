"""Lists in workbooks: as publishers write them, and after a spreadsheet program had them."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts.errors import ParseErrors
from kcharts.formats import kcharts_table, netflix, us_daily
from kcharts.formats._anything import read_table
from kcharts.formats._detect import read
from kcharts.formats.netflix import read_countries
from kcharts.sources.limits import Limits
from kcharts.sources.source import Payload
from kcharts.sources.workbook import workbook_table
from tests.formats.made import (
    COUNTRIES,
    TABLE,
    conserves,
    country_rows,
    csv,
    table_rows,
    the_problem,
    tsv,
)
from tests.sources.workbooks import (
    DATE_AND_TIME,
    DIVIDED,
    DURATION,
    TRUE,
    Cell,
    Strings,
    dated,
    merged,
    of_data,
    package,
    packed,
    sheet_xml,
    workbook,
)

NAME, ISO, WEEK, CATEGORY, RANK, SHOW, SEASON, COUNT = range(8)
SERIALS = {"2022-01-30": 44_591, "2022-01-23": 44_584}
EPOCHS = 1_462
"""Days from the one epoch to the other."""
Row = list[Any]


def rows() -> list[Row]:
    """The rows of full lists as Netflix writes them: ranks and counters are numbers."""
    found = [
        [*row[:RANK], int(row[RANK]), row[SHOW], row[SEASON], int(row[COUNT])]
        for row in country_rows()
    ]
    return [list(COUNTRIES), *found]


def changed(row: int, column: int, value: object) -> list[Row]:
    """The rows with another value in a cell; rows counted from 1, the header being the first."""
    found = rows()
    found[row - 1][column] = value
    return found


EXPECTED = read_countries(tsv(country_rows()))


def test_a_workbook_holds_what_the_text_holds() -> None:
    history, report = read_countries(workbook(rows()), on_error="collect")
    assert history == EXPECTED
    assert (report.rows_read, report.notes) == (60, ())
    assert read(workbook(rows())) == EXPECTED


def test_rows_are_where_they_stand_in_the_sheet() -> None:
    source = read_countries(workbook(rows()))[0].source
    assert source is not None
    # The earlier week of the first country: the twelfth row of the sheet, which has a header.
    assert (source.name, source.line) == ("<bytes>", 12)


@pytest.mark.parametrize("shown", ["as dates", "as numbers"])
def test_a_workbook_that_was_saved_again_has_dates_in_place_of_texts(shown: str) -> None:
    found = rows()
    for row in found[1:]:
        serial = SERIALS[row[WEEK]]
        row[WEEK] = dated(serial) if shown == "as dates" else serial
        row[SEASON] = "" if row[SEASON] == "N/A" else row[SEASON]
    assert read_countries(workbook(found)) == EXPECTED


@pytest.mark.parametrize("shown", ["as dates", "as numbers"])
def test_days_counted_from_1904_are_other_days(shown: str) -> None:
    found = rows()
    for row in found[1:]:
        serial = SERIALS[row[WEEK]] - EPOCHS
        row[WEEK] = dated(serial) if shown == "as dates" else serial
    strings = Strings()
    made = package(
        {"Top 10": sheet_xml(strings.rows(found))}, strings, properties='<workbookPr date1904="1"/>'
    )
    assert read_countries(packed(made)) == EXPECTED


DATES = {
    "a number of no Sunday": (44_592, "not-an-issue", "44592"),
    "a number of a day before the calendar": (35, "bad-date", "35"),
    "a number beyond all days": (99_999_999, "bad-date", "99999999"),
    "a Sunday of 2502 that is rather one of 2022": (220_134, "bad-date", "220134"),
    "a number with a time": (44_591.5, "bad-date", "44591.5"),
    "a day and a time": (dated(44_591.5, DATE_AND_TIME), "bad-date", "2022-01-30 12:00:00"),
    "a duration": (dated(1.5, DURATION), "bad-date", "1 day, 12:00:00"),
    "a date of no Sunday": (dated(44_592), "not-an-issue", "2022-01-31"),
    "a truth value": (TRUE, "bad-date", "true"),
    "an error": (DIVIDED, "error-cell", "#DIV/0!"),
    "nothing": ("", "missing-value", ""),
}


@pytest.mark.parametrize("name", DATES)
def test_what_is_no_date_of_an_issue_is_rejected(name: str) -> None:
    value, code, shown = DATES[name]
    history, report = found = read_countries(workbook(changed(2, WEEK, value)), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.value, problem.line) == (code, shown, 2)
    assert (problem.sheet, problem.column) == ("Top 10", "C2, week")
    assert len(history) == 59
    assert conserves(found)


TITLES = {
    "1917": (1917, "title-not-text", "1917", "found a number"),
    "1917.0": (Cell("<c {at}><v>1917.0</v></c>"), "title-not-text", "1917", "found a number"),
    "3.2": (3.2, "title-not-text", "3.2", "found a number"),
    "22 July": (dated(44_764), "title-not-text", "2022-07-22", "found a date"),
    "a time": (dated(0.5), "bad-type", "12:00:00", "found an object"),
    "TRUE": (TRUE, "title-not-text", "true", "found a truth value"),
    "an error": (DIVIDED, "error-cell", "#DIV/0!", "an error in place of a value"),
    "nothing": ("", "empty-title", "", "expected a title"),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_that_is_no_text_is_named_by_its_cell(name: str) -> None:
    value, code, shown, said = TITLES[name]
    _, report = found = read_countries(workbook(changed(3, SHOW, value)), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.column, problem.value) == (code, "F3, show_title", shown)
    assert said in problem.message
    assert problem.row is not None
    assert problem.row.split("\t")[:RANK] == ["South Korea", "KR", "2022-01-30", "TV"]
    assert conserves(found)


def test_the_error_is_a_page_that_names_sheet_and_cell() -> None:
    with pytest.raises(ParseErrors) as caught:
        read_countries(workbook(changed(3, SHOW, 1917)))
    assert "sheet 'Top 10', line 3, column F3, show_title, '1917'" in str(caught.value)


UNWORKED = {
    "as libraries write it": Cell("<c {at}><f>G3&amp;1</f><v></v></c>"),
    "without a value": Cell("<c {at}><f>G3&amp;1</f></c>"),
    "a text without a value": Cell('<c {at} t="str"><f>G3&amp;1</f></c>'),
    "an empty value": Cell("<c {at}><f>G3&amp;1</f><v/></c>"),
}


@pytest.mark.parametrize("column", [SEASON, COUNT])
@pytest.mark.parametrize("name", UNWORKED)
def test_a_formula_without_a_result_is_not_blank(name: str, column: int) -> None:
    data = workbook(changed(3, column, UNWORKED[name]))
    problem = the_problem(read_countries(data, on_error="collect")[1])
    assert (problem.code, problem.value, problem.line) == ("error-cell", "=G3&1", 3)
    assert "a formula without a result" in problem.message


def test_a_row_of_formulas_without_results_is_not_blank() -> None:
    found = rows()
    found[2] = [Cell("<c {at}><f/></c>")] * 8
    _, report = read_countries(workbook(found), on_error="collect")
    assert (the_problem(report).code, the_problem(report).value) == ("error-cell", "=")


def test_much_of_a_formula_is_not_kept() -> None:
    formula = Cell("<c {at}><f>" + "A1&amp;" * 1_000 + "</f></c>")
    _, report = read_countries(workbook(changed(3, SEASON, formula)), on_error="collect")
    assert len(str(the_problem(report).value)) < 100


WORKED = (
    '<c {at} t="str"><f>""</f><v></v></c>',
    '<c {at} t="inlineStr"><f>""</f><is><t/></is></c>',
    '<c {at} t="str"><f>G4</f><v>N/A</v></c>',
)


@pytest.mark.parametrize("cell", WORKED)
def test_a_formula_with_a_result_is_its_result(cell: str) -> None:
    history = read_countries(workbook(changed(3, SEASON, Cell(cell))))
    assert [row.title.season for row in history if row.title.name == "Show 2"].count(None) == 1


def test_a_title_on_a_list_has_been_on_it_for_a_week_at_least() -> None:
    """Some libraries write 0 as the result of each formula."""
    cell = Cell("<c {at}><f>1+1</f><v>0</v></c>")
    _, report = read_countries(workbook(changed(3, COUNT, cell)), on_error="collect")
    assert the_problem(report).code == "out-of-range"


def test_a_line_break_in_a_title_is_told_by_name() -> None:
    _, report = read_countries(workbook(changed(3, SHOW, "A\nShow")), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.hint) == (
        "control-character",
        "remove the line breaks from the cell",
    )
    _, report = read_countries(workbook(changed(3, SHOW, "A\u202eShow")), on_error="collect")
    assert (the_problem(report).code, the_problem(report).hint) == ("control-character", None)


RANKS = {
    "1.5": (1.5, "bad-integer"),
    "11": (11, "rank-out-of-range"),
    "0": (0, "rank-out-of-range"),
    "TRUE": (TRUE, "bad-type"),
    "a truth value in words": (Cell('<c {at} t="b"><v>true</v></c>'), "bad-type"),
    "a date": (dated(44_591), "bad-type"),
    "not a number": (Cell("<c {at}><v>NaN</v></c>"), "missing-value"),
    "without end": (Cell("<c {at}><v>1E999</v></c>"), "bad-integer"),
}


@pytest.mark.parametrize("name", RANKS)
def test_what_is_no_rank_is_rejected(name: str) -> None:
    value, code = RANKS[name]
    _, report = read_countries(workbook(changed(12, RANK, value)), on_error="collect")
    assert (the_problem(report).code, the_problem(report).column) == (code, "E12, weekly_rank")


def test_a_rank_may_be_a_number_or_a_text() -> None:
    found = rows()
    for row in found[1:31]:
        row[RANK] = str(row[RANK])
    assert read_countries(workbook(found)) == EXPECTED


def test_a_truth_value_is_no_1_though_python_says_so() -> None:
    """True and 1.0 are equal and have one hash: the one must not be taken for the other."""
    found = changed(2, COUNT, 1)
    found[2][COUNT] = TRUE
    _, report = read_countries(workbook(found), on_error="collect")
    assert [(p.code, p.line, p.value) for p in report.problems] == [("bad-type", 3, "true")]


def test_other_kinds_are_kept_as_texts_where_nothing_is_asked_of_them() -> None:
    found = [[*row, ""] for row in rows()]
    found[0][8] = "live"
    values = (TRUE, 1, 1.5, dated(44_591), dated(1.5, DURATION), Cell('<c {at} t="b"><v>0</v></c>'))
    for row, value in zip(found[1:], values, strict=False):
        row[8] = value
    history = read_countries(workbook(found))
    issue = history.issue(history.chart("KR"), "2022-01-30")
    kept = [dict(row.extras).get("live") for row in issue.rows]
    shown = ["true", "1", "1.5", "2022-01-30", "1 day, 12:00:00", "false"]
    assert kept == [*shown, None, None, None, None]


# -- merged cells -------------------------------------------------------------------------


def test_merged_cells_cost_the_rows_that_they_empty() -> None:
    found = rows()
    for row in found[2:5]:
        row[SHOW] = ""
    data = workbook(found, after=merged("F2:F5"))
    history, report = both = read_countries(data, on_error="collect")
    codes = [(p.code, p.line, p.column) for p in report.problems]
    assert codes == [("merged-cells", n, f"F{n}, show_title") for n in (3, 4, 5)]
    assert report.problems[0].value == "F2:F5"
    assert len(history) == 57
    assert conserves(both)


@pytest.mark.parametrize("ref", ["A1:A1", "J1:K2", "A70:B90", "H2:H2"])
def test_merged_cells_beside_the_data_do_no_harm(ref: str) -> None:
    assert read_countries(workbook(rows(), after=merged(ref))) == EXPECTED


def test_a_merged_banner_above_the_header_does_no_harm() -> None:
    data = workbook([["The Top 10 of the world", *[""] * 7], *rows()], after=merged("A1:H1"))
    assert read_countries(data) == EXPECTED


def test_merged_cells_do_not_overlap() -> None:
    data = workbook(rows(), after=merged("A2:H61", "A2:H61"))
    with pytest.raises(ParseErrors, match=r"(?s)corrupt-file.*merged cells overlap"):
        read_countries(data)


def test_merged_cells_are_listed_in_one_place() -> None:
    """Of a second list python-calamine sees nothing, so that its cells would seem to be blank."""
    data = workbook(rows(), after=merged("A2:A3") + merged("B2:B3"))
    with pytest.raises(ParseErrors, match=r"(?s)corrupt-file.*are not listed in one place"):
        read_countries(data)


def test_a_whole_row_that_is_merged_away_is_rejected_not_blank() -> None:
    found = rows()
    found[2] = [""] * 8
    columns = merged(*(f"{letter}2:{letter}3" for letter in "ABCDEFGH"))
    _, report = read_countries(workbook(found, after=columns), on_error="collect")
    assert [(p.code, p.line) for p in report.problems] == [("merged-cells", 3)]


# -- where the table is -------------------------------------------------------------------


def test_the_header_may_stand_below_and_beside_something() -> None:
    banner: list[Row] = [["Fetched on a Tuesday"], [], ["Lists"]]
    data = workbook([*banner, *(["", "", *row] for row in rows())])
    assert read_countries(data) == EXPECTED
    source = read_countries(data)[0].source
    assert source is not None
    assert source.line == 15
    shifted = [*banner, *(["", "", *row] for row in changed(2, SHOW, 1917))]
    _, report = read_countries(workbook(shifted), on_error="collect")
    assert (the_problem(report).line, the_problem(report).column) == (5, "H5, show_title")


def test_what_stands_beside_a_row_is_too_many_fields() -> None:
    found = [["", *row] for row in rows()]
    found[3].append("see above")
    found[0][0] = ""
    found[5][0] = "new"
    _, report = read_countries(workbook(found), on_error="collect")
    assert [(p.code, p.line) for p in report.problems] == [
        ("too-many-fields", 4),
        ("too-many-fields", 6),
    ]


def test_columns_may_be_written_in_another_way() -> None:
    found = rows()
    found[0] = [name.upper() for name in found[0]]
    found[1][SHOW] = 1917
    _, report = read_countries(workbook(found), on_error="collect")
    assert the_problem(report).column == "F2, show_title"


def test_a_header_too_far_down_is_not_looked_for() -> None:
    data = workbook([*([["x"]] * 20), *rows()])
    with pytest.raises(ParseErrors, match="bad-header"):
        read_countries(data)


def test_rows_above_the_header_are_rejected_and_not_lost() -> None:
    """As a sheet is after sorting that took the header for a row, or with a new week on top."""
    banner: list[Row] = [["Fetched", "on", ""], []]
    header, *found = rows()
    data = workbook([*banner, *found[:10], header, *found[10:]])
    history, report = read_result = read_countries(data, on_error="collect")
    assert conserves(read_result)
    assert (report.rows_read, report.rows_unplaced, len(history)) == (60, 10, 50)
    assert dict(report.counts) == {"above-header": 10}
    assert [problem.line for problem in report.problems] == [*range(3, 13)]
    assert report.problems[0].row == "\t".join(map(str, found[0]))
    assert history[0].source is not None
    assert history[0].source.line == 14


def test_a_problem_below_the_header_is_found_where_it_stands_though_rows_are_above() -> None:
    header, *found = rows()
    found[30][SHOW] = 1917
    _, report = read_countries(workbook([*found[:10], header, *found[10:]]), on_error="collect")
    [problem] = [problem for problem in report.problems if problem.code == "title-not-text"]
    assert (problem.line, problem.column) == (32, "F32, show_title")


def test_a_second_header_is_skipped_with_a_note() -> None:
    header, *found = rows()
    data = workbook([header, *found[:20], [name.upper() for name in header], *found[20:]])
    history, report = read_countries(data, on_error="collect")
    assert history == EXPECTED
    assert [(note.code, note.line) for note in report.notes] == [("repeated-header", 22)]


def test_a_second_header_of_another_order_is_refused_since_it_changes_what_columns_mean() -> None:
    header, *found = rows()
    other = [*header[:RANK], header[COUNT], header[SHOW], header[SEASON], header[RANK]]
    data = workbook([header, *found[:20], other, *found[20:]])
    history, report = read_countries(data, on_error="collect")
    assert (len(history), the_problem(report).code) == (0, "second-header")
    assert the_problem(report).message.startswith("line 22 is a second header")


def test_a_row_that_begins_with_the_name_of_a_column_is_no_header() -> None:
    _, report = read_countries(workbook(changed(2, NAME, "Week")), on_error="collect")
    assert the_problem(report).code == "unknown-country"


def test_blank_rows_are_noted_and_zeros_are_not_blank() -> None:
    found = rows()
    found.insert(5, [])
    found.insert(7, [0] * 8)
    history, report = read_countries(workbook(found), on_error="collect")
    assert [(n.code, n.line) for n in report.notes] == [("blank-line", 6)]
    assert (the_problem(report).line, len(history)) == (8, 60)


def test_a_header_with_merged_cells_is_told_to_have_some() -> None:
    found = rows()
    found[0][SEASON] = ""
    data = workbook([["", *row] for row in found], after=merged("A9:B9", "G1:I1"))
    with pytest.raises(ParseErrors, match=r"(?s)missing.*show_title, \(merged G1:I1\), cumu"):
        read_countries(data)


def test_a_column_that_lacks_is_named() -> None:
    found = [[*row[:RANK], *row[SHOW:]] for row in rows()]
    with pytest.raises(ParseErrors, match="the column weekly_rank is missing"):
        read_countries(workbook(found))
    with pytest.raises(ParseErrors, match="unknown-format"):
        read(workbook(found))


# -- sheets -------------------------------------------------------------------------------


def book(*sheets: tuple[str, list[Row]], **states: str) -> bytes:
    strings = Strings()
    made = {name: sheet_xml(strings.rows(found)) for name, found in sheets}
    return packed(package(made, strings, states=states))


NOTES: list[Row] = [["Notes"], ["Nothing to see"]]


def test_the_sheet_is_found_by_its_columns() -> None:
    data = book(("Notes", NOTES), ("Empty", []), ("Top 10", rows()), ("More", NOTES))
    history, report = read_countries(data, on_error="collect")
    assert history == EXPECTED
    assert [(note.code, note.message) for note in report.notes] == [
        ("sheet-not-read", "the sheet 'Notes' is not read"),
        ("sheet-not-read", "the sheet 'More' is not read"),
    ]


def test_a_sheet_that_can_be_seen_comes_before_a_hidden_one() -> None:
    old = changed(2, SHOW, "Another")
    for state in ("hidden", "veryHidden"):
        history, _ = read_countries(
            book(("Old", old), ("New", rows()), Old=state), on_error="collect"
        )
        assert history == EXPECTED


def test_of_several_sheets_that_fit_none_is_chosen() -> None:
    header, *found = rows()
    data = book(("January", [header, *found[:10]]), ("Notes", NOTES), ("May", [header]))
    history, report = read_countries(data, on_error="collect")
    assert (len(history), the_problem(report).code) == (0, "several-sheets")
    assert "2 sheets of the workbook have the columns: 'January', 'May'" in str(report)
    with pytest.raises(ParseErrors, match="several-sheets"):
        read(data)


def test_of_several_hidden_sheets_that_fit_none_is_chosen() -> None:
    data = book(("Old", rows()), ("New", rows()), Old="hidden", New="hidden")
    with pytest.raises(ParseErrors, match="several-sheets"):
        read_countries(data)


def test_a_hidden_sheet_is_read_where_no_other_fits_and_that_is_noted() -> None:
    data = book(("Notes", NOTES), ("Top 10", rows()), **{"Top 10": "hidden"})
    history, report = read_countries(data, on_error="collect")
    assert history == EXPECTED
    assert [note.code for note in report.notes] == ["hidden-sheet", "sheet-not-read"]


def test_problems_name_the_sheet() -> None:
    data = book(("Notes", NOTES), ("TV & Films", changed(2, RANK, 11)))
    _, report = read_countries(data, on_error="collect")
    assert the_problem(report).sheet == "TV & Films"


def test_a_workbook_that_holds_nothing_is_empty() -> None:
    for data in (book(("Empty", [])), book(("Blank", [[" ", ""]]))):
        with pytest.raises(ParseErrors, match="empty-file"):
            read_countries(data)
    with pytest.raises(ParseErrors, match="empty-file"):
        read_countries(packed(package({}, Strings())))


def test_where_no_sheet_fits_a_broken_one_is_told_first() -> None:
    strings = Strings()
    wide = sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    data = packed(package({"Notes": sheet_xml(strings.rows(NOTES)), "Wide": wide}, strings))
    with pytest.raises(ParseErrors, match=r"(?s)limit-exceeded.*sheet 'Wide'"):
        read_countries(data)


def test_what_python_calamine_refuses_is_a_broken_file() -> None:
    with pytest.raises(ParseErrors, match=r"(?s)corrupt-file.*sheet 'Top 10' cannot be read"):
        read_countries(of_data('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>'))


def test_without_python_calamine_a_workbook_is_told_to_need_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ParseErrors, match=r"(?s)missing-extra.*pip install \"kcharts\[xlsx\]\""):
        read_countries(workbook(rows()))


# -- other formats ------------------------------------------------------------------------


def numbered(found: list[list[str]]) -> list[Row]:
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in found]


def test_a_kcharts_table_is_read_from_a_workbook() -> None:
    data = workbook([list(TABLE), *numbered(table_rows())])
    assert kcharts_table.read_kcharts(data) == kcharts_table.read_kcharts(csv(table_rows()))
    assert read(data) == kcharts_table.read_kcharts(csv(table_rows()))


def test_a_bare_number_is_a_date_only_where_a_calendar_checks_it() -> None:
    """44591 may be a date in one column and a number of streams in the next."""
    found = numbered(table_rows())
    for row in found:
        row[6] = dated((dt.date.fromisoformat(row[6]) - dt.date(1899, 12, 30)).days)
    assert len(kcharts_table.read_kcharts(workbook([list(TABLE), *found]))) == 18
    found[0][6] = 44_590
    _, report = kcharts_table.read_kcharts(workbook([list(TABLE), *found]), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.value, problem.column) == ("bad-date", "44590", "G2, date")
    assert "it would be 2022-01-29" in str(problem.hint)


US = ("As of", "Rank", "Year to Date Rank", "Title", "Type", "Netflix Release Date")
US_DAILY = [*US, "Days In Top 10"]


def us_rows(days: list[Any], released: object = "Jan 1, 2020") -> list[Row]:
    found = [
        [day, rank, "-", f"Show {rank}", "TV Show", released, at]
        for at, day in enumerate(days, 1)
        for rank in range(1, 11)
    ]
    return [US_DAILY, *found]


def test_a_bare_number_is_no_date_where_there_is_a_list_every_day() -> None:
    for number, said in ((44_591, "it would be 2022-01-30"), (220_131, "dates are written")):
        data = workbook(us_rows([number]))
        history, report = us_daily.read_us_daily(data, on_error="collect")
        assert (len(history), dict(report.counts)) == (0, {"bad-date": 10})
        assert said in str(report.problems[0].hint)


def test_dates_beside_texts_that_needed_a_format_are_refused() -> None:
    """A program with another country's settings made dates of those texts that it could."""
    exchanged = dated(44_866)  # 2022-11-01, of 1/11/2022
    data = workbook(us_rows([exchanged, "1/13/2022"]))
    history, report = us_daily.read_us_daily(data, on_error="collect", date_format="%m/%d/%Y")
    assert (len(history), the_problem(report).code) == (0, "mixed-dates")
    assert "2022-11-01 (A2, As of) is a date, 1/13/2022 (A12, As of) a text" in str(report)


def test_dates_beside_texts_as_always_are_read() -> None:
    data = workbook(us_rows([dated(44_590), "2022-01-30"]))
    assert len(us_daily.read_us_daily(data)) == 20
    assert len(us_daily.read_us_daily(data, date_format="%m/%d/%Y")) == 20


def test_dates_beside_texts_are_refused_among_mappings_too() -> None:
    days = ("bad", "1/13/2022", dt.date(2022, 11, 1))
    found: list[dict[Any, object]] = [
        {"title": "A", "country": "KR", "rank": 1, "date": day} for day in days
    ]
    found[0][None] = ["more"]  # as csv.DictReader does
    with pytest.raises(ParseErrors, match=r"2022-11-01 \(line 3\) is a date"):
        read_table(found, publisher="P", frequency="daily", date_format="%m/%d/%Y")


def test_days_of_release_may_be_dates() -> None:
    with_dates = us_daily.read_us_daily(workbook(us_rows(["2022-01-30"], dated(43_831))))
    assert with_dates == us_daily.read_us_daily(workbook(us_rows(["2022-01-30"])))
    _, report = us_daily.read_us_daily(
        workbook(us_rows(["2022-01-30"], 43_831)), on_error="collect"
    )
    assert "it would be 2020-01-01" in str(report.problems[0].hint)


def test_records_are_read_from_a_workbook() -> None:
    header = ["category", "rank", "show_title", "season_title", "hours_viewed_first_28_days"]
    good: Row = ["Films (English)", 1, "A Film", "N/A", 364_020_000]
    data = workbook([header, good, [*good[:2], 1917, *good[3:]]])
    records, report = netflix.read_most_popular(data, on_error="collect")
    assert [(each.title.name, each.hours_viewed) for each in records] == [("A Film", 364_020_000)]
    assert the_problem(report).column == "C3, show_title"
    with pytest.raises(ParseErrors, match="not-a-chart"):
        read(data)


def test_notes_on_the_sheets_of_records_are_kept() -> None:
    header = ["category", "rank", "show_title", "season_title", "hours_viewed_first_28_days"]
    data = book(("Notes", NOTES), ("Top 10", [header]))
    _, report = netflix.read_most_popular(data, on_error="collect")
    assert [note.code for note in report.notes] == ["sheet-not-read"]


def test_more_values_than_there_is_room_for_are_refused() -> None:
    found = rows()
    for at, row in enumerate(found[1:]):
        row[COUNT] = 1_000 + at
    limits = Limits(workbook_bytes=40_000, workbook_ratio=10_000)
    with pytest.raises(ParseErrors, match=r"(?s)limit-exceeded.*'Top 10': more than \d+ values"):
        read_countries(workbook(found), limits=limits)


def test_a_long_cell_is_rejected() -> None:
    _, report = read_countries(
        workbook(changed(2, SHOW, "x" * 101)),
        on_error="collect",
        limits=Limits(field_characters=100),
    )
    assert the_problem(report).code == "field-too-long"


CELL = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=9),
    st.integers(-(10**9), 10**9),
    st.floats(-1e15, 1e15).filter(lambda value: "e" not in repr(value)),
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
def test_cells_come_back_as_they_were_written(found: list[list[Any]]) -> None:
    data = workbook([["a", "b", "c"], *found])
    made = workbook_table(Payload("x", data), lambda header: header == ["a", "b", "c"], Limits())
    shown = [made.stood(row).split("\t") for row in made.lines]
    expected = [[_text(cell) for cell in row] for row in found]
    while expected and not any(expected[-1]):
        expected.pop()
    assert shown == expected


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
