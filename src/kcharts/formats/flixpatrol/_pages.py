"""Saved pages of a country or the world on a day: what they say of themselves, and their lists.

Nothing on a page says outright which list is which, so its title, its address and its headings are
read, and have to agree; then the rows of each list become texts, which a recipe reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kcharts.formats.flixpatrol import _words as words
from kcharts.model._checks import show
from kcharts.model.country import WORLD, Country, World
from kcharts.model.title import Title
from kcharts.reading import parsers
from kcharts.reading.options import Options
from kcharts.reading.recipe import Column, Columns, Recipe
from kcharts.reading.rows import Reading, read_rows
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, cell_text
from kcharts.sources.html import Page, PageRow, Section, element_text, saved_page
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import EXTRA, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 300
"""How much of a heading is looked at: those of lists are shorter."""
_CHECK = "a check of the browser was saved in place of the page"
_IN_PLACE_OF_A_PAGE = {
    "page not found": "FlixPatrol has no such page, though the server may have answered 200",
    "just a moment": _CHECK,
    "attention required": _CHECK,
    "checking your browser": _CHECK,
}


def page_of(payload: Payload, options: Options) -> Page:
    """The page in a source.

    Raises:
        UnreadableError: It is not a page, or its title is that of an error page or of a check of
            the browser, which scrapers save in place of pages without noticing.
    """
    page = saved_page(payload, options.encoding, options.limits)
    title = page.title.casefold()
    if title.endswith("• flixpatrol") and not title.startswith("page not found"):
        return page  # the page of a film may begin with "Just a Moment" as well
    for sign, what in _IN_PLACE_OF_A_PAGE.items():
        if title.startswith(sign):
            message = f"expected a page of lists, found one that says {show(page.title)}"
            raise UnreadableError("wrong-format", message, page.name, what)
    return page


# -- what a page says of itself ----------------------------------------------------------------


class Facts(NamedTuple):
    """What a heading, a title or an address says about a list; None for what it does not say."""

    platform: str | None = None
    place: str | None = None
    date: str | None = None
    category: str | None = None

    def over(self, other: Facts) -> Facts:
        """These, completed by what another says; the category is a heading's own."""
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
_parse_day = parsers.day_as("%B %d, %Y")


def facts_of(text: str) -> Facts | None:
    """What a heading or a page's title says of lists; None where it says nothing of them.

    >>> facts_of("TOP 10 on Netflix in South Korea on January 31, 2022")
    Facts(platform='Netflix', place='South Korea', date='2022-01-31', category=None)
    """
    text = text[:LONGEST].removesuffix("FlixPatrol").rstrip(" •|–-")
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _HEADINGS)), None)
    if match is None or _is_grid(text):
        return None
    stated: dict[str, str | None] = match.groupdict()
    return Facts(
        stated.get("platform"),
        stated.get("place"),
        iso_day(stated["date"]) if stated["date"] else None,
        stated.get("category"),
    )


def _is_grid(text: str) -> bool:
    """Whether a heading is above a table of all countries or days, which repeats the lists."""
    return text.endswith((" by country", " by day"))


def iso_day(text: str) -> str:
    """January 31, 2022 as 2022-01-31; what is not a day stays, and its rows are rejected."""
    try:
        return _parse_day(text).isoformat()
    except CellError:
        return text


def _page_facts(page: Page) -> Facts:
    """What a page's title, address and headings of the first level say of its lists.

    Raises:
        UnreadableError: They contradict each other, or the address is of a longer period.
    """
    address = _address_facts(page)
    said = [
        ("the title", facts_of(page.title) or Facts()),
        ("the address", address),
        *(
            (f"the heading in line {section.line:,}", facts_of(section.text) or Facts())
            for section in page.sections
            if section.level == 1
        ),
    ]
    facts = Facts()
    for _, each in said:
        facts = facts.over(each)
    if address.platform not in words.PLATFORMS.values():
        # The slug of a platform that we do not know need not be like its name: vudu is called
        # Fandango at Home.
        said[1] = ("the address", address._replace(platform=None))
    for are_same, stated in (
        (_may_be_one_platform, [(source, each.platform) for source, each in said]),
        (_may_be_one_place, [(source, each.place) for source, each in said]),
        (str.__eq__, [(source, each.date) for source, each in said]),
    ):
        named = [(source, text) for source, text in stated if text is not None]
        for other, text in named[1:]:
            if not are_same(named[0][1], text):
                raise contradiction(page.name, (named[0], (other, text)))
    return facts


def contradiction(
    name: str, said: Iterable[tuple[str, str]], hint: str = "save the page again"
) -> UnreadableError:
    """The error of a page that contradicts itself, or what the caller says."""
    message = ", but ".join(f"{source} says {show(text)}" for source, text in said)
    return UnreadableError("conflicting-page", message, name, hint)


def _may_be_one_platform(one: str, other: str) -> bool:
    """Whether two names can mean one platform: HBO and HBO Max, Disney and Disney+."""
    folded = [re.sub(r"[\W_]+", "", name.casefold()) for name in (one, other)]
    return folded[0].startswith(folded[1]) or folded[1].startswith(folded[0])


def _may_be_one_place(one: str, other: str) -> bool:
    """Whether two texts can mean one place; a text that names none is refused when it is used."""
    try:
        return parsers.place_or_world(one) == parsers.place_or_world(other)
    except CellError:
        return True


_DAY = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})|today|yesterday)(?:/[a-z-]+)?", re.ASCII)


def _address_facts(page: Page) -> Facts:
    """What a page's address says: /top10/netflix/south-korea/2022-01-31/.

    Raises:
        UnreadableError: It is of a week (2022-004), a month (2022-m01) or a year (2022).
    """
    path = re.search(r"/top10/([^?#]*)", page.address)
    parts = list(filter(None, path[1].split("/"))) if path else []
    is_placed = len(parts) > 1 and re.fullmatch("[a-z-]+", parts[1])
    period = "/".join(parts[2 if is_placed else 1 :])
    day = _DAY.fullmatch(period)
    if period and day is None:
        message = f"the address is of {show(period)}, not of a day as YYYY-MM-DD"
        hint = "sums of several days do not belong to the daily list"
        raise UnreadableError("unknown-frequency", message, page.name, hint)
    if not is_placed:
        return Facts()
    platform = None if parts[0] == "streaming" else words.PLATFORMS.get(parts[0], parts[0])
    return Facts(platform, parts[1], day and day[1])


# -- rows, of both kinds of pages --------------------------------------------------------------


class ListName(NamedTuple):
    """Which list a row is on, as texts."""

    platform: str
    place: str
    date: str
    category: str


class ListRow(NamedTuple):
    """A row of a list as texts, one a column, and what is wrong with it as a whole."""

    texts: list[str]
    line: int
    fault: CellError | None = None


_COLUMNS = (*ListName._fields, "rank", "title", "link", "days", "points", "change", "rest")
_RANK_AT = _COLUMNS.index("rank")


def _make_title(link: str, name: str, category: str) -> Title:
    return Title(name, kind=words.KINDS[category], key=f"flixpatrol:{link}")


_LINK = re.compile(rf"{words.SITE}/title/([^/?#\s]+)", re.ASCII)


def _slug(link: str) -> str:
    """The part of a link that names the work."""
    match = _LINK.match(link)
    if match is None:
        message = "expected a link to the title's page, which tells titles apart"
        raise CellError("missing-value", message)
    return parsers.name(match[1])


RECIPE = Recipe(
    Layout("FlixPatrol page", "read_page", _COLUMNS),
    chart=Columns(
        words.chart,
        platform=Column("platform", words.platform),
        category=Column("category", str),
        place=Column("place", parsers.place_or_world),
    ),
    title=Columns(
        _make_title,
        link=Column("link", _slug),
        name=Column("title", parsers.name),
        category=Column("category", str),
    ),
    rank=Column("rank", parsers.rank(words.WORLD_DEPTH)),
    values={
        "periods_on_chart": Column("days", parsers.count),
        "points": Column("points", parsers.count),
        f"{EXTRA}title": "title",
        f"{EXTRA}link": "link",
    },
    calendar=words.CALENDAR,
    within_depth=True,
)


def read_page_rows(name: str, rows: list[ListRow], recipe: Recipe, options: Options) -> Reading:
    """Read rows by a recipe; the place and the date that the caller gave are in them already."""
    table = Table(
        name=name,
        header=list(_COLUMNS),
        lines=rows,
        first=0,
        numbers=[row.line for row in rows],
        split=_split,
        decode=partial(cell_text, limit=options.limits.field_characters),
        stood=lambda row: " | ".join(filter(None, row.texts)),
    )
    return read_rows(table, recipe, Options(limits=options.limits))


def _split(row: ListRow) -> list[str]:
    if row.fault is not None:
        raise row.fault
    return row.texts


def stated_date(said: str | None, payload: Payload, options: Options) -> str:
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


def ranks_in(section: Section) -> int:
    """How many ranks, such as `1.`, there are below a heading, in a list or not.

    Held against the ranks that were read, it shows a list that is not built as expected.
    """
    return sum(_RANK.fullmatch(text) is not None for text in section.texts)


_RANK = re.compile(r"[0-9]{1,3}\.", re.ASCII)


# -- the lists of a place ----------------------------------------------------------------------

_PLATFORM = 2
"""The level of the headings that name platform and place; below it are those of lists."""
_BOX = "platform-section"
"""The class of a box about one platform, in which headings name just that, and lists."""


class PageList(NamedTuple):
    """A list of a page, with what the page says about it, and its section."""

    facts: Facts
    section: Section


def _lists_of(page: Page) -> tuple[list[PageList], list[Section]]:
    """The lists of a page, and the sections that have ranks under a heading that names no list.

    Raises:
        UnreadableError: The page contradicts itself, or is about more than a day.
    """
    base = about = _page_facts(page)
    lists: list[PageList] = []
    strays: list[Section] = []
    for section in page.sections:
        if section.level == _PLATFORM:
            own = Facts(section.text) if _is_boxed(section) else facts_of(section.text)
            about = (own or Facts()).over(base)
        facts = _list_facts(section, about)
        if facts is not None:
            lists.append(PageList(facts, section))
        elif ranks_in(section) and not _is_grid(section.text):
            strays.append(section)
    return lists, strays


def _is_boxed(section: Section) -> bool:
    """Whether a heading is in a box about one platform."""
    box = None if section.heading is None else section.heading.getparent()
    return box is not None and _BOX in (box.get("class") or "").split()


def _list_facts(section: Section, about: Facts) -> Facts | None:
    """The list that a section is; None if its heading names no list."""
    if section.level == _PLATFORM and about.category:
        return about
    text = section.text.removeprefix("TOP 10 ")
    is_named = text != section.text or (section.level > _PLATFORM and _is_boxed(section))
    if section.level < _PLATFORM or not is_named:
        return None
    try:
        return about._replace(category=words.category(text))
    except CellError:
        return None


def read_lists(page: Page, payload: Payload, options: Options) -> Reading | None:
    """Read the lists of a page, and say where it is not what it should be; None if it has none.

    Raises:
        UnreadableError: It contradicts itself, is about more than a day, or does not say
            platform, place or date, and nothing else does.
    """
    lists, strays = _lists_of(page)
    if not lists:
        return None
    names = [_list_name(each, payload, options) for each in lists]
    rows = [list(_rows_of(each.section, name)) for each, name in zip(lists, names, strict=True)]
    reading = read_page_rows(page.name, [row for part in rows for row in part], RECIPE, options)
    for (_, section), name, held in zip(lists, names, rows, strict=True):
        ranks = sum(bool(row.texts[_RANK_AT]) for row in held)
        expected = ranks_in(section)
        if not held:
            _spoil(reading, name, section, "no list below")
        elif ranks != expected:
            fault = f"{expected} ranks in the text below, {ranks} rows read"
            _spoil(reading, name, section, fault)
        elif len(held) < words.DEPTH:
            reading.note("short-list", f"{len(held)} rows below {section.text!r}", section.line)
    for section in strays:
        message = f"ranks below the heading {section.text!r}, which names no list"
        reading.complain("unexpected-structure", message, section.line)
    if not page.is_whole:
        _spoil(reading, names[-1], lists[-1].section, "the page is cut off", "truncated-row")
    _note_halves(reading, lists)
    return reading


def _list_name(page_list: PageList, payload: Payload, options: Options) -> ListName:
    """Platform, place, date and category of a list.

    Raises:
        UnreadableError: The page does not say one of them, and nothing else does; or what is
            given is not what it says.
    """
    facts, section = page_list
    if facts.platform is None or facts.category is None:
        message = f"line {section.line:,}: the platform of the list is unknown"
        raise UnreadableError("unexpected-structure", message, payload.name)
    place = _place_of(page_list, payload, options)
    date = stated_date(facts.date, payload, options)
    return ListName(
        facts.platform, "world" if place is WORLD else place.alpha2, date, facts.category
    )


def _place_of(page_list: PageList, payload: Payload, options: Options) -> Country | World:
    """The place of a list; a heading "TOP Movies on Netflix" without a place is the world's."""
    facts, section = page_list
    if facts.place is None:
        own = facts_of(section.text)
        named = words.named_place(payload)
        if own is None or not own.category or options.place is not None:
            return words.given_place(payload, options, "read_page")
        if named not in (None, WORLD):
            heading = f"the heading {show(section.text)}, which has no place,"
            said = ((heading, "the world"), ("the file's name", str(named)))
            hint = 'flixpatrol.read_page(..., place="world"), or place="KR", says which it is'
            raise contradiction(payload.name, said, hint)
        return WORLD
    try:
        place = parsers.place_or_world(facts.place)
    except CellError as fault:
        message = f"{show(facts.place)}: {fault.message}"
        raise UnreadableError(fault.code, message, payload.name, fault.hint) from None
    if options.place not in (None, place):
        given = ("the argument place", str(options.place))
        raise contradiction(payload.name, (given, ("the page", facts.place)))
    return place


class TitleLink(NamedTuple):
    """A link to the page of a title, and the number of the cell that it is in."""

    element: HtmlElement
    address: str
    slug: str
    at: int


def _rows_of(section: Section, name: ListName) -> Iterator[ListRow]:
    """The rows of a list, without those that have neither a rank nor a link to a title."""
    for row in section.rows:
        texts = [element_text(cell) for cell in row.cells]
        ranked = next((n for n, text in enumerate(texts) if _RANK.fullmatch(text)), -1)
        links = _title_links(row)
        if ranked < 0 and not links:
            continue
        title, link, at = _title_of(row, links)
        rest = [text for n, text in enumerate(texts) if n not in (ranked, at) and text]
        fault = None
        if len({each.slug for each in links}) > 1:
            fault = CellError("unexpected-structure", "the row links to several titles")
        rank = "" if ranked < 0 else texts[ranked].rstrip(".")
        yield ListRow([*name, rank, title, link, *_figures(rest)], row.line, fault)


def _title_links(row: PageRow) -> list[TitleLink]:
    return [
        TitleLink(link, address, match[1], at)
        for at, cell in enumerate(row.cells)
        for link in cell.iter("a")
        if (match := _LINK.match(address := link.get("href") or ""))
    ]


def _title_of(row: PageRow, links: list[TitleLink]) -> tuple[str, str, int]:
    """Name, address and cell of a row's title: those of the first link with a text.

    Most rows have two links, around the poster and around the name. Where there is a poster
    alone, its alternative text is the name.
    """
    empty: HtmlElement | None = None
    for link in links:
        if any(each is empty for each in link.element.iterancestors("a")):
            continue  # a link in an empty one is empty too; a thousand, nested, took minutes
        if name := element_text(link.element):
            return name, link.address, link.at
        empty = link.element
    if not links:
        return "", "", -1
    images = (" ".join((image.get("alt") or "").split()) for image in row.element.iter("img"))
    return next(filter(None, images), ""), links[0].address, links[0].at


_COUNT = r"([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)"


def _figures(texts: list[str]) -> tuple[str, str, str, str]:
    """Days, points and change of a row, and what else it says."""
    days = points = change = ""
    rest: list[str] = []
    for text in texts:
        if not days and re.fullmatch(r"[0-9,]+ d", text, re.ASCII):
            days = text.removesuffix(" d").replace(",", "")
        elif not points and re.fullmatch(_COUNT, text, re.ASCII):
            points = text.replace(",", "")
        elif not change:
            change = text
        else:
            rest.append(text)
    return days, points, change, " | ".join(rest)


def _spoil(
    reading: Reading,
    name: ListName,
    section: Section,
    fault: str,
    code: str = "unexpected-structure",
) -> None:
    """Say what is wrong with a list, and mark it as defective."""
    reading.complain(code, f"{section.text!r}: {fault}", section.line)
    try:
        day, platform = parsers.day(name.date), words.platform(name.platform)
    except CellError:  # its rows are rejected for that, so that there is no list to mark
        return
    chart = words.chart(platform, name.category, parsers.place_or_world(name.place))
    reading.builder.calendars[chart.series] = words.CALENDAR
    reading.mark_defective([reading.builder.issue(chart, day)])


_HALVES = {"Movies": "TV Shows", "Kids Movies": "Kids TV Shows"}


def _note_halves(reading: Reading, lists: list[PageList]) -> None:
    """Say where a platform has a list of films and none of series, or the other way round."""
    by_platform: dict[str | None, list[PageList]] = {}
    for each in lists:
        by_platform.setdefault(each.facts.platform, []).append(each)
    for platform, held in by_platform.items():
        have = {each.facts.category for each in held}
        for one, other in _HALVES.items():
            if (one in have) != (other in have):
                lacking = other if one in have else one
                message = f"{platform}: the page has no list of {lacking}"
                reading.note("one-list", message, held[0].section.line)
