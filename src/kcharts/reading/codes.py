"""What the columns of a layout mean, and codes for what their cells say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kcharts.model.chart import Chart
from kcharts.model.columns.builder import Builder
from kcharts.reading.options import Options
from kcharts.reading.parsers import Noted, day_as, issue_ordinal, issued
from kcharts.reading.recipe import ChartInCalendar, Column, Columns, Recipe
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role, Seen
from kcharts.sources.report import KEPT
from kcharts.sources.table import Table

T = TypeVar("T")


class ListRows(Protocol):
    """Rows about whole lists: which they are, and what they say."""

    def takes(self, cells: list[Any], /) -> bool:
        """Whether a row is one of them."""
        ...

    def take(self, cells: list[Any], key: Any, number: int, /) -> None:
        """Keep what such a row says."""
        ...

    def settle(self) -> None:
        """Reject those that contradict each other, and act on the others."""
        ...


class Cells(NamedTuple):
    """Some columns that together say one thing, and what makes a code of their texts."""

    columns: tuple[str, ...]
    code: Callable[..., int]
    ids: tuple[str, ...] = ()
    """Those of the columns that may hold numbers, though they tell titles apart."""
    dates: tuple[str, ...] = ()
    """Those of the columns that hold dates."""

    def roles(self, role: Role) -> list[Role]:
        """What each column is for: the role given, unless it is an id or a date."""
        own: dict[str, Role] = {
            **dict.fromkeys(self.ids, "id"),
            **dict.fromkeys(self.dates, "date"),
        }
        return [own.get(column, role) for column in self.columns]


class Value(NamedTuple):
    """A column that fills one of the history's optional columns."""

    column: str
    target: str
    parse: Callable[[str], Any]


class Plan(NamedTuple):
    """What the columns of a layout mean."""

    layout: Layout
    chart: Cells
    """The columns that name series and place; their code is `Builder.chart`'s."""
    date: Cells
    """The column of the issue's date; its code is the date's ordinal."""
    title: Cells
    """The columns that name the work; their code is `Builder.title`'s."""
    rank: Cells
    """The column of the rank; its code is the rank."""
    values: tuple[Value, ...] = ()
    check: Callable[[int, int], None] | None = None
    """Raises `CellError` where a chart, by its code, has no issue on an ordinal."""
    chart_code: Callable[[Chart], int] | None = None
    """The code of a chart that a row is of, though its cells do not say it as they should."""
    given: Mapping[str, Any] = {}
    """What all rows have in the history's optional columns."""
    within_depth: bool = False
    list_rows: Callable[[Any, Table, IssueCodes], ListRows] | None = None
    """What makes the reader of rows about whole lists, where the layout has some."""
    ties: bool = False
    """Whether the publisher prints several titles at one rank."""
    repeats: bool = False
    """Whether the publisher prints one title at several ranks of a list."""
    in_lists: bool = False
    """Whether the rows of a list stand together, so that a short last one shows a cut file."""


class Cache(dict[Any, int]):
    """Codes by raw cells: what is not known yet is decoded, checked and kept."""

    def __init__(self, table: Table, cells: Cells, role: Role) -> None:
        super().__init__()
        self.columns, self.code = cells.columns, cells.code
        self.decode = table.decode
        self.roles = cells.roles(role)
        self.faults: dict[Any, CellError] = {}

    def __missing__(self, key: Any) -> int:
        if key in self.faults:  # 1,200 rows of one misspelt country: its close names once
            raise self.faults[key].again()
        try:
            return self._coded(key)
        except CellError as fault:
            if len(self.faults) < KEPT:
                self.faults[key] = fault.again()
            raise

    def _coded(self, key: Any) -> int:
        cells: tuple[Any, ...] = key if len(self.columns) != 1 else (key,)
        texts: list[str] = []
        for column, role, cell in zip(self.columns, self.roles, cells, strict=True):
            try:
                texts.append(self.decode(role, cell))
            except CellError as fault:
                raise _placed(fault, column, cell) from None
        try:
            value = self.code(*texts)
        except CellError as fault:
            at = 0 if fault.column is None else self.columns.index(fault.column)
            raise _placed(fault, self.columns[at], cells[at]) from None
        self[key] = value
        return value


class IssueCodes(dict[Any, int]):
    """Codes of issues by the raw cells of chart and, last, date."""

    def __init__(self, table: Table, plan: Plan, builder: Builder) -> None:
        super().__init__()
        self.charts = Cache(table, plan.chart, "chart")
        self.days = Cache(table, plan.date, "date")
        self.codes = builder.issues
        self.check, self.chart_code = plan.check, plan.chart_code

    def __missing__(self, key: Any) -> int:
        issue = self.issue(key)
        self.checked(*issue, key)
        code = self[key] = self.codes.setdefault(issue, len(self.codes))
        return code

    def issue(self, key: Any) -> tuple[int, int]:
        """Chart and ordinal of a key: the date first, so that no chart is without one."""
        chart, date = self._parts(key)
        day = self.days[date]
        return self.charts[chart], day

    def _parts(self, key: Any) -> tuple[Any, Any]:
        """The keys of chart and date in that of an issue, in which either may have no cell."""
        at = len(self.charts.columns)
        if at > 1 and self.days.columns:  # nearly all: 17,000 lists of FlixPatrol's panel
            return key[:at], key[at]
        cells = key if at + len(self.days.columns) != 1 else (key,)
        parts = cells[:at], cells[at:]
        chart, date = (part[0] if len(part) == 1 else part for part in parts)
        return chart, date

    def placed(self, chart: Chart, key: Any) -> int:
        """The issue of a key that does not name its chart as it should."""
        assert self.chart_code is not None
        issue = self.chart_code(chart), self.days[self._parts(key)[1]]
        return self.codes.setdefault(issue, len(self.codes))

    def checked(self, chart: int, ordinal: int, key: Any) -> None:
        """Raise unless the chart has an issue on that day, as far as is known."""
        if self.check is None:
            return
        try:
            self.check(chart, ordinal)
        except CellError as fault:
            _, date = self._parts(key)
            raise _placed(fault, self.days.columns[0], date) from None


def _placed(fault: CellError, column: str, cell: Any) -> CellError:
    shown = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
    return fault.at(column, shown)


def coder(parse: Callable[[str], Any], values: dict[Any, int]) -> Callable[[str], int]:
    """What makes a code of a cell's text: that of its value, or -1 where it has none."""

    def code(text: str) -> int:
        value = parse(text)
        return -1 if value is None else values.setdefault(value, len(values))

    return code


class ValueReader(Generic[T]):
    """Those of some columns that a table has, and what makes of their texts what they say."""

    def __init__(self, columns: Columns[T], table: Table, seen: Seen) -> None:
        self.columns, self.table, self.seen = columns, table, seen
        held = {name: each for name, each in columns.fields.items() if table.has(each.name)}
        self.fields = [*held, *(None for _ in columns.checks)]
        self.held: list[Column[Any]] = [*held.values(), *columns.checks]

    def cells(self, code: Callable[..., int]) -> Cells:
        """The columns, for texts that have codes."""
        ids, dates = (
            tuple(column.name for column in self.held if column.role == role)
            for role in ("id", "date")
        )
        return Cells(tuple(column.name for column in self.held), code, ids, dates)

    def read_cells(self, cells: list[Any]) -> T:
        """What the cells of a row say; raises what is wrong with one as a `CellError` of it."""
        own = [cells[self.table.at(column.name)] for column in self.held]
        texts: list[str] = []
        for column, cell in zip(self.held, own, strict=True):
            try:
                texts.append(self.table.decode(column.role or "value", cell))
            except CellError as fault:
                raise _placed(fault, column.name, cell) from None
        try:
            return self.read(tuple(texts))
        except CellError as fault:
            at = [column.name for column in self.held].index(fault.column or self.held[0].name)
            raise _placed(fault, self.held[at].name, own[at]) from None

    def read(self, texts: tuple[str, ...]) -> T:
        """What some texts say; raises what is wrong with one as a `CellError` of its column."""
        values = dict(self.columns.constants)
        for name, column, text in zip(self.fields, self.held, texts, strict=True):
            value = cell_value(column, text, self.seen)
            if name is not None:
                values[name] = value
        return self.columns.make(**values)


def cell_value(column: Column[T], text: str, seen: Seen) -> T:
    """The value of a cell's text; what is odd about it is noted, and an error names the column."""
    try:
        value = column.parse(text)
    except CellError as fault:
        raise fault.at(fault.column or column.name, text) from None
    if not isinstance(value, Noted):
        return value
    seen.note(value.code, value.about, value.message)
    noted: T = value.value
    return noted


def plan_of(recipe: Recipe, table: Table, builder: Builder, seen: Seen, options: Options) -> Plan:
    """The plan by which a recipe's rows are coded for a builder."""
    common = recipe.common_calendar
    charts: ValueReader[Chart | ChartInCalendar] = ValueReader(recipe.chart_columns, table, seen)
    titles = ValueReader(recipe.title_columns, table, seen)
    names: dict[str, str] = {}

    def chart_code(chart: Chart | ChartInCalendar) -> int:
        chart, calendar = chart if isinstance(chart, tuple) else (chart, common)
        known = calendar and builder.calendars.setdefault(chart.series, calendar)
        if known != calendar:
            message = f"{chart.series} was given another: {known}"
            raise CellError("conflicting-calendar", message).at("calendar")
        return builder.chart(chart)

    def title_code(*texts: str) -> int:
        title = titles.read(texts)
        if recipe.one_name and title.has_own_key:
            other = names.setdefault(title.key, title.name)
            if other != title.name:
                message = f"the key {title.key!r} is that of {other!r} and of {title.name!r}"
                seen.note("several-names", title.key, f"{message}: one work, or no key?")
        return builder.title(title)

    rank = recipe.rank_column

    def rank_code(text: str) -> int:
        return cell_value(rank, text, seen)

    return Plan(
        recipe.layout,
        chart=charts.cells(lambda *texts: chart_code(charts.read(texts))),
        date=_date_cells(recipe, options),
        title=titles.cells(title_code),
        rank=Cells((rank.name,), rank_code),
        values=tuple(
            Value(each.name, target, each.parse) for target, each in recipe.values.items()
        ),
        check=None if common is not None else issue_check(builder),
        chart_code=chart_code,
        given=recipe.given,
        within_depth=recipe.within_depth,
        list_rows=recipe.list_rows,
        ties=recipe.ties,
        repeats=recipe.repeats,
        in_lists=recipe.in_lists,
    )


def _date_cells(recipe: Recipe, options: Options) -> Cells:
    """The column of the date, if there is one, to the ordinals of issues."""
    if isinstance(recipe.date, dt.date):
        return Cells((), recipe.date.toordinal)
    calendar = recipe.common_calendar
    day = day_as(options.date_format)
    parse = None if calendar is None else issue_ordinal(calendar, options.date_format)

    def ordinal(text: str) -> int:
        number = day(text).toordinal() if parse is None else parse(text)
        if options.date is not None and number != options.date.toordinal():
            raise CellError("bad-date", f"expected {options.date}, the date that was given")
        return number

    return Cells((recipe.date,), ordinal)


def issue_check(builder: Builder) -> Callable[[int, int], None]:
    """A check of dates against the calendars that are known so far."""
    charts: list[Chart] = []

    def check(chart: int, ordinal: int) -> None:
        if chart >= len(charts):
            charts.extend(list(builder.charts)[len(charts) :])
        calendar = builder.calendars.get(charts[chart].series)
        if calendar is not None:
            issued(calendar, ordinal)

    return check
