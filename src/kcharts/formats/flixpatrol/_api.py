"""FlixPatrol's API, version 2: saved answers with a list of top10s objects.

Written from descriptions of such answers and from the titles that they hold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from kcharts.formats.flixpatrol import _words as words
from kcharts.formats.flixpatrol._pages import complain
from kcharts.model._checks import shown
from kcharts.model.columns.builder import Builder
from kcharts.model.country import Country, World
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.options import Options
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError
from kcharts.sources.json import as_object, json_value
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import EXTRA, Table
from kcharts.sources.text import Text

_PLATFORMS = {
    "cmp_6UhCvnTeRkgZUtcNGslX9bJL": "HBO Max",
    "cmp_9iwHIMYOCvD6zprSPoHgTJau": "Hulu",
    "cmp_IA6TdMqwf6kuyQvxo9bJ4nKX": "Netflix",
    "cmp_oGtsgdpOrjIu3XzTEnWPt87Y": "Disney+",
    "cmp_qypvowjqFhEIpCc0HlQ6VoYk": "Amazon Prime",
}
"""The companies of which three public programs that use the API say the same."""

_LISTS = {"1": "Overall", "2": "Movies", "3": "TV Shows"}
_PERIODS = {"1": "day", "3": "week", "4": "month", "5": "year"}
_TYPE, _PERIOD = "data.type", "data.date.type"
_COMPANY, _COMPANY_NAME = "data.company.data.id", "data.company.data.name"
_COUNTRY, _COUNTRY_NAME = "data.country.data.id", "data.country.data.name"
_ID, _NAME = "data.movie.data.id", "data.movie.data.title"
_TMDB, _IMDB = "data.movie.data.tmdbId", "data.movie.data.imdbId"
_NOTE = "data.note"
_IDS = (_TYPE, _PERIOD, _TMDB, _IMDB)
_CHART = (_TYPE, _PERIOD, _COMPANY, _COMPANY_NAME, _COUNTRY, _COUNTRY_NAME)
_TITLE = (_TYPE, _ID, _NAME, _TMDB, _IMDB, _NOTE)


def refuse_error(text: Text) -> None:
    """Raise `UnreadableError` for an answer that is an error, and say which."""
    content = text.content
    try:
        answer, _ = json_value(content, len(content) - len(content.lstrip()))
        error = as_object(as_object(answer).get("error"))
    except CellError:
        return
    said = ", ".join(f"{key} {value}" for key, value in error.items())
    message = f"expected a list of top10s, found an error: {said}"
    raise UnreadableError("api-error", message, text.name, "ask the API again")


def plan(
    builder: Builder, table: Table, layout: Layout, payload: Payload, options: Options
) -> Plan:
    """What the keys of top10s objects mean."""
    charted = tuple(column for column in _CHART if table.has(column))
    titled = tuple(column for column in _TITLE if table.has(column))
    if _NAME not in titled and _NOTE not in titled:
        message = f"{layout.name}: the key {_NAME} is missing"
        raise UnreadableError("missing-column", message, table.name)
    place = _Places(payload, options)
    return Plan(
        layout,
        chart=Cells(charted, _charted(builder, charted, place)),
        date=Cells(("data.date.from",), cells.issue_ordinal(words.CALENDAR, options.date_format)),
        title=Cells(titled, _titled(builder, titled), ids=_IDS),
        rank=Cells(("data.ranking",), cells.rank(words.WORLD_DEPTH)),
        values=(
            Value("data.value", "points", cells.amount),
            Value("data.rankingLast", "last_rank", _last_rank),
            Value("data.daysTotal", "periods_on_chart", cells.count),
            *(Value(c, f"extra:{c}", cells.plain) for c in (*charted, *titled)),
        ),
        list_rows=words.Depths,
    )


def tell_rest(reading: Reading) -> None:
    """Say that an answer is a part of one, and mark the lists of which it may have a part."""
    builder = reading.builder
    own, first, following = (_links(builder, name) for name in ("self", "first", "next"))
    short = set(builder.short_issues())
    lacking = [issue for issue, _ in builder.incomplete() if first - own and issue in short]
    parts = sorted(short if following - own else lacking)
    keys, charts = list(builder.issues), list(builder.charts)
    for issue in parts:
        builder.marks[keys[issue]] = IssueStatus.DEFECTIVE
    reading.defective.update(parts)
    message = "the answer is one page of several"
    if parts:
        chart, ordinal = keys[parts[0]]
        where = f"{charts[chart]}, {dt.date.fromordinal(ordinal)}"
        message += f": {len(parts):,} of its lists may lack rows, the first: {where}"
        hint = "fetch the other pages, and put all into one file, one after another"
        complain(reading, "more-pages", message, hint=hint)
    elif following - own:
        reading.note("more-pages", f"{message}; it goes on at {shown(min(following - own))}")


def _links(builder: Builder, name: str) -> set[str]:
    """The addresses of pages that the documents of a file give under a name."""
    column = builder.columns.get(f"{EXTRA}links.{name}")
    return set(column.values or ()) if column is not None else set()


def _last_rank(text: str) -> int | None:
    """The rank of the issue before; 0 is none."""
    return cells.count(text) or None


class _Places:
    """The place of each row: named in it, or one for the whole file."""

    def __init__(self, payload: Payload, options: Options) -> None:
        self.payload, self.options = payload, options
        self.country: str | None = None

    def of(self, code: str, name: str) -> Country | World:
        """The place of a row, by its country's code and name."""
        if name:
            return cells.parsed(_COUNTRY_NAME, cells.place_or_world, name)
        place = words.given_place(self.payload, self.options, "read_api")
        if self.country not in (None, code):
            hint = "give the lists of each country as a file of its own"
            message = f"the file holds lists of another country, {self.country}, too"
            fault = CellError("several-places", message, hint)
            fault.column = _COUNTRY
            raise fault
        self.country = code
        return place


def _charted(builder: Builder, columns: tuple[str, ...], places: _Places) -> Callable[..., int]:
    def code(*texts: str) -> int:
        row = dict(zip(columns, texts, strict=True))
        category = cells.parsed(_TYPE, _category, row[_TYPE])
        cells.parsed(_PERIOD, _day, row[_PERIOD])
        company = row[_COMPANY]
        platform = row.get(_COMPANY_NAME) or _PLATFORMS.get(company, company)
        place = places.of(row.get(_COUNTRY, ""), row.get(_COUNTRY_NAME, ""))
        found = cells.parsed(_COMPANY, words.platform, platform)
        return words.charted(builder, found, category, place)

    return code


def _category(text: str) -> str:
    if text not in _LISTS:
        expected = ", ".join(f"{n} for {name}" for n, name in _LISTS.items())
        raise CellError("unknown-category", f"expected {expected}")
    return _LISTS[text]


def _day(text: str) -> None:
    if text != "1":
        period = _PERIODS.get(text, "no period that is known")
        message = f"expected 1 for the ranking of a day, found that of a {period}"
        hint = "sums of several days are no issues of the daily list"
        raise CellError("unknown-frequency", message, hint)


def _titled(builder: Builder, columns: tuple[str, ...]) -> Callable[..., int]:
    def code(*texts: str) -> int:
        row = dict(zip(columns, texts, strict=True))
        category = cells.parsed(_TYPE, _category, row[_TYPE])
        kind = words.KINDS[category]
        column = _NOTE if _NAME not in row or (row.get(_NOTE) and not row[_NAME]) else _NAME
        name = cells.parsed(column, cells.name, row[column])
        known = row.get(_ID, "")
        if column == _NOTE or not known:
            return builder.title(Title(name, kind=kind))
        known = cells.parsed(_ID, cells.name, known)
        ids = (*_tmdb(category, row.get(_TMDB, "")), *_imdb(row.get(_IMDB, "")))
        return builder.title(Title(name, kind=kind, key=f"flixpatrol:{known}", ids=ids))

    return code


def _tmdb(category: str, text: str) -> tuple[str, ...]:
    """The work's id at TMDb, which numbers films and series apart; none on a list of both."""
    number = cells.parsed(_TMDB, cells.count, text)
    what = {"Movies": "movie", "TV Shows": "tv"}.get(category)
    return (f"tmdb:{what}:{number}",) if number and what else ()


def _imdb(text: str) -> tuple[str, ...]:
    """The work's id at IMDb: 76759 is tt0076759."""
    if re.fullmatch(r"tt[0-9]{7,9}", text, re.ASCII):
        return (f"imdb:{text}",)
    number = cells.parsed(_IMDB, cells.count, text)
    return (f"imdb:tt{number:07}",) if number else ()
