"""usb.known-attack-id: numbers that attack tools and the boards they are built on come with. Anyone can set them, so they prove nothing."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KNOWN: Final = FindingKind(
    id="usb.known-attack-id",
    severity=Severity.INFO,
    confidence=0.3,
    title=N_("The device bears numbers that attack tools come with"),
    why=N_(
        "Tools that type or spoof are often left with the numbers they were sold with. Anyone can set them, so this proves nothing alone."
    ),
    what_to_do=N_("Look at what the device offers (its interfaces); that weighs more than its numbers."),
    benign_explanation=N_("The same boards are used by hobbyists, schools and makers of small devices."),
    technique=("T1200",),
)
KINDS: Final = (KNOWN,)

# Vendor and product (None: any) to what usually bears them, from the makers' own documentation.
_KNOWN: Final[dict[tuple[int, int | None], str]] = {
    (0xD3C0, 0xD34D): "O.MG cable or plug",
    (0xF000, None): "Bash Bunny",
    (0x03EB, 0x2401): "USB Rubber Ducky (AVR keyboard)",
    (0x03EB, 0x2403): "USB Rubber Ducky (AVR keyboard and storage)",
    (0x03EB, 0x2422): "USB Rubber Ducky (AVR keyboard and storage)",
    (0x1D6B, 0x1347): "P4wnP1",
    (0x16D0, 0x0753): "Digispark board",
    (0x16C0, 0x27DB): "V-USB keyboard (shared number of hobby boards)",
    (0x16C0, 0x0482): "Teensy board as keyboard",
    (0x16C0, 0x0486): "Teensy board as raw input device",
    (0x16C0, 0x0487): "Teensy board as keyboard and serial line",
    (0x2341, 0x8036): "Arduino Leonardo board",
    (0x2341, 0x8037): "Arduino Micro board",
    (0x1B4F, 0x9205): "Pro Micro board",
    (0x1B4F, 0x9206): "Pro Micro board",
    (0x1B4F, 0x9207): "LilyPad USB board",
    (0x1B4F, 0x9208): "LilyPad USB board",
    (0x1A86, 0xE129): "CH9329 chip, which turns a serial line into a keyboard",
    (0x239A, 0x80F4): "Raspberry Pi Pico board with CircuitPython",
}
# What such tools call themselves where they come with a chip maker's own numbers.
_NAMES: Final = re.compile(
    r"\b(?:(flipper zero|flipper)|((?:usb )?rubber ducky)|(bash ?bunny)|(o\.?mg (?:cable|plug|adapter))|(p4wnp1)|(malduino)"
    r"|(usb ?ninja)|(cactus ?whid)|(usb ?nova)|(key ?croc))\b",
    re.IGNORECASE,
)


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A line for each device that bears such numbers or such a name."""
    for device in facts.devices:
        named = _NAMES.search(f"{device.maker} {device.name}")
        usual = _KNOWN.get((device.vendor, device.product)) or _KNOWN.get((device.vendor, None)) or (named.group() if named else None)
        if usual:
            yield KNOWN.found(
                at_device(facts, device), detail=phrase(N_("{identity} is usual for: {usual}."), identity=device.identity, usual=usual)
            )
