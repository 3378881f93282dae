"""Erasure destroys the keys: what was told can't be read by anybody, and an erased report no longer counts."""

from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.model.errors import KeyMissing, NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.reports import ReportOutcome
from gifthorse.procedures import close_report, write_letter
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.ask_erasure import ask
from gifthorse.procedures.correct_observation import correct
from gifthorse.procedures.erase_reports import erase, erase_due
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.tell import as_told
from gifthorse.procedures.view_report import report_for
from gifthorse.store import search_index, vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Correction, FavourEntry, ObservationRow, Report
from gifthorse.store.tables.sealed import RecordKey
from gifthorse.store.verify import verify
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def finished(actors, report):
    """The report with letters, an enclosure and a correction, closed as ordinary business."""
    samples.inspected(samples.enclosed(actors["staff"], report))
    write_letter.note(actors["officer"], report.pk, "Known to us.")
    write_letter.answer(actors["officer"], report.pk, "Ordinary business.")
    correct(actors["officer"], ObservationRow.objects.get(report=report).pk, {"ask_level": 1}, "It was public.")
    return close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)


def test_the_desk_erases_on_the_day_and_not_before(actors):
    with as_of(NOON):
        report = finished(actors, samples.approach(actors["staff"]))
    day_before = datetime(2027, 11, 24, 23, tzinfo=UTC)
    with as_of(day_before):
        assert erase_due() == []
    with as_of(day_before + timedelta(days=1)):
        assert erase_due() == [report.pk]
        assert erase_due() == []
    entry = LedgerEntry.objects.order_by("-position").first()
    assert (entry.actor, entry.procedure, entry.subject) == ("desk", "erase-report", report.pk)


def test_nothing_of_an_erased_report_can_be_read_found_or_counted(actors):
    with as_of(NOON):
        report = finished(actors, samples.approach(actors["staff"]))
    contact = report.contact_id
    keys = RecordKey.objects.count()
    with as_of(NOON + timedelta(days=400)):
        erase_due()
    assert RecordKey.objects.count() <= keys - 9
    report.refresh_from_db()
    assert as_told(report) is None
    view = report_for(actors["officer"], report.pk)
    assert view.erased
    assert [letter.text for letter in view.letters] == ["", ""]
    assert search_index.find("glaze furnace", kinds=["report"]) == []
    assert search_index.find("Wendt", kinds=["contact"]) == []
    row = ObservationRow.objects.get(report=report)
    assert (row.tactics, row.ask_level, row.favour, row.elements, row.contact_id, row.disputed) == ([], 0, "none", [], None, True)
    assert {(one.contact_id, one.band) for one in FavourEntry.objects.filter(report=report)} == {(None, "none")}
    assert (Correction.objects.get().before, Correction.objects.get().after) == ({}, {})
    assert kept_contact(Contact.objects.get(pk=contact)) is None
    with pytest.raises(KeyMissing):
        vault.open_sealed(report.enclosures.get().content)


def test_an_erasure_leaves_records_that_verify(actors):
    with as_of(NOON):
        finished(actors, samples.approach(actors["staff"]))
    with as_of(NOON + timedelta(days=400)):
        erase_due()
    assert verify().damages == ()


def test_a_contact_of_whom_another_report_tells_stays(actors):
    with as_of(NOON):
        report = finished(actors, samples.approach(actors["staff"]))
        samples.approach(actors["staff"], contact={"known": [report.contact_id]})
    with as_of(NOON + timedelta(days=400)):
        assert erase_due() == [report.pk]
    assert kept_contact(Contact.objects.get(pk=report.contact_id)).facts.names == ("Lee Wendt",)


def test_the_custodian_erases_a_closed_report_with_a_reason(actors):
    report = samples.approach(actors["staff"])
    with pytest.raises(WrongState, match="Only a closed report"):
        erase(actors["custodian"], report.pk, "They asked.")
    finished(actors, report)
    with pytest.raises(NotAccepted):
        erase(actors["custodian"], report.pk, "  ")
    assert erase(actors["custodian"], report.pk, "They asked.") >= 9
    with pytest.raises(WrongState, match="already"):
        erase(actors["custodian"], report.pk, "Once more.")
    with pytest.raises(NotFound):
        erase(actors["custodian"], "report-0000000000000", "There is none.")


def test_pressure_goes_as_soon_as_its_reporter_says_so(actors):
    report = samples.pressure(actors["staff"], (actors["officer"].person,))
    with pytest.raises(WrongState):
        erase(actors["custodian"], report.pk, "On my own.")
    ask(actors["staff"], report.pk)
    erase(actors["custodian"], report.pk, "She asked.")
    report.refresh_from_db()
    assert (report.state, report.outcome, as_told(report)) == ("closed", "withdrawn", None)


@pytest.mark.parametrize("login", ["staff", "officer", "auditor", "admin", "board"])
def test_nobody_else_erases(actors, login):
    report = samples.debrief(actors["colleague"])
    with pytest.raises((Refused, NotFound)):
        erase(actors[login], report.pk, "Because.")
    assert not Report.objects.get(pk=report.pk).answers.erased
