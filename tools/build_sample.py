"""Write the bundled sample: daily lists made up so that a news report's figures hold in them.

    python tools/build_sample.py

Titles drift up and down by made-up strengths, tastes of countries and waves, all in integers
and, where they look random, from SHA-256, so that every Python writes the same file. The lists
of the 88 countries follow from them, the world chart from the lists. Only the last four days of
the lists are written; there the ranks of All of Us Are Dead are given and not computed. The
figures cited are checked by a test that reads the file on its own.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from kcharts.model.country import Country

OUTPUT: Final = (
    Path(__file__).resolve().parents[1]
    / "src"
    / "kcharts"
    / "data"
    / "samples"
    / "reconstruction.csv"
)

NOTE: Final = [
    "A reconstruction, not published data: Netflix TV charts made up so that the figures which the",
    "press cited from FlixPatrol about All of Us Are Dead, Squid Game and Hellbound hold in them.",
    'Only those figures are facts, and the titles called "Show" are stand-ins for other works.',
]

COLUMNS: Final = [
    "publisher",
    "platform",
    "category",
    "frequency",
    "country",
    "date",
    "rank",
    "title",
    "origin",
    "released",
    "points",
]
SERIES: Final = ["reconstruction of FlixPatrol", "Netflix", "TV", "daily"]

FIRST: Final = date(2021, 9, 17)
LAST: Final = date(2022, 1, 31)
RELEASE: Final = date(2022, 1, 28)  # from here on the countries' lists are written too
DEPTH: Final = 10

# The panel, in the order in which All of Us Are Dead takes it. First the countries where it was
# No. 1 on Netflix's own list of the week to 2022-01-30; all but the last four lead on 01-29.
FIRST_REACHED: Final = (
    "KR TH VN SG HK MY ID PH TW JP AE BH SA QA KW OM JO IN BD PK NG MU FR DE RE GP MQ NC JM"
)
# Those where it follows here, the last two on 01-31: invented.
NEXT_REACHED: Final = "EG LB LK MV MA TR KE BO EC PE GR RO CH BE FI AT ES"
# Those where it is second on 01-31: invented, but for the United States.
SECOND: Final = (
    "CL CO DO HN GT SV ZA PA CR MX US BR PY UY VE HU BG CY UA SK SI HR PT NL IT CA AU NZ GB"
)
LOWER: Final = "PL SE NO AR CZ EE LV LT RS IE IS IL DK"
PANEL: Final = f"{FIRST_REACHED} {NEXT_REACHED} {SECOND} {LOWER}".split()

ON_RELEASE: Final = {"KR": 4, "TH": 6, "VN": 7, "TW": 7, "SG": 8, "HK": 8, "MY": 9, "JP": 10}
# In how many countries All of Us Are Dead is at which rank, the rest of the panel being without.
PLACES: Final = {
    date(2022, 1, 29): {1: 25, 2: 18, 3: 14, 4: 9, 5: 6, 6: 5, 7: 4, 8: 5},
    date(2022, 1, 30): {1: 44, 2: 12, 3: 14, 4: 7, 5: 4, 6: 2, 7: 1, 8: 2},
    date(2022, 1, 31): {1: 46, 2: 29, 3: 4, 4: 3, 5: 2, 6: 1, 8: 1},
}


class Work(NamedTuple):
    """A title and its strength over time.

    Attributes:
        name: The title as the lists print it.
        origin: The alpha-2 code of its country.
        released: Its release date; None for a stand-in.
        curve: Days with the strength on them, linear between; before and after it is on no list.
    """

    name: str
    origin: str
    released: date | None
    curve: list[tuple[date, int]]


HERO: Final = Work("All of Us Are Dead", "KR", RELEASE, [])

REAL: Final = [
    Work(
        "Squid Game",
        "KR",
        FIRST,
        [
            (FIRST, 330),
            (date(2021, 9, 22), 560),
            (date(2021, 9, 23), 700),
            (date(2021, 10, 9), 820),
            (date(2021, 11, 7), 700),
            (date(2021, 11, 8), 650),
            (date(2021, 11, 10), 690),
            (date(2021, 11, 11), 520),
            (date(2021, 12, 31), 330),
            (date(2022, 1, 20), 150),
        ],
    ),
    Work(
        "Arcane",
        "US",
        date(2021, 11, 6),
        [
            (date(2021, 11, 6), 420),
            (date(2021, 11, 7), 570),
            (date(2021, 11, 8), 780),
            (date(2021, 11, 9), 760),
            (date(2021, 11, 10), 500),
            (date(2021, 12, 5), 420),
            (date(2021, 12, 31), 150),
        ],
    ),
    Work(
        "Hellbound",
        "KR",
        date(2021, 11, 19),
        [
            (date(2021, 11, 19), 400),
            (date(2021, 11, 20), 720),
            (date(2021, 11, 24), 780),
            (date(2021, 12, 2), 560),
            (date(2022, 1, 5), 150),
        ],
    ),
    Work(
        "The Silent Sea",
        "KR",
        date(2021, 12, 24),
        [
            (date(2021, 12, 24), 340),
            (date(2021, 12, 26), 520),
            (date(2021, 12, 30), 530),
            (date(2022, 1, 22), 150),
        ],
    ),
]

# The stand-ins: one every third day, the first of them well before the first list.
STAND_INS: Final = 59
EARLIEST: Final = date(2021, 8, 8)
EVERY: Final = timedelta(3)
RISE: Final = timedelta(4)
ORIGINS: Final = "US GB ES US MX TR JP US IN BR FR US DE CO IT US PL SE CA AU"
# The greatest strength of those that are No. 1 of the world chart for a while, and of one that
# would otherwise be in the way of All of Us Are Dead.
PEAKS: Final = {13: 640, 32: 660, 37: 610, 41: 650, 46: 640, 51: 640, 55: 590, 57: 490}


def draw(below: int, *of: object) -> int:
    """Draw a number from 0 up to a bound, always the same for the same things."""
    digest = sha256("|".join(map(str, of)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def stand_in(number: int) -> Work:
    """Make up a title that rises for four days and then falls for five to nine weeks."""
    name = f"Show {number}"
    start = EARLIEST + (number - 1) * EVERY
    peak = PEAKS.get(number, 420 + draw(150, "peak", name))
    end = start + RISE + timedelta(35 + draw(28, "length", name))
    origins = ORIGINS.split()
    origin = origins[(number - 1) % len(origins)]
    return Work(name, origin, None, [(start, peak - 180), (start + RISE, peak), (end, 120)])


WORKS: Final = [*REAL, *map(stand_in, range(1, STAND_INS + 1))]


def days() -> list[date]:
    """List the days of the series."""
    return [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]


def strength(work: Work, day: date) -> int | None:
    """How strong a title is everywhere on a day; None when no list has it."""
    for (before, low), (after, high) in pairwise(work.curve):
        if before <= day <= after:
            return low + (high - low) * (day - before).days // (after - before).days
    return None


def wave(work: Work, day: date) -> int:
    """How a title goes up and down by itself: a line from week to week within 20 of its curve."""
    week, part = divmod((day - EARLIEST).days, 7)
    this, following = (draw(41, "wave", work.name, w) - 20 for w in (week, week + 1))
    return this + (following - this) * part // 7


@cache
def subregion(alpha2: str) -> str | None:
    """Look up in which part of the world a country is."""
    return Country(alpha2).subregion


@cache
def taste(name: str, origin: str, country: str) -> int:
    """How much more or less than elsewhere a title is liked in a country: most at home."""
    liking = draw(201, "taste", name, country) + draw(201, "more taste", name, country) - 200
    if origin == country:
        return liking + 150
    return liking + 50 if subregion(origin) == subregion(country) else liking


def hero_ranks(day: date) -> dict[str, int]:
    """Give the rank of All of Us Are Dead by country, on the days from its release on."""
    if day == RELEASE:
        return ON_RELEASE
    ranks = [rank for rank, places in PLACES.get(day, {}).items() for _ in range(places)]
    return dict(zip(PANEL, ranks, strict=False))  # the last of the panel are without


def country_lists(day: date) -> dict[str, list[Work]]:
    """Make the list of every country of the panel for one day, the best first."""
    strong = [
        (work, level + wave(work, day))
        for work in WORKS
        if (level := strength(work, day)) is not None
    ]
    given = hero_ranks(day)
    lists: dict[str, list[Work]] = {}
    for country in sorted(PANEL):
        scored = [(-level - taste(w.name, w.origin, country), w.name, w) for w, level in strong]
        works = [work for _, _, work in sorted(scored)]
        if country in given:
            works.insert(given[country] - 1, HERO)
        lists[country] = works[:DEPTH]
    return lists


def world_list(lists: dict[str, list[Work]]) -> list[tuple[Work, int]]:
    """Add up the world chart: ten points for a No. 1 in a country, one for a No. 10."""
    points: Counter[str] = Counter()
    for works in lists.values():
        points.update({work.name: DEPTH - above for above, work in enumerate(works)})
    by_name = {work.name: work for work in [*WORKS, HERO]}
    order = sorted(points, key=lambda name: (-points[name], name))
    return [(by_name[name], points[name]) for name in order[:DEPTH]]


def without_ties(world: list[tuple[Work, int]]) -> list[tuple[Work, int]]:
    """Lower points that equal those above, on days whose country lists nobody can add up."""
    untied = world[:1]
    for work, points in world[1:]:
        untied.append((work, min(points, untied[-1][1] - 1)))
    return untied


def rows(country: str, day: date, entries: list[tuple[Work, int | None]]) -> list[list[object]]:
    """Lay out one list as rows of the table; None is an empty cell."""
    return [
        [*SERIES, country, day, rank, work.name, work.origin, work.released, points]
        for rank, (work, points) in enumerate(entries, start=1)
    ]


def build() -> str:
    """Make the text of the sample: its note, then the table, ordered by day and place."""
    text = io.StringIO()
    text.writelines(f"# {line}\n" for line in NOTE)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for day in days():
        lists = country_lists(day)
        world = world_list(lists)
        if day < RELEASE:
            table.writerows(rows("WORLD", day, [*without_ties(world)]))
            continue
        table.writerows(rows("WORLD", day, [*world]))
        for country, works in lists.items():
            table.writerows(rows(country, day, [(work, None) for work in works]))
    return text.getvalue()


def main() -> None:
    """Write the sample and say how large it is."""
    text = build()
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{OUTPUT.name}: {len(text.splitlines())} lines, {len(text.encode())} bytes")  # noqa: T201  # a command's output


if __name__ == "__main__":
    main()
