"""All findings of one chart."""

from __future__ import annotations

from kcharts.auditing._lists import LAST, PERIODS, Draft, Lists
from kcharts.auditing._returns import Returns
from kcharts.auditing._rows import Rows
from kcharts.auditing._titles import Titles
from kcharts.auditing._walk import Walk


def inspected(lists: Lists) -> list[Draft]:
    """The findings of a chart, in no particular order."""
    walk = Walk(lists)
    rows = Rows(walk)
    titles = Titles(walk, rows)
    returns = Returns(walk, rows)
    rows.gone_for_a_day()
    for position in range(len(lists.bounds)):
        if walk.is_stale(position):
            walk.stale(position)
        else:
            _see(walk, rows, titles, returns, position)
    if walk.previous is not None:
        rows.open_hole(walk.previous, None)
    titles.rest()
    return walk.drafts


def _see(walk: Walk, rows: Rows, titles: Titles, returns: Returns, position: int) -> None:
    """Take a list that is no stale one."""
    codes, previous = walk.lists.titles(position), walk.previous
    if len(set(codes)) < len(codes):
        titles.see_repeats(position)
    rows.see_holes(position)
    in_order = walk.recount.in_order(position, codes)
    if not in_order or walk.behind or previous != position - 1:
        walk.step(position)
    if not in_order:
        walk.compare(position)
    if previous is not None and (not in_order or walk.lists.short(previous)):
        rows.open_hole(previous, position)
        # What a title's last rank says is surer than that its count goes on.
        titles.renames(position, LAST)
        rows.lost(previous, position)
        returns.come_back(position)
        titles.renames(position, PERIODS)
    returns.suspect(position)
    walk.recount.take(position, codes)
    walk.earlier, walk.previous = previous, position
