"""Tells a filesystem by its content, wherever it lies, and how many bytes it states for itself.

Sources: boot sectors in `boot_sectors.py`; ext2-4: kernel.org's ext4 disk layout (superblock at 1024); ECMA-119 (ISO 9660) and ECMA-167
(UDF volume recognition); Apple TN1150 (HFS Plus) and the Apple File System reference; XFS, Btrfs, F2FS, SquashFS, swap, LVM, LUKS and
Linux RAID by the marks that util-linux documents.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from gifthorse.inspect.layout.boot_sectors import boot_volume
from gifthorse.inspect.layout.facts import FARTHEST, Volume
from gifthorse.inspect.layout.patience import PatientReader

HEAD_BYTES: Final = 72 * 1024
ENCRYPTED: Final = frozenset({"luks", "bitlocker", "filevault"})
# Kinds that a Windows or macOS computer shows when a stick carries them.
SHOWN_BY_DESKTOPS: Final = frozenset({"fat12", "fat16", "fat32", "exfat", "ntfs", "hfs+", "hfsx", "apfs", "iso9660", "udf"})
_BTRFS_AT: Final = 0x10040
_ISO_AT: Final = 32768
_FOLDER: Final = 4
_GPT_BYTES: Final = 17408  # the table's first copy with the usual 128 entries


def recognise(reader: PatientReader, start: int, limit: int | None = None) -> Volume | None:
    """The volume that begins at byte *start* of the medium, or None; only the first *limit* bytes from there belong to it."""
    room = reader.size - start if limit is None else min(limit, reader.size - start)
    head = reader.read(start, min(HEAD_BYTES, room))
    if len(head) < 512 or head.count(0) == len(head):
        return None
    found = boot_volume(head) if head[510:512] == b"\x55\xaa" or head[3:11] in {b"NTFS    ", b"EXFAT   "} else None
    found = found or next((volume for check in _CHECKS if (volume := check(head)) is not None), None)
    return None if found is None else _within_reach(found)


def recognise_beside(reader: PatientReader, start: int, limit: int, first: Volume) -> Iterator[Volume]:
    """Whole filesystems of other kinds that begin at the same byte as *first*: which of them a computer shows depends on the computer.

    Only those count whose root folder is where they say, as marks of an older filesystem can be left.
    """
    head = reader.read(start, min(HEAD_BYTES, limit, reader.size - start))
    for check, family, has_root in ((_extended, "ext", _has_ext_root), (_apple, "hfs", None), (_optical, "iso", _has_disc_root)):
        found = check(head) if len(head) >= _GPT_BYTES and not first.kind.startswith(family) else None
        if found is None or first.kind == "udf" or found.kind in {"hfs", "apfs", "udf"}:
            continue
        if has_root is None or has_root(reader, start, head):
            yield _within_reach(found)


def _has_ext_root(reader: PatientReader, start: int, head: bytes) -> bool:
    (shift,) = struct.unpack_from("<I", head, 1048)
    (inode_size,) = struct.unpack_from("<H", head, 1024 + 88)
    block = 1024 << shift
    table_at = struct.unpack("<I", reader.read(start + (block if shift else 2 * block) + 8, 4).ljust(4, b"\0"))[0]
    inode = reader.read(start + table_at * block + max(128, inode_size), 32)
    return table_at > 0 and len(inode) == 32 and inode[1] >> 4 == _FOLDER and int.from_bytes(inode[26:28], "little") > 0


def _has_disc_root(reader: PatientReader, start: int, head: bytes) -> bool:
    for at in range(_ISO_AT, len(head) - 2047, 2048):
        if head[at : at + 6] == b"\1CD001":
            block, unit = struct.unpack_from("<I", head, at + 158)[0], struct.unpack_from("<H", head, at + 128)[0]
            record = reader.read(start + block * unit, 34)
            return len(record) == 34 and record[0] >= 34 and record[2:6] == head[at + 158 : at + 162]
    return False


def _within_reach(volume: Volume) -> Volume:
    """*volume* with no number that is larger than any medium."""
    if volume.length is None or volume.length <= FARTHEST:
        return volume
    spare = tuple(run for run in volume.spare if sum(run) <= FARTHEST)
    return msgspec.structs.replace(volume, length=FARTHEST, spare=spare)


def _extended(head: bytes) -> Volume | None:
    if head[1080:1082] != b"\x53\xef":
        return None
    (blocks,) = struct.unpack_from("<I", head, 1028)
    (shift,) = struct.unpack_from("<I", head, 1048)
    compatible, incompatible = struct.unpack_from("<II", head, 1116)
    if shift > 6 or blocks == 0:
        return None
    if incompatible & 0x80 and len(head) >= 1380:  # 64-bit block numbers
        blocks |= struct.unpack_from("<I", head, 1024 + 336)[0] << 32
    newer = incompatible & 0x2C0  # extents, 64 bit, flexible groups
    kind = "ext4" if newer else "ext3" if compatible & 4 else "ext2"
    first = 512 if head[510:512] == b"\x55\xaa" else 0  # room for a boot sector, which the filesystem leaves alone
    return Volume(kind=kind, length=blocks * (1024 << shift), spare=((first, 1024 - first),))


def _optical(head: bytes) -> Volume | None:
    """ISO 9660 by its primary descriptor; UDF alone by its recognition sequence."""
    kinds = [(head[at], head[at + 1 : at + 6]) for at in range(_ISO_AT, len(head) - 2047, 2048)]
    for number, (kind, mark) in enumerate(kinds):
        if mark == b"CD001" and kind == 1:
            at = _ISO_AT + 2048 * number
            blocks, block = struct.unpack_from("<I", head, at + 80)[0], struct.unpack_from("<H", head, at + 128)[0]
            length = blocks * block if block in {512, 1024, 2048} else None
            return Volume(kind="iso9660", length=length, spare=_system_area(head))
    is_udf = any(mark in {b"NSR02", b"NSR03"} for _kind, mark in kinds)
    return Volume(kind="udf", length=None, spare=_system_area(head)) if is_udf else None


def _system_area(head: bytes) -> tuple[tuple[int, int], ...]:
    """The first 32 KiB of a disc, or what a partition table leaves of them: nothing of the disc itself stands there."""
    if head[512:520] == b"EFI PART":
        first = _GPT_BYTES
    elif head[:2] == b"ER" or head[512:514] == b"PM":
        return ()
    else:
        first = 512 if head[510:512] == b"\x55\xaa" else 0
    return ((first, _ISO_AT - first),)


def _apple(head: bytes) -> Volume | None:
    mark = head[1024:1026]
    if mark in {b"H+", b"HX"} and len(head) >= 1536 and head[1026:1028] in {b"\0\4", b"\0\5"}:
        block, blocks = struct.unpack_from(">II", head, 1024 + 40)
        return Volume(kind="hfs+" if mark == b"H+" else "hfsx", length=block * blocks)
    if mark == b"BD" and len(head) >= 1536:
        blocks, block, first = struct.unpack_from(">H", head, 1042)[0], *struct.unpack_from(">I4xH", head, 1044)
        embedded = head[1024 + 124 : 1024 + 126] == b"H+"
        return Volume(kind="hfs+" if embedded else "hfs", length=block * blocks + first * 512 + 1024)
    if head[32:36] == b"NXSB":
        block, blocks = struct.unpack_from("<IQ", head, 36)
        return Volume(kind="apfs", length=block * blocks)
    return None


def _linux(head: bytes) -> Volume | None:
    if head[:4] == b"XFSB":
        block, blocks = struct.unpack_from(">IQ", head, 4)
        return Volume(kind="xfs", length=block * blocks)
    if head[_BTRFS_AT : _BTRFS_AT + 8] == b"_BHRfS_M":
        return Volume(kind="btrfs", length=struct.unpack_from("<Q", head, 0x10070)[0])
    if head[:4] == b"hsqs":
        return Volume(kind="squashfs", length=struct.unpack_from("<Q", head, 40)[0])
    if head[1024:1028] == b"\x10\x20\xf5\xf2":
        return Volume(kind="f2fs", length=None)
    return None


def _composed(head: bytes) -> Volume | None:
    """What holds other volumes, encrypts them, or is no filesystem at all."""
    marks: tuple[tuple[int, bytes, str], ...] = (
        (0, b"LUKS\xba\xbe", "luks"),
        (512, b"LABELONE", "lvm"),
        (4096, b"\xfc\x4e\x2b\xa9", "linux-raid"),
        (0, b"\xfc\x4e\x2b\xa9", "linux-raid"),
        (4086, b"SWAPSPACE2", "swap"),
        (4086, b"SWAP-SPACE", "swap"),
    )
    return next((Volume(kind=kind, length=None) for at, mark, kind in marks if head[at : at + len(mark)] == mark), None)


_CHECKS: Final[tuple[Callable[[bytes], Volume | None], ...]] = (_composed, _linux, _apple, _extended, _optical)
