"""Both directories of a zip archive, read independently: the central one at the end, and the local headers before each member.

Layout of the records: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central header), 4.3.14-16 (ends of the
central directory), 4.5.3 (ZIP64 extra field). Nothing stated by a header is believed before it is compared with the bytes.
"""

import struct
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, pieces_of

LOCAL: Final = struct.Struct("<4s5HIII2H")
CENTRAL: Final = struct.Struct("<4s6HIII5HII")
END: Final = struct.Struct("<4s4HIIH")
END64: Final = struct.Struct("<4sQ2H2I4Q")
LOCATOR64: Final = struct.Struct("<4sIQI")
LOCAL_MARK: Final = b"PK\x03\x04"
CENTRAL_MARK: Final = b"PK\x01\x02"
END_MARK: Final = b"PK\x05\x06"
FULL32: Final = 0xFFFFFFFF
COMMENT_MOST: Final = 65_535
CENTRAL_MOST: Final = 64 * 1024 * 1024
MEMBERS_MOST: Final = 200_000
KNOWN_METHODS: Final = frozenset({0, 1, 6, 8, 9, 12, 14, 93, 95, 96, 97, 98, 99})


@dataclass(kw_only=True, slots=True)
class Header:
    """What one directory says of a member. `at` is where this header lies, `data` where its bytes begin (local headers only)."""

    untrusted_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    at: int
    local_at: int
    data: int = 0
    mode: int = 0
    time_at: int = 0
    extra: bytes = b""

    @property
    def encrypted(self) -> bool:
        """Bit 0: the member's bytes are encrypted."""
        return bool(self.flags & 1)

    @property
    def sizes_follow(self) -> bool:
        """Bit 3: sizes and checksum stand behind the member, so the local header's are zero."""
        return bool(self.flags & 8)

    @property
    def name(self) -> str:
        """The name as text: UTF-8 where it is (bit 11 or not), else code page 437, which gives every byte a character."""
        try:
            return self.untrusted_name.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "utf-8" if self.flags & 0x800 else "cp437"
            return self.untrusted_name.decode(encoding, "surrogateescape")


@dataclass(kw_only=True, slots=True)
class Directory:
    """The central directory: its headers, where it begins, where the end record ends, and how far a prefix shifts every offset."""

    headers: list[Header]
    start: int
    end: int
    shift: int


def read_directory(content: Content) -> Directory:
    """The central directory that the last valid end record names; raises Damaged when there is none."""
    tail_at = max(0, content.size - END.size - COMMENT_MOST)
    tail = content.read(tail_at, content.size - tail_at)
    found = tail.rfind(END_MARK)
    while found >= 0:
        if len(tail) - found >= END.size:
            directory = _directory_at(content, tail_at + found, tail[found : found + END.size])
            if directory is not None:
                return directory
        found = tail.rfind(END_MARK, 0, found)
    raise Damaged("no end of the central directory")


def zip_extent(content: Content) -> tuple[int, int] | None:
    """Where the zip archive in *content* begins and ends (first local header to end of the comment), or None when there is none.

    Bytes before the start are a prefix (a self-extracting program, a picture), bytes behind the end are appended data.
    """
    try:
        directory = read_directory(content)
    except Damaged:
        return None
    starts = [header.local_at for header in directory.headers]
    return min([directory.start, *starts]), directory.end


def _directory_at(content: Content, end_at: int, record: bytes) -> Directory | None:
    _mark, _disk, _first, _here, count, size, offset, comment = END.unpack(record)
    before = end_at
    if FULL32 in {size, offset} or count == 0xFFFF:
        wide = _wide_end(content, end_at)
        if wide is not None:
            before, count, size, offset = wide
    start = before - size
    if start < 0 or size > CENTRAL_MOST:
        return None
    shift = start - offset
    raw = content.read(start, size)
    headers = _central_headers(raw, start, shift)
    if not headers and count:
        return None
    return Directory(headers=headers, start=start, end=min(content.size, end_at + END.size + comment), shift=shift)


def _wide_end(content: Content, end_at: int) -> tuple[int, int, int, int] | None:
    located = content.read(max(0, end_at - LOCATOR64.size), LOCATOR64.size)
    if end_at < LOCATOR64.size or located[:4] != b"PK\x06\x07":
        return None
    stated = LOCATOR64.unpack(located)[2]
    for at in (stated, end_at - LOCATOR64.size - END64.size):
        record = content.read(at, END64.size) if 0 <= at < content.size else b""
        if len(record) == END64.size and record[:4] == b"PK\x06\x06":
            _mark, _length, _by, _need, _disk, _first, _here, count, size, offset = END64.unpack(record)
            return at, count, size, offset
    return None


def _central_headers(raw: bytes, start: int, shift: int) -> list[Header]:
    headers: list[Header] = []
    at = 0
    while at + CENTRAL.size <= len(raw) and raw[at : at + 4] == CENTRAL_MARK and len(headers) < MEMBERS_MOST:
        fields = CENTRAL.unpack_from(raw, at)
        names, extras, comments = fields[10:13]
        name_at = at + CENTRAL.size
        extra = raw[name_at + names : name_at + names + extras]
        header = Header(
            untrusted_name=raw[name_at : name_at + names],
            flags=fields[3],
            method=fields[4],
            checksum=fields[7],
            packed=fields[8],
            size=fields[9],
            at=start + at,
            local_at=fields[16],
            mode=fields[15] >> 16,
            time_at=start + at + 12,
            extra=extra,
        )
        _widen(header)
        header.local_at += shift
        headers.append(header)
        at = name_at + names + extras + comments
    return headers


def _widen(header: Header) -> None:
    """Takes sizes and offset from the ZIP64 extra field (id 1) for those that the 32-bit fields leave at their maximum."""
    wide = extra_field(header.extra, 1)
    if wide is None:
        return
    values = [value for (value,) in struct.iter_unpack("<Q", wide[: len(wide) // 8 * 8])]
    for field in ("size", "packed", "local_at"):
        if getattr(header, field) == FULL32 and values:
            setattr(header, field, values.pop(0))


def extra_field(extra: bytes, wanted: int) -> bytes | None:
    """The data of the first extra field with that id, or None."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return None


def read_local(content: Content, at: int) -> Header | None:
    """The local header at *at*, or None when there is none that makes sense."""
    raw = content.read(at, LOCAL.size) if 0 <= at < content.size else b""
    if len(raw) < LOCAL.size or raw[:4] != LOCAL_MARK:
        return None
    _mark, version, flags, method, _time, _date, checksum, packed, size, names, extras = LOCAL.unpack(raw)
    rest = content.read(at + LOCAL.size, names + extras)
    if len(rest) < names + extras or method not in KNOWN_METHODS or (version & 0xFF) > 100:
        return None
    header = Header(
        untrusted_name=rest[:names],
        flags=flags,
        method=method,
        checksum=checksum,
        packed=packed,
        size=size,
        at=at,
        local_at=0,
        data=at + LOCAL.size + names + extras,
        time_at=at + 10,
        extra=rest[names:],
    )
    _widen(header)
    return header


def local_marks(content: Content, start: int, end: int) -> list[int]:
    """Where the bytes of a local header's mark lie in [start, end)."""
    marks: list[int] = []
    carried = b""
    at = start
    for piece in pieces_of(content, start, end):
        window = carried + piece
        found = window.find(LOCAL_MARK)
        while found >= 0 and len(marks) < MEMBERS_MOST:
            marks.append(at - len(carried) + found)
            found = window.find(LOCAL_MARK, found + 1)
        carried = window[-3:]
        at += len(piece)
    return marks
