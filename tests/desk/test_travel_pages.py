"""The pages of trips, briefs and duties: what they take, what they show to whom, and how often they ask the database."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gifthorse.model.itineraries import Instant
from gifthorse.procedures import refresh_advice, view_trip
from gifthorse.procedures.reading_trips import content_of
from gifthorse.procedures.travellers_today import travellers_today
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.duty import Duty
from gifthorse.store.tables.trip import Carried, Trip
from tests.matrix.areas.travel import PLANNED
from tests.samples import register
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


def client_of(office, login: str) -> Client:
    client = Client()
    client.force_login(office.accounts[login])
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def the_trip() -> Trip:
    return Trip.objects.select_related("content__key").get()


def test_a_trip_is_planned_by_hand(office):
    answer = client_of(office, "mara").post("/trips/new/", {**PLANNED, "paid_travel": "host", "device_phone": "own", "social": ["dinner"]})
    assert answer.status_code == 302
    told = content_of(the_trip())
    assert (told.title, [leg.departs.zone for leg in told.legs]) == ("Visit in Salzburg", ["Europe/Berlin"])
    assert [(part.what, part.by) for part in told.paid if part.by != "unknown"] == [("travel", "host")]
    assert [(device.kind, device.loaner) for device in told.devices] == [("phone", False)]


def test_a_button_adds_a_row_and_keeps_what_was_typed(office):
    answer = client_of(office, "mara").post(
        "/trips/new/", {**PLANNED, "more": "leg", "device_phone": "own", "venues": ["university", "online"]}
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "errorlist" not in body
    assert 'name="legs-1-kind"' in body
    for kept in ('value="Visit in Salzburg"', 'value="Salzburg"', 'value="09:10"'):
        assert kept in body
    assert len(re.findall(r'value="(?:university|online)"[^>]*checked', body)) == 2
    assert not Trip.objects.exists()


def test_a_form_that_does_not_fit_says_what_to_do_and_keeps_everything(office):
    sent = {**PLANNED, "title": "", "legs-0-origin": "Springfield", "legs-0-origin_country": "US", "purpose": "Long story"}
    answer = client_of(office, "mara").post("/trips/new/", sent)
    assert answer.status_code == 400
    body = answer.content.decode()
    assert "Which time zone is Springfield in?" in body
    assert "Long story" in body
    answer = client_of(office, "mara").post("/trips/new/", {**PLANNED, "people": "Somebody Unknown"})
    assert (answer.status_code, "Nobody of this name" in answer.content.decode()) == (400, True)


def test_legs_of_a_booking_come_into_the_form_and_what_was_not_read_stays_with_the_trip(office):
    client = client_of(office, "mara")
    read = client.post("/trips/booking/", {"bookings": SimpleUploadedFile("a.ics", samples.CALENDAR)}).content.decode()
    assert "Kiln fair" in read
    assert "nonsense" in read
    token = re.search(r'name="token" value="([\w-]+)"', read).group(1)
    form = client.post("/trips/new/", {"token": token, "take": "yes", "leg": ["0"]}).content.decode()
    assert 'value="2027-03-10"' in form
    assert 'value="Europe/Paris"' in form
    hidden = re.search(r'name="legs-0-kept" value="([^"]*)"', form).group(1).replace("&quot;", '"')
    sent = {
        "token": token, "title": "Kiln fair", "invitation": "unknown", "legs-TOTAL_FORMS": "1", "legs-INITIAL_FORMS": "1", "legs-0-kept": hidden,
        "legs-0-kind": "event", "legs-0-destination": "Lyon", "legs-0-departs_on": "2027-03-10", "legs-0-departs_at": "09:30",
        "legs-0-departs_zone": "Europe/Paris", "legs-0-arrives_on": "2027-03-10", "legs-0-arrives_at": "17:30", "legs-0-arrives_zone": "Europe/Paris",
    }  # fmt: skip
    assert client.post("/trips/new/", sent).status_code == 302
    told = content_of(the_trip())
    assert isinstance(told.legs[0].departs, Instant)
    assert (told.legs[0].departs.at, told.legs[0].uid) == (datetime(2027, 3, 10, 8, 30, tzinfo=UTC), "9b1-lyon@example.org")
    assert any("nonsense" in note for note in told.not_read)


def test_a_file_that_is_no_booking_says_so(office):
    answer = client_of(office, "mara").post("/trips/booking/", {"bookings": SimpleUploadedFile("a.txt", b"hello")})
    assert (answer.status_code, "no calendar, booking mail" in answer.content.decode()) == (400, True)


def test_what_one_person_had_read_is_not_another_persons(office):
    read = client_of(office, "mara").post("/trips/booking/", {"bookings": SimpleUploadedFile("a.ics", samples.CALENDAR)}).content.decode()
    token = re.search(r'name="token" value="([\w-]+)"', read).group(1)
    assert client_of(office, "idris").post("/trips/new/", {"token": token, "take": "yes", "leg": ["0"]}).status_code == 409


def test_a_change_shows_what_is_kept_and_sends_it_back_unchanged(office):
    register.know_how(office.actor("ines"), office.accounts["mara"].person_id)
    held = Holding.objects.values_list("element_id", flat=True)
    trip = samples.approved(
        office.actor("ines"), samples.a_trip(office.actor("mara"), carried=held, people=[office.accounts["idris"].person_id])
    )
    before, taken = content_of(the_trip()), set(Carried.objects.filter(ended=False).values_list("element_id", flat=True))
    body = page(client_of(office, "mara"), f"/trips/{trip.pk}/change/")
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if told.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if "name" in told:
            sent.setdefault(told["name"], []).append(told.get("value", "").replace("&quot;", '"').replace("&amp;", "&"))
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        sent[name] = [chosen.group(1) if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', body, re.DOTALL):
        sent[name] = [text]
    sent["reason"] = ["Nothing, really."]
    answer = client_of(office, "mara").post(f"/trips/{trip.pk}/change/", sent)
    assert answer.status_code == 302, re.findall("errorlist.*?</ul>", answer.content.decode(), re.DOTALL)
    after = content_of(the_trip())
    assert (after.legs, after.venues, after.devices, after.data) == (before.legs, before.venues, before.devices, before.data)
    assert taken == set(held) == set(Carried.objects.filter(ended=False).values_list("element_id", flat=True))
    assert [(host.name, host.kind) for host in after.hosts] == [(host.name, host.kind) for host in before.hosts]
    assert {(part.what, part.by) for part in before.paid} <= {(part.what, part.by) for part in after.paid}
    assert len(view_trip.trip_for(office.actor("mara"), trip.pk).travellers) == 2


def test_a_brief_shows_every_sentence_with_why_and_source_and_takes_the_receipt(office):
    trip = samples.approved(office.actor("ines"), samples.a_trip(office.actor("mara")))
    client = client_of(office, "mara")
    body = page(client, f"/trips/{trip.pk}/brief/")
    assert body.count('class="told') == body.count('<details class="why">') > 20
    assert "because" in body
    assert "I have read it" in body
    assert client.post(f"/trips/{trip.pk}/brief/read/").status_code == 302
    body = page(client, f"/trips/{trip.pk}/brief/")
    assert "I have read it" not in body
    assert "You said on" in body
    assert "brief, read on" in page(client_of(office, "ines"), f"/trips/{trip.pk}/")


def test_a_brief_on_paper_is_a_pdf(office):
    trip = samples.approved(office.actor("ines"), samples.a_trip(office.actor("mara")))
    answer = client_of(office, "mara").get(f"/trips/{trip.pk}/brief/paper/")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_question_goes_to_the_desk_and_the_answer_comes_back(office):
    trip = samples.a_trip(office.actor("mara"))
    assert client_of(office, "mara").post(f"/trips/{trip.pk}/ask/", {"text": "May I take the phone?"}).status_code == 302
    assert "May I take the phone?" in page(client_of(office, "ines"), f"/trips/{trip.pk}/")
    assert client_of(office, "ines").post(f"/trips/{trip.pk}/answer/", {"text": "Take a loaner."}).status_code == 302
    assert "Take a loaner." in page(client_of(office, "mara"), f"/trips/{trip.pk}/")
    assert client_of(office, "mara").post(f"/trips/{trip.pk}/ask/", {"text": " "}).status_code == 400


def test_a_refusal_without_a_reason_keeps_the_page_and_says_so(office):
    trip = samples.a_trip(office.actor("mara"))
    answer = client_of(office, "ines").post(f"/trips/{trip.pk}/decide/", {"decision": "refuse", "reason": ""})
    assert (answer.status_code, "Please say why" in answer.content.decode()) == (400, True)


def test_the_calendar_is_open_to_its_address_and_to_nothing_else(office):
    samples.a_trip(office.actor("mara"))
    body = client_of(office, "mara").post("/duties/calendar/").content.decode()
    path = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", body).group(1)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"Lyon" not in answer.content
    assert answer["Cache-Control"] == "no-store"
    assert Client().get("/calendar/wrong.ics").status_code == 404
    assert path not in page(client_of(office, "mara"), "/duties/calendar/")


def test_do_i_have_to_report_this_is_answered_in_one_sentence(office):
    body = page(client_of(office, "mara"), "/duties/question/?event=gift")
    assert "Yes: tell the desk within 5 business days (model policy, 5)." in body
    assert client_of(office, "mara").get("/duties/question/?event=nothing").status_code == 400


def test_many_trips_are_looked_at_then_taken_over(office):
    client = client_of(office, "ines")
    table = samples.TABLE.format(name="Mara Keßler-Østergård").encode()
    body = client.post("/trips/many/", {"bookings": SimpleUploadedFile("a.csv", table)}).content.decode()
    token = re.search(r'name="token" value="([\w-]+)"', body).group(1)
    seen = re.search(r'name="seen" value="(\w+)"', body).group(1)
    unread = client.post("/trips/many/not-read/", {"token": token}).content.decode()
    assert "someday" in unread
    assert "Nobody Known" in client.post("/trips/many/not-read/", {"token": token, "what": "left-out"}).content.decode()
    assert client.post("/trips/many/take-over/", {"token": token, "seen": seen}).status_code == 302
    assert Trip.objects.count() == 1
    assert client.post("/trips/many/take-over/", {"token": token, "seen": seen}).status_code == 409


def test_the_page_of_advice_says_what_is_there_and_how_old(office, tmp_path, settings):
    settings.GIFTHORSE_ADVICE = tmp_path
    from tests.procedures.test_advice_comes_in import item

    (tmp_path / "france.json").write_bytes(item("france", "France", "Carry your passport."))
    (tmp_path / "broken.json").write_bytes(b"{")
    client = client_of(office, "ines")
    assert "Nothing was read so far" in page(client, "/advice/")
    assert client.post("/advice/").status_code == 302
    body = page(client, "/advice/")
    assert "France" in body
    assert "broken.json" in body
    assert refresh_advice.held(office.actor("ines")).files == 2


def test_words_from_outside_stand_escaped(office):
    evil = "<script>alert(1)</script>"
    trip = samples.a_trip(office.actor("mara"), samples.a_content(title=evil, purpose=evil, sponsor=evil))
    for client, address in (
        ("mara", f"/trips/{trip.pk}/"),
        ("ines", f"/trips/{trip.pk}/"),
        ("ines", "/trips/"),
        ("mara", f"/trips/{trip.pk}/change/"),
    ):
        assert evil not in page(client_of(office, client), address)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client, address)
    return len(seen)


@pytest.mark.parametrize("login", ["mara", "ines"])
def test_lists_ask_the_database_as_often_for_many_as_for_few(office, login):
    def fill(number: int) -> None:
        for one in range(number):
            samples.approved(
                office.actor("ines"),
                samples.a_trip(office.actor("mara"), samples.a_content(title=f"Trip {one}", legs=samples.legs(2 + one))),
            )

    fill(3)
    client = client_of(office, login)
    addresses = ("/trips/", "/duties/")
    page(client, "/trips/")
    few = [queries(client, address) for address in addresses]
    fill(20)
    assert Duty.objects.count() > 60
    assert [queries(client, address) for address in addresses] == few


def test_a_trip_with_many_legs_letters_and_travellers_asks_no_more(office):
    people = [office.accounts[login].person_id for login in ("idris", "tomo", "bo")]
    one = samples.a_trip(office.actor("mara"))
    many = samples.a_trip(office.actor("mara"), samples.a_content(legs=samples.legs() + samples.legs(30)), people=people)
    client = client_of(office, "mara")
    for number in range(8):
        client.post(f"/trips/{many.pk}/ask/", {"text": f"Question {number}"})
    page(client, f"/trips/{one.pk}/")
    assert queries(client, f"/trips/{many.pk}/") <= queries(client, f"/trips/{one.pk}/") + 1


def test_a_trip_of_which_hardly_anything_is_kept_is_shown_all_the_same(office):
    trip = samples.a_trip(office.actor("mara"))
    Trip.objects.filter(pk=trip.pk).update(zone="")
    for address in ("/trips/", f"/trips/{trip.pk}/"):
        assert "UTC" in page(client_of(office, "mara"), address) or address == "/trips/"


def test_the_travellers_board_names_who_leaves_unbriefed_and_is_silent_when_nobody_does(office):
    def shown() -> str:
        return render_to_string("travel/_today.html", {"travellers": travellers_today(office.actor("ines"))})

    assert "Travellers" not in shown()
    trip = samples.approved(office.actor("ines"), samples.a_trip(office.actor("mara"), samples.a_content(legs=samples.legs(3))))
    assert f"/trips/{trip.pk}/" in shown()
    assert "Mara Keßler-Østergård" in shown()
    assert "brief not read" in shown()
