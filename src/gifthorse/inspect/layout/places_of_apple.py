"""Where HFS Plus and APFS leave room.

Sources: Apple's TN1150 (two boot sectors, volume header, alternate header in the second last sector, last sector reserved); the Apple File
System Reference, "Container" (checkpoint areas hold whole objects or nothing, each with its sum).
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import HiddenPlace, Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.layout.written import texts_in_program

_HEADER_AT: Final = 1024
_HEADER: Final = 512
_HFS_MARKS: Final = (b"H+", b"HX")
_BLOCKS: Final = frozenset(512 << shift for shift in range(12))
_CONTAINER_MARK: Final = b"NXSB"
_CONTAINER_USED: Final = 2048  # its fields end before byte 1500
_AREA_MOST: Final = 16384
_MANY: Final = 1 << 31


def hfs_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """The boot sectors, what the header's block holds behind it, the alternate header's block, and the last sector."""
    head = reader.read(partition.start, _HEADER_AT + _HEADER)
    header = head[_HEADER_AT:]
    if len(header) < _HEADER or header[:2] not in _HFS_MARKS:
        return
    if head[510:512] == b"\x55\xaa":
        yield HiddenPlace(at=0, length=440, program=True, first=True)
        yield HiddenPlace(at=512, length=512)
    elif head[:2] not in {b"ER", b"LK"}:
        yield HiddenPlace(at=0, length=_HEADER_AT)
    block, blocks = struct.unpack_from(">II", header, 40)
    if block not in _BLOCKS:
        return
    yield HiddenPlace(at=_HEADER_AT + _HEADER, length=block - _HEADER_AT - _HEADER)
    yield from _written_header(header, _HEADER_AT)
    end = partition.length if partition.volume_length is None else min(partition.length, partition.volume_length)
    alternate = end - _HEADER_AT
    if block > _HEADER_AT and end % block == 0:
        yield HiddenPlace(at=end - block, length=block - _HEADER_AT)
    copy = reader.read(partition.start + alternate, _HEADER)
    if copy[:2] in _HFS_MARKS:
        yield from _written_header(copy, alternate)
        yield HiddenPlace(at=end - _HEADER, length=_HEADER)
    elif blocks:
        yield HiddenPlace(at=alternate, length=_HEADER_AT)


def _written_header(header: bytes, at: int) -> Iterator[HiddenPlace]:
    """Text in a volume header, which holds numbers and a few marks of four letters."""
    for place, text in texts_in_program(header[:_HEADER]):
        yield HiddenPlace(at=at + place, length=len(text))


def apfs_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """What the first block holds behind its fields, and blocks of the checkpoint areas that are neither empty nor a whole object."""
    from gifthorse.inspect.walk.apfs_records import whole

    first = reader.read(partition.start, 4096)
    if len(first) < 4096 or first[32:36] != _CONTAINER_MARK:
        return
    (block,) = struct.unpack_from("<I", first, 36)
    if block not in {4096, 8192, 16384, 32768, 65536}:
        return
    yield HiddenPlace(at=_CONTAINER_USED, length=block - _CONTAINER_USED)
    lengths, bases = struct.unpack_from("<II", first, 104), struct.unpack_from("<QQ", first, 112)
    for length, base in zip(lengths, bases, strict=True):
        if length >= _MANY:
            continue  # the area is a tree
        for number in range(base, base + min(length, _AREA_MOST)):
            at = number * block
            if at + block > partition.length:
                break
            body = reader.read(partition.start + at, block)
            if len(body) == block and body.count(0) < block and not whole(body):
                yield HiddenPlace(at=at, length=block)
