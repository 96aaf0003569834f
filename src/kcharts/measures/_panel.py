"""The country charts of one series: its dates, and what is known of each place's list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kcharts.errors import NotAnIssueError, UnknownChartError
from kcharts.measures._scope import Scope, one_series
from kcharts.model import _checks as checks
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.snapshot import IssueStatus


class PlaceList(NamedTuple):
    """The list of one place of a panel on one date."""

    country: Country
    rows: range | None
    """Its rows in the store; None where it is not PUBLISHED."""


class Panel:
    """The country charts of the one series that a call is about."""

    def __init__(self, scope: Scope) -> None:
        self.store: Store = scope.store
        self.series = one_series(scope)
        self.codes: dict[Country, int] = {}
        for code, chart in enumerate(self.store.charts):
            if chart.series == self.series and isinstance(chart.place, Country):
                self.codes[chart.place] = code

    def days(self) -> list[dt.date]:
        """The dates on which some place has an issue."""
        spans = [self.store.spans[code] for code in self.codes.values()]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        if low > high:
            return []
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        days = self.store.calendar(self.series).between(*ends)
        return [day for day in days if any(map(self._has(day), self.codes.values()))]

    def covered(self) -> list[dt.date]:
        """The dates on which some place has an issue, at least one.

        Raises:
            UnknownChartError: There is none.
        """
        days = self.days()
        if not days:
            raise UnknownChartError(f"no list of a country is in hand for {self.series}")
        return days

    def dated(self, date: dt.date | str | None) -> dt.date:
        """The date that a call names, or the last one covered.

        Raises:
            UnknownChartError: No list of a country is in hand.
            NotAnIssueError: The series has no issue on that date, or the data do not cover it.
        """
        days = self.covered()
        if date is None:
            return days[-1]
        day = checks.as_day(date)
        self.store.calendar(self.series).number(day)
        if not any(map(self._has(day), self.codes.values())):
            raise NotAnIssueError(
                f"{day}: no list of a country covers it, the data of {self.series} "
                f"go from {days[0]} to {days[-1]}"
            )
        return day

    def _has(self, day: dt.date) -> Callable[[int], bool]:
        ordinal = day.toordinal()
        return lambda code: self.store.status(code, ordinal) is not IssueStatus.OUTSIDE

    def lists(self, day: dt.date) -> Iterator[PlaceList]:
        """The list of every place of the panel of a date that the calendar has."""
        ordinal = day.toordinal()
        for country, code in self.codes.items():
            status = self.store.status(code, ordinal)
            if status is not IssueStatus.OUTSIDE:
                rows = None if status.is_unknown else self.store.rows(code, ordinal)
                yield PlaceList(country, rows)
