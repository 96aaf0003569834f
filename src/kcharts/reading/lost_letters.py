"""Names that were spoilt when a copy was saved: they stay as they are, and are noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kcharts.errors import Problem
from kcharts.model.history import ChartHistory
from kcharts.reading.rows import inconsistent_runs

_LOST = re.compile(r"\?[?\w]")
"""A question mark where a letter was: inside a word, or one of several."""
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = re.compile(rf"[0-3]?[0-9]-{_MONTH}(?:-[0-9]{{2,4}})?|{_MONTH}-[0-9]{{2,4}}", re.ASCII)
"""What a spreadsheet program makes of "22 July"."""


def oddities(history: ChartHistory) -> Iterator[Problem]:
    """What is worth a note: counters that do not run on, and names that were spoilt."""
    yield from inconsistent_runs(history)
    yield from saved_wrongly(history)


def saved_wrongly(history: ChartHistory) -> Iterator[Problem]:
    """Where names have lost letters, are UTF-8 that was encoded twice, or became dates."""
    yield from lost_letters(history)
    for told, source, line in _having(history, _is_double):
        yield Problem("double-encoded", f"{told}: UTF-8 that was encoded twice", source, line)
    for told, source, line in _having(history, _is_date):
        message = f"{told}: a spreadsheet program may have taken a title for a date"
        yield Problem("date-like-title", message, source, line)


def lost_letters(history: ChartHistory) -> Iterator[Problem]:
    """Where names have question marks in place of letters."""
    for told, source, line in _having(history, _has_lost):
        message = f"{told}: letters were lost to question marks"
        yield Problem("lost-characters", message, source, line)


def _having(history: ChartHistory, is_odd: Callable[[str], bool]) -> Iterator[tuple[str, str, int]]:
    """How many names are of some kind, where there are any, and where the first is."""
    store = history.store
    odd = {at for at, title in enumerate(store.titles) if is_odd(title.full_name)}
    rows = [row for row, title in enumerate(store.title_codes) if title in odd]
    if rows:
        first = min(rows, key=store.lines.__getitem__)
        name = store.titles[store.title_codes[first]].full_name
        many = "1 name" if len(odd) == 1 else f"{len(odd):,} names"
        told = f"{many} in {len(rows):,} rows, such as {name!r}"
        yield told, store.sources[store.source_codes[first]], store.lines[first]


def _has_lost(name: str) -> bool:
    return _LOST.search(name) is not None


def _is_double(name: str) -> bool:
    """Whether it is UTF-8 that was taken for the encoding of old Windows programs."""
    if name.isascii():
        return False
    try:
        return b"".join(map(_byte, name)).decode() != name
    except UnicodeError:
        return False


def _is_date(name: str) -> bool:
    return _DATE.fullmatch(name) is not None


def _byte(letter: str) -> bytes:
    """A letter in that encoding; the five bytes that it leaves free stand for themselves."""
    return letter.encode("cp1252", "ignore") or letter.encode("latin_1")
