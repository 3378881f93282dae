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
    """A finding for each pair of identities that one device showed in a capture; worth caution only where nothing but its silence tells
    that the first one is gone.
    """
    for earlier, later in pairwise(_arrivals(facts)):
        if became(earlier, later):
            inferred = not is_sure(earlier, later)
            yield CHANGED.found(
                at_device(facts, later),
                at_device(facts, earlier),
                severity=None if gained(earlier, later) and not inferred else Severity.MEDIUM,
                confidence=0.5 if inferred else None,
                detail=phrase(
                    N_("{before} was not heard any more once {after} got its address {seconds} seconds later; no leaving was heard.")
                    if inferred
                    else N_("{before} became {after} after {seconds} seconds."),
                    before=earlier.identity,
                    after=later.identity,
                    seconds=f"{(later.seen_at or 0.0) - (earlier.seen_at or 0.0):.1f}",
                ),
            )


def _arrivals(facts: UsbFacts) -> list[Device]:
    """The devices in the order in which they were seen; what a device said before it had an address is no device of its own."""
    heard = sorted((one for one in facts.devices if one.seen_at is not None and not one.is_root_hub), key=lambda one: one.seen_at or 0.0)
    addressed = {(one.bus, one.identity) for one in heard if one.address}
    return [one for one in heard if one.address or (one.bus, one.identity) not in addressed]


def became(earlier: Device, later: Device) -> bool:
    """Whether *later* is *earlier* under another name, surely or by all that was heard."""
    return _are_different(earlier, later) and (is_sure(earlier, later) or _fell_silent(earlier, later))


def _are_different(earlier: Device, later: Device) -> bool:
    """Whether they show different things on one bus; a device whose interfaces were not asked for shows none."""
    if earlier.bus != later.bus:
        return False
    if earlier.identity != later.identity:
        return True
    return bool(earlier.interfaces and later.interfaces) and kinds(earlier) != kinds(later)


def is_sure(earlier: Device, later: Device) -> bool:
    """Whether it is one device, or one port: soon, and at its address, in its port, with its serial, or after it left."""
    if earlier.identity == later.identity and gained(earlier, later):
        return True  # the same numbers, and now it can do more: however long it took
    seen, again = earlier.seen_at or 0.0, later.seen_at or 0.0
    if again - seen > SOON_S:
        return False
    left = earlier.gone_at is not None and seen <= earlier.gone_at <= again
    in_its_port = earlier.port is not None and earlier.port == later.port
    return earlier.address == later.address or in_its_port or left or (bool(earlier.serial) and earlier.serial == later.serial)


def _fell_silent(earlier: Device, later: Device) -> bool:
    """Whether *earlier* had nothing more to say, and nothing open, once *later* got its address soon after it, in no other port."""
    if later.addressed_at is None or earlier.last_at is None or earlier.waiting:
        return False
    elsewhere = earlier.port is not None and later.port is not None and earlier.port != later.port
    soon = later.addressed_at - (earlier.seen_at or 0.0) <= SOON_S
    return soon and earlier.last_at <= later.addressed_at and not elsewhere


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
