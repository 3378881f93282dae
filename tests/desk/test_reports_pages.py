"""The pages of a report: each side sees its own, files are handed out with care, and what waits stands on the first screen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gifthorse.procedures import write_letter
from gifthorse.store.tables.report import Enclosure, ObservationRow
from tests.samples import reports as samples
from tests.samples.inspections import encrypted_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(office):
    def client(login: str) -> Client:
        browser = Client()
        browser.force_login(office.accounts[login])
        return browser

    return client


def test_the_reporters_page_holds_no_word_of_the_officers_side(signed_in, office):
    report = samples.approach(office.actor("mara"))
    write_letter.note(office.actor("ines"), report.pk, "Seen in spring.")
    own = signed_in("mara").get(reverse("report_page", args=[report.pk])).content.decode()
    for word in ("Seen in spring.", "Among officers", "T06", "Observed", "B2"):
        assert word not in own
    officers = signed_in("ines").get(reverse("report_page", args=[report.pk])).content.decode()
    for word in ("Seen in spring.", "Approach at a trade fair", "Send the answer"):
        assert word in officers


def test_an_officer_answers_notes_corrects_and_closes(signed_in, office):
    report = samples.approach(office.actor("mara"))
    officer = signed_in("ines")
    page = reverse("report_page", args=[report.pk])
    assert "then the report can be closed" in officer.get(page).content.decode()
    officer.post(reverse("answer_report", args=[report.pk]), {"answer-text": "Thank you, Mara."})
    officer.post(reverse("note_report", args=[report.pk]), {"note-text": "For us."})
    row = ObservationRow.objects.get()
    form = officer.get(reverse("correct_observation", args=[row.pk])).content.decode()
    assert 'value="T61" checked' in form
    told = {"tactics": ["T06"], "month": "2026-11", "ask_level": "1", "favour": "small", "grade": "C3", "reason": "All public."}
    assert officer.post(reverse("correct_observation", args=[row.pk]), told).status_code == 302
    assert "All public." in officer.get(page).content.decode()
    officer.post(reverse("close_report", args=[report.pk]), {"outcome": "benign"})
    report.refresh_from_db()
    assert report.state == "closed"
    assert "Thank you, Mara." in signed_in("mara").get(page).content.decode()


@pytest.mark.parametrize(
    ("route", "sent", "said"),
    [
        ("answer_report", {"answer-text": ""}, "This field is required"),
        ("note_report", {"note-text": " "}, "This field is required"),
        ("close_report", {"outcome": "guilty"}, "Select a valid choice"),
    ],
)
def test_a_form_that_does_not_fit_comes_back_on_the_same_page(signed_in, office, route, sent, said):
    report = samples.approach(office.actor("mara"))
    write_letter.answer(office.actor("ines"), report.pk, "Thank you.")
    answer = signed_in("ines").post(reverse(route, args=[report.pk]), sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_file_is_fetched_as_an_attachment_under_its_number_and_never_sniffed(signed_in, office):
    report = samples.approach(office.actor("mara"))
    enclosure = samples.inspected(samples.enclosed(office.actor("mara"), report, b"<script>", "evil.html"), encrypted_archive())
    answer = signed_in("ines").get(reverse("enclosure", args=[enclosure.pk]))
    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Disposition"] == f'attachment; filename="{enclosure.pk}.bin"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


@pytest.mark.parametrize("state", ["waiting", "dangerous"])
def test_a_file_that_is_not_inspected_or_dangerous_is_not_offered_and_not_handed_out(signed_in, office, state):
    report = samples.approach(office.actor("mara"))
    enclosure = samples.enclosed(office.actor("mara"), report)
    if state == "dangerous":
        samples.inspected(enclosure)
    officer = signed_in("ines")
    assert "Fetch the file" not in officer.get(reverse("report_page", args=[report.pk])).content.decode()
    assert officer.get(reverse("enclosure", args=[enclosure.pk])).status_code == 409


def test_an_enclosure_is_streamed_into_the_vault(signed_in, office):
    report = samples.approach(office.actor("mara"))
    browser = signed_in("mara")
    answer = browser.post(reverse("enclose", args=[report.pk]), {"file": SimpleUploadedFile("card.jpg", b"a card" * 1000)})
    assert answer.status_code == 302
    assert Enclosure.objects.get().size == 6000
    assert browser.post(reverse("enclose", args=[report.pk]), {}).status_code == 400


def test_the_inbox_shows_open_reports_first_and_narrows(signed_in, office):
    done = samples.debrief(office.actor("mara"))
    fresh = samples.odd(office.actor("mara"))
    officer = signed_in("ines")
    page = officer.get(reverse("reports")).content.decode()
    assert fresh.pk in page
    assert done.pk not in page
    assert done.pk in officer.get(reverse("reports") + "?state=").content.decode()
    assert fresh.pk not in officer.get(reverse("reports") + "?state=&kind=debrief").content.decode()


def test_one_mail_makes_a_card_and_a_report(signed_in):
    from tests.report.mails import mail

    browser = signed_in("mara")
    sent = browser.post(reverse("invitation"), {"file": SimpleUploadedFile("a.eml", mail(text="We pay your flight."))})
    page = browser.get(sent["Location"]).content.decode()
    assert "We pay your flight." in page
    assert "It never says that a mail is good." in page
    bad = browser.post(reverse("invitation"), {"file": SimpleUploadedFile("a.eml", b"no mail at all")})
    assert bad.status_code == 400
    assert ".eml" in bad.content.decode()


def test_ones_own_data_come_as_a_page_and_as_a_file(signed_in, office):
    samples.approach(office.actor("mara"))
    browser = signed_in("mara")
    assert samples.WORDS in browser.post(reverse("my_data"), {"form": "page"}).content.decode()
    file = browser.post(reverse("my_data"), {"form": "json"})
    assert file.json()["identity"]["name"] == "Mara Keßler-Østergård"
    assert file["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_the_first_screens_show_what_waits(signed_in, office):
    samples.a_trip(office.actor("mara").person)
    pressing = samples.pressure(office.actor("mara"), (office.accounts["ines"].person_id,))
    staff = signed_in("mara").get("/").content.decode()
    for word in ("Something happened", "Is this odd?", "Back from a trip"):
        assert word in staff
    officer = signed_in("ines").get("/").content.decode()
    assert "Somebody is under pressure" in officer
    assert pressing.pk in officer
    assert pressing.pk not in signed_in("tomo").get("/").content.decode()


@pytest.mark.parametrize(("login", "route"), [("ines", "reports"), ("mara", "my_reports"), ("ines", "home"), ("mara", "home")])
def test_a_page_asks_the_database_no_more_often_for_more_reports(signed_in, office, login, route):
    browser, counts = signed_in(login), []
    for number in (2, 12):
        for _ in range(number):
            samples.approach(office.actor("mara"))
        browser.get(reverse(route))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(route))
        counts.append(len(asked))
    assert counts[0] == counts[1]
