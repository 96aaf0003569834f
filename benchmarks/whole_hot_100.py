"""What a whole Hot 100 costs: 3,550 weekly lists of 100, 33,000 titles, 355,000 rows, invented.

    uv run python benchmarks/whole_hot_100.py

Prints seconds of CPU, of one call each on a history of which nothing was asked before. The titles
are drawn by a fixed seed: each week some nine fall off, as many come in, and the others move.
"""

from __future__ import annotations

import datetime as dt
import pickle
import random
import sys
import time
from collections.abc import Callable, Iterator

from kcharts import (
    Chart,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    RankSnapshot,
    Title,
    first_to_reach,
)
from kcharts.similarity import similarity_over_time

WEEKS, DEPTH, FIRST = 3_550, 100, dt.date(1958, 8, 9)
SERIES = ChartSeries(
    publisher="Invented",
    platform="Invented",
    category="Songs",
    frequency=Frequency.WEEKLY,
    depth=DEPTH,
)


def lists() -> Iterator[list[int]]:
    """The numbers of the titles on each list, the No. 1 first."""
    draw, leave = random.Random(1958), (9, 9, 9, 10)
    held, new = list(range(DEPTH)), DEPTH
    for _ in range(WEEKS):
        yield held
        # Moved by up to eight ranks; the new ones come in anywhere.
        held = sorted(held, key=lambda number: held.index(number) + draw.uniform(-8, 8))
        leaving = draw.choice(leave)
        stay = sorted(draw.sample(range(DEPTH), DEPTH - leaving))
        held = [held[rank] for rank in stay]
        for number in range(new, new + leaving):
            held.insert(draw.randint(0, len(held)), number)
        new += leaving


def whole() -> ChartHistory:
    """The history."""
    chart = Chart(SERIES, Country("US"))
    titles: dict[int, Title] = {}
    rows: list[RankSnapshot] = []
    for week, numbers in enumerate(lists()):
        date = FIRST + dt.timedelta(weeks=week)
        for rank, number in enumerate(numbers, start=1):
            title = titles.get(number)
            if title is None:
                title = titles[number] = Title(f"Song {number}", by=f"Singer {number % 9_000}")
            rows.append(RankSnapshot(title, chart, date, rank))
    return ChartHistory.from_snapshots(rows)


def seconds(work: Callable[[ChartHistory], object], history: ChartHistory) -> float:
    """The CPU time of one call."""
    start = time.process_time()
    work(history)
    return time.process_time() - start


ASKED: dict[str, tuple[Callable[[ChartHistory], object], str]] = {
    "first_to_reach(where=..., top=None)": (
        lambda history: first_to_reach(history, where=lambda _title: True, top=None),
        "at most 2 s",
    ),
    "similarity_over_time": (lambda history: list(similarity_over_time(history)), "at most 3 s"),
    "list(history)": (list, "at most 1.5 s"),
}


def main() -> None:
    """Print what each call takes."""
    history = whole()
    print(f"Python {sys.version.split()[0]}, {len(history):,} rows, {len(history.titles):,} titles")
    stored = pickle.dumps(history)
    for name, (work, most) in ASKED.items():
        fresh: ChartHistory = pickle.loads(stored)
        print(f"{name:<36} {seconds(work, fresh):6.2f} s   asked for: {most}")


if __name__ == "__main__":
    main()
