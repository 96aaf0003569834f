"""Fills a store: takes rows in any order, gives lists in order, and reports clashes."""

from __future__ import annotations

import datetime as dt
import warnings
from array import array
from collections.abc import Collection, Iterable, Iterator
from inspect import currentframe
from itertools import groupby
from operator import lt
from typing import Any, Literal, NamedTuple, TypeAlias

from kcharts.errors import ConflictError, IncompleteListsWarning
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.store import Column, Lists, Store
from kcharts.model.snapshot import IssueStatus
from kcharts.model.title import Title

# Four bytes a row, and slices of arrays compare and copy without a loop in Python.
Codes: TypeAlias = "array[int]"

# The statuses that a list can have; the others say that there is none to look at.
LISTED = (IssueStatus.PUBLISHED, IssueStatus.DEFECTIVE, IssueStatus.STALE)


class Clash(NamedTuple):
    """Two rows of one list that contradict each other."""

    code: Literal["duplicate-row", "duplicate-rank", "duplicate-title", "conflicting-rows"]
    first: int
    second: int


class Builder:
    """Collects rows as codes; `build` arranges them.

    Readers append to the arrays themselves, one entry each of `issue_codes`, `title_codes`,
    `ranks`, `lines` and `source_codes` a row; `columns` takes the optional columns.
    """

    def __init__(
        self,
        *,
        ties: bool = False,
        repeats: bool = False,
        as_given: bool = False,
        whole: bool = True,
    ) -> None:
        self.ties, self.repeats = ties, repeats
        self.whole = whole
        """Whether the lists hold all their rows; not so on a title's own page, say."""
        self.as_given = as_given
        """Whether a history has the lists already: their rows are not checked again."""
        self.titles: dict[Title, int] = {}
        self.charts: dict[Chart, int] = {}
        self.issues: dict[tuple[int, int], int] = {}
        self.sources: dict[str, int] = {}
        self.issue_codes: Codes = array("i")
        self.title_codes: Codes = array("i")
        self.ranks: Codes = array("i")
        self.lines: Codes = array("i")
        self.source_codes: Codes = array("i")
        self.columns: dict[str, Column] = {}
        self.marks: dict[tuple[int, int], IssueStatus] = {}
        self.closings: dict[int, int] = {}
        self.calendars: dict[ChartSeries, Calendar] = {}
        self.note: str | None = None
        self.warning: str | None = None
        self._slices: list[tuple[int, int, int]] | None = None
        self._sorted = False
        # Readers ask for clashes first, to report them by line: then `build` need not look again.
        self._clean = False

    def title(self, title: Title) -> int:
        """The code of a title."""
        return self.titles.setdefault(title, len(self.titles))

    def chart(self, chart: Chart) -> int:
        """The code of a chart."""
        return self.charts.setdefault(chart, len(self.charts))

    def issue(self, chart: Chart, date: dt.date) -> int:
        """The code of an issue that has a list."""
        key = (self.chart(chart), date.toordinal())
        return self.issues.setdefault(key, len(self.issues))

    def source(self, name: str) -> int:
        """The code of a source."""
        return self.sources.setdefault(name, len(self.sources))

    def mark(self, chart: Chart, date: dt.date, status: IssueStatus) -> None:
        """Set the status of an issue."""
        key = (self.chart(chart), date.toordinal())
        self.marks[key] = status
        # A broken list exists, even if no row of it could be read.
        if status in LISTED:
            self.issue(chart, date)

    def drop(self, rows: Collection[int]) -> None:
        """Take rows out again."""
        out = set(rows)
        self._take([row for row in range(len(self.ranks)) if row not in out])
        self._slices = None

    def _take(self, rows: list[int]) -> None:
        """Keep just these rows, in this order."""

        def take(codes: Codes) -> Codes:
            return array(codes.typecode, map(codes.__getitem__, rows))

        for name in ("issue_codes", "title_codes", "ranks", "lines", "source_codes"):
            setattr(self, name, take(getattr(self, name)))
        self.columns = {n: Column(take(c.codes), c.values) for n, c in self.columns.items()}

    def clashes(self) -> list[Clash]:
        """The rows that contradict each other, by the rules of ties and repeats."""
        clashes: list[Clash] = []
        ranks, titles = self._arrange()
        for _, low, high in self._slices or ():
            size = high - low
            # Nearly every list has ranks 1 to n and n titles: two comparisons without a loop.
            in_order = ranks[low:high] == _UP_TO[size] if size < _LONG else False
            if in_order and len(set(titles[low:high])) == size:
                continue
            clashes += self._clashes_of(range(low, high))
        self._clean = not clashes
        return clashes

    def repeats_printed(self) -> Iterator[tuple[int, int]]:
        """(first row, later row) of each title that one list has more than once."""
        _, titles = self._arrange()
        for _, low, high in self._slices or ():
            first: dict[int, int] = {}
            for row in range(low, high):
                other = first.setdefault(titles[row], row)
                if other != row:
                    yield other, row

    def _clashes_of(self, rows: Iterable[int]) -> Iterator[Clash]:
        by_rank: dict[int, int] = {}
        by_title: dict[int, int] = {}
        for row in rows:
            rank, title = self.ranks[row], self.title_codes[row]
            other = by_rank.setdefault(rank, row)
            # One title at one rank twice is neither a tie nor a repeat: no option allows it.
            if other != row and self.title_codes[other] == title:
                same = self._rest(other) == self._rest(row)
                yield Clash("duplicate-row" if same else "conflicting-rows", other, row)
                continue
            if other != row and not self.ties:
                yield Clash("duplicate-rank", other, row)
            other = by_title.setdefault(title, row)
            if other != row and not self.repeats:
                yield Clash("duplicate-title", other, row)

    def _rest(self, row: int) -> list[Any]:
        return [column.get(row) for column in self.columns.values()]

    def _arrange(self) -> tuple[Codes, Codes]:
        """Put rows in the order of issues and ranks, note each issue's slice; ranks and titles."""
        if self._slices is None:
            self._slices = self._runs()
            # Publishers print lists in order, so most files are never sorted.
            if self._slices is None:
                self._sort()
                self._slices = self._runs()
        return self.ranks, self.title_codes

    def _runs(self) -> list[tuple[int, int, int]] | None:
        """(issue, first row, end row) of each issue; None where its rows are not in order."""
        slices: list[tuple[int, int, int]] = []
        low, ranks = 0, self.ranks
        for issue, run in groupby(self.issue_codes):
            high = low + len(list(run))
            slices.append((issue, low, high))
            low = high
        if len({issue for issue, _, _ in slices}) < len(slices):
            return None
        for _, low, high in slices:
            chunk = ranks[low:high]
            if (high - low < _LONG and chunk == _UP_TO[high - low]) or _rising(chunk):
                continue
            # Once sorted, ranks that do not rise are shared ones.
            return None if not self._sorted else slices
        return slices

    def _sort(self) -> None:
        keys = [title.key for title in self.titles]
        order = sorted(
            range(len(self.ranks)),
            key=lambda row: (
                # By key within a shared rank, so that the order of the file makes no difference.
                self.issue_codes[row],
                self.ranks[row],
                keys[self.title_codes[row]],
                self.lines[row],
            ),
        )
        self._take(order)
        self._sorted = True

    def build(self) -> Store:
        """The store of all rows collected.

        Raises:
            ConflictError: Two rows of one list contradict each other.

        Warns:
            IncompleteListsWarning: Lists whose ranks are not 1 to n.
        """
        self._arrange()
        if not self.as_given:
            self._check()
        charts = sorted(self.charts, key=lambda chart: chart.sort_key)
        codes = [self.charts[chart] for chart in charts]
        parts, lists = self._lists(codes)
        marks: list[dict[int, IssueStatus]] = [{} for _ in codes]
        for (code, ordinal), status in self.marks.items():
            marks[code][ordinal] = status
        return self._raw().with_rows(
            parts,
            lists,
            charts=tuple(charts),
            marks=tuple(marks[code] for code in codes),
            closings=tuple(self.closings.get(code) for code in codes),
            # Only a cut leaves floors behind.
            floors=(None,) * len(codes),
            calendars=dict(self.calendars),
            note=self.note,
            whole=self.whole,
        )

    def _lists(self, codes: list[int]) -> tuple[list[tuple[int, int]], tuple[Lists, ...]]:
        """The slices of rows by chart and date, and the lists of each chart that they make."""
        slices = {issue: (low, high) for issue, low, high in self._slices or ()}
        by_chart: list[list[tuple[int, int, int]]] = [[] for _ in codes]
        for (code, ordinal), issue in self.issues.items():
            # A list known to be broken can have no rows, and so no slice.
            by_chart[code].append((ordinal, *slices.get(issue, (0, 0))))
        parts: list[tuple[int, int]] = []
        lists: list[Lists] = []
        total = 0
        for code in codes:
            ordinals, starts = array("i"), array("i", [total])
            for ordinal, low, high in sorted(by_chart[code]):
                parts.append((low, high))
                total += high - low
                ordinals.append(ordinal)
                starts.append(total)
            lists.append(Lists(ordinals, starts))
        return parts, tuple(lists)

    def _check(self) -> None:
        clash = None if self._clean else next(iter(self.clashes()), None)
        if clash:
            raise ConflictError(self._describe(clash), hints=_KEEPS.get(clash.code, ()))
        self._warn()

    def _raw(self) -> Store:
        """The rows as they were collected, under no chart yet."""
        return Store(
            titles=tuple(self.titles),
            charts=(),
            lists=(),
            title_codes=self.title_codes,
            ranks=self.ranks,
            lines=self.lines,
            source_codes=self.source_codes,
            sources=tuple(self.sources),
            columns=self.columns,
            calendars={},
            marks=(),
            closings=(),
            floors=(),
        )

    def issue_name(self, issue: int) -> str:
        """What a list is called in messages, by its code."""
        chart, ordinal = list(self.issues)[issue]
        return f"{list(self.charts)[chart]}, {dt.date.fromordinal(ordinal)}"

    def _describe(self, clash: Clash) -> str:
        titles = list(self.titles)
        first, second = (titles[self.title_codes[row]] for row in clash[1:])
        rank, other = self.ranks[clash.first], self.ranks[clash.second]
        where = self.issue_name(self.issue_codes[clash.first])
        if clash.code == "duplicate-rank":
            return f"{where}: {first} and {second} both have rank {rank}"
        if clash.code == "duplicate-title":
            return f"{where}: {first} has two ranks, {rank} and {other}"
        return f"{where}: {first} has rank {rank} twice"

    def incomplete(self) -> list[tuple[int, str]]:
        """The issues whose ranks are not 1 to n, each with what is wrong."""
        if not self.whole:
            return []
        self._arrange()
        faults: list[tuple[int, str]] = []
        broken = self._broken()
        # Lists known to be broken are left out: the warning is for those that look whole.
        for issue, low, high in self._slices or ():
            ranks = self.ranks[low:high]
            if (high - low < _LONG and ranks == _UP_TO[high - low]) or issue in broken:
                continue
            lacking = sorted(set(range(1, max(ranks) + 1)).difference(ranks))
            if lacking and not (self.ties and _is_tied(ranks)):
                missing = ", ".join(map(str, lacking[:5])) + (" ..." if lacking[5:] else "")
                faults.append((issue, f"no rank {missing}"))
        return faults

    def _broken(self) -> set[int]:
        """The lists that are known to be defective or stale."""
        return {
            self.issues[key]
            for key, status in self.marks.items()
            if status is not IssueStatus.PUBLISHED and key in self.issues
        }

    def short_issues(self) -> list[int]:
        """The issues with fewer rows than their chart is deep."""
        self._arrange()
        depths = [chart.series.depth for chart in self.charts]
        charts = [chart for chart, _ in self.issues]
        return [
            issue for issue, low, high in self._slices or () if high - low < depths[charts[issue]]
        ]

    def _warn(self) -> None:
        if self.warning is not None:
            _warn_caller(self.warning)
        faults = self.incomplete()
        if faults:
            issue, fault = faults[0]
            text = (
                f"{len(faults):,} of {len(self._slices or ()):,} lists lack ranks "
                f"({self.issue_name(issue)}: {fault}): a title that is not on them may have been; "
                "were rows left out before?"
            )
            _warn_caller(text)
            return
        # Rows of one title alone lack no rank where it was always No. 1, and yet prove no absence.
        lonely = self._lonely()
        if lonely:
            text = (
                f"every list of {lonely} has a single row, though a full one has {lonely.depth}: "
                "were the other rows left out before? Absence cannot be read from what remains"
            )
            _warn_caller(text)

    def _lonely(self) -> ChartSeries | None:
        """A series whose whole lists all have a single row, though they should have more."""
        if not self.whole:
            return None
        longest: dict[int, int] = {}
        charts, broken = [chart for chart, _ in self.issues], self._broken()
        for issue, low, high in self._slices or ():
            if issue in broken:
                continue
            longest[charts[issue]] = max(longest.get(charts[issue], 0), high - low)
        sizes: dict[ChartSeries, int] = {}
        for code, chart in enumerate(self.charts):
            sizes[chart.series] = max(sizes.get(chart.series, 0), longest.get(code, 0))
        alone = (s for s, size in sizes.items() if size == 1 and s.depth > 1)
        return next(alone, None)


def _warn_caller(text: str) -> None:
    """Warn of incomplete lists, at the first line that is not in kcharts."""
    # How many of our frames lie between differs: readers, merges, methods, the command line.
    level, frame = 1, currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).split(".")[0] == "kcharts":
        level, frame = level + 1, frame.f_back
    warnings.warn(text, IncompleteListsWarning, stacklevel=level)


_KEEPS: dict[str, list[str]] = {
    "duplicate-rank": ['from_snapshots(..., ties="keep") allows shared ranks'],
    "duplicate-title": [
        'from_snapshots(..., repeats="keep") allows a title at two ranks of a list'
    ],
}
# The arrays 1 to n, made once, for lists as long as real ones are: the Hot 100 has 100 ranks.
_LONG = 501
_UP_TO = [array("i", range(1, size + 1)) for size in range(_LONG)]


def _rising(ranks: Codes) -> bool:
    return all(map(lt, ranks, ranks[1:]))


def _is_tied(ranks: Codes) -> bool:
    """Whether every hole is one that a tie above it explains: 1, 2, 2, 4."""
    return all(rank == ranks.index(rank) + 1 for rank in ranks)
