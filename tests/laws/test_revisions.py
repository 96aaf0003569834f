"""The laws of comparing vintages: all that differs is found, and makes one vintage the other."""

from __future__ import annotations

import pickle
from collections import Counter

from attrs import evolve
from hypothesis import assume, given, strategies as st

from kcharts import compare
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.vintages import ListRevision, Revision, RevisionKind, SeriesRevision
from tests.laws.brute_revisions import BruteList, BrutePlace, Two
from tests.laws.revising import issues_of, made, marks_of, vintages

Vintages = tuple[ChartHistory, ChartHistory]
UNTIED = vintages(ties="never")
ONE_SIDED = {
    RevisionKind.ROW_LOST: RevisionKind.ROW_ADDED,
    RevisionKind.COLUMN_LOST: RevisionKind.COLUMN_ADDED,
    RevisionKind.LIST_LOST: RevisionKind.LIST_ADDED,
    RevisionKind.CHARTS_LOST: RevisionKind.CHARTS_ADDED,
    RevisionKind.REOPENED: RevisionKind.CLOSED,
}
MIRROR = {**ONE_SIDED, **{kind: other for other, kind in ONE_SIDED.items()}}
FATES = {RevisionKind.MOVED, RevisionKind.REPLACED}


def plainly(revision: Revision) -> BrutePlace:
    """A place in the words of the brute force."""
    kinds = frozenset(revision.kinds)
    return BrutePlace(
        revision.chart, revision.date, revision.rank, kinds, revision.now_at, revision.was_at
    )


@given(UNTIED)
def test_places_that_differ_are_those_that_one_finds_place_by_place(two: Vintages) -> None:
    found = compare(*two)
    places = list(map(plainly, (*found.places, *found.columns)))
    assert len(set(places)) == len(places)
    assert set(places) == set(Two(*two).places())


@given(UNTIED)
def test_lists_that_differ_are_those_that_one_finds_list_by_list(two: Vintages) -> None:
    assume(all(two))
    found = [
        BruteList(each.kind, each.chart, each.date, each.old, each.new, each.rows)
        for each in compare(*two).issues
    ]
    assert len(set(found)) == len(found)
    assert set(found) == set(Two(*two).lists())


@given(vintages())
def test_revisions_made_in_the_old_vintage_give_the_new_one(two: Vintages) -> None:
    old, new = two
    made_new = compare(old, new).apply(old)
    assert made_new == new
    assert compare(made_new, new).is_empty


@given(vintages())
def test_no_revision_is_found_if_and_only_if_vintages_are_equal(two: Vintages) -> None:
    old, new = two
    assert compare(old, old).is_empty
    assert not compare(old, old)
    found = compare(old, new)
    if found.is_empty:
        assert old == new
    elif old == new:  # an id keeps a title the same when its name changes
        assert set(found.by_kind) <= {
            RevisionKind.RENAMED,
            RevisionKind.RESPELT,
            RevisionKind.SEASON_RELABELLED,
            RevisionKind.REIDENTIFIED,
        }


@given(vintages())
def test_the_other_way_round_the_revisions_are_mirrored(two: Vintages) -> None:
    there, back = compare(*two), compare(*reversed(two))
    assert there.rows == back.rows
    assert len(there.lists) == len(back.lists)
    assert Counter(map(facts, there.places)) == Counter(map(mirrored, back.places))
    assert Counter(map(facts, there.columns)) == Counter(map(mirrored, back.columns))
    assert Counter(map(list_facts, there.issues)) == Counter(map(list_mirrored, back.issues))
    assert Counter(there.series) == Counter(map(series_mirrored, back.series))


def facts(each: Revision) -> tuple[object, ...]:
    """A place but for its label, and for what became of the one title or the other."""
    kinds = {kind for kind in each.kinds if kind not in FATES}
    return each.date, each.rank, each.old, each.new, each.now_at, each.was_at, frozenset(kinds)


def mirrored(each: Revision) -> tuple[object, ...]:
    """The same of a place looked at the other way round."""
    date, rank, old, new, now_at, was_at, _ = facts(each)
    kinds = frozenset(MIRROR.get(kind, kind) for kind in each.kinds if kind not in FATES)
    return date, rank, new, old, was_at, now_at, kinds


def list_facts(each: ListRevision) -> tuple[object, ...]:
    """A list but for its label."""
    where = each.chart.place, each.chart.series.publisher
    return each.kind, where, each.date, each.old, each.new, each.rows


def list_mirrored(each: ListRevision) -> tuple[object, ...]:
    """The same of a list looked at the other way round."""
    kind, where, date, old, new, rows = list_facts(each)
    return MIRROR.get(each.kind, kind), where, date, new, old, rows


def series_mirrored(each: SeriesRevision) -> SeriesRevision:
    """A series looked at the other way round."""
    calendars = each.calendars and (each.calendars[1], each.calendars[0])
    kind = MIRROR.get(each.kind, each.kind)
    return evolve(each, kind=kind, old=each.new, new=each.old, calendars=calendars)


@given(st.data(), vintages())
def test_the_order_of_rows_makes_no_difference(data: st.DataObject, two: Vintages) -> None:
    shuffled = [
        made(
            data.draw(st.permutations(list(history))),
            {series: history.calendar(series) for series in history.series},
            marks_of(history),
        )
        for history in two
    ]
    straight = [
        made(list(history), {s: history.calendar(s) for s in history.series}, marks_of(history))
        for history in two
    ]
    assert compare(*shuffled) == compare(*straight)


@given(vintages())
def test_every_row_of_a_list_that_both_have_is_joined_once_or_lost_or_added(two: Vintages) -> None:
    found = compare(*two)
    pairs = {
        (two[0].charts[old], two[1].charts[new]) for old, new in found._comparison.charts.pairs
    }
    held = [issues_of(history) for history in two]
    common = [
        ((old, day), (new, day))
        for old, new in pairs
        for at, day in held[0]
        if at == old
        if (new, day) in held[1]
    ]
    lost = len(found.by_kind.get(RevisionKind.ROW_LOST, ()))
    added = len(found.by_kind.get(RevisionKind.ROW_ADDED, ()))
    assert found.rows + lost == sum(len(held[0][one]) for one, _ in common)
    assert found.rows + added == sum(len(held[1][other]) for _, other in common)
    assert found._comparison.lists == len(common)


@given(vintages())
def test_all_that_differs_is_of_some_kind_and_counted_by_it(two: Vintages) -> None:
    found = compare(*two)
    by_kind = found.by_kind
    assert all(by_kind.values())
    for each in (*found.places, *found.columns):
        assert each.kinds
        assert len(set(each.kinds)) == len(each.kinds)
        assert all(each in by_kind[kind] for kind in each.kinds)
        assert each.cells or None in (each.old, each.new)
    assert {each.kind for each in found.issues} <= set(by_kind)
    assert {each.kind for each in found.series} <= set(by_kind)
    assert list(dict.fromkeys(each.issue for each in found)) == list(found.lists)
    for name, places in found.by_cell.items():
        assert [each for each in found if name in each.cells] == list(places)
    texts = {"title", "by", "season", "year"}
    assert list(found.retitled) == [each for each in found if not texts.isdisjoint(each.cells)]


@given(vintages())
def test_revisions_are_values(two: Vintages) -> None:
    found = compare(*two)
    assert pickle.loads(pickle.dumps(found)) == found
    for each in (*found, *found.issues, *found.series):
        assert pickle.loads(pickle.dumps(each)) == each
        assert hash(each) == hash(each)
    assert str(found).count("\n") <= len(RevisionKind) + 20


@given(st.data(), vintages())
def test_marks_of_ones_own_stay_where_nothing_is_revised(
    data: st.DataObject, two: Vintages
) -> None:
    old, new = two
    found = compare(old, new)
    revised = {(each.chart, each.date) for each in (*found, *found.columns, *found.issues)}
    labels = {old.charts[o]: new.charts[n] for o, n in found._comparison.charts.pairs}
    free = [
        issue
        for issue in issues_of(old)
        if issue[0] in labels and (labels[issue[0]], issue[1]) not in revised
    ]
    assume(free)
    chart, day = data.draw(st.sampled_from(free))
    patched = found.apply(old.with_status(chart, day, IssueStatus.STALE))
    assert patched == new.with_status(labels[chart], day, IssueStatus.STALE)
