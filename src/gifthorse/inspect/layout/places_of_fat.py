"""Where FAT, exFAT and NTFS leave room around their first sectors.

Sources: Microsoft's FAT specification 1.03 (boot sector, FSInfo, backup) and exFAT specification (sections 3 and 4); the boot sector of
NTFS and the fifteen sectors behind it, which `$Boot` holds.
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.boot_sectors import FatShape, exfat_shape, fat_shape
from gifthorse.inspect.layout.facts import HiddenPlace, Partition
from gifthorse.inspect.layout.patience import PatientReader

_SECTOR: Final = 512
_MARK: Final = b"\x55\xaa"
_CODE_END: Final = 510
_FAT_CODE: Final = 62
_FAT32_CODE: Final = 90
_FAT32_RESERVED: Final = HiddenPlace(at=52, length=12)
_SYSTEM_CODE: Final = (2, 8, 12)  # where Windows goes on with its boot program, the backup's too
_INFORMATION: Final = b"RRaA"
_NO_SECTOR: Final = frozenset({0, 0xFFFF})
_EXFAT_REGION: Final = 12
_EXFAT_SUM: Final = 11
_EXFAT_PROGRAM: Final = range(1, 9)  # sectors with a mark at their ends
_NTFS_CODE: Final = 84
_NTFS_BOOT: Final = 16


def fat_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """The boot program, what is left of its sector and of the reserved sectors, and the empty fields of FSInfo."""
    boot = reader.read(partition.start, _SECTOR)
    shape = fat_shape(boot)
    if shape is None:
        return
    yield _code(0, _FAT32_CODE if shape.bits == 32 else _FAT_CODE)
    yield HiddenPlace(at=_SECTOR, length=shape.sector_size - _SECTOR)
    if shape.bits != 32:
        yield from (HiddenPlace(at=number * shape.sector_size, length=shape.sector_size) for number in range(1, min(2, shape.reserved)))
        return
    yield _FAT32_RESERVED
    information, backup = struct.unpack_from("<HH", boot, 48)
    for number in range(1, min(16, shape.reserved)):
        yield from _reserved_sector(reader, partition, shape, number, information=information, backup=backup)


def _reserved_sector(
    reader: PatientReader, partition: Partition, shape: FatShape, number: int, *, information: int, backup: int
) -> Iterator[HiddenPlace]:
    """The empty parts of reserved sector *number* of a FAT32 volume."""
    at = number * shape.sector_size
    head = reader.read(partition.start + at, _SECTOR)
    if number == backup and head[_CODE_END:] == _MARK:
        yield _code(at, _FAT32_CODE)
        yield HiddenPlace(at=at + _FAT32_RESERVED.at, length=_FAT32_RESERVED.length)
        yield HiddenPlace(at=at + _SECTOR, length=shape.sector_size - _SECTOR)
    elif head[:4] == _INFORMATION and number in {information, information + backup}:
        yield HiddenPlace(at=at + 4, length=480)
        yield HiddenPlace(at=at + 496, length=12)
        yield HiddenPlace(at=at + _SECTOR, length=shape.sector_size - _SECTOR)
    elif number in _SYSTEM_CODE:
        yield HiddenPlace(at=at, length=shape.sector_size, program=True)
    elif number in {1, 6, 7}:
        yield HiddenPlace(at=at, length=_CODE_END)


def exfat_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """Of both boot regions the program, the empty fields and the sector of sums where it holds none; and what is left of the table."""
    boot = reader.read(partition.start, _SECTOR)
    shape = exfat_shape(boot)
    if shape is None:
        return
    unit = shape.sector_size
    for region in (0, _EXFAT_REGION * unit):
        yield HiddenPlace(at=region + 11, length=53)
        yield HiddenPlace(at=region + 113, length=7)
        yield _code(region, 120)
        yield HiddenPlace(at=region + _SECTOR, length=unit - _SECTOR)
        sums = reader.read(partition.start + region + _EXFAT_SUM * unit, unit)
        if sums != sums[:4] * (unit // 4):
            yield HiddenPlace(at=region + _EXFAT_SUM * unit, length=unit)
    for number in range(1, _EXFAT_SUM):  # of the first region the boot sector's reader tells
        room = unit - 4 if number in _EXFAT_PROGRAM else unit
        yield HiddenPlace(at=(_EXFAT_REGION + number) * unit, length=room)
    used = 4 * (shape.clusters + 2)
    if used < shape.table_sectors * unit:
        yield HiddenPlace(at=shape.table_at * unit + used, length=shape.table_sectors * unit - used)


def ntfs_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """The boot program in the first sixteen sectors, and its copy behind the last sector of the volume."""
    boot = reader.read(partition.start, _SECTOR)
    if len(boot) < _SECTOR:
        return
    yield _code(0, _NTFS_CODE)
    (sector,) = struct.unpack_from("<H", boot, 11)
    if sector == _SECTOR:
        yield HiddenPlace(at=_SECTOR, length=(_NTFS_BOOT - 1) * _SECTOR, program=True)
        copy = struct.unpack_from("<Q", boot, 40)[0] * sector
        if reader.read(partition.start + copy, _SECTOR)[_CODE_END:] == _MARK:
            yield _code(copy, _NTFS_CODE)


def _code(at: int, begins: int) -> HiddenPlace:
    return HiddenPlace(at=at + begins, length=_CODE_END - begins, program=True, first=True)
