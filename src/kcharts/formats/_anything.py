"""Tables of no known format, whose columns the caller names.

The module has a leading underscore because its function has the name that users import.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast, overload

from kcharts._faces import public
from kcharts.errors import Problem
from kcharts.formats._asked import (
    Asked,
    checked_columns,
    deepest,
    lacking,
    plan_of,
    prepared,
)
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries, Frequency
from kcharts.model.columns.builder import Builder
from kcharts.model.country import WORLD, Country, World
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import find_place
from kcharts.reading.lost_letters import oddities
from kcharts.reading.reader import OnError, Parse, empty, finish
from kcharts.reading.rows import Reading
from kcharts.reading.spec import Options
from kcharts.reading.weeks import check_weeks
from kcharts.sources.json import document_table
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.mappings import NAME, mapping_table
from kcharts.sources.opening import any_table
from kcharts.sources.report import ReadReport
from kcharts.sources.source import Payload, Source
from kcharts.sources.table import Table
from kcharts.sources.text import head_text, is_json, text_of

Often = Literal["daily", "weekly"]
Printed = Literal["refuse", "keep"]


@overload
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    publisher: str | None = None,
    frequency: Frequency | Often | None = None,
    platform: str | None = None,
    category: str | None = None,
    country: Country | World | str | None = None,
    locale: str | None = None,
    columns: Mapping[str, str] | None = None,
    depth: int | None = None,
    calendar: Calendar | None = None,
    ties: Printed = "refuse",
    repeats: Printed = "refuse",
    on_error: Literal["raise"] = "raise",
    encoding: str | None = None,
    date_format: str | None = None,
    limits: Limits = LIMITS,
) -> ChartHistory: ...
@overload
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    publisher: str | None = None,
    frequency: Frequency | Often | None = None,
    platform: str | None = None,
    category: str | None = None,
    country: Country | World | str | None = None,
    locale: str | None = None,
    columns: Mapping[str, str] | None = None,
    depth: int | None = None,
    calendar: Calendar | None = None,
    ties: Printed = "refuse",
    repeats: Printed = "refuse",
    on_error: Literal["collect"],
    encoding: str | None = None,
    date_format: str | None = None,
    limits: Limits = LIMITS,
) -> tuple[ChartHistory, ReadReport]: ...
@public
def read_table(
    rows_or_source: Source | Iterable[Mapping[str, object]],
    /,
    *,
    publisher: str | None = None,
    frequency: Frequency | Often | None = None,
    platform: str | None = None,
    category: str | None = None,
    country: Country | World | str | None = None,
    locale: str | None = None,
    columns: Mapping[str, str] | None = None,
    depth: int | None = None,
    calendar: Calendar | None = None,
    ties: Printed = "refuse",
    repeats: Printed = "refuse",
    on_error: OnError = "raise",
    encoding: str | None = None,
    date_format: str | None = None,
    limits: Limits = LIMITS,
) -> ChartHistory | tuple[ChartHistory, ReadReport]:
    """Read a table that is in none of the known formats: one row a place on a list.

    The columns title, country, date and rank are found by these names, and so are publisher,
    platform, category and frequency where no argument says them. Any other column keeps its
    text among the extras, unless `columns` says what it is. Countries are codes or names, the
    world chart is "world", "global", "worldwide" or "international".

    Args:
        rows_or_source: Delimited text, JSON records, JSON lines or a workbook, as a path, an
            object with `open` or `read`, or bytes; or rows as mappings, from `csv.DictReader` or
            a frame's `to_dicts()`.
        publisher: Who issues the lists.
        frequency: "daily" or "weekly".
        platform: Where the titles were watched or heard; left out, the publisher.
        category: The list's category; left out and in no column, "Chart".
        country: The place of all rows: a name, a code or "world".
        locale: Read countries' names in that language too, such as "de" or "ko".
        columns: The table's names of columns by those of the kcharts table, such as
            `{"title": "Song", "by": "Artist", "streams": "Plays"}`.
        depth: How many ranks a full list has; a rank beyond is an error. Left out, the deepest
            rank of the series, 10 at least.
        calendar: The issues that the series should have; left out, inferred from the dates.
        ties: "keep" where lists are printed with several titles at one rank.
        repeats: "keep" where lists are printed with one title at several ranks.
        on_error: "raise" raises `ParseErrors`; "collect" returns what could be read with a
            `ReadReport`.
        encoding: The text's encoding where it is not UTF-8.
        date_format: How dates are written where they are not YYYY-MM-DD: "%m/%d/%Y", say.
        limits: How much is taken before a source is refused.

    Raises:
        ParseErrors: A column that is needed is not there, or rows cannot be read.
        TypeError: A data frame, whose rows have to be taken out first, or no table at all.
        ValueError: `columns` has a key that is no column of the kcharts table; or kcharts has no
            names of countries in the language of `locale`.

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
    said = {
        "publisher": publisher,
        "platform": platform,
        "category": category,
        "frequency": None if frequency is None else _often(frequency),
        "country": None if country is None else find_place(country, locale=locale),
    }
    given = {name: value for name, value in said.items() if value is not None}
    _check(given, depth, calendar)
    if locale is not None:
        Country.parse("KR", locale=locale)  # so that a language without names is told
    asked = Asked(
        given,
        checked_columns(columns or {}, given),
        depth,
        calendar,
        date_format,
        locale,
        ties=_kept("ties", ties),
        repeats=_kept("repeats", repeats),
    )
    options = Options(encoding, date_format, limits=limits)
    source, parse = _parser(rows_or_source, asked)
    return finish(source, parse, options, nothing=empty, odd=oddities, on_error=on_error)


def _often(frequency: Frequency | Often) -> Frequency:
    try:
        return Frequency(frequency)
    except ValueError:
        raise checks.refuse("frequency", '"daily" or "weekly"', frequency) from None


def _kept(option: str, printed: Printed) -> bool:
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


def _parser(given: object, asked: Asked) -> tuple[Source, Parse[ChartHistory]]:
    """The source of what is given, and what reads it."""
    is_source = isinstance(given, str | bytes | os.PathLike | Payload)
    if is_source or hasattr(given, "read") or hasattr(given, "open"):

        def parse(payload: Payload, options: Options) -> tuple[ChartHistory, ReadReport]:
            return _read(_table(payload, options, asked), asked)

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
        return _read(mapping_table(rows, options.limits), asked)

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


def _table(payload: Payload, options: Options, asked: Asked) -> Table:
    if is_json(head_text(payload, options.encoding, 64).encode("utf-8", "replace")):
        return document_table(text_of(payload, options.encoding), (), limits=options.limits)
    return any_table(
        payload,
        lambda header: not lacking(asked, header, payload.name),
        encoding=options.encoding,
        limits=options.limits,
    )


def _read(table: Table, asked: Asked) -> tuple[ChartHistory, ReadReport]:
    problems = lacking(asked, table.header, table.name)
    if problems:
        report = ReadReport((table.name,), problems=tuple(problems), counts=_counts(problems))
        return empty(), report
    table = prepared(table, asked)
    reading = _reading(table, asked, {})
    depths = deepest(reading.builder) if asked.depth is None else {}
    if depths:
        reading = _reading(table, asked, depths)
    if asked.calendar is None:
        check_weeks(reading.builder, table.name)
    return ChartHistory(reading.builder.build()), reading.report()


def _counts(problems: list[Problem]) -> dict[str, int]:
    return dict(Counter(problem.code for problem in problems))


def _reading(table: Table, asked: Asked, depths: Mapping[ChartSeries, int]) -> Reading:
    builder = Builder()
    reading = Reading(table.name, builder)
    reading.read(table, plan_of(reading, table.header, asked, depths))
    return reading
