"""What points say without any list: bounds from counts of places, and the least panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Literal, final

from attrs import frozen

from kcharts.measures import _words as words
from kcharts.model import _checks as checks

TEN_POINTS = tuple(range(10, 0, -1))
"""FlixPatrol's points: 10 for a No. 1 down to 1 for a No. 10."""


def check_scheme(scheme: Sequence[int]) -> tuple[int, ...]:
    """The points of each rank, from No. 1 on.

    Raises:
        TypeError: They are not whole numbers.
        ValueError: There are none, one is below 1, or a worse rank gives more than a better one.
    """
    points = tuple(scheme)
    for rank, each in enumerate(points, start=1):
        checks.check_count(f"scheme, No. {rank}", each, 1)
    if not points or list(points) != sorted(points, reverse=True):
        raise checks.refuse("scheme", "points of No. 1, No. 2 and so on, none rising", scheme)
    return points


@final
@frozen
class PointsBounds:
    """The least and the most points that counts of places allow.

    Attributes:
        counts: The number of places at a rank, as (rank, number) pairs in the order of ranks.
        places: The number of places in all; None where it is not known.
        scheme: The points of each rank, from No. 1 on.
        least: The points of the places counted.
        most: Those, and what the other places can give; None where their number is not known.
    """

    counts: tuple[tuple[int, int], ...]
    places: int | None
    scheme: tuple[int, ...]
    least: int
    most: int | None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The least and the most points."""
        return self.least, self.most

    def __str__(self) -> str:
        given = [f"{count:,} at No. {rank}" for rank, count in self.counts]
        reason = words.listed(given, most=len(given)) if given else "no place counted"
        least = words.counted(self.least, "point")
        if self.places is None:
            return f"{least} at least: {reason}"
        others = self.places - sum(count for _, count in self.counts)
        more = (self.most or 0) - self.least
        rest = f", {more:,} at most from the other {others:,} of {self.places:,}" if others else ""
        return f"{f'{self.least:,} to {self.most:,} points' if more else least}: {reason}{rest}"


def points_bounds(
    counts: Mapping[int, int],
    /,
    *,
    places: int | None = None,
    scheme: Sequence[int] = TEN_POINTS,
) -> PointsBounds:
    """The least and the most points of a title, from the number of places at some ranks alone.

    The counts are taken as exact: if it is No. 1 in 46 places and No. 2 in 29, it is neither in
    any other place. The other places give nothing at least, and at most the points of the best
    rank that is not counted.

    Args:
        counts: The number of places by rank, such as {1: 46, 2: 29}.
        places: The number of places of the panel. Without it there is no upper bound.
        scheme: The points of No. 1, No. 2 and so on; other ranks give none. FlixPatrol gives 10
            for a No. 1 down to 1 for a No. 10 (https://flixpatrol.com/top10/).

    Returns:
        The bounds, with what they rest on.

    Raises:
        ValueError: A rank below 1, a number below 0, or more places counted than there are.

    >>> from kcharts import points_bounds
    >>> print(points_bounds({1: 46, 2: 29}, places=88))
    721 to 825 points: 46 at No. 1 and 29 at No. 2, 104 at most from the other 13 of 88
    >>> points_bounds({1: 46, 2: 29}).bounds
    (721, None)
    """
    points = check_scheme(scheme)
    for rank, count in counts.items():
        checks.check_count("counts, a rank", rank, 1)
        checks.check_count(f"counts, No. {rank}", count)
    counted = sum(counts.values())
    if places is not None:
        checks.check_count("places", places)
        if places < counted:
            raise checks.refuse("places", f"{counted} or more, as many as are counted", places)
    gives = dict(enumerate(points, start=1))
    least = sum(gives.get(rank, 0) * count for rank, count in counts.items())
    best = max((each for rank, each in gives.items() if rank not in counts), default=0)
    most = None if places is None else least + (places - counted) * best
    return PointsBounds(tuple(sorted(counts.items())), places, points, least, most)


@final
@frozen
class LeastPanel:
    """The fewest lists that published points can come from, and why.

    Attributes:
        count: The panel has this many places at least.
        reason: "points", where sums of points ask for most; "places", where the numbers of
            places do.
        titles: How many titles ask for it together: those with the most points or places.
        total: Their points, or places, in all.
        a_list: What one list gives so many titles at most.
    """

    count: int
    reason: Literal["points", "places"]
    titles: int
    total: int
    a_list: int

    def __str__(self) -> str:
        have = f"{words.counted(self.titles, 'title')} {'has' if self.titles == 1 else 'have'}"
        what = words.counted(self.total, "point" if self.reason == "points" else "place")
        what += "" if self.reason == "points" else " on lists"
        return (
            f"at least {words.counted(self.count, 'list')}: {have} {what} in all, "
            f"of which one list gives {self.a_list:,} at most"
        )


def least_panel(
    points: Iterable[int],
    /,
    *,
    places: Iterable[int] = (),
    scheme: Sequence[int] = TEN_POINTS,
) -> LeastPanel:
    """How many places the panel of a points chart has at least, by arithmetic alone.

    One list gives one title 10 points at most, two titles 19, and all its titles 55. So the
    points of the titles with the most, divided by what one list gives as many, cannot be more
    than the lists that there are. It is a proof that there are as many, not that they suffice.

    Args:
        points: The points of titles on one points chart: of one, of some, or of all.
        places: The numbers of places beside them, where they are printed.
        scheme: The points of No. 1, No. 2 and so on.

    Returns:
        The number of places, and the sum that asks for it.

    Raises:
        ValueError: Points or places below 0.

    >>> from kcharts import least_panel
    >>> print(least_panel([721]))
    at least 73 lists: 1 title has 721 points in all, of which one list gives 10 at most
    >>> least_panel([721, 700, 690]).count
    79
    """
    gives = check_scheme(scheme)
    asked = list(_asked("points", points, gives)) + list(
        _asked("places", places, (1,) * len(gives))
    )
    return max(
        asked, key=lambda found: found.count, default=LeastPanel(0, "points", 0, 0, gives[0])
    )


def _asked(
    reason: Literal["points", "places"], amounts: Iterable[int], gives: Sequence[int]
) -> Iterable[LeastPanel]:
    """What the first title, the first two and so on ask for, and all together."""
    ordered = sorted(amounts, reverse=True)
    for each in ordered:
        checks.check_count(reason, each)
    most = list(accumulate(gives))
    for titles, total in enumerate(accumulate(ordered), start=1):
        if titles < len(most) or titles == len(ordered):
            a_list = most[min(titles, len(most)) - 1]
            yield LeastPanel(-(-total // a_list), reason, titles, total, a_list)
