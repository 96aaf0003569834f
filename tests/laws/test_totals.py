"""The laws of totals: counted issue by issue, bounded by what is not known."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from kcharts.measures import Total, streaks, totals
from kcharts.model.history import ChartHistory
from kcharts.testing import arrivals, completions
from tests import brute
from tests.laws.tools import TOPS, completed, dates_of, histories, together

HISTORIES = histories(cuts="sometimes")
Top = int | None


def plainly(total: Total) -> brute.BruteTotal:
    """A total in the words of the brute force."""
    return brute.BruteTotal(
        total.title, total.chart, total.observed, total.upper, total.since, total.until
    )


@given(HISTORIES | histories(rows="loose"), TOPS)
def test_totals_are_those_that_one_counts_issue_by_issue(history: ChartHistory, top: Top) -> None:
    found = list(map(plainly, totals(history, top=top)))
    assert sorted(found, key=repr) == sorted(brute.totals(history, top=top), key=repr)
    assert all(total.top == top for total in totals(history, top=top))


@given(HISTORIES, TOPS)
def test_totals_are_ordered_largest_first(history: ChartHistory, top: Top) -> None:
    counts = [total.observed for total in totals(history, top=top)]
    assert counts == sorted(counts, reverse=True)


@given(HISTORIES, TOPS)
def test_a_total_is_the_sum_of_its_streaks(history: ChartHistory, top: Top) -> None:
    for total in totals(history, top=top):
        found = streaks(history, total.title, top=top)
        assert total.observed == sum(s.length for s in found if s.chart == total.chart)
        assert 1 <= total.observed <= total.upper


@given(st.data(), HISTORIES, TOPS)
def test_bounds_hold_whatever_the_unknown_lists_were(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    complete = totals(data.draw(completions(history)), top=top)
    truth = {(total.title, total.chart): total for total in complete}
    for total in totals(history, top=top):
        true = truth[total.title, total.chart]
        assert total.observed <= true.observed == true.upper <= total.upper
        assert (true.since, true.until) == (total.since, total.until)


@given(st.data(), HISTORIES, TOPS)
def test_bounds_are_reached(data: st.DataObject, history: ChartHistory, top: Top) -> None:
    title = data.draw(st.sampled_from(history.titles))
    found = totals(history, title, top=top)
    for filler, bound in ((None, "observed"), (title, "upper")):
        truth = completed(history, filler)
        true = {
            each.chart: each.observed for each in (totals(truth, title, top=top) if found else ())
        }
        for total in found:
            assert true[total.chart] == getattr(total, bound)


@given(HISTORIES)
def test_a_wider_top_never_counts_less(history: ChartHistory) -> None:
    counted = [
        {(total.title, total.chart): total.observed for total in totals(history, top=top)}
        for top in (1, 2, None)
    ]
    for narrow, wide in pairwise(counted):
        assert all(wide[each] >= count for each, count in narrow.items())


@given(st.data(), histories(), TOPS)
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    merged = together(data.draw(arrivals(history)))
    assert list(totals(merged, top=top)) == list(totals(history, top=top))


@given(st.data(), HISTORIES, TOPS)
def test_as_of_a_date_is_the_answer_of_a_history_that_ends_there(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    cut = history.select(end=day)
    assert list(totals(history, top=top, as_of=day)) == list(totals(cut, top=top))


@given(st.data(), histories(calendars="given"), TOPS)
def test_what_comes_later_changes_nothing_as_of_a_date(
    data: st.DataObject, history: ChartHistory, top: Top
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    asked = [list(totals(each, top=top, as_of=day)) for each in (early, history)]
    assert asked[0] == asked[1]


@given(HISTORIES, TOPS)
def test_what_is_asked_of_one_title_or_chart_is_part_of_what_is_asked_of_all(
    history: ChartHistory, top: Top
) -> None:
    everything = list(totals(history, top=top))
    for title in history.titles:
        alone = list(totals(history, title, top=top))
        assert alone == [total for total in everything if total.title == title]
    for chart in history.charts:
        alone = list(totals(history, country=chart.place, series=chart.series, top=top))
        assert alone == [total for total in everything if total.chart == chart]
