"""Controls and foreign parts in office packages: ActiveX controls, and texts of another format that Word takes into its own."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package

MOST_CONTROLS: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """An ActiveX control of a package. `addresses` are values of its properties that name a place."""

    place: str
    class_id: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """A part of another format that Word reads into the document when it is opened (ECMA-376 part 1, 11.3.1)."""

    place: str
    content: bytes


# What a control's class can do beyond a form field, by class id. The form fields of Office (MSForms) are not here.
ACTIVE_CLASSES: Final = {
    "8856f961-340a-11d0-a96b-00c04fd705a2": "Shell.Explorer",
    "eab22ac3-30c1-11cf-a7eb-0000c05bae0b": "Shell.Explorer",
    "25336920-03f9-11cf-8fd0-00aa00686f13": "HTML document",
    "d27cdb6e-ae6d-11cf-96b8-444553540000": "Flash",
    "6bf52a52-394a-11d3-b153-00c04f79faa6": "Windows Media Player",
    "bdd1f04b-858b-11d1-b16a-00c0f0283628": "MSCOMCTL ListView",
    "996bf5e0-8044-4650-adeb-0b013914e99c": "MSCOMCTL ListView",
    "c74190b6-8589-11d1-b16a-00c0f0283628": "MSCOMCTL TreeView",
    "9181dc5f-e07d-418a-aca6-8eea1ecb8e9e": "MSCOMCTL TreeView",
    "1efb6596-857c-11d1-b16a-00c0f0283628": "MSCOMCTL TabStrip",
    "1eb8fe12-9f2f-11d1-8ddf-00c04fb950a2": "MSCOMCTL TabStrip",
    "72c24dd5-d70a-438b-8a42-98424b88afb8": "Windows Script Host shell",
    "f935dc22-1cf0-11d0-adb9-00c04fd58a0b": "Windows Script Host shell",
    "13709620-c279-11ce-a49e-444553540000": "Shell.Application",
    "0e59f1d5-1fbe-11d0-8ff2-00a0d10038bc": "Script control",
    "06290bd0-48aa-11d2-8432-006008c3fbfc": "Scriptlet",
    "ae24fdae-03c6-11d1-8b76-0080c744f389": "Scriptlet component",
    "adb880a6-d8ff-11cf-9377-00aa003b7a11": "HTML Help",
}
_ADDRESS: Final = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]{1,20}:|\\\\|//)\S", re.IGNORECASE)


def controls_of(package: Package) -> Iterator[Control]:
    """The controls of the package, in the order of its parts ([MS-OE376] part 4, 3: the element ``ocx``)."""
    names = [name for name in package.names if "activex" in name.lower() and name.lower().endswith(".xml")]
    for name in names[:MOST_CONTROLS]:
        try:
            found = elements(package.read(name, 1 << 20), "ocx", "ocxPr")
        except DamagedDocument:
            continue
        classes = [element.attributes["classid"] for element in found if element.attributes.get("classid")]
        values = [element.attributes.get("value", "") for element in found if element.name == "ocxPr"]
        if classes:
            yield Control(
                place=name,
                class_id=classes[0].strip("{} \t").lower(),
                addresses=tuple(value for value in values if _ADDRESS.match(value)),
            )


def taken_in(package: Package) -> Iterator[TakenIn]:
    """The parts inside the package that Word takes into its text, whatever their names."""
    by_name = {name.lower(): name for name in package.names}
    for relationship in package.relationships:
        if relationship.kind.lower() != "afchunk" or relationship.external:
            continue
        target = posixpath.normpath(relationship.target.replace("\\", "/"))
        wanted = target.lstrip("/").lower() if target.startswith("/") else f"word/{target}".lower()
        name = by_name.get(posixpath.normpath(wanted))
        if name is None:
            continue
        try:
            yield TakenIn(place=name, content=package.read(name))
        except DamagedDocument:
            continue
