"""Snapshots and issues in words, and what each status says."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given

from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.model.snapshot import Issue, IssueStatus, RankSnapshot, SourceRef
from kcharts.model.title import Title
from kcharts.testing import issues

DAY = dt.date(2022, 1, 30)
WEEKLY = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY)
DAILY = attrs.evolve(WEEKLY, frequency=Frequency.DAILY)


def test_only_lists_that_should_be_known_and_are_not_are_unknown() -> None:
    unknown = [status for status in IssueStatus if status.is_unknown]
    assert unknown == [IssueStatus.MISSING, IssueStatus.DEFECTIVE, IssueStatus.STALE]


def test_a_snapshot_is_a_sentence() -> None:
    row = RankSnapshot(Title("Hellbound"), Chart(WEEKLY, WORLD), DAY, 1)
    assert str(row) == "Hellbound: No. 1 in the week ending 2022-01-30, Netflix TV in the world"
    row = RankSnapshot(Title("Hellbound"), Chart(DAILY, Country("US")), DAY, 2)
    assert str(row) == "Hellbound: No. 2 on 2022-01-30, Netflix TV in the United States"


def test_a_snapshot_knows_its_country() -> None:
    places = [
        RankSnapshot(Title("A"), Chart(WEEKLY, place), DAY, 1).country
        for place in (WORLD, Country("KR"))
    ]
    assert places == [None, Country("KR")]


def test_a_source_names_its_line_where_it_has_one() -> None:
    assert str(SourceRef("a.tsv", 2)) == "a.tsv, line 2"
    assert str(SourceRef("https://example.org")) == "https://example.org"


@given(issues())
def test_an_issue_is_one_list_in_the_order_of_its_ranks(issue: Issue) -> None:
    assert [row.rank for row in issue] == sorted(row.rank for row in issue)
    assert {(row.chart, row.date) for row in issue} == {(issue.chart, issue.date)}
    assert len(issue) == len(issue.rows) >= 1
