"""A brief as it was composed: parts, sentences, the card, and what was left out; in no language yet, so that it can be kept and sent."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.brief.blocks import Source
from gifthorse.model.words import N_, Phrase

SCHEMA: Final = "gifthorse.brief/1"


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence with the facts that asked for it (clauses after "because") and its source.

    `block` is the id of the advice block. `attribution` and `warnings` belong to quotations about a place. A `secret` sentence
    holds the agreed word: paper and previews leave it out unless they are told to show it.
    """

    text: Phrase
    because: tuple[Phrase, ...]
    source: Source
    block: str
    attribution: Phrase | None = None
    warnings: tuple[Phrase, ...] = ()
    secret: bool = False


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a brief; `kind` is a `BlockKind`, or ``place-`` and a `PlaceKind`."""

    kind: str
    sentences: tuple[Sentence, ...]


class WhyLeftOut(StrEnum):
    """Why something that fits the trip is not in its brief."""

    NO_ROOM = "no-room"
    EXPIRED = "expired"


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Advice that fits the trip and was left out: its part, its first sentence, and why."""

    block: str
    kind: str
    text: Phrase
    why: WhyLeftOut


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The whole brief. `words` counts the parts (English), `good_until` is the day on which the first block in it expires."""

    schema: str = SCHEMA
    composed_on: date
    good_until: date
    sections: tuple[Section, ...]
    card: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...]
    words: int
    card_words: int

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every part, in reading order; the card is not among them."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)


TITLES: Final = {
    "who-to-call": N_("Who to call"),
    "why-you": N_("Why you may be of interest"),
    "what-you-carry": N_("What you carry"),
    "line-to-take": N_("What you may say"),
    "devices": N_("Your devices"),
    "approach": N_("What an approach looks like"),
    "room": N_("Your room and luggage"),
    "social": N_("Evenings and company"),
    "gifts": N_("Gifts and media"),
    "money": N_("Money and purchases"),
    "online": N_("Online"),
    "law-general": N_("Law and photographs"),
    "export": N_("Export control"),
    "after": N_("When you are back"),
    "place-law": N_("Law at the place, as quoted"),
    "place-health": N_("Health, as quoted"),
    "place-official-advice": N_("Official advice, as quoted"),
    "place-transport": N_("Getting about, as quoted"),
}
WHY_LEFT_OUT: Final = {
    WhyLeftOut.NO_ROOM: N_("no room on two pages"),
    WhyLeftOut.EXPIRED: N_("its review is overdue"),
}
