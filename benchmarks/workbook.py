"""Reading a workbook against what it cannot do without: python-calamine, and the checks before it.

    KCHARTS_DATA=... uv run python benchmarks/workbook.py

Reads Netflix's own countries workbook of 65,800 rows, and prints the median and the range of the
ratios, each from pairs that were timed in turn. The garbage collector is left as it is.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

from kcharts.formats import netflix
from kcharts.sources.limits import LIMITS
from kcharts.sources.preflight import preflight
from kcharts.sources.source import Payload

NAME = "netflix/xlsx/native_all-weeks-countries_2022-02-27.xlsx"
RUNS = 9


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def calamine(data: bytes) -> object:
    """What python-calamine alone makes of the first sheet, unchecked."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def told(name: str, ratios: list[float], most: str) -> None:
    """Print the median and the range of ratios."""
    ordered = sorted(ratios)
    median = statistics.median(ordered)
    print(f"{name:<52} {median:5.2f} ({ordered[0]:.2f} to {ordered[-1]:.2f})   asked for: {most}")


def main() -> None:
    """Time the three in turn."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    data = (Path(folder) / NAME).read_bytes()
    payload = Payload(NAME, data)
    works: tuple[Callable[[], object], ...] = (
        lambda: netflix.read_countries(data),
        lambda: calamine(data),
        lambda: preflight(payload, LIMITS),
    )
    for work in works:
        work()
    times = [tuple(map(seconds, works)) for _ in range(RUNS)]
    print(f"Python {sys.version.split()[0]}, {RUNS} runs, the range in brackets")
    for name, each in zip(
        ("kcharts", "calamine", "preflight"), zip(*times, strict=True), strict=True
    ):
        print(f"{name:<52} {1000 * statistics.median(each):7.1f} ms")
    told(
        "read_countries, against python-calamine and preflight",
        [ours / (alone + before) for ours, alone, before in times],
        "at most 1.5",
    )
    told(
        "the preflight, against python-calamine",
        [before / alone for _, alone, before in times],
        "at most 1",
    )


if __name__ == "__main__":
    main()
