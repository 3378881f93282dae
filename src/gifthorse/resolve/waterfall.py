"""Why two contacts may be one person: line by line, in sentences, adding up to the posterior."""

from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.resolve.comparing import Evidence, evidence, total_bits
from gifthorse.resolve.population import Population
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.weights import posterior, weights


class Standing(StrEnum):
    """What happens to a pair: nothing is ever joined without a person."""

    SUGGEST = "suggest"  # shown as a suggestion
    QUEUE = "queue"  # shown to whoever looks for more
    BELOW = "below"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the waterfall. `bits` is a logarithm to base 2: one bit doubles the odds."""

    comparison: str
    level: str
    bits: float
    sentence: Phrase


class Waterfall(msgspec.Struct, frozen=True, kw_only=True):
    """A pair (ids in order), its lines, their sum and what follows from it. Standing is by the posterior alone."""

    pair: tuple[str, str]
    lines: tuple[Line, ...]
    total: float
    posterior: float
    standing: Standing


SENTENCES: Final = {
    ("prior", "prior"): N_("Before anything is compared, hardly any two contacts are one person."),
    ("phone", "same"): N_("Both gave the phone number {detail}."),
    ("mail", "same"): N_("Both use the mailbox {detail}."),
    ("mail", "shared_mailbox"): N_("Both use {detail}, a mailbox that several people read."),
    ("mail", "same_local_part"): N_("Both mailboxes begin with {detail}, at different providers."),
    ("profile", "same"): N_("Both use the profile {detail}."),
    ("messenger", "same"): N_("Both use the messenger id {detail}."),
    ("account", "same"): N_("Both gave the account {detail}."),
    ("card", "same"): N_("Both handed out a card with the same words."),
    ("portrait", "same"): N_("Both show the same portrait."),
    ("portrait", "alike"): N_("The portraits look alike. It may be the same picture, cut or edited."),
    ("name", "same"): N_("Both gave the same name. It weighs as much as the name is rare."),
    ("name", "variant"): N_("The names can be spellings of one name."),
    ("name", "within"): N_("One name is contained in the other."),
    ("name", "initials"): N_("The names agree as far as their first letters go."),
    ("name", "single"): N_("Both are known by one name only, and it is the same."),
    ("name", "one_name"): N_("The only name known of one is part of the other's name."),
    ("name", "part"): N_("Part of the name agrees, another part differs."),
    ("name", "different"): N_("The names differ. People can use several."),
    ("name", "untold"): N_(
        "Whether the names agree can't be told: characters may be read in several languages. Please ask somebody who knows."
    ),
    ("employer", "same"): N_("Both claim the same employer."),
    ("employer", "alike"): N_("The employers they claim share the rare word “{detail}”."),
    ("employer", "other"): N_("They claim different employers. Employers change."),
    ("event", "same"): N_("Both were met at the same event."),
    ("introducer", "same"): N_("The same person introduced both."),
    ("introducer", "introduced_the_other"): N_("One introduced the other, so they are hardly one person."),
    ("message", "same"): N_("Their first messages have the same words."),
    ("message", "alike"): N_("Their first messages share many words."),
    ("limit", "name"): N_("A name alone never says more than this."),
    ("limit", "circumstances"): N_("Circumstances alone never say more than this: colleagues share them."),
}


def waterfall(one: Prepared, other: Prepared, population: Population) -> Waterfall:
    """The lines for a pair in the order in which they were compared, hard identifiers first; the same whichever comes first."""
    found = evidence(one, other, population)
    total = total_bits(found)
    first, second = sorted((one.id, other.id))
    return Waterfall(
        pair=(first, second), lines=tuple(map(_line, found)), total=total, posterior=posterior(total), standing=standing(total)
    )


def standing(total: float) -> Standing:
    """What a sum of bits leads to."""
    reached = posterior(total)
    if reached >= weights().suggest.posterior:
        return Standing.SUGGEST
    return Standing.QUEUE if reached >= weights().queue.posterior else Standing.BELOW


def _line(item: Evidence) -> Line:
    text = SENTENCES[item.comparison, item.level]
    sentence = phrase(text, detail=item.detail) if "{detail}" in text else phrase(text)
    return Line(comparison=item.comparison, level=item.level, bits=item.bits, sentence=sentence)
