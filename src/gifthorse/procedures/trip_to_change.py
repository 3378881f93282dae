"""A trip as the form for changing it needs it, and the travellers that come out of that form."""

from collections.abc import Mapping

import msgspec

from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.trips import TripContent, TripState
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.people import names_of
from gifthorse.procedures.plan_trip import Party
from gifthorse.procedures.reading_trips import content_of, people_on, seen_by, taken_along, trip_and_relation
from gifthorse.procedures.trip_choices import Choices, choices_for, people_called


class TripToChange(msgspec.Struct, frozen=True, kw_only=True):
    """The trip, the names of the other travellers, and what each takes along; `aboard` when whoever changes it travels."""

    id: str
    state: TripState
    content: TripContent
    people: tuple[str, ...]
    others: tuple[str, ...]
    carried: tuple[str, ...]
    taken: Mapping[str, tuple[str, ...]]
    event: str
    aboard: bool
    choices: Choices


def trip_to_change(actor: Actor, trip_id: str) -> TripToChange:
    """The trip for the form. Raises NotFound or Refused."""
    trip, relation = trip_and_relation(actor, trip_id)
    authorise(actor, Procedure.CHANGE_TRIP, relation)
    content = seen_by(content_of(trip), actor.person)
    people = people_on(trip)
    names, taken = names_of(people), taken_along(trip)
    aboard = actor.person in people
    choices = choices_for(actor)
    return TripToChange(
        id=trip.pk,
        state=TripState(trip.state),
        content=content,
        people=people,
        others=tuple(names.get(person, "") for person in people if person != actor.person),
        carried=taken.get(actor.person, ()),
        taken=taken,
        event=trip.event_id or "",
        aboard=aboard,
        choices=choices if aboard else msgspec.structs.replace(choices, elements=(), compliance=False, papers=False),
    )


def party_as_changed(actor: Actor, was: TripToChange, names: list[str], carried: list[str] | None, event: str | None) -> Party:
    """Who travels after the change: those *names*, and the actor if they did before. What others take along stays as they said."""
    names_now = names_of(was.people)
    kept = {names_now.get(person, ""): person for person in was.people}
    new = people_called(actor, [name for name in names if name.strip() not in kept])
    stay = tuple(kept[name.strip()] for name in names if name.strip() in kept)
    people = ((actor.person,) if was.aboard else ()) + stay + new
    taken = {person: elements for person, elements in was.taken.items() if person in people}
    if was.aboard and carried is not None:
        taken[actor.person] = tuple(carried)
    return Party(people=people, carried=taken, event=was.event if event is None else event)
