"""What holds for every public value, however it came to be.

The classes are found by walking the package's faces, so that a new one is tested by itself.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
import pickletools
import typing
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

import kcharts
from kcharts import ChartHistory, records, testing
from kcharts.measures import (
    ChartEntry,
    ChartTables,
    CoverageEver,
    Departure,
    FirstToReach,
    Results,
    Run,
    Streak,
    StreakTracker,
    Total,
)
from kcharts.model._plain import converter
from kcharts.vintages import Revisions
from tests.public import PUBLIC, VALUES

# Registering is for all that follows in this process, as the entry point does it for users.
testing._hypothesis_setup_hook()

# Their repr is a table or a summary: nobody wants to see 65,800 rows written as code.
TABLES = {ChartHistory, ChartTables, Results, Revisions}
# The one class that changes: equal to itself alone, with a JSON form of its own.
CHANGING = {StreakTracker}

NAMES = {
    **{thing.__name__: thing for thing in PUBLIC.values()},
    "WORLD": kcharts.WORLD,
    "Decimal": Decimal,
    "datetime": dt,
}
some = settings(
    max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@pytest.mark.parametrize("path", PUBLIC)
def test_it_says_the_public_package(path: str) -> None:
    thing = PUBLIC[path]
    module = thing.__module__
    assert module != "kcharts"
    assert "._" not in module
    assert getattr(import_module(module), thing.__name__) is thing


@pytest.mark.parametrize("kind", VALUES)
def test_its_hints_are_objects(kind: type[Any]) -> None:
    assert not any(isinstance(hint, str) for hint in typing.get_type_hints(kind).values())
    if attrs.has(kind):
        attrs.resolve_types(kind)
        assert not any(isinstance(each.type, str) for each in attrs.fields(kind))


@pytest.mark.parametrize("kind", VALUES)
@some
@given(data=st.data())
def test_a_value_that_is_drawn_obeys_every_law(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    assert type(value) is kind
    assert list(impossible(value)) == []
    names_public_paths_in_a_pickle(value)
    if kind not in CHANGING:
        comes_back(pickle.loads(pickle.dumps(value)), value)
    if kind not in TABLES | CHANGING:
        comes_back(eval(repr(value), dict(NAMES)), value)
        plain = json.loads(json.dumps(converter().unstructure(value)))
        comes_back(converter().structure(plain, kind), value)


def comes_back(again: object, value: object) -> None:
    assert type(again) is type(value)
    assert again == value
    assert repr(again) == repr(value)


def names_public_paths_in_a_pickle(value: object) -> None:
    """So that a pickle that is written today can be read when a module has moved."""
    texts: list[str] = []
    for code, argument, _ in pickletools.genops(pickle.dumps(value)):
        if code.name == "STACK_GLOBAL":
            path = ".".join(texts[-2:])
            assert path in PUBLIC or not path.startswith("kcharts"), path
        elif isinstance(argument, str):
            texts.append(argument)


# Each of these counts something that a value has at least once, or is a rank.
COUNTS = {"depth", "last", "length", "line", "observed", "peak", "periods", "position", "rank"}
ORDERED = [
    ("start", "end"),
    ("since", "until"),
    ("since", "all_since"),
    ("released", "date"),
    ("observed", "length"),
    ("observed", "upper"),
    ("length", "upper"),
    ("count", "upper"),
]


def impossible(value: Any) -> Iterator[str]:
    """What no chart can make true, of a value and of all that it holds."""
    for each in value if type(value) in (tuple, Results) else ():
        yield from impossible(each)
    kind: Any = value.__class__
    if not attrs.has(kind):
        return
    held: dict[str, Any] = {each.name: getattr(value, each.name) for each in attrs.fields(kind)}
    for name, part in held.items():
        yield from impossible(part)
        if isinstance(part, int) and part < (name in COUNTS):
            yield f"{kind.__name__}.{name} is {part}"
    for least, most in ORDERED:
        low, high = held.get(least), held.get(most)
        if low is not None and high is not None and low > high:
            yield f"{kind.__name__}: {least} {low}, {most} {high}"
    if "panel" in held:
        places = {*held["unknown"], *held.get("ranks", ()), *held.get("places", ())}
        for place in places - set(held["panel"]):
            yield f"{kind.__name__}: {place} is not of the panel"


REFUSED: list[tuple[type[Any], str, Any, str]] = [
    (Streak, "length", 0, "a whole number of 1 or more"),
    (Streak, "observed", 0, "a whole number of 1 or more"),
    (Streak, "end", dt.date.min, "or more, as start is"),
    (Streak, "length", 10**6, "or more, as length is"),
    (Total, "observed", -1, "a whole number of 0 or more"),
    (Total, "upper", -1, "or more, as observed is"),
    (Total, "until", dt.date.min, "or more, as since is"),
    (Run, "end", dt.date.min, "or more, as start is"),
    (ChartEntry, "peak", 0, "a whole number of 1 or more"),
    (ChartEntry, "peak", 10**6, "or more, as peak is"),
    (ChartEntry, "periods_at_peak", 10**6, "or more, as periods_at_peak is"),
    (Departure, "periods", 0, "a whole number of 1 or more"),
    (Departure, "peak", 10**6, "or more, as peak is"),
    (CoverageEver, "until", dt.date.min, "or more, as since is"),
    (FirstToReach, "until", dt.date.min, "or more, as since is"),
    (records.ClimbToTop, "reached", dt.date.min, "or more, as debut is"),
]


@pytest.mark.parametrize(("kind", "field", "wrong", "expected"), REFUSED)
@some
@given(data=st.data())
def test_a_figure_that_is_impossible_cannot_be_made(
    kind: type[Any], field: str, wrong: Any, expected: str, data: st.DataObject
) -> None:
    value = data.draw(st.from_type(kind))
    assume(field != "length" or wrong == 0 or value.upper is not None)
    with pytest.raises(ValueError, match=expected):
        attrs.evolve(value, **{field: wrong})
