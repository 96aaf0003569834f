"""Netflix Top 10: the publisher's own weekly files (netflix.com/tudum/top10)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeVar, final

from attrs import frozen

from kcharts._faces import own_names
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.codes import ValueReader
from kcharts.reading.oddities import saved_wrongly
from kcharts.reading.options import Options
from kcharts.reading.reader import public_reader, recipe_reader
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.rows import Reading
from kcharts.reading.spec import FormatSpec, Layout, table_of
from kcharts.sources.cell import CellError
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import EXTRA, check_header

T = TypeVar("T")
CALENDAR = Calendar.weekly("sunday", first=dt.date(2021, 7, 4))
DEPTH = 10

COUNTRIES = Layout(
    name="all-weeks-countries",
    reader="read_countries",
    columns=(
        "country_name",
        "country_iso2",
        "week",
        "category",
        "weekly_rank",
        "show_title",
        "season_title",
        "cumulative_weeks_in_top_10",
    ),
    sample=(
        "country_name\tcountry_iso2\tweek\tcategory\tweekly_rank\tshow_title\tseason_title"
        "\tcumulative_weeks_in_top_10\n"
        "South Korea\tKR\t2022-01-30\tTV\t1\tA Series\tA Series: Season 1\t1\n"
        "South Korea\tKR\t2022-01-30\tTV\t2\tAnother Series\tN/A\t3"
    ),
)
GLOBAL = Layout(
    name="all-weeks-global",
    reader="read_global",
    columns=(
        "week",
        "category",
        "weekly_rank",
        "show_title",
        "season_title",
        "weekly_hours_viewed",
        "cumulative_weeks_in_top_10",
    ),
    optional=(
        "runtime",
        "weekly_views",
        "is_staggered_launch",
        "episode_launch_details",
        "runtime_override_flag",
        "episode_launch_dtls",
    ),
    sample=(
        "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime"
        "\tweekly_views\tcumulative_weeks_in_top_10\n"
        "2023-06-18\tTV (Non-English)\t1\tA Series\tA Series: Season 1\t26800000\t9.9667"
        "\t2700000\t2\n"
        "2023-06-18\tTV (Non-English)\t2\tAnother Series\tN/A\t11000000\t\t\t1"
    ),
)
MOST_POPULAR = Layout(
    name="most-popular",
    reader="read_most_popular",
    columns=("category", "rank", "show_title", "season_title"),
    optional=(
        "hours_viewed_first_28_days",
        "hours_viewed_first_91_days",
        "runtime",
        "views_first_91_days",
    ),
    unlike=("week",),
    is_chart=False,
    sample=(
        "category\trank\tshow_title\tseason_title\thours_viewed_first_91_days\truntime"
        "\tviews_first_91_days\n"
        "TV (Non-English)\t1\tA Series\tA Series: Season 1\t500000000\t8.5\t58800000"
    ),
)
PAGE = Layout(
    name="Tudum page data",
    reader="read_page",
    columns=(
        "weekEndDate",
        "category",
        "weeklyRank",
        "title",
        "videoId",
        "weeklyHoursViewed",
        "cumulativeWeeksInTop10",
    ),
    optional=(
        "weeklyViews",
        "runtime",
        "releaseYear",
        "maturityRating",
        "runtime_second",
        "runtime_hmm",
        "bigImage",
        "localImage",
        "floatIcon",
        "shortSynopsis",
        "groupfile",
    ),
    medium="json",
    sample=(
        '[{"weeklyRank": 1, "cumulativeWeeksInTop10": 5, "weeklyHoursViewed": 26800000, '
        '"weeklyViews": 2700000, "runtime": "9.9667", "weekEndDate": "2023-06-18", '
        '"videoId": "80000001", "category": "NONENGLISH_SERIES", '
        '"title": "A Series: Season 1", "releaseYear": "2023"},\n'
        '{"weeklyRank": 2, "cumulativeWeeksInTop10": 1, "weeklyHoursViewed": 11000000, '
        '"weeklyViews": 0, "runtime": "0", "weekEndDate": "2023-06-18", '
        '"videoId": "80000002", "category": "NONENGLISH_SERIES", '
        '"title": "Another Series", "releaseYear": "2022"}]'
    ),
)

SPEC = FormatSpec(
    publisher="Netflix",
    title="Netflix Top 10",
    frequency="weekly",
    calendar="Sundays from 2021-07-04, the day that ends the week",
    layouts=(COUNTRIES, GLOBAL, MOST_POPULAR, PAGE),
    quirks=(
        "Ranked by hours viewed up to the week of 2023-06-11, and by views from 2023-06-18.",
        "A name does not identify a work: two works of one name share it in the global file.",
        "Counters count weeks in the Top 10, never reset, within one vintage of the file.",
        "Guadeloupe, Martinique, Réunion and New Caledonia are places of their own.",
        "The page's data have Netflix's id of the work, videoId, which tells works of one name "
        "apart; their cumulativeWeeksInTop10 is the total on the day of fetching.",
        "In the page's data a 0 for views or runtime means that the figure was not printed.",
        "In a workbook that was saved again, titles such as 1917 may have become numbers or "
        "dates; those rows are rejected.",
    ),
    links=("https://www.netflix.com/tudum/top10",),
)
_KINDS = {
    "Films": "Film",
    "Films (English)": "Film",
    "Films (Non-English)": "Film",
    "TV": "TV",
    "TV (English)": "TV",
    "TV (Non-English)": "TV",
}
_PAGE_CATEGORIES = {
    "ENGLISH_MOVIES": "Films (English)",
    "NONENGLISH_MOVIES": "Films (Non-English)",
    "ENGLISH_SERIES": "TV (English)",
    "NONENGLISH_SERIES": "TV (Non-English)",
}
_VIDEO_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_IN_COUNTRIES = ("Films", "TV", "Films (English)", "TV (English)")
_IN_GLOBAL = ("Films (English)", "Films (Non-English)", "TV (English)", "TV (Non-English)")


def _kind(category: str, known: tuple[str, ...]) -> str:
    if category not in known:
        hint = f"known: {', '.join(known)}"
        unknown = CellError("unknown-category", "expected one of Netflix's categories", hint)
        raise unknown.at("category")
    return _KINDS[category]


def _title_columns(known: tuple[str, ...]) -> Columns[Title]:
    return Columns(
        Title,
        name=Column("show_title", parsers.clean_name),
        season=Column("season_title", parsers.season),
        kind=Column("category", partial(_kind, known=known)),
    )


def _chart(place: Country | World, category: str, known: tuple[str, ...]) -> Chart:
    _kind(category, known)
    return Chart(ChartSeries("Netflix", "Netflix", category, Frequency.WEEKLY, DEPTH), place)


def _chart_of_country(place: str, alpha2: str, category: str) -> Chart:
    try:
        country = _country(place, alpha2)
    except CellError as fault:
        if fault.code == "unknown-country" and _is_code(alpha2):
            # A name saved in the wrong encoding: the list is that of the code.
            fault.chart = _chart(Country(alpha2), category, _IN_COUNTRIES)
        raise
    return _chart(country, category, _IN_COUNTRIES)


def _is_code(text: str) -> bool:
    try:
        Country(text)
    except ValueError:
        return False
    return True


def _country(name: str, alpha2: str) -> Country:
    country = parsers.country(name)
    if country.alpha2 != alpha2.upper():  # one of the two is wrong, and nothing shows which
        message = f"expected {country.alpha2}, the code of {country}"
        raise CellError("country-mismatch", message).at("country_iso2")
    return country


_OF_COUNTRIES = Recipe(
    COUNTRIES,
    chart=Columns(
        _chart_of_country,
        place=Column("country_name", str),
        alpha2=Column("country_iso2", str),
        category=Column("category", str),
    ),
    date="week",
    title=_title_columns(_IN_COUNTRIES),
    rank=Column("weekly_rank", parsers.rank(DEPTH)),
    values={"periods_on_chart": "cumulative_weeks_in_top_10"},
    calendar=CALENDAR,
    in_lists=True,
)
_OF_THE_WORLD = Recipe(
    GLOBAL,
    chart=Columns(_chart, place=WORLD, category=Column("category", str), known=_IN_GLOBAL),
    date="week",
    title=_title_columns(_IN_GLOBAL),
    rank=Column("weekly_rank", parsers.rank(DEPTH)),
    values={
        "hours_viewed": "weekly_hours_viewed",
        "views": "weekly_views",
        "runtime_hours": "runtime",
        "periods_on_chart": "cumulative_weeks_in_top_10",
    },
    calendar=CALENDAR,
    in_lists=True,
)


read_countries = recipe_reader(
    _OF_COUNTRIES,
    doc="""Read Netflix's all-weeks-countries: the Top 10 of every country by week.

    Titles are identified by kind, show and season as printed; `N/A` is not a season. The counter
    cumulative_weeks_in_top_10 becomes `Reported.periods_on_chart`.

    >>> from kcharts.formats import netflix
    >>> history = netflix.read_countries(netflix.SPEC.sample.encode())
    >>> print(history)
    Netflix weekly, TV, 1 country, 1 issue 2022-01-30 to 2022-01-30, 2 rows; no list missing
    """,
)


read_global = recipe_reader(
    _OF_THE_WORLD,
    doc="""Read Netflix's all-weeks-global, in any of its four layouts: the world's Top 10 by week.

    Hours, views and runtime become `Metrics`; they are None in the weeks before they were
    printed. Each category is a series of its own.
    """,
)


def _page_category(text: str) -> str:
    if text not in _PAGE_CATEGORIES:
        hint = f"known: {', '.join(_PAGE_CATEGORIES)}"
        raise CellError("unknown-category", "expected one of Netflix's categories", hint)
    return _PAGE_CATEGORIES[text]


def _page_kind(text: str) -> str:
    return _KINDS[_page_category(text)]


def _work(text: str) -> str:
    """The key of a work by Netflix's id."""
    if not _VIDEO_ID.fullmatch(text):
        code = "missing-value" if checks.is_blank(text) else "bad-integer"
        raise CellError(code, "expected Netflix's number of the work")
    return f"netflix:{text}"


def _unless_zero(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """A parser that reads 0 as no value."""
    return lambda text: parse(text) or None


_OF_THE_PAGE = Recipe(
    PAGE,
    chart=Columns(
        _chart, place=WORLD, category=Column("category", _page_category), known=_IN_GLOBAL
    ),
    date="weekEndDate",
    title=Columns(
        Title,
        kind=Column("category", _page_kind),
        key=Column("videoId", _work, "id"),
        # 11 of 3,120 rows have the year 0.
        year=Column("releaseYear", _unless_zero(parsers.count), "id"),
        name=Column("title", parsers.clean_name),
    ),
    rank=Column("weeklyRank", parsers.rank(DEPTH)),
    values={
        "hours_viewed": "weeklyHoursViewed",
        "views": Column("weeklyViews", _unless_zero(parsers.count)),
        "runtime_hours": Column("runtime", _unless_zero(parsers.amount)),
        "periods_on_chart": "cumulativeWeeksInTop10",
        f"{EXTRA}title": "title",
    },
    given={"as_of": "scrape"},  # what no file says of itself
    calendar=CALENDAR,
    in_lists=True,
)


read_page = recipe_reader(
    _OF_THE_PAGE,
    odd=saved_wrongly,
    doc="""Read the data of Netflix's Top 10 page as saved: a JSON list of the places of some weeks.

    The charts are those of `read_global`. Titles are identified by Netflix's own id, so that two
    works of one name are two, and one that was renamed is one; the title as printed is kept among
    the extras. `Reported.periods_on_chart` is as of the day of fetching. A 0 for views or runtime
    is a figure that was not printed.

    >>> from kcharts.formats import netflix
    >>> row = netflix.read_page(netflix.PAGE.sample.encode())[0]
    >>> row.title.key, row.title.name, row.reported.as_of
    ('netflix:80000001', 'A Series: Season 1', 'scrape')
    """,
)


@final
@frozen
class MostPopular:
    """A row of Netflix's list of records: its most popular titles, which has no date.

    Attributes:
        category: The category as printed.
        rank: The rank as printed.
        title: The work.
        window_days: How many days since release the figures cover: 28, or 91 since 2023.
        hours_viewed: Hours viewed in that window.
        views: Views in that window; None before 2023.
        runtime_hours: The runtime in hours; None before 2023.
    """

    category: str
    rank: int
    title: Title
    window_days: Literal[28, 91]
    hours_viewed: int | None
    views: int | None = None
    runtime_hours: int | Decimal | None = None


def _no_records() -> list[MostPopular]:
    return []


@public_reader(nothing=_no_records)
def read_most_popular(payload: Payload, options: Options) -> tuple[list[MostPopular], ReadReport]:
    """Read Netflix's most-popular list, which has no date and so is not a chart.

    The window was the first 28 days, and is the first 91 since 2023, when the rank began to
    follow views.
    """
    table = table_of(payload, options, MOST_POPULAR)
    window: Literal[28, 91] = 91 if table.has("hours_viewed_first_91_days") else 28
    columns = (*MOST_POPULAR.columns, f"hours_viewed_first_{window}_days")
    check_header(table, columns, MOST_POPULAR.name)
    reading = Reading(payload.name, Builder())
    for code, message in table.notes:
        reading.note(code, message)
    rows: list[MostPopular] = []
    record = ValueReader(_popular_columns(window), table, reading.seen)
    for number, cells in reading.cells(table):
        try:
            rows.append(record.of_row(cells))
        except CellError as fault:
            reading.reject(fault, table, number, None)
    reading.note_seen(table)
    return rows, reading.report()


def _popular(
    show: str,
    season: str | None,
    kind: str,
    views: int | None = None,
    runtime_hours: int | Decimal | None = None,
    **cells: Any,
) -> MostPopular:
    title = Title(show, season=season, kind=kind)
    return MostPopular(title=title, views=views, runtime_hours=runtime_hours, **cells)


def _popular_columns(window: Literal[28, 91]) -> Columns[MostPopular]:
    return Columns(
        _popular,
        show=Column("show_title", parsers.clean_name, "name"),
        season=Column("season_title", parsers.season, "name"),
        kind=Column("category", partial(_kind, known=_IN_GLOBAL)),
        category=Column("category", str),
        rank=Column("rank", parsers.rank(DEPTH)),
        window_days=window,
        hours_viewed=Column(f"hours_viewed_first_{window}_days", parsers.count),
        views=Column("views_first_91_days", parsers.count),
        runtime_hours=Column("runtime", parsers.amount),
    )


__dir__ = own_names(__name__)
