"""Briefs out of trips: kept as composed, the same whoever travels wherever, with counts of earlier reports and quotes about places."""

from datetime import date, timedelta

import msgspec
import pytest

from gifthorse.model.errors import NotFound, WrongState
from gifthorse.model.itineraries import Place
from gifthorse.model.roles import Actor, Role
from gifthorse.model.trips import HostTold
from gifthorse.procedures import compose_brief, house_settings, keep_people, plan_trip, view_brief
from gifthorse.procedures.acting import now
from gifthorse.procedures.compose_brief import composed_for
from gifthorse.procedures.plan_trip import Party
from gifthorse.procedures.reading_trips import content_of
from gifthorse.procedures.trip_facts import facts_of_trip
from gifthorse.store.tables.duty import Brief, Duty
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.trip import Trip
from tests.samples import register
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db
ELSEWHERE = {"MUC": Place(name="Osaka", code="KIX", city="Osaka", country="JP"), "LYS": Place(name="Lima", code="LIM", country="PE")}


def officer_of(actors) -> Actor:
    return Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))


def composed(actors, trip: Trip, name: str = "staff"):
    row = Trip.objects.select_related("content__key").get(pk=trip.pk)
    return composed_for(row, content_of(row), actors[name].person, now().date())


def outside_places(brief):
    sections = [section for section in brief.sections if not section.kind.startswith("place-")]
    return msgspec.json.encode([sections, brief.card, [one for one in brief.left_out if not one.kind.startswith("place-")]])


def moved(content):
    """The same trip to somewhere else, to a host of another name and country."""

    def there(place):
        return ELSEWHERE.get(place.code, Place(name="Elsewhere", city="Cusco", country="PE"))

    legs = tuple(
        msgspec.structs.replace(leg, origin=there(leg.origin) if leg.origin.code else leg.origin, destination=there(leg.destination))
        for leg in content.legs
    )
    hosts = tuple(HostTold(name="Компания Восток", kind=host.kind, country="PE") for host in content.hosts)
    return msgspec.structs.replace(content, legs=legs, hosts=hosts, sponsor="Компания Восток")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"venues": ("conference", "private-invitation"), "events": ("lecture",), "fee": True, "invitation": "cold-mail"},
        {"hosts": (), "devices": (), "social": ("private-home", "night-out"), "data": ("source-code", "samples")},
        {"hosts": tuple(HostTold(name=f"Host {kind}", kind=kind, country="FR") for kind in ("university", "competitor", "consultancy"))},
    ],
    ids=["fair", "lecture", "alone", "hosts"],
)
def test_names_and_places_change_nothing_outside_the_parts_about_places(actors, changes):
    known = register.know_how(officer_of(actors), actors["staff"].person)
    content = samples.a_content(**changes)
    here = samples.a_trip(actors["staff"], content, carried=[known.curve.pk])
    first = outside_places(composed(actors, here))
    admin = Actor(person=actors["admin"].person, roles=frozenset({Role.ADMIN}))
    keep_people.place(admin, actors["staff"].person, keep_people.PlaceFacts(name="Ἰωάννα Παππά", mail="io@example.org"))
    there = samples.a_trip(actors["staff"], moved(content), carried=[known.curve.pk])
    assert outside_places(composed(actors, there)) == first


def test_another_kind_of_host_does_change_the_brief(actors):
    # the test above could not fail if nothing ever changed
    one = composed(actors, samples.a_trip(actors["staff"], samples.a_content(hosts=(HostTold(name="A", kind="competitor"),))))
    other = composed(actors, samples.a_trip(actors["staff"], samples.a_content(hosts=(HostTold(name="A", kind="university"),))))
    assert outside_places(one) != outside_places(other)


def test_a_brief_names_what_one_carries_with_the_line_to_take_and_whom_to_call(actors):
    known = register.know_how(officer_of(actors), actors["staff"].person)
    house_settings.set_setting(officer_of(actors), house_settings.WHOM_TO_CALL, [{"what": "Security desk", "number": "+49 89 5550 1"}])
    trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"], carried=[known.curve.pk]))
    brief = view_brief.brief_of(actors["staff"], trip.pk).composed
    told = " ".join(sentence.text.in_english() for sentence in brief.sentences())
    assert register.SECRET_LINE in told
    assert "+49 89 5550 1" in told
    assert all(sentence.because and sentence.source.document for sentence in brief.sentences())
    assert "+49 89 5550 1" in " ".join(sentence.text.in_english() for sentence in brief.card)


def test_a_brief_stays_what_it_was_when_the_trip_changes(actors):
    trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"]))
    before = view_brief.brief_of(actors["staff"], trip.pk)
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(devices=()), Party(people=(actors["staff"].person,)))
    after = view_brief.brief_of(actors["staff"], trip.pk)
    assert (after.id, after.composed) == (before.id, before.composed)
    assert (before.outdated, after.outdated) == (False, True)
    compose_brief.compose_for(actors["staff"], trip.pk, actors["staff"].person)
    anew = view_brief.brief_of(actors["staff"], trip.pk)
    assert (anew.id != before.id, anew.outdated, anew.composed != before.composed) == (True, False, True)


def test_reading_is_said_by_the_traveller_and_counts_once(actors):
    house_settings.set_setting(officer_of(actors), house_settings.RULE_PACKS, ["house", "nspm-33"])
    told = samples.a_content(regimes=("federal-research", "award-asks-travel"), official="yes")
    trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"], told))
    assert view_brief.brief_of(actors["staff"], trip.pk).read_at is None
    first = view_brief.acknowledge(actors["staff"], trip.pk).read_at
    assert view_brief.acknowledge(actors["staff"], trip.pk).read_at == first is not None
    assert Duty.objects.get(trip=trip, rule="trip-briefed").state == "done"
    with pytest.raises(NotFound):
        view_brief.acknowledge(actors["officer"], trip.pk)


def test_nobody_is_briefed_for_a_trip_that_they_are_not_on_or_that_was_called_off(actors):
    trip = samples.a_trip(actors["staff"])
    with pytest.raises(NotFound):
        compose_brief.compose_for(officer_of(actors), trip.pk, actors["colleague"].person)
    plan_trip.cancel(actors["staff"], trip.pk, "")
    with pytest.raises(WrongState):
        compose_brief.compose_for(officer_of(actors), trip.pk, actors["staff"].person)
    assert not Brief.objects.exists()


def a_report(actors, elements=(), contact=None, sealed_to=()):
    """A report in the table as telling leaves it, with what was observed."""
    trip = samples.a_trip(actors["colleague"])
    report = Report(
        id=f"report-{Report.objects.count()}", created_at=now(), reporter_id=actors["colleague"].person, kind="approach", state="new",
        interview="approach/1", form_digest="", answers_id=trip.content_id, contact=contact, sealed_to=list(sealed_to),
    )  # fmt: skip
    report.save(force_insert=True)
    ObservationRow(
        id=f"observation-{report.pk}", created_at=now(), report=report, contact=contact, subject_id=actors["colleague"].person,
        month=now().year * 12 + now().month - 1, elements=list(elements),
    ).save(force_insert=True)  # fmt: skip
    return report


def test_earlier_reports_about_the_same_know_how_and_host_enter_as_counts_alone(actors):
    known = register.know_how(officer_of(actors), actors["staff"].person)
    contact = register.a_contact(actors["colleague"])
    content = samples.a_content(hosts=(HostTold(name="Bluewave  advisory", kind="consultancy"),))
    trip = samples.a_trip(actors["staff"], content)
    a_report(actors, [known.curve.pk], contact)
    a_report(actors, [known.curve.pk, known.powder.pk])
    a_report(actors, [known.powder.pk])
    a_report(actors, [known.curve.pk], contact, sealed_to=[actors["officer"].person])
    facts = facts_of_trip(trip, content, actors["staff"].person)
    assert (facts.reports_on_same_know_how, facts.reports_on_same_host) == (2, 1)
    because = " ".join(clause.in_english() for sentence in composed(actors, trip).sentences() for clause in sentence.because)
    assert "earlier reports tell of interest in what you know (2)" in because
    assert "Leo" not in because


def test_another_host_that_begins_alike_is_not_the_same_host(actors):
    contact = register.a_contact(actors["colleague"])
    a_report(actors, contact=contact)
    content = samples.a_content(hosts=(HostTold(name="Blue", kind="consultancy"),))
    trip = samples.a_trip(actors["staff"], content)
    assert facts_of_trip(trip, content, actors["staff"].person).reports_on_same_host == 0


def test_days_left_are_counted_from_today(actors):
    trip = samples.a_trip(actors["staff"], samples.a_content(legs=samples.legs(2)))
    row = Trip.objects.select_related("content__key").get(pk=trip.pk)
    far = composed_for(row, content_of(row), actors["staff"].person, now().date() - timedelta(days=60))
    assert far.composed_on == date.fromordinal(now().date().toordinal() - 60)
