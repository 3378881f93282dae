"""Whoever asks gets what is kept about them, and nothing by which a reporter could be recognised."""

import msgspec
import pytest

from gifthorse.model.errors import NotFound, Refused
from gifthorse.model.roles import Role
from gifthorse.procedures import release_identity, write_letter
from gifthorse.procedures.looks import looks_at_me
from gifthorse.procedures.purposes import purposes
from gifthorse.procedures.subject_access import export_contact, export_own
from gifthorse.report.subject_access import Topic, Withheld
from gifthorse.store.tables.ledger_entry import LedgerEntry
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db


def test_ones_own_data_hold_every_word_that_was_told_and_who_one_is(actors, an_item):
    report = samples.approach(actors["staff"])
    write_letter.answer(actors["officer"], report.pk, "Thank you for telling us.")
    an_item("staff", said="With our compliments, twice")
    samples.a_trip(actors["staff"].person)
    data = export_own(actors["staff"])
    written = msgspec.json.encode(data).decode()
    for words in (samples.WORDS, "Lee Wendt", "Thank you for telling us.", "With our compliments, twice", "Name of staff", "A fair"):
        assert words in written
    assert {line.topic for line in data.reports.lines} >= {Topic.ANSWER, Topic.WORDS, Topic.MESSAGE, Topic.FAVOUR, Topic.KEEPING}


def test_an_export_is_on_record_and_is_ones_own_alone(actors):
    samples.approach(actors["staff"])
    before = LedgerEntry.objects.count()
    assert samples.WORDS not in msgspec.json.encode(export_own(actors["colleague"])).decode()
    assert LedgerEntry.objects.count() == before + 1
    with pytest.raises((Refused, NotFound)):
        export_own(actors["auditor"])


def test_what_officers_note_is_not_handed_out_before_a_person_looked(actors):
    report = samples.approach(actors["staff"])
    write_letter.note(actors["officer"], report.pk, "Compare with the autumn case.")
    data = export_own(actors["staff"])
    assert "autumn case" not in msgspec.json.encode(data).decode()
    assert Withheld.UNDER_REVIEW in data.reports.withheld


def test_somebody_outside_gets_their_details_and_no_trace_of_who_told(actors):
    report = samples.approach(actors["staff"])
    export = export_contact(actors["custodian"], report.contact_id)
    values = [line.value for line in export.lines]
    assert {"Lee Wendt", "lee@bluewave.example", "Bluewave Consulting"} <= set(values)
    written = msgspec.json.encode(export).decode()
    for trace in (samples.WORDS, "Name of staff", report.pk, actors["staff"].person, report.created_at.date().isoformat(), "travel"):
        assert trace not in written
    assert Withheld.RECOGNISES_REPORTER in export.withheld


def test_what_was_told_under_pressure_is_not_even_counted(actors):
    report = samples.pressure(actors["staff"])
    export = export_contact(actors["custodian"], report.contact_id)
    assert (export.lines, export.withheld) == ((), ())


@pytest.mark.parametrize("login", ["staff", "officer", "auditor", "admin"])
def test_only_the_custodian_answers_somebody_outside(actors, login):
    contact = samples.approach(actors["colleague"]).contact_id
    with pytest.raises((Refused, NotFound)):
        export_contact(actors[login], contact)


def test_a_contact_that_is_not_there_is_said_so(actors):
    with pytest.raises(NotFound):
        export_contact(actors["custodian"], "contact-0000000000000")


def test_the_list_of_looks_names_roles_and_never_people(actors):
    from gifthorse.procedures.view_report import report_for

    report = samples.approach(actors["staff"])
    samples.inspected(samples.enclosed(actors["staff"], report))
    report_for(actors["staff"], report.pk)
    report_for(actors["officer"], report.pk)
    release_identity.release(actors["custodian"], actors["staff"].person, "A court asked.")
    looks = looks_at_me(actors["staff"])
    assert [(look.role, look.procedure.value) for look in looks] == [
        (Role.CUSTODIAN, "release-identity"),
        (Role.OFFICER, "view-report"),
        (Role.DESK, "inspect-enclosure"),
        (Role.DESK, "inspect-enclosure"),
    ]
    assert actors["officer"].person not in msgspec.json.encode(looks).decode()
    assert looks_at_me(actors["colleague"]) == ()


def test_every_kind_and_outcome_has_a_purpose_and_a_term(actors):
    from gifthorse.model.reports import ReportKind, ReportOutcome

    kept = purposes(actors["staff"])
    assert sorted(kind for one in kept for kind in one.kinds) == sorted(ReportKind)
    for one in kept:
        assert sorted(outcome for outcomes, _term in one.terms for outcome in outcomes) == sorted(ReportOutcome)
        assert all(term.months > 0 for _outcomes, term in one.terms)
