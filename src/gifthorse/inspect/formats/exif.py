"""Reads maker, model and date of a photograph from its Exif block (CIPA DC-008, TIFF directories)."""

import struct
from typing import Final, NamedTuple

_MAKE, _MODEL, _CHANGED, _SOFTWARE, _EXIF_DIRECTORY, _TAKEN = 0x010F, 0x0110, 0x0132, 0x0131, 0x8769, 0x9003
_MOST_ENTRIES: Final = 200


class Camera(NamedTuple):
    """Who made the picture, with what, and when (``YYYY:MM:DD HH:MM:SS`` as the camera wrote it); empty where it does not say.

    `software` is the camera's own, or the program that wrote the picture anew.
    """

    maker: str = ""
    model: str = ""
    taken: str = ""
    software: str = ""


def camera_of(head: bytes) -> Camera:
    """What the Exif block within *head* (the start of a JPEG, or a TIFF) says."""
    start = 0 if head[:2] in {b"II", b"MM"} else head.find(b"Exif\0\0", 0, 4096) + 6
    if start == 5 or len(head) < start + 8:
        return Camera()
    block = head[start : start + 65536]
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return Camera()
    main = _directory(block, order, struct.unpack_from(order + "I", block, 4)[0])
    inner = _directory(block, order, main.get(_EXIF_DIRECTORY, (0, 0, 0, 0))[2])
    taken = _text(block, inner.get(_TAKEN)) or _text(block, main.get(_CHANGED))
    return Camera(
        maker=_text(block, main.get(_MAKE)), model=_text(block, main.get(_MODEL)), taken=taken, software=_text(block, main.get(_SOFTWARE))
    )


def _directory(block: bytes, order: str, start: int) -> dict[int, tuple[int, int, int, int]]:
    """Tag → (type, count, value or offset, place of the entry) of the directory at *start*."""
    if not 8 <= start <= len(block) - 2:
        return {}
    (count,) = struct.unpack_from(order + "H", block, start)
    entries = {}
    for at in range(start + 2, min(start + 2 + 12 * min(count, _MOST_ENTRIES), len(block) - 11), 12):
        tag, kind, length, value = struct.unpack_from(order + "HHII", block, at)
        entries[tag] = (kind, length, value, at)
    return entries


def _text(block: bytes, entry: tuple[int, int, int, int] | None) -> str:
    if entry is None or entry[0] != 2:
        return ""
    start = entry[2] if entry[1] > 4 else entry[3] + 8
    raw = block[start : start + min(entry[1], 64)].partition(b"\0")[0]
    return raw.decode("ascii", "replace").strip()
