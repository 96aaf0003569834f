"""The columns of the kcharts table: how each is read and written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from kcharts.formats.kcharts_table._calendars import calendar_text, parse_calendar
from kcharts.model import _checks as checks
from kcharts.model.chart import Dated, Frequency
from kcharts.model.country import Country, World
from kcharts.model.history import METRICS, REPORTED
from kcharts.model.snapshot import IssueStatus
from kcharts.reading import parsers as cells
from kcharts.reading.recipe import Column
from kcharts.reading.statuses import list_word
from kcharts.sources.cell import CellError, Role
from kcharts.sources.limits import LIMITS

DEPTH = 10
"""How many ranks a full list has where the table does not say."""


class Field(NamedTuple):
    """A column, what its cells say, and how a value is written; each undoes the other."""

    column: str
    parse: Callable[[str], Any]
    text: Callable[[Any], str] = str
    is_number: bool = False
    role: Role | None = None

    @property
    def of_title(self) -> str:
        """What `Title` calls it."""
        return "name" if self.column == "title" else self.column

    def as_column(self) -> Column[Any]:
        """The column as a recipe has it."""
        return Column(self.column, self.parse, self.role)

    def written(self, value: Any) -> str:
        """The cell of a value; blank for None.

        Raises:
            ValueError: The cell would not be read as the value.
        """
        if value is None:
            return ""
        text = self.text(value)
        try:
            same = len(text) <= LIMITS.field_characters and bool(self.parse(text) == value)
        except CellError:
            same = False
        if not same:
            raise checks.refuse(f"the column {self.column}", "a value that a table can hold", value)
        return text


_RANKED = (IssueStatus.PUBLISHED, IssueStatus.DEFECTIVE, IssueStatus.STALE)


def status(text: str) -> IssueStatus | None:
    """The status of a list that has ranks; None if the cell is blank."""
    word = list_word(text) if text.strip() else None
    if word is None or word in _RANKED:
        return IssueStatus(text) if text.strip() else None
    raise CellError("conflicting-status", "a list with ranks cannot have this status")


def _required(text: str) -> str:
    if checks.is_blank(text):
        raise CellError("missing-value", "expected a text")
    return cells.name(text)


def _frequency(text: str) -> Frequency:
    for frequency in Frequency:
        if text == frequency.value:
            return frequency
    raise CellError("unknown-frequency", 'expected "daily" or "weekly"')


def _depth(text: str) -> int:
    return cells.positive(text) or DEPTH


def _dated(text: str) -> Dated:
    if text in ("", "period", "issue"):
        return "issue" if text == "issue" else "period"
    raise CellError("unknown-value", 'expected "period" or "issue"')


def _origin(text: str) -> Country | None:
    found = cells.place(text) if text.strip() else None
    if found is None or isinstance(found, Country):
        return found
    raise CellError("not-a-country", "expected an ISO 3166-1 code such as KR")


def _released(text: str) -> dt.date | None:
    return cells.day(text) if text.strip() else None


def _ids(text: str) -> tuple[str, ...]:
    found = re.findall(r"(?:[^\\ ]|\\.)+", text, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", cells.name(each), flags=re.DOTALL) for each in found)


def _id_texts(ids: tuple[str, ...]) -> str:
    return " ".join(each.replace("\\", "\\\\").replace(" ", "\\ ") for each in ids)


def _amount_text(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else f"{value.copy_abs():f}"


def _as_of(text: str) -> str | None:
    if text in ("", "issue", "scrape"):
        return "scrape" if text == "scrape" else None
    raise CellError("unknown-value", 'expected "issue" or "scrape"')


def _place_text(place: Country | World) -> str:
    return place.alpha2 if isinstance(place, Country) else place.value


def _value(member: Enum) -> str:
    return str(member.value)


CHART = (
    Field("publisher", _required),
    Field("platform", _required),
    Field("category", _required),
    Field("frequency", _frequency, _value),
    Field("depth", _depth, is_number=True),
    Field("dated", _dated),
    Field("calendar", parse_calendar, calendar_text),
    Field("country", cells.place, _place_text),
)
DATE = Field("date", cells.day)
STATUS = Field("status", list_word, _value)
RANK = Field("rank", cells.rank(), is_number=True)
TITLE = (
    Field("title", cells.name),
    Field("by", cells.maybe),
    Field("season", cells.maybe),
    Field("kind", cells.maybe, role="id"),
    Field("year", cells.positive, is_number=True, role="id"),
    Field("key", cells.maybe, role="id"),
    Field("origin", _origin, _place_text, role="id"),
    Field("released", _released, role="id"),
    Field("ids", _ids, _id_texts, role="id"),
)
_COUNTERS = {"last_rank": cells.positive, "peak": cells.positive}
VALUES = {
    **{name: Field(name, cells.amount, _amount_text, is_number=True) for name in METRICS},
    **{
        name: Field(f"reported_{name}", _COUNTERS.get(name, cells.count), is_number=True)
        for name in REPORTED
    },
    "as_of": Field("reported_as_of", _as_of),
}
"""By the names that a history's columns have."""
COLUMNS = tuple(field.column for field in (*CHART, DATE, STATUS, RANK, *TITLE, *VALUES.values()))
REQUIRED = ("publisher", "platform", "category", "frequency", "country", "date", "rank", "title")
