"""Write the made part of docs/reference/formats.md from the `SPEC`s of the format modules.

    uv run python tools/build_formats_page.py

A test makes it again and compares.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from kcharts import formats
from kcharts.reading.spec import FormatSpec, Layout

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "formats.md"
BEGIN = "<!-- Made from the SPECs by tools/build_formats_page.py -->\n"
END = "<!-- End of what is made -->\n"
MEDIA = {
    "table": "text with a header, or a workbook",
    "bare": "text without a header",
    "json": "JSON",
    "page": "saved page",
}


def specs() -> list[tuple[str, FormatSpec]]:
    """The format modules by name, with what they say of their formats."""
    names = [each.name for each in iter_modules(formats.__path__) if each.name[0] != "_"]
    return [(name, import_module(f"{formats.__name__}.{name}").SPEC) for name in names]


def row(*cells: str) -> str:
    """A row of a table; a bar within a cell is written as one."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def code(names: tuple[str, ...]) -> str:
    """Names of columns, as code."""
    return ", ".join(f"`{name}`" for name in names)


def overview(found: list[tuple[str, FormatSpec]]) -> list[str]:
    """The table of formats, and the table of their files."""
    lines = [row("format", "publisher", "issued", "calendar", "module"), "|---|---|---|---|---|"]
    for name, spec in found:
        module = f"`kcharts.formats.{name}`"
        lines.append(row(spec.title, spec.publisher, spec.frequency, spec.calendar, module))
    lines += ["", row("file", "what it is", "read by", "chart"), "|---|---|---|---|"]
    for name, spec in found:
        for layout in spec.layouts:
            is_chart = "yes" if layout.is_chart else "no"
            reader = f"`{name}.{layout.reader}`"
            lines.append(row(layout.name, MEDIA[layout.medium], reader, is_chart))
    return lines


def described(layout: Layout) -> list[str]:
    """What a file has to have, and what it may have."""
    lines = [f"**{layout.name}**"]
    needed = {
        "table": "Columns",
        "bare": "Columns, in this order",
        "json": "Keys of a record",
        "page": "What is read of every row",
    }
    if layout.columns:
        lines[0] += f" — {needed[layout.medium]}: {code(layout.columns)}."
    if layout.path:
        lines.append(f"The records stand under `{'.'.join(layout.path)}`.")
    if layout.optional:
        lines.append(f"Further ones, which not every file has: {code(layout.optional)}.")
    return [" ".join(lines), ""]


def section(spec: FormatSpec) -> list[str]:
    """A format: its files, and what to know of it."""
    lines = [f"### {spec.title}", ""]
    if spec.links:
        lines += ["Published or described at " + ", ".join(f"<{x}>" for x in spec.links) + ".", ""]
    for layout in spec.layouts:
        lines += described(layout)
    if spec.quirks:
        lines += ["What to know of it:", "", *(f"- {quirk}" for quirk in spec.quirks), ""]
    return lines


def made() -> str:
    """The made part of the page, between its marks."""
    found = specs()
    lines = [*overview(found), ""]
    for _, spec in found:
        lines += section(spec)
    return BEGIN + "\n" + "\n".join(lines) + "\n" + END


def page(text: str) -> str:
    """The page with its made part made again."""
    before, _, rest = text.partition(BEGIN)
    return before + made() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
