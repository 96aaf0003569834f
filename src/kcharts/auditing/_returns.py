"""Titles that come back with a counter which says that an earlier list lacks them."""

from __future__ import annotations

from kcharts.auditing._finding import FindingKind
from kcharts.auditing._lists import LAST, PERIODS, Difference, Draft
from kcharts.auditing._rows import Rows
from kcharts.auditing._walk import Walk


class Returns:
    """Lists that have fewer titles than a full one, until somebody says who was on them.

    Such a list is too short, or has a title at several ranks: of these, one may bear a wrong name.
    """

    def __init__(self, walk: Walk, rows: Rows) -> None:
        self.walk = walk
        self.rows = rows
        self.lists = walk.lists
        self.suspects: list[int] = []

    def suspect(self, position: int) -> None:
        """Take down a list that may lack a title."""
        if len(set(self.lists.titles(position))) < self.lists.full:
            self.suspects.append(position)

    def come_back(self, position: int) -> None:
        """Find the lists that lack titles of this one, by their counters."""
        if not self.suspects or self.rows.is_counted_below:
            return
        # A last rank goes first: what it shows explains the count beside it, but not conversely.
        left = self.walk.left.get(position, ())
        for each in sorted(left, key=lambda each: each.counter != LAST):
            place = self._place(each)
            if place is not None and each in self.walk.left[position]:
                self._lacks(place, each)

    def _place(self, each: Difference) -> int | None:
        """The one list that can lack the title of a difference."""
        if each.title in self.walk.repeated:
            return None
        places = [p for p in self.suspects if p not in self.walk.broken]
        if each.counter == LAST:
            places = [p for p in places if p == each.position - 1 and self._is_named(p, each)]
        elif each.counter == PERIODS and each.printed == each.high + 1:
            places = [p for p in places if each.seen is None or each.seen < p]
        else:
            return None
        return places[0] if len(places) == 1 else None

    def _is_named(self, position: int, each: Difference) -> bool:
        """Whether a title that stands twice on a list has the rank that another one had."""
        low, high = self.lists.bounds[position]
        store = self.lists.store
        return any(
            store.ranks[row] == each.printed and store.title_codes[row] in self.walk.repeated
            for row in range(low, high)
        )

    def _lacks(self, position: int, each: Difference) -> None:
        """Explain a difference, and those like it, by a list that lacks the title."""
        self.suspects.remove(position)
        found = self._repeated(position)
        if found is None:
            found = self._short(position, each)
        self.walk.note(found, position, blind=False)
        found.take(each)
        left = self.walk.left[each.position]
        self.walk.keep(each.position, [other for other in left if other is not each])
        self.walk.explain(each.position)

    def _repeated(self, position: int) -> Draft | None:
        """The finding of a title that stands twice on a full list."""
        if self.lists.short(position):
            return None
        titles = self.lists.titles(position)
        return next(self.walk.repeated[t] for t in titles if titles.count(t) > 1)

    def _short(self, position: int, each: Difference) -> Draft:
        one = self.lists.short(position) == 1
        kind = FindingKind.HOLE_IN_LIST if one else FindingKind.DEFECTIVE_ISSUE
        found = self.walk.draft(kind, position)
        found.titles = [each.title]
        self.walk.broken[position] = found
        return found
