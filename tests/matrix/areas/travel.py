"""The travel in the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from gifthorse.brief.duties.events import EventType
from gifthorse.model.itineraries import Itinerary
from gifthorse.model.roles import Actor, Procedure, Role
from gifthorse.model.trips import TripState
from gifthorse.procedures import (
    compose_brief,
    decide_trip,
    discharge_duty,
    export_trips,
    import_trips,
    keep_calendar,
    keep_subscription,
    plan_trip,
    read_bookings,
    refresh_advice,
    travellers_today,
    trip_choices,
    trip_to_change,
    view_brief,
    view_duties,
    view_trip,
    write_about_trip,
)
from gifthorse.procedures.acting import now
from gifthorse.procedures.plan_trip import Party
from gifthorse.store.tables.duty import Duty
from gifthorse.store.tables.trip import Trip
from tests.samples import travel as samples
from tests.samples.office import PEOPLE

# role, then "o" own, "x" other's, "-" no record; see who_may.py
WHO_MAY = """
plan-trip           staff -, officer -
import-trips        staff -, officer -
view-trip           staff o, officer ox, research-lead x
change-trip         staff o, officer x
cancel-trip         staff o, officer x
deviate-from-trip   staff o
decide-trip         officer x, research-lead x
export-trips        officer -, research-lead -
compose-brief       staff o, officer ox, desk x
read-brief          staff o, officer ox
ask-about-trip      staff o
answer-traveller    officer x, research-lead x
view-duties         staff -
discharge-duty      staff o, officer x
keep-calendar       staff -
refresh-advice      officer -, desk -
"""


@dataclass
class World:
    """An approved trip of *owner* with its brief and an open duty."""

    owner: Actor
    trip: Trip
    duty: Duty
    secret: str = ""


def made_for(officer: Actor, owner: Actor) -> World:
    """The trip of *owner*, approved by *officer*."""
    trip = samples.approved(officer, samples.a_trip(owner))
    duty = Duty.objects.filter(trip=trip, person_id=owner.person, state="open").first()
    assert duty is not None
    return World(owner, trip, duty)


def world(actors: dict[str, Actor], owner: Actor) -> World:
    """The records of *owner* that the procedures below are tried on."""
    return made_for(actors["officer"], owner)


def _waiting(made: World) -> str:
    Trip.objects.filter(pk=made.trip.pk).update(state=TripState.SUBMITTED.value)
    return made.trip.pk


def _read(actor: Actor, made: World) -> object:
    """One's own brief is read and said to be read; the look at somebody else's is itself on record."""
    seen = view_brief.brief_of(actor, made.trip.pk, made.owner.person)
    return seen if actor.person != made.owner.person else view_brief.acknowledge(actor, made.trip.pk)


def _party(made: World) -> Party:
    return Party(people=(made.owner.person,))


def _import(actor: Actor, made: World) -> object:
    legs = tuple(samples.msgspec.structs.replace(leg, travellers=("Name of staff",)) for leg in samples.legs(40, start=None))
    table = Itinerary(read_as="table", legs=legs)
    return import_trips.apply(actor, table, seen=import_trips.preview(actor, table).digest)


# each really does the procedure on the world of `world`
DO: dict[Procedure, Callable[[Actor, World], object]] = {
    Procedure.PLAN_TRIP: lambda a, w: plan_trip.plan(a, samples.a_content(), Party(people=(a.person,))),
    Procedure.IMPORT_TRIPS: _import,
    Procedure.VIEW_TRIP: lambda a, w: view_trip.standing(a, w.trip.pk),
    Procedure.CHANGE_TRIP: lambda a, w: plan_trip.change(a, w.trip.pk, samples.a_content(title="Later"), _party(w)),
    Procedure.CANCEL_TRIP: lambda a, w: plan_trip.cancel(a, w.trip.pk, "The fair is off."),
    Procedure.DEVIATE_FROM_TRIP: lambda a, w: plan_trip.deviate(a, w.trip.pk, "A night in Geneva."),
    Procedure.DECIDE_TRIP: lambda a, w: decide_trip.approve(a, _waiting(w), "Good."),
    Procedure.EXPORT_TRIPS: lambda a, w: export_trips.export(a, now(), now()),
    Procedure.COMPOSE_BRIEF: lambda a, w: compose_brief.compose_for(a, w.trip.pk, w.owner.person),
    Procedure.READ_BRIEF: _read,
    Procedure.ASK_ABOUT_TRIP: lambda a, w: write_about_trip.ask(a, w.trip.pk, "May I take the phone?"),
    Procedure.ANSWER_TRAVELLER: lambda a, w: write_about_trip.answer(a, w.trip.pk, "Take a loaner."),
    Procedure.VIEW_DUTIES: lambda a, w: view_duties.my_duties(a),
    Procedure.DISCHARGE_DUTY: lambda a, w: discharge_duty.discharge(a, w.duty.pk),
    Procedure.KEEP_CALENDAR: lambda a, w: keep_calendar.renew(a),
    Procedure.REFRESH_ADVICE: lambda a, w: refresh_advice.refresh(a),
}
# the other functions of those rows: who may not do the one may not do the others (tests/procedures/test_travel_rights.py)
SAME_ROW: dict[Procedure, tuple[Callable[[Actor, World], object], ...]] = {
    Procedure.PLAN_TRIP: (lambda a, w: trip_choices.choices_for(a), lambda a, w: trip_choices.people_called(a, ["Name of staff"])),
    Procedure.IMPORT_TRIPS: (
        lambda a, w: read_bookings.read_booking(a, samples.CALENDAR, "a.ics"),
        lambda a, w: read_bookings.read_bookings(a, [("a.ics", samples.CALENDAR)]),
    ),
    Procedure.VIEW_TRIP: (lambda a, w: view_trip.trip_for(a, w.trip.pk),),
    Procedure.CHANGE_TRIP: (
        lambda a, w: trip_to_change.trip_to_change(a, w.trip.pk),
        lambda a, w: trip_to_change.party_as_changed(a, trip_to_change.trip_to_change(a, w.trip.pk), [], None, None),
    ),
    Procedure.DECIDE_TRIP: (lambda a, w: decide_trip.refuse(a, w.trip.pk, "Not now."),),
    Procedure.VIEW_DUTIES: (lambda a, w: view_duties.must_i_report(a, view_duties.Asked(event=EventType.GIFT)),),
    Procedure.KEEP_CALENDAR: (
        lambda a, w: keep_calendar.has_calendar(a),
        lambda a, w: keep_subscription.subscribe(a, "https://calendar.example.org/mine.ics"),
        lambda a, w: keep_subscription.subscription(a),
        lambda a, w: keep_subscription.to_plan(a),
    ),
    Procedure.REFRESH_ADVICE: (lambda a, w: refresh_advice.held(a),),
}
# these ask for the right to see everybody's trips, whoever's the trips are
OF_EVERYBODY = (travellers_today.travellers_today, view_duties.duties_of_all)
READS: set[Procedure] = {Procedure.VIEW_TRIP, Procedure.VIEW_DUTIES}  # leave no ledger entry
NEEDS_A_RESULT: set[Procedure] = set()  # permitted, but raise WrongState in this world
ONLY_THE_DESK: set[Procedure] = set()  # done by jobs: their actor is the desk whatever `DO` is given
REACHED_THROUGH: set[tuple[str, str]] = {
    ("travellers_today", "travellers_today"),  # both in OF_EVERYBODY
    ("view_duties", "duties_of_all"),
    ("found_trips", "trips"),  # shows what the actor may see and leaves the rest out
    ("reading_trips", "own_trips"),
    ("reading_trips", "known_trips"),
    ("reading_trips", "trip_and_relation"),
    ("plan_trip", "changing"),  # asks for the procedure it is given
    ("plan_trip", "new_trip"),
    ("plan_trip", "note_step"),
    ("plan_trip", "submit"),  # tests/procedures/test_plan_trip.py
    ("view_trip", "trips_for"),  # tests/procedures/test_travel_rights.py
}

# as in test_routes.py: route, method, then nobody, staff own, staff other's, officer own, officer other's, board, custodian, auditor, admin, research
EXPECTED = """
trips              GET           302     200 200     200 200     403   403       403     403   200
new_trip           GET           302     200 200     200 200     403   403       403     403   403
new_trip           POST          302     302 302     302 302     403   403       403     403   403
read_booking       GET           302     200 200     200 200     403   403       403     403   403
read_booking       POST          302     200 200     200 200     403   403       403     403   403
many_trips         GET           302     200 200     200 200     403   403       403     403   403
many_trips         POST          302     200 200     200 200     403   403       403     403   403
apply_trips        POST          302     409 409     409 409     403   403       403     403   403
broken_rows        POST          302     409 409     409 409     403   403       403     403   403
export_trips       POST          302     403 403     200 200     403   403       403     403   200
subscription       GET           302     200 200     200 403     403   403       403     403   403
subscription       POST          302     302 302     302 403     403   403       403     403   403
trip               GET           302     200 404     200 200     403   403       403     403   200
change_trip        GET           302     200 404     200 200     403   403       403     403   403
change_trip        POST          302     302 404     302 302     403   403       403     403   403
submit_trip        POST          302     302 404     302 404     404   404       404     404   404
cancel_trip        POST          302     302 404     302 302     403   403       403     403   403
deviate_from_trip  POST          302     302 404     302 403     403   403       403     403   403
decide_trip        POST          302     403 403     403 302     403   403       403     403   302
ask_about_trip     POST          302     302 404     302 403     403   403       403     403   403
answer_traveller   POST          302     403 403     403 302     403   403       403     403   302
brief              GET           302     200 404     200 404     403   403       403     403   403
brief_pdf          GET           302     200 404     200 404     403   403       403     403   403
brief_read         POST          302     302 404     302 404     403   403       403     403   403
brief_of           GET           302     200 404     200 200     403   403       403     403   403
brief_pdf_of       GET           302     200 404     200 200     403   403       403     403   403
compose_brief      POST          302     302 404     302 302     403   403       403     403   403
duties             GET           302     200 200     200 200     403   403       403     403   200
must_report        GET           302     200 200     200 403     403   403       403     403   403
calendar           GET           302     200 200     200 403     403   403       403     403   403
calendar           POST          302     200 200     200 403     403   403       403     403   403
discharge_duty     POST          302     302 404     302 302     403   403       403     403   403
calendar_feed      GET           200     200 200     200 200     200   200       200     200   200
advice             GET           302     403 403     200 200     403   403       403     403   403
advice             POST          302     403 403     302 302     403   403       403     403   403
"""
LEGS = {
    "legs-TOTAL_FORMS": "1",
    "legs-INITIAL_FORMS": "0",
    "legs-0-kind": "train",
    "legs-0-origin": "Munich",
    "legs-0-origin_country": "DE",
    "legs-0-destination": "Salzburg",
    "legs-0-destination_country": "Austria",
    "legs-0-departs_on": "2027-02-03",
    "legs-0-departs_at": "09:10",
}
PLANNED = {"title": "Visit in Salzburg", "invitation": "known-host", **LEGS}
# route: (world, owner) -> the form that reaches the procedure
SENT: dict[str, Callable[[object, str], dict[str, object]]] = {
    "new_trip": lambda *_: PLANNED,
    "read_booking": lambda *_: {"bookings": SimpleUploadedFile("a.ics", samples.CALENDAR)},
    "many_trips": lambda *_: {"bookings": SimpleUploadedFile("a.ics", samples.CALENDAR)},
    "subscription": lambda *_: {"address": "https://calendar.example.org/mine.ics"},
    "apply_trips": lambda *_: {"token": "x" * 32, "seen": "0"},
    "broken_rows": lambda *_: {"token": "x" * 32},
    "export_trips": lambda *_: {"since": "2026-01-01"},
    "change_trip": lambda _made, owner: {**PLANNED, "people": PEOPLE[owner][1], "reason": "The customer moved it."},
    "cancel_trip": lambda *_: {"reason": "The fair is off."},
    "deviate_from_trip": lambda *_: {"reason": "A night in Geneva."},
    "decide_trip": lambda *_: {"decision": "approve", "reason": "Good."},
    "ask_about_trip": lambda *_: {"text": "May I take the phone?"},
    "answer_traveller": lambda *_: {"text": "Take a loaner."},
}
NEEDED = {"decide_trip": TripState.SUBMITTED, "submit_trip": TripState.DRAFT}


def route_world(office) -> dict[str, World]:
    """The records that the routes name, for each owner (mara, idris, tomo)."""
    worlds = {}
    for login in ("mara", "idris", "tomo"):
        worlds[login] = made_for(office.actor("ines"), office.actor(login))
        worlds[login].secret = keep_calendar.renew(Actor(person=office.actor(login).person, roles=frozenset({Role.STAFF})))
    return worlds


def named(route: str, made: dict[str, World], owner: str) -> dict[str, object]:
    """The values of the route's places for *owner*."""
    one = made[owner]
    mine = {"trip_id": one.trip.pk, "duty_id": one.duty.pk, "secret": one.secret}
    return mine | ({"person_id": one.owner.person} if route in {"brief_of", "brief_pdf_of", "compose_brief"} else {})


def prepare(route: str, method: str, made: dict[str, World], owner: str) -> None:
    """Whatever has to be true before the route is asked, inside the transaction that is rolled back."""
    if route in NEEDED:
        Trip.objects.filter(pk=made[owner].trip.pk).update(state=NEEDED[route].value)
