"""The faults that an audit can find, one record a kind, each with the sentence that says it.

Records are in codes: positions of lists, codes of titles. Sentences are made only when somebody
looks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from attrs import define, field, frozen

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import AT_PEAK, LAST, NONE, PEAK, PublishedLists
from kcharts.auditing._recount import Difference
from kcharts.measures import _words as words

Differences = Sequence[Difference]


@frozen(eq=False, kw_only=True)
class Fault(ABC):
    """What is wrong with some lists, or with some titles on them."""

    kind: ClassVar[FindingKind]
    positions: tuple[int, ...]
    """The lists concerned, in the order in which they were found."""
    titles: tuple[int, ...] = ()
    # Fields that only some kinds fill: `Finding` has them for all.
    hole: int | None = None
    """The best rank that a lacking row can have had; None where nothing shows it."""
    counted_between: int = 0
    """How many issues the publisher counted between the two lists of a missing issue."""

    @property
    def is_of_rows(self) -> bool:
        """Whether the rows of its lists cannot be taken as they are."""
        return self.kind in _OF_ROWS

    @abstractmethod
    def sentence(self, lists: PublishedLists) -> str:
        """What was found, in a sentence without the chart's name."""


# Late lists too: a day behind, they are as wrong about their own issue as stale ones.
_OF_ROWS = FindingKind.STALE_ISSUE, FindingKind.DEFECTIVE_ISSUE, FindingKind.HOLE_IN_LIST


# Cases are compared by identity: two lists can have the same fault, and a known case's changes.
@define(eq=False)
class Case:
    """A fault that was found in a chart, and what shows it so far."""

    fault: Fault
    rows: set[int] = field(factory=set[int])
    """The rows that show it beside those of the differences."""
    differences: list[Difference] = field(factory=list[Difference])
    """What it explains."""

    @property
    def all_rows(self) -> list[int]:
        """The rows that show it, in order."""
        return sorted({*self.rows, *(each.row for each in self.differences)})


class Blank(NamedTuple):
    """A gap in a chart, after which counters can have risen by more than the lists show."""

    at: float
    """The position of the list that proves nothing; a half one is between two lists."""
    issues: int
    """By how many issues counters can have risen more."""
    case: Case
    is_whole: bool
    """Whether nothing at all is known of the ranks there."""


def names_of(lists: PublishedLists, titles: Sequence[int]) -> str:
    return words.enumeration([lists.store.titles[title] for title in titles])


# -- issues and lists -----------------------------------------------------------------------------


@frozen(eq=False, kw_only=True)
class MissingIssue(Fault):
    """Issues between two lists that the calendar lacks and the counters have."""

    kind = FindingKind.MISSING_ISSUE
    missing: int
    """How many of the issues counted between the two lists the calendar lacks."""
    gaining: int
    """How many of the titles carried from one list to the other show it."""
    carried: int

    def sentence(self, lists: PublishedLists) -> str:
        before, after = (lists.day(position) for position in self.positions)
        every = self.gaining == self.carried
        share = f"all {self.gaining}" if every else f"{self.gaining} of {self.carried}"
        verb = "is" if self.missing == 1 else "are"
        return (
            f"{words.quantity(self.missing, 'issue')} between {before} and {after} {verb} missing: "
            f"{share} titles on both lists gain "
            f"{words.quantity(self.counted_between + 1, lists.unit)}"
        )


@frozen(eq=False, kw_only=True)
class StaleList(Fault):
    """A list that repeats the one before, like the 30 of kworb's that are a day old."""

    kind = FindingKind.STALE_ISSUE

    def sentence(self, lists: PublishedLists) -> str:
        [position] = self.positions
        rows = lists.rows(position)
        periods = lists.counters.periods
        counted = periods is not None and max(periods[rows.start : rows.stop]) != NONE
        still = "counters stand still" if counted else "figures are the same"
        return (
            f"The list of {lists.day(position)} is that of {lists.day(position - 1)} once more: "
            f"in all {words.quantity(len(rows), 'row')} the {still}"
        )


@frozen(eq=False, kw_only=True)
class LateLists(Fault):
    """Lists after a stale one that were late, as kworb's Thai one of 2026-03-07, a day."""

    kind = FindingKind.DEFECTIVE_ISSUE
    issues: int

    def sentence(self, lists: PublishedLists) -> str:
        days = words.enumeration([lists.day(position) for position in sorted(set(self.positions))])
        late = words.quantity(self.issues, lists.unit)
        which = "The list of" if len(self.positions) == 1 else "The lists of"
        return (
            f"{which} {days} came {late} late: after a stale list, "
            f"counters jump only {lists.unit}s on"
        )


@frozen(eq=False, kw_only=True)
class CategoryGone(Fault):
    """A list without a category that others have; the titles are those that should be on it."""

    # On 2021-09-30 Squid Game is one of four that Netflix's US list lacks: without this finding,
    # its run at No. 1 would break off there.
    kind = FindingKind.DEFECTIVE_ISSUE
    category: str

    def sentence(self, lists: PublishedLists) -> str:
        return (
            f"The list of {lists.day(self.positions[0])} has no {self.category}: "
            f"gone for one {lists.unit} are {names_of(lists, self.titles)}"
        )


@frozen(eq=False, kw_only=True)
class ShortList(Fault):
    """A list that lacks several rows and was closed up over them, at unknown ranks."""

    # No hole and no titles: all that is known is that the ranks printed are too good.
    kind = FindingKind.DEFECTIVE_ISSUE
    lacking: int

    def sentence(self, lists: PublishedLists) -> str:
        lacking = words.quantity(self.lacking, "row")
        day = lists.day(self.positions[0])
        return f"The list of {day} lacks {lacking}, and by later counters its ranks are too good"


@frozen(eq=False, kw_only=True)
class TitlesLost(Fault):
    """A list that lacks titles whose counters ran on."""

    kind = FindingKind.DEFECTIVE_ISSUE

    def sentence(self, lists: PublishedLists) -> str:
        return (
            f"The list of {lists.day(self.positions[0])} lacks "
            f"{words.quantity(len(self.titles), 'title')} whose counters say that they were on it: "
            f"{names_of(lists, self.titles)}"
        )


@frozen(eq=False, kw_only=True)
class RowLost(Fault):
    """A list that lacks one row, by the counter of the title that was on it."""

    kind = FindingKind.HOLE_IN_LIST

    def sentence(self, lists: PublishedLists) -> str:
        day, name = lists.day(self.positions[0]), names_of(lists, self.titles)
        return f"The list of {day} lacks a row: by its counter {name} was on it"


@frozen(eq=False, kw_only=True)
class RanksLacking(Fault):
    """A list with ranks that nobody holds."""

    kind = FindingKind.HOLE_IN_LIST
    lacking: int
    """How many ranks it lacks; the hole is the first of them."""

    def sentence(self, lists: PublishedLists) -> str:
        more = self.lacking - 1
        others = f" nor {more} other ranks" if more > 1 else " nor 1 other rank" if more else ""
        return f"The list of {lists.day(self.positions[0])} has no No. {self.hole}{others}"


@frozen(eq=False, kw_only=True)
class ClosedUp(Fault):
    """A list that lacks one row, with the rows below moved up into its place."""

    kind = FindingKind.HOLE_IN_LIST
    shifted: int
    """How many printed figures say that all ranks from the hole on are one too good."""

    def sentence(self, lists: PublishedLists) -> str:
        return (
            f"The list of {lists.day(self.positions[0])} lacks a row and is closed up: ranks from "
            f"No. {self.hole} on are one too good, "
            f"by {words.quantity(self.shifted, 'printed figure')}"
        )


# -- titles ---------------------------------------------------------------------------------------


@frozen(eq=False, kw_only=True)
class Homonym(Fault):
    """A title of several works; the positions are those of the rows of all but the first."""

    kind = FindingKind.HOMONYM

    def sentence(self, lists: PublishedLists) -> str:
        when = lists.series.when(lists.day(self.positions[0]))
        return (
            f"{names_of(lists, self.titles)}: the counter falls back {when}, so "
            "more than one work bears the name"
        )


@frozen(eq=False, kw_only=True)
class Repeated(Fault):
    """A title at several ranks of one list."""

    kind = FindingKind.DUPLICATE_TITLE

    def sentence(self, lists: PublishedLists) -> str:
        first, last = (lists.day(self.positions[at]) for at in (0, -1))
        times = words.quantity(len(self.positions), "list")
        until = f" to {last}" if last > first else ""
        return f"{names_of(lists, self.titles)}: at several ranks of {times}, {first}{until}"


@frozen(eq=False, kw_only=True)
class Rename(Fault):
    """A title, the first, that goes on as another, the second."""

    kind = FindingKind.RENAME

    def sentence(self, lists: PublishedLists) -> str:
        old, new = (lists.store.titles[title] for title in self.titles)
        return f"{old}: called {new} from {lists.day(self.positions[0])} on, by its counters"


@frozen(eq=False, kw_only=True)
class Revision(Fault):
    """Figures of one title that its own lists contradict."""

    kind = FindingKind.PUBLISHER_REVISION
    differences: Differences

    def sentence(self, lists: PublishedLists) -> str:
        # Two are enough to see which figure is the odd one out: a peak and the next last rank.
        first_two = "; ".join(_contradiction(lists, each) for each in self.differences[:2])
        return f"{names_of(lists, self.titles)}: {first_two}"


@frozen(eq=False, kw_only=True)
class Unexplained(Fault):
    """Differences on one list that nothing explains."""

    kind = FindingKind.UNEXPLAINED
    differences: Differences

    def sentence(self, lists: PublishedLists) -> str:
        first = self.differences[0]
        figures = words.quantity(len(self.differences), "printed figure")
        titles = words.quantity(len(self.titles), "title")
        example = f"{lists.store.titles[first.title]}: {_contradiction(lists, first)}"
        return f"{figures} of {titles} nothing explains: {example}"


# -- no faults ------------------------------------------------------------------------------------


@frozen(eq=False, kw_only=True)
class CountedBelow(Fault):
    """Counters that ran on while their titles were below the last rank."""

    kind = FindingKind.COUNTED_BELOW
    number: int
    """How many titles have such counters."""

    def sentence(self, lists: PublishedLists) -> str:
        return (
            f"{lists.unit.capitalize()}s are counted while a title is below the list: "
            f"{words.quantity(self.number, 'title')} came back with more than one"
        )


@frozen(eq=False, kw_only=True)
class BegunBefore(Fault):
    """Counters that began before the first list."""

    kind = FindingKind.LEFT_CENSORED
    number: int
    """How many titles have such counters."""

    def sentence(self, lists: PublishedLists) -> str:
        titles, when = words.quantity(self.number, "title"), lists.series.when(lists.day(0))
        return f"Counters of {titles} began before the first list in hand, {when}"


def _contradiction(lists: PublishedLists, each: Difference) -> str:
    """What is printed, and what the lists give."""
    unit, when = lists.unit, lists.series.when(lists.day(each.position))
    if each.counter == LAST:
        printed, given = (
            "off the list" if rank == NONE else f"No. {rank}" for rank in (each.printed, each.low)
        )
        return f"{when} {printed} the {unit} before, {given} by that list"
    if each.counter == PEAK:
        return f"{when} a peak of No. {each.printed}, No. {each.high} by the lists"
    where = "at the peak" if each.counter == AT_PEAK else "on the list"
    given = f"{each.low}" if each.low == each.high else f"{each.low} to {each.high}"
    return f"{when} {words.quantity(each.printed, unit)} {where}, {given} by the lists"
