"""The images on a disc that computers start from, which no directory has to name.

Source: the "El Torito" bootable CD-ROM format specification 1.0 (boot record, validation entry, section headers and entries).
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

_SECTOR: Final = 2048
_MARK: Final = b"EL TORITO SPECIFICATION"
_ENTRY: Final = 32
_ENTRIES_MOST: Final = 64
_BOOTABLE: Final = frozenset({0x88, 0x00})
_SECTIONS: Final = frozenset({0x90, 0x91})
_EXTENSION: Final = 0x44
_VIRTUAL: Final = 512
_FLOPPIES: Final = {1: 1_228_800, 2: 1_474_560, 3: 2_949_120}


def boot_images(descriptor: bytes, read: Callable[[int, int], bytes]) -> Iterator[tuple[int, int]]:
    """(byte of the disc, length) of each image that the boot record *descriptor* leads to; *read* gives bytes of the disc."""
    if len(descriptor) < _SECTOR or descriptor[0] != 0 or not descriptor[7:].startswith(_MARK):
        return
    (catalogue_at,) = struct.unpack_from("<I", descriptor, 71)
    catalogue = read(catalogue_at * _SECTOR, _ENTRIES_MOST * _ENTRY)
    if catalogue[:1] != b"\1" or catalogue[30:32] != b"\x55\xaa":
        return
    for at in range(_ENTRY, len(catalogue) - _ENTRY + 1, _ENTRY):
        entry = catalogue[at : at + _ENTRY]
        if entry[0] in _SECTIONS or entry[0] == _EXTENSION:
            continue
        sectors, block = struct.unpack_from("<HI", entry, 6)
        if entry[0] not in _BOOTABLE or not block:
            return
        start = block * _SECTOR
        yield start, _FLOPPIES.get(entry[1] & 0x0F) or _length(read(start, _VIRTUAL), sectors)


def _length(head: bytes, sectors: int) -> int:
    """Bytes of an image: what its own filesystem states when it is one, else the sectors that are loaded of it."""
    if len(head) == _VIRTUAL and head[510:] == b"\x55\xaa" and head[11:13] == b"\0\2":
        stated = int.from_bytes(head[19:21], "little") or int.from_bytes(head[32:36], "little")
        return max(sectors, stated) * _VIRTUAL
    return max(1, sectors) * _VIRTUAL
