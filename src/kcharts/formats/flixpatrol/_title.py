"""FlixPatrol's page of one title: its ranks by country on the last seven days.

Written from descriptions: below a heading "... on Netflix TOP 10 ... this week" stands a table
with a row for every country and a column for every day, the last of which is today, the day on
which the page says that it was last updated.

A day without a rank may be one on which the title was not on the list, or one whose list
FlixPatrol does not have: such lists are not taken for lists in hand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from kcharts.formats.flixpatrol import _words as words
from kcharts.formats.flixpatrol._facts import LONGEST, contradiction, english_day
from kcharts.formats.flixpatrol._lists import Line, dated
from kcharts.formats.flixpatrol._page import ranks_in
from kcharts.formats.flixpatrol._reading import complain, plan, table_of
from kcharts.model._checks import shown
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD
from kcharts.reading import parsers as cells
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Options
from kcharts.sources.cell import CellError
from kcharts.sources.html import HEADINGS, Page, PageRow, Section, element_text
from kcharts.sources.source import Payload, UnreadableError

_WEEK = re.compile(r"(?P<platform>(?:(?! on ).)+?) TOP 10(?: (?P<rest>.+))? this week", re.ASCII)
_PLACE = re.compile(rf"{words.SITE}/top10/[a-z0-9-]+/([a-z-]+)/", re.ASCII)
_UPDATED = re.compile(r"Last updated on ([A-Z][a-z]+ [0-9]{1,2}, [0-9]{4})", re.ASCII)
_KINDS = ("Movie", "TV Show")
_FLAG = re.compile(r"\bfflag-([A-Z]{2})\b", re.ASCII)


class _Work(NamedTuple):
    """The title that a page is about."""

    name: str
    link: str
    kind: str | None
    today: dt.date


def weeks_of(page: Page) -> list[Section]:
    """The sections of a title's page that have its ranks by country."""
    return [each for each in page.sections if _is_of_a_week(each.text[:LONGEST])]


def _is_of_a_week(heading: str) -> bool:
    return heading.endswith(" this week") and " TOP 10 " in heading.partition(" on ")[2]


def read_weeks(page: Page, weeks: list[Section], payload: Payload, options: Options) -> Reading:
    """Read the ranks on a title's page.

    Raises:
        UnreadableError: The page does not say which title it is about, or of which day it is.
    """
    reading = Reading(payload.name, Builder(whole=False))
    about = _work(page, payload, options)
    lines: list[Line] = []
    for section in weeks:
        try:
            chart = _list_of(section, about)
        except CellError as fault:
            message = f"{section.text!r}: {fault.message}"
            complain(reading, fault.code, message, section.line)
        else:
            lines += _lines(section, about, chart, payload.name)
    reading.read(table_of(payload.name, lines, options.limits), plan(reading.builder))
    if not page.is_whole:
        complain(reading, "truncated-row", "the page is cut off", weeks[-1].line)
    return reading


def _work(page: Page, payload: Payload, options: Options) -> _Work:
    headings = (each.text for each in page.sections if each.level == 1)
    title = next(filter(None, headings), None)
    linked = re.search(r"/title/[^/?#\s]+", page.address, re.ASCII)
    if title is None or linked is None:
        lacking = "heading of the first level" if title is None else "canonical address"
        message = f"the page of a title has no {lacking}, so nothing says which title it is"
        raise UnreadableError("unexpected-structure", message, payload.name)
    stated = sorted({english_day(each) for each in _UPDATED.findall(element_text(page.root))})
    if len(stated) > 1:
        days = [("a line 'Last updated'", day) for day in stated]
        raise contradiction(payload.name, days)
    today = dated(stated[0] if stated else None, payload, options)
    try:
        day = cells.day(today)
    except CellError as fault:
        raise UnreadableError(fault.code, f"{today!r}: {fault.message}", payload.name) from None
    return _Work(title, linked[0], _kind(page), day)


def _kind(page: Page) -> str | None:
    """The kind of work, which stands between the name and the next heading."""
    found: set[str] = set()
    is_below = False
    for element in page.root.iter():
        if element.tag in HEADINGS:
            if is_below:
                break
            is_below = element.tag == "h1" and bool(element_text(element))
            continue
        text = " ".join((element.text or "").split()) if is_below else ""
        if text in _KINDS and next(element.iterancestors("h1", "select"), None) is None:
            found.add(text)
    return found.pop() if len(found) == 1 else None


def _lines(section: Section, about: _Work, chart: tuple[str, str], name: str) -> Iterator[Line]:
    """The ranks of a table of countries and days."""
    heading = next((row for row in section.rows if _is_heading(row)), None)
    labels = [element_text(cell) for cell in heading.cells[1:]] if heading else []
    last = labels[-1].casefold() if labels else ""
    if last not in ("today", "yesterday"):
        message = f"{section.text!r}: expected a table whose last column is today's"
        raise UnreadableError("unexpected-structure", message, name)
    number = words.CALENDAR.number(about.today) - (last == "yesterday") - len(labels) + 1
    days = [words.CALENDAR.date(number + n).isoformat() for n in range(len(labels))]
    read = 0
    for row in section.rows:
        place = _place(row)
        if place is None:
            continue
        texts = [element_text(cell) for cell in row.cells[1:]]
        read += sum(text.endswith(".") for text in texts)
        fault = _row_fault(row, place, len(texts), len(days))
        if fault is not None:
            yield Line(_cells(about, chart, place, days[0], ""), row.line, fault)
            continue
        for day, text in zip(days, texts, strict=True):
            if re.search("[0-9]", text):
                yield Line(_cells(about, chart, place, day, text.rstrip(".")), row.line)
    if read != ranks_in(section):
        message = f"{section.text!r}: {ranks_in(section)} ranks in the text, {read} cells read"
        raise UnreadableError("unexpected-structure", message, name)


def _cells(
    about: _Work, chart: tuple[str, str], place: str, day: str, rank: str
) -> tuple[bytes, ...]:
    """The cells of a rank, as a row of a list has them."""
    platform, category = chart
    told = (platform, place, day, category, rank, about.name, about.link)
    return tuple(each.encode("utf-8", "surrogatepass") for each in (*told, "", "", "", ""))


def _is_heading(row: PageRow) -> bool:
    return len(row.cells) > 1 and all(cell.tag == "th" for cell in row.cells)


_BY_KIND = ("Netflix",)
"""The platforms that have a list of films and one of series; others may have one of both."""


def _list_of(section: Section, about: _Work) -> tuple[str, str]:
    """The platform and the list.

    Raises:
        CellError: The heading names another title, or neither it nor the kind of work says
            which list it is about.
    """
    text = section.text[:LONGEST]
    found = _WEEK.fullmatch(text.removeprefix(f"{about.name} on "))
    if found is None or not text.startswith(f"{about.name} on "):
        raise CellError("unexpected-structure", f"the page is about {shown(about.name)}")
    platform, rest = found["platform"], found["rest"] or ""
    stated = sorted((each for each in words.KINDS if each in rest), key=len)
    if not stated and platform in _BY_KIND and about.kind is not None:
        stated = [each for each, kind in words.KINDS.items() if kind == about.kind][:1]
    if not stated:
        raise CellError("unexpected-structure", "nothing says which list it is about")
    return platform, stated[-1]


def _place(row: PageRow) -> str | None:
    """The place that a row is about, as its link has it; None where it is about none."""
    for link in row.element.iter("a"):
        found = _PLACE.match(link.get("href") or "")
        if found:
            return found[1]
    return None


def _row_fault(row: PageRow, place: str, found: int, expected: int) -> CellError | None:
    """What is wrong with a row as a whole: its width, or a flag of another country."""
    if found != expected:
        code = "too-few-fields" if found < expected else "too-many-fields"
        return CellError(code, f"expected {expected} days, found {found}")
    flags = (_FLAG.search(each.get("class") or "") for each in row.element.iter("span"))
    flag = next((each[1] for each in flags if each), None)
    try:
        country = words.place(place)
    except CellError as fault:
        return fault
    if flag is not None and country is not WORLD and country.alpha2 != flag:
        return CellError("country-mismatch", f"the row links to {country} under the flag {flag}")
    return None
