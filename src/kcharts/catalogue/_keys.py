"""Keys that would leave open which work a title is: of two entries, or within one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from kcharts.catalogue._entries import CatalogueEntry


class KeyFault(NamedTuple):
    """A key, or an id, of one entry that stands against the key of another."""

    code: Literal["duplicate-key", "nested-key", "shared-key"]
    entry: int
    other: int
    text: str

    def told(self, where: str) -> str:
        """What is wrong, given where the other key stands."""
        if self.code == "duplicate-key":
            return f"the key {self.text!r} is already that {where}"
        if self.code == "nested-key":
            return f"{self.text!r} begins with the key {where} and a #, as keys of its seasons do"
        return f"the id {self.text!r} is the key {where}"

    @property
    def hint(self) -> str:
        """What to do about it."""
        if self.code == "duplicate-key":
            return "give each work its own key, and further names of one work to one entry"
        if self.code == "nested-key":
            return "give it another key, or list it with the work that it is a season of"
        return "two works? take the id out; one? make one entry of both"


def bases(key: str) -> Iterator[str]:
    """What stands before each "#" of a key."""
    return (key[:at] for at, character in enumerate(key) if character == "#")


def key_faults(entries: Sequence[CatalogueEntry]) -> Iterator[KeyFault]:
    """What is wrong with the keys of entries, by their positions."""
    first: dict[str, int] = {}
    for at, entry in enumerate(entries):
        other = first.setdefault(entry.key, at)
        if other != at:
            yield KeyFault("duplicate-key", at, other, entry.key)
    for at, entry in enumerate(entries):
        for text in sorted(entry.listed):
            for base in bases(text):
                if first.get(base, at) != at:
                    yield KeyFault("nested-key", at, first[base], text)
            if text != entry.key and first.get(text, at) != at:
                yield KeyFault("shared-key", at, first[text], text)
