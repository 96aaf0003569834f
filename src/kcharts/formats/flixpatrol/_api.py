"""FlixPatrol's API, version 2: saved answers with a list of top10s objects.

Written from descriptions of such answers, because no real sample was available.
"""

from __future__ import annotations

import re
from functools import partial

from attrs import evolve

from kcharts.formats.flixpatrol import _words as words
from kcharts.model._checks import show
from kcharts.model.chart import Chart
from kcharts.model.columns.builder import Builder
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.codes import ValueReader
from kcharts.reading.options import Options
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.rows import Reading, read_rows
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Seen
from kcharts.sources.json import as_object, document_table, json_value
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import EXTRA, Table, check_header
from kcharts.sources.text import Text, text_of

API = Layout(
    name="FlixPatrol API v2 top10s",
    reader="read_api",
    columns=(
        *("data.id", "data.ranking", "data.type", "data.date.type", "data.date.from"),
        "data.company.data.id",
    ),
    optional=(
        *("type", "links.self", "links.first", "links.next", "data.rankingLast", "data.value"),
        *("data.valueLast", "data.daysTotal", "data.note", "data.date.to", "data.updatedAt"),
        *("data.movie", "data.movie.type", "data.movie.data.id", "data.movie.data.title"),
        *("data.movie.data.tmdbId", "data.movie.data.imdbId", "data.company.type"),
        *("data.company.data.name", "data.country", "data.country.type"),
        *("data.country.data.id", "data.country.data.name"),
    ),
    medium="json",
    path=("data",),
    pattern=r'\A\{\s*("type"\s*:\s*"\w+"\s*,\s*)?"error"\s*:\s*\{',
    sample=(
        '{"links": {"self": "https://api.flixpatrol.com/v2/top10s"}, "type": "list", "data": [\n'
        '{"type": "top10s", "data": {"id": "tpt_1", "movie": {"type": "titles", "data": {"id": '
        '"ttl_1", "title": "A Series", "tmdbId": 900001, "imdbId": 99000001}}, "company": {"type": '
        '"companies", "data": {"id": "cmp_IA6TdMqwf6kuyQvxo9bJ4nKX"}}, "country": {"type": '
        '"countries", "data": {"id": "cnt_1"}}, "type": 3, "date": {"type": 1, "from": '
        '"2022-01-31", "to": "2022-01-31"}, "ranking": 1, "rankingLast": 0, "value": 10, '
        '"daysTotal": null, "note": null}},\n'
        '{"type": "top10s", "data": {"id": "tpt_2", "movie": null, "company": {"type": '
        '"companies", "data": {"id": "cmp_IA6TdMqwf6kuyQvxo9bJ4nKX"}}, "country": {"type": '
        '"countries", "data": {"id": "cnt_1"}}, "type": 3, "date": {"type": 1, "from": '
        '"2022-01-31", "to": "2022-01-31"}, "ranking": 2, "rankingLast": 1, "value": 9, '
        '"daysTotal": 4, "note": "Another Series"}}\n'
        "]}\n"
    ),
    file_name="top10s-south-korea.json",
)
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


def _category(text: str) -> str:
    if text not in _LISTS:
        expected = ", ".join(f"{n} for {name}" for n, name in _LISTS.items())
        raise CellError("unknown-category", f"expected {expected}")
    return _LISTS[text]


def _day(text: str) -> None:
    if text != "1":
        period = _PERIODS.get(text, "no period that is known")
        message = f"expected 1 for the ranking of a day, found that of a {period}"
        hint = "sums of several days do not belong to the daily list"
        raise CellError("unknown-frequency", message, hint)


def _last_rank(text: str) -> int | None:
    """The rank on the list of the day before; 0 means none."""
    return parsers.count(text) or None


def _make_chart(
    payload: Payload,
    options: Options,
    first_country: str,
    *,
    category: str,
    company: str,
    company_name: str = "",
    country: str = "",
    country_name: str = "",
) -> Chart:
    """The chart of a row, whose place is named in it, or is that of the whole file."""
    if country_name:
        place = parsers.parsed(_COUNTRY_NAME, parsers.place_or_world, country_name)
    else:
        place = words.given_place(payload, options, "read_api")
        if country != first_country:
            message = f"the file holds lists of another country, {first_country}, too"
            hint = "put the lists of each country into a separate file"
            raise CellError("several-places", message, hint).at(_COUNTRY)
    printed = company_name or _PLATFORMS.get(company, company)
    platform = parsers.parsed(_COMPANY, words.platform, printed)
    return words.chart(platform, category, place)


_WHERE = {"country": Column(_COUNTRY, str), "country_name": Column(_COUNTRY_NAME, str)}
_OF_A_DAY = Column(_PERIOD, _day)


def _unless_named(country: str = "", country_name: str = "") -> str | None:
    return None if country_name else country


def _first_country(table: Table) -> str:
    """The country's id in the first row that does not name it: the file's lists are of that one."""
    columns = Columns(_unless_named, Column(_TYPE, _category), _OF_A_DAY, **_WHERE)
    reader = ValueReader(columns, table, Seen())
    for line in table.lines:
        try:
            country = reader.of_row(table.split(line))
        except CellError:  # what is wrong with it is told when it is read
            continue
        if country is not None:
            return country
    return ""


def _make_title(
    *,
    category: str,
    name: str | None = None,
    note: str = "",
    known: str = "",
    tmdb: str = "",
    imdb: str = "",
) -> Title:
    """The title of a row: a movie with its ids, else the name that a note gives."""
    kind = words.KINDS[category]
    is_noted = name is None or (bool(note) and not name)
    if is_noted or not known:
        column, printed = (_NOTE, note) if is_noted else (_NAME, name or "")
        return Title(parsers.parsed(column, parsers.name, printed), kind=kind)
    name = parsers.parsed(_NAME, parsers.name, name or "")
    known = parsers.parsed(_ID, parsers.name, known)
    ids = (*_tmdb_ids(category, tmdb), *_imdb_ids(imdb))
    return Title(name, kind=kind, key=f"flixpatrol:{known}", ids=ids)


def _tmdb_ids(category: str, text: str) -> tuple[str, ...]:
    """The work's id at TMDb, which numbers films and series apart; none on a list of both."""
    number = parsers.parsed(_TMDB, parsers.count, text)
    what = {"Movies": "movie", "TV Shows": "tv"}.get(category)
    return (f"tmdb:{what}:{number}",) if number and what else ()


def _imdb_ids(text: str) -> tuple[str, ...]:
    """The work's id at IMDb: 76759 is tt0076759."""
    if re.fullmatch(r"tt[0-9]{7,9}", text, re.ASCII):
        return (f"imdb:{text}",)
    number = parsers.parsed(_IMDB, parsers.count, text)
    return (f"imdb:tt{number:07}",) if number else ()


_PRINTED = (
    *(_TYPE, _PERIOD, _COMPANY, _COMPANY_NAME, _COUNTRY, _COUNTRY_NAME),
    *(_ID, _NAME, _TMDB, _IMDB, _NOTE),
)
RECIPE = Recipe(
    API,
    date="data.date.from",
    title=Columns(
        _make_title,
        category=Column(_TYPE, _category, "id"),
        name=Column(_NAME, str),
        note=Column(_NOTE, str),
        known=Column(_ID, str),
        tmdb=Column(_TMDB, str, "id"),
        imdb=Column(_IMDB, str, "id"),
    ),
    rank=Column("data.ranking", parsers.rank(words.WORLD_DEPTH)),
    values={
        "points": "data.value",
        "last_rank": Column("data.rankingLast", _last_rank),
        "periods_on_chart": Column("data.daysTotal", parsers.count),
        **{f"{EXTRA}{name}": name for name in _PRINTED},
    },
    calendar=words.CALENDAR,
    within_depth=True,
)
"""What an answer says but for its charts, whose place the caller or the file's name may say."""


def read_answer(payload: Payload, options: Options) -> Reading:
    """Read a saved answer.

    Raises:
        UnreadableError: It is an error, has no name of a title, or neither it nor the caller nor
            the file's name says the place.
    """
    text = text_of(payload, options.encoding)
    _refuse_error(text)
    table = document_table(text, API.path, API.columns, options.limits)
    if not (table.has(_NAME) or table.has(_NOTE)):
        message = f"{API.name}: the key {_NAME} is missing"
        raise UnreadableError("missing-column", message, table.name)
    check_header(table, API.columns, API.name)
    chart = Columns(
        partial(_make_chart, payload, options, _first_country(table)),
        _OF_A_DAY,
        category=Column(_TYPE, _category),
        company=Column(_COMPANY, str),
        company_name=Column(_COMPANY_NAME, str),
        **_WHERE,
    )
    reading = read_rows(table, evolve(RECIPE, chart=chart), options._replace(date=None))
    _tell_rest(reading)
    return reading


def _refuse_error(text: Text) -> None:
    """Raise `UnreadableError` for an answer that is an error, and say which."""
    content = text.content
    try:
        answer, _ = json_value(content, len(content) - len(content.lstrip()))
        error = as_object(as_object(answer).get("error"))
    except CellError:
        return
    problem = ", ".join(f"{key} {value}" for key, value in error.items())
    message = f"expected a list of top10s, found an error: {problem}"
    raise UnreadableError("api-error", message, text.name, "ask the API again")


def _tell_rest(reading: Reading) -> None:
    """Say that an answer is one page of several, and mark the lists that it may have in part."""
    builder = reading.builder
    own, first, following = (_links(builder, name) for name in ("self", "first", "next"))
    short = set(builder.short_issues())
    lacking = [issue for issue, _ in builder.incomplete() if first - own and issue in short]
    parts = sorted(short if following - own else lacking)
    reading.mark_defective(parts)
    message = "the answer is one page of several"
    if parts:
        first_part = builder.issue_name(parts[0])
        message += f": {len(parts):,} of its lists may lack rows, the first: {first_part}"
        hint = "fetch the other pages, and put all into one file, one after another"
        reading.complain("more-pages", message, hint=hint)
    elif following - own:
        reading.note("more-pages", f"{message}; it continues at {show(min(following - own))}")


def _links(builder: Builder, name: str) -> set[str]:
    """The addresses of pages that the documents of a file give under a name.

    The engine keeps them as extras, since every record has what is beside the list.
    """
    column = builder.columns.get(f"{EXTRA}links.{name}")
    return set(column.values or ()) if column is not None else set()
