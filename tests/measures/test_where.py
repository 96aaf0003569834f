"""The keywords that narrow a call: declared once, shown by help(), and no other one is taken."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Callable
from typing import Any, get_args

import pytest

import kcharts
from kcharts import measures, records, similarity, streaks
from kcharts.measures._where import InSeries, OfClass, OfClassInSeries, Where
from tests.lists import lists

KEYWORDS: dict[str, tuple[str, ...]] = {
    "InSeries": ("series", "category", "as_of"),
    "Where": ("country", "series", "category", "as_of"),
    "OfClassInSeries": ("origin", "among", "where", "series", "category", "as_of"),
    "OfClass": ("origin", "among", "where", "country", "series", "category", "as_of"),
}


def narrowed() -> dict[str, tuple[Callable[..., Any], str]]:
    """The public functions that take such keywords, with the name of the TypedDict."""
    found: dict[str, tuple[Callable[..., Any], str]] = {}
    for module in (measures, records, similarity):
        for name in module.__all__:
            each: Any = getattr(module, name)
            plain = inspect.unwrap(each) if inspect.isfunction(each) else each
            if plain is not each:
                *_, keywords = inspect.signature(plain, eval_str=True).parameters.values()
                found[name] = each, get_args(keywords.annotation)[0].__name__
    return found


NARROWED = narrowed()
FUNCTIONS = pytest.mark.parametrize("name", NARROWED)


def test_the_keywords_are_those_that_type_checkers_know() -> None:
    for kind in (InSeries, Where, OfClassInSeries, OfClass):
        assert set(KEYWORDS[kind.__name__]) == set(kind.__annotations__)
    assert {kind for _, kind in NARROWED.values()} == set(KEYWORDS)
    assert len(NARROWED) == 20


@FUNCTIONS
def test_help_shows_every_keyword_with_its_default_and_meaning(name: str) -> None:
    measure, kind = NARROWED[name]
    shown = inspect.signature(measure).parameters
    page = pydoc.plain(pydoc.render_doc(measure))
    for keyword in KEYWORDS[kind]:
        assert shown[keyword].kind is inspect.Parameter.KEYWORD_ONLY
        assert shown[keyword].default is None
        assert f"{keyword}: " in page.partition("\n\n")[2]
    assert not any(each.kind is each.VAR_KEYWORD for each in shown.values())
    assert set(measure.__annotations__) == {*shown, "return"}
    if "Args:" in page:
        _, _, arguments = page.partition("Args:")
        assert [k for k in shown if f"  {k}: " not in arguments] == []


@FUNCTIONS
def test_a_keyword_that_a_measure_does_not_have_is_refused(name: str) -> None:
    """It would be no filter, and the figure one of all places."""
    measure, kind = NARROWED[name]
    history = lists({"US": ["SAB"]})
    near = "categry"
    with pytest.raises(TypeError, match=f"{name} has no keyword 'categry': did you mean category="):
        measure(history, **{near: "TV"})
    with pytest.raises(TypeError, match=f"{name} has no keyword 'zzz': it has .*as_of, .*category"):
        measure(history, zzz=1)
    if "country" not in KEYWORDS[kind]:
        with pytest.raises(TypeError, match=f"{name} has no keyword 'country'"):
            measure(history, country="US")


def test_type_checkers_find_a_keyword_that_is_misspelt() -> None:
    with pytest.raises(TypeError, match="streaks has no keyword 'contry': did you mean country="):
        streaks(lists({"US": ["SAB"]}), contry="US")  # type: ignore[call-arg]  # the point


def test_a_measure_is_the_function_that_its_package_shows() -> None:
    assert streaks is kcharts.streaks
    assert (streaks.__name__, streaks.__module__) == ("streaks", "kcharts.measures")
