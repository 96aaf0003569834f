"""What every format module keeps to: each is found by walking the package, none is named here."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

import pytest

from kcharts import formats
from kcharts.testing._formats import PROMISES, Case, Promise, cases_of

MODULES = [
    import_module(f"{formats.__name__}.{name}") for name in dir(formats) if not name.startswith("_")
]
pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # samples are a few rows long
)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("case", [case for each in MODULES for case in cases_of(each)], ids=str)
def test_a_layout_keeps_the_promises_of_every_reader(case: Case, promise: Promise) -> None:
    promise(case)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_layout_is_described_once(module: ModuleType) -> None:
    names = [case.layout.name for case in cases_of(module)]
    assert len(names) == len(set(names))
