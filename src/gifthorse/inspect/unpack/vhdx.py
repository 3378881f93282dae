"""VHDX: the virtual disk of Hyper-V since 2012 ([MS-VHDX]), fixed and dynamic. Its log is not replayed."""

import struct
import uuid
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.virtual_disks import Blocks, table

MEBIBYTE: Final = 1 << 20
REGIONS_AT: Final = (192 * 1024, 256 * 1024)
BAT: Final = uuid.UUID("2DC27766-F623-4200-9D64-115E9BFD4A08")
METADATA: Final = uuid.UUID("8B7CA206-4790-4B9A-B8FE-575F050F886E")
FILE_PARAMETERS: Final = uuid.UUID("CAA16737-FA36-4D43-B3B6-33F0AA44E76B")
DISK_SIZE: Final = uuid.UUID("2FA54224-CD1B-4876-B211-5DBED83BF4B8")
SECTOR_SIZE: Final = uuid.UUID("8141BF1D-A96F-4709-BA47-F233A8FAAB5F")
FULLY_PRESENT, PARTIALLY_PRESENT = 6, 7


def disk(content: Content) -> Content:
    """The disk in a VHDX file."""
    regions = _regions(content)
    facts = _metadata(content, regions)
    if FILE_PARAMETERS not in facts or DISK_SIZE not in facts:
        raise Damaged("a VHDX file without its size")
    block, flags = struct.unpack("<II", facts[FILE_PARAMETERS][:8].ljust(8, b"\x00"))
    if flags & 2:
        raise Unsupported("a VHDX that only holds the changes to another file")
    size = int.from_bytes(facts[DISK_SIZE][:8], "little")
    sector = int.from_bytes(facts.get(SECTOR_SIZE, b"\x00\x02\x00\x00")[:4], "little")
    return _Vhdx(content, size, block, sector, regions[BAT])


def _regions(content: Content) -> dict[uuid.UUID, tuple[int, int]]:
    for at in REGIONS_AT:
        raw = content.read(at, 64 * 1024)
        if raw[:4] != b"regi":
            continue
        count = min(struct.unpack_from("<I", raw, 8)[0], 2047)
        found = {}
        for index in range(count):
            entry = raw[16 + 32 * index : 48 + 32 * index]
            if len(entry) == 32:
                found[uuid.UUID(bytes_le=entry[:16])] = struct.unpack_from("<QI", entry, 16)
        if BAT in found and METADATA in found:
            return found
    raise Damaged("no region table of a VHDX")


def _metadata(content: Content, regions: dict[uuid.UUID, tuple[int, int]]) -> dict[uuid.UUID, bytes]:
    at, _length = regions[METADATA]
    raw = content.read(at, 64 * 1024)
    if raw[:8] != b"metadata":
        raise Damaged("no metadata of a VHDX")
    count = min(struct.unpack_from("<H", raw, 10)[0], 2047)
    facts = {}
    for index in range(count):
        entry = raw[32 + 32 * index : 64 + 32 * index]
        if len(entry) == 32:
            offset, length = struct.unpack_from("<II", entry, 16)
            facts[uuid.UUID(bytes_le=entry[:16])] = content.read(at + offset, min(length, 64))
    return facts


class _Vhdx(Blocks):
    """Blocks with an entry each in the table; after every so many comes one for their bitmap."""

    def __init__(self, content: Content, size: int, block: int, sector: int, region: tuple[int, int]) -> None:
        if block < MEBIBYTE or block > 256 * MEBIBYTE or sector not in {512, 4096}:
            raise Damaged("VHDX blocks that make no sense")
        # blocks of up to 256 MiB are only looked at in parts, so the table alone counts here
        super().__init__(size, min(block, 32 * MEBIBYTE))
        self._content = content
        self._ratio = (1 << 23) * sector // block
        self._parts = block // self.block
        self._table = table(content, region[0], min(region[1], content.size - region[0]))

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The block's place, in MiB, from its entry; only a fully present block has bytes."""
        block, part = divmod(index, self._parts)
        entry = block + block // self._ratio
        if 8 * entry + 8 > len(self._table):
            return None
        (value,) = struct.unpack_from("<Q", self._table, 8 * entry)
        if value & 7 not in {FULLY_PRESENT, PARTIALLY_PRESENT}:
            return None
        return self._content, (value >> 20) * MEBIBYTE + part * self.block
