"""Each finding of the layout on a medium that was made for it, and its silence on an ordinary one."""

import random
import struct

import pytest

from gifthorse.demonstration.media import Format, PlacedFile, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.model.findings import Finding, Severity
from tests.samples.disks import INERT_PROGRAM, MIB, layout_of, mbr_medium, own_medium, own_volume, with_bytes

CARD = [PlacedFile(path="a.txt", content=b"a")]
FAT = own_volume(Format.FAT16, CARD)


def found(image: bytes, kind: str) -> list[Finding]:
    return [finding for finding in layout_of(image).findings if finding.id == kind]


def severities(image: bytes, kind: str) -> list[Severity]:
    return [finding.severity for finding in found(image, kind)]


@pytest.mark.parametrize("kind", [0x11, 0x14, 0x16, 0x17, 0x1B, 0x1C, 0x1E, 0x27, 0x12])
def test_a_partition_of_a_hidden_type_with_files_is_found(kind):
    image = mbr_medium(20 * MIB, (MIB, FAT, 0x0E), (10 * MIB, FAT, kind))
    assert severities(image, "layout.hidden-partition") == [Severity.MEDIUM]
    assert layout_of(image).partitions[1].filesystem == "fat16"


@pytest.mark.parametrize("scheme", [Scheme.MBR, Scheme.GPT])
def test_a_second_partition_with_files_and_one_marked_hidden_are_found(scheme):
    for hidden, severity in ((False, Severity.LOW), (True, Severity.MEDIUM)):
        volumes = [
            Volume(format=Format.FAT16, size=8 * MIB, files=CARD),
            Volume(format=Format.EXFAT, size=8 * MIB, files=CARD, hidden=hidden),
        ]
        assert severities(own_medium(volumes, scheme=scheme), "layout.hidden-partition") == [severity]


@pytest.mark.parametrize("place", ["gap", "tail", "slack"])
@pytest.mark.parametrize(
    ("hidden", "severity"),
    [
        (b"x" * 20, Severity.INFO),
        (b"x" * 20_000, Severity.LOW),
        (b"words " * 40_000, Severity.LOW),
        (b"words " * 180_000, Severity.MEDIUM),
        (random.Random(1).randbytes(300_000), Severity.LOW),
        (random.Random(1).randbytes(1_200_000), Severity.MEDIUM),
        (INERT_PROGRAM + b"x" * 5000, Severity.MEDIUM),
        (b"7z\xbc\xaf\x27\x1c\0\x04\x8d\x9b\xd5\x0f" + bytes(20), Severity.INFO),
        (own_volume(Format.FAT12, CARD, size=MIB), Severity.MEDIUM),
    ],
)
def test_data_in_a_gap_weighs_by_what_it_is(place, hidden, severity):
    longer = FAT + bytes(2 * MIB)  # a partition larger than its filesystem
    image = mbr_medium(24 * MIB, (4 * MIB, longer, 0x0E))
    at = {"gap": 2 * MIB, "tail": 20 * MIB, "slack": 4 * MIB + len(FAT)}[place]
    if hidden.startswith(b"7z"):
        import zlib

        hidden = hidden[:8] + struct.pack("<I", zlib.crc32(hidden[12:32])) + hidden[12:]
    marked = with_bytes(image, (at, hidden))
    (finding,) = found(marked, "layout.gap-with-data")
    assert finding.severity is severity
    assert finding.evidence[0].medium_offset == at
    assert found(image, "layout.gap-with-data") == []


@pytest.mark.parametrize("fill", [b"\0", b"\xff"])
def test_a_tail_of_one_fill_value_is_empty(fill):
    image = mbr_medium(10 * MIB, (MIB, FAT, 0x0E))[: 9 * MIB] + fill * MIB
    assert layout_of(image).findings == ()


def test_data_between_the_structures_of_a_filesystem_is_found():
    image = with_bytes(own_volume(Format.FAT32, CARD), (20 * 512, INERT_PROGRAM))
    assert severities(image, "layout.gap-with-data") == [Severity.MEDIUM]
    image = with_bytes(own_volume(Format.EXFAT, CARD), (60 * 512, b"a few words"))
    assert severities(image, "layout.gap-with-data") == [Severity.INFO]


def test_partitions_that_share_bytes_are_found_and_touching_ones_are_not():
    shared = mbr_medium(20 * MIB, (MIB, FAT, 0x0E), (8 * MIB, FAT, 0x0E))
    assert severities(shared, "layout.overlap")[0] is Severity.HIGH
    assert found(mbr_medium(20 * MIB, (MIB, FAT, 0x0E), (9 * MIB, FAT, 0x0E)), "layout.overlap") == []


def test_a_partition_that_lies_over_the_table_is_found():
    image = bytearray(own_medium([Volume(format=Format.FAT16, size=8 * MIB, files=CARD)], scheme=Scheme.MBR))
    image[446 + 16 : 446 + 32] = struct.pack("<B3xB3xII", 0, 0x0E, 0, 100)
    assert "layout.overlap" in {finding.id for finding in layout_of(bytes(image)).findings}


GPT = own_medium([Volume(format=Format.FAT16, size=8 * MIB, files=CARD)], scheme=Scheme.GPT)


def test_a_damaged_first_or_backup_table_is_told_and_the_other_is_used():
    for at in (512 + 60, len(GPT) - 512 + 60):
        image = with_bytes(GPT, (at, b"\xde\xad"))
        assert severities(image, "layout.backup-differs") == [Severity.LOW]
        assert [partition.filesystem for partition in layout_of(image).partitions] == ["fat16"]
    assert severities(GPT[: -2 * 512], "layout.backup-differs") == [Severity.LOW]


def test_two_whole_tables_that_name_different_partitions_are_found_and_both_are_walked():
    from gifthorse.demonstration.partitioning import Share, gpt_entry, gpt_header

    shares = [Share(start=MIB, length=8 * MIB, format="fat16"), Share(start=9 * MIB, length=8 * MIB, format="fat16")]
    last = 20 * MIB // 512 - 1
    one, both = (b"".join(gpt_entry(share) for share in shares[:count]).ljust(16384, b"\0") for count in (1, 2))
    image = with_bytes(
        bytes(20 * MIB),
        (446, struct.pack("<B3xB3xII", 0, 0xEE, 1, last)),
        (510, b"\x55\xaa"),
        (512, gpt_header(one, at=1, other=last, entries_at=2, last=last)),
        (1024, one),
        (MIB, FAT),
        (9 * MIB, FAT),
        ((last - 32) * 512, both),
        (last * 512, gpt_header(both, at=last, other=1, entries_at=last - 32, last=last)),
    )
    assert severities(image, "layout.backup-differs") == [Severity.MEDIUM]
    assert severities(image, "layout.hidden-partition") == [Severity.MEDIUM]
    assert len(layout_of(image).partitions) == 2


def test_a_partition_that_only_the_other_kind_of_table_names_is_found():
    hybrid = with_bytes(GPT, (446 + 16, struct.pack("<B3xB3xII", 0, 0x0E, 10 * MIB // 512, 8 * MIB // 512)))
    hybrid = with_bytes(hybrid[: 10 * MIB - 33 * 512] + bytes(33 * 512) + FAT, (10 * MIB, FAT))
    partitions = layout_of(hybrid).partitions
    assert [(partition.start, partition.hidden) for partition in partitions] == [(MIB, False), (10 * MIB, True)]


def test_sizes_that_do_not_fit_are_found():
    image = mbr_medium(20 * MIB, (MIB, FAT, 0x0E))
    assert found(image, "layout.size-mismatch") == []
    assert severities(image[: 5 * MIB], "layout.size-mismatch") == [Severity.MEDIUM, Severity.MEDIUM]
    assert severities(FAT[: 4 * MIB], "layout.size-mismatch") == [Severity.MEDIUM]
    assert severities(FAT + bytes(10 * MIB), "layout.size-mismatch") == [Severity.LOW]


def test_logical_partitions_are_read_and_a_chain_in_a_circle_ends():
    def record(*entries: tuple[int, int, int]) -> bytes:
        table = b"".join(struct.pack("<B3xB3xII", 0, kind, start, count) for kind, start, count in entries)
        return bytes(446) + table.ljust(64, b"\0") + b"\x55\xaa"

    sectors, origin = len(FAT) // 512, 2048
    second = 2048 + sectors
    image = with_bytes(
        bytes(24 * MIB),
        (0, record((0x0F, origin, 44000))),
        (origin * 512, record((0x0E, 64, sectors), (0x05, second, sectors + 64))),
        ((origin + 64) * 512, FAT),
        ((origin + second) * 512, record((0x0E, 64, sectors))),
        ((origin + second + 64) * 512, FAT),
    )
    layout = layout_of(image)
    assert [partition.start // 512 for partition in layout.partitions] == [origin + 64, origin + second + 64]
    circle = with_bytes(image, ((origin + second) * 512, record((0x0E, 64, sectors), (0x05, 0, 100))))
    assert severities(circle, "layout.backup-differs") == [Severity.LOW]
    assert len(layout_of(circle).partitions) == 2


def test_an_apple_partition_map_is_read():
    entries = [("Apple", "Apple_partition_map", 1, 63), ("files", "Apple_HFS", 64, len(FAT) // 512)]
    image = with_bytes(bytes(10 * MIB), (0, b"ER\x02\0" + struct.pack(">I", 20480)), (64 * 512, FAT))
    for number, (name, kind, start, count) in enumerate(entries, 1):
        body = b"PM\0\0" + struct.pack(">III", len(entries), start, count) + name.encode().ljust(32, b"\0") + kind.encode().ljust(32, b"\0")
        image = with_bytes(image, (number * 512, body))
    layout = layout_of(image)
    assert layout.scheme == "apm"
    assert [(partition.type, partition.name, partition.filesystem) for partition in layout.partitions] == [("Apple_HFS", "files", "fat16")]
