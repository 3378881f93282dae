"""Reading anywhere in a file when only its first bytes and a way to its last bytes are at hand."""

from collections.abc import Callable
from typing import Final

Tail = Callable[[int], bytes]

# A read far from the end would copy everything behind it: beyond this it is not worth it for telling a type.
_FARTHEST_FROM_END: Final = 16 << 20


class Window:
    """The bytes of a file of *size* bytes as far as *head* and *tail* (the last n bytes) give them."""

    __slots__ = ("_tail", "head", "size")

    def __init__(self, head: bytes, size: int, tail: Tail | None) -> None:
        self.head = head
        self.size = size
        self._tail = tail

    def last(self, length: int) -> bytes:
        """The last *length* bytes, or all there are."""
        length = min(length, self.size)
        if self.size <= len(self.head):
            return self.head[self.size - length : self.size]
        return self._tail(length) if self._tail is not None else b""

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; empty when they can't be reached cheaply."""
        if not 0 <= offset < self.size:
            return b""
        if offset + length <= len(self.head) or self.size <= len(self.head):
            return self.head[offset : offset + length]
        if self.size - offset > _FARTHEST_FROM_END:
            return self.head[offset : offset + length]
        return self.last(self.size - offset)[:length]
