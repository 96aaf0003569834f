"""Audits of small lists made by hand, a case of each kind, and what is applied."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from attrs import evolve

from kcharts import (
    Calendar,
    Catalogue,
    ChartHistory,
    ChartSeries,
    Frequency,
    IssueStatus,
    Metrics,
    RankSnapshot,
    Reported,
    Title,
    apply_findings,
    audit,
    evidence,
    sample,
)
from kcharts.auditing import Finding, FindingKind
from kcharts.catalogue import Alias, CatalogueEntry
from kcharts.errors import IncompleteListsWarning, UnknownChartError
from tests.auditing.counters import built
from tests.lists import chart, day

DAILY = ChartSeries("Press", "Stream", "TV", Frequency.DAILY, 4)
WEEKLY = ChartSeries("Press", "Stream", "TV", Frequency.WEEKLY, 4)
WEEKS = Calendar.weekly("saturday", first=day(0))


class Row(NamedTuple):
    """A title with what is printed beside it; the rank is its place on the list."""

    name: str
    days: int | None = None
    peak: int | None = None
    last: int | None = None
    at_peak: int | None = None
    streams: int | None = None
    rank: int | None = None


def history(
    lists: Mapping[int, Sequence[Row]],
    *,
    series: ChartSeries = DAILY,
    calendar: Calendar | None = None,
    kinds: Mapping[str, str] | None = None,
) -> ChartHistory:
    """A history of the lists of one chart, by the number of their day or week."""
    step = 1 if series is DAILY else 7
    series = evolve(series, depth=max(map(len, lists.values())))
    where = chart("KR", series)
    rows = [
        RankSnapshot(
            Title(row.name, kind=(kinds or {}).get(row.name)),
            where,
            day(number, step),
            row.rank or rank,
            Metrics(streams=row.streams),
            Reported(
                last_rank=row.last,
                peak=row.peak,
                periods_on_chart=row.days,
                periods_at_peak=row.at_peak,
            ),
        )
        for number, rows in lists.items()
        for rank, row in enumerate(rows, 1)
    ]
    calendars = {series: calendar or (Calendar.daily(first=day(0)) if step == 1 else WEEKS)}
    return built(rows, calendars)


def counted(*names: str, of: int = 1) -> list[Row]:
    """A list whose titles have all been on it for as many days."""
    return [Row(name, of) for name in names]


def told(found: ChartHistory) -> list[tuple[FindingKind, str]]:
    """The kind and the sentence of each finding, without the chart."""
    return [(each.kind, each.explanation) for each in audit(found)]


def one(found: ChartHistory) -> Finding:
    [finding] = audit(found)
    return finding


# -- what is refused, and what comes back ---------------------------------------------------


def test_only_whole_histories_are_audited() -> None:
    with pytest.raises(ValueError, match="whole lists: audit first, then narrow to titles"):
        audit(sample().select(title="Squid Game"))
    with pytest.raises(TypeError, match="a ChartHistory"):
        audit([])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # refused


def test_lists_without_counters_have_nothing_to_explain() -> None:
    assert list(audit(sample())) == []
    assert list(audit(ChartHistory.from_snapshots([]))) == []


def test_findings_are_values() -> None:
    finding = one(history({0: counted("A", "B"), 1: counted("A", "B")}))
    assert finding == pickle.loads(pickle.dumps(finding))
    assert len({finding, pickle.loads(pickle.dumps(finding))}) == 1
    assert repr(finding).startswith("Finding(kind=FindingKind.STALE_ISSUE")
    assert finding.as_row() == {
        "kind": "stale issue",
        "country": "KR",
        "category": "TV",
        "start": day(1),
        "end": day(1),
        "title": None,
        "rank": None,
        "rows": 2,
        "explanation": finding.explanation,
    }


def test_evidence_is_the_rows_of_a_finding() -> None:
    found = history({0: counted("A"), 1: counted("A", of=2), 2: counted("A")})
    [row] = evidence(found, one(found))
    assert (row.date, row.reported.periods_on_chart) == (day(2), 1)


def test_counters_larger_than_any_are_compared_too() -> None:
    found = history({0: [Row("A", 2**70)]}, calendar=Calendar.daily())
    assert one(found).kind is FindingKind.LEFT_CENSORED


# -- missing, stale and late lists ----------------------------------------------------------


def test_a_jump_of_all_titles_is_a_missing_issue_in_the_middle() -> None:
    weeks = Calendar.from_dates([day(0), day(14), day(21)], first=day(0))
    found = history(
        {0: counted("A", "B", "C"), 2: counted("A", "B", of=3), 3: counted("A", of=4)},
        series=WEEKLY,
        calendar=weeks,
    )
    finding = one(found)
    assert finding.explanation == (
        "1 issue between 2022-01-01 and 2022-01-15 is missing: "
        "all 2 titles on both lists gain 2 weeks"
    )
    assert (finding.between, finding.dates) == (1, (day(0), day(14)))
    corrected = apply_findings(found, [finding])
    assert corrected.calendar(corrected.series[0]) == Calendar.from_dates(
        [day(0), day(7), day(14), day(21)], first=day(0)
    )
    assert corrected.status(corrected.charts[0], day(7)) is IssueStatus.MISSING
    assert list(audit(corrected)) == []


@pytest.mark.parametrize(
    "calendar",
    [WEEKS, Calendar.weekly("saturday"), Calendar.from_rule("DTSTART:20220101\nRRULE:FREQ=WEEKLY")],
)
def test_issues_between_two_weeks_extend_any_calendar(calendar: Calendar) -> None:
    """Two issues on free days; applied once more, or by another place's finding, nothing is new."""
    found = history(
        {0: counted("A", "B", "C", "D"), 1: [*counted("A", "B", "C", of=4), Row("D", 2)]},
        series=WEEKLY,
        calendar=calendar,
    )
    finding = one(found)
    assert finding.explanation == (
        "2 issues between 2022-01-01 and 2022-01-08 are missing: "
        "3 of 4 titles on both lists gain 3 weeks"
    )
    corrected = apply_findings(found, [finding, finding])
    added = corrected.calendar(corrected.series[0]).between(day(0), day(7))
    assert added == (day(0), day(2), day(5), day(7))
    assert corrected.calendar(corrected.series[0]).first == calendar.first
    assert apply_findings(corrected, [finding]) == corrected


def test_old_lists_keep_their_place_in_an_extended_calendar() -> None:
    series = ChartSeries("Press", "Stream", "TV", Frequency.WEEKLY, 2)
    where = chart("KR", series)
    days = [dt.date(1890, 1, 4), dt.date(1890, 1, 11)]
    found = ChartHistory.from_snapshots(
        [
            RankSnapshot(Title(name), where, each, rank, reported=Reported(periods_on_chart=count))
            for each, count in zip(days, (1, 3), strict=True)
            for rank, name in enumerate("AB", 1)
        ]
    )
    corrected = apply_findings(found, audit(found))
    assert corrected.calendar(series).between(*days) == (days[0], dt.date(1890, 1, 8), days[1])


def test_a_daily_chart_has_no_room_for_a_missing_issue() -> None:
    found = history({0: counted("A", "B", "C"), 1: counted("A", "B", "C", of=3)})
    assert told(found) == [
        (
            FindingKind.UNEXPLAINED,
            "3 printed figures of 3 titles nothing explains: "
            "A: on 2022-01-02 3 days on the list, 2 by the lists",
        )
    ]


def test_stale_lists_in_a_row_are_each_found() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: counted("A", "B"),
            2: counted("A", "B"),
            3: [*counted("B", "A", of=4), Row("C", 3)],
        }
    )
    assert [(each.kind, each.dates) for each in audit(found)] == [
        (FindingKind.STALE_ISSUE, (day(1),)),
        (FindingKind.STALE_ISSUE, (day(2),)),
    ]


def test_lists_with_the_same_figures_measured_are_stale_without_counters() -> None:
    streams = [Row("A", streams=900), Row("B", streams=800)]
    found = history({0: streams, 1: streams, 2: [Row("A", streams=901), Row("B", streams=800)]})
    assert told(found) == [
        (
            FindingKind.STALE_ISSUE,
            "The list of 2022-01-02 is that of 2022-01-01 once more: "
            "in all 2 rows the figures are the same",
        )
    ]


def test_equal_ranks_alone_are_no_stale_list() -> None:
    """Nor figures of a single row, nor those that are not printed for all."""
    same = [Row("A"), Row("B")]
    assert list(audit(history({0: same, 1: same}))) == []
    assert list(audit(history({0: [Row("A", streams=9)], 1: [Row("A", streams=9)]}))) == []
    some = [Row("A", streams=9), Row("B")]
    assert list(audit(history({0: some, 1: some, 2: [Row("B", streams=9), Row("A")]}))) == []


def test_equal_titles_at_other_ranks_are_no_stale_list() -> None:
    with pytest.warns(IncompleteListsWarning):
        found = history({0: [Row("A", 1), Row("B", 1)], 1: [Row("A", 1), Row("B", 1, rank=3)]})
    kinds = {each.kind for each in audit(found)}
    assert FindingKind.STALE_ISSUE not in kinds


def test_lists_that_come_late_after_a_stale_one_are_defective() -> None:
    """The counters catch up two days after the stale list, on a calendar without room."""
    found = history(
        {
            0: counted("A", "B", "C"),
            1: counted("A", "B", "C"),
            2: counted("B", "A", "C", of=2),
            3: counted("B", "C", "A", of=3),
            4: counted("C", "B", "A", of=5),
        }
    )
    stale, late = audit(found)
    assert (stale.kind, stale.dates) == (FindingKind.STALE_ISSUE, (day(1),))
    assert (late.kind, late.dates) == (FindingKind.DEFECTIVE_ISSUE, (day(2), day(3)))
    assert late.explanation == (
        "The lists of 2022-01-03 and 2022-01-04 came 1 day late: "
        "after a stale list, counters jump only days on"
    )
    corrected = apply_findings(found, audit(found))
    assert str(corrected).endswith("2 lists defective, 1 list stale")
    assert list(audit(corrected)) == []


def test_lists_that_catch_up_by_and_by_are_late_until_then() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: counted("A", "B"),
            2: counted("A", "B"),
            3: counted("B", "A", of=2),
            4: counted("A", "B", of=4),
            5: counted("B", "A", of=6),
        }
    )
    late = [each for each in audit(found) if each.kind is FindingKind.DEFECTIVE_ISSUE]
    assert [each.dates for each in late] == [(day(3),), (day(4),)]
    assert {each.kind for each in audit(found)} == {
        FindingKind.STALE_ISSUE,
        FindingKind.DEFECTIVE_ISSUE,
    }


def test_what_never_catches_up_is_not_called_late() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: counted("A", "B"),
            2: counted("B", "A", of=2),
            3: [*counted("A", of=3), Row("C", 1)],
        }
    )
    assert [each.kind for each in audit(found)] == [FindingKind.STALE_ISSUE]


def test_a_stale_list_between_others_that_say_nothing_is_no_late_one() -> None:
    found = history({0: counted("A", "B"), 1: counted("A", "B"), 2: counted("C", "D")})
    assert [each.kind for each in audit(found)] == [FindingKind.STALE_ISSUE]


# -- lists that lack rows --------------------------------------------------------------------


def test_a_hole_shows_in_the_peaks_of_its_own_list_too() -> None:
    """The last list in hand has none after it."""
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3), Row("D", 1, 4)],
            1: [Row("A", 2, 1), Row("C", 2, 3), Row("E", 1, 4)],
        }
    )
    finding = one(found)
    assert (finding.kind, finding.rank, finding.dates) == (
        FindingKind.HOLE_IN_LIST,
        2,
        (day(1),),
    )
    assert finding.explanation == (
        "The list of 2022-01-02 lacks a row and is closed up: "
        "ranks from No. 2 on are one too good, by 3 printed figures"
    )


def test_a_hole_explains_nothing_of_a_title_that_comes_first_on_a_later_broken_list() -> None:
    """E was on the chart before the data begin: its peak is of then, and of no hole since."""
    whole = [Row("A", None, 1, 1), Row("B", None, 2, 2), Row("C", None, 3, 3), Row("D", None, 4, 4)]
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3), Row("D", 1, 4)],
            1: [Row("A", 2, 1, 1), Row("C", 2, 3, 3), Row("D", 2, 4, 4)],
            2: whole,
            3: whole,
            4: [Row("A", None, 1, 1), Row("E", 30, 1), Row("D", None, 4, 4)],
            5: [Row("A", None, 1, 1), Row("E", 31, 1, 2), Row("C", None, 3, 3), whole[3]],
        },
        calendar=Calendar.daily(),
    )
    early, late, begun = audit(found)
    assert (early.kind, early.dates, early.rank) == (FindingKind.HOLE_IN_LIST, (day(1),), 2)
    assert (late.kind, late.dates, late.rank) == (FindingKind.HOLE_IN_LIST, (day(4),), 3)
    assert begun.kind is FindingKind.LEFT_CENSORED
    assert day(4) not in {row.date for row in early.rows}
    assert [(row.title.name, row.date) for row in begun.rows if row.date > day(0)] == [
        ("E", day(4))
    ]


def test_a_short_list_whose_ranks_others_confirm_has_no_hole() -> None:
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2)],
            1: [Row("A", 2, 1, 1), Row("C", 1, 2)],
            2: [Row("A", 3, 1, 1)],
            3: [Row("A", 4, 1, 1), Row("B", 2, 2)],
        }
    )
    assert list(audit(found)) == []


def test_a_single_contradiction_in_a_short_list_is_no_hole() -> None:
    """The last rank of C says that there is one, and the two others that there is none."""
    found = history(
        {
            0: [Row("A", 1), Row("B", 1), Row("C", 1), Row("D", 1)],
            1: [Row("A", 2, None, 1), Row("C", 2, None, 3), Row("B", 2, None, 2)],
            2: [Row("A", 3, None, 1), Row("C", 3, None, 3), Row("B", 3, None, 2), Row("E", 1)],
        }
    )
    kinds = [each.kind for each in audit(found)]
    assert kinds == [FindingKind.PUBLISHER_REVISION] * 2


def test_two_rows_too_few_make_a_list_defective() -> None:
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3), Row("D", 1, 4)],
            1: [Row("C", 2, 3, 3), Row("D", 2, 4, 4)],
            2: [Row("E", 1, 1), Row("F", 1, 2), Row("C", 3, 3, 3), Row("D", 3, 4, 4)],
        }
    )
    defective, *rest = audit(found)
    assert (defective.kind, defective.dates) == (FindingKind.DEFECTIVE_ISSUE, (day(1),))
    assert defective.explanation == (
        "The list of 2022-01-02 lacks 2 rows, and by later counters its ranks are too good"
    )
    assert rest == []


def test_two_rows_too_few_show_on_the_last_list_too() -> None:
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3), Row("D", 1, 4)],
            1: [Row("E", 1, 3), Row("F", 1, 4)],
        }
    )
    assert one(found).kind is FindingKind.DEFECTIVE_ISSUE


def test_a_title_whose_counter_ran_on_was_on_the_short_list() -> None:
    """Without last ranks nothing says where."""
    found = history(
        {
            0: counted("A", "B", "C", "D"),
            1: counted("A", "B", "C", of=2),
            2: counted("A", "B", "C", "D", of=3),
        }
    )
    finding = one(found)
    assert (finding.kind, finding.rank) == (FindingKind.HOLE_IN_LIST, None)
    assert finding.explanation == ("The list of 2022-01-02 lacks a row: by its counter D was on it")


def test_a_new_title_that_is_counted_twice_was_on_the_short_list() -> None:
    """Or one that comes back later: no other list can lack it."""
    for later in (2, 4):
        lists = {number: counted("A", "B", "C", of=number + 1) for number in range(later)}
        lists[0] = counted("A", "B", "C", "E")
        for number in range(2, later):
            lists[number] += counted("F", of=number - 1)
        lists[later] = [*counted("A", "B", "C", of=later + 1), Row("D", 2)]
        finding = one(history(lists))
        assert (finding.kind, finding.dates) == (FindingKind.HOLE_IN_LIST, (day(1),))
        assert [title.name for title in finding.titles] == ["D"]


def test_a_new_title_that_was_on_one_of_two_short_lists_is_unexplained() -> None:
    found = history(
        {
            0: counted("A", "B", "C"),
            1: counted("A", "B", of=2),
            2: counted("A", "B", of=3),
            3: [*counted("A", "B", of=4), Row("D", 2)],
        }
    )
    assert one(found).kind is FindingKind.UNEXPLAINED


def test_a_new_title_on_a_list_two_rows_short_makes_it_defective() -> None:
    found = history(
        {
            0: counted("A", "B", "C", "E"),
            1: counted("A", "B", of=2),
            2: [*counted("A", "B", of=3), Row("D", 2), Row("F", 1)],
        }
    )
    finding = one(found)
    assert (finding.kind, finding.dates) == (FindingKind.DEFECTIVE_ISSUE, (day(1),))


@pytest.mark.parametrize("last", [None, 3])
def test_who_a_repeated_name_stands_for_is_part_of_that_finding(last: int | None) -> None:
    """By its counter alone, or by the rank that it had."""
    ranks = (1, 2) if last else (None, None)
    found = history(
        {
            0: counted("A", "B", "C"),
            1: [Row("A", 2, last=ranks[0]), Row("B", 2, last=ranks[1]), Row("A", 1)],
            2: [
                Row("A", 3, last=ranks[0]),
                Row("B", 3, last=ranks[1]),
                Row("D", 2, last=last),
            ],
        }
    )
    finding = one(found)
    assert (finding.kind, finding.dates) == (FindingKind.DUPLICATE_TITLE, (day(1),))
    assert [row.title.name for row in finding.rows] == ["A", "A", "D"]


def test_a_counter_that_falls_back_at_once_is_no_rename() -> None:
    """It is that of a title which has left, by chance."""
    found = history(
        {
            0: counted("A", "B"),
            1: [Row("A", 2), Row("C", 2)],
            2: [Row("A", 3), Row("C", 2)],
        }
    )
    finding = one(found)
    assert finding.kind is FindingKind.PUBLISHER_REVISION
    assert [(row.title.name, row.date) for row in finding.rows] == [("C", day(1)), ("C", day(2))]


def test_titles_whose_counters_ran_on_make_a_full_list_defective() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: counted("C", "D"),
            2: counted("A", "B", of=3),
        }
    )
    finding = one(found)
    assert finding.kind is FindingKind.DEFECTIVE_ISSUE
    assert finding.explanation == (
        "The list of 2022-01-02 lacks 2 titles whose counters say that they were on it: A and B"
    )


def test_one_title_whose_counter_ran_on_is_unexplained() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: [Row("C", 1), Row("B", 2)],
            2: [Row("A", 3), Row("B", 3)],
        }
    )
    assert one(found).kind is FindingKind.UNEXPLAINED


def test_the_only_series_of_a_list_makes_it_defective() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: [Row("C", 1), Row("B", 2)],
            2: [Row("A", 3), Row("B", 3)],
        },
        kinds={"A": "TV", "B": "Film", "C": "Film"},
    )
    finding = one(found)
    assert finding.kind is FindingKind.DEFECTIVE_ISSUE
    assert finding.explanation == "The list of 2022-01-02 has no TV: gone for one day are A"


def test_ranks_that_are_lacking_are_a_hole() -> None:
    with pytest.warns(IncompleteListsWarning):
        found = history({0: [Row("A"), Row("B", rank=3)], 1: [Row("A", rank=5)]})
    assert told(found) == [
        (FindingKind.HOLE_IN_LIST, "The list of 2022-01-01 has no No. 2"),
        (FindingKind.HOLE_IN_LIST, "The list of 2022-01-02 has no No. 1 nor 3 other ranks"),
    ]


def test_two_lacking_ranks_are_told_as_two() -> None:
    with pytest.warns(IncompleteListsWarning):
        found = history({0: [Row("A"), Row("B", rank=4)]})
    assert told(found)[0][1] == "The list of 2022-01-01 has no No. 2 nor 1 other rank"


def test_lacking_ranks_of_titles_that_come_back_are_a_defective_list() -> None:
    with pytest.warns(IncompleteListsWarning):
        found = history(
            {
                0: counted("A", "B", "C"),
                1: [Row("C", 2, rank=3)],
                2: counted("A", "B", "C", of=3),
            }
        )
    assert [each.kind for each in audit(found)] == [FindingKind.HOLE_IN_LIST]
    with pytest.warns(IncompleteListsWarning):
        found = history(
            {
                0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3)],
                1: [Row("C", 2, 3, 3, rank=3)],
                2: [Row("A", 3, 1, 1), Row("B", 3, 2, 2), Row("C", 3, 3, 3)],
            }
        )
    assert [each.kind for each in audit(found)] == [FindingKind.DEFECTIVE_ISSUE]


def test_ranks_that_a_tie_skips_are_no_hole() -> None:
    where = chart("KR", DAILY)
    ranks = {"A": 1, "B": 2, "C": 2, "D": 4, "E": 4}
    rows = [RankSnapshot(Title(name), where, day(0), rank) for name, rank in ranks.items()]
    assert list(audit(built(rows, {}))) == []


# -- a category that is gone ------------------------------------------------------------------


def many(gone: Mapping[int, str], number: int = 25) -> ChartHistory:
    """Lists of two series and two films, but for those of some days."""
    lists: dict[int, list[Row]] = {}
    kinds = {"A": "TV", "B": "TV", "C": "TV", "F": "Film", "G": "Film", "H": "Film", "I": "Film"}
    days: dict[str, int] = {}
    for each in range(number):
        names = gone.get(each, "ABFG")
        for name in names:
            days[name] = days.get(name, 0) + 1
        lists[each] = [Row(name, days[name]) for name in names]
    return history(lists, kinds=kinds)


def test_a_category_that_all_others_have_is_gone_from_a_broken_list() -> None:
    """The counters were made from the broken list: nothing else tells."""
    finding = one(many({12: "FGHI"}))
    assert (finding.kind, finding.dates) == (FindingKind.DEFECTIVE_ISSUE, (day(12),))
    assert [title.name for title in finding.titles] == ["A", "B"]
    assert len(finding.rows) == 4


def test_a_category_that_does_not_come_back_was_not_lost() -> None:
    """Nor does one on the first or the last list say anything."""
    assert list(audit(many({12: "FGHI", 13: "CAFG"}, 26))) == []
    assert list(audit(many({0: "FGHI"}))) == []
    assert list(audit(many({24: "FGHI"}))) == []


def test_a_category_that_is_often_gone_says_nothing() -> None:
    assert list(audit(many({5: "FGHI", 12: "FGHI"}))) == []
    assert list(audit(many({5: "FGHI"}, 20))) == []


# -- titles -----------------------------------------------------------------------------------


def test_two_works_that_take_turns_are_homonyms() -> None:
    """The second began before the data, and shows once the first is back."""
    found = history(
        {0: counted("A", of=3), 1: counted("A", of=7), 2: counted("A", of=4)},
        calendar=Calendar.daily(),
    )
    kinds = [each.kind for each in audit(found)]
    assert kinds == [FindingKind.HOMONYM, FindingKind.LEFT_CENSORED]


def test_a_homonym_among_stale_lists_is_found() -> None:
    found = history(
        {
            0: counted("A", "B"),
            1: counted("A", "B"),
            2: [Row("A", 3), Row("B", 1)],
            3: [Row("A", 4), Row("B", 2)],
        }
    )
    stale, homonym = audit(found)
    assert stale.kind is FindingKind.STALE_ISSUE
    assert (homonym.kind, [row.date for row in homonym.rows]) == (
        FindingKind.HOMONYM,
        [day(2), day(3)],
    )


def test_a_counter_that_falls_back_for_good_but_not_to_1_is_a_revision() -> None:
    lists = {number: counted("A", of=days) for number, days in enumerate((3, 4, 5, 3, 4))}
    found = history(lists, calendar=Calendar.daily())
    revised, begun = audit(found)
    assert begun.kind is FindingKind.LEFT_CENSORED
    assert revised.explanation == "A: on 2022-01-04 3 days on the list, 6 by the lists"
    assert (revised.kind, revised.dates) == (FindingKind.PUBLISHER_REVISION, (day(3),))


def test_a_catalogue_made_as_the_remedy_says_parts_homonyms() -> None:
    lists = {number: counted("A", of=days) for number, days in enumerate((1, 2, 1, 2))}
    found = history(lists)
    homonym = one(found)
    assert homonym.remedy == (
        "left alone: a catalogue parts the works, by two entries with the alias 'A' each, "
        "one up to the day before 2022-01-03, the other from then on"
    )
    first, second = (
        CatalogueEntry("First A", aliases=(Alias("A", end=day(1)),)),
        CatalogueEntry("Second A", aliases=(Alias("A", start=day(2)),)),
    )
    parted = Catalogue([first, second]).relabel(found)
    assert list(audit(parted)) == []


def test_a_catalogue_made_as_the_remedy_says_joins_a_renamed_title() -> None:
    found = history({0: counted("A"), 1: counted("A", of=2), 2: counted("Z", of=3)})
    rename = one(found)
    assert rename.explanation == "A: called Z from 2022-01-03 on, by its counters"
    assert rename.remedy == (
        "left alone: a catalogue joins the two, by an entry 'Z' with the alias 'A'"
    )
    joined = Catalogue([CatalogueEntry("Z", aliases=(Alias("A"),))]).relabel(found)
    assert list(audit(joined)) == []


def test_a_title_that_changes_its_name_and_back_is_renamed_twice() -> None:
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2)],
            1: [Row("Z", 2, 1, 1), Row("B", 2, 2, 2)],
            2: [Row("A", 3, 1, 1), Row("B", 3, 2, 2)],
        }
    )
    assert [(each.kind, [str(t) for t in each.titles]) for each in audit(found)] == [
        (FindingKind.RENAME, ["A", "Z"]),
        (FindingKind.RENAME, ["Z", "A"]),
    ]


def test_a_name_by_its_last_rank_alone_is_renamed_where_nothing_is_counted() -> None:
    found = history({0: [Row("A"), Row("B")], 1: [Row("Z", last=1), Row("B", last=2)]})
    assert one(found).kind is FindingKind.RENAME


def test_a_new_name_whose_peak_is_not_the_old_ones_is_revised_too() -> None:
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2)],
            1: [Row("B", 2, 1, 2), Row("Z", 2, 2, 1)],
        }
    )
    assert [each.kind for each in audit(found)] == [FindingKind.RENAME]
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("C", 1, 3)],
            1: [Row("B", 2, 1, 2), Row("C", 2, 2, 3), Row("Z", 2, 2, 1)],
        }
    )
    assert [each.kind for each in audit(found)] == [
        FindingKind.RENAME,
        FindingKind.PUBLISHER_REVISION,
    ]


def test_one_of_two_that_left_with_the_same_count_is_not_guessed() -> None:
    found = history({0: counted("A", "B"), 1: counted("Z", "Y", of=2)})
    [finding] = audit(found)
    assert (finding.kind, len(finding.titles)) == (FindingKind.UNEXPLAINED, 2)


def test_a_title_at_two_ranks_is_told_once_with_all_its_lists() -> None:
    found = history(
        {
            0: [Row("A", 5, 1), Row("B", 1), Row("A", 1, 3)],
            1: [Row("A", 6, 1), Row("A", 2, 2), Row("B", 2)],
            2: [Row("A", 3, 1), Row("B", 3)],
        }
    )
    finding = one(found)
    assert finding.kind is FindingKind.DUPLICATE_TITLE
    assert finding.explanation == "A: at several ranks of 2 lists, 2022-01-01 to 2022-01-02"
    assert finding.dates == (day(0), day(1))
    assert len(finding.rows) == 5
    alone = one(history({0: [Row("A"), Row("A")]}))
    assert alone.explanation == "A: at several ranks of 1 list, 2022-01-01"


def test_what_differs_of_a_title_that_stood_twice_is_of_that_finding() -> None:
    """Whatever its counters do later: they may be of either."""
    found = history(
        {
            0: [Row("A", 1, 1), Row("B", 1, 2), Row("A", 1, 3)],
            1: [Row("C", 1, 1), Row("B", 2, 2, 2), Row("D", 1, 3)],
            2: [Row("A", 3, 1, 1), Row("B", 3, 2, 2), Row("C", 2, 1, 1)],
        }
    )
    finding = one(found)
    assert (finding.kind, len(finding.rows)) == (FindingKind.DUPLICATE_TITLE, 3)
    assert finding.dates == (day(0),)


def test_what_only_the_next_row_undoes_is_one_revision() -> None:
    found = history(
        {
            0: [Row("A", 1, 1, None, 1)],
            1: [Row("A", 2, 1, 1, 9)],
            2: [Row("A", 3, 1, 1, 3)],
            3: [Row("A", 4, 1, 1, 4)],
        }
    )
    finding = one(found)
    assert finding.kind is FindingKind.PUBLISHER_REVISION
    assert finding.explanation == (
        "A: on 2022-01-02 9 days at the peak, 2 by the lists; "
        "on 2022-01-03 3 days at the peak, 10 by the lists"
    )
    assert [row.date for row in finding.rows] == [day(1), day(2)]


def test_a_last_rank_that_the_list_before_contradicts_is_a_revision() -> None:
    found = history({0: [Row("A"), Row("B")], 1: [Row("A"), Row("B", last=2)]})
    assert one(found).explanation == (
        "A: on 2022-01-02 off the list the day before, No. 1 by that list"
    )


def test_many_titles_that_go_astray_at_once_are_unexplained() -> None:
    names = ("A", "B", "C")
    found = history(
        {
            0: [Row(name) for name in names],
            1: [Row("A", last=2), Row("B", last=3), Row("C", last=1)],
        }
    )
    finding = one(found)
    assert (finding.kind, len(finding.titles)) == (FindingKind.UNEXPLAINED, 3)


def test_a_last_rank_of_what_was_not_there_is_unexplained() -> None:
    found = history({0: [Row("A"), Row("B")], 1: [Row("A", last=1), Row("C", last=7)]})
    assert one(found).kind is FindingKind.UNEXPLAINED


# -- no faults ----------------------------------------------------------------------------------


def test_a_chart_that_is_counted_below_the_list_says_so_once() -> None:
    """Ten titles come back with all the days that they were below the list."""
    names = "ABCDEFGHIJKL"
    lists = {
        number: [Row(names[(number + rank) % 12], number + 9) for rank in range(2)]
        for number in range(36)
    }
    found = history(lists, calendar=Calendar.daily())
    below, begun = audit(found)
    assert (below.kind, begun.kind) == (FindingKind.COUNTED_BELOW, FindingKind.LEFT_CENSORED)
    assert below.explanation == (
        "Days are counted while a title is below the list: 12 titles came back with more than one"
    )
    assert begun.explanation == (
        "Counters of 2 titles began before the first list in hand, on 2022-01-01"
    )


def test_other_figures_of_such_a_chart_are_compared_as_ever() -> None:
    lists = {
        number: [
            Row("ABCDEFGHIJKL"[(number + rank) % 12], number + 9, 1 if number != 30 else 2)
            for rank in range(2)
        ]
        for number in range(36)
    }
    found = history(lists, calendar=Calendar.daily())
    kinds = [each.kind for each in audit(found)]
    assert kinds == [
        *[FindingKind.PUBLISHER_REVISION] * 2,
        FindingKind.COUNTED_BELOW,
        FindingKind.LEFT_CENSORED,
    ]


def test_what_begins_before_the_data_is_no_fault() -> None:
    found = history(
        {0: [Row("A", 4, 1, 2, 1), Row("B", 1, 1)], 1: [Row("B", 2, 1, 2), Row("A", 5, 1, 1, 1)]},
        calendar=Calendar.daily(),
    )
    assert one(found).kind is FindingKind.LEFT_CENSORED


# -- applying -----------------------------------------------------------------------------------


def test_findings_of_other_lists_are_refused() -> None:
    found = history({0: counted("A", "B"), 1: counted("A", "B")})
    with pytest.raises(UnknownChartError):
        apply_findings(sample(), audit(found))
    other = history({0: counted("A", "B"), 2: counted("A", "B")})
    with pytest.raises(ValueError, match="since the history does not have the list"):
        apply_findings(other, audit(found))


def test_a_missing_issue_of_another_chart_is_refused() -> None:
    found = history(
        {0: counted("A", "B"), 1: counted("A", "B", of=3)}, series=WEEKLY, calendar=WEEKS
    )
    with pytest.raises(UnknownChartError):
        apply_findings(sample(), audit(found))


def test_an_issue_of_an_early_year_can_be_added() -> None:
    where = chart("KR", WEEKLY)
    rows = [
        RankSnapshot(
            Title(name),
            where,
            dt.date(950, 1, 4) + dt.timedelta(7 * week),
            rank,
            reported=Reported(periods_on_chart=count + rank),
        )
        for week, count in enumerate((4, 5, 7, 8))
        for rank, name in enumerate("ABC", 1)
    ]
    history = ChartHistory.from_snapshots(rows)
    corrected = apply_findings(history, audit(history))
    assert [str(date) for date in corrected.dates][1:3] == ["0950-01-11", "0950-01-18"]
    assert corrected.status(where, "0950-01-15") is IssueStatus.MISSING
