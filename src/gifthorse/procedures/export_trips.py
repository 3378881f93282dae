"""Trips as a table for an upload in bulk; who took it out, and when, is on record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gifthorse.brief.duties.bulk_rows import FIELDS, USUAL_COLUMNS, Column, bulk_rows
from gifthorse.model.itineraries import LegKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import GOING_AHEAD, Papers, TripContent, TripState
from gifthorse.procedures.acting import act
from gifthorse.procedures.check_trip import JOURNEYS
from gifthorse.procedures.house_settings import DISS_COLUMNS, setting
from gifthorse.procedures.kept_people import KeptPerson, kept_by_id
from gifthorse.procedures.reading_trips import content_of
from gifthorse.procedures.trip_facts import place_words, town_words
from gifthorse.store.tables.duty import Brief
from gifthorse.store.tables.trip import Traveller

SUBJECT: Final = "trips"
MOST: Final = 20_000


def export(actor: Actor, since: datetime, until: datetime) -> bytes:
    """A CSV file with one row for each traveller of each trip that goes ahead and begins from *since* up to before *until*.

    Its columns are the house's setting. Raises Refused.
    """
    with act(actor, Procedure.EXPORT_TRIPS, Relation.NONE, subject=SUBJECT):
        states = [*(state.value for state in GOING_AHEAD), TripState.SUBMITTED.value]
        rows = Traveller.objects.filter(ended=False, trip__state__in=states, trip__starts_at__gte=since, trip__starts_at__lt=until)
        found = list(rows.select_related("trip__content__key").order_by("trip__starts_at", "id")[:MOST])
        return bulk_rows(_told(found), columns())


def columns() -> tuple[Column, ...]:
    """The columns as the house has set them: a heading, or “Heading = field”; headings of this version are known without the field."""
    told: list[str] = setting(DISS_COLUMNS)
    usual = {column.heading.casefold(): column for column in USUAL_COLUMNS}
    return tuple(_column(line, usual) for line in told if line.strip()) or USUAL_COLUMNS


def _column(line: str, usual: dict[str, Column]) -> Column:
    heading, mark, field = (part.strip() for part in line.partition("="))
    if mark and field in FIELDS:
        return Column(heading=heading, field=field)
    if mark and field:
        return Column(heading=heading, always=field.strip("“”\"'"))
    return usual.get(heading.casefold()) or Column(heading=heading, always=" ")


def _told(rows: list[Traveller]) -> Iterable[dict[str, str]]:
    people = kept_by_id({row.person_id for row in rows})
    read = Brief.objects.filter(trip__in={row.trip_id for row in rows}, read_at__isnull=False).order_by("-created_at", "-id")
    briefed = {(trip, person): at for trip, person, at in read.values_list("trip_id", "person_id", "read_at")}
    companions: dict[str, list[Traveller]] = {}
    for row in rows:
        companions.setdefault(row.trip_id, []).append(row)
    for row in rows:
        content = content_of(row.trip)
        others = [people[one.person_id].told("name") for one in companions[row.trip_id] if one.person_id != row.person_id]
        yield _row(row, content, people[row.person_id], others, briefed.get((row.trip_id, row.person_id)))


def _row(row: Traveller, content: TripContent, person: KeptPerson, others: list[str], briefed: datetime | None) -> dict[str, str]:
    given, _blank, family = person.told("name").rpartition(" ")
    where = ZoneInfo(row.trip.zone or "UTC")

    def day(moment: datetime | None) -> str:
        return moment.astimezone(where).date().isoformat() if moment else ""

    journeys = [leg for leg in content.legs if leg.kind in JOURNEYS and not leg.cancelled]
    return {
        "person": person.told("staff_number") or person.id,
        "family_name": family,
        "given_name": given,
        "departs_on": day(row.trip.starts_at),
        "returns_on": day(row.trip.ends_at),
        "places": _listed(town_words(leg.destination) for leg in content.legs),
        "purpose": content.purpose or content.title,
        "carriers": _listed(f"{leg.carrier or leg.carrier_code} {leg.number}".strip() for leg in journeys),
        "companions": _listed([*others, content.others]),
        "contacts": _listed(host.name for host in content.hosts),
        "lodging": _listed(place_words(leg.destination) for leg in content.legs if leg.kind is LegKind.HOTEL),
        "emergency_contact": content.papers.get(row.person_id, Papers()).emergency_contact,
        "passport": content.papers.get(row.person_id, Papers()).documents,
        "reported_on": day(row.trip.created_at),
        "briefed_on": day(briefed),
        "debriefed_on": day(row.debriefed_at),
    }


def _listed(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
