"""Strategies for the values that a history is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cache
from typing import Any, Literal

from attrs import evolve
from hypothesis import strategies as st

from kcharts.model import _checks as checks
from kcharts.model.calendar import WEEKDAYS, Calendar
from kcharts.model.chart import Chart, ChartSeries, Dated, Frequency
from kcharts.model.columns.rows import METRICS
from kcharts.model.country import WORLD, Country, World
from kcharts.model.snapshot import (
    NO_METRICS,
    NO_REPORTED,
    Metrics,
    RankSnapshot,
    Reported,
    SourceRef,
)
from kcharts.model.title import Title

# What breaks programs that read charts: separators, escapes, forms of one letter, signs that
# look like nothing, numbers, and words that tables write for a missing value.
_AWKWARD = (
    "1899",
    "N/A",
    "null",
    "=SUM(A1)",
    "Pok\u00e9mon",
    "Poke\u0301mon",
    "\uc0ac\ub0b4\ub9de\uc120",
    "#Alive",
    "a|b",
    "a\\|b",
    "\\",
    '"Sorry, I\'m Late"',
    " with room around it ",
    "Don\u2019t Look Up\u2026",
    "two\u2028lines",
    "two\x0blines",
    "zero\u200bwidth",
    "\u0645\u062f\u0631\u0633\u0629",
    "\U0001f991",
)
CalendarKind = Literal["daily", "weekly", "dates", "rule"]


@cache
def texts() -> st.SearchStrategy[str]:
    """Texts that can be a name: visible, without control characters and lone surrogates."""
    drawn = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    return st.sampled_from(_AWKWARD) | drawn.filter(lambda text: checks.text_fault(text) is None)


@cache
def _details() -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a title that it may lack."""
    return st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(("by", "season", "kind", "key"), texts()),
            "year": st.integers(1, 2100),
            "origin": countries(),
            "released": st.dates(),
            "ids": st.lists(texts(), max_size=2).map(tuple),
        },
    )


def countries() -> st.SearchStrategy[Country]:
    """Any country of the table; never `WORLD`, which is not a country."""
    # The table is read only once a country is drawn.
    return st.deferred(lambda: st.sampled_from(Country.all()))


@st.composite
def titles(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn, *, names: st.SearchStrategy[str] | None = None
) -> Title:
    """Titles of every shape, some with a key of their own, most with one derived.

    Args:
        names: The names; by default any text that can be a title.
    """
    return Title(draw(texts() if names is None else names), **draw(_details()))


def chart_series(
    *, frequencies: st.SearchStrategy[Frequency] | None = None
) -> st.SearchStrategy[ChartSeries]:
    """Series of any publisher, platform and category.

    Args:
        frequencies: How often they are issued; by default daily or weekly.
    """
    names = st.sampled_from(["Netflix", "FlixPatrol", "TV", "Films (English)"]) | texts()
    often = st.sampled_from(Frequency) if frequencies is None else frequencies
    dated: st.SearchStrategy[Dated] = st.sampled_from(["period", "issue"])
    return st.builds(
        ChartSeries, names, names, names, often, depth=st.integers(1, 200), dated=dated
    )


def charts(
    *,
    series: st.SearchStrategy[ChartSeries] | None = None,
    places: st.SearchStrategy[Country | World] | None = None,
) -> st.SearchStrategy[Chart]:
    """Charts of countries and of the world.

    Args:
        series: The series; by default any.
        places: The places; by default any country, or `WORLD`.
    """
    return st.builds(
        Chart,
        chart_series() if series is None else series,
        st.just(WORLD) | countries() if places is None else places,
    )


@st.composite
def calendars(  # noqa: D417  (`draw` is Hypothesis's)
    draw: st.DrawFn, *, kinds: Collection[CalendarKind] = ("daily", "weekly", "dates", "rule")
) -> Calendar:
    """Calendars with at least one issue, some with a known first or last one.

    Args:
        kinds: "daily", "weekly", "dates" (just those listed) and "rule" (a recurrence).
    """
    kind = draw(st.sampled_from(tuple(kinds)))
    if kind == "rule":
        # A rule is listed from its start on: over centuries that takes long.
        start = draw(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
        step = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
        rule = f"FREQ={step};INTERVAL={draw(st.integers(1, 3))};COUNT={draw(st.integers(1, 9))}"
        calendar = Calendar.from_rule(f"DTSTART:{str(start).replace('-', '')}\nRRULE:{rule}")
        days = calendar.between(start, dt.date.max)
    elif kind == "dates":
        days = tuple(sorted(draw(st.sets(st.dates(), min_size=1, max_size=8))))
        calendar = Calendar.from_dates(days)
    else:
        start = draw(st.dates(max_value=dt.date.max - dt.timedelta(99)))
        weekday = WEEKDAYS[start.weekday()]
        calendar = Calendar.daily() if kind == "daily" else Calendar.weekly(weekday)
        days = calendar.between(start, start + dt.timedelta(99))
    first = draw(st.none() | st.sampled_from(days))
    last = draw(st.none() | st.sampled_from(days[days.index(first) if first else 0 :]))
    return evolve(calendar, first=first, last=last)


@cache
def metrics() -> st.SearchStrategy[Metrics]:
    """What was measured: each amount whole, with two decimals, or not printed."""
    # Beyond 64 bits a column holds values in place of numbers.
    amounts = st.integers(0, 2**70) | st.decimals(0, 10**9, allow_nan=False, places=2)
    fields = st.fixed_dictionaries({}, optional=dict.fromkeys(METRICS, amounts))
    return fields.map(lambda given: Metrics(**given))


@cache
def reported() -> st.SearchStrategy[Reported]:
    """The publisher's counters, each printed or not; they do not fit any history."""
    ranks, counts = st.integers(1, 200), st.integers(0, 900)
    optional = {
        **dict.fromkeys(("last_rank", "peak"), ranks),
        **dict.fromkeys(("periods_on_chart", "periods_at_peak"), counts),
        "as_of": st.sampled_from(["issue", "scrape"]),
    }
    fields: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}, optional=optional)
    return fields.map(lambda given: Reported(**given))


@cache
def sources() -> st.SearchStrategy[SourceRef]:
    """Sources of any name, with a line or without."""
    return st.builds(SourceRef, texts(), st.none() | st.integers(1, 2**31 - 1))


@cache
def extras() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Columns of a file that have no field, in the order of their names."""
    pairs = st.dictionaries(st.sampled_from(["isNew", "uri"]), texts())
    return pairs.map(lambda held: tuple(sorted(held.items())))


def snapshots(
    *,
    titles: st.SearchStrategy[Title] | None = None,
    charts: st.SearchStrategy[Chart] | None = None,
    dates: st.SearchStrategy[dt.date] | None = None,
) -> st.SearchStrategy[RankSnapshot]:
    """Single rows, with all that can be printed beside a rank.

    They do not add up to lists: for these, draw `histories`.

    Args:
        titles: The titles; by default any.
        charts: The charts; by default any.
        dates: The issues' dates; by default any.
    """
    return st.builds(
        RankSnapshot,
        _any_title if titles is None else titles,
        _any_chart if charts is None else charts,
        st.dates() if dates is None else dates,
        st.integers(1, 200),
        st.just(NO_METRICS) | metrics(),
        st.just(NO_REPORTED) | reported(),
        extras(),
        st.none() | sources(),
    )


# Under other names, since the options of `snapshots` hide the strategies.
_any_title, _any_chart = titles(), charts()
