"""Which bytes of an item are scanned: all of a small one, the two ends of a very large one, and of media what no player shows."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from gifthorse.inspect.documents.macros import macros_of
from gifthorse.inspect.filetypes import MEDIA, OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.formats.shortcut import MOST_BYTES, read_shortcut
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.inspect.item import Item

WHOLE: Final = 64 << 20
END: Final = 32 << 20
TEXT: Final = 16 << 20
_MASKS: Final = (b"^", b"`")
_LEAST_MASKED: Final = 8
MACRO_DOCUMENTS: Final = OOXML | OLE_DOCUMENTS | {FileType.ODF}


class Portion(NamedTuple):
    """Bytes to scan. `offset` is where they begin in the item, None when they are no part of it as they stand."""

    body: bytes
    offset: int | None


def portions(item: Item) -> Iterator[Portion]:
    """The bytes of *item* for rules of any kind: of media whose end is known the first 64 KiB and what lies behind that end.

    What is left out between lies within the structure of the picture or film, which was walked. A content of more than 64 MiB is
    scanned in its first and last 32 MiB.
    """
    end = true_end(item.content, item.filetype) if item.filetype in MEDIA and item.size > len(item.head) else None
    if end is not None and end <= item.size:
        yield Portion(bytes(item.head), 0)
        if end < item.size:
            yield from _stretch(item, max(end, len(item.head)), item.size)
    else:
        yield from _stretch(item, 0, item.size)


def text_portions(item: Item) -> Iterator[Portion]:
    """The text of *item* in UTF-8, and once more without the signs that command interpreters skip, when there are many."""
    body = item.content.read(0, min(item.size, TEXT))
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"} or body[1:64:2].count(0) > 24:
        body, offset = decoded(body)[0].encode("utf-8", "replace"), None
    else:
        offset = 0
    yield Portion(body, offset)
    if sum(body.count(mask) for mask in _MASKS) >= _LEAST_MASKED:
        yield Portion(body.translate(None, b"^`"), None)


def shortcut_portions(item: Item) -> Iterator[Portion]:
    """What a shortcut says, written out in lines, and what lies behind its own end."""
    body = item.content.read(0, min(item.size, MOST_BYTES))
    said = read_shortcut(body)
    command = f"{said.target} {said.arguments}".strip()
    lines = (command, *said.places, said.description, said.working_folder, said.icon, "")
    yield Portion("\r\n".join(lines).encode("utf-8", "replace"), None)
    if 0 < said.end < len(body):
        yield Portion(body[said.end :], said.end)


def macro_portions(item: Item) -> Iterator[Portion]:
    """The text of each macro of a document."""
    for macros in macros_of(item):
        yield Portion(macros.source.encode("utf-8", "replace"), None)


def _stretch(item: Item, start: int, end: int) -> Iterator[Portion]:
    if end - start <= WHOLE:
        yield Portion(item.content.read(start, end - start), start)
        return
    yield Portion(item.content.read(start, END), start)
    yield Portion(item.content.read(end - END, END), end - END)
