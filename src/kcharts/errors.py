"""What kcharts raises and warns: each error is also the builtin that a caller expects.

The first line of every message fits in a chat message; what to do about it follows in
`hints`, a line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import final

from attrs import frozen


class KchartsError(Exception):
    """Base of every error that kcharts raises on purpose.

    Attributes:
        hints: What to try instead, one line each; may be empty.
    """

    hints: tuple[str, ...]

    def __init__(self, message: str, *, hints: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.hints = tuple(hints)

    @property
    def message(self) -> str:
        """What was expected and what was found, in one line."""
        return str(self.args[0])

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  hint: {hint}" for hint in self.hints)])


class UnknownCountryError(KchartsError, ValueError):
    """A text that names no country, or could name more than one."""


class UnknownTitleError(KchartsError, LookupError):
    """A title that the history does not hold: never the same as one that is not on a list."""


class AmbiguousTitleError(KchartsError, LookupError):
    """A name that several titles of the history bear."""


class UnknownChartError(KchartsError, LookupError):
    """A chart, series, category or place that the history does not hold."""


class AmbiguousChartError(KchartsError, LookupError):
    """A call that leaves open which chart or series it is about."""


class NotAnIssueError(KchartsError, ValueError):
    """A date on which the calendar has no issue."""


class UnknownPeriodError(KchartsError, ValueError):
    """A question that hangs on the days that an issue measures, where the calendar cannot say."""


class GapError(KchartsError, ValueError):
    """An answer that hangs on issues that are not in hand, under ``gaps="raise"``."""


class ConflictError(KchartsError, ValueError):
    """Two sources that give one issue different rows, or different marks."""


class UnsupportedBackendError(KchartsError, TypeError):
    """A library that a conversion needs is not installed, or not one that kcharts knows."""


class KchartsWarning(UserWarning):
    """Base of every warning that kcharts issues."""


class IncompleteListsWarning(KchartsWarning):
    """Lists whose ranks are not 1 to n: absence cannot be read from them with certainty."""


@final
@frozen
class Problem:
    """What a reader found at one place of a source.

    Attributes:
        code: A stable name for this kind of problem, such as "rank-out-of-range".
        message: What was expected and what was found.
        source: The source's name.
        line: The physical line, counted from 1; None where it is about the whole source.
        column: The column's name in the file.
        value: The value as it stood.
        hint: What to do about it.
        row: The whole row as it stood.
        sheet: The sheet, in a workbook.
    """

    code: str
    message: str
    source: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str | None = None
    row: str | None = None
    sheet: str | None = None

    @property
    def where(self) -> str:
        """The place, as far as it is known: source, sheet, line and column."""
        parts = [self.source]
        parts += [f"sheet {self.sheet!r}"] if self.sheet is not None else []
        parts += [f"line {self.line:,}"] if self.line is not None else []
        parts += [f"column {self.column}"] if self.column is not None else []
        return ", ".join(parts)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.where}: {self.code}: {self.message}{hint}"


class RowError(Exception):
    """One thing wrong at one place of a source.

    Attributes:
        problem: What was found, and where.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


class ParseErrors(ExceptionGroup[RowError], KchartsError, ValueError):  # noqa: N818  (a group)
    """All that is wrong with a source, in one error; the whole source was read.

    Its text is the page that a person reads. `exceptions` holds up to 1,000 `RowError`; counts
    in the text are exact.
    """

    def __new__(cls, page: str, errors: Sequence[RowError]) -> ParseErrors:
        """Make the group: its message is the page."""
        return super().__new__(cls, page, errors)

    def __init__(self, page: str, errors: Sequence[RowError]) -> None:
        Exception.__init__(self, page, errors)
        self.hints = ()

    def __str__(self) -> str:
        return self.message

    @property
    def problems(self) -> tuple[RowError, ...]:
        """The errors, of which none is a group."""
        return tuple(each for each in self.exceptions if isinstance(each, RowError))

    def derive(self, excs: Sequence[RowError], /) -> ParseErrors:  # type: ignore[override]  # a part is of the same kind
        """The group of some of the errors."""
        return ParseErrors(self.message, excs)
