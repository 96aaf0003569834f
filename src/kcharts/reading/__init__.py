"""From a table of cells to a history: all that a module for a publisher's files is made of.

Such a module names the columns of a `Layout` in a `Recipe`, describes the format in a constant
`SPEC`, a `FormatSpec`, and makes its reader with `recipe_reader`. The parsers of cells are in
`kcharts.reading.parsers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.reading import parsers as parsers
    from kcharts.reading.options import (
        Options as Options,
        PlacedOptions as PlacedOptions,
        ReadOptions as ReadOptions,
    )
    from kcharts.reading.parsers import Noted as Noted
    from kcharts.reading.reader import (
        PlacedReader as PlacedReader,
        Reader as Reader,
        placed_reader as placed_reader,
        public_reader as public_reader,
        recipe_reader as recipe_reader,
    )
    from kcharts.reading.recipe import (
        ChartInCalendar as ChartInCalendar,
        Column as Column,
        Columns as Columns,
        Recipe as Recipe,
    )
    from kcharts.reading.rows import read_rows as read_rows
    from kcharts.reading.spec import (
        FormatSpec as FormatSpec,
        Layout as Layout,
        table_of as table_of,
    )
    from kcharts.sources.cell import CellError as CellError
    from kcharts.sources.limits import Limits as Limits
    from kcharts.sources.report import ReadReport as ReadReport
    from kcharts.sources.source import Payload as Payload, UnreadableError as UnreadableError
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "options": "Options PlacedOptions ReadOptions",
            "parsers": "Noted",
            "reader": "PlacedReader Reader placed_reader public_reader recipe_reader",
            "recipe": "ChartInCalendar Column Columns Recipe",
            "rows": "read_rows",
            "spec": "FormatSpec Layout table_of",
            "kcharts.sources.cell": "CellError",
            "kcharts.sources.limits": "Limits",
            "kcharts.sources.report": "ReadReport",
            "kcharts.sources.source": "Payload UnreadableError",
        },
        modules=("parsers",),
    )
