"""Marks and closings: where they are refused, and where a chart's end can be read."""

from __future__ import annotations

import datetime as dt

import pytest

from kcharts import Calendar, ChartHistory, IssueStatus, RankSnapshot, SourceRef, Title
from kcharts.errors import NotAnIssueError, UnknownChartError
from tests.lists import WEEKLY, chart, lists

SUNDAY = dt.date(2022, 1, 2)
MONDAY = dt.date(2022, 1, 3)
KOREA = chart("KR", WEEKLY)


@pytest.mark.parametrize("status", IssueStatus)
def test_a_status_dated_off_the_calendar_is_refused(status: IssueStatus) -> None:
    """Also one that says no more than that nothing was due there."""
    rows = [RankSnapshot(Title(name), KOREA, SUNDAY, rank) for rank, name in enumerate("AB", 1)]
    with pytest.raises(NotAnIssueError, match=r"Stream TV by Press, weekly: .*2022-01-03"):
        ChartHistory.from_snapshots(
            rows,
            calendars={WEEKLY: Calendar.weekly("sunday")},
            statuses={(KOREA, MONDAY): status},
        )


@pytest.mark.parametrize(
    ("rank", "line", "told"),
    [
        (2**31, 1, "rank: expected a whole number up to 2,147,483,647, found 2147483648"),
        (1, 2**31, "line: expected a whole number up to 2,147,483,647, found 2147483648"),
    ],
)
def test_numbers_that_no_column_holds_are_refused(rank: int, line: int, told: str) -> None:
    row = RankSnapshot(Title("A"), KOREA, SUNDAY, rank, source=SourceRef("x", line))
    with pytest.raises(ValueError, match=f"A on 2022-01-02, .*: {told}"):
        ChartHistory.from_snapshots([row])


def test_where_a_chart_ended_can_be_read() -> None:
    history = lists({"KR": ["AB", "BA"], "US": ["AB"]})
    korea = chart("KR")
    assert history.closed(korea) is None
    ended = history.closing("KR", "2022-01-02")
    assert ended.closed(korea) == dt.date(2022, 1, 2)
    assert ended.closed(chart("US")) is None
    with pytest.raises(UnknownChartError):
        history.closed(chart("JP"))
