"""From a queued inspection to its result, once, whatever happens to the worker."""

import threading
from datetime import timedelta

import pytest

from gifthorse.demonstration.documents import brochure
from gifthorse.inspect import engine
from gifthorse.model.errors import Interrupted, NotAccepted, Unreadable, WrongState
from gifthorse.procedures import attach_exhibit, note_finding, perform_inspection, read_inspection, start_inspection
from gifthorse.procedures.acting import now
from gifthorse.procedures.export_inspection import export
from gifthorse.procedures.take_custody import take_custody
from gifthorse.store.tables.inspection import Inspection, InspectionProgress
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPTED = brochure("Invitation", ["Please confirm"], script="app.launchURL('https://rsvp.example/', true);")


@pytest.fixture
def queued(actors, an_item):
    def make(content: bytes = SCRIPTED, name: str = "invitation.pdf") -> Inspection:
        item = an_item()
        take_custody(actors["officer"], item.pk, seal_number="S-1")
        arrival = attach_exhibit.begin(actors["officer"], item.pk, name)
        arrival.write(content)
        return start_inspection.start(actors["officer"], arrival.finish().pk, lambda _: None)

    return make


def fresh(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_related("progress").get(pk=inspection.pk)


def test_an_inspection_runs_for_real_and_its_verdict_stands_with_the_item(actors, queued) -> None:
    inspection = queued()
    assert perform_inspection.perform(inspection.pk) is True
    assert (fresh(inspection).state, fresh(inspection).verdict) == ("done", "caution")
    assert Item.objects.get(pk=inspection.item_id).verdict == "caution"
    result = read_inspection.result(actors["officer"], inspection.pk)
    assert "pdf.javascript" in {finding.id for finding in result.findings}
    assert result.source.name == "invitation.pdf"
    assert verify().damages == ()


def test_a_result_that_is_there_is_not_made_again(queued) -> None:
    inspection = queued()
    perform_inspection.perform(inspection.pk)
    entries = LedgerEntry.objects.count()
    assert perform_inspection.perform(inspection.pk) is False
    assert LedgerEntry.objects.count() == entries


def test_one_exhibit_has_one_inspection_under_way(actors, queued) -> None:
    inspection = queued()
    with pytest.raises(WrongState, match="already under way"):
        start_inspection.start(actors["officer"], inspection.exhibit_id, lambda _: None)


def test_an_inspection_whose_worker_is_gone_is_taken_up_again_and_finished(queued, monkeypatch) -> None:
    inspection = queued()
    monkeypatch.setattr(engine, "inspect", lambda *_a, **_k: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        perform_inspection.perform(inspection.pk)
    monkeypatch.undo()
    again: list[str] = []
    assert perform_inspection.take_up_again(again.append) == []  # its heart beat a moment ago
    InspectionProgress.objects.update(heartbeat=now() - timedelta(minutes=2))
    assert perform_inspection.take_up_again(again.append) == [inspection.pk] == again
    assert perform_inspection.perform(inspection.pk) is True
    assert (fresh(inspection).state, fresh(inspection).attempt) == ("done", 2)


def test_a_worker_that_was_taken_for_dead_does_not_overwrite_the_other_ones_result(queued, monkeypatch) -> None:
    inspection = queued()
    real = engine.inspect

    def slow(*arguments, **named):
        InspectionProgress.objects.update(heartbeat=now() - timedelta(minutes=2))
        Inspection.objects.filter(pk=inspection.pk).update(attempt=2)  # another worker has claimed it meanwhile
        return real(*arguments, **named)

    monkeypatch.setattr(engine, "inspect", slow)
    perform_inspection.perform(inspection.pk)
    assert (fresh(inspection).state, fresh(inspection).verdict) == ("running", "")


def test_an_inspection_that_waits_is_stopped_at_once(actors, queued) -> None:
    inspection = queued()
    assert start_inspection.stop(actors["officer"], inspection.pk).state == "stopped"
    assert perform_inspection.perform(inspection.pk) is False
    with pytest.raises(WrongState):
        start_inspection.stop(actors["officer"], inspection.pk)


def test_an_inspection_that_runs_hears_that_it_shall_stop(actors, queued, monkeypatch) -> None:
    inspection = queued()

    def until_told(_source, *, options, progress, should_stop):
        progress("items", 1, 10)
        start_inspection.stop(actors["officer"], inspection.pk)
        while not should_stop():
            threading.Event().wait(0.02)
        raise Interrupted("stopped")

    monkeypatch.setattr(engine, "inspect", until_told)
    perform_inspection.perform(inspection.pk)
    assert fresh(inspection).state == "stopped"
    assert (fresh(inspection).progress.phase, fresh(inspection).progress.done) == ("items", 1)


@pytest.mark.parametrize("error", [Unreadable("The medium can't be read."), ValueError("a defect")])
def test_what_goes_wrong_is_told_and_not_tried_for_ever(actors, queued, monkeypatch, error: Exception) -> None:
    inspection = queued()

    def fail(*_arguments, **_named):
        raise error

    monkeypatch.setattr(engine, "inspect", fail)
    if isinstance(error, Unreadable):
        perform_inspection.perform(inspection.pk)
    else:
        with pytest.raises(ValueError, match="a defect"):
            perform_inspection.perform(inspection.pk)
    assert fresh(inspection).state == "failed"
    assert fresh(inspection).failure
    with pytest.raises(WrongState):
        read_inspection.result(actors["officer"], inspection.pk)


def test_an_inspection_that_costs_every_worker_its_life_is_given_up(queued) -> None:
    inspection = queued()
    Inspection.objects.update(state="running", attempt=perform_inspection.MOST_ATTEMPTS)
    InspectionProgress.objects.update(heartbeat=now() - timedelta(minutes=2))
    assert perform_inspection.perform(inspection.pk) is False
    assert fresh(inspection).state == "failed"


def test_a_disputed_finding_stays_and_carries_the_dispute(actors, queued) -> None:
    inspection = queued()
    perform_inspection.perform(inspection.pk)
    before = read_inspection.result(actors["officer"], inspection.pk)
    note_finding.dispute(actors["officer"], inspection.pk, 0, "The script only opens our own page.")
    notes = note_finding.notes_for(actors["officer"], inspection.pk)
    assert [(note.finding, note.kind.value, note.here, note.author) for note in notes] == [(0, "dispute", True, "Name of officer")]
    assert read_inspection.result(actors["officer"], inspection.pk) == before
    for bad in (-1, len(before.findings)):
        with pytest.raises(NotAccepted):
            note_finding.dispute(actors["officer"], inspection.pk, bad, "reason")


def test_an_accepted_explanation_is_shown_wherever_the_same_thing_is_found_again(actors, queued) -> None:
    first, second, other = queued(), queued(), queued(brochure("Other", ["x"], script="app.alert('y'); app.beep();"))
    for inspection in (first, second, other):
        perform_inspection.perform(inspection.pk)
    note_finding.explain(actors["officer"], first.pk, 0, "Our own registration page.")
    note_finding.dispute(actors["officer"], first.pk, 0, "A dispute is of this item alone.")
    assert [(note.text, note.here) for note in note_finding.notes_for(actors["officer"], second.pk)] == [
        ("Our own registration page.", False)
    ]
    assert note_finding.notes_for(actors["officer"], other.pk) == ()


@pytest.mark.parametrize("form", ["json", "html"])
def test_an_export_is_on_record_and_holds_the_result(actors, queued, form: str) -> None:
    inspection = queued()
    perform_inspection.perform(inspection.pk)
    name, media_type, body = export(actors["officer"], inspection.pk, form)
    assert name == f"{inspection.pk}.{form}"
    assert form in media_type
    assert b"pdf.javascript" in body
    assert LedgerEntry.objects.latest("position").procedure == "export-inspection"


def test_while_the_medium_is_fetched_the_page_tells_how_far_and_stop_works(queued, monkeypatch) -> None:
    inspection = queued(bytes(5 << 20), "stick.img")
    told = []
    note = perform_inspection._Beat.note

    def noted(beat, phase: str, done: int, total: int) -> None:
        told.append((phase, done, total))
        note(beat, phase, done, total)
        if done >= 2 << 20:
            beat._stop.set()

    monkeypatch.setattr(perform_inspection._Beat, "note", noted)
    perform_inspection.perform(inspection.pk)
    assert told[0] == ("fetching", 0, 5 << 20)
    assert told[-1] == ("fetching", 2 << 20, 5 << 20), "it stopped at the next piece"
    assert fresh(inspection).state == "stopped"
