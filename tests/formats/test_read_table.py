"""`read_table`: tables of no known format, by the names that the caller gives their columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy
import pandas
import polars
import pytest
from hypothesis import given, strategies as st

import kcharts
from kcharts import (
    WORLD,
    Calendar,
    ChartHistory,
    Country,
    Frequency,
    Limits,
    ParseErrors,
    ReadReport,
    Title,
    read_table,
)
from kcharts.errors import Problem, UnknownCountryError
from tests.laws.test_readers import conserved, spoilt
from tests.sources.workbooks import dated, workbook

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")

SAID: dict[str, Any] = {"publisher": "A Station", "frequency": "weekly", "country": "KR"}
MAPPED = {"title": "Song", "date": "Week", "rank": "Pos", "country": "Region", "by": "Artist"}
RADIO = (
    "Week,Region,Pos,Song,Artist,Plays\n"
    "2022-01-07,South Korea,1,A Song,A Singer,70\n"
    '2022-01-07,South Korea,2,"B Song, Again",B Singer,60\n'
    "2022-01-07,world,1,B Song,B Singer,50\n"
    "2022-01-14,kr,1,A Song,A Singer,\n"
)
PLAIN = "title,date,rank\nA,2022-01-07,1\nB,2022-01-07,2\n"
ROWS = [
    {"title": "A", "date": "2022-01-07", "rank": "1"},
    {"title": "B", "date": "2022-01-07", "rank": "2"},
]


def table(given: Any, **options: Any) -> ChartHistory:
    """The history of a table, whatever is given and said."""
    read = cast("Callable[..., ChartHistory]", read_table)
    return read(given, **options)


def radio(**options: Any) -> ChartHistory:
    options = {"columns": MAPPED, **options}
    return table(RADIO.encode(), publisher="A Station", frequency="weekly", **options)


def problems(given: Any, **options: Any) -> list[Problem]:
    with pytest.raises(ParseErrors) as caught:
        table(given, **options)
    return [error.problem for error in caught.value.problems]


def problem(given: Any, **options: Any) -> Problem:
    [found] = problems(given, **options)
    return found


def collected(given: Any, **options: Any) -> tuple[ChartHistory, ReadReport]:
    read = cast("Callable[..., tuple[ChartHistory, ReadReport]]", read_table)
    return read(given, on_error="collect", **options)


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    history = radio(category="Songs")
    [series] = history.series
    assert str(series) == "A Station Songs, weekly"
    assert (series.platform, series.depth) == ("A Station", 10)
    assert [chart.place for chart in history.charts] == [WORLD, Country("KR")]
    assert [str(day) for day in history.dates] == ["2022-01-07", "2022-01-14"]
    row = history.issue(history.charts[1], "2022-01-07").rows[1]
    assert row.title == Title("B Song, Again", by="B Singer")
    assert row.source is not None
    assert (row.rank, row.source.line) == (2, 3)


def test_columns_without_a_field_are_kept_and_noted() -> None:
    history, report = collected(
        RADIO.encode(), publisher="A Station", frequency="weekly", columns=MAPPED
    )
    assert [dict(row.extras).get("Plays") for row in history] == ["50", "70", "60", None]
    assert [note.code for note in report.notes] == ["unknown-column"]


def test_figures_are_taken_where_columns_says_which_they_are() -> None:
    history = radio(columns={**MAPPED, "streams": "Plays"})
    assert [row.metrics.streams for row in history] == [50, 70, 60, None]
    assert all(not row.extras for row in history)


def test_four_columns_need_no_mapping_whatever_their_case() -> None:
    text = "Title , DATE,Rank,country\nA,2022-01-07,1,KR\n"
    history, report = collected(text.encode(), publisher="P", frequency="daily")
    assert (len(history), history.series[0].category) == (1, "Chart")
    assert {note.code for note in report.notes} == {"folded-column"}


def test_a_series_may_be_in_columns() -> None:
    header = "publisher,platform,category,frequency,country,date,rank,title"
    text = f"{header}\nP,Q,TV,daily,KR,2022-01-07,1,A\nP,Q,Films,daily,KR,2022-01-07,1,B\n"
    history = table(text.encode())
    assert [str(series) for series in history.series] == [
        "Q Films by P, daily",
        "Q TV by P, daily",
    ]


def test_an_argument_goes_before_a_column_of_its_name_which_is_kept() -> None:
    text = "title,date,rank,category\nA,2022-01-07,1,Pop\nB,2022-01-07,2,Rock\n"
    history = table(text.encode(), **SAID, category="Songs", platform="Radio")
    assert str(history.series[0]) == "Radio Songs by A Station, weekly"
    assert [dict(row.extras)["category"] for row in history] == ["Pop", "Rock"]


def test_a_column_is_not_guessed_to_be_part_of_the_title() -> None:
    """A column called year may well be that of the chart."""
    text = "title,date,rank,year\nA,2021-12-31,1,2021\nA,2022-01-07,1,2022\n"
    history = table(text.encode(), **SAID)
    assert [title.year for title in history.titles] == [None]
    mapped = table(text.encode(), **SAID, columns={"year": "year"})
    assert [title.year for title in mapped.titles] == [2021, 2022]


def test_every_field_of_a_title_can_be_mapped() -> None:
    cells = {
        "name": "A",
        "part": "Season 2",
        "what": "TV",
        "since": "2020",
        "id": "x:1",
        "from": "South Korea",
        "out": dt.date(2022, 1, 1),
        "other": "imdb:tt1 tmdb:2",
        "date": dt.date(2022, 1, 7),
        "rank": 1,
    }
    columns = {
        "title": "name",
        "season": "part",
        "kind": "what",
        "year": "since",
        "key": "id",
        "origin": "from",
        "released": "out",
        "ids": "other",
    }
    [title] = table([cells], **SAID, columns=columns).titles
    assert (title.name, title.season, title.kind, title.year) == ("A", "Season 2", "TV", 2020)
    assert (title.key, title.origin, title.released) == ("x:1", Country("KR"), dt.date(2022, 1, 1))
    assert title.ids == ("imdb:tt1", "tmdb:2")
    blank = {**cells, "from": None, "out": None, "id": None}
    [title] = table([blank], **SAID, columns=columns).titles
    assert (title.origin, title.released, title.has_own_key) == (None, None, False)


def test_counters_can_be_mapped() -> None:
    text = "title,date,rank,weeks,best,last\nA,2022-01-07,1,5,1,\n"
    columns = {"reported_periods_on_chart": "weeks", "reported_peak": "best"}
    [row] = table(text.encode(), **SAID, columns={**columns, "reported_last_rank": "last"})
    counters = row.reported
    assert (counters.periods_on_chart, counters.peak, counters.last_rank) == (5, 1, None)


@pytest.mark.parametrize("word", ["WORLD", "world", "Worldwide", "Global"])
def test_the_world_chart_is_told_by_a_word(word: str) -> None:
    text = f"title,date,rank,country\nA,2022-01-07,1,{word}\n"
    history = table(text.encode(), publisher="P", frequency="weekly")
    assert history.charts[0].place is WORLD


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Atlantis", "unknown-country"),
        ("Korea", "ambiguous-country"),
        ("Total", "not-a-country"),
        ("", "missing-value"),
    ],
)
def test_what_is_no_country_is_refused(cell: str, code: str) -> None:
    text = f"title,date,rank,land\nA,2022-01-07,1,{cell}\n"
    found = problem(text.encode(), publisher="P", frequency="daily", columns={"country": "land"})
    assert (found.code, found.column, found.line) == (code, "land", 2)


# What is missing is said once, and how to say it.


def test_every_column_that_is_needed_is_named_once_with_a_way_out() -> None:
    found = problems(RADIO.encode())
    assert {each.code for each in found} == {"missing-column"}
    assert [each.message for each in found] == [
        "the table has no column title",
        "the table has no column date",
        "the table has no column rank",
        "the table has no column country",
        "the table has no column publisher or frequency",
    ]
    assert "perhaps columns={'title': 'Song'}; found: 'Week, Region, Pos" in str(found[0].hint)
    assert str(found[3].hint).startswith('country="KR", or "world", if no column is; perhaps')
    assert found[4].hint == 'give publisher="..." and frequency="daily" or "weekly"'


def test_a_column_that_nothing_resembles_is_asked_for() -> None:
    found = problem(b"Werk,date,rank\nA,2022-01-07,1\n", **SAID)
    assert found.hint == "columns={'title': ...}; found: 'Werk, date, rank'"


def test_a_mapped_column_that_is_not_there_is_told_with_what_is_like_it() -> None:
    found = problems(PLAIN.encode(), **SAID, columns={"title": "titel", "by": "Sänger"})
    assert [each.message for each in found] == [
        "the table has no column 'titel', which columns= gives as title",
        "the table has no column 'Sänger', which columns= gives as by",
    ]
    assert found[0].hint == "perhaps 'title'; found: 'title, date, rank'"
    assert found[1].hint == "found: 'title, date, rank'"


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"titel": "Song"}, "expected keys such as title, found 'titel'"),
        ({"###": "Song"}, "expected keys such as title, date, rank, publisher"),
        ({"country": "Land"}, "country: it is given as an argument, and in columns"),
    ],
)
def test_what_columns_cannot_say_is_refused(columns: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        table(PLAIN.encode(), **SAID, columns=columns)


def test_a_columns_name_is_a_text() -> None:
    with pytest.raises(TypeError, match="expected a column's name, found 3"):
        table(PLAIN.encode(), **SAID, columns={"title": 3})


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"frequency": "yearly"}, ValueError),
        ({"country": "Atlantis"}, UnknownCountryError),
        ({"country": 3}, TypeError),
        ({"publisher": ""}, ValueError),
        ({"platform": 3}, TypeError),
        ({"depth": 0}, ValueError),
        ({"calendar": "weekly"}, TypeError),
        ({"ties": "yes"}, ValueError),
        ({"repeats": True}, ValueError),
        ({"on_error": "ignore"}, ValueError),
        ({"date_format": "%H"}, ValueError),
    ],
)
def test_wrong_arguments_are_refused(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        table(PLAIN.encode(), **{**SAID, **options})


def test_a_frequency_may_be_a_frequency() -> None:
    history = table(PLAIN.encode(), **{**SAID, "frequency": Frequency.DAILY})
    assert history.series[0].frequency is Frequency.DAILY


# Depth, calendar, ties and repeats.


def ranked(*ranks: int, category: str = "") -> str:
    rows = [f"T{rank},2022-01-07,{rank}{category}\n" for rank in ranks]
    return f"title,date,rank{',category' if category else ''}\n" + "".join(rows)


def test_the_depth_is_that_of_the_deepest_rank_and_at_least_ten() -> None:
    assert table(ranked(1, 2).encode(), **SAID).series[0].depth == 10
    assert table(ranked(*range(1, 41)).encode(), **SAID).series[0].depth == 40


def test_each_series_has_its_own_depth() -> None:
    text = ranked(1, 40, 3, category=",Songs") + "A,2022-01-07,1,Albums\n"
    history = table(text.encode(), **SAID)
    assert [(s.category, s.depth) for s in history.series] == [("Albums", 10), ("Songs", 40)]


def test_a_list_that_lost_a_row_is_short_of_the_deepest_rank() -> None:
    text = ranked(*range(1, 41)) + "A,then,3\n" + ranked(*range(1, 40)).replace("-07", "-14")[16:]
    history, report = collected(text.encode(), **SAID)
    assert (report.rows_unplaced, report.lists_defective) == (1, 1)
    assert history.series[0].depth == 40


def test_a_rank_beyond_the_depth_is_refused() -> None:
    found = problem(ranked(1, 11).encode(), **SAID, depth=10)
    assert (found.code, found.hint) == (
        "rank-out-of-range",
        "depth=... says how many ranks a full list has",
    )
    assert problem(ranked(1, 1_001).encode(), **SAID).code == "rank-out-of-range"
    assert table(ranked(1, 1_001).encode(), **SAID, depth=2_000).series[0].depth == 2_000
    assert problem(ranked(1).replace(",1\n", ",1.0\n").encode(), **SAID).hint is None


def test_a_calendar_may_be_given() -> None:
    fridays = Calendar.weekly("friday", first=dt.date(2022, 1, 7))
    history = table(PLAIN.encode(), **SAID, calendar=fridays)
    assert history.calendar(history.series[0]) == fridays
    saturdays = Calendar.weekly("saturday")
    found = problems(PLAIN.encode(), **SAID, calendar=saturdays)
    assert [each.code for each in found] == ["not-an-issue"] * 2


def test_without_one_the_calendar_is_inferred() -> None:
    history = table(PLAIN.encode(), **SAID)
    assert history.calendar(history.series[0]) == Calendar.weekly("friday")


def test_ties_and_repeats_are_refused_unless_they_are_to_be_kept() -> None:
    tied = "title,date,rank\nA,2022-01-07,1\nB,2022-01-07,1\nC,2022-01-07,3\n"
    assert {(each.code, each.hint) for each in problems(tied.encode(), **SAID)} == {
        ("duplicate-rank", 'ties="keep" allows several titles at one rank')
    }
    assert len(table(tied.encode(), **SAID, ties="keep")) == 3
    twice = "title,date,rank\nA,2022-01-07,1\nA,2022-01-07,2\n"
    assert {(each.code, each.hint) for each in problems(twice.encode(), **SAID)} == {
        ("duplicate-title", 'repeats="keep" allows one title at several ranks')
    }
    assert len(table(twice.encode(), **SAID, repeats="keep")) == 2


def test_dates_may_be_written_otherwise() -> None:
    text = "title,date,rank,out\nA,01/07/2022,1,12/31/2021\n"
    history = table(text.encode(), **SAID, date_format="%m/%d/%Y", columns={"released": "out"})
    assert history[0].date == dt.date(2022, 1, 7)
    assert history[0].title.released == dt.date(2021, 12, 31)
    assert problem(text.encode(), **SAID).code == "bad-date"


# Sources and rows.


def test_all_forms_of_one_table_are_equal(tmp_path: Path) -> None:
    expected = table(PLAIN.encode(), **SAID)
    path = tmp_path / "table.csv"
    path.write_text(PLAIN, encoding="utf-8")
    records = [{**row, "rank": int(row["rank"])} for row in ROWS]
    lines = "\n".join(map(json.dumps, records))
    forms: list[Any] = [
        *(path, str(path), io.StringIO(PLAIN), io.BytesIO(PLAIN.encode())),
        *(PLAIN.replace(",", "\t").encode(), PLAIN.replace(",", ";").encode()),
        *(json.dumps(records).encode(), json.dumps(records, indent=2).encode(), lines.encode()),
        *(ROWS, iter(ROWS), records, csv.DictReader(io.StringIO(PLAIN))),
        polars.DataFrame(ROWS).to_dicts(),
        pandas.DataFrame(ROWS).to_dict("records"),
    ]
    for form in forms:
        assert table(form, **SAID) == expected


def test_a_workbook_is_a_table_wherever_its_header_stands() -> None:
    rows: list[list[object]] = [
        ["A note above"],
        ["Song", "Week", "Pos", "Out", "Plays"],
        ["A", dated(44_568), 1, dated(44_560), 70],
        ["B", dated(44_568), 2, "", 60],
    ]
    columns = {"title": "Song", "date": "Week", "rank": "Pos", "released": "Out"}
    history = table(workbook(rows), **SAID, columns={**columns, "streams": "Plays"})
    assert [(str(row.date), row.rank, row.metrics.streams) for row in history] == [
        ("2022-01-07", 1, 70),
        ("2022-01-07", 2, 60),
    ]
    assert [title.released for title in history.titles] == [dt.date(2021, 12, 30), None]
    assert {each.code for each in problems(workbook(rows), **SAID)} == {"missing-column"}


@pytest.mark.parametrize(
    ("frame", "way"),
    [
        (polars.DataFrame(ROWS), "to_dicts()"),
        (polars.LazyFrame(ROWS), "collect().to_dicts()"),
        (pandas.DataFrame(ROWS), 'to_dict("records")'),
        (kcharts.sample(), "rows as mappings"),
    ],
    ids=["polars", "polars, lazy", "pandas", "history"],
)
def test_a_data_frame_is_to_be_taken_apart_first(frame: Any, way: str) -> None:
    with pytest.raises(TypeError) as caught:
        table(frame, **SAID)
    assert str(caught.value).endswith(f"give its {way}")


@pytest.mark.parametrize("given", [None, 3, {"title": "A"}])
def test_what_holds_no_rows_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="rows as mappings"):
        table(given, **SAID)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["A", "2022-01-07", 1]], "row 1: expected a mapping of columns to values"),
        ([*ROWS, {3: "A"}], "row 3: expected a column's name as text, found 3"),
    ],
)
def test_rows_are_mappings_of_names(rows: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        table(rows, **SAID)


def test_no_rows_at_all_are_told() -> None:
    assert problem([], **SAID).code == "empty-file"


def test_a_row_longer_than_the_header_is_rejected_as_it_stood() -> None:
    reader = csv.DictReader(io.StringIO(f"{PLAIN}C,2022-01-07,3,and more\n"))
    history, report = collected(reader, **SAID)
    [found] = report.problems
    assert (found.code, found.line) == ("too-many-fields", 3)
    assert "'and more'" in str(found.row)
    assert len(history) == 2


class NAType:
    """What pandas has for what is absent: it cannot even be compared."""

    def __ne__(self, other: object) -> bool:
        raise TypeError

    __hash__ = None  # type: ignore[assignment]  # likewise


class Stubborn(NAType):
    """Something else that cannot be compared."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((None, None), (float("nan"), None), (pandas.NaT, None), (pandas.NA, None)),
        *(("", None), (NAType(), None), (Decimal("NaN"), None)),
        *(
            (7, 7),
            (7.0, 7),
            (Decimal(7), 7),
            (Decimal("7.0"), 7),
            (Decimal("7.50"), Decimal("7.50")),
            (numpy.float32(7.0), 7),
            (numpy.float32(1.5), Decimal("1.5")),
            (numpy.int64(2**53 + 1), 2**53 + 1),
            (Fraction(14, 2), 7),
            (1.5, Decimal("1.5")),
        ),
    ],
)
def test_values_are_taken_for_what_they_are(value: Any, expected: Any) -> None:
    rows = [{**ROWS[0], "points": value}]
    [row] = table(rows, **SAID, columns={"points": "points"})
    assert row.metrics.points == expected


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("date", dt.datetime(2022, 1, 7, tzinfo=dt.UTC), "bad-date"),
        ("date", pandas.Timestamp("2022-01-07"), "bad-date"),
        ("date", 44_568, "bad-date"),
        ("date", None, "missing-value"),
        ("date", numpy.datetime64("2022-01-07T00:00", "ns"), "bad-date"),
        ("date", numpy.datetime64("2022-01-07T00:00", "s"), "bad-date"),
        ("rank", True, "bad-type"),
        ("rank", 1.5, "bad-integer"),
        ("rank", float("inf"), "bad-integer"),
        ("rank", Decimal("inf"), "bad-integer"),
        ("rank", 1j, "bad-integer"),
        ("rank", float("nan"), "missing-value"),
        ("rank", dt.date(2022, 1, 7), "bad-type"),
        ("title", 1917, "title-not-text"),
        ("title", dt.date(2022, 7, 22), "title-not-text"),
        ("title", None, "empty-title"),
        ("title", Stubborn(), "bad-type"),
        ("title", "x" * 40_000, "field-too-long"),
        ("title", "\ud83d", "bad-text"),
    ],
)
def test_values_of_the_wrong_type_are_refused(column: str, value: Any, code: str) -> None:
    row = {**ROWS[0], column: value}
    found = problem([row], **SAID)
    assert (found.code, found.column) == (code, column)


def test_places_may_be_values() -> None:
    rows = [{**ROWS[0], "country": Country("KR")}, {**ROWS[0], "country": WORLD}]
    history = table(rows, publisher="P", frequency="weekly")
    assert [chart.place for chart in history.charts] == [WORLD, Country("KR")]


def test_a_day_of_numpy_is_a_date() -> None:
    rows = [{**ROWS[0], "date": numpy.datetime64("2022-01-07")}]
    assert [str(row.date) for row in table(rows, **SAID)] == ["2022-01-07"]


def test_a_mapping_that_is_used_again_for_each_row_loses_none() -> None:
    def rows() -> Iterator[dict[str, str]]:
        held: dict[str, str] = {}
        for row in ROWS:
            held.update(row)
            yield held

    assert [row.title.name for row in table(rows(), **SAID)] == ["A", "B"]


def test_limits_hold() -> None:
    limits = Limits(field_characters=3, file_bytes=20)
    assert problem(PLAIN.encode(), **SAID, limits=limits).code == "limit-exceeded"
    assert problem([{**ROWS[0], "title": "long"}], **SAID, limits=limits).code == "field-too-long"


def test_what_is_no_table_is_told() -> None:
    assert problem(b"<html><title>Page Not Found</title>", **SAID).code == "wrong-format"
    assert problem(b"", **SAID).code == "empty-file"
    assert problem(b"[1, 2]", **SAID).code == "bad-json"
    assert problem(Path("nowhere.csv"), **SAID).code == "unreadable-source"


def test_a_counter_that_falls_back_is_noted() -> None:
    text = "title,date,rank,weeks\nA,2022-01-07,1,5\nA,2022-01-14,1,4\n"
    columns = {"reported_periods_on_chart": "weeks"}
    _, report = collected(text.encode(), **SAID, columns=columns)
    assert [note.code for note in report.notes] == ["inconsistent-run"]


@given(st.data())
def test_nothing_is_lost_and_nothing_else_is_raised(data: st.DataObject) -> None:
    content = data.draw(spoilt(RADIO))
    history, report = collected(
        content, publisher="A Station", frequency="weekly", columns={**MAPPED, "streams": "Plays"}
    )
    assert conserved(report)
    assert len(history) == report.rows_accepted


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 12),
    st.floats(width=16),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=3),
    st.sampled_from(["A", "2022-01-07", "1", b"1", "KR", ["x"], {"y": 1}, 10**40]),
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["title", "date", "rank", "x", None]),
            VALUES,
        ),
        max_size=6,
    )
)
def test_rows_of_any_values_are_accepted_or_reported(
    rows: list[dict[str | None, object]],
) -> None:
    known = [{"title": "Z", "date": dt.date(2022, 1, 7), "rank": 9}]
    history, report = collected([*known, *rows], **SAID, columns={"views": "rank"})
    assert conserved(report)
    assert len(history) == report.rows_accepted
