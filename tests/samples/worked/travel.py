"""Something in every table of the travel, made through the procedures."""

from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import keep_calendar, plan_trip, view_brief, write_about_trip
from gifthorse.store.tables.asset import Holding
from tests.samples import travel as samples


def work(actors: dict[str, Actor]) -> None:
    """The tables of the travel hold something: a trip with know-how taken along, duties, a brief that was read, letters, a calendar."""
    staff = Actor(person=actors["staff"].person, roles=frozenset({Role.STAFF}))
    held = Holding.objects.filter(person_id=staff.person, ended=False).values_list("element_id", flat=True)
    trip = samples.a_trip(staff, people=[actors["colleague"].person], carried=held)
    samples.approved(actors["officer"], trip)
    view_brief.acknowledge(staff, trip.pk)
    write_about_trip.ask(staff, trip.pk, "May I take my own phone?")
    write_about_trip.answer(Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER})), trip.pk, "Please take a loaner.")
    plan_trip.change(
        staff, trip.pk, samples.a_content(title="Fair in Lyon, a day later"), plan_trip.Party(people=(staff.person,)), "Later."
    )
    keep_calendar.renew(staff)
