import pikepdf

from gifthorse.inspect.detectors import pdf_encrypted
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Member
from tests.samples import documents as make

LOCKED = make.pdf(encryption=pikepdf.Encryption(owner="owner", user="reader"))
RESTRICTED = make.pdf(encryption=pikepdf.Encryption(owner="owner", user=""))


def item(content):
    return make.an_item(content, "a.pdf", FileType.PDF)


def severities(content):
    return [finding.severity.value for finding in pdf_encrypted.examine(item(content))]


def test_a_file_that_asks_for_a_password_is_low_and_leaves_a_gap_in_the_coverage():
    assert severities(LOCKED) == ["low"]
    assert [(part.path, part.reason.value) for part in document_members(item(LOCKED), Budget())] == [("a.pdf", "encrypted")]


def test_it_is_opened_with_a_password_that_was_given():
    opened = list(document_members(item(LOCKED), Budget(passwords=("wrong", "reader"))))
    assert isinstance(opened[0], Member)
    assert severities(opened[0].content.read(0, 1 << 20)) == []


def test_a_file_that_is_only_locked_against_changes_is_a_line_and_leaves_no_gap():
    assert severities(RESTRICTED) == ["info"]
    assert list(document_members(item(RESTRICTED), Budget())) == []


def test_an_open_file_gives_nothing():
    assert severities(make.pdf()) == []
