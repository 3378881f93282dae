"""umockdev recordings, and the folder that sysfs keeps for a device: attributes by name, and the raw descriptors among them."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from gifthorse.inspect.usb.descriptors import NoDescriptors, device_from, is_keyboard, with_keyboard
from gifthorse.inspect.usb.device import Device

# What the engine needs to read of a device's folder below /sys/bus/usb/devices.
FOLDER_FILES: Final = ("descriptors", "idVendor", "idProduct", "manufacturer", "product", "serial", "busnum", "devnum", "bDeviceClass")
MOST_DEVICES: Final = 2_000

_LINE: Final = re.compile(r"^([A-Z]): ?(.*)$")
_INTERFACE: Final = re.compile(r":\d+\.(\d+)(?:/|$)")


def recorded_devices(untrusted_text: str) -> list[Device]:
    """The USB devices of a recording; empty when it has none."""
    devices: dict[str, Device] = {}
    keyboards: list[tuple[str, int]] = []
    for path, attributes in blocks(untrusted_text):
        device = device_of(path, attributes)
        if device is not None and len(devices) < MOST_DEVICES:
            devices[path] = device
        report = hexadecimal(attributes.get("report_descriptor", ""))
        interface = _INTERFACE.search(path)
        if report and interface and is_keyboard(report):
            keyboards.append((path, int(interface[1], 16)))
    for path, number in keyboards:
        above = max((one for one in devices if path.startswith(one + "/")), key=len, default="")
        if above:
            devices[above] = with_keyboard(devices[above], number)
    return [placed(path, device, devices) for path, device in devices.items()]


def placed(path: str, device: Device, devices: Mapping[str, Device]) -> Device:
    """*device* that knows which device of the recording it hangs below."""
    above = max((one for one in devices if path.startswith(one + "/")), key=len, default=None)
    return msgspec.structs.replace(device, parent=devices[above].place if above else None)


def blocks(untrusted_text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Path and attributes of each block."""
    path, attributes = "", dict[str, str]()
    for line in untrusted_text.splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        if match[1] == "P":
            if path:
                yield path, attributes
            path, attributes = match[2].strip(), {}
        elif match[1] in {"A", "H"}:
            name, _, value = match[2].partition("=")
            attributes.setdefault(name, value)
        elif match[1] == "N" and "=" in match[2]:
            attributes.setdefault("node", match[2].partition("=")[2])
    if path:
        yield path, attributes


def device_of(path: str, attributes: Mapping[str, str]) -> Device | None:
    """The device of one block, or None when the block is something else (an interface, a disk, an input)."""
    if "idVendor" not in attributes:
        return None
    place = path.rpartition("/")[2]
    blob = hexadecimal(attributes.get("descriptors", "")) or hexadecimal(attributes.get("node", ""))
    return named(blob, place, attributes)


def folder_device(untrusted_files: Mapping[str, bytes], *, place: str) -> Device | None:
    """The device of a sysfs folder whose *untrusted_files* were read, or None when they describe none."""
    texts = {name: content.decode("utf-8", "replace").strip() for name, content in untrusted_files.items() if name != "descriptors"}
    return named(untrusted_files.get("descriptors", b""), place, texts)


def named(blob: bytes, place: str, attributes: Mapping[str, str]) -> Device | None:
    """The device of *blob* with the names that *attributes* give."""
    try:
        device = device_from(blob, place=place)
    except NoDescriptors:
        vendor, product = hexadecimal(attributes.get("idVendor", "")), hexadecimal(attributes.get("idProduct", ""))
        if len(vendor) != 2 or len(product) != 2:
            return None
        device = Device(vendor=int.from_bytes(vendor, "big"), product=int.from_bytes(product, "big"), place=place)
    return msgspec.structs.replace(
        device,
        maker=attributes.get("manufacturer", ""),
        name=attributes.get("product", ""),
        serial=attributes.get("serial", ""),
        bus=number(attributes.get("busnum")),
        address=number(attributes.get("devnum")),
    )


def number(text: str | None) -> int | None:
    """The decimal number that *text* is, or None."""
    return int(text) if text and text.strip().isdigit() and len(text) < 10 else None


def hexadecimal(text: str) -> bytes:
    """The bytes that *text* spells in hexadecimal; empty when it doesn't."""
    try:
        return bytes.fromhex(text.strip())
    except ValueError:
        return b""
