"""Targets: what USB devices say about themselves, and captures of what they did."""

import contextlib
import struct

from gifthorse.inspect.usb import descriptors
from gifthorse.inspect.usb.capture import packets_in
from gifthorse.inspect.usb.inspecting import examine_usb, examine_usb_folder
from gifthorse.inspect.usb.listing import devices_in
from gifthorse.inspect.usb.reading import is_usb
from gifthorse.inspect.usb.recording import FOLDER_FILES, recorded_devices
from gifthorse.inspect.usb.report_shapes import fields_in, one_bit_each, pressed, unheard_fields
from gifthorse.model.errors import Unreadable
from tests.fuzz.target import Target, require
from tests.samples import usb, usb_reports

BLOB = usb.blob(usb.STORAGE, usb.KEYBOARD, usb.NETWORK)
KEYBOARD_REPORT = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810195057501050819012905910295017503910195067508150025650507190029658100c0"
)


def raw(untrusted_input: bytes) -> None:
    with contextlib.suppress(descriptors.NoDescriptors):
        descriptors.device_from(untrusted_input, place="a")
    descriptors.interfaces_in(untrusted_input)
    descriptors.is_keyboard(untrusted_input)


def report_shapes(untrusted_input: bytes) -> None:
    """The first two bytes say how much of the rest is a descriptor; what follows are reports of it."""
    split = 2 + int.from_bytes(untrusted_input[:2], "little") % 400
    fields = fields_in(untrusted_input[2:split])
    reports = [untrusted_input[at : at + 20] for at in range(split, min(len(untrusted_input), 8000), 20)]
    for report in reports:
        down = pressed(report, fields)
        require(down is None or all(3 < key <= 0xA4 for key in down.keys), "a key that no keyboard has")
    if one_bit_each(reports):
        for report in reports:
            pressed(report, unheard_fields(reports))


def listing(untrusted_input: bytes) -> None:
    devices_in(untrusted_input.decode("utf-8", "replace"))


def recording(untrusted_input: bytes) -> None:
    recorded_devices(untrusted_input.decode("utf-8", "replace"))


def capture(untrusted_input: bytes) -> None:
    list(packets_in(untrusted_input))


def source(untrusted_input: bytes) -> None:
    """All of it, as the worker does it, and what the coordinator asks before."""
    is_usb(untrusted_input[:65536], len(untrusted_input))
    examine_usb(untrusted_input, "a")


def folder(untrusted_input: bytes) -> None:
    parts = untrusted_input.split(b"\n")
    examine_usb_folder(dict(zip(FOLDER_FILES, [b"\n".join(parts[8:]), *parts[:8]], strict=False)), "a")


def blobs() -> list[bytes]:
    return [BLOB, usb.blob(usb.HUB), BLOB[18:], KEYBOARD_REPORT]


def listings() -> list[bytes]:
    guard = 'allow id 0951:1666 serial "1" name "Data \\"x" via-port "1-1" with-interface { 08:06:50 03:01:01 }\n'
    return [usb.lsusb(usb.STORAGE, usb.KEYBOARD).encode(), guard.encode()]


def recordings() -> list[bytes]:
    path = "/devices/pci0000:00/usb1/1-1"
    text = usb.recording((path, BLOB)) + f"P: {path}/1-1:1.1/0003:1\nH: report_descriptor={KEYBOARD_REPORT.hex()}\n\n"
    return [text.encode()]


def captures() -> list[bytes]:
    made = []
    for link in (189, 220, 249):
        packets = usb.plugged(BLOB, link=link, names=("Maker", "Name")) + usb.typed("cmd\n", link=link, chord="GUI-r")
        packets += usb.unplugged(link=link, at=9.0) + usb.lamps(2, link=link)
        made += [usb.capture(packets, link, form) for form in ("pcap", "pcapng", "pcap-big-endian", "pcap-nanoseconds")]
    return made


def shapes() -> list[bytes]:
    descriptors_made = (usb_reports.BIT_FOR_EACH, usb_reports.PLAIN, KEYBOARD_REPORT)
    reports = b"".join(usb_reports.bits(2, code).ljust(20, b"\0") + bytes(20) for code in (4, 5, 0x28, 0x39))
    return [len(one).to_bytes(2, "little") + one + reports for one in descriptors_made] + [b"\0\0" + reports * 3]


def folders() -> list[bytes]:
    return [b"0951\n1666\nMaker\nName\n123\n1\n5\n00\n" + BLOB, b"\n".join([struct.pack("<H", 1)] * 9)]


TARGETS = (
    Target(name="usb.descriptors", parse=raw, seeds=blobs, tries=600),
    Target(name="usb.report-shapes", parse=report_shapes, seeds=shapes, tries=400),
    Target(name="usb.listing", parse=listing, seeds=listings),
    Target(name="usb.recording", parse=recording, seeds=recordings),
    Target(name="usb.capture", parse=capture, seeds=captures, allowed=(Unreadable,), tries=400),
    Target(name="usb.source", parse=source, seeds=lambda: [*captures(), *recordings(), *listings(), *blobs()], tries=300),
    Target(name="usb.folder", parse=folder, seeds=folders),
)
