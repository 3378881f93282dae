"""office.embedded-object: files and programs packed into documents as objects, and shapes that start a program."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, leads
from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.controls import ACTIVE_CLASSES, Control, controls_of, taken_in
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.enclosed import Danger, danger_of
from gifthorse.inspect.documents.objects import Embedded, embedded_in, ole1_object, unpackaged
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.rtf import RtfObject, rtf_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

EMBEDDED: Final = FindingKind(
    id="office.embedded-object",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("A file is packed into the document"),
    why=N_("A document can carry another file behind an icon or picture. A double click opens or runs it, with little warning."),
    what_to_do=N_("Don't click on anything in the document; read it as a safe copy."),
    benign_explanation=N_("Tables and drawings are embedded in reports every day; programs and scripts are not."),
    technique=("T1027.009", "T1204.002"),
)
KINDS: Final = (EMBEDDED,)
WANTS: Final = OLE_DOCUMENTS | OOXML | {FileType.RTF}

_SEVERITIES: Final = {
    Danger.PROGRAM: Severity.HIGH,
    Danger.MACRO: Severity.MEDIUM,
    Danger.DISK: Severity.MEDIUM,
    Danger.CONTAINER: Severity.LOW,
    Danger.ACTIVE: Severity.LOW,
    Danger.PLAIN: Severity.INFO,
}
# The formula editor of old Office versions, whose flaws (CVE-2017-11882, CVE-2018-0802) run code as soon as the object is updated.
_FORMULA_EDITOR: Final = "equation"
# Classes that stand in documents of attackers so that their library is in memory, at an address that is known (MS15-059), or for the
# flaws of old controls (MS12-027).
_ONLY_LOADED: Final = ("otkloadr", "mscomctllib")
_FORMULA_STREAM: Final = "Equation Native"
_FORMULA_WORDS: Final = N_("It holds a formula object of the old formula editor, whose flaws attackers use.")
_ACTION: Final = b"ppaction://program"


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each object that carries a file, weighed by what the file can do."""
    if item.filetype is FileType.RTF:
        for rtf_object in rtf_of(item).objects:
            yield from rtf_finding(item, rtf_object)
    elif item.filetype in OOXML:
        package = package_of(item)
        yield from in_package(item, package) if package else ()
    else:
        compound = compound_of(item)
        for embedded in embedded_in(compound) if compound else ():
            yield found(item, embedded)
        if compound and compound.find(_FORMULA_STREAM):
            yield EMBEDDED.found(item.here(excerpt=_FORMULA_STREAM), severity=Severity.LOW, detail=phrase(_FORMULA_WORDS))


def found(item: Item, embedded: Embedded, offset: int | None = None) -> Finding:
    """The finding for one embedded file; an empty one is a link to a file elsewhere."""
    danger = danger_of(embedded.untrusted_name, embedded.content)
    return EMBEDDED.found(
        item.here(offset=offset, excerpt=embedded.untrusted_name or embedded.place),
        severity=_SEVERITIES[danger],
        detail=phrase(N_("It carries {what}, {size} bytes."), what=danger.value, size=len(embedded.content)),
    )


def rtf_finding(item: Item, rtf_object: RtfObject) -> Iterator[Finding]:
    """The finding for one object of a rich text, if it says more than that a table was embedded."""
    class_name, native = ole1_object(rtf_object.content)
    names = f"{class_name} {rtf_object.class_name}".lower()
    if _FORMULA_EDITOR in names or b"E\0q\0u\0a\0t\0i\0o\0n\0 \0N\0a\0t\0i\0v\0e" in native:
        yield EMBEDDED.found(
            item.here(offset=rtf_object.offset, excerpt=class_name or rtf_object.class_name),
            severity=Severity.HIGH if "objupdate" in rtf_object.words else Severity.LOW,
            detail=phrase(_FORMULA_WORDS),
        )
    elif "package" in names:
        name, content = unpackaged(native)
        yield found(item, Embedded(untrusted_name=name, content=content, place=class_name), rtf_object.offset)
    elif _loads_library(names):
        yield EMBEDDED.found(
            item.here(offset=rtf_object.offset, excerpt=class_name or rtf_object.class_name),
            severity=Severity.MEDIUM,
            detail=phrase(N_("Its object makes Word load a program library that has no part in documents.")),
        )
    elif "ole2link" in names or {"objautlink", "objupdate"} <= rtf_object.words:
        yield EMBEDDED.found(
            item.here(offset=rtf_object.offset, excerpt=class_name),
            severity=Severity.HIGH,
            detail=phrase(N_("It holds a link that is followed as soon as the document is opened.")),
        )


def _loads_library(names: str) -> bool:
    """Whether the object is of a class that attackers name only so that its library is loaded, at an address that they know."""
    return any(library in names for library in _ONLY_LOADED)


def in_package(item: Item, package: Package) -> Iterator[Finding]:
    """What a package says of controls, texts taken in and slides that start programs; its embedded files are members of their own."""
    if item.filetype is FileType.OOXML_SLIDES:
        yield from program_actions(item, package)
    for control in controls_of(package):
        yield from control_finding(item, control)
    for part in taken_in(package):
        danger = danger_of(part.place, part.content)
        yield EMBEDDED.found(
            item.here(excerpt=part.place),
            severity=_SEVERITIES[danger],
            detail=phrase(
                N_("Word takes in {place} when the document is opened; it holds {what}, {size} bytes."),
                place=part.place,
                what=danger.value,
                size=len(part.content),
            ),
        )


def control_finding(item: Item, control: Control) -> Iterator[Finding]:
    """The finding for one control: grave when it is of a class that runs or shows what it is told, or names a place elsewhere."""
    outward = [address for address in control.addresses if leads(address) in {Leads.WEB, Leads.SHARE, Leads.MONIKER}]
    name = ACTIVE_CLASSES.get(control.class_id)
    if outward:
        yield EMBEDDED.found(
            item.here(excerpt=outward[0]),
            severity=Severity.HIGH,
            detail=phrase(N_("An active control ({name}) opens {address}."), name=name or control.class_id, address=outward[0][:200]),
        )
    elif name is not None:
        yield EMBEDDED.found(
            item.here(excerpt=control.place),
            severity=Severity.MEDIUM,
            detail=phrase(N_("It holds an active control ({name}), of a kind that attackers use."), name=name),
        )
    else:
        yield EMBEDDED.found(
            item.here(excerpt=control.place),
            severity=Severity.INFO,
            detail=phrase(N_("It holds an active control of the class {name}, as forms do."), name=control.class_id),
        )


def program_actions(item: Item, package: Package) -> Iterator[Finding]:
    """A finding for each slide that starts a program when a shape is clicked or merely pointed at."""
    for name in package.names:
        if not name.lower().startswith("ppt/slide"):
            continue
        try:
            starts = name.lower().endswith(".xml") and _ACTION in package.read(name)
        except DamagedDocument:
            continue
        if starts:
            yield EMBEDDED.found(
                item.here(excerpt=name),
                severity=Severity.HIGH,
                detail=phrase(N_("A shape on {slide} starts a program when it is clicked or pointed at."), slide=name),
            )
