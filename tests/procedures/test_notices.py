"""Notices say that something waits and never what; reminders come when they are due, and stand-ins when nobody answered."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import house_settings, keep_accounts, keep_people, write_letter
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.call_stand_ins import call_stand_ins
from gifthorse.procedures.debriefs_due import debriefs_due
from gifthorse.procedures.make_reminders import make_reminders
from gifthorse.procedures.notices import NoticeKind
from gifthorse.procedures.send_notices import send_due
from gifthorse.procedures.view_report import report_for
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.placement import Placement
from tests.samples import reports as samples
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def person(login: str, *roles: Role, mail: str = "", zone: str = "", stands_in: bool = False):
    identity = {"name": f"Name of {login}", **({"mail": mail} if mail else {})}
    actor = keep_accounts.create(DESK_ITSELF, login, PASSWORD, roles, identity).as_actor()
    admin = keep_accounts.create(DESK_ITSELF, f"{login}-admin", PASSWORD, [Role.ADMIN], {"name": "A"}).as_actor()
    if zone or stands_in:
        keep_people.place(admin, actor.person, keep_people.PlaceFacts(name=f"Name of {login}", mail=mail, zone=zone, stands_in=stands_in))
    return actor


@pytest.fixture
def officer(db):
    return person("officer", Role.OFFICER, Role.STAFF, mail="officer@example.org")


@pytest.fixture
def staff(db):
    return person("staff", Role.STAFF, mail="staff@example.org")


def test_what_waits_for_one_person_goes_out_as_one_mail_and_once(officer, staff):
    with as_of(NOON):
        for _ in range(3):
            samples.odd(staff)
        mails = []
        assert send_due(mails.append).mails == 1
        assert send_due(mails.append).mails == 0
    assert [(mail.to, mail.number, mail.urgent) for mail in mails] == [("officer@example.org", 3, False)]
    assert Notice.objects.filter(sent_at__isnull=True).count() == 0


def test_what_comes_within_the_hour_waits_for_the_next_mail_unless_it_presses(officer, staff):
    mails = []
    with as_of(NOON):
        samples.odd(staff)
        send_due(mails.append)
    with as_of(NOON + timedelta(minutes=10)):
        samples.odd(staff)
        assert send_due(mails.append).mails == 0
        samples.pressure(staff)
        assert send_due(mails.append).mails == 1
    assert (mails[1].number, mails[1].urgent) == (2, True)


def test_nothing_rings_at_night_in_the_persons_own_zone_but_pressure(staff):
    officer = person("far", Role.OFFICER, mail="far@example.org", zone="Asia/Tokyo")
    evening_there = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)  # 21:30 in Tokyo
    with as_of(evening_there):
        samples.odd(staff)
        assert send_due([].append).mails == 0
        samples.pressure(staff)
        assert send_due([].append).mails == 1
    assert {one.person_id for one in Notice.objects.filter(sent_at__isnull=False)} == {officer.person}


def test_a_mail_that_can_not_be_sent_is_tried_again_and_given_up_after_three_days(officer, staff):
    def refuses(_mail):
        raise OSError("no route")

    with as_of(NOON):
        samples.odd(staff)
        assert send_due(refuses).failed == (officer.person,)
        assert send_due(refuses, leave_out=[officer.person]).failed == ()
        assert not Notice.objects.get().gave_up
    with as_of(NOON + timedelta(days=4)):
        send_due(refuses)
    assert Notice.objects.get().gave_up


@pytest.mark.parametrize("mail", ["", "nobody", "two words@example.org"])
def test_who_has_no_address_is_given_up_and_stops_nobody_else(officer, staff, mail):
    person("mute", Role.OFFICER, mail=mail)
    mails = []
    with as_of(NOON):
        samples.odd(staff)
        assert send_due(mails.append).mails == 1
    assert [one.to for one in mails] == ["officer@example.org"]
    assert Notice.objects.filter(gave_up=True).count() == 1


def test_nobody_whose_account_is_closed_gets_a_mail(officer, staff):
    with as_of(NOON):
        samples.odd(staff)
        Account.objects.filter(person=officer.person).update(is_active=False)
        assert send_due([].append).mails == 0


def test_a_debrief_is_asked_for_on_return_and_reminded_of_until_it_is_told(staff):
    traveller = samples.a_trip(staff.person, ended=timedelta(hours=1), moment=NOON)
    made = []
    for hours in range(0, 24 * 12, 6):
        with as_of(NOON + timedelta(hours=hours)):
            made.append(make_reminders())
    assert sum(made) == 4
    assert [one.not_before.date().day for one in Notice.objects.order_by("not_before")] == [25, 26, 28, 2]
    assert {one.subject for one in Notice.objects.all()} == {traveller.trip_id}


def test_after_a_standstill_of_the_desk_one_reminder_comes_and_not_four(staff):
    samples.a_trip(staff.person, ended=timedelta(days=9), moment=NOON)
    with as_of(NOON):
        assert [make_reminders(), make_reminders(), make_reminders()] == [1, 0, 0]


def test_who_has_told_is_not_reminded(staff):
    traveller = samples.a_trip(staff.person, ended=timedelta(hours=1), moment=NOON)
    with as_of(NOON):
        samples.debrief(staff, traveller.trip_id)
        assert make_reminders() == 0
        assert debriefs_due(staff) == ()


def test_after_thirty_days_one_question_is_asked(staff):
    traveller = samples.a_trip(staff.person, ended=timedelta(hours=1), moment=NOON)
    with as_of(NOON):
        samples.debrief(staff, traveller.trip_id)
    with as_of(NOON + timedelta(days=31)):
        assert make_reminders() == 1
        assert Notice.objects.get().kind == "check-in-due"
        assert [due.kind for due in debriefs_due(staff)] == [ReportKind.CHECK_IN]
        assert make_reminders() == 0


def test_a_trip_that_did_not_take_place_is_not_asked_about(staff):
    traveller = samples.a_trip(staff.person, ended=timedelta(hours=1), moment=NOON)
    type(traveller.trip).objects.update(state="cancelled")
    with as_of(NOON):
        assert make_reminders() == 0
        assert debriefs_due(staff) == ()


def test_pressure_that_nobody_answered_at_half_of_its_clock_reaches_the_stand_in(officer, staff):
    stand_in = person("stand-in", Role.OFFICER, mail="stand@example.org", stands_in=True)
    with as_of(NOON):
        report = samples.pressure(staff, (officer.person,))
    with as_of(NOON + timedelta(minutes=29)):
        assert call_stand_ins() == []
    with as_of(NOON + timedelta(minutes=31)):
        assert call_stand_ins() == [report.pk]
        assert call_stand_ins() == []
        assert report_for(stand_in, report.pk).row.sealed
        mails = []
        send_due(mails.append)
    assert {(mail.to, mail.urgent) for mail in mails} == {("stand@example.org", True), ("officer@example.org", True)}
    called = Notice.objects.filter(kind=NoticeKind.STAND_IN.value).values("pk")
    assert LedgerEntry.objects.filter(procedure="send-notices", actor="desk", subject__in=called).count() == 2, "called, and sent"
    assert not LedgerEntry.objects.filter(procedure="hand-on-report").exists(), "it would tell that the report is sealed"


def test_no_stand_in_is_called_once_somebody_answered_nor_one_who_is_no_officer(officer, staff):
    person("no-officer", Role.STAFF, mail="x@example.org", stands_in=True)
    with as_of(NOON):
        report = samples.pressure(staff, (officer.person,))
    with as_of(NOON + timedelta(minutes=31)):
        assert call_stand_ins() == []
        person("stand-in", Role.OFFICER, mail="stand@example.org", stands_in=True)
        write_letter.answer(officer, report.pk, "I am with you.")
        assert call_stand_ins() == []
    assert Placement.objects.filter(stands_in=True).count() == 2


def test_looking_for_reminders_asks_the_same_number_of_times_for_many_travellers(staff):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            samples.a_trip(staff.person, ended=timedelta(days=2), moment=NOON)
        with as_of(NOON):
            make_reminders()
            with CaptureQueriesContext(connection) as seen:
                assert make_reminders() == 0
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_house_sets_its_quiet_hours(officer, staff):
    house_settings.set_setting(officer, house_settings.QUIET_HOURS, {"starts": "11:00", "ends": "13:00"})
    with as_of(NOON):
        samples.odd(staff)
        assert send_due([].append).mails == 0
    with as_of(NOON + timedelta(hours=1)):
        assert send_due([].append).mails == 1
