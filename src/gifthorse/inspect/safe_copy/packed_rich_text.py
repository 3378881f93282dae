"""Rich text as Outlook packs it ([MS-OXRTFCP]): a dictionary of 4096 bytes that begins with what most rich texts begin with."""

import struct
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument

MOST_BYTES: Final = 16 << 20
_PACKED: Final = 0x75465A4C  # "LZFu"
_PLAIN: Final = 0x414C454D  # "MELA"
_WINDOW: Final = 4096
_BEGINNING: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked(packed: bytes) -> bytes:
    """The rich text in *packed*; raises DamagedDocument when it is packed in no way that is known."""
    if len(packed) < 16:
        raise DamagedDocument("no packed rich text")
    _length, size, kind = struct.unpack_from("<III", packed)
    if kind == _PLAIN:
        return packed[16 : 16 + min(size, MOST_BYTES)]
    if kind != _PACKED:
        raise DamagedDocument("no packed rich text")
    out = bytearray(_BEGINNING)
    end = len(_BEGINNING) + min(size, MOST_BYTES)
    at = 16
    while at < len(packed) and len(out) < end:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if flags & 1 << bit:
                if at + 2 > len(packed):
                    return bytes(out[len(_BEGINNING) :])
                (code,) = struct.unpack_from(">H", packed, at)
                at += 2
                distance = (len(out) - (code >> 4)) % _WINDOW
                if distance == 0:  # where it would write next: the end
                    return bytes(out[len(_BEGINNING) : end])
                _repeat(out, distance, (code & 0xF) + 2)
            elif at < len(packed):
                out.append(packed[at])
                at += 1
    return bytes(out[len(_BEGINNING) : end])


def _repeat(out: bytearray, distance: int, length: int) -> None:
    """*length* bytes from *distance* back stand once more at the end; what lies before the beginning counts as blanks."""
    for _ in range(length):
        out.append(out[-distance] if distance <= len(out) else 0x20)
