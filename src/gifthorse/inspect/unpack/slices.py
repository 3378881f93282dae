"""Content that is part of other content: nothing is copied, and a stored member still knows where it lies on the medium."""

from bisect import bisect_right
from collections.abc import Sequence

from gifthorse.inspect.content import Readable
from gifthorse.inspect.item import Content


class Slice(Readable):
    """The bytes [start, start + size) of another content."""

    def __init__(self, whole: Content, start: int, size: int) -> None:
        self._whole = whole
        self._start = min(max(0, start), whole.size)
        self.size = max(0, min(size, whole.size - self._start))

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; fewer only at the end."""
        if offset >= self.size or length <= 0:
            return b""
        return self._whole.read(self._start + offset, min(length, self.size - offset))

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium, if the content around lies there as such."""
        return self._whole.medium_offset(self._start + offset)


class Runs(Readable):
    """Runs of another content, put one behind the other; a run whose start is None is a hole of zeros."""

    def __init__(self, whole: Content, runs: Sequence[tuple[int | None, int]]) -> None:
        self._whole = whole
        self._runs = [run for run in runs if run[1] > 0]
        self._starts: list[int] = []
        self.size = 0
        for _start, length in self._runs:
            self._starts.append(self.size)
            self.size += length

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; bytes that the content around lacks end it early."""
        parts: list[bytes] = []
        length = min(length, self.size - offset)
        while length > 0:
            start, inside, available = self._run_at(offset)
            take = min(length, available)
            part = bytes(take) if start is None else self._whole.read(start + inside, take)
            parts.append(part)
            if len(part) < take:
                break
            offset += take
            length -= take
        return b"".join(parts)

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium; None within a hole."""
        if offset >= self.size:
            return None
        start, inside, _available = self._run_at(offset)
        return None if start is None else self._whole.medium_offset(start + inside)

    def _run_at(self, offset: int) -> tuple[int | None, int, int]:
        index = bisect_right(self._starts, offset) - 1
        start, length = self._runs[index]
        inside = offset - self._starts[index]
        return start, inside, length - inside
