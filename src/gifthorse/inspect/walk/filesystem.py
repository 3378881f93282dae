"""What every reader of a filesystem offers, whoever parses it."""

from collections.abc import Callable, Iterator
from typing import Protocol

from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.walk.entries import Entry
from gifthorse.model.findings import Finding


class Filesystem(Protocol):
    """An open filesystem: `entries()` lists it once, then `findings` holds what was wrong with the listing."""

    kind: str
    partition: Partition

    @property
    def findings(self) -> list[Finding]:
        """What was wrong, as far as the listing has come."""

    def entries(self) -> Iterator[Entry]:
        """Every file, folder and stream, those of deleted files that can be recovered included; ends on any medium."""

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no file owns the medium, asked when `entries()` has ended: whole programs and files of lost folders as deleted
        entries, everything else as findings. It reads all free space and calls *alive* every mebibyte.
        """

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry*, which came from `entries()` of any worker; reading may raise OSError, and may end before `entry.size`."""
