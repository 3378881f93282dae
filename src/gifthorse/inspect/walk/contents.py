"""The bytes of an entry: on the medium as such, or through the Sleuth Kit."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from gifthorse.inspect.content import Readable
from gifthorse.inspect.item import Content
from gifthorse.inspect.walk.entries import Extents


class LyingContent(Readable):
    """Content that lies on the medium in runs of (offset, length), in order."""

    def __init__(self, medium: Content, size: int, extents: Extents) -> None:
        self._medium = medium
        self._extents = extents
        self._starts = [0, *accumulate(length for _offset, length in extents)]
        self.size = size

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; raises OSError where the medium fails."""
        end = min(offset + length, self.size, self._starts[-1])
        parts = []
        while 0 <= offset < end:
            position, available = self._place(offset)
            piece = self._medium.read(position, min(available, end - offset))
            if not piece:
                break
            parts.append(piece)
            offset += len(piece)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium; None past the end."""
        return self._place(offset)[0] if 0 <= offset < min(self.size, self._starts[-1]) else None

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        start, length = self._extents[index]
        inside = offset - self._starts[index]
        return start + inside, length - inside


class FilesystemContent(Readable):
    """Content that a filesystem has to put together; *fetch* gives at most so many bytes from an offset, or raises OSError."""

    def __init__(self, size: int, fetch: Callable[[int, int], bytes]) -> None:
        self.size = size
        self._fetch = fetch

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*, fewer where the filesystem gives no more; raises OSError where it fails."""
        length = min(length, self.size - offset)
        return self._fetch(offset, length) if length > 0 and offset >= 0 else b""
