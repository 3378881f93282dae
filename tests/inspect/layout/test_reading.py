import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gifthorse.demonstration.media import Format, PlacedFile, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.inspect.layout.facts import Trait
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import RangeKind
from tests.inspect.layout.test_tiling import assert_covers
from tests.samples.disks import (
    MIB,
    Medium,
    ext_by_tools,
    fat_by_tools,
    iso_by_tools,
    layout_of,
    mbr_medium,
    ntfs_by_tools,
    own_medium,
    own_volume,
    run,
    with_bytes,
)

CARD = [PlacedFile(path="DCIM/100CANON/IMG_0001.JPG", content=b"\xff\xd8\xff\xe0 picture")]


@given(st.binary(max_size=4096), st.integers(0, 3))
@settings(max_examples=150)
def test_random_bytes_are_covered_and_never_crash(noise, where):
    image = with_bytes(bytes(8192), ((0, 446, 512, 1024)[where], noise))
    assert_covers(layout_of(image).ranges, len(image))


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), min_size=1, max_size=4))
@settings(max_examples=150)
def test_any_boot_record_is_covered(entries):
    import struct

    table = b"".join(struct.pack("<B3xB3xII", 0, kind, start % 300, count % 400) for kind, start, count in entries).ljust(64, b"\0")
    image = with_bytes(random.Random(1).randbytes(100 * 512), (446, table + b"\x55\xaa"))
    assert_covers(layout_of(image).ranges, len(image))


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("format_", list(Format))
def test_an_ordinary_card_has_one_partition_and_no_findings(scheme, format_):
    size = {Format.FAT12: 2, Format.FAT16: 8, Format.FAT32: 40, Format.EXFAT: 8}[format_] * MIB
    image = own_medium([Volume(format=format_, size=size, files=CARD)], scheme=scheme)
    layout = layout_of(image)
    assert_covers(layout.ranges, len(image))
    assert [(partition.filesystem, partition.length, partition.hidden) for partition in layout.partitions] == [(format_.value, size, False)]
    assert layout.scheme == scheme.value
    assert layout.findings == ()
    assert all(stretch.empty for stretch in layout.ranges if stretch.kind in {RangeKind.GAP, RangeKind.TAIL})


@pytest.mark.needs_disk_tools
def test_what_debian_tools_make_is_recognised_and_clear(tmp_path):
    files = {"a.txt": b"a"}
    made = {
        "fat12": fat_by_tools(tmp_path, files, bits=12, size=2 * MIB),
        "fat16": fat_by_tools(tmp_path, files, bits=16, size=16 * MIB),
        "fat32": fat_by_tools(tmp_path, files, bits=32, size=48 * MIB),
        "ext2": ext_by_tools(tmp_path, files, kind="ext2"),
        "ext3": ext_by_tools(tmp_path, files, kind="ext3"),
        "ext4": ext_by_tools(tmp_path, files, kind="ext4"),
        "ntfs": ntfs_by_tools(tmp_path, files),
        "iso9660": iso_by_tools(tmp_path, files, "-J", "-r"),
    }
    for kind, image in made.items():
        layout = layout_of(image)
        assert_covers(layout.ranges, image.stat().st_size)
        assert [(partition.filesystem, partition.start) for partition in layout.partitions] == [(kind, 0)]
        assert layout.findings == (), kind


@pytest.mark.needs_disk_tools
def test_exfat_by_debian_tools_is_recognised(tmp_path):
    image = tmp_path / "exfat.img"
    image.write_bytes(bytes(16 * MIB))
    run("mkfs.exfat", image)
    layout = layout_of(image)
    assert [partition.filesystem for partition in layout.partitions] == ["exfat"]
    assert layout.findings == ()


@pytest.mark.needs_disk_tools
def test_a_hybrid_disc_image_with_a_boot_partition_inside_raises_no_alarm(tmp_path):
    boot = fat_by_tools(tmp_path, {"EFI/BOOT/note.txt": b"boot"}, bits=12, size=2 * MIB)
    folder = tmp_path / "disc"
    folder.mkdir()
    (folder / "readme.txt").write_text("a disc")
    (folder / "efi.img").write_bytes(boot.read_bytes())
    image = tmp_path / "hybrid.iso"
    run(
        "xorriso",
        "-as",
        "mkisofs",
        "-quiet",
        "-J",
        "-r",
        "-e",
        "efi.img",
        "-no-emul-boot",
        "-isohybrid-gpt-basdat",
        "-partition_offset",
        "16",
        "-o",
        image,
        folder,
    )
    layout = layout_of(image)
    assert_covers(layout.ranges, image.stat().st_size)
    assert layout.partitions[0].filesystem == "iso9660"
    assert all(finding.severity.rank <= Severity.LOW.rank for finding in layout.findings), layout.findings


def test_zeros_are_one_empty_range_without_partitions():
    layout = layout_of(bytes(3 * MIB))
    assert [(stretch.kind, stretch.empty) for stretch in layout.ranges] == [(RangeKind.WHOLE, True)]
    assert layout.partitions == ()
    assert layout.findings == ()


def test_a_filesystem_beside_its_partition_table_entry_is_found_and_walked():
    inner = own_volume(Format.FAT12, {"secret.txt": b"secret"})
    visible = own_volume(Format.FAT16, {"a.txt": b"a"})
    image = mbr_medium(24 * MIB, (MIB, visible, 0x0E))
    image = with_bytes(image, (12 * MIB, inner))
    layout = layout_of(image)
    assert_covers(layout.ranges, len(image))
    assert [(partition.filesystem, partition.start) for partition in layout.partitions] == [("fat16", MIB), ("fat12", 12 * MIB)]
    assert Trait.FOUND_IN_GAP in layout.partitions[1].traits
    assert {finding.id for finding in layout.findings} >= {"layout.hidden-partition", "layout.gap-with-data"}


def test_a_medium_with_sectors_of_4096_bytes_is_read():
    volume = own_volume(Format.FAT16, {"a.txt": b"a"})
    import struct

    entry = struct.pack("<B3xB3xII", 0, 0x0E, 256, len(volume) // 4096)
    image = with_bytes(bytes(12 * MIB), (MIB, volume), (446, entry), (510, b"\x55\xaa"))
    layout = layout_of(image)
    assert layout.sector_size == 4096
    assert [(partition.start, partition.filesystem) for partition in layout.partitions] == [(MIB, "fat16")]


class Failing(Medium):
    """A medium with one bad stretch."""

    def read(self, offset: int, length: int) -> bytes:
        if offset < 700_000 and offset + length > 600_000:
            raise OSError(5, "Input/output error")
        return super().read(offset, length)


def test_bad_sectors_in_a_gap_are_a_finding_and_the_rest_is_read():
    from gifthorse.inspect.layout.reading import read_layout

    image = own_medium([Volume(format=Format.FAT16, size=8 * MIB, files=CARD)], scheme=Scheme.MBR)
    layout = read_layout(Failing(image))
    assert_covers(layout.ranges, len(image))
    assert len(layout.partitions) == 1
    (finding,) = [finding for finding in layout.findings if finding.id == "walk.unreadable"]
    assert finding.evidence[0].offset <= 600_000 < finding.evidence[0].offset + finding.evidence[0].length


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 2**32))
def test_flipped_bits_in_tables_end_in_a_layout(seed):
    chance = random.Random(seed)
    image = bytearray(_two_partitions())
    for _change in range(chance.randint(1, 12)):
        image[chance.choice((chance.randrange(512), chance.randrange(512, 18_000), MIB + chance.randrange(1024)))] ^= 1 << chance.randrange(
            8
        )
    assert_covers(layout_of(bytes(image)).ranges, len(image))


_MADE: list[bytes] = []


def _two_partitions() -> bytes:
    if not _MADE:
        volumes = [Volume(format=Format.FAT12, size=MIB, files=CARD), Volume(format=Format.EXFAT, size=2 * MIB, files=CARD)]
        _MADE.append(own_medium(volumes, scheme=Scheme.GPT))
    return _MADE[0]
