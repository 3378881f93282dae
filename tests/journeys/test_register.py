"""The register in a browser: a list is taken over, somebody is found while typing, and the grid shows who holds what."""

import pytest

from tests.journeys.conftest import PHONE, go

LIST = "Personalnummer;Name;E-Mail;Abteilung;Anmeldename\n9001;Journey Halvorsen;j.halvorsen@haus.example;Reise;j.halvorsen\n9002;;x@haus.example;;\n"


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_list_is_looked_at_and_taken_over(visit, tmp_path, size):
    name = "Halvorsen" if size is None else "Halvorsen-Brandt"
    (tmp_path / "people.csv").write_text(LIST.replace("Halvorsen", name), encoding="cp1252")
    page = visit("adam", size=size)
    go(page, "/people/list/")
    page.get_by_label("List of people (CSV)").set_input_files(tmp_path / "people.csv")
    page.get_by_role("button", name="Show what changes").click()
    assert page.get_by_role("heading", name="What the list would change").is_visible()
    assert page.get_by_text("There is no name.").is_visible()
    assert page.get_by_text(f"Journey {name}").first.is_visible()
    assert not page.get_by_role("checkbox").is_checked(), "nobody is closed unless asked"
    page.get_by_role("button", name="Take it over").click()
    assert page.get_by_role("status").first.inner_text().startswith("The list is taken over")
    page.get_by_label("Name, number or mail").fill("halvors")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("link", name=f"Journey {name}").is_visible()


def test_an_officer_finds_while_typing(visit, desk):
    page = visit("ines")
    go(page, "/search/")
    page.get_by_label("What do you look for?").press_sequentially("ceramit")
    page.get_by_role("link", name="Ceramitec").click()
    page.wait_for_url(f"**/events/{desk.ids['event']}/")


def test_a_holder_is_chosen_while_typing_and_stands_in_the_grid(visit, desk):
    page = visit("ines")
    go(page, f"/know-how/elements/{desk.ids['element']}/")
    page.get_by_label("Find somebody").press_sequentially("quist", delay=80)
    page.locator("#offered").get_by_label("Bo Quist").check()
    page.get_by_role("button", name="Those who are ticked hold it").click()
    assert page.get_by_label("Bo Quist").is_checked()
    go(page, f"/know-how/{desk.ids['asset']}/")
    row = page.get_by_role("row").filter(has_text="Firing curve")
    assert row.get_by_text("holds it").count() == 3, "two of ours and the law firm"


LATE = '<ul class="offered rows"><li><label class="choice"><input type="checkbox" name="person" value="person-late"> Late Answer</label></li></ul>'
SEEN = """() => { window.seen = []; const place = document.querySelector("#offered");
  new MutationObserver(() => window.seen.push(place.innerText)).observe(place, { childList: true, subtree: true }); }"""


@pytest.mark.parametrize("beginning", ["q", "qu", "quis"])
def test_a_late_answer_to_the_beginning_of_a_word_is_never_shown(visit, desk, beginning):
    page = visit("ines")
    go(page, f"/know-how/elements/{desk.ids['element']}/")
    page.evaluate(SEEN)
    held = []
    page.route("**/people/find/**", lambda route: route.continue_() if held else held.append(route))
    field = page.get_by_label("Find somebody")
    with page.expect_request("**/people/find/**"):
        field.press_sequentially(beginning)
    field.press_sequentially("quist".removeprefix(beginning))
    held[0].fulfill(status=200, content_type="text/html", body=LATE)
    page.locator("#offered").get_by_label("Bo Quist").check()
    assert held[0].request.url.endswith(f"who={beginning}")
    assert "Bo Quist" in page.evaluate("() => window.seen.join()")
    assert "Late Answer" not in page.evaluate("() => window.seen.join()")


def test_on_a_slow_line_the_whole_word_is_answered_all_the_same(visit, desk):
    page = visit("ines")
    go(page, f"/know-how/elements/{desk.ids['element']}/")
    slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.get_by_label("Find somebody").press_sequentially("quist", delay=300)  # slower than the desk waits, faster than it answers
    page.locator("#offered").get_by_label("Bo Quist").check()
    assert page.locator("#offered").get_by_role("checkbox").count() == 1


def test_nothing_can_be_chosen_from_an_answer_that_no_longer_fits_what_is_typed(visit, desk):
    page = visit("ines")
    go(page, f"/know-how/elements/{desk.ids['element']}/")
    field, offered = page.get_by_label("Find somebody"), page.locator("#offered")
    field.press_sequentially("quist")
    offered.get_by_label("Bo Quist").wait_for()
    page.route("**/people/find/**", lambda route: None)  # never answered
    field.press_sequentially("x")
    assert offered.evaluate("place => place.inert")
    offered.get_by_label("Bo Quist").evaluate("box => box.focus()")
    assert page.evaluate("() => document.activeElement.name") == "who", "what doesn't fit takes no focus"
    field.press("Backspace")
    assert not offered.evaluate("place => place.inert"), "what fits again may be chosen from again"
    offered.get_by_label("Bo Quist").check()
    page.unroute_all(behavior="ignoreErrors")


def test_who_is_ticked_stays_ticked_while_others_are_looked_for(visit, desk):
    page = visit("ines")
    go(page, f"/events/{desk.ids['event']}/")
    field, offered = page.get_by_label("Find somebody"), page.locator("#offered")
    field.press_sequentially("quist")
    offered.get_by_label("Bo Quist").check()
    field.fill("nobodyatall")
    offered.get_by_text("Nobody matches.").wait_for()
    assert offered.get_by_label("Bo Quist").is_checked()
    field.fill("quist")
    offered.get_by_text("Nobody matches.").wait_for(state="detached")
    assert offered.get_by_label("Bo Quist").count() == 1, "offered once"
    assert offered.get_by_label("Bo Quist").is_checked()


def test_somebody_who_was_not_there_after_all_is_taken_off_the_list(visit, desk):
    page = visit("ines")
    go(page, f"/events/{desk.ids['event']}/")
    before = page.locator("ul.names").first.locator("li").count()
    page.get_by_text("Take somebody off the list").click()
    gone = page.locator("details ul.rows").get_by_role("checkbox").first
    gone.check()
    page.get_by_role("button", name="Take them off the list").click()
    assert page.get_by_role("status").first.inner_text() == "1 person is off the list."
    assert page.locator("ul.names").first.locator("li:not(.soft)").count() == before - 1


def test_looking_at_a_contact_is_in_the_ledger(visit, desk):
    page = visit("ines")
    go(page, f"/contacts/{desk.ids['contact']}/")
    page.get_by_text("What stood there before").click()
    assert page.get_by_text("Zhāng Wěi").is_visible()
    auditor = visit("aud")
    go(auditor, f"/ledger/?subject={desk.ids['contact']}")
    assert auditor.get_by_role("cell", name="looked at a contact").first.is_visible()
