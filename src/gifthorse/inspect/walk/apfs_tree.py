"""The trees of an Apple File System container: nodes of keys and values, and the maps from an object's number to its block.

Source: Apple File System Reference (2020-06-22), "B-Trees" and "Object Maps".
"""

import struct
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

_HEADER: Final = 56
_INFO: Final = 40
_ROOT, _LEAF, _FIXED = 1, 2, 4
_DEEPEST: Final = 16
_KEPT: Final = 256
_NUMBER: Final = 0x0FFFFFFFFFFFFFFF
_TREES: Final = frozenset({2, 3})  # object types: root and other nodes
_DELETED: Final = 1
_OMAP_SIZES: Final = (16, 16)
Records = Iterator[tuple[bytes, bytes]]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One node: its records in order, values empty where the node is broken."""

    leaf: bool
    level: int
    keys: tuple[bytes, ...]
    values: tuple[bytes, ...]


def node_of(block: bytes, fixed: tuple[int, int] = (0, 0)) -> Node | None:
    """The node in *block*, None when there is none; *fixed* are bytes of keys and values in trees that state none."""
    if len(block) < _HEADER + _INFO or struct.unpack_from("<H", block, 24)[0] not in _TREES:
        return None
    flags, level, count, table, table_length = struct.unpack_from("<HHIHH", block, 32)
    same_size = bool(flags & _FIXED)
    start = _HEADER + table
    first_key, end = start + table_length, len(block) - (_INFO if flags & _ROOT else 0)
    step = 4 if same_size else 8
    key_size, value_size = fixed if flags & _LEAF else (fixed[0], 8)
    keys, values = [], []
    for number in range(min(count, table_length // step)):
        if start + (number + 1) * step > len(block):
            break
        if same_size:
            key_at, value_at = struct.unpack_from("<HH", block, start + number * step)
            key_length, value_length = key_size, value_size
        else:
            key_at, key_length, value_at, value_length = struct.unpack_from("<HHHH", block, start + number * step)
        keys.append(block[first_key + key_at : first_key + key_at + key_length])
        values.append(block[end - value_at : end - value_at + value_length] if 0 < value_at <= end else b"")
    return Node(leaf=bool(flags & _LEAF), level=level, keys=tuple(keys), values=tuple(values))


def object_number(key: bytes) -> int:
    """The object whose record has *key* in a tree of files."""
    return int.from_bytes(key[:8], "little") & _NUMBER


class ObjectMap:
    """Where the objects of a container or volume are at present: the newest block that is no younger than the chosen state."""

    def __init__(self, read: Callable[[int], bytes], block: int, newest: int) -> None:
        self._read = read
        self._newest = newest
        self._kept: OrderedDict[int, Node | None] = OrderedDict()
        (self._root,) = struct.unpack_from("<Q", read(block).ljust(56, b"\0"), 48)

    def __call__(self, number: int) -> int | None:
        """The block of object *number*, None when there is none."""
        wanted = (number, self._newest)
        block = self._root
        for _level in range(_DEEPEST):
            node = self._node(block)
            if node is None or not node.keys:
                return None
            pairs = [struct.unpack("<QQ", key) if len(key) == 16 else (0, 0) for key in node.keys]
            at = bisect_right(pairs, wanted) - 1
            if at < 0 or (node.leaf and pairs[at][0] != number):
                return None
            value = node.values[at]
            if node.leaf:
                stated = struct.unpack("<IIQ", value) if len(value) == 16 else (_DELETED, 0, 0)
                return None if stated[0] & _DELETED else stated[2]
            block = int.from_bytes(value[:8], "little")
        return None

    def _node(self, block: int) -> Node | None:
        if block not in self._kept:
            self._kept[block] = node_of(self._read(block), _OMAP_SIZES)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[block]


class FileTree:
    """A volume's tree of files. *place* gives the block of a node by its number; broken nodes are counted in `broken`."""

    def __init__(self, read: Callable[[int], bytes], place: Callable[[int], int | None], root: int) -> None:
        self._read = read
        self._place = place
        self._root = root
        self._kept: OrderedDict[int, Node | None] = OrderedDict()
        self._lost: set[int] = set()

    @property
    def broken(self) -> int:
        """Nodes that could not be read so far."""
        return len(self._lost)

    def of(self, number: int) -> Records:
        """The records of object *number*, in order."""
        yield from self._of(self._root, number, _DEEPEST)

    def leaves(self) -> Iterator[Node]:
        """Every leaf once."""
        waiting, seen = [self._root], {self._root}
        while waiting:
            node = self._node(waiting.pop())
            if node is None:
                continue
            if node.leaf:
                yield node
                continue
            children = [child for value in node.values if (child := int.from_bytes(value[:8], "little")) not in seen]
            seen.update(children)
            waiting.extend(reversed(children))

    def _of(self, at: int, number: int, deepest: int) -> Records:
        node = self._node(at)
        if node is None or deepest == 0:
            return
        numbers = [object_number(key) for key in node.keys]
        first, last = bisect_left(numbers, number), bisect_right(numbers, number)
        if node.leaf:
            yield from zip(node.keys[first:last], node.values[first:last], strict=True)
            return
        for value in node.values[max(0, first - 1) : last]:
            yield from self._of(int.from_bytes(value[:8], "little"), number, deepest - 1)

    def _node(self, number: int) -> Node | None:
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        block = self._place(number)
        node = None if block is None else node_of(self._read(block))
        if node is None:
            self._lost.add(number)
        self._kept[number] = node
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return node
