"""Synthetic chart files in the publishers' syntax, and what they are taken apart with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcharts.errors import Problem
from kcharts.model.history import ChartHistory
from kcharts.sources.report import ReadReport

COUNTRIES = (
    "country_name",
    "country_iso2",
    "week",
    "category",
    "weekly_rank",
    "show_title",
    "season_title",
    "cumulative_weeks_in_top_10",
)
PLACES = (("South Korea", "KR"), ("Namibia", "NA"), ("Réunion", "RE"))
WEEKS = ("2022-01-30", "2022-01-23")

Rows = list[list[str]]


def country_rows() -> Rows:
    """Full Top 10 lists of TV in three places and two weeks, newest first: 60 rows."""
    return [
        [name, code, week, "TV", str(rank), f"Show {rank}", f"Show {rank}: Season 1", weeks]
        for name, code in PLACES
        for week, weeks in zip(WEEKS, "21", strict=True)
        for rank in range(1, 11)
    ]


def joined(rows: Iterable[Sequence[str]], *, header: Sequence[str] = COUNTRIES) -> str:
    """The rows as Netflix writes them: tabs, LF, no final newline."""
    return "\n".join("\t".join(row) for row in (header, *rows))


def tsv(rows: Iterable[Sequence[str]], *, header: Sequence[str] = COUNTRIES) -> bytes:
    return joined(rows, header=header).encode()


TABLE = (
    "publisher",
    "platform",
    "category",
    "frequency",
    "depth",
    "country",
    "date",
    "status",
    "rank",
    "title",
    "hours_viewed",
)


def table_rows() -> Rows:
    """Lists of three ranks in two places on three days: 18 rows."""
    return [
        ["Made Up", "Streams", "TV", "daily", "3", code, day, "", str(rank), f"Show {rank}", "7"]
        for code in ("KR", "WORLD")
        for day in ("2022-01-29", "2022-01-30", "2022-01-31")
        for rank in range(1, 4)
    ]


def csv(rows: Iterable[Sequence[str]], *, header: Sequence[str] = TABLE) -> bytes:
    """The rows separated by commas, just as given."""
    return "".join(f"{','.join(row)}\n" for row in (header, *rows)).encode()


def conserves(read: tuple[ChartHistory, ReadReport]) -> bool:
    """Whether every row is accounted for, and every rejected one was kept as it stood."""
    _, report = read
    rejected = [p for p in (*report.problems, *report.notes) if p.row is not None]
    whole = report.rows_read == report.rows_accepted + report.rows_rejected
    return whole and len(rejected) == report.rows_rejected


def the_problem(report: ReadReport) -> Problem:
    """The one thing wrong."""
    [problem] = report.problems
    return problem
