"""Where the bytes of an item lie, and how they are reached.

Everything is read with `pread`, nothing is mapped: a medium that shrinks or fails while it is read gives a short read or an error
that can be told, where a mapping would kill the worker (SIGBUS); memory stays bounded whatever the size of the medium; and hashing
out of a small buffer that stays in the cache costs no more than hashing a mapping.
"""

import hashlib
import io
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Final

from gifthorse.inspect.item import Content, TooLarge
from gifthorse.inspect.parts import pread

CHUNK: Final = 1024 * 1024
HELD_BYTES: Final = 4 * 1024 * 1024
HEAD_BYTES: Final = 64 * 1024


class Readable:
    """What every content can do that has a size and can read at a place."""

    size: int

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; fewer only at the end of the content."""
        raise NotImplementedError

    def chunks(self) -> Iterator[memoryview]:
        """All bytes in order, at most 1 MiB at a time; ends early where the bytes end early."""
        offset = 0
        while offset < self.size:
            piece = self.read(offset, CHUNK)
            if not piece:
                return
            offset += len(piece)
            yield memoryview(piece)

    def whole(self, limit: int) -> memoryview:
        """All bytes at once; raises TooLarge when there are more than *limit*."""
        if self.size > limit:
            raise TooLarge(f"{self.size} bytes are more than the {limit} that may be held at once")
        return memoryview(self.read(0, self.size))

    def open(self) -> BinaryIO:
        """A seekable reader of the content."""
        return io.BufferedReader(_Reader(self), HEAD_BYTES)

    def medium_offset(self, offset: int) -> int | None:  # noqa: ARG002 - the protocol's shape
        """None: these bytes do not lie on the medium as such."""
        return None


class MemoryContent(Readable):
    """Bytes that were unpacked into memory."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.size = len(body)

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; fewer only at the end."""
        return self._body[offset : offset + length]

    def chunks(self) -> Iterator[memoryview]:
        """All bytes, at most 1 MiB at a time, without copying."""
        view = memoryview(self._body)
        for offset in range(0, self.size, CHUNK):
            yield view[offset : offset + CHUNK]

    def whole(self, limit: int) -> memoryview:
        """All bytes, without copying; raises TooLarge when there are more than *limit*."""
        if self.size > limit:
            raise TooLarge(f"{self.size} bytes are more than the {limit} that may be held at once")
        return memoryview(self._body)

    def open(self) -> BinaryIO:
        """A seekable reader of the content."""
        return io.BytesIO(self._body)


class FileContent(Readable):
    """The first *size* bytes behind a descriptor that somebody else closes; *on_medium* when it is the medium itself."""

    def __init__(self, fd: int, size: int, *, on_medium: bool = False) -> None:
        self._fd = fd
        self._on_medium = on_medium
        self.size = size

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; raises OSError where the medium fails."""
        return read_run(self._fd, offset, min(length, self.size - offset))

    def medium_offset(self, offset: int) -> int | None:
        """*offset* itself when this is the medium."""
        return offset if self._on_medium else None


class SpooledContent(FileContent):
    """A member too large for memory, in an anonymous file (memfd) that is gone with the last user of it."""

    def __init__(self, fd: int, size: int) -> None:
        super().__init__(fd, size)

    def __del__(self) -> None:
        """The spool's memory is given back."""
        os.close(self._fd)


class ExtentContent(Readable):
    """A file that lies on the medium in runs of (offset, length), in order."""

    def __init__(self, fd: int, size: int, extents: Sequence[tuple[int, int]]) -> None:
        self._fd = fd
        self._extents = extents
        self._starts: list[int] = []
        self.size = size
        reach = 0
        for _offset, length in extents:
            self._starts.append(reach)
            reach += length

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; raises OSError where the medium fails."""
        length = min(length, self.size - offset)
        parts: list[bytes] = []
        while length > 0:
            position, available = self._place(offset)
            if available <= 0:
                break
            piece = read_run(self._fd, position, min(length, available))
            if not piece:
                break
            parts.append(piece)
            offset += len(piece)
            length -= len(piece)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium; None past the end."""
        position, available = self._place(offset)
        return position if available > 0 else None

    def _place(self, offset: int) -> tuple[int, int]:
        """Position on the medium of byte *offset*, and how many bytes follow there in one run."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset < 0:
            return 0, 0
        start, length = self._extents[index]
        inside = offset - self._starts[index]
        return start + inside, length - inside


class HeldContent(MemoryContent):
    """A content whose bytes were read once and are kept, so that no detector reads the medium again."""

    def __init__(self, body: bytes, origin: Content) -> None:
        super().__init__(body)
        self._origin = origin

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium, as its origin says."""
        return self._origin.medium_offset(offset)


class HeadedContent(Readable):
    """A large content whose first 64 KiB are kept; everything behind is read where it lies."""

    def __init__(self, head: bytes, origin: Content) -> None:
        self._head = head
        self._origin = origin
        self.size = origin.size

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*."""
        if offset >= 0 and offset + length <= len(self._head):
            return self._head[offset : offset + length]
        return self._origin.read(offset, length)

    def chunks(self) -> Iterator[memoryview]:
        """All bytes in order, as the origin gives them."""
        return self._origin.chunks()

    def open(self) -> BinaryIO:
        """A seekable reader of the content."""
        return self._origin.open()

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium, as its origin says."""
        return self._origin.medium_offset(offset)


class Digest:
    """The SHA-256 of *content*, computed when somebody asks for it first, and then kept."""

    def __init__(self, content: Content | None, known: str | None = None) -> None:
        """Without a content there is none to compute (not all bytes could be read), and none is when it is *known*."""
        self._content = content
        self.known = known

    def __call__(self) -> str | None:
        """The digest as hex; None when not all bytes can be read."""
        if self.known is None and self._content is not None:
            content, self._content = self._content, None
            self.known = _sha256(content)
        return self.known


def digested(content: Content) -> Digest:
    """The digest of *content*, computed already."""
    digest = Digest(content)
    digest()
    return digest


def _sha256(content: Content) -> str | None:
    digest = hashlib.sha256()
    total = 0
    try:
        for chunk in content.chunks():
            total += len(chunk)
            digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest() if total == content.size else None


def read_run(fd: int, offset: int, length: int) -> bytes:
    """*length* bytes at *offset* of a descriptor, fewer only at its end; raises OSError where it fails."""
    if length <= 0 or offset < 0:
        return b""
    piece = pread(fd, length, offset)
    if len(piece) == length or not piece:
        return piece
    parts = [piece]
    while piece and (missing := length - sum(map(len, parts))):
        piece = pread(fd, missing, offset + length - missing)
        parts.append(piece)
    return b"".join(parts)


class _Reader(io.RawIOBase):
    """A seekable file over anything that can read at a place."""

    def __init__(self, content: Readable) -> None:
        super().__init__()
        self._read: Callable[[int, int], bytes] = content.read
        self._size = content.size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        piece = self._read(self._at, len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
