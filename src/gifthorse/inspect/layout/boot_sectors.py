"""Filesystems that state themselves in a PC boot sector: FAT12/16/32, exFAT, NTFS, and what encrypts or replaces them.

Sources: Microsoft's FAT specification 1.03 (section 3) and exFAT specification (sections 3 and 5); the NTFS boot sector (number of sectors
at byte 40, one more holds the backup); BitLocker's mark at byte 3, or its GUID at byte 424 for BitLocker To Go.
"""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import Volume

_BOOT_BYTES: Final = 512
_SECTOR_SIZES: Final = frozenset({512, 1024, 2048, 4096})
_BITLOCKER_GUIDS: Final = (
    bytes.fromhex("3bd66749292ed84a8399f6a339e3d001"),
    bytes.fromhex("3b4da892806ed84a8399f6a339e3d001"),
)
# Sectors that Windows and mkfs.fat use at the start of FAT32: boot sector, FSInfo, their backups, and boot code up to sector 13.
_FAT32_USED: Final = 16
_FAT32_EMPTY: Final = ((3, 6), (9, 12), (13, 16))  # between the boot sectors, their backups, and the boot code in sector 12

_EXFAT_BOOT_PROGRAM: Final = range(1, 9)


class FatShape(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of a FAT volume, in sectors unless said otherwise; `bits` is 12, 16 or 32."""

    bits: int
    sector_size: int
    cluster_sectors: int
    reserved: int
    copies: int
    table_sectors: int
    root_entries: int
    root_cluster: int
    total: int

    @property
    def root_sector(self) -> int:
        """Where the fixed root folder of FAT12/16 begins."""
        return self.reserved + self.copies * self.table_sectors

    @property
    def root_sectors(self) -> int:
        """Sectors of the fixed root folder; 0 on FAT32."""
        return -(-self.root_entries * 32 // self.sector_size)

    @property
    def data_sector(self) -> int:
        """Where cluster 2 begins."""
        return self.root_sector + self.root_sectors

    @property
    def clusters(self) -> int:
        """Number of clusters; the first is number 2."""
        return max(0, self.total - self.data_sector) // self.cluster_sectors


def fat_shape(untrusted_boot: bytes) -> FatShape | None:
    """The measures that a FAT boot sector states, or None when they can't be those of a FAT volume."""
    if len(untrusted_boot) < 512 or untrusted_boot[0] not in {0xEB, 0xE9, 0x00, 0x60}:
        return None
    sector, per_cluster, reserved, copies, roots, small, media, table16 = struct.unpack_from("<HBHBHHBH", untrusted_boot, 11)
    large, table32 = struct.unpack_from("<II", untrusted_boot, 32)
    (root_cluster,) = struct.unpack_from("<I", untrusted_boot, 44)
    table, total = table16 or table32, small or large
    sound = sector in _SECTOR_SIZES and per_cluster.bit_count() == 1 and reserved > 0 and 1 <= copies <= 4 and media >= 0xF0
    if not sound or table == 0 or total == 0:
        return None
    fixed = FatShape(
        bits=32,
        sector_size=sector,
        cluster_sectors=per_cluster,
        reserved=reserved,
        copies=copies,
        table_sectors=table,
        root_entries=roots,
        root_cluster=root_cluster,
        total=total,
    )
    if fixed.data_sector >= total:
        return None
    return msgspec.structs.replace(fixed, bits=_bits(fixed, table16))


def _bits(shape: FatShape, table16: int) -> int:
    """The number of clusters alone decides between FAT12 and FAT16; FAT32 has no 16-bit table size and no fixed root folder."""
    if table16 == 0 and shape.root_entries == 0:
        return 32
    return 12 if shape.clusters < 4085 else 16


class ExfatShape(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of an exFAT volume, in sectors of `sector_size` bytes."""

    sector_size: int
    cluster_sectors: int
    table_at: int
    table_sectors: int
    heap_at: int
    clusters: int
    root_cluster: int
    total: int


def exfat_shape(untrusted_boot: bytes) -> ExfatShape | None:
    """The measures that an exFAT boot sector states, or None when it is none."""
    if len(untrusted_boot) < 512 or untrusted_boot[3:11] != b"EXFAT   ":
        return None
    (total,) = struct.unpack_from("<Q", untrusted_boot, 72)
    table_at, table_sectors, heap_at, clusters, root = struct.unpack_from("<5I", untrusted_boot, 80)
    sector_shift, cluster_shift = untrusted_boot[108], untrusted_boot[109]
    if not 9 <= sector_shift <= 12 or cluster_shift > 25 - sector_shift or clusters == 0:
        return None
    return ExfatShape(
        sector_size=1 << sector_shift,
        cluster_sectors=1 << cluster_shift,
        table_at=table_at,
        table_sectors=table_sectors,
        heap_at=heap_at,
        clusters=clusters,
        root_cluster=root,
        total=total,
    )


def boot_volume(untrusted_boot: bytes) -> Volume | None:
    """The volume whose boot sector this is, or None."""
    if len(untrusted_boot) < _BOOT_BYTES:
        return None  # the medium ends within it
    name = untrusted_boot[3:11]
    if name == b"-FVE-FS-" or untrusted_boot[424:440] in _BITLOCKER_GUIDS:
        return Volume(kind="bitlocker", length=None)
    if name == b"ReFS\0\0\0\0":
        return Volume(kind="refs", length=_refs_length(untrusted_boot))
    if name == b"NTFS    ":
        return _ntfs(untrusted_boot)
    exfat = exfat_shape(untrusted_boot)
    if exfat is not None:
        return _exfat(exfat)
    shape = fat_shape(untrusted_boot)
    return None if shape is None else _fat(shape)


def _fat(shape: FatShape) -> Volume:
    unit = shape.sector_size
    used = min(_FAT32_USED if shape.bits == 32 else 2, shape.reserved)
    stretches = [(used * unit, shape.reserved * unit)]
    if shape.bits == 32 and shape.reserved >= _FAT32_USED:
        stretches += [(start * unit, end * unit) for start, end in _FAT32_EMPTY]
    table_bytes = -(-(shape.clusters + 2) * shape.bits // 8)
    for copy in range(shape.copies):
        begins = (shape.reserved + copy * shape.table_sectors) * unit
        stretches.append((begins + table_bytes, begins + shape.table_sectors * unit))
    stretches.append(((shape.data_sector + shape.clusters * shape.cluster_sectors) * unit, shape.total * unit))
    spare = tuple((start, end - start) for start, end in stretches if start < end)
    return Volume(kind=f"fat{shape.bits}", length=shape.total * unit, spare=spare)


def _exfat(shape: ExfatShape) -> Volume:
    """Both boot regions take 24 sectors; between them, the table and the cluster heap there may be room that nothing uses."""
    table_end = shape.table_at + shape.table_sectors
    heap_end = shape.heap_at + shape.clusters * shape.cluster_sectors
    stretches = ((24, shape.table_at), (table_end, shape.heap_at), (heap_end, shape.total))
    unit = shape.sector_size
    spare = tuple((start * unit, (end - start) * unit) for start, end in stretches if start < end <= shape.total)
    return Volume(kind="exfat", length=shape.total * unit, spare=(*_exfat_boot_spare(unit), *spare))


def _exfat_boot_spare(unit: int) -> Iterator[tuple[int, int]]:
    """The sectors for larger boot programs (up to the mark at their ends), for makers' parameters, and the reserved one: usually empty."""
    for number in _EXFAT_BOOT_PROGRAM:
        yield number * unit, unit - 4
    for number in (_EXFAT_BOOT_PROGRAM.stop, _EXFAT_BOOT_PROGRAM.stop + 1):
        yield number * unit, unit


def _ntfs(untrusted_boot: bytes) -> Volume | None:
    (sector,) = struct.unpack_from("<H", untrusted_boot, 11)
    (sectors,) = struct.unpack_from("<Q", untrusted_boot, 40)
    if sector not in _SECTOR_SIZES or sectors == 0:
        return None
    left = sectors % (untrusted_boot[13] or 1)  # too few for a cluster
    spare = (((sectors - left) * sector, left * sector),) if left and untrusted_boot[13] <= 0x80 else ()
    return Volume(kind="ntfs", length=(sectors + 1) * sector, spare=spare)


def _refs_length(untrusted_boot: bytes) -> int | None:
    sectors, sector = struct.unpack_from("<QI", untrusted_boot, 24)
    return sectors * sector if sector in _SECTOR_SIZES else None
