"""The register in the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from gifthorse.brief.kinds import ElementKind
from gifthorse.desk import held_files
from gifthorse.desk.readings.people_csv import read_people
from gifthorse.model.contacts import Verified
from gifthorse.model.register import AssetFacts, ElementFacts, EventFacts, PartyFacts, PartyKind
from gifthorse.model.roles import Actor, Procedure, Role
from gifthorse.procedures import (
    house_settings,
    import_people,
    keep_contacts,
    keep_events,
    keep_know_how,
    keep_people,
    rebuild_index,
    search_records,
    view_contacts,
    view_events,
    view_know_how,
    view_people,
)
from gifthorse.procedures.acting import now
from gifthorse.procedures.compare_people import compared
from gifthorse.procedures.kept_people import kept_people
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event
from tests.samples import register as samples
from tests.samples.register import Knowledge

# role, then "o" own, "x" other's, "-" no record; see who_may.py
WHO_MAY = """
import-people       admin -
keep-people         admin ox, desk x
view-people         admin -, officer -
keep-know-how       officer -, research-lead -
view-know-how       officer -, research-lead -
keep-events         officer -
view-events         officer -, research-lead -
view-contacts       officer -
view-contact        officer ox
correct-contact     officer ox
search-records      staff -, officer -
keep-settings       officer -, admin -
rebuild-index       desk -
"""
LIST = b"staff number,name,mail,login\n4711,Neu Mann,neu@example.org,neu.mann\n"


@dataclass
class World:
    """Know-how, an event and a contact of *owner*."""

    owner: Actor
    known: Knowledge
    event: Event
    contact: Contact


def made_for(officer: Actor, owner: Actor) -> World:
    """The world of *owner*, written down by *officer*."""
    keeper = Actor(person=officer.person, roles=frozenset({Role.OFFICER}))
    return World(owner, samples.know_how(keeper, owner.person), samples.an_event(keeper, [owner.person]), samples.a_contact(owner))


def world(actors: dict[str, Actor], owner: Actor) -> World:
    """The records of *owner* that the procedures below are tried on."""
    return made_for(actors["officer"], owner)


def _seen(by: str) -> str:
    return compared(read_people(LIST), kept_people(), by=by, today=now().date()).digest


def _place(actor: Actor, made: World) -> object:
    return keep_people.place(actor, made.owner.person, keep_people.PlaceFacts(name="Name", unit="Furnaces"))


def _correct(actor: Actor, made: World) -> object:
    return keep_contacts.correct_contact(actor, made.contact.pk, samples.KNOWN, Verified.VERIFIED, "Asked the firm.")


# each really does the procedure on the world of `world`
DO: dict[Procedure, Callable[[Actor, World], object]] = {
    Procedure.IMPORT_PEOPLE: lambda a, w: import_people.apply(a, read_people(LIST), seen=_seen(a.person), close_gone=False),
    Procedure.KEEP_PEOPLE: _place,
    Procedure.VIEW_PEOPLE: lambda a, w: (view_people.people(a), view_people.person(a, w.owner.person)),
    Procedure.KEEP_KNOW_HOW: lambda a, w: keep_know_how.add_asset(a, AssetFacts(title="A glaze")),
    Procedure.VIEW_KNOW_HOW: lambda a, w: view_know_how.assets(a),
    Procedure.KEEP_EVENTS: lambda a, w: keep_events.add_event(a, samples.FAIR, EventFacts(title="Fair")),
    Procedure.VIEW_EVENTS: lambda a, w: (view_events.events(a), view_events.event(a, w.event.pk)),
    Procedure.VIEW_CONTACTS: lambda a, w: view_contacts.contacts(a),
    Procedure.VIEW_CONTACT: lambda a, w: view_contacts.contact(a, w.contact.pk),
    Procedure.CORRECT_CONTACT: _correct,
    Procedure.SEARCH_RECORDS: lambda a, w: search_records.search(a, "Bluewave"),
    Procedure.KEEP_SETTINGS: lambda a, w: house_settings.set_setting(a, house_settings.OWN_DOMAINS, ["example.org"]),
    Procedure.REBUILD_INDEX: lambda a, w: rebuild_index.rebuild(a),
}
# the other functions of those rows: who may not do the one may not do the others (tests/procedures/test_register_rights.py)
SAME_ROW: dict[Procedure, tuple[Callable[[Actor, World], object], ...]] = {
    Procedure.IMPORT_PEOPLE: (lambda a, w: import_people.preview(a, read_people(LIST)),),
    Procedure.KEEP_PEOPLE: (
        lambda a, w: keep_people.close_leavers(a),
        lambda a, w: keep_people.give_first_password(a, w.owner.person),
    ),
    Procedure.KEEP_KNOW_HOW: (
        lambda a, w: keep_know_how.change_asset(a, w.known.asset.pk, AssetFacts(title="B")),
        lambda a, w: keep_know_how.add_element(a, w.known.asset.pk, SHAPE, ElementFacts(title="E")),
        lambda a, w: keep_know_how.change_element(a, w.known.curve.pk, SHAPE, ElementFacts(title="E")),
        lambda a, w: keep_know_how.set_holders(a, w.known.curve.pk, [w.owner.person]),
        lambda a, w: keep_know_how.add_party(a, PartyKind.SUPPLIER, PartyFacts(name="P")),
        lambda a, w: keep_know_how.change_party(a, w.known.party.pk, PartyKind.SUPPLIER, PartyFacts(name="P"), []),
        lambda a, w: view_people.offered(a, "na", Procedure.KEEP_KNOW_HOW),
    ),
    Procedure.VIEW_KNOW_HOW: (
        lambda a, w: view_know_how.asset(a, w.known.asset.pk),
        lambda a, w: view_know_how.element(a, w.known.curve.pk),
        lambda a, w: view_know_how.elements(a),
        lambda a, w: view_know_how.units(a),
        lambda a, w: view_know_how.parties(a),
        lambda a, w: view_know_how.party(a, w.known.party.pk),
        lambda a, w: view_know_how.held_by(a, w.owner.person),
    ),
    Procedure.KEEP_EVENTS: (
        lambda a, w: keep_events.change_event(a, w.event.pk, samples.FAIR, EventFacts(title="Fair")),
        lambda a, w: keep_events.add_attendees(a, w.event.pk, [w.owner.person]),
        lambda a, w: keep_events.take_off(a, w.event.pk, [w.owner.person]),
        lambda a, w: view_people.offered(a, "na", Procedure.KEEP_EVENTS),
    ),
    Procedure.KEEP_SETTINGS: (lambda a, w: house_settings.every_setting(a),),
}
SHAPE = keep_know_how.ElementShape(kind=ElementKind.STEP)
READS: set[Procedure] = {
    Procedure.VIEW_PEOPLE,
    Procedure.VIEW_KNOW_HOW,
    Procedure.VIEW_EVENTS,
    Procedure.VIEW_CONTACTS,
    Procedure.SEARCH_RECORDS,
}  # leave no ledger entry
NEEDS_A_RESULT: set[Procedure] = set()  # permitted, but raise WrongState in this world
ONLY_THE_DESK: set[Procedure] = set()  # done by jobs: their actor is the desk whatever `DO` is given
REACHED_THROUGH: set[tuple[str, str]] = {
    # they show what the actor may see and leave the rest out
    *(("found_records", kind) for kind in ("people", "contacts", "assets", "elements", "parties", "events", "items")),
    ("unsealed_reports", "hidden_contacts"),
    *(("links_apart", name) for name in ("apart_that_may_be_known", "reached_by", "reached_from_each")),
    ("unsealed_reports", "is_hidden"),
}

# as in test_routes.py: route, method, then nobody, staff own, staff other's, officer own, officer other's, board, custodian, auditor, admin, research
EXPECTED = """
openid_connect_login    GET      404     404 404     404 404     404   404       404     404   404
openid_connect_callback GET      404     404 404     404 404     404   404       404     404   404
search             GET           302     200 200     200 200     403   403       403     403   403
people             GET           302     403 403     200 200     403   403       403     200   403
find_people        GET           302     404 404     404 404     404   404       404     404   404
import_people      GET           302     403 403     403 403     403   403       403     200   403
import_people      POST          302     403 403     403 403     403   403       403     200   403
apply_people       POST          302     403 403     403 403     403   403       403     302   403
close_leavers      POST          302     403 403     403 403     403   403       403     302   403
person             GET           302     403 403     200 200     403   403       403     200   403
person             POST          302     403 403     403 403     403   403       403     302   403
first_password     POST          302     403 403     403 403     403   403       403     409   403
assets             GET           302     403 403     200 200     403   403       403     403   200
new_asset          GET           302     403 403     200 200     403   403       403     403   200
new_asset          POST          302     403 403     302 302     403   403       403     403   302
asset              GET           302     403 403     200 200     403   403       403     403   200
change_asset       GET           302     403 403     200 200     403   403       403     403   200
change_asset       POST          302     403 403     302 302     403   403       403     403   302
new_element        GET           302     403 403     200 200     403   403       403     403   200
new_element        POST          302     403 403     302 302     403   403       403     403   302
element            GET           302     403 403     200 200     403   403       403     403   200
element            POST          302     403 403     302 302     403   403       403     403   302
holders            POST          302     403 403     302 302     403   403       403     403   302
new_party          GET           302     403 403     200 200     403   403       403     403   200
new_party          POST          302     403 403     302 302     403   403       403     403   302
party              GET           302     403 403     200 200     403   403       403     403   200
party              POST          302     403 403     302 302     403   403       403     403   302
events             GET           302     403 403     200 200     403   403       403     403   200
new_event          GET           302     403 403     200 200     403   403       403     403   403
new_event          POST          302     403 403     302 302     403   403       403     403   403
event              GET           302     403 403     200 200     403   403       403     403   200
change_event       GET           302     403 403     200 200     403   403       403     403   403
change_event       POST          302     403 403     302 302     403   403       403     403   403
attendees          POST          302     403 403     302 302     403   403       403     403   403
not_attending      POST          302     403 403     302 302     403   403       403     403   403
contacts           GET           302     403 403     200 200     403   403       403     403   403
contact            GET           302     403 403     200 200     403   403       403     403   403
correct_contact    GET           302     403 403     200 200     403   403       403     403   403
correct_contact    POST          302     403 403     302 302     403   403       403     403   403
house_settings     GET           302     403 403     200 200     403   403       403     200   403
house_settings     POST          302     403 403     302 302     403   403       403     302   403
"""
ELEMENT = {"title": "E", "kind": "step", "weight": "2", "protection": "internal"}
EVENT = {"title": "Fair", "kind": "fair", "starts_on": "2026-11-17", "ends_on": "2026-11-20"}


def _held(made: "RouteWorld", _owner: str) -> dict[str, object]:
    return {"token": held_files.hold(made.admin, LIST), "seen": _seen(made.admin)}


# route: (world, owner) -> the form that reaches the procedure
SENT: dict[str, Callable[["RouteWorld", str], dict[str, object]]] = {
    "import_people": lambda *_: {"file": SimpleUploadedFile("people.csv", LIST)},
    "apply_people": _held,
    "person": lambda *_: {"name": "Name", "unit": "Furnaces"},
    "new_asset": lambda *_: {"title": "A glaze"},
    "change_asset": lambda *_: {"title": "A glaze"},
    "new_element": lambda *_: ELEMENT,
    "element": lambda *_: ELEMENT,
    "holders": lambda made, owner: {"person": made.worlds[owner].owner.person},
    "new_party": lambda *_: {"name": "P", "kind": "supplier"},
    "party": lambda *_: {"name": "P", "kind": "supplier"},
    "new_event": lambda *_: EVENT,
    "change_event": lambda *_: EVENT,
    "attendees": lambda made, owner: {"person": made.worlds[owner].owner.person},
    "not_attending": lambda made, owner: {"person": made.worlds[owner].owner.person},
    "correct_contact": lambda *_: {"names": "Leo", "verified": "verified", "reason": "Asked the firm."},
    "house_settings": lambda *_: {"title": "own-domains", "own-domains-text": "example.org"},
}


@dataclass
class RouteWorld:
    """A world for each owner, and the administrator who takes lists over."""

    worlds: dict[str, World]
    admin: str


def route_world(office) -> RouteWorld:
    """The records that the routes name, for each owner (mara, idris, tomo)."""
    worlds = {login: made_for(office.actor("ines"), office.actor(login)) for login in ("mara", "idris", "tomo")}
    return RouteWorld(worlds, office.accounts["adam"].person_id)


def named(route: str, made: RouteWorld, owner: str) -> dict[str, object]:
    """The values of the route's places for *owner*."""
    one = made.worlds[owner]
    return {
        "person_id": one.owner.person,
        "asset_id": one.known.asset.pk,
        "element_id": one.known.curve.pk,
        "party_id": one.known.party.pk,
        "event_id": one.event.pk,
        "contact_id": one.contact.pk,
    }


def prepare(route: str, method: str, made: object, owner: str) -> None:
    """Whatever has to be true before the route is asked, inside the transaction that is rolled back."""
