"""Text in bytes that should be none: tables of a filesystem, boot programs, room that is left over."""

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_MARKED: Final = bytes(byte in _LETTERS or byte >= 0x80 for byte in range(256))
_LEAST: Final = 64
_NEEDLE: Final = b"\1" * _LEAST
_LONGER_THAN_NAMES: Final = 256
_BLANKS_OF_A_SENTENCE: Final = 5
_KINDS_OF_LETTERS: Final = 10
_KINDS_OF_PAIRS: Final = 4  # tables of letters in words of two bytes have one value in every second byte
_NAME_HEAD: Final = 8
_SHARE: Final = 0.85
_SHORT: Final = re.compile(rb"(?:[\t\r\n\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){16,}")
_WIDE: Final = re.compile(rb"(?:[\t\r\n\x20-\x7e]\0){12,}")
_LETTER: Final = re.compile(rb"[A-Za-z\x80-\xff ]")
# What boot programs say: those of mkfs.fat and mkfs.ntfs, Windows and DOS, macOS and BSD, Syslinux, GRUB and FreeDOS.
_SAID_BY_BOOT_PROGRAMS: Final = (
    b"This is not a bootable disk", b"Please insert a bootable floppy and", b"press any key to try again", b"Invalid system disk",
    b"Disk I/O error", b"I/O error", b"Replace the disk, and then press any key", b"Non-System disk or disk error", b"Non-system disk",
    b"Replace and press any key when ready", b"Replace and strike any key when ready", b"Press any key to restart",
    b"Press any key to reboot", b"Press any key to continue", b"press any key", b"Disk Boot failure", b"Disk error", b"Disk Error",
    b"Remove disks or other media", b"A disk read error occurred", b"Press Ctrl+Alt+Del to restart", b"NTLDR is missing",
    b"NTLDR is compressed", b"BOOTMGR is missing", b"BOOTMGR is compressed", b"An operating system wasn't found", b"Try disconnecting any",
    b"drives that don't", b"contain an operating system", b"Invalid partition table", b"Error loading operating system",
    b"Missing operating system", b"Operating system load error", b"Multiple active partitions", b"Cannot load from harddisk",
    b"Insert Systemdisk and", b"isolinux.bin missing or corrupt", b"Boot error", b"Boot failed", b"Boot sector signature not found",
    b"SYSLINUX", b"ISOLINUX", b"GRUB", b"Geom", b"Hard Disk", b"Floppy", b"Read", b"Loading FreeDOS", b"Loading", b"Starting", b"FreeDOS",
    b"No KERNEL  SYS", b"KERNEL  SYS", b"IO      SYS", b"MSDOS   SYS", b"WINBOOT SYS", b"IBMBIO  COM", b"IBMDOS  COM", b"NTLDR      ",
    b"BOOTMGR    ", b"LOADER  BIN", b"Missing", b"missing", b"corrupt", b"Error", b"error", b"Datentr", b"Neustart mit", b"Strg+Alt+Entf",
    b"NTLDR fehlt", b"BOOTMGR fehlt", b"ist komprimiert", b"Beliebige Taste", b"Fehler beim", b"chargeur", b"appuyez sur",
)  # fmt: skip


def long_texts(chunk: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(byte on the medium, text) of each stretch of *chunk*, which begins at byte *at*, that reads as text and not as a file's name.

    Letters beyond ASCII count, but no byte sequence that is none in UTF-8 or in the alphabets of eight bits is told from them: where too
    few plain letters stand beside them it is no text.
    """
    marks = chunk.translate(_MARKED)
    place = marks.find(_NEEDLE)
    while place >= 0:
        end = marks.find(b"\0", place)
        end = len(chunk) if end < 0 else end
        if not _is_name(chunk, place, end) and _reads_as_text(chunk[place:end]):
            yield at + place, chunk[place:end]
        place = marks.find(_NEEDLE, end)


def _is_name(chunk: bytes, place: int, end: int) -> bool:
    """Whether the text is as long as a byte says that stands before it, as lists of names have it; what pads a name may read as letters."""
    length = end - place
    before = chunk[max(0, place - _NAME_HEAD) : place]
    return length <= _LONGER_THAN_NAMES + _NAME_HEAD and any(abs(length - byte) <= _NAME_HEAD for byte in before)


def _reads_as_text(run: bytes) -> bool:
    """Whether *run* is more than a name: it has lines or several words, or is longer than any name."""
    sample = run[:4096]
    plain = sum(sample.count(letter) for letter in range(0x20, 0x7F))
    if plain < len(sample) * _SHARE and not _is_utf8(sample):
        return False
    if len(set(sample)) < _KINDS_OF_LETTERS or min(len(set(sample[::2])), len(set(sample[1::2]))) < _KINDS_OF_PAIRS:
        return False
    return b"\n" in sample or sample.count(b" ") >= _BLANKS_OF_A_SENTENCE or len(run) >= _LONGER_THAN_NAMES


def _is_utf8(sample: bytes) -> bool:
    try:
        sample[:-4].decode()
    except UnicodeDecodeError:
        return False
    return True


def texts_in_program(code: bytes) -> Iterator[tuple[int, bytes]]:
    """(byte in *code*, text) of what a boot program says that none of those known here says; UTF-16 is told as plain letters."""
    for match in _SHORT.finditer(code):
        if _is_strange(match.group()):
            yield match.start(), match.group()
    for match in _WIDE.finditer(code):
        plain = match.group()[::2]
        if _is_strange(plain):
            yield match.start(), plain


def _is_strange(run: bytes) -> bool:
    left = run
    for said in _SAID_BY_BOOT_PROGRAMS:
        left = left.replace(said, b"")
    left = b" ".join(left.strip(b". \r\n\t*-").split())
    if min(len(set(left[::2])), len(set(left[1::2]))) < _KINDS_OF_PAIRS:  # instructions of one letter each, all with the same prefix
        return False
    return len(left) >= 16 and len(_LETTER.findall(left)) >= 0.6 * len(left) and len(set(left)) >= 8
