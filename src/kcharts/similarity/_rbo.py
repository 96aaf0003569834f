"""Rank-biased overlap: a similarity that counts the first ranks most, with bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, final

from attrs import frozen

from kcharts.measures._basis import Basis
from kcharts.model import _checks as checks
from kcharts.similarity import _ranking as rankings
from kcharts.similarity._ranking import Rankable, Ranking


@final
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
        found = {
            "p": self.p,
            "extrapolated": value,
            "base": round(self.base, 4),
            "upper": round(self.upper, 4),
        }
        return rankings.columns(self.left, self.right) | found

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
        on the list. Where a list is not in hand or not usable the bounds are 0 and 1.

    Raises:
        ValueError: p is not between 0 and 1.

    >>> from kcharts import rank_biased_overlap
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
    base = _sum(depths.least(), p) + depths.common[-1] * _tail(depths.long, p)
    upper = _mean(depths.most(), 1.0, p)
    # Where all three are one, rounding must not put them out of order.
    return RankBiasedOverlap(one, other, p, min(base, value), max(upper, value), value)


class _Depths:
    """The agreement of a shorter and a longer order at every depth, as far as it is known."""

    def __init__(self, shorter: Ranking, longer: Ranking) -> None:
        self.short, self.long = len(shorter), len(longer)
        ranks = dict(shorter.order)
        meet = [max(ranks[item], rank) for item, rank in longer.order if item in ranks]
        depths = range(1, self.long + 1)
        self.common = _upto(meet, depths)
        """How many titles both have down to each depth."""
        seen = _upto([rank for _, rank in longer.order], depths)
        own = _upto([rank for _, rank in shorter.order], depths)
        # Below its end the shorter one has a title at every rank, whichever it is.
        self.sizes = [
            max(depth, size) + held for depth, size, held in zip(depths, own, seen, strict=True)
        ]

    def _agreements(self, more: float) -> list[float]:
        """By depth, if of the unseen ranks of the shorter one that part is in common."""
        unseen = (max(0, depth - self.short) for depth in range(1, self.long + 1))
        return [
            2 * (common + more * extra) / size
            for common, extra, size in zip(self.common, unseen, self.sizes, strict=True)
        ]

    def least(self) -> list[float]:
        """The agreement down to the end of the longer one, if nothing more is in common."""
        return self._agreements(0)

    def most(self) -> list[float]:
        """The agreement down to where it can be whole, from which on it may stay so."""
        common, both = self.common[-1], self.short + self.long
        below = range(self.long + 1, both - common)
        return self._agreements(1) + [(common + 2 * depth - both) / depth for depth in below]

    def extrapolated(self) -> list[float]:
        """The agreement if the unseen ranks agree as the shorter one has down to its end."""
        return self._agreements(self.least()[self.short - 1])


def _upto(ranks: list[int], depths: range) -> list[int]:
    """How many of the ranks are down to each depth."""
    counts = [0] * (len(depths) + 1)
    for rank in ranks:
        counts[rank] += 1
    total, found = 0, list[int]()
    for depth in depths:
        total += counts[depth]
        found.append(total)
    return found


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


def rbo_weight(depth: int, /, *, p: float = 0.9) -> float:
    """The part of the weight that the first ranks have in rank-biased overlap.

    Args:
        depth: How many ranks.
        p: The persistence.

    Returns:
        The weight from 0 to 1, by equation 21 of Webber, Moffat and Zobel 2010.

    Raises:
        ValueError: The depth is below 1, or p not between 0 and 1.

    >>> from kcharts import rbo_weight
    >>> round(rbo_weight(10), 4), round(rbo_weight(50, p=0.98), 4)
    (0.8556, 0.8522)
    """
    checks.check_count("depth", depth, 1)
    check_persistence(p)
    return min(1.0, 1 - p ** (depth - 1) + depth * _tail(depth - 1, p))  # rounded, it may pass 1
