"""Sphinx settings. The docs build without a network: nothing here looks anything up."""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import TYPE_CHECKING

import kcharts

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
    (r"py:.*", r"kcharts\.model\.chart\.DateWords|Rankable"),
    (r"py:.*", r"p[dl]\.DataFrame"),
]


def _public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: TextElement
) -> reference | None:
    """Link a public class that an annotation names by its private module to its one entry."""
    home, _, name = str(node.get("reftarget", "")).rpartition(".")
    if node.get("refdomain") != "py" or not home.startswith("kcharts"):
        return None
    if name not in kcharts.__all__:
        return None
    page = node["refdoc"]
    python = env.domains["py"]
    return python.resolve_xref(env, page, app.builder, "obj", f"kcharts.{name}", node, contnode)


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
