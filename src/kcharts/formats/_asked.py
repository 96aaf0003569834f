"""What a caller says of a table of no known format, and the plan that follows for its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, NamedTuple

from attrs import evolve

from kcharts.errors import Problem
from kcharts.formats.kcharts_table import _fields as fields
from kcharts.formats.kcharts_table._fields import DEPTH
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World, names_world
from kcharts.model.title import Title, fold
from kcharts.reading import parsers as cells
from kcharts.reading.codes import Cells, Plan, Value
from kcharts.reading.names import key_parser, maybe_whole, season_parser, whole_name
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role, Typed
from kcharts.sources.table import Table, folded_header

CONSTANTS = ("publisher", "platform", "category", "frequency", "country")
"""The columns in place of which an argument may stand."""
_ROW = ("title", "date", "rank")
_FOUND = (*_ROW, *CONSTANTS)
"""The columns that are found by their names."""
_MOST = 1_000
"""The deepest rank that is believed where no depth is given."""
_CHART = "(chart)"
_USUAL = {
    "title": ("name", "song", "track", "track name", "show", "show title", "film", "movie"),
    "date": ("week", "day", "chart date", "week ending", "as of"),
    "rank": ("position", "pos", "no", "no.", "#", "chart position"),
    "country": ("region", "market", "territory", "country name", "country code", "place"),
}
_ARGUMENTS = {"publisher": 'publisher="..."', "frequency": 'frequency="daily" or "weekly"'}


def _where(text: str, locale: str | None) -> Country | World:
    """A country by code or name, or the world."""
    return WORLD if names_world(text) else _country(text, locale)


def _origin(text: str, locale: str | None) -> Country | None:
    return _country(text, locale) if text.strip() else None


def _country(text: str, locale: str | None) -> Country:
    try:
        return cells.country(text, locale)
    except CellError as fault:
        if fault.code == "unknown-country" and fault.hint is None and locale is None:
            fault.hint = 'locale="de", say, reads names in German as well'
        raise


_SERIES = {field.column: field.parse for field in fields.CHART}
_OF_CHART: dict[str, Callable[[str], Any]] = {name: _SERIES[name] for name in CONSTANTS}
_OF_TITLE: dict[str, Callable[[str], Any]] = {
    **{field.column: field.parse for field in fields.TITLE},
    "title": whole_name,
    "by": maybe_whole,
}


def _whole(text: str) -> int | None:
    """A count, which frames may write as 1.0; 40.000 might as well be 40,000."""
    try:
        return cells.count(text.removesuffix(".0"))
    except CellError as fault:
        if "." in text:
            fault.hint = "a point that parts thousands has to go: 40.000 could be 40 or 40,000"
        raise


_COUNTED = {"hours_viewed", "views", "streams"}
_VALUES: dict[str, tuple[str, Callable[[str], Any]]] = {
    field.column: (name, _whole if name in _COUNTED else field.parse)
    for name, field in fields.VALUES.items()
}
COLUMNS = (*_FOUND, *(name for name in _OF_TITLE if name != "title"), *_VALUES)
"""The columns that a table may have; all others are extras."""


class Asked(NamedTuple):
    """What the caller says.

    Attributes:
        given: By the names of columns what is the same in all rows.
        columns: By our names of columns the table's.
        depth: How many ranks a full list has.
        calendar: The calendar of all series.
        date_format: How dates are written.
        locale: The language of countries' names beside English.
        ties: Whether several titles may stand at one rank.
        repeats: Whether one title may stand at several ranks.
    """

    given: Mapping[str, Any]
    columns: Mapping[str, str]
    depth: int | None = None
    calendar: Calendar | None = None
    date_format: str | None = None
    locale: str | None = None
    ties: bool = False
    repeats: bool = False


def checked_columns(columns: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, str]:
    """The mapping of columns, if each key is a column and is not given already.

    Raises:
        TypeError: A name is no text.
        ValueError: A key is no column of the kcharts table, or an argument says it too.
    """
    checks.check_kind("columns", columns, Mapping, "the table's columns by those of kcharts")
    for ours, yours in columns.items():
        if not isinstance(yours, str):
            raise checks.refuse(f"columns[{ours!r}]", "a column's name", yours, kind=TypeError)
        if ours not in COLUMNS:
            near = get_close_matches(str(ours), COLUMNS) or COLUMNS
            raise checks.refuse("columns", f"keys such as {', '.join(near)}", ours)
        if ours in given:
            raise ValueError(f"{ours}: it is given as an argument, and in columns: leave one out")
    return dict(columns)


def names_in(asked: Asked, header: list[str]) -> dict[str, str]:
    """By our names of columns the table's, those that are found by name included."""
    held = folded_header(header)
    found = {name: name for name in _FOUND if name in held and name not in asked.given}
    return {**found, **asked.columns}


def lacking(asked: Asked, header: list[str], source: str) -> list[Problem]:
    """What a header lacks, a problem each."""
    held = folded_header(header)
    names = names_in(asked, header)
    found = f"found: {checks.shown(', '.join(header))}"
    problems: list[Problem] = []
    for ours, yours in names.items():
        if folded_header([yours])[0] not in held:
            near = get_close_matches(yours, header)
            hint = f"perhaps {' or '.join(map(repr, near))}; {found}" if near else found
            message = f"there is no column {yours!r}, which columns= takes for {ours}"
            problems.append(Problem("missing-column", message, source, hint=hint))
    said = names.keys() | asked.given.keys()
    for ours in (*_ROW, "country"):
        if ours not in said:
            hint = f"{_way_out(ours, header)}; {found}"
            message = f"no column is called {ours}"
            problems.append(Problem("missing-column", message, source, hint=hint))
    unsaid = [name for name in _ARGUMENTS if name not in said]
    if unsaid:
        hint = f"say {' and '.join(_ARGUMENTS[name] for name in unsaid)}"
        message = f"no column is called {' or '.join(unsaid)}"
        problems.append(Problem("missing-column", message, source, hint=hint))
    return problems


def _way_out(ours: str, header: list[str]) -> str:
    """How to say what no column is called, by a column that may be it."""
    near = [each for each in header if _compared(each) in _USUAL[ours]]
    way = f"perhaps columns={{{ours!r}: {near[0]!r}}}" if near else f"columns={{{ours!r}: ...}}"
    return way if ours != "country" else f'country="KR", or "world", if no column is; {way}'


def _compared(name: str) -> str:
    """A column's name as it is compared with the usual ones."""
    return " ".join(folded_header([name])[0].replace("_", " ").split())


def prepared(table: Table, asked: Asked) -> Table:
    """The table with a column for the chart, should there be none that says anything of it."""
    decode = table.decode

    def decoded(role: Role, cell: Any) -> str:
        # A date of release tells no titles apart, and may be held as a date.
        is_date = role == "id" and isinstance(cell, Typed) and cell.kind == "date"
        return str(cell) if is_date else decode(role, cell)

    says = names_in(asked, table.header).keys() & _OF_CHART.keys()
    return evolve(table if says else table.with_given({_CHART: ""}), decode=decoded)


def plan_of(
    reading: Reading, header: list[str], asked: Asked, depths: Mapping[ChartSeries, int]
) -> Plan:
    """The plan of a table by what the caller says.

    Args:
        reading: What the rows go to.
        header: The table's, prepared.
        asked: What the caller says.
        depths: The depths of series of which none is given.
    """
    names = names_in(asked, header)
    charted = {ours: yours for ours, yours in names.items() if ours in _OF_CHART}
    titled = {ours: yours for ours, yours in names.items() if ours in _OF_TITLE}
    ids = tuple(yours for ours, yours in titled.items() if ours not in _NAMES)
    where = tuple(charted.values()) or (_CHART,)
    checked = _checked(asked, header)
    return Plan(
        Layout(
            name="the table",
            reader="read_table",
            columns=tuple(names[ours] for ours in _ROW),
            optional=(*names.values(), _CHART),
        ),
        chart=Cells((*where, *checked), _charted(reading.builder, charted, checked, asked, depths)),
        date=Cells((names["date"],), _ordinal(asked)),
        title=Cells(tuple(titled.values()), _titled(reading, titled, asked), ids),
        rank=Cells((names["rank"],), _ranked(asked.depth)),
        values=tuple(
            Value(yours, *_VALUES[ours]) for ours, yours in names.items() if ours in _VALUES
        ),
        ties=asked.ties,
        repeats=asked.repeats,
        in_lists=True,
    )


_NAMES = ("title", "by", "season")


def _charted(
    builder: Builder,
    names: dict[str, str],
    checked: tuple[str, ...],
    asked: Asked,
    depths: Mapping[ChartSeries, int],
) -> Callable[..., int]:
    parsers: dict[str, Callable[[str], Any]] = {**_OF_CHART}
    parsers["country"] = partial(_where, locale=asked.locale)
    own = len(names) or 1  # the one that no table has

    def code(*texts: str) -> int:
        found: dict[str, Any] = {"category": "Chart", **asked.given}
        for (ours, yours), text in zip(names.items(), texts, strict=False):
            found[ours] = cells.parsed(yours, parsers[ours], text)
        for ours, text in zip(checked, texts[own:], strict=True):
            _agree(ours, asked, parsers[ours], text)
        place = found.pop("country")
        found.setdefault("platform", found["publisher"])
        series = ChartSeries(**found, depth=asked.depth or DEPTH)
        series = evolve(series, depth=depths.get(series, series.depth))
        if asked.calendar is not None:
            builder.calendars[series] = asked.calendar
        return builder.chart(Chart(series, place))

    return code


def _checked(asked: Asked, header: list[str]) -> tuple[str, ...]:
    """The columns that say what an argument says too; a category may be a genre."""
    held, taken = folded_header(header), folded_header(asked.columns.values())
    checked = (name for name in CONSTANTS if name in asked.given and name != "category")
    return tuple(name for name in checked if name in held and name not in taken)


def _agree(ours: str, asked: Asked, parse: Callable[[str], Any], text: str) -> None:
    """Raise where a cell contradicts an argument."""
    given = asked.given[ours]
    said = given.value if isinstance(given, Frequency | World) else str(given)
    try:
        same = checks.is_blank(text) or fold(text) == fold(said) or parse(text) == given
    except CellError:
        same = False
    if not same:
        fault = CellError("conflicting-argument", f"expected {said}, as {ours}= says")
        fault.column = ours
        fault.hint = f"leave {ours}= out, or, if the column is about something else, rename it"
        raise fault


def _titled(reading: Reading, columns: dict[str, str], asked: Asked) -> Callable[..., int]:
    builder, seen = reading.builder, reading.seen
    parsers: dict[str, Callable[[str], Any]] = {
        **_OF_TITLE,
        "origin": partial(_origin, locale=asked.locale),
        "released": _released(asked),
        "season": season_parser(seen),
        "key": key_parser(seen),
    }
    named: dict[str, str] = {}

    def code(*texts: str) -> int:
        found: dict[str, Any] = {}
        for (ours, yours), text in zip(columns.items(), texts, strict=True):
            found[ours] = cells.parsed(yours, parsers[ours], text)
        name, key = found.pop("title"), found.pop("key", None)
        if key is None:
            return builder.title(Title(name, **found))
        other = named.setdefault(key, name)
        if other != name:
            message = f"the key {key!r} is that of {other!r} and of {name!r}: one work, or no key?"
            seen.note("several-names", key, message)
        return builder.title(Title(name, **found, key=key))

    return code


def _released(asked: Asked) -> Callable[[str], dt.date | None]:
    day = cells.day_as(asked.date_format)

    def parse(text: str) -> dt.date | None:
        return day(text) if text.strip() else None

    return parse


def _ordinal(asked: Asked) -> Callable[[str], int]:
    if asked.calendar is not None:
        return cells.issue_ordinal(asked.calendar, asked.date_format)
    day = cells.day_as(asked.date_format)

    def ordinal(text: str) -> int:
        return day(text).toordinal()

    return ordinal


def _ranked(depth: int | None) -> Callable[[str], int]:
    parse = cells.rank(_MOST if depth is None else depth)

    def ranked(text: str) -> int:
        try:
            return parse(text)
        except CellError as fault:
            if fault.code == "rank-out-of-range":
                fault.hint = "depth=... says how many ranks a full list has"
            raise

    return ranked


def deepest(builder: Builder) -> dict[ChartSeries, int]:
    """The deepest rank read of each series that is deeper than what is taken for granted."""
    charts = list(builder.charts)
    series = [charts[chart].series for chart, _ in builder.issues]
    found: dict[ChartSeries, int] = {}
    for issue, rank in zip(builder.issue_codes, builder.ranks, strict=True):
        if rank > found.get(series[issue], DEPTH):
            found[series[issue]] = rank
    return found
