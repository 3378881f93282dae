"""Facts about programs (PE, ELF, Mach-O) that an analyst asks for first: signed or not, packed or not, named as it calls itself or not."""

import struct
from typing import Final, NamedTuple

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.signed import macho_signature
from gifthorse.inspect.item import Item

MOST_BYTES: Final = 64 << 20
_PACKERS: Final = {
    b"UPX0": "UPX",
    b"UPX1": "UPX",
    b"UPX!": "UPX",
    b".aspack": "ASPack",
    b".petite": "Petite",
    b".themida": "Themida",
    b".vmp0": "VMProtect",
    b".MPRESS1": "MPRESS",
    b".enigma1": "Enigma",
    b"PyInstaller": "PyInstaller",
}
_ELF_KINDS: Final = {1: "object", 2: "program", 3: "library"}


class ProgramFacts(NamedTuple):
    """What the file says of itself. `library` is true for what is not started by itself; empty text means: not stated."""

    library: bool = False
    signature: str = ""
    packer: str = ""
    own_name: str = ""
    description: str = ""


def facts_of(item: Item) -> ProgramFacts:
    """The facts of the program *item*; what its headers don't give is left empty."""
    if item.filetype is FileType.PE:
        return _portable_executable(item)
    if item.filetype is FileType.ELF:
        return _elf(item)
    if item.filetype is FileType.MACHO:
        return ProgramFacts(
            library=item.extension in {"dylib", "so", "o", "bundle"}, signature=macho_signature(item), packer=_packer(item.head[:8192])
        )
    return ProgramFacts()


def _packer(header: bytes) -> str:
    return next((name for sign, name in _PACKERS.items() if sign in header), "")


def _elf(item: Item) -> ProgramFacts:
    head = item.head
    if len(head) < 20:
        return ProgramFacts()
    kind = struct.unpack_from("<H" if head[5] == 1 else ">H", head, 16)[0]
    # Position-independent programs have the type of libraries; they name an interpreter.
    library = kind in {1, 3} and (b"/ld-" not in head[:4096] and b"/ld64" not in head[:4096])
    return ProgramFacts(library=library, packer=_packer(head[:1024]) if b"UPX!" in head[:1024] else "")


def _portable_executable(item: Item) -> ProgramFacts:
    head = item.head
    start = struct.unpack_from("<I", head, 0x3C)[0] if len(head) >= 64 else 0
    if start + 24 + 2 > len(head):
        return ProgramFacts(signature="unknown")
    sections, optional_size, characteristics = struct.unpack_from("<H12xHH", head, start + 6)
    magic = struct.unpack_from("<H", head, start + 24)[0]
    directories = start + 24 + (112 if magic == 0x20B else 96)
    table = head[start + 24 + optional_size : start + 24 + optional_size + 40 * min(sections, 96)]
    where, length = struct.unpack_from("<II", head, directories + 32) if directories + 40 <= len(head) else (0, 0)
    own_name, description = _version_words(item, table)
    return ProgramFacts(
        library=bool(characteristics & 0x2000),
        signature=_signature_state(item, where, length),
        packer=_packer(table),
        own_name=own_name,
        description=description,
    )


def _signature_state(item: Item, where: int, length: int) -> str:
    """``none``, ``present``, or ``broken`` when the stated place of the signature lies outside the file."""
    if not where or not length:
        return "none"
    return "present" if where + length <= item.size and length > 8 else "broken"


def _version_words(item: Item, table: bytes) -> tuple[str, str]:
    """OriginalFilename and FileDescription of the version resource, read from the resource section without interpreting its tree."""
    for at in range(0, len(table) - 39, 40):
        if table[at : at + 5] == b".rsrc":
            size, start = struct.unpack_from("<II", table, at + 16)
            section = item.content.read(start, min(size, 4 << 20))
            return _version_string(section, "OriginalFilename"), _version_string(section, "FileDescription")
    return "", ""


def _version_string(section: bytes, key: str) -> str:
    """The value after *key* in a StringFileInfo structure: UTF-16, padded to four bytes, ended by a zero."""
    sought = key.encode("utf-16-le") + b"\0\0"
    at = section.find(sought)
    if at < 0:
        return ""
    raw = section[at + len(sought) : at + len(sought) + 256]
    return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").lstrip("\0").partition("\0")[0]
