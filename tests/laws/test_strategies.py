"""The strategies: they give what they say, and Hypothesis finds them by type."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings, strategies as st

from kcharts import testing
from kcharts.catalogue import CatalogueEntry
from kcharts.model.chart import Frequency
from kcharts.model.country import WORLD
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import (
    IssueStatus,
)
from kcharts.model.title import Title
from kcharts.testing import _figures, histories
from tests import brute

# Registering is for all that follows in this process, as the entry point does it for users.
testing._hypothesis_setup_hook()


def statuses_of(history: ChartHistory) -> set[IssueStatus]:
    return {
        history.status(chart, day)
        for chart in history.charts
        for day in history.dates
        if history.calendar(chart.series).has(day)
    }


def test_a_history_is_not_what_is_meant_by_any_sequence() -> None:
    anything: Any = Sequence
    assert "histories" not in repr(st.from_type(anything))


PROBE = """
{first}
from hypothesis import strategies as st
from kcharts import ChartHistory
print(st.from_type(ChartHistory))
"""


@pytest.mark.parametrize(
    "first", ["import hypothesis", "import kcharts.testing", "from kcharts.testing import titles"]
)
def test_hypothesis_finds_the_entry_point_whoever_is_imported_first(
    first: str, tmp_path: Path
) -> None:
    about = tmp_path / "kcharts_probe-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: kcharts-probe\nVersion: 0\n")
    (about / "entry_points.txt").write_text(
        "[hypothesis]\n_ = kcharts.testing:_hypothesis_setup_hook\n"
    )
    package = Path(testing.__file__).parents[2]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE.format(first=first)],
        env={**bare, "PYTHONPATH": os.pathsep.join([str(package), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "histories()\n"


@given(histories(cuts="sometimes") | histories(rows="loose"))
def test_a_history_has_a_list_in_hand(history: ChartHistory) -> None:
    assert IssueStatus.PUBLISHED in statuses_of(history)
    assert history.titles


@given(histories(), histories(rows="detailed", max_issues=2))
def test_published_lists_are_whole(one: ChartHistory, other: ChartHistory) -> None:
    for history in (one, other):
        for chart, day in {(row.chart, row.date) for row in history}:
            issue = history.issue(chart, day)
            if issue.status is IssueStatus.PUBLISHED:
                ranks = [row.rank for row in issue]
                assert ranks == list(range(1, chart.series.depth + 1))


@given(
    histories(
        titles=st.builds(Title, st.text("ab", min_size=1, max_size=2)),
        frequencies=st.just(Frequency.DAILY),
        statuses=[],
        calendars="given",
        max_charts=2,
        max_issues=4,
        min_depth=2,
        max_depth=2,
    )
)
def test_options_bound_what_is_drawn(history: ChartHistory) -> None:
    assert len(history.charts) <= 2
    assert {each.frequency for each in history.series} == {Frequency.DAILY}
    assert all(each.depth == 2 for each in history.series)
    assert all(set(title.name) <= {"a", "b"} for title in history.titles)
    for chart in history.charts:
        days = [day for day in history.dates if history.calendar(chart.series).has(day)]
        series = [row.date for row in history if row.chart.series == chart.series]
        assert {row.date for row in history if row.chart == chart} == set(series)
        assert len(set(series)) <= 4
        assert days


@pytest.mark.parametrize("status", IssueStatus)
def test_every_status_is_drawn(status: IssueStatus) -> None:
    assert _found(histories(), lambda history: status in statuses_of(history))


KINDS: dict[str, Callable[[ChartHistory], bool]] = {
    "two series": lambda history: len(history.series) == 2,
    "world": lambda history: WORLD in {chart.place for chart in history.charts},
    "closing": lambda history: any(closing for closing in history.store.closings),
    "cut": lambda history: any(floor for floor in history.store.floors),
    "irregular": lambda history: any(
        history.calendar(series).kind == "dates" for series in history.series
    ),
    "first": lambda history: any(history.calendar(series).first for series in history.series),
    "last": lambda history: any(history.calendar(series).last for series in history.series),
    "rows left out": lambda history: any(
        len(history.issue(row.chart, row.date)) < row.chart.series.depth for row in history
    ),
}


@pytest.mark.parametrize("says", KINDS.values(), ids=KINDS)
def test_histories_of_every_kind_are_drawn(says: Callable[[ChartHistory], bool]) -> None:
    assert _found(histories(cuts="sometimes"), says)


def test_loose_rows_share_ranks_and_repeat_titles() -> None:
    def ranks(history: ChartHistory) -> bool:
        keys = [(row.chart, row.date, row.rank) for row in history]
        return len(set(keys)) < len(keys)

    def titles(history: ChartHistory) -> bool:
        keys = [(row.chart, row.date, row.title) for row in history]
        return len(set(keys)) < len(keys)

    for says in (ranks, titles):
        assert _found(histories(rows="loose"), says)


@given(st.data(), histories(cuts="sometimes"))
def test_a_completion_knows_every_issue_and_changes_none_that_was_known(
    data: st.DataObject, history: ChartHistory
) -> None:
    names = st.builds(Title, st.text("abc", min_size=1))
    whole = data.draw(testing.completions(history) | testing.completions(history, titles=names))
    for line in brute.lines(history):
        for day, status, rows in zip(line.dates, line.statuses, line.rows, strict=True):
            issue = whole.issue(line.chart, day)
            assert issue.status is (IssueStatus.PUBLISHED if status.is_unknown else status)
            assert status.is_unknown or issue.rows == rows
            assert not status.is_unknown or len(issue) == line.chart.series.depth


@given(st.data(), histories())
def test_arrivals_by_date_come_in_order(data: st.DataObject, history: ChartHistory) -> None:
    parts = data.draw(testing.arrivals(history, order="dates"))
    days = [part.dates[0] for part in parts if part.dates]
    assert days == sorted(days)
    assert sum(len(part) for part in parts) == len(history)


def _found(strategy: st.SearchStrategy[ChartHistory], says: Callable[[ChartHistory], bool]) -> bool:
    quick = settings(max_examples=2_000, database=None, phases=[Phase.generate])
    return says(find(strategy, says, settings=quick))


def test_two_works_of_one_key_make_no_catalogue() -> None:
    entry = CatalogueEntry("Hellbound")
    assert _figures._catalogue_of([entry, entry]) is None
