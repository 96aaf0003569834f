"""Bad input, kind by kind: what every reader answers, across the files that it can befall.

Cells are put into the samples of the layouts; which column is which is read from the recipes, so
that a new layout is tested as soon as it is there.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NamedTuple, cast

import pytest
from attrs import frozen

from kcharts import streaks, totals
from kcharts.errors import ConflictError, GapError, ParseErrors, Problem
from kcharts.formats._detect import read
from kcharts.formats.flixpatrol._samples import FILMS, SERIES, country_list, world_list
from kcharts.formats.kcharts_table import write_kcharts
from kcharts.model.country import Country
from kcharts.model.snapshot import IssueStatus
from kcharts.reading import CellError, Columns, Recipe
from kcharts.sources.limits import Limits
from kcharts.sources.report import ReadReport
from tests.formats.cases import CASES, Case, cells_of, written
from tests.sources.workbooks import (
    DATE_AND_TIME,
    DIVIDED,
    SHEET,
    TRUE,
    Strings,
    dated,
    letters,
    merged,
    of_data,
    package,
    packed,
    sheet_xml,
    workbook,
)

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")


@frozen
class Roles:
    """Which columns of a layout hold what; None where it has none."""

    rank: str | None = None
    date: str | None = None
    title: str | None = None
    place: str | None = None
    season: str | None = None
    count: str | None = None
    category: str | None = None
    bad_date: str = ""
    """A date on which the series has no issue; of daily charts there is none."""
    decimals: bool = False
    """Whether the publisher writes whole numbers as 1.0."""
    ties: bool = False
    repeats: bool = False


def recipes_in(module: ModuleType) -> Iterator[Recipe]:
    """The recipes of a module and of those inside it, alone or in tuples."""
    for each in vars(module).values():
        several = cast("tuple[object, ...]", each) if isinstance(each, tuple) else (each,)
        yield from (one for one in several if isinstance(one, Recipe))
    for path in getattr(module, "__path__", ()):
        for inner in iter_modules([path], f"{module.__name__}."):
            yield from recipes_in(import_module(inner.name))


def roles_in(case: Case, recipe: Recipe) -> Roles:
    """Which columns of a layout hold what, as its recipe says."""
    _, (header, first, *_) = cells_of(case)

    def held(name: str | None) -> str | None:
        return name if name in header else None

    def field_of(columns: Columns[Any], *fields: str) -> str | None:
        names = (columns.fields[field].name for field in fields if field in columns.fields)
        return held(next(names, None))

    values = {target: held(column.name) for target, column in recipe.values.items()}
    counts = (values.get(name) for name in ("hours_viewed", "streams", "periods_on_chart"))
    rank, date = recipe.rank_column, held(recipe.date if isinstance(recipe.date, str) else None)
    calendar, bad_date = recipe.common_calendar, ""
    if date is not None and calendar is not None and calendar.kind != "daily":
        bad_date = str(dt.date.fromisoformat(first[header.index(date)]) - dt.timedelta(1))
    # Place and series may be in the file's name only, and no column of a chart's.
    is_named = recipe.chart is None and (recipe.series is None or recipe.place is None)
    charts: Columns[Any] = Columns(dict) if is_named else recipe.chart_columns
    # Where the publisher may be anybody, no category is known to be none of theirs.
    is_anybodys = import_module(case.module).SPEC.publisher == "any"
    return Roles(
        rank=None if rank.name in values.values() else rank.name,
        date=date,
        title=field_of(recipe.title_columns, "name"),
        place=field_of(charts, "place"),
        season=field_of(recipe.title_columns, "season"),
        count=next(filter(None, counts), None),
        category=None if is_anybodys else field_of(charts, "category", "kind"),
        bad_date=bad_date,
        decimals=takes(rank.parse, "1.0"),
        ties=recipe.ties,
        repeats=recipe.repeats,
    )


def takes(parse: Callable[[str], Any], text: str) -> bool:
    try:
        parse(text)
    except CellError:
        return False
    return True


ROLES = {
    str(case): roles_in(case, recipe)
    for case in CASES
    for recipe in recipes_in(import_module(case.module))
    if recipe.layout == case.layout and case.layout.medium == "table"
}
TABLES = [case for case in CASES if str(case) in ROLES]


def having(*roles: str) -> pytest.MarkDecorator:
    """Parametrizes with the layouts that have columns of these roles."""
    fitting = [c for c in TABLES if all(getattr(ROLES[str(c)], role) for role in roles)]
    return pytest.mark.parametrize("case", fitting, ids=str)


every = pytest.mark.parametrize("case", CASES, ids=str)
table = pytest.mark.parametrize("case", TABLES, ids=str)
commas = pytest.mark.parametrize("case", [c for c in TABLES if cells_of(c)[0] == b","], ids=str)
tabs = pytest.mark.parametrize("case", [c for c in TABLES if cells_of(c)[0] == b"\t"], ids=str)


class Sheet:
    """The sample of a layout, taken apart; row 0 is the first below the header."""

    def __init__(self, case: Case) -> None:
        self.case, self.roles = case, ROLES[str(case)]
        self.mark, rows = cells_of(case)
        self.header = rows[0]
        self.rows: list[list[str]] = rows[1:]
        self.end = b""

    def column(self, role: str) -> str:
        found: str = getattr(self.roles, role)
        return found

    def at(self, role: str) -> int:
        return self.header.index(self.column(role))

    def put(self, role: str, text: str, row: int = 0) -> Sheet:
        self.rows[row][self.at(role)] = text
        return self

    def spoil(self, row: int = 0) -> Sheet:
        """Put something into a row that cannot be read."""
        return self.put("title", "", row) if self.roles.rank is None else self.put("rank", "x", row)

    def get(self, role: str, row: int = 0) -> str:
        return self.rows[row][self.at(role)]

    @property
    def data(self) -> bytes:
        return written(self.mark, [self.header, *self.rows]) + self.end

    def collected(self, data: bytes | None = None) -> tuple[Any, ReadReport]:
        return self.case.collected(self.case.named(self.data if data is None else data))

    def problem(self, data: bytes | None = None) -> Problem:
        """The first problem, of a report in which every row is accounted for."""
        _, report = self.collected(data)
        assert report.rows_read == report.rows_accepted + report.rows_rejected
        with pytest.raises(ParseErrors) as caught:
            self.case.reader(self.case.named(self.data if data is None else data))
        assert caught.value.problems[0].problem == report.problems[0]
        return report.problems[0]


def refused(case: Case, role: str, text: str) -> Problem:
    """The problem of a text in the first row, which is named with all that is known of it."""
    sheet = Sheet(case).put(role, text)
    problem = sheet.problem()
    assert problem.line == 2
    assert problem.column == sheet.column(role)
    assert problem.value == text
    assert problem.row == sheet.data.split(b"\n")[1].decode()
    result, _ = sheet.collected()
    assert len(result) <= len(sheet.rows) - 1
    return problem


def whole(case: Case, data: bytes) -> Problem:
    """The one problem of a source that cannot be read at all."""
    result, report = case.collected(case.named(data))
    assert (len(result), report.rows_read) == (0, 0)
    [problem] = report.problems
    with pytest.raises(ParseErrors):
        read(case.named(data))
    return problem


# -- the source and its header ------------------------------------------------------------


@every
def test_an_empty_file_is_named_so(case: Case) -> None:
    assert whole(case, b"").code == "empty-file"
    assert whole(case, b" \n\r\n\t").code == "empty-file"


@table
def test_a_header_alone_is_a_valid_empty_chart_with_a_note(case: Case) -> None:
    sheet = Sheet(case)
    sheet.rows = []
    result, report = sheet.collected()
    assert (len(result), report.is_clean) == (0, True)
    assert [note.code for note in report.notes] == ["no-rows"]


@table
def test_data_without_a_header_are_told_what_was_expected(case: Case) -> None:
    sheet = Sheet(case)
    problem = whole(case, written(sheet.mark, sheet.rows))
    assert problem.code == "bad-header"
    assert problem.message.startswith("expected the columns of ")
    assert sheet.rows[0][0] in problem.message


@table
def test_columns_in_another_order_are_found_by_name(case: Case) -> None:
    sheet = Sheet(case)
    turned = [row[1:] + row[:1] for row in (sheet.header, *sheet.rows)]
    expected = case.reader(case.named(sheet.data))
    assert case.reader(case.named(written(sheet.mark, turned))) == expected


@table
def test_a_missing_column_is_named_once_and_not_per_row(case: Case) -> None:
    for column in case.layout.columns:
        sheet = Sheet(case)
        at = sheet.header.index(column)
        less = [row[:at] + row[at + 1 :] for row in (sheet.header, *sheet.rows)]
        problem = whole(case, written(sheet.mark, less))
        assert problem.code == "missing-column"
        assert column in problem.message


@table
def test_a_column_that_stands_twice_is_named(case: Case) -> None:
    sheet = Sheet(case)
    twice = [[*row, row[0]] for row in (sheet.header, *sheet.rows)]
    problem = whole(case, written(sheet.mark, twice))
    assert problem.code == "duplicate-column"
    assert sheet.header[0].casefold() in problem.message.casefold()


@table
def test_spaces_and_capitals_in_the_header_are_read_with_a_note(case: Case) -> None:
    sheet = Sheet(case)
    expected = case.reader(case.named(sheet.data))
    sheet.header[0] = f" {sheet.header[0].swapcase()} "
    result, report = sheet.collected()
    assert result == expected
    assert "folded-column" in [note.code for note in report.notes]


@table
def test_an_unknown_column_is_kept_in_the_extras_with_a_note(case: Case) -> None:
    sheet = Sheet(case)
    sheet.header.append("something new")
    sheet.rows = [[*row, "its text"] for row in sheet.rows]
    result, report = sheet.collected()
    assert report.is_clean
    assert "unknown-column" in [note.code for note in report.notes]
    assert all(dict(row.extras)["something new"] == "its text" for row in result)


@every
def test_a_byte_order_mark_makes_no_difference(case: Case) -> None:
    expected = case.reader(case.named(case.data))
    data = b"\xef\xbb\xbf" + case.data.removeprefix(b"\xef\xbb\xbf")
    assert case.reader(case.named(data)) == expected


@pytest.mark.parametrize("case", [c for c in CASES if c.layout.medium != "page"], ids=str)
def test_utf_16_is_named_and_can_be_read_when_told(case: Case) -> None:
    data = case.layout.sample.removeprefix("\ufeff").encode("utf-16")
    problem = whole(case, data)
    assert problem.code == "bad-encoding"
    assert "UTF-16" in problem.message
    expected = case.reader(case.named(case.data))
    assert case.reader(case.named(data), encoding="utf-16") == expected


@having("title")
def test_latin_1_is_located_with_the_way_to_read_it(case: Case) -> None:
    sheet = Sheet(case).put("title", "R\xe9union")
    data = sheet.data.replace("…".encode(), b"...")  # which Latin-1 does not have
    data = data.replace("R\xe9union".encode(), b"R\xe9union")
    problem = sheet.problem(data)
    assert (problem.code, problem.line) == ("bad-encoding", 2)
    assert "byte 0xe9 at offset 1" in problem.message
    assert "encoding=" in str(problem.hint)
    result = case.reader(case.named(data), encoding="latin-1")
    assert "R\xe9union" in [title.name for title in result.titles]


@having("title")
def test_a_file_cut_inside_a_character_is_located(case: Case) -> None:
    sheet = Sheet(case)
    data = sheet.put("title", "caf\xe9", -1).data
    data = data[: data.rindex("\xe9".encode()) + 1]
    problem = sheet.problem(data)
    assert problem.code in ("bad-encoding", "truncated-row")
    assert problem.line == len(sheet.rows) + 1


@every
def test_archives_are_known_by_their_first_bytes(case: Case, tmp_path: Path) -> None:
    expected = case.reader(case.named(case.data))
    path = tmp_path / case.name
    path.write_bytes(gzip.compress(case.data))
    assert case.reader(path) == expected
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(case.name, case.data)
    assert case.reader(path) == expected
    for magic in (
        b"BZh91AY&SY",
        b"7z\xbc\xaf\x27\x1c\x00",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
    ):
        assert whole(case, magic + b"\0" * 600).code == "wrong-format"


@every
def test_a_page_that_says_not_found_is_no_chart(case: Case) -> None:
    data = b"<!DOCTYPE html><html><title>Page Not Found</title><body>no</body></html>"
    problem = whole(case, data)
    assert problem.code == "wrong-format"
    assert "Page Not Found" in problem.message


# -- lines and fields ---------------------------------------------------------------------


@table
@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_any_line_end_is_read_and_lines_are_numbered_as_they_stand(case: Case, end: bytes) -> None:
    sheet = Sheet(case).spoil(-1)
    assert sheet.problem(sheet.data.replace(b"\n", end)).line == len(sheet.rows) + 1
    mixed = Sheet(case).data.replace(b"\n", b"\r\n", 1)
    assert case.reader(case.named(mixed)) == case.reader(case.named(Sheet(case).data))


@having("title")
@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\u0085", "\x0b"])
def test_what_is_no_line_end_stays_within_the_field(case: Case, character: str) -> None:
    name = f"One{character}Two"
    result, report = Sheet(case).put("title", name).collected()
    assert report.is_clean
    assert name in [title.name for title in result.titles]


@having("title")
def test_a_nul_byte_is_refused(case: Case) -> None:
    assert refused(case, "title", "a\0b").code == "control-character"


@table
def test_blank_lines_are_noted_and_numbers_stay_right(case: Case) -> None:
    sheet = Sheet(case)
    data = sheet.data.replace(b"\n", b"\n\n", 1) + b"\n\n"
    result, report = sheet.collected(data)
    assert result == case.reader(case.named(sheet.data))
    assert [note.code for note in report.notes].count("blank-line") == 2
    bad = sheet.spoil().data.replace(b"\n", b"\n\n", 1)
    assert sheet.problem(bad).line == 3


@table
def test_a_row_that_lacks_a_field_is_told_how_many_there_are(case: Case) -> None:
    sheet = Sheet(case)
    sheet.end = b"\n"
    sheet.rows[0] = sheet.rows[0][:-1]
    problem = sheet.problem()
    width = len(sheet.header)
    assert (problem.code, problem.line) == ("too-few-fields", 2)
    assert f"expected {width} fields, found {width - 1}" in problem.message


@table
def test_a_row_with_a_field_too_many_is_kept_as_it_stood(case: Case) -> None:
    sheet = Sheet(case)
    sheet.rows[0].append("one more")
    problem = sheet.problem()
    assert (problem.code, problem.line) == ("too-many-fields", 2)
    assert problem.row == sheet.data.split(b"\n")[1].decode()


@tabs
def test_a_lone_quote_between_tabs_is_text(case: Case) -> None:
    result, report = Sheet(case).put("title", 'The "Best').collected()
    assert report.is_clean
    assert 'The "Best' in [title.name for title in result.titles]


@commas
def test_a_quote_that_does_not_close_costs_its_line_only(case: Case) -> None:
    sheet = Sheet(case)
    sheet.end = b"\n"
    sheet.rows[0][0] = "MARK"
    data = sheet.data.replace(b'"MARK"', b'"Missy "Misdemeanor" Elliott, too"')
    problem = sheet.problem(data)
    assert (problem.code, problem.line) == ("unbalanced-quote", 2)
    _, report = sheet.collected(data)
    assert report.rows_read == len(sheet.rows)


@having("title")
def test_a_field_of_140_000_characters_is_refused_alone(case: Case) -> None:
    problem = refused_long(case)
    assert "140,000" in problem.message or "limit" in problem.message


def refused_long(case: Case) -> Problem:
    sheet = Sheet(case).put("title", "x" * 140_000)
    problem = sheet.problem()
    assert (problem.code, problem.line) == ("field-too-long", 2)
    assert sheet.collected()[1].rows_read == len(sheet.rows)
    return problem


@table
def test_a_last_line_that_is_cut_off_is_named_and_no_final_newline_is_normal(
    case: Case,
) -> None:
    sheet = Sheet(case)
    assert sheet.collected()[1].is_clean
    data = sheet.data[: sheet.data.rindex(b"\n") + 8]
    problem = sheet.problem(data)
    assert (problem.code, problem.line) == ("truncated-row", len(sheet.rows) + 1)


# -- ranks and rows -----------------------------------------------------------------------


@having("rank")
def test_rank_0_is_out_of_range(case: Case) -> None:
    assert refused(case, "rank", "0").code == "rank-out-of-range"


@having("rank")
def test_rank_minus_1_is_out_of_range(case: Case) -> None:
    assert refused(case, "rank", "-1").code == "rank-out-of-range"


@having("rank")
def test_a_rank_below_the_last_is_out_of_range(case: Case) -> None:
    assert refused(case, "rank", "501").code == "rank-out-of-range"


@having("rank")
@pytest.mark.parametrize("text", ["1.0", "1.5", "1e1"])
def test_a_rank_with_a_point_is_no_integer(case: Case, text: str) -> None:
    if text == "1.0" and ROLES[str(case)].decimals:
        sheet = Sheet(case).put("rank", text)
        sheet.rows = sheet.rows[:1]
        assert sheet.collected()[1].is_clean
    else:
        assert refused(case, "rank", text).code == "bad-integer"


@having("rank")
@pytest.mark.parametrize("text", ["１", "١", "1_0", "+1", " 1", "01", "²"])
def test_what_only_a_programming_language_takes_for_1_is_no_rank(case: Case, text: str) -> None:
    assert refused(case, "rank", text).code == "bad-integer"


@having("rank")
@pytest.mark.parametrize("text", ["", "N/A", "NaN", "-", "—", "null"])
def test_an_absent_rank_is_told_apart_from_a_bad_one(case: Case, text: str) -> None:
    if str(case) == "kcharts_table: kcharts table" and not text:
        assert "title" in Sheet(case).header  # a blank rank beside a title
    assert refused(case, "rank", text).code == "missing-value"


@having("rank")
def test_a_rank_of_5_000_digits_is_shown_cut_off(case: Case) -> None:
    problem = refused(case, "rank", "1" * 5_000)
    assert problem.code == "bad-integer"
    with pytest.raises(ParseErrors) as caught:
        case.reader(case.named(Sheet(case).put("rank", "1" * 5_000).data))
    assert len(str(caught.value)) < 1_500
    assert sys.get_int_max_str_digits() < 5_000


@having("rank")
@pytest.mark.parametrize("text", ["1.", "#1", "=3", "New", "↑2"])
def test_marks_of_other_publishers_are_no_rank(case: Case, text: str) -> None:
    assert refused(case, "rank", text).code == "bad-integer"


def full(case: Case) -> Sheet:
    """A sheet whose first list has three rows of different titles at ranks 1 to 3."""
    sheet = Sheet(case)
    first = sheet.rows[0]
    sheet.rows = []
    for rank in range(1, 4):
        row = list(first)
        row[sheet.at("rank")] = str(rank)
        row[sheet.at("title")] = f"Work {rank}"
        sheet.rows.append(row)
    return sheet


list_wise = having("rank", "title", "date")


def first_status(result: Any) -> IssueStatus:
    row = result.charts[0]
    status: IssueStatus = result.status(row, result.dates[0])
    return status


@list_wise
def test_two_titles_at_one_rank_are_both_rejected_and_cite_each_other(case: Case) -> None:
    sheet = full(case).put("rank", "1", 1)
    result, report = sheet.collected()
    if sheet.roles.ties:
        assert report.is_clean
        return
    assert [(p.code, p.line) for p in report.problems] == [
        ("duplicate-rank", 2),
        ("duplicate-rank", 3),
    ]
    told = re.sub(r"\$\S*, ", "", report.problems[0].message)  # JSON has paths before its lines
    assert re.match("(lines 2 and 3|line 2 and line 3) both have rank 1 on the list of ", told)
    assert (len(result), first_status(result)) == (1, IssueStatus.DEFECTIVE)


@list_wise
def test_one_title_at_two_ranks_is_rejected_unless_the_publisher_prints_such(
    case: Case,
) -> None:
    sheet = full(case).put("title", "Work 1", 1)
    result, report = sheet.collected()
    if sheet.roles.repeats:
        assert report.is_clean
        assert len(result) == 3
        assert "duplicate-title" in [note.code for note in report.notes]
        return
    assert [(p.code, p.line) for p in report.problems] == [
        ("duplicate-title", 2),
        ("duplicate-title", 3),
    ]
    assert (len(result), first_status(result)) == (1, IssueStatus.DEFECTIVE)


@having("season")
def test_one_show_may_hold_several_ranks_with_its_seasons(case: Case) -> None:
    sheet = full(case).put("title", "Work 1", 1)
    sheet.put("season", "Work 1: Season 1", 0).put("season", "Work 1: Season 2", 1)
    result, report = sheet.collected()
    assert report.is_clean
    assert len(result) == 3


@list_wise
def test_a_missing_rank_is_noted_and_warned_of(case: Case) -> None:
    sheet = full(case).put("rank", "4", 2)
    result, report = sheet.collected()
    assert report.is_clean
    assert [n.code for n in report.notes if n.code == "gap-in-chart"] == ["gap-in-chart"]
    assert [row.rank for row in result] == [1, 2, 4]
    with pytest.warns(match="lack ranks"):
        case.reader(case.named(sheet.data))


@list_wise
def test_an_identical_row_is_kept_once_and_reported(case: Case) -> None:
    sheet = full(case)
    expected, _ = sheet.collected()
    sheet.rows.append(list(sheet.rows[0]))
    result, report = sheet.collected()
    assert result == expected
    assert report.is_clean
    assert [(n.code, n.line) for n in report.notes if n.code == "duplicate-row"] == [
        ("duplicate-row", 5)
    ]


@having("count", "title", "rank", "date")
def test_rows_that_differ_in_a_figure_are_both_rejected(case: Case) -> None:
    sheet = full(case)
    sheet.rows.append(list(sheet.rows[0]))
    sheet.put("count", "7", 3)
    result, report = sheet.collected()
    assert [(p.code, p.line) for p in report.problems] == [
        ("conflicting-rows", 2),
        ("conflicting-rows", 5),
    ]
    assert len(result) == 2


@list_wise
def test_the_order_of_rows_makes_no_difference(case: Case) -> None:
    sheet = full(case)
    other = full(case)
    other.rows = other.rows[::-1]
    assert other.collected()[0] == sheet.collected()[0]


# -- dates --------------------------------------------------------------------------------


@having("date")
@pytest.mark.parametrize("text", ["2022-02-30", "2022-13-01", "0000-00-00"])
def test_a_day_that_never_was_is_no_date(case: Case, text: str) -> None:
    assert refused(case, "date", text).code == "bad-date"


@having("date")
@pytest.mark.parametrize(
    "text",
    ["02/03/2022", "27/02/2022", "Feb 27, 2022", "20220227", "2022-2-7", "2022W08", "2022-02"],
)
def test_a_date_in_another_layout_is_refused_with_the_way_to_read_it(case: Case, text: str) -> None:
    problem = refused(case, "date", text)
    assert problem.code == "bad-date"
    assert "date_format=" in str(problem.hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "07.01.2022",
            'date_format="%d.%m.%Y" reads the day first, "%m.%d.%Y" reads the month first',
        ),
        ("30/1/2022", 'date_format="%d/%m/%Y" reads the day first'),
        ("1/30/2022", 'date_format="%m/%d/%Y" reads the month first'),
        ("30/30/2022", "there is no such month"),
    ],
)
def test_the_hint_is_of_the_date_that_was_found(text: str, hint: str) -> None:
    assert refused(case_of("kcharts_table: kcharts table"), "date", text).hint == hint


def test_a_date_not_as_told_is_told_so() -> None:
    case = case_of("kcharts_table: kcharts table")
    data = Sheet(case).put("date", "2022/01/07").data
    with pytest.raises(ParseErrors, match=r"expected a date as %d\.%m\.%Y, or as YYYY-MM-DD"):
        case.reader(case.named(data), date_format="%d.%m.%Y")


@having("date")
def test_a_layout_that_is_told_is_read(case: Case) -> None:
    sheet = Sheet(case)
    expected = case.reader(case.named(sheet.data))
    for row in sheet.rows:
        year, month, day = row[sheet.at("date")].split("-")
        row[sheet.at("date")] = f"{int(day)}/{int(month)}/{year}"
    told = case.reader(case.named(sheet.data), date_format="%d/%m/%Y")
    assert told == expected
    with pytest.raises(ValueError, match="date_format: expected"):
        case.reader(case.named(sheet.data), date_format="%d/%m")


@having("date")
@pytest.mark.parametrize(
    "text", ["2022-02-27T00:00:00Z", "2022-02-27 00:00:00", "2022-02-27T00:00:00+09:00"]
)
def test_a_moment_is_no_date(case: Case, text: str) -> None:
    assert refused(case, "date", text).code == "bad-date"


@having("date")
def test_a_bare_serial_number_in_text_is_no_date(case: Case) -> None:
    assert refused(case, "date", "44619").code == "bad-date"


@having("date", "bad_date")
def test_a_date_on_which_the_series_has_no_issue_names_the_nearest(case: Case) -> None:
    problem = refused(case, "date", ROLES[str(case)].bad_date)
    assert problem.code == "not-an-issue"
    assert "the nearest" in problem.message


@having("date")
@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_read_or_refused_and_overflow_nothing(case: Case, text: str) -> None:
    sheet = Sheet(case)
    sheet.rows = sheet.rows[:1]
    result, report = sheet.put("date", text).collected()
    assert report.is_clean or report.problems[0].code == "not-an-issue"
    for row in result:
        assert all(each.length == 1 for each in streaks(result, row.title, top=None))
        assert all(each.observed == 1 for each in totals(result, row.title, top=None))


@having("date")
def test_a_date_after_the_file_was_written_is_noted(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(Sheet(case).data)
    os.utime(path, (0, 0))
    _, report = case.collected(path)
    assert report.is_clean
    assert "future-date" in [note.code for note in report.notes]


@having("date")
@pytest.mark.parametrize("text", ["٢٠٢٢-٠١-٣٠", "２０２２-０１-３０"])
def test_digits_of_other_scripts_make_no_date(case: Case, text: str) -> None:
    assert refused(case, "date", text).code == "bad-date"


# -- places and categories ----------------------------------------------------------------


@pytest.mark.parametrize("text", ["TW", "US"])
def test_a_name_and_a_code_of_different_countries_are_refused(text: str) -> None:
    sheet = Sheet(case_of("netflix: all-weeks-countries"))
    sheet.rows[0][sheet.header.index("country_iso2")] = text
    assert sheet.problem().code == "country-mismatch"


@having("place")
@pytest.mark.parametrize(
    ("text", "near"), [("Atlantis", ""), ("Nigera", "Nigeria"), ("Austrlia", "Australia")]
)
def test_an_unknown_country_is_never_guessed(case: Case, text: str, near: str) -> None:
    problem = refused(case, "place", text)
    assert problem.code == "unknown-country"
    assert near in str(problem.hint)


@having("place")
@pytest.mark.parametrize("text", ["Total", "Average"])
def test_a_sum_over_countries_is_no_country(case: Case, text: str) -> None:
    assert refused(case, "place", text).code == "not-a-country"


@having("place")
@pytest.mark.parametrize("text", ["Korea", "Congo"])
def test_a_name_of_several_countries_names_the_candidates(case: Case, text: str) -> None:
    problem = refused(case, "place", text)
    assert problem.code == "ambiguous-country"
    assert text in str(problem.hint)


def test_namibia_is_no_missing_value() -> None:
    sheet = Sheet(case_of("netflix: all-weeks-countries"))
    at, code = sheet.at("place"), sheet.header.index("country_iso2")
    for row, written_as in zip(sheet.rows, ("NA", "na"), strict=True):
        row[at], row[code] = "Namibia", written_as
    result, report = sheet.collected()
    assert report.is_clean
    assert [chart.place for chart in result.charts] == [Country("NA")]
    sheet.rows[0][code] = ""
    assert sheet.problem().code == "country-mismatch"


@having("place")
@pytest.mark.parametrize("text", ["AN", "SU", "YU", "EU", "ZZ"])
def test_codes_of_no_country_are_refused(case: Case, text: str) -> None:
    assert refused(case, "place", text).code == "unknown-country"


def test_kosovo_is_a_place() -> None:
    sheet = Sheet(case_of("netflix: all-weeks-countries"))
    for row in sheet.rows:
        row[sheet.at("place")], row[sheet.header.index("country_iso2")] = "Kosovo", "XK"
    assert sheet.collected()[0].charts[0].code == "XK"


@having("category")
def test_an_unknown_category_is_told_the_known_ones(case: Case) -> None:
    problem = refused(case, "category", "Films (Non English)")
    assert problem.code == "unknown-category"
    assert "known: " in str(problem.hint) or "expected one of" in problem.message


# -- titles and figures -------------------------------------------------------------------


@having("title")
@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\u200b", "\u200b \u2060"])
def test_a_title_that_shows_nothing_is_refused(case: Case, text: str) -> None:
    assert refused(case, "title", text).code == "empty-title"


@having("title")
def test_spaces_that_do_not_show_are_kept_and_looked_past(case: Case) -> None:
    printed = "A\u200bWork\u00a0Here"
    result, report = Sheet(case).put("title", printed).collected()
    assert report.is_clean
    assert result.title("awork here").name == printed


@having("title")
@pytest.mark.parametrize("text", ["gnp\u202eexe", "a\x1b[31mb", "a\x07b"])
def test_what_could_spoof_a_terminal_is_refused_and_shown_escaped(case: Case, text: str) -> None:
    assert refused(case, "title", text).code == "control-character"
    with pytest.raises(ParseErrors) as caught:
        case.reader(case.named(Sheet(case).put("title", text).data))
    assert text not in str(caught.value)


@having("title", "rank")
def test_two_normal_forms_are_one_title_and_two_spellings_two(case: Case) -> None:
    keys: list[str] = []
    for name in ("Poke\u0301mon's", "Pok\u00e9mon's", "Pok\u00e9mon\u2019s", "POK\u00c9MON'S"):
        result, report = full(case).put("title", name).collected()
        assert report.is_clean
        keys.append(result.title("pokemon's").key)
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@having("title")
@pytest.mark.parametrize("text", ["1917", "007", "NaN", "None", "TRUE", "1e5", "3-2", "null"])
def test_a_title_that_looks_like_a_number_stays_text(case: Case, text: str) -> None:
    result, report = Sheet(case).put("title", text).collected()
    assert report.is_clean
    assert text in [title.name for title in result.titles]


@having("title", "rank")
@pytest.mark.parametrize("text", ["=1+1", "@x", "-x", "+x"])
def test_what_a_spreadsheet_takes_for_a_formula_is_kept(case: Case, text: str) -> None:
    result, report = full(case).put("title", text).collected()
    assert report.is_clean
    assert text in [title.name for title in result.titles]
    for safe, shown in ((False, text), (True, f"'{text}")):
        stream = io.StringIO()
        write_kcharts(result, stream, spreadsheet_safe=safe)
        assert shown in stream.getvalue()


@having("count")
@pytest.mark.parametrize("text", ["-5", "1.5", "12 M", "inf", "1" + "0" * 30])
def test_a_figure_is_read_exactly_or_not_at_all(case: Case, text: str) -> None:
    assert refused(case, "count", text).code in ("bad-integer", "bad-number", "out-of-range")


@having("count")
def test_a_blank_figure_was_not_printed(case: Case) -> None:
    sheet = full(case).put("count", "")
    result, report = sheet.collected()
    assert report.is_clean
    assert len(result) == 3


def test_a_counter_that_jumps_is_warned_of_with_both_lines() -> None:
    case = case_of("netflix: all-weeks-countries")
    sheet = full(case)
    later = [list(row) for row in sheet.rows]
    for row in later:
        row[sheet.at("date")] = "2022-02-06"
        row[sheet.at("count")] = "9"
    sheet.rows += later
    result, report = sheet.collected()
    assert report.is_clean
    assert len(result) == 6
    noted = [note for note in report.notes if note.code == "inconsistent-run"]
    assert [note.line for note in noted] == [5, 6, 7]
    assert "after line 2" in noted[0].message


PRINTED_BY_OTHERS = [
    case for case in TABLES if not case.module.endswith((".flixpatrol", ".kcharts_table"))
]
"""Layouts that come out of people's spreadsheet programs; the others are written by programs."""


@pytest.mark.parametrize("case", PRINTED_BY_OTHERS, ids=str)
@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
def test_a_name_that_was_encoded_twice_is_noted_once(case: Case, taken_for: str) -> None:
    name = "Café Société".encode().decode(taken_for)
    history, report = Sheet(case).put("title", name).collected()
    assert report.is_clean
    assert name in {row.title.name for row in history}
    [message] = [note.message for note in report.notes if note.code == "double-encoded"]
    assert message.startswith(f"1 name in 1 rows, such as '{name}")
    assert message.endswith("UTF-8 that was encoded twice")


# -- JSON ---------------------------------------------------------------------------------


class Keys(NamedTuple):
    """The keys of a JSON record that hold what, and the path of the first record."""

    rank: str
    title: str
    path: str
    blank: str
    """One that may be null: a former rank or a figure."""
    of_blank: str


KEYS: dict[str, Keys] = {
    "billboard: Hot 100 archive": Keys(
        "this_week", "song", "$.data[0]", "last_week", "reported.last_rank"
    ),
    "netflix: Tudum page data": Keys("weeklyRank", "title", "$[0]", "weeklyViews", "metrics.views"),
    "flixpatrol: FlixPatrol API v2 top10s": Keys(
        "data.ranking",
        "data.movie.data.title",
        "$.data[0]",
        "data.rankingLast",
        "reported.last_rank",
    ),
}
json_wise = pytest.mark.parametrize("case", [c for c in CASES if str(c) in KEYS], ids=str)


def first_value(case: Case, role: str, written_as: str | None) -> bytes:
    """The sample with another first value of a key; without the key where it is None."""
    key = getattr(KEYS[str(case)], role).rpartition(".")[2]
    pattern = rf'"{key}": *("[^"]*"|[\w.-]+),? *'
    new = "" if written_as is None else f'"{key}": {written_as}, '
    changed, count = re.subn(pattern, lambda _: new, case.layout.sample, count=1)
    assert count == 1
    return re.sub(r", *}", "}", changed).encode()


def at_path(case: Case, role: str, data: bytes) -> Problem:
    """The one problem, which is named with the path of the value."""
    _, report = case.collected(case.named(data))
    assert report.rows_read == report.rows_accepted + report.rows_rejected
    problem = report.problems[0]
    keys = KEYS[str(case)]
    assert problem.column == f"{keys.path}.{getattr(keys, role)}"
    assert problem.row is not None
    assert problem.row in data.decode("utf-8", "surrogatepass")
    return problem


@json_wise
def test_a_truth_value_is_no_rank(case: Case) -> None:
    assert at_path(case, "rank", first_value(case, "rank", "true")).code == "bad-type"


@json_wise
@pytest.mark.parametrize("text", ["1.0", "1.5", "1e0", "0", "-1"])
def test_a_number_with_a_point_is_no_rank_in_json_either(case: Case, text: str) -> None:
    problem = at_path(case, "rank", first_value(case, "rank", text))
    assert problem.code in ("bad-integer", "rank-out-of-range")


@json_wise
def test_a_lone_surrogate_is_no_text(case: Case) -> None:
    data = first_value(case, "title", '"\\ud83d"')
    assert at_path(case, "title", data).code == "bad-text"
    assert str(case.collected(case.named(data))[1]).encode()


@json_wise
def test_a_title_that_is_a_number_is_refused(case: Case) -> None:
    assert at_path(case, "title", first_value(case, "title", "1917")).code == "title-not-text"


@json_wise
def test_null_where_nothing_was_printed_is_none(case: Case) -> None:
    result, report = case.collected(case.named(first_value(case, "blank", "null")))
    assert report.is_clean
    assert attrgetter(KEYS[str(case)].of_blank)(result[0]) is None


@pytest.mark.parametrize(
    ("case", "role"),
    [
        pytest.param(case, role, id=f"{case}: {role}")
        for case in CASES
        for role in ("rank", "title")
        if str(case) in KEYS and getattr(KEYS[str(case)], role) in case.layout.columns
    ],
)
def test_a_missing_key_is_named_with_its_path(case: Case, role: str) -> None:
    assert at_path(case, role, first_value(case, role, None)).code == "missing-value"


@json_wise
def test_an_unknown_key_is_kept_in_the_extras(case: Case) -> None:
    key = KEYS[str(case)].rank.rpartition(".")[2]
    data = case.layout.sample.replace(f'"{key}":', f'"brand new": "text", "{key}":', 1)
    result, report = case.collected(case.named(data.encode()))
    assert report.is_clean
    assert any("text" in dict(row.extras).values() for row in result)


@pytest.mark.parametrize("case", [c for c in CASES if c.layout.path], ids=str)
def test_a_key_beside_the_list_that_stands_twice_is_told(case: Case) -> None:
    data = case.layout.sample.replace("{", '{"one": 1, "one": 2, ', 1).encode()
    problem = case.collected(case.named(data))[1].problems[0]
    assert (problem.code, problem.message) == (
        "duplicate-column",
        "line 1: the key 'one' occurs twice in $",
    )


@pytest.mark.parametrize("case", [c for c in CASES if c.layout.medium in "json page"], ids=str)
def test_a_workbook_is_no_document(case: Case) -> None:
    assert case.collected(workbook([["date"]]))[1].problems[0].code == "wrong-format"


@json_wise
@pytest.mark.parametrize("text", ["[1]", '{"a": 1}'])
def test_a_list_or_an_object_in_place_of_a_value_is_refused(case: Case, text: str) -> None:
    data = first_value(case, "rank", text)
    _, report = case.collected(case.named(data))
    assert report.problems[0].code in ("bad-type", "missing-value")
    assert str(report.problems[0].column).startswith(KEYS[str(case)].path)


# -- workbooks ----------------------------------------------------------------------------


def book(sheet: Sheet, *, after: str = "") -> bytes:
    """A sheet's rows as a workbook in which every cell is a text."""
    return workbook([sheet.header, *sheet.rows], after=after)


def in_book(sheet: Sheet, role: str, value: object) -> Problem:
    """The first problem of a workbook with a value in the first row, named by its cell."""
    rows: list[list[object]] = [list(sheet.header), *map(list[object], sheet.rows)]
    rows[1][sheet.at(role)] = value
    problem = sheet.problem(workbook(rows))
    name = f"{letters(sheet.at(role))}2, {sheet.column(role)}"
    assert (problem.sheet, problem.line, problem.column) == ("Top 10", 2, name)
    return problem


@table
def test_a_workbook_of_the_same_cells_is_read_alike(case: Case) -> None:
    sheet = Sheet(case)
    assert case.reader(case.named(book(sheet))) == case.reader(case.named(sheet.data))


@having("date")
def test_a_date_cell_is_a_date_by_either_epoch(case: Case) -> None:
    sheet = Sheet(case)
    expected = case.reader(case.named(sheet.data))
    for first, properties in (("1899-12-30", ""), ("1904-01-01", '<workbookPr date1904="1"/>')):
        rows: list[list[object]] = [list(sheet.header), *map(list[object], sheet.rows)]
        for row in rows[1:]:
            day = dt.date.fromisoformat(str(row[sheet.at("date")]))
            row[sheet.at("date")] = dated((day - dt.date.fromisoformat(first)).days)
        strings = Strings()
        parts = package({"Top 10": sheet_xml(strings.rows(rows))}, strings, properties=properties)
        assert case.reader(case.named(packed(parts))) == expected


@having("date")
def test_a_time_of_day_is_no_date_in_a_workbook_either(case: Case) -> None:
    assert in_book(Sheet(case), "date", dated(44_591.5, DATE_AND_TIME)).code == "bad-date"


@having("title")
def test_a_title_that_a_spreadsheet_took_for_something_else_is_refused(case: Case) -> None:
    for value, shown in ((1917, "1917"), (dated(44_764), "2022-07-22"), (TRUE, "true")):
        problem = in_book(Sheet(case), "title", value)
        assert (problem.code, problem.value) == ("title-not-text", shown)
        assert problem.hint


@table
def test_the_sheet_is_the_one_with_the_columns_wherever_its_header_is(case: Case) -> None:
    sheet = Sheet(case)
    expected = case.reader(case.named(sheet.data))
    strings = Strings()
    banner = [["Of our own making"], []]
    sheets = {
        "About": sheet_xml(strings.rows([["Who", "asked"], ["nobody", "knows"]])),
        "Data": sheet_xml(strings.rows([*banner, sheet.header, *sheet.rows])),
    }
    result, report = sheet.collected(packed(package(sheets, strings)))
    assert result == expected
    assert report.is_clean
    hidden = packed(package(sheets, strings, states={"Data": "hidden"}))
    result, report = sheet.collected(hidden)
    assert result == expected
    assert "hidden-sheet" in [note.code for note in report.notes]


@having("title")
def test_merged_cells_cost_the_row_that_they_empty(case: Case) -> None:
    sheet = Sheet(case)
    sheet.rows = [list(sheet.rows[0]), list(sheet.rows[0])]
    column = letters(sheet.at("title"))
    sheet.put("title", "", 1)
    problem = sheet.problem(book(sheet, after=merged(f"{column}2:{column}3")))
    assert (problem.code, problem.line) == ("merged-cells", 3)


@table
def test_an_error_in_place_of_a_value_is_named(case: Case) -> None:
    for role in ("title", "rank", "date", "count"):
        if getattr(ROLES[str(case)], role) is not None:
            problem = in_book(Sheet(case), role, DIVIDED)
            assert (problem.code, problem.value) == ("error-cell", "#DIV/0!")


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@table
def test_what_is_no_workbook_is_refused_as_what_it_is(case: Case) -> None:
    encrypted = OLD + "EncryptedPackage".encode("utf-16-le")
    document = packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    )
    for data, said in ((OLD, ".xls"), (encrypted, "encrypted"), (document, ".ods")):
        problem = whole(case, data)
        assert problem.code == "wrong-format"
        assert said in f"{problem.message} {problem.hint}"


@table
def test_a_damaged_workbook_is_refused_whole(case: Case) -> None:
    good = book(Sheet(case))
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        crc = archive.getinfo(SHEET).CRC
    wrong = good.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))
    lacking = packed({name: part for name, part in parts.items() if name != SHEET})
    for data in (good[:-40], wrong, lacking):
        assert whole(case, data).code == "corrupt-file"


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
BOMBS = {
    "ratio": lambda: packed({**package({}, Strings()), "xl/x.bin": b"\0" * 10_000_000}),
    "a long text": lambda: of_data("<row/>", texts=["x" * 200_000_000]),
    "a far cell": lambda: of_data(FAR),
    "entities": lambda: packed({**package({"a": LAUGHS}, Strings())}),
    "an outside entity": lambda: packed({**package({"a": OUTSIDE}, Strings())}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_unfolds(name: str) -> None:
    data = BOMBS[name]()
    for case in TABLES:
        assert whole(case, data).code == "limit-exceeded"


# -- pages --------------------------------------------------------------------------------


DAY = " on Netflix on January 31, 2022"
PAGES = {
    "of a country": (country_list, "TOP 10 Movies", "TOP 10 TV Shows"),
    "of the world": (world_list, f"TOP Movies{DAY}", f"TOP TV Shows{DAY}"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_gives_the_rows_of_another_list(name: str) -> None:
    [case] = [c for c in CASES if c.layout.name == f"FlixPatrol page {name}"]
    expected = {row.title.name for row in case.reader(case.named(case.data))}
    made, of_films, of_series = PAGES[name]
    movies, shows = made(of_films, FILMS), made(of_series, SERIES)
    assert movies in case.layout.sample
    assert shows in case.layout.sample
    for old, new, code, left in (
        (of_films, "Most Watched", "unexpected-structure", SERIES),
        (movies, "", None, SERIES),
        (shows, "", None, FILMS),
        (movies, made(of_films, FILMS[:9]), None, FILMS[:9] + SERIES),
        (movies, "<div>" * 200_000 + movies, "unexpected-structure", ()),
        (movies, f"<script>{movies}</script>", None, SERIES),
    ):
        data = case.layout.sample.replace(old, new).encode()
        result, report = case.collected(case.named(data))
        assert report.rows_read == report.rows_accepted + report.rows_rejected
        found = {row.title.name for row in result}
        assert found == set(left)
        assert found <= expected
        assert set(report.counts) == ({code} if code else set())
        assert report.problems or report.notes


# -- sources ------------------------------------------------------------------------------


@every
def test_what_cannot_be_opened_is_told_with_its_name(case: Case, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ParseErrors, match="unreadable-source") as caught:
            case.reader(path)
        assert path.name in str(caught.value)
        assert isinstance(caught.value.__cause__, OSError)


@every
def test_a_stream_without_an_end_is_cut_off_at_the_limit(case: Case) -> None:
    class Zeros(io.RawIOBase):
        """A device that never ends."""

        name = case.name

        def readinto(self, buffer: Any) -> int:
            buffer[:] = bytes(len(buffer))
            return len(buffer)

    result, report = case.reader(Zeros(), on_error="collect", limits=Limits(file_bytes=100_000))
    assert dict(report.counts) == {"limit-exceeded": 1}
    assert len(result) == 0


@every
def test_readers_share_nothing_between_threads(case: Case) -> None:
    expected = case.reader(case.named(case.data))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(case.reader, [case.named(case.data) for _ in range(16)]))
    assert all(each == expected for each in found)


@every
def test_one_file_twice_is_one(case: Case) -> None:
    if case.layout.is_chart:
        once = read(case.named(case.data))
        assert read(case.named(case.data), case.named(case.data)) == once
        assert once.merge(once) == once


@having("rank", "title", "date", "count")
def test_files_that_contradict_each_other_are_in_conflict(case: Case) -> None:
    one, other = full(case), full(case)
    other.put("title", "Work 3", 0).put("title", "Work 1", 2)
    with pytest.raises(ConflictError, match=r"line \d against .* line \d"):
        read(case.named(one.data), case.named(other.data))


@list_wise
def test_a_list_that_is_not_in_hand_is_no_absence(case: Case) -> None:
    """What a run over it comes to is a range, never a guess."""
    sheet = full(case)
    [chart] = case.reader(case.named(sheet.data)).charts
    calendar = case.reader(case.named(sheet.data)).calendar(chart.series)
    days = calendar.between(
        sheet.get("date"), dt.date.fromisoformat(sheet.get("date")).replace(year=2030)
    )[:5]
    rows = [[*row] for row in sheet.rows]
    sheet.rows = []
    for day in (days[0], days[1], days[3]):
        for row in rows:
            again = list(row)
            again[sheet.at("date")] = str(day)
            sheet.rows.append(again)
    result, _ = sheet.collected()
    assert result.status(chart, days[2]) is IssueStatus.MISSING
    longest = streaks(result, "Work 1")[0]
    assert (longest.length, longest.end_known) == (2, False)
    bridged = streaks(result, "Work 1", gaps="bridge")[0]
    assert (bridged.length, bridged.observed) == (4, 3)
    with pytest.raises(GapError):
        streaks(result, "Work 1", gaps="raise")


def case_of(name: str) -> Case:
    return next(case for case in CASES if str(case) == name)


def test_every_layout_of_a_chart_in_a_table_has_a_recipe() -> None:
    charts = (c for c in CASES if c.layout.medium == "table" and c.layout.is_chart)
    assert set(ROLES) == {str(c) for c in charts if len(c.layout.columns) > 1}
