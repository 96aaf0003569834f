"""Shows: the seasons of one name taken together, each list giving the best of their ranks."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator

from kcharts.model._retitling import retitled
from kcharts.model._store import Store
from kcharts.model.country import Country
from kcharts.model.title import Title

ALL_SEASONS = "all seasons"


def _show(title: Title) -> Title:
    """The show that a season is of, with nothing but its name and what tells it apart."""
    season = f"{title.name}: {ALL_SEASONS}"
    return Title(title.name, by=title.by, season=season, kind=title.kind, year=title.year)


def _joined(show: Title, seasons: list[Title]) -> Title:
    """The show with what its seasons agree in; the release of one is not that of all."""
    origins: set[Country | None] = {season.origin for season in seasons} - {None}
    released: set[dt.date | None] = {season.released for season in seasons}
    return Title(
        show.name,
        by=show.by,
        season=show.season,
        kind=show.kind,
        year=show.year,
        origin=origins.pop() if len(origins) == 1 else None,
        released=released.pop() if len(released) == 1 else None,
        ids=tuple(sorted({name for season in seasons for name in season.ids})),
    )


def by_show(store: Store) -> Store:
    """The store in which the seasons of a show are one title, at the best of their ranks."""
    shows: dict[Title, list[Title]] = {}
    found = [title if title.season is None else _show(title) for title in store.titles]
    for title, show in zip(store.titles, found, strict=True):
        if title.season is not None:
            shows.setdefault(show, []).append(title)
    if not shows:
        return store
    index: dict[Title, int] = {}
    new = [index.setdefault(show, len(index)) for show in found]
    titles = [_joined(each, shows[each]) if each in shows else each for each in index]
    codes = array("i", map(new.__getitem__, store.title_codes))
    merged = {index[show] for show in shows}

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
