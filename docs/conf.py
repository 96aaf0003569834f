"""Sphinx settings. The docs build without a network: nothing here looks anything up."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import TextElement, reference
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "kcharts"
author = "The kcharts authors"
copyright = "2026, The kcharts authors"
version = release = version_of("kcharts")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"kcharts {release}"

myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
# Fields as a list: as entries of their own they would be described twice.
napoleon_use_ivar = True

nitpick_ignore_regex = [
    # The standard library's own docs are elsewhere, and a link to them needs the network.
    (r"py:.*", r"(collections|datetime|dt|decimal|enum|os|pathlib|types|typing)\..*"),
    # Types that signatures name and users never do, and those of libraries that are optional.
    (
        r"py:.*",
        r"kcharts\.(auditing|catalogue|formats|measures|records|similarity|vintages)(\.\w+)?\._\w+\.\w+|kcharts\.(model\.columns|reading|sources)\.\w+\.\w+",
    ),
    (r"py:.*", r"kcharts\.model\.chart\.DateWords|OnError|Printed|Rankable|Role|Source|T"),
    (r"py:.*", r"p[dl]\.DataFrame"),
]


_PACKAGES = [
    f"kcharts.{name}"
    for name in (
        *("model", "measures", "records", "similarity"),
        *("auditing", "vintages", "catalogue", "reading"),
    )
]


def _public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: TextElement
) -> reference | None:
    """Link a public class that an annotation names by its module to its one entry."""
    home, _, name = str(node.get("reftarget", "")).rpartition(".")
    if node.get("refdomain") != "py" or not home.startswith("kcharts"):
        return None
    python = env.domains["py"]
    for package in _PACKAGES:
        if name in import_module(package).__all__:
            entry = f"{package}.{name}"
            return python.resolve_xref(
                env, node["refdoc"], app.builder, "obj", entry, node, contnode
            )
    return None


def _no_type(
    _app: Sphinx, what: str, _name: str, _value: object, _options: object, lines: list[str]
) -> None:
    """Keep napoleon from taking "The length in words: ..." for a type and its description."""
    if what in ("attribute", "data", "property") and lines:
        lines[:0] = ["..", ""]  # an empty comment


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _no_type, priority=400)  # before napoleon, at 500
    app.connect("missing-reference", _public_name)
