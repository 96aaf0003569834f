"""kworb's counters recomputed, and the days on which its list is that of the day before."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tarfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from kcharts import Chart, ChartHistory, Country, IssueStatus, RankSnapshot, streaks, totals
from kcharts.formats import kworb
from tests.real import archive_of

PLACES = ("KR", "TH")
STALE = {
    "KR": (
        *("2026-02-22", "2026-03-07", "2026-03-10", "2026-03-11", "2026-03-16", "2026-03-25"),
        *("2026-04-01", "2026-05-04", "2026-05-15", "2026-05-29", "2026-06-12", "2026-06-27"),
        *("2026-07-17", "2026-08-20"),
    ),
    "TH": (
        *("2026-02-22", "2026-03-06", "2026-03-10", "2026-03-11", "2026-03-16", "2026-03-25"),
        *("2026-04-01", "2026-05-04", "2026-05-15", "2026-05-29", "2026-06-12", "2026-06-27"),
        *("2026-07-17", "2026-08-06", "2026-08-18", "2026-08-20"),
    ),
}
Lists = list[tuple[dt.date, dict[str, RankSnapshot]]]


@pytest.fixture(scope="module")
def files(data_dir: Path) -> dict[str, bytes]:
    """The archive's 418 files by name."""
    found: dict[str, bytes] = {}
    with tarfile.open(data_dir / "kworb" / "kr_th_dailytop50_2026-01-26_to_08-22.tar.gz") as tar:
        for member in tar.getmembers():
            stream = tar.extractfile(member)
            if stream is not None:
                found[member.name] = stream.read()
    return found


@pytest.fixture(scope="module")
def history() -> ChartHistory:
    return archive_of("kworb/kr_th_dailytop50_2026-01-26_to_08-22.tar.gz")


def lists(history: ChartHistory, code: str) -> Lists:
    chart = Chart(kworb.SERIES, Country(code))
    return [
        (day, {row.title.key: row for row in history.issue(chart, day).rows})
        for day in history.dates
    ]


def days_on(row: RankSnapshot) -> int:
    assert row.reported.periods_on_chart is not None
    return row.reported.periods_on_chart


def test_all_rows_are_read(history: ChartHistory) -> None:
    assert len(history) == 418 * 50
    assert [chart.code for chart in history.charts] == ["KR", "TH"]
    assert {len(rows) for code in PLACES for _, rows in lists(history, code)} == {50}
    assert all(row.title.by and row.metrics.streams for row in history)


def test_times_at_peak_are_the_days_at_the_peak_so_far(history: ChartHistory) -> None:
    """Where a song was on the list of the day before, of which its counter is one day ahead.

    The figure is printed where the peak is 3 or better. It starts anew where the peak rises.
    """
    compared, agree = Counter[str](), Counter[str]()
    for code in PLACES:
        days = lists(history, code)
        for (_, before), (_, now) in pairwise(days):
            for key in before.keys() & now.keys():
                old, new = before[key].reported, now[key].reported
                assert (new.periods_at_peak is not None) == ((new.peak or 50) <= 3)
                if new.periods_at_peak is None or days_on(now[key]) != days_on(before[key]) + 1:
                    continue
                start = (old.periods_at_peak or 0) if old.peak == new.peak else 0
                compared[code] += 1
                agree[code] += new.periods_at_peak == start + (now[key].rank == new.peak)
    assert agree == compared
    assert compared.total() == 6_428


@pytest.mark.parametrize("code", PLACES)
def test_stale_lists_are_those_of_the_day_before_but_for_the_date(
    files: dict[str, bytes], code: str
) -> None:
    """Found in the files themselves: 14 of 209 in Korea, 16 in Thailand."""
    contents = {
        name[-14:-4]: [row[1:] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))]
        for name, data in files.items()
        if name.startswith(code.lower())
    }
    days = sorted(contents)
    assert len(days) == 209
    pairs = pairwise(days)
    assert tuple(day for before, day in pairs if contents[before] == contents[day]) == STALE[code]


@pytest.mark.parametrize("code", PLACES)
def test_the_day_counter_stands_still_on_a_stale_day_and_jumps_later(
    history: ChartHistory, code: str
) -> None:
    """By 2 on the next day, by 3 after two stale days in a row.

    Twice, in Thailand, a list comes a day late once more: the jump is then on the second day.
    """
    days = lists(history, code)
    gains: dict[str, int] = {}
    for (_, before), (day, now) in pairwise(days):
        gained = Counter(
            days_on(now[key]) - days_on(before[key]) for key in before.keys() & now.keys()
        )
        [(usual, songs)] = gained.most_common(1)
        assert songs == gained.total(), "one gain for all songs of a list"
        if usual != 1:
            gains[str(day)] = usual
    assert tuple(day for day, gain in gains.items() if gain == 0) == STALE[code]
    jumps = [gain for gain in gains.values() if gain]
    assert sorted(jumps) == [2] * (len(STALE[code]) - 2) + [3]
    assert gains["2026-03-12"] == 3
    late = {"2026-03-08", "2026-05-31"} if code == "TH" else set[str]()
    assert {day for day in late if gains.get(day) == 2} == late


@pytest.mark.parametrize("code", PLACES)
def test_a_stale_list_counts_one_day_too_many_until_it_is_marked(
    history: ChartHistory, code: str
) -> None:
    """Of the songs that stayed since the first list, on the first stale day."""
    days = lists(history, code)
    chart, end = Chart(kworb.SERIES, Country(code)), STALE[code][0]
    marked = history.with_status(chart, end, IssueStatus.STALE)
    [(_, first), *_] = days
    stale = dict(days)[dt.date.fromisoformat(end)]
    literal = {t.title.key: t for t in totals(history, top=None, country=code, as_of=end)}
    counted = {t.title.key: t for t in totals(marked, top=None, country=code, as_of=end)}
    stayed = [
        run.title.key
        for run in streaks(history, top=None, country=code, as_of=end)
        if run.start == days[0][0] and str(run.end) == end
    ]
    assert len(stayed) > 20
    for key in stayed:
        gained = days_on(stale[key]) - days_on(first[key]) + 1
        assert literal[key].observed == gained + 1
        assert (counted[key].observed, counted[key].upper) == (gained, gained + 1)


def test_a_run_that_bridges_the_stale_days_is_as_long_as_the_counter_says(
    history: ChartHistory,
) -> None:
    """The lists of those days were never seen, but the counter of the songs went on."""
    marked = history
    for code, stale in STALE.items():
        for day in stale:
            marked = marked.with_status(Country(code), day, IssueStatus.STALE)
    days = lists(history, "KR")
    (start, first), (end, last) = days[0], days[-1]
    compared = 0
    for run in streaks(marked, top=None, country="KR", gaps="bridge"):
        if (run.start, run.end) == (start, end):
            key = run.title.key
            assert run.length == days_on(last[key]) - days_on(first[key]) + 1
            assert run.observed == run.length - len(STALE["KR"])
            compared += 1
    assert compared > 5
