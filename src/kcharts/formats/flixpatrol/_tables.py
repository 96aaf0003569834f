"""FlixPatrol's lists in tables: archived CSV files and a panel by TMDb id."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from attrs import evolve

from kcharts.errors import Problem
from kcharts.formats.flixpatrol import _words as words
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, IssueCodes, Plan, Value
from kcharts.reading.options import Options
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role
from kcharts.sources.table import Table, check_header


class _Pointed(NamedTuple):
    """A cell of points, and the rank that they give."""

    cell: Any
    rank: int


def issue_day(options: Options) -> Callable[[str], int]:
    """The parser of a date's cell."""
    return cells.issue_ordinal(words.CALENDAR, options.date_format)


def _charted(builder: Builder) -> Callable[..., int]:
    def code(category: str, platform: str, *where: str) -> int:
        return words.charted(
            builder,
            cells.parsed("Stremaer", words.platform, platform),
            cells.parsed("Category", words.category, category),
            cells.parsed("Locale", cells.place_or_world, *where) if where else WORLD,
        )

    return code


def _titled(builder: Builder) -> Callable[[str, str], int]:
    def code(category: str, name: str) -> int:
        kind = words.KINDS[cells.parsed("Category", words.category, category)]
        return builder.title(Title(cells.parsed("Title", cells.name, name), kind=kind))

    return code


_AS_PRINTED = (
    Value("Category", "extra:Category", cells.plain),
    Value("Stremaer", "extra:Stremaer", cells.plain),
)


def csv_plan(builder: Builder, layout: Layout, options: Options) -> Plan:
    """What the columns of the archived lists of countries mean."""
    return Plan(
        layout,
        chart=Cells(("Category", "Stremaer", "Locale"), _charted(builder)),
        date=Cells(("Date",), issue_day(options)),
        title=Cells(("Category", "Title"), _titled(builder)),
        rank=Cells(("Rank",), cells.rank(words.WORLD_DEPTH)),
        values=(*_AS_PRINTED, Value("Locale", "extra:Locale", cells.plain)),
        list_rows=words.Depths,
    )


def world_plan(builder: Builder, layout: Layout, options: Options) -> Plan:
    """What the columns of the archived lists of the world mean, once `ranked`."""
    return Plan(
        layout,
        chart=Cells(("Category", "Stremaer"), _charted(builder)),
        date=Cells(("Date",), issue_day(options)),
        title=Cells(("Category", "Title"), _titled(builder)),
        rank=Cells(("Points",), _rank),
        values=(Value("Points", "points", cells.count), *_AS_PRINTED),
        ties=True,
    )


_RANK = cells.rank()


def _rank(text: str) -> int:
    """The rank that a cell of points has been given; the text of the points where they are odd."""
    if cells.count(text) is None:
        raise CellError("missing-value", "expected points, which order the list")
    return _RANK(text)


def ranked(table: Table, plan: Plan, builder: Builder) -> Table:
    """The table with the rank beside the points of each row, by points: 1, 2, 2, 4.

    A list is what its cells say, however they are written: a `tvshow` is of the `shows`. A row
    that stands twice counts once. A row that is of no list, or has no points, has no rank, and
    the others are ranked without it.

    Raises:
        UnreadableError: A column is missing.
    """
    check_header(table, plan.layout.columns, plan.layout.name)
    ranks = _ranks(table, IssueCodes(table, plan, builder))
    at = table.at("Points")

    def split(row: Any) -> list[Any]:
        found = table.split(row)
        rank = ranks.get(tuple(found))
        return found if rank is None else [*found[:at], _Pointed(found[at], rank), *found[at + 1 :]]

    def decode(role: Role, cell: Any) -> str:
        if not isinstance(cell, _Pointed):
            return table.decode(role, cell)
        return str(cell.rank) if role == "rank" else table.decode(role, cell.cell)

    return evolve(table, split=split, decode=decode, quote=b"")


def _ranks(table: Table, issues: IssueCodes) -> dict[tuple[Any, ...], int]:
    """The rank of every row of a list whose points can be read, by its cells."""
    key = itemgetter(*map(table.at, (*issues.charts.columns, *issues.days.columns)))
    title = table.at("Title")
    lists: dict[tuple[int, int], dict[tuple[Any, ...], int]] = {}
    for row, points in _pointed(table):
        try:
            issue = issues.issue(key(row))
        except CellError:
            continue
        lists.setdefault(issue, {})[row] = points
    found: dict[tuple[Any, ...], int] = {}
    for rows in lists.values():
        distinct = {(row[title], points) for row, points in rows.items()}
        order = sorted(-points for _, points in distinct)
        found.update((row, bisect_left(order, -points) + 1) for row, points in rows.items())
    return found


def _pointed(table: Table) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The rows whose points can be read; what is wrong with the others is told by the reader."""
    at = table.at("Points")
    for line in table.lines:
        try:
            row = tuple(table.split(line))
            points = cells.count(table.decode("value", row[at])) if len(row) > at else None
        except CellError:
            continue
        if points is not None and len(row) == table.width:
            yield row, points


_KINDS = {"movies": ("Movies", "movie"), "shows": ("TV Shows", "tv")}
"""TMDb numbers films and series apart: 12 numbers of the panel are of both."""


def _kind(text: str) -> tuple[str, str]:
    """The list that a kind of the panel is, and TMDb's name for such works."""
    if text not in _KINDS:
        raise CellError("unknown-category", f"expected one of {', '.join(_KINDS)}")
    return _KINDS[text]


def panel_plan(builder: Builder, layout: Layout, options: Options) -> Plan:
    """What the columns of the panel mean."""

    def charted(country: str, kind: str) -> int:
        category, _ = cells.parsed("kind", _kind, kind)
        place = cells.parsed("country", cells.place_or_world, country)
        return words.charted(builder, "Netflix", category, place)

    def titled(kind: str, number: str) -> int:
        category, what = cells.parsed("kind", _kind, kind)
        known = cells.parsed("tmdb", _number, number)
        key = f"tmdb:{what}:{known}"
        name = f"TMDb {known}"
        return builder.title(Title(name, kind=words.KINDS[category], key=key, ids=(key,)))

    return Plan(
        layout,
        chart=Cells(("country", "kind"), charted),
        date=Cells(("date",), issue_day(options)),
        title=Cells(("kind", "tmdb"), titled, ids=("tmdb",)),
        rank=Cells(("pos",), cells.rank(words.WORLD_DEPTH)),
        list_rows=words.Depths,
        repeats=True,
    )


def _number(text: str) -> int:
    found = cells.positive(text)
    if found is None:
        raise CellError("missing-value", "expected the number of a work at TMDb")
    return found


def mark_short_lists(reading: Reading) -> None:
    """Mark the countries' lists that lack rows DEFECTIVE: titles fell out, the rest moved up."""
    builder = reading.builder
    charts, keys = list(builder.charts), list(builder.issues)
    issues = [n for n in builder.short_issues() if charts[keys[n][0]].place is not WORLD]
    for issue in issues:
        builder.marks[keys[issue]] = IssueStatus.DEFECTIVE
    reading.defective.update(issues)
    if issues:
        chart, ordinal = keys[issues[0]]
        first = f"{charts[chart]}, {dt.date.fromordinal(ordinal)}"
        message = f"{len(issues):,} lists of countries lack rows, the first: {first}"
        reading.notes.insert(0, Problem("short-list", message, reading.name))
