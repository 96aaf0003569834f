"""`read` knows a format by its content, and merges what it reads."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kcharts.errors import ConflictError, ParseErrors
from kcharts.formats._detect import read
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.formats.netflix import read_countries, read_global
from kcharts.sources.limits import Limits
from tests.formats.cases import CASES
from tests.formats.made import COUNTRIES, country_rows, csv, joined, table_rows, the_problem, tsv

DATA = tsv(country_rows())
GLOBAL = (
    "week",
    "category",
    "weekly_rank",
    "show_title",
    "season_title",
    "weekly_hours_viewed",
    "cumulative_weeks_in_top_10",
)
WORLD_ROWS = [
    ["2022-01-30", "TV (English)", str(rank), f"Show {rank}", "N/A", "10000", "1"]
    for rank in range(1, 11)
]
WORLD = tsv(WORLD_ROWS, header=GLOBAL)
POPULAR = tsv(
    [["TV (English)", "1", "A Show", "N/A", "10"]],
    header=("category", "rank", "show_title", "season_title", "hours_viewed_first_28_days"),
)


def test_a_format_is_known_by_its_columns() -> None:
    assert read(DATA) == read_countries(DATA)
    assert read(WORLD) == read_global(WORLD)
    assert read(csv(table_rows())) == read_kcharts(csv(table_rows()))


def test_a_format_is_known_by_the_keys_of_json_lines() -> None:
    lines = [json.dumps(dict(zip(COUNTRIES, row, strict=True))) for row in country_rows()]
    assert read("\n".join(lines).encode()) == read_countries(DATA)
    assert len(read(b'{"note": "nothing yet"}\n')) == 0


def test_a_long_file_is_known_by_its_beginning() -> None:
    rows = [[*row[:-1], "1"] for _ in range(20) for row in country_rows()]
    assert len(tsv(rows)) > 1 << 16
    _, report = read(tsv(rows), on_error="collect")
    assert report.rows_read == 1_200


def test_another_encoding_is_read_as_told() -> None:
    assert read(joined(country_rows()).encode("utf-16"), encoding="utf-16") == read_countries(DATA)


def test_an_encoding_that_does_not_exist_is_told() -> None:
    with pytest.raises(ParseErrors, match="cannot be read as utf-88: unknown encoding"):
        read(DATA, encoding="utf-88")


def test_a_handle_is_read_once() -> None:
    assert read(io.BytesIO(DATA)) == read_countries(DATA)


def test_sources_are_merged() -> None:
    half = len(country_rows()) // 2
    parts = [tsv(rows) for rows in (country_rows()[:half], country_rows()[half:])]
    assert read(*parts) == read(DATA)
    both, report = read(DATA, WORLD, on_error="collect")
    assert both == read_countries(DATA).merge(read_global(WORLD))
    assert (report.sources, report.rows_read) == (("<bytes>", "<bytes>"), 70)


def test_one_file_twice_is_one() -> None:
    assert read(DATA, DATA) == read(DATA)


def test_sources_that_differ_are_in_conflict_and_named(tmp_path: Path) -> None:
    rows = country_rows()
    rows[0][5], rows[1][5] = rows[1][5], rows[0][5]
    for name, data in (("one.tsv", DATA), ("two.tsv", tsv(rows))):
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ConflictError, match=r"one\.tsv, line 2 against two\.tsv, line"):
        read(tmp_path / "one.tsv", tmp_path / "two.tsv")
    with pytest.raises(ConflictError, match=r"one\.tsv, line 2 against two\.tsv, line"):
        read(tmp_path / "one.tsv", tmp_path / "two.tsv", on_error="collect")


def test_a_conflict_is_placed_at_the_first_row_that_differs(tmp_path: Path) -> None:
    rows = country_rows()
    rows[4][6] = "A Film That Others Call Otherwise"
    paths = [tmp_path / name / "lists.tsv" for name in ("one", "two")]
    for path, data in zip(paths, (DATA, tsv(rows)), strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
    with pytest.raises(ConflictError, match=r"s\.tsv, line 6 against another lists\.tsv, line 6"):
        read(*paths)


def test_no_source_is_told_in_words() -> None:
    with pytest.raises(TypeError, match="expected at least one source"):
        read()


def test_an_unknown_way_with_errors_is_refused() -> None:
    with pytest.raises(ValueError, match='"raise" or "collect"'):
        read(DATA, on_error="ignore")  # type: ignore[call-overload]  # the point


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ParseErrors, match="unknown-format") as caught:
        read(b"one,two\n1,2\n")
    assert "'one, two'" in str(caught.value)
    hint = str(caught.value.problems[0].problem.hint)
    assert hint.startswith("kcharts.read_table reads any other table; kcharts knows")
    names = dict.fromkeys(case.module.rpartition(".")[2] for case in CASES)
    assert hint.endswith(f"knows the formats of {', '.join(names)}")


def test_a_header_that_nearly_fits_is_told_what_it_lacks() -> None:
    data = tsv([row[:4] + row[5:] for row in country_rows()], header=COUNTRIES[:4] + COUNTRIES[5:])
    _, report = read(data, on_error="collect")
    assert the_problem(report).code == "unknown-format"
    assert str(the_problem(report).hint).startswith(
        "all-weeks-countries is closest, and also has weekly_rank; kcharts.read_table "
    )


def test_a_list_that_is_no_chart_is_told_its_reader() -> None:
    with pytest.raises(ParseErrors, match="not-a-chart") as caught:
        read(POPULAR)
    hint = caught.value.problems[0].problem.hint
    assert hint == "kcharts.formats.netflix.read_most_popular reads it"


def test_all_sources_are_read_before_anything_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ParseErrors) as caught:
        read(b"", DATA, tmp_path / "nowhere", POPULAR)
    assert [error.problem.code for error in caught.value.problems] == [
        "empty-file",
        "unreadable-source",
        "not-a-chart",
    ]
    assert str(caught.value).count("1 problem") == 3


def test_one_source_that_cannot_be_opened_keeps_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(ParseErrors) as caught:
        read(tmp_path / "nowhere")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_what_can_be_read_is_collected_beside_what_cannot() -> None:
    history, report = read(DATA, b"null", on_error="collect")
    assert history == read_countries(DATA)
    assert dict(report.counts) == {"wrong-format": 1}


def test_the_size_of_each_source_is_capped() -> None:
    with pytest.raises(ParseErrors, match="limit-exceeded"):
        read(DATA, limits=Limits(file_bytes=100))


def test_importing_it_loads_no_parser() -> None:
    late = [
        "csv",
        "json",
        "zipfile",
        "gzip",
        "kcharts.formats.netflix",
        "kcharts.formats.kcharts_table",
    ]
    probe = f"import kcharts.formats._detect, sys; print(*(m for m in {late} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_vintage_is_known_for_what_it_is(data_dir: Path) -> None:
    for file in sorted((data_dir / "netflix/vintages").glob("*all-weeks*")):
        history, report = read(file, on_error="collect")
        assert report.is_clean
        assert len(history) == report.rows_read
