"""Who leaves a trip or an event, and know-how that stays at home, is kept as history and counts for nothing from then on."""

from datetime import timedelta

import pytest

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.reports import ReportKind
from gifthorse.procedures import (
    compose_brief,
    export_trips,
    keep_calendar,
    keep_events,
    pack_for_trip,
    plan_trip,
    report_figures,
    subject_access,
    thread_background,
    verify_records,
    view_brief,
    view_events,
    view_trip,
)
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.debriefs_due import debriefs_due
from gifthorse.procedures.event_patterns import event_patterns
from gifthorse.procedures.make_reminders import make_reminders
from gifthorse.procedures.plan_trip import Party
from gifthorse.procedures.reading_trips import own_trips, taken_along
from gifthorse.procedures.tell import About, tell
from gifthorse.procedures.tellers import allowed_for
from gifthorse.procedures.travellers_today import travellers_today
from gifthorse.procedures.trip_choices import choices_for
from gifthorse.store.tables.duty import Duty
from gifthorse.store.tables.event import Attendance
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.trip import Carried, Traveller
from tests.samples import register
from tests.samples import travel as samples
from tests.samples.people import actors, an_item

__all__ = ["actors", "an_item"]
pytestmark = pytest.mark.django_db
DAYS = 5


@pytest.fixture
def together(actors):
    """A trip of two, approved, that leaves soon."""
    trip = samples.a_trip(actors["staff"], samples.a_content(legs=samples.legs(DAYS)), people=[actors["colleague"].person])
    return samples.approved(actors["officer"], trip)


def without_colleague(actors, trip):
    return plan_trip.change(actors["staff"], trip.pk, samples.a_content(legs=samples.legs(DAYS)), Party(people=(actors["staff"].person,)))


def with_colleague(actors, trip):
    people = (actors["staff"].person, actors["colleague"].person)
    return plan_trip.change(actors["staff"], trip.pk, samples.a_content(legs=samples.legs(DAYS)), Party(people=people))


def test_who_has_left_stays_on_record_and_sees_the_trip_and_its_brief_no_more(actors, together):
    colleague = actors["colleague"]
    assert view_brief.brief_of(colleague, together.pk).own
    assert [one.trip for one in pack_for_trip.pack(colleague).briefs] == [together.pk]
    without_colleague(actors, together)
    assert Traveller.objects.get(trip=together, person_id=colleague.person).ended
    for look in (view_trip.trip_for, view_brief.brief_of, view_brief.acknowledge):
        with pytest.raises(NotFound):
            look(colleague, together.pk)
    assert pack_for_trip.pack(colleague).briefs == ()
    assert list(own_trips(colleague)) == []
    assert [one.trip for one in pack_for_trip.pack(actors["staff"]).briefs] == [together.pk], "whoever stays keeps theirs"


def test_nobody_briefs_whoever_has_left_and_no_list_counts_them(actors, together):
    before = travellers_today(actors["officer"])
    without_colleague(actors, together)
    after = travellers_today(actors["officer"])
    assert (len(before.leaving), len(after.leaving)) == (2, 1)
    with pytest.raises(NotFound):
        compose_brief.compose_for(actors["officer"], together.pk, actors["colleague"].person)
    rows = export_trips.export(actors["officer"], now(), now() + timedelta(days=30)).decode("utf-8-sig").splitlines()
    assert len(rows) == 2, "headings and one traveller"


def test_who_has_left_owes_no_duty_no_debrief_and_is_reminded_of_none(actors, together):
    colleague = actors["colleague"]
    assert Duty.objects.filter(trip=together, person_id=colleague.person, state="open").exists()
    address = keep_calendar.renew(colleague)
    assert b"BEGIN:VEVENT" in keep_calendar.feed(address, str)
    without_colleague(actors, together)
    assert b"BEGIN:VEVENT" not in keep_calendar.feed(address, str)
    assert not Duty.objects.filter(trip=together, person_id=colleague.person, state="open").exists()
    with as_of(now() + timedelta(days=DAYS + 8)):
        make_reminders()
        assert debriefs_due(colleague) == ()
        assert [due.trip for due in debriefs_due(actors["staff"])] == [together.pk]
        assert len(travellers_today(actors["officer"]).back) == 1
    debriefs = Notice.objects.filter(kind="debrief-due").values_list("person_id", flat=True)
    assert set(debriefs) == {actors["staff"].person}


def test_who_comes_back_is_on_the_trip_like_everybody_and_owes_its_debrief(actors, together):
    without_colleague(actors, together)
    with_colleague(actors, together)
    assert Traveller.objects.filter(trip=together).count() == 2
    assert view_brief.brief_of(actors["colleague"], together.pk).own
    assert Duty.objects.filter(trip=together, person_id=actors["colleague"].person, state="open").exists()
    with as_of(now() + timedelta(days=DAYS + 8)):
        assert [due.trip for due in debriefs_due(actors["colleague"])] == [together.pk]
    assert verify_records.verify(actors["auditor"]).damages == ()


def test_a_report_that_was_written_before_leaving_is_not_turned_away(actors, together):
    without_colleague(actors, together)
    report = tell(actors["colleague"], ReportKind.DEBRIEF, {"anything": ["nothing"]}, About(trip=together.pk))
    assert report.trip_id == together.pk


def test_know_how_that_stays_at_home_is_kept_and_counts_no_more(actors):
    known = register.know_how(actors["officer"], actors["staff"].person)
    carried = [known.curve.pk]
    trip = samples.a_trip(actors["staff"], carried=carried)
    assert taken_along(trip) == {actors["staff"].person: tuple(carried)}
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(), Party(people=(actors["staff"].person,)))
    assert taken_along(trip) == {}
    row = Carried.objects.get(traveller__trip=trip)
    assert (row.ended, row.element_id) == (True, known.curve.pk)
    assert view_trip.trip_for(actors["staff"], trip.pk).travellers[0].carried == ()
    known.curve.holdings.update(ended=True)
    assert known.curve.pk not in allowed_for(actors["staff"], ReportKind.APPROACH, now().date()).elements
    again = Party(people=(actors["staff"].person,), carried={})
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(), again)
    assert Carried.objects.filter(traveller__trip=trip).count() == 1


def test_a_report_of_ones_own_data_says_that_one_had_left(actors, together):
    without_colleague(actors, together)
    (row,) = subject_access.export_own(actors["colleague"]).trips
    assert (row["left"], row["told"]) == (True, {})
    (own,) = subject_access.export_own(actors["staff"]).trips
    assert own["left"] is False
    assert own["told"]["title"] == "Fair in Lyon"


def test_figures_count_nobody_who_had_left(actors, together):
    def counted() -> int:
        with as_of(now() + timedelta(days=DAYS + 30)):
            return sum(
                one.people for *_, one in report_figures._trips(now() - timedelta(days=90), now(), report_figures._months(now()))
            )  # small ones are hidden

    before = counted()
    without_colleague(actors, together)
    assert (before, counted()) == (2, 1)


@pytest.fixture
def fair(actors):
    """A fair of next week with two of ours."""
    return register.an_event(actors["officer"], [actors["staff"].person, actors["colleague"].person])


def test_who_was_not_there_after_all_is_taken_off_and_stays_on_record(actors, fair):
    assert keep_events.take_off(actors["officer"], fair.pk, [actors["colleague"].person]) == 1
    assert [person for person, _name in view_events.event(actors["officer"], fair.pk).attendees] == [actors["staff"].person]
    assert [row.attendees for row in view_events.events(actors["officer"]).rows] == [1]
    assert Attendance.objects.filter(event=fair).count() == 2
    since = (fair.starts_on.year - 1) * 12
    assert thread_background.background(actors["colleague"].person, since).events == ()
    assert len(thread_background.background(actors["staff"].person, since).events) == 1
    assert [pk for pk, _ in choices_for(actors["colleague"]).events] == []
    assert event_patterns(actors["officer"]).quiet == 1
    assert verify_records.verify(actors["auditor"]).damages == ()


def test_whoever_is_put_on_the_list_again_is_there_once(actors, fair):
    keep_events.take_off(actors["officer"], fair.pk, [actors["colleague"].person])
    assert keep_events.add_attendees(actors["officer"], fair.pk, [actors["colleague"].person]) == 1
    assert keep_events.add_attendees(actors["officer"], fair.pk, [actors["colleague"].person]) == 0
    assert len(view_events.event(actors["officer"], fair.pk).attendees) == 2
    assert Attendance.objects.filter(event=fair).count() == 2


def test_only_who_is_on_the_list_can_be_taken_off_it(actors, fair):
    keep_events.take_off(actors["officer"], fair.pk, [actors["colleague"].person])
    with pytest.raises(NotAccepted, match="on the list"):
        keep_events.take_off(actors["officer"], fair.pk, [actors["colleague"].person])
