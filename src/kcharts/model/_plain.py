"""Values as plain JSON data and back, strictly: 3.7 is no rank, and no key is dropped."""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from kcharts.model.country import WORLD, Country, World

if TYPE_CHECKING:
    from cattrs import Converter

Place = Country | World


def _exactly(kind: type) -> Any:
    def structure(value: Any, _type: Any) -> Any:
        if type(value) is not kind:
            message = f"expected {kind.__name__}, found {value!r}"
            raise TypeError(message)
        return value

    return structure


def _place(value: Any, _type: Any) -> Place:
    return WORLD if value == "WORLD" else Country(value)


def _is_place(kind: Any) -> bool:
    return get_origin(kind) is not None and set(get_args(kind)) == {Country, World}


def _is_keyed_by_number(kind: Any) -> bool:
    return get_origin(kind) is dict and get_args(kind)[0] is int


def _keyed_by_number(value: Any, kind: Any) -> Any:
    """JSON has texts for keys."""
    return {int(key): converter().structure(v, get_args(kind)[1]) for key, v in value.items()}


@cache
def converter() -> "Converter":
    """The one converter; cattrs is imported when it is first asked for."""
    from cattrs import Converter  # noqa: PLC0415  (only to write and read JSON)

    made = Converter(forbid_extra_keys=True)
    for kind in (int, str, bool, float):
        made.register_structure_hook(kind, _exactly(kind))
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_structure_hook(dt.date, lambda value, _: dt.date.fromisoformat(value))
    made.register_unstructure_hook(Country, lambda country: country.alpha2)
    made.register_structure_hook(Country, lambda value, _: Country(value))
    made.register_unstructure_hook(World, lambda world: world.value)
    made.register_structure_hook_func(_is_place, _place)
    made.register_structure_hook_func(_is_keyed_by_number, _keyed_by_number)
    return made
