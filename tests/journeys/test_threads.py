"""Two colleagues, one contact: the link is confirmed, the thread moves, somebody talks, and two officers decide to act."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, go


def test_two_colleagues_and_one_contact_from_the_link_to_two_officers(visit, desk):
    page = visit("ines")
    go(page, f"/threads/{desk.ids['thread']}/")
    before = page.locator(".standing .figures").inner_text()

    go(page, f"/links/{desk.ids['thread_link']}/")
    page.get_by_label("one person", exact=True).check()
    page.get_by_label("Why").fill("The same mailbox; both describe the same man.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status")).to_contain_text("They are one person from now on")

    go(page, f"/threads/{desk.ids['thread']}/")
    after = page.locator(".standing .figures").inner_text()
    assert float(after) > float(before)
    expect(page.get_by_text("The same contact approached several of us.")).to_be_visible()

    page.get_by_text("Talk", exact=True).click()
    talk = page.locator("details[open] form")
    expect(talk.get_by_label("Letter to your colleague")).to_have_value(re.compile("You did nothing wrong"))
    talk.get_by_label("Why").fill("He may not see where it leads.")
    talk.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("He may not see where it leads.")).to_be_visible()

    page.get_by_role("link", name="Compare the explanations", exact=True).click()
    for label in (
        "Ordinary business",
        "An ordinary friendship or relationship",
        "A commercial competitor",
        "Cultivation",
        "A grudge, an invention or a mistake",
    ):
        page.get_by_label(label, exact=True).fill("We looked at it, and say why in a sentence.")
    page.get_by_role("button", name="Keep the note").click()
    go(page, f"/threads/{desk.ids['thread']}/")
    page.get_by_text("Propose to act", exact=True).click()
    act = page.locator("details[open] form")
    act.get_by_label("Why").fill("He asks for what is not public.")
    act.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("He asks for what is not public.")).to_be_visible()

    second = visit("tomo")
    go(second, "/threads/week/")
    second.locator("a[href^='/judgements/']").first.click()
    second.get_by_label("I agree to act").check()
    second.get_by_label("Why").fill("I read it the same way.")
    second.get_by_role("button", name="Answer").click()
    expect(second.get_by_text("I read it the same way.")).to_be_visible()
    expect(second.get_by_text(re.compile("agreed:"))).to_be_visible()


def test_what_if_answers_at_once_with_script_and_after_a_button_without(visit, desk):
    page = visit("ines")
    go(page, f"/threads/{desk.ids['thread']}/")
    whole = page.locator(".standing .figures").inner_text()
    page.get_by_label("leave out 3").check()
    expect(page.locator(".standing .figures")).not_to_have_text(whole)
    expect(page.get_by_text("with everything:")).to_be_visible()
    plain = visit("ines", java_script_enabled=False)
    go(plain, f"/threads/{desk.ids['thread']}/")
    plain.get_by_label("leave out 3").check()
    plain.get_by_role("button", name="What if these were wrong?").click()
    assert plain.locator(".standing .figures").inner_text() == page.locator(".standing .figures").inner_text()


def test_the_graph_is_drawn_and_the_table_is_there_without_script(visit, desk):
    page = visit("ines")
    go(page, "/links/graph/")
    expect(page.locator("#graph canvas").first).to_be_attached()
    plain = visit("ines", java_script_enabled=False)
    go(plain, "/links/graph/")
    expect(plain.get_by_role("link", name=re.compile("met")).first).to_be_visible()


@pytest.mark.parametrize("place", ["threads/{thread}", "links/{thread_link}"])
def test_a_phone_shows_it_without_sideways_scrolling(visit, desk, place):
    page = visit("ines", size=PHONE)
    go(page, f"/{place.format(**desk.ids)}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
