"""Files of far more lines, or columns, than any chart has."""

from __future__ import annotations

import pytest

from kcharts import Limits, ParseErrors, read, read_table
from kcharts.formats import kworb
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.formats.netflix import read_countries
from tests.formats.made import COUNTRIES, TABLE, country_rows, csv, table_rows, tsv

GOOD = tsv(country_rows()) + b"\n"


def test_a_text_of_too_many_lines_is_refused_before_it_is_taken_apart() -> None:
    assert len(read_countries(GOOD, limits=Limits(lines=61))) == 60
    for data in (GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD.replace(b"\n", b"\r")):
        with pytest.raises(ParseErrors, match=r"limit-exceeded 1.*\n.*has more than 60 lines"):
            read(data, limits=Limits(lines=60))
    with pytest.raises(ParseErrors, match="limit-exceeded"):
        kworb.read_kworb(kworb.SPEC.sample.encode(), place="KR", limits=Limits(lines=2))
    with pytest.raises(ParseErrors, match="limit-exceeded"):
        read_table(GOOD, publisher="A", frequency="weekly", limits=Limits(lines=2))


@pytest.mark.parametrize("line", [b"ab\n", b"\t\t\t\t\t\t\t\n", b"a\tb\tc\td\te\tf\tg\th\n"])
def test_a_table_of_which_most_cannot_be_read_is_refused(line: bytes) -> None:
    limits = Limits(lines=100)
    _, report = read_countries(GOOD + 20 * line, limits=limits, on_error="collect")
    assert report.rows_accepted == 60
    history, report = read_countries(GOOD + 21 * line, limits=limits, on_error="collect")
    assert (len(history), report.counts) == (0, {"limit-exceeded": 1})
    assert "more than 20 rows are blank or cannot be read" in report.problems[0].message


def test_lines_with_nothing_in_them_are_no_reason_to_refuse() -> None:
    data = GOOD.replace(b"\n", b"\n\n")
    history, report = read_countries(data, limits=Limits(lines=122), on_error="collect")
    assert (len(history), report.is_clean) == (60, True)
    assert [note.line for note in report.notes] == [*range(2, 123, 2)]


def test_of_many_blank_lines_the_first_thousand_are_noted() -> None:
    _, report = read_countries(GOOD + b"\n" * 1_200, on_error="collect")
    assert (report.rows_read, len(report.notes)) == (60, 1_000)


def test_many_columns_that_have_no_field_are_kept() -> None:
    many = [f"x{number}" for number in range(2_000)]
    rows = [[*row, *many] for row in country_rows()[:2]]
    history = read_countries(csv(rows, header=(*COUNTRIES, *many)))
    assert dict(history[0].extras)["x1999"] == "x1999"


def test_lists_that_lie_centuries_apart_are_noted_and_counted_at_once() -> None:
    rows = table_rows()
    for row in rows[-3:]:
        row[6] = "9999-12-31"
    history, report = read_kcharts(csv(rows, header=TABLE), on_error="collect")
    assert [note.message for note in report.notes if note.code == "far-date"] == [
        "no list is dated between 2022-01-31 and 9999-12-31: is one of the years wrong?"
    ]
    assert str(history).endswith(
        "issues 2022-01-29 to 9999-12-31, 18 rows; 5,827,746 lists missing"
    )
