"""The kcharts table: any history as CSV or JSON lines, one row a place on a list."""

from __future__ import annotations

import os
from typing import IO, Any, Literal

from attrs import evolve

from kcharts._faces import own_names
from kcharts.formats.kcharts_table import _fields as fields
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import Builder
from kcharts.model.country import Country, World
from kcharts.model.history import ChartHistory, store_in
from kcharts.model.snapshot import IssueStatus
from kcharts.reading.oddities import inconsistent_runs
from kcharts.reading.options import Options
from kcharts.reading.parsers import issued
from kcharts.reading.reader import empty, public_reader
from kcharts.reading.recipe import ChartInCalendar, Column, Columns, Recipe, make_title
from kcharts.reading.rows import read_rows
from kcharts.reading.spec import FormatSpec, Layout
from kcharts.reading.statuses import ListStatuses
from kcharts.sources.cell import CellError
from kcharts.sources.opening import any_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload

TABLE = Layout(
    name="kcharts table",
    reader="read_kcharts",
    columns=fields.REQUIRED,
    optional=tuple(name for name in fields.COLUMNS if name not in fields.REQUIRED),
    sample=(
        "# Made up\n"
        "publisher,platform,category,frequency,country,date,status,rank,title,kind\n"
        "A Publisher,A Platform,TV,daily,KR,2022-01-29,,1,A Series,TV\n"
        "A Publisher,A Platform,TV,daily,KR,2022-01-29,,2,Another Series,TV\n"
        "A Publisher,A Platform,TV,daily,KR,2022-01-30,missing,,,\n"
        'A Publisher,A Platform,TV,daily,KR,2022-01-31,,1,"A Series, Again",TV\n'
        "A Publisher,A Platform,TV,daily,KR,2022-01-31,,2,A Series,TV\n"
    ),
)
EMPTY = Layout(
    name="kcharts table without rows",
    reader="read_kcharts",
    columns=("note",),
    alone=True,
    sample='{"note": "Nothing yet"}\n',
)
SPEC = FormatSpec(
    publisher="any",
    title="kcharts table",
    frequency="daily or weekly",
    calendar="in the column calendar, else inferred from the dates",
    layouts=(TABLE, EMPTY),
    quirks=(
        "Columns are found by name; absent or blank ones say nothing.",
        "A row with neither rank nor title is about its whole list: its status "
        "(published, missing, defective, stale, outside), that the chart ended with it "
        "(closing), or that it is printed with ties or repeats.",
        "Lines above the header that begin with # are a note on the whole history; in JSON "
        'lines, a first object {"note": "..."}.',
        "A blank depth means 10; names of columns without a field begin with `extra:`.",
    ),
)


def _chart(
    country: Country | World, calendar: Calendar | None = None, **cells: Any
) -> ChartInCalendar:
    return ChartInCalendar(Chart(ChartSeries(**cells), country), calendar)


RECIPE = Recipe(
    TABLE,
    chart=Columns(_chart, **{field.column: field.as_column() for field in fields.CHART}),
    title=Columns(make_title, **{field.of_title: field.as_column() for field in fields.TITLE}),
    rank=fields.RANK.as_column(),
    values={
        "status": Column("status", fields.status),
        **{name: field.as_column() for name, field in fields.VALUES.items()},
    },
    list_rows=ListStatuses,
)


def _strays(builder: Builder) -> bool:
    """Whether a date was read before the calendar was known on which it is no issue."""
    due = [issue for issue, status in builder.marks.items() if status is not IssueStatus.OUTSIDE]
    series = [chart.series for chart in builder.charts]
    try:
        for chart, ordinal in (*builder.issues, *due):
            if series[chart] in builder.calendars:
                issued(builder.calendars[series[chart]], ordinal)
    except CellError:
        return True
    return False


@public_reader(nothing=empty, odd=inconsistent_runs)
def read_kcharts(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a kcharts table: comma- or tab-separated text, or JSON lines.

    The columns publisher, platform, category, frequency, country (an ISO 3166-1 code or WORLD),
    date, rank and title are needed; `SPEC` lists the others.

    >>> from kcharts.formats import kcharts_table as table
    >>> print(table.read_kcharts(table.SPEC.sample.encode()))
    Made up
    A Platform daily by A Publisher, TV, 1 country, 2 issues 2022-01-29 to 2022-01-31, 4 rows; \
1 list missing
    """
    table = any_table(payload, _fits, encoding=options.encoding, limits=options.limits)
    if tuple(table.header) == EMPTY.columns and not table.lines:
        table = evolve(table, header=list(TABLE.columns))
    reading = read_rows(table, RECIPE, options)
    if _strays(reading.builder):
        reading = read_rows(table, RECIPE, options, calendars=reading.builder.calendars)
    return reading.answer()


def _fits(header: list[str]) -> bool:
    return not TABLE.lacking(header) or tuple(header) == EMPTY.columns


def write_kcharts(
    history: ChartHistory,
    target: str | os.PathLike[str] | IO[str],
    /,
    *,
    layout: Literal["csv", "jsonl"] = "csv",
    spreadsheet_safe: bool = False,
) -> None:
    """Write a history as a kcharts table, from which `read_kcharts` makes an equal one.

    Rows, statuses, last issues and calendars are kept, also what marks and cuts have made of
    them; not kept is where each row was read.

    Args:
        history: A whole history, with all rows of its lists.
        target: A path, or a text handle; UTF-8 with LF, quoted by RFC 4180.
        layout: "csv", or "jsonl" for one JSON object a line.
        spreadsheet_safe: Put an apostrophe before cells that a spreadsheet could take for
            formulas. It changes them for every reader.

    Raises:
        ValueError: The history was narrowed to titles, or holds what the table cannot: a rank
            below its chart's depth, an amount of more than 24 digits, a control character, a
            calendar whose rule has other parts than FREQ, INTERVAL, COUNT, UNTIL and WKST, BYDAY,
            BYMONTHDAY and BYMONTH.
    """
    from kcharts.formats.kcharts_table._writing import csv_text, jsonl_text  # noqa: PLC0415  (only to write)

    if layout not in ("csv", "jsonl"):
        raise checks.refuse("layout", '"csv" or "jsonl"', layout)
    store_in(history)
    if not (isinstance(target, str | os.PathLike) or hasattr(target, "write")):
        expected = "a path, or a text handle to write to"
        raise checks.refuse("target", expected, target, kind=TypeError)
    text = (csv_text if layout == "csv" else jsonl_text)(
        history, "spreadsheets" if spreadsheet_safe else "readers"
    )
    if isinstance(target, str | os.PathLike):
        with open(target, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123  (a PathLike need not be a Path)
            stream.write(text)
    else:
        target.write(text)


__dir__ = own_names(__name__)
