"""Documents made to exhaust a reader: each ends soon, within its limits, and says what was not read."""

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.inspect.detectors import (
    mail_dangerous_attachment,
    office_addin,
    office_dde,
    office_embedded_object,
    office_encrypted,
    office_macro,
    office_remote_template,
    office_xlm,
    onenote_embedded_file,
    pdf_embedded_file,
    pdf_encrypted,
    pdf_javascript,
    pdf_launch,
)
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget, BudgetExceeded
from tests.samples import documents as make

DETECTORS = (
    mail_dangerous_attachment,
    office_addin,
    office_dde,
    office_embedded_object,
    office_encrypted,
    office_macro,
    office_remote_template,
    office_xlm,
    onenote_embedded_file,
    pdf_embedded_file,
    pdf_encrypted,
    pdf_javascript,
    pdf_launch,
)
# Seconds of processor time for a file of a megabyte or two; ordinary ones take milliseconds.
PATIENCE_S = 8.0


def look(content, filetype, name="a.csv"):
    item = make.an_item(content, name, filetype)
    for detector in DETECTORS:
        if item.filetype in detector.WANTS:
            list(detector.examine(item))
    try:
        list(document_members(item, Budget()))
    except BudgetExceeded:
        return


def many_directory_entries():
    return make.compound_file({f"S{number:05}": b"" for number in range(3000)})


HOSTILE = {
    "rich text of unclosed objects": (b"{\\rtf1" + b"{\\object\\objdata 01" * 60_000, FileType.RTF),
    "rich text of unclosed fields": (b"{\\rtf1" + b"{\\fldinst DDE " * 100_000, FileType.RTF),
    "rich text of backslashes": (b"{\\rtf1\\template " + b"\\" * 1_000_000, FileType.RTF),
    "table of formula signs": (b"=" * 700_000 + b"|!", FileType.TEXT),
    "table of bars": (b"=a|" * 400_000 + b"!", FileType.TEXT),
    "table of blanks": (b"," + b" " * 1_000_000 + b"|!", FileType.TEXT),
    "mailbox of one endless line": (b"From " + b"a" * 1_000_000, FileType.MBOX),
    "mail of open links": (make.mail(html="<a href=" * 60_000), FileType.EML),
    "mail of open tags": (make.mail(html="<a " * 100_000 + ">" + "<" * 100_000), FileType.EML),
    "mail of one endless header": (b"From: " + b"=?utf-8?q?" * 50_000 + b"\n\nx", FileType.EML),
    "mail of endless brackets": (b"From: " + b"(" * 100_000 + b"\nReply-To: " + b"<" * 100_000 + b"\n\nx", FileType.EML),
    "form of open scripts": (
        make.pdf(
            lambda document: document.Root.__setitem__(
                "/AcroForm", make.pikepdf.Dictionary(XFA=make.pikepdf.Stream(document, b"<script " * 150_000))
            )
        ),
        FileType.PDF,
    ),
    "script of open brackets": (
        make.pdf(
            lambda document: document.Root.__setitem__(
                "/OpenAction", make.pikepdf.Dictionary(JS=make.pikepdf.String("event.a=" * 400 + "(" * 700))
            )
        ),
        FileType.PDF,
    ),
    "dictionaries in dictionaries": (b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 50_000 + b"\nendobj\ntrailer<</Root 1 0 R>>", FileType.PDF),
    "document of many entries": (many_directory_entries(), FileType.OLE),
    "document of nested fields": (
        make.package(
            "docx",
            {
                "word/document.xml": b'<d xmlns:w="w">'
                + b'<w:fldChar w:fldCharType="begin"/><w:instrText>x</w:instrText>' * 20_000
                + b"</d>"
            },
        ),
        FileType.OOXML_WORD,
    ),
    "document of entities": (
        make.package("docx", {"word/_rels/document.xml.rels": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><r>&a;</r>'}),
        FileType.OOXML_WORD,
    ),
    "part that unfolds a thousand times": (
        make.package("docx", {"word/document.xml": b"<d>instrText" + b" " * 120_000_000}),
        FileType.OOXML_WORD,
    ),
    "notebook of headers": (bytes(16) + bytes.fromhex("E716E3BD65261145A4C48D4D0B7A9EAC") * 60_000, FileType.ONENOTE),
    "workbook of empty records": (
        make.compound_file({"Workbook": struct.pack("<HH4s", 0x0809, 4, bytes(4)) + bytes(1_200_000)}),
        FileType.OLE_SHEET,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_soon(name):
    content, filetype = HOSTILE[name]
    began = time.process_time()
    look(content, filetype)
    assert time.process_time() - began < PATIENCE_S


SEEDS = (
    (
        make.package("docx", {"word/_rels/settings.xml.rels": make.relationships(("attachedTemplate", "http://example.org/", True))}),
        FileType.OOXML_WORD,
    ),
    (make.compound_file({"Workbook": make.workbook_stream([("a", 1, 2)], auto_open=True, links=["cmd\x03a"])}), FileType.OLE_SHEET),
    (make.rich_text(make.rtf_object(make.ole1("Package", make.packaged("a.exe", b"MZ")))), FileType.RTF),
    (make.notebook(("a.exe", b"MZ")), FileType.ONENOTE),
    (make.outlook_message(html="<a href='x'>y</a>", attachments=[("a.js", b"x")]), FileType.MSG),
    (make.word_binary(b"\x13 DDE cmd \x15", template="http://example.org/"), FileType.OLE_WORD),
    (make.open_document({"meta.xml": b"<m/>"}), FileType.ODF),
)


@settings(deadline=None)
@given(st.data())
def test_damaged_documents_of_every_kind_are_read_as_far_as_they_go(data):
    whole, filetype = data.draw(st.sampled_from(SEEDS))
    damaged = bytearray(whole)
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=10)):
        damaged[at] = value
    look(bytes(damaged[: data.draw(st.integers(0, len(whole)))]), filetype)
