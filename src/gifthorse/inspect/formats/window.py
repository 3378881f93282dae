"""Reading anywhere in a file when only its first bytes and a way to its last bytes are at hand."""

from collections.abc import Callable
from typing import Final

Tail = Callable[[int], bytes]

# A read far from the end would copy everything behind it: beyond this it is not worth it for telling a type.
_FARTHEST_FROM_END: Final = 48 << 20


class Window:
    """The bytes of a file of *size* bytes as far as *head* and *tail* (the last n bytes) give them."""

    __slots__ = ("_kept", "_tail", "head", "size")

    def __init__(self, head: bytes, size: int, tail: Tail | None) -> None:
        self.head = head
        self.size = size
        self._tail = tail
        self._kept = b""

    def last(self, length: int) -> bytes:
        """The last *length* bytes, or all there are."""
        length = min(length, self.size)
        if self.size <= len(self.head):
            return self.head[self.size - length : self.size]
        if length > len(self._kept) and self._tail is not None:
            self._kept = self._tail(length)  # kept, for the parts of a directory may lie far apart
        return self._kept[max(len(self._kept) - length, 0) :]

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; empty when they can't be reached cheaply."""
        if not 0 <= offset < self.size:
            return b""
        if offset + length <= len(self.head) or self.size <= len(self.head):
            return self.head[offset : offset + length]
        if self.size - offset > _FARTHEST_FROM_END:
            return self.head[offset : offset + length]
        return self.last(self.size - offset)[:length]
