"""The journeys of somebody who tells us something, on a phone: each with the taps and characters that it takes.

A tap is a touch of a control; typing into a field is one tap and its characters. Signing in is not counted.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_every_page import barriers
from tests.report.mails import mail


class Thumb:
    """One thumb on a phone, which counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.characters = 0

    def tap(self, control: Locator) -> None:
        """One touch."""
        control.click()
        self.taps += 1

    def option(self, text: str, *, of: str | None = None) -> None:
        """One touch of an option, under the question *of* where several offer it."""
        place = self.page.get_by_role("group", name=of) if of else self.page
        self.tap(place.locator("label.tap", has_text=text).first)

    def write(self, field: Locator, text: str) -> None:
        """One touch, and the characters."""
        field.fill(text)
        self.taps += 1
        self.characters += len(text)

    def send(self) -> None:
        """The last touch."""
        self.tap(self.page.get_by_role("button", name="Send it"))


@pytest.fixture
def thumb(visit) -> Callable[..., Thumb]:
    def take(login: str = "mara", **more: object) -> Thumb:
        page = visit(login, size=PHONE, has_touch=True, is_mobile=True, **more)
        page.goto("/")
        return Thumb(page)

    return take


def no_barrier(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page) == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_debrief_with_nothing_to_report_takes_two_taps(thumb, script):
    mine = thumb("idris" if script else "tomo", java_script_enabled=script)
    page = mine.page
    mine.tap(page.locator("main a[href^='/tell/debrief']").first)
    mine.tap(page.get_by_role("button", name="Nothing to report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert (mine.taps, mine.characters) == (2, 0)


def test_a_debrief_with_something_to_tell_asks_only_what_fits_and_takes_three_minutes(thumb):
    mine = thumb()
    page = mine.page
    mine.tap(page.locator("main a[href^='/tell/debrief']").first)
    expect(page.get_by_text("Did anyone pay for anything?")).not_to_be_visible()
    mine.option("Yes, a little")
    expect(page.get_by_text("Did anyone pay for anything?")).to_be_visible()
    mine.option("Somebody who asked too much")
    mine.option("Ordinary meals")
    mine.option("All in order")
    mine.option("Perhaps")
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    mine.write(page.get_by_label("Name", exact=True), "Lee, Bluewave")
    mine.option("Up to 50")
    mine.option("How we make or do something")
    no_barrier(page)
    mine.send()
    expect(page.get_by_text("A person answers you by")).to_be_visible()
    assert (mine.taps, mine.characters) == (10, 13)


def test_half_a_sentence_stays_and_the_focus_too_when_new_questions_come(thumb):
    mine = thumb()
    page = mine.page
    page.goto("/tell/approach/")
    words = page.get_by_label("Anything else, in your words?")
    words.fill("He said that")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("label.tap", has_text="An ordinary meal or drinks").click()
        words.focus()
        page.keyboard.type(" we")
    expect(page.get_by_text("About how much was it worth?")).to_be_visible()
    page.keyboard.type(" know")
    expect(words).to_be_focused()
    expect(words).to_have_value("He said that we know")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_is_this_odd_is_one_field(thumb, script):
    mine = thumb(java_script_enabled=script)
    page = mine.page
    mine.tap(page.get_by_role("link", name="Is this odd?").first)
    if script:
        no_barrier(page)
    mine.write(page.get_by_label("What seems odd?"), "A stranger knew my flight.")
    mine.send()
    expect(page.get_by_text("No case is opened.")).to_be_visible()
    assert (mine.taps, mine.characters) == (3, 26)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_gift_at_a_fair_with_its_receipt(thumb, script):
    mine = thumb(java_script_enabled=script)
    page = mine.page
    mine.tap(page.get_by_role("main").get_by_role("link", name="Something happened"))
    mine.tap(page.get_by_role("link", name="A gift", exact=True))
    mine.option("A memory stick, card or disk")
    if script:
        expect(page.get_by_text("About how much was it worth?")).to_be_visible()
        mine.option("Up to 50")
    mine.option("A fair, conference or reception")
    mine.option("No", of="Did they want anything?")
    mine.option("I have it, not plugged in, not opened")
    mine.option("Not yet")
    mine.write(page.get_by_label("Name", exact=True), "Lee, Bluewave")
    mine.send()
    if not script:  # a question that came to fit is shown once
        expect(page.get_by_text("A few more questions fit")).to_be_visible()
        mine.option("Up to 50")
        mine.send()
    if script:
        no_barrier(page)
    mine.tap(page.get_by_role("button", name="Hand it in: get the receipt"))
    expect(page.locator(".baglabel")).to_be_visible()
    assert mine.taps <= 12  # 11 with script, 12 without
    assert mine.characters <= 80


def test_an_invitation_comes_back_as_a_card_with_a_reply(thumb):
    mine = thumb()
    page = mine.page
    mine.tap(page.get_by_role("main").get_by_role("link", name="Check an invitation"))
    content = mail(text="We pay your flight. Please answer by tomorrow.", html='<a href="https://b.example">www.a.example</a>')
    page.get_by_label("The mail as a file").set_input_files([{"name": "a.eml", "mimeType": "message/rfc822", "buffer": content}])
    mine.taps += 1
    mine.tap(page.get_by_role("button", name="Check it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What could be verified")
    expect(page.get_by_text("Please answer by tomorrow.")).to_be_visible()
    expect(page.get_by_text("invitations@kestrelworks.example")).to_be_visible()
    no_barrier(page)
    assert (mine.taps, mine.characters) == (3, 0)


def test_under_pressure_the_number_stands_first_and_nothing_has_to_be_filled_in(thumb, visit):
    mine = thumb()
    page = mine.page
    mine.tap(page.get_by_role("main").get_by_role("link", name="Something happened"))
    mine.tap(page.get_by_role("link", name="Somebody puts me under pressure"))
    call = page.get_by_role("link", name="+49 30 555 0100").first
    assert call.bounding_box()["y"] < page.get_by_text("Are you safe now?").bounding_box()["y"]
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    no_barrier(page)
    mine.option("Inês Okonkwo")
    mine.send()
    expect(page.get_by_text("A person answers within the hour")).to_be_visible()
    assert (mine.taps, mine.characters) == (4, 0)
    number = page.url.split("/")[-3]
    assert visit("tomo").request.get(f"/reports/{number}/").status == 404
    officer = visit("ines")
    officer.goto("/")
    expect(officer.get_by_role("heading", name="Somebody is under pressure")).to_be_visible()
    officer.goto(f"/reports/{number}/")
    officer.get_by_label("Answer to the reporter").fill("I am here. Call me now.")
    officer.get_by_role("button", name="Send the answer").click()
    page.goto(f"/reports/{number}/")
    expect(page.get_by_text("I am here. Call me now.")).to_be_visible()


def test_what_is_enclosed_is_inspected_in_the_background_and_a_picture_then_seen(thumb, visit):
    from datetime import UTC, datetime

    from gifthorse.demonstration.documents import photograph

    mine = thumb()
    page = mine.page
    page.goto("/tell/approach/")
    mine.option("An ordinary meal or drinks")
    expect(page.get_by_text("About how much was it worth?")).to_be_visible()
    picture = photograph(3, datetime(2026, 11, 3, tzinfo=UTC), width=480, height=320)
    page.get_by_label("A photograph, a card, a mail?").set_input_files([{"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture}])
    mine.send()
    page.get_by_role("link", name="See what you told us").click()
    shown = page.get_by_role("img", name="Picture 1")
    for _turn in range(90):
        if shown.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.wait_for_function("document.querySelector('.enclosures img').complete")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.enclosures img').naturalWidth == 480")
    officer = visit("ines")
    officer.goto(page.url.replace("/sent", ""))
    with officer.expect_download() as download:
        officer.get_by_role("link", name="Fetch the file").click()
    assert download.value.suggested_filename.endswith(".bin")
