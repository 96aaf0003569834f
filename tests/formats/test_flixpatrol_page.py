"""Saved pages of FlixPatrol's: of countries, of the world, of a title."""

from __future__ import annotations

import io
import sys

import pytest

import kcharts
from kcharts import WORLD, ChartHistory, Country, IssueStatus, Limits, ParseErrors, ReadReport
from kcharts.formats import flixpatrol
from kcharts.formats.flixpatrol._pages import facts_of
from kcharts.formats.flixpatrol._samples import (
    FILMS,
    SERIES,
    country_list,
    page,
    weeks_table,
    world_list,
)
from tests.formats.made import conserves, the_problem

pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # some lists here are short on purpose
)
TITLE = "TOP 10 on Netflix in South Korea on January 31, 2022"
ADDRESS = "/top10/netflix/south-korea/2022-01-31/"
MOVIES = country_list("TOP 10 Movies", FILMS)
SHOWS = country_list("TOP 10 TV Shows", SERIES)
COUNTRY = flixpatrol.COUNTRY_PAGE.sample
WORLD_PAGE = flixpatrol.WORLD_PAGE.sample


def of_country(body: str, *, title: str = TITLE, address: str = ADDRESS) -> bytes:
    return page(title, address, body).encode()


def collected(data: bytes | str, **given: str) -> tuple[ChartHistory, ReadReport]:
    content = data.encode() if isinstance(data, str) else data
    found = flixpatrol.read_page(
        content, on_error="collect", place=given.get("place"), date=given.get("date")
    )
    assert conserves(found)
    return found


def names(history: ChartHistory) -> dict[str, list[str]]:
    """The names on the lists of a page, by category."""
    found: dict[str, list[str]] = {}
    for row in history:
        found.setdefault(row.chart.series.category, []).append(row.title.name)
    return found


def test_a_row_of_a_country_is_read_whole() -> None:
    row = flixpatrol.read_page(COUNTRY.encode())[1]
    assert str(row.chart) == "Netflix Movies in South Korea (by FlixPatrol), daily"
    assert (str(row.date), row.rank, row.title.name) == ("2022-01-31", 2, "A Film 2")
    assert (row.title.key, row.title.kind) == ("flixpatrol:a-film-2", "Movie")
    assert row.reported.periods_on_chart == 9
    extras = {"title": "A Film 2", "link": "/title/a-film-2/", "change": "–"}
    assert dict(row.extras) == extras
    assert row.source is not None
    assert COUNTRY.splitlines()[(row.source.line or 0) - 1].count("A Film 2") == 1


def test_the_link_around_the_poster_is_no_row() -> None:
    """Posters have links of their own; who counts links gets an empty first title."""
    history = flixpatrol.read_page(COUNTRY.encode())
    assert names(history) == {"Movies": list(FILMS), "TV Shows": list(SERIES)}
    assert [row.rank for row in history] == [*range(1, 11), *range(1, 11)]


def test_a_row_of_the_world_has_points() -> None:
    history = flixpatrol.read_page(WORLD_PAGE.encode())
    assert [chart.place for chart in history.charts] == [WORLD, WORLD]
    assert (history[0].title.name, history[0].metrics.points) == ("A Film 1", 1_000)
    assert (history[9].title.name, history[9].metrics.points) == ("A Film 10", 730)


def test_lists_are_known_by_their_headings_whatever_their_order() -> None:
    kids = country_list("TOP 10 Kids Movies", ("A Kid",)) + country_list(
        "TOP 10 Kids TV Shows", ("B Kid",)
    )
    overall = country_list("TOP 10 Overall", ("A Film 1", "A Series 1"))
    history = flixpatrol.read_page(of_country(kids + SHOWS + overall + MOVIES))
    found = names(history)
    assert found["Movies"] == list(FILMS)
    assert found["TV Shows"] == list(SERIES)
    assert found["Kids Movies"] == ["A Kid"]
    assert found["Kids TV Shows"] == ["B Kid"]
    assert found["Overall"] == ["A Film 1", "A Series 1"]


@pytest.mark.parametrize(("body", "have"), [(MOVIES, "Movies"), (SHOWS, "TV Shows")])
def test_a_list_that_is_not_there_does_not_take_the_rows_of_the_other(body: str, have: str) -> None:
    history, report = collected(of_country(body))
    assert report.is_clean
    assert list(names(history)) == [have]
    assert [note.code for note in report.notes] == ["one-list"]


def test_a_heading_without_a_table_is_told_and_its_list_is_defective() -> None:
    history, report = collected(of_country("<h3>TOP 10 Movies</h3>" + SHOWS))
    problem = the_problem(report)
    assert (problem.code, problem.line) == ("unexpected-structure", 11)
    assert "'TOP 10 Movies': no list below" in problem.message
    assert list(names(history)) == ["TV Shows"]
    movies = history.chart("KR", category="Movies")
    assert history.status(movies, "2022-01-31") is IssueStatus.DEFECTIVE


@pytest.mark.parametrize("heading", ["Most Popular Films", "TOP 10 Films", "Movies"])
def test_a_heading_that_has_drifted_is_told(heading: str) -> None:
    drifted = country_list(heading, FILMS)
    history, report = collected(of_country(drifted + SHOWS))
    assert the_problem(report).code == "unexpected-structure"
    assert heading in the_problem(report).message
    assert list(names(history)) == ["TV Shows"]
    _, report = collected(of_country(drifted))
    assert "no heading names a list" in the_problem(report).message


def test_a_heading_that_has_gone_gives_its_rows_to_no_other_list() -> None:
    without = SHOWS.replace("<h3>TOP 10 TV Shows</h3>", "")
    history, report = collected(of_country(MOVIES + without))
    assert "20 ranks in the text below, 10 rows read" in the_problem(report).message
    assert names(history) == {"Movies": list(FILMS)}
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE


def test_a_list_of_nine_rows_is_noted() -> None:
    history, report = collected(of_country(country_list("TOP 10 Movies", FILMS[:9]) + SHOWS))
    assert report.is_clean
    assert [(note.code, note.line) for note in report.notes] == [("short-list", 11)]
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.PUBLISHED


def test_scripts_comments_and_templates_hold_no_lists() -> None:
    hidden = f"<script>{SHOWS}</script><!-- {SHOWS} --><template>{SHOWS}</template>"
    history, report = collected(of_country(hidden + MOVIES))
    assert report.is_clean
    assert list(names(history)) == ["Movies"]
    _, report = collected(of_country(MOVIES + "<!-- " + SHOWS))
    assert set(report.counts) <= {"truncated-row"}


def nested_pages(deep: int) -> list[bytes]:
    """The page of a country, nested deeply from the first list on, the second, or a row of it."""
    nest = "<div>" * deep
    row = '<tr class="table-group"><td class="table-td w-12">5.'
    inside = SHOWS.replace(row, f"{nest}{row}")
    assert inside != SHOWS
    return [
        of_country(f"{nest}{MOVIES}{SHOWS}"),
        of_country(f"{MOVIES}{nest}{SHOWS}"),
        of_country(MOVIES + inside),
    ]


@pytest.mark.parametrize("deep", [300, 1_900])
def test_a_page_that_is_nested_deeply_is_read_whole(deep: int) -> None:
    plain, _ = collected(of_country(MOVIES + SHOWS))
    for data in nested_pages(deep):
        history, report = collected(data)
        assert report.is_clean
        assert history == plain


@pytest.mark.parametrize("deep", [2_000, 200_000])
def test_a_page_that_is_nested_more_deeply_than_can_be_read_is_refused(deep: int) -> None:
    """Lxml leaves out without a word what is more than 2,048 elements deep."""
    for data in nested_pages(deep):
        history, report = collected(data)
        assert report.counts == {"unexpected-structure": 1}
        assert len(history) == 0


def test_a_page_that_is_cut_off_is_told() -> None:
    history, report = collected(of_country(MOVIES + SHOWS)[:-300])
    assert report.counts["truncated-row"] == 1
    shows = history.chart("KR", category="TV Shows")
    assert history.status(shows, "2022-01-31") is IssueStatus.DEFECTIVE
    assert names(history)["Movies"] == list(FILMS)


@pytest.mark.parametrize(
    "title",
    [
        "Page Not Found • FlixPatrol",
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Checking your browser before accessing flixpatrol.com",
    ],
)
def test_what_was_saved_in_place_of_a_page_is_refused_as_what_it_is(title: str) -> None:
    data = f"<!DOCTYPE html><html><head><title>{title}</title></head></html>".encode()
    for read in (flixpatrol.read_page, kcharts.read):
        with pytest.raises(ParseErrors) as caught:
            read(data)
        assert caught.value.problems[0].problem.code == "wrong-format"
        assert title in str(caught.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n", "empty-file"),
        (b"a,b\n1,2\n", "wrong-format"),
        (b"<!-- nothing -->", "wrong-format"),
        (b"<", "unexpected-structure"),
        (b"<html><h1>FlixPatrol</h1></html>", "unexpected-structure"),
        (b"<html>\xff</html>", "bad-encoding"),
        (b"\xff\xfe<\x00", "bad-encoding"),
    ],
)
def test_what_is_no_page_of_lists_is_told(data: bytes, code: str) -> None:
    _, report = collected(data)
    assert the_problem(report).code == code


def test_a_page_can_be_in_another_encoding() -> None:
    text = COUNTRY.replace("A Film 1<", "Un été<").replace("•", "-").replace("–", "-")
    data = text.encode("cp1252")
    history = flixpatrol.read_page(data, encoding="cp1252")
    assert history[0].title.name == "Un été"
    with pytest.raises(ParseErrors, match="bad-encoding"):
        flixpatrol.read_page(data, encoding="no such encoding")


def test_a_page_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(ParseErrors, match="limit-exceeded"):
        flixpatrol.read_page(COUNTRY.encode(), limits=Limits(page_bytes=1_000))
    assert Limits().page_bytes == 10 * 1024 * 1024


def test_a_cell_that_is_too_long_is_rejected() -> None:
    data = COUNTRY.replace("A Film 2<", f"{'A Film 2' * 10}<").encode()
    _, report = flixpatrol.read_page(data, limits=Limits(field_characters=60), on_error="collect")
    assert (the_problem(report).code, the_problem(report).column) == ("field-too-long", "title")


def test_without_lxml_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(ParseErrors, match=r"pip install kcharts\[html\]") as caught:
        flixpatrol.read_page(COUNTRY.encode())
    assert caught.value.problems[0].problem.code == "missing-extra"


def test_importing_the_reader_does_not_import_lxml() -> None:
    import subprocess

    code = "import sys, kcharts.formats.flixpatrol; print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("text", "platform", "place", "date", "category"),
    [
        (f"{TITLE} • FlixPatrol", "Netflix", "South Korea", "2022-01-31", None),
        ("TOP 10 on Disney+ in the World", "Disney+", "the World", None, None),
        ("Hulu TOP 10 in Peru on May 2, 2022", "Hulu", "Peru", "2022-05-02", None),
        ("TOP Movies on HBO Max on May 2, 2022", "HBO Max", None, "2022-05-02", "Movies"),
        ("TOP 10 Kids TV Shows on Netflix in Peru", "Netflix", "Peru", None, "Kids TV Shows"),
        ("TOP 10 Streaming Netherlands", None, "Netherlands", None, None),
    ],
)  # fmt: skip
def test_headings_say_platform_place_date_and_list(
    text: str, platform: str | None, place: str | None, date: str | None, category: str | None
) -> None:
    assert facts_of(text) == (platform, place, date, category)


@pytest.mark.parametrize(
    "text", ["", "About", "TOP Movies on Netflix on May 2, 2022 by country", "TOP 10 Movies"]
)
def test_other_headings_say_nothing(text: str) -> None:
    assert facts_of(text) is None


def test_a_day_that_is_none_is_told_with_every_row() -> None:
    title = "TOP 10 on Netflix in South Korea on February 30, 2022"
    history, report = collected(of_country(MOVIES, title=title, address=""))
    assert report.counts == {"bad-date": 10}
    assert report.problems[0].value == "February 30, 2022"
    assert len(history) == 0
    _, report = collected(of_country("<h3>TOP 10 Movies</h3>", title=title, address=""))
    assert report.counts == {"unexpected-structure": 1}


def test_the_address_says_what_the_title_does_not() -> None:
    body = MOVIES.replace("https://", "")
    data = of_country(body, title="FlixPatrol")
    history = flixpatrol.read_page(data.replace(b"<link", b'<link rel="icon"><link', 1))
    assert str(history.charts[0]) == "Netflix Movies in South Korea (by FlixPatrol), daily"
    assert str(history.dates[0]) == "2022-01-31"
    other = of_country(body, title="FlixPatrol", address="/top10/go3/latvia/2022-01-31/")
    assert flixpatrol.read_page(other).charts[0].series.platform == "go3"
    meta = '<meta property="og:type" content="website"><meta property="og:url" content='
    text = other.decode().replace('<link rel="canonical" href=', meta)
    assert flixpatrol.read_page(text.encode()).charts[0].place == Country("LV")


def test_a_heading_of_the_first_level_says_it_too() -> None:
    data = page("FlixPatrol", "", MOVIES, heading=TITLE).encode()
    assert flixpatrol.read_page(data).charts[0].place == Country("KR")
    text = data.decode().replace("<link", "<no-link")
    assert flixpatrol.read_page(text.encode()).charts[0].place == Country("KR")


def test_a_page_of_several_platforms_names_each_in_a_heading() -> None:
    body = (
        f"<h2>Netflix TOP 10 in South Korea on January 31, 2022</h2>{MOVIES}{SHOWS}"
        f"<h2>Disney+ TOP 10 in South Korea on January 31, 2022</h2>"
        f"{country_list('TOP 10 Overall', SERIES)}<h2>News</h2><p>Nothing</p>"
    )
    data = of_country(body, title="FlixPatrol", address="/top10/streaming/south-korea/2022-01-31/")
    history, report = collected(data)
    assert report.is_clean
    assert [chart.series.name for chart in history.charts] == [
        "Disney+ Overall by FlixPatrol",
        "Netflix Movies by FlixPatrol",
        "Netflix TV Shows by FlixPatrol",
    ]


def test_a_world_page_may_leave_out_that_it_is_one() -> None:
    body = world_list("TOP TV Shows on Netflix on January 31, 2022", SERIES)
    data = of_country(body, title="FlixPatrol", address="/top10/")
    assert flixpatrol.read_page(data).charts[0].place is WORLD
    assert flixpatrol.read_page(data, place="KR").charts[0].place == Country("KR")


def test_the_table_of_all_countries_is_no_list() -> None:
    grid = world_list("TOP Movies and TV Shows on Netflix on January 31, 2022 by country", FILMS)
    history, report = collected(WORLD_PAGE.replace("</body>", f"{grid}</body>"))
    assert report.is_clean
    assert len(history) == 20


def test_a_page_of_boxes_is_read_with_a_date() -> None:
    box = (
        '<div class="platform-section"><h2>Netflix</h2><h3>Movies</h3>'
        '<table><tr><td>1.</td><td><a href="/title/a-film/">A Film</a></td></tr></table></div>'
    )
    data = of_country(box, title="TOP 10 Streaming Netherlands", address="")
    history = flixpatrol.read_page(data, date="2022-01-31")
    assert str(history.charts[0]) == "Netflix Movies in the Netherlands (by FlixPatrol), daily"
    with pytest.raises(ParseErrors, match="missing-date"):
        flixpatrol.read_page(data)
    named = io.BytesIO(data)
    named.name = "netherlands-2022-01-31.html"
    assert kcharts.read(named) == history


def test_what_a_page_does_not_say_has_to_be_given() -> None:
    bare = of_country(MOVIES, title="FlixPatrol", address="")
    _, report = collected(bare)
    assert the_problem(report).code == "unexpected-structure"
    assert "the platform of the list is unknown" in the_problem(report).message
    title = "TOP 10 Movies on Netflix in Atlantis"
    _, report = collected(of_country(MOVIES, title=title.replace("Movies ", ""), address=""))
    assert (the_problem(report).code, "Atlantis" in the_problem(report).message) == (
        "unknown-country",
        True,
    )
    body = MOVIES.replace("<h3>", "<h2>Netflix TOP 10 in Peru</h2><h3>")
    _, report = collected(of_country(body, title="FlixPatrol", address=""))
    assert the_problem(report).code == "missing-date"
    no_place = '<div class="platform-section"><h2>Netflix</h2></div>' + MOVIES
    data = of_country(no_place, title="FlixPatrol", address="")
    _, report = collected(data, date="2022-01-31")
    assert the_problem(report).code == "missing-place"
    history, report = collected(data, date="2022-01-31", place="KR")
    assert report.is_clean
    assert history.charts[0].place == Country("KR")


def row_of(cells: str) -> bytes:
    """A page with a list whose second row is given."""
    end = MOVIES.index("</tr>") + len("</tr>")
    return of_country(f"{MOVIES[:end]}<tr>{cells}</tr></tbody></table>")


LINK = '<a href="/title/a-film/">A Film</a>'


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        (f"<td>two</td><td>{LINK}</td>", "missing-value", "rank"),
        ("<td>2.</td><td>A Film</td>", "missing-value", "link"),
        ('<td>2.</td><td><a href="/title/a/"><img></a></td>', "empty-title", "title"),
        ("<td>0.</td><td>" + LINK + "</td>", "rank-out-of-range", "rank"),
        ("<td>11.</td><td>" + LINK + "</td>", "rank-out-of-range", "rank"),
        (f"<td>2.</td><td>{LINK}</td><td>0,00 d</td>", "bad-integer", "days"),
        (
            f'<td>2.</td><td>{LINK}<a href="/title/b/">B</a></td>',
            "unexpected-structure",
            None,
        ),
    ],
)
def test_a_row_that_cannot_be_is_rejected(cells: str, code: str, column: str | None) -> None:
    history, report = collected(row_of(cells))
    problem = the_problem(report)
    assert problem.code == code
    assert column is None or column in (problem.column, "rank")
    assert problem.row is not None
    assert [row.rank for row in history] == [1]
    assert history.status(history.charts[0], "2022-01-31") is IssueStatus.DEFECTIVE


def test_rows_of_other_kinds_are_none() -> None:
    cells = "<th>Rank</th><th>Title</th></tr><tr><td colspan=3>No more</td></tr><tr>"
    history, report = collected(row_of(cells))
    assert report.is_clean
    assert len(history) == 1


def test_where_there_is_a_poster_alone_its_text_is_the_name() -> None:
    poster = '<a href="/title/a-film/"><picture><img alt=" "><img alt="A  Film"></picture></a>'
    history = flixpatrol.read_page(row_of(f"<td>2.</td><td>{poster}</td>"))
    assert history[1].title.name == "A Film"


def test_links_without_a_text_do_not_name_a_title() -> None:
    """A poster's link may be in another link, though browsers would end that one before."""
    link = '<a href="/title/a-film/">'
    cells = f"<td>2.</td><td>{link}<div>{link}<img></a></div></a>{LINK}</td>"
    assert flixpatrol.read_page(row_of(cells))[1].title.name == "A Film"


def test_links_may_be_whole_or_lead_below_a_titles_page() -> None:
    for link in ("https://flixpatrol.com/title/a-film", "/title/a-film/hours/", "/title/a-film?x"):
        cells = f'<td>2.</td><td><a href="/about/">x</a><a href="{link}">A Film</a></td>'
        row = flixpatrol.read_page(row_of(cells))[1]
        assert (row.title.key, dict(row.extras)["link"]) == ("flixpatrol:a-film", link)


def test_what_else_a_row_says_is_kept() -> None:
    cells = (
        f"<td>2.</td><td>+1</td><td>{LINK}</td><td>1,021</td><td>1,000 d</td><td>7</td><td>x</td>"
    )
    row = flixpatrol.read_page(row_of(cells))[1]
    assert (row.metrics.points, row.reported.periods_on_chart) == (1_021, 1_000)
    assert (dict(row.extras)["change"], dict(row.extras)["rest"]) == ("+1", "7 | x")


def test_one_work_may_be_renamed_under_one_address() -> None:
    other = COUNTRY.replace("A Film 1</a>", "A Movie 1</a>").replace("January 31", "February 1")
    other = other.replace("2022-01-31", "2022-02-01")
    both = kcharts.read(COUNTRY.encode(), other.encode())
    title = both.title("A Film 1")
    found = [dict(row.extras)["title"] for row in both if row.title == title]
    assert sorted(found) == ["A Film 1", "A Movie 1"]


# -- a title's page ------------------------------------------------------------------------

WEEK = weeks_table(
    "A Series on Netflix TOP 10 this week",
    (
        ("south-korea", "KR", "- - 3. 2. 1. 1. 1."),
        ("world", "WW", "- - - - - 9. 11."),
    ),
)
ABOUT = "<div>TV Show</div><div>|</div><div>Last updated on January 31, 2022.</div>"


def of_title(body: str, *, address: str = "/title/a-series-2022/") -> bytes:
    return page("A Series", address, body).encode()


def test_a_titles_page_has_its_ranks_of_seven_days() -> None:
    history = flixpatrol.read_page(of_title(ABOUT + WEEK))
    found = [(row.chart.code, str(row.date), row.rank) for row in history]
    assert found == [
        ("KR", "2022-01-27", 3),
        ("KR", "2022-01-28", 2),
        ("KR", "2022-01-29", 1),
        ("KR", "2022-01-30", 1),
        ("KR", "2022-01-31", 1),
        ("WORLD", "2022-01-30", 9),
        ("WORLD", "2022-01-31", 11),
    ]
    assert {row.title.key for row in history} == {"flixpatrol:a-series-2022"}
    assert not history.is_whole


@pytest.mark.filterwarnings("error")
def test_a_titles_page_warns_of_nothing() -> None:
    flixpatrol.read_page(of_title(ABOUT + WEEK))


def test_a_day_without_a_rank_is_not_taken_for_one_off_the_list() -> None:
    week = weeks_table(
        "A Series on Netflix TOP 10 this week", [("peru", "PE", "1. - 1. 1. 1. 1. 1.")]
    )
    history = flixpatrol.read_page(of_title(ABOUT + week))
    assert history.status(history.charts[0], "2022-01-26") is IssueStatus.MISSING
    [longest, first] = kcharts.streaks(history, "A Series")
    assert (longest.length, longest.upper, first.length) == (5, None, 1)


def test_the_last_column_may_be_yesterdays() -> None:
    body = ABOUT + WEEK.replace("Today", "Yesterday")
    history = flixpatrol.read_page(of_title(body))
    assert str(history.dates[-1]) == "2022-01-30"


def test_the_day_of_a_titles_page_can_be_given() -> None:
    body = "<div>TV Show</div>" + WEEK
    history = flixpatrol.read_page(of_title(body), date="2022-02-02")
    assert str(history.dates[-1]) == "2022-02-02"
    _, report = collected(of_title(body))
    assert the_problem(report).code == "missing-date"
    _, report = collected(of_title(ABOUT.replace("January 31", "January 32") + WEEK))
    assert the_problem(report).code == "bad-date"


def test_the_list_of_a_title_is_that_of_its_heading_or_its_kind() -> None:
    history = flixpatrol.read_page(of_title(ABOUT.replace("TV Show", "Movie") + WEEK))
    assert history.charts[0].series.category == "Movies"
    overall = WEEK.replace("TOP 10 this", "TOP 10 Overall this")
    history = flixpatrol.read_page(of_title(ABOUT + overall))
    assert history.charts[0].series.category == "Overall"
    kids = WEEK.replace("TOP 10 this", "TOP 10 Kids Movies this")
    history = flixpatrol.read_page(of_title(ABOUT + kids))
    assert history.charts[0].series.category == "Kids Movies"
    _, report = collected(of_title(ABOUT.replace("TV Show", "Game") + WEEK))
    assert "which list" in the_problem(report).message


def test_the_list_of_a_platform_that_may_have_one_of_both_is_not_guessed() -> None:
    other = WEEK.replace("on Netflix TOP", "on Disney+ TOP")
    history, report = collected(of_title(ABOUT + other + WEEK))
    assert the_problem(report).code == "unexpected-structure"
    assert {chart.series.platform for chart in history.charts} == {"Netflix"}
    other = other.replace("TOP 10 this", "TOP 10 Overall this")
    history, report = collected(of_title(ABOUT + other + WEEK))
    assert report.is_clean
    assert {chart.series.name for chart in history.charts} == {
        "Disney+ Overall by FlixPatrol",
        "Netflix TV Shows by FlixPatrol",
    }


def test_a_film_may_be_called_as_a_check_of_the_browser() -> None:
    text = of_title(ABOUT + WEEK).decode().replace("<title>A Series", "<title>Just a Moment")
    assert len(flixpatrol.read_page(text.encode())) == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>A Series</h1>", ""),
        ("/title/a-series-2022/", "/"),
        ("<th>Today</th>", "<th>Mon</th>"),
        ("<thead>", "<thead hidden><tr></tr></thead><tbody>"),
        ("</table>", "</table><p>9.</p>"),
    ],
)
def test_a_titles_page_that_is_not_built_so_is_refused(old: str, new: str) -> None:
    data = of_title(ABOUT + WEEK).decode().replace(old, new)
    if "thead" in old:
        data = data.replace("<th>", "<td>").replace("</th>", "</td>")
    _, report = collected(data)
    assert report.counts == {"unexpected-structure": 1}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<td>9.</td>", "", "too-few-fields"),
        ("<td>9.</td>", "<td>9.</td><td></td>", "too-many-fields"),
        ("fflag-KR", "fflag-JP", "country-mismatch"),
        ("/top10/netflix/south-korea/", "/top10/netflix/atlantis/", "unknown-country"),
        ("<td>3.</td>", "<td>11.</td>", "rank-out-of-range"),
        ("<td>3.</td>", "<td>3rd</td>", "bad-integer"),
    ],
)
def test_a_row_of_a_titles_page_that_cannot_be_is_rejected(old: str, new: str, code: str) -> None:
    data = of_title(ABOUT + WEEK).decode().replace(old, new)
    _, report = collected(data)
    assert report.counts[code] == 1


def test_a_row_about_no_place_is_left_alone() -> None:
    total = '<tr><td><a href="/about/">Average</a></td><td>x</td></tr></tbody>'
    plain = of_title(ABOUT + WEEK)
    other = plain.decode().replace("</tbody>", total).replace("fflag-KR", "none")
    assert flixpatrol.read_page(other.encode()) == flixpatrol.read_page(plain)


def test_a_titles_page_that_is_cut_off_is_told() -> None:
    data = of_title(ABOUT + WEEK)
    _, report = collected(data[: data.index(b"</body>")])
    assert report.counts == {"truncated-row": 1}


def test_the_kind_and_the_day_are_read_where_they_are_shown() -> None:
    hidden = (
        '<script>var x = "<b>Movie</b>, Last updated on January 1, 2022"</script>'
        "<!-- <b>Movie</b> Last updated on January 1, 2022 -->"
        "<select><option>Movie</option></select>"
    )
    plain = flixpatrol.read_page(of_title(ABOUT + WEEK))
    assert flixpatrol.read_page(of_title(hidden + ABOUT + WEEK)) == plain
    above = of_title(ABOUT + WEEK).replace(b"<h1>", f"<h1></h1>{hidden}<b>Movie</b><h1>".encode())
    assert flixpatrol.read_page(above) == plain
    below = of_title(f"{ABOUT}{WEEK}<h2>More</h2><b>Movie</b>")
    assert flixpatrol.read_page(below) == plain
    last = of_title(ABOUT + WEEK).decode().replace("<h1>A Series</h1>", "")
    last = last.replace(ABOUT, "").replace("</body>", f"<h1>A Series</h1>{ABOUT}</body>")
    assert flixpatrol.read_page(last.encode()) == plain


def test_two_kinds_or_two_days_are_not_chosen_from() -> None:
    _, report = collected(of_title(f"<div>Movie</div>{ABOUT}{WEEK}"))
    assert "which list" in the_problem(report).message
    _, report = collected(of_title(f"{ABOUT}{WEEK}<p>Last updated on January 30, 2022.</p>"))
    assert the_problem(report).code == "conflicting-page"
    assert "'2022-01-30', but" in the_problem(report).message


def test_a_title_may_be_called_as_a_kind_of_work() -> None:
    text = of_title(ABOUT + WEEK).decode().replace("<h1>A Series", "<h1><span>Movie</span>")
    text = text.replace("A Series on Netflix", "Movie on Netflix")
    history = flixpatrol.read_page(text.encode())
    assert history.charts[0].series.category == "TV Shows"


def test_the_ranks_of_another_title_are_left_out_and_told() -> None:
    other = WEEK.replace("A Series on", "Another Series on").replace(">1.<", ">7.<")
    history, report = collected(of_title(ABOUT + WEEK + other))
    assert the_problem(report).code == "unexpected-structure"
    assert "'A Series'" in the_problem(report).message
    assert history == flixpatrol.read_page(of_title(ABOUT + WEEK))
    longer = WEEK.replace("A Series on", "A Series on Ice on").replace("10 this", "10 Overall this")
    history, report = collected(of_title(ABOUT + longer))
    assert "the page is about 'A Series'" in the_problem(report).message
    assert len(history) == 0


def test_the_name_of_a_title_may_have_an_on_in_it() -> None:
    data = of_title(ABOUT + WEEK).decode().replace("A Series", "A Series on Mars")
    history = flixpatrol.read_page(data.encode())
    assert history.titles[0].name == "A Series on Mars"
    assert {chart.series.platform for chart in history.charts} == {"Netflix"}


ARCHIVES = [
    "https://web.archive.org/web/20220201000000/https://flixpatrol.com",
    "/web/2022id_/http://www.flixpatrol.com",
    "https://archive.ph/o/aBcDe/https://flixpatrol.com",
    "//flixpatrol.com",
]


@pytest.mark.parametrize("site", ARCHIVES)
def test_pages_may_come_from_an_archive_of_the_web(site: str) -> None:
    history = flixpatrol.read_page(COUNTRY.replace('href="/', f'href="{site}/').encode())
    assert [row.title for row in history] == [
        row.title for row in flixpatrol.read_page(COUNTRY.encode())
    ]
    week = of_title(ABOUT + WEEK).decode().replace('href="/top10', f'href="{site}/top10')
    assert flixpatrol.read_page(week.encode()) == flixpatrol.read_page(of_title(ABOUT + WEEK))


@pytest.mark.parametrize(
    "link", ["https://a.com/share?u=https://flixpatrol.com/title/a/", "https://a.com/title/a/"]
)
def test_a_row_whose_title_has_no_link_to_its_page_is_rejected_for_that(link: str) -> None:
    """Its name alone does not tell it from others: 1917 the film, and another 1917."""
    _, report = collected(row_of(f'<td>2.</td><td><a href="{link}">A Film</a></td>'))
    problem = the_problem(report)
    assert (problem.code, problem.column) == ("missing-value", "link")
    assert "expected a link to the title's page" in problem.message
