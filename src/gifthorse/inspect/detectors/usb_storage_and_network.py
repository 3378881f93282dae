"""usb.storage-and-network: a memory stick that is a network adapter, or a serial line, as well."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.device import COMMUNICATION
from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

NETWORK: Final = FindingKind(
    id="usb.storage-and-network",
    severity=Severity.HIGH,
    confidence=0.8,
    title=N_("The device is storage and a network adapter at once"),
    why=N_(
        "As a network adapter it can make itself the way to the internet, answer in the name of other machines "
        "and collect sign-ins, even on a locked screen."
    ),
    what_to_do=N_("Don't plug it in. Keep it sealed and give it to your security officer."),
    benign_explanation=N_("Mobile-network sticks carry their own driver as storage, and phones share their connection this way."),
    technique=("T1200", "T1557"),
)
KINDS: Final = (NETWORK,)


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each device that shows storage and a network adapter; a serial line beside storage weighs less."""
    for device in facts.devices:
        if not device.stores:
            continue
        if device.networks:
            yield NETWORK.found(at_device(facts, device))
        elif any((interface.device_class, interface.subclass) == (COMMUNICATION, 2) for interface in device.interfaces):
            yield NETWORK.found(
                at_device(facts, device),
                severity=Severity.MEDIUM,
                detail=phrase(
                    N_("Beside the storage stands a serial line, by which attack tools are set up; modems and makers' boards have one too.")
                ),
            )
