"""Finds the place, title, chart or series that an argument means, exactly but for its spelling.

If nothing fits, the Unknown error has similar names as hints; if several things fit, the Ambiguous
error has the keyword that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from kcharts.errors import (
    AmbiguousChartError,
    AmbiguousTitleError,
    UnknownChartError,
    UnknownCountryError,
    UnknownTitleError,
)
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import WORLD, Country, World, names_world
from kcharts.model.title import Title, fold

# Netflix has charts of 94 places: all of them would bury the other hints.
_LISTED = 12


def _printed_names(title: Title) -> set[str]:
    """The names under which a title is found: its own, its season's, its full name."""
    # kworb prints "Artist - Title" in one cell.
    names = {title.name, title.full_name}
    if title.season is not None:
        names.add(title.season)
    if title.by is not None:
        names.add(f"{title.by} - {title.name}")
    return names


def names_of(title: Title) -> set[str]:
    """The names under which a title is found, folded."""
    return set(map(fold, _printed_names(title)))


def _titles_named(store: Store, name: str) -> list[int]:
    """The codes of the titles with a name, compared folded."""

    def make() -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for code, title in enumerate(store.titles):
            for each in names_of(title):
                index.setdefault(each, []).append(code)
        return index

    codes: list[int] = store.memo("names", make).get(fold(name), [])
    return codes


def close(text: str, names: Iterable[str]) -> list[str]:
    """The names most similar to a text, as hints: no look-up takes one of them instead."""
    by_fold = {fold(name): name for name in names}
    return [by_fold[near] for near in get_close_matches(fold(text), by_fold, n=3)]


def _unknown_title(store: Store, name: str) -> UnknownTitleError:
    """The error for a name that no title of the history has."""
    if not store.titles:
        return UnknownTitleError(f"no title {name!r}: the history holds no lists")
    # A full name with a long season is far from a mistyped name alone, so both are compared.
    near = close(name, (title.full_name for title in store.titles))
    near += [n for n in close(name, (t.name for t in store.titles)) if n not in near]
    hints = [f"did you mean {hint!r}?" for hint in near[:3]]
    hints.append("history.find(text) lists the titles whose names contain a text")
    return UnknownTitleError(
        f"no title {name!r} among the {len(store.titles):,} of this history", hints=hints
    )


def _title_hints(titles: Sequence[Title]) -> list[str]:
    """One line for each title, with the keywords that decide for it."""
    lines: list[str] = []
    for title in titles:
        words = [
            f"{name}={getattr(title, name)!r}"
            for name in ("season", "kind", "by", "year")
            if len({getattr(t, name) for t in titles}) > 1
        ]
        lines.append(f"{title!r}" + (f": {', '.join(words)}" if words else ""))
    return lines


def _agreeing(codes: Iterable[int], store: Store, **wanted: str | None) -> list[int]:
    """The codes whose titles agree with the given keywords, compared folded."""
    for name, text in wanted.items():
        if text is not None:
            checks.check_text(name, text)
    given = {name: fold(text) for name, text in wanted.items() if text is not None}
    return [
        code
        for code in codes
        if all(
            fold(str(getattr(store.titles[code], name) or "")) == text
            for name, text in given.items()
        )
    ]


def title_codes(store: Store, name: str, **wanted: str | None) -> list[int]:
    """The codes of all titles of a name, or the Unknown error."""
    checks.check_text("name", name)
    codes = _agreeing(_titles_named(store, name), store, **wanted)
    if not codes:
        raise _unknown_title(store, name)
    meant = _as_spelt([store.titles[code] for code in codes], name)
    return [code for code in codes if store.titles[code] in meant]


def _as_spelt(titles: Sequence[Title], name: str) -> Sequence[Title]:
    """Those that are printed just so, where titles differ in their spelling alone; else all.

    So case decides between two spellings of one name, but never between two works.
    """
    # Netflix has printed "This Little Love Of Mine" and "This Little Love of Mine".
    works = {
        (fold(t.full_name), fold(t.kind or ""), t.year, t.key if t.has_own_key else None)
        for t in titles
    }
    exact = [title for title in titles if name in _printed_names(title)]
    return exact if exact and len(works) == 1 else titles


def codes_of(store: Store, title: Title | str, where: str = "title") -> list[int]:
    """The codes of a title, or of all titles of a name."""
    if isinstance(title, str):
        return title_codes(store, title)
    check_title(title, where)
    for code, held in enumerate(store.titles):
        if held == title:
            return [code]
    same = _titles_named(store, title.full_name)
    if not same:
        raise _unknown_title(store, title.full_name)
    hints = [f"the history has {store.titles[code]!r}" for code in same[:3]]
    message = f"{title!r} is not among the {len(store.titles):,} titles of this history"
    raise UnknownTitleError(message, hints=[*hints, "ask by name, or for a title of the history"])


def check_title(title: object, where: str = "title") -> None:
    """Raise unless it is a title or a name: None would mean all titles, where one is needed."""
    checks.check_kind(where, title, (Title, str), "one Title, or its name")


def title_among(titles: Sequence[Title], title: Title | str, where: str) -> Title:
    """The one title that is meant among some; `where` says in the errors which these are."""
    check_title(title)
    meant: Sequence[Title] = [each for each in titles if each == title]
    if isinstance(title, str):
        wanted = fold(title)
        meant = _as_spelt([each for each in titles if wanted in names_of(each)], title)
    if not meant:
        raise UnknownTitleError(f"{title} is not {where}")
    if len(meant) > 1:
        raise ambiguous(str(title), meant, where)
    return meant[0]


def one_title(store: Store, name: str, codes: Sequence[int]) -> int:
    """The one code, or the error that the name is ambiguous."""
    if len(codes) == 1:
        return codes[0]
    raise ambiguous(name, [store.titles[code] for code in codes], "of this history")


def ambiguous(name: str, titles: Sequence[Title], where: str) -> AmbiguousTitleError:
    """The error for a name that several titles have, with what decides."""
    more = [f"and {len(titles) - 10} more"] if titles[10:] else []
    return AmbiguousTitleError(
        f"{name!r} names {len(titles)} titles {where}: say which",
        hints=_title_hints(titles[:10]) + more,
    )


def find_place(
    value: Country | World | str, where: str = "country", *, locale: str | None = None
) -> Country | World:
    """The country or the world that an argument means; `where` is the argument's name.

    Raises:
        UnknownCountryError: The text names none.
    """
    if isinstance(value, str):
        return WORLD if names_world(value) else Country.parse(value, locale=locale)
    expected = "one Country, its name or code, or world"
    checks.check_kind(where, value, (Country, World), expected)
    return value


def find_country(value: Country | str, where: str = "country") -> Country:
    """The country that an argument means; `where` is the argument's name.

    Raises:
        UnknownCountryError: It names none, or the world.
    """
    expected = 'a country, such as "KR"'
    checks.check_kind(where, value, (Country, World, str), expected)
    place = find_place(value, where)
    if isinstance(place, World):
        raise UnknownCountryError(f"{where}: expected {expected}, found {checks.show(value)}")
    return place


def _is_meant(series: ChartSeries, wanted: ChartSeries | str) -> bool:
    """Whether a series is meant: by value, or by publisher, platform, name or in full."""
    if isinstance(wanted, ChartSeries):
        return series == wanted
    names = (series.publisher, series.platform, series.name, str(series))
    return fold(wanted) in map(fold, names)


def _check_series(series: object, where: str = "series") -> None:
    checks.check_kind(where, series, (ChartSeries, str), "a ChartSeries, or its name")


def one_series(
    store: Store,
    series: ChartSeries | str,
    *,
    country: Country | World | str | None = None,
    where: str = "series",
) -> ChartSeries:
    """The one series that is meant, in a place if one is given."""
    _check_series(series, where)
    codes = charts(store, series=series, country=country)
    return sole_series((store.charts[code] for code in codes), f"{series!r} names")


def sole_series(among: Iterable[Chart], words: str = "") -> ChartSeries:
    """The one series of some charts; several are ambiguous."""
    series = list(dict.fromkeys(chart.series for chart in among))
    if len(series) > 1:
        count = f"{words} {len(series)} series" if words else f"{len(series)} series fit"
        raise ambiguous_series(f"{count}: say which", series)
    return series[0]


def ambiguous_series(message: str, series: Iterable[ChartSeries]) -> AmbiguousChartError:
    """The error for a call that could be about several series, with what decides."""
    return AmbiguousChartError(message, hints=[f"series={str(each)!r}" for each in series])


def charts(
    store: Store,
    *,
    series: ChartSeries | str | None = None,
    country: Country | World | str | None = None,
    category: str | None = None,
) -> list[int]:
    """The codes of the charts that fit; UnknownChartError if none does."""
    where = None if country is None else find_place(country)
    if series is not None:
        _check_series(series)
    if category is not None:
        checks.check_text("category", category)
    kind = None if category is None else fold(category)
    codes = [
        code
        for code, chart in enumerate(store.charts)
        if (series is None or _is_meant(chart.series, series))
        and (where is None or chart.place == where)
        and (kind is None or fold(chart.series.category) == kind)
    ]
    if not codes:
        given = {"series": series, "country": where, "category": category}
        raise _no_chart(store, {name: v for name, v in given.items() if v is not None})
    return codes


def _no_chart(store: Store, given: dict[str, object]) -> UnknownChartError:
    """The error for keywords that fit no chart of the history."""
    words = ", ".join(f"{name}={str(value)!r}" for name, value in given.items())
    series = dict.fromkeys(chart.series for chart in store.charts)
    hints = [f"available: {each}" for each in list(series)[:8]]
    places = {chart.place for chart in store.charts}
    if "country" in given and given["country"] not in places:
        some = ", ".join(sorted({c.code for c in store.charts})[:_LISTED])
        more = ", ..." if len(places) > _LISTED else ""
        hints.insert(0, f"there are charts of {some}{more}")
    return UnknownChartError(
        f"no chart of this history fits {words or 'the call: the history holds no lists'}",
        hints=hints,
    )


def ambiguous_charts(message: str, among: Sequence[Chart]) -> AmbiguousChartError:
    """The error for a call that could be about several charts, with what decides for each."""
    return AmbiguousChartError(message, hints=[_keywords(chart, among) for chart in among[:8]])


def _keywords(chart: Chart, among: Sequence[Chart]) -> str:
    """The keywords that tell a chart from the others, and which it is."""
    place = "world" if chart.country is None else chart.code
    words: dict[str, Any] = {"country": place, "category": chart.series.category}
    if len({each.place for each in among}) == 1:
        del words["country"]
    alike = [each for each in among if each.place == chart.place]
    if len({each.series.category for each in among}) == 1:
        del words["category"]
    if sum(each.series.category == chart.series.category for each in alike) > 1:
        words["series"] = str(chart.series)
    named = ", ".join(f"{name}={value!r}" for name, value in words.items())
    return f"{named} is {chart.name}"


def chart_code(store: Store, chart: Chart) -> int:
    """The code of a chart; UnknownChartError if the history does not have it."""
    expected = 'a Chart, as history.chart("KR", category="TV") gives'
    checks.check_kind("chart", chart, Chart, expected)
    try:
        return store.charts.index(chart)
    except ValueError:
        given: dict[str, object] = {"series": chart.series, "country": chart.place}
        raise _no_chart(store, given) from None
