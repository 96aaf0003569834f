"""The comparison of two vintages, as rows and codes: values are made of it when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from attrs import frozen

from kcharts.model.history import ChartHistory
from kcharts.vintages._charts import Charts, joined_charts
from kcharts.vintages._lists import ListChange, list_changes, series_changes
from kcharts.vintages._places import NO_ROW, Both
from kcharts.vintages._records import COLUMNS, RETITLED, RevisionKind, SeriesRevision
from kcharts.vintages._titles import PlaceChange, Titles


@frozen(eq=False)
class Comparison:
    """Two vintages, and what they differ in.

    Attributes:
        old: The old vintage.
        new: The new one.
        categories: What the caller said of categories.
        charts: Which charts are one.
        rows: How many places the lists that both have share.
        lists: How many lists both have.
        places: The places that differ, by chart, date and rank.
        columns: The places that differ in nothing but a column that one vintage alone has.
        one_sided: The names of the columns that one vintage alone has.
        issues: What they know otherwise of lists.
        series: What they know otherwise of series.
    """

    old: ChartHistory
    new: ChartHistory
    categories: Mapping[str, str]
    charts: Charts
    rows: int
    lists: int
    places: tuple[PlaceChange, ...]
    columns: tuple[PlaceChange, ...]
    one_sided: Mapping[RevisionKind, tuple[str, ...]]
    issues: tuple[ListChange, ...]
    series: tuple[SeriesRevision, ...]

    def of_kind(self, kind: RevisionKind) -> tuple[PlaceChange, ...]:
        """The places of a kind."""
        places = self.places if kind not in COLUMNS else (*self.places, *self.columns)
        return tuple(change for change in places if kind in change.kinds)

    @property
    def is_empty(self) -> bool:
        """Whether the vintages do not differ at all."""
        return not (self.places or self.columns or self.issues or self.series)

    @property
    def retitled(self) -> tuple[PlaceChange, ...]:
        """The places where another text of a title is printed."""
        return tuple(
            change
            for change in self.places
            if NO_ROW not in change.place and change.kinds[0] in RETITLED
        )


def lists_of(changes: Iterable[PlaceChange]) -> list[tuple[int, int]]:
    """The lists of places: the code of the chart in the new vintage, and the ordinal."""
    return list(dict.fromkeys((change.chart, change.ordinal) for change in changes))


def _is_column(change: PlaceChange) -> bool:
    return all(kind in COLUMNS for kind in change.kinds)


def compared(old: ChartHistory, new: ChartHistory, categories: Mapping[str, str]) -> Comparison:
    """Join two vintages, and class what they differ in."""
    one, other = old.store, new.store
    charts = joined_charts(one, other, categories)
    both = Both(one, other)
    changed = list(both.changed(charts.pairs))
    titles = Titles(both, changed)
    places = [change for each in changed for change in titles.of_list(each)]
    return Comparison(
        old,
        new,
        MappingProxyType(dict(categories)),
        charts,
        both.rows,
        both.lists,
        tuple(change for change in places if not _is_column(change)),
        tuple(filter(_is_column, places)),
        {kind: both.one_sided(kind) for kind in COLUMNS},
        tuple(list_changes(one, other, charts)),
        tuple(series_changes(one, other, charts)),
    )
