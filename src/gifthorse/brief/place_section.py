"""What the publishers say about the places of a trip, shortened to the room there is and marked where it was."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from typing import Final

from gifthorse.brief.blocks import Source
from gifthorse.brief.composed import LeftOut, Section, Sentence, WhyLeftOut
from gifthorse.brief.place import PlaceBlock, PlaceKind, age_warnings, attribution
from gifthorse.model.words import N_, Phrase, phrase

QUOTED: Final = N_("{place}, {heading}: “{quote}”")
GRADED: Final = N_("{place}: “{level}”. {heading}: “{quote}”")
GRADE_ALONE: Final = N_("{place}: “{level}”.")
GOES_THERE: Final = N_("the trip goes to {place}")
_MOST_NEEDED: Final = (PlaceKind.OFFICIAL_ADVICE, PlaceKind.LAW, PlaceKind.HEALTH, PlaceKind.TRANSPORT)
_CUT: Final = " […]"
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
# What a business traveller asks the law about; passages that speak of it are quoted first.
_MATTERS: Final = re.compile(
    r"photograph|filming|drone|encrypt|laptop|device|search|inspect|currency|cash|antiqu|satellite|vpn|military|border|customs|permit|alcohol"
    r"|arrest|detain|police|insurance|vaccin|medic|taxi|airport|rail|road",
    re.IGNORECASE,
)


def place_sections(
    blocks: Iterable[PlaceBlock], today: date, words: int, quote_words: int
) -> tuple[tuple[Section, ...], tuple[LeftOut, ...]]:
    """Parts about the places within *words*, every kind in its turn, and what had no room. A quotation has at most *quote_words*."""
    kept: dict[PlaceKind, list[Sentence]] = {kind: [] for kind in PlaceKind}
    left_out: list[LeftOut] = []
    left = words
    for block in _by_turns(list(blocks)):
        sentence = _sentence(block, today, quote_words)
        count = len(sentence.text.in_english().split())
        if count <= left:
            kept[block.kind].append(sentence)
            left -= count
        else:
            left_out.append(LeftOut(block=sentence.block, kind=f"place-{block.kind}", text=_title(block), why=WhyLeftOut.NO_ROOM))
    sections = tuple(Section(kind=f"place-{kind}", sentences=tuple(told)) for kind, told in kept.items() if told)
    return sections, tuple(left_out)


def excerpt(quote: str, words: int) -> str:
    """*quote* within *words*: its passages that matter on a trip first, in their order, with a mark wherever something was left out."""
    if len(quote.split()) <= words:
        return quote
    passages = [passage for passage in _SENTENCE_END.split(quote) if passage.strip()]
    ranked = sorted(range(len(passages)), key=lambda number: (not _MATTERS.search(passages[number]), number))
    chosen: list[int] = []
    left = words
    for number in ranked:
        count = len(passages[number].split())
        if count <= left:
            chosen.append(number)
            left -= count
    if not chosen:
        return " ".join(quote.split()[:words]) + _CUT
    chosen.sort()
    told = passages[chosen[0]]
    for before, number in pairwise(chosen):
        told += (" " if number == before + 1 else f"{_CUT} ") + passages[number]
    return ("[…] " if chosen[0] else "") + told + (_CUT if chosen[-1] + 1 < len(passages) else "")


def _by_turns(blocks: Sequence[PlaceBlock]) -> list[PlaceBlock]:
    """First one of each kind, then the second of each: a long list of one kind doesn't crowd out the others."""
    of_kinds = [[block for block in blocks if block.kind is kind] for kind in _MOST_NEEDED]
    return [block for turn in zip_longest(*of_kinds) for block in turn if block is not None]


def _sentence(block: PlaceBlock, today: date, quote_words: int) -> Sentence:
    return Sentence(
        text=_text(block, quote_words),
        because=(phrase(GOES_THERE, place=block.place_title),),
        source=Source(document=block.document, clause=block.heading, date=(block.updated or block.retrieved.date()).isoformat()),
        block=f"place.{block.kind}",
        attribution=attribution(block),
        warnings=age_warnings(block, today),
    )


def _text(block: PlaceBlock, quote_words: int) -> Phrase:
    quote = " ".join(excerpt(block.quote, quote_words).split())
    if block.level and not quote:
        return phrase(GRADE_ALONE, place=block.place_title, level=block.level)
    if block.level:
        return phrase(GRADED, place=block.place_title, level=block.level, heading=block.heading, quote=quote)
    return phrase(QUOTED, place=block.place_title, heading=block.heading, quote=quote)


def _title(block: PlaceBlock) -> Phrase:
    return phrase(N_("{place}, {heading} ({publisher})"), place=block.place_title, heading=block.heading, publisher=block.publisher)
