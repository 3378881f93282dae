"""The inspection of one USB source: what its devices are, and what they were seen to do. Runs in the confined worker."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from gifthorse.inspect.usb.reading import UsbFacts, read_folder, read_usb
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import NotInspected, Reason
from gifthorse.model.words import N_

DETECTORS: Final = (
    "usb_storage_and_keyboard",
    "usb_storage_and_network",
    "usb_hub_in_stick",
    "usb_charger_with_data",
    "usb_reenumeration",
    "usb_keystroke_injection",
    "usb_known_attack_id",
)

# The sentence that belongs under every report about a USB device, whatever was found.
FIRMWARE: Final = N_("The program inside the device can't be seen from outside: don't plug it in on the strength of this report alone.")

Result = tuple[list[Finding], list[NotInspected], int]


def examine_usb(untrusted_content: bytes, name: str) -> Result:
    """Findings, what could not be seen, and the number of devices, for one description or capture."""
    try:
        return judged(read_usb(untrusted_content, name))
    except Unreadable as error:
        return [], [NotInspected(path=name, reason=Reason.UNREADABLE, detail=str(error))], 0


def examine_usb_folder(untrusted_files: Mapping[str, bytes], name: str) -> Result:
    """The same for a sysfs folder, of which the files named in ``recording.FOLDER_FILES`` were read."""
    return judged(read_folder(untrusted_files, name))


def judged(facts: UsbFacts) -> Result:
    """What all USB detectors say to *facts*."""
    findings = [finding for name in DETECTORS for finding in import_module(f"gifthorse.inspect.detectors.{name}").examine_usb(facts)]
    if not facts.devices and not any(conversation.reports for conversation in facts.conversations):
        return findings, [NotInspected(path=facts.name, reason=Reason.UNREADABLE, detail="no USB device is described in it")], 0
    return findings, [], len(facts.devices) or len(facts.conversations)
