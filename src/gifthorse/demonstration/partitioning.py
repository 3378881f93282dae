"""Writes partition tables: MBR and GPT. Source: UEFI 2.10 chapters 5.2 and 5.3."""

import struct
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

SECTOR: Final = 512
_MBR_TYPES: Final = {"fat12": 0x01, "fat16": 0x0E, "fat32": 0x0C, "exfat": 0x07, "ntfs": 0x07, "ext4": 0x83, "esp": 0xEF}
_HIDDEN: Final = 0x10
_BASIC_DATA: Final = uuid.UUID("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7")
_GPT_TYPES: Final = {
    "ext4": uuid.UUID("0fc63daf-8483-4772-8e79-3d69d8477de4"),
    "esp": uuid.UUID("c12a7328-f81f-11d2-ba4b-00a0c93ec93b"),
}
_GPT_HIDDEN: Final = 1 << 62
_ENTRIES: Final = 128
_ENTRY_BYTES: Final = 128
# Not random: a demonstration that is made twice is the same twice.
_NAMESPACE: Final = uuid.UUID("6f6c6420-7472-6f6a-616e-20686f727365")


class Scheme(StrEnum):
    """How a medium is divided."""

    NONE = "none"
    MBR = "mbr"
    GPT = "gpt"


@dataclass(frozen=True, kw_only=True)
class Share:
    """One partition in bytes; `format` decides its type."""

    start: int
    length: int
    format: str
    hidden: bool = False
    name: str = ""


def write_table(target: BinaryIO, scheme: Scheme, shares: Sequence[Share], size: int) -> None:
    """*target* of *size* bytes names *shares* in its table; without a scheme nothing is written."""
    if scheme is Scheme.MBR:
        _put(target, 0, mbr_sector([mbr_entry(share) for share in shares]))
    elif scheme is Scheme.GPT:
        _write_gpt(target, shares, size)


def mbr_sector(entries: Sequence[bytes], boot_code: bytes = b"") -> bytes:
    """A boot record with at most four *entries* of 16 bytes."""
    if len(entries) > 4:
        raise ValueError("A boot record has room for four partitions: use Scheme.GPT for more.")
    disk = struct.pack("<I", zlib.crc32(b"".join(entries)))
    return boot_code[:440].ljust(440, b"\0") + disk + b"\0\0" + b"".join(entries).ljust(64, b"\0") + b"\x55\xaa"


def mbr_entry(share: Share, *, kind: int | None = None, sector: int = SECTOR) -> bytes:
    """The 16 bytes that name *share*; *kind* overrides the type of its format."""
    number = kind if kind is not None else _MBR_TYPES[share.format] + (_HIDDEN if share.hidden else 0)
    first, count = share.start // sector, share.length // sector
    return struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", number, b"\xfe\xff\xff", first, min(count, 0xFFFFFFFF))


def gpt_entry(share: Share, *, kind: uuid.UUID | None = None, attributes: int = 0, sector: int = SECTOR) -> bytes:
    """The 128 bytes that name *share*."""
    guid = kind or _GPT_TYPES.get(share.format, _BASIC_DATA)
    own = uuid.uuid5(_NAMESPACE, f"{share.start}+{share.length}")
    first, last = share.start // sector, (share.start + share.length) // sector - 1
    flags = attributes | (_GPT_HIDDEN if share.hidden else 0)
    name = share.name.encode("utf-16-le")[:72].ljust(72, b"\0")
    return guid.bytes_le + own.bytes_le + struct.pack("<QQQ", first, last, flags) + name


def gpt_header(entries: bytes, *, at: int, other: int, entries_at: int, last: int, sector: int = SECTOR) -> bytes:
    """A header in sector *at* for the array *entries* in sector *entries_at*, on a medium whose last sector is *last*."""
    array = -(-len(entries) // sector)
    disk = uuid.uuid5(_NAMESPACE, str(zlib.crc32(entries)))

    def packed(checksum: int) -> bytes:
        fixed = struct.pack("<8sIIIIQQQQ", b"EFI PART", 0x10000, 92, checksum, 0, at, other, 2 + array, last - array - 1)
        return fixed + disk.bytes_le + struct.pack("<QIII", entries_at, len(entries) // _ENTRY_BYTES, _ENTRY_BYTES, zlib.crc32(entries))

    return packed(zlib.crc32(packed(0)))


def _write_gpt(target: BinaryIO, shares: Sequence[Share], size: int, sector: int = SECTOR) -> None:
    entries = b"".join(gpt_entry(share, sector=sector) for share in shares).ljust(_ENTRIES * _ENTRY_BYTES, b"\0")
    last = size // sector - 1
    array = len(entries) // sector
    protective = struct.pack("<B3sB3sII", 0, b"\0\2\0", 0xEE, b"\xff\xff\xff", 1, min(last, 0xFFFFFFFF))
    _put(target, 0, mbr_sector([protective]))
    _put(target, sector, gpt_header(entries, at=1, other=last, entries_at=2, last=last, sector=sector))
    _put(target, 2 * sector, entries)
    _put(target, (last - array) * sector, entries)
    _put(target, last * sector, gpt_header(entries, at=last, other=1, entries_at=last - array, last=last, sector=sector))


def _put(target: BinaryIO, at: int, body: bytes) -> None:
    target.seek(at)
    target.write(body)
