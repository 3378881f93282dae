"""Binary Word documents as blocks: paragraphs, headings, tables and pictures in their order, then headers, notes, comments and boxes."""

import re
import struct
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.safe_copy.office.binary_word import DRAWINGS, Run, WordText
from gifthorse.inspect.safe_copy.office.blocks import MOST_PICTURES, Gathered
from gifthorse.inspect.safe_copy.office.drawn_records import PictureStore, Records
from gifthorse.inspect.safe_copy.office.flow import Flow
from gifthorse.inspect.safe_copy.office.pictures_in import show
from gifthorse.inspect.safe_copy.office.word_marks import ParagraphMarks

_CELL: Final = "\x07"
_PARAGRAPH: Final = "\r"
_PAGE: Final = "\x0c"
_FIELD, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_PICTURE: Final = "\x01"
# Letters with a task of their own (2.4.1); what stands between them is text.
_TASKS: Final = re.compile("([\x00-\x08\x0b-\x0f\x13-\x15\x1e\x1f\r])")
_SHOWN_AS: Final = {"\x0b": "\n", "\x0e": "\n", "\x1e": "\u2011"}
_DEEPEST_FIELD: Final = 50
_NAMED_FILE: Final = 0x66  # PICF.mfpf.mm: the name of a file stands in front of the picture
_SEPARATORS: Final = 6  # stories between notes, which stand before the headers
_FOOTERS: Final = frozenset({2, 3, 5})  # of six: headers and footers of even, odd and first pages
_ASIDE: Final = ((1, "Footnotes"), (5, "Endnotes"), (4, "Comments"), (6, "In text boxes"), (7, "In text boxes of headers"))


def read_word(compound: CompoundFile, gathered: Gathered) -> None:
    """What the document in *compound* says and shows is among the blocks; raises DamagedDocument when it can't be read."""
    document = WordText(compound)
    reader = _Reader(document, gathered)
    reader.read(*document.part(0))
    for title, stories in _header_stories(document):
        reader.aside(title, stories)
    for part, title in _ASIDE:
        reader.aside(title, [document.part(part)])
    if document.is_cut or gathered.full:
        gathered.lacking("the text behind its beginning")
    _floating(document, gathered, reader.shown)


def _header_stories(document: WordText) -> list[tuple[str, list[tuple[int, int]]]]:
    stories = document.header_stories()
    if len(stories) <= _SEPARATORS:
        return [("In the header and footer", [document.part(2)])]
    titled = [(number % 6 in _FOOTERS, story) for number, story in enumerate(stories[_SEPARATORS:])]
    return [
        ("In the header", [story for is_footer, story in titled if not is_footer]),
        ("In the footer", [story for is_footer, story in titled if is_footer]),
    ]


class _Reader:
    """Takes the letters of a document one part after the other."""

    def __init__(self, document: WordText, gathered: Gathered) -> None:
        self._document = document
        self._gathered = gathered
        self._flow = Flow(gathered)
        self._fields: list[bool] = []  # whether the result of each open field has begun
        self._after_cell = False
        self._records = Records(document.data)
        self.shown: set[bytes] = set()

    def read(self, first: int, end: int) -> None:
        """The letters from *first* to before *end* are among the blocks."""
        for run in self._document.runs(first, end):
            if self._gathered.full:
                break
            if not run.marks.deleted:
                self._take(run)
        self._flow.end()
        self._fields.clear()

    def aside(self, title: str, stories: list[tuple[int, int]]) -> None:
        """The letters of *stories* are among the blocks, under *title* if they say anything."""
        before = len(self._gathered.blocks)
        for first, end in stories:
            self.read(first, end)
        self._gathered.put_aside(title, self._gathered.taken_out(before))

    def _take(self, run: Run) -> None:
        at = run.at
        for part in _TASKS.split(run.text):
            if len(part) == 1 and _TASKS.fullmatch(part):
                self._task(part, run, at)
            elif part and all(self._fields):
                self._flow.append(part)
            at += len(part) * run.width

    def _task(self, task: str, run: Run, at: int) -> None:
        if task in {_PARAGRAPH, _CELL, _PAGE}:
            self._end(task, self._document.paragraph_at(at))
        elif task == _FIELD:
            self._fields = [*self._fields[:_DEEPEST_FIELD], False]
        elif task == _FIELD_RESULT and self._fields:
            self._fields[-1] = True
        elif task == _FIELD_END and self._fields:
            self._fields.pop()
        elif task in _SHOWN_AS:
            self._flow.append(_SHOWN_AS[task])
        elif task == _PICTURE and run.marks.picture_at is not None:
            self._show(run.marks.picture_at)

    def _end(self, task: str, marks: ParagraphMarks | None) -> None:
        self._fields = [True for begun in self._fields if begun]  # the code of a field ends with its line: damage hides no text
        after_cell, self._after_cell = self._after_cell and not self._flow.said, task == _CELL
        if task == _CELL:
            ends_row = marks.ends_row if marks is not None else after_cell and not self._flow.in_cell
            self._after_cell = not ends_row
            (self._flow.end_row if ends_row else self._flow.end_cell)()
        elif marks is not None and marks.in_table:
            self._flow.end_paragraph_in_cell()
        else:
            self._flow.end_paragraph(level=marks.level if marks else 0, in_list=marks is not None and marks.in_list)
        if task == _PAGE and not self._flow.in_row:
            self._gathered.page()

    def _show(self, at: int) -> None:
        data = self._document.data
        if at + 8 > len(data) or not self._gathered.takes_pictures:
            return
        length, head, kind = struct.unpack_from("<IHH", data, at)
        start = at + head
        if kind == _NAMED_FILE and start < len(data):
            start += 1 + data[start]
        if self._flow.said and not self._flow.in_row:
            self._flow.end_paragraph()
        for picture in self._records.pictures_between(start, at + length):
            self.shown.add(picture[:256])
            show(picture, self._gathered)


def _floating(document: WordText, gathered: Gathered, shown: set[bytes]) -> None:
    """The pictures that stand beside the text are among the blocks, those already *shown* in it not again."""
    listed = b"" if document.is_old else document.listed(DRAWINGS)
    store = PictureStore(Records(listed), 0, len(listed), Records(document.stream))
    more = [picture for number in range(1, min(len(store), 4 * MOST_PICTURES) + 1) if (picture := store.picture(number))]
    more = [picture for picture in more if picture[:256] not in shown]
    if more:
        gathered.heading("Pictures beside the text", 3)
    for picture in more:
        show(picture, gathered)
