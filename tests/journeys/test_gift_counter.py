"""A stick from a fair, from the phone of whoever got it to the auditor's last look: by hand, in a browser."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from gifthorse.demonstration.documents import photograph
from tests.journeys.conftest import PHONE, go

NUMBER = re.compile(r"item-[0-9A-Z]{13}")


def report_on_a_phone(visit, login="mara", **more):
    page = visit(login, size=PHONE, has_touch=True, is_mobile=True, **more)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="I was given something").click()
    page.get_by_label("Memory stick").check()
    page.get_by_label("What does it look like?").fill("Silver, a wolf on it")
    page.get_by_label("At what occasion?").fill("Furnace fair")
    page.get_by_label("Who gave it to you?").fill("“Just call me Lee”")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Photographs").set_input_files(
        [{"name": "front.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 picture"}]
    )
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Don't plug it in. Bring it to the security desk.")
    return page, NUMBER.search(page.url).group()


def test_staff_report_on_a_phone_and_get_a_label_with_the_number(visit):
    page, number = report_on_a_phone(visit)
    expect(page.locator(".baglabel")).to_contain_text(number[5:10])
    expect(page.locator("svg.qr title")).to_have_text(number)
    page.get_by_role("link", name="To the item's page").click()
    expect(page.get_by_text("Please bring it to the security desk")).to_be_visible()
    page.get_by_label("Message").fill("Can I bring it on Friday?")
    page.get_by_role("button", name="Write to the security desk").click()
    expect(page.get_by_text("Can I bring it on Friday?")).to_be_visible()


def test_staff_can_report_without_script(visit):
    _page, number = report_on_a_phone(visit, java_script_enabled=False)
    assert number


def test_staff_take_a_report_back_while_they_hold_it(visit):
    page, number = report_on_a_phone(visit)
    page.goto(f"/items/{number}/")
    page.get_by_text("Take this report back").click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.locator(".lead")).to_have_text("You took this report back.")


def test_an_item_goes_from_the_counter_to_its_end_and_the_auditor_follows_it(visit, tmp_path):
    _page, number = report_on_a_phone(visit)
    officer = visit("ines")
    officer.goto("/")
    officer.get_by_role("link", name=re.compile(number[5:10])).click()
    take_in(officer)
    upload(officer, tmp_path)
    officer.get_by_role("button", name="Look inside").click()
    officer.wait_for_url("**/inspections/**")
    expect(officer.locator("header.verdict h1")).to_be_visible(timeout=90_000)
    expect(officer.get_by_role("heading", name="What was not seen")).to_be_visible()
    officer.get_by_role("link", name="To the item").click()
    decide_and_answer(officer)
    reporter = visit("mara", size=PHONE)
    reporter.goto(f"/items/{number}/")
    expect(reporter.get_by_text("You did the right thing.")).to_be_visible()
    follow(visit("aud"), number)


def take_in(officer):
    officer.get_by_label("Seal number").fill("B-4711")
    officer.get_by_label("Was the bag sealed?").select_option("yes")
    officer.get_by_role("button", name="I have it now").click()
    expect(officer.get_by_text("The item is in your custody.")).to_be_visible()


def upload(officer, tmp_path):
    file = tmp_path / "stick.img"
    file.write_bytes(bytes(20_000_000))  # three pieces, so that the upload goes on where a piece ended
    officer.get_by_label("Image or file").set_input_files(file)
    officer.get_by_role("button", name="Send it").click()
    expect(officer.get_by_text("The file is kept, encrypted.")).to_be_visible(timeout=60_000)
    expect(officer.get_by_text("20.0 MB")).to_be_visible()


def decide_and_answer(officer):
    officer.get_by_label("Destroy it").check()
    officer.get_by_label("Why?").fill("Nothing on it that anybody needs.")
    officer.get_by_role("button", name="Decide", exact=True).click()
    expect(officer.get_by_text("Your decision is on record.")).to_be_visible()
    officer.get_by_label("Message").fill("Thank you. You did the right thing.")
    officer.get_by_role("button", name="Send the answer").click()
    officer.get_by_role("button", name="Close the item").click()
    expect(officer.locator("header .lead").first).to_contain_text("Closed")


def follow(auditor, number):
    auditor.goto("/ledger/")
    auditor.get_by_label("Record").fill(number)
    auditor.get_by_role("button", name="Show").click()
    auditor.get_by_role("link", name=re.compile(number[5:10])).first.click()
    told = auditor.locator("main").inner_text()
    for step in (
        "reported the item",
        "took the item in",
        "added content",
        "started an inspection",
        "performed the inspection",
        "decided or closed",
    ):
        assert step in told
    for secret in ("Mara", "Lee", "wolf", "stick.img", "Nothing on it"):
        assert secret not in told
    auditor.goto("/ledger/check/")
    auditor.get_by_role("button", name="Check now").click()
    expect(auditor.get_by_text("Everything is as the desk left it.")).to_be_visible(timeout=60_000)
    auditor.goto("/ledger/")
    with auditor.expect_download() as download:
        auditor.get_by_role("button", name="Take a signed checkpoint").click()
    assert download.value.suggested_filename == "gifthorse-checkpoint.json"


def test_an_officer_exports_a_verdict(visit, desk):
    officer = visit("ines")
    officer.goto(f"/inspections/{desk.ids['verdict']}/")
    for button, ending in (("A page", ".html"), ("PDF", ".pdf"), ("STIX 2.1", ".stix.json")):
        with officer.expect_download() as download:
            officer.get_by_role("button", name=button).click()
        assert download.value.suggested_filename.endswith(ending)


def test_an_officer_disagrees_with_a_finding(visit, desk):
    officer = visit("ines")
    officer.goto(f"/inspections/{desk.ids['verdict']}/")
    officer.get_by_text("Note on this finding").first.click()
    officer.locator("[id^=text-]").first.fill("This is our own installer.")
    officer.get_by_role("button", name="Keep this note").first.click()
    expect(officer.get_by_text("This is our own installer.")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_alone(visit):
    page = visit("clara", anew=True)
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    go(page, "/account/passkeys/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(re.compile("/account/(recovery-codes|passkeys)/$"))
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("clara", exact=True)).to_be_visible()


def test_an_officer_follows_a_mark_of_the_tree_to_its_finding(visit, desk):
    officer = visit("ines", java_script_enabled=False)
    officer.goto(f"/inspections/{desk.ids['hostile']}/contents/")
    folder = officer.locator(".tree summary").first
    file = officer.locator(".tree details").first.locator("li").first
    expect(file).to_be_visible()
    folder.click()
    expect(file).not_to_be_visible()
    officer.locator(".tree a.tag:visible").first.click()
    assert re.search("/inspections/[^/]+/#finding-[0-9]+$", officer.url)


def test_a_photograph_is_redrawn_in_the_background_and_then_seen(visit):
    page = visit("mara", size=PHONE)
    page.goto("/given/")
    page.get_by_label("Memory card").check()
    picture = photograph(3, datetime(2026, 11, 3, tzinfo=UTC), width=480, height=320)
    page.get_by_label("Photographs").set_input_files([{"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture}])
    page.get_by_role("button", name="Report it").click()
    page.get_by_role("link", name="To the item's page").click()
    shown = page.get_by_role("img", name="Photograph 1")
    for _turn in range(60):
        if shown.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.wait_for_function("document.querySelector('.photographs img').complete")
    assert shown.evaluate("image => image.naturalWidth") == 480
