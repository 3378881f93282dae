"""Which duties arise from an event, and the answer to "do I have to report this?" in one sentence."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.brief.blocks import Source
from gifthorse.brief.conditions import all_hold, undecided
from gifthorse.brief.duties.calendar import OfficeDays, due_at
from gifthorse.brief.duties.events import DutyFacts, EventType, facts_of
from gifthorse.brief.duties.packs import Pack, Rule
from gifthorse.brief.kinds import Payer
from gifthorse.model.words import N_, Phrase, phrase

NO_RULE: Final = N_("No rule of your packs asks for it. You may still tell us.")
NO_PACK: Final = N_("Can't tell: no rule pack is switched on. You may always tell us.")
MISSING: Final = {
    "regime": N_("Can't tell: we don't know under which programme you work ({document}). You may always tell us."),
    "official": N_("Can't tell: we don't know whether the trip is official ({document}). You may always tell us."),
    "abroad": N_("Can't tell: we don't know whether the trip goes abroad ({document}). You may always tell us."),
    "emergency": N_("Can't tell: we don't know whether it was an emergency ({document}). You may always tell us."),
    "payer": N_("Can't tell: we don't know who pays ({document}). You may always tell us."),
    "sponsor-exempt": N_("Can't tell: we don't know what kind of body pays ({document}). You may always tell us."),
    "sponsor-usd-12-months": N_(
        "Can't tell: we don't know how much this sponsor paid in twelve months ({document}). You may always tell us."
    ),
    "bulk-upload": N_("Can't tell: we don't know whether your house reports trips in bulk ({document}). You may always tell us."),
}
_NO_END: Final = datetime.max.replace(tzinfo=UTC)
_SPONSORS: Final = frozenset({Payer.HOST, Payer.THIRD_PARTY, Payer.MIXED})


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is due.

    `due` is in UTC, None when it has no end or counts from a moment that isn't known yet. `certain` is False when the rule hinges on
    something that the desk does not read; a person decides then. `title`, `why` (the clause after "because") and `fields` are message
    ids, the last one being names of what is to be told.
    """

    rule: str
    pack: str
    event: EventType
    title: str
    due: datetime | None
    certain: bool
    why: str
    fields: tuple[str, ...]
    source: Source


class Reply(StrEnum):
    """The three answers."""

    YES = "yes"
    NO = "no"
    CANT_TELL = "can't tell"


class MustReport(msgspec.Struct, frozen=True, kw_only=True):
    """The answer in one sentence, and the duties behind it, the first due first."""

    reply: Reply
    sentence: Phrase
    duties: tuple[Duty, ...] = ()


def duties_for(facts: DutyFacts, packs: Iterable[Pack], office: OfficeDays) -> tuple[Duty, ...]:
    """The duties that arise from one event under *packs*, the first due first.

    A rule whose conditions can't be decided gives no duty here; `must_i_report` names what would have to be known.
    """
    duties = [_duty(rule, pack, facts, office) for pack, rule, holds in _decided(facts, packs) if holds and not rule.invites]
    return _by_date(duties)


def duties_for_trip(facts: DutyFacts, packs: Iterable[Pack], office: OfficeDays) -> tuple[Duty, ...]:
    """The duties of a whole trip: planning, coming back, the bulk report, and sponsors when somebody else pays."""
    events = [EventType.TRIP_PLANNED, EventType.TRIP_DEBRIEF, EventType.TRIP_BULK]
    if facts.payer in _SPONSORS:
        events.append(EventType.TRAVEL_SPONSORED)
    all_packs = tuple(packs)
    found = [duty for event in events for duty in duties_for(msgspec.structs.replace(facts, event=event), all_packs, office)]
    return _by_date(found)


def must_i_report(facts: DutyFacts, packs: Iterable[Pack], office: OfficeDays) -> MustReport:
    """The answer to "do I have to report this?", in one sentence that names the rule; what isn't known is said, never guessed."""
    all_packs = tuple(packs)
    if not all_packs:
        return MustReport(reply=Reply.CANT_TELL, sentence=phrase(NO_PACK))
    duties = duties_for(facts, all_packs, office)
    rules = {(pack.id, rule.id): rule for pack in all_packs for rule in pack.rules}
    certain = [duty for duty in duties if duty.certain]
    if certain:
        return MustReport(reply=Reply.YES, sentence=phrase(rules[certain[0].pack, certain[0].rule].answer), duties=duties)
    if duties:
        return MustReport(reply=Reply.CANT_TELL, sentence=phrase(rules[duties[0].pack, duties[0].rule].hinges_on), duties=duties)
    return _without_a_duty(facts, all_packs)


def _without_a_duty(facts: DutyFacts, packs: tuple[Pack, ...]) -> MustReport:
    decided = list(_decided(facts, packs))
    for _, rule, holds in decided:
        if holds is None and not rule.invites:
            missing = undecided(rule.when, facts_of(facts))[0]
            return MustReport(reply=Reply.CANT_TELL, sentence=phrase(MISSING[missing], document=rule.source.document))
    invited = next((rule.answer for _, rule, holds in decided if holds and rule.invites), NO_RULE)
    return MustReport(reply=Reply.NO, sentence=phrase(invited))


def _by_date(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(sorted(duties, key=lambda duty: (duty.due is None, duty.due or _NO_END, duty.rule)))


def _decided(facts: DutyFacts, packs: Iterable[Pack]) -> Iterator[tuple[Pack, Rule, bool | None]]:
    known = facts_of(facts)
    for pack in packs:
        for rule in pack.rules:
            if facts.event in rule.events:
                yield pack, rule, all_hold(rule.when, known)


def _duty(rule: Rule, pack: Pack, facts: DutyFacts, office: OfficeDays) -> Duty:
    return Duty(
        rule=rule.id,
        pack=pack.id,
        event=facts.event,
        title=rule.title,
        due=due_at(rule.deadline, facts, office),
        certain=not rule.hinges_on,
        why=rule.why,
        fields=rule.fields,
        source=rule.source,
    )
