"""From a saved page of FlixPatrol's to a history, with what is wrong with the page."""

from __future__ import annotations

from functools import partial
from typing import Any

from kcharts.errors import Problem
from kcharts.formats.flixpatrol import _lists as lists
from kcharts.formats.flixpatrol import _words as words
from kcharts.formats.flixpatrol._lists import COLUMNS, Found, Line
from kcharts.formats.flixpatrol._page import ranks_in
from kcharts.model.columns.builder import Builder
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading import parsers as cells
from kcharts.reading.recipe import Cells, Plan, Value
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Layout, Options
from kcharts.sources.cell import CellError, cell_text
from kcharts.sources.html import Page, Section
from kcharts.sources.limits import Limits
from kcharts.sources.source import Payload
from kcharts.sources.table import Table

ROWS = Layout("FlixPatrol page", "read_page", COLUMNS)


def table_of(name: str, lines: list[Line], limits: Limits) -> Table:
    """The table of the rows of a page."""
    return Table(
        name=name,
        header=list(COLUMNS),
        lines=lines,
        first=0,
        numbers=[line.line for line in lines],
        split=_split,
        decode=partial(cell_text, limit=limits.field_characters),
        stood=lambda line: " | ".join(filter(None, map(bytes.decode, line.cells))),
    )


def _split(line: Line) -> list[Any]:
    if line.fault is not None:
        raise line.fault
    return list(line.cells)


def plan(builder: Builder) -> Plan:
    """What the columns of such a table mean."""

    def charted(platform: str, place: str, category: str) -> int:
        found = cells.parsed("platform", words.platform, platform)
        return words.charted(builder, found, category, words.place(place))

    def titled(category: str, name: str, link: str) -> int:
        key = f"flixpatrol:{cells.parsed('link', lists.slug, link)}"
        name = cells.parsed("title", cells.name, name)
        return builder.title(Title(name, kind=words.KINDS[category], key=key))

    return Plan(
        ROWS,
        chart=Cells(("platform", "place", "category"), charted),
        date=Cells(("date",), cells.issue_ordinal(words.CALENDAR)),
        title=Cells(("category", "title", "link"), titled),
        rank=Cells(("rank",), cells.rank(words.WORLD_DEPTH)),
        values=(
            Value("days", "periods_on_chart", cells.count),
            Value("points", "points", cells.count),
            Value("title", "extra:title", cells.plain),
            Value("link", "extra:link", cells.plain),
        ),
        list_rows=words.Depths,
    )


def read_lists(
    page: Page, found: list[Found], strays: list[Section], payload: Payload, options: Options
) -> Reading:
    """Read the lists of a page, and say where the page is not what it should be.

    Raises:
        UnreadableError: The page does not say platform, place or date, and nothing else does.
    """
    reading = Reading(payload.name, Builder())
    held = [(each, lists.chart_cells(each, payload, options)) for each in found]
    made = [list(lists.lines_of(each.section, chart)) for each, chart in held]
    lines = [line for part in made for line in part]
    reading.read(table_of(payload.name, lines, options.limits), plan(reading.builder))
    for (each, chart), rows in zip(held, made, strict=True):
        ranks = sum(bool(line.cells[COLUMNS.index("rank")]) for line in rows)
        fault = None
        if not rows:
            fault = "no list below"
        elif ranks != ranks_in(each.section):
            fault = f"{ranks_in(each.section)} ranks in the text below, {ranks} rows read"
        if fault is not None:
            _spoiled(reading, chart, each.section, fault)
        elif len(rows) < words.DEPTH:
            message = f"{len(rows)} rows below {each.section.text!r}"
            reading.note("short-list", message, each.section.line)
    for section in strays:
        message = f"ranks below the heading {section.text!r}, which names no list"
        complain(reading, "unexpected-structure", message, section.line)
    if not page.is_whole:
        _spoiled(reading, held[-1][1], held[-1][0].section, "the page is cut off", "truncated-row")
    _note_halves(reading, found)
    return reading


def complain(
    reading: Reading, code: str, message: str, line: int | None = None, hint: str | None = None
) -> None:
    """Say what is wrong with a source beside its rows."""
    reading.counts[code] += 1
    reading.problems.append(Problem(code, message, reading.name, line, hint=hint))


def _spoiled(
    reading: Reading,
    chart: tuple[str, str, str, str],
    section: Section,
    fault: str,
    code: str = "unexpected-structure",
) -> None:
    """Say what is wrong with a list, and mark it."""
    complain(reading, code, f"{section.text!r}: {fault}", section.line)
    platform, place, date, category = chart
    try:
        day, named = cells.day(date), cells.name(platform)
    except CellError:  # its rows are rejected for that
        return
    builder = reading.builder
    words.charted(builder, named, category, words.place(place))
    known = words.chart(named, category, words.place(place))
    builder.mark(known, day, IssueStatus.DEFECTIVE)
    reading.defective.add(builder.issue(known, day))


_HALVES = {"Movies": "TV Shows", "Kids Movies": "Kids TV Shows"}


def _note_halves(reading: Reading, found: list[Found]) -> None:
    """Say where a platform has a list of films and none of series, or the other way round."""
    by_platform: dict[str | None, list[Found]] = {}
    for each in found:
        by_platform.setdefault(each.facts.platform, []).append(each)
    for platform, held in by_platform.items():
        have = {each.facts.category for each in held}
        for one, other in _HALVES.items():
            if (one in have) != (other in have):
                lacking = other if one in have else one
                message = f"{platform}: the page has no list of {lacking}"
                reading.note("one-list", message, held[0].section.line)
