"""A desk of before migration 0007 is brought up to date with everything in it, and who had left stays away."""

import msgspec
import pytest
from django.core.management import call_command
from django.db import connection

from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures.acting import act
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.procedures.reading_trips import content_of, people_on, taken_along
from gifthorse.store import vault
from gifthorse.store.ledger import head
from gifthorse.store.tables.event import Attendance
from gifthorse.store.tables.trip import Carried, Traveller, Trip
from gifthorse.store.verify import verify
from tests.samples import register, travel

pytestmark = pytest.mark.django_db(transaction=True)


def at(migration: str) -> None:
    call_command("migrate", "store", migration, verbosity=0, interactive=False)


def up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)


@pytest.fixture
def before(actors):
    """A desk whose tables are those of 0006, with a trip that says in its content who left it and what stayed at home."""
    officer = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    known = register.know_how(officer, actors["staff"].person)
    event = register.an_event(officer, [actors["staff"].person, actors["colleague"].person])
    trip = travel.a_trip(actors["staff"], people=[actors["colleague"].person], carried=[known.curve.pk], event=event.pk)
    travel.approved(officer, trip)
    whole = travel.a_trip(actors["staff"], people=[actors["colleague"].person], carried=[known.curve.pk])
    at("0006")
    with act(actors["staff"], Procedure.CHANGE_TRIP, Relation.OWN, subject=trip.pk) as deed:
        trip = Trip.objects.select_related("content__key").get(pk=trip.pk)
        # as version 0006 wrote them
        told = {**msgspec.to_builtins(content_of(trip)), "left": [actors["colleague"].person], "carried": {}}
        trip.content = sealed_anew(deed, trip.content, told)
        deed.keep(trip)
        told = {**msgspec.to_builtins(content_of(whole)), "left": [], "carried": {actors["staff"].person: [known.curve.pk]}}
        whole.content = sealed_anew(deed, whole.content, told)
        deed.keep(whole)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE traveller SET debriefed_at = created_at, checked_in_at = created_at WHERE trip_id = %s AND person_id = %s",
            [trip.pk, actors["colleague"].person],
        )
    yield trip, whole, event
    up_to_date()


def counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def rows_of(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """All columns that 0006 had."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table) if one.name != "ended"]
            cursor.execute(f'SELECT {", ".join(columns)} FROM "{table}" ORDER BY id')
            found[table] = [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor.fetchall()]
    return found


WHOLE = ("trip", "attendance", "carried", "event", "brief", "duty", "person", "sealed", "trip_step", "element", "holding")


def test_everything_of_the_older_desk_is_there_afterwards(before, actors):
    numbers, rows = counted(), rows_of(*WHOLE)
    up_to_date()
    after = counted()
    assert {name for name in numbers if after[name] != numbers[name]} == {"ledger_entry", "django_migrations"}
    assert rows_of(*WHOLE) == rows
    assert {row.ended for row in Attendance.objects.all()} == {False}


def test_who_had_left_is_ended_and_what_stayed_at_home_too(before, actors):
    trip, whole, _event = before
    up_to_date()
    staff, colleague = actors["staff"].person, actors["colleague"].person
    assert people_on(trip) == (staff,)
    assert taken_along(trip) == {}
    assert Traveller.objects.get(trip=trip, person_id=colleague).ended
    assert Traveller.objects.get(trip=trip, person_id=colleague).debriefed_at is None
    assert Carried.objects.get(traveller__trip=trip).ended
    assert set(people_on(whole)) == {staff, colleague}
    assert set(taken_along(whole)) == {staff}


def test_the_ledger_tells_what_was_written_and_holds_for_every_older_row(before, actors):
    position, _digest = head()
    up_to_date()
    assert head()[0] == position + 1, "one entry, for the one trip that had something to end"
    assert verify().damages == ()


def test_an_older_row_that_is_changed_past_the_desk_is_still_found(before):
    up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE attendance SET ended = %s", [True])
    assert {damage.table for damage in verify().damages} == {"attendance"}


def test_a_trip_that_was_erased_is_no_reason_to_stop(before, actors):
    trip, _whole, _event = before
    with act(actors["staff"], Procedure.CHANGE_TRIP, Relation.OWN, subject=trip.pk) as deed:
        deed.note(vault.destroy(trip.content))
    up_to_date()
    assert len(people_on(trip)) == 2, "nothing says any more who left"


def test_nobody_is_brought_back_by_going_back(before):
    up_to_date()
    with pytest.raises(RuntimeError, match="has left"):
        at("0006")
    assert Traveller.objects.filter(ended=True).exists()
