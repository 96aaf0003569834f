"""One pass over the lists of a chart: which issues are missing, stale, late, or lack rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import LAST, NONE, SEVERAL, Difference, Draft, Event, Lists
from kcharts.auditing._recount import Recount

METRICS = ("hours_viewed", "views", "streams")
"""What is measured anew for every list, and never comes out alike for all of its rows."""


class Walk:
    """What has been found on a chart's lists up to a position, and what is left to explain."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.recount = Recount(lists)
        self.drafts: list[Draft] = []
        self.events: list[Event] = []
        self.broken: dict[int, Draft] = {}
        """The drafts about the rows of a list, by its position."""
        self.repeated: dict[int, Draft] = {}
        """The drafts about titles that stand on a list twice, by title."""
        self.left: dict[int, list[Difference]] = {}
        """The differences without an explanation, by position."""
        self.behind = 0
        """By how many issues the lists are late."""
        self.late: list[int] = []
        self.previous: int | None = None
        self.earlier: int | None = None
        """The list before, and the one before that, but for those that are stale."""

    def draft(self, kind: FindingKind, *positions: int) -> Draft:
        """A new finding about some lists."""
        made = Draft(kind, self.lists.chart, list(positions))
        self.drafts.append(made)
        return made

    def note(self, draft: Draft, at: float, issues: int = 1, *, blind: bool) -> None:
        """Let later counters differ by what a draft says."""
        self.events.append(Event(at, issues, draft, blind))

    # -- differences --------------------------------------------------------------------------

    def compare(self, position: int) -> None:
        """Take down the differences of a list, but for those that an event explains."""
        rest = [each for each in self.recount.differences(position) if not self._explained(each)]
        if rest:
            self.left[position] = rest

    def explain(self, position: int) -> None:
        """Explain what is left of a list by the events found since."""
        self.keep(position, [d for d in self.left.get(position, ()) if not self._explained(d)])

    def keep(self, position: int, rest: Iterable[Difference]) -> None:
        """What is left of a list's differences."""
        self.left[position] = list(rest)

    def _explained(self, difference: Difference) -> bool:
        position, seen = difference.position, difference.seen
        between = [
            event
            for event in self.events
            if event.at < position and (seen is None or seen < event.at)
        ]
        if difference.counter == LAST:
            between = [e for e in self.events if e.blind and position - 1 <= e.at < position]
        if not between:
            return False
        if difference.counter != LAST:
            more = sum(event.issues for event in between)
            span = self.recount.span(difference.counter, difference.row, position, more)
            if span is None or not span[0] <= difference.printed <= span[1]:
                return False
        between[-1].draft.take(difference)
        return True

    # -- stale lists --------------------------------------------------------------------------

    def is_stale(self, position: int) -> bool:
        """Whether a list is the one before once more, by counters that stand still.

        Where issues are not counted, figures that were measured have to be the same.
        """
        lists = self.lists
        if position == 0 or lists.titles(position) != lists.titles(position - 1):
            return False
        (low, high), (first, end) = lists.bounds[position], lists.bounds[position - 1]
        if lists.store.ranks[low:high] != lists.store.ranks[first:end]:
            return False
        periods = lists.counters.periods
        if periods is not None and max(periods[low:high], default=NONE) != NONE:
            return periods[low:high] == periods[first:end]
        return high - low > 1 and self._measured_alike(position)

    def _measured_alike(self, position: int) -> bool:
        (low, high), (first, end) = self.lists.bounds[position], self.lists.bounds[position - 1]
        held = [c for name in METRICS if (c := self.lists.store.columns.get(name)) is not None]
        held = [column for column in held if min(column.codes[low:high]) >= 0]
        return bool(held) and all(c.codes[low:high] == c.codes[first:end] for c in held)

    def stale(self, position: int) -> None:
        """Take a list for stale: it tells nothing of its issue."""
        found = self.draft(FindingKind.STALE_ISSUE, position)
        found.rows.update(range(*self.lists.bounds[position]))
        for each in self.recount.differences(position):
            found.take(each)
        self.broken[position] = found
        # Later lists are compared with it as it stands: the event is between it and them. Its
        # titles were last seen before all stale lists in a row.
        issues = 1
        if self.events and self.events[-1].at == position - 0.5:
            issues += self.events.pop().issues
        self.note(found, position + 0.5, issues, blind=True)
        self.recount.take(position, self.lists.titles(position))

    # -- missing issues, and late ones --------------------------------------------------------

    def step(self, position: int) -> None:
        """Find out whether the counters of a list rise more, or less, than its issues."""
        if self.previous is None:
            return
        gains = self.recount.gains(position, self.repeated)
        numbers = self.lists.numbers
        elapsed = numbers[position] - numbers[self.previous]
        if not gains:
            return
        [(usual, titles)] = Counter(gains).most_common(1)
        if position - self.previous > 1:
            self.behind = max(0, min(position - self.previous - 1, elapsed - usual))
            self.late = [position] if self.behind else []
        elif self.behind and usual == elapsed:
            self.late.append(position)
        if usual <= elapsed or not 1 <= min(gains) <= max(gains) <= usual:
            return
        if titles < SEVERAL or 4 * titles < 3 * len(gains):
            return
        if self.behind:
            self._caught_up(position, usual - elapsed)
        else:
            self._missing(position, usual - elapsed, titles, len(gains))

    def _caught_up(self, position: int, more: int) -> None:
        """The lists since the last stale one were late."""
        found = self.draft(FindingKind.DEFECTIVE_ISSUE, *self.late)
        found.facts["late"] = self.behind
        for each in self.late:
            found.rows.update(range(*self.lists.bounds[each]))
            self.broken[each] = found
        self.note(found, position - 0.5, min(more, self.behind), blind=True)
        self.behind = max(0, self.behind - more)
        self.late = [position] if self.behind else []

    def _missing(self, position: int, more: int, titles: int, carried: int) -> None:
        """Issues are missing before a list, if there is a day for them that is no issue."""
        times = self.lists.times
        between = map(dt.date.fromordinal, times.ordinals[position - 1 : position + 1])
        if len(times.calendar.free_days(*between)) < more:
            return
        found = self.draft(FindingKind.MISSING_ISSUE, position - 1, position)
        found.between = times.numbers[position] - times.numbers[position - 1] + more - 1
        found.facts.update(titles=titles, carried=carried)
        self.note(found, position - 0.5, more, blind=True)
