"""An office file as blocks: which of its parts are read, in which order, and under which headings."""

import re
import struct
from collections.abc import Callable
from functools import partial
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile, compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item, TooLarge
from gifthorse.inspect.safe_copy.office.binary_sheets import read_workbook
from gifthorse.inspect.safe_copy.office.binary_slides import read_slides
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.open_document import HeadersReader, OpenDocumentReader
from gifthorse.inspect.safe_copy.office.packed_sheets import WORKBOOK, PackedWorkbook
from gifthorse.inspect.safe_copy.office.pictures_in import pictures_of, targets_of
from gifthorse.inspect.safe_copy.office.rich_text import MOST_BYTES as RICH_TEXT_BYTES
from gifthorse.inspect.safe_copy.office.rich_text import read_rich_text
from gifthorse.inspect.safe_copy.office.sheet_cells import dates_of, rows_of, shared_strings
from gifthorse.inspect.safe_copy.office.sheet_rows import Rows, lay
from gifthorse.inspect.safe_copy.office.word_pages import read_word
from gifthorse.inspect.safe_copy.office.word_text import TextReader
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

_MOST_PART: Final = 32 << 20
_ASIDE: Final = (
    ("header", "In the header"),
    ("footer", "In the footer"),
    ("footnotes", "Footnotes"),
    ("endnotes", "Endnotes"),
    ("comments", "Comments"),
)
Reader = Callable[[Item, Gathered], None]

_NO_TEXT: Final = "it is no office document that can be read here"


def gathered_from(item: Item) -> Gathered:
    """What *item*, an office document, says and shows; raises NotRebuilt."""
    reader = _READERS.get(item.filetype)
    if reader is None:
        raise NotRebuilt(_NO_TEXT)
    gathered = Gathered()
    try:
        reader(item, gathered)
    except DamagedDocument as damage:
        raise NotRebuilt(f"it can't be read ({damage})") from damage
    if not gathered.blocks:
        raise NotRebuilt("it says and shows nothing that can be read here")
    return gathered


def _of_package(read: Callable[[Package, Gathered], None]) -> Reader:
    def reader(item: Item, gathered: Gathered) -> None:
        package = package_of(item)
        if package is None:
            raise NotRebuilt(_NO_TEXT)
        read(package, gathered)

    return reader


def _of_compound(read: Callable[[CompoundFile, Gathered], None]) -> Reader:
    def reader(item: Item, gathered: Gathered) -> None:
        compound = compound_of(item)
        if compound is None:
            raise NotRebuilt(_NO_TEXT)
        try:
            read(compound, gathered)
        except struct.error as error:  # a field that the end of its stream cuts off
            raise DamagedDocument("it is cut off") from error

    return reader


def _rich_text(item: Item, gathered: Gathered) -> None:
    try:
        read_rich_text(bytes(item.content.whole(RICH_TEXT_BYTES)), gathered)
    except TooLarge as error:
        raise NotRebuilt(f"it has {item.size} bytes, too many to be rebuilt") from error


def _word(package: Package, gathered: Gathered) -> None:
    names = sorted(name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name))
    if not names:
        raise NotRebuilt(_NO_TEXT)
    _text(package, names[0], gathered)
    for stem, title in _ASIDE:
        for name in sorted(name for name in package.names if re.fullmatch(rf"word/{stem}\d*\.xml", name)):
            before = len(gathered.blocks)
            _text(package, name, gathered)
            gathered.put_aside(title, gathered.taken_out(before))


def _slides(package: Package, gathered: Gathered) -> None:
    names = sorted((name for name in package.names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)), key=_number_in)
    if not names:
        raise NotRebuilt(_NO_TEXT)
    for name in names:
        gathered.page()
        gathered.heading(f"Slide {_number_in(name)}")
        _text(package, name, gathered)
        notes = [part for part in targets_of(package, name).values() if part.startswith("ppt/notesSlides/") and part in package.entries]
        if notes:
            gathered.heading("Notes", 3)
            _text(package, notes[0], gathered)


def _text(package: Package, name: str, gathered: Gathered) -> None:
    TextReader(gathered, pictures_of(package, name, gathered)).read(package.read(name, _MOST_PART))


def _sheets(package: Package, gathered: Gathered) -> None:
    rows_in: Callable[[str], Rows]
    if WORKBOOK in package.entries:
        packed = PackedWorkbook(package)
        sheets = packed.sheets()
        rows_in = partial(packed.rows, gathered=gathered)
    else:
        shared, dates = shared_strings(package), dates_of(package)
        sheets = _named_sheets(package)
        rows_in = lambda part: rows_of(package.read(part, _MOST_PART), shared, dates)  # noqa: E731 - the other half of the branch
    if not sheets:
        raise NotRebuilt(_NO_TEXT)
    for title, part in sheets:
        if gathered.full:
            gathered.lacking("further sheets")
            return
        gathered.page()
        gathered.heading(title)
        lay(rows_in(part), gathered)
        _drawings(package, part, gathered)


def _named_sheets(package: Package) -> list[tuple[str, str]]:
    """Name and part of each sheet in the workbook's order; parts that it does not name come last."""
    found: list[tuple[str, str]] = []
    if "xl/workbook.xml" in package.entries:
        targets = targets_of(package, "xl/workbook.xml")
        for sheet in elements(package.read("xl/workbook.xml", _MOST_PART), "sheet"):
            state = "" if sheet.attributes.get("state", "visible") == "visible" else " (hidden)"
            found.append((sheet.attributes.get("name", "") + state, targets.get(sheet.attributes.get("id", ""), "")))
    listed = {part for _title, part in found}
    others = sorted((name for name in package.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)), key=_number_in)
    found += [(f"Sheet {_number_in(name)}", name) for name in others if name not in listed]
    return [(title, part) for title, part in found if part in package.entries]


def _drawings(package: Package, part: str, gathered: Gathered) -> None:
    for drawing in targets_of(package, part).values():
        if drawing.startswith("xl/drawings/drawing") and drawing in package.entries:
            _text(package, drawing, gathered)


def _open_document(package: Package, gathered: Gathered) -> None:
    if "content.xml" not in package.entries:
        raise NotRebuilt(_NO_TEXT)
    OpenDocumentReader(package, gathered).read(package.read("content.xml", _MOST_PART))
    if "styles.xml" in package.entries:
        before = len(gathered.blocks)
        HeadersReader(package, gathered).read(package.read("styles.xml", _MOST_PART))
        gathered.put_aside("In the header and footer", gathered.taken_out(before))


def _number_in(name: str) -> int:
    found = re.search(r"(\d{1,6})\.xml$", name)
    return int(found[1]) if found else 0


_READERS: Final[dict[FileType, Reader]] = {
    FileType.OOXML_WORD: _of_package(_word),
    FileType.OOXML_SLIDES: _of_package(_slides),
    FileType.OOXML_SHEET: _of_package(_sheets),
    FileType.ODF: _of_package(_open_document),
    FileType.OLE_WORD: _of_compound(read_word),
    FileType.OLE_SHEET: _of_compound(read_workbook),
    FileType.OLE_SLIDES: _of_compound(read_slides),
    FileType.RTF: _rich_text,
}
READ: Final = frozenset(_READERS)
