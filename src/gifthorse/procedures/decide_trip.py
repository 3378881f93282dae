"""An officer or research security approves or refuses a trip of somebody else, with the reason; the briefs come with the approval."""

from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.trips import StepKind, TripState, move
from gifthorse.model.words import N_
from gifthorse.procedures.compose_brief import compose_all
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.plan_trip import changing, concerned, note_step
from gifthorse.procedures.reading_trips import content_of
from gifthorse.procedures.trip_duties import void_duties
from gifthorse.store.tables.trip import Trip


def approve(actor: Actor, trip_id: str, untrusted_reason: str = "") -> Trip:
    """The trip goes ahead; each traveller has a brief and hears of both. Raises WrongState when it doesn't wait for an answer."""
    with changing(actor, Procedure.DECIDE_TRIP, trip_id) as (deed, trip):
        trip.state = move(TripState(trip.state), TripState.APPROVED).value
        trip.changed_at = deed.moment
        deed.keep(trip)
        note_step(deed, trip, actor, StepKind.APPROVED, untrusted_reason)
        compose_all(deed, trip, content_of(trip))
        notify(deed, concerned(trip), NoticeKind.TRIP_DECIDED, trip.pk)
        return trip


def refuse(actor: Actor, trip_id: str, untrusted_reason: str) -> Trip:
    """The trip doesn't go ahead as it is; the reason is owed to whoever planned it. Raises NotAccepted without one, or WrongState."""
    with changing(actor, Procedure.DECIDE_TRIP, trip_id) as (deed, trip):
        if not untrusted_reason.strip():
            raise NotAccepted(N_("Please say why, so that the traveller knows what to change."), field="reason")
        trip.state = move(TripState(trip.state), TripState.REFUSED).value
        trip.changed_at = deed.moment
        deed.keep(trip)
        note_step(deed, trip, actor, StepKind.REFUSED, untrusted_reason)
        void_duties(deed, trip)
        notify(deed, concerned(trip), NoticeKind.TRIP_DECIDED, trip.pk)
        return trip
