"""The counters of the Hot 100, recomputed from windows of its archive.

A window does not say what was before it, so the first printed values are taken over. Every row
that differs is in a class: what the lists show of why it does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import NamedTuple

import pytest

from kcharts import Calendar, ChartHistory, IssueStatus, Title, streaks
from tests.oracles.recounting import Ranks, Recount, ranks_of, recounted
from tests.real import history_of

EARLY = "hot100_1961-09_to_1962-04.jsonl.gz"
CLOSED_UP = "hot100_1976-10_to_1977-05.jsonl.gz"
REPEATS = "hot100_1990.jsonl.gz"
LATE = "hot100_2015_to_2021.jsonl.gz"


class Differing(NamedTuple):
    """The rows whose counters differ from the lists."""

    weeks: list[Recount]
    peak: list[Recount]
    last: list[Recount]

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.weeks), len(self.peak), len(self.last)


def read(name: str) -> ChartHistory:
    return history_of(f"billboard/{name}")


@pytest.fixture(scope="module")
def early() -> ChartHistory:
    return read(EARLY)


@pytest.fixture(scope="module")
def closed_up() -> ChartHistory:
    return read(CLOSED_UP)


@pytest.fixture(scope="module")
def late() -> ChartHistory:
    return read(LATE)


def differing(history: ChartHistory, ranks: Ranks | None = None) -> Differing:
    """What differs; a window's first issue has no issue before it to compare with."""
    found = Differing([], [], [])
    for each in recounted(history, ranks=ranks):
        printed = each.row.reported
        if printed.periods_on_chart != each.periods:
            found.weeks.append(each)
        if printed.peak != each.peak:
            found.peak.append(each)
        if printed.last_rank != each.last_rank and each.row.date > history.dates[0]:
            found.last.append(each)
    return found


# -- 1961-12-25 to 1962-01-06: Monday to Saturday, 12 days --------------------------------


def test_the_counters_of_1961_and_1962(early: ChartHistory) -> None:
    """3,400 of 3,400 weeks, 3,399 of 3,400 peaks, 3,299 of 3,300 last ranks.

    One rank is contradicted by both of its counters: No. 71 on 1961-12-25 has the peak 70, and
    the next list says that it was No. 70.
    """
    assert len(early) == 3_400
    found = differing(early)
    assert found.counts == (0, 1, 1)
    [peak], [last] = found.peak, found.last
    assert peak.row.title == last.row.title
    assert peak.name == "Letter Full Of Tears"
    assert (peak.day, peak.row.rank, peak.row.reported.peak) == ("1961-12-25", 71, 70)
    assert (last.day, last.row.reported.last_rank, last.last_rank) == ("1962-01-06", 70, 71)


def test_monday_to_saturday_breaks_no_run(early: ChartHistory) -> None:
    """89 songs are on both lists; a rule of 7 days would end their runs."""
    monday, saturday = dt.date(1961, 12, 25), dt.date(1962, 1, 6)
    assert (saturday - monday).days == 12
    calendar = early.calendar(early.series[0])
    assert calendar.number(saturday) - calendar.number(monday) == 1
    [chart] = early.charts
    first, then = ({row.title for row in early.issue(chart, day)} for day in (monday, saturday))
    assert len(first & then) == 89
    runs = [run for run in streaks(early, top=None) if run.start <= monday <= run.end]
    across = [run for run in runs if run.end >= saturday]
    assert {run.title for run in across} == first & then
    assert {run.title for run in runs if run.end == monday} == first - then


def test_read_as_every_seventh_day_all_89_runs_break(early: ChartHistory) -> None:
    """On a calendar of every day since, the lists are 12 issues apart with 11 of them missing."""
    [chart] = early.charts
    pair = [row for day in ("1961-12-25", "1962-01-06") for row in early.issue(chart, day).rows]
    daily = ChartHistory.from_snapshots(pair, calendars={chart.series: Calendar.daily()})
    assert {run.length for run in streaks(daily, top=None)} == {1}
    both = [run.title for run in streaks(daily, top=None)]
    assert len(both) - len(set(both)) == 89


# -- 1976-12-04 to 1977-03-05: 13 lists of 99, closed up ----------------------------------

SHORT = (
    *("1976-12-04", "1976-12-11", "1976-12-18", "1976-12-25", "1977-01-01", "1977-01-08"),
    *("1977-01-15", "1977-01-22", "1977-01-29", "1977-02-12", "1977-02-19", "1977-02-26"),
    "1977-03-05",
)
# The first rank of each list that the list after it calls one worse: the hole was there.
HOLES = (35, 26, 22, 19, 19, 17, 15, 13, 13, 31, 32, 49, 60)
LOST = Title("Somebody To Love", by="Queen", kind="Song")
MISPRINTED = Title("Jeans On", by="David Dundas", kind="Song")


def test_13_lists_have_99_rows_and_show_no_hole(closed_up: ChartHistory) -> None:
    [chart] = closed_up.charts
    sizes = {str(day): len(closed_up.issue(chart, day)) for day in closed_up.dates}
    assert tuple(day for day, size in sizes.items() if size == 99) == SHORT
    assert {size for day, size in sizes.items() if day not in SHORT} == {100}
    for day in SHORT:
        assert [row.rank for row in closed_up.issue(chart, day)] == list(range(1, 100))


def holes(history: ChartHistory) -> dict[dt.date, int]:
    """By list the best rank that the list after it calls one worse."""
    found: dict[dt.date, int] = {}
    for each in recounted(history):
        last = each.row.reported.last_rank
        if each.last_rank is not None and last == each.last_rank + 1:
            before = history.dates[history.dates.index(each.row.date) - 1]
            found[before] = min(found.get(before, 100), each.last_rank)
    return found


def test_the_lists_after_them_tell_where_the_holes_are(closed_up: ChartHistory) -> None:
    found = {str(day): rank for day, rank in holes(closed_up).items()}
    assert found == dict(zip(SHORT, HOLES, strict=True))


def test_a_debut_below_the_hole_has_its_rank_plus_1_as_peak(closed_up: ChartHistory) -> None:
    """All 121 debuts of the 13 lists are below the holes."""
    found = holes(closed_up)
    debuts = [row for row in closed_up if row.date in found and row.reported.periods_on_chart == 1]
    assert len(debuts) == 121
    assert all(row.rank >= found[row.date] for row in debuts)
    assert all(row.reported.peak == row.rank + 1 for row in debuts)
    others = [
        row for row in closed_up if row.date not in found and row.reported.periods_on_chart == 1
    ]
    assert all(row.reported.peak == row.rank for row in others)


def opened(history: ChartHistory) -> Ranks:
    """The ranks with the holes opened again."""
    found: Ranks = ranks_of(history)
    for day, hole in holes(history).items():
        moved: dict[Hashable, int] = {
            title: rank + (rank >= hole) for title, rank in found[day].items()
        }
        found[day] = moved
    return found


def keys(rows: list[Recount]) -> set[tuple[dt.date, Title]]:
    return {(each.row.date, each.row.title) for each in rows}


def test_the_counters_of_1976_and_1977(closed_up: ChartHistory) -> None:
    """3,486 of 3,487 weeks, 2,782 of 3,487 peaks, 2,556 of 3,387 last ranks.

    With the 13 lists opened 3,486, 3,486 and 3,386. What remains is the song that was lost, whose
    weeks went on, and a song at the edge of a hole that is contradicted by its own counters.
    """
    assert len(closed_up) == 3_487
    literal = differing(closed_up)
    assert literal.counts == (1, 705, 831)
    whole = differing(closed_up, opened(closed_up))
    assert whole.counts == (1, 1, 1)
    assert not keys(literal.peak) & keys(whole.peak)
    assert not keys(literal.last) & keys(whole.last)
    [weeks] = whole.weeks
    assert (weeks.row.title, weeks.day) == (LOST, "1977-02-05")
    assert (weeks.row.reported.periods_on_chart, weeks.periods) == (11, 2)
    [peak], [last] = whole.peak, whole.last
    assert (peak.row.title, peak.day, peak.row.rank) == (MISPRINTED, "1977-01-22", 18)
    assert (last.row.title, last.day, last.row.reported.last_rank) == (
        MISPRINTED,
        "1977-01-29",
        18,
    )


def test_the_hole_is_one_song(closed_up: ChartHistory) -> None:
    """On the lists before and between them, and 9 weeks older after the first nine."""
    rows = list(closed_up.select(title=LOST))
    assert [str(row.date) for row in rows] == ["1976-11-27", "1977-02-05"]
    assert [row.reported.periods_on_chart for row in rows] == [1, 11]
    between = [day for day in closed_up.dates if rows[0].date < day < rows[1].date]
    assert tuple(map(str, between)) == SHORT[:9]


def test_marked_defective_the_13_lists_bound_every_run(closed_up: ChartHistory) -> None:
    """The lost song: two runs of one week read literally; one of 11 to 15 weeks is possible."""
    literal = streaks(closed_up, LOST, top=None)
    assert [(run.length, run.upper) for run in literal] == [(1, 1), (1, 1)]
    marked = closed_up
    for day in SHORT:
        marked = marked.with_status("US", day, IssueStatus.DEFECTIVE)
    assert str(marked).endswith("3,487 rows; 13 lists defective")
    bounded = streaks(marked, LOST, top=None)
    assert [(run.length, run.upper) for run in bounded] == [(1, 15), (1, 15)]
    [bridged] = streaks(marked, LOST, top=None, gaps="bridge")
    assert (bridged.length, bridged.observed) == (11, 2)


# -- 1990: two recordings of one song -----------------------------------------------------


def test_the_counters_of_1990_differ_for_the_second_recording_only() -> None:
    """5,187 of 5,200 weeks and peaks, 5,087 of 5,100 last ranks."""
    history = read(REPEATS)
    assert len(history) == 5_200
    found = differing(history)
    assert found.counts == (13, 13, 13)
    song = history.title("Unchained Melody")
    assert song.by == "The Righteous Brothers"
    for rows in found:
        assert {each.row.title for each in rows} == {song}
        assert len({each.row.date for each in rows}) == 13
    [chart] = history.charts
    for each in found.weeks:
        twice = [row for row in history.issue(chart, each.row.date) if row.title == song]
        assert len(twice) == 2


# -- 2018-01-03: an issue that the archive lacks ------------------------------------------


def test_the_counters_of_2015_to_2021_differ_by_the_missing_issue_only(late: ChartHistory) -> None:
    """35,392 of 36,500 weeks, 36,468 of 36,500 peaks, 36,327 of 36,400 last ranks."""
    assert len(late) == 36_500
    found = differing(late)
    assert found.counts == (1_108, 32, 73)
    after = dt.date(2018, 1, 6)
    assert {each.row.date for each in found.last} == {after}
    for each in found.weeks:
        assert each.row.date >= after
        assert each.row.reported.periods_on_chart == each.periods + 1
    # The peak was reached in the issue that is missing: the next one calls it the last rank.
    missed = {row.title: row.reported.last_rank for row in late.issue(late.charts[0], after)}
    for each in found.peak:
        assert each.row.date >= after
        assert each.row.reported.peak == missed[each.row.title]


def test_the_songs_that_were_on_it_count_one_week_more_for_good(late: ChartHistory) -> None:
    """83 songs are on both lists beside it, and every one gains 2 weeks."""
    [chart] = late.charts
    assert late.status(chart, "2018-01-03") is IssueStatus.MISSING
    before, after = (
        {row.title: row.reported.periods_on_chart or 0 for row in late.issue(chart, day)}
        for day in ("2017-12-30", "2018-01-06")
    )
    carried = before.keys() & after.keys()
    assert len(carried) == 83
    assert {after[title] - before[title] for title in carried} == {2}
    concerned = {each.row.title for each in differing(late).weeks}
    assert carried <= concerned


def test_a_run_across_the_missing_issue_is_bounded(late: ChartHistory) -> None:
    """Perfect was No. 1 on 2017-12-23 and 30, and on 2018-01-06, 13 and 20."""
    song = "Perfect by Ed Sheeran"
    found = [(run.length, run.upper, run.observed) for run in streaks(late, song)]
    assert found == [(3, 6, 3), (2, 6, 2)]
    [bridged] = streaks(late, song, gaps="bridge")
    assert (bridged.length, bridged.observed) == (6, 5)


def test_the_longest_runs_at_no_1(late: ChartHistory) -> None:
    """Old Town Road 19 weeks, Despacito 16."""
    first, second = streaks(late)[:2]
    assert (first.title.name, first.length, first.upper) == ("Old Town Road", 19, 19)
    assert (str(first.start), str(first.end)) == ("2019-04-13", "2019-08-17")
    assert (second.title.name, second.length, second.upper) == ("Despacito", 16, 16)
    assert (str(second.start), str(second.end)) == ("2017-05-27", "2017-09-09")
