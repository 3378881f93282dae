"""office.addin: files that an office program loads as a part of itself."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

ADDIN: Final = FindingKind(
    id="office.addin",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The file is an add-in for an office program"),
    why=N_(
        "A double click makes Excel, Word or PowerPoint load it as a part of itself: what is in it then runs, "
        "now and each time the program starts."
    ),
    what_to_do=N_("Don't open it. An add-in is installed software: it needs the same approval as any program."),
    benign_explanation=N_("Makers of data services hand out add-ins, as a rule through an installer or their web site."),
    technique=("T1137.006",),
)
KINDS: Final = (ADDIN,)
WANTS: Final = OOXML | OLE_DOCUMENTS | {FileType.PE, FileType.XML, FileType.ZIP, FileType.ODF}

# Excel looks for these exported names in an XLL; a WLL exports wdAutoOpen.
_ENTRY: Final = re.compile(rb"\0(xlAutoOpen|wdAutoOpen)\0")
_WEB_PARTS: Final = ("word/webextensions/", "xl/webextensions/", "ppt/webextensions/")
_MAKERS_STORE: Final = frozenset({"omex", "sharepointapp", "excatalog", "spcatalog"})
MOST_SEARCHED: Final = 32 << 20
_PACKAGE_TYPE: Final = re.compile(r"(?:excel|powerpoint)\.addin\.macroenabled")
_PACKAGE_NAMES: Final = frozenset({"xlam", "ppam"})
_BINARY_NAMES: Final = frozenset({"xla", "ppa", "wll"})
_DEPLOYMENT: Final = re.compile(rb"urn:schemas-microsoft-com:(?:vsta?|asm)\.v\d[^>]*vsto|vstov[34]|\.vsto\"", re.IGNORECASE)


def examine(item: Item) -> Iterator[Finding]:
    """A finding for an add-in, by what it holds; some are told by their name alone."""
    if item.filetype is FileType.PE:
        entry = b"xlAutoOpen" if item.extension in {"xll", "wll"} else entry_of(item)
        if entry:
            yield ADDIN.found(item.here(excerpt=entry.decode("ascii")), detail=phrase(N_("It is a program library for an office program.")))
    elif item.filetype in OOXML:
        package = package_of(item)
        if package and (item.extension in _PACKAGE_NAMES or any(_PACKAGE_TYPE.search(kind) for kind in package.content_types.values())):
            yield weaker(item)
        elif package:
            yield from attached_program(item, package)
            yield from web_addin(item, package)
    elif item.filetype in {FileType.ZIP, FileType.ODF}:
        if item.extension == "oxt":
            yield weaker(item)
    elif item.filetype in OLE_DOCUMENTS:
        if item.extension in _BINARY_NAMES:
            yield weaker(item)
    elif item.extension == "vsto" or _DEPLOYMENT.search(item.head[:8192]):
        yield ADDIN.found(
            item.here(),
            severity=Severity.MEDIUM,
            detail=phrase(N_("It tells an office program where to fetch an add-in.")),
        )


def attached_program(item: Item, package: Package) -> Iterator[Finding]:
    """A finding when the document names a program that the office program is to fetch, install and run: two custom properties of
    Visual Studio Tools for Office.
    """
    for name in package.names:
        if name.lower() != "docprops/custom.xml":
            continue
        try:
            properties = package.read(name, 1 << 20)
        except DamagedDocument:
            return
        if b"_AssemblyLocation" in properties and b"_AssemblyName" in properties:
            yield ADDIN.found(
                item.here(excerpt="_AssemblyLocation"),
                severity=Severity.MEDIUM,
                detail=phrase(N_("It tells an office program where to fetch an add-in.")),
            )


def web_addin(item: Item, package: Package) -> Iterator[Finding]:
    """A finding for the first web page that the document loads into the office program as an add-in ([MS-OWEXML] 2.2.5), unless it comes
    from the maker's own store.
    """
    for name in package.names:
        if not name.lower().startswith(_WEB_PARTS) or not name.lower().endswith(".xml"):
            continue
        try:
            reference = next(iter(elements(package.read(name, 1 << 20), "reference")), None)
        except DamagedDocument:
            continue
        store = reference.attributes.get("storeType", "") if reference else ""
        if store and store.lower() not in _MAKERS_STORE:
            yield ADDIN.found(
                item.here(excerpt=reference.attributes.get("store", "")[:200] if reference else name),
                severity=Severity.MEDIUM,
                detail=phrase(N_("It makes the office program load an add-in from a folder or server of the author's choice.")),
            )
            return


def weaker(item: Item) -> Finding:
    """The finding for an add-in made of macros, whose code is judged by itself."""
    return ADDIN.found(item.here(), severity=Severity.MEDIUM, detail=phrase(N_("It is a macro add-in.")))


def entry_of(item: Item) -> bytes | None:
    """The name that makes a library an add-in, if it exports one."""
    if item.size > MOST_SEARCHED:
        return None
    rest = b""
    for piece in item.content.chunks():
        searched = rest + bytes(piece)
        match = _ENTRY.search(searched)
        if match:
            return match[1]
        rest = searched[-16:]
    return None
