"""Extended attributes of ext2-4 that are long enough to carry something: no listing of a folder shows them.

Source: kernel.org's ext4 disk layout (extended attributes: in the inode, in a block of their own, in an inode of their own).
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

MARK: Final = b"\x00\x00\x02\xea"
LEAST: Final = 64  # labels, rights and colours are shorter
_PREFIXES: Final = {1: "user.", 4: "trusted.", 6: "security."}
_SECURITY: Final = 6
_LEAST_OF_SECURITY: Final = 1024  # signatures of files and labels, which computers put there themselves
_BLOCK_HEAD: Final = 32
_ENTRY: Final = struct.Struct("<BBHIII")
_ENTRIES_MOST: Final = 1000


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One attribute: *size* bytes at byte `at` of the volume, or in inode `inode` when that is not 0."""

    untrusted_name: str
    size: int
    at: int = 0
    inode: int = 0


def long_attributes(inode: bytes, inode_at: int, block_size: int, read: Callable[[int, int], bytes]) -> Iterator[Kept]:
    """The long attributes of the file whose whole *inode* stands at byte *inode_at*; *read* gives bytes of the volume."""
    if len(inode) > 132:
        first = 128 + int.from_bytes(inode[128:130], "little") + 4
        if inode[first - 4 : first] == MARK:
            yield from _entries(inode[first:], 0, inode_at + first)
    block = int.from_bytes(inode[104:108], "little") | int.from_bytes(inode[118:120], "little") << 32
    if block:
        at = block * block_size
        body = read(at, block_size)
        if body[:4] == MARK:
            yield from _entries(body, _BLOCK_HEAD, at)


def _entries(table: bytes, first: int, table_at: int) -> Iterator[Kept]:
    """The long ones among the entries from byte *first* of *table*, from whose start their values count."""
    at = first
    for _number in range(_ENTRIES_MOST):
        if at + _ENTRY.size > len(table) or not any(table[at : at + 4]):
            return
        length, kind, value_at, inode, size, _hash = _ENTRY.unpack_from(table, at)
        raw = table[at + _ENTRY.size : at + _ENTRY.size + length]
        at += _ENTRY.size + -(-length // 4) * 4
        least = _LEAST_OF_SECURITY if kind == _SECURITY else LEAST
        if kind in _PREFIXES and size >= least and (inode or value_at + size <= len(table)):
            name = _PREFIXES[kind] + raw.decode("utf-8", "surrogateescape")
            yield Kept(untrusted_name=name, size=size, at=table_at + value_at, inode=inode)
