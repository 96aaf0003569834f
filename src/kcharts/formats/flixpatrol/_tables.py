"""Tables of FlixPatrol's lists: archived CSV files, and a panel by TMDb id.

"Stremaer" is how the archived files spell the column of the platform.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from attrs import evolve

from kcharts.errors import Problem
from kcharts.formats.flixpatrol import _words as words
from kcharts.model.chart import Chart
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD as THE_WORLD, Country, World
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.codes import IssueCodes
from kcharts.reading.options import Options
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.rows import Reading, read_rows
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role, Seen
from kcharts.sources.table import EXTRA, Table, check_header

COUNTRIES = Layout(
    name="FlixPatrol lists of countries (CSV)",
    reader="read_countries",
    columns=("Rank", "Title", "Link", "Date", "Locale", "Category", "Stremaer"),
    sample=(
        '"Rank","Title","Link","Date","Locale","Category","Stremaer"\n'
        '1,"A Film","https://flixpatrol.com/title/a-film","2022-01-31","south-korea","movie",'
        '"netflix"\n'
        '2,"Another Film","https://flixpatrol.com/title/another-film-2022","2022-01-31",'
        '"south-korea","movie","netflix"\n'
        '1,"A Series","https://flixpatrol.com/title/a-series","2022-01-31","south-korea",'
        '"tvshow","netflix"\n'
        '2,"Another Series","https://flixpatrol.com/title/another-series","2022-01-31",'
        '"south-korea","tvshow","netflix"\n'
    ),
)
WORLD = Layout(
    name="FlixPatrol lists of the world (CSV)",
    reader="read_world",
    columns=(
        *("Title", "Points", "Change", "Countries", "PiCountry", "Days", "PiDay", "Total"),
        *("MovieLink", "Date", "Category", "Stremaer"),
    ),
    sample=(
        '"Title","Points","Change","Countries","PiCountry","Days","PiDay","Total","MovieLink",'
        '"Date","Category","Stremaer"\n'
        '"A Series","700","+5%","75","9","1","700","1367","https://flixpatrol.com/title/a-series",'
        '"2022-01-31","tvshow","netflix"\n'
        '"Another Series","150","0%","30","5","1","150","150",'
        '"https://flixpatrol.com/title/another-series","2022-01-31","tvshow","netflix"\n'
        '"A Third Series","150","-","50","3","1","150","150",NA,"2022-01-31","tvshow","netflix"\n'
        '"A Fourth Series","20","-13%","4","5","1","20","43",'
        '"https://flixpatrol.com/title/a-fourth-series","2022-01-31","tvshow","netflix"\n'
    ),
)
PANEL = Layout(
    name="FlixPatrol daily panel by TMDb id",
    reader="read_panel",
    columns=("country", "date", "kind", "pos", "tmdb"),
    sample=(
        "country,date,kind,pos,tmdb\n"
        + "".join(f"south-korea,2022-01-31,movies,{n},{900_000 + n}\n" for n in range(1, 11))
        + "world,2022-01-31,movies,1,900002\nworld,2022-01-31,movies,2,900001\n"
    ),
)


# -- archived lists ----------------------------------------------------------------------------


def _make_title(category: str, name: str) -> Title:
    return Title(name, kind=words.KINDS[category])


_PLATFORM = Column("Stremaer", words.platform)
_CATEGORY = Column("Category", words.category)
_TITLE = Columns(_make_title, category=_CATEGORY, name=Column("Title", parsers.name))
_AS_PRINTED = {f"{EXTRA}{name}": name for name in ("Category", "Stremaer")}
OF_COUNTRIES = Recipe(
    COUNTRIES,
    chart=Columns(
        words.chart,
        platform=_PLATFORM,
        category=_CATEGORY,
        place=Column("Locale", parsers.place_or_world),
    ),
    date="Date",
    title=_TITLE,
    rank=Column("Rank", parsers.rank(words.WORLD_DEPTH)),
    values={**_AS_PRINTED, f"{EXTRA}Locale": "Locale"},
    calendar=words.CALENDAR,
    within_depth=True,
)
_RANK = parsers.rank()


def _rank(text: str) -> int:
    """The rank that a cell of points has been given; the text of the points where they are odd."""
    if parsers.count(text) is None:
        raise CellError("missing-value", "expected points, which order the list")
    return _RANK(text)


OF_THE_WORLD = Recipe(
    WORLD,
    chart=Columns(words.chart, platform=_PLATFORM, category=_CATEGORY),
    date="Date",
    title=_TITLE,
    rank=Column("Points", _rank),
    values={"points": Column("Points", parsers.count), **_AS_PRINTED},
    calendar=words.CALENDAR,
    ties=True,
)


class PointsCell(NamedTuple):
    """A cell of points, and the rank that they give."""

    cell: Any
    rank: int


def read_world_rows(table: Table, options: Options) -> Reading:
    """Read lists of the world, which are ranked by their points first."""
    return read_rows(_ranked(table, options), OF_THE_WORLD, options)


def _ranked(table: Table, options: Options) -> Table:
    """The table with the rank beside the points of each row, by points: 1, 2, 2, 4.

    A list is what its cells say, however they are written: a `tvshow` is of the `shows`. A row
    that stands twice counts once. A row that is of no list, or has no points, has no rank, and
    the others are ranked without it.

    Raises:
        UnreadableError: A column is missing.
    """
    check_header(table, WORLD.columns, WORLD.name)
    ranks = _ranks(table, options)
    at = table.at("Points")

    def split(row: Any) -> list[Any]:
        cells = table.split(row)
        rank = ranks.get(tuple(cells))
        if rank is None:
            return cells
        return [*cells[:at], PointsCell(cells[at], rank), *cells[at + 1 :]]

    def decode(role: Role, cell: Any) -> str:
        if not isinstance(cell, PointsCell):
            return table.decode(role, cell)
        return str(cell.rank) if role == "rank" else table.decode(role, cell.cell)

    return evolve(table, split=split, decode=decode, quote=b"")


def _ranks(table: Table, options: Options) -> dict[tuple[Any, ...], int]:
    """The rank of every row of a list whose points can be read, by its cells."""
    issues = IssueCodes(OF_THE_WORLD, table, Builder(), Seen(), options)
    title = table.at("Title")
    lists: dict[tuple[int, int], dict[tuple[Any, ...], int]] = {}
    for row, points in _with_points(table):
        try:
            issue = issues.issue(issues.key_of(row))
        except CellError:  # what is wrong with it is told when it is read
            continue
        lists.setdefault(issue, {})[row] = points
    ranks: dict[tuple[Any, ...], int] = {}
    for rows in lists.values():
        distinct = {(row[title], points) for row, points in rows.items()}
        order = sorted(-points for _, points in distinct)
        ranks.update((row, bisect_left(order, -points) + 1) for row, points in rows.items())
    return ranks


def _with_points(table: Table) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The rows whose points can be read; what is wrong with the others is told by the reader."""
    at = table.at("Points")
    for line in table.lines:
        try:
            row = tuple(table.split(line))
            points = parsers.count(table.decode("value", row[at])) if len(row) > at else None
        except CellError:
            continue
        if points is not None and len(row) == table.width:
            yield row, points


# -- the panel ---------------------------------------------------------------------------------


class PanelKind(NamedTuple):
    """The list that a kind of the panel is, and TMDb's name for such works."""

    category: str
    at_tmdb: str


_KINDS = {"movies": PanelKind("Movies", "movie"), "shows": PanelKind("TV Shows", "tv")}
"""TMDb numbers films and series apart: 12 numbers of the panel are of both."""


def _kind(text: str) -> PanelKind:
    if text not in _KINDS:
        raise CellError("unknown-category", f"expected one of {', '.join(_KINDS)}")
    return _KINDS[text]


def _tmdb_number(text: str) -> int:
    number = parsers.positive(text)
    if number is None:
        raise CellError("missing-value", "expected the number of a work at TMDb")
    return number


def _panel_chart(kind: PanelKind, place: Country | World) -> Chart:
    return words.chart("Netflix", kind.category, place)


def _panel_title(kind: PanelKind, number: int) -> Title:
    key = f"tmdb:{kind.at_tmdb}:{number}"
    return Title(f"TMDb {number}", kind=words.KINDS[kind.category], key=key, ids=(key,))


OF_THE_PANEL = Recipe(
    PANEL,
    chart=Columns(
        _panel_chart, kind=Column("kind", _kind), place=Column("country", parsers.place_or_world)
    ),
    title=Columns(
        _panel_title, kind=Column("kind", _kind), number=Column("tmdb", _tmdb_number, "id")
    ),
    rank=Column("pos", parsers.rank(words.WORLD_DEPTH)),
    calendar=words.CALENDAR,
    within_depth=True,
    repeats=True,
)


def read_panel_rows(table: Table, options: Options) -> Reading:
    """Read the panel, and mark the countries' lists that lack rows as defective.

    Titles fell out of those, and the rest moved up.
    """
    reading = read_rows(table, OF_THE_PANEL, options)
    builder = reading.builder
    charts, keys = list(builder.charts), list(builder.issues)
    short = [n for n in builder.short_issues() if charts[keys[n][0]].place is not THE_WORLD]
    reading.mark_defective(short)
    if short:
        first = builder.issue_name(short[0])
        message = f"{len(short):,} country lists are short, the first: {first}"
        reading.notes.insert(0, Problem("short-list", message, reading.name))
    return reading
