"""Likeness: it proposes pairs for a person to review, and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, final

from attrs import field, frozen

from kcharts.catalogue._entries import Alias, CatalogueEntry
from kcharts.errors import UnsupportedBackendError
from kcharts.model import _checks as checks
from kcharts.model.title import Title, fold


@final
@frozen
class Proposal:
    """A title that the catalogue does not know, and a work whose name is like its own.

    Attributes:
        title: The title as printed.
        entry: The work it may be.
        name: The name of the work that is like the title's.
        score: How like, from 0 to 100: the share of characters that agree, words in any order.
    """

    title: Title
    entry: CatalogueEntry
    name: str
    score: float = field(eq=False)

    @property
    def numbers_differ(self) -> bool:
        """Whether the two names have different numbers in them, as those of two parts have."""
        return _numbers(self.title.name) != _numbers(self.name)

    @property
    def alias(self) -> Alias:
        """The alias that accepts it: `catalogue.with_alias(proposal.entry.key, proposal.alias)`.

        It holds on all dates. Where the entry has a dated alias of that text, date this one, too.
        """
        return Alias(self.title.name)

    def as_row(self) -> dict[str, Any]:
        """The proposal as named cells."""
        return {
            "title": self.title.name,
            "season": self.title.season,
            "kind": self.title.kind,
            "key": self.entry.key,
            "name": self.name,
            "score": round(self.score, 1),
        }

    def __str__(self) -> str:
        told = f"{self.score:.0f} of 100 like {self.name!r}"
        told += "; the numbers differ" if self.numbers_differ else ""
        for alias in self.entry.dated(self.title.name):
            told += f"; the entry has {str(alias)!r} already: date this alias, too"
        return f".with_alias({self.entry.key!r}, {self.title.name!r})  # {told}"


def proposals(
    entries: Iterable[CatalogueEntry], titles: Iterable[Title], at_least: float
) -> tuple[Proposal, ...]:
    """The pairs whose names are as like as that: the likest first, other numbers last."""
    if isinstance(at_least, bool) or not isinstance(at_least, int | float):
        raise checks.refuse("at_least", "a number from 0 to 100", at_least, kind=TypeError)
    if not 0 <= at_least <= _ALL:
        raise checks.refuse("at_least", "a number from 0 to 100", at_least)
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only where it is asked for)
    except ImportError as fault:
        raise UnsupportedBackendError(
            "propose needs rapidfuzz, which is not installed",
            hints=["pip install kcharts[match]"],
        ) from fault
    names = [(entry, alias.text) for entry in entries for alias in entry.texts()]
    folded = [fold(name) for _, name in names]
    found: list[Proposal] = []
    for title in titles:
        like = process.extract(
            fold(title.name),
            folded,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=at_least,
            limit=None,
        )
        for _, score, position in like:
            entry, name = names[position]
            if entry.fits(title):
                found.append(Proposal(title, entry, name, score))
    best: dict[tuple[str, str, str], Proposal] = {}
    for each in sorted(found, key=_rank):
        best.setdefault((each.title.name, each.title.by or "", each.entry.key), each)
    return tuple(best.values())


def _rank(proposal: Proposal) -> tuple[bool, float, str, str]:
    title, entry = proposal.title, proposal.entry
    return proposal.numbers_differ, -proposal.score, title.key, entry.key


def _numbers(name: str) -> list[str]:
    return re.findall("[0-9]+", fold(name))


_ALL = 100
