"""How much Hypothesis searches, and where the publishers' files are."""

from __future__ import annotations

import os
from collections.abc import Generator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import coverage
import pytest
from hypothesis import settings

import kcharts
from tests.real import WITHOUT_DATA, data_folder

# Hypothesis starts from another profile where CI is set: build on its defaults, not on that.
_DEFAULTS = settings.get_profile("default")
# No deadlines: a machine busy with something else is no bug of ours.
# A quarter of the usual examples, so that a newcomer's first run takes no minute.
settings.register_profile("fast", _DEFAULTS, deadline=None, print_blob=True, max_examples=25)
# The same examples on every run, so that a red run is due to the change.
settings.register_profile(
    "ci", _DEFAULTS, deadline=None, print_blob=True, derandomize=True, database=None
)
settings.register_profile("nightly", _DEFAULTS, deadline=None, print_blob=True, max_examples=5_000)
settings.load_profile("ci" if os.environ.get("CI") else "fast")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of publishers' files; skips the test where there is none."""
    return data_folder()


_UNMEASURED = {Path(__file__).parent / name for name in ("laws", "oracles")}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage in laws and oracles: they take much longer with it.

    The other tests alone cover every branch: a line that only a random example or a publisher's
    file reaches has no test that says what it is for.
    """
    measuring = coverage.Coverage.current()
    if measuring is None or _UNMEASURED.isdisjoint(item.path.parents):
        return (yield)
    _import_all()  # or a module imported here for the first time would look as if it never ran
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


@cache
def _import_all() -> None:
    for module in walk_packages(kcharts.__path__, "kcharts."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was left unchecked for want of the publishers' files."""
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if isinstance(report, pytest.TestReport) and WITHOUT_DATA in str(report.longrepr)
    ]
    if skipped:
        tests = "1 test was" if len(skipped) == 1 else f"{len(skipped)} tests were"
        terminalreporter.write_line(
            f"{tests} skipped for want of the publishers' data: "
            "set KCHARTS_DATA to the folder of their files.",
            yellow=True,
        )
