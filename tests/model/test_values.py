"""What holds for every value: it refuses what is wrong, never changes, and can be copied."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs
import pytest

from kcharts import model
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.model.snapshot import (
    Issue,
    IssueStatus,
    Metrics,
    RankSnapshot,
    Reported,
    SourceRef,
)
from kcharts.model.title import Title

TV = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY)
WORLD_TV = Chart(TV, WORLD)
KOREA_TV = Chart(TV, Country("KR"))
DAY = dt.date(2022, 1, 30)
ROW = RankSnapshot(Title("Hellbound"), WORLD_TV, DAY, 1)
VALUES = [
    Title("Hellbound"),
    Title(
        "Dynamite",
        by="BTS",
        season="1",
        kind="song",
        year=2020,
        key="spotify:x",
        origin=Country("KR"),
        released=dt.date(2020, 8, 21),
        ids=("isrc:QM7282022872",),
    ),
    TV,
    ChartSeries("FlixPatrol", "Netflix", "Films", Frequency.DAILY, 20),
    WORLD_TV,
    KOREA_TV,
    Calendar.daily(),
    Calendar.daily(first=DAY, last=DAY),
    Calendar.weekly("sunday", first=DAY),
    Calendar.from_dates([DAY, dt.date(2022, 2, 1)], last=DAY),
    Calendar.from_rule("DTSTART:20220130\nRRULE:FREQ=WEEKLY;COUNT=3"),
    Metrics(hours_viewed=1, views=Decimal("2.5"), runtime_hours=3, points=4, streams=5),
    Reported(last_rank=1, peak=1, periods_on_chart=2, periods_at_peak=0, as_of="scrape"),
    SourceRef("all-weeks-countries.tsv", 2),
    ROW,
    RankSnapshot(
        Title("Hellbound"),
        KOREA_TV,
        DAY,
        10,
        Metrics(points=1),
        Reported(peak=1),
        (("isNew", "true"),),
        SourceRef("code"),
    ),
    *Frequency,
    *IssueStatus,
]
KNOWN = {name: getattr(model, name) for name in dir(model) if name[0].isupper()}


@pytest.mark.parametrize("value", VALUES, ids=repr)
class TestEveryValue:
    def test_is_written_as_the_code_that_makes_it(self, value: object) -> None:
        names = {**KNOWN, "datetime": dt, "Decimal": Decimal}
        assert eval(repr(value), names) == value

    def test_survives_pickling_and_copying(self, value: object) -> None:
        for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert twin == value
            assert repr(twin) == repr(value)

    def test_can_be_a_key(self, value: object) -> None:
        assert {value: 1}[copy.copy(value)] == 1

    def test_has_no_room_for_more(self, value: Any) -> None:
        if not isinstance(value, Enum):
            assert not hasattr(value, "__dict__")

    def test_is_frozen(self, value: Any) -> None:
        for name in () if isinstance(value, Enum) else attrs.asdict(value, recurse=False):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(value, name, None)


def test_an_issue_is_frozen_slotted_and_compared_by_its_rows() -> None:
    issue = Issue(WORLD_TV, DAY, IssueStatus.PUBLISHED, (ROW,))
    assert not hasattr(issue, "__dict__")
    assert len({issue, copy.copy(issue)}) == 1
    assert issue != Issue(WORLD_TV, DAY, IssueStatus.PUBLISHED, ())
    assert (list(issue), len(issue)) == ([ROW], 1)
    assert str(issue) == ("Netflix TV in the world, 2022-01-30, published\n   1  Hellbound")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        issue.date = DAY  # type: ignore[misc]  # that it is refused is the point


TEXT = "text"
REFUSED: list[tuple[Callable[[Any], object], str, Any, str]] = [
    (Title, "Title.name", 7, TEXT),
    (Title, "Title.name", "", "text that shows something"),
    (Title, "Title.name", " \u200b", "text that shows something"),
    (Title, "Title.name", "a\tb", "text without control or bidi-override characters"),
    (Title, "Title.name", "\u202egnp", "text without control or bidi-override characters"),
    (Title, "Title.name", "\ud800", "text without lone surrogates"),
    (lambda v: Title("A", by=v), "Title.by", "", "text that shows something"),
    (lambda v: Title("A", season=v), "Title.season", 1, TEXT),
    (lambda v: Title("A", kind=v), "Title.kind", 1, TEXT),
    (lambda v: Title("A", key=v), "Title.key", None, TEXT),
    (lambda v: Title("A", year=v), "Title.year", 0, "a whole number of 1 or more"),
    (lambda v: Title("A", year=v), "Title.year", 2020.0, "a whole number"),
    (lambda v: Title("A", origin=v), "Title.origin", "KR", 'a Country such as Country("KR")'),
    (
        lambda v: Title("A", released=v),
        "Title.released",
        dt.datetime(2022, 1, 1),  # noqa: DTZ001  (any time of day is refused)
        "a datetime.date without a time of day",
    ),
    (lambda v: Title("A", ids=v), "Title.ids", ["x"], "a tuple of texts"),
    (lambda v: ChartSeries(v, "N", "TV", Frequency.DAILY), "ChartSeries.publisher", "", "text"),
    (lambda v: ChartSeries("N", v, "TV", Frequency.DAILY), "ChartSeries.platform", 1, TEXT),
    (lambda v: ChartSeries("N", "N", v, Frequency.DAILY), "ChartSeries.category", 1, TEXT),
    (lambda v: ChartSeries("N", "N", "T", v), "ChartSeries.frequency", "daily", "a Frequency"),
    (
        lambda v: ChartSeries("N", "N", "T", Frequency.DAILY, v),
        "ChartSeries.depth",
        0,
        "a whole number of 1 or more",
    ),
    (lambda v: Chart(v, WORLD), "Chart.series", "Netflix", "a ChartSeries"),
    (
        lambda v: Chart(TV, v),
        "Chart.place",
        "world",
        'a Country such as Country("KR"), or WORLD',
    ),
    (lambda v: Metrics(views=v), "Metrics.views", 1.5, "a whole number"),
    (lambda v: Metrics(views=v), "Metrics.views", True, "a whole number"),
    (lambda v: Metrics(views=v), "Metrics.views", -1, "a whole number of 0 or more"),
    (
        lambda v: Metrics(points=v),
        "Metrics.points",
        Decimal("NaN"),
        "a finite amount of 0 or more",
    ),
    (
        lambda v: Metrics(points=v),
        "Metrics.points",
        Decimal("-0.5"),
        "a finite amount of 0 or more",
    ),
    (lambda v: Reported(peak=v), "Reported.peak", 0, "a whole number of 1 or more"),
    (lambda v: Reported(as_of=v), "Reported.as_of", "week", '"issue" or "scrape"'),
    (SourceRef, "SourceRef.name", None, TEXT),
    (lambda v: SourceRef("a", v), "SourceRef.line", 0, "a whole number of 1 or more"),
    (lambda v: attrs.evolve(ROW, title=v), "RankSnapshot.title", "Hellbound", "a Title"),
    (lambda v: attrs.evolve(ROW, chart=v), "RankSnapshot.chart", TV, "a Chart"),
    (
        lambda v: attrs.evolve(ROW, date=v),
        "RankSnapshot.date",
        "2022-01-30",
        "a datetime.date without a time of day",
    ),
    (
        lambda v: attrs.evolve(ROW, rank=v),
        "RankSnapshot.rank",
        0,
        "a whole number of 1 or more",
    ),
    (lambda v: attrs.evolve(ROW, rank=v), "RankSnapshot.rank", "1", "a whole number"),
    (lambda v: attrs.evolve(ROW, rank=v), "RankSnapshot.rank", True, "a whole number"),
    (lambda v: attrs.evolve(ROW, metrics=v), "RankSnapshot.metrics", None, "Metrics"),
    (lambda v: attrs.evolve(ROW, reported=v), "RankSnapshot.reported", None, "Reported"),
    (
        lambda v: attrs.evolve(ROW, extras=v),
        "RankSnapshot.extras",
        {},
        "a tuple of (name, text) pairs",
    ),
    (lambda v: attrs.evolve(ROW, source=v), "RankSnapshot.source", "a.tsv", "a SourceRef"),
    (
        Calendar.weekly,
        "Calendar.weekday",
        "Sunday",
        '"monday" to "sunday"',
    ),
    (Calendar.from_dates, "Calendar.dates", [], "at least one date"),
    (
        lambda v: Calendar.from_dates([v]),
        "Calendar.dates",
        "2022-01-30",
        "a datetime.date without a time of day",
    ),
    (
        lambda v: Calendar.weekly("sunday", first=v),
        "Calendar.first",
        dt.date(2022, 1, 29),
        "one of the calendar's issues",
    ),
    (
        lambda v: Calendar.weekly("sunday", last=v),
        "Calendar.last",
        dt.date(2022, 1, 29),
        "one of the calendar's issues",
    ),
    (
        lambda v: Calendar.daily(first=DAY, last=v),
        "Calendar.last",
        dt.date(2022, 1, 29),
        "a date from 2022-01-30 on",
    ),
    (
        Calendar.from_rule,
        "Calendar.rule",
        "RRULE:FREQ=DAILY",
        "an iCalendar rule with a DTSTART line",
    ),
]


@pytest.mark.parametrize(
    ("make", "field", "value", "expected"),
    REFUSED,
    ids=[f"{field}={value!a}" for _, field, value, _ in REFUSED],
)
def test_a_wrong_value_is_refused_with_field_expectation_and_value(
    make: Callable[[Any], object], field: str, value: Any, expected: str
) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        make(value)
    assert str(refused.value).startswith(f"{field}: expected {expected}")
    assert str(refused.value).endswith(f", found {value!r}")


@pytest.mark.parametrize("value", [7, True, None, 2.0, dt.datetime(2022, 1, 1)])  # noqa: DTZ001  (as above)
def test_a_value_of_the_wrong_type_is_a_type_error(value: Any) -> None:
    with pytest.raises(TypeError):
        RankSnapshot(value, value, value, value)


def test_a_long_value_is_cut_where_it_is_shown() -> None:
    assert checks.show("x" * 300) == f"'{'x' * 199}... (302 characters)"
    assert checks.show("x") == "'x'"


def test_names_that_look_odd_are_names() -> None:
    """VT, U+0085 and U+2028 stand in real titles; a form of white space need not be printable."""
    for name in ("1899", "a\x0bb", "a\x85b", "a\u2028b", " a ", "\U0001f991", "\u0645"):
        assert Title(name).name == name


def test_a_date_looks_something_up_as_iso_text() -> None:
    assert checks.as_day("2022-01-30") == checks.as_day(DAY) == DAY
    for wrong in ("30.01.2022", "2022-02-30", "20220130", "2022-W04-7", "\u0662022-01-30"):
        with pytest.raises(ValueError, match="date: expected a date as YYYY-MM-DD"):
            checks.as_day(wrong)
    with pytest.raises(TypeError, match=r"end: expected a datetime\.date"):
        checks.as_day(dt.datetime(2022, 1, 30), "end")  # noqa: DTZ001  (as above)
