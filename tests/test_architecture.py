"""What holds for the package as a whole: its imports, its public names, its pins."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import entry_points, version
from importlib.resources import files
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import kcharts

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LATE = ["cattrs", "dateutil", "narwhals", "numpy", "pandas", "polars", "pyarrow", "hypothesis"]


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_cache=True, no_logo=True
    )
    assert not failed, capsys.readouterr().out


def test_import_is_light() -> None:
    """Neither the edges' libraries nor any data-frame library comes with `import kcharts`."""
    probe = f"import kcharts, sys; print(*(name for name in {LATE} if name in sys.modules))"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    done = subprocess.run(
        [sys.executable, "-c", probe], env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_annotations_are_shipped() -> None:
    assert files("kcharts").joinpath("py.typed").is_file()


def test_public_names_are_sorted() -> None:
    assert list(kcharts.__all__) == sorted(kcharts.__all__)


def test_public_names_are_listed_by_dir() -> None:
    assert set(kcharts.__all__) <= set(dir(kcharts))


def test_a_name_that_does_not_exist_raises_as_usual() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(kcharts, name)


@pytest.mark.parametrize("name", kcharts.__all__)
def test_public_name_resolves_and_says_what_it_is(name: str) -> None:
    value = getattr(kcharts, name)
    if callable(value):
        assert inspect.getdoc(value)


FACES = ["kcharts.formats", "kcharts.measures", "kcharts.similarity"]


@pytest.mark.parametrize("package", FACES)
def test_a_package_shows_its_public_names_and_nothing_else(package: str) -> None:
    module = import_module(package)
    shown = [name for name in dir(module) if not name.startswith("__")]
    assert shown
    assert set(module.__all__) <= set(shown)
    assert all(getattr(module, name) is not None for name in shown)


def test_formats_are_found_without_a_list() -> None:
    folder = Path(kcharts.__path__[0], "formats")
    public = {path.stem for path in folder.iterdir() if path.name[0] not in "_."}
    shown = {name for name in dir(import_module("kcharts.formats")) if name[0] != "_"}
    assert shown - {"read", "read_table"} == public


def test_a_module_that_was_renamed_says_its_new_name() -> None:
    with pytest.raises(AttributeError, match=r"it is kcharts\.formats\.kcharts_table now"):
        _ = import_module("kcharts.formats").table


def test_version_is_that_of_the_distribution() -> None:
    assert kcharts.__version__ == version("kcharts") == PYPROJECT["project"]["version"]


def test_entry_points_load() -> None:
    for group in ("console_scripts", "hypothesis"):
        [entry] = [e for e in entry_points(group=group) if e.module.startswith("kcharts.")]
        assert callable(entry.load())


def test_tools_are_pinned_by_version_alone() -> None:
    """constraints.txt is the place; uv reads the copy in pyproject.toml."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all("==" in pin and "/" not in pin and "--" not in pin for pin in pins)
    uv = PYPROJECT["tool"]["uv"]
    to_paste = "".join(f"    {_quoted(pin)},\n" for pin in pins)
    assert uv["constraint-dependencies"] == pins, f"constraint-dependencies = [\n{to_paste}]"
    assert set(uv["build-constraint-dependencies"]) <= set(pins)


def _quoted(pin: str) -> str:
    return f'"{pin}"'
