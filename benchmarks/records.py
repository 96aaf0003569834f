"""Records against what a good user would write with pandas: ratios within one run.

    KCHARTS_DATA=... uv run python benchmarks/records.py

Takes Netflix's countries file of 65,800 rows, as a history and as a data frame of the columns as
they are read, and asks both for the same record: the longest run at No. 1, the most countries at
once, the biggest climb. The values are compared before anything is timed. pandas knows nothing of
lists that are not in hand, of ties and of challengers; reading is not timed on either side.
"""

from __future__ import annotations

import os
import pickle
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd

from kcharts import ChartHistory, records
from kcharts.formats import netflix

NAME = "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
RUNS = 9


WORK = ["category", "show_title", "season_title"]
PLACE = ["country_iso2", *WORK]


def longest(frame: pd.DataFrame) -> int:
    """The longest run at No. 1, by the difference of week and row number."""
    held = frame[frame["weekly_rank"] == 1].sort_values([*PLACE, "week"])
    row = held.groupby(PLACE, dropna=False).cumcount()
    runs = held.assign(run=held["week"] - pd.to_timedelta(7 * row, unit="D"))
    return int(runs.groupby([*PLACE, "run"], dropna=False).size().max())


def countries(frame: pd.DataFrame) -> int:
    """The most places at No. 1 in one week."""
    held = frame[frame["weekly_rank"] == 1]
    return int(held.groupby([*WORK, "week"], dropna=False)["country_iso2"].nunique().max())


def climb(frame: pd.DataFrame) -> int:
    """The biggest climb from one week to the next."""
    ordered = frame.sort_values([*PLACE, "week"])
    before = ordered.groupby(PLACE, dropna=False)[["weekly_rank", "week"]].shift(1)
    next_one = ordered["week"] - before["week"] == pd.Timedelta(days=7)
    return int((before["weekly_rank"] - ordered["weekly_rank"])[next_one].max())


ASKED: dict[str, tuple[Callable[[ChartHistory], int | None], Callable[[pd.DataFrame], int]]] = {
    "longest_streaks": (lambda history: records.longest_streaks(history).value, longest),
    "most_countries": (lambda history: records.most_countries(history).value, countries),
    "biggest_climb": (lambda history: records.biggest_climb(history).value, climb),
}


def pool(history: ChartHistory) -> Iterator[ChartHistory]:
    """Equal histories of which nothing was asked before, so that nothing is kept from it."""
    return iter([pickle.loads(pickle.dumps(history)) for _ in range(RUNS)])


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Compare the values, then print the ratios."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    path = Path(folder) / NAME
    history = netflix.read_countries(path)
    # Namibia is NA, which is no missing cell.
    frame = pd.read_csv(path, sep="\t", parse_dates=["week"], keep_default_na=False)
    print(f"Python {sys.version.split()[0]}, {len(history):,} rows, medians of {RUNS} pairs")
    for name, (ours, theirs) in ASKED.items():
        assert ours(history) == theirs(frame), name
        pairs = [
            (seconds(partial(ours, fresh)), seconds(partial(theirs, frame)))
            for fresh in pool(history)
        ]
        ratios = sorted(one / other for one, other in pairs)
        one, other = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
        print(
            f"{name:<16} {statistics.median(ratios):5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})  "
            f"{one:6.1f} ms against {other:6.1f} ms with pandas"
        )


if __name__ == "__main__":
    main()
