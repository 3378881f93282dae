"""Virtual disks of all kinds around a raw one, and help files, made byte by byte."""

import bz2
import lzma
import plistlib
import struct
import uuid
import zlib

MIB = 1024 * 1024


def fixed_vhd(disk: bytes) -> bytes:
    return disk + _vhd_footer(len(disk), 2, 0xFFFFFFFFFFFFFFFF)


def differencing_vhd(disk: bytes, parent: bytes, parent_id: bytes, *, own_id: bytes = bytes(16), block: int = 65536) -> bytes:
    """A VHD with those sectors of *disk* that differ from *parent*, which bears *parent_id*."""
    whole = dynamic_vhd(disk, block)
    count = -(-len(disk) // block)
    table_at, data_at = 1536, 1536 + -(-4 * count // 512) * 512
    bitmap = -(-(block // 512) // 8 // 512) * 512 or 512
    table, blocks = b"", b""
    for index in range(count):
        own, old = (one[index * block : (index + 1) * block].ljust(block, b"\x00") for one in (disk, parent))
        if own == old:
            table += struct.pack(">I", 0xFFFFFFFF)
            continue
        table += struct.pack(">I", (data_at + len(blocks)) // 512)
        marks, sectors = bytearray(bitmap), b""
        for sector in range(block // 512):
            new, before = (one[sector * 512 : sector * 512 + 512] for one in (own, old))
            if new != before:
                marks[sector >> 3] |= 0x80 >> (sector & 7)
            sectors += new if new != before else b"\xee" * 512
        blocks += bytes(marks) + sectors
    header = bytearray(whole[512:1536])
    header[40:56] = parent_id
    name = "base.vhd".encode("utf-16-be")
    header[64 : 64 + len(name)] = name
    footer = vhd_with_id(_vhd_footer(len(disk), 4, 512), own_id)
    return footer + bytes(header) + table.ljust(data_at - table_at, b"\xff") + blocks + footer


def vhd_with_id(vhd: bytes, identity: bytes) -> bytes:
    """*vhd* whose footers (at its end, and at its start when it has one there) bear *identity*."""
    body = bytearray(vhd)
    for at in (0, len(vhd) - 512):
        if body[at : at + 8] == b"conectix":
            body[at + 68 : at + 84] = identity
    return bytes(body)


def dynamic_vhd(disk: bytes, block: int = 65536) -> bytes:
    count = -(-len(disk) // block)
    table_at, data_at = 1536, 1536 + -(-4 * count // 512) * 512
    bitmap = -(-(block // 512) // 8 // 512) * 512 or 512
    table, blocks = b"", b""
    for index in range(count):
        piece = disk[index * block : (index + 1) * block]
        if piece.strip(b"\x00"):
            table += struct.pack(">I", (data_at + len(blocks)) // 512)
            blocks += b"\xff" * bitmap + piece.ljust(block, b"\x00")
        else:
            table += struct.pack(">I", 0xFFFFFFFF)
    header = b"cxsparse" + struct.pack(">QQIII", 0xFFFFFFFFFFFFFFFF, table_at, 0x10000, count, block)
    footer = _vhd_footer(len(disk), 3, 512)
    return footer + header.ljust(1024, b"\x00") + table.ljust(data_at - table_at, b"\xff") + blocks + footer


def _vhd_footer(size: int, kind: int, header_at: int) -> bytes:
    raw = bytearray(512)
    raw[:8] = b"conectix"
    struct.pack_into(">IIQ", raw, 8, 2, 0x10000, header_at)
    struct.pack_into(">QQ", raw, 40, size, size)
    struct.pack_into(">I", raw, 60, kind)
    return bytes(raw)


def qcow2_of(disk: bytes, *, packed: bool = False) -> bytes:
    bits, cluster = 16, 65536
    count = -(-len(disk) // cluster)
    entries, data = [], b""
    data_at = 3 * cluster
    for index in range(count):
        piece = disk[index * cluster : (index + 1) * cluster].ljust(cluster, b"\x00")
        at = data_at + len(data)
        if packed:
            packer = zlib.compressobj(9, zlib.DEFLATED, -12)
            body = packer.compress(piece) + packer.flush()
            sectors = (at % 512 + len(body) - 1) // 512
            entries.append(1 << 62 | sectors << (62 - (bits - 8)) | at)
            data += body
        else:
            entries.append(1 << 63 | at)
            data += piece
    header = struct.pack(">4sIQIIQIIQQIIQ", b"QFI\xfb", 2, 0, 0, bits, len(disk), 0, 1, cluster, 0, 0, 0, 0)
    first = struct.pack(">Q", 1 << 63 | 2 * cluster)
    second = b"".join(struct.pack(">Q", entry) for entry in entries)
    return header.ljust(cluster, b"\x00") + first.ljust(cluster, b"\x00") + second.ljust(cluster, b"\x00") + data + bytes(512)


def vmdk_of(disk: bytes) -> bytes:
    grain, per_table = 128, 512
    capacity = -(-len(disk) // 512)
    count = -(-capacity // grain)
    tables = -(-count // per_table)
    directory_at, table_at = 1, 2
    data_at = 2 + 4 * tables
    entries, data = [], b""
    for index in range(count):
        entries.append(data_at + len(data) // 512)
        data += disk[index * grain * 512 : (index + 1) * grain * 512].ljust(grain * 512, b"\x00")
    header = struct.pack("<4sIIQQQQIQQQB4sH", b"KDMV", 1, 3, capacity, grain, 0, 0, per_table, 0, directory_at, data_at, 0, b"\n \r\n", 0)
    directory = b"".join(struct.pack("<I", table_at + 4 * index) for index in range(tables))
    table = b"".join(struct.pack("<I", entry) for entry in entries)
    return header.ljust(512, b"\x00") + directory.ljust(512, b"\x00") + table.ljust(2048 * tables, b"\x00") + data


def dmg_of(disk: bytes, kind: int = 0x80000005) -> bytes:
    size = -(-len(disk) // 512)
    padded = disk.ljust(size * 512, b"\x00")
    half = size // 2
    pack = {0x80000005: zlib.compress, 0x80000006: bz2.compress, 0x80000008: lzma.compress, 1: bytes}.get(kind, zlib.compress)
    bodies = [pack(padded[: half * 512]), pack(padded[half * 512 :])]
    runs = struct.pack(">IIQQQQ", kind, 0, 0, half, 0, len(bodies[0]))
    runs += struct.pack(">IIQQQQ", kind, 0, half, size - half, len(bodies[0]), len(bodies[1]))
    runs += struct.pack(">IIQQQQ", 0xFFFFFFFF, 0, size, 0, 0, 0)
    table = b"mish" + struct.pack(">IQQQ", 1, 0, size, 0)
    table = table.ljust(200, b"\x00") + struct.pack(">I", 3) + runs
    listing = plistlib.dumps({"resource-fork": {"blkx": [{"Name": "disk", "Data": table}]}})
    data = b"".join(bodies)
    trailer = bytearray(512)
    trailer[:4] = b"koly"
    struct.pack_into(">II", trailer, 4, 4, 512)
    struct.pack_into(">QQ", trailer, 24, 0, len(data))
    struct.pack_into(">QQ", trailer, 216, len(data), len(listing))
    return data + listing + bytes(trailer)


def e01_of(disk: bytes) -> bytes:
    return e01_set_of(disk, 1)[0]


def e01_set_of(disk: bytes, count: int) -> list[bytes]:
    """The *count* files of an evidence set that hold *disk* in turn."""
    chunk = 32768
    pieces = [disk[at : at + chunk].ljust(chunk, b"\x00") for at in range(0, len(disk), chunk)]
    packed = [zlib.compress(piece) for piece in pieces]
    share = -(-len(packed) // count)
    volume = struct.pack("<IIIIQ", 1, len(pieces), 64, 512, len(disk) // 512).ljust(94, b"\x00")
    return [
        _e01_file(number, packed[number * share : (number + 1) * share], volume if number == 0 else b"", last=number == count - 1)
        for number in range(count)
    ]


def _e01_file(number: int, packed: list[bytes], volume: bytes, *, last: bool) -> bytes:
    def section(kind: bytes, at: int, body: bytes, *, ends: bool = False) -> bytes:
        length = 76 + len(body)
        return (kind.ljust(16, b"\x00") + struct.pack("<QQ", at if ends else at + length, length)).ljust(76, b"\x00") + body

    out = b"EVF\x09\x0d\x0a\xff\x00\x01" + struct.pack("<HH", number + 1, 0)
    if volume:
        out += section(b"volume", len(out), volume)
    at, entries = len(out) + 76, []
    for body in packed:
        entries.append(at | 0x80000000)
        at += len(body)
    out += section(b"sectors", len(out), b"".join(packed))
    table = struct.pack("<I4xQ", len(entries), 0).ljust(24, b"\x00") + b"".join(struct.pack("<I", entry) for entry in entries) + bytes(4)
    out += section(b"table", len(out), table)
    return out + section(b"done" if last else b"next", len(out), b"", ends=True)


def vhdx_of(disk: bytes, *, parent: bytes | None = None, parent_id: uuid.UUID | None = None, own_id: uuid.UUID | None = None) -> bytes:
    """A VHDX with *disk*; with those sectors of it only that differ from *parent*, whose data bears *parent_id*, when that is given."""
    from gifthorse.inspect.unpack.vhdx import BAT, DISK_SIZE, FILE_PARAMETERS, METADATA, PARENT_LOCATOR, SECTOR_SIZE

    def region(kind: uuid.UUID, at: int, length: int) -> bytes:
        return kind.bytes_le + struct.pack("<QII", at, length, 1)

    def fact(kind: uuid.UUID, at: int, length: int) -> bytes:
        return kind.bytes_le + struct.pack("<IIII", at, length, 0, 0)

    locator = b"" if parent_id is None else _vhdx_locator({"parent_linkage": f"{{{parent_id}}}", "relative_path": ".\\base.vhdx"})
    regions = b"regi" + struct.pack("<III", 0, 2, 0) + region(BAT, 2 * MIB, MIB) + region(METADATA, 3 * MIB, MIB)
    entries = fact(FILE_PARAMETERS, 65536, 8) + fact(DISK_SIZE, 65544, 8) + fact(SECTOR_SIZE, 65552, 4)
    entries += fact(PARENT_LOCATOR, 65556, len(locator)) if locator else b""
    metadata = (b"metadata" + struct.pack("<HH", 0, 4 if locator else 3)).ljust(32, b"\x00") + entries
    metadata = metadata.ljust(65536, b"\x00") + struct.pack("<II", MIB, 2 if locator else 0)
    metadata += struct.pack("<Q", len(disk)) + struct.pack("<I", 512) + locator
    count = -(-len(disk) // MIB)
    header = b"head" + struct.pack("<IQ", 0, 1) + bytes(16) + (own_id.bytes_le if own_id else bytes(16)) + bytes(16)
    out = b"vhdxfile".ljust(65536, b"\x00") + header
    out = out.ljust(192 * 1024, b"\x00") + regions
    if parent is None:
        table, blocks = b"".join(struct.pack("<Q", (4 + index) << 20 | 6) for index in range(count)), disk.ljust(count * MIB, b"\x00")
    else:
        table, blocks = _vhdx_changes(disk, parent)
    out = out.ljust(2 * MIB, b"\x00") + table
    out = out.ljust(3 * MIB, b"\x00") + metadata
    return out.ljust(4 * MIB, b"\x00") + blocks


def _vhdx_changes(disk: bytes, parent: bytes) -> tuple[bytes, bytes]:
    """Table and blocks: the list of sectors first, then every block in which some differ; others are left to the parent."""
    ratio = (1 << 23) * 512 // MIB
    places, marks, blocks = [0] * (ratio + 1), bytearray(MIB), b""
    for index in range(-(-len(disk) // MIB)):
        own, old = (one[index * MIB : (index + 1) * MIB].ljust(MIB, b"\x00") for one in (disk, parent))
        if own == old:
            continue
        places[index] = 5 + len(blocks) // MIB << 20 | 7
        for sector in range(MIB // 512):
            new, before = (one[sector * 512 : sector * 512 + 512] for one in (own, old))
            if new != before:
                number = index * (MIB // 512) + sector
                marks[number >> 3] |= 1 << (number & 7)
            blocks += new if new != before else b"\xee" * 512
    places[ratio] = 4 << 20 | 6
    return struct.pack(f"<{len(places)}Q", *places), bytes(marks) + blocks


def _vhdx_locator(named: dict[str, str]) -> bytes:
    table, texts = b"", b""
    start = 20 + 12 * len(named)
    for key, value in named.items():
        both = key.encode("utf-16-le"), value.encode("utf-16-le")
        table += struct.pack("<IIHH", start + len(texts), start + len(texts) + len(both[0]), len(both[0]), len(both[1]))
        texts += both[0] + both[1]
    kind = uuid.UUID("B04AEFB7-D19E-4A81-B789-25B8E9445913").bytes_le
    return kind + struct.pack("<HH", 0, len(named)) + table + texts


def chm_of(files: dict[str, tuple[int, bytes]]) -> bytes:
    """A help file; each value is (section, bytes)."""

    def number(value: int) -> bytes:
        out = bytes([value & 0x7F])
        while value := value >> 7:
            out = bytes([value & 0x7F | 0x80]) + out
        return out

    body, entries = b"", b""
    for name, (section, content) in files.items():
        entries += number(len(name)) + name.encode() + number(section) + number(len(body) if section == 0 else 0) + number(len(content))
        body += content if section == 0 else b""
    chunk = (b"PMGL" + struct.pack("<IIii", 4096 - 20 - len(entries), 0, -1, -1) + entries).ljust(4096, b"\x00")
    table = b"ITSP" + struct.pack("<IIII", 1, 0x54, 10, 4096)
    table = bytearray(table.ljust(0x54, b"\x00"))
    struct.pack_into("<I", table, 0x2C, 1)
    head = bytearray(0x60)
    head[:4] = b"ITSF"
    struct.pack_into("<I", head, 4, 3)
    struct.pack_into("<QQQ", head, 0x48, 0x60, 0x54 + 4096, 0x60 + 0x54 + 4096)
    return bytes(head) + bytes(table) + chunk + body
