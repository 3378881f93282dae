"""What travellers ask about a trip or its brief, and what officers and research security answer."""

from typing import Final

from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.plan_trip import concerned
from gifthorse.procedures.reading_trips import trip_and_relation
from gifthorse.procedures.tellers import officers
from gifthorse.store import vault
from gifthorse.store.tables.report import Letter
from gifthorse.store.tables.trip import Trip

LONGEST: Final = 8000
TRAVELLERS: Final = "reporter"  # the audience of a letter that both sides see


def ask(actor: Actor, trip_id: str, untrusted_text: str) -> Letter:
    """The traveller's letter; the officers hear that there is one. Raises NotAccepted when it is empty or too long."""
    trip, relation = trip_and_relation(actor, trip_id)
    with act(actor, Procedure.ASK_ABOUT_TRIP, relation, subject=trip.pk) as deed:
        letter = _kept(deed, trip, actor, untrusted_text, to_traveller=False)
        notify(deed, officers() - {actor.person}, NoticeKind.WRITTEN, trip.pk)
        return letter


def answer(actor: Actor, trip_id: str, untrusted_text: str) -> Letter:
    """The answer, which everybody on the trip sees."""
    trip, relation = trip_and_relation(actor, trip_id)
    with act(actor, Procedure.ANSWER_TRAVELLER, relation, subject=trip.pk) as deed:
        letter = _kept(deed, trip, actor, untrusted_text, to_traveller=True)
        notify(deed, concerned(trip), NoticeKind.ANSWER, trip.pk)
        return letter


def _kept(deed: Deed, trip: Trip, author: Actor, untrusted_text: str, *, to_traveller: bool) -> Letter:
    text = untrusted_text.strip()
    if not text or len(text) > LONGEST:
        raise NotAccepted(N_("Please write between 1 and 8,000 characters."), field="text")
    body = deed.note(vault.keep(text.encode(), moment=deed.moment))
    return deed.keep(Letter(trip=trip, author_id=author.person, audience=TRAVELLERS, to_reporter=to_traveller, body=body))
