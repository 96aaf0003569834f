"""The table of a source, be it text or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kcharts.reading.spec import Layout
from kcharts.sources.limits import Options
from kcharts.sources.source import Payload
from kcharts.sources.table import Needs, Table, no_needs
from kcharts.sources.text import header_of, text_of


def table_of(payload: Payload, options: Options, *layouts: Layout) -> Table:
    """The table of a source that has the columns of any of the layouts.

    By these a workbook's sheet is found. JSON records that lack one of them are rejected.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.table is not None:
        return cast("Table", payload.table)

    def fits(header: list[str]) -> bool:
        return any(not layout.lacking(header) for layout in layouts)

    def needs(header: list[str]) -> tuple[str, ...]:
        return next((each.columns for each in layouts if not each.lacking(header)), ())

    return any_table(payload, options, fits, needs)


def any_table(
    payload: Payload,
    options: Options,
    fits: Callable[[list[str]], bool],
    needs: Needs = no_needs,
) -> Table:
    """The table of a text, or of the sheet of a workbook whose header fits.

    Args:
        payload: The source.
        options: What the caller has said.
        fits: Whether a header is that of the table.
        needs: The keys that no JSON record can do without, by all keys.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.is_workbook:
        from kcharts.sources.workbook import workbook_table  # noqa: PLC0415  (an extra)

        return workbook_table(payload, options, fits)
    text = text_of(payload, options.encoding, options.limits)
    return header_of(text, options.limits, needs)
