"""Streaks: the longest stretches of consecutive issues at a rank or better."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import GapError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.measures._scope import Place, Scope, check_top, one_chart, scoped, scoped_title
from kcharts.measures._timeline import Timeline, timeline
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

Gaps = Literal["break", "bridge", "raise"]
"""What an issue that is not in hand does to a streak."""


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
        gaps: What an issue that is not in hand does to a streak.
        start: The date of its first issue, a published list that holds the title.
        end: The date of its last issue, likewise.
        length: The number of issues from start to end.
        observed: How many of them are published lists that hold the title; fewer than `length`
            only where unknown issues were bridged.
        upper: The most that it can have been: extended both ways over qualifying and unknown
            issues to the first one known not to qualify. None where the data end before.
        start_known: Whether the issue before it is in hand and the title does not qualify there,
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
    length: int
    observed: int
    upper: int | None
    start_known: bool
    end_known: bool
    ongoing: bool
    unknown: tuple[dt.date, ...] = field(repr=False)
    so_far: tuple[int, int] = field(repr=False)
    covered: tuple[dt.date | None, dt.date | None] = field(repr=False)
    """Where the data begin and end before anything is known of the start and the end."""

    @property
    def unit(self) -> str:
        """What one issue stands for: "day" or "week"."""
        return self.chart.series.frequency.unit

    @property
    def issues(self) -> str:
        """The length in words: "15 days"."""
        return words.counted(self.length, self.unit)

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
        return f"{series.date_words.several} {words.listed(self.unknown)}"


class Scan:
    """One pass over a chart's published issues; only the open streaks are carried along.

    It bridges: a streak goes on from one published issue to the next, whatever lies between.
    The streaks under `gaps="break"` are its pieces.
    """

    def __init__(self) -> None:
        self.size = 0
        self.open: dict[int, int] = {}
        self.closed: list[tuple[int, int, int]] = []

    def advance(self, titles: Collection[int]) -> None:
        """Take the next issue's qualifying titles."""
        position, going, held = self.size, self.open, set(titles)
        self.size = position + 1
        if going.keys() == held:
            return
        for title in going.keys() - held:
            self.closed.append((title, going.pop(title), position - 1))
        for title in held - going.keys():
            going[title] = position

    def part(self) -> None:
        """End all open streaks: an OUTSIDE issue lies here."""
        self.closed += [(title, start, self.size - 1) for title, start in self.open.items()]
        self.open = {}

    def runs(self, closed_since: int = 0) -> Iterator[tuple[int, int, int]]:
        """(title, first position, last position) of every streak not closed before."""
        yield from self.closed[closed_since:]
        last = self.size - 1
        for title, start in self.open.items():
            yield title, start, last


def scanned(store: Store, chart: int, top: int | None, titles: list[int] | None) -> Scan:
    """The scan of a chart of a store, for some titles or for all."""
    scan = Scan()
    wanted = None if titles is None else frozenset(titles)
    codes, times = store.title_codes, timeline(store, chart)
    for position, (low, high) in enumerate(store.published(chart, top=top)):
        held: Collection[int] = codes[low:high]
        if wanted is not None:
            held = wanted.intersection(held)
        if times.outside and times.parted(position):
            scan.part()
        scan.advance(held)
    return scan


class Asked(NamedTuple):
    """What streaks are about, beyond positions."""

    titles: Sequence[Title]
    charts: Sequence[Chart]
    top: int | None
    gaps: Gaps


class Run(NamedTuple):
    """A streak as positions, in the order of results: longest first."""

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


RawRun = tuple[int, int, int, str, int, int, int, int, int]
"""The fields of a `Run`, which is made of it when somebody asks: most are only sorted."""


def runs(
    found: Iterable[tuple[int, int, int]], times: Timeline, chart: int, asked: Asked
) -> Iterator[RawRun]:
    """The streaks that a scan found, under a gap policy."""
    numbers, days, titles = times.numbers, times.ordinals, asked.titles
    holes = () if asked.gaps == "bridge" else times.holes
    for title, first, last in found:
        key, low = titles[title].key, first
        if holes:
            for cut in holes[bisect_right(holes, first) : bisect_right(holes, last)]:
                length = numbers[cut - 1] - numbers[low] + 1
                yield -length, days[low], chart, key, title, low, cut - 1, first, last
                low = cut
        length = numbers[last] - numbers[low] + 1
        yield -length, days[low], chart, key, title, low, last, first, last


def streak_of(run: Run, times: Timeline, asked: Asked) -> Streak:
    """The streak that a run stands for."""
    numbers = times.numbers
    before, after = times.before(run.whole_first), times.after(run.whole_last)
    first = numbers[run.whole_first] - before.unknown
    last = numbers[run.whole_last] + after.unknown
    published_numbers = set(numbers[run.whole_first : run.whole_last + 1])
    lacking = [n for n in range(first, last + 1) if n not in published_numbers]
    start_known = _is_known(times, run.first, run.first - 1)
    end_known = _is_known(times, run.last, run.last + 1)
    length = -run.minus_length
    return Streak(
        title=asked.titles[run.title],
        chart=asked.charts[run.chart],
        top=asked.top,
        gaps=asked.gaps,
        start=dt.date.fromordinal(times.ordinals[run.first]),
        end=dt.date.fromordinal(times.ordinals[run.last]),
        length=length,
        observed=run.last - run.first + 1,
        upper=last - first + 1 if before.known and after.known else None,
        start_known=start_known,
        end_known=end_known,
        ongoing=run.last == len(numbers) - 1 and not end_known,
        unknown=tuple(times.calendar.date(number) for number in lacking),
        so_far=(length, last - first + 1),
        covered=(
            None if before.known else times.calendar.date(first),
            None if after.known else times.calendar.date(last),
        ),
    )


def _is_known(times: Timeline, position: int, neighbour: int) -> bool:
    """Whether it is known that a streak does not go on from a position to its neighbour."""
    numbers = times.numbers
    if 0 <= neighbour < len(numbers):
        return abs(numbers[neighbour] - numbers[position]) == 1
    edge = times.left if neighbour < 0 else times.right
    return edge.known and not edge.unknown


def results(found: list[RawRun], times: Mapping[int, Timeline], asked: Asked) -> Results[Streak]:
    """The streaks of runs, longest first; each is made when it is asked for."""
    found.sort()

    def made(raw: RawRun) -> Streak:
        run = Run(*raw)
        return streak_of(run, times[run.chart], asked)

    return Results(found, made)


@public
def streaks(
    history: ChartHistory,
    title: Title | str | None = None,
    /,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
    gaps: Gaps = "break",
) -> Results[Streak]:
    """The longest stretches of consecutive issues in which a title is at `top` or better.

    Consecutive means consecutive by the series' calendar. Only PUBLISHED lists are counted.

    Args:
        history: The lists.
        title: A title, or its name; all titles where it is left out.
        country: A country by value, code or name, or "world"; all places where it is left out.
        series: A series, where the history has several.
        category: A category as printed, such as "TV".
        top: The worst rank that qualifies; None is any place on the list.
        as_of: Nothing dated later is looked at.
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
    scope = scoped(history, title, country=country, series=series, category=category, as_of=as_of)
    check_top(top, scope)
    store, charts, titles = scope
    asked = Asked(store.titles, store.charts, top, gaps)
    found: list[RawRun] = []
    times: dict[int, Timeline] = {}
    for chart in charts:
        times[chart] = timeline(store, chart)
        scan = scanned(store, chart, top, titles)
        found.extend(runs(scan.runs(), times[chart], chart, asked))
    answer = results(found, times, asked)
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
            days = words.listed([streak.chart.series.when(day) for day in touching])
            raise GapError(
                f"{streak.title}, {streak.chart.name}: no usable list {days}, "
                f"beside the streak {streak.start} to {streak.end}",
                hints=['gaps="break" or gaps="bridge" answers with bounds'],
            )


@public
def current_streak(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    country: Place | None = None,
    series: ChartSeries | str | None = None,
    category: str | None = None,
    top: int | None = 1,
    as_of: dt.date | str | None = None,
    gaps: Gaps = "break",
) -> Streak | None:
    """The streak that reaches the chart's last issue up to `as_of`.

    Where the last lists due are not in hand it is the streak up to the last one that is, with
    `end_known=False`: an outage is not a fall.

    Returns:
        The streak, or None where the title is not at `top` on the last list in hand.

    Raises:
        AmbiguousChartError: The title is on several charts; say which.

    >>> from kcharts import current_streak, sample
    >>> current_streak(sample(), "All of Us Are Dead", country="world").length
    3
    """
    check_gaps(gaps)
    scope = scoped_title(
        history, title, country=country, series=series, category=category, as_of=as_of
    )
    store, chart = scope.store, one_chart(scope)
    check_top(top, Scope(store, [chart], scope.titles))
    times = timeline(store, chart)
    scan = scanned(store, chart, top, scope.titles)
    last = len(times.numbers) - 1
    asked = Asked(store.titles, store.charts, top, gaps)
    held = [raw for raw in runs(scan.runs(), times, chart, asked) if Run(*raw).last == last]
    answer = results(held, {chart: times}, asked)
    if gaps == "raise":
        _raise_for_gaps(answer)
    return answer[0] if answer else None
