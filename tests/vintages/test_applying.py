"""Making the revisions of two vintages in a history."""

from __future__ import annotations

import pytest
from attrs import evolve

from kcharts import Calendar, ChartHistory, Country, IssueStatus, RankSnapshot, Title, compare
from kcharts.errors import ConflictError
from tests.laws.revising import made
from tests.lists import SERIES, chart, day, lists

OLD = {"KR": ["ABC", "ABC", "ABC"]}
NEW = {"KR": ["ABC", "BAC", "ABC", "CBA"]}
SHOWS = evolve(SERIES, category="Shows")


def test_what_is_not_revised_stays() -> None:
    """A mark, a row of a revised list, another country, another title's data: all one's own."""
    mine = lists({"KR": ["~ABC", "ABX", "ABC"], "US": ["XYZ"]})
    patched = compare(lists(OLD), lists(NEW)).apply(mine)
    assert patched == lists({"KR": ["~ABC", "BAX", "ABC", "CBA"], "US": ["XYZ"]})
    assert patched.status(chart("US"), day(3)) is IssueStatus.MISSING


def test_marks_that_were_set_stay_set() -> None:
    old, new = lists(OLD), lists(NEW)
    for here in (old, old.with_status("KR", day(0), IssueStatus.PUBLISHED)):
        patched = compare(old, new).apply(here)
        assert patched == new
        assert patched.store.marks == here.store.marks
    marked = new.with_status("KR", day(3), IssueStatus.PUBLISHED)
    assert compare(old, marked).apply(old).store.marks == marked.store.marks


def test_calendars_that_were_inferred_are_inferred_again() -> None:
    old, new = lists(OLD), lists(NEW)
    assert not compare(old, new).apply(old).store.calendars
    daily = lists(OLD, calendar=Calendar.daily())
    assert compare(daily, new).apply(daily).store.calendars == {SERIES: Calendar.daily()}
    dates = lists({"KR": ["ABC", "", "ABC"]}, calendar=Calendar.from_dates([day(0), day(2)]))
    found = compare(new, dates)
    assert found.apply(new) == dates
    assert found.apply(new).calendar(SERIES) == dates.calendar(SERIES)


def test_a_note_is_taken_over_where_it_changed() -> None:
    def noted(history: ChartHistory, note: str | None) -> ChartHistory:
        return ChartHistory(evolve(history.store, note=note))

    old, new = lists(OLD), lists(NEW)
    assert compare(old, new).apply(noted(old, "mine")).note == "mine"
    assert compare(old, noted(new, "new")).apply(noted(old, "mine")).note == "new"


def test_the_new_name_of_a_title_is_taken_over() -> None:
    names = [Title(name, key="id:1") for name in ("Berlin", "Berlin and the Jewels")]
    old, new = (made([RankSnapshot(title, chart("KR"), day(0), 1)], {}, {}) for title in names)
    assert [title.name for title in compare(old, new).apply(old).titles] == [names[1].name]


def test_what_is_known_of_a_title_stays_but_for_what_the_vintages_say() -> None:
    def listed(*titles: Title) -> ChartHistory:
        rows = [RankSnapshot(title, chart("KR"), day(0), n) for n, title in enumerate(titles, 1)]
        return made(rows, {}, {})

    korea, berlin = Country("KR"), Title("Berlin", key="id:1", released=day(-9))
    found = compare(
        listed(berlin, Title("A"), Title("X")),
        listed(
            evolve(berlin, name="Jewels", released=day(-8)), Title("A"), Title("B", ids=("b:2",))
        ),
    )
    mine = listed(evolve(berlin, origin=korea), Title("A", ids=("a:1",)), Title("X"))
    mine = mine.merge(
        made([RankSnapshot(Title("B", origin=korea), chart("US"), day(0), 1)], {}, {})
    )
    patched = {each.name: each for each in found.apply(mine).titles}
    assert {name: (t.origin, t.released, t.ids) for name, t in patched.items()} == {
        "Jewels": (korea, day(-8), ()),
        "A": (None, None, ("a:1",)),
        "B": (korea, None, ("b:2",)),
    }


def test_charts_may_come_and_go() -> None:
    old, new = lists({"KR": ["ABC"]}), lists({"US": ["ABC"]})
    assert compare(old, new).apply(old) == new
    mine = lists({"KR": ["ABC", "BAC"]})
    assert compare(old, new).apply(mine).charts == (chart("KR"), chart("US"))


@pytest.mark.parametrize(
    ("here", "message"),
    [
        ({"KR": ["ABC", "BAC", "ABC"]}, "2022-01-02: the list has another row No. 1"),
        ({"KR": ["ABC", "", "ABC"]}, "2022-01-02: the list is not in this history"),
        ({"US": ["ABC", "ABC", "ABC"]}, "2022-01-02: the list is not in this history"),
        ({"KR": ["ABC", "ABC", "ABC", "ABC"]}, "2022-01-04: the list is published, not outside"),
    ],
)
def test_a_history_that_holds_something_else_there_is_refused(
    here: dict[str, list[str]], message: str
) -> None:
    found = compare(lists(OLD), lists(NEW))
    with pytest.raises(ConflictError, match=message) as caught:
        found.apply(lists(here))
    assert "the old vintage" in caught.value.hints[0]


def test_a_lost_list_has_to_be_the_one_that_was_lost() -> None:
    found = compare(lists({"KR": ["ABC", "ABC"]}), lists({"KR": ["ABC"]}))
    with pytest.raises(ConflictError, match="2022-01-02: the list has other rows"):
        found.apply(lists({"KR": ["ABC", "ABX"]}))


def test_no_chart_gets_a_label_that_another_one_has() -> None:
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["ABC"]}, series=SHOWS)
    with pytest.raises(ConflictError, match=r"Stream Shows in South Korea .* is there already"):
        compare(old, new).apply(old.merge(new))


def test_revisions_are_made_in_histories_alone() -> None:
    found = compare(lists(OLD), lists(NEW))
    with pytest.raises(TypeError, match="history: expected a ChartHistory"):
        found.apply(5)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(ValueError, match="history: expected a history of whole lists"):
        found.apply(lists(OLD).select(title="A"))
