"""Netflix's daily Top 10 of the United States, as the-numbers.com copied it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kcharts._faces import own_names
from kcharts.errors import Problem
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries, Frequency
from kcharts.model.country import Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.oddities import odd_names, oddities
from kcharts.reading.reader import recipe_reader
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.spec import FormatSpec, Layout
from kcharts.sources.cell import CellError, Serial

CALENDAR = Calendar.daily()
DEPTH = 10
SERIES = ChartSeries("Netflix", "Netflix", "Overall", Frequency.DAILY, DEPTH)

US_DAILY = Layout(
    name="US daily Top 10",
    reader="read_us_daily",
    columns=(
        "As of",
        "Rank",
        "Year to Date Rank",
        "Title",
        "Type",
        "Netflix Release Date",
        "Days In Top 10",
    ),
    optional=("Last Week Rank", "Netflix Exclusive", "Viewership Score"),
    sample=(
        "As of,Rank,Year to Date Rank,Last Week Rank,Title,Type,Netflix Exclusive,"
        "Netflix Release Date,Days In Top 10,Viewership Score\n"
        '2022-01-29,1,1,2,A Series,TV Show,Yes,"Jan 21, 2022",9,75\n'
        '2022-01-29,2,-,-,"A Film, and a Rather Long N…",Movie,,"Jan 28, 2022",1,9\n'
        '2022-01-30,1,2,-,"A Film, and a Rather Long N…",Movie,,"Jan 28, 2022",2,19\n'
        '2022-01-30,2,1,3,A Series,TV Show,Yes,"Jan 21, 2022",10,84\n'
    ),
)
SPEC = FormatSpec(
    publisher="Netflix",
    title="Netflix daily Top 10 of the United States",
    frequency="daily",
    calendar="every day",
    layouts=(US_DAILY,),
    quirks=(
        "The list is Netflix's own, of films and series together, copied by the-numbers.com: "
        'publisher and platform are "Netflix", and the category is "Overall".',
        '"Year to Date Rank" is mislabelled: it is the rank of the day before, and becomes '
        "`Reported.last_rank`.",
        '"Last Week Rank", the rank seven days earlier, "Netflix Exclusive" and "Viewership '
        'Score", the sum of 11 - rank over all days so far, stay in the extras as text.',
        '"Days In Top 10" counts days over all absences, and began before the first list of a '
        "copy.",
        "Names are cut at 28 characters with an ellipsis, so a title is known by kind, printed "
        "name and release date, and even so two films can share all three: both rows stay, and "
        "the list counts once, at the better rank.",
        "The release date of a series is that of its first season on Netflix.",
        "The copy of 2020-04-01 to 2022-03-11 has two lists of films alone, of 2021-03-28 and "
        "2021-09-30, which lack all series for a day: nothing marks them.",
        "Some names are UTF-8 that was encoded twice: they stay as they are printed, with a note.",
    ),
    links=("https://www.the-numbers.com/netflix-top-10",),
)
_DATE_FORMAT = "%b %d, %Y"
_RANK = parsers.rank(DEPTH)


def _earlier_rank(text: str) -> int | None:
    return None if parsers.positive(text) is None else _RANK(text)


def _released(text: str) -> dt.date | None:
    try:
        return None if text.strip() in ("", "-") else parsers.day_as(_DATE_FORMAT)(text)
    except CellError as fault:
        if isinstance(text, Serial):
            raise
        hint = "release dates look like Jan 21, 2022, whatever date_format= says"
        raise CellError(fault.code, fault.message, hint) from None


def _title(name: str, kind: str, released: dt.date | None) -> Title:
    # Two works of 2018 and 2020 are both "Cloudy with a Chance of Mea…".
    key = f"{Title(name, kind=kind).key}|{released or ''}"
    return Title(name, kind=kind, released=released, key=key)


RECIPE = Recipe(
    US_DAILY,
    series=SERIES,
    place=Country("US"),
    date="As of",
    title=Columns(
        _title,
        name=Column("Title", parsers.whole_name),
        kind=Column("Type", parsers.name),
        released=Column("Netflix Release Date", _released, "date"),
    ),
    rank="Rank",
    values={
        "last_rank": Column("Year to Date Rank", _earlier_rank),
        "periods_on_chart": "Days In Top 10",
    },
    calendar=CALENDAR,
    repeats=True,
    in_lists=True,
)


def _is_cut(name: str) -> bool:
    return name.endswith("…")


def _oddities(history: ChartHistory) -> Iterator[Problem]:
    yield from oddities(history)
    yield from odd_names(history, "cut-title", "cut short", _is_cut)


read_us_daily = recipe_reader(
    RECIPE,
    odd=_oddities,
    doc="""Read copies of Netflix's daily Top 10 of the United States.

    Titles are identified by kind, printed name and release date. "Year to Date Rank", which is
    the rank of the day before, becomes `Reported.last_rank`, and "Days In Top 10"
    `Reported.periods_on_chart`; `-` means none.

    >>> from kcharts.formats import us_daily
    >>> history = us_daily.read_us_daily(us_daily.SPEC.sample.encode())
    >>> print(history)
    Netflix daily, Overall, 1 country, 2 issues 2022-01-29 to 2022-01-30, 4 rows; no list missing
    >>> print(history[0])
    A Series: No. 1 on 2022-01-29, Netflix Overall in the United States
    """,
)


__dir__ = own_names(__name__)
