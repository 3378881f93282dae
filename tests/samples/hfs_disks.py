"""An HFS Plus volume as small as it can be: a header, a map of blocks, and trees of one leaf each, with files in the root folder.

Source: Apple's TN1150.
"""

import struct
from collections.abc import Mapping

BLOCK = 4096
BLOCKS = 64
_ROOT = 2
_FIRST = 16
_MOMENT = 3_800_000_000
_MAP, _OVERFLOW, _CATALOG = 1, 2, 4
_FILES = 6
_TREE_BLOCKS = 2


def hfs_of(files: Mapping[str, bytes], attributes: Mapping[tuple[str, str], bytes] | None = None) -> bytes:
    """The image of a volume with *files*, of 256 KiB; *attributes* are extended ones by file and name, 3 KiB together at most."""
    image = bytearray(BLOCK * BLOCKS)
    records = [_folder_thread(), _folder(len(files))]
    at = _FILES
    for number, (name, body) in enumerate(files.items()):
        blocks = -(-len(body) // BLOCK)
        records += [_file(name, _FIRST + number, len(body), at, blocks), _file_thread(name, _FIRST + number)]
        image[at * BLOCK : at * BLOCK + len(body)] = body
        at += blocks
    records.sort(key=_order)
    _put(image, _OVERFLOW, _tree([], 10))
    _put(image, _CATALOG, _tree(records, 516))
    numbers = {name: _FIRST + number for number, name in enumerate(files)}
    kept = sorted((_attribute(numbers[name], key, body) for (name, key), body in (attributes or {}).items()), key=lambda one: one[4:])
    if kept:
        _put(image, at, _tree(kept, 266))
    tree = _fork(2 * BLOCK, at, 2) if kept else _fork(0, 0, 0)
    at += 2 if kept else 0
    _put(image, _MAP, _bits([*range(at), BLOCKS - 1]))
    header = _header(len(files), BLOCKS - at - 1, _FIRST + len(files), tree)
    image[1024 : 1024 + len(header)] = header
    image[-1024 : -1024 + len(header)] = header
    return bytes(image)


def _put(image: bytearray, block: int, body: bytes) -> None:
    image[block * BLOCK : block * BLOCK + len(body)] = body


def _bits(used: list[int]) -> bytes:
    number = sum(1 << (BLOCKS - 1 - block) for block in used)
    return number.to_bytes(BLOCKS // 8)


def _fork(size: int, block: int, blocks: int) -> bytes:
    return struct.pack(">QII", size, 0, blocks) + struct.pack(">II", block if blocks else 0, blocks) + bytes(56)


def _header(files: int, free: int, following: int, attributes: bytes) -> bytes:
    head = b"H+" + struct.pack(">HI4sI", 4, 0x100, b"10.0", 0)
    head += struct.pack(">4I", _MOMENT, _MOMENT, 0, _MOMENT)
    head += struct.pack(">10I", files, 0, BLOCK, BLOCKS, free, 0, BLOCK, BLOCK, following, 1)
    head += struct.pack(">Q", 1) + bytes(32)
    forks = (_fork(BLOCK, _MAP, 1), _fork(2 * BLOCK, _OVERFLOW, 2), _fork(2 * BLOCK, _CATALOG, 2), attributes, _fork(0, 0, 0))
    return head + b"".join(forks)


def _tree(records: list[bytes], longest_key: int) -> bytes:
    """A tree of two nodes: its header, and the one leaf when there are *records*."""
    full = int(bool(records))
    head = struct.pack(
        ">HIIIIHHIIHIBBI", full, full, len(records), full, full, BLOCK, longest_key, _TREE_BLOCKS, 1 - full, 0, BLOCK, 0, 0xCF, 6
    )
    node = _node([head + bytes(64), bytes(128), bytes([0xC0 if full else 0x80]) + bytes(3839 - 256)], kind=1, height=0)
    return node + (_node(records, kind=0xFF, height=1) if records else b"")


def _node(records: list[bytes], *, kind: int, height: int) -> bytes:
    body, offsets = struct.pack(">IIBBHH", 0, 0, kind, height, len(records), 0), []
    for record in records:
        offsets.append(len(body))
        body += record
    offsets.append(len(body))
    table = b"".join(struct.pack(">H", at) for at in reversed(offsets))
    assert len(body) + len(table) <= BLOCK
    return body.ljust(BLOCK - len(table), b"\0") + table


def _key(parent: int, name: str) -> bytes:
    letters = name.encode("utf-16-be")
    return struct.pack(">HIH", 6 + len(letters), parent, len(letters) // 2) + letters


def _order(record: bytes) -> tuple[int, str]:
    length, parent = struct.unpack_from(">HI", record)
    return parent, record[8 : 2 + length].decode("utf-16-be").lower()


def _named(parent: int, name: str) -> bytes:
    letters = name.encode("utf-16-be")
    return struct.pack(">IH", parent, len(letters) // 2) + letters


def _attribute(number: int, name: str, body: bytes) -> bytes:
    letters = name.encode("utf-16-be")
    key = struct.pack(">HIIH", 0, number, 0, len(letters) // 2) + letters
    record = struct.pack(">IIII", 0x10, 0, 0, len(body)) + body
    return struct.pack(">H", len(key)) + key + record + bytes(len(record) % 2)


def _folder_thread() -> bytes:
    return _key(_ROOT, "") + struct.pack(">Hh", 3, 0) + _named(1, "GIFT")


def _file_thread(name: str, number: int) -> bytes:
    return _key(number, "") + struct.pack(">Hh", 4, 0) + _named(_ROOT, name)


def _dates_and_rights(mode: int) -> bytes:
    return struct.pack(">5I", *[_MOMENT] * 4, 0) + struct.pack(">IIBBHI", 0, 0, 0, 0, mode, 1)


def _folder(files: int) -> bytes:
    return _key(1, "GIFT") + struct.pack(">HHII", 1, 0, files, _ROOT) + _dates_and_rights(0o040755) + bytes(32 + 8)


def _file(name: str, number: int, size: int, block: int, blocks: int) -> bytes:
    head = struct.pack(">HHII", 2, 2, 0, number) + _dates_and_rights(0o100644) + bytes(32 + 8)
    return _key(_ROOT, name) + head + _fork(size, block, blocks) + _fork(0, 0, 0)
