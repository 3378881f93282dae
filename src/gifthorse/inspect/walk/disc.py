"""Reads CD and DVD images (ISO 9660 with Joliet and Rock Ridge, and UDF beside it) by itself.

The Sleuth Kit 4.15.0 waits for itself for ever on discs that genisoimage writes with ``-iso-level 4``, so it is not asked here.
A disc names its files in several trees, and computers choose: what one tree names and the chosen one does not is a finding.
Source: ECMA-119; the Joliet specification (escape sequences of the supplementary descriptor).
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import walk_hidden_from_walker, walk_unreadable
from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.contents import LyingContent
from gifthorse.inspect.walk.disc_boot import boot_images
from gifthorse.inspect.walk.disc_records import FOLDER_FLAG, HIDDEN_FLAG, MORE_EXTENTS, Names, Record, has_rock_ridge, records, rests
from gifthorse.inspect.walk.entries import DELETED, EXECUTABLE, HIDDEN, LINK, SECOND_WALKER, Entry, joined
from gifthorse.inspect.walk.raw import DEPTH_LIMIT, ENTRIES_LIMIT, FOLDER_BYTES, FOLDERS_LIMIT, cut, merged
from gifthorse.inspect.walk.udf import OF_UDF, Udf
from gifthorse.inspect.walk.unowned import Unowned
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Finding
from gifthorse.model.words import N_, Phrase, phrase

_SECTOR: Final = 2048
_FIRST_DESCRIPTOR: Final = 16
_DESCRIPTORS: Final = 64
_JOLIET: Final = (b"%/@", b"%/C", b"%/E")
_EXECUTE_BITS: Final = 0o111
_FINDINGS_LIMIT: Final = 200
_PIECE: Final = 1024 * 1024
_TREES_MOST: Final = 100
NOT_A_DISC: Final = N_("The disc has no volume descriptor that can be read. Copy the disc again; if it stays so, treat it as unknown.")
UDF_BESIDE: Final = N_("The disc also has a UDF directory, which computers prefer and which can't be read: {problem}")


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """One directory tree of a disc."""

    names: Names
    root_block: int
    root_size: int
    block_size: int
    skip: int = 0


class Disc:
    """An open disc image: `entries()` lists it, then `findings` holds what was wrong."""

    def __init__(self, medium: Content, partition: Partition) -> None:
        self._medium = medium
        self._reader = PatientReader(medium)
        self.partition = partition
        self.kind = "iso9660"
        self._links: dict[str, str] | None = None
        self.findings: list[Finding] = []
        self._unowned = Unowned(self._reader, partition, _SECTOR, texts=lambda: iter(((partition.start, partition.length),)))
        self._boot: list[tuple[int, int]] = []
        self._trees, has_udf = self._find_trees()
        if not self._trees:
            raise Unreadable(NOT_A_DISC)
        self._udf = self._open_udf() if has_udf else None

    def entries(self) -> Iterator[Entry]:
        """Every file and folder of the tree that computers choose, then those that only another tree names."""
        seen: set[tuple[int, int]] = set()
        listings = [self._tree(tree) for tree in self._trees]
        for number, listing in enumerate(listings if self._udf is None else [self._udf.entries(), *listings]):
            for entry in listing:
                place = (entry.extents[0][0], entry.size) if entry.extents else None
                self._unowned.claim(entry)
                if number == 0:
                    yield entry
                elif place is not None and place not in seen:
                    other = msgspec.structs.replace(entry, attributes=entry.attributes | {SECOND_WALKER})
                    self._note(walk_hidden_from_walker.in_other_tree(other))
                    yield other
                if place is not None:
                    seen.add(place)
        for finding in self._udf.findings if self._udf is not None else ():
            self._note(finding)
        yield from self._boot_entries({start for start, _size in seen})
        yield from self._earlier_entries(seen)

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no file owns the disc: before its directories, between its files, and what earlier sessions left."""
        return self._unowned.recovered(alive)

    def _boot_entries(self, named: set[int]) -> Iterator[Entry]:
        """What computers start from this disc, where no directory names it."""
        for at, length in self._boot:
            start = self.partition.start + at
            size = max(0, min(length, self.partition.end - start, self._medium.size - start))
            if start in named or not size:
                continue
            named.add(start)
            name = f"image at byte {start}"
            found = Entry(
                partition=self.partition.index,
                path=f"$BootImages/{name}",
                untrusted_name=name,
                size=size,
                attributes=frozenset({SECOND_WALKER}),
                extents=((start, size),),
            )
            self._unowned.claim(found)
            yield found

    def _earlier_entries(self, seen: set[tuple[int, int]]) -> Iterator[Entry]:
        """Files that only the directories of earlier sessions name: replaced or removed since, and still there."""
        said = len(self.findings)
        for number, tree in enumerate(self._earlier_trees()):
            for entry in self._tree(tree):
                place = (entry.extents[0][0], entry.size) if entry.extents else None
                if place is None or place in seen or entry.got is not None:
                    continue
                seen.add(place)
                path = f"$EarlierSession {number + 1}/{entry.path}"
                older = msgspec.structs.replace(entry, path=path, deleted=True, attributes=entry.attributes | {DELETED})
                self._unowned.claim(older)
                yield older
        del self.findings[said:]  # that an earlier session is no longer whole is no wonder

    def _earlier_trees(self) -> Iterator[Tree]:
        roots = {tree.root_block for tree in self._trees}
        for start, length in self._unowned.runs_left():
            first = self.partition.start + -(-(start - self.partition.start) // _SECTOR) * _SECTOR
            for at in range(first, start + length, _PIECE):
                piece = self._reader.read(at, min(_PIECE, start + length - at))
                for inside in _descriptor_places(piece):
                    tree = self._tree_of(piece[inside : inside + _SECTOR])
                    if tree is not None and tree.root_block not in roots and len(roots) < _TREES_MOST:
                        roots.add(tree.root_block)
                        yield tree

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry*, which came from `entries()`."""
        if self._udf is not None and (entry.inode or 0) & OF_UDF:
            return self._udf.content(entry)
        if entry.extents is None:
            return MemoryContent(self._link_target(entry.path).encode("utf-8", "surrogateescape"))
        return LyingContent(self._medium, entry.size, entry.extents)

    def _link_target(self, path: str) -> str:
        """What the symbolic link at *path* points to; the disc is listed for it once."""
        if self._links is None:
            self._links = {entry.path: entry.target for tree in self._trees for entry in self._tree(tree) if entry.target is not None}
        return self._links.get(path, "")

    def _read(self, offset: int, length: int) -> bytes:
        """Bytes of the disc, never beyond its partition."""
        return self._reader.read(self.partition.start + offset, min(length, self.partition.length - offset))

    def _open_udf(self) -> Udf | None:
        try:
            return Udf(self._medium, self.partition)
        except Unreadable as broken:
            self._complain("", phrase(UDF_BESIDE, problem=broken))
            return None

    def _find_trees(self) -> tuple[list[Tree], bool]:
        """The trees, the one that computers choose first (Rock Ridge, Joliet, plain), and whether there is a UDF directory beside them."""
        trees: list[Tree] = []
        udf = False
        for number in range(_FIRST_DESCRIPTOR, _FIRST_DESCRIPTOR + _DESCRIPTORS):
            sector = self._read(number * _SECTOR, _SECTOR)
            udf = udf or sector[1:6] in {b"NSR02", b"NSR03"}
            self._boot += boot_images(sector, self._read)
            if len(sector) == _SECTOR and sector[1:6] == b"CD001" and sector[0] in {1, 2}:
                tree = self._tree_of(sector)
                trees += [tree] if tree is not None else []
            elif sector[1:6] not in {b"CD001", b"BEA01", b"NSR02", b"NSR03", b"TEA01"}:
                break
        order = (Names.ROCK_RIDGE, Names.JOLIET, Names.PLAIN)
        return sorted(trees, key=lambda tree: order.index(tree.names)), udf

    def _tree_of(self, descriptor: bytes) -> Tree | None:
        (block_size,) = struct.unpack_from("<H", descriptor, 128)
        if block_size not in {512, 1024, 2048}:
            return None
        block, size = struct.unpack_from("<I4xI", descriptor, 156 + 2)
        names, skip = Names.PLAIN, None
        if descriptor[0] == 2 and descriptor[88:91] in _JOLIET:
            names = Names.JOLIET
        else:
            skip = has_rock_ridge(self._read(block * block_size, _SECTOR))
            names = Names.PLAIN if skip is None else Names.ROCK_RIDGE
        return Tree(names=names, root_block=block, root_size=size, block_size=block_size, skip=skip or 0)

    def _tree(self, tree: Tree) -> Iterator[Entry]:
        waiting = [("", tree.root_block, tree.root_size, 0)]
        seen = {tree.root_block}
        count = 0
        while waiting and count < ENTRIES_LIMIT and len(seen) < FOLDERS_LIMIT:
            path, block, size, depth = waiting.pop()
            for parts in self._files(tree, path, block, size):
                count += 1
                entry = self._entry(tree, path, parts)
                yield entry
                child = parts[0].child_block or parts[0].block
                if entry.folder and child not in seen and depth < DEPTH_LIMIT:
                    seen.add(child)
                    waiting.append((entry.path, child, self._folder_size(tree, parts[0]), depth + 1))
        if waiting:
            self._complain("", phrase(walk_unreadable.LIMIT, count=count))

    def _files(self, tree: Tree, path: str, block: int, size: int) -> Iterator[list[Record]]:
        """The files of one folder, each with all its records: a large file has several."""
        body = self._read(block * tree.block_size, min(size, FOLDER_BYTES))
        if len(body) < size:
            self._complain(path, phrase(walk_unreadable.SHORT, got=len(body), stated=size))
        for at, length in rests(body, tree.block_size):
            self._unowned.rest(self.partition.start + block * tree.block_size + at, length)
        parts: list[Record] = []
        for record in records(body, tree.names, tree.block_size, self._read, tree.skip):
            if record.special or record.relocated:
                continue
            parts.append(record)
            if not record.flags & MORE_EXTENTS:
                yield parts
                parts = []

    def _folder_size(self, tree: Tree, record: Record) -> int:
        """Bytes of a folder; one that Rock Ridge moved elsewhere states them in its own first record."""
        if record.child_block is None:
            return record.size
        first = self._read(record.child_block * tree.block_size, 34)
        return int.from_bytes(first[10:14], "little")

    def _entry(self, tree: Tree, path: str, parts: list[Record]) -> Entry:
        first = parts[0]
        folder = bool(first.flags & FOLDER_FLAG) or first.child_block is not None
        size = 0 if folder else sum(record.size for record in parts)
        runs = [
            (self.partition.start + record.block * tree.block_size, record.size)
            for record in parts
            if record.size and not record.interleaved
        ]
        end = min(self.partition.end, self._medium.size)
        inside = [(start, min(length, end - start)) for start, length in runs if start < end]
        got = 0 if folder else sum(length for _start, length in inside)
        inode = self.partition.start + first.block * tree.block_size
        entry_path = joined(path, first.untrusted_name)
        if first.link is not None:
            size = got = len(first.link.encode("utf-8", "surrogateescape"))
        if got < size:
            self._complain(entry_path, phrase(walk_unreadable.SHORT, got=got, stated=size))
        return Entry(
            partition=self.partition.index,
            path=entry_path,
            untrusted_name=first.untrusted_name,
            size=size,
            folder=folder,
            hidden=bool(first.flags & HIDDEN_FLAG),
            attributes=_attributes(first),
            modified=first.modified,
            inode=inode,
            target=first.link,
            extents=None if folder or first.link is not None else cut(merged(inside), size),
            got=got if got < size else None,
        )

    def _complain(self, path: str, detail: Phrase) -> None:
        self._note(walk_unreadable.unreadable_at(path, partition=self.partition.index, detail=detail))

    def _note(self, finding: Finding) -> None:
        if len(self.findings) < _FINDINGS_LIMIT and finding not in self.findings:  # both trees of a disc name a broken file
            self.findings.append(finding)


def _descriptor_places(piece: bytes) -> list[int]:
    """Where in *piece*, which begins at a sector, whole descriptors of directory trees stand."""
    kinds = piece[::_SECTOR]
    places = [number * _SECTOR for number, kind in enumerate(kinds) if kind in {1, 2}]
    return [at for at in places if piece[at + 1 : at + 7] == b"CD001\1" and at + _SECTOR <= len(piece)]


def _attributes(record: Record) -> frozenset[str]:
    executable = record.mode is not None and bool(record.mode & _EXECUTE_BITS) and not record.flags & FOLDER_FLAG
    rules = ((bool(record.flags & HIDDEN_FLAG), HIDDEN), (record.link is not None, LINK), (executable and record.link is None, EXECUTABLE))
    return frozenset(word for holds, word in rules if holds)
