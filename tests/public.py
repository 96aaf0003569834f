"""What the package shows: every public class, found by walking its faces."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import kcharts


def faces() -> Iterator[str]:
    """The modules that show names: those with an `__all__`, and the errors."""
    for module in walk_packages(kcharts.__path__, "kcharts."):
        if "._" not in module.name and module.name != "kcharts.testing":
            shown = import_module(module.name)
            if "__all__" in vars(shown) or module.name == "kcharts.errors":
                yield module.name


def public() -> dict[str, Any]:
    """Every public class and function, by the name of the module that shows it and its own."""
    shown: dict[str, Any] = {}
    for face in ("kcharts", *faces()):
        module = import_module(face)
        for name in getattr(module, "__all__", dir(module)):
            thing = getattr(module, name)
            own = getattr(thing, "__module__", "").startswith("kcharts")
            if own and (inspect.isclass(thing) or inspect.isfunction(thing)):
                shown[f"{face}.{name}"] = thing
    return shown


PUBLIC = public()
# Recipes are no values: they hold functions that parse cells.
VALUES: list[Any] = sorted(
    {
        thing
        for path, thing in PUBLIC.items()
        if inspect.isclass(thing)
        and not issubclass(thing, (BaseException, Enum))
        and not path.startswith("kcharts.reading.")
    },
    key=lambda kind: kind.__name__,
)
