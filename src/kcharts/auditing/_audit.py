"""The audit: every printed counter computed again, and every difference explained."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import evolve

from kcharts._faces import public
from kcharts.auditing._explanations import (
    POLICY,
    SEVERAL,
    Explanation,
    Scene,
    When,
    explain_by_blanks,
)
from kcharts.auditing._faults import (
    Blank,
    Case,
    CategoryGone,
    LateLists,
    MissingIssue,
    RanksLacking,
    Repeated,
    StaleList,
)
from kcharts.auditing._finding import Finding, FindingKind
from kcharts.auditing._lists import (
    NONE,
    PublishedLists,
    is_in_order,
    lists_of,
    printed_counters,
)
from kcharts.auditing._recount import Difference, Recount
from kcharts.measures._results import Results
from kcharts.measures._scope import cut
from kcharts.model import _checks as checks
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory, store_in

_ORDER = {kind: number for number, kind in enumerate(FindingKind)}
_METRICS = ("hours_viewed", "views", "streams")
"""What is measured anew for every list, and never comes out alike for all of its rows."""
# Of 710 lists of Netflix in the United States, those of 2021-03-28 and 2021-09-30 have no series.
# Nothing else shows it: the copyist's own counters follow the broken lists. On a chart of fewer
# lists, or with a rarer category, its absence can be true.
_REGULAR = 20
"""The fewest lists that must have a category before its absence proves anything."""


@public
def audit(history: ChartHistory, /, *, as_of: dt.date | str | None = None) -> Results[Finding]:
    """Find what is wrong with lists whose printed counters differ from a recount.

    Issues on the list, peak, issues at the peak and last rank are computed again from the
    published lists, each from the title's row before, and every figure that differs is in one of
    the findings. A title's counter counts every published list that has it, over all absences;
    its peak is the best rank so far; the last rank is that of the issue before. Counters as of
    the day of scraping say nothing about their issues, and are left out.

    Some faults show without counters: titles at several ranks, lists that lack a rank, lists that
    repeat the figures measured before, and lists without a category that all others have.

    Args:
        history: Whole lists.
        as_of: Later lists are ignored.

    Returns:
        Missing, stale and broken lists first, then findings about titles, and last what is not a
        fault, such as counters that began before the data.

    Raises:
        ValueError: The history was narrowed to titles.

    >>> from datetime import date
    >>> from kcharts import Chart, ChartHistory, ChartSeries, Country, Frequency, RankSnapshot
    >>> from kcharts import Reported, Title, audit
    >>> chart = Chart(ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 1), Country("KR"))
    >>> days = [Reported(periods_on_chart=number) for number in (1, 2, 1)]
    >>> history = ChartHistory.from_snapshots(
    ...     RankSnapshot(Title("A Name"), chart, date(2022, 1, day), 1, reported=each)
    ...     for day, each in enumerate(days, 1)
    ... )
    >>> print(audit(history)[0])
    A Name: the counter falls back on 2022-01-03, so more than one work bears the name, \
Stream TV in South Korea (by Press)
    """
    store_in(history)
    if not history.is_whole:
        raise checks.refuse(
            "history", "whole lists: audit first, then narrow to titles", str(history)
        )
    store = cut(history, as_of)
    counters = printed_counters(store)
    cases: list[tuple[int, Case]] = []
    for chart in range(len(store.charts)):
        if not is_in_order(store, chart, counters):
            cases += ((chart, case) for case in find_cases(lists_of(store, chart, counters)))
    cases.sort(key=lambda each: _sort_key(store, *each))
    audited = ChartHistory(store)
    return Results(cases, lambda each: _finding(audited, *each))


def _sort_key(store: Store, chart: int, case: Case) -> tuple[int, int, Sequence[int], list[str]]:
    fault = case.fault
    keys = [store.titles[title].key for title in fault.titles]
    return _ORDER[fault.kind], chart, fault.positions, keys


def _finding(history: ChartHistory, chart: int, case: Case) -> Finding:
    store, fault = history.store, case.fault
    lists = lists_of(store, chart, printed_counters(store))
    return Finding(
        kind=fault.kind,
        chart=store.charts[chart],
        dates=tuple(map(lists.day, sorted({*fault.positions}))),
        rows=tuple(map(history.__getitem__, case.all_rows)),
        explanation=fault.sentence(lists),
        titles=tuple(store.titles[title] for title in fault.titles),
        rank=fault.hole,
        between=fault.counted_between,
    )


def find_cases(lists: PublishedLists) -> list[Case]:
    """All that is wrong in one chart, in the order in which the lists show it."""
    walk = Walk(lists)
    walk.look_at_all()
    return [*walk.cases]


class Walk:
    """One pass over the lists of a chart: what they have shown so far, and what is left over."""

    def __init__(self, lists: PublishedLists) -> None:
        self.lists = lists
        self.recount = Recount(lists)
        self.cases: dict[Case, None] = {}
        self.blanks: list[Blank] = []
        self.broken: dict[int, Case] = {}
        """What is wrong with the rows of a list, by its position."""
        self.repeated: dict[int, Case] = {}
        """The titles that were at several ranks of a list."""
        self.suspects: list[int] = []
        """The lists with fewer titles than a full one."""
        self.open: list[Difference] = []
        """The differences of the previous list that nothing explains so far: the next list can."""
        self.left: list[Difference] = []
        """Older ones, which need all rows of a title, and wait for the last list."""
        self.behind = 0
        """By how many issues the lists are late."""
        self.late: list[int] = []
        self.previous: int | None = None
        self.earlier: int | None = None
        """The list before, and the one before that, stale ones left out."""

    def look_at_all(self) -> None:
        # It takes all lists to know that a category is usual, and the walk has to know what is
        # broken before it looks at the list after it.
        for case, blank in categories_gone(self.lists):
            self._add(case, blank)
        end = len(self.lists.bounds)
        for position in range(end):
            if is_stale(self.lists, position):
                self._take_for_stale(position)
            else:
                self._look_at(position)
        if self.previous is not None:
            differences = [*self.left, *self.open]
            self._explain("after the last list", end, self.previous, differences)

    def _look_at(self, position: int) -> None:
        lists, previous = self.lists, self.previous
        codes = lists.titles(position)
        titles = len(set(codes))
        if titles < len(codes):
            self._see_repeats(position)
        self._see_lacking_ranks(position)
        # Nearly every list is in order, and then no step per row is taken (benchmarks/audit.py).
        # If no list is missing before it either, all its titles gain 1.
        in_order = self.recount.is_in_order(position, codes)
        if not in_order or self.behind or previous != position - 1:
            self._compare_gains(position)
        differences = self.open
        if not in_order:
            differences = [*differences, *self.recount.differences(position)]
        if previous is not None and (not in_order or lists.short(previous)):
            differences = self._explain("at each list", position, previous, differences)
        if differences or self.open:
            self.left += (each for each in differences if each.position != position)
            self.open = [each for each in differences if each.position == position]
        if titles < lists.full:
            self.suspects.append(position)
        self.recount.take_over(position, codes)
        self.earlier, self.previous = previous, position

    def _explain(
        self, when: When, position: int, previous: int, differences: list[Difference]
    ) -> list[Difference]:
        """Try the explanations that are due, and return the differences they leave."""
        scene = Scene(
            lists=self.lists,
            recount=self.recount,
            blanks=self.blanks,
            broken=self.broken,
            repeated=self.repeated,
            suspects=self.suspects,
            position=position,
            previous=previous,
            earlier=self.earlier,
        )
        for time, explain in POLICY:
            if time == when:
                explained, differences = explain(scene, differences)
                self._take_down(explained)
                if any(each.blank for each in explained):
                    explained, differences = explain_by_blanks(scene, differences)
                    self._take_down(explained)
        return differences

    def _take_down(self, explained: Sequence[Explanation]) -> None:
        for each in explained:
            if each.case in self.cases:
                self.blanks += [each.blank] if each.blank else []
            else:
                self._add(each.case, each.blank)
            each.case.fault = each.fault or each.case.fault
            each.case.differences += each.differences

    def _add(self, case: Case, blank: Blank | None = None) -> None:
        self.cases[case] = None
        if case.fault.is_of_rows:
            self.broken.update(dict.fromkeys(case.fault.positions, case))
        if blank is not None:
            self.blanks.append(blank)

    def _take_for_stale(self, position: int) -> None:
        """Take down a list that says nothing about its issue."""
        fault = StaleList(positions=(position,))
        rows = set(self.lists.rows(position))
        case = Case(fault, rows, [*self.recount.differences(position)])
        # Later lists are compared with it as it is: the blank is between it and them. Its titles
        # were last seen before all stale lists in a row.
        issues = 1
        if self.blanks and self.blanks[-1].at == position - 0.5:
            issues += self.blanks.pop().issues
        self._add(case, Blank(position + 0.5, issues, case, is_whole=True))
        self.recount.take_over(position, self.lists.titles(position))

    def _see_repeats(self, position: int) -> None:
        rows: dict[int, list[int]] = {}
        for row in self.lists.rows(position):
            rows.setdefault(self.lists.store.title_codes[row], []).append(row)
        for title, held in rows.items():
            if len(held) > 1:
                case = self.repeated.get(title)
                if case is None:
                    case = Case(Repeated(positions=(), titles=(title,)))
                    self.repeated[title] = case
                    self._add(case)
                case.fault = evolve(case.fault, positions=(*case.fault.positions, position))
                case.rows.update(held)

    def _see_lacking_ranks(self, position: int) -> None:
        low, high = self.lists.bounds[position]
        ranks = self.lists.store.ranks[low:high]
        if not ranks or ranks[-1] == len(ranks) or position in self.broken:
            return
        lacking = lacking_ranks(ranks)
        if lacking:
            fault = RanksLacking(positions=(position,), hole=lacking[0], lacking=len(lacking))
            case = Case(fault, set(range(low, high)))
            self._add(case, Blank(position, 1, case, is_whole=False))

    def _compare_gains(self, position: int) -> None:
        """Find out whether the counters rise by more or less than the issues since."""
        if self.previous is None:
            return
        gains = self.recount.gains(position, self.repeated)
        if not gains:
            return
        elapsed = self.lists.elapsed(self.previous, position)
        [(usual, titles)] = Counter(gains).most_common(1)
        # After a stale list, kworb's next one can be a day old as well: those of Thailand on
        # 2026-03-07 and 2026-05-30 gain one day where two have passed, and the next gains two.
        if position - self.previous > 1:
            self.behind = max(0, min(position - self.previous - 1, elapsed - usual))
            self.late = [position] if self.behind else []
        elif self.behind and usual == elapsed:
            self.late.append(position)
        if usual <= elapsed or not 1 <= min(gains) <= max(gains) <= usual:
            return
        # The Hot 100 of 2018-01-03 shows in all 83 titles carried past it. Three quarters leave
        # room for slips and homonyms, and cannot come from one misprinted counter.
        if titles < SEVERAL or 4 * titles < 3 * len(gains):
            return
        if self.behind:
            self._catch_up(position, usual - elapsed)
        else:
            self._miss_issues(position, usual - elapsed, titles, len(gains))

    def _catch_up(self, position: int, more: int) -> None:
        """Take down the lists since the last stale one, which were late."""
        rows = {row for late in self.late for row in self.lists.rows(late)}
        case = Case(LateLists(positions=tuple(self.late), issues=self.behind), rows)
        self._add(case, Blank(position - 0.5, min(more, self.behind), case, is_whole=True))
        self.behind = max(0, self.behind - more)
        self.late = [position] if self.behind else []

    def _miss_issues(self, position: int, more: int, gaining: int, carried: int) -> None:
        """Take down issues missing before a list, if the calendar has free days for them."""
        lists, before = self.lists, position - 1
        # A daily chart never has: there, a jump of all counters comes from a late list.
        free = lists.times.calendar.free_days(lists.day(before), lists.day(position))
        if len(free) < more:
            return
        fault = MissingIssue(
            positions=(before, position),
            counted_between=lists.elapsed(before, position) + more - 1,
            missing=more,
            gaining=gaining,
            carried=carried,
        )
        case = Case(fault)
        self._add(case, Blank(position - 0.5, more, case, is_whole=True))


def is_stale(lists: PublishedLists, position: int) -> bool:
    """Whether a list repeats the one before: its counters, or else what was measured."""
    if position == 0 or lists.titles(position) != lists.titles(position - 1):
        return False
    (low, high), (first, end) = lists.bounds[position], lists.bounds[position - 1]
    if lists.store.ranks[low:high] != lists.store.ranks[first:end]:
        return False
    periods = lists.counters.periods
    if periods is not None and max(periods[low:high], default=NONE) != NONE:
        return periods[low:high] == periods[first:end]
    if high - low <= 1:
        return False  # one figure can come out alike by chance
    columns = [lists.store.columns[name] for name in _METRICS if name in lists.store.columns]
    printed = [column.codes for column in columns if min(column.codes[low:high]) >= 0]
    return bool(printed) and all(codes[low:high] == codes[first:end] for codes in printed)


def lacking_ranks(ranks: Sequence[int]) -> list[int]:
    """The ranks that a list lacks, other than those that ties skip: 1, 2, 2, 4."""
    lacking = sorted(set(range(1, max(ranks, default=0) + 1)).difference(ranks))
    if lacking and all(rank == tied for rank, tied in zip(ranks, _ties(ranks), strict=True)):
        return []
    return lacking


def _ties(ranks: Sequence[int]) -> Iterator[int]:
    """The rank of each row, if equal ones were ties and skipped the next."""
    rank = 0
    for number, printed in enumerate(ranks, start=1):
        if number == 1 or printed != ranks[number - 2]:
            rank = number
        yield rank


def categories_gone(lists: PublishedLists) -> Iterator[tuple[Case, Blank]]:
    """Find lists without a usual category, whose titles are on the lists on either side."""
    starts, kinds = lists.store.lists[lists.chart].starts, lists.kinds
    codes = set(lists.store.title_codes[starts[0] : starts[-1]])
    categories = sorted({kind for code in codes if (kind := kinds[code]) is not None})
    if len(categories) < SEVERAL:
        return
    held = [lists.categories(position) for position in range(len(lists.bounds))]
    for category in categories:
        without = [position for position, there in enumerate(held) if category not in there]
        if len(held) - len(without) < max(_REGULAR, 19 * len(without)):
            continue
        for position in without:
            titles = _on_either_side(lists, position, category)
            if len(titles) >= SEVERAL:
                fault = CategoryGone(positions=(position,), titles=titles, category=category)
                case = Case(fault, set(lists.rows(position)))
                yield case, Blank(position, 1, case, is_whole=True)


def _on_either_side(lists: PublishedLists, position: int, category: str) -> tuple[int, ...]:
    """The titles of a category that are on both neighbours of a list; none at the ends."""
    if not 0 < position < len(lists.bounds) - 1:
        return ()
    before = set(lists.titles(position - 1))
    after = dict.fromkeys(lists.titles(position + 1))
    return tuple(title for title in after if title in before and lists.kinds[title] == category)
