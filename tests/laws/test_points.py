"""The laws of points: given place by place, bounded by the lists that are not known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, strategies as st

from kcharts.measures import least_panel, points_bounds, points_chart
from kcharts.model.chart import ChartSeries
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.testing import arrivals, completions
from tests import brute
from tests.laws.tools import completed, histories, outcome, together
from tests.lists import lists

HISTORIES = histories(cuts="sometimes", max_charts=5, max_issues=4)
Question = tuple[ChartHistory, ChartSeries, dt.date]
SCHEMES = st.sampled_from([tuple(range(10, 0, -1)), (3, 2, 1), (5, 5), (12, 1, 1)])


@st.composite
def questions(draw: st.DrawFn, strategy: st.SearchStrategy[ChartHistory] = HISTORIES) -> Question:
    """A history, and an issue of one of its series that some place has."""
    history = draw(strategy)
    asked = [
        (line.chart.series, day)
        for line in brute.lines(history)
        if line.chart.country
        for day in line.due_dates
    ]
    assume(asked)
    series, day = draw(st.sampled_from(asked))
    return history, series, day


# -- the same counted by looking at each list -----------------------------------------------------


def listed(history: ChartHistory, series: ChartSeries, day: dt.date) -> tuple[Counter[Title], int]:
    """The points of every title that has some, and the number of lists that are not known."""
    counted, unknown = Counter[Title](), 0
    for line in brute.lines(history):
        if line.chart.series != series or line.chart.country is None:
            continue
        at = list(line.dates).index(day)
        unknown += line.statuses[at].is_unknown
        if line.statuses[at] is IssueStatus.PUBLISHED:
            held = {row.title for row in line.rows[at]}
            for title in held:
                rank = min(row.rank for row in line.rows[at] if row.title == title)
                counted[title] += max(0, 11 - rank)
    return counted, unknown


@given(questions() | questions(histories(rows="loose", max_charts=5, max_issues=3)))
def test_points_are_what_one_adds_up_place_by_place(question: Question) -> None:
    history, series, day = question
    found = points_chart(history, series=series, date=day)
    counted, unknown = listed(history, series, day)
    assert {each.title: each.points for each in found} == counted
    for each in found:
        assert each.bounds == (counted[each.title], counted[each.title] + 10 * unknown)
        assert each.panel == history.panel(series, day)
        assert len(each.unknown) == unknown
        assert (each.series, each.date) == (series, day)


@given(questions())
def test_titles_of_equal_points_share_a_rank(question: Question) -> None:
    history, series, day = question
    found = list(points_chart(history, series=series, date=day))
    given_points = [each.points for each in found]
    assert given_points == sorted(given_points, reverse=True)
    for each in found:
        assert each.rank == 1 + sum(other > each.points for other in given_points)
        assert each.tied == given_points.count(each.points) - 1


@given(questions(), SCHEMES)
def test_one_title_has_the_figure_that_it_has_among_all(
    question: Question, scheme: Sequence[int]
) -> None:
    history, series, day = question
    every = {
        each.title: each for each in points_chart(history, series=series, date=day, scheme=scheme)
    }
    for title in history.titles:
        [one] = points_chart(history, title, series=series, date=day, scheme=scheme)
        if title in every:
            assert one == every[title]
        else:
            assert (one.points, one.rank, one.worst) == (0, None, None)


@given(st.data(), questions())
def test_bounds_hold_whatever_the_unknown_lists_were(
    data: st.DataObject, question: Question
) -> None:
    history, series, day = question
    truth = data.draw(completions(history))
    for title in history.titles:
        if title not in truth.titles:  # it stood on lists of which nothing is known
            continue
        [found] = points_chart(history, title, series=series, date=day)
        [true] = points_chart(truth, title, series=series, date=day)
        least, most = found.bounds
        assert least <= true.points <= most
        assert true.bounds == (true.points, true.points)
        assert (true.best, true.worst) == (true.rank, true.rank)
        if true.rank is not None:
            assert found.best is not None
            assert found.best <= true.rank
        if found.worst is not None:
            assert true.rank is not None
            assert true.rank <= found.worst


@given(questions())
def test_bounds_are_reached(question: Question) -> None:
    history, series, day = question
    for found in points_chart(history, series=series, date=day):
        for filler, bound in zip((None, found.title), found.bounds, strict=True):
            truth = completed(history, filler)
            if found.title in truth.titles:
                [true] = points_chart(truth, found.title, series=series, date=day)
                assert true.points == bound


@given(questions())
def test_points_add_up_over_disjoint_panels(question: Question) -> None:
    """The points over all places are those over each place, added."""
    history, series, day = question
    whole, most = Counter[Title](), 0
    for place in history.panel(series, day):
        part = history.select(series=series, country=place)
        for each in points_chart(part, series=series, date=day):
            whole[each.title] += each.points
        most += 10 * part.status(part.charts[0], day).is_unknown
    for each in points_chart(history, series=series, date=day):
        assert each.bounds == (whole.pop(each.title), each.points + most)
    assert not whole


LISTS = st.permutations("ABCDE").map(lambda order: "".join(order[:3]))
PLACES = ("DE", "FR", "JP", "KR", "US")


def plain(history: ChartHistory) -> dict[str, tuple[object, ...]]:
    """What a points chart says of each title, whatever the places."""
    return {
        each.title.name: (
            each.rank,
            each.best,
            each.worst,
            each.bounds,
            sorted(each.ranks.values()),
        )
        for each in points_chart(history)
    }


@given(
    st.lists(LISTS | st.just("?") | LISTS.map("!".__add__), min_size=4, max_size=4),
    st.permutations(PLACES),
)
def test_which_place_has_which_list_makes_no_difference(texts: list[str], order: list[str]) -> None:
    own = lists({"DE": ["ABC"], **{place: [t] for place, t in zip(PLACES[1:], texts, strict=True)}})
    other = lists({order[0]: ["ABC"], **{p: [t] for p, t in zip(order[1:], texts, strict=True)}})
    assert plain(own) == plain(other)


@given(st.data(), questions(histories(max_charts=5, max_issues=4)))
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, question: Question
) -> None:
    history, series, _ = question
    merged = together(data.draw(arrivals(history)))
    asked = [
        outcome(lambda h=h: list(points_chart(h, series=series)))  # type: ignore[misc]  # bound in the loop
        for h in (history, merged)
    ]
    assert asked[0] == asked[1]


@given(questions(), SCHEMES)
def test_what_is_dated_later_changes_nothing(question: Question, scheme: Sequence[int]) -> None:
    history, series, day = question
    cut = history.select(end=day)
    assert points_chart(history, series=series, date=day, scheme=scheme) == points_chart(
        cut, series=series, date=day, scheme=scheme
    )


@given(questions(histories(max_charts=5, max_issues=4, max_depth=2)))
def test_a_history_narrowed_to_titles_is_refused(question: Question) -> None:
    history, series, day = question
    for title in history.titles:
        narrow = history.select(title=title)
        with pytest.raises(ValueError, match="narrowed to titles"):
            points_chart(narrow, series=series, date=day)


# -- arithmetic without lists ---------------------------------------------------------------------

SMALL = st.sampled_from([(3, 2, 1), (4, 4, 1), (2,), (5, 3, 3)])


def sums(places: int, ranks: Iterable[int], scheme: Sequence[int]) -> set[int]:
    """All sums of points of places, each at one of the ranks or off the list."""
    each = [0, *(scheme[rank - 1] for rank in ranks)]
    return {sum(chosen) for chosen in product(each, repeat=places)}


@given(st.dictionaries(st.integers(1, 3), st.integers(0, 3), max_size=3), st.integers(0, 4), SMALL)
def test_bounds_of_counts_are_the_least_and_the_most_of_all_ways(
    counts: Mapping[int, int], others: int, scheme: Sequence[int]
) -> None:
    counts = {rank: count for rank, count in counts.items() if rank <= len(scheme)}
    own = sum(scheme[rank - 1] * count for rank, count in counts.items())
    free = [rank for rank in range(1, len(scheme) + 1) if rank not in counts]
    ways = {own + more for more in sums(others, free, scheme)}
    places = sum(counts.values()) + others
    found = points_bounds(counts, places=places, scheme=scheme)
    assert found.bounds == (min(ways), max(ways))
    assert points_bounds(counts, scheme=scheme).bounds == (min(ways), None)


@given(questions(histories(statuses=(IssueStatus.PUBLISHED, IssueStatus.MISSING), max_charts=5)))
def test_bounds_of_counts_hold_for_the_lists_that_were_counted(question: Question) -> None:
    history, series, day = question
    for each in points_chart(history, series=series, date=day):
        counts = Counter(each.ranks.values())
        known = len(each.panel) - len(each.unknown)
        for some in ([1], [1, 2], list(counts)):
            part = {rank: counts[rank] for rank in some}
            least, most = points_bounds(part, places=known).bounds
            assert most is not None
            assert least <= each.points <= most


@given(st.lists(st.permutations("ABCD"), min_size=1, max_size=6), SMALL)
def test_points_that_lists_gave_never_ask_for_more_lists(
    orders: list[list[str]], scheme: Sequence[int]
) -> None:
    given_points, places = Counter[str](), Counter[str]()
    for order in orders:
        for title, score in zip(order, scheme, strict=False):
            given_points[title] += score
            places[title] += 1
    every = list(given_points.values())
    for some in (every, every[:1], every[1:]):
        assert least_panel(some, scheme=scheme).count <= len(orders)
    assert least_panel(every, places=places.values(), scheme=scheme).count <= len(orders)


@given(st.integers(0, 16), SMALL)
def test_the_points_of_one_title_ask_for_as_many_lists_as_it_takes(
    points: int, scheme: Sequence[int]
) -> None:
    places = 0
    while points > max(sums(places, [1], scheme)):
        places += 1
    assert least_panel([points], scheme=scheme).count == places


@given(st.integers(1, 60), SMALL)
def test_points_that_every_list_gave_in_one_order_ask_for_exactly_these_lists(
    lists_: int, scheme: Sequence[int]
) -> None:
    found = least_panel([lists_ * score for score in scheme], scheme=scheme)
    assert found.count == lists_


@given(st.lists(st.integers(0, 900), max_size=12), st.integers(0, 900))
def test_more_points_never_ask_for_fewer_lists(points: list[int], more: int) -> None:
    fewer = least_panel(points).count
    assert fewer <= least_panel([*points, more]).count
    assert least_panel(points[::-1]).count == fewer


@given(st.integers(0, 88), st.data())
def test_bounds_of_counts_and_the_least_panel_agree(places: int, data: st.DataObject) -> None:
    """What counts in a panel give at least never asks for a larger panel."""
    first = data.draw(st.integers(0, places))
    second = data.draw(st.integers(0, places - first))
    least, most = points_bounds({1: first, 2: second}, places=places).bounds
    assert most is not None
    assert least_panel([least]).count <= first + second
    assert least_panel([most]).count <= places
