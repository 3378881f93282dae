"""A trip from the first draft to its end, with its steps, duties and notices."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import time_machine

from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, LocalTime, ZoneFrom
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import decide_trip, house_settings, plan_trip, trip_to_change, verify_records, view_trip
from gifthorse.procedures.check_trip import bounds
from gifthorse.procedures.plan_trip import Party
from gifthorse.store.tables.duty import Brief, Duty
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.trip import Traveller, Trip
from tests.samples import register
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


def officer_of(actors) -> Actor:
    return Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))


def notices(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind, gave_up=False).values_list("person_id", flat=True))


def test_a_trip_that_is_handed_in_waits_for_the_officers_and_brings_its_duties(actors):
    trip = samples.a_trip(actors["staff"], people=[actors["colleague"].person])
    assert trip.state == "submitted"
    assert (trip.sponsored, trip.payer, trip.social_programme, trip.borders, trip.venue_kind) == (True, "mixed", True, 2, "trade-fair")
    assert trip.devices == ["loaner-laptop", "phone"]
    assert notices("trip-to-decide") == {actors["officer"].person, actors["research"].person}
    told = {(duty.person_id, duty.rule, duty.state) for duty in Duty.objects.filter(trip=trip)}
    for person in (actors["staff"].person, actors["colleague"].person):
        assert {(person, "trip", "done"), (person, "sponsored", "open"), (person, "debrief", "open")} <= told


def test_begin_and_end_follow_from_the_instants_and_not_from_the_clocks_of_home():
    begins, ends = bounds(samples.legs(start=datetime(2027, 1, 1, 12, tzinfo=UTC)), "Pacific/Auckland")
    assert begins == datetime(2027, 1, 21, 12, tzinfo=UTC)
    assert ends == datetime(2027, 1, 24, 14, 24, tzinfo=UTC)


def test_a_stay_before_the_first_flight_makes_the_trip_begin_earlier():
    early = Leg(kind=LegKind.HOTEL, departs=Day(on=datetime(2027, 1, 20).date()), arrives=Day(on=datetime(2027, 1, 21).date()))
    begins, _ends = bounds((early, *samples.legs(start=datetime(2027, 1, 1, 12, tzinfo=UTC))), "Europe/Berlin")
    assert begins == datetime(2027, 1, 19, 23, tzinfo=UTC)  # midnight in Berlin


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Leg(kind=LegKind.TRAIN),),
        (Leg(kind=LegKind.TRAIN, departs=LocalTime(on=datetime(2027, 1, 1).date(), clock=60)),),
        (
            Leg(
                kind=LegKind.BUS,
                departs=Instant(at=datetime(2027, 1, 2, tzinfo=UTC), zone="UTC", zone_from=ZoneFrom.STATED),
                arrives=Instant(at=datetime(2027, 1, 1, tzinfo=UTC), zone="UTC", zone_from=ZoneFrom.STATED),
            ),
        ),
    ],
    ids=["no-leg", "no-time", "no-zone", "backwards"],
)
def test_a_trip_without_a_sure_begin_and_end_is_not_taken(actors, legs):
    with pytest.raises(NotAccepted):
        samples.a_trip(actors["staff"], samples.a_content(legs=legs))
    assert not Trip.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("venues", ("bazaar",)),
        ("invitation", "fate"),
        ("title", "  "),
        ("official", "perhaps"),
        ("regimes", ("mafia",)),
        ("title", "x" * 201),
    ],
    ids=["venue", "invitation", "no-title", "official", "regime", "long-title"],
)
def test_words_that_the_house_does_not_know_are_not_taken(actors, field, value):
    with pytest.raises(NotAccepted):
        samples.a_trip(actors["staff"], samples.a_content(**{field: value}))


def test_staff_plan_for_themselves_and_officers_for_others(actors):
    party = Party(people=(actors["colleague"].person,))
    with pytest.raises(NotAccepted, match="draft"):
        plan_trip.plan(officer_of(actors), samples.a_content(), party, draft=True)
    with pytest.raises(NotAccepted, match="on yourself"):
        plan_trip.plan(actors["staff"], samples.a_content(), party)
    assert plan_trip.plan(officer_of(actors), samples.a_content(), party).organiser_id == actors["colleague"].person


def test_only_know_how_that_one_holds_is_taken_along(actors):
    known = register.know_how(officer_of(actors), actors["staff"].person)
    trip = samples.a_trip(actors["staff"], carried=[known.curve.pk])
    assert view_trip.trip_for(actors["staff"], trip.pk).travellers[0].carried == ("Firing curve",)
    with pytest.raises(NotAccepted, match="that they hold"):
        samples.a_trip(actors["staff"], carried=[known.powder.pk])


def test_a_draft_asks_nobody_and_owes_nothing_until_it_is_handed_in(actors):
    trip = samples.a_trip(actors["staff"], draft=True)
    assert (trip.state, Duty.objects.count(), notices("trip-to-decide")) == ("draft", 0, set())
    with pytest.raises(NotFound):
        plan_trip.submit(actors["colleague"], trip.pk)
    assert plan_trip.submit(actors["staff"], trip.pk).state == "submitted"
    assert Duty.objects.exists()
    assert notices("trip-to-decide")


def test_approval_brings_a_brief_to_each_traveller_and_nobody_approves_their_own(actors):
    trip = samples.a_trip(actors["officer"], people=[actors["staff"].person])
    with pytest.raises(Refused):
        decide_trip.approve(actors["officer"], trip.pk)
    decide_trip.approve(actors["research"], trip.pk, samples.REASON)
    assert set(Brief.objects.filter(trip=trip).values_list("person_id", flat=True)) == {actors["officer"].person, actors["staff"].person}
    assert notices("brief-ready") == notices("trip-decided") == {actors["officer"].person, actors["staff"].person}
    assert [(step.kind, step.reason) for step in view_trip.trip_for(actors["staff"], trip.pk).steps][-1] == ("approved", samples.REASON)


def test_a_refusal_needs_a_reason_and_ends_what_was_due(actors):
    trip = samples.a_trip(actors["staff"])
    with pytest.raises(NotAccepted, match="why"):
        decide_trip.refuse(officer_of(actors), trip.pk, "  ")
    assert decide_trip.refuse(officer_of(actors), trip.pk, "The host is not known.").state == "refused"
    assert not Duty.objects.filter(trip=trip, state="open").exists()
    with pytest.raises(WrongState):
        decide_trip.approve(officer_of(actors), trip.pk)


def test_a_change_is_looked_at_again_and_the_duties_move_with_it(actors):
    trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"]))
    before = Duty.objects.get(trip=trip, rule="debrief")
    later = samples.a_content(legs=samples.legs(27), paid=())
    plan_trip.change(actors["staff"], trip.pk, later, Party(people=(actors["staff"].person,)), "A week later.")
    trip.refresh_from_db()
    assert trip.state == "changed"
    after = Duty.objects.get(trip=trip, rule="debrief")
    assert (after.pk, after.due_at - before.due_at) == (before.pk, timedelta(days=7))
    assert Duty.objects.get(trip=trip, rule="sponsored").state == "void"
    reminders = Notice.objects.filter(subject=after.pk, gave_up=False)
    assert [notice.kind for notice in reminders] == ["duty-due"]


def test_who_leaves_a_trip_owes_nothing_more_for_it(actors):
    trip = samples.a_trip(actors["staff"], people=[actors["colleague"].person])
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(), Party(people=(actors["staff"].person,)))
    assert [one.person for one in view_trip.trip_for(actors["staff"], trip.pk).travellers] == [actors["staff"].person]
    assert set(Duty.objects.filter(person_id=actors["colleague"].person).values_list("state", flat=True)) <= {"void", "done"}
    assert Traveller.objects.get(trip=trip, person_id=actors["colleague"].person).ended
    assert verify_records.verify(actors["auditor"]).damages == ()


def test_what_was_told_before_a_change_is_not_kept_where_nobody_could_erase_it(actors):
    trip = samples.a_trip(actors["staff"])
    before = trip.content_id
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(title="Anew"), Party(people=(actors["staff"].person,)))
    assert Sealed.objects.get(pk=before).erased


def test_a_trip_that_is_called_off_owes_nothing_and_reminds_nobody(actors):
    trip = samples.a_trip(actors["staff"], people=[actors["colleague"].person])
    plan_trip.cancel(actors["staff"], trip.pk, "The fair is off.")
    assert not Duty.objects.filter(trip=trip, state="open").exists()
    assert notices("duty-due") == set()
    assert notices("trip-decided") == {actors["colleague"].person}
    with pytest.raises(WrongState):
        plan_trip.change(actors["staff"], trip.pk, samples.a_content(), Party(people=(actors["staff"].person,)))


def test_a_deviation_is_told_within_five_working_days_of_the_return(actors):
    house_settings.set_setting(officer_of(actors), house_settings.RULE_PACKS, ["house", "nspm-33"])
    start = datetime(2026, 12, 1, 8, tzinfo=UTC)
    content = samples.a_content(
        legs=samples.legs(1, nights=2, start=start), regimes=("federal-research", "award-asks-travel"), official="yes"
    )
    with time_machine.travel(start, tick=False):
        trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"], content))
    with time_machine.travel(start + timedelta(days=4), tick=False):
        with pytest.raises(NotAccepted):
            plan_trip.deviate(actors["staff"], trip.pk, " ")
        assert plan_trip.deviate(actors["staff"], trip.pk, "A night in Geneva with the customer.").state == "deviated"
    told = {(duty.pack, duty.rule): duty for duty in Duty.objects.filter(trip=trip, person_id=actors["staff"].person)}
    assert told["house", "deviation"].state == "done"
    changed = told["nspm-33", "trip-changed"]
    # back on Friday 4 December: Monday is the first of five working days
    assert (changed.state, changed.due_at) == ("open", datetime(2026, 12, 11, 23, 59, tzinfo=UTC))


def test_the_form_for_changing_keeps_what_others_take_along(actors):
    known = register.know_how(officer_of(actors), actors["staff"].person)
    trip = samples.a_trip(actors["staff"], carried=[known.curve.pk], people=[actors["colleague"].person])
    colleague = Actor(person=actors["colleague"].person, roles=frozenset({Role.STAFF}))
    was = trip_to_change.trip_to_change(colleague, trip.pk)
    assert (was.others, was.carried) == (("Name of staff",), ())
    party = trip_to_change.party_as_changed(colleague, was, ["Name of staff"], [], None)
    assert set(party.people) == {actors["staff"].person, colleague.person}
    assert party.carried[actors["staff"].person] == (known.curve.pk,)


def test_the_tables_hold_no_word_that_was_told(actors):
    trip = samples.approved(officer_of(actors), samples.a_trip(actors["staff"]))
    for table in (Trip, Traveller, Brief, Duty):
        for row in table.objects.all():
            told = msgspec.json.encode({field.attname: str(field.value_from_object(row)) for field in row._meta.concrete_fields}).decode()
            for secret in ("Lyon", "Munich", samples.HOST, samples.PURPOSE, samples.REASON, "MUC"):
                assert secret not in told
    assert trip.pk
