"""Pages in FlixPatrol's markup, with invented titles."""

from __future__ import annotations

from collections.abc import Iterable

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} • FlixPatrol</title>
<link rel="canonical" href="https://flixpatrol.com{address}">
<script>var page = "<h3>TOP 10 Movies</h3><td>1.</td>";</script>
</head>
<body>
<h1>{heading}</h1>
{body}
</body>
</html>
"""

_CHANGES = ("n/a", "+1", "–")


def page(title: str, address: str, body: str, heading: str = "") -> str:
    """A page in FlixPatrol's markup."""
    return _PAGE.format(title=title, address=address, body=body, heading=heading or title)


def country_list(heading: str, names: Iterable[str]) -> str:
    """A list of a country below a heading: poster link and text link in every row."""
    rows = "\n".join(
        f'<tr class="table-group"><td class="table-td w-12">{rank}.</td>'
        f'<td class="table-td">{_CHANGES[rank % 3]}</td>'
        f'<td class="table-td"><a href="/title/{_slug(name)}/"><img src="/runtime/{rank}.jpg">'
        f'</a><a class="hover:underline" href="/title/{_slug(name)}/">{name}</a></td>'
        f'<td class="table-td">{11 - rank} d</td></tr>'
        for rank, name in enumerate(names, 1)
    )
    return (
        f"<div><h3>{heading}</h3></div>\n"
        f'<table class="card-table"><tbody>\n{rows}\n</tbody></table>\n'
    )


def world_list(heading: str, names: Iterable[str]) -> str:
    """A list of the world below a heading: rank, title and points."""
    rows = "\n".join(
        f'<tr class="table-group"><td class="table-td">{rank}.</td><td class="table-td">'
        f'<a class="hover:underline" href="/title/{_slug(name)}/"><div><picture>'
        f'<img alt="{name}" src="/runtime/{rank}.jpg"></picture></div><div>{name}</div></a></td>'
        f'<td class="table-td">{1_030 - 30 * rank:,}</td></tr>'
        for rank, name in enumerate(names, 1)
    )
    return (
        f'<h2 class="flex"><span>{heading}</span></h2>\n'
        f'<div><table class="card-table"><tbody>\n{rows}\n</tbody></table></div>\n'
    )


def weeks_table(heading: str, places: Iterable[tuple[str, str, str]]) -> str:
    """A title's ranks by country on seven days: slug, flag, and ranks with a space between."""
    days = "".join(f"<th>{day}</th>" for day in ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Today"))
    rows = "\n".join(
        f'<tr><td><span class="fflag fflag-{flag}"></span>'
        f'<a href="/top10/netflix/{slug}/">{slug}</a></td>'
        + "".join(f"<td>{'' if rank == '-' else rank}</td>" for rank in ranks.split())
        + "</tr>"
        for slug, flag, ranks in places
    )
    return (
        f"<h2>{heading}</h2>\n<table><thead><tr><th>Country</th>{days}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table>\n"
    )


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


FILMS = tuple(f"A Film {n}" for n in range(1, 11))
SERIES = tuple(f"A Series {n}" for n in range(1, 11))
COUNTRY = page(
    "TOP 10 on Netflix in South Korea on January 31, 2022",
    "/top10/netflix/south-korea/2022-01-31/",
    country_list("TOP 10 Movies", FILMS) + country_list("TOP 10 TV Shows", SERIES),
)
WORLD = page(
    "TOP 10 on Netflix in the World on January 31, 2022",
    "/top10/netflix/world/2022-01-31/",
    world_list("TOP TV Shows on Netflix on January 31, 2022", SERIES)
    + world_list("TOP Movies on Netflix on January 31, 2022", FILMS),
)
TITLE = page(
    "A Series 1",
    "/title/a-series-1/",
    "<div>TV Show</div><div>Last updated on January 31, 2022.</div>\n"
    + weeks_table(
        "A Series 1 on Netflix TOP 10 this week",
        (("south-korea", "KR", "- - - - 1. 1. 1."), ("hong-kong", "HK", "- - - - - 3. 1.")),
    ),
)
