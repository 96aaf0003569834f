"""The one way from delimited rows to a history: distinct cells are checked once each."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kcharts.errors import Problem
from kcharts.model._checks import show
from kcharts.model.calendar import Calendar
from kcharts.model.chart import ChartSeries
from kcharts.model.columns.builder import Builder
from kcharts.model.columns.store import Column as Stored
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus
from kcharts.reading.codes import IssueCodes, ValueCodes, rank_codes, title_codes
from kcharts.reading.oddities import refuse_mixed_dates, short_end
from kcharts.reading.options import Options
from kcharts.reading.parsers import plain
from kcharts.reading.recipe import Column, Recipe
from kcharts.sources.cell import CellError, Role, Seen
from kcharts.sources.report import KEPT, ReadReport
from kcharts.sources.source import UnreadableError
from kcharts.sources.table import (
    EXTRA,
    Table,
    check_header,
    folded_header,
    is_header,
    split_row,
    width_fault,
)

NOTE_ONLY = ("duplicate-row",)


class Reading:
    """One source on its way to a history: what was accepted, what was rejected and why."""

    def __init__(self, name: str, builder: Builder) -> None:
        self.name, self.builder = name, builder
        self.rows_read = self.rows_rejected = self.rows_unplaced = 0
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.defective: set[int] = set()
        self.allowed: dict[str, set[tuple[int, int]]] = {}
        """By the code of a clash, the lists whose rows say that it was printed so."""
        self.seen = Seen()
        """Notes made once each while cells are read."""
        self.source = builder.source(name)

    def note(self, code: str, message: str, line: int | None = None) -> None:
        """Say what was odd and changed nothing."""
        if len(self.notes) < KEPT:
            self.notes.append(Problem(code, message, self.name, line))

    def complain(
        self, code: str, message: str, line: int | None = None, hint: str | None = None
    ) -> None:
        """Say what is wrong with the source beside its rows."""
        self.counts[code] += 1
        self.problems.append(Problem(code, message, self.name, line, hint=hint))

    def mark_defective(self, issues: Collection[int]) -> None:
        """Mark lists that cannot be trusted, by their codes, once the rows are read."""
        self.defective.update(issues)
        keys = list(self.builder.issues)
        for issue in issues:
            self.builder.marks[keys[issue]] = IssueStatus.DEFECTIVE

    def blank(self, table: Table, number: int) -> None:
        """Note a line that has nothing in it."""
        if len(self.notes) < KEPT:
            self.note("blank-line", "a blank line, skipped", table.physical(number))

    def note_seen(self, table: Table) -> None:
        """Say what was odd in many cells, once each."""
        for (code, _), message in (*table.seen.items(), *self.seen.items()):
            self.note(code, message)

    def reject(self, fault: CellError, table: Table, number: int, issue: int | None) -> None:
        """Leave a row out, and say why; its list is not whole any more."""
        self.rows_rejected += 1
        harmless = fault.code in NOTE_ONLY
        if not harmless:
            self.counts[fault.code] += 1
            if issue is None:
                self.rows_unplaced += 1
            else:
                self.defective.add(issue)
        kept = self.notes if harmless else self.problems
        if len(kept) < KEPT:
            column = fault.column
            if column is not None and table.where is not None:
                column = table.where(column, number)
            kept.append(
                Problem(
                    fault.code,
                    fault.message,
                    self.name,
                    table.physical(number),
                    column=column,
                    value=None if fault.value is None else str(fault.value),
                    hint=fault.hint,
                    row=table.stood(table.line(number)),
                    sheet=table.sheet,
                )
            )

    def drop(self, table: Table, faults: Iterable[tuple[int, CellError]]) -> None:
        """Reject rows that were accepted, each for the first fault found in it."""
        out: set[int] = set()
        builder = self.builder
        for row, fault in faults:
            if row not in out:
                out.add(row)
                self.reject(fault, table, builder.lines[row], builder.issue_codes[row])
        if out:
            builder.drop(out)

    def cells(self, table: Table) -> Iterator[tuple[int, list[Any]]]:
        """The rows of a table that is not a chart; those of a wrong width are rejected."""
        for number, row in enumerate(table.lines, table.first):
            if table.is_blank(row):
                self.blank(table, number)
                continue
            self.rows_read += 1
            try:
                cells = split_row(table, row, number)
            except CellError as fault:
                self.reject(fault, table, number, None)
            else:
                yield number, cells

    def read(self, table: Table, recipe: Recipe, options: Options) -> None:
        """Read all rows of a table."""
        layout, builder = recipe.layout, self.builder
        check_header(table, layout.columns, layout.name)
        for code, message in table.notes:
            self.note(code, message)
        self._note_header(table, (*layout.columns, *layout.optional))
        builder.ties, builder.repeats = recipe.ties, recipe.repeats
        rows = _Rows(self, table, recipe, options)
        rows.read()
        for column in rows.issues.days.names:
            refuse_mixed_dates(table, column, rows.issues.days)
        builder.note = " ".join(" ".join(table.comments).split()) or None
        if rows.list_rows is not None:
            rows.list_rows.settle()
        if recipe.within_depth:
            self.drop(table, _below_depth(builder))
        self.note_seen(table)
        last = builder.issue_codes[-1] if recipe.in_lists and builder.issue_codes else None
        self._settle(table, last)

    def _note_header(self, table: Table, expected: Sequence[str]) -> None:
        """Say which columns of a table are called otherwise, and which nobody expects."""
        exact, known = set(expected), set(folded_header(expected))
        for name, key in zip(table.header, folded_header(table.header), strict=True):
            if key in known and name not in exact:
                self.note("folded-column", f"the column {name!r} is taken for {key!r}")
            elif key not in known and not key.startswith(EXTRA):
                self.note("unknown-column", f"the column {name!r} is kept among the extras")

    def _settle(self, table: Table, last: int | None) -> None:
        """Check the rows as lists: which clash, and which lists are not whole.

        The order matters: what clashes goes first, since it makes lists short; a short last list
        shows a file that was cut off only where nothing else explains it; lists are marked before
        those without a mark are searched for gaps.
        """
        self.drop(table, self._clashing(table))
        self._allow()
        self._doubt_short_lists()
        if last is not None:
            self._doubt_end(last)
        if self.builder.repeats:
            self._note_repeats(table)
        if table.numbers is not None:
            physical = map(table.numbers.__getitem__, self.builder.lines)
            self.builder.lines = array("i", physical)
        self.mark_defective(self.defective)
        self._note_gaps()
        if not self.rows_read:
            self.note("no-rows", "a header and no rows")

    def _allow(self) -> None:
        """Accept ties and repeats if rows about whole lists say that they are as printed."""
        builder = self.builder
        builder.ties = builder.ties or "duplicate-rank" in self.allowed
        builder.repeats = builder.repeats or "duplicate-title" in self.allowed

    def _doubt_short_lists(self) -> None:
        """Mark the lists that rows may lack which are on no list that can be read."""
        if not self.rows_unplaced:
            return
        builder = self.builder
        self.defective.update(builder.short_issues())
        rows = "1 row is" if self.rows_unplaced == 1 else f"{self.rows_unplaced:,} rows are"
        unplaced = f"{rows} on no list, because place or date could not be read"
        builder.note = unplaced if builder.note is None else f"{builder.note} {unplaced}"

    def _doubt_end(self, last: int) -> None:
        """Mark the last list of a file whose end seems to be cut off."""
        end = short_end(self.builder, last, self.defective)
        if end is not None:
            self.defective.add(end.issue)
            self.note("short-list", str(end))
            self.builder.warning = f"{self.name}: {end}"

    def _note_gaps(self) -> None:
        """Say which lists lack ranks, of those that nothing else makes doubtful."""
        builder = self.builder
        keys, charts = list(builder.issues), list(builder.charts)
        for issue, fault in builder.incomplete():
            chart, ordinal = keys[issue]
            day = dt.date.fromordinal(ordinal)
            self.note("gap-in-chart", f"{charts[chart]}, {day}: {fault}")

    def _note_repeats(self, table: Table) -> None:
        """Say which titles are on one list twice, as some publishers print them."""
        builder = self.builder
        titles = list(builder.titles)
        for first, second in builder.repeats_printed():
            one, other = sorted(builder.lines[row] for row in (first, second))
            name = titles[builder.title_codes[first]]
            told = table.called(one)
            message = f"{name} is on the same list at {told} too; its best rank counts"
            self.note("duplicate-title", message, table.physical(other))

    def _clashing(self, table: Table) -> Iterator[tuple[int, CellError]]:
        builder = self.builder
        clashes = builder.clashes()
        keys, charts, titles = list(builder.issues), list(builder.charts), list(builder.titles)
        for code, first, second in clashes:
            issue = chart, ordinal = keys[builder.issue_codes[first]]
            if issue in self.allowed.get(code, ()):
                continue
            both = _both(table, *sorted(builder.lines[row] for row in (first, second)))
            what = _WHAT_CLASHES[code].format(
                rank=builder.ranks[first], title=show(str(titles[builder.title_codes[first]]))
            )
            where = f"on the list of {charts[chart]}, {dt.date.fromordinal(ordinal)}"
            for row in (second,) if code in NOTE_ONLY else (first, second):
                fault = CellError(code, f"{both} {what} {where}")
                fault.column = None if table.path is None else ""
                yield row, fault

    def answer(self) -> tuple[ChartHistory, ReadReport]:
        """The history of what was accepted, and what became of every row."""
        return ChartHistory(self.builder.build()), self.report()

    def report(self) -> ReadReport:
        """What became of every row."""
        return ReadReport(
            sources=(self.name,),
            rows_read=self.rows_read,
            rows_accepted=self.rows_read - self.rows_rejected,
            rows_rejected=self.rows_rejected,
            rows_unplaced=self.rows_unplaced,
            lists_defective=len(self.defective),
            problems=tuple(self.problems),
            counts=dict(self.counts),
            notes=tuple(self.notes),
        )


def read_rows(
    table: Table,
    recipe: Recipe,
    options: Options,
    *,
    calendars: Mapping[ChartSeries, Calendar] | None = None,
) -> Reading:
    """Read the rows of a table by a recipe.

    Args:
        table: The table.
        recipe: What its columns mean.
        options: The caller's options.
        calendars: The calendars of series that are known before a row is read.
    """
    reading = Reading(table.name, Builder(whole=recipe.whole))
    reading.builder.calendars.update(calendars or {})
    reading.read(table, recipe, options)
    return reading


_WHAT_CLASHES = {
    "duplicate-rank": "both have rank {rank}",
    "duplicate-title": "both have {title}",
    "duplicate-row": "are the same",
    "conflicting-rows": "both have {title} at rank {rank}, but differ elsewhere,",
}


def _both(table: Table, one: int, other: int) -> str:
    """Two rows in messages, by their numbers."""
    if table.path is None:
        return f"lines {table.physical(one):,} and {table.physical(other):,}"
    return f"{table.called(one)} and {table.called(other)}"


def _below_depth(builder: Builder) -> Iterator[tuple[int, CellError]]:
    """Rows whose rank is below the last that the list of their chart has."""
    for row, depth in rows_below_depth(builder):
        fault = CellError("rank-out-of-range", f"expected a rank from 1 to {depth}")
        fault.value = str(builder.ranks[row])
        yield row, fault


def rows_below_depth(builder: Builder) -> Iterator[tuple[int, int]]:
    """Rows whose rank is below the last of a full list, each with that rank."""
    charts = list(builder.charts)
    depths = [charts[chart].series.depth for chart, _ in builder.issues]
    for row, (issue, rank) in enumerate(zip(builder.issue_codes, builder.ranks, strict=True)):
        if rank > depths[issue]:
            yield row, depths[issue]


class _ValueColumn(NamedTuple):
    """A column of values on its way to an optional column of the history."""

    target: str
    at: int
    cache: ValueCodes
    codes: list[int]


class _Rows:
    """The loop over the rows of one table."""

    def __init__(self, reading: Reading, table: Table, recipe: Recipe, options: Options) -> None:
        self.reading, self.table, self.given = reading, table, recipe.given
        builder, seen = reading.builder, reading.seen
        self.issues = IssueCodes(recipe, table, builder, seen, options)
        self.titles = title_codes(recipe, table, builder, seen)
        self.ranks = rank_codes(recipe, table, seen)
        self.list_rows = recipe.list_rows and recipe.list_rows(reading, table, self.issues)
        self.list_rows_read = self.odd = 0
        values = {to: each for to, each in recipe.values.items() if table.has(each.name)}
        used = {*self.issues.charts.names, *self.issues.days.names}
        used |= {*self.titles.names, *self.ranks.names, *(each.name for each in values.values())}
        self.values = [
            self._value(*each) for each in (*values.items(), *_extras(table, used).items())
        ]

    def _value(self, target: str, column: Column[Any]) -> _ValueColumn:
        role: Role = "extra" if target.startswith(EXTRA) else "value"
        cache = ValueCodes(column, self.table, self.reading.seen, role)
        return _ValueColumn(target, self.table.at(column.name), cache, [])

    def _first_value(self) -> tuple[int, dict[Any, int], Callable[[int], None]]:
        """Where the first value is, its codes, and what takes them; the rank again without any."""
        if self.values:
            first = self.values[0]
            return first.at, first.cache, first.codes.append
        return self.table.at(self.ranks.names[0]), self.ranks, list[int]().append

    def read(self) -> None:
        """Read all rows: in a loop without calls, since a call a row costs a tenth of the time."""
        table = self.table
        width, delimiter, split = table.width, table.delimiter, table.split
        is_bare, quote, is_split = table.quote is None, table.quote or b"", table.quote == b""
        issues, issue_key = self.issues, self.issues.key_of
        titles, title_key = self.titles, self.titles.key_of
        ranks, rank_at = self.ranks, table.at(self.ranks.names[0])
        # Most layouts have one value: by itself, and not in a loop, it saves 5 % of the time.
        at, cache, add = self._first_value()
        others = [(each.at, each.cache, each.codes.append) for each in self.values[1:]]
        columns: tuple[list[int], ...] = ([], [], [], [])
        add_issue, add_title, add_rank, add_line = (column.append for column in columns)
        for number, row in enumerate(table.lines, table.first):
            try:
                if is_split or not (is_bare or quote not in row):
                    cells = split(row)
                else:
                    cells = row.split(delimiter)
                if len(cells) != width:
                    if table.is_blank(row):
                        self.reading.blank(table, number)
                        continue
                    raise width_fault(table, len(cells), number)
                # First the title: a row about a whole list has none, and fails before its list
                # counts as available.
                title = titles[title_key(cells)]
                rank = ranks[cells[rank_at]]
                issue = issues[issue_key(cells)]
                add(cache[cells[at]])
                if others:
                    for where, held, keep in others:
                        keep(held[cells[where]])
            except CellError as fault:
                for each in self.values:  # what was added before one of its values failed
                    del each.codes[len(columns[0]) :]
                self._odd(fault, number, row)
                continue
            add_issue(issue)
            add_title(title)
            add_rank(rank)
            add_line(number)
        self._fill(columns)

    def _fill(self, columns: tuple[list[int], ...]) -> None:
        """Give the builder what was read."""
        reading, builder = self.reading, self.reading.builder
        targets = (builder.issue_codes, builder.title_codes, builder.ranks, builder.lines)
        for target, column in zip(targets, columns, strict=True):
            target.extend(array("i", column))
        accepted = len(columns[0])
        builder.source_codes.extend(array("i", [reading.source]) * accepted)
        reading.rows_read = accepted + self.list_rows_read + reading.rows_rejected
        coded = {
            each.target: (each.codes, tuple(each.cache.values_read))
            for each in self.values
            if each.cache.values_read
        }
        coded |= {name: ([0] * accepted, (value,)) for name, value in self.given.items()}
        for name in sorted(coded, key=lambda each: each.startswith(EXTRA)):
            builder.columns[name] = _column(*coded[name])

    def _odd(self, fault: CellError, number: int, row: Any) -> None:
        """A row without a rank on a list: blank, a header, about a whole list, or rejected."""
        table = self.table
        if table.is_blank(row):
            self._count_odd()
            self.reading.blank(table, number)
            return
        try:
            cells = split_row(table, row, number)
        except CellError as split:
            self._count_odd()
            self.reading.reject(split, table, number, None)
            return
        if is_header(table, cells, number):
            self.reading.note("repeated-header", "the header once more", table.physical(number))
            return
        try:
            if self._is_about_list(cells, number):
                return
        except CellError as again:
            fault = again
        self._count_odd()
        self.reading.reject(fault, table, number, self._issue(self.issues.key_of(cells)))

    def _count_odd(self) -> None:
        self.odd += 1
        if self.odd > self.table.most_odd:
            message = f"more than {self.table.most_odd:,} rows are blank or cannot be read"
            hint = "limits=Limits(lines=...) raises the limit, which is a fifth of the lines"
            raise UnreadableError("limit-exceeded", message, self.table.name, hint)

    def _is_about_list(self, cells: list[Any], number: int) -> bool:
        if self.list_rows is None or not self.list_rows.takes(cells):
            return False
        self.list_rows.take(cells, self.issues.key_of(cells), number)
        self.list_rows_read += 1
        return True

    def _issue(self, key: Any) -> int | None:
        """The issue of a rejected row, as far as it can be read."""
        try:
            return self.issues[key]
        except CellError as fault:
            return None if fault.chart is None else self.issues.place(fault.chart, key)


def _extras(table: Table, used: Iterable[str]) -> dict[str, Column[Any]]:
    """The columns without a field: kept as text under their own names."""
    taken = set(folded_header(used))
    extras: dict[str, Column[Any]] = {}
    for name, key in zip(table.header, folded_header(table.header), strict=True):
        if key in taken:
            continue
        kept = name if name.startswith(EXTRA) else f"{EXTRA}{name.strip()}"
        if kept in extras:
            message = f"the columns {name!r} and {extras[kept].name!r} have the same name"
            raise UnreadableError("duplicate-column", message, table.name)
        extras[kept] = Column(name, plain)
    return extras


def _column(codes: list[int], values: tuple[Any, ...]) -> Stored:
    """The column with its whole numbers in place of codes."""
    if all(type(value) is int for value in values) and max(values) < _WIDEST:
        wide = "i" if max(values) < 2**31 else "q"
        by_code = (*values, -1)  # the code -1 finds the last
        return Stored(array(wide, map(by_code.__getitem__, codes)))
    return Stored(array("i", codes), values)


_WIDEST = 2**63


def nothing_read(fault: UnreadableError) -> ReadReport:
    """The report of a source that could not be read at all."""
    problem = fault.problem
    return ReadReport(sources=(problem.source,), problems=(problem,), counts={problem.code: 1})
