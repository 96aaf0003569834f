"""Rows as mappings, from `csv.DictReader` or a frame's `to_dicts()`, as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from numbers import Integral, Number, Real
from typing import Any, cast

from kcharts.model._checks import show
from kcharts.model.country import Country, World
from kcharts.sources.cell import CellError, Typed, cell_text, utf8
from kcharts.sources.limits import Limits
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import Table

NAME = "<rows>"


class _Row(list[Any]):
    """The cells of one mapping, with the mapping and what is wrong with it as a whole."""

    __slots__ = ("fault", "mapping")
    mapping: Mapping[str | None, object]
    fault: CellError | None


def mapping_table(rows: Iterable[object], limits: Limits) -> Table:
    """The table of mappings; its columns are all their keys.

    Raises:
        TypeError: A row is not a mapping, or a key not a text.
        UnreadableError: There is no row.
    """
    listed = [_mapping(row, number) for number, row in enumerate(rows, 1)]
    if not listed:
        raise UnreadableError("empty-file", "there are no rows", NAME)
    header = list(dict.fromkeys(key for row in listed for key in row if key is not None))
    return Table(
        name=NAME,
        header=header,
        lines=[_row(header, row) for row in listed],
        split=_split,
        decode=partial(cell_text, limit=limits.field_characters),
        stood=lambda row: repr(dict(row.mapping)),
    )


def _mapping(row: object, number: int) -> Mapping[str | None, object]:
    if not isinstance(row, Mapping):
        message = f"row {number:,}: expected a mapping of columns to values, found {show(row)}"
        raise TypeError(message)
    mapping = cast("Mapping[object, object]", row)
    odd = [key for key in mapping if key is not None and not isinstance(key, str)]
    if odd:
        raise TypeError(f"row {number:,}: expected a column's name as text, found {show(odd[0])}")
    return cast("Mapping[str | None, object]", dict(mapping))  # a generator may use one again


def _row(header: list[str], mapping: Mapping[str | None, object]) -> _Row:
    row = _Row(_cell(mapping.get(key)) for key in header)
    row.mapping, row.fault = mapping, None
    if mapping.get(None):  # csv.DictReader puts there what is beyond the header
        message = f"expected {len(header)} fields, found more"
        row.fault = CellError("too-many-fields", message)
    return row


def _split(row: _Row) -> list[Any]:
    if row.fault is not None:
        raise row.fault
    return list(row)


def _cell(value: object) -> Any:
    """A value as a cell: bytes for a text and for what is absent, else a `Typed` text."""
    if isinstance(value, str):
        return utf8(value)
    if value is None or _is_nan(value):
        return b""
    if isinstance(value, Country | World):
        return utf8(value.alpha2 if isinstance(value, Country) else value.value)
    return _typed(_time(value) if type(value).__name__ == "datetime64" else value)


def _time(time: Any) -> object:
    """The day or the moment of a NumPy value."""
    value: object = time.item()  # an int where the unit is nanoseconds, as pandas has it
    return value if isinstance(value, dt.date) else time.astype("datetime64[us]").item()


def _typed(value: object) -> Typed:
    if isinstance(value, bool):
        return Typed("true" if value else "false", "truth value")
    if isinstance(value, dt.datetime):
        return Typed(value.isoformat(sep=" "), "date and time")
    if isinstance(value, dt.date):
        return Typed(value.isoformat(), "date")
    if isinstance(value, Number):
        return Typed(_digits(value), "number")
    return Typed(str(value), "object")


def _digits(value: Number) -> str:
    """A number in plain digits; 1.0 is 1, since frames make decimals of columns with gaps."""
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Decimal):
        is_whole = value.is_finite() and value == value.to_integral_value()
        return f"{value:.0f}" if is_whole else f"{value:f}"
    if isinstance(value, Real) and float(value).is_integer():  # NumPy has floats of its own
        return f"{float(value):.0f}"
    return str(value)


def _is_nan(value: object) -> bool:
    """Whether a value marks a missing one: NaN, NaT, or the NA of pandas."""
    try:
        return bool(value != value)  # noqa: PLR0124  (only NaN and its like differ from themselves)
    except (TypeError, ValueError, ArithmeticError):
        return type(value).__name__ == "NAType"
