"""The records that drawings and presentations of the binary formats are made of ([MS-ODRAW] 2.2.1, [MS-PPT] 2.3.1), and their pictures."""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

MOST_RECORDS: Final = 1_000_000  # that are looked at in one stream, however often it names them
MOST_STORED: Final = 20_000
_DEEPEST: Final = 40
_CONTAINER: Final = 0xF  # recVer
_HEAD: Final = 8
STORE_ENTRY: Final = 0xF007  # OfficeArtFBSE, 2.2.32
PROPERTIES: Final = 0xF00B  # OfficeArtFOPT, 2.2.9
_ENTRY_BYTES: Final = 36
_PICTURE: Final = 0x0104  # the property `pib`, 2.3.23.2
_METAFILES: Final = frozenset({0xF01A, 0xF01B, 0xF01C})  # EMF, WMF, PICT
_BITMAP: Final = 0xF01F
_DOTS: Final = frozenset({0xF01D, 0xF01E, _BITMAP, 0xF029, 0xF02A})  # JPEG, PNG, DIB, TIFF, JPEG in CMYK
_BIT_FIELDS: Final = 3  # BITMAPINFOHEADER.biCompression
NOT_DRAWN: Final = b"\0"  # stands for a picture of commands


class Record(NamedTuple):
    """One record: its kind and instance, and where its body lies."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


class Records:
    """The records of one stream."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self._left = MOST_RECORDS

    def children(self, start: int = 0, end: int | None = None) -> Iterator[Record]:
        """The records between *start* and *end*, none of those within them."""
        end = len(self.stream) if end is None else min(end, len(self.stream))
        while 0 <= start <= end - _HEAD and self._left > 0:
            self._left -= 1
            first, kind, length = struct.unpack_from("<HHI", self.stream, start)
            body = start + _HEAD
            yield Record(kind, first >> 4, first & 0xF == _CONTAINER, body, min(body + length, end))
            start = body + length

    def within(self, around: Record) -> Iterator[Record]:
        """The records directly in *around*."""
        return self.children(around.start, around.end)

    def descendants(self, start: int, end: int) -> Iterator[Record]:
        """The records between *start* and *end* and those within them, in the order in which they are written."""
        waiting = [self.children(start, end)]
        while waiting:
            record = next(waiting[-1], None)
            if record is None:
                waiting.pop()
                continue
            yield record
            if record.is_container and len(waiting) < _DEEPEST:
                waiting.append(self.within(record))

    def at(self, place: int, kind: int) -> Record | None:
        """The record of that *kind* at *place*."""
        record = next(self.children(place), None)
        return record if record is not None and record.kind == kind else None

    def number(self, record: Record) -> int:
        """The number at the beginning of *record*."""
        return int(struct.unpack_from("<I", self.stream, record.start)[0]) if record.end - record.start >= 4 else 0

    def picture_number(self, properties: Record) -> int:
        """The place in the store, from 1, of the picture that a shape with these *properties* shows; 0 when it shows none."""
        for at in range(properties.start, min(properties.start + 6 * properties.instance, properties.end - 5), 6):
            name, value = struct.unpack_from("<HI", self.stream, at)
            if name & 0x3FFF == _PICTURE and not name & 0x8000:
                return int(value)
        return 0

    def pictures_between(self, start: int, end: int) -> Iterator[bytes]:
        """The picture files that lie between *start* and *end* themselves."""
        for record in self.descendants(start, end):
            picture = stored_picture(self, record, None) if record.kind == STORE_ENTRY else _file_of(self, record)
            if picture is not None:
                yield picture


class PictureStore:
    """The pictures of a document by their number; those that don't lie in the store lie in the records *delayed*."""

    def __init__(self, records: Records, start: int, end: int, delayed: Records | None = None) -> None:
        self._records = records
        self._delayed = delayed
        found = (record for record in records.descendants(start, end) if record.kind == STORE_ENTRY)
        self._entries = list(islice(found, MOST_STORED))

    def __len__(self) -> int:
        return len(self._entries)

    def picture(self, number: int) -> bytes | None:
        """The file of picture *number*, counted from 1; None where there is none."""
        if not 0 < number <= len(self._entries):
            return None
        return stored_picture(self._records, self._entries[number - 1], self._delayed)


def stored_picture(records: Records, entry: Record, delayed: Records | None) -> bytes | None:
    """The picture file of an entry of a store (OfficeArtFBSE); None where it has none."""
    if entry.start + _ENTRY_BYTES > entry.end:
        return None
    (size,) = struct.unpack_from("<I", records.stream, entry.start + 20)
    at, name_length = struct.unpack_from("<IxB", records.stream, entry.start + 28)
    inside = next(records.children(entry.start + _ENTRY_BYTES + name_length, entry.end), None)
    if inside is not None and (picture := _file_of(records, inside)) is not None:
        return picture
    outside = next(delayed.children(at, at + size), None) if delayed is not None and size else None
    return None if outside is None or delayed is None else _file_of(delayed, outside)


def _file_of(records: Records, record: Record) -> bytes | None:
    """The file in an OfficeArtBlip (2.2.23); None for another record."""
    if record.kind in _METAFILES:
        return NOT_DRAWN
    if record.kind not in _DOTS:
        return None
    before = 17 + 16 * (record.instance & 1)  # one or two digests, and a tag
    body = records.stream[record.start + before : record.end]
    return _bitmap_file(body) if record.kind == _BITMAP else body


def _bitmap_file(body: bytes) -> bytes:
    """A bitmap with the header that files have and memory hasn't."""
    if len(body) < 40:
        return NOT_DRAWN
    head, bits, compression, used = struct.unpack_from("<I10xHI12xI", body)
    colours = min(used or (1 << bits if bits <= 8 else 0), 256)
    masks = 12 if compression == _BIT_FIELDS and head == 40 else 0
    return b"BM" + struct.pack("<IHHI", (14 + len(body)) & 0xFFFFFFFF, 0, 0, (14 + head + 4 * colours + masks) & 0xFFFFFFFF) + body
