"""Where discs leave room: fields of their descriptors, and what lies behind them in their sectors.

Sources: ECMA-119 (volume descriptors: unused fields, application use, reserved; path tables), the "El Torito" specification, ECMA-167
(volume recognition, anchors, extended areas).
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import HiddenPlace, Partition
from gifthorse.inspect.layout.patience import PatientReader

_SECTOR: Final = 2048
_FIRST: Final = 16
_DESCRIPTORS: Final = 64
_ISO: Final = b"CD001"
_RECOGNITION: Final = frozenset({b"BEA01", b"NSR02", b"NSR03", b"TEA01", b"BOOT2"})
_TABLES: Final = 132
_ANCHOR: Final = 256
_ANCHOR_USED: Final = 32
_TAG_OF_ANCHOR: Final = 2
_SEQUENCE_MOST: Final = 256
_USED: Final = 512
_PARTITION: Final = 5
_LOGICAL: Final = 6
_UNALLOCATED: Final = 7
_TERMINATING: Final = 8


def disc_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """Of each descriptor the fields that say nothing, behind each path table the rest of its sector, and the rest of the anchors."""
    begun = False
    for number in range(_FIRST, _FIRST + _DESCRIPTORS):
        at = number * _SECTOR
        body = reader.read(partition.start + at, _SECTOR)
        mark = body[1:6]
        known = mark == _ISO or mark in _RECOGNITION
        if len(body) < _SECTOR or (begun and not known):
            break
        begun = begun or known
        if not known:
            yield HiddenPlace(at=at, length=_SECTOR)
        elif mark in _RECOGNITION:
            yield HiddenPlace(at=at + 7, length=_SECTOR - 7)
        else:
            yield from _descriptor(body, at)
    blocks = min(partition.length, max(0, reader.size - partition.start)) // _SECTOR
    for number in {_ANCHOR, blocks - 1, blocks - 1 - _ANCHOR}:
        body = reader.read(partition.start + number * _SECTOR, _SECTOR) if number > 0 else b""
        if len(body) == _SECTOR and body[0] == _TAG_OF_ANCHOR and struct.unpack_from("<I", body, 12)[0] == number:
            yield HiddenPlace(at=number * _SECTOR + _ANCHOR_USED, length=_SECTOR - _ANCHOR_USED)
            for length, first in (struct.unpack_from("<II", body, 16), struct.unpack_from("<II", body, 24)):
                yield from _sequence(reader, partition, first, length)


def _sequence(reader: PatientReader, partition: Partition, first: int, length: int) -> Iterator[HiddenPlace]:
    """What the descriptors of a UDF volume leave of their sectors, and the sectors behind the last of them."""
    ended = False
    for number in range(first, first + min(length // _SECTOR, _SEQUENCE_MOST)):
        at = number * _SECTOR
        body = reader.read(partition.start + at, _SECTOR)
        if len(body) < _SECTOR:
            return
        kind = int.from_bytes(body[:2], "little")
        if ended or not kind:
            yield HiddenPlace(at=at, length=_SECTOR)
        elif kind not in {_LOGICAL, _UNALLOCATED}:
            used = {_PARTITION: 356, _TERMINATING: 16}.get(kind, _USED)
            yield HiddenPlace(at=at + used, length=_SECTOR - used)
        ended = ended or kind == _TERMINATING


def _descriptor(body: bytes, at: int) -> Iterator[HiddenPlace]:
    kind = body[0]
    if kind in {1, 2}:
        yield HiddenPlace(at=at + 72, length=8)
        if kind == 1:
            yield HiddenPlace(at=at + 88, length=32)
        yield HiddenPlace(at=at + 883, length=512)
        yield HiddenPlace(at=at + 1395, length=_SECTOR - 1395)
        yield from _path_tables(body)
    elif kind == 0 and body[7:].startswith(b"EL TORITO SPECIFICATION"):
        yield HiddenPlace(at=at + 39, length=32)
        yield HiddenPlace(at=at + 75, length=_SECTOR - 75)
    elif kind == 255:
        yield HiddenPlace(at=at + 7, length=_SECTOR - 7)


def _path_tables(body: bytes) -> Iterator[HiddenPlace]:
    """What the sectors of the path tables hold behind their ends."""
    (size,) = struct.unpack_from("<I", body, _TABLES)
    (block,) = struct.unpack_from("<H", body, 128)
    places = (*struct.unpack_from("<II", body, 140), *struct.unpack_from(">II", body, 148))
    for place in dict.fromkeys(places):
        if place and block in {512, 1024, 2048} and size % _SECTOR:
            yield HiddenPlace(at=place * block + size, length=-size % _SECTOR)
