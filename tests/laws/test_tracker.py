"""The law of the tracker: whatever comes, in whatever order, it is equal to recomputation."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from kcharts.measures import StreakTracker, streaks
from kcharts.model.history import ChartHistory
from kcharts.testing import arrivals
from tests import brute
from tests.laws.tools import GAPS, TOPS, histories

Top = int | None
NOTHING = ChartHistory.from_snapshots([])


@given(
    st.data(),
    histories() | histories(rows="detailed", max_charts=2, max_issues=3),
    TOPS,
    GAPS,
)
def test_a_tracker_is_equal_to_recomputation_after_every_issue(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    merged, tracker = NOTHING, StreakTracker(NOTHING, top=top, gaps=gaps)
    for part in data.draw(arrivals(history)):
        tracker.update(part)
        merged = merged.merge(part)
        assert list(tracker.streaks()) == list(streaks(merged, top=top, gaps=gaps))
    assert list(tracker.streaks()) == list(streaks(history, top=top, gaps=gaps))


@given(st.data(), histories(), TOPS, GAPS)
def test_a_tracker_survives_being_written_and_read(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    merged, tracker = NOTHING, StreakTracker(NOTHING, top=top, gaps=gaps)
    for part in data.draw(arrivals(history)):
        tracker = StreakTracker.from_json(tracker.to_json())
        tracker.update(part)
        merged = merged.merge(part)
        again = StreakTracker.from_json(tracker.to_json())
        assert list(again.streaks()) == list(streaks(merged, top=top, gaps=gaps))


@given(st.data(), histories(cuts="sometimes", calendars="given"), TOPS, GAPS)
def test_a_tracker_may_start_from_any_history(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    early = history.select(end=day)
    tracker, merged = StreakTracker(early, top=top, gaps=gaps), early
    for part in data.draw(arrivals(history)):
        tracker.update(part)
        merged = merged.merge(part)
        assert list(tracker.streaks()) == list(streaks(merged, top=top, gaps=gaps))


@given(
    st.data(),
    histories(calendars="given") | histories(calendars="given", rows="loose"),
    TOPS,
    GAPS,
)
def test_lists_may_come_as_issues(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    start = data.draw(st.sampled_from(history.dates))
    tracker = StreakTracker(history.select(end=start), top=top, gaps=gaps)
    merged = history.select(end=start)
    later = dict.fromkeys((row.chart, row.date) for row in history if row.date > start)
    for chart, day in data.draw(st.permutations(list(later))):
        issue = history.issue(chart, day)
        tracker.update(issue)
        alone = ChartHistory.from_snapshots(
            issue.rows, statuses={(chart, day): issue.status}, ties="keep", repeats="keep"
        )
        merged = merged.merge(alone)
        assert list(tracker.streaks()) == list(streaks(merged, top=top, gaps=gaps))


@given(st.data(), histories(), TOPS, GAPS)
def test_what_is_known_already_changes_nothing(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    tracker = StreakTracker(history, top=top, gaps=gaps)
    before = list(tracker.streaks())
    for part in data.draw(arrivals(history)):
        assert list(tracker.update(part)) == []
    assert list(tracker.streaks()) == before


@given(st.data(), histories(calendars="given"), TOPS, GAPS)
def test_changes_account_for_the_difference(
    data: st.DataObject, history: ChartHistory, top: Top, gaps: brute.Gaps
) -> None:
    """The streaks before, less those changed, and those that they changed to, are those after."""
    tracker = StreakTracker(NOTHING, top=top, gaps=gaps)
    for part in data.draw(arrivals(history)):
        held = set(tracker.streaks())
        changes = list(tracker.update(part))
        gone = {change.before for change in changes if change.before is not None}
        come = {change.streak for change in changes if change.streak is not None}
        assert gone <= held
        assert set(tracker.streaks()) >= come


def test_a_tracker_cannot_refuse_gaps() -> None:
    with pytest.raises(ValueError, match="gaps"):
        StreakTracker(NOTHING, gaps="raise")
