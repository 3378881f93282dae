"""Binary presentations ([MS-PPT]) as blocks: the text of each slide in its order, its notes, and the pictures that stand on it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.slides import presentation_stream
from gifthorse.inspect.safe_copy.facts import IS_ENCRYPTED
from gifthorse.inspect.safe_copy.office.blocks import MOST_TEXT, Gathered
from gifthorse.inspect.safe_copy.office.drawn_records import PROPERTIES, PictureStore, Record, Records
from gifthorse.inspect.safe_copy.office.pictures_in import show
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

MOST_EDITS: Final = 2_000
MOST_OBJECTS: Final = 100_000
_ENCRYPTED: Final = 0xF3D1C4DF  # CurrentUserAtom.headerToken, 2.3.2
_DOCUMENT: Final = 0x03E8
_SLIDE: Final = 0x03EE
_NOTES: Final = 0x03F0
_NOTES_FACTS: Final = 0x03F1
_PERSISTENT: Final = 0x03F3  # SlidePersistAtom
_SHOWING: Final = 0x03F9  # SlideShowSlideInfoAtom
_DRAWINGS: Final = 0x040B
_OUTLINE_REFERENCE: Final = 0x0F9E
_TEXT_KIND: Final = 0x0F9F
_LETTERS: Final = 0x0FA0
_TEXTS: Final = frozenset({_LETTERS, 0x0FA8})  # TextCharsAtom, TextBytesAtom
_LIST: Final = 0x0FF0  # SlideListWithTextContainer
_EDIT: Final = 0x0FF5  # UserEditAtom
_DIRECTORY: Final = 0x1772  # PersistDirectoryAtom
_OF_SLIDES, _OF_NOTES = 0, 2  # instances of lists
_TITLES: Final = frozenset({0, 6})  # kinds of text: title, centred title
_HIDDEN: Final = 0x0004
_PLACE_HOLDER: Final = "*"  # where the program puts a number or date


@dataclass(kw_only=True, slots=True)
class _Listed:
    """A slide or notes page as the document lists it: where it lies, by which number, and its text in the outline."""

    place: int
    number: int
    outline: list[tuple[int, str]] = field(default_factory=list)


def read_slides(compound: CompoundFile, gathered: Gathered) -> None:
    """All slides that *compound* shows are among the blocks; raises DamagedDocument or NotRebuilt when it has none that can be read."""
    _Presentation(compound).read(gathered)


class _Presentation:
    """One presentation that is being read."""

    def __init__(self, compound: CompoundFile) -> None:
        self._compound = compound
        self._stream = presentation_stream(compound)
        self._records = Records(self._stream)
        self._places = self._all_places()
        self._document = self._found_document()

    def read(self, gathered: Gathered) -> None:
        slides = self._listed(_OF_SLIDES)
        if not any(self._records.at(one.place, _SLIDE) for one in slides):  # the list is lost: all that lies there, in that order
            slides = [_Listed(place=one.start - 8, number=0) for one in self._records.children() if one.kind == _SLIDE]
        if not slides:
            raise DamagedDocument("no slide in it")
        pictures = self._pictures()
        notes = self._notes()
        for number, listed in enumerate(slides, 1):
            if gathered.full:
                gathered.lacking("further slides")
                return
            self._slide(listed, number, pictures, gathered)
            if said := notes.get(listed.number):
                gathered.heading("Notes", 3)
                for text in said:
                    _paragraphs(text, gathered)

    def _all_places(self) -> dict[int, int]:
        """Where each numbered object of the document lies: the last edit counts (2.1.2)."""
        user = next((path for path in self._compound.find("Current User") if len(path) == 1), None)
        head = self._compound.read_head(user, 20) if user else b""
        token, at = struct.unpack_from("<II", head, 12) if len(head) == 20 else (0, 0)
        if token == _ENCRYPTED:
            raise NotRebuilt(IS_ENCRYPTED)
        if not self._records.at(at, _EDIT):
            at = max((one.start - 8 for one in self._records.children() if one.kind == _EDIT), default=0)
        places: dict[int, int] = {}
        left = MOST_OBJECTS
        for _ in range(MOST_EDITS):
            edit = self._records.at(at, _EDIT)
            if edit is None or edit.end - edit.start < 20:
                break
            before, directory = struct.unpack_from("<II", self._stream, edit.start + 8)
            for number, place in islice(self._directory(directory), left):
                left -= 1
                places.setdefault(number, place)
            if not 0 < before < at:
                break
            at = before
        return places

    def _directory(self, at: int) -> Iterator[tuple[int, int]]:
        record = self._records.at(at, _DIRECTORY)
        at, end = (record.start, record.end) if record else (0, 0)
        while at + 4 <= end:
            (packed,) = struct.unpack_from("<I", self._stream, at)
            first, count = packed & 0xFFFFF, min(packed >> 20, (end - at - 4) // 4)
            for number in range(count):
                yield first + number, struct.unpack_from("<I", self._stream, at + 4 + 4 * number)[0]
            at += 4 + 4 * count

    def _found_document(self) -> Record | None:
        kept = [found for at in sorted(set(self._places.values())) if (found := self._records.at(at, _DOCUMENT))]
        kept = kept or [one for one in self._records.children() if one.kind == _DOCUMENT]
        return kept[-1] if kept else None

    def _listed(self, instance: int) -> list[_Listed]:
        """What the document lists of one kind, in order."""
        found: list[_Listed] = []
        within = self._records.within(self._document) if self._document else iter(())
        for listing in within:
            if listing.kind == _LIST and listing.instance == instance:
                self._list(listing, found)
        return found

    def _list(self, listing: Record, found: list[_Listed]) -> None:
        kind = 0
        for record in self._records.within(listing):
            if record.kind == _PERSISTENT and record.end - record.start >= 16:
                place, number = struct.unpack_from("<I8xI", self._stream, record.start)
                found.append(_Listed(place=self._places.get(place, -1), number=number))
            elif record.kind == _TEXT_KIND:
                kind = self._records.number(record)
            elif record.kind in _TEXTS and found:
                found[-1].outline.append((kind, self._text(record)))

    def _slide(self, listed: _Listed, number: int, pictures: PictureStore | None, gathered: Gathered) -> None:
        slide = self._records.at(listed.place, _SLIDE)
        records = list(self._records.descendants(slide.start, slide.end)) if slide else []
        hidden = any(one.kind == _SHOWING and one.end - one.start >= 12 and self._stream[one.start + 10] & _HIDDEN for one in records)
        gathered.page()
        gathered.heading(f"Slide {number}" + (" (hidden)" if hidden else ""))
        told: set[int] = set()
        kind = 0
        for record in records:
            if record.kind == _TEXT_KIND:
                kind = self._records.number(record)
            elif record.kind in _TEXTS:
                _say(kind, self._text(record), gathered)
            elif record.kind == _OUTLINE_REFERENCE and (place := self._records.number(record)) < len(listed.outline):
                told.add(place)
                _say(*listed.outline[place], gathered)
            elif record.kind == PROPERTIES and pictures is not None and (place := self._records.picture_number(record)):
                show(pictures.picture(place), gathered)
        for place, said in enumerate(listed.outline):
            if place not in told:
                _say(*said, gathered)

    def _notes(self) -> dict[int, list[str]]:
        """The notes by the number of the slide that they belong to."""
        notes: dict[int, list[str]] = {}
        for listed in self._listed(_OF_NOTES):
            page = self._records.at(listed.place, _NOTES)
            slide, said = 0, [text for _kind, text in listed.outline]
            for record in self._records.descendants(page.start, page.end) if page else ():
                if record.kind == _NOTES_FACTS:
                    slide = self._records.number(record)
                elif record.kind in _TEXTS and (text := self._text(record)).strip() != _PLACE_HOLDER:
                    said.append(text)
            notes.setdefault(slide, []).extend(said)
        return notes

    def _pictures(self) -> PictureStore | None:
        """The pictures of the whole document."""
        path = next((path for path in self._compound.find("Pictures") if len(path) == 1), None)
        try:
            delayed = Records(self._compound.read(path, 256 << 20)) if path else None
        except DamagedDocument:
            delayed = None  # each picture is then missing in its place, which the copy says
        within = self._records.within(self._document) if self._document else iter(())
        drawings = next((one for one in within if one.kind == _DRAWINGS), None)
        return PictureStore(self._records, drawings.start, drawings.end, delayed) if drawings else None

    def _text(self, record: Record) -> str:
        body = self._stream[record.start : min(record.end, record.start + 2 * MOST_TEXT)]
        text = body.decode("utf-16-le", "replace") if record.kind == _LETTERS else body.decode("latin-1")
        return text.replace("\x0b", "\n").replace("\0", "")


def _say(kind: int, text: str, gathered: Gathered) -> None:
    if text.strip() == _PLACE_HOLDER:
        return
    if kind in _TITLES:
        gathered.heading(text.replace("\r", "\n"), 2)
    else:
        _paragraphs(text, gathered)


def _paragraphs(text: str, gathered: Gathered) -> None:
    for paragraph in text.split("\r"):
        gathered.paragraph(paragraph)
