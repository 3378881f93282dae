"""Boot sectors that a filesystem keeps twice: whether the copy says what the first says.

Sources: Microsoft's FAT specification 1.03 (backup boot sector, word at 50) and exFAT specification (section 3: backup boot region of
twelve sectors; the flags at 106 and the share in use at 112 may differ); NTFS keeps the copy in the sector behind its last.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Complaint, Partition, Trouble
from gifthorse.inspect.layout.patience import PatientReader

_SECTOR: Final = 512
# What tools change in the first alone: a mark that the volume is in use, its serial number and its label.
_FAT_MAY_DIFFER: Final = range(65, 82)
_EXFAT_MAY_DIFFER: Final = (106, 107, 112)
_EXFAT_SECTORS: Final = 12
_EXFAT_SUM: Final = 11  # the sector that holds the sum of those before it


def boot_copies(reader: PatientReader, partitions: Iterable[Partition]) -> Iterator[Complaint]:
    """A complaint for each copy of a boot sector that says something else than the first."""
    for partition in partitions:
        boot = reader.read(partition.start, _SECTOR)
        found = _copy_of(boot, partition) if len(boot) == _SECTOR else None
        if found is None:
            continue
        at, length, differing = found
        first = reader.read(partition.start, length)
        copy = reader.read(partition.start + at, length)
        if len(copy) == length == len(first) and copy.strip(b"\0") and _without(first, differing) != _without(copy, differing):
            yield Complaint(trouble=Trouble.BOOT_COPY, offset=partition.start + at, length=length)


def _copy_of(boot: bytes, partition: Partition) -> tuple[int, int, Iterable[int]] | None:
    """(first byte of the copy in its partition, length, bytes that may differ); None where there is no copy in the partition."""
    kind = partition.filesystem
    (sector,) = struct.unpack_from("<H", boot, 11)
    if kind == "fat32":
        (number,) = struct.unpack_from("<H", boot, 50)
        at, length, differing = number * sector, _SECTOR, _FAT_MAY_DIFFER
    elif kind == "ntfs":
        at, length, differing = struct.unpack_from("<Q", boot, 40)[0] * sector, _SECTOR, range(0)
    elif kind == "exfat" and boot[108] in range(9, 13):
        size = 1 << boot[108]
        at, length = _EXFAT_SECTORS * size, _EXFAT_SUM * size
        return at, length, _EXFAT_MAY_DIFFER
    else:
        return None
    return (at, length, differing) if 0 < at <= partition.length - length else None


def _without(piece: bytes, places: Iterable[int]) -> bytes:
    kept = bytearray(piece)
    for place in places:
        kept[place] = 0
    return bytes(kept)
