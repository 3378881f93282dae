"""A Linux filesystem as small as it can be: ext2 with blocks of 1 KiB, one group, and files in the root folder."""

import struct
from collections.abc import Mapping

BLOCK = 1024
_INODES = 32
_INODE_BYTES = 128
_TABLE = 5
_FIRST = 11
_DATA = _TABLE + _INODES * _INODE_BYTES // BLOCK
_DIRECT = 12


def ext2_of(files: Mapping[str, bytes], *, blocks: int = 64) -> bytes:
    """The image of a volume with *files*, each of twelve blocks at most."""
    image = bytearray(blocks * BLOCK)
    root = _names([(2, ".", 2), (2, "..", 2), *((_FIRST + number, name, 1) for number, name in enumerate(files))])
    _put(image, 2, 0o040755, root, _DATA)
    free = _DATA + 1
    for number, body in enumerate(files.values()):
        _put(image, _FIRST + number, 0o100644, body, free)
        free += -(-len(body) // BLOCK)
    used = _FIRST + len(files) - 1
    struct.pack_into("<7I", image, BLOCK, _INODES, blocks, 0, blocks - free, _INODES - used, 1, 0)
    struct.pack_into("<3I", image, BLOCK + 32, 8192, 8192, _INODES)
    struct.pack_into("<3H", image, BLOCK + 54, 20, 0xEF53, 1)
    struct.pack_into("<IIIHH", image, BLOCK + 76, 1, 0, _FIRST, _INODE_BYTES, 0)
    struct.pack_into("<I", image, BLOCK + 96, 2)  # entries of folders say what kind they name
    struct.pack_into("<3I", image, 2 * BLOCK, 3, 4, _TABLE)
    image[3 * BLOCK : 4 * BLOCK] = _bitmap(free - 1, blocks - 1)
    image[4 * BLOCK : 5 * BLOCK] = _bitmap(used, _INODES)
    return bytes(image)


def _bitmap(taken: int, most: int) -> bytes:
    bits = (1 << taken) - 1 | ((1 << BLOCK * 8) - 1) >> most << most
    return bits.to_bytes(BLOCK, "little")


def _put(image: bytearray, inode: int, mode: int, body: bytes, block: int) -> None:
    count = -(-len(body) // BLOCK)
    assert count <= _DIRECT
    places = [block + number if number < count else 0 for number in range(_DIRECT)]
    at = _TABLE * BLOCK + (inode - 1) * _INODE_BYTES
    head = struct.pack("<HHIIIIIHHIII", mode, 0, len(body), 0, 1_700_000_000, 1_700_000_000, 0, 0, 1, count * 2, 0, 0)
    image[at : at + _INODE_BYTES] = (head + struct.pack(f"<{_DIRECT}I", *places)).ljust(_INODE_BYTES, b"\0")
    image[block * BLOCK : block * BLOCK + len(body)] = body


def _names(entries: list[tuple[int, str, int]]) -> bytes:
    out = b""
    for number, (inode, name, kind) in enumerate(entries):
        stated = name.encode()
        length = 8 + len(stated) + -len(stated) % 4
        if number == len(entries) - 1:
            length = BLOCK - len(out)
        out += struct.pack("<IHBB", inode, length, len(stated), kind) + stated.ljust(length - 8, b"\0")
    return out
