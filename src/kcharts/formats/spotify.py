"""Spotify charts: the publisher's downloads, today's and those of spotifycharts.com."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from attrs import evolve

from kcharts.errors import NotAnIssueError
from kcharts.formats._spotify_layouts import DAILY, MERGED, OLD, OLD_VIRAL, VIRAL, WEEKLY
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import Country, World
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.reading import names
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.file_names import date_said, file_name, not_said, one_said, place_said
from kcharts.reading.lost_letters import oddities, saved_wrongly
from kcharts.reading.reader import empty, placed_reader, reader
from kcharts.reading.rows import Reading
from kcharts.reading.spec import FormatSpec, Layout, Options, table_of
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

SPEC = FormatSpec(
    publisher="Spotify",
    title="Spotify charts",
    frequency="weekly or daily",
    calendar="weekly: Thursdays, the day that ends the week; daily: every day",
    layouts=(WEEKLY, DAILY, VIRAL, OLD, OLD_VIRAL, MERGED),
    quirks=(
        "Place and date are in the file's name only (`regional-kr-weekly-2022-12-08.csv`), as is "
        "the frequency in the files of spotifycharts.com; `place=` and `date=` say them instead.",
        "Weekly files of spotifycharts.com are named by a range from Friday to Friday; the issue "
        "is dated the Thursday in it, as the same week is today.",
        "A previous rank of -1 means that the song was not on the previous list: it is new where "
        "the counter is 1, else a re-entry.",
        "Lists may have 198 or 199 of their 200 rows.",
        "A song is identified by name and artists as printed, since its URI does not identify "
        "it: in 54 Korean weeks 105 songs have several; all of a file's are in `Title.ids`, and "
        "that of each row stays among its extras.",
        "One song may stand at two ranks under two URIs; both rows stay.",
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
    """What a file's name says."""

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
    """The issue of a week from Friday to Friday; the range as it stands where it is no week."""
    try:
        start, end = map(cells.day, dates.split("--"))
        if _FRIDAYS.number(end) - _FRIDAYS.number(start) != 1:
            return dates
    except (CellError, NotAnIssueError):
        return dates
    return str(CALENDARS[Frequency.WEEKLY].between(start, end)[0])


def _always(code: Callable[[], int]) -> Callable[[str], int]:
    """What makes the same of every cell."""
    return lambda _text: code()


class _List(NamedTuple):
    """The one list of a file that does not say in itself which it is."""

    place: Country | World
    category: str
    frequency: Frequency
    date: dt.date

    @property
    def chart(self) -> Chart:
        depth = DEPTHS[self.category]
        series = ChartSeries("Spotify", "Spotify", self.category, self.frequency, depth)
        return Chart(series, self.place)


# In parentheses, since people add columns called date and place to their copies.
_CHART, _DATE = "(chart)", "(date)"


def _chart(builder: Builder, chart: Chart) -> int:
    builder.calendars[chart.series] = CALENDARS[chart.series.frequency]
    return builder.chart(chart)


def _listed(table: Table, one: _List, plan: Callable[[Builder], Plan]) -> Reading:
    """The reading of the rows of one list."""
    builder = Builder()
    reading = Reading(table.name, builder)
    reading.read(table.with_given({_CHART: one.category, _DATE: str(one.date)}), plan(builder))
    return reading


def _plan(
    layout: Layout, one: _List, columns: tuple[str, str, str], values: tuple[Value, ...]
) -> Callable[[Builder], Plan]:
    """The plan of one list, by the names of its columns of track, artists and rank."""
    track, artists, rank = columns

    def plan(builder: Builder) -> Plan:
        return Plan(
            evolve(layout, optional=(*layout.optional, _CHART, _DATE)),
            chart=Cells((_CHART,), _always(lambda: _chart(builder, one.chart))),
            date=Cells((_DATE,), _always(one.date.toordinal)),
            title=Cells((track, artists), _titled(builder, track, artists)),
            rank=Cells((rank,), cells.rank(DEPTHS[one.category])),
            values=values,
            repeats=True,
        )

    return plan


def _titled(builder: Builder, track: str, artists: str) -> Callable[[str, str], int]:
    def code(name: str, by: str) -> int:
        song = cells.parsed(track, names.whole_name, name)
        artist = cells.parsed(artists, names.maybe_whole, by)
        return builder.title(Title(song, by=artist, kind="Song"))

    return code


_ID = re.compile(r"(?:^|[:/])([0-9A-Za-z]{22})(?:$|\?)", re.ASCII)


def _identified(builder: Builder, column: str) -> None:
    """Give each title the ids of all its rows: one song may have several."""
    held = builder.columns.get(column)
    found: dict[int, set[str]] = {}
    for row, title in enumerate(builder.title_codes):
        uri = held and held.get(row)
        known = _ID.search(uri) if uri else None
        if known:
            found.setdefault(title, set()).add(f"spotify:track:{known[1]}")
    builder.titles = {
        evolve(title, ids=tuple(sorted(found.get(code, ())))): code
        for title, code in builder.titles.items()
    }


def _answer(reading: Reading, uri: str) -> tuple[ChartHistory, ReadReport]:
    _identified(reading.builder, EXTRA + uri)
    return ChartHistory(reading.builder.build()), reading.report()


def _previous(text: str) -> int | None:
    """The rank on the previous list; -1 is none."""
    return None if text == "-1" else cells.positive(text)


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
    layout = _layout(table, named)
    frequency = Frequency.WEEKLY if layout is WEEKLY else Frequency.DAILY
    example = layout.file_name
    one = _List(
        place_said(payload, options, named.place, example),
        "Viral" if layout is VIRAL else "Top 200",
        frequency,
        date_said(payload, options, named.date, CALENDARS[frequency], example),
    )
    values = (
        Value("peak_rank", "peak", cells.positive),
        Value("previous_rank", "last_rank", _previous),
        Value(
            "weeks_on_chart" if layout is WEEKLY else "days_on_chart",
            "periods_on_chart",
            cells.positive,
        ),
        Value("streams", "streams", cells.count),
    )
    plan = _plan(layout, one, ("track_name", "artist_names", "rank"), values)
    return _answer(_listed(table, one, plan), "uri")


def _layout(table: Table, named: _Named) -> Layout:
    """The layout that the name says; without one, the header does."""
    if named.kind == "viral":
        return VIRAL
    if named.often is None:
        return DAILY if table.has("days_on_chart") else WEEKLY
    return DAILY if named.often == "daily" else WEEKLY


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
    is_viral = named.kind == "viral"
    layout = OLD_VIRAL if is_viral else OLD
    if named.often is None:
        hint = f"the file's name does, as it was downloaded: {layout.file_name}"
        raise not_said(payload, "frequency", hint)
    frequency = Frequency(named.often)
    one = _List(
        place_said(payload, options, named.place, layout.file_name),
        "Viral 50" if is_viral else "Top 200",
        frequency,
        date_said(payload, options, named.date, CALENDARS[frequency], layout.file_name),
    )
    values = (Value("Streams", "streams", cells.count),)
    plan = _plan(layout, one, ("Track Name", "Artist", "Position"), values)
    return _answer(_listed(table, one, plan), "URL")


def _whole(parse: Callable[[str], T]) -> Callable[[str], T]:
    """A parser of whole numbers that may be written with a decimal 0, as pandas leaves them."""

    def whole(text: str) -> T:
        return parse(text.removesuffix(".0"))

    return whole


def _charted(builder: Builder) -> Callable[[str], int]:
    def code(region: str) -> int:
        series = ChartSeries("Spotify", "Spotify", "Top 200", Frequency.WEEKLY, DEPTHS["Top 200"])
        return _chart(builder, Chart(series, cells.place_or_world(region)))

    return code


@reader(nothing=empty, odd=oddities)
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
    builder = Builder()
    thursdays = CALENDARS[Frequency.WEEKLY]
    plan = Plan(
        MERGED,
        chart=Cells(("region",), _charted(builder)),
        date=Cells(("chart_date",), cells.issue_ordinal(thursdays, options.date_format)),
        title=Cells(("song", "performer"), _titled(builder, "song", "performer")),
        rank=Cells(("chart_position",), _whole(cells.rank(DEPTHS["Top 200"]))),
        values=(
            Value("streams", "streams", _whole(cells.count)),
            Value("time_on_chart", "periods_on_chart", _whole(cells.positive)),
            Value("previous_week", "last_rank", _whole(cells.positive)),
            Value("peak_position", "peak", _whole(cells.positive)),
        ),
        repeats=True,
    )
    reading = Reading(payload.name, builder)
    reading.read(table_of(payload, options, MERGED), plan)
    return _answer(reading, "spotify_uri")
