"""Histories: what they hold, what is known of every issue, and how things are looked up."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts.errors import (
    AmbiguousChartError,
    AmbiguousTitleError,
    ConflictError,
    IncompleteListsWarning,
    NotAnIssueError,
    UnknownChartError,
    UnknownCountryError,
    UnknownTitleError,
)
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.country import WORLD, Country
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, Metrics, RankSnapshot, Reported, SourceRef
from kcharts.model.title import Title
from kcharts.testing import histories

TV = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY, 2)
FILMS = ChartSeries("Netflix", "Netflix", "Films", Frequency.WEEKLY, 1)
DAILY = ChartSeries("FlixPatrol", "Netflix", "TV", Frequency.DAILY, 1)
KR, US, RU = (Country(code) for code in ("KR", "US", "RU"))
HELLBOUND = Title("Hellbound", season="Hellbound: Season 1", kind="TV")
SQUID = Title("Squid Game", season="Squid Game: Season 1", kind="TV")
PUBLISHED, MISSING, DEFECTIVE, STALE, OUTSIDE = IssueStatus
# What the rows of several tests would draw, and what is not under test there.
LONELY = "ignore:every list of:kcharts.errors.IncompleteListsWarning"


def sunday(number: int) -> dt.date:
    """The Sundays of 2022, the first being number 0."""
    return Calendar.weekly("sunday").between("2022-01-01", "2022-12-31")[number]


def a_list(chart: Chart, day: dt.date, *titles: Title) -> list[RankSnapshot]:
    return [RankSnapshot(title, chart, day, rank) for rank, title in enumerate(titles, start=1)]


def weeks(place: Country, *numbers: int) -> list[RankSnapshot]:
    chart = Chart(TV, place)
    return [row for number in numbers for row in a_list(chart, sunday(number), HELLBOUND, SQUID)]


KR_DAILY = Chart(DAILY, KR)
KR_TV, US_TV, RU_TV, WORLD_TV = (Chart(TV, place) for place in (KR, US, RU, WORLD))
HISTORY = ChartHistory.from_snapshots(
    [
        *weeks(KR, 0, 1, 3),
        *weeks(US, 1, 2, 3, 4),
        *a_list(WORLD_TV, sunday(0), SQUID, HELLBOUND),
        *a_list(Chart(FILMS, KR), sunday(0), Title("Squid Game", kind="Film")),
    ]
)


class TestSequence:
    def test_rows_stand_by_series_place_date_and_rank(self) -> None:
        keys = [(row.chart.sort_key, row.date, row.rank) for row in HISTORY]
        assert keys == sorted(keys)
        assert len(keys) == len(HISTORY) == 17

    @given(histories(rows="detailed", max_issues=3), st.data())
    def test_rows_are_found_by_position(self, history: ChartHistory, data: st.DataObject) -> None:
        rows = list(history.snapshots())
        index = data.draw(st.integers(-len(rows), len(rows) - 1))
        span = data.draw(st.slices(len(rows)))
        assert history[index] == rows[index]
        assert history[span] == rows[span]
        assert rows[index] in history
        assert list(reversed(history)) == rows[::-1]

    def test_a_position_beyond_the_rows_raises(self) -> None:
        with pytest.raises(IndexError):
            HISTORY[17]

    @given(histories(rows="detailed", max_issues=3))
    def test_rows_come_out_as_they_went_in(self, history: ChartHistory) -> None:
        again = ChartHistory.from_snapshots(
            list(history),
            statuses={
                (row.chart, row.date): history.status(row.chart, row.date) for row in history
            },
        )
        assert list(again) == list(history)

    def test_what_was_printed_beside_a_rank_is_kept(self) -> None:
        rows = [
            RankSnapshot(
                SQUID,
                Chart(DAILY, WORLD),
                dt.date(2022, 1, day),
                1,
                Metrics(points=Decimal("9.5")) if day == 1 else Metrics(hours_viewed=2**80),
                Reported(peak=1, as_of="scrape") if day == 1 else Reported(),
                (("isNew", "yes"),) if day == 1 else (("uri", "x"),),
                [SourceRef("a.csv", 2), SourceRef("b.csv"), None][day - 1],
            )
            for day in (1, 2, 3)
        ]
        assert list(ChartHistory.from_snapshots(reversed(rows))) == rows


class TestEquality:
    @given(histories(cuts="sometimes"))
    def test_a_copy_is_equal_and_another_object(self, history: ChartHistory) -> None:
        for twin in (pickle.loads(pickle.dumps(history)), copy.deepcopy(history)):
            assert twin == history
            assert str(twin) == str(history)
            assert hash(twin) != hash(history)

    def test_the_hash_is_the_objects(self) -> None:
        assert len({HISTORY, HISTORY, HISTORY.select()}) == 2

    def test_a_history_is_equal_to_no_list(self) -> None:
        assert list(HISTORY) != HISTORY

    def test_the_source_is_no_difference_and_the_status_is_one(self) -> None:
        row = RankSnapshot(SQUID, Chart(DAILY, WORLD), sunday(0), 1)
        sourced = RankSnapshot(SQUID, Chart(DAILY, WORLD), sunday(0), 1, source=SourceRef("a"))
        one, two = (ChartHistory.from_snapshots([each]) for each in (row, sourced))
        assert one == two
        assert one != two.with_status(WORLD, sunday(0), STALE)
        assert one != one.closing(WORLD, sunday(0))

    def test_a_history_has_no_room_for_more(self) -> None:
        assert not hasattr(HISTORY, "__dict__")
        with pytest.raises(AttributeError):
            HISTORY.titles = ()  # type: ignore[misc]  # that it is refused is the point


class TestWhatIsRefused:
    def test_what_is_no_row(self) -> None:
        with pytest.raises(TypeError, match="rows: expected RankSnapshots, found 'x'"):
            ChartHistory.from_snapshots(["x"])  # type: ignore[list-item]  # the point

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            (
                [(SQUID, 1), (HELLBOUND, 1)],
                "Hellbound: Season 1 and Squid Game: Season 1 both have rank 1",
            ),
            ([(SQUID, 1), (SQUID, 2)], "has two ranks, 1 and 2"),
            ([(SQUID, 1), (SQUID, 1)], "has rank 1 twice"),
        ],
    )
    def test_rows_that_cannot_stand_together(
        self, rows: list[tuple[Title, int]], told: str
    ) -> None:
        with pytest.raises(ConflictError) as refused:
            ChartHistory.from_snapshots(
                [RankSnapshot(title, KR_TV, sunday(0), rank) for title, rank in rows]
            )
        assert str(refused.value).startswith(f"{KR_TV}, 2022-01-02: ")
        assert told in str(refused.value)

    def test_a_row_dated_off_its_calendar(self) -> None:
        with pytest.raises(
            NotAnIssueError, match="Netflix TV, weekly: there is no list dated 2022-01-02"
        ):
            ChartHistory.from_snapshots(weeks(KR, 0), calendars={TV: Calendar.weekly("saturday")})

    def test_a_list_in_hand_that_is_marked_missing(self) -> None:
        for status in (MISSING, OUTSIDE):
            with pytest.raises(ValueError, match="expected DEFECTIVE, STALE or PUBLISHED"):
                ChartHistory.from_snapshots(weeks(KR, 0), statuses={(KR_TV, sunday(0)): status})
            with pytest.raises(ValueError, match="expected DEFECTIVE, STALE or PUBLISHED"):
                HISTORY.with_status("KR", sunday(0), status)

    def test_a_list_not_in_hand_that_is_marked_as_if_it_were(self) -> None:
        for status in (PUBLISHED, DEFECTIVE, STALE):
            with pytest.raises(ValueError, match="expected MISSING or OUTSIDE"):
                HISTORY.with_status(KR_TV, sunday(2), status)

    def test_a_status_that_is_none(self) -> None:
        status: Any = "missing"
        with pytest.raises(TypeError, match="expected an IssueStatus, such as"):
            HISTORY.with_status("KR", sunday(0), status)
        with pytest.raises(TypeError, match="expected an IssueStatus, such as"):
            ChartHistory.from_snapshots([], statuses={(KR_TV, sunday(0)): status})

    def test_a_status_on_a_moment(self) -> None:
        with pytest.raises(TypeError, match=r"statuses: expected a datetime\.date"):
            ChartHistory.from_snapshots(
                [],
                statuses={(KR_TV, dt.datetime(2022, 1, 2)): MISSING},  # noqa: DTZ001  (the point)
            )


class TestIncompleteLists:
    def test_rows_filtered_to_one_title_beforehand_draw_a_warning(self) -> None:
        """Absence cannot be read from what remains: where it stands first it seems whole."""
        rows = [row for row in HISTORY if row.title == SQUID and row.chart.series == TV]
        with pytest.warns(IncompleteListsWarning, match="7 of 8 lists lack ranks"):
            filtered = ChartHistory.from_snapshots(rows)
        assert filtered.is_whole
        with pytest.warns(IncompleteListsWarning, match="were the other rows left out before"):
            ChartHistory.from_snapshots(row for row in rows if row.rank == 1)

    def test_the_warning_names_an_example_and_points_at_the_caller(self) -> None:
        row = RankSnapshot(SQUID, KR_TV, sunday(0), 9)
        with pytest.warns(IncompleteListsWarning) as caught:
            ChartHistory.from_snapshots([row])
        assert "Netflix TV in South Korea, weekly, 2022-01-02: no rank 1, 2, 3, 4, 5 ..." in str(
            caught[0].message
        )
        assert caught[0].filename == __file__

    def test_a_list_that_is_marked_draws_none(self) -> None:
        rows = [*weeks(KR, 0), RankSnapshot(SQUID, KR_TV, sunday(1), 2)]
        ChartHistory.from_snapshots(rows, statuses={(KR_TV, sunday(1)): DEFECTIVE})

    def test_narrowing_inside_the_library_draws_none_and_is_remembered(self) -> None:
        narrowed = HISTORY.select(title="Hellbound")
        assert not narrowed.is_whole
        assert not narrowed.merge(HISTORY.select(title="Hellbound")).is_whole
        assert str(narrowed).endswith("narrowed to titles, so not whole")


class TestStatus:
    def test_between_its_lists_and_at_the_right_edge_a_list_is_missing(self) -> None:
        assert [HISTORY.status(KR_TV, sunday(n)) for n in range(-1 + 1, 6)] == [
            PUBLISHED,
            PUBLISHED,
            MISSING,
            PUBLISHED,
            MISSING,
            OUTSIDE,
        ]

    def test_before_its_first_list_a_chart_is_outside(self) -> None:
        assert HISTORY.status(US_TV, sunday(0)) is OUTSIDE

    def test_each_series_has_its_own_last_issue(self) -> None:
        assert HISTORY.status(Chart(FILMS, KR), sunday(1)) is OUTSIDE

    def test_a_status_may_be_set_of_a_chart_or_of_all_charts_of_a_place(self) -> None:
        marked = HISTORY.with_status("South Korea", sunday(0), STALE)
        assert marked.status(KR_TV, "2022-01-02") is STALE
        assert marked.status(Chart(FILMS, KR), "2022-01-02") is STALE
        assert marked.status(WORLD_TV, "2022-01-02") is PUBLISHED
        marked = HISTORY.with_status(KR_TV, sunday(2), OUTSIDE)
        assert marked.status(KR_TV, sunday(2)) is OUTSIDE
        assert HISTORY.status(KR_TV, sunday(2)) is MISSING

    def test_an_issue_marked_missing_beyond_all_lists_is_due_everywhere(self) -> None:
        marked = HISTORY.with_status(KR_TV, sunday(5), MISSING)
        assert marked.status(US_TV, sunday(5)) is MISSING

    def test_a_date_that_is_no_issue_raises(self) -> None:
        with pytest.raises(
            NotAnIssueError, match="Netflix TV, weekly: there is no list dated 2022-01-03"
        ):
            HISTORY.status(KR_TV, "2022-01-03")

    def test_a_chart_that_is_not_held_raises(self) -> None:
        with pytest.raises(UnknownChartError):
            HISTORY.status(RU_TV, sunday(0))

    def test_a_mark_alone_makes_a_history(self) -> None:
        for status in IssueStatus:
            alone = ChartHistory.from_snapshots([], statuses={(KR_TV, sunday(0)): status})
            assert alone.status(KR_TV, sunday(0)) is status
            assert "Netflix weekly, TV, 1 country" in str(alone)


class TestClosing:
    """Netflix's lists of Russia ended with the week of 2022-02-27."""

    before = ChartHistory.from_snapshots([*weeks(RU, 6, 7, 8), *weeks(KR, 6, 7, 8, 9, 10)])
    closed = before.closing("Russia", "2022-02-27")

    def test_what_is_after_it_is_outside_and_not_missing(self) -> None:
        after = "2022-03-06"
        assert self.before.status(RU_TV, after) is MISSING
        assert self.closed.status(RU_TV, after) is OUTSIDE
        assert self.closed.status(RU_TV, "2022-02-27") is PUBLISHED
        assert self.closed.panel(TV, after) == (KR,)
        assert (str(self.before)[-15:], str(self.closed)[-15:]) == (
            "2 lists missing",
            "no list missing",
        )

    def test_it_is_kept_by_a_cut_after_it_and_dropped_by_one_before(self) -> None:
        assert self.closed.select(end="2022-03-06") != self.before.select(end="2022-03-06")
        assert self.closed.select(end="2022-02-20") == self.before.select(end="2022-02-20")

    def test_no_list_may_be_after_it(self) -> None:
        with pytest.raises(ValueError, match="expected a date from 2022-02-27 on") as refused:
            self.before.closing(RU_TV, "2022-02-20")
        assert "found '2022-02-20'" in str(refused.value)

    def test_nothing_can_be_missing_after_it(self) -> None:
        with pytest.raises(ValueError, match="expected OUTSIDE, since the chart ended before"):
            self.closed.with_status(RU_TV, "2022-03-06", MISSING)
        assert self.closed.with_status(RU_TV, "2022-03-06", OUTSIDE) == self.closed

    def test_it_may_be_a_list_that_is_not_in_hand(self) -> None:
        closed = self.before.closing(RU_TV, "2022-03-06")
        assert closed.status(RU_TV, "2022-03-06") is MISSING
        assert closed.status(RU_TV, "2022-03-13") is OUTSIDE


class TestLists:
    def test_an_issue_has_the_rows_of_one_list(self) -> None:
        issue = HISTORY.issue(KR_TV, "2022-01-02")
        assert [(row.rank, row.title) for row in issue] == [(1, HELLBOUND), (2, SQUID)]
        assert (issue.chart, issue.date, issue.status) == (KR_TV, sunday(0), PUBLISHED)

    def test_an_issue_that_is_not_in_hand_has_none(self) -> None:
        issue = HISTORY.issue(KR_TV, sunday(2))
        assert (issue.rows, issue.status) == ((), MISSING)

    def test_the_latest_list_is_the_last_one_in_hand(self) -> None:
        assert HISTORY.latest(KR_TV).date == sunday(3)
        alone = ChartHistory.from_snapshots([], statuses={(KR_TV, sunday(0)): MISSING})
        with pytest.raises(UnknownChartError, match="no list of Netflix TV in South Korea"):
            alone.latest(KR_TV)

    def test_the_panel_is_every_country_that_should_have_an_issue(self) -> None:
        assert HISTORY.panel(TV, sunday(0)) == (KR,)
        assert HISTORY.panel(TV, sunday(4)) == (KR, US)
        assert HISTORY.panel("Netflix TV", sunday(5)) == ()
        with pytest.raises(NotAnIssueError):
            HISTORY.panel(TV, "2022-01-03")

    def test_a_name_that_fits_several_series_decides_nothing(self) -> None:
        with pytest.raises(AmbiguousChartError, match="'Netflix' names 2 series") as refused:
            HISTORY.panel("Netflix", sunday(0))
        assert "series='Netflix Films, weekly'" in refused.value.hints

    def test_what_is_in_hand_is_listed(self) -> None:
        assert HISTORY.series == (FILMS, TV)
        assert HISTORY.charts == (Chart(FILMS, KR), WORLD_TV, KR_TV, US_TV)
        assert HISTORY.dates == tuple(map(sunday, range(5)))
        assert set(HISTORY.titles) == {SQUID, HELLBOUND, Title("Squid Game", kind="Film")}
        assert HISTORY.note is None
        assert HISTORY.is_whole

    def test_a_calendar_is_inferred_from_all_dates_of_the_series(self) -> None:
        """Not of one place: the others know of the weeks that it lacks."""
        assert HISTORY.calendar(TV) == Calendar.weekly("sunday")
        irregular = ChartHistory.from_snapshots(
            [
                *a_list(KR_TV, dt.date(1961, 12, 25), SQUID, HELLBOUND),
                *a_list(US_TV, dt.date(1962, 1, 6), SQUID, HELLBOUND),
            ]
        )
        assert irregular.calendar("Netflix TV, weekly") == Calendar.from_dates(irregular.dates)

    def test_a_calendar_that_is_given_is_kept(self) -> None:
        given_one = Calendar.weekly("sunday", first=sunday(0))
        history = ChartHistory.from_snapshots(weeks(KR, 0, 2), calendars={TV: given_one})
        assert history.calendar(TV) == given_one
        assert history.select(country=KR, start=sunday(1)).calendar(TV) == given_one


class TestTitles:
    homonyms = ChartHistory.from_snapshots(
        [
            row
            for number, title in enumerate(
                [
                    HELLBOUND,
                    SQUID,
                    Title("Squid Game", kind="Film"),
                    Title("Love", by="Lana"),
                    Title("Love", by="Kim"),
                    Title("Crown", season="Crown 1"),
                    Title("Crown", season="Crown 2"),
                    Title("Noise", key="netflix:1"),
                    Title("Noise", key="netflix:2"),
                ]
            )
            for row in a_list(Chart(DAILY, WORLD), dt.date(2022, 1, 1 + number), title)
        ]
    )

    @pytest.mark.parametrize(
        "name", ["Hellbound", "hellbound ", "HELLBOUND: SEASON 1", "Hellbound:  Season\u200b 1"]
    )
    def test_a_name_finds_its_title_folded(self, name: str) -> None:
        assert self.homonyms.title(name) == HELLBOUND

    def test_a_keyword_decides_between_titles_of_one_name(self) -> None:
        assert self.homonyms.title("Squid Game", kind="tv") == SQUID
        assert self.homonyms.title("Love", by="KIM").by == "Kim"
        assert self.homonyms.title("Kim - Love").by == "Kim"
        assert self.homonyms.title("Crown", season="crown 2").season == "Crown 2"

    def test_the_exact_name_beats_one_that_only_folds_alike(self) -> None:
        names = [Title("ALIVE"), Title("Alive")]
        days = [dt.date(2022, 1, 1), dt.date(2022, 1, 2)]
        history = ChartHistory.from_snapshots(
            RankSnapshot(title, Chart(DAILY, WORLD), day, 1)
            for title, day in zip(names, days, strict=True)
        )
        assert history.title("Alive") == names[1]
        with pytest.raises(AmbiguousTitleError):
            history.title("alive")

    def test_a_name_of_several_titles_raises_and_says_what_decides(self) -> None:
        with pytest.raises(AmbiguousTitleError, match="'Crown' names 2 titles") as refused:
            self.homonyms.title("Crown")
        assert [hint.rpartition(": ")[2] for hint in refused.value.hints] == [
            "season='Crown 1'",
            "season='Crown 2'",
        ]
        with pytest.raises(AmbiguousTitleError) as refused:
            self.homonyms.title("Noise")
        assert refused.value.hints == tuple(
            repr(Title("Noise", key=f"netflix:{number}")) for number in (1, 2)
        )

    def test_many_titles_of_one_name_are_not_all_listed(self) -> None:
        history = ChartHistory.from_snapshots(
            RankSnapshot(Title("Love", by=f"Singer {n}"), Chart(DAILY, WORLD), sunday(n), 1)
            for n in range(12)
        )
        with pytest.raises(AmbiguousTitleError) as refused:
            history.title("Love")
        assert (len(refused.value.hints), refused.value.hints[-1]) == (11, "and 2 more")

    def test_an_unknown_name_raises_and_names_close_ones(self) -> None:
        with pytest.raises(UnknownTitleError, match="no title 'Helbound' among the 9") as refused:
            self.homonyms.title("Helbound")
        assert refused.value.hints == (
            "did you mean 'Hellbound'?",
            "history.find(text) lists the titles whose names contain a text",
        )
        with pytest.raises(UnknownTitleError):
            self.homonyms.title("Hellbound", kind="Film")

    def test_find_lists_what_contains_the_text_and_never_raises(self) -> None:
        assert self.homonyms.find("SEASON 1") == [HELLBOUND, SQUID]
        assert len(self.homonyms.find("kim")) == 1
        assert self.homonyms.find("no such thing") == []
        assert len(self.homonyms.find("")) == 9


class TestCharts:
    def test_a_place_finds_its_chart(self) -> None:
        assert HISTORY.chart("US") == HISTORY.chart("the U.S.") == HISTORY.chart(US) == US_TV
        assert HISTORY.chart("world") == HISTORY.chart(WORLD) == WORLD_TV
        assert HISTORY.chart("KR", category="films") == Chart(FILMS, KR)
        assert HISTORY.chart("KR", series=TV) == KR_TV

    def test_several_charts_of_a_place_raise_and_say_what_decides(self) -> None:
        with pytest.raises(AmbiguousChartError, match="there are 2 charts of KR") as refused:
            HISTORY.chart("KR")
        assert refused.value.hints == (
            "category='Films' is Netflix Films in South Korea",
            "category='TV' is Netflix TV in South Korea",
        )
        both = HISTORY.merge(ChartHistory.from_snapshots(a_list(KR_DAILY, sunday(0), SQUID)))
        with pytest.raises(AmbiguousChartError) as refused:
            both.chart("KR", category="TV")
        assert [hint.partition(" is ")[0] for hint in refused.value.hints] == [
            "series='Netflix TV by FlixPatrol, daily'",
            "series='Netflix TV, weekly'",
        ]

    def test_a_series_that_could_be_several_is_ambiguous_whatever_asks(self) -> None:
        with pytest.raises(AmbiguousChartError, match="'Netflix' names 2 series: say which"):
            HISTORY.calendar("Netflix")
        with pytest.raises(AmbiguousChartError, match="'Netflix' names 2 series: say which"):
            HISTORY.panel("Netflix", sunday(0))

    def test_a_chart_that_is_not_held_raises_and_says_what_is(self) -> None:
        with pytest.raises(UnknownChartError) as refused:
            HISTORY.chart("Russia")
        assert refused.value.message == "no chart of this history fits country='Russia'"
        assert refused.value.hints[0] == "there are charts of KR, US, WORLD"
        assert "available: Netflix TV, weekly" in refused.value.hints
        with pytest.raises(UnknownChartError, match="category='Music'"):
            HISTORY.chart("KR", category="Music")
        with pytest.raises(UnknownCountryError):
            HISTORY.chart("Ruritania")

    def test_an_empty_history_says_that_it_is_empty(self) -> None:
        nothing = ChartHistory.from_snapshots([])
        assert (len(nothing), str(nothing), nothing.dates) == (0, "an empty history", ())
        assert nothing == nothing.merge(nothing) == nothing.select(end="2022-01-01")
        with pytest.raises(UnknownChartError):
            nothing.chart("KR")
        with pytest.raises(UnknownTitleError):
            nothing.title("Squid Game")


class TestSelecting:
    @given(histories(cuts="sometimes"))
    def test_selecting_nothing_selects_everything(self, history: ChartHistory) -> None:
        assert history.select() == history
        assert history.select(start="0001-01-01", end="9999-12-31") == history

    @given(histories(), st.data())
    def test_a_cut_is_outside_what_was_cut_off_and_the_same_within(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        start, end = sorted(data.draw(st.sampled_from(history.dates)) for _ in range(2))
        cut = history.select(start=start, end=end)
        assert list(cut) == [row for row in history if start <= row.date <= end]
        for chart in history.charts:
            calendar = history.calendar(chart.series)
            known = {day: history.status(chart, day) for day in calendar.between(start, end)}
            if chart in cut.charts:
                assert cut.calendar(chart.series) == calendar
                assert {day: cut.status(chart, day) for day in known} == known
            else:
                assert set(known.values()) <= {OUTSIDE}

    def test_a_cut_reaches_to_its_end_though_no_list_of_that_day_is_in_hand(self) -> None:
        history = ChartHistory.from_snapshots(
            row for number in (0, 1) for row in a_list(KR_DAILY, sunday(number), SQUID)
        )
        day = sunday(0) + dt.timedelta(3)
        cut = history.select(end=day)
        assert cut.status(KR_DAILY, day) is MISSING
        assert cut.status(KR_DAILY, day + dt.timedelta(1)) is OUTSIDE
        assert history.select(start=day, end=day).status(KR_DAILY, day) is MISSING

    def test_a_cut_keeps_a_calendar_that_all_dates_gave(self) -> None:
        """A Tuesday list among Saturdays: cut off, it still says that not all weeks were due."""
        days = [sunday(0), sunday(1), sunday(3), sunday(3) + dt.timedelta(2)]
        history = ChartHistory.from_snapshots(
            row for day in days for row in a_list(KR_TV, day, SQUID, HELLBOUND)
        )
        cut = history.select(end=sunday(3))
        assert cut.calendar(TV) == history.calendar(TV) == Calendar.from_dates(days)
        assert cut.merge(history.select(start=sunday(4))) == cut
        assert cut.merge(ChartHistory.from_snapshots(weeks(US, 2))).calendar(TV) == (
            Calendar.from_dates([*days, sunday(2)])
        )

    @given(histories(cuts="sometimes"), st.data())
    def test_cuts_add_up(self, history: ChartHistory, data: st.DataObject) -> None:
        start, end = sorted(data.draw(st.sampled_from(history.dates)) for _ in range(2))
        both = history.select(start=start, end=end)
        assert history.select(start=start).select(end=end) == both
        assert both.select(start=start, end=end) == both

    @given(histories(), st.data())
    def test_a_title_keeps_what_is_known_of_every_issue(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        title = data.draw(st.sampled_from(history.titles))
        narrowed = history.select(title=title)
        assert list(narrowed) == [row for row in history if row.title == title]
        assert narrowed.charts == history.charts
        for row in history:
            assert narrowed.status(row.chart, row.date) is history.status(row.chart, row.date)

    @given(histories(), st.data())
    def test_a_place_keeps_what_is_known_of_every_issue(
        self, history: ChartHistory, data: st.DataObject
    ) -> None:
        chart = data.draw(st.sampled_from(history.charts))
        alone = history.select(country=chart.place, series=chart.series)
        assert alone.charts == (chart,)
        assert list(alone) == [row for row in history if row.chart == chart]
        calendar = history.calendar(chart.series)
        assert alone.calendar(chart.series) == calendar
        for day in calendar.between(history.dates[0], history.dates[-1]):
            assert alone.status(chart, day) is history.status(chart, day)

    def test_a_name_selects_all_titles_that_bear_it(self) -> None:
        both = HISTORY.select(title="Squid Game")
        assert set(both.titles) == {SQUID, Title("Squid Game", kind="Film")}
        assert HISTORY.select(title=SQUID, category="TV").titles == (SQUID,)

    def test_what_is_not_held_raises(self) -> None:
        with pytest.raises(UnknownTitleError):
            HISTORY.select(title="No such title")
        with pytest.raises(UnknownTitleError):
            HISTORY.select(title=Title("Squid Game", kind="TV"))
        with pytest.raises(UnknownChartError):
            HISTORY.select(category="Music")
        with pytest.raises(ValueError, match="end: expected a date as YYYY-MM-DD"):
            HISTORY.select(end="yesterday")

    def test_a_cut_between_two_issues_has_none(self) -> None:
        nothing = HISTORY.select(start="2022-01-03", end="2022-01-04")
        assert (nothing.charts, str(nothing)) == ((), "an empty history")

    def test_a_cut_knows_of_a_list_that_was_missing_at_its_left_edge(self) -> None:
        cut = HISTORY.select(start=sunday(2))
        assert cut.status(KR_TV, sunday(2)) is MISSING
        assert cut.status(KR_TV, sunday(1)) is OUTSIDE


class TestInWords:
    def test_a_history_is_summed_up(self) -> None:
        assert str(HISTORY) == (
            "Netflix weekly, Films and TV, the world and 2 countries,"
            " 5 issues 2022-01-02 to 2022-01-30, 17 rows; 6 lists missing"
        )
        assert repr(HISTORY) == f"<ChartHistory: {HISTORY}>"

    def test_series_that_go_together_share_a_line(self) -> None:
        both = ChartHistory.from_snapshots(
            [*weeks(KR, 0), *a_list(Chart(FILMS, KR), sunday(0), Title("Alive"))]
        )
        assert str(both) == (
            "Netflix weekly, Films and TV, 1 country, 1 issue 2022-01-02 to 2022-01-02, 3 rows;"
            " no list missing"
        )

    def test_faults_and_the_publisher_are_named(self) -> None:
        rows = [RankSnapshot(SQUID, Chart(DAILY, US), sunday(0), 1)]
        history = ChartHistory.from_snapshots(rows).with_status("US", sunday(0), DEFECTIVE)
        assert str(history) == (
            "Netflix daily by FlixPatrol, TV, 1 country, 1 issue 2022-01-02 to 2022-01-02, 1 row;"
            " 1 list defective"
        )

    @given(histories(rows="detailed", max_issues=3))
    def test_columns_have_a_value_for_every_row(self, history: ChartHistory) -> None:
        columns = history.to_columns()
        assert {len(column) for column in columns.values()} == {len(history)}
        for number, row in enumerate(history):
            values = {name: column[number] for name, column in columns.items()}
            assert values["date"] == row.date
            assert values["rank"] == row.rank
            assert values["title"] == row.title.name
            assert values["key"] == row.title.key
            assert values["country"] == row.chart.code
            assert values["status"] == history.status(row.chart, row.date).value
            assert values.get("hours_viewed") == row.metrics.hours_viewed
            assert values.get("reported_peak") == row.reported.peak
            assert (values.get("reported_as_of") or "issue") == row.reported.as_of

    def test_columns_that_hold_nothing_are_left_out(self) -> None:
        assert list(HISTORY.to_columns()) == [
            "publisher",
            "platform",
            "category",
            "frequency",
            "country",
            "date",
            "status",
            "rank",
            "title",
            "by",
            "season",
            "kind",
            "key",
        ]


def test_a_name_in_place_of_a_chart_is_told_what_gives_one() -> None:
    history = ChartHistory.from_snapshots([RankSnapshot(SQUID, Chart(DAILY, WORLD), sunday(0), 1)])
    for ask in (history.issue, history.status):
        with pytest.raises(TypeError, match=r'expected a Chart, as history\.chart\("KR"'):
            ask("KR", sunday(0))  # type: ignore[arg-type]  # the point


def test_several_places_in_place_of_one_are_refused() -> None:
    history = ChartHistory.from_snapshots([RankSnapshot(SQUID, Chart(DAILY, WORLD), sunday(0), 1)])
    with pytest.raises(TypeError, match="country: expected one Country"):
        history.select(country=["KR", "US"])  # type: ignore[arg-type]  # the point
