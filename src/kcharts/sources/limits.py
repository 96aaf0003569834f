"""The limits on what a reader accepts, and the hint that names one."""

from typing import final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.model import _checks as checks


def _limit(default: int) -> int:
    limit: int = field(default=default, kw_only=True, validator=checks.count(1))
    return limit


@final
@public
@frozen
class Limits:
    """How much a reader takes before it refuses a source: a guard against what cannot be a chart.

    Attributes:
        file_bytes: The most bytes of a source, counted while it is unpacked.
        field_characters: The longest cell.
        lines: The most lines of a text; a fifth of them may be blank or unreadable.
        workbook_bytes: The most bytes that a workbook may unpack to.
        workbook_ratio: How many times its own size a workbook may unpack to.
        workbook_entries: The most files inside a workbook.
        workbook_rows: The most rows of a sheet.
        workbook_columns: The most columns of a sheet.
        json_columns: The most keys of the records of JSON documents or lines.
        page_bytes: The most bytes of a saved page.

    >>> Limits(page_bytes=50_000_000).page_bytes
    50000000
    """

    file_bytes: int = _limit(512 * 1024 * 1024)
    field_characters: int = _limit(32_767)
    lines: int = _limit(10_000_000)
    workbook_bytes: int = _limit(1024 * 1024 * 1024)
    workbook_ratio: int = _limit(200)
    workbook_entries: int = _limit(1_000)
    workbook_rows: int = _limit(2_000_000)
    workbook_columns: int = _limit(256)
    json_columns: int = _limit(256)
    page_bytes: int = _limit(10 * 1024 * 1024)


LIMITS = Limits()


def raising(limit: str) -> str:
    """The hint to raise a limit, by its name."""
    return f"limits=Limits({limit}=...) raises the limit"
