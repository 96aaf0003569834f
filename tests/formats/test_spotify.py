"""Spotify's files in every layout, made up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

import kcharts
from kcharts import WORLD, Calendar, Country, Frequency, ParseErrors, Title
from kcharts.formats import spotify
from kcharts.formats.spotify import DAILY, MERGED, OLD, OLD_VIRAL, VIRAL, WEEKLY
from kcharts.reading.spec import Layout

URIS = ("spotify:track:0000000000000000000001", "spotify:track:0000000000000000000002")
pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")


def named(data: str, name: str) -> io.BytesIO:
    stream = io.BytesIO(data.encode())
    stream.name = name
    return stream


def code_of(read: Callable[..., Any], *args: Any, **options: Any) -> str:
    """The code of the one problem."""
    with pytest.raises(ParseErrors) as caught:
        read(*args, **options)
    [error] = caught.value.problems
    return error.problem.code


def test_a_weekly_list_has_its_place_and_its_thursday_from_the_name() -> None:
    layout = WEEKLY
    history = spotify.read_spotify(named(layout.sample, layout.file_name))
    [chart] = history.charts
    assert (chart.place, history.dates) == (Country("KR"), (dt.date(2022, 12, 8),))
    assert str(chart) == "Spotify Top 200 in South Korea, weekly"
    assert chart.series.depth == 200
    assert history.calendar(chart.series) == Calendar.weekly("thursday")


def test_a_row_keeps_what_was_printed() -> None:
    one, two = spotify.read_spotify(named(WEEKLY.sample, WEEKLY.file_name))
    assert one.title == Title("A Song", by="A Singer", kind="Song")
    assert one.title.ids == (URIS[0],)
    assert (one.rank, one.metrics.streams) == (1, 40_000)
    assert (one.reported.peak, one.reported.last_rank, one.reported.periods_on_chart) == (1, 2, 5)
    assert dict(one.extras) == {"uri": URIS[0], "source": "A Label"}
    assert (two.title.name, two.title.by) == ("A Song, Again", "A Singer, A Band")
    assert two.reported.last_rank is None


def test_a_daily_list_is_of_the_world_where_the_name_says_global() -> None:
    layout = DAILY
    history, report = spotify.read_spotify(
        named(layout.sample, layout.file_name), on_error="collect"
    )
    [chart] = history.charts
    assert (chart.place, chart.series.frequency) == (WORLD, Frequency.DAILY)
    assert history.calendar(chart.series) == Calendar.daily()
    assert report.notes == ()


def test_viral_lists_are_a_chart_of_their_own_and_count_no_streams() -> None:
    layout = VIRAL
    history = spotify.read_spotify(named(layout.sample, layout.file_name))
    assert history.series[0].category == "Viral"
    assert history[0].metrics.streams is None


@pytest.mark.parametrize("layout", [WEEKLY, DAILY])
def test_without_a_name_place_and_date_are_given_and_the_header_says_how_often(
    layout: Layout,
) -> None:
    data = layout.sample.encode()
    history = spotify.read_spotify(data, place="world", date="2022-12-08")
    assert history.charts[0].place is WORLD
    assert history.series[0].frequency.value == layout.name


def test_what_is_given_goes_before_the_name() -> None:
    source = named(WEEKLY.sample, WEEKLY.file_name)
    history = spotify.read_spotify(source, place="Japan", date=dt.date(2022, 12, 15))
    assert (history.charts[0].code, str(history.dates[0])) == ("JP", "2022-12-15")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("list.csv", "missing-place"),
        ("regional-kr-weekly-latest.csv", "missing-date"),
        ("regional-kr-weekly.csv", "missing-date"),
        ("regional-zz-weekly-2022-12-08.csv", "unknown-country"),
        ("citytoptrack-seoul-weekly-2022-12-08.csv", "missing-place"),
        ("regional-kr-weekly-2022-12-09.csv", "not-an-issue"),
        ("regional-kr-weekly-2022-13-08.csv", "bad-date"),
        ("regional-kr-daily-2022-12-08.csv", "missing-column"),
        ("viral-kr-daily-2022-12-08.csv", "missing-column"),
    ],
)
def test_a_name_that_does_not_fit_is_told(name: str, code: str) -> None:
    assert code_of(spotify.read_spotify, named(WEEKLY.sample, name)) == code
    assert code_of(kcharts.read, named(WEEKLY.sample, name)) == code


def test_copies_and_archives_keep_the_name_in_theirs() -> None:
    for name in (
        "my regional-kr-weekly-2022-12-08 (1).csv.gz",
        "a.zip/regional-KR-weekly-2022-12-08",
    ):
        history = spotify.read_spotify(named(WEEKLY.sample, name))
        assert history.charts[0].code == "KR"


def test_a_list_of_the_old_site_is_dated_the_thursday_of_its_week() -> None:
    history = spotify.read_spotifycharts(named(OLD.sample, OLD.file_name))
    assert [str(day) for day in history.dates] == ["2021-06-10"]
    assert history.note == "Note that these figures are made up."
    assert history[1].title == Title("A Song, Again", by="A Singer, A Band", kind="Song")
    assert history[1].title.ids == (URIS[1],)
    assert history[0].metrics.streams == 40_000
    assert dict(history[0].extras) == {
        "URL": "https://open.spotify.com/track/0000000000000000000001"
    }


def test_old_and_new_lists_are_of_one_series() -> None:
    old = named(OLD.sample, OLD.file_name)
    new = named(WEEKLY.sample, WEEKLY.file_name)
    history = kcharts.read(old, new)
    assert len(history.series) == 1
    assert len(history.titles) == 2
    assert len(history) == 4


def test_an_old_viral_list_has_neither_note_nor_streams() -> None:
    history = spotify.read_spotifycharts(
        named(OLD_VIRAL.sample, "viral-global-daily-2021-06-04.csv")
    )
    assert (history.series[0].category, history.series[0].depth) == ("Viral 50", 50)
    assert history.note is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("list.csv", "missing-frequency"),
        ("regional-us-daily-latest.csv", "missing-date"),
        ("regional-us-weekly-2021-06-04--2021-06-18.csv", "bad-date"),
        ("regional-us-weekly-2021-06-04--2021-06-31.csv", "bad-date"),
    ],
)
def test_a_name_of_the_old_site_that_does_not_fit_is_told(name: str, code: str) -> None:
    assert code_of(spotify.read_spotifycharts, named(OLD.sample, name)) == code


def test_a_latest_list_of_the_old_site_is_given_its_date() -> None:
    source = named(OLD.sample, "regional-us-daily-latest.csv")
    history = spotify.read_spotifycharts(source, date="2021-06-04")
    assert (history.charts[0].code, str(history.dates[0])) == ("US", "2021-06-04")


def test_merged_lists_take_decimals_for_the_whole_numbers_that_they_are() -> None:
    history = spotify.read_merged(MERGED.sample.encode())
    row = next(row for row in history if row.date == dt.date(2022, 1, 13))
    assert (row.reported.last_rank, row.reported.peak, row.reported.periods_on_chart) == (2, 1, 2)
    assert row.reported.as_of == "issue"
    kept = dict(row.extras)
    assert (kept["instance"], kept["consecutive_weeks"], kept["worst_position"]) == (
        "1.0",
        "1.0",
        "2",
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2.0,1,2,", "2.5,1,2,", "bad-integer"),
        ("2.0,1,2,", "0,1,2,", "out-of-range"),
        (",kr,7", ",Atlantis,7", "unknown-country"),
        ("2022-01-13,", "2022-01-14,", "not-an-issue"),
        ("\n2,2022-01-06", "\n201.0,2022-01-06", "rank-out-of-range"),
    ],
)
def test_what_is_no_such_number_place_or_date_is_refused(old: str, new: str, code: str) -> None:
    assert MERGED.sample.count(old) == 1
    data = MERGED.sample.replace(old, new).encode()
    assert code_of(spotify.read_merged, data) == code


def test_merged_lists_may_be_of_the_world() -> None:
    data = MERGED.sample.replace(",kr,", ",global,").encode()
    assert {chart.place for chart in spotify.read_merged(data).charts} == {WORLD}


def test_a_counter_that_falls_back_is_noted() -> None:
    data = MERGED.sample.replace("kr,2,1.0", "kr,9,1.0").encode()
    _, report = spotify.read_merged(data, on_error="collect")
    assert [note.code for note in report.notes] == ["inconsistent-run"]


def test_one_song_under_two_uris_is_one_title_with_both() -> None:
    """105 of the Korean songs of 2021 have several; each row keeps its own."""
    other = "0000000000000000000009"
    lines = MERGED.sample.split("\n")
    lines[2] = lines[2].replace("0000000000000000000001", other)
    history = spotify.read_merged("\n".join(lines).encode())
    rows = [row for row in history if row.title.name == "A Song"]
    assert len(history.titles) == 2
    assert {row.title.ids for row in rows} == {(URIS[0], f"spotify:track:{other}")}
    assert [dict(row.extras)["spotify_uri"] for row in rows] == [URIS[0][-22:], other]


def test_one_song_may_stand_at_two_ranks_of_a_list() -> None:
    data = WEEKLY.sample.replace('"A Singer, A Band","A Song, Again"', '"A Singer","A Song"')
    history = spotify.read_spotify(named(data, WEEKLY.file_name))
    assert [row.title.ids for row in history] == [URIS, URIS]


def test_a_uri_that_is_none_stays_among_the_extras() -> None:
    data = WEEKLY.sample.replace(URIS[0], "").replace(URIS[1], "spotify:local:x")
    one, two = spotify.read_spotify(named(data, WEEKLY.file_name))
    assert (one.title.ids, two.title.ids) == ((), ())
    assert "uri" not in dict(one.extras)
    assert dict(two.extras)["uri"] == "spotify:local:x"


def test_a_list_of_nothing_is_an_empty_history() -> None:
    header = WEEKLY.sample.split("\r\n", maxsplit=1)[0]
    history, report = spotify.read_spotify(named(header, WEEKLY.file_name), on_error="collect")
    assert (len(history), history.charts, report.rows_read) == (0, (), 0)
    assert [note.code for note in report.notes] == ["no-rows"]


def test_missing_ranks_are_noted() -> None:
    """198 or 199 rows occur."""
    data = WEEKLY.sample.replace("\n2,", "\n3,")
    _, report = spotify.read_spotify(named(data, WEEKLY.file_name), on_error="collect")
    assert report.is_clean
    assert [note.code for note in report.notes] == ["gap-in-chart"]


def test_people_may_have_added_a_column_for_the_date() -> None:
    lines = WEEKLY.sample.removeprefix("\ufeff").split("\r\n")
    data = "\n".join([f"{lines[0]},date", *(f"{line},then" for line in lines[1:3])])
    history = spotify.read_spotify(named(data, WEEKLY.file_name))
    assert dict(history[0].extras)["date"] == "then"


@pytest.mark.parametrize(
    "dates",
    [
        "2021-06-07--2021-06-13",  # Monday to Sunday
        "2021-06-05--2021-06-17",  # 13 days
        "2021-06-04--2021-06-18",  # two weeks
        "2021-06-04--2021-06-10",  # to Thursday
        "2021-06-11--2021-06-04",  # the other way round
    ],
)
def test_a_range_that_is_no_week_from_friday_to_friday_is_no_date(dates: str) -> None:
    source = named(OLD.sample, f"regional-kr-weekly-{dates}.csv")
    with pytest.raises(ParseErrors, match=r"bad-date") as caught:
        kcharts.read(source)
    assert "the format's own reader takes date=" in str(caught.value)


def test_a_range_of_days_dates_no_daily_list() -> None:
    with pytest.raises(ParseErrors, match="bad-date"):
        kcharts.read(named(OLD.sample, "regional-kr-daily-2021-06-04--2021-06-11.csv"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("regional-kr-weekly-2022-12-081.csv", "missing-date"),
        ("regional-kr-weekly-2022-12-08T10.csv", "missing-date"),
        ("regional-kr-weekly-2022-12-08--2022-12.csv", "missing-date"),
        ("xregional-kr-weekly-2022-12-08.csv", "missing-place"),
        ("regional-kr-weeklyish-2022-12-08.csv", "missing-place"),
        ("regional-kr-weekly-2022-12-08 regional-jp-weekly-2022-12-08.csv", "ambiguous-name"),
        ("regional-kr-weekly-2022-12-08_regional-kr-weekly-2022-12-15.csv", "ambiguous-name"),
    ],
)
def test_a_name_says_a_list_whole_and_once_or_not_at_all(name: str, code: str) -> None:
    with pytest.raises(ParseErrors, match=code):
        kcharts.read(named(WEEKLY.sample, name))


def test_a_name_may_say_a_list_twice_and_something_around_it() -> None:
    for name in (
        "regional-kr-weekly-2022-12-08 copy of REGIONAL-KR-weekly-2022-12-08 (1).csv",
        "20221210_regional-kr-weekly-2022-12-08.csv",
    ):
        assert str(kcharts.read(named(WEEKLY.sample, name)).dates[0]) == "2022-12-08"
