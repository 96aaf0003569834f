"""Chart files, read and written: one public module for each publisher.

The modules are found by walking the package, so a new one needs no line anywhere else; those named
here are known to type checkers and editors as well.
"""

from __future__ import annotations

from pkgutil import iter_modules
from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from types import ModuleType

    from kcharts.formats import (
        billboard as billboard,
        flixpatrol as flixpatrol,
        kcharts_table as kcharts_table,
        kworb as kworb,
        netflix as netflix,
        spotify as spotify,
        us_daily as us_daily,
    )
    from kcharts.formats._anything import read_table as read_table
    from kcharts.formats._detect import read as read

    def __getattr__(name: str) -> ModuleType: ...
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {"_anything": "read_table", "_detect": "read"},
        modules=(each.name for each in iter_modules(__path__) if not each.name.startswith("_")),
        moved={"table": "kcharts.formats.kcharts_table"},
    )
