"""The text that ``lsusb -v`` prints (its labels have stayed the same for twenty years), and ``usbguard list-devices``."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.device import Device, Interface

MOST_DEVICES: Final = 2_000

_HEADING: Final = re.compile(r"^Bus (\d{3}) Device (\d{3}): ID ([0-9a-f]{4}):([0-9a-f]{4}) ?(.*)$", re.IGNORECASE)
_FIELD: Final = re.compile(r"^\s+(b\w+|i\w+|id\w+)\s+(0x[0-9a-f]{1,16}|[0-9]{1,20})\b(?:\s+(.*))?$", re.IGNORECASE)
_USBGUARD: Final = re.compile(r"^\s*(?:\d+: )?(?:allow|block|reject) id ([0-9a-f]{4}):([0-9a-f]{4}) (.*)$", re.IGNORECASE)
_KEYBOARD_USAGE: Final = re.compile(r"^\s+\(?(?:Item\(Local \): )?Usage,? .*\b(?:0x06|Keyboard)\b.*Keyboard|^\s+Keyboard$")


def devices_in(untrusted_text: str) -> list[Device]:
    """The devices that the text lists, in order; empty when it lists none."""
    lines = untrusted_text.splitlines()
    return list(lsusb_devices(lines)) + list(usbguard_devices(lines))


def lsusb_devices(lines: list[str]) -> Iterator[Device]:
    """The devices of ``lsusb -v``."""
    starts = [index for index, line in enumerate(lines) if _HEADING.match(line)][:MOST_DEVICES]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        heading = _HEADING.match(lines[start])
        if heading:
            yield lsusb_device(heading, lines[start + 1 : end])


def lsusb_device(heading: re.Match[str], lines: list[str]) -> Device:
    """The device of one heading and the lines below it."""
    top: dict[str, tuple[int, str]] = {}
    for name, value, words in fields(lines):
        top.setdefault(name, (value, words))
    maker = top.get("iManufacturer", (0, ""))[1] or top.get("idVendor", (0, ""))[1]
    bus, address = int(heading[1]), int(heading[2])
    return Device(
        vendor=int(heading[3], 16),
        product=int(heading[4], 16),
        place=f"bus {bus} device {address}",
        device_class=top.get("bDeviceClass", (0, ""))[0],
        subclass=top.get("bDeviceSubClass", (0, ""))[0],
        protocol=top.get("bDeviceProtocol", (0, ""))[0],
        maker=maker,
        name=top.get("iProduct", (0, ""))[1] or top.get("idProduct", (0, ""))[1] or heading[5],
        serial=top.get("iSerial", top.get("iSerialNumber", (0, "")))[1],
        configurations=top.get("bNumConfigurations", (1, ""))[0],
        interfaces=tuple(interfaces(lines)),
        bus=bus,
        address=address,
    )


def fields(lines: list[str]) -> Iterator[tuple[str, int, str]]:
    """Name, number and words of each line that gives a descriptor's field."""
    for line in lines:
        match = _FIELD.match(line)
        if match:
            number = match[2].lower()
            yield match[1], int(number, 16) if number.startswith("0x") else int(number), (match[3] or "").strip()


def interfaces(lines: list[str]) -> Iterator[Interface]:
    """The interfaces of one device, each from its own block of lines."""
    starts = [index for index, line in enumerate(lines) if line.strip() == "Interface Descriptor:"]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        block = lines[start + 1 : end]
        values: dict[str, int] = {}
        endpoints: list[tuple[int, int]] = []
        for name, value, _ in fields(block):
            values.setdefault(name, value)
            if name == "bEndpointAddress":
                endpoints.append((value, 3))
            elif name == "bmAttributes" and endpoints:
                endpoints[-1] = (endpoints[-1][0], value & 0b11)
        yield Interface(
            number=values.get("bInterfaceNumber", 0),
            alternate=values.get("bAlternateSetting", 0),
            device_class=values.get("bInterfaceClass", 0),
            subclass=values.get("bInterfaceSubClass", 0),
            protocol=values.get("bInterfaceProtocol", 0),
            endpoints=tuple(endpoints),
            keyboard=any(_KEYBOARD_USAGE.match(line) for line in block),
        )


def usbguard_devices(lines: list[str]) -> Iterator[Device]:
    """The devices of ``usbguard list-devices``, or of rules written in its language."""
    for position, line in enumerate(lines, 1):
        match = _USBGUARD.match(line)
        if match:
            rest = match[3]
            triples = re.findall(r"\b([0-9a-f]{2}):([0-9a-f]{2}):([0-9a-f]{2})\b", rest.partition("with-interface")[2], re.IGNORECASE)
            yield Device(
                vendor=int(match[1], 16),
                product=int(match[2], 16),
                place=quoted(rest, "via-port") or f"line {position}",
                name=quoted(rest, "name"),
                serial=quoted(rest, "serial"),
                interfaces=tuple(
                    Interface(number=number, device_class=int(one, 16), subclass=int(two, 16), protocol=int(three, 16))
                    for number, (one, two, three) in enumerate(triples)
                ),
            )


def quoted(rule: str, key: str) -> str:
    """The quoted value of *key* in a rule; empty when it has none."""
    match = re.search(rf'\b{key} "((?:[^"\\]|\\.)*)"', rule)
    return match[1] if match else ""
