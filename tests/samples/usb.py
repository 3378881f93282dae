"""USB devices and captures made from bytes, for tests."""

import struct
from collections.abc import Sequence

Interface = tuple[int, int, int, tuple[tuple[int, int], ...]]

STORAGE: Interface = (8, 6, 0x50, ((0x81, 2), (0x02, 2)))
KEYBOARD: Interface = (3, 1, 1, ((0x83, 3),))
MOUSE: Interface = (3, 1, 2, ((0x84, 3),))
RAW_HID: Interface = (3, 0, 0, ((0x85, 3),))
NETWORK: Interface = (2, 6, 0, ((0x86, 3),))
RNDIS: Interface = (0xE0, 1, 3, ((0x86, 3),))
SERIAL: Interface = (2, 2, 1, ((0x86, 3),))
HUB: Interface = (9, 0, 0, ((0x81, 3),))
VENDOR: Interface = (0xFF, 0xFF, 0xFF, ((0x87, 2),))
CAMERA: Interface = (6, 1, 1, ((0x81, 2), (0x02, 2), (0x83, 3)))
SOUND: Interface = (1, 1, 0, ())


def blob(*interfaces: Interface, vendor: int = 0x0951, product: int = 0x1666, device_class: int | None = None) -> bytes:
    """The device descriptor and one configuration, as sysfs keeps them."""
    kind = (9 if interfaces and interfaces[0][0] == 9 else 0) if device_class is None else device_class
    device = struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, kind, 0, 0, 64, vendor, product, 0x0100, 1, 2, 3, 1)
    return device + configuration(interfaces)


def configuration(interfaces: Sequence[Interface], value: int = 1) -> bytes:
    """One configuration descriptor with its interfaces and endpoints."""
    body = b""
    for number, (kind, subclass, protocol, endpoints) in enumerate(interfaces):
        body += struct.pack("<9B", 9, 4, number, 0, len(endpoints), kind, subclass, protocol, 0)
        if kind == 3:
            body += bytes.fromhex("092111010001223F00")
        body += b"".join(struct.pack("<BBBBHB", 7, 5, address, transfer, 64, 1) for address, transfer in endpoints)
    return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), len(interfaces), value, 0, 0x80, 50) + body


def lsusb(
    *interfaces: Interface,
    vendor: int = 0x0951,
    product: int = 0x1666,
    name: str = "DataTraveler",
    serial: str = "",
    bus: int = 1,
    address: int = 5,
) -> str:
    """What ``lsusb -v`` prints of one device."""
    lines = [
        f"Bus {bus:03} Device {address:03}: ID {vendor:04x}:{product:04x} Maker {name}",
        "Device Descriptor:",
        "  bLength                18",
        "  bDescriptorType         1",
        f"  bDeviceClass            {9 if interfaces and interfaces[0][0] == 9 else 0} ",
        f"  idVendor           0x{vendor:04x} Maker Ltd.",
        f"  idProduct          0x{product:04x} ",
        "  iManufacturer           1 Maker",
        f"  iProduct                2 {name}",
        f"  iSerial                 3 {serial}",
        "  bNumConfigurations      1",
        "  Configuration Descriptor:",
        "    bmAttributes         0x80",
        "    MaxPower              200mA",
    ]
    for number, (kind, subclass, protocol, endpoints) in enumerate(interfaces):
        lines += [
            "    Interface Descriptor:",
            f"      bInterfaceNumber        {number}",
            "      bAlternateSetting       0",
            f"      bInterfaceClass        {kind} Words",
            f"      bInterfaceSubClass      {subclass} ",
            f"      bInterfaceProtocol     {protocol} ",
        ]
        for at, transfer in endpoints:
            lines += [
                "      Endpoint Descriptor:",
                f"        bEndpointAddress     0x{at:02x}  EP {at & 15} IN",
                f"        bmAttributes            {transfer}",
            ]
    return "\n".join(lines) + "\n\n"


def recording(*devices: tuple[str, bytes], name: str = "Flash Disk") -> str:
    """A umockdev recording of devices (path, descriptors)."""
    blocks = []
    for path, descriptors in devices:
        vendor, product = struct.unpack_from("<HH", descriptors, 8)
        blocks.append(
            f"P: {path}\nN: bus/usb/001/002={descriptors.hex()}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nA: idVendor={vendor:04x}\n"
            f"A: idProduct={product:04x}\nA: product={name}\nA: busnum=1\nH: descriptors={descriptors.hex().upper()}\n\n"
        )
    return "".join(blocks)


# --- captures

Packet = tuple[float, bytes]
KINDS = {"interrupt": 1, "control": 2, "bulk": 3}


def packet(
    link: int,
    *,
    done: bool,
    kind: str,
    endpoint: int,
    address: int = 5,
    setup: bytes = b"",
    data: bytes = b"",
    status: int = 0,
    tag: int = 1,
) -> bytes:
    """One packet in usbmon's or USBPcap's form."""
    if link == 249:
        body = setup + data
        length = 28 if kind == "control" else 27
        header = struct.pack("<HQIHBHHBBI", length, tag, 0, 9, 1 if done else 0, 1, address, endpoint, KINDS[kind], len(body))
        return header + (b"\0" if kind == "control" else b"") + body
    has_setup = b"\0" if setup else b"-"
    header = struct.pack("<QBBBBH", tag, ord("C" if done else "S"), KINDS[kind], endpoint, address, 1) + has_setup + b"\0"
    header += struct.pack("<qiiII", 0, 0, status, len(data), len(data)) + (setup or bytes(8))
    return header + (bytes(16) if link == 220 else b"") + data


def asked(at: float, link: int, setup: bytes, answer: bytes, address: int = 5) -> list[Packet]:
    """A question to a device and its answer."""
    endpoint = setup[0] & 0x80
    return [
        (at, packet(link, done=False, kind="control", endpoint=endpoint, address=address, setup=setup)),
        (at + 0.0005, packet(link, done=True, kind="control", endpoint=endpoint, address=address, data=answer)),
    ]


def plugged(descriptors: bytes, *, link: int, at: float = 0.0, address: int = 5, names: Sequence[str] = ()) -> list[Packet]:
    """What is heard when a device is plugged in: its descriptors asked for, then its configuration set."""
    heard = asked(at, link, struct.pack("<BBHHH", 0x80, 6, 0x0100, 0, 18), descriptors[:18], address)
    heard += asked(at + 0.01, link, struct.pack("<BBHHH", 0x80, 6, 0x0200, 0, 255), descriptors[18:], address)
    for index, name in enumerate(names, 1):
        text = name.encode("utf-16-le")
        heard += asked(
            at + 0.01 + index / 1000,
            link,
            struct.pack("<BBHHH", 0x80, 6, 0x0300 | index, 0x0409, 255),
            bytes([2 + len(text), 3]) + text,
            address,
        )
    return heard + asked(at + 0.1, link, struct.pack("<BBHHH", 0x00, 9, 1, 0, 0), b"", address)


def addressed(address: int, *, link: int, at: float, port: int = 0) -> list[Packet]:
    """What is heard before a device is asked for anything: its *port* of the root hub reset (if told), then its address given."""
    reset = struct.pack("<BBHHH", 0x23, 3, 4, port, 0)
    heard = asked(at - 0.05, link, reset, b"", 1) if port else []
    return heard + asked(at, link, struct.pack("<BBHHH", 0x00, 5, address, 0, 0), b"", 0)


def waits(*, link: int, at: float, address: int = 5) -> list[Packet]:
    """A transfer that is handed to a device and stays open, as every keyboard that is plugged in has one."""
    return [(at, packet(link, done=False, kind="interrupt", endpoint=0x83, address=address, tag=77))]


def unplugged(*, link: int, at: float, address: int = 5) -> list[Packet]:
    """What a waiting transfer ends with when its device leaves."""
    return [(at, packet(link, done=True, kind="interrupt", endpoint=0x83, address=address, status=-108))]


_CODES = {letter: (0, 4 + index) for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_CODES |= {letter.upper(): (2, code) for letter, (_, code) in list(_CODES.items())}
_CODES |= {letter: (0, 0x1E + index) for index, letter in enumerate("1234567890")}
_CODES |= {"\n": (0, 0x28), " ": (0, 0x2C), "-": (0, 0x2D), ".": (0, 0x37), "/": (0, 0x38), ":": (2, 0x33), "\b": (0, 0x2A), ";": (0, 0x33)}
CHORDS = {"GUI-r": (8, 0x15), "Ctrl-Alt-t": (5, 0x17), "GUI-space": (8, 0x2C)}


def code_of(letter: str) -> tuple[int, int]:
    """Modifiers and usage of the key for *letter*."""
    return _CODES[letter]


def key(at: float, modifiers: int, code: int, *, link: int, held: float = 0.002, address: int = 5) -> list[Packet]:
    """A key going down and up."""
    return [
        (at, packet(link, done=True, kind="interrupt", endpoint=0x83, address=address, data=bytes([modifiers, 0, code, 0, 0, 0, 0, 0]))),
        (at + held, packet(link, done=True, kind="interrupt", endpoint=0x83, address=address, data=bytes(8))),
    ]


def typed(
    text: str, *, link: int = 220, at: float = 1.0, gaps: Sequence[float] = (0.01,), chord: str = "", address: int = 5, held: float = 0.002
) -> list[Packet]:
    """*text* typed with *gaps* between keys, over and over, after a *chord*."""
    heard: list[Packet] = []
    if chord:
        heard += key(at, *CHORDS[chord], link=link, address=address)
        at += 0.5
    for position, letter in enumerate(text):
        heard += key(at, *_CODES[letter], link=link, address=address, held=held)
        at += gaps[position % len(gaps)]
    return sorted(heard, key=lambda packet: packet[0])


def lamps(count: int, *, link: int = 220, at: float = 3.0, address: int = 5) -> list[Packet]:
    """The host setting the lamps of the keyboard again and again."""
    setup = struct.pack("<BBHHH", 0x21, 9, 0x0200, 0, 1)
    return [
        (at + n * 0.01, packet(link, done=False, kind="control", endpoint=0, address=address, setup=setup, data=bytes([n & 1])))
        for n in range(count)
    ]


def capture(packets: Sequence[Packet], link: int = 220, form: str = "pcap") -> bytes:
    """A capture file of *packets*."""
    if form == "pcapng":
        out = struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28) + struct.pack("<IIHHII", 1, 20, link, 0, 0, 20)
        for at, data in packets:
            ticks = round(at * 1e6)
            padded = data + bytes(-len(data) % 4)
            out += (
                struct.pack("<IIIIIII", 6, 32 + len(padded), 0, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
                + padded
                + struct.pack("<I", 32 + len(padded))
            )
        return out
    order, magic, tick = {
        "pcap": ("<", 0xA1B2C3D4, 1e6),
        "pcap-big-endian": (">", 0xA1B2C3D4, 1e6),
        "pcap-nanoseconds": ("<", 0xA1B23C4D, 1e9),
    }[form]
    out = struct.pack(f"{order}IHHIIII", magic, 2, 4, 0, 0, 65535, link)
    for at, data in packets:
        out += struct.pack(f"{order}IIII", int(at), round((at - int(at)) * tick), len(data), len(data)) + data
    return out
