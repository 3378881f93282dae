"""Reads ext2, ext3 and ext4 folders by itself: for volumes on which the Sleuth Kit fails or waits for ever.

Source: kernel.org's ext4 disk layout (inodes, directory entries, extent tree, indirect blocks). Every list is bounded, so that any bytes
come to an end; files with their content in the inode are listed without it.
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import EXECUTABLE, HIDDEN, LINK, SECOND_WALKER, SPECIAL, Entry, Extents, decoded, joined
from gifthorse.inspect.walk.ext_shape import Shape, ext_shape
from gifthorse.inspect.walk.raw import DEPTH_LIMIT, ENTRIES_LIMIT, FOLDER_BYTES, FOLDERS_LIMIT, cut

_ROOT: Final = 2
_EXTENTS: Final = 0x80000
_INLINE: Final = 0x10000000
_EXTENT_MARK: Final = 0xF30A
_EXTENT_DEPTH: Final = 5
_RUNS_MOST: Final = 100_000
_BLOCKS_MOST: Final = 1 << 22
_UNWRITTEN: Final = 32768
_GROUPS_MOST: Final = 1 << 17
_TABLE_PIECE: Final = 1024 * 1024
_DIRECT: Final = 12
_FOLDER_KIND: Final = 0x4
_FILE_KIND: Final = 0x8
_LINK_KIND: Final = 0xA
_EXECUTE_BITS: Final = 0o111


class RawExt:
    """An ext volume of *shape* in *partition*."""

    def __init__(self, reader: PatientReader, partition: Partition, shape: Shape) -> None:
        self._reader = reader
        self._partition = partition
        self._shape = shape
        self.block_size = shape.block

    def entries(self) -> Iterator[Entry]:
        """Every file and folder that can be reached from the root, each folder once."""
        waiting = [("", _ROOT, 0)]
        seen = {_ROOT}
        count = 0
        while waiting and count < ENTRIES_LIMIT and len(seen) < FOLDERS_LIMIT:
            path, number, depth = waiting.pop()
            for inode, untrusted_name in self._names(self._inode(number)):
                count += 1
                body = self._inode(inode)
                if len(body) < 128:
                    continue
                entry = self._entry(joined(path, untrusted_name), untrusted_name, inode, body)
                yield entry
                if entry.folder and inode not in seen and depth < DEPTH_LIMIT:
                    seen.add(inode)
                    waiting.append((entry.path, inode, depth + 1))

    def runs(self, number: int) -> Extents:
        """Where the blocks of file *number* lie, in order, up to the first hole or break."""
        body = self._inode(number)
        return self._runs(body) if len(body) >= 128 else ()

    def has_root(self) -> bool:
        """Whether the root folder is one and names itself."""
        body = self._inode(_ROOT)
        runs = self._runs(body) if len(body) >= 128 and body[1] >> 4 == _FOLDER_KIND else ()
        return bool(runs) and self._reader.read(runs[0][0], 4) == _ROOT.to_bytes(4, "little")

    def misleads(self) -> bool:
        """Whether the Sleuth Kit would not come to an end with this volume: the tables of inodes lie where none can, or a file, in use or
        not, has holes where only the third level of indirect blocks leads. There it counts the blocks that are missing one by one, and for
        each from the first on: a gigabyte of nothing keeps it for hours.
        """
        shape = self._shape
        if shape.groups > _GROUPS_MOST:
            return True
        tables = self._tables()
        pointers = shape.block // 4
        limit = (_DIRECT + pointers + pointers * pointers) * shape.block
        large = (body for body in self._large(limit, tables) if _is_mapped(body))
        return min(tables, default=0) <= shape.first_block or any(
            limit < _size(body) and sum(run[1] for run in self._runs(body)) < _size(body) for body in large
        )

    def _tables(self) -> set[int]:
        """The first blocks of all tables of inodes whose groups have a descriptor on the medium."""
        shape = self._shape
        groups = (group for group in range(shape.groups) if shape.descriptor_at(group) + 32 <= self._partition.length)
        return {self._table_of(group) for group in groups}

    def _large(self, limit: int, tables: set[int]) -> Iterator[bytes]:
        """The inodes of all tables that may state more than *limit* bytes, by the highest bytes of their sizes."""
        shape = self._shape
        step, below = shape.inode_size, bytes(range(min(limit >> 24, 256)))
        left = self._partition.length  # tables do not overlap
        for block in sorted(tables):
            table = block * shape.block
            end = min(table + shape.per_group * step, self._partition.length, table + left)
            left -= max(0, end - table)
            for at in range(table, end if table else 0, _TABLE_PIECE // step * step):
                body = self._bytes(at, min(_TABLE_PIECE // step * step, end - at))
                if body[7::step].translate(None, below) or any(any(body[place::step]) for place in range(108, 112)):
                    yield from (body[place : place + 128] for place in range(0, len(body), step))

    def _table_of(self, group: int) -> int:
        """The first block of the inodes of *group*; 0 where the volume names none."""
        shape = self._shape
        descriptor = self._bytes(shape.descriptor_at(group), shape.descriptor_size)
        if len(descriptor) < 32:
            return 0
        table = int.from_bytes(descriptor[8:12], "little")
        return table | (int.from_bytes(descriptor[40:44], "little") << 32 if shape.descriptor_size >= 64 else 0)

    def _bytes(self, offset: int, length: int) -> bytes:
        return self._reader.read(self._partition.start + offset, max(0, min(length, self._partition.length - offset)))

    def _inode(self, number: int) -> bytes:
        """The first 128 bytes of inode *number*; none when there is no such inode."""
        shape = self._shape
        group, position = divmod(number - 1, shape.per_group)
        if number < 1 or group >= shape.groups:
            return b""
        table = self._table_of(group)
        if not table:
            return b""
        return self._bytes(table * shape.block + position * shape.inode_size, 128)

    def _names(self, folder: bytes) -> Iterator[tuple[int, str]]:
        """(inode, name) of each entry of a folder, without those of itself and its parent."""
        if len(folder) < 128 or folder[1] >> 4 != _FOLDER_KIND:
            return
        for start, length in cut(self._runs(folder), min(_size(folder), FOLDER_BYTES)):
            for at in range(start, start + length, self._shape.block):
                yield from _block_names(self._reader.read(at, self._shape.block))

    def _entry(self, path: str, untrusted_name: str, number: int, body: bytes) -> Entry:
        kind = body[1] >> 4
        folder = kind == _FOLDER_KIND
        size = _size(body) if kind in {_FILE_KIND, _LINK_KIND} else 0
        runs = self._runs(body) if kind == _FILE_KIND and size else ()
        got = sum(length for _start, length in runs)
        (mode,) = struct.unpack_from("<H", body, 0)
        rules = (
            (untrusted_name.startswith("."), HIDDEN),
            (kind == _FILE_KIND and bool(mode & _EXECUTE_BITS), EXECUTABLE),
            (kind == _LINK_KIND, LINK),
            (kind not in {_FOLDER_KIND, _FILE_KIND, _LINK_KIND}, SPECIAL),
        )
        extents = None if folder or kind == _LINK_KIND else cut(runs, size)
        return Entry(
            partition=self._partition.index,
            path=path,
            untrusted_name=untrusted_name,
            size=size,
            folder=folder,
            hidden=untrusted_name.startswith("."),
            attributes=frozenset({SECOND_WALKER, *(word for holds, word in rules if holds)}),
            modified=float(struct.unpack_from("<I", body, 16)[0]) or None,
            inode=number,
            extents=extents,
            got=got if kind == _FILE_KIND and got < size else None,
        )

    def _runs(self, inode: bytes) -> Extents:
        """Where the blocks of a file lie, in order; they end at the first hole or broken list."""
        (flags,) = struct.unpack_from("<I", inode, 32)
        if flags & _INLINE:
            return ()
        blocks = (
            self._by_extents(inode[40:100], 0, set())
            if flags & _EXTENTS
            else self._by_blocks(inode[40:100], -(-_size(inode) // self._shape.block))
        )
        runs: list[tuple[int, int]] = []
        expected, room = 0, self._partition.length // self._shape.block
        for logical, physical, count in blocks:
            if logical != expected or expected + count > room or len(runs) >= _RUNS_MOST or not 0 < physical < room:
                break
            start, length = self._partition.start + physical * self._shape.block, count * self._shape.block
            if runs and sum(runs[-1]) == start:
                runs[-1] = (runs[-1][0], runs[-1][1] + length)
            else:
                runs.append((start, length))
            expected += count
        return tuple(runs)

    def _by_extents(self, node: bytes, depth: int, seen: set[int]) -> Iterator[tuple[int, int, int]]:
        """(first block of the file, first block of the volume, blocks) of each leaf of an extent tree; *seen* are its nodes so far."""
        mark, count, _most, levels = struct.unpack_from("<HHHH", node) if len(node) >= 8 else (0, 0, 0, 0)
        if mark != _EXTENT_MARK or depth > _EXTENT_DEPTH:
            return
        for at in range(12, min(12 + 12 * count, len(node) - 11), 12):
            if levels == 0:
                logical, length, high, low = struct.unpack_from("<IHHI", node, at)
                if length > _UNWRITTEN:
                    return  # stated but never written: reads as zeros, whatever lies there
                yield logical, high << 32 | low, length
            else:
                low, high = struct.unpack_from("<IH", node, at + 4)
                block = high << 32 | low
                if block in seen:
                    return  # no node is named twice
                seen.add(block)
                yield from self._by_extents(self._bytes(block * self._shape.block, self._shape.block), depth + 1, seen)

    def _by_blocks(self, pointers: bytes, wanted: int) -> Iterator[tuple[int, int, int]]:
        """As `_by_extents`, from twelve direct pointers and up to three levels of indirect ones; *wanted* blocks at most."""
        words = struct.unpack("<15I", pointers)
        logical = 0
        for word, level in zip(words, (*(0,) * 12, 1, 2, 3), strict=True):
            for physical in self._pointed(word, level):
                if logical >= min(wanted, _BLOCKS_MOST, self._partition.length // self._shape.block) or physical == 0:
                    return
                yield logical, physical, 1
                logical += 1

    def _pointed(self, block: int, level: int) -> Iterator[int]:
        if level == 0 or block == 0:
            yield block
            return
        body = self._bytes(block * self._shape.block, self._shape.block)
        for word in struct.unpack(f"<{len(body) // 4}I", body[: len(body) // 4 * 4]):
            yield from self._pointed(word, level - 1)


def _is_mapped(inode: bytes) -> bool:
    """Whether the blocks of *inode* are listed one by one, and not in extents."""
    return len(inode) == 128 and not int.from_bytes(inode[32:36], "little") & (_EXTENTS | _INLINE)


def _size(inode: bytes) -> int:
    low, high = struct.unpack_from("<I", inode, 4)[0], struct.unpack_from("<I", inode, 108)[0]
    is_file = inode[1] >> 4 == _FILE_KIND
    return int(low | high << 32) if is_file else int(low)


def _block_names(untrusted_block: bytes) -> Iterator[tuple[int, str]]:
    """(inode, name) of each live entry in one block of a folder; entries never cross blocks."""
    at = 0
    while at + 8 <= len(untrusted_block):
        inode, length, name_length = struct.unpack_from("<IHB", untrusted_block, at)
        if length < 8:
            return
        raw = untrusted_block[at + 8 : at + 8 + name_length]
        at += length
        if inode and raw and raw not in {b".", b".."} and b"\0" not in raw:
            yield inode, decoded(raw)


def raw_ext(reader: PatientReader, partition: Partition) -> RawExt | None:
    """The ext volume in *partition*, or None when its superblock states none that this reader knows."""
    shape = ext_shape(reader, partition)
    return None if shape is None else RawExt(reader, partition, shape)
