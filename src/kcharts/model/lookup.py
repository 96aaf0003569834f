"""How a text finds a title, a chart or a place in a history: exact on a folded key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from kcharts.errors import (
    AmbiguousTitleError,
    UnknownChartError,
    UnknownTitleError,
)
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Store
from kcharts.model.country import WORLD, Country, World
from kcharts.model.title import Title, fold

_LISTED = 12


def _printed_names(title: Title) -> set[str]:
    """The names under which a title is found: its own, its season's, its full name."""
    names = {title.name, title.full_name}
    if title.season is not None:
        names.add(title.season)
    if title.by is not None:
        names.add(f"{title.by} - {title.name}")
    return names


def names_of(title: Title) -> set[str]:
    """The names under which a title is found, folded."""
    return set(map(fold, _printed_names(title)))


def _index(store: Store) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for code, title in enumerate(store.titles):
        for name in names_of(title):
            index.setdefault(name, []).append(code)
    return index


def title_index(store: Store) -> dict[str, list[int]]:
    """The codes of the titles of each folded name."""
    index: dict[str, list[int]] = store.memo("names", lambda: _index(store))
    return index


def close(text: str, names: Iterable[str]) -> list[str]:
    """The names most like the text: hints, never guesses."""
    by_fold = {fold(name): name for name in names}
    return [by_fold[near] for near in get_close_matches(fold(text), by_fold, n=3)]


def unknown_title(store: Store, name: str) -> UnknownTitleError:
    """The error for a name that no title of the history bears."""
    if not store.titles:
        return UnknownTitleError(f"no title {name!r}: the history holds no lists")
    near = close(name, (title.full_name for title in store.titles))
    near += [n for n in close(name, (t.name for t in store.titles)) if n not in near]
    hints = [f"did you mean {hint!r}?" for hint in near[:3]]
    hints.append("history.find(text) lists the titles whose names contain a text")
    return UnknownTitleError(
        f"no title {name!r} among the {len(store.titles):,} of this history", hints=hints
    )


def _told_apart(titles: Sequence[Title]) -> list[str]:
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


def narrowed(codes: Iterable[int], store: Store, **wanted: str | None) -> list[int]:
    """The codes whose titles agree with the keywords that were given, compared folded."""
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
    """The codes of all titles of that name; raises where there is none."""
    codes = narrowed(title_index(store).get(fold(name), []), store, **wanted)
    if not codes:
        raise unknown_title(store, name)
    meant = as_spelt([store.titles[code] for code in codes], name)
    return [code for code in codes if store.titles[code] in meant]


def as_spelt(titles: Sequence[Title], name: str) -> Sequence[Title]:
    """Those that are printed just so, where titles differ in their spelling alone; else all.

    Case decides between two spellings of one name, and never between two works.
    """
    told = {
        (fold(t.full_name), fold(t.kind or ""), t.year, t.key if t.has_own_key else None)
        for t in titles
    }
    exact = [title for title in titles if name in _printed_names(title)]
    return exact if exact and len(told) == 1 else titles


def codes_of(store: Store, title: Title | str) -> list[int]:
    """The codes of a title, or of all titles of a name."""
    if isinstance(title, str):
        return title_codes(store, title)
    for code, held in enumerate(store.titles):
        if held == title:
            return [code]
    same = title_index(store).get(fold(title.full_name), [])
    if not same:
        raise unknown_title(store, title.full_name)
    hints = [f"of that name there is {store.titles[code]!r}" for code in same[:3]]
    message = f"{title!r} is none of the {len(store.titles):,} titles of this history"
    raise UnknownTitleError(message, hints=[*hints, "ask by name, or for a title of the history"])


def one_title(store: Store, name: str, codes: Sequence[int]) -> int:
    """The one code; several of them leave the name ambiguous."""
    if len(codes) == 1:
        return codes[0]
    raise ambiguous(name, [store.titles[code] for code in codes], "of this history")


def ambiguous(name: str, titles: Sequence[Title], where: str) -> AmbiguousTitleError:
    """The error for a name that several titles bear, with what decides."""
    more = [f"and {len(titles) - 10} more"] if titles[10:] else []
    return AmbiguousTitleError(
        f"{name!r} names {len(titles)} titles {where}: say which",
        hints=_told_apart(titles[:10]) + more,
    )


def place(value: object) -> Country | World:
    """A place that was given to look something up."""
    if isinstance(value, str):
        return WORLD if fold(value) in ("world", "the world", "worldwide") else Country.parse(value)
    if not isinstance(value, Country | World):
        raise checks.refuse(
            "country", "one Country, its name or code, or world", value, kind=TypeError
        )
    return value


def same_series(series: ChartSeries, wanted: ChartSeries | str) -> bool:
    """Whether a series is the one meant: itself, or by publisher, platform, name or in full."""
    if isinstance(wanted, ChartSeries):
        return series == wanted
    names = (series.publisher, series.platform, series.name, str(series))
    return fold(wanted) in map(fold, names)


def one_series(store: Store, series: ChartSeries | str) -> ChartSeries:
    """The one series that is meant; raises where none is, or several."""
    found = list(dict.fromkeys(store.charts[code].series for code in charts(store, series=series)))
    if len(found) > 1:
        hints = [f"series={str(each)!r}" for each in found]
        raise UnknownChartError(f"{series!r} names {len(found)} series: say which", hints=hints)
    return found[0]


def charts(
    store: Store,
    *,
    series: ChartSeries | str | None = None,
    country: Country | World | str | None = None,
    category: str | None = None,
) -> list[int]:
    """The codes of the charts that fit; raises where none does."""
    where = None if country is None else place(country)
    kind = None if category is None else fold(category)
    codes = [
        code
        for code, chart in enumerate(store.charts)
        if (series is None or same_series(chart.series, series))
        and (where is None or chart.place == where)
        and (kind is None or fold(chart.series.category) == kind)
    ]
    if not codes:
        given = {"series": series, "country": where, "category": category}
        raise no_chart(store, {name: v for name, v in given.items() if v is not None})
    return codes


def no_chart(store: Store, given: dict[str, object]) -> UnknownChartError:
    """The error for keywords that no chart of the history fits."""
    words = ", ".join(f"{name}={str(value)!r}" for name, value in given.items())
    series = dict.fromkeys(chart.series for chart in store.charts)
    hints = [f"in hand: {each}" for each in list(series)[:8]]
    places = {chart.place for chart in store.charts}
    if "country" in given and given["country"] not in places:
        some = ", ".join(sorted({c.code for c in store.charts})[:_LISTED])
        more = ", ..." if len(places) > _LISTED else ""
        hints.insert(0, f"in hand are the charts of {some}{more}")
    return UnknownChartError(
        f"no chart of this history fits {words or 'the call: the history holds no lists'}",
        hints=hints,
    )


def chart_code(store: Store, chart: object) -> int:
    """The code of a chart; raises where the history does not hold it."""
    if not isinstance(chart, Chart):
        expected = 'a Chart, as history.chart("KR", category="TV") gives'
        raise checks.refuse("chart", expected, chart, kind=TypeError)
    for code, held in enumerate(store.charts):
        if held == chart:
            return code
    raise no_chart(store, {"series": chart.series, "country": chart.place})
