"""The counters of the daily Top 10 of the United States, recomputed from its lists.

Every row that differs is in a class: what the lists show of why it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable

import pytest

from kcharts import ChartHistory, IssueStatus, Title, streaks, totals
from tests.oracles.recounting import Key, Recount, ranks_of, recounted
from tests.real import history_of

# The publisher counted a day twice: from one day to the next the days rise by 2, and the score by
# twice the day's.
COUNTED_TWICE = {"Lucifer": 35, "Too Hot to Handle": 6}
# Two films of one release date whose names are cut at the same character: the rows of both are
# under one key.
TWO_FILMS = "The Twilight Saga: Breaking…"
# Names that changed from one list to the next, so that the key did.
RENAMED = {
    "Chappelle's Show": "Chappelleâ\x80\x99s Show",
    "Dare Me": "Dare Me: Season 1",
    "Tiger King": "Tiger King: Murder, Mayhem …",
    "Single All the Way": "Single all the Way",
    "Jurassic World Camp Cretaceous": "Jurassic World: Camp Cretac…",
}


@pytest.fixture(scope="module")
def history() -> ChartHistory:
    return history_of("netflix-us-daily/netflix_daily_top10.csv.gz")


@pytest.fixture(scope="module")
def rows(history: ChartHistory) -> list[Recount]:
    return list(recounted(history))


def name_of(title: Title) -> Hashable:
    return title.name


def whole(title: Title) -> Hashable:
    return title


def classed(rows: list[Recount]) -> dict[str, int]:
    """How many rows are of each class."""
    found: Counter[str] = Counter()
    for each in rows:
        if each.name in COUNTED_TWICE:
            found["counted twice"] += 1
        elif each.name == TWO_FILMS:
            found["two films"] += 1
        else:
            found["renamed" if each.name in RENAMED else "unexplained"] += 1
    return dict(found)


def test_days_in_top_10_are_the_total(rows: list[Recount]) -> None:
    """7,058 of 7,100 rows: days over all absences, begun before the first list."""
    wrong = [each for each in rows if each.row.reported.periods_on_chart != each.periods]
    assert len(rows) - len(wrong) == 7_058
    assert classed(wrong) == {"counted twice": 41, "two films": 1}
    twice = Counter(each.name for each in wrong if each.name in COUNTED_TWICE)
    assert twice == COUNTED_TWICE
    assert {
        (each.row.reported.periods_on_chart or 0) - each.periods
        for each in wrong
        if each.name in COUNTED_TWICE
    } == {1}


def running(
    rows: list[Recount],
    key: Key,
    printed: Callable[[Recount], int],
    step: Callable[[Recount], int],
) -> list[tuple[Recount, int]]:
    """The rows whose counter is not the sum of the steps of all rows, with the difference."""
    sums: dict[Hashable, int] = {}
    found: list[tuple[Recount, int]] = []
    for each in rows:
        one = key(each.row.title)
        sums[one] = sums[one] + step(each) if one in sums else printed(each)
        if printed(each) != sums[one]:
            found.append((each, printed(each) - sums[one]))
    return found


def test_days_in_top_10_counted_by_rows_differ_for_both_of_two_films(rows: list[Recount]) -> None:
    """7,046 of 7,100 rows, if a day counts twice for a name that stands twice on a list."""
    wrong = running(rows, whole, lambda each: each.row.reported.periods_on_chart or 0, lambda _: 1)
    assert len(rows) - len(wrong) == 7_046
    assert classed([each for each, _ in wrong]) == {"counted twice": 41, "two films": 13}


def scores(rows: list[Recount], key: Key) -> list[tuple[Recount, int]]:
    """The rows whose score is not the sum of 11 - rank, with the difference."""
    return running(
        rows,
        key,
        lambda each: int(dict(each.row.extras)["Viewership Score"]),
        lambda each: 11 - each.row.rank,
    )


def test_the_score_is_the_sum_of_eleven_less_the_rank(rows: list[Recount]) -> None:
    """7,046 of 7,100 rows by name and release date; 7,032 by the name alone."""
    wrong = scores(rows, whole)
    assert len(rows) - len(wrong) == 7_046
    assert classed([each for each, _ in wrong]) == {"counted twice": 41, "two films": 13}
    # A day more at No. 1 on 2021-05-30, and one more at No. 3 on 2022-01-27.
    more = {(each.name, off) for each, off in wrong if each.name in COUNTED_TWICE}
    assert more == {("Lucifer", 10), ("Too Hot to Handle", 8)}
    assert len(rows) - len(scores(rows, name_of)) == 7_032


def test_year_to_date_rank_is_the_rank_of_the_day_before(
    history: ChartHistory, rows: list[Recount]
) -> None:
    """7,081 of 7,090 rows by name and release date; 7,080 by the name alone."""
    first = history.dates[0]
    later = [each for each in rows if each.row.date > first]
    wrong = [each for each in later if each.row.reported.last_rank != each.last_rank]
    assert (len(later), len(later) - len(wrong)) == (7_090, 7_081)
    assert classed(wrong) == {"renamed": 5, "two films": 4}
    assert {each.name for each in wrong} == {*RENAMED, TWO_FILMS}
    by_name = [each for each in recounted(history, key=name_of) if each.row.date > first]
    differing = [each for each in by_name if each.row.reported.last_rank != each.last_rank]
    assert len(by_name) - len(differing) == 7_080


def test_a_renamed_title_has_its_old_names_rank_of_the_day_before(
    history: ChartHistory, rows: list[Recount]
) -> None:
    [chart] = history.charts
    for each in rows:
        if each.name in RENAMED and each.last_rank is None and each.row.reported.last_rank:
            before = history.dates[history.dates.index(each.row.date) - 1]
            [old] = [r for r in history.issue(chart, before) if r.title.name == RENAMED[each.name]]
            assert old.rank == each.row.reported.last_rank
            assert old.title.released == each.row.title.released


def week_earlier(history: ChartHistory, rows: list[Recount], key: Key) -> list[Recount]:
    """The rows whose rank of the week before is not the one of seven issues earlier."""
    ranks = ranks_of(history, key)
    earlier = dict(zip(history.dates[7:], history.dates, strict=False))
    found: list[Recount] = []
    for each in rows:
        if each.row.date in earlier:
            expected = ranks[earlier[each.row.date]].get(key(each.row.title), "-")
            if dict(each.row.extras)["Last Week Rank"] != str(expected):
                found.append(each)
    return found


def test_last_week_rank_is_the_rank_of_seven_days_earlier(
    history: ChartHistory, rows: list[Recount]
) -> None:
    """7,024 of 7,030 rows by name and release date; 7,020 by the name alone."""
    assert sum(each.row.date >= history.dates[7] for each in rows) == 7_030
    wrong = week_earlier(history, rows, whole)
    assert classed(wrong) == {"renamed": 6}
    assert Counter(each.name for each in wrong) == {"Chappelle's Show": 4, "Tiger King": 2}
    assert len(week_earlier(history, rows, name_of)) == 10


# -- 2021-09-30, when the list holds only films -------------------------------------------


def test_on_two_days_all_series_are_gone_and_back_the_day_after(history: ChartHistory) -> None:
    """No other list has fewer than two series, or is without a film."""
    [chart] = history.charts
    series = {
        str(day): sum(row.title.kind == "TV Show" for row in history.issue(chart, day))
        for day in history.dates
    }
    assert [day for day, count in series.items() if count < 2] == ["2021-03-28", "2021-09-30"]
    assert max(series.values()) < 10
    assert (series["2021-03-27"], series["2021-03-29"]) == (5, 6)


def test_read_literally_the_run_has_15_days(history: ChartHistory) -> None:
    streak = streaks(history, "Squid Game")[0]
    assert (streak.length, streak.upper, str(streak.start)) == (15, 15, "2021-10-01")


def test_a_defective_list_leaves_15_days_proved_and_24_at_most(history: ChartHistory) -> None:
    marked = history.with_status("US", "2021-09-30", IssueStatus.DEFECTIVE)
    streak = streaks(marked, "Squid Game")[0]
    assert (streak.length, streak.upper) == (15, 24)
    assert (str(streak.start), str(streak.end)) == ("2021-10-01", "2021-10-15")
    [total] = totals(marked, "Squid Game")
    assert (total.observed, total.upper) == (23, 24)
    [bridged] = streaks(marked, "Squid Game", gaps="bridge")
    assert (bridged.length, bridged.observed) == (24, 23)


def test_the_publishers_day_counter_runs_on(history: ChartHistory) -> None:
    squid = {str(row.date): row for row in history.select(title="Squid Game")}
    assert squid["2021-09-29"].reported.periods_on_chart == 11
    assert squid["2021-10-01"].reported.periods_on_chart == 12
    assert "2021-09-30" not in squid


def test_all_of_us_are_dead_by_day(history: ChartHistory) -> None:
    rows = list(history.select(title="All of Us Are Dead", end="2022-02-05"))
    assert [(str(row.date), row.rank) for row in rows] == [
        ("2022-01-29", 3),
        ("2022-01-30", 3),
        ("2022-01-31", 2),
        ("2022-02-01", 2),
        ("2022-02-02", 2),
        ("2022-02-03", 3),
        ("2022-02-04", 1),
        ("2022-02-05", 2),
    ]
