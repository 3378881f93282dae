"""What records and pages of NTFS's own tables leave unused. Nothing here reads a medium.

Source: the layout of a file record (sequence at 4 and 6, bytes in use at 24, bytes given at 28) and of the log's pages as Linux's driver
has them.
"""

import struct
from collections.abc import Iterator
from typing import Final

RECORD_MARK: Final = b"FILE"
_DAMAGED: Final = b"BAAD"
_SECTOR: Final = 512
_HEAD: Final = 48
_FIXED: Final = 2  # the last bytes of each sector repeat a number
_LOG_MARKS: Final = (b"RSTR", b"RCRD", b"CHKD", b"\xff\xff\xff\xff")
LOG_PAGE: Final = 4096
_LEAST: Final = 16  # what a record that was shortened leaves of an end mark or a number is less
_MARK_END: Final = 56
_CHANGES_ALONE: Final = range(8, 16)  # where the log last spoke of the record


def unused_of(record: bytes) -> Iterator[tuple[int, bytes]]:
    """(offset, bytes) of each stretch of *record* that no attribute uses, the whole of it when it is no record, where that is not blank."""
    if not record or record.count(record[:1]) == len(record) or record.startswith(_DAMAGED):
        return
    if not record.startswith(RECORD_MARK):
        yield 0, record
        return
    (used,) = struct.unpack_from("<I", record, 24)
    if not _HEAD <= used <= len(record):
        return  # no computer reads it; that it can't be read shows where its file is listed
    found = [(start, piece) for start, piece in _between_fixed(record, used) if piece.strip(b"\0")]
    if sum(len(piece) - piece.count(0) for _start, piece in found) >= _LEAST:
        yield from found


def _between_fixed(record: bytes, used: int) -> Iterator[tuple[int, bytes]]:
    start = used
    for end in range(_SECTOR, len(record) + 1, _SECTOR):
        if start < end - _FIXED:
            yield start, record[start : end - _FIXED]
        start = max(start, end)


def unlike(record: bytes, copy: bytes) -> int:
    """In how many bytes that are in use the *copy* of a record says something else."""
    if not record.startswith(RECORD_MARK) or len(copy) < len(record):
        return 0
    (used,) = struct.unpack_from("<I", record, 24)
    places = (at for at in range(min(used, len(record))) if not _may_differ(at))
    return sum(record[at] != copy[at] for at in places)


def _may_differ(at: int) -> bool:
    return at in _CHANGES_ALONE or at % _SECTOR >= _SECTOR - _FIXED or _HEAD <= at < _MARK_END


def strange_pages(log: bytes) -> Iterator[tuple[int, bytes]]:
    """(offset, page) of each page of *log* that no log writes: neither a restart nor a record page, nor one that was never used."""
    for at in range(0, len(log), LOG_PAGE):
        page = log[at : at + LOG_PAGE]
        unused = page.startswith(_LOG_MARKS[3]) and page.count(0xFF) == len(page)
        if page.strip(b"\0") and not unused and not page.startswith(_LOG_MARKS[:3]):
            yield at, page
