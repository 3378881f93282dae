"""Lists a filesystem without the Sleuth Kit, for when that has failed or waited for ever on it."""

from array import array
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import walk_unreadable
from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.contents import LyingContent
from gifthorse.inspect.walk.entries import Entry, Extents
from gifthorse.inspect.walk.raw_exfat import raw_exfat
from gifthorse.inspect.walk.raw_ext import RawExt, raw_ext
from gifthorse.inspect.walk.raw_fat import raw_fat
from gifthorse.inspect.walk.recovering import Recovery
from gifthorse.inspect.walk.second_ext import ExtLook
from gifthorse.inspect.walk.second_fat import FatLook
from gifthorse.model.findings import Finding, Severity
from gifthorse.model.words import N_, Phrase, phrase

OWN_ONLY: Final = N_(
    "This filesystem is of a kind, or damaged in a way, that the Sleuth Kit does not come to the end of. Our own reader listed its files;"
    " the names of deleted files were not looked for."
)
_FINDINGS_LIMIT: Final = 500
READ_BY_US: Final = frozenset({"fat12", "fat16", "fat32", "exfat", "ext2", "ext3", "ext4"})


class _OwnLook(ExtLook):
    """What lies beside the files of an ext volume which the Sleuth Kit does not open."""

    def __init__(self, volume: RawExt, reader: PatientReader, partition: Partition) -> None:
        super().__init__(None, reader, partition, volume.block_size)
        self._volume = volume

    def lying(self, inode: int, _stream: str | None) -> Extents:
        """Where a file of the filesystem itself lies by our own reading."""
        return self._volume.runs(inode)


class OwnVolume:
    """An ext volume that our own reader lists alone, without the names of its deleted files."""

    def __init__(self, reader: PatientReader, medium: Content, partition: Partition, volume: RawExt) -> None:
        self._medium = medium
        self._reader = reader
        self._volume = volume
        self._look = _OwnLook(volume, reader, partition)
        self._ends = array("Q")
        self.partition = partition
        self.kind = partition.filesystem or ""
        self.findings: list[Finding] = []

    def entries(self) -> Iterator[Entry]:
        """Every live file and folder; those that break off are told."""
        for entry in self._volume.entries():
            if entry.got is not None:
                self._complain(entry.path, phrase(walk_unreadable.BROKEN, got=entry.got, stated=entry.size))
            self._look.claim(entry)
            if entry.extents:
                self._ends.append(sum(entry.extents[-1]))
            yield entry
        self._complain("", phrase(OWN_ONLY), Severity.LOW)

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no file owns the volume."""
        return Recovery(reader=self._reader, partition=self.partition, second=self._look, known=(), ends=self._ends, alive=alive).found()

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry* that lie where its lists lead; none for a link, whose target is not read."""
        return LyingContent(self._medium, entry.size, entry.extents or ()) if entry.extents else MemoryContent(b"")

    def _complain(self, path: str, detail: Phrase, severity: Severity | None = None) -> None:
        if len(self.findings) < _FINDINGS_LIMIT:
            finding = walk_unreadable.unreadable_at(path, partition=self.partition.index, detail=detail, severity=severity)
            self.findings.append(finding)


def own_entries(medium: Content, partition: Partition) -> Iterator[Entry]:
    """Every live file and folder in *partition* that our own readers list; none for a filesystem that they don't know."""
    reader = PatientReader(medium)
    kind = partition.filesystem or ""
    if kind.startswith("ext"):
        volume = raw_ext(reader, partition)
        yield from () if volume is None else volume.entries()
        return
    fat = raw_exfat(reader, partition.start) if kind == "exfat" else raw_fat(reader, partition.start) if kind in READ_BY_US else None
    if fat is not None:
        yield from FatLook(fat, partition, reader).entries()
