"""Saved pages as trees: what a page shows is in its sections, and what it does not show is not."""

from __future__ import annotations

import re

import pytest

from kcharts.sources.html import Section, saved_page
from kcharts.sources.source import Payload, UnreadableError


def sections_of(text: str) -> list[Section]:
    return saved_page(Payload("page.html", text.encode())).sections


def ranks_of(text: str) -> list[int]:
    """How many ranks, such as `1.`, are above the first heading of a page, and below each."""
    return [
        sum(re.fullmatch(r"[0-9]{1,3}\.", each) is not None for each in section.texts)
        for section in sections_of(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<td>1.</td><h3>A</h3><td> 2. </td><td>\n3.\n</td>", [1, 2]),
        ("<td>1.&nbsp;</td><td>&#160;2.</td><td>3.\u00a0</td><td>&ensp;10.</td>", [4]),
        ("<td>1.<!-- > --></td><td><!---->2.</td>", [2]),
        ("<td>1</td><td>1.5</td><td>1.x</td><td>1000.</td><td>.</td><td>1.", [1]),
        ("<body x-data=\"{html: '<h3>Menu</h3>'}\"><td>1.</td>", [1]),
        ("<div x-html='`<b>1.</b>`'><div title = \"<h3>\"><td>1.</td>", [1]),
        ("<a title=it's><h3>A</h3><a href=/x?a=b><td>1.</td><a b= c==d><td>2.</td>", [0, 2]),
        ('<a hidden title="5 > 4"><h3 class="a">1.</h3></a><H3>2.</H3>', [0, 1, 1]),
        ("<header><hr><h3/><h7><html>", [0, 0]),
        ("<script>'<h3>1.</h3>'</script><STYLE><h3></Style><h3>", [0, 0]),
        ("<script><h3>1.</h3>", [0]),
        ("<p><!-- <h3>1.</h3>", [0]),
        ("<title>1.</title><textarea>2.</textarea><iframe>3.</iframe><noscript>4.", [1]),
        ('<h3>A</h3><div title="<h3>1.</h3>', [0, 0]),
        ("<h3>A</h3><div title", [0, 0]),
        ("<h3>A</h3><div title= ", [0, 0]),
    ],
)
def test_headings_and_texts_are_found_where_they_are_shown(text: str, expected: list[int]) -> None:
    assert ranks_of(text) == expected


def test_a_section_has_the_rows_of_its_first_table_alone() -> None:
    inner = "<table><tr><td>c</td></tr></table>"
    [_, section] = sections_of(
        f"<h2>A  list</h2>\n<table><tr><th>a</th><td>{inner}</td></tr></table>{inner}"
    )
    assert (section.level, section.text, section.line) == (2, "A list", 1)
    assert [(row.line, len(row.cells)) for row in section.rows] == [(2, 2)]


def test_sections_in_the_cells_of_a_table_have_rows_of_their_own() -> None:
    """Pages were once laid out by tables."""
    table = "<table><tr><td>1.</td></tr></table>"
    top, first, second = sections_of(
        f"<table><tr><td><h2>A</h2>{table}</td><td><h2>B</h2>{table}</td></tr></table>"
    )
    assert [len(section.rows) for section in (top, first, second)] == [1, 1, 1]


def test_rows_one_inside_another_are_refused_beyond_eighty() -> None:
    """Each has the whole text: 600 of them took four minutes and 10 GB for a page of 8 MB."""
    row = "<h3>A</h3><table><tr><td>"
    assert [len(section.rows) for section in sections_of(row * 80)] == [0, *[1] * 80]
    with pytest.raises(UnreadableError, match="or 80 nested rows"):
        sections_of(row * 81)


def test_what_follows_the_end_of_a_page_is_part_of_it() -> None:
    """Programs add to a saved page behind `</html>`, and browsers show that as well."""
    assert ranks_of("<p>a</p></html><h3>A</h3><td>1.</td></html>2.<h3>B") == [0, 2, 0]


def nested(depth: int) -> str:
    """A page whose heading is at a depth, `html` and `body` being the first two."""
    return f"<html><body>{'<div>' * (depth - 3)}<h3>A</h3><td>1."


def test_a_page_is_read_down_to_two_thousand_elements_one_inside_the_other() -> None:
    """Lxml stops at 256, or at 2,048 where it is told that trees are huge, without a word."""
    assert ranks_of(nested(257)) == ranks_of(nested(2_000)) == [0, 1]
    for depth in (2_001, 2_048, 100_000):
        with pytest.raises(UnreadableError, match="more than 2,000 nested elements") as caught:
            sections_of(nested(depth))
        assert caught.value.problem.code == "unexpected-structure"
