"""The worker's part of a safe copy: each item made harmless, or a reason why not; archives opened, never packed again."""

from collections.abc import Callable
from typing import Final

from gifthorse.inspect.examine import Examiner, Place, inside, item_from, read_all
from gifthorse.inspect.filetypes import DISK_IMAGES, MEDIA, OOXML, PICTURES, PROGRAMS, FileType
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.outcomes import Outcomes
from gifthorse.inspect.safe_copy import pages, pictures
from gifthorse.inspect.safe_copy.facts import IS_ENCRYPTED, LARGEST, Copied
from gifthorse.inspect.safe_copy.office import setting
from gifthorse.inspect.safe_copy.office.reading import READ, gathered_from
from gifthorse.inspect.safe_copy.outlook_text import outlook_text
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from gifthorse.inspect.safe_copy.texts import MOST_TEXT, mail_text, page_text, text_of
from gifthorse.inspect.safe_copy.visible import visible
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Member
from gifthorse.inspect.unpack.opening import ARCHIVES, members

_LARGEST_READ: Final = 256 * 1024 * 1024
_PACKAGES: Final = OOXML | {FileType.ODF}
# What a package is made of: its text was taken from the whole.
_PARTS: Final = frozenset({FileType.XML, FileType.TEXT, FileType.JSON, FileType.DATA, FileType.EMPTY, FileType.FONT})
_CONTAINERS: Final = ARCHIVES | DISK_IMAGES | {FileType.MBOX, FileType.EPUB, FileType.ONENOTE, FileType.OLE_ENCRYPTED_OFFICE, FileType.OLE}
_OPENED: Final = _CONTAINERS | READ | {FileType.OOXML_OTHER, FileType.EML, FileType.MSG, FileType.PDF}
_DRAWN: Final = PICTURES | {FileType.ICO}
_WHY: Final = {
    FileType.EMPTY: "it is empty",
    FileType.SCRIPT: "it is a script",
    FileType.SHORTCUT: "it is a shortcut",
    FileType.SVG: "pictures made of commands are not rebuilt",
    **dict.fromkeys(PROGRAMS, "it is a program"),
    FileType.ONENOTE: "notebooks are not rebuilt; the files in it stand by themselves",
    FileType.OLE: "it is of a binary kind that is not rebuilt; the files in it stand by themselves",
    FileType.OLE_ENCRYPTED_OFFICE: IS_ENCRYPTED,
    **dict.fromkeys(MEDIA - PICTURES, "films and sounds are not rebuilt"),
}
_OTHER: Final = "nothing harmless can be made of a file of this kind"
_IS_CONTAINER: Final = "it is a container: what is in it stands by itself"
_APPLE: Final = "Apple's office documents are not rebuilt; the preview in it, if there is one, stands by itself"
_APPLE_ENDINGS: Final = frozenset({"pages", "numbers", "key"})
_DOTS_ONLY: Final = "the dots of its first picture only: place, time, camera, comments and further pictures are left out"
_SCAN_ONLY: Final = "the dots of its pictures only: place, time, camera and comments are left out"
_PAGES_ONLY: Final = (
    "its pages as pictures with their words: links, forms, scripts and layers are left out; attachments stand by themselves"
)
_WORDS_ONLY: Final = "the words only"
_BEGINNING: Final = "its beginning only"
_LETTER_ONLY: Final = "the head lines and the words only; attachments stand by themselves"
# How the words of a kind are read, and what they lack.
_SAID: Final[dict[FileType, tuple[Callable[[Item], str], str | None]]] = {
    FileType.TEXT: (text_of, None),
    FileType.JSON: (text_of, None),
    FileType.HTML: (page_text, "what the page shows, as text"),
    FileType.XML: (text_of, None),
    FileType.EML: (mail_text, _LETTER_ONLY),
    FileType.MSG: (outlook_text, _LETTER_ONLY),
}


def preload() -> None:
    """Everything that a confined worker needs for this is loaded."""
    pictures.preload()
    pages.preload()
    setting.preload()


class Copier(Examiner):
    """Sends a harmless copy of each file and of everything in it; nothing is looked for."""

    def __init__(self, outcomes: Outcomes, passwords: tuple[str, ...] = ()) -> None:
        super().__init__(outcomes, passwords)
        self._copies = outcomes

    def _look_at(self, content: Content, place: Place, budget: Budget) -> None:
        outer, self.looking_at = self.looking_at, place
        read = read_all(content)
        item = item_from(read, place)
        if read.trouble is not None:
            self._leave_out(item, f"it could not be read ({read.trouble})")
        elif place.is_deleted:
            self._leave_out(item, "it was deleted, and its content may be another's")
        elif not (place.chain and place.chain[-1] in _PACKAGES and item.filetype in _PARTS):
            self._copy(item)
            if item.filetype in _OPENED:
                self._open(item, place, budget)
        self.looking_at = outer

    def _open(self, item: Item, place: Place, budget: Budget) -> None:
        try:
            for opened in members(item, budget):
                if isinstance(opened, Member):
                    self._look_at(opened.content, inside(item, place, opened), budget.child())
        except Exception as error:  # noqa: BLE001 - a broken container ends here and is told
            self._leave_out(item, f"it could not be opened to the end ({type(error).__name__})")

    def _copy(self, item: Item) -> None:
        try:
            made = self._made(item)
        except NotRebuilt as why:
            self._leave_out(item, str(why))
        except Exception as error:  # noqa: BLE001 - what a decoder can't bear is left out and told
            self._leave_out(item, f"its reader stopped ({type(error).__name__})")
        else:
            self._copies.copied(made)

    def _made(self, item: Item) -> Copied:
        kind = item.filetype
        if kind is FileType.TIFF and (scan := self._scan(item)):
            return scan
        if kind in _DRAWN:
            return self._from(item, picture=pictures.picture_again(item.content.read(0, _small(item))), note=_DOTS_ONLY)
        if kind is FileType.PDF:
            drawn, total = pages.pages_of(item.content.read(0, _small(item)))
            some = "" if len(drawn) == total else f"the first {len(drawn)} of {total} pages only; "
            return self._from(item, pages=drawn, note=some + _PAGES_ONLY)
        if kind in _SAID:
            said, lacks = _SAID[kind]
            return self._from(item, text=visible(said(item)), note=lacks if item.size <= MOST_TEXT or kind is FileType.MSG else _BEGINNING)
        if kind in READ:
            return self._office(item)
        if kind is FileType.ZIP and item.extension in _APPLE_ENDINGS:
            raise NotRebuilt(_APPLE)
        raise NotRebuilt(_WHY.get(kind) or (_IS_CONTAINER if kind in _OPENED else _OTHER))

    def _scan(self, item: Item) -> Copied | None:
        """A TIFF of several pages as pages; None for one of a single picture."""
        drawn, whole = pictures.pages_of_scan(item.content.read(0, _small(item)))
        some = "" if whole else f"the first {len(drawn)} of its pictures only; "
        return self._from(item, pages=drawn, note=some + _SCAN_ONLY) if drawn else None

    def _office(self, item: Item) -> Copied:
        gathered = gathered_from(item)
        try:
            drawn, lacks = setting.set_pages(gathered)
        except NotRebuilt as why:
            return self._from(item, text=visible(gathered.said), note=visible(f"{_WORDS_ONLY}: {why}")[:300])
        return self._from(item, pages=drawn, note=lacks)

    def _from(self, item: Item, **made: object) -> Copied:
        copy = Copied(path=item.path, partition=item.partition, sha256=item.sha256, filetype=item.filetype, **made)  # type: ignore[arg-type]
        if copy.size > LARGEST:
            raise NotRebuilt(f"its copy would have {copy.size} bytes")
        return copy

    def _leave_out(self, item: Item, why: str) -> None:
        self._copies.copied(self._from(item, left_out=visible(why)[:300]))


def _small(item: Item) -> int:
    if item.size > _LARGEST_READ:
        raise NotRebuilt(f"it has {item.size} bytes, too many to be rebuilt")
    return item.size
