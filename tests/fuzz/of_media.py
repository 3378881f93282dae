"""Targets: what lies on a medium as such, its tables, boot sectors and directories."""

import contextlib
import struct
import uuid
from collections.abc import Sequence
from functools import cache

from gifthorse.demonstration.media import Format, Volume
from gifthorse.demonstration.partitioning import Scheme
from gifthorse.demonstration.placed_file import PlacedFile
from gifthorse.inspect.layout.apple import read_apple_map
from gifthorse.inspect.layout.boot_sectors import boot_volume, exfat_shape, fat_shape
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.filesystems import recognise
from gifthorse.inspect.layout.gpt import read_gpt
from gifthorse.inspect.layout.mbr import read_mbr
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.layout.reading import read_layout
from gifthorse.inspect.medium_signs import is_medium
from gifthorse.inspect.walk.apfs import Apfs
from gifthorse.inspect.walk.disc import Disc
from gifthorse.inspect.walk.ext_attributes import long_attributes
from gifthorse.inspect.walk.filesystem import Filesystem
from gifthorse.inspect.walk.own_reading import READ_BY_US, own_entries
from gifthorse.inspect.walk.raw_exfat import raw_exfat
from gifthorse.inspect.walk.raw_ext import raw_ext
from gifthorse.inspect.walk.raw_fat import raw_fat
from gifthorse.inspect.walk.second_fat import FatLook
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.inspect.walk.udf import Udf
from gifthorse.model.errors import Unreadable
from tests.fuzz.media import SparseMedium, packed
from tests.fuzz.target import Target, require
from tests.samples import apple_disks, archives, discs, disks, ext_disks

MOST_READ = 1 << 20
MOST_FILES = 50
FILES = {"a.txt": b"hello", "folder/a rather long name.jpeg": b"x" * 3000, "folder/inner/b": b"y" * 900}


def layout(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    found = read_layout(medium)
    at = 0
    for stretch in sorted(found.ranges, key=lambda one: one.start):
        require(stretch.start == at, f"the ranges leave or share bytes at {at}")
        at += stretch.length
    require(at == medium.size, f"the ranges end at {at} of {medium.size}")


def tables(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    is_medium(medium.read(0, 65536), medium.size)
    for sector_size in (512, 4096):
        read_mbr(PatientReader(medium), sector_size)
    read_gpt(PatientReader(medium))
    read_apple_map(PatientReader(medium))
    recognise(PatientReader(medium), 0, medium.size)


def boot_sector(untrusted_input: bytes) -> None:
    fat_shape(untrusted_input)
    exfat_shape(untrusted_input)
    boot_volume(untrusted_input)


def fat(untrusted_input: bytes) -> None:
    _raw(untrusted_input, "fat")


def exfat(untrusted_input: bytes) -> None:
    _raw(untrusted_input, "exfat")


def _raw(untrusted_input: bytes, kind: str) -> None:
    medium = SparseMedium(untrusted_input)
    reader = PatientReader(medium)
    volume = raw_exfat(reader, 0) if kind == "exfat" else raw_fat(reader, 0)
    if volume is None:
        return
    volume.listing()
    look = FatLook(volume, whole(medium, kind), reader)
    for entry, _finding in look.unlisted(set()):
        require(entry.extents is None or all(start >= 0 and length >= 0 for start, length in entry.extents), "a run before the medium")
        look.flags(entry.inode or 0)
        look.runs(entry.inode or 0)


def disc(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    _read_all(Disc(medium, whole(medium, "iso9660")))


def udf(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    _read_all(Udf(medium, whole(medium, "udf")))


def apfs(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    _read_all(Apfs(medium, whole(medium, "apfs")))


def ext(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    volume = raw_ext(PatientReader(medium), whole(medium, "ext2"))
    for entry in volume.entries() if volume is not None else ():
        require(entry.extents is None or all(start >= 0 and length >= 0 for start, length in entry.extents), "a run before the medium")


def listed_volume(untrusted_input: bytes) -> None:
    """The whole listing of FAT and exFAT: what the Sleuth Kit names, what our second look adds, and what lies in its free space.

    Of the others, what the Sleuth Kit opens can wait in C for minutes; the coordinator's clock ends that, and then our reader lists.
    """
    medium = SparseMedium(untrusted_input)
    volume = recognise(PatientReader(medium), 0, medium.size)
    if volume is None or volume.kind not in READ_BY_US:
        return
    if volume.kind.startswith("ext"):
        list(own_entries(medium, whole(medium, volume.kind)))
        return
    partition = whole(medium, volume.kind)
    opened = open_filesystem(medium, partition)
    for number, entry in enumerate(opened.entries()):
        if not entry.folder and number < MOST_FILES:
            with contextlib.suppress(OSError):  # the coordinator is told
                opened.content(entry).read(0, MOST_READ)
    list(opened.recovered(lambda: None))
    require(all(one.partition == 0 for one in own_entries(medium, partition)), "an entry of another partition")


def attributes(untrusted_input: bytes) -> None:
    """The first 256 bytes are an inode, the rest is the volume."""
    volume = untrusted_input[256:]
    for kept in long_attributes(untrusted_input[:256], 0, 1024, lambda at, length: volume[at : at + length]):
        require(kept.size > 0 and kept.at >= 0, "an attribute without a place")


def inodes() -> list[bytes]:
    entry = b"\x04\1" + struct.pack("<HIII", 300, 0, 400, 0) + b"name"
    inside = bytes(128) + b"\x20\0" + bytes(30) + b"\0\0\2\xea" + b"\x02\1" + struct.pack("<HIII", 8, 0, 80, 0) + b"ab"
    block = b"\0\0\2\xea" + bytes(28) + entry + b"\x01\6" + struct.pack("<HIII", 0, 12, 2000, 0) + b"c\0\0\0"
    elsewhere = bytearray(inside.ljust(256, b"\0"))
    elsewhere[104:108] = b"\1\0\0\0"
    return [inside.ljust(256, b"\0"), bytes(elsewhere) + bytes(1024) + block.ljust(1024, b"\0")]


def _read_all(opened: Filesystem) -> None:
    for count, entry in enumerate(opened.entries()):
        require(entry.extents is None or all(start >= 0 and length >= 0 for start, length in entry.extents), "a run before the medium")
        if not entry.folder and count < MOST_FILES:
            opened.content(entry).read(0, MOST_READ)


def whole(medium: SparseMedium, kind: str) -> Partition:
    return Partition(index=0, start=0, length=medium.size, scheme="none", type="", name="", hidden=False, filesystem=kind)


@cache
def volumes() -> dict[str, bytes]:
    return {
        "fat12": packed(disks.own_volume(Format.FAT12, FILES)),
        "fat16": packed(disks.own_volume(Format.FAT16, FILES)),
        "fat32": packed(disks.own_volume(Format.FAT32, FILES)),
        "exfat": packed(disks.own_volume(Format.EXFAT, FILES)),
        "ext2": packed(ext_disks.ext2_of({"a.txt": b"hello", "b.bin": b"x" * 3000})),
        "apfs": packed(
            apple_disks.container(
                {
                    "a.txt": b"hello",
                    "b": apple_disks.Placed(content=b"x" * 5000, hole=4096, streams={"com.apple.ResourceFork": b"y" * 600}),
                    "c": apple_disks.Placed(flags=0x20, attributes={"com.apple.decmpfs": apple_disks.folded(3, b"plain " * 90)}),
                }
            )
        ),
        "udf": packed(discs.without_iso(discs.bridge({"a.txt": b"hello", "folder/b näme.bin": b"y" * 5000}))),
        "bridge": packed(discs.bridge({"a.txt": b"hello"}, {"B.TXT": b"x"})),
        "iso": packed(archives.iso_of({"a.txt": b"hello", "b long name.jpeg": b"x" * 3000})),
    }


@cache
def media() -> list[bytes]:
    parts = [Volume(format=Format.FAT12, size=1 << 20, files=[PlacedFile(path="a.txt", content=b"hello")], label="ONE")]
    made = [disks.own_medium(parts, scheme=scheme) for scheme in (Scheme.MBR, Scheme.GPT)]
    chain = disks.mbr_medium(1 << 20, (512 * 64, bytes(512 * 100), 0x05), (512 * 400, bytes(512 * 100), 0x07))
    apple = b"ER\x02\x00".ljust(512, b"\0") + b"".join(
        b"PM\0\0" + (2).to_bytes(4) + (start).to_bytes(4) + (60).to_bytes(4) + b"disk".ljust(32, b"\0") + kind.ljust(32, b"\0") + bytes(432)
        for start, kind in ((1, b"Apple_partition_map"), (64, b"Apple_HFS"))
    )
    return [*(packed(image) for image in made), packed(chain), packed(apple.ljust(1 << 16, b"\0")), packed(uuid.NAMESPACE_DNS.bytes * 64)]


def boot_sectors() -> Sequence[bytes]:
    return [seed[8:520] for seed in volumes().values()]


def listed(*names: str) -> list[bytes]:
    return [volumes()[name] for name in names]


TARGETS = (
    Target(name="layout", parse=layout, seeds=lambda: [*media(), *listed("fat12", "exfat")], tries=100),
    Target(name="layout.tables", parse=tables, seeds=lambda: [*media(), *volumes().values()]),
    Target(name="layout.boot-sectors", parse=boot_sector, seeds=boot_sectors, tries=1000),
    Target(name="walk.listed", parse=listed_volume, seeds=lambda: listed("fat12", "exfat", "ext2"), allowed=(Unreadable,), tries=150),
    Target(name="walk.fat", parse=fat, seeds=lambda: listed("fat12", "fat16", "fat32")),
    Target(name="walk.exfat", parse=exfat, seeds=lambda: listed("exfat")),
    Target(name="walk.disc", parse=disc, seeds=lambda: listed("iso", "bridge"), allowed=(Unreadable,)),
    Target(name="walk.udf", parse=udf, seeds=lambda: listed("udf"), allowed=(Unreadable,)),
    Target(name="walk.apfs", parse=apfs, seeds=lambda: listed("apfs"), allowed=(Unreadable,)),
    Target(name="walk.ext-attributes", parse=attributes, seeds=inodes),
    Target(name="walk.ext", parse=ext, seeds=lambda: listed("ext2")),
)
