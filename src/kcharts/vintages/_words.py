"""A page about two vintages: the counts by class, the dates concerned, the first examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from kcharts.measures import _words as words
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store
from kcharts.vintages._comparison import Comparison, lists_of
from kcharts.vintages._lists import ListChange
from kcharts.vintages._records import COLUMNS, RevisionKind
from kcharts.vintages._titles import PlaceChange

_ALONE = RevisionKind.LIST_LOST, RevisionKind.LIST_ADDED


def lines(found: Comparison) -> Iterator[str]:
    """What differs, a line for each class."""
    yield _heading(found)
    if found.is_empty:
        yield "no difference"
        return
    yield from map(str, found.series)
    if found.places:
        yield f"different: {_counted(found, found.places)}"
        yield from _titles(found)
        yield from (f"- {line}" for line in _kinds(found))
    else:
        yield "none of these places differs"
    for kind, names in found.one_sided.items():
        if names:
            yield f"{kind.value}: {words.listed(names)}"
    yield from _issues(found)


def _heading(found: Comparison) -> str:
    """Which vintages are compared, and how many places both have."""
    old, new = (_named(history.store) for history in (found.old, found.new))
    which = f"{new or 'the new vintage'} against {old or 'the old one'}"
    if old == new:
        which = f"the new vintage{f' of {new}' if new else ''} against the old one"
    rows = words.counted(found.rows, "place")
    return f"{which}: {rows} in {words.counted(found.lists, 'list')} that both have"


def _named(store: Store) -> str:
    """The sources of a vintage."""
    names = [name for name in store.sources if name]
    return words.listed(names) if names else ""


def _titles(found: Comparison) -> Iterator[str]:
    """How many titles are printed otherwise in all, where that is of several kinds."""
    retitled = found.retitled
    real = [change for change in retitled if change.kinds[0] is not RevisionKind.RESPELT]
    if len({change.kinds[0] for change in retitled}) > 1:
        all_of_them = f"another text of a title at {_counted(found, retitled)}"
        yield f"{all_of_them}; more than another spelling at {_places(real)}"


def _kinds(found: Comparison) -> Iterator[str]:
    """How many places are of each kind."""
    for kind in RevisionKind:
        concerned = [change for change in found.places if kind in change.kinds]
        if concerned and kind not in COLUMNS:
            line = f"{kind.value}: {_counted(found, concerned)}"
            alone = sum(not {*change.kinds}.difference((kind, *COLUMNS)) for change in concerned)
            if alone < len(concerned):
                line += f" ({alone:,} of them nothing else)"
            respelt = sum(change.now_at is not None for change in concerned)
            if kind is RevisionKind.REPLACED and respelt:
                line += f" ({respelt:,} of them on the list in another spelling)"
            yield line


def _places(changes: Sequence[PlaceChange]) -> str:
    lists = words.counted(len(lists_of(changes)), "list")
    return f"{words.counted(len(changes), 'place')} in {lists}"


def _counted(found: Comparison, changes: Sequence[PlaceChange]) -> str:
    return f"{_places(changes)}, {_dated(found, changes)}"


def _dated(found: Comparison, changes: Sequence[PlaceChange]) -> str:
    """From when to when the lists of places are."""
    charts = {found.new.store.charts[change.chart] for change in changes}
    return _when(charts, [change.ordinal for change in changes])


def _when(charts: Iterable[Chart], ordinals: Sequence[int]) -> str:
    """From when to when; in the words of the charts, where they are all dated alike."""
    start, end = dt.date.fromordinal(min(ordinals)), dt.date.fromordinal(max(ordinals))
    by_words = {chart.series.date_words: chart.series for chart in charts}
    if len(by_words) == 1:
        [series] = by_words.values()
        return series.when(start, end)
    return f"on {start}" if start == end else f"{start} to {end}"


def _issues(found: Comparison) -> Iterator[str]:
    """How many lists the vintages know otherwise of."""
    by_kind: dict[RevisionKind, list[ListChange]] = {}
    for change in found.issues:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, concerned in by_kind.items():
        rows = words.counted(sum(each.rows for each in concerned), "row")
        held = f" ({rows})" if kind in _ALONE else ""
        when = _when([each.chart for each in concerned], [each.ordinal for each in concerned])
        yield f"{kind.value}: {words.counted(len(concerned), 'list')}{held}, {when}"
