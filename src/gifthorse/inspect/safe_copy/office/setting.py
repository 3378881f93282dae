"""Blocks set on pages by Typst, with the fonts it carries and no file, and drawn as pictures with their words."""

import base64
import ctypes
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import Any, Final

import msgspec
import typst

from gifthorse.inspect.safe_copy import pages
from gifthorse.inspect.safe_copy.facts import Page, Words
from gifthorse.inspect.safe_copy.office import fallback_letters
from gifthorse.inspect.safe_copy.office.blocks import Block, Gathered, Heading, Paragraph, Picture, Table
from gifthorse.inspect.safe_copy.office.sheet_rows import column_name
from gifthorse.inspect.safe_copy.office.standing_in import StandIns, is_right_to_left
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

MOST_PAGES: Final = 150
_QUALITY: Final = 70  # pages of print: finer takes twice the bytes
_HEAVY: Final = 200  # blocks and rows; what was set of that many is worth being given back at once
_COMPILATIONS_KEPT: Final = 12
_TEXT_WIDTH: Final = 490.0  # points of a line on A4
_TEXT_HEIGHT: Final = 600.0
_POINTS_PER_DOT: Final = 72 / 150
_FOOT: Final = 38.0  # points from the lower edge; the text ends seven above
_LONGEST_NOTE: Final = 420
_TAB: Final = "\u2003\u2003"
_LAYOUT: Final = (
    "the words and pictures on pages of our own: the layout is not the original's, and formulas, macros, links and struck-out drafts are "
    "left out"
)

_template: list[bytes] = []


def preload() -> None:
    """The template is read and the fonts for further letters are at hand; a confined worker can open neither."""
    _template[:] = [files("gifthorse.inspect.safe_copy").joinpath("templates/office.typ").read_bytes()]
    fallback_letters.preload()


def set_pages(gathered: Gathered) -> tuple[tuple[Page, ...], str]:
    """The pages, and what they lack in words; raises NotRebuilt."""
    if not _template:
        preload()
    stand_ins = StandIns()
    facts = msgspec.json.encode([_fact(block, stand_ins) for block in gathered.blocks]).decode()
    try:
        inputs = {"office": facts, "note": _note(gathered)}
        pdf = typst.compile(_template[0], format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_tags=False)
    except typst.TypstError as error:
        raise NotRebuilt(f"its words can't be set on pages ({error.message[:100]})") from error
    assert isinstance(pdf, bytes)
    drawn, total = pages.pages_of(pdf, most=MOST_PAGES, quality=_QUALITY, stand_ins=stand_ins)
    drawn = tuple(msgspec.structs.replace(page, words=_of_the_file(page)) for page in drawn)
    if sum(len(block.rows) if isinstance(block, Table) else 1 for block in gathered.blocks) > _HEAVY:
        _forget()
    if len(drawn) < total:
        gathered.lacking(f"the pages behind the first {len(drawn)} of {total}")
    elif missing := _not_laid(gathered, drawn):
        gathered.lacking(f"{missing} letters in the text that can be copied")
    return drawn, _lacks(gathered, stand_ins)


def _note(gathered: Gathered) -> str:
    """What stands at the foot of each page, for readers who don't have the manifest."""
    cut = f"; not taken: {', '.join(gathered.cut)}" if gathered.cut else ""
    return f"Safe copy of a file, not the file itself: {_LAYOUT}{cut}"[:_LONGEST_NOTE] + "."


def _of_the_file(page: Page) -> tuple[Words, ...]:
    """The words that the file says, without those at the foot: what is copied from the page is the file's."""
    return tuple(run for run in page.words if run.bottom + run.height > _FOOT)


def _forget() -> None:
    """What Typst keeps of the last document goes back to the system: it forgets by compilations, and a worker's memory is bounded."""
    for _ in range(_COMPILATIONS_KEPT):
        typst.compile(b"", format="pdf", ignore_system_fonts=True)
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):  # glibc alone keeps what was given back
        library.malloc_trim(0)


def _not_laid(gathered: Gathered, drawn: tuple[Page, ...]) -> int:
    """How many letters of the file the text under the pages lacks, whatever form of a letter it has."""
    said = _counted(gathered.said)
    said.subtract(_counted("".join(word.text for page in drawn for word in page.words)))
    return sum(count for count in said.values() if count > 0)


def _counted(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKD", text).split()))


def _lacks(gathered: Gathered, stand_ins: StandIns) -> str:
    told = [_LAYOUT]
    if gathered.cut:
        told.append(f"not taken: {', '.join(gathered.cut)}")
    undrawn = [letter for letter in stand_ins.letters if not fallback_letters.draws(letter)]
    if undrawn:
        told.append(f"{len(undrawn)} different letters have no shape in the fonts here and show as boxes; copying the text gives them")
    return "; ".join(told)[:390]


def _fact(block: Block, stand_ins: StandIns) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, **_said(block.text, stand_ins)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "in_list": block.in_list, **_said(block.text, stand_ins)}
    if isinstance(block, Table):
        columns = len(block.rows[0]) if block.row_numbers else 0
        return {
            "kind": "table",
            "rows": [[_said(cell, stand_ins) for cell in row] for row in block.rows],
            "numbers": block.row_numbers,
            "letters": [column_name(block.first_column + column) for column in range(columns)],
        }
    return _picture(block) if isinstance(block, Picture) else {"kind": "page"}


def _said(text: str, stand_ins: StandIns) -> dict[str, Any]:
    return {"text": stand_ins.set_for(text.replace("\t", _TAB)), "rtl": not text.isascii() and is_right_to_left(text)}


def _picture(picture: Picture) -> dict[str, Any]:
    """The picture in a drawing, which is how bytes reach Typst within text."""
    wide = min(picture.width * _POINTS_PER_DOT, _TEXT_WIDTH, _TEXT_HEIGHT * picture.width / picture.height)
    coded = base64.b64encode(picture.jpeg).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f'<image {size} xlink:href="data:image/jpeg;base64,{coded}"/></svg>'
    )
    return {"kind": "picture", "svg": svg, "width": max(wide, 4.0)}
