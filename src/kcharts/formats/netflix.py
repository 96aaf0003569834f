"""Netflix Top 10: the publisher's own weekly files (netflix.com/tudum/top10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, TypeVar, final

from attrs import frozen

from kcharts.formats import _cells as cells
from kcharts.formats._cells import CellError
from kcharts.formats._options import Options
from kcharts.formats._plan import Cells, Plan, Value
from kcharts.formats._reader import empty, reader
from kcharts.formats._reading import Reading, inconsistent_runs
from kcharts.formats._report import ReadReport
from kcharts.formats._source import Payload
from kcharts.formats._spec import FormatSpec, Layout
from kcharts.formats._tables import table_of
from kcharts.formats._tabular import Table, check_header
from kcharts.model._builder import Builder
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

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
    is_chart=False,
    sample=(
        "category\trank\tshow_title\tseason_title\thours_viewed_first_91_days\truntime"
        "\tviews_first_91_days\n"
        "TV (Non-English)\t1\tA Series\tA Series: Season 1\t500000000\t8.5\t58800000"
    ),
)
SPEC = FormatSpec(
    publisher="Netflix",
    title="Netflix Top 10",
    frequency="weekly",
    calendar="Sundays from 2021-07-04, the day that ends the week",
    layouts=(COUNTRIES, GLOBAL, MOST_POPULAR),
    quirks=(
        "Ranked by hours viewed to the week of 2023-06-11, by views from 2023-06-18.",
        "A name does not identify a work: two works of one name share it in the global file.",
        "Counters count weeks in the Top 10, never reset, within one vintage of the file.",
        "Guadeloupe, Martinique, Réunion and New Caledonia are places of their own.",
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
_IN_COUNTRIES = ("Films", "TV", "Films (English)", "TV (English)")
_IN_GLOBAL = ("Films (English)", "Films (Non-English)", "TV (English)", "TV (Non-English)")


def _kind(category: str, known: tuple[str, ...]) -> str:
    if category not in known:
        hint = f"known: {', '.join(known)}"
        unknown = CellError("unknown-category", "expected one of Netflix's categories", hint)
        unknown.column = "category"
        raise unknown
    return _KINDS[category]


def _titled(builder: Builder, known: tuple[str, ...]) -> Callable[[str, str, str], int]:
    def code(category: str, show: str, season: str) -> int:
        name = cells.parsed("show_title", cells.name, show)
        part = cells.parsed("season_title", cells.label, season)
        return builder.title(Title(name, season=part, kind=_kind(category, known)))

    return code


def _charted(builder: Builder, known: tuple[str, ...]) -> Callable[..., int]:
    def code(*texts: str) -> int:
        *where, category = texts
        place = _place(*where) if where else WORLD
        _kind(category, known)
        series = ChartSeries("Netflix", "Netflix", category, Frequency.WEEKLY, DEPTH)
        builder.calendars[series] = CALENDAR
        return builder.chart(Chart(series, place))

    return code


def _place(name: str, alpha2: str) -> Country:
    place = cells.parsed("country_name", cells.country, name)
    if place.alpha2 != alpha2.upper():
        mismatch = CellError("country-mismatch", f"expected {place.alpha2}, the code of {place}")
        mismatch.column = "country_iso2"
        raise mismatch
    return place


def _plan(builder: Builder, layout: Layout, options: Options) -> Plan:
    is_global = layout is GLOBAL
    known = _IN_GLOBAL if is_global else _IN_COUNTRIES
    where = () if is_global else ("country_name", "country_iso2")
    counter = Value("cumulative_weeks_in_top_10", "periods_on_chart", cells.count)
    measured = (
        Value("weekly_hours_viewed", "hours_viewed", cells.count),
        Value("weekly_views", "views", cells.count),
        Value("runtime", "runtime_hours", cells.amount),
    )
    return Plan(
        layout,
        chart=Cells((*where, "category"), _charted(builder, known)),
        date=Cells(("week",), cells.issue_ordinal(CALENDAR, options.date_format)),
        title=Cells(("category", "show_title", "season_title"), _titled(builder, known)),
        rank=Cells(("weekly_rank",), cells.rank(DEPTH)),
        values=(*measured, counter) if is_global else (counter,),
    )


def _history(payload: Payload, options: Options, layout: Layout) -> tuple[ChartHistory, ReadReport]:
    builder = Builder()
    reading = Reading(payload.name, builder)
    reading.read(table_of(payload, options, layout), _plan(builder, layout, options))
    history = ChartHistory(builder.build())
    return history, reading.report()


@reader(nothing=empty, odd=inconsistent_runs)
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


@reader(nothing=empty, odd=inconsistent_runs)
def read_global(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
    """Read Netflix's all-weeks-global, in any of its four layouts: the world's Top 10 by week.

    Hours, views and runtime become `Metrics`; they are None in the weeks before they were
    printed. Each category is a series of its own.
    """
    return _history(payload, options, GLOBAL)


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
    rows: list[MostPopular] = []
    for number, found in reading.cells(table):
        try:
            rows.append(_record(table, found, window))
        except CellError as fault:
            reading.reject(fault, table, number, None)
    return rows, reading.report()


def _record(table: Table, row: list[Any], window: Literal[28, 91]) -> MostPopular:
    def of(column: str, parse: Callable[[str], T]) -> T:
        cell = row[table.at(column)] if table.has(column) else b""
        role: cells.Role = "name" if column.endswith("title") else "value"
        shown = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell
        return cells.parsed(column, lambda _: parse(table.decode(role, cell)), shown)

    title = Title(
        of("show_title", cells.name),
        season=of("season_title", cells.label),
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
