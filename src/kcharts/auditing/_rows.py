"""Lists that lack rows: holes that were closed up, lost titles, categories that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import (
    AT_PEAK,
    LAST,
    NONE,
    PEAK,
    PERIODS,
    SEVERAL,
    Difference,
    Draft,
)
from kcharts.auditing._walk import Walk
from kcharts.model.columns.store import Store

_REGULAR = 20
"""The fewest lists on which a category has to stand before its absence says anything."""
_RE_ENTRIES = 10
"""The fewest re-entries by which a chart shows that it is counted below its last rank."""


class Claims(NamedTuple):
    """What others say of the ranks of a list."""

    shifted: Sequence[int]
    """Ranks that they call worse, but by no more than the rows which the list lacks."""
    same: Sequence[int]
    """Ranks that they confirm."""
    lost: Sequence[int]
    """Ranks that they give to titles which are not on the list."""
    against: int
    """How many of them say something else."""

    def hole(self) -> int | None:
        """The rank that fits best: from it on, all ranks are one too good."""

        def fitting(rank: int) -> tuple[int, int]:
            fits = sum(each >= rank for each in self.shifted)
            fits += sum(each < rank for each in self.same) + 2 * self.lost.count(rank)
            return fits, rank

        rank = max({*self.shifted, *self.lost}, key=fitting, default=None)
        if rank is None:
            return None
        proof = sum(each >= rank for each in self.shifted) + self.lost.count(rank)
        against = self.against + sum(each < rank for each in self.shifted)
        against += sum(each >= rank for each in self.same)
        return rank if 3 * against <= proof else None


def lacking_ranks(ranks: Sequence[int]) -> list[int]:
    """The ranks that a list lacks, other than those that ties skip: 1, 2, 2, 4."""
    lacking = sorted(set(range(1, max(ranks, default=0) + 1)).difference(ranks))
    if lacking and all(rank == at for at, rank in _tied(ranks)):
        return []
    return lacking


def _tied(ranks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The rank that ties would give, and the one that is printed, row by row."""
    at = 0
    for number, rank in enumerate(ranks, start=1):
        at = at if number > 1 and rank == ranks[number - 2] else number
        yield at, rank


def kinds_of(store: Store) -> list[str | None]:
    """The category of each title, as printed beside it."""
    found: list[str | None] = store.memo("kinds", lambda: [t.kind for t in store.titles])
    return found


class Rows:
    """The faults of the rows of a list, as the walk comes to the list after it."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.lists = walk.lists
        self.kinds = kinds_of(walk.lists.store)
        self._below: bool | None = None

    # -- holes --------------------------------------------------------------------------------

    def see_holes(self, position: int) -> None:
        """Find ranks that a list lacks."""
        low, high = self.lists.bounds[position]
        ranks = self.lists.store.ranks[low:high]
        if not ranks or ranks[-1] == len(ranks) or position in self.walk.broken:
            return
        lacking = lacking_ranks(ranks)
        if lacking:
            found = self.walk.draft(FindingKind.HOLE_IN_LIST, position)
            found.rows.update(range(low, high))
            found.rank = lacking[0]
            found.facts["lacking"] = len(lacking)
            self._broken(position, found, blind=False)

    def _broken(self, position: int, draft: Draft, *, blind: bool) -> None:
        self.walk.broken[position] = draft
        self.walk.note(draft, position, blind=blind)

    def open_hole(self, position: int, after: int | None) -> None:
        """Find the hole of a short list that was closed up, by the list after it and its own."""
        short = self.lists.short(position)
        if position in self.walk.broken or not short:
            return
        claims = self._claims(position, after, short)
        hole = claims.hole()
        if hole is None:
            return
        if short > 1:
            found = self.walk.draft(FindingKind.DEFECTIVE_ISSUE, position)
            found.facts["short"] = short
            self._broken(position, found, blind=True)
            self._take_ranks(found, position)
            if after is not None:
                self.walk.explain(after)
            return
        found = self.walk.draft(FindingKind.HOLE_IN_LIST, position)
        found.rank = hole
        found.facts["shifted"] = sum(each >= hole for each in claims.shifted)
        self._broken(position, found, blind=False)
        ranks = self.lists.ranks(position)
        for at in (position, after):
            if at is not None:
                self._take_shifted(found, at, position, ranks)

    def _take_ranks(self, found: Draft, position: int) -> None:
        """Explain what depends on the ranks of a list that cannot be trusted."""
        left = self.walk.left.get(position, [])
        ranked = [each for each in left if each.counter in (PEAK, AT_PEAK)]
        for each in ranked:
            found.take(each)
        self.walk.keep(position, [each for each in left if each not in ranked])

    def _claims(self, position: int, after: int | None, short: int) -> Claims:
        shifted: list[int] = []
        same: list[int] = []
        lost: list[int] = []
        against = 0
        ranks = self.lists.ranks(position)
        for title, claimed in self._claimed(position, after):
            rank = ranks.get(title)
            if rank is None:
                lost.append(claimed)
            elif claimed == rank:
                same.append(rank)
            elif rank < claimed <= rank + short:
                shifted.append(rank)
            else:
                against += 1
        return Claims(shifted, same, lost, against)

    def _claimed(self, position: int, after: int | None) -> Iterator[tuple[int, int]]:
        """The ranks that titles have on a list by their counters."""
        store, counters = self.lists.store, self.lists.counters
        low, high = self.lists.bounds[position]
        if counters.peak is not None and counters.periods is not None:
            for row in range(low, high):
                if counters.periods[row] == 1 and counters.peak[row] != NONE:
                    yield store.title_codes[row], counters.peak[row]
        for each in self.walk.left.get(position, ()):
            if each.counter == PEAK and each.printed > store.ranks[each.row] == each.high:
                yield each.title, each.printed
        if after is None or counters.last is None or not self.lists.follows(after):
            return
        for row in range(*self.lists.bounds[after]):
            if counters.last[row] != NONE:
                yield store.title_codes[row], counters.last[row]

    def _take_shifted(self, found: Draft, at: int, position: int, ranks: dict[int, int]) -> None:
        """Explain what a hole shifts, on its own list and on the one after it."""
        rest: list[Difference] = []
        hole = found.rank or 0
        for each in self.walk.left.get(at, ()):
            rank = ranks.get(each.title, 0)
            own = at == position and rank >= hole
            if (
                (own and each.counter == PEAK and each.printed == rank + 1)
                or (own and each.counter == AT_PEAK)
                or (at != position and each.counter == LAST and self._fits(each, ranks, hole))
            ):
                found.take(each)
            else:
                rest.append(each)
        self.walk.keep(at, rest)
        self.walk.explain(at)

    @staticmethod
    def _fits(each: Difference, ranks: dict[int, int], hole: int) -> bool:
        """Whether a last rank is what the hole makes of it."""
        rank = ranks.get(each.title)
        if rank is None:
            return each.printed == hole
        return rank >= hole and each.printed == rank + 1

    # -- lost titles --------------------------------------------------------------------------

    def lost(self, position: int, after: int) -> None:
        """Find titles that a list lacks, though their counters say that they were on it."""
        missed = [each for each in self.walk.left.get(after, ()) if self._is_lost(each)]
        titles = list(dict.fromkeys(each.title for each in missed))
        if not titles or self.is_counted_below:
            return
        found = self.walk.broken.get(position) or self._new(position, titles)
        if found is None:
            return
        several = len(titles) >= SEVERAL or self._gone(position, titles)
        if several and found.facts.get("lacking", 0) >= SEVERAL:
            found.kind = FindingKind.DEFECTIVE_ISSUE
        found.titles = list(dict.fromkeys([*found.titles, *titles]))
        for each in missed:
            found.take(each)
        rest = [each for each in self.walk.left[after] if each not in missed]
        self.walk.keep(after, rest)
        self.walk.explain(after)

    def _is_lost(self, each: Difference) -> bool:
        """Whether a counter says that its title was on the list before, and it was not."""
        if each.title in self.walk.repeated:
            return False
        if each.counter == LAST:
            carried = each.seen is not None and each.seen == each.position - 1
            return not carried and each.printed != NONE and self.lists.follows(each.position)
        if each.counter != PERIODS or each.seen is None or each.seen != self.walk.earlier:
            return False
        elapsed = self.lists.numbers[each.position] - self.lists.numbers[each.seen]
        return each.printed == each.low - 1 + elapsed

    def _new(self, position: int, titles: Sequence[int]) -> Draft | None:
        """What is the matter with a list that lacks the titles; None where it is not clear."""
        gone = self._gone(position, titles)
        short = self.lists.short(position)
        one = len(titles) == short == 1
        if not short and not gone and len(titles) < SEVERAL:
            return None
        kind = FindingKind.HOLE_IN_LIST if one else FindingKind.DEFECTIVE_ISSUE
        found = self.walk.draft(kind, position)
        if gone:
            found.facts["category"] = titles[0]
        self._broken(position, found, blind=not one)
        if not one:
            self._take_ranks(found, position)
        return found

    def _gone(self, position: int, titles: Sequence[int]) -> bool:
        """Whether the titles are all of one category, of which the list has none."""
        kinds = {self.kinds[title] for title in titles}
        here = {self.kinds[title] for title in self.lists.titles(position)}
        return len(kinds) == 1 and None not in kinds and not kinds & here

    # -- categories ---------------------------------------------------------------------------

    def gone_for_a_day(self) -> None:
        """Find lists without a category that all others have, the same titles on either side."""
        low, high = self.lists.extent
        codes = set(self.lists.store.title_codes[low:high])
        categories = sorted({kind for code in codes if (kind := self.kinds[code]) is not None})
        if len(categories) < SEVERAL:
            return
        held = [
            {self.kinds[title] for title in self.lists.titles(position)}
            for position in range(len(self.lists.bounds))
        ]
        for kind in categories:
            without = [position for position, kinds in enumerate(held) if kind not in kinds]
            if len(held) - len(without) < max(_REGULAR, 19 * len(without)):
                continue
            for position in without:
                self._gone_between(position, kind)

    def _gone_between(self, position: int, kind: str) -> None:
        if not 0 < position < len(self.lists.bounds) - 1:
            return
        before = set(self.lists.titles(position - 1))
        after = dict.fromkeys(self.lists.titles(position + 1))
        back = [title for title in after if title in before and self.kinds[title] == kind]
        if len(back) < SEVERAL:
            return
        found = self.walk.draft(FindingKind.DEFECTIVE_ISSUE, position)
        found.rows.update(range(*self.lists.bounds[position]))
        found.titles = back
        found.facts["category"] = back[0]
        self._broken(position, found, blind=True)

    # -- counted on a longer list -------------------------------------------------------------

    @property
    def is_counted_below(self) -> bool:
        """Whether issues are counted while a title is below the last rank of the list.

        Most titles that come back have then gained several issues.
        """
        if self._below is None:
            self._below = self._is_counted_below()
        return self._below

    def _is_counted_below(self) -> bool:
        periods, numbers = self.lists.counters.periods, self.lists.numbers
        if periods is None:
            return False
        held: dict[int, tuple[int, int]] = {}
        once = more = 0
        for position, (low, high) in enumerate(self.lists.bounds):
            for row in range(low, high):
                title, count = self.lists.store.title_codes[row], periods[row]
                seen, counted = held.get(title, (position, NONE))
                if position - seen > 1 and NONE not in (count, counted):
                    once += count - counted == 1
                    more += 1 < count - counted <= numbers[position] - numbers[seen]
                held[title] = position, count
        return more >= _RE_ENTRIES and more > once
