"""Writing a history as a kcharts table: what the rows say, and rows for what they do not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from attrs import evolve

from kcharts.formats.kcharts_table._fields import (
    CHART,
    COLUMNS,
    DATE,
    DEPTH,
    RANK,
    REQUIRED,
    STATUS,
    TITLE,
    VALUES,
    Field,
)
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading.parsers import plain
from kcharts.reading.statuses import ListWord

For = Literal["readers", "spreadsheets"]
_NUMBERS = {field.column for field in (*CHART, RANK, *TITLE, *VALUES.values()) if field.is_number}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(history: ChartHistory, use: For) -> str:
    """The history as comma-separated text."""
    stream = io.StringIO()
    for line in (history.note or "").splitlines():
        stream.write(f"# {line}\n")
    columns = _columns(history.store)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(_safe, columns) if use == "spreadsheets" else columns)
    cells: Iterable[Iterable[str]] = columns.values()
    if use == "spreadsheets":
        cells = [map(_safe, column) for column in cells]
    writer.writerows(zip(*cells, strict=True))
    return stream.getvalue()


def jsonl_text(history: ChartHistory, use: For) -> str:
    """The history as JSON lines: numbers as numbers, and no optional key that is blank."""
    columns = _columns(history.store)
    lines: list[str] = []
    note = " ".join((history.note or "").splitlines())
    if note or not columns["rank"]:
        lines.append(json.dumps({"note": note}, ensure_ascii=False))
    keys = [json.dumps(name, ensure_ascii=False) for name in columns]
    writes = [_literal(name, use) for name in columns]
    needed = {json.dumps(name) for name in REQUIRED}
    for cells in zip(*columns.values(), strict=True):
        parts = [
            f"{key}: {write(cell)}"
            for key, write, cell in zip(keys, writes, cells, strict=True)
            if cell or key in needed
        ]
        lines.append(f"{{{', '.join(parts)}}}")
    return "".join(f"{line}\n" for line in lines)


def _literal(column: str, use: For) -> Callable[[str], str]:
    def write(cell: str) -> str:
        if not cell:
            return "null"
        if column in _NUMBERS:
            return cell
        return json.dumps(_safe(cell) if use == "spreadsheets" else cell, ensure_ascii=False)

    return write


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


class _Line(NamedTuple):
    """A line of the table: a row of the store, or a word on a list."""

    chart: int
    ordinal: int
    row: int | None
    word: IssueStatus | ListWord | None


def _columns(store: Store) -> dict[str, list[str]]:
    """The table's columns as texts, without optional ones that are blank everywhere."""
    if not store.whole:
        raise checks.refuse(
            "write_kcharts: history", "a whole history", "one that was narrowed to titles"
        )
    said = said_of(store)
    lines = list(_lines(store, said))
    found = {**_chart_columns(store, said, lines), **_title_columns(store, lines)}
    date, status = _writer(DATE), _writer(STATUS)
    found["date"] = [date(dt.date.fromordinal(line.ordinal)) for line in lines]
    found["status"] = [status(line.word) for line in lines]
    found["rank"] = _row_cells(lines, _ranks(store))
    for name, column in store.columns.items():
        field = VALUES.get(name) or Field(name, plain)
        written = _writer(field)
        found[field.column] = _row_cells(lines, map(written, column.decode()))
    extras = [name for name in found if name not in COLUMNS]
    return {
        name: found[name]
        for name in (*COLUMNS, *extras)
        if name in REQUIRED or any(found.get(name, ()))
    }


def _writer(field: Field) -> Callable[[Any], str]:
    """What writes the values of a column, each distinct one checked once."""
    texts: dict[Any, str] = {}

    def write(value: Any) -> str:
        text = texts.get(value)
        if text is None:
            text = texts[value] = field.written(value)
        return text

    return write


def _row_cells(lines: list[_Line], cells: Iterable[str]) -> list[str]:
    listed = list(cells)
    return ["" if line.row is None else listed[line.row] for line in lines]


def _ranks(store: Store) -> Iterator[str]:
    for chart, lists in zip(store.charts, store.lists, strict=True):
        ranks = store.ranks[lists.starts[0] : lists.starts[-1]]
        deepest = max(ranks, default=1)
        if deepest > chart.series.depth:
            expected = f"a rank from 1 to {chart.series.depth}, the depth of its series"
            raise checks.refuse(str(chart), expected, deepest)
        yield from map(str, ranks)


def _chart_columns(store: Store, said: Said, lines: list[_Line]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in CHART:
        values: list[Any] = [_of_chart(chart, field.column, said) for chart in store.charts]
        cells = [field.written(value) for value in values]
        found[field.column] = [cells[line.chart] for line in lines]
    if all(chart.series.depth == DEPTH for chart in store.charts):
        del found["depth"]
    if all(chart.series.dated == "period" for chart in store.charts):
        del found["dated"]
    # A calendar can be long: it stands once for every chart.
    seen: set[int] = set()
    for at, line in enumerate(lines):
        if line.chart in seen:
            found["calendar"][at] = ""
        seen.add(line.chart)
    return found


def _of_chart(chart: Chart, column: str, said: Said) -> Any:
    if column == "calendar":
        return said.calendars.get(chart.series)
    return chart.place if column == "country" else getattr(chart.series, column)


def _title_columns(store: Store, lines: list[_Line]) -> dict[str, list[str]]:
    return {
        field.column: _row_cells(
            lines,
            map(
                [field.written(_of_title(title, field)) for title in store.titles].__getitem__,
                store.title_codes,
            ),
        )
        for field in TITLE
    }


def _of_title(title: Title, field: Field) -> Any:
    if field.column == "key":
        return title.key if title.has_own_key else None
    return getattr(title, field.of_title)


class Said(NamedTuple):
    """What has to be said of lists and series beyond the rows."""

    marks: tuple[dict[int, IssueStatus], ...]
    calendars: dict[ChartSeries, Calendar]


def said_of(store: Store) -> Said:
    """The marks that were set, and those without which the rows would be read otherwise.

    Rows read back know nothing of issues that were due before a cut, or in places that were
    left out: what would not be inferred is marked until the two agree.
    """
    charts = range(len(store.charts))
    said = Said(tuple(dict(marks) for marks in store.marks), dict(store.calendars))
    for chart in charts:  # a chart of which nothing is known, all its rows rejected
        if not (store.marks[chart] or len(store.lists[chart].ordinals) or store.closings[chart]):
            said.marks[chart][dt.date.min.toordinal()] = IssueStatus.OUTSIDE
    series = dict.fromkeys(chart.series for chart in store.charts)
    while True:
        bare = evolve(
            store,
            marks=said.marks,
            calendars=said.calendars,
            floors=(None,) * len(store.charts),
            due={},
            cut_off={},
        )
        wrong = [each for each in series if bare.calendar(each) != store.calendar(each)]
        said.calendars.update((each, store.calendar(each)) for each in wrong)
        lost = [(chart, *each) for chart in charts for each in _lost(store, bare, chart)]
        for chart, day, status in lost:
            said.marks[chart][day] = status
        if not (wrong or lost):
            return said


def _lost(store: Store, bare: Store, chart: int) -> Iterator[tuple[int, IssueStatus]]:
    """The issues of a chart whose status would be read otherwise, with the right one."""
    for day in sorted({*_known(store, chart), *_known(bare, chart)}):
        status = store.status(chart, day)
        if bare.status(chart, day) is not status:
            yield day, status


def _known(store: Store, chart: int) -> set[int]:
    """The ordinals of a chart's issues, but for those outside that nobody marked."""
    low, high = store.spans[chart]
    days = {*store.marks[chart], *store.lists[chart].ordinals}
    if low <= high:
        calendar = store.calendar(store.charts[chart].series)
        ends = dt.date.fromordinal(low), dt.date.fromordinal(high)
        days.update(day.toordinal() for day in calendar.between(*ends))
    return days


def _lines(store: Store, said: Said) -> Iterator[_Line]:
    """The table's lines, by chart and date."""
    for chart, marks in enumerate(said.marks):
        closing = store.closings[chart]
        ends = () if closing is None else (closing,)
        for day in sorted({*marks, *store.lists[chart].ordinals, *ends}):
            rows, mark = store.rows(chart, day), marks.get(day)
            for row in rows:
                yield _Line(chart, day, row, mark)
            if mark is None and store.index(chart, day) is not None:
                mark = IssueStatus.PUBLISHED
            if mark is not None and not rows:
                yield _Line(chart, day, None, mark)
            for word in _words(store, rows):
                yield _Line(chart, day, None, word)
            if day == closing:
                yield _Line(chart, day, None, ListWord.CLOSING)


def _words(store: Store, rows: range) -> Iterator[ListWord]:
    """How a list is printed, where that is out of the ordinary."""
    if len(set(store.ranks[rows.start : rows.stop])) < len(rows):
        yield ListWord.TIES
    if len(set(store.title_codes[rows.start : rows.stop])) < len(rows):
        yield ListWord.REPEATS
