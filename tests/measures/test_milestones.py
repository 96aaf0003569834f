"""Milestones: the order in which titles got there, and how long after their release."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import combinations
from types import FrameType

import pytest
from hypothesis import given, strategies as st

from kcharts import Country, Title, days_from_release, evidence, first_to_reach
from kcharts.errors import AmbiguousTitleError, UnknownChartError, UnknownTitleError
from tests.lists import WEEKLY, day, lists

KR, US = Country("KR"), Country("US")
TITLES = {
    "S": Title("Squid", origin=KR),
    "H": Title("Hell", origin=KR),
    "D": Title("Dead", origin=KR, released=dt.date(2022, 1, 4)),
    "A": Title("Arc", origin=US),
    "U": Title("Unplaced"),
}


def test_the_order_counts_those_of_the_class_alone() -> None:
    history = lists({"world": ["SAD", "ASH", "HAS", "DAS"]}, titles=TITLES)
    found = first_to_reach(history, origin="South Korea")
    assert [(each.title.name, each.position, each.date) for each in found.order] == [
        ("Squid", 1, day(0)),
        ("Hell", 2, day(2)),
        ("Dead", 3, day(3)),
    ]
    assert found.unclassified == ()
    assert (found.since, found.until, found.unknown, found.censored) == (day(0), day(3), 0, True)
    assert str(found.position("Dead")) == "3rd: Dead, 2022-01-04"


def test_an_unclassified_title_makes_a_place_a_range() -> None:
    """Of a title without origin nothing says whether it is Korean: third may be fourth."""
    history = lists({"world": ["SAD", "UAS", "HAS", "DAS"]}, titles=TITLES)
    found = first_to_reach(history, origin=KR)
    assert [(each.position, each.latest) for each in found.order] == [(1, 1), (2, 3), (3, 4)]
    assert [each.title.name for each in found.unclassified] == ["Unplaced"]
    assert str(found.position(TITLES["D"])) == "3rd (to 4th): Dead, 2022-01-04"
    assert "not known whether from South Korea: Unplaced" in str(found)


def test_titles_of_one_date_share_a_place() -> None:
    history = lists({"world": ["SHA", "ADS"]}, titles=TITLES)
    found = first_to_reach(history, origin=KR, top=2)
    assert [(each.title.name, each.position) for each in found.order] == [
        ("Hell", 1),
        ("Squid", 1),
        ("Dead", 3),
    ]


def test_among_names_the_class() -> None:
    history = lists({"world": ["SAD", "ASD", "DAS"]}, titles=TITLES)
    found = first_to_reach(history, among=["Dead", TITLES["A"]])
    assert [each.title.name for each in found.order] == ["Arc", "Dead"]
    with pytest.raises(UnknownTitleError):
        first_to_reach(history, among=["Parasite"])


def test_a_test_names_the_class_and_may_not_know() -> None:
    history = lists({"world": ["SAD", "UAS", "ASD"]}, titles=TITLES)
    found = first_to_reach(
        history, where=lambda title: None if title.origin is None else title.origin != KR
    )
    assert [each.title.name for each in found.order] == ["Arc"]
    assert found.order[0].latest == 2


def test_without_a_class_every_title_counts() -> None:
    history = lists({"world": ["SAD", "ASD"]}, titles=TITLES)
    assert len(first_to_reach(history).order) == 2
    with pytest.raises(TypeError, match="expected one of origin=, among= and where="):
        first_to_reach(history, origin="KR", among=["Dead"])


def test_unknown_lists_in_between_are_said() -> None:
    history = lists({"world": ["SAD", "?", "DAS"], "KR": 3 * ["SAD"]}, titles=TITLES)
    found = first_to_reach(history, origin=KR, country="world")
    assert found.unknown == 1
    assert "1 list in between not usable" in str(found)
    assert "what came before 2022-01-01 is not in hand" in str(found)


def test_a_class_that_never_got_there_is_empty() -> None:
    history = lists({"world": ["ASD"]}, titles=TITLES)
    found = first_to_reach(history, origin=KR)
    assert found.order == ()
    assert str(found).splitlines()[1] == "  none"
    with pytest.raises(UnknownTitleError, match="Dead is not among the 0 that got there"):
        found.position("Dead")


LETTERS = st.sampled_from(["ABC", "CDA", "BAD", "DCB", "EAB"])


@given(
    st.lists(LETTERS, min_size=1, max_size=5),
    st.permutations("KKUUO"),
    st.sampled_from([1, 2, None]),
)
def test_a_place_is_bounded_by_what_those_may_be_of_which_nothing_says(
    texts: list[str], marks: list[str], top: int | None
) -> None:
    """Of every choice of the unclassified titles, the place that it gives; by trying them all."""
    origins = {"K": KR, "O": US, "U": None}
    titles = {n: Title(n, origin=origins[m]) for n, m in zip("ABCDE", marks, strict=True)}
    history = lists({"world": texts}, titles=titles)
    found = first_to_reach(history, origin=KR, top=top)
    dates: dict[str, dt.date] = {}
    for row in history:
        if top is None or row.rank <= top:
            dates.setdefault(row.title.name, row.date)
    korean = {n for n in dates if titles[n].origin == KR}
    open_ = [n for n in dates if titles[n].origin is None]
    assert {each.title.name for each in found} == korean
    assert {each.title.name for each in found.unclassified} == set(open_)
    for each in (*found, *found.unclassified):
        places = [
            1 + sum(dates[n] < each.date for n in (korean | set(some)) - {each.title.name})
            for size in range(len(open_) + 1)
            for some in combinations(open_, size)
        ]
        assert (each.position, each.latest) == (min(places), max(places))


def test_titles_that_the_history_does_not_hold_make_no_class() -> None:
    history = lists({"world": ["SAD", "ASD"]}, titles=TITLES)
    for unknown in (Title("Squid", key="other"), "Parasite"):
        with pytest.raises(UnknownTitleError):
            first_to_reach(history, among=["Dead", unknown])
    early = first_to_reach(history, among=[TITLES["A"], "Squid"], as_of=day(0))
    assert [each.title.name for each in early] == ["Squid"]


def test_the_world_is_no_origin() -> None:
    with pytest.raises(ValueError, match='origin: expected a country, such as "KR", found \'world'):
        first_to_reach(lists({"world": ["SAD"]}, titles=TITLES), origin="world")


def test_a_name_that_two_of_them_bear_is_ambiguous() -> None:
    names = {
        "A": Title("Dragon", key="d1"),
        "B": Title("Dragon", key="d2"),
        "C": Title("Dark"),
        "D": Title("DARK"),
        "E": Title("Game", season="S", kind="TV"),
    }
    found = first_to_reach(lists({"world": ["AB", "BA", "CA", "DA", "EA"]}, titles=names))
    with pytest.raises(AmbiguousTitleError, match="'dragon' names 2 titles among the 5 that got"):
        found.position("dragon")
    assert [found.position(names[n]).position for n in "AB"] == [1, 2]
    assert [found.position(name).position for name in ("Dark", "DARK", "game", "Game: S")] == [
        3,
        4,
        5,
        5,
    ]
    with pytest.raises(AmbiguousTitleError):
        found.position("dark")
    with pytest.raises(UnknownTitleError, match="Dragon is not among the 5"):
        found.position(Title("Dragon"))


def test_those_that_got_there_are_counted_and_gone_through() -> None:
    found = first_to_reach(lists({"world": ["SAD", "ASD"]}, titles=TITLES), origin=KR)
    assert list(found) == [found.order[0]]
    assert len(found) == 1


def test_a_chart_that_never_had_an_issue_is_none_to_be_first_on() -> None:
    """Known only as one of which nothing is in hand."""
    never = lists({"KR": ["x"]})
    with pytest.raises(UnknownChartError, match=r"there is no list of Stream TV in South Korea"):
        first_to_reach(never)
    with pytest.raises(UnknownChartError, match="the history holds no charts"):
        first_to_reach(lists({}))
    assert first_to_reach(lists({"KR": ["?"]})).unknown == 1


def test_days_are_counted_from_the_release() -> None:
    history = lists({"world": ["SAD", "ASD", "ASD", "SAD", "DAS"]}, titles=TITLES)
    found = days_from_release(history, "Dead")
    assert found is not None
    assert (found.days, found.date) == ((1, 1), day(4))
    assert str(found) == (
        "Dead: No. 1 on 2022-01-05, 1 day after its release on 2022-01-04, "
        "Stream TV in the world (by Press)"
    )
    assert [row.date for row in evidence(history, found)] == [day(4)]


def test_an_unknown_list_before_widens_the_days() -> None:
    history = lists({"world": ["SAD", "ASD", "ASD", "?", "DAS"], "KR": 5 * ["SAD"]}, titles=TITLES)
    found = days_from_release(history, "Dead", country="world")
    assert found is not None
    assert found.days == (0, 1)
    assert "0 to 1 days after" in str(found)


def test_a_week_measures_seven_days() -> None:
    """A week that ends two days after the release: 0 to 2 days."""
    history = lists({"world": ["SAB", "DAS"]}, titles=TITLES, series=WEEKLY, every="week")
    found = days_from_release(history, "Dead", released="2022-01-06")
    assert found is not None
    assert found.days == (0, 2)


def test_a_title_that_never_got_there_has_no_days() -> None:
    history = lists({"world": ["SAD"]}, titles=TITLES)
    assert days_from_release(history, "Dead") is None


def test_a_release_that_nothing_says_has_to_be_said() -> None:
    with pytest.raises(ValueError, match="say it with released="):
        days_from_release(lists({"world": ["SAD"]}, titles=TITLES), "Squid")


def test_a_chart_before_the_release_is_said_to_be_before() -> None:
    history = lists({"world": ["DAB", "SAD"]}, titles=TITLES)
    found = days_from_release(history, "Dead")
    assert found is not None
    assert found.days == (-3, -3)
    assert "No. 1 on 2022-01-01, 3 days before its release on 2022-01-04" in str(found)


def test_an_order_is_asked_by_folded_name() -> None:
    found = first_to_reach(lists({"world": ["SAD"]}, titles=TITLES), origin=KR)
    assert found.position("squid") == found.position("SQUID") == found.order[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (121, "121st")],
)
def test_places_are_said_as_ordinals(number: int, said: str) -> None:
    from kcharts.measures import _words

    assert _words.ordinal(number) == said


def test_an_order_that_began_with_the_chart_misses_nothing() -> None:
    from kcharts import Calendar, Results

    launched = Calendar.daily(first=day(0))
    found = first_to_reach(lists({"world": ["SAD"]}, titles=TITLES, calendar=launched), origin=KR)
    assert not found.censored
    assert "not in hand" not in str(found)
    assert Results.of(found.order).to_dicts() == [
        {"title": "Squid", "season": None, "date": day(0), "position": 1, "latest": 1}
    ]
    history = lists({"world": ["SAD", "ASD"]}, titles=TITLES)
    rows = evidence(history, first_to_reach(history))
    assert [(row.title.name, row.rank) for row in rows] == [("Squid", 1), ("Arc", 1)]


def _calls(titles: int) -> int:
    """How many calls it takes to put titles in order of which each day's list has a new one."""
    history = lists({"world": ["AB" + chr(0x4E00 + number) for number in range(titles)]})
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        first_to_reach(history, where=lambda _title: True, top=None)
    finally:
        sys.setprofile(before)
    return calls


def test_the_work_grows_with_the_titles_not_with_their_square() -> None:
    """A whole Hot 100 has 33,000 titles, of which each was once compared with all the others."""
    _calls(10)  # imports and caches
    assert _calls(400) < 2.2 * _calls(200)
