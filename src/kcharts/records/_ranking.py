"""Who holds a record, who comes next, and who could equal or beat it."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from kcharts.measures._results import Results
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.title import Title
from kcharts.records._field import Field
from kcharts.records._record import Challenger, Record, Recorded

T = TypeVar("T", bound=Recorded)

Entry = tuple[Any, ...]
"""A proved figure as it is sorted: its score below 0, then what orders ties, then the rest."""

NO_BOUND = math.inf


class Doubt(NamedTuple):
    """What the lists in hand leave open of somebody, as a score."""

    minus_reach: float
    """The best that it can be, below 0; minus infinity without a bound."""
    order: tuple[int, str]
    """The code of the chart and the key: the order of those with one bound."""
    subject: Title | str
    chart: Chart | ChartSeries
    proved: int | None
    """The score of the figure that may be better; None where there is no figure."""
    start: int
    """The first and the last ordinal that it is about."""
    end: int
    classified: bool = True


class Kind(NamedTuple):
    """Which record it is."""

    what: str
    unit: str
    sign: int = 1
    """-1 where the smallest value is the best, so that the score is the value below 0."""

    def value(self, score: float | None) -> int | None:
        """The value of a score; None where there is none or no bound."""
        return None if score is None or math.isinf(score) else self.sign * int(score)


def check_limit(limit: int | None) -> None:
    """Raise unless it is a number of runners-up, or None for all."""
    if limit is not None:
        checks.check_count("limit", limit)


def ranked(
    kind: Kind,
    field: Field,
    found: Iterable[Entry],
    make: Callable[[Any], T],
    *,
    doubts: Sequence[Doubt],
    unseen: float | None,
    limit: int | None,
) -> Record[T]:
    """The record of proved figures and of what is open; `unseen` is a score too."""
    entries = _first(list(found), limit)
    best = -entries[0][0] if entries else None
    held = _ties([entry[0] for entry in entries], 0)
    rivals = [
        doubt
        for doubt in doubts
        if best is None
        or (-doubt.minus_reach >= best and not (doubt.proved == best and doubt.classified))
    ]
    rivals.sort(key=lambda doubt: (doubt.minus_reach, doubt.order, doubt.start))
    open_ = [-doubt.minus_reach for doubt in doubts] + [e for e in (best, unseen) if e is not None]
    return Record(
        what=kind.what,
        unit=kind.unit,
        value=kind.value(best),
        upper=kind.value(max(open_, default=None)),
        holders=Results(entries[:held], make),
        runners_up=Results(entries[held:], make),
        positions=_positions(entries),
        challengers=Results(rivals, _challenger(kind)),
        unseen=0 if unseen is None else kind.value(unseen),
        since=field.since,
        all_since=field.all_since,
        until=field.until,
        charts=len(field.charts),
        unknown=field.unknown,
    )


def _first(found: list[Entry], limit: int | None) -> list[Entry]:
    """The holders and so many runners-up, with all that tie with the last one, in order."""
    if limit is not None:
        # Most are never asked for: sort their scores, and only those in full that are.
        scores = sorted([entry[0] for entry in found])
        end = held = _ties(scores, 0)
        if limit:
            end = _ties(scores, held + limit - 1)
        if end < len(scores):
            worst = scores[end]
            found = [entry for entry in found if entry[0] < worst]
    return sorted(found)


def _ties(scores: Sequence[float], index: int) -> int:
    """Where those end that have the score at an index."""
    return bisect_right(scores, scores[index]) if index < len(scores) else len(scores)


def _positions(entries: Sequence[Entry]) -> tuple[int, ...]:
    """1 for the first; entries of one score share the position of the first of them."""
    found: list[int] = []
    for index, entry in enumerate(entries):
        tied = index > 0 and entry[0] == entries[index - 1][0]
        found.append(found[-1] if tied else index + 1)
    return tuple(found)


def _challenger(kind: Kind) -> Callable[[Doubt], Challenger]:
    def made(doubt: Doubt) -> Challenger:
        return Challenger(
            doubt.subject,
            doubt.chart,
            kind.value(doubt.proved),
            kind.value(-doubt.minus_reach),
            kind.unit,
            dt.date.fromordinal(doubt.start),
            dt.date.fromordinal(doubt.end),
            doubt.classified,
        )

    return made
