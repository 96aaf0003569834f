"""Values as plain data: strict, so that nothing is read that was not written."""

from __future__ import annotations

from typing import Any

import pytest
from cattrs.errors import BaseValidationError, StructureHandlerNotFoundError
from hypothesis import given

from kcharts.model._plain import converter
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart
from kcharts.model.title import Title
from kcharts.testing import calendars, charts, titles


@given(titles(), charts(), calendars())
def test_a_value_is_read_as_it_was_written(title: Title, chart: Chart, calendar: Calendar) -> None:
    for value in (title, chart, calendar):
        plain = converter().unstructure(value)
        again = converter().structure(plain, type(value))
        assert again == value
        assert repr(again) == repr(value)


@pytest.mark.parametrize(
    ("value", "kind"), [(3.7, int), (True, int), ("3", int), (3, str), (1, bool), (1, float)]
)
def test_nothing_is_taken_for_what_it_is_not(value: Any, kind: type[object]) -> None:
    with pytest.raises(TypeError, match=f"expected {kind.__name__}, found {value!r}"):
        converter().structure(value, kind)


def test_a_key_that_is_not_known_is_refused() -> None:
    plain = {**converter().unstructure(Title("Hellbound")), "colour": "red"}
    with pytest.raises((BaseValidationError, StructureHandlerNotFoundError)):
        converter().structure(plain, Title)


@pytest.mark.parametrize("path", ["os.system", "kcharts.model._checks.refuse", "kcharts.model.no"])
def test_only_a_public_class_is_looked_up_by_name(path: str) -> None:
    anything: Any = Any
    with pytest.raises(ValueError, match="expected a public class of kcharts"):
        converter().structure({path: {}}, anything)
