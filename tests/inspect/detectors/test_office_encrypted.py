import io
import random

from gifthorse.inspect.detectors import office_encrypted
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Member
from tests.samples import documents as make


def severities(item):
    return [finding.severity.value for finding in office_encrypted.examine(item)]


def parts(item, **budget):
    return list(document_members(item, Budget(**budget)))


def package_locked_with(password):
    import msoffcrypto.format.ooxml as ooxml

    out = io.BytesIO()
    photograph = random.Random(1).randbytes(20_000)
    ooxml.OOXMLFile(io.BytesIO(make.package("docx", {"word/media/a.jpg": photograph}))).encrypt(password, out)
    return make.an_item(out.getvalue(), "offer.docx")


def test_a_locked_package_is_low_and_leaves_a_gap_in_the_coverage():
    item = package_locked_with("a long secret")
    assert severities(item) == ["low"]
    assert [(part.path, part.reason.value) for part in parts(item)] == [("offer.docx", "encrypted")]


def test_a_locked_package_is_opened_with_a_password_that_was_given():
    opened = parts(package_locked_with("a long secret"), passwords=("wrong", "a long secret"))
    assert isinstance(opened[0], Member)
    assert opened[0].content.read(0, 2) == b"PK"


def test_a_document_that_office_opens_by_itself_is_dangerous_and_is_opened():
    item = package_locked_with("VelvetSweatshop")
    assert severities(item) == ["high"]
    assert isinstance(parts(item)[0], Member)


def test_a_locked_binary_document_is_told_by_its_header():
    item = make.an_item(make.word_binary(flags=0x0100), "a.doc")
    assert severities(item) == ["low"]
    assert [part.reason.value for part in parts(item)] == ["encrypted"]


def test_a_locked_binary_workbook_is_told_by_its_record():
    item = make.an_item(make.compound_file({"Workbook": make.workbook_stream([("Sheet1", 0, 0)], encrypted=True)}), "a.xls")
    assert severities(item) == ["low"]


def test_a_locked_presentation_is_told_by_its_session():
    stream = bytes(64) + bytes.fromhex("0F00142F") + bytes(64)
    item = make.an_item(make.compound_file({"PowerPoint Document": stream, "Current User": bytes(40)}), "a.ppt")
    assert severities(item) == ["low"]


def test_a_locked_open_document_is_told_by_its_manifest():
    manifest = b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    assert severities(make.an_item(make.open_document({"META-INF/manifest.xml": manifest}), "a.odt", FileType.ODF)) == ["low"]


def test_open_documents_give_nothing():
    for content, name in ((make.word_binary(), "a.doc"), (make.compound_file({"Workbook": make.workbook_stream([("A", 0, 0)])}), "a.xls")):
        item = make.an_item(content, name)
        assert severities(item) == []
        assert parts(item) == []


def test_a_document_that_asks_for_endless_hashing_is_not_tried():
    info = b'\x04\x00\x04\x00\x40\x00\x00\x00<encryption><p:encryptedKey spinCount="10000000"/></encryption>'
    item = make.an_item(make.compound_file({"EncryptionInfo": info, "EncryptedPackage": bytes(5000)}), "a.docx")
    assert severities(item) == ["low"]
    assert [part.reason.value for part in parts(item, passwords=("x",))] == ["encrypted"]
