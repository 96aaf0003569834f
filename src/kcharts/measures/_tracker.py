"""The tracker: streaks kept up to date in the time that the new rows take."""

import datetime as dt
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, Literal, NamedTuple, final

from attrs import define, field, frozen

from kcharts._faces import public
from kcharts.measures._results import Results
from kcharts.measures._scope import Scope, check_top
from kcharts.measures._streaks import (
    Gaps,
    RawStreak,
    Scan,
    Streak,
    StreakTerms,
    check_gaps,
    raw_streaks,
    streak_of,
    streak_results,
)
from kcharts.measures._timeline import Extent, Timeline, timeline_of
from kcharts.model import _checks as checks
from kcharts.model._plain import converter
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.merging import resolve_issue
from kcharts.model.columns.rows import store_of_issue
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import Issue, IssueStatus
from kcharts.model.title import Title

Streaks = dict[tuple[Title, dt.date], Streak]
"""The streaks of one chart, by title and start."""


@final
@public
class ChangeKind(Enum):
    """What an update did to a streak."""

    STARTED = "started"
    """It begins with a new issue."""
    EXTENDED = "extended"
    """It goes on."""
    ENDED = "ended"
    """The next issue is available, and the title is not there any more."""
    DOUBTFUL = "doubtful"
    """The next issue is not available, or broken: whether it goes on is not known."""
    CORRECTED = "corrected"
    """A late or revised issue changed it, made it, or took it away."""

    def __repr__(self) -> str:
        return f"ChangeKind.{self.name}"


@final
@public
@frozen
class Change:
    """What an update did to one streak.

    Attributes:
        kind: What happened.
        streak: The streak after the update; None where a correction took it away.
        before: The streak before it; None where there was none.
    """

    kind: ChangeKind
    streak: Streak | None
    before: Streak | None = None

    def as_row(self) -> dict[str, Any]:
        """The change as named cells."""
        shown = self.streak or self.before
        return {"change": self.kind.value, **(shown.as_row() if shown else {})}

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.streak or self.before}"


def find_changes(before: Streaks, after: Streaks) -> Iterator[Change]:
    """What new issues did."""
    for key, streak in after.items():
        old = before.get(key)
        if old is None:
            yield Change(ChangeKind.STARTED, streak)
        elif streak.length > old.length:
            yield Change(ChangeKind.EXTENDED, streak, old)
        if streak.end_known and (old is None or not old.end_known):
            yield Change(ChangeKind.ENDED, streak, old)
        elif old is not None and streak.length == old.length and streak.unknown != old.unknown:
            yield Change(ChangeKind.DOUBTFUL, streak, old)


def find_corrections(before: Streaks, after: Streaks) -> Iterator[Change]:
    """What a late or revised issue did."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Change(ChangeKind.CORRECTED, new, old)


@define
class ChartState:
    """What the tracker keeps of one chart."""

    chart: Chart
    ordinals: list[int] = field(factory=list)
    """The dates of the published lists."""
    held: list[list[int]] = field(factory=list)
    """The codes of the qualifying titles of each."""
    marks: dict[int, str] = field(factory=dict)
    digests: dict[int, str] = field(factory=dict)
    """Of available lists that are marked: what they hold."""
    closing: int | None = None
    floor: int | None = None


class Track:
    """One chart's state, with what is derived from it and not stored: numbers, holes, the scan."""

    def __init__(self, state: ChartState) -> None:
        self.state = state
        self.calendar: Calendar | None = None
        self.numbers: list[int] = []
        self.holes: list[int] = []
        self.scan = Scan()

    @property
    def size(self) -> int:
        """How many published lists there are."""
        return len(self.state.ordinals)

    def outside(self) -> list[int]:
        """The ordinals that are set OUTSIDE."""
        return sorted(o for o, s in self.state.marks.items() if s == IssueStatus.OUTSIDE.value)

    def hold(self, ordinal: int, held: list[int]) -> None:
        """Take a published list; one that is dated before others needs a new scan."""
        at = bisect_left(self.state.ordinals, ordinal)
        self.state.ordinals.insert(at, ordinal)
        self.state.held.insert(at, held)

    def rescan(self) -> None:
        """Let the next timeline scan all lists: something in the past has changed."""
        self.scan, self.numbers, self.holes = Scan(), [], []

    def _follow(self, calendar: Calendar) -> None:
        """Scan the lists that are new, or all under a new calendar."""
        if calendar != self.calendar:
            self.calendar = calendar
            self.rescan()
        outside = [o for o in self.outside() if calendar.has(dt.date.fromordinal(o))]
        state = self.state
        for position in range(len(self.numbers), self.size):
            ordinal = state.ordinals[position]
            number = calendar.number(dt.date.fromordinal(ordinal))
            if self.numbers and number != self.numbers[-1] + 1:
                self.holes.append(position)
                last = state.ordinals[position - 1]
                if bisect_left(outside, last) < bisect_left(outside, ordinal):
                    self.scan.part()
            self.numbers.append(number)
            self.scan.advance(state.held[position])

    def timeline(self, calendar: Calendar, last_due: int) -> Timeline:
        """The chart's timeline under the series' calendar and last date."""
        self._follow(calendar)
        state = self.state
        due = [o for o, s in state.marks.items() if s != IssueStatus.OUTSIDE.value]
        due += state.ordinals[:1]
        due += [state.floor] if state.floor is not None else []
        closing = state.closing
        if closing is not None:  # a list that is dated after it, and came later, moves it
            closing = max([closing, *state.ordinals[-1:]])
        low = min(due, default=last_due + 1)
        high = last_due if closing is None else min(last_due, closing)
        extent = Extent(calendar, low, high, self.outside(), closing)
        return timeline_of(extent, state.ordinals, self.numbers, self.holes)


VERSION = 1


@define
class _State:
    """All that a tracker has to remember."""

    version: int
    top: int | None
    gaps: Gaps
    titles: list[Title] = field(factory=list)
    lines: list[ChartState] = field(factory=list)
    calendars: list[tuple[ChartSeries, Calendar]] = field(factory=list)
    due: list[tuple[ChartSeries, list[int]]] = field(factory=list)
    cut_off: list[tuple[ChartSeries, list[int]]] = field(factory=list)


class _Update(NamedTuple):
    """How an update of one chart is carried out."""

    how: Literal["new", "next", "late"]
    before: Streaks
    closed: int
    """From which of the scan's closed streaks on to look for changes."""
    last: int
    """The last position before the update."""


@final
@public
class StreakTracker:
    """Streaks that are kept up to date as issues come in, in the time that the new rows take.

    At any time `streaks` equals the measure of that name on all issues taken so far. Not
    thread-safe: one thread at a time may call it.

    Args:
        history: The lists to start from.
        top: The rank that counts, or a better one; None is any place on the list.
        gaps: "break" or "bridge", as in `streaks`.

    >>> from kcharts import StreakTracker, sample
    >>> history = sample().select(country="world")
    >>> tracker = StreakTracker(history.select(end="2022-01-30"))
    >>> for change in tracker.update(history.latest(history.charts[0])):
    ...     print(change.kind.value, change.streak.title, change.streak.length)
    extended All of Us Are Dead 3
    """

    def __init__(
        self, history: ChartHistory, /, *, top: int | None = 1, gaps: Gaps = "break"
    ) -> None:
        check_top(top, Scope(history.store, list(range(len(history.charts))), None))
        check_gaps(gaps)
        if gaps == "raise":
            raise checks.refuse("gaps", '"break" or "bridge"', gaps)
        self._start(_State(VERSION, top, gaps))
        self._learn(history.store)
        for code in range(len(history.charts)):
            self._timeline(self._take_lists(history.store, code))

    def _start(self, state: _State) -> None:
        self._top = state.top
        self._gaps: Gaps = state.gaps
        self._titles = state.titles
        self._codes = {title: code for code, title in enumerate(state.titles)}
        self._tracks = {each.chart: Track(each) for each in state.lines}
        self._calendars = dict(state.calendars)
        self._due = {series: set(days) for series, days in state.due}
        self._cut_off = {series: set(days) for series, days in state.cut_off}

    # -- updating -------------------------------------------------------------------------

    def update(self, new: Issue | ChartHistory, /) -> Results[Change]:
        """Take an issue, or all issues of a history, and say what it changes.

        Issues that the calendar has and that are skipped are MISSING. An issue that is taken a
        second time with other rows is a revision: the new rows count. Changes are told of the
        charts that the update is about.

        Returns:
            The changes, in the order of charts; late and revised issues make corrections.
        """
        if isinstance(new, Issue):
            new = ChartHistory(store_of_issue(new))
        if not isinstance(new, ChartHistory):
            raise checks.refuse("new", "an Issue or a ChartHistory", new, kind=TypeError)
        # Planned for all charts first, since a new date of one numbers the issues of its series.
        moved = self._renumbered(new.store)
        plans = [self._plan(new.store, code, moved) for code in range(len(new.charts))]
        self._learn(new.store)
        return Results.of(
            [
                change
                for code, plan in enumerate(plans)
                for change in self._carry_out(new.store, code, plan)
            ]
        )

    def _renumbered(self, store: Store) -> set[ChartSeries]:
        """The series whose issues an update numbers anew."""
        return {
            series
            for series, days in store.due.items()
            if series in self._due
            and self._calendar(series, self._due[series])
            != (
                store.calendars.get(series)
                or self._calendar(
                    series, {*self._due[series], *days, *store.cut_off.get(series, ())}
                )
            )
        }

    def _calendar(self, series: ChartSeries, due: Iterable[int]) -> Calendar:
        days = map(dt.date.fromordinal, {*due, *self._cut_off.get(series, ())})
        daily = series.frequency is Frequency.DAILY
        return self._calendars.get(series) or Calendar.fitting(days, daily=daily)

    def _learn(self, store: Store) -> None:
        """Take over which dates and calendars the series have."""
        for series, days in store.due.items():
            self._due.setdefault(series, set()).update(days)
        for series, days in store.cut_off.items():
            self._cut_off.setdefault(series, set()).update(days)
        self._calendars.update(store.calendars)

    def _plan(self, store: Store, code: int, moved: set[ChartSeries]) -> _Update:
        """How a chart's lists are to be taken, and its streaks before that."""
        track = self._tracks.get(store.charts[code])
        if track is None:
            return _Update("new", {}, 0, 0)
        if store.charts[code].series in moved or self._reaches_back(track, store, code):
            return _Update("late", self._streaks(track, 0, 0), 0, 0)
        self._timeline(track)
        # Streaks that ended before the last list stay as they are: the new rows alone cost time.
        closed, last = len(track.scan.closed), track.size - 1
        return _Update("next", self._streaks(track, closed, last), closed, last)

    def _carry_out(self, store: Store, code: int, plan: _Update) -> Iterator[Change]:
        track = self._take_lists(store, code)
        if plan.how == "late":
            track.rescan()
        after = self._streaks(track, plan.closed, plan.last)
        find = find_corrections if plan.how == "late" else find_changes
        yield from find(plan.before, after)

    @staticmethod
    def _reaches_back(track: Track, store: Store, code: int) -> bool:
        """Whether an update touches what was answered before, not only what comes after."""
        state = track.state
        known = max([*state.ordinals[-1:], *state.marks], default=0)
        days = [*store.lists[code].ordinals[:1], *store.marks[code]]
        floor, closing = store.floors[code], store.closings[code]
        low = min([*state.ordinals[:1], *state.marks], default=known)
        return (
            any(day <= known for day in days)
            or (closing is not None and closing != state.closing)
            or (floor is not None and floor < (low if state.floor is None else state.floor))
        )

    def _take_lists(self, store: Store, code: int) -> Track:
        chart = store.charts[code]
        track = self._tracks.get(chart) or Track(ChartState(chart))
        self._tracks[chart] = track
        for ordinal in sorted({*store.lists[code].ordinals, *store.marks[code]}):
            self._take_issue(track, store, code, ordinal)
        state, closing, floor = track.state, store.closings[code], store.floors[code]
        if closing is not None:
            state.closing = closing
        if floor is not None:
            state.floor = floor if state.floor is None else min(state.floor, floor)
        return track

    def _take_issue(self, track: Track, store: Store, code: int, ordinal: int) -> None:
        state, theirs = track.state, store.marks[code].get(ordinal)
        marked = state.marks.get(ordinal)
        ours = None if marked is None else IssueStatus(marked)
        at = bisect_left(state.ordinals, ordinal)
        published = at < len(state.ordinals) and state.ordinals[at] == ordinal
        content: str | None = None
        if store.index(code, ordinal) is not None:
            # To digest each list would cost more than all the rest of an update.
            needed = ordinal in state.digests or theirs is not None
            content = _digest(store, code, ordinal) if needed else ""
        in_hand = published or ordinal in state.digests, content is not None
        side, mark = resolve_issue(
            in_hand, (ours, theirs), lambda: content == state.digests.get(ordinal), lambda: 1
        )
        if in_hand == (True, True):
            side = 1  # where the rows are the same it does not matter
        state.digests.pop(ordinal, None) if side else None
        state.marks.pop(ordinal, None)
        if mark is not None:
            state.marks[ordinal] = mark.value
        if side and published:
            del state.ordinals[at], state.held[at]
        if side and content is not None:
            if mark is not None:
                state.digests[ordinal] = content
            if mark in (None, IssueStatus.PUBLISHED):
                track.hold(ordinal, self._qualifying(store, code, ordinal))

    def _qualifying(self, store: Store, code: int, ordinal: int) -> list[int]:
        rows = store.rows(code, ordinal)
        stop = rows.stop
        if self._top is not None:
            stop = bisect_right(store.ranks, self._top, rows.start, rows.stop)
        titles = (store.titles[code] for code in store.title_codes[rows.start : stop])
        return list(dict.fromkeys(map(self._code_of, titles)))

    def _code_of(self, title: Title) -> int:
        code = self._codes.setdefault(title, len(self._titles))
        if code == len(self._titles):
            self._titles.append(title)
        return code

    # -- answering ------------------------------------------------------------------------

    def _timeline(self, track: Track) -> Timeline:
        series = track.state.chart.series
        due = self._due[series]
        return track.timeline(self._calendar(series, due), max(due, default=0))

    def _streaks(self, track: Track, closed_since: int, position: int) -> Streaks:
        """The chart's streaks that reach a position, by title and start."""
        if not track.size:
            return {}
        times = self._timeline(track)  # first, since it brings the scan up to date
        reaching: Streaks = {}
        held = track.scan.runs(closed_since)
        terms = StreakTerms(self._titles, [track.state.chart], self._top, self._gaps)
        for raw in raw_streaks(held, times, 0, terms):
            if RawStreak._make(raw).last >= position:
                streak = streak_of(raw, {0: times}, terms)
                reaching[streak.title, streak.start] = streak
        return reaching

    def streaks(self) -> Results[Streak]:
        """All streaks, longest first: what `streaks` gives for all issues taken so far."""
        charts = sorted(self._tracks, key=lambda chart: chart.sort_key)
        times = {code: self._timeline(self._tracks[chart]) for code, chart in enumerate(charts)}
        terms = StreakTerms(tuple(self._titles), charts, self._top, self._gaps)
        raws = [
            raw
            for code, chart in enumerate(charts)
            for raw in raw_streaks(self._tracks[chart].scan.runs(), times[code], code, terms)
        ]
        return streak_results(raws, times, terms)

    # -- storing --------------------------------------------------------------------------

    def __reduce__(self) -> tuple[Any, ...]:
        return StreakTracker.from_json, (self.to_json(),)

    def to_json(self) -> str:
        """The tracker as text, from which `from_json` makes an equal one."""
        state = _State(
            VERSION,
            self._top,
            self._gaps,
            self._titles,
            [track.state for track in self._tracks.values()],
            list(self._calendars.items()),
            [(series, sorted(days)) for series, days in self._due.items()],
            [(series, sorted(days)) for series, days in self._cut_off.items()],
        )
        return json.dumps(converter().unstructure(state), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, /) -> "StreakTracker":
        """The tracker that `to_json` wrote.

        Raises:
            ValueError: The text is not what `to_json` of this version writes.
        """
        checks.check_text("text", text)
        expected = f"the JSON of a StreakTracker, version {VERSION}"
        try:
            plain = json.loads(text)
            if plain["version"] != VERSION:
                raise checks.refuse("text", expected, plain["version"])
            state = converter().structure(plain, _State)
        except (ExceptionGroup, ValueError, TypeError, KeyError) as fault:
            raise checks.refuse("text", expected, text) from fault
        tracker = cls.__new__(cls)
        tracker._start(state)
        return tracker


def _digest(store: Store, code: int, ordinal: int) -> str:
    """What a list holds, in short."""
    rows = store.rows(code, ordinal)
    content = [
        (
            store.ranks[row],
            store.titles[store.title_codes[row]].key,
            sorted((n, str(c.get(row))) for n, c in store.columns.items() if c.codes[row] >= 0),
        )
        for row in rows
    ]
    return hashlib.blake2b(repr(content).encode(), digest_size=12).hexdigest()
