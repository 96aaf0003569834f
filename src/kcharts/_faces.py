"""Public faces of packages: each name is imported when somebody first asks for it.

`import kcharts` costs little that way, and yet tab completion finds every public name. A type
checker does not run this: under `TYPE_CHECKING` each package imports the same names.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

_NamedT = TypeVar("_NamedT", bound=Callable[..., Any])

_NONE: Mapping[str, str] = MappingProxyType({})


def face(
    package: str,
    homes: Mapping[str, str],
    *,
    modules: Iterable[str] = (),
    search: Iterable[str] = (),
    moved: Mapping[str, str] = _NONE,
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """The `__getattr__`, `__dir__` and `__all__` of a package.

    Args:
        package: The package's name.
        homes: The public names, with spaces between them, by the module that defines them:
            "kcharts.model", or "_streaks" for a module of the package itself.
        modules: Public submodules that are found as attributes, but are no part of `__all__`.
        search: Packages in which to look for a name that is not here, to say that it is there.
        moved: What to say of names that the package used to have, and that are called otherwise.
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}
    submodules = frozenset(modules)

    def get(name: str) -> object:
        if name in home_of:
            home = home_of[name]
            path = home if "." in home else f"{package}.{home}"
            value: object = getattr(import_module(path), name)
        elif name in submodules:
            value = import_module(f"{package}.{name}")
        else:
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}{elsewhere(name)}",
                name=name,
                obj=sys.modules[package],
            )
        setattr(sys.modules[package], name, value)  # so that it is asked for once
        return value

    def elsewhere(name: str) -> str:
        if name in moved:
            return f": it is {moved[name]} now"
        # Only for names that somebody may have meant: Python itself asks for __path__ and others.
        for other in () if name.startswith("_") else search:
            module = import_module(other)
            if name in getattr(module, "__all__", vars(module)):
                return f": it is {other}.{name}"
        return ""

    def names() -> list[str]:
        # Not what the package itself imports, such as this function: nobody completes to that.
        dunders = (name for name in vars(sys.modules[package]) if name.startswith("__"))
        return sorted({*dunders, *home_of, *submodules})

    return get, names, sorted(home_of)


def public(thing: _NamedT) -> _NamedT:
    """Let a public class or function say the package that shows it, not the module it is in.

    Pickles hold `__module__`: one that was written today can be read after the module has moved.
    """
    thing.__module__ = thing.__module__.rpartition(".")[0]
    return thing


def own_names(module: str) -> Callable[[], list[str]]:
    """The `__dir__` of a public module: what it defines, not what it imports to do so."""

    def names() -> list[str]:
        return sorted(
            name
            for name, value in vars(sys.modules[module]).items()
            if name.startswith("__")
            or (name[0] != "_" and getattr(value, "__module__", "") == module)
            or name.isupper()  # SPEC and other constants
            if len(name) > 1  # T is a type variable
        )

    return names
