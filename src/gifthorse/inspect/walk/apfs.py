"""Reads Apple File System containers by itself: the binding of the Sleuth Kit doesn't open them.

The state that is read is the newest whole checkpoint. Snapshots of earlier states and free space are not looked into; that there are
snapshots is said.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import walk_hidden_from_walker, walk_unreadable
from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.unpack.slices import Runs
from gifthorse.inspect.walk.apfs_records import (
    FILE_MODE,
    HIDDEN_FLAG,
    KIND_OF_MODE,
    Container,
    VolumeRecord,
    container_of,
    volume_of,
    whole,
)
from gifthorse.inspect.walk.apfs_tree import ObjectMap
from gifthorse.inspect.walk.apfs_volume import ROOT, ApfsVolume, Found, Pieces
from gifthorse.inspect.walk.entries import EXECUTABLE, HIDDEN, LINK, SECOND_WALKER, SPECIAL, EncryptedVolume, Entry, joined
from gifthorse.inspect.walk.raw import DEPTH_LIMIT, ENTRIES_LIMIT, FOLDERS_LIMIT, cut, merged
from gifthorse.inspect.walk.unowned import Unowned
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Finding, Severity
from gifthorse.model.words import N_, Phrase, phrase

_FINDINGS_LIMIT: Final = 200
_CHECKPOINTS_MOST: Final = 4096
_OF_VOLUME: Final = 56  # the volume's number stands above the file's
_BEYOND: Final = 1 << _OF_VOLUME  # no container has so many files; the format would allow sixteen times as many
_FIRST_OF_USERS: Final = 16
_PRIVATE: Final = 3
_EXECUTE_BITS: Final = 0o111
NOT_A_CONTAINER: Final = N_(
    "The APFS container names no volume that can be read. Copy the medium again; if it stays so, treat it as unknown."
)
LOCKED: Final = N_("The volume is encrypted (FileVault). Ask the giver for the password, unlock a copy, and inspect that.")
LOCKED_BESIDE: Final = N_("The volume “{name}” is encrypted; nothing of it was seen.")
SNAPSHOTS: Final = N_("The volume “{name}” also keeps {count} earlier states (snapshots), which were not looked into.")
BROKEN_NODES: Final = N_("{count} parts of the list of files of volume “{name}” can't be read.")
FREE_SPACE: Final = N_(
    "Free space of this container can't be told from its encrypted volume and was not looked into; what was deleted is not known."
)
FOLDED: Final = N_("Compressed by the filesystem in a way that this version does not read.")


class Apfs:
    """An open container: `entries()` lists the files of all its volumes, then `findings` holds what was wrong."""

    def __init__(self, medium: Content, partition: Partition) -> None:
        self._medium = medium
        self._reader = PatientReader(medium)
        self.partition = partition
        self.kind = "apfs"
        self.findings: list[Finding] = []
        self._container = self._newest()
        self._unowned = Unowned(self._reader, partition, self._container.block_size)
        records = list(self._volumes())
        if records and all(record.encrypted for record in records):
            raise EncryptedVolume(LOCKED)
        self._locked = [record.name for record in records if record.encrypted]
        self._opened = [self._open(record) for record in records if not record.encrypted]
        if not self._opened:
            raise Unreadable(NOT_A_CONTAINER)

    def entries(self) -> Iterator[Entry]:
        """Every file, folder and long attribute; with several volumes, each under its name."""
        for name in self._locked:
            self._complain("", phrase(LOCKED_BESIDE, name=name))
        for number, volume in enumerate(self._opened):
            top = joined("", volume.name or f"volume {number + 1}") if len(self._opened) > 1 else ""
            yield from self._files(number, volume, top)
            if volume.snapshots:
                self._complain(top, phrase(SNAPSHOTS, name=volume.name, count=volume.snapshots))
            if volume.tree.broken:
                self._complain(top, phrase(BROKEN_NODES, name=volume.name, count=volume.tree.broken))

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no live file of any volume owns the container; where a volume is encrypted, that this can't be told."""
        if self._locked:
            yield walk_unreadable.unreadable_at("", partition=self.partition.index, detail=phrase(FREE_SPACE), severity=Severity.INFO)
            return
        yield from self._unowned.recovered(alive)

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry*, which came from `entries()` of any worker."""
        assert entry.inode is not None
        volume = self._opened[entry.inode >> _OF_VOLUME]
        found = volume.found(entry.inode & (_BEYOND - 1))
        if found is None:
            return MemoryContent(b"")
        if entry.stream is not None:
            attribute = found.attribute(entry.stream)
            if attribute is None or attribute.inline is not None:
                return MemoryContent(b"" if attribute is None or attribute.inline is None else attribute.inline)
            return Runs(self._medium, volume.stream(attribute))
        if found.link is not None:
            return MemoryContent(found.link)
        if found.folded:
            return volume.unfolded(found) or MemoryContent(b"")
        return Runs(self._medium, found.pieces)

    def _files(self, number: int, volume: ApfsVolume, top: str) -> Iterator[Entry]:
        seen = {ROOT, _PRIVATE, 1}
        waiting = [(top, ROOT, 0)]
        count = 0
        while waiting and count < ENTRIES_LIMIT and len(seen) < FOLDERS_LIMIT * 8:
            path, folder, depth = waiting.pop()
            listing = volume.found(folder)
            for untrusted_name, child in listing.names if listing is not None else ():
                count += 1
                found = volume.found(child) if child < _BEYOND else None
                shown = joined(path, untrusted_name)
                if found is None:
                    self._complain(shown, phrase(walk_unreadable.SHORT, got=0, stated=0))
                    continue
                yield from self._object(number, shown, untrusted_name, child, found)
                if found.folder and child not in seen and depth < DEPTH_LIMIT:
                    waiting.append((shown, child, depth + 1))
                seen.add(child)
        if waiting:
            self._complain(top, phrase(walk_unreadable.LIMIT, count=count))
        yield from self._unnamed(number, volume, seen, top)

    def _unnamed(self, number: int, volume: ApfsVolume, seen: set[int], top: str) -> Iterator[Entry]:
        """Files that are in use and that no folder names."""
        for child in volume.numbers():
            found = volume.found(child) if _FIRST_OF_USERS <= child < _BEYOND and child not in seen else None
            if found is None or found.folder or found.file.parent == _PRIVATE:
                continue
            seen.add(child)
            for entry in self._object(number, joined(top, f"unnamed {child}"), f"unnamed {child}", child, found):
                if entry.stream is None:
                    self._note(walk_hidden_from_walker.unnamed(entry, links=found.file.links))
                yield msgspec.structs.replace(entry, attributes=entry.attributes | {SECOND_WALKER})

    def _object(self, number: int, path: str, untrusted_name: str, child: int, found: Found) -> Iterator[Entry]:
        """The entry of one object, then those of its long attributes."""
        volume = self._opened[number]
        size, got = self._size(volume, found)
        self._claim(found.pieces)
        if got < size:
            short = phrase(FOLDED) if found.folded else phrase(walk_unreadable.SHORT, got=got, stated=size)
            self._complain(path, short)
        lying = not (found.folder or found.folded or found.link is not None)
        entry = Entry(
            partition=self.partition.index,
            path=path,
            untrusted_name=untrusted_name,
            size=size,
            folder=found.folder,
            hidden=bool(found.file.flags & HIDDEN_FLAG),
            attributes=_attributes(found),
            modified=found.file.modified,
            inode=number << _OF_VOLUME | child,
            extents=self._extents(found.pieces, size) if lying else None,
            got=got if got < size else None,
        )
        yield entry
        for attribute in found.forks():
            self._claim(volume.stream(attribute))
        for attribute in found.streams():
            inline = attribute.inline
            pieces = volume.stream(attribute) if inline is None else ()
            size = attribute.size if inline is None else len(inline)
            there = self._there(pieces) if inline is None else size
            yield msgspec.structs.replace(
                entry,
                path=f"{path}:{joined('', attribute.untrusted_name)}",
                size=size,
                folder=False,
                stream=attribute.untrusted_name,
                extents=self._extents(pieces, size) if inline is None else None,
                got=there if there < size else None,
            )

    def _claim(self, pieces: Pieces) -> None:
        self._unowned.claim_runs((start, length) for start, length in pieces if start is not None)

    def _size(self, volume: ApfsVolume, found: Found) -> tuple[int, int]:
        """Bytes that the object states, and bytes that come back of them."""
        if found.folder:
            return 0, 0
        if found.link is not None:
            return len(found.link), len(found.link)
        if found.folded:
            plain = volume.unfolded(found)
            return (found.file.unfolded or 1, 0) if plain is None else (plain.size, plain.size)
        return found.file.size, min(found.file.size, self._there(found.pieces))

    def _there(self, pieces: Pieces) -> int:
        end = min(self.partition.end, self._medium.size)
        return sum(length if start is None else max(0, min(length, end - start)) for start, length in pieces)

    def _extents(self, pieces: Pieces, size: int) -> tuple[tuple[int, int], ...] | None:
        """The runs on the medium, None when some of it is a hole or lies outside."""
        lying = [(start, length) for start, length in pieces if start is not None]
        return cut(merged(lying), size) if len(lying) == len(pieces) and self._there(pieces) >= size else None

    def _block(self, number: int) -> bytes:
        size = self._container.block_size
        return self._reader.read(self.partition.start + number * size, size) if 0 <= number < self._container.blocks else b""

    def _newest(self) -> Container:
        """The superblock of the newest checkpoint that is whole; the first block's when there is none."""
        self._container = self._at_start()
        base, count = self._container.checkpoints
        for number in range(base, base + min(count, _CHECKPOINTS_MOST)):
            block = self._block(number)
            found = container_of(block)
            if (
                found is not None
                and found.state > self._container.state
                and found.block_size == self._container.block_size
                and whole(block)
            ):
                self._container = found
        return self._container

    def _at_start(self) -> Container:
        first = container_of(self._reader.read(self.partition.start, 4096))
        if first is None:
            raise Unreadable(NOT_A_CONTAINER)
        return first

    def _volumes(self) -> Iterator[VolumeRecord]:
        places = ObjectMap(self._block, self._container.map_block, self._container.state)
        for number in self._container.volumes:
            block = places(number)
            record = None if block is None else volume_of(self._block(block))
            if record is None:
                self._complain("", phrase(BROKEN_NODES, name=str(number), count=1))
            else:
                yield record

    def _open(self, record: VolumeRecord) -> ApfsVolume:
        container = self._container
        return ApfsVolume(
            record,
            self._block,
            state=container.state,
            medium=self._medium,
            start=self.partition.start,
            block=container.block_size,
        )

    def _complain(self, path: str, detail: Phrase) -> None:
        self._note(walk_unreadable.unreadable_at(path, partition=self.partition.index, detail=detail))

    def _note(self, finding: Finding) -> None:
        if len(self.findings) < _FINDINGS_LIMIT and finding not in self.findings:
            self.findings.append(finding)


def _attributes(found: Found) -> frozenset[str]:
    plain = found.file.mode & KIND_OF_MODE == FILE_MODE
    rules = (
        (bool(found.file.flags & HIDDEN_FLAG), HIDDEN),
        (found.link is not None, LINK),
        (plain and bool(found.file.mode & _EXECUTE_BITS), EXECUTABLE),
        (not plain and not found.folder and found.link is None, SPECIAL),
    )
    return frozenset(word for holds, word in rules if holds)
