"""Tells what a file is by its bytes.

One table of first bytes, a few fixed offsets, the directories of zip and OLE files, and a look at the words of texts. A name only breaks
ties between kinds of text; it never turns a program into a document or a document into a program.
"""

import re
import struct
from collections.abc import Callable
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.archive_marks import is_lha, named
from gifthorse.inspect.formats.window import Window
from gifthorse.inspect.identify_archive import ole_kind, zip_kind
from gifthorse.inspect.identify_text import HTML_EXTENSIONS, is_nearly_text, is_script_by_name, text_kind, text_of
from gifthorse.inspect.medium_signs import is_disc, is_foreign_volume
from gifthorse.inspect.signatures import by_first_bytes

_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK", b"PK00PK")
_OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INTERPRETER: Final = re.compile(rb"#!\s*/[\x20-\x7e\t]{1,200}\r?\n")
_ZIP_END: Final = 22 + 0xFFFF
# Names that promise a disk, for content in which no mark says what it is: an encrypted volume has none.
_DISK_NAMES: Final = frozenset({"img", "ima", "dd", "raw", "iso", "dsk", "hdd", "udf", "vc", "hc", "tc"})
_LEAST_DISK: Final = 64 * 1024
_PDF_SEARCHED: Final = 1024  # readers accept the header anywhere in the first KiB (PDF 1.7 implementation note 13)
_FAT_ENTRY_TYPES: Final = frozenset({0x00, 0x80})


def identify(head: bytes, size: int, tail: Callable[[int], bytes] | None, untrusted_name: str = "") -> FileType:
    """The type of a file of *size* bytes that begins with *head* (64 KiB is enough) and whose last n bytes are ``tail(n)``.

    *untrusted_name* only breaks ties between kinds of text.
    """
    if size == 0 or not head:
        return FileType.EMPTY if size == 0 else FileType.DATA
    window = Window(head, size, tail)
    if head.startswith(_ZIP_STARTS):
        return zip_kind(window)
    if head.startswith(_OLE_START):
        return ole_kind(window)
    if head.startswith((b"%PDF-", b"{\\rt")):
        return FileType.PDF if head[0] == 0x25 else FileType.RTF
    found = by_first_bytes(head, size) or _by_offset(window)
    return found or _old_archive(head) or _text_or_data(window, untrusted_name)


def _old_archive(head: bytes) -> FileType | None:
    if is_lha(head):
        return FileType.LHA
    return FileType.OTHER_ARCHIVE if named(head) else None


def _text_or_data(window: Window, untrusted_name: str) -> FileType:
    head = window.head
    extension = untrusted_name.rpartition(".")[2].lower() if "." in untrusted_name else ""
    text = text_of(head)
    if b"%PDF-" in head[:_PDF_SEARCHED] and (text is None or b"\n%PDF-" in b"\n" + head.lstrip()[:_PDF_SEARCHED]) and b" obj" in head:
        return FileType.PDF
    if text is not None:
        return text_kind(text, extension)
    if head.startswith(b"#!") and _INTERPRETER.match(head) is not None:
        # a script with something behind it: Python's own archives are read as the archive that they are
        return zip_kind(window) if b"PK\x05\x06" in window.last(_ZIP_END) else FileType.SCRIPT
    if is_script_by_name(head, extension):
        return FileType.SCRIPT
    if extension in HTML_EXTENSIONS and is_nearly_text(head):
        return FileType.HTML
    named_as_disk = extension in _DISK_NAMES and window.size % 512 == 0 and window.size >= _LEAST_DISK
    return _by_tail(window) or (FileType.DISK_IMAGE if named_as_disk else FileType.DATA)


def _by_offset(window: Window) -> FileType | None:
    """Types whose mark stands further inside."""
    head = window.head
    if len(head) < 512:
        return None
    if head[257:262] == b"ustar" or _is_old_tar(head):
        return FileType.TAR
    if is_disc(head):
        return FileType.ISO
    if head[510:512] == b"\x55\xaa" and _is_boot_sector(head, window.size):
        return _disk_image(window)
    if _is_filesystem(head):
        return _disk_image(window)
    return None


def _disk_image(window: Window) -> FileType:
    """DISK_IMAGE, or the wrapper whose mark stands in the last sector: a fixed VHD, a plain DMG."""
    return _by_tail(window) or FileType.DISK_IMAGE


def _by_tail(window: Window) -> FileType | None:
    """Types that carry their mark in the last sector."""
    if window.size < 512:
        return None
    last = window.last(512)
    if last.startswith(b"koly"):
        return FileType.DMG
    return FileType.VHD if last.startswith(b"conectix") else None


def _is_old_tar(head: bytes) -> bool:
    """Whether the first block is a tar header without magic: its checksum is the sum of its bytes with the field itself as blanks."""
    field = head[148:156].strip(b" \0")
    if not 3 < len(field) < 8 or not field.isdigit() or head[0] == 0:
        return False
    try:
        stated = int(field, 8)
    except ValueError:
        return False
    return stated == sum(head[:148]) + 8 * 0x20 + sum(head[156:512])


def _is_boot_sector(head: bytes, size: int) -> bool:
    """Whether the first sector is a FAT, exFAT or NTFS boot sector, or a partition table with at least one entry that makes sense."""
    if head[3:11] in {b"EXFAT   ", b"NTFS    "}:
        return True
    if head[0] in {0xEB, 0xE9} and struct.unpack_from("<H", head, 11)[0] in {512, 1024, 2048, 4096} and head[16] in {1, 2}:
        return True
    entries = [head[446 + 16 * index : 462 + 16 * index] for index in range(4)]
    if any(entry[0] not in _FAT_ENTRY_TYPES for entry in entries):
        return False
    used = [struct.unpack_from("<II", entry, 8) for entry in entries if entry[4]]
    return any(start > 0 and length > 0 and start * 512 < max(size, 1024) * 4 for start, length in used)


def _is_filesystem(head: bytes) -> bool:
    """Whether the mark of ext, HFS+, APFS, GPT, an encrypted volume or another system's filesystem stands where those put it."""
    if head[512:520] == b"EFI PART" or is_foreign_volume(head):
        return True
    if len(head) < 1100:
        return False
    extended = head[1080:1082] == b"\x53\xef" and struct.unpack_from("<I", head, 1048)[0] <= 6
    mac = head[1024:1026] in {b"H+", b"HX"} and head[1026:1028] in {b"\0\x04", b"\0\x05"}
    apple_map = head[:2] == b"ER" and head[512:514] == b"PM"
    return extended or mac or apple_map
