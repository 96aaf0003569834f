"""Charts of which nothing can be amiss: most are, and are seen through at once."""

from __future__ import annotations

from array import array

from kcharts.auditing._lists import Codes, Printed
from kcharts.model.columns.store import Store


def is_in_order(store: Store, chart: int, counters: Printed) -> bool:
    """Whether the lists of a chart are whole, and their only counter is one more in every row.

    Then no list can be stale, none missing between two, none lack a title that it had, and no
    title have two names. Where other counters are printed, or categories, the lists are walked.
    """
    periods, peak, at_peak, last = counters
    if periods is None or not peak is at_peak is last is None:
        return False
    starts = store.lists[chart].starts
    low, high = starts[0], starts[-1]
    kinds = {store.titles[code].kind for code in set(store.title_codes[low:high])}
    lists = list(store.published(chart))
    if len(kinds) > 1 or not lists:
        return False
    low, high = lists[0]
    size = high - low
    whole = array("i", range(1, size + 1))
    held: dict[int, int] = {}
    for low, high in lists:
        codes = store.title_codes[low:high]
        if store.ranks[low:high] != whole or len(set(codes)) < size:
            return False
        if not _counted(codes, periods[low:high], held):
            return False
    return True


def _counted(codes: Codes, counts: Codes, held: dict[int, int]) -> bool:
    """Whether each count is one more than the title's last, which it then replaces."""
    get = held.get
    for code, count in zip(codes, counts, strict=True):
        if count != get(code, 0) + 1:
            return False
        held[code] = count
    return True
