"""The table of a source, be it text or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kcharts.formats._options import Options
from kcharts.formats._source import Payload
from kcharts.formats._spec import Layout
from kcharts.formats._tabular import Table
from kcharts.formats._text import header_of, text_of


def table_of(payload: Payload, options: Options, *layouts: Layout) -> Table:
    """The table of a source; a workbook's sheet is found by the columns of any of the layouts.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.table is not None:
        return cast("Table", payload.table)

    def fits(header: list[str]) -> bool:
        return any(not layout.lacking(header) for layout in layouts)

    return any_table(payload, options, fits)


def any_table(payload: Payload, options: Options, fits: Callable[[list[str]], bool]) -> Table:
    """The table of a text, or of the first sheet of a workbook whose header fits.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.is_workbook:
        from kcharts.formats._workbook import workbook_table  # noqa: PLC0415  (an extra)

        return workbook_table(payload, options, fits)
    return header_of(text_of(payload, options.encoding), options.limits)
