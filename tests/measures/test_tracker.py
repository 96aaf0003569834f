"""The tracker: what each update changed, in words that a follower of charts would use."""

from __future__ import annotations

import json

import pytest

from kcharts import Catalogue, ChartHistory, Issue, IssueStatus, StreakTracker, Title, streaks
from kcharts.catalogue import Alias, CatalogueEntry
from kcharts.measures import ChangeKind
from tests.lists import chart, day, lists

STARTED, EXTENDED, ENDED, DOUBTFUL, CORRECTED = ChangeKind


def told(tracker: StreakTracker, new: ChartHistory | Issue) -> list[tuple[ChangeKind, str, int]]:
    """The changes that an update makes: kind, title, length."""
    return [
        (change.kind, shown.title.name, shown.length)
        for change in tracker.update(new)
        if (shown := change.streak or change.before)
    ]


def test_a_new_day_extends_starts_and_ends() -> None:
    days = lists({"US": ["SAB", "SAB", "ASB"]})
    tracker = StreakTracker(days.select(end=day(0)))
    assert told(tracker, days.select(start=day(1), end=day(1))) == [(EXTENDED, "S", 2)]
    assert told(tracker, days.select(start=day(2))) == [(ENDED, "S", 2), (STARTED, "A", 1)]
    assert tracker.streaks() == streaks(days)


def test_an_issue_is_taken_as_well_as_a_history() -> None:
    days = lists({"US": ["SAB", "SAB"]})
    tracker = StreakTracker(days.select(end=day(0)))
    [change] = tracker.update(days.issue(chart("US"), day(1)))
    assert str(change).startswith("extended: S: 2 days at No. 1")
    assert tracker.update(days).to_columns() == {}
    assert tracker.streaks() == streaks(days)


def test_an_issue_is_taken_as_its_history_has_it() -> None:
    """With two titles that a catalogue takes for one work, and with the holes that shows leave."""
    works = Catalogue([CatalogueEntry("S", key="s", aliases=(Alias("A"),))])
    kept = works.relabel(lists({"US": ["SAB", "ASB"]}), on_repeat="keep")
    seasons = {name: Title("S", season=name) for name in "SA"}
    for days in (kept, lists({"US": ["SAB", "ABS"]}, titles=seasons).by_show()):
        tracker = StreakTracker(days.select(end=day(0)))
        assert told(tracker, days.latest(chart("US"))) == [(EXTENDED, "S", 2)]
        assert tracker.streaks() == streaks(days)


def test_a_skipped_day_makes_the_streak_doubtful() -> None:
    days = lists({"US": ["SAB", "SAB", "", "SAB"]})
    tracker = StreakTracker(days.select(end=day(1)))
    assert told(tracker, days.select(start=day(3))) == [(DOUBTFUL, "S", 2), (STARTED, "S", 1)]
    assert tracker.streaks() == streaks(days)


@pytest.mark.parametrize("mark", ["!SAB", "~SAB", "?"])
def test_a_broken_list_makes_the_streak_doubtful(mark: str) -> None:
    days = lists({"US": ["SAB", mark]})
    tracker = StreakTracker(days.select(end=day(0)))
    assert told(tracker, days.select(start=day(1))) == [(DOUBTFUL, "S", 1)]
    assert tracker.streaks() == streaks(days)


def test_a_late_list_corrects() -> None:
    days = lists({"US": ["SAB", "SAB", "SAB"]})
    late = days.select(start=day(1), end=day(1))
    first = lists({"US": ["SAB", "", "SAB"]})
    tracker = StreakTracker(first)
    changes = tracker.update(late)
    assert {change.kind for change in changes} == {CORRECTED}
    assert [(c.before and c.before.length, c.streak and c.streak.length) for c in changes] == [
        (1, 3),
        (1, None),
    ]
    assert tracker.streaks() == streaks(days)


def test_a_revised_list_corrects() -> None:
    """FlixPatrol revises: a day's No. 2 was No. 1 a day later."""
    tracker = StreakTracker(lists({"US": ["SAB", "ASB"]}))
    revised = lists({"US": ["SAB", "SAB"]})
    changes = tracker.update(revised.select(start=day(1)))
    assert {change.kind for change in changes} == {CORRECTED}
    assert tracker.streaks() == streaks(revised)


def test_a_list_that_replaces_a_broken_one_counts() -> None:
    tracker = StreakTracker(lists({"US": ["SAB", "!ABC", "SAB"]}))
    whole = lists({"US": ["SAB", "SAB", "SAB"]})
    tracker.update(whole.select(start=day(1), end=day(1)))
    assert tracker.streaks() == streaks(whole)


def test_the_same_list_again_leaves_a_mark_that_was_set() -> None:
    plain = lists({"US": ["SAB", "ABC"]})
    marked = plain.with_status(chart("US"), day(1), IssueStatus.DEFECTIVE)
    tracker = StreakTracker(marked)
    tracker.update(plain.select(start=day(1)))
    assert tracker.streaks() == streaks(marked.merge(plain))


def test_the_end_of_a_chart_ends_the_streak() -> None:
    days = lists({"US": ["ASB", "SAB"]})
    tracker = StreakTracker(days)
    closed = days.closing(chart("US"), day(1))
    tracker.update(closed)
    assert tracker.streaks() == streaks(closed)
    assert tracker.streaks()[0].end_known


def test_bridging_is_tracked_too() -> None:
    days = lists({"US": ["SAB", "?", "SAB"]})
    tracker = StreakTracker(days.select(end=day(0)), gaps="bridge")
    assert told(tracker, days.select(start=day(1))) == [(EXTENDED, "S", 3)]
    assert tracker.streaks() == streaks(days, gaps="bridge")


def test_a_new_chart_starts_streaks() -> None:
    tracker = StreakTracker(lists({"US": ["SAB"]}))
    both = lists({"US": ["SAB"], "KR": ["ASB"]})
    assert told(tracker, both) == [(STARTED, "A", 1)]
    assert tracker.streaks() == streaks(both)


def test_stored_and_read_it_goes_on_as_before() -> None:
    days = lists({"US": ["SAB", "!SAB", "SAB", "ASB"], "KR": ["SAB", "x", "SAB", "SAB"]})
    tracker = StreakTracker(days.select(end=day(2)), top=2)
    again = StreakTracker.from_json(tracker.to_json())
    assert again.to_json() == tracker.to_json()
    rest = days.select(start=day(3))
    assert list(again.update(rest)) == list(tracker.update(rest))
    assert again.streaks() == streaks(days, top=2)


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        "{}",
        '{"version": 2}',
        {"top": 1.5},
        {"extra": 1},
        {"gaps": "ignore"},
    ],
)
def test_what_it_did_not_write_is_refused(spoilt: str | dict[str, object]) -> None:
    plain = json.loads(StreakTracker(lists({"US": ["SAB"]})).to_json())
    text = spoilt if isinstance(spoilt, str) else json.dumps({**plain, **spoilt})
    with pytest.raises(ValueError, match="the JSON of a StreakTracker, version 1"):
        StreakTracker.from_json(text)


def test_it_answers_with_bounds_so_it_cannot_raise_for_gaps() -> None:
    with pytest.raises(ValueError, match='gaps: expected "break" or "bridge"'):
        StreakTracker(lists({"US": ["SAB"]}), gaps="raise")
    with pytest.raises(TypeError, match="new: expected an Issue or a ChartHistory"):
        StreakTracker(lists({"US": ["SAB"]})).update([])  # type: ignore[arg-type]


def test_changes_make_a_table() -> None:
    days = lists({"US": ["SAB", "SAB"]})
    tracker = StreakTracker(days.select(end=day(0)))
    [row] = tracker.update(days.select(start=day(1))).to_dicts()
    assert (row["change"], row["title"], row["length"]) == ("extended", "S", 2)
    assert repr(ChangeKind.ENDED) == "ChangeKind.ENDED"


def test_a_list_after_the_closing_moves_it() -> None:
    days = lists({"US": ["SAB", "SAB", "SAB"]})
    tracker = StreakTracker(days.select(end=day(0)).closing(chart("US"), day(0)))
    tracker.update(days.select(start=day(2)))
    assert [(each.start, each.upper, each.end_known) for each in tracker.streaks()] == [
        (day(0), None, False),
        (day(2), None, True),
    ]
