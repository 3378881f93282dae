"""The page as people see it: axe finds nothing, it fits a telephone, and its own policy blocks nothing."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from gifthorse.inspect.report.as_html import render
from tests.samples import inspections

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.needs_browser,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["camera_card", "dangerous_stick", "encrypted_archive", "hostile_names", "nothing_read"])
def test_the_page_is_accessible_and_fits(browser, tmp_path, name, width, scheme):
    path = tmp_path / "report.html"
    path.write_text(render(getattr(inspections, name)()), encoding="utf-8")
    # The page's own policy lets no script in; the checker is let past it, and the complaints of the policy are heard before.
    shown = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True).new_page()
    shown.goto(path.as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(shown, options=WCAG)
    assert [(violation["id"], [node["html"][:120] for node in violation["nodes"]]) for violation in found.response["violations"]] == []
    shown.context.close()


def test_the_policy_of_the_page_blocks_nothing_that_the_page_needs(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(render(inspections.dangerous_stick()), encoding="utf-8")
    shown = browser.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.goto(path.as_uri())
    assert complaints == []
    assert shown.evaluate("getComputedStyle(document.querySelector('.sheet')).maxWidth") == "960px"
    shown.close()
