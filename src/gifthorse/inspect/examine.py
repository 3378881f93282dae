"""One item at a time, in the confined worker: hash, identify, detect, open what is a container, and the same again for each member.

Nothing that goes wrong is lost: what can't be read is `walk.unreadable`, what a detector or unpacker can't bear is `parser.crashed`
with its name, and both stand among the things that were not inspected.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from gifthorse.inspect import registry
from gifthorse.inspect.confine.messages import Part
from gifthorse.inspect.content import HEAD_BYTES, HELD_BYTES, Digest, HeadedContent, HeldContent, digested
from gifthorse.inspect.detectors.parser_crashed import crashed
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, CONTENT_NAMES
from gifthorse.inspect.formats.random_looking import looks_random_throughout
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Content, Item, shown
from gifthorse.inspect.outcomes import Outcomes
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Member, Opened
from gifthorse.inspect.unpack.opening import CONTAINER_TYPES, members
from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import NotInspected, Reason
from gifthorse.model.words import N_, Phrase, phrase

_RULES: Final = "rules_match"
_RANDOM: Final = (
    "its bytes look random from the first to the last: it is probably encrypted, or packed in a way that is not known here; nothing can be "
    "said about what it holds"
)
_MAY_BE_MAIL: Final = frozenset({FileType.TEXT, FileType.DATA})


@dataclass(kw_only=True, slots=True)
class Place:
    """Where an item lies and what is known of it before its bytes are read."""

    path: str
    untrusted_name: str
    partition: int | None = None
    depth: int = 0
    chain: tuple[FileType, ...] = ()
    attributes: frozenset[str] = frozenset()
    modified: float | None = None
    about: dict[str, str] = field(default_factory=dict)
    is_mail: bool = False  # somebody said so; a text then is one

    @property
    def is_deleted(self) -> bool:
        """Whether its filesystem has given it up, so that its content may be another's."""
        return "deleted" in self.attributes


@dataclass(kw_only=True, slots=True)
class _Bytes:
    """What reading an item gave. `content` holds only what could be read when `trouble` says that something could not."""

    content: Content
    head: bytes
    digest: Digest
    trouble: str | None


class Examiner:
    """Examines files of the medium and everything in them; the results go to *outcomes*."""

    def __init__(self, outcomes: Outcomes, passwords: tuple[str, ...] = (), *, inventory: bool = False, digests: bool = True) -> None:
        """With *inventory* each file is hashed and its type told, and that is all. Without *digests* a large file is hashed only when
        something is found in it.
        """
        self._outcomes = outcomes
        self._passwords = passwords
        self._inventory = inventory
        self._digests = digests
        self.looking_at: Place | None = None

    def examine(self, content: Content, place: Place) -> None:
        """Everything about the file at *place* is in the outcomes; raises TimeUp when its time runs out before."""
        self._look_at(content, place, Budget(passwords=self._passwords))

    def could_not_read(self, place: Place, stated: int, trouble: str) -> None:
        """The outcomes say that the file at *place* could not be read (nothing of it, as far as this goes)."""
        self._outcomes.seen(_seen(place, stated, FileType.DATA, None, {}))
        self._note_unreadable(place, trouble)

    def gave_up(self, place: Place, why: str) -> None:
        """The outcomes say that reading what lies at *place* was given up: *why* is part of the sentence."""
        self._note_crash(place, phrase(N_("Reading it was given up: {why}."), why=why))

    def _look_at(self, content: Content, place: Place, budget: Budget) -> None:
        outer, self.looking_at = self.looking_at, place
        clock = time.perf_counter_ns()
        read = read_all(content, digest=self._digests or place.depth > 0 or content.size <= HEAD_BYTES)
        clock = self._outcomes.spent(Part.READ, clock)
        if read.trouble is not None:
            self._note_unreadable(place, read.trouble)
        item = item_from(read, place)
        clock = self._outcomes.spent(Part.IDENTIFY, clock)
        if self._inventory:
            self._outcomes.seen(_seen(place, content.size, item.filetype, read.digest.known, {}))
            self.looking_at = outer
            return
        about = dict(place.about)
        for name, examine in registry.item_detectors(item.filetype, deleted=place.is_deleted):
            if name == _RULES:
                clock = self._outcomes.spent(Part.DETECT, clock)
            try:
                for finding in examine(item):
                    self._outcomes.found(finding)
            except Exception as error:  # noqa: BLE001 - any failure of a detector is told, none ends the inspection
                self._note_failure(name, place, error)
            if name == _RULES:
                clock = self._outcomes.spent(Part.RULES, clock)
        for name, describe in registry.describers(item.filetype):
            try:
                about.update(describe(item))
            except Exception as error:  # noqa: BLE001 - as above
                self._note_failure(name, place, error)
        self._outcomes.seen(_seen(place, content.size, item.filetype, read.digest.known, about))
        self._outcomes.spent(Part.DETECT, clock)
        if item.filetype in CONTAINER_TYPES and not place.is_deleted:
            self.guarded(f"unpack {item.filetype}", place, partial(self._open, item, place, budget))
        elif item.filetype is FileType.DATA and not place.is_deleted and read.trouble is None:
            self.guarded("look of the whole", place, partial(self._note_random, item, place))
        self.looking_at = outer

    def _note_random(self, item: Item, place: Place) -> None:
        """A file that looks random from end to end may be a locked container: nothing is wrong with it, and nothing of it was seen."""
        if looks_random_throughout(item.content, of_any_size=item.extension in CONTENT_NAMES | ARCHIVE_NAMES):
            self._outcomes.unseen(NotInspected(path=place.path, reason=Reason.ENCRYPTED, detail=_RANDOM))

    def _open(self, item: Item, place: Place, budget: Budget) -> None:
        for opened in self._timed(members(item, budget)):
            if isinstance(opened, Member):
                self._look_at(opened.content, inside(item, place, opened), budget.child())
            elif isinstance(opened, Finding):
                self._outcomes.found(opened)
            else:
                self._outcomes.unseen(opened)
            del opened  # what it holds is given back before the next one is unpacked

    def _timed(self, unpacking: Iterator[Opened]) -> Iterator[Opened]:
        """What *unpacking* gives; the time that it takes for that counts, not what is done with it."""
        while True:
            clock = time.perf_counter_ns()
            try:
                opened = next(unpacking, None)
            finally:
                self._outcomes.spent(Part.UNPACK, clock)
            if opened is None:
                return
            yield opened
            del opened

    def guarded(self, name: str, place: Place, work: Callable[[], None]) -> None:
        """*work* is done, or the outcomes say that *name* failed at *place*; only time running out passes through."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - any failure of a parser is told, none ends the inspection
            self._note_failure(name, place, error)

    def _note_failure(self, name: str, place: Place, error: Exception) -> None:
        self._note_crash(place, phrase(N_("The reader “{reader}” stopped: {error}."), reader=name, error=_named(error)))

    def _note_crash(self, place: Place, detail: Phrase) -> None:
        self._outcomes.found(crashed(place.path, place.partition, detail))
        self._outcomes.unseen(NotInspected(path=place.path, reason=Reason.PARSER_CRASHED, detail=detail.in_english()))

    def _note_unreadable(self, place: Place, trouble: str) -> None:
        if place.is_deleted:  # that a deleted file has lost bytes is what deletion means
            return
        here = Evidence(path=place.path, partition=place.partition)
        detail = phrase(N_("What happened: {trouble}."), trouble=trouble)
        self._outcomes.found(registry.kind("walk.unreadable").found(here, detail=detail))
        self._outcomes.unseen(NotInspected(path=place.path, reason=Reason.UNREADABLE, detail=trouble))


def read_all(content: Content, *, digest: bool = True) -> _Bytes:
    """The content read once from end to end: its beginning kept (all of it up to 4 MiB), its size checked, hashed now with *digest*."""
    try:
        if content.size <= HELD_BYTES:
            body = content.read(0, content.size)
            if len(body) == content.size:
                held = HeldContent(body, content)
                return _Bytes(content=held, head=body[:HEAD_BYTES], digest=digested(held) if digest else Digest(held), trouble=None)
            return _partly_read(content, body, f"{len(body)} of {content.size} bytes came back")
        return _read_large(content, digest=digest)
    except OSError as error:
        return _partly_read(content, b"", os.strerror(error.errno) if error.errno else str(error))


def _read_large(content: Content, *, digest: bool) -> _Bytes:
    hashed = hashlib.sha256()
    head = b""
    total = 0
    for chunk in content.chunks():
        if not total:
            head = bytes(chunk[:HEAD_BYTES])
        total += len(chunk)
        if digest:
            hashed.update(chunk)
    if total != content.size:
        return _partly_read(content, content.read(0, min(total, HELD_BYTES)), f"{total} of {content.size} bytes came back")
    return _Bytes(
        content=HeadedContent(head, content), head=head, digest=Digest(content, hashed.hexdigest() if digest else None), trouble=None
    )


def _partly_read(content: Content, body: bytes, trouble: str) -> _Bytes:
    return _Bytes(content=HeldContent(body, content), head=body[:HEAD_BYTES], digest=Digest(None), trouble=trouble)


def item_from(read: _Bytes, place: Place) -> Item:
    """The item at *place* with what was read of it, identified."""
    content = read.content
    filetype = identify(read.head, content.size, lambda count: content.read(max(0, content.size - count), count), place.untrusted_name)
    return Item(
        path=place.path,
        untrusted_name=place.untrusted_name,
        content=content,
        filetype=FileType.EML if place.is_mail and filetype in _MAY_BE_MAIL else filetype,
        head=read.head,
        digest=read.digest,
        partition=place.partition,
        depth=place.depth,
        chain=place.chain,
        attributes=place.attributes,
    )


def inside(item: Item, place: Place, member: Member) -> Place:
    """Where *member* of the container *item* lies."""
    return Place(
        path=f"{place.path} > {member.display_name}",
        untrusted_name=member.untrusted_name,
        partition=place.partition,
        depth=place.depth + 1,
        chain=(*place.chain, item.filetype),
        attributes=member.attributes,
    )


def _seen(place: Place, size: int, filetype: FileType, sha256: str | None, about: dict[str, str]) -> Seen:
    return Seen(
        path=place.path,
        size=size,
        filetype=filetype,
        sha256=sha256,
        partition=place.partition,
        depth=place.depth,
        deleted=place.is_deleted,
        hidden="hidden" in place.attributes,
        modified=place.modified,
        about={key: shown(value) for key, value in about.items()},
    )


def _named(error: Exception) -> str:
    return shown(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
