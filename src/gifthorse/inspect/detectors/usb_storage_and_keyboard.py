"""usb.storage-and-keyboard: a memory stick that is a keyboard as well."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.device import HID, Device
from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KEYBOARD: Final = FindingKind(
    id="usb.storage-and-keyboard",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The device is storage and a keyboard at once"),
    why=N_(
        "A memory stick has no reason to type. As a keyboard it can open a command line and type a program into your machine in seconds."
    ),
    what_to_do=N_("Don't plug it in. Keep it sealed and give it to your security officer."),
    benign_explanation=N_("Some phones, media players and card readers with buttons show both; a gift stick does not."),
    technique=("T1200", "T1091", "T1059"),
)
KINDS: Final = (KEYBOARD,)


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each device that shows storage and a keyboard, or storage and an input device that may be one."""
    for device in facts.devices:
        if not device.stores or not device.has(HID):
            continue
        if device.types_keys:
            yield KEYBOARD.found(at_device(facts, device))
        elif may_type(device):
            yield KEYBOARD.found(
                at_device(facts, device),
                severity=Severity.MEDIUM,
                confidence=0.5,
                detail=phrase(
                    N_("Beside the storage stands an input device whose kind the description doesn't tell; it may be a keyboard.")
                ),
            )


def may_type(device: Device) -> bool:
    """Whether one of its input interfaces is neither a mouse nor known to be something else."""
    return any(interface.device_class == HID and (interface.subclass, interface.protocol) != (1, 2) for interface in device.interfaces)
