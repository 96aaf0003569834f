"""Copies of Netflix's files after people's hands: other dates, other encodings, made up."""

from __future__ import annotations

import datetime as dt

import pytest

from kcharts.formats.netflix import read_countries
from tests.formats.made import COUNTRIES, Rows, country_rows, csv, tsv

AMERICAN, EUROPEAN = "%m/%d/%Y", "%d/%m/%Y"


def dated(form: str) -> Rows:
    """The rows with dates as people write them, without zeros in front."""
    rows = country_rows()
    for row in rows:
        day = dt.date.fromisoformat(row[2])
        row[2] = form.replace("%m", str(day.month)).replace("%d", str(day.day))
        row[2] = row[2].replace("%Y", str(day.year))
    return rows


EXPECTED = read_countries(tsv(country_rows()))


@pytest.mark.parametrize("form", [AMERICAN, EUROPEAN])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_copy_holds_what_the_original_holds(form: str, encoding: str, end: str) -> None:
    text = csv(dated(form), header=COUNTRIES).decode().replace("\n", end)
    data = text.encode(encoding)
    assert read_countries(data, date_format=form, encoding=encoding) == EXPECTED


def test_a_season_that_was_left_blank_is_no_season() -> None:
    rows = country_rows()
    rows[0][6] = "N/A"
    blank = [[*row] for row in rows]
    blank[0][6] = ""
    assert read_countries(csv(blank, header=COUNTRIES)) == read_countries(tsv(rows))


def test_days_and_months_that_were_mistaken_are_caught_by_the_calendar() -> None:
    """12/5/2021 is a Sunday in both readings; a file has weeks that are in one only."""
    rows = dated(EUROPEAN)
    for row in rows[:10]:
        row[2] = "6/2/2022"
    _, report = read_countries(
        csv(rows, header=COUNTRIES), date_format=AMERICAN, on_error="collect"
    )
    assert dict(report.counts) == {"not-an-issue": 10, "bad-date": 50}


@pytest.mark.parametrize(
    ("title", "is_lost"),
    [
        ("??? ?????", True),
        ("Made ?p", True),
        ("Mad? Up", False),
        ("M?de Up", True),
        ("Is It Made Up?", False),
        ("Why? How?", False),
    ],
)
def test_letters_that_were_lost_to_question_marks_are_noted(title: str, *, is_lost: bool) -> None:
    rows = country_rows()
    for row in rows[:1]:
        row[5:7] = [title, "N/A"]
    history, report = read_countries(tsv(rows), on_error="collect")
    assert [note.code for note in report.notes] == ["lost-characters"] * is_lost
    assert len(history) == 60


@pytest.mark.parametrize(
    ("title", "is_double"),
    [
        ("CafÃ© Inventado", True),
        ("Itâ€™s Made Up", True),
        ("Ø\xadÙ‡Ù\x81 MadeUp", True),
        ("Café Inventado", False),
        ("Made Up", False),
        ("지어낸 이야기", False),
    ],
)
def test_names_that_were_encoded_twice_are_noted_and_kept(title: str, *, is_double: bool) -> None:
    rows = country_rows()
    rows[0][5:7] = [title, "N/A"]
    history, report = read_countries(tsv(rows), on_error="collect")
    assert [note.code for note in report.notes] == ["double-encoded"] * is_double
    assert history.find(title)[0].name == title


@pytest.mark.parametrize(
    ("title", "is_date"),
    [("22-Jul", True), ("Jan-22", True), ("1-Apr-2022", True), ("22 July", False), ("Jul", False)],
)
def test_titles_that_became_dates_as_texts_are_noted_and_kept(title: str, *, is_date: bool) -> None:
    rows = country_rows()
    rows[0][5:7] = [title, "N/A"]
    history, report = read_countries(tsv(rows), on_error="collect")
    assert [note.code for note in report.notes] == ["date-like-title"] * is_date
    assert history.find(title)[0].name == title
