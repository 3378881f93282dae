"""pdf.embedded-file: files that a PDF carries along."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.enclosed import Danger, danger_of
from gifthorse.inspect.documents.pdf import Attachment, attached, pdf_of
from gifthorse.inspect.documents.pdf_remains import CONFIDENCE
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

EMBEDDED: Final = FindingKind(
    id="pdf.embedded-file",
    severity=Severity.MEDIUM,
    confidence=0.95,
    title=N_("The PDF carries another file"),
    why=N_("A PDF can carry any file. Filters look at the PDF, the reader opens or saves what is inside."),
    what_to_do=N_("Don't open the attachment. It was looked at here like a file of its own; see its own findings."),
    benign_explanation=N_(
        "Electronic invoices carry their figures as XML, papers their data; programs and scripts have no business in a PDF."
    ),
    technique=("T1027.009", "T1204.002"),
)
KINDS: Final = (EMBEDDED,)
WANTS: Final = frozenset({FileType.PDF})
_SEVERITIES: Final = {
    Danger.PROGRAM: Severity.HIGH,
    Danger.MACRO: Severity.HIGH,
    Danger.DISK: Severity.MEDIUM,
    Danger.CONTAINER: Severity.LOW,
    Danger.ACTIVE: Severity.LOW,
    Danger.PLAIN: Severity.INFO,
}
MOST_NAMED: Final = 50


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each file that the PDF carries, as grave as what the file can do."""
    for attachment in pdf_of(item).attachments[:MOST_NAMED]:
        yield found(item, attachment)
    for remain in pdf_of(item).remains:
        if remain.name in {"EmbeddedFile", "EF", "RichMedia"}:
            yield EMBEDDED.found(
                item.here(offset=remain.offset, excerpt=remain.text or None),
                confidence=CONFIDENCE,
                detail=phrase(N_("The file is damaged; its bytes still show /{name}, which some readers may open."), name=remain.name),
            )
            return


def found(item: Item, attachment: Attachment) -> Finding:
    """The finding for one attachment; one that can't be decoded is judged by its name."""
    content = attached(attachment)
    danger = danger_of(attachment.untrusted_name, content or b"")
    return EMBEDDED.found(
        item.here(excerpt=attachment.untrusted_name or attachment.place),
        severity=_SEVERITIES[danger],
        detail=phrase(N_("{name}: {what}."), name=item.here(excerpt=attachment.untrusted_name).excerpt, what=danger.value),
    )
