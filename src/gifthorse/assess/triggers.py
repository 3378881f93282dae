"""Triggers that are not scores: single facts that call for a short procedure at once, whatever the level of any thread.

Four in ten of the published cases can't be caught before harm by adding up reports; what would have caught them is one of these. A
trigger is an occasion to talk and to help. It never raises a level and never says that anybody did wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from gifthorse.assess.passing_along import HANDOVER, Chain
from gifthorse.assess.silence import Silence
from gifthorse.assess.trigger_steps import TriggerKind, steps
from gifthorse.model.observations import Observation
from gifthorse.model.words import N_, Phrase, phrase

AFTER_LEAVING_MONTHS: Final = 24
PRETEXT_MONTHS: Final = 24
# How somebody explains why they get in touch: the covers and openings of the catalogue.
PRETEXTS: Final = frozenset({"T02", "T03", "T04", "T05", "T07", "T08", "T09", "T10", "T11", "T14", "T15", "T85"})
CLOSENESS: Final = frozenset({"T10", "T38"})


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """One trigger: `facts` are the ids of the facts it rests on, `observations` positions in the observations given."""

    kind: TriggerKind
    sentence: Phrase
    facts: tuple[str, ...] = ()
    observations: tuple[int, ...] = ()
    steps: tuple[Phrase, ...] = ()


class SponsoredTrip(msgspec.Struct, frozen=True, kw_only=True):
    """A trip that somebody outside pays in part or whole; `elements_held` is the know-how that the traveller holds."""

    id: str
    person: str
    month: float
    outside_payer: bool
    elements_held: tuple[str, ...] = ()
    answered: bool = False  # the officer has approved or declined it


class LeaverContact(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who gave notice in `notice_month` was approached in `contact_month`; `left_month` is None until they have left."""

    id: str
    person: str
    notice_month: float
    contact_month: float
    left_month: float | None = None


class Relationship(msgspec.Struct, frozen=True, kw_only=True):
    """A close relationship with a contact, told by `told_by`, to be declared under the house's rules where `to_be_declared`."""

    id: str
    thread: str
    person: str
    told_by: str
    declared: bool
    to_be_declared: bool = True


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague's concern; `behaviour_told` is false where the report names nothing that anybody did or said."""

    id: str
    person: str
    told_by: str
    behaviour_told: bool


class PretextApproach(msgspec.Struct, frozen=True, kw_only=True):
    """An approach with its pretext: a tactic id, and where known the fingerprint of its wording."""

    id: str
    person: str
    month: float
    pretext: str
    wording: str | None = None
    contact: str | None = None


def sponsored_trips(trips: Iterable[SponsoredTrip]) -> tuple[Trigger, ...]:
    """A trigger for each unanswered trip that somebody outside pays to a holder of registered know-how."""
    due = sorted((t for t in trips if t.outside_payer and t.elements_held and not t.answered), key=lambda t: (t.month, t.id))
    return tuple(
        _trigger(
            TriggerKind.SPONSORED_TRIP,
            phrase(
                N_("Somebody outside pays the trip of a colleague who holds registered know-how. Elements: {elements}."),
                elements=len(set(trip.elements_held)),
            ),
            facts=(trip.id,),
        )
        for trip in due
    )


def leavers_contacted(contacts: Iterable[LeaverContact]) -> tuple[Trigger, ...]:
    """A trigger for each approach between a notice and two years after leaving."""
    due = sorted((c for c in contacts if _while_leaving(c)), key=lambda c: (c.contact_month, c.id))
    return tuple(_trigger(TriggerKind.LEAVER_CONTACTED, _leaver_sentence(contact), facts=(contact.id,)) for contact in due)


def _while_leaving(contact: LeaverContact) -> bool:
    last = contact.contact_month if contact.left_month is None else contact.left_month + AFTER_LEAVING_MONTHS
    return contact.notice_month <= contact.contact_month <= last


def _leaver_sentence(contact: LeaverContact) -> Phrase:
    if contact.left_month is not None and contact.contact_month > contact.left_month:
        return phrase(N_("A former colleague was approached after they had left."))
    return phrase(N_("A colleague who is leaving was approached."))


def undeclared_relationships(relationships: Iterable[Relationship], observations: Sequence[Observation] = ()) -> tuple[Trigger, ...]:
    """A trigger for each relationship that should be declared and isn't, with the closeness that was observed in its thread.

    One that the colleague told themselves is as good as declared: nobody is chased for having told.
    """
    due = sorted((r for r in relationships if r.to_be_declared and not r.declared and r.told_by != r.person), key=lambda r: r.id)
    return tuple(
        _trigger(
            TriggerKind.UNDECLARED_RELATIONSHIP,
            phrase(N_("A relationship that should be declared was told by somebody else.")),
            facts=(relationship.id,),
            observations=tuple(
                index for index, o in enumerate(observations) if o.thread == relationship.thread and CLOSENESS.intersection(o.tactics)
            ),
        )
        for relationship in due
    )


def colleague_concerns(concerns: Iterable[Concern]) -> tuple[Trigger, ...]:
    """A trigger for each colleague about whom others told a behaviour; a concern without one is no ground for anything."""
    by_person: dict[str, list[Concern]] = defaultdict(list)
    for concern in concerns:
        if concern.behaviour_told and concern.told_by != concern.person:
            by_person[concern.person].append(concern)
    return tuple(
        _trigger(
            TriggerKind.COLLEAGUE_CONCERN,
            _concern_sentence(len({concern.told_by for concern in by_person[person]})),
            facts=tuple(sorted(concern.id for concern in by_person[person])),
        )
        for person in sorted(by_person)
    )


def _concern_sentence(people: int) -> Phrase:
    if people == 1:
        return phrase(N_("A colleague told what they saw or heard and is concerned."))
    return phrase(N_("{people} colleagues told what they saw or heard and are concerned."), people=people)


def silent_threads(silences: Iterable[Silence]) -> tuple[Trigger, ...]:
    """A trigger for each thread that `silence.gone_silent` found, in its order; the fact is the thread."""
    return tuple(_trigger(TriggerKind.GONE_SILENT, silence.sentence, facts=(silence.thread,)) for silence in silences)


def repeated_pretexts(approaches: Iterable[PretextApproach]) -> tuple[Trigger, ...]:
    """A trigger for each pretext met again within two years: the same cover on the same colleague by another contact, or the same
    wording on anybody. The same contact coming back to the same colleague is one approach.
    """
    groups: dict[tuple[str, str, str], set[PretextApproach]] = defaultdict(set)
    for approach in approaches:
        if approach.pretext in PRETEXTS:
            groups["person", approach.person, approach.pretext].add(approach)
        if approach.wording is not None:
            groups["wording", approach.wording, ""].add(approach)
    found = {run: sort for (sort, _, _), group in sorted(groups.items()) for run in _runs(group)}
    return tuple(_trigger(TriggerKind.SAME_PRETEXT, _pretext_sentence(found[run], len(run)), facts=run) for run in sorted(found))


def _runs(group: Iterable[PretextApproach]) -> Iterable[tuple[str, ...]]:
    """The ids of approaches that follow each other within `PRETEXT_MONTHS`, each by a new contact or on a new colleague."""
    run: list[PretextApproach] = []
    for approach in sorted(group, key=lambda a: (a.month, a.id)):
        if run and approach.month - run[-1].month > PRETEXT_MONTHS:
            yield from _run(run)
            run = []
        if approach.contact is None or all((a.person, a.contact) != (approach.person, approach.contact) for a in run):
            run.append(approach)
    yield from _run(run)


def _run(run: Sequence[PretextApproach]) -> Iterable[tuple[str, ...]]:
    if len(run) >= 2:
        yield tuple(approach.id for approach in run)


def _pretext_sentence(sort: str, times: int) -> Phrase:
    if sort == "wording":
        return phrase(N_("The same wording was used in {times} approaches."), times=times)
    return phrase(N_("The same colleague was approached {times} times under the same pretext."), times=times)


def handovers(chains: Iterable[Chain], observations: Sequence[Observation] = ()) -> tuple[Trigger, ...]:
    """A trigger for each chain of contacts, and one for each thread outside of them in which a handover was reported."""
    linked = tuple(chains)
    told: dict[str, list[int]] = defaultdict(list)
    for index, observation in enumerate(observations):
        if HANDOVER in observation.tactics:
            told[observation.thread].append(index)
    for thread in {thread for chain in linked for thread in chain.threads}:
        told.pop(thread, None)
    alone = phrase(N_("A contact passed a colleague on to a successor."))
    return tuple(
        [_trigger(TriggerKind.PASSED_ON, c.sentence, facts=c.threads, observations=c.observations) for c in linked]
        + [_trigger(TriggerKind.PASSED_ON, alone, facts=(thread,), observations=tuple(told[thread])) for thread in sorted(told)]
    )


def _trigger(kind: TriggerKind, sentence: Phrase, facts: tuple[str, ...], observations: tuple[int, ...] = ()) -> Trigger:
    return Trigger(kind=kind, sentence=sentence, facts=facts, observations=observations, steps=steps(kind))
