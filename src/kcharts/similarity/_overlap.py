"""Overlap: how many titles the first ranks of two lists have in common."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, final

from attrs import frozen

from kcharts.measures import _words as words
from kcharts.measures._basis import Basis
from kcharts.model import _checks as checks
from kcharts.similarity import _ranking as rankings
from kcharts.similarity._ranking import Rankable, Ranking


@final
@frozen
class Overlap:
    """The titles that the first ranks of two lists have in common.

    Attributes:
        left: The one order.
        right: The other.
        k: The rank down to which both are looked at.
        shared: The titles in common, in the order of the left one.
    """

    left: Ranking
    right: Ranking
    k: int
    shared: tuple[Hashable, ...]

    @property
    def sizes(self) -> tuple[int, int]:
        """How many titles stand there on either side: more than k where some share a rank."""
        return len(self.left.upto(self.k)), len(self.right.upto(self.k))

    @property
    def share(self) -> float:
        """The part in common, from 0 to 1: of k titles, or of the mean of the two sizes."""
        return 2 * len(self.shared) / sum(self.sizes)

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on, of lists."""
        yield from self.left.basis(self.k)
        yield from self.right.basis(self.k)

    def as_row(self) -> dict[str, Any]:
        """The overlap as named cells, the share to four places."""
        shared = {"k": self.k, "shared": len(self.shared), "share": round(self.share, 4)}
        return rankings.columns(self.left, self.right) | shared

    def __str__(self) -> str:
        common, (left, right) = len(self.shared), self.sizes
        what = f"{common} of {words.counted(self.k, 'title')} in common"
        if {left, right} != {self.k}:
            titles = words.counted(common, "title")
            what = f"{titles} in common down to No. {self.k}, of {left} and {right} there"
        return f"{rankings.named(self.left, self.right)}: {what}"


def overlap(left: Rankable, right: Rankable, /, *, k: int | None = None) -> Overlap:
    """How many titles the first k of two lists have in common.

    Args:
        left: An issue, titles in a row, or titles with their ranks.
        right: Another one. Titles are compared by key.
        k: How far to look; to the end of the shorter list where it is left out.

    Returns:
        The titles in common, and their share, which is the agreement at depth k of Webber,
        Moffat and Zobel, "A similarity measure for indefinite rankings", 2010. Where titles share
        a rank, it is that of their section on ties.

    Raises:
        GapError: A list is not in hand, or not usable.
        ValueError: k is beyond the shorter list, about which nothing is known there.

    >>> from kcharts import overlap
    >>> print(overlap("A B C D E".split(), "C A F G H".split(), k=3))
    an order of 5 titles and an order of 5 titles: 2 of 3 titles in common
    """
    one, other = rankings.known(left, right)
    shortest = min(len(one), len(other))
    depth = shortest if k is None else k
    checks.check_count("k", depth, 1)
    if depth > shortest:
        raise checks.refuse("k", f"1 to {shortest}, as far as both go", depth)
    held = other.upto(depth)
    return Overlap(one, other, depth, tuple(item for item in one.upto(depth) if item in held))
