"""Boot sectors kept twice, the room around them, and tables that state numbers beyond any medium."""

import struct
import zlib
from pathlib import Path

import msgspec
import pytest

from gifthorse.demonstration.media import Format, PlacedFile, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.model.findings import Severity
from tests.samples.disks import MIB, layout_of, ntfs_by_tools, own_medium, own_volume, run, with_bytes

FILES = {"a.txt": b"a"}
WORDS = b"the rest is where we left it last year, under the old stone bridge\n" * 4
DIFFERS = ("layout.backup-differs", Severity.LOW)
GAP = ("layout.gap-with-data", Severity.INFO)


def told(image: bytes | Path) -> list[tuple[str, Severity]]:
    return [(finding.id, finding.severity) for finding in layout_of(image).findings]


def test_a_backup_of_a_fat_boot_sector_that_leads_elsewhere_is_found():
    image = own_volume(Format.FAT32, FILES)
    at = struct.unpack_from("<H", image, 50)[0] * 512
    assert told(image) == []
    assert told(with_bytes(image, (at + 44, struct.pack("<I", 5000)))) == [DIFFERS]
    assert told(with_bytes(image, (100, WORDS))) == [GAP, DIFFERS]


def test_a_label_serial_number_or_mark_of_use_in_the_first_alone_is_no_finding():
    image = own_volume(Format.FAT32, FILES)
    assert told(with_bytes(image, (65, b"\1"), (67, b"1234MY STICK   "))) == []
    card = own_volume(Format.EXFAT, FILES)
    assert told(with_bytes(card, (106, b"\2\0"), (112, b"\x09"))) == []


def test_every_part_of_the_boot_region_of_exfat_is_looked_at():
    image = own_volume(Format.EXFAT, FILES)
    assert told(image) == []
    assert told(with_bytes(image, (120, WORDS))) == [GAP, DIFFERS]
    for sector in (1, 5, 8, 9, 10):
        assert sorted(told(with_bytes(image, (sector * 512, WORDS)))) == sorted([GAP, DIFFERS])
    assert told(with_bytes(image, (16 * 512, WORDS))) == [GAP, DIFFERS]


@pytest.mark.needs_disk_tools
def test_the_copy_behind_the_end_of_ntfs_is_compared(tmp_path):
    image = ntfs_by_tools(tmp_path, FILES).read_bytes()
    at = struct.unpack_from("<Q", image, 40)[0] * 512
    assert told(image) == []
    assert told(with_bytes(image, (at + 100, WORDS))) == [GAP, DIFFERS]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("label", ["NEW NAME", ""])
def test_a_label_that_a_tool_has_set_since_is_no_finding(tmp_path, label):
    image = tmp_path / "stick.img"
    image.write_bytes(bytes(40 * MIB))
    run("mkfs.fat", "-F32", "-n", "FIRST", image)
    run("mlabel", "-i", image, f"::{label}" if label else "-c", *([] if label else ["::"]))
    assert DIFFERS not in told(image)


def gpt(entry: bytes) -> bytes:
    """A whole table, with *entry* as the second partition of its first copy."""
    volume = Volume(format=Format.FAT16, size=8 * MIB, files=[PlacedFile(path="a.txt", content=b"a")])
    image = own_medium([volume], scheme=Scheme.GPT)
    header = bytearray(image[512 : 512 + 92])
    at, count, size = struct.unpack_from("<QII", header, 72)
    entries = bytearray(image[at * 512 : at * 512 + count * size])
    entries[size : size + len(entry)] = entry
    struct.pack_into("<I", header, 88, zlib.crc32(entries))
    struct.pack_into("<I", header, 16, 0)
    struct.pack_into("<I", header, 16, zlib.crc32(header))
    return with_bytes(image, (512, bytes(header)), (at * 512, bytes(entries)))


def test_a_partition_beyond_any_medium_is_told_in_numbers_that_can_be_passed_on():
    farthest = bytes(range(32)) + struct.pack("<QQQ", (1 << 63) + 5, (1 << 64) - 2, 0)
    layout = layout_of(gpt(farthest))
    assert layout.partitions[1].start < 1 << 63
    assert layout.partitions[1].end < 1 << 64
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(layout), type=type(layout)) == layout
    ntfs = with_bytes(bytes(MIB), (3, b"NTFS    "), (11, struct.pack("<HB", 4096, 8)), (40, b"\xff" * 8), (510, b"\x55\xaa"))
    assert msgspec.msgpack.encode(layout_of(ntfs))


def test_words_behind_the_header_of_a_table_are_found():
    image = gpt(b"")
    assert GAP not in told(image)
    assert GAP in told(with_bytes(image, (512 + 200, WORDS[:200])))
