"""office.remote-template: documents that fetch a template, frame, object or picture from another machine when they are opened."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, leads
from gifthorse.inspect.documents.references import Reference, Use, references_of
from gifthorse.inspect.documents.rtf import rtf_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

REMOTE: Final = FindingKind(
    id="office.remote-template",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The document fetches something from another machine when it is opened"),
    why=N_(
        "The document itself looks harmless, but on opening the office program loads a template or object from the address inside it. "
        "What comes back may hold a macro, and the request alone tells that machine who opened it and can hand over your sign-in."
    ),
    what_to_do=N_("Don't open it on a machine with a network. Read a safe copy; give the address to your security officer."),
    benign_explanation=N_("Documents written inside a firm may name a template on that firm's own server."),
    technique=("T1221", "T1187"),
)
KINDS: Final = (REMOTE,)
WANTS: Final = OOXML | OLE_DOCUMENTS | {FileType.ODF, FileType.RTF, FileType.MSG}

# How much each use weighs by how far the address leads. What is absent is no finding: a template on the author's own disk,
# a picture beside the document, a link to another workbook, which office asks about before it is followed.
_LOADED: Final = {Leads.WEB: Severity.HIGH, Leads.SHARE: Severity.HIGH, Leads.MONIKER: Severity.CRITICAL, Leads.NEARBY: Severity.MEDIUM}
_SHOWN: Final = {Leads.WEB: Severity.INFO, Leads.SHARE: Severity.HIGH, Leads.NEARBY: Severity.LOW}
_ASKED: Final = {Leads.WEB: Severity.INFO, Leads.SHARE: Severity.MEDIUM, Leads.NEARBY: Severity.INFO, Leads.MONIKER: Severity.HIGH}
_WEIGHTS: Final = {
    Use.TEMPLATE: _LOADED,
    Use.FRAME: _LOADED,
    Use.OBJECT: _LOADED,
    Use.SUBDOCUMENT: _LOADED,
    Use.TEXT: _ASKED | {Leads.WEB: Severity.MEDIUM},
    Use.PICTURE: _SHOWN,
    Use.DATA: _ASKED,
    Use.SOUND: _SHOWN,
}
_WORDS: Final = {
    Use.TEMPLATE: N_("a template"),
    Use.FRAME: N_("a frame"),
    Use.OBJECT: N_("an object"),
    Use.SUBDOCUMENT: N_("a part of its text"),
    Use.TEXT: N_("a part of its text"),
    Use.PICTURE: N_("a picture, which tells its owner that the document was opened"),
    Use.DATA: N_("data"),
    Use.SOUND: N_("the sound of its reminder, which Outlook plays by itself"),
}
MOST_NAMED: Final = 20


def examine(item: Item) -> Iterator[Finding]:
    """One finding for each address that the document would fetch; the same address once for each use."""
    references = rtf_of(item).references if item.filetype is FileType.RTF else references_of(item)
    weighed = {
        (reference.use, reference.address): (reference, _WEIGHTS[reference.use].get(leads(reference.address))) for reference in references
    }
    named = 0
    for reference, severity in weighed.values():
        if severity is not None and named < MOST_NAMED:
            named += 1
            yield found(item, reference, severity)


def found(item: Item, reference: Reference, severity: Severity) -> Finding:
    """The finding for one reference."""
    return REMOTE.found(
        item.here(excerpt=reference.address),
        severity=severity,
        confidence=0.9 if severity.rank >= Severity.HIGH.rank else 0.6,
        detail=phrase(N_("It fetches {what} (named in {place})."), what=_WORDS[reference.use], place=reference.place),
    )
