"""Strategies for histories, for what they might have been, and for the order they come in."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from attrs import evolve, frozen
from hypothesis import strategies as st

from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Dated, Frequency
from kcharts.model.columns.rows import Clashing
from kcharts.model.columns.summary import statuses as known_statuses
from kcharts.model.country import WORLD, Country, World
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import Issue, IssueStatus, RankSnapshot
from kcharts.model.title import Title
from kcharts.testing._values import extras, metrics, reported, sources

# A film and a series of one name, an accent of two characters, a separator, a key that is an id.
_POOL = (
    Title("Hellbound", kind="TV", season="Hellbound: Season 1"),
    Title("Squid Game", kind="TV", key="netflix:81040344"),
    Title("Squid Game", kind="Film"),
    Title("Dynamite", by="BTS"),
    Title("Poke\u0301mon | Sun & Moon", year=2019),
    Title("\uc0ac\ub0b4\ub9de\uc120", origin=Country("KR")),
)
# Namibia's code is what many programs write for a missing value.
_PLACES: tuple[Country | World, ...] = (Country("KR"), WORLD, Country("US"), Country("NA"))
_SERIES = (("Netflix", "Netflix", "TV"), ("FlixPatrol", "Netflix", "Films"))


@frozen
class _Window:
    """The issues of a series that a history is about, and the calendar that it is given."""

    series: ChartSeries
    calendar: Calendar | None
    dates: tuple[dt.date, ...]


def _window(
    draw: st.DrawFn, series: ChartSeries, size: int, known: Literal["given", "inferred", "any"]
) -> _Window:
    """Regular or irregular issues, with up to two more that the calendar has on either side."""
    before, after = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    number = before + size + after
    # From the first Hot 100 on.
    start = draw(st.dates(dt.date(1958, 8, 4), dt.date(2030, 12, 29)))
    calendar = Calendar.fitting([start], daily=series.frequency is Frequency.DAILY)
    listed = [calendar.date(calendar.number(start) + each) for each in range(number)]
    if draw(st.booleans()) and (known != "inferred" or series.frequency is Frequency.WEEKLY):
        gaps = draw(st.lists(st.integers(1, 12), min_size=number, max_size=number))
        listed = [dt.date.fromordinal(day) for day in accumulate(gaps, initial=start.toordinal())]
        calendar = Calendar.from_dates(listed[:number])
    dates = tuple(listed[before : before + size])
    if known == "inferred" or (known == "any" and draw(st.booleans())):
        fits = calendar.kind != "dates" or series.frequency is Frequency.WEEKLY
        return _Window(series, None if fits else calendar, dates)
    first = draw(st.none() | st.sampled_from(listed[: before + 1]))
    last = draw(st.none() | st.sampled_from(listed[before + size - 1 : number]))
    return _Window(series, evolve(calendar, first=first, last=last), dates)


@frozen
class _Lists:
    """How the lists of one history are drawn."""

    draw: st.DrawFn
    pool: Sequence[Title]
    rows: Literal["plain", "detailed", "loose"]

    def whole(self, chart: Chart, day: dt.date) -> list[RankSnapshot]:
        """A list with as many rows as its series is deep."""
        depth = chart.series.depth
        if self.rows == "loose":
            names = st.lists(st.sampled_from(self.pool), min_size=depth, max_size=depth)
            ranked = self._tied(self.draw(names))
        else:
            order = self.draw(st.permutations(self.pool))[:depth]
            ranked = list(enumerate(order, start=1))
        return [self._row(title, chart, day, rank) for rank, title in ranked]

    def broken(self, chart: Chart, day: dt.date) -> list[RankSnapshot]:
        """A list with some of its rows left out, or all."""
        return [row for row in self.whole(chart, day) if self.draw(st.booleans())]

    def _tied(self, titles: Iterable[Title]) -> list[tuple[int, Title]]:
        """Some titles at the rank of the one above: 1, 2, 2, 4."""
        tied: list[tuple[int, Title]] = []
        for rank, title in enumerate(titles, start=1):
            ties = self.draw(st.booleans())
            shared = tied[-1][0] if tied and ties else rank
            tied.append((rank if (shared, title) in tied else shared, title))
        return tied

    def _row(self, title: Title, chart: Chart, day: dt.date, rank: int) -> RankSnapshot:
        row = RankSnapshot(title, chart, day, rank)
        if self.rows != "detailed":
            return row
        return evolve(row, **self.draw(_details()))


@cache
def _details() -> st.SearchStrategy[dict[str, Any]]:
    """What is printed beside a rank, and where it was read."""
    return st.fixed_dictionaries(
        {"metrics": metrics(), "reported": reported(), "extras": extras()},
        optional={"source": sources()},
    )


@frozen
class _Content:
    """What a history is made from: rows, statuses and last issues."""

    rows: list[RankSnapshot]
    statuses: dict[tuple[Chart, dt.date], IssueStatus]
    closings: dict[Chart, dt.date]

    def fill(
        self, chart: Chart, dates: Sequence[dt.date], lists: _Lists, others: Sequence[IssueStatus]
    ) -> None:
        """Draw what is known of a chart's issues; of each series, one at least is PUBLISHED."""
        draw = lists.draw
        outside = IssueStatus.OUTSIDE in others
        start = draw(st.just(0) | st.integers(0, len(dates) - 1)) if outside else 0
        ended = outside and draw(st.sampled_from([False, False, True]))
        end = draw(st.integers(start, len(dates) - 1)) if ended else len(dates) - 1
        begun = any(row.chart.series == chart.series for row in self.rows)
        sure = None if begun else draw(st.integers(start, end))
        # Mostly published: else streaks would seldom be longer than one issue.
        likely = st.sampled_from([IssueStatus.PUBLISHED] * 4 + list(others))
        for number in range(start, end + 1):
            day = dates[number]
            status = IssueStatus.PUBLISHED if number == sure else draw(likely)
            if status is IssueStatus.PUBLISHED:
                self.rows.extend(lists.whole(chart, day))
                continue
            if status in (IssueStatus.DEFECTIVE, IssueStatus.STALE):
                self.rows.extend(lists.broken(chart, day))
            # What is lacking between two lists is MISSING without a mark, too.
            lacking = outside or start < number < end
            if not (status is IssueStatus.MISSING and lacking and draw(st.booleans())):
                self.statuses[chart, day] = status
        if ended:
            self.closings[chart] = dates[end]

    def history(self, windows: Iterable[_Window], *, loose: bool) -> ChartHistory:
        """The history of it all; loose ones share ranks and repeat titles."""
        clashing: Clashing = "keep" if loose else "refuse"
        history = ChartHistory.from_snapshots(
            self.rows,
            calendars={w.series: w.calendar for w in windows if w.calendar is not None},
            statuses=self.statuses,
            ties=clashing,
            repeats=clashing,
        )
        for chart, day in self.closings.items():
            if chart in history.charts and history.calendar(chart.series).has(day):
                history = history.closing(chart, day)
        return history


@st.composite
def histories(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn,
    *,
    titles: st.SearchStrategy[Title] | None = None,
    frequencies: st.SearchStrategy[Frequency] | None = None,
    statuses: Collection[IssueStatus] = tuple(IssueStatus),
    calendars: Literal["given", "inferred", "any"] = "any",
    rows: Literal["plain", "detailed", "loose"] = "plain",
    cuts: Literal["never", "sometimes"] = "never",
    max_charts: int = 3,
    max_issues: int = 6,
    min_depth: int = 1,
    max_depth: int = 3,
) -> ChartHistory:
    """Histories of whole lists, small and full of streaks: one or two series in a few places.

    At least one list is PUBLISHED. Titles come from a small pool, so that they stay, leave and
    come back. A PUBLISHED list has all ranks down to its series' depth: lists that are shorter
    than their series is deep, or that lack a rank without being DEFECTIVE, are not drawn; nor
    are histories narrowed to titles, two titles of one key, and a note.

    Args:
        titles: The titles, `max_depth` different ones at least; by default a few that are
            easily confused.
        frequencies: How often a series is issued; by default daily or weekly.
        statuses: What an issue can be beside PUBLISHED. With MISSING, some missing lists are
            marked and some are not; without OUTSIDE, every chart has all issues from the first to
            the last.
        calendars: "given" to the history, some with a known first or last issue; left to be
            "inferred"; or "any" of the two.
        rows: "plain" rows have a title and a rank; "detailed" ones also metrics, counters,
            extras and a source; "loose" ones share ranks, and have titles at several ranks of
            one list, as some publishers print them.
        cuts: "sometimes" cuts the history at dates, so that it knows of no issue outside them.
        max_charts: The most charts.
        max_issues: The most issues of a series.
        min_depth: The fewest ranks of a series; no measure takes a larger `top` than that.
        max_depth: The most ranks of a series.
    """
    charts = draw(_charts(frequencies, max_charts, (min_depth, max_depth)))
    depth = max(chart.series.depth for chart in charts)
    names = st.sampled_from(_POOL) if titles is None else titles
    pool = draw(st.lists(names, min_size=depth, max_size=depth + 2, unique=True))
    windows = {
        series: _window(draw, series, draw(st.integers(1, max_issues)), calendars)
        for series in dict.fromkeys(chart.series for chart in charts)
    }
    content = _Content([], {}, {})
    others = [status for status in statuses if status is not IssueStatus.PUBLISHED]
    for chart in charts:
        content.fill(chart, windows[chart.series].dates, _Lists(draw, pool, rows), others)
    history = content.history(windows.values(), loose=rows == "loose")
    if cuts == "sometimes" and draw(st.booleans()):
        issues = dict.fromkeys((row.chart, row.date) for row in history)
        # A cut leaves a list that can be trusted, or most figures could not be computed.
        kept = [day for chart, day in issues if not history.status(chart, day).is_unknown]
        start = draw(st.none() | st.sampled_from([d for d in history.dates if d <= kept[0]]))
        end = draw(st.none() | st.sampled_from([d for d in history.dates if d >= kept[0]]))
        return history.select(start=start, end=end)
    return history


@st.composite
def _charts(
    draw: st.DrawFn,
    frequencies: st.SearchStrategy[Frequency] | None,
    max_charts: int,
    depths: tuple[int, int],
) -> list[Chart]:
    """Different charts of one or two series."""
    often = st.sampled_from(Frequency) if frequencies is None else frequencies
    names = draw(st.sampled_from([_SERIES[:1], _SERIES]))
    dated: st.SearchStrategy[Dated] = st.sampled_from(["period", "issue"])
    series = [
        ChartSeries(*name, draw(often), draw(st.integers(*depths)), dated=draw(dated))
        for name in names
    ]
    everywhere = [Chart(each, place) for each in series for place in _PLACES]
    some = st.sampled_from(everywhere)
    return draw(st.lists(some, min_size=1, max_size=max_charts, unique=True))


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """Single lists, as a history gives them."""
    history = draw(histories())
    row = draw(st.sampled_from(history))
    return history.issue(row.chart, row.date)


@st.composite
def completions(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn, history: ChartHistory, /, *, titles: st.SearchStrategy[Title] | None = None
) -> ChartHistory:
    """Histories that say what the unknown issues of a history might have been.

    A whole PUBLISHED list takes the place of every MISSING, DEFECTIVE and STALE issue; all else
    is as it was. Any bound on a figure must hold for each of them.

    Args:
        history: The history to complete.
        titles: The titles of the lists put in, as many as a list is deep at least; by default
            those of the history and some more.
    """
    pool = [*dict.fromkeys((*history.titles, *_POOL))]
    rows: list[RankSnapshot] = []
    statuses: dict[tuple[Chart, dt.date], IssueStatus] = {}
    for chart, day in _unknown(history):
        depth = chart.series.depth
        drawn = st.sampled_from(pool) if titles is None else titles
        names = draw(st.lists(drawn, min_size=depth, max_size=depth, unique=True))
        rows += [RankSnapshot(name, chart, day, rank) for rank, name in enumerate(names, start=1)]
        statuses[chart, day] = IssueStatus.PUBLISHED
    known = ChartHistory.from_snapshots(rows, statuses=statuses)
    return history.merge(known, on_conflict="theirs")


def _unknown(history: ChartHistory) -> Iterator[tuple[Chart, dt.date]]:
    """The issues that were due and that we lack, or do not have whole."""
    for code, chart in enumerate(history.charts):
        for day, status in known_statuses(history.store, code).items():
            if status.is_unknown:
                yield chart, dt.date.fromordinal(day)


@st.composite
def arrivals(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn, history: ChartHistory, /, *, order: Literal["any", "dates"] = "any"
) -> list[ChartHistory]:
    """The lists of a history as they might come in, each a history of its own.

    Merged, they give the history again. That cannot hold for one that was cut or narrowed: it
    knows of issues without having anything of them.

    Args:
        history: The history to take apart.
        order: "any", or by "dates", as they come when nothing is late.
    """
    pieces = list(_pieces(history))
    if order == "any":
        pieces = draw(st.permutations(pieces))
    else:
        pieces.sort(key=lambda piece: piece[0])
    return [piece for _, piece in pieces]


def _pieces(history: ChartHistory) -> Iterator[tuple[int, ChartHistory]]:
    """Each issue with a list or a mark, as (ordinal of its date, history of it alone)."""
    store = history.store
    for code in range(len(store.charts)):
        ordinals, marks = store.lists[code].ordinals, store.marks[code]
        for day in sorted({*ordinals, *marks}):
            low, high = bisect_left(ordinals, day), bisect_right(ordinals, day)
            mark = {day: marks[day]} if day in marks else {}
            yield (
                day,
                ChartHistory(store.take([(code, low, high)], marks=[mark], due={}, cut_off={})),
            )
