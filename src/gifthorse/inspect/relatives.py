"""Whether a virtual disk only holds the changes to another one, and the names beside it of which one may be that other.

Only the fields that say so are looked at here, and nothing of the files beside. Sources: Microsoft's VHD specification (disk type, word at
60 of the footer); [MS-VHDX] 2.4 and 2.6 (region table, metadata table, the flag "has a parent" of the file parameters).
"""

import os
import stat
import struct
import uuid
from typing import Final

VHD: Final = (".vhd", ".avhd")
VHDX: Final = (".vhdx", ".avhdx")
_REGIONS_AT: Final = (192 * 1024, 256 * 1024)
_TABLE_BYTES: Final = 64 * 1024
_METADATA: Final = uuid.UUID("8B7CA206-4790-4B9A-B8FE-575F050F886E").bytes_le
_FILE_PARAMETERS: Final = uuid.UUID("CAA16737-FA36-4D43-B3B6-33F0AA44E76B").bytes_le
_HAS_PARENT: Final = 2


def names_of_relatives(path: str, fd: int) -> list[str]:
    """The names of the virtual disks of the same kind beside *path*, in order; none when the open file *fd* is whole by itself."""
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        return []
    head = os.pread(fd, 64, 0)
    if head[:8] == b"conectix" and head[60:64] == b"\0\0\0\4":
        endings = VHD
    elif head[:8] == b"vhdxfile" and _holds_changes(fd):
        endings = VHDX
    else:
        return []
    folder, own = os.path.split(os.path.abspath(path))
    return sorted(name for name in os.listdir(folder) if name.lower().endswith(endings) and name != own)


def _holds_changes(fd: int) -> bool:
    """Whether the VHDX file says that it has a parent."""
    for at in _REGIONS_AT:
        regions = os.pread(fd, _TABLE_BYTES, at)
        entry = regions.find(_METADATA, 16) if regions[:4] == b"regi" else -1
        if entry < 0 or len(regions) < entry + 32:
            continue
        (metadata_at,) = struct.unpack_from("<Q", regions, entry + 16)
        table = os.pread(fd, _TABLE_BYTES, metadata_at) if metadata_at < 1 << 62 else b""
        place = table.find(_FILE_PARAMETERS, 32)
        if place >= 0 and len(table) >= place + 20:
            parameters = os.pread(fd, 8, metadata_at + struct.unpack_from("<I", table, place + 16)[0])
            return len(parameters) == 8 and bool(parameters[4] & _HAS_PARENT)
    return False
