"""Encodings that are told: text that is text already, and files that are something else."""

from __future__ import annotations

import io

import pytest

import kcharts
from kcharts import ParseErrors
from kcharts.errors import Problem
from kcharts.formats.netflix import SPEC, read_countries

TEXT = SPEC.sample.replace("Another Series", "Première – là-bas")


def refused(data: bytes, encoding: str) -> Problem:
    with pytest.raises(ParseErrors) as caught:
        kcharts.read(data, encoding=encoding)
    [error] = caught.value.problems
    return error.problem


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "no-such"])
def test_no_encoding_applies_to_what_is_text_already(encoding: str) -> None:
    expected = kcharts.read(TEXT.encode())
    assert kcharts.read(io.StringIO(TEXT), encoding=encoding) == expected
    assert read_countries(io.StringIO(TEXT), encoding=encoding) == expected


def test_utf_8_is_not_read_as_something_else() -> None:
    problem = refused(TEXT.encode(), "cp1252")
    assert (problem.code, problem.message) == ("bad-encoding", "expected cp1252, found UTF-8")
    assert "leave out encoding=" in str(problem.hint)


def test_plain_ascii_and_unicode_are_read_as_they_are_told() -> None:
    assert len(kcharts.read(SPEC.sample.encode(), encoding="cp1252")) == 2
    assert kcharts.read(TEXT.encode(), encoding="utf-8") == kcharts.read(TEXT.encode())
    assert kcharts.read(TEXT.encode("cp1252"), encoding="cp1252") == kcharts.read(TEXT.encode())


def test_control_characters_that_latin_1_makes_of_cp1252_are_told() -> None:
    problem = refused(TEXT.encode("cp1252"), "latin-1")
    assert problem.code == "bad-encoding"
    assert "control characters such as '\\x96'" in problem.message
    assert problem.hint == 'encoding="cp1252" may be meant'
    plain = TEXT.replace("–", "-")
    assert kcharts.read(plain.encode("latin-1"), encoding="latin-1") == kcharts.read(plain.encode())


def test_a_stream_that_has_no_data_yet_is_not_taken_to_be_at_its_end() -> None:
    class Waiting(io.RawIOBase):
        parts = [TEXT.encode()[:200], None]  # noqa: RUF012  (read by one test)

        def read(self, _size: int = -1) -> bytes | None:
            return self.parts.pop(0)

    with pytest.raises(ParseErrors, match="it has no data yet, and may have more") as caught:
        kcharts.read(Waiting())  # type: ignore[call-overload]  # what a stream that does not block is
    assert "unreadable-source 1" in str(caught.value)
