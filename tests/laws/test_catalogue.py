"""The laws of catalogues: what relabelling commutes with, and that nothing printed is lost."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import product

from hypothesis import assume, given, reject, strategies as st

from kcharts import Catalogue, Country, Title, streaks, testing
from kcharts.catalogue import Alias, CatalogueEntry, Season
from kcharts.errors import AmbiguousTitleError, ConflictError
from kcharts.model.history import ChartHistory
from kcharts.model.title import fold
from kcharts.testing import arrivals, countries
from tests.laws.tools import histories, together

DAY = dt.date(2021, 9, 17)
# Few names in many forms: spellings, a name in another script, one name for two kinds.
NAMES = ("Squid Game", "SQUID GAME", "\uc624\uc9d5\uc5b4 \uac8c\uc784", "Berlin", "Jewels of Paris")
SEASONS = (None, "Season 1", "season 1", "Squid Game: Season 1", "Berlin", "-2-")
TITLES = st.sampled_from(
    [
        *(Title(name, season=season) for name in NAMES for season in SEASONS),
        *(Title(name, kind=kind, year=2019) for name in NAMES[:2] for kind in ("TV", "Film")),
        Title("Berlin", by="A Band"),
        Title("Anything", key="id:1"),
        Title("Squid Game", key="work#Season 1"),
        *(Title("Squid Game", key=f"id:{n}", released=d) for n, d in enumerate((DAY, None), 2)),
        Title("SQUID GAME", key="id:4", origin=Country("US"), season="Season 1"),
        Title("Squid Game", season="Saison e\u0301"),
        Title("Squid Game", key="id:5", season="Saison \u00e9", kind="TV"),
    ]
)
HISTORIES = histories(titles=TITLES, rows="detailed") | histories(titles=TITLES, cuts="sometimes")


@cache
def texts() -> st.SearchStrategy[str]:
    """Any text that a name may be."""
    return testing.titles().map(lambda title: title.name)


def seasons_named(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.filter(lambda text: text.strip(" :,|-\u2013\u2014") == text)


@st.composite
def entries(
    draw: st.DrawFn, names: st.SearchStrategy[str], seasons: st.SearchStrategy[str]
) -> CatalogueEntry:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    dates = st.sampled_from([(None, None), (days[0], None), (None, days[1]), (days[0], days[1])])
    spans = draw(dates)
    aliases = st.builds(
        Alias,
        names,
        language=st.sampled_from([None, "ko", "zh-Hant"]),
        start=st.just(spans[0]),
        end=st.just(spans[1]),
        season=st.none() | seasons,
    )
    parts = st.builds(
        Season,
        seasons,
        released=st.none() | st.dates(),
        ids=st.lists(names, max_size=2).map(tuple),
    )
    return CatalogueEntry(
        draw(names),
        kinds=tuple(draw(st.lists(st.sampled_from(["TV", "Film", "a|b\\"]), max_size=2))),
        by=draw(st.none() | names),
        year=draw(st.none() | st.integers(1, 2100)),
        key=draw(names),
        origin=draw(st.none() | countries()),
        released=draw(st.none() | st.dates()),
        ids=tuple(draw(st.lists(names, max_size=2))),
        aliases=tuple(draw(st.lists(aliases, max_size=2))),
        seasons=tuple(
            draw(st.lists(parts, max_size=2, unique_by=lambda season: fold(season.name)))
        ),
    )


@st.composite
def any_catalogues(draw: st.DrawFn) -> Catalogue:
    """Catalogues of any texts."""
    drawn = draw(
        st.lists(entries(texts(), seasons_named(texts())), max_size=3, unique_by=lambda e: e.key)
    )
    for one in drawn:
        others = [other.key for other in drawn if other is not one]
        assume(not any(t == k or t.startswith(f"{k}#") for t in one.all_keys for k in others))
    return Catalogue(drawn)


DAYS = st.dates(dt.date(2021, 12, 1), dt.date(2022, 3, 1))


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Catalogues of the names of the histories above."""
    work = CatalogueEntry(
        "The Game",
        key="work",
        kinds=draw(st.sampled_from([(), ("TV",), ("tv", "Film")])),
        aliases=(
            Alias("squid game"),
            Alias(NAMES[2], season=draw(st.sampled_from([None, "Season 1"]))),
        ),
        seasons=draw(st.sampled_from([(), (Season("SEASON 1", ids=("id:1",)),)])),
        released=draw(st.sampled_from([None, DAY, dt.date(2022, 1, 1)])),
        origin=draw(st.sampled_from([None, Country("KR")])),
        ids=draw(st.sampled_from([(), ("id:2",), ("id:2", "id:3", "id:4", "id:5")])),
    )
    renamed = CatalogueEntry(
        "Jewels of Paris",
        key=draw(st.sampled_from(["paris", "|Berlin|||"])),
        aliases=(Alias("Berlin", end=draw(st.none() | DAYS)),),
    )
    film = CatalogueEntry("Squid Game", key="film", kinds=("Film",), year=2019)
    return Catalogue(draw(st.lists(st.sampled_from([work, renamed, film]), unique=True)))


def relabelled(catalogue: Catalogue, history: ChartHistory) -> ChartHistory:
    """The history relabelled, where that is no guess."""
    try:
        return catalogue.relabel(history, on_repeat="keep")
    except (AmbiguousTitleError, ConflictError):
        reject()


@given(catalogues(), HISTORIES)
def test_titles_that_something_printed_tells_apart_are_one_work_only_where_it_lists_them(
    catalogue: Catalogue, history: ChartHistory
) -> None:
    entries = {entry.key: entry for entry in catalogue}
    held: dict[str, set[tuple[str, Title]]] = {}
    for one, two in zip(history, relabelled(catalogue, history), strict=True):
        held.setdefault(two.title.key, set()).add((one.chart.series.publisher, one.title))
    for key, printed in held.items():
        entry = entries.get(key.split("#")[0])
        listed = entry.all_keys if entry else set[str]()
        for (publisher, old), (other, also) in product(printed, repeat=2):
            if publisher == other and old != also and old.has_own_key and also.has_own_key:
                assert {old.key, also.key} <= listed
            for name in ("origin", "released"):
                said = {getattr(old, name), getattr(also, name)} - {None}
                assert len(said) < 2 or {old.key, also.key} & listed


@given(any_catalogues())
def test_a_catalogue_is_read_as_it_was_written(catalogue: Catalogue) -> None:
    assert Catalogue.from_tsv(catalogue.to_tsv().encode()) == catalogue
    assert Catalogue.from_json(catalogue.to_json().encode()) == catalogue


@given(HISTORIES)
def test_an_empty_catalogue_changes_nothing(history: ChartHistory) -> None:
    assert Catalogue().relabel(history) == history
    assert Catalogue().unknown(history) == list(history.titles)


@given(catalogues(), HISTORIES)
def test_it_is_done_once(catalogue: Catalogue, history: ChartHistory) -> None:
    once = relabelled(catalogue, history)
    twice = catalogue.relabel(once)
    assert twice == once
    assert list(twice) == list(once)
    assert list(map(repr, twice.titles)) == list(map(repr, once.titles))


@given(catalogues(), HISTORIES, st.data())
def test_it_does_not_matter_whether_the_cut_comes_first(
    catalogue: Catalogue, history: ChartHistory, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    whole = relabelled(catalogue, history)
    for start, end in ((day, None), (None, day)):
        part = history.select(start=start, end=end)
        assert relabelled(catalogue, part) == whole.select(start=start, end=end)


@given(catalogues(), histories(titles=TITLES, rows="detailed"), st.data())
def test_it_does_not_matter_whether_the_parts_are_merged_first(
    catalogue: Catalogue, history: ChartHistory, data: st.DataObject
) -> None:
    whole = relabelled(catalogue, history)
    parts = data.draw(arrivals(history))
    assert together(relabelled(catalogue, part) for part in parts) == whole


@given(catalogues(), HISTORIES)
def test_every_row_stays_with_all_that_is_known_of_its_list(
    catalogue: Catalogue, history: ChartHistory
) -> None:
    found = relabelled(catalogue, history)
    for one, two in zip(history, found, strict=True):
        assert (one.chart, one.date, one.rank, one.metrics) == (
            two.chart,
            two.date,
            two.rank,
            two.metrics,
        )
        assert (one.reported, one.source) == (two.reported, two.source)
        assert set(one.extras) <= set(two.extras)
    ours, theirs = history.store, found.store
    for name in ("lists", "marks", "closings", "floors", "spans", "due", "calendars", "whole"):
        assert getattr(ours, name) == getattr(theirs, name), name


@given(catalogues(), HISTORIES)
def test_what_was_printed_can_be_read_off_each_row(
    catalogue: Catalogue, history: ChartHistory
) -> None:
    for one, two in zip(history, relabelled(catalogue, history), strict=True):
        extras = dict(two.extras)
        assert extras.get("title as printed", two.title.name) == one.title.name
        for name in ("by", "season", "kind"):
            printed = getattr(one.title, name)
            if printed is not None:
                assert extras.get(f"{name} as printed", getattr(two.title, name)) == printed


@given(catalogues(), HISTORIES)
def test_titles_are_those_that_one_finds_row_by_row(
    catalogue: Catalogue, history: ChartHistory
) -> None:
    found = relabelled(catalogue, history)
    unknown = set[Title]()
    for one, two in zip(history, found, strict=True):
        entry = catalogue.entry(one.title, date=one.date)
        if entry is None:
            unknown.add(one.title)
            assert two.title.key == one.title.key
        else:
            assert two.title.name == entry.name
            assert two.title.key.split("#")[0] == entry.key
    assert catalogue.unknown(history) == [title for title in history.titles if title in unknown]


@given(catalogues(), histories(titles=TITLES))
def test_streaks_of_titles_that_are_not_joined_stay_as_they_were(
    catalogue: Catalogue, history: ChartHistory
) -> None:
    found = relabelled(catalogue, history)
    olds: dict[Title, set[Title]] = {}
    news: dict[Title, set[Title]] = {}
    for one, two in zip(history, found, strict=True):
        olds.setdefault(two.title, set()).add(one.title)
        news.setdefault(one.title, set()).add(two.title)
    for title, [old, *others] in olds.items():
        if not others and news[old] == {title}:
            before, after = streaks(history, old, top=None), streaks(found, title, top=None)
            assert [(s.chart, s.start, s.end, s.upper) for s in before] == [
                (s.chart, s.start, s.end, s.upper) for s in after
            ]
