"""The public face of the package: every measure can be imported from it."""

from __future__ import annotations

import pytest

import kcharts
from kcharts import measures

NAMES: list[str] = vars(measures)["__all__"]


def test_a_name_of_the_package_is_that_of_kcharts() -> None:
    for name in NAMES:
        if name != "Basis":  # the rows of a figure, which few ask for by name
            assert getattr(measures, name) is getattr(kcharts, name)


def test_names_are_listed_by_dir() -> None:
    assert set(NAMES) <= set(dir(measures))


def test_a_name_that_does_not_exist_raises_as_usual() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(measures, name)
