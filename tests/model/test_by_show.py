"""Shows: the best rank of their seasons on each list, and all that is known of the lists."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from kcharts import (
    Country,
    IssueStatus,
    RankSnapshot,
    Title,
    coverage,
    days_from_release,
    streaks,
    totals,
)
from kcharts.model.history import ChartHistory
from kcharts.testing import arrivals, histories
from tests.laws.tools import together
from tests.lists import START, chart, lists

SEASONS = tuple(
    Title(name, season=season, kind=kind)
    for name in ("Squid Game", "Hellbound", "Poke\u0301mon")
    for season in (None, "Season 1", f"{name}: Season 2", "Season 3")
    for kind in ("TV", None)
)
HISTORIES = histories(titles=st.sampled_from(SEASONS), cuts="sometimes") | histories(
    titles=st.sampled_from(SEASONS), rows="loose"
)
Show = tuple[str, str | None]


def shows(rows: list[RankSnapshot]) -> dict[tuple[object, Show], int]:
    """The best rank of each show on each list, counted row by row."""
    best: dict[tuple[object, Show], int] = {}
    for row in rows:
        if row.title.season is not None:
            key = ((row.chart, row.date), (row.title.name, row.title.kind))
            best[key] = min(best.get(key, row.rank), row.rank)
    return best


@given(HISTORIES)
def test_a_show_is_at_a_rank_or_better_where_one_of_its_seasons_is(history: ChartHistory) -> None:
    found = history.by_show()
    assert shows(list(found)) == shows(list(history))
    assert {t.season for t in found.titles} <= {
        None,
        *(f"{title.name}: all seasons" for title in SEASONS),
    }
    plain = [row for row in history if row.title.season is None]
    assert [row for row in found if row.title.season is None] == plain


@given(HISTORIES)
def test_what_is_known_of_the_lists_stays(history: ChartHistory) -> None:
    ours, theirs = history.store, history.by_show().store
    for name in ("charts", "marks", "closings", "floors", "spans", "due", "calendars", "whole"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert [held.ordinals for held in ours.lists] == [held.ordinals for held in theirs.lists]


@given(HISTORIES)
def test_it_is_done_once(history: ChartHistory) -> None:
    once = history.by_show()
    assert once.by_show() == once
    assert once.by_show().titles == once.titles


@given(HISTORIES, st.data())
def test_it_does_not_matter_whether_the_cut_comes_first(
    history: ChartHistory, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    assert history.select(end=day).by_show() == history.by_show().select(end=day)
    assert history.select(start=day).by_show() == history.by_show().select(start=day)


@given(histories(titles=st.sampled_from(SEASONS)), st.data())
def test_it_does_not_matter_whether_the_parts_are_merged_first(
    history: ChartHistory, data: st.DataObject
) -> None:
    parts = data.draw(arrivals(history))
    assert together(part.by_show() for part in parts) == history.by_show()


ONE, TWO, THREE, OTHER = (
    Title("A Show", season="Season 1", kind="TV", origin=Country("KR"), ids=("b",)),
    Title("A Show", season="Season 2", kind="TV", ids=("a",), released=dt.date(2022, 1, 1)),
    Title("Third", kind="TV"),
    Title("A Show", kind="Film"),
)
NAMES = {"A": ONE, "B": TWO, "C": THREE, "D": OTHER}


def test_a_show_streaks_on_while_its_seasons_take_turns() -> None:
    history = lists({"KR": ["ABC", "BAC", "C1B", "!ABC"]}, titles=NAMES)
    found = history.by_show()
    assert [(row.rank, str(row.title)) for row in found.issue(chart("KR"), START)] == [
        (1, "A Show: all seasons"),
        (3, "Third"),
    ]
    assert str(streaks(found, "A Show")[0]) == (
        "A Show: all seasons: 2 days at No. 1 (perhaps longer: not covered before "
        "2022-01-01), 2022-01-01 to 2022-01-02, Stream TV in South Korea (by Press)"
    )
    assert totals(found, "A Show", top=None)[0].observed == 3
    assert found.status(chart("KR"), "2022-01-04") is IssueStatus.DEFECTIVE
    assert coverage(found, "Third", top=3, date="2022-01-01").bounds == (1, 1)
    assert found.is_whole


def test_a_show_has_what_its_seasons_agree_in() -> None:
    show = lists({"KR": ["AB"]}, titles=NAMES).by_show().title("A Show")
    assert (show.origin, show.released, show.ids) == (Country("KR"), None, ("a", "b"))
    alone = lists({"KR": ["BC"]}, titles=NAMES)
    assert alone.by_show().title("A Show").released == dt.date(2022, 1, 1)
    assert str(days_from_release(alone.by_show(), "A Show")).startswith(
        "A Show: all seasons: No. 1"
    )


def test_seasons_of_two_origins_leave_that_of_the_show_open() -> None:
    other = Title("A Show", season="Season 2", kind="TV", origin=Country("US"))
    found = lists({"KR": ["AB"]}, titles={"A": ONE, "B": other}).by_show()
    assert found.titles[0].origin is None


def test_a_film_of_the_same_name_is_no_season() -> None:
    found = lists({"KR": ["ADC"]}, titles=NAMES).by_show()
    assert {title.kind for title in found.titles if title.name == "A Show"} == {"TV", "Film"}


def test_without_seasons_nothing_changes() -> None:
    history = lists({"KR": ["CD"]}, titles=NAMES)
    assert history.by_show() == history


@pytest.mark.filterwarnings("error")
def test_the_holes_draw_no_warning() -> None:
    parts = [lists({place: ["ABC", "BCA"]}, titles=NAMES).by_show() for place in ("KR", "US")]
    assert len(parts[0].merge(parts[1]).select(end="2022-01-01")) == 4


def test_a_key_that_is_no_season_of_a_work_says_nothing_of_the_show() -> None:
    names = {n: Title("A Show", season=f"Season {n}", key=f"id:{n}") for n in "12"}
    found = lists({"KR": ["12"]}, titles=names).by_show()
    assert [title.key for title in found.titles] == ["|A Show||A Show: all seasons|"]
