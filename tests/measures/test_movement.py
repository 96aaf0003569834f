"""Movements: the marks of chart tables, and values that cannot contradict themselves."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts.measures import Movement, MovementKind

RANKS = st.integers(1, 200)


@given(RANKS, RANKS)
def test_a_movement_says_how_many_ranks_were_gained(last: int, rank: int) -> None:
    movement = Movement.between(last, rank)
    assert movement.change == last - rank
    assert str(movement) == ("=" if last == rank else f"{last - rank:+d}")


@pytest.mark.parametrize("kind", [MovementKind.NEW, MovementKind.RE, MovementKind.UNKNOWN])
def test_without_a_rank_before_there_is_no_change(kind: MovementKind) -> None:
    assert Movement(kind).change is None
    assert str(Movement(kind)) == kind.value


@pytest.mark.parametrize("movement", [Movement.between(5, 2), Movement(MovementKind.RE)])
def test_a_movement_is_a_value(movement: Movement) -> None:
    names = {"Movement": Movement, "MovementKind": MovementKind}
    copies = [copy.copy(movement), pickle.loads(pickle.dumps(movement))]
    copies.append(eval(repr(movement), names))
    assert {*copies} == {movement}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Movement(MovementKind.UP), "places: expected 1 or more, found 0"),
        (lambda: Movement(MovementKind.NEW, 2), "places: expected 0 for NEW, found 2"),
        (lambda: Movement(MovementKind.DOWN, -2), "a whole number of 0 or more"),
        (lambda: Movement.between(0, 2), "last: expected a whole number of 1 or more"),
        (lambda: Movement.between(2, 0), "rank: expected a whole number of 1 or more"),
    ],
)
def test_what_is_no_movement_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_a_kind_is_no_text() -> None:
    with pytest.raises(TypeError, match="a MovementKind"):
        Movement("NEW")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # under test
