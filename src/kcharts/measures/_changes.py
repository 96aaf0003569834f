"""Changes: what an update did to streaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from typing import Any, final

from attrs import frozen

from kcharts.measures._streak import Streak
from kcharts.model.title import Title

Streaks = dict[tuple[Title, dt.date], Streak]
"""The streaks of one chart, by title and start."""


@final
class ChangeKind(Enum):
    """What an update did to a streak."""

    STARTED = "started"
    """It begins with a new issue."""
    EXTENDED = "extended"
    """It goes on."""
    ENDED = "ended"
    """The next issue is in hand, and the title is not there any more."""
    DOUBTFUL = "doubtful"
    """The next issue is not in hand, or broken: whether it goes on is not known."""
    CORRECTED = "corrected"
    """A late or revised issue changed it, made it, or took it away."""

    def __repr__(self) -> str:
        return f"ChangeKind.{self.name}"


@final
@frozen
class Change:
    """What an update did to one streak.

    Attributes:
        kind: What happened.
        streak: The streak after the update; None where a correction took it away.
        before: The streak before it; None where there was none.
    """

    kind: ChangeKind
    streak: Streak | None
    before: Streak | None = None

    def as_row(self) -> dict[str, Any]:
        """The change as named cells."""
        shown = self.streak or self.before
        return {"change": self.kind.value, **(shown.as_row() if shown else {})}

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.streak or self.before}"


def changed(before: Streaks, after: Streaks) -> Iterator[Change]:
    """What new issues did."""
    for key, streak in after.items():
        old = before.get(key)
        if old is None:
            yield Change(ChangeKind.STARTED, streak)
        elif streak.length > old.length:
            yield Change(ChangeKind.EXTENDED, streak, old)
        if streak.end_known and (old is None or not old.end_known):
            yield Change(ChangeKind.ENDED, streak, old)
        elif old is not None and streak.length == old.length and streak.unknown != old.unknown:
            yield Change(ChangeKind.DOUBTFUL, streak, old)


def corrected(before: Streaks, after: Streaks) -> Iterator[Change]:
    """What a late or revised issue did."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Change(ChangeKind.CORRECTED, new, old)
