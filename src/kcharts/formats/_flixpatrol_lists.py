"""The lists on FlixPatrol's pages of places: which heading says what, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kcharts.formats import _cells as cells
from kcharts.formats import _flixpatrol as words
from kcharts.formats._cells import CellError
from kcharts.formats._flixpatrol_page import Page, Row, Section, said
from kcharts.formats._options import Options
from kcharts.formats._source import Payload, UnreadableError
from kcharts.model._checks import shown
from kcharts.model.country import WORLD, Country, World

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class Facts(NamedTuple):
    """What a heading says of a list; None where it does not."""

    platform: str | None = None
    place: str | None = None
    date: str | None = None
    category: str | None = None

    def over(self, other: Facts) -> Facts:
        """These, and what another says beside them; the category is a heading's own."""
        return Facts(
            self.platform or other.platform,
            self.place or other.place,
            self.date or other.date,
            self.category,
        )


_ON = r"(?: on (?P<date>[A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}))?"
_HEADINGS = tuple(
    re.compile(pattern + _ON, re.ASCII)
    for pattern in (
        rf"TOP (?:10 )?(?P<category>{'|'.join(words.KINDS)}) on (?P<platform>.+?)"
        r"(?: in (?P<place>.+?))?",
        r"TOP 10 on (?P<platform>.+?) in (?P<place>.+?)",
        r"(?P<platform>(?!TOP ).+?) TOP 10 in (?P<place>.+?)",
        r"TOP 10 Streaming(?: in)? (?P<place>.+?)",
    )
)
LONGEST = 300
"""How much of a heading is looked at: those of lists are shorter."""
_PLATFORM = 2
"""The level of the headings that name platform and place; below it are those of lists."""


def facts_of(text: str) -> Facts | None:
    """What a heading, or a page's title, says of lists; None where it says nothing of them.

    >>> facts_of("TOP 10 on Netflix in South Korea on January 31, 2022")
    Facts(platform='Netflix', place='South Korea', date='2022-01-31', category=None)
    """
    text = text[:LONGEST].removesuffix("FlixPatrol").rstrip(" •|–-")
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _HEADINGS)), None)
    if found is None or _is_grid(text):
        return None
    stated: dict[str, str | None] = found.groupdict()
    return Facts(
        stated.get("platform"),
        stated.get("place"),
        english_day(stated["date"]) if stated["date"] else None,
        stated.get("category"),
    )


def _is_grid(text: str) -> bool:
    """Whether a heading is of a table of all countries or days, which repeats the lists."""
    return text.endswith((" by country", " by day"))


def english_day(text: str) -> str:
    """January 31, 2022 as 2022-01-31; what is no day stays, for the reader to refuse."""
    try:
        return cells.day_as("%B %d, %Y")(text).isoformat()
    except CellError:
        return text


def _addressed(address: str) -> Facts:
    """What a page's address says: /top10/netflix/south-korea/2022-01-31/."""
    path = re.search(r"/top10/([a-z0-9-]+)/([a-z-]+)/(?:([0-9]{4}-[0-9]{2}-[0-9]{2})/?)?", address)
    if path is None:
        return Facts()
    platform = None if path[1] == "streaming" else words.PLATFORMS.get(path[1], path[1])
    return Facts(platform, path[2], path[3])


class Found(NamedTuple):
    """A list of a page: whose it is, and the section that it stands in."""

    facts: Facts
    section: Section


def lists_of(page: Page) -> tuple[list[Found], list[Section]]:
    """The lists of a page, and the sections with ranks of which no heading says what they are."""
    base = (facts_of(page.title) or Facts()).over(_addressed(page.address))
    for section in page.sections:
        if section.level == 1:
            base = base.over(facts_of(section.text) or Facts())
    found: list[Found] = []
    strays: list[Section] = []
    about = base
    for section in page.sections:
        if section.level == _PLATFORM:
            about = _about(section, base)
        facts = _listed(section, about)
        if facts is not None:
            found.append(Found(facts, section))
        elif section.ranks and not _is_grid(section.text):
            strays.append(section)
    return found, strays


def _about(section: Section, base: Facts) -> Facts:
    """What a heading of the second level says of the lists below it."""
    if section.boxed:
        return Facts(section.text).over(base)
    return (facts_of(section.text) or Facts()).over(base)


def _listed(section: Section, about: Facts) -> Facts | None:
    """What a section is a list of; None where its heading names no list."""
    if section.level == _PLATFORM and about.category:
        return about
    text = section.text.removeprefix("TOP 10 ")
    is_named = text != section.text or (section.boxed and section.level > _PLATFORM)
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
            return WORLD
        return words.given_place(payload, options)
    try:
        return words.place(text)
    except CellError as fault:
        message = f"{shown(text)}: {fault.message}"
        raise UnreadableError(fault.code, message, payload.name, fault.hint) from None


def chart_cells(found: Found, payload: Payload, options: Options) -> tuple[str, str, str, str]:
    """Platform, place, date and category of a list, as cells.

    Raises:
        UnreadableError: The page does not say one of them, and nothing else does.
    """
    if found.facts.platform is None or found.facts.category is None:
        message = f"line {found.section.line:,}: nothing says of which platform the list is"
        raise UnreadableError("unexpected-structure", message, payload.name)
    place = place_of(found, payload, options)
    date = found.facts.date or words.given_date(payload, options)
    code = "world" if place is WORLD else place.alpha2
    return found.facts.platform, code, date, found.facts.category


def lines_of(section: Section, chart: tuple[str, str, str, str]) -> Iterator[Line]:
    """The rows of a list; a row without rank and without title is none."""
    for row in section.rows:
        texts = [said(cell) for cell in row.cells]
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
_LINK = re.compile(r"(?:https?://(?:www\.)?flixpatrol\.com)?/title/([^/?#\s]+)", re.ASCII)


def _slug(link: str) -> str:
    found = _LINK.match(link)
    return found[1] if found else ""


def slug(text: str) -> str:
    """The part of a link that names the work."""
    return cells.name(_slug(text))


def _links(row: Row) -> list[tuple[HtmlElement, str, int]]:
    """The links to titles: element, address, and the cell it stands in."""
    links = (
        (link, link.get("href") or "", at)
        for at, cell in enumerate(row.cells)
        for link in cell.iter("a")
    )
    return [each for each in links if _slug(each[1])]


def _title(row: Row, links: list[tuple[HtmlElement, str, int]]) -> tuple[str, str, int]:
    """Name, link and cell of a row's title: those of the first link with a text.

    Most rows have two, around the poster and around the name. Where a row has a poster alone,
    its alternative text is the name.
    """
    for link, address, at in links:
        if name := said(link):
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
