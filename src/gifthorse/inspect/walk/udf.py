"""Reads UDF volumes (discs, discs' images, sticks that Windows formatted so) by itself: the Sleuth Kit knows none.

Sources: ECMA-167 third edition; OSTA Universal Disk Format 1.02 to 2.60 (metadata and sparable partitions). A volume of write-once
sessions, whose blocks a table at its end renumbers, is not read, and that is said.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

import msgspec

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import walk_unreadable
from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.unpack.slices import Runs
from gifthorse.inspect.walk.entries import EXECUTABLE, HIDDEN, LINK, SPECIAL, Entry, joined
from gifthorse.inspect.walk.raw import DEPTH_LIMIT, ENTRIES_LIMIT, FOLDER_BYTES, FOLDERS_LIMIT, cut, merged
from gifthorse.inspect.walk.udf_records import Extent, FileEntry, FileType, Kind, Name, Place, file_entry, link_target, names
from gifthorse.inspect.walk.udf_volume import UdfVolume
from gifthorse.inspect.walk.unowned import Unowned
from gifthorse.model.findings import Finding
from gifthorse.model.words import Phrase, phrase

_FINDINGS_LIMIT: Final = 200
_RUNS_LIMIT: Final = 200_000
_LINK_BYTES: Final = 64 * 1024
OF_UDF: Final = 1 << 60  # tells the numbers of these entries from those of a disc's other trees


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A file entry with the place where it stands and its runs on the medium (None for a hole)."""

    place: Place
    file: FileEntry
    runs: tuple[tuple[int | None, int], ...]
    got: int


class Udf:
    """An open UDF volume: `entries()` lists it, then `findings` holds what was wrong."""

    def __init__(self, medium: Content, partition: Partition) -> None:
        self._medium = medium
        self._reader = PatientReader(medium)
        self._volume = UdfVolume(self._reader, partition)
        self.partition = partition
        self.kind = "udf"
        self.findings: list[Finding] = []
        self.unowned = Unowned(self._reader, partition, self._volume.block_size, texts=self._volume.outside)

    def entries(self) -> Iterator[Entry]:
        """Every file, folder and named stream; deleted ones whose entry still stands are marked."""
        waiting = [("", self._volume.root, 0)]
        seen = {self._volume.root}
        count = 0
        while waiting and count < ENTRIES_LIMIT and len(seen) < FOLDERS_LIMIT:
            path, place, depth = waiting.pop()
            for name in self._names(path, place):
                found = self._found(name.place)
                entry = self._entry(path, name, found)
                if entry is None:
                    continue
                count += 1
                for one in (entry, *self._streams(entry, found)):
                    self._keep(one)
                    yield one
                if entry.folder and not entry.deleted and name.place not in seen and depth < DEPTH_LIMIT:
                    seen.add(name.place)
                    waiting.append((entry.path, name.place, depth + 1))
        if waiting:
            self._complain("", phrase(walk_unreadable.LIMIT, count=count))

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no live file owns the volume; deleted files are listed already where their folder still names them."""
        return self.unowned.recovered(alive)

    def _keep(self, entry: Entry) -> None:
        """The bytes of *entry* are its own, those around its holes too."""
        self.unowned.claim(entry)
        found = None if entry.deleted or entry.extents is not None else self._found(_place_of(entry))
        if found is not None:
            self.unowned.claim_runs((start, length) for start, length in found.runs if start is not None)

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry*, which came from `entries()` of any worker."""
        found = self._found(_place_of(entry))
        if found is None:
            return MemoryContent(b"")
        if LINK in entry.attributes:
            return MemoryContent(link_target(self._body(found, _LINK_BYTES)).encode("utf-8", "surrogateescape"))
        return Runs(self._medium, _cut_with_holes(found.runs, found.file.size))

    def _names(self, path: str, place: Place) -> Iterator[Name]:
        """What the folder at *place* names, its own parent left out."""
        found = self._found(place)
        if found is None or found.file.type not in {FileType.FOLDER, FileType.STREAMS}:
            self._complain(path, phrase(walk_unreadable.SHORT, got=0, stated=0 if found is None else found.file.size))
            return
        body = self._body(found, FOLDER_BYTES)
        if len(body) < found.file.size:
            self._complain(path, phrase(walk_unreadable.SHORT, got=len(body), stated=found.file.size))
        listed, end = names(body)
        if body[end:].strip(b"\0"):  # an entry that is none hides those behind it
            self._complain(path, phrase(walk_unreadable.SHORT, got=end, stated=found.file.size))
        yield from (name for name in listed if not name.parent)

    def _entry(self, path: str, name: Name, found: _Found | None) -> Entry | None:
        shown = joined(path, name.untrusted_name)
        if found is None:
            if not name.deleted:  # a deleted name whose entry is gone leaves nothing to look at
                self._complain(shown, phrase(walk_unreadable.SHORT, got=0, stated=0))
            return None
        file = found.file
        folder = file.type == FileType.FOLDER
        link = file.type == FileType.LINK
        size = 0 if folder else len(link_target(self._body(found, _LINK_BYTES)).encode("utf-8", "replace")) if link else file.size
        got = size if folder or link else min(found.got, size)
        if got < size and not name.deleted:
            self._complain(shown, phrase(walk_unreadable.SHORT, got=got, stated=size))
        return Entry(
            partition=self.partition.index,
            path=shown,
            untrusted_name=name.untrusted_name,
            size=size,
            folder=folder,
            deleted=name.deleted,
            hidden=name.hidden,
            attributes=_attributes(name, file),
            modified=file.modified,
            inode=OF_UDF | found.place.partition << 32 | found.place.block,
            extents=None if folder or link else _without_holes(found.runs, size),
            got=got if got < size else None,
        )

    def _streams(self, entry: Entry, found: _Found | None) -> Iterator[Entry]:
        """The named streams of a file, which a listing of its folder does not show."""
        if found is None or found.file.streams is None or entry.deleted:
            return
        for name in self._names(entry.path, found.file.streams):
            stream = self._entry(entry.path, name, self._found(name.place))
            if stream is not None and not stream.folder and not name.untrusted_name.startswith("*UDF"):
                path = f"{entry.path}:{stream.path.rpartition('/')[2]}"
                yield msgspec.structs.replace(stream, path=path, stream=name.untrusted_name)

    def _found(self, place: Place) -> _Found | None:
        block = self._volume.block(place)
        file = file_entry(block, place.partition)
        if file is None:
            return None
        if file.inline is not None:
            at = self._volume.offset(place)
            runs: tuple[tuple[int | None, int], ...] = () if at is None else ((at + file.inline[0], file.inline[1]),)
            return _Found(place=place, file=file, runs=runs, got=file.inline[1])
        runs = tuple(self._runs(file.extents, place.partition, block))
        return _Found(place=place, file=file, runs=runs, got=sum(self._there(start, length) for start, length in runs))

    def _runs(self, extents: tuple[Extent, ...], partition: int, block: bytes) -> Iterator[tuple[int | None, int]]:
        form = struct.unpack_from("<H", block, 34)[0] & 7
        for extent in islice(self._volume.followed(extents, form, partition), _RUNS_LIMIT):
            if extent.kind == Kind.RECORDED:
                yield from self._volume.stretches(extent)
            else:
                yield None, extent.length

    def _there(self, start: int | None, length: int) -> int:
        return length if start is None else max(0, min(length, self._medium.size - start))

    def _body(self, found: _Found, most: int) -> bytes:
        size = min(found.file.size, most, found.got)
        return Runs(self._medium, found.runs).read(0, size)

    def _complain(self, path: str, detail: Phrase) -> None:
        finding = walk_unreadable.unreadable_at(path, partition=self.partition.index, detail=detail)
        if len(self.findings) < _FINDINGS_LIMIT and finding not in self.findings:
            self.findings.append(finding)


def _place_of(entry: Entry) -> Place:
    number = (entry.inode or 0) & ~OF_UDF
    return Place(number >> 32, number & 0xFFFFFFFF)


def _attributes(name: Name, file: FileEntry) -> frozenset[str]:
    special = file.type not in {0, FileType.FOLDER, FileType.FILE, FileType.LINK}
    rules = (
        (name.hidden, HIDDEN),
        (file.type == FileType.LINK, LINK),
        (file.executable and file.type == FileType.FILE, EXECUTABLE),
        (special and file.type < FileType.STREAMS, SPECIAL),
    )
    return frozenset(word for holds, word in rules if holds)


def _without_holes(runs: tuple[tuple[int | None, int], ...], size: int) -> tuple[tuple[int, int], ...] | None:
    """The runs on the medium, None when some of the content is a hole and has to be put together."""
    lying = [(start, length) for start, length in runs if start is not None]
    return cut(merged(lying), size) if len(lying) == len(runs) else None


def _cut_with_holes(runs: tuple[tuple[int | None, int], ...], size: int) -> list[tuple[int | None, int]]:
    kept: list[tuple[int | None, int]] = []
    for start, length in runs:
        kept.append((start, min(length, size)))
        size -= min(length, size)
    return kept
