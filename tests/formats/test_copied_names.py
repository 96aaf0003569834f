"""Names in copies of files: quotes, errors, lost letters, words for nothing."""

from __future__ import annotations

import io

import pytest

from kcharts import ChartHistory, ParseErrors, read_table
from kcharts.formats import billboard, kworb, netflix, spotify, us_daily
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.formats.netflix import MOST_POPULAR
from kcharts.reading.reader import Reader
from kcharts.sources.report import ReadReport
from tests.formats.made import TABLE, country_rows, csv, table_rows, the_problem, tsv

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")

NAME, SEASON = 5, 6


def table(text: str, **said: str) -> tuple[ChartHistory, ReadReport]:
    return read_table(
        text.encode(),
        publisher="A Site",
        frequency="daily",
        country="KR",
        columns=said,
        on_error="collect",
    )


def codes(report: ReadReport) -> list[str]:
    return [note.code for note in report.notes]


# -- quotes in text with tabs -------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('"The ""Best"" Song"', 'The "Best" Song'),
        ('"A, B"', "A, B"),
        ('"A', '"A'),
        ('A"', 'A"'),
        ('"', '"'),
        ('"A" and "B"', '"A" and "B"'),
        ('The "Best" Song', 'The "Best" Song'),
    ],
)
def test_a_cell_between_tabs_is_taken_out_of_quotes_that_enclose_all_of_it(
    cell: str, name: str
) -> None:
    history, report = table(f"title\tdate\trank\n{cell}\t2022-01-30\t1\n")
    assert [title.name for title in history.titles] == [name]
    assert report.is_clean
    assert codes(report) == (["quoted-cells"] if name != cell else [])


def test_a_table_with_tabs_of_which_every_cell_stands_in_quotes_is_read() -> None:
    rows = [["Title", "date", "rank"], ["A Song", "2022-01-30", "1"], ["B, C", "2022-01-30", "2"]]
    text = "".join("\t".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    history, report = table(text)
    assert [row.title.name for row in history] == ["A Song", "B, C"]
    assert report.is_clean
    assert [note.message for note in report.notes if note.code == "quoted-cells"] == [
        "cells are in quotes, which were removed; the first is '\"A Song\"'"
    ]


def test_a_title_in_quotes_is_the_same_as_without_in_netflix_files() -> None:
    plain, copied = country_rows(), country_rows()
    for row in plain:
        row[NAME] += ", again"
    for row in copied[::2]:
        row[NAME] += ", again"
    for row in copied[1::2]:
        row[NAME] = f'"{row[NAME]}, again"'
    assert netflix.read_countries(tsv(copied)) == netflix.read_countries(tsv(plain))


def test_the_list_of_records_notes_quotes_as_the_charts_do() -> None:
    text = MOST_POPULAR.sample.replace("\tA Series\t", '\t"A Series, B"\t')
    [record], report = netflix.read_most_popular(text.encode(), on_error="collect")
    assert record.title.name == "A Series, B"
    assert codes(report) == ["quoted-cells"]


# -- ids that are none --------------------------------------------------------------------


@pytest.mark.parametrize("word", ["", "NA", "N/A", "nan", "-", "None", "null", "0", " n/a"])
def test_a_word_that_stands_for_no_id_makes_no_two_works_one(word: str) -> None:
    text = f"title,date,rank,id\nA,2022-01-30,1,{word}\nB,2022-01-30,2,{word}\n"
    history, report = table(text, key="id")
    assert (report.is_clean, len(history), len(history.titles)) == (True, 2, 2)
    assert codes(report) == ([] if not word else ["absent-word"])


def test_an_id_under_two_names_is_noted() -> None:
    text = "title,date,rank,id\nA,2022-01-30,1,x1\nB,2022-01-31,1,x1\nB,2022-02-01,1,x1\n"
    history, report = table(text, key="id")
    assert [title.name for title in history.titles] == ["A"]
    assert [note.message for note in report.notes] == [
        "the key 'x1' is that of 'A' and of 'B': one work, or no key?"
    ]


def test_the_kcharts_table_keeps_a_key_as_it_is() -> None:
    rows = [[*row, "NA" if row[9] == "Show 1" else f"k{row[9]}"] for row in table_rows()]
    history = read_kcharts(csv(rows, header=(*TABLE, "key")))
    assert sum(title.key == "NA" for title in history.titles) == 1


# -- lost letters and spreadsheet errors --------------------------------------------------

COPIES: dict[str, tuple[Reader[ChartHistory], str, str]] = {
    "us_daily": (us_daily.read_us_daily, us_daily.SPEC.sample, "A Series"),
    "billboard": (billboard.read_hot_100, billboard.BY_WEEK.sample, "A Song"),
    "billboard, artist": (billboard.read_hot_100, billboard.BY_WEEK.sample, "A Singer,"),
    "spotify, merged": (spotify.read_merged, spotify.SPEC.layouts[5].sample, "A Band"),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize(
    ("spoilt", "code"),
    [("??? ??", "lost-characters"), ("?", "lost-characters"), ("#NAME?", "error-cell")],
)
def test_a_name_of_which_nothing_is_left_is_refused(name: str, spoilt: str, code: str) -> None:
    read, sample, whole = COPIES[name]
    text = sample.replace(whole, spoilt + "," * whole.endswith(","))
    _, report = read(text.encode(), on_error="collect")
    assert set(report.counts) == {code}
    assert report.problems[0].value == spoilt


def test_a_song_of_question_marks_is_refused_in_lists_that_name_no_place() -> None:
    for whole in ('"A Song"', '"A Singer"'):
        text = spotify.SPEC.sample.replace(whole, '"?? ?"')
        with pytest.raises(ParseErrors, match="lost-characters 1"):
            spotify.read_spotify(text.encode(), place="KR", date="2022-12-08")
    for spoilt in ("? - A Song", "A Singer - ??", "???"):
        text = kworb.SPEC.sample.replace("A Singer - A Song", spoilt)
        with pytest.raises(ParseErrors, match="lost-characters 1"):
            kworb.read_kworb(text.encode(), place="KR")


def test_letters_lost_in_part_are_noted_whatever_the_format() -> None:
    sample = spotify.SPEC.sample.replace('"A Song"', '"A S??g"').encode()
    _, report = spotify.read_spotify(sample, place="KR", date="2022-12-08", on_error="collect")
    assert codes(report) == ["lost-characters"]
    old = spotify.SPEC.layouts[3].sample.replace("A Song", "A S??g").encode()
    merged = spotify.SPEC.layouts[5].sample.replace("A Song", "A S??g").encode()
    bare = kworb.SPEC.sample.replace("A Song", "A S??g").encode()
    hot = billboard.BY_WEEK.sample.replace("A Song", "A S??g").encode()
    daily = us_daily.SPEC.sample.replace("A Series", "A S??ies").encode()
    for _, report in (
        spotify.read_merged(merged, on_error="collect"),
        kworb.read_kworb(bare, place="KR", on_error="collect"),
        billboard.read_hot_100(hot, on_error="collect"),
        us_daily.read_us_daily(daily, on_error="collect"),
        table("title,date,rank\nA S??g,2022-01-30,1\n"),
    ):
        assert "lost-characters" in codes(report)
    file = io.BytesIO(old)
    file.name = "regional-kr-weekly-2021-06-04--2021-06-11.csv"
    _, report = spotify.read_spotifycharts(file, on_error="collect")
    assert codes(report) == ["lost-characters"]


def test_netflix_copies_keep_names_of_question_marks_with_a_note() -> None:
    rows = country_rows()
    rows[0][NAME] = "??? ??"
    history, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert (report.is_clean, len(history)) == (True, 60)
    assert "lost-characters" in codes(report)


@pytest.mark.parametrize("error", ["#NAME?", "#N/A", "#VALUE!", "#REF!", "#DIV/0!"])
def test_a_spreadsheets_error_is_no_title(error: str) -> None:
    rows = country_rows()
    rows[0][NAME] = error
    _, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert the_problem(report).code == "error-cell"
    _, report = table(f"title,date,rank\n{error},2022-01-30,1\n")
    assert the_problem(report).code == "error-cell"


# -- seasons that are none ----------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["NA", "nan", "NaN", "None", "null", "#N/A", "-", "n/a", "N/A ", " "]
)
def test_a_word_for_no_season_is_none_with_one_note(word: str) -> None:
    rows, plain = country_rows(), country_rows()
    for at, (row, other) in enumerate(zip(rows, plain, strict=True)):
        row[SEASON] = word if at % 2 else "N/A"
        other[SEASON] = "N/A"
    history, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert history == netflix.read_countries(tsv(plain))
    assert codes(report) == (["absent-word"] if word.strip() else [])


def test_a_season_that_is_an_error_is_refused() -> None:
    rows = country_rows()
    rows[0][SEASON] = "#REF!"
    _, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert the_problem(report).code == "error-cell"


def test_the_list_of_records_notes_words_for_no_season() -> None:
    text = MOST_POPULAR.sample.replace("A Series: Season 1", "nan")
    [record], report = netflix.read_most_popular(text.encode(), on_error="collect")
    assert record.title.season is None
    assert codes(report) == ["absent-word"]


def test_read_table_takes_words_for_no_season_as_netflix_files_do() -> None:
    text = "title,date,rank,part\nA,2022-01-30,1,N/A\nA,2022-01-31,1,nan\nA,2022-02-01,1,\n"
    history, report = table(text, season="part")
    assert [title.season for title in history.titles] == [None]
    assert codes(report) == ["absent-word"]
