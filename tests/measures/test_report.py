"""The report: a page to quote, in which every figure says what it counts."""

from __future__ import annotations

import json

import pytest

from kcharts import Country, Title, evidence, report, sample, streaks
from kcharts.errors import UnknownTitleError
from tests.lists import WEEKLY, chart, day, lists

DEAD = Title("Dead", origin=Country("KR"), released=day(1))


def texts(history: object, title: str = "S", **options: str) -> list[str]:
    page = report(history, title, **options)  # type: ignore[arg-type]
    return [statement.text for statement in page.statements]


def test_the_sample_says_what_it_is_before_anything_else() -> None:
    page = report(sample(), "All of Us Are Dead")
    for text in (str(page), page.data, str(sample())):
        assert text.startswith("A reconstruction, not published data")
    assert json.loads(page.to_json())["data"].startswith("A reconstruction, not published data")
    assert page.to_html().startswith("<article><p>A reconstruction, not published data")


def test_the_six_statements_of_the_news_report_are_on_the_page() -> None:
    """No. 1 one day after release, three days in a row, 46, 29, 75, third Korean series."""
    found = texts(sample(), "All of Us Are Dead")
    assert found[0].startswith("In a row: 3 days at No. 1")
    assert found[0].endswith("2022-01-29 to 2022-01-31")
    assert found[1] == "No. 1 on 2022-01-29, 1 day after its release on 2022-01-28"
    assert found[2].startswith(
        "3rd title from South Korea at No. 1, after Squid Game and Hellbound, since 2021-09-17"
    )
    [first] = [text for text in found if text.startswith("No. 1 in")]
    assert first.startswith(
        "No. 1 in 46 of 88 countries on 2022-01-31, South Korea among them: Austria, Bahrain"
    )
    [second] = [text for text in found if text.startswith("No. 2 in")]
    assert second.startswith("No. 2 in 29 others: ")
    assert "United States" in second
    assert "So one of the top two spots in 75 of 88 countries" in found


def test_as_of_looks_at_nothing_later() -> None:
    page = report(sample(), "All of Us Are Dead", as_of="2022-01-30")
    assert str(page.as_of) == "2022-01-30"
    assert any(each.text.startswith("No. 1 in 44 of 88") for each in page.statements)
    assert page == report(sample().select(end="2022-01-30"), "All of Us Are Dead")


def test_a_world_chart_alone_makes_a_page() -> None:
    history = lists({"world": ["SAB", "SAB", "ASB", "SAB"]})
    assert texts(history) == [
        "In a row: 2 days at No. 1 (perhaps longer: not covered before 2022-01-01), "
        "2022-01-01 to 2022-01-02",
        "At present, in a row: 1 day at No. 1 (still counting: not covered after "
        "2022-01-04), on 2022-01-04",
        "3 days at No. 1 in all, counted 2022-01-01 to 2022-01-04",
        "4 days on the list in all, counted 2022-01-01 to 2022-01-04",
    ]


def test_a_title_that_never_led_has_a_peak() -> None:
    found = texts(lists({"world": ["ABS", "ASB", "ASB"]}))
    assert found[0] == "At No. 1 on no list in hand; its peak was No. 2, first on 2022-01-02"


def test_one_country_is_reported_like_a_world_chart() -> None:
    page = report(lists({"US": ["SAB"]}, series=WEEKLY, every="week"), "S")
    assert list(page.sections()) == ["Stream TV in the United States (by Press), weekly"]
    assert "in the week ending 2022-01-01" in str(page)


def test_unknown_lists_are_said_where_they_count() -> None:
    history = lists(
        {
            "world": ["ADB", "?", "DAB"],
            "US": ["DAB", "DAB", "DAB"],
            "KR": ["ABC", "DAB", "?"],
            "FR": ["DAB", "DAB", "ABC"],
        },
        titles={"D": DEAD, "A": Title("A", origin=Country("US"))},
    )
    found = texts(history, "Dead")
    assert "No. 1 on 2022-01-03, 0 to 1 days after its release on 2022-01-02" in found
    assert (
        "1st title from South Korea at No. 1, since 2022-01-01, where the data begin; 1 list in "
        "between not usable"
    ) in found
    assert (
        "No. 1 in 1 of 3 countries (2 at most: no usable list of South Korea) on 2022-01-03: "
        "United States"
    ) in found
    assert "No. 1 in 3 countries at the peak, on 2022-01-02" in found


def test_a_place_in_an_order_is_a_range_where_titles_have_no_origin() -> None:
    found = texts(lists({"world": ["ABC", "DAB"]}, titles={"D": DEAD}), "Dead")
    assert any(text.startswith("1st (2nd at worst) title from South Korea") for text in found)


def test_no_1_somewhere_at_some_time_is_not_on_one_date() -> None:
    found = texts(lists({"US": ["SAB", "ASB"], "KR": ["ASB", "SAB"], "FR": ["ASB", "ASB"]}))
    assert found[:2] == [
        "No. 1 in 1 of 3 countries on 2022-01-02: South Korea",
        "No. 2 in 2 others: France, United States",
    ]
    assert found[-1] == "No. 1 in 2 of 3 countries at some time, 2022-01-01 to 2022-01-02"


def test_a_title_that_is_second_everywhere_has_no_first_place() -> None:
    found = texts(lists({"US": ["ASB"], "KR": ["ASB"]}))
    assert found == [
        "No. 1 in 0 of 2 countries on 2022-01-01",
        "No. 2 in 2 countries: South Korea, United States",
        "Somewhere on the list in 2 of 2 countries",
    ]


def test_figures_of_the_page_lead_back_to_rows() -> None:
    history = sample()
    page = report(history, "All of Us Are Dead")
    for statement in page.statements:
        rows = evidence(history, statement.figure)
        assert rows
        assert all(row.source is not None and row.source.line for row in rows)


def test_html_escapes_and_carries_definitions() -> None:
    history = lists({"world": ["XAB"]}, titles={"X": Title("<i>S</i>")})
    html = report(history, "<i>S</i>").to_html()
    assert "<h1>&lt;i&gt;S&lt;/i&gt;</h1>" in html
    assert "never reset" in html


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnknownTitleError, match="no title 'Squid Gme'") as caught:
        report(sample(), "Squid Gme")
    assert caught.value.hints[0] == "did you mean 'Squid Game'?"


def test_only_what_is_published_is_reported() -> None:
    """A title that is on a broken list alone is on no list that counts."""
    history = lists({"world": ["ABC", "!SAB"]})
    with pytest.raises(UnknownTitleError, match="S is on no usable list"):
        report(history, "S")
    assert len(streaks(history, "S")) == 0
    assert history.status(chart("world"), day(1)).is_unknown


def test_a_peak_leads_back_to_its_row() -> None:
    history = lists({"world": ["ABS", "ASB"]})
    peak = report(history, "S").statements[0]
    assert [(row.date, row.rank) for row in evidence(history, peak.figure)] == [(day(1), 2)]
