"""zip members come out as they went in; what the two directories hide from each other is found."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.archive_marks import named
from gifthorse.inspect.unpack.budgets import Limits
from gifthorse.inspect.unpack.zip_directory import zip_extent
from gifthorse.model.inspections import Reason
from tests.samples.archives import overlapping_zip, unfold, zip_of, zip_with_hidden_member

NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\\x00:", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=20
).filter(lambda name: name.strip(". ") and name.isprintable())
# what a member is found to be in turn is not this reader's business
BODIES = st.binary(max_size=3000).filter(lambda body: named(body) is None)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])


@settings(max_examples=60, deadline=None)
@given(files=st.dictionaries(NAMES, BODIES, min_size=1, max_size=6), method=METHODS)
def test_every_member_comes_out_as_it_went_in_and_nothing_is_said_about_it(files, method):
    result = unfold(zip_of(files, method), "a.zip", FileType.ZIP)
    assert {path: body for path, body in result.files.items() if path.count(" > ") == 1} == {
        f"a.zip > {name}": body for name, body in files.items()
    }
    assert not result.findings
    assert not [line for line in result.unseen if line.path.count(" > ") <= 1 and "listed" in line.detail]


def test_a_stored_member_still_knows_where_it_lies():
    whole = zip_of({"a.txt": b"hello"}, zipfile.ZIP_STORED)

    class Medium(MemoryContent):
        def medium_offset(self, offset):
            return 1_000_000 + offset

    from gifthorse.inspect.unpack.budgets import Budget
    from gifthorse.inspect.unpack.opening import members
    from tests.samples.archives import item_of

    (one,) = members(item_of(Medium(whole), "a.zip", FileType.ZIP), Budget())
    assert one.content.medium_offset(0) == 1_000_000 + whole.find(b"hello")


def test_a_member_that_only_its_local_header_names_comes_out_and_is_found():
    result = unfold(zip_with_hidden_member({"brochure.txt": b"nice"}, "payload.exe", b"MZ inert"), "a.zip")
    assert result.files["a.zip > payload.exe"] == b"MZ inert"
    assert result.ids == {"archive.hidden-member"}
    assert "payload.exe" in result.details()


def test_a_member_whose_two_names_differ_is_found():
    whole = zip_of({"harmless.txt": b"x"})
    assert whole.count(b"harmless.txt") == 2
    result = unfold(whole.replace(b"harmless.txt", b"dropper1.exe", 1), "a.zip")
    assert result.ids == {"archive.hidden-member"}


def test_a_listed_member_that_is_not_there_is_said():
    whole = zip_of({"a.txt": b"x", "b.txt": b"y"})
    broken = whole.replace(b"PK\x03\x04", b"PK\x00\x00", 1)
    result = unfold(broken, "a.zip", FileType.ZIP)
    assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]
    assert result.files == {"a.zip > b.txt": b"y"}


def test_an_archive_without_its_list_is_read_member_by_member_and_said_to_be_damaged():
    whole = zip_of({"a.txt": b"hello" * 50, "b.txt": b"there" * 50})
    result = unfold(whole[: whole.find(b"PK\x01\x02")], "a.zip", FileType.ZIP)
    assert set(result.files) == {"a.zip > a.txt", "a.zip > b.txt"}
    assert result.unseen[0].reason is Reason.UNREADABLE
    assert not result.findings


def test_overlapping_members_are_a_bomb_and_end():
    result = unfold(overlapping_zip(), "zbsm.zip", limits=Limits(ratio_from=64 << 20))
    assert [finding.id for finding in result.findings].count("archive.bomb") == 1
    assert result.severity("archive.bomb") == "high"
    assert result.unseen[-1].reason is Reason.BUDGET


def test_a_wrong_checksum_is_said_and_the_member_is_still_looked_at():
    whole = bytearray(zip_of({"a.txt": b"hello" * 100}))
    at = whole.find(b"PK\x01\x02")
    whole[at + 16] ^= 1
    result = unfold(bytes(whole), "a.zip")
    assert [line.detail for line in result.unseen] == ["the checksum differs"]
    assert result.files["a.zip > a.txt"] == b"hello" * 100


def test_an_unknown_method_is_not_inspected():
    whole = zip_of({"a.txt": b"hello"}).replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x61\x00")
    result = unfold(whole, "a.zip", FileType.ZIP)
    assert [line.reason for line in result.unseen] == [Reason.UNSUPPORTED]


def test_a_prefix_before_the_archive_changes_nothing_and_its_extent_is_known():
    whole = zip_of({"a.txt": b"hello"})
    result = unfold(b"x" * 500 + whole, "a.bin", FileType.ZIP)
    assert result.files == {"a.bin > a.txt": b"hello"}
    assert zip_extent(MemoryContent(b"x" * 500 + whole + b"tail")) == (500, 500 + len(whole))
    assert zip_extent(MemoryContent(b"no archive")) is None


def test_a_member_over_four_gigabytes_by_its_zip64_field_is_placed_right():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        with archive.open("a.txt", "w", force_zip64=True) as member:
            member.write(b"hello")
    assert unfold(out.getvalue(), "a.zip").files == {"a.zip > a.txt": b"hello"}


@pytest.mark.parametrize("passwords", [(), ("wrong",)])
def test_locked_members_are_said_and_named(passwords):
    result = unfold(ZIPCRYPTO, "a.zip", passwords=passwords)
    assert [line.reason for line in result.unseen] == [Reason.ENCRYPTED]
    assert result.severity("archive.encrypted") == "low"
    assert not result.files


def test_a_password_at_hand_opens_the_member_and_nothing_is_said():
    result = unfold(ZIPCRYPTO, "a.zip", passwords=("wrong", "gift"))
    assert result.files == {"a.zip > a.txt": b"hello"}
    assert not result.findings
    assert not result.unseen


def _zipcrypto() -> bytes:
    """A member locked with the password "gift", by the stepping that its reader uses the other way round."""
    import struct
    import zlib

    from gifthorse.inspect.unpack.zip_encryption import _Keys

    keys = _Keys(b"gift")
    clear = bytes(11) + bytes([zlib.crc32(b"hello") >> 24]) + b"hello"
    locked = bytearray()
    for byte in clear:
        mask = (keys.three | 2) & 0xFFFF
        locked.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 255))
        keys.step(byte)
    whole = zip_of({"a.txt": b"hello"}, zipfile.ZIP_STORED)
    end, at = whole.find(b"PK\x01\x02"), whole.find(b"hello")
    local, central = bytearray(whole[:at]), bytearray(whole[end:])
    local[6] |= 1
    central[8] |= 1
    struct.pack_into("<I", local, 18, 17)
    struct.pack_into("<I", central, 20, 17)
    position = central.rfind(b"PK\x05\x06")
    struct.pack_into("<I", central, position + 16, at + 17)
    return bytes(local) + bytes(locked) + bytes(central)


ZIPCRYPTO = _zipcrypto()


def test_the_locking_of_the_sample_is_the_standard_librarys_too():
    with zipfile.ZipFile(io.BytesIO(ZIPCRYPTO)) as archive:
        assert archive.read("a.txt", pwd=b"gift") == b"hello"
