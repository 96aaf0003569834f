"""Two vintages of one file, place by place: what the publisher changed afterwards."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, final, overload

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._results import Results
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.rows import snapshot
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory, store_in
from kcharts.vintages._charts import ListChange
from kcharts.vintages._comparison import (
    NO_ROW,
    Comparison,
    PlaceChange,
    compare_vintages,
    lists_of,
)
from kcharts.vintages._patch import Patch
from kcharts.vintages._revisions import (
    COLUMNS,
    ListRevision,
    Revision,
    RevisionKind,
    SeriesRevision,
)

# One of each kind says more than the first five, which are mostly of one kind and one list.
_EXAMPLES = 5
_ALONE = RevisionKind.LIST_LOST, RevisionKind.LIST_ADDED


@final
@public
class Revisions(Sequence[Revision]):
    """What differs between two vintages of one file: a sequence of the places that differ.

    A place is a rank of a list that both vintages have. Lists about which they disagree, mostly
    new ones, are in `issues`, and series in `series`. Printed, it is a page: the counts of each
    kind, the dates, the first examples.

    >>> from kcharts import compare
    >>> from kcharts.formats import netflix
    >>> old = netflix.read_countries(netflix.COUNTRIES.sample.encode())
    >>> compare(old, old).is_empty
    True
    """

    __slots__ = ("_comparison",)
    __hash__ = None  # type: ignore[assignment]  # like everything that holds many figures

    def __init__(self, comparison: Comparison, /) -> None:
        self._comparison = comparison

    @property
    def places(self) -> Results[Revision]:
        """The places that differ, by chart, date and rank: the sequence itself."""
        return Results(self._comparison.places, self._revision)

    @property
    def columns(self) -> Results[Revision]:
        """The places that differ in nothing but a column that one vintage alone has."""
        return Results(self._comparison.columns, self._revision)

    @property
    def issues(self) -> Results[ListRevision]:
        """The lists that only one vintage has, or about which they disagree."""
        return Results(self._comparison.issues, ListChange.revision)

    @property
    def series(self) -> Results[SeriesRevision]:
        """The series whose label, calendar or charts differ."""
        return Results.of(self._comparison.series)

    def _revision(self, change: PlaceChange) -> Revision:
        old, new = self._comparison.old.store, self._comparison.new.store
        place = change.place
        return Revision(
            chart=new.charts[change.chart],
            date=dt.date.fromordinal(change.ordinal),
            rank=old.ranks[place.old] if place.new == NO_ROW else new.ranks[place.new],
            kinds=change.kinds,
            old=None if place.old == NO_ROW else snapshot(old, place.old),
            new=None if place.new == NO_ROW else snapshot(new, place.new),
            now_at=change.now_at,
            was_at=change.was_at,
        )

    def __len__(self) -> int:
        return len(self._comparison.places)

    @overload
    def __getitem__(self, index: int) -> Revision: ...
    @overload
    def __getitem__(self, index: slice) -> Results[Revision]: ...
    def __getitem__(self, index: int | slice) -> Revision | Results[Revision]:
        """One place, or the results of a slice."""
        return self.places[index]

    def __iter__(self) -> Iterator[Revision]:
        return iter(self.places)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Revisions):
            return NotImplemented
        mine, theirs = ((r.places, r.columns, r.issues, r.series) for r in (self, other))
        return mine == theirs

    def __reduce__(self) -> tuple[Any, ...]:
        # To compare again takes 20 ms for two files of Netflix's, and no private class is pickled.
        again = partial(compare, categories=dict(self._comparison.categories))
        return again, (self._comparison.old, self._comparison.new)

    @property
    def is_empty(self) -> bool:
        """Whether the vintages agree on every place, list and series."""
        return self._comparison.is_empty

    @property
    def rows(self) -> int:
        """The number of places in both vintages, that differ or not."""
        return self._comparison.rows

    @property
    def lists(self) -> tuple[tuple[Chart, dt.date], ...]:
        """The lists with a place that differs, by chart and date."""
        charts = self._comparison.new.store.charts
        return tuple(
            (charts[chart], dt.date.fromordinal(ordinal))
            for chart, ordinal in lists_of(self._comparison.places)
        )

    @property
    def retitled(self) -> Results[Revision]:
        """The places where the title's text differs, if only in its spelling."""
        return Results(self._comparison.retitled, self._revision)

    @property
    def by_kind(self) -> dict[RevisionKind, Results[Any]]:
        """The places, lists or series of each kind that occurs; a place can have several kinds."""
        by_kind: dict[RevisionKind, Results[Any]] = {}
        for kind in RevisionKind:
            columns = self._comparison.columns if kind in COLUMNS else ()
            held = chain(self._comparison.places, columns)
            places = [change for change in held if kind in change.kinds]
            lists = [each for each in self._comparison.issues if each.kind is kind]
            series = [each for each in self._comparison.series if each.kind is kind]
            if places:
                by_kind[kind] = Results(places, self._revision)
            elif lists:
                by_kind[kind] = Results(lists, ListChange.revision)
            elif series:
                by_kind[kind] = Results.of(series)
        return by_kind

    @property
    def by_cell(self) -> dict[str, Results[Revision]]:
        """The places at which each column of `Revision.cells` differs, whatever the titles."""
        by_cell: dict[str, list[PlaceChange]] = {}
        for change in self._comparison.places:
            for name in self._revision(change).cells:
                by_cell.setdefault(name, []).append(change)
        return {name: Results(places, self._revision) for name, places in by_cell.items()}

    def apply(self, history: ChartHistory, /) -> ChartHistory:
        """Make the revisions in a history: the old vintage becomes the new one.

        Another history, with marks of your own for example, has to hold what the old vintage
        holds wherever the new one differs. Whatever else it holds stays.

        Raises:
            ConflictError: It holds something else there.
        """
        return ChartHistory(Patch(self._comparison, _whole_store(history, "history")).apply())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a place that differs."""
        return self.places.to_dicts()

    def to_columns(self) -> dict[str, list[Any]]:
        """The places that differ, one list a column."""
        return self.places.to_columns()

    def __str__(self) -> str:
        return "\n".join([*_page_lines(self._comparison), *self._examples()])

    def _examples(self) -> list[str]:
        """The first place of each kind, at most five."""
        first: dict[RevisionKind, PlaceChange] = {}
        for change in self._comparison.places:
            first.setdefault(change.kinds[0], change)
        shown = list(first.values())[:_EXAMPLES]
        lines = [f"  {self._revision(change)}" for change in shown]
        return ["for example:", *lines] if lines else []

    def __repr__(self) -> str:
        return str(self)


def _whole_store(history: ChartHistory, where: str) -> Store:
    store_in(history, where)
    if not history.is_whole:
        expected = "a history of whole lists, not one narrowed to titles"
        raise checks.refuse(where, expected, str(history))
    return history.store


@public
def compare(
    old: ChartHistory, new: ChartHistory, /, *, categories: Mapping[str, str] | None = None
) -> Revisions:
    r"""Find what a publisher changed between two vintages of one file.

    Rows are joined on chart, date and rank, never on names. Charts are joined by their label.
    Those that only one vintage has are joined if they differ in nothing but category or depth,
    and more than half of the places that both hold show the same title. Otherwise they are lost
    and added; if you know better, say so in `categories`.

    Args:
        old: The vintage that was fetched first.
        new: The one that was fetched later.
        categories: The new names of categories that were renamed, by their old names.

    Raises:
        AmbiguousChartError: A relabelled series could be either of two.
        UnknownChartError: A vintage does not have a category that `categories` names.
        ValueError: A history was narrowed to titles; `categories` makes two charts one.

    >>> from kcharts import compare
    >>> from kcharts.formats import netflix
    >>> sample = netflix.COUNTRIES.sample
    >>> vintages = [sample, sample.replace("A Series", "A SERIES")]
    >>> old, new = (netflix.read_countries(text.encode()) for text in vintages)
    >>> print(compare(old, new))
    the new vintage of <bytes> against the old one: 2 places in 1 list that both have
    different: 1 place in 1 list, in the week ending 2022-01-30
    - respelt: 1 place in 1 list, in the week ending 2022-01-30
    for example:
      Netflix TV in South Korea, ... No. 1: A Series: Season 1 is now A SERIES: Season 1 (respelt)
    """
    _whole_store(old, "old")
    _whole_store(new, "new")
    renamed: Mapping[str, str] = {} if categories is None else categories
    expected = "new names of categories by the old ones"
    checks.check_kind("categories", renamed, Mapping, expected)
    for name in chain.from_iterable(renamed.items()):
        checks.check_kind("categories", name, str, expected)
    return Revisions(compare_vintages(old, new, renamed))


def _page_lines(comparison: Comparison) -> Iterator[str]:
    yield _heading(comparison)
    if comparison.is_empty:
        yield "no difference"
        return
    yield from map(str, comparison.series)
    if comparison.places:
        yield f"different: {_places_and_dates(comparison, comparison.places)}"
        yield from _titles_line(comparison)
        yield from (f"- {line}" for line in _kind_lines(comparison))
    else:
        yield "none of these places differs"
    for kind, names in comparison.one_sided.items():
        if names:
            yield f"{kind.value}: {words.enumeration(names)}"
    yield from _issue_lines(comparison)


def _heading(comparison: Comparison) -> str:
    old, new = (_sources_of(history.store) for history in (comparison.old, comparison.new))
    which = f"{new or 'the new vintage'} against {old or 'the old one'}"
    if old == new:
        which = f"the new vintage{f' of {new}' if new else ''} against the old one"
    rows = words.quantity(comparison.rows, "place")
    return f"{which}: {rows} in {words.quantity(comparison.lists, 'list')} that both have"


def _sources_of(store: Store) -> str:
    names = [name for name in store.sources if name]
    return words.enumeration(names) if names else ""


def _titles_line(comparison: Comparison) -> Iterator[str]:
    """A line on all places with another title, unless they are of one kind."""
    retitled = comparison.retitled
    real = [change for change in retitled if change.kinds[0] is not RevisionKind.RESPELT]
    if len({change.kinds[0] for change in retitled}) > 1:
        all_of_them = f"another text of a title at {_places_and_dates(comparison, retitled)}"
        yield f"{all_of_them}; more than another spelling at {_count_places(real)}"


def _kind_lines(comparison: Comparison) -> Iterator[str]:
    for kind in RevisionKind:
        concerned = [change for change in comparison.places if kind in change.kinds]
        if concerned and kind not in COLUMNS:
            # A place can have several kinds, so the lines do not add up to all places.
            line = f"{kind.value}: {_places_and_dates(comparison, concerned)}"
            alone = sum(not {*change.kinds}.difference((kind, *COLUMNS)) for change in concerned)
            if alone < len(concerned):
                line += f" ({alone:,} of them nothing else)"
            respelt = sum(change.now_at is not None for change in concerned)
            if kind is RevisionKind.REPLACED and respelt:
                line += f" ({respelt:,} of them on the list in another spelling)"
            yield line


def _count_places(changes: Sequence[PlaceChange]) -> str:
    lists = words.quantity(len(lists_of(changes)), "list")
    return f"{words.quantity(len(changes), 'place')} in {lists}"


def _places_and_dates(comparison: Comparison, changes: Sequence[PlaceChange]) -> str:
    charts = {comparison.new.store.charts[change.chart] for change in changes}
    dates = _dates_between(charts, [change.ordinal for change in changes])
    return f"{_count_places(changes)}, {dates}"


def _dates_between(charts: Iterable[Chart], ordinals: Sequence[int]) -> str:
    start, end = dt.date.fromordinal(min(ordinals)), dt.date.fromordinal(max(ordinals))
    # "In the week ending" fits no daily list: mixed charts get bare dates.
    by_words = {chart.series.date_words: chart.series for chart in charts}
    if len(by_words) == 1:
        [series] = by_words.values()
        return series.when(start, end)
    return f"on {start}" if start == end else f"{start} to {end}"


def _issue_lines(comparison: Comparison) -> Iterator[str]:
    by_kind: dict[RevisionKind, list[ListChange]] = {}
    for change in comparison.issues:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, concerned in by_kind.items():
        rows = words.quantity(sum(each.rows for each in concerned), "row")
        held = f" ({rows})" if kind in _ALONE else ""
        when = _dates_between(
            [each.chart for each in concerned], [each.ordinal for each in concerned]
        )
        yield f"{kind.value}: {words.quantity(len(concerned), 'list')}{held}, {when}"
