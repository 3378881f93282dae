"""An office file as blocks: which of its parts are read, in which order, and under which headings."""

import re
from collections.abc import Callable
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.inspect.safe_copy.office.blocks import MOST_COLUMNS, MOST_ROWS, Gathered
from gifthorse.inspect.safe_copy.office.open_document import OpenDocumentReader
from gifthorse.inspect.safe_copy.office.pictures_in import pictures_of, targets_of
from gifthorse.inspect.safe_copy.office.sheet_cells import Rows, dates_of, rows_of, shared_strings
from gifthorse.inspect.safe_copy.office.word_text import TextReader
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

_MOST_PART: Final = 32 << 20
_COLUMNS_SIDE_BY_SIDE: Final = 10
_ASIDE: Final = (
    ("header", "In the header"),
    ("footer", "In the footer"),
    ("footnotes", "Footnotes"),
    ("endnotes", "Endnotes"),
    ("comments", "Comments"),
)
_NO_TEXT: Final = NotRebuilt("it is no office document that can be read here")


def gathered_from(item: Item) -> Gathered:
    """What *item*, an office package, says and shows; raises NotRebuilt."""
    package = package_of(item)
    reader = _READERS.get(item.filetype)
    if package is None or reader is None:
        raise _NO_TEXT
    gathered = Gathered()
    try:
        reader(package, gathered)
    except DamagedDocument as damage:
        raise NotRebuilt(f"it can't be read ({damage})") from damage
    if not gathered.blocks:
        raise NotRebuilt("it says and shows nothing that can be read here")
    return gathered


def _word(package: Package, gathered: Gathered) -> None:
    names = sorted(name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name))
    if not names:
        raise _NO_TEXT
    _text(package, names[0], gathered)
    for stem, title in _ASIDE:
        for name in sorted(name for name in package.names if re.fullmatch(rf"word/{stem}\d*\.xml", name)):
            before = len(gathered.blocks)
            _text(package, name, gathered)
            if len(gathered.blocks) > before:
                aside = gathered.blocks[before:]
                del gathered.blocks[before:]
                gathered.heading(title, 3)
                gathered.blocks += aside


def _slides(package: Package, gathered: Gathered) -> None:
    names = sorted((name for name in package.names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)), key=_number_in)
    if not names:
        raise _NO_TEXT
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
    shared, dates = shared_strings(package), dates_of(package)
    sheets = _named_sheets(package)
    if not sheets:
        raise _NO_TEXT
    for title, part in sheets:
        if gathered.full:
            gathered.lacking("further sheets")
            return
        gathered.page()
        gathered.heading(title)
        _sheet(rows_of(package.read(part, _MOST_PART), shared, dates), gathered)
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


def _sheet(rows: Rows, gathered: Gathered) -> None:
    filled = [(number, cells) for number, cells in rows if cells]
    if len(filled) > MOST_ROWS:
        gathered.lacking(f"rows behind the first {MOST_ROWS} of a sheet")
    filled = filled[:MOST_ROWS]
    last = max((max(cells) for _number, cells in filled), default=-1)
    if last >= MOST_COLUMNS:
        gathered.lacking(f"columns behind the first {MOST_COLUMNS} of a sheet")
    for first in range(0, min(last + 1, MOST_COLUMNS), _COLUMNS_SIDE_BY_SIDE):
        side = range(first, min(first + _COLUMNS_SIDE_BY_SIDE, last + 1, MOST_COLUMNS))
        band = [(number, [cells.get(column, "") for column in side]) for number, cells in filled if any(map(cells.get, side))]
        gathered.sheet(band, first)


def _drawings(package: Package, part: str, gathered: Gathered) -> None:
    for drawing in targets_of(package, part).values():
        if drawing.startswith("xl/drawings/drawing") and drawing in package.entries:
            _text(package, drawing, gathered)


def _open_document(package: Package, gathered: Gathered) -> None:
    if "content.xml" not in package.entries:
        raise _NO_TEXT
    OpenDocumentReader(package, gathered).read(package.read("content.xml", _MOST_PART))


def _number_in(name: str) -> int:
    found = re.search(r"(\d{1,6})\.xml$", name)
    return int(found[1]) if found else 0


_READERS: Final[dict[FileType, Callable[[Package, Gathered], None]]] = {
    FileType.OOXML_WORD: _word,
    FileType.OOXML_SLIDES: _slides,
    FileType.OOXML_SHEET: _sheets,
    FileType.ODF: _open_document,
}
READ: Final = frozenset(_READERS)
