"""Differences of single titles: renamed, two of one name, begun earlier, revised, unexplained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import AT_PEAK, LAST, NONE, PEAK, PERIODS, Difference, Draft
from kcharts.auditing._rows import Rows
from kcharts.auditing._walk import Walk

_FEW = 2
"""The most titles of a list whose counters go astray by themselves."""


class Titles:
    """What is left of a walk's differences, explained title by title."""

    def __init__(self, walk: Walk, rows: Rows) -> None:
        self.walk = walk
        self.rows = rows
        self.lists = walk.lists

    # -- duplicates ---------------------------------------------------------------------------

    def see_repeats(self, position: int) -> None:
        """Take down the titles that stand on a list twice."""
        low, high = self.lists.bounds[position]
        rows: dict[int, list[int]] = {}
        for row in range(low, high):
            rows.setdefault(self.lists.store.title_codes[row], []).append(row)
        for title, held in rows.items():
            if len(held) > 1:
                found = self.walk.repeated.get(title)
                if found is None:
                    found = self.walk.draft(FindingKind.DUPLICATE_TITLE)
                    found.titles = [title]
                    self.walk.repeated[title] = found
                found.positions.append(position)
                found.rows.update(held)

    # -- renames ------------------------------------------------------------------------------

    def renames(self, position: int, by: str) -> None:
        """Find titles that take over a counter of one that has just left."""
        previous, left = self.walk.previous, self.walk.left.get(position)
        if previous is None or not left or not self._beside(previous, position):
            return
        here = set(self.lists.titles(position))
        gone = {t: r for t, r in self.lists.ranks(previous).items() if t not in here}
        for title in dict.fromkeys(each.title for each in left):
            old = self._old_name(position, title, gone, by)
            if old is not None:
                self._rename(position, old, title)

    def _beside(self, previous: int, position: int) -> bool:
        return self.lists.numbers[position] - self.lists.numbers[previous] == 1

    def _old_name(self, position: int, title: int, gone: dict[int, int], by: str) -> int | None:
        """The one title that has left and whose counters go on as this one's."""
        recount, left = self.walk.recount, self.walk.left[position]
        if title in self.walk.repeated or recount.seen.get(title) == recount.previous:
            return None
        own = {each.counter: each for each in left if each.title == title}
        if by not in own:
            return None
        if by == LAST:
            names = [name for name, rank in gone.items() if rank == own[LAST].printed]
        elif LAST not in own and self._may_be_renamed(own[PERIODS]):
            names = list(gone)
        else:
            return None
        row = next(iter(own.values())).row
        names = [name for name in names if self._goes_on(name, row, strict=by == PERIODS)]
        return names[0] if len(names) == 1 else None

    def _may_be_renamed(self, each: Difference) -> bool:
        """Whether a counter alone says so: nothing else can be printed, or before the data."""
        if each.seen is None and self.lists.unknown_first(each.position) is None:
            return False
        low, high = self.lists.bounds[each.position]
        last = self.lists.counters.last
        if self.rows.is_counted_below or self._is_undone(each):
            return False
        return last is None or max(last[low:high]) == NONE

    def _is_undone(self, each: Difference) -> bool:
        """Whether the title's next row does not go on with a counter: then it was a slip."""
        periods, row = self.lists.counters.periods, self._next_row(each)
        return row != NONE and periods is not None and NONE != periods[row] <= each.printed

    def _goes_on(self, old: int, row: int, *, strict: bool) -> bool:
        """Whether a row's issues are one more than those of a title before."""
        periods = self.lists.counters.periods
        held = self.walk.recount.periods.get(old)
        if periods is None or held is None or periods[row] == NONE:
            return not strict
        return periods[row] == held + 1

    def _rename(self, position: int, old: int, new: int) -> None:
        found = self.walk.draft(FindingKind.RENAME, position)
        found.titles = [old, new]
        rest: list[Difference] = []
        for each in self.walk.left[position]:
            if each.title == new and self._is_taken_over(each, old):
                found.take(each)
            else:
                rest.append(each)
        self.walk.keep(position, rest)

    def _is_taken_over(self, each: Difference, old: int) -> bool:
        recount = self.walk.recount
        if each.counter == PEAK and old in recount.peaks:
            return each.printed == min(recount.peaks[old], self.lists.store.ranks[each.row])
        return True

    # -- after the last list ------------------------------------------------------------------

    def rest(self) -> None:
        """Explain all that is left once the last list has been seen."""
        left = [each for position in sorted(self.walk.left) for each in self.walk.left[position]]
        if not left:
            return
        left = list(self._repeated(left))
        left = list(self._homonyms(left))
        followed = self._followed(left)
        undone = {*followed, *followed.values()}
        earlier = list(self._earlier(each for each in left if each not in undone))
        self._alone([each for each in left if each in undone or each in earlier], followed)

    def _repeated(self, left: Iterable[Difference]) -> Iterator[Difference]:
        for each in left:
            found = self.walk.repeated.get(each.title)
            if found is not None and each.position >= found.positions[0]:
                found.take(each)
            else:
                yield each

    # -- homonyms -----------------------------------------------------------------------------

    def _homonyms(self, left: list[Difference]) -> Iterator[Difference]:
        """Part the rows of titles whose issues fall back into those of several works."""
        fallen = {e.title for e in left if e.counter == PERIODS and e.printed < e.low}
        found: dict[int, tuple[int, Draft]] = {}
        for title in sorted(fallen):
            others = self._other_works(title)
            if others:
                draft = self.walk.draft(FindingKind.HOMONYM)
                draft.titles = [title]
                draft.positions = [position for position, _ in others]
                draft.rows.update(row for _, row in others)
                found[title] = others[0][0], draft
        for each in left:
            if each.title in found and each.position >= found[each.title][0]:
                found[each.title][1].take(each)
            else:
                yield each

    def _other_works(self, title: int) -> list[tuple[int, int]]:
        """The position and the row of what is not of the first work; none where it is one."""
        chains: list[list[tuple[int, int, int]]] = []
        for position, row, count in self._counted(title):
            held = [chain for chain in chains if self._continues(chain[-1], position, count)]
            if held:
                chain = max(held, key=lambda each: each[-1][0])
                chain.append((position, row, count))
            elif count == 1 or not chains or self._is_open(chains):
                chains.append([(position, row, count)])
            else:
                return []
        if len(chains) > 1 and chains[1][0][2] > 1 and chains[0][-1][0] < chains[1][0][0]:
            return []
        return sorted((position, row) for chain in chains[1:] for position, row, _ in chain)

    def _is_open(self, chains: list[list[tuple[int, int, int]]]) -> bool:
        """Whether a second work may have begun before the data."""
        return len(chains) == 1 and self.lists.unknown_first(0) is None

    def _continues(self, last: tuple[int, int, int], position: int, count: int) -> bool:
        slack = self.lists.unknown(last[0], position)
        slack += sum(e.issues for e in self.walk.events if last[0] < e.at < position)
        return 1 <= count - last[2] <= 1 + slack

    def _counted(self, title: int) -> Iterator[tuple[int, int, int]]:
        """The position, the row and the issues of every row of a title."""
        periods, titles = self.lists.counters.periods, self.lists.store.title_codes
        for position, (low, high) in enumerate(self.lists.bounds):
            broken = self.walk.broken.get(position)
            if broken is not None and broken.kind is FindingKind.STALE_ISSUE:
                continue
            for row in range(low, high):
                if titles[row] == title and periods is not None and periods[row] != NONE:
                    yield position, row, periods[row]

    # -- begun earlier, or counted on a longer list ---------------------------------------------

    def _earlier(self, left: Iterable[Difference]) -> Iterator[Difference]:
        """Put aside what began before the data, or while a title was below the list."""
        below = self.rows.is_counted_below
        made: dict[FindingKind, Draft] = {}
        for each in left:
            kind = None
            if self._is_censored(each):
                later = below and each.position > 0
                kind = FindingKind.COUNTED_BELOW if later else FindingKind.LEFT_CENSORED
            elif below and self._is_below(each):
                kind = FindingKind.COUNTED_BELOW
            if kind is None:
                yield each
                continue
            if kind not in made:
                made[kind] = self.walk.draft(kind, each.position)
            made[kind].positions.append(each.position)
            made[kind].take(each)

    def _is_censored(self, each: Difference) -> bool:
        if each.seen is not None or self.lists.unknown_first(0) is not None:
            return False
        if each.counter == LAST:
            return each.position == 0
        if each.counter == PERIODS:
            return each.printed > 1
        return each.counter == AT_PEAK or each.printed < each.low

    def _is_below(self, each: Difference) -> bool:
        if each.counter != PERIODS or each.seen is None:
            return False
        numbers = self.lists.numbers
        most = each.low - 1 + numbers[each.position] - numbers[each.seen]
        most += sum(e.issues for e in self.walk.events if each.seen < e.at < each.position)
        return each.low < each.printed <= most

    # -- what is left of single titles ----------------------------------------------------------

    def _alone(self, left: Iterable[Difference], followed: dict[Difference, Difference]) -> None:
        """Revisions where a title or two of a list go astray; else nothing explains it."""
        undoing = set(followed.values())
        first = [each for each in left if each not in undoing]
        by_list: dict[int, list[Difference]] = {}
        for each in first:
            by_list.setdefault(each.position, []).append(each)
        drafts: dict[tuple[int, int], Draft] = {}
        for those in by_list.values():
            many = len({each.title for each in those}) > _FEW
            for each in those:
                alone = not many and self._may_be_revised(each, followed)
                kind = FindingKind.PUBLISHER_REVISION if alone else FindingKind.UNEXPLAINED
                draft = self._draft_for(each, drafts, kind)
                draft.take(each)
                if each in followed:
                    draft.take(followed[each])

    def _draft_for(
        self, each: Difference, drafts: dict[tuple[int, int], Draft], kind: FindingKind
    ) -> Draft:
        """The finding that a difference goes to: one for a title, or one for an odd list."""
        odd = kind is FindingKind.UNEXPLAINED
        key = (each.position, NONE if odd else each.title)
        before = (NONE if each.seen is None else each.seen, each.title)
        if each.counter in (LAST, AT_PEAK) and not odd and key not in drafts and before in drafts:
            # A peak and the list after it both contradict a rank; a wrong peak has wrong counts.
            drafts[key] = drafts[before]
            drafts[key].positions.append(each.position)
        if key not in drafts:
            drafts[key] = self.walk.draft(kind, each.position)
        if each.title not in drafts[key].titles:
            drafts[key].titles.append(each.title)
        return drafts[key]

    def _followed(self, left: list[Difference]) -> dict[Difference, Difference]:
        """The differences that only undo one before them, by that one."""
        by_row = {(each.row, each.counter): each for each in left}
        found: dict[Difference, Difference] = {}
        undone: set[Difference] = set()
        for each in left:
            if each.counter == LAST or each in undone:
                continue
            after = by_row.get((self._next_row(each), each.counter))
            if after is not None and self._undoes(after, each):
                found[each] = after
                undone.add(after)
        return found

    def _next_row(self, each: Difference) -> int:
        """The row of a title's next list; NONE where there is none."""
        for position in range(each.position + 1, len(self.lists.bounds)):
            low, high = self.lists.bounds[position]
            for row in range(low, high):
                if self.lists.store.title_codes[row] == each.title:
                    return row
        return NONE

    def _undoes(self, after: Difference, each: Difference) -> bool:
        """Whether a counter goes on as if the difference before it had not been."""
        slack = after.high - after.low
        if each.counter == PEAK:
            rank = self.lists.store.ranks[after.row]
            return after.printed == min(each.high, rank)
        if each.counter == AT_PEAK:
            return each.low <= after.printed <= each.high + 1 + slack
        return each.low + 1 <= after.printed <= each.high + 1 + slack

    def _may_be_revised(self, each: Difference, followed: dict[Difference, Difference]) -> bool:
        """Whether a single slip or correction of the publisher explains it."""
        if each in followed:
            return True
        if each.counter == LAST:
            return each.seen == each.position - 1
        if each.counter != PERIODS:
            return True
        if each.seen is None:
            return False
        elapsed = self.lists.numbers[each.position] - self.lists.numbers[each.seen]
        return elapsed == 1 or not each.low < each.printed <= each.low - 1 + elapsed
