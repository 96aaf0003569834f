"""FlixPatrol: daily lists of streaming platforms, as saved pages, archived tables and API answers.

Its world chart is computed: 10 points for a No. 1 in a country down to 1 for a No. 10, summed
over the countries it follows.
"""

from __future__ import annotations

from kcharts._faces import own_names
from kcharts.formats.flixpatrol import _samples, _tables as tables
from kcharts.formats.flixpatrol._api import API as API, read_answer
from kcharts.formats.flixpatrol._pages import page_of, read_lists
from kcharts.formats.flixpatrol._tables import (
    COUNTRIES as COUNTRIES,
    PANEL as PANEL,
    WORLD as WORLD,
)
from kcharts.formats.flixpatrol._title_page import read_weeks
from kcharts.model.history import ChartHistory
from kcharts.reading.options import Options
from kcharts.reading.reader import empty, placed_reader, public_reader
from kcharts.reading.rows import read_rows
from kcharts.reading.spec import FormatSpec, Layout, table_of
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload


def _page(what: str, sample: str) -> Layout:
    pattern = r"FlixPatrol|flixpatrol\.com|<title>[^<]*TOP 10"
    name = f"FlixPatrol page of {what}"
    return Layout(name, "read_page", columns=(), medium="page", pattern=pattern, sample=sample)


COUNTRY_PAGE = _page("a country", _samples.COUNTRY)
WORLD_PAGE = _page("the world", _samples.WORLD)
TITLE_PAGE = _page("a title", _samples.TITLE)
SPEC = FormatSpec(
    publisher="FlixPatrol",
    title="FlixPatrol",
    frequency="daily",
    calendar="every day",
    layouts=(COUNTRY_PAGE, WORLD_PAGE, TITLE_PAGE, COUNTRIES, WORLD, PANEL, API),
    quirks=(
        "The world chart is computed: 10 points for a No. 1 in a country down to 1 for a No. 10, "
        "summed over the countries that FlixPatrol follows, 55 in 2020 and 93 later, so points of "
        "different years are not comparable.",
        "Titles with equal points are in no particular order; in the archived lists of the "
        "world, which print no ranks, they share one (1, 2, 2, 4).",
        "FlixPatrol revises its lists: a day's No. 2 was No. 1 a day later.",
        'Lists are named as on the pages, "Movies", "TV Shows", "Overall", "Kids Movies" and '
        '"Kids TV Shows", and platforms as in the headings there; the words of a table stay in '
        "the extras.",
        "Country lists have ten ranks and world lists a hundred, so they are separate series.",
        "On pages a title is identified by the address of its own page, which has the year if "
        "several titles share a name; in archived lists by kind and printed name, in the API by "
        "its id, in the panel by TMDb's.",
        "In the archived world lists of series the link is one row too high, so that 101 titles "
        "have several: it stays in the extras and identifies nothing.",
        "The panel by TMDb id has dropped titles that TMDb does not know and moved the rest up, "
        "so its ranks can be too good: lists of a country with fewer than ten rows are marked "
        "defective, while those of the world, of up to 20 rows, do not show it.",
        "Seasons share an id at TMDb, so one id can have two ranks on a list of the panel: "
        "both rows stay, and the list counts once, at the better rank.",
        "The panel does not name its platform: its 93 countries are those of Netflix's lists.",
        "The readers of API answers and of a title's page are written from descriptions, because "
        "no real sample was available.",
        "An API answer names its country only by an id, so the caller or the file's name gives "
        "it; unknown platforms stay ids.",
        "A long API answer comes in pages: lists that may continue on another page are marked "
        "defective, unless one file holds all pages, one after another.",
        "A title's page has the ranks of one title, so its history is narrowed to that title, and "
        "a day without a rank is unknown.",
        "A page whose title, address and headings contradict each other is refused, and so is one "
        "of a week, a month or a year.",
        "A missing page answers with status 200, and a browser check can be saved in place of a "
        "page: both are refused as what they are.",
    ),
    links=("https://flixpatrol.com/top10/", "https://flixpatrol.com/api2/"),
)


@public_reader(nothing=empty)
def read_countries(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read archived lists of countries: Rank, Title, Link, Date, Locale, Category, Stremaer.

    A title is known by its kind and printed name, as in the lists of the world of the same
    archive, where links cannot be trusted; the link stays in the extras.

    >>> from kcharts.formats import flixpatrol
    >>> history = flixpatrol.read_countries(flixpatrol.COUNTRIES.sample.encode())
    >>> print(history)
    Netflix daily by FlixPatrol, Movies and TV Shows, 1 country, 1 issue 2022-01-31 to \
2022-01-31, 4 rows; no list missing
    """
    table = table_of(payload, options, COUNTRIES)
    return read_rows(table, tables.OF_COUNTRIES, options).answer()


@public_reader(nothing=empty)
def read_world(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read archived lists of the world: Title, Points, Change, Countries and so on.

    No rank is printed: it is counted from the points, titles of equal points sharing one (1, 2,
    2, 4). Points become `Metrics.points`.

    >>> from kcharts.formats import flixpatrol
    >>> history = flixpatrol.read_world(flixpatrol.WORLD.sample.encode())
    >>> [(row.rank, row.title.name, row.metrics.points) for row in history]
    [(1, 'A Series', 700), (2, 'A Third Series', 150), (2, 'Another Series', 150), \
(4, 'A Fourth Series', 20)]
    """
    return tables.read_world_rows(table_of(payload, options, WORLD), options).answer()


@public_reader(nothing=empty)
def read_panel(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read the daily panel of Netflix's lists by TMDb id, which has no names.

    Titles are called "TMDb 955916" and known by `tmdb:movie:955916` or `tmdb:tv:...`. Where
    TMDb did not know a title, the panel dropped it and moved the rest up: lists of a country
    with fewer than ten rows are marked defective.

    >>> from kcharts.formats import flixpatrol
    >>> history = flixpatrol.read_panel(flixpatrol.PANEL.sample.encode())
    >>> history[0].title.key, str(history[0].chart)
    ('tmdb:movie:900001', 'Netflix Movies in South Korea (by FlixPatrol), daily')
    """
    return tables.read_panel_rows(table_of(payload, options, PANEL), options).answer()


@placed_reader(nothing=empty)
def read_api(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a saved answer of the API, version 2: a list of top10s objects of one country.

    The answer names the country by an id only: `place` says which it is, or the file's name,
    such as top10s-south-korea.json. Objects about weeks, months and years are rejected. All pages
    of a long answer belong into one file, one after another.

    >>> from kcharts.formats import flixpatrol
    >>> answer = flixpatrol.API.sample.encode()
    >>> print(flixpatrol.read_api(answer, place="KR"))
    Netflix daily by FlixPatrol, TV Shows, 1 country, 1 issue 2022-01-31 to 2022-01-31, 2 rows; \
no list missing
    """
    return read_answer(payload, options).answer()


@placed_reader(nothing=empty)
def read_page(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read a saved page: of a country or the world on a day, or of one title.

    Platform, place and date are read from the page's title, address and headings, which have to
    agree; `place` and `date` fill in what the page does not say. Needs the extra `html`.

    >>> from kcharts.formats import flixpatrol
    >>> print(flixpatrol.read_page(flixpatrol.COUNTRY_PAGE.sample.encode()))
    Netflix daily by FlixPatrol, Movies and TV Shows, 1 country, 1 issue 2022-01-31 to \
2022-01-31, 20 rows; no list missing
    """
    page = page_of(payload, options)
    reading = read_lists(page, payload, options) or read_weeks(page, payload, options)
    return reading.answer()


__dir__ = own_names(__name__)
