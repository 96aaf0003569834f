"""How much Hypothesis searches, and where the publishers' files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
