"""Published figures, recomputed from the publishers' own files.

The counters that Netflix prints beside its ranks were computed by Netflix from the same lists:
they are the strongest test there is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kcharts import (
    ChartHistory,
    Country,
    coverage,
    coverage_ever,
    coverage_over_time,
    days_from_release,
    evidence,
    first_to_reach,
    peak_coverage,
    streaks,
    totals,
)
from tests.real import history_of

COUNTRIES: tuple[str, ...] = (
    "2021-12-01_all-weeks-countries.tsv.gz",
    "2021-12-08_all-weeks-countries.tsv.gz",
    "2022-02-02_all-weeks-countries.tsv.gz",
    "2022-03-02_all-weeks-countries.tsv.gz",
)
COUNTRY_ROWS: dict[str, int] = dict(zip(COUNTRIES, (41_360, 43_240, 58_280, 65_800), strict=True))
# Two works of one name: the file has no id that tells them apart, so the counter of the second
# starts anew while the count by name goes on. Titles by vintage, with the rows concerned.
HOMONYMS = {
    "2021-11-17_all-weeks-global.tsv": {},
    "2021-12-01_all-weeks-global.tsv": {},
    "2021-12-08_all-weeks-global.tsv": {},
    "2022-02-02_all-weeks-global.tsv": {},
    "2023-05-31_all-weeks-global.tsv": {"Dhamaka": 1, "Noise": 2},
    "2023-07-26_all-weeks-global.tsv": {"Dhamaka": 1, "Noise": 2},
    "2024-11-20_all-weeks-global.tsv": {"Dhamaka": 1, "Noise": 2},
    "2025-07-02_all-weeks-global.tsv": {"Dhamaka": 1, "Noise": 2, "Aftermath": 1, "Dragon": 3},
    "2025-07-09_all-weeks-global.tsv": {"Dhamaka": 1, "Noise": 2, "Aftermath": 1, "Dragon": 3},
}
GLOBAL_ROWS = (800, 880, 920, 1_240, 4_000, 4_320, 7_080, 8_360, 8_400)


@pytest.fixture(scope="module")
def vintages(data_dir: Path) -> Path:
    return data_dir / "netflix" / "vintages"


@pytest.fixture(scope="module")
def countries() -> ChartHistory:
    return history_of("netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz")


@pytest.fixture(scope="module")
def world() -> ChartHistory:
    return history_of("netflix/vintages/2025-07-09_all-weeks-global.tsv")


def differing(history: ChartHistory) -> tuple[int, dict[str, int]]:
    """The rows compared, and by title those whose counter is not the total as of its issue."""
    rows, wrong = 0, dict[str, int]()
    for day in history.dates:
        counted = {
            (total.chart, total.title): total.observed
            for total in totals(history, top=None, as_of=day)
        }
        for row in history.select(start=day, end=day):
            rows += 1
            if counted[row.chart, row.title] != row.reported.periods_on_chart:
                wrong[row.title.name] = wrong.get(row.title.name, 0) + 1
    return rows, wrong


@pytest.mark.parametrize("name", COUNTRIES)
def test_every_counter_of_the_countries_files_is_the_total(name: str) -> None:
    """cumulative_weeks_in_top_10 is the number of weeks so far on the list, never reset."""
    assert differing(history_of(f"netflix/vintages/{name}")) == (COUNTRY_ROWS[name], {})


@pytest.mark.parametrize(
    ("name", "rows"), list(zip(HOMONYMS, GLOBAL_ROWS, strict=True)), ids=list(HOMONYMS)
)
def test_only_homonyms_differ_in_the_global_files(name: str, rows: int) -> None:
    """7 of 8,400 rows of the newest vintage, all of titles whose name two works bear."""
    assert differing(history_of(f"netflix/vintages/{name}")) == (rows, HOMONYMS[name])


def by_week(history: ChartHistory, title: str, top: int) -> dict[str, int]:
    """The number of countries by week, without the weeks that have none."""
    found = coverage_over_time(history, title, top=top)
    return {str(each.date): each.count for each in found if each.count}


def test_all_of_us_are_dead_by_week(countries: ChartHistory) -> None:
    weeks = ("2022-01-30", "2022-02-06", "2022-02-13", "2022-02-20", "2022-02-27")
    title = "All of Us Are Dead"
    first = by_week(countries, title, 1)
    assert first == dict(zip(weeks, (29, 63, 35, 9, 1), strict=True))
    top_ten = by_week(countries, title, 10)
    assert top_ten == dict(zip(weeks, (91, 94, 94, 89, 79), strict=True))


def test_the_29_countries_of_the_first_week(countries: ChartHistory) -> None:
    expected = (
        "BH BD FR DE GP HK IN ID JM JP JO KW MY MQ MU NC NG OM PK PH QA RE SA SG KR TW TH AE VN"
    )
    found = coverage(countries, "All of Us Are Dead", date="2022-01-30")
    assert set(found.at) == set(map(Country, expected.split()))
    assert len(found.by_rank[2]) == 17
    assert found.bounds == (29, 29)
    assert len(found.panel) == 94


def test_hellbound_by_week(countries: ChartHistory) -> None:
    weeks = ("2021-11-21", "2021-11-28", "2021-12-05")
    first = by_week(countries, "Hellbound", 1)
    assert first == dict(zip(weeks, (12, 34, 1), strict=True))
    top_ten = by_week(countries, "Hellbound", 10)
    assert {week: top_ten[week] for week in weeks} == dict(zip(weeks, (71, 93, 41), strict=True))


def test_squid_game_by_week(countries: ChartHistory) -> None:
    """8, 77, 93 (all but Denmark), 88, 74, 39, 45, 40, 16 and, on 11-21, 11."""
    found = by_week(countries, "Squid Game", 1)
    assert list(found.values()) == [8, 77, 93, 88, 74, 39, 45, 40, 16, 11]
    assert (min(found), max(found)) == ("2021-09-19", "2021-11-21")
    assert coverage(countries, "Squid Game", date="2021-10-03").missing == (Country("DK"),)


def test_squid_game_was_once_everywhere_and_never_everywhere_at_once(
    countries: ChartHistory,
) -> None:
    assert coverage_ever(countries, "Squid Game").everywhere
    peak = peak_coverage(countries, "Squid Game")
    assert (peak.count, len(peak.at), peak.at[0].everywhere) == (93, 1, False)


@pytest.mark.parametrize(("country", "weeks"), [("KR", 4), ("US", 4), ("GB", 3), ("JP", 9)])
def test_squid_game_weeks_at_no_1(countries: ChartHistory, country: str, weeks: int) -> None:
    [total] = totals(countries, "Squid Game", country=country)
    assert (total.observed, total.upper) == (weeks, weeks)


def test_squid_game_has_a_broken_run_in_14_countries(countries: ChartHistory) -> None:
    """Bahrain has 8 weeks at No. 1, 7 of them in a row: a total is no streak."""
    runs: dict[Country | None, list[int]] = {}
    for streak in streaks(countries, "Squid Game"):
        runs.setdefault(streak.chart.country, []).append(streak.length)
    assert sum(len(lengths) > 1 for lengths in runs.values()) == 14
    assert runs[Country("BH")] == [7, 1]


def test_streaks_of_the_world_chart(world: ChartHistory) -> None:
    """Squid Game nine straight weeks at No. 1, All of Us Are Dead five."""
    category = "TV (Non-English)"
    squid = streaks(world, "Squid Game: Season 1", category=category)[0]
    assert (squid.length, str(squid.start), str(squid.end)) == (9, "2021-09-19", "2021-11-14")
    dead = streaks(world, "All of Us Are Dead", category=category)[0]
    assert (dead.length, str(dead.start), str(dead.end)) == (5, "2022-01-30", "2022-02-27")
    assert (dead.upper, dead.start_known, dead.end_known, dead.ongoing) == (5, True, True, False)


def test_all_of_us_are_dead_is_fourth_on_the_weekly_list() -> None:
    """Fourth on Netflix's weekly list, though third on FlixPatrol's daily one: both are true."""
    history = history_of("netflix/vintages/2022-02-02_all-weeks-global.tsv")
    names = ["All of Us Are Dead", "The Silent Sea", "Hellbound", "Squid Game"]
    found = first_to_reach(history, among=names, category="TV (Non-English)")
    assert [(each.title.name, str(each.date)) for each in found.order] == [
        ("Squid Game", "2021-09-19"),
        ("Hellbound", "2021-11-21"),
        ("The Silent Sea", "2022-01-02"),
        ("All of Us Are Dead", "2022-01-30"),
    ]


def test_days_from_release_are_an_interval_on_a_weekly_chart(world: ChartHistory) -> None:
    """Released on a Friday, No. 1 of the week that ends on the Sunday."""
    found = days_from_release(world, "All of Us Are Dead", released="2022-01-28")
    assert found is not None
    assert found.days == (0, 2)


def test_evidence_leads_to_the_line(countries: ChartHistory, vintages: Path) -> None:
    """The row of each source line says what the figure says."""
    import gzip

    path = vintages / "2022-03-02_all-weeks-countries.tsv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")
    found = coverage(countries, "All of Us Are Dead", date="2022-01-30")
    rows = evidence(countries, found)
    assert len(rows) == 91
    for row in rows:
        assert row.source is not None
        assert row.source.line is not None
        assert row.country is not None
        cells = lines[row.source.line - 1].split("\t")
        assert cells[1:3] == [row.country.alpha2, "2022-01-30"]
        assert cells[4:6] == [str(row.rank), "All of Us Are Dead"]
