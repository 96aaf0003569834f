"""Saved pages: the lists of a country or the world on a day, and the ranks of one title.

The page of a title is read from descriptions: below a heading "... on Netflix TOP 10 ... this
week" is a table with a row for every country and a column for every day, the last of which is
today, the day on which the page says that it was last updated. A day without a rank may be one
on which the title was not on the list, or one whose list FlixPatrol does not have: such lists
are not taken for lists that we have.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kcharts.errors import Problem
from kcharts.formats.flixpatrol import _words as words
from kcharts.model._checks import shown
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.options import Options
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, cell_text
from kcharts.sources.html import HEADINGS, Page, PageRow, Section, element_text
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.table import Table

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


def read_lists_or_weeks(page: Page, payload: Payload, options: Options) -> Reading:
    """Read a page: its lists, if a heading names some, else the ranks of its title.

    Raises:
        UnreadableError: It has neither, contradicts itself, is an error page, or does not say
            its platform, place or date, and nothing else does.
    """
    _refuse_others(page)
    lists, strays = _lists_of(page)
    if lists:
        return _read_lists(page, lists, strays, payload, options)
    weeks = [each for each in page.sections if _is_of_a_week(each.text[:LONGEST])]
    if weeks:
        return _read_weeks(page, weeks, payload, options)
    headings = ", ".join(shown(each.text) for each in page.sections[1:9]) or "none"
    message = f"no heading names a list such as TOP 10 Movies; headings: {headings}"
    raise UnreadableError("unexpected-structure", message, payload.name)


def _refuse_others(page: Page) -> None:
    """Raise `UnreadableError` for what was saved in place of a page, by its title."""
    title = page.title.casefold()
    if title.endswith("• flixpatrol") and not title.startswith("page not found"):
        return  # a film may be called Just a Moment
    for sign, what in _IN_PLACE_OF_A_PAGE.items():
        if title.startswith(sign):
            message = f"expected a page of lists, found one that says {shown(page.title)}"
            raise UnreadableError("wrong-format", message, page.name, what)


# -- what a page says of itself ----------------------------------------------------------------


class Facts(NamedTuple):
    """What a heading, a title or an address says of a list; None where it does not."""

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
_parse_day = cells.day_as("%B %d, %Y")


def facts_of(text: str) -> Facts | None:
    """What a heading, or a page's title, says of lists; None where it says nothing of them.

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
        _iso_day(stated["date"]) if stated["date"] else None,
        stated.get("category"),
    )


def _is_grid(text: str) -> bool:
    """Whether a heading is of a table of all countries or days, which repeats the lists."""
    return text.endswith((" by country", " by day"))


def _iso_day(text: str) -> str:
    """January 31, 2022 as 2022-01-31; what is no day stays, for the reader to refuse."""
    try:
        return _parse_day(text).isoformat()
    except CellError:
        return text


def _page_facts(page: Page) -> Facts:
    """What a page's title, its address and its headings of the first level say of its lists.

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
    if address.platform not in words.PLATFORMS.values():  # a slug need not be like the name
        said[1] = ("the address", address._replace(platform=None))
    for are_same, stated in (
        (_may_be_one_platform, [(source, each.platform) for source, each in said]),
        (_may_be_one_place, [(source, each.place) for source, each in said]),
        (str.__eq__, [(source, each.date) for source, each in said]),
    ):
        named = [(source, text) for source, text in stated if text is not None]
        for other, text in named[1:]:
            if not are_same(named[0][1], text):
                raise _contradiction(page.name, (named[0], (other, text)))
    return facts


def _contradiction(
    name: str, said: Iterable[tuple[str, str]], hint: str = "save the page anew"
) -> UnreadableError:
    """The error of a page that is of one thing by one source, and of another by another."""
    message = ", but ".join(f"{source} says {shown(text)}" for source, text in said)
    return UnreadableError("conflicting-page", message, name, hint)


def _may_be_one_platform(one: str, other: str) -> bool:
    """Whether two names may be of one platform: HBO and HBO Max, Disney and Disney+."""
    folded = [re.sub(r"[\W_]+", "", name.casefold()) for name in (one, other)]
    return folded[0].startswith(folded[1]) or folded[1].startswith(folded[0])


def _may_be_one_place(one: str, other: str) -> bool:
    """Whether two texts may name one place; what names none is refused where it is used."""
    try:
        return cells.place_or_world(one) == cells.place_or_world(other)
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
        message = f"the address is of {shown(period)}, which is no day as YYYY-MM-DD"
        hint = "sums of several days are no issues of the daily list"
        raise UnreadableError("unknown-frequency", message, page.name, hint)
    if not is_placed:
        return Facts()
    platform = None if parts[0] == "streaming" else words.PLATFORMS.get(parts[0], parts[0])
    return Facts(platform, parts[1], day and day[1])


# -- rows, of both kinds of pages --------------------------------------------------------------


class ListName(NamedTuple):
    """Which list a row is on, as texts: platform, place, date and category."""

    platform: str
    place: str
    date: str
    category: str


class ListRow(NamedTuple):
    """A row of a list as texts, or what is wrong with it."""

    whose: ListName
    line: int
    rank: str
    title: str
    link: str
    figures: tuple[str, str, str, str] = ("", "", "", "")
    """Days, points, change, and what else it says."""
    fault: CellError | None = None

    @property
    def texts(self) -> list[str]:
        """Its cells, in the order of the columns."""
        return [*self.whose, self.rank, self.title, self.link, *self.figures]


_COLUMNS = (*ListName._fields, "rank", "title", "link", "days", "points", "change", "rest")
_ROWS = Layout("FlixPatrol page", "read_page", _COLUMNS)


def _read(reading: Reading, rows: list[ListRow], options: Options) -> None:
    """Read rows as those of a table."""
    table = Table(
        name=reading.name,
        header=list(_COLUMNS),
        lines=rows,
        first=0,
        numbers=[row.line for row in rows],
        split=_texts_of,
        decode=partial(cell_text, limit=options.limits.field_characters),
        stood=lambda row: " | ".join(filter(None, row.texts)),
    )
    reading.read(table, _plan(reading.builder))


def _texts_of(row: ListRow) -> list[Any]:
    if row.fault is not None:
        raise row.fault
    return row.texts


def _plan(builder: Builder) -> Plan:
    def charted(platform: str, place: str, category: str) -> int:
        found = cells.parsed("platform", words.platform, platform)
        return words.charted(builder, found, category, cells.place_or_world(place))

    def titled(category: str, name: str, link: str) -> int:
        key = f"flixpatrol:{cells.parsed('link', _slug, link)}"
        name = cells.parsed("title", cells.name, name)
        return builder.title(Title(name, kind=words.KINDS[category], key=key))

    return Plan(
        _ROWS,
        chart=Cells(("platform", "place", "category"), charted),
        date=Cells(("date",), cells.issue_ordinal(words.CALENDAR)),
        title=Cells(("category", "title", "link"), titled),
        rank=Cells(("rank",), cells.rank(words.WORLD_DEPTH)),
        values=(
            Value("days", "periods_on_chart", cells.count),
            Value("points", "points", cells.count),
            Value("title", "extra:title", cells.plain),
            Value("link", "extra:link", cells.plain),
        ),
        list_rows=words.Depths,
    )


_LINK = re.compile(rf"{words.SITE}/title/([^/?#\s]+)", re.ASCII)


def _slug(link: str) -> str:
    """The part of a link that names the work."""
    match = _LINK.match(link)
    if match is None:
        message = "expected a link to the page of a title, by which titles are told apart"
        raise CellError("missing-value", message)
    return cells.name(match[1])


def _stated_date(said: str | None, payload: Payload, options: Options) -> str:
    """The date that a page says, else that of the caller or of the file's name.

    Raises:
        UnreadableError: None says it, or the caller and the page say two.
    """
    if said is None:
        return words.given_date(payload, options)
    if options.date is not None and options.date.isoformat() != said:
        given = ("the argument date", options.date.isoformat())
        raise _contradiction(payload.name, (given, ("the page", said)))
    return said


def _ranks_in(section: Section) -> int:
    """How many ranks, such as `1.`, the text below a heading has."""
    return sum(_RANK.fullmatch(text) is not None for text in section.texts)


_RANK = re.compile(r"[0-9]{1,3}\.", re.ASCII)


# -- the lists of a place ----------------------------------------------------------------------

_PLATFORM = 2
"""The level of the headings that name platform and place; below it are those of lists."""
_BOX = "platform-section"
"""The class of a box about one platform, in which headings name just that, and lists."""


class PageList(NamedTuple):
    """A list of a page: whose it is, and the section that it is in."""

    facts: Facts
    section: Section


def _lists_of(page: Page) -> tuple[list[PageList], list[Section]]:
    """The lists of a page, and the sections with ranks of which no heading says what they are.

    Raises:
        UnreadableError: What the page says of them contradicts itself, or is of no day.
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
        elif _ranks_in(section) and not _is_grid(section.text):
            strays.append(section)
    return lists, strays


def _is_boxed(section: Section) -> bool:
    """Whether a heading is in a box about one platform."""
    box = None if section.heading is None else section.heading.getparent()
    return box is not None and _BOX in (box.get("class") or "").split()


def _list_facts(section: Section, about: Facts) -> Facts | None:
    """What a section is a list of; None where its heading names no list."""
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


def _read_lists(
    page: Page, lists: list[PageList], strays: list[Section], payload: Payload, options: Options
) -> Reading:
    """Read the lists of a page, and say where the page is not what it should be."""
    names = [_list_name(each, payload, options) for each in lists]
    rows = [list(_rows_of(each.section, name)) for each, name in zip(lists, names, strict=True)]
    reading = Reading(payload.name, Builder())
    _read(reading, [row for part in rows for row in part], options)
    for (_, section), name, held in zip(lists, names, rows, strict=True):
        ranks = sum(bool(row.rank) for row in held)
        expected = _ranks_in(section)
        if not held:
            _spoil(reading, name, section, "no list below")
        elif ranks != expected:
            fault = f"{expected} ranks in the text below, {ranks} rows read"
            _spoil(reading, name, section, fault)
        elif len(held) < words.DEPTH:
            reading.note("short-list", f"{len(held)} rows below {section.text!r}", section.line)
    for section in strays:
        message = f"ranks below the heading {section.text!r}, which names no list"
        complain(reading, "unexpected-structure", message, section.line)
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
        message = f"line {section.line:,}: nothing says of which platform the list is"
        raise UnreadableError("unexpected-structure", message, payload.name)
    place = _place_of(page_list, payload, options)
    date = _stated_date(facts.date, payload, options)
    return ListName(
        facts.platform, "world" if place is WORLD else place.alpha2, date, facts.category
    )


def _place_of(page_list: PageList, payload: Payload, options: Options) -> Country | World:
    """The place of a list; a heading "TOP Movies on Netflix" without a place is the world's."""
    text = page_list.facts.place
    if text is None:
        own = facts_of(page_list.section.text)
        if own is not None and own.category and options.place is None:
            return _the_world(page_list, payload)
        return words.given_place(payload, options, "read_page")
    try:
        place = cells.place_or_world(text)
    except CellError as fault:
        message = f"{shown(text)}: {fault.message}"
        raise UnreadableError(fault.code, message, payload.name, fault.hint) from None
    if options.place not in (None, place):
        given = ("the argument place", str(options.place))
        raise _contradiction(payload.name, (given, ("the page", text)))
    return place


def _the_world(page_list: PageList, payload: Payload) -> World:
    """The world, unless the file's name says a country."""
    named = words.named_place(payload)
    if named not in (None, WORLD):
        heading = f"the heading {shown(page_list.section.text)}, which has no place,"
        said = ((heading, "the world"), ("the file's name", str(named)))
        hint = 'flixpatrol.read_page(..., place="world"), or place="KR", says which it is'
        raise _contradiction(payload.name, said, hint)
    return WORLD


class TitleLink(NamedTuple):
    """A link to the page of a title, and the number of the cell that it is in."""

    element: HtmlElement
    address: str
    slug: str
    at: int


def _rows_of(section: Section, name: ListName) -> Iterator[ListRow]:
    """The rows of a list; a row without rank and without title is none."""
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
        yield ListRow(
            whose=name,
            line=row.line,
            rank="" if ranked < 0 else texts[ranked].rstrip("."),
            title=title,
            link=link,
            figures=_figures(rest),
            fault=fault,
        )


def _title_links(row: PageRow) -> list[TitleLink]:
    return [
        TitleLink(link, address, match[1], at)
        for at, cell in enumerate(row.cells)
        for link in cell.iter("a")
        if (match := _LINK.match(address := link.get("href") or ""))
    ]


def _title_of(row: PageRow, links: list[TitleLink]) -> tuple[str, str, int]:
    """Name, link and cell of a row's title: those of the first link with a text.

    Most rows have two, around the poster and around the name. Where a row has a poster alone,
    its alternative text is the name.
    """
    empty: HtmlElement | None = None
    for link in links:
        if any(each is empty for each in link.element.iterancestors("a")):
            continue  # else a thousand links, one in another, would each be gone through
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


def complain(
    reading: Reading, code: str, message: str, line: int | None = None, hint: str | None = None
) -> None:
    """Say what is wrong with a source beside its rows."""
    reading.counts[code] += 1
    reading.problems.append(Problem(code, message, reading.name, line, hint=hint))


def _spoil(
    reading: Reading,
    name: ListName,
    section: Section,
    fault: str,
    code: str = "unexpected-structure",
) -> None:
    """Say what is wrong with a list, and mark it as defective."""
    complain(reading, code, f"{section.text!r}: {fault}", section.line)
    try:
        day, platform = cells.day(name.date), words.platform(name.platform)
    except CellError:  # its rows are rejected for that
        return
    chart = words.chart(platform, name.category, cells.place_or_world(name.place))
    reading.builder.calendars[chart.series] = words.CALENDAR
    reading.builder.mark(chart, day, IssueStatus.DEFECTIVE)
    reading.defective.add(reading.builder.issue(chart, day))


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


# -- the ranks of one title --------------------------------------------------------------------

_WEEK = re.compile(r"(?P<platform>(?:(?! on ).)+?) TOP 10(?: (?P<rest>.+))? this week", re.ASCII)
_PLACE = re.compile(rf"{words.SITE}/top10/[a-z0-9-]+/([a-z-]+)/", re.ASCII)
_UPDATED = re.compile(r"Last updated on ([A-Z][a-z]+ [0-9]{1,2}, [0-9]{4})", re.ASCII)
_KINDS = ("Movie", "TV Show")
_FLAG = re.compile(r"\bfflag-([A-Z]{2})\b", re.ASCII)
_BY_KIND = ("Netflix",)
"""The platforms that have a list of films and one of series; others may have one of both."""


class Work(NamedTuple):
    """The title that a page is about."""

    name: str
    link: str
    kind: str | None
    today: dt.date


def _is_of_a_week(heading: str) -> bool:
    return heading.endswith(" this week") and " TOP 10 " in heading.partition(" on ")[2]


def _read_weeks(page: Page, weeks: list[Section], payload: Payload, options: Options) -> Reading:
    """Read the ranks on a title's page."""
    reading = Reading(payload.name, Builder(whole=False))
    about = _work_of(page, payload, options)
    rows: list[ListRow] = []
    for section in weeks:
        try:
            platform, category = _list_of(section, about)
        except CellError as fault:
            complain(reading, fault.code, f"{section.text!r}: {fault.message}", section.line)
        else:
            rows += _week_rows(section, about, platform, category, payload.name)
    _read(reading, rows, options)
    if not page.is_whole:
        complain(reading, "truncated-row", "the page is cut off", weeks[-1].line)
    return reading


def _work_of(page: Page, payload: Payload, options: Options) -> Work:
    """What a page says of its title, and its day.

    Raises:
        UnreadableError: It does not say them, or says two days.
    """
    headings = (each.text for each in page.sections if each.level == 1)
    name = next(filter(None, headings), None)
    link = re.search(r"/title/[^/?#\s]+", page.address, re.ASCII)
    if name is None or link is None:
        lacking = "heading of the first level" if name is None else "canonical address"
        message = f"the page of a title has no {lacking}, so nothing says which title it is"
        raise UnreadableError("unexpected-structure", message, payload.name)
    stated = sorted({_iso_day(each) for each in _UPDATED.findall(element_text(page.root))})
    if len(stated) > 1:
        days = [("a line 'Last updated'", day) for day in stated]
        raise _contradiction(payload.name, days)
    today = _stated_date(stated[0] if stated else None, payload, options)
    try:
        day = cells.day(today)
    except CellError as fault:
        raise UnreadableError(fault.code, f"{today!r}: {fault.message}", payload.name) from None
    return Work(name, link[0], _kind_of(page), day)


def _kind_of(page: Page) -> str | None:
    """The kind of work, which the page has between the name and the next heading."""
    kinds: set[str] = set()
    is_below = False
    for element in page.root.iter():
        if element.tag in HEADINGS:
            if is_below:
                break
            is_below = element.tag == "h1" and bool(element_text(element))
            continue
        text = " ".join((element.text or "").split()) if is_below else ""
        if text in _KINDS and next(element.iterancestors("h1", "select"), None) is None:
            kinds.add(text)
    return kinds.pop() if len(kinds) == 1 else None


def _list_of(section: Section, about: Work) -> tuple[str, str]:
    """The platform and the category of a week's list.

    Raises:
        CellError: The heading names another title, or neither it nor the kind of work says
            which list it is about.
    """
    text = section.text[:LONGEST]
    match = _WEEK.fullmatch(text.removeprefix(f"{about.name} on "))
    if match is None or not text.startswith(f"{about.name} on "):
        raise CellError("unexpected-structure", f"the page is about {shown(about.name)}")
    platform, rest = match["platform"], match["rest"] or ""
    stated = sorted((each for each in words.KINDS if each in rest), key=len)
    if not stated and platform in _BY_KIND and about.kind is not None:
        stated = [each for each, kind in words.KINDS.items() if kind == about.kind][:1]
    if not stated:
        raise CellError("unexpected-structure", "nothing says which list it is about")
    return platform, stated[-1]


def _week_rows(
    section: Section, about: Work, platform: str, category: str, name: str
) -> Iterator[ListRow]:
    """The ranks of a table of countries and days."""
    days = _days_of(section, about.today, name)
    cells_read = 0
    for row in section.rows:
        place = _place_linked(row)
        if place is None:
            continue
        texts = [element_text(cell) for cell in row.cells[1:]]
        cells_read += sum(text.endswith(".") for text in texts)
        whose = ListName(platform, place, days[0], category)
        fault = _row_fault(row, place, len(texts), len(days))
        if fault is not None:
            yield ListRow(whose, row.line, "", about.name, about.link, fault=fault)
            continue
        for day, text in zip(days, texts, strict=True):
            if re.search("[0-9]", text):
                on = whose._replace(date=day)
                yield ListRow(on, row.line, text.rstrip("."), about.name, about.link)
    expected = _ranks_in(section)
    if cells_read != expected:
        message = f"{section.text!r}: {expected} ranks in the text, {cells_read} cells read"
        raise UnreadableError("unexpected-structure", message, name)


def _days_of(section: Section, today: dt.date, name: str) -> list[str]:
    """The days of the columns of a week's table, from its first row of headings."""
    rows = (row.cells for row in section.rows if len(row.cells) > 1)
    heading = next((row for row in rows if all(cell.tag == "th" for cell in row)), None)
    labels = [element_text(cell) for cell in heading[1:]] if heading else []
    last = labels[-1].casefold() if labels else ""
    if last not in ("today", "yesterday"):
        message = f"{section.text!r}: expected a table whose last column is today's"
        raise UnreadableError("unexpected-structure", message, name)
    first = words.CALENDAR.number(today) - (last == "yesterday") - len(labels) + 1
    return [words.CALENDAR.date(first + n).isoformat() for n in range(len(labels))]


def _place_linked(row: PageRow) -> str | None:
    """The place that a row is about, as its link has it; None where it is about none."""
    links = (_PLACE.match(link.get("href") or "") for link in row.element.iter("a"))
    return next((match[1] for match in links if match), None)


def _row_fault(row: PageRow, place: str, found: int, expected: int) -> CellError | None:
    """What is wrong with a row as a whole: its width, or a flag of another country."""
    if found != expected:
        code = "too-few-fields" if found < expected else "too-many-fields"
        return CellError(code, f"expected {expected} days, found {found}")
    flags = (_FLAG.search(each.get("class") or "") for each in row.element.iter("span"))
    flag = next((each[1] for each in flags if each), None)
    try:
        country = cells.place_or_world(place)
    except CellError as fault:
        return fault
    if flag is not None and country is not WORLD and country.alpha2 != flag:
        return CellError("country-mismatch", f"the row links to {country} under the flag {flag}")
    return None
