"""Which contacts are worth comparing: those that meet in a block. Links are suggested here and never made.

Blocks under a hard identifier are never given up. Blocks under two parts of a name are, when they are so common that the name alone
weighs too little to matter; such names still meet under a part of the name together with an employer, event or introducer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from gifthorse.resolve.comparing import evidence, total_bits
from gifthorse.resolve.names.consonants import latin_code
from gifthorse.resolve.names.parts import Part
from gifthorse.resolve.names.reading import Name
from gifthorse.resolve.population import Population, identifying, whole_name
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.waterfall import Standing, Waterfall, standing, waterfall
from gifthorse.resolve.weights import weights

MOST_IN_A_NAME_BLOCK: Final = 20  # these can lead to the queue only
MOST_IN_A_MIXED_BLOCK: Final = 60  # a part of a name with an employer, event or introducer
NAMES_ONLY: Final = ("1 ", "2 ", "whole:")
MOST_IN_A_HARD_BLOCK: Final = 300
MOST_CODES: Final = 3  # of one part
MOST_PARTS: Final = 4
WINDOW: Final = 40  # half of a window into a hard block that is crowded even within one name


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A pair (ids in order) that a person may confirm or refuse, with its sum in bits; `linking.explained` has the reasons."""

    pair: tuple[str, str]
    total: float
    standing: Standing


class ContactIndex:
    """The contacts at hand, their counts and their blocks; adding and taking away are exact opposites."""

    def __init__(self, contacts: Iterable[Prepared] = ()) -> None:
        self.population = Population()
        self._blocks: dict[str, list[str]] = {}
        self._crowds: dict[str, dict[str, list[str]]] = {}  # of crowded hard blocks: their bearers by name
        for contact in contacts:
            self.add(contact)

    def __len__(self) -> int:
        return len(self.population)

    def add(self, contact: Prepared) -> None:
        """*contact* can be found from now on; one with the same id is replaced."""
        self.discard(contact.id)
        self.population.add(contact)
        self._forget_crowds(contact)
        for key in soft_keys(contact):
            self._blocks.setdefault(key, []).append(contact.id)

    def discard(self, contact_id: str) -> None:
        """The contact is found no longer; nothing happens when there is none."""
        contact = self.population.contacts.get(contact_id)
        if contact is None:
            return
        self.population.discard(contact_id)
        self._forget_crowds(contact)
        for key in soft_keys(contact):
            self._blocks[key].remove(contact_id)
            if not self._blocks[key]:
                del self._blocks[key]

    def _forget_crowds(self, contact: Prepared) -> None:
        if self._crowds:
            for value in identifying(contact):
                self._crowds.pop(value, None)

    def meeting(self, contact: Prepared) -> set[str]:
        """The ids of the contacts that share a block with *contact*, itself left out."""
        found: set[str] = set()
        for _, block in self.open_blocks(contact):
            found.update(block)
        found.discard(contact.id)
        return found

    def open_blocks(self, contact: Prepared) -> Iterator[tuple[str, Sequence[str]]]:
        """The blocks that *contact*, one of the index, is compared in: their keys and the ids in them."""
        for value in identifying(contact):
            bearers = self.population.bearers[value]
            if len(bearers) > MOST_IN_A_HARD_BLOCK:
                yield from self._crowded(value, contact)
            elif len(bearers) > 1:
                yield value, bearers
        for key in soft_keys(contact):
            block = self._blocks[key]
            if 1 < len(block) <= MOST_IN_A_NAME_BLOCK or (len(block) <= MOST_IN_A_MIXED_BLOCK and not key.startswith(NAMES_ONLY)):
                yield key, block

    def _crowded(self, value: str, contact: Prepared) -> Iterator[tuple[str, Sequence[str]]]:
        """The part of a crowded hard block that bears the same name; if that is crowded, too, overlapping windows of it by id.

        Portraits have a block for the exact picture beside those of their bands; a message weighs nothing without a name.
        """
        if value.startswith(("portrait_band:", "message_band:")):
            return
        by_mark = self._crowds.get(value)
        if by_mark is None:
            by_mark = self._crowds[value] = {}
            for bearer in sorted(self.population.bearers[value]):
                by_mark.setdefault(self.population.contacts[bearer].mark, []).append(bearer)
        alike = by_mark[contact.mark]
        if len(alike) <= MOST_IN_A_HARD_BLOCK:
            yield f"{value} {contact.mark}", alike
            return
        window = bisect_left(alike, contact.id) // WINDOW
        for first in (window - 1, window):
            yield f"{value} {contact.mark} {first}", alike[max(0, first * WINDOW) : (first + 2) * WINDOW]


def candidates_for(contact: Prepared, index: ContactIndex) -> list[Suggestion]:
    """The contacts of *index* that may be the same person as *contact*, queue and suggestions, the likeliest first.

    *contact* counts among the contacts for as long as this takes, and stays among them if it was.
    """
    known = index.population.contacts.get(contact.id) == contact
    if not known:
        index.add(contact)
    try:
        others = (index.population.contacts[other] for other in index.meeting(contact))
        return _ranked(suggestion for other in others if (suggestion := _suggestion(contact, other, index.population)))
    finally:
        if not known:
            index.discard(contact.id)


def linked(index: ContactIndex) -> list[Suggestion]:
    """Every pair of *index* that is worth a look, the likeliest first; the same whatever the order of adding."""
    return _ranked(_all_pairs(index))


def weighed(pairs: Iterable[tuple[str, str]], index: ContactIndex) -> list[Suggestion]:
    """Those of *pairs* (ids of *index*) that are worth a look, the likeliest first, each once."""
    contacts = index.population.contacts
    ordered = {(one, other) if one < other else (other, one) for one, other in pairs}
    found = (_suggestion(contacts[one], contacts[other], index.population) for one, other in ordered)
    return _ranked(suggestion for suggestion in found if suggestion)


def explained(pair: tuple[str, str], index: ContactIndex) -> Waterfall:
    """The reasons for a pair of ids; raises KeyError when one of them isn't in *index*."""
    contacts = index.population.contacts
    return waterfall(contacts[pair[0]], contacts[pair[1]], index.population)


def _all_pairs(index: ContactIndex) -> Iterator[Suggestion]:
    contacts = index.population.contacts
    for contact in contacts.values():
        for other in index.meeting(contact):
            if contact.id < other:
                suggestion = _suggestion(contact, contacts[other], index.population)
                if suggestion:
                    yield suggestion


def _suggestion(one: Prepared, other: Prepared, population: Population) -> Suggestion | None:
    found = evidence(one, other, population, weights().queue_bits)
    total = total_bits(found)
    reached = standing(total) if found else Standing.BELOW
    if reached is Standing.BELOW:
        return None
    return Suggestion(pair=(one.id, other.id) if one.id < other.id else (other.id, one.id), total=total, standing=reached)


def _ranked(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(suggestions, key=lambda suggestion: (-suggestion.total, suggestion.pair))


def soft_keys(contact: Prepared) -> set[str]:
    """Keys of the blocks that a contact stands in by its names: two parts together, or one part with a circumstance."""
    keys: set[str] = set()
    circumstances = _circumstances(contact)
    for name in contact.names:
        codes = [part.codes[:MOST_CODES] for part in name.parts[:MOST_PARTS] if part.codes]
        keys |= _pairs_of_parts(codes)
        keys |= _joined_pairs(name)
        keys.add(whole_name(name))  # small where the coarse blocks are large
        if len(codes) == 1:
            keys |= {f"1 {code}" for code in codes[0]}
        keys |= {f"{code} {circumstance}" for circumstance in circumstances for of_part in codes for code in of_part}
    return keys


def _circumstances(contact: Prepared) -> list[str]:
    return [
        *(f"employer:{employer.key}" for employer in contact.employers[:4]),
        *(f"event:{event}" for event in sorted(contact.events)[:8]),
        *(f"introducer:{introducer}" for introducer in sorted(contact.introducers)[:8]),
    ]


def _pairs_of_parts(codes: list[tuple[str, ...]]) -> set[str]:
    return {
        f"2 {left} {right}" if left < right else f"2 {right} {left}"
        for one, other in combinations(codes, 2)
        for left in one
        for right in other
    }


def _joined_pairs(name: Name) -> set[str]:
    """Three syllables of which two are one given name, when it can't be told which."""
    if len(name.parts) != 3 or not all(part.syllabic for part in name.parts):
        return set()
    one, two, three = name.parts
    return _pairs_of_parts([one.codes[:2], _joined_codes(two, three)]) | _pairs_of_parts([_joined_codes(one, two), three.codes[:2]])


def _joined_codes(one: Part, other: Part) -> tuple[str, ...]:
    return (latin_code(one.spelling + other.spelling),)
