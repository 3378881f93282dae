"""What the fuzzers found once, made again by hand: each of these broke, hung or bloated a parser."""

import os
import re
import struct
import subprocess
import sys
import time

import pytest

from gifthorse.inspect.confine.messages import Answer, Damaged, decoded_answer, framed
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import executable_app_package
from gifthorse.inspect.documents.compound import compound_from
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.mail import letter_from
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.documents.rtf import _NOT_TEXT, STRETCH, hex_of
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.launchers import set_up_information
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.inspect.layout.boot_sectors import boot_volume
from gifthorse.inspect.safe_copy.checks import NotPlain, ending_of
from gifthorse.inspect.safe_copy.names import harmless_part
from gifthorse.inspect.safe_copy.texts import mail_text
from gifthorse.inspect.unpack import codecs
from gifthorse.inspect.unpack.budgets import Budget, Limits
from gifthorse.inspect.unpack.members import Member
from gifthorse.inspect.unpack.opening import members
from gifthorse.inspect.usb.listing import devices_in
from gifthorse.inspect.walk import udf_records
from gifthorse.inspect.walk.programs import program_length
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Reason
from gifthorse.report.interview import BadInterview, read_interview
from tests.fuzz.seeds import every_kind, seven_zip
from tests.samples import archives, bombs, compound_files, documents, files, usb


def test_a_worker_that_sends_text_which_is_none_is_refused_and_does_not_end_the_coordinator():
    body = framed(Answer(task=1, targets=()))[4:].replace(b"task", b"t\xffsk")
    with pytest.raises(Damaged):
        decoded_answer(body)


def test_a_compound_file_whose_directory_lies_behind_its_end_is_told_at_once():
    body = bytearray(files.ole("Workbook"))
    struct.pack_into("<I", body, 48, 0xFFFFFF00)  # the directory's first sector: the way to its number is 260,000 hops long
    struct.pack_into("<I", body, 68, 0)
    began = time.process_time()
    assert files.identified(bytes(body)) is FileType.OLE
    assert time.process_time() - began < 0.5


def test_a_compound_file_with_an_endless_table_of_small_streams_is_damaged():
    body = bytearray(documents.vba_project({"a": "Sub a()\r\nEnd Sub\r\n"}))
    struct.pack_into("<I", body, 64, 0x88000001)
    with pytest.raises(DamagedDocument):
        compound_from(bytes(body))


def test_a_compound_file_with_endless_small_streams_is_damaged_whoever_reads_it():
    body = bytearray(documents.compound_file({"a": b"x" * 100}))
    at = body.index("Root Entry".encode("utf-16-le"))
    struct.pack_into("<I", body, at + 120, 0x7FFFFFFF)
    with pytest.raises(DamagedDocument):
        compound_from(bytes(body))
    assert [line.reason for line in archives.unfold(bytes(body), "a.msi", FileType.MSI).unseen] == [Reason.UNREADABLE]


def test_a_bitmap_that_states_no_pixels_has_no_end_before_its_headers():
    header = b"BM" + struct.pack("<IHHI", 0, 0, 0, 0) + struct.pack("<IiiHHIIiiII", 40, 8, 0, 1, 24, 0, 0, 0, 0, 0, 0)
    assert true_end(MemoryContent(header + b"x" * 40), FileType.BMP) is None
    assert true_end(MemoryContent(files.bmp()), FileType.BMP) == len(files.bmp())


def test_a_medium_that_ends_within_a_boot_sector_has_no_volume_there():
    assert boot_volume(b"\xeb\x52\x90NTFS    \x00\x02") is None


@pytest.mark.parametrize("field", [b"-1", b"+1", b"1_0", b"0x", b"- 7"])
def test_a_size_with_a_sign_is_no_size_in_old_archives(field):
    cpio = bytearray(archives.cpio_of({"a": b"hello"}))
    cpio[6 + 8 * 6 : 14 + 8 * 6] = field.rjust(8)
    ar = bytearray(archives.ar_of({"a": b"hello"}))
    ar[8 + 48 : 8 + 58] = field.ljust(10)
    for body, kind in ((bytes(cpio), FileType.CPIO), (bytes(ar), FileType.AR)):
        result = archives.unfold(body, "a.bin", kind)
        assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]


def test_the_mode_of_an_old_archive_may_be_nonsense():
    body = bytearray(archives.ar_of({"a": b"hello"}))
    body[8 + 40 : 8 + 48] = b"-100644 "
    assert archives.unfold(bytes(body), "a.ar", FileType.AR).files == {"a.ar > a": b"hello"}


def test_numbers_of_a_usb_listing_may_begin_with_zeros_or_never_end():
    text = usb.lsusb(usb.STORAGE).replace("bNumConfigurations      1", "bNumConfigurations      007\n  bMaxPacketSize0 " + "9" * 5000)
    assert [device.configurations for device in devices_in(text)] == [7]


def test_an_encrypted_document_whose_description_is_no_xml_is_told_as_locked():
    info = b"\x04\0\x04\0\x40\0\0\0" + b"<encryption><a></encryption>"
    body = documents.compound_file({"EncryptedPackage": bytes(64), "EncryptionInfo": info})
    item = documents.an_item(body, "a.docx", FileType.OLE_ENCRYPTED_OFFICE)
    (gap,) = document_members(item, Budget(passwords=("gift",)))
    assert gap.reason is Reason.ENCRYPTED


def test_an_encrypted_document_whose_streams_claim_more_than_the_file_is_not_decrypted():
    body = documents.compound_file({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>"})
    at = body.index("EncryptedPackage".encode("utf-16-le"))
    body = body[: at + 120] + struct.pack("<I", 1 << 31) + body[at + 124 :]
    item = documents.an_item(body, "a.docx", FileType.OLE_ENCRYPTED_OFFICE)
    assert {gap.reason for gap in document_members(item, Budget())} <= {Reason.ENCRYPTED, Reason.UNREADABLE}


def test_the_objects_of_a_rich_text_are_the_same_however_the_text_is_cut_for_reading():
    run = b"01\n{\\object 02}\\'03\\'}4\\{05\\bin6 07\r\n\\\\{08\\'0{09}"
    text = run * (3 * STRETCH // len(run))
    digits = _NOT_TEXT.sub(b"", text)
    assert hex_of(text) == bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def test_set_up_information_full_of_blank_lines_is_read_in_no_time():
    began = time.process_time()
    set_up_information("[autorun]\n" + "\t\n" * 500_000)
    assert time.process_time() - began < 2


def test_a_mail_of_endless_parts_gives_the_first_ones_and_says_that_there_are_more():
    letter = letter_from(bombs.mail_of_flat_parts(6000))
    assert len(letter.attachments) == 5000
    assert letter.too_large
    assert "5000" in letter.unread


def test_objects_that_lie_too_deep_in_a_pdf_are_told_as_not_read():
    item = documents.an_item(bombs.deep_pdf(), "deep.pdf")
    assert [gap.reason for gap in document_members(item, Budget())] == [Reason.UNREADABLE]


def test_more_objects_than_are_read_in_a_pdf_are_told():
    item = documents.an_item(bombs.many_object_pdf(310_000), "objects.pdf")
    (gap,) = document_members(item, Budget())
    assert gap.reason is Reason.BUDGET
    assert "310000" in gap.detail


@pytest.mark.parametrize("kind", ["zip", "7z", "cab", "rar"])
def test_members_that_fit_into_memory_one_after_the_other_are_all_seen(kind):
    inner = {f"{number}.bin": os.urandom(60_000) for number in range(4)}
    body = {"zip": archives.zip_of, "7z": seven_zip, "cab": archives.cab_of, "rar": archives.rar5_of}[kind](inner)
    seen = 0
    for opened in members(archives.item_of(body, f"a.{kind}"), Budget(Limits(held=100_000))):
        seen += isinstance(opened, Member)
        del opened
    assert seen == 4


def test_an_app_whose_list_of_wishes_is_damaged_is_told_as_one_whose_wishes_are_not_known():
    body = bytearray(archives.zip_of({"AndroidManifest.xml": b"android.permission.SEND_SMS " * 40}))
    at = 30 + len("AndroidManifest.xml")
    body[at : at + 8] = b"\x75\x8e\xff\xff\xff\xff\xff\xff"
    (finding,) = executable_app_package.examine(documents.an_item(bytes(body), "a.apk", FileType.APK))
    assert finding.severity is Severity.MEDIUM
    assert "could not be read" in finding.detail.in_english()


@pytest.mark.parametrize("charset", ["base64", "rot13", "utf-9"])
def test_a_page_in_letters_that_nobody_knows_hides_neither_links_nor_attachments(charset):
    page = documents.mail(html='<a href="https://example.org/x">y</a>', attachments=[("a.exe", b"MZ")])
    page = re.sub(rb'(text/html; charset=)"?[\w-]+"?', rb"\g<1>" + charset.encode(), page)
    letter = letter_from(page)
    assert charset.encode() in page
    assert not letter.unread
    assert letter.links
    assert [one.untrusted_name for one in letter.attachments] == ["body.html", "a.exe"]


@pytest.mark.parametrize("charset", ["utf-9", "x" * 200, "\u00e9", "base64"])
def test_a_mail_in_letters_that_nobody_knows_still_has_a_copy_of_its_words(charset):
    mail = f"From: a@b.example\nSubject: Fair\nContent-Type: text/plain; charset={charset}\n\nGood day".encode()
    assert mail_text(documents.an_item(mail, "a.eml", FileType.EML)).endswith("Good day")


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    "body",
    [
        PNG + b"\0\0\0\1IHDR" + bytes(5),
        PNG + b"\0\0\0\x0dIHDR" + bytes(4),
        PNG + b"\xff\xff\xff\xffIHDR" + bytes(30),
        b"\xff\xd8\xff\xdb\xff\xd9",
        b"\xff\xd8\xff\xc0\0\x04\xff\xd9",
    ],
)
def test_a_worker_that_sends_a_picture_which_ends_within_its_head_is_refused_and_does_not_end_the_coordinator(body):
    with pytest.raises(NotPlain):
        ending_of(body)


def test_a_safe_name_is_no_longer_than_it_may_be_when_it_must_not_begin_like_an_option():
    for name in ("-" + "a" * 300, "+" + "\u00e9" * 100, "-" * 78 + " " + "b" * 9):
        part = harmless_part(name)
        assert part.startswith("_")
        assert len(part.encode()) <= 80
        assert harmless_part(part) == part


@pytest.mark.parametrize("body", [b'{"\x97": 1}', b'{"questions": [["use"]]}', b'{"questions": ["use"]}', b'{"questions": 5}'])
def test_an_interview_that_is_none_is_refused_with_its_own_error(body):
    with pytest.raises(BadInterview):
        read_interview(body)


def test_a_stream_of_another_case_is_not_read_for_longer_than_the_file():
    body = bytearray(compound_files.compound_file({"VBA/diR": b"x" * 5000}))
    entry = body.index("diR".encode("utf-16-le"))
    body[entry + 120 : entry + 124] = b"\xff\xff\xff\xff"
    compound = compound_from(bytes(body))
    assert compound.streams[("VBA", "diR")] == 0xFFFFFFFF
    with pytest.raises(DamagedDocument):
        compound.read(("VBA", "dir"))


def test_damaged_ppmd_is_damage_and_no_error_of_the_library():
    data = bytes.fromhex("3d0141c5318113336b5e248acec88aeb64f33bdcf8e85f8c07e56f3ba35a8a67298a868322f90458")
    with pytest.raises(codecs.Damaged):
        list(codecs.ppmd_pieces(iter([struct.pack("<H", 5 | 0 << 4) + data]), 4096))


@pytest.mark.parametrize("start", [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"])
def test_a_program_cut_anywhere_in_its_first_header_has_no_length(start):
    assert {program_length((start + b"LLLL" * 40)[:cut]) for cut in range(len(start), 80)} == {None}


def test_a_program_whose_segments_are_listed_far_behind_its_end_has_no_length():
    head = bytearray(b"\x7fELF\2\1\1" + bytes(57))
    struct.pack_into("<QQ6xHHHH", head, 32, (1 << 64) - 1, 0, 56, 1, 64, 0)
    assert program_length(bytes(head)) is None


@pytest.mark.parametrize("bits", [16, 255])
@pytest.mark.parametrize("letters", [b"\0a\0b", b"\xd8\x01", b"\0a\xdc\x01\0b", b""])
def test_half_a_letter_at_the_end_of_a_name_on_a_disc_is_none(bits, letters):
    assert udf_records.text(bytes([bits]) + letters + b"\xff") == udf_records.text(bytes([bits]) + letters)


IMPORTS = """
import pickle, sys
from gifthorse.inspect import registry
registry.load()
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Examiner, Place
class Nothing:
    def seen(self, fact): pass
    def spent(self, part, since): return since
    def found(self, finding): pass
    def unseen(self, gap): pass
bodies = pickle.load(sys.stdin.buffer)
before = set(sys.modules)
for name, body in bodies.items():
    Examiner(Nothing(), ("gift",)).examine(MemoryContent(body), Place(path=name, untrusted_name=name))
print(sorted(set(sys.modules) - before))
"""


def test_no_parser_imports_anything_once_the_worker_is_confined():
    import pickle

    bodies = {f"{name}.bin": body for name, body in every_kind().items()} | {"a.eml": bombs.mail_in_mail(3)}
    run = subprocess.run([sys.executable, "-c", IMPORTS], input=pickle.dumps(bodies), capture_output=True, check=True)
    assert run.stdout.decode().strip() == "[]"
