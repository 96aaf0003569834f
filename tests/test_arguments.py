"""A walk over every public function and method: a wrong argument is told, with name and value.

Every argument of everything public is replaced by values of wrong types, the others staying
valid. What comes back is a result, an error of kcharts, or a TypeError or ValueError that names
the argument and shows the value; never what goes wrong inside, such as an AttributeError.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import io
import pkgutil
import re
import warnings
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import kcharts
from kcharts import Calendar, Country, IssueStatus, formats, streaks
from kcharts.errors import KchartsError
from kcharts.formats import netflix
from kcharts.similarity import Ranking

HISTORY = kcharts.sample().select(start="2022-01-30")
SMALL = HISTORY.select(country="KR").merge(HISTORY.select(country="US"))
WORLD = HISTORY.chart("world")
TITLE = HISTORY.title("All of Us Are Dead")
STREAK = streaks(HISTORY, TITLE, country="world")[0]

WRONG: dict[str, Any] = {
    "None": None,
    "5": 5,
    "3.7": 3.7,
    "True": True,
    "x": "x",
    "bytes": b"",
    "list": [],
    "list of 1": [1],
    "tuple of texts": ("a", "b"),
    "dict": {},
    "object": object(),
    "chart": WORLD,
    "date": dt.date(2022, 1, 30),
    "title": TITLE,
    "country": Country("KR"),
    "history": SMALL,
    "streak": STREAK,
    "streaks": streaks(SMALL),
    "class": type,
}

# By the argument's name: a value that is right. An argument with a default needs none.
VALID: dict[str, Any] = {
    "history": HISTORY,
    "other": SMALL,
    "old": SMALL,
    "new": SMALL,
    "title": TITLE,
    "name": "All of Us Are Dead",
    "chart": WORLD,
    "country": "KR",
    "date": "2022-01-30",
    "day": "2022-01-30",
    "start": dt.date(2022, 1, 29),
    "end": dt.date(2022, 1, 31),
    "issue": dt.date(2022, 1, 30),
    "dates": [dt.date(2022, 1, 29), dt.date(2022, 1, 30)],
    "number": 738_185,
    "weekday": "sunday",
    "series": WORLD.series,
    "first": WORLD.series,
    "second": WORLD.series,
    "figure": STREAK,
    "findings": (),
    "text": "All of Us Are Dead",
    "status": IssueStatus.STALE,
    "rows": [],
    "points": 100,
    "places": 88,
    "counts": {1: 46, 2: 29},
    "left": Ranking.of(HISTORY.latest(WORLD)),
    "right": Ranking.of(HISTORY.latest(WORLD)),
    "depth": 10,
    "rule": "DTSTART:20220101\nRRULE:FREQ=MONTHLY;COUNT=3",
    "issues": 2,
    "season": "Squid Game: Season 1",
    "last": 1,
    "rank": 2,
    "alias": "A Name",
    "figures": [STREAK],
    "rows_or_source": [{"title": "A", "rank": "1", "date": "2022-01-30"}],
    "target": io.StringIO(),
}
# By the function's or the method's name: arguments that a call needs though they have a default.
NEEDED: dict[str, dict[str, Any]] = {
    "ChartHistory.with_status": {"where": "KR"},
    "ChartHistory.closing": {"where": "KR", "date": "2022-01-31"},
    "StreakTracker.from_json": {"text": kcharts.StreakTracker(SMALL).to_json()},
    "least_panel": {"points": [721]},
    "Calendar.days_since": {"day": dt.date(2022, 1, 28)},
    "Calendar.spread": {"issues": 0},
    "Ranking.of": {"source": HISTORY.latest(WORLD)},
    "ChartRun.parse": {"text": "1-2"},
    "Catalogue.with_alias": {"key": "squid-game"},
    "Catalogue.from_json": {"source": kcharts.samples.korean_series().to_json().encode()},
    "Catalogue.from_tsv": {"source": b"name\torigin\nA Show\tKR\n"},
    "read": {"sources": netflix.SPEC.sample.encode()},
    "read_table": {"publisher": "Press", "frequency": "daily", "country": "KR"},
}


class Case(NamedTuple):
    """Something public that can be called, and valid values of its arguments."""

    call: Callable[..., Any]
    valid: dict[str, Any]


def modules() -> Iterator[Any]:
    """All public modules for people who ask charts."""
    yield kcharts
    for name in ("records", "similarity", "auditing", "vintages", "catalogue", "measures"):
        yield importlib.import_module(f"kcharts.{name}")
    for each in pkgutil.iter_modules(formats.__path__):
        if not each.name.startswith("_"):
            yield importlib.import_module(f"kcharts.formats.{each.name}")


def public() -> dict[str, Any]:
    """Everything public that can be called, but for errors and enumerations, by its name."""
    found: dict[str, Any] = {}
    for module in modules():
        home: str = module.__name__
        own = [n for n in dir(module) if getattr(getattr(module, n), "__module__", None) == home]
        listed: list[str] = getattr(module, "__all__", own)
        for name in listed:
            each: Any = getattr(module, name)
            closed = inspect.isclass(each) and issubclass(each, BaseException | Enum)
            if callable(each) and not name.startswith("_") and not closed:
                found[f"{module.__name__.removeprefix('kcharts.')}.{name}"] = each
    return {next(n for n, e in found.items() if e is each): each for each in found.values()}


PUBLIC = public()
INSTANCES: tuple[Any, ...] = (
    HISTORY,
    WORLD,
    WORLD.series,
    WORLD.place,
    TITLE,
    HISTORY[0],
    HISTORY[0].metrics,
    HISTORY[0].reported,
    kcharts.SourceRef("a.csv", 2),
    HISTORY.latest(WORLD),
    Calendar.weekly("sunday"),
    Country("KR"),
    kcharts.samples.korean_series(),
    kcharts.samples.korean_series().entries[0],
    kcharts.catalogue.Alias("A Name"),
    kcharts.catalogue.Season("A Show: Season 1"),
    kcharts.StreakTracker(SMALL),
    kcharts.Limits(),
    VALID["left"],
    kcharts.coverage(HISTORY, TITLE),
    kcharts.first_to_reach(HISTORY, country="world"),
    kcharts.chart_runs(HISTORY, TITLE, country="world")[0],
    kcharts.chart_table(HISTORY, country="world"),
    kcharts.chart_tables(HISTORY, country="world"),
    kcharts.compare(SMALL, SMALL),
    kcharts.report(SMALL, TITLE),
    streaks(SMALL),
    kcharts.ReadReport(),
    kcharts.measures.Movement.between(1, 2),
)


def parameters(call: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(call).parameters.values())


def valid(call: Callable[..., Any]) -> dict[str, Any]:
    """The arguments that a call needs, with values that are right."""
    needed = dict(NEEDED.get(call.__qualname__, {}))
    for each in parameters(call):
        if (
            each.name not in needed
            and each.default is each.empty
            and each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)
        ):
            needed[each.name] = VALID[each.name] if each.name in VALID else sample_of(call)
    return needed


def sample_of(reader: Callable[..., Any]) -> bytes:
    """The sample of the layout that a reader of files reads."""
    home = importlib.import_module(reader.__module__)
    layouts = [layout for layout in home.SPEC.layouts if layout.reader == reader.__name__]
    return bytes(layouts[0].sample.encode())


def kind_of(value: Any) -> type[Any]:
    kind: type[Any] = value.__class__
    return kind


def methods(instance: Any) -> dict[str, Callable[..., Any]]:
    """The public methods of a value that are kcharts' own and take arguments."""
    found: dict[str, Callable[..., Any]] = {}
    for name in dir(kind_of(instance)):
        if not name.startswith("_"):
            each = getattr(instance, name) if not _is_property(kind_of(instance), name) else None
            home = getattr(each, "__module__", None) or ""
            if inspect.isroutine(each) and home.startswith("kcharts") and parameters(each):
                found[name] = each
    return found


def _is_property(kind: type, name: str) -> bool:
    return not inspect.isroutine(getattr(kind, name))


def cases() -> dict[str, Case]:
    """Every public function, constructor and method."""
    found = {
        name: Case(each, valid(each)) for name, each in PUBLIC.items() if not inspect.isclass(each)
    }
    for instance in INSTANCES:
        kind = kind_of(instance)
        for name, each in methods(instance).items():
            found[f"{kind.__name__}.{name}"] = Case(each, valid(each))
    return found


CASES = cases()


def outcome(case: Case, name: str, value: Any) -> BaseException | None:
    """What a call raises with one argument replaced; None where it answers."""
    arguments = {**case.valid, name: value}
    before: list[Any] = []
    for each in parameters(case.call):
        if each.kind in (each.POSITIONAL_ONLY, each.VAR_POSITIONAL):
            if each.name not in arguments:
                break
            before.append(arguments.pop(each.name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = case.call(*before, **arguments)
            if hasattr(answer, "__iter__"):
                list[object](answer)
    except Exception as refused:  # noqa: BLE001  (which it is, is the question)
        return refused
    return None


def names(text: str, name: str) -> bool:
    """Whether a message names an argument."""
    return re.search(rf"\b{name.partition('_')[0].rstrip('s')}", text) is not None


def shows(text: str, value: Any) -> bool:
    """Whether a message shows a value, or the part of it that is wrong."""
    parts = list[object](value) if hasattr(value, "__iter__") and value is not type else []
    said = [f"found a {kind_of(value).__name__}"]
    for each in (value, *parts):
        said += [repr(each)[:150], str(each)[:150]]
    return any(words in text for words in said)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        pytest.param(call, each.name, id=f"{call}-{each.name}")
        for call, case in CASES.items()
        for each in parameters(case.call)
        if each.kind is not each.VAR_KEYWORD
    ],
)
def test_a_wrong_argument_is_told_with_its_name_and_value(
    call: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # "x" is a fine name of a file to write to
    case, silent = CASES[call], list[str]()
    for kind, value in WRONG.items():
        refused = outcome(case, name, value)
        if refused is None or isinstance(refused, KchartsError):
            continue
        told = str(refused)
        fair = isinstance(refused, TypeError | ValueError)
        if not (fair and names(told, name) and shows(told, value)):
            silent.append(f"{kind}: {refused!r:.300}")
    assert not silent


def test_every_public_class_with_methods_is_walked() -> None:
    walked = set(map(kind_of, INSTANCES))
    lacking = [
        name
        for name, each in PUBLIC.items()
        if isinstance(each, type) and each not in walked and _takes_arguments(each)
    ]
    assert not lacking


def _takes_arguments(kind: type) -> bool:
    """Whether a class has public methods of its own that take arguments beside the value."""
    own = [
        getattr(kind, name)
        for name in dir(kind)
        if not name.startswith("_") and not _is_property(kind, name)
    ]
    return any(
        (getattr(each, "__module__", None) or "").startswith("kcharts")
        and len(parameters(each)) > (0 if inspect.ismethod(each) else 1)
        for each in own
    )
