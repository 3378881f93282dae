"""The master boot record and the chain of extended partitions behind it.

Source: UEFI 2.10 chapter 5.2; the extended chain as every PC system reads it: the first entry of each extended boot record counts from
that record, the second from the start of the whole extended partition.
"""

import struct
from collections.abc import Iterable
from typing import Final

from gifthorse.inspect.layout.facts import Complaint, Slot, Table, Trait, Trouble
from gifthorse.inspect.layout.patience import PatientReader

SCHEME: Final = "mbr"
PROTECTIVE: Final = 0xEE
EXTENDED: Final = frozenset({0x05, 0x0F, 0x85})
# Types that Windows and DOS leave out of sight: a usual type with 0x10 added, and what makers of computers use for service and recovery.
HIDDEN: Final = frozenset({0x11, 0x14, 0x16, 0x17, 0x1B, 0x1C, 0x1E})
RECOVERY: Final = frozenset({0x12, 0x27, 0xDE, 0xFE, 0x84})
SYSTEM: Final = frozenset({0xEF, 0x41})
SWAP: Final = 0x82
_MARK: Final = b"\x55\xaa"
_CHAIN_LIMIT: Final = 256


class Entry(tuple[int, int, int, int]):
    """Status byte, type byte, first sector and number of sectors of one table entry."""

    __slots__ = ()


def read_mbr(reader: PatientReader, sector_size: int = 512) -> Table | None:
    """The table in the first sector, or None when that sector holds none; protective entries (0xEE) are listed as they stand."""
    first = reader.read(0, 512)
    entries = table_entries(first)
    if not entries or not is_plausible(entries, reader.size, sector_size):
        return None
    slots: list[Slot] = []
    occupied: list[tuple[int, int]] = [(0, min(sector_size, reader.size))]
    complaints: list[Complaint] = []
    for entry in entries:
        if entry[1] in EXTENDED:
            chain = _chain(reader, entry, sector_size)
            slots += chain.slots
            occupied += chain.occupied
            complaints += chain.complaints
        else:
            slots.append(_slot(entry, 0, sector_size))
    return Table(scheme=SCHEME, sector_size=sector_size, slots=tuple(slots), occupied=tuple(occupied), complaints=tuple(complaints))


def table_entries(untrusted_sector: bytes) -> list[Entry]:
    """The used entries of a boot record; none when its mark is missing or a status byte is neither 0x00 nor 0x80."""
    if len(untrusted_sector) < 512 or untrusted_sector[510:512] != _MARK:
        return []
    entries = [Entry(struct.unpack_from("<B3xB3xII", untrusted_sector, 446 + 16 * number)) for number in range(4)]
    if any(status not in {0x00, 0x80} for status, _kind, _start, _count in entries):
        return []
    return [entry for entry in entries if entry[1] and entry[3]]


def is_plausible(entries: list[Entry], size: int, sector_size: int) -> bool:
    """Whether at least one entry begins on the medium; boot code of a filesystem seldom passes for a table that does."""
    return any(0 < start * sector_size < size or kind == PROTECTIVE or start == 0 for _status, kind, start, _count in entries)


def _slot(entry: Entry, origin: int, sector_size: int, *, logical: bool = False) -> Slot:
    status, kind, start, count = entry
    traits = {Trait.LOGICAL} if logical else set()
    if status == 0x80:
        traits.add(Trait.ACTIVE)
    traits |= _kind_traits(kind)
    return Slot(
        start=(origin + start) * sector_size,
        length=count * sector_size,
        scheme=SCHEME,
        type=f"0x{kind:02X}",
        traits=frozenset(traits),
    )


def _kind_traits(kind: int) -> set[Trait]:
    table = ((HIDDEN, Trait.HIDDEN_TYPE), (RECOVERY, Trait.RECOVERY), (SYSTEM, Trait.SYSTEM), ({SWAP}, Trait.SWAP))
    return {trait for kinds, trait in table if kind in kinds}


def _chain(reader: PatientReader, extended: Entry, sector_size: int) -> Table:
    """The logical partitions of one extended partition; a chain that turns back on itself or leaves the medium is complained of."""
    origin = here = extended[2]
    slots: list[Slot] = []
    seen: dict[int, None] = {}
    following: int | None = here
    while following is not None:
        here = following
        record = reader.read(here * sector_size, 512)
        if here in seen or len(seen) == _CHAIN_LIMIT or record[510:512] != _MARK:
            broken = Complaint(trouble=Trouble.CHAIN_BROKEN, offset=min(here * sector_size, reader.size), length=512)
            return _as_table(slots, seen, sector_size, broken)
        seen[here] = None
        entries = table_entries(record)
        slots += [_slot(entry, here, sector_size, logical=True) for entry in entries if entry[1] not in EXTENDED]
        following = next((origin + entry[2] for entry in entries if entry[1] in EXTENDED), None)
    return _as_table(slots, seen, sector_size)


def _as_table(slots: list[Slot], records: Iterable[int], sector_size: int, *complaints: Complaint) -> Table:
    occupied = tuple((record * sector_size, sector_size) for record in records)
    return Table(scheme=SCHEME, sector_size=sector_size, slots=tuple(slots), occupied=occupied, complaints=complaints)
