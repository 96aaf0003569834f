"""Faults put into the publishers' files, a kind at a time: found, missed, taken for others."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from attrs import evolve

from kcharts import (
    Chart,
    ChartHistory,
    FindingKind,
    IncompleteListsWarning,
    RankSnapshot,
    Title,
    audit,
)
from kcharts.formats import billboard, netflix
from tests.auditing.counters import changed, rebuilt
from tests.oracles import test_billboard
from tests.oracles.test_audit import PAGE

Issue = list[RankSnapshot]
Issues = list[Issue]
Spoil = Callable[[Issues, int, int], bool]
"""Puts a fault into an issue of a chart, at a rank, if it has a place for it."""


class Tally(NamedTuple):
    """What became of the faults of a kind."""

    put: int
    found: int
    """As what they are, on their dates."""
    unexplained: int
    """Differences of which the audit says that nothing explains them."""
    false: int
    """Findings of a fault that was not put there."""


def stale(issues: Issues, at: int, _rank: int) -> bool:
    issues[at] = [evolve(row, date=issues[at][0].date) for row in issues[at - 1]]
    return True


def hole(issues: Issues, at: int, rank: int) -> bool:
    issues[at] = [
        evolve(row, rank=row.rank - (row.rank > rank)) for row in issues[at] if row.rank != rank
    ]
    return True


def slip(issues: Issues, at: int, rank: int) -> bool:
    row = issues[at][rank - 1]
    issues[at][rank - 1] = changed(row, periods_on_chart=(row.reported.periods_on_chart or 0) + 3)
    return True


def rename(issues: Issues, at: int, rank: int) -> bool:
    """A title that was on the list before has another name from here on."""
    old = issues[at][rank - 1].title
    if old not in {row.title for row in issues[at - 1]}:
        return False
    new = Title(f"A Name of {issues[at][0].date}", kind=old.kind)
    for issue in issues[at:]:
        issue[:] = [evolve(row, title=new) if row.title == old else row for row in issue]
    return True


def homonym(issues: Issues, at: int, rank: int) -> bool:
    """A title that enters has the name of one that is never seen again."""
    new = issues[at][rank - 1]
    later = {row.title for issue in issues[at:] for row in issue}
    gone = [row.title for issue in issues[:at] for row in issue if row.title not in later]
    if new.reported.periods_on_chart != 1 or not gone:
        return False
    for issue in issues[at:]:
        issue[:] = [evolve(r, title=gone[-1]) if r.title == new.title else r for r in issue]
    return True


def twice(issues: Issues, at: int, rank: int) -> bool:
    """A row has the name of the one above it."""
    above = issues[at][rank - 2 if rank > 1 else 1]
    issues[at][rank - 1] = evolve(issues[at][rank - 1], title=above.title)
    return True


Put = tuple[Chart, FindingKind, dt.date]
NO_FAULTS = (FindingKind.LEFT_CENSORED, FindingKind.COUNTED_BELOW)
FAULTS: dict[str, tuple[FindingKind, Spoil]] = {
    "a list repeats the one before": (FindingKind.STALE_ISSUE, stale),
    "a row is lost, and the list closed up": (FindingKind.HOLE_IN_LIST, hole),
    "a counter is 3 too high once": (FindingKind.PUBLISHER_REVISION, slip),
    "a title goes on under another name": (FindingKind.RENAME, rename),
    "a new title has the name of an old one": (FindingKind.HOMONYM, homonym),
    "a row has the name of another": (FindingKind.DUPLICATE_TITLE, twice),
}


def charts_of(history: ChartHistory) -> dict[Chart, Issues]:
    return {
        chart: [list(issue) for _, issue in groupby(rows, key=lambda row: row.date)]
        for chart, rows in groupby(history, key=lambda row: row.chart)
    }


@pytest.fixture(scope="module")
def spoilable(data_dir: Path) -> dict[str, tuple[ChartHistory, int]]:
    """Files in which nothing is wrong; in how many lists one has a fault, or 0: one in a chart."""
    name = "2022-03-02_all-weeks-countries.tsv.gz"
    late = billboard.read_archive(data_dir / "billboard" / test_billboard.LATE)
    return {
        "countries": (netflix.read_countries(data_dir / "netflix" / "vintages" / name), 0),
        "Hot 100": (late, 10),
    }


def spoilt(history: ChartHistory, fault: str, every: int) -> tuple[ChartHistory, set[Put]]:
    """A copy with faults: one in each chart, or one in every so many lists of the only one."""
    kind, spoil = FAULTS[fault]
    charts = charts_of(history)
    put: set[Put] = set()
    for number, (chart, issues) in enumerate(charts.items()):
        places = range(2, len(issues) - 1, every) if every else [2 + 7 * number % (len(issues) - 3)]
        for at in places:
            ranks = range(1, len(issues[at]) + 1)
            turned = 3 * (number + at) % len(ranks)
            if any(spoil(issues, at, rank) for rank in (*ranks[turned:], *ranks[:turned])):
                put.add((chart, kind, issues[at][0].date))
    rows = [row for issues in charts.values() for issue in issues for row in issue]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", IncompleteListsWarning)
        return rebuilt(history, rows), put


def tallied(history: ChartHistory, fault: str, every: int) -> Tally:
    faulty, put = spoilt(history, fault, every)
    findings = [each for each in audit(faulty) if each.kind not in NO_FAULTS]
    seen = [{(each.chart, each.kind, day) for day in each.dates} for each in findings]
    unexplained = sum(each.kind is FindingKind.UNEXPLAINED for each in findings)
    false = sum(put.isdisjoint(those) for those in seen) - unexplained
    return Tally(len(put), len(put & set().union(*seen)), unexplained, false)


def test_the_docs_count_what_becomes_of_faults(
    spoilable: dict[str, tuple[ChartHistory, int]],
) -> None:
    """Each row of the table: the fault, the file, and how many are put in and found."""
    rows = re.findall(
        r"^\| (a .+?) \| (.+?) \| ((?:\d+ \| ){3}\d+) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    listed = {(row[0], row[1]): Tally(*map(int, row[2].split(" | "))) for row in rows}
    measured = {
        (fault, name): tallied(history, fault, every)
        for fault in FAULTS
        for name, (history, every) in spoilable.items()
    }
    assert listed == measured
