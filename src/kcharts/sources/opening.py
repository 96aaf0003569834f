"""What a source is: its table, whatever it is written in, and the signs of its format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload
from kcharts.sources.table import Table
from kcharts.sources.text import Text, head_text, header_table, text_of

Medium: TypeAlias = Literal["table", "bare", "json", "page"]


class Glimpse(NamedTuple):
    """What a source shows of itself before it is read: enough to know its format by."""

    medium: Medium
    columns: list[str] | None = None
    """The header of a table, or the keys of a JSON document's first record."""
    path: tuple[str, ...] = ()
    """The keys that lead to that record."""
    text: str = ""
    """How it begins, where it has no columns: a page, a bare line, a document without records."""


def glimpses(
    payload: Payload,
    fits: Callable[[list[str]], bool],
    paths: Iterable[tuple[str, ...]],
    *,
    encoding: str | None,
    limits: Limits,
) -> Iterator[Glimpse]:
    """What a source shows, the surest signs first; the last one is its header, if it has one.

    Args:
        payload: The source.
        fits: Whether a header is that of a known table, by which a workbook's sheet is found.
        paths: Where JSON documents of known formats have their records.
        encoding: The encoding of a text that is not in UTF-8.
        limits: How much is taken.

    Raises:
        UnreadableError: What it has shown so far is all: it is neither text nor a workbook.
    """
    if payload.is_workbook:
        from kcharts.sources.workbook import workbook_table  # noqa: PLC0415  (an extra)

        yield Glimpse("table", workbook_table(payload, fits, limits).header)
        return
    head = head_text(payload, encoding)
    if head.startswith("<"):
        yield Glimpse("page", text=head)
    if head.startswith(("{", "[")):
        from kcharts.sources.json import first_keys  # noqa: PLC0415  (only for JSON)

        whole = text_of(payload, encoding)
        # First the paths that such a document is likely to have: each walk decodes it once.
        likely = sorted(paths, key=lambda path: bool(path) != head.startswith("{"))
        for text in (whole.head(), whole):
            for path in likely:
                yield Glimpse("json", first_keys(text, path, limits), path)
        yield Glimpse("json", text=head)
    yield Glimpse("bare", text=head.partition("\n")[0].rstrip("\r"))
    yield Glimpse("table", text_table(text_of(payload, encoding, limits).head(), limits).header)


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
    table = header_table(text, limits)
    if isinstance(table, Table):
        return table
    from kcharts.sources.json import document_table, lines_table  # noqa: PLC0415  (only for JSON)

    is_object = text.lines[table.number].lstrip().startswith(b"{")
    return (
        lines_table(text, table, limits) if is_object else document_table(text, (), limits=limits)
    )
