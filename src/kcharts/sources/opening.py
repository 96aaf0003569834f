"""The table of a source, be it text or a workbook."""

from __future__ import annotations

from collections.abc import Callable

from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload
from kcharts.sources.table import Needs, Table, no_needs
from kcharts.sources.text import Text, headed, is_json, start_of, text_of


def any_table(
    payload: Payload,
    fits: Callable[[list[str]], bool],
    needs: Needs = no_needs,
    *,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """The table of a text, or of the sheet of a workbook whose header fits.

    Args:
        payload: The source.
        fits: Whether a header is that of the table.
        needs: The keys that no JSON record can do without, by all keys.
        encoding: That of a text that is not in UTF-8.
        limits: How much is taken.

    Raises:
        UnreadableError: It is neither text nor a workbook.
    """
    if payload.is_workbook:
        from kcharts.sources.workbook import workbook_table  # noqa: PLC0415  (an extra)

        return workbook_table(payload, fits, limits)
    text = text_of(payload, encoding, limits)
    return header_of(text, limits, needs)


def header_of(text: Text, limits: Limits = LIMITS, needs: Needs = no_needs) -> Table:
    """The table of a text: the first line that is neither blank nor a comment is its header.

    Where that line is a JSON object, the text is read as JSON lines; where a list begins with it,
    as a list of records.
    """
    start = start_of(text)
    first = text.lines[start.number].lstrip()
    if is_json(first) and first.startswith(b"{"):
        from kcharts.sources.json import json_table  # noqa: PLC0415  (only for JSON)

        return json_table(text, start.number, start.comments, limits, needs)
    if is_json(first) and not start.comments:
        from kcharts.sources.json import records_table  # noqa: PLC0415  (only for JSON)

        return records_table(text, (), needs, limits)
    return headed(text, start, limits)
