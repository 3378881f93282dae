"""Headers of programs, archives, documents and filesystems at the beginnings of sectors, found at C speed.

One regular expression over large chunks; the few hits that lie on a sector's first byte are then checked for more than their first letters,
so that random bytes seldom pass.
"""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Look

SECTOR: Final = 512
PROGRAM: Final = Look.PROGRAM.value
ARCHIVE: Final = Look.ARCHIVE.value
DOCUMENT: Final = Look.DOCUMENT.value
FILESYSTEM: Final = Look.FILESYSTEM.value


def _portable_executable(piece: bytes) -> bool:
    header = int.from_bytes(piece[0x3C:0x40], "little")
    if piece[header : header + 4] == b"PE\0\0" and header >= 4:
        return True
    return len(piece) >= 0x80 and b"DOS mode" in piece[0x40:0x100]


def _elf(piece: bytes) -> bool:
    return len(piece) > 20 and piece[4] in {1, 2} and piece[5] in {1, 2} and piece[6] == 1


def _zip(piece: bytes) -> bool:
    if len(piece) < 30:
        return False
    version, method, name = (int.from_bytes(piece[at : at + 2], "little") for at in (4, 8, 26))
    return version < 100 and method < 100 and 0 < name < 1024


def _gzip(piece: bytes) -> bool:
    return len(piece) > 10 and piece[3] < 32 and piece[8] in {0, 2, 4} and piece[9] in {*range(14), 255}


def _cabinet(piece: bytes) -> bool:
    return piece[4:8] == bytes(4)


def _mach(piece: bytes) -> bool:
    return len(piece) > 16 and 1 <= int.from_bytes(piece[12:16], "little") <= 12


def _shortcut(piece: bytes) -> bool:
    return piece[4:20] == bytes.fromhex("0114020000000000c000000000000046")


def _script(piece: bytes) -> bool:
    return piece[2:4] in {b"/b", b"/u", b" /"}


def _always(_piece: bytes) -> bool:
    return True


def _seven_zip(piece: bytes) -> bool:
    return len(piece) >= 32 and zlib.crc32(piece[12:32]) == int.from_bytes(piece[8:12], "little")


# First bytes, class, name that is shown, and what else must hold.
_HEADERS: Final[tuple[tuple[bytes, str, str, Callable[[bytes], bool]], ...]] = (
    (b"MZ", PROGRAM, "Windows program", _portable_executable),
    (b"\x7fELF", PROGRAM, "Linux program", _elf),
    (b"\xcf\xfa\xed\xfe", PROGRAM, "macOS program", _mach),
    (b"\xce\xfa\xed\xfe", PROGRAM, "macOS program", _mach),
    (b"L\0\0\0", PROGRAM, "Windows shortcut", _shortcut),
    (b"#!", PROGRAM, "script", _script),
    (b"PK\3\4", ARCHIVE, "zip archive", _zip),
    (b"Rar!\x1a\7", ARCHIVE, "rar archive", _always),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE, "7z archive", _seven_zip),
    (b"\x1f\x8b\x08", ARCHIVE, "gzip archive", _gzip),
    (b"MSCF", ARCHIVE, "cabinet archive", _cabinet),
    (b"%PDF-", DOCUMENT, "PDF document", _always),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOCUMENT, "OLE document or installer", _always),
)
_PATTERN: Final = re.compile(b"|".join(re.escape(first) for first, _look, _name, _check in _HEADERS))
# Marks of filesystems, and how far behind the start of the filesystem each stands.
_FILESYSTEM_MARKS: Final = (
    (b"NTFS    ", 3),
    (b"EXFAT   ", 3),
    (b"-FVE-FS-", 3),
    (b"FAT12   ", 54),
    (b"FAT16   ", 54),
    (b"FAT32   ", 82),
    (b"\x53\xef", 1080),
    (b"\1CD001", 32768),
    (b"H+\0\4", 1024),
    (b"HX\0\5", 1024),
    (b"NXSB", 32),
    (b"LUKS\xba\xbe", 0),
    (b"XFSB", 0),
    (b"hsqs", 0),
    (b"_BHRfS_M", 0x10040),
)
_FILESYSTEM_PATTERN: Final = re.compile(b"|".join(re.escape(mark) for mark, _behind in _FILESYSTEM_MARKS) + rb"|\xeb.\x90", re.DOTALL)
_BEHIND: Final = dict(_FILESYSTEM_MARKS)


def headers_in(chunk: bytes, at: int) -> Iterator[tuple[int, str, str]]:
    """(byte on the medium, class, name) of each header at a sector's first byte of *chunk*, which begins at byte *at* (itself such)."""
    for match in _PATTERN.finditer(chunk):
        if match.start() % SECTOR == 0:
            piece = chunk[match.start() : match.start() + 4096]
            for first, look, name, check in _HEADERS:
                if first == match.group() and check(piece):
                    yield at + match.start(), look, name


def headers_anywhere(piece: bytes, at: int) -> Iterator[tuple[int, str, str]]:
    """As `headers_in`, at any byte: for small places where nothing of that kind has a reason to stand."""
    for match in _PATTERN.finditer(piece):
        rest = piece[match.start() : match.start() + 4096]
        for first, look, name, check in _HEADERS:
            if first == match.group() and check(rest):
                yield at + match.start(), look, name


# What is no danger by itself but tells where the bytes behind it come from: pictures, films, sound, and other compressed files.
_MEDIA_HEADS: Final = (
    b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"BZh", b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd", b"\0\0\1\xba", b"8BPS", b"wOF2",
)  # fmt: skip
_FOLDER_HEAD: Final = b".          "
_FILM: Final = re.compile(b"[fm]")
_FIRST_BYTES: Final = re.compile(
    b"["
    + b"".join(
        re.escape(bytes([byte]))
        for byte in sorted({head[0] for head in _MEDIA_HEADS} | {first[0] for first, *_rest in _HEADERS} | {ord(".")})
    )
    + b"]"
)


def sector_heads(chunk: bytes, at: int) -> Iterator[tuple[int, str, str]]:
    """As `headers_in`, and ``("media", …)`` and ``("folder", …)`` for what tells pictures, films and FAT folders; only sectors' first bytes
    are touched, so this is the one for large stretches.
    """
    for match in _FIRST_BYTES.finditer(chunk[::SECTOR]):
        place = match.start() * SECTOR
        piece = chunk[place : place + 4096]
        found = _head_of(piece)
        if found is not None:
            yield at + place, *found
    for match in _FILM.finditer(chunk[4::SECTOR]):
        place = match.start() * SECTOR
        if chunk[place + 4 : place + 8] in {b"ftyp", b"moov", b"mdat"}:
            yield at + place, "media", ""


def _head_of(piece: bytes) -> tuple[str, str] | None:
    """(class, name) of what begins with *piece*."""
    for first, look, name, check in _HEADERS:
        if piece.startswith(first) and check(piece):
            return look, name
    if piece.startswith(_MEDIA_HEADS):
        return "media", ""
    return ("folder", "") if piece.startswith(_FOLDER_HEAD) and piece[32:43] == b"..         " else None


def filesystem_starts(chunk: bytes, at: int) -> Iterator[int]:
    """Bytes of the medium where a filesystem may begin, by the marks that stand in *chunk*; each still has to be recognised."""
    for match in _FILESYSTEM_PATTERN.finditer(chunk):
        start = match.start() - _BEHIND.get(match.group(), 0)
        if start % SECTOR == 0 and at + start >= 0:
            yield at + start


def looks_random(chunk: bytes) -> bool:
    """Whether *chunk* (at least 4 KiB) has as even a spread of byte values as encrypted or compressed data (above 7.9 bits a byte)."""
    if len(chunk) < 4096:
        return False
    sample = chunk[: 64 * 1024]
    # chi-square against an even spread: 255 degrees of freedom, so 400 is far outside for text or programs and ordinary for random bytes
    expected = len(sample) / 256
    counts = Counter(sample)
    spread = sum((counts.get(value, 0) - expected) ** 2 for value in range(256)) / expected
    return spread < 400
