"""Formats of other packages: registered by an entry point, asked where no built-in one fits."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import kcharts
from kcharts.errors import KchartsWarning, ParseErrors
from kcharts.formats import _detect, netflix

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour_fm"
FILE = (
    b"week ending,pos,song,artist,last week,best,weeks in\n"
    b"2022-01-28,1,A Song,A Singer,2,1,5\n"
    b"2022-01-28,2,Another Song,A Band,,2,1\n"
)


def install(folder: Path, name: str, value: str, code: str) -> None:
    """Lay a package out as pip would: its module, and a dist-info that has the entry point."""
    (folder / f"{value}.py").write_text(code, encoding="utf-8")
    info = folder / f"{value}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {value}\nVersion: 0.1.0\n", encoding="utf-8"
    )
    points = f"[kcharts.formats]\n{name} = {value}\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path, and a process that has not yet looked for registered formats."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    before = set(sys.modules)
    _detect.registered.cache_clear()
    yield tmp_path
    _detect.registered.cache_clear()
    for name in set(sys.modules) - before:
        if not name.startswith("kcharts"):
            del sys.modules[name]


def test_the_example_is_found_where_it_is_installed(site: Path) -> None:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [(name, value)] = project["entry-points"]["kcharts.formats"].items()
    install(site, name, value, (EXAMPLE / f"{value}.py").read_text(encoding="utf-8"))
    history = kcharts.read(FILE)
    assert str(history[0].title) == "A Song by A Singer"
    assert str(history).startswith("Harbour FM weekly, Singles, 1 country, 1 issue 2022-01-28")
    with pytest.raises(ParseErrors, match=r"there is no list dated 2022-01-29") as caught:
        kcharts.read(FILE.replace(b"2022-01-28,2", b"2022-01-29,2"))
    assert caught.value.problems[0].problem.line == 3


def test_without_it_the_file_is_of_no_known_format(site: Path) -> None:
    assert not list(site.iterdir())
    with pytest.raises(ParseErrors, match="unknown-format"):
        kcharts.read(FILE)


def test_the_example_is_short() -> None:
    """A format is one module; its length is what a stranger has to write."""
    assert len((EXAMPLE / "harbour_fm.py").read_text(encoding="utf-8").splitlines()) <= 80


def test_the_tests_of_the_example_pass(site: Path) -> None:
    install(site, "harbour_fm", "harbour_fm", (EXAMPLE / "harbour_fm.py").read_text("utf-8"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-c", os.devnull]
    done = subprocess.run(
        [*command, f"--rootdir={site}", str(EXAMPLE / "test_harbour_fm.py")],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(site), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_a_format_that_cannot_be_imported_is_named_and_left_out(site: Path) -> None:
    install(site, "broken", "a_broken_format", "import a_package_that_is_not_there\n")
    install(site, "harbour_fm", "harbour_fm", (EXAMPLE / "harbour_fm.py").read_text("utf-8"))
    with pytest.warns(KchartsWarning, match=r"the format broken \(a_broken_format\) cannot be"):
        assert len(kcharts.read(FILE)) == 2


def test_a_format_without_a_spec_is_named_and_left_out(site: Path) -> None:
    install(site, "bare", "a_bare_module", "SPEC = None\n")
    with (
        pytest.warns(KchartsWarning, match="expected a constant SPEC, a FormatSpec, found None"),
        pytest.raises(ParseErrors, match="unknown-format"),
    ):
        kcharts.read(FILE)


def test_others_are_not_looked_for_where_a_built_in_format_fits(site: Path) -> None:
    install(site, "broken", "a_broken_format", "raise RuntimeError\n")  # would warn: an error here
    assert len(kcharts.read(netflix.SPEC.sample.encode())) == 2


def test_a_page_of_another_package_is_read(site: Path) -> None:
    """What no text reader takes, such as a page, may still be another format's."""
    code = (EXAMPLE / "harbour_fm.py").read_text("utf-8")
    page = 'reader="read_page", medium="page", pattern="HARBOUR",'
    code = code.replace('reader="read_singles",', page)
    code += "\ndef read_page(source, /, **options):\n    return kcharts_history\n"
    code += "kcharts_history = read_singles(SINGLES.sample.encode())\n"
    install(site, "harbour_fm", "harbour_fm", code)
    assert len(kcharts.read(b"<html>HARBOUR FM</html>")) == 2
    with pytest.raises(ParseErrors, match="wrong-format"):
        kcharts.read(b"<html>ANOTHER</html>")
