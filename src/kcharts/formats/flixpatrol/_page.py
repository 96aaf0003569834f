"""A saved page of FlixPatrol's, taken apart: its headings, and the table below each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from kcharts.formats.flixpatrol._signs import counts
from kcharts.model._checks import shown
from kcharts.reading.spec import Options
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.text import refuse_workbook

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHALLENGES = {
    "page not found": "FlixPatrol has no such page, though the server may have answered 200",
    "just a moment": "a check of the browser was saved in place of the page",
    "attention required": "a check of the browser was saved in place of the page",
    "checking your browser": "a check of the browser was saved in place of the page",
}


class Row(NamedTuple):
    """One row of a table: its physical line and its cells."""

    line: int
    element: HtmlElement
    cells: list[HtmlElement]


@define
class Section:
    """A heading, and what stands below it down to the next.

    Attributes:
        level: 1 for h1 to 6 for h6; 0 for what stands above the first heading.
        text: What the heading says.
        line: Its physical line.
        boxed: Whether it stands in a box about one platform.
        rows: The rows of the first table.
        ranks: How many ranks, such as `1.`, the text has there.
    """

    level: int = 0
    text: str = ""
    line: int = 1
    boxed: bool = False
    rows: list[Row] = field(factory=list[Row])
    ranks: int = 0


class Page(NamedTuple):
    """A page: what it says of itself, and its sections."""

    name: str
    title: str
    address: str
    root: HtmlElement
    sections: list[Section]
    is_whole: bool


def page_of(payload: Payload, options: Options) -> Page:
    """The page that a payload is.

    Raises:
        UnreadableError: It is none, an error page or too large, or has more in it than lxml can
            read.
    """
    name = payload.name
    limit = options.limits.page_bytes
    if len(payload.data) > limit:
        hint = "limits=Limits(page_bytes=...) raises the limit"
        raise UnreadableError("limit-exceeded", f"is larger than {limit:,} bytes", name, hint)
    refuse_workbook(payload)
    text = _text(payload, options.encoding)
    root = _parsed(name, text)
    title = next((said(each) for each in root.iter("title")), "")
    _refuse_others(name, title, root)
    sections = _sections(root, name, options.limits.field_characters)
    counted = counts(text)
    if len(counted) != len(sections):
        message = f"the text has {len(counted) - 1:,} headings, of which {len(sections) - 1:,}"
        message += " can be read: is it nested too deeply, or cut off?"
        raise UnreadableError("unexpected-structure", message, name)
    for section, count in zip(sections, counted, strict=True):
        section.ranks = count
    is_whole = b"</html" in text[-4096:].lower()
    return Page(name, title, _address(root), root, sections, is_whole)


def _refuse_others(name: str, title: str, root: HtmlElement) -> None:
    """Raise `UnreadableError` for what was saved in place of a page."""
    what = _challenge(title.casefold())
    if what is not None:
        message = f"expected a page of lists, found one that says {shown(title)}"
        raise UnreadableError("wrong-format", message, name, what)
    body, cell = root.find("body"), next(root.iter("td"), None)
    if (
        title.startswith("view-source:")
        or (body is not None and body.get("id") == "viewsource")  # Firefox
        or (cell is not None and cell.get("class") == "line-number")  # Chrome
    ):
        message = "expected a saved page, found one that shows a page's source"
        raise UnreadableError("wrong-format", message, name, "save the page itself")


def _challenge(title: str) -> str | None:
    """What was saved in place of a page, by its title; a film may be called Just a Moment."""
    is_site = title.endswith("• flixpatrol") and not title.startswith("page not found")
    found = (what for sign, what in _CHALLENGES.items() if title.startswith(sign))
    return None if is_site else next(found, None)


def _text(payload: Payload, encoding: str | None) -> bytes:
    """The page in UTF-8, with line feeds."""
    name, data = payload.name, payload.data
    if not data.strip():
        raise UnreadableError("empty-file", "the file is empty", name, "fetch it again")
    try:
        text = data.decode(encoding or "utf-8-sig")
    except (ValueError, LookupError) as fault:
        message = f"cannot be read as {encoding or 'UTF-8'}: {fault}"
        hint = 'encoding="utf-16", or what the page is in, reads it'
        raise UnreadableError("bad-encoding", message, name, hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")
    if not text.startswith("<"):
        message = f"expected a saved page, found text that begins {shown(text[:40])}"
        raise UnreadableError("wrong-format", message, name)
    return text.encode("utf-8", "replace")


def _parsed(name: str, text: bytes) -> HtmlElement:
    try:
        from lxml import etree, html  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "reading saved pages needs the package lxml"
        raise UnreadableError("missing-extra", message, name, "pip install kcharts[html]") from None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, AssertionError) as fault:  # lxml asserts that there is a root
        message = f"expected a saved page, found what is none: {fault}"
        raise UnreadableError("wrong-format", message, name) from None
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    return root


def said(element: HtmlElement) -> str:
    """The text of an element, white space made single."""
    return " ".join("".join(element.itertext()).split())


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _sections(root: HtmlElement, name: str, limit: int) -> list[Section]:
    found = [Section()]
    table: HtmlElement | None = None
    for element in root.iter(*HEADINGS, "tr"):
        line = element.sourceline or 1
        if element.tag != "tr":
            box = element.getparent()
            boxed = box is not None and "platform-section" in (box.get("class") or "").split()
            level, text = int(str(element.tag)[1:]), _heading(element, name, limit)
            found.append(Section(level, text, line, boxed))
            table = None
            continue
        own = next(element.iterancestors("table", "tr"), None)
        table = own if table is None else table
        if own is table:  # not a row of another table, or in a row
            cells = [each for each in element if each.tag in ("td", "th")]
            found[-1].rows.append(Row(line, element, cells))
    return found


def _heading(element: HtmlElement, name: str, limit: int) -> str:
    """The text of a heading, which may be in other headings, a hundred of them."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > limit:
            message = f"a heading of more than {limit:,} characters, in line {element.sourceline}"
            hint = "limits=Limits(field_characters=...) raises the limit"
            raise UnreadableError("limit-exceeded", message, name, hint)
    return " ".join("".join(parts).split())


def _address(root: HtmlElement) -> str:
    """The page's own address, as it gives it."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").split():
            return link.get("href") or ""
    for meta in root.iter("meta"):
        if meta.get("property") == "og:url":
            return meta.get("content") or ""
    return ""
