"""Dates in other forms than YYYY-MM-DD: a format is never helped by a guess."""

from __future__ import annotations

import datetime as dt

import pytest

from kcharts.formats import us_daily
from kcharts.reading.parsers import day_as
from kcharts.sources.cell import CellError, Typed


@pytest.mark.parametrize(
    ("date_format", "text", "day"),
    [
        ("%Y-%d-%m", "2022-30-01", dt.date(2022, 1, 30)),
        ("%Y-%d-%m", "2022-01-02", dt.date(2022, 2, 1)),
        ("%Y-%d-%m", "2022-01-30", None),
        ("%Y-%m-%d", "2022-01-30", dt.date(2022, 1, 30)),
        ("%d/%m/%Y", "2022-01-30", dt.date(2022, 1, 30)),
        ("%Y%m%d", "20220111", dt.date(2022, 1, 11)),
        ("%Y%m%d", "2022111", None),
        ("%d%m%Y", "1112022", None),
        ("%d%m%Y", "01112022", dt.date(2022, 11, 1)),
        ("%d%b%Y", "1Jan2022", dt.date(2022, 1, 1)),
        ("%d %B%Y", "1 March2022", dt.date(2022, 3, 1)),
    ],
)
def test_a_format_reads_what_it_says_and_iso_dates_where_they_cannot_be_meant_otherwise(
    date_format: str, text: str, day: dt.date | None
) -> None:
    parse = day_as(date_format)
    if day is None:
        with pytest.raises(CellError, match="expected a date as"):
            parse(text)
    else:
        assert parse(text) == day


def test_a_date_that_a_source_holds_as_a_date_is_written_in_no_format() -> None:
    assert day_as("%Y-%d-%m")(Typed("2022-01-02", "date")) == dt.date(2022, 1, 2)


def test_a_day_of_release_is_not_said_to_follow_date_format() -> None:
    text = us_daily.SPEC.sample.replace('"Jan 21, 2022"', "21.01.2022")
    _, report = us_daily.read_us_daily(text.encode(), on_error="collect")
    assert set(report.counts) == {"bad-date"}
    assert report.problems[0].hint == (
        "release dates look like Jan 21, 2022, whatever date_format= says"
    )
