"""How a title stands to the issue before: new, back, up, down, the same, or not known."""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from kcharts.model import _checks as checks


@final
class MovementKind(Enum):
    """The kinds of movement, by the marks that chart tables print."""

    NEW = "NEW"
    """On no list in hand before, and the list before is in hand; or the chart's first issue."""
    RE = "RE"
    """On an earlier list in hand, and not on the one before, which is in hand."""
    UP = "+"
    """At a better rank than on the issue before."""
    DOWN = "-"
    """At a worse rank than on the issue before."""
    SAME = "="
    """At the rank that it had on the issue before."""
    UNKNOWN = "UNKNOWN"
    """The list before is not in hand."""

    def __repr__(self) -> str:
        return f"MovementKind.{self.name}"


_STEPS = (MovementKind.UP, MovementKind.DOWN)


@final
@frozen
class Movement:
    """How a title moved from one issue to the next, as a chart table prints it.

    Attributes:
        kind: New, back, up, down, the same, or not known.
        places: By how many ranks it went up or down; 0 otherwise.

    Raises:
        TypeError: A field has a value of the wrong type.
        ValueError: A rise or fall by no rank, or ranks without a rise or fall.

    >>> print(Movement.between(5, 2), Movement.between(2, 5), Movement.between(2, 2))
    +3 -3 =
    """

    kind: MovementKind = field(validator=checks.a(MovementKind, "a MovementKind"))
    places: int = field(default=0, validator=checks.count(0))

    def __attrs_post_init__(self) -> None:
        moves = self.kind in _STEPS
        if moves != (self.places > 0):
            expected = "1 or more" if moves else f"0 for {self.kind.value}"
            raise checks.refuse("Movement.places", expected, self.places)

    @classmethod
    def between(cls, last: int, rank: int) -> Movement:
        """The movement from the rank on the issue before to the one on this."""
        checks.check_count("last", last, 1)
        checks.check_count("rank", rank, 1)
        if last == rank:
            return cls(MovementKind.SAME)
        return cls(MovementKind.UP if last > rank else MovementKind.DOWN, abs(last - rank))

    @property
    def change(self) -> int | None:
        """The ranks gained, below 0 for ranks lost; None where there is no rank to compare.

        >>> Movement.between(2, 5).change, Movement(MovementKind.NEW).change
        (-3, None)
        """
        if self.kind is MovementKind.SAME:
            return 0
        if self.kind not in _STEPS:
            return None
        return self.places if self.kind is MovementKind.UP else -self.places

    def __str__(self) -> str:
        return f"{self.kind.value}{self.places}" if self.places else self.kind.value
