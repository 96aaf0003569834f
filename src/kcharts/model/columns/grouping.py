"""Shows: the seasons of one work taken together, each list giving the best of their ranks."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator

from kcharts.model.columns.retitling import retitled
from kcharts.model.columns.store import Store
from kcharts.model.country import Country
from kcharts.model.title import Title, composed

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
