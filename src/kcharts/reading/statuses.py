"""Rows of a kcharts table that are about a whole list: its status, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from kcharts.model.columns.builder import LISTED
from kcharts.model.snapshot import IssueStatus
from kcharts.reading.codes import IssueCodes
from kcharts.reading.parsers import parsed
from kcharts.reading.rows import Reading, rows_below_depth
from kcharts.sources.cell import CellError
from kcharts.sources.table import Table


class ListWord(Enum):
    """The words, beside statuses, that a row without a rank can have about its list."""

    CLOSING = "closing"
    """The chart ended with this issue."""
    TIES = "ties"
    """The list is printed with several titles at one rank."""
    REPEATS = "repeats"
    """The list is printed with one title at several ranks."""


_WORDS = {word.value: word for kind in (IssueStatus, ListWord) for word in kind}


def list_word(text: str) -> IssueStatus | ListWord:
    """The word of a row without a rank about its list."""
    try:
        return _WORDS[text]
    except KeyError:
        hint = f"known: {', '.join(_WORDS)}"
        raise CellError("unknown-status", "expected the status of a list", hint) from None


class _Said(NamedTuple):
    """One row's word on one list."""

    word: IssueStatus | ListWord
    issue: tuple[int, int]
    line: int
    row: int | None = None
    """Its position among the ranked rows, if it is one."""

    @property
    def about(self) -> tuple[Any, ...]:
        """What can be said once only: a list's status, or a chart's last issue."""
        if self.word is ListWord.CLOSING:
            return self.word, self.issue[0]
        return (IssueStatus if isinstance(self.word, IssueStatus) else self.word), self.issue


class ListStatuses:
    """The rows of one table that have no rank but a word on their list."""

    def __init__(self, reading: Reading, table: Table, issues: IssueCodes) -> None:
        self.reading, self.table, self.issues = reading, table, issues
        self.blank = (table.at("rank"), table.at("title"))
        self.has_status = table.has("status")
        self.status_at = table.at("status") if self.has_status else -1
        self.said: list[_Said] = []

    def takes(self, cells: list[Any]) -> bool:
        """Whether a row has no rank and no title, and says something of its list."""
        if not self.has_status or any(cells[at].strip() for at in self.blank):
            return False
        return bool(cells[self.status_at].strip())

    def take(self, cells: list[Any], key: Any, line: int) -> None:
        """Read such a row; raises `CellError`."""
        text = self.table.decode("value", cells[self.status_at])
        word = parsed("status", list_word, text)
        issue = self.issues.issue(key)
        if word not in (IssueStatus.OUTSIDE, ListWord.CLOSING):
            self.issues.check(*issue, key)
        self.said.append(_Said(word, issue, line))

    def settle(self) -> None:
        """Reject what contradicts itself, and give the builder what holds."""
        ranked = list(self._ranked())
        faults = dict(self._clashing((*ranked, *self.said)))
        faults.update(self._denied())
        builder = self.reading.builder
        builder.columns.pop("status", None)
        for said in (*ranked, *self.said):
            if said not in faults:
                self._apply(said)
            elif said.row is None:
                self.reading.reject(faults[said], self.table, said.line, self._issue(said))
        known = {chart for chart, _ in (*builder.issues, *builder.marks)}
        for chart in builder.closings.keys() - known:  # so that the series has a date at least
            builder.marks[chart, builder.closings[chart]] = IssueStatus.OUTSIDE
        rows = [(said.row, fault) for said, fault in faults.items() if said.row is not None]
        self.reading.drop(self.table, (*rows, *self._too_deep()))

    def _ranked(self) -> Iterator[_Said]:
        """For each list the first ranked row with a status, and those that differ from it."""
        builder = self.reading.builder
        column = builder.columns.get("status")
        if column is None or column.values is None:
            return
        keys = list(builder.issues)
        first: dict[int, int] = {}
        for row, code in enumerate(column.codes):
            issue = builder.issue_codes[row]
            if code >= 0 and (issue not in first or first[issue] != code):
                first.setdefault(issue, code)
                yield _Said(column.values[code], keys[issue], builder.lines[row], row)

    def _clashing(self, everything: Iterable[_Said]) -> Iterator[tuple[_Said, CellError]]:
        """Rows that say different things of one list, in pairs."""
        first: dict[tuple[Any, ...], _Said] = {}
        for said in everything:
            other = first.setdefault(said.about, said)
            if (other.word, other.issue) != (said.word, said.issue):
                yield other, _conflict(said.line)
                yield said, _conflict(other.line)

    def _denied(self) -> Iterator[tuple[_Said, CellError]]:
        """Rows that deny a list that the file has, each with the list's first row."""
        builder = self.reading.builder
        for said in self.said:
            issue = builder.issues.get(said.issue)
            if issue is None or said.word not in (IssueStatus.MISSING, IssueStatus.OUTSIDE):
                continue
            if issue in builder.issue_codes:
                row = builder.issue_codes.index(issue)
                line = builder.lines[row]
                yield said, _conflict(line)
                yield said._replace(line=line, row=row), _conflict(said.line)
            else:
                yield said, CellError("conflicting-status", "a row of the list was rejected")

    def _apply(self, said: _Said) -> None:
        builder = self.reading.builder
        if said.word is ListWord.CLOSING:
            builder.closings[said.issue[0]] = said.issue[1]
        elif isinstance(said.word, ListWord):
            code = "duplicate-rank" if said.word is ListWord.TIES else "duplicate-title"
            self.reading.allowed.setdefault(code, set()).add(said.issue)
        else:
            builder.marks[said.issue] = said.word
            if said.word in LISTED:
                self._issue(said)

    def _issue(self, said: _Said) -> int | None:
        """The code of the list that a row is about; a closing's date may be no issue."""
        issues = self.reading.builder.issues
        if said.word in (IssueStatus.OUTSIDE, ListWord.CLOSING):
            return issues.get(said.issue)
        return issues.setdefault(said.issue, len(issues))

    def _too_deep(self) -> Iterator[tuple[int, CellError]]:
        """Rows whose rank is beyond the depth that the table gives their chart."""
        builder = self.reading.builder
        for row, depth in rows_below_depth(builder):
            yield row, _rank_fault(depth).at("rank", str(builder.ranks[row]))


def _conflict(line: int) -> CellError:
    return CellError("conflicting-status", f"contradicts line {line:,}")


def _rank_fault(depth: int) -> CellError:
    """The error of a rank below the last of a full list."""
    hint = "the column depth says how many ranks a full list has, 10 if it is blank"
    return CellError("rank-out-of-range", f"expected a rank from 1 to {depth}", hint)
