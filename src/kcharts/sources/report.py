"""The report on a source: what became of its rows, and the error for what is wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import ParseErrors, Problem, RowError
from kcharts.model._checks import show

KEPT = 1_000  # a file in the wrong format has something wrong in each of a million rows


@final
@public
@frozen
class ReadReport:
    """What became of every row: rows read = rows accepted + rows rejected.

    Attributes:
        sources: The names of what was read.
        rows_read: Rows below the header, without blank lines.
        rows_accepted: Rows that are in the history.
        rows_rejected: Rows that are not; those past the first 1,000 are only counted.
        rows_unplaced: Rejected rows without a readable chart and date.
        lists_defective: Lists marked DEFECTIVE because one of their rows was rejected.
        problems: What is wrong, the first 1,000; `Problem.row` has the row as it is in the source.
        counts: How often each code occurs, exactly.
        notes: What was odd and changed nothing, the first 1,000.
    """

    sources: tuple[str, ...] = ()
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_unplaced: int = 0
    lists_defective: int = 0
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(factory=dict[str, int])
    notes: tuple[Problem, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong; notes may remain."""
        return not self.counts

    def __str__(self) -> str:
        return page(self)


def join_reports(reports: Iterable[ReadReport]) -> ReadReport:
    """One report of several sources."""
    listed = list(reports)
    counts: Counter[str] = Counter()
    for report in listed:
        counts.update(report.counts)
    return ReadReport(
        sources=tuple(name for report in listed for name in report.sources),
        rows_read=sum(report.rows_read for report in listed),
        rows_accepted=sum(report.rows_accepted for report in listed),
        rows_rejected=sum(report.rows_rejected for report in listed),
        rows_unplaced=sum(report.rows_unplaced for report in listed),
        lists_defective=sum(report.lists_defective for report in listed),
        problems=tuple(p for report in listed for p in report.problems)[:KEPT],
        counts=dict(counts),
        notes=tuple(n for report in listed for n in report.notes)[:KEPT],
    )


def parse_errors(report: ReadReport) -> ParseErrors:
    """The error that a reader raises for a report that is not clean."""
    return ParseErrors(page(report), [RowError(problem) for problem in report.problems])


def page(report: ReadReport) -> str:
    """The report as a person reads it."""
    names = ", ".join(report.sources)
    if report.is_clean:
        head = f"{names}: {report.rows_accepted:,} rows read, nothing wrong"
        return "\n".join([head, *_notes(report)])
    total = sum(report.counts.values())
    codes = ", ".join(f"{code} {n:,}" for code, n in sorted(report.counts.items()))
    lines = [f"{names}: {_counted(total, 'problem')} ({codes})"]
    shown_first = report.problems[:5]  # more would push the summary below off the screen
    for problem in shown_first:
        lines += [f"  {line}" for line in _problem_lines(problem, names)]
    if total > len(shown_first):
        lines.append(f"  ... and {total - len(shown_first):,} more")
    if report.rows_read:
        lines.append(
            f'  on_error="collect" keeps {report.rows_accepted:,} of {report.rows_read:,} rows '
            f"and marks {_counted(report.lists_defective, 'list')} as defective"
        )
    return "\n".join(lines + _notes(report))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _problem_lines(problem: Problem, names: str) -> list[str]:
    where = problem.where.removeprefix(f"{names}, ")
    value = "" if problem.value is None else f", {show(problem.value)}"
    lines = [f"{where}{value}: {problem.message}" if where != names else problem.message]
    return lines + ([f"  hint: {problem.hint}"] if problem.hint else [])


def _notes(report: ReadReport) -> list[str]:
    counts = Counter(note.code for note in report.notes)
    first = {note.code: note for note in reversed(report.notes)}
    return [f"  note: {code} {n:,}, the first: {first[code]}" for code, n in counts.items()]
