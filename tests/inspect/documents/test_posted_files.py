"""Files that a mail carries in letters or in Outlook's wrapping."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect import engine
from gifthorse.inspect.documents.mail import letter_from
from gifthorse.inspect.documents.spelt_files import files_spelt_in
from gifthorse.inspect.documents.winmail import MOST_ATTACHMENTS, wrapped_in
from gifthorse.inspect.filetypes import FileType
from tests.samples import posted
from tests.samples.documents import mail
from tests.samples.files import identified, pe, shortcut, zip_of

PROGRAM = pe()
EVERY_BYTE = bytes(range(256)) * 3


def spelt(text: bytes) -> list[tuple[str, bytes]]:
    return [(one.untrusted_name, one.content) for one in files_spelt_in(text)]


@pytest.mark.parametrize("write", [posted.uuencoded, posted.base64_begun, posted.yencoded])
@pytest.mark.parametrize("content", [PROGRAM, EVERY_BYTE, b"x", b"MZ" * 45])
def test_a_file_in_letters_is_read_back_whole(write, content):
    assert spelt(b"Dear Ann,\n\n" + write("plan b.exe", content) + b"\nBob\n") == [("plan b.exe", content)]


@given(st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}\.[a-z]{3}", fullmatch=True), st.binary(min_size=1, max_size=400)), max_size=4))
def test_several_files_follow_each_other(files):
    for write in (posted.uuencoded, posted.yencoded):
        assert spelt(b"\n".join(write(name, content) for name, content in files)) == files


def test_lines_with_lost_blanks_or_check_letters_are_read():
    text = posted.uuencoded("a.bin", EVERY_BYTE, b"\n")
    lost = b"\n".join(line.rstrip(b" ") for line in text.replace(b"`", b" ").split(b"\n"))
    assert spelt(lost)[0][1].startswith(EVERY_BYTE[:90])
    checked = b"\n".join(line + b"#" if line[:1] == b"M" else line for line in text.split(b"\n"))
    assert spelt(checked) == [("a.bin", EVERY_BYTE)]


def test_lines_that_lost_all_their_letters_do_not_grow_without_end():
    ((_name, content),) = spelt(b"begin 644 a\n" + b"M\n" * 100_000 + b"end\n")
    assert len(content) <= 500_000


def test_a_part_of_a_file_in_yenc_is_read():
    text = posted.yencoded("a.bin", EVERY_BYTE).replace(b"name=a.bin\r\n", b"name=a.bin\r\n=ypart begin=1 end=768\r\n")
    assert spelt(text) == [("a.bin", EVERY_BYTE)]


def test_bare_base64_counts_only_for_programs_and_archives():
    assert [content for _, content in spelt(b"Save this:\n" + base64.encodebytes(PROGRAM))] == [PROGRAM]
    assert spelt(base64.encodebytes(b"words of a letter, nothing more. " * 40)) == []


@pytest.mark.parametrize(
    "text", [b"", b"begin at the beginning\nend\n", b"We begin 644 times\n", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA0\n", b"begin 9 a\n"]
)
def test_ordinary_letters_carry_nothing(text):
    assert spelt(text) == []


@pytest.mark.parametrize("by_properties", [False, True])
def test_the_files_in_outlooks_wrapping_are_read(by_properties):
    files = [("Tool.exe", PROGRAM), ("Grüße.txt", EVERY_BYTE)]
    found = wrapped_in(posted.wrapping(files, page=b"<html><p>x</p></html>", by_properties=by_properties))
    assert [(one.untrusted_name, one.content) for one in found.attachments] == [*files, ("body.html", b"<html><p>x</p></html>")]
    assert found.damaged == ""


def test_a_wrapping_that_is_cut_off_says_so_and_keeps_what_came_before():
    whole = posted.wrapping([("a.exe", PROGRAM), ("b.exe", PROGRAM)])
    found = wrapped_in(whole[:-40])
    assert [one.untrusted_name for one in found.attachments] == ["a.exe"]
    assert found.damaged == "a record that its end cuts off"


def test_more_attachments_than_a_mail_has_are_said():
    found = wrapped_in(posted.wrapping([("a", b"1")] * (MOST_ATTACHMENTS + 1)))
    assert len(found.attachments) == MOST_ATTACHMENTS
    assert found.damaged == f"more than {MOST_ATTACHMENTS} attachments"


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_in_a_wrapping_are_taken(noise, at):
    whole = posted.wrapping([("a.exe", b"MZ" * 40)], page=b"x", by_properties=True)
    wrapped_in(whole[:at] + noise + whole[at + len(noise) :])


def test_a_count_without_end_ends():
    block = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1003, 0x6000, 0xFFFFFFFF) + bytes(64)
    assert wrapped_in(struct.pack("<IH", 0x223E9F78, 1) + posted.attribute(0x9003, block, 1)).damaged


def test_a_mail_gives_what_its_text_and_its_wrapping_carry():
    text = posted.HEADERS + b"\r\nHello\r\n\r\n" + posted.uuencoded("a.exe", PROGRAM) + posted.yencoded("b.exe", PROGRAM)
    assert [one.untrusted_name for one in letter_from(text).attachments] == ["a.exe", "b.exe"]
    wrapped = mail(attachments=[("winmail.dat", posted.wrapping([("c.exe", PROGRAM)]))])
    assert [one.untrusted_name for one in letter_from(wrapped).attachments] == ["c.exe"]
    cut = mail(attachments=[("winmail.dat", posted.wrapping([("c.exe", PROGRAM), ("d.exe", PROGRAM)])[:-9])])
    assert [one.untrusted_name for one in letter_from(cut).attachments] == ["c.exe", "winmail.dat"]


def test_a_program_as_the_whole_text_of_a_mail_is_an_attachment():
    body = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PROGRAM)
    assert [one.content for one in letter_from(posted.HEADERS + body).attachments] == [PROGRAM]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (posted.uuencoded("a.exe", PROGRAM), FileType.OTHER_ARCHIVE),
        (posted.base64_begun("a.exe", PROGRAM), FileType.OTHER_ARCHIVE),
        (posted.yencoded("a.exe", PROGRAM), FileType.OTHER_ARCHIVE),
        (posted.wrapping([("a.exe", PROGRAM)]), FileType.OTHER_ARCHIVE),
        (b"begin 644 words that go on\nand no such file\n", FileType.TEXT),
        (b"begin\n  integer a;\nend\n", FileType.TEXT),
    ],
)
def test_what_begins_as_such_a_file_is_told_by_its_content(body, kind):
    assert identified(body, "a.txt") is kind


def test_such_files_are_opened_and_their_members_inspected(tmp_path):
    link = shortcut("C:\\Windows\\System32\\cmd.exe", "/c calc")
    (tmp_path / "winmail.dat").write_bytes(posted.wrapping([("Plan.lnk", link)]))
    (tmp_path / "notes.uue").write_bytes(posted.uuencoded("a.zip", zip_of({"Plan.lnk": link})))
    (tmp_path / "cut.dat").write_bytes(posted.wrapping([("a.txt", b"1"), ("Plan.lnk", link)])[:-50])
    inspection = engine.inspect(str(tmp_path))
    found = {(one.id, evidence.path) for one in inspection.findings for evidence in one.evidence}
    assert {
        ("mail.dangerous-attachment", "winmail.dat"),
        ("shortcut.command", "winmail.dat > Plan.lnk"),
        ("shortcut.command", "notes.uue > a.zip > Plan.lnk"),
    } <= found
    assert [(gap.path, gap.detail) for gap in inspection.coverage.not_inspected] == [("cut.dat", "a record that its end cuts off")]
