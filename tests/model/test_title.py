"""Titles: which work a row is about, and how a text finds it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from kcharts.model.title import Title, fold
from kcharts.testing import titles


@given(titles(), titles())
def test_two_titles_are_equal_when_their_keys_are(one: Title, two: Title) -> None:
    assert (one == two) == (one.key == two.key)
    if one == two:
        assert hash(one) == hash(two)


@given(titles())
def test_the_form_in_which_letters_are_written_is_no_difference(title: Title) -> None:
    spelt = [
        Title(
            unicodedata.normalize(form, title.name),
            by=title.by and unicodedata.normalize(form, title.by),
            season=title.season and unicodedata.normalize(form, title.season),
            kind=title.kind and unicodedata.normalize(form, title.kind),
            year=title.year,
        )
        for form in ("NFC", "NFD")
    ]
    assert spelt[0] == spelt[1]
    assert len(set(spelt)) == 1


@given(st.lists(st.text("ab|\\", min_size=1, max_size=4), min_size=5, max_size=5), st.data())
def test_a_derived_key_tells_fields_apart(parts: list[str], data: st.DataObject) -> None:
    """No sign in a name can make one field look like two."""
    other = data.draw(st.permutations(parts))
    one, two = (
        Title(drawn[0], kind=drawn[1], by=drawn[2], season=drawn[3]) for drawn in (parts, other)
    )
    assert (one == two) == (parts[:4] == other[:4])


def test_two_spellings_are_two_titles() -> None:
    assert Title("Don't Look Up") != Title("Don\u2019t Look Up")
    assert Title("Squid Game") != Title("Squid game")


def test_what_is_printed_makes_the_key_and_what_is_known_beside_it_does_not() -> None:
    plain = Title("Squid Game")
    for other in (
        Title("Squid Game", kind="TV"),
        Title("Squid Game", by="X"),
        Title("Squid Game", season="Season 1"),
        Title("Squid Game", year=2021),
    ):
        assert other != plain
    assert Title("Squid Game", ids=("imdb:tt10919420",)) == plain
    assert Title("Squid Game", year=1, key="netflix:1") == Title("Round Six", key="netflix:1")


def test_a_title_is_no_text() -> None:
    text: object = "Hellbound"
    assert Title("Hellbound") != text


def test_a_key_of_its_own_is_told_from_a_derived_one() -> None:
    assert not Title("Hellbound").has_own_key
    assert not Title("Hellbound", key=Title("Hellbound").key).has_own_key
    assert Title("Hellbound", key="netflix:81256675").has_own_key


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (Title("Hellbound"), "Hellbound"),
        (Title("Hellbound", season="Hellbound"), "Hellbound"),
        (Title("Squid Game", season="Squid Game: Season 1"), "Squid Game: Season 1"),
        (Title("The Crown", season="Season 4"), "The Crown: Season 4"),
        (Title("Dynamite", by="BTS"), "Dynamite by BTS"),
    ],
)
def test_a_title_is_shown_by_the_name_that_tells_it_apart(title: Title, shown: str) -> None:
    assert str(title) == title.full_name == shown


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Squid  GAME ", "squid game"),
        ("Pok\u00e9mon", "pokemon"),
        ("Poke\u0301mon", "pokemon"),
        ("Don\u2019t Look Up\u2026", "don't look up..."),
        ("Tom & Jerry", "tom and jerry"),
        ("Tom\uff06Jerry", "tom and jerry"),
        ("Love \u2013 Hate", "love - hate"),
        ("\u201cX\u201d", '"x"'),
        ("zero\u200bwidth", "zerowidth"),
        ("Stra\u00dfe", "strasse"),
        ("\u03ac\u03bb\u03c6\u03b1", "\u03b1\u03bb\u03c6\u03b1"),
        ("`71", "'71"),
        ("\uff21\uff22\uff23", "abc"),
    ],
)
def test_folding_makes_plain_what_a_keyboard_makes_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u30d0\u30ca\u30ca", "\u30cf\u30ca\u30ca"),  # a Japanese sign's voicing
        ("\u0439", "\u0438"),  # Cyrillic short i
        ("\u0645\u064e", "\u0645"),  # an Arabic vowel sign
        ("\u0915\u093f", "\u0915"),  # a Hindi vowel sign
    ],
)
def test_folding_keeps_the_marks_of_other_scripts(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_is_done_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_see_the_form_in_which_letters_are_written(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_ids_are_texts() -> None:
    with pytest.raises(TypeError, match=r"Title\.ids: expected texts, found 1"):
        Title("A", ids=(1, "x"))  # type: ignore[arg-type]  # the point
    with pytest.raises(TypeError, match=r"Title\.ids: expected a tuple of texts"):
        Title("A", ids=["x"])  # type: ignore[arg-type]  # the point
