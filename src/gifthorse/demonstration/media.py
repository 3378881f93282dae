"""Writes small memory sticks and camera cards for the demonstration: partition tables and FAT or exFAT volumes, in plain Python.

Nothing here is mounted and no program is called, so the demonstration needs no Debian package and no root.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import BinaryIO, Final

from gifthorse.demonstration.exfat_volume import write_exfat
from gifthorse.demonstration.fat_volume import write_fat
from gifthorse.demonstration.partitioning import Scheme, Share, write_table
from gifthorse.demonstration.placed_file import PlacedFile

MIB: Final = 1024 * 1024
ALIGNMENT: Final = MIB
__all__ = ["MIB", "Format", "PlacedFile", "Scheme", "Volume", "write_medium"]


class Format(StrEnum):
    """The filesystem of a volume."""

    FAT12 = "fat12"
    FAT16 = "fat16"
    FAT32 = "fat32"
    EXFAT = "exfat"


@dataclass(frozen=True, kw_only=True)
class Volume:
    """One volume of a medium: `size` bytes with `files`; `hidden` gives its partition a type that Windows does not show."""

    format: Format
    size: int
    files: Sequence[PlacedFile] = ()
    label: str = ""
    hidden: bool = False
    name: str = ""
    made: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def write_medium(target: BinaryIO, volumes: Sequence[Volume], *, scheme: Scheme = Scheme.MBR, size: int | None = None) -> int:
    """*target* holds a medium with *volumes*, the rest zeros; returns its size in bytes.

    Partitions begin at whole MiB. Without a table (`Scheme.NONE`) there is exactly one volume, at byte 0. *size* makes the medium larger
    than its partitions need. Raises ValueError when something does not fit.
    """
    if scheme is Scheme.NONE and len(volumes) != 1:
        raise ValueError("A medium without a partition table holds exactly one volume: choose Scheme.MBR or Scheme.GPT.")
    start = 0 if scheme is Scheme.NONE else ALIGNMENT
    shares = []
    for volume in volumes:
        length = volume.size if scheme is Scheme.NONE else -(-volume.size // ALIGNMENT) * ALIGNMENT
        shares.append(Share(start=start, length=length, format=volume.format.value, hidden=volume.hidden, name=volume.name))
        start += length
    needed = start + (ALIGNMENT if scheme is Scheme.GPT else 0)
    total = size or needed
    if total < needed:
        raise ValueError(f"The volumes need {needed} bytes, the medium has {total}: make it larger.")
    target.seek(total - 1)
    target.write(b"\0")  # also a buffer in memory grows by it; in a file the rest stays a hole
    for volume, share in zip(volumes, shares, strict=True):
        _write_volume(target, volume, share)
    write_table(target, scheme, shares, total)
    return total


def _write_volume(target: BinaryIO, volume: Volume, share: Share) -> None:
    if volume.format is Format.EXFAT:
        write_exfat(target, share.start, share.length, volume.files, label=volume.label, made=volume.made)
        return
    bits = {Format.FAT12: 12, Format.FAT16: 16, Format.FAT32: 32}[volume.format]
    write_fat(target, share.start, share.length, volume.files, bits=bits, label=volume.label, made=volume.made)
