"""A history as an Arrow stream: data frame libraries take it as it is."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import ModuleType

import polars as pl
import pytest

from kcharts import ChartHistory, sample
from kcharts.errors import UnsupportedBackendError
from kcharts.formats import netflix
from tests.lists import lists

HEADER = (
    "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime"
    "\tweekly_views\tcumulative_weeks_in_top_10\n"
)


class Stream:
    """A history's Arrow stream alone: polars asks first whether a value is a sequence."""

    def __init__(self, history: ChartHistory) -> None:
        self.history = history

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.history.__arrow_c_stream__(requested_schema)


def test_the_stream_has_the_columns_of_the_kcharts_table() -> None:
    history = sample()
    frame = pl.DataFrame(Stream(history))
    columns = history.to_columns()
    assert isinstance(frame, pl.DataFrame)
    assert frame.columns == list(columns)
    assert frame["rank"].to_list() == columns["rank"]
    assert frame["date"].to_list() == columns["date"]
    assert frame["points"].to_list() == columns["points"]


def test_whole_numbers_among_decimals_are_decimals() -> None:
    """A runtime of 2 stands beside one of 1.7833."""
    rows = (
        "2025-07-06\tTV (English)\t1\tA\tN/A\t100\t1.7833\t56\t1\n"
        "2025-07-06\tTV (English)\t2\tB\tN/A\t90\t2\t45\t1\n"
        "2025-07-06\tTV (English)\t3\tC\tN/A\t80\t\t\t1\n"
    )
    frame = pl.DataFrame(Stream(netflix.read_global((HEADER + rows).encode())))
    assert frame["runtime_hours"].to_list() == [Decimal("1.7833"), Decimal(2), None]
    assert frame["views"].to_list() == [56, 45, None]


def test_pyarrow_serves_where_polars_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls alone are tested: pyarrow is no tool of this project."""
    stand_in = ModuleType("pyarrow")
    made: list[dict[str, object]] = []

    class Table:
        def __init__(self, columns: dict[str, object]) -> None:
            made.append(columns)

        def __arrow_c_stream__(self, requested_schema: object) -> str:
            return f"stream for {requested_schema}"

    stand_in.table = Table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pyarrow", stand_in)
    history = lists({"US": ["SAB"]})
    assert history.__arrow_c_stream__("schema") == "stream for schema"
    assert made == [history.to_columns()]


def test_without_either_the_error_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnsupportedBackendError, match="polars or pyarrow"):
        lists({"US": ["SAB"]}).__arrow_c_stream__()
