"""The Apple partition map. Source: Inside Macintosh: Devices, chapter 3 (driver descriptor record and partition map entries)."""

import struct
from typing import Final

from gifthorse.inspect.layout.facts import Slot, Table, Trait
from gifthorse.inspect.layout.patience import PatientReader

SCHEME: Final = "apm"
_ENTRIES_LIMIT: Final = 256
# Entries that describe the map itself, drivers and free room: no partition that holds files.
_NO_CONTENT: Final = frozenset({"Apple_partition_map", "Apple_Free", "Apple_Void", "Apple_Scratch"})
_DRIVERS: Final = ("Apple_Driver", "Apple_Patches", "Apple_Boot", "Apple_FWDriver")


def read_apple_map(reader: PatientReader) -> Table | None:
    """The map that begins in the second block, or None; blocks of 512, 1024, 2048 and 4096 bytes are tried as the first block states."""
    descriptor = reader.read(0, 8)
    stated = struct.unpack_from(">H", descriptor, 2)[0] if descriptor[:2] == b"ER" else 0
    for block in dict.fromkeys((stated, 512, 2048)):
        if block in {512, 1024, 2048, 4096} and reader.read(block, 2) == b"PM":
            return _read(reader, block)
    return None


def _read(reader: PatientReader, block: int) -> Table:
    (stated,) = struct.unpack(">I", reader.read(block + 4, 4).ljust(4, b"\0"))
    count = min(stated, _ENTRIES_LIMIT)
    slots = []
    for number in range(1, count + 1):
        entry = reader.read(number * block, 512)
        if len(entry) < 136 or entry[:2] != b"PM":
            break
        slots.append(_slot(entry, block))
    kept = tuple(slot for slot in slots if slot.type not in _NO_CONTENT and slot.length)
    return Table(scheme=SCHEME, sector_size=block, slots=kept, occupied=((0, (count + 1) * block),))


def _slot(entry: bytes, block: int) -> Slot:
    start, length = struct.unpack_from(">II", entry, 8)
    name, kind = (_text(entry[at : at + 32]) for at in (16, 48))
    traits = frozenset({Trait.SYSTEM}) if kind.startswith(_DRIVERS) else frozenset()
    return Slot(start=start * block, length=length * block, scheme=SCHEME, type=kind, name=name, traits=traits)


def _text(untrusted_field: bytes) -> str:
    return untrusted_field.split(b"\0")[0].decode("mac-roman", "replace")
