"""What holds for the package as a whole: its imports, its public names, its pins."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib import import_module
from importlib.metadata import entry_points, version
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import grimp
import pytest
from importlinter.cli import lint_imports

import kcharts
from kcharts import formats

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

FACES = [
    each.name
    for each in iter_modules(kcharts.__path__, "kcharts.")
    if each.ispkg and hasattr(import_module(each.name), "__all__")
]
LATE = ["cattrs", "dateutil", "narwhals", "numpy", "pandas", "polars", "pyarrow", "hypothesis"]


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_cache=True, no_logo=True
    )
    assert not failed, capsys.readouterr().out


def test_no_module_needs_itself() -> None:
    """No circle, not even of types; the faces of packages, which only show names, are left out."""
    graph = grimp.build_graph("kcharts", cache_dir=None)
    modules = {
        name: graph.find_modules_directly_imported_by(name)
        for name in graph.modules
        if name not in FACES and name != "kcharts"
    }
    TopologicalSorter(modules).prepare()  # raises CycleError, which names the circle


def test_a_module_is_one_noun_long() -> None:
    """About 700 lines at most; what needs more is two nouns."""
    sizes = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in Path(kcharts.__path__[0]).rglob("*.py")
    }
    assert not {name: lines for name, lines in sizes.items() if lines > 700}


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


@pytest.mark.parametrize("package", FACES)
def test_a_package_shows_its_public_names_and_nothing_else(package: str) -> None:
    module = import_module(package)
    shown = [name for name in dir(module) if not name.startswith("__")]
    assert shown
    assert set(module.__all__) <= set(shown)
    assert all(getattr(module, name) is not None for name in shown)


@pytest.mark.parametrize("name", [name for name in dir(formats) if name[0] != "_"])
def test_a_format_shows_its_readers_and_not_what_it_imports(name: str) -> None:
    module = getattr(formats, name)
    if isinstance(module, ModuleType):
        shown = {each for each in dir(module) if each[0] != "_"}
        assert {layout.reader for layout in module.SPEC.layouts} | {"SPEC"} <= shown
        assert all(each.isupper() or callable(getattr(module, each)) for each in shown)
        assert shown.isdisjoint({"Any", "T", "annotations", "Recipe", "own_names", "dt"})


def test_formats_are_found_without_a_list() -> None:
    folder = Path(kcharts.__path__[0], "formats")
    public = {path.stem for path in folder.iterdir() if path.name[0] not in "_."}
    shown = {name for name in dir(import_module("kcharts.formats")) if name[0] != "_"}
    assert shown - {"read", "read_table"} == public


MOVED = {
    ("kcharts.formats", "table"): "kcharts.formats.kcharts_table now",
    ("kcharts", "quality"): "kcharts.auditing and kcharts.vintages now",
    ("kcharts", "GapError"): "kcharts.errors.GapError",
    ("kcharts", "World"): "kcharts.model.World",
    ("kcharts", "ChartRun"): "kcharts.measures.ChartRun",
    ("kcharts", "rank_biased_overlap"): "kcharts.similarity.rank_biased_overlap",
    ("kcharts", "CatalogueEntry"): "kcharts.catalogue.CatalogueEntry",
    ("kcharts", "FindingKind"): "kcharts.auditing.FindingKind",
    ("kcharts", "Revision"): "kcharts.vintages.Revision",
}


@pytest.mark.parametrize(("package", "name"), MOVED)
def test_a_name_that_moved_says_where_it_is(package: str, name: str) -> None:
    told = f"no attribute '{name}': it is {MOVED[package, name]}"
    with pytest.raises(AttributeError, match=re.escape(told) + "$"):
        getattr(import_module(package), name)


def test_the_top_has_what_most_people_need() -> None:
    """About fifty names; everything else is in its public submodule."""
    assert len(kcharts.__all__) <= 55


def test_submodules_need_no_import() -> None:
    probe = "import kcharts; kcharts.formats.netflix.read_countries, kcharts.records.most_periods"
    subprocess.run([sys.executable, "-c", probe], check=True)


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
