"""Looking things up: the same words find the same lists in every measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from kcharts import (
    WORLD,
    ChartHistory,
    ChartSeries,
    Country,
    Frequency,
    IssueStatus,
    Title,
    coverage,
    coverage_ever,
    coverage_over_time,
    current_streak,
    days_from_release,
    first_reached,
    first_to_reach,
    peak_coverage,
    read_table,
    records,
    report,
    streaks,
    totals,
)
from kcharts.errors import (
    AmbiguousChartError,
    AmbiguousTitleError,
    UnknownChartError,
    UnknownCountryError,
    UnknownTitleError,
)
from kcharts.formats import flixpatrol, spotify
from kcharts.similarity import similar_places, similarity_over_time
from tests.lists import SERIES, lists

FILMS = ChartSeries("Press", "Stream", "Films", Frequency.DAILY, 3)


def two_series() -> ChartHistory:
    """The title S stands in both series; the film F in one."""
    tv = lists({"US": ["SAB", "SAB"], "KR": ["ASB", "SAB"]})
    return tv.merge(lists({"US": ["FAB", "SAB"]}, series=FILMS))


def test_a_place_is_found_by_value_code_and_name() -> None:
    history = two_series()
    found = [streaks(history, "A", country=c) for c in (Country("KR"), "KR", "South Korea")]
    assert found[0] == found[1] == found[2]
    assert [streak.chart.code for streak in found[0]] == ["KR"]


ROWS = [{"title": "AB"[n], "rank": str(n + 1), "date": "2022-01-01"} for n in range(2)]
WORLD_NAMES = ("world", "The World", "global", "Global", "worldwide", "international")
PLACED: Mapping[str, Callable[[ChartHistory, str], object]] = {
    "history.chart": lambda history, place: history.chart(place),
    "history.select": lambda history, place: history.select(country=place),
    "history.closing": lambda history, place: history.closing(place, "2022-01-02"),
    "history.with_status": lambda history, place: history.with_status(
        place, "2022-01-02", IssueStatus.DEFECTIVE
    ),
    "streaks": lambda history, place: streaks(history, "A", country=place),
    "similarity_over_time": lambda history, place: similarity_over_time(history, country=place),
    "similar_places": similar_places,
    "most_periods": lambda history, place: records.most_periods(history, country=place),
    "read_table": lambda _, place: read_table(
        ROWS,
        country=place,
        publisher="Press",
        frequency="daily",
    ),
    "read_table, with a locale": lambda _, place: read_table(
        ROWS,
        country=place,
        publisher="Press",
        frequency="daily",
        locale="ko",
    ),
    "read_table, a cell": lambda _, place: read_table(
        [{**row, "country": place} for row in ROWS],
        publisher="Press",
        frequency="daily",
    ),
    "flixpatrol, a cell": lambda _, place: flixpatrol.read_panel(
        flixpatrol.PANEL.sample.replace("world", place).encode()
    ),
    "spotify, a cell": lambda _, place: spotify.read_merged(
        spotify.SPEC.layouts[5].sample.replace(",kr,", f",{place},").encode()
    ),
    "spotify, place=": lambda _, place: spotify.read_spotify(
        spotify.SPEC.layouts[0].sample.encode(), place=place, date="2022-12-08"
    ),
}


@pytest.mark.parametrize("ask", PLACED.values(), ids=PLACED)
def test_the_world_has_the_same_names_wherever_a_place_is_said(
    ask: Callable[[ChartHistory, str], object],
) -> None:
    history = lists({"world": ["SAB", "ASB"], "KR": ["ASB", "SAB"]})
    answers = [ask(history, name) for name in WORLD_NAMES]
    assert all(answer == answers[0] for answer in answers)
    if isinstance(answers[0], ChartHistory):
        assert WORLD in {chart.place for chart in answers[0].charts}


def test_a_series_is_found_by_value_name_and_category() -> None:
    history = two_series()
    words = (SERIES, "Stream TV by Press", "Stream TV by Press, daily")
    found = [totals(history, "S", series=word, country="US") for word in words]
    assert found[0] == found[1] == found[2] == totals(history, "S", category="tv", country="US")
    assert found[0][0].observed == 2


def test_a_chart_that_is_not_in_hand_is_an_error() -> None:
    with pytest.raises(UnknownChartError, match="category='Kids'") as caught:
        streaks(two_series(), category="Kids")
    assert any("Films" in hint for hint in caught.value.hints)
    with pytest.raises(UnknownChartError) as caught:
        streaks(two_series(), country="FR")
    assert "there are charts of KR, US" in caught.value.hints[0]


def test_one_figure_needs_one_chart() -> None:
    with pytest.raises(AmbiguousChartError, match="3 charts fit: say which") as caught:
        current_streak(two_series(), "S")
    assert "country='KR', category='TV' is Stream TV in South Korea (by Press)" in (
        caught.value.hints
    )


def test_the_title_may_decide_which_chart_is_meant() -> None:
    streak = current_streak(two_series(), "F", as_of="2022-01-01")
    assert streak is not None
    assert streak.chart.series == FILMS


def test_coverage_needs_one_series() -> None:
    with pytest.raises(AmbiguousChartError, match="2 series fit"):
        coverage(two_series(), "S")
    assert coverage(two_series(), "S", category="TV").count == 2


def test_coverage_is_about_places() -> None:
    with pytest.raises(UnknownChartError, match="coverage is about places"):
        coverage(lists({"world": ["SAB"]}), "S")


def test_two_seasons_of_one_show_have_to_be_told_apart() -> None:
    one, two = Title("S", season="S: Season 1"), Title("S", season="S: Season 2")
    history = lists({"US": ["XAB", "YAB"]}, titles={"X": one, "Y": two})
    with pytest.raises(AmbiguousTitleError, match="'S' names 2 titles") as caught:
        streaks(history, "S")
    assert any("season='S: Season 2'" in hint for hint in caught.value.hints)
    assert [s.title for s in streaks(history, "S: Season 2")] == [two]
    assert [s.title for s in streaks(history, one)] == [one]


def test_the_chart_may_decide_which_title_is_meant() -> None:
    """A film and a series of one name: the category says which."""
    film, show = Title("S", kind="Film"), Title("S", kind="TV")
    history = lists({"US": ["XAB"]}, titles={"X": show}).merge(
        lists({"US": ["XAB"]}, titles={"X": film}, series=FILMS)
    )
    assert [s.title for s in streaks(history, "S", category="Films")] == [film]
    with pytest.raises(AmbiguousTitleError):
        streaks(history, "S")


def test_a_title_known_only_later_is_unknown_as_of_an_earlier_date() -> None:
    """Nothing later than its date enters an as-of figure."""
    history = lists({"US": ["ABC", "SAB"]})
    with pytest.raises(UnknownTitleError):
        totals(history, "S", as_of="2022-01-01")
    assert totals(history, "S", as_of="2022-01-02")[0].observed == 1


def test_a_title_by_value_that_is_not_held_is_an_error() -> None:
    with pytest.raises(UnknownTitleError, match="'Squid Game'"):
        streaks(two_series(), Title("Squid Game"))


def test_an_empty_history_has_no_figures() -> None:
    empty = ChartHistory.from_snapshots([])
    assert len(streaks(empty)) == 0
    with pytest.raises(UnknownTitleError):
        streaks(empty, "S")


def test_what_is_no_history_is_refused() -> None:
    with pytest.raises(TypeError, match="history: expected a ChartHistory"):
        streaks(list(two_series()))  # type: ignore[arg-type]


def test_dates_are_iso() -> None:
    with pytest.raises(ValueError, match="as_of: expected a date as YYYY-MM-DD"):
        streaks(two_series(), as_of="1.2.2022")


def test_milestones_need_one_chart_too() -> None:
    with pytest.raises(AmbiguousChartError):
        first_to_reach(two_series())
    with pytest.raises(AmbiguousChartError):
        days_from_release(two_series(), "S", released="2022-01-01")


def test_a_rank_that_no_list_has_is_refused() -> None:
    """From a list of three nothing can be said about a top ten."""
    history = lists({"US": ["SAB"], "KR": ["SAB"], "world": ["SAB"]})
    for ask in (streaks, totals):
        with pytest.raises(ValueError, match="top: expected 1 to 3, the ranks of a list"):
            ask(history, "S", top=10)
    with pytest.raises(ValueError, match="top: expected 1 to 3"):
        coverage(history, "S", top=4)
    with pytest.raises(ValueError, match="top: expected 1 to 3"):
        current_streak(history, "S", country="US", top=4)


def test_a_list_longer_than_its_series_says_is_asked_for_all_it_has() -> None:
    assert totals(lists({"US": ["SABCD"]}), "D", top=5)[0].observed == 1


def test_coverage_needs_a_date_that_the_data_cover() -> None:
    """The only list of a country is set OUTSIDE: nothing can be counted."""
    history = lists({"US": ["x"], "world": ["SAB"]})
    for ask in (coverage, peak_coverage, coverage_ever):
        with pytest.raises(UnknownChartError, match="there is no list of a country"):
            ask(history, "S")


NEEDING: Sequence[Callable[..., object]] = (
    coverage,
    peak_coverage,
    coverage_ever,
    coverage_over_time,
    first_reached,
    report,
    days_from_release,
    current_streak,
)


@pytest.mark.parametrize("ask", NEEDING, ids=lambda ask: ask.__name__)
def test_a_figure_of_one_title_needs_one(ask: Callable[..., object]) -> None:
    """None is all titles where a measure has one for each; it is never some title or other."""
    for history in (lists({"US": ["SAB"]}), ChartHistory.from_snapshots([]), two_series()):
        for wrong in (None, 5, ["S"], SERIES):
            with pytest.raises(TypeError, match="title: expected one Title, or its name, found"):
                ask(history, wrong)


def test_the_place_of_a_coverage_is_a_country() -> None:
    found = coverage(lists({"US": ["SAB"], "world": ["SAB"]}), "S")
    assert found.rank("US") == found.rank("United States") == 1
    with pytest.raises(UnknownCountryError, match="country: expected a country"):
        found.rank("world")
    with pytest.raises(TypeError, match="country: expected a country"):
        found.rank(5)  # type: ignore[arg-type]  # the point
