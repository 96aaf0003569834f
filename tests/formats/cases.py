"""The layouts of all formats, found by walking the package, with what tests do to their samples."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from kcharts import formats
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
    for each in iter_modules(formats.__path__):
        if not each.name.startswith("_"):
            module = import_module(f"{formats.__name__}.{each.name}")
            spec: FormatSpec = module.SPEC
            found += [
                Case(module.__name__, layout, getattr(module, layout.reader))
                for layout in spec.layouts
            ]
    return found


CASES = cases()


def cells_of(case: Case) -> tuple[bytes, list[list[str]]]:
    """The delimiter and the rows of a sample, header first; notes above it left out."""
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
