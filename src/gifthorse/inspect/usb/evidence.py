"""Evidence that points at a device in a USB source."""

from gifthorse.inspect.item import shown
from gifthorse.inspect.usb.device import Device
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Evidence


def at_device(facts: UsbFacts, device: Device) -> Evidence:
    """The place of *device* in its source, and how it describes itself."""
    return Evidence(path=facts.name, excerpt=shown(f"{device.place}: {device.described()}"))


def at_words(facts: UsbFacts, words: str) -> Evidence:
    """The source itself, with what was heard in it."""
    return Evidence(path=facts.name, excerpt=shown(words))
