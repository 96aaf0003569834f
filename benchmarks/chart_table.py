"""Chart tables of every issue against the pandas code for the same columns: ratios in one run.

    KCHARTS_DATA=... uv run python benchmarks/chart_table.py

Both start from Netflix's countries file as it was read, a history here and a data frame there,
and end with the same columns, which are compared cell by cell before anything is timed. The
garbage collector is left as it is.
"""

from __future__ import annotations

import gzip
import io
import os
import pickle
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kcharts import ChartHistory, chart_tables
from kcharts.formats import netflix

NAME = "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
RUNS = 15
COLUMNS = (
    *("country", "category", "date", "rank", "title", "season"),
    *("last", "movement", "peak", "periods", "periods_at_peak"),
)
NAMES = {
    "country_iso2": "country",
    "week": "date",
    "weekly_rank": "rank",
    "show_title": "title",
    "season_title": "season",
}


def frame_of(data: bytes) -> pd.DataFrame:
    """The file as a good user has it: dates as dates, "N/A" as no season."""
    frame = pd.read_csv(
        io.BytesIO(data),
        sep="\t",
        quoting=3,
        keep_default_na=False,
        na_values={"season_title": ["N/A"]},
        parse_dates=["week"],
    )
    return frame.rename(columns=NAMES)


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by chart, week and rank."""
    return frame.sort_values(["category", "country", "date", "rank"], ignore_index=True)


def by_hand(frame: pd.DataFrame) -> pd.DataFrame:
    """What a good user writes, on rows in order: one number a title, then windows over it."""
    table = frame.copy()
    issue = pd.Series(table["date"].factorize(sort=True)[0])
    keys = ["category", "country", "title", "season"]
    title = table.groupby(keys, dropna=False, sort=False).ngroup()
    rank = table["rank"]
    ranks = rank.groupby(title, sort=False)
    table["periods"] = ranks.cumcount() + 1
    table["peak"] = ranks.cummin()
    at_peak = rank == table["peak"]
    table["periods_at_peak"] = at_peak.groupby([title, table["peak"]], sort=False).cumsum()
    step = issue - issue.groupby(title, sort=False).shift()
    table["last"] = ranks.shift().where(step == 1)
    gained = (table["last"] - rank).fillna(0).astype(int)
    size = gained.abs().astype(str)
    table["movement"] = np.select(
        [table["periods"] == 1, table["last"].isna(), gained > 0, gained < 0],
        ["NEW", "RE", "+" + size, "-" + size],
        "=",
    )
    return table[list(COLUMNS)]


def ours(history: ChartHistory) -> dict[str, list[Any]]:
    """The same columns."""
    columns = chart_tables(history).entries.to_columns()
    return {name: columns[name] for name in COLUMNS}


def check(history: ChartHistory, frame: pd.DataFrame) -> None:
    """Stop unless both have the same cells in the same order."""
    theirs = by_hand(in_order(frame))
    theirs["date"] = theirs["date"].dt.date
    for name, cells in ours(history).items():
        other = [None if pd.isna(cell) else cell for cell in theirs[name].tolist()]
        if cells != other:
            sys.exit(f"the columns differ: {name}")
    print(f"{len(theirs):,} rows, {len(COLUMNS)} columns, equal in every cell")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(name: str, one: Callable[[], object], other: Callable[[], object], most: str) -> None:
    """Print how long one takes in terms of the other, the two in turn."""
    seconds(one)
    seconds(other)
    pairs = [(seconds(one), seconds(other)) for _ in range(RUNS)]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    times = [1000 * statistics.median(side) for side in zip(*pairs, strict=True)]
    print(
        f"{name:<52} {statistics.median(ratios):5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})  "
        f"{times[0]:7.1f} ms against {times[1]:7.1f} ms   asked for: {most}"
    )


def pool(history: ChartHistory) -> Iterator[ChartHistory]:
    """Equal histories of which nothing was asked before, so that nothing is kept from it."""
    return iter([pickle.loads(pickle.dumps(history)) for _ in range(RUNS + 1)])


def main() -> None:
    """Compare the columns, then the time that they take."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    data = gzip.decompress((Path(folder) / NAME).read_bytes())
    history, frame = netflix.read_countries(data), frame_of(data)
    print(
        f"Python {sys.version.split()[0]}, pandas {pd.__version__}, "
        f"medians of {RUNS} pairs, the range in brackets"
    )
    check(history, frame)
    ordered = in_order(frame)
    fresh = pool(history)
    ratio(
        "all columns, against pandas with its sort",
        lambda: ours(next(fresh)),
        lambda: by_hand(in_order(frame)),
        "at most 1",
    )
    fresh = pool(history)
    ratio(
        "all columns, against pandas on rows in order",
        lambda: ours(next(fresh)),
        lambda: by_hand(ordered),
        "nothing",
    )
    fresh = pool(history)
    ratio(
        "all tables as objects, against pandas with its sort",
        lambda: list(chart_tables(next(fresh))),
        lambda: by_hand(in_order(frame)),
        "nothing",
    )


if __name__ == "__main__":
    main()
