"""archive.encrypted: a container whose content can't be seen without a password. Raised by the unpackers."""

from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase

ENCRYPTED: Final = FindingKind(
    id="archive.encrypted",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("Archive locked with a password"),
    why=N_(
        "What lies in a locked archive can't be inspected, here or by any virus scanner on the way. Attackers lock archives for "
        "exactly that reason and send the password along."
    ),
    what_to_do=N_(
        "Ask the giver, over a channel that you already knew, what is in it and for the password. Then inspect it again with "
        "`--password-file`. Don't open it on a work computer before that."
    ),
    benign_explanation=N_("Many people lock archives to protect personal or confidential data on the way."),
    technique=("T1027.013",),
)
KINDS: Final = (ENCRYPTED,)


def encrypted(item: Item, detail: Phrase, *places: Evidence) -> Finding:
    """The finding that *item*, or its members at *places*, can't be opened without a password."""
    return ENCRYPTED.found(item.here(), *places, detail=detail)
