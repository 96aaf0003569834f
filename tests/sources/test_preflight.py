"""Workbooks that would crash, starve or mislead whoever opens them: each is refused in words.

python-calamine ends the process on some of these. So a refusal here is what lets the tests go on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from kcharts.errors import ParseErrors
from kcharts.formats._detect import read
from kcharts.formats.netflix import read_countries
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.preflight import (
    CHUNK,
    Scan,
    cell_name,
    column_letters,
    preflight,
    row_and_column,
    usual_row,
)
from kcharts.sources.source import Payload, UnreadableError
from kcharts.sources.workbook import workbook_table
from tests.formats.made import COUNTRIES, country_rows, the_problem
from tests.sources.workbooks import (
    SHEET,
    STRINGS,
    XML,
    Strings,
    dated,
    merged,
    of_data,
    package,
    packed,
    sheet_xml,
    workbook,
)

ROWS: list[list[object]] = [list(COUNTRIES), *map(list[object], country_rows())]
GOOD = workbook(ROWS)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def parts() -> dict[str, str | bytes]:
    strings = Strings()
    return {**package({"Top 10": sheet_xml(strings.rows(ROWS))}, strings)}


def without(name: str) -> bytes:
    return packed({path: part for path, part in parts().items() if path != name})


def having(name: str, part: str | bytes) -> bytes:
    return packed({**parts(), name: part})


def replaced(name: str, old: str, new: str) -> bytes:
    part = parts()[name]
    assert isinstance(part, str)
    assert old in part
    return having(name, part.replace(old, new, 1))


def twice(name: str, second: str) -> bytes:
    """An archive that has a file of one name twice: which of them is read is anybody's guess."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, part in parts().items():
            archive.writestr(path, part)
        archive.writestr(second, parts()[name])
    return stream.getvalue()


def packed_with(method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for path, part in parts().items():
            archive.writestr(path, part)
    return stream.getvalue()


def bad_sum(name: str) -> bytes:
    """An archive with a wrong check sum of one file."""
    whole = packed({**parts(), name: parts()[name]})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        crc = archive.getinfo(name).CRC
    return whole.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little"))


def encrypted() -> bytes:
    """An archive whose files are marked as encrypted."""
    whole = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), GOOD):
            whole[found.start() + at] |= 1
    return bytes(whole)


def declaring(size: int) -> bytes:
    """An archive that declares another size for its sheet than it has."""
    whole = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        true = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert whole.count(true) == 2
    return bytes(whole).replace(true, size.to_bytes(4, "little"))


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


class Broken(NamedTuple):
    """A workbook that must not be opened, the code of the answer, and some of its words."""

    data: Callable[[], bytes]
    code: str
    said: str
    limits: Limits = LIMITS


DIVIDERS = ("<!-- -->", "<![CDATA[1]]>", "<?x y?>", "<x/>")


def divided(part: str) -> Broken:
    """A value in which one reader may see another number than the next."""
    row = f'<row r="1"><c r="A1" t="s"><v>0{part}1</v></c></row>'
    said = "the value of the cell A1 is not plain text"
    return Broken(lambda: of_data(row, texts="abc"), "corrupt-file", said)


BROKEN: dict[str, Broken] = {
    # -- the archive
    "68 truncated": Broken(lambda: GOOD[:-40], "corrupt-file", "not a zip file"),
    "68 bad sum": Broken(lambda: bad_sum(SHEET), "corrupt-file", "Bad CRC-32"),
    "68 bad sum of what is not read": Broken(
        lambda: bad_sum("[Content_Types].xml"), "corrupt-file", "Bad CRC-32"
    ),
    "68 no sheet": Broken(lambda: without(SHEET), "corrupt-file", f"the part {SHEET} is missing"),
    "68 no relations": Broken(
        lambda: without("xl/_rels/workbook.xml.rels"), "corrupt-file", "rels is missing"
    ),
    "68 no shared texts": Broken(lambda: without(STRINGS), "corrupt-file", "A1 has the shared"),
    "68 a part twice": Broken(lambda: twice(SHEET, SHEET.upper()), "corrupt-file", "twice"),
    "68 a part twice, in another way": Broken(
        lambda: twice(SHEET, SHEET.replace("/", "\\")), "corrupt-file", "twice"
    ),
    "68 one sheet, often": Broken(
        lambda: replaced(
            "xl/workbook.xml", "</sheets>", '<sheet name="x" sheetId="2" r:id="rId1"/></sheets>'
        ),
        "corrupt-file",
        "lists the part xl/worksheets/sheet1.xml twice",
    ),
    "68 odd packing": Broken(
        lambda: packed_with(zipfile.ZIP_BZIP2), "corrupt-file", "compressed as no"
    ),
    "67 encrypted parts": Broken(encrypted, "wrong-format", "encrypted"),
    "69 a size below the true one": Broken(lambda: declaring(100), "corrupt-file", "Bad CRC-32"),
    "69 1 GB declared": Broken(lambda: declaring(2**30), "limit-exceeded", "bytes unpacked"),
    "69 ratio": Broken(
        lambda: having("xl/x.bin", b"\0" * 10_000_000), "limit-exceeded", "times its size"
    ),
    "69 many files": Broken(
        lambda: packed({**parts(), **{f"xl/{n}": b"" for n in range(1_000)}}),
        "limit-exceeded",
        " files, 1,000 at most",
    ),
    # -- what the sheet announces
    "69 a cell at XFD1048576": Broken(
        lambda: of_data(ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "limit-exceeded",
        "'Top 10': a cell at XFD1048576, beyond 2,000,000 rows and 256 columns",
    ),
    "69 a row": Broken(
        lambda: of_data(ONE + '<row r="4000000000"><c><v>1</v></c></row>'),
        "limit-exceeded",
        "A4000000000",
    ),
    "69 an empty row": Broken(
        lambda: of_data(ONE + '<row r="9999999"/>'), "limit-exceeded", "A9999999"
    ),
    "69 a row as usual": Broken(
        lambda: of_data('<row r="9999999"><c r="A9999999"><v>1</v></c></row>'),
        "limit-exceeded",
        "A9999999",
    ),
    "69 rows without numbers": Broken(
        lambda: of_data("<row><c><v>1</v></c></row>" * 11),
        "limit-exceeded",
        "A11, beyond 10 rows",
        Limits(workbook_rows=10),
    ),
    "69 cells without names": Broken(
        lambda: of_data(f"<row>{'<c><v>1</v></c>' * 257}</row>"), "limit-exceeded", "IW1, beyond"
    ),
    "69 rows times columns": Broken(
        lambda: of_data(ONE + '<row r="2000000"><c r="IV2000000"><v>1</v></c></row>'),
        "limit-exceeded",
        "would unpack to 512,000,000 cells",
    ),
    "69 a dimension that is taken back": Broken(
        lambda: of_data(
            ONE + '<dimension ref="A1"/><row r="2000000"><c r="J2000000"><v>1</v></c></row>',
            before='<dimension ref="A1:J1"/>',
        ),
        "limit-exceeded",
        "would unpack to 20,000,000 cells",
    ),
    "69 many cells": Broken(
        lambda: of_data(f'<row r="1">{"<c/>" * 200}</row>' * 8),
        "limit-exceeded",
        "1,600 cells",
        Limits(workbook_bytes=100_000),
    ),
    "69 many merged cells": Broken(
        lambda: of_data(ONE, after=merged(*["B1:B2"] * 300)),
        "limit-exceeded",
        "would unpack",
        Limits(workbook_bytes=100_000),
    ),
    # -- shared texts
    "69 a long text, often": Broken(
        lambda: of_data(
            "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 101)),
            texts=["a" * 20_000],
        ),
        "limit-exceeded",
        "2,000,000 characters",
        Limits(workbook_bytes=1_000_000),
    ),
    "69 a long text, often, in odd rows": Broken(
        lambda: of_data('<row><c t="s"><v>0</v></c></row>' * 100, texts=["a" * 20_000]),
        "limit-exceeded",
        "2,000,000 characters",
        Limits(workbook_bytes=1_000_000),
    ),
    "69 more texts announced than there can be": Broken(
        lambda: replaced(STRINGS, "uniqueCount=", 'uniqueCount="99999999999" x='),
        "limit-exceeded",
        "99999999999 shared texts",
    ),
    "69 a number of texts that is none": Broken(
        lambda: replaced(STRINGS, "uniqueCount=", 'uniqueCount="1e9" x='),
        "limit-exceeded",
        "1e9 shared texts",
    ),
    "69 many texts": Broken(
        lambda: having(STRINGS, f"<sst>{'<si/>' * 2_000}</sst>"),
        "limit-exceeded",
        "shared texts, 1,562 at most",
        Limits(workbook_bytes=100_000),
    ),
    "texts in texts": Broken(
        lambda: having(STRINGS, "<sst><si><si/></si></sst>"), "corrupt-file", "told apart"
    ),
    "texts by two names": Broken(
        lambda: having(STRINGS, '<sst xmlns:x="x"><si/><x:si/></sst>'), "corrupt-file", "told apart"
    ),
    "a text that is not there": Broken(
        lambda: of_data('<row r="3"><c r="B3" t="s"><v>7</v></c></row>', texts="abc"),
        "corrupt-file",
        "B3 has the shared text '7', which does not exist",
    ),
    "a text by no number": Broken(
        lambda: of_data('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', texts="abc"),
        "corrupt-file",
        "A1 has the shared text '-1'",
    ),
    **{f"a value with {part} inside": divided(part) for part in DIVIDERS},
    # -- the XML
    "69 billion laughs": Broken(
        lambda: having(SHEET, f"{XML}{DOCTYPE}<worksheet>&b;</worksheet>"),
        "limit-exceeded",
        "declares a document type",
    ),
    "69 XXE": Broken(
        lambda: having("xl/workbook.xml", f"{XML}{EXTERNAL}<workbook>&a;</workbook>"),
        "limit-exceeded",
        "declares a document type",
    ),
    "69 a tag without end": Broken(
        lambda: having(SHEET, f'<worksheet x="{"0123456789" * 1_200_000}"/>'),
        "limit-exceeded",
        "a tag of more than",
        Limits(workbook_ratio=10_000),
    ),
    "no XML": Broken(lambda: having(SHEET, "Page Not Found"), "corrupt-file", "its XML is broken"),
    "cut XML": Broken(
        lambda: having(SHEET, sheet_xml(ONE)[:-9]), "corrupt-file", "its XML is broken"
    ),
    "an entity of nobody's": Broken(
        lambda: having("xl/styles.xml", "<styleSheet>&a;</styleSheet>"),
        "corrupt-file",
        "undefined entity",
    ),
    "UTF-16": Broken(
        lambda: having(SHEET, sheet_xml(ONE).encode("utf-16")), "bad-encoding", "UTF-16"
    ),
    "UTF-16, unmarked": Broken(
        lambda: having(SHEET, sheet_xml(ONE).encode("utf-16-le")), "bad-encoding", "UTF-16"
    ),
    "another encoding": Broken(
        lambda: having(SHEET, sheet_xml(ONE).replace("UTF-8", "cp037")), "bad-encoding", "cp037"
    ),
    "a name of no cell": Broken(
        lambda: of_data('<row r="1"><c r="1A"><v>1</v></c></row>'),
        "corrupt-file",
        "expected the name of a cell, found '1A'",
    ),
    "a row that is none": Broken(
        lambda: of_data('<row r="0"><c><v>1</v></c></row>'),
        "corrupt-file",
        "expected the number of a row, found '0'",
    ),
    "a name of no cells": Broken(
        lambda: of_data(ONE, after=merged("B7:A1")), "corrupt-file", "found 'B7:A1'"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_workbook_is_refused_before_it_is_opened(name: str) -> None:
    broken = BROKEN[name]
    data = broken.data()
    with pytest.raises(UnreadableError, match=re.escape(broken.said)) as caught:
        raise_faults(data, broken.limits)
    assert caught.value.problem.code == broken.code
    history, report = read_countries(data, on_error="collect", limits=broken.limits)
    assert (len(history), the_problem(report).code) == (0, broken.code)
    with pytest.raises(ParseErrors, match=broken.code):
        read(data, limits=broken.limits)


def raise_faults(data: bytes, limits: Limits) -> None:
    for fault in preflight(Payload("book.xlsx", data), limits).faults:
        raise fault


SMALL = [
    name
    for name, each in BROKEN.items()
    if each.code == "limit-exceeded" and each.limits is not LIMITS and "tag" not in name
]


@pytest.mark.parametrize("name", SMALL)
def test_what_is_beyond_a_limit_is_told_how_to_raise_it(name: str) -> None:
    broken = BROKEN[name]
    with pytest.raises(UnreadableError) as caught:
        raise_faults(broken.data(), broken.limits)
    assert re.search(r"Limits\(\w+=\.\.\.\) raises", str(caught.value.problem.hint))
    raise_faults(broken.data(), LIMITS)


def test_blanks_and_comments_between_texts_and_cells_do_no_harm() -> None:
    texts = "<sst>\n <si> <t>country_name</t> </si>\n <!-- --> <si><t>x</t></si>\n</sst>"
    row = '<row r="1"><!-- --><c r="A1" t="s"><v>0</v></c>\n <c r="B1" t="s"> <v>1</v> </c></row>'
    data = packed({**package({"T": sheet_xml(row)}, Strings()), STRINGS: texts})
    [sheet] = preflight(Payload("x", data), LIMITS).sheets
    assert (sheet.scan.columns, list(sheet.scan.odd)) == (2, [])


def test_deeply_nested_xml_is_nothing_special() -> None:
    data = of_data(ONE, before="<a>" * 100_000 + "</a>" * 100_000)
    raise_faults(data, Limits(workbook_ratio=10_000))


def test_what_was_checked_is_what_is_opened() -> None:
    """The archive that python-calamine sees is one of our own, of what was looked through."""
    book = preflight(Payload("book.xlsx", having("xl/vbaProject.bin", b"x")), LIMITS)
    with zipfile.ZipFile(book.stream) as archive:
        assert sorted(archive.namelist()) == [
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            STRINGS,
            "xl/styles.xml",
            "xl/workbook.xml",
            SHEET,
        ]


def test_a_broken_sheet_leaves_the_others() -> None:
    strings = Strings()
    sheets = {
        "Wide": sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "Top 10": sheet_xml(strings.rows(ROWS)),
    }
    data = packed(package(sheets, strings))
    book = preflight(Payload("book.xlsx", data), LIMITS)
    assert [sheet.name for sheet in book.sheets] == ["Top 10"]
    assert len(read_countries(data)) == 60
    _, report = read_countries(data, on_error="collect")
    assert [note.code for note in report.notes] == ["sheet-not-read"]
    assert "XFD1" in report.notes[0].message


def test_the_cells_of_all_sheets_together_are_held_against_the_limit() -> None:
    """40 sheets of two cells, far apart, are 12 kB and took half a minute."""
    far = sheet_xml(ONE + '<row r="60000"><c r="IV60000"><v>1</v></c></row>')
    data = packed(package({f"s{n}": far for n in range(40)}, Strings()))
    book = preflight(Payload("x", data), Limits(workbook_ratio=10_000))
    assert (len(book.sheets), len(book.faults)) == (1, 39)
    assert "sheet 's1': would unpack" in book.faults[0].problem.message


def test_the_parts_of_a_workbook_are_where_it_says() -> None:
    names = {"workbook": "workbook2", "sharedStrings": "texts", "styles": "formats"}
    found: dict[str, str | bytes] = {}
    for path, part in parts().items():
        told = part.decode() if isinstance(part, bytes) else part
        for old, new in names.items():
            path = path.replace(f"/{old}.xml", f"/{new}.xml")  # noqa: PLW2901  (several)
            told = told.replace(f"{old}.xml", f"{new}.xml")
        found[path] = told.replace('Target="worksheets', 'Target="/xl/worksheets')
    assert {"xl/workbook2.xml", "xl/texts.xml", "xl/formats.xml"} <= found.keys()
    assert read_countries(packed(found)) == read_countries(GOOD)


def test_a_workbook_that_does_not_say_where_it_begins_begins_as_always() -> None:
    assert read_countries(without("_rels/.rels")) == read_countries(GOOD)


def test_a_sheet_that_is_a_drawing_is_passed_over() -> None:
    made = parts()
    rels = str(made["xl/_rels/workbook.xml.rels"]).replace('/worksheet"', '/chartsheet"')
    book = preflight(Payload("x", packed({**made, "xl/_rels/workbook.xml.rels": rels})), LIMITS)
    assert (book.sheets, book.faults) == ([], [])


def test_rows_are_seen_alike_however_they_are_written() -> None:
    """The quick way and the thorough one agree on how far a sheet reaches."""
    usual = Strings().rows([[*range(8)]] * 50)
    dimension = '<dimension ref="A1:H50"/>'
    found: list[tuple[int, int]] = []
    for data in (usual, usual.replace('r="', "r = '").replace('"', "'"), usual.replace("'", '"')):
        made = of_data(data, before=dimension)
        [sheet] = preflight(Payload("x", made), LIMITS).sheets
        found.append((sheet.scan.rows, sheet.scan.columns))
    assert found == [(50, 8)] * 3


def test_a_sheet_is_seen_alike_in_whatever_pieces_it_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [*ROWS[:20], [*ROWS[20][:7], dated(44_794)], *ROWS[21:]]
    data = workbook(rows, after=merged("A2:A3"))
    whole = preflight(Payload("x", data), LIMITS).sheets[0].scan
    for size in (1, 7, 64, 1_000):
        monkeypatch.setattr("kcharts.sources.preflight.CHUNK", size)
        parts_of = preflight(Payload("x", data), LIMITS).sheets[0].scan
        assert (parts_of.rows, parts_of.columns) == (whole.rows, whole.columns)
        assert (parts_of.odd, parts_of.merges) == (whole.odd, whole.merges)
    assert CHUNK > 1_000


def test_content_without_rows_is_not_hoarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcharts.sources.preflight.TOKEN", 2_000)
    monkeypatch.setattr("kcharts.sources.preflight.CHUNK", 500)
    data = of_data("".join(f"<x:row r='{n}'><x:c><x:v>1</x:v></x:c></x:row>" for n in range(1, 99)))
    [sheet] = preflight(Payload("x", data), LIMITS).sheets
    assert (sheet.scan.rows, sheet.scan.columns) == (98, 1)


PAIRS: list[list[object]] = [[n % 5, 7] for n in range(1, 1_000)]
NARROW: list[list[object]] = [["a", "b"], *PAIRS]
DIMENSIONS = {
    "none": "",
    "of one cell": '<dimension ref="A1"/>',
    "of fewer columns": '<dimension ref="A1:A1000"/>',
    "of more columns": '<dimension ref="A1:IV1000"/>',
    "of all columns and rows that there can be": '<dimension ref="A1:XFD1048576"/>',
    "of more than there can be": '<dimension ref="A1:ZZZ9999999"/>',
    "in disorder": '<dimension ref="B1000:A1"/>',
    "of columns that are formatted": '<cols><col min="1" max="16384" width="9"/></cols>',
}


@pytest.mark.parametrize("declared", DIMENSIONS)
def test_a_sheet_is_as_large_as_what_it_holds_whatever_it_declares(declared: str) -> None:
    """650,000 rows of two columns were refused as 16,900,000 cells, of 26 columns each."""
    strings = Strings()
    sheet = sheet_xml(strings.rows(NARROW), before=DIMENSIONS[declared])
    data = packed(package({"Top 10": sheet}, strings))
    limits = Limits(workbook_bytes=130_000, workbook_rows=1_000, workbook_columns=2)
    [checked] = preflight(Payload("x", data), limits).sheets
    assert (checked.scan.rows, checked.scan.columns, checked.scan.cells) == (1_000, 2, 2_000)
    table = workbook_table(Payload("x", data), lambda header: header == ["a", "b"], limits)
    assert len(table.lines) == 999


@pytest.mark.parametrize("spans", ["", "1:1", "1:16384", "2:1", "x"])
def test_rows_are_as_wide_as_what_they_hold_whatever_they_declare(spans: str) -> None:
    strings = Strings()
    sheet = sheet_xml(strings.rows(NARROW).replace('spans="1:8"', f'spans="{spans}"'))
    [checked] = preflight(Payload("x", packed(package({"T": sheet}, strings))), LIMITS).sheets
    assert (checked.scan.columns, checked.scan.cells) == (2, 2_000)


@pytest.mark.parametrize("count", ["", 'uniqueCount="0"', 'uniqueCount="1"', 'count="9999999999"'])
def test_shared_texts_are_counted_whatever_is_announced(count: str) -> None:
    """Only more than there is room for is refused: python-calamine makes room for all of them."""
    made = parts()
    made[STRINGS] = re.sub("<sst ([^>]*?) count=.*?>", rf"<sst \1 {count}>", str(made[STRINGS]))
    assert read_countries(packed(made)) == read_countries(GOOD)


def test_a_row_that_is_wider_than_those_above_it_widens_the_sheet() -> None:
    """The quick way takes rows up to the last column seen; wider ones go through the parser."""
    widths = [1, 2, 2, 30, 3, 30, 31, 703, 703, 5]
    data = of_data(Strings().rows([[*range(width)] for width in widths]))
    [sheet] = preflight(Payload("x", data), Limits(workbook_columns=1_000)).sheets
    assert (sheet.scan.rows, sheet.scan.columns) == (10, 703)
    assert sheet.scan.cells == sum(widths)


def test_a_column_of_formats_below_the_rows_is_no_row() -> None:
    """Spreadsheet programs write rows that are formatted and empty, down to the last."""
    [sheet] = preflight(Payload("x", of_data(ONE + '<row r="1048576" ht="15"/>')), LIMITS).sheets
    assert sheet.scan.rows == 1


CONTENTS = (
    "<v>1</v>",
    "<f>A1</f><v>2</v>",
    "<v/>",
    "",
    "<is><t>a</t></is>",
    "<!-- --><v>3</v>",
)
KINDS = ("", ' t="n"', ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' s="1"')


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A cell, named or not, of any kind, in the usual name space or a prefixed one."""
    prefix = draw(st.sampled_from(["", "", "x:"]))
    content = draw(st.sampled_from(CONTENTS))
    content = content.replace("<v", f"<{prefix}v").replace("</v", f"</{prefix}v")
    at = ""
    if draw(st.booleans()):
        at = f' r="{cell_name(draw(st.integers(1, 9)), draw(st.integers(1, 30)))}"'
    return f"<{prefix}c{at}{draw(st.sampled_from(KINDS))}>{content}</{prefix}c>"


@st.composite
def some_rows(draw: st.DrawFn) -> str:
    """A row, numbered or not."""
    number = draw(st.integers(0, 12))
    at = f' r="{number}"' if number else ""
    return f"<row{at}>{''.join(draw(st.lists(cells(), max_size=4)))}</row>"


@given(st.lists(some_rows(), max_size=5), st.sampled_from(["", "A1", "A1:C9", "A1:AD12"]))
def test_a_sheet_never_reaches_further_than_was_seen(found: list[str], said: str) -> None:
    """What python-calamine would make room for is within what the limits were held against."""
    before = f'<dimension ref="{said}"/>' if said else ""
    data = of_data("".join(found), texts="ab", before=before)
    book = preflight(Payload("x", data), LIMITS)
    for sheet in book.sheets:
        try:
            opened = CalamineWorkbook.from_filelike(book.stream)
            content = opened.get_sheet_by_name(sheet.id)
        except CalamineError:  # it is stricter than it has to be
            continue
        row, column = content.end or (-1, -1)
        assert row < sheet.scan.rows or content.end is None
        assert column < sheet.scan.columns or content.end is None
        truths = {
            (row + 1, column + 1)
            for row, values in enumerate(content.to_python(skip_empty_area=False))
            for column, value in enumerate(values)
            if isinstance(value, bool)
        }
        assert truths <= sheet.scan.odd.keys()


@given(st.integers(1, 20_000), st.integers(1, 2_000_000))
def test_names_of_cells_are_read_as_they_are_written(column: int, row: int) -> None:
    if len(column_letters(column)) <= 3:
        assert row_and_column(cell_name(row, column)) == (row, column)


@given(st.integers(1, 702), st.integers(1, 800), st.integers(0, 2_000), st.integers(0, 2_100))
def test_a_usual_row_has_no_column_and_no_text_beyond_what_there_is(
    width: int, column: int, strings: int, text: int
) -> None:
    cell = f'<c r="{column_letters(column)}5" s="1" t="s"><v>{text}</v></c>'
    row = f'<row r="5" spans="1:8">{cell}</row>'
    fits = usual_row(width, strings).fullmatch(row.encode()) is not None
    assert fits == (column <= width and text < strings)


UNUSUAL = (
    '<row r="5"><c r="A6"><v>1</v></c></row>',
    '<row r="5"><c r="A5" t="e"><v>#REF!</v></c></row>',
    '<row r="5"><c r="A5" t="b"><v>1</v></c></row>',
    '<row r="5"><c r="A5"><v>1</v></c><!-- --></row>',
    '<row r="5"><c r="A5" t="str"><v>--></v></c></row>',
    '<row r="5"><c r="A5"/><c r="A5"/><c r="A5"/></row>',
    '<row r="5" x="a b"/>',
    '<row r="05"/>',
)


@pytest.mark.parametrize("row", UNUSUAL)
def test_what_is_unusual_in_a_row_is_left_to_the_parser(row: str) -> None:
    assert not usual_row(2, 5).match(row.encode())


def test_a_row_of_every_usual_kind_of_cell_is_usual() -> None:
    kinds = (
        '<c r="A5" s="3"/>',
        '<c r="B5" t="n"><v>-1.5E-3</v></c>',
        '<c r="C5"><v>1</v></c>',
        '<c r="D5" s="1" t="str"><v>a &amp; b</v></c>',
        '<c r="E5" t="inlineStr"><is><t>a</t></is></c>',
        '<c r="F5"></c>',
    )
    row = f'<row r="5" x14ac:dyDescent="0.3">{"".join(kinds)}</row>'
    assert usual_row(6, 0).fullmatch(row.encode())


def test_a_scan_needs_no_handlers() -> None:
    scan = Scan()
    scan.feed(b"<a><b/></a>")
    scan.finish()
    with pytest.raises(UnreadableError, match="its XML is broken"):
        Scan().finish()
