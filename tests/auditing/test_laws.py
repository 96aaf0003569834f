"""The laws of audits: what differs by brute force is explained once, and nothing else."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, strategies as st

from kcharts.auditing import FindingKind, apply_findings, audit
from kcharts.auditing._audit import find_cases
from kcharts.auditing._lists import is_in_order, lists_of, printed_counters
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.testing import arrivals, completions, histories
from tests.auditing.counters import (
    COUNTERS,
    Place,
    differing,
    disturbed,
    rebuilt,
    truths,
    with_counters,
)
from tests.laws.tools import dates_of, together

DETAILED = histories(rows="detailed", cuts="sometimes", min_depth=2)
SUBSETS = st.sets(st.sampled_from(COUNTERS), min_size=1)
STATUSES = {
    FindingKind.MISSING_ISSUE,
    FindingKind.STALE_ISSUE,
    FindingKind.DEFECTIVE_ISSUE,
    FindingKind.HOLE_IN_LIST,
}


@st.composite
def audited(draw: st.DrawFn) -> ChartHistory:
    """Histories with right counters, with wrong ones, and with counters of no meaning."""
    if draw(st.booleans()):
        return draw(DETAILED)
    plain = histories(min_depth=2)
    truth = with_counters(draw(plain | truths()), draw(SUBSETS))
    return draw(disturbed(truth))


def explained(history: ChartHistory) -> Counter[Place]:
    """How often each differing counter is in a finding."""
    store = history.store
    counters = printed_counters(store)
    found: Counter[Place] = Counter()
    for code in range(len(store.charts)):
        for case in find_cases(lists_of(store, code, counters)):
            for each in case.differences:
                row = history[each.row]
                assert each.row in case.all_rows
                found[row.chart, row.date, row.rank, row.title.key, each.counter] += 1
    return found


@given(audited())
def test_every_counter_that_differs_is_in_just_one_finding(history: ChartHistory) -> None:
    found = explained(history)
    assert set(found) == differing(history)
    assert set(found.values()) <= {1}


@given(audited())
def test_findings_are_ordered_and_told_in_words(history: ChartHistory) -> None:
    found = audit(history)
    order = [list(FindingKind).index(each.kind) for each in found]
    assert order == sorted(order)
    for each in found:
        assert str(each) == f"{each.explanation}, {each.chart.name}"
        assert each.dates == tuple(sorted(each.dates))
        assert {row.chart for row in each.rows} <= {each.chart}
        assert each.remedy.startswith("applied" if each.status else "left alone")


@given(st.data(), histories(cuts="sometimes") | truths(), SUBSETS)
def test_counters_of_what_was_published_are_right_but_for_those_begun_before(
    data: st.DataObject, history: ChartHistory, names: set[str]
) -> None:
    """Whatever the lists were that are missing, stale or broken, and wherever the data begin."""
    truth = with_counters(data.draw(completions(history)), names)
    held = {(row.chart, row.date) for row in history}
    seen = rebuilt(history, [row for row in truth if (row.chart, row.date) in held])
    start = data.draw(st.sampled_from(history.dates))
    for each in (seen, seen.select(start=start)):
        assert {finding.kind for finding in audit(each)} <= {FindingKind.LEFT_CENSORED}


@given(truths(), SUBSETS)
def test_nothing_is_found_where_all_lists_since_the_launch_are_in_hand(
    truth: ChartHistory, names: set[str]
) -> None:
    history = with_counters(truth, names)
    assert list(audit(history)) == []
    assert apply_findings(history, audit(history)) == history


@given(st.data(), audited().filter(lambda history: not dates_cut(history)))
def test_the_order_in_which_issues_come_changes_nothing(
    data: st.DataObject, history: ChartHistory
) -> None:
    merged = together(data.draw(arrivals(history)))
    assert list(audit(merged)) == list(audit(history))


def dates_cut(history: ChartHistory) -> bool:
    """Whether a history was cut: it cannot be put together from its lists."""
    return any(floor is not None for floor in history.store.floors)


@given(st.data(), audited())
def test_as_of_a_date_is_the_audit_of_a_history_that_ends_there(
    data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    assert list(audit(history, as_of=day)) == list(audit(history.select(end=day)))


@given(st.data(), truths(), SUBSETS)
def test_what_comes_later_changes_nothing_as_of_a_date(
    data: st.DataObject, truth: ChartHistory, names: set[str]
) -> None:
    history = data.draw(disturbed(with_counters(truth, names)))
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    assert list(audit(early, as_of=day)) == list(audit(history, as_of=day))


@given(audited())
def test_each_chart_is_audited_by_itself(history: ChartHistory) -> None:
    everything = list(audit(history))
    for chart in history.charts:
        alone = history.select(country=chart.place, series=chart.series)
        found = [each for each in everything if each.chart == chart]
        assert list(audit(alone)) == found


@given(audited())
def test_once_applied_nothing_is_left_to_apply(history: ChartHistory) -> None:
    findings = audit(history)
    corrected = apply_findings(history, findings)
    assert apply_findings(corrected, findings) == corrected
    marked = [each for each in findings if each.status not in (None, IssueStatus.MISSING)]
    for each in marked:
        assert {corrected.status(each.chart, day) for day in each.dates} == {each.status}
    assert list(corrected) == list(history)


@given(audited() | truths().map(lambda truth: with_counters(truth, {"periods_on_chart"})))
def test_a_chart_that_is_seen_through_at_once_has_nothing_amiss(history: ChartHistory) -> None:
    """Walked all the same, it has no finding."""
    store = history.store
    counters = printed_counters(store)
    for code in range(len(store.charts)):
        if is_in_order(store, code, counters):
            assert find_cases(lists_of(store, code, counters)) == []
