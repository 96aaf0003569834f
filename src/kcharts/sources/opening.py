"""The table of a source, whether it is text, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Callable

from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload
from kcharts.sources.table import Table
from kcharts.sources.text import Text, headed, is_json, start_of, text_of


def any_table(
    payload: Payload,
    fits: Callable[[list[str]], bool],
    *,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """The table of a text, or of the sheet of a workbook whose header fits.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.is_workbook:
        from kcharts.sources.workbook import workbook_table  # noqa: PLC0415  (an extra)

        return workbook_table(payload, fits, limits)
    return text_table(text_of(payload, encoding, limits), limits)


def text_table(text: Text, limits: Limits = LIMITS) -> Table:
    """The table of a text: the first line that is neither blank nor a comment is its header.

    Where that line is a JSON object, the text is read as JSON lines; where a list begins with it,
    as a list of records.
    """
    start = start_of(text)
    first = text.lines[start.number].lstrip()
    if is_json(first) and first.startswith(b"{"):
        from kcharts.sources.json import lines_table  # noqa: PLC0415  (only for JSON)

        return lines_table(text, start, limits)
    if is_json(first) and not start.comments:
        from kcharts.sources.json import document_table  # noqa: PLC0415  (only for JSON)

        return document_table(text, (), limits=limits)
    return headed(text, start, limits)
