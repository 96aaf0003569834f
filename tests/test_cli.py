"""The command line: pages and messages for people, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import kcharts
from kcharts.cli import main
from kcharts.formats import netflix


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(netflix.SPEC.sample, encoding="utf-8")
    return path


def test_report_without_a_file_uses_the_sample_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["report", "All of Us Are Dead"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("A reconstruction, not published data")
    assert "No. 1 in 46 of 88 countries" in out


def test_report_with_a_file_uses_that_file(
    own_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "A Series", "--data", str(own_file)]) == 0
    out = capsys.readouterr().out
    assert "reconstruction" not in out
    assert "Netflix TV in South Korea, weekly" in out


def test_several_files_are_merged(
    own_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "later.tsv"
    later = netflix.SPEC.sample.replace("2022-01-30", "2022-02-06")
    other.write_text(later, encoding="utf-8")
    assert main(["report", "A Series", "--data", str(own_file), "--data", str(other)]) == 0
    assert "In a row: 2 weeks at No. 1" in capsys.readouterr().out


def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(netflix.SPEC.sample.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["report", "A Series", "--data", "-"]) == 0
    assert "1 week at No. 1" in capsys.readouterr().out


def test_as_of_json_and_html(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "All of Us Are Dead", "--as-of", "2022-01-30", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert page["as_of"] == "2022-01-30"
    assert main(["report", "All of Us Are Dead", "--html"]) == 0
    assert capsys.readouterr().out.startswith("<article>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Squid Gme"], "did you mean 'Squid Game'?"),
        (["Squid Game", "--data", "no-such-file.tsv"], "no-such-file.tsv"),
        (["Squid Game", "--as-of", "31.1.2022"], "expected a date as YYYY-MM-DD"),
        (["Squid Game", "--as-of", "2020-01-01"], "no title 'Squid Game'"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kcharts: ")
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_a_broken_file_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all-weeks-countries.tsv"
    path.write_text("null", encoding="utf-8")
    assert main(["report", "Squid Game", "--data", str(path)]) == 2
    assert "found the payload null" in capsys.readouterr().err


def test_a_wrong_call_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["repot"])
    assert caught.value.code == 2
    assert "usage: kcharts" in capsys.readouterr().err


def test_python_dash_m_runs_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import runpy

    monkeypatch.setattr(sys, "argv", ["kcharts", "report", "Squid Game"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("kcharts", run_name="__main__")
    assert caught.value.code == 0
    assert "46 days at No. 1" in capsys.readouterr().out


def test_a_date_before_all_lists_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "Squid Game", "--as-of", "2020-01-01"]) == 2
    assert "no title 'Squid Game': the history holds no lists" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(vars(kcharts), "__version__", "1.2.3")
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert (caught.value.code, capsys.readouterr().out) == (0, "kcharts 1.2.3\n")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    """As of `kcharts report ... | head -1`."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "kcharts", "report", "Squid Game", "--html"],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
        cwd=tmp_path,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_pipe_costs_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Closed:
        """A standard output whose reader has gone."""

        def write(self, _text: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return os.dup(1)

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["report", "Squid Game"]) == 0
    assert capfd.readouterr().err == ""
