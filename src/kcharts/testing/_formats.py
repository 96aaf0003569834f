"""The contract of a format: what every reader promises, checked on the samples of its `SPEC`."""

from __future__ import annotations

import csv
import gzip
import io
import re
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

from kcharts.errors import IncompleteListsWarning, ParseErrors
from kcharts.formats._detect import read
from kcharts.formats.kcharts_table import read_kcharts, write_kcharts
from kcharts.model.history import ChartHistory
from kcharts.reading.spec import FormatSpec, Layout
from kcharts.sources.report import ReadReport


class Case(NamedTuple):
    """One layout of a format's module, with its reader."""

    module: str
    layout: Layout
    reader: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.module.rpartition('.')[2]}: {self.layout.name}"

    @property
    def data(self) -> bytes:
        """The sample."""
        return self.layout.sample.encode()

    @property
    def file_name(self) -> str:
        """What the sample would be called."""
        return self.layout.file_name or "sample"

    def open(self, data: bytes) -> io.BytesIO:
        """Content as an open file that has the name of a downloaded one."""
        stream = io.BytesIO(data)
        stream.name = self.file_name
        return stream

    def read(self, data: bytes) -> Any:
        """What the reader makes of content."""
        return self.reader(self.open(data))

    def collect(self, data: bytes) -> tuple[Any, ReadReport]:
        """The same, with a report in place of an error."""
        answer: tuple[Any, ReadReport] = self.reader(self.open(data), on_error="collect")
        return answer

    @property
    def rows(self) -> list[list[str]] | None:
        """The cells of a table in text, header first; None for everything else."""
        text = self.data.decode("utf-8-sig").replace("\r\n", "\n")
        lines = [line for line in text.split("\n") if line and not line.startswith(("#", ",,,"))]
        if self.layout.medium != "table" or text.startswith("{"):
            return None
        return list(csv.reader(lines, delimiter=self._delimiter, quoting=self._quoting))

    @property
    def _delimiter(self) -> str:
        header = self.layout.sample.splitlines()[0]
        return "\t" if "\t" in header else max(",;", key=header.count)

    @property
    def _quoting(self) -> Any:
        # Quotes in text with tabs are part of the cell, as publishers write it.
        return csv.QUOTE_NONE if self._delimiter == "\t" else csv.QUOTE_MINIMAL

    def write(self, rows: list[list[str]]) -> bytes:
        """Rows of cells as text."""

        def cell(text: str) -> str:
            if self._delimiter == "\t":
                return text
            return '"' + text.replace('"', '""') + '"'

        return "\n".join(self._delimiter.join(map(cell, row)) for row in rows).encode()


def cases_of(module: ModuleType) -> list[Case]:
    """The layouts of a format's module.

    Raises:
        AssertionError: It has no `SPEC`, or a layout names a reader that is not there.
    """
    spec = getattr(module, "SPEC", None)
    name = module.__name__
    assert isinstance(spec, FormatSpec), f"{name}: expected a constant SPEC, a FormatSpec"
    cases: list[Case] = []
    for layout in spec.layouts:
        reader = getattr(module, layout.reader, None)
        assert callable(reader), f"{name}: {layout.name}: it has no function {layout.reader}"
        cases.append(Case(name, layout, reader))
    return cases


def reads_its_sample(case: Case) -> None:
    """The sample is read without a problem, and every row counts."""
    assert case.data, "the layout has no sample"
    result, report = case.collect(case.data)
    assert report.is_clean, str(report)
    assert report.rows_read == report.rows_accepted
    assert len(result) > 0 or not report.rows_read, "the sample has rows, and nothing is read"
    assert case.read(case.data) == result


def is_found_by_its_content(case: Case) -> None:
    """`kcharts.read` knows the layout, and takes it if it is a chart."""
    if case.layout.is_chart:
        assert read(case.open(case.data)) == case.read(case.data), (
            "kcharts.read reads it otherwise: is another format's layout alike?"
        )
        return
    refused = _refusal(lambda: read(case.open(case.data)))
    assert refused, "kcharts.read takes it, though the layout says that it is not a chart"
    assert {each.problem.code for each in refused.problems} == {"not-a-chart"}


def takes_every_kind_of_source(case: Case) -> None:
    """Paths, open files in both modes, archives and bytes are read alike."""
    expected = case.read(case.data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, case.file_name)
        path.write_bytes(case.data)
        packed = Path(folder, f"{case.file_name}.gz")
        packed.write_bytes(gzip.compress(case.data))
        archive = Path(folder, "archive.zip")
        with zipfile.ZipFile(archive, "w") as stream:
            stream.writestr(case.file_name, case.data)
        for source in (path, str(path), packed, archive):
            assert case.reader(source) == expected, f"{source!r} is read otherwise"
        with path.open(encoding="utf-8", newline="") as text:
            assert case.reader(text) == expected, "a file open as text is read otherwise"
            assert not text.closed, "the reader closes a file that it did not open"
    # Bytes have no name, and some layouts have the place or the date in the name alone.
    if not case.layout.file_name:
        assert case.reader(case.data) == expected, "bytes are read otherwise"


def does_not_care_for_line_ends(case: Case) -> None:
    """Line ends and a byte order mark make no difference."""
    expected = case.read(case.data)
    lines = case.data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    for mark in (b"", b"\xef\xbb\xbf"):
        for end in (b"\n", b"\r\n", b"\r"):
            assert case.read(mark + end.join(lines)) == expected, f"{mark!r}, {end!r}"


def does_not_care_for_the_order_of_columns(case: Case) -> None:
    """Columns are found by their names."""
    rows = case.rows
    if rows is not None:
        changed = case.write([row[::-1] for row in rows])
        assert case.read(changed) == case.read(case.write(rows))


def keeps_columns_that_it_does_not_know(case: Case) -> None:
    """A column without a field is noted, and its cells are in the extras."""
    rows = case.rows
    if rows is None:
        return
    more = [[*row, f"v{number}" if number else "brand new"] for number, row in enumerate(rows)]
    result, report = case.collect(case.write(more))
    assert report.is_clean, str(report)
    if case.layout.is_chart and len(rows) > 1:
        assert any(note.code == "unknown-column" for note in report.notes), "no note"
        assert any(dict(row.extras).get("brand new") for row in result), "the cells are lost"


def names_the_column_that_is_missing(case: Case) -> None:
    """Each required column that is taken out is named, in one problem."""
    rows, needed = case.rows, case.layout.columns
    if rows is None or len(needed) == 1:
        return
    for column in needed:
        header = [name.strip().casefold() for name in rows[0]]
        assert column.casefold() in header, f"the sample has no column {column}"
        at = header.index(column.casefold())
        less = case.write([row[:at] + row[at + 1 :] for row in rows])
        _, report = case.collect(less)
        assert report.counts == {"missing-column": 1}, f"without {column}: {report}"
        assert re.search(re.escape(column), str(report)), f"{column} is not named: {report}"


# What a download leaves in place of a file: nothing, an error page, the start of an archive. The
# nested brackets are deeper than Python's stack.
_FOREIGN = (
    *(b"", b"null", b"<html><title>Page Not Found</title>", b"PK\x03\x04", b"\x00" * 50),
    *(b"\xff\xfe\x41\x00", b"[" * 5_000, b'{"a":' * 5_000),
)


def answers_what_it_cannot_read(case: Case) -> None:
    """Whatever it gets, a reader answers with a result and a report, or `ParseErrors`."""
    # The last one is a download that broke off.
    for data in (*_FOREIGN, case.data[:-9]):
        _answer(case, data)


_CELLS = ("", "?", "0", "-1", "x" * 40_000, "\x07", "2022-02-30", "1e3", "\u202e")


def loses_no_row(case: Case) -> None:
    """A row with a damaged cell is read or reported, never dropped."""
    rows = case.rows
    for at in range(len(rows[0]) if rows and len(rows) > 1 else 0):
        assert rows is not None
        for cell in _CELLS:
            row = [*rows[1][:at], cell, *rows[1][at + 1 :]]
            report = _answer(case, case.write([rows[0], row, *rows[2:]]))
            read_rows = report.rows_read
            # None counts where the cell makes the reader refuse the whole file.
            whole = read_rows in (0, len(rows) - 1)
            assert whole, f"{rows[0][at]} {cell[:10]!r}: {read_rows} of {len(rows) - 1} rows"


def _answer(case: Case, data: bytes) -> ReadReport:
    result, report = case.collect(data)
    assert result is not None
    assert report.rows_read == report.rows_accepted + report.rows_rejected, str(report)
    refused = _refusal(lambda: case.read(data))
    if report.is_clean:
        assert refused is None, f"it is refused, but the report is clean: {refused}"
        assert case.read(data) == result
    else:
        assert refused, f"it is accepted, but the report is not clean: {report}"
    return report


def _refusal(call: Callable[[], object]) -> ParseErrors | None:
    try:
        call()
    except ParseErrors as fault:
        return fault
    return None


def says_what_it_reads(case: Case) -> None:
    """The reader has a name, a module and a docstring."""
    assert case.reader.__doc__, "no docstring"
    assert case.reader.__name__ == case.layout.reader
    assert case.reader.__module__ == case.module


def survives_the_kcharts_table(case: Case) -> None:
    """What is read can be written as a kcharts table, and is read back as it was."""
    history = case.read(case.data)
    if isinstance(history, ChartHistory) and history.is_whole:
        text = io.StringIO()
        write_kcharts(history, text)
        assert read_kcharts(text.getvalue().encode()) == history


Promise: TypeAlias = Callable[[Case], None]
PROMISES: tuple[Promise, ...] = (
    *(reads_its_sample, is_found_by_its_content, takes_every_kind_of_source),
    *(does_not_care_for_line_ends, does_not_care_for_the_order_of_columns),
    *(keeps_columns_that_it_does_not_know, names_the_column_that_is_missing),
    *(answers_what_it_cannot_read, loses_no_row, says_what_it_reads, survives_the_kcharts_table),
)
"""What every reader of every layout keeps to."""


def check_format(module: ModuleType, /) -> None:
    """Check that a format's module keeps the promises of every reader, on its own samples.

    For those who write a format outside kcharts: call it in a test. The module has to be
    registered by the entry point `kcharts.formats`, so that `kcharts.read` finds it.

    Args:
        module: The module, with its `SPEC`.

    Raises:
        AssertionError: It breaks some promise; each is named, with the layout.

    >>> from kcharts.formats import netflix
    >>> from kcharts.testing import check_format
    >>> check_format(netflix)
    """
    broken = [f"{case}: {fault}" for case in cases_of(module) for fault in _broken(case)]
    if broken:
        raise AssertionError("\n".join(broken))


def _broken(case: Case) -> Iterator[str]:
    with warnings.catch_warnings():
        # Samples are a few rows long, which is what this warns of.
        warnings.simplefilter("ignore", IncompleteListsWarning)
        for promise in PROMISES:
            try:
                promise(case)
            except Exception as fault:  # noqa: BLE001  (whatever a stranger's reader raises)
                kind = "" if isinstance(fault, AssertionError) else f"{type(fault).__name__}: "
                about = promise.__name__.replace("_", " ")
                yield f"{about}: {kind}{fault}".rstrip(": ")
