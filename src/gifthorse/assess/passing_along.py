"""Passing along: one contact leaves, another takes over the same one of our people (catalogue P95).

A chain needs a reason to believe that the second knows of the first: a handover was reported (tactic T41), or an officer confirmed a
link between the two contacts. That one contact follows another in time is ordinary life.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from gifthorse.model.words import N_, Phrase, phrase

HANDOVER: Final = "T41"
LONGEST_GAP_MONTHS: Final = 12


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """The time in which one contact was in touch with one of our people.

    `cluster` is the confirmed cluster of linked contacts, if any; `handed_over` is true where T41 was reported in this thread;
    `observations` are positions in the caller's series.
    """

    thread: str
    person: str
    contact: str
    first_month: float
    last_month: float
    cluster: str | None = None
    handed_over: bool = False
    observations: tuple[int, ...] = ()


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """Successive contacts of one of our people, oldest first."""

    person: str
    threads: tuple[str, ...]
    contacts: tuple[str, ...]
    observations: tuple[int, ...]
    reported: bool  # a handover was told, not only inferred from links
    sentence: Phrase


def chains(spells: Iterable[Spell]) -> tuple[Chain, ...]:
    """Every chain of two or more contacts, longest first; a contact follows when it starts at most a year after the other's end."""
    by_person: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_person[spell.person].append(spell)
    found = [_chain(link) for person in by_person for link in _links(by_person[person]) if len(link) >= 2]
    return tuple(sorted(found, key=lambda chain: (-len(chain.contacts), chain.person, chain.threads)))


def _links(spells: Iterable[Spell]) -> list[list[Spell]]:
    """The spells of one person as chains: each spell joins the chain whose last contact it most lately follows."""
    ordered = sorted(spells, key=lambda spell: (spell.first_month, spell.last_month, spell.thread))
    links: list[list[Spell]] = []
    for spell in ordered:
        fitting = [link for link in links if follows(link[-1], spell)]
        if fitting:
            max(fitting, key=lambda link: (link[-1].last_month, link[-1].thread)).append(spell)
        else:
            links.append([spell])
    return links


def follows(earlier: Spell, later: Spell) -> bool:
    """Whether *later* takes over from *earlier*: another contact, after it and within a year, told or confirmed."""
    gap = later.first_month - earlier.last_month
    linked = earlier.cluster is not None and earlier.cluster == later.cluster
    return earlier.contact != later.contact and 0 <= gap <= LONGEST_GAP_MONTHS and (linked or earlier.handed_over or later.handed_over)


def _chain(link: list[Spell]) -> Chain:
    reported = any(spell.handed_over for spell in link)
    text = (
        N_("A colleague was passed on from one contact to the next. Contacts: {contacts}.")
        if reported
        else N_("Linked contacts came one after the other to the same colleague. Contacts: {contacts}.")
    )
    return Chain(
        person=link[0].person,
        threads=tuple(spell.thread for spell in link),
        contacts=tuple(spell.contact for spell in link),
        observations=tuple(sorted({index for spell in link for index in spell.observations})),
        reported=reported,
        sentence=phrase(text, contacts=len(link)),
    )
