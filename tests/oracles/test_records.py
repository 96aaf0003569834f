"""Records of the publishers' files: published ones, and others recounted from the rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from kcharts import ChartHistory, IssueStatus, Title, evidence, records
from tests.real import history_of

HOT_100 = "billboard/hot100_2015_to_2021.jsonl.gz"
COUNTRIES = "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
GLOBAL = "netflix/vintages/2025-07-09_all-weeks-global.tsv"

Ranks = dict[dt.date, dict[Title, int]]


@pytest.fixture(scope="module")
def hot_100() -> ChartHistory:
    return history_of(HOT_100)


@pytest.fixture(scope="module")
def countries() -> ChartHistory:
    return history_of(COUNTRIES)


@pytest.fixture(scope="module")
def world() -> ChartHistory:
    return history_of(GLOBAL)


def lists_of(history: ChartHistory) -> dict[Any, Ranks]:
    """The ranks of every list in hand, row by row."""
    found: dict[Any, Ranks] = {}
    for row in history:
        held = found.setdefault(row.chart, {}).setdefault(row.date, {})
        held[row.title] = min(row.rank, held.get(row.title, row.rank))
    return found


def named(found: records.Record[Any], number: int) -> list[tuple[int, str]]:
    """The first standings: position and name."""
    return [(each.position, each.figure.title.name) for each in found.standings[:number]]


# -- the Hot 100, 2015 to 2021 --------------------------------------------------------------


def test_old_town_road_19_and_despacito_16_are_the_longest_reigns(hot_100: ChartHistory) -> None:
    found = records.longest_streaks(hot_100)
    lengths = [each.figure.length for each in found.standings[:2]]
    assert named(found, 2) == [(1, "Old Town Road"), (2, "Despacito")]
    assert lengths == [19, 16]
    assert (found.unit, found.unknown, found.unseen) == ("week", 1, 1)
    assert (str(found.since), str(found.until)) == ("2015-01-03", "2021-12-25")
    # Blank Space led the first list of the window: only lists before it could tell for how long.
    assert [(c.proved, c.upper) for c in found.challengers] == [(2, None)]
    assert found.challengers[0].start == dt.date(2015, 1, 3)
    assert len(evidence(hot_100, found)) == 19


def test_most_weeks_at_no_1_are_bounded_by_the_missing_list(hot_100: ChartHistory) -> None:
    found = records.most_periods(hot_100)
    assert (found.value, found.upper, named(found, 1)) == (19, 20, [(1, "Old Town Road")])
    counts = Counter(row.title for row in hot_100 if row.rank == 1)
    assert [(each.title, each.observed) for each in found.holders] == counts.most_common(1)


def moves(history: ChartHistory) -> list[tuple[int, str, int, int]]:
    """All moves between lists seven days apart: places, name, from, to."""
    return [
        (before[title] - rank, title.name, before[title], rank)
        for ranks in lists_of(history).values()
        for (one, before), (other, after) in pairwise(sorted(ranks.items()))
        if (other - one).days == 7
        for title, rank in after.items()
        if title in before
    ]


def test_the_biggest_moves_are_those_that_one_recounts(hot_100: ChartHistory) -> None:
    """Up 98 for ME!, 77 to 1 for Look What You Made Me Do, 1 to 38 for Willow."""
    recounted = sorted(moves(hot_100))
    climb, fall = records.biggest_climb(hot_100), records.biggest_fall(hot_100)
    jump, drop = records.biggest_climb(hot_100, top=1), records.biggest_fall(hot_100, top=1)
    for found, (places, name, before, after) in (
        (climb, recounted[-1]),
        (fall, recounted[0]),
        (jump, max(each for each in recounted if each[3] == 1)),
        (drop, min(each for each in recounted if each[2] == 1)),
    ):
        [figure] = found.holders
        assert found.value == abs(places)
        assert (figure.title.name, figure.from_rank, figure.to_rank) == (name, before, after)
    assert str(climb.holders[0]).startswith(
        "ME! by Taylor Swift Featuring Brendon Urie: up 98 places from No. 100 to No. 2, "
        "charts dated 2019-05-04 to 2019-05-11"
    )
    assert (jump.value, jump.holders[0].title.name) == (76, "Look What You Made Me Do")
    assert (drop.value, drop.holders[0].title.name) == (37, "Willow")


def test_beside_the_missing_list_songs_can_have_moved_further(hot_100: ChartHistory) -> None:
    """Up from No. 100, or to No. 1, on 2018-01-03; or before the first list in hand."""
    [chart] = hot_100.charts
    assert hot_100.status(chart, "2018-01-03") is IssueStatus.MISSING
    found = records.biggest_climb(hot_100)
    assert found.value == 98
    expected = [
        row.title
        for day, from_below in (("2015-01-03", 1), ("2017-12-30", 0), ("2018-01-06", 1))
        for row in hot_100.issue(chart, day)
        if (100 - row.rank if from_below else row.rank - 1) >= 98
    ]
    assert Counter(c.subject for c in found.challengers) == Counter(expected)
    assert len(expected) == 6


def first_lists(history: ChartHistory) -> dict[Title, list[tuple[dt.date, int]]]:
    """The lists of each title, in order."""
    found: dict[Title, list[tuple[dt.date, int]]] = {}
    for ranks in lists_of(history).values():
        for day, held in sorted(ranks.items()):
            for title, rank in held.items():
                found.setdefault(title, []).append((day, rank))
    return found


def test_the_longest_climbs_to_no_1_are_those_that_one_recounts(hot_100: ChartHistory) -> None:
    """Someone You Loved in its 24th week, Cheap Thrills in its 23rd.

    Only the second is proved: the first can have been on the missing list, for all that the
    lists say.
    """
    likely = records.longest_climb_to_top(hot_100, debuts="likely")
    proved = records.longest_climb_to_top(hot_100)
    assert (likely.value, named(likely, 2)[0]) == (24, (1, "Someone You Loved"))
    assert (proved.value, named(proved, 1)) == (23, [(1, "Cheap Thrills")])
    assert "Someone You Loved" in {
        c.subject.name for c in proved.challengers if isinstance(c.subject, Title)
    }
    for found in (likely, proved):
        for each in found.standings:
            ways = first_lists(hot_100.select(title=each.figure.title))[each.figure.title]
            until = next(day for day, rank in ways if rank == 1)
            assert each.figure.length == sum(day <= until for day, _ in ways)
            assert (each.figure.debut, each.figure.reached) == (ways[0][0], until)


def test_36_songs_debut_at_no_1(hot_100: ChartHistory) -> None:
    """The publisher's own counter says of each that it was its first week on the chart."""
    likely = records.highest_debut(hot_100, debuts="likely")
    assert (likely.value, len(likely.holders)) == (1, 36)
    rows = [row for row in hot_100 if row.rank == 1 and row.reported.periods_on_chart == 1]
    assert {(each.title, each.date) for each in likely.holders} == {
        (row.title, row.date) for row in rows
    }
    proved = records.highest_debut(hot_100)
    assert {each.date for each in proved.holders} == {
        row.date for row in rows if row.date < dt.date(2018, 1, 3)
    }
    assert len(proved.holders) == 6


def test_the_most_songs_of_one_performer_at_once(hot_100: ChartHistory) -> None:
    counts = Counter((row.date, row.title.by) for row in hot_100)
    top_10 = Counter((row.date, row.title.by) for row in hot_100 if row.rank <= 10)
    for found, recounted in (
        (records.most_simultaneous(hot_100), counts),
        (records.most_simultaneous(hot_100, top=10), top_10),
    ):
        most = max(recounted.values())
        assert found.value == most
        assert {(each.date, one.name) for one in found.holders for each in one.lists} == {
            at for at, count in recounted.items() if count == most
        }


def test_as_of_the_summer_of_2018_despacito_holds_it(hot_100: ChartHistory) -> None:
    found = records.longest_streaks(hot_100, as_of="2018-08-31")
    assert (found.value, named(found, 1)) == (16, [(1, "Despacito")])
    assert found.until == dt.date(2018, 8, 25)


# -- Netflix ----------------------------------------------------------------------------------


def test_squid_game_led_the_world_for_nine_weeks_in_a_row(world: ChartHistory) -> None:
    found = records.longest_streaks(world, category="TV (Non-English)")
    [holder] = found.holders
    assert (holder.title.name, holder.length) == ("Squid Game", 9)
    assert (str(holder.start), str(holder.end)) == ("2021-09-19", "2021-11-14")
    assert found.is_certain
    early = records.longest_streaks(world, category="TV (Non-English)", as_of="2022-02-27")
    assert "All of Us Are Dead" in {each.figure.title.name for each in early.standings}
    assert [e.figure.length for e in early.standings if e.figure.title.name.startswith("All")] == [
        5
    ]


def test_squid_game_led_in_93_of_94_countries_at_once(countries: ChartHistory) -> None:
    """All but Denmark, in the week ending 2021-10-03; ever, it led in all."""
    found = records.most_countries(countries, category="TV")
    [holder] = found.holders
    assert (found.value, holder.title.name, found.unknown) == (93, "Squid Game", 0)
    assert [str(each.date) for each in holder.at] == ["2021-10-03"]
    assert [country.name for country in holder.at[0].missing] == ["Denmark"]
    counts = Counter(
        (row.title, row.date) for row in countries.select(category="TV") if row.rank == 1
    )
    best: dict[Title, int] = {}
    for (title, _), count in counts.items():
        best[title] = max(count, best.get(title, 0))
    everything = records.most_countries(countries, category="TV", limit=None)
    assert {each.figure.title: each.figure.count for each in everything.standings} == best
    ever = records.most_countries(countries, category="TV", held="ever")
    assert ever.value == 94
    assert {each.title.name for each in ever.holders} >= {"Squid Game"}


def test_streaks_in_the_countries_are_those_that_one_recounts(countries: ChartHistory) -> None:
    best: Counter[tuple[Any, Title]] = Counter()
    for chart, ranks in lists_of(countries).items():
        going: Counter[Title] = Counter()
        for _, held in sorted(ranks.items()):
            leaders = [title for title, rank in held.items() if rank == 1]
            going = Counter({title: going[title] + 1 for title in leaders})
            for title in leaders:
                best[chart, title] = max(best[chart, title], going[title])
    found = records.longest_streaks(countries)
    assert found.value == max(best.values()) == 9
    assert {(each.chart, each.title) for each in found.holders} == {
        at for at, length in best.items() if length == 9
    }
    assert len(found.holders) == 13


def test_moves_in_the_countries_are_those_that_one_recounts(countries: ChartHistory) -> None:
    recounted = Counter(places for places, *_ in moves(countries))
    climbs = records.biggest_climb(countries, limit=None)
    falls = records.biggest_fall(countries, limit=None)
    up = Counter(each.figure.places for each in climbs.standings)
    down = Counter(each.figure.places for each in falls.standings)
    assert up == Counter({places: n for places, n in recounted.items() if places > 0})
    assert down == Counter({places: n for places, n in recounted.items() if places < 0})
    assert (climbs.value, len(climbs.holders)) == (9, 18)
    assert (falls.value, len(falls.holders)) == (9, 40)


def test_totals_in_the_countries_are_the_publishers_own_counter(countries: ChartHistory) -> None:
    """The highest printed number of weeks in the Top 10 is that of the record."""
    found = records.most_periods(countries, top=None)
    printed = max(row.reported.periods_on_chart or 0 for row in countries)
    assert (found.value, found.upper) == (printed, printed)
    assert {(each.title, each.chart) for each in found.holders} == {
        (row.title, row.chart) for row in countries if row.reported.periods_on_chart == printed
    }
