"""The kcharts table: what is written is read again, and what is read is what was said."""

from __future__ import annotations

import datetime as dt
import io
import json
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from kcharts.errors import IncompleteListsWarning, ParseErrors
from kcharts.formats.kcharts_table import SPEC, read_kcharts, write_kcharts
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, Metrics, RankSnapshot, Reported
from kcharts.model.title import Title
from kcharts.testing import histories, titles
from tests.formats.made import TABLE, conserves, csv, table_rows, the_problem

MAY_1 = dt.date(2022, 5, 1)
SERIES = ChartSeries("Made Up", "Streams", "TV", Frequency.WEEKLY, 2)
KOREA, WORLDWIDE = Chart(SERIES, Country("KR")), Chart(SERIES, WORLD)
LAYOUTS = st.sampled_from(["csv", "jsonl"])
PUBLISHED, MISSING, DEFECTIVE, STALE, OUTSIDE = IssueStatus
CODE, DAY, STATUS, RANK, NAME = 5, 6, 7, 8, 9


def week(number: int) -> dt.date:
    return MAY_1 + dt.timedelta(7 * number)


def whole_list(chart: Chart, day: dt.date) -> list[RankSnapshot]:
    names = [f"Show {rank}" for rank in range(1, chart.series.depth + 1)]
    return [RankSnapshot(Title(name), chart, day, at) for at, name in enumerate(names, 1)]


def made(*weeks: int, chart: Chart = KOREA, **kept: Any) -> ChartHistory:
    rows = [row for number in weeks for row in whole_list(chart, week(number))]
    return ChartHistory.from_snapshots(rows, **kept)


def written(history: ChartHistory, layout: Any = "csv", **options: Any) -> str:
    stream = io.StringIO()
    write_kcharts(history, stream, layout=layout, **options)
    return stream.getvalue()


def again(history: ChartHistory, layout: Any = "csv") -> ChartHistory:
    return read_kcharts(written(history, layout).encode())


# -- laws ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", ["plain", "detailed", "loose"])
@given(st.data(), LAYOUTS)
def test_what_is_written_is_read_again(
    rows: Literal["plain", "detailed", "loose"], data: st.DataObject, layout: str
) -> None:
    """read(write(h)) == h for every whole history, also one of ties, marks, closings, cuts."""
    names = titles() if rows == "detailed" else None
    history = data.draw(histories(rows=rows, cuts="sometimes", titles=names))
    assert again(history, layout) == history


@given(histories(max_charts=5), st.data(), LAYOUTS)
def test_a_history_of_some_places_keeps_what_is_known_of_them(
    history: ChartHistory, data: st.DataObject, layout: str
) -> None:
    """Issues of which only the places left out have lists are due in the others, too."""
    place = data.draw(st.sampled_from([chart.place for chart in history.charts]))
    narrow = history.select(country=place)
    assert again(narrow, layout) == narrow


@given(histories(rows="detailed", titles=titles()))
def test_writing_twice_gives_the_same_text(history: ChartHistory) -> None:
    assert written(again(history)) == written(history)


# -- what rows say of lists ---------------------------------------------------------------


def test_no_status_is_written_for_what_the_rows_say() -> None:
    """The week between two lists is missing by itself."""
    history = made(0, 2)
    assert history.status(KOREA, week(1)) is MISSING
    assert "status" not in written(history)


def statuses(text: str) -> list[str]:
    head, *rows = text.splitlines()
    at = head.split(",").index("status")
    return [row.split(",")[at] for row in rows]


def test_marks_of_lists_in_hand_stand_on_their_rows() -> None:
    history = made(0, 1).with_status(KOREA, week(1), DEFECTIVE)
    assert statuses(written(history)) == ["", "", "defective", "defective"]
    assert again(history) == history


def test_a_list_that_is_known_to_be_due_is_written_as_missing() -> None:
    both = made(0, 1, 2).merge(made(0, chart=WORLDWIDE))
    world = both.select(country=WORLD)
    assert statuses(written(world)) == ["", "", "missing", "missing"]
    assert again(world).status(WORLDWIDE, week(2)) is MISSING


def test_the_end_of_a_chart_is_kept() -> None:
    history = made(0, 1, 2).merge(made(0, chart=WORLDWIDE)).closing(WORLD, week(1))
    back = again(history)
    assert back == history
    assert back.status(WORLDWIDE, week(2)) is OUTSIDE
    assert "closing" in written(history)


def test_a_list_in_hand_without_rows_is_kept() -> None:
    builder = Builder()
    builder.issue(KOREA, week(0))
    history = ChartHistory(builder.build())
    assert statuses(written(history)) == ["published"]
    assert again(history) == history


def test_a_chart_of_which_nothing_is_known_is_kept() -> None:
    builder = Builder()
    builder.chart(KOREA)
    builder.issue(WORLDWIDE, week(0))
    history = ChartHistory(builder.build())
    assert again(history) == history
    assert again(history).charts == (WORLDWIDE, KOREA)


def test_a_chart_of_which_only_the_end_is_known_is_kept() -> None:
    row = status_row("closing")
    row[3] = "weekly"
    history = read_kcharts(csv([row]))
    assert history.status(history.charts[0], "2022-02-01") is OUTSIDE
    assert again(history) == history


@pytest.mark.parametrize("layout", ["csv", "jsonl"])
def test_an_empty_history_is_read_again(layout: str) -> None:
    empty = ChartHistory.from_snapshots([])
    assert again(empty, layout) == empty


def test_a_calendar_that_the_rows_no_longer_show_is_written() -> None:
    """Cut to its first two issues, irregular dates look like one weekday's."""
    days = [week(0), week(1), week(1) + dt.timedelta(3)]
    rows = [row for day in days for row in whole_list(KOREA, day)]
    world = [row for day in days[:2] for row in whole_list(WORLDWIDE, day)]
    history = ChartHistory.from_snapshots([*rows, *world]).closing(WORLD, days[1])
    narrow = history.select(country=WORLD)
    assert "dates 2022-05-01 2022-05-08 2022-05-11" in written(narrow)
    assert again(narrow) == narrow


CALENDARS = {
    "daily from 2022-05-01": Calendar.daily(first=MAY_1),
    "weekly sunday from 2022-05-01 to 2022-05-08": Calendar.weekly(
        "sunday", first=MAY_1, last=week(1)
    ),
    "dates 2022-05-01 2022-05-08": Calendar.from_dates([week(1), MAY_1]),
    "rule DTSTART:20220501\\nRRULE:FREQ=WEEKLY;COUNT=5 to 2022-05-29": Calendar.from_rule(
        "DTSTART:20220501\nRRULE:FREQ=WEEKLY;COUNT=5", last=dt.date(2022, 5, 29)
    ),
    "rule DTSTART:19580804\\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=19611225\\nRRULE:FREQ=WEEKLY;"
    "BYDAY=SU\\nEXRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=19611230\\nRDATE:20180103": Calendar.from_rule(
        "DTSTART:19580804\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=19611225\nRRULE:FREQ=WEEKLY;BYDAY=SU\n"
        "EXRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=19611230\nRDATE:20180103"
    ),
}


@pytest.mark.parametrize("text", CALENDARS)
def test_a_calendar_is_a_short_text(text: str) -> None:
    history = made(0, calendars={SERIES: CALENDARS[text]})
    assert f",{text}," in written(history)
    assert again(history).store.calendars == history.store.calendars


def with_calendar(*texts: str) -> list[list[str]]:
    rows = table_rows()
    return [[*row, text] for row, text in zip(rows, (*texts, *[""] * len(rows)), strict=False)]


NO_CALENDARS = ["sometimes", "weekly", "weekly Sunday", "daily from 2022-02-30", "dates", "rule x"]
NO_CALENDARS.extend(["daily from 2022-05-02 to 2022-05-01", "daily always", "dates 2022-01-29 x"])
NO_RULES = ["HOURLY", "DAILY;INTERVAL=0", "NEVER", "DAILY;BYDAY=9"]
NO_RULES.extend(["DAILY\\nEXRULE:FREQ=DAILY", "DAILY;BYMONTH=2;BYMONTHDAY=31", "DAILY;BYHOUR=1"])
NO_RULES.extend(["DAILY;COUNT=1;BYMONTH=2;BYMONTHDAY=31", "DAILY;BYSETPOS=2", "DAILY" * 9])
NO_RULES.extend(["DAILY;UNTIL=99991231;BYMONTH=2;BYMONTHDAY=31", "DAILY\\nX:1"])
NO_RULES.extend(["DAILY;INTERVAL=7;BYDAY=TU", "WEEKLY;BYMONTHDAY=1", "MONTHLY;BYMONTHDAY=32"])
NO_RULES.extend(["MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "MONTHLY;BYDAY=53MO"])
NO_RULES.append("DAILY" + "\\nRRULE:FREQ=DAILY" * 16)
NO_CALENDARS.extend(f"rule DTSTART:20220101\\nRRULE:FREQ={rule}" for rule in NO_RULES)


@pytest.mark.parametrize("text", NO_CALENDARS)
def test_what_is_no_calendar_is_named(text: str) -> None:
    data = csv(with_calendar(text), header=(*TABLE, "calendar"))
    _, report = read = read_kcharts(data, on_error="collect")
    problem = the_problem(report)
    assert problem.code in ("bad-calendar", "bad-date", "missing-value")
    assert (problem.line, problem.column, problem.value) == (2, "calendar", text)
    assert conserves(read)


def test_two_calendars_of_one_series_are_in_conflict() -> None:
    data = csv(with_calendar("daily", "", "weekly sunday"), header=(*TABLE, "calendar"))
    history, report = read_kcharts(data, on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.line) == ("conflicting-calendar", 4)
    assert "has another calendar already: daily" in problem.message
    assert history.calendar(history.series[0]) == Calendar.daily()


def test_a_date_off_the_calendar_is_named_wherever_the_calendar_stands() -> None:
    rows = with_calendar()
    rows[-1][-1] = "dates 2022-01-29 2022-01-31"
    rows += [[*rows[0][:DAY], "2022-01-30", "missing", "", "", "", ""]]
    history, report = read = read_kcharts(
        csv(rows, header=(*TABLE, "calendar")), on_error="collect"
    )
    assert dict(report.counts) == {"not-an-issue": 7}
    assert {problem.column for problem in report.problems} == {"date"}
    assert "the nearest are 2022-01-29 and 2022-01-31" in report.problems[0].message
    assert len(history) == 12
    assert conserves(read)


# -- status rows read ---------------------------------------------------------------------


def status_row(word: str, *, code: str = "KR", day: str = "2022-02-01") -> list[str]:
    return ["Made Up", "Streams", "TV", "daily", "3", code, day, word, "", "", ""]


@pytest.mark.parametrize("status", IssueStatus)
def test_a_row_without_rank_and_title_says_what_a_list_is(status: IssueStatus) -> None:
    rows = [*table_rows(), status_row(status.value), status_row(status.value)]
    history, report = read_kcharts(csv(rows), on_error="collect")
    assert report.is_clean
    assert (report.rows_read, report.rows_accepted, len(history)) == (20, 20, 18)
    chart = history.chart("KR")
    marks = history.store.marks[history.charts.index(chart)]
    assert marks == {dt.date(2022, 2, 1).toordinal(): status}


@pytest.mark.parametrize("word", ["published", "defective", "stale"])
def test_a_status_beside_a_rank_marks_the_list(word: str) -> None:
    rows = table_rows()
    rows[1][STATUS] = word
    history = read_kcharts(csv(rows))
    assert history.status(history.chart("KR"), "2022-01-29").value == word


CONFLICTS: dict[str, tuple[dict[int, str], list[list[str]], list[int]]] = {
    "two beside ranks": ({0: "stale", 1: "", 2: "defective"}, [], [2, 4]),
    "beside a rank and alone": ({0: "stale"}, [status_row("defective", day="2022-01-29")], [2, 20]),
    "missing, and in hand": ({}, [status_row("missing", day="2022-01-29")], [2, 20]),
    "outside, and in hand": ({}, [status_row("outside", day="2022-01-29")], [2, 20]),
    "two alone": ({}, [status_row("missing"), status_row("stale")], [20, 21]),
    "two ends": (
        {},
        [status_row("closing"), status_row("closing", day="2022-02-02")],
        [20, 21],
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_of_statuses_in_conflict_none_is_chosen(name: str) -> None:
    marks, added, lines = CONFLICTS[name]
    rows = table_rows()
    for at, word in marks.items():
        rows[at][STATUS] = word
    history, report = read = read_kcharts(csv([*rows, *added]), on_error="collect")
    assert {problem.code for problem in report.problems} == {"conflicting-status"}
    assert sorted(int(str(problem.line)) for problem in report.problems) == lines
    assert conserves(read)
    if "ends" not in name:
        day = added[0][DAY] if added else "2022-01-29"
        assert history.status(history.chart("KR"), day) is DEFECTIVE


def test_a_list_that_is_missing_and_of_which_a_row_was_rejected_is_defective() -> None:
    rows = [*table_rows(), status_row("missing"), status_row("", day="2022-02-01")]
    rows[-1][RANK:] = ["x", "Show", ""]
    history, report = read_kcharts(csv(rows), on_error="collect")
    assert dict(report.counts) == {"conflicting-status": 1, "bad-integer": 1}
    assert history.status(history.chart("KR"), "2022-02-01") is DEFECTIVE


@pytest.mark.parametrize(
    ("at", "word", "code"),
    [
        (None, "gone", "unknown-status"),
        (0, "gone", "unknown-status"),
        (0, "missing", "conflicting-status"),
        (0, "closing", "conflicting-status"),
    ],
)
def test_a_status_that_cannot_be_is_named(at: int | None, word: str, code: str) -> None:
    rows = table_rows() if at is not None else [*table_rows(), status_row(word)]
    if at is not None:
        rows[at][STATUS] = word
    _, report = read_kcharts(csv(rows), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.column, problem.value) == (code, "status", word)


def test_without_a_status_a_row_without_a_rank_is_a_mistake() -> None:
    with pytest.raises(ParseErrors, match="empty-title"):
        read_kcharts(csv([*table_rows(), status_row("")]))
    header = [name for name in TABLE if name != "status"]
    rows = [row[:STATUS] + row[STATUS + 1 :] for row in [*table_rows(), status_row("")]]
    with pytest.raises(ParseErrors, match="empty-title"):
        read_kcharts(csv(rows, header=header))


def test_ties_are_refused_unless_the_table_says_that_they_were_printed() -> None:
    rows = table_rows()
    rows[1][RANK] = "1"
    with pytest.raises(ParseErrors, match="duplicate-rank 2"):
        read_kcharts(csv(rows))
    history = read_kcharts(csv([*rows, status_row("ties", day="2022-01-29")]))
    assert [row.rank for row in history.issue(history.chart("KR"), "2022-01-29")] == [1, 1, 3]
    assert statuses(written(history)).count("ties") == 1
    with pytest.raises(ParseErrors, match="duplicate-rank 2"):
        read_kcharts(csv([*rows, status_row("ties", day="2022-01-30")]))


def test_a_title_at_two_ranks_is_refused_unless_the_table_says_that_it_was_printed() -> None:
    rows = table_rows()
    rows[1][NAME] = "Show 1"
    with pytest.raises(ParseErrors, match="duplicate-title 2"):
        read_kcharts(csv(rows))
    history = read_kcharts(csv([*rows, status_row("repeats", day="2022-01-29")]))
    assert len(history) == 18
    assert statuses(written(history)).count("repeats") == 1


# -- cells --------------------------------------------------------------------------------

CELLS = {
    "publisher": ("  ", "missing-value"),
    "platform": ("a\x07", "control-character"),
    "category": ("", "missing-value"),
    "frequency": ("monthly", "unknown-frequency"),
    "depth": ("0", "out-of-range"),
    "dated": ("end", "unknown-value"),
    "country": ("South Korea", "unknown-country"),
    "date": ("29.1.2022", "bad-date"),
    "rank": ("4", "rank-out-of-range"),
    "title": ("", "empty-title"),
    "hours_viewed": ("1" * 25, "out-of-range"),
    "by": ("a\x07", "control-character"),
    "year": ("MMXXII", "bad-integer"),
    "key": ("a\u202e", "control-character"),
    "origin": ("WORLD", "not-a-country"),
    "released": ("2022", "bad-date"),
    "ids": ("imdb:\x07", "control-character"),
    "points": ("ten", "bad-number"),
    "reported_last_rank": ("0", "out-of-range"),
    "reported_as_of": ("today", "unknown-value"),
    "extra:new": ("\x07", "control-character"),
}


@pytest.mark.parametrize("column", CELLS)
def test_a_bad_cell_is_named_and_costs_one_row(column: str) -> None:
    text, code = CELLS[column]
    rows = table_rows()
    header: list[str] = list(TABLE)
    if column not in header:
        header.append(column)
        rows = [[*row, ""] for row in rows]
    rows[4][header.index(column)] = text
    _, report = read = read_kcharts(csv(rows, header=header), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.column) == (code, 6, column)
    assert problem.value == text
    assert report.rows_accepted == 17
    assert conserves(read)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("South Korea", "South Korea is written KR"),
        ("kr", "South Korea is written KR"),
        ("World", "the world chart is written WORLD"),
        ("Korea", 'South Korea is Country("KR")'),
        ("Atlantis", None),
    ],
)
def test_a_place_is_a_code_and_names_are_told_theirs(text: str, hint: str | None) -> None:
    rows = table_rows()
    rows[0][CODE] = text
    found = the_problem(read_kcharts(csv(rows), on_error="collect")[1]).hint
    assert found is hint is None or str(hint) in str(found)


def test_a_place_that_is_blank_is_missing() -> None:
    rows = table_rows()
    rows[0][CODE] = ""
    assert the_problem(read_kcharts(csv(rows), on_error="collect")[1]).code == "missing-value"


def test_a_rank_is_held_to_its_charts_depth_which_is_10_where_nothing_is_said() -> None:
    header = [name for name in TABLE if name != "depth"]
    rows = [row[:4] + row[5:] for row in table_rows()]
    assert {chart.series.depth for chart in read_kcharts(csv(rows, header=header)).charts} == {10}
    rows[2][RANK - 1] = "11"
    problem = the_problem(read_kcharts(csv(rows, header=header), on_error="collect")[1])
    assert (problem.code, problem.value) == ("rank-out-of-range", "11")
    assert "the column depth" in str(problem.hint)


def test_every_field_of_a_row_is_kept() -> None:
    title = Title(
        'A, "B"',
        by="C",
        season="S",
        kind="TV",
        year=2022,
        key="made:1",
        origin=Country("KR"),
        released=MAY_1,
        ids=("imdb:tt1", "with space", "back\\slash"),
    )
    reported = Reported(last_rank=1, peak=2, periods_on_chart=0, periods_at_peak=3, as_of="scrape")
    metrics = Metrics(
        hours_viewed=10**20,
        views=Decimal("1.50"),
        runtime_hours=Decimal("1E+3"),
        points=0,
        streams=2**63,
    )
    chart = Chart(evolve(SERIES, depth=1), WORLD)
    extras = (("isNew", "yes"), ("IsNew", '"no"'), ("title", "=1+1"))
    row = RankSnapshot(title, chart, MAY_1, 1, metrics, reported, extras)
    history = ChartHistory.from_snapshots([row])
    for layout in ("csv", "jsonl"):
        [back] = again(history, layout)
        assert evolve(back, source=None) == row
        for name in ("by", "season", "kind", "year", "origin", "released", "ids", "has_own_key"):
            assert getattr(back.title, name) == getattr(title, name)


def test_a_name_that_differs_under_one_key_is_the_first_one() -> None:
    rows = [[*row, "made:1"] for row in table_rows() if row[RANK] == "1"]
    for row in rows:
        row[4] = "1"
    rows[1][NAME] = "Renamed"
    history = read_kcharts(csv(rows, header=(*TABLE, "key")))
    assert [title.name for title in history.titles] == ["Show 1"]


def test_tabs_separate_as_well_as_commas() -> None:
    data = csv(table_rows())
    assert read_kcharts(data.replace(b",", b"\t")) == read_kcharts(data)


def test_a_column_and_an_extra_of_its_name_are_two() -> None:
    rows = [[*row, "x", "y"] for row in table_rows()]
    _, report = read_kcharts(csv(rows, header=(*TABLE, "extra:title", "note")), on_error="collect")
    history = read_kcharts(csv(rows, header=(*TABLE, "extra:title", "note")))
    assert history[0].extras == (("title", "x"), ("note", "y"))
    assert [note.message for note in report.notes] == ["the column 'note' is kept among the extras"]


# -- notes, targets, refusals -------------------------------------------------------------


def test_the_note_stands_above_the_header() -> None:
    history = ChartHistory(evolve(made(0).store, note="made up\nby us"))
    assert written(history).splitlines()[:2] == ["# made up", "# by us"]
    first = written(history, "jsonl").splitlines()[0]
    assert json.loads(first) == {"note": "made up by us"}
    assert again(history).note == again(history, "jsonl").note == "made up by us"
    assert again(made(0)).note is None


def test_json_lines_have_numbers_and_no_optional_key_that_is_blank() -> None:
    line = json.loads(written(made(0), "jsonl").splitlines()[0])
    assert line["rank"] == 1
    assert line["depth"] == 2
    assert None not in line.values()
    assert "season" not in line


def test_json_lines_of_statuses_alone_have_the_columns_that_are_needed() -> None:
    history = read_kcharts(csv([status_row("missing")]))
    [line] = written(history, "jsonl").splitlines()
    assert (json.loads(line)["rank"], json.loads(line)["title"]) == (None, None)
    assert again(history, "jsonl") == history


def test_a_path_is_written_in_utf_8_with_line_feeds(tmp_path: Path) -> None:
    targets: list[Path | str] = [tmp_path / "0.csv", str(tmp_path / "1.csv")]
    for number, target in enumerate(targets):
        write_kcharts(made(0), target)
        data = (tmp_path / f"{number}.csv").read_bytes()
        assert data == written(made(0)).encode()
        assert b"\r" not in data


def test_cells_that_look_like_formulas_are_marked_on_request_only() -> None:
    names = ["=1+1", "@x", "-x", "+x", "plain"]
    chart = Chart(evolve(SERIES, depth=5), WORLD)
    rows = [
        RankSnapshot(Title(name), chart, MAY_1, rank, extras=(("=n", "x"),))
        for rank, name in enumerate(names, 1)
    ]
    history = ChartHistory.from_snapshots(rows)
    for layout in ("csv", "jsonl"):
        assert "'" not in written(history, layout)
        safe = read_kcharts(written(history, layout, spreadsheet_safe=True).encode())
        assert [row.title.name for row in safe] == ["'=1+1", "'@x", "'-x", "'+x", "plain"]


def test_a_narrowed_history_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a whole history"):
        written(made(0).select(title="Show 1"))


def test_lists_that_lack_ranks_are_warned_of_where_the_reader_is_called() -> None:
    with pytest.warns(IncompleteListsWarning, match="lack ranks") as caught:
        read_kcharts(csv(table_rows()[1:]))
    assert caught[0].filename == __file__


def test_lists_known_to_be_broken_are_not_warned_of() -> None:
    """Where a row of each list was rejected, that few remain is no news."""
    rows = [row for row in table_rows() if row[RANK] == "1"]
    for row in rows:
        row[STATUS] = "defective"
    assert len(read_kcharts(csv(rows))) == 6


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match='"csv" or "jsonl"'):
        written(made(0), "xlsx")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"rank": 3}, "from 1 to 2, the depth of its series"),
        ({"metrics": Metrics(points=10**24)}, "column points"),
        ({"metrics": Metrics(points=Decimal("0." + "1" * 19))}, "column points"),
        ({"extras": (("a", "x\ny"),)}, "column extra:a"),
        ({"extras": (("a", ""),)}, "column extra:a"),
        ({"title": Title("x" * 40_000)}, "column title"),
        ({"title": Title("x", ids=("\n",))}, "column ids"),
    ],
)
def test_what_could_not_be_read_again_is_refused_and_nothing_is_written(
    change: dict[str, Any], column: str, tmp_path: Path
) -> None:
    first, second = whole_list(KOREA, MAY_1)
    with pytest.warns(IncompleteListsWarning) if "rank" in change else nullcontext():
        history = ChartHistory.from_snapshots([first, evolve(second, **change)])
    with pytest.raises(ValueError, match=column):
        write_kcharts(history, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_a_rule_that_could_not_be_read_again_is_refused(tmp_path: Path) -> None:
    calendar = Calendar.from_rule("DTSTART:20220501\nRRULE:FREQ=DAILY;BYSETPOS=1;BYHOUR=1,2")
    lists = whole_list(KOREA, MAY_1)
    history = ChartHistory.from_snapshots(lists, calendars={SERIES: calendar})
    with pytest.raises(ValueError, match=r"no rule with other parts .* list the dates"):
        write_kcharts(history, tmp_path / "out.csv")


def test_the_sample_is_read_in_full() -> None:
    history = read_kcharts(SPEC.sample.encode())
    assert history.note == "Made up"
    assert history.status(history.charts[0], "2022-01-30") is MISSING
    assert history[2].title.name == "A Series, Again"
