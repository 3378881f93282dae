"""usb.hub-in-stick: a thing that looks like one device and has a hub with several inside."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.usb.device import HID, SCREEN, SOUND, Device
from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

HUB: Final = FindingKind(
    id="usb.hub-in-stick",
    severity=Severity.HIGH,
    confidence=0.7,
    title=N_("The device has a hub inside, with more than storage behind it"),
    why=N_(
        "A hub lets one stick be several devices, so that a rule that allows the storage "
        "doesn't see the keyboard or network adapter beside it."
    ),
    what_to_do=N_("Don't plug it in. Ask a specialist to open it and look for a second chip."),
    benign_explanation=N_("Docking stations, card readers and keyboards with ports have hubs too, and look like it."),
    technique=("T1200",),
)
KINDS: Final = (HUB,)
INTEL_BUILT_IN: Final = 0x8087
MOST_IN_A_STICK: Final = 4


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each hub that is part of the described thing and has storage behind it."""
    devices = [device for device in facts.devices if not device.is_root_hub]
    for hub in devices:
        if hub.is_hub and hub.stores:
            yield HUB.found(at_device(facts, hub), detail=phrase(N_("It is a hub and storage in one.")))
    if not any(hub.is_hub and hub.stores for hub in devices):
        yield from one_thing(facts, devices)


def one_thing(facts: UsbFacts, devices: Sequence[Device]) -> Iterator[Finding]:
    """The finding when all that was described is one hub and what hangs behind it, which is what a stick with a hub looks like."""
    hubs = [device for device in devices if device.is_hub]
    rest = [device for device in devices if not device.is_hub]
    if len(hubs) != 1 or not 1 <= len(rest) <= MOST_IN_A_STICK or not behind(hubs[0], rest) or whole_machine(facts, hubs[0]):
        return
    storage = [device for device in rest if device.stores]
    others = [device for device in rest if device.types_keys or device.networks or device.has(HID)]
    if storage:
        yield HUB.found(
            at_device(facts, hubs[0]),
            *(at_device(facts, device) for device in rest),
            severity=_weight(rest, others),
            detail=phrase(N_("Behind the hub: {count} devices, {others} of them not storage alone."), count=len(rest), others=len(others)),
        )


def _weight(rest: Sequence[Device], others: Sequence[Device]) -> Severity | None:
    """None for the usual weight; low for what only a docking station has (sound or a screen beside the network) unless it types."""
    if any(device.has(SOUND) or device.has(SCREEN) for device in rest) and not any(device.types_keys for device in rest):
        return Severity.LOW
    return None if others else Severity.MEDIUM


def behind(hub: Device, rest: Sequence[Device]) -> bool:
    """Whether all others hang behind *hub*, as far as the description tells who hangs where."""
    if any(device.parent is not None for device in rest):
        return all(device.parent == hub.place for device in rest)
    return len({device.bus for device in (hub, *rest)}) == 1


def whole_machine(facts: UsbFacts, hub: Device) -> bool:
    """Whether the description is of a machine, whose own hubs and what is plugged into them are nobody's gift."""
    roots = sum(device.is_root_hub for device in facts.devices)
    return hub.vendor == INTEL_BUILT_IN or (roots > 0 and hub.parent is None)
