"""Titles given to rows anew: those of one key made one, and the seasons of a show grouped."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter, lt
from typing import Any, TypeAlias, TypeVar

from attrs import evolve

from kcharts.errors import ConflictError
from kcharts.model.columns.store import EXTRA, Column, Lists, Store, encoded
from kcharts.model.country import Country
from kcharts.model.title import Title, composed

Codes: TypeAlias = "array[int]"

# -- two titles of one key ------------------------------------------------------------------------

T = TypeVar("T")
Clash: TypeAlias = Callable[[str, Any, Any], Any]
"""Which of two values holds, given what differs; it raises where neither may."""

# What of a title a row keeps in its extras, where the title is called otherwise.
PRINTED = {
    "name": "title as printed",
    "by": "by as printed",
    "season": "season as printed",
    "kind": "kind as printed",
    "year": "year as printed",
    "origin": "origin as printed",
    "released": "released as printed",
}
_said = attrgetter(*PRINTED, "ids")


def alike(one: Title, two: Title) -> bool:
    """Whether two titles of one key say the same."""
    return one is two or bool(_said(one) == _said(two))


def _forms(title: Title) -> tuple[str, ...]:
    """What the names of one key are ordered by: the alphabet, and how they are encoded."""
    texts = title.name, title.season or ""
    return (*map(composed, texts), *texts)


def _least(values: Iterable[T | None]) -> T | None:
    """The first in order of what is known; None where nothing is."""
    found: list[Any] = [value for value in values if value is not None]
    return min(found, default=None)


def _either(name: str, one: Title, two: Title, clash: Clash) -> Any:
    ours, theirs = getattr(one, name), getattr(two, name)
    if ours is None or theirs is None or ours == theirs:
        return theirs if ours is None else ours
    return clash(f"the {name} of {min(one, two, key=_forms)}", ours, theirs)


def combined(one: Title, two: Title, clash: Clash) -> Title:
    """One title of two of one key: what either knows of it.

    Of two names with their seasons the first by the alphabet stands, and so of two kinds,
    performers or years: whose they are makes no difference.
    """
    named = min(one, two, key=_forms)
    return Title(
        named.name,
        season=named.season,
        by=_least((one.by, two.by)),
        kind=_least((one.kind, two.kind)),
        year=_least((one.year, two.year)),
        key=one.key,
        origin=_either("origin", one, two, clash),
        released=_either("released", one, two, clash),
        ids=tuple(sorted({*one.ids, *two.ids})),
    )


def refused(what: str, one: object, two: object) -> Any:
    """Refuse what two rows of one key say of their title."""
    hint = "are they two works? give each its own key="
    raise ConflictError(f"{what} differs: {one} against {two}", hints=[hint])


def of_each_key(titles: Iterable[Title]) -> dict[str, Title]:
    """The one title of each key of which there are several, made of all of them.

    Raises:
        ConflictError: They tell different origins or release dates.
    """
    first: dict[str, Title] = {}
    found: dict[str, Title] = {}
    for title in titles:
        key = title.key
        known = first.setdefault(key, title)
        if known is not title and not alike(known, title):
            found[key] = combined(found.get(key, known), title, refused)
    return found


def first_printed(
    held: str | None, was: object, now: object, form: Callable[[str], str] = str
) -> str | None:
    """What an extra says of a row whose title gets another name, season, or the like.

    Args:
        held: What the extra says already: that was printed first.
        was: What the title said.
        now: What the new title says; an extra that says the same goes.
        form: The form in which texts are compared.
    """
    if was == now:
        return held
    text = held
    if held is None and was is not None and (now is None or form(str(was)) != form(str(now))):
        text = str(was)
    return None if text == str(now) else text


def kept(extras: Mapping[str, str], was: Title, now: Title) -> dict[str, str]:
    """The extras of a row whose title gets other names: what was printed first stays."""
    texts: dict[str, str | None] = {**extras}
    for name, extra in PRINTED.items():
        values = getattr(was, name), getattr(now, name)
        texts[extra] = first_printed(extras.get(extra), *values, composed)
    return {extra: text for extra, text in texts.items() if text is not None}


# -- other titles for rows ------------------------------------------------------------------------


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


# -- shows ----------------------------------------------------------------------------------------

ALL_SEASONS = "all seasons"


def season_key(work: str, season: str) -> str:
    """The key of a season of a work that has a key of its own."""
    return f"{work}#{composed(season)}"


def show_key(title: Title) -> str:
    """The key of the show that a season is of: its work's, else by what tells it apart."""
    if title.has_own_key and title.season is not None:
        tail = season_key("", title.season.removeprefix(f"{title.name}: "))
        if title.key.endswith(tail) and title.key != tail:
            return season_key(title.key.removesuffix(tail), ALL_SEASONS)
    season = f"{title.name}: {ALL_SEASONS}"
    return Title(title.name, by=title.by, season=season, kind=title.kind, year=title.year).key


def _joined(key: str, seasons: list[Title]) -> Title:
    """The show with what its seasons agree in; the release of one is not that of all."""
    name = min(season.name for season in seasons)
    origins: set[Country | None] = {season.origin for season in seasons} - {None}
    released: set[dt.date | None] = {season.released for season in seasons}
    return Title(
        name,
        by=min((season.by for season in seasons if season.by is not None), default=None),
        season=f"{name}: {ALL_SEASONS}",
        kind=min((season.kind for season in seasons if season.kind is not None), default=None),
        year=min((season.year for season in seasons if season.year is not None), default=None),
        key=key,
        origin=origins.pop() if len(origins) == 1 else None,
        released=released.pop() if len(released) == 1 else None,
        ids=tuple(sorted({each for season in seasons for each in season.ids})),
    )


def by_show(store: Store) -> Store:
    """The store in which the seasons of a show are one title, at the best of their ranks."""
    shows: dict[str, list[Title]] = {}
    keys = [title.key if title.season is None else show_key(title) for title in store.titles]
    plain: dict[str, Title] = {}
    for title, key in zip(store.titles, keys, strict=True):
        if title.season is None:
            plain[key] = title
        else:
            shows.setdefault(key, []).append(title)
    if not shows:
        return store
    index: dict[str, int] = {}
    new = [index.setdefault(key, len(index)) for key in keys]
    titles = [_joined(key, shows[key]) if key in shows else plain[key] for key in index]
    codes = array("i", map(new.__getitem__, store.title_codes))
    merged = {index[key] for key in shows}

    def keep(rows: range) -> Iterator[int]:
        """The first row of each show, and every row of what is none."""
        seen: set[int] = set()
        for row in rows:
            code = codes[row]
            if code in seen:
                continue
            if code in merged:
                seen.add(code)
            yield row

    return retitled(store, tuple(titles), codes, keep=keep)
