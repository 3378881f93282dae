"""pdf.encrypted: PDF files that need a password, and those that are only locked against changes."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.pdf import pdf_of
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

ENCRYPTED: Final = FindingKind(
    id="pdf.encrypted",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("The PDF is encrypted"),
    why=N_("Nobody can look inside without the password, and neither can a virus scanner: what is in it is unknown."),
    what_to_do=N_("Ask for the password by another way and inspect it again with it, or leave the file closed."),
    benign_explanation=N_("Payslips, bank statements and contracts are often sent with a password."),
    technique=("T1027.013",),
)
KINDS: Final = (ENCRYPTED,)
WANTS: Final = frozenset({FileType.PDF})


def examine(item: Item) -> Iterator[Finding]:
    """A finding for an encrypted file: low when a password is needed, a line when it opens without. The gap comes with its parts."""
    facts = pdf_of(item)
    if facts.needs_password:
        yield ENCRYPTED.found(item.here())
    elif facts.owner_locked:
        yield ENCRYPTED.found(
            item.here(),
            severity=Severity.INFO,
            detail=phrase(N_("It opens without a password and was inspected; printing or changing it may be restricted.")),
        )
