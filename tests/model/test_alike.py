"""Which titles a text means where several are spelt alike; ties and repeats that are kept."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import given

from kcharts import ChartHistory, IssueStatus, RankSnapshot, Title, streaks
from kcharts.errors import AmbiguousTitleError, ConflictError, UnknownTitleError
from kcharts.testing import histories
from tests.lists import START, chart, lists


class TestSpelling:
    NAMES: ClassVar = {
        "A": Title("Love", by="A"),
        "B": Title("Love", by="B"),
        "C": Title("love", by="C"),
        "D": Title("Squid Game", season="Squid Game: Season 1", kind="TV"),
        "E": Title("Squid Game: Season 1", kind="Film"),
        "F": Title("Passengers", kind="Film"),
        "G": Title("PASSENGERS", kind="Film"),
        "H": Title("passengers", kind="TV"),
    }

    def held(self, names: str) -> ChartHistory:
        return lists({"KR": [names]}, titles=self.NAMES)

    @pytest.mark.parametrize("name", ["LOVE", "love", "Love", "Squid Game: Season 1"])
    def test_case_does_not_decide_between_works(self, name: str) -> None:
        with pytest.raises(AmbiguousTitleError):
            self.held("ABCDE").title(name)
        assert self.held("ABC").title("love", by="c") == self.NAMES["C"]

    def test_it_decides_between_two_spellings_of_one_name(self) -> None:
        history = self.held("FG")
        assert [history.title(each) for each in ("Passengers", "PASSENGERS")] == [*history.titles]
        with pytest.raises(AmbiguousTitleError):
            history.title("passengers")
        with pytest.raises(AmbiguousTitleError):
            self.held("FGH").title("Passengers")
        assert self.held("FGH").title("Passengers", kind="film") == self.NAMES["F"]

    def test_a_title_of_another_key_is_told_what_bears_its_name(self) -> None:
        history = lists({"KR": ["AB"]}, titles={"A": Title("Dragon", key="1")})
        with pytest.raises(UnknownTitleError) as refused:
            streaks(history, Title("Dragon"))
        assert refused.value.message == "Title('Dragon') is not among the 2 titles of this history"
        assert refused.value.hints[0] == "the history has Title('Dragon', key='1')"

    def test_two_keys_are_two_works_however_they_are_spelt(self) -> None:
        names = {"A": Title("Dragon", key="1"), "B": Title("DRAGON", key="2")}
        with pytest.raises(AmbiguousTitleError):
            lists({"KR": ["AB"]}, titles=names).title("Dragon")


class TestTiesAndRepeats:
    @given(histories(rows="loose", min_depth=2))
    def test_a_history_with_them_is_made_again_of_its_rows(self, history: ChartHistory) -> None:
        statuses = {
            (chart, date): status
            for chart in history.charts
            for date in history.dates
            if history.calendar(chart.series).has(date)
            and (status := history.status(chart, date)) is not IssueStatus.PUBLISHED
            and (status.is_unknown and history.issue(chart, date).rows)
        }
        again = ChartHistory.from_snapshots(history, statuses=statuses, ties="keep", repeats="keep")
        assert list(again) == list(history)

    @pytest.mark.parametrize("name", ["ties", "repeats"])
    def test_they_are_refused_unless_asked_for(self, name: str) -> None:
        ranks = (1, 1) if name == "ties" else (1, 2)
        titles = [Title("A"), Title("B" if name == "ties" else "A")]
        rows = [
            RankSnapshot(each, chart("KR"), START, rank)
            for each, rank in zip(titles, ranks, strict=True)
        ]
        with pytest.raises(ConflictError) as refused:
            ChartHistory.from_snapshots(rows)
        assert f'from_snapshots(..., {name}="keep")' in refused.value.hints[0]
        keep: dict[str, Any] = {name: "keep"}
        assert len(ChartHistory.from_snapshots(rows, **keep)) == 2
        with pytest.raises(ValueError, match=f'{name}: expected "refuse" or "keep"'):
            ChartHistory.from_snapshots(rows, **{name: "allow"})  # type: ignore[arg-type]
