"""What crosses the wall for a safe copy: a picture, pages as pictures with their words, or text. Everything else is a reason."""

from typing import Final

import msgspec

from gifthorse.inspect.filetypes import FileType

LARGEST: Final = 40 * 1024 * 1024  # bytes of one copy; a frame holds at most 64 MiB
MOST_PIXELS: Final = 100_000_000
MOST_PAGES: Final = 400
IS_ENCRYPTED: Final = "it is encrypted; if a password was given, what it hides stands by itself"


class Words(msgspec.Struct, frozen=True, array_like=True):
    """A run of text on a page, in points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float
    text: str


class Page(msgspec.Struct, frozen=True, array_like=True):
    """A page of *width* x *height* points as a JPEG."""

    width: float
    height: float
    jpeg: bytes
    words: tuple[Words, ...] = ()


class Copied(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item and what was made of it: `picture` (JPEG or PNG), `pages`, `text`, or the reason why it is `left_out`.

    `note` says what the copy lacks.
    """

    path: str
    sha256: str | None
    filetype: FileType
    partition: int | None = None
    picture: bytes | None = None
    pages: tuple[Page, ...] = ()
    text: str | None = None
    left_out: str | None = None
    note: str | None = None

    @property
    def size(self) -> int:
        """About how many bytes it is."""
        return len(self.picture or b"") + len(self.text or "") + sum(len(page.jpeg) for page in self.pages)
