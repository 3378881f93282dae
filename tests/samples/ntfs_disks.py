"""An NTFS volume as small as it can be: the records of the filesystem's own files, and files in the root folder, named in its record.

Source: the layout of records, attributes and indexes as Linux's driver has it.
"""

import struct
from collections.abc import Mapping

SECTOR, CLUSTER, RECORD = 512, 4096, 1024
CLUSTERS = 128
_MOMENT = 133_500_000_000_000_000
_ROOT, _FIRST = 5, 24
TABLE, MIRROR, LOG, DEFINITIONS, BITMAP, LETTERS = 2, 10, 11, 13, 14, 15  # the clusters where own files begin
_FILES = 50
_LENGTHS = {TABLE: 8, MIRROR: 1, LOG: 2, DEFINITIONS: 1, BITMAP: 1, LETTERS: 32}
_INFORMATION, _NAME, _VOLUME_NAME, _VOLUME, _DATA, _INDEX = 0x10, 0x30, 0x60, 0x70, 0x80, 0x90


def ntfs_of(files: Mapping[str, bytes], streams: Mapping[tuple[int, str], bytes] | None = None) -> bytes:
    """The image of a volume with *files*, six at most; *streams* are further small contents by the number of their record and their name."""
    image = bytearray(CLUSTERS * CLUSTER)
    places = {}
    at = _FILES
    for number, body in enumerate(files.values()):
        places[_FIRST + number] = at
        image[at * CLUSTER : at * CLUSTER + len(body)] = body
        at += -(-len(body) // CLUSTER)
    records = _own_records(files)
    for number, (name, body) in enumerate(files.items()):
        content = _resident(_DATA, body) if len(body) < 200 else _lying(_DATA, len(body), places[_FIRST + number])
        records[_FIRST + number] = [_information(), _file_name(name, _ROOT, len(body)), content]
    for (number, name), body in (streams or {}).items():
        records[number].append(_resident(_DATA, body, name))
    for number in range(max(records) + 1):
        attributes = records.get(number, [])
        _put(image, TABLE * CLUSTER + number * RECORD, _record(number, attributes, used=number in records, folder=number in {_ROOT, 11}))
    _put(image, MIRROR * CLUSTER, bytes(image[TABLE * CLUSTER : TABLE * CLUSTER + 4 * RECORD]))
    _put(image, LOG * CLUSTER, b"\xff" * (_LENGTHS[LOG] * CLUSTER))
    _put(image, BITMAP * CLUSTER, ((1 << at) - 1).to_bytes(CLUSTERS // 8, "little"))
    _put(image, LETTERS * CLUSTER, struct.pack("<65536H", *(_capital(letter) for letter in range(65536))))
    boot = _boot()
    _put(image, 0, boot)
    return bytes(image[:-SECTOR]) + boot


def _put(image: bytearray, at: int, body: bytes) -> None:
    image[at : at + len(body)] = body


def _capital(letter: int) -> int:
    capital = chr(letter).upper()
    return ord(capital) if len(capital) == 1 and ord(capital) < 65536 else letter


def _boot() -> bytes:
    boot = bytearray(SECTOR)
    boot[:11] = b"\xeb\x52\x90NTFS    "
    struct.pack_into("<HB", boot, 11, SECTOR, CLUSTER // SECTOR)
    boot[21] = 0xF8
    struct.pack_into("<QQQ", boot, 40, CLUSTERS * CLUSTER // SECTOR - 1, TABLE, MIRROR)
    struct.pack_into("<b3xb3xQ", boot, 64, -10, 1, 0x1234567890)
    boot[510:] = b"\x55\xaa"
    return bytes(boot)


def _own_records(files: Mapping[str, bytes]) -> dict[int, list[bytes]]:
    def own(name: str, *more: bytes) -> list[bytes]:
        return [_information(), _file_name(name, _ROOT, 0), *more]

    def whole(start: int, size: int | None = None) -> bytes:
        return _lying(_DATA, _LENGTHS[start] * CLUSTER if size is None else size, start)

    kept = {
        0: own("$MFT", whole(TABLE)),
        1: own("$MFTMirr", whole(MIRROR)),
        2: own("$LogFile", whole(LOG)),
        3: own(
            "$Volume",
            _resident(_VOLUME_NAME, "GIFT".encode("utf-16-le")),
            _resident(_VOLUME, bytes(8) + b"\3\1\0\0"),
            _resident(_DATA, b""),
        ),
        4: own("$AttrDef", whole(DEFINITIONS, 2560)),
        5: [_information(), _file_name(".", _ROOT, 0), _index(files)],
        6: own("$Bitmap", whole(BITMAP, CLUSTERS // 8)),
        7: own("$Boot", _lying(_DATA, 2 * CLUSTER, 0)),
        8: own("$BadClus", _resident(_DATA, b"")),
        9: own("$Secure"),
        10: own("$UpCase", whole(LETTERS)),
        11: own("$Extend", _index({})),
    }
    return kept | {number: [_information(), _resident(_DATA, b"")] for number in range(12, 16)}


def _record(number: int, attributes: list[bytes], *, used: bool, folder: bool) -> bytes:
    numbered = b"".join(body[:14] + struct.pack("<H", place) + body[16:] for place, body in enumerate(attributes))
    body = bytearray(56) + numbered + b"\xff\xff\xff\xff\0\0\0\0"
    flags = int(used) | 2 * int(folder)
    struct.pack_into(
        "<4sHHQHHHHIIQHHI", body, 0, b"FILE", 48, 3, 0, 1, int(used), 56, flags, len(body), RECORD, 0, len(attributes), 0, number
    )
    body = body.ljust(RECORD, b"\0")
    assert len(body) == RECORD, number
    struct.pack_into("<H", body, 48, 1)
    for place, end in enumerate(range(SECTOR, RECORD + 1, SECTOR)):
        body[50 + 2 * place : 52 + 2 * place] = body[end - 2 : end]
        body[end - 2 : end] = b"\1\0"
    return bytes(body)


def _resident(kind: int, value: bytes, name: str = "") -> bytes:
    letters = name.encode("utf-16-le")
    start = 24 + (len(letters) + 7 & ~7)
    length = start + (len(value) + 7 & ~7)
    head = struct.pack("<IIBBHHHIHBx", kind, length, 0, len(name), 24, 0, 0, len(value), start, 0)
    return ((head + letters).ljust(start, b"\0") + value).ljust(length, b"\0")


def _lying(kind: int, size: int, cluster: int) -> bytes:
    clusters = max(1, -(-size // CLUSTER))
    runs = (struct.pack("<BBB", 0x11, clusters, cluster) if cluster < 128 else struct.pack("<BBH", 0x21, clusters, cluster)) + b"\0"
    length = 64 + (len(runs) + 7 & ~7)
    head = struct.pack("<IIBBHHHQQHHIQQQ", kind, length, 1, 0, 64, 0, 0, 0, clusters - 1, 64, 0, 0, clusters * CLUSTER, size, size)
    return (head + runs).ljust(length, b"\0")


def _information() -> bytes:
    return _resident(_INFORMATION, struct.pack("<4QI", *[_MOMENT] * 4, 0x20) + bytes(12))


def _name_value(name: str, parent: int, size: int) -> bytes:
    head = struct.pack("<Q4QQQIIBB", parent | 1 << 48, *[_MOMENT] * 4, size, size, 0x20, 0, len(name), 3)
    return head + name.encode("utf-16-le")


def _file_name(name: str, parent: int, size: int) -> bytes:
    return _resident(_NAME, _name_value(name, parent, size))


def _index(files: Mapping[str, bytes]) -> bytes:
    """The names of a folder, all in its record."""
    entries = b""
    for number, (name, body) in sorted(enumerate(files.items()), key=lambda one: one[1][0].upper()):
        key = _name_value(name, _ROOT, len(body))
        length = 16 + (len(key) + 7 & ~7)
        entries += (struct.pack("<QHHHH", _FIRST + number | 1 << 48, length, len(key), 0, 0) + key).ljust(length, b"\0")
    entries += struct.pack("<QHHHH", 0, 16, 0, 2, 0)
    size = 16 + len(entries)
    return _resident(_INDEX, struct.pack("<IIIB3xIIII", _NAME, 1, CLUSTER, 1, 16, size, size, 0) + entries, "$I30")
