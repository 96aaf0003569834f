"""Saved web pages: title and address, headings, and the table below each.

Nothing of a page is lost silently: lxml reads what browsers show, but stops at 2,048 nested
elements (at 256, unless told that the tree may be huge), so a page of that depth is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from kcharts.model._checks import show
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Payload, UnreadableError, over_limit
from kcharts.sources.text import refuse_workbook

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DEEPEST = 2_000
_DEEPEST_ROWS = 80
"""How many rows may be nested: each holds the text of all inside, and 600 took 10 GB for 8 MB."""
_OF_TABLES = ("table", "tr")
_UNSEEN = ("textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements whose text a browser does not show in the page; scripts are removed as a whole."""


class PageRow(NamedTuple):
    """One row of a table: its physical line, its element and its cells."""

    line: int
    element: HtmlElement
    cells: list[HtmlElement]


@define
class Section:
    """A heading, and what follows it up to the next.

    Attributes:
        level: 1 for h1 to 6 for h6; 0 for what is above the first heading.
        text: The heading's text.
        line: Its physical line.
        heading: Its element; None above the first heading.
        rows: The rows of the first table.
        texts: Every text between two tags, without white space around.
    """

    level: int = 0
    text: str = ""
    line: int = 1
    heading: HtmlElement | None = None
    rows: list[PageRow] = field(factory=list[PageRow])
    texts: list[str] = field(factory=list[str])


class Page(NamedTuple):
    """A page, and its sections."""

    name: str
    title: str
    address: str
    root: HtmlElement
    sections: list[Section]
    is_whole: bool
    """Whether it has its end tag, and so is not cut off."""


def saved_page(payload: Payload, encoding: str | None = None, limits: Limits = LIMITS) -> Page:
    """The page that a payload is.

    Raises:
        UnreadableError: It is not a page, shows a page's source, or is too large or too deep.
    """
    name = payload.name
    if len(payload.data) > limits.page_bytes:
        raise over_limit(f"is larger than {limits.page_bytes:,} bytes", "page_bytes", name)
    refuse_workbook(payload)
    text = _decoded(payload, encoding)
    root = _parsed(name, text)
    title = next((element_text(each) for each in root.iter("title")), "")
    _refuse_source(name, title, root)
    sections = _sections(root, name, limits.field_characters)
    return Page(name, title, _address(root), root, sections, "</html" in text[-4096:].lower())


def element_text(element: HtmlElement) -> str:
    """The text of an element, white space made single."""
    return " ".join("".join(element.itertext()).split())


def _decoded(payload: Payload, encoding: str | None) -> str:
    """The page's text, with line feeds."""
    name, data = payload.name, payload.data
    if not data.strip():
        raise UnreadableError("empty-file", "the file is empty", name, "fetch it again")
    try:
        text = data.decode(encoding or "utf-8-sig")
    except (ValueError, LookupError) as fault:
        message = f"cannot be read as {encoding or 'UTF-8'}: {fault}"
        hint = 'encoding="utf-16", or the encoding that the page is in, reads it'
        raise UnreadableError("bad-encoding", message, name, hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")
    if not text.startswith("<"):
        message = f"expected a saved page, found text that begins {show(text[:40])}"
        raise UnreadableError("wrong-format", message, name)
    return text


def _parsed(name: str, text: str) -> HtmlElement:
    try:
        from lxml import etree, html  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "reading saved pages needs the package lxml"
        raise UnreadableError("missing-extra", message, name, "pip install kcharts[html]") from None
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # As bytes: lxml refuses a text that declares an encoding, as saved XHTML does.
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, AssertionError) as fault:  # lxml asserts that there is a root
        message = f"expected a saved page, found something else: {fault}"
        raise UnreadableError("wrong-format", message, name) from None
    for after in list(root.itersiblings()):  # what follows </html> is in roots of its own
        root.append(after)
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    return root


def _refuse_source(name: str, title: str, root: HtmlElement) -> None:
    """Raise `UnreadableError` for a page that a browser made to show another's source."""
    body, cell = root.find("body"), next(root.iter("td"), None)
    if (
        title.startswith("view-source:")
        or (body is not None and body.get("id") == "viewsource")  # Firefox
        or (cell is not None and cell.get("class") == "line-number")  # Chrome
    ):
        message = "expected a saved page, found one that shows a page's source"
        raise UnreadableError("wrong-format", message, name, "save the page itself")


def _sections(root: HtmlElement, name: str, limit: int) -> list[Section]:
    from lxml import etree  # noqa: PLC0415  (an extra)

    outline = _Outline(name, limit)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = outline.begin(element) if event == "start" else outline.end(element)
        if text and (stripped := text.strip()):
            outline.sections[-1].texts.append(stripped)
    return outline.sections


class _Outline:
    """The sections of a page, built as its elements begin and end."""

    def __init__(self, name: str, limit: int) -> None:
        self.name, self.limit = name, limit
        self.sections = [Section()]
        self.depth = 0
        self.table: HtmlElement | None = None
        """The first table of the section."""
        self.around: list[HtmlElement] = []
        """The tables and rows that are open, the outermost first."""
        self.nested: list[HtmlElement] = []
        """Those of the rows that are in a section."""

    def begin(self, element: HtmlElement) -> str | None:
        """Take an element, and give the text at its beginning."""
        tag = element.tag
        self.depth += 1
        if tag in HEADINGS:
            self.sections.append(_section(element, self.name, self.limit))
            self.table = None
        elif tag in _OF_TABLES:
            if tag == "tr":
                self._row(element)
            self.around.append(element)
        if self.depth > _DEEPEST or len(self.nested) > _DEEPEST_ROWS:
            message = f"has more than {_DEEPEST:,} nested elements, or {_DEEPEST_ROWS} nested rows"
            raise UnreadableError("unexpected-structure", message, self.name)
        return None if tag in _UNSEEN else element.text

    def _row(self, element: HtmlElement) -> None:
        """Take a row, unless it is in another table than the section's first, or in a row."""
        own = self.around[-1] if self.around else None
        self.table = own if self.table is None else self.table
        if own is self.table:
            cells = [each for each in element if each.tag in ("td", "th")]
            self.sections[-1].rows.append(PageRow(element.sourceline or 1, element, cells))
            self.nested.append(element)

    def end(self, element: HtmlElement) -> str | None:
        """Leave an element, and give the text behind it."""
        self.depth -= 1
        if element.tag in _OF_TABLES:
            self.around.pop()
            if self.nested and self.nested[-1] is element:
                self.nested.pop()
        return element.tail


def _section(heading: HtmlElement, name: str, limit: int) -> Section:
    """The section below a heading."""
    # Counted as it is gathered: of a hundred nested headings each has the text of all inside.
    parts: list[str] = []
    size = 0
    for part in heading.itertext():
        parts.append(part)
        size += len(part)
        if size > limit:
            message = f"a heading of more than {limit:,} characters, in line {heading.sourceline}"
            raise over_limit(message, "field_characters", name)
    text = " ".join("".join(parts).split())
    return Section(int(str(heading.tag)[1:]), text, heading.sourceline or 1, heading)


def _address(root: HtmlElement) -> str:
    """The page's own address, as it gives it."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").split():
            return link.get("href") or ""
    for meta in root.iter("meta"):
        if meta.get("property") == "og:url":
            return meta.get("content") or ""
    return ""
