"""Chart tables and chart runs, issue by issue, from their definitions: slow and plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from attrs import frozen

from kcharts.model.chart import Chart
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from tests import brute


@frozen
class BruteEntry:
    """An entry, as the definitions give it."""

    title: Title
    rank: int
    last: int | None
    movement: str
    peak: int
    periods: int
    periods_upper: int | None
    periods_at_peak: int
    periods_at_peak_upper: int | None
    peak_known: bool
    debut_known: bool
    since: dt.date


@frozen
class BruteTable:
    """A table, as the definitions give it; who left with what was counted."""

    chart: Chart
    date: dt.date
    entries: frozenset[BruteEntry]
    out: frozenset[tuple[Title, int, int, int, int | None]] | None


def best(line: brute.Line, at: int) -> dict[Title, int]:
    """The best rank of each title on an issue; of none where the list is not PUBLISHED."""
    found: dict[Title, int] = {}
    if 0 <= at < len(line.dates) and line.statuses[at] is IssueStatus.PUBLISHED:
        for row in line.rows[at]:
            found[row.title] = min(row.rank, found.get(row.title, row.rank))
    return found


def tables(history: ChartHistory) -> list[BruteTable]:
    """The tables of all issues in hand, by chart, then by date."""
    return [_table(line, at) for line in brute.lines(history) for at in line.published]


def _before(line: brute.Line, at: int) -> Mapping[Title, int] | None:
    """The ranks on the issue before; None where nobody knows them."""
    if line.nothing_before(at):
        return {}
    if at == 0 or line.statuses[at - 1] is not IssueStatus.PUBLISHED:
        return None
    return best(line, at - 1)


def unknown_so_far(line: brute.Line, at: int) -> int | None:
    """How many issues up to one are not known; None where not all of them are covered."""
    back = at
    while not line.nothing_before(back):
        back -= 1
        if back < 0 or line.statuses[back] is IssueStatus.OUTSIDE:
            return None
    return sum(status.is_unknown for status in line.statuses[back : at + 1])


def _table(line: brute.Line, at: int) -> BruteTable:
    now, before = best(line, at), _before(line, at)
    out = None
    if before is not None:
        out = frozenset(
            (title, rank, *_so_far(line, at, title)[:3])
            for title, rank in before.items()
            if title not in now
        )
    entries = frozenset(_entry(line, at, title, before) for title in now)
    return BruteTable(line.chart, line.dates[at], entries, out)


def _so_far(line: brute.Line, at: int, title: Title) -> tuple[int, int, int | None, list[int]]:
    """Peak, periods and their upper bound up to an issue, and the ranks."""
    ranks = [best(line, back)[title] for back in range(at + 1) if title in best(line, back)]
    unknown = unknown_so_far(line, at)
    upper = None if unknown is None else len(ranks) + unknown
    return min(ranks), len(ranks), upper, ranks


def _movement(rank: int, last: int | None, *, known: bool, ever: bool) -> str:
    if not known:
        return "UNKNOWN"
    if last is None:
        return "RE" if ever else "NEW"
    return "=" if last == rank else f"{last - rank:+d}"


def _entry(
    line: brute.Line, at: int, title: Title, before: Mapping[Title, int] | None
) -> BruteEntry:
    peak, periods, upper, ranks = _so_far(line, at, title)
    unknown = unknown_so_far(line, at)
    last = (before or {}).get(title)
    movement = _movement(ranks[-1], last, known=before is not None, ever=periods > 1)
    at_peak = ranks.count(peak)
    return BruteEntry(
        title,
        ranks[-1],
        last,
        movement,
        peak,
        periods,
        upper,
        at_peak,
        None if unknown is None else at_peak + unknown,
        peak == 1 or unknown == 0,
        movement == "NEW" and unknown == 0,
        line.dates[line.due[0]],
    )


@frozen
class BruteRun:
    """A chart run, as the definitions give it: ranks by date, "x", "?" or "/" where none is."""

    title: Title
    chart: Chart
    issues: tuple[tuple[dt.date, int | str], ...]
    opens: bool
    closes: bool


def chart_runs(history: ChartHistory) -> Iterator[BruteRun]:
    """The chart runs of all titles on all charts, in no particular order."""
    for line in brute.lines(history):
        for title in history.titles:
            if any(title in best(line, at) for at in line.published):
                first, last = line.due[0], line.due[-1]
                yield BruteRun(
                    title,
                    line.chart,
                    tuple(
                        (line.dates[at], _says(line, at, title)) for at in range(first, last + 1)
                    ),
                    line.nothing_before(first),
                    line.nothing_after(last),
                )


def _says(line: brute.Line, at: int, title: Title) -> int | str:
    status = line.statuses[at]
    if status is IssueStatus.PUBLISHED:
        return best(line, at).get(title, "x")
    return "/" if status is IssueStatus.OUTSIDE else "?"
