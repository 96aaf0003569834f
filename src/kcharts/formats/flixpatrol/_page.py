"""A saved page of FlixPatrol's, or what was saved in its place."""

from __future__ import annotations

import re

from kcharts.model._checks import shown
from kcharts.reading.spec import Options
from kcharts.sources.html import Page, Section, saved_page
from kcharts.sources.source import Payload, UnreadableError

_CHECK = "a check of the browser was saved in place of the page"
_CHALLENGES = {
    "page not found": "FlixPatrol has no such page, though the server may have answered 200",
    "just a moment": _CHECK,
    "attention required": _CHECK,
    "checking your browser": _CHECK,
}
_RANK = re.compile(r"[0-9]{1,3}\.", re.ASCII)


def page_of(payload: Payload, options: Options) -> Page:
    """The page that a payload is.

    Raises:
        UnreadableError: It is none, or an error page.
    """
    page = saved_page(payload, options.encoding, options.limits)
    title = page.title.casefold()
    if title.endswith("• flixpatrol") and not title.startswith("page not found"):
        return page  # a film may be called Just a Moment
    for sign, what in _CHALLENGES.items():
        if title.startswith(sign):
            message = f"expected a page of lists, found one that says {shown(page.title)}"
            raise UnreadableError("wrong-format", message, page.name, what)
    return page


def ranks_in(section: Section) -> int:
    """How many ranks, such as `1.`, the text below a heading has."""
    return sum(_RANK.fullmatch(text) is not None for text in section.texts)


def is_boxed(section: Section) -> bool:
    """Whether a heading is in a box about one platform."""
    box = None if section.heading is None else section.heading.getparent()
    return box is not None and "platform-section" in (box.get("class") or "").split()
