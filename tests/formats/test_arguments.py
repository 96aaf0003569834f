"""What `read_table` is told, where the table itself says something else."""

from __future__ import annotations

import inspect
from datetime import date
from typing import Any, cast

import pytest

from kcharts import Calendar, ChartHistory, Country, ParseErrors, ReadReport, read, read_table
from kcharts.errors import Problem, UnknownCountryError
from kcharts.formats.netflix import SPEC, read_countries

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")


def table(text: str, **said: Any) -> ChartHistory:
    said = {"publisher": "A Site", "frequency": "daily", "country": "KR", **said}
    return cast("ChartHistory", read_table(text.encode(), **said))


def collected(text: str, **said: Any) -> tuple[ChartHistory, ReadReport]:
    found: Any = table(text, on_error="collect", **said)
    return cast("tuple[ChartHistory, ReadReport]", found)


def problems(text: str, **said: Any) -> list[Problem]:
    with pytest.raises(ParseErrors) as caught:
        table(text, **said)
    return [each.problem for each in caught.value.problems]


# -- arguments and columns ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "same"),
    [
        ("country", "JP", "South Korea"),
        ("country", "world", "kr"),
        ("country", "the moon", "KOR"),
        ("publisher", "Another Site", "a site"),
        ("frequency", "weekly", "Daily"),
        ("platform", "Radio", "TV"),
    ],
)
def test_a_column_that_contradicts_an_argument_is_refused(
    column: str, cell: str, same: str
) -> None:
    said: dict[str, Any] = {"platform": "TV"} if column == "platform" else {}
    rows = [f"A,2022-01-07,1,{same}", "B,2022-01-07,2,", f"A,2022-01-08,1,{cell}"]
    text = "\n".join([f"title,date,rank,{column}", *rows])
    [found] = problems(text, **said)
    assert (found.code, found.line, found.column) == ("conflicting-argument", 4, column)
    assert found.value == cell
    assert f"leave out {column}=" in str(found.hint)
    history, report = collected(text, **said)
    assert (len(history), report.rows_rejected) == (2, 1)
    agreeing = "\n".join([f"title,date,rank,{column}", *rows[:2]])
    assert [row.title.name for row in table(agreeing, **said)] == ["A", "B"]


def test_the_world_may_be_an_argument_and_a_column() -> None:
    text = "title,date,rank,country\nA,2022-01-07,1,Global\nB,2022-01-07,2,WORLD\n"
    assert len(table(text, country="world")) == 2
    [found] = problems(text.replace("Global", "KR"), country="world")
    assert found.message == "expected WORLD, as country= says"


def test_a_column_that_is_taken_for_something_else_contradicts_nothing() -> None:
    text = "title,date,rank,Country\nA,2022-01-07,1,JP\n"
    [row] = table(text, columns={"origin": "Country"})
    assert row.title.origin == Country("JP")
    assert row.country == Country("KR")


# -- weeks --------------------------------------------------------------------------------


def dated(*days: str) -> str:
    return "\n".join(["title,date,rank", *(f"A,{day},1" for day in days)])


def test_daily_lists_are_no_weekly_ones() -> None:
    text = dated(*(f"2022-01-{day:02}" for day in range(1, 15)))
    [found] = problems(text, frequency="weekly")
    assert found.code == "odd-dates"
    assert "13 of 13 that are not: the lists of 2022-01-01 and 2022-01-02 are 1 day apart" in (
        found.message
    )
    assert 'frequency="daily"' in str(found.hint)
    history, report = collected(text, frequency="weekly")
    assert (len(history), report.counts) == (0, {"odd-dates": 1})


def test_weekly_dates_of_which_days_and_months_changed_places_are_refused() -> None:
    text = dated("07.01.2022", "04.02.2022", "04.03.2022", "01.04.2022", "06.05.2022")
    assert len(table(text, frequency="weekly", date_format="%d.%m.%Y").dates) == 5
    [found] = problems(text, frequency="weekly", date_format="%m.%d.%Y")
    assert found.code == "odd-dates"
    assert "days apart" in found.message


def test_weekly_lists_may_be_moved_now_and_then() -> None:
    assert (
        len(
            table(
                dated(
                    "2022-01-07",
                    "2022-01-14",
                    "2022-01-20",
                    "2022-01-28",
                    "2022-02-04",
                    "2022-02-11",
                ),
                frequency="weekly",
            )
        )
        == 6
    )


def test_places_may_have_their_lists_on_other_days_of_the_week() -> None:
    rows = [
        f"A,{day},1,{place}"
        for place, days in (("KR", (7, 14, 21)), ("JP", (8, 15, 22)))
        for day in (f"2022-01-{day:02}" for day in days)
    ]
    text = "\n".join(["title,date,rank,country", *rows])
    assert len(cast("Any", read_table)(text.encode(), publisher="A", frequency="weekly")) == 6


def test_a_calendar_says_that_odd_dates_are_right() -> None:
    days = ("2022-01-01", "2022-02-01", "2022-03-01")
    calendar = Calendar.from_dates(map(date.fromisoformat, days))
    assert len(table(dated(*days), frequency="weekly", calendar=calendar)) == 3


# -- figures ------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["streams", "views", "hours_viewed"])
@pytest.mark.parametrize("cell", ["40.000", "1.5", "40.00"])
def test_a_count_with_a_fraction_is_refused(column: str, cell: str) -> None:
    [found] = problems(f"title,date,rank,n\nA,2022-01-07,1,{cell}\n", columns={column: "n"})
    assert (found.code, found.value) == ("bad-integer", cell)
    assert "40.000 could be 40 or 40,000" in str(found.hint)


def test_a_count_that_a_frame_wrote_as_a_decimal_is_read() -> None:
    text = "title,date,rank,n\nA,2022-01-07,1,2700000.0\nB,2022-01-07,2,\nC,2022-01-07,3,7\n"
    history = table(text, columns={"streams": "n"})
    assert [row.metrics.streams for row in history] == [2_700_000, None, 7]
    [found] = problems(text.replace("2700000.0", "x"), columns={"streams": "n"})
    assert (found.code, found.hint) == ("bad-integer", None)


# -- places in other languages ------------------------------------------------------------

GERMAN = "title,date,rank,country,from\nA,2022-01-07,1,Südkorea,Deutschland\n"


def test_a_locale_reads_names_of_countries_in_its_language() -> None:
    said = {"publisher": "A", "frequency": "daily", "columns": {"origin": "from"}}
    [row] = cast("Any", read_table)(GERMAN.encode(), locale="de", **said)
    assert (row.country, row.title.origin) == (Country("KR"), Country("DE"))
    [row] = table("title,date,rank\nA,2022-01-07,1\n", country="Südkorea", locale="de")
    assert row.country == Country("KR")
    [row] = table("title,date,rank\nA,2022-01-07,1\n", country="world", locale="de")
    assert row.country is None
    with pytest.raises(UnknownCountryError):
        table("title,date,rank\nA,2022-01-07,1\n", country="Südkorea")


def test_a_name_in_another_language_is_answered_by_naming_locale() -> None:
    for name in ("대한민국", "Deutschland"):
        text = f"title,date,rank,country\nA,2022-01-07,1,{name}\n"
        with pytest.raises(ParseErrors, match='locale="de", for instance, reads German names too'):
            cast("Any", read_table)(text.encode(), publisher="A", frequency="daily")


def test_a_language_without_names_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="locale: expected one of"):
        table(GERMAN, locale="xx")


def test_readers_without_locale_do_not_offer_it() -> None:

    text = SPEC.sample.replace("South Korea", "대한민국")
    with pytest.raises(ParseErrors, match="unknown-country") as caught:
        read_countries(text.encode())
    assert "locale" not in str(caught.value)


# -- what help shows ----------------------------------------------------------------------


@pytest.mark.parametrize("function", [read, read_table])
def test_help_shows_every_option_and_no_other_is_taken(function: Any) -> None:
    shown = inspect.signature(function)
    options = {"on_error", "encoding", "date_format", "limits"}
    if function is read_table:
        options |= {"publisher", "frequency", "platform", "category", "country", "locale"}
        options |= {"columns", "depth", "calendar", "ties", "repeats"}
    keywords = {each.name for each in shown.parameters.values() if each.kind is each.KEYWORD_ONLY}
    assert keywords == options
    assert "**" not in str(shown)
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'contry'"):
        function(b"", contry="KR")
