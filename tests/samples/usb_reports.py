"""Keyboards that don't speak the boot protocol: their report descriptors, and captures of them typing."""

import struct
from collections.abc import Sequence

from tests.samples import usb as make
from tests.samples.usb import Packet

# A bit for each of 120 keys behind a byte of modifiers, numbered 6; and media keys, numbered 3, on the same interface.
BIT_FOR_EACH = bytes.fromhex(
    "05010906a101 8506 0507 19e0 29e7 1500 2501 7501 9508 8102 0507 1900 2977 1500 2501 7501 9578 8102 c0"
    "050c0901a101 8503 1900 2a3c02 1500 263c02 7510 9501 8100 c0".replace(" ", "")
)
# The boot protocol's own shape, with a byte of padding that may hold anything.
PLAIN = bytes.fromhex(
    "05010906a101 0507 19e0 29e7 1500 2501 7501 9508 8102 7508 9501 8101 0507 1900 2965 1500 2565 7508 9506 8100 c0".replace(" ", "")
)
BROWSER_KEY, LOUDER_KEY = 0x196, 0xE9


def told(descriptor: bytes, *, link: int = 220, at: float = 0.2, interface: int = 0, address: int = 5) -> list[Packet]:
    """The host asking for a report descriptor."""
    return make.asked(at, link, struct.pack("<BBHHH", 0x81, 6, 0x2200, interface, 255), descriptor, address)


def sent(at: float, report: bytes, *, link: int = 220, address: int = 5) -> Packet:
    """One report of a keyboard."""
    return at, make.packet(link, done=True, kind="interrupt", endpoint=0x83, address=address, data=report)


def bits(modifiers: int = 0, *codes: int, number: int = 6) -> bytes:
    """A report with a bit for each key."""
    return bytes([number, modifiers]) + sum(1 << code for code in codes).to_bytes(15, "little")


def typed_in_bits(
    text: str, *, at: float = 1.0, gaps: Sequence[float] = (0.01,), chord: tuple[int, int] | None = None, held: float = 0.002
) -> list[Packet]:
    """*text* typed by a keyboard with a bit for each key."""
    heard: list[Packet] = []
    strokes = [make.code_of(letter) for letter in text]
    times = [at]
    for position in range(len(strokes)):
        times.append(times[-1] + gaps[position % len(gaps)])
    if chord is not None:
        heard += [sent(at - 0.5, bits(*chord)), sent(at - 0.5 + held, bits())]
    for (modifiers, code), moment in zip(strokes, times, strict=False):
        heard += [sent(moment, bits(modifiers, code)), sent(moment + held, bits())]
    return sorted(heard, key=lambda packet: packet[0])


def media(usage: int, *, at: float) -> list[Packet]:
    """A media key going down and up."""
    return [sent(at, b"\x03" + struct.pack("<H", usage)), sent(at + 0.05, b"\x03\0\0")]
