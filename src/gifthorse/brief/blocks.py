"""The library of advice: blocks as reviewed data, each with the facts that ask for it, its source, its author and its dates."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.brief.conditions import Condition
from gifthorse.brief.facts import COUNT, VOCABULARY
from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.brief-blocks/1"
_WRITTEN_DATE: Final = re.compile(r"undated|\d{4}(-\d{2}(-\d{2})?)?")
_PLACES: Final = re.compile(r"\{(\w+)\}")


class BlockKind(StrEnum):
    """The parts of a brief, in the order in which they are read."""

    WHO_TO_CALL = "who-to-call"
    WHY_YOU = "why-you"
    WHAT_YOU_CARRY = "what-you-carry"
    LINE_TO_TAKE = "line-to-take"
    DEVICES = "devices"
    APPROACH = "approach"
    ROOM = "room"
    SOCIAL = "social"
    GIFTS = "gifts"
    MONEY = "money"
    ONLINE = "online"
    LAW_GENERAL = "law-general"
    EXPORT = "export"
    AFTER = "after"


class Said(StrEnum):
    """How often a block is said. The last two are about elements of know-how: their conditions may ask for `element.*`."""

    ONCE = "once"
    PER_ELEMENT = "per-element"  # {title} and {line}
    TOGETHER = "together"  # {titles}: once about all elements that the rule holds for


ALLOWED_PLACES: Final = {
    Said.ONCE: frozenset({"phone", "phone_at_night", "desk", "word"}),
    Said.PER_ELEMENT: frozenset({"title", "line"}),
    Said.TOGETHER: frozenset({"titles"}),
}


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where advice comes from: a document, the clause in it (may be empty), and its date.

    The date is written ``2008``, ``2008-10``, ``2008-10-25`` or ``undated``.
    """

    document: str
    clause: str = ""
    date: str

    def __post_init__(self) -> None:
        """Refuse a date that is none."""
        if not _WRITTEN_DATE.fullmatch(self.date):
            raise ValueError(f"not a date of a source: {self.date}")


class Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of advice: sentences that stand or fall together, said when all conditions of *rule* hold.

    Sentences are message ids. *card* is the short form for the card, empty when the block has no place there. *priority* runs from 1
    to 100; *needs* names a setting of the desk without which the block can't be said, *lacks* one that must be missing.
    """

    id: str
    kind: BlockKind
    sentences: tuple[str, ...]
    card: str = ""
    said: Said = Said.ONCE
    rule: tuple[Condition, ...] = ()
    needs: str = ""
    lacks: str = ""
    source: Source
    author: str
    reviewed: date
    expires: date
    priority: int

    def __post_init__(self) -> None:
        """Refuse a block that could never be said as it stands."""
        if not self.sentences or self.expires < self.reviewed or not 1 <= self.priority <= 100:
            raise ValueError(f"the block {self.id} has no sentence, expires before its review, or has no priority from 1 to 100")
        if not {self.needs, self.lacks} <= {"", *ALLOWED_PLACES[Said.ONCE]}:
            raise ValueError(f"the block {self.id} needs a setting of the desk that doesn't exist")
        places = {place for text in (*self.sentences, self.card) for place in _PLACES.findall(text)}
        if not places <= ALLOWED_PLACES[self.said]:
            raise ValueError(f"the block {self.id} has places that nothing fills: {places}")
        for condition in self.rule:
            _check(condition, self)


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """All blocks, in the order of their parts and priorities."""

    blocks: tuple[Block, ...]

    def due_for_review(self, by: date) -> tuple[Block, ...]:
        """The blocks that expire on *by* or before, the first to expire first: briefs leave them out from the day after."""
        return tuple(sorted((block for block in self.blocks if block.expires <= by), key=lambda block: (block.expires, block.id)))

    def messages(self) -> Iterator[str]:
        """Every text of the library that is to be translated."""
        for block in self.blocks:
            yield from block.sentences
            if block.card:
                yield block.card


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: str
    blocks: tuple[Block, ...]


def read_library(bodies: Iterable[bytes]) -> Library:
    """The library in *bodies* (JSON files); raises Unreadable that names a wrong field, a fact that doesn't exist or a doubled id."""
    blocks: list[Block] = []
    for body in bodies:
        try:
            found = msgspec.json.decode(body, type=_File)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unreadable(f"{N_('A file of advice blocks does not fit. Please correct it:')} {error}") from error
        if found.schema != SCHEMA:
            raise Unreadable(f"{N_('A file of advice blocks has another form than this version reads:')} {found.schema}")
        blocks += found.blocks
    doubled = [block_id for block_id, count in Counter(block.id for block in blocks).items() if count > 1]
    if doubled:
        raise Unreadable(f"{N_('Two advice blocks have the same id:')} {', '.join(doubled)}")
    return _in_order(blocks)


@lru_cache(maxsize=1)
def library() -> Library:
    """The library that comes with this version of gifthorse."""
    folder = files("gifthorse.brief") / "data" / "blocks"
    return read_library(
        entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if entry.name.endswith(".json")
    )


def library_with(own_bodies: Iterable[bytes]) -> Library:
    """The packaged library with the house's own blocks (JSON files); one with the id of a packaged block takes its place."""
    own = read_library(own_bodies).blocks
    replaced = {block.id for block in own}
    return _in_order([*(block for block in library().blocks if block.id not in replaced), *own])


def _in_order(blocks: Iterable[Block]) -> Library:
    order = list(BlockKind)
    return Library(blocks=tuple(sorted(blocks, key=lambda block: (order.index(block.kind), -block.priority, block.id))))


def _check(condition: Condition, block: Block) -> None:
    words = VOCABULARY.get(condition.fact)
    if words is None:
        raise ValueError(f"the block {block.id} asks for a fact that doesn't exist: {condition.fact}")
    if condition.fact.startswith("element.") and block.said is Said.ONCE:
        raise ValueError(f"the block {block.id} asks for an element but is not said about elements")
    if isinstance(words, str):
        fits = words == COUNT and not condition.any_of and not condition.none_of
    else:
        fits = condition.at_least is None and condition.at_most is None and words.issuperset({*condition.any_of, *condition.none_of})
    if not fits:
        raise ValueError(f"the block {block.id} asks {condition.fact} for something that it can't hold")
