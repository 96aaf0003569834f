"""What FlixPatrol's pages say of themselves, where they contradict themselves, and what counts."""

from __future__ import annotations

import io
import re

import pytest

import kcharts
from kcharts import WORLD, ChartHistory, Country, ParseErrors, ReadReport
from kcharts.formats import flixpatrol
from kcharts.formats.flixpatrol._samples import FILMS, SERIES, country_list, page, world_list
from tests.formats.made import the_problem

COUNTRY = flixpatrol.COUNTRY_PAGE.sample
WORLD_PAGE = flixpatrol.WORLD_PAGE.sample
LISTS = country_list("TOP 10 Movies", FILMS) + country_list("TOP 10 TV Shows", SERIES)


def collected(text: str, name: str = "page.html") -> tuple[ChartHistory, ReadReport]:
    source = io.BytesIO(text.encode())
    source.name = name
    return kcharts.read(source, on_error="collect")


def said_by(*, title: str = "FlixPatrol", address: str = "/", heading: str = "Lists") -> str:
    """A page whose title, address and heading say what is given, or nothing."""
    return page(title, address, LISTS, heading)


KOREA = "TOP 10 on Netflix in South Korea on January 31, 2022"


@pytest.mark.parametrize(
    ("title", "address", "heading", "said"),
    [
        (KOREA, "/top10/netflix/japan/2022-01-31/", KOREA, ("the title", "the address", "'japan'")),
        (KOREA, "/top10/netflix/south-korea/2022-01-30/", "", ("'2022-01-31'", "'2022-01-30'")),
        (KOREA, "/top10/hulu/south-korea/2022-01-31/", "", ("'Netflix'", "'Hulu'")),
        (KOREA, "/", KOREA.replace("South Korea", "Japan"), ("the heading in line 10", "'Japan'")),
        (KOREA, "/", KOREA.replace("31", "30"), ("'2022-01-31'", "'2022-01-30'")),
        (KOREA, "/", KOREA.replace("Netflix", "Hulu"), ("'Netflix'", "'Hulu'")),
        ("A page", "/top10/netflix/japan/", KOREA, ("the address", "'japan'", "'South Korea'")),
    ],
)
def test_a_page_that_contradicts_itself_is_refused(
    title: str, address: str, heading: str, said: tuple[str, ...]
) -> None:
    """Which of them the lists are of, nothing tells."""
    history, report = collected(said_by(title=title, address=address, heading=heading))
    problem = the_problem(report)
    assert problem.code == "conflicting-page"
    assert len(history) == 0
    for each in said:
        assert each in problem.message


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("TOP 10 on Netflix in the World on January 31, 2022", "/top10/netflix/world/2022-01-31/"),
        ("TOP 10 on HBO in Hong-Kong on January 31, 2022", "/top10/hbo/hong-kong/2022-01-31/full/"),
        ("TOP 10 on Apple TV+ in Peru on May 2, 2022", "/top10/apple-tv/peru/today/"),
        ("TOP 10 on Fandango at Home in Peru on May 2, 2022", "/top10/vudu/peru/"),
        ("TOP 10 Streaming Peru on May 2, 2022", "/top10/netflix/peru/"),
        (
            "TOP 10 on Netflix in Peru on May 2, 2022",
            "/top10/streaming/a-new-slug/yesterday/movies",
        ),
    ],
)
def test_a_page_may_be_called_otherwise_in_its_address(title: str, address: str) -> None:
    _, report = collected(said_by(title=title, address=address, heading=title))
    assert report.is_clean


def test_what_the_caller_gives_has_to_be_what_the_page_says() -> None:
    given = flixpatrol.read_page(COUNTRY.encode(), place="KR", date="2022-01-31")
    assert given == flixpatrol.read_page(COUNTRY.encode())
    with pytest.raises(ParseErrors, match="the argument place says 'Japan', but the page says"):
        flixpatrol.read_page(COUNTRY.encode(), place="JP")
    with pytest.raises(ParseErrors, match="the argument date says '2020-01-01', but the page"):
        flixpatrol.read_page(COUNTRY.encode(), date="2020-01-01")
    title_page = flixpatrol.TITLE_PAGE.sample.encode()
    with pytest.raises(ParseErrors, match="conflicting-page"):
        flixpatrol.read_page(title_page, date="2020-01-01")
    same = flixpatrol.read_page(title_page, date="2022-01-31")
    assert same == flixpatrol.read_page(title_page)


UNPLACED = page(
    "FlixPatrol", "/", world_list("TOP Movies on Netflix on January 31, 2022", FILMS), "Lists"
)


@pytest.mark.parametrize(
    "name",
    [
        "top10-south-korea.html",
        "netflix-south-korea-2022-01-31.html",
        "top10-hbo-max-south-korea_2022.html",
        "2022-01-31_netflix_top10_south-korea.html",
    ],
)
def test_a_list_that_may_be_the_worlds_is_not_if_the_files_name_says_a_country(name: str) -> None:
    _, report = collected(UNPLACED, name)
    problem = the_problem(report)
    assert problem.code == "conflicting-page"
    assert "'the world', but the file's name says 'South Korea'" in problem.message
    assert problem.hint == (
        'flixpatrol.read_page(..., place="world"), or place="KR", says which it is'
    )


@pytest.mark.parametrize("name", ["page.html", "netflix-world.html", "top10-movies.html"])
def test_other_names_leave_the_world_what_it_is(name: str) -> None:
    history, report = collected(UNPLACED, name)
    assert report.is_clean
    assert history.charts[0].place is WORLD


def test_the_callers_word_decides_between_the_world_and_the_files_name() -> None:
    source = io.BytesIO(UNPLACED.encode())
    source.name = "top10-south-korea.html"
    assert flixpatrol.read_page(source, place="world").charts[0].place is WORLD
    source.seek(0)
    assert flixpatrol.read_page(source, place="KR").charts[0].place == Country("KR")


def test_the_hint_for_a_page_without_a_place_names_its_own_reader() -> None:
    body = LISTS.replace("<h3>", '<div class="platform-section"><h2>Netflix</h2></div><h3>', 1)
    _, report = collected(page("FlixPatrol", "/", body, "Lists"))
    assert the_problem(report).hint == (
        'name it like top10s-south-korea.html, or use flixpatrol.read_page(..., place="KR")'
    )


@pytest.mark.parametrize(
    "path",
    [
        "world/2022-004",
        "world/2022-m01",
        "world/2022",
        "world/2022/full",
        "south-korea/week-4",
        "world/2022-01-31/2022-02-06",
        "2022-004",
    ],
)
def test_a_page_of_a_longer_period_is_no_day(path: str) -> None:
    """Their headings and their files may be called like a day's."""
    address = f"/top10/netflix/{path}/"
    text = re.sub(" on January 31, 2022", "", WORLD_PAGE)
    text = text.replace("/top10/netflix/world/2022-01-31/", address)
    history, report = collected(text, "netflix-world-2022-01-31.html")
    problem = the_problem(report)
    assert problem.code == "unknown-frequency"
    assert repr(path.removeprefix("world/").removeprefix("south-korea/")) in problem.message
    assert len(history) == 0


# -- what is saved in place of a page ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "hint"),
    [
        (
            "From: <Saved by Blink>\nSnapshot-Content-Location: https://a/",
            "(MHTML)",
            "as HTML only",
        ),
        ("bplist00\xd1", "(.webarchive)", "as HTML only"),
        (
            "<html><head><title>view-source:https://flixpatrol.com/top10/</title></head></html>",
            "one that shows a page's source",
            "save the page itself",
        ),
        (
            '<html><title>flixpatrol.com</title><body id="viewsource"><pre>&lt;h1></pre></html>',
            "one that shows a page's source",
            "save the page itself",
        ),
        (
            "<html><title>FlixPatrol</title><body>"
            '<table><tr><td class="line-number"></td><td>&lt;h1></td></tr></table></html>',
            "one that shows a page's source",
            "save the page itself",
        ),
    ],
)
def test_what_browsers_save_that_is_no_page_is_called_by_its_name(
    text: str, found: str, hint: str
) -> None:
    _, report = collected(text)
    problem = the_problem(report)
    assert problem.code == "wrong-format"
    assert found in problem.message
    assert hint in (problem.hint or "")


# -- headings and ranks, counted in the page ---------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        COUNTRY.replace("<body>", "<body x-data=\"{html: '<h3>TOP 10 Movies</h3>'}\">"),
        COUNTRY.replace("<div><h3>", "<div x-html='`<b>1.</b>`'><h3>"),
        COUNTRY.replace(".</td>", ".&nbsp;</td>"),
        COUNTRY.replace(".</td>", ".<!-- --></td>"),
    ],
)
def test_markup_in_attributes_and_spaces_after_ranks_change_nothing(text: str) -> None:
    history, report = collected(text)
    assert text != COUNTRY
    assert report.is_clean
    assert not report.lists_defective
    assert history == flixpatrol.read_page(COUNTRY.encode())


def test_a_long_text_in_many_headings_is_refused() -> None:
    """Each of a hundred headings, one in another, has the whole text."""
    nest = "<h1><div>" * 110 + "a b " * 20_000 + "</div></h1>" * 110
    _, report = collected(COUNTRY.replace("</body>", f"{nest}</body>"))
    problem = the_problem(report)
    assert problem.code == "limit-exceeded"
    assert "a heading of more than 32,767 characters, in line 38" in problem.message
