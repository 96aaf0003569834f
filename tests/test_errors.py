"""Errors carry data, print as a page, and survive a trip to another process."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

from kcharts import errors
from kcharts.errors import KchartsError, KchartsWarning, ParseErrors, Problem, RowError
from kcharts.formats.netflix import read_countries
from tests.formats.made import country_rows, tsv

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, KchartsError) and kind is not ParseErrors
]
PROBLEM = Problem("bad-date", "expected a date", "a.tsv", 3, "week", "x", "a hint", "row", "Top 10")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_pickles_with_its_hints(kind: type[KchartsError]) -> None:
    error = kind("a message", hints=["one", "two"])
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is kind
        assert (again.message, again.hints) == ("a message", ("one", "two"))
        assert str(again) == "a message\n  hint: one\n  hint: two"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not KchartsError])
def test_an_error_is_the_builtin_that_a_caller_expects(kind: type[KchartsError]) -> None:
    assert issubclass(kind, (ValueError, LookupError, TypeError))


def test_warnings_have_one_base() -> None:
    assert issubclass(errors.IncompleteListsWarning, KchartsWarning)


def test_a_problem_says_where_it_is() -> None:
    assert str(PROBLEM) == (
        "a.tsv, sheet 'Top 10', line 3, column week: bad-date: expected a date (a hint)"
    )
    assert str(Problem("empty-file", "the file is empty", "a.tsv")) == (
        "a.tsv: empty-file: the file is empty"
    )


def test_a_row_error_pickles() -> None:
    error = pickle.loads(pickle.dumps(RowError(PROBLEM)))
    assert error.problem == PROBLEM
    assert str(error) == str(PROBLEM)


def test_parse_errors_are_a_group_a_value_error_and_ours() -> None:
    group = ParseErrors("the page", [RowError(PROBLEM)])
    assert isinstance(group, ExceptionGroup)
    assert isinstance(group, ValueError)
    assert isinstance(group, KchartsError)
    assert (str(group), group.message, group.hints) == ("the page", "the page", ())
    assert [each.problem for each in group.problems] == [PROBLEM]


def test_parse_errors_pickle() -> None:
    group = pickle.loads(pickle.dumps(ParseErrors("the page", [RowError(PROBLEM)])))
    assert isinstance(group, ParseErrors)
    assert str(group) == "the page"
    assert [each.problem for each in group.problems] == [PROBLEM]


def test_a_part_of_parse_errors_is_of_the_same_kind() -> None:
    group = ParseErrors("the page", [RowError(PROBLEM), RowError(PROBLEM)])
    part = group.subgroup(lambda error: error is group.exceptions[0])
    assert isinstance(part, ParseErrors)
    assert part.problems == group.exceptions[:1]


def test_the_page_has_counts_the_first_five_and_what_collect_would_keep() -> None:
    rows = country_rows()
    for row in rows[:7]:
        row[4] = "0"
    with pytest.raises(ParseErrors) as caught:
        read_countries(tsv(rows))
    lines = str(caught.value).splitlines()
    assert lines[0] == "<bytes>: 7 problems (rank-out-of-range 7)"
    assert lines[1] == "  line 2, column weekly_rank, '0': expected a rank from 1 to 10"
    assert lines[6:] == [
        "  ... and 2 more",
        '  on_error="collect" keeps 53 of 60 rows and marks 1 list as defective',
    ]


def test_a_thousand_rows_are_kept_and_all_are_counted() -> None:
    rows = country_rows()
    bad = [[*rows[0][:4], "x", *rows[0][5:]]] * 1_200
    _, report = read_countries(tsv([*rows, *bad]), on_error="collect")
    assert (len(report.problems), report.rows_rejected) == (1_000, 1_200)
    assert dict(report.counts) == {"bad-integer": 1_200}
    assert str(report).splitlines()[0].endswith("1,200 problems (bad-integer 1,200)")
    assert "1,195 more" in str(report)
