"""Pages of threads, links, patterns, triggers, cases and boards."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gifthorse.assess.diagnosticity import Hypothesis
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures.raise_triggers import raise_triggers
from gifthorse.procedures.suggest_links import suggest_waiting
from gifthorse.store.tables.case import Case
from gifthorse.store.tables.contact import Link
from gifthorse.store.tables.report import Letter, ObservationRow
from gifthorse.store.tables.thread import Judgement, Standing, Thread, Trigger
from tests.samples import register
from tests.samples.thread_rows import LEE, a_story, assessed, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_files")]
LEVEL_WORDS = re.compile(r"threads/|/links/|lv-(watch|talk|act)|Threads that moved|Level line", re.IGNORECASE)


def actor(office, login, *roles):
    return Actor(person=office.accounts[login].person_id, roles=frozenset(roles))


@pytest.fixture
def story(office):
    known = register.know_how(actor(office, "ines", Role.OFFICER), office.accounts["mara"].person_id)
    made = a_story(actor(office, "mara", Role.STAFF), actor(office, "idris", Role.STAFF), [known.curve.pk, known.powder.pk])
    made.asset = known.asset.pk
    assessed()
    suggest_waiting(DESK_ITSELF)
    told(actor(office, "idris", Role.STAFF), register.a_contact(actor(office, "idris", Role.STAFF)), "T41")
    assessed()
    raise_triggers(DESK_ITSELF)
    return made


@pytest.fixture
def thread(office, story):
    return Thread.objects.get(contact=story.first, person=office.accounts["mara"].person_id)


def client_of(office, login):
    client = Client()
    client.force_login(office.accounts[login])
    return client


@pytest.fixture
def ines(office):
    return client_of(office, "ines")


def text_of(response):
    assert response.status_code == 200, response.content[:600]
    return response.content.decode()


def test_the_list_starts_with_what_moved_in_a_sentence(ines, story):
    page = text_of(ines.get("/threads/"))
    assert "A contact who paid a trip now " in page
    assert page.index("Threads that moved") < page.index("<table")
    assert "suspect" not in page.lower()


def test_a_thread_shows_its_drawing_its_reasons_and_its_observations(ines, thread, story):
    page = text_of(ines.get(f"/threads/{thread.pk}/"))
    assert page.count("<svg") >= 2
    assert 'class="level-line"' in page
    assert all(f'id="seen-{row.pk}"' in page for row in story.rows[:4])
    assert "paid travel" in page
    assert 'style="' not in page


def test_what_if_works_by_the_query_and_as_a_part_for_htmx(ines, thread, story):
    whole = text_of(ines.get(f"/threads/{thread.pk}/"))
    without = text_of(ines.get(f"/threads/{thread.pk}/?without={story.rows[2].pk}"))
    assert "with everything:" in without
    assert "with everything:" not in whole
    assert re.search(rf'value="{story.rows[2].pk}" checked', without)
    part = text_of(ines.get(f"/threads/{thread.pk}/?without={story.rows[2].pk}", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="weighing"')
    assert "<h1" not in part


def test_talking_sends_the_letter_and_a_missing_reason_comes_back_with_the_form(ines, thread):
    refused = ines.post(f"/threads/{thread.pk}/judge/", {"kind": "talk", "letter": "Coffee?", "reason": ""})
    assert refused.status_code == 400
    assert "Coffee?" in refused.content.decode()
    assert ines.post(f"/threads/{thread.pk}/judge/", {"kind": "talk", "letter": "Coffee?", "reason": "To help."}).status_code == 302
    assert Letter.objects.count() == 1
    assert "To help." in text_of(ines.get(f"/threads/{thread.pk}/"))


def test_disputing_on_the_page_moves_the_score(ines, thread, story, django_capture_on_commit_callbacks):
    before = Standing.objects.get(thread=thread).score
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"disputed": "on", "grade": "B2", "reason": "Not so."}
        assert ines.post(f"/threads/{thread.pk}/observations/{story.rows[2].pk}/", sent).status_code == 302
    assert ObservationRow.objects.get(pk=story.rows[2].pk).disputed
    assert Standing.objects.get(thread=thread).score < before
    assert "Disputed: they count nothing" in text_of(ines.get(f"/threads/{thread.pk}/"))


def test_acting_takes_the_note_the_proposal_and_another_officer(office, ines, thread):
    address = f"/threads/{thread.pk}/"
    assert ines.post(f"{address}judge/", {"kind": "act", "reason": "Now."}).status_code == 409
    cell = {
        "what": "cell",
        "evidence": "tactic:T33",
        "hypothesis": "friendship",
        "bearing": "inconsistent",
        "reason": "He hardly knows her.",
    }
    assert ines.post(f"{address}compare/", cell).status_code == 302
    note = {"what": "note", **{one.value: "We looked at it with care." for one in Hypothesis}}
    assert ines.post(f"{address}compare/", note).status_code == 302
    assert "He hardly knows her." in text_of(ines.get(f"{address}compare/"))
    assert ines.post(f"{address}judge/", {"kind": "act", "reason": "Now."}).status_code == 302
    proposed = Judgement.objects.get(kind="act")
    own = text_of(ines.get(f"/judgements/{proposed.pk}/"))
    assert "You proposed this yourself" in own
    tomo = client_of(office, "tomo")
    assert "We looked at it with care." in text_of(tomo.get(f"/judgements/{proposed.pk}/"))
    assert f"/judgements/{proposed.pk}/" in text_of(tomo.get("/threads/week/"))
    assert tomo.post(f"/judgements/{proposed.pk}/", {"agrees": "yes", "reason": "So do I."}).status_code == 302
    proposed.refresh_from_db()
    assert proposed.second_id == office.accounts["tomo"].person_id


def test_a_link_is_drawn_with_the_table_that_adds_up_and_can_be_decided(ines, story):
    link = Link.objects.get()
    assert f"/links/{link.pk}/" in text_of(ines.get("/links/"))
    page = text_of(ines.get(f"/links/{link.pk}/"))
    assert 'class="waterfall"' in page
    assert "lee@harbour-advisory.example" in page
    assert ines.post(f"/links/{link.pk}/", {"state": "confirmed", "reason": ""}).status_code == 400
    assert ines.post(f"/links/{link.pk}/", {"state": "confirmed", "reason": "Same man."}).status_code == 302
    assert "Same man." in text_of(ines.get(f"/links/{link.pk}/"))
    assert "decided so already" in ines.post(f"/links/{link.pk}/", {"state": "confirmed", "reason": "Again."}).content.decode()


def test_two_contacts_of_ones_choice_are_compared(ines, story):
    assert ines.post("/links/new/", {"one": story.first.pk, "other": "contact-0"}).status_code == 400
    made = ines.post("/links/new/", {"one": story.second.pk, "other": story.first.pk})
    assert made.url == f"/links/{Link.objects.get().pk}/"


def test_the_graph_has_a_table_that_says_the_same(ines, story):
    page = text_of(ines.get("/links/graph/"))
    assert "data-graph=" in page
    assert page.count("<tr>") == 1 + 1 + 3


def test_patterns_show_the_grid_the_balance_and_events(ines, story):
    assert "Crucible 7" in text_of(ines.get("/patterns/know-how/"))
    grid = text_of(ines.get(f"/patterns/know-how/{story.asset}/"))
    assert "Firing curve" in grid
    assert grid.count("●") >= 3
    assert "<svg" in text_of(ines.get("/patterns/favours/"))
    assert "Approaches at events" in text_of(ines.get("/patterns/events/"))


def test_a_triggers_steps_are_ticked_and_it_is_closed(ines, story):
    row = Trigger.objects.get(kind="passed_on")
    assert f"/triggers/{row.pk}/" in text_of(ines.get("/triggers/"))
    ines.post(f"/triggers/{row.pk}/", {"what": "steps", "done": ["0", "1"]})
    assert text_of(ines.get(f"/triggers/{row.pk}/")).count(" checked") == 2
    assert ines.post(f"/triggers/{row.pk}/", {"what": "close", "state": "done", "reason": ""}).status_code == 400
    assert ines.post(f"/triggers/{row.pk}/", {"what": "close", "state": "done", "reason": "Talked."}).status_code == 302
    assert "Talked." in text_of(ines.get(f"/triggers/{row.pk}/"))


def test_a_case_from_opening_to_export(office, ines, thread):
    ines.post("/cases/new/", {"title": "Furnace contact", "marking": "amber", "thread": thread.pk})
    case = Case.objects.get()
    address = f"/cases/{case.pk}/"
    ines.post(f"{address}write/", {"kind": "task", "text": "Call the firm.", "to": office.accounts["tomo"].person_id})
    assert ines.post(f"{address}write/", {"kind": "note", "text": ""}).status_code == 400
    page = text_of(ines.get(address))
    assert "Call the firm." in page
    note = case.notes.get()
    assert ines.post(f"/cases/tasks/{note.pk}/").status_code == 302
    plain = ines.post(f"{address}send/stix.json/")
    assert plain["Content-Type"].startswith("application/stix+json")
    assert b"Lee Zhang" not in plain.content
    assert b"Lee Zhang" in ines.post(f"{address}send/stix.json/", {"with_names": "yes"}).content
    assert ines.post(f"{address}send/pdf/").content.startswith(b"%PDF-")
    assert ines.post(f"{address}send/docx/").status_code == 404
    assert ines.post(f"{address}threads/{thread.pk}/").status_code == 302
    assert ines.post("/cases/threads/", {"case": case.pk, "thread": thread.pk}).status_code == 302
    assert ines.post(f"{address}turn/", {"to": "closed", "text": "Ended well."}).status_code == 302
    assert "Furnace contact" in text_of(ines.get("/cases/?state=closed"))


def test_levels_are_asked_for_shown_and_taken(ines, story):
    assert "They hold now" in text_of(ines.get("/threads/levels/"))
    assert ines.post("/threads/levels/", {"what": "ask", "staff": "10", "exposed": "60"}).status_code == 400
    assert ines.post("/threads/levels/", {"what": "ask", "staff": "300", "exposed": "60"}).status_code == 302
    assert "being computed" in text_of(ines.get("/threads/levels/"))
    assert ines.post("/threads/levels/", {"what": "take"}).status_code == 409


def test_boards_are_shown_to_their_roles(office, story):
    assert "Crucible 7" in text_of(client_of(office, "rhea").get("/research/"))
    assert "Lee Zhang" not in text_of(client_of(office, "rhea").get("/research/"))
    assert "Workload of the assessment" in text_of(client_of(office, "aud").get("/workload/"))


@pytest.mark.parametrize("login", ["mara", "ines", "bo", "clara", "aud", "adam", "rhea"])
def test_how_it_works_is_open_to_everybody_who_signs_in(office, login):
    page = text_of(client_of(office, login).get("/how-it-works/"))
    assert "Contacts are weighed, never colleagues" in page
    assert Client().get("/how-it-works/").status_code == 302


def test_staff_see_nothing_of_scores_on_any_page_that_opens_to_them(office, story, thread):
    """Walks every link that a member of staff can follow from home, and tries every officer's address by hand."""
    mara = client_of(office, "mara")
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        response = mara.get(address)
        if response.status_code != 200 or "html" not in response.headers.get("Content-Type", ""):
            continue
        page = response.content.decode()
        if address != "/how-it-works/":
            assert not LEVEL_WORDS.search(page), (address, LEVEL_WORDS.search(page))
            assert f"{Standing.objects.get(thread=thread).score:.2f}" not in page
        for found in re.findall(r'href="(/[^"#?]*)', page):
            if found not in seen and not found.startswith(("/static/", "/sign-out")):
                seen.add(found)
                waiting.append(found)
    assert len(seen) > 5
    for address in (
        f"/threads/{thread.pk}/",
        "/threads/",
        "/links/",
        "/cases/",
        "/triggers/",
        "/workload/",
        "/research/",
        "/patterns/know-how/",
    ):
        assert mara.get(address).status_code in {403, 404}


def test_pages_take_as_many_queries_for_many_as_for_few(office, ines, thread):
    counts = []
    mara = actor(office, "mara", Role.STAFF)
    for number in (3, 9):
        for _ in range(number):
            told(mara, register.a_contact(mara, LEE), "T51", "T33", ask=3, favour="large")
            told(mara, thread.contact, "T30", favour="small", given=[("in", "hospitality", "small")])
        assessed()
        for address in ("/threads/", f"/threads/{thread.pk}/", "/threads/week/", "/links/graph/"):
            ines.get(address)
        with CaptureQueriesContext(connection) as queries:
            for address in ("/threads/", f"/threads/{thread.pk}/", "/threads/week/", "/links/graph/"):
                assert ines.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
