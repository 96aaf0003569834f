"""FlixPatrol: daily lists of streaming platforms, as saved pages, archived tables and API answers.

Its world chart is computed: 10 points for a No. 1 in a country down to 1 for a No. 10, summed
over the countries it follows.
"""

from __future__ import annotations

from kcharts.formats.flixpatrol import _api as api
from kcharts.formats.flixpatrol import _samples as pages
from kcharts.formats.flixpatrol import _tables as tables
from kcharts.formats.flixpatrol._pages import read_lists_or_weeks
from kcharts.model.columns.builder import Builder
from kcharts.model.history import ChartHistory
from kcharts.reading.codes import Plan
from kcharts.reading.options import Options
from kcharts.reading.reader import empty, placed_reader, public_reader
from kcharts.reading.rows import Reading
from kcharts.reading.spec import FormatSpec, Layout, table_of
from kcharts.sources.html import saved_page
from kcharts.sources.json import document_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import Table
from kcharts.sources.text import text_of

COUNTRIES = Layout(
    name="FlixPatrol lists of countries (CSV)",
    reader="read_countries",
    columns=("Rank", "Title", "Link", "Date", "Locale", "Category", "Stremaer"),
    sample=(
        '"Rank","Title","Link","Date","Locale","Category","Stremaer"\n'
        '1,"A Film","https://flixpatrol.com/title/a-film","2022-01-31","south-korea","movie",'
        '"netflix"\n'
        '2,"Another Film","https://flixpatrol.com/title/another-film-2022","2022-01-31",'
        '"south-korea","movie","netflix"\n'
        '1,"A Series","https://flixpatrol.com/title/a-series","2022-01-31","south-korea",'
        '"tvshow","netflix"\n'
        '2,"Another Series","https://flixpatrol.com/title/another-series","2022-01-31",'
        '"south-korea","tvshow","netflix"\n'
    ),
)
WORLD = Layout(
    name="FlixPatrol lists of the world (CSV)",
    reader="read_world",
    columns=(
        *("Title", "Points", "Change", "Countries", "PiCountry", "Days", "PiDay", "Total"),
        *("MovieLink", "Date", "Category", "Stremaer"),
    ),
    sample=(
        '"Title","Points","Change","Countries","PiCountry","Days","PiDay","Total","MovieLink",'
        '"Date","Category","Stremaer"\n'
        '"A Series","700","+5%","75","9","1","700","1367","https://flixpatrol.com/title/a-series",'
        '"2022-01-31","tvshow","netflix"\n'
        '"Another Series","150","0%","30","5","1","150","150",'
        '"https://flixpatrol.com/title/another-series","2022-01-31","tvshow","netflix"\n'
        '"A Third Series","150","-","50","3","1","150","150",NA,"2022-01-31","tvshow","netflix"\n'
        '"A Fourth Series","20","-13%","4","5","1","20","43",'
        '"https://flixpatrol.com/title/a-fourth-series","2022-01-31","tvshow","netflix"\n'
    ),
)
PANEL = Layout(
    name="FlixPatrol daily panel by TMDb id",
    reader="read_panel",
    columns=("country", "date", "kind", "pos", "tmdb"),
    sample=(
        "country,date,kind,pos,tmdb\n"
        + "".join(f"south-korea,2022-01-31,movies,{n},{900_000 + n}\n" for n in range(1, 11))
        + "world,2022-01-31,movies,1,900002\nworld,2022-01-31,movies,2,900001\n"
    ),
)
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
_PAGE = r"FlixPatrol|flixpatrol\.com|<title>[^<]*TOP 10"
COUNTRY_PAGE = Layout(
    name="FlixPatrol page of a country",
    reader="read_page",
    columns=(),
    medium="page",
    pattern=_PAGE,
    sample=pages.COUNTRY,
)
WORLD_PAGE = Layout(
    name="FlixPatrol page of the world",
    reader="read_page",
    columns=(),
    medium="page",
    pattern=_PAGE,
    sample=pages.WORLD,
)
TITLE_PAGE = Layout(
    name="FlixPatrol page of a title",
    reader="read_page",
    columns=(),
    medium="page",
    pattern=_PAGE,
    sample=pages.TITLE,
)
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
        "Titles of equal points have no order among them; in the archived lists of the world, "
        "which print no rank, they share one (1, 2, 2, 4).",
        "FlixPatrol revises its lists: a day's No. 2 was No. 1 a day later.",
        'Lists are called as on the pages, "Movies", "TV Shows", "Overall", "Kids Movies" and '
        '"Kids TV Shows", and platforms as in the headings there; what a table prints stays in '
        "the extras.",
        "Country lists are ten ranks deep, and world lists a hundred, so they are series of their "
        "own.",
        "On pages a title is known by the address of its own page, which has the year where "
        "several titles share a name; in archived lists by kind and printed name, in the API by "
        "its id, in the panel by TMDb's.",
        "In the archived lists of series in the world the link stands one row too high, so that "
        "101 titles have several: it stays in the extras and identifies nothing.",
        "The panel by TMDb id has dropped titles that TMDb does not know and moved the rest up, "
        "so its ranks can be too good: lists of a country with fewer than ten rows are marked "
        "defective, while those of the world, of up to 20 rows, do not show it.",
        "Seasons share an id at TMDb, so that one id can hold two ranks of a list of the panel: "
        "both rows stay, and the list counts once, at the better rank.",
        "The panel does not name its platform: its 93 countries are those of Netflix's lists.",
        "The readers of API answers and of a title's page are written from descriptions, for no "
        "real sample was to be had.",
        "An API answer names its country by an id only, so the caller or the file's name says it; "
        "platforms that are not known stay ids.",
        "A long API answer comes in pages: lists that may go on in another are marked defective, "
        "unless one file holds all pages, one after another.",
        "A title's page has the ranks of one title, so its history is one that was narrowed to "
        "it, and a day without a rank is one of which nothing is known.",
        "A page whose title, address and headings contradict each other is refused, and so is one "
        "of a week, a month or a year.",
        "A missing page answers with status 200, and a check of the browser can be saved in place "
        "of a page: both are refused as what they are.",
    ),
    links=("https://flixpatrol.com/top10/", "https://flixpatrol.com/api2/"),
)


def _read(table: Table, plan: Plan, builder: Builder) -> Reading:
    reading = Reading(table.name, builder)
    reading.read(table, plan)
    return reading


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
    builder = Builder()
    plan = tables.csv_plan(builder, COUNTRIES, options)
    reading = _read(table_of(payload, options, COUNTRIES), plan, builder)
    return ChartHistory(builder.build()), reading.report()


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
    builder = Builder()
    plan = tables.world_plan(builder, WORLD, options)
    table = tables.ranked(table_of(payload, options, WORLD), plan, builder)
    reading = _read(table, plan, builder)
    return ChartHistory(builder.build()), reading.report()


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
    builder = Builder()
    plan = tables.panel_plan(builder, PANEL, options)
    reading = _read(table_of(payload, options, PANEL), plan, builder)
    tables.mark_short_lists(reading)
    return ChartHistory(builder.build()), reading.report()


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
    text = text_of(payload, options.encoding)
    api.refuse_error(text)
    table = document_table(text, API.path, API.columns, options.limits)
    builder = Builder()
    reading = _read(table, api.plan(builder, table, API, payload, options), builder)
    api.tell_rest(reading)
    return ChartHistory(builder.build()), reading.report()


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
    page = saved_page(payload, options.encoding, options.limits)
    reading = read_lists_or_weeks(page, payload, options)
    return ChartHistory(reading.builder.build()), reading.report()
