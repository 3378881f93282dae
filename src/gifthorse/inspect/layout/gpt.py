"""The GUID partition table: both headers, both arrays of entries, and whether the copies agree.

Source: UEFI 2.10 chapter 5.3 (structures, CRC-32, attribute bits 0-2); attribute bits 60-63 of basic data partitions as Microsoft
documents them for `PARTITION_INFORMATION_GPT`.
"""

import struct
import uuid
import zlib
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import FARTHEST, Complaint, Slot, Table, Trait, Trouble
from gifthorse.inspect.layout.patience import PatientReader

SCHEME: Final = "gpt"
SECTOR_SIZES: Final = (512, 4096, 1024, 2048)
GPT_MARK: Final = b"EFI PART"
GPT_HEADER: Final = 92
_ENTRIES_LIMIT: Final = 1024
_ENTRY_SIZES: Final = range(128, 4097)
ESP: Final = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"
BASIC_DATA: Final = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"
_ROLES: Final = {
    ESP: Trait.SYSTEM,
    "21686148-6449-6e6f-744e-656564454649": Trait.SYSTEM,  # BIOS boot: holds GRUB's core image
    "9e1a2d38-c612-4316-aa26-8b49521e5a8b": Trait.SYSTEM,  # PowerPC PReP boot
    "bc13c2ff-59e6-4262-a352-b275fd6f7172": Trait.SYSTEM,  # extended boot loader (/boot)
    "e3c9e316-0b5c-4db8-817d-f92df00215ae": Trait.RESERVED,  # Microsoft reserved
    "5808c8aa-7e8f-42e0-85d2-e1e90434cfb3": Trait.RESERVED,  # logical disk manager metadata
    "de94bba4-06d1-4d40-a16a-bfd50179d6ac": Trait.RECOVERY,  # Windows recovery environment
    "5265636f-7665-11aa-aa11-00306543ecac": Trait.RECOVERY,  # Apple Recovery HD
    "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f": Trait.SWAP,
}
_HIDDEN_BIT: Final = 1 << 62
_NO_LETTER_BIT: Final = 1 << 63


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """One GPT header, in sectors; `valid` when its own checksum and that of its array hold."""

    at: int
    sector_size: int
    other: int
    entries_at: int
    count: int
    entry_size: int
    valid: bool
    untrusted_entries: bytes

    @property
    def occupied(self) -> tuple[tuple[int, int], ...]:
        """The bytes of header and array, as (start, length)."""
        array = max(len(self.untrusted_entries), self.sector_size)
        return ((self.at * self.sector_size, self.sector_size), (self.entries_at * self.sector_size, array))


def read_gpt(reader: PatientReader) -> Table | None:
    """The table of the medium, from its primary copy when that is whole, else from the backup; None when there is neither."""
    for sector_size in SECTOR_SIZES:
        primary = read_header(reader, 1, sector_size)
        backup = _backup(reader, primary, sector_size)
        if primary is not None or (backup is not None and backup.valid):
            return _table(reader, primary, backup, sector_size)
    return None


def _backup(reader: PatientReader, primary: Header | None, sector_size: int) -> Header | None:
    """The backup header: where the primary says, else in the last sector of the medium."""
    places = [reader.size // sector_size - 1]
    if primary is not None:
        places.insert(0, primary.other)
    found = [header for place in places if place > 1 and (header := read_header(reader, place, sector_size)) is not None]
    return next((header for header in found if header.valid), found[0] if found else None)


def read_header(reader: PatientReader, at: int, sector_size: int) -> Header | None:
    """The header in sector *at*, or None when its signature is missing."""
    sector = reader.read(at * sector_size, sector_size)
    if len(sector) < 512 or not sector.startswith(GPT_MARK):
        return None
    header_size, checksum = struct.unpack_from("<II", sector, 12)
    (other,) = struct.unpack_from("<Q", sector, 32)
    entries_at, count, entry_size, entries_checksum = struct.unpack_from("<QIII", sector, 72)
    sound = GPT_HEADER <= header_size <= len(sector) and entry_size in _ENTRY_SIZES and count > 0
    if sound:
        body = bytearray(sector[:header_size])
        body[16:20] = bytes(4)
        sound = zlib.crc32(body) == checksum
    readable = entry_size in _ENTRY_SIZES and 0 < entries_at < 1 << 48
    entries = reader.read(entries_at * sector_size, min(count, _ENTRIES_LIMIT) * entry_size) if readable else b""
    if count > _ENTRIES_LIMIT or zlib.crc32(entries) != entries_checksum:
        sound = False
    return Header(
        at=at,
        sector_size=sector_size,
        other=other,
        entries_at=entries_at if readable else at,
        count=count,
        entry_size=entry_size if readable else 128,
        valid=sound,
        untrusted_entries=entries,
    )


def _table(reader: PatientReader, primary: Header | None, backup: Header | None, sector_size: int) -> Table:
    used = primary if primary is not None and (primary.valid or backup is None or not backup.valid) else backup
    other = backup if used is primary else primary
    slots = list(_slots(used)) if used is not None else []
    if used is not None and other is not None and other.untrusted_entries:
        slots += _only_in_other(slots, list(_slots(other)))
    copies = [header for header in (primary, backup) if header is not None]
    occupied = tuple(piece for header in copies for piece in header.occupied)
    complaints = tuple(_complaints(reader, primary, backup, sector_size))
    return Table(scheme=SCHEME, sector_size=sector_size, slots=tuple(slots), occupied=occupied, complaints=complaints)


def _only_in_other(slots: list[Slot], others: list[Slot]) -> list[Slot]:
    """Entries that only the copy names which a computer would not use."""
    known = {(slot.start, slot.length) for slot in slots}
    return [
        msgspec.structs.replace(slot, traits=slot.traits | {Trait.BACKUP_ONLY}) for slot in others if (slot.start, slot.length) not in known
    ]


def _complaints(reader: PatientReader, primary: Header | None, backup: Header | None, sector_size: int) -> list[Complaint]:
    found = []
    last = max(0, reader.size - sector_size)
    if primary is None or not primary.valid:
        found.append(Complaint(trouble=Trouble.PRIMARY_DAMAGED, offset=sector_size, length=sector_size))
    if backup is None:
        found.append(Complaint(trouble=Trouble.BACKUP_MISSING, offset=last, length=sector_size))
    elif not backup.valid:
        found.append(Complaint(trouble=Trouble.BACKUP_DAMAGED, offset=backup.at * sector_size, length=sector_size))
    elif primary is not None and primary.valid and primary.untrusted_entries != backup.untrusted_entries:
        found.append(Complaint(trouble=Trouble.COPIES_DIFFER, offset=backup.entries_at * sector_size, length=len(backup.untrusted_entries)))
    return found


def _slots(header: Header) -> list[Slot]:
    """The used entries of a header's array, in order."""
    entries, step = header.untrusted_entries, header.entry_size
    pieces = (entries[at : at + 128] for at in range(0, len(entries) - 127, step))
    return [_slot(piece, header.sector_size) for piece in pieces if any(piece[:16])]


def _slot(entry: bytes, sector_size: int) -> Slot:
    kind = str(uuid.UUID(bytes_le=entry[:16]))
    first, last, attributes = struct.unpack_from("<QQQ", entry, 32)
    name = entry[56:128].decode("utf-16-le", "replace").split("\0")[0]
    traits = {_ROLES[kind]} if kind in _ROLES else set()
    if attributes & _HIDDEN_BIT:
        traits.add(Trait.HIDDEN_ATTRIBUTE)
    if attributes & _NO_LETTER_BIT:
        traits.add(Trait.NO_DRIVE_LETTER)
    length = min((last - first + 1) * sector_size, FARTHEST) if last >= first else 0
    return Slot(start=min(first * sector_size, FARTHEST), length=length, scheme=SCHEME, type=kind, name=name, traits=frozenset(traits))
