"""Codes for what cells say: distinct cells are decoded, checked and made sense of once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar

from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart
from kcharts.model.columns.builder import Builder
from kcharts.model.title import Title
from kcharts.reading.options import Options
from kcharts.reading.parsers import Noted, day_as, issue_ordinal, issued
from kcharts.reading.recipe import ChartInCalendar, Column, Columns, Recipe
from kcharts.sources.cell import CellError, Role, Seen
from kcharts.sources.report import KEPT
from kcharts.sources.table import Table

T = TypeVar("T")
U = TypeVar("U")


def key_getter(table: Table, columns: Sequence[str]) -> Callable[[Any], Any]:
    """What takes from the cells of a row those of some columns: one as it is, else a tuple."""
    return itemgetter(*map(table.at, columns)) if columns else lambda _cells: ()


class ValueReader(Generic[T]):
    """Reads the cells of those columns that a table has, and makes of them what they say."""

    def __init__(self, columns: Columns[T], table: Table, seen: Seen, role: Role = "value") -> None:
        held = {name: each for name, each in columns.fields.items() if table.has(each.name)}
        self.make, self.constants = columns.make, columns.constants
        self.fields = [*held, *(None for _ in columns.checks)]
        self.columns: list[Column[Any]] = [*held.values(), *columns.checks]
        self.names = [column.name for column in self.columns]
        self.roles: list[Role] = [column.role or role for column in self.columns]
        self.decode, self.seen = table.decode, seen
        self.key_of = key_getter(table, self.names)

    def of_row(self, row: Sequence[Any]) -> T:
        """The value of a row's cells; raises a `CellError` for the first bad one."""
        return self.of_key(self.key_of(row), _same)

    def of_key(self, key: Any, then: Callable[[T], U]) -> U:
        """The result of `then` for the value of a key: a tuple of cells, unless it is one cell."""
        cells: tuple[Any, ...] = key if len(self.columns) != 1 else (key,)
        texts: list[str] = []
        for name, role, cell in zip(self.names, self.roles, cells, strict=True):
            try:
                texts.append(self.decode(role, cell))
            except CellError as fault:
                raise _placed(fault, name, cell) from None
        try:
            return then(self._of_texts(texts))
        except CellError as fault:
            at = 0 if fault.column is None else self.names.index(fault.column)
            raise _placed(fault, self.names[at], cells[at]) from None

    def _of_texts(self, texts: list[str]) -> T:
        values = dict(self.constants)
        for name, column, text in zip(self.fields, self.columns, texts, strict=True):
            try:
                value = column.parse(text)
            except CellError as fault:
                raise fault.at(fault.column or column.name) from None
            if isinstance(value, Noted):
                self.seen.note(value.code, value.about, value.message)
                value = value.value
            if name is not None:
                values[name] = value
        return self.make(**values)


def _same(value: T) -> T:
    return value


def _placed(fault: CellError, column: str, cell: Any) -> CellError:
    shown = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
    return fault.at(column, shown)


class Cache(dict[Any, int]):
    """Codes by raw cells: what is not known yet is read and kept."""

    def __init__(self, reader: ValueReader[T], code: Callable[[T], int]) -> None:
        super().__init__()
        self.names, self.key_of = reader.names, reader.key_of
        self._read: Callable[[Any], int] = lambda key: reader.of_key(key, code)
        self._faults: dict[Any, CellError] = {}

    def __missing__(self, key: Any) -> int:
        if key in self._faults:  # 1,200 rows of one misspelt country: its close names once
            raise self._faults[key].again()
        try:
            code = self[key] = self._read(key)
        except CellError as fault:
            if len(self._faults) < KEPT:  # a column of noise has another fault in every row
                self._faults[key] = fault.again()
            raise
        return code


class IssueCodes(dict[Any, int]):
    """Codes of issues by the raw cells of chart and, last, date."""

    def __init__(
        self, recipe: Recipe, table: Table, builder: Builder, seen: Seen, options: Options
    ) -> None:
        super().__init__()
        self.builder, self.calendar = builder, recipe.common_calendar
        self._charts: list[Chart] = []
        charts: ValueReader[Any] = ValueReader(recipe.chart_columns, table, seen, "chart")
        self.charts = Cache(charts, self._chart_code)
        date = _date_columns(recipe, self.calendar, options)
        self.days = Cache(ValueReader(date, table, seen, "date"), _same)
        self.key_of = key_getter(table, (*self.charts.names, *self.days.names))
        self._chart_cells, self._date_cells = len(self.charts.names), len(self.days.names)

    def __missing__(self, key: Any) -> int:
        issue = self.issue(key)
        self.check(*issue, key)
        issues = self.builder.issues
        code = self[key] = issues.setdefault(issue, len(issues))
        return code

    def issue(self, key: Any) -> tuple[int, int]:
        """Chart and ordinal of a key: the date first, so that no chart is without one."""
        chart, date = self._parts(key)
        day = self.days[date]
        return self.charts[chart], day

    def place(self, chart: Chart, key: Any) -> int:
        """The issue of a key that does not name its chart as it should."""
        _, date = self._parts(key)
        issue, issues = (self._chart_code(chart), self.days[date]), self.builder.issues
        return issues.setdefault(issue, len(issues))

    def check(self, chart: int, ordinal: int, key: Any) -> None:
        """Raise unless the chart has an issue on that day, as far as is known."""
        if self.calendar is not None:  # by which the date was read
            return
        if chart >= len(self._charts):
            self._charts += list(self.builder.charts)[len(self._charts) :]
        calendar = self.builder.calendars.get(self._charts[chart].series)
        try:
            if calendar is not None:
                issued(calendar, ordinal)
        except CellError as fault:
            _, date = self._parts(key)
            raise _placed(fault, self.days.names[0], date) from None

    def _parts(self, key: Any) -> tuple[Any, Any]:
        """The keys of chart and date in that of an issue, in which either may have no cell."""
        if self._chart_cells and self._date_cells:  # nearly all: 17,000 lists of a panel
            return (key[0] if self._chart_cells == 1 else key[:-1]), key[-1]
        return (key, ()) if self._chart_cells else ((), key)

    def _chart_code(self, chart: Chart | ChartInCalendar) -> int:
        own, calendar = chart if isinstance(chart, tuple) else (chart, self.calendar)
        known = calendar and self.builder.calendars.setdefault(own.series, calendar)
        if known != calendar:
            message = f"{own.series} has another calendar already: {known}"
            raise CellError("conflicting-calendar", message).at("calendar")
        return self.builder.chart(own)


def _date_columns(recipe: Recipe, calendar: Calendar | None, options: Options) -> Columns[int]:
    """The column of the date, if there is one, to the ordinals of issues."""
    date, written = recipe.date, options.date_format or recipe.date_format
    if date is None:
        raise TypeError(f"the recipe of {recipe.layout.name} says no date")
    if isinstance(date, dt.date):
        return Columns(_same, value=date.toordinal())
    day = day_as(written)
    parse = None if calendar is None else issue_ordinal(calendar, written)

    def ordinal(text: str) -> int:
        number = day(text).toordinal() if parse is None else parse(text)
        if options.date is not None and number != options.date.toordinal():
            raise CellError("bad-date", f"expected {options.date}, as date= says")
        return number

    return Columns(_same, value=Column(date, ordinal))


def title_codes(recipe: Recipe, table: Table, builder: Builder, seen: Seen) -> Cache:
    """Codes of titles by the raw cells of the columns that name them."""
    names: dict[str, str] = {}

    def code(title: Title) -> int:
        if recipe.one_name and title.has_own_key:
            other = names.setdefault(title.key, title.name)
            if other != title.name:
                message = f"the key {title.key!r} is that of {other!r} and of {title.name!r}"
                seen.note("several-names", title.key, f"{message}: one work, or no key?")
        return builder.title(title)

    return Cache(ValueReader(recipe.title_columns, table, seen, "name"), code)


def rank_codes(recipe: Recipe, table: Table, seen: Seen) -> Cache:
    """Ranks by the raw cells of their column."""
    rank: Columns[int] = Columns(_same, value=recipe.rank_column)
    return Cache(ValueReader(rank, table, seen, "rank"), int)


class ValueCodes(Cache):
    """Codes of the values of a column by its raw cells; -1 where a cell says none."""

    def __init__(self, column: Column[Any], table: Table, seen: Seen, role: Role) -> None:
        self.values_read: dict[Any, int] = {}
        super().__init__(ValueReader(Columns(_same, value=column), table, seen, role), self._code)

    def _code(self, value: Any) -> int:
        return -1 if value is None else self.values_read.setdefault(value, len(self.values_read))
