"""Small histories for tests, written as they look: a letter a title, a text a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from kcharts import (
    WORLD,
    Calendar,
    Chart,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    IssueStatus,
    RankSnapshot,
    Title,
)

SERIES = ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 3)
START = dt.date(2022, 1, 1)
STATUSES = {
    "?": IssueStatus.MISSING,
    "!": IssueStatus.DEFECTIVE,
    "~": IssueStatus.STALE,
    "x": IssueStatus.OUTSIDE,
}


def day(number: int, step: int = 1) -> dt.date:
    """The date of the list with that index."""
    return START + dt.timedelta(number * step)


def chart(place: str, series: ChartSeries = SERIES) -> Chart:
    """The chart of a code, or of the world."""
    return Chart(series, WORLD if place == "world" else Country(place))


def lists(
    places: Mapping[str, Sequence[str]],
    *,
    titles: Mapping[str, Title] | None = None,
    series: ChartSeries = SERIES,
    calendar: Calendar | None = None,
    every: Literal["day", "week"] = "day",
) -> ChartHistory:
    """A history of lists such as "ABC", ranked A, B, C.

    "" is a list that is not there and of which nothing is said; "?" is MISSING and "x" OUTSIDE;
    "!ABC" is DEFECTIVE and "~ABC" STALE.
    """
    rows: list[RankSnapshot] = []
    statuses: dict[tuple[Chart, dt.date], IssueStatus] = {}
    for place, issues in places.items():
        for number, text in enumerate(issues):
            date = day(number, 7 if every == "week" else 1)
            if text[:1] in STATUSES:
                statuses[chart(place, series), date] = STATUSES[text[0]]
            rows += [
                RankSnapshot(
                    (titles or {}).get(name) or Title(name), chart(place, series), date, rank
                )
                for rank, name in enumerate(text.lstrip("?!~x"), 1)
            ]
    calendars = {} if calendar is None else {series: calendar}
    return ChartHistory.from_snapshots(rows, calendars=calendars, statuses=statuses)


WEEKLY = ChartSeries("Press", "Stream", "TV", Frequency.WEEKLY, 3)
