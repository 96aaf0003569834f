"""A slip in a recipe shows when its module is imported, not in somebody's file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kcharts.errors import ParseErrors
from kcharts.model import Chart, ChartSeries, Country, Frequency, Title
from kcharts.reading import Column, Columns, Layout, Recipe, parsers, recipe_reader

LAYOUT = Layout("Albums", "read_albums", ("week", "pos", "album", "artist"), ("best", "land"))
SERIES = ChartSeries("Press", "Press", "Albums", Frequency.WEEKLY, depth=3)
CHART = Columns(Chart, series=SERIES, place=Column("land", parsers.country))
GOOD: dict[str, Any] = {
    "series": SERIES,
    "place": Country("DE"),
    "date": "week",
    "rank": "pos",
    "title": "album",
    "by": "artist",
}
FILE = (
    b"week,pos,album,artist,best,land\n"
    b"2022-01-28,1,An Album,A Band,1,Germany\n2022-01-28,2,B Album,B Band,1,Germany\n"
)


def recipe(**changes: Any) -> Recipe:
    """The good recipe, with some arguments changed."""
    options: dict[str, Any] = {**GOOD, **changes}
    return Recipe(LAYOUT, **options)


@pytest.mark.parametrize("argument", ["date", "rank", "title", "by", "season", "key", "place"])
def test_a_column_that_the_layout_does_not_have_is_named(argument: str) -> None:
    with pytest.raises(ValueError, match=rf"{argument}: .* found 'artst'; did you mean 'artist'"):
        recipe(**{argument: "artst"})


def test_that_goes_for_columns_within_columns_and_for_values() -> None:
    chart = Columns(Chart, series=SERIES, place=Column("lnd", parsers.country))
    with pytest.raises(ValueError, match=r"chart: .* found 'lnd'; did you mean 'land'"):
        recipe(series=None, place=None, chart=chart)
    titled = Columns(Title, Column("no", str), name=Column("album", parsers.name))
    with pytest.raises(ValueError, match=r"title: .* found 'no'"):
        recipe(by=None, title=titled)
    with pytest.raises(ValueError, match=r"values: .* found 'bst'; did you mean 'best'"):
        recipe(values={"peak": "bst"})


def test_a_value_that_a_history_does_not_have_is_named() -> None:
    with pytest.raises(ValueError, match=r"values: .* found 'streems'; did you mean 'streams'"):
        recipe(values={"streems": "best"})
    with pytest.raises(ValueError, match=r"values: .* found 'reported_peak'"):
        recipe(given={"reported_peak": 1})


def test_what_would_be_ignored_is_refused() -> None:
    with pytest.raises(TypeError, match="expected chart, or series and place, found both"):
        recipe(chart=CHART)
    titled = Columns(Title, name=Column("album", parsers.name))
    with pytest.raises(TypeError, match="by, season, key and kind go into the columns of title"):
        recipe(title=titled)


def test_what_a_recipe_does_not_say_is_told_when_a_file_is_read() -> None:
    for argument in ("series", "place", "date"):
        read = recipe_reader(recipe(**{argument: None}), doc="Read albums.")
        with pytest.raises(TypeError, match="the recipe of Albums says no"):
            read(FILE)


def test_dates_are_written_as_the_publisher_writes_them_unless_the_caller_knows_better() -> None:
    read = recipe_reader(recipe(date_format="%d.%m.%Y"), doc="Read albums.")
    german = FILE.replace(b"2022-01-28", b"28.01.2022")
    american = FILE.replace(b"2022-01-28", b"1/28/2022")
    assert read(german).dates == read(FILE).dates == (dt.date(2022, 1, 28),)
    assert read(american, date_format="%m/%d/%Y").dates == (dt.date(2022, 1, 28),)


def test_ranks_are_held_against_the_depth_of_their_chart() -> None:
    by_column = recipe(series=None, place=None, chart=CHART)
    read = recipe_reader(by_column, doc="Read albums.")
    with pytest.raises(ParseErrors, match="expected a rank from 1 to 3"):
        read(FILE.replace(b",1,An", b",99,An"))
