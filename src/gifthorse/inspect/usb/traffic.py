"""USB transfers in a capture: usbmon's two headers (Linux, link types 189 and 220) and USBPcap's (Windows, 249)."""

import struct
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from gifthorse.inspect.usb.capture import Packet

USBMON: Final = 189
USBMON_MAPPED: Final = 220
USBPCAP: Final = 249
LINK_TYPES: Final = frozenset({USBMON, USBMON_MAPPED, USBPCAP})

INTERRUPT: Final = "interrupt"
CONTROL: Final = "control"
BULK: Final = "bulk"
ISOCHRONOUS: Final = "isochronous"
_USBMON_KINDS: Final = (ISOCHRONOUS, INTERRUPT, CONTROL, BULK)
_GONE: Final = frozenset({-2, -19, -71, -108})  # ENOENT, ENODEV, EPROTO, ESHUTDOWN: what pending transfers end with when a device leaves


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """One event on the bus: a request handed to a device (`done` false) or its completion. `inward` is from the device to the host."""

    at: float
    bus: int
    address: int
    endpoint: int
    inward: bool
    kind: str
    done: bool
    setup: bytes = b""
    data: bytes = b""
    gone: bool = False
    tag: int = 0


def transfers_in(packets: Iterable[Packet]) -> Iterator[Transfer]:
    """The transfers of *packets*; packets of other link types, or cut short, are passed over."""
    for at, link, packet in packets:
        transfer = None
        if link == USBPCAP and len(packet) >= 27:
            transfer = _usbpcap(at, packet)
        elif link in {USBMON, USBMON_MAPPED} and len(packet) >= (64 if link == USBMON_MAPPED else 48):
            transfer = _usbmon(at, packet, 64 if link == USBMON_MAPPED else 48)
        if transfer is not None:
            yield transfer


def _usbmon(at: float, packet: bytes, header: int) -> Transfer | None:
    """Linux Documentation/usb/usbmon.rst: struct usbmon_packet, in the byte order of the machine that captured."""
    tag, event, kind, endpoint, address, bus = struct.unpack_from("<QBBBBH", packet)
    if event not in b"SCE" or kind > 3:
        return None
    has_setup = packet[14] == 0 and event == ord("S")
    status = struct.unpack_from("<i", packet, 28)[0]
    return Transfer(
        at=at,
        bus=bus,
        address=address,
        endpoint=endpoint & 0x0F,
        inward=bool(endpoint & 0x80),
        kind=_USBMON_KINDS[kind],
        done=event != ord("S"),
        setup=packet[40:48] if has_setup else b"",
        data=packet[header:],
        gone=event != ord("S") and status in _GONE,
        tag=tag,
    )


def _usbpcap(at: float, packet: bytes) -> Transfer | None:
    """USBPcap's capture format: USBPCAP_BUFFER_PACKET_HEADER, and the stage byte that control transfers add."""
    length, tag, _status, _function, info, bus, address, endpoint, kind, data_length = struct.unpack_from("<HQIHBHHBBI", packet)
    if kind > 3 or length < 27 or length > len(packet):
        return None
    done = bool(info & 1)
    data = packet[length : length + data_length]
    setup = b""
    if kind == 2 and not done and len(data) >= 8:
        setup, data = data[:8], data[8:]
    return Transfer(
        at=at,
        bus=bus,
        address=address,
        endpoint=endpoint & 0x0F,
        inward=bool(endpoint & 0x80) if kind != 2 or not setup else bool(setup[0] & 0x80),
        kind=_USBMON_KINDS[kind],
        done=done,
        setup=setup,
        data=data,
        tag=tag,
    )
