"""Looks into the stretches of a medium that should be empty: gaps, the tail, what follows a filesystem inside its partition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.item import shown
from gifthorse.inspect.layout.carving import SECTOR, filesystem_starts, headers_in, looks_random
from gifthorse.inspect.layout.facts import Look, Space
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.model.inspections import Range

CHUNK: Final = 1024 * 1024
_COUNTED_EXACTLY: Final = 64 * CHUNK
_MARKS_KEPT: Final = 64
_CANDIDATES_KEPT: Final = 256
_RANDOM_CHUNKS: Final = 8
# Text that GRUB, Syslinux and the boot records of Windows and of mkfs carry in their code.
_BOOT_WORDS: Final = (
    b"Geom\0",
    b"GRUB",
    b"loading\0",
    b"ISOLINUX",
    b"SYSLINUX",
    b"LILO",
    b"Missing operating system",
    b"BOOTMGR",
    b"isolinux",
)
_RAID_MARKS: Final = (b"\xfc\x4e\x2b\xa9", b"Intel Raid ISM", b"$\xd7\x41\xbf", b"DDF_", b"PRIVHEAD", b"TOCBLOCK")
_OLD_TABLES: Final = (b"EFI PART",)


@dataclass(kw_only=True)
class Trail:
    """What has been gathered while a stretch is read."""

    data_bytes: int = 0
    first: int = -1
    last: int = -1
    random_chunks: int = 0
    data_chunks: int = 0
    head: bytes = b""
    marks: list[tuple[int, str, str]] = field(default_factory=list)
    filesystems: list[int] = field(default_factory=list)
    words: set[Look] = field(default_factory=set)


def look_into(reader: PatientReader, stretch: Range) -> tuple[Space | None, tuple[int, ...]]:
    """What lies in *stretch* (None when every byte has the same value), and where filesystems may begin in it."""
    trail = follow(reader, ((stretch.start, stretch.length),))
    if trail.first < 0:
        return None, ()
    space = Space(
        start=stretch.start,
        length=stretch.length,
        kind=stretch.kind,
        label=stretch.label,
        partition=stretch.partition,
        data_bytes=trail.data_bytes,
        first=trail.first,
        last=trail.last,
        look=_verdict(trail),
        marks=tuple((at, name) for at, _look, name in trail.marks),
        excerpt=shown(trail.head[:48].decode("latin-1")),
    )
    return space, tuple(dict.fromkeys(trail.filesystems))


def follow(reader: PatientReader, runs: Iterable[tuple[int, int]]) -> Trail:
    """What all of *runs*, as (start, length), hold besides one fill value."""
    trail = Trail()
    fill: int | None = None
    for at, chunk in _chunks(reader, runs):
        if fill is None:
            fill = chunk[-1] if chunk[-1] in {0x00, 0xFF} else 0
        if not is_filled(chunk, fill):
            _study(trail, chunk, at, fill)
    return trail


def _chunks(reader: PatientReader, runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, bytes]]:
    for start, length in runs:
        for at in range(start, start + length, CHUNK):
            chunk = reader.read(at, min(CHUNK, start + length - at))
            reader.alive()
            if chunk:
                yield at, chunk


_FILLED: Final = {value: bytes([value]) * CHUNK for value in (0x00, 0xFF)}


def is_filled(chunk: bytes, value: int) -> bool:
    """Whether every byte of *chunk* is *value* (0x00 or 0xFF)."""
    filled = _FILLED[value]
    return chunk == (filled if len(chunk) == CHUNK else filled[: len(chunk)])


def _study(trail: Trail, chunk: bytes, at: int, fill: int) -> None:
    sign = bytes([fill])
    first = len(chunk) - len(chunk.lstrip(sign))
    last = len(chunk.rstrip(sign)) - 1
    if trail.first < 0:
        trail.first = at + first
        trail.head = chunk[first : first + 4096]
    trail.last = at + last
    trail.data_bytes += _used_bytes(chunk, fill) if trail.data_bytes < _COUNTED_EXACTLY else len(chunk)
    trail.data_chunks += 1
    if trail.data_chunks <= _RANDOM_CHUNKS and looks_random(chunk[first:]):
        trail.random_chunks += 1
    if len(trail.marks) < _MARKS_KEPT:
        trail.marks += list(headers_in(chunk, at))[: _MARKS_KEPT - len(trail.marks)]
    if len(trail.filesystems) < _CANDIDATES_KEPT:
        trail.filesystems += list(filesystem_starts(chunk, at))[: _CANDIDATES_KEPT - len(trail.filesystems)]
    for words, look in ((_BOOT_WORDS, Look.BOOT_CODE), (_RAID_MARKS, Look.RAID), (_OLD_TABLES, Look.OLD_TABLE)):
        if any(word in chunk for word in words):
            trail.words.add(look)


def _used_bytes(chunk: bytes, fill: int) -> int:
    """Bytes of the sectors in *chunk* that hold anything but *fill*."""
    empty = _FILLED[fill][:SECTOR]
    return sum(
        SECTOR for at in range(0, len(chunk), SECTOR) if chunk[at : at + SECTOR] != empty and chunk[at : at + SECTOR].strip(empty[:1])
    )


def _verdict(trail: Trail) -> Look:
    """What the stretch looks like, the gravest first."""
    small = trail.data_bytes <= 64 * 1024
    looks = {look for _at, look, _name in trail.marks}
    for look in (Look.PROGRAM, Look.ARCHIVE, Look.DOCUMENT):
        if look.value in looks:
            return look
    for look in (Look.BOOT_CODE, Look.OLD_TABLE, Look.RAID):
        if small and look in trail.words:
            return look
    if trail.random_chunks and trail.random_chunks * 2 >= min(trail.data_chunks, _RANDOM_CHUNKS):
        return Look.ENCRYPTED
    return Look.DATA
