"""Compound files ([MS-CFB]): the filesystem inside .doc, .xls, .ppt, .msg, .msi, vbaProject.bin and OLE objects."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, BinaryIO, Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.item import Item

SIGNATURE: Final = bytes.fromhex("D0CF11E0A1B11AE1")  # [MS-CFB] 2.2
MOST_ENTRIES: Final = 20_000
MOST_STREAM_BYTES: Final = 64 << 20

Path = tuple[str, ...]


@dataclass(frozen=True)
class CompoundFile:
    """An opened compound file. `streams` are paths as written; sizes are what the directory claims."""

    streams: dict[Path, int]
    reader: Any

    def read(self, path: Path, limit: int = MOST_STREAM_BYTES) -> bytes:
        """The stream's bytes; raises DamagedDocument when it can't be read or claims more than *limit*."""
        stated = self._sizes.get(_folded(path), 0)  # the library finds a stream whatever the case of its name
        if stated > min(limit, len(self.reader.fat) * self.reader.sector_size):  # more than there are sectors
            raise DamagedDocument(f"stream of {stated} bytes")
        try:
            with self.reader.openstream(list(path)) as stream:
                return bytes(stream.read())
        except FORMAT_ERRORS as error:
            raise DamagedDocument(str(error)) from error

    @cached_property
    def _sizes(self) -> dict[Path, int]:
        """What the directory claims, the largest where names differ in case alone."""
        sizes: dict[Path, int] = {}
        for path, size in self.streams.items():
            folded = _folded(path)
            sizes[folded] = max(size, sizes.get(folded, 0))
        return sizes

    def read_head(self, path: Path, length: int) -> bytes:
        """The first *length* bytes of the stream at most; empty when it is absent or damaged."""
        try:
            return self.read(path)[:length]
        except DamagedDocument:
            return b""

    def find(self, *tail: str) -> list[Path]:
        """Paths of the streams that end in *tail*, whatever their case (readers of the format ignore case)."""
        wanted = _folded(tail)
        return [path for path in self.streams if _folded(path[-len(wanted) :]) == wanted]


def _folded(path: Path) -> Path:
    return tuple(part.lower() for part in path)


def open_compound(source: BinaryIO) -> CompoundFile:
    """The compound file in *source*; raises DamagedDocument when there is none that can be read."""
    import olefile

    opener: Any = olefile.OleFileIO
    try:
        reader = opener(source)
        refuse_endless(reader)
        entries = reader.listdir(streams=True, storages=True)
        if len(entries) > MOST_ENTRIES:
            raise DamagedDocument(f"{len(entries)} directory entries")
        streams = {tuple(entry): reader.get_size(entry) for entry in entries if reader.get_type(entry) == olefile.STGTY_STREAM}
    except FORMAT_ERRORS as error:
        raise DamagedDocument(str(error)) from error
    return CompoundFile(streams=streams, reader=reader)


def refuse_endless(reader: Any) -> None:
    """Raises DamagedDocument when small streams, or their table, are said to be longer than the file.

    The library believes that, and reads a chain of sectors that runs in a circle until the stated length is reached.
    """
    sectors = len(reader.fat)
    if reader.num_mini_fat_sectors > sectors:
        raise DamagedDocument(f"a table of {reader.num_mini_fat_sectors} sectors in a file of {sectors}")
    if reader.root is not None and reader.root.size > sectors * reader.sector_size:
        raise DamagedDocument(f"small streams of {reader.root.size} bytes in a file of {sectors} sectors")


def compound_from(content: bytes) -> CompoundFile:
    """The compound file in *content*; raises DamagedDocument."""
    return open_compound(BytesIO(content))


@once
def compound_of(item: Item) -> CompoundFile | None:
    """The item as a compound file, or None when it can't be read as one (`parts.document_members` then says so)."""
    try:
        return open_compound(item.content.open())
    except FORMAT_ERRORS:
        return None
