"""The digest of a whole source, made in one sequential pass beside the inspection."""

import hashlib
import threading
import time
from typing import Final

from gifthorse.inspect.keyed_digest import PIECE, KeyedDigest
from gifthorse.inspect.parts import filled, pread

BUFFER: Final = PIECE
BLOCK: Final = 4096


class Fingerprint(threading.Thread):
    """SHA-256 of the first *size* bytes behind *fd*; a digest *beside* it is fed with the same bytes.

    Where the medium fails, it goes on block by block and counts what is missing.
    """

    def __init__(self, fd: int, size: int, beside: KeyedDigest | None = None) -> None:
        super().__init__(name="fingerprint", daemon=True)
        self._fd = fd
        self._size = size
        self._beside = beside
        self._given_up = threading.Event()
        self._digest = hashlib.sha256()
        self.done_bytes = 0
        self.unreadable: list[tuple[int, int]] = []
        self.spent_s = 0.0

    def run(self) -> None:
        """Every byte was read once, or marked as unreadable; `spent_s` is the processor's time that this took."""
        try:
            self._read_all()
        finally:
            self.spent_s = time.thread_time()

    def _read_all(self) -> None:
        buffer = bytearray(BUFFER)
        while self.done_bytes < self._size and not self._given_up.is_set():
            view = memoryview(buffer)[: min(BUFFER, self._size - self.done_bytes)]
            try:
                count = filled(self._fd, view, self.done_bytes)
            except OSError:
                self._read_by_blocks(len(view))
                continue
            if count == 0:  # shorter than it said
                self._miss(self.done_bytes, self._size - self.done_bytes)
                return
            self._digest.update(view[:count])
            if self._beside is not None:
                self._beside.update(view[:count])
            self.done_bytes += count

    def stop(self) -> None:
        """The pass ends soon, unfinished."""
        self._given_up.set()
        if self.is_alive():
            self.join()

    @property
    def sha256(self) -> str | None:
        """The digest as hex, None when some bytes could not be read."""
        return None if self.unreadable or self.done_bytes < self._size else self._digest.hexdigest()

    @property
    def missing_bytes(self) -> int:
        """How many bytes could not be read."""
        return sum(length for _start, length in self.unreadable)

    def _read_by_blocks(self, length: int) -> None:
        for start in range(self.done_bytes, self.done_bytes + length, BLOCK):
            if self._given_up.is_set():
                return
            wanted = min(BLOCK, self.done_bytes + length - start)
            try:
                read = len(pread(self._fd, wanted, start))
            except OSError:
                read = 0
            if read < wanted:
                self._miss(start + read, wanted - read)
        self.done_bytes += length

    def _miss(self, start: int, length: int) -> None:
        """Stretches that touch are one."""
        if self.unreadable and sum(self.unreadable[-1]) == start:
            start, length = self.unreadable[-1][0], self.unreadable.pop()[1] + length
        self.unreadable.append((start, length))
