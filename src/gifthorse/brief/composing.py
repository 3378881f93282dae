"""From a situation to its brief: which blocks hold, what fits on two pages, and for each sentence why it is there.

What is said about places has room of its own, so that a long text about a place never pushes advice out and the advice stays the same
wherever the trip goes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import msgspec

from gifthorse.brief import clauses
from gifthorse.brief.blocks import Block, BlockKind, Library, Said
from gifthorse.brief.composed import Brief, LeftOut, Section, Sentence, WhyLeftOut
from gifthorse.brief.conditions import Facts, all_hold
from gifthorse.brief.facts import facts_of, facts_of_element
from gifthorse.brief.place import PlaceBlock
from gifthorse.brief.place_section import place_sections
from gifthorse.brief.situation import KnowHow, Situation
from gifthorse.model.words import Phrase


class DeskContact(msgspec.Struct, frozen=True, kw_only=True):
    """How the traveller reaches the desk, from its settings. `word` is the word agreed for "I'm under pressure"; each may be empty."""

    desk: str = ""
    phone: str = ""
    phone_at_night: str = ""
    word: str = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How many words a brief may have: two pages and a card of A4 hold this much in English and in German."""

    words: int = 1100
    place_words: int = 220
    quote_words: int = 45
    card_words: int = 110


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """A block as it would be said on this trip."""

    block: Block
    because: tuple[Phrase, ...]
    values: dict[str, str]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._sentence(text) for text in self.block.sentences)

    @cached_property
    def words(self) -> int:
        return sum(count_words(sentence.text) for sentence in self.sentences)

    def on_card(self) -> Sentence | None:
        return self._sentence(self.block.card) if self.block.card else None

    def _sentence(self, text: str) -> Sentence:
        values = {name: value for name, value in self.values.items() if f"{{{name}}}" in text}
        said = Phrase(text=text, values=values)
        return Sentence(text=said, because=self.because, source=self.block.source, block=self.block.id, secret="word" in values)


NO_DESK: Final = DeskContact()
USUAL: Final = Limits()


def compose(
    situation: Situation,
    place_blocks: Iterable[PlaceBlock],
    library: Library,
    today: date,
    *,
    desk: DeskContact = NO_DESK,
    limits: Limits = USUAL,
) -> Brief:
    """The brief for *situation* on *today*: what holds, by priority as far as there is room, and a list of what was left out.

    *place_blocks* are those about the places of the trip, in the order of the trip.
    """
    drafts = list(_drafts(situation, library, desk))
    live = [draft for draft in drafts if draft.block.expires >= today]
    chosen, crowded_out = _fitting(live, limits.words)
    places, places_left_out = place_sections(place_blocks, today, limits.place_words, limits.quote_words)
    card = _card(chosen, limits.card_words)
    expired = [draft for draft in drafts if draft.block.expires < today]
    return Brief(
        composed_on=today,
        good_until=min((draft.block.expires for draft in chosen), default=today),
        sections=_in_parts(chosen, places),
        card=card,
        left_out=(*_left_out(crowded_out, WhyLeftOut.NO_ROOM), *_left_out(expired, WhyLeftOut.EXPIRED), *places_left_out),
        words=sum(draft.words for draft in chosen),
        card_words=sum(count_words(sentence.text) for sentence in card),
    )


def count_words(text: Phrase) -> int:
    """How many words *text* has in English."""
    return len(text.in_english().split())


def _drafts(situation: Situation, library: Library, desk: DeskContact) -> Iterator[_Draft]:
    facts = facts_of(situation)
    settings: dict[str, str] = msgspec.structs.asdict(desk)
    of_elements = [(element, facts_of_element(facts, element)) for element in situation.know_how]
    for block in library.blocks:
        if (block.needs and not settings[block.needs]) or (block.lacks and settings[block.lacks]):
            continue
        if block.said is Said.ONCE:
            if all_hold(block.rule, facts):
                because = clauses.because(block.rule, facts, situation.know_how)
                yield _Draft(block=block, because=because, values=settings)
        else:
            yield from _about_elements(block, of_elements)


def _about_elements(block: Block, of_elements: Sequence[tuple[KnowHow, Facts]]) -> Iterator[_Draft]:
    meant = [(element, facts) for element, facts in of_elements if all_hold(block.rule, facts)]
    if not meant:
        return
    if block.said is Said.TOGETHER:
        elements = [element for element, _ in meant]
        because = clauses.because(block.rule, meant[0][1], elements)
        yield _Draft(block=block, because=because, values={"titles": clauses.named(element.title for element in elements)})
        return
    for element, facts in meant:
        because = clauses.because(block.rule, facts, (element,))
        yield _Draft(
            block=block, because=because, values={"title": clauses.in_one_row(element.title), "line": clauses.in_one_row(element.line)}
        )


def _fitting(drafts: Sequence[_Draft], words: int) -> tuple[list[_Draft], list[_Draft]]:
    """What fits into *words*, the most important first, and what doesn't; both in the order of *drafts*."""
    chosen: set[int] = set()
    left = words
    for number in sorted(range(len(drafts)), key=lambda number: (-drafts[number].block.priority, number)):
        if drafts[number].words <= left:
            chosen.add(number)
            left -= drafts[number].words
    fitting = [draft for number, draft in enumerate(drafts) if number in chosen]
    return fitting, [draft for number, draft in enumerate(drafts) if number not in chosen]


def _card(chosen: Iterable[_Draft], words: int) -> tuple[Sentence, ...]:
    card: list[Sentence] = []
    left = words
    for draft in sorted(chosen, key=lambda draft: -draft.block.priority):
        sentence = draft.on_card()
        if sentence is not None and count_words(sentence.text) <= left:
            card.append(sentence)
            left -= count_words(sentence.text)
    return tuple(card)


def _in_parts(chosen: Sequence[_Draft], places: Iterable[Section]) -> tuple[Section, ...]:
    """The parts in reading order; what to do after the trip comes last, behind what is said about places."""
    parts = [
        Section(kind=str(kind), sentences=tuple(sentence for draft in chosen if draft.block.kind is kind for sentence in draft.sentences))
        for kind in BlockKind
    ]
    told = [part for part in parts if part.sentences]
    before = [part for part in told if part.kind != BlockKind.AFTER]
    return (*before, *places, *(part for part in told if part.kind == BlockKind.AFTER))


def _left_out(drafts: Iterable[_Draft], why: WhyLeftOut) -> Iterator[LeftOut]:
    for draft in drafts:
        first = draft.sentences[0]
        yield LeftOut(block=draft.block.id, kind=str(draft.block.kind), text=first.text, why=why)
