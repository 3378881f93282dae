"""Targets: what is read to find what no folder names: boot images, attributes, claims, compressed files, and disks within disks."""

import random
import struct
import uuid

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.layout.boot_copies import boot_copies
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.unpack import sparse_image, vhd, vhdx
from gifthorse.inspect.unpack.lzvn import lzvn
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.walk.apfs import Apfs
from gifthorse.inspect.walk.claims import Claims, without
from gifthorse.inspect.walk.disc import Disc
from gifthorse.inspect.walk.disc_boot import boot_images
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.ext_attributes import MARK, long_attributes
from gifthorse.inspect.walk.filesystem import Filesystem
from gifthorse.inspect.walk.letters import letters_length
from gifthorse.inspect.walk.udf import Udf
from gifthorse.model.errors import Unreadable
from tests.fuzz.media import SparseMedium
from tests.fuzz.of_media import volumes, whole
from tests.fuzz.target import Target, require
from tests.samples import disk_files

MOST = 1 << 20
PARENT = uuid.UUID(int=5)


def compressed(untrusted_input: bytes) -> None:
    for size in (0, 100, MOST):
        require(len(lzvn(untrusted_input, size)) <= size, "more bytes than were asked for")


def attributes(untrusted_input: bytes) -> None:
    inode, rest = untrusted_input[:256], untrusted_input[256:]
    for kept in long_attributes(inode, 4096, 4096, lambda _at, length: rest[:length]):
        require(kept.size > 0 and kept.at >= 0, "an attribute that lies nowhere")


def claims(untrusted_input: bytes) -> None:
    runs = [(at, length) for at, length in struct.iter_unpack("<HH", untrusted_input[: len(untrusted_input) // 4 * 4])]
    half = len(runs) // 2
    owned = Claims(64, 16)
    owned.add(runs[:half])
    left = list(owned.free(64, 70_000))
    reach = 64
    for start, length in [*left, *without(iter(left), iter(sorted(runs[half:])))][: len(left)]:
        require(start >= reach and length > 0, "stretches that are not in order")
        reach = start + length
    taken = set(runs[half:])
    for start, length in without(iter(left), iter(sorted(taken))):
        require(all(start + length <= first or start >= first + size for first, size in taken if size), "a stretch that was taken out")


def boot(untrusted_input: bytes) -> None:
    for at, length in boot_images(untrusted_input[:2048], lambda at, length: untrusted_input[at : at + length]):
        require(at >= 0 and length > 0, "an image that lies nowhere")


def copies(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    for kind in ("fat32", "exfat", "ntfs"):
        whole_of = Partition(index=0, start=0, length=medium.size, scheme="none", type="", name="", hidden=False, filesystem=kind)
        list(boot_copies(PatientReader(medium), [whole_of]))


def letters(untrusted_input: bytes) -> None:
    require(letters_length(untrusted_input) <= len(untrusted_input), "a table longer than its bytes")


def sparse(untrusted_input: bytes) -> None:
    sparse_image.disk(MemoryContent(untrusted_input)).read(0, MOST)


def changes(untrusted_input: bytes) -> None:
    vhd.lies_beside([MemoryContent(untrusted_input)])
    try:
        vhdx.disk(MemoryContent(untrusted_input)).read(0, MOST)
    finally:
        vhd.lies_beside([])


def unowned(untrusted_input: bytes) -> None:
    """All that no file owns, of whatever filesystem the input can be taken for."""
    medium = SparseMedium(untrusted_input)
    for kind, opener in (("iso9660", Disc), ("udf", Udf), ("apfs", Apfs)):
        try:
            opened: Filesystem = opener(medium, whole(medium, kind))
        except Unreadable:
            continue
        for _entry in opened.entries():
            pass
        for met in opened.recovered(lambda: None):
            require(not isinstance(met, Entry) or all(start >= 0 for start, _length in met.extents or ()), "a run before the medium")


def attribute_seeds() -> list[bytes]:
    entry = struct.pack("<BBHIII", 7, 1, 512, 0, 200, 0) + b"payload\0"
    inside = bytes(128) + struct.pack("<H", 32) + bytes(30) + MARK + struct.pack("<BBHIII", 4, 1, 0, 0, 70, 0) + b"note"
    block = MARK + bytes(28) + entry
    pointing = bytearray(inside.ljust(256, b"\0"))
    pointing[104] = 1
    return [bytes(pointing) + block.ljust(4096, b"x")]


def changed_disk() -> bytes:
    disk, old = b"new words" * 500, b"old words" * 500
    return disk_files.vhdx_of(disk, parent=old, parent_id=PARENT, own_id=PARENT)


def sparse_seeds() -> list[bytes]:
    head = b"sprs" + struct.pack(">IIII", 3, 8, 1, 64)
    return [(head.ljust(64, b"\0") + struct.pack(">III", 3, 1, 2)).ljust(4096, b"\0") + random.Random(1).randbytes(3 * 4096)]


def boot_seeds() -> list[bytes]:
    record = (b"\0CD001\1EL TORITO SPECIFICATION".ljust(71, b"\0") + struct.pack("<I", 1)).ljust(2048, b"\0")
    catalogue = b"\1".ljust(30, b"\0") + b"\x55\xaa" + struct.pack("<BBHBBHI", 0x88, 0, 0, 0, 0, 4, 2).ljust(32, b"\0")
    return [record + (catalogue * 2).ljust(2048, b"\0") + b"\xeb\x3c\x90".ljust(512, b"\0")]


UNREAD = (Damaged, Unsupported, OSError, struct.error)
TARGETS = (
    Target(
        name="unpack.lzvn",
        parse=compressed,
        seeds=lambda: [b"\xe3abc\x0b\x03\xf5\xf0\x30\x06", b"\xe0\x04" + bytes(20) + b"\x1f\x05\0\x06"],
    ),
    Target(name="unpack.sparse-image", parse=sparse, seeds=sparse_seeds, allowed=UNREAD),
    Target(name="unpack.vhdx-changes", parse=changes, seeds=lambda: [changed_disk()], allowed=UNREAD, tries=40, longest=8 << 20),
    Target(name="walk.ext-attributes", parse=attributes, seeds=attribute_seeds),
    Target(name="walk.claims", parse=claims, seeds=lambda: [struct.pack("<8H", 64, 100, 300, 20, 90, 8, 2000, 5)]),
    Target(name="walk.disc-boot", parse=boot, seeds=boot_seeds),
    Target(name="walk.letters", parse=letters, seeds=lambda: [struct.pack("<6H", 0, 1, 2, 0xFFFF, 90, 0x41)]),
    Target(name="walk.unowned", parse=unowned, seeds=lambda: [volumes()[name] for name in ("iso", "udf", "bridge", "apfs")], tries=60),
    Target(name="layout.boot-copies", parse=copies, seeds=lambda: [volumes()[name] for name in ("fat32", "exfat")]),
)
