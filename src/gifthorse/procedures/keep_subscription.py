"""A calendar that somebody lets the desk look into: under an address of theirs, read by the desk every few hours, for trips to plan.

The address and what was found lie sealed; the setting that points to them names nobody but an opaque id. What the calendar says becomes
no trip by itself: its owner chooses.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from gifthorse.model.errors import GifthorseError, KeyMissing, NotAccepted, NotFound
from gifthorse.model.itineraries import Itinerary
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, authorise, now
from gifthorse.procedures.fetching import checked_address, fetched
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.procedures.read_bookings import read_booking
from gifthorse.procedures.reading_trips import content_of, own_trips
from gifthorse.store import vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.setting import HouseSetting

TITLE: Final = "calendar of {person}"
EVERY: Final = timedelta(hours=6)
MOST_LEGS: Final = 400
NAME: Final = "calendar.ics"
Fetch = Callable[[str], bytes]


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """The address, when it was last read, why it wasn't (a message id, empty when it was), and what was read."""

    address: str
    read_at: datetime | None = None
    problem: str = ""
    found: Itinerary | None = None


def subscribe(actor: Actor, untrusted_address: str) -> None:
    """The desk will read the calendar under the address; nothing is fetched yet. An empty address ends it. Raises NotAccepted."""
    with act(actor, Procedure.KEEP_CALENDAR, Relation.NONE) as deed:
        row = _row(actor.person)
        if not untrusted_address.strip():
            deed.subject = _ended(deed, row).pk
            return
        _keep(deed, actor.person, row, Subscription(address=checked_address(untrusted_address)))


def subscription(actor: Actor) -> Subscription | None:
    """The actor's subscription, None when there is none. Raises Refused."""
    authorise(actor, Procedure.KEEP_CALENDAR, Relation.NONE)
    row = _row(actor.person)
    return None if row is None else _opened(row)


def to_plan(actor: Actor) -> Itinerary | None:
    """What the calendar holds of the days to come and no trip of the actor's holds yet; None when it was never read."""
    told = subscription(actor)
    if told is None or told.found is None:
        return None
    planned = {leg.uid for trip in own_trips(actor).select_related("content__key") for leg in content_of(trip).legs if leg.uid}
    today = now().date().isoformat()
    legs = [leg for leg in told.found.legs if leg.uid not in planned and _ends(leg) >= today]
    return msgspec.structs.replace(told.found, legs=tuple(legs))


def due(moment: datetime) -> list[str]:
    """The person ids whose calendars were not read for six hours; who has left is none of them."""
    people = []
    here = set(Account.objects.filter(is_active=True).values_list("person_id", flat=True))
    for row in HouseSetting.objects.filter(title__startswith=TITLE.format(person="")):
        told = _opened(row)
        person = row.title.removeprefix(TITLE.format(person=""))
        if told is not None and person in here and (told.read_at is None or told.read_at <= moment - EVERY):
            people.append(person)
    return people


def read_calendar(person: str, *, fetch: Fetch = fetched) -> Subscription:
    """The subscription of *person* after its calendar was fetched and read, confined; what goes wrong is kept beside what was read before.

    For the desk's worker. The network is asked before the transaction begins. Raises NotFound when it was ended meanwhile.
    """
    owner = Actor(person=person, roles=frozenset({Role.STAFF}))
    before = subscription(owner)
    if before is None:
        raise NotFound(NOT_THERE)
    found, problem = before.found, ""
    try:
        read = read_booking(owner, fetch(before.address), NAME)
        found = msgspec.structs.replace(read, legs=read.legs[:MOST_LEGS])
    except GifthorseError as error:
        problem = str(error)
    with act(owner, Procedure.KEEP_CALENDAR, Relation.NONE) as deed:
        row = _row(person)
        if row is None:
            raise NotFound(NOT_THERE)
        told = Subscription(address=before.address, read_at=deed.moment, problem=problem, found=found)
        _keep(deed, person, row, told)
    return told


def _row(person: str) -> HouseSetting | None:
    return HouseSetting.objects.filter(title=TITLE.format(person=person)).first()


def _sealed(row: HouseSetting) -> Sealed | None:
    value: dict[str, Any] = row.value
    return Sealed.objects.select_related("key").filter(pk=value.get("sealed", "")).first()


def _opened(row: HouseSetting) -> Subscription | None:
    sealed = _sealed(row)
    if sealed is None or sealed.erased:
        return None
    try:
        return msgspec.convert(vault.open_json(sealed), Subscription)
    except KeyMissing:
        return None


def _keep(deed: Deed, person: str, row: HouseSetting | None, told: Subscription) -> None:
    row = row or HouseSetting(title=TITLE.format(person=person), value={})
    old = _sealed(row) if row.value else None
    fresh = deed.note(vault.keep_json(told, moment=deed.moment)) if old is None else sealed_anew(deed, old, told)
    row.value = {"sealed": fresh.pk}
    deed.keep(row)
    deed.subject = row.pk


def _ended(deed: Deed, row: HouseSetting | None) -> HouseSetting:
    if row is None:
        raise NotAccepted(N_("No calendar is named. Please paste its address."), field="address")
    sealed = _sealed(row)
    if sealed is not None and not sealed.erased:
        deed.note(vault.destroy(sealed))
    row.value = {}
    return deed.keep(row)


def _ends(leg: Any) -> str:
    moment = leg.arrives or leg.departs
    if moment is None:
        return ""
    told = moment.at.date() if hasattr(moment, "at") else moment.on
    return str(told.isoformat())
