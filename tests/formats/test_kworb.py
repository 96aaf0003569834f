"""kworb's daily top 50, made up."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest

import kcharts
from kcharts import WORLD, Country, ParseErrors, Title
from kcharts.errors import Problem
from kcharts.formats import kworb

SAMPLE = kworb.TOP_50.sample
pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")


def named(data: str, name: str) -> io.BytesIO:
    stream = io.BytesIO(data.encode())
    stream.name = name
    return stream


def problem(data: str) -> Problem:
    with pytest.raises(ParseErrors) as caught:
        kworb.read_kworb(data.encode(), place="KR")
    [error] = caught.value.problems
    return error.problem


def test_a_row_keeps_what_was_printed() -> None:
    row = kworb.read_kworb(named(SAMPLE, kworb.TOP_50.file_name))[0]
    assert str(row.chart) == "Spotify Top 50 in South Korea (by kworb.net), daily"
    assert row.title == Title("A Song", by="A Singer", kind="Song")
    assert (row.date, row.rank, row.metrics.streams) == (dt.date(2026, 1, 26), 1, 109_500)
    counters = row.reported
    assert (counters.periods_on_chart, counters.peak, counters.periods_at_peak) == (30, 1, 7)
    assert dict(row.extras) == {
        "change": "=",
        "streams_change": "+800",
        "seven_days": "780,700",
        "seven_days_change": "-20,900",
        "total": "9,422,000",
    }


def test_a_new_song_has_no_change_of_streams() -> None:
    row = kworb.read_kworb(named(SAMPLE, kworb.TOP_50.file_name))[2]
    assert "streams_change" not in dict(row.extras)
    assert dict(row.extras)["change"] == "NEW"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("kr_dailytop50_2026-01-26.csv", Country("KR")),
        ("kworb/th_dailytop50.csv", Country("TH")),
        ("global_dailytop50.csv", WORLD),
        ("lists-gb-dailytop50.csv.gz", Country("GB")),
    ],
)
def test_the_place_is_in_the_name(name: str, place: object) -> None:
    assert kcharts.read(named(SAMPLE, name)).charts[0].place == place


def test_the_place_may_be_given() -> None:
    assert kworb.read_kworb(SAMPLE.encode(), place="Japan").charts[0].code == "JP"
    with pytest.raises(ParseErrors, match="missing-place"):
        kworb.read_kworb(SAMPLE.encode())
    with pytest.raises(ParseErrors, match="unknown-country"):
        kworb.read_kworb(named(SAMPLE, "zz_dailytop50.csv"))


def test_a_date_that_is_given_has_to_be_that_of_the_rows() -> None:
    kworb.read_kworb(SAMPLE.encode(), place="KR", date="2026-01-26")
    with pytest.raises(ParseErrors, match="expected 2026-01-27, as date= says"):
        kworb.read_kworb(SAMPLE.encode(), place="KR", date="2026-01-27")


@pytest.mark.parametrize(
    ("cell", "by", "name"),
    [
        ("A Singer - A Song", "A Singer", "A Song"),
        ("A Singer - Song - Live", "A Singer", "Song - Live"),
        ("A Song", None, "A Song"),
        ("A-Song", None, "A-Song"),
        (" - A Song", None, " - A Song"),
        ("A Singer - ", None, "A Singer - "),
    ],
)
def test_artist_and_title_are_parted_at_the_first_dash(cell: str, by: str, name: str) -> None:
    title = kworb.read_kworb(SAMPLE.replace("A Singer - A Song", cell).encode(), place="KR")[
        0
    ].title
    assert (title.by, title.name) == (by, name)


def test_a_row_may_have_every_counter_blank() -> None:
    lines = SAMPLE.split("\n")
    lines[0] = f"2026-01-26,1,,A Singer - A Song{',' * 8}"
    row = kworb.read_kworb("\n".join(lines).encode(), place="KR")[0]
    assert (row.rank, row.metrics.streams, dict(row.extras)) == (1, None, {})
    counters = row.reported
    assert (counters.periods_on_chart, counters.peak, counters.periods_at_peak) == (None,) * 3


@pytest.mark.parametrize(
    ("old", "new", "column", "code"),
    [
        ('"109,500"', '"1095,00"', "streams", "bad-integer"),
        ('"109,500"', '"-109,500"', "streams", "bad-integer"),
        ('"109,500"', "109.5", "streams", "bad-integer"),
        ("+800", "++800", "streams_change", "bad-integer"),
        (",=,", ",==,", "change", "unknown-value"),
        ("(x7)", "x7", "times_at_peak", "bad-integer"),
        ("(x7)", "(x0)", "times_at_peak", "bad-integer"),
        (",30,1,", ",0,1,", "days", "out-of-range"),
        ("2026-01-26,1,", "2026-01-26,51,", "rank", "rank-out-of-range"),
        ('"9,422,000"', "total", "total", "bad-integer"),
    ],
)
def test_cells_that_have_slipped_are_refused(old: str, new: str, column: str, code: str) -> None:
    assert SAMPLE.count(old) == 1
    found = problem(SAMPLE.replace(old, new))
    assert (found.column, found.code) == (column, code)


def test_numbers_without_commas_are_numbers_too() -> None:
    row = kworb.read_kworb(SAMPLE.replace('"109,500"', "109500").encode(), place="KR")[0]
    assert row.metrics.streams == 109_500
    assert not isinstance(row.metrics.streams, Decimal)


def test_two_days_are_merged() -> None:
    later = SAMPLE.replace("2026-01-26", "2026-01-27")
    sources = [named(SAMPLE, "kr_dailytop50_1.csv"), named(later, "kr_dailytop50_2.csv")]
    assert len(kcharts.read(*sources).dates) == 2


def test_many_sources_are_merged_in_any_number() -> None:
    days = [f"2026-01-{day}" for day in range(10, 23)]
    sources = [named(SAMPLE.replace("2026-01-26", day), "kr_dailytop50.csv") for day in days]
    history = kcharts.read(*sources)
    assert [str(day) for day in history.dates] == days
    assert len(history) == 39


@pytest.mark.parametrize(
    "name", ["my_daily_kworb_kr.csv", "top50_in_daily_use.csv", "today_dailytop50.csv"]
)
def test_two_letters_elsewhere_in_a_name_are_no_place(name: str) -> None:
    with pytest.raises(ParseErrors, match="missing-place"):
        kcharts.read(named(SAMPLE, name))


def test_a_name_with_two_places_is_refused_unless_the_place_is_given() -> None:
    name = "kr_dailytop50_or_th_dailytop50.csv"
    with pytest.raises(ParseErrors, match="ambiguous-name"):
        kcharts.read(named(SAMPLE, name))
    assert kworb.read_kworb(named(SAMPLE, name), place="KR").charts[0].code == "KR"
    same = "kr_dailytop50_copy_of_kr_dailytop50.csv"
    assert kcharts.read(named(SAMPLE, same)).charts[0].code == "KR"


def test_a_common_name_for_a_code_is_answered_with_the_code() -> None:
    with pytest.raises(ParseErrors, match="United Kingdom is gb; the format's own reader takes"):
        kcharts.read(named(SAMPLE, "uk_dailytop50.csv"))
