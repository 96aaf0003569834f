"""Laws of every reader, however a sample is spoilt: nothing is lost, nothing else is raised.

A sample of each layout is cut, swapped, blanked, repeated and re-encoded at random. What comes
back is a result with a report in which every row is accounted for, or `ParseErrors`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts.errors import ParseErrors
from kcharts.formats._detect import read
from kcharts.model.history import ChartHistory
from kcharts.sources.report import ReadReport
from tests.formats.cases import CASES, Case

pytestmark = pytest.mark.filterwarnings("ignore::kcharts.errors.IncompleteListsWarning")
every = pytest.mark.parametrize("case", CASES, ids=str)

NASTY = st.sampled_from(
    [
        *(
            "",
            "0",
            "-1",
            "1.5",
            "01",
            "+1",
            "1e9",
            "9" * 30,
            "9" * 5_000,
            "N/A",
            "-",
            "—",
            "²",
            "１",
        ),
        *("2022-02-30", "0001-01-01", "9999-12-31", "01/02/2022", "2022-01-29T00:00:00Z", "٢٠٢٢"),
        *("WORLD", "Worldwide", "Korea", "Atlantis", "XK", "NA", "kr", "\u202e", "\u200b", "\0"),
        *("a\u2028b", "a\x0bb", "=1+1", "1917", "NaN", "True", "x" * 40_000, '"', '""', '"a'),
        *(
            "null",
            "[]",
            "{}",
            '{"a":',
            "\\ud83d",
            "missing",
            "stale",
            "closing",
            "<td>",
            "</table>",
        ),
    ]
)
MARKS = "\t,;\"'<>{}[]:\n"


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """The text after some accidents."""
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["cell", "cut", "repeat", "swap", "drop", "insert"]))
        lines = text.split("\n")
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        if kind == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif kind == "repeat":
            lines.insert(other, lines[one])
        elif kind == "drop":
            del lines[one]
        elif kind == "cut":
            at = draw(st.integers(0, len(text)))
            text, lines = text[:at], []
        else:
            lines[one] = draw(_changed(lines[one], kind))
        text = "\n".join(lines) if lines else text
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]))
    return text.encode(codec, "replace")


@st.composite
def _changed(draw: st.DrawFn, line: str, kind: str) -> str:
    """A line with something put in, or in place of what stands between two marks."""
    places = [at for at, character in enumerate(line) if character in MARKS]
    start = draw(st.sampled_from([0, *(at + 1 for at in places)]))
    end = next((at for at in places if at >= start), len(line)) if kind == "cell" else start
    return line[:start] + draw(NASTY) + line[end:]


def conserved(report: ReadReport) -> bool:
    """Whether every row is accounted for, and every rejected one was kept."""
    kept = [each for each in (*report.problems, *report.notes) if each.row is not None]
    whole = report.rows_read == report.rows_accepted + report.rows_rejected
    return whole and len(kept) == report.rows_rejected


def raised(answer: Callable[[], Any]) -> tuple[Any, ParseErrors | None]:
    """What is answered, or the one error that may be raised."""
    try:
        return answer(), None
    except ParseErrors as errors:
        return None, errors


@every
@given(st.data())
def test_nothing_is_lost_and_nothing_else_is_raised(case: Case, data: st.DataObject) -> None:
    content = data.draw(spoilt(case.layout.sample))
    result, report = case.collected(case.named(content))
    assert conserved(report)
    if isinstance(result, ChartHistory):
        about_lists = "status" in case.layout.optional  # such rows are accepted, and no places
        assert len(result) == report.rows_accepted or (
            about_lists and len(result) < report.rows_accepted
        )
    again, errors = raised(lambda: case.reader(case.named(content)))
    if errors is None:
        assert report.is_clean
        assert again == result
    else:
        assert sum(report.counts.values()) >= len(errors.problems) > 0
        assert str(errors)


@every
@given(st.data())
def test_rejected_rows_are_in_the_report_verbatim(case: Case, data: st.DataObject) -> None:
    lines = case.layout.sample.split("\n")
    one = data.draw(st.integers(0, len(lines) - 1))
    lines[one] = data.draw(_changed(lines[one], "cell"))
    content = "\n".join(lines)
    _, report = case.collected(case.named(content.encode("utf-8", "replace")))
    if case.layout.medium != "page":  # what a person sees of a page is no part of its source
        for problem in report.problems:
            if problem.row is not None:
                assert problem.row in content


@every
@given(st.data())
def test_read_answers_every_source_in_words(case: Case, data: st.DataObject) -> None:
    content = data.draw(spoilt(case.layout.sample))
    history, errors = raised(lambda: read(case.named(content)))
    assert isinstance(history, ChartHistory) or str(errors)
