"""Netflix's files in every layout they had, made up and as published."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from kcharts.errors import ParseErrors
from kcharts.formats import netflix
from kcharts.model.calendar import Calendar
from kcharts.model.country import WORLD
from kcharts.model.title import Title
from tests.formats.made import COUNTRIES, country_rows, tsv

GLOBAL = [
    "week",
    "category",
    "weekly_rank",
    "show_title",
    "season_title",
    "weekly_hours_viewed",
    "cumulative_weeks_in_top_10",
]
VIEWS = ["runtime", "weekly_views"]
LAYOUTS = {
    "1, from 2021-11": GLOBAL,
    "2, from 2023-07": [
        *GLOBAL[:6],
        *VIEWS,
        GLOBAL[6],
        "is_staggered_launch",
        "episode_launch_details",
    ],
    "3, from 2024-11": [
        *GLOBAL[:6],
        *VIEWS,
        GLOBAL[6],
        "is_staggered_launch",
        "runtime_override_flag",
        "episode_launch_dtls",
    ],
    "4, from 2025-07": [*GLOBAL[:6], *VIEWS, GLOBAL[6]],
}
CELLS = {
    "week": "2023-06-18",
    "category": "TV (Non-English)",
    "season_title": "N/A",
    "weekly_hours_viewed": "124790000",
    "runtime": "1.9667",
    "weekly_views": "",
    "cumulative_weeks_in_top_10": "2",
    "is_staggered_launch": "false",
    "episode_launch_details": '"[{""episodesLaunched"":4,""countryList"":[""AE"",""NA""]}]"',
    "runtime_override_flag": "[{is_staggered_launch=0, is_live_title=0}]",
    "episode_launch_dtls": "",
}


def made(header: list[str]) -> bytes:
    rows = [
        [{**CELLS, "weekly_rank": str(rank), "show_title": f"Show {rank}"}[name] for name in header]
        for rank in range(1, 11)
    ]
    return tsv(rows, header=header)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_of_the_global_file_gives_the_same_list(name: str) -> None:
    history = netflix.read_global(made(LAYOUTS[name]))
    row = history[0]
    assert (row.chart.place, row.date, row.rank) == (WORLD, dt.date(2023, 6, 18), 1)
    assert row.title == Title("Show 1", kind="TV")
    assert row.metrics.hours_viewed == 124_790_000
    assert row.reported.periods_on_chart == 2
    assert len(history) == 10


def test_a_runtime_is_kept_as_printed_and_a_blank_cell_is_no_value() -> None:
    metrics = netflix.read_global(made(LAYOUTS["2, from 2023-07"]))[0].metrics
    assert (metrics.runtime_hours, metrics.views) == (Decimal("1.9667"), None)


def test_json_in_quotes_is_kept_among_the_extras_without_the_quotes() -> None:
    row = netflix.read_global(made(LAYOUTS["2, from 2023-07"]))[0]
    assert dict(row.extras) == {
        "is_staggered_launch": "false",
        "episode_launch_details": '[{"episodesLaunched":4,"countryList":["AE","NA"]}]',
    }


def test_columns_are_known_by_name_wherever_they_stand() -> None:
    order = [3, 7, 0, 6, 1, 4, 2, 5]
    moved = [[row[at] for at in order] for row in country_rows()]
    header = [COUNTRIES[at] for at in order]
    assert netflix.read_countries(tsv(moved, header=header)) == netflix.read_countries(
        tsv(country_rows())
    )


def test_no_season_is_none_and_na_is_namibia() -> None:
    rows = country_rows()
    rows[10][6] = "N/A"  # history[0]: Korea, the earlier week
    history = netflix.read_countries(tsv(rows))
    assert history[0].title.season is None
    assert [chart.code for chart in history.charts] == ["KR", "NA", "RE"]
    assert Title("Show 1", kind="TV") in history.titles


def test_seasons_of_one_show_are_titles_of_their_own() -> None:
    rows = country_rows()
    rows[1][5:7] = ["Show 1", "Show 1: Season 2"]
    history = netflix.read_countries(tsv(rows))
    assert [title.season for title in history.titles if title.name == "Show 1"] == [
        "Show 1: Season 1",
        "Show 1: Season 2",
    ]


def test_the_calendar_is_given_with_its_first_week() -> None:
    history = netflix.read_countries(tsv(country_rows()))
    known = Calendar.weekly("sunday", first=dt.date(2021, 7, 4))
    assert history.calendar(history.series[0]) == known


def test_packed_files_are_unpacked_whatever_their_name(tmp_path: Path) -> None:
    data = tsv(country_rows())
    plain = netflix.read_countries(data)
    packed = tmp_path / "lists.tsv"
    packed.write_bytes(gzip.compress(data))
    assert netflix.read_countries(packed) == plain
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("__MACOSX/lists.tsv", b"finder")
        archive.writestr("data/lists.tsv", data)
    history = netflix.read_countries(stream.getvalue())
    assert history == plain
    source = history[0].source
    assert source is not None
    assert source.name == "<bytes>/data/lists.tsv"


def test_a_counter_that_does_not_rise_by_one_is_noted() -> None:
    rows = country_rows()
    rows[0][7] = "9"
    _, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert [(note.code, note.line) for note in report.notes] == [("inconsistent-run", 2)]
    rows[0][7] = ""
    _, report = netflix.read_countries(tsv(rows), on_error="collect")
    assert not report.notes


def test_a_misspelt_name_is_looked_up_once_and_named_in_every_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One workbook has 1,200 rows of one misspelt country: its close names take their time."""
    rows = country_rows()
    for row in rows[:20]:
        row[0] = "Sout Korea"
    for row in rows[20:40]:
        row[0] = "Nambia"
    for kept in (1_000, 1):
        monkeypatch.setattr("kcharts.reading.codes.KEPT", kept)
        _, report = netflix.read_countries(tsv(rows), on_error="collect")
        assert [p.line for p in report.problems] == list(range(2, 42))
        assert {(p.code, p.column) for p in report.problems} == {
            ("unknown-country", "country_name")
        }
        assert [p.value for p in report.problems] == ["Sout Korea"] * 20 + ["Nambia"] * 20


POPULAR = ["category", "rank", "show_title", "season_title", "hours_viewed_first_28_days"]


def test_records_of_28_days_are_no_chart() -> None:
    rows = [["Films (English)", "1", "A Film", "N/A", "364020000"]]
    [record] = netflix.read_most_popular(tsv(rows, header=POPULAR))
    assert record == netflix.MostPopular(
        "Films (English)", 1, Title("A Film", kind="Film"), 28, 364_020_000
    )


def test_records_of_91_days_have_views_and_runtime() -> None:
    header = [*POPULAR[:4], "hours_viewed_first_91_days", "runtime", "views_first_91_days"]
    rows = [["TV (English)", "1", "A Show", "A Show: Season 1", "10", "2.5", "4"]]
    [record] = netflix.read_most_popular(tsv(rows, header=header))
    assert (record.window_days, record.views, record.runtime_hours) == (91, 4, Decimal("2.5"))


def test_broken_records_are_rejected_one_by_one() -> None:
    good = ["TV (English)", "1", "A Show", "N/A", "10"]
    rows = [good, [*good[:4], "many"], good[:3], [""], ["TV", *good[1:]]]
    records, report = netflix.read_most_popular(
        tsv([*rows, good], header=POPULAR), on_error="collect"
    )
    assert len(records) == 2
    assert [(p.code, p.line, p.column, p.value) for p in report.problems] == [
        ("bad-integer", 3, "hours_viewed_first_28_days", "many"),
        ("too-few-fields", 4, None, None),
        ("unknown-category", 6, "category", "TV"),
    ]
    assert (report.rows_read, report.rows_accepted) == (5, 2)


def test_records_without_their_window_are_refused() -> None:
    with pytest.raises(ParseErrors, match="hours_viewed_first_28_days is missing"):
        netflix.read_most_popular(tsv([], header=POPULAR[:4]))
    records, report = netflix.read_most_popular(b"", on_error="collect")
    assert (records, dict(report.counts)) == ([], {"empty-file": 1})


def test_the_sample_is_read_in_full() -> None:
    assert len(netflix.read_countries(netflix.SPEC.sample.encode())) == 2


# -- the files that Netflix published -----------------------------------------------------


def test_the_countries_file_of_march_2022_is_read_in_full(data_dir: Path) -> None:
    file = data_dir / "netflix/vintages/2022-03-02_all-weeks-countries.tsv.gz"
    history = netflix.read_countries(file)
    assert len(history) == 65_800
    assert len({chart.place for chart in history.charts}) == 94
    assert len(history.dates) == 35
    assert str(history) == (
        "Netflix weekly, Films and TV, 94 countries, 35 issues 2021-07-04 to 2022-02-27, "
        "65,800 rows; no list missing"
    )


def test_every_vintage_reads_clean(data_dir: Path) -> None:
    files = sorted((data_dir / "netflix/vintages").iterdir())
    found: dict[str, bool] = {}
    for file in files:
        if "countries" in file.name:
            found[file.name] = netflix.read_countries(file, on_error="collect")[1].is_clean
        elif "global" in file.name:
            found[file.name] = netflix.read_global(file, on_error="collect")[1].is_clean
        else:
            found[file.name] = len(netflix.read_most_popular(file)) == 40
    assert len(found) == 16
    assert all(found.values()), found


def test_what_archives_stored_in_place_of_a_chart_is_named(data_dir: Path) -> None:
    broken = data_dir / "netflix/broken"
    with pytest.raises(ParseErrors, match=r"(?s)wrong-format.*says 'Moved Permanently'"):
        netflix.read_countries(broken / "redirect-page.tsv")
    with pytest.raises(ParseErrors, match=r"(?s)wrong-format.*the payload null"):
        netflix.read_countries(broken / "null.tsv")


def test_a_copy_with_commas_and_a_byte_order_mark_is_read_as_well(data_dir: Path) -> None:
    file = data_dir / "netflix/recoded/bom_all-weeks-global_2022-01-16.csv"
    history, report = netflix.read_global(file, on_error="collect")
    assert report.rows_read == len(history) + report.rows_rejected
    assert report.rows_read > 0
    assert "bad-encoding" not in report.counts
