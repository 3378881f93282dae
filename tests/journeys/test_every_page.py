"""Every page, on a phone and on a desk, in the light and in the dark: no barrier (axe, WCAG 2.2 AA), and nothing that sticks out."""

import re
from itertools import product

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from tests.journeys.conftest import DESK, PHONE, go
from tests.samples.filled import AREAS

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    None: ["/sign-in/", "/sign-in/closed/"],
    "mara": ["/", "/given/", "/items/{reported}/receipt/", "/mine/", "/items/{answered}/", "/items/item-0000000000000/"],
    "ines": [
        "/", "/items/", "/items/?search=nothing", "/items/{reported}/", "/items/{to_decide}/", "/items/{charger}/", "/inspections/{verdict}/",
        "/inspections/{hostile}/", "/inspections/{verdict}/contents/",
        "/inspections/{verdict}/contents/?marked=yes", "/inspections/{earlier}/compare/{hostile}/", "/account/second-step/", "/account/password/", "/account/passkeys/",
        "/account/sessions/", "/account/second-step/app/", "/account/passkeys/add/",
    ],
    "aud": ["/", "/ledger/", "/ledger/items/{charger}/", "/ledger/check/", "/figures/"],
    "clara": ["/", "/names/", "/erase/"],
    "adam": ["/", "/accounts/", "/accounts/new/", "/accounts/{account}/roles/"],
    "bo": ["/"],
    "rhea": ["/"],
}  # fmt: skip
for area in AREAS:
    for visitor, addresses in area.PAGES.items():
        PAGES.setdefault(visitor, []).extend(addresses)


@pytest.mark.parametrize("login", PAGES, ids=str)
def test_a_page_has_no_barrier_and_nothing_sticks_out(visit, desk, login):
    """Each page is opened once, and looked at in every size and light; at last as in a language that is read from right to left."""
    page = visit(login)
    for address in PAGES[login]:
        go(page, address.format(**desk.ids))
        assert page.locator("h1").count() == 1
        for size, scheme in product((PHONE, DESK), ("light", "dark")):
            look_at(page, size, scheme)
            assert (address, size["width"], scheme, barriers(page)) == (address, size["width"], scheme, [])
        page.evaluate(STRETCH)
        for size in (PHONE, DESK):
            look_at(page, size, "light")
            assert (address, "stretched", barriers(page, "page-has-heading-one", "valid-lang")) == (address, "stretched", [])


def look_at(page, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url


STRETCH = """() => {
  document.documentElement.dir = 'rtl';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest('script, svg, .number, .untrusted, code, option, [aria-hidden=true]')) continue;
    text.data = text.data.trim() + ' ' + 'وهكذا '.repeat(Math.ceil(text.data.trim().length / 12));
  }
}"""


def barriers(page, *left_out):
    """What axe finds, which is loaded once into each page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then((all) => all.violations)", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["id"] not in left_out]


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
