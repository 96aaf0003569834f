"""Giving the rows of a store other titles: all that is known of the lists stays."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from operator import lt
from typing import TypeAlias

from attrs import evolve

from kcharts.model._store import Column, Lists, Store
from kcharts.model.title import Title

Codes: TypeAlias = "array[int]"


def lists_of(store: Store) -> Iterator[tuple[int, int, range]]:
    """(chart, ordinal, rows) of each list in hand, in order."""
    for chart, (ordinals, starts) in enumerate(store.lists):
        for ordinal, (low, high) in zip(ordinals, pairwise(starts), strict=True):
            yield chart, ordinal, range(low, high)


def retitled(
    store: Store,
    titles: tuple[Title, ...],
    codes: Codes,
    *,
    columns: Mapping[str, Column] | None = None,
    keep: Callable[[range], Iterator[int]] | None = None,
) -> Store:
    """The store whose rows have the titles of the codes, one a row.

    Args:
        store: The store.
        titles: The titles; those of no row are left out.
        codes: The title of each row.
        columns: The optional columns, where they change.
        keep: The rows of a list that stay; by default all.
    """
    fresh = evolve(store, titles=titles, title_codes=codes, columns=columns or store.columns)
    slices: list[tuple[int, int]] = []
    lists: list[Lists] = []
    total = 0
    for ordinals, starts in store.lists:
        ends = array("i", [total])
        for low, high in pairwise(starts):
            rows = range(low, high)
            kept = _ordered(fresh, rows if keep is None else list(keep(rows)))
            slices += kept
            total += sum(end - start for start, end in kept)
            ends.append(total)
        lists.append(Lists(ordinals, ends))
    return fresh.with_rows(slices, tuple(lists))


def _ordered(store: Store, rows: range | list[int]) -> list[tuple[int, int]]:
    """The slices of the rows in the order of a store: those that share a rank, by key."""
    ranks = [store.ranks[row] for row in rows]
    if all(map(lt, ranks, ranks[1:])):
        return [(rows.start, rows.stop)] if isinstance(rows, range) else [(r, r + 1) for r in rows]
    keys = {row: store.titles[store.title_codes[row]].key for row in rows}
    order = sorted(rows, key=lambda row: (store.ranks[row], keys[row], store.lines[row]))
    return [(row, row + 1) for row in order]
