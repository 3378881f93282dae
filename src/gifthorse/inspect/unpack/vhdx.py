"""VHDX: the virtual disk of Hyper-V since 2012 ([MS-VHDX]): fixed, dynamic, and those that hold the changes to another one, which is
looked for among the files that lie beside the source. Its log is not replayed; that there is something in it is said.
"""

import struct
import uuid
from typing import Final

from gifthorse.inspect.item import Content, shown
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.vhd import beside
from gifthorse.inspect.unpack.virtual_disks import Blocks, table

MEBIBYTE: Final = 1 << 20
REGIONS_AT: Final = (192 * 1024, 256 * 1024)
BAT: Final = uuid.UUID("2DC27766-F623-4200-9D64-115E9BFD4A08")
METADATA: Final = uuid.UUID("8B7CA206-4790-4B9A-B8FE-575F050F886E")
FILE_PARAMETERS: Final = uuid.UUID("CAA16737-FA36-4D43-B3B6-33F0AA44E76B")
DISK_SIZE: Final = uuid.UUID("2FA54224-CD1B-4876-B211-5DBED83BF4B8")
SECTOR_SIZE: Final = uuid.UUID("8141BF1D-A96F-4709-BA47-F233A8FAAB5F")
PARENT_LOCATOR: Final = uuid.UUID("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C")
ZEROS, UNMAPPED, FULLY_PRESENT, PARTIALLY_PRESENT = 2, 3, 6, 7
HAS_PARENT: Final = 2
HEADERS_AT: Final = (64 * 1024, 128 * 1024)
DATA_ID_AT, LOG_ID_AT, HEADER_END = 32, 48, 64
GENERATIONS_MOST: Final = 8
LOCATOR_KEYS_MOST: Final = 64
FACT_MOST: Final = 64 * 1024


def disk(content: Content, generation: int = 0) -> Content:
    """The disk in a VHDX file, which may be the child of *generation* others."""
    regions = _regions(content)
    facts = _metadata(content, regions)
    if FILE_PARAMETERS not in facts or DISK_SIZE not in facts:
        raise Damaged("a VHDX file without its size")
    block, flags = struct.unpack("<II", facts[FILE_PARAMETERS][:8].ljust(8, b"\x00"))
    parent = disk(_parent(facts.get(PARENT_LOCATOR, b""), generation), generation + 1) if flags & HAS_PARENT else None
    size = int.from_bytes(facts[DISK_SIZE][:8], "little")
    sector = int.from_bytes(facts.get(SECTOR_SIZE, b"\x00\x02\x00\x00")[:4], "little")
    found = _Vhdx(content, size, block, sector, regions[BAT])
    found.parent = parent
    if _header(content)[LOG_ID_AT:HEADER_END].strip(b"\x00"):
        found.caveat = "it was not closed properly; what its log still holds is not applied. Attach it once in Hyper-V and copy it again"
    elif isinstance(parent, Blocks):
        found.caveat = parent.caveat
    return found


def _header(content: Content) -> bytes:
    """The header in use: of the two the one written last; empty when there is none."""
    both = [content.read(at, HEADER_END) for at in HEADERS_AT]
    whole = [raw for raw in both if raw[:4] == b"head" and len(raw) == HEADER_END]
    return max(whole, key=lambda raw: int.from_bytes(raw[8:16], "little"), default=b"")


def _parent(locator: bytes, generation: int) -> Content:
    """The file beside the source whose data bears an id that *locator* names; raises Unsupported when there is none."""
    named = _named(locator)
    name = named.get("relative_path", named.get("absolute_win32_path", "")).replace("\\", "/").rpartition("/")[2]
    if generation >= GENERATIONS_MOST:
        raise Unsupported(f"a VHDX with more than {GENERATIONS_MOST} others beneath it")
    wanted = {_id_of(named.get(key, "")) for key in ("parent_linkage", "parent_linkage2")} - {None}
    for other in beside():
        if _header(other)[DATA_ID_AT:LOG_ID_AT] in wanted:
            return other
    raise Unsupported(f"a VHDX that only holds the changes to another file, “{shown(name)}”, which does not lie beside it")


def _id_of(text: str) -> bytes | None:
    try:
        return uuid.UUID(text).bytes_le
    except ValueError:
        return None


def _named(locator: bytes) -> dict[str, str]:
    """The keys and values of a parent locator."""
    count = int.from_bytes(locator[18:20], "little")
    found = {}
    for index in range(min(count, LOCATOR_KEYS_MOST)):
        entry = locator[20 + 12 * index : 32 + 12 * index]
        if len(entry) < 12:
            break
        key_at, value_at, key_length, value_length = struct.unpack("<IIHH", entry)
        key, value = locator[key_at : key_at + key_length], locator[value_at : value_at + value_length]
        found[key.decode("utf-16-le", "replace")] = value.decode("utf-16-le", "replace")
    return found


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
            facts[uuid.UUID(bytes_le=entry[:16])] = content.read(at + offset, min(length, FACT_MOST))
    return facts


class _Vhdx(Blocks):
    """Blocks with an entry each in the table; after every so many comes one for their bitmap."""

    def __init__(self, content: Content, size: int, block: int, sector: int, region: tuple[int, int]) -> None:
        if block < MEBIBYTE or block > 256 * MEBIBYTE or sector not in {512, 4096}:
            raise Damaged("VHDX blocks that make no sense")
        # blocks of up to 256 MiB are only looked at in parts, so the table alone counts here
        super().__init__(size, min(block, 32 * MEBIBYTE))
        self._content = content
        self.parent: Content | None = None
        self._sector = sector
        self._ratio = (1 << 23) * sector // block
        self._parts = block // self.block
        self._table = table(content, region[0], min(region[1], content.size - region[0]))

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The block's place, in MiB, from its entry; what was never written is the parent's, where there is one."""
        block, part = divmod(index, self._parts)
        value = self._entry(block + block // self._ratio)
        state, at = value & 7, (value >> 20) * MEBIBYTE + part * self.block
        if state == FULLY_PRESENT or (state == PARTIALLY_PRESENT and self.parent is None):
            return self._content, at
        if self.parent is None or state in {ZEROS, UNMAPPED}:
            return None
        if state == PARTIALLY_PRESENT:
            return self._merged(self.parent, index, at)
        return (self.parent, index * self.block) if index * self.block < self.parent.size else None

    def _entry(self, number: int) -> int:
        return int.from_bytes(self._table[8 * number : 8 * number + 8], "little")

    def _merged(self, parent: Content, index: int, at: int) -> bytes:
        """Block *index* with those sectors of its own that the bitmap marks, and the parent's otherwise."""
        block, _part = divmod(index, self._parts)
        group = block // self._ratio
        bitmap = self._entry((group + 1) * (self._ratio + 1) - 1)
        first = (index * self.block - group * self._ratio * self._parts * self.block) // self._sector
        sectors = self.block // self._sector
        if bitmap & 7 != FULLY_PRESENT:
            raise Damaged("a block without the list of its sectors")
        marks = self._content.read((bitmap >> 20) * MEBIBYTE + first // 8, sectors // 8).ljust(sectors // 8, b"\x00")
        if marks.strip(b"\xff") == b"":
            return self._content.read(at, self.block)
        out = bytearray(parent.read(index * self.block, self.block).ljust(self.block, b"\x00"))
        written = self._content.read(at, self.block)
        for number in range(sectors):
            if marks[number >> 3] >> (number & 7) & 1:  # the first sector is the lowest bit
                start = number * self._sector
                out[start : start + self._sector] = written[start : start + self._sector].ljust(self._sector, b"\x00")
        return bytes(out)
