"""From a trip as it is kept to the facts that briefs and duties are made of."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from gifthorse.brief import kinds
from gifthorse.brief.advice.places import is_place_code, place_code
from gifthorse.brief.situation import Device, KnowHow
from gifthorse.brief.trip_facts import HostFacts, LegFacts, StayFacts, TravellerFacts, TripFacts
from gifthorse.model.itineraries import Instant, Leg, LegKind, Moment, Place
from gifthorse.model.moments import month_of
from gifthorse.model.trips import TripContent
from gifthorse.procedures.check_trip import JOURNEYS, payer_of
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.reading_trips import home_zones, people_on, taken_along
from gifthorse.procedures.view_know_how import ERASED_ELEMENT, opened
from gifthorse.store import search_index
from gifthorse.store.tables.asset import Element
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.trip import Trip

MONTHS_BACK: Final = 36
A_DAY: Final = timedelta(days=1)


def facts_of_way(trip: Trip, content: TripContent, person_id: str, home_zone: str) -> TripFacts:
    """What the way itself and who pays for it tell, for borders, gaps and duties: nothing is asked of the register."""
    return TripFacts(
        id=trip.pk or "",
        traveller=TravellerFacts(id=person_id, home_zone=home_zone),
        legs=legs_of(content),
        stays=stays_of(content),
        payer=payer_of(content.paid),
    )


def facts_of_trip(trip: Trip, content: TripContent, person_id: str) -> TripFacts:
    """The trip as the room `brief` knows it, for one of its travellers, with counts of reports about the same know-how and hosts."""
    traveller = _traveller(trip, person_id)
    held = [element.id for element in traveller.know_how]
    return TripFacts(
        id=trip.pk,
        traveller=traveller,
        companions=len(people_on(trip)) - 1 + bool(content.others),
        hosts=tuple(
            HostFacts(id=f"host-{number}", name=host.name, country=host.country, kind=kinds.HostKind(host.kind))
            for number, host in enumerate(content.hosts, start=1)
        ),
        legs=legs_of(content),
        stays=stays_of(content),
        devices=tuple(Device(kind=kinds.DeviceKind(device.kind), loaner=device.loaner) for device in content.devices),
        data=frozenset(kinds.DataKind(word) for word in content.data),
        venues=frozenset(kinds.VenueKind(word) for word in content.venues),
        events=frozenset(kinds.EventKind(word) for word in content.events),
        payer=payer_of(content.paid),
        invitation=kinds.InvitationOrigin(content.invitation),
        social=frozenset(kinds.SocialKind(word) for word in content.social),
        paid_fee=content.fee,
        reports_on_same_know_how=_reports_on_elements(trip, held),
        reports_on_same_host=_reports_on_hosts(trip, content),
    )


def legs_of(content: TripContent) -> tuple[LegFacts, ...]:
    """The journeys whose times are known."""
    return tuple(leg for told in content.legs if told.kind in JOURNEYS and not told.cancelled for leg in _leg(told))


def stays_of(content: TripContent) -> tuple[StayFacts, ...]:
    """Where one sleeps, by the days at the place; a stay whose end isn't told is one night."""
    stays = []
    for leg in content.legs:
        first = leg.departs or leg.arrives
        if leg.kind is LegKind.HOTEL and first is not None and not leg.cancelled:
            begins = day_at_place(first)
            ends = day_at_place(leg.arrives) if leg.arrives is not None else begins + A_DAY
            stays.append(StayFacts(arrives=begins, leaves=max(ends, begins + A_DAY), where=place_words(leg.destination)))
    return tuple(stays)


def country_of(place: Place) -> str:
    """The ISO 3166-1 code of the place's country, empty when it isn't known."""
    told = place.country.strip()
    return told.upper() if len(told) == 2 and is_place_code(told) else place_code([told])


def place_words(place: Place) -> str:
    """The place by its own name: a hotel, an airport, or else the town."""
    return place.name or place.city or place.code


def town_words(place: Place) -> str:
    """The place as one speaks of where one goes: the town, where it is known."""
    return place.city or place.name or place.code


def day_at_place(moment: Moment) -> date:
    """The day that the calendar shows there."""
    return moment.local.date() if isinstance(moment, Instant) else moment.on


def _leg(told: Leg) -> tuple[LegFacts, ...]:
    leaves = told.departs if isinstance(told.departs, Instant) else told.arrives
    arrives = told.arrives if isinstance(told.arrives, Instant) else told.departs
    if not isinstance(leaves, Instant) or not isinstance(arrives, Instant):
        return ()
    return (
        LegFacts(
            leaves=leaves.local,
            arrives=arrives.local,
            from_place=place_words(told.origin),
            from_country=country_of(told.origin),
            to_place=place_words(told.destination),
            to_country=country_of(told.destination),
            from_zone=_iana(leaves.zone),
            to_zone=_iana(arrives.zone),
        ),
    )


def _iana(zone: str) -> str:
    """*zone* where it is a name of the world's tables; an offset alone names no zone."""
    return "" if zone.startswith(("UTC+", "UTC-")) else zone


def _traveller(trip: Trip, person_id: str) -> TravellerFacts:
    place = Placement.objects.filter(person_id=person_id).first()
    role = kinds.RoleKind(place.duty_kind) if place and place.duty_kind in set(kinds.RoleKind) else None
    return TravellerFacts(
        id=person_id,
        home_zone=home_zones([person_id])[person_id],
        roles=frozenset({role} if role else ()),
        seniority=kinds.Seniority.SENIOR if role is kinds.RoleKind.EXECUTIVE else kinds.Seniority.EXPERIENCED,
        signs_for_the_house=bool(place and place.signs),
        know_how=_know_how(trip, person_id),
    )


def _know_how(trip: Trip, person_id: str) -> tuple[KnowHow, ...]:
    """What the person holds or takes along, heaviest first."""
    carried = set(taken_along(trip).get(person_id, ()))
    held = Q(holdings__person_id=person_id, holdings__ended=False) | Q(pk__in=carried)
    rows = Element.objects.filter(held, retired=False, asset__retired=False).select_related("content__key").distinct()
    found = []
    for row in sorted(rows, key=lambda one: (-one.weight, one.pk)):
        told = opened(row.content, ERASED_ELEMENT)
        found.append(
            KnowHow(
                id=row.pk,
                title=told.title,
                kind=kinds.ElementKind(row.kind),
                protection=kinds.Protection(row.protection or kinds.Protection.INTERNAL),
                carried=row.pk in carried,
                export_reference=told.export_reference if row.export_controlled or told.export_reference else "",
                line=told.line,
            )
        )
    return tuple(found)


def _reports_on_elements(trip: Trip, elements: list[str]) -> int:
    """How many reports of the last years tell of interest in one of *elements*; sealed ones are nobody's business here."""
    if not elements:
        return 0
    asked = Q()
    for element in elements:
        asked |= Q(elements__icontains=element)
    seen = ObservationRow.objects.filter(asked, disputed=False, month__gte=month_of(trip.created_at) - MONTHS_BACK, report__is_sealed=False)
    return seen.values("report").distinct().count()


def _reports_on_hosts(trip: Trip, content: TripContent) -> int:
    """How many reports tell of a contact who works for one of the hosts, by the words of its name."""
    names = [frozenset(search_index.words(host.name)) for host in content.hosts if host.name]
    near = {record for words in names if words for _kind, record in search_index.find(" ".join(words), kinds=("contact",))}
    if not near:
        return 0
    contacts = []
    for row in Contact.objects.filter(pk__in=near).select_related("content__key"):
        kept = kept_contact(row)
        employers = [frozenset(search_index.words(one)) for one in kept.facts.employer] if kept else []
        if any(words <= employer for words in names if words for employer in employers):
            contacts.append(row.pk)
    since = month_of(trip.created_at) - MONTHS_BACK
    told = Report.objects.filter(contact__in=contacts, is_sealed=False, created_at__year__gte=since // 12)
    return told.exclude(trip=trip).count()
