"""The second walker: what our own readers of raw structures see, set against what the Sleuth Kit listed."""

from collections.abc import Iterable, Iterator

from gifthorse.inspect.layout.facts import Space
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.walk.entries import Entry, Extents
from gifthorse.inspect.walk.grounds import Ground
from gifthorse.inspect.walk.streams import NO_FLAGS, DosFlags, StreamFacts
from gifthorse.model.findings import Finding


class SecondLook:
    """No second look: there is no other reader for this filesystem."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.told: list[tuple[int, int]] = []  # what `rests` has told, as (first byte, byte behind the last)

    def is_file(self, _inode: int) -> bool:
        """Whether the entry that *inode* counts is a file or folder, and not a label or a table of the filesystem."""
        return True

    def flags(self, _inode: int) -> DosFlags:
        """DOS attributes and time of the entry that *inode* counts."""
        return NO_FLAGS

    def runs(self, _inode: int) -> Extents | None:
        """Where the content lies by our own reading, None when there is none."""
        return None

    def attributes(self, _inode: int) -> Iterator[StreamFacts]:
        """The long extended attributes of a file, where the Sleuth Kit does not tell them."""
        yield from ()

    def unit(self) -> tuple[int, int] | None:
        """(byte of the medium from which clusters are counted, bytes of a cluster), None where that is not known."""
        return None

    def claim(self, entry: Entry) -> None:
        """*entry* is live, so its clusters are its own."""

    def claim_runs(self, runs: Iterable[tuple[int, int]]) -> None:
        """*runs* belong to a live file that does not lie on the medium as it is read: it has holes, or is compressed."""

    def grounds(self) -> Iterator[Ground]:
        """What no file owns, by the filesystem's own map; to be asked when every live entry has been claimed."""
        yield from ()

    def ends(self) -> Iterator[int]:
        """The bytes of the medium behind which tables of the filesystem leave the rest of their last cluster unused."""
        yield from ()

    def copies(self) -> Iterator[Finding]:
        """A finding for each copy of the filesystem's own tables that differs from the one in use."""
        yield from ()

    def rests(self) -> Iterator[Space]:
        """What stands in those parts of the filesystem's own tables that it leaves empty."""
        yield from ()

    def space_of(self, gathered: Gathered) -> Iterator[Space]:
        """The one space of what was *gathered*, where there is anything, told from now on."""
        self.told += gathered.places
        space = gathered.space()
        yield from () if space is None else (space,)

    def folder_at(self, _offset: int, _piece: bytes) -> Iterator[Entry]:
        """The files that a folder names which begins with *piece* at byte *offset* in free space; none where that tells nothing."""
        yield from ()

    def unlisted(self, _listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """Entries that are not among *listed*, each with its finding."""
        yield from ()
