"""FlixPatrol's archived tables, and the panel of ids."""

from __future__ import annotations

import pytest

from kcharts import WORLD, Country, IssueStatus
from kcharts.formats import flixpatrol
from kcharts.formats.flixpatrol import COUNTRIES, PANEL, WORLD as WORLD_LISTS
from tests.formats.made import csv, the_problem
from tests.sources.workbooks import dated, workbook

pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # lists of one or two rows say enough here
)


def country_row(**changed: str) -> list[str]:
    row = dict(
        zip(
            COUNTRIES.columns,
            ("1", "A Film", "link", "2022-01-31", "south-korea", "movie", "netflix"),
            strict=True,
        )
    )
    return list((row | changed).values())


def world_row(title: str, points: str, **changed: str) -> list[str]:
    row = dict.fromkeys(WORLD_LISTS.columns, "1")
    row |= {"Title": title, "Points": points, "Date": "2022-01-31"}
    row |= {"Category": "tvshow", "Stremaer": "netflix"}
    return list((row | changed).values())


def countries(*rows: list[str]) -> bytes:
    return csv(rows, header=COUNTRIES.columns)


def worlds(*rows: list[str]) -> bytes:
    return csv(rows, header=WORLD_LISTS.columns)


def panels(*rows: tuple[str, str, str, str, str]) -> bytes:
    return csv([list(row) for row in rows], header=PANEL.columns)


def test_what_tables_print_is_kept_beside_the_words_of_the_pages() -> None:
    [row] = flixpatrol.read_countries(countries(country_row()))[:1]
    assert str(row.chart) == "Netflix Movies in South Korea (by FlixPatrol), daily"
    assert (row.title.kind, row.chart.series.depth) == ("Movie", 10)
    extras = dict(row.extras)
    assert (extras["Category"], extras["Stremaer"]) == ("movie", "netflix")
    assert (extras["Locale"], extras["Link"]) == ("south-korea", "link")


def test_an_unknown_platform_stays_as_it_is_printed() -> None:
    rows = [country_row(Stremaer=name) for name in ("go3", "hbo", "apple-tv")]
    history = flixpatrol.read_countries(countries(*rows))
    platforms = {chart.series.platform for chart in history.charts}
    assert platforms == {"go3", "HBO Max", "Apple TV"}


def test_slugs_of_places_are_known() -> None:
    slugs = {
        "hong-kong": "HK",
        "Hong-Kong": "HK",
        "reunion": "RE",
        "salvador": "SV",
        "swaziland": "SZ",
        "ivory-coast": "CI",
        "east-timor": "TL",
        "cape-verde": "CV",
        "Czech Republic": "CZ",
    }
    for slug, code in slugs.items():
        history = flixpatrol.read_countries(countries(country_row(Locale=slug)))
        assert [chart.place for chart in history.charts] == [Country(code)]


def test_each_cell_that_cannot_be_is_told() -> None:
    wrong = {
        "Rank": ("101", "rank-out-of-range"),
        "Title": (" ", "empty-title"),
        "Date": ("2022-02-30", "bad-date"),
        "Locale": ("atlantis", "unknown-country"),
        "Category": ("songs", "unknown-category"),
        "Stremaer": ("", "missing-value"),
    }
    for column, (value, code) in wrong.items():
        data = countries(country_row(**{column: value}))
        _, report = flixpatrol.read_countries(data, on_error="collect")
        problem = the_problem(report)
        assert (problem.code, problem.column, problem.value) == (code, column, value)


def test_a_list_of_the_world_is_deeper_than_one_of_a_country() -> None:
    rows = [country_row(Rank=str(n), Title=f"Film {n}", Locale="world") for n in range(1, 12)]
    [chart] = flixpatrol.read_countries(countries(*rows)).charts
    assert (chart.place, chart.series.depth) == (WORLD, 100)
    rows = [country_row(Rank=str(n), Title=f"Film {n}") for n in range(1, 12)]
    history, report = flixpatrol.read_countries(countries(*rows), on_error="collect")
    problem = the_problem(report)
    assert (problem.code, problem.line, problem.value) == ("rank-out-of-range", 12, "11")
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE


def test_dates_can_be_written_otherwise() -> None:
    data = countries(country_row(Date="1/31/2022"))
    history = flixpatrol.read_countries(data, date_format="%m/%d/%Y")
    assert str(history.dates[0]) == "2022-01-31"


def test_ranks_of_the_world_follow_points_whatever_the_order_of_rows() -> None:
    rows = [world_row("C", "150"), world_row("A", "700"), world_row("D", "20")]
    history = flixpatrol.read_world(worlds(*rows, world_row("B", "150")))
    found = [(row.rank, row.title.name, row.metrics.points) for row in history]
    assert found == [(1, "A", 700), (2, "B", 150), (2, "C", 150), (4, "D", 20)]


def test_every_list_of_the_world_is_ranked_for_itself() -> None:
    rows = [
        world_row("A", "5"),
        world_row("A", "7", Date="2022-02-01"),
        world_row("B", "9", Date="2022-02-01"),
        world_row("B", "3", Category="movie"),
        world_row("B", "2", Stremaer="hulu"),
    ]
    history = flixpatrol.read_world(worlds(*rows))
    found = {(row.metrics.points, row.rank) for row in history}
    assert found == {(5, 1), (7, 2), (9, 1), (3, 1), (2, 1)}


def test_one_list_may_be_called_by_several_names() -> None:
    """A table joined from others says `tvshow` here and `shows` there."""
    rows = [
        world_row("A", "9"),
        world_row("B", "7", Category="shows"),
        world_row("C", "5", Stremaer="Netflix"),
        world_row("D", "3", Date="31.01.2022"),
    ]
    history, report = flixpatrol.read_world(
        worlds(*rows), date_format="%d.%m.%Y", on_error="collect"
    )
    assert report.is_clean
    assert [(row.title.name, row.rank) for row in history] == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
        ("D", 4),
    ]


def test_days_may_be_texts_and_dates_of_a_workbook() -> None:
    days = ["2022-01-31", dated(44592), "2022-01-31", dated(44592)]
    rows = [world_row(name, points) for name, points in zip("ABCC", "9755", strict=True)]
    at = WORLD_LISTS.columns.index("Date")
    cells = [[*row[:at], day, *row[at + 1 :]] for row, day in zip(rows, days, strict=True)]
    cells.append(world_row("D", "3"))
    data = workbook([WORLD_LISTS.columns, *cells])
    history, report = flixpatrol.read_world(data, on_error="collect")
    assert report.is_clean
    assert [(row.title.name, row.rank) for row in history] == [
        ("A", 1),
        ("B", 2),
        ("C", 3),
        ("D", 4),
    ]


def test_a_row_of_no_list_moves_no_other_down() -> None:
    rows = [
        world_row("A", "9", Category="songs"),
        world_row("B", "8", Date=""),
        world_row("C", "7"),
    ]
    history, report = flixpatrol.read_world(worlds(*rows), on_error="collect")
    assert report.counts == {"unknown-category": 1, "missing-value": 1}
    assert [(row.title.name, row.rank) for row in history] == [("C", 1)]


def test_a_row_that_stands_twice_moves_no_other_down() -> None:
    rows = [world_row("A", "7"), world_row("B", "5"), world_row("C", "3")]
    history, report = flixpatrol.read_world(worlds(rows[0], *rows), on_error="collect")
    assert report.is_clean
    assert [row.rank for row in history] == [1, 2, 3]
    assert [note.code for note in report.notes] == ["duplicate-row"]


def test_a_title_with_two_figures_of_points_is_rejected_twice() -> None:
    rows = [world_row("A", "7"), world_row("A", "5"), world_row("B", "3")]
    history, report = flixpatrol.read_world(worlds(*rows), on_error="collect")
    assert report.counts == {"duplicate-title": 2}
    assert [row.title.name for row in history] == ["B"]


def test_a_row_without_readable_points_has_no_rank() -> None:
    for points, code in (
        ("", "missing-value"),
        ("n/a", "missing-value"),
        ("-5", "out-of-range"),
        ("12 M", "bad-integer"),
        ("7\x1f1", "bad-integer"),
        ("99999999999999999999", "out-of-range"),
    ):
        rows = [world_row("A", "7"), world_row("B", points), world_row("C", "5")]
        history, report = flixpatrol.read_world(worlds(*rows), on_error="collect")
        problem = the_problem(report)
        assert (problem.code, problem.column, problem.value) == (code, "Points", points)
        assert [row.rank for row in history] == [1, 2]
        assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE


def test_rows_of_a_wrong_width_do_not_count_for_ranks() -> None:
    wide, short = [*world_row("B", "9"), "more"], world_row("D", "9")[:-1]
    rows = [world_row("A", "7"), wide, short, ["E"], ['"open'], world_row("C", "5")]
    history, report = flixpatrol.read_world(worlds(*rows), on_error="collect")
    assert report.counts == {"too-many-fields": 1, "too-few-fields": 2, "unbalanced-quote": 1}
    assert [(row.rank, row.title.name) for row in history] == [(1, "A"), (2, "C")]


def test_a_blank_line_among_lists_of_the_world_is_skipped() -> None:
    data = worlds(world_row("A", "7")) + b"\n,,,\n" + b",".join([b"B", b"5"]) + b"\n"
    _, report = flixpatrol.read_world(data, on_error="collect")
    assert report.counts == {"too-few-fields": 1}
    assert [note.code for note in report.notes] == ["blank-line", "blank-line"]


def test_the_panel_has_ids_and_no_names() -> None:
    data = panels(
        ("south-korea", "2022-01-31", "movies", "1", "7"),
        ("south-korea", "2022-01-31", "shows", "1", "7"),
    )
    history = flixpatrol.read_panel(data)
    assert [title.key for title in history.titles] == ["tmdb:movie:7", "tmdb:tv:7"]
    assert history.titles[0].ids == ("tmdb:movie:7",)
    assert history.titles[0].name == "TMDb 7"


def test_one_id_can_hold_two_ranks_of_the_panel() -> None:
    rows = [("south-korea", "2022-01-31", "shows", str(n), "7") for n in (1, 2)]
    history, report = flixpatrol.read_panel(panels(*rows), on_error="collect")
    assert report.is_clean
    assert [row.rank for row in history] == [1, 2]


def test_short_lists_of_the_panel_are_marked_and_those_of_the_world_are_not() -> None:
    rows = [
        (place, "2022-01-31", "shows", str(n), str(n))
        for place, size in (("south-korea", 9), ("japan", 10), ("world", 9))
        for n in range(1, size + 1)
    ]
    history, report = flixpatrol.read_panel(panels(*rows), on_error="collect")
    assert report.is_clean
    assert report.lists_defective == 1
    assert [note.code for note in report.notes] == ["short-list"]
    status = {chart.code: history.status(chart, "2022-01-31").name for chart in history.charts}
    assert status == {"KR": "DEFECTIVE", "JP": "PUBLISHED", "WORLD": "PUBLISHED"}


def test_what_is_wrong_in_the_panel_is_told() -> None:
    good = {"country": "japan", "date": "2022-01-31", "kind": "shows", "pos": "1", "tmdb": "7"}
    wrong = {
        "country": ("atlantis", "unknown-country"),
        "date": ("", "missing-value"),
        "kind": ("movie", "unknown-category"),
        "pos": ("0", "rank-out-of-range"),
        "tmdb": ("", "missing-value"),
    }
    for column, (value, code) in wrong.items():
        row = list((good | {column: value}).values())
        _, report = flixpatrol.read_panel(csv([row], header=PANEL.columns), on_error="collect")
        problem = the_problem(report)
        assert (problem.code, problem.column) == (code, column)


def test_a_list_of_countries_and_that_of_the_world_are_named_once() -> None:
    """They are of two depths, so two series of one name."""
    history = flixpatrol.read_panel(PANEL.sample.encode())
    assert str(history) == (
        "Netflix daily by FlixPatrol, Movies, the world and 1 country, "
        "1 issue 2022-01-31 to 2022-01-31, 12 rows; no list missing"
    )
