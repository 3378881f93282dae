"""How long a program is by its own headers, so that one without a name can be taken whole out of free space.

Sources: Microsoft's PE format (COFF header, section table, certificate table), the System V ABI (ELF header, program and section headers),
Apple's Mach-O (segment load commands).
"""

import struct
from typing import Final

_LONGEST: Final = 1 << 31
_SECTIONS_MOST: Final = 96
_COMMANDS_MOST: Final = 512
_MACHINES: Final = frozenset({0x14C, 0x8664, 0x1C0, 0x1C4, 0xAA64, 0x200, 0xEBC})
_SEGMENT: Final = 0x01
_SEGMENT_64: Final = 0x19


def program_length(untrusted_head: bytes) -> int | None:
    """The bytes that the program beginning with *untrusted_head* takes, None when its headers state nothing that a program has."""
    try:
        if untrusted_head.startswith(b"MZ"):
            length = _portable(untrusted_head)
        elif untrusted_head.startswith(b"\x7fELF"):
            length = _elf(untrusted_head)
        elif untrusted_head[:4] in {b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"}:
            length = _mach(untrusted_head)
        else:
            return None
    except (struct.error, IndexError):
        return None
    return length if length is not None and 0 < length < _LONGEST else None


def _portable(head: bytes) -> int | None:
    (at,) = struct.unpack_from("<I", head, 0x3C)
    if head[at : at + 4] != b"PE\0\0":
        return None
    machine, count, optional = struct.unpack_from("<HH12xH", head, at + 4)
    if machine not in _MACHINES or not 1 <= count <= _SECTIONS_MOST:
        return None
    (magic,) = struct.unpack_from("<H", head, at + 24)
    directories = {0x10B: 96, 0x20B: 112}.get(magic)
    if directories is None:
        return None
    end = 0
    for number in range(count):
        size, place = struct.unpack_from("<II", head, at + 24 + optional + 40 * number + 16)
        end = max(end, place + size if size else 0)
    if optional >= directories + 40:
        place, size = struct.unpack_from("<II", head, at + 24 + directories + 32)  # the signature lies behind the sections
        end = max(end, place + size if place >= end and size < 1 << 24 else 0)
    return end or None


def _elf(head: bytes) -> int | None:
    order = {1: "<", 2: ">"}.get(head[5])
    if order is None or head[4] not in {1, 2}:
        return None
    if head[4] == 2:
        programs_at, sections_at, step, count, section_step, sections = struct.unpack_from(f"{order}QQ6xHHHH", head, 32)
    else:
        programs_at, sections_at, step, count, section_step, sections = struct.unpack_from(f"{order}II6xHHHH", head, 28)
    if not 1 <= count <= 128 or step not in {32, 56} or section_step not in {0, 40, 64} or programs_at > len(head):
        return None
    end: int = sections_at + section_step * sections
    for number in range(count):
        at = programs_at + step * number
        place, size = (
            struct.unpack_from(f"{order}Q16xQ", head, at + 8) if head[4] == 2 else struct.unpack_from(f"{order}I8xI", head, at + 4)
        )
        end = max(end, place + size)
    return end


def _mach(head: bytes) -> int | None:
    wide = head[0] == 0xCF
    (count,) = struct.unpack_from("<I", head, 16)
    if not 1 <= count <= _COMMANDS_MOST:
        return None
    at, end = 32 if wide else 28, 0
    for _number in range(count):
        command, size = struct.unpack_from("<II", head, at)
        if size < 8:
            return None
        if command == (_SEGMENT_64 if wide else _SEGMENT):
            place, length = struct.unpack_from("<QQ", head, at + 40) if wide else struct.unpack_from("<II", head, at + 32)
            end = max(end, place + length)
        at += size
    return end or None
