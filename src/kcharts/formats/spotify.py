"""Spotify charts: the publisher's downloads, today's and those of spotifycharts.com."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from attrs import evolve

from kcharts._faces import own_names
from kcharts.errors import NotAnIssueError
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.history import ChartHistory
from kcharts.reading import parsers
from kcharts.reading.file_names import date_said, file_name, not_said, one_said, place_said
from kcharts.reading.oddities import oddities, saved_wrongly
from kcharts.reading.options import Options
from kcharts.reading.reader import empty, placed_reader, public_reader
from kcharts.reading.recipe import Column, Recipe
from kcharts.reading.rows import Reading, read_rows
from kcharts.reading.spec import FormatSpec, Layout, table_of
from kcharts.sources.cell import CellError
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import EXTRA, Table

T = TypeVar("T")
CALENDARS = {
    Frequency.WEEKLY: Calendar.weekly("thursday"),
    Frequency.DAILY: Calendar.daily(),
}
_FRIDAYS = Calendar.weekly("friday")
DEPTHS = {"Top 200": 200, "Viral": 100, "Viral 50": 50}

_COUNTED = ("rank", "uri", "artist_names", "track_name", "peak_rank", "previous_rank")
_HEADER = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank"
_ROWS = (
    '1,"spotify:track:0000000000000000000001","A Singer","A Song","A Label",1,2,5',
    '2,"spotify:track:0000000000000000000002","A Singer, A Band","A Song, Again","A Label",2,-1,1',
)


def _sample(counter: str, streams: tuple[str, str] | None) -> str:
    """The two rows as the publisher writes them: a byte order mark, CRLF, streams in quotes."""
    header = f"{_HEADER},{counter}" + ("" if streams is None else ",streams")
    rows = _ROWS if streams is None else [f'{r},"{n}"' for r, n in zip(_ROWS, streams, strict=True)]
    return "\ufeff" + "".join(f"{line}\r\n" for line in (header, *rows))


WEEKLY = Layout(
    name="weekly",
    reader="read_spotify",
    columns=(*_COUNTED, "weeks_on_chart", "streams"),
    optional=("source",),
    sample=_sample("weeks_on_chart", ("40000", "39999")),
    file_name="regional-kr-weekly-2022-12-08.csv",
)
DAILY = Layout(
    name="daily",
    reader="read_spotify",
    columns=(*_COUNTED, "days_on_chart", "streams"),
    optional=("source",),
    sample=_sample("days_on_chart", ("4000", "3999")),
    file_name="regional-global-daily-2022-12-09.csv",
)
VIRAL = Layout(
    name="viral",
    reader="read_spotify",
    columns=(*_COUNTED, "days_on_chart"),
    optional=("source",),
    sample=_sample("days_on_chart", None),
    file_name="viral-kr-daily-2022-12-09.csv",
)
OLD = Layout(
    name="of spotifycharts.com",
    reader="read_spotifycharts",
    columns=("Position", "Track Name", "Artist", "Streams", "URL"),
    sample=(
        ',,,"Note that these figures are made up.",\n'
        'Position,"Track Name",Artist,Streams,URL\n'
        '1,"A Song",A Singer,40000,https://open.spotify.com/track/0000000000000000000001\n'
        '2,"A Song, Again","A Singer, A Band",39999,'
        "https://open.spotify.com/track/0000000000000000000002\n"
    ),
    file_name="regional-kr-weekly-2021-06-04--2021-06-11.csv",
)
OLD_VIRAL = Layout(
    name="viral, of spotifycharts.com",
    reader="read_spotifycharts",
    columns=("Position", "Track Name", "Artist", "URL"),
    sample=(
        'Position,"Track Name",Artist,URL\n'
        '1,"A Song",A Singer,https://open.spotify.com/track/0000000000000000000001\n'
    ),
    file_name="viral-global-daily-2021-06-04.csv",
)
MERGED = Layout(
    name="merged, with run columns",
    reader="read_merged",
    columns=(
        *("chart_position", "chart_date", "song", "performer", "streams", "spotify_uri"),
        *("region", "time_on_chart", "previous_week", "peak_position"),
    ),
    optional=("song_id", "instance", "consecutive_weeks", "worst_position", "chart_url"),
    sample=(
        "chart_position,chart_date,song,performer,streams,spotify_uri,song_id,region,"
        "time_on_chart,instance,consecutive_weeks,previous_week,peak_position,worst_position,"
        "chart_url\n"
        "2,2022-01-06,A Song,A Singer,40000,0000000000000000000001,A SongA Singer,kr,"
        "1,1.0,,,2,2,https://charts.example/2022-01-06\n"
        "1,2022-01-13,A Song,A Singer,41000,0000000000000000000001,A SongA Singer,kr,"
        "2,1.0,1.0,2.0,1,2,https://charts.example/2022-01-13\n"
        '1,2022-01-06,"Song, Another",A Band,50000,0000000000000000000002,'
        '"Song, AnotherA Band",kr,7,2.0,,,1,90,https://charts.example/2022-01-06\n'
    ),
)

SPEC = FormatSpec(
    publisher="Spotify",
    title="Spotify charts",
    frequency="weekly or daily",
    calendar="weekly: Thursdays, the day that ends the week; daily: every day",
    layouts=(WEEKLY, DAILY, VIRAL, OLD, OLD_VIRAL, MERGED),
    quirks=(
        "Place and date are only in the file's name (`regional-kr-weekly-2022-12-08.csv`), as is "
        "the frequency of files from spotifycharts.com; `place=` and `date=` can give them.",
        "Weekly files of spotifycharts.com are named by a range from Friday to Friday; the issue "
        "is dated the Thursday in it, as the same week is today.",
        "A previous rank of -1 means that the song was not on the previous list: it is new if the "
        "counter is 1, else a re-entry.",
        "Lists may have 198 or 199 of their 200 rows.",
        "A song is identified by name and artists as printed, since its URI does not identify "
        "it: in 54 Korean weeks 105 songs have several; all URIs in a file are in `Title.ids`, "
        "and each row keeps its own among the extras.",
        "One song may have two ranks under two URIs; both rows stay.",
        "In merged files whole numbers may be written as decimals, such as 140.0.",
        "`consecutive_weeks` counts the weeks of a run after its first one, `instance` the runs.",
        "Charts of cities, artists and albums are not read: kcharts has charts of countries and "
        "of the world.",
    ),
    links=("https://charts.spotify.com",),
)

_NAME = re.compile(
    r"(?<![a-z])(?P<kind>regional|viral)-(?P<place>global|[a-z]{2})-(?P<often>daily|weekly)"
    r"(?![a-z])(-(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(--[0-9]{4}-[0-9]{2}-[0-9]{2})?)"
    r"(?![0-9a-z]|--))?",
    re.ASCII | re.IGNORECASE,
)


class _Named(NamedTuple):
    """The parts of a file's name."""

    kind: str | None = None
    place: str | None = None
    often: str | None = None
    date: str | None = None


def _named(payload: Payload) -> _Named:
    matches = _NAME.finditer(file_name(payload).lower())
    found = one_said(payload, map(_read_name, matches))
    return _Named() if found is None else found


def _read_name(found: re.Match[str]) -> _Named:
    kind, place, often, date = found.group("kind", "place", "often", "date")
    if often == "weekly" and date is not None and "--" in date:
        date = _thursday(date)
    return _Named(kind, place, often, date)


def _thursday(dates: str) -> str:
    """The issue of a week from Friday to Friday; the range itself if it is not a week."""
    try:
        start, end = map(parsers.day, dates.split("--"))
        if _FRIDAYS.number(end) - _FRIDAYS.number(start) != 1:
            return dates
    except (CellError, NotAnIssueError):
        return dates
    return str(CALENDARS[Frequency.WEEKLY].between(start, end)[0])


_ID = re.compile(r"(?:^|[:/])([0-9A-Za-z]{22})(?:$|\?)", re.ASCII)


def _identify(builder: Builder, column: str) -> None:
    """Give each title the ids of all its rows: one song may have several."""
    uris = builder.columns.get(column)
    ids: dict[int, set[str]] = {}
    for row, title in enumerate(builder.title_codes):
        uri = uris and uris.get(row)
        known = _ID.search(uri) if uri else None
        if known:
            ids.setdefault(title, set()).add(f"spotify:track:{known[1]}")
    builder.titles = {
        evolve(title, ids=tuple(sorted(ids.get(code, ())))): code
        for title, code in builder.titles.items()
    }


def _answer(reading: Reading, uri: str) -> tuple[ChartHistory, ReadReport]:
    _identify(reading.builder, EXTRA + uri)
    return reading.answer()


def _previous(text: str) -> int | None:
    """The rank on the previous list; -1 means none."""
    return None if text == "-1" else parsers.positive(text)


def _series(category: str, frequency: Frequency) -> ChartSeries:
    return ChartSeries("Spotify", "Spotify", category, frequency, DEPTHS[category])


def _often(recipe: Recipe, category: str, frequency: Frequency) -> Recipe:
    """The recipe for a category's lists that are issued daily or weekly."""
    return evolve(recipe, series=_series(category, frequency), calendar=CALENDARS[frequency])


_COUNTERS: dict[str, str | Column[int | None]] = {
    "peak": "peak_rank",
    "last_rank": Column("previous_rank", _previous),
}
_WEEKLY = Recipe(
    WEEKLY,
    date=None,  # as the place: only the file's name says them
    series=_series("Top 200", Frequency.WEEKLY),
    title="track_name",
    by="artist_names",
    kind="Song",
    values={**_COUNTERS, "periods_on_chart": "weeks_on_chart", "streams": "streams"},
    calendar=CALENDARS[Frequency.WEEKLY],
    repeats=True,
)
_DAILY = evolve(
    _often(_WEEKLY, "Top 200", Frequency.DAILY),
    layout=DAILY,
    values={**_COUNTERS, "periods_on_chart": "days_on_chart", "streams": "streams"},
)
_VIRAL = evolve(
    _often(_WEEKLY, "Viral", Frequency.DAILY),
    layout=VIRAL,
    values={**_COUNTERS, "periods_on_chart": "days_on_chart"},
)
_OLD = evolve(
    _WEEKLY,
    layout=OLD,
    title="Track Name",
    by="Artist",
    rank="Position",
    values={"streams": "Streams"},
)
_OLD_VIRAL = evolve(_often(_OLD, "Viral 50", Frequency.DAILY), layout=OLD_VIRAL, values={})


def _read_list(
    payload: Payload, options: Options, table: Table, recipe: Recipe, named: _Named
) -> Reading:
    """Read a file with one list, whose place and date are only in its name."""
    example, calendar = recipe.layout.file_name, recipe.common_calendar
    place = place_said(payload, options, named.place, example)
    date = date_said(payload, options, named.date, calendar, example)
    return read_rows(table, evolve(recipe, place=place, date=date), options)


@placed_reader(nothing=empty, odd=saved_wrongly)
def read_spotify(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a list of charts.spotify.com: the 200 songs of a week or a day, or its viral songs.

    Place and date are those of the file's name, or given. Songs are identified by name and
    artists as printed; their URIs go to `Title.ids`. Streams become `Metrics.streams`,
    weeks_on_chart and days_on_chart `Reported.periods_on_chart`.

    >>> from kcharts.formats import spotify
    >>> data = spotify.SPEC.sample.encode()
    >>> history = spotify.read_spotify(data, place="KR", date="2022-12-08")
    >>> print(history)
    Spotify weekly, Top 200, 1 country, 1 issue 2022-12-08 to 2022-12-08, 2 rows; no list missing
    >>> print(history[1].title, history[1].metrics.streams, history[1].reported.last_rank)
    A Song, Again by A Singer, A Band 39999 None
    """
    table = table_of(payload, options, WEEKLY, DAILY, VIRAL)
    named = _named(payload)
    recipe = _recipe(table, named)
    return _answer(_read_list(payload, options, table, recipe, named), "uri")


def _recipe(table: Table, named: _Named) -> Recipe:
    """The recipe of the layout that the name says; without one, the header does."""
    if named.kind == "viral":
        return _VIRAL
    if named.often is None:
        return _DAILY if table.has("days_on_chart") else _WEEKLY
    return _DAILY if named.often == "daily" else _WEEKLY


@placed_reader(nothing=empty, odd=saved_wrongly)
def read_spotifycharts(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a list of spotifycharts.com, which was closed in 2022.

    Frequency, place and date are those of the file's name; place and date may be given instead.
    A weekly list is dated the Thursday in its range: 2021-06-04--2021-06-11 is the issue of
    2021-06-10. The note above the header becomes the history's.

    >>> import io
    >>> from kcharts.formats import spotify
    >>> file = io.BytesIO(spotify.SPEC.layouts[3].sample.encode())
    >>> file.name = "regional-kr-weekly-2021-06-04--2021-06-11.csv"
    >>> print(spotify.read_spotifycharts(file))
    Note that these figures are made up.
    Spotify weekly, Top 200, 1 country, 1 issue 2021-06-10 to 2021-06-10, 2 rows; no list missing
    """
    table = table_of(payload, options, OLD, OLD_VIRAL)
    named = _named(payload)
    recipe, category = (_OLD_VIRAL, "Viral 50") if named.kind == "viral" else (_OLD, "Top 200")
    if named.often is None:
        hint = f"the file's name does, as it was downloaded: {recipe.layout.file_name}"
        raise not_said(payload, "frequency", hint)
    one = _often(recipe, category, Frequency(named.often))
    return _answer(_read_list(payload, options, table, one, named), "URL")


def _whole(parse: Callable[[str], T]) -> Callable[[str], T]:
    """A parser of whole numbers that may be written with a decimal 0, as pandas leaves them."""

    def whole(text: str) -> T:
        return parse(text.removesuffix(".0"))

    return whole


_MERGED = evolve(
    _WEEKLY,
    layout=MERGED,
    place=Column("region", parsers.place_or_world),
    date="chart_date",
    title="song",
    by="performer",
    rank=Column("chart_position", _whole(parsers.rank(DEPTHS["Top 200"]))),
    values={
        "streams": Column("streams", _whole(parsers.count)),
        "periods_on_chart": Column("time_on_chart", _whole(parsers.positive)),
        "last_rank": Column("previous_week", _whole(parsers.positive)),
        "peak": Column("peak_position", _whole(parsers.positive)),
    },
)


@public_reader(nothing=empty, odd=oddities)
def read_merged(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read many weekly lists merged into one table, with columns about the runs of each song.

    time_on_chart, peak_position and previous_week become counters of `Reported`; instance,
    consecutive_weeks and worst_position stay among the extras.

    >>> from kcharts.formats import spotify
    >>> history = spotify.read_merged(spotify.SPEC.layouts[5].sample.encode())
    >>> print(history)
    Spotify weekly, Top 200, 1 country, 2 issues 2022-01-06 to 2022-01-13, 3 rows; no list missing
    >>> print(history[2].reported.periods_on_chart, dict(history[2].extras)["instance"])
    2 1.0
    """
    table = table_of(payload, options, MERGED)
    return _answer(read_rows(table, _MERGED, options), "spotify_uri")


__dir__ = own_names(__name__)
