"""The second look at filesystems that keep all files in one table: what is in use there and no folder names."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from gifthorse.inspect.detectors import walk_hidden_from_walker, walk_unreadable
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.claims import Claims, without
from gifthorse.inspect.walk.entries import SECOND_WALKER, STREAM, Entry, Extents, displayed
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, placed
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.inspect.walk.streams import StreamFacts, attribute_of, lying_runs, streams_of
from gifthorse.model.findings import Finding
from gifthorse.model.words import N_, phrase

UNNAMED_FOLDER: Final = "$NotNamed"
NOT_DONE: Final = N_("The second look at the table of files was not possible ({problem}).")
_META_FOLDER: Final = 2
_MOST: Final = 100_000
_MAP_PIECE: Final = 1024 * 1024
_MAP_BYTES: Final = 512 * 1024 * 1024


class UnnamedLook(SecondLook):
    """Files that are in use by the filesystem's own table; subclasses say which those are."""

    def __init__(self, opened: Any, reader: PatientReader, partition: Partition, block: int | None = None) -> None:
        super().__init__()
        self._opened = opened
        self._reader = reader
        self._partition = partition
        self._block = int(opened.info.block_size) if block is None else block
        self._claims = Claims(partition.start, self._block)

    def in_use(self) -> Iterator[tuple[int, int]]:
        """(number, number of names that should lead to it) of each user file that the table says is in use."""
        raise NotImplementedError

    def unit(self) -> tuple[int, int] | None:
        """Blocks are counted from the volume's first byte on."""
        return self._partition.start, self._block

    def claim(self, entry: Entry) -> None:
        """*entry* is live, so its blocks are its own."""
        self._claims.add(entry.extents or ())

    def claim_runs(self, runs: Iterable[tuple[int, int]]) -> None:
        """*runs* belong to a live file that does not lie on the medium as it is read: it has holes, or is compressed."""
        with suppress(OSError):  # a list that is broken has been told when its file was listed
            self._claims.add(runs)

    def own_ground(self, free: Callable[[], Runs], bad: Extents = (), written: Extents = ()) -> Iterator[Ground]:
        """What is neither *free* nor *bad* nor a live file's; none when there are more files than are kept in mind.

        *written* are the tables in which ordinary text stands: small files' content, or a log of it.
        """
        if self._claims.too_many:
            return
        self._claims.add(bad)
        apart = sorted(written)
        yield Ground(kind=GroundKind.OWN, unit=self._block, runs=without(self._own(free), iter(apart)), texts=True)
        if apart:
            rest = without(self._own(free), without(self._own(free), iter(apart)))
            yield Ground(kind=GroundKind.OWN, unit=self._block, runs=rest)

    def _own(self, free: Callable[[], Runs]) -> Runs:
        most = min(self._partition.start + self._volume_length(), self._reader.size)
        return without(self._claims.free(self._partition.start, most), free())

    def _volume_length(self) -> int:
        stated = self._partition.volume_length
        return self._partition.length if stated is None else min(self._partition.length, stated)

    def bits(self, inode: int) -> Iterator[bytes]:
        """The content of one of the filesystem's own files, in pieces; ends where the Sleuth Kit can't read on."""
        try:
            file = self._opened.open_meta(inode)
            place = attribute_of(file, None) or ()
            size = min(int(file.info.meta.size), _MAP_BYTES)
            for at in range(0, size, _MAP_PIECE):
                yield bytes(file.read_random(at, min(_MAP_PIECE, size - at), *place))
        except OSError:
            return

    def lying(self, inode: int, stream: str | None) -> Extents:
        """Where a content of one of the filesystem's own files lies on the medium, its holes left out."""
        try:
            file = self._opened.open_meta(inode)
            return tuple(lying_runs(file, stream, self._block, self._partition.start))
        except OSError:
            return ()

    def placed_runs(self, runs: Runs, first: int = 0) -> Runs:
        """*runs* of blocks, counted from block *first*, as bytes of the medium."""
        most = min(self._partition.end, self._reader.size)
        return placed(runs, unit=self._block, start=self._partition.start + first * self._block, most=most)

    def unlisted(self, listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """The contents of files in use that are not among *listed*."""
        count = 0
        for inode, links in self.in_use():
            if inode in listed or count >= _MOST:
                continue
            for entry in self._entries(inode):
                count += 1
                yield entry, walk_hidden_from_walker.unnamed(entry, links=links)

    def _entries(self, inode: int) -> list[Entry]:
        try:
            file = self._opened.open_meta(inode)
            meta = file.info.meta
            if meta is None or int(meta.type) == _META_FOLDER:
                return []
            facts = list(streams_of(file, int(meta.size), self._block, self._partition.start))
            return [self._entry(inode, float(meta.mtime) or None, stream) for stream in facts if stream.size]
        except OSError as error:
            words = phrase(NOT_DONE, problem=str(error).partition("\n")[0][:200])
            self.findings.append(walk_unreadable.unreadable_at(f"{UNNAMED_FOLDER}/{inode}", partition=self._partition.index, detail=words))
            return []

    def _entry(self, inode: int, modified: float | None, facts: StreamFacts) -> Entry:
        name = f"{inode}:{facts.name}" if facts.name else str(inode)
        return Entry(
            partition=self._partition.index,
            path=f"{UNNAMED_FOLDER}/{displayed(name)}",
            untrusted_name=name,
            size=facts.size,
            attributes=frozenset({SECOND_WALKER, *((STREAM,) if facts.name else ())}),
            modified=modified,
            inode=inode,
            stream=facts.name,
            extents=facts.extents,
            got=facts.got if facts.got < facts.size else None,
        )
