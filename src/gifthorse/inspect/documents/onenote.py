"""Files in OneNote notebooks ([MS-ONESTORE]), found by the header that stands before each of them."""

import re
import struct
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gifthorse.inspect.documents.once import once
from gifthorse.inspect.item import Item

# guidHeader of FileDataStoreObject, 2.6.13; then the length (8 bytes), 4 unused and 8 reserved.
HEADER: Final = UUID("BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC").bytes_le
# guidFileFormat of the form in which notebooks come from the cloud (2.8.1); files in it have no header of their own.
CLOUD_FORM: Final = UUID("638DE92F-A6D4-4BC1-9A36-B3FC2511A5B7").bytes_le
_FORM_AT: Final = 48
MOST_BYTES: Final = 256 << 20
MOST_FILES: Final = 2_000

# Names of attached files stand among the properties, in UTF-16 with a closing zero (EmbeddedFileName, [MS-ONE] 2.2.71).
_NAME: Final = re.compile(rb"(?:[^\x00-\x1f\"*/:<>?\\|]\x00){1,200}\.\x00(?:[A-Za-z0-9]\x00){1,12}\x00\x00")


@dataclass(frozen=True, kw_only=True, slots=True)
class NotebookFile:
    """One file. `names` are all file names of the notebook: which belongs to which file is not always told."""

    untrusted_name: str
    content: bytes
    offset: int


@once
def files_in_notebook(item: Item) -> tuple[NotebookFile, ...]:
    """The files of the notebook in order; raises TooLarge when it can't be held."""
    notebook = bytes(item.content.whole(MOST_BYTES))
    found = [(at, length) for at, length in places_of(notebook) if length]
    names = names_in(notebook)
    ends = len(names) == len(found)
    return tuple(
        NotebookFile(untrusted_name=names[index] if ends else f"file-{index + 1}", content=notebook[at : at + length], offset=at)
        for index, (at, length) in enumerate(found)
    )


def is_from_cloud(item: Item) -> bool:
    """Whether the notebook has the form of the cloud, of whose files only the names are read."""
    return item.head.startswith(CLOUD_FORM, _FORM_AT)


def places_of(notebook: bytes) -> list[tuple[int, int]]:
    """Where each file's bytes begin and how many there are."""
    places: list[tuple[int, int]] = []
    total = 0
    at = notebook.find(HEADER)
    # Files don't lie in each other: where they claim to, they end once they come to twice the notebook.
    while at >= 0 and len(places) < MOST_FILES and at + 36 <= len(notebook) and total <= 2 * len(notebook):
        length = struct.unpack_from("<Q", notebook, at + 16)[0]
        start = at + 36
        places.append((start, min(length, len(notebook) - start)))
        total += places[-1][1]
        at = notebook.find(HEADER, start)
    return places


def names_in(notebook: bytes) -> list[str]:
    """The file names that stand in the notebook, each once, in order."""
    return list(dict.fromkeys(match[0].decode("utf-16-le", "replace").rstrip("\0") for match in _NAME.finditer(notebook)))
