"""What every format module keeps to: each is found by walking the package, none is named here."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from kcharts import formats
from kcharts.testing._formats import PROMISES, Case, Promise, cases_of

MODULES = [
    import_module(f"{formats.__name__}.{each.name}")
    for each in iter_modules(formats.__path__)
    if not each.name.startswith("_")
]
pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # samples are a few rows long
)


every = pytest.mark.parametrize(
    "case", [case for each in MODULES for case in cases_of(each)], ids=str
)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@every
def test_a_layout_keeps_the_promises_of_every_reader(case: Case, promise: Promise) -> None:
    promise(case)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_layout_is_described_once(module: ModuleType) -> None:
    names = [case.layout.name for case in cases_of(module)]
    assert len(names) == len(set(names))


@every
def test_help_shows_every_option_of_a_reader(case: Case) -> None:
    shown = case.layout.reader + str(inspect.signature(case.reader))
    result = "ChartHistory" if case.layout.is_chart else "list[MostPopular]"
    assert f"{case.layout.reader}(source: 'Source', /, *, on_error: 'OnError' = 'raise', " in shown
    assert f" -> '{result} | tuple[{result}, ReadReport]'" in shown
    placed = ("place", "date") if case.layout.file_name else ()
    for option in ("encoding", "date_format", "limits", *placed):
        assert f" {option}: " in shown


@every
def test_an_option_that_no_reader_takes_is_refused(case: Case) -> None:
    message = rf"{case.layout.reader}\(\) got an unexpected keyword argument 'dateformat'"
    with pytest.raises(TypeError, match=message):
        case.reader(case.open(case.data), dateformat="%Y")
