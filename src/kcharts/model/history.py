"""Histories: all the lists that we have, with what is known of every issue."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast, final, overload

from kcharts._faces import public
from kcharts.errors import UnknownChartError
from kcharts.model import _checks as checks, lookup
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.grouping import by_show
from kcharts.model.columns.marks import close_charts, mark_issue
from kcharts.model.columns.merging import OnConflict, merge_stores
from kcharts.model.columns.rows import METRICS, REPORTED, Clashing, snapshot, snapshots, store_of
from kcharts.model.columns.store import Store, check_issue
from kcharts.model.columns.summary import arrow_stream, columns, content, summary
from kcharts.model.country import Country, World
from kcharts.model.snapshot import Issue, IssueStatus, RankSnapshot
from kcharts.model.title import Title, fold

# Besides the class, names that measures and readers take from here.
__all__ = ["METRICS", "REPORTED", "ChartHistory", "store_in"]

_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


@final
@public
class ChartHistory(Sequence[RankSnapshot]):
    """All the lists that we have, with what is known of every issue; immutable.

    A sequence of `RankSnapshot` in the order of series, place, date and rank. It holds whole
    lists, because the other rows are what shows that a title was absent. `str` sums up what it
    holds; two histories are equal when they hold the same rows, statuses and calendars, whatever
    the sources; the hash is the object's.

    >>> from kcharts import sample
    >>> history = sample()
    >>> len(history.panel("reconstruction of FlixPatrol", "2022-01-31"))
    88
    """

    __slots__ = ("_store",)
    # A hash of the content would read every row.
    __hash__ = object.__hash__

    def __init__(self, store: Store, /) -> None:
        self._store = store

    @property
    def store(self) -> Store:
        """The columns inside, for kcharts' own measures; not part of the public promise."""
        return self._store

    @classmethod
    def from_snapshots(
        cls,
        rows: Iterable[RankSnapshot],
        *,
        calendars: Mapping[ChartSeries, Calendar] | None = None,
        statuses: Mapping[tuple[Chart, dt.date], IssueStatus] | None = None,
        ties: Clashing = "refuse",
        repeats: Clashing = "refuse",
    ) -> "ChartHistory":
        """A history of rows in any order.

        Titles of one key become one title, with what any row knows of it. Of different names it
        gets the first by the alphabet; extras keep the others: "title as printed" and so on.

        Args:
            rows: Whole lists, in any order.
            calendars: The calendar of each series; one that fits is inferred for the others.
            statuses: What is known of issues beyond the rows: a list that is broken, or one
                that should be there and is not.
            ties: "refuse" titles that share a rank of a list, or "keep" them.
            repeats: "refuse" a title at two ranks of a list, or "keep" both: the better counts.

        Raises:
            ConflictError: Two titles at one rank, or a title at two ranks, of one list; titles
                of one key with different origins or release dates.
            NotAnIssueError: A row or a status on a date that its series' calendar does not have.
            ValueError: A rank or line number beyond 2,147,483,647.

        Warns:
            IncompleteListsWarning: Lists whose ranks are not 1 to n.
        """
        return cls(store_of(rows, calendars or {}, statuses or {}, ties=ties, repeats=repeats))

    # -- a sequence of rows ---------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._store.ranks)

    @overload
    def __getitem__(self, index: int) -> RankSnapshot: ...
    @overload
    def __getitem__(self, index: slice) -> list[RankSnapshot]: ...
    def __getitem__(self, index: int | slice) -> RankSnapshot | list[RankSnapshot]:
        """The row at a position, or the rows of a slice."""
        if not isinstance(index, slice):
            return snapshot(self._store, range(len(self))[index])
        rows = range(len(self))[index]
        if rows.step != 1:
            return [snapshot(self._store, row) for row in rows]
        return list(snapshots(self._store, rows))

    def __iter__(self) -> Iterator[RankSnapshot]:
        return self.snapshots()

    def snapshots(self) -> Iterator[RankSnapshot]:
        """The rows, one by one, by series, place, date and rank."""
        return snapshots(self._store, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ChartHistory):
            return NotImplemented
        mine, theirs = self._store, other._store
        return content(mine) == content(theirs)

    def __getstate__(self) -> dict[str, Any]:
        return self._store.to_state()

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._store = Store.from_state(state)

    # -- what it holds ---------------------------------------------------------------------

    @property
    def titles(self) -> tuple[Title, ...]:
        """The titles that are on some list, in the order of the rows."""
        return self._store.titles

    @property
    def series(self) -> tuple[ChartSeries, ...]:
        """The series of the charts."""
        return tuple(dict.fromkeys(chart.series for chart in self._store.charts))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts, by series, the world first, then by country code."""
        return self._store.charts

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates of all lists, in order."""
        days = {ordinal for lists in self._store.lists for ordinal in lists.ordinals}
        return tuple(map(dt.date.fromordinal, sorted(days)))

    @property
    def note(self) -> str | None:
        """What the source says about itself, such as that it is a reconstruction."""
        return self._store.note

    @property
    def is_whole(self) -> bool:
        """Whether the lists have all their rows; False once narrowed to titles."""
        return self._store.whole

    def calendar(self, series: ChartSeries | str) -> Calendar:
        """The calendar of a series: the one given, or the one that fits all its dates."""
        return self._store.calendar(lookup.one_series(self._store, series))

    def status(self, chart: Chart, date: dt.date | str) -> IssueStatus:
        """What is known of an issue.

        Raises:
            UnknownChartError: The history does not hold the chart.
            NotAnIssueError: The series has no issue on that date.
        """
        code = lookup.chart_code(self._store, chart)
        return self._store.status(code, self._ordinal(chart.series, date))

    def _ordinal(self, series: ChartSeries, date: dt.date | str) -> int:
        day = checks.as_day(date)
        check_issue(self._store.calendar(series), series, day)
        return day.toordinal()

    def closed(self, chart: Chart, /) -> dt.date | None:
        """The last issue of a chart that is known to have ended; None for any other.

        It is known by `closing`, or because the publisher's format says so.

        >>> from kcharts import sample
        >>> history = sample()
        >>> world = history.chart("world")
        >>> print(history.closed(world), history.closing(world, "2022-01-31").closed(world))
        None 2022-01-31
        """
        ordinal = self._store.closings[lookup.chart_code(self._store, chart)]
        return None if ordinal is None else dt.date.fromordinal(ordinal)

    def issue(self, chart: Chart, date: dt.date | str) -> Issue:
        """One list, with its status; without rows where the history does not have it."""
        code = lookup.chart_code(self._store, chart)
        ordinal = self._ordinal(chart.series, date)
        rows = tuple(snapshots(self._store, self._store.rows(code, ordinal)))
        status = self._store.status(code, ordinal)
        return Issue(chart, dt.date.fromordinal(ordinal), status, rows)

    def latest(self, chart: Chart) -> Issue:
        """The chart's last list.

        Raises:
            UnknownChartError: The history has no list of the chart.
        """
        ordinals = self._store.lists[lookup.chart_code(self._store, chart)].ordinals
        if not ordinals:
            raise UnknownChartError(f"the history has no list of {chart}")
        return self.issue(chart, dt.date.fromordinal(ordinals[-1]))

    def panel(self, series: ChartSeries | str, date: dt.date | str) -> tuple[Country, ...]:
        """The places whose chart should have an issue on a date: all that are not OUTSIDE.

        The world chart is not part of the panel.
        """
        one = lookup.one_series(self._store, series)
        ordinal = self._ordinal(one, date)
        return tuple(
            chart.place
            for code, chart in enumerate(self._store.charts)
            if chart.series == one
            and isinstance(chart.place, Country)
            and self._store.status(code, ordinal) is not IssueStatus.OUTSIDE
        )

    # -- looking up -----------------------------------------------------------------------

    def title(
        self,
        name: str,
        /,
        *,
        season: str | None = None,
        kind: str | None = None,
        by: str | None = None,
    ) -> Title:
        """The one title of that name, compared folded.

        A show's name finds its season where the history holds one of it. How the name is spelt
        decides only where two titles differ in nothing else.

        Raises:
            UnknownTitleError: None has the name; the hints are close ones.
            AmbiguousTitleError: Several do; the hints say what decides.
        """
        codes = lookup.title_codes(self._store, name, season=season, kind=kind, by=by)
        return self._store.titles[lookup.one_title(self._store, name, codes)]

    def find(self, text: str) -> list[Title]:
        """The titles whose full name, or performer, contains the text, compared folded."""
        checks.check_text("text", text)
        wanted = fold(text)
        return [
            title
            for title in self._store.titles
            if wanted in fold(f"{title.name} {title.full_name}")
        ]

    def chart(
        self,
        country: Country | World | str,
        /,
        *,
        category: str | None = None,
        series: ChartSeries | str | None = None,
    ) -> Chart:
        """The one chart of a place.

        Raises:
            UnknownChartError: The history holds none that fits.
            AmbiguousChartError: It holds several; the hints say what decides.
        """
        place = lookup.find_place(country)
        codes = lookup.charts(self._store, series=series, country=place, category=category)
        if len(codes) > 1:
            among = [self._store.charts[code] for code in codes]
            message = f"there are {len(codes)} charts of {country}: say which"
            raise lookup.ambiguous_charts(message, among)
        return self._store.charts[codes[0]]

    # -- other histories ------------------------------------------------------------------

    def select(
        self,
        *,
        title: Title | str | None = None,
        series: ChartSeries | str | None = None,
        country: Country | World | str | None = None,
        category: str | None = None,
        start: dt.date | str | None = None,
        end: dt.date | str | None = None,
    ) -> "ChartHistory":
        """A narrower history.

        By title, series, country or category it keeps what is known of every issue, so that
        "not on the list" stays known; narrowed to a title it is no longer whole. By dates it is
        a cut: what lies before `start` or after `end` becomes OUTSIDE, and nothing of it enters
        any figure.
        """
        store = self._store
        if start is not None or end is not None:
            low = _FIRST if start is None else checks.as_day(start, "start").toordinal()
            high = _LAST if end is None else checks.as_day(end, "end").toordinal()
            # First of all: an inferred calendar is made of the dates of all places.
            store = store.cut(low, high)
        if not (series is None and country is None and category is None):
            wanted = lookup.charts(store, series=series, country=country, category=category)
            store = store.take(
                [(c, 0, len(store.lists[c].ordinals)) for c in wanted], calendars=store.calendars
            )
        if title is not None:
            codes = set(lookup.codes_of(store, title))
            store = store.narrow(codes.__contains__)
        return ChartHistory(store)

    def with_status(
        self, where: Chart | Country | World | str, date: dt.date | str, status: IssueStatus
    ) -> "ChartHistory":
        """The history with the status of an issue set: of one chart, or of all of a place.

        Raises:
            ValueError: MISSING or OUTSIDE for a list that the history has, another status for one
                that it lacks, or any but OUTSIDE after a chart's last issue.
        """
        return ChartHistory(
            mark_issue(self._store, self._codes(where), checks.as_day(date), status)
        )

    def closing(self, where: Chart | Country | World | str, date: dt.date | str) -> "ChartHistory":
        """The history in which a chart, or all charts of a place, ended with an issue.

        What is after it is OUTSIDE, not MISSING: Netflix's lists of Russia ended with the week
        of 2022-02-27.

        Raises:
            ValueError: The history has a list after that date.
        """
        return ChartHistory(close_charts(self._store, self._codes(where), checks.as_day(date)))

    def _codes(self, where: Chart | Country | World | str) -> list[int]:
        if isinstance(where, Chart):
            return [lookup.chart_code(self._store, where)]
        return lookup.charts(self._store, country=lookup.find_place(where, "where"))

    def merge(self, other: "ChartHistory", *, on_conflict: OnConflict = "raise") -> "ChartHistory":
        """Both histories in one: equal issues are one, and rows never mix within an issue.

        What was set by hand beats what is inferred, and a list beats a missing one.
        Titles of one key become one, as in `from_snapshots`. Two vintages of one file are not
        merged but compared.

        Raises:
            ConflictError: The two give an issue different rows or different set marks, or a title
                different origins or release dates, and `on_conflict` is "raise".
        """
        checks.check_choice("on_conflict", on_conflict, "raise", "ours", "theirs")
        theirs = store_in(other, "other")
        return ChartHistory(merge_stores(self._store, theirs, on_conflict))

    def by_show(self) -> "ChartHistory":
        """The history in which the seasons of a show are one title, called "all seasons".

        A show is a work of a catalogue, after `relabel`; else what has one name, kind, performer
        and year as printed, in any season. Each list has it at the best rank of its seasons, with
        what was printed there. The other seasons' rows fall out: that leaves holes, but the show
        is at rank *k* or better where a season is.

        >>> from kcharts import RankSnapshot, Title, sample
        >>> chart, day = sample().chart("world"), sample().dates[0]
        >>> seasons = [Title("A Show", season=f"A Show: Season {number}") for number in (1, 2)]
        >>> rows = [RankSnapshot(each, chart, day, rank) for rank, each in enumerate(seasons, 1)]
        >>> [str(row.title) for row in ChartHistory.from_snapshots(rows).by_show()]
        ['A Show: all seasons']
        """
        return ChartHistory(by_show(self._store))

    # -- in words and in columns ----------------------------------------------------------

    def to_columns(self) -> dict[str, list[Any]]:
        """The rows as columns, under the names of the kcharts table."""
        return columns(self._store)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream, for libraries that ask a value for one.

        polars asks first whether it is a sequence: give it `to_columns()`.

        polars or pyarrow makes the stream, whichever is installed; a column with some decimals
        gets decimals only.

        Raises:
            UnsupportedBackendError: Neither is installed.
        """
        return arrow_stream(self._store, requested_schema)

    def __str__(self) -> str:
        return summary(self._store)

    def __repr__(self) -> str:
        return f"<ChartHistory: {self}>"


def store_in(history: object, where: str = "history") -> Store:
    """The columns of a history that an argument gives; `where` is the argument's name."""
    checks.check_kind(where, history, ChartHistory, "a ChartHistory")
    return cast("ChartHistory", history).store
