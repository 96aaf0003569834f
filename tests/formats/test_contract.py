"""What every format module keeps to: each is found by walking the package, none is named here."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

import pytest

from kcharts import formats
from kcharts.errors import ParseErrors
from kcharts.formats._detect import read
from kcharts.reading.spec import FormatSpec, Layout
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Source


class Case(NamedTuple):
    """One layout of one module, with its reader."""

    module: str
    layout: Layout
    reader: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.module.rpartition('.')[2]}: {self.layout.name}"

    @property
    def data(self) -> bytes:
        return self.layout.sample.encode()

    @property
    def name(self) -> str:
        return self.layout.file_name or "sample"

    def named(self, data: bytes) -> io.BytesIO:
        """The content as a binary handle that has the name of a downloaded file."""
        stream = io.BytesIO(data)
        stream.name = self.name
        return stream

    def collected(self, source: Source) -> tuple[Any, ReadReport]:
        found: tuple[Any, ReadReport] = self.reader(source, on_error="collect")
        return found


def cases() -> list[Case]:
    found: list[Case] = []
    for each in iter_modules(formats.__path__, f"{formats.__name__}."):
        if not each.name.rpartition(".")[2].startswith("_"):
            module = import_module(each.name)
            spec: FormatSpec = module.SPEC
            found += [
                Case(each.name, layout, getattr(module, layout.reader)) for layout in spec.layouts
            ]
    return found


CASES = cases()
pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # samples are a few rows long
)
every = pytest.mark.parametrize("case", CASES, ids=str)
delimited = pytest.mark.parametrize(
    "case", [case for case in CASES if case.layout.medium == "table"], ids=str
)


@every
def test_a_layout_has_a_sample_of_it(case: Case) -> None:
    result, report = case.collected(case.named(case.data))
    assert report.is_clean, str(report)
    assert report.rows_read == report.rows_accepted
    if case.layout.columns != ("note",):
        assert len(result) > 0


@every
def test_read_finds_the_reader_by_the_content(case: Case) -> None:
    if case.layout.is_chart:
        assert read(case.named(case.data)) == case.reader(case.named(case.data))
    else:
        with pytest.raises(ParseErrors, match="not-a-chart"):
            read(case.named(case.data))


@every
def test_all_kinds_of_sources_are_equal(case: Case, tmp_path: Path) -> None:
    expected = case.reader(case.named(case.data))
    path = tmp_path / case.name
    path.write_bytes(case.data)

    class Openable:
        """What has an `open` method and a name, as files of packages have."""

        name = case.name

        def open(self, mode: str = "r") -> Any:
            return path.open(mode)

    class Named:
        """What has nothing but a path."""

        def __fspath__(self) -> str:
            return str(path)

    sources: list[Any] = [path, str(path), Named(), Openable(), case.named(case.data)]
    with path.open("rb") as binary, path.open(encoding="utf-8", newline="") as text:
        for source in (*sources, binary, text):
            assert case.reader(source) == expected
        assert not binary.closed
        assert not text.closed
    if not case.layout.file_name:
        assert case.reader(case.data) == expected


@every
def test_archives_are_unpacked(case: Case, tmp_path: Path) -> None:
    packed = tmp_path / f"{case.name}.gz"
    packed.write_bytes(gzip.compress(case.data))
    assert case.reader(packed) == case.reader(case.named(case.data))
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr(case.name, case.data)
    assert case.reader(archive) == case.reader(case.named(case.data))


@every
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_line_ends_and_byte_order_marks_make_no_difference(
    case: Case, end: bytes, mark: bytes
) -> None:
    lines = case.data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    changed = mark + end.join(lines)
    assert case.reader(case.named(changed)) == case.reader(case.named(case.data))


def cells_of(case: Case) -> tuple[bytes, list[list[str]]]:
    """The delimiter and the rows of a sample, header first; notes above it left out."""
    import csv

    text = case.data.decode("utf-8-sig").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line and not line.startswith(("#", ",,,"))]
    mark = "\t" if "\t" in lines[0] else ","
    if mark == "\t":
        return b"\t", [line.split("\t") for line in lines]
    return b",", list(csv.reader(lines))


def written(mark: bytes, rows: list[list[str]]) -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if mark == b"," else text

    return b"\n".join(mark.join(cell(text).encode() for text in row) for row in rows)


@delimited
def test_the_order_of_columns_makes_no_difference(case: Case) -> None:
    if case.data.startswith(b"{"):
        return
    mark, rows = cells_of(case)
    changed = written(mark, [row[::-1] for row in rows])
    assert case.reader(case.named(changed)) == case.reader(case.named(written(mark, rows)))


@delimited
def test_an_unknown_column_is_noted_and_kept(case: Case) -> None:
    if case.data.startswith(b"{"):
        return
    mark, rows = cells_of(case)
    more = [[*row, "brand new" if n == 0 else f"v{n}"] for n, row in enumerate(rows)]
    result, report = case.collected(case.named(written(mark, more)))
    assert report.is_clean
    if case.layout.is_chart and len(rows) > 1:
        assert any(note.code == "unknown-column" for note in report.notes)
        assert any(dict(row.extras).get("brand new") for row in result)


@delimited
def test_a_missing_column_is_named_once(case: Case) -> None:
    if len(case.layout.columns) < 2 or case.data.startswith(b"{"):
        return
    mark, rows = cells_of(case)
    for column in case.layout.columns:
        at = [name.strip().casefold() for name in rows[0]].index(column.casefold())
        less = [row[:at] + row[at + 1 :] for row in rows]
        with pytest.raises(ParseErrors, match=rf"(?s)1 problem.*{re.escape(column)}") as caught:
            case.reader(case.named(written(mark, less)))
        assert caught.value.problems[0].problem.code == "missing-column"


@every
def test_a_truncated_or_foreign_source_is_answered_in_words(case: Case) -> None:
    sources = (b"", b"null", b"<html><title>Page Not Found</title>", b"PK\x03\x04", case.data[:-9])
    for data in (*sources, b"\x00" * 50, b"\xff\xfe\x41\x00", b"[" * 5_000, b'{"a":' * 5_000):
        result, report = case.collected(case.named(data))
        assert report.rows_read == report.rows_accepted + report.rows_rejected
        assert result is not None


@every
def test_a_reader_says_what_it_reads(case: Case) -> None:
    assert case.reader.__doc__
    assert case.reader.__name__ == case.layout.reader
    assert case.reader.__module__ == case.module
