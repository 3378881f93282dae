"""Pictures that are small on the medium and would fill the memory of whoever shows them."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.picture_size import stated_size
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

IMAGE_BOMB: Final = FindingKind(
    id="image.bomb",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("A picture that would fill the memory"),
    why=N_(
        "The file is small, and the picture that it states is enormous. A program that opens it, or only shows its preview, can run out of "
        "memory and stop working; programs that check files are put out of action in the same way."
    ),
    what_to_do=N_("Do not open it, and do not show the folder with previews switched on."),
    benign_explanation=N_("Maps, scans and drawings with large empty areas compress very well."),
    technique=("T1499.003",),
)
KINDS: Final = (IMAGE_BOMB,)
WANTS: Final = frozenset(
    {FileType.PNG, FileType.JPEG, FileType.GIF, FileType.BMP, FileType.WEBP, FileType.TIFF, FileType.PSD, FileType.HEIF, FileType.SVG}
    | {FileType.XML}
)

# Definitions that documents refer to: their entities are parts of a grammar, which expand nowhere by themselves.
_DEFINITIONS: Final = frozenset({"dtd", "ent", "mod"})
_MANY_PIXELS: Final = 100_000_000
_ENORMOUS_PIXELS: Final = 1_000_000_000
_RATIO: Final = 200
_TEXT_LIMIT: Final = 64 << 20
_ENTITY: Final = re.compile(rb"<!ENTITY\s+(?:%\s+)?([\w.-]+)\s+[\"']([^\"']*)[\"']", re.IGNORECASE)
_REFERENCE: Final = re.compile(rb"[&%]([\w.-]+);")
_MOST_EXPANDED: Final = 10_000_000
_MOST_CHUNKS: Final = 2000


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when a picture's stated size or a packed text in it is out of all proportion to the file."""
    if item.filetype in {FileType.SVG, FileType.XML}:
        if item.extension in _DEFINITIONS:
            return
        expanded = _expansion(item.head)
        if expanded > _MOST_EXPANDED:
            yield IMAGE_BOMB.found(
                item.here(), severity=Severity.HIGH, detail=phrase(N_("Its entities expand to {bytes} bytes."), bytes=expanded)
            )
        return
    size = stated_size(item.head, item.filetype)
    if size is not None:
        width, height, per_pixel = size
        if width * height > _MANY_PIXELS and width * height * per_pixel > item.size * _RATIO:
            yield IMAGE_BOMB.found(
                item.here(),
                severity=Severity.HIGH if width * height > _ENORMOUS_PIXELS else None,
                detail=phrase(N_("{width} × {height} pixels in {bytes} bytes."), width=width, height=height, bytes=item.size),
            )
            return
    if item.filetype is FileType.PNG:
        yield from _packed_text(item)


def _packed_text(item: Item) -> Iterator[Finding]:
    """PNG's compressed texts and colour profiles, unpacked up to the limit and no further."""
    at = 8
    for _ in range(_MOST_CHUNKS):
        header = item.content.read(at, 8)
        if len(header) < 8:
            return
        length, kind = struct.unpack(">I4s", header)
        if kind in {b"zTXt", b"iTXt", b"iCCP"} and length > 1024:
            body = item.content.read(at + 8, min(length, 8 << 20))
            if _unpacked(kind, body) >= _TEXT_LIMIT:
                yield IMAGE_BOMB.found(
                    item.here(offset=at, length=length + 12), detail=phrase(N_("A text in it unpacks to more than 64 MiB."))
                )
                return
        if kind in {b"IDAT", b"IEND"}:
            return
        at += 12 + length


def _unpacked(kind: bytes, body: bytes) -> int:
    """How far the compressed part of the chunk unpacks, at most the limit."""
    start = body.find(b"\0") + 2
    if kind == b"iTXt":
        start = body.find(b"\0", body.find(b"\0", start + 1) + 1) + 1
    total, machine = 0, zlib.decompressobj()
    data = body[start:]
    try:
        while data and total < _TEXT_LIMIT:
            total += len(machine.decompress(data, 1 << 20))
            data = machine.unconsumed_tail
    except zlib.error:
        return total
    return total


def _expansion(head: bytes) -> int:
    """How many bytes the most expansive entity declared in *head* grows to; references to itself count as the limit."""
    declared = {found.group(1): found.group(2) for found in _ENTITY.finditer(head)}
    known: dict[bytes, int] = {}

    def grown(name: bytes, depth: int) -> int:
        if name not in declared:
            return 1
        if depth > 30:
            return _MOST_EXPANDED + 1
        if name not in known:
            value = declared[name]
            known[name] = len(value) + sum(grown(reference, depth + 1) for reference in _REFERENCE.findall(value))
        return known[name]

    return max((grown(name, 0) for name in list(declared)[:500]), default=0)
