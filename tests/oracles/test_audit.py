"""What the audit finds on the publishers' own files, against what is known of them."""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from attrs import evolve

import kcharts
from kcharts import Calendar, ChartHistory, IssueStatus, Results, apply_findings, audit, streaks
from kcharts.auditing import Finding, FindingKind
from tests.oracles import test_billboard, test_kworb, test_us_daily
from tests.oracles.recounting import recounted
from tests.real import archive_of, collected_of, history_of
from tests.test_oracles import COUNTRIES, HOMONYMS

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "audit.md"
STATUSES = ("MISSING_ISSUE", "STALE_ISSUE", "DEFECTIVE_ISSUE", "HOLE_IN_LIST")


def plain_weekly() -> ChartHistory:
    """The Hot 100 of 2015 to 2021 on a plain calendar of Saturdays."""
    late = history_of(f"billboard/{test_billboard.LATE}")
    [series] = late.series
    calendars = {series: Calendar.weekly("saturday")}
    return ChartHistory(evolve(late.store, calendars=calendars))


VINTAGES, WORKBOOKS = "netflix/vintages", "netflix/xlsx"
FILES = {
    **{f"all-weeks-countries, {name[:10]}": f"{VINTAGES}/{name}" for name in COUNTRIES},
    **{f"all-weeks-global, {name[:10]}": f"{VINTAGES}/{name}" for name in HOMONYMS},
    "all-weeks-countries, a workbook with names translated": (
        f"{WORKBOOKS}/native_all-weeks-countries_2022-02-27.xlsx"
    ),
    "Netflix US daily, 2020-04-01 to 2022-03-11": "netflix-us-daily/netflix_daily_top10.csv.gz",
    "Hot 100, 1961-62": f"billboard/{test_billboard.EARLY}",
    "Hot 100, 1976-77": f"billboard/{test_billboard.CLOSED_UP}",
    "Hot 100, 1990": f"billboard/{test_billboard.REPEATS}",
    "Hot 100, 2015-21": f"billboard/{test_billboard.LATE}",
    "Spotify Korea, weekly, merged": "spotify/weekly_kr_with_run_columns.csv.gz",
    "FlixPatrol, the world, 4 days": "flixpatrol/world_2020-08-28_to_31.csv",
    "FlixPatrol, the United States, 4 days": "flixpatrol/us_2020-08-28_to_31.csv",
}
"""Files of lists that are read whole, by the names that the docs give them."""
FAULTY = {
    "all-weeks-countries, a workbook saved again": (
        f"{WORKBOOKS}/resaved-in-excel_all-weeks-countries.xlsx"
    ),
    "FlixPatrol, the panel by TMDb id": ("flixpatrol/daily_panel_2023-10-19_to_2024-01-16.csv.gz"),
}
"""Files of which some rows are rejected."""


def histories(data_dir: Path) -> dict[str, ChartHistory]:
    """Every file of lists, by the name that the docs give it."""
    weeks = sorted((data_dir / "spotify").glob("regional-*.csv"))
    return {
        **{title: history_of(name) for title, name in FILES.items()},
        **{title: collected_of(name)[0] for title, name in FAULTY.items()},
        "Hot 100, 2015-21, on a plain weekly calendar": plain_weekly(),
        "Spotify, the world, 3 weeks": history_of(*(f"spotify/{file.name}" for file in weeks)),
        "kworb, Korea and Thailand, 209 days": archive_of(
            "kworb/kr_th_dailytop50_2026-01-26_to_08-22.tar.gz"
        ),
    }


@pytest.fixture(scope="module")
def audited(data_dir: Path) -> dict[str, tuple[ChartHistory, Results[Finding]]]:
    return {name: (each, audit(each)) for name, each in histories(data_dir).items()}


Audited = dict[str, tuple[ChartHistory, Results[Finding]]]


def of(audited: Audited, name: str, kind: FindingKind) -> list[Finding]:
    """The findings of a kind in the one file whose name has a text."""
    [found] = [found for each, (_, found) in audited.items() if name in each]
    return [each for each in found if each.kind is kind]


def dates(found: list[Finding]) -> list[tuple[str, ...]]:
    return [tuple(map(str, each.dates)) for each in found]


# -- counted, and written down --------------------------------------------------------------


def test_the_docs_give_the_findings_of_every_file(audited: Audited) -> None:
    """Each row of the table: the file, its rows, and how many findings there are of each kind."""
    text, _, _ = PAGE.read_text(encoding="utf-8").partition("## With faults put in")
    listed = {
        name: (int(rows.replace(",", "")), told)
        for name, rows, told in re.findall(
            r"^\| (.+?) \| ([\d,]+) \| (.+?) \|$", text, re.MULTILINE
        )
    }
    measured: dict[str, tuple[int, str]] = {}
    for name, (history, found) in audited.items():
        counts = Counter(each.kind for each in found)
        told = [f"{counts[kind]} {kind.value}" for kind in FindingKind if counts[kind]]
        measured[name] = len(history), ", ".join(told) or "nothing"
    assert listed == measured
    no_fault = (FindingKind.COUNTED_BELOW, FindingKind.LEFT_CENSORED)
    faults = [each for _, found in audited.values() for each in found if each.kind not in no_fault]
    assert f"False alarms: 0 of {len(faults)} findings" in text


def test_nothing_is_left_unexplained_but_two_translated_lists(audited: Audited) -> None:
    for name, (_, found) in audited.items():
        unexplained = [each for each in found if each.kind is FindingKind.UNEXPLAINED]
        rows = sum(len(each.rows) for each in unexplained)
        assert rows == (9 if "translated" in name else 0), name


def test_once_applied_only_what_no_status_mends_is_found_again(audited: Audited) -> None:
    for name, (history, found) in audited.items():
        if "panel" in name or "countries" in name:
            assert not any(each.status for each in found)
            continue
        corrected = apply_findings(history, found)
        again = Counter(each.kind.name for each in audit(corrected))
        assert not set(again) & set(STATUSES), name
        before = Counter(each.kind.name for each in found)
        assert all(before[kind] == count for kind, count in again.items()), name


# -- issues ---------------------------------------------------------------------------------


def test_the_missing_hot_100_is_found_on_a_plain_calendar_and_no_other(audited: Audited) -> None:
    """All 83 songs on both lists gain 2 weeks; the calendar that has the issue finds nothing."""
    [finding] = of(audited, "plain weekly", FindingKind.MISSING_ISSUE)
    assert dates([finding]) == [("2017-12-30", "2018-01-06")]
    assert finding.between == 1
    assert str(finding) == (
        "1 issue between 2017-12-30 and 2018-01-06 is missing: "
        "all 83 titles on both lists gain 2 weeks, Billboard Hot 100 in the United States"
    )
    kinds = {each.kind for each in audited["Hot 100, 2015-21"][1]}
    assert kinds == {FindingKind.LEFT_CENSORED}


def test_every_row_of_2015_to_2021_that_differs_is_of_a_title_in_the_finding(
    audited: Audited,
) -> None:
    """1,108 weeks, 32 peaks and 73 last ranks differ; the finding has 96 rows, the first of each.

    Of a title that differs from then on, the finding has the row where it begins.
    """
    [finding] = of(audited, "plain weekly", FindingKind.MISSING_ISSUE)
    assert len(finding.rows) == 96
    begun = {row.title: row.date for row in reversed(finding.rows)}
    history, _ = audited["Hot 100, 2015-21"]
    found = test_billboard.differing(history)
    assert found.counts == (1_108, 32, 73)
    for rows in found:
        for each in rows:
            assert begun[each.row.title] <= each.row.date


def test_applied_the_missing_issue_is_in_the_calendar(audited: Audited) -> None:
    """Half-way between the two lists, which is the day that it really has."""
    plain, found = audited["Hot 100, 2015-21, on a plain weekly calendar"]
    corrected = apply_findings(plain, found)
    real, _ = audited["Hot 100, 2015-21"]
    [chart] = real.charts
    assert corrected.status(chart, "2018-01-03") is IssueStatus.MISSING
    assert list(streaks(corrected)) == list(streaks(real))


def test_the_13_closed_up_lists_are_found_with_the_ranks_of_their_holes(audited: Audited) -> None:
    found = of(audited, "1976-77", FindingKind.HOLE_IN_LIST)
    assert dates(found) == [(day,) for day in test_billboard.SHORT]
    assert tuple(each.rank for each in found) == test_billboard.HOLES


def test_the_stale_days_of_kworb_are_those_of_equal_files(audited: Audited) -> None:
    """14 of 209 in Korea, 16 in Thailand; twice in Thailand the list after one is a day late."""
    stale = of(audited, "kworb", FindingKind.STALE_ISSUE)
    for code, days in test_kworb.STALE.items():
        assert dates([each for each in stale if each.chart.code == code]) == [(d,) for d in days]
    late = of(audited, "kworb", FindingKind.DEFECTIVE_ISSUE)
    assert [(each.chart.code, *map(str, each.dates)) for each in late] == [
        ("TH", "2026-03-07"),
        ("TH", "2026-05-30"),
    ]
    assert "came 1 day late" in late[0].explanation


def test_lists_of_films_alone_are_found(audited: Audited) -> None:
    """The two lists with fewer than two series of all 710."""
    found = of(audited, "US daily", FindingKind.DEFECTIVE_ISSUE)
    assert dates(found) == [("2021-03-28",), ("2021-09-30",)]
    assert [len(each.titles) for each in found] == [4, 4]
    assert "Squid Game" in {title.name for title in found[1].titles}


def test_after_applying_squid_games_longest_run_is_15_to_24_days(audited: Audited) -> None:
    [(history, found)] = [each for name, each in audited.items() if "US daily" in name]
    streak = streaks(apply_findings(history, found), "Squid Game")[0]
    assert (streak.length, streak.upper) == (15, 24)
    assert (str(streak.start), str(streak.end)) == ("2021-10-01", "2021-10-15")


# -- titles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOMONYMS)
def test_homonyms_are_the_names_that_two_works_bear_and_no_other(
    audited: Audited, name: str
) -> None:
    """Each with the rows of the second work: all that differ from the total."""
    _, found = audited[f"all-weeks-global, {name[:10]}"]
    assert {each.kind for each in found} <= {FindingKind.HOMONYM}
    rows = {each.titles[0].name: len(each.rows) for each in found}
    assert rows == HOMONYMS[name]


def test_homonyms_of_the_longest_countries_file(audited: Audited) -> None:
    """Pairs of films of one name, and a drama and an animated series."""
    found = of(audited, "saved again", FindingKind.HOMONYM)
    assert [(each.chart.code, each.titles[0].name) for each in found] == [
        ("CA", "The Way Back"),
        ("DK", "The Addams Family"),
        ("FI", "The Addams Family"),
        ("UA", "The Mummy"),
        ("JP", "Kotaro Lives Alone"),
    ]


def test_unchained_melody_stands_twice_on_13_lists(audited: Audited) -> None:
    [finding] = of(audited, "1990", FindingKind.DUPLICATE_TITLE)
    assert [title.name for title in finding.titles] == ["Unchained Melody"]
    assert (len(finding.dates), len(finding.rows)) == (13, 26)


def test_ids_that_several_seasons_share_stand_twice(audited: Audited) -> None:
    """677 titles on one chart each, 938 times on lists that are usable."""
    found = of(audited, "panel", FindingKind.DUPLICATE_TITLE)
    assert len(found) == 677
    history, _ = audited["FlixPatrol, the panel by TMDb id"]
    held = Counter(
        (row.chart, row.date, row.title)
        for chart in history.charts
        for day in history.dates
        if history.status(chart, day) is IssueStatus.PUBLISHED
        for row in history.issue(chart, day).rows
    )
    several = sum(count > 1 for count in held.values())
    assert sum(len(each.dates) for each in found) == several == 938


def test_titles_of_the_us_daily_list_are_in_the_classes_found_by_hand(audited: Audited) -> None:
    renames = of(audited, "US daily", FindingKind.RENAME)
    assert {e.titles[1].name: e.titles[0].name for e in renames} == test_us_daily.RENAMED
    revised = of(audited, "US daily", FindingKind.PUBLISHER_REVISION)
    assert {e.titles[0].name: str(e.dates[0]) for e in revised} == {
        "Lucifer": "2021-05-30",
        "Too Hot to Handle": "2022-01-27",
    }
    [twice] = of(audited, "US daily", FindingKind.DUPLICATE_TITLE)
    assert {title.name for title in twice.titles} == {test_us_daily.TWO_FILMS}


def test_every_row_of_the_us_daily_list_that_differs_is_of_a_title_found(audited: Audited) -> None:
    [(history, found)] = [each for name, each in audited.items() if "US daily" in name]
    begun: dict[str, object] = {}
    for each in found:
        if each.kind is not FindingKind.LEFT_CENSORED:
            for row in each.rows:
                begun.setdefault(row.title.key, row.date)
    wrong = [
        each.row
        for each in recounted(history)
        if each.row.reported.periods_on_chart != each.periods
        or (each.row.reported.last_rank != each.last_rank and each.row.date > history.dates[0])
    ]
    assert len(wrong) == 42 + 9 - 1
    assert {row.title.key for row in wrong} <= begun.keys()


def test_the_misprinted_rank_of_1961_is_one_finding(audited: Audited) -> None:
    """Its own peak, and the list after it, both say 70 where it stands at 71."""
    [finding] = of(audited, "1961-62", FindingKind.PUBLISHER_REVISION)
    assert dates([finding]) == [("1961-12-25", "1962-01-06")]
    printed, following = finding.rows
    assert (printed.rank, printed.reported.peak, following.reported.last_rank) == (71, 70, 70)


def test_titles_that_somebody_translated_are_renamed(audited: Audited) -> None:
    """4 of 17 can be told by their weeks alone; of 4 the week is their first anyway."""
    found = of(audited, "translated", FindingKind.RENAME)
    assert len(found) == 4
    assert {(each.chart.code, str(each.dates[0])) for each in found} == {("KR", "2022-02-27")}
    for each in found:
        old, new = each.titles
        assert new.full_name.endswith(old.full_name)


def test_kworb_counts_on_a_longer_chart(audited: Audited) -> None:
    found = of(audited, "kworb", FindingKind.COUNTED_BELOW)
    assert [each.chart.code for each in found] == ["KR", "TH"]


def test_counters_of_the_day_of_scraping_are_left_out(data_dir: Path) -> None:
    """Netflix's page data print totals of the day on which they were fetched."""
    with tarfile.open(data_dir / "netflix" / "tudum-page.tar.gz") as tar:
        streams = [tar.extractfile(member) for member in tar.getmembers() if member.isfile()]
        documents = [stream.read() for stream in streams if stream is not None]
    page, _ = kcharts.read(*documents, on_error="collect")
    assert {row.reported.as_of for row in page} == {"scrape"}
    assert list(audit(page)) == []
