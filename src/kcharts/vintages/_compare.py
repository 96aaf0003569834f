"""Two vintages of one file, place by place: what the publisher changed afterwards."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final, overload

from kcharts._faces import public
from kcharts.measures._results import Results
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.rows import snapshot
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.vintages._applying import Patch
from kcharts.vintages._comparison import Comparison, compared, lists_of
from kcharts.vintages._lists import ListChange
from kcharts.vintages._places import NO_ROW
from kcharts.vintages._records import (
    ListRevision,
    Revision,
    RevisionKind,
    SeriesRevision,
)
from kcharts.vintages._titles import PlaceChange
from kcharts.vintages._words import lines


@final
@public
class Revisions(Sequence[Revision]):
    """What differs between two vintages of one file: a sequence of the places that do.

    A place is a rank of a list that both vintages have. What they know otherwise of whole lists,
    new issues above all, is in `issues`, and what of whole series, in `series`. Printed, it is a
    page: the counts by class, the dates concerned, the first examples.

    >>> from kcharts import compare
    >>> from kcharts.formats import netflix
    >>> old = netflix.read_countries(netflix.COUNTRIES.sample.encode())
    >>> compare(old, old).is_empty
    True
    """

    __slots__ = ("_found",)
    __hash__ = None  # type: ignore[assignment]  # like all that holds many figures

    def __init__(self, found: Comparison, /) -> None:
        self._found = found

    @property
    def places(self) -> Results[Revision]:
        """The places that differ, by chart, date and rank; the sequence itself."""
        return Results(self._found.places, self._revision)

    @property
    def columns(self) -> Results[Revision]:
        """The places that differ in nothing but a column that one vintage alone has."""
        return Results(self._found.columns, self._revision)

    @property
    def issues(self) -> Results[ListRevision]:
        """The lists that one vintage alone has, or of which they know otherwise."""
        return Results(self._found.issues, ListChange.made)

    @property
    def series(self) -> Results[SeriesRevision]:
        """The series whose label, calendar or charts differ."""
        return Results.of(self._found.series)

    def _revision(self, change: PlaceChange) -> Revision:
        old, new = self._found.old.store, self._found.new.store
        place = change.place
        return Revision(
            new.charts[change.chart],
            dt.date.fromordinal(change.ordinal),
            old.ranks[place.old] if place.new == NO_ROW else new.ranks[place.new],
            change.kinds,
            None if place.old == NO_ROW else snapshot(old, place.old),
            None if place.new == NO_ROW else snapshot(new, place.new),
            change.now_at,
            change.was_at,
        )

    def __len__(self) -> int:
        return len(self._found.places)

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
        return _compared, (self._found.old, self._found.new, dict(self._found.categories))

    @property
    def is_empty(self) -> bool:
        """Whether the vintages do not differ at all, in no place, list or series."""
        return self._found.is_empty

    @property
    def rows(self) -> int:
        """The number of places that both vintages have: ranks of lists that both have."""
        return self._found.rows

    @property
    def lists(self) -> tuple[tuple[Chart, dt.date], ...]:
        """The lists with a place that differs, each by chart and date."""
        charts = self._found.new.store.charts
        return tuple(
            (charts[chart], dt.date.fromordinal(ordinal))
            for chart, ordinal in lists_of(self._found.places)
        )

    @property
    def retitled(self) -> Results[Revision]:
        """The places where another text of a title is printed, be it only respelt."""
        return Results(self._found.retitled, self._revision)

    @property
    def by_kind(self) -> dict[RevisionKind, Results[Any]]:
        """What is of each kind that occurs: of `places`, `issues` or `series`.

        A place may be of several kinds.
        """
        found: dict[RevisionKind, Results[Any]] = {}
        for kind in RevisionKind:
            places = self._found.of_kind(kind)
            lists = [each for each in self._found.issues if each.kind is kind]
            series = [each for each in self._found.series if each.kind is kind]
            if places:
                found[kind] = Results(places, self._revision)
            elif lists:
                found[kind] = Results(lists, ListChange.made)
            elif series:
                found[kind] = Results.of(series)
        return found

    @property
    def by_cell(self) -> dict[str, Results[Revision]]:
        """The places at which each column differs, whichever titles stand there.

        The columns are those of `Revision.cells`.
        """
        found: dict[str, list[PlaceChange]] = {}
        for change in self._found.places:
            for name in self._revision(change).cells:
                found.setdefault(name, []).append(change)
        return {name: Results(places, self._revision) for name, places in found.items()}

    def apply(self, history: ChartHistory, /) -> ChartHistory:
        """The history with the revisions made: the old vintage becomes the new one.

        Another history may be given, one with marks of your own say, if it holds what the old
        vintage holds wherever the new one differs; what else it holds, stays.

        Raises:
            ConflictError: It does not.
        """
        return ChartHistory(Patch(self._found, checked(history, "history")).applied())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a place that differs."""
        return self.places.to_dicts()

    def to_columns(self) -> dict[str, list[Any]]:
        """The places that differ, one list a column."""
        return self.places.to_columns()

    def __str__(self) -> str:
        return "\n".join([*lines(self._found), *self._examples()])

    def _examples(self) -> list[str]:
        """The first place of each kind, at most five."""
        first: dict[RevisionKind, PlaceChange] = {}
        for change in self._found.places:
            first.setdefault(change.kinds[0], change)
        shown = list(first.values())[:_EXAMPLES]
        return ["for example:"] * bool(shown) + [f"  {self._revision(each)}" for each in shown]

    def __repr__(self) -> str:
        return str(self)


_EXAMPLES = 5


def _compared(old: ChartHistory, new: ChartHistory, categories: Mapping[str, str]) -> Revisions:
    return compare(old, new, categories=categories)


def checked(history: object, where: str) -> Store:
    """The store of a history of whole lists.

    Raises:
        TypeError: It is no history.
        ValueError: It was narrowed to titles.
    """
    if not isinstance(history, ChartHistory):
        raise checks.refuse(where, "a ChartHistory", history, kind=TypeError)
    if not history.is_whole:
        expected = "a history of whole lists, not one narrowed to titles"
        raise checks.refuse(where, expected, str(history))
    return history.store


@public
def compare(
    old: ChartHistory, new: ChartHistory, /, *, categories: Mapping[str, str] | None = None
) -> Revisions:
    r"""What a publisher changed between two vintages of one file.

    Rows are joined on chart, date and rank, never on names. Charts have one label in both
    vintages; those that only one has are joined if all but their category, or their depth, is
    alike and more than half of the places that both hold show the same title. Otherwise they
    are lost and added: say in `categories` what you know better.

    Args:
        old: The vintage that was fetched first.
        new: The one that was fetched later.
        categories: What a category of the old vintage is called in the new one, for those that
            are not called the same.

    Returns:
        The places that differ, each with what happened; the lists and series of which the
        vintages know otherwise; and counts of all by kind.

    Raises:
        AmbiguousChartError: A series that is relabelled could be either of two.
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
    checked(old, "old")
    checked(new, "new")
    return Revisions(compared(old, new, categories or {}))
