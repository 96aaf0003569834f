"""The lists on FlixPatrol's pages of places: which heading says what, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kcharts.formats.flixpatrol import _words as words
from kcharts.formats.flixpatrol._facts import (
    Facts,
    contradiction,
    facts_of,
    is_grid,
    page_facts,
)
from kcharts.formats.flixpatrol._page import is_boxed, ranks_in
from kcharts.model._checks import shown
from kcharts.model.country import WORLD, Country, World
from kcharts.reading import parsers as cells
from kcharts.reading.spec import Options
from kcharts.sources.cell import CellError
from kcharts.sources.html import Page, PageRow, Section, element_text
from kcharts.sources.source import Payload, UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PLATFORM = 2
"""The level of the headings that name platform and place; below it are those of lists."""


class Found(NamedTuple):
    """A list of a page: whose it is, and the section that it stands in."""

    facts: Facts
    section: Section


def lists_of(page: Page) -> tuple[list[Found], list[Section]]:
    """The lists of a page, and the sections with ranks of which no heading says what they are.

    Raises:
        UnreadableError: What the page says of them contradicts itself, or is of no day.
    """
    base = page_facts(page)
    found: list[Found] = []
    strays: list[Section] = []
    about = base
    for section in page.sections:
        if section.level == _PLATFORM:
            about = _about(section, base)
        facts = _listed(section, about)
        if facts is not None:
            found.append(Found(facts, section))
        elif ranks_in(section) and not is_grid(section.text):
            strays.append(section)
    return found, strays


def _about(section: Section, base: Facts) -> Facts:
    """What a heading of the second level says of the lists below it."""
    if is_boxed(section):
        return Facts(section.text).over(base)
    return (facts_of(section.text) or Facts()).over(base)


def _listed(section: Section, about: Facts) -> Facts | None:
    """What a section is a list of; None where its heading names no list."""
    if section.level == _PLATFORM and about.category:
        return about
    text = section.text.removeprefix("TOP 10 ")
    is_named = text != section.text or (is_boxed(section) and section.level > _PLATFORM)
    if section.level < _PLATFORM or not is_named:
        return None
    try:
        return about._replace(category=words.category(text))
    except CellError:
        return None


class Line(NamedTuple):
    """A row of a list as cells, or what is wrong with it."""

    cells: tuple[bytes, ...]
    line: int
    fault: CellError | None = None


COLUMNS = (
    *("platform", "place", "date", "category", "rank", "title", "link"),
    *("days", "points", "change", "rest"),
)


def place_of(found: Found, payload: Payload, options: Options) -> Country | World:
    """The place of a list; a heading "TOP Movies on Netflix" without a place is the world's."""
    text = found.facts.place
    if text is None:
        own = facts_of(found.section.text)
        if own is not None and own.category and options.place is None:
            return _the_world(found, payload)
        return words.given_place(payload, options, "read_page")
    try:
        place = words.place(text)
    except CellError as fault:
        message = f"{shown(text)}: {fault.message}"
        raise UnreadableError(fault.code, message, payload.name, fault.hint) from None
    if options.place not in (None, place):
        raise contradiction(
            payload.name, (("the argument place", str(options.place)), ("the page", text))
        )
    return place


def _the_world(found: Found, payload: Payload) -> World:
    """The world, unless the file's name says a country."""
    named = words.named_place(payload)
    if named not in (None, WORLD):
        heading = f"the heading {shown(found.section.text)}, which has no place,"
        said = ((heading, "the world"), ("the file's name", str(named)))
        hint = 'flixpatrol.read_page(..., place="world"), or place="KR", says which it is'
        raise contradiction(payload.name, said, hint)
    return WORLD


def chart_cells(found: Found, payload: Payload, options: Options) -> tuple[str, str, str, str]:
    """Platform, place, date and category of a list, as cells.

    Raises:
        UnreadableError: The page does not say one of them, and nothing else does; or what is
            given is not what it says.
    """
    if found.facts.platform is None or found.facts.category is None:
        message = f"line {found.section.line:,}: nothing says of which platform the list is"
        raise UnreadableError("unexpected-structure", message, payload.name)
    place = place_of(found, payload, options)
    date = dated(found.facts.date, payload, options)
    code = "world" if place is WORLD else place.alpha2
    return found.facts.platform, code, date, found.facts.category


def dated(said: str | None, payload: Payload, options: Options) -> str:
    """The date that a page says, else that of the caller or of the file's name.

    Raises:
        UnreadableError: None says it, or the caller and the page say two.
    """
    if said is None:
        return words.given_date(payload, options)
    if options.date is not None and options.date.isoformat() != said:
        given = ("the argument date", options.date.isoformat())
        raise contradiction(payload.name, (given, ("the page", said)))
    return said


def lines_of(section: Section, chart: tuple[str, str, str, str]) -> Iterator[Line]:
    """The rows of a list; a row without rank and without title is none."""
    for row in section.rows:
        texts = [element_text(cell) for cell in row.cells]
        ranked = next((n for n, text in enumerate(texts) if _RANK.fullmatch(text)), None)
        links = _links(row)
        if ranked is None and not links:
            continue
        rank = "" if ranked is None else texts[ranked].rstrip(".")
        name, link, at = _title(row, links)
        rest = [text for n, text in enumerate(texts) if n not in (ranked, at) and text]
        made = (*chart, rank, name, link, *_figures(rest))
        fault = None
        if len({_slug(address) for _, address, _ in links}) > 1:
            fault = CellError("unexpected-structure", "the row links to several titles")
        yield Line(tuple(each.encode("utf-8", "surrogatepass") for each in made), row.line, fault)


_RANK = re.compile(r"[0-9]{1,3}\.", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+", re.ASCII)
_LINK = re.compile(rf"{words.SITE}/title/([^/?#\s]+)", re.ASCII)


def _slug(link: str) -> str:
    found = _LINK.match(link)
    return found[1] if found else ""


def slug(text: str) -> str:
    """The part of a link that names the work."""
    found = _slug(text)
    if not found:
        message = "expected a link to the page of a title, by which titles are told apart"
        raise CellError("missing-value", message)
    return cells.name(found)


def _links(row: PageRow) -> list[tuple[HtmlElement, str, int]]:
    """The links to titles: element, address, and the cell it stands in."""
    links = (
        (link, link.get("href") or "", at)
        for at, cell in enumerate(row.cells)
        for link in cell.iter("a")
    )
    return [each for each in links if _slug(each[1])]


def _title(row: PageRow, links: list[tuple[HtmlElement, str, int]]) -> tuple[str, str, int]:
    """Name, link and cell of a row's title: those of the first link with a text.

    Most rows have two, around the poster and around the name. Where a row has a poster alone,
    its alternative text is the name.
    """
    for link, address, at in links:
        if name := element_text(link):
            return name, address, at
    if not links:
        return "", "", -1
    images = (" ".join((image.get("alt") or "").split()) for image in row.element.iter("img"))
    return next(filter(None, images), ""), *links[0][1:]


def _figures(texts: list[str]) -> tuple[str, str, str, str]:
    """Days, points and change of a row, and what else it says."""
    found = {"days": "", "points": "", "change": ""}
    rest: list[str] = []
    for text in texts:
        if re.fullmatch(r"[0-9,]+ d", text, re.ASCII) and not found["days"]:
            found["days"] = text.removesuffix(" d").replace(",", "")
        elif (
            re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+", text, re.ASCII) and not found["points"]
        ):
            found["points"] = text.replace(",", "")
        elif not found["change"]:
            found["change"] = text
        else:
            rest.append(text)
    return found["days"], found["points"], found["change"], " | ".join(rest)
