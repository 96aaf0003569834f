"""The Billboard Hot 100, as archives of its weekly lists write it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from kcharts._faces import own_names
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries, Frequency
from kcharts.model.country import Country
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.reader import recipe_reader
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.spec import FormatSpec, Layout

DEPTH = 100
SERIES = ChartSeries("Billboard", "Billboard", "Hot 100", Frequency.WEEKLY, DEPTH, dated="issue")


@cache
def hot_100_calendar() -> Calendar:
    """The calendar of the Hot 100, from its first list on.

    Mondays from 1958-08-04 to 1961-12-25, Saturdays from 1962-01-06, and the one extra issue of
    Wednesday, 2018-01-03, by which Billboard moved its dates nearer to the days they measure.

    >>> calendar = hot_100_calendar()
    >>> calendar.number("1962-01-06") - calendar.number("1961-12-25")
    1
    >>> [str(day) for day in calendar.between("2017-12-30", "2018-01-06")]
    ['2017-12-30', '2018-01-03', '2018-01-06']
    """
    lines = (
        "DTSTART:19580804",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=19611225",
        "RRULE:FREQ=WEEKLY;BYDAY=SA",
        "EXRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=19611230",
        "RDATE:20180103",
    )
    return Calendar.from_rule("\n".join(lines), first=dt.date(1958, 8, 4))


ARCHIVE = Layout(
    name="Hot 100 archive",
    reader="read_archive",
    columns=(
        *("date", "this_week", "song", "artist", "last_week", "peak_position"),
        "weeks_on_chart",
    ),
    medium="json",
    path=("data",),
    sample=(
        '{"date": "2022-01-29", "data": [{"song": "A Song", "artist": "A Singer", '
        '"this_week": 1, "last_week": 2, "peak_position": 1, "weeks_on_chart": 5}, '
        '{"song": "Another Song", "artist": "A Singer Featuring A Rapper", '
        '"this_week": 2, "last_week": null, "peak_position": 2, "weeks_on_chart": 1}]}\n'
    ),
)
CURRENT = Layout(
    name="Hot 100 table (date, current, previous)",
    reader="read_hot_100",
    columns=("date", "current", "title", "artist", "previous", "peak", "weeks"),
    sample=(
        "date,title,artist,current,previous,peak,weeks\n"
        '2022-01-29,"A Song","A Singer",1,2,1,5\n'
        '2022-01-29,"Another Song","A Singer Featuring A Rapper",2,0,2,1\n'
    ),
)
BY_WEEK = Layout(
    name="Hot 100 table (chart_week, current_week, last_week)",
    reader="read_hot_100",
    columns=(
        *("chart_week", "current_week", "title", "performer", "last_week", "peak_pos"),
        "wks_on_chart",
    ),
    sample=(
        "chart_week,current_week,title,performer,last_week,peak_pos,wks_on_chart\n"
        "2022-01-29,1,A Song,A Singer,2,1,5\n"
        '2022-01-29,2,"Another, Longer Song",A Singer Featuring A Rapper,,2,1\n'
    ),
)
BY_DATE = Layout(
    name="Hot 100 table (chart_date, current_position, previous_position)",
    reader="read_hot_100",
    columns=(
        *("chart_date", "current_position", "title", "performer", "previous_position"),
        *("peak_position", "weeks_on_chart"),
    ),
    sample=(
        "chart_date,current_position,title,performer,previous_position,peak_position,"
        "weeks_on_chart\n"
        "2022-01-29,1,A Song,A Singer,2,1,5\n"
        "2022-01-29,2,Another Song,A Singer Featuring A Rapper,,2,1\n"
    ),
)
SPEC = FormatSpec(
    publisher="Billboard",
    title="Billboard Hot 100",
    frequency="weekly",
    calendar=(
        "Mondays from 1958-08-04 to 1961-12-25, Saturdays from 1962-01-06, "
        "and the one extra issue of Wednesday, 2018-01-03"
    ),
    layouts=(ARCHIVE, CURRENT, BY_WEEK, BY_DATE),
    quirks=(
        "Other Billboard charts come in the same layouts, which do not name the chart: every file "
        "read here counts as the Hot 100.",
        "Archives lack the extra issue of 2018-01-03, so counters rise by 2 from 2017-12-30 to "
        "2018-01-06; the calendar makes that issue a missing list.",
        "A song is identified by its name and its artists, as printed.",
        "A blank, null or 0 as last week's rank means that the song was not on the issue before.",
        'Two recordings of one name can be on a list at once, as "Unchained Melody" was in 1990: '
        "both rows stay, and the list counts once, at the better rank.",
        "A row with unescaped quotes inside a quoted cell is rejected, since splitting it would "
        "be a guess.",
        "From 1976-12-04 to 1977-03-05 archives have 13 lists of 99 rows, renumbered 1 to 99 "
        "without the song that is missing: only the counters show it.",
    ),
    links=(
        "https://www.billboard.com/charts/hot-100",
        "https://github.com/mhollingshead/billboard-hot-100",
        "https://github.com/utdata/rwd-billboard-data",
    ),
)
_RANK = parsers.rank(DEPTH)


def _peak(text: str) -> int | None:
    return None if parsers.positive(text) is None else _RANK(text)


def _last_rank(text: str) -> int | None:
    return None if text == "0" else _peak(text)


def _recipe(layout: Layout) -> Recipe:
    """The recipe of a layout: all name the same columns, in the same order."""
    date, rank, song, artist, last, peak, weeks = layout.columns
    return Recipe(
        layout,
        series=SERIES,
        place=Country("US"),
        date=date,
        title=Columns(
            Title,
            name=Column(song, parsers.whole_name),
            by=Column(artist, parsers.whole_name),
            kind="Song",
        ),
        rank=rank,
        values={
            "last_rank": Column(last, _last_rank),
            "peak": Column(peak, _peak),
            "periods_on_chart": weeks,
        },
        calendar=hot_100_calendar,
        repeats=True,
        in_lists=True,
    )


_RECIPES = tuple(map(_recipe, SPEC.layouts))

read_archive = recipe_reader(
    _RECIPES[0],
    doc="""Read Hot 100 issues as JSON: one issue a file, or several, one after another.

    Songs are identified by name and artists as printed. The counters become `Reported`: last_week
    `last_rank`, peak_position `peak`, weeks_on_chart `periods_on_chart`. A problem's column is its
    path, such as `$.data[3].last_week`.

    >>> from kcharts.formats import billboard
    >>> history = billboard.read_archive(billboard.ARCHIVE.sample.encode())
    >>> print(history[0])
    A Song by A Singer: No. 1 on the chart dated 2022-01-29, Billboard Hot 100 in the United States
    >>> history[0].reported
    Reported(last_rank=2, peak=1, periods_on_chart=5, periods_at_peak=None, as_of='issue')
    """,
)
read_hot_100 = recipe_reader(
    *_RECIPES[1:],
    doc="""Read Hot 100 issues as a table, in any of its three layouts.

    Songs and counters are those of `read_archive`.

    >>> from kcharts.formats import billboard
    >>> history = billboard.read_hot_100(billboard.BY_WEEK.sample.encode())
    >>> print(history)
    Billboard weekly, Hot 100, 1 country, 1 issue 2022-01-29 to 2022-01-29, 2 rows; no list missing
    """,
)


__dir__ = own_names(__name__)
