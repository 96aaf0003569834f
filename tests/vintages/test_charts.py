"""Which chart of the new vintage each chart of the old one is, where its label changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from kcharts import WORLD, Calendar, ChartHistory, ChartSeries, Country, Frequency, compare
from kcharts.errors import AmbiguousChartError, UnknownChartError
from kcharts.vintages import RevisionKind, Revisions, SeriesRevision
from tests.lists import SERIES, lists

SHOWS = evolve(SERIES, category="Shows")
FILMS = evolve(SERIES, category="Films")
DATED = evolve(SERIES, dated="issue")
PLACES = {"KR": ["ABC", "BAC"], "US": ["CBA"], "world": ["ABC"]}


def both(*histories: ChartHistory) -> ChartHistory:
    """One history of several series."""
    merged = histories[0]
    for each in histories[1:]:
        merged = merged.merge(each)
    return merged


def relabelled(old: ChartHistory, new: ChartHistory, **options: Mapping[str, str]) -> Revisions:
    """The revisions, which make of one vintage the other."""
    found = compare(old, new, **options)
    assert found.apply(old) == new
    return found


def test_a_category_that_holds_the_same_titles_was_relabelled() -> None:
    old, new = lists(PLACES), lists(PLACES, series=SHOWS)
    found = relabelled(old, new)
    places = (WORLD, Country("KR"), Country("US"))
    kind = RevisionKind.CATEGORY_RELABELLED
    assert list(found.series) == [SeriesRevision(kind, SERIES, SHOWS, places, 12, 12)]
    assert not found
    assert not found.issues
    assert found.by_kind == {kind: found.series}
    assert str(found.series[0]) == (
        "category relabelled: Stream TV by Press, daily, now Stream Shows by Press, daily: "
        "3 charts, the same title at 12 of 12 places"
    )
    assert str(found).splitlines()[1:] == [str(found.series[0]), "none of these places differs"]


def test_places_are_those_of_the_new_label() -> None:
    old, new = lists({"KR": ["ABC", "ABC"]}), lists({"KR": ["ABC", "BAC", "ABC"]}, series=SHOWS)
    found = relabelled(old, new)
    assert {each.chart.series for each in found} == {SHOWS}
    assert {each.chart.series for each in found.issues} == {SHOWS}
    assert [each.old and each.old.chart.series for each in found] == [SERIES, SERIES]


def test_more_than_half_of_the_places_have_to_say_the_same() -> None:
    old = lists({"KR": ["ABC", "ABC"]})
    for texts, same in ((["ABC", "AXY"], 4), (["ABC", "XYZ"], 3), (["XYZ", "XBZ"], 1)):
        found = relabelled(old, lists({"KR": texts}, series=SHOWS))
        first = found.series[0]
        assert (first.same, first.rows) == (same, 6)
        assert (first.kind is RevisionKind.CATEGORY_RELABELLED) is (same > 3)


def test_too_few_are_told_and_not_joined() -> None:
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["AXY"]}, series=SHOWS)
    found = relabelled(old, new)
    assert list(map(str, found.series)) == [
        "perhaps relabelled: Stream TV by Press, daily, now Stream Shows by Press, daily: "
        "1 chart, the same title at 1 of 3 places",
        "charts lost: Stream TV by Press, daily, 1 chart",
        "charts added: Stream Shows by Press, daily, 1 chart",
    ]
    assert not found
    assert [each.kind.value for each in found.issues] == ["list added", "list lost"]


def test_the_caller_may_know_better() -> None:
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["AXY"]}, series=SHOWS)
    found = relabelled(old, new, categories={"TV": "Shows"})
    assert [each.kind for each in found.series] == [RevisionKind.CATEGORY_RELABELLED]
    assert [each.rank for each in found] == [2, 3]
    found = relabelled(old, lists({"KR": ["XYZ"]}, series=SHOWS))
    assert [each.kind for each in found.series] == [
        RevisionKind.CHARTS_LOST,
        RevisionKind.CHARTS_ADDED,
    ]


def test_charts_that_are_dated_otherwise_are_not_one() -> None:
    """Their dates say something else, so that no list of the one is a list of the other."""
    old, new = lists({"KR": ["ABC"]}), lists({"KR": ["ABC"]}, series=DATED)
    kinds = [each.kind for each in relabelled(old, new).series]
    assert kinds == [RevisionKind.CHARTS_LOST, RevisionKind.CHARTS_ADDED]


def test_dates_are_told_as_the_charts_are_dated() -> None:
    old, new = lists({"KR": ["ABC", "ABC"]}, series=DATED), {"KR": ["BAC", "BAC"]}
    dated = relabelled(old, lists(new, series=DATED))
    assert "on the chart dated 2022-01-02, No. 1: B in place of A" in str(dated[2])
    assert "different: 4 places in 2 lists, charts dated 2022-01-01 to 2022-01-02" in str(dated)
    mixed = relabelled(both(old, lists(PLACES)), both(lists(new, series=DATED), lists(new)))
    assert "different: 6 places in 3 lists, 2022-01-01 to 2022-01-02" in str(mixed)
    one_day = [
        both(lists({"KR": [text]}), lists({"KR": [text]}, series=DATED)) for text in ("ABC", "BAC")
    ]
    assert "different: 4 places in 2 lists, on 2022-01-01" in str(relabelled(*one_day))


def test_labels_may_be_swapped_by_the_caller_alone() -> None:
    tv, films = {"KR": ["ABC"]}, {"KR": ["XYZ"]}
    old = both(lists(tv), lists(films, series=FILMS))
    new = both(lists(films), lists(tv, series=FILMS))
    assert len(relabelled(old, new)) == 6
    assert not relabelled(old, new, categories={"TV": "Films", "Films": "TV"})


def test_a_label_that_both_vintages_have_is_never_taken_for_another() -> None:
    old = both(lists(PLACES), lists({"KR": ["XYZ"]}, series=FILMS))
    new = both(lists(PLACES, series=SHOWS), lists({"KR": ["ABC"]}, series=FILMS))
    found = relabelled(old, new)
    assert [(each.old, each.new) for each in found.series] == [(SERIES, SHOWS)]
    assert [each.chart.series for each in found] == [FILMS, FILMS, FILMS]


def test_a_series_may_be_relabelled_in_some_places_only() -> None:
    new = both(lists({"KR": PLACES["KR"]}, series=SHOWS), lists({"US": PLACES["US"]}))
    found = relabelled(lists({"KR": PLACES["KR"], "US": PLACES["US"]}), new)
    [series] = found.series
    assert series.places == (Country("KR"),)
    assert not found


def test_a_series_may_get_one_label_in_one_place_and_another_elsewhere() -> None:
    new = both(lists({"KR": PLACES["KR"]}, series=SHOWS), lists({"US": PLACES["US"]}, series=FILMS))
    found = relabelled(lists({"KR": PLACES["KR"], "US": PLACES["US"]}), new)
    assert [(each.new, each.places) for each in found.series] == [
        (FILMS, (Country("US"),)),
        (SHOWS, (Country("KR"),)),
    ]


def test_two_series_with_the_same_titles_are_told_and_not_guessed() -> None:
    old = lists(PLACES)
    new = both(lists(PLACES, series=SHOWS), lists(PLACES, series=FILMS))
    with pytest.raises(AmbiguousChartError, match="holds the same titles as") as caught:
        compare(old, new)
    assert set(caught.value.hints) == {
        "categories={'TV': 'Films'}",
        "categories={'TV': 'Shows'}",
    }
    with pytest.raises(AmbiguousChartError):
        compare(new, old)
    found = relabelled(old, new, categories={"TV": "Films"})
    assert [each.kind for each in found.series] == [
        RevisionKind.CATEGORY_RELABELLED,
        RevisionKind.CHARTS_ADDED,
    ]


def test_categories_have_to_be_there() -> None:
    old, new = lists(PLACES), lists(PLACES, series=SHOWS)
    with pytest.raises(
        UnknownChartError, match="the old vintage has no category 'Films'"
    ) as caught:
        compare(old, new, categories={"Films": "Shows"})
    assert caught.value.hints == ("it has 'TV'",)
    with pytest.raises(UnknownChartError, match="the new vintage has no category 'TV'"):
        compare(old, new, categories={"TV": "TV"})


def test_categories_make_no_two_charts_one() -> None:
    old = both(lists(PLACES), lists(PLACES, series=FILMS))
    with pytest.raises(ValueError, match="one chart for Stream Films in the world") as caught:
        compare(old, old, categories={"TV": "Films"})
    assert "Stream TV in the world" in str(caught.value)


def test_categories_say_nothing_of_places_that_one_vintage_lacks() -> None:
    old, new = lists(PLACES), lists({"KR": ["ABC"]}, series=SHOWS)
    found = relabelled(old, new, categories={"TV": "Shows"})
    lost = next(each for each in found.series if each.kind is RevisionKind.CHARTS_LOST)
    assert lost.places == (WORLD, Country("US"))


def test_lists_said_to_be_of_another_depth_are_joined_likewise() -> None:
    deeper = evolve(SERIES, depth=10)
    found = relabelled(lists(PLACES), lists(PLACES, series=deeper))
    assert list(map(str, found.series)) == [
        "depth changed: Stream TV by Press, daily, now 10 ranks: "
        "3 charts, the same title at 12 of 12 places"
    ]


@pytest.mark.parametrize(
    "series",
    [
        evolve(SERIES, publisher="Other"),
        evolve(SERIES, platform="Other"),
        evolve(SERIES, frequency=Frequency.WEEKLY),
    ],
)
def test_no_other_series_is_taken_for_one(series: ChartSeries) -> None:
    found = relabelled(lists({"KR": ["ABC"]}), lists({"KR": ["ABC"]}, series=series))
    assert [each.kind for each in found.series] == [
        RevisionKind.CHARTS_LOST,
        RevisionKind.CHARTS_ADDED,
    ]


def test_lists_of_other_lengths_share_the_ranks_that_both_have() -> None:
    found = compare(lists({"KR": ["!AB", "ABC"]}), lists({"KR": ["ABC", "ABC"]}, series=SHOWS))
    assert (found.series[0].same, found.series[0].rows) == (5, 5)


def test_another_calendar_is_a_revision() -> None:
    old = lists({"KR": ["ABC", "ABC"]}, calendar=Calendar.daily())
    new = lists({"KR": ["ABC", "ABC"]}, calendar=Calendar.from_dates(old.dates))
    found = relabelled(old, new)
    assert list(map(str, found.series)) == [
        "calendar changed: Stream TV by Press, daily, 1 chart: daily, now 2 dates"
    ]
    assert found.series[0].as_row() == {
        "kind": "calendar changed",
        "old": "Stream TV by Press, daily",
        "new": "Stream TV by Press, daily",
        "places": 1,
        "rows": 0,
        "same": 0,
        "calendars": "daily -> 2 dates",
    }
    added = compare(lists({"KR": ["ABC"]}), lists(PLACES)).series[0].as_row()
    assert (added["old"], added["calendars"]) == (None, None)
