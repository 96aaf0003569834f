"""The errors and warnings of kcharts: each error is also the built-in one you would expect.

The first line of a message fits in a chat message; `hints` say what to do about it, a line each.
"""

from collections.abc import Iterable, Sequence
from typing import final

from attrs import frozen


class KchartsError(Exception):
    """The base of every error that kcharts raises on purpose.

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
    """A text names no country, or could name several."""


class UnknownTitleError(KchartsError, LookupError):
    """The history has no such title, which is not the same as a title that missed a list."""


class AmbiguousTitleError(KchartsError, LookupError):
    """Several titles have this name, or several works of a catalogue claim it."""


class UnknownChartError(KchartsError, LookupError):
    """The history has no such chart, series, category or place."""


class AmbiguousChartError(KchartsError, LookupError):
    """The call leaves open which chart or series is meant."""


class NotAnIssueError(KchartsError, ValueError):
    """The calendar has no issue on that date."""


class UnknownPeriodError(KchartsError, ValueError):
    """The answer depends on the days that an issue measures, and the calendar does not say."""


class GapError(KchartsError, ValueError):
    """The answer depends on a list that is missing or unusable, under ``gaps="raise"``."""


class ConflictError(KchartsError, ValueError):
    """Two sources, or two rows, contradict each other."""


class UnsupportedBackendError(KchartsError, TypeError):
    """A conversion needs a library that is not installed, or that kcharts does not know."""


class KchartsWarning(UserWarning):
    """The base of every warning that kcharts issues."""


class IncompleteListsWarning(KchartsWarning):
    """Some lists lack ranks: that a title is not on them proves nothing."""


@final
@frozen
class Problem:
    """One thing that is wrong or odd in a source.

    Attributes:
        code: A stable name for this kind of problem, such as "rank-out-of-range".
        message: What was expected and what was found.
        source: The source's name.
        line: The physical line, counted from 1; None where it is about the whole source.
        column: The column's name in the file.
        value: The value as printed.
        hint: What to do about it.
        row: The whole row as printed.
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
        """Where it is, as far as that is known: source, sheet, line and column."""
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
    """Everything that is wrong with a source, in one error: the whole source was read.

    Its text is a page for a person to read. `exceptions` holds up to 1,000 `RowError`; counts
    in the text are exact.
    """

    def __new__(cls, page: str, errors: Sequence[RowError]) -> "ParseErrors":
        """Make the group; its message is the page."""
        return super().__new__(cls, page, errors)

    def __init__(self, page: str, errors: Sequence[RowError]) -> None:
        # The group is made in `__new__`, and the base's own `__init__` takes a message only.
        Exception.__init__(self, page, errors)
        self.hints = ()

    def __str__(self) -> str:
        return self.message

    @property
    def problems(self) -> tuple[RowError, ...]:
        """The errors, one by one."""
        return tuple(each for each in self.exceptions if isinstance(each, RowError))

    def derive(self, excs: Sequence[RowError], /) -> "ParseErrors":  # type: ignore[override]  # a part is of the same kind
        """The group of some of the errors."""
        return ParseErrors(self.message, excs)
