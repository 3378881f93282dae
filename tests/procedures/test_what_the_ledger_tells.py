"""The ledger says that somebody did something with a report, and never that it is a sealed one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from gifthorse.model.ids import read_id
from gifthorse.model.reports import ReportOutcome
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import call_stand_ins, close_report, write_letter
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.keep_accounts import create
from gifthorse.procedures.read_ledger import entries
from gifthorse.procedures.verify_records import verify
from gifthorse.procedures.view_report import report_for
from gifthorse.store import ledger
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.placement import Placement
from tests.samples import reports as samples
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def second(actors):
    return create(DESK_ITSELF, "second.officer", PASSWORD, [Role.OFFICER], {"name": "Second Officer"}).as_actor()


def worked_on(officer, report, *, last=None):
    """Looked at, noted or handed on, answered and closed."""
    report_for(officer, report.pk)
    last() if last else write_letter.note(officer, report.pk, "Known to us.")
    write_letter.answer(officer, report.pk, "We are here.")
    close_report.close(officer, report.pk, ReportOutcome.BENIGN)


def test_a_sealed_report_that_is_handed_on_reads_like_an_open_one_that_is_noted(actors, second):
    officer = actors["officer"]
    sealed = samples.pressure(actors["staff"], (officer.person,))
    open_one = samples.odd(actors["staff"])
    worked_on(officer, sealed, last=lambda: close_report.hand_on(officer, sealed.pk, second.person))
    worked_on(officer, open_one)
    told = [
        [(entry.procedure, entry.actor) for entry in entries(actors["auditor"], subject=report.pk).entries] for report in (sealed, open_one)
    ]
    assert told[0] == told[1]
    assert ("note-report", officer.person) in told[0]
    assert not LedgerEntry.objects.filter(procedure="hand-on-report").exists()
    assert report_for(second, sealed.pk).row.sealed
    assert verify(actors["auditor"]).damages == ()


def test_calling_a_stand_in_reads_like_any_notice(actors, second):
    with as_of(NOON):
        report = samples.pressure(actors["staff"], (actors["officer"].person,))
        Placement.objects.create(id="placement-0000000000001", created_at=now(), person_id=second.person, stands_in=True)
    with as_of(NOON + timedelta(minutes=45)):
        assert call_stand_ins.call_stand_ins() == [report.pk]
    last = LedgerEntry.objects.order_by("-position")[0]
    assert (last.actor, last.procedure) == (DESK_ITSELF.person, "send-notices")
    assert read_id(last.subject, "notice") == last.subject
    assert report_for(second, report.pk).row.sealed


def test_entries_of_earlier_versions_are_told_the_same_way_and_found_no_other(actors):
    report = samples.odd(actors["staff"])
    for procedure in ("hand-on-report", "note-report"):
        with transaction.atomic():
            ledger.append(at=now(), actor=actors["officer"].person, procedure=procedure, subject=report.pk, records=())
    auditor = actors["auditor"]
    asked = [entries(auditor, procedure=name).entries for name in ("note-report", "hand-on-report")]
    assert [[entry.procedure for entry in found] for found in asked] == [["note-report"] * 2] * 2
    assert "hand-on-report" not in {entry.procedure for entry in entries(auditor).entries}
