"""Inert files made from bytes: pictures, documents, shortcuts, headers of programs without any code, and items around them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from types import ModuleType

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, Severity


def identified(body: bytes, name: str = "") -> FileType:
    """The type that identify gives to *body*."""
    return identify(body[:65536], len(body), lambda length: body[len(body) - length :], name)


def item_of(body: bytes, path: str = "file.bin", *, attributes: Iterable[str] = (), chain: tuple[FileType, ...] = ()) -> Item:
    """An item with *body* at *path*, identified as the engine does it."""
    name = path.rpartition(" > ")[2].rpartition("/")[2]
    return Item(
        path=path,
        untrusted_name=name,
        content=MemoryContent(body),
        filetype=identified(body, name),
        head=body[:65536],
        depth=path.count(" > "),
        chain=chain,
        attributes=frozenset(attributes),
    )


def findings_of(detector: ModuleType, body: bytes, path: str = "file.bin", **how: object) -> list[Finding]:
    """What *detector* finds, when it wants the item's type at all."""
    item = item_of(body, path, **how)  # type: ignore[arg-type]
    if detector.WANTS is not None and item.filetype not in detector.WANTS:
        return []
    return list(detector.examine(item))


def severities(detector: ModuleType, body: bytes, path: str = "file.bin", **how: object) -> list[Severity]:
    """The severities of what *detector* finds."""
    return [finding.severity for finding in findings_of(detector, body, path, **how)]


def seen_of(detector: ModuleType, body: bytes, path: str, **facts: object) -> Seen:
    """The facts that the engine would pass on about *body* at *path*."""
    item = item_of(body, path)
    about = detector.about(item) if hasattr(detector, "about") else {}
    return Seen(path=path, size=len(body), filetype=item.filetype, depth=item.depth, about=about, **facts)  # type: ignore[arg-type]


# --- pictures and films


def exif(maker: str, model: str = "", taken: str = "2026:11:20 10:00:00") -> bytes:
    """An APP1 segment with an Exif block that names a camera."""
    texts = [maker.encode() + b"\0", model.encode() + b"\0", taken.encode() + b"\0"]
    texts = [text.ljust(8, b"\0") for text in texts]
    data_at = 8 + 2 + 12 * 3 + 4
    entries, data = b"", b""
    for tag, text in zip((0x010F, 0x0110, 0x0132), texts, strict=True):
        entries += struct.pack("<HHII", tag, 2, len(text), data_at + len(data))
        data += text
    block = b"II*\0" + struct.pack("<IH", 8, 3) + entries + struct.pack("<I", 0) + data
    body = b"Exif\0\0" + block
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, width: int = 8, height: int = 8, scan: bytes = b"\x12\x34\xff\x00\x56\xff\xd0\x78") -> bytes:
    """A JPEG by structure: start, *segments*, frame and scan headers, coded data with stuffed bytes and a restart marker, end."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    start_of_scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\0\0\1\0\1\0\0" + b"".join(segments) + frame + start_of_scan + scan + b"\xff\xd9"


def comment(body: bytes) -> bytes:
    """A JPEG comment segment."""
    return b"\xff\xfe" + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: bytes, width: int = 2, height: int = 2) -> bytes:
    """A grey PNG with *extra* chunks before the picture data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 1) * min(height, 100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif() -> bytes:
    """A GIF with a palette, an extension and one picture."""
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0)
        + b"\0\0\0\xff\xff\xff"
        + b"!\xf9\x04\0\0\0\0\0"
        + b",\0\0\0\0\1\0\1\0\0"
        + b"\x02\x02D\x01\0"
        + b";"
    )


def bmp() -> bytes:
    """A one-pixel bitmap of 24 bits."""
    return b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\1\2\3\0"


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">I", len(body) + 8) + kind + body


def mp4() -> bytes:
    """An MP4 by structure."""
    return box(b"ftyp", b"isom\0\0\0\1isomavc1") + box(b"moov", b"\0" * 64) + box(b"mdat", b"\1\2\3\4" * 50)


def wav(data: bytes = b"\0\1" * 20) -> bytes:
    """A WAVE file."""
    body = b"WAVEfmt \x10\0\0\0\1\0\1\0\x44\xac\0\0\x88\x58\1\0\2\0\x10\0data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf() -> bytes:
    """A PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
    )


# --- containers


def zip_of(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """A zip with *members*, in their order, deflated except for ``mimetype``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 12, 0, 0)), body, compress_type=method)
        archive.comment = comment
    return buffer.getvalue()


def ole(*streams: str, root_class: bytes = b"\0" * 16) -> bytes:
    """A compound file whose directory names *streams* (without content), its directory in the first sector."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)  # one sector of allocation table
    struct.pack_into("<III", header, 48, 1, 0, 4096)  # the directory begins in sector 1
    struct.pack_into("<IIII", header, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    names = ["Root Entry", *streams]
    sectors = (len(names) + 3) // 4
    table = [0xFFFFFFFD, *range(2, 1 + sectors), 0xFFFFFFFE]
    allocation = struct.pack("<128I", *table, *([0xFFFFFFFF] * (128 - len(table))))
    directory = bytearray(sectors * 512)
    for number, name in enumerate(names):
        raw = name.encode("utf-16-le") + b"\0\0"
        at = number * 128
        directory[at : at + len(raw)] = raw
        struct.pack_into("<HBB", directory, at + 64, len(raw), 5 if number == 0 else 2, 1)
        struct.pack_into("<III", directory, at + 68, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
        if number == 0:
            directory[at + 80 : at + 96] = root_class
    return bytes(header) + allocation + bytes(directory)


# --- headers of programs, without code


def pe(*, library: bool = False, sections: Iterable[bytes] = (b".text",), original_name: str = "", signature: bytes = b"") -> bytes:
    """The headers of a Windows program with empty sections; nothing in it can run."""
    names = [*sections, *([b".rsrc"] if original_name else [])]
    resource = b""
    if original_name:
        resource = "OriginalFilename".encode("utf-16-le") + b"\0\0" + original_name.encode("utf-16-le") + b"\0\0"
        resource = resource.ljust(512, b"\0")
    body_at = 1024
    optional = bytearray(240)
    struct.pack_into("<H", optional, 0, 0x20B)
    end = body_at + len(resource)
    if signature:
        struct.pack_into("<II", optional, 112 + 32, end, len(signature))
    table = b""
    for name in names:
        size = len(resource) if name == b".rsrc" else 0
        table += name.ljust(8, b"\0") + struct.pack("<IIII", size, 0x1000, size, body_at) + b"\0" * 16
    header = b"MZ" + b"\x90\0\3\0\0\0\4\0".ljust(58, b"\0") + struct.pack("<I", 128)
    header = header.ljust(128, b"\0")
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, len(names), 0, 0, 0, 240, 0x2022 if library else 0x22)
    return (header + coff + bytes(optional) + table).ljust(body_at, b"\0") + resource + signature


def elf(*, library: bool = False) -> bytes:
    """The header of a Linux program or library; nothing in it can run."""
    header = b"\x7fELF\x02\x01\x01".ljust(16, b"\0") + struct.pack("<HHI", 3, 62, 1)
    return header.ljust(64, b"\0") + (b"" if library else b"/lib64/ld-linux-x86-64.so.2\0") + b"\0" * 200


def macho() -> bytes:
    """The header of a macOS program."""
    return b"\xcf\xfa\xed\xfe" + struct.pack("<IIIIII", 0x01000007, 3, 2, 0, 0, 0) + b"\0" * 100


# --- shortcuts


def shortcut(
    target: str = "",
    arguments: str = "",
    *,
    icon: str = "",
    environment: str = "",
    name: str = "",
    attributes: int = 0x20,
    unc: bool = False,
) -> bytes:
    """A Windows shortcut: *target* in the LinkInfo part (as a network path when *unc*), texts in UTF-16."""
    flags = (
        0x80
        | (2 if target else 0)
        | (4 if name else 0)
        | (0x20 if arguments else 0)
        | (0x40 if icon else 0)
        | (0x200 if environment else 0)
    )
    header = struct.pack("<I", 0x4C) + bytes.fromhex("0114020000000000c000000000000046") + struct.pack("<II", flags, attributes)
    header = header.ljust(60, b"\0") + struct.pack("<I", 1)
    body = header.ljust(0x4C, b"\0")
    if target:
        body += _network_info(target) if unc else _local_info(target)
    for text in (name, arguments, icon):
        if text:
            body += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    if environment:
        narrow = environment.encode("cp1252", "replace").ljust(260, b"\0")
        body += struct.pack("<II", 0x314, 0xA0000001) + narrow + environment.encode("utf-16-le").ljust(520, b"\0")
    return body + b"\0\0\0\0"


CONTROL_PANEL = bytes.fromhex("2020ec21ea3a6910a2dd08002b30309d")
_MY_COMPUTER = bytes.fromhex("e04fd020ea3a6910a2d808002b30309d")


def shortcut_by_items(*items: bytes, blocks: bytes = b"") -> bytes:
    """A shortcut whose target stands only in its item list: This PC, then *items*; *blocks* follow its texts."""
    listed = [b"\x1f\x50" + _MY_COMPUTER, *items]
    raw = b"".join((len(item) + 2).to_bytes(2, "little") + item for item in listed) + b"\0\0"
    plain = bytearray(shortcut())
    plain[20] |= 1
    return bytes(plain[:0x4C]) + len(raw).to_bytes(2, "little") + raw + blocks + b"\0\0\0\0"


def panel_item(path: str) -> bytes:
    """A shell item of the control panel that names the file at *path*."""
    return bytes(8) + b"\x6a" + bytes(3) + struct.pack("<HH", 0, len(path) + 1) + bytes(6) + (path + "\0Name\0Words\0").encode("utf-16-le")


def _local_info(target: str) -> bytes:
    volume = struct.pack("<IIII", 17, 3, 1, 16) + b"\0"
    path = target.encode("cp1252", "replace") + b"\0"
    volume_at, path_at = 0x1C, 0x1C + len(volume)
    suffix_at = path_at + len(path)
    return struct.pack("<IIIIIII", suffix_at + 1, 0x1C, 1, volume_at, path_at, 0, suffix_at) + volume + path + b"\0"


def _network_info(target: str) -> bytes:
    host_and_share = "\\".join(target.split("\\")[:4])
    suffix = target[len(host_and_share) + 1 :].encode("cp1252", "replace") + b"\0"
    share = host_and_share.encode("cp1252", "replace") + b"\0"
    network = struct.pack("<IIIII", 20 + len(share), 2, 20, 0, 0x20000) + share
    suffix_at = 0x1C + len(network)
    return struct.pack("<IIIIIII", suffix_at + len(suffix), 0x1C, 2, 0, 0, 0x1C, suffix_at) + network + suffix
