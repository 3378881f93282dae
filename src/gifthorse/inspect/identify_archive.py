"""What a zip or an OLE compound file really is, told by the names in its directory."""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.filetypes import FileType as T
from gifthorse.inspect.formats.window import Window

_END_RECORD: Final = b"PK\x05\x06"
_CENTRAL: Final = b"PK\x01\x02"
_LOCAL: Final = b"PK\x03\x04"
_MOST_NAMES: Final = 4096
_MOST_DIRECTORY_BYTES: Final = 1 << 20
_OFFICE_ROOTS: Final = ((b"word/document", T.OOXML_WORD), (b"xl/workbook", T.OOXML_SHEET), (b"ppt/presentation", T.OOXML_SLIDES))
_OFFICE_FOLDERS: Final = ((b"word/", T.OOXML_WORD), (b"xl/", T.OOXML_SHEET), (b"ppt/", T.OOXML_SLIDES))

# Class ids of the root entry of Windows Installer databases, patches and transforms: {000C108x-0000-0000-C000-000000000046}.
_INSTALLER_CLASSES: Final = frozenset(bytes.fromhex(f"{last}100c0000000000c000000000000046") for last in ("82", "84", "86"))
_MOST_DIRECTORY_SECTORS: Final = 64
_DIRECTORY_ENTRY: Final = 128
_TABLES_IN_HEADER: Final = 109


def zip_kind(window: Window) -> T:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    """Which zip-based type the file is; ZIP when its names tell nothing more."""
    names = list(_central_names(window)) or list(_local_names(window.head))
    lower = [name.lower() for name in names]
    present = set(lower)
    if b"[content_types].xml" in present:
        return _office_kind(lower)
    if (stated := _stated_mime(window.head)) is not None:
        return stated
    if b"androidmanifest.xml" in present and (b"classes.dex" in present or b"resources.arsc" in present or len(present) < 3):
        return T.APK
    if b"meta-inf/container.xml" in present:
        return T.EPUB
    if b"meta-inf/manifest.xml" in present and b"content.xml" in present:
        return T.ODF
    if b"meta-inf/manifest.mf" in present or any(name.endswith(b".class") for name in lower):
        return T.JAR
    return T.ZIP


def _office_kind(lower: Sequence[bytes]) -> T:
    """The program that an Office Open XML package opens in, by its main part, else by the folder that it has."""
    for roots in (_OFFICE_ROOTS, _OFFICE_FOLDERS):
        for start, kind in roots:
            if any(name.startswith(start) for name in lower):
                return kind
    return T.OOXML_OTHER


def _stated_mime(head: bytes) -> T | None:
    """ODF or EPUB when the first member is the stored ``mimetype`` that both standards ask for."""
    if head[30:38] != b"mimetype":
        return None
    if head.startswith(b"application/vnd.oasis.opendocument", 38):
        return T.ODF
    return T.EPUB if head.startswith(b"application/epub+zip", 38) else None


def _central_names(window: Window) -> Iterator[bytes]:
    """Member names as the central directory lists them (APPNOTE 4.3.12); nothing when it can't be reached."""
    ending = window.last(22 + 0xFFFF)
    place = ending.rfind(_END_RECORD)
    if place < 0 or place + 22 > len(ending):
        return
    length, _start = struct.unpack_from("<II", ending, place + 12)
    # The directory lies right before its end record; the stated start would be wrong behind a prefix.
    begins = window.size - len(ending) + place - length
    directory = window.read(max(begins, 0), min(length, _MOST_DIRECTORY_BYTES))
    at = 0
    for _ in range(_MOST_NAMES):
        if directory[at : at + 4] != _CENTRAL or at + 46 > len(directory):
            return
        name, extra, comment = struct.unpack_from("<3H", directory, at + 28)
        yield directory[at + 46 : at + 46 + name]
        at += 46 + name + extra + comment


def _local_names(head: bytes) -> Iterator[bytes]:
    """Member names of the local headers within *head*, for archives whose end is missing."""
    at = 0
    for _ in range(_MOST_NAMES):
        at = head.find(_LOCAL, at)
        if at < 0 or at + 30 > len(head):
            return
        (length,) = struct.unpack_from("<H", head, at + 26)
        yield head[at + 30 : at + 30 + length]
        at += 30 + length


def ole_kind(window: Window) -> T:
    """Which program's compound file it is ([MS-CFB]), by its stream names and root class; OLE when they tell nothing more."""
    names, root_class = set(), b""
    for position, entry in enumerate(_directory_entries(window)):
        if position == 0:
            root_class = entry[80:96]
        length = struct.unpack_from("<H", entry, 64)[0]
        names.add(entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower())
    if "encryptedpackage" in names:
        return T.OLE_ENCRYPTED_OFFICE
    if root_class in _INSTALLER_CLASSES:
        return T.MSI
    for name, kind in (
        ("worddocument", T.OLE_WORD),
        ("workbook", T.OLE_SHEET),
        ("book", T.OLE_SHEET),
        ("powerpoint document", T.OLE_SLIDES),
        ("__properties_version1.0", T.MSG),
    ):
        if name in names:
            return kind
    return T.OLE


def _directory_entries(window: Window) -> Iterator[bytes]:
    """The 128-byte directory entries of a compound file, following the sector chain as far as it can be read."""
    head = window.head
    if len(head) < 512:
        return
    shift = struct.unpack_from("<H", head, 30)[0]
    if shift not in {9, 12}:
        return
    sector_size = 1 << shift
    (sector,) = struct.unpack_from("<I", head, 48)
    for _ in range(_MOST_DIRECTORY_SECTORS):
        if sector >= 0xFFFFFFFA:
            return
        data = window.read((sector + 1) * sector_size, sector_size)
        for start in range(0, len(data) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
            yield data[start : start + _DIRECTORY_ENTRY]
        following = _next_sector(window, sector, sector_size)
        if following is None:
            return
        sector = following


def _next_sector(window: Window, sector: int, sector_size: int) -> int | None:
    """The sector after *sector* in the allocation table, or None when the table's part is out of reach."""
    if (sector + 1) * sector_size >= window.size:
        return None  # it lies behind the end of the file; the way to its number could be made millions of hops long
    per_table = sector_size // 4
    location = _table_sector(window, sector // per_table, sector_size)
    if location is None:
        return None
    entry = window.read((location + 1) * sector_size + 4 * (sector % per_table), 4)
    return struct.unpack("<I", entry)[0] if len(entry) == 4 else None


def _table_sector(window: Window, table: int, sector_size: int) -> int | None:
    """Where part *table* of the allocation table lies: the first 109 stand in the header, the others in a chain of sectors."""
    if table < _TABLES_IN_HEADER:
        return int(struct.unpack_from("<I", window.head, 76 + 4 * table)[0])
    per_sector = sector_size // 4 - 1  # the last number leads to the next sector of the chain
    hops, place = divmod(table - _TABLES_IN_HEADER, per_sector)
    (sector,) = struct.unpack_from("<I", window.head, 68)
    for _ in range(hops + 1):
        numbers = window.read((sector + 1) * sector_size, sector_size)
        if len(numbers) < sector_size:
            return None
        location, sector = struct.unpack_from("<I", numbers, 4 * place)[0], struct.unpack_from("<I", numbers, 4 * per_sector)[0]
    return int(location)
