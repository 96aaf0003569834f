"""kworb.net: Spotify's daily charts of one country, as archives keep its tables."""

from __future__ import annotations

import re

from attrs import evolve

from kcharts._faces import own_names
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries, Frequency
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.file_names import file_name, one_said, place_said
from kcharts.reading.oddities import saved_wrongly
from kcharts.reading.options import Options
from kcharts.reading.reader import empty, placed_reader
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.rows import read_rows
from kcharts.reading.spec import FormatSpec, Layout, table_of
from kcharts.sources.cell import CellError
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import EXTRA

CALENDAR = Calendar.daily()
DEPTH = 50
SERIES = ChartSeries("kworb.net", "Spotify", "Top 50", Frequency.DAILY, DEPTH)

TOP_50 = Layout(
    name="daily top 50",
    reader="read_kworb",
    columns=(
        *("date", "rank", "change", "artist_and_title", "days", "peak", "times_at_peak"),
        *("streams", "streams_change", "seven_days", "seven_days_change", "total"),
    ),
    medium="bare",
    pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2},[1-9][0-9]*,(=|[+-][0-9]+|NEW|RE),",
    sample=(
        "\ufeff"
        '2026-01-26,1,=,A Singer - A Song,30,1,(x7),"109,500",+800,"780,700","-20,900",'
        '"9,422,000"\n'
        '2026-01-26,2,+3,"A Band, A Singer - Song - Live",12,2,(x1),"65,700","-1,300","467,200",'
        '+100,"1,037,500"\n'
        '2026-01-26,3,NEW,Another Band - Another Song,1,3,(x1),"57,800",,"57,800","+57,800",'
        '"57,800"\n'
    ),
    file_name="kr_dailytop50_2026-01-26.csv",
)
SPEC = FormatSpec(
    publisher="kworb.net",
    title="kworb daily",
    frequency="daily",
    calendar="every day",
    layouts=(TOP_50,),
    quirks=(
        "The file has no header; kcharts names its columns.",
        "The place is in the file's name only (`kr_dailytop50_2026-01-26.csv`), or given as "
        "`place=`; the date is in the rows.",
        "Artist and title share one cell, which is split at the first ` - `: a title may have "
        "another one in it, and an artist whose name has one is cut short; a cell without one is "
        "all title.",
        "Days are counted on the whole chart, whose first 50 places the archive keeps, so they go "
        "on while a song is below No. 50.",
        "The number of days at the peak, such as (x7), is printed only for peaks of 3 or better.",
        "The date is kept as the rows give it; they do not say whether it is the day that was "
        "counted or the day after.",
        "Some lists repeat the list of the day before: 14 of 209 in Korea, 16 of 209 in Thailand; "
        "mark them STALE, or runs are counted a day too long.",
    ),
    links=("https://kworb.net/spotify/",),
)

_PLACE = re.compile(r"(?<![a-z])(global|[a-z]{2})[_-]dailytop50", re.ASCII | re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+", re.ASCII)
_CHANGE = re.compile(r"=|[+-][1-9][0-9]{0,2}|NEW|RE", re.ASCII)
_TIMES = re.compile(r"\(x([1-9][0-9]{0,8})\)", re.ASCII)


def _grouped(text: str) -> int | None:
    """A whole number, with commas between thousands; None if it is blank."""
    return parsers.count(text.replace(",", "") if _GROUPED.fullmatch(text) else text)


def _difference(text: str) -> str | None:
    """A number with its sign, kept as it is printed."""
    _grouped(text[1:] if text[:1] in ("+", "-") else text)
    return parsers.plain(text)


def _change(text: str) -> str | None:
    """The change of rank, kept as it is printed."""
    if text and not _CHANGE.fullmatch(text):
        raise CellError("unknown-value", "expected =, +n, -n, NEW or RE")
    return parsers.plain(text)


def _times(text: str) -> int | None:
    """The days at the peak."""
    found = _TIMES.fullmatch(text)
    if found is None and text.strip():
        raise CellError("bad-integer", "expected a count such as (x7)")
    return int(found[1]) if found else None


def _title(printed: str) -> Title:
    artist, mark, song = parsers.clean_name(printed).partition(" - ")
    if not (artist.strip() and song.strip()):
        artist, song = "", printed
    by = parsers.whole_name(artist) if mark and artist else None
    return Title(parsers.whole_name(song), by=by, kind="Song")


_DIFFERENCES = ("streams_change", "seven_days", "seven_days_change", "total")
RECIPE = Recipe(
    TOP_50,
    series=SERIES,
    date="date",
    title=Columns(_title, printed=Column("artist_and_title", str)),
    rank="rank",
    values={
        "periods_on_chart": "days",
        "peak": "peak",
        "periods_at_peak": Column("times_at_peak", _times),
        "streams": Column("streams", _grouped),
        f"{EXTRA}change": Column("change", _change),
        **{EXTRA + name: Column(name, _difference) for name in _DIFFERENCES},
    },
    calendar=CALENDAR,
)


@placed_reader(nothing=empty, odd=saved_wrongly)
def read_kworb(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a daily top 50 of kworb.net: Spotify's chart of a country, with kworb's counters.

    The place is that of the file's name, or given. The days on the chart, the peak and the days
    at the peak become counters of `Reported`, streams `Metrics.streams`; the change of rank, of
    streams, of seven days' streams, and the total stay among the extras as printed.

    >>> from kcharts.formats import kworb
    >>> history = kworb.read_kworb(kworb.SPEC.sample.encode(), place="KR")
    >>> print(history)
    Spotify daily by kworb.net, Top 50, 1 country, 1 issue 2026-01-26 to 2026-01-26, 3 rows; \
no list missing
    >>> row = history[0]
    >>> print(row.title, row.metrics.streams, row.reported.periods_at_peak)
    A Song by A Singer 109500 7
    """
    said = (match[1].lower() for match in _PLACE.finditer(file_name(payload)))
    found = one_said(payload, said) if options.place is None else None
    place = place_said(payload, options, found, TOP_50.file_name)
    table = table_of(payload, options, TOP_50)
    return read_rows(table, evolve(RECIPE, place=place), options).answer()


__dir__ = own_names(__name__)
