"""Words, a program and an archive in each place that a filesystem or a table leaves empty; and what tools write there, silent."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from gifthorse.demonstration.media import Format, PlacedFile, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.model.findings import Finding, Severity
from tests.samples.apple_disks import container
from tests.samples.archives import iso_of
from tests.samples.discs import bridge, without_iso
from tests.samples.disks import (
    INERT_PROGRAM,
    MIB,
    ext_by_tools,
    fat_by_tools,
    layout_of,
    ntfs_by_tools,
    own_medium,
    own_volume,
    run,
    with_bytes,
)
from tests.samples.hfs_disks import hfs_of

FILES = {"a.txt": b"a"}
WORDS = b"the gardener leaves the key below the second pot\n" * 5
SECTOR = 512
INFO = ("layout.gap-with-data", Severity.INFO)


def gaps(image: bytes) -> list[Finding]:
    return [finding for finding in layout_of(image).findings if finding.id == "layout.gap-with-data"]


def told(image: bytes) -> list[tuple[str, Severity]]:
    return [(finding.id, finding.severity) for finding in gaps(image)]


def number(image: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(image[at : at + size], "little")


def fat_places(_image: bytes) -> list[int]:
    return [120, SECTOR + 10, 2 * SECTOR, 5 * SECTOR, 6 * SECTOR + 120, 7 * SECTOR + 10, 8 * SECTOR, 12 * SECTOR]


def exfat_places(image: bytes) -> list[int]:
    table_end = (number(image, 80) + number(image, 84)) * SECTOR
    regions = [start * SECTOR + at for start in (0, 12) for at in (130, 3 * SECTOR, 9 * SECTOR, 10 * SECTOR, 11 * SECTOR)]
    return [*regions, table_end - 300]


def hfs_places(image: bytes) -> list[int]:
    return [100, 700, 1600, len(image) - 4000, len(image) - 500]


def apfs_places(_image: bytes) -> list[int]:
    return [2100]


def iso_places(image: bytes) -> list[int]:
    descriptor = 16 * 2048
    last = next(at for at in range(descriptor, len(image), 2048) if image[at] == 255)
    path_table = number(image, descriptor + 140) * 2048 + number(image, descriptor + 132)
    return [1000, descriptor + 890, descriptor + 1500, last + 100, path_table + 20]


def udf_places(image: bytes) -> list[int]:
    _length, first = struct.unpack_from("<II", image, 256 * 2048 + 16)
    kinds = {number(image, at * 2048, 2): at * 2048 for at in range(first, first + 16)}
    return [1000, 16 * 2048 + 40, 256 * 2048 + 100, kinds[5] + 400, kinds[8] + 100, kinds[1] + 600]


MADE: dict[str, tuple[Callable[[], bytes], Callable[[bytes], list[int]]]] = {
    "fat32": (lambda: own_volume(Format.FAT32, FILES), fat_places),
    "exfat": (lambda: own_volume(Format.EXFAT, FILES, size=16 * MIB), exfat_places),
    "hfs+": (lambda: hfs_of(FILES), hfs_places),
    "apfs": (lambda: container(FILES), apfs_places),
    "iso": (lambda: iso_of(FILES), iso_places),
    "udf": (lambda: without_iso(bridge(FILES)), udf_places),
}


@pytest.mark.parametrize("kind", MADE)
def test_words_in_every_place_that_a_filesystem_leaves_empty_are_told(kind: str) -> None:
    make, places = MADE[kind]
    image = make()
    assert told(image) == []
    for at in places(image):
        (finding,) = gaps(with_bytes(image, (at, WORDS)))
        assert finding.severity is Severity.INFO
        offset = finding.evidence[0].medium_offset
        assert offset is not None
        assert at <= offset < at + len(WORDS)


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize(
    "options", [("-b", "1024"), ("-b", "4096"), ("-b", "1024", "-O", "^sparse_super,^resize_inode"), ("-O", "^has_journal")]
)
def test_words_around_the_superblock_of_linux_and_its_copies_are_told(tmp_path: Path, options: tuple[str, ...]) -> None:
    image = ext_by_tools(tmp_path, FILES, options=options, size=40 * MIB).read_bytes()
    assert told(image) == []
    block, first = 1024 << number(image, 1048), number(image, 1044)
    groups = -(-(number(image, 1028) - first) // number(image, 1056))
    descriptors = (first + 1) * block
    places = [100, 600, 1024 + 0x2A0, 1024 + 0x205, descriptors + block - 300, number(image, descriptors + 4) * block + block - 300]
    places += [2048] if block > 1024 else []
    if groups > 1:
        copy = (first + number(image, 1056)) * block
        places += [copy + 0x2A0, copy + 2 * block - 300]
    for at in places:
        assert told(with_bytes(image, (at, WORDS[:50]))) == [INFO]


@pytest.mark.needs_disk_tools
def test_words_in_the_boot_program_of_ntfs_and_its_copy_are_told(tmp_path: Path) -> None:
    image = ntfs_by_tools(tmp_path, FILES).read_bytes()
    assert told(image) == []
    for at in (160, 5 * SECTOR, 15 * SECTOR, number(image, 40, 8) * SECTOR + 160):
        assert told(with_bytes(image, (at, WORDS))) == [INFO]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("bits", [12, 16, 32])
def test_what_the_tool_for_fat_writes_is_silent_and_words_in_its_place_are_not(tmp_path: Path, bits: int) -> None:
    image = fat_by_tools(tmp_path, FILES, bits=bits, size={12: 2, 16: 32, 32: 64}[bits] * MIB).read_bytes()
    assert told(image) == []
    assert told(with_bytes(image, (200, WORDS))) == [INFO]


@pytest.mark.needs_disk_tools
def test_sectors_of_four_kibibytes_have_empty_rests(tmp_path: Path) -> None:
    image = fat_by_tools(tmp_path, FILES, size=300 * MIB, sector=4096)
    body = image.read_bytes()
    assert told(body) == []
    for at in (600, 4096 + 600, 6 * 4096 + 600):
        assert told(with_bytes(body, (at, WORDS))) == [INFO]


def packed() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"x" * 20)
    return out.getvalue()


@pytest.mark.parametrize(
    ("hidden", "severity", "mark"), [(INERT_PROGRAM[:380], Severity.MEDIUM, "Windows program"), (packed(), Severity.INFO, "zip archive")]
)
def test_programs_and_archives_need_not_begin_at_a_sector_there(hidden: bytes, severity: Severity, mark: str) -> None:
    for image, at in ((own_volume(Format.FAT32, FILES), 101), (own_volume(Format.FAT32, FILES), 3 * SECTOR + 7), (hfs_of(FILES), 1603)):
        (finding,) = gaps(with_bytes(image, (at, hidden)))
        assert finding.severity is severity
        assert finding.evidence[1].excerpt == mark
        assert finding.evidence[1].medium_offset == at


def test_a_boot_sector_without_a_program_says_so_when_it_is_filled() -> None:
    image = own_volume(Format.FAT16, FILES)
    filled = bytes(byte * 7 % 251 | 0x80 for byte in range(300))
    assert told(with_bytes(image, (70, filled))) == [INFO]
    assert told(with_bytes(image, (70, b"\xcd\x13" + filled))) == []
    assert told(with_bytes(image, (70, b"\xf4\xeb\xfd"))) == []


@pytest.mark.parametrize("scheme", [Scheme.MBR, Scheme.GPT])
def test_words_in_the_first_sector_of_a_divided_medium_are_told(scheme: Scheme) -> None:
    image = own_medium([Volume(format=Format.FAT16, size=8 * MIB, files=[PlacedFile(path="a.txt", content=b"a")])], scheme=scheme)
    assert told(image) == []
    assert told(with_bytes(image, (20, WORDS))) == [INFO]
    loader = b"\xcd\x13" + b"Invalid partition table\0Error loading operating system\0Missing operating system\0"
    assert told(with_bytes(image, (20, loader))) == []


def test_words_in_an_entry_of_a_table_that_names_nothing_are_told() -> None:
    image = own_medium([Volume(format=Format.FAT16, size=8 * MIB, files=[PlacedFile(path="a.txt", content=b"a")])], scheme=Scheme.GPT)
    assert INFO in told(with_bytes(image, (2 * SECTOR + 5 * 128 + 56, WORDS[:60])))


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("options", [(), ("-J", "-R"), ("-udf",), ("-iso-level", "4")])
def test_what_burning_tools_write_is_silent(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.txt").write_bytes(b"a")
    run("genisoimage", "-quiet", *options, "-o", tmp_path / "one.iso", tmp_path / "source")
    run("xorriso", "-as", "mkisofs", "-r", "-o", tmp_path / "two.iso", tmp_path / "source")
    for name in ("one.iso", "two.iso"):
        assert told((tmp_path / name).read_bytes()) == []


def test_a_block_of_apples_checkpoints_that_is_no_object_is_told() -> None:
    image = bytearray(container(FILES))
    image += bytes(4096 * 8)
    blocks = len(image) // 4096
    struct.pack_into("<Q", image, 40, blocks)
    struct.pack_into("<II", image, 104, 4, 3)
    struct.pack_into("<QQ", image, 112, blocks - 7, blocks - 3)
    assert told(bytes(image)) == []
    for block in (blocks - 6, blocks - 2):
        assert told(with_bytes(bytes(image), (block * 4096 + 64, WORDS))) == [INFO]
