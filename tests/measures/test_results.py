"""Many figures: a sequence that prints ten rows and turns into anybody's table."""

from __future__ import annotations

import csv
import io
import pickle
import sys
from pathlib import Path

import pytest

from kcharts import ChartHistory, Results, Streak, streaks
from kcharts.errors import UnsupportedBackendError
from tests.lists import lists


@pytest.fixture(scope="module")
def history() -> ChartHistory:
    """Twelve streaks of one day, A and B in turn, and one of three."""
    return lists({"US": 6 * ["ABC", "BAC"], "KR": ["SAB", "SAB", "SAB"]})


@pytest.fixture(scope="module")
def found(history: ChartHistory) -> Results[Streak]:
    return streaks(history)


def test_results_are_a_sequence_longest_first(found: Results[Streak]) -> None:
    assert len(found) == 13
    assert [streak.length for streak in found] == [3] + 12 * [1]
    assert found[0] == next(iter(found))
    assert found[-1].start == max(streak.start for streak in found)
    assert isinstance(found[:3], Results)
    assert list(found[:3]) == list(found)[:3]


def test_results_are_equal_by_their_figures(found: Results[Streak], history: ChartHistory) -> None:
    assert found == streaks(history) == Results.of(list(found))
    assert found != found[1:]
    assert found != list(found)
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(TypeError, match="unhashable"):
        hash(found)


def test_repr_shows_ten_aligned_rows_and_how_many_more(found: Results[Streak]) -> None:
    lines = repr(found).splitlines()
    assert lines[0].split()[:3] == ["title", "country", "category"]
    assert len(lines) == 12
    assert lines[-1] == "... and 3 more"
    assert (
        lines[1].split()
        == [
            *("S", "KR", "TV", "1", "2022-01-01", "2022-01-03", "3", "3", "no", "no", "no"),
        ]
        or "yes" in lines[1]
    )
    assert len({line.index("2022") for line in lines[1:11]}) == 1


def test_repr_of_no_figures_says_so(history: ChartHistory) -> None:
    assert repr(streaks(history, "C")) == "no figures"
    assert streaks(history, "C").to_columns() == {}


def test_html_escapes_what_publishers_print() -> None:
    from kcharts import Title

    history = lists({"US": ["XAB"]}, titles={"X": Title("<b>Tom & Jerry</b>")})
    html = streaks(history)._repr_html_()
    assert "&lt;b&gt;Tom &amp; Jerry&lt;/b&gt;" in html
    assert html.startswith("<table><thead>")


def test_html_says_how_many_more(found: Results[Streak]) -> None:
    assert "<caption>... and 3 more</caption>" in found._repr_html_()


def test_columns_and_dicts_hold_the_same(found: Results[Streak]) -> None:
    columns, dicts = found.to_columns(), found.to_dicts()
    assert list(columns) == list(dicts[0])
    assert [
        dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
    ] == (dicts)


def test_csv_is_what_the_csv_module_reads(found: Results[Streak], tmp_path: Path) -> None:
    text = found.to_csv(tmp_path / "streaks.csv")
    assert (tmp_path / "streaks.csv").read_text(encoding="utf-8") == text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["length"] for row in rows] == [str(streak.length) for streak in found]
    assert rows[0]["season"] == ""


def test_formulas_are_made_harmless_only_on_request() -> None:
    from kcharts import Title

    results = streaks(lists({"US": ["XAB"]}, titles={"X": Title("=1+1")}))
    assert "\n=1+1," in results.to_csv()
    assert "\n'=1+1," in results.to_csv(spreadsheet_safe=True)


def test_data_frames_have_the_same_columns(found: Results[Streak]) -> None:
    columns = found.to_columns()
    polars, pandas = found.to_polars(), found.to_pandas()
    assert polars.columns == list(pandas.columns) == list(columns)
    assert polars["length"].to_list() == list(pandas["length"]) == columns["length"]


@pytest.mark.parametrize("name", ["polars", "pandas"])
def test_a_library_that_is_not_installed_is_named(
    found: Results[Streak], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UnsupportedBackendError, match=f"to_{name} needs {name}"):
        getattr(found, f"to_{name}")()
