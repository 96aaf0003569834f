"""Which chart of the new vintage each chart of the old one is: by label, else by what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import eq
from typing import NamedTuple

from kcharts.errors import AmbiguousChartError, UnknownChartError
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store

Pairs = list[tuple[int, int]]
Series = tuple[ChartSeries, ChartSeries]


class Alike(NamedTuple):
    """Charts of two series that are one, or may be: they differ in category or depth."""

    pairs: Pairs
    rows: int
    """How many ranks of how many lists, in all, both vintages hold of them."""
    same: int
    """At how many of those the title's text is the same."""

    @property
    def is_proof(self) -> bool:
        """Whether most of the places say that the series are one."""
        return 2 * self.same > self.rows


class Charts(NamedTuple):
    """The charts of two vintages, by their codes in each."""

    pairs: Pairs
    """Old and new, in the order of the new ones."""
    lost: list[int]
    added: list[int]
    relabelled: dict[Series, Alike]
    unproved: dict[Series, Alike]


class CommonList(NamedTuple):
    """A list that both vintages have: its date, and its rows in each."""

    ordinal: int
    old: range
    new: range


def common_lists(old: Store, new: Store, pair: tuple[int, int]) -> Iterator[CommonList]:
    """The lists of a chart that both vintages have, in order."""
    ordinals, starts = new.lists[pair[1]]
    there = dict(zip(ordinals, pairwise(starts), strict=True))
    ordinals, starts = old.lists[pair[0]]
    for ordinal, ends in zip(ordinals, pairwise(starts), strict=True):
        if ordinal in there:
            yield CommonList(ordinal, range(*ends), range(*there[ordinal]))


def joined_charts(old: Store, new: Store, categories: Mapping[str, str]) -> Charts:
    """Charts joined by `categories`, by their label, or by what most of their places hold.

    Raises:
        AmbiguousChartError: What they hold does not decide which series is which.
        UnknownChartError: A vintage does not have the category that it should.
        ValueError: Two charts of the old vintage would be one of the new.
    """
    found = _asked(old, new, categories)
    labels = {chart: code for code, chart in enumerate(new.charts)}
    for code, chart in enumerate(old.charts):
        if chart.series.category not in categories and chart in labels:
            found[code] = labels[chart]
    _check_single(old, new, found)
    left = [code for code in range(len(old.charts)) if code not in found]
    free = sorted(set(range(len(new.charts))).difference(found.values()))
    likely = _may_be_one(old, new, left, free)
    alike = {series: _alike(old, new, pairs) for series, pairs in likely.items()}
    proved = {series: each for series, each in alike.items() if each.is_proof}
    _check_one_to_one(proved)
    for each in proved.values():
        found.update(each.pairs)
    taken = set(found.values())
    relabelled = _by_series(old, new, found.items())
    return Charts(
        sorted(found.items(), key=lambda pair: pair[1]),
        [code for code in left if code not in found],
        [code for code in free if code not in taken],
        {s: alike.get(s) or _alike(old, new, pairs) for s, pairs in relabelled.items()},
        {s: each for s, each in alike.items() if each.same and not each.is_proof},
    )


def _family(chart: Chart) -> tuple[object, ...]:
    """What a relabelled chart keeps."""
    series = chart.series
    return series.publisher, series.platform, series.frequency, series.dated, chart.place


def _asked(old: Store, new: Store, categories: Mapping[str, str]) -> dict[int, int]:
    """The charts that the caller says are one."""
    for number, store in enumerate((old, new)):
        held = {chart.series.category for chart in store.charts}
        for pair in categories.items():
            if pair[number] not in held:
                which = ("old", "new")[number]
                raise UnknownChartError(
                    f"categories: the {which} vintage has no category {pair[number]!r}",
                    hints=[f"it has {category!r}" for category in sorted(held)],
                )
    codes = {(_family(c), c.series.category, c.series.depth): n for n, c in enumerate(new.charts)}
    found: dict[int, int] = {}
    for code, chart in enumerate(old.charts):
        wanted = categories.get(chart.series.category, "")
        there = codes.get((_family(chart), wanted, chart.series.depth))
        if there is not None:
            found[code] = there
    return found


def _check_single(old: Store, new: Store, found: Mapping[int, int]) -> None:
    """Raise where two charts of the old vintage are one of the new."""
    first: dict[int, int] = {}
    for code, there in found.items():
        other = first.setdefault(there, code)
        if other != code:
            both = f"{old.charts[other]} and {old.charts[code]}"
            raise checks.refuse(
                "categories", f"one chart for {new.charts[there]}", both, kind=ValueError
            )


def _by_series(old: Store, new: Store, pairs: Iterable[tuple[int, int]]) -> dict[Series, Pairs]:
    """The pairs of charts whose series differ, by the two series."""
    found: dict[Series, Pairs] = {}
    for pair in sorted(pairs, key=lambda pair: pair[1]):
        series = old.charts[pair[0]].series, new.charts[pair[1]].series
        if series[0] != series[1]:
            found.setdefault(series, []).append(pair)
    return found


def _may_be_one(old: Store, new: Store, left: list[int], free: list[int]) -> dict[Series, Pairs]:
    """The charts that may be one: all alike but the category, or the depth."""
    families: dict[tuple[object, ...], list[int]] = {}
    for code in free:
        families.setdefault(_family(new.charts[code]), []).append(code)
    pairs = (
        (code, there) for code in left for there in families.get(_family(old.charts[code]), ())
    )
    return _by_series(old, new, pairs)


def _check_one_to_one(proved: Mapping[Series, Alike]) -> None:
    """Raise where a chart could be either of two."""
    for side in (0, 1):
        first: dict[int, Series] = {}
        for series, alike in proved.items():
            for pair in alike.pairs:
                other = first.setdefault(pair[side], series)
                if other is not series:
                    raise _either(side, other, series)


def _either(side: int, one: Series, other: Series) -> AmbiguousChartError:
    hints = [f"categories={{{a.category!r}: {b.category!r}}}" for a, b in (one, other)]
    return AmbiguousChartError(
        f"{one[side]} holds the same titles as {one[1 - side]} and as {other[1 - side]}: "
        "say which it is",
        hints=hints,
    )


def _alike(old: Store, new: Store, pairs: Pairs) -> Alike:
    """What both vintages hold of some charts; the text of a title decides, not its key."""
    texts: dict[tuple[str | None, ...], int] = {}
    sides = [
        [texts.setdefault((t.name, t.by, t.season), len(texts)) for t in store.titles]
        for store in (old, new)
    ]
    rows = same = 0
    for pair in pairs:
        for _, before, after in common_lists(old, new, pair):
            ranks = old.ranks[before.start : before.stop], new.ranks[after.start : after.stop]
            codes = [
                [side[store.title_codes[row]] for row in each]
                for side, store, each in zip(sides, (old, new), (before, after), strict=True)
            ]
            if ranks[0] == ranks[1] and len(set(ranks[0])) == len(ranks[0]):
                rows += len(ranks[0])
                same += sum(map(eq, *codes))
                continue
            rows += (Counter(ranks[0]) & Counter(ranks[1])).total()
            held = [Counter(zip(*each, strict=True)) for each in zip(ranks, codes, strict=True)]
            same += (held[0] & held[1]).total()
    return Alike(pairs, rows, same)
