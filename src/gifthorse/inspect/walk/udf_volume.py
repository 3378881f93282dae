"""Where the blocks of a UDF volume lie: its anchor, its partitions, and the maps that some of them need."""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.grounds import Runs
from gifthorse.inspect.walk.udf_records import Extent, Kind, Place, Tag, extents_of, file_entry, long_place, tag_of
from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_

_SECTORS: Final = (2048, 512, 4096, 1024)
_ANCHOR: Final = 256
_DESCRIPTORS: Final = 64
_TABLES_MOST: Final = 2000
_METADATA: Final = b"*UDF Metadata Partition"
_VIRTUAL: Final = b"*UDF Virtual Partition"
NOT_A_VOLUME: Final = N_("The UDF volume states no place for its files. Copy the disc again; if it stays so, treat it as unknown.")
SESSIONS: Final = N_("The disc was written in sessions (UDF virtual partition), which this version does not read. Copy its files out.")


class _Map(msgspec.Struct, frozen=True, kw_only=True):
    """One partition as the volume counts them: its first byte, its bytes, and the runs of its metadata file when it has one."""

    start: int
    length: int
    runs: tuple[tuple[int, int], ...] | None = None


class UdfVolume:
    """The blocks of the UDF volume in *partition*; raises Unreadable when it doesn't say where its files are."""

    def __init__(self, reader: PatientReader, partition: Partition) -> None:
        self._reader = reader
        self._start = partition.start
        self._length = max(0, min(partition.length, reader.size - partition.start))
        self._sector, sequence = self._anchor()
        volume, starts = self._descriptors(*sequence)
        (self.block_size,) = struct.unpack_from("<I", volume, 212)
        if self.block_size not in _SECTORS:
            raise Unreadable(NOT_A_VOLUME)
        self._maps: list[_Map] = []
        for record in _map_records(volume):
            self._maps.append(self._map(record, starts))
        file_set = self.block(long_place(volume, 248))
        if tag_of(file_set) != Tag.FILE_SET:
            raise Unreadable(NOT_A_VOLUME)
        self.root = long_place(file_set, 400)

    def block(self, place: Place) -> bytes:
        """The block at *place*; empty where there is none."""
        at = self.offset(place)
        return b"" if at is None else self._reader.read(at, self.block_size)

    def offset(self, place: Place) -> int | None:
        """The byte of the medium where the block at *place* begins."""
        return next((start for start, _length in self.stretches(Extent(Kind.RECORDED, self.block_size, place))), None)

    def stretches(self, extent: Extent) -> Iterator[tuple[int, int]]:
        """(byte of the medium, length) of *extent*, in order; what lies outside its partition is left out."""
        if extent.place.partition >= len(self._maps):
            return
        chosen = self._maps[extent.place.partition]
        at, length = extent.place.block * self.block_size, extent.length
        if chosen.runs is None:
            length = min(length, chosen.length - at)
            if length > 0:
                yield chosen.start + at, length
            return
        for start, size in chosen.runs:
            if length > 0 and at < size:
                take = min(length, size - at)
                yield start + at, take
                length -= take
                at = 0
            else:
                at -= size

    def outside(self) -> Runs:
        """The stretches of the medium, in order, that belong to no partition of the volume: no file ever lies there."""
        at, end = self._start, self._start + self._length
        for begin, length in sorted({(one.start, one.length) for one in self._maps}):
            if begin > at:
                yield at, begin - at
            at = max(at, begin + length)
        if at < end:
            yield at, end - at

    def followed(self, extents: tuple[Extent, ...], form: int, partition: int) -> Iterator[Extent]:
        """*extents*, and those of the further tables that the last of them leads to."""
        tables = 0
        while extents:
            yield from (extent for extent in extents if extent.kind != Kind.CONTINUES)
            onward = next((extent for extent in extents if extent.kind == Kind.CONTINUES), None)
            tables += 1
            if onward is None or tables > _TABLES_MOST:
                return
            block = self.block(onward.place)
            if tag_of(block) != Tag.ALLOCATION or len(block) < 24:
                return
            (listed,) = struct.unpack_from("<I", block, 20)
            extents = tuple(extents_of(block[24 : 24 + listed], form, partition))

    def _anchor(self) -> tuple[int, tuple[int, int]]:
        """Bytes of a sector, and (first sector, bytes) of the volume's descriptors."""
        for sector in _SECTORS:
            last = self._length // sector - 1
            for number in (_ANCHOR, last, last - _ANCHOR):
                block = self._at(number * sector, 512)
                if number > 0 and tag_of(block) == Tag.ANCHOR and struct.unpack_from("<I", block, 12)[0] == number:
                    length, first = struct.unpack_from("<II", block, 16)
                    return sector, (first, length)
        raise Unreadable(NOT_A_VOLUME)

    def _descriptors(self, first: int, length: int) -> tuple[bytes, dict[int, tuple[int, int]]]:
        """The logical volume's descriptor, and by its number where each partition begins and how long it is."""
        volume, starts = b"", {}
        for number in range(min(length // self._sector, _DESCRIPTORS)):
            block = self._at((first + number) * self._sector, self._sector)
            tag = tag_of(block)
            if tag == Tag.LOGICAL_VOLUME:
                volume = block
            elif tag == Tag.PARTITION:
                start, sectors = struct.unpack_from("<II", block, 188)
                begin = self._start + start * self._sector
                room = max(0, self._start + self._length - begin)
                starts[struct.unpack_from("<H", block, 22)[0]] = begin, min(sectors * self._sector, room)
            elif tag == Tag.TERMINATING:
                break
        if not volume or not starts:
            raise Unreadable(NOT_A_VOLUME)
        return volume, starts

    def _map(self, record: bytes, starts: dict[int, tuple[int, int]]) -> _Map:
        if record[0] == 1 and len(record) >= 6:
            begin, length = starts.get(struct.unpack_from("<H", record, 4)[0], (0, 0))
            return _Map(start=begin, length=length)
        if record[5:28].startswith(_VIRTUAL):
            raise Unreadable(SESSIONS)
        begin, length = starts.get(struct.unpack_from("<H", record, 38)[0], (0, 0)) if len(record) >= 48 else (0, 0)
        plain = _Map(start=begin, length=length)
        if not record[5:28].startswith(_METADATA):
            return plain  # sparable: blocks lie where they say unless the disc is worn
        main, mirror = struct.unpack_from("<II", record, 40)
        runs = self._metadata(plain, main) or self._metadata(plain, mirror)
        return _Map(start=begin, length=length, runs=runs)

    def _metadata(self, plain: _Map, block: int) -> tuple[tuple[int, int], ...]:
        """The runs of the metadata file whose entry is *block* of the partition *plain*."""
        number = len(self._maps)
        self._maps.append(plain)
        try:
            file = file_entry(self.block(Place(number, block)), number)
            extents = () if file is None else tuple(self.followed(file.extents, 0, number))
            return tuple(run for extent in extents for run in self.stretches(extent) if extent.kind == Kind.RECORDED)
        finally:
            self._maps.pop()

    def _at(self, offset: int, length: int) -> bytes:
        return self._reader.read(self._start + offset, min(length, self._length - offset)) if 0 <= offset < self._length else b""


def _map_records(volume: bytes) -> Iterator[bytes]:
    """The partition maps of a logical volume's descriptor."""
    table, count = struct.unpack_from("<II", volume, 264)
    at, end = 440, min(440 + table, len(volume))
    while count and at + 2 <= end and volume[at + 1]:
        yield volume[at : at + volume[at + 1]]
        at += volume[at + 1]
        count -= 1
