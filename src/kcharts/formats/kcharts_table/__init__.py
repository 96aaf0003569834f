"""The kcharts table: any history as CSV or JSON lines, one row a place on a list."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import IO, Any, Literal

from attrs import evolve

from kcharts.formats.kcharts_table import _fields as fields
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import Builder
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.reader import empty, reader
from kcharts.reading.rows import Reading, inconsistent_runs
from kcharts.reading.spec import FormatSpec, Layout, Options
from kcharts.reading.statuses import ListStatuses
from kcharts.sources.cell import CellError
from kcharts.sources.opening import any_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import Table

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
        "Columns are known by name; those that are absent or blank say nothing.",
        "A row with neither rank nor title says something of its list: its status "
        "(published, missing, defective, stale, outside), that the chart ended with it "
        "(closing), or that it is printed with ties or repeats.",
        "Lines above the header that begin with # are a note on the whole history; in JSON "
        'lines, a first object {"note": "..."}.',
        "A blank depth is 10; `extra:` begins the names of columns that have no field.",
    ),
)


_TITLE_IDS = tuple(
    field.column for field in fields.TITLE if field.column not in ("title", "by", "season")
)


def _found(present: list[fields.Field], texts: tuple[str, ...]) -> dict[str, Any]:
    """What the cells of some columns say."""
    return {
        field.column: cells.parsed(field.column, field.parse, text)
        for field, text in zip(present, texts, strict=True)
    }


def _charted(builder: Builder, present: list[fields.Field]) -> Callable[..., int]:
    def code(*texts: str) -> int:
        found = _found(present, texts)
        calendar, place = found.pop("calendar", None), found.pop("country")
        series = ChartSeries(**found)
        if calendar is not None and builder.calendars.setdefault(series, calendar) != calendar:
            known = builder.calendars[series]
            fault = CellError("conflicting-calendar", f"{series} was given another: {known}")
            fault.column = "calendar"
            raise fault
        return builder.chart(Chart(series, place))

    return code


def _titled(builder: Builder, present: list[fields.Field]) -> Callable[..., int]:
    def code(*texts: str) -> int:
        found = _found(present, texts)
        name, key = found.pop("title"), found.pop("key", None)
        own = {} if key is None else {"key": key}
        return builder.title(Title(name, **found, **own))

    return code


def _issued(builder: Builder) -> Callable[[int, int], None]:
    """A check of dates against the calendars that are known so far."""
    charts: list[Chart] = []

    def check(chart: int, ordinal: int) -> None:
        if chart >= len(charts):
            charts.extend(list(builder.charts)[len(charts) :])
        calendar = builder.calendars.get(charts[chart].series)
        if calendar is not None:
            cells.issued(calendar, ordinal)

    return check


def _plan(builder: Builder, table: Table, options: Options) -> Plan:
    day = cells.day_as(options.date_format)

    def ordinal(text: str) -> int:
        return day(text).toordinal()

    charted = [field for field in fields.CHART if table.has(field.column)]
    titled = [field for field in fields.TITLE if table.has(field.column)]
    values = tuple(Value(field.column, name, field.parse) for name, field in fields.VALUES.items())
    return Plan(
        TABLE,
        chart=Cells(tuple(field.column for field in charted), _charted(builder, charted)),
        date=Cells(("date",), ordinal),
        title=Cells(tuple(field.column for field in titled), _titled(builder, titled), _TITLE_IDS),
        rank=Cells(("rank",), fields.RANK.parse),
        values=(Value("status", "status", fields.status), *values),
        check=_issued(builder),
        list_rows=ListStatuses,
    )


def _read(table: Table, options: Options, calendars: dict[ChartSeries, Calendar]) -> Reading:
    builder = Builder()
    builder.calendars.update(calendars)
    reading = Reading(table.name, builder)
    reading.read(table, _plan(builder, table, options))
    return reading


def _strays(builder: Builder) -> bool:
    """Whether a date was read before the calendar was known on which it is no issue."""
    check = _issued(builder)
    due = [issue for issue, status in builder.marks.items() if status is not IssueStatus.OUTSIDE]
    try:
        for issue in (*builder.issues, *due):
            check(*issue)
    except CellError:
        return True
    return False


@reader(nothing=empty, odd=inconsistent_runs)
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
    reading = _read(table, options, {})
    if _strays(reading.builder):
        reading = _read(table, options, reading.builder.calendars)
    history = ChartHistory(reading.builder.build())
    return history, reading.report()


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

    writers = {"csv": csv_text, "jsonl": jsonl_text}
    if layout not in writers:
        raise checks.refuse("layout", '"csv" or "jsonl"', layout)
    text = writers[layout](history, "spreadsheets" if spreadsheet_safe else "readers")
    if isinstance(target, str | os.PathLike):
        with open(target, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123  (a PathLike need not be a Path)
            stream.write(text)
    else:
        target.write(text)
