"""Tells what kind of USB description a source is, by content, and reads it into devices and conversations."""

import re
import struct
from collections.abc import Mapping
from typing import Final

import msgspec

from gifthorse.inspect.usb.capture import packets_in
from gifthorse.inspect.usb.conversation import Conversation, conversations_in
from gifthorse.inspect.usb.descriptors import NoDescriptors, device_from
from gifthorse.inspect.usb.device import Device
from gifthorse.inspect.usb.listing import devices_in
from gifthorse.inspect.usb.recording import folder_device, recorded_devices
from gifthorse.inspect.usb.traffic import LINK_TYPES, transfers_in

_LSUSB: Final = re.compile(rb"^Bus \d{3} Device \d{3}: ID [0-9a-f]{4}:[0-9a-f]{4}", re.MULTILINE | re.IGNORECASE)
_USBGUARD: Final = re.compile(rb"^[ \t]*(?:\d+: )?(?:allow|block|reject) id [0-9a-f]{4}:[0-9a-f]{4}", re.MULTILINE | re.IGNORECASE)
_UMOCKDEV: Final = re.compile(rb"^P: /devices/", re.MULTILINE)
_VENDOR_ATTRIBUTE: Final = re.compile(rb"^[AE]: (?:idVendor|ID_VENDOR_ID|SUBSYSTEM)=(?:usb|[0-9a-f]{4})", re.MULTILINE | re.IGNORECASE)
MOST_BLOB: Final = 1 << 16


class UsbFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a USB source says: the devices it describes and, of a capture, what each was heard to do."""

    name: str
    devices: tuple[Device, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    packets: int = 0


def is_usb(head: bytes, size: int) -> bool:
    """Whether a file that begins with *head* is a USB description or capture, by content alone."""
    if capture_link(head) is not None:
        return capture_link(head) in LINK_TYPES
    if head[:2] == b"\x12\x01" and 18 <= size <= MOST_BLOB:
        return size == 18 or head[18:20] == b"\x09\x02"
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = text_of(head[: len(head) // 2 * 2]).encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _UMOCKDEV.search(head[:4096]):
        return bool(_VENDOR_ATTRIBUTE.search(head))
    return bool(_LSUSB.search(head) and head.lstrip().startswith(b"Bus ")) or bool(_USBGUARD.match(head))


def capture_link(head: bytes) -> int | None:
    """The link type of the first interface of a capture; None when *head* is of no capture."""
    if len(head) >= 24 and head[:4] in {b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1"}:
        return int(struct.unpack_from("<I", head, 20)[0] & 0x0FFFFFFF)
    if len(head) >= 24 and head[:4] in {b"\xa1\xb2\xc3\xd4", b"\xa1\xb2\x3c\x4d"}:
        return int(struct.unpack_from(">I", head, 20)[0] & 0x0FFFFFFF)
    if head[:4] == b"\x0a\x0d\x0d\x0a" and len(head) >= 12:
        order = "<" if head[8:12] == b"\x4d\x3c\x2b\x1a" else ">"
        length = struct.unpack_from(f"{order}I", head, 4)[0]
        if length + 10 <= len(head) and struct.unpack_from(f"{order}I", head, length)[0] == 1:
            return int(struct.unpack_from(f"{order}H", head, length + 8)[0])
    return None


def describe(untrusted_content: bytes, name: str) -> list[Device]:
    """The devices that *untrusted_content* describes, whatever kind of description it is; empty when it describes none."""
    return list(read_usb(untrusted_content, name).devices)


def read_usb(untrusted_content: bytes, name: str) -> UsbFacts:
    """Everything that a description or capture says; raises Unreadable when a capture can't be read at all."""
    if capture_link(untrusted_content[:4096]) is not None:
        return read_capture(untrusted_content, name)
    if untrusted_content[:2] == b"\x12\x01":
        try:
            return UsbFacts(name=name, devices=(device_from(untrusted_content[:MOST_BLOB], place=name),))
        except NoDescriptors:
            return UsbFacts(name=name)
    text = text_of(untrusted_content)
    recorded = recorded_devices(text) if _UMOCKDEV.search(untrusted_content) else []
    return UsbFacts(name=name, devices=tuple(recorded or devices_in(text)))


def text_of(untrusted_content: bytes) -> str:
    """The text of a listing, also as PowerShell writes it into a file: in two bytes a letter."""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(untrusted_content[:2], "utf-8")
    return untrusted_content.decode(encoding, "replace").removeprefix("\ufeff")


def read_capture(untrusted_capture: bytes, name: str) -> UsbFacts:
    """The devices and conversations of a capture."""
    conversations = conversations_in(transfers_in(packets_in(untrusted_capture)))
    return UsbFacts(
        name=name,
        devices=tuple(conversation.device for conversation in conversations if conversation.device is not None),
        conversations=tuple(conversations),
        packets=sum(1 for _ in packets_in(untrusted_capture)),
    )


def read_folder(untrusted_files: Mapping[str, bytes], name: str) -> UsbFacts:
    """The device of a sysfs folder, of which the files named in ``recording.FOLDER_FILES`` were read."""
    device = folder_device(untrusted_files, place=name)
    return UsbFacts(name=name, devices=() if device is None else (device,))
