"""Printed counters against chart tables and chart runs, for every issue of the publishers' files.

A window does not say what was before it, so the first printed values are taken over. Every row
that differs is in a class: what the lists show of why it does.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve

import kcharts
from kcharts import (
    Chart,
    ChartHistory,
    Country,
    IssueStatus,
    RankSnapshot,
    Title,
    chart_runs,
    chart_table,
    chart_tables,
)
from kcharts.errors import IncompleteListsWarning
from kcharts.measures import Absence, ChartEntry, MovementKind
from tests.oracles.comparing import Compared, agreeing, compared, first_rows, later
from tests.oracles.test_billboard import CLOSED_UP, EARLY, LATE, LOST, MISPRINTED, REPEATS, holes
from tests.oracles.test_kworb import STALE
from tests.oracles.test_us_daily import COUNTED_TWICE, RENAMED, TWO_FILMS
from tests.real import archive_of, history_of
from tests.test_oracles import COUNTRIES, COUNTRY_ROWS, GLOBAL_ROWS, HOMONYMS

NEW, RE, UNKNOWN = MovementKind.NEW, MovementKind.RE, MovementKind.UNKNOWN


def movements(rows: Iterable[Compared]) -> dict[MovementKind, int]:
    return dict(Counter(each.entry.movement.kind for each in rows))


# -- Netflix: weeks in the Top 10 ---------------------------------------------------------


@pytest.mark.parametrize("name", COUNTRIES)
def test_weeks_in_the_top_10_are_the_periods_of_the_tables(name: str) -> None:
    """65,800 of 65,800 rows of the newest file; the chart's launch is known, so all is certain."""
    history = history_of(f"netflix/vintages/{name}")
    rows = compared(history)
    assert len(rows) == COUNTRY_ROWS[name]
    assert all(each.row.reported.periods_on_chart == each.entry.periods for each in rows)
    assert all(each.entry.periods == each.entry.periods_upper for each in rows)
    printed_new = sum(each.row.reported.periods_on_chart == 1 for each in rows)
    assert sum(each.entry.debut_known for each in rows) == movements(rows)[NEW] == printed_new
    assert UNKNOWN not in movements(rows)


def test_the_movements_of_the_countries_file() -> None:
    history = history_of(f"netflix/vintages/{COUNTRIES[-1]}")
    kinds = {kind.name: count for kind, count in movements(compared(history)).items()}
    assert kinds == {"NEW": 26_720, "DOWN": 20_995, "UP": 8_984, "SAME": 7_940, "RE": 1_161}


@pytest.mark.parametrize(
    ("name", "rows"), list(zip(HOMONYMS, GLOBAL_ROWS, strict=True)), ids=list(HOMONYMS)
)
def test_only_homonyms_differ_on_the_world_lists(name: str, rows: int) -> None:
    """8,393 of 8,400 rows of the newest file."""
    found = compared(history_of(f"netflix/vintages/{name}"))
    assert len(found) == rows
    wrong = [each for each in found if each.row.reported.periods_on_chart != each.entry.periods]
    assert Counter(each.name for each in wrong) == HOMONYMS[name]


# -- the daily Top 10 of the United States ------------------------------------------------


@pytest.fixture(scope="module")
def daily() -> ChartHistory:
    return history_of("netflix-us-daily/netflix_daily_top10.csv.gz")


@pytest.fixture(scope="module")
def daily_rows(daily: ChartHistory) -> list[Compared]:
    return compared(daily)


def classed(names: Iterable[str]) -> dict[str, int]:
    """How many rows are of each class of the daily list."""
    classes = dict.fromkeys(COUNTED_TWICE, "counted twice") | dict.fromkeys(RENAMED, "renamed")
    classes[TWO_FILMS] = "two films"
    return dict(Counter(classes.get(name, "unexplained") for name in names))


def test_days_in_top_10_are_the_periods_of_the_tables(daily_rows: list[Compared]) -> None:
    """7,058 of 7,100 rows."""
    assert len(daily_rows) == 7_100
    wrong = [each.name for each in daily_rows if not each.periods_agree]
    assert (len(wrong), classed(wrong)) == (42, {"counted twice": 41, "two films": 1})


def test_year_to_date_rank_is_last_of_the_tables(daily_rows: list[Compared]) -> None:
    """7,081 of 7,090 rows."""
    wrong = [each.name for each in later(daily_rows) if not each.last_agrees]
    assert len(later(daily_rows)) == 7_090
    assert (len(wrong), classed(wrong)) == (9, {"renamed": 5, "two films": 4})


def test_last_week_rank_is_seven_issues_back_in_the_run(
    daily: ChartHistory, daily_rows: list[Compared]
) -> None:
    """7,024 of 7,030 rows."""
    runs = {run.title: dict(run.issues) for run in chart_runs(daily)}
    earlier = dict(zip(daily.dates[7:], daily.dates, strict=False))
    asked = [each.row for each in daily_rows if each.row.date in earlier]
    wrong: list[str] = []
    for row in asked:
        rank = runs[row.title][earlier[row.date]]
        expected = "-" if rank is Absence.NOT_ON_LIST else str(rank)
        if dict(row.extras)["Last Week Rank"] != expected:
            wrong.append(row.title.name)
    assert len(asked) == 7_030
    assert (len(wrong), classed(wrong)) == (6, {"renamed": 6})


def test_the_score_is_the_sum_of_eleven_less_the_ranks_of_the_run(
    daily: ChartHistory, daily_rows: list[Compared]
) -> None:
    """7,054 of 7,100 rows, with one rank a day; 7,046 if both of two films' rows of a day count.

    Of the two films of one name, 5 rows have the points of one film only.
    """
    points: dict[tuple[Title, dt.date], int] = {}
    for run in chart_runs(daily):
        total = 0
        for day, rank in run.issues:
            if isinstance(rank, int):
                total += 11 - rank
                points[run.title, day] = total
    wrong: list[str] = []
    for each in daily_rows:
        row, first = each.row, each.first
        printed, start = (int(dict(r.extras)["Viewership Score"]) for r in (row, first))
        gained = points[row.title, row.date] - points[row.title, first.date]
        if printed != start + gained:
            wrong.append(each.name)
    assert (len(wrong), classed(wrong)) == (46, {"counted twice": 41, "two films": 5})


# -- the Hot 100 --------------------------------------------------------------------------


def hot_100(name: str) -> ChartHistory:
    return history_of(f"billboard/{name}")


def test_the_tables_of_1961_and_1962() -> None:
    """3,400 of 3,400 weeks, 3,399 of 3,400 peaks, 3,299 of 3,300 last ranks.

    What differs is one rank that both of its counters contradict.
    """
    rows = compared(hot_100(EARLY))
    assert (len(rows), agreeing(rows)) == (3_400, (3_400, 3_399, 3_299))
    wrong = [each for each in later(rows) if not (each.peak_agrees and each.last_agrees)]
    assert {each.name for each in wrong} == {"Letter Full Of Tears"}
    assert {str(each.row.date) for each in wrong} == {"1961-12-25", "1962-01-06"}


def test_the_tables_of_1976_and_1977_read_literally() -> None:
    """3,486 of 3,487 weeks, 2,657 of 3,487 peaks, 2,556 of 3,387 last ranks.

    2,782 peaks, if the rank of a title's first row is left to the peak printed there: a debut
    below a hole has a rank that is one too good.
    """
    rows = compared(hot_100(CLOSED_UP))
    assert (len(rows), agreeing(rows)) == (3_487, (3_486, 2_657, 2_556))
    assert sum(each.best_since == each.row.reported.peak for each in rows) == 2_782


def opened(history: ChartHistory) -> ChartHistory:
    """The history with the holes of the closed-up lists opened again."""
    found = holes(history)
    rows = [
        evolve(row, rank=row.rank + (row.date in found and row.rank >= found[row.date]))
        for row in history
    ]
    series = history.series[0]
    with pytest.warns(IncompleteListsWarning, match="13 of 35 lists lack ranks"):
        return ChartHistory.from_snapshots(rows, calendars={series: history.calendar(series)})


def test_the_tables_of_1976_and_1977_with_the_holes_opened() -> None:
    """All but 1 of each: the lost song, and a rank that its counters contradict."""
    rows = compared(opened(hot_100(CLOSED_UP)))
    assert (len(rows), agreeing(rows)) == (3_487, (3_486, 3_486, 3_386))
    assert [each.row.title for each in rows if not each.periods_agree] == [LOST]
    assert [each.row.title for each in rows if not each.peak_agrees] == [MISPRINTED]
    assert [each.row.title for each in later(rows) if not each.last_agrees] == [MISPRINTED]
    # Opened, the tables' own peaks are the printed ones from the debut on.
    debuts = [each for each in rows if each.first.reported.periods_on_chart == 1]
    wrong = [each for each in debuts if each.entry.peak != each.row.reported.peak]
    assert [(each.row.title, str(each.row.date)) for each in wrong] == [(MISPRINTED, "1977-01-22")]


def test_the_tables_of_1990_differ_for_the_second_recording_only() -> None:
    """5,187 of 5,200 weeks and peaks, 5,087 of 5,100 last ranks."""
    history = hot_100(REPEATS)
    rows = compared(history)
    assert (len(rows), agreeing(rows)) == (5_200, (5_187, 5_187, 5_087))
    wrong = [
        each
        for each in later(rows)
        if not (each.periods_agree and each.peak_agrees and each.last_agrees)
    ]
    assert {each.name for each in wrong} == {"Unchained Melody"}
    # A table has the song once, at the better of its ranks.
    [chart] = history.charts
    twice = {each.row.date for each in wrong}
    assert len(twice) == 13
    for table in chart_tables(history):
        lost = len(history.issue(chart, table.date)) - len(table)
        assert lost == (table.date in twice)


def test_the_tables_of_2015_to_2021_differ_by_the_missing_issue_only() -> None:
    """35,392 of 36,500 weeks, 36,468 of 36,500 peaks, 36,312 of 36,400 last ranks.

    The 88 last ranks that differ are of the list after the missing one, where a table has none
    and says UNKNOWN; all 36,300 others agree.
    """
    history = hot_100(LATE)
    rows = compared(history)
    assert (len(rows), agreeing(rows)) == (36_500, (35_392, 36_468, 36_312))
    after = dt.date(2018, 1, 6)
    for each in rows:
        assert each.entry.unknown == (each.row.date >= after)
        if not (each.periods_agree and each.peak_agrees):
            assert each.row.date >= after
        if not each.periods_agree:
            printed = each.row.reported.periods_on_chart or 0
            start = each.first.reported.periods_on_chart or 0
            assert printed == start + each.entry.periods - 1 + each.entry.unknown
    known = [each for each in rows if each.entry.movement.kind is not UNKNOWN]
    assert len(known) == 36_300
    assert all(each.last_agrees for each in known)
    unknown = {each.row.date for each in rows if each.entry.movement.kind is UNKNOWN}
    assert unknown == {history.dates[0], after}
    assert chart_table(history, date=after).out is None


def test_in_a_window_no_debut_is_known() -> None:
    """Of the 3,718 NEW entries of 2015 to 2021, 53 are printed with more than one week."""
    rows = compared(hot_100(LATE))
    new = [each for each in rows if each.entry.movement.kind is NEW]
    assert len(new) == 3_718
    assert not any(each.entry.debut_known for each in new)
    assert sum(each.row.reported.periods_on_chart != 1 for each in new) == 53
    back = [each for each in rows if each.entry.movement.kind is RE]
    assert all((each.row.reported.periods_on_chart or 0) > 1 for each in back)


# -- Spotify ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def korea() -> ChartHistory:
    return history_of("spotify/weekly_kr_with_run_columns.csv.gz")


def extra(row: RankSnapshot, name: str) -> int | None:
    """A whole number among the extras, written as the archive writes it: 3.0."""
    text = dict(row.extras).get(name)
    return None if text is None else int(text.removesuffix(".0"))


def test_the_tables_of_spotify_korea(korea: ChartHistory) -> None:
    """10,800 of 10,800 of time_on_chart and peak_position, 10,600 of 10,600 of previous_week."""
    rows = compared(korea)
    assert (len(rows), agreeing(rows)) == (10_800, (10_800, 10_800, 10_600))


def test_the_runs_of_spotify_korea(korea: ChartHistory) -> None:
    """10,800 of 10,800 of worst_position, instance and consecutive_weeks."""
    rows = {(row.title, row.date): row for row in korea}
    firsts = {title: row for (_, title), row in first_rows(korea).items()}
    calendar = korea.calendar(korea.series[0])
    agree: Counter[str] = Counter()
    for each in chart_runs(korea):
        first = firsts[each.title]
        worst = extra(first, "worst_position") or 1
        number = extra(first, "instance") or 0
        for count, run in enumerate(each.runs):
            before = (extra(first, "consecutive_weeks") or 0) if count == 0 else 0
            days = calendar.between(run.start, run.end)
            for weeks, (day, rank) in enumerate(zip(days, run.ranks, strict=True), before):
                row = rows[each.title, day]
                worst = max(worst, rank)
                agree["worst"] += extra(row, "worst_position") == worst
                agree["instance"] += extra(row, "instance") == number + count
                agree["consecutive"] += (extra(row, "consecutive_weeks") or 0) == weeks
    assert agree == {"worst": 10_800, "instance": 10_800, "consecutive": 10_800}


def test_the_table_of_the_second_week_of_spotify(data_dir: Path) -> None:
    """180 of 180 previous ranks; of 20 that are new in the data, 10 came back."""
    names = [f"regional-global-weekly-2023-11-{day}.csv" for day in ("09", "16")]
    history = kcharts.read(*(data_dir / "spotify" / name for name in names))
    printed = {row.title: row.reported for row in history if row.date == history.dates[1]}
    table = chart_table(history)
    carried = [entry for entry in table if entry.last is not None]
    assert (len(table), len(carried)) == (200, 180)
    assert all(printed[entry.title].last_rank == entry.last for entry in table)
    new = [entry for entry in table if entry.movement.kind is NEW]
    assert Counter(printed[entry.title].periods_on_chart == 1 for entry in new) == {
        True: 10,
        False: 10,
    }
    assert not any(entry.debut_known for entry in new)
    assert table.out is not None
    assert len(table.out) == 20


# -- kworb: days at the peak --------------------------------------------------------------


@pytest.fixture(scope="module")
def kworb_lists() -> ChartHistory:
    return archive_of("kworb/kr_th_dailytop50_2026-01-26_to_08-22.tar.gz")


def test_times_at_peak_go_on_from_the_table_of_the_day_before(kworb_lists: ChartHistory) -> None:
    """6,428 of 6,428 rows: of songs whose day counter is one more than on the day before."""
    before: dict[tuple[Chart, Title], RankSnapshot] = {}
    rows = {(row.chart, row.date, row.title): row for row in kworb_lists}
    seen = agree = 0
    for entry in chart_tables(kworb_lists).entries:
        row = rows[entry.chart, entry.date, entry.title]
        old, now = before.get((entry.chart, entry.title)), row.reported
        before[entry.chart, entry.title] = row
        if entry.last is None or old is None or now.periods_at_peak is None:
            continue
        assert old.rank == entry.last
        if now.periods_on_chart != (old.reported.periods_on_chart or 0) + 1:
            continue
        seen += 1
        start = old.reported.periods_at_peak or 0
        start = start if old.reported.peak == now.peak else 0
        agree += now.periods_at_peak == start + (entry.rank == now.peak)
    assert (seen, agree) == (6_428, 6_428)


def test_with_the_stale_lists_marked_the_bounds_hold_the_printed_times_at_peak(
    kworb_lists: ChartHistory,
) -> None:
    """From the first printed value on: 7,044 of 7,044 rows whose peak is the printed one.

    In the other 88 rows the printed peak is better: it was reached on a day that is not in hand.
    """
    marked = kworb_lists
    for code, days in STALE.items():
        for day in days:
            marked = marked.with_status(Country(code), day, IssueStatus.STALE)
    rows = {(row.chart, row.date, row.title): row for row in marked}
    firsts: dict[tuple[Chart, Title], ChartEntry] = {}
    held: Counter[str] = Counter()
    for entry in chart_tables(marked).entries:
        first = firsts.setdefault((entry.chart, entry.title), entry)
        now = rows[entry.chart, entry.date, entry.title].reported
        start = rows[first.chart, first.date, first.title].reported
        if now.periods_at_peak is None:
            continue
        assert start.peak is not None
        times, unknown = entry.periods_at_peak, entry.unknown - first.unknown
        if entry.peak > start.peak:
            times = start.periods_at_peak or 0
        elif entry.peak == start.peak:
            times += (start.periods_at_peak or 0) - (first.rank == start.peak)
        if min(entry.peak, start.peak) != now.peak:
            assert (now.peak or 0) < min(entry.peak, start.peak)
            assert unknown > 0
            held["other peak"] += 1
        else:
            held[f"{times <= now.periods_at_peak <= times + unknown}"] += 1
    assert held == {"True": 7_044, "other peak": 88}
