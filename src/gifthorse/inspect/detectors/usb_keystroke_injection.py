"""usb.keystroke-injection: a keyboard in a capture that types like a machine."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.usb.conversation import Conversation
from gifthorse.inspect.usb.evidence import at_words
from gifthorse.inspect.usb.keystrokes import Typing, typing_of
from gifthorse.inspect.usb.reading import UsbFacts
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

INJECTION: Final = FindingKind(
    id="usb.keystroke-injection",
    severity=Severity.CRITICAL,
    confidence=0.95,
    title=N_("The device typed by itself"),
    why=N_(
        "What was typed, and how, came from a machine: it opens a command line and types a program faster or more evenly than hands do."
    ),
    what_to_do=N_("Don't plug it in. Disconnect the machine that it was plugged into from all networks and call your security officer."),
    benign_explanation=N_("Barcode scanners and password keys also type by themselves: short strings, no commands."),
    technique=("T1200", "T1059"),
)
KINDS: Final = (INJECTION,)
MANY_LIGHTS: Final = 24
LONG: Final = 30


def examine_usb(facts: UsbFacts) -> Iterator[Finding]:
    """A finding for each device of a capture whose typing was a machine's; slow typing does not clear what was typed."""
    for conversation in facts.conversations:
        typing = typing_of(conversation)
        severity = weight(typing) if typing else None
        if typing and severity:
            yield found(facts, conversation, typing, severity)


def weight(typing: Typing) -> Severity | None:
    """How sure and how grave it is; None for what a person's hands do."""
    machine = typing.inhumanly_fast or typing.like_clockwork
    purpose = bool(typing.chords) and bool(typing.commands)
    if purpose and (machine or typing.at_once or typing.lights >= MANY_LIGHTS):
        return Severity.CRITICAL
    if machine and (typing.chords or typing.commands or typing.at_once) and typing.count > LONG:
        return Severity.HIGH
    if purpose and typing.count > LONG and not typing.corrections and not typing.overlaps:
        return Severity.HIGH
    if typing.lights >= MANY_LIGHTS and typing.count > LONG:
        return Severity.HIGH
    if typing.inhumanly_fast or (typing.like_clockwork and typing.count > LONG):
        return Severity.MEDIUM
    return None


def found(facts: UsbFacts, conversation: Conversation, typing: Typing, severity: Severity) -> Finding:
    """The finding for one device, with every sign that spoke for it."""
    return INJECTION.found(
        at_words(facts, f"bus {conversation.bus} device {conversation.address}: {typing.text}"),
        severity=severity,
        confidence=0.95 if severity in {Severity.CRITICAL, Severity.HIGH} else 0.6,
        detail=phrase(
            N_(
                "{count} keys, half of them within {gap} ms of the one before; {corrections} corrections; chords: {chords}; {lights} lamps."
            ),
            count=typing.count,
            gap="?" if typing.median_gap is None else round(typing.median_gap * 1000),
            corrections=typing.corrections,
            chords=", ".join(typing.chords) or "-",
            lights=typing.lights,
        ),
    )
