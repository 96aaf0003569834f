"""The laws of records: the best of what is proved, and all that could equal or beat it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import pytest
from hypothesis import given, strategies as st

from kcharts import records
from kcharts.errors import KchartsError
from kcharts.model.chart import Frequency
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title
from kcharts.records import Challenger, Record
from kcharts.testing import arrivals, completions
from tests import brute as issues, brute_records as brute
from tests.laws.tools import TOPS, dates_of, histories, together

Top = int | None
Ask = Callable[..., Record[Any]]

DAILY = st.just(Frequency.DAILY)
WEEKLY = st.just(Frequency.WEEKLY)
ONE_FREQUENCY = (DAILY, WEEKLY)


def is_laid_out(history: ChartHistory) -> bool:
    """Whether the brute force, which goes from the rows in hand, comes to all issues due."""
    rows, reach = [row.date.toordinal() for row in history], issues.REACH.days
    spans = [span for span in history.store.spans if span[0] <= span[1]]
    return all(min(rows) - reach <= low and high <= max(rows) + reach for low, high in spans)


def one_frequency(**options: Any) -> st.SearchStrategy[ChartHistory]:
    """Histories whose series can be compared."""
    daily, weekly = (histories(frequencies=each, **options) for each in ONE_FREQUENCY)
    return (daily | weekly).filter(is_laid_out)


SMALL = one_frequency(cuts="sometimes", max_issues=5, max_charts=2)
SMALLER = one_frequency(cuts="sometimes", max_issues=4, max_charts=2)
PLACES = one_frequency(cuts="sometimes", max_issues=4, max_charts=5)
LOOSE = one_frequency(rows="loose", max_issues=4, max_charts=2)

MEASURES: dict[str, Ask] = {
    "longest_streaks": records.longest_streaks,
    "most_periods": records.most_periods,
    "most_countries": records.most_countries,
    "most_countries ever": partial(records.most_countries, held="ever"),
    "biggest_climb": records.biggest_climb,
    "biggest_fall": records.biggest_fall,
    "longest_climb_to_top": records.longest_climb_to_top,
    "longest_climb_to_top issues": partial(records.longest_climb_to_top, counting="issues"),
    "highest_debut": records.highest_debut,
    "highest_debut likely": partial(records.highest_debut, debuts="likely"),
    "most_simultaneous": partial(records.most_simultaneous, of="class"),
    "most_simultaneous by": records.most_simultaneous,
}


def ask(name: str, history: ChartHistory, **asked: Any) -> Record[Any] | None:
    """A record; None where it is refused, for want of a chart of a country say."""
    try:
        return MEASURES[name](history, **asked)
    except KchartsError:
        return None


EACH = pytest.mark.parametrize("name", MEASURES)


def who(figure: Any) -> tuple[Any, ...]:
    """What tells a figure from others of its kind."""
    if isinstance(figure, records.Move):
        return figure.title, figure.chart, figure.end
    if isinstance(figure, records.Simultaneous):
        return figure.name, figure.chart
    if hasattr(figure, "start"):
        return figure.title, figure.chart, figure.start
    return figure.title, figure.chart if hasattr(figure, "chart") else figure.series


def score(found: Record[Any], value: int | None) -> float | None:
    """A value as a number of which the largest is the best."""
    return None if value is None else -value if found.unit == "rank" else value


def check(
    found: Record[Any], expected: brute.Answer, belongs: Callable[[brute.Open], bool | None]
) -> None:
    """Compare a record, asked for with all runners-up, with what it must be made of."""
    open_ = [each for each in expected.open if belongs(each) is not False]
    sure = {(each.subject, each.where) for each in open_ if belongs(each)}
    proved = [each for each in expected.proved if each.who[:2] in sure]
    scores = sorted((each.score for each in proved), reverse=True)
    best = scores[0] if scores else None
    assert score(found, found.value) == best
    assert list(found.positions) == [1 + sum(one > other for one in scores) for other in scores]
    for figures, first in ((found.holders, True), (found.runners_up, False)):
        named = Counter(map(who, figures))
        assert named == Counter(each.who for each in proved if (each.score == best) is first)
    rivals = Counter(
        (each.subject, each.where, each.proved, each.reach, belongs(each) is True)
        for each in open_
        if best is None or (each.reach >= best and not (each.proved == best and belongs(each)))
    )
    assert Counter(told(found, each) for each in found.challengers) == rivals
    reaches = [told(found, each)[3] for each in found.challengers]
    assert reaches == sorted(reaches, reverse=True)
    assert reach(found, found.unseen) == (expected.unseen or 0)
    known = [e for e in (best, expected.unseen) if e is not None]
    assert reach(found, found.upper) == max(
        [each.reach for each in open_] + known, default=math.inf
    )


def reach(found: Record[Any], bound: int | None) -> float:
    """A bound as a number: without one it is infinite."""
    return math.inf if bound is None else -bound if found.unit == "rank" else bound


def told(found: Record[Any], each: Challenger) -> tuple[object, object, float | None, float, bool]:
    """A challenger in the words of the brute force."""
    proved = score(found, each.proved)
    return each.subject, each.chart, proved, reach(found, each.upper), each.classified


@st.composite
def classes(draw: st.DrawFn) -> Mapping[int, bool | None]:
    """Which titles belong, by their place in a history; of some nothing says."""
    return draw(st.dictionaries(st.integers(0, 6), st.sampled_from([True, False, None])))


def asking(history: ChartHistory, drawn: Mapping[int, bool | None]) -> dict[str, Any]:
    """The argument that asks for a class; none for all titles."""
    if not drawn:
        return {}
    members = {title: drawn.get(at, True) for at, title in enumerate(history.titles)}
    return {"where": members.get}


def any_title(_title: object) -> bool:
    """All titles belong."""
    return True


def by_title(asked: dict[str, Any]) -> Callable[[brute.Open], bool | None]:
    """Whether the title of a figure belongs."""
    where = asked.get("where", any_title)
    return lambda each: where(each.subject)


# -- from the definitions -----------------------------------------------------------------


@given(SMALL | LOOSE, TOPS, classes())
def test_longest_streaks_are_those_of_all_ways_in_which_lists_can_have_been(
    history: ChartHistory, top: Top, drawn: Mapping[int, bool | None]
) -> None:
    asked = asking(history, drawn)
    found = records.longest_streaks(history, top=top, limit=None, **asked)
    check(found, brute.longest_streaks(history, top), by_title(asked))


@given(SMALL | LOOSE, TOPS, classes())
def test_most_periods_are_counted_issue_by_issue(
    history: ChartHistory, top: Top, drawn: Mapping[int, bool | None]
) -> None:
    asked = asking(history, drawn)
    found = records.most_periods(history, top=top, limit=None, **asked)
    check(found, brute.most_periods(history, top), by_title(asked))


@given(PLACES | LOOSE, TOPS, classes(), st.sampled_from(["at once", "ever"]))
def test_most_countries_are_counted_place_by_place(
    history: ChartHistory,
    top: Top,
    drawn: Mapping[int, bool | None],
    held: Literal["at once", "ever"],
) -> None:
    asked = asking(history, drawn)
    if not any(line.due and line.chart.country for line in issues.lines(history)):
        with pytest.raises(LookupError, match="no chart of a country"):
            records.most_countries(history, top=top)
        return
    found: Record[Any] = records.most_countries(history, top=top, held=held, limit=None, **asked)
    check(found, brute.most_countries(history, top, held), by_title(asked))


@given(SMALL | LOOSE, TOPS, classes(), st.sampled_from([1, -1]))
def test_moves_are_those_of_all_ranks_that_open_issues_can_have_had(
    history: ChartHistory, top: Top, drawn: Mapping[int, bool | None], sign: Literal[1, -1]
) -> None:
    asked = asking(history, drawn)
    measure = records.biggest_climb if sign > 0 else records.biggest_fall
    found = measure(history, top=top, limit=None, **asked)
    check(found, brute.biggest_move(history, top, sign), by_title(asked))


@given(SMALLER | LOOSE, classes())
def test_debuts_are_those_of_all_ways_in_which_lists_can_have_been(
    history: ChartHistory, drawn: Mapping[int, bool | None]
) -> None:
    asked = asking(history, drawn)
    found = records.highest_debut(history, limit=None, **asked)
    check(found, brute.highest_debut(history), by_title(asked))


@given(SMALL | LOOSE, classes(), st.sampled_from(["listed", "issues"]))
def test_climbs_to_the_top_are_those_of_all_ways_in_which_lists_can_have_been(
    history: ChartHistory,
    drawn: Mapping[int, bool | None],
    counting: Literal["listed", "issues"],
) -> None:
    asked = asking(history, drawn)
    found = records.longest_climb_to_top(history, counting=counting, limit=None, **asked)
    check(found, brute.longest_climb_to_top(history, 1, counting), by_title(asked))


BANDS = st.sampled_from([Title(name, by=by) for name in "ABCDE" for by in ("One", "Two")])
TOGETHER = one_frequency(titles=BANDS | st.just(Title("F")), cuts="sometimes", max_charts=2)


@given(TOGETHER, TOPS, classes(), st.sampled_from(["by", "class"]))
def test_the_most_at_once_are_counted_list_by_list(
    history: ChartHistory,
    top: Top,
    drawn: Mapping[int, bool | None],
    of: Literal["by", "class"],
) -> None:
    asked = asking(history, drawn)
    found = records.most_simultaneous(history, of=of, top=top, limit=None, **asked)
    name = "titles of the class asked for" if asked else "titles of any kind"
    expected = brute.most_simultaneous(
        history,
        top,
        lambda title: title.by if of == "by" else name,
        asked.get("where", any_title),
    )
    check(found, expected, lambda each: True if each.proved else None)


# -- whatever the record ------------------------------------------------------------------


@EACH
@given(data=st.data(), history=SMALL)
def test_a_record_holds_whatever_the_unknown_lists_were(
    name: str, data: st.DataObject, history: ChartHistory
) -> None:
    found = ask(name, history)
    if found is None or name.endswith("likely"):
        return
    truth = MEASURES[name](data.draw(completions(history)))
    assert reach(truth, truth.upper if truth.value is None else truth.value) <= reach(
        found, found.upper
    )
    if found.value is not None:
        assert truth.value is not None
        assert reach(truth, truth.value) >= reach(found, found.value)
    if found.is_certain:
        assert truth.value == found.value
        assert Counter(map(who, truth.holders)) == Counter(map(who, found.holders))
    if found.value is not None and truth.value is not None:
        subjects = {_subject(figure) for figure in found.holders}
        subjects |= {each.subject for each in found.challengers}
        unseen = reach(found, found.unseen)
        for figure in truth.holders:
            assert _subject(figure) in subjects or reach(truth, truth.value) <= unseen


def _subject(figure: Any) -> object:
    return figure.name if isinstance(figure, records.Simultaneous) else figure.title


@EACH
@given(data=st.data(), history=SMALL)
def test_as_of_a_date_is_the_answer_of_a_history_that_ends_there(
    name: str, data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    asked = [
        ask(name, history, as_of=day),
        ask(name, history.select(end=day)),
    ]
    assert asked[0] == asked[1]
    assert str(asked[0]) == str(asked[1])


@EACH
@given(data=st.data(), history=one_frequency(calendars="given", max_issues=5, max_charts=2))
def test_what_comes_later_changes_nothing_as_of_a_date(
    name: str, data: st.DataObject, history: ChartHistory
) -> None:
    day = data.draw(st.sampled_from(history.dates))
    parts = data.draw(arrivals(history, order="dates"))
    early = together(part for part in parts if dates_of(part)[-1] <= day)
    asked = [ask(name, each, as_of=day) for each in (early, history)]
    assert asked[0] == asked[1]


@EACH
@given(data=st.data(), history=one_frequency(max_issues=5, max_charts=2))
def test_the_order_in_which_issues_come_changes_nothing(
    name: str, data: st.DataObject, history: ChartHistory
) -> None:
    merged = together(data.draw(arrivals(history)))
    asked = [ask(name, each) for each in (merged, history)]
    assert asked[0] == asked[1]


@EACH
@given(data=st.data(), history=PLACES)
def test_the_record_of_all_is_the_best_of_those_of_the_parts(
    name: str, data: st.DataObject, history: ChartHistory
) -> None:
    """Of two classes that make up all titles; for places and groups it only cannot be more."""
    found = ask(name, history)
    if found is None:
        return
    one = data.draw(st.sets(st.sampled_from(history.titles)))
    parts = [
        MEASURES[name](history, among=some) for some in (one, [*set(history.titles) - set(one)])
    ]
    values = [reach(each, each.value) for each in parts if each.value is not None]
    if name.startswith("most_simultaneous"):
        assert all(value <= reach(found, found.value) for value in values)
    else:
        assert values == [] if found.value is None else max(values) == reach(found, found.value)
    assert all((each.since, each.until) == (found.since, found.until) for each in parts)


@EACH
@given(history=SMALL)
def test_all_titles_by_name_are_all_titles(name: str, history: ChartHistory) -> None:
    found = ask(name, history)
    if found is not None and name != "most_simultaneous":
        named = MEASURES[name](history, among=history.titles)
        assert [who(each)[1:] for each in named.holders] == [
            who(each)[1:] for each in found.holders
        ]
        assert list(named.positions) == list(found.positions)
        assert (named.value, named.upper, named.unseen) == (found.value, found.upper, found.unseen)


@EACH
@given(history=SMALL, limit=st.integers(0, 5))
def test_a_limit_cuts_the_runners_up_and_never_a_tie(
    name: str, history: ChartHistory, limit: int
) -> None:
    everything = ask(name, history, limit=None)
    if everything is None:
        return
    found = MEASURES[name](history, limit=limit)
    held, shown = len(found.holders), len(found.positions)
    assert found.holders == everything.holders
    assert list(found.standings) == list(everything.standings[:shown])
    assert shown - held >= min(limit, len(everything.runners_up))
    left = everything.positions[shown:]
    assert not left or left[0] == shown + 1


@given(SMALL)
def test_likely_debuts_are_more_than_the_proved_ones(history: ChartHistory) -> None:
    for measure in (records.highest_debut, records.longest_climb_to_top):
        proved, likely = (
            Counter(map(repr, (each.figure for each in found.standings)))
            for found in (
                measure(history, limit=None),
                measure(history, debuts="likely", limit=None),
            )
        )
        assert proved <= likely
        if not any(row.is_open for row in brute.rows(history)):
            assert proved == likely
