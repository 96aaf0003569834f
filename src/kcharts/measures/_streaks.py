"""Streaks: the longest stretches of consecutive issues at a rank or better."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, Unpack, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import GapError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.measures._scope import Scope, check_top, one_chart, scoped, scoped_title
from kcharts.measures._timeline import Timeline, timeline
from kcharts.measures._where import Where, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

Gaps = Literal["break", "bridge", "raise"]
"""What an issue that is not PUBLISHED does to a streak."""


def check_gaps(gaps: str) -> None:
    """Raise unless it is one of the three policies."""
    if gaps not in ("break", "bridge", "raise"):
        raise checks.refuse("gaps", '"break", "bridge" or "raise"', gaps)


@final
@public
@frozen
class Streak:
    """A longest stretch of consecutive issues in which a title is at a rank or better.

    What the lists cannot tell stays open: the true length lies between `length` and `upper`.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one; None is any place on the list.
        gaps: What an issue that is not PUBLISHED does to a streak.
        start: The date of its first issue, a published list that holds the title.
        end: The date of its last issue, likewise.
        length: The number of issues from start to end.
        observed: How many of them are published lists that hold the title; fewer than `length`
            only where unknown issues were bridged.
        upper: The most that it can have been: extended both ways over qualifying and unknown
            issues to the first one known not to qualify. None where the data end before.
        start_known: Whether the issue before it is available and the title does not qualify there,
            or there is none, since the chart begins with it.
        end_known: The same of the issue after it.
        ongoing: Whether it reaches the chart's last published issue, and its end is not known.
        unknown: The dates of the unknown issues that `upper` counts.
        so_far: (length, the most it can have been within what the data cover).
    """

    title: Title
    chart: Chart
    top: int | None
    gaps: Gaps
    start: dt.date
    end: dt.date
    length: int = field(validator=checks.count(1))
    observed: int = field(validator=checks.count(1))
    upper: int | None
    start_known: bool
    end_known: bool
    ongoing: bool
    unknown: tuple[dt.date, ...]
    so_far: tuple[int, int]
    covered: tuple[dt.date | None, dt.date | None]
    """Where the data begin and end before anything is known of the start and the end."""

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "start", "end")
        checks.check_order(self, "observed", "length", "upper")

    @property
    def unit(self) -> str:
        """The unit that issues are counted in: "day" or "week"."""
        return self.chart.series.frequency.unit

    @property
    def issues(self) -> str:
        """The length in words: "15 days"."""
        return words.quantity(self.length, self.unit)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.start, self.end, self.top)

    def as_row(self) -> dict[str, Any]:
        """The streak as named cells."""
        return {
            **whose(self.title, self.chart),
            "top": self.top,
            "start": self.start,
            "end": self.end,
            "length": self.length,
            "observed": self.observed,
            "upper": self.upper,
            "start_known": self.start_known,
            "end_known": self.end_known,
            "ongoing": self.ongoing,
        }

    def __str__(self) -> str:
        doubts = "; ".join(self._doubts())
        head = f"{self.title}: {self.issues} {words.at(self.top)}"
        head += f" ({doubts})" if doubts else ""
        dates = self.chart.series.when(self.start, self.end)
        return f"{head}, {dates}, {self.chart.name}"

    def _doubts(self) -> Iterator[str]:
        gone = f"no usable list {self._unusable()}" if self.unknown else ""
        if self.observed < self.length:
            yield f"{self.observed} seen: {gone}"
            gone = ""
        if self.upper is not None and self.upper > self.length:
            yield f"{self.upper} at most: {gone}" if gone else f"{self.upper} at most"
        elif self.upper is None:
            if self.so_far[1] > self.length:
                within = f"{self.so_far[1]} at most within the data"
                yield f"{within}: {gone}" if gone else within
            begin, end = self.covered
            if begin is not None:
                yield f"perhaps longer: not covered before {begin}"
            if end is not None:
                lead = "still counting" if self.ongoing else "perhaps longer"
                yield f"{lead}: not covered after {end}"

    def _unusable(self) -> str:
        series = self.chart.series
        if len(self.unknown) == 1:
            return series.when(self.unknown[0])
        return f"{series.date_words.several} {words.enumeration(self.unknown)}"


Span: TypeAlias = tuple[int, int, int]
"""A title, and the positions of the first and the last list of a stretch that holds it."""


class Scan:
    """One pass over a chart's published issues; only the open streaks are carried along.

    It bridges: a streak goes on from one published issue to the next, whatever lies between.
    The streaks under `gaps="break"` are its pieces.
    """

    def __init__(self) -> None:
        self.size = 0
        self.open: dict[int, int] = {}
        self.closed: list[Span] = []

    def advance(self, titles: Collection[int]) -> None:
        """Take the next issue's qualifying titles."""
        position, going, held = self.size, self.open, set(titles)
        self.size = position + 1
        if going.keys() == held:
            return
        for title in [title for title in going if title not in held]:
            self.closed.append((title, going.pop(title), position - 1))
        for title in held.difference(going):
            going[title] = position

    def part(self) -> None:
        """End all open streaks: an OUTSIDE issue lies here."""
        self.closed += [(title, start, self.size - 1) for title, start in self.open.items()]
        self.open = {}

    def runs(self, closed_since: int = 0) -> Iterator[Span]:
        """The spans of all streaks not closed before."""
        yield from self.closed[closed_since:]
        last = self.size - 1
        for title, start in self.open.items():
            yield title, start, last


def scan_of(store: Store, chart: int, top: int | None, titles: list[int] | None) -> Scan:
    """The scan of a chart of a store, for some titles or for all."""
    scan = Scan()
    wanted = None if titles is None else frozenset(titles)
    codes, times = store.title_codes, timeline(store, chart)
    for position, (low, high) in enumerate(store.published(chart, top=top)):
        held: Collection[int] = codes[low:high]
        if wanted is not None:
            held = wanted.intersection(held)
        if times.outside and times.parted(position):  # bridging crosses what is unknown alone
            scan.part()
        scan.advance(held)
    return scan


class StreakTerms(NamedTuple):
    """What the codes of streaks mean, and how the streaks are counted."""

    titles: Sequence[Title]
    charts: Sequence[Chart]
    top: int | None
    gaps: Gaps


class RawStreak(NamedTuple):
    """A streak as positions, its fields in the order that sorts the longest first."""

    minus_length: int
    start: int
    chart: int
    key: str
    title: int
    first: int
    last: int
    whole_first: int
    """The first position of the streak that bridging makes of it."""
    whole_last: int


PlainStreak: TypeAlias = tuple[int, int, int, str, int, int, int, int, int]
"""A `RawStreak` before anybody reads it: most are only sorted.

The garbage collector forgets a plain tuple of numbers and texts, and goes through a named one
again and again: `streaks(top=10)` in benchmarks/main_job.py would take a third longer.
"""


def raw_streaks(
    spans: Iterable[Span], times: Timeline, chart: int, terms: StreakTerms
) -> list[PlainStreak]:
    """The streaks in the spans that a scan found, under a gap policy."""
    numbers, days, titles = times.numbers, times.ordinals, terms.titles
    if not times.holes:  # as in most charts: positions are as far apart as numbers
        return [
            (low - high - 1, days[low], chart, titles[title].key, title, low, high, low, high)
            for title, low, high in spans
        ]
    holes = () if terms.gaps == "bridge" else times.holes
    return [
        (
            numbers[first] - numbers[last] - 1,
            days[first],
            chart,
            titles[title].key,
            title,
            first,
            last,
            whole_first,
            whole_last,
        )
        for title, whole_first, whole_last in spans
        for first, last in _pieces(whole_first, whole_last, holes)
    ]


def _pieces(first: int, last: int, holes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A span cut at the positions before which issues are not PUBLISHED."""
    for hole in holes[bisect_right(holes, first) : bisect_right(holes, last)]:
        yield first, hole - 1
        first = hole
    yield first, last


def streak_of(plain: PlainStreak, timelines: Mapping[int, Timeline], terms: StreakTerms) -> Streak:
    """The streak between positions, given the timelines of the charts."""
    raw = RawStreak._make(plain)
    times = timelines[raw.chart]
    numbers = times.numbers
    first, last = raw.whole_first, raw.whole_last
    published = set(numbers[first : last + 1])
    before, after = times.before(first), times.after(last)
    low, high = numbers[first] - before.unknown, numbers[last] + after.unknown
    lacking = [number for number in range(low, high + 1) if number not in published]
    end_known = _is_known(times, raw.last, raw.last + 1)
    length = -raw.minus_length
    return Streak(
        title=terms.titles[raw.title],
        chart=terms.charts[raw.chart],
        top=terms.top,
        gaps=terms.gaps,
        start=dt.date.fromordinal(times.ordinals[raw.first]),
        end=dt.date.fromordinal(times.ordinals[raw.last]),
        length=length,
        observed=raw.last - raw.first + 1,
        upper=high - low + 1 if before.known and after.known else None,
        start_known=_is_known(times, raw.first, raw.first - 1),
        end_known=end_known,
        ongoing=raw.last == len(numbers) - 1 and not end_known,
        unknown=tuple(times.calendar.date(number) for number in lacking),
        so_far=(length, high - low + 1),
        covered=(
            None if before.known else times.calendar.date(low),
            None if after.known else times.calendar.date(high),
        ),
    )


def _is_known(times: Timeline, position: int, neighbour: int) -> bool:
    """Whether it is known that a streak does not go on from a position to its neighbour."""
    numbers = times.numbers
    if 0 <= neighbour < len(numbers):
        return abs(numbers[neighbour] - numbers[position]) == 1
    edge = times.left if neighbour < 0 else times.right
    return edge.known and not edge.unknown


def streak_results(
    raws: list[PlainStreak], times: Mapping[int, Timeline], terms: StreakTerms
) -> Results[Streak]:
    """The streaks, longest first; each is made when it is asked for."""
    raws.sort()
    return Results(raws, lambda raw: streak_of(raw, times, terms))


@public
@narrowed_by(Where)
def streaks(
    history: ChartHistory,
    title: Title | str | None = None,
    /,
    *,
    top: int | None = 1,
    gaps: Gaps = "break",
    **where: Unpack[Where],
) -> Results[Streak]:
    """The longest stretches of consecutive issues in which a title is at `top` or better.

    Consecutive means consecutive by the series' calendar. Only PUBLISHED lists are counted.

    Args:
        history: The lists.
        title: A title, or its name; all titles where it is left out.
        top: The worst rank that qualifies; None is any place on the list.
        gaps: What an issue that is not PUBLISHED does: "break" ends the streak, "bridge" lets it
            go on if the title qualifies on both sides of the stretch, "raise" refuses an answer
            that such an issue touches.

    Returns:
        The streaks, longest first, then the earliest.

    Raises:
        UnknownTitleError: The history does not hold the title.
        UnknownChartError: It holds no chart that fits.
        GapError: An unknown issue touches a streak of the answer, under `gaps="raise"`.

    >>> from kcharts import sample, streaks
    >>> print(streaks(sample(), "Squid Game", country="world")[0])
    Squid Game: 46 days at No. 1, 2021-09-23 to 2021-11-07, Netflix TV in the world \
(by reconstruction of FlixPatrol)
    """
    check_gaps(gaps)
    scope = scoped(history, title, **where)
    check_top(top, scope)
    store, charts, titles = scope
    terms = StreakTerms(store.titles, store.charts, top, gaps)
    raws: list[PlainStreak] = []
    times: dict[int, Timeline] = {}
    for chart in charts:
        times[chart] = timeline(store, chart)
        scan = scan_of(store, chart, top, titles)
        raws.extend(raw_streaks(scan.runs(), times[chart], chart, terms))
    answer = streak_results(raws, times, terms)
    if gaps == "raise":
        _raise_for_gaps(answer)
    return answer


def _raise_for_gaps(answer: Iterable[Streak]) -> None:
    for streak in answer:
        before = [day for day in streak.unknown if day < streak.start]
        after = [day for day in streak.unknown if day > streak.end]
        touching = [] if streak.start_known else before[-1:]
        touching += [] if streak.end_known else after[:1]
        if touching:
            days = words.enumeration([streak.chart.series.when(day) for day in touching])
            raise GapError(
                f"{streak.title}, {streak.chart.name}: no usable list {days}, "
                f"beside the streak {streak.start} to {streak.end}",
                hints=['gaps="break" or gaps="bridge" answers with bounds'],
            )


@public
@narrowed_by(Where)
def current_streak(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    top: int | None = 1,
    gaps: Gaps = "break",
    **where: Unpack[Where],
) -> Streak | None:
    """The streak that reaches the chart's last issue up to `as_of`.

    Where the last lists due are not available, it is the streak up to the last one that is, with
    `end_known=False`: an outage is not a fall.

    Returns:
        The streak, or None where the title is not at `top` on the last available list.

    Raises:
        AmbiguousChartError: The title is on several charts; say which.

    >>> from kcharts import current_streak, sample
    >>> current_streak(sample(), "All of Us Are Dead", country="world").length
    3
    """
    check_gaps(gaps)
    scope = scoped_title(history, title, **where)
    store, chart = scope.store, one_chart(scope)
    check_top(top, Scope(store, [chart], scope.titles))
    times = timeline(store, chart)
    scan = scan_of(store, chart, top, scope.titles)
    last = len(times.numbers) - 1
    terms = StreakTerms(store.titles, store.charts, top, gaps)
    raws = raw_streaks(scan.runs(), times, chart, terms)
    held = [raw for raw in raws if RawStreak._make(raw).last == last]
    answer = streak_results(held, {chart: times}, terms)
    if gaps == "raise":
        _raise_for_gaps(answer)
    return answer[0] if answer else None
