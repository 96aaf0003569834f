"""Milestones: when a title first got there, in which places, before whom, how soon."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Unpack, final

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import UnknownChartError
from kcharts.measures import _words as words
from kcharts.measures._coverage import TitlePanel
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results
from kcharts.measures._scope import Scope, check_top, one_chart, scoped, scoped_title
from kcharts.measures._timeline import Timeline, timeline
from kcharts.measures._where import Among, Belongs, InSeries, Where, narrowed_by
from kcharts.model import _checks as checks, lookup
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
@public
@frozen
class FirstReached:
    """When a title first was at a rank or better on one chart.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one.
        date: The first published list that proves it; None where none does.
        earliest: The earliest issue on which it can have been: an unknown one, or `date`.
        censored: Whether it can have been there before the data begin.
    """

    title: Title
    chart: Chart
    top: int | None
    date: dt.date | None
    earliest: dt.date
    censored: bool

    def basis(self) -> Iterator[Basis]:
        """The row that it rests on."""
        if self.date is not None:
            yield Basis(self.title, self.chart, self.date, self.date, self.top)

    def as_row(self) -> dict[str, Any]:
        """The milestone as named cells."""
        return {
            "title": self.title.name,
            "season": self.title.season,
            "country": self.chart.code,
            "category": self.chart.series.category,
            "top": self.top,
            "date": self.date,
            "earliest": self.earliest,
            "censored": self.censored,
        }

    def __str__(self) -> str:
        if self.date is None:
            first = f"never proved {words.at(self.top)}"
        else:
            first = f"first {words.at(self.top)} {self.chart.series.when(self.date)}"
        doubt = ""
        if self.earliest != self.date:
            doubt = f" (perhaps as early as {self.earliest}: no usable list)"
        if self.censored:
            doubt += " (perhaps before the data begin)"
        return f"{self.title}: {first}{doubt}, {self.chart.name}"


class First(NamedTuple):
    """What is known of a first time."""

    date: dt.date | None
    earliest: dt.date
    censored: bool


def first_time(times: Timeline, position: int | None) -> First:
    """What is known of a first time at a position of a timeline, or at none."""
    proved = None if position is None else times.numbers[position]
    end = times.last + 1 if proved is None else proved
    gone = {*times.numbers[:position], *times.outside}
    # One issue due that nobody has seen, and the title may have been there first.
    lacking = [number for number in range(times.first, end) if number not in gone]
    earliest = lacking[0] if lacking else end
    date = times.calendar.date
    return First(
        None if proved is None else date(proved),
        date(min(earliest, times.last)),
        not times.left.known and earliest == times.first,
    )


def first_positions(store: Store, chart: int, top: int | None) -> dict[int, int]:
    """The position of each title's first published list at `top` or better."""
    first: dict[int, int] = {}
    for position, (low, high) in enumerate(store.published(chart, top=top)):
        for code in store.title_codes[low:high]:
            first.setdefault(code, position)
    return first


@public
@narrowed_by(InSeries)
def first_reached(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    top: int | None = 1,
    **where: Unpack[InSeries],
) -> Results[FirstReached]:
    """When a title first was at `top` or better in each place: proved, and at the earliest.

    TitlePanel where no list proves it are listed last, if an unknown list may have held it.

    >>> from kcharts import first_reached, sample
    >>> firsts = first_reached(sample(), "All of Us Are Dead")
    >>> len(firsts), firsts[0].date
    (46, datetime.date(2022, 1, 29))
    """
    places = TitlePanel(scoped_title(history, title, **where), top)
    store = places.store
    firsts: list[FirstReached] = []
    for code in places.codes.values():
        times = timeline(store, code)
        position = first_positions(store, code, top).get(places.title_code)
        if position is None and not times.unknown:
            continue
        first = first_time(times, position)
        chart = store.charts[code]
        firsts.append(
            FirstReached(places.title, chart, top, first.date, first.earliest, first.censored)
        )
    firsts.sort(key=lambda each: (each.date is None, each.date or each.earliest, each.chart.code))
    return Results.of(firsts)


@final
@public
@frozen
class Reached:
    """One title's place in the order in which titles got there.

    Attributes:
        title: The work.
        date: The first published list that proves it.
        position: Its place in the order, 1 for the first; titles of one date share it.
        latest: The place at the worst: where all titles belong that got there on dates before
            and for which nothing says whether they do.
    """

    title: Title
    date: dt.date
    position: int
    latest: int

    @property
    def ordinal(self) -> str:
        """The position in words: "3rd"."""
        return words.ordinal(self.position)

    def as_row(self) -> dict[str, Any]:
        """The milestone as named cells."""
        return {
            "title": self.title.name,
            "season": self.title.season,
            "date": self.date,
            "position": self.position,
            "latest": self.latest,
        }

    def __str__(self) -> str:
        bound = f" (to {words.ordinal(self.latest)})" if self.latest > self.position else ""
        return f"{self.ordinal}{bound}: {self.title}, {self.date}"


@final
@public
@frozen
class FirstToReach:
    """The order in which the titles of a class first were at a rank or better on one chart.

    Iterating gives those that got there, the first one first.

    Attributes:
        chart: The chart.
        top: The rank that counts, or a better one.
        what: The class in words, such as "from South Korea".
        order: The titles that got there, the first one first.
        unclassified: Titles that got there, and for which nothing says whether they belong.
        since: The first issue that the data cover.
        until: The last one.
        unknown: How many issues due in between are not known; any title can have been there.
        censored: Whether the chart had issues before `since`.
    """

    chart: Chart
    top: int | None
    what: str
    order: tuple[Reached, ...]
    unclassified: tuple[Reached, ...]
    since: dt.date
    until: dt.date
    unknown: int
    censored: bool

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "since", "until")

    def position(self, title: Title | str, /) -> Reached:
        """The place of one title.

        Raises:
            UnknownTitleError: It is not among those that got there.
            AmbiguousTitleError: Several of them have the name.
        """
        places = {each.title: each for each in self.order}
        where = f"among the {len(places)} that got there"
        return places[lookup.title_among(list(places), title, where)]

    def __iter__(self) -> Iterator[Reached]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        for each in (*self.order, *self.unclassified):
            yield Basis(each.title, self.chart, each.date, each.date, self.top)

    def __str__(self) -> str:
        lines = [
            f"Titles {self.what} first {words.at(self.top)}, {self.chart.name}, since {self.since}:"
        ]
        lines += [f"  {each}" for each in self.order] or ["  none"]
        if self.unclassified:
            names = words.enumeration([each.title for each in self.unclassified])
            lines.append(f"  not known whether {self.what}: {names}")
        if self.unknown:
            lines.append(f"  {words.quantity(self.unknown, 'list')} in between not usable")
        if self.censored:
            lines.append(f"  what came before {self.since} is not in hand")
        return "\n".join(lines)


def class_of(
    caller: str,
    store: Store,
    origin: Country | str | None,
    among: Among | None,
    where: Belongs | None,
) -> tuple[str, Belongs]:
    """The class asked for: its words, and the test whether a title belongs (None: unknown)."""
    given = [each for each in (origin, among, where) if each is not None]
    if len(given) > 1:
        raise TypeError(f"{caller}: expected one of origin=, among= and where=, found several")
    if origin is not None:
        country = lookup.find_country(origin, "origin")
        words_of = f"from {country.in_sentence}"
        return words_of, lambda title: None if title.origin is None else title.origin == country
    if among is not None:
        listed = checks.as_list("among", among, None, 'titles, such as ["A Show"]')
        codes = [code for title in listed for code in lookup.codes_of(store, title, "among")]
        keys = {store.titles[code].key for code in codes}
        return "among those named", lambda title: title.key in keys
    if where is None:
        return "of any kind", lambda _title: True
    checks.check_callable("where", where, "a function from a title to True, False or None")

    def belongs(title: Title) -> bool | None:
        """As `where` says; what it answers may be any value that is true or false, or None."""
        answer = where(title)
        return None if answer is None else bool(answer)

    return "of the class asked for", belongs


@public
@narrowed_by(Where)
def first_to_reach(
    history: ChartHistory,
    /,
    *,
    origin: Country | str | None = None,
    among: Among | None = None,
    where: Belongs | None = None,
    top: int | None = 1,
    **lists: Unpack[Where],
) -> FirstToReach:
    """The order in which titles of a class first were at `top` or better on one chart.

    Args:
        history: The lists.
        origin: The country the titles come from, by `Title.origin`.
        among: The titles that make the class, by value or name.
        where: A test that answers True, False, or None where nothing says.
        top: The worst rank that counts; None is any place on the list.

    Returns:
        The order, with the titles for which nothing says whether they belong; those before a
        title make its place a range.

    Raises:
        AmbiguousChartError: Several charts fit.
        UnknownChartError: No issue of the chart was ever due.
        UnknownTitleError: A title of `among` that the history does not hold.

    >>> from kcharts import first_to_reach, sample
    >>> korean = first_to_reach(sample(), origin="KR", country="world")
    >>> print(korean.position("All of Us Are Dead"))
    3rd: All of Us Are Dead, 2022-01-29
    """
    scope = scoped(history, None, **lists)
    store, chart = scope.store, one_chart(scope)
    check_top(top, Scope(store, [chart], scope.titles))
    what, belongs = class_of("first_to_reach", history.store, origin, among, where)
    times = timeline(store, chart)
    if times.last < times.first:
        raise UnknownChartError(f"there is no list of {store.charts[chart]}, and none was due")
    reached = [
        (dt.date.fromordinal(times.ordinals[position]), store.titles[code])
        for code, position in first_positions(store, chart, top).items()
    ]
    reached.sort(key=lambda each: (each[0], each[1].key))
    judged = [(day, title, belongs(title)) for day, title in reached]
    members = [(day, title) for day, title, member in judged if member]
    unclassified = [(day, title) for day, title, member in judged if member is None]
    days = [day for day, _ in members], [day for day, _ in unclassified]
    since, until = times.due()
    return FirstToReach(
        store.charts[chart],
        top,
        what,
        tuple(_reached(*each, *days) for each in members),
        tuple(_reached(*each, *days) for each in unclassified),
        since,
        until,
        times.unknown,
        not times.left.known,
    )


def _reached(
    day: dt.date, title: Title, members: Sequence[dt.date], unclassified: Sequence[dt.date]
) -> Reached:
    """A title's place among the days of those that belong, and of those that may."""
    position = 1 + bisect_left(members, day)
    return Reached(title, day, position, position + bisect_left(unclassified, day))


@final
@public
@frozen
class DaysFromRelease:
    """How many days after its release a title first was at a rank or better.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one.
        released: The day of the release.
        date: The first published list that proves it.
        days: The fewest and the most days: apart on weekly charts, since an issue measures seven
            days, and where an earlier list is not known.
    """

    title: Title
    chart: Chart
    top: int | None
    released: dt.date
    date: dt.date
    days: tuple[int, int]
    censored: bool = False

    def basis(self) -> Iterator[Basis]:
        """The row that it rests on."""
        yield Basis(self.title, self.chart, self.date, self.date, self.top)

    def __str__(self) -> str:
        low, high = self.days
        before = high < 0
        low, high = (-high, -low) if before else (low, high)
        number = words.quantity(high, "day") if low == high else f"{low} to {high} days"
        number += " before" if before else " after"
        when = self.chart.series.when(self.date)
        place = words.standing(self.top)
        return (
            f"{self.title}: {place} {when}, {number} its release on {self.released}, "
            f"{self.chart.name}"
        )


@public
@narrowed_by(Where)
def days_from_release(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    released: dt.date | str | None = None,
    top: int | None = 1,
    **where: Unpack[Where],
) -> DaysFromRelease | None:
    """How many days after its release a title first was at `top` or better on one chart.

    Args:
        history: The lists.
        title: A title, or its name.
        released: The day of the release, where `Title.released` does not say it.
        top: The worst rank that counts; None is any place on the list.

    Returns:
        The days as an interval, or None where no available list proves that it got there.

    Raises:
        ValueError: Nothing says when it was released.
        UnknownPeriodError: The chart's calendar is irregular, so that the days which an issue
            measures are not known.
        AmbiguousChartError: The title is on several charts.

    >>> from kcharts import days_from_release, sample
    >>> days_from_release(sample(), "All of Us Are Dead", country="world").days
    (1, 1)
    """
    scope = scoped_title(history, title, **where)
    store, chart = scope.store, one_chart(scope)
    check_top(top, Scope(store, [chart], scope.titles))
    work = store.titles[scope.title]
    day = work.released if released is None else checks.as_day(released, "released")
    if day is None:
        raise ValueError(f"{work}: nothing says when it was released; say it with released=")
    times = timeline(store, chart)
    first = first_time(times, first_positions(store, chart, top).get(scope.title))
    if first.date is None:
        return None
    days = (
        times.calendar.days_since(day, first.earliest)[0],
        times.calendar.days_since(day, first.date)[1],
    )
    return DaysFromRelease(work, store.charts[chart], top, day, first.date, days, first.censored)
