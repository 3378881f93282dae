"""Office packages (ECMA-376 part 2, ODF): a ZIP whose parts, content types and relationships are read at once.

Parts are inflated by ourselves, with a limit and without trusting sizes or checksums: office programs repair and open packages
that the standard library refuses, so a refusal must not hide a macro.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO, Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.item import Item

MOST_PARTS: Final = 20_000
MOST_DIRECTORY_BYTES: Final = 8 << 20
MOST_PART_BYTES: Final = 64 << 20
# All parts that are looked into here, together; that a package unfolds into more is told by whoever opens it as a ZIP.
MOST_BYTES: Final = 384 << 20
END_OF_DIRECTORY: Final = b"PK\x05\x06"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relationship:
    """One relationship of a part. `kind` is the last part of its type ("attachedTemplate"); `target` is as written."""

    part: str
    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """An opened package. `names` are the parts as written, in the order of the directory."""

    source: BinaryIO
    entries: dict[str, zipfile.ZipInfo]
    _heads: dict[str, bytes] = field(default_factory=dict)
    _read: int = 0
    fields: tuple[tuple[str, str], ...] | None = None  # kept by fields_of

    @property
    def names(self) -> list[str]:
        """All parts."""
        return list(self.entries)

    def read(self, name: str, limit: int = MOST_PART_BYTES) -> bytes:
        """The first *limit* bytes of the part at most; raises DamagedDocument when it can't be read or is encrypted."""
        entry = self.entries[name]
        if entry.flag_bits & 1:
            raise DamagedDocument("encrypted part")
        if self._read > MOST_BYTES:
            raise DamagedDocument("more than a document holds")
        try:
            self.source.seek(entry.header_offset)
            header = self.source.read(30)
            name_length, extra_length = struct.unpack_from("<HH", header, 26)  # APPNOTE 4.3.7
            self.source.seek(name_length + extra_length, 1)
            content = self._inflated(entry, limit)
        except FORMAT_ERRORS as error:
            raise DamagedDocument(str(error)) from error
        self._read += len(content)
        return content

    def _inflated(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        if entry.compress_type == zipfile.ZIP_STORED:
            return self.source.read(min(entry.compress_size, limit))
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise DamagedDocument(f"compression {entry.compress_type}")
        packed = self.source.read(min(entry.compress_size, limit + (1 << 16)))
        return zlib.decompressobj(-15).decompress(packed, limit)

    def head(self, name: str) -> bytes:
        """The first 64 bytes of the part; empty when it can't be read."""
        if name not in self._heads:
            try:
                self._heads[name] = self.read(name, 64) if self.entries[name].file_size else b""
            except DamagedDocument:
                self._heads[name] = b""
        return self._heads[name]

    @cached_property
    def content_types(self) -> dict[str, str]:
        """Content type of each part that has one, in lower case (``[Content_Types].xml``)."""
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in self._elements("[Content_Types].xml"):
            kind = element.get("ContentType", "").lower()
            if "Extension" in element:
                defaults[element["Extension"].lower()] = kind
            elif "PartName" in element:
                overrides[element["PartName"].lstrip("/").lower()] = kind
        by_name = {name: overrides.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower()) for name in self.entries}
        return {name: kind for name, kind in by_name.items() if kind}

    @cached_property
    def relationships(self) -> tuple[Relationship, ...]:
        """All relationships of all parts."""
        return tuple(self._relationships())

    def _relationships(self) -> Iterator[Relationship]:
        for name in self.entries:
            if name.lower().endswith(".rels"):
                for element in self._elements(name):
                    if "Target" in element:
                        yield Relationship(
                            part=posixpath.basename(name)[: -len(".rels")],
                            kind=element.get("Type", "").rpartition("/")[2],
                            target=element["Target"],
                            external=element.get("TargetMode", "").strip().lower() == "external",
                        )

    def _elements(self, name: str) -> list[dict[str, str]]:
        if name not in self.entries:
            return []
        try:
            return [element.attributes for element in elements(self.read(name, 4 << 20))]
        except DamagedDocument:
            return []


def open_package(source: BinaryIO) -> Package:
    """The package in *source*; raises DamagedDocument when its directory can't be read or is beyond bounds."""
    try:
        check_directory(source)
        with zipfile.ZipFile(source) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
    except (*FORMAT_ERRORS, zipfile.BadZipFile, RuntimeError) as error:
        raise DamagedDocument(str(error)) from error
    return Package(source=source, entries=entries)


def check_directory(source: BinaryIO) -> None:
    """Raises DamagedDocument when the end record claims a directory that would cost too much to read (APPNOTE 4.3.16)."""
    end = source.seek(0, 2)
    source.seek(max(0, end - 65_557))
    tail = source.read(65_557)
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 20:
        raise DamagedDocument("no end of directory")
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_PARTS or size > MOST_DIRECTORY_BYTES:
        raise DamagedDocument(f"directory of {count} parts, {size} bytes")


@once
def package_of(item: Item) -> Package | None:
    """The item as an office package, or None when its directory can't be read."""
    try:
        return open_package(item.content.open())
    except DamagedDocument:
        return None
