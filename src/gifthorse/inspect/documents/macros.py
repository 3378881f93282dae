"""The macros of any office document: binary, package or OpenDocument."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from gifthorse.inspect.documents.compound import SIGNATURE, CompoundFile, compound_from, compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Opened, elements, events
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.slides import objects_in, presentation_stream
from gifthorse.inspect.documents.text_macros import basic_in_text, projects_in_text
from gifthorse.inspect.documents.vba import projects_in
from gifthorse.inspect.filetypes import OOXML, ZIP_BASED, FileType
from gifthorse.inspect.item import Item

MOST_PROJECTS: Final = 64
TEXT_DOCUMENTS: Final = frozenset({FileType.EML, FileType.XML, FileType.HTML, FileType.TEXT})
PROJECT_TYPE: Final = "application/vnd.ms-office.vbaproject"

_ON_LOAD: Final = re.compile(r'\bonLoad="([^"]{1,80})"')
# OpenDocument 1.3 part 3, 14.4: events that fire without a click.
_UNASKED: Final = (
    "dom:load",
    "office:load-finished",
    "office:view-created",
    "dom:DOMFocusIn",
    "office:new",
    "on-load",
    "on-unload",
    "dom:unload",
    "on-view",
    "on-title",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class MacroSource:
    """One project's text. `place` is the part or storage that holds it; `stripped` when compiled code has no source."""

    place: str
    source: str
    statements: int
    stripped: bool = False
    event_listeners: tuple[str, ...] = ()


@once
def macros_of(item: Item) -> tuple[MacroSource, ...]:
    """The macro projects of the document itself; those of documents embedded in a package come with these as members."""
    if item.filetype in TEXT_DOCUMENTS:
        return tuple(text_macros(item))
    if item.filetype in ZIP_BASED:
        package = package_of(item)
        return tuple(package_macros(package)) if package else ()
    if item.chain and item.chain[-1] in OOXML and item.filetype is FileType.OLE:
        compound = compound_of(item)
        if compound is None or ("VBA", "dir") in compound.streams:
            return ()  # the package around it has been told of this project already
        return tuple(compound_macros(compound))
    compound = compound_of(item)
    return tuple(compound_macros(compound)) if compound else ()


def package_macros(package: Package) -> Iterator[MacroSource]:
    """The projects of a package: any part that is a compound file with a project at its root, whatever its name, and Basic modules."""
    ribbon = tuple(ribbon_events(package))
    for name in package.names:
        if package.head(name).startswith(SIGNATURE):
            try:
                compound = compound_from(package.read(name))
            except DamagedDocument:
                continue
            if ("VBA", "dir") in compound.streams or package.content_types.get(name) == PROJECT_TYPE:
                yield from (replace(macros, event_listeners=ribbon) for macros in compound_macros(compound, name))
    if "content.xml" in package.names:
        yield from basic_macros(package)


def ribbon_events(package: Package) -> Iterator[str]:
    """The macro that a ribbon of the document's own calls on loading ([MS-CUSTOMUI] 2.2.1)."""
    for name in package.names:
        if name.lower().startswith("customui/") and name.lower().endswith(".xml"):
            yield from (f"customUI {macro}" for macro in _ON_LOAD.findall(script_text(package, name)))


def compound_macros(compound: CompoundFile, place: str = "") -> Iterator[MacroSource]:
    """The projects of a compound file, also those that a presentation keeps packed in its main stream."""
    for project in projects_in(compound)[:MOST_PROJECTS]:
        yield MacroSource(
            place=place or "/".join(project.storage),
            source=project.source,
            statements=sum(module.statements for module in project.modules),
            stripped=any(module.source_removed for module in project.modules),
        )
    if not place:
        for content in objects_in(presentation_stream(compound)):
            try:
                yield from compound_macros(compound_from(content), "PowerPoint Document")
            except DamagedDocument:
                continue


def text_macros(item: Item) -> Iterator[MacroSource]:
    """The projects that a document in plain text holds in coded form."""
    for source in basic_in_text(item):
        lines = [line for line in source.splitlines() if line.strip() and not line.strip().lower().startswith(("rem ", "'"))]
        yield MacroSource(place="source-code", source=source, statements=len(lines))
    for position, project in enumerate(projects_in_text(item), 1):
        try:
            yield from compound_macros(compound_from(project), f"coded part {position}")
        except DamagedDocument:
            continue


def basic_macros(package: Package) -> Iterator[MacroSource]:
    """Basic and script modules of an OpenDocument package."""
    if not any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        yield from called_elsewhere(package)
        return
    listeners = tuple(unasked_events(package))
    for name in package.names:
        folder, _, last = name.rpartition("/")
        text = ""
        if folder.split("/")[0] == "Basic" and last.endswith(".xml") and last not in {"script-lb.xml", "script-lc.xml"}:
            text = basic_text(package, name)
        elif folder.split("/")[0] == "Scripts" and not last.endswith(".xml"):
            text = script_text(package, name)
        lines = [line for line in text.splitlines() if line.strip() and not line.strip().lower().startswith(("rem ", "'", "#"))]
        if lines:
            yield MacroSource(place=name, source=text, statements=len(lines), event_listeners=listeners)


def called_elsewhere(package: Package) -> Iterator[MacroSource]:
    """Scripts of the office program itself, or of the reader's own folder, that the document starts without a click."""
    for part, event in unasked(package):
        address = event.attributes.get("href", "")
        if address.lower().startswith("vnd.sun.star.script:"):
            yield MacroSource(place=part, source=address, statements=1, event_listeners=(event.attributes["event-name"],))


def basic_text(package: Package, name: str) -> str:
    """The text of a Basic module; empty when it can't be read."""
    try:
        return "".join(event for event in events(package.read(name, 4 << 20), text=True) if isinstance(event, str)).strip()
    except DamagedDocument:
        return ""


def script_text(package: Package, name: str) -> str:
    """The text of a script in another language; empty when it can't be read."""
    try:
        return package.read(name, 1 << 20).decode("utf-8", "replace")
    except DamagedDocument:
        return ""


def unasked_events(package: Package) -> Iterator[str]:
    """The events that start a script without a click."""
    yield from (event.attributes["event-name"] for _part, event in unasked(package))


def unasked(package: Package) -> Iterator[tuple[str, Opened]]:
    """Part and element of each listener for an event that comes without a click."""
    for part in ("content.xml", "settings.xml", "styles.xml"):
        if part not in package.names:
            continue
        try:
            found = elements(package.read(part, 16 << 20), "event-listener")
        except DamagedDocument:
            continue
        for event in found:
            if event.attributes.get("event-name") in _UNASKED:
                yield part, event
