"""What Netflix changed in its own files afterwards: figures counted from the files themselves."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from kcharts import ChartHistory, compare
from kcharts.formats import netflix
from kcharts.vintages import Revision, RevisionKind, Revisions
from tests.real import history_of

FILMS = "Netflix Films, weekly"
DECEMBER = "2021-12-01", "2021-12-08"


@pytest.fixture(scope="module")
def vintages(data_dir: Path) -> Path:
    return data_dir / "netflix" / "vintages"


def countries(day: str) -> ChartHistory:
    return history_of(f"netflix/vintages/{day}_all-weeks-countries.tsv.gz")


def worldwide(day: str) -> ChartHistory:
    return history_of(f"netflix/vintages/{day}_all-weeks-global.tsv")


@pytest.fixture(scope="module")
def december() -> tuple[ChartHistory, ChartHistory]:
    return countries(DECEMBER[0]), countries(DECEMBER[1])


@pytest.fixture(scope="module")
def found(december: tuple[ChartHistory, ChartHistory]) -> Revisions:
    return compare(*december)


def lists(places: Iterable[Revision]) -> int:
    """In how many lists places are."""
    return len({each.issue for each in places})


def weeks(places: Iterable[Revision]) -> tuple[str, str]:
    """The first and the last week of places."""
    days = [each.date for each in places]
    return str(min(days)), str(max(days))


# -- countries, 2021-12-08 against 2021-12-01 -----------------------------------------------


def test_all_41_360_places_are_in_both_and_none_is_lost(found: Revisions) -> None:
    assert found.rows == 41_360
    assert RevisionKind.ROW_LOST not in found.by_kind
    assert RevisionKind.ROW_ADDED not in found.by_kind
    assert not found.series
    assert {each.kind for each in found.issues} == {RevisionKind.LIST_ADDED}
    assert {str(each.date) for each in found.issues} == {"2021-12-05"}
    assert (len(found.issues), sum(each.rows for each in found.issues)) == (188, 1_880)


def test_some_cell_changed_at_1_101_places_in_309_lists(found: Revisions) -> None:
    assert (len(found), len(found.lists)) == (1_101, 309)
    assert not found.columns


def test_another_title_text_stands_at_996_places_in_233_lists(found: Revisions) -> None:
    assert (len(found.retitled), lists(found.retitled)) == (996, 233)
    assert weeks(found.retitled) == ("2021-07-04", "2021-10-03")


def test_56_are_only_respelt(found: Revisions) -> None:
    respelt = found.by_kind[RevisionKind.RESPELT]
    assert len(respelt) == 56
    names = {each.cells["title"] for each in respelt}
    assert names == {("This Little Love Of Mine", "This Little Love of Mine")}


def test_940_in_177_lists_really_are_728_titles_moved_and_212_gone(found: Revisions) -> None:
    real = [each for each in found.retitled if RevisionKind.RESPELT not in each.kinds]
    assert (len(real), lists(real)) == (940, 177)
    assert len(found.by_kind[RevisionKind.MOVED]) == 728
    assert len(found.by_kind[RevisionKind.REPLACED]) == 212
    kinds = {each.kinds for each in real}
    assert kinds == {(RevisionKind.MOVED,), (RevisionKind.REPLACED,)}


def test_three_of_the_212_stand_on_their_list_in_another_spelling(found: Revisions) -> None:
    there = [each for each in found.by_kind[RevisionKind.REPLACED] if each.now_at]
    assert [each.old.title.name for each in there if each.old] == ["This Little Love Of Mine"] * 3


def test_as_many_titles_are_new_to_their_list_as_are_gone(found: Revisions) -> None:
    """But for the three that are only spelt otherwise, on either side."""
    real = [each for each in found.retitled if RevisionKind.RESPELT not in each.kinds]
    assert sum(each.was_at is None for each in real) == 212 - 3


def test_at_105_places_only_the_counter_changed(found: Revisions) -> None:
    """The last of them in the week ending 2021-11-28, eight weeks after the last other title."""
    only = [each for each in found if each.kinds == (RevisionKind.COUNTER_CORRECTED,)]
    assert len(only) == 105
    assert {tuple(each.cells) for each in only} == {("reported_periods_on_chart",)}
    assert weeks(only) == ("2021-07-18", "2021-11-28")
    assert sum(str(each.date) > "2021-10-03" for each in only) == 56
    assert weeks(found) == ("2021-07-04", "2021-11-28")


def test_the_one_title_that_another_one_took_all_places_of_had_the_last_of_a_list(
    found: Revisions,
) -> None:
    """All its places are one, No. 10, and the counter there is the same: no proof of a rename."""
    [each] = [each for each in found if each.old and each.old.title.name == "Dog Gone Trouble"]
    assert (each.chart.code, str(each.date), each.rank) == ("US", "2021-07-04", 10)
    assert each.cells == {"title": ("Dog Gone Trouble", "Terminator 2: Judgment Day")}
    assert each.kinds == (RevisionKind.REPLACED,)


def test_by_column_names_seasons_and_counters_changed(found: Revisions) -> None:
    counts = {name: len(places) for name, places in found.by_cell.items()}
    assert counts == {"title": 907, "season": 459, "reported_periods_on_chart": 721}


def test_the_page_says_it_all(found: Revisions) -> None:
    page = str(found).splitlines()
    assert page[0].endswith(": 41,360 places in 4,136 lists that both have")
    assert page[1] == (
        "different: 1,101 places in 309 lists, weeks ending 2021-07-04 to 2021-11-28"
    )
    assert page[2] == (
        "another text of a title at 996 places in 233 lists, weeks ending 2021-07-04 to "
        "2021-10-03; more than another spelling at 940 places in 177 lists"
    )


# -- the category of all rows, 2021-12-01 ---------------------------------------------------


@pytest.fixture(scope="module")
def november(vintages: Path) -> ChartHistory:
    """The file as it was a week before 2021-12-01, by what is known of it.

    The two files of November 2021 are not at hand. They called the categories "Films (English)"
    and "TV (English)" and were without the last week.
    """
    raw = (vintages / "2021-12-01_all-weeks-countries.tsv.gz").read_bytes()
    header, *rows = gzip.decompress(raw).decode().split("\n")
    kept = [row for row in rows if "\t2021-11-28\t" not in row]
    text = "\n".join([header, *kept])
    for category in ("Films", "TV"):
        text = text.replace(f"\t{category}\t", f"\t{category} (English)\t")
    return netflix.read_countries(text.encode())


def test_every_old_rows_category_changed_and_nothing_else(
    november: ChartHistory, december: tuple[ChartHistory, ChartHistory]
) -> None:
    found = compare(november, december[0])
    labels = [(each.kind, str(each.old), str(each.new)) for each in found.series]
    assert labels == [
        (RevisionKind.CATEGORY_RELABELLED, "Netflix Films (English), weekly", FILMS),
        (RevisionKind.CATEGORY_RELABELLED, "Netflix TV (English), weekly", "Netflix TV, weekly"),
    ]
    assert sum(each.rows for each in found.series) == found.rows == len(november) == 39_480
    assert all((len(each.places), each.same) == (94, each.rows) for each in found.series)
    assert not found.places
    assert not found.columns
    assert {(each.kind, str(each.date)) for each in found.issues} == {
        (RevisionKind.LIST_ADDED, "2021-11-28")
    }


def test_relabelled_charts_are_joined_though_ranks_were_revised_too(
    november: ChartHistory, december: tuple[ChartHistory, ChartHistory], found: Revisions
) -> None:
    """The 996 titles again, found under the other labels."""
    both = compare(november, december[1])
    assert [(each.same, each.rows) for each in both.series] == [(19_205, 19_740), (19_279, 19_740)]
    assert [plain(each) for each in both.retitled] == [plain(each) for each in found.retitled]
    assert both == compare(
        november, december[1], categories={"Films (English)": "Films", "TV (English)": "TV"}
    )


def plain(each: Revision) -> tuple[object, ...]:
    """A place without the rows themselves, which say from which file they are."""
    return each.issue, each.rank, each.kinds, each.cells, each.now_at, each.was_at


# -- revisions made, on all files -----------------------------------------------------------


def test_revisions_made_in_the_old_file_give_the_new_one(
    november: ChartHistory, december: tuple[ChartHistory, ChartHistory], found: Revisions
) -> None:
    old, new = december
    assert found.apply(old) == new
    assert compare(new, old).apply(new) == old
    assert compare(november, new).apply(november) == new
    assert compare(old, old).is_empty


# -- later, and worldwide -------------------------------------------------------------------


def test_worldwide_hours_changed_at_41_places_and_titles_at_23_in_9_lists() -> None:
    found = compare(*(worldwide(day) for day in DECEMBER))
    assert found.rows == 880
    assert len(found.by_cell["hours_viewed"]) == 41
    assert (len(found.retitled), lists(found.retitled)) == (23, 9)
    # At 20 of the 41 the hours are another title's.
    assert len(found.by_kind[RevisionKind.METRIC_CORRECTED]) == 21
    counts = {kind: len(places) for kind, places in found.by_kind.items()}
    assert counts[RevisionKind.RESPELT] == 2
    assert counts[RevisionKind.MOVED] == 19
    assert counts[RevisionKind.REPLACED] == 2


def test_since_then_no_title_moved_or_went_in_the_countries_file() -> None:
    """Names and titles of seasons changed, of single works on all their lists."""
    days = "2021-12-08", "2022-02-02", "2022-03-02"
    files = [countries(day) for day in days]
    found = [compare(old, new) for old, new in pairwise(files)]
    assert [kinds(each) for each in found] == [
        {"season relabelled": 5, "renamed": 2},
        {"season relabelled": 4},
    ]
    for revisions, (old, new) in zip(found, pairwise(files), strict=True):
        assert revisions.apply(old) == new


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("2021-11-17", "2021-12-01", {}),
        ("2021-12-08", "2022-02-02", {}),
        ("2022-02-02", "2023-05-31", {"season relabelled": 5, "renamed": 3}),
        ("2023-05-31", "2023-07-26", {"season relabelled": 5, "renamed": 1}),
        ("2023-07-26", "2024-11-20", {"season relabelled": 231, "renamed": 8}),
        ("2024-11-20", "2025-07-02", {"season relabelled": 29, "renamed": 7}),
        ("2025-07-02", "2025-07-09", {"season relabelled": 12, "renamed": 2}),
    ],
)
def test_nor_in_the_worldwide_file(old: str, new: str, places: dict[str, int]) -> None:
    """No rank was revised any more, and no hours; columns came and went."""
    files = worldwide(old), worldwide(new)
    found = compare(*files)
    assert kinds(found) == places
    assert found.apply(files[0]) == files[1]


def kinds(found: Revisions) -> dict[str, int]:
    """How many places are of each kind, but for columns that one file alone has."""
    columns = (RevisionKind.COLUMN_LOST, RevisionKind.COLUMN_ADDED)
    return dict(Counter(k.value for each in found for k in each.kinds if k not in columns))


def test_a_renamed_work_is_one_by_all_its_places() -> None:
    found = compare(worldwide("2022-02-02"), worldwide("2023-05-31"))
    names = {each.cells["title"] for each in found.by_kind[RevisionKind.RENAMED]}
    assert names == {
        ("Perfect Strangers", "أصحاب ...ولا أعزّ"),
        ("Tudo por um Pop Star", "Anything for a Pop Star"),
    }
