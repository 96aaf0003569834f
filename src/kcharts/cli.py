"""The command line: `kcharts report TITLE [--data FILE ...]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import kcharts
from kcharts.errors import KchartsError
from kcharts.formats._detect import read
from kcharts.measures._report import report
from kcharts.model.history import ChartHistory
from kcharts.samples import sample

WRONG = 2
"""The exit status for a wrong call or wrong input."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; answers 0, or 2 where the call or its input is wrong."""
    options = _parser().parse_args(arguments)
    try:
        history = _history(options.data or [])
        page = report(history, options.title, as_of=options.as_of)
    except (KchartsError, ValueError) as fault:
        print(f"kcharts: {fault}", file=sys.stderr)
        return WRONG
    return _shown(page.to_json() if options.json else page.to_html() if options.html else str(page))


def _shown(text: str) -> int:
    """Print to whoever reads; one who has seen enough, such as `head`, is no error."""
    try:
        print(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at the end
    return 0


class _Version(argparse.Action):
    """Print the version: looked up only where it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print("kcharts", kcharts.__version__)
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kcharts", description="Typed, exact, checkable statements from published rank charts."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "report", help="what the lists say of one title, as a page to quote"
    )
    command.add_argument("title", metavar="TITLE", help="the title's name")
    command.add_argument(
        "--data",
        metavar="FILE",
        action="append",
        help="a chart file, gzip and zip included, or - for standard input; "
        "repeat it for several; without it the bundled reconstruction is used",
    )
    command.add_argument("--as-of", metavar="DATE", help="look at nothing dated later: YYYY-MM-DD")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--html", action="store_true", help="print HTML")
    return parser


def _history(files: list[str]) -> ChartHistory:
    if not files:
        return sample()
    return read(*(sys.stdin.buffer if name == "-" else name for name in files))
