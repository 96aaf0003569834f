"""The headings and ranks of a page, counted in its text, so that nothing is lost in parsing.

What lxml cannot read it leaves out without a word: it stops 256 elements deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_ATTRIBUTES = rb"""(?:[^>"'=]*+=(?:"[^"'>]*+"|[^\s"'>=]++))*+[^>"'=]*+>"""
_MARK = re.compile(rb"<(?:(!--)|([a-z][^\s/>]*|/[a-z])(%b)?)" % _ATTRIBUTES)
"""A comment, or the name of a tag, and the rest of it where that is of the usual kind."""
_HIDDEN = re.compile(rb"script|style|template|textarea|title|xmp|iframe|noembed|noframes")
_HEADING = re.compile(rb"h[1-6]")
_DIGIT = re.compile(rb"[0-9]")
_RANK = re.compile(r"[0-9]{1,3}\.", re.ASCII)
_END = re.compile(rb"[=>]")
_VALUE = re.compile(rb"\s*(?:([\"'])|[^\s>]*)")


def counts(text: bytes) -> list[int]:
    """How many ranks, such as `1.`, the text has above its first heading, and below each.

    >>> counts(b"<h3>TOP 10 Movies</h3><table><td>1.</td><td>2.&nbsp;</td></table>")
    [0, 2]
    """
    found = [0]
    for before, name in _tags(text):
        if _DIGIT.search(before):
            shown = unescape(before.decode("utf-8", "replace")).strip()
            found[-1] += _RANK.fullmatch(shown) is not None
        if _HEADING.fullmatch(name):
            found.append(0)
    return found


def _tags(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The tags of a page: the text before each, and its name; an end has none.

    Comments are no part of the text, nor is what stands in scripts and the like, or in the
    values of attributes.
    """
    lower = text.lower()
    parts: list[bytes] = []
    at = 0
    while (mark := _MARK.search(lower, at)) is not None:
        comment, name, rest = mark.groups()
        parts.append(text[at : mark.start()])
        if comment:
            at = _past(lower, b"-->", mark.end())
            continue
        yield b"".join(parts), name
        parts = []
        at = mark.end() if rest else _tag_end(text, mark.end())
        if _HIDDEN.fullmatch(name):
            end = lower.find(b"</" + name, at)
            at = end if end >= 0 else len(text)


def _past(text: bytes, what: bytes, at: int) -> int:
    """Where the text goes on after the next of something; its end, if there is none."""
    found = text.find(what, at)
    return found + len(what) if found >= 0 else len(text)


def _tag_end(text: bytes, at: int) -> int:
    """Where a tag ends, which may have a `>` in the value of an attribute."""
    while (stop := _END.search(text, at)) is not None:
        if stop[0] == b">":
            return stop.end()
        value = _VALUE.match(text, stop.end())
        at = value.end() if value else len(text)
        if value and value[1]:
            at = _past(text, value[1], at)
    return len(text)
