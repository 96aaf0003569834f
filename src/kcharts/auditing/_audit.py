"""The audit: every printed counter computed again, and every difference explained."""

from __future__ import annotations

import datetime as dt

from kcharts.auditing._finding import Finding, FindingKind
from kcharts.auditing._inspect import inspected
from kcharts.auditing._lists import Draft, lists_of, printed
from kcharts.auditing._order import is_in_order
from kcharts.auditing._words import explanation
from kcharts.measures._results import Results
from kcharts.measures._scope import cut
from kcharts.model import _checks as checks
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory

_ORDER = {kind: number for number, kind in enumerate(FindingKind)}


def audit(history: ChartHistory, /, *, as_of: dt.date | str | None = None) -> Results[Finding]:
    """Every fault of lists by which the counters printed on them are not what the lists give.

    Issues on the list, peak, issues at the peak and last rank are computed again from the
    published lists, each from the title's row before, and every figure that differs is in one of
    the findings. Counters as of the day of scraping are left out, since they are no figures of
    their issues. A title's counter counts every published list that holds it, over all absences;
    its peak is the best rank so far; the last rank is that of the issue before.

    Where no counters are printed, these show without them: titles at several ranks, lists that
    lack a rank, lists that repeat the figures measured before, and lists without a category that
    all others have.

    Args:
        history: Whole lists.
        as_of: Nothing dated later is looked at.

    Returns:
        The findings, those of missing, stale and broken lists first, then those of titles, and
        last what is no fault, such as counters that began before the data.

    Raises:
        ValueError: The history was narrowed to titles.

    >>> from datetime import date
    >>> from kcharts import Chart, ChartHistory, ChartSeries, Country, Frequency, RankSnapshot
    >>> from kcharts import Reported, Title, audit
    >>> chart = Chart(ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 1), Country("KR"))
    >>> days = [Reported(periods_on_chart=number) for number in (1, 2, 1)]
    >>> history = ChartHistory.from_snapshots(
    ...     RankSnapshot(Title("A Name"), chart, date(2022, 1, day), 1, reported=each)
    ...     for day, each in enumerate(days, 1)
    ... )
    >>> print(audit(history)[0])
    A Name: the counter falls back on 2022-01-03, so more than one work bears the name, \
Stream TV in South Korea (by Press)
    """
    if not isinstance(history, ChartHistory):
        raise checks.refuse("history", "a ChartHistory", history, kind=TypeError)
    if not history.is_whole:
        raise checks.refuse(
            "history", "whole lists: audit first, then narrow to titles", str(history)
        )
    store = cut(history, as_of)
    counters = printed(store)
    drafts: list[Draft] = []
    for chart in range(len(store.charts)):
        if not is_in_order(store, chart, counters):
            drafts += inspected(lists_of(store, chart, counters))
    drafts.sort(key=lambda draft: _key(store, draft))
    found = ChartHistory(store)
    return Results(drafts, lambda draft: _made(found, draft))


def _key(store: Store, draft: Draft) -> tuple[int, int, list[int], list[str]]:
    keys = [store.titles[title].key for title in draft.titles]
    return _ORDER[draft.kind], draft.chart, draft.positions, keys


def _made(history: ChartHistory, draft: Draft) -> Finding:
    """The finding that a draft stands for."""
    store = history.store
    lists = lists_of(store, draft.chart, printed(store))
    return Finding(
        kind=draft.kind,
        chart=store.charts[draft.chart],
        dates=tuple(
            dt.date.fromordinal(lists.times.ordinals[each]) for each in sorted(set(draft.positions))
        ),
        rows=tuple(history[row] for row in sorted(draft.rows)),
        explanation=explanation(lists, draft),
        titles=tuple(store.titles[title] for title in draft.titles),
        rank=draft.rank,
        between=draft.between,
    )
