"""Telling through the pages: only what fits is asked, nothing that was written is lost, and each side sees its own page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gifthorse.model.reports import ReportKind
from gifthorse.procedures import house_settings
from gifthorse.procedures.tell import as_told
from gifthorse.store.tables.report import Enclosure, Report
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(office):
    def client(login: str) -> Client:
        browser = Client()
        browser.force_login(office.accounts[login])
        return browser

    return client


def tell(browser: Client, kind: str, answers: dict[str, object], **more: object):
    """The form of *kind*, sent with every question that was shown."""
    return browser.post(reverse("tell_kind", args=[kind]), {**answers, **more})


def seen(page: str) -> set[str]:
    return set(re.findall(r'name="shown" value="([^"]+)"', page))


def test_every_kind_can_be_picked_but_those_that_a_trip_opens(signed_in):
    page = signed_in("mara").get(reverse("tell")).content.decode()
    linked = set(re.findall(r"/tell/([a-z-]+)/", page))
    assert linked == {kind.value for kind in ReportKind if not kind.opened_by_trip and kind is not ReportKind.IS_THIS_ODD}
    assert "/odd/" in page


@pytest.mark.parametrize("kind", list(ReportKind), ids=str)
def test_every_kind_has_its_page_with_its_opening_words(signed_in, kind):
    page = signed_in("mara").get(reverse("tell_kind", args=[kind.value]))
    assert page.status_code == 200
    assert page.content.decode().count("<h1>") == 1


def test_a_kind_that_is_none_is_not_there(signed_in):
    assert signed_in("mara").get("/tell/nonsense/").status_code == 404


def test_only_questions_that_fit_are_on_the_page_and_next_shows_those_that_came_to_fit(signed_in):
    browser = signed_in("mara")
    first = browser.get(reverse("tell_kind", args=["debrief"])).content.decode()
    assert seen(first) == {"anything"}
    more = tell(browser, "debrief", {"q-anything": "something", "shown": "anything", "step": "next"}).content.decode()
    assert {"avoided", "paid", "things"} <= seen(more)
    assert 'value="something" checked' in more


def test_sending_before_new_questions_were_seen_shows_them_and_keeps_every_answer(signed_in):
    browser = signed_in("mara")
    page = tell(
        browser,
        "approach",
        {"q-offered": "meal", "q-words": "Über den Ofen", "q-contact-name": "Lee", "shown": ["offered", "words", "contact"]},
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "worth" in seen(text)
    assert "Über den Ofen" in text
    assert 'value="Lee"' in text
    assert not Report.objects.exists()


def test_what_no_longer_fits_is_kept_out_of_sight_and_comes_with_the_report(signed_in):
    browser = signed_in("mara")
    told = {"q-touch": "event", "q-wanted": "nothing", "q-offered": "nothing", "q-worth": "large", "q-known": "nobody"}
    page = tell(browser, "approach", {**told, "step": "next"}).content.decode()
    assert '<input type="hidden" name="q-worth" value="large">' in page
    sent = tell(browser, "approach", {**told, "shown": list(seen(page))})
    assert sent.status_code == 302
    assert [one.question for one in as_told(Report.objects.get()).passed_over] == ["worth"]


def test_with_script_only_the_questions_that_changed_come_back(signed_in):
    browser = signed_in("mara")
    page = browser.get(reverse("tell_kind", args=["approach"])).content.decode()
    answer = browser.post(
        reverse("tell_kind", args=["approach"]),
        {"q-offered": "meal", "q-words": "half a sentence", "shown": list(seen(page))},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert re.findall(r'id="(slot-[a-z-]+)" hx-swap-oob="true"', answer) == ["slot-worth"]
    assert "half a sentence" not in answer


def test_nothing_to_report_is_one_tap(signed_in, office):
    traveller = samples.a_trip(office.actor("mara").person)
    browser = signed_in("mara")
    page = browser.get(reverse("tell_kind", args=["debrief"]) + f"?trip={traveller.trip_id}").content.decode()
    assert re.search(r'<button class="tap" name="sends" value="anything:nothing" formnovalidate>', page)
    assert f'name="trip" value="{traveller.trip_id}"' in page
    sent = tell(browser, "debrief", {"sends": "anything:nothing", "trip": traveller.trip_id, "shown": "anything"})
    assert sent.status_code == 302
    assert Report.objects.get().outcome == "nothing-to-report"
    assert "That was all." in browser.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("sends", ["anything:something", "words:x", "nonsense", ":", "anything:nothing:more"])
def test_no_other_button_sends_everything_at_once(signed_in, sends):
    tell(signed_in("mara"), "debrief", {"sends": sends, "shown": "anything"})
    assert not Report.objects.exists()


def test_a_missing_essential_answer_is_said_at_the_question_and_nothing_is_lost(signed_in):
    page = tell(
        signed_in("mara"),
        "gift",
        {
            "q-words": "It has a wolf on it",
            "shown": [*["what", "occasion", "with-it", "now", "known", "contact", "when", "where", "words", "photos"]],
        },
    )
    text = page.content.decode()
    assert page.status_code == 400
    assert '<a href="#slot-what">' in text
    assert "Please answer this question" in text
    assert "It has a wolf on it" in text


def test_a_worry_that_says_what_somebody_is_comes_back_with_its_words_marked(signed_in):
    shown = ["saw", "did", "words", "people", "told", "when", "where"]
    page = tell(
        signed_in("mara"), "colleague-concern", {"q-saw": "saw", "q-words": "She is <b>Muslim</b> & copied a folder", "shown": shown}
    )
    text = page.content.decode()
    assert page.status_code == 400
    assert "<mark>Muslim</mark>" in text
    assert "She is &lt;b&gt;" in text
    assert "never an accusation" in text
    assert not Report.objects.exists()


def test_a_colleague_is_found_by_name_and_no_list_of_everybody_is_shown(signed_in, office):
    browser = signed_in("mara")
    page = browser.get(reverse("tell_kind", args=["colleague-concern"])).content.decode()
    assert "Okonkwo" not in page
    found = tell(browser, "colleague-concern", {"sought": "Okonkwo", "step": "next"}).content.decode()
    assert "Inês Okonkwo" in found
    assert office.accounts["ines"].person_id in found
    assert "Nobody was found" in tell(browser, "colleague-concern", {"sought": "Zanzibar", "step": "next"}).content.decode()


def test_pressure_shows_whom_to_call_first_and_the_officers_by_name(signed_in, office):
    house_settings.set_setting(office.actor("ines"), house_settings.WHOM_TO_CALL, [{"what": "Desk", "number": "+49 30 555-01"}])
    page = signed_in("mara").get(reverse("tell_kind", args=["pressure"])).content.decode()
    assert page.index('href="tel:+493055501"') < page.index("Are you safe now?")
    assert "Inês Okonkwo" in page
    assert "required" not in page
    assert "Leave this page" in page


def test_photographs_come_with_the_report_and_wait_for_their_inspection(signed_in):
    pictures = [SimpleUploadedFile("a.jpg", b"\xff\xd8 one"), SimpleUploadedFile("b.pdf", b"%PDF-1.7 two")]
    shown = ["what", "worth", "occasion", "with-it", "now", "known", "contact", "when", "where", "words", "photos"]
    sent = tell(signed_in("mara"), "gift", {"q-what": "usual", "q-now": "gone", "photographs": pictures, "shown": shown})
    assert sent.status_code == 302
    assert set(Enclosure.objects.values_list("state", "size")) == {("waiting", 6), ("waiting", 12)}


def test_a_gift_is_handed_in_with_one_tap_after_it_was_told(signed_in):
    browser = signed_in("mara")
    shown = ["what", "worth", "occasion", "with-it", "now", "known", "contact", "when", "where", "words", "photos"]
    sent = tell(browser, "gift", {"q-what": "stick", "q-now": "sealed", "shown": shown})
    page = browser.get(sent["Location"]).content.decode()
    action = re.search(r'action="(/reports/[^"]+/hand-in/)"', page).group(1)
    receipt = browser.post(action)
    assert receipt["Location"].endswith("/receipt/")
    assert browser.get(receipt["Location"]).status_code == 200
    assert Report.objects.get().item_id


def test_thanks_say_by_when_an_answer_comes_and_whom_to_call(signed_in, office):
    house_settings.set_setting(office.actor("ines"), house_settings.WHOM_TO_CALL, [{"what": "Desk", "number": "+49 30 1"}])
    browser = signed_in("mara")
    sent = browser.post(reverse("odd"), {"q-words": "Is this odd?", "shown": "words"})
    page = browser.get(sent["Location"]).content.decode()
    assert "A person answers you by" in page
    assert "+49 30 1" in page
