"""Faults put into the publishers' files, a kind at a time: found, missed, taken for others."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

import pytest
from attrs import evolve

from kcharts import Chart, ChartHistory, RankSnapshot, Title, audit
from kcharts.auditing import FindingKind
from kcharts.errors import IncompleteListsWarning
from tests.auditing.counters import changed, rebuilt
from tests.oracles import test_billboard
from tests.oracles.test_audit import PAGE
from tests.real import history_of
from tests.test_oracles import COUNTRIES

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
    if new.reported.periods_on_chart != 1:
        return False  # before all rows are looked through: most titles were on the list before
    later = {row.title for issue in issues[at:] for row in issue}
    before = (row.title for issue in reversed(issues[:at]) for row in reversed(issue))
    gone = next((title for title in before if title not in later), None)
    if gone is None:
        return False
    for issue in issues[at:]:
        issue[:] = [evolve(row, title=gone) if row.title == new.title else row for row in issue]
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


FILES = "countries", "Hot 100"


class Sound(NamedTuple):
    """A file in which nothing is wrong."""

    history: ChartHistory
    charts: dict[Chart, Issues]
    """Its rows, made once for all faults."""
    every: int
    """In how many lists one gets a fault; 0: one list of each chart."""


def sound(history: ChartHistory, every: int) -> Sound:
    charts = {
        chart: [list(issue) for _, issue in groupby(rows, key=lambda row: row.date)]
        for chart, rows in groupby(history, key=lambda row: row.chart)
    }
    return Sound(history, charts, every)


@pytest.fixture(scope="module")
def files() -> dict[str, Sound]:
    countries = history_of(f"netflix/vintages/{COUNTRIES[-1]}")
    late = history_of(f"billboard/{test_billboard.LATE}")
    return dict(zip(FILES, (sound(countries, 0), sound(late, 10)), strict=True))


def spoilt(file: Sound, fault: str) -> tuple[ChartHistory, set[Put]]:
    """A copy with faults: one in each chart, or one in every so many lists of the only one."""
    kind, spoil = FAULTS[fault]
    every = file.every
    charts = {chart: [[*issue] for issue in issues] for chart, issues in file.charts.items()}
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
        return rebuilt(file.history, rows), put


def tally(file: Sound, fault: str) -> Tally:
    faulty, put = spoilt(file, fault)
    findings = [each for each in audit(faulty) if each.kind not in NO_FAULTS]
    seen = [{(each.chart, each.kind, day) for day in each.dates} for each in findings]
    unexplained = sum(each.kind is FindingKind.UNEXPLAINED for each in findings)
    false = sum(put.isdisjoint(those) for those in seen) - unexplained
    return Tally(len(put), len(put & set().union(*seen)), unexplained, false)


def documented() -> dict[tuple[str, str], Tally]:
    """Each row of the table in the docs: the fault, the file, and what became of the faults."""
    rows = re.findall(
        r"^\| (a .+?) \| (.+?) \| ((?:\d+ \| ){3}\d+) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return {(row[0], row[1]): Tally(*map(int, row[2].split(" | "))) for row in rows}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("fault", FAULTS)
def test_the_docs_count_what_becomes_of_faults(
    files: dict[str, Sound], fault: str, name: str
) -> None:
    assert tally(files[name], fault) == documented()[fault, name]


def test_the_docs_count_no_other_faults() -> None:
    assert documented().keys() == {(fault, name) for fault in FAULTS for name in FILES}
