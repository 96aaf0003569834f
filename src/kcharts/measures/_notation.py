"""The notation of chart runs: "...-x2-5-[1]-[1]-?-3-..."; its grammar, written and read.

    run     = edge "-" issue { "-" issue } "-" edge
    edge    = "..." | "|"
    issue   = rank | "[" rank "]" | absence [ count ]
    absence = "x" | "?" | "/"
    rank    = digit from 1 to 9, { digit }
    count   = digit from 1 to 9, { digit }

What each sign means is told in docs/explanation/chart-runs.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple, TypeAlias, final

from kcharts.model import _checks as checks


@final
class Absence(Enum):
    """Why a chart run has no rank for an issue, by the sign that its notation has for it."""

    NOT_ON_LIST = "x"
    """The list is in hand, and the title is not on it."""
    UNKNOWN = "?"
    """The list is missing, defective or stale."""
    OUTSIDE = "/"
    """The data do not cover the issue."""

    def __repr__(self) -> str:
        return f"Absence.{self.name}"


RankOrAbsence: TypeAlias = int | Absence


class Notation(NamedTuple):
    """What a notation says: ranks and absences, and whether the chart has nothing around them."""

    ranks: tuple[RankOrAbsence, ...]
    opens: bool
    closes: bool


_MORE, _EDGE = "...", "|"
# The days up to the year 9999; more would only fill the memory.
_MOST = 3_652_059
_ISSUE = re.compile(r"(\[)?([1-9][0-9]{0,8})(?(1)\])|([x?/])([1-9][0-9]{0,6})?", re.ASCII)
_SAME = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "X": "x"})
_EXPECTED = "a rank such as 12 or [1], x for not on the list, ? for unknown, / for not covered"


def written(notation: Notation) -> str:
    """The text of a notation, in the one form that `to_notation` writes."""
    parts = [_EDGE if notation.opens else _MORE]
    peak = min(rank for rank in notation.ranks if isinstance(rank, int))
    for value, group in groupby(notation.ranks):
        times = len(list(group))
        if isinstance(value, int):
            parts += [f"[{value}]" if value == peak else str(value)] * times
        else:
            parts.append(value.value + (str(times) if times > 1 else ""))
    parts.append(_EDGE if notation.closes else _MORE)
    return "-".join(parts)


def parsed(text: str) -> Notation:
    """What a text says; besides what is written, dashes, blanks and a bare list of ranks do.

    Raises:
        ValueError: The text is no notation.
    """
    if not isinstance(text, str):
        raise checks.refuse("the notation", "a text", text, kind=TypeError)
    plain = text.translate(_SAME).replace("\u2026", _MORE)
    items = [item.strip() for item in plain.split("-")]
    edges = [False, False]
    for side, at in enumerate((0, -1)):
        if items and items[at] in (_MORE, _EDGE):
            edges[side] = items.pop(at) == _EDGE
    ranks: list[RankOrAbsence] = []
    marked: list[int] = []
    for number, item in enumerate(items, 1):
        where = f"issue {number} of the notation"
        ranks += _issues(item, where, marked)
        if len(ranks) > _MOST:
            raise checks.refuse(where, f"{_MOST:,} issues in all at most", item)
    _check_peaks(ranks, marked)
    return Notation(tuple(ranks), *edges)


def _issues(item: str, where: str, marked: list[int]) -> Sequence[RankOrAbsence]:
    """The issues that one item stands for."""
    found = _ISSUE.fullmatch(item)
    if found is None:
        raise checks.refuse(where, _EXPECTED, item)
    bracket, rank, absence, count = found.groups()
    if absence:
        return [Absence(absence)] * int(count or 1)
    if bracket:
        marked.append(int(rank))
    return [int(rank)]


def _check_peaks(ranks: Sequence[RankOrAbsence], marked: Sequence[int]) -> None:
    peak = min((rank for rank in ranks if isinstance(rank, int)), default=None)
    if peak is None:
        raise checks.refuse("the notation", "at least one rank", "none")
    for rank in marked:
        if rank != peak:
            raise checks.refuse("the notation", f"brackets at the best rank, {peak}", f"[{rank}]")
