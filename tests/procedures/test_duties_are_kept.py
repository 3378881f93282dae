"""What is due: one's list, the question whether to report, done by a tap, and the calendar that says nothing."""

from datetime import UTC, datetime

import icalendar
import pytest

from gifthorse.brief.duties.deciding import Reply
from gifthorse.brief.duties.events import EventType, Regime
from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures import discharge_duty, house_settings, keep_accounts, keep_calendar, plan_trip, view_duties
from gifthorse.procedures.acting import act
from gifthorse.procedures.trip_duties import discharge_by_debrief, duties_of_report
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.duty import CalendarKey, Duty
from gifthorse.store.tables.notice import Notice
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


def english(text):
    return text if isinstance(text, str) else text.in_english()


def officer_of(actors) -> Actor:
    return Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))


def with_packs(actors, *packs):
    house_settings.set_setting(officer_of(actors), house_settings.RULE_PACKS, list(packs))


def test_a_duty_is_done_by_a_tap_and_nobody_reminds_of_it(actors):
    samples.a_trip(actors["staff"])
    duty = next(one for one in view_duties.my_duties(actors["staff"]) if one.title == "Debrief")
    assert Notice.objects.filter(subject=duty.id, gave_up=False).count() == 1
    discharge_duty.discharge(actors["staff"], duty.id)
    assert duty.id not in {one.id for one in view_duties.my_duties(actors["staff"])}
    assert duty.id in {one.id for one in view_duties.my_duties(actors["staff"], done=True)}
    assert not Notice.objects.filter(subject=duty.id, gave_up=False).exists()
    with pytest.raises(WrongState):
        discharge_duty.discharge(actors["staff"], duty.id)


def test_every_duty_names_its_rule_and_its_source(actors):
    with_packs(actors, "house", "nspm-33", "sead-3", "phs-sponsored-travel")
    samples.a_trip(actors["staff"], samples.a_content(regimes=("cleared", "federal-research", "award-asks-travel", "phs"), official="no"))
    duties = view_duties.my_duties(actors["staff"])
    assert {one.source.document for one in duties} > {"Model policy of gifthorse"}
    assert all(one.title and one.why and one.source.document for one in duties)


def test_the_question_is_answered_in_one_sentence_with_the_rule(actors):
    answer = view_duties.must_i_report(actors["staff"], view_duties.Asked(event=EventType.GIFT))
    assert (answer.reply, english(answer.sentence)) == (Reply.YES, "Yes: tell the desk within 5 business days (model policy, 5).")
    invited = view_duties.must_i_report(actors["staff"], view_duties.Asked(event=EventType.COERCION))
    assert invited.reply is Reply.NO
    with_packs(actors, "sead-3")
    unsure = view_duties.must_i_report(
        actors["staff"], view_duties.Asked(event=EventType.TRIP_PLANNED, regimes=frozenset({Regime.CLEARED}))
    )
    assert unsure.reply is Reply.CANT_TELL
    with pytest.raises(NotAccepted):
        view_duties.must_i_report(actors["staff"], view_duties.Asked(event=EventType.TRIP_BULK))


def test_the_calendar_says_that_something_is_due_and_never_what(actors):
    trip = samples.a_trip(actors["staff"])
    secret = keep_calendar.renew(actors["staff"])
    body = keep_calendar.feed(secret, english)
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert len(events) == Duty.objects.filter(person_id=actors["staff"].person, state="open").count() > 0
    for word in (b"Lyon", b"Debrief", trip.pk.encode(), actors["staff"].person.encode(), b"pays"):
        assert word not in body


def test_the_table_keeps_no_address_and_a_new_one_makes_the_old_one_void(actors):
    first = keep_calendar.renew(actors["staff"])
    assert first not in CalendarKey.objects.get().mark
    second = keep_calendar.renew(actors["staff"])
    assert CalendarKey.objects.count() == 1
    assert keep_calendar.feed(second, english)
    for void in (first, second[:-1], second.swapcase(), "", "x" * 500, "\ud800"):
        with pytest.raises(NotFound):
            keep_calendar.feed(void, english)


def test_the_calendar_of_somebody_who_has_left_is_gone(actors):
    secret = keep_calendar.renew(actors["staff"])
    keep_accounts.close(actors["admin"], Account.objects.get(person_id=actors["staff"].person).pk)
    with pytest.raises(NotFound):
        keep_calendar.feed(secret, english)


def test_a_rule_that_this_version_does_not_know_keeps_its_duty_readable(actors):
    samples.a_trip(actors["staff"])
    Duty.objects.filter(rule="debrief").update(pack="abolished")
    told = {one.title for one in view_duties.my_duties(actors["staff"])}
    assert "debrief" in told
    assert keep_calendar.feed(keep_calendar.renew(actors["staff"]), english)


def told(actors, kind: ReportKind) -> list[tuple[str, str, str]]:
    with act(actors["staff"], Procedure.TELL, Relation.NONE) as deed:
        deed.subject = "report-0000000000000"
        duties_of_report(deed, actors["staff"].person, kind, datetime(2026, 11, 27, 12, tzinfo=UTC))
    return [(row.pack, row.rule, row.state) for row in Duty.objects.filter(trip__isnull=True)]


def test_a_report_brings_the_duties_of_the_programmes_that_somebody_named(actors):
    with_packs(actors, "house", "sead-3")
    samples.a_trip(actors["staff"], samples.a_content(regimes=("cleared",)))
    assert told(actors, ReportKind.VISIT_INCIDENT) == [("sead-3", "visit", "open")]


def test_a_report_brings_no_duty_of_a_programme_that_nobody_named_nor_that_of_telling_the_desk(actors):
    with_packs(actors, "house", "sead-3")
    assert told(actors, ReportKind.VISIT_INCIDENT) == []
    assert told(actors, ReportKind.GIFT) == []


def test_a_trip_that_moves_keeps_what_is_done(actors):
    trip = samples.a_trip(actors["staff"])
    duty = Duty.objects.get(trip=trip, rule="sponsored")
    discharge_duty.discharge(actors["staff"], duty.pk)
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(legs=samples.legs(40)), plan_trip.Party(people=(actors["staff"].person,)))
    assert Duty.objects.get(pk=duty.pk).state == "done"
    assert Duty.objects.filter(trip=trip, rule="sponsored").count() == 1


def test_a_debrief_ends_the_duty_to_debrief_and_no_other(actors):
    trip = samples.a_trip(actors["staff"])
    with act(actors["staff"], Procedure.TELL, Relation.NONE) as deed:
        deed.subject = trip.pk
        discharge_by_debrief(deed, trip, actors["staff"].person)
    states = dict(Duty.objects.filter(trip=trip).values_list("rule", "state"))
    assert (states["debrief"], states["sponsored"]) == ("done", "open")


def test_whoever_asks_about_a_trip_that_somebody_else_pays_need_not_say_that_somebody_else_pays(actors):
    answer = view_duties.must_i_report(actors["staff"], view_duties.Asked(event=EventType.TRAVEL_SPONSORED)).sentence.in_english()
    assert answer.startswith("Yes: ")
    assert "who pays" not in answer
