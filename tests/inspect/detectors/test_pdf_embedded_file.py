import struct

import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name, Stream

from gifthorse.inspect.detectors import pdf_embedded_file
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from tests.samples import documents as make

PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)


def carrying(name, content):
    def build(document):
        document.attachments[name] = AttachedFileSpec(document, content, filename=name)

    return make.hidden(make.pdf(build))


def severities(content):
    return [finding.severity.value for finding in pdf_embedded_file.examine(make.an_item(content, "a.pdf", FileType.PDF))]


def members(content):
    return [
        (part.untrusted_name, part.content.read(0, 1 << 20))
        for part in document_members(make.an_item(content, "a.pdf", FileType.PDF), Budget())
    ]


@pytest.mark.parametrize(
    ("name", "content", "severity"),
    [
        ("factur-x.xml", b'<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="x"/>', "info"),
        ("data.csv", b"a,b\n1,2\n", "info"),
        ("photo.jpg", PROGRAM, "high"),
        ("notes.txt.js", b"var a = 1", "high"),
        ("prices.docm", make.package("docx"), "high"),
        ("prices.docx", make.macro_document({"M": "Sub AutoOpen()\nEnd Sub"}), "high"),
        ("prices.docx", make.package("docx"), "info"),
        ("archive.zip", make.zipped({"a.txt": b"a"}), "low"),
        ("disk.iso", b"anything", "medium"),
        ("page.html", b"<html><body>hello</body></html>", "low"),
    ],
)
def test_an_attachment_weighs_what_it_can_do(name, content, severity):
    assert severities(carrying(name, content)) == [severity]


def test_attachments_are_handed_out_to_be_looked_at():
    assert members(carrying("tool.exe", PROGRAM)) == [("tool.exe", PROGRAM)]


def test_a_file_that_no_list_of_attachments_names_is_found():
    def build(document):
        document.Root.Hidden = Stream(document, PROGRAM, Type=Name.EmbeddedFile)

    assert severities(make.pdf(build)) == ["high"]


def test_a_name_with_a_turned_reading_direction_is_made_visible():
    finding = next(iter(pdf_embedded_file.examine(make.an_item(carrying("\u202efdp.exe", PROGRAM), "a.pdf", FileType.PDF))))
    assert "\u202e" not in finding.detail.in_english()


def test_an_ordinary_file_carries_nothing():
    assert severities(make.pdf()) == []
    assert members(make.pdf(lambda document: document.Root.__setitem__("/Names", Dictionary()))) == []
