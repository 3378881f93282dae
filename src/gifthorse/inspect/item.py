"""One thing to look at: a file of the medium or a member of a container, with its bytes at arm's length.

Items exist only inside the confined worker. Detectors get one item and yield findings; they never open files themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Evidence

EXCERPT_BYTES = 120


class TooLarge(Exception):
    """The content is larger than the caller allows to be held in memory at once."""


class Content(Protocol):
    """Bytes of an item, wherever they lie (mapped from the medium, or unpacked into memory or a spool file)."""

    size: int

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; fewer only at the end of the content."""

    def chunks(self) -> Iterator[memoryview]:
        """All bytes in order, in pieces of at most a few MiB, without copying where they are mapped."""

    def whole(self, limit: int) -> memoryview:
        """All bytes at once; raises TooLarge when there are more than *limit*."""

    def open(self) -> BinaryIO:
        """A seekable reader of the content."""

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium, or None when it does not lie there as such (compressed, unpacked, no medium)."""


def not_digested() -> None:
    """The SHA-256 of what nobody read."""


@dataclass(kw_only=True, slots=True)
class Item:
    """A file or member under inspection.

    `untrusted_name` is the last part of the path as the medium writes it (undecodable bytes as surrogate escapes); `path` is the
    display form of CONTRACTS.md. `head` holds the first 64 KiB at most. `depth` is 0 for a file of the medium, 1 for a member of a
    container in it. `chain` gives the types of the containers around it, outermost first. `attributes` may hold "hidden", "system",
    "deleted", "executable" (mode bit), "stream" (an alternate data stream). `digest` gives the SHA-256 when asked.
    """

    path: str
    untrusted_name: str
    content: Content
    filetype: FileType
    head: bytes
    digest: Callable[[], str | None] = field(default=not_digested, repr=False, compare=False)
    partition: int | None = None
    depth: int = 0
    chain: tuple[FileType, ...] = ()
    attributes: frozenset[str] = field(default_factory=frozenset)
    _extension: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def sha256(self) -> str | None:
        """The content's digest as hex, None when not all of it could be read."""
        return self.digest()

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return self.content.size

    @property
    def extension(self) -> str:
        """The part of the name after its last dot, in lower case, without the dot; empty when there is none.

        Dots and blanks at the end count for nothing, as in Windows, nor does the name of NTFS's own main stream.
        """
        if self._extension is None:  # a dozen detectors ask for it
            stem, dot, last = self.untrusted_name.removesuffix("::$DATA").rstrip(". \u00a0\u3000\t").rpartition(".")
            self._extension = last.lower() if dot and stem else ""
        return self._extension

    def here(self, offset: int | None = None, length: int | None = None, excerpt: str | None = None) -> Evidence:
        """Evidence that points at this item, or at *length* bytes of it from *offset*."""
        return Evidence(
            path=self.path,
            partition=self.partition,
            offset=offset,
            length=length,
            sha256=self.sha256,
            excerpt=None if excerpt is None else shown(excerpt),
            medium_offset=self.content.medium_offset(offset or 0),
        )


def shown(untrusted_text: str) -> str:
    """*untrusted_text* fit to be shown: control, bidi and undecodable characters made visible, cut to a line's length."""
    cut = untrusted_text[:EXCERPT_BYTES]
    visible = "".join(character if character.isprintable() else escaped(character) for character in cut)
    return visible + ("…" if len(untrusted_text) > EXCERPT_BYTES else "")


def escaped(character: str) -> str:
    r"""A character that would not show, written out: ``\xNN`` for a byte that is not UTF-8, ``\u{202E}`` for anything else."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02X}"
    return f"\\u{{{code:04X}}}"
