"""Public faces of packages: each name is imported when somebody first asks for it.

`import kcharts` costs little that way, and yet every public name can be found by tab completion.
A type checker does not run this: under `TYPE_CHECKING` each package imports the same names.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})


def face(
    package: str,
    homes: Mapping[str, Iterable[str]],
    *,
    modules: Iterable[str] = (),
    moved: Mapping[str, str] = _NONE,
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """The `__getattr__`, `__dir__` and `__all__` of a package.

    Args:
        package: The package's name.
        homes: The public names by the module that defines them: "kcharts.model", or "_streaks"
            for a module of the package itself.
        modules: Public submodules that are found as attributes, but are no part of `__all__`.
        moved: Where names are now that the package used to have.
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    submodules = frozenset(modules)

    def get(name: str) -> object:
        if name in home_of:
            home = home_of[name]
            path = home if "." in home else f"{package}.{home}"
            value: object = getattr(import_module(path), name)
        elif name in submodules:
            value = import_module(f"{package}.{name}")
        else:
            message = f"module {package!r} has no attribute {name!r}"
            if name in moved:
                message += f": it is {moved[name]} now"
            raise AttributeError(message, name=name, obj=sys.modules[package])
        setattr(sys.modules[package], name, value)  # so that it is asked for once
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *home_of, *submodules})

    return get, names, sorted(home_of)
