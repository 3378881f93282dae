"""Every page, on a phone and on a desk, in the light and in the dark: no barrier (axe, WCAG 2.2 AA), and nothing that sticks out."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import DESK, PHONE, go

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    None: ["/sign-in/", "/sign-in/closed/"],
    "mara": ["/", "/given/", "/items/{reported}/receipt/", "/mine/", "/items/{answered}/", "/items/item-0000000000000/"],
    "ines": [
        "/", "/items/", "/items/?search=nothing", "/items/{reported}/", "/items/{to_decide}/", "/items/{charger}/", "/inspections/{verdict}/",
        "/inspections/{hostile}/", "/inspections/{verdict}/contents/", "/account/second-step/", "/account/password/", "/account/passkeys/",
        "/account/sessions/", "/account/second-step/app/", "/account/passkeys/add/",
    ],
    "aud": ["/", "/ledger/", "/ledger/items/{charger}/", "/ledger/check/", "/figures/"],
    "clara": ["/", "/names/", "/erase/"],
    "adam": ["/", "/accounts/", "/accounts/new/", "/accounts/{account}/roles/"],
    "bo": ["/"],
}  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("login", PAGES, ids=str)
def test_a_page_has_no_barrier_and_nothing_sticks_out(visit, desk, login, scheme, size):
    page = visit(login, size=size, color_scheme=scheme)
    for address in PAGES[login]:
        if "item-0000" in address:
            continue
        go(page, address.format(**desk.ids))
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_the_page_of_something_that_is_not_there_has_no_barrier(visit, desk, browser):
    context = browser.new_context(viewport=PHONE, base_url=desk.address)
    page = context.new_page()
    page.goto("/sign-in/")
    assert barriers(page) == []
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_stand_when_read_from_right_to_left_with_long_words(visit, desk, size):
    """A stand-in for a language that we don't have yet: every text longer by half, from right to left."""
    for login, addresses in PAGES.items():
        if login is None:
            continue
        page = visit(login, size=size)
        for address in addresses:
            if "item-0000" in address:
                continue
            go(page, address.format(**desk.ids))
            page.evaluate(STRETCH)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
            assert [one for one in barriers(page) if not one.startswith("valid-lang")] == [], address


STRETCH = """() => {
  document.documentElement.dir = 'rtl';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest('script, svg, .number, .untrusted, code, option')) continue;
    text.data = text.data.trim() + ' ' + 'وهكذا '.repeat(Math.ceil(text.data.trim().length / 12));
  }
}"""


def barriers(page):
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize(("login", "address"), [("mara", "/given/"), ("ines", "/items/{to_decide}/")])
def test_the_keyboard_alone_reaches_every_control(visit, desk, login, address):
    page = visit(login)
    go(page, address.format(**desk.ids))
    wanted = page.evaluate("""() => [...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]):not([type=radio]), main select, main textarea')]
        .filter((one) => one.checkVisibility()).length""")
    reached = set()
    for _turn in range(wanted * 3 + 30):
        page.keyboard.press("Tab")
        place = page.evaluate("""() => { const one = document.activeElement;
            return one.matches('main a[href], main button, main input:not([type=radio]), main select, main textarea') ?
              [...document.querySelectorAll('main *')].indexOf(one) : -1; }""")
        if place >= 0:
            reached.add(place)
    assert len(reached) >= wanted


def test_the_first_tab_offers_to_skip_to_the_content(visit):
    page = visit("ines")
    page.goto("/items/")
    page.keyboard.press("Tab")
    assert re.search("Skip", page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
