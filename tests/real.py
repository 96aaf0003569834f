"""The publishers' own files, each read once a session, however many tests ask for it.

Files are named by their path in the folder of publishers' files. `kcharts.read` knows each by its
content, and reads it as the publisher's own reader does.
"""

from __future__ import annotations

import io
import os
import tarfile
from functools import cache
from pathlib import Path

import pytest

import kcharts
from kcharts import ChartHistory, ReadReport

WITHOUT_DATA = "checks against the publishers' own chart files: KCHARTS_DATA is not set"


def data_folder() -> Path:
    """The folder of publishers' files; skips the test where there is none.

    A folder that is named but not there is a mistake, not a reason to skip.
    """
    named = os.environ.get("KCHARTS_DATA")
    if not named:
        pytest.skip(WITHOUT_DATA)
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"KCHARTS_DATA names no folder: {named}", pytrace=False)
    return folder


@cache
def history_of(*names: str) -> ChartHistory:
    """The history of one file, or of several together."""
    return kcharts.read(*(data_folder() / name for name in names))


@cache
def collected_of(name: str) -> tuple[ChartHistory, ReadReport]:
    """What is kept of a file with faulty rows, and the report."""
    return kcharts.read(data_folder() / name, on_error="collect")


@cache
def archive_of(name: str) -> ChartHistory:
    """The history of all files in a tar archive."""
    sources: list[io.BytesIO] = []
    with tarfile.open(data_folder() / name) as archive:
        for member in archive.getmembers():
            stream = archive.extractfile(member)
            if stream is not None:
                sources.append(io.BytesIO(stream.read()))
                sources[-1].name = member.name
    return kcharts.read(*sources)
