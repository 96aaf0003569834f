"""FlixPatrol's page of one title: its ranks by country on the last seven days.

Written from descriptions: below a heading "... on Netflix TOP 10 ... this week" is a table with a
row for every country and a column for every day, the last of which is today, the day on which the
page says that it was last updated. A day without a rank may be one on which the title was not on
the list, or one whose list FlixPatrol does not have: such lists are not taken for lists that we
have.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from attrs import evolve

from kcharts.formats.flixpatrol import _pages as pages, _words as words
from kcharts.formats.flixpatrol._pages import RECIPE, ListName, ListRow
from kcharts.model._checks import show
from kcharts.model.country import WORLD
from kcharts.reading import parsers
from kcharts.reading.options import Options
from kcharts.reading.rows import Reading
from kcharts.sources.cell import CellError
from kcharts.sources.html import HEADINGS, Page, PageRow, Section, element_text
from kcharts.sources.source import Payload, UnreadableError

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

    def row(self, on: ListName, rank: str, line: int, fault: CellError | None = None) -> ListRow:
        """The title's row on a list."""
        return ListRow([*on, rank, self.name, self.link, "", "", "", ""], line, fault)


def _is_of_a_week(heading: str) -> bool:
    return heading.endswith(" this week") and " TOP 10 " in heading.partition(" on ")[2]


def read_weeks(page: Page, payload: Payload, options: Options) -> Reading:
    """Read the ranks on a title's page.

    Raises:
        UnreadableError: It has none, or does not say which title it is about, or of which day.
    """
    weeks = [each for each in page.sections if _is_of_a_week(each.text[: pages.LONGEST])]
    if not weeks:
        headings = ", ".join(show(each.text) for each in page.sections[1:9]) or "none"
        message = f"no heading names a list such as TOP 10 Movies; headings: {headings}"
        raise UnreadableError("unexpected-structure", message, page.name)
    about = _work_of(page, payload, options)
    rows: list[ListRow] = []
    faults: list[tuple[Section, CellError]] = []
    for section in weeks:
        try:
            platform, category = _list_of(section, about)
        except CellError as fault:
            faults.append((section, fault))
        else:
            rows += _week_rows(section, about, platform, category, page.name)
    reading = pages.read_page_rows(page.name, rows, evolve(RECIPE, whole=False), options)
    for section, wrong in faults:
        reading.complain(wrong.code, f"{section.text!r}: {wrong.message}", section.line)
    if not page.is_whole:
        reading.complain("truncated-row", "the page is cut off", weeks[-1].line)
    return reading


def _work_of(page: Page, payload: Payload, options: Options) -> Work:
    """What a page says of its title, and its day.

    Raises:
        UnreadableError: It does not say which title and which day, or says two days.
    """
    headings = (each for each in page.sections if each.level == 1 and each.text)
    heading = next(headings, None)
    link = re.search(r"/title/[^/?#\s]+", page.address, re.ASCII)
    if heading is None or link is None:
        lacking = "heading of the first level" if heading is None else "canonical address"
        message = f"the page has no {lacking}, so its title is unknown"
        raise UnreadableError("unexpected-structure", message, payload.name)
    stated = sorted({pages.iso_day(each) for each in _UPDATED.findall(element_text(page.root))})
    if len(stated) > 1:
        days = [("a line 'Last updated'", day) for day in stated]
        raise pages.contradiction(payload.name, days)
    today = pages.stated_date(stated[0] if stated else None, payload, options)
    try:
        day = parsers.day(today)
    except CellError as fault:
        raise UnreadableError(fault.code, f"{today!r}: {fault.message}", payload.name) from None
    return Work(heading.text, link[0], _kind_of(page, heading), day)


def _kind_of(page: Page, heading: Section) -> str | None:
    """The kind of work, which the page has between the title and the next heading.

    Not in the title, which may be "Movie", nor in a menu of kinds; two kinds are not chosen from.
    """
    kinds: set[str] = set()
    is_below = False
    for element in page.root.iter():
        if element.tag in HEADINGS:
            if is_below:
                break
            is_below = element is heading.heading
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
    text = section.text[: pages.LONGEST]
    match = _WEEK.fullmatch(text.removeprefix(f"{about.name} on "))
    if match is None or not text.startswith(f"{about.name} on "):
        raise CellError("unexpected-structure", f"the page is about {show(about.name)}")
    platform, rest = match["platform"], match["rest"] or ""
    # "Kids Movies" has "Movies" in it: the longest name is the list's.
    stated = sorted((each for each in words.KINDS if each in rest), key=len)
    if not stated and platform in _BY_KIND and about.kind is not None:
        stated = [each for each, kind in words.KINDS.items() if kind == about.kind][:1]
    if not stated:
        raise CellError("unexpected-structure", "it is unknown which list this is about")
    return platform, stated[-1]


def _week_rows(
    section: Section, about: Work, platform: str, category: str, name: str
) -> Iterator[ListRow]:
    """The ranks in a table of countries and days.

    Raises:
        UnreadableError: The table is not built as expected, or some ranks are outside of it.
    """
    days = _days_of(section, about.today, name)
    cells_read = 0
    for row in section.rows:
        place = _place_linked(row)
        if place is None:
            continue
        texts = [element_text(cell) for cell in row.cells[1:]]
        cells_read += sum(text.endswith(".") for text in texts)  # before a row is rejected
        whose = ListName(platform, place, days[0], category)
        fault = _row_fault(row, place, len(texts), len(days))
        if fault is not None:
            yield about.row(whose, "", row.line, fault)
            continue
        for day, text in zip(days, texts, strict=True):
            if re.search("[0-9]", text):
                yield about.row(whose._replace(date=day), text.rstrip("."), row.line)
    expected = pages.ranks_in(section)
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
    """The place that a row links to; None in rows of headings and averages."""
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
        country = parsers.place_or_world(place)
    except CellError as fault:
        return fault
    if flag is not None and country is not WORLD and country.alpha2 != flag:
        return CellError("country-mismatch", f"the row links to {country} under the flag {flag}")
    return None
