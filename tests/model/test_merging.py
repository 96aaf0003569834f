"""Merging: the issue is the unit, and nothing depends on which history is asked to merge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from kcharts.errors import ConflictError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, Metrics, RankSnapshot, SourceRef
from kcharts.model.title import Title
from kcharts.testing import arrivals, histories

DAILY = ChartSeries("FlixPatrol", "Netflix", "TV", Frequency.DAILY, 1)
CHART = Chart(DAILY, WORLD)
NOTHING = ChartHistory.from_snapshots([])
PUBLISHED, MISSING, DEFECTIVE, STALE, OUTSIDE = IssueStatus


def day(number: int) -> dt.date:
    return dt.date(2022, 1, number)


def a_row(number: int, name: str = "Hellbound", source: str | None = None) -> RankSnapshot:
    where = None if source is None else SourceRef(source, number)
    return RankSnapshot(Title(name), CHART, day(number), 1, source=where)


def of(*rows: RankSnapshot, **statuses: IssueStatus) -> ChartHistory:
    """A history of rows and of statuses, which are named by day: d3=MISSING."""
    marks = {(CHART, day(int(name[1:]))): status for name, status in statuses.items()}
    return ChartHistory.from_snapshots(rows, statuses=marks)


class TestLaws:
    @given(histories(rows="detailed", max_issues=3) | histories(cuts="sometimes"))
    def test_merging_with_itself_or_with_nothing_changes_nothing(
        self, history: ChartHistory
    ) -> None:
        assert history.merge(history) == history
        assert history.merge(NOTHING) == NOTHING.merge(history) == history

    @given(histories(), st.data())
    def test_merging_does_not_depend_on_who_is_asked(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        parts = data.draw(arrivals(history))
        at = data.draw(st.integers(0, len(parts)))
        one, two = (reduce(ChartHistory.merge, each, NOTHING) for each in (parts[:at], parts[at:]))
        assert one.merge(two) == two.merge(one) == history

    @given(histories(rows="detailed", max_issues=3) | histories(rows="loose"), st.data())
    def test_issues_merged_one_by_one_are_the_history(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        merged = reduce(ChartHistory.merge, data.draw(arrivals(history)), NOTHING)
        assert merged == history
        assert list(merged) == list(history)
        assert merged.titles == history.titles
        assert str(merged) == str(history)

    @given(histories(), st.data())
    def test_how_parts_are_grouped_changes_nothing(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        parts = [*data.draw(arrivals(history)), NOTHING, NOTHING]
        one, two, three = parts[0], parts[1], reduce(ChartHistory.merge, parts[2:])
        assert one.merge(two).merge(three) == one.merge(two.merge(three))


NAMES = st.sampled_from(["Old", "New", "Newer"])
VARIANTS = st.builds(
    Title,
    NAMES,
    season=NAMES,
    by=st.sampled_from([None, "New"]),
    kind=st.sampled_from([None, "TV"]),
    year=st.sampled_from([None, 2021]),
    key=st.sampled_from(["id:1", "id:2"]),
    origin=st.sampled_from([None, Country("KR")]),
    released=st.sampled_from([None, day(1)]),
    ids=st.lists(NAMES, max_size=2).map(tuple),
)


@st.composite
def rows_of_few_titles(draw: st.DrawFn) -> list[RankSnapshot]:
    """A title a day, of two keys with whatever name and knowledge."""
    titles = draw(st.lists(VARIANTS, min_size=1, max_size=6))
    return [evolve(a_row(n), title=title) for n, title in enumerate(titles, start=1)]


class TestTitlesOfOneKey:
    @given(rows_of_few_titles(), st.data())
    def test_neither_the_order_of_rows_nor_that_of_merging_decides_what_they_are(
        self, rows: list[RankSnapshot], data: st.DataObject
    ) -> None:
        whole = of(*rows)
        again = of(*data.draw(st.permutations(rows)))
        merged = reduce(ChartHistory.merge, (of(row) for row in data.draw(st.permutations(rows))))
        for other in (again, merged):
            assert other == whole
            assert list(map(repr, other.titles)) == list(map(repr, whole.titles))
        assert of(*whole) == merged.merge(whole) == whole

    @given(rows_of_few_titles())
    def test_a_title_knows_what_any_row_knows_and_the_rows_keep_what_they_print(
        self, rows: list[RankSnapshot]
    ) -> None:
        for row, found in zip(rows, of(*rows), strict=True):
            same = [each.title for each in rows if each.title == row.title]
            assert found.title.name == min(each.name for each in same)
            assert set(found.title.ids) == {i for each in same for i in each.ids}
            for name in ("by", "kind", "year", "origin", "released"):
                known = [v for each in same if (v := getattr(each, name)) is not None]
                assert getattr(found.title, name) == (known[0] if known else None)
            extras = dict(found.extras)
            assert extras.get("title as printed", found.title.name) == row.title.name
            for name in ("season", "by", "kind", "year"):
                printed = getattr(row.title, name)
                if printed is not None:
                    told = extras.get(f"{name} as printed", str(getattr(found.title, name)))
                    assert told == str(printed)

    @given(
        st.lists(
            st.builds(
                Title,
                NAMES,
                season=st.none() | NAMES,
                by=st.none() | NAMES,
                kind=st.none() | NAMES,
                key=st.just("id:1"),
            ),
            min_size=1,
            max_size=5,
        ),
        st.data(),
    )
    def test_nor_does_it_where_they_print_quite_different_things(
        self, titles: list[Title], data: st.DataObject
    ) -> None:
        rows = [evolve(a_row(n), title=title) for n, title in enumerate(titles, start=1)]
        [title] = of(*rows).titles
        merged = reduce(ChartHistory.merge, (of(row) for row in data.draw(st.permutations(rows))))
        assert repr(title) == repr(merged.titles[0])
        assert (title.name, title.season or "") == min((t.name, t.season or "") for t in titles)

    def test_what_an_earlier_history_was_told_is_not_told_twice(self) -> None:
        names = [("A", "2"), ("B", "1"), ("A", "1")]
        rows = [
            evolve(a_row(n), title=Title(name, season=season, key="k"), extras=(("x", "y"),))
            for n, (name, season) in enumerate(names, start=1)
        ]
        early = of(*rows[:2])
        merged = early.merge(of(rows[2]))
        assert merged == of(*rows) == of(*early, rows[2])
        assert [dict(row.extras) for row in merged] == [
            {"x": "y", "season as printed": "2"},
            {"x": "y", "title as printed": "B"},
            {"x": "y"},
        ]

    def test_how_a_name_is_encoded_is_no_other_name(self) -> None:
        forms = [
            of(evolve(a_row(1), title=Title(name))) for name in ("Poke\u0301mon", "Pok\u00e9mon")
        ]
        merged = forms[0].merge(forms[1])
        assert merged == forms[1].merge(forms[0])
        assert merged[0] == forms[1].merge(forms[0])[0]
        assert merged[0].extras == ()

    @pytest.mark.parametrize(("name", "values"), [("origin", "KR US"), ("released", "1 2")])
    def test_rows_that_contradict_each_other_are_refused(self, name: str, values: str) -> None:
        made: list[Any] = [
            Country(value) if name == "origin" else day(int(value)) for value in values.split()
        ]
        titles = [evolve(Title("Hellbound"), **{name: value}) for value in made]
        rows = [evolve(a_row(n), title=title) for n, title in enumerate(titles, start=1)]
        with pytest.raises(ConflictError, match=f"the {name} of Hellbound differs: ") as refused:
            of(*rows)
        assert refused.value.hints == ("are they two works? give each its own key=",)


class TestWhatWins:
    def test_a_list_in_hand_beats_one_that_is_missing(self) -> None:
        for absent in (of(a_row(1), a_row(3)), of(a_row(1), a_row(3), d2=MISSING)):
            for merged in (absent.merge(of(a_row(2))), of(a_row(2)).merge(absent)):
                assert merged.status(CHART, day(2)) is PUBLISHED
                assert len(merged) == 3

    def test_a_mark_that_was_set_beats_what_is_inferred(self) -> None:
        for status in (DEFECTIVE, STALE, PUBLISHED):
            marked, plain = of(a_row(1), d1=status), of(a_row(1))
            for merged in (marked.merge(plain), plain.merge(marked)):
                assert merged.status(CHART, day(1)) is status
        marked, plain = of(a_row(1), d2=OUTSIDE), of(a_row(1), a_row(3))
        for merged in (marked.merge(plain), plain.merge(marked)):
            assert merged.status(CHART, day(2)) is OUTSIDE

    def test_a_closing_is_taken_over(self) -> None:
        closed, later = of(a_row(1)).closing(WORLD, day(1)), of(a_row(1))
        other = ChartHistory.from_snapshots(
            [RankSnapshot(Title("A"), Chart(DAILY, Country("KR")), day(2), 1)]
        )
        for merged in (closed.merge(later).merge(other), other.merge(later.merge(closed))):
            assert merged.status(CHART, day(2)) is OUTSIDE

    def test_a_calendar_that_was_given_is_taken_over(self) -> None:
        known = Calendar.daily(first=day(1))
        one = ChartHistory.from_snapshots([a_row(1)], calendars={DAILY: known})
        for merged in (one.merge(of(a_row(2))), of(a_row(2)).merge(one)):
            assert merged.calendar(DAILY) == known

    def test_what_either_knows_of_a_title_is_known(self) -> None:
        rows = [
            evolve(a_row(1), title=Title("A", origin=Country("KR"), ids=("x:1",))),
            evolve(a_row(2), title=Title("A", released=day(1), ids=("y:2",))),
        ]
        one, two = (ChartHistory.from_snapshots([row]) for row in rows)
        for merged in (one.merge(two), two.merge(one)):
            [title] = merged.titles
            assert (title.origin, title.released) == (Country("KR"), day(1))
            assert title.ids == ("x:1", "y:2")

    def test_amounts_of_both_kinds_stand_side_by_side(self) -> None:
        amounts = [Metrics(views=1), Metrics(views=Decimal("2.5")), Metrics(points=2**70)]
        parts = [
            ChartHistory.from_snapshots([evolve(a_row(number), metrics=each)])
            for number, each in enumerate(amounts, start=1)
        ]
        merged = reduce(ChartHistory.merge, parts)
        assert [row.metrics for row in merged] == amounts

    def test_sources_stay_with_their_rows(self) -> None:
        merged = of(a_row(2, source="b.csv"), a_row(4)).merge(of(a_row(1, source="a.csv")))
        assert [row.source and row.source.name for row in merged] == ["a.csv", "b.csv", None]

    def test_there_may_be_more_of_them_than_two_bytes_count(self) -> None:
        first = dt.date(1950, 1, 1).toordinal()
        rows = [
            RankSnapshot(Title("Hellbound"), CHART, date, 1, source=SourceRef(str(date)))
            for date in map(dt.date.fromordinal, range(first, first + 40_000))
        ]
        merged = of(*rows[::2]).merge(of(*rows[1::2]))
        assert all(row.source and row.source.name == str(row.date) for row in merged)

    def test_notes_of_both_are_kept(self) -> None:
        noted = [
            ChartHistory(evolve(of(a_row(1)).store, note=note)) for note in ("one", "two", None)
        ]
        assert noted[0].merge(noted[1]).note == noted[1].merge(noted[0]).note == "one; two"
        assert noted[0].merge(noted[2]).note == "one"
        assert noted[2].merge(noted[2]).note is None
        assert str(noted[0]).startswith("one\n")


CLOSED = [of(a_row(1), a_row(3)).closing(WORLD, day(number)) for number in (3, 4)]
CALENDARS = [
    ChartHistory.from_snapshots([a_row(1)], calendars={DAILY: Calendar.daily(first=first)})
    for first in (None, day(1))
]
TITLES = [
    ChartHistory.from_snapshots([evolve(a_row(1), title=Title("A", origin=Country(code)))])
    for code in ("KR", "US")
]
CONFLICTS = {
    "rows": (
        of(a_row(1, source="old.tsv")),
        of(a_row(1, "Squid Game", source="new.tsv")),
        "Netflix TV in the world (by FlixPatrol), daily, 2022-01-01 differs:"
        " old.tsv, line 1 against new.tsv, line 1",
    ),
    "rows of no source": (
        of(a_row(1)),
        of(a_row(1, "Squid Game")),
        "2022-01-01 differs: rows given in code against rows given in code",
    ),
    "marks": (
        of(a_row(1, source="a"), d1=STALE),
        of(a_row(1, source="b"), d1=DEFECTIVE),
        "2022-01-01 differs: a, line 1: stale against b, line 1: defective",
    ),
    "marks of lists that are not in hand": (
        of(d1=MISSING),
        of(d1=OUTSIDE),
        "2022-01-01 differs: missing against outside",
    ),
    "a list where there should be none": (
        of(a_row(1)),
        of(d1=OUTSIDE),
        "2022-01-01 differs: rows given in code against outside",
    ),
    "a list without rows": (
        of(a_row(1)),
        of(d1=DEFECTIVE),
        "2022-01-01 differs: rows given in code against defective",
    ),
    "closings": (*CLOSED, "the last issue of Netflix TV in the world (by FlixPatrol), daily"),
    "a list after the last issue": (
        CLOSED[0],
        of(a_row(5)),
        "the last issue of Netflix TV in the world (by FlixPatrol), daily differs:"
        " 2022-01-03 against 2022-01-05",
    ),
    "calendars": (*CALENDARS, "the calendar of Netflix TV by FlixPatrol, daily differs"),
    "titles": (*TITLES, "the origin of A differs: South Korea against United States"),
}


@pytest.mark.parametrize(("ours", "theirs", "told"), CONFLICTS.values(), ids=CONFLICTS)
class TestConflicts:
    def test_a_conflict_names_both_sides_whoever_is_asked(
        self, ours: ChartHistory, theirs: ChartHistory, told: str
    ) -> None:
        with pytest.raises(ConflictError) as refused:
            ours.merge(theirs)
        assert told in refused.value.message
        assert 'on_conflict="ours"' in refused.value.hints[0]
        with pytest.raises(ConflictError):
            theirs.merge(ours)

    def test_one_side_may_be_told_to_win(
        self, ours: ChartHistory, theirs: ChartHistory, told: str
    ) -> None:
        for one, two in ((ours, theirs), (theirs, ours)):
            kept, taken = one.merge(two, on_conflict="ours"), two.merge(one, on_conflict="theirs")
            assert kept == taken, told
            assert kept.titles[:1] == one.titles[:1]


def test_what_to_do_in_a_conflict_is_one_of_three() -> None:
    with pytest.raises(ValueError, match='on_conflict: expected "raise", "ours" or "theirs"'):
        NOTHING.merge(NOTHING, on_conflict="mine")  # type: ignore[arg-type]  # the point


def test_rows_of_two_versions_never_mix_within_an_issue() -> None:
    series = evolve(DAILY, depth=2)
    versions = [
        ChartHistory.from_snapshots(
            [
                RankSnapshot(Title(name), Chart(series, WORLD), day(1), rank)
                for rank, name in enumerate(names, start=1)
            ]
        )
        for names in (("A", "B"), ("A", "C"))
    ]
    merged = versions[0].merge(versions[1], on_conflict="theirs")
    assert merged == versions[1]
