"""Comparing two vintages against the pandas code that a good user would write for it.

    KCHARTS_DATA=... uv run python benchmarks/compare.py

Compares Netflix's countries files of 2021-12-01 and 2021-12-08, read before anything is timed. Both
sides join the rows on place, category, week and rank, find the cells that differ, and class them;
that they find the same places is checked first. Prints the median and the range of the ratios, the
sides timed in turn; the garbage collector is left as it is.
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
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from kcharts import ChartHistory, compare
from kcharts.formats import netflix
from kcharts.vintages import Revision, RevisionKind, Revisions

if TYPE_CHECKING:
    Frame: TypeAlias = pd.DataFrame

NAMES = tuple(f"netflix/vintages/2021-12-0{day}_all-weeks-countries.tsv.gz" for day in (1, 8))
RUNS = 9
LIST = ["country_iso2", "category", "week"]
KEYS = [*LIST, "weekly_rank"]
TITLE = ["show_title", "season_title"]
COUNTER = "cumulative_weeks_in_top_10"
Pair = tuple[ChartHistory, ChartHistory]
Place = tuple[str, str, str, int]


def framed(path: Path) -> Frame:
    """A file as pandas reads it; "N/A" and "NA" (Namibia) are texts."""
    return pd.read_csv(path, sep="\t", keep_default_na=False, quoting=3)


def as_codes(old: Frame, new: Frame) -> tuple[Frame, Frame]:
    """The frames with their texts as categories, the same ones in both."""
    old, new = old.copy(), new.copy()
    for name in [*LIST, *TITLE]:
        kind = pd.CategoricalDtype(pd.concat([old[name], new[name]]).unique())
        old[name], new[name] = old[name].astype(kind), new[name].astype(kind)
    return old, new


def by_hand(old: Frame, new: Frame) -> dict[str, Frame]:
    """What a good user writes: merge on the keys, compare the cells, class what differs.

    Left joins instead of one outer join, which sorts; and of the new lists only those concerned
    are searched for titles that moved. Either takes about half the time.
    """
    joined = old.merge(new, on=KEYS, how="left", suffixes=("_old", "_new"), indicator=True)
    both = joined[joined["_merge"] == "both"]
    of_new = new[KEYS].merge(old[KEYS], on=KEYS, how="left", indicator=True)
    show, season = (both[f"{name}_old"] != both[f"{name}_new"] for name in TITLE)
    counters = both[f"{COUNTER}_old"] != both[f"{COUNTER}_new"]
    retitled = both[show | season]
    respelt = pd.Series(data=True, index=retitled.index)
    for name in TITLE:
        was, now = (retitled[f"{name}_{side}"].astype(str) for side in ("old", "new"))
        respelt &= was.str.casefold() == now.str.casefold()
    real = retitled[~respelt]
    there = new.merge(real[LIST].drop_duplicates(), on=LIST)[[*LIST, *TITLE]].drop_duplicates()
    sought = real.rename(columns={f"{name}_old": name for name in TITLE})
    fates = sought.merge(there, on=[*LIST, *TITLE], how="left", indicator="fate")
    return {
        "different": both[show | season | counters],
        "retitled": retitled,
        "respelt": retitled[respelt],
        "moved": fates[fates["fate"] == "both"],
        "replaced": fates[fates["fate"] == "left_only"],
        "counter alone": both[counters & ~show & ~season],
        "lost": joined[joined["_merge"] == "left_only"],
        "added": of_new[of_new["_merge"] == "left_only"],
    }


def by_kcharts(histories: Pair) -> Revisions:
    """The same in kcharts, which also proves renames and compares what is known of the lists."""
    return compare(*histories)


def with_values(histories: Pair) -> list[Revision]:
    """The same, and a value made of each place."""
    return list(compare(*histories))


def places(found: Frame) -> list[Place]:
    """The keys of rows."""
    return sorted(zip(*(found[name].tolist() for name in KEYS), strict=True))


def agree(found: Revisions, frames: dict[str, Frame]) -> None:
    """Stop unless both sides find the same places of each class."""

    def keys(revisions: Any) -> list[Place]:
        return sorted(
            (each.chart.code, each.chart.series.category, str(each.date), each.rank)
            for each in revisions
        )

    kinds = found.by_kind
    counter = RevisionKind.COUNTER_CORRECTED
    ours = {
        "different": keys(found),
        "retitled": keys(found.retitled),
        "respelt": keys(kinds[RevisionKind.RESPELT]),
        "moved": keys(kinds[RevisionKind.MOVED]),
        "replaced": keys(kinds[RevisionKind.REPLACED]),
        "counter alone": keys(each for each in found if each.kinds == (counter,)),
        "lost": [],
    }
    for name, expected in ours.items():
        if places(frames[name]) != expected:
            sys.exit(f"{name}: {len(frames[name])} places against {len(expected)}")
        print(f"{name:<16} {len(expected):6,} places on both sides")
    added = sum(each.rows for each in kinds[RevisionKind.LIST_ADDED])
    if len(frames["added"]) != added:
        sys.exit(f"added: {len(frames['added'])} rows against {added}")
    print(f"{'added':<16} {added:6,} rows on both sides")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Print how long ours takes in terms of theirs, the two in turn."""
    seconds(ours)
    seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    ratios = sorted(one / other for one, other in pairs)
    times = [1000 * statistics.median(side) for side in zip(*pairs, strict=True)]
    print(
        f"{name:<56} {statistics.median(ratios):5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})  "
        f"{times[0]:6.1f} ms against {times[1]:6.1f} ms   asked for: at most 1"
    )


def of_next(work: Callable[[Pair], object], waiting: Iterator[Pair]) -> object:
    """What is made of the next two histories."""
    return work(next(waiting))


def main() -> None:
    """Check that both sides agree, and time them in turn."""
    folder = os.environ.get("KCHARTS_DATA")
    if not folder:
        sys.exit("KCHARTS_DATA names no folder of publishers' files")
    paths = [Path(folder) / name for name in NAMES]
    frames = framed(paths[0]), framed(paths[1])
    coded = as_codes(*frames)
    histories = netflix.read_countries(paths[0]), netflix.read_countries(paths[1])
    agree(compare(*histories), by_hand(*frames))
    agree(compare(*histories), by_hand(*coded))
    print(f"Python {sys.version.split()[0]}, pandas {pd.__version__}, medians of {RUNS} pairs")
    for name, ours in (("compare", by_kcharts), ("compare, and all values", with_values)):
        for kind, sides in (("texts", frames), ("categories", coded)):
            # Equal histories of which nothing was asked before, so that nothing is kept from it.
            fresh = iter([pickle.loads(pickle.dumps(histories)) for _ in range(RUNS + 1)])
            ratio(
                f"{name}, against pandas on {kind}",
                partial(of_next, ours, fresh),
                partial(by_hand, *sides),
            )


if __name__ == "__main__":
    main()
