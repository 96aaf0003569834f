"""How alike two lists are: overlap, rank-biased overlap, and Kendall's distance."""

import math
from collections.abc import Hashable, Iterator, Mapping
from itertools import accumulate, chain, repeat
from typing import Any, final

from attrs import frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.model import _checks as checks
from kcharts.similarity import _ranking as rankings
from kcharts.similarity._ranking import Rankable, Ranking


@final
@public
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
        """How many titles either side has there: more than k where some share a rank."""
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
        what = f"{common} of {words.quantity(self.k, 'title')} in common"
        if {left, right} != {self.k}:
            titles = words.quantity(common, "title")
            what = f"{titles} in common down to No. {self.k}, of {left} and {right} there"
        return f"{rankings.named(self.left, self.right)}: {what}"


@public
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
        GapError: A list is missing, or not usable.
        ValueError: k is beyond the shorter list, about which nothing is known there.

    >>> from kcharts.similarity import overlap
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


@final
@public
@frozen
class RankBiasedOverlap:
    """How alike two lists are, the first ranks counting most, from 0 to 1.

    Attributes:
        left: The one order.
        right: The other.
        p: The persistence: what the next rank counts in terms of the one before.
        base: The least, if below the lists nothing is in common.
        upper: The most, if what is on one list follows on the other at once.
        extrapolated: The value if the lists go on to agree as they have; None where one of them
            is not known.
    """

    left: Ranking
    right: Ranking
    p: float
    base: float
    upper: float
    extrapolated: float | None

    @property
    def residual(self) -> float:
        """What the ranks below the lists can add to the least."""
        return self.upper - self.base

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that it can be, however the lists go on."""
        return self.base, self.upper

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on, of lists."""
        yield from self.left.basis()
        yield from self.right.basis()

    def as_row(self) -> dict[str, Any]:
        """The value and its bounds as named cells, to four places."""
        value = None if self.extrapolated is None else round(self.extrapolated, 4)
        cells = {
            "p": self.p,
            "extrapolated": value,
            "base": round(self.base, 4),
            "upper": round(self.upper, 4),
        }
        return rankings.columns(self.left, self.right) | cells

    def __str__(self) -> str:
        head = f"{rankings.named(self.left, self.right)}: rank-biased overlap"
        if self.extrapolated is None:
            empty = dict.fromkeys(str(each) for each in (self.left, self.right) if not each.order)
            return f"{head} unknown (nothing usable of {' and of '.join(empty)})"
        low, high = math.floor(self.base * 100) / 100, math.ceil(self.upper * 100) / 100
        return f"{head} {self.extrapolated:.2f} ({low:.2f} to {high:.2f}), p = {self.p:g}"


def check_persistence(p: float) -> None:
    """Raise unless p is a number between 0 and 1, neither of them."""
    if isinstance(p, bool) or not isinstance(p, (int, float)):
        raise checks.refuse("p", "a number between 0 and 1", p, kind=TypeError)
    if not 0 < p < 1:
        raise checks.refuse("p", "a number between 0 and 1, neither of them", p)


@public
def rank_biased_overlap(left: Rankable, right: Rankable, /, *, p: float = 0.9) -> RankBiasedOverlap:
    """How alike two lists are, the first ranks counting most.

    At every depth the lists agree by the part of titles that they have in common down to there.
    The value is the mean of these parts, each depth counting p times the one above. A list that
    ends at No. 10 says nothing of what follows, which may add something: hence the bounds.

    Args:
        left: An issue, titles in a row, or titles with their ranks.
        right: Another one, of any length. Titles are compared by key.
        p: The persistence. With 0.9 the first ten ranks have 86 % of the weight (`rbo_weight`).

    Returns:
        The extrapolated value and its bounds, as the RBO of Webber, Moffat and Zobel, "A similarity
        measure for indefinite rankings", 2010, with their treatment of ties: titles that share a
        rank all stand at the first one that they take, and no title further down ties with one
        on the list. Where a list is missing or not usable the bounds are 0 and 1.

    Raises:
        ValueError: p is not between 0 and 1.

    >>> from kcharts.similarity import rank_biased_overlap
    >>> found = rank_biased_overlap("A B C D E".split(), "B A C F G".split())
    >>> round(found.base, 3), round(found.extrapolated, 3), round(found.upper, 3)
    (0.423, 0.619, 0.846)
    """
    check_persistence(p)
    one, other = rankings.pair(left, right)
    if not one.order or not other.order:
        return RankBiasedOverlap(one, other, p, 0.0, 1.0, None)
    depths = _Depths(*sorted((one, other), key=len))
    goes_on = depths.extrapolated()
    value = _mean(goes_on, goes_on[-1], p)
    base = _sum(depths.least, p) + depths.common[-1] * _tail(depths.long, p)
    upper = _mean(depths.most(), 1.0, p)
    # Where all three are one, rounding must not put them out of order.
    return RankBiasedOverlap(one, other, p, min(base, value), max(upper, value), value)


class _Depths:
    """The agreement of a shorter and a longer order at every depth, as far as it is known."""

    def __init__(self, shorter: Ranking, longer: Ranking) -> None:
        self.short, self.long = len(shorter), len(longer)
        ranks = dict(shorter.order)
        meet = [max(ranks[item], rank) for item, rank in longer.order if item in ranks]
        self.common = _upto(meet, self.long)
        """How many titles both have down to each depth."""
        seen = _upto([rank for _, rank in longer.order], self.long)
        own = _upto([rank for _, rank in shorter.order], self.long)
        # Below its end the shorter one has a title at every rank, whichever it is.
        self.sizes = [
            max(depth, size) + held
            for depth, (size, held) in enumerate(zip(own, seen, strict=True), start=1)
        ]

        self.least = self._agreements(0)
        """The agreement down to the end of the longer one, if nothing more is in common."""

    def _agreements(self, more: float) -> list[float]:
        """By depth, if of the unseen ranks of the shorter one that part is in common."""
        unseen = chain(repeat(0, self.short), range(1, self.long - self.short + 1))
        return [
            2 * (common + more * extra) / size
            for common, extra, size in zip(self.common, unseen, self.sizes, strict=True)
        ]

    def most(self) -> list[float]:
        """The agreement down to where it can be whole, from which on it may stay so."""
        common, both = self.common[-1], self.short + self.long
        below = range(self.long + 1, both - common)
        return self._agreements(1) + [(common + 2 * depth - both) / depth for depth in below]

    def extrapolated(self) -> list[float]:
        """The agreement if the unseen ranks agree as the shorter one has down to its end."""
        return self._agreements(self.least[self.short - 1])


def _upto(ranks: list[int], depth: int) -> list[int]:
    """How many of the ranks are down to each depth from 1."""
    counts = [0] * (depth + 1)
    for rank in ranks:
        counts[rank] += 1
    return list(accumulate(counts[1:]))


def _mean(agreements: list[float], below: float, p: float) -> float:
    """The weighted mean of the agreements, `below` being that at all further depths.

    From the bottom up, so that equal agreements give just that value, 1 for equal lists.
    """
    value = below
    for agreement in reversed(agreements):
        value = agreement + p * (value - agreement)
    return value


def _sum(agreements: list[float], p: float) -> float:
    return math.fsum((1 - p) * p**at * agreement for at, agreement in enumerate(agreements))


def _tail(depth: int, p: float) -> float:
    """What one title in common adds below a depth: (1 - p) / p times the sum of p^d / d."""
    if p <= 0.5:  # noqa: PLR2004  (the sum is over in 64 terms; the logarithm would cancel out)
        return (1 - p) * math.fsum(p ** (d - 1) / d for d in range(depth + 1, depth + 65))
    seen = math.fsum(p**d / d for d in range(1, depth + 1))
    return (1 - p) / p * (-math.log1p(-p) - seen)


@public
def rbo_weight(depth: int, /, *, p: float = 0.9) -> float:
    """The part of the weight that the first ranks have in rank-biased overlap.

    Args:
        depth: How many ranks.
        p: The persistence.

    Returns:
        The weight from 0 to 1, by equation 21 of Webber, Moffat and Zobel 2010.

    Raises:
        ValueError: The depth is below 1, or p not between 0 and 1.

    >>> from kcharts.similarity import rbo_weight
    >>> round(rbo_weight(10), 4), round(rbo_weight(50, p=0.98), 4)
    (0.8556, 0.8522)
    """
    checks.check_count("depth", depth, 1)
    check_persistence(p)
    return min(1.0, 1 - p ** (depth - 1) + depth * _tail(depth - 1, p))  # rounded, it may pass 1


@final
@public
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
        cells = {
            "penalty": self.penalty,
            "opposite": self.opposite,
            "undecided": self.undecided,
            "distance": self.distance,
            "share": round(self.share, 4),
        }
        return rankings.columns(self.left, self.right) | cells

    def __str__(self) -> str:
        return (
            f"{rankings.named(self.left, self.right)}: Kendall's distance {self.distance:,g} "
            f"of {self.most:,g} at most ({self.share:.2f}), penalty {self.penalty:g}"
        )


@public
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
        GapError: A list is missing, or not usable.
        ValueError: The penalty is not from 0 to 1.

    >>> from kcharts.similarity import kendall_distance
    >>> found = kendall_distance(["A", "B", "C"], ["B", "A", "D"])
    >>> found.opposite, found.undecided, found.distance
    (2, 0, 2.0)
    """
    if isinstance(penalty, bool) or not isinstance(penalty, (int, float)):
        raise checks.refuse("penalty", "a number from 0 to 1", penalty, kind=TypeError)
    if not 0 <= penalty <= 1:
        raise checks.refuse("penalty", "a number from 0 to 1", penalty)
    one, other = rankings.known(left, right)
    opposite, undecided = _count_pairs(dict(one.order), dict(other.order))
    return KendallDistance(one, other, penalty, opposite=opposite, undecided=undecided)


def _count_pairs(left: Mapping[Hashable, int], right: Mapping[Hashable, int]) -> tuple[int, int]:
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
