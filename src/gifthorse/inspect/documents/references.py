"""What a document fetches from outside when it is opened: templates, frames, linked objects, pictures, in every office format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, leads
from gifthorse.inspect.documents.compound import CompoundFile, compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.fields import fields_of
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.message import sound_of
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.spreadsheet import workbook_in
from gifthorse.inspect.documents.word import WordDocument, word_document_in
from gifthorse.inspect.filetypes import ZIP_BASED
from gifthorse.inspect.item import Item, shown


class Use(Enum):
    """What the fetched thing is used as."""

    TEMPLATE = "template"
    FRAME = "frame"
    OBJECT = "object"
    SUBDOCUMENT = "subdocument"
    TEXT = "text"
    PICTURE = "picture"
    DATA = "data"
    SOUND = "sound"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """One thing that the document refers to. `address` is as written; `place` is the part it stands in."""

    use: Use
    address: str
    place: str


# Relationship types (ECMA-376 part 1, 15.2; [MS-OE376]) that office programs follow on opening. Hyperlinks wait for a click: not here.
_USES: Final = {
    "attachedtemplate": Use.TEMPLATE,
    "frame": Use.FRAME,
    "oleobject": Use.OBJECT,
    "package": Use.OBJECT,
    "control": Use.OBJECT,
    "subdocument": Use.SUBDOCUMENT,
    "afchunk": Use.SUBDOCUMENT,
    "image": Use.PICTURE,
    "video": Use.PICTURE,
    "audio": Use.PICTURE,
    "media": Use.PICTURE,
    "mailmergesource": Use.DATA,
    "mailmergeheadersource": Use.DATA,
    "recipientdata": Use.DATA,
    "externallinkpath": Use.DATA,
    "querytable": Use.DATA,
    "externalwsdl": Use.DATA,
}
# Where an address leads that office programs follow even when the relationship is not marked as external.
_ELSEWHERE: Final = frozenset({Leads.WEB, Leads.SHARE, Leads.MONIKER})
MOST_LINKS: Final = 200
# The moniker in an object's link stream ([MS-OLEDS] 2.3.3): an address in UTF-16.
_LINK: Final = re.compile(rb"(?:h\0t\0t\0p\0(?:s\0)?:\0/\0/\0|f\0t\0p\0:\0|s\0c\0r\0i\0p\0t\0:\0|\\\0\\\0)(?:[^\x00-\x1f]\0){3,400}")
_FIELD: Final = re.compile(r"^\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|RD|DATABASE)\b(.*)", re.IGNORECASE | re.DOTALL)
_FIELD_USES: Final = {"includepicture": Use.PICTURE, "import": Use.PICTURE, "link": Use.OBJECT}
_ADDRESS: Final = re.compile(r'"([^"]+)"|((?:https?|ftp|file|mhtml|\\\\)\S+)', re.IGNORECASE)
_SOURCE: Final = re.compile(r"(?:https?|ftp)://[^\s;\"']{3,1000}|(?<![\w\\])\\\\[^\\\s;\"']{1,255}\\[^;\"']{1,1000}", re.IGNORECASE)
_ODF_ADDRESSED: Final = {
    "template": Use.TEMPLATE,
    "object": Use.OBJECT,
    "object-ole": Use.OBJECT,
    "applet": Use.OBJECT,
    "plugin": Use.OBJECT,
    "floating-frame": Use.FRAME,
    "section-source": Use.TEXT,
    "image": Use.PICTURE,
    "table-source": Use.DATA,
}


@once
def references_of(item: Item) -> tuple[Reference, ...]:
    """Everything outside that the document would fetch."""
    if item.filetype in ZIP_BASED:
        package = package_of(item)
        return tuple(package_references(package)) if package else ()
    compound = compound_of(item)
    return tuple(compound_references(compound)) if compound else ()


def compound_references(compound: CompoundFile) -> Iterator[Reference]:
    """The references of a binary document or of an OLE object taken out of one."""
    document = word_document_in(compound)
    if document:
        yield from word_references(document)
    workbook = workbook_in(compound)
    yield from (Reference(use=Use.DATA, address=book, place="Workbook") for book in (workbook.books[:MOST_LINKS] if workbook else ()))
    sound = sound_of(compound)
    if sound:
        yield Reference(use=Use.SOUND, address=sound, place="PidLidReminderFileParameter")
    for path in compound.find("\x01Ole")[:MOST_LINKS]:
        for address in _LINK.finditer(compound.read_head(path, 1 << 16)):
            yield Reference(use=Use.OBJECT, address=address[0].decode("utf-16-le", "replace"), place=shown("/".join(path)))


def package_references(package: Package) -> Iterator[Reference]:
    """The references of an office or OpenDocument package."""
    for relationship in package.relationships:
        use = _USES.get(relationship.kind.lower())
        if use and (relationship.external or leads(relationship.target) in _ELSEWHERE):
            yield Reference(use=use, address=relationship.target, place=relationship.part)
    for place, code in fields_of(package):
        yield from field_reference(code, place)
    yield from ribbon_references(package)
    yield from connection_references(package)
    if "content.xml" in package.entries:
        yield from odf_references(package)


def ribbon_references(package: Package) -> Iterator[Reference]:
    """The documents whose macros a ribbon of the document's own calls on loading: ``address!macro`` ([MS-CUSTOMUI] 2.2.1)."""
    for name in package.names:
        low = name.lower()
        if low.endswith(".xml") and low.startswith(("customui/", "usercustomization/")):
            try:
                found = elements(package.read(name, 4 << 20), "customUI")
            except DamagedDocument:
                continue
            for element in found:
                address, separator, _macro = element.attributes.get("onLoad", "").rpartition("!")
                if separator and leads(address) in _ELSEWHERE:
                    yield Reference(use=Use.TEMPLATE, address=address, place=name)


def connection_references(package: Package) -> Iterator[Reference]:
    """The data sources of a workbook that lie elsewhere: text to be taken in when they are asked at each opening, else data (18.13)."""
    if "xl/connections.xml" not in package.entries:
        return
    try:
        found = elements(package.read("xl/connections.xml", 4 << 20), "connection", "webPr", "dbPr", "textPr")
    except DamagedDocument:
        return
    use = Use.DATA
    for element in found:
        if element.name == "connection":
            use = Use.TEXT if element.attributes.get("refreshOnLoad", "") in {"1", "true"} else Use.DATA
            continue
        written = " ".join(element.attributes.get(key, "") for key in ("url", "connection", "sourceFile"))
        for address in islice(_SOURCE.finditer(written), MOST_LINKS):
            yield Reference(use=use, address=address.group(), place="xl/connections.xml")


def word_references(document: WordDocument) -> Iterator[Reference]:
    """The references of a binary Word document."""
    if document.template:
        yield Reference(use=Use.TEMPLATE, address=document.template, place="WordDocument")
    for code in document.fields:
        yield from field_reference(code, "WordDocument")


def field_reference(code: str, place: str) -> Iterator[Reference]:
    """What a field code fetches, if it fetches anything (ECMA-376 part 1, 17.16.5)."""
    found = _FIELD.match(code)
    if not found:
        return
    use = _FIELD_USES.get(found[1].lower(), Use.TEXT)
    for address in _ADDRESS.finditer(found[2]):
        yield Reference(use=use, address=_unescaped(address[1] or address[2]), place=place)


def _unescaped(written: str) -> str:
    """An address of a field code, where each backslash is written twice; the two of a share's name are kept if they were not."""
    plain = written.replace("\\\\", "\\")
    return "\\" + plain if written.startswith("\\\\") and not plain.startswith("\\\\") else plain


def odf_references(package: Package) -> Iterator[Reference]:
    """The references of an OpenDocument package, by the elements that load on opening."""
    for part in ("content.xml", "styles.xml", "meta.xml"):
        if part not in package.entries:
            continue
        try:
            found = elements(package.read(part, 16 << 20), *_ODF_ADDRESSED)
        except DamagedDocument:
            continue
        for element in found:
            use = _ODF_ADDRESSED.get(element.name)
            address = element.attributes.get("href", "")
            if use and address:
                yield Reference(use=use, address=address, place=part)
