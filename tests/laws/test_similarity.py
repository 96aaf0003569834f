"""The laws of similarity: against the papers' formulas, pair by pair, and list by list."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import combinations, count, islice, pairwise, permutations, product
from random import Random

import pytest
from hypothesis import assume, given, strategies as st

from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.similarity import (
    Ranking,
    kendall_distance,
    overlap,
    rank_biased_overlap,
    rbo_weight,
    similar_places,
    similarity_between,
    similarity_over_time,
)
from kcharts.testing import completions
from tests import brute
from tests.laws.tools import histories, outcome

NAMES = "abcdefgh"
P = st.sampled_from([0.1, 0.5, 0.8, 0.9])
ANY_P = st.floats(0, 1, exclude_min=True, exclude_max=True)
PENALTIES = st.sampled_from([0, 0.25, 0.5, 1])
Groups = list[str]
EPS = 1e-12


def strict(most: int = 5) -> st.SearchStrategy[list[str]]:
    """Orders without ties, some of which share names."""
    return st.lists(st.sampled_from(NAMES), min_size=1, max_size=most, unique=True)


@st.composite
def tied(draw: st.DrawFn) -> Groups:
    """Orders with ties: groups of names, the best first."""
    names = draw(strict())
    cuts = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    groups: Groups = []
    for name, cut in zip(names, cuts, strict=True):
        if cut or not groups:
            groups.append(name)
        else:
            groups[-1] += name
    return groups


def ranks(groups: Sequence[str]) -> dict[str, int]:
    """The rank of each name: one more than there are names in better groups."""
    return {
        name: 1 + sum(map(len, groups[:at])) for at, group in enumerate(groups) for name in group
    }


def upto(groups: Sequence[str], depth: int) -> set[str]:
    """The names at a rank or better."""
    return {name for name, rank in ranks(groups).items() if rank <= depth}


def agreement(left: Sequence[str], right: Sequence[str], depth: int) -> float:
    """How far two orders agree down to a depth that neither ends before."""
    one, other = upto(left, depth), upto(right, depth)
    return 2 * len(one & other) / (len(one) + len(other))


# -- overlap --------------------------------------------------------------------------------------


@given(tied(), tied())
def test_overlap_is_what_the_first_of_both_have_in_common(left: Groups, right: Groups) -> None:
    sizes = len(ranks(left)), len(ranks(right))
    for depth in range(1, min(sizes) + 1):
        found = overlap(ranks(left), ranks(right), k=depth)
        assert set(found.shared) == upto(left, depth) & upto(right, depth)
        assert found.sizes == (len(upto(left, depth)), len(upto(right, depth)))
        assert found.share == agreement(left, right, depth)
        assert 0 <= found.share <= 1
    assert overlap(ranks(left), ranks(right)).k == min(sizes)
    with pytest.raises(ValueError, match="k: expected"):
        overlap(ranks(left), ranks(right), k=min(sizes) + 1)


@given(tied(), tied())
def test_overlap_is_symmetric_and_whole_on_equal_orders(left: Groups, right: Groups) -> None:
    one, other = overlap(ranks(left), ranks(right)), overlap(ranks(right), ranks(left))
    assert (one.share, set(one.shared)) == (other.share, set(other.shared))
    assert overlap(ranks(left), ranks(left)).share == 1


# -- rank-biased overlap --------------------------------------------------------------------------


def fresh(prefix: str) -> Iterator[str]:
    """Names that no order has, one after the other."""
    return (f"{prefix}{number}" for number in count())


def summed(left: Sequence[str], right: Sequence[str], p: float) -> float:
    """The sum that defines rank-biased overlap, over two long orders."""
    one, other, common, value = set[str](), set[str](), 0, 0.0
    for depth, (a, b) in enumerate(zip(left, right, strict=True), start=1):
        one.add(a)
        other.add(b)
        common = len(one & other)
        value += (1 - p) * p ** (depth - 1) * common / depth
    return value


LONG = 400  # 0.9 to the power of 400 is below 1e-18


def extended(names: Sequence[str], tail: Sequence[str], rest: Iterator[str]) -> list[str]:
    """An order that goes on, first with the names of a tail."""
    seen = [*names, *tail]
    return [*seen, *islice(rest, LONG - len(seen))]


@given(strict(), strict(), P, st.randoms(use_true_random=False))
def test_bounds_hold_however_the_lists_go_on(
    left: list[str], right: list[str], p: float, chance: Random
) -> None:
    found = rank_biased_overlap(left, right, p=p)
    tails: list[list[str]] = []
    for own in (left, right):
        more = [name for name in [*NAMES, "x", "y", "z"] if name not in own]
        tails.append(chance.sample(more, len(more)))
    value = summed(
        extended(left, tails[0], fresh("same")), extended(right, tails[1], fresh("same")), p
    )
    assert found.base - EPS <= value <= found.upper + EPS


@given(strict(), strict(), P)
def test_bounds_are_reached(left: list[str], right: list[str], p: float) -> None:
    """By lists that go on with nothing in common, and by lists that make up all at once."""
    found = rank_biased_overlap(left, right, p=p)
    least = summed(extended(left, [], fresh("l")), extended(right, [], fresh("r")), p)
    lacking = [
        [name for name in other if name not in own] for own, other in ((left, right), (right, left))
    ]
    both = [
        extended(own, tail, fresh("same")) for own, tail in zip((left, right), lacking, strict=True)
    ]
    assert found.base == pytest.approx(least, abs=EPS)
    assert found.upper == pytest.approx(summed(both[0], both[1], p), abs=EPS)


@given(tied(), tied(), st.sampled_from([0.1, 0.5, 0.8]))
def test_ties_agree_as_far_as_the_groups_down_to_a_rank_do(
    left: Groups, right: Groups, p: float
) -> None:
    """Agreement by groups of ties, summed down a long way; new names are strictly below."""
    found = rank_biased_overlap(ranks(left), ranks(right), p=p)
    names = [list(ranks(left)), list(ranks(right))]
    apart = [[*groups, *islice(fresh(word), 120)] for groups, word in ((left, "l"), (right, "r"))]
    lacking = [
        [*groups, *(n for n in names[1 - at] if n not in names[at]), *islice(fresh("same"), 120)]
        for at, groups in enumerate((left, right))
    ]
    for (one, other), bound in zip((apart, lacking), (found.base, found.upper), strict=True):
        value = sum(
            (1 - p) * p ** (depth - 1) * _grouped(one, other, depth) for depth in range(1, 120)
        )
        assert bound == pytest.approx(value, abs=1e-9)


def _grouped(left: Sequence[str], right: Sequence[str], depth: int) -> float:
    one, other = _first(left, depth), _first(right, depth)
    return 2 * len(one & other) / (len(one) + len(other))


def _first(groups: Sequence[str], depth: int) -> set[str]:
    """The names of the groups that begin at a depth or above."""
    names = set[str]()
    for group in groups:
        if len(names) >= depth:
            break
        names |= set(group) if set(group) <= set(NAMES) else {group}
    return names


@given(strict(), strict(), P)
def test_the_figures_are_those_of_the_formulas_as_printed(
    left: list[str], right: list[str], p: float
) -> None:
    """Webber, Moffat and Zobel 2010: RBO_MIN, RBO_RES and RBO_EXT of lists of any lengths."""
    short, long = sorted((left, right), key=len)
    s, l = len(short), len(long)  # noqa: E741  (as the paper has it)
    x = [0, *(len(set(short[:d]) & set(long[:d])) for d in range(1, l + 1))]
    f = s + l - x[l]
    log = math.log(1 / (1 - p))

    def part(low: int, high: int) -> float:
        return sum(p**d / d for d in range(low, high + 1))

    base = (1 - p) / p * (sum(x[d] * p**d / d for d in range(1, l + 1)) + x[l] * (log - part(1, l)))
    residual = p**s + p**l - p**f
    residual -= (1 - p) / p * (s * part(s + 1, f) + l * part(l + 1, f) + x[l] * (log - part(1, f)))
    extrapolated = (1 - p) / p * (
        sum(x[d] / d * p**d for d in range(1, l + 1))
        + sum(x[s] * (d - s) / (s * d) * p**d for d in range(s + 1, l + 1))
    ) + ((x[l] - x[s]) / l + x[s] / s) * p**l
    found = rank_biased_overlap(left, right, p=p)
    assert found.base == pytest.approx(base, abs=1e-9)
    assert found.residual == pytest.approx(residual, abs=1e-9)
    assert found.extrapolated == pytest.approx(extrapolated, abs=1e-9)


@given(tied(), tied(), P | ANY_P)
def test_rank_biased_overlap_is_symmetric_and_in_its_bounds(
    left: Groups, right: Groups, p: float
) -> None:
    one = rank_biased_overlap(ranks(left), ranks(right), p=p)
    other = rank_biased_overlap(ranks(right), ranks(left), p=p)
    assert (one.base, one.upper, one.extrapolated) == (other.base, other.upper, other.extrapolated)
    assert one.extrapolated is not None
    assert 0 <= one.base <= one.extrapolated <= one.upper <= 1


@given(tied(), P | ANY_P)
def test_equal_orders_have_rank_biased_overlap_1(groups: Groups, p: float) -> None:
    found = rank_biased_overlap(ranks(groups), ranks(groups), p=p)
    assert (found.extrapolated, found.upper) == (1, 1)
    assert found.base <= 1


@given(strict(), P)
def test_orders_without_a_common_name_have_rank_biased_overlap_0(
    names: list[str], p: float
) -> None:
    found = rank_biased_overlap(names, [name.upper() for name in names], p=p)
    assert (found.extrapolated, found.base) == (0, 0)


@given(strict(), strict(), P)
def test_bounds_close_in_as_the_lists_get_longer(
    left: list[str], right: list[str], p: float
) -> None:
    bounds = [(0.0, 1.0)]
    for depth in range(1, max(len(left), len(right)) + 1):
        found = rank_biased_overlap(left[:depth], right[:depth], p=p)
        bounds.append((found.base, found.upper))
    for (low, high), (lower, higher) in pairwise(bounds):
        assert low - EPS <= lower <= higher <= high + EPS


@given(st.integers(1, 30), P)
def test_the_weight_of_ranks_is_what_they_have_in_the_sum(depth: int, p: float) -> None:
    """Rank i counts in the agreement at every depth from i on, by its share of each."""
    by_rank = sum((1 - p) * p ** (d - 1) * min(depth, d) / d for d in range(1, LONG + depth))
    assert rbo_weight(depth, p=p) == pytest.approx(by_rank, abs=1e-9)


# -- Kendall's distance ---------------------------------------------------------------------------


def by_cases(left: list[str], right: list[str], penalty: float) -> float:
    """Fagin, Kumar and Sivakumar 2003, section 3.1, case by case."""
    distance = 0.0
    for i, j in combinations(sorted({*left, *right}), 2):
        in_left, in_right = {i, j} & set(left), {i, j} & set(right)
        if len(in_left) == len(in_right) == 2:  # case 1: both in both
            distance += (left.index(i) < left.index(j)) != (right.index(i) < right.index(j))
        elif {len(in_left), len(in_right)} == {2, 1}:  # case 2: both in one, one in the other
            full, part = (left, in_right) if len(in_left) == 2 else (right, in_left)
            [kept] = part
            [gone] = {i, j} - part
            distance += full.index(gone) < full.index(kept)
        elif len(in_left) == len(in_right) == 1:  # case 3: one in each
            distance += 1
        else:  # case 4: both in one, none in the other
            distance += penalty
    return distance


@given(strict(), strict(), PENALTIES)
def test_kendalls_distance_is_that_of_the_four_cases(
    left: list[str], right: list[str], penalty: float
) -> None:
    found = kendall_distance(left, right, penalty=penalty)
    assert found.distance == pytest.approx(by_cases(left, right, penalty))


@given(tied(), tied(), PENALTIES)
def test_kendalls_distance_counts_ties_as_partial_rankings_do(
    left: Groups, right: Groups, penalty: float
) -> None:
    """Fagin and others 2006: a pair tied in one only costs the penalty; below a list all tie."""
    places = [ranks(left), ranks(right)]
    distance = 0.0
    for i, j in combinations(sorted({*places[0], *places[1]}), 2):
        ahead = [(at.get(i, 99) < at.get(j, 99), at.get(i, 99) > at.get(j, 99)) for at in places]
        if (False, False) in ahead:
            distance += penalty * (ahead[0] != ahead[1])
        else:
            distance += ahead[0] != ahead[1]
    found = kendall_distance(ranks(left), ranks(right), penalty=penalty)
    assert found.distance == pytest.approx(distance)
    assert 0 <= found.share <= 1
    mirrored = kendall_distance(ranks(right), ranks(left), penalty=penalty)
    assert (mirrored.distance, mirrored.most) == (found.distance, found.most)


@given(tied(), PENALTIES)
def test_equal_orders_have_no_distance(groups: Groups, penalty: float) -> None:
    assert kendall_distance(ranks(groups), ranks(groups), penalty=penalty).distance == 0


@given(strict(), strict(), PENALTIES)
def test_orders_without_a_common_name_are_furthest_apart(
    left: list[str], right: list[str], penalty: float
) -> None:
    found = kendall_distance(left, [name.upper() for name in right], penalty=penalty)
    assert found.share == 1


@given(strict(3), st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
def test_the_penalties_0_and_a_half_are_the_least_and_the_mean_of_all_full_orders(
    left: list[str], right: list[str]
) -> None:
    """Fagin, Kumar and Sivakumar 2003: K(0) is K min, K(1/2) is K average."""
    assume(len({*left, *right}) <= 5)
    every = sorted({*left, *right})

    def full(names: list[str]) -> list[list[str]]:
        rest = [name for name in every if name not in names]
        return [[*names, *more] for more in permutations(rest)]

    distances = [by_cases(a, b, 0) for a, b in product(full(left), full(right))]
    assert kendall_distance(left, right, penalty=0).distance == min(distances)
    mean = sum(distances) / len(distances)
    assert kendall_distance(left, right, penalty=0.5).distance == pytest.approx(mean)


# -- lists of histories ---------------------------------------------------------------------------

HISTORIES = histories(cuts="sometimes", max_charts=5, max_issues=4)


def compared(history: ChartHistory, left: Chart, right: Chart, *days: object) -> object:
    """The rank-biased overlap of two lists, looked up one by one."""
    lists = [history.issue(chart, str(day)) for chart, day in zip((left, right), days, strict=True)]
    return rank_biased_overlap(*lists)


@given(HISTORIES)
def test_similar_places_are_all_others_of_the_panel_the_most_alike_first(
    history: ChartHistory,
) -> None:
    for line in brute.lines(history):
        series, chart = line.chart.series, line.chart
        for day in line.due_dates:
            panel = history.panel(series, day)
            if not panel:
                continue
            found = list(similar_places(history, chart.place, series=series, date=day))
            others = [place for place in panel if place != chart.place]
            assert {each.right.chart for each in found} == {Chart(series, p) for p in others}
            for each in found:
                assert each.right.chart is not None
                assert each == compared(history, chart, each.right.chart, day, day)
            values = [each.extrapolated for each in found]
            known = [value for value in values if value is not None]
            assert known == sorted(known, reverse=True)
            assert values == known + [None] * (len(values) - len(known))


@given(HISTORIES)
def test_similarity_over_time_has_every_two_issues_in_a_row(history: ChartHistory) -> None:
    for line in brute.lines(history):
        place, series = line.chart.place, line.chart.series
        found = similarity_over_time(history, country=place, series=series)
        due = [(line.dates[at], line.dates[at + 1]) for at in line.due if at + 1 in line.due]
        assert [(each.left.date, each.right.date) for each in found] == due
        for each in found:
            asked = compared(history, line.chart, line.chart, each.left.date, each.right.date)
            assert each == asked


@given(st.data(), HISTORIES)
def test_what_is_dated_later_changes_no_similarity(
    data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    for chart in cut.charts:
        series = chart.series
        assert over_time(history, chart, day) == over_time(cut, chart, day)
        if outcome(lambda: cut.panel(series, day)):  # noqa: B023  (asked at once)
            assert of_places(history, chart, day) == of_places(cut, chart, day)


def over_time(history: ChartHistory, chart: Chart, day: dt.date) -> object:
    """The similarity over time of a chart as of a day."""
    place, series = chart.place, chart.series
    return outcome(lambda: similarity_over_time(history, country=place, series=series, as_of=day))


def of_places(history: ChartHistory, chart: Chart, day: dt.date) -> object:
    """The places like that of a chart on a day."""
    return outcome(lambda: similar_places(history, chart.place, series=chart.series, date=day))


@given(HISTORIES)
def test_similarity_between_series_has_every_issue_that_both_have(history: ChartHistory) -> None:
    lines = brute.lines(history)
    for first, second in permutations(history.series, 2):
        expected = [
            (one.chart, other.chart, day)
            for one, other in product(lines, lines)
            if (one.chart.series, other.chart.series) == (first, second)
            and one.chart.place == other.chart.place
            for day in one.due_dates
            if day in other.due_dates
        ]
        found = similarity_between(history, first, second)
        assert [(each.left.chart, each.right.chart, each.left.date) for each in found] == expected
        for each, (one, two, day) in zip(found, expected, strict=True):
            assert each == compared(history, one, two, day, day)


@given(st.data(), HISTORIES)
def test_bounds_hold_whatever_an_unknown_list_was(
    data: st.DataObject, history: ChartHistory
) -> None:
    truth = data.draw(completions(history))
    for line in brute.lines(history):
        place, series = line.chart.place, line.chart.series
        found = similarity_over_time(history, country=place, series=series)
        true = similarity_over_time(truth, country=place, series=series)
        for each, other in zip(found, true, strict=True):
            assert other.extrapolated is not None
            assert each.base - EPS <= other.base <= other.extrapolated <= other.upper
            assert other.upper <= each.upper + EPS
            unknown = {
                history.status(line.chart, str(side.date)) for side in (each.left, each.right)
            }
            assert (each.extrapolated is None) == (unknown != {IssueStatus.PUBLISHED})


@given(histories(rows="loose"))
def test_a_list_is_ranked_by_its_order(history: ChartHistory) -> None:
    """Ties share a rank, a title counts once, and ranks that nobody holds are closed up."""
    for line in brute.lines(history):
        for day, status, rows in zip(line.dates, line.statuses, line.rows, strict=True):
            ranking = Ranking.of(history.issue(line.chart, day))
            if status is not IssueStatus.PUBLISHED:
                assert len(ranking) == 0
                continue
            best = {row.title: row.rank for row in reversed(rows)}
            assert dict(ranking.order) == {
                title: 1 + sum(other < rank for other in best.values())
                for title, rank in best.items()
            }
