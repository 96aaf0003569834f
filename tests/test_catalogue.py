"""Catalogues: how a name finds its work, what is refused, and what comes with kcharts."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

from kcharts import (
    Catalogue,
    ChartHistory,
    Country,
    Limits,
    ParseErrors,
    Results,
    Title,
    days_from_release,
    first_to_reach,
    read_table,
    sample,
    streaks,
)
from kcharts.catalogue import Alias, CatalogueEntry, Proposal, Season
from kcharts.errors import (
    AmbiguousTitleError,
    ConflictError,
    UnknownTitleError,
    UnsupportedBackendError,
)
from kcharts.formats import netflix
from kcharts.samples import korean_series
from tests.lists import START, lists
from tests.sources.workbooks import packed, workbook

KR, US = Country("KR"), Country("US")
GAME = CatalogueEntry(
    "Squid Game",
    key="squid-game",
    kinds=("TV",),
    origin=KR,
    released=dt.date(2021, 9, 17),
    ids=("imdb:1",),
    aliases=(
        Alias("\uc624\uc9d5\uc5b4 \uac8c\uc784", language="ko"),
        Alias("Squid Game 2", season="Season 2"),
    ),
    seasons=(Season("Season 1", released=dt.date(2021, 9, 17), ids=("netflix:1",)),),
)
BERLIN = CatalogueEntry(
    "Berlin and the Jewels of Paris",
    key="berlin",
    aliases=(Alias("Berlin", end=dt.date(2022, 1, 2)),),
)
WORKS = Catalogue([GAME, BERLIN])


def one_list(title: Title) -> ChartHistory:
    """A list with a title at No. 1."""
    return lists({"KR": ["AB"]}, titles={"A": title})


class TestLookUp:
    @pytest.mark.parametrize(
        ("title", "key"),
        [
            (Title("squid game"), "squid-game"),
            (Title("Squid  Game", kind="tv"), "squid-game"),
            (Title("Squid Game", kind="Film"), None),
            (Title("Squid Game", by="A Band"), None),
            (Title("Squid Games"), None),
            (Title("Squid Game: The Challenge"), None),
            (Title("Anything", key="netflix:1"), "squid-game"),
            (Title("Anything", key="imdb:1"), "squid-game"),
            (Title("Anything", key="squid-game"), "squid-game"),
            (Title("Anything", key="squid-game#Season 9"), None),
            (Title("Anything", key="other#Season 9"), None),
            (Title("Anything", season="Season 9", key="squid-game#Season 9"), "squid-game"),
        ],
    )
    def test_names_are_compared_folded_and_whole(self, title: Title, key: str | None) -> None:
        entry = WORKS.entry(title)
        assert (entry and entry.key) == key

    def test_a_year_decides_where_one_is_printed(self) -> None:
        works = Catalogue(CatalogueEntry("Dragon", year=year) for year in (2017, 2025))
        found = works.entry(Title("Dragon", year=2025))
        assert found is not None
        assert found.year == 2025
        assert works.entry(Title("Dragon", year=1999)) is None
        with pytest.raises(
            AmbiguousTitleError, match="2 works of the catalogue claim 'Dragon'"
        ) as e:
            works.entry(Title("Dragon"), date="2022-01-01")
        assert str(e.value).splitlines() == [
            "2 works of the catalogue claim 'Dragon' on 2022-01-01",
            "  hint: key '|Dragon||2017': Dragon, 2017",
            "  hint: key '|Dragon||2025': Dragon, 2025",
            "  hint: what decides: kinds=, by=, year=, a printed origin or release, an id that is",
            "  hint: the title's key, or, for a name that passed from one to another, an alias of",
            "  hint: that text with start= or end=, also where it is the entry's own name",
        ]

    def test_one_text_for_two_seasons_is_refused(self) -> None:
        two = (Alias("Game", season="Season 1"), Alias("Game", season="Season 2"))
        works = Catalogue([CatalogueEntry("Squid Game", aliases=two)])
        with pytest.raises(AmbiguousTitleError, match="for 2 seasons: 'Season 1' and 'Season 2'"):
            works.entry(Title("Game"))

    def test_a_name_may_hold_for_some_dates(self) -> None:
        berlin = Title("Berlin")
        assert WORKS.entry(berlin, date="2022-01-02") == BERLIN
        assert WORKS.entry(berlin, date="2022-01-03") is None
        assert WORKS.entry(berlin) is None
        later = Alias("Berlin", start=dt.date(2022, 1, 2))
        assert [later.covers(dt.date(2022, 1, day)) for day in (1, 2, 3)] == [False, True, True]

    def test_one_name_may_pass_from_one_work_to_another(self) -> None:
        film = CatalogueEntry(
            "Berlin (2022)", aliases=(Alias("Berlin", start=dt.date(2022, 1, 3)),)
        )
        works = Catalogue([*WORKS, film])
        found = works.relabel(lists({"KR": ["AB", "AB", "AB"]}, titles={"A": Title("Berlin")}))
        assert [row.title.name for row in found if row.rank == 1] == [
            "Berlin and the Jewels of Paris",
            "Berlin and the Jewels of Paris",
            "Berlin (2022)",
        ]
        assert Catalogue([BERLIN]).unknown(lists({"KR": ["AB"] * 3}, titles={"A": Title("Berlin")}))


class TestRelabel:
    def test_spellings_of_one_season_become_one_title(self) -> None:
        names = {
            "A": Title("SQUID GAME", season="SQUID GAME: Season 1", kind="TV"),
            "B": Title("\uc624\uc9d5\uc5b4 \uac8c\uc784", season="season 1"),
            "C": Title("Squid Game 2", kind="TV"),
        }
        found = WORKS.relabel(lists({"KR": ["AC", "BC"]}, titles=names))
        one, two = found.titles
        assert repr(one) == (
            "Title('Squid Game', season='Squid Game: Season 1', kind='TV', "
            'origin=Country("KR"), released=datetime.date(2021, 9, 17), '
            "ids=('imdb:1', 'netflix:1'), key='squid-game#Season 1')"
        )
        assert (two.full_name, two.key) == ("Squid Game: Season 2", "squid-game#Season 2")
        assert two.released is None
        assert streaks(found, one)[0].length == 2
        assert [dict(row.extras) for row in found] == [
            {"title as printed": "SQUID GAME", "season as printed": "SQUID GAME: Season 1"},
            {"title as printed": "Squid Game 2"},
            {
                "title as printed": "\uc624\uc9d5\uc5b4 \uac8c\uc784",
                "season as printed": "season 1",
            },
            {"title as printed": "Squid Game 2"},
        ]

    def test_a_season_that_says_nothing_is_none(self) -> None:
        names = {"A": Title("Squid Game", season="Squid Game", kind="TV")}
        [title, _] = WORKS.relabel(lists({"KR": ["AB"]}, titles=names)).titles
        assert (title.season, title.key, title.released) == (None, "squid-game", GAME.released)

    def test_a_word_that_goes_on_is_no_name_before_a_season(self) -> None:
        works = Catalogue([CatalogueEntry("Dark", key="dark")])
        names = {"A": Title("Dark", season="Darkness: Season 1")}
        [title, _] = works.relabel(lists({"KR": ["AB"]}, titles=names)).titles
        assert title.season == "Dark: Darkness: Season 1"

    def test_a_key_may_hold_any_sign(self) -> None:
        works = Catalogue([*WORKS, CatalogueEntry("#Alive", key="x#Alive")])
        names = {"A": Title("#alive", season="Season 1")}
        found = works.relabel(lists({"KR": ["AB"]}, titles=names))
        assert found.titles[0].key == "x#Alive#Season 1"
        assert works.relabel(found) == found

    def test_the_key_of_a_publisher_stays_among_the_ids(self) -> None:
        names = {"A": Title("Anything", key="netflix:1", ids=("x:2",))}
        [title, _] = WORKS.relabel(lists({"KR": ["AB"]}, titles=names)).titles
        assert title.ids == ("imdb:1", "netflix:1", "x:2")
        names = {"A": Title("Squid Game", key="own:1")}
        assert "own:1" in WORKS.relabel(lists({"KR": ["AB"]}, titles=names)).titles[0].ids

    def test_two_ranks_of_one_work_on_one_list_are_refused(self) -> None:
        names = {"A": Title("Squid Game"), "B": Title("squid game")}
        history = lists({"KR": ["ACB"]}, titles=names)
        with pytest.raises(ConflictError) as refused:
            WORKS.relabel(history)
        assert refused.value.message == (
            "Stream TV in South Korea (by Press), daily, 2022-01-01: Title('Squid Game') and "
            "Title('squid game') are both Squid Game [squid-game]"
        )
        kept = WORKS.relabel(history, on_repeat="keep")
        assert [row.title.name for row in kept] == ["Squid Game", "C", "Squid Game"]
        assert streaks(kept, "Squid Game")[0].length == 1

    def test_two_kinds_are_not_guessed_to_be_one_work(self) -> None:
        names = {"A": Title("Game", kind="TV"), "B": Title("Game", kind="Film")}
        history = lists({"KR": ["AC", "BC"]}, titles=names)
        with pytest.raises(
            AmbiguousTitleError, match="takes in titles of different kinds: TV, Film"
        ):
            Catalogue([CatalogueEntry("Game")]).relabel(history)
        decided = Catalogue([CatalogueEntry("Game", kinds=("TV", "Film"))]).relabel(history)
        assert decided.titles[0].kind == "TV"
        assert dict(decided[2].extras) == {"kind as printed": "Film"}

    def test_two_years_are_not_guessed_to_be_one_work(self) -> None:
        names = {"A": Title("Game", year=2021), "B": Title("Game", year=2022)}
        with pytest.raises(AmbiguousTitleError, match="different year: 2021, 2022"):
            Catalogue([CatalogueEntry("Game")]).relabel(lists({"KR": ["AC", "BC"]}, titles=names))

    def test_titles_may_tell_what_the_entry_does_not(self) -> None:
        works = Catalogue([CatalogueEntry("Game", aliases=(Alias("Gam"),))])
        names = {"A": Title("Game", origin=KR, kind="TV"), "B": Title("Gam")}
        [title, _] = works.relabel(lists({"KR": ["AC", "BC"]}, titles=names)).titles
        assert (title.origin, title.kind) == (KR, "TV")
        names["B"] = Title("Gam", origin=US)
        with pytest.raises(
            ConflictError, match=r"the origin of Game .* differs: South Korea against"
        ):
            works.relabel(lists({"KR": ["AC", "BC"]}, titles=names))

    def test_an_option_of_another_name_is_refused(self) -> None:
        with pytest.raises(ValueError, match='on_repeat: expected "raise" or "keep"'):
            WORKS.relabel(sample(), on_repeat="drop")  # type: ignore[arg-type]  # the point

    def test_what_was_printed_first_stays(self) -> None:
        history = lists({"KR": ["AB"]}, titles={"A": Title("Gam")})
        first = Catalogue([CatalogueEntry("Game", aliases=(Alias("Gam"),), key="g")])
        second = Catalogue([CatalogueEntry("The Game", key="h", ids=("g",))])
        [row, _] = second.relabel(first.relabel(history))
        assert (row.title.name, dict(row.extras)) == ("The Game", {"title as printed": "Gam"})

    def test_rows_that_share_a_rank_stand_in_the_order_of_their_new_keys(self) -> None:
        works = Catalogue([CatalogueEntry("Z", key="0"), CatalogueEntry("A", key="1")])
        rows = [{"title": n, "rank": 1, "country": "KR", "date": "2022-01-01"} for n in "AZ"]
        history = read_table(rows, ties="keep", publisher="Press", frequency="daily")
        found = works.relabel(history)
        assert [row.title.key for row in found] == ["0", "1"]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("make", "told"),
        [
            (lambda: Alias(""), "Alias.text: expected text that shows something"),
            (lambda: Alias("x", language="Korean language"), 'a BCP 47 tag such as "ko"'),
            (lambda: Alias("x", season="Season 1:"), "a season without marks around it"),
            (
                lambda: Alias("x", start=START, end=dt.date(2021, 1, 1)),
                "Alias.end: expected a date from 2022-01-01 on",
            ),
            (
                lambda: CatalogueEntry("x", seasons=(Season("S"), Season("s"))),
                "x: seasons: expected each season once, found 'S'",
            ),
            (lambda: CatalogueEntry("x", kinds=("",)), "CatalogueEntry.kinds"),
            (lambda: CatalogueEntry(""), "CatalogueEntry.name"),
            (lambda: CatalogueEntry("x", year=0), "CatalogueEntry.year"),
            (
                lambda: Catalogue([GAME, CatalogueEntry("x", key="squid-game")]),
                r"entries: x: the key 'squid-game' is already that of Squid Game, TV .*; give each",
            ),
            (
                lambda: Catalogue([GAME, CatalogueEntry("x", key="squid-game#1")]),
                "x: 'squid-game#1' begins with the key of Squid Game, TV .* and a #",
            ),
            (
                lambda: Catalogue([GAME, CatalogueEntry("x", ids=("squid-game#1",))]),
                "x: 'squid-game#1' begins with the key of Squid Game, TV .* and a #",
            ),
            (
                lambda: Catalogue([GAME, CatalogueEntry("x", ids=("squid-game",))]),
                "x: the id 'squid-game' is the key of Squid Game, TV .*; two works",
            ),
            (
                lambda: Catalogue(
                    [GAME, CatalogueEntry("x", seasons=(Season("1", ids=("squid-game",)),))]
                ),
                "x: the id 'squid-game' is the key of Squid Game",
            ),
        ],
    )
    def test_values(self, make: Any, told: str) -> None:
        with pytest.raises(ValueError, match=told):
            make()

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Catalogue([Title("x")]),  # type: ignore[list-item]  # the point
            lambda: Catalogue(5),  # type: ignore[arg-type]  # the point
            lambda: CatalogueEntry("x", kinds="TV"),  # type: ignore[arg-type]  # the point
            lambda: CatalogueEntry(3),  # type: ignore[arg-type]  # the point
            lambda: CatalogueEntry("x", aliases=("y",)),  # type: ignore[arg-type]  # the point
            lambda: CatalogueEntry("x", released=dt.datetime(2022, 1, 1, tzinfo=dt.UTC)),
            lambda: Catalogue.from_tsv(3),  # type: ignore[arg-type]  # the point
        ],
    )
    def test_types(self, make: Any) -> None:
        with pytest.raises(TypeError):
            make()


class TestValues:
    @pytest.mark.parametrize("value", [WORKS, GAME, *GAME.aliases, *GAME.seasons])
    def test_they_are_hashed_pickled_and_shown(self, value: object) -> None:
        assert {pickle.loads(pickle.dumps(value)): 1}[value] == 1
        names = {
            each.__name__: each for each in (Alias, Catalogue, CatalogueEntry, Country, Season)
        }
        assert eval(repr(value), {**names, "datetime": dt}) == value

    def test_they_say_what_they_are(self) -> None:
        assert str(WORKS) == "a catalogue of 2 works with 3 other names"
        assert str(Catalogue([BERLIN])) == "a catalogue of 1 work with 1 other name"
        assert str(BERLIN) == "Berlin and the Jewels of Paris (Berlin to 2022-01-02)"
        assert str(CatalogueEntry("Dynamite", by="BTS", year=2020)) == "Dynamite, by BTS, 2020"
        day = dt.date(2022, 1, 1)
        assert str(Alias("x", start=day, end=day)) == "x 2022-01-01 to 2022-01-01"
        assert str(Alias("x", start=day)) == "x from 2022-01-01"
        assert str(GAME.seasons[0]) == "Season 1 (2021-09-17)"
        assert str(Season("Season 2")) == "Season 2"
        assert len(WORKS) == len(list(WORKS)) == 2

    def test_an_alias_is_added_to_its_work(self) -> None:
        more = WORKS.with_alias("squid-game", "Squid Games").with_alias("berlin", Alias("Be"))
        assert [more.entry(Title(name)) is not None for name in ("squid games", "Be")] == [True] * 2
        assert len(more) == 2
        with pytest.raises(UnknownTitleError, match="has the key 'squid game'") as refused:
            WORKS.with_alias("squid game", "x")
        assert refused.value.hints == ("did you mean 'squid-game'?",)


TABLE = WORKS.to_tsv()


class Held:
    """Something that is no path and can be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, _mode: str = "r", /) -> Any:
        return self.path.open("rb")


def page_of(errors: ParseErrors) -> list[str]:
    """The lines of an error's page, each problem on one with its hint."""
    return str(errors).replace("\n    hint: ", " hint: ").splitlines()


class TestSources:
    def test_a_table_comes_from_anywhere(self, tmp_path: Path) -> None:
        path = tmp_path / "works.tsv"
        path.write_text("\ufeff" + TABLE, encoding="utf-8", newline="\r\n")
        with path.open("rb") as binary, path.open(encoding="utf-8") as text:
            for source in (path, str(path), binary, text, path.read_bytes(), io.StringIO(TABLE)):
                assert Catalogue.from_tsv(source) == WORKS
        assert Catalogue.from_tsv(Held(path)) == WORKS
        assert Catalogue.from_json(io.BytesIO(WORKS.to_json().encode())) == WORKS

    def test_what_is_packed_is_unpacked(self, tmp_path: Path) -> None:
        path = tmp_path / "works.tsv.gz"
        path.write_bytes(gzip.compress(TABLE.encode()))
        assert Catalogue.from_tsv(path) == WORKS
        assert Catalogue.from_json(gzip.compress(WORKS.to_json().encode())) == WORKS
        assert Catalogue.from_tsv(packed({"works.tsv": TABLE})) == WORKS
        assert Catalogue.from_json(packed({"works.json": WORKS.to_json()})) == WORKS

    def test_a_mistake_in_an_archive_has_the_name_of_its_file_and_its_line(self) -> None:
        archive = packed({"works.tsv": "key\tname\torigin\n\na\tA\tXX\n"})
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_tsv(archive)
        assert str(refused.value) == (
            "<bytes>/works.tsv: 1 problem (unknown-country 1)\n"
            "  line 3, column origin, 'XX': Country.parse: expected the name or code of a country, "
            "found 'XX'"
        )
        [problem] = [each.problem for each in refused.value.problems]
        assert (problem.line, problem.row) == (3, "a\tA\tXX")

    def test_a_catalogue_may_be_the_sheet_of_a_workbook(self) -> None:
        rows: list[list[object]] = [
            ["key", "name", "year", "released", "alias"],
            ["squid-game", "Squid Game", 2021, dt.date(2021, 9, 17)],
            ["squid-game", "", "", "", "\uc624\uc9d5\uc5b4 \uac8c\uc784"],
        ]
        [entry] = Catalogue.from_tsv(workbook(rows))
        assert (entry.year, entry.released) == (2021, dt.date(2021, 9, 17))
        assert [alias.text for alias in entry.aliases] == ["\uc624\uc9d5\uc5b4 \uac8c\uc784"]
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_tsv(workbook([*rows, ["1917", 1917, "", "1/1/2020"]]))
        assert [line.strip() for line in page_of(refused.value)[1:]] == [
            "sheet 'Top 10', line 4, column B4, name, '1917': expected a text, found a number hint"
            ": a program took the title for something else, and 007 is not 7: put the text back",
        ]
        with pytest.raises(ParseErrors, match="expected text, found a workbook"):
            Catalogue.from_json(workbook(rows))

    def test_a_table_may_have_commas_and_dates_of_its_own(self) -> None:
        content = b'key,name,released\na,"A, B",1/28/2022\n'
        [entry] = Catalogue.from_tsv(content, date_format="%m/%d/%Y")
        assert (entry.name, entry.released) == ("A, B", dt.date(2022, 1, 28))

    def test_another_encoding_is_named_by_the_caller(self) -> None:
        table = "key\tname\na\tCaf\u00e9\n"
        [entry] = Catalogue.from_tsv(table.encode("cp1252"), encoding="cp1252")
        assert entry.name == "Caf\u00e9"
        with pytest.raises(ParseErrors, match="found a byte order mark of UTF-16") as refused:
            Catalogue.from_tsv(table.encode("utf-16"))
        assert refused.value.problems[0].problem.hint == 'encoding="utf-16" reads it'
        assert Catalogue.from_tsv(table.encode("utf-16"), encoding="utf-16").entries == (entry,)
        text = Catalogue([entry]).to_json().encode("utf-16")
        assert Catalogue.from_json(text, encoding="utf-16").entries == (entry,)

    def test_an_archive_that_unfolds_to_more_than_the_limit_is_refused(self) -> None:
        limits = Limits(file_bytes=100_000)
        for content in (gzip.compress(bytes(10_000_000)), packed({"works.tsv": "a" * 10_000_000})):
            for read in (Catalogue.from_tsv, Catalogue.from_json):
                with pytest.raises(ParseErrors, match="is larger than 100,000 bytes"):
                    read(content, limits=limits)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", ["the file is empty hint: fetch it again"]),
            (
                b"\xff",
                ["in the header: byte 0xff at offset 0 of the cell is not UTF-8 hint: encoding="],
            ),
            (
                b"key\tname\na\tA\xe9",
                ["line 2, column name, 'A\\\\xe9': byte 0xe9 at offset 1 of the cell is not UTF-8"],
            ),
            (
                b"name\tname\tfoo\nx",
                ["a catalogue: the column key is missing hint: found: 'name, name, foo'"],
            ),
            (b"key\tname\tname\n", ["the column 'name' occurs twice in the header"]),
            (
                b"key\tname\tfoo\tbar\na\tA\tx\nb\t\ty",
                [
                    "no column 'foo' hint: the columns are key, name, by",
                    "no column 'bar' hint: the columns are key, name, by",
                    "line 2, column foo, 'x': a line with a name has no foo",
                    "line 3: expected a name, an alias or a season",
                ],
            ),
            (
                b'  {"key": "a"}',
                ["expected a table, found JSON hint: Catalogue.from_json reads it"],
            ),
            (b"key,name\na,A,B", ["line 2: expected 2 fields, found 3"]),
            (
                b"key\tname\torigin\treleased\tyear\na\tA\tXX\t2022\t20x\nb\tB\tKorea\t\t\t\n\n\t\tKR",
                [
                    "line 2, column origin, 'XX': Country.parse: expected the name or code",
                    "line 2, column released, '2022': expected a date as YYYY-MM-DD hint: dates",
                    "line 2, column year, '20x': expected a whole number in plain digits",
                    "line 3: expected 5 fields, found 6",
                    "line 5: expected a name, an alias or a season",
                ],
            ),
            (b"key\tname\tyear\na\tA\t0", ["line 2: CatalogueEntry.year: expected a whole"]),
            (
                b"key\tname\torigin\na\tA\tKorea",
                ["line 2, column origin, 'Korea': Country.parse: expected a name that only one"],
            ),
            (
                b"key\tname\talias\tseason\tlanguage\na\tA\tB\nb\tB\n\nb\tC\na\t\tb\nb\t\t\tS\tko",
                [
                    "line 2, column alias, 'B': a line with a name has no alias hint: give it a li",
                    "line 7, column language, 'ko': a line with a season has no language",
                    "line 5, column key, 'b': the key 'b' is already that on line 3 hint: give eac",
                ],
            ),
            (
                b"key\tname\talias\tseason\na\tA\nb\t\tB\na\t\t\tS\na\t\t\ts",
                [
                    "line 3, column key, 'b': no entry has the key 'b' hint: an entry with that ke",
                    "line 5, column season: A: seasons: expected each season once, found 'S'",
                ],
            ),
            (
                b'key\tname\tids\na\tA\na#1\tB\tc\n\tC\nc\t"D" E\nc\t"F""\nc\tG',
                [
                    "line 3, column key, 'a#1': 'a#1' begins with the key on line 2 and a #, as ke",
                    "line 4, column key: there is no key hint: give each work a key, and all of it",
                    "line 5, column name, '\"D\" E': the quotes do not close hint: put a text that",
                    'line 6, column name, \'"F""\': the quotes do not close',
                    "line 3, column ids, 'c': the id 'c' is the key on line 7 hint: two works? tak",
                ],
            ),
            (
                b"key\tname\talias\tlanguage\na\tA\na\t\tB\t?",
                ["line 3: Alias.language: expected a BCP 47 tag"],
            ),
        ],
    )
    def test_what_is_wrong_with_a_table_is_said_line_by_line(
        self, content: bytes, told: list[str]
    ) -> None:
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_tsv(content)
        head, *lines = page_of(refused.value)
        count = "1 problem" if len(told) == 1 else f"{len(told)} problems"
        assert head.startswith(f"<bytes>: {count} (")
        assert len(refused.value.problems) == len(lines) == len(told)
        for line, expected in zip(sorted(lines), sorted(told), strict=True):
            assert line.strip().startswith(expected)

    def test_five_of_many_problems_are_shown(self) -> None:
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_tsv(b"key\tname\n" + b"a\t\n" * 8)
        assert str(refused.value).splitlines()[-1] == "  ... and 3 more"
        assert len(refused.value.problems) == 8

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("x", ["line 1, column $: Expecting value at character 1"]),
            ("[" * 100_000, ["line 1, column $[0]: the object is nested too deeply"]),
            ("[]", ["expected a chart file, found the payload []"]),
            ("[1]", ["line 1, column $[0]: expected a JSON object"]),
            ("{} {}", ["line 1, column $: Extra data at character 3"]),
            (
                '{"version": 1}',
                ['column $: expected an object of "version" and "entries", a list hint: Catalogue'],
            ),
            (
                '{"version": 1, "entries": 2}',
                ['column $: expected an object of "version" and "entries", a list'],
            ),
            (
                '{"version": 2, "entries": []}',
                ["column $.version, '2': expected version 1 hint: a newer kcharts"],
            ),
            (
                '{"version": 1, "entries": [1, {"name": "A"}, {"key": "b", "name": "B", "x": 1}]}',
                [
                    "line 1, column $.entries[0]: expected a JSON object",
                    "line 1, column $.entries[1]: there is no 'key'",
                    "line 1, column $.entries[2].x, '1': no field 'x' hint: the fields are key, na",
                ],
            ),
            (
                '{"version": 1, "entries": [{"key": "a", "name": "A", "aliases": 1, "seasons": '
                '[{"name": 3}], "kinds": "TV"}, {"key": "b", "name": "B", "kinds": "TV", '
                '"origin": 4}]}',
                [
                    "line 1, column $.entries[0].aliases, '1': expected a list",
                    "line 1, column $.entries[0].seasons[0].name, '3': expected text",
                    "line 1, column $.entries[0].kinds, 'TV': expected a list of texts",
                    "line 1, column $.entries[1].kinds, 'TV': expected a list of texts",
                    "line 1, column $.entries[1].origin, '4': expected text",
                ],
            ),
            (
                '{"version": 1, "entries": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}',
                [
                    "line 1, column $.entries[1].key, 'a': the key 'a' is already that at $.entr",
                ],
            ),
            (
                '{"version": 1, "entries": [{"key": "a", "name": "A"}, {"key": "a#1", "name": "B",'
                ' "ids": ["a"]}]}',
                [
                    "line 1, column $.entries[1].ids, 'a': the id 'a' is the key at $.entries[0] h",
                    "line 1, column $.entries[1].key, 'a#1': 'a#1' begins with the key at $.entrie",
                ],
            ),
            (
                '{"version": 1, "entries": [{"key": "a", "name": "A", "name": "B"}]}',
                ["line 1, column $.entries[0]: the key 'name' occurs twice in the object"],
            ),
            (
                '{"version": 1, "entries": [], "entries": []}',
                ["line 1, column $.entries: the key 'entries' occurs twice in the object"],
            ),
            (
                '{"version": 1,\n"entries": [\n{"key": "a", "name": "A"},\n{"key": "b", '
                '"name": "B", "year": "2022", "by": null, "released": "30.1.2022"}]}',
                [
                    "line 4, column $.entries[1].year, '2022': expected a number",
                    "line 4, column $.entries[1].released, '30.1.2022': expected a date as YYYY",
                ],
            ),
            ('{"version": true, "entries": []}', ["column $.version: expected version 1"]),
        ],
    )
    def test_what_is_wrong_with_json_is_said_by_its_path(
        self, content: str, told: list[str]
    ) -> None:
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_json(content.encode())
        _, *lines = page_of(refused.value)
        assert len(lines) == len(told)
        for line, expected in zip(lines, told, strict=True):
            assert line.strip().startswith(expected)

    @pytest.mark.parametrize(
        ("path", "told"),
        [
            (
                "no such file.tsv",
                "no such file.tsv: 1 problem (unreadable-source 1)\n  cannot be opened: No such fi",
            ),
            ("a\0b", "cannot be opened: embedded null byte"),
        ],
    )
    def test_a_file_that_cannot_be_opened_is_said_to_be(self, path: str, told: str) -> None:
        with pytest.raises(ParseErrors) as refused:
            Catalogue.from_tsv(path)
        assert told in str(refused.value)


class TestPropose:
    def test_pairs_are_proposed_the_likest_first(self) -> None:
        pytest.importorskip("rapidfuzz")
        names = {
            "A": Title("Squid Games", kind="TV"),
            "B": Title("Squid Games", kind="Film"),
            "C": Title("Game Squid", kind="TV", season="S"),
            "D": Title("Squid Game", kind="TV"),
        }
        history = lists({"KR": ["ABC", "D"]}, titles=names)
        found = WORKS.propose(history)
        assert [(each.title, each.name, round(each.score)) for each in found] == [
            (names["C"], "Squid Game", 100),
            (names["A"], "Squid Game", 95),
        ]
        assert str(found[1]) == (
            ".with_alias('squid-game', 'Squid Games')  # 95 of 100 like 'Squid Game'"
        )
        assert Results.of(found).to_dicts()[1]["key"] == "squid-game"
        accepted = WORKS.with_alias(found[1].entry.key, found[1].alias)
        assert [each.title for each in accepted.propose(history)] == [names["C"]]
        assert WORKS.propose(history, at_least=99) == found[:1]
        assert len(WORKS.propose(history, at_least=0)) > 2
        assert eval(repr(found[0]), {**globals(), "datetime": dt}) == found[0]

    @pytest.mark.parametrize(
        ("least", "kind"), [(-1, ValueError), ("x", TypeError), (True, TypeError)]
    )
    def test_likeness_is_a_number_up_to_100(self, least: Any, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="at_least: expected a number from 0 to 100"):
            WORKS.propose(sample(), at_least=least)

    def test_without_rapidfuzz_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "rapidfuzz", None)
        with pytest.raises(UnsupportedBackendError) as refused:
            WORKS.propose(sample())
        assert refused.value.hints == ("pip install kcharts[match]",)

    def test_a_proposal_is_a_value(self) -> None:
        proposal = Proposal(Title("Squid Games"), GAME, "Squid Game", 95.0)
        assert {pickle.loads(pickle.dumps(proposal)): 1}[proposal] == 1


class TestKoreanSeries:
    """The order of the first Korean series at No. 1 of Netflix's weekly list."""

    def test_they_are_known_by_their_korean_names(self) -> None:
        works = korean_series()
        found = works.entry(Title("\uc9c0\uae08 \uc6b0\ub9ac \ud559\uad50\ub294"))
        assert found is not None
        assert (found.name, found.released) == ("All of Us Are Dead", dt.date(2022, 1, 28))
        assert Catalogue.from_tsv(works.to_tsv().encode()) == works

    def test_all_of_us_are_dead_is_the_fourth_on_the_weekly_list(self, data_dir: Path) -> None:
        file = data_dir / "netflix" / "vintages" / "2025-07-09_all-weeks-global.tsv"
        history = netflix.read_global(file)
        found = korean_series().relabel(history)
        assert str(found) == str(history)
        reached = first_to_reach(found, origin="KR", country="world", category="TV (Non-English)")
        order = [(each.title.name, str(each.date), each.position) for each in reached.order]
        assert order[:4] == [
            ("Squid Game", "2021-09-19", 1),
            ("Hellbound", "2021-11-21", 2),
            ("The Silent Sea", "2022-01-02", 3),
            ("All of Us Are Dead", "2022-01-30", 4),
        ]
        assert reached.position("All of Us Are Dead").ordinal == "4th"
        days = days_from_release(found, "All of Us Are Dead", category="TV (Non-English)")
        assert days is not None
        assert days.days == (0, 2)

    def test_by_show_the_seasons_of_squid_game_are_one(self, data_dir: Path) -> None:
        file = data_dir / "netflix" / "vintages" / "2025-07-09_all-weeks-global.tsv"
        found = korean_series().relabel(netflix.read_global(file)).by_show()
        lengths = [
            each.length for each in streaks(found, "Squid Game", category="TV (Non-English)")
        ]
        assert lengths == [9, 5, 2]
        reached = first_to_reach(found, origin="KR", country="world", category="TV (Non-English)")
        assert [each.title.name for each in reached.order] == [
            "Squid Game",
            "Hellbound",
            "The Silent Sea",
            "All of Us Are Dead",
        ]


def test_a_season_in_another_language_than_the_name_is_known() -> None:
    """As in Netflix's workbook, in which somebody had translated some names and no season."""
    series = korean_series()
    printed = Title("지금 우리 학교는", season="All of Us Are Dead: Season 1", kind="TV")
    plain = Title("All of Us Are Dead", season="All of Us Are Dead: Season 1", kind="TV")
    for title in (printed, plain):
        assert series.relabel(one_list(title)).titles[0].key == "all-of-us-are-dead#Season 1"


def test_a_name_with_the_season_behind_it_is_that_season() -> None:
    """As on Netflix's page, which prints one name for both."""
    series = korean_series()
    for name in ("Squid Game: Season 1", "오징어 게임: Season 1"):
        printed = Title(name, kind="TV", key="netflix:81040344")
        assert series.relabel(one_list(printed)).titles[0].key == "squid-game#Season 1"
    assert series.entry(Title("Squid Game: The Challenge", kind="TV")) is None


def test_the_bundled_series_are_known_by_the_kinds_of_all_publishers() -> None:
    for kind in ("TV", "TV Show", None):
        found = korean_series().entry(Title("Hellbound", kind=kind))
        assert found is not None
        assert found.key == "hellbound"
    assert korean_series().entry(Title("Hellbound", kind="Film")) is None
