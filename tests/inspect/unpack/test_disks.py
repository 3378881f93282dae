"""Disk images in a gift, in every shape they are handed on in: the same files come out of each."""

import pytest

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.virtual_disks import raw_disk
from gifthorse.model.inspections import Reason
from tests.samples.archives import dmg_of, dynamic_vhd, e01_of, fixed_vhd, iso_of, qcow2_of, unfold, vhdx_of, vmdk_of, zip_of

FILES = {"readme.txt": b"hello " * 5000, "setup.bin": bytes(range(256)) * 300}
DISK = iso_of(FILES)
SHAPES = {
    "fixed.vhd": (fixed_vhd, FileType.VHD),
    "dynamic.vhd": (dynamic_vhd, FileType.VHD),
    "a.vhdx": (vhdx_of, FileType.VHDX),
    "a.qcow2": (qcow2_of, FileType.QCOW2),
    "packed.qcow2": (lambda disk: qcow2_of(disk, packed=True), FileType.QCOW2),
    "a.vmdk": (vmdk_of, FileType.VMDK),
    "zlib.dmg": (dmg_of, FileType.DMG),
    "bzip2.dmg": (lambda disk: dmg_of(disk, 0x80000006), FileType.DMG),
    "xz.dmg": (lambda disk: dmg_of(disk, 0x80000008), FileType.DMG),
    "raw.dmg": (lambda disk: dmg_of(disk, 1), FileType.DMG),
    "a.E01": (e01_of, FileType.E01),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_disk_reads_byte_for_byte(name):
    make, kind = SHAPES[name]
    disk = raw_disk(MemoryContent(make(DISK)), kind)
    assert disk.read(0, len(DISK)) == DISK
    assert b"".join(bytes(chunk) for chunk in disk.chunks())[: len(DISK)] == DISK
    assert disk.read(len(DISK) - 10, 100)[:10] == DISK[-10:]


@pytest.mark.parametrize("name", [*SHAPES, "plain.iso"])
def test_its_files_come_out(name):
    make, kind = SHAPES.get(name, (bytes, FileType.ISO))
    result = unfold(make(DISK), name, kind)
    assert [body for path, body in result.files.items() if path.endswith("readme.txt")] == [FILES["readme.txt"]]
    assert [body for path, body in result.files.items() if path.endswith("setup.bin")] == [FILES["setup.bin"]]


def test_an_image_in_an_archive_opens_too():
    result = unfold(zip_of({"a.iso": DISK}), "a.zip")
    assert result.files["a.zip > a.iso > readme.txt"] == FILES["readme.txt"]


def test_a_file_on_a_raw_image_knows_its_place():
    content = raw_disk(MemoryContent(DISK), FileType.ISO)
    assert content.medium_offset(5) is None
    assert raw_disk(MemoryContent(dynamic_vhd(DISK)), FileType.VHD).medium_offset(0) is None


@pytest.mark.parametrize("kind", [FileType.VHD, FileType.VHDX, FileType.QCOW2, FileType.VMDK, FileType.E01])
def test_a_disk_without_its_structures_is_told(kind):
    result = unfold(bytes(4096), "a", kind)
    assert len(result.unseen) == 1
    assert result.unseen[0].reason in {Reason.UNREADABLE, Reason.UNSUPPORTED}


def test_a_disk_that_only_holds_changes_is_not_inspected():
    body = bytearray(fixed_vhd(DISK))
    body[-512 + 63] = 4
    assert [line.reason for line in unfold(bytes(body), "a.vhd", FileType.VHD).unseen] == [Reason.UNSUPPORTED]


def test_a_disk_of_a_terabyte_is_over_the_budget_and_not_read_through():
    body = bytearray(dynamic_vhd(DISK))
    for at in (48, len(body) - 512 + 48):
        body[at : at + 8] = (1 << 40).to_bytes(8, "big")
    result = unfold(bytes(body), "a.vhd", FileType.VHD)
    assert [line.reason for line in result.unseen] == [Reason.BUDGET]
    assert result.ids == {"budget.exceeded"}


def test_something_with_no_filesystem_is_not_inspected():
    result = unfold(b"no filesystem " * 1000, "a.img", FileType.DISK_IMAGE)
    assert Reason.UNSUPPORTED in {line.reason for line in result.unseen}
