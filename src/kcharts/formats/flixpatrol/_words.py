"""What FlixPatrol calls its platforms, lists and places, the same in every layout."""

from __future__ import annotations

import re

from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country, World
from kcharts.reading import parsers
from kcharts.reading.file_names import file_name, not_said
from kcharts.reading.options import Options
from kcharts.sources.cell import CellError
from kcharts.sources.source import Payload

PUBLISHER = "FlixPatrol"
CALENDAR = Calendar.daily()
DEPTH = 10
WORLD_DEPTH = 100
"""A world list has a row for every title with points; the archived ones end at 100."""

PLATFORMS = {
    "amazon-prime": "Amazon Prime",
    "apple-tv": "Apple TV",
    "disney": "Disney+",
    "hbo": "HBO Max",
    "hbo-max": "HBO Max",
    "hulu": "Hulu",
    "netflix": "Netflix",
    "paramount-plus": "Paramount+",
    "peacock": "Peacock",
}
"""Slugs of the addresses, and what FlixPatrol's headings call them."""

SITE = r"(?:[^?#\s]*//(?:www\.)?flixpatrol\.com)?"
"""How links begin: with nothing, or with the site, perhaps behind an archive's address."""

KINDS = {
    "Movies": "Movie",
    "TV Shows": "TV Show",
    "Overall": None,
    "Kids Movies": "Movie",
    "Kids TV Shows": "TV Show",
}
"""The lists as the headings of pages call them, and the kind of the works on them."""

_CATEGORIES = {name.casefold(): name for name in KINDS}
_SLUGS = {"movie": "Movies", "movies": "Movies", "tvshow": "TV Shows", "shows": "TV Shows"}


def platform(text: str) -> str:
    """A platform as headings call it; one that we do not know stays as it is printed."""
    if not text.strip():
        raise CellError("missing-value", "expected a platform")
    return PLATFORMS[text] if text in PLATFORMS else parsers.name(text)


def category(text: str) -> str:
    """A list as headings call it."""
    name = _SLUGS.get(text) or _CATEGORIES.get(text.casefold())
    if name is None:
        hint = f"known: {', '.join(KINDS)}"
        raise CellError("unknown-category", "expected one of FlixPatrol's lists", hint)
    return name


def chart(platform: str, category: str, place: Country | World = WORLD) -> Chart:
    """The chart of a list; world lists are deeper, so they are series of their own."""
    depth = WORLD_DEPTH if place is WORLD else DEPTH
    return Chart(ChartSeries(PUBLISHER, platform, category, Frequency.DAILY, depth), place)


_SLUGGED = "|".join(sorted(PLATFORMS, key=len, reverse=True))
_NAMED = re.compile(rf"(?<![a-z0-9])(?:(?:top10s?|{_SLUGGED})[-_])+([a-z]+(?:-[a-z]+)*)", re.ASCII)


def named_place(payload: Payload) -> Country | World | None:
    """The place that the file's name says: `top10s-south-korea.json`, `netflix-world.html`."""
    named = _NAMED.search(file_name(payload).casefold())
    try:
        return None if named is None else parsers.place_or_world(named[1])
    except CellError:
        return None


def given_place(payload: Payload, options: Options, reader: str) -> Country | World:
    """The place that the caller or the file's name says.

    Raises:
        UnreadableError: Neither does.
    """
    place = options.place or named_place(payload)
    if place is None:
        example = f"top10s-south-korea.{'json' if reader == 'read_api' else 'html'}"
        hint = f'name it like {example}, or use flixpatrol.{reader}(..., place="KR")'
        raise not_said(payload, "place", hint)
    return place


def given_date(payload: Payload, options: Options) -> str:
    """The date that the caller or the file's name says: `netflix-2022-01-31.html`.

    Raises:
        UnreadableError: Neither does.
    """
    if options.date is not None:
        return options.date.isoformat()
    named = re.search(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", file_name(payload))
    if named is None:
        hint = (
            "name it like netflix-2022-01-31.html, "
            'or use flixpatrol.read_page(..., date="2022-01-31")'
        )
        raise not_said(payload, "date", hint)
    return named[0]
