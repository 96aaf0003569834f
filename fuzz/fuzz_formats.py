"""Coverage-guided fuzzing of one format module's readers, with atheris.

    uv run --group fuzz python fuzz/fuzz_formats.py netflix -max_total_time=600

The first argument names a module of `kcharts.formats`; the others are libFuzzer's. The first byte
of an input chooses the layout, the rest is the file; the samples of the layouts are the seeds. A
reader must answer with a result and a report in which every row is accounted for, or raise
`ParseErrors`: anything else is a finding, and its input is written to the working directory. A
finding that is mended is kept in tests/formats/findings, where the tests read it again.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import atheris

with atheris.instrument_imports(include=["kcharts"]):
    from kcharts import formats, model
    from kcharts.errors import ParseErrors
    from kcharts.formats._options import Limits
    from kcharts.formats._read import read
    from kcharts.formats._report import ReadReport
    from kcharts.formats._spec import FormatSpec, Layout

    for package in (formats, model):  # also what is imported on first use only
        for each in iter_modules(package.__path__, f"{package.__name__}."):
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


def target(name: str) -> tuple[Any, list[Layout]]:
    """What is called with every input, and the layouts of the module."""
    module = import_module(f"kcharts.formats.{name}")
    spec: FormatSpec = module.SPEC
    layouts = list(spec.layouts)
    readers = [getattr(module, layout.reader) for layout in layouts]

    def one(data: bytes) -> None:
        if not data:
            return
        at = data[0] % len(layouts)
        check(readers[at](named(layouts[at], data[1:]), on_error="collect", limits=LIMITS))
        try:
            read(named(layouts[at], data[1:]), limits=LIMITS)
        except ParseErrors as errors:
            str(errors)

    return one, layouts


def seeds(folder: Path, layouts: list[Layout]) -> None:
    """Write the samples where libFuzzer begins."""
    for at, layout in enumerate(layouts):
        (folder / f"sample-{at}").write_bytes(bytes([at]) + layout.sample.encode())


NASTY = (
    *("0", "-1", "1.5", "01", "1e9", "99999999999999999999", "N/A", "-", "\u0661", "\u00b2"),
    *("2022-02-30", "0001-01-01", "9999-12-31", "2022-01-29", "01/02/2022", "20220130"),
    *("WORLD", "Korea", "Atlantis", "XK", "ZZ", "\u202e", "\u200b", "\x00", "\u2028", '"', '""'),
    *("null", "true", "[]", "{}", "[[", '{"a":', "\\ud83d", "missing", "stale", "closing"),
    *("<table>", "</tr>", "<script>", "\ufeff", "\r\n", "\t", ";", ",,,"),
)


def dictionary(path: Path, layouts: list[Layout]) -> None:
    """Write the words of the samples, and some that are likely to hurt, for libFuzzer."""
    cells = {cell for layout in layouts for cell in re.split(r'[\t\n\r,"<>{}\[\]:]', layout.sample)}
    words = [word.encode() for word in (*sorted(cells), *NASTY) if word]
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words]
    path.write_text("\n".join(lines), encoding="ascii")


def main() -> None:
    """Fuzz the readers of the module that is named."""
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit("usage: fuzz_formats.py MODULE [libFuzzer's options]")
    warnings.simplefilter("ignore")
    one, layouts = target(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        seeds(corpus, layouts)
        words = Path(folder, "words")
        dictionary(words, layouts)
        options = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=20000", f"-dict={words}"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[2:], str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
