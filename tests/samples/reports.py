"""Reports for tests, told through the procedures."""

from datetime import datetime, timedelta

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures import enclose, inspect_enclosure
from gifthorse.procedures.acting import act, as_of, now
from gifthorse.procedures.tell import NOTHING, About, tell
from gifthorse.store import vault
from gifthorse.store.tables.report import Enclosure, Report
from gifthorse.store.tables.trip import Traveller, Trip
from tests.samples.inspections import dangerous_stick

WORDS = "He asked about the glaze of the third furnace"
CONTACT = {"name": "Lee Wendt", "employer": "Bluewave Consulting", "role": "Adviser", "reach": "lee@bluewave.example, +49 170 5550199"}
APPROACH = {
    "touch": ["event"],
    "wanted": ["how"],
    "offered": ["meal", "travel"],
    "worth": ["medium"],
    "known": ["nobody"],
    "contact": CONTACT,
    "words": WORDS,
}
GIFT = {"what": ["stick"], "worth": ["small"], "now": ["sealed"], "contact": CONTACT, "words": "Brochures, he said"}
REDRAWN = b"\xff\xd8\xff\xdb redrawn"


def approach(actor: Actor, **changes: object) -> Report:
    """Somebody approached the actor."""
    return tell(actor, ReportKind.APPROACH, {**APPROACH, **changes})


def gift(actor: Actor, **changes: object) -> Report:
    """The actor got a stick."""
    return tell(actor, ReportKind.GIFT, {**GIFT, **changes})


def pressure(actor: Actor, readers: tuple[str, ...] = (), **changes: object) -> Report:
    """The actor is under pressure."""
    told = {"safe": ["unsure"], "help": ["call"], "what": ["threat"], "contact": {"name": "Nobody Known"}, "words": "They know the school"}
    return tell(actor, ReportKind.PRESSURE, {**told, **({"who-reads": list(readers)} if readers else {}), **changes})


def odd(actor: Actor, words: str = "They wrote to me twice, is this odd?") -> Report:
    """The actor asks."""
    return tell(actor, ReportKind.IS_THIS_ODD, {"words": words})


def debrief(actor: Actor, trip: str = "", **answers: object) -> Report:
    """The actor is back; nothing to report unless *answers* say more."""
    return tell(actor, ReportKind.DEBRIEF, answers or {"anything": ["nothing"]}, About(trip=trip) if trip else NOTHING)


def a_trip(
    person: str,
    *,
    ended: timedelta = timedelta(days=1),
    moment: datetime | None = None,
    debriefed_at: datetime | None = None,
    checked_in_at: datetime | None = None,
) -> Traveller:
    """A trip of *person* that ended some time ago (or, negative, ends later), approved and without briefs or duties."""
    moment = moment or now()
    ends_at = moment - ended
    staff = Actor(person=person, roles=frozenset({Role.STAFF}))
    with as_of(moment), act(staff, Procedure.PLAN_TRIP, Relation.NONE) as deed:
        content = deed.note(vault.keep_json({"title": "A fair", "purpose": "A fair"}, moment=moment))
        when = {"starts_at": ends_at - timedelta(days=3), "ends_at": ends_at, "changed_at": moment}
        trip = deed.keep(Trip(organiser_id=person, state="approved", content=content, **when))
        deed.subject = trip.pk
        return deed.keep(Traveller(trip=trip, person_id=person, debriefed_at=debriefed_at, checked_in_at=checked_in_at))


def enclosed(actor: Actor, report: Report, content: bytes = b"\xff\xd8 picture", name: str = "card.jpg") -> Enclosure:
    """A file with the report, not inspected yet."""
    arrival = enclose.begin(actor, report.pk, name)
    arrival.write(content)
    return arrival.finish()


def inspected(enclosure: Enclosure, result: object = None, drawn: bytes = REDRAWN) -> Enclosure:
    """The enclosure as the background job leaves it, with *result* (a dangerous one unless given)."""
    inspect_enclosure.inspect_enclosure(enclosure.pk, look=lambda _fd, _name: result or dangerous_stick(), redraw=lambda _fd: drawn)
    enclosure.refresh_from_db()
    return enclosure
