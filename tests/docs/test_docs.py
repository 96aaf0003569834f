"""The docs against the code: codes, columns, commands, figures, public names, links."""

from __future__ import annotations

import ast
import re
import shlex
from contextlib import suppress
from pathlib import Path

import pytest

from kcharts import errors
from kcharts.cli import main
from tests.test_oracles import COUNTRY_ROWS, GLOBAL_ROWS, HOMONYMS
from tools import build_formats_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("*/*.md"))]

_KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


_RAISERS = {"CellError", "KeyFault", "UnreadableError", "Problem", "note", "odd_names"}


def _texts(node: ast.AST) -> set[str]:
    """The strings within an expression that are written like codes."""
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and _KEBAB.fullmatch(each.value)
    }


def _codes(node: ast.AST) -> set[str]:
    """The codes that a call or a pair is given first, or that are put into a variable `code`."""
    if (
        isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and isinstance(node.elts[0], ast.Constant)
    ):
        return _texts(node.elts[0])
    if isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[1 if name == "odd_names" else 0]  # which is given a history before
        return _texts(first) if name in _RAISERS else set()
    if isinstance(node, ast.Assign):
        named = {getattr(target, "id", "") for target in node.targets}
        return _texts(node.value) if "code" in named else set()
    return _texts(node) if isinstance(node, ast.Return) else set()


def codes_in_source() -> set[str]:
    """All codes that readers give to problems and notes, or that the model does."""
    source = ROOT / "src" / "kcharts"
    found = {
        code
        for floor in ("sources", "reading", "formats", "catalogue")
        for path in (source / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for code in _codes(node)
    }
    for name in ("columns/builder.py", "_checks.py"):
        found |= _texts(ast.parse((source / "model" / name).read_text(encoding="utf-8")))
    return found


def test_every_problem_code_is_explained_and_no_other() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \|", page("reference/errors.md"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == codes_in_source()


def test_every_exception_is_explained() -> None:
    listed = re.findall(r"^\| `(\w+Errors?)` \|", page("reference/errors.md"), re.MULTILINE)
    public = {name for name in vars(errors) if re.search(r"Errors?$", name)}
    assert set(listed) == public - {"KchartsError", "RowError"}


def test_the_bases_of_exceptions_are_those_of_the_page() -> None:
    rows = re.findall(
        r"^\| `(\w+Errors?)` \| ([^|]+) \|", page("reference/errors.md"), re.MULTILINE
    )
    for name, bases in rows:
        names = {base.__name__ for base in getattr(errors, name).__mro__}
        assert set(re.findall(r"`(\w+)`", bases)) <= names, name


def test_the_formats_are_described_as_their_modules_say() -> None:
    text = page("reference/formats.md")
    assert build_formats_page.page(text) == text, "run tools/build_formats_page.py"


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
