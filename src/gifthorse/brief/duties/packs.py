"""Rule packs: what a programme asks for, as data with its source, and read so that a pack with an error is refused as a whole."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.brief.blocks import Source
from gifthorse.brief.conditions import Condition
from gifthorse.brief.duties.calendar import Deadline
from gifthorse.brief.duties.events import COUNT, VOCABULARY, EventType
from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.duties/1"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One duty of a pack: on *events*, when all conditions hold, *fields* are to be told by *deadline*.

    *title* says what is due, *answer* is the sentence for "do I have to report this?", *why* the clause after "because"; all three
    are message ids. *hinges_on* is the sentence for a rule that depends on what the desk does not read; such a duty is never certain.
    A rule that *invites* asks for nothing: it makes no duty and only gives the answer.
    """

    id: str
    events: tuple[EventType, ...]
    title: str
    answer: str
    why: str
    when: tuple[Condition, ...] = ()
    fields: tuple[str, ...]
    deadline: Deadline
    hinges_on: str = ""
    invites: bool = False
    source: Source
    reviewed: date

    def __post_init__(self) -> None:
        """Refuse a rule that no event reaches or that asks for a fact that doesn't exist."""
        if not self.events:
            raise ValueError(f"the rule {self.id} names no event")
        for condition in self.when:
            words = VOCABULARY.get(condition.fact)
            counts = words == COUNT and not condition.any_of and not condition.none_of
            if not counts and (not isinstance(words, frozenset) or not words.issuperset({*condition.any_of, *condition.none_of})):
                raise ValueError(f"the rule {self.id} asks {condition.fact} for something that it can't hold")


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules of one programme. *limits* says what of the programme is not in the pack."""

    schema: str
    id: str
    title: str
    limits: str
    rules: tuple[Rule, ...]

    def messages(self) -> Iterator[str]:
        """Every text of the pack that is to be translated."""
        yield from (self.title, self.limits)
        for rule in self.rules:
            yield from (rule.title, rule.answer, rule.why, *rule.fields)
            if rule.hinges_on:
                yield rule.hinges_on


def read_pack(body: bytes) -> Pack:
    """The pack in *body* (JSON); raises Unreadable that names what is wrong."""
    try:
        pack = msgspec.json.decode(body, type=Pack)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{N_('A rule pack does not fit. Please correct it:')} {error}") from error
    if pack.schema != SCHEMA:
        raise Unreadable(f"{N_('A rule pack has another form than this version reads:')} {pack.schema}")
    doubled = [rule_id for rule_id, count in Counter(rule.id for rule in pack.rules).items() if count > 1]
    if doubled:
        raise Unreadable(f"{N_('Two rules of a pack have the same id:')} {', '.join(doubled)}")
    return pack


@lru_cache(maxsize=1)
def packs() -> dict[str, Pack]:
    """The packs that come with this version of gifthorse, by id."""
    folder = files("gifthorse.brief") / "data" / "duties"
    found = [
        read_pack(entry.read_bytes()) for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if entry.name.endswith(".json")
    ]
    return {pack.id: pack for pack in found}


def chosen_packs(ids: Iterable[str]) -> tuple[Pack, ...]:
    """The packs of *ids* (a setting of the desk), in that order; raises Unreadable for one that doesn't exist."""
    known = packs()
    wanted = list(ids)
    missing = [pack_id for pack_id in wanted if pack_id not in known]
    if missing:
        raise Unreadable(f"{N_('There is no rule pack of this name. Please correct the settings:')} {', '.join(missing)}")
    return tuple(known[pack_id] for pack_id in wanted)
