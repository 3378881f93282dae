"""What a capture tells about each device: its descriptors as the host asked for them, its key reports, the lights that the host set."""

from collections.abc import Iterable
from typing import Final

import msgspec

from gifthorse.inspect.usb.descriptors import NoDescriptors, device_from, interfaces_in, is_keyboard, with_keyboard
from gifthorse.inspect.usb.device import Device
from gifthorse.inspect.usb.traffic import CONTROL, INTERRUPT, Transfer

SET_ADDRESS: Final = 5
GET_DESCRIPTOR: Final = 6
SET_CONFIGURATION: Final = 9
SET_REPORT: Final = 9
STRING: Final = 3
REPORT: Final = 0x22
MOST_REPORTS: Final = 200_000
MOST_SHAPES: Final = 32
# To a hub: set the feature PORT_RESET of a port (USB 2.0, 11.24.2.13), which the host does before it gives a new device its address.
_RESETS_PORT: Final = b"\x23\x03\x04\x00"
_RESET_LASTS_S: Final = 3.0
_MOST_WAITING: Final = 10_000


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
        self.last_at = transfer.at
        self.addressed_at: float | None = None
        self.port: tuple[int, int] | None = None
        self.waiting: set[tuple[int, int]] = set()

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
            addressed_at=self.addressed_at,
            last_at=self.last_at,
            port=self.port,
            waiting=bool(self.waiting),
        )
        for number in self.keyboards:
            device = with_keyboard(device, number)
        return device


class _Bus:
    """What the host did on each bus before a device got its address: which port it reset, and which address it gave."""

    def __init__(self) -> None:
        self._resets: dict[int, tuple[float, tuple[int, int]]] = {}
        self._given: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}

    def note(self, transfer: Transfer) -> None:
        """Takes in a request of the host."""
        setup = transfer.setup
        if setup[:4] == _RESETS_PORT:
            self._resets[transfer.bus] = transfer.at, (transfer.address, setup[4])
        elif setup[:2] == bytes([0x00, SET_ADDRESS]):
            self._given[transfer.bus, setup[2]] = transfer.at, self._port(transfer)

    def arrived(self, transfer: Transfer) -> _Heard:
        """A device that is first heard with *transfer*, with what was done for it."""
        heard = _Heard(transfer)
        given = self._given.get((transfer.bus, transfer.address))
        if given is not None:
            heard.addressed_at, heard.port = given
        else:
            heard.port = self._port(transfer)  # controllers that give addresses by themselves show no request for it
        return heard

    def _port(self, transfer: Transfer) -> tuple[int, int] | None:
        at, port = self._resets.get(transfer.bus, (0.0, None))
        return port if transfer.at - at <= _RESET_LASTS_S else None


def conversations_in(transfers: Iterable[Transfer]) -> list[Conversation]:
    """One conversation for each device that was heard, in the order of their first words; a new identity at an old address is a new one."""
    current: dict[tuple[int, int], _Heard] = {}
    finished: list[_Heard] = []
    asked: dict[tuple[int, int, int], Transfer] = {}
    buses = _Bus()
    for transfer in transfers:
        key = (transfer.bus, transfer.address)
        heard = current.get(key)
        if heard is None:
            heard = current[key] = buses.arrived(transfer)
            finished.append(heard)
        if transfer.kind == CONTROL:
            request = asked.pop((*key, transfer.tag), None) if transfer.done else None
            if transfer.setup:
                asked[*key, transfer.tag] = transfer
                buses.note(transfer)
                _told(heard, transfer)
            if request is not None and transfer.data and _is_other_device(heard, request, transfer.data):
                heard = current[key] = _successor(buses.arrived(transfer), heard, request)
                finished.append(heard)
            if request is not None and transfer.data:
                _answered(heard, request, transfer)
        elif transfer.kind == INTERRUPT:
            _interrupt(heard, transfer)
        _follow(heard, transfer)
    return [heard.conversation() for heard in finished]


def _follow(heard: _Heard, transfer: Transfer) -> None:
    """When it was last heard, which of its transfers are open, whether it left."""
    heard.last_at = transfer.at
    if transfer.gone:
        heard.gone_at = transfer.at
    if transfer.kind != CONTROL and len(heard.waiting) < _MOST_WAITING:
        (heard.waiting.discard if transfer.done else heard.waiting.add)((transfer.endpoint, transfer.tag))


def _is_other_device(heard: _Heard, request: Transfer, data: bytes) -> bool:
    """Whether the answer is none that the device heard so far would give: other numbers, or other interfaces."""
    setup = request.setup
    if setup[1] != GET_DESCRIPTOR:
        return False
    if setup[3] == 1 and len(data) >= 18 and len(heard.device_blob) >= 18:
        return heard.device_blob[8:12] != data[8:12]
    before = heard.configurations.get(setup[2], b"")
    if setup[3] != 2 or not (_is_complete(before) and _is_complete(data)):
        return False
    return {one.triple for one in interfaces_in(before)} != {one.triple for one in interfaces_in(data)}


def _is_complete(configuration: bytes) -> bool:
    return len(configuration) > 9 and len(configuration) >= int.from_bytes(configuration[2:4], "little")


def _successor(heard: _Heard, before: _Heard, request: Transfer) -> _Heard:
    """*heard* with the device descriptor of the one *before* when only its interfaces are others."""
    if request.setup[3] == 2:
        heard.device_blob, heard.strings, heard.seen_at = before.device_blob, dict(before.strings), heard.first_at
    return heard


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
