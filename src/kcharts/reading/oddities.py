"""Oddities of files whose cells can all be read: traces of the programs a copy went through.

Most are noted (spoilt names, counters that do not run on, a list cut short). A file is refused
if they make all rows doubtful (dates of two orders, weekly lists that are days apart).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, NamedTuple

from kcharts.errors import Problem
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.history import ChartHistory
from kcharts.sources.cell import CellError, Typed
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import Table, split_row

_LOST = re.compile(r"\?[?\w]")
"""A question mark where a letter was: inside a word, or one of several."""
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = re.compile(rf"[0-3]?[0-9]-{_MONTH}(?:-[0-9]{{2,4}})?|{_MONTH}-[0-9]{{2,4}}", re.ASCII)
"""What a spreadsheet program makes of "22 July"."""


def oddities(history: ChartHistory) -> Iterator[Problem]:
    """Notes on counters that do not run on, and on names that were spoilt."""
    yield from inconsistent_runs(history)
    yield from saved_wrongly(history)


def saved_wrongly(history: ChartHistory) -> Iterator[Problem]:
    """Where names have lost letters, are UTF-8 that was encoded twice, or became dates."""
    yield from odd_names(
        history, "lost-characters", "letters were lost to question marks", _has_lost
    )
    yield from odd_names(
        history, "double-encoded", "UTF-8 that was encoded twice", _is_encoded_twice
    )
    yield from odd_names(
        history,
        "date-like-title",
        "a spreadsheet program may have taken a title for a date",
        _is_date,
    )


def odd_names(
    history: ChartHistory, code: str, what: str, is_odd: Callable[[str], bool]
) -> Iterator[Problem]:
    """A note on the names of some kind, where there are any, at the first of them."""
    store = history.store
    odd = {at for at, title in enumerate(store.titles) if is_odd(title.full_name)}
    rows = [row for row, title in enumerate(store.title_codes) if title in odd]
    if rows:
        first = min(rows, key=store.lines.__getitem__)
        name = store.titles[store.title_codes[first]].full_name
        many = "1 name" if len(odd) == 1 else f"{len(odd):,} names"
        message = f"{many} in {len(rows):,} rows, such as {name!r}: {what}"
        yield Problem(code, message, store.sources[store.source_codes[first]], store.lines[first])


def _has_lost(name: str) -> bool:
    return _LOST.search(name) is not None


def _is_encoded_twice(name: str) -> bool:
    # Copies of Netflix's daily lists cut names at 28 characters, with an ellipsis for the rest,
    # which is no part of the text that was encoded twice; yet "Ã…" is an Å that was.
    return _is_double(name) or _is_double(name.removesuffix("…"))


def _is_double(name: str) -> bool:
    """Whether it is UTF-8 that was taken for the encoding of old Windows programs."""
    if name.isascii():
        return False
    try:
        return b"".join(map(_byte, name)).decode() != name
    except UnicodeError:
        return False


def _is_date(name: str) -> bool:
    return _DATE.fullmatch(name) is not None


def _byte(letter: str) -> bytes:
    """A letter in that encoding; the five bytes that it leaves free stand for themselves."""
    return letter.encode("cp1252", "ignore") or letter.encode("latin_1")


def inconsistent_runs(history: ChartHistory) -> Iterable[Problem]:
    """Where a cumulative counter does not rise by 1 from a title's issue to its next one."""
    store = history.store
    column = store.columns.get("periods_on_chart")
    if column is None:
        return
    for chart, lists in zip(store.charts, store.lists, strict=True):
        last: dict[int, int] = {}
        for row in range(lists.starts[0], lists.starts[-1]):
            title, count = store.title_codes[row], column.get(row)
            before = last.get(title)
            last[title] = row
            if before is not None and None not in (count, column.get(before)):
                expected = column.get(before) + 1
                if count != expected:
                    message = (
                        f"{store.titles[title]}, {chart}: the counter is {count}, "
                        f"{expected} expected after line {store.lines[before]:,}"
                    )
                    source = store.sources[store.source_codes[row]]
                    yield Problem("inconsistent-run", message, source, store.lines[row])


class ShortEnd(NamedTuple):
    """The last list of a file, which is shorter than all others of its series."""

    issue: int
    chart: Chart
    date: dt.date
    size: int
    usual: int

    def __str__(self) -> str:
        rows = "1 row" if self.size == 1 else f"{self.size:,} rows"
        return (
            f"the last list of the file ({self.chart}, {self.date}) has {rows}, and the others "
            f"have {self.usual:,}: was the file cut off? The list is marked defective"
        )


def short_end(builder: Builder, last: int, broken: set[int]) -> ShortEnd | None:
    """The last list of a file, if it shows that rows were cut off.

    Args:
        builder: The rows that were read.
        last: The issue of the last row of the file.
        broken: The issues that are not whole for other reasons.
    """
    keys, charts = list(builder.issues), list(builder.charts)
    chart, ordinal = keys[last]
    series = charts[chart].series
    size = builder.issue_codes.count(last)
    if not 0 < size < series.depth or last in broken:
        return None
    others = [
        rows
        for issue, rows in Counter(builder.issue_codes).items()
        if issue != last and issue not in broken and charts[keys[issue][0]].series == series
    ]
    # Spotify's lists may have 198 or 199 of 200 rows: if most are short, the last shows nothing.
    full = sum(rows >= series.depth for rows in others)
    if 2 * full <= len(others) or size >= min(others):
        return None
    return ShortEnd(last, charts[chart], dt.date.fromordinal(ordinal), size, series.depth)


_ISO_DATE = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXCHANGED = (
    "a program took 1/11/2022 for the first of November where the file has January: "
    "open the original with this column as text"
)


def refuse_mixed_dates(table: Table, column: str, days: Iterable[Any]) -> None:
    """Raise `UnreadableError` where a column has dates beside texts that needed a `date_format`.

    A program that opens a file in the language of another country turns those texts into dates
    that it can, with day and month exchanged, and leaves the others: 13/1/2022, say.

    Args:
        table: The table.
        column: The column of the dates.
        days: The distinct cells of the column that were read.
    """
    listed = list(days)
    dates = {cell for cell in listed if isinstance(cell, Typed) and cell.kind == "date"}
    texts = {cell for cell in listed if isinstance(cell, bytes) and not _ISO_DATE.fullmatch(cell)}
    if dates and texts:
        date, text = (_first_cell(table, column, those) for those in (dates, texts))
        message = f"the column holds dates and texts: {date} is a date, {text} a text"
        raise UnreadableError("mixed-dates", message, table.name, _EXCHANGED)


def _first_cell(table: Table, column: str, those: set[Any]) -> str:
    """The first of some cells, and its place."""
    cells = list(_column_cells(table, table.at(column)))
    number, cell = next(each for each in cells if each[1] in those)
    where = (
        f"line {table.physical(number):,}" if table.where is None else table.where(column, number)
    )
    return f"{cell.decode() if isinstance(cell, bytes) else cell} ({where})"


def _column_cells(table: Table, at: int) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(table.lines, table.first):
        with suppress(CellError):
            yield number, split_row(table, row, number)[at]


_WEEK = 7


class _Gap(NamedTuple):
    """Two lists of one chart, one after the other."""

    first: int
    second: int

    @property
    def days(self) -> int:
        return self.second - self.first


def check_weeks(builder: Builder, source: str) -> None:
    """Raise if most lists of a weekly series are not whole weeks after the one before.

    Raises:
        UnreadableError: They are not: the lists are daily, or days were read for months.
    """
    for series, gaps in _gaps_of_weekly(builder).items():
        odd = [gap for gap in gaps if gap.days % _WEEK]
        if 2 * len(odd) <= len(gaps):
            continue
        usual, _ = Counter(gap.days for gap in odd).most_common(1)[0]
        shown = next(gap for gap in odd if gap.days == usual)
        one, other = (dt.date.fromordinal(day) for day in shown)
        days = "1 day" if usual == 1 else f"{usual:,} days"
        message = (
            f"{series}: expected lists that are weeks apart, found {len(odd):,} of {len(gaps):,} "
            f"that are not: the lists of {one} and {other} are {days} apart"
        )
        hint = (
            'frequency="daily", if they are; date_format=..., if days were read for months; '
            "else calendar=Calendar.from_dates(...) says which issues there are"
        )
        raise UnreadableError("odd-dates", message, source, hint)


def _gaps_of_weekly(builder: Builder) -> dict[ChartSeries, list[_Gap]]:
    """The gaps between the lists of each chart, by the weekly series."""
    days: dict[int, list[int]] = {}
    for code, ordinal in builder.issues:
        days.setdefault(code, []).append(ordinal)
    found: dict[ChartSeries, list[_Gap]] = {}
    for chart, code in builder.charts.items():
        if chart.series.frequency is Frequency.WEEKLY:
            dates = sorted(days.get(code, ()))
            gaps = found.setdefault(chart.series, [])
            gaps += [_Gap(one, other) for one, other in pairwise(dates)]
    return found
