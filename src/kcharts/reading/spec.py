"""The description of a format by its module; the docs' support table is made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import final

from attrs import field, frozen

from kcharts.model.title import fold
from kcharts.reading.options import Options
from kcharts.sources.opening import Glimpse, Medium, any_table
from kcharts.sources.source import Payload
from kcharts.sources.table import Table, folded_header
from kcharts.sources.text import delimited, text_of


@final
@frozen
class Layout:
    """One layout of a vendor's file, known by what it cannot do without.

    Attributes:
        name: The file's usual name.
        reader: The name of the module's function that reads it.
        columns: The columns that it must have; of a JSON document the keys of its records,
            those of objects inside as `outer.inner`.
        optional: Columns that some of its versions have.
        unlike: Columns that only other files have.
        alone: Whether it has no other columns.
        is_chart: Whether it holds chart issues, so that `kcharts.read` takes it.
        medium: "table" is text or a workbook with a header, "bare" text without one, "json" a
            document with a list of records, "page" a saved page.
        path: The keys that lead to a JSON document's list of records.
        pattern: A regular expression that is found in a page, in the first line of a bare text,
            or in a JSON document of the publisher's that has no records, such as an error.
        sample: Synthetic rows in the publisher's exact syntax.
        file_name: The sample's file name, if date or place are only in the name.
    """

    name: str
    reader: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    alone: bool = False
    is_chart: bool = True
    medium: Medium = "table"
    path: tuple[str, ...] = ()
    pattern: str = ""
    sample: str = field(default="", repr=False)
    file_name: str = ""

    def lacking(self, header: Iterable[str]) -> list[str]:
        """The required columns that a header lacks; all of them if it is another file's."""
        found = set(folded_header(header))
        if found & set(self.unlike) or (self.alone and len(found) > len(self.columns)):
            return list(self.columns)
        return [name for name in self.columns if fold(name) not in found]

    def fits(self, shown: Glimpse) -> bool:
        """Whether a source that shows this may be a file of the layout."""
        if self.medium != shown.medium:
            return False
        if shown.columns is not None:
            return self.path == shown.path and not self.lacking(shown.columns)
        return bool(self.pattern and re.search(self.pattern, shown.text, re.DOTALL))


@final
@frozen
class FormatSpec:
    """A format: whose it is, what its files look like, what is odd about it.

    Attributes:
        publisher: Who publishes it.
        title: The format's name in the docs.
        frequency: How often its charts are issued, in words.
        calendar: Its calendar, in words.
        layouts: The files' layouts.
        quirks: What its users have to know, a sentence each.
        links: Where it is published or described.
    """

    publisher: str
    title: str
    frequency: str
    calendar: str
    layouts: tuple[Layout, ...]
    quirks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def sample(self) -> str:
        """Synthetic rows in the exact syntax of the first layout."""
        return self.layouts[0].sample


def table_of(payload: Payload, options: Options, *layouts: Layout) -> Table:
    """The table of a source that has the columns of any of the layouts, all of one medium.

    By these a workbook's sheet is found. JSON records that lack one of them are rejected.

    Raises:
        UnreadableError: It is not a text, workbook or document that could hold them.
    """
    first, limits = layouts[0], options.limits
    if first.medium == "json":
        from kcharts.sources.json import document_table  # noqa: PLC0415  (only for JSON)

        text = text_of(payload, options.encoding)
        return document_table(text, first.path, first.columns, limits=limits)
    if first.medium == "bare":
        text = text_of(payload, options.encoding, limits)
        return delimited(text, list(first.columns), limits=limits)

    def fits(header: list[str]) -> bool:
        return any(not layout.lacking(header) for layout in layouts)

    table = any_table(payload, fits, encoding=options.encoding, limits=limits)
    layout = next((each for each in layouts if not each.lacking(table.header)), None)
    return table if layout is None else table.requiring(layout.columns)
