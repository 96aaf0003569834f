"""The docs against the code: codes, columns, commands, figures, public names, links."""

from __future__ import annotations

import ast
import re
import shlex
from contextlib import suppress
from pathlib import Path
from pkgutil import iter_modules

import pytest

import kcharts
from kcharts import formats
from kcharts.cli import main
from kcharts.formats import netflix, table
from kcharts.formats._spec import FormatSpec
from tests.test_oracles import COUNTRY_ROWS, GLOBAL_ROWS, HOMONYMS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("*/*.md"))]
SPECS = (netflix.SPEC, table.SPEC)

_KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")
# Written like codes, and none: names of files.
_NO_CODES = {"all-weeks-countries", "all-weeks-global", "most-popular"}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def codes_in_source() -> set[str]:
    """All strings that readers have, or that the model gives them, written like codes."""
    source = ROOT / "src" / "kcharts"
    paths = [
        *(source / "formats").glob("*.py"),
        source / "model" / "_builder.py",
        source / "model" / "_checks.py",
    ]
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _KEBAB.fullmatch(node.value)
    } - _NO_CODES


def test_every_problem_code_is_explained_and_no_other() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \|", page("reference/errors.md"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == codes_in_source()


def test_every_exception_is_explained() -> None:
    listed = re.findall(r"^\| `(\w+Errors?)` \|", page("reference/errors.md"), re.MULTILINE)
    public = {name for name in kcharts.__all__ if re.search(r"Errors?$", name)}
    assert set(listed) == public - {"KchartsError", "RowError"}


def test_the_bases_of_exceptions_are_those_of_the_page() -> None:
    rows = re.findall(
        r"^\| `(\w+Errors?)` \| ([^|]+) \|", page("reference/errors.md"), re.MULTILINE
    )
    for name, bases in rows:
        names = {base.__name__ for base in getattr(kcharts, name).__mro__}
        assert set(re.findall(r"`(\w+)`", bases)) <= names, name


def test_every_format_stands_on_the_page() -> None:
    """A new format module has to be described, and is compared below."""
    names = [each.name for each in iter_modules(formats.__path__) if each.name[0] != "_"]
    assert names == ["netflix", "table"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: str(spec.title))
def test_formats_are_described_as_their_modules_say(spec: FormatSpec) -> None:
    text = page("reference/formats.md")
    assert f"| {spec.title} | {spec.publisher} | {spec.frequency} | {spec.calendar} |" in text
    for quirk in spec.quirks:
        assert f"\n- {quirk}\n" in text
    for link in spec.links:
        assert f"<{link}>" in text
    for layout in spec.layouts:
        columns = ", ".join(f"`{column}`" for column in layout.columns)
        is_chart = "yes" if layout.is_chart else "no"
        row = rf"^\| {layout.name} \| `\w+\.{layout.reader}` \| {is_chart} \| {columns} \|$"
        assert re.search(row, text, re.MULTILINE), layout.name
        for column in layout.optional:
            assert f"`{column}`" in text


def commands() -> list[tuple[str, str]]:
    """Each command of the page on the command line, with the output shown below it."""
    pattern = r"```sh\nkcharts ([^\n]+)\n```\n\n```text\n(.*?)```"
    return re.findall(pattern, page("reference/command-line.md"), re.DOTALL)


def test_commands_are_found() -> None:
    assert len(commands()) == 4


@pytest.mark.parametrize(("line", "shown"), commands(), ids=[line for line, _ in commands()])
def test_commands_print_what_the_page_shows(
    line: str, shown: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with suppress(SystemExit):  # argparse ends so after --help
        main(shlex.split(line))
    printed = capsys.readouterr()
    assert shown == printed.out + printed.err


def test_agreements_are_those_that_the_tests_assert() -> None:
    found = re.findall(
        r"^\| (all-weeks-\w+), ([\d-]+) \| ([\d,]+) \| ([\d,]+) \|$",
        page("explanation/agreement.md"),
        re.MULTILINE,
    )
    listed = {
        f"{day}_{name}": (int(rows.replace(",", "")), int(agree.replace(",", "")))
        for name, day, rows, agree in found
    }
    expected = {name.split(".")[0]: (rows, rows) for name, rows in COUNTRY_ROWS.items()}
    for (name, wrong), rows in zip(HOMONYMS.items(), GLOBAL_ROWS, strict=True):
        expected[name.split(".")[0]] = (rows, rows - sum(wrong.values()))
    assert listed == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not link.startswith("https://"):
            assert (path.parent / link).is_file(), link


def test_every_page_is_in_the_index() -> None:
    index = page("index.md")
    for path in PAGES:
        if path.is_relative_to(DOCS) and path.name != "index.md":
            name = path.relative_to(DOCS).with_suffix("").as_posix()
            assert re.search(rf"^{name}$", index, re.MULTILINE), name
