"""Files as mail carried them before or beside MIME: in letters, and in Outlook's wrapping."""

import base64
import binascii
import struct
from collections.abc import Sequence

HEADERS = b"From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: Fair\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n"


def uuencoded(name: str, content: bytes, line_end: bytes = b"\r\n") -> bytes:
    """*content* in uuencode."""
    lines = [binascii.b2a_uu(content[at : at + 45]).rstrip(b"\n") for at in range(0, len(content), 45)]
    return line_end.join([b"begin 644 " + name.encode(), *lines, b"`", b"end", b""])


def base64_begun(name: str, content: bytes) -> bytes:
    """*content* in base64 between the lines that uuencode -m writes."""
    return b"begin-base64 644 " + name.encode() + b"\n" + base64.encodebytes(content) + b"====\n"


def yencoded(name: str, content: bytes) -> bytes:
    """*content* in yEnc."""
    letters = bytearray()
    for value in content:
        shifted = (value + 42) % 256
        letters += bytes([61, (shifted + 64) % 256]) if shifted in {0, 10, 13, 61} else bytes([shifted])
    lines, at = [], 0
    while at < len(letters):
        end = at + 128 + (letters[at + 127 : at + 128] == b"=")
        lines.append(bytes(letters[at:end]))
        at = end
    head = b"=ybegin line=128 size=%d name=%s" % (len(content), name.encode())
    return b"\r\n".join([head, *lines, b"=yend size=%d crc32=%08x" % (len(content), binascii.crc32(content)), b""])


def attribute(number: int, value: bytes, level: int = 2, kind: int = 6) -> bytes:
    """One attribute of Outlook's wrapping."""
    return struct.pack("<BHHI", level, number, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """A block of properties (number, type, bytes), led by two that a reader must pass over: a number and one with a name of its own."""
    block = struct.pack("<I", len(values) + 2) + struct.pack("<HHI", 0x0003, 0x0E21, 7)
    name = "Sort".encode("utf-16-le") + b"\0\0"
    block += struct.pack("<HH", 0x0003, 0x8003) + bytes(16) + struct.pack("<II", 1, len(name)) + name + bytes(-len(name) % 4) + bytes(4)
    for number, kind, body in values:
        block += struct.pack("<HHII", kind, number, 1, len(body)) + body + bytes(-len(body) % 4)
    return block


def wrapping(files: Sequence[tuple[str, bytes]], *, page: bytes = b"", by_properties: bool = False) -> bytes:
    """A winmail.dat with *files*; their names and contents stand in properties when *by_properties*."""
    body = struct.pack("<IH", 0x223E9F78, 1) + attribute(0x9006, struct.pack("<I", 0x10000), 1, 8)
    if page:
        body += attribute(0x9003, properties((0x1013, 0x0102, page)), 1)
    for name, content in files:
        body += attribute(0x9002, b"\1\0" + bytes(12))
        if by_properties:
            wide = name.encode("utf-16-le") + b"\0\0"
            body += attribute(0x9005, properties((0x3707, 0x001F, wide), (0x3701, 0x000D, bytes(16) + content)))
        else:
            body += attribute(0x8010, name.encode("cp1252") + b"\0", kind=1) + attribute(0x800F, content)
    return body
