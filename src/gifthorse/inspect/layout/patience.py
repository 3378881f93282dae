"""A medium that may fail: reads that never raise, and remember where nothing came back."""

from collections.abc import Callable
from typing import Final

from gifthorse.inspect.item import Content

_RETRY: Final = 4096
_REMEMBERED: Final = 1000


def nobody_listens() -> None:
    """Nothing happens: a reader that is used alone has nobody to tell."""


class PatientReader:
    """Reads a medium; where it fails, zeros stand in and the place is kept in `failed` as (offset, length).

    `alive` is for whoever reads much in one go to call now and then; failing reads, which take long, call it too.
    """

    def __init__(self, medium: Content, alive: Callable[[], None] = nobody_listens) -> None:
        self._medium = medium
        self.alive = alive
        self.size = medium.size
        self.failed: list[tuple[int, int]] = []

    def read(self, offset: int, length: int) -> bytes:
        """*length* bytes from *offset*, fewer only at the end of the medium or where it ends early."""
        length = min(length, self.size - offset)
        if length <= 0 or offset < 0:
            return b""
        try:
            return self._medium.read(offset, length)
        except OSError:
            return b"".join(self._piece(at, min(_RETRY, offset + length - at)) for at in range(offset, offset + length, _RETRY))

    def _piece(self, offset: int, length: int) -> bytes:
        try:
            return self._medium.read(offset, length)
        except OSError:
            self.alive()
            self._note(offset, length)
            return bytes(length)

    def _note(self, offset: int, length: int) -> None:
        if self.failed and sum(self.failed[-1]) == offset:
            start, before = self.failed.pop()
            self.failed.append((start, before + length))
        elif len(self.failed) < _REMEMBERED:
            self.failed.append((offset, length))
