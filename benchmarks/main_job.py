"""The main job against what a good user would write by hand: ratios within one run.

    KCHARTS_DATA=... uv run python benchmarks/main_job.py

Reads Netflix's countries file as it is, and ten times its rows (ten sets of weeks, shifted by
whole years of weeks), and prints the median and the range of each ratio. The file is decompressed
before anything is timed, and the garbage collector is left as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import os
import pickle
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kcharts import ChartHistory, StreakTracker, streaks
from kcharts.formats import netflix

NAME = "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
RUNS = 9


def by_hand(data: bytes) -> list[dict[str, str]]:
    """What a good user writes: every row a dictionary of texts, unchecked."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def tenfold(data: bytes) -> bytes:
    """Ten times the rows: the same lists again, 35 weeks later each time."""
    header, _, body = data.partition(b"\n")
    parts = [header]
    for times in range(10):
        shift = dt.timedelta(weeks=35 * times)
        weeks = {line.split(b"\t", 3)[2] for line in body.split(b"\n")}
        copy = body
        for week in sorted(weeks, reverse=True):
            later = dt.date.fromisoformat(week.decode()) + shift
            copy = copy.replace(b"\t" + week + b"\t", b"\t" + str(later).encode() + b"\t")
        parts.append(copy)
    return b"\n".join(parts)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(name: str, ours: Callable[[], object], theirs: Callable[[], object], most: str) -> None:
    """Print how long ours takes in terms of theirs, the two in turn."""
    seconds(ours)
    seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    ratios = sorted(one / other for one, other in pairs)
    median = statistics.median(ratios)
    times = [1000 * statistics.median(side) for side in zip(*pairs, strict=True)]
    print(
        f"{name:<52} {median:5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})  "
        f"{times[0]:7.1f} ms against {times[1]:7.1f} ms   asked for: {most}"
    )


def size(data: bytes) -> None:
    """Print what a history holds a row, beyond its distinct titles."""
    netflix.read_countries(data)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    history = netflix.read_countries(data)
    held = tracemalloc.get_traced_memory()[0] - before
    titles = [(t.name, t.season, t.kind, t.key) for t in history.titles]
    fresh = tracemalloc.get_traced_memory()[0]
    copies = [
        type(title)(name[:1] + name[1:], season=season, kind=kind, key=key[:1] + key[1:])
        for title, (name, season, kind, key) in zip(history.titles, titles, strict=True)
    ]
    of_titles = tracemalloc.get_traced_memory()[0] - fresh
    tracemalloc.stop()
    print(
        f"{'bytes a row':<52} {held / len(history):5.1f} in all, "
        f"{(held - of_titles) / len(history):.1f} beyond {len(copies):,} titles   "
        "asked for: at most 40"
    )


def imports() -> None:
    """Print how long importing takes in terms of importing attrs, each in a new interpreter."""
    ours = "from kcharts import ChartHistory, Title, read, streaks"
    times: dict[str, list[float]] = {code: [] for code in ("pass", "import attrs", ours)}
    for _ in range(15):
        for code, found in times.items():
            found.append(seconds(partial(subprocess.run, [sys.executable, "-c", code], check=True)))
    base, other, one = map(statistics.median, times.values())
    one, other = one - base, other - base
    print(
        f"{'import of the main names, against import attrs':<52} {one / other:5.2f}"
        f"{'':16}{1000 * one:7.1f} ms against {1000 * other:7.1f} ms   asked for: at most 2.5"
    )


def measure(name: str, data: bytes) -> None:
    """All ratios for one file."""
    history: ChartHistory = netflix.read_countries(data)
    print(f"\n{name}: {len(history):,} rows")
    ratio(
        "read_countries, against list(csv.DictReader)",
        lambda: netflix.read_countries(data),
        lambda: by_hand(data),
        "at most 1.25",
    )
    for top, most in ((1, "at most 0.10"), (10, "at most 1.5")):
        ratio(
            f"streaks(top={top}), against reading",
            partial(asked, pool(history), top),
            lambda: netflix.read_countries(data),
            most,
        )
    stored = StreakTracker(history.select(end=history.dates[-2])).to_json()
    new = history.select(start=history.dates[-1])
    trackers: list[StreakTracker] = []
    for _ in range(RUNS + 1):
        trackers.append(StreakTracker.from_json(stored))
        trackers[-1].streaks()
    waiting = iter(trackers)
    ratio(
        "tracker.update of the last week, against streaks",
        lambda: next(waiting).update(new),
        partial(asked, pool(history), 1),
        "nothing",
    )
    size(data)


def pool(history: ChartHistory) -> Iterator[ChartHistory]:
    """Equal histories of which nothing was asked before, so that nothing is kept from it."""
    return iter([pickle.loads(pickle.dumps(history)) for _ in range(RUNS + 1)])


def asked(fresh: Iterator[ChartHistory], top: int) -> object:
    """The streaks of the next history of a pool."""
    return streaks(next(fresh), top=top)


def main() -> None:
    """Measure the file as it is, ten times its rows, and importing."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    data = gzip.decompress((Path(folder) / NAME).read_bytes())
    print(f"Python {sys.version.split()[0]}, medians of {RUNS} pairs, the range in brackets")
    measure("the countries file", data)
    measure("ten times its rows", tenfold(data))
    print()
    imports()


if __name__ == "__main__":
    main()
