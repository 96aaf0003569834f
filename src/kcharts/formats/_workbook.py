"""Workbooks: checked before they are opened, then read as tables."""

from __future__ import annotations

from collections.abc import Callable

from kcharts.formats._options import Options
from kcharts.formats._source import Payload, UnreadableError
from kcharts.formats._tabular import Table


def workbook_table(
    payload: Payload, _options: Options, _fits: Callable[[list[str]], bool]
) -> Table:
    """The first sheet of a workbook that has a row of which `fits` says that it is the header.

    Raises:
        UnreadableError: There is none, or the workbook is broken or beyond the limits.
    """
    raise UnreadableError("wrong-format", "workbooks are not read yet", payload.name)
