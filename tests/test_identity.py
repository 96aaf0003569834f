"""What a catalogue keeps apart, and what it takes for one work: no two works become one unasked."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from kcharts import Catalogue, ChartHistory, Country, Title, streaks, totals
from kcharts.catalogue import Alias, CatalogueEntry, Season
from kcharts.errors import AmbiguousTitleError, ConflictError
from kcharts.samples import korean_series
from tests.lists import SERIES, chart, day, lists

KR, US = Country("KR"), Country("US")
LATE = Alias("Dragon", start=day(2))


def relabelled(works: list[CatalogueEntry], *titles: Title, text: str = "AX BX") -> ChartHistory:
    """Lists of the titles A, B, ... relabelled."""
    names = dict(zip("ABCD", titles, strict=False))
    return Catalogue(works).relabel(lists({"KR": text.split()}, titles=names))


class TestNames:
    @pytest.mark.parametrize(
        "dragon", [CatalogueEntry("Dragon"), CatalogueEntry("Dragon", key="d")]
    )
    def test_a_name_that_two_works_claim_is_refused_whatever_their_keys(
        self, dragon: CatalogueEntry
    ) -> None:
        works = Catalogue([dragon, CatalogueEntry("Dragon (2022)", aliases=(LATE,))])
        with pytest.raises(AmbiguousTitleError, match="2 works of the catalogue claim 'Dragon'"):
            works.relabel(lists({"KR": ["AB", "AB", "AB"]}, titles={"A": Title("Dragon")}))

    def test_a_dated_alias_says_on_which_dates_the_own_name_holds(self) -> None:
        works = Catalogue(
            [
                CatalogueEntry("Dragon", key="d1", aliases=(Alias("dragon", end=day(1)),)),
                CatalogueEntry("Dragon", key="d2", aliases=(LATE,)),
            ]
        )
        history = lists({"KR": ["AB", "AB", "AB"]}, titles={"A": Title("Dragon")})
        found = works.relabel(history)
        assert [row.title.key for row in found if row.rank == 1] == ["d1", "d1", "d2"]
        assert works.relabel(found) == found

    def test_the_key_made_for_an_entry_is_that_of_no_printed_title(self) -> None:
        gone = CatalogueEntry("Dragon", aliases=(Alias("Dragon", end=day(0)),))
        one, two = relabelled([gone], Title("Dragon"), text="AX AX").titles[::2]
        assert (one.name, two.name) == ("Dragon", "Dragon")
        assert one != two

    def test_a_season_has_one_key_however_it_is_encoded(self) -> None:
        forms = [unicodedata.normalize(form, "Saison \u00e9") for form in ("NFC", "NFD")]
        entry = CatalogueEntry("A", key="a")
        titles = [Title("A", season=form) for form in forms]
        found = relabelled([entry], *titles)
        assert streaks(found, "A")[0].length == 2
        assert found.titles[0].season == f"A: {forms[0]}"
        assert found.titles[0].key == f"a#{forms[0]}"

    def test_a_title_of_no_work_with_the_key_of_one_is_refused(self) -> None:
        stray = Title("Anything", key="a#Season 1")
        with pytest.raises(ConflictError, match=r"is no work of the catalogue, and has .* \[a#Sea"):
            relabelled([CatalogueEntry("A", key="a")], Title("A", season="Season 1"), stray)


class TestWhatAPublisherTellsApart:
    DRAGONS = (Title("Dragon", key="id:70"), Title("Dragon", key="id:81"))

    @pytest.mark.parametrize("ids", [(), ("id:70",)])
    def test_two_keys_of_one_publisher_are_not_one_work_unless_listed(
        self, ids: tuple[str, ...]
    ) -> None:
        with pytest.raises(AmbiguousTitleError) as refused:
            relabelled([CatalogueEntry("Dragon", key="d", ids=ids)], *self.DRAGONS)
        assert refused.value.message == (
            "Dragon [d] takes in titles that Press tells apart: 'id:70', 'id:81'"
        )
        assert "list the keys in the ids" in refused.value.hints[0]

    def test_listed_they_are_one_work(self) -> None:
        entry = CatalogueEntry("Dragon", key="d", ids=("id:70", "id:81"))
        assert len(streaks(relabelled([entry], *self.DRAGONS), "Dragon")) == 1

    def test_the_ids_of_two_entries_decide(self) -> None:
        works = [CatalogueEntry("Dragon", key=f"d{n}", ids=(f"id:{n}",)) for n in (70, 81)]
        found = relabelled(works, *self.DRAGONS)
        assert [row.title.key for row in found if row.rank == 1] == ["d70", "d81"]

    def test_keys_of_two_publishers_say_nothing(self) -> None:
        other = lists({"KR": ["AX"]}, titles={"A": self.DRAGONS[0]})
        series = type(SERIES)("Other", "Stream", "TV", SERIES.frequency, 3)
        both = lists({"KR": ["AX"]}, titles={"A": self.DRAGONS[1]}, series=series).merge(other)
        found = Catalogue([CatalogueEntry("Dragon", key="d")]).relabel(both)
        assert {title.key for title in found.titles} == {"d", "|X|||"}

    def test_seasons_with_keys_of_their_own_are_seasons_of_one_work(self) -> None:
        """As on Netflix's page, where each season has an id."""
        titles = [Title("A", season=f"A: Season {n}", key=f"netflix:{n}") for n in (1, 2)]
        found = relabelled([CatalogueEntry("A", key="a")], *titles)
        assert [t.key for t in found.titles if t.name == "A"] == ["a#Season 1", "a#Season 2"]
        assert streaks(found.by_show(), "A")[0].length == 2

    @pytest.mark.parametrize(
        ("said", "printed", "told"),
        [
            ({"released": dt.date(2015, 3, 2)}, {"released": dt.date(2021, 7, 16)}, "released"),
            ({"origin": KR}, {"origin": US}, "origin"),
        ],
    )
    def test_what_is_printed_otherwise_than_the_entry_says_is_refused(
        self, said: dict[str, object], printed: dict[str, object], told: str
    ) -> None:
        entry = CatalogueEntry("Love", key="love", **said)  # type: ignore[arg-type]  # either field
        title = Title("Love", key="id:1", **printed)  # type: ignore[arg-type]  # likewise
        with pytest.raises(ConflictError, match=f"is printed with {told} ") as refused:
            relabelled([entry], title)
        assert refused.value.hints[0].endswith("'id:1'")
        assert f"own key= and {told}=" in refused.value.hints[1]
        listed = CatalogueEntry("Love", key="love", ids=("id:1",), **said)  # type: ignore[arg-type]
        row = relabelled([listed], title)[0]
        assert (row.title.key, dict(row.extras)) == (
            "love",
            {f"{told} as printed": str(printed[told])},
        )

    def test_a_printed_release_decides_between_two_works(self) -> None:
        days = [dt.date(2015, 3, 2), dt.date(2021, 7, 16)]
        works = [CatalogueEntry("Twilight", key=str(each), released=each) for each in days]
        titles = [Title("Twilight", key=f"id:{each}", released=each) for each in days]
        found = relabelled(works, *titles)
        assert [row.title.key for row in found if row.rank == 1] == ["2015-03-02", "2021-07-16"]
        with pytest.raises(AmbiguousTitleError):
            relabelled(works, Title("Twilight"))

    def test_a_release_of_a_season_is_compared_with_that_of_the_season(self) -> None:
        entry = CatalogueEntry(
            "A", key="a", released=day(0), seasons=(Season("Season 2", released=day(5)),)
        )
        titles = [
            Title("A", season="Season 2", released=day(5)),
            Title("A", season="Season 3", released=day(9)),
        ]
        found = relabelled([entry], *titles)
        assert [t.released for t in found.titles if t.name == "A"] == [day(5), day(9)]
        assert Catalogue([entry]).entry(titles[0]) == entry
        with pytest.raises(
            ConflictError, match=r"with released 2022-01-02, and A \[a#Season 2\] has 2022"
        ):
            relabelled([entry], Title("A", season="Season 2", released=day(1)))

    def test_two_films_of_the_daily_list_are_not_one(self) -> None:
        days = (dt.date(2015, 3, 2), dt.date(2021, 7, 16))
        titles = [
            Title("Twilight", kind="Movie", released=d, key=f"Movie|Twilight||||{d}") for d in days
        ]
        with pytest.raises(AmbiguousTitleError, match="Press tells apart"):
            relabelled([CatalogueEntry("Twilight", kinds=("Movie",))], *titles)
        known = CatalogueEntry("Twilight", kinds=("Movie",), released=days[0])
        with pytest.raises(ConflictError, match="is printed with released 2021"):
            relabelled([known], *titles)


def test_works_of_one_name_stay_two_shows() -> None:
    works = [CatalogueEntry("Dragon", key=f"d{n}", ids=(f"id:{n}",)) for n in (1, 2)]
    titles = [Title("Dragon", season="Dragon: Season 1", key=f"id:{n}") for n in (1, 2)]
    found = relabelled(works, *titles, text="AXB BXA").by_show()
    assert [title.key for title in found.titles if title.name == "Dragon"] == [
        "d1#all seasons",
        "d2#all seasons",
    ]
    assert [total.observed for total in totals(found)] == [1, 1]
    assert len(found) == 6


def test_a_show_keeps_its_work_whatever_kind_its_seasons_are_printed_with() -> None:
    titles = Title("A", season="Season 1", kind="TV", year=2021), Title("A", season="Season 2")
    parts = [relabelled([CatalogueEntry("A", key="a")], each, text="AXY") for each in titles]
    other = lists({"US": ["XY"]})
    for show in (parts[0].by_show(), parts[0].merge(other).by_show()):
        assert (show.title("A").key, show.title("A").kind) == ("a#all seasons", "TV")
    both = relabelled([CatalogueEntry("A", key="a")], *titles)
    assert streaks(both.by_show(), "A")[0].length == 2
    assert both.by_show().title("A").year == 2021


@pytest.mark.parametrize("ask", ["relabel", "unknown"])
def test_what_is_no_history_is_said_to_be_none(ask: str) -> None:
    with pytest.raises(TypeError, match="history: expected a ChartHistory, such as read"):
        getattr(Catalogue(), ask)([])
    with pytest.raises(TypeError, match='title: expected a Title such as Title\\("A Show"\\)'):
        Catalogue().entry("A")  # type: ignore[arg-type]  # the point


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"released": "2022-01-01"}, r"a datetime.date such as date\(2022, 1, 28\), found '2022"),
        ({"kinds": "TV"}, r'CatalogueEntry.kinds: expected a tuple of texts, such as \("TV",\)'),
        ({"origin": "KR"}, r'a Country such as Country\("KR"\), found \'KR\''),
    ],
)
def test_a_value_of_the_wrong_type_is_told_what_to_write(
    fields: dict[str, object], told: str
) -> None:
    with pytest.raises(TypeError, match=told):
        CatalogueEntry("A", **fields)  # type: ignore[arg-type]  # the point


class TestTables:
    def test_blanks_around_the_bars_do_not_count(self) -> None:
        works = Catalogue.from_tsv(
            b"key\tname\tkinds\tids\na\tA\tTV | Film|\timdb:1 | netflix:2 \n"
        )
        assert works.entries[0].kinds == ("TV", "Film")
        assert works.entries[0].ids == ("imdb:1", "netflix:2")

    @pytest.mark.parametrize("text", [" a", "a ", "\u00a0a|b\\ ", '"a"', 'a "b"', "\\", "  a  "])
    def test_what_marks_and_blanks_a_text_has_are_written(self, text: str) -> None:
        works = Catalogue([CatalogueEntry(text, key="k", ids=(text, "x", text), kinds=(text,))])
        assert Catalogue.from_tsv(works.to_tsv().encode()) == works

    def test_a_text_in_quotes_is_what_stands_in_them(self) -> None:
        works = Catalogue.from_tsv(b'key\tname\tids\na\t"I, Tonya"\t"1|2"\nb\t"""B"" C"\t""\n')
        assert [entry.name for entry in works] == ["I, Tonya", '"B" C']
        assert [entry.ids for entry in works] == [("1", "2"), ()]

    def test_a_year_may_be_any_number(self) -> None:
        works = Catalogue([CatalogueEntry("A", year=10**30)])
        assert Catalogue.from_tsv(works.to_tsv().encode()) == works


class TestPropose:
    def test_names_with_other_numbers_come_last_and_are_said_to_have_them(self) -> None:
        pytest.importorskip("rapidfuzz")
        works = Catalogue(
            [CatalogueEntry("A Long Film: Part 1", key="1"), CatalogueEntry("The Game", key="g")]
        )
        names = {"A": Title("A Long Film: Part 2"), "B": Title("The Gamee")}
        found = works.propose(lists({"KR": ["AB"]}, titles=names))
        assert list(map(str, found)) == [
            ".with_alias('g', 'The Gamee')  # 94 of 100 like 'The Game'",
            ".with_alias('1', 'A Long Film: Part 2')  # 95 of 100 like 'A Long Film: Part 1'; "
            "the numbers differ",
        ]

    def test_a_title_that_is_known_on_some_dates_is_said_to_be(self) -> None:
        pytest.importorskip("rapidfuzz")
        works = Catalogue(
            [CatalogueEntry("Berlin, Later", key="b", aliases=(Alias("Berlin", end=day(0)),))]
        )
        [found] = works.propose(lists({"KR": ["AB", "AB"]}, titles={"A": Title("Berlin")}))
        assert str(found) == (
            ".with_alias('b', 'Berlin')  # 100 of 100 like 'Berlin'; the entry has "
            "'Berlin to 2022-01-01' already: date this alias, too"
        )


def test_the_bundled_series_are_found_in_lists_that_print_releases() -> None:
    found = korean_series().entry(
        Title("Squid Game", kind="TV Show", released=dt.date(2021, 9, 17), key="TV Show|x")
    )
    assert found is not None
    assert chart("KR").place == found.origin
