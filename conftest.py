"""Runs the examples in README.md, the docs and the docstrings as tests.

It stands at the root because pytest asks a conftest.py only about files below it.
"""

from doctest import ELLIPSIS, REPORT_NDIFF

from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

_FLAGS = ELLIPSIS | REPORT_NDIFF

_pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=_FLAGS), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
)
_docstrings = Sybil(parsers=[DocTestParser(_FLAGS)], path="src", pattern="*.py")

pytest_collect_file = (_pages + _docstrings).pytest()
