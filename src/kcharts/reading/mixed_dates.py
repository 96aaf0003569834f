"""Columns of dates that a spreadsheet program has changed in part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from kcharts.sources.cell import CellError, Typed
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import Table, split_row

_AS_ALWAYS = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HINT = (
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
    texts = {cell for cell in listed if isinstance(cell, bytes) and not _AS_ALWAYS.fullmatch(cell)}
    if dates and texts:
        date, text = (_first(table, column, those) for those in (dates, texts))
        message = f"the column holds dates and texts: {date} is a date, {text} a text"
        raise UnreadableError("mixed-dates", message, table.name, _HINT)


def _first(table: Table, column: str, those: set[Any]) -> str:
    """The first cell of some, and where it stands."""
    cells = list(_cells(table, table.at(column)))
    number, cell = next(each for each in cells if each[1] in those)
    where = (
        f"line {table.physical(number):,}" if table.where is None else table.where(column, number)
    )
    return f"{cell.decode() if isinstance(cell, bytes) else cell} ({where})"


def _cells(table: Table, at: int) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(table.lines, table.first):
        with suppress(CellError):
            yield number, split_row(table, row, number)[at]
