"""Raw USB descriptors (USB 2.0, chapter 9): the device and its configurations as one run of bytes, as sysfs keeps them."""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.usb.device import HID, Device, Interface

DEVICE: Final = 1
CONFIGURATION: Final = 2
INTERFACE: Final = 4
ENDPOINT: Final = 5
MOST_INTERFACES: Final = 512


class NoDescriptors(Exception):
    """The bytes are not a run of USB descriptors; the message says why."""


def device_from(untrusted_blob: bytes, *, place: str) -> Device:
    """The device that *untrusted_blob* describes, as far as it goes; raises NoDescriptors when it doesn't begin with a device."""
    if len(untrusted_blob) < 18 or untrusted_blob[0] != 18 or untrusted_blob[1] != DEVICE:
        raise NoDescriptors("no device descriptor of 18 bytes at the beginning")
    device_class, subclass, protocol = untrusted_blob[4:7]
    vendor, product = struct.unpack_from("<HH", untrusted_blob, 8)
    return Device(
        vendor=vendor,
        product=product,
        place=place,
        device_class=device_class,
        subclass=subclass,
        protocol=protocol,
        configurations=untrusted_blob[17],
        interfaces=interfaces_in(untrusted_blob[18:]),
    )


def interfaces_in(untrusted_blob: bytes) -> tuple[Interface, ...]:
    """The interfaces of a run of configuration descriptors; whatever else stands between is passed over."""
    found: list[Interface] = []
    configuration = 1
    for kind, body in split(untrusted_blob):
        if kind == CONFIGURATION and len(body) >= 6:
            configuration = body[5]
        elif kind == INTERFACE and len(body) >= 9 and len(found) < MOST_INTERFACES:
            found.append(
                Interface(
                    number=body[2],
                    alternate=body[3],
                    device_class=body[5],
                    subclass=body[6],
                    protocol=body[7],
                    configuration=configuration,
                )
            )
        elif kind == ENDPOINT and len(body) >= 4 and found:
            found[-1] = msgspec.structs.replace(found[-1], endpoints=(*found[-1].endpoints[:32], (body[2], body[3] & 0b11)))
    return tuple(found)


def split(untrusted_blob: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and bytes of each descriptor, until one that states no length or runs past the end."""
    at = 0
    while at + 2 <= len(untrusted_blob):
        length = untrusted_blob[at]
        if length < 2:
            return
        yield untrusted_blob[at + 1], untrusted_blob[at : at + length]
        at += length


def is_keyboard(untrusted_report: bytes) -> bool:
    """Whether a HID report descriptor (HID 1.11, 6.2.2) declares a keyboard or keypad: usage 6 or 7 on the desktop page."""
    page = 0
    at = 0
    while at < len(untrusted_report):
        prefix = untrusted_report[at]
        length = (0, 1, 2, 4)[prefix & 0b11]
        value = int.from_bytes(untrusted_report[at + 1 : at + 1 + length], "little")
        if prefix & 0xFC == 0x04:
            page = value
        elif prefix & 0xFC == 0x08 and page == 1 and value in {6, 7}:
            return True
        at += 1 + length
    return False


def with_keyboard(device: Device, number: int) -> Device:
    """*device* whose HID interface *number* is known to be a keyboard."""
    marked = tuple(
        msgspec.structs.replace(interface, keyboard=True) if interface.number == number and interface.device_class == HID else interface
        for interface in device.interfaces
    )
    return msgspec.structs.replace(device, interfaces=marked)
