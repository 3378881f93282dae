"""What shares a row of the matrix shares its rights, and a look at somebody else's trip or brief is on record."""

import pytest

from gifthorse.model.errors import NotFound, Refused
from gifthorse.model.roles import Actor, Relation, Role
from gifthorse.procedures import plan_trip, search_records, view_brief, view_trip
from gifthorse.store.tables.ledger_entry import LedgerEntry
from tests.matrix.areas import travel as area
from tests.matrix.who_may import table
from tests.samples import register
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db
ROWS = [(procedure, number) for procedure, others in area.SAME_ROW.items() for number in range(len(others))]


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
@pytest.mark.parametrize(("procedure", "number"), ROWS, ids=str)
def test_the_other_functions_of_a_row_ask_for_the_same_right(actors, procedure, number, role, own):
    actor = Actor(person=actors["colleague"].person, roles=frozenset({role}))
    made = area.world(actors, actor if own else actors["staff"])
    granted = table()[procedure]
    allowed = (role, Relation.NONE) in granted or (role, Relation.OWN if own else Relation.OTHERS) in granted
    do = area.SAME_ROW[procedure][number]
    if allowed:
        do(actor, made)
        return
    with pytest.raises((Refused, NotFound)):
        do(actor, made)


@pytest.mark.parametrize("ask", area.OF_EVERYBODY, ids=lambda ask: ask.__name__)
def test_the_boards_of_everybody_are_for_those_who_see_all_trips(actors, ask):
    for role in Role:
        actor = Actor(person=actors["colleague"].person, roles=frozenset({role}))
        if role in {Role.OFFICER, Role.RESEARCH_LEAD}:
            ask(actor)
            continue
        with pytest.raises((Refused, NotFound)):
            ask(actor)


def test_staff_list_their_own_trips_and_officers_all(actors):
    mine = samples.a_trip(actors["staff"])
    shared = samples.a_trip(actors["colleague"], people=[actors["staff"].person])
    other = samples.a_trip(actors["colleague"])

    def listed(name, **more):
        return {row.id for row in view_trip.trips_for(actors[name], **more).rows}

    assert listed("staff") == {mine.pk, shared.pk}
    assert listed("officer") == listed("research") == {mine.pk, shared.pk, other.pk}
    assert listed("officer", own=True) == set()
    for name in ("custodian", "auditor", "admin"):
        with pytest.raises(Refused):
            view_trip.trips_for(actors[name])


def test_a_look_at_somebody_elses_trip_is_on_record_and_ones_own_is_not(actors):
    trip = samples.approved(actors["officer"], samples.a_trip(actors["staff"]))
    before = LedgerEntry.objects.count()
    view_trip.trip_for(actors["staff"], trip.pk)
    view_brief.brief_of(actors["staff"], trip.pk)
    assert LedgerEntry.objects.count() == before
    view_trip.trip_for(actors["officer"], trip.pk)
    view_brief.brief_of(actors["officer"], trip.pk, actors["staff"].person)
    told = LedgerEntry.objects.filter(position__gt=before).values_list("procedure", "actor")
    assert list(told) == [("view-trip", actors["officer"].person), ("read-brief", actors["officer"].person)]


def test_a_draft_of_somebody_else_can_not_be_handed_in_by_staff(actors):
    trip = samples.a_trip(actors["staff"], draft=True)
    for name in ("colleague", "custodian", "auditor", "admin", "research", "board"):
        with pytest.raises((Refused, NotFound)):
            plan_trip.submit(actors[name], trip.pk)


def test_a_draft_is_nobodys_business_before_it_is_handed_in(actors):
    trip = samples.a_trip(actors["staff"], draft=True)
    assert [row.id for row in view_trip.trips_for(actors["staff"]).rows] == [trip.pk]
    for name in ("officer", "research"):
        assert view_trip.trips_for(actors[name]).rows == ()
        with pytest.raises(NotFound):
            view_trip.trip_for(actors[name], trip.pk)
    assert not [group for group in search_records.search(actors["officer"], "lyon").groups if group.kind == "trip"]


def test_travellers_do_not_see_what_their_companions_carry_or_owe(actors):
    known = register.know_how(Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER})), actors["staff"].person)
    trip = samples.a_trip(actors["staff"], people=[actors["colleague"].person], carried=[known.curve.pk])
    seen = view_trip.trip_for(actors["colleague"], trip.pk)
    assert [one.carried for one in seen.travellers] == [(), ()]
    assert [one.carried for one in view_trip.trip_for(actors["officer"], trip.pk).travellers] == [("Firing curve",), ()]
    assert {duty.person for duty in seen.duties} == {actors["colleague"].person}
    assert {duty.person for duty in view_trip.trip_for(actors["officer"], trip.pk).duties} == {
        actors["staff"].person,
        actors["colleague"].person,
    }


def test_a_trip_is_found_by_its_words_by_those_who_may_see_it(actors):
    trip = samples.a_trip(actors["staff"])

    def found(name, words):
        return [one.id for group in search_records.search(actors[name], words).groups for one in group.found if group.kind == "trip"]

    assert found("officer", "lyon crucible") == found("staff", "lyon") == found("officer", trip.pk) == [trip.pk]
    assert found("colleague", "lyon") == []
