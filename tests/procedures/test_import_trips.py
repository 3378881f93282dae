"""Many trips out of a table: people known exactly, legs put together, and what doesn't fit comes back as a table."""

import csv
import io
from datetime import UTC, datetime

import msgspec
import pytest

from gifthorse.brief.itinerary.broken_rows import unread_rows
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import export_trips, house_settings, import_trips, read_bookings
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.trip import Traveller, Trip
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


def officer_of(actors) -> Actor:
    return Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))


def read(actors, table: str, name: str = "officer"):
    return read_bookings.read_booking(actors[name], table.encode(), "trips.csv")


def test_legs_there_and_back_are_one_trip_and_the_person_is_known_by_name(actors):
    found = import_trips.preview(officer_of(actors), read(actors, samples.TABLE.format(name="Name of staff")))
    (trip,) = found.trips
    assert (trip.people, trip.title, len(trip.legs)) == ((actors["staff"].person,), "Tokyo", 2)
    assert (trip.starts_at, trip.ends_at) == (datetime(2027, 2, 1, 11, tzinfo=UTC), datetime(2027, 2, 6, 15, 20, tzinfo=UTC))


@pytest.mark.parametrize("name", ["NAME OF STAFF", "staff, name of", " Name  of   staff "])
def test_a_name_is_known_in_other_letters_and_turned_round(actors, name):
    table = f'traveller,from,to,departure,arrival\n"{name}",MUC,LYS,2027-02-01 12:00,2027-02-01 13:30\n'
    assert [trip.people for trip in import_trips.preview(officer_of(actors), read(actors, table)).trips] == [(actors["staff"].person,)]


def test_nothing_of_the_table_is_lost(actors):
    itinerary = read(actors, samples.TABLE.format(name="Name of staff"))
    found = import_trips.preview(officer_of(actors), itinerary)
    left_out = list(csv.reader(io.StringIO(import_trips.left_out_rows(found))))
    assert [row[-1] for row in left_out[1:]] == ["Nobody Known"]
    unread = list(csv.reader(io.StringIO(unread_rows(itinerary))))
    assert any("someday" in row for row in unread)
    assert len(found.trips[0].legs) + len(left_out) - 1 + len(unread) - 1 == samples.TABLE.count("\n") - 1


def test_the_rows_that_came_back_can_be_mended_and_read_again(actors):
    itinerary = read(actors, samples.TABLE.format(name="Name of staff"))
    text = import_trips.left_out_rows(import_trips.preview(officer_of(actors), itinerary))
    mended = (
        text.replace("Nobody Known", "Name of colleague")
        .replace('12:00",""', '12:00","Europe/Zurich"')
        .replace('13:00",""', '13:00","Europe/Zurich"')
    )
    (trip,) = import_trips.preview(officer_of(actors), read(actors, mended)).trips
    assert (trip.people, trip.starts_at) == ((actors["colleague"].person,), datetime(2027, 2, 1, 11, tzinfo=UTC))


def test_trips_are_written_in_one_deed_once(actors):
    itinerary = read(actors, samples.TABLE.format(name="Name of staff"))
    before = LedgerEntry.objects.count()
    seen = import_trips.preview(officer_of(actors), itinerary).digest
    assert import_trips.apply(officer_of(actors), itinerary, seen=seen) == 1
    assert LedgerEntry.objects.count() == before + 1
    assert Trip.objects.get().organiser_id == actors["staff"].person
    again = import_trips.preview(officer_of(actors), itinerary)
    assert [trip.known for trip in again.trips] == [True]
    with pytest.raises(WrongState):
        import_trips.apply(officer_of(actors), itinerary, seen=seen)
    with pytest.raises(NotAccepted):
        import_trips.apply(officer_of(actors), itinerary, seen=again.digest)


def test_rows_far_apart_and_of_different_people_are_different_trips(actors):
    table = (
        "traveller,from,to,departure,arrival\n"
        "Name of staff,MUC,LYS,2027-02-01 12:00,2027-02-01 13:30\n"
        "Name of staff,MUC,LYS,2027-03-01 12:00,2027-03-01 13:30\n"
        "Name of colleague,MUC,LYS,2027-02-01 12:00,2027-02-01 13:30\n"
        "Name of staff; Name of colleague,MUC,NRT,2027-05-01 12:00,2027-05-02 08:00\n"
    )
    found = import_trips.preview(officer_of(actors), read(actors, table))
    staff, colleague = actors["staff"].person, actors["colleague"].person
    assert sorted(sorted(trip.people) for trip in found.trips) == sorted([[staff], [staff], [colleague], sorted([staff, colleague])])


def test_a_time_without_a_zone_comes_back_and_is_not_guessed(actors):
    table = "traveller,kind,from,to,departure,arrival\nName of staff,train,Bern,Basel,2027-02-01 12:00,2027-02-01 13:00\n"
    found = import_trips.preview(officer_of(actors), read(actors, table))
    assert (found.trips, ["time zone" in one.why.in_english() for one in found.left_out]) == ((), [True])


def test_staff_take_over_their_own_trips_alone(actors):
    itinerary = read(actors, samples.TABLE.format(name="Name of colleague"), "staff")
    found = import_trips.preview(actors["staff"], itinerary)
    assert {person for trip in found.trips for person in trip.people} == {actors["staff"].person}
    import_trips.apply(actors["staff"], itinerary, seen=found.digest)
    assert set(Traveller.objects.values_list("person_id", flat=True)) == {actors["staff"].person}


def test_several_files_are_read_together_and_a_refused_one_is_told(actors):
    files = [("a.ics", samples.CALENDAR), ("b.bin", b"\x00\x01 nothing"), ("again.ics", samples.CALENDAR)]
    found, refused = read_bookings.read_bookings(actors["staff"], files)
    assert [leg.title for leg in found.legs] == ["Kiln fair", "Broken entry"]  # the same booking twice is one leg
    assert len(found.not_read) >= 2
    assert [name for name, _why in refused] == ["b.bin"]
    with pytest.raises(NotAccepted):
        read_bookings.read_bookings(actors["staff"], [("b.bin", b"\x00\x01 nothing")])
    with pytest.raises(NotAccepted):
        read_bookings.read_bookings(actors["staff"], [])


def test_the_export_has_the_columns_of_the_house_and_runs_no_formula(actors):
    title = '=HYPERLINK("x")'
    samples.approved(officer_of(actors), samples.a_trip(actors["staff"], samples.a_content(title=title, purpose="")))
    samples.a_trip(actors["colleague"], draft=True)
    columns = ["Family = family_name", "Purpose", "Agency = “ACME”", "Passport"]
    house_settings.set_setting(officer_of(actors), house_settings.DISS_COLUMNS, columns)
    file = export_trips.export(officer_of(actors), datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)).decode()
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == ["Family", "Purpose", "Agency", "Passport"]
    assert rows[1:] == [["staff", "'" + title, "ACME", " "]]


def test_the_export_has_one_row_for_each_traveller_and_names_companions(actors):
    trip = samples.a_trip(actors["staff"], people=[actors["colleague"].person])
    file = export_trips.export(officer_of(actors), datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)).decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(row["Last Name"], row["Companions"]) for row in rows] in (
        [("staff", "Name of colleague"), ("colleague", "Name of staff")],
        [("colleague", "Name of staff"), ("staff", "Name of colleague")],
    )
    assert {row["Destinations"] for row in rows} == {"Lyon; Munich"}
    assert msgspec.json.encode(trip.pk).decode() not in file


def test_a_trip_ends_where_it_comes_back_even_when_the_next_begins_the_day_after(actors):
    table = (
        "traveller,from,to,departure,arrival\n"
        "Name of staff,MUC,LYS,2027-02-01 12:00,2027-02-01 13:30\n"
        "Name of staff,LYS,MUC,2027-02-03 12:00,2027-02-03 13:30\n"
        "Name of staff,MUC,NRT,2027-02-04 12:00,2027-02-05 08:00\n"
    )
    found = import_trips.preview(officer_of(actors), read(actors, table))
    assert [(trip.title, len(trip.legs)) for trip in found.trips] == [("Lyon", 2), ("Tokyo", 1)]
