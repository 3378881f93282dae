"""OLE compound files and macro projects, made byte by byte."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096


def compound_file(streams: Mapping[str, bytes], class_ids: Mapping[str, bytes] | None = None) -> bytes:
    """A compound file with *streams* by path ("VBA/dir"); small ones lie in the mini stream, as the format demands."""
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "kind": 5, "children": [], "data": b"", "path": ""}]
    index = {"": 0}
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            here = "/".join(parts[:depth])
            if here not in index:
                leaf = depth == len(parts)
                index[here] = len(entries)
                entries[index["/".join(parts[: depth - 1])]]["children"].append(len(entries))
                entries.append(
                    {"name": parts[depth - 1], "kind": 2 if leaf else 1, "children": [], "data": data if leaf else b"", "path": here}
                )
    mini = bytearray()
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        if not pieces:
            return END
        start = len(sectors)
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), END])
        return start

    for entry in entries[1:]:
        data = entry["data"]
        entry["size"] = len(data)
        if not data:
            entry["start"] = END
        elif len(data) >= CUTOFF:
            entry["start"] = store(data)
        else:
            entry["start"] = len(mini) // MINI
            count = -(-len(data) // MINI)
            mini += data.ljust(count * MINI, b"\0")
            mini_fat.extend([*range(entry["start"] + 1, entry["start"] + count), END])
    entries[0]["start"], entries[0]["size"] = store(bytes(mini)), len(mini)
    directory = b"".join(directory_entry(entry, entries, class_ids or {}) for entry in entries)
    directory += directory_entry(None, entries, {}) * (-len(entries) % 4)
    directory_at = store(directory)
    mini_fat_at = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) * 4 // SECTOR) * SECTOR, b"\xff"))
    fat_sectors = 1
    while (len(fat) + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    fat_at = len(sectors)
    fat.extend([FAT_SECTOR] * fat_sectors)
    fat.extend([FREE] * (fat_sectors * 128 - len(fat)))
    sectors.append(struct.pack(f"<{len(fat)}I", *fat))
    difat = [fat_at + number for number in range(fat_sectors)] + [FREE] * (109 - fat_sectors)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory_at, 0, CUTOFF, mini_fat_at, -(-len(mini_fat) * 4 // SECTOR), END, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", *difat) + b"".join(sectors)


def directory_entry(entry: dict[str, Any] | None, entries: Sequence[dict[str, Any]], class_ids: Mapping[str, bytes]) -> bytes:
    """One directory entry; siblings hang in a chain to the right, which every reader of the format follows."""
    if entry is None:
        return struct.pack("<64sHBBIII16sIQQIQ", b"", 0, 0, 0, FREE, FREE, FREE, b"", 0, 0, 0, 0, 0)
    right = FREE
    own = next(number for number, other in enumerate(entries) if other is entry)
    for parent in entries:
        if own in parent["children"]:
            position = parent["children"].index(own)
            right = parent["children"][position + 1] if position + 1 < len(parent["children"]) else FREE
    name = (entry["name"] + "\0").encode("utf-16-le")
    child = entry["children"][0] if entry["children"] else FREE
    class_id = class_ids.get(entry["path"], b"")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name,
        len(name),
        entry["kind"],
        1,
        FREE,
        right,
        child,
        class_id,
        0,
        0,
        0,
        entry.get("start", 0),
        entry.get("size", 0),
    )


# --- Visual Basic ([MS-OVBA])


def vba_compressed(text: bytes) -> bytes:
    """*text* as a compressed container, with copies where they save bytes."""
    out = bytearray(b"\x01")
    for start in range(0, len(text), 4096):
        chunk = text[start : start + 4096]
        body = compressed_chunk(chunk)
        out += struct.pack("<H", (len(body) - 1) & 0x0FFF | 0xB000) + body
    return bytes(out)


def compressed_chunk(chunk: bytes) -> bytes:
    """The tokens of one chunk."""
    out = bytearray()
    at = 0
    while at < len(chunk):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if at >= len(chunk):
                break
            offset_bits = max((at - 1).bit_length(), 4) if at else 4
            longest = (0xFFFF >> offset_bits) + 3
            best, distance = 0, 0
            for length in range(min(longest, len(chunk) - at, 64), 2, -1):
                found = chunk.rfind(chunk[at : at + length], 0, at + length - 1)
                if 0 <= found < at:
                    best, distance = length, at - found
                    break
            if best:
                flags |= 1 << bit
                tokens += struct.pack("<H", (distance - 1) << (16 - offset_bits) | (best - 3))
                at += best
            else:
                tokens.append(chunk[at])
                at += 1
        out += bytes([flags]) + tokens
    return bytes(out)


def vba_streams(modules: Mapping[str, str], root: str = "", compiled: int = 16, directory: bool = True) -> dict[str, bytes]:
    """The streams of a macro project below *root*; *compiled* bytes stand before each module's source."""
    record = lambda kind, body: struct.pack("<HI", kind, len(body)) + body  # noqa: E731 - two lines' use
    records = record(0x01, struct.pack("<I", 1)) + struct.pack("<HIIH", 0x09, 4, 1, 1) + record(0x0F, struct.pack("<H", len(modules)))
    streams = {}
    for name, source in modules.items():
        records += record(0x19, name.encode()) + record(0x1A, name.encode()) + record(0x32, name.encode("utf-16-le"))
        records += record(0x31, struct.pack("<I", compiled)) + record(0x21, b"") + record(0x2B, b"")
        text = f'Attribute VB_Name = "{name}"\r\n' + source.replace("\n", "\r\n")
        streams[f"{root}VBA/{name}"] = b"\xcc" * compiled + vba_compressed(text.encode("cp1252"))
    directory_stream = vba_compressed(records + record(0x10, b"")) if directory else b"\x01broken"
    return {f"{root}VBA/dir": directory_stream, f"{root}VBA/_VBA_PROJECT": b"\xcc\x61\xff\xff\0\0\0", **streams}


def vba_project(modules: Mapping[str, str], **options: Any) -> bytes:
    """A vbaProject.bin."""
    return compound_file(vba_streams(modules, **options))
