"""Whether a file carries a signature, told by where its format puts one. Nothing here checks a signature."""

import struct
from collections.abc import Callable
from typing import Final

from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.package import package_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item

_OPEN_DOCUMENT: Final = "meta-inf/documentsignatures.xml"
_APK_BLOCK: Final = b"APK Sig Block 42"  # of version 2 and later, before the directory
_DIRECTORY_END: Final = b"PK\x05\x06"
_TAIL: Final = 65_557
_PDF_RANGE: Final = b"/ByteRange"
_PDF_KINDS: Final = (b"/adbe.", b"/ETSI.", b"/Adobe.PPKLite", b"/DocTimeStamp")
_MOST_PDF: Final = 256 << 20
_MACHO: Final = {
    b"\xce\xfa\xed\xfe": ("<", 28),
    b"\xcf\xfa\xed\xfe": ("<", 32),
    b"\xfe\xed\xfa\xce": (">", 28),
    b"\xfe\xed\xfa\xcf": (">", 32),
}
_MACHO_FAT: Final = b"\xca\xfe\xba\xbe"
_CODE_SIGNATURE: Final = 0x1D  # LC_CODE_SIGNATURE of mach-o/loader.h
_MOST_COMMANDS: Final = 2_000
_MOST_COMMAND_BYTES: Final = 1 << 20


def carries_signature(item: Item) -> bool:
    """Whether *item*, a document or package, carries a signature of its own format."""
    look = _LOOKS.get(item.filetype)
    return look is not None and look(item)


def macho_signature(item: Item) -> str:
    """``none`` or ``present`` for a macOS program (of one for several processors, the first); empty when its header can't be followed."""
    start = struct.unpack_from(">I", item.head, 16)[0] if item.head.startswith(_MACHO_FAT) and len(item.head) >= 28 else 0
    header = item.content.read(start, 32)
    order, length = _MACHO.get(header[:4], ("", 0))
    if not order or len(header) < length:
        return ""
    count, size = struct.unpack_from(f"{order}II", header, 16)
    commands = item.content.read(start + length, min(size, _MOST_COMMAND_BYTES))
    at = 0
    for _ in range(min(count, _MOST_COMMANDS)):
        if at + 8 > len(commands):
            return ""
        kind, step = struct.unpack_from(f"{order}II", commands, at)
        if kind == _CODE_SIGNATURE:
            return "present"
        at += max(step, 8)
    return "none"


def _in_package(item: Item) -> bool:
    package = package_of(item)
    names = [name.lower() for name in package.names] if package else []
    return _OPEN_DOCUMENT in names or any(name.startswith("_xmlsignatures/") and name.endswith(".xml") for name in names)


def _in_compound(item: Item) -> bool:
    compound = compound_of(item)
    return compound is not None and any(
        path[0].lower() in {"_signatures", "_xmlsignatures", "\x05digitalsignature"} for path in compound.streams
    )


def _in_pdf(item: Item) -> bool:
    """A signature says which bytes it covers, so that it can't lie within a compressed object (ISO 32000-1, 12.8.1)."""
    if item.size > _MOST_PDF:
        return False
    covered, kind, rest = False, False, b""
    for chunk in item.content.chunks():
        window = rest + bytes(chunk)
        covered = covered or _PDF_RANGE in window
        kind = kind or any(one in window for one in _PDF_KINDS)
        if covered and kind:
            return True
        rest = window[-32:]
    return False


def _in_app(item: Item) -> bool:
    package = package_of(item)
    names = [name.upper() for name in package.names] if package else []
    if any(name.startswith("META-INF/") and name.endswith((".RSA", ".DSA", ".EC")) for name in names):
        return True
    tail = item.content.read(max(0, item.size - _TAIL), _TAIL)
    at = tail.rfind(_DIRECTORY_END)
    if at < 0 or at + 20 > len(tail):
        return False
    directory = struct.unpack_from("<I", tail, at + 16)[0]
    return directory >= len(_APK_BLOCK) and item.content.read(directory - len(_APK_BLOCK), len(_APK_BLOCK)) == _APK_BLOCK


_LOOKS: Final[dict[FileType, Callable[[Item], bool]]] = {
    FileType.PDF: _in_pdf,
    FileType.APK: _in_app,
    FileType.MSI: _in_compound,
    **dict.fromkeys(OOXML | {FileType.ODF}, _in_package),
    **dict.fromkeys(OLE_DOCUMENTS, _in_compound),
}
SIGNABLE: Final = frozenset(_LOOKS)
