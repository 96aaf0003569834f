"""Vintages for the laws of `compare`: histories, and the same histories revised."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

from attrs import evolve
from hypothesis import strategies as st

from kcharts import testing
from kcharts.errors import IncompleteListsWarning
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.builder import Builder
from kcharts.model.columns.rows import add_rows
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, RankSnapshot
from kcharts.model.title import Title
from kcharts.testing import metrics, reported

Ties = Literal["never", "sometimes"]
Issues = dict[tuple[Chart, dt.date], list[RankSnapshot]]
CHANGES = ("", "revised", "revised", "revised", "", "lost", "broken", "late")
IN_HAND = (IssueStatus.PUBLISHED, IssueStatus.DEFECTIVE, IssueStatus.STALE)

# Few, and easily taken for one another: spellings, seasons, ids that stay while the name changes.
NAMES = ("Berlin", "BERLIN", "Jewels", "Squid Game", "Squid  Game")
TITLES = st.sampled_from(
    [
        *(Title(name) for name in NAMES),
        *(Title("Berlin", season=season) for season in ("Season 1", "season 1", "Season 2")),
        Title("Berlin", kind="TV"),
        Title("Berlin", year=2019),
        Title("Berlin", by="A Band"),
        *(Title(name, key="id:1") for name in NAMES[:3]),
        Title("Berlin", season="Season 1", key="id:1"),
        Title("Berlin", key="id:2"),
    ]
)


def made(
    rows: Iterable[RankSnapshot],
    calendars: Mapping[ChartSeries, Calendar],
    marks: Mapping[tuple[Chart, dt.date], IssueStatus],
) -> ChartHistory:
    """A history as readers make it, also of lists with ties, repeats and holes."""
    builder = Builder(ties=True, repeats=True)
    builder.calendars.update(calendars)
    add_rows(builder, rows)
    for (chart, day), status in marks.items():
        builder.mark(chart, day, status)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", IncompleteListsWarning)
        return ChartHistory(builder.build())


def issues_of(history: ChartHistory) -> Issues:
    """All lists in hand."""
    store = history.store
    return {
        (chart, day): list(history.issue(chart, day))
        for code, chart in enumerate(store.charts)
        for day in map(dt.date.fromordinal, store.lists[code].ordinals)
    }


def marks_of(history: ChartHistory) -> dict[tuple[Chart, dt.date], IssueStatus]:
    """All statuses that were set."""
    store = history.store
    return {
        (chart, dt.date.fromordinal(day)): status
        for code, chart in enumerate(store.charts)
        for day, status in store.marks[code].items()
    }


@cache
def _cells() -> st.SearchStrategy[dict[str, Any]]:
    """Other figures beside a rank."""
    texts = st.dictionaries(st.sampled_from(["isNew", "uri"]), st.sampled_from(["0", "1"]))
    extras = texts.map(lambda held: tuple(sorted(held.items())))
    return st.fixed_dictionaries(
        {}, optional={"metrics": metrics(), "reported": reported(), "extras": extras}
    )


@st.composite
def _list(
    draw: st.DrawFn, rows: Sequence[RankSnapshot], titles: Sequence[Title], *, ties: Ties
) -> list[RankSnapshot]:
    """A list revised: other titles and cells, rows lost and added, titles that change places."""
    held: list[RankSnapshot] = []
    for row in rows:
        change = draw(st.sampled_from(["", "", "", "title", "cells", "rank", "lost", "added"]))
        if change == "title":
            held.append(evolve(row, title=draw(st.sampled_from(titles))))
        elif change == "cells":
            held.append(evolve(row, **draw(_cells())))
        elif change == "rank":
            held.append(evolve(row, rank=draw(st.integers(1, 4))))
        elif change != "lost":
            held.append(row)
        if change == "added":
            held.append(evolve(row, rank=draw(st.integers(1, 4))))
    if draw(st.sampled_from([False, False, True])):
        order = draw(st.permutations([row.title for row in held]))
        held = [evolve(row, title=title) for row, title in zip(held, order, strict=True)]
    return list({row.rank: row for row in held}.values()) if ties == "never" else held


def _relabelled(chart: Chart, category: str, places: Sequence[Chart]) -> Chart:
    """The chart in another category, if it is one of those."""
    if chart not in places:
        return chart
    return evolve(chart, series=evolve(chart.series, category=category))


@st.composite
def revised(draw: st.DrawFn, history: ChartHistory, *, ties: Ties) -> ChartHistory:
    """A later vintage of a history.

    Some lists are revised, lost, broken, or come in late; a title is renamed on all lists; now
    and then charts get another category, or one of them is known to have ended.
    """
    titles = draw(st.lists(TITLES, min_size=1, max_size=4)) + list(history.titles)
    names = draw(st.dictionaries(st.sampled_from(titles), st.sampled_from(titles), max_size=1))
    label = draw(st.sampled_from([None, None, "Series", "TV"]))
    charts = draw(st.lists(st.sampled_from(history.charts), unique=True)) if label else []
    issues, marks = issues_of(history), marks_of(history)
    rows: list[RankSnapshot] = []
    statuses: dict[tuple[Chart, dt.date], IssueStatus] = {}
    calendars: dict[ChartSeries, Calendar] = {}
    for chart, day in dict.fromkeys((*issues, *marks)):
        held, status = issues.get((chart, day)), marks.get((chart, day))
        where = _relabelled(chart, label or "", charts)
        calendar = calendars[where.series] = history.calendar(chart.series)
        change = draw(st.sampled_from(CHANGES))
        if change == "late" and held is None and calendar.has(day):
            held, status = [RankSnapshot(titles[0], where, day, 1)], None
        if held is None or change == "lost":
            held = None
            status = None if status in IN_HAND else status
        elif change == "revised":
            held = draw(_list(held, titles, ties=ties))
        elif change == "broken":
            status = IssueStatus.DEFECTIVE
        rows.extend(
            evolve(row, chart=where, title=names.get(row.title, row.title)) for row in held or ()
        )
        if status is not None:
            statuses[where, day] = status
    known = calendars if draw(st.booleans()) else {}
    rows = list({(r.chart, r.date, r.rank, r.title): r for r in rows}.values())
    return draw(ended(made(rows, known, statuses)))


@st.composite
def ended(draw: st.DrawFn, history: ChartHistory) -> ChartHistory:
    """The history, or one in which a chart is known to have ended."""
    days = {chart: set(history.store.known_days(c)) for c, chart in enumerate(history.charts)}
    charts = [chart for chart, known in days.items() if known]
    if not charts or draw(st.integers(0, 4)):
        return history
    chart = draw(st.sampled_from(charts))
    return history.closing(chart, dt.date.fromordinal(max(days[chart])))


@st.composite
def vintages(draw: st.DrawFn, *, ties: Ties = "sometimes") -> tuple[ChartHistory, ChartHistory]:
    """Two vintages: a history and a revision of it, either one first; or any two histories."""
    some = testing.histories(titles=TITLES, rows="detailed", statuses=[], max_charts=2)
    if ties == "sometimes":
        some |= testing.histories(rows="detailed", cuts="sometimes")
        some |= testing.histories(titles=TITLES, rows="loose")
    old = draw(some)
    new = draw(some if draw(st.integers(0, 9)) == 1 else revised(old, ties=ties))
    return draw(st.sampled_from([(old, new), (new, old)]))
