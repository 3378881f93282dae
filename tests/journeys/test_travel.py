"""A trip planned from a booking on a phone, briefed, read, asked about: by hand, in a browser, with taps and characters counted."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, go
from tests.journeys.test_every_page import barriers

TRIP = re.compile(r"trip-[0-9A-Z]{13}")
MOST_TAPS = 12
MOST_CHARACTERS = 40


def booking() -> bytes:
    """A calendar file with a flight-like entry of three weeks from now."""
    day = datetime.now(UTC) + timedelta(days=21)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//journey//EN", "BEGIN:VEVENT", "UID:journey@example.org", f"DTSTAMP:{day:%Y%m%d}T080000Z",
        f"DTSTART;TZID=Europe/Lisbon:{day:%Y%m%d}T093000", f"DTEND;TZID=Europe/Lisbon:{day:%Y%m%d}T173000", "SUMMARY:Kiln talks",
        "LOCATION:Porto", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


class Hand:
    """Does what a thumb does, and counts it."""

    def __init__(self, page):
        self.page, self.taps, self.characters = page, 0, 0

    def tap(self, place):
        place.click()
        self.taps += 1

    def write(self, place, text):
        place.fill(text)
        self.taps += 1
        self.characters += len(text)


def plan_from_a_booking(visit, **more):
    page = visit("mara", size=PHONE, has_touch=True, is_mobile=True, **more)
    hand = Hand(page)
    page.goto("/trips/")
    hand.tap(page.get_by_role("link", name="From a booking"))
    page.get_by_label("Files").set_input_files([{"name": "talks.ics", "mimeType": "text/calendar", "buffer": booking()}])
    hand.taps += 1
    hand.tap(page.get_by_role("button", name="Read it"))
    expect(page.get_by_text("Europe/Lisbon").first).to_be_visible()
    assert barriers(page) == []
    hand.tap(page.get_by_role("button", name="Plan a trip with these"))
    expect(page.get_by_label("What is the trip for?")).to_have_value("Kiln talks")
    assert barriers(page) == []
    hand.tap(page.get_by_label("At a customer's"))
    hand.tap(page.get_by_label("Negotiate"))
    hand.write(page.get_by_label("Host", exact=True).first, "Fornos do Douro")
    hand.tap(page.get_by_role("group", name="Laptop").get_by_label("a loaner"))
    hand.tap(page.get_by_role("button", name="Hand it in"))
    expect(page.get_by_text("The trip is handed in.")).to_be_visible()
    return page, hand, TRIP.search(page.url).group()


def test_a_trip_is_planned_from_a_booking_briefed_read_and_asked_about(visit):
    page, hand, number = plan_from_a_booking(visit)
    assert hand.taps <= MOST_TAPS
    assert hand.characters <= MOST_CHARACTERS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    approve(visit("ines"), number)
    page.reload()
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Read my brief"))
    expect(page.get_by_role("heading", name="The card")).to_be_visible()
    hand.tap(page.get_by_text("why", exact=False).filter(has_text=re.compile("^why")).first)
    expect(page.locator("details.why[open]")).to_contain_text("because")
    assert barriers(page) == []
    hand.tap(page.get_by_role("button", name="I have read it"))
    expect(page.get_by_text("It is on record that you have read your brief.")).to_be_visible()
    assert (hand.taps, hand.characters) == (3, 0)
    page.get_by_label("A question about it").fill("May I show the old kiln?")
    page.get_by_role("button", name="Ask the security desk").click()
    expect(page.get_by_text("May I show the old kiln?")).to_be_visible()
    answer(visit("ines"), number)
    page.reload()
    expect(page.get_by_text("The photographs on the web, yes.")).to_be_visible()


def approve(officer, number):
    officer.goto("/trips/?show=waiting")
    officer.get_by_role("link", name=re.compile("Kiln talks")).first.click()
    officer.goto(f"/trips/{number}/")
    officer.get_by_role("button", name="Approve, and brief them").click()
    expect(officer.get_by_text("The trip is approved, and the travellers have their briefs.")).to_be_visible()
    expect(officer.get_by_text("brief, not read yet")).to_be_visible()


def answer(officer, number):
    go(officer, f"/trips/{number}/")
    expect(officer.get_by_text(re.compile("brief, read on"))).to_be_visible()
    officer.get_by_label("Message").fill("The photographs on the web, yes.")
    officer.get_by_role("button", name="Send the answer").click()
    expect(officer.get_by_text("The answer is sent.")).to_be_visible()


def test_planning_works_without_script(visit):
    _page, _hand, number = plan_from_a_booking_without_script(visit)
    assert number


def plan_from_a_booking_without_script(visit):
    page = visit("idris", size=PHONE, java_script_enabled=False)
    page.goto("/trips/new/")
    page.get_by_role("button", name="One more leg").click()
    expect(page.get_by_text("Leg 3", exact=True)).to_be_visible()
    page.get_by_label("What is the trip for?").fill("Furnace visit")
    page.get_by_label("From", exact=True).first.fill("Linz")
    page.get_by_label("Country").first.fill("Austria")
    page.get_by_label("To, or where").first.fill("Graz")
    page.get_by_label("Country").nth(1).fill("AT")
    page.get_by_label("Leaves on").first.fill((datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    page.get_by_label("at", exact=True).first.fill("08:15")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("The trip is handed in.")).to_be_visible()
    expect(page.get_by_text("Europe/Vienna").first).to_be_visible()
    return page, None, TRIP.search(page.url).group()


def test_a_duty_is_done_with_one_tap_and_the_question_answered_with_two(visit):
    page = visit("mara", size=PHONE)
    page.goto("/duties/")
    before = page.locator(".duties button.done").count()
    page.locator(".duties button.done").first.click()
    expect(page.get_by_text("It is on record as done.")).to_be_visible()
    assert page.locator(".duties button.done").count() == before - 1
    page.get_by_role("link", name="Do I have to report this?").click()
    page.get_by_label("I was offered a fee").check()
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("status")).to_contain_text("Yes: tell the desk within 5 business days")


def test_a_calendar_program_reads_the_address_and_a_new_one_makes_it_void(visit):
    page = visit("idris", size=PHONE)
    page.goto("/duties/calendar/")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator(".once").inner_text()
    assert page.request.get(address).status == 200
    page.get_by_role("button", name="Make a new address").click()
    assert page.request.get(address).status == 404


def test_a_brief_prints_without_the_desk_around_it(visit, desk):
    page = visit("mara")
    page.goto(f"/trips/{desk.ids['trip']}/brief/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The card")).to_be_visible()
    for gone in (page.get_by_role("link", name="On paper (PDF)"), page.locator("#receipt"), page.locator(".rail")):
        expect(gone).to_be_hidden()
    with page.expect_download() as download:
        page.emulate_media(media="screen")
        page.get_by_role("link", name="On paper (PDF)").click()
    assert download.value.suggested_filename == "brief.pdf"
