"""Similarity: what is compared, published values, sentences and refusals."""

from __future__ import annotations

import copy
import pickle
import string
import sys
from collections import Counter
from types import CodeType, FrameType
from typing import Any

import pytest

from kcharts import (
    Catalogue,
    Chart,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    RankSnapshot,
    Title,
    evidence,
)
from kcharts.catalogue import Alias, CatalogueEntry
from kcharts.errors import AmbiguousChartError, GapError, NotAnIssueError, UnknownChartError
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
from tests.lists import SERIES, WEEKLY, chart, day, lists

# -- published values -----------------------------------------------------------------------------


def test_the_agreement_of_two_lists_of_webber_and_others() -> None:
    """<a b c d e f g> and <z c a v w x y>: nothing in common at first, then two of three."""
    one, other = list("abcdefg"), list("zcavwxy")
    found = [round(overlap(one, other, k=k).share, 3) for k in range(1, 8)]
    assert found == [0, 0, 0.667, 0.5, 0.4, 0.333, 0.286]


def test_ten_ranks_have_86_percent_of_the_weight() -> None:
    """Webber and others 2010, after equation 21: p = 0.9 for 10 ranks, 0.98 for 50."""
    assert round(rbo_weight(10, p=0.9), 2) == 0.86
    assert round(rbo_weight(10), 6) == 0.855585
    assert round(rbo_weight(50, p=0.98), 6) == 0.852234


ALPHABET = string.ascii_lowercase


@pytest.mark.parametrize(
    ("other", "p", "value"),
    [
        ("aptkn", 0.2, 0.892587),
        ("b", 0.2, 0.092574),
        ("kuafhvenqmyptswoxrbcgdi", 0.2, 0.012636),
        ("auzemcwhrtjvbfqxyk", 0.4, 0.772647),
        ("f", 0.9, 0.053090),
        ("zclx", 0.9, 0.233312),
        ("karfvodcjmwgzlypebunq", 0.9, 0.468431),
    ],
)
def test_lists_of_different_lengths_have_the_published_values(
    other: str, p: float, value: float
) -> None:
    """Against the alphabet, by Webber's own program, as in the tests of the Rust crate rbo."""
    found = rank_biased_overlap(list(ALPHABET), list(other), p=p)
    assert found.extrapolated == pytest.approx(value, abs=5e-7)


def test_lists_with_ties_have_the_published_values() -> None:
    """The example of the program of Corsi and Urbano, 2024, for ties as Webber and others do."""
    one = {"red": 1, "blue": 2, "green": 2, "yellow": 4, "pink": 5}
    other = {"blue": 1, "red": 1, "white": 3, "yellow": 4, "black": 4, "purple": 4, "green": 7}
    found = rank_biased_overlap(one, other, p=0.95)
    assert found.extrapolated == pytest.approx(0.7068257, abs=5e-8)
    assert found.bounds == pytest.approx((0.3429684, 0.9049857), abs=5e-8)
    assert found.residual == pytest.approx(0.5620173, abs=5e-8)


def test_three_titles_turned_round_are_three_pairs_apart() -> None:
    assert kendall_distance(list("abc"), list("cba")).distance == 3


def test_lists_without_a_common_title_are_k_squared_and_the_penalties_apart() -> None:
    """Fagin and others 2003: k squared pairs across, k (k - 1) / 2 within either list."""
    one, other = list("abcdefghij"), list("klmnopqrst")
    assert kendall_distance(one, other, penalty=0).distance == 100
    assert kendall_distance(one, other).distance == 100 + 90 / 2
    assert kendall_distance(one, other).share == 1


# -- what is compared -----------------------------------------------------------------------------


def test_names_in_a_row_names_with_ranks_and_issues_are_orders() -> None:
    history = lists({"US": ["ABC"]})
    issue = history.issue(chart("US"), day(0))
    of_issue = Ranking.of(issue)
    assert of_issue.order == tuple((Title(name), n) for n, name in enumerate("ABC", start=1))
    assert (of_issue.chart, of_issue.date) == (chart("US"), day(0))
    assert Ranking.of(of_issue) is of_issue
    assert (
        Ranking.of({"B": 7, "A": 3}).order == (("A", 1), ("B", 2)) == Ranking.of(["A", "B"]).order
    )
    assert len(Ranking.of([])) == 0


def test_what_has_no_order_is_refused() -> None:
    for source in ({"A", "B"}, "AB", b"AB", 3):
        with pytest.raises(TypeError, match="source: expected an Issue, names in a row"):
            Ranking.of(source)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected each title once"):
        Ranking.of(["A", "A"])
    with pytest.raises(ValueError, match="source, a rank: expected a whole number of 1 or more"):
        Ranking.of({"A": 0})
    with pytest.raises(ValueError, match=r"Ranking\.order: expected rank 2, or 1 as the one above"):
        Ranking((("A", 1), ("B", 3)))


def test_a_list_is_not_compared_with_texts() -> None:
    """A text equals no title: the answer would be that nothing is in common."""
    issue = lists({"US": ["ABC"]}).issue(chart("US"), day(0))
    with pytest.raises(TypeError, match="expected titles, as the other order is that of a list"):
        overlap(issue, ["A", "B", "C"])
    found = overlap([Title("C"), Title("B")], issue)
    assert found.shared == (Title("B"),)
    assert str(found) == (
        "an order of 2 titles and Stream TV in the United States (by Press), on 2022-01-01: "
        "1 of 2 titles in common"
    )


def test_only_the_order_of_a_list_counts() -> None:
    """Of a show's seasons the best stays, and leaves a hole."""
    seasons = {n: Title("Show", season=f"Show: Season {n}") for n in "12"}
    history = lists({"US": ["12A"]}, titles=seasons).by_show()
    found = Ranking.of(history.issue(chart("US"), day(0)))
    assert [(str(title), rank) for title, rank in found.order] == [
        ("Show: all seasons", 1),
        ("A", 2),
    ]


def test_orders_are_values() -> None:
    ranking = Ranking.of(lists({"US": ["AB"]}).issue(chart("US"), day(0)))
    assert repr(ranking) == f"Ranking({ranking.order!r}, {ranking.chart!r}, {ranking.date!r})"
    plain = Ranking.of({"A": 1, "B": 1})
    assert repr(plain) == "Ranking.of({'A': 1, 'B': 1})"
    for each in (ranking, plain):
        assert pickle.loads(pickle.dumps(each)) == each
        assert hash(copy.deepcopy(each)) == hash(each)


# -- figures --------------------------------------------------------------------------------------


def two_places() -> ChartHistory:
    return lists({"US": ["ABC", "ABD"], "KR": ["BAD", "?"]})


def test_sentences_say_what_is_compared() -> None:
    history = two_places()
    us, kr = (history.issue(chart(place), day(0)) for place in ("US", "KR"))
    pair = "Stream TV in the United States (by Press) and Stream TV in South Korea (by Press)"
    assert str(overlap(us, kr)) == f"{pair}, on 2022-01-01: 2 of 3 titles in common"
    assert str(kendall_distance(us, kr)) == (
        f"{pair}, on 2022-01-01: Kendall's distance 2 of 12 at most (0.17), penalty 0.5"
    )
    assert str(rank_biased_overlap(us, kr)) == (
        f"{pair}, on 2022-01-01: rank-biased overlap 0.63 (0.31 to 0.88), p = 0.9"
    )
    later = history.issue(chart("US"), day(1))
    assert str(overlap(us, later)) == (
        "Stream TV in the United States (by Press), on 2022-01-01 and on 2022-01-02: "
        "2 of 3 titles in common"
    )
    assert str(overlap(later, kr, k=1)) == (
        "Stream TV in the United States (by Press), on 2022-01-02, and "
        "Stream TV in South Korea (by Press), on 2022-01-01: 0 of 1 title in common"
    )
    assert str(overlap({"A": 1, "B": 1, "C": 3}, {"A": 1, "B": 2}, k=1)) == (
        "an order of 3 titles and an order of 2 titles: "
        "1 title in common down to No. 1, of 2 and 1 there"
    )


def test_figures_are_rows() -> None:
    history = two_places()
    us, kr = (history.issue(chart(place), day(0)) for place in ("US", "KR"))
    sides = {
        "chart": "Stream TV in the United States (by Press)",
        "date": day(0),
        "other": "Stream TV in South Korea (by Press)",
        "other_date": day(0),
    }
    assert overlap(us, kr).as_row() == sides | {"k": 3, "shared": 2, "share": 0.6667}
    assert kendall_distance(us, kr).as_row() == sides | {
        "penalty": 0.5,
        "opposite": 2,
        "undecided": 0,
        "distance": 2.0,
        "share": 0.1667,
    }
    row = rank_biased_overlap(us, kr).as_row()
    assert row == sides | {"p": 0.9, "extrapolated": 0.63, "base": 0.3117, "upper": 0.873}


def test_evidence_is_the_rows_of_both_lists() -> None:
    history = two_places()
    us, kr = (history.issue(chart(place), day(0)) for place in ("US", "KR"))
    every = [(row.chart.code, row.rank) for row in evidence(history, rank_biased_overlap(us, kr))]
    assert every == [(place, rank) for place in ("KR", "US") for rank in (1, 2, 3)]
    assert len(evidence(history, kendall_distance(us, kr))) == 6
    assert len(evidence(history, overlap(us, kr, k=2))) == 4
    assert evidence(history, overlap(["A"], ["B"])) == []


def test_figures_are_values() -> None:
    history = two_places()
    us, kr = (history.issue(chart(place), day(0)) for place in ("US", "KR"))
    for found in (overlap(us, kr), kendall_distance(us, kr), rank_biased_overlap(us, kr)):
        assert pickle.loads(pickle.dumps(found)) == found
        assert hash(copy.deepcopy(found)) == hash(found)


def test_of_a_list_that_is_not_usable_nothing_is_known() -> None:
    history = two_places()
    us, gone = history.issue(chart("US"), day(1)), history.issue(chart("KR"), day(1))
    for measure in (overlap, kendall_distance):
        with pytest.raises(GapError, match="no usable list of Stream TV in South Korea"):
            measure(us, gone)
    found = rank_biased_overlap(us, gone)
    assert (found.bounds, found.extrapolated, found.residual) == ((0, 1), None, 1)
    assert found.as_row()["extrapolated"] is None
    assert str(found) == (
        "Stream TV in the United States (by Press) and Stream TV in South Korea (by Press), "
        "on 2022-01-02: rank-biased overlap unknown (nothing usable of Stream TV in South Korea "
        "(by Press), on 2022-01-02)"
    )
    assert str(rank_biased_overlap(gone, gone)).count("nothing usable of") == 1


def test_orders_without_a_title_are_refused() -> None:
    for measure in (overlap, kendall_distance):
        with pytest.raises(ValueError, match="expected one title at least"):
            measure([], ["A"])
    assert rank_biased_overlap([], ["A"]).bounds == (0, 1)
    assert str(rank_biased_overlap([], ["A"])) == (
        "an order of 0 titles and an order of 1 title: rank-biased overlap unknown "
        "(nothing usable of an order of 0 titles)"
    )


def test_parameters_out_of_range_are_refused() -> None:
    for p in (0, 1, -0.5, 1.5):
        with pytest.raises(ValueError, match="p: expected a number between 0 and 1"):
            rank_biased_overlap(["A"], ["A"], p=p)
    for penalty in (-0.1, 1.1):
        with pytest.raises(ValueError, match="penalty: expected a number from 0 to 1"):
            kendall_distance(["A"], ["A"], penalty=penalty)
    with pytest.raises(TypeError, match="p: expected a number"):
        rank_biased_overlap(["A"], ["A"], p=True)
    with pytest.raises(TypeError, match="penalty: expected a number"):
        kendall_distance(["A"], ["A"], penalty="p")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="depth: expected a whole number of 1 or more"):
        rbo_weight(0)
    with pytest.raises(ValueError, match="k: expected a whole number of 1 or more"):
        overlap(["A"], ["A"], k=0)


# -- histories ------------------------------------------------------------------------------------


def test_similar_places_are_the_most_alike_first() -> None:
    history = lists(
        {"world": ["ABC"], "US": ["ABC"], "KR": ["CBA"], "FR": ["ABC"], "DE": ["XYZ"], "JP": ["?"]}
    )
    found = similar_places(history, "US")
    order = [(each.right.chart.code, each.extrapolated) for each in found if each.right.chart]
    assert [code for code, _ in order] == ["FR", "KR", "DE", "JP"]
    assert [value for _, value in order] == [1, pytest.approx(0.855), 0, None]
    of_world = similar_places(history, "world")
    assert [each.right.chart.code for each in of_world if each.right.chart][:2] == ["FR", "US"]


def test_places_that_have_no_list_on_a_date_are_errors() -> None:
    history = lists({"US": ["ABC", "ABC"], "KR": ["", "ABC"]})
    with pytest.raises(NotAnIssueError, match="2022-01-01: the data have no issue of Stream TV"):
        similar_places(history, "KR", date=day(0))
    with pytest.raises(UnknownChartError, match="there are charts of KR, US"):
        similar_places(history, "FR")


def test_similarity_over_time_is_that_of_each_two_in_a_row() -> None:
    history = lists({"US": ["ABC", "ABC", "?", "XYZ", "XYZ"]})
    found = similarity_over_time(history)
    assert [each.extrapolated for each in found] == [1, None, None, 1]
    assert [each.right.date for each in found] == [day(n) for n in (1, 2, 3, 4)]
    assert [each.extrapolated for each in similarity_over_time(history, as_of=day(1))] == [1]
    apart = lists({"US": ["ABC", "ABC", "x", "ABC"], "KR": 4 * ["ABC"]})
    assert len(similarity_over_time(apart, country="US")) == 1


def test_each_list_is_put_in_order_once_and_its_rows_are_never_made() -> None:
    """On a whole Hot 100 the rows alone would take ten times as long as the comparison."""
    history = lists({"US": 20 * ["ABC"]})
    calls: Counter[CodeType] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        calls[frame.f_code] += event == "call"

    sys.setprofile(count)
    try:
        found = list(similarity_over_time(history))
    finally:
        sys.setprofile(None)
    assert len(found) == 19
    assert calls[Ranking.__init__.__code__] == 20
    assert calls[RankSnapshot.__init__.__code__] == 0


def test_the_calendar_of_all_lists_holds_as_of_every_date() -> None:
    """Between two Saturday lists none is missing: a Tuesday list later denies a weekly rule."""
    rows = [
        RankSnapshot(Title(name), Chart(WEEKLY, Country("US")), day(number), rank)
        for number in (0, 14, 17)
        for rank, name in enumerate("ABC", start=1)
    ]
    history = ChartHistory.from_snapshots(rows)
    found = similarity_over_time(history, as_of=day(14))
    assert found == similarity_over_time(history.select(end=day(14)))
    assert [each.extrapolated for each in found] == [1]
    assert [each.extrapolated for each in similarity_over_time(history)] == [1, 1]


OTHER = ChartSeries("Netflix", "Netflix", "TV", Frequency.DAILY, 3)


def two_publishers(names: dict[str, Title]) -> ChartHistory:
    """The same works on the same days, which one publisher calls otherwise."""
    one = lists({"US": ["ABC", "ABC"], "KR": ["ABC", ""]})
    return one.merge(
        lists({"US": ["ABC", "BAC"], "JP": ["ABC", "ABC"]}, series=OTHER, titles=names)
    )


def test_publishers_are_compared_where_both_have_a_list() -> None:
    history = two_publishers({})
    found = similarity_between(history, "Press", "Netflix")
    assert [(each.left.chart, each.right.chart) for each in found] == 2 * [
        (chart("US"), chart("US", OTHER))
    ]
    assert found[0].extrapolated == 1
    assert found[1].extrapolated == pytest.approx(0.9)
    assert len(similarity_between(history, SERIES, OTHER, as_of=day(0))) == 1
    assert len(similarity_between(history, SERIES, OTHER, country="US")) == 2
    with pytest.raises(UnknownChartError):
        similarity_between(history, SERIES, OTHER, country="JP")


def test_names_of_two_publishers_are_one_by_a_catalogue_alone() -> None:
    history = two_publishers({n: Title(f"{n} (2022)", kind="TV") for n in "ABC"})
    assert [each.upper < 1 for each in similarity_between(history, "Press", "Netflix")] == [
        True
    ] * 2
    assert similarity_between(history, "Press", "Netflix")[0].extrapolated == 0
    works = Catalogue(CatalogueEntry(n, aliases=(Alias(f"{n} (2022)"),)) for n in "ABC")
    found = similarity_between(works.relabel(history), "Press", "Netflix")
    assert found[0].extrapolated == 1


def test_a_text_that_names_several_series_is_ambiguous() -> None:
    films = ChartSeries("Press", "Stream", "Films", Frequency.DAILY, 3)
    history = two_publishers({}).merge(lists({"US": ["XYZ"]}, series=films))
    with pytest.raises(AmbiguousChartError, match="'Press' names 2 series: say which"):
        similarity_between(history, "Press", "Netflix")
    with pytest.raises(AmbiguousChartError, match="3 series fit"):
        similar_places(history, "US")


def test_a_history_narrowed_to_titles_is_refused() -> None:
    narrow = lists({"US": ["ABC", "ABC"], "KR": ["ABC", "ABC"]}).select(title="A")
    with pytest.raises(ValueError, match="whole lists, not ones narrowed to titles"):
        similar_places(narrow, "US")
    with pytest.raises(ValueError, match="whole lists, not ones narrowed to titles"):
        similarity_over_time(narrow, country="US")
    with pytest.raises(ValueError, match="whole lists, not ones narrowed to titles"):
        similarity_between(narrow, SERIES, SERIES)


def test_an_order_is_a_tuple() -> None:
    pairs: Any = [("A", 1)]
    with pytest.raises(TypeError, match=r"Ranking.order: expected pairs in a tuple"):
        Ranking(pairs)


@pytest.mark.parametrize("p", [0.500001, 0.51, 0.6])
def test_no_weight_is_above_1(p: float) -> None:
    assert 0.999 < rbo_weight(50, p=p) <= 1
