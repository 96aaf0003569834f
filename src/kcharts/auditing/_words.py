"""The sentences of findings, for a journalist: made only when somebody looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import AT_PEAK, LAST, NONE, PEAK, Difference, Draft, Lists
from kcharts.measures import _words as words


def explanation(lists: Lists, draft: Draft) -> str:
    """What a draft found, in a sentence without the chart's name."""
    return _SENTENCES[draft.kind](lists, draft)


def _day(lists: Lists, position: int) -> dt.date:
    return dt.date.fromordinal(lists.times.ordinals[position])


def _when(lists: Lists, position: int) -> str:
    return lists.store.charts[lists.chart].series.when(_day(lists, position))


def _unit(lists: Lists) -> str:
    return lists.store.charts[lists.chart].series.frequency.unit


def _names(lists: Lists, draft: Draft) -> str:
    return words.listed([lists.store.titles[title] for title in draft.titles])


def _missing(lists: Lists, draft: Draft) -> str:
    before, after = draft.positions
    titles, carried = draft.facts["titles"], draft.facts["carried"]
    share = f"all {titles}" if titles == carried else f"{titles} of {carried}"
    unit = _unit(lists)
    due = lists.numbers[after] - lists.numbers[before] - 1
    lacking = draft.between - due
    verb = "is" if lacking == 1 else "are"
    return (
        f"{words.counted(lacking, 'issue')} between {_day(lists, before)} and "
        f"{_day(lists, after)} {verb} missing: {share} titles on both lists gain "
        f"{words.counted(draft.between + 1, unit)}"
    )


def _stale(lists: Lists, draft: Draft) -> str:
    [position] = draft.positions
    low, high = lists.bounds[position]
    periods = lists.counters.periods
    counted = periods is not None and max(periods[low:high]) != NONE
    still = "counters stand still" if counted else "figures are the same"
    return (
        f"The list of {_day(lists, position)} is that of {_day(lists, position - 1)} once more: "
        f"in all {words.counted(high - low, 'row')} the {still}"
    )


def _defective(lists: Lists, draft: Draft) -> str:
    days = words.listed([_day(lists, each) for each in sorted(set(draft.positions))])
    if "late" in draft.facts:
        unit = _unit(lists)
        late = words.counted(draft.facts["late"], unit)
        one = "The list of" if len(draft.positions) == 1 else "The lists of"
        return f"{one} {days} came {late} late: after a stale list, counters jump only {unit}s on"
    if "category" in draft.facts:
        kind = lists.store.titles[draft.facts["category"]].kind
        return (
            f"The list of {days} has no {kind}: "
            f"gone for one {_unit(lists)} are {_names(lists, draft)}"
        )
    if "short" in draft.facts:
        lacking = words.counted(draft.facts["short"], "row")
        return f"The list of {days} lacks {lacking}, and by later counters its ranks are too good"
    return (
        f"The list of {days} lacks {words.counted(len(draft.titles), 'title')} whose counters "
        f"say that they were on it: {_names(lists, draft)}"
    )


def _hole(lists: Lists, draft: Draft) -> str:
    [position] = draft.positions
    head = f"The list of {_day(lists, position)}"
    if "lacking" in draft.facts:
        more = draft.facts["lacking"] - 1
        others = f" nor {more} other ranks" if more > 1 else " nor 1 other rank" if more else ""
        return f"{head} has no No. {draft.rank}{others}"
    if draft.rank is None:
        return f"{head} lacks a row: by its counter {_names(lists, draft)} was on it"
    return (
        f"{head} lacks a row and is closed up: ranks from No. {draft.rank} on are one too good, "
        f"by {words.counted(draft.facts['shifted'], 'printed figure')}"
    )


def _homonym(lists: Lists, draft: Draft) -> str:
    return (
        f"{_names(lists, draft)}: the counter falls back {_when(lists, draft.positions[0])}, so "
        f"more than one work bears the name"
    )


def _duplicate(lists: Lists, draft: Draft) -> str:
    first, last = draft.positions[0], draft.positions[-1]
    times = words.counted(len(draft.positions), "list")
    until = f" to {_day(lists, last)}" if last > first else ""
    return f"{_names(lists, draft)}: at several ranks of {times}, {_day(lists, first)}{until}"


def _rename(lists: Lists, draft: Draft) -> str:
    old, new = (lists.store.titles[title] for title in draft.titles)
    return f"{old}: called {new} from {_day(lists, draft.positions[0])} on, by its counters"


def _revision(lists: Lists, draft: Draft) -> str:
    told = [_told(lists, each) for each in draft.differences]
    return f"{_names(lists, draft)}: {'; '.join(told[:2])}"


def _unexplained(lists: Lists, draft: Draft) -> str:
    figures = words.counted(len(draft.differences), "printed figure")
    [first, *_] = draft.differences
    example = f"{lists.store.titles[first.title]}: {_told(lists, first)}"
    return f"{figures} of {words.counted(len(draft.titles), 'title')} nothing explains: {example}"


def _below(lists: Lists, draft: Draft) -> str:
    titles = len({each.title for each in draft.differences})
    return (
        f"{_unit(lists).capitalize()}s are counted while a title is below the list: "
        f"{words.counted(titles, 'title')} came back with more than one"
    )


def _censored(lists: Lists, draft: Draft) -> str:
    titles = len({each.title for each in draft.differences})
    return (
        f"Counters of {words.counted(titles, 'title')} began before the first list in hand, "
        f"{_when(lists, 0)}"
    )


def _told(lists: Lists, each: Difference) -> str:
    """What is printed, and what the lists give."""
    unit, when = _unit(lists), _when(lists, each.position)
    if each.counter == LAST:
        names = ["off the list" if r == NONE else f"No. {r}" for r in (each.printed, each.low)]
        return f"{when} {names[0]} the {unit} before, {names[1]} by that list"
    if each.counter == PEAK:
        return f"{when} a peak of No. {each.printed}, No. {each.high} by the lists"
    where = "at the peak" if each.counter == AT_PEAK else "on the list"
    given = f"{each.low}" if each.low == each.high else f"{each.low} to {each.high}"
    return f"{when} {words.counted(each.printed, unit)} {where}, {given} by the lists"


_SENTENCES: Mapping[FindingKind, Callable[[Lists, Draft], str]] = {
    FindingKind.MISSING_ISSUE: _missing,
    FindingKind.STALE_ISSUE: _stale,
    FindingKind.DEFECTIVE_ISSUE: _defective,
    FindingKind.HOLE_IN_LIST: _hole,
    FindingKind.HOMONYM: _homonym,
    FindingKind.DUPLICATE_TITLE: _duplicate,
    FindingKind.RENAME: _rename,
    FindingKind.PUBLISHER_REVISION: _revision,
    FindingKind.UNEXPLAINED: _unexplained,
    FindingKind.COUNTED_BELOW: _below,
    FindingKind.LEFT_CENSORED: _censored,
}
