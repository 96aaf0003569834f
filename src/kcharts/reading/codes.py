"""What the columns of a layout mean, and codes for what their cells say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from kcharts.model.columns.builder import Builder
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role
from kcharts.sources.report import KEPT
from kcharts.sources.table import Table


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
        cells: tuple[Any, ...] = key if len(self.columns) > 1 else (key,)
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
        self.whole_key = len(plan.chart.columns) > 1
        self.codes = builder.issues
        self.check = plan.check

    def __missing__(self, key: tuple[bytes, ...]) -> int:
        issue = self.issue(key)
        self.checked(*issue, key)
        code = self[key] = self.codes.setdefault(issue, len(self.codes))
        return code

    def issue(self, key: tuple[bytes, ...]) -> tuple[int, int]:
        """Chart and ordinal of a key: the date first, so that no chart is without one."""
        day = self.days[key[-1]]
        return self.charts[key[:-1] if self.whole_key else key[0]], day

    def placed(self, chart: int, key: tuple[bytes, ...]) -> int:
        """The issue of a key that does not name its chart as it should."""
        return self.codes.setdefault((chart, self.days[key[-1]]), len(self.codes))

    def checked(self, chart: int, ordinal: int, key: tuple[bytes, ...]) -> None:
        """Raise unless the chart has an issue on that day, as far as is known."""
        if self.check is None:
            return
        try:
            self.check(chart, ordinal)
        except CellError as fault:
            raise _placed(fault, self.days.columns[0], key[-1]) from None


def _placed(fault: CellError, column: str, cell: Any) -> CellError:
    fault.column = column
    fault.value = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
    return fault


def coder(parse: Callable[[str], Any], values: dict[Any, int]) -> Callable[[str], int]:
    """What makes a code of a cell's text: that of its value, or -1 where it has none."""

    def code(text: str) -> int:
        value = parse(text)
        return -1 if value is None else values.setdefault(value, len(values))

    return code
