"""usb.reenumeration: a device that becomes another one after it was plugged in."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from gifthorse.inspect.usb.device import Device
from gifthorse.inspect.usb.evidence import at_device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

CHANGED: Final = FindingKind(
    id="usb.reenumeration",
    severity=Severity.HIGH,
    confidence=0.8,
    title=N_("The device changed its identity after it was plugged in"),
    why=N_("It showed itself as one device, left, and came back as another: that is how attack tools get past a first look or a rule."),
    what_to_do=N_("Don't plug it in again. Keep it sealed, and have the machine looked at that it was plugged into."),
    benign_explanation=N_("Mobile-network sticks and phones change from storage to modem, and boards for makers from loader to program."),
    technique=("T1200", "T1036"),
)
KINDS: Final = (CHANGED,)
SOON_S: Final = 30.0


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each pair of identities that one device showed in a capture."""
    heard = sorted((device for device in facts.devices if device.seen_at is not None), key=lambda device: device.seen_at or 0.0)
    for earlier, later in pairwise([device for device in heard if not device.is_root_hub]):
        if became(earlier, later):
            yield CHANGED.found(
                at_device(facts, later),
                at_device(facts, earlier),
                severity=None if gained(earlier, later) else Severity.MEDIUM,
                detail=phrase(
                    N_("{before} became {after} after {seconds} seconds."),
                    before=earlier.identity,
                    after=later.identity,
                    seconds=f"{(later.seen_at or 0.0) - (earlier.seen_at or 0.0):.1f}",
                ),
            )


def became(earlier: Device, later: Device) -> bool:
    """Whether *later* is *earlier* under another name: on the same bus, soon, and at its address, with its serial, or after it left."""
    seen, again = earlier.seen_at or 0.0, later.seen_at or 0.0
    same = earlier.identity == later.identity and kinds(earlier) == kinds(later)
    if same or earlier.bus != later.bus:
        return False
    if earlier.identity == later.identity and gained(earlier, later):
        return True  # the same numbers, and now it can do more: however long it took
    if again - seen > SOON_S:
        return False
    left = earlier.gone_at is not None and seen <= earlier.gone_at <= again
    return earlier.address == later.address or left or (bool(earlier.serial) and earlier.serial == later.serial)


def kinds(device: Device) -> frozenset[str]:
    """What its interfaces are."""
    return frozenset(interface.triple for interface in device.interfaces)


def gained(earlier: Device, later: Device) -> bool:
    """Whether it came back able to type, to be a network, or to store, and could not before."""
    return any(
        (
            later.types_keys and not earlier.types_keys,
            later.networks and not earlier.networks,
            later.stores and not earlier.stores,
        )
    )
