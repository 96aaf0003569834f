"""The audit against the pandas code a good user would write: ratios within one run.

    KCHARTS_DATA=... uv run python benchmarks/audit.py

Both are given Netflix's countries file as it was read, kcharts a history and pandas a frame. Both
find nothing in it, so a copy is measured too, with faults put in: a counter that slips, counters
that jump, a list that repeats the one before, one that lacks a rank, and a title that is renamed.
kcharts says what each is; pandas counts the rows and lists that it makes conspicuous. Prints the
median and the range of the ratios of rounds taken in turn: asked for is at most 1. A second
ratio is to a mere count of each title's rows. The garbage collector is left as it is.
"""

from __future__ import annotations

import gzip
import io
import os
import pickle
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd

from kcharts import ChartHistory, audit, read
from kcharts.errors import IncompleteListsWarning

NAME = "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
RUNS = 9
CHART = ["country_iso2", "category"]
TITLE = ["show_title", "season_title"]
WEEKS, RANK = "cumulative_weeks_in_top_10", "weekly_rank"
FULL, SEVERAL = 10, 2


def frame(data: bytes) -> pd.DataFrame:
    """The file as a good user reads it."""
    return pd.read_csv(io.BytesIO(data), sep="\t", keep_default_na=False, parse_dates=["week"])


def by_hand(rows: pd.DataFrame) -> dict[str, int]:
    """How many faults of each kind: the checks that the audit makes, as far as pandas goes."""
    rows = rows.assign(
        chart=rows.groupby(CHART, sort=False).ngroup(),
        title=rows.groupby([*CHART, *TITLE], sort=False).ngroup(),
    ).sort_values(["chart", "week", RANK], ignore_index=True)
    issue = rows.groupby(["chart", "week"], sort=False).ngroup()
    same_title = rows.groupby("title", sort=False)
    gain = rows[WEEKS] - same_title[WEEKS].shift(fill_value=0)
    # What the titles of a list gain that were on the one before.
    carried = issue - issue.groupby(rows["title"], sort=False).shift() == 1
    gains = gain[carried].groupby(issue[carried], sort=False).agg(["min", "max", "size"])
    alike = (gains["min"] == gains["max"]) & (gains["size"] >= SEVERAL)
    # A list that is the one before once more: the same title at each rank, no counter moving.
    same_place = rows.groupby(["chart", RANK], sort=False)["title"].shift()
    still = (same_place == rows["title"]) & (gain == 0)
    size = rows.groupby(issue, sort=False)[RANK].agg(["size", "max"])
    return {
        "differing": int((gain != 1).sum()),
        "falling back": int((gain < 1).sum()),
        "rising alike": int((alike & (gains["max"] > 1)).sum()),
        "stale": int(still.groupby(issue, sort=False).all().sum()),
        "repeated": int(rows.duplicated(["chart", "week", "title"], keep=False).sum()),
        "short": int(((size["size"] != FULL) | (size["max"] != FULL)).sum()),
    }


def recounted(rows: pd.DataFrame) -> int:
    """How many weeks differ from a count of rows: the least that pandas can do."""
    rows = rows.sort_values("week", kind="stable")
    again = rows.groupby([*CHART, *TITLE], sort=False).cumcount() + 1
    return int((again != rows[WEEKS]).sum())


def spoilt(data: bytes) -> bytes:
    """A copy of the file with a fault in each of five charts, in the weeks before the last."""
    header, *lines = data.decode().rstrip("\n").split("\n")
    charts: dict[tuple[str, str], dict[str, list[list[str]]]] = {}
    for line in lines:
        row = line.split("\t")
        charts.setdefault((row[1], row[3]), {}).setdefault(row[2], []).append(row)
    one, two, three, four, five = list(charts.values())[:5]
    *_, before, late, last = sorted(one)
    for row in one[late]:
        if int(row[7]) >= SEVERAL:
            row[7] = "1"  # and the counter goes on as before: a slip
            break
    for row in two[last]:
        row[7] = str(int(row[7]) + 1) if int(row[7]) >= SEVERAL else row[7]
    three[late] = [[*row[:2], late, *row[3:]] for row in three[before]]
    del four[late][3]
    five[last][0][5] = "A Name That Nobody Has"
    kept = [row for each in charts.values() for rows in each.values() for row in rows]
    return "\n".join([header, *map("\t".join, kept)]).encode() + b"\n"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fresh(history: ChartHistory) -> Iterator[ChartHistory]:
    """Equal histories of which nothing was asked before, so that nothing is kept from it."""
    stored = pickle.dumps(history)
    while True:
        yield pickle.loads(stored)


def found(history: ChartHistory) -> dict[str, int]:
    """How many findings of each kind."""
    return dict(Counter(each.kind.value for each in audit(history)))


def compared(name: str, data: bytes) -> None:
    """Print what both find in a file, and how long it takes, the two in turn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", IncompleteListsWarning)
        whole = read(data)
    rows, waiting = frame(data), fresh(whole)
    print(f"{name}, {len(rows):,} rows\n  kcharts: {found(whole)}\n  pandas:  {by_hand(rows)}")
    timed(waiting, "the same checks", partial(by_hand, rows))
    timed(waiting, "a count of weeks alone", partial(recounted, rows))


def timed(waiting: Iterator[ChartHistory], name: str, work: Callable[[], object]) -> None:
    """Print how long an audit takes against some work of pandas', by pairs of runs."""
    pairs: list[tuple[float, float]] = []
    for history, _ in zip(waiting, range(RUNS), strict=False):
        pairs.append((seconds(partial(audit, history)), seconds(work)))
    ratios = sorted(one / other for one, other in pairs)
    ours, theirs = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"  audit, against {name} in pandas: {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f})  {ours:.1f} ms against {theirs:.1f} ms"
    )


def main() -> None:
    """Measure the countries file, and a copy with faults."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    data = gzip.decompress((Path(folder) / NAME).read_bytes())
    print(f"Python {sys.version.split()[0]}, pandas {pd.__version__}, medians of {RUNS} pairs")
    compared("the countries file", data)
    compared("with faults put in", spoilt(data))


if __name__ == "__main__":
    main()
