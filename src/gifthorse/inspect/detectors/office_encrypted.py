"""office.encrypted: office documents that need a password before anything in them can be looked at."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.encryption import encryption_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

ENCRYPTED: Final = FindingKind(
    id="office.encrypted",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("The document is encrypted"),
    why=N_("Nobody can look inside without the password, and neither can a virus scanner: what is in it is unknown."),
    what_to_do=N_("Ask for the password by another way and inspect it again with it, or leave the document closed."),
    benign_explanation=N_("Contracts, price lists and personal data are often sent with a password."),
    technique=("T1027.013",),
)
KINDS: Final = (ENCRYPTED,)
WANTS: Final = OLE_DOCUMENTS | {FileType.OLE_ENCRYPTED_OFFICE, FileType.ODF}


def examine(item: Item) -> Iterator[Finding]:
    """A finding for an encrypted document, graver when office opens it unasked. The gap in the coverage comes with its parts."""
    encryption = encryption_of(item)
    if encryption is None:
        return
    if encryption.opens_unasked:
        yield ENCRYPTED.found(
            item.here(),
            severity=Severity.HIGH,
            confidence=0.9,
            detail=phrase(
                N_("It is encrypted with the password that office programs try by themselves: people see no difference, scanners nothing."),
            ),
        )
    else:
        yield ENCRYPTED.found(item.here(), detail=phrase(N_("Encryption: {method}."), method=encryption.method))
