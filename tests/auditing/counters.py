"""Counters for small histories: printed as a publisher would, counted again, and made wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.columns.marks import add_marks
from kcharts.model.columns.rows import add_rows
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import NO_REPORTED, IssueStatus, RankSnapshot, Reported
from kcharts.model.title import Title
from tests import brute

COUNTERS = ("last_rank", "peak", "periods_on_chart", "periods_at_peak")
Place = tuple[Chart, dt.date, int, str, str]
"""Where a counter stands: chart, date, rank, title and the counter's name."""


def built(
    rows: Iterable[RankSnapshot],
    calendars: Mapping[ChartSeries, Calendar],
    statuses: Mapping[tuple[Chart, dt.date], IssueStatus] | None = None,
) -> ChartHistory:
    """A history as readers make it of publishers that print ties and repeats."""
    builder = Builder(ties=True, repeats=True)
    builder.calendars.update(calendars)
    add_rows(builder, rows)
    add_marks(builder, statuses or {})
    return ChartHistory(builder.build())


def rebuilt(
    history: ChartHistory,
    rows: Iterable[RankSnapshot],
    *,
    calendars: Mapping[ChartSeries, Calendar] | None = None,
) -> ChartHistory:
    """A history like another one, with other rows."""
    store = history.store
    statuses = {
        (chart, dt.date.fromordinal(day)): status
        for chart, marks in zip(store.charts, store.marks, strict=True)
        for day, status in marks.items()
    }
    given = store.calendars if calendars is None else calendars
    made = built(rows, given, statuses)
    for chart in made.charts:
        end = history.closed(chart)
        made = made if end is None else made.closing(chart, end)
    return made


def with_counters(truth: ChartHistory, printed: Collection[str] = COUNTERS) -> ChartHistory:
    """The history with the counters that a publisher who has all of it would print."""
    rows: list[RankSnapshot] = []
    for line in brute.lines(truth):
        for at, listed in enumerate(line.rows):
            rows += [evolve(row, reported=_reported(line, at, row, printed)) for row in listed]
    return rebuilt(truth, rows)


def _reported(line: brute.Line, at: int, row: RankSnapshot, printed: Collection[str]) -> Reported:
    ranks = [each.rank for rows in line.rows[: at + 1] for each in rows if each.title == row.title]
    before = [each.rank for each in line.rows[at - 1] if each.title == row.title] if at else []
    counters: dict[str, int | None] = {
        "last_rank": before[0] if before else None,
        "peak": min(ranks),
        "periods_on_chart": len(ranks),
        "periods_at_peak": ranks.count(min(ranks)),
    }
    given: dict[str, Any] = {name: counters[name] for name in printed}
    return Reported(**given)


def changed(row: RankSnapshot, **values: Any) -> RankSnapshot:
    """A row with other counters."""
    return evolve(row, reported=evolve(row.reported, **values))


# -- counted again ---------------------------------------------------------------------------


@frozen
class _Seen:
    """The row of a title before another one, and how many issues between are not published."""

    row: RankSnapshot
    unknown: int


def differing(history: ChartHistory) -> set[Place]:
    """The counters that are not what the lists give, each compared with the title's row before."""
    found: set[Place] = set()
    for line in brute.lines(history):
        last_ranks = {
            at: any(_printed(row, "last_rank") is not None for row in line.rows[at])
            for at in line.published
        }
        for at in line.published:
            for row in line.rows[at]:
                for name in COUNTERS:
                    if name == "last_rank":
                        wrong = last_ranks[at] and not _last_fits(line, at, row)
                    else:
                        value = _printed(row, name)
                        wrong = value is not None and not _fits(line, at, row, name, value)
                    if wrong:
                        found.add((line.chart, line.dates[at], row.rank, row.title.key, name))
    return found


def _printed(row: RankSnapshot, name: str) -> int | None:
    value: int | None = getattr(row.reported, name)
    return None if row.reported.as_of == "scrape" else value


def _before(line: brute.Line, at: int, title: Title) -> _Seen | None:
    """The better row of a title on the last published list that has it."""
    for back in reversed([each for each in line.published if each < at]):
        held = [row for row in line.rows[back] if row.title == title]
        if held:
            between = range(back + 1, at)
            return _Seen(held[0], sum(each not in line.published for each in between))
    return None


def _lacking_before(line: brute.Line, at: int) -> int | None:
    """How many issues since the chart's launch are not published; None where nobody knows."""
    first = line.published[0]
    while not line.nothing_before(first):
        first -= 1
        if first < 0 or line.statuses[first] is IssueStatus.OUTSIDE:
            return None
    return sum(each not in line.published for each in range(first, at))


def _last_fits(line: brute.Line, at: int, row: RankSnapshot) -> bool:
    printed = _printed(row, "last_rank")
    if at == line.published[0]:
        lacking = _lacking_before(line, at)
        return printed is None or (lacking is not None and lacking > 0)
    if at - 1 not in line.published:
        return True
    before = [each.rank for each in line.rows[at - 1] if each.title == row.title]
    return printed == (before[0] if before else None)


def _fits(line: brute.Line, at: int, row: RankSnapshot, name: str, value: int) -> bool:
    seen = _before(line, at, row.title)
    if seen is None:
        return _first_fits(line, at, row, name, value)
    held = _printed(seen.row, name)
    gained = range(seen.unknown + 1)
    if name == "periods_on_chart":
        return held is None or value - held - 1 in gained
    peak, best = _printed(row, "peak"), _printed(seen.row, "peak")
    if name == "peak":
        most = row.rank if best is None else min(best, row.rank)
        lower = seen.unknown > 0 or best is None
        return value == most or (lower and value < most)
    if peak is None or best is None or peak > best:
        return True
    hit = peak == row.rank
    if peak == best:
        return held is None or value - held - hit in gained
    # The peak is new: counted from here, or from an issue that is not published.
    return hit + seen.unknown == 0 or 1 <= value <= hit + seen.unknown


def _first_fits(line: brute.Line, at: int, row: RankSnapshot, name: str, value: int) -> bool:
    lacking = _lacking_before(line, at) or 0
    if name == "periods_on_chart":
        return 1 <= value <= 1 + lacking
    if _printed(row, "periods_on_chart") == 1:
        lacking = 0
    if name == "peak":
        return value == row.rank or (lacking > 0 and value < row.rank)
    peak = _printed(row, "peak")
    return peak is None or value - (peak == row.rank) in range(lacking + 1)


# -- strategies -------------------------------------------------------------------------------

NAMES = tuple(Title(f"Work {letter}", kind="TV") for letter in "ABCDEF")


@st.composite
def truths(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn,
    *,
    titles: tuple[Title, ...] = NAMES,
    depth: int = 4,
    least: int = 4,
    most: int = 8,
) -> ChartHistory:
    """All lists of one chart, weekly, from its launch or from some issue on: slowly changing.

    Args:
        titles: The titles.
        depth: How many ranks each list has.
        least: The fewest lists.
        most: The most lists.
    """
    series = ChartSeries("Press", "Stream", "TV", Frequency.WEEKLY, depth)
    start = dt.date(2022, 1, 2)
    first = start if draw(st.booleans()) else None
    calendar = Calendar.weekly("sunday", first=first)
    number = draw(st.integers(least, most))
    days = calendar.between(start, start + dt.timedelta(7 * (number - 1)))
    order = list(draw(st.permutations(titles)))
    chart = Chart(series, Country("KR"))
    rows: list[RankSnapshot] = []
    for day in days:
        for _ in range(draw(st.integers(0, 3))):
            one, two = draw(st.integers(0, len(order) - 1)), draw(st.integers(0, len(order) - 1))
            order[one], order[two] = order[two], order[one]
        rows += [RankSnapshot(t, chart, day, rank) for rank, t in enumerate(order[:depth], 1)]
    return ChartHistory.from_snapshots(rows, calendars={series: calendar})


def replaced(
    history: ChartHistory, change: Callable[[RankSnapshot], Iterable[RankSnapshot]]
) -> ChartHistory:
    """The history with each row replaced by what a function makes of it."""
    return rebuilt(history, [new for row in history for new in change(row)])


@st.composite
def disturbed(draw: st.DrawFn, history: ChartHistory) -> ChartHistory:
    """The history with a few counters changed or left out, and a title put elsewhere."""
    rows = list(history)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(rows) - 1))
        name = draw(st.sampled_from(COUNTERS))
        value = draw(st.none() | st.integers(1, 6))
        rows[at] = changed(rows[at], **{name: value})
    if draw(st.booleans()):
        at = draw(st.integers(0, len(rows) - 1))
        rows[at] = evolve(rows[at], reported=NO_REPORTED)
    if draw(st.booleans()):
        one, two = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        rows[one] = evolve(rows[one], title=rows[two].title)
    return rebuilt(history, rows)
