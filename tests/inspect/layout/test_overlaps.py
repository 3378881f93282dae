"""Two partitions, or two filesystems, over the same sectors: told, and the files of both are listed."""

import struct
import zlib

import pytest

from gifthorse.demonstration.media import Format, PlacedFile, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.inspect.layout.reading import read_layout
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.findings import Severity
from tests.samples.archives import iso_of
from tests.samples.disks import MIB, Medium, layout_of, own_medium, own_volume, with_bytes
from tests.samples.ext_disks import ext2_of
from tests.samples.hfs_disks import hfs_of

FIRST = own_volume(Format.FAT16, {"first.txt": b"a"})
SECOND = own_volume(Format.FAT16, {"second.txt": b"b"})
SMALL = own_volume(Format.FAT12, {"small.txt": b"c"})
MARK = (510, b"\x55\xaa")


def entry(start: int, length: int, kind: int = 0x0E) -> bytes:
    return struct.pack("<B3xB3xII", 0, kind, start // 512, length // 512)


def medium(*changes: tuple[int, bytes]) -> bytes:
    return with_bytes(bytes(24 * MIB), (MIB, FIRST), (446, entry(MIB, 8 * MIB)), MARK, *changes)


def overlaps(image: bytes) -> list[Severity]:
    return [finding.severity for finding in layout_of(image).findings if finding.id == "layout.overlap"]


def files(image: bytes) -> set[str]:
    whole = Medium(image)
    return {entry.path for partition in read_layout(whole).partitions for entry in open_filesystem(whole, partition).entries()}


def chained(start: int, *records: bytes) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    return (start + 446, b"".join(records)), (start + 510, b"\x55\xaa")


def apple(*parts: tuple[int, bytes]) -> bytes:
    kinds = [(1, 63, b"Apple_partition_map"), *((start, 2048, b"Apple_HFS") for start, _body in parts)]
    table = b"".join(
        b"PM\0\0" + struct.pack(">III", len(kinds), start, length) + b"part".ljust(32, b"\0") + kind.ljust(32, b"\0") + bytes(432)
        for start, length, kind in kinds
    )
    return with_bytes(bytes(4 * MIB), (0, b"ER\x02\x00"), (512, table), *((start * 512, body) for start, body in parts))


GUID = own_medium(
    [Volume(format=Format.FAT16, size=8 * MIB, files=[PlacedFile(path="first.txt", content=b"a")])], scheme=Scheme.GPT, size=24 * MIB
)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (medium((5 * MIB, SECOND), (462, entry(5 * MIB, 8 * MIB))), "second.txt"),
        (medium((446, entry(MIB, 16 * MIB)), (10 * MIB, SECOND), (462, entry(10 * MIB, 8 * MIB))), "second.txt"),
        (medium((5 * MIB, SMALL), (462, entry(4 * MIB, 8 * MIB, 0x05)), *chained(4 * MIB, entry(MIB, 2 * MIB))), "small.txt"),
        (with_bytes(GUID, (5 * MIB, SECOND), (462, entry(5 * MIB, 8 * MIB))), "second.txt"),
        (apple((64, hfs_of({"first.txt": b"a"})), (320, hfs_of({"second.txt": b"b"}))), "second.txt"),
        (apple((64, hfs_of({"first.txt": b"a"})), (1024, hfs_of({"second.txt": b"b"}))), "second.txt"),
    ],
    ids=["inside", "behind the filesystem", "logical", "hybrid", "apple inside", "apple behind the filesystem"],
)
def test_both_partitions_over_the_same_sectors_are_told_and_listed(image: bytes, expected: str) -> None:
    assert Severity.HIGH in overlaps(image)
    assert files(image) >= {"first.txt", expected}


@pytest.mark.parametrize("length", [8 * MIB, 12 * MIB])
def test_two_entries_of_a_table_that_begin_at_one_byte_are_told(length: int) -> None:
    assert overlaps(medium((462, entry(MIB, length, 0x83)))) == [Severity.MEDIUM]


def test_two_entries_of_a_guid_table_that_begin_at_one_byte_are_told() -> None:
    entries = GUID[1024:1152] * 2 + GUID[1280 : 1024 + 128 * 128]
    header = bytearray(GUID[512:604])
    struct.pack_into("<I", header, 88, zlib.crc32(entries))
    header[16:20] = bytes(4)
    struct.pack_into("<I", header, 16, zlib.crc32(header))
    assert overlaps(with_bytes(GUID, (512, bytes(header)), (1024, entries))) == [Severity.MEDIUM]
    assert overlaps(GUID) == []


def test_the_entry_of_a_hybrid_table_that_names_the_same_partition_is_usual() -> None:
    assert overlaps(with_bytes(GUID, (462, entry(MIB, 8 * MIB)))) == []


def test_a_chain_of_logical_partitions_that_returns_to_itself_ends_and_is_told() -> None:
    image = medium(
        (13 * MIB, SMALL), (462, entry(12 * MIB, 8 * MIB, 0x05)), *chained(12 * MIB, entry(MIB, 2 * MIB), entry(0, 8 * MIB, 0x05))
    )
    assert "layout.backup-differs" in {finding.id for finding in layout_of(image).findings}
    assert files(image) == {"first.txt", "small.txt"}


@pytest.mark.parametrize(
    ("outer", "name"), [(own_volume(Format.FAT32, {"first.txt": b"a"}), "first.txt"), (iso_of({"first.txt": b"a" * 3000}), "FIRST.TXT")]
)
def test_two_filesystems_that_begin_at_one_byte_are_told_and_both_listed(outer: bytes, name: str) -> None:
    inner = ext2_of({"second.txt": b"b"}, blocks=64)
    both = with_bytes(outer, (1024, inner[1024 : 12 * 1024]))
    assert overlaps(outer) == []
    assert overlaps(both) == [Severity.MEDIUM]
    assert {path.upper() for path in files(both)} == {"FIRST.TXT", "SECOND.TXT"}


def test_what_is_left_of_an_older_filesystem_is_no_second_one() -> None:
    image = own_volume(Format.FAT32, {"first.txt": b"a"})
    assert overlaps(with_bytes(image, (1024, ext2_of({})[1024:2048]))) == []
