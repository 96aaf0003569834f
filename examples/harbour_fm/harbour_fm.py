"""Harbour FM's singles chart: a made-up publisher, as an example of a format outside kcharts."""

import datetime as dt

from kcharts.model import Calendar, ChartSeries, Country, Frequency
from kcharts.reading import FormatSpec, Layout, Recipe, recipe_reader

# What a file looks like. `kcharts.read` knows it by its columns; the rows are invented.
SINGLES = Layout(
    name="Harbour FM singles",
    reader="read_singles",
    columns=("week ending", "pos", "song", "artist", "last week", "best", "weeks in"),
    sample=(
        "week ending,pos,song,artist,last week,best,weeks in\n"
        "2022-01-28,1,A Song,A Singer,2,1,5\n"
        "2022-01-28,2,Another Song,A Band,,2,1\n"
    ),
)

# What there is to know about the format, for the docs and for whoever reads a file of it.
SPEC = FormatSpec(
    publisher="Harbour FM",
    title="Harbour FM singles",
    frequency="weekly",
    calendar="Fridays from 2019-01-04, the day that ends the week",
    layouts=(SINGLES,),
    quirks=("A blank last week means that the song was not on the list before.",),
)

# What the columns mean.
RECIPE = Recipe(
    SINGLES,
    series=ChartSeries("Harbour FM", "Harbour FM", "Singles", Frequency.WEEKLY, depth=40),
    place=Country("NZ"),
    calendar=Calendar.weekly("friday", first=dt.date(2019, 1, 4)),
    date="week ending",
    rank="pos",
    title="song",
    by="artist",
    kind="Song",
    values={"last_rank": "last week", "peak": "best", "periods_on_chart": "weeks in"},
)

read_singles = recipe_reader(RECIPE, doc="Read Harbour FM's singles: one row for each song.")
