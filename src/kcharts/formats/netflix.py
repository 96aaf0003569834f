"""Netflix Top 10: the publisher's own weekly files (netflix.com/tudum/top10)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, TypeVar, final

from attrs import frozen

from kcharts.formats._netflix_layouts import COUNTRIES, GLOBAL, MOST_POPULAR, PAGE
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.reading import names
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.lost_letters import oddities, saved_wrongly
from kcharts.reading.reader import empty, reader
from kcharts.reading.rows import Reading
from kcharts.reading.spec import FormatSpec, Layout, Options, table_of
from kcharts.sources.cell import CellError, Role
from kcharts.sources.json import document_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload
from kcharts.sources.table import EXTRA, Table, check_header
from kcharts.sources.text import text_of

T = TypeVar("T")
CALENDAR = Calendar.weekly("sunday", first=dt.date(2021, 7, 4))
DEPTH = 10

SPEC = FormatSpec(
    publisher="Netflix",
    title="Netflix Top 10",
    frequency="weekly",
    calendar="Sundays from 2021-07-04, the day that ends the week",
    layouts=(COUNTRIES, GLOBAL, MOST_POPULAR, PAGE),
    quirks=(
        "Ranked by hours viewed to the week of 2023-06-11, by views from 2023-06-18.",
        "A name does not identify a work: two works of one name share it in the global file.",
        "Counters count weeks in the Top 10, never reset, within one vintage of the file.",
        "Guadeloupe, Martinique, Réunion and New Caledonia are places of their own.",
        "The page's data bear Netflix's id of the work, videoId, which tells works of one name "
        "apart; their cumulativeWeeksInTop10 is the total on the day of fetching.",
        "In the page's data a 0 for views or runtime is a figure that was not printed.",
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
        unknown.column = "category"
        raise unknown
    return _KINDS[category]


def _titled(reading: Reading, known: tuple[str, ...]) -> Callable[[str, str, str], int]:
    builder, parse_season = reading.builder, names.season_parser(reading.seen)

    def code(category: str, show: str, season: str) -> int:
        name = cells.parsed("show_title", names.name, show)
        part = cells.parsed("season_title", parse_season, season)
        return builder.title(Title(name, season=part, kind=_kind(category, known)))

    return code


def _charted(builder: Builder, known: tuple[str, ...]) -> Callable[..., int]:
    def chart(place: Country | World, category: str) -> int:
        _kind(category, known)
        series = ChartSeries("Netflix", "Netflix", category, Frequency.WEEKLY, DEPTH)
        builder.calendars[series] = CALENDAR
        return builder.chart(Chart(series, place))

    def code(*texts: str) -> int:
        *where, category = texts
        try:
            place = _place(*where) if where else WORLD
        except CellError as fault:
            if fault.code == "unknown-country" and _is_code(where[1]):
                # A name saved in the wrong encoding: the list is that of the code.
                fault.chart = chart(Country(where[1]), category)
            raise
        return chart(place, category)

    return code


def _is_code(text: str) -> bool:
    try:
        Country(text)
    except ValueError:
        return False
    return True


def _place(name: str, alpha2: str) -> Country:
    place = cells.parsed("country_name", cells.country, name)
    if place.alpha2 != alpha2.upper():
        mismatch = CellError("country-mismatch", f"expected {place.alpha2}, the code of {place}")
        mismatch.column = "country_iso2"
        raise mismatch
    return place


def _plan(reading: Reading, layout: Layout, options: Options) -> Plan:
    builder, is_global = reading.builder, layout is GLOBAL
    known = _IN_GLOBAL if is_global else _IN_COUNTRIES
    where = () if is_global else ("country_name", "country_iso2")
    counter = Value("cumulative_weeks_in_top_10", "periods_on_chart", cells.positive)
    measured = (
        Value("weekly_hours_viewed", "hours_viewed", cells.count),
        Value("weekly_views", "views", cells.count),
        Value("runtime", "runtime_hours", cells.amount),
    )
    return Plan(
        layout,
        chart=Cells((*where, "category"), _charted(builder, known)),
        date=Cells(("week",), cells.issue_ordinal(CALENDAR, options.date_format)),
        title=Cells(("category", "show_title", "season_title"), _titled(reading, known)),
        rank=Cells(("weekly_rank",), cells.rank(DEPTH)),
        values=(*measured, counter) if is_global else (counter,),
        in_lists=True,
    )


def _history(payload: Payload, options: Options, layout: Layout) -> tuple[ChartHistory, ReadReport]:
    builder = Builder()
    reading = Reading(payload.name, builder)
    reading.read(table_of(payload, options, layout), _plan(reading, layout, options))
    history = ChartHistory(builder.build())
    return history, reading.report()


@reader(nothing=empty, odd=oddities)
def read_countries(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read Netflix's all-weeks-countries: the Top 10 of every country by week.

    Titles are identified by kind, show and season as printed; `N/A` is no season. The counter
    cumulative_weeks_in_top_10 becomes `Reported.periods_on_chart`.

    >>> from kcharts.formats import netflix
    >>> history = netflix.read_countries(netflix.SPEC.sample.encode())
    >>> print(history)
    Netflix weekly, TV, 1 country, 1 issue 2022-01-30 to 2022-01-30, 2 rows; no list missing
    """
    return _history(payload, options, COUNTRIES)


@reader(nothing=empty, odd=oddities)
def read_global(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read Netflix's all-weeks-global, in any of its four layouts: the world's Top 10 by week.

    Hours, views and runtime become `Metrics`; they are None in the weeks before they were
    printed. Each category is a series of its own.
    """
    return _history(payload, options, GLOBAL)


@reader(nothing=empty, odd=saved_wrongly)
def read_page(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read the data of Netflix's Top 10 page as saved: a JSON list of the places of some weeks.

    The charts are those of `read_global`. Titles are identified by Netflix's own id, so that two
    works of one name are two, and one that was renamed is one; the title as printed is kept among
    the extras. `Reported.periods_on_chart` is as of the day of fetching. A 0 for views or runtime
    is a figure that was not printed.

    >>> from kcharts.formats import netflix
    >>> row = netflix.read_page(netflix.PAGE.sample.encode())[0]
    >>> row.title.key, row.title.name, row.reported.as_of
    ('netflix:80000001', 'A Series: Season 1', 'scrape')
    """
    text = text_of(payload, options.encoding)
    table = document_table(text, PAGE.path, PAGE.columns, options.limits)
    builder = Builder()
    reading = Reading(payload.name, builder)
    reading.read(table.with_given({_AS_OF: "scrape"}), _page_plan(builder, table, options))
    return ChartHistory(builder.build()), reading.report()


_AS_OF = "extra:as_of"  # what no file says of itself


def _page_plan(builder: Builder, table: Table, options: Options) -> Plan:
    years = [name for name in ("releaseYear",) if table.has(name)]
    charted = _charted(builder, _IN_GLOBAL)

    def chart(category: str) -> int:
        return charted(cells.parsed("category", _page_category, category))

    def title(category: str, name: str, video: str, *year: str) -> int:
        kind = _KINDS[cells.parsed("category", _page_category, category)]
        key = cells.parsed("videoId", _work, video)
        # 11 of 3,120 rows have the year 0.
        known = cells.parsed("releaseYear", cells.count, *year) or None if year else None
        shown = cells.parsed("title", names.name, name)
        return builder.title(Title(shown, kind=kind, year=known, key=key))

    named = Cells(("category", "title", "videoId", *years), title, ("videoId", "releaseYear"))
    values = (
        Value("weeklyHoursViewed", "hours_viewed", cells.count),
        Value("weeklyViews", "views", _unless_zero(cells.count)),
        Value("runtime", "runtime_hours", _unless_zero(cells.amount)),
        Value("cumulativeWeeksInTop10", "periods_on_chart", cells.positive),
        Value(_AS_OF, "as_of", str),
        Value("title", f"{EXTRA}title", cells.plain),
    )
    return Plan(
        PAGE,
        chart=Cells(("category",), chart),
        date=Cells(("weekEndDate",), cells.issue_ordinal(CALENDAR, options.date_format)),
        title=named,
        rank=Cells(("weeklyRank",), cells.rank(DEPTH)),
        values=values,
        in_lists=True,
    )


def _unless_zero(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """A parser for which 0 is no value."""
    return lambda text: parse(text) or None


def _page_category(text: str) -> str:
    if text not in _PAGE_CATEGORIES:
        hint = f"known: {', '.join(_PAGE_CATEGORIES)}"
        raise CellError("unknown-category", "expected one of Netflix's categories", hint)
    return _PAGE_CATEGORIES[text]


def _work(text: str) -> str:
    """The key of a work by Netflix's id."""
    if not _VIDEO_ID.fullmatch(text):
        code = "missing-value" if checks.is_blank(text) else "bad-integer"
        raise CellError(code, "expected Netflix's number of the work")
    return f"netflix:{text}"


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


@reader(nothing=_no_records)
def read_most_popular(payload: Payload, options: Options) -> tuple[list[MostPopular], ReadReport]:
    """Read Netflix's most-popular list, which is no chart: it has no date.

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
    for number, found in reading.cells(table):
        try:
            rows.append(_record(table, found, window, names.season_parser(reading.seen)))
        except CellError as fault:
            reading.reject(fault, table, number, None)
    reading.note_seen(table)
    return rows, reading.report()


def _record(
    table: Table,
    row: list[Any],
    window: Literal[28, 91],
    parse_season: Callable[[str], str | None],
) -> MostPopular:
    def of(column: str, parse: Callable[[str], T]) -> T:
        cell = row[table.at(column)] if table.has(column) else b""
        role: Role = "name" if column.endswith("title") else "value"
        shown = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
        return cells.parsed(column, lambda _: parse(table.decode(role, cell)), shown)

    title = Title(
        of("show_title", names.name),
        season=of("season_title", parse_season),
        kind=of("category", lambda text: _kind(text, _IN_GLOBAL)),
    )
    return MostPopular(
        of("category", str),
        of("rank", cells.rank(DEPTH)),
        title,
        window,
        of(f"hours_viewed_first_{window}_days", cells.count),
        of("views_first_91_days", cells.count),
        of("runtime", cells.amount),
    )
