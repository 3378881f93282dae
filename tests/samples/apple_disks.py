"""An Apple File System container of one volume, as small as it can be: one node for each tree."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

BLOCK = 4096
ROOT = 2
FIRST = 16
FOLDER, FILE, LINK = 0o040755, 0o100644, 0o120755
INODE, XATTR, RUN, NAME = 3, 4, 8, 9
_TREE_INFO = 40


@dataclass(kw_only=True)
class Placed:
    """One file: `attributes` stand in the record, `streams` have runs of their own; `named` False leaves it out of its folder."""

    content: bytes = b""
    mode: int = FILE
    flags: int = 0
    attributes: Mapping[str, bytes] = field(default_factory=dict)
    streams: Mapping[str, bytes] = field(default_factory=dict)
    named: bool = True
    hole: int = 0


def container(files: Mapping[str, Placed | bytes], *, encrypted: bool = False, snapshots: int = 0) -> bytes:
    """The image of a container with *files* in one volume, the root folder only."""
    tree = _Files()
    for name, placed in files.items():
        tree.add(name, placed if isinstance(placed, Placed) else Placed(content=placed))
    blocks = {
        2: _map(3),
        3: _node(3, 0xB, [(struct.pack("<QQ", 1026, 1), struct.pack("<IIQ", 0, BLOCK, 4))], fixed=True),
        4: _volume(encrypted=encrypted, snapshots=snapshots),
        5: _map(6),
        6: _node(6, 0xB, [(struct.pack("<QQ", 1028, 1), struct.pack("<IIQ", 0, BLOCK, 7))], fixed=True),
        7: _node(1028, 0xE, sorted(tree.records, key=_order)),
    }
    blocks |= tree.data
    count = max(blocks) + 1
    blocks[0] = blocks[1] = _superblock(count)
    return b"".join(blocks.get(number, b"").ljust(BLOCK, b"\0") for number in range(count))


def folded(method: int, plain: bytes, body: bytes | None = None) -> bytes:
    """The attribute of a compressed file: *body* is what stands in it, zlib's form of *plain* unless given."""
    return b"fpmc" + struct.pack("<IQ", method, len(plain)) + (zlib.compress(plain) if body is None else body)


class _Files:
    """The records of the volume's files, and their data by block."""

    def __init__(self) -> None:
        self.records: list[tuple[bytes, bytes]] = [(_key(ROOT, INODE), _inode(1, ROOT, FOLDER, 0, None))]
        self.data: dict[int, bytes] = {}
        self._next = 8
        self._number = FIRST

    def add(self, name: str, placed: Placed) -> None:
        number = self._taken()
        size = len(placed.content) + placed.hole
        self.records.append((_key(number, INODE), _inode(ROOT, number, placed.mode, placed.flags, size or None)))
        if placed.named:
            stated = name.encode("utf-8", "surrogateescape") + b"\0"
            self.records.append((_key(ROOT, NAME) + struct.pack("<I", len(stated)) + stated, struct.pack("<QQH", number, 0, 8)))
        self._lay(number, placed.content, placed.hole)
        for attribute, body in placed.attributes.items():
            self.records.append((_named(number, attribute), struct.pack("<HH", 2, len(body)) + body))
        for attribute, body in placed.streams.items():
            data = self._taken()
            self.records.append((_named(number, attribute), struct.pack("<HHQQQQQQ", 1, 48, data, len(body), len(body), 0, 0, 0)))
            self._lay(data, body, 0)

    def _lay(self, number: int, content: bytes, hole: int) -> None:
        if not content:
            return
        blocks = -(-len(content) // BLOCK)
        self.records.append((_key(number, RUN) + struct.pack("<Q", hole), struct.pack("<QQQ", blocks * BLOCK, self._next, 0)))
        for at in range(blocks):
            self.data[self._next + at] = content[at * BLOCK : (at + 1) * BLOCK]
        self._next += blocks

    def _taken(self) -> int:
        self._number += 1
        return self._number - 1


def _key(number: int, kind: int) -> bytes:
    return struct.pack("<Q", kind << 60 | number)


def _named(number: int, name: str) -> bytes:
    stated = name.encode() + b"\0"
    return _key(number, XATTR) + struct.pack("<H", len(stated)) + stated


def _order(record: tuple[bytes, bytes]) -> tuple[int, int, bytes]:
    (head,) = struct.unpack_from("<Q", record[0])
    return head & (1 << 60) - 1, head >> 60, record[0][8:]


def _inode(parent: int, data: int, mode: int, flags: int, size: int | None) -> bytes:
    moments = struct.pack("<4Q", *[1_700_000_000 * 10**9] * 4)
    body = struct.pack("<QQ", parent, data) + moments + struct.pack("<QiIIIIIHHQ", 0, 1, 0, 0, flags, 0, 0, mode, 0, 0)
    if size is None:
        return body
    return body + struct.pack("<HH", 1, 40) + struct.pack("<BBH", 8, 0, 40) + struct.pack("<5Q", size, size, 0, 0, 0)


def _object(number: int, kind: int, subtype: int, body: bytes) -> bytes:
    rest = (struct.pack("<QQII", number, 1, kind, subtype) + body).ljust(BLOCK - 8, b"\0")
    return _checksum(rest) + rest


def _checksum(rest: bytes) -> bytes:
    low = high = 0
    for (word,) in struct.iter_unpack("<I", rest):
        low = (low + word) % 0xFFFFFFFF
        high = (high + low) % 0xFFFFFFFF
    first = 0xFFFFFFFF - (low + high) % 0xFFFFFFFF
    return struct.pack("<II", first, 0xFFFFFFFF - (low + first) % 0xFFFFFFFF)


def _map(tree: int) -> bytes:
    return _object(5, 0x4000000B, 0, struct.pack("<IIIIQQQIIQQ", 0, 0, 0x40000002, 0x40000002, tree, 0, 0, 0, 0, 0, 0))


def _node(number: int, subtype: int, records: list[tuple[bytes, bytes]], *, fixed: bool = False) -> bytes:
    """A tree that is one node: root and leaf."""
    table, keys, values = b"", b"", b""
    for key, value in records:
        values = value + values
        places = (len(keys), len(values)) if fixed else (len(keys), len(key), len(values), len(value))
        table += struct.pack(f"<{len(places)}H", *places)
        keys += key
    head = struct.pack("<HHIHHHHHHHH", 3 | (4 if fixed else 0), 0, len(records), 0, len(table), 0, 0, 0, 0, 0, 0)
    info = struct.pack("<IIIIIIQQ", 0, BLOCK, 16 if fixed else 0, 16 if fixed else 0, 0, 0, len(records), 1)
    room = BLOCK - 32 - len(head) - len(table) - len(keys) - len(values) - len(info)
    assert room >= 0
    return _object(number, 0x40000002, subtype, head + table + keys + bytes(room) + values + info)


def _superblock(blocks: int) -> bytes:
    body = b"NXSB" + struct.pack("<IQQQQ16sQQ", BLOCK, blocks, 0, 0, 2, bytes(16), 2000, 2)
    body += struct.pack("<IIQQIIIIII", 1, 0, 1, 0, 0, 0, 0, 1, 0, 0)
    body += struct.pack("<QQQIIQ", 1024, 2, 0, 0, 1, 1026)
    return _object(1, 0x80000001, 0, body)


def _volume(*, encrypted: bool, snapshots: int) -> bytes:
    body = bytearray(BLOCK - 32)
    body[0:4] = b"APSB"
    struct.pack_into("<Q", body, 56 - 32, 1)
    struct.pack_into("<I", body, 116 - 32, 2)
    struct.pack_into("<QQ", body, 128 - 32, 5, 1028)
    struct.pack_into("<Q", body, 216 - 32, snapshots)
    struct.pack_into("<Q", body, 264 - 32, 0 if encrypted else 1)
    body[704 - 32 : 704 - 32 + 5] = b"GIFT\0"
    return _object(1026, 0x0D, 0, bytes(body))
