"""Cases: officers work on threads together, and what goes out is marked and names nobody unless chosen."""

import json
from datetime import timedelta

import pytest
import stix2
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.model.threads import NoteKind
from gifthorse.procedures import export_case, keep_cases, view_cases
from gifthorse.procedures.acting import now
from gifthorse.procedures.keep_accounts import create
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.thread import Thread
from tests.samples import register
from tests.samples.people import PASSWORD
from tests.samples.thread_rows import a_story, assessed, told

pytestmark = pytest.mark.django_db
NAMES = ("Lee Zhang", "李张", "Name of staff", "lee@harbour-advisory.example", "Harbour Advisory", "Crucible affair")


@pytest.fixture
def officer(actors):
    return actors["officer"]


@pytest.fixture
def second(actors):
    return create(DESK_ITSELF, "second.officer", PASSWORD, [Role.OFFICER], {"name": "Second Officer"}).as_actor()


@pytest.fixture
def story(actors):
    made = a_story(actors["staff"], actors["colleague"])
    assessed()
    return made


@pytest.fixture
def case(officer, story):
    return keep_cases.open_case(officer, "Crucible affair", Thread.objects.values_list("pk", flat=True), "amber-strict")


def test_a_case_holds_its_threads_notes_tasks_and_who_has_it(officer, second, case):
    keep_cases.write(officer, case.pk, NoteKind.NOTE, "Asked the customer.")
    task = keep_cases.write(officer, case.pk, NoteKind.TASK, "Call the firm.", to=second.person, due_on=now().date() + timedelta(days=3))
    assert view_cases.cases(officer).rows[0].tasks == 1
    keep_cases.finish_task(second, task.pk)
    with pytest.raises(WrongState):
        keep_cases.finish_task(second, task.pk)
    keep_cases.write(officer, case.pk, NoteKind.HAND_OVER, "I am on leave.", to=second.person)
    view = view_cases.case(second, case.pk)
    assert (view.title, view.lead, len(view.threads)) == ("Crucible affair", "Second Officer", 2)
    assert [note.kind for note in view.notes] == [NoteKind.NOTE, NoteKind.TASK, NoteKind.HAND_OVER]
    assert view.notes[1].done_at is not None


def test_closing_says_how_it_ended_and_can_be_taken_back(officer, case):
    keep_cases.close_case(officer, case.pk, "Handed to the authority.")
    with pytest.raises(WrongState):
        keep_cases.write(officer, case.pk, NoteKind.NOTE, "One more thing.")
    assert view_cases.cases(officer).rows == ()
    keep_cases.reopen_case(officer, case.pk, "New report.")
    assert [note.text for note in view_cases.case(officer, case.pk).notes] == ["Handed to the authority.", "New report."]


def test_a_thread_taken_out_stays_on_record_and_can_come_back(officer, case):
    thread = view_cases.case(officer, case.pk).threads[0].named.thread
    keep_cases.remove_thread(officer, case.pk, thread.pk)
    assert [one.removed for one in view_cases.case(officer, case.pk).threads if one.named.thread == thread] == [True]
    with pytest.raises(NotFound):
        keep_cases.remove_thread(officer, case.pk, thread.pk)
    keep_cases.add_thread(officer, case.pk, thread.pk)
    assert not any(one.removed for one in view_cases.case(officer, case.pk).threads)


def test_what_doesnt_fit_is_said_and_writes_nothing(officer, actors, case):
    before = LedgerEntry.objects.count()
    for words in (
        lambda: keep_cases.open_case(officer, " ", []),
        lambda: keep_cases.open_case(officer, "A", [], "secret"),
        lambda: keep_cases.write(officer, case.pk, NoteKind.NOTE, ""),
        lambda: keep_cases.write(officer, case.pk, NoteKind.TASK, "Do it.", to=actors["staff"].person),
        lambda: keep_cases.write(officer, case.pk, NoteKind.HAND_OVER, "Yours.", to=officer.person),
    ):
        with pytest.raises(NotAccepted):
            words()
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("form", ["stix.json", "misp.json"])
def test_what_goes_out_names_nobody_unless_chosen_and_carries_its_marking(officer, case, form):
    keep_cases.write(officer, case.pk, NoteKind.NOTE, "Crucible affair: Name of staff was kind.")
    plain = json.dumps(json.loads(export_case.export(officer, case.pk, form)), ensure_ascii=False)
    assert not [name for name in NAMES if name in plain]
    assert "amber+strict" in plain
    named = json.dumps(json.loads(export_case.export(officer, case.pk, form, with_names=True)), ensure_ascii=False)
    assert [name for name in NAMES if name in named] == list(NAMES)
    assert "suspect" not in named.lower()


@pytest.mark.parametrize("with_names", [False, True])
def test_the_bundle_is_valid_stix_and_its_references_hold(officer, case, with_names):
    body = export_case.export(officer, case.pk, "stix.json", with_names=with_names)
    bundle = stix2.parse(body.decode(), allow_custom=False)
    ids = {one["id"] for one in bundle.objects}
    for one in bundle.objects:
        assert set(one.get("object_refs", [])) <= ids
    kinds = [one["type"] for one in bundle.objects]
    assert kinds.count("note") == 2 + 6
    assert kinds.count("grouping") == 1


def test_the_misp_event_stays_in_the_house_and_detects_nothing(officer, case):
    event = json.loads(export_case.export(officer, case.pk, "misp.json", with_names=True))["Event"]
    assert (event["distribution"], event["published"]) == ("0", False)
    assert not any(one["to_ids"] for one in event["Attribute"])
    assert {one["type"] for one in event["Attribute"]} >= {"comment", "full-name", "email", "phone-number"}


def test_the_paper_is_a_pdf_that_is_the_same_for_the_same_facts(officer, case):
    from gifthorse.report import case_paper

    facts = export_case.case_facts(case, with_names=True)
    assert case_paper.render(facts)[:5] == b"%PDF-"
    assert case_paper.render(facts) == case_paper.render(facts)


def test_an_export_is_in_the_ledger(officer, case):
    export_case.export(officer, case.pk, "stix.json")
    entry = LedgerEntry.objects.order_by("-position")[0]
    assert (entry.procedure, entry.subject) == ("export-case", case.pk)
    with pytest.raises(NotFound):
        export_case.export(officer, case.pk, "docx")


def test_a_case_about_the_officer_is_not_theirs_to_see(officer, second, actors):
    told(officer, register.a_contact(officer), "T51", "T33", ask=3, favour="large")
    assessed()
    thread = Thread.objects.get()
    with pytest.raises(NotFound):
        keep_cases.open_case(officer, "Mine", [thread.pk])
    about = keep_cases.open_case(second, "About a colleague", [thread.pk])
    assert view_cases.cases(officer).rows == ()
    with pytest.raises(Refused):
        view_cases.case(officer, about.pk)


def test_a_case_with_a_sealed_thread_is_there_for_its_readers_alone(officer, second, actors, story, case):
    Report.objects.filter(contact=story.first).update(sealed_to=[second.person], is_sealed=True)
    assert view_cases.cases(officer).rows == ()
    with pytest.raises(NotFound):
        view_cases.case(officer, case.pk)
    assert view_cases.case(second, case.pk).title == "Crucible affair"


def test_the_list_takes_as_many_queries_for_many_cases_as_for_few(officer, story):
    counts = []
    for number in (3, 12):
        for _ in range(number):
            keep_cases.open_case(officer, "A case", Thread.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            view_cases.cases(officer)
        counts.append(len(queries))
    assert counts[0] == counts[1]
