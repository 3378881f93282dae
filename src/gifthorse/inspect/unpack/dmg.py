"""DMG: Apple's disk image (UDIF). Its trailer "koly" points to a property list whose "blkx" tables say where each run of sectors lies.

The format is not published by Apple; the layout of the tables follows the description in libyal's libmodi documentation.
"""

import plistlib
import struct
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Final

from gifthorse.inspect.content import Readable
from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack import sparse_image
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.virtual_disks import BLOCK_MOST, unpacked

TRAILER: Final = 512
SECTOR: Final = 512
LIST_MOST: Final = 16 * 1024 * 1024
RUNS_MOST: Final = 500_000
ZEROS, RAW, IGNORED = 0, 1, 2
METHODS: Final = {0x80000005: "zlib", 0x80000006: "bzip2", 0x80000008: "xz"}
UNREAD: Final = {0x80000004: "ADC", 0x80000007: "LZFSE"}
COMMENT, END = 0x7FFFFFFE, 0xFFFFFFFF


@dataclass(kw_only=True, slots=True)
class Run:
    """A run of sectors: bytes [start, start + size) of the disk, from `length` bytes at `at` of the file."""

    kind: int
    start: int
    size: int
    at: int
    length: int


def disk(content: Content) -> Content:
    """The disk in a DMG file; one without a trailer is a disk as it is."""
    if content.read(0, 4) == sparse_image.SIGNATURE:
        return sparse_image.disk(content)
    trailer = content.read(content.size - TRAILER, TRAILER) if content.size >= TRAILER else b""
    if trailer[:4] != b"koly":
        return Slice(content, 0, content.size)
    (segments,) = struct.unpack_from(">I", trailer, 60)
    if segments > 1:
        raise Unsupported(f"one of {segments} segments of a disk image; join them with macOS's own tool and inspect the whole")
    data_at, _data_size = struct.unpack_from(">QQ", trailer, 24)
    list_at, list_size = struct.unpack_from(">QQ", trailer, 216)
    if not 0 < list_size <= LIST_MOST:
        raise Unsupported("a disk image without a property list")
    runs = _runs(_tables(content.read(list_at, list_size)), data_at)
    unread = next((UNREAD[run.kind] for run in runs if run.kind in UNREAD), None)
    if unread is not None:
        raise Unsupported(f"a disk image compressed with {unread}, which is not read; convert it to a plain image and inspect that")
    return _Dmg(content, runs)


def _tables(raw: bytes) -> list[bytes]:
    if b"<!ENTITY" in raw:
        raise Damaged("entities in the property list")
    try:
        found: Any = plistlib.loads(raw, fmt=plistlib.FMT_XML)
        tables = [entry["Data"] for entry in found["resource-fork"]["blkx"]]
    except Exception as broken:
        raise Damaged("the property list can't be read") from broken
    return [bytes(one) for one in tables if isinstance(one, bytes)]


def _runs(tables: list[bytes], data_at: int) -> list[Run]:
    runs: list[Run] = []
    for raw in tables:
        if raw[:4] != b"mish" or len(raw) < 204:
            continue
        (first,) = struct.unpack_from(">Q", raw, 8)
        (inner,) = struct.unpack_from(">Q", raw, 24)
        (count,) = struct.unpack_from(">I", raw, 200)
        for index in range(min(count, (len(raw) - 204) // 40)):
            kind, _comment, start, sectors, at, length = struct.unpack_from(">IIQQQQ", raw, 204 + 40 * index)
            if kind in {COMMENT, END} or not sectors:
                continue
            begin = (first + start) * SECTOR
            runs.append(Run(kind=kind, start=begin, size=sectors * SECTOR, at=data_at + inner + at, length=length))
        if len(runs) > RUNS_MOST:
            raise Damaged("too many runs")
    return sorted(runs, key=lambda run: run.start)


class _Dmg(Readable):
    """A disk of runs of differing size."""

    def __init__(self, content: Content, runs: list[Run]) -> None:
        self._content = content
        self._runs = runs
        self._starts = [run.start for run in runs]
        self.size = max((run.start + run.size for run in runs), default=0)
        self._kept: tuple[int, bytes] = (-1, b"")

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; a run that can't be read raises OSError."""
        parts: list[bytes] = []
        length = min(length, self.size - offset)
        while length > 0:
            index = bisect_right(self._starts, offset) - 1
            run = self._runs[index] if index >= 0 else None
            if run is None or offset >= run.start + run.size:
                following = self._starts[index + 1] if index + 1 < len(self._starts) else self.size
                part = bytes(min(length, following - offset))
            else:
                part = self._part(index, run, offset - run.start, min(length, run.start + run.size - offset))
            if not part:
                break
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(parts)

    def _part(self, index: int, run: Run, inside: int, take: int) -> bytes:
        if run.kind in {ZEROS, IGNORED}:
            return bytes(take)
        if run.kind == RAW:
            return self._content.read(run.at + inside, take)
        if self._kept[0] != index:
            self._kept = (index, self._unpacked(run))
        return self._kept[1][inside : inside + take].ljust(take, b"\x00")

    def _unpacked(self, run: Run) -> bytes:
        method = METHODS.get(run.kind)
        if method is None or run.size > BLOCK_MOST or run.length > BLOCK_MOST:
            raise OSError(f"disk image compression {run.kind:#x} is not read here")
        try:
            return unpacked(self._content.read(run.at, run.length), run.size, method)
        except Damaged as broken:
            raise OSError(str(broken)) from broken
