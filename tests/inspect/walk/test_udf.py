import struct

import pytest

from gifthorse.inspect.walk.udf_records import text
from gifthorse.model.errors import Unreadable
from tests.samples.discs import SECTOR, bridge, without_iso
from tests.samples.disks import INERT_PROGRAM, digests, expected, filesystem_of, iso_by_tools, listed, with_bytes

FILES = {"a näme.txt": b"hello" * 1000, "folder/inner.bin": bytes(range(256)) * 20, "漢字.txt": b"letters", "empty": b""}


def entry_of(image: bytes, name: str) -> int:
    """Where the folder entry of *name* begins."""
    return image.index(b"\x08" + name.encode("latin-1")) - 38


def test_files_of_a_udf_volume_come_back_byte_for_byte():
    filesystem = filesystem_of(without_iso(bridge(FILES)))
    assert filesystem.kind == "udf"
    assert digests(filesystem) == expected(FILES)
    assert filesystem.findings == []


def test_a_disc_with_both_directories_shows_what_only_udf_names():
    filesystem = filesystem_of(bridge({"setup.exe": INERT_PROGRAM}))
    entries, findings = listed(filesystem)
    assert filesystem.kind == "iso9660"
    assert filesystem.content(entries["setup.exe"]).read(0, 9_999) == INERT_PROGRAM
    assert findings == []


def test_what_computers_do_not_show_of_such_a_disc_is_said():
    entries, findings = listed(filesystem_of(bridge({"a.txt": b"a"}, {"B.EXE": INERT_PROGRAM})))
    assert set(entries) == {"a.txt", "B.EXE"}
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.hidden-from-walker", "B.EXE")]


@pytest.mark.needs_disk_tools
def test_discs_of_another_maker_are_read_alike(tmp_path):
    files = {name: content for name, content in FILES.items() if name.isascii()}
    image = iso_by_tools(tmp_path, files, "-udf", "-r", "-J").read_bytes()
    assert digests(filesystem_of(without_iso(image))) == expected(files)
    _entries, findings = listed(filesystem_of(image))
    assert findings == []


def test_a_deleted_name_still_leads_to_its_content():
    image = without_iso(bridge({"gone.exe": INERT_PROGRAM, "stays.txt": b"s"}))
    at = entry_of(image, "gone.exe")
    image = with_bytes(image, (at + 18, bytes([image[at + 18] | 4])))
    entries, _findings = listed(filesystem_of(image))
    assert entries["gone.exe"].deleted
    assert not entries["stays.txt"].deleted


def test_hidden_names_are_marked():
    image = without_iso(bridge({"quiet.txt": b"q"}))
    at = entry_of(image, "quiet.txt")
    entries, _findings = listed(filesystem_of(with_bytes(image, (at + 18, b"\x01"))))
    assert entries["quiet.txt"].hidden


def test_a_name_that_leads_nowhere_is_said():
    image = without_iso(bridge({"lost.txt": b"q"}))
    at = entry_of(image, "lost.txt")
    entries, findings = listed(filesystem_of(with_bytes(image, (at + 24, struct.pack("<I", 0xFFFF)))))
    assert entries == {}
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.unreadable", "lost.txt")]


def test_a_volume_cut_short_says_which_files_are_incomplete():
    image = without_iso(bridge({"big.bin": b"b" * 400_000}))
    cut = image[: image.index(b"b" * 100) + 100_000]
    entries, findings = listed(filesystem_of(cut))
    assert entries["big.bin"].got == 100_000
    assert [finding.id for finding in findings] == ["walk.unreadable"]


def test_a_volume_without_its_descriptors_is_unreadable():
    image = without_iso(bridge({"a.txt": b"a"}))
    anchors = [at for at in range(0, len(image), SECTOR) if image[at : at + 2] == b"\x02\0" and image[at + 12 : at + 16] != bytes(4)]
    with pytest.raises(Unreadable):
        filesystem_of(with_bytes(image, *((at, bytes(16)) for at in anchors)))


@pytest.mark.parametrize(
    ("stated", "expected_text"), [(b"", ""), (b"\x08a\xe4", "aä"), (b"\x10\x6f\x22", "漢"), (b"\x10\xd8\x00", "\udced\udca0\udc80")]
)
def test_names_of_udf_are_read_in_both_widths(stated, expected_text):
    assert text(stated) == expected_text


def test_a_folder_whose_list_breaks_off_is_said():
    image = without_iso(bridge({"first.txt": b"1", "second.exe": INERT_PROGRAM}))
    at = max(entry_of(image, "first.txt"), entry_of(image, "second.exe"))
    entries, findings = listed(filesystem_of(with_bytes(image, (at + 4, b"\xff"))))
    assert len(entries) == 1
    lost = {"first.txt", "second.exe"} - entries.keys()
    found_again = ["walk.deleted-executable"] if lost == {"second.exe"} else []  # what the list named is looked for in free space
    assert [finding.id for finding in findings] == ["walk.unreadable", *found_again]
