"""Giving the rows of a store other titles: all that is known of the lists stays."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import lt
from typing import TypeAlias

from attrs import evolve

from kcharts.model.columns.combining import PRINTED, first_printed
from kcharts.model.columns.rows import EXTRA
from kcharts.model.columns.store import Column, Lists, Store, encoded
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


def printed_columns(
    store: Store, titles: Sequence[Title], codes: Codes, form: Callable[[str], str] = str
) -> Mapping[str, Column]:
    """The columns, with what was printed in place of what the new titles say.

    Args:
        store: The store.
        titles: The new titles.
        codes: The new title of each row.
        form: The form in which texts are compared.
    """
    columns = dict(store.columns)
    rows = list(zip(store.title_codes, codes, strict=True))
    pairs = {(old, new): (store.titles[old], titles[new]) for old, new in rows}
    for name, extra in PRINTED.items():
        values = {p: (getattr(was, name), getattr(now, name)) for p, (was, now) in pairs.items()}
        told = {pair: first_printed(None, *each, form) for pair, each in values.items()}
        held: Column | None = columns.get(f"{EXTRA}{extra}")
        if held is not None:
            columns[f"{EXTRA}{extra}"] = encoded(
                told[pair] if text is None else first_printed(text, *values[pair], form)
                for text, pair in zip(held.decoded(), rows, strict=True)
            )
        elif any(text is not None for text in told.values()):
            columns[f"{EXTRA}{extra}"] = encoded(map(told.__getitem__, rows))
    return columns


def _ordered(store: Store, rows: range | list[int]) -> list[tuple[int, int]]:
    """The slices of the rows in the order of a store: those that share a rank, by key."""
    ranks = [store.ranks[row] for row in rows]
    if all(map(lt, ranks, ranks[1:])):
        return [(rows.start, rows.stop)] if isinstance(rows, range) else [(r, r + 1) for r in rows]
    keys = {row: store.titles[store.title_codes[row]].key for row in rows}
    order = sorted(rows, key=lambda row: (store.ranks[row], keys[row], store.lines[row]))
    return [(row, row + 1) for row in order]
