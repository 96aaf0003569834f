"""Netflix's lists in workbooks, in copies and as page data, against its own text files."""

from __future__ import annotations

import tarfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kcharts import ChartHistory, read, totals
from kcharts.formats import netflix
from kcharts.sources.report import ReadReport

Place = tuple[Any, ...]


class Row(NamedTuple):
    """What stands at one place."""

    name: str
    season: str | None
    weeks: int | None
    hours: int | Decimal | None


def rows(history: ChartHistory) -> dict[Place, Row]:
    """What stands where, by chart, week and rank."""
    return {
        (row.chart, row.date, row.rank): Row(
            row.title.name,
            row.title.season,
            row.reported.periods_on_chart,
            row.metrics.hours_viewed,
        )
        for row in history
    }


def differing(one: ChartHistory, other: ChartHistory) -> tuple[int, list[tuple[Row, Row]]]:
    """How many places two histories share, and what stands at those where they differ."""
    here, there = rows(one), rows(other)
    both = here.keys() & there.keys()
    return len(both), [(here[at], there[at]) for at in both if here[at] != there[at]]


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    return data_dir / "netflix"


@pytest.fixture(scope="module")
def march(folder: Path) -> ChartHistory:
    return netflix.read_countries(folder / "vintages/2022-03-02_all-weeks-countries.tsv.gz")


def world(folder: Path, vintage: str) -> ChartHistory:
    return netflix.read_global(folder / f"vintages/{vintage}_all-weeks-global.tsv")


# -- workbooks ----------------------------------------------------------------------------


def test_the_countries_workbook_is_the_text_file_but_for_17_titles(
    folder: Path, march: ChartHistory
) -> None:
    """Somebody put the original titles of one Korean week in; all else is as in the text."""
    file = folder / "xlsx/native_all-weeks-countries_2022-02-27.xlsx"
    history, report = netflix.read_countries(file, on_error="collect")
    assert report.is_clean
    assert report.notes == ()
    assert str(history) == str(march)
    places, found = differing(history, march)
    assert (places, len(found)) == (65_800, 17)
    here, there = rows(history), rows(march)
    charts = Counter((at[0].code, str(at[1])) for at in here if here[at] != there[at])
    assert charts == {("KR", "2022-02-27"): 17}
    assert all(one.weeks == other.weeks for one, other in found)
    assert not any(one.name.isascii() for one, _ in found)
    assert history.select(end="2022-02-20") == march.select(end="2022-02-20")


@pytest.mark.parametrize(
    ("vintage", "places", "names", "seasons"),
    [("2022-02-02", 1_240, 3, 2), ("2023-05-31", 2_680, 2, 20)],
)
def test_the_global_workbook_differs_from_the_text_files_only_by_what_was_renamed(
    folder: Path, vintage: str, places: int, names: int, seasons: int
) -> None:
    """It is of October 2022, and Netflix renames in all weeks; figures and counters are equal."""
    history, report = netflix.read_global(
        folder / "xlsx/native_all-weeks-global.xlsx", on_error="collect"
    )
    assert (report.is_clean, len(history)) == (True, 2_680)
    shared, found = differing(history, world(folder, vintage))
    assert shared == places
    assert sum(one.name != other.name for one, other in found) == names
    assert sum(one.season != other.season for one, other in found) == seasons
    assert all((one.weeks, one.hours) == (other.weeks, other.hours) for one, other in found)


def test_the_workbook_of_records_has_the_window_of_28_days(folder: Path) -> None:
    records = netflix.read_most_popular(folder / "xlsx/native_most-popular.xlsx")
    assert len(records) == 40
    assert {record.window_days for record in records} == {28}
    assert [record.rank for record in records] == [*range(1, 11)] * 4
    assert records[0].hours_viewed == 364_020_000


@pytest.fixture(scope="module")
def resaved(folder: Path) -> tuple[ChartHistory, ReadReport]:
    file = folder / "xlsx/resaved-in-excel_all-weeks-countries.xlsx"
    return netflix.read_countries(file, on_error="collect")


def test_the_workbook_that_was_saved_again_loses_the_rows_that_it_spoilt(
    resaved: tuple[ChartHistory, ReadReport],
) -> None:
    """152 titles became numbers and 4 dates; one country's name is UTF-8 encoded twice.

    Two films named "The Mummy" stand in one list, and the file has no id that tells them apart.
    """
    history, report = resaved
    assert (report.rows_read, report.rows_accepted) == (112_300, 110_942)
    assert dict(report.counts) == {
        "title-not-text": 156,
        "unknown-country": 1_200,
        "duplicate-title": 2,
    }
    assert (report.rows_unplaced, report.lists_defective) == (0, 157 + 2 * 60)
    assert len(history.dates) == 60
    kept = Counter(
        problem.message.rpartition(" ")[2]
        for problem in report.problems
        if problem.code == "title-not-text"
    )
    assert kept == {"number": 125, "date": 2}  # of the first 1,000 problems
    notes = Counter(note.code for note in report.notes)
    assert notes == {"inconsistent-run": 5, "double-encoded": 1}


def test_what_it_kept_is_the_text_files(
    resaved: tuple[ChartHistory, ReadReport], march: ChartHistory
) -> None:
    """Of the 65,800 places of March 2022 700 are Réunion's and 55 had a spoilt title.

    At 2,392 the title is another: 2,100 were encoded twice, the rest renamed since. No counter
    differs, so serial numbers and blank seasons were read as what they are.
    """
    places, found = differing(resaved[0], march)
    assert places == 65_800 - 700 - 55
    assert len(found) == 2_392
    assert all(one.weeks == other.weeks for one, other in found)


# -- copies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "vintage", "places"),
    [
        ("bom_all-weeks-global.csv", "2021-11-17", 800),
        ("bom_all-weeks-global_2022-01-16.csv", "2022-02-02", 1_160),
    ],
)
def test_copies_with_commas_and_a_byte_order_mark_are_the_text_files(
    folder: Path, name: str, vintage: str, places: int
) -> None:
    history, report = netflix.read_global(folder / "recoded" / name, on_error="collect")
    assert (report.is_clean, report.rows_read, len(history)) == (True, places, places)
    assert differing(history, world(folder, vintage)) == (places, [])


def test_the_copy_in_cp1252_has_lost_letters_and_nothing_else(
    folder: Path, march: ChartHistory
) -> None:
    """Against the vintage of February 2022 the title differs at 36 places.

    22 names have lost letters, and "22 July" is a date, 4 times; of the seasons of "I am Solo" 9
    are blank, for they were labelled later, and one lost its label.
    """
    history, report = netflix.read_countries(
        folder / "recoded/cp1252_mdy_all-weeks-countries.csv.gz",
        encoding="cp1252",
        date_format="%m/%d/%Y",
        on_error="collect",
    )
    assert (report.is_clean, report.rows_read, len(history)) == (True, 54_520, 54_520)
    assert [(note.code, note.message.partition(", such")[0]) for note in report.notes] == [
        ("lost-characters", "7 names in 22 rows"),
        ("date-like-title", "1 name in 4 rows"),
    ]
    later = netflix.read_countries(folder / "vintages/2022-02-02_all-weeks-countries.tsv.gz")
    places, found = differing(history, later)
    assert (places, len(found)) == (54_520, 36)
    renamed = [(one.name, other.name) for one, other in found if one.name != other.name]
    assert sum("?" in one for one, _ in renamed) == 22
    assert [pair for pair in renamed if "?" not in pair[0]] == [("22-Jul", "22 July")] * 4
    solo = [one.season for one, _ in found if one.name == "I am Solo"]
    assert Counter(solo) == {None: 9, "I am Solo: 5?-": 1}
    assert all(one.weeks == other.weeks for one, other in found)
    assert differing(history, march)[0] == 54_520


def test_the_copy_with_the_day_first_is_the_text_file(folder: Path, march: ChartHistory) -> None:
    file = folder / "recoded/malaysia_dmy_crlf.csv"
    history, report = netflix.read_countries(file, date_format="%d/%m/%Y", on_error="collect")
    assert (report.is_clean, len(history)) == (True, 320)
    assert differing(history, march) == (320, [])


@pytest.mark.parametrize(
    ("name", "encoding", "wrong", "accepted", "counts"),
    [
        (
            "malaysia_dmy_crlf.csv",
            None,
            "%m/%d/%Y",
            50,
            {"bad-date": 180, "not-an-issue": 90},
        ),
        (
            "cp1252_mdy_all-weeks-countries.csv.gz",
            "cp1252",
            "%d/%m/%Y",
            9_400,
            {"bad-date": 30_080, "not-an-issue": 15_040},
        ),
        ("malaysia_dmy_crlf.csv", None, None, 0, {"bad-date": 320}),
    ],
)
def test_a_wrong_order_of_day_and_month_is_caught(  # noqa: PLR0917  (the columns of the table)
    folder: Path,
    name: str,
    encoding: str | None,
    wrong: str | None,
    accepted: int,
    counts: dict[str, int],
) -> None:
    """The weeks that remain are Sundays in both readings, such as 7/11/2021 and 12/12/2021."""
    history, report = netflix.read_countries(
        folder / "recoded" / name, date_format=wrong, encoding=encoding, on_error="collect"
    )
    assert (len(history), dict(report.counts)) == (accepted, counts)


# -- page data ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(folder: Path) -> ChartHistory:
    """The 78 weeks of the archive, one file each."""
    with tarfile.open(folder / "tudum-page.tar.gz") as tar:
        streams = [tar.extractfile(member) for member in tar.getmembers() if member.isfile()]
        documents = [stream.read() for stream in streams if stream is not None]
    assert len(documents) == 78
    history, report = read(*documents, on_error="collect")
    assert report.is_clean
    assert report.notes == ()
    return history


def test_the_page_data_are_read_in_full(page: ChartHistory) -> None:
    assert len(page) == 3_120
    assert (str(page.dates[0]), str(page.dates[-1])) == ("2021-07-04", "2022-12-25")
    assert len(page.titles) == 1_127
    assert all(row.metrics.views is None for row in page)
    assert sum(title.year is None for title in page.titles) == 6


# The vintages that cover all 78 weeks, and at how many of the 3,120 places the title is another.
RENAMED = {
    "2023-05-31": 205,
    "2023-07-26": 204,
    "2024-11-20": 49,
    "2025-07-02": 38,
    "2025-07-09": 38,
}


@pytest.mark.parametrize("vintage", RENAMED)
def test_the_page_data_are_the_text_file(page: ChartHistory, folder: Path, vintage: str) -> None:
    """Charts, ranks and hours are equal at all 3,120 places; titles but for renames since.

    The page prints the season's title alone, the text file the show's beside it.
    """
    here, there = rows(page), rows(world(folder, vintage))
    assert here.keys() <= there.keys()
    assert all(here[at].hours == there[at].hours for at in here)
    other = [
        (here[at].name, there[at].name, there[at].season)
        for at in here
        if here[at].name != (there[at].season or there[at].name)
    ]
    assert len(other) == RENAMED[vintage]


def test_titles_that_differ_are_explained(page: ChartHistory, folder: Path) -> None:
    """Against May 2023: 149 seasons are labelled anew, 52 are not named, 4 films renamed."""
    here, there = rows(page), rows(world(folder, "2023-05-31"))
    found: Counter[str] = Counter()
    for at, row in here.items():
        other = there[at]
        if row.name == (other.season or other.name):
            found["equal"] += 1
        elif other.season is not None and row.name.startswith(other.name):
            found["season labelled anew"] += 1
        elif row.name.startswith(f"{other.name}: "):
            found["season not named"] += 1
        else:
            found["renamed"] += 1
    assert found == {
        "equal": 2_915,
        "season labelled anew": 149,
        "season not named": 52,
        "renamed": 4,
    }


def test_every_weekly_counter_is_the_total_by_the_works_id(
    page: ChartHistory, folder: Path
) -> None:
    """3,120 of 3,120: by the id the homonyms of the text file are works of their own."""
    printed = rows(world(folder, "2025-07-09"))
    wrong: list[str] = []
    for day in page.dates:
        counted = {
            (total.chart, total.title): total.observed
            for total in totals(page, top=None, as_of=day)
        }
        wrong += [
            row.title.name
            for row in page.select(start=day, end=day)
            if counted[row.chart, row.title] != printed[row.chart, row.date, row.rank].weeks
        ]
    assert wrong == []


def test_one_name_is_borne_by_two_works_on_two_charts(page: ChartHistory) -> None:
    """So in these weeks names would do; the homonyms of the text file are of 2023 and later."""
    works: dict[str, set[str]] = {}
    for title in page.titles:
        works.setdefault(title.name, set()).add(title.key)
    homonyms = {name for name, keys in works.items() if len(keys) > 1}
    assert homonyms == {"Security"}
    charts = {(row.title.key, row.chart) for row in page if row.title.name == "Security"}
    assert len(charts) == len({chart for _, chart in charts}) == 2


def test_the_pages_own_counter_is_the_total_on_the_day_of_fetching(page: ChartHistory) -> None:
    """At 2,569 places it is the total of the whole archive; never less than that.

    The rest were on the list again after December 2022, or before July 2021.
    """
    last = {total.title: total.observed for total in totals(page, top=None)}
    assert {row.reported.as_of for row in page} == {"scrape"}
    more = [(row.reported.periods_on_chart or 0) - last[row.title] for row in page]
    assert (more.count(0), min(more)) == (2_569, 0)
