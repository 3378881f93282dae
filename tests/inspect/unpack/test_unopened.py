"""Archives that nothing opens are named as not inspected, and what only looks like one is left alone."""

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import unfold

BEGINNINGS = {
    "wim": b"MSWIM\0\0\0" + bytes(200),
    "arj": b"\x60\xea\x2b\x00\x22\x0b\x01\x0b\x10\x00\x02" + bytes(60),
    "ace": b"\x12\x34\x31\x00\x00\x00\x90**ACE**" + bytes(60),
    "xar": b"xar!\x00\x1c\x00\x01" + bytes(60),
    "rpm": b"\xed\xab\xee\xdb\x03\x00" + bytes(120),
    "compress": b"\x1f\x9d\x90" + bytes(range(60)),
    "lzip": b"LZIP\x01\x0c" + bytes(60),
    "lz4": b"\x04\x22\x4d\x18\x64\x40" + bytes(60),
    "stuffit": b"SIT!\x00\x01" + bytes(60),
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_an_archive_that_nothing_opens_is_said_not_to_be_inspected(kind: str) -> None:
    result = unfold(BEGINNINGS[kind], f"gift.{kind}")
    assert [gap.reason for gap in result.unseen] == [Reason.UNSUPPORTED]
    assert "unpack it elsewhere" in result.unseen[0].detail


@pytest.mark.parametrize(
    "body",
    [
        b"SITuation report\n",
        b"\x60\xea\xff\xff\x22\x0b\x01\x0b\x10\x00\x02" + bytes(60),
        b"\x1f\x9d\xff" + bytes(60),
        b"ab-lh5 is no archive, only a sentence of some length\n",
    ],
)
def test_what_only_begins_alike_is_no_archive(body: bytes) -> None:
    assert identify(body, len(body), None) not in {FileType.OTHER_ARCHIVE, FileType.LHA}


def crc16(body: bytes) -> int:
    """CRC-16/ARC, which LHA keeps of each member."""
    value = 0
    for byte in body:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def test_an_lha_archive_is_opened_by_the_systems_library_or_named() -> None:
    stored = b"inert"
    name = b"a.txt"
    body = b"-lh0-" + len(stored).to_bytes(4, "little") * 2 + bytes(4) + b"\x20\x00" + bytes([len(name)]) + name
    body += crc16(stored).to_bytes(2, "little")
    header = bytes([len(body), sum(body) & 0xFF]) + body
    archive = header + stored + b"\0"
    assert identify(archive, len(archive), None) is FileType.LHA
    result = unfold(archive, "old.lzh")
    if libarchive.available():
        assert result.files == {"old.lzh > a.txt": stored}
    else:
        assert [gap.reason for gap in result.unseen] == [Reason.UNSUPPORTED]
