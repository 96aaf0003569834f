"""Coverage-guided fuzzing of the readers, with atheris.

    uv run --group fuzz python -m fuzz.fuzz_formats netflix -max_total_time=600

The first argument names a module of `kcharts.formats`, or is "workbook" or "read_table"; the
others are libFuzzer's. The first byte of an input chooses the layout (of a workbook the part that
the rest replaces), the rest is the file; the samples of the layouts are the seeds. A reader must
answer with a result and a report in which every row is accounted for, or raise `ParseErrors`:
anything else is a finding, and its input is written to the working directory.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

from tests.sources.workbooks import Strings, merged, package, packed, sheet_xml

atheris: Any = import_module("atheris")  # it says nothing of its types

with atheris.instrument_imports(include=["kcharts"]):
    from kcharts import formats, model, read_table
    from kcharts.errors import ParseErrors
    from kcharts.formats import netflix
    from kcharts.formats._detect import read
    from kcharts.reading.spec import FormatSpec, Layout
    from kcharts.sources.limits import Limits
    from kcharts.sources.report import ReadReport

    for held in (formats, model):  # also what is imported on first use only
        for each in iter_modules(held.__path__, f"{held.__name__}."):
            import_module(each.name)

LIMITS = Limits(file_bytes=1 << 20, page_bytes=1 << 20, workbook_bytes=1 << 22)


def named(layout: Layout, data: bytes) -> io.BytesIO:
    """The content under the name of a file that was downloaded."""
    stream = io.BytesIO(data)
    stream.name = layout.file_name or "sample"
    return stream


def check(answer: tuple[Any, ReadReport]) -> None:
    """Raise unless every row of a source is accounted for."""
    _, report = answer
    if report.rows_read != report.rows_accepted + report.rows_rejected:
        raise AssertionError(f"rows are lost: {report!r}")
    rejected = [each for each in (*report.problems, *report.notes) if each.row is not None]
    if len(rejected) != report.rows_rejected:
        raise AssertionError(f"{report.rows_rejected} rejected, {len(rejected)} kept: {report!r}")


class Target(NamedTuple):
    """What is fuzzed: what is called with the first byte and the rest, and the seeds by it."""

    one: Callable[[int, bytes], object]
    seeds: list[str]


def of_module(name: str) -> Target:
    """The readers of a module, each with the samples of its layouts."""
    module = import_module(f"kcharts.formats.{name}")
    spec: FormatSpec = module.SPEC
    layouts = spec.layouts

    def one(first: int, rest: bytes) -> None:
        layout = layouts[first % len(layouts)]
        reader = getattr(module, layout.reader)
        check(reader(named(layout, rest), on_error="collect", limits=LIMITS))
        try:
            read(named(layout, rest), limits=LIMITS)
        except ParseErrors as errors:
            str(errors)

    return Target(one, [layout.sample for layout in layouts])


def of_workbook() -> Target:
    """The readers of workbooks: one part of a good workbook is replaced by what comes."""
    rows = [line.split("\t") for line in netflix.SPEC.sample.splitlines()]
    strings = Strings()
    sheet = sheet_xml(strings.rows(rows), after=merged("J1:K2"))
    parts = package({"Top 10": sheet}, strings)
    names = sorted(parts)

    def one(first: int, rest: bytes) -> None:
        replaced: dict[str, str | bytes] = {**parts, names[first % len(names)]: rest}
        check(netflix.read_countries(packed(replaced), on_error="collect", limits=LIMITS))

    return Target(one, [parts[name] for name in names])


def of_tables() -> Target:
    """`read_table`, with columns as somebody may have them."""
    tables = [
        "Day;Platz;Titel;Land\n30.01.2022;1;A Series;KR\n30.01.2022;2;Another;KR\n",
        "Day\tPlatz\tTitel\tLand\n30.01.2022\t1\tA Series\tKR\n",
        '[{"Day": "30.01.2022", "Platz": 1, "Titel": "A Series", "Land": "KR"}]',
        '{"Day": "30.01.2022", "Platz": 1, "Titel": "A Series", "Land": "KR"}\n',
    ]

    def one(_first: int, rest: bytes) -> None:
        found = read_table(
            rest,
            columns={"date": "Day", "rank": "Platz", "title": "Titel", "country": "Land"},
            publisher="Somebody",
            category="TV",
            frequency="daily",
            depth=2,
            date_format="%d.%m.%Y",
            on_error="collect",
            limits=LIMITS,
        )
        check(found)

    return Target(one, tables)


def target(name: str) -> Target:
    """What is fuzzed under a name."""
    if name == "workbook":
        return of_workbook()
    return of_tables() if name == "read_table" else of_module(name)


NASTY = (
    *("0", "-1", "1.5", "01", "1e9", "99999999999999999999", "N/A", "-", "\u0661", "\u00b2"),
    *("2022-02-30", "0001-01-01", "9999-12-31", "2022-01-29", "01/02/2022", "20220130"),
    *("WORLD", "Korea", "Atlantis", "XK", "ZZ", "\u202e", "\u200b", "\x00", "\u2028", '"', '""'),
    *("null", "true", "[]", "{}", "[[", '{"a":', "\\ud83d", "missing", "stale", "closing"),
    *("<table>", "</tr>", "<script>", "\ufeff", "\r\n", "\t", ";", ",,,"),
)


def dictionary(path: Path, samples: list[str]) -> None:
    """Write the words of the samples, and some that are likely to hurt, for libFuzzer."""
    cells = {cell for sample in samples for cell in re.split(r'[\t\n\r,"<>{}\[\]:=]', sample)}
    words = [word.encode() for word in (*sorted(cells), *NASTY) if word]
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words]
    path.write_text("\n".join(lines), encoding="ascii")


def main() -> None:
    """Fuzz the readers of the module that is named."""
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit("usage: fuzz_formats.py MODULE [libFuzzer's options]")
    warnings.simplefilter("ignore")
    fuzzed = target(sys.argv[1])

    def one(data: bytes) -> None:
        if data:
            fuzzed.one(data[0], data[1:])

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for at, sample in enumerate(fuzzed.seeds):
            (corpus / f"sample-{at}").write_bytes(bytes([at]) + sample.encode())
        words = Path(folder, "words")
        dictionary(words, fuzzed.seeds)
        options = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=20000", f"-dict={words}"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[2:], str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
