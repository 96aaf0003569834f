"""The builder that readers fill: rows taken out again, and lists that are short."""

from __future__ import annotations

import datetime as dt

from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder, Clash
from kcharts.model.columns.store import encode
from kcharts.model.country import WORLD
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title

CHART = Chart(ChartSeries("Netflix", "Netflix", "TV", Frequency.DAILY, 2), WORLD)


def filled(*rows: tuple[int, str, int]) -> Builder:
    """A builder of (day of the month, title, rank) rows with the day as a column."""
    builder = Builder()
    for line, (day, title, rank) in enumerate(rows, start=2):
        builder.issue_codes.append(builder.issue(CHART, dt.date(2022, 1, day)))
        builder.title_codes.append(builder.title(Title(title)))
        builder.ranks.append(rank)
        builder.lines.append(line)
        builder.source_codes.append(builder.source("a.tsv"))
    builder.columns["views"] = encode(day for day, _, _ in rows)
    return builder


def test_a_row_that_clashes_can_be_taken_out_again() -> None:
    builder = filled((1, "A", 1), (1, "B", 1), (1, "C", 2))
    assert builder.clashes() == [Clash("duplicate-rank", 0, 1)]
    builder.drop([1])
    assert builder.clashes() == []
    history = ChartHistory(builder.build())
    assert [(row.title.name, row.metrics.views) for row in history] == [("A", 1), ("C", 1)]
    assert [row.source and row.source.line for row in history] == [2, 4]


def test_a_list_with_fewer_rows_than_its_series_is_deep_is_short() -> None:
    builder = filled((1, "A", 1), (1, "B", 2), (2, "A", 1))
    assert builder.short_issues() == [1]


def test_two_rows_of_one_title_at_one_rank_are_one_row_or_a_conflict() -> None:
    builder = filled((1, "A", 1), (1, "A", 1))
    assert builder.clashes() == [Clash("duplicate-row", 0, 1)]
    builder = filled((1, "A", 1), (1, "A", 1))
    builder.columns["views"] = encode([1, 2])
    assert builder.clashes() == [Clash("conflicting-rows", 0, 1)]
