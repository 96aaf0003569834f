"""Kendall's distance between lists that go down to some rank only."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, final

from attrs import frozen

from kcharts.measures._basis import Basis
from kcharts.model import _checks as checks
from kcharts.similarity import _ranking as rankings
from kcharts.similarity._ranking import Rankable, Ranking


@final
@frozen
class KendallDistance:
    """How many pairs of titles two lists have in opposite orders.

    Attributes:
        left: The one order.
        right: The other.
        penalty: What a pair costs that one side orders and the other does not, from 0 to 1.
        opposite: The number of pairs in opposite orders.
        undecided: The number of pairs that only one side orders: on the other they share a rank,
            or neither is on it.
    """

    left: Ranking
    right: Ranking
    penalty: float
    opposite: int
    undecided: int

    @property
    def distance(self) -> float:
        """The pairs in opposite orders, and the penalty for each undecided one."""
        return self.opposite + self.penalty * self.undecided

    @property
    def most(self) -> float:
        """The largest distance of lists so long: that of two without ties or titles in common."""
        left, right = len(self.left), len(self.right)
        pairs = (left * (left - 1) + right * (right - 1)) / 2
        return left * right + self.penalty * pairs

    @property
    def share(self) -> float:
        """The distance by the largest one, from 0 for equal orders to 1."""
        return self.distance / self.most

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on, of lists."""
        yield from self.left.basis()
        yield from self.right.basis()

    def as_row(self) -> dict[str, Any]:
        """The distance as named cells, the share to four places."""
        found = {
            "penalty": self.penalty,
            "opposite": self.opposite,
            "undecided": self.undecided,
            "distance": self.distance,
            "share": round(self.share, 4),
        }
        return rankings.columns(self.left, self.right) | found

    def __str__(self) -> str:
        return (
            f"{rankings.named(self.left, self.right)}: Kendall's distance {self.distance:,g} "
            f"of {self.most:,g} at most ({self.share:.2f}), penalty {self.penalty:g}"
        )


def kendall_distance(
    left: Rankable, right: Rankable, /, *, penalty: float = 0.5
) -> KendallDistance:
    """Kendall's distance of two top-k lists, with a penalty for pairs that nobody can order.

    A title that is not on a list is below all that are. A pair is in opposite orders where one
    list has the one title ahead and the other list the other. Where both titles are on one list
    and neither is on the other, nothing says which is ahead there: that costs the penalty. 0 is
    the least that it can be, 1/2 the mean of all orders that go on from the two lists.

    Args:
        left: An issue, titles in a row, or titles with their ranks.
        right: Another one, of any length. Titles are compared by key.
        penalty: What an undecided pair costs, from 0 to 1.

    Returns:
        The distance K(p) of Fagin, Kumar and Sivakumar, "Comparing top k lists", 2003; where
        titles share a rank, that of Fagin and others, "Comparing partial rankings", 2006. With
        the penalty 0 different lists can have no distance.

    Raises:
        GapError: A list is not in hand, or not usable.
        ValueError: The penalty is not from 0 to 1.

    >>> from kcharts import kendall_distance
    >>> found = kendall_distance(["A", "B", "C"], ["B", "A", "D"])
    >>> found.opposite, found.undecided, found.distance
    (2, 0, 2.0)
    """
    if isinstance(penalty, bool) or not isinstance(penalty, (int, float)):
        raise checks.refuse("penalty", "a number from 0 to 1", penalty, kind=TypeError)
    if not 0 <= penalty <= 1:
        raise checks.refuse("penalty", "a number from 0 to 1", penalty)
    one, other = rankings.known(left, right)
    return KendallDistance(one, other, penalty, *_counted(dict(one.order), dict(other.order)))


def _counted(left: Mapping[Hashable, int], right: Mapping[Hashable, int]) -> tuple[int, int]:
    """The pairs in opposite orders, and those that one side orders and the other does not."""
    items = {**left, **right}
    below = len(items) + 1
    places = [(left.get(item, below), right.get(item, below)) for item in items]
    opposite = undecided = 0
    for number, (one, other) in enumerate(places):
        for first, second in places[:number]:
            product = (one - first) * (other - second)
            opposite += product < 0
            undecided += product == 0 and (one == first) != (other == second)
    return opposite, undecided
