"""Files that were cut off at the end of a row: their last list is shorter than all others."""

from __future__ import annotations

import warnings

import pytest

from kcharts import ChartHistory, IssueStatus, read_table, totals
from kcharts.errors import IncompleteListsWarning
from kcharts.formats import billboard, us_daily
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.formats.netflix import read_countries, read_page
from kcharts.sources.report import ReadReport
from tests.formats.made import country_rows, csv, table_rows, tsv

SAID = "has 7 rows, and the others have 10: was the file cut off"


def test_a_last_list_shorter_than_all_others_is_marked_and_warned_of() -> None:
    with pytest.warns(IncompleteListsWarning, match=f"<bytes>: .*{SAID}") as caught:
        history = read_countries(tsv(country_rows()[:-3]))
    assert [warning.filename for warning in caught] == [__file__]
    [chart] = [chart for chart in history.charts if chart.place.name == "Réunion"]
    assert history.status(chart, "2022-01-23") is IssueStatus.DEFECTIVE
    assert str(history).endswith("; 1 list defective")
    assert len(history) == 57


@pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")
def test_a_last_list_that_may_lack_a_title_does_not_say_that_it_was_absent() -> None:
    whole = totals(read_countries(tsv(country_rows())), "Show 10", top=10, country="RE")[0]
    cut = totals(read_countries(tsv(country_rows()[:-1])), "Show 10", top=10, country="RE")[0]
    assert (whole.observed, whole.upper) == (2, 2)
    assert (cut.observed, cut.upper) == (1, 2)


def test_a_cut_file_is_noted_and_its_last_list_counted_as_defective() -> None:
    with pytest.warns(IncompleteListsWarning, match=SAID):
        _, report = read_countries(tsv(country_rows()[:-3]), on_error="collect")
    assert (report.is_clean, report.lists_defective) == (True, 1)
    assert [note.code for note in report.notes] == ["short-list"]


def quiet(answer: tuple[ChartHistory, ReadReport]) -> bool:
    return "short-list" not in {note.code for note in answer[1].notes}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (country_rows(), "all lists are full"),
        (country_rows()[:10], "there is no other list"),
        (country_rows()[:2], "there is no full list"),
        (country_rows()[:5] + country_rows()[10:25], "most others are short"),
        (country_rows()[:5] + country_rows()[10:45], "another is as short"),
        (country_rows()[:45] + country_rows()[50:60], "the short one is not the last"),
    ],
)
def test_other_short_lists_show_no_cut(rows: list[list[str]], why: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert quiet(read_countries(tsv(rows), on_error="collect")), why


def test_a_last_list_that_is_defective_anyway_is_not_said_to_be_cut() -> None:
    rows = country_rows()
    rows[-1][4] = "11"
    answer = read_countries(tsv(rows), on_error="collect")
    assert answer[1].lists_defective == 1
    assert quiet(answer)


def test_the_kcharts_table_says_itself_what_is_whole() -> None:
    history = read_kcharts(csv(table_rows()[:-1]))
    assert str(history).endswith("; no list missing")


def test_cut_files_of_other_formats_are_known_as_well() -> None:
    ranks = range(1, 11)
    days = ("2022-01-29", "2022-01-30", "2022-01-31")
    header = us_daily.SPEC.sample.split("\n", 1)[0]
    daily = [f'{day},{n},-,-,Film {n},Movie,,"Jan 28, 2022",1,9' for day in days for n in ranks]
    weeks = ("2022-01-15", "2022-01-22", "2022-01-29")
    hot = [f"{week},{n},Song {n},A Band,,1,1" for week in weeks for n in range(1, 101)]
    head = billboard.BY_WEEK.sample.split("\n", 1)[0]
    other = [f"{day},{n},Song {n}" for day in days for n in ranks]
    with pytest.warns(IncompleteListsWarning, match=SAID):
        us_daily.read_us_daily("\n".join([header, *daily[:-3]]).encode())
    with pytest.warns(IncompleteListsWarning, match="has 1 row, and the others have 100"):
        billboard.read_hot_100("\n".join([head, *hot[:-99]]).encode())
    with pytest.warns(IncompleteListsWarning, match=SAID):
        read_table(
            "\n".join(["date,rank,title", *other[:-3]]).encode(),
            publisher="A Site",
            frequency="daily",
            country="KR",
        )


def test_page_data_that_lack_the_end_of_a_list_are_known_as_well() -> None:
    rows = ",".join(
        f'{{"weekEndDate": "{week}", "category": "ENGLISH_MOVIES", "weeklyRank": {n}, '
        f'"title": "Film {n}", "videoId": "8000000{n}", "weeklyHoursViewed": 9, '
        '"cumulativeWeeksInTop10": 1}'
        for week, size in (("2023-06-18", 10), ("2023-06-25", 7))
        for n in range(1, size + 1)
    )
    with pytest.warns(IncompleteListsWarning, match=SAID):
        read_page(f"[{rows}]".encode())


def test_a_table_that_is_read_twice_for_its_depth_is_warned_of_once() -> None:
    rows = [f"2022-01-{day},{n},Song {n}" for day in (29, 30, 31) for n in range(1, 13)]
    text = "\n".join(["date,rank,title", *rows[:-4]])
    with pytest.warns(IncompleteListsWarning, match="has 8 rows, and the others have 12") as caught:
        read_table(text.encode(), publisher="A Site", frequency="daily", country="KR")
    assert len(caught) == 1
