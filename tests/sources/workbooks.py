"""Workbooks written by hand, in the syntax of the programs that write Netflix's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
GENERAL, DATE, DATE_AND_TIME, DURATION = range(4)
STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="4">'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/>'
    "</cellXfs></styleSheet>"
)


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class Cell(str):
    """A cell given as its XML, where `{at}` stands for its place: `<c {at} t="b"><v>1</v></c>`."""

    __slots__ = ()


def dated(serial: float, style: int = DATE) -> Cell:
    """A number that is shown as a date."""
    return Cell(f'<c {{at}} s="{style}"><v>{serial}</v></c>')


TRUE = Cell('<c {at} t="b"><v>1</v></c>')
DIVIDED = Cell('<c {at} t="e"><v>#DIV/0!</v></c>')


class Strings:
    """The texts that the cells of a workbook share."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def cell(self, value: object, at: str) -> str:
        """The XML of a cell: a text, a number, nothing, or what was given as XML."""
        if isinstance(value, Cell):
            return value.format(at=f'r="{at}"')
        if isinstance(value, str) and value:
            code = self.codes.setdefault(value, len(self.codes))
            return f'<c r="{at}" t="s"><v>{code}</v></c>'
        return f'<c r="{at}"><v>{value}</v></c>' if value != "" else ""

    def rows(self, rows: Iterable[Sequence[object]], first: int = 1) -> str:
        """The XML of rows, from a number on."""
        return "".join(
            f'<row r="{number}" spans="1:8">'
            + "".join(self.cell(value, f"{letters(at)}{number}") for at, value in enumerate(row))
            + "</row>"
            for number, row in enumerate(rows, first)
        )

    def xml(self) -> str:
        """The part that holds the texts."""
        items = "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.codes
        )
        size = f'count="{len(self.codes)}" uniqueCount="{len(self.codes)}"'
        return f'{XML}<sst xmlns="{_MAIN}" {size}>{items}</sst>'


def sheet_xml(data: str, *, before: str = "", after: str = "") -> str:
    """A sheet around the XML of its rows."""
    return (
        f'{XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}" xmlns:x="{_MAIN}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def merged(*refs: str) -> str:
    """The XML of merged cells."""
    return (
        f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(ref)}/>' for ref in refs)}</mergeCells>"
    )


def package(
    sheets: Mapping[str, str],
    strings: Strings,
    *,
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> dict[str, str]:
    """The parts of a workbook by their names, of the XML of its sheets by theirs."""
    states = states or {}
    named = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"'
        + (f' state="{states[name]}"' if name in states else "")
        + "/>"
        for n, name in enumerate(sheets, 1)
    )
    targets = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    kinds = ["worksheet"] * len(sheets)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(
            zip(
                (*targets, "sharedStrings.xml", "styles.xml"),
                (*kinds, "sharedStrings", "styles"),
                strict=True,
            ),
            1,
        )
    )
    return {
        "[Content_Types].xml": f"{XML}<Types/>",
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{properties}'
            f"<sheets>{named}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
        ),
        **{f"xl/{target}": xml for target, xml in zip(targets, sheets.values(), strict=True)},
        "xl/styles.xml": STYLES,
        STRINGS: strings.xml(),
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The zip archive of some parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def workbook(rows: Iterable[Sequence[object]], *, sheet: str = "Top 10", after: str = "") -> bytes:
    """A workbook of one sheet."""
    strings = Strings()
    return packed(package({sheet: sheet_xml(strings.rows(rows), after=after)}, strings))


def of_data(data: str, *, texts: Iterable[str] = (), before: str = "", after: str = "") -> bytes:
    """A workbook of one sheet, of which the XML of the rows is given."""
    strings = Strings()
    for text in texts:
        strings.codes.setdefault(text, len(strings.codes))
    return packed(package({"Top 10": sheet_xml(data, before=before, after=after)}, strings))
