"""Tables of no known format, whose columns the caller names.

The module has a leading underscore because its function has the name that users import.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, Literal, NamedTuple, Unpack, cast, overload

from attrs import evolve

from kcharts._faces import public
from kcharts.errors import Problem
from kcharts.formats.kcharts_table import _fields as fields
from kcharts.formats.kcharts_table._fields import DEPTH
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World, names_world
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import find_place
from kcharts.model.title import Title, fold
from kcharts.reading import parsers
from kcharts.reading.oddities import check_weeks, oddities
from kcharts.reading.options import (
    OnError,
    Options,
    ReadOptions,
    check_names,
    options_of,
    set_signature,
)
from kcharts.reading.reader import Parse, answer, empty
from kcharts.reading.recipe import Column, Columns, Recipe, make_title
from kcharts.reading.rows import read_rows
from kcharts.reading.spec import Layout
from kcharts.sources.cell import CellError, Role, Typed
from kcharts.sources.json import document_table
from kcharts.sources.limits import LIMITS
from kcharts.sources.mappings import NAME, mapping_table
from kcharts.sources.opening import any_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload, Source
from kcharts.sources.table import Table, folded_header
from kcharts.sources.text import head_text, is_json, text_of

Printed = Literal["refuse", "keep"]


class TableOptions(ReadOptions, total=False):
    """What `read_table` can be told, each of which its docstring explains."""

    publisher: str | None
    frequency: Frequency | Literal["daily", "weekly"] | None
    platform: str | None
    category: str | None
    country: Country | World | str | None
    locale: str | None
    columns: Mapping[str, str] | None
    depth: int | None
    calendar: Calendar | None
    ties: Printed
    repeats: Printed


_DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(TableOptions.__annotations__),
    "ties": "refuse",
    "repeats": "refuse",
    "limits": LIMITS,
}


@overload
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    on_error: Literal["raise"] = "raise",
    **options: Unpack[TableOptions],
) -> ChartHistory: ...
@overload
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    on_error: Literal["collect"],
    **options: Unpack[TableOptions],
) -> tuple[ChartHistory, ReadReport]: ...
@public
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    on_error: OnError = "raise",
    **options: Unpack[TableOptions],
) -> ChartHistory | tuple[ChartHistory, ReadReport]:
    """Read a table in none of the known formats, with one rank of a list in each row.

    The columns title, country, date and rank are found by these names, and so are publisher,
    platform, category and frequency unless an argument gives them. Any other column keeps its
    text among the extras, unless `columns` says what it is. Countries are codes or names, the
    world chart is "world", "global", "worldwide" or "international".

    Args:
        rows_or_source: Delimited text, JSON records, JSON lines or a workbook, as a path, an
            object with `open` or `read`, or bytes; or rows as mappings, from `csv.DictReader` or
            a frame's `to_dicts()`.
        on_error: "raise" raises `ParseErrors`; "collect" returns what could be read with a
            `ReadReport`.
        publisher: Who issues the lists.
        frequency: "daily" or "weekly".
        platform: Where the titles were watched or heard; by default the publisher.
        category: The list's category; by default, and without such a column, "Chart".
        country: The place of all rows: a name, a code or "world".
        locale: A language in which to read country names too, such as "de" or "ko".
        columns: The table's column names by those of the kcharts table, such as
            `{"title": "Song", "by": "Artist", "streams": "Plays"}`.
        depth: How many ranks a full list has; a rank beyond is an error. By default the deepest
            rank of the series, at least 10.
        calendar: The issues that the series should have; by default inferred from the dates.
        ties: "keep" if lists are printed with several titles at one rank.
        repeats: "keep" if lists are printed with one title at several ranks.
        encoding: The text's encoding if it is not UTF-8.
        date_format: How dates are written if not as YYYY-MM-DD: "%m/%d/%Y", for instance.
        limits: How large a source may be before it is refused.

    Raises:
        ParseErrors: A required column is missing, or rows cannot be read.
        TypeError: It is a data frame, whose rows have to be taken out first, or not a table.
        ValueError: A key of `columns` is not a column of the kcharts table; or kcharts has no
            country names in the language of `locale`.

    >>> import kcharts
    >>> rows = [
    ...     {"Song": "A Song", "Artist": "A Singer", "Week": "2022-01-07", "Pos": "1"},
    ...     {"Song": "B Song", "Artist": "B Singer", "Week": "2022-01-07", "Pos": "2"},
    ... ]
    >>> history = kcharts.read_table(
    ...     rows,
    ...     publisher="A Radio Station",
    ...     frequency="weekly",
    ...     category="Songs",
    ...     country="South Korea",
    ...     columns={"title": "Song", "by": "Artist", "date": "Week", "rank": "Pos"},
    ... )
    >>> print(history[0])
    A Song by A Singer: No. 1 in the week ending 2022-01-07, A Radio Station Songs in South Korea
    """
    check_names(read_table, options)
    said: dict[str, Any] = {**_DEFAULTS, **options}
    described = _described(said)
    own = options_of({name: said[name] for name in ReadOptions.__annotations__})
    source, parse = _parser(rows_or_source, described)
    return answer(source, parse, own, nothing=empty, odd=oddities, on_error=on_error)


set_signature(read_table, TableOptions, _DEFAULTS, "ChartHistory | tuple[ChartHistory, ReadReport]")

CONSTANTS = ("publisher", "platform", "category", "frequency", "country")
"""The columns that an argument can replace."""


class _Description(NamedTuple):
    """The caller's description of a table.

    Attributes:
        constants: The values that all rows share, by the names of columns.
        columns: The table's names of columns by ours.
        depth: How many ranks a full list has.
        calendar: The calendar of all series.
        date_format: How dates are written.
        locale: The language of countries' names beside English.
        ties: Whether several titles may have one rank.
        repeats: Whether one title may have several ranks.
    """

    constants: Mapping[str, Any]
    columns: Mapping[str, str]
    depth: int | None
    calendar: Calendar | None
    date_format: str | None
    locale: str | None
    ties: bool
    repeats: bool


def _described(said: Mapping[str, Any]) -> _Description:
    """The description that some arguments give, if there could be such a chart."""
    frequency, country, locale = said["frequency"], said["country"], said["locale"]
    values = {
        **{name: said[name] for name in ("publisher", "platform", "category")},
        "frequency": None if frequency is None else _often(frequency),
        "country": None if country is None else find_place(country, locale=locale),
    }
    constants = {name: value for name, value in values.items() if value is not None}
    _check(constants, said["depth"], said["calendar"])
    if locale is not None:
        Country.parse("KR", locale=locale)  # so that a language without names is told
    return _Description(
        constants,
        _checked_columns(said["columns"] or {}, constants),
        said["depth"],
        said["calendar"],
        said["date_format"],
        locale,
        ties=_keeps("ties", said["ties"]),
        repeats=_keeps("repeats", said["repeats"]),
    )


def _often(frequency: Frequency | str) -> Frequency:
    try:
        return Frequency(frequency)
    except ValueError:
        raise checks.refuse("frequency", '"daily" or "weekly"', frequency) from None


def _keeps(option: str, printed: str) -> bool:
    if printed not in ("refuse", "keep"):
        raise checks.refuse(option, '"refuse" or "keep"', printed)
    return printed == "keep"


def _check(given: Mapping[str, Any], depth: int | None, calendar: Calendar | None) -> None:
    """Raise where an argument could not be part of a chart, before anything is read."""
    some: dict[str, Any] = dict.fromkeys(("publisher", "platform", "category"), "-")
    some["frequency"] = Frequency.DAILY
    said = {name: value for name, value in given.items() if name in some}
    series = ChartSeries(**{**some, **said}, depth=1 if depth is None else depth)
    Chart(series, given.get("country", WORLD))
    if calendar is not None and not isinstance(calendar, Calendar):
        raise checks.refuse("calendar", "a Calendar", calendar, kind=TypeError)


def _parser(given: object, described: _Description) -> tuple[Source, Parse[ChartHistory]]:
    """The source of what is given, and the function that reads it."""
    is_source = isinstance(given, str | bytes | os.PathLike | Payload)
    if is_source or hasattr(given, "read") or hasattr(given, "open"):

        def parse(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
            return _read(_table(payload, options, described), described, options)

        return cast("Source", given), parse
    for method, taken in _TAKEN.items():
        if hasattr(given, method):
            message = f"expected rows, found a {type(given).__name__}: give {taken}"
            raise TypeError(f"read_table: {message}")
    if not _may_be_rows(given):
        expected = "a path, an object with open or read, bytes, or rows as mappings"
        raise checks.refuse("rows_or_source", expected, given, kind=TypeError)
    rows = cast("Iterable[object]", given)

    def parse_rows(_payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
        return _read(mapping_table(rows, options.limits), described, options)

    return Payload(NAME, b""), parse_rows


def _may_be_rows(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, Mapping)


_TAKEN = {
    "to_dicts": "its to_dicts()",
    "collect": "its collect().to_dicts()",
    "to_pylist": "its to_pylist()",
    "to_dict": 'its to_dict("records")',
    "__arrow_c_stream__": "its rows as mappings",
}
"""By a method that data frames have, how their rows are taken out."""


def _table(payload: Payload, options: Options, described: _Description) -> Table:
    if is_json(head_text(payload, options.encoding, 64).encode("utf-8", "replace")):
        return document_table(text_of(payload, options.encoding), (), limits=options.limits)
    return any_table(
        payload,
        lambda header: not _lacking(described, header, payload.name),
        encoding=options.encoding,
        limits=options.limits,
    )


def _read(
    table: Table, described: _Description, options: Options
) -> tuple[ChartHistory, ReadReport]:
    problems = _lacking(described, table.header, table.name)
    if problems:
        counts = dict(Counter(problem.code for problem in problems))
        return empty(), ReadReport((table.name,), problems=tuple(problems), counts=counts)
    table = _prepared(table)
    reading = read_rows(table, _recipe(described, table, {}), options)
    depths = _deepest(reading.builder) if described.depth is None else {}
    if depths:
        reading = read_rows(table, _recipe(described, table, depths), options)
    if described.calendar is None:
        check_weeks(reading.builder, table.name)
    reading.problems = [
        evolve(each, hint=_WAYS_TO_KEEP.get(each.code, each.hint)) for each in reading.problems
    ]
    return reading.answer()


_WAYS_TO_KEEP = {
    "duplicate-rank": 'ties="keep" allows several titles at one rank',
    "duplicate-title": 'repeats="keep" allows one title at several ranks',
}
_ROW = ("title", "date", "rank")
_FOUND = (*_ROW, *CONSTANTS)
"""The columns that are found by their names."""
_MOST = 1_000
"""The deepest rank that is believed where no depth is given."""
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
        return parsers.country(text, locale)
    except CellError as fault:
        if fault.code == "unknown-country" and fault.hint is None and locale is None:
            raise fault.hinting('locale="de", for instance, reads German names too') from None
        raise


def _whole(text: str) -> int | None:
    """A count, which frames may write as 1.0; 40.000 might as well be 40,000."""
    try:
        return parsers.count(text.removesuffix(".0"))
    except CellError as fault:
        if "." in text:
            hint = "remove points between thousands: 40.000 could be 40 or 40,000"
            raise fault.hinting(hint) from None
        raise


def _ranked(text: str, depth: int | None) -> int:
    try:
        return parsers.rank(_MOST if depth is None else depth)(text)
    except CellError as fault:
        if fault.code == "rank-out-of-range":
            raise fault.hinting("depth=... says how many ranks a full list has") from None
        raise


def _released(text: str, date_format: str | None) -> dt.date | None:
    return parsers.day_as(date_format)(text) if text.strip() else None


_OF_CHART = {field.column: field.parse for field in fields.CHART if field.column in CONSTANTS}
_OF_TITLE: dict[str, Callable[[str], Any]] = {
    **{field.column: field.parse for field in fields.TITLE},
    "title": parsers.whole_name,
    "by": parsers.maybe_whole,
    "season": parsers.season,
    "key": parsers.key,
}
_NAMES = ("title", "by", "season")
_COUNTED = {"hours_viewed", "views", "streams"}
_VALUES: dict[str, tuple[str, Callable[[str], Any]]] = {
    field.column: (name, _whole if name in _COUNTED else field.parse)
    for name, field in fields.VALUES.items()
}
COLUMNS = (*_FOUND, *(name for name in _OF_TITLE if name != "title"), *_VALUES)
"""The columns that a table may have; all others are extras."""


def _checked_columns(columns: Mapping[str, str], constants: Mapping[str, Any]) -> dict[str, str]:
    """The mapping of columns, if each key is a column and is not given already.

    Raises:
        TypeError: A name is not a text.
        ValueError: A key is not a column of the kcharts table, or an argument gives it too.
    """
    checks.check_kind("columns", columns, Mapping, "the table's columns by those of kcharts")
    for ours, yours in columns.items():
        if not isinstance(yours, str):
            raise checks.refuse(f"columns[{ours!r}]", "a column's name", yours, kind=TypeError)
        if ours not in COLUMNS:
            near = get_close_matches(str(ours), COLUMNS) or COLUMNS
            raise checks.refuse("columns", f"keys such as {', '.join(near)}", ours)
        if ours in constants:
            raise ValueError(f"{ours}: it is given as an argument, and in columns: leave one out")
    return dict(columns)


def _names_in(described: _Description, header: list[str]) -> dict[str, str]:
    """By our names of columns the table's, those that are found by name included."""
    held = folded_header(header)
    named = {name: name for name in _FOUND if name in held and name not in described.constants}
    return {**named, **described.columns}


def _lacking(described: _Description, header: list[str], source: str) -> list[Problem]:
    """A problem for each column that a header lacks."""
    held = folded_header(header)
    names = _names_in(described, header)
    found = f"found: {checks.show(', '.join(header))}"
    problems: list[Problem] = []
    for ours, yours in names.items():
        if folded_header([yours])[0] not in held:
            near = get_close_matches(yours, header)
            hint = f"perhaps {' or '.join(map(repr, near))}; {found}" if near else found
            message = f"the table has no column {yours!r}, which columns= gives as {ours}"
            problems.append(Problem("missing-column", message, source, hint=hint))
    said = names.keys() | described.constants.keys()
    for ours in (*_ROW, "country"):
        if ours not in said:
            hint = f"{_way_out(ours, header)}; {found}"
            message = f"the table has no column {ours}"
            problems.append(Problem("missing-column", message, source, hint=hint))
    unsaid = [name for name in _ARGUMENTS if name not in said]
    if unsaid:
        hint = f"give {' and '.join(_ARGUMENTS[name] for name in unsaid)}"
        message = f"the table has no column {' or '.join(unsaid)}"
        problems.append(Problem("missing-column", message, source, hint=hint))
    return problems


def _way_out(ours: str, header: list[str]) -> str:
    """How to give a missing column, by one that may be it."""
    near = [each for each in header if _compared(each) in _USUAL[ours]]
    way = f"perhaps columns={{{ours!r}: {near[0]!r}}}" if near else f"columns={{{ours!r}: ...}}"
    return way if ours != "country" else f'country="KR", or "world", if no column is; {way}'


def _compared(name: str) -> str:
    """A column's name as it is compared with the usual ones."""
    return " ".join(folded_header([name])[0].replace("_", " ").split())


def _prepared(table: Table) -> Table:
    """The table whose ids may be dates: a release date does not tell titles apart."""
    decode = table.decode

    def decoded(role: Role, cell: Any) -> str:
        is_date = role == "id" and isinstance(cell, Typed) and cell.kind == "date"
        return str(cell) if is_date else decode(role, cell)

    return evolve(table, decode=decoded)


def _recipe(described: _Description, table: Table, depths: Mapping[ChartSeries, int]) -> Recipe:
    """The recipe of a table, with the depths of series that the caller did not give."""
    names = _names_in(described, table.header)
    return Recipe(
        Layout(
            name="the table",
            reader="read_table",
            columns=tuple(names[ours] for ours in _ROW),
            optional=(
                *(yours for ours, yours in names.items() if ours not in _ROW),
                *_checked(described, table.header),
            ),
        ),
        chart=_chart_columns(described, names, table, depths),
        date=names["date"],
        title=_title_columns(described, names),
        rank=Column(names["rank"], partial(_ranked, depth=described.depth)),
        values={
            target: Column(names[ours], parse)
            for ours, (target, parse) in _VALUES.items()
            if ours in names
        },
        calendar=described.calendar,
        ties=described.ties,
        repeats=described.repeats,
        in_lists=True,
        one_name=True,
    )


def _chart_columns(
    described: _Description,
    names: Mapping[str, str],
    table: Table,
    depths: Mapping[ChartSeries, int],
) -> Columns[Chart]:
    own: dict[str, Callable[[str], Any]] = {
        **_OF_CHART,
        "country": partial(_where, locale=described.locale),
    }
    columns = {ours: Column(yours, own[ours]) for ours, yours in names.items() if ours in own}
    checked = (
        Column(ours, partial(_agree, ours=ours, given=described.constants[ours], parse=own[ours]))
        for ours in _checked(described, table.header)
    )
    make = partial(_chart, depth=described.depth or DEPTH, depths=depths)
    return Columns(make, *checked, **{"category": "Chart", **described.constants, **columns})


def _chart(
    *,
    country: Country | World,
    publisher: str,
    depth: int,
    depths: Mapping[ChartSeries, int],
    **cells: Any,
) -> Chart:
    cells.setdefault("platform", publisher)
    series = ChartSeries(publisher, depth=depth, **cells)
    return Chart(evolve(series, depth=depths.get(series, depth)), country)


def _checked(described: _Description, header: list[str]) -> list[str]:
    """The columns that say what an argument says too; a category may be a genre."""
    held, taken = folded_header(header), folded_header(described.columns.values())
    said = (name for name in CONSTANTS if name in described.constants and name != "category")
    return [name for name in said if name in held and name not in taken]


def _agree(text: str, *, ours: str, given: Any, parse: Callable[[str], Any]) -> None:
    """Raise where a cell contradicts an argument."""
    said = given.value if isinstance(given, Frequency | World) else str(given)
    try:
        same = checks.is_blank(text) or fold(text) == fold(said) or parse(text) == given
    except CellError:
        same = False
    if not same:
        hint = f"leave out {ours}=, or rename the column if it means something else"
        raise CellError("conflicting-argument", f"expected {said}, as {ours}= says", hint)


def _title_columns(described: _Description, names: Mapping[str, str]) -> Columns[Title]:
    own: dict[str, Callable[[str], Any]] = {
        **_OF_TITLE,
        "origin": partial(_origin, locale=described.locale),
        "released": partial(_released, date_format=described.date_format),
    }
    columns = {
        "name" if ours == "title" else ours: Column(
            yours, own[ours], "name" if ours in _NAMES else "id"
        )
        for ours, yours in names.items()
        if ours in own
    }
    return Columns(make_title, **columns)


def _deepest(builder: Builder) -> dict[ChartSeries, int]:
    """The deepest rank read of each series that is deeper than what is taken for granted."""
    charts = list(builder.charts)
    series = [charts[chart].series for chart, _ in builder.issues]
    deepest: dict[ChartSeries, int] = {}
    for issue, rank in zip(builder.issue_codes, builder.ranks, strict=True):
        if rank > deepest.get(series[issue], DEPTH):
            deepest[series[issue]] = rank
    return deepest
