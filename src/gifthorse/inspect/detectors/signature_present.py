"""signature.present: documents and packages that carry a signature, which nobody checked here."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.signed import SIGNABLE, carries_signature
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

SIGNED: Final = FindingKind(
    id="signature.present",
    severity=Severity.INFO,
    confidence=0.9,
    title=N_("The file carries a signature; it was not checked"),
    why=N_(
        "A signature can say who made a file and that nobody changed it since, but only once it is checked against a certificate that "
        "is still good. That was not done here: the signature may be false, expired or anybody's."
    ),
    what_to_do=N_("Give it no weight by itself. If it matters who signed, check it on a separate machine with the maker's own program."),
    benign_explanation=N_("Offices, publishers and app makers sign what they send every day."),
)
KINDS: Final = (SIGNED,)
WANTS: Final = SIGNABLE

_KINDS: Final = {
    FileType.PDF: N_("A PDF with a signature; it was not checked."),
    FileType.APK: N_("An Android app with a signature, as every such app has; it was not checked."),
    FileType.MSI: N_("A set-up package with a signature; it was not checked."),
}
_DOCUMENT: Final = N_("An office document with a signature; it was not checked.")


def examine(item: Item) -> Iterator[Finding]:
    """A finding for a document or package that carries a signature."""
    if carries_signature(item):
        yield SIGNED.found(item.here(), detail=phrase(_KINDS.get(item.filetype, _DOCUMENT)))
