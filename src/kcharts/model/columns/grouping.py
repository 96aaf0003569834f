"""New titles for rows: one for each key, and one for all seasons of a show."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter, lt
from typing import Any, TypeAlias

from attrs import evolve

from kcharts.errors import ConflictError
from kcharts.model.columns.store import EXTRA, Column, Store, encode
from kcharts.model.country import Country
from kcharts.model.title import Title, to_nfc

Codes: TypeAlias = "array[int]"

# -- two titles of one key ------------------------------------------------------------------------

Clash: TypeAlias = Callable[[str, Any, Any], Any]
"""Which of two values holds, given what differs; it raises where neither can."""

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
_facts = attrgetter(*PRINTED, "ids")


def alike(one: Title, two: Title) -> bool:
    """Whether two titles of one key say the same."""
    return one is two or bool(_facts(one) == _facts(two))


def _forms(title: Title) -> tuple[str, ...]:
    """What the names of one key are ordered by: the alphabet, and how they are encode."""
    # "Pokémon" in two encodings is one name; the texts as they are only decide between these.
    texts = title.name, title.season or ""
    return (*map(to_nfc, texts), *texts)


def _least(titles: Iterable[Title], name: str) -> Any:
    """The first value in order that any of the titles has for a field; None where none has."""
    values = (getattr(title, name) for title in titles)
    return min((value for value in values if value is not None), default=None)


def _either(name: str, one: Title, two: Title, clash: Clash) -> Any:
    ours, theirs = getattr(one, name), getattr(two, name)
    if ours is None or theirs is None or ours == theirs:
        return theirs if ours is None else ours
    return clash(f"the {name} of {min(one, two, key=_forms)}", ours, theirs)


def combine(one: Title, two: Title, clash: Clash) -> Title:
    """One title of two with the same key: what either knows of it.

    Of two names, seasons, kinds, performers or years the first by the alphabet wins, whichever
    title has it: a merge must not depend on its order.
    """
    named = min(one, two, key=_forms)
    return Title(
        named.name,
        season=named.season,
        **{name: _least((one, two), name) for name in ("by", "kind", "year")},
        key=one.key,
        origin=_either("origin", one, two, clash),
        released=_either("released", one, two, clash),
        ids=tuple(sorted({*one.ids, *two.ids})),
    )


def refuse_difference(what: str, one: object, two: object) -> Any:
    """Refuse two values for the same title: a clash that nothing decides."""
    hint = "are they two works? give each its own key="
    raise ConflictError(f"{what} differs: {one} against {two}", hints=[hint])


def of_each_key(titles: Iterable[Title]) -> dict[str, Title]:
    """The combined title of each key whose titles differ; other keys are left out.

    Raises:
        ConflictError: Their origins or release dates differ.
    """
    first: dict[str, Title] = {}
    combined: dict[str, Title] = {}
    for title in titles:
        key = title.key
        known = first.setdefault(key, title)
        # Most rows share the object, so that nine fields are seldom compared.
        if known is not title and not alike(known, title):
            combined[key] = combine(combined.get(key, known), title, refuse_difference)
    return combined


def first_printed(
    held: str | None, was: object, now: object, form: Callable[[str], str] = str
) -> str | None:
    """The text for a row's extra when a field of its title changes from `was` to `now`.

    What the extra already holds was printed first and stays; a text equal to `now` is dropped.
    Old and new count as the same where `form` makes them so.
    """
    if was == now:
        return held
    text = held
    # Another encoding of the same name is not worth an extra in every row.
    if held is None and was is not None and (now is None or form(str(was)) != form(str(now))):
        text = str(was)
    return None if text == str(now) else text


def keep_printed(extras: Mapping[str, str], was: Title, now: Title) -> dict[str, str]:
    """The extras of a row whose title gets other names: what was printed first stays."""
    texts: dict[str, str | None] = {**extras}
    for name, extra in PRINTED.items():
        values = getattr(was, name), getattr(now, name)
        texts[extra] = first_printed(extras.get(extra), *values, to_nfc)
    return {extra: text for extra, text in texts.items() if text is not None}


# -- other titles for rows ------------------------------------------------------------------------


def lists_of(store: Store) -> Iterator[tuple[int, int, range]]:
    """(chart, ordinal, rows) of each list, in order."""
    for chart, (ordinals, starts) in enumerate(store.lists):
        for ordinal, (low, high) in zip(ordinals, pairwise(starts), strict=True):
            yield chart, ordinal, range(low, high)


def retitle(
    store: Store,
    titles: tuple[Title, ...],
    codes: Codes,
    *,
    columns: Mapping[str, Column] | None = None,
    keep: Callable[[range], Iterator[int]] | None = None,
) -> Store:
    """The store with other titles: `codes` has the new title of each row.

    `keep` picks the rows of a list that stay; by default all. Titles of no row are left out.
    """
    fresh = evolve(store, titles=titles, title_codes=codes, columns=columns or store.columns)
    return fresh.pick(lambda rows: _in_order(fresh, list(keep(rows)) if keep else rows))


def printed_columns(
    store: Store, titles: Sequence[Title], codes: Codes, form: Callable[[str], str] = str
) -> Mapping[str, Column]:
    """The columns, with extras for what was printed where the new titles say otherwise."""
    columns = dict(store.columns)
    rows = list(zip(store.title_codes, codes, strict=True))
    # By pairs of titles, not by rows: a title has hundreds of rows.
    pairs = {(old, new): (store.titles[old], titles[new]) for old, new in rows}
    for name, extra in PRINTED.items():
        values = {p: (getattr(was, name), getattr(now, name)) for p, (was, now) in pairs.items()}
        texts = {pair: first_printed(None, *each, form) for pair, each in values.items()}
        held: Column | None = columns.get(f"{EXTRA}{extra}")
        if held is not None:
            columns[f"{EXTRA}{extra}"] = encode(
                texts[pair] if text is None else first_printed(text, *values[pair], form)
                for text, pair in zip(held.decode(), rows, strict=True)
            )
        elif any(text is not None for text in texts.values()):
            columns[f"{EXTRA}{extra}"] = encode(map(texts.__getitem__, rows))
    return columns


def _in_order(store: Store, rows: range | list[int]) -> list[tuple[int, int]]:
    """Slices of rows in the order of a store: by rank, and by key within a shared rank."""
    ranks = [store.ranks[row] for row in rows]
    # A list whose ranks rise stays one slice, which is copied at once.
    if all(map(lt, ranks, ranks[1:])):
        return [(rows.start, rows.stop)] if isinstance(rows, range) else [(r, r + 1) for r in rows]
    keys = {row: store.titles[store.title_codes[row]].key for row in rows}
    order = sorted(rows, key=lambda row: (store.ranks[row], keys[row], store.lines[row]))
    return [(row, row + 1) for row in order]


# -- shows ----------------------------------------------------------------------------------------

ALL_SEASONS = "all seasons"


def season_key(work: str, season: str) -> str:
    """The key of a season of a work that has a key of its own."""
    return f"{work}#{to_nfc(season)}"


def show_key(title: Title) -> str:
    """The key of a season's show: by the key of its work, else by its name and the like."""
    if title.has_own_key and title.season is not None:
        # A catalogue makes a season's key of its work's key, "#" and the season.
        tail = season_key("", title.season.removeprefix(f"{title.name}: "))
        if title.key.endswith(tail) and title.key != tail:
            return season_key(title.key.removesuffix(tail), ALL_SEASONS)
    season = f"{title.name}: {ALL_SEASONS}"
    return Title(title.name, by=title.by, season=season, kind=title.kind, year=title.year).key


def _show_of(key: str, seasons: list[Title]) -> Title:
    """The show of some seasons, with the origin and release only where all agree."""
    name = min(season.name for season in seasons)
    origins: set[Country | None] = {season.origin for season in seasons} - {None}
    # With None: a season whose release is not known leaves that of the show open.
    released: set[dt.date | None] = {season.released for season in seasons}
    return Title(
        name,
        season=f"{name}: {ALL_SEASONS}",
        **{each: _least(seasons, each) for each in ("by", "kind", "year")},
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
    titles = [_show_of(key, shows[key]) if key in shows else plain[key] for key in index]
    codes = array("i", map(new.__getitem__, store.title_codes))
    grouped = {index[key] for key in shows}

    def keep(rows: range) -> Iterator[int]:
        """The first row of each show, which is its best rank, and every row of other titles."""
        seen: set[int] = set()
        for row in rows:
            code = codes[row]
            if code in seen:
                continue
            if code in grouped:
                seen.add(code)
            yield row

    return retitle(store, tuple(titles), codes, keep=keep)
