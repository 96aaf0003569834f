"""What FlixPatrol's pages say of themselves: platform, place and day, in headings and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kcharts.formats.flixpatrol import _words as words
from kcharts.model._checks import shown
from kcharts.reading import parsers as cells
from kcharts.sources.cell import CellError
from kcharts.sources.html import Page
from kcharts.sources.source import UnreadableError


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


def facts_of(text: str) -> Facts | None:
    """What a heading, or a page's title, says of lists; None where it says nothing of them.

    >>> facts_of("TOP 10 on Netflix in South Korea on January 31, 2022")
    Facts(platform='Netflix', place='South Korea', date='2022-01-31', category=None)
    """
    text = text[:LONGEST].removesuffix("FlixPatrol").rstrip(" •|–-")
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _HEADINGS)), None)
    if found is None or is_grid(text):
        return None
    stated: dict[str, str | None] = found.groupdict()
    return Facts(
        stated.get("platform"),
        stated.get("place"),
        english_day(stated["date"]) if stated["date"] else None,
        stated.get("category"),
    )


def is_grid(text: str) -> bool:
    """Whether a heading is of a table of all countries or days, which repeats the lists."""
    return text.endswith((" by country", " by day"))


def english_day(text: str) -> str:
    """January 31, 2022 as 2022-01-31; what is no day stays, for the reader to refuse."""
    try:
        return cells.day_as("%B %d, %Y")(text).isoformat()
    except CellError:
        return text


def page_facts(page: Page) -> Facts:
    """What a page's title, its address and its headings of the first level say of its lists.

    Raises:
        UnreadableError: They contradict each other, or the address is of a longer period.
    """
    address = _addressed(page)
    told = [
        ("the title", facts_of(page.title) or Facts()),
        ("the address", address),
        *(
            (f"the heading in line {section.line:,}", facts_of(section.text) or Facts())
            for section in page.sections
            if section.level == 1
        ),
    ]
    facts = Facts()
    for _, each in told:
        facts = facts.over(each)
    if address.platform not in words.PLATFORMS.values():  # a slug need not be like the name
        told[1] = ("the address", address._replace(platform=None))
    for same, said in (
        (_same_platform, [(source, each.platform) for source, each in told]),
        (same_place, [(source, each.place) for source, each in told]),
        (str.__eq__, [(source, each.date) for source, each in told]),
    ):
        stated = [(source, text) for source, text in said if text is not None]
        for other, text in stated[1:]:
            if not same(stated[0][1], text):
                raise contradiction(page.name, (stated[0], (other, text)))
    return facts


def contradiction(
    name: str, said: Iterable[tuple[str, str]], hint: str = "save the page anew"
) -> UnreadableError:
    """The error of a page that is of one thing by one source, and of another by another."""
    message = ", but ".join(f"{source} says {shown(text)}" for source, text in said)
    return UnreadableError("conflicting-page", message, name, hint)


def _same_platform(one: str, other: str) -> bool:
    """Whether two names may be of one platform: HBO and HBO Max, Disney and Disney+."""
    folded = [re.sub(r"[\W_]+", "", name.casefold()) for name in (one, other)]
    return folded[0].startswith(folded[1]) or folded[1].startswith(folded[0])


def same_place(one: str, other: str) -> bool:
    """Whether two texts may name one place; what names none is refused where it is used."""
    try:
        return words.place(one) == words.place(other)
    except CellError:
        return True


_DAY = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})|today|yesterday)(?:/[a-z-]+)?", re.ASCII)


def _addressed(page: Page) -> Facts:
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
