"""What a capture tells about each device: its descriptors as the host asked for them, its key reports, the lights that the host set."""

from collections.abc import Iterable
from typing import Final

import msgspec

from gifthorse.inspect.usb.descriptors import NoDescriptors, device_from, interfaces_in, is_keyboard, with_keyboard
from gifthorse.inspect.usb.device import Device
from gifthorse.inspect.usb.traffic import CONTROL, INTERRUPT, Transfer

GET_DESCRIPTOR: Final = 6
SET_CONFIGURATION: Final = 9
SET_REPORT: Final = 9
STRING: Final = 3
REPORT: Final = 0x22
MOST_REPORTS: Final = 200_000
MOST_SHAPES: Final = 32


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One interrupt transfer from a device: when, from which endpoint, and its bytes."""

    at: float
    endpoint: int
    data: bytes


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """All that was heard of one device. `configured_at` is when the host took it into use; `lights` when the host set its LEDs;
    `shapes` are the report descriptors that it gave, by interface.
    """

    device: Device | None
    bus: int
    address: int
    reports: tuple[Report, ...]
    lights: tuple[float, ...]
    configured_at: float | None
    first_at: float
    shapes: dict[int, bytes] = {}


class _Heard:
    """Gathers what is heard of one device address until another device takes it."""

    def __init__(self, transfer: Transfer) -> None:
        self.bus, self.address, self.first_at = transfer.bus, transfer.address, transfer.at
        self.device_blob = b""
        self.configurations: dict[int, bytes] = {}
        self.strings: dict[int, str] = {}
        self.keyboards: set[int] = set()
        self.shapes: dict[int, bytes] = {}
        self.reports: list[Report] = []
        self.lights: list[float] = []
        self.configured_at: float | None = None
        self.seen_at: float | None = None
        self.gone_at: float | None = None

    def conversation(self) -> Conversation:
        """What was gathered."""
        return Conversation(
            device=self._device(),
            bus=self.bus,
            address=self.address,
            reports=tuple(self.reports),
            lights=tuple(self.lights),
            configured_at=self.configured_at,
            first_at=self.first_at,
            shapes=self.shapes,
        )

    def _device(self) -> Device | None:
        try:
            device = device_from(self.device_blob, place=f"bus {self.bus} device {self.address}")
        except NoDescriptors:
            return None
        blob = self.device_blob
        interfaces = tuple(interface for body in self.configurations.values() for interface in interfaces_in(body))
        device = msgspec.structs.replace(
            device,
            interfaces=interfaces,
            maker=self.strings.get(blob[14], ""),
            name=self.strings.get(blob[15], ""),
            serial=self.strings.get(blob[16], ""),
            bus=self.bus,
            address=self.address,
            seen_at=self.seen_at,
            gone_at=self.gone_at,
        )
        for number in self.keyboards:
            device = with_keyboard(device, number)
        return device


def conversations_in(transfers: Iterable[Transfer]) -> list[Conversation]:
    """One conversation for each device that was heard, in the order of their first words; a new identity at an old address is a new one."""
    current: dict[tuple[int, int], _Heard] = {}
    finished: list[_Heard] = []
    asked: dict[tuple[int, int, int], Transfer] = {}
    for transfer in transfers:
        key = (transfer.bus, transfer.address)
        heard = current.get(key)
        if heard is None:
            heard = current[key] = _Heard(transfer)
            finished.append(heard)
        if transfer.kind == CONTROL:
            request = asked.pop((*key, transfer.tag), None) if transfer.done else None
            if transfer.setup:
                asked[*key, transfer.tag] = transfer
                _told(heard, transfer)
            if request is not None and transfer.data and _is_other_device(heard, request, transfer.data):
                heard = current[key] = _Heard(transfer)
                finished.append(heard)
            if request is not None and transfer.data:
                _answered(heard, request, transfer)
        elif transfer.kind == INTERRUPT:
            _interrupt(heard, transfer)
        if transfer.gone:
            heard.gone_at = transfer.at
    return [heard.conversation() for heard in finished]


def _is_other_device(heard: _Heard, request: Transfer, data: bytes) -> bool:
    whole = request.setup[1] == GET_DESCRIPTOR and request.setup[3] == 1 and len(data) >= 18
    return whole and len(heard.device_blob) >= 18 and heard.device_blob[8:12] != data[8:12]


def _told(heard: _Heard, transfer: Transfer) -> None:
    """What the host tells the device: use a configuration, set your lights."""
    kind, request = transfer.setup[0], transfer.setup[1]
    if kind == 0x00 and request == SET_CONFIGURATION and heard.configured_at is None:
        heard.configured_at = transfer.at
    elif kind == 0x21 and request == SET_REPORT and transfer.setup[3] == 2:  # an output report
        heard.lights.append(transfer.at)


def _answered(heard: _Heard, request: Transfer, transfer: Transfer) -> None:
    """What the device answers when it is asked for a descriptor."""
    setup, data = request.setup, transfer.data
    if setup[1] != GET_DESCRIPTOR:
        return
    index, kind = setup[2], setup[3]
    if kind == 1 and len(data) >= 18:
        heard.device_blob = data[:18]
        heard.seen_at = transfer.at if heard.seen_at is None else heard.seen_at
    elif kind == 2 and len(data) >= len(heard.configurations.get(index, b"")):
        heard.configurations[index] = data
    elif kind == STRING and index and len(data) > 2:
        heard.strings[index] = data[2 : data[0]].decode("utf-16-le", "replace")
    elif kind == REPORT:
        if len(heard.shapes) < MOST_SHAPES:
            heard.shapes[setup[4]] = data[:4096]
        if is_keyboard(data):
            heard.keyboards.add(setup[4])


def _interrupt(heard: _Heard, transfer: Transfer) -> None:
    if transfer.inward and transfer.done and transfer.data and len(heard.reports) < MOST_REPORTS:
        heard.reports.append(Report(at=transfer.at, endpoint=transfer.endpoint, data=transfer.data[:64]))
    elif not transfer.inward and not transfer.done and len(transfer.data) in {1, 2}:
        heard.lights.append(transfer.at)
