"""Spotify's counters, and those of an archive, recomputed from the same lists.

Where a figure began before the first list in hand, it starts from the first printed value.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import kcharts
from kcharts import ChartHistory, RankSnapshot, streaks, totals
from kcharts.formats import spotify

Rows = dict[tuple[str, dt.date], RankSnapshot]


@pytest.fixture(scope="module")
def korea(data_dir: Path) -> ChartHistory:
    """54 weekly lists of 200 songs, 2021-02-04 to 2022-02-10."""
    return spotify.read_merged(data_dir / "spotify" / "weekly_kr_with_run_columns.csv.gz")


@pytest.fixture(scope="module")
def rows(korea: ChartHistory) -> Rows:
    return {(row.title.key, row.date): row for row in korea}


@pytest.fixture(scope="module")
def first(korea: ChartHistory) -> dict[str, RankSnapshot]:
    """The first row of each song."""
    found: dict[str, RankSnapshot] = {}
    for row in sorted(korea, key=lambda row: row.date):
        found.setdefault(row.title.key, row)
    return found


def extra(row: RankSnapshot, name: str) -> int | None:
    """A whole number among the extras, written as the archive writes it: 3.0."""
    text = dict(row.extras).get(name)
    return None if text is None else int(text.removesuffix(".0"))


def test_all_rows_are_read(data_dir: Path) -> None:
    path = data_dir / "spotify" / "weekly_kr_with_run_columns.csv.gz"
    history, report = kcharts.read(path, on_error="collect")
    assert report.is_clean
    assert (len(history), report.rows_read, report.notes) == (10_800, 10_800, ())
    assert {len(history.issue(history.charts[0], day).rows) for day in history.dates} == {200}
    several = [title for title in history.titles if len(title.ids) > 1]
    assert (len(history.titles), len(several)) == (1_246, 105)


def test_time_on_chart_is_the_total(korea: ChartHistory, first: dict[str, RankSnapshot]) -> None:
    agree = 0
    for day in korea.dates:
        seen = {each.title.key: each.observed for each in totals(korea, top=None, as_of=day)}
        for row in korea.issue(korea.charts[0], day).rows:
            start = first[row.title.key].reported.periods_on_chart
            assert start is not None
            agree += row.reported.periods_on_chart == start - 1 + seen[row.title.key]
    assert agree == 10_800


def test_peak_and_worst_position_are_the_best_and_worst_so_far(
    korea: ChartHistory, first: dict[str, RankSnapshot]
) -> None:
    agree: Counter[str] = Counter()
    best: dict[str, int] = {}
    worst: dict[str, int] = {}
    for row in sorted(korea, key=lambda row: row.date):
        key, start = row.title.key, first[row.title.key]
        best[key] = min(best.get(key, start.reported.peak or 200), row.rank)
        worst[key] = max(worst.get(key, extra(start, "worst_position") or 1), row.rank)
        agree["peak"] += row.reported.peak == best[key]
        agree["worst"] += extra(row, "worst_position") == worst[key]
    assert agree == {"peak": 10_800, "worst": 10_800}


def test_previous_week_is_the_rank_on_the_issue_before(korea: ChartHistory, rows: Rows) -> None:
    days = list(korea.dates)
    agree = 0
    for before, day in pairwise(days):
        for row in korea.issue(korea.charts[0], day).rows:
            last = rows.get((row.title.key, before))
            agree += row.reported.last_rank == (last and last.rank)
    assert agree == 10_600


def test_instance_and_consecutive_weeks_are_number_and_length_of_the_run(
    korea: ChartHistory, rows: Rows, first: dict[str, RankSnapshot]
) -> None:
    """consecutive_weeks is the run's length less 1, and blank in its first week."""
    calendar = korea.calendar(korea.series[0])
    agree: Counter[str] = Counter()
    runs: Counter[str] = Counter()
    for run in sorted(streaks(korea, top=None), key=lambda run: run.start):
        key = run.title.key
        start = first[key]
        before = (extra(start, "consecutive_weeks") or 0) if run.start == start.date else 0
        number = (extra(start, "instance") or 0) + runs[key]
        runs[key] += 1
        for weeks, day in enumerate(calendar.between(run.start, run.end), before):
            row = rows[key, day]
            agree["instance"] += extra(row, "instance") == number
            agree["consecutive_weeks"] += (extra(row, "consecutive_weeks") or 0) == weeks
            agree["blank"] += extra(row, "consecutive_weeks") is None and weeks == 0
    assert agree == {"instance": 10_800, "consecutive_weeks": 10_800, "blank": 1_544}


def test_the_second_week_follows_from_the_first(data_dir: Path) -> None:
    """previous_rank, weeks_on_chart and peak_rank of 2023-11-16, from 2023-11-09."""
    names = [f"regional-global-weekly-2023-11-{day}.csv" for day in ("09", "16")]
    history = kcharts.read(*(data_dir / "spotify" / name for name in names))
    one, two = (
        {row.title.key: row for row in history.issue(history.charts[0], day).rows}
        for day in history.dates
    )
    carried = one.keys() & two.keys()
    agree: Counter[str] = Counter()
    for key in carried:
        old, new = one[key], two[key]
        assert old.reported.periods_on_chart is not None
        assert old.reported.peak is not None
        agree["previous_rank"] += new.reported.last_rank == old.rank
        agree["weeks"] += new.reported.periods_on_chart == old.reported.periods_on_chart + 1
        agree["peak"] += new.reported.peak == min(old.reported.peak, new.rank)
    # One of them has another URI in the second week: by URI there would be 179.
    uris = [{dict(row.extras)["uri"] for row in each.values()} for each in (one, two)]
    assert (len(carried), len(uris[0] & uris[1])) == (180, 179)
    assert agree == {"previous_rank": 180, "weeks": 180, "peak": 180}
    # What was not on the first list has no previous rank: 10 songs are new, 10 came back.
    rest = [two[key] for key in two.keys() - carried]
    assert {row.reported.last_rank for row in rest} == {None}
    assert Counter(row.reported.periods_on_chart == 1 for row in rest) == {True: 10, False: 10}


def test_downloads_are_read_whole(data_dir: Path) -> None:
    for path in sorted((data_dir / "spotify").glob("regional-*.csv")):
        history, report = kcharts.read(path, on_error="collect")
        assert report.is_clean
        assert (len(history), report.notes) == (200, ())
        assert str(history.dates[0]) in path.name
        assert all(row.metrics.streams and len(row.title.ids) == 1 for row in history)
