"""Targets: compiled formulas and records of binary workbooks, and office parts that are read for a safe copy's pages."""

import struct
from io import BytesIO

from gifthorse.inspect.documents.biff8 import formulas_in_stream
from gifthorse.inspect.documents.biff12 import formulas_in_part, links_in, names_in
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.formula_tokens import MOST_LENGTH, Layout, formula_text
from gifthorse.inspect.documents.formulas import formulas_of, outward
from gifthorse.inspect.documents.macro_sheets import deeds_of_package
from gifthorse.inspect.documents.package import open_package
from gifthorse.inspect.documents.spreadsheet import workbook_from
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.fuzz.of_documents import item_of
from tests.fuzz.target import Target, require
from tests.samples.compiled_formulas import CALL, EXEC, HYPERLINK, JOIN, MACRO_SHEET, NARROW, RTD, WIDE, sheet12, stream8, text12
from tests.samples.documents import open_document, zipped

_FORMULAS = [
    compiler.call(CALL, compiler.text("a"), compiler.spelled("bc"), compiler.missing(), compiler.number(3))
    + compiler.call(HYPERLINK, compiler.text("\\\\h\\s") + compiler.cell() + JOIN)
    + compiler.call(RTD, compiler.text("x"), compiler.name(1))
    for compiler in (NARROW, WIDE)
]


def tokens(untrusted_input: bytes) -> None:
    for wide in (False, True):
        text = formula_text(untrusted_input, Layout(wide=wide, names=("a", "_xlfn.WEBSERVICE")))
        require(len(text) <= MOST_LENGTH, "a formula without end")
        outward(text)


def narrow_stream(untrusted_input: bytes) -> None:
    list(formulas_in_stream(untrusted_input))
    try:
        workbook_from(untrusted_input)
    except DamagedDocument:
        return


def wide_part(untrusted_input: bytes) -> None:
    list(formulas_in_part(untrusted_input, names_in(untrusted_input)))
    list(links_in(untrusted_input))


def wide_package(untrusted_input: bytes) -> None:
    opened = open_package(
        BytesIO(
            zipped({"xl/workbook.bin": untrusted_input[::2], "xl/macrosheets/sheet1.bin": untrusted_input}, ["xl/macrosheets/sheet1.bin"])
        )
    )
    list(formulas_of(opened))
    deeds_of_package(opened)


def office_blocks(untrusted_input: bytes) -> None:
    """Every part of an office file that a safe copy reads is the input."""
    parts = {
        FileType.OOXML_WORD: ("word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"),
        FileType.OOXML_SHEET: ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"),
        FileType.OOXML_SLIDES: ("ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"),
        FileType.ODF: ("content.xml",),
    }
    for filetype, names in parts.items():
        try:
            gathered = gathered_from(item_of(zipped(dict.fromkeys(names, untrusted_input), names), filetype))
        except NotRebuilt:
            continue
        require(len(gathered.said) < 2_000_000, "more text than is taken")


_SHEET = (
    b'<x><w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>a</w:t><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p>'
    b'</w:tc></w:tr></w:tbl><row r="2"><c r="B2" t="s" s="1"><v>0</v></c><c r="AA2" s="1"><v>45000.5</v></c></row><si><t>s</t></si>'
    b'<numFmt numFmtId="170" formatCode="yyyy"/><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></x>'
)
_CONTENT = (
    '<text:h text:outline-level="2">h</text:h><table:table table:name="T"><table:table-row table:number-rows-repeated="3"><table:table-cell '
    'table:number-columns-repeated="4"><text:p>x<text:tab/></text:p></table:table-cell></table:table-row></table:table>'
)
TARGETS = (
    Target(name="formula-tokens", parse=tokens, seeds=lambda: [*_FORMULAS, struct.pack("<BBH", 0x19, 4, 3)]),
    Target(
        name="workbook.formulas",
        parse=narrow_stream,
        seeds=lambda: [stream8(_FORMULAS[0], names=["a"], on=MACRO_SHEET, supporting=["\x01\x01@h\x03s"])],
    ),
    Target(name="workbook.wide-part", parse=wide_part, seeds=lambda: [sheet12(_FORMULAS[1], WIDE.call(EXEC, WIDE.cell())), text12("name")]),
    Target(name="workbook.wide-package", parse=wide_package, seeds=lambda: [sheet12(_FORMULAS[1])], tries=200),
    Target(
        name="safe-copy.blocks",
        parse=office_blocks,
        seeds=lambda: [_SHEET, open_document(content=_CONTENT), _CONTENT.encode()],
        tries=200,
    ),
)
