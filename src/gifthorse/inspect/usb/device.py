"""One USB device as it describes itself: its numbers, names and interfaces, wherever the description came from."""

from typing import Final

import msgspec

STORAGE: Final = 0x08
HID: Final = 0x03
HUB: Final = 0x09
SOUND: Final = 0x01
SCREEN: Final = 0x0E
COMMUNICATION: Final = 0x02
COMMUNICATION_DATA: Final = 0x0A
VENDOR: Final = 0xFF
ROOT_HUB_VENDOR: Final = 0x1D6B  # the Linux Foundation's, for host controllers

# Network adapters by class, subclass, protocol (USB CDC 1.2 table 4; [MS-RNDIS] 1.3; NCM 1.0; MBIM 1.0); None is any.
_NETWORKS: Final = (
    (0x02, 0x06, None),
    (0x02, 0x0C, None),
    (0x02, 0x0D, None),
    (0x02, 0x0E, None),
    (0x02, 0x02, 0xFF),
    (0xE0, 0x01, 0x03),
    (0xEF, 0x04, 0x01),
)


class Interface(msgspec.Struct, frozen=True, kw_only=True):
    """One interface (or alternate of one). `endpoints` are (address, transfer type); `keyboard` when its report descriptor says so."""

    number: int
    device_class: int
    subclass: int
    protocol: int
    alternate: int = 0
    configuration: int = 1
    endpoints: tuple[tuple[int, int], ...] = ()
    keyboard: bool = False

    @property
    def types_keys(self) -> bool:
        """Whether it is a keyboard: by its protocol (HID 1.11, 4.3) or by its report descriptor."""
        return self.device_class == HID and (self.keyboard or (self.subclass, self.protocol) == (1, 1))

    @property
    def network(self) -> bool:
        """Whether it is a network adapter."""
        return any(
            (self.device_class, self.subclass) == (kind, subclass) and protocol in {None, self.protocol}
            for kind, subclass, protocol in _NETWORKS
        )

    @property
    def triple(self) -> str:
        """Class, subclass and protocol as ``08:06:50``."""
        return f"{self.device_class:02x}:{self.subclass:02x}:{self.protocol:02x}"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One device. `place` names it in its source ("bus 1 device 5", "1-2.1"); `parent` is the place of the hub above it, if that is known.

    `seen_at`, `gone_at`, `addressed_at` (the host gave it its address) and `last_at` (it was last heard) are seconds within a capture;
    there, `port` is the hub's address and the port that was reset for it, and `waiting` that a transfer of it was open at the end.
    """

    vendor: int
    product: int
    place: str
    device_class: int = 0
    subclass: int = 0
    protocol: int = 0
    maker: str = ""
    name: str = ""
    serial: str = ""
    configurations: int = 1
    interfaces: tuple[Interface, ...] = ()
    parent: str | None = None
    bus: int | None = None
    address: int | None = None
    seen_at: float | None = None
    gone_at: float | None = None
    addressed_at: float | None = None
    last_at: float | None = None
    port: tuple[int, int] | None = None
    waiting: bool = False

    @property
    def identity(self) -> str:
        """Vendor and product numbers as ``0951:1666``."""
        return f"{self.vendor:04x}:{self.product:04x}"

    @property
    def is_hub(self) -> bool:
        """Whether it is a hub, of a machine or in a stick."""
        return self.device_class == HUB or any(interface.device_class == HUB for interface in self.interfaces)

    @property
    def is_root_hub(self) -> bool:
        """Whether it is the machine's own controller."""
        return self.vendor == ROOT_HUB_VENDOR and self.product in {1, 2, 3} and self.is_hub

    def has(self, device_class: int) -> bool:
        """Whether one of its interfaces is of *device_class*."""
        return any(interface.device_class == device_class for interface in self.interfaces)

    @property
    def stores(self) -> bool:
        """Whether it shows storage."""
        return self.has(STORAGE)

    @property
    def types_keys(self) -> bool:
        """Whether it shows a keyboard."""
        return any(interface.types_keys for interface in self.interfaces)

    @property
    def networks(self) -> bool:
        """Whether it shows a network adapter."""
        return any(interface.network for interface in self.interfaces)

    def described(self) -> str:
        """One line for evidence: numbers, names, interfaces."""
        triples = " ".join(dict.fromkeys(interface.triple for interface in self.interfaces))
        return f"{self.identity} {self.maker} {self.name} [{triples}]".replace("  ", " ")
