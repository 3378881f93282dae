"""Travel documents and whom to call: each traveller tells and sees their own, and the compliance file has everybody's."""

import csv
import io
from datetime import timedelta

import msgspec
import pytest
from django.test import Client

from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures import export_trips, house_settings, plan_trip, trip_to_change, view_trip
from gifthorse.procedures.acting import act, now
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.procedures.plan_trip import Party
from gifthorse.procedures.reading_trips import content_of
from gifthorse.procedures.subject_access import export_own
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.trip import Trip
from tests.samples import travel as samples
from tests.samples.people import actors

__all__ = ["actors"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_files")]
MINE, THEIRS = "C01X0006H", "L898902C3"


@pytest.fixture
def trip(actors):
    """A trip of two, each with a passport, in a house under SEAD-3."""
    house_settings.set_setting(actors["admin"], house_settings.RULE_PACKS, ["house", "sead-3"])
    made = samples.a_trip(actors["staff"], samples.a_content(documents=MINE), people=[actors["colleague"].person])
    both = Party(people=(actors["staff"].person, actors["colleague"].person))
    plan_trip.change(actors["colleague"], made.pk, samples.a_content(documents=THEIRS, emergency_contact="Robin, 030 5550123"), both)
    return made


def form_of(actor: Actor, trip: Trip) -> str:
    client = Client()
    client.force_login(Account.objects.get(person_id=actor.person))
    return client.get(f"/trips/{trip.pk}/change/").content.decode()


def test_each_traveller_sees_their_own_documents_in_the_form_and_nobody_elses(actors, trip):
    mine, theirs = form_of(actors["staff"], trip), form_of(actors["colleague"], trip)
    assert MINE in mine
    assert THEIRS in theirs
    assert not {THEIRS, "Robin"} & set(mine.replace('"', " ").split())
    assert THEIRS not in mine
    assert MINE not in theirs


def test_the_trip_as_it_is_shown_holds_no_companions_papers(actors, trip):
    for who, own, other in (("staff", MINE, THEIRS), ("colleague", THEIRS, MINE)):
        told = msgspec.json.encode(
            [view_trip.trip_for(actors[who], trip.pk).content, trip_to_change.trip_to_change(actors[who], trip.pk).content]
        )
        assert own.encode() in told
        assert other.encode() not in told
        kept = msgspec.json.encode(export_own(actors[who]))
        assert own.encode() in kept
        assert other.encode() not in kept


def test_an_officer_who_is_not_on_the_trip_is_neither_shown_nor_asked_for_anybodys(actors, trip):
    officer = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    page = form_of(actors["officer"], trip)
    assert MINE not in page
    assert 'name="documents"' not in page
    assert 'name="emergency_contact"' not in page
    assert MINE.encode() not in msgspec.json.encode(view_trip.trip_for(officer, trip.pk).content)
    both = Party(people=(actors["staff"].person, actors["colleague"].person))
    plan_trip.change(officer, trip.pk, samples.a_content(documents="FORGED123"), both)
    trip.refresh_from_db()
    assert {papers.documents for papers in content_of(trip).papers.values()} == {MINE, THEIRS}


def test_changing_the_trip_leaves_the_others_papers_as_they_told_them(actors, trip):
    both = Party(people=(actors["staff"].person, actors["colleague"].person))
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(documents="NEW000001"), both)
    trip.refresh_from_db()
    papers = content_of(trip).papers
    assert papers[actors["staff"].person].documents == "NEW000001"
    assert (papers[actors["colleague"].person].documents, papers[actors["colleague"].person].emergency_contact) == (
        THEIRS,
        "Robin, 030 5550123",
    )


def test_whoever_leaves_takes_their_papers_with_them(actors, trip):
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(documents=MINE), Party(people=(actors["staff"].person,)))
    trip.refresh_from_db()
    assert set(content_of(trip).papers) == {actors["staff"].person}


def test_the_compliance_file_has_each_travellers_own(actors, trip):
    house_settings.set_setting(actors["admin"], house_settings.DISS_COLUMNS, ["Passport = passport"])
    told = export_trips.export(actors["officer"], now(), now() + timedelta(days=60)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert sorted(row["Passport"] for row in rows) == [MINE, THEIRS]


def test_what_an_older_version_kept_is_of_whoever_planned_the_trip(actors, trip):
    with act(actors["staff"], Procedure.CHANGE_TRIP, Relation.OWN, subject=trip.pk) as deed:
        row = Trip.objects.select_related("content__key").get(pk=trip.pk)
        old = {**msgspec.to_builtins(samples.a_content(documents="OLD000001"))}
        del old["papers"]
        row.content = sealed_anew(deed, row.content, old)
        deed.keep(row)
    assert "OLD000001" in form_of(actors["staff"], trip)
    assert "OLD000001" not in form_of(actors["colleague"], trip)
    assert export_own(actors["staff"]).trips[0]["told"]["documents"] == "OLD000001"
    assert "documents" not in export_own(actors["colleague"]).trips[0]["told"]
