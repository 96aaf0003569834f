"""Recipes: what the columns of a publisher's file mean, as data.

A recipe names columns and the parsers of their cells, and constants for what no column says. It
holds no function that keeps anything from row to row: `kcharts.reading.rows` runs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeGuard, TypeVar, final

from attrs import Factory, field, frozen

from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.country import Country, World
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.spec import Layout
from kcharts.sources.cell import Role
from kcharts.sources.table import EXTRA, folded_header

T = TypeVar("T")


class Column(NamedTuple, Generic[T]):
    """A column by its name in the file, and the parser of its cells.

    A parser takes a cell's text and answers its value, or raises `CellError`; a value worth a
    note is answered as `parsers.Noted`. A column that the table does not have is left out.
    """

    name: str
    parse: Callable[[str], T | parsers.Noted]
    role: Role | None = None
    """What the column is for, if its place in the recipe does not say it: an id may be a number,
    which a title must not be, and a release date a date."""


def _is_column(value: object) -> TypeGuard[Column[Any]]:
    return isinstance(value, Column)


@final
class Columns(Generic[T]):
    """Some columns that together say one thing, such as a chart or a title.

    Args:
        make: Makes that thing of the columns' values and the constants, by keyword. It may raise
            `CellError`, `at` one of the columns; without that it is the first one's.
        *checks: Columns that are only read, because they may contradict the rest.
        **fields: The keyword arguments of `make`: columns, and constants.

    >>> Columns(Title, name=Column("song", parsers.name), kind="Song").constants
    {'kind': 'Song'}
    """

    def __init__(self, make: Callable[..., T], /, *checks: Column[Any], **fields: Any) -> None:
        self.make: Final = make
        self.checks: Final = checks
        self.fields: Final[Mapping[str, Column[Any]]] = {
            name: each for name, each in fields.items() if _is_column(each)
        }
        self.constants: Final[Mapping[str, Any]] = {
            name: each for name, each in fields.items() if name not in self.fields
        }


def _is_columns(value: object) -> TypeGuard[Columns[Any]]:
    return isinstance(value, Columns)


class ChartInCalendar(NamedTuple):
    """The chart of a row that says its calendar too; None where it leaves that to other rows."""

    chart: Chart
    calendar: Calendar | None


def make_title(name: str, *, key: str | None = None, **fields: Any) -> Title:
    """A title, with a key of its own where a row has one."""
    return Title(name, **fields) if key is None else Title(name, key=key, **fields)


_PARSERS: dict[str, Callable[[str], Any]] = {
    "hours_viewed": parsers.count,
    "views": parsers.count,
    "runtime_hours": parsers.amount,
    "points": parsers.amount,
    "streams": parsers.count,
    "last_rank": parsers.earlier_rank,
    "peak": parsers.positive,
    "periods_on_chart": parsers.positive,
    "periods_at_peak": parsers.positive,
}
"""The parsers of columns that a recipe gives by their names alone."""
TARGETS = (*_PARSERS, "as_of", "status")
"""The names that a history has for what is printed beside a rank."""


def _check_known(argument: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"Recipe: {argument}: expected one of {', '.join(known)}, found {name!r}{meant}"
        )


def _as_column(target: str, column: str | Column[Any]) -> Column[Any]:
    if isinstance(column, Column):
        return column
    is_extra = target.startswith(EXTRA)
    # A target that nobody knows is refused by name once the recipe is made.
    return Column(column, parsers.plain if is_extra else _PARSERS.get(target, parsers.plain))


def _as_columns(values: Mapping[str, str | Column[Any]]) -> dict[str, Column[Any]]:
    return {target: _as_column(target, column) for target, column in values.items()}


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


def _rank_needs_chart(recipe: Recipe) -> bool:
    return recipe.chart is not None and isinstance(recipe.rank, str)


@final
@frozen(kw_only=True)
class Recipe:
    """What the columns of one layout mean.

    Attributes:
        layout: The layout.
        date: The column of the issue's date; or the date, where the file is one list. None, as
            for `place`, where only the file's name says it: `attrs.evolve` adds it then.
        rank: The column of the rank; by its name alone, ranks go down to the depth of `series`.
        title: The column of the title's name, or the columns that make a `Title`.
        by: The column of the performer, where `title` is a column.
        season: The column of the season.
        key: The column of an id that tells works apart.
        kind: The kind of all works in the file, such as "Song".
        series: The series of all rows.
        place: The place of all rows, or the column of countries' names or codes.
        chart: The columns that make a `Chart`, or a `ChartInCalendar`, where `series` and
            `place` do not say it. A `CellError` may carry the chart that the row is of all the
            same, so that its list is known not to be whole.
        values: By the history's names of optional columns (`hours_viewed`, `peak`, `extra:uri`)
            the file's columns.
        given: By the same names the values that all rows share and no column has.
        calendar: The issues that the series should have, or a function that makes the calendar;
            None to infer it from the dates.
        ties: Whether the publisher prints several titles at one rank.
        repeats: Whether it prints one title at several ranks of a list.
        in_lists: Whether the rows of a list are together, so that a short last one shows a
            file that was cut off.
        whole: Whether lists are read whole, and not the ranks of one title, whose lists lack all
            others.
        within_depth: Whether ranks are checked against the depth of their own chart's series. By
            default they are if columns give the chart and `rank` is only a name.
        date_format: How the publisher writes dates if not as YYYY-MM-DD: "%d.%m.%Y", for instance.
            A caller's own `date_format=` overrides it.
        one_name: Whether a key with several names is worth a note.
        list_rows: Makes the reader of rows about whole lists, if the layout has such rows.
    """

    layout: Layout = field(kw_only=False)
    date: str | dt.date | None = "date"
    rank: str | Column[int] = "rank"
    title: str | Column[str] | Columns[Title] = "title"
    by: str | None = None
    season: str | None = None
    key: str | None = None
    kind: str | None = None
    series: ChartSeries | None = None
    place: Country | World | str | Column[Country | World] | None = None
    chart: Columns[Any] | None = None
    values: Mapping[str, Column[Any]] = field(factory=dict[str, Column[Any]], converter=_as_columns)
    given: Mapping[str, Any] = field(factory=dict[str, Any])
    calendar: Calendar | Callable[[], Calendar] | None = None
    ties: bool = False
    repeats: bool = False
    in_lists: bool = False
    whole: bool = True
    date_format: str | None = None
    within_depth: bool = field(default=Factory(_rank_needs_chart, takes_self=True))
    one_name: bool = False
    list_rows: Callable[..., ListRows] | None = None

    def __attrs_post_init__(self) -> None:
        # A recipe is made when its module is imported: a slip shows then, not in somebody's file.
        if self.chart is not None and (self.series, self.place) != (None, None):
            raise TypeError("Recipe: expected chart, or series and place, found both")
        parts = (self.by, self.season, self.key, self.kind)
        if isinstance(self.title, Columns) and any(part is not None for part in parts):
            raise TypeError("Recipe: by, season, key and kind go into the columns of title")
        for target in (*self.values, *self.given):
            if not target.startswith(EXTRA):
                _check_known("values", target, TARGETS)
        columns = (*self.layout.columns, *self.layout.optional)
        for argument, name in self._named():
            if folded_header([name])[0] not in folded_header(columns):
                _check_known(argument, name, columns)

    def _named(self) -> Iterator[tuple[str, str]]:
        """The columns that the recipe names, with the arguments that name them."""
        for argument in ("date", "rank", "title", "by", "season", "key", "place", "chart"):
            given = getattr(self, argument)
            if _is_columns(given):
                yield from ((argument, each.name) for each in given.fields.values())
                yield from ((argument, each.name) for each in given.checks)
            elif isinstance(given, str | Column):
                yield argument, given if isinstance(given, str) else given.name
        yield from (("values", column.name) for column in self.values.values())

    @property
    def chart_columns(self) -> Columns[Any]:
        """The columns that make a chart; none where all rows are of one."""
        if self.chart is not None:
            return self.chart
        place = self.place
        if self.series is None or place is None:
            raise TypeError(f"the recipe of {self.layout.name} says no series, place or chart")
        if isinstance(place, str):
            place = Column(place, parsers.country)
        return Columns(Chart, series=self.series, place=place)

    @property
    def title_columns(self) -> Columns[Title]:
        """The columns that make a title."""
        if isinstance(self.title, Columns):
            return self.title
        name = Column(self.title, parsers.whole_name) if isinstance(self.title, str) else self.title
        fields: dict[str, Any] = {"name": name, "kind": self.kind}
        if self.by is not None:
            fields["by"] = Column(self.by, parsers.maybe_whole)
        if self.season is not None:
            fields["season"] = Column(self.season, parsers.season)
        if self.key is not None:
            fields["key"] = Column(self.key, parsers.key, "id")
        return Columns(make_title, **fields)

    @property
    def common_calendar(self) -> Calendar | None:
        """The calendar of all series."""
        return self.calendar() if callable(self.calendar) else self.calendar

    @property
    def rank_column(self) -> Column[int]:
        """The column of the rank."""
        if isinstance(self.rank, Column):
            return self.rank
        return Column(self.rank, parsers.rank(None if self.series is None else self.series.depth))
