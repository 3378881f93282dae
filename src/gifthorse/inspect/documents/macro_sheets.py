"""What the macros on Excel 4 macro sheets do beyond calculating: the formulas that start programs, call the system, or write files."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from gifthorse.inspect.documents.biff8 import formulas_in_stream
from gifthorse.inspect.documents.biff12 import binary_parts, formulas_in_part, names_in
from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.documents.spreadsheet import workbook_streams

MOST_DEEDS: Final = 20
_MOST_PART: Final = 16 << 20
_DOES: Final = re.compile(r"\b(?:EXEC|CALL|REGISTER(?:\.ID)?|FOPEN|FWRITE(?:LN)?)\s*\(", re.IGNORECASE)
_IN_MARKUP: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]{0,400})?>([^<]{1,8192})</")


def deeds_of_workbook(compound: CompoundFile) -> list[str]:
    """Those formulas on the macro sheets of a binary workbook, the first 20."""
    found = (formula.text for stream in workbook_streams(compound) for formula in formulas_in_stream(stream) if formula.on_macro_sheet)
    return _first(found)


def deeds_of_package(package: Package) -> list[str]:
    """Those formulas on the macro sheets of a workbook package, binary or not, the first 20."""
    return _first(_packaged(package))


def _packaged(package: Package) -> Iterator[str]:
    parts = [(place.lower(), part) for place, part in binary_parts(package)]
    names = names_in(next((part for place, part in parts if place == "xl/workbook.bin"), b""))
    for place, part in parts:
        if place.startswith("xl/macrosheets/"):
            yield from formulas_in_part(part, names)
    for name in package.names:
        if name.lower().startswith("xl/macrosheets/") and name.lower().endswith(".xml"):
            try:
                part = package.read(name, _MOST_PART)
            except DamagedDocument:
                continue
            yield from (unescape(found[1].decode("utf-8", "replace")) for found in _IN_MARKUP.finditer(part))


def _first(formulas: Iterator[str]) -> list[str]:
    found: list[str] = []
    for formula in formulas:
        if _DOES.search(formula):
            found.append(formula)
            if len(found) >= MOST_DEEDS:
                break
    return found
