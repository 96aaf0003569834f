"""The bundled sample, read by the csv module alone, and the figures that hold in it."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import TypeAlias

import pytest

from tools.build_sample import build

FILE = files("kcharts").joinpath("data/samples/reconstruction.csv")

HERO = "All of Us Are Dead"
KOREAN = {
    "Squid Game": "2021-09-17",
    "Hellbound": "2021-11-19",
    "The Silent Sea": "2021-12-24",
    HERO: "2022-01-28",
}
LISTED = [date(2022, 1, day) for day in (28, 29, 30, 31)]
SATURDAY, SUNDAY, MONDAY = LISTED[1:]

# Where All of Us Are Dead was No. 1 on Netflix's own list of the week to 2022-01-30.
WEEKLY = "BH BD FR DE GP HK IN ID JM JP JO KW MY MQ MU NC NG OM PK PH QA RE SA SG KR TW TH AE VN"

Lists: TypeAlias = dict[tuple[str, date], list[dict[str, str]]]


@cache
def _text() -> str:
    return FILE.read_text(encoding="utf-8")


@cache
def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in _text().splitlines() if not line.startswith("#")))


@cache
def _lists() -> Lists:
    lists: Lists = defaultdict(list)
    for row in _rows():
        lists[row["country"], date.fromisoformat(row["date"])].append(row)
    return dict(lists)


@cache
def _panel() -> list[str]:
    return sorted({country for country, _ in _lists()} - {"WORLD"})


@cache
def _world() -> dict[date, list[str]]:
    """The titles of the world chart, best first, day by day."""
    return {
        day: [row["title"] for row in rows]
        for (country, day), rows in sorted(_lists().items())
        if country == "WORLD"
    }


def _reigns() -> list[tuple[str, date, date]]:
    """Who was No. 1 of the world chart, from when to when, in order."""
    leaders = [(titles[0], day) for day, titles in _world().items()]
    stretches = [
        (title, [day for _, day in days]) for title, days in groupby(leaders, lambda pair: pair[0])
    ]
    return [(title, days[0], days[-1]) for title, days in stretches]


def _hero_ranks(day: date) -> dict[str, int]:
    """The rank of All of Us Are Dead in the countries that have it on their list."""
    return {
        country: int(row["rank"])
        for country in _panel()
        for row in _lists()[country, day]
        if row["title"] == HERO
    }


def _places(day: date, rank: int) -> set[str]:
    return {country for country, found in _hero_ranks(day).items() if found == rank}


def _points(day: date) -> Counter[str]:
    """Ten points for a No. 1 in a country, one for a No. 10, of every title."""
    points: Counter[str] = Counter()
    for country in _panel():
        for row in _lists()[country, day]:
            points[row["title"]] += 11 - int(row["rank"])
    return points


def test_file_is_what_the_tool_writes() -> None:
    assert FILE.read_bytes() == build().encode()


def test_file_stays_small() -> None:
    assert len(FILE.read_bytes()) < 390_000


def test_note_says_first_that_nothing_was_published() -> None:
    note = [line for line in _text().splitlines() if line.startswith("#")]
    assert _text().startswith("\n".join(note))
    assert note[0].startswith("# A reconstruction, not published data: ")
    assert "facts" in " ".join(note)
    assert "stand-ins" in " ".join(note)


def test_rows_are_of_one_series() -> None:
    series = {tuple(row.values())[:4] for row in _rows()}
    assert series == {("reconstruction of FlixPatrol", "Netflix", "TV", "daily")}


def test_world_chart_is_there_every_day() -> None:
    first = date(2021, 9, 17)
    assert list(_world()) == [first + timedelta(number) for number in range(137)]
    assert list(_world())[-1] == MONDAY


def test_88_countries_have_lists_from_release_on() -> None:
    assert len(_panel()) == 88
    assert {"KR", "US"} <= set(_panel())
    assert set(_lists()) == {
        *(("WORLD", day) for day in _world()),
        *((country, day) for country in _panel() for day in LISTED),
    }


def test_every_list_has_ten_ranks_in_order_and_no_title_twice() -> None:
    for rows in _lists().values():
        assert [int(row["rank"]) for row in rows] == list(range(1, 11))
        assert len({row["title"] for row in rows}) == 10


def test_titles_say_the_same_of_themselves_in_every_row() -> None:
    said = {(row["title"], row["origin"], row["released"]) for row in _rows()}
    assert len(said) == len({title for title, _, _ in said})
    assert {title: released for title, origin, released in said if origin == "KR"} == KOREAN
    assert all(origin for _, origin, _ in said)


def test_no_title_is_on_a_list_before_its_release() -> None:
    assert all(row["released"] <= row["date"] for row in _rows())


def test_titles_but_five_are_stand_ins() -> None:
    titles = {row["title"] for row in _rows()}
    assert {title for title in titles if not title.startswith("Show ")} == {*KOREAN, "Arcane"}


def test_world_chart_is_in_the_order_of_points() -> None:
    for (country, _), rows in _lists().items():
        if country == "WORLD":
            assert all(int(a["points"]) > int(b["points"]) > 0 for a, b in pairwise(rows))
        else:
            assert not any(row["points"] for row in rows)


@pytest.mark.parametrize("day", LISTED, ids=str)
def test_points_of_the_world_chart_are_those_of_the_countries(day: date) -> None:
    """Its ten titles are the ten with the most points, and nobody ties with the tenth."""
    points = _points(day)
    best = points.most_common(11)
    assert best[9][1] > best[10][1]
    printed = [(row["title"], int(row["points"])) for row in _lists()["WORLD", day]]
    assert printed == best[:10]


def test_squid_game_led_46_days_then_one_more_after_two_of_arcane() -> None:
    assert _reigns()[1:4] == [
        ("Squid Game", date(2021, 9, 23), date(2021, 11, 7)),
        ("Arcane", date(2021, 11, 8), date(2021, 11, 9)),
        ("Squid Game", date(2021, 11, 10), date(2021, 11, 10)),
    ]
    assert (date(2021, 11, 7) - date(2021, 9, 23)).days + 1 == 46
    assert [title for title, _, _ in _reigns()].count("Squid Game") == 2


def test_all_of_us_are_dead_led_three_days_from_one_day_after_its_release() -> None:
    assert _reigns()[-1] == (HERO, SATURDAY, MONDAY)
    assert (SATURDAY - date.fromisoformat(KOREAN[HERO])).days == 1
    assert [title for title, _, _ in _reigns()].count(HERO) == 1


def test_all_of_us_are_dead_is_the_third_korean_title_to_lead() -> None:
    order = dict.fromkeys(title for title, _, _ in _reigns() if title in KOREAN)
    assert list(order) == ["Squid Game", "Hellbound", HERO]
    [hellbound] = [start for title, start, _ in _reigns() if title == "Hellbound"]
    assert hellbound == date(2021, 11, 20)


def test_silent_sea_is_on_the_world_chart_and_never_leads() -> None:
    """It was No. 1 of Netflix's weekly list, where All of Us Are Dead is the fourth, not third."""
    ranks = [t.index("The Silent Sea") + 1 for t in _world().values() if "The Silent Sea" in t]
    assert min(ranks) == 2


def test_all_of_us_are_dead_leads_nowhere_on_the_day_of_its_release() -> None:
    assert 0 < len(_hero_ranks(LISTED[0])) < 10
    assert not _places(LISTED[0], 1)


def test_all_of_us_are_dead_leads_in_25_then_44_then_46_countries() -> None:
    assert [len(_places(day, 1)) for day in (SATURDAY, SUNDAY, MONDAY)] == [25, 44, 46]
    assert all("KR" in _places(day, 1) for day in (SATURDAY, SUNDAY, MONDAY))


def test_all_of_us_are_dead_leads_first_where_netflix_has_it_first_for_the_week() -> None:
    weekly = set(WEEKLY.split())
    assert len(weekly) == 29
    assert _places(SATURDAY, 1) < weekly < _places(SUNDAY, 1) < _places(MONDAY, 1)


def test_all_of_us_are_dead_is_second_in_29_others_including_the_united_states() -> None:
    assert len(_places(MONDAY, 2)) == 29
    assert "US" in _places(MONDAY, 2)
    assert len(_places(MONDAY, 1) | _places(MONDAY, 2)) == 75


def test_all_of_us_are_dead_is_third_third_and_second_in_the_united_states() -> None:
    """As on the daily list of Netflix there, on which films and series stand together."""
    ranks = [_hero_ranks(day)["US"] for day in (SATURDAY, SUNDAY, MONDAY)]
    assert ranks == [3, 3, 2]


def test_all_of_us_are_dead_is_between_3_and_8_or_absent_in_the_13_left() -> None:
    left = {c: r for c, r in _hero_ranks(MONDAY).items() if r > 2}
    assert set(left.values()) <= set(range(3, 9))
    assert len(left) < 88 - 75 == 13


def test_points_of_all_of_us_are_dead_are_those_of_the_press() -> None:
    """679 on 2022-01-29; on 01-31 what 46 first and 29 second places among 88 allow."""
    assert _points(SATURDAY)[HERO] == 679
    least = 46 * 10 + 29 * 9
    assert least == 721 <= _points(MONDAY)[HERO] <= least + 13 * 8 == 825
