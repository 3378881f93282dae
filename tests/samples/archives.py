"""Archives and disk images made by code, and a small stand-in for the engine that opens them all the way down."""

import io
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field

import pycdlib
import time_machine

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget, Limits
from gifthorse.inspect.unpack.members import Member
from gifthorse.inspect.unpack.opening import CONTAINER_TYPES, members
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import NotInspected, Reason
from tests.samples.disk_files import chm_of, dmg_of, dynamic_vhd, e01_of, fixed_vhd, qcow2_of, vhdx_of, vmdk_of
from tests.samples.rar5 import number

__all__ = ["chm_of", "dmg_of", "dynamic_vhd", "e01_of", "fixed_vhd", "qcow2_of", "vhdx_of", "vmdk_of"]

MIB = 1024 * 1024


@dataclass
class Unfolded:
    """What came out of a container, all the way down."""

    files: dict[str, bytes] = field(default_factory=dict)
    attributes: dict[str, frozenset[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unseen: list[NotInspected] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        return {finding.id for finding in self.findings}

    def severity(self, finding_id: str) -> str:
        return max((finding.severity for finding in self.findings if finding.id == finding_id), key=lambda one: one.rank)

    def details(self) -> str:
        return " / ".join(finding.detail.in_english() for finding in self.findings if finding.detail)


def item_of(content: Content | bytes, name: str, filetype: FileType | None = None, **more: object) -> Item:
    held = MemoryContent(content) if isinstance(content, bytes) else content
    head = held.read(0, 65536)
    kind = filetype or identify(head, held.size, lambda count: held.read(max(0, held.size - count), count), name)
    return Item(path=str(more.pop("path", name)), untrusted_name=name, content=held, filetype=kind, head=head, **more)


def unfold(
    content: Content | bytes, name: str, filetype: FileType | None = None, *, passwords: tuple[str, ...] = (), limits: Limits | None = None
) -> Unfolded:
    result = Unfolded()
    _unfold(item_of(content, name, filetype), Budget(limits, passwords=passwords), result)
    return result


def _unfold(item: Item, budget: Budget, result: Unfolded) -> None:
    if item.filetype not in CONTAINER_TYPES:
        return
    for opened in members(item, budget):
        if isinstance(opened, Finding):
            result.findings.append(opened)
        elif isinstance(opened, NotInspected):
            result.unseen.append(opened)
        else:
            assert isinstance(opened, Member)
            path = f"{item.path} > {opened.display_name}"
            try:
                opened.content.read(0, opened.content.size)
            except OSError as broken:  # the engine says walk.unreadable
                result.unseen.append(NotInspected(path=path, reason=Reason.UNREADABLE, detail=str(broken)))
                continue
            if opened.content.size <= 32 * MIB:
                result.files[path] = opened.content.read(0, opened.content.size)
            result.attributes[path] = opened.attributes
            inner = item_of(opened.content, opened.untrusted_name, path=path, depth=item.depth + 1, chain=(*item.chain, item.filetype))
            _unfold(inner, budget.child(), result)


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0)), body, compress_type=method)
    return out.getvalue()


def local_header(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4s5HIII2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(body), len(body), len(body), len(name), 0) + name + body


def zip_with_hidden_member(shown: dict[str, bytes], name: str, body: bytes) -> bytes:
    """A zip whose local headers hold a member that the central directory doesn't list, between its members and that directory."""
    whole = zip_of(shown, zipfile.ZIP_STORED)
    end = whole.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", whole, end + 12)
    extra = local_header(name.encode(), body)
    tail = bytearray(whole[offset:])
    struct.pack_into("<I", tail, end - offset + 16, offset + len(extra))
    assert size
    return whole[:offset] + extra + bytes(tail)


def overlapping_zip(count: int = 200, size: int = MIB) -> bytes:
    """Many central entries that all point at one local header: each unfolds the same kernel again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = bytes(size)
    packed = packer.compress(body) + packer.flush()
    local = struct.pack("<4s5HIII2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(body), len(packed), size, 1, 0) + b"0" + packed
    central = b""
    for index in range(count):
        name = f"{index:04}".encode()
        central += (
            struct.pack("<4s6HIII5HII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(body), len(packed), size, len(name), 0, 0, 0, 0, 0, 0)
            + name
        )
    return local + central + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)


def flat_zip_bomb(total: int) -> bytes:
    """One member of *total* zeros, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(16 * MIB)
    packed = b"".join(packer.compress(zeros) for _ in range(total // len(zeros))) + packer.flush()
    local = struct.pack("<4s5HIII2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), 1, 1, 0) + b"0" + packed
    central = struct.pack("<4s6HIII5HII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), 1, 1, 0, 0, 0, 0, 0, 0) + b"0"
    return local + central + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def tar_of(files: dict[str, bytes], links: dict[str, str] | None = None, form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def tar_header(name: bytes, kind: bytes, size: int, rest: bytes = b"") -> bytes:
    raw = bytearray(512)
    raw[0 : len(name)] = name
    raw[100:108], raw[156:157] = b"0000644\x00", kind
    raw[124:136] = b"%011o\x00" % size if size < 8**11 else b"\x80" + size.to_bytes(11, "big")
    raw[257:265] = b"ustar  \x00"
    raw[386 : 386 + len(rest)] = rest
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\x00 " % sum(raw)
    return bytes(raw)


def sparse_tar(real_size: int) -> bytes:
    """A GNU sparse member of a few bytes at the end of *real_size* bytes of nothing."""

    def number(value: int) -> bytes:
        return b"\x80" + value.to_bytes(11, "big")

    rest = (number(real_size - 512) + number(512)).ljust(96, b"\x00") + b"\x00" + number(real_size)
    return tar_header(b"huge", b"S", 512, rest) + b"x" * 512 + bytes(1024)


def cpio_of(files: dict[str, bytes]) -> bytes:
    out = b""
    for name, body in [*files.items(), ("TRAILER!!!", b"")]:
        raw = name.encode() + b"\x00"
        fields = (1, 0o100644, 0, 0, 1, 0, len(body), 0, 0, 0, 0, len(raw), 0)
        head = b"070701" + b"".join(b"%08x" % value for value in fields) + raw
        out += head + bytes(-len(head) % 4) + body + bytes(-len(body) % 4)
    return out


def ar_of(files: dict[str, bytes]) -> bytes:
    out = b"!<arch>\n"
    for name, body in files.items():
        out += b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name.encode() + b"/", 0, 0, 0, b"100644", len(body)) + body + b"\n" * (len(body) % 2)
    return out


def rar4_of(files: dict[str, bytes], *, method: int = 0x30, locked: bool = False) -> bytes:
    def block(body: bytes) -> bytes:
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    out = b"Rar!\x1a\x07\x00" + block(struct.pack("<BHHHI", 0x73, 0, 13, 0, 0))
    for name, body in files.items():
        raw = name.encode()
        head = struct.pack(
            "<BHHIIBIIBBHI",
            0x74,
            0x8004 if locked else 0x8000,
            32 + len(raw),
            len(body),
            len(body),
            2,
            zlib.crc32(body),
            0,
            29,
            method,
            len(raw),
            0x20,
        )
        out += block(head + raw) + body
    return out + block(struct.pack("<BHH", 0x7B, 0, 7))


def rar5_of(files: dict[str, bytes], *, locked: bool = False) -> bytes:
    def block(body: bytes) -> bytes:
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    out = b"Rar!\x1a\x07\x01\x00" + block(number(1) + number(0) + number(0))
    for name, body in files.items():
        raw = name.encode()
        record = number(1) + number(0) + number(0) + bytes([15]) + bytes(32)
        extra = number(len(record)) + record if locked else b""
        front = number(2) + number(3 if locked else 2) + (number(len(extra)) if locked else b"")
        head = front + number(len(body)) + number(4) + number(len(body)) + number(0x20) + struct.pack("<I", zlib.crc32(body))
        out += block(head + number(0) + number(1) + number(len(raw)) + raw + extra) + body
    return out + block(number(5) + number(0) + number(0))


def cab_of(files: dict[str, bytes], *, packed: bool = True) -> bytes:
    data, window, blocks = b"".join(files.values()), b"", []
    for at in range(0, len(data), 32768):
        piece = data[at : at + 32768]
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 8, 0, window) if window else zlib.compressobj(9, zlib.DEFLATED, -15)
        body = b"CK" + packer.compress(piece) + packer.flush() if packed else piece
        window = piece[-32768:]
        blocks.append(struct.pack("<IHH", 0, len(body), len(piece)) + body)
    lists, at = b"", 0
    for name, body in files.items():
        lists += struct.pack("<IIHHHH", len(body), at, 0, 0, 0, 0x20) + name.encode() + b"\x00"
        at += len(body)
    folder = struct.pack("<IHH", 44 + len(lists), len(blocks), 1 if packed else 0)
    body = folder + lists + b"".join(blocks)
    return struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, 36 + len(body), 0, 44, 0, 3, 1, 1, len(files), 0, 0, 0) + body


def iso_of(files: dict[str, bytes]) -> bytes:
    """An ISO 9660 image with Joliet names."""
    out = io.BytesIO()
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        image = pycdlib.PyCdlib()
        image.new(joliet=3)
        for index, (name, body) in enumerate(files.items()):
            image.add_fp(io.BytesIO(body), len(body), f"/F{index}.;1", joliet_path=f"/{name}")
        image.write_fp(out)
        image.close()
    return out.getvalue()


def program_of(overlay: bytes = b"") -> bytes:
    """A Windows program's skeleton of one section, with *overlay* behind its end. It does nothing."""
    head = bytearray(1024)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    struct.pack_into("<4sHHIIIHH", head, 0x80, b"PE\x00\x00", 0x14C, 1, 0, 0, 0, 0xE0, 0x102)
    struct.pack_into("<H", head, 0x98, 0x10B)
    struct.pack_into("<8sIIII", head, 0x80 + 24 + 0xE0, b".text", 512, 0x1000, 512, 512)
    return bytes(head) + overlay


def lha_of(files: dict[str, bytes]) -> bytes:
    """An LHA archive whose members are stored (headers of level 0)."""
    out = b""
    for name, body in files.items():
        stated = name.replace("/", "\\").encode()
        head = b"-lh0-" + len(body).to_bytes(4, "little") * 2 + bytes(4) + b"\x20\x00" + bytes([len(stated)]) + stated
        head += crc16(body).to_bytes(2, "little")
        out += bytes([len(head), sum(head) & 0xFF]) + head + body
    return out + b"\0"


def crc16(body: bytes) -> int:
    """CRC-16/ARC, which LHA keeps of each member."""
    value = 0
    for byte in body:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value
