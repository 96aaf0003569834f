"""What two vintages differ in, on small lists: every kind of revision, and how it reads."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from kcharts import (
    ChartHistory,
    IssueStatus,
    Metrics,
    RankSnapshot,
    Reported,
    Results,
    SourceRef,
    Title,
    compare,
)
from kcharts.vintages import Revision, RevisionKind, Revisions
from tests.laws.revising import made
from tests.lists import WEEKLY, chart, day, lists


def row(title: Title | str, rank: int, number: int = 0, **printed: Any) -> RankSnapshot:
    """A row of a list of South Korea, its title by name."""
    named = title if isinstance(title, Title) else Title(title)
    return evolve(RankSnapshot(named, chart("KR"), day(number), rank), **printed)


def history(*rows: RankSnapshot) -> ChartHistory:
    return made(rows, {}, {})


def lists_of(*titles: str | Title) -> ChartHistory:
    """One list of those titles."""
    return history(*(row(title, rank) for rank, title in enumerate(titles, start=1)))


def kinds(found: Revisions) -> list[tuple[int, str]]:
    """Rank and kinds of each place that differs."""
    return [(each.rank, ", ".join(kind.value for kind in each.kinds)) for each in found]


def told(found: Revisions) -> list[str]:
    """The places in words, without where and when."""
    return [str(each).split(": ", 1)[1] for each in found]


# -- titles ---------------------------------------------------------------------------------


def test_a_title_in_another_spelling_is_respelt() -> None:
    found = compare(lists_of("Film of Mine", "Caf\u00e9"), lists_of("Film Of Mine", "Cafe"))
    assert kinds(found) == [(1, "respelt"), (2, "respelt")]
    assert told(found)[0] == "Film of Mine is now Film Of Mine (respelt)"
    assert found[0].cells == {"title": ("Film of Mine", "Film Of Mine")}


def test_titles_that_change_places_have_moved() -> None:
    found = compare(lists_of("A", "B", "C"), lists_of("B", "A", "C"))
    assert kinds(found) == [(1, "moved"), (2, "moved")]
    assert [(each.now_at, each.was_at) for each in found] == [(2, 2), (1, 1)]
    assert told(found) == ["B in place of A, now No. 2", "A in place of B, now No. 1"]


def test_a_title_that_falls_out_is_replaced_and_those_below_move_up() -> None:
    found = compare(lists_of("A", "B", "C"), lists_of("B", "C", "D"))
    assert kinds(found) == [(1, "replaced"), (2, "moved"), (3, "moved")]
    assert told(found)[0] == "B in place of A, gone from the list"
    assert [each.was_at for each in found] == [2, 3, None]


def test_a_title_that_moved_and_was_respelt_is_replaced_but_not_lost_sight_of() -> None:
    found = compare(lists_of("A film", "B"), lists_of("B", "A Film"))
    assert kinds(found) == [(1, "replaced"), (2, "moved")]
    assert found[0].now_at == 2
    assert told(found)[0] == "B in place of A film, now No. 2 in another spelling"
    assert "(1 of them on the list in another spelling)" in str(found)


def test_a_spelling_that_both_lists_have_is_no_other_spelling_of_a_title_that_went() -> None:
    found = compare(lists_of("A film", "A Film"), lists_of("B", "A Film"))
    assert kinds(found) == [(1, "replaced")]
    assert found[0].now_at is None


def test_an_id_proves_that_a_work_was_renamed() -> None:
    old, new = (lists_of(Title(name, key="id:1")) for name in ("Berlin", "Berlin and the Jewels"))
    assert old == new
    found = compare(old, new)
    assert kinds(found) == [(1, "renamed")]
    assert told(found) == ["Berlin is now Berlin and the Jewels (renamed)"]


def test_an_id_proves_that_a_season_was_relabelled() -> None:
    titles = [Title("S", season=f"S: {name}", key="id:1") for name in ("Season 1", "Volume I")]
    found = compare(*map(lists_of, titles))
    assert kinds(found) == [(1, "season relabelled")]
    assert found[0].cells == {"season": ("S: Season 1", "S: Volume I")}


def test_one_text_under_another_id_is_identified_otherwise() -> None:
    found = compare(lists_of(Title("One", key="id:1")), lists_of(Title("One", key="id:2")))
    assert kinds(found) == [(1, "identified otherwise")]
    assert found[0].cells == {"key": ("id:1", "id:2")}
    assert told(found) == ["One (key id:1) is now One (key id:2) (identified otherwise)"]
    assert not found.retitled
    found = compare(
        lists_of(Title("One", key="id:1", kind="TV")), lists_of(Title("One", key="id:1"))
    )
    assert kinds(found) == [(1, "identified otherwise")]
    assert found[0].cells == {"kind": ("TV", None)}
    assert told(found) == ["One (kind TV) is now One (kind not printed) (identified otherwise)"]


def test_one_name_of_another_year_is_another_title() -> None:
    found = compare(lists_of(Title("One", year=1984)), lists_of(Title("One", year=2021)))
    assert kinds(found) == [(1, "replaced")]
    assert told(found) == ["One (year 2021) in place of One (year 1984), gone from the list"]


class TestProofs:
    """Without an id, one work is proved by all the places that it holds."""

    def test_two_places_of_which_one_is_not_the_last_are_proof(self) -> None:
        old = lists({"KR": ["XAB", "ABX"]})
        found = compare(old, lists({"KR": ["YAB", "ABY"]}))
        assert kinds(found) == [(1, "renamed"), (3, "renamed")]

    def test_one_place_is_none(self) -> None:
        found = compare(lists({"KR": ["XAB", "ABC"]}), lists({"KR": ["YAB", "ABC"]}))
        assert kinds(found) == [(1, "replaced")]

    def test_last_places_are_none(self) -> None:
        """A title that a publisher takes out makes room there for one that was not listed."""
        found = compare(lists({"KR": ["ABX", "BAX"]}), lists({"KR": ["ABY", "BAY"]}))
        assert kinds(found) == [(3, "replaced"), (3, "replaced")]

    def test_one_place_is_proof_if_the_same_was_measured_there(self) -> None:
        hours = Metrics(hours_viewed=15_860_000)
        old, new = (history(row(name, 1, metrics=hours)) for name in "XY")
        assert kinds(compare(old, new)) == [(1, "renamed")]
        other = history(row("Y", 1, metrics=Metrics(hours_viewed=5)))
        assert kinds(compare(old, other)) == [(1, "replaced")]
        nothing = history(row("Y", 1), row("B", 2, metrics=hours))
        assert kinds(compare(old, nothing)) == [(1, "replaced"), (2, "row added")]

    def test_a_season_is_proved_by_one_place_that_is_not_the_last(self) -> None:
        seasons = [Title("S", season=f"S: Season {number}") for number in (1, 2)]
        old, new = (lists_of(season, "B") for season in seasons)
        assert kinds(compare(old, new)) == [(1, "season relabelled")]
        old, new = (lists_of("B", season) for season in seasons)
        assert kinds(compare(old, new)) == [(2, "replaced")]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (["XAB", "XBA"], ["YAB", "XBA"]),  # the old name goes on
            (["XAB", "YBA"], ["YAB", "YBA"]),  # the new one is not new
            (["XAB", "XBA"], ["YAB", "ZBA"]),  # two names come of one
            (["XAB", "ZBA"], ["YAB", "YBA"]),  # one comes of two
        ],
    )
    def test_any_other_place_disproves_it(self, old: list[str], new: list[str]) -> None:
        found = compare(lists({"KR": old}), lists({"KR": new}))
        assert RevisionKind.RENAMED not in found.by_kind

    def test_lists_that_one_vintage_alone_has_do_not(self) -> None:
        found = compare(lists({"KR": ["XAB", "XBA", "XAB"]}), lists({"KR": ["YAB", "YBA"]}))
        assert kinds(found) == [(1, "renamed"), (1, "renamed")]


# -- cells, rows and columns ----------------------------------------------------------------


def test_what_is_printed_beside_a_title_that_stays_is_corrected() -> None:
    old = row("A", 1, metrics=Metrics(hours_viewed=5_000), extras=(("isNew", "1"),))
    old = evolve(old, reported=Reported(periods_on_chart=9))
    new = row("A", 1, metrics=Metrics(hours_viewed=6_000), extras=(("isNew", "0" * 50),))
    new = evolve(new, reported=Reported(periods_on_chart=2))
    found = compare(history(old), history(new))
    assert kinds(found) == [(1, "counter corrected, metric corrected, other column corrected")]
    assert list(found.by_cell) == ["hours_viewed", "reported_periods_on_chart", "extra:isNew"]
    assert told(found) == [
        f"A; hours viewed 5,000, now 6,000; periods on chart 9, now 2; isNew 1, now {40 * '0'}..."
    ]
    assert "metric corrected: 1 place in 1 list, on 2022-01-01 (0 of them nothing else)" in str(
        found
    )


def test_what_stands_beside_another_title_is_no_correction() -> None:
    old, new = (
        history(row(name, 1, metrics=Metrics(points=points)))
        for name, points in (("A", 5), ("B", 7))
    )
    found = compare(old, new)
    assert kinds(found) == [(1, "replaced")]
    assert len(found.by_cell["points"]) == 1


def test_decimals_and_whole_numbers_are_compared_by_value() -> None:
    amounts = (5, Decimal("5.0"), Decimal("5.5"), None)
    files = [
        history(row("A", 1, metrics=Metrics(points=each)), row("B", 2, metrics=Metrics(points=1)))
        for each in amounts
    ]
    assert compare(files[0], files[1]).is_empty
    assert told(compare(files[1], files[2])) == ["A; points 5.0, now 5.5"]
    assert told(compare(files[2], files[3])) == ["A; points 5.5, now not printed"]
    assert compare(files[2], files[3]).apply(files[2]) == files[3]


def test_counters_as_of_another_day_are_corrected() -> None:
    old, new = (
        history(
            row("A", 1, reported=Reported(peak=1, as_of=day_of)),
            row("B", 2, reported=Reported(peak=2, as_of="scrape")),
        )
        for day_of in ("issue", "scrape")
    )
    found = compare(old, new)
    assert kinds(found) == [(1, "counter corrected")]
    assert told(found) == ["A; as of issue, now scrape"]


def test_a_column_that_one_vintage_alone_has_is_no_revision_of_places() -> None:
    old = history(row("A", 1), row("B", 2))
    new = history(row("A", 1, extras=(("isNew", "1"),)), row("C", 2, extras=(("isNew", "0"),)))
    there, back = compare(old, new), compare(new, old)
    assert kinds(there) == [(2, "replaced, column added")]
    assert told(there) == ["C in place of B, gone from the list"]
    assert [each.rank for each in there.columns] == [1]
    assert len(there.by_kind[RevisionKind.COLUMN_ADDED]) == 2
    assert "column added: isNew" in str(there).splitlines()
    assert "column lost: isNew" in str(back).splitlines()
    assert there.apply(old) == new
    assert back.apply(new) == old


def test_columns_alone_leave_all_places_as_they_are() -> None:
    old, new = history(row("A", 1)), history(row("A", 1, extras=(("isNew", "1"),)))
    found = compare(old, new)
    assert not found
    assert not found.is_empty
    assert str(found).splitlines()[1:] == ["none of these places differs", "column added: isNew"]
    respelt = history(row("a", 1, extras=(("isNew", "1"),)))
    assert told(compare(old, respelt)) == ["A is now a (respelt)"]


def test_rows_of_a_list_that_both_have_are_lost_and_added() -> None:
    old, new = lists_of("A", "B", "C"), lists_of("A", "C")
    there, back = compare(old, new), compare(new, old)
    assert kinds(there) == [(2, "replaced"), (3, "row lost, moved")]
    assert told(there)[1] == "C is lost, now No. 2"
    assert kinds(back) == [(2, "moved"), (3, "row added")]
    assert told(back)[1] == "C is added, was No. 2"
    assert there.apply(old) == new
    assert back.apply(new) == old
    assert told(compare(lists_of("A", "B"), lists_of("A"))) == ["B is lost"]
    assert told(compare(lists_of("A"), lists_of("A", "B"))) == ["B is added"]
    assert there[1].cells == {}
    assert there[1].new is None
    assert there.rows == 2


def test_tied_rows_are_joined_by_title_then_by_spelling_then_in_order() -> None:
    old = history(*(row(name, 1) for name in "ABcX"), row("T", 5))
    new = history(*(row(name, 1) for name in "BCDEF"), row("T", 5))
    found = compare(old, new)
    assert told(found) == [
        "c is now C (respelt)",
        "D in place of A, gone from the list",
        "E in place of X, gone from the list",
        "F is added",
    ]
    assert found.apply(old) == new
    changed = history(*(row(name, 1) for name in "AXBc"), row("t", 5))
    assert told(compare(old, changed)) == ["T is now t (respelt)"]


def test_a_title_at_two_ranks_is_gone_only_when_it_is_at_neither() -> None:
    old, new = lists_of("A", "B", "A"), lists_of("A", "B", "C")
    assert told(compare(old, new)) == ["C in place of A, now No. 1"]


# -- lists ----------------------------------------------------------------------------------


def issues(old: ChartHistory, new: ChartHistory) -> list[str]:
    """The lists of which the vintages know otherwise, in words."""
    found = compare(old, new)
    assert found.apply(old) == new
    assert not found.places
    return list(map(str, found.issues))


def test_new_issues_are_added_lists_and_no_added_rows() -> None:
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["ABC", "BAC"]})
    where = "Stream TV in South Korea (by Press), on 2022-01-02"
    assert issues(old, new) == [f"{where}: list added (3 rows)"]
    assert issues(new, old) == [f"{where}: list lost (3 rows)"]
    [added] = compare(old, new).issues
    assert (added.old, added.new) == (IssueStatus.OUTSIDE, IssueStatus.PUBLISHED)
    assert "list added: 1 list (3 rows), on 2022-01-02" in str(compare(old, new))


def test_a_list_that_comes_in_late_was_missing() -> None:
    old, new = lists({"KR": ["ABC", "", "ABC"]}), lists({"KR": ["ABC", "BAC", "ABC"]})
    [late] = compare(old, new).issues
    assert (late.kind, late.old) == (RevisionKind.LIST_ADDED, IssueStatus.MISSING)
    assert late.as_row() == {
        "kind": "list added",
        "country": "KR",
        "category": "TV",
        "date": day(1),
        "old": "missing",
        "new": "published",
        "rows": 3,
    }


def test_what_is_known_of_a_list_changes() -> None:
    old, new = lists({"KR": ["ABC", "BAC"]}), lists({"KR": ["ABC", "~BAC"]})
    where = "Stream TV in South Korea (by Press), on 2022-01-02"
    assert issues(old, new) == [f"{where}: published, now stale"]
    assert "status changed: 1 list, on 2022-01-02" in str(compare(old, new))
    # A list in another place shows that one was due here.
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["ABC"], "US": ["ABC", "ABC"]})
    assert issues(old, new)[0] == f"{where}: outside, now missing"


def test_a_chart_is_closed_and_opened_again() -> None:
    old = lists({"KR": ["ABC"]})
    new = old.closing("KR", day(0))
    where = "Stream TV in South Korea (by Press), on 2022-01-01"
    assert issues(old, new) == [f"{where}: closed"]
    assert issues(new, old) == [f"{where}: reopened"]


def test_weeks_are_told_as_weeks_and_both_together_as_days() -> None:
    weekly = lists({"KR": ["ABC", "ABC"]}, series=WEEKLY, every="week")
    later = lists({"KR": ["ABC", "ABD"]}, series=WEEKLY, every="week")
    assert "different: 1 place in 1 list, in the week ending 2022-01-08" in str(
        compare(weekly, later)
    )
    both = [lists({"KR": [text]}).merge(w) for text, w in (("ABC", weekly), ("ABD", later))]
    assert "different: 2 places in 2 lists, 2022-01-01 to 2022-01-08" in str(compare(*both))


# -- the answer -----------------------------------------------------------------------------


@pytest.fixture
def found() -> Revisions:
    return compare(lists({"KR": ["ABC", "ABC"]}), lists({"KR": ["BAC", "ABc", "ABC"]}))


def test_revisions_are_a_sequence_of_places(found: Revisions) -> None:
    assert len(found) == 3
    assert list(found) == list(found.places)
    assert found[0] == next(iter(found))
    assert isinstance(found[0], Revision)
    assert isinstance(found[:2], Results)
    assert found.lists == ((chart("KR"), day(0)), (chart("KR"), day(1)))
    with pytest.raises(TypeError, match="unhashable"):
        hash(found)


def test_revisions_are_equal_by_what_differs(found: Revisions) -> None:
    assert found == compare(lists({"KR": ["ABC", "ABC"]}), lists({"KR": ["BAC", "ABc", "ABC"]}))
    assert found != compare(lists({"KR": ["ABC"]}), lists({"KR": ["ABC"]}))
    assert found != list(found)


def test_revisions_are_a_table(found: Revisions) -> None:
    assert found.to_dicts()[0] == {
        "kinds": "moved",
        "country": "KR",
        "category": "TV",
        "date": day(0),
        "rank": 1,
        "old": "A",
        "new": "B",
        "now_at": 2,
        "was_at": 2,
        "cells": None,
    }
    assert found.to_columns()["kinds"] == ["moved", "moved", "respelt"]
    lost = compare(lists_of("A", "B"), lists_of("A"))
    assert (lost.to_dicts()[0]["old"], lost.to_dicts()[0]["new"]) == ("B", None)
    added = compare(lists_of("A"), lists_of("A", "B"))
    assert added.to_dicts()[0]["old"] is None
    hours = [history(row("A", 1, metrics=Metrics(hours_viewed=each))) for each in (1, 2)]
    assert compare(*hours).to_dicts()[0]["cells"] == "hours_viewed: 1 -> 2"


def test_the_page_has_counts_dates_and_an_example_of_each_kind(found: Revisions) -> None:
    assert str(found).splitlines() == [
        "the new vintage against the old one: 6 places in 2 lists that both have",
        "different: 3 places in 2 lists, 2022-01-01 to 2022-01-02",
        "another text of a title at 3 places in 2 lists, 2022-01-01 to 2022-01-02; "
        "more than another spelling at 2 places in 1 list",
        "- respelt: 1 place in 1 list, on 2022-01-02",
        "- moved: 2 places in 1 list, on 2022-01-01",
        "list added: 1 list (3 rows), on 2022-01-03",
        "for example:",
        "  Stream TV in South Korea (by Press), on 2022-01-01, No. 1: B in place of A, now No. 2",
        "  Stream TV in South Korea (by Press), on 2022-01-02, No. 3: C is now c (respelt)",
    ]
    assert repr(found) == str(found)


def test_the_page_names_the_files() -> None:
    files = [history(row("A", 1, source=SourceRef(name))) for name in ("a.tsv", "b.tsv", "a.tsv")]
    head = "1 place in 1 list that both have"
    assert str(compare(*files[:2])).splitlines()[0] == f"b.tsv against a.tsv: {head}"
    same = "the new vintage of a.tsv against the old one"
    assert str(compare(files[0], files[2])).splitlines() == [f"{same}: {head}", "no difference"]
    unnamed = history(row("A", 1))
    assert str(compare(files[0], unnamed)).startswith("the new vintage against a.tsv: ")
    assert str(compare(unnamed, files[0])).startswith("a.tsv against the old one: ")


def test_revisions_and_all_in_them_can_be_pickled(found: Revisions) -> None:
    assert pickle.loads(pickle.dumps(found)) == found
    for each in (*found, *found.issues):
        assert pickle.loads(pickle.dumps(each)) == each
        assert len({each, pickle.loads(pickle.dumps(each))}) == 1
    assert found[0].issue == (chart("KR"), day(0))


def test_lists_in_between_are_lost_and_added() -> None:
    old = lists({"KR": ["ABC", "", "ABC", "ABD"]})
    new = lists({"KR": ["ABC", "ABC", "", "DBA"]})
    found = compare(old, new)
    assert [str(each.kind.value) for each in found.issues] == ["list added", "list lost"]
    assert [each.issue for each in found] == 2 * [(chart("KR"), day(3))]
    assert list(found.by_kind[RevisionKind.LIST_LOST]) == [found.issues[1]]
    assert found.rows == 6
    assert found.apply(old) == new


def test_the_first_lists_may_be_lost() -> None:
    found = compare(lists({"KR": ["ABC", "ABC"]}), lists({"KR": ["", "BAC", "ABC"]}))
    assert [each.issue for each in found] == 2 * [(chart("KR"), day(1))]
    assert [each.date for each in found.issues] == [day(0), day(2)]


def test_kinds_show_their_names() -> None:
    assert repr(RevisionKind.MOVED) == "RevisionKind.MOVED"


def test_an_empty_history_is_a_vintage_too() -> None:
    empty, some = lists({}), lists({"KR": ["ABC"]})
    assert compare(empty, empty).is_empty
    for old, new in ((empty, some), (some, empty)):
        assert compare(old, new).apply(old) == new


def test_only_whole_histories_are_compared() -> None:
    whole = lists({"KR": ["ABC"]})
    narrowed = whole.select(title="A")
    with pytest.raises(ValueError, match="old: expected a history of whole lists"):
        compare(narrowed, whole)
    with pytest.raises(ValueError, match="new: expected a history of whole lists"):
        compare(whole, narrowed)
    with pytest.raises(TypeError, match="old: expected a ChartHistory, found 5"):
        compare(5, whole)  # type: ignore[arg-type]  # that is the point
