"""Many figures at once: an immutable sequence that prints as a table."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, final, overload

from kcharts._faces import public
from kcharts.errors import UnsupportedBackendError
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.title import Title

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

SHOWN = 10


class Figure(Protocol):
    """What results hold: a figure that can be put in a table's row."""

    def as_row(self) -> dict[str, Any]:
        """The figure as named cells."""
        ...


def whose(title: Title, chart: Chart) -> dict[str, Any]:
    """The cells with which the row of a figure of one title on one chart begins."""
    return {
        "title": title.name,
        "season": title.season,
        "by": title.by,
        "country": chart.code,
        "category": chart.series.category,
    }


T = TypeVar("T", bound=Figure)
F = TypeVar("F", bound=Figure)


def _itself(figure: Any) -> Any:
    return figure


def written_out(results: "Results[Any]") -> str:
    """The code that makes results again: what a figure that holds some is written with."""
    return f"Results.of({list(results)!r})"


@final
@public
class Results(Sequence[T], Generic[T]):
    """Figures, longest or best first: an immutable sequence.

    Its `repr` shows ten rows and says how many more there are; the columns of `to_columns`,
    `to_dicts`, `to_csv`, `to_polars` and `to_pandas` have the same names.

    >>> from kcharts import sample, streaks
    >>> reigns = streaks(sample(), "Squid Game", country="world")
    >>> [streak.length for streak in reigns]
    [46, 1]
    >>> reigns.to_columns()["start"][0]
    datetime.date(2021, 9, 23)
    """

    __slots__ = ("_columns", "_make", "_raw")

    def __init__(
        self,
        raw: Sequence[Any],
        make: Callable[[Any], T] = _itself,
        columns: Callable[[], dict[str, list[Any]]] | None = None,
    ) -> None:
        # `columns` gives what `to_columns` would, without making the figures.
        self._raw, self._make, self._columns = raw, make, columns

    @staticmethod
    def of(figures: Iterable[F]) -> "Results[F]":
        """Results of figures that are made already."""
        return Results[F](tuple(checks.as_list("figures", figures, None, "figures")))

    def __len__(self) -> int:
        return len(self._raw)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "Results[T]": ...
    def __getitem__(self, index: int | slice) -> "T | Results[T]":
        """One figure, or the results of a slice."""
        if isinstance(index, slice):
            return Results(self._raw[index], self._make)
        return self._make(self._raw[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._raw)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Results):
            return NotImplemented
        return tuple(self) == tuple(other)  # pyright: ignore[reportUnknownArgumentType]  # any T

    __hash__ = None  # type: ignore[assignment]  # a table of figures is no key

    def __reduce__(self) -> tuple[Any, ...]:
        return Results, (tuple(self),)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a figure."""
        return [figure.as_row() for figure in self]

    def to_columns(self) -> dict[str, list[Any]]:
        """One list a column."""
        if self._columns is not None:
            return self._columns()
        rows = self.to_dicts()
        names = dict.fromkeys(name for row in rows for name in row)
        return {name: [row.get(name) for row in rows] for name in names}

    def to_csv(
        self, target: str | os.PathLike[str] | None = None, *, spreadsheet_safe: bool = False
    ) -> str:
        """The table as CSV text; written to a file too where one is named.

        Args:
            target: A path to write to, in UTF-8.
            spreadsheet_safe: Put an apostrophe before cells that a spreadsheet would take for
                formulas. It changes the data, so it is off by default.
        """
        if target is not None:
            checks.check_kind("target", target, (str, os.PathLike), "a path to write to, or None")
        import csv  # noqa: PLC0415  (only to write)
        import io  # noqa: PLC0415

        stream = io.StringIO()
        columns = self.to_columns()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            cells = ("" if cell is None else str(cell) for cell in row)
            writer.writerow(map(_safe, cells) if spreadsheet_safe else cells)
        text = stream.getvalue()
        if target is not None:
            with open(target, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
                file.write(text)
        return text

    def to_polars(self) -> "pl.DataFrame":
        """The table as a polars data frame.

        Raises:
            UnsupportedBackendError: polars is not installed.
        """
        try:
            import polars  # noqa: PLC0415  (only where it is asked for)
        except ImportError as fault:
            raise _not_installed("polars") from fault
        return polars.DataFrame(self.to_columns())

    def to_pandas(self) -> "pd.DataFrame":
        """The table as a pandas data frame.

        Raises:
            UnsupportedBackendError: pandas is not installed.
        """
        try:
            import pandas  # noqa: PLC0415  (only where it is asked for)
        except ImportError as fault:
            raise _not_installed("pandas") from fault
        return pandas.DataFrame(self.to_columns())

    def __repr__(self) -> str:
        if not self:
            return "no figures"
        columns = self[:SHOWN].to_columns()
        columns = {n: cells for n, cells in columns.items() if any(c is not None for c in cells)}
        table = [[name, *map(_cell, cells)] for name, cells in columns.items()]
        widths = [max(map(len, column)) for column in table]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in zip(*table, strict=True)
        ]
        more = len(self) - SHOWN
        return "\n".join(lines + ([f"... and {more:,} more"] if more > 0 else []))

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  # notebooks call it
        from html import escape  # noqa: PLC0415  (only in notebooks)

        columns = self[:SHOWN].to_columns()
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(cell))}</td>" for cell in row) + "</tr>"
            for row in zip(*columns.values(), strict=True)
        )
        more = len(self) - SHOWN
        caption = f"<caption>... and {more:,} more</caption>" if more > 0 else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _not_installed(name: str) -> UnsupportedBackendError:
    return UnsupportedBackendError(f"to_{name} needs {name}, which is not installed")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
