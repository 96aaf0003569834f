"""Values as plain JSON data and back, strictly: 3.7 is not a rank, and no key is dropped.

A field with values of several classes says which: `{"kcharts.measures.Streak": {...}}`.
"""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import import_module
from inspect import isclass
from types import GenericAlias, NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin

import attrs

from kcharts.model import _checks as checks
from kcharts.model.country import WORLD, Country, World

if TYPE_CHECKING:
    from cattrs import Converter

_PLAIN = (NoneType, bool, int, float, str)


@cache
def converter() -> "Converter":
    """The one converter; cattrs is imported when it is first asked for."""
    from cattrs import Converter  # noqa: PLC0415  (only to write and read JSON)

    # A key of a later version would mean something, so it must not be lost without a word.
    plain = Converter(forbid_extra_keys=True)
    for kind in (int, str, bool, float):
        plain.register_structure_hook(kind, _exactly(kind))
    plain.register_unstructure_hook(dt.date, dt.date.isoformat)
    plain.register_structure_hook(dt.date, lambda value, _: checks.as_day(value))
    plain.register_unstructure_hook(Decimal, str)
    # Of two hooks that fit, cattrs takes the one that was registered last.
    plain.register_unstructure_hook_factory(attrs.has, _writer)
    plain.register_structure_hook_factory(attrs.has, _reader)
    plain.register_unstructure_hook_func(_is_open, _write_open)
    plain.register_structure_hook_func(_is_open, _read_open)
    plain.register_unstructure_hook_func(_is_results, lambda value: [*map(_write_open, value)])
    plain.register_structure_hook_func(_is_results, _read_results)
    plain.register_unstructure_hook_factory(_is_mapping, _mapping_writer)
    plain.register_structure_hook_func(_is_mapping, _read_mapping)
    plain.register_structure_hook_func(_is_keyed_by_number, _read_keyed_by_number)
    for is_one, read in ((_is_place, _read_place), (_is_amount, _read_amount)):
        plain.register_unstructure_hook_func(is_one, plain.unstructure)
        plain.register_structure_hook_func(is_one, read)
    plain.register_unstructure_hook(Country, lambda country: country.alpha2)
    plain.register_structure_hook(Country, lambda value, _: Country(value))
    return plain


def _writer(kind: Any) -> Any:
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415  (as above)

    return make_dict_unstructure_fn(_of_anything(kind), converter())


def _reader(kind: Any) -> Any:
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415  (as above)

    return make_dict_structure_fn(_of_anything(kind), converter(), _cattrs_forbid_extra_keys=True)


def _of_anything(kind: Any) -> Any:
    """A generic class with anything for its variables: a record is of whatever it holds."""
    variables = getattr(kind, "__parameters__", ())
    return kind[(Any,) * len(variables)] if variables else kind


def _exactly(kind: type) -> Any:
    def structure(value: Any, _type: Any) -> Any:
        # cattrs itself would make 3 of 3.7, and "1" of 1.
        if type(value) is not kind:
            message = f"expected {kind.__name__}, found {value!r}"
            raise TypeError(message)
        return value

    return structure


def _members(kind: Any) -> set[Any]:
    """The members of a union, without None; nothing for other types."""
    return set(get_args(kind)) - {NoneType} if get_origin(kind) in (Union, UnionType) else set()


def _is_place(kind: Any) -> bool:
    return _members(kind) == {Country, World}


def _read_place(value: Any, _type: Any) -> Country | World:
    return WORLD if value == WORLD.value else converter().structure(value, Country)


def _is_amount(kind: Any) -> bool:
    return _members(kind) == {int, Decimal}


def _read_amount(value: Any, kind: Any) -> int | Decimal | None:
    if value is None and NoneType in get_args(kind):
        return None
    # Decimals are texts in JSON: a float could not give them back.
    return Decimal(value) if isinstance(value, str) else converter().structure(value, int)


def _is_keyed_by_number(kind: Any) -> bool:
    return get_origin(kind) is dict and get_args(kind)[0] is int


def _read_keyed_by_number(value: Any, kind: Any) -> Any:
    """JSON has texts for keys."""
    return {int(key): converter().structure(v, get_args(kind)[1]) for key, v in value.items()}


def _is_mapping(kind: Any) -> bool:
    """Whether it is one of our classes of mappings, such as ranks by country."""
    return isinstance(kind, type) and issubclass(kind, Mapping) and not issubclass(kind, dict)


def _as_dict(kind: Any) -> Any:
    [base] = (base for base in kind.__orig_bases__ if get_origin(base) is Mapping)
    return GenericAlias(dict, get_args(base))


def _mapping_writer(kind: Any) -> Any:
    def write(value: Mapping[Any, Any]) -> Any:
        return converter().unstructure(dict(value), _as_dict(kind))

    return write


def _read_mapping(value: Any, kind: Any) -> Any:
    return kind(converter().structure(value, _as_dict(kind)))


def _is_results(kind: Any) -> bool:
    """Whether it is the class of many figures at once, which is a sequence made by `of`."""
    # By its shape: the model knows nothing of the measures.
    origin: Any = get_origin(kind) or kind
    return hasattr(origin, "of") and isclass(origin) and issubclass(origin, Sequence)


def _read_results(value: Any, kind: Any) -> Any:
    return (get_origin(kind) or kind).of([_read_open(each, None) for each in value])


def _is_open(kind: Any) -> bool:
    """Whether it allows values of several classes, so that each has to say which it is."""
    return (
        kind in (Any, object, Hashable)
        or getattr(kind, "_is_protocol", False)
        or isinstance(kind, TypeVar)
        or len(_members(kind)) > 1
    )


def _write_open(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    kind: Any = value.__class__
    return {f"{kind.__module__}.{kind.__qualname__}": converter().unstructure(value)}


def _read_open(value: Any, _type: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    [(path, fields)] = value.items()
    return converter().structure(fields, _public_class(path))


def _public_class(path: str) -> type[Any]:
    """The class of kcharts that a public path names; nothing else is ever imported for a text."""
    module, _, name = path.rpartition(".")
    # A file must not be able to import anything else.
    if module.partition(".")[0] == "kcharts" and "._" not in path:
        kind: Any = getattr(import_module(module), name, None)
        if getattr(kind, "__module__", None) == module:
            return cast("type[Any]", kind)
    raise checks.refuse("class", "a public class of kcharts", path)
