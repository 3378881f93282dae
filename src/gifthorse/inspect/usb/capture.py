"""Packets of a capture file: pcap (both byte orders, micro- and nanoseconds) and pcapng."""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.model.errors import Unreadable

MOST_PACKETS: Final = 3_000_000
MOST_PACKET: Final = 16 << 20

# draft-ietf-opsawg-pcap: magic number to byte order and seconds per tick.
_MAGICS: Final = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6),
    b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9),
    b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}
SECTION: Final = 0x0A0D0D0A
INTERFACE: Final = 1
SIMPLE: Final = 3
ENHANCED: Final = 6
RESOLUTION: Final = 9  # option if_tsresol

Packet = tuple[float, int, bytes]


def packets_in(untrusted_capture: bytes) -> Iterator[Packet]:
    """Time in seconds, link type and bytes of each packet; raises Unreadable when it is no capture. Ends where the file is cut off."""
    magic = untrusted_capture[:4]
    if magic in _MAGICS:
        return _classic(untrusted_capture, *_MAGICS[magic])
    if magic == b"\x0a\x0d\x0d\x0a":
        return _next_generation(untrusted_capture)
    raise Unreadable("This is no capture file. Save the USB capture as pcap or pcapng and give that file.")


def _classic(capture: bytes, order: str, tick: float) -> Iterator[Packet]:
    if len(capture) < 24:
        return
    link = struct.unpack_from(f"{order}I", capture, 20)[0] & 0x0FFFFFFF
    at = 24
    for _ in range(MOST_PACKETS):
        if at + 16 > len(capture):
            return
        seconds, fraction, length = struct.unpack_from(f"{order}III", capture, at)
        if length > MOST_PACKET:
            return
        yield seconds + fraction * tick, link, capture[at + 16 : at + 16 + length]
        at += 16 + length


def _next_generation(capture: bytes) -> Iterator[Packet]:
    order = "<"
    interfaces: list[tuple[int, float]] = []
    at = 0
    for _ in range(MOST_PACKETS):
        if at + 12 > len(capture):
            return
        if capture[at : at + 4] == b"\x0a\x0d\x0d\x0a":
            order = "<" if capture[at + 8 : at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            interfaces = []
        kind, length = struct.unpack_from(f"{order}II", capture, at)
        if length < 12 or at + length > len(capture):
            return
        body = capture[at + 8 : at + length - 4]
        if kind == INTERFACE and len(body) >= 8:
            interfaces.append((struct.unpack_from(f"{order}H", body)[0], _resolution(body[8:], order)))
        elif kind == ENHANCED and len(body) >= 20:
            yield from _enhanced(body, order, interfaces)
        elif kind == SIMPLE and len(body) >= 4 and interfaces:
            yield 0.0, interfaces[0][0], body[4:]
        at += length + (-length % 4)


def _enhanced(body: bytes, order: str, interfaces: list[tuple[int, float]]) -> Iterator[Packet]:
    number, high, low, length = struct.unpack_from(f"{order}IIII", body)
    if number < len(interfaces):
        link, tick = interfaces[number]
        yield ((high << 32) | low) * tick, link, body[20 : 20 + length]


def _resolution(options: bytes, order: str) -> float:
    """Seconds per tick of an interface; a millionth unless it says otherwise."""
    at = 0
    while at + 4 <= len(options):
        code, length = struct.unpack_from(f"{order}HH", options, at)
        if code == RESOLUTION and length == 1 and at + 4 < len(options):
            value = options[at + 4]
            return float(2.0 ** -(value & 0x7F) if value & 0x80 else 10.0 ** -(value & 0x7F))
        if code == 0:
            break
        at += 4 + length + (-length % 4)
    return 1e-6
